"""What the ServiceNow log says of itself, counted from its own columns, beside what the imported histories say."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import zstandard

from app.context import ReadContext
from app.insight.case_log import CaseLog, case_logs
from app.times import MINUTE_MS
from app.work.calendars import ServiceCalendar
from app.work.deadlines import OFFICE_HOURS

FIX_MINUTES: Final = {"1": 4 * 60, "2": 9 * 60, "3": 27 * 60, "4": 90 * 60}
"""Working minutes to fix a case of a severity, as a new desk has them; the log does not say its own."""


@dataclass
class Compared:
    """`reopened`: incidents whose count differs, as {number: (ours, theirs)}. `reassigned`: the log's reassignments by
    what its rows show of them. `hands`: (our changes of queue, the log's count). `sla`: incidents by (theirs, ours)."""

    reopened: dict[str, tuple[int, int]] = field(default_factory=dict)
    reassigned: Counter[str] = field(default_factory=Counter)
    hands: tuple[int, int] = (0, 0)
    fewer: int = 0
    sla: Counter[tuple[bool, bool]] = field(default_factory=Counter)


def compare(context: ReadContext, path: Path) -> Compared:
    """Every incident of the log against its own columns."""
    refs = {row[0]: row[1] for row in context.reader.all('SELECT rid, external_ref FROM "case"')}
    hours = ServiceCalendar.from_stored(context.zone, OFFICE_HOURS).hours
    rows = _rows(path)
    out = Compared()
    for log in case_logs(context.reader, -(1 << 62), 1 << 62):
        number = refs[log.key.rid]
        incident = sorted(rows[number], key=lambda row: row["sys_updated_at"])
        _reopenings(out, number, log, incident)
        _reassignments(out, log, incident)
        resolving = log.resolving
        assert resolving is not None, number
        taken = hours.worked(log.opened_at, resolving.at) / MINUTE_MS
        out.sla[incident[-1]["made_sla"] == "true", taken <= FIX_MINUTES[str(log.rows[-1].severity)]] += 1
    return out


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        for row in csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8")):
            out[row["number"]].append(row)
    return out


def _reopenings(out: Compared, number: str, log: CaseLog, incident: list[dict[str, str]]) -> None:
    ours = sum(a.completed and not b.completed for a, b in pairwise(log.rows))
    theirs = max(int(row["reopen_count"]) for row in incident)
    if ours != theirs:
        out.reopened[number] = ours, theirs


def _reassignments(out: Compared, log: CaseLog, incident: list[dict[str, str]]) -> None:
    ours = sum(a.queue != b.queue for a, b in pairwise(log.rows) if a.queue is not None)
    theirs = max(int(row["reassignment_count"]) for row in incident)
    out.hands = out.hands[0] + ours, out.hands[1] + theirs
    out.fewer += ours <= theirs
    for before, after in pairwise(incident):
        counted = int(after["reassignment_count"]) - int(before["reassignment_count"])
        one, other = before["assignment_group"], after["assignment_group"]
        if one == other:
            what = "there and back between two rows"
        elif not one:
            what = "out of no group"
        else:
            what = "from group to group" if other else "into no group"
        out.reassigned[what] += counted
