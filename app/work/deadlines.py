"""From a case in the database to its due times: which calendar, which targets, which pauses.

The rules are in `app.work.clocks`; this module only gathers their facts. It reads through a `query` callable, so it
serves inside a transaction (seeing its changes) and on a reader alike. Calendars are laid out once and kept until one
changes. `Ledger` keeps what many cases share (calendars, targets) for as long as one pass over them takes.

`Deadlines.derive` is what db.due_times asks for the stored columns of cases whose rows, hours or targets changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from app.times import DAY_MS
from app.work.calendars import ServiceCalendar
from app.work.clocks import (
    CLOSED_STATUSES,
    PAUSED_BY,
    ClockInput,
    ClockState,
    DueTimes,
    History,
    due_times,
    fix_clock,
    history_facts,
    response_clock,
    unbroken_due_times,
)
from db.due_times import PAUSING, Due
from db.rules import LIVE_CHANNELS, NO_DUE

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

OFFICE_HOURS: Final = json.dumps({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})

_STOPS: Final = CLOSED_STATUSES | {"waiting"}
_QUOTED: Final = ", ".join(f"'{status}'" for status in sorted(_STOPS))
_ROW: Final = (
    "id, response_due_at, fix_due_at, due_at, warn_at, rid, ended_at, response_promised_at, fix_promised_at, severity, "
    "department_id, opened_at, first_response_at, channel, status, waiting_on"
)
_MOVES: Final = (
    # CROSS: the cases first. SQLite, which keeps no statistics, would rather look at every change of status that the
    # desk has ever seen.
    'SELECT e.case_id, e.at, e.field, e.new FROM "case" c CROSS JOIN case_event e '
    'ON e.case_id = c.id WHERE c.rid IN (SELECT rid FROM "case" WHERE {which} AND ended_at IS NULL) '
    "AND EXISTS (SELECT 1 FROM case_event x WHERE x.case_id = c.id AND x.field = 'status' AND x.new IN ({stops})) "
    "AND e.field IN ('status', 'waiting_on') ORDER BY c.rid, e.at, e.source_row, e.id"
)
"""The story of those that ever waited or had ended: of the others, which are most, there is nothing to know."""
_MOST_CASES_MS: Final = 365 * DAY_MS
_SITES_FIRST: Final = "SELECT id, time_zone, shifts, country, region FROM calendar ORDER BY id LIMIT 1"


class Deadlines:
    """Clocks of cases. `zone`: the site's time zone, `language` that of holiday names in explanations."""

    def __init__(self, zone: str, language: str = "en") -> None:
        self._zone, self._language = zone, language
        self._calendars: dict[tuple[Any, ...], ServiceCalendar] = {}
        self._default = ServiceCalendar.from_stored(zone, OFFICE_HOURS, language=language)

    def calendar(self, query: Query, department_id: bytes | None) -> ServiceCalendar:
        """The calendar of a department (its own, else its parent's, else the site's first, else office hours)."""
        rows = query(
            "WITH RECURSIVE up(id, parent_id, calendar_id, n) AS ("
            " SELECT id, parent_id, calendar_id, 0 FROM department WHERE id = ?"
            " UNION ALL SELECT d.id, d.parent_id, d.calendar_id, n + 1 FROM department d JOIN up ON d.id = up.parent_id"
            " WHERE n < 20) "
            "SELECT c.id, c.time_zone, c.shifts, c.country, c.region FROM up JOIN calendar c ON c.id = up.calendar_id "
            "ORDER BY n LIMIT 1",
            (department_id,),
        ) or query(_SITES_FIRST, ())
        return self._laid_out(query, rows)

    def calendar_of(self, query: Query, calendar_id: bytes | None) -> ServiceCalendar:
        """A calendar by its id; without one the site's first, else office hours."""
        rows = query(
            "SELECT id, time_zone, shifts, country, region FROM calendar WHERE id = ?", (calendar_id,)
        ) or query(_SITES_FIRST, ())
        return self._laid_out(query, rows)

    def prepare(self, query: Query, now: int) -> None:
        """Lay out every calendar over the time in which most cases lie, so that the first case that is looked at need
        not wait for it, nor for the library of public holidays."""
        for (calendar_id,) in query("SELECT id FROM calendar", ()):
            self.calendar_of(query, calendar_id).hours.worked(now - _MOST_CASES_MS, now)

    def _laid_out(self, query: Query, rows: Sequence[Any]) -> ServiceCalendar:
        if not rows:
            return self._default
        calendar_id, zone, shifts, country, region = rows[0]
        closed = tuple(
            (str(day), reason)
            for day, reason in query(
                "SELECT day, reason FROM closed_day WHERE calendar_id = ? ORDER BY day", (calendar_id,)
            )
        )
        key = (zone, shifts, country, region, closed)
        if key not in self._calendars:
            self._calendars[key] = ServiceCalendar.from_stored(zone, shifts, country, region, closed, self._language)
        return self._calendars[key]

    def targets(self, query: Query, severity: int, department_id: bytes | None) -> tuple[int | None, int | None]:
        """(response, fix) in working minutes: what the department, or the nearest one above it, says instead of the
        severity's own."""
        own = query("SELECT response_minutes, fix_minutes FROM severity WHERE rank = ?", (severity,))
        response, fix = own[0] if own else (None, None)
        if department_id is None:
            return response, fix
        nearest: list[int | None] = [None, None]
        for said in query(
            "WITH RECURSIVE up(id, parent_id, n) AS (SELECT id, parent_id, 0 FROM department WHERE id = ?"
            " UNION ALL SELECT d.id, d.parent_id, n + 1 FROM department d JOIN up ON d.id = up.parent_id WHERE n < 20) "
            "SELECT o.response_minutes, o.fix_minutes FROM up JOIN severity_override o ON o.department_id = up.id "
            "WHERE o.severity = ? ORDER BY n",
            (department_id, severity),
        ):
            nearest = [known if known is not None else new for known, new in zip(nearest, said, strict=True)]
        return (response if nearest[0] is None else nearest[0]), (fix if nearest[1] is None else nearest[1])

    def paused_by(self, query: Query) -> frozenset[str]:
        """What the fix clock stands still for: the site's word on it, else PAUSED_BY."""
        rows = query("SELECT value FROM site_setting WHERE key = ?", (PAUSING,))
        return frozenset(json.loads(rows[0][0])) if rows else PAUSED_BY

    def facts(self, query: Query, case: Mapping[str, Any], case_id: bytes) -> ClockInput:
        """The facts both clocks run on. `case`: the row with its columns as they are now."""
        moves = query(
            "SELECT at, field, new FROM case_event WHERE case_id = ? AND field IN ('status', 'waiting_on') "
            "ORDER BY at, source_row, id",
            (case_id,),
        )
        return facts_of(case, moves, self.targets(query, case["severity"], case["department_id"]))

    def due(self, query: Query, case: Mapping[str, Any], case_id: bytes) -> DueTimes:
        """The due times of a case as its row is given."""
        calendar = self.calendar(query, case["department_id"])
        facts = self.facts(query, case, case_id)
        return due_times(calendar, facts, paused_by=self.paused_by(query))

    def derive(self, query: Query, which: str, params: Sequence[Any]) -> Iterator[Due]:
        """The due columns of those cases, among the ones that fulfil the condition `which`, in which others are stored.

        A case that has ended keeps what was promised to it: a calendar that is changed today does not rewrite last
        year.
        """
        ledger = Ledger(self, query)
        moves = {
            case_id: list(listed)
            for case_id, listed in groupby(query(_MOVES.format(which=which, stops=_QUOTED), params), key=itemgetter(0))
        }
        for row in query(f'SELECT {_ROW} FROM "case" WHERE {which} ORDER BY rid', params):
            case_id, response, fix, due, warn, rid, ended, *promised = tuple(row)
            if ended is None:
                found = ledger.due(moves.get(case_id, ()), *promised[2:])
                next_due = NO_DUE if found.next is None else found.next
                if (response, fix, due, warn) != (found.response, found.fix, next_due, found.warn):
                    yield Due(case_id, found.response, found.fix, next_due, found.warn, rid)
            elif (response, fix, due, warn) != (*promised[:2], NO_DUE, None):
                yield Due(case_id, promised[0], promised[1], NO_DUE, None, rid)

    def clocks(self, query: Query, case: Mapping[str, Any], case_id: bytes, now: int) -> tuple[ClockState, ClockState]:
        """(response, fix) with their explanation."""
        calendar = self.calendar(query, case["department_id"])
        facts = self.facts(query, case, case_id)
        return response_clock(calendar, facts, now), fix_clock(calendar, facts, now, paused_by=self.paused_by(query))


