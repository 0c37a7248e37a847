"""Week sheets: what a week's figures are made of, worked out once and kept in the replica beside the rows.

A report of one week looks at ten: nine with their figures and the one before them. To replay the histories of all
their cases takes a quarter of a second at 100,000 cases, and ten times that at a million; what they add up to hardly
ever changes. So each week's columns and sums (app.insight.columns) are kept as a sheet, and what has changed since is
taken from the histories of the few cases that were touched (db.touched):

1. `read_weeks` takes the sheets of the weeks that are asked for, in one snapshot. Touched cases whose change happened
   before a week's end are taken out of it and put in again as their histories tell it now. A week without a sheet, or
   with too many touched cases, is worked out from all its histories. So a figure never depends on whether, or when,
   sheets were made; the tests hold that.
2. `keep`, called when a workstation has nothing better to do, makes missing sheets and corrects those that many cases
   have touched, a few weeks a step, the newest first; once all are right, what was noted as touched is dropped.

Sheets are local: no part of the log, the digest or a snapshot. A sheet carries a stamp of the calendars (and the time
zone) it was computed with; another stamp makes it as good as missing.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from typing import Any, Final

import msgpack

from app import times
from app.context import Context
from app.garbage import uncollected
from app.insight.columns import Columns, Sums, columns_of, sums_of
from app.insight.flow import tally
from app.insight.history import load, load_some
from app.insight.scope import Scope
from app.work.calendars import ServiceCalendar
from app.work.deadlines import Deadlines
from db.reader import Reader

FORMAT: Final = 3
"""Part of the stamp; to be raised when columns or sums get another shape or meaning."""
MANY: Final = 1000
"""With more touched cases than this a week is worked out from all its histories."""
DUE: Final = 200
"""From this many touched cases on, sheets are worth correcting."""
STEP_WEEKS: Final = 26
STEP_CASES: Final = 1500
"""A step makes at most so many weeks, and no further one once so many cases were opened in them."""
_MARK: Final = 0
"""`start` of a row that is no week: its `upto` says until where `case_touched` has been cleared."""
_SHEET: Final = "INSERT OR REPLACE INTO week_sheet (start, ends, stamp, upto, sums, opened, columns) "
_STAMPED: Final = (
    "SELECT id, time_zone, shifts, country, region FROM calendar ORDER BY id",
    "SELECT calendar_id, day, reason FROM closed_day ORDER BY calendar_id, day, id",
    "SELECT id, parent_id, calendar_id FROM department WHERE calendar_id IS NOT NULL OR parent_id IS NOT NULL "
    "ORDER BY id",
)


class Calendars:
    """The service calendar of each department, looked up once, as the reader sees them now."""

    def __init__(self, reader: Reader, zone: str, language: str) -> None:
        self._reader, self._zone = reader, zone
        self._deadlines = Deadlines(zone, language)
        self._found: dict[bytes | None, ServiceCalendar] = {}

    def of(self, department: bytes | None) -> ServiceCalendar:
        """Its own calendar, its parent's, or the site's."""
        if department not in self._found:
            self._found[department] = self._deadlines.calendar(self._reader.all, department)
        return self._found[department]

    def named(self) -> dict[int, str]:
        """What the calendars are called, by `id` of the values that `of` returns."""
        rows = self._reader.all("SELECT id, name FROM calendar ORDER BY id")
        return {id(self._deadlines.calendar_of(self._reader.all, row[0])): row[1] for row in reversed(rows)}

    def stamp(self) -> bytes:
        """Differs when any calendar, the time zone, the holidays or the shape of sheets does."""
        told: list[Any] = [FORMAT, self._zone, _holidays()]
        told += [[tuple(row) for row in self._reader.all(sql)] for sql in _STAMPED]
        return hashlib.sha256(msgpack.packb(told)).digest()[:16]


@cache
def _holidays() -> str:
    return version("holidays")


@dataclass(frozen=True)
class Weeks:
    """What a report needs of its weeks, oldest first. `opened`: columns of which at least the opened cases are there;
    `last`: all columns of the last week."""

    sums: list[Sums]
    opened: list[Columns]
    last: Columns


def read_weeks(
    reader: Reader, bounds: Sequence[int], calendars: Calendars, zone: str, scope: Scope | None = None
) -> Weeks:
    """Weeks that follow each other, of the whole desk or as far as they belonged to a part of it.

    `bounds`: the instants between them, ms UTC; the first week is only there to explain the second and not returned.
    The caller holds a snapshot. Errors: flow.Unbalanced; those of the database.
    """
    sheets = _Sheets(reader, bounds, calendars, zone)
    wanted = range(1, len(bounds) - 1)
    last = len(bounds) - 2
    whole = wanted if scope is not None else [place for place in wanted if place == last or sheets.stale(place)]
    columns = sheets.columns(list(whole))
    if scope is not None:
        parts = [columns[place].only(scope) for place in wanted]
        return Weeks([sums_of(part, zone) for part in parts], parts, parts[-1])
    sums = [sheets.sums(place) if place not in columns or not sheets.stale(place) else sums_of(columns[place], zone)
            for place in wanted]  # fmt: skip
    opened = [columns[place] if place in columns else sheets.opened(place) for place in wanted]
    return Weeks(sums, opened, columns[last])


def read_columns(
    reader: Reader, bounds: Sequence[int], calendars: Calendars, zone: str, scope: Scope | None = None
) -> list[Columns]:
    """All columns of the same weeks as `read_weeks`."""
    found = _Sheets(reader, bounds, calendars, zone).columns(range(1, len(bounds) - 1))
    ordered = [found[place] for place in range(1, len(bounds) - 1)]
    return ordered if scope is None else [one.only(scope) for one in ordered]


class _Sheets:
    """The sheets of some weeks and what was touched since they were made. A week is named by its place in `bounds`; the
    first has none."""

    def __init__(self, reader: Reader, bounds: Sequence[int], calendars: Calendars, zone: str) -> None:
        self._reader, self._bounds, self._calendars, self._zone = reader, bounds, calendars, zone
        self.stamp = calendars.stamp()
        self._upto: dict[int, int] = {}
        known = {
            row[0]: row[2]
            for row in reader.all(
                "SELECT start, ends, upto FROM week_sheet WHERE stamp = ? AND start >= ? AND start < ?",
                (self.stamp, bounds[0], bounds[-1]),
            )
            if row[1] in bounds
        }
        for place in range(1, len(bounds) - 1):
            if bounds[place] in known:
                self._upto[place] = known[bounds[place]]
        touched: dict[int, list[tuple[int, int]]] = {}
        if self._upto:
            for rid, n, since in reader.all(
                "SELECT rid, n, since FROM case_touched WHERE n > ? AND since < ?",
                (min(self._upto.values()), bounds[-1]),
            ):
                touched.setdefault(rid, []).append((n, since))
        self._dirty: dict[int, frozenset[int]] = {
            place: frozenset(
                rid for rid, notes in touched.items() if any(n > upto and since < bounds[place + 1] for n, since in
                notes)
            )
            for place, upto in self._upto.items()
        }  # fmt: skip
        for place, rids in self._dirty.items():
            if len(rids) > MANY:
                del self._upto[place]

    def stale(self, place: int) -> bool:
        """The kept sums are not those of the week as it is now."""
        return place not in self._upto or bool(self._dirty[place])

    def sums(self, place: int) -> Sums:
        """The kept sums of a week that is not stale."""
        return Sums.unpack(self._value("sums", place))

    def opened(self, place: int) -> Columns:
        """The opened cases of a week that is not stale."""
        start, end = self._bounds[place : place + 2]
        return Columns.unpack(start, end, self._value("opened", place), None)

    def _value(self, column: str, place: int) -> bytes:
        found: bytes = self._reader.value(f"SELECT {column} FROM week_sheet WHERE start = ?", (self._bounds[place],))
        return found

    def columns(self, places: Sequence[int]) -> dict[int, Columns]:
        """All columns of these weeks, as they are now."""
        missing = [place for place in places if place not in self._upto]
        out = self._worked_out(missing)
        kept = [place for place in places if place in self._upto]
        for place in kept:
            start, end = self._bounds[place : place + 2]
            out[place] = Columns.unpack(start, end, self._value("opened", place), self._value("columns", place))
        dirty = [place for place in kept if self._dirty[place]]
        if dirty:
            rids = frozenset().union(*(self._dirty[place] for place in dirty))
            histories = load_some(self._reader, rids, self._bounds[dirty[-1] + 1])
            for place in dirty:
                mine = self._dirty[place]
                before, week = tally(
                    (one for one in histories if one.key.rid in mine), self._bounds[place - 1 : place + 2]
                )
                old = out[place].without(mine)
                out[place] = old.plus(columns_of(before, week, self._calendars.of, self._zone, old.values))
        return out

    def _worked_out(self, places: Sequence[int]) -> dict[int, Columns]:
        if not places:
            return {}
        low, high = places[0] - 1, places[-1] + 2
        with uncollected():
            histories = load(self._reader, self._bounds[low], self._bounds[high - 1])
            weeks = tally(histories, self._bounds[low:high])
            return {
                place: columns_of(weeks[place - low - 1], weeks[place - low], self._calendars.of, self._zone)
                for place in places
            }


def keep(context: Context) -> bool:
    """One step of making and correcting sheets; True when more is to be done.

    Errors: StorageError; flow.Unbalanced for a history that contradicts itself. What was kept before stays valid.
    """
    reader = context.reader
    if reader.value("SELECT 1 FROM week_sheet LIMIT 1") is None:
        # From now on what is touched is noted; only after that may a sheet be computed.
        with context.replica.local() as raw:
            raw.execute(f"{_SHEET} VALUES (?, 0, x'', 0, x'', x'', x'')", (_MARK,))
    with reader.snapshot():
        bounds = _all_bounds(reader, context)
        if bounds is None:
            return False
        upto = int(reader.value("SELECT coalesce(max(n), 0) FROM case_touched"))
        calendars = Calendars(reader, context.zone, context.language)
        stamp = calendars.stamp()
        stale = _stale(reader, bounds, stamp)
        if not stale:
            return False
        step = _step(reader, bounds, stale)
        sheets = _Sheets(reader, bounds[step[0] - 1 : step[-1] + 2], calendars, context.zone)
        found = sheets.columns(range(1, len(step) + 1))
        rows = [
            (one.start, one.end, stamp, upto, sums_of(one, context.zone).pack(), *one.pack()) for one in found.values()
        ]
    finished = len(step) == len(stale)
    with context.replica.local() as raw:
        cleared = raw.execute("SELECT upto FROM week_sheet WHERE start = ?", (_MARK,)).fetchone()
        if cleared is None or cleared[0] > upto:
            return True  # another process was faster and has dropped notes that we have not seen
        raw.executemany(f"{_SHEET} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        if finished:
            raw.execute("DELETE FROM case_touched WHERE n <= ?", (upto,))
            raw.execute("UPDATE week_sheet SET upto = ? WHERE start = ?", (upto, _MARK))
            raw.execute("DELETE FROM week_sheet WHERE stamp <> ? AND start <> ?", (stamp, _MARK))
    return not finished


def _step(reader: Reader, bounds: Sequence[int], stale: Sequence[int]) -> list[int]:
    """The newest stale weeks that follow each other, as many as one step should do."""
    step: list[int] = []
    cases = 0
    for place in reversed(stale):
        if step and (len(step) == STEP_WEEKS or cases >= STEP_CASES or place != step[0] - 1):
            break
        step.insert(0, place)
        cases += reader.value(
            "SELECT count(*) FROM case_event WHERE field = 'opened' AND at >= ? AND at < ?",
            (bounds[place], bounds[place + 1]),
        )
    return step


def _all_bounds(reader: Reader, context: Context) -> list[int] | None:
    """From the week before the first case to the end of the present one; None where there is no case."""
    first = reader.value("SELECT min(at) FROM case_event WHERE field = 'opened'")
    if first is None:
        return None
    tz = times.zone(context.zone)
    week, now = times.week_of(min(first, context.clock()), tz).shifted(-1), context.clock()
    bounds = [week.bounds(tz)[0]]
    while bounds[-1] <= now:
        bounds.append(week.bounds(tz)[1])
        week = week.shifted(1)
    return bounds


def _stale(reader: Reader, bounds: Sequence[int], stamp: bytes) -> list[int]:
    """The places of weeks whose sheet is missing or not right any more, in order; none while that is not worth it."""
    known: Mapping[int, int] = {
        row[0]: row[1] for row in reader.all("SELECT start, upto FROM week_sheet WHERE stamp = ?", (stamp,))
    }
    touched = [tuple(row) for row in reader.all("SELECT since, n FROM case_touched ORDER BY since")]
    instants = [since for since, _ in touched]
    newest = [0, *accumulate((n for _, n in touched), max)]
    places = range(1, len(bounds) - 1)
    missing = [place for place in places if bounds[place] not in known]
    if not missing and len(touched) < DUE:
        return []
    return [
        place
        for place in places
        if bounds[place] not in known or newest[bisect_left(instants, bounds[place + 1])] > known[bounds[place]]
    ]
