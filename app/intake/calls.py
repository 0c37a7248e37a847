"""The counts of the telephone, from a table as telephone systems write it: one row for each span of time.

A row names when its span begins, how many calls were offered and answered in it, and how long answered calls took.
Spans shorter than half an hour are added up into half hours. A table that is read again changes what is counted and
makes nothing twice: the half hour is its own identity.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

from app import times
from app.context import Context
from app.errors import UserError
from app.insight.hotline import HALF_HOUR_MS, HalfHour
from db.ids import derived_id
from db.shapes import CallInterval

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "start": ("start", "starts_at", "interval", "interval start", "time", "datetime", "beginn", "zeit", "von",
              "intervall"),
    "date": ("date", "day", "datum", "tag"),
    "offered": ("offered", "calls", "calls offered", "incoming", "received", "angeboten", "anrufe", "eingehend"),
    "answered": ("answered", "calls answered", "handled", "accepted", "angenommen", "beantwortet"),
    "handle_seconds": ("handle_seconds", "handle seconds", "handle time", "total handle time", "gesprächszeit gesamt",
                       "bearbeitungszeit gesamt"),
    "aht": ("aht", "average handle time", "avg handle time", "aht seconds", "mittlere bearbeitungszeit",
            "mittlere gesprächszeit"),
}  # fmt: skip
"""What telephone systems call a column, in small letters; the first is how the manual names it."""
_FORMS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M:%S",
                 "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M")  # fmt: skip


@dataclass
class Counted:
    """What became of a table. `problems`: (line, why it was left out)."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    same: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    tx_id: bytes | None = None


def read_table(text: str, zone: str) -> tuple[list[HalfHour], list[tuple[int, str]], int]:
    """(half hours in order, (line, why) of those left out, how many rows). Times without a zone are the site's.
    Errors: UserError when the table names no start and no calls."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    rows = csv.reader(StringIO(text), dialect)
    heads = [head.strip().strip("\ufeff").casefold() for head in next(rows, [])]
    places = {key: next((heads.index(name) for name in names if name in heads), None) for key, names in COLUMNS.items()}
    if places["start"] is None or places["offered"] is None:
        raise UserError(
            "The first line must name the columns: start, offered, answered, and handle_seconds or aht (seconds)."
        )
    sums: dict[int, list[int | None]] = {}
    problems: list[tuple[int, str]] = []
    count = 0
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        cells = {key: row[at].strip() if at is not None and at < len(row) else "" for key, at in places.items()}
        try:
            at, offered, answered, seconds = _row(cells, zone)
        except ValueError as error:
            problems.append((line, str(error)))
            continue
        total = sums.setdefault(at, [0, 0, None])
        total[0] = (total[0] or 0) + offered
        total[1] = (total[1] or 0) + answered
        if seconds is not None:
            total[2] = (total[2] or 0) + seconds
    found = [HalfHour(at, one[0] or 0, one[1] or 0, one[2]) for at, one in sorted(sums.items())]
    return found, problems, count


def _row(cells: Mapping[str, str], zone: str) -> tuple[int, int, int, int | None]:
    said = f"{cells['date']} {cells['start']}".strip()
    at = _instant(said, zone)
    offered = _count(cells["offered"], "offered")
    answered = _count(cells["answered"], "answered") if cells["answered"] else offered
    if answered > offered:
        raise ValueError(f"{answered} calls answered of {offered} offered")
    seconds = None
    if cells["handle_seconds"]:
        seconds = _count(cells["handle_seconds"], "handle_seconds")
    elif cells["aht"]:
        seconds = round(float(cells["aht"].replace(",", ".")) * answered)
    return at - at % HALF_HOUR_MS, offered, answered, seconds


def _count(text: str, name: str) -> int:
    try:
        value = round(float(text.replace(",", ".")))
    except ValueError:
        raise ValueError(f"{name} is no number: {text!r}") from None
    if not 0 <= value < 10_000_000:
        raise ValueError(f"{name} is out of range: {text!r}")
    return value


def _instant(text: str, zone: str) -> int:
    for form in _FORMS:
        try:
            return times.wall_to_ms(datetime.strptime(text, form), times.zone(zone))  # noqa: DTZ007 - on the wall
        except ValueError:
            continue
    try:
        return times.parse_iso(text)
    except (UserError, ValueError):
        raise ValueError(f"no time: {text!r}; write it like 2026-11-30 08:30") from None


def import_calls(context: Context, path: Path) -> Counted:
    """Read a table in, in one transaction. Errors: UserError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} can't be read ({error.strerror or error}).") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    halves, problems, rows = read_table(text, context.zone)
    found = Counted(rows=rows, problems=problems)
    known = _known(context, halves)
    fresh = [one for one in halves if one.starts_at not in known]
    changed = [one for one in halves if one.starts_at in known and known[one.starts_at][1] != one]
    found.created, found.updated = len(fresh), len(changed)
    found.same = len(halves) - len(fresh) - len(changed)
    if not (fresh or changed):
        return found
    with context.transaction("calls.import") as tx:
        for one in fresh:
            tx.insert(CallInterval, derived_id(one.starts_at, "calls"), **_values(one))
        for one in changed:
            tx.update(CallInterval, known[one.starts_at][0], **_values(one))
    found.tx_id = tx.id
    return found


def _known(context: Context, halves: Iterable[HalfHour]) -> dict[int, tuple[bytes, HalfHour]]:
    starts = [one.starts_at for one in halves]
    if not starts:
        return {}
    rows = context.reader.all(
        "SELECT id, starts_at, offered, answered, handle_seconds FROM call_interval WHERE starts_at BETWEEN ? AND ?",
        (min(starts), max(starts)),
    )
    return {row[1]: (row[0], HalfHour(*row[1:])) for row in rows}


def _values(one: HalfHour) -> dict[str, int | None]:
    return {"starts_at": one.starts_at, "offered": one.offered, "answered": one.answered, "handle_seconds": one.seconds}