class Ledger:
    """Due columns of many cases from one state of the desk: each calendar, target and setting is asked for once."""

    def __init__(self, deadlines: Deadlines, query: Query) -> None:
        self._deadlines, self._query = deadlines, query
        self._paused_by: Collection[str] = deadlines.paused_by(query)
        self._calendars: dict[bytes | None, ServiceCalendar] = {}
        self._targets: dict[tuple[int, bytes | None], tuple[int | None, int | None]] = {}
        self._unbroken: dict[tuple[int, bytes | None, bool], Callable[[int], DueTimes]] = {}

    def due(
        self, moves: Sequence[Sequence[Any]], severity: int, department: bytes | None, opened_at: int,
        first_response_at: int | None, channel: str, status: str, waiting_on: str | None,
    ) -> DueTimes:  # fmt: skip
        """The due times of one case, from its columns of these names. `moves`: its events of `status` and `waiting_on`
        as (case id, at, field, new) in order; none, if it never waited nor had ended."""
        unbroken = not moves and status not in _STOPS
        answered = first_response_at is not None or channel in LIVE_CHANNELS
        if unbroken and (known := self._unbroken.get((severity, department, answered))) is not None:
            return known(opened_at)
        if department not in self._calendars:
            self._calendars[department] = self._deadlines.calendar(self._query, department)
        targets = self._targets.get((severity, department))
        if targets is None:
            targets = self._targets[severity, department] = self._deadlines.targets(self._query, severity, department)
        calendar = self._calendars[department]
        if unbroken:
            found = self._unbroken[severity, department, answered] = unbroken_due_times(
                calendar, *targets, answered=answered
            )
            return found(opened_at)
        history = _history([tuple(move)[1:] for move in moves], opened_at, status, waiting_on)
        facts = ClockInput(
            opened_at, targets[0], targets[1], channel in LIVE_CHANNELS, first_response_at, history.resolved_at,
            history.stopped_at, history.pauses, history.reopened,
        )  # fmt: skip
        return due_times(calendar, facts, paused_by=self._paused_by)


def facts_of(
    case: Mapping[str, Any], moves: Iterable[Sequence[Any]], targets: tuple[int | None, int | None]
) -> ClockInput:
    """The facts of a case from its row, its events of `status` and `waiting_on` as (at, field, new) in order, and its
    targets in working minutes."""
    history = _history(moves, case["opened_at"], case["status"], case["waiting_on"])
    return ClockInput(
        opened_at=case["opened_at"], response_minutes=targets[0], fix_minutes=targets[1],
        live=case["channel"] in LIVE_CHANNELS, first_response_at=case["first_response_at"],
        resolved_at=history.resolved_at, stopped_at=history.stopped_at, pauses=history.pauses,
        reopened=history.reopened,
    )  # fmt: skip


def _history(moves: Iterable[Sequence[Any]], opened_at: int, status_now: str, waiting_now: str | None) -> History:
    changes: list[tuple[int, str, str | None]] = []
    for at, field, new in moves:
        status, waiting = (changes[-1][1], changes[-1][2]) if changes else ("new", None)
        status, waiting = (new, waiting) if field == "status" else (status, new)
        if changes and changes[-1][0] == at:
            changes[-1] = (at, status, waiting)
        else:
            changes.append((at, status, waiting))
    return history_facts(changes or [(opened_at, status_now, waiting_now)])
