"""From a case in the database to its due times: which calendar, which targets, which pauses.

The rules are in `app.work.clocks`; this module only gathers their facts. It reads through a `query` callable, so it
serves inside a transaction (seeing its changes) and on a reader alike. Calendars are laid out once and kept until one
changes. `Ledger` keeps what many cases share (calendars, targets) for as long as one pass over them takes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from app.work.calendars import ServiceCalendar
from app.work.clocks import (
    PAUSED_BY,
    ClockInput,
    ClockState,
    DueTimes,
    due_times,
    fix_clock,
    history_facts,
    response_clock,
)
from db.rules import LIVE_CHANNELS, NO_DUE

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

PAUSING: Final = "clock.paused_by"
"""The site setting that names what a case may wait on while its fix clock stands still: a JSON list of words from
rules.WAITING_ON."""
OFFICE_HOURS: Final = json.dumps({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})

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

    def due(self, query: Query, case: Mapping[str, Any], case_id: bytes) -> dict[str, int | None]:
        """The stored due columns of a case."""
        calendar = self.calendar(query, case["department_id"])
        facts = self.facts(query, case, case_id)
        return due_columns(due_times(calendar, facts, paused_by=self.paused_by(query)), case["ended_at"])

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

    def due(self, case: Mapping[str, Any], moves: Iterable[Sequence[Any]]) -> dict[str, int | None]:
        """The stored due columns of one case. `moves`: its events as in `facts_of`."""
        department, key = case["department_id"], (case["severity"], case["department_id"])
        if department not in self._calendars:
            self._calendars[department] = self._deadlines.calendar(self._query, department)
        if key not in self._targets:
            self._targets[key] = self._deadlines.targets(self._query, *key)
        facts = facts_of(case, moves, self._targets[key])
        return due_columns(
            due_times(self._calendars[department], facts, paused_by=self._paused_by), case["ended_at"]
        )  # fmt: skip


def facts_of(
    case: Mapping[str, Any], moves: Iterable[Sequence[Any]], targets: tuple[int | None, int | None]
) -> ClockInput:
    """The facts of a case from its row, its events of `status` and `waiting_on` as (at, field, new) in order, and its
    targets in working minutes."""
    changes: list[tuple[int, str, str | None]] = []
    for at, field, new in moves:
        status, waiting = (changes[-1][1], changes[-1][2]) if changes else ("new", None)
        status, waiting = (new, waiting) if field == "status" else (status, new)
        if changes and changes[-1][0] == at:
            changes[-1] = (at, status, waiting)
        else:
            changes.append((at, status, waiting))
    history = history_facts(changes or [(case["opened_at"], case["status"], case["waiting_on"])])
    return ClockInput(
        opened_at=case["opened_at"], response_minutes=targets[0], fix_minutes=targets[1],
        live=case["channel"] in LIVE_CHANNELS, first_response_at=case["first_response_at"],
        resolved_at=history.resolved_at, stopped_at=history.stopped_at, pauses=history.pauses,
        reopened=history.reopened,
    )  # fmt: skip


def due_columns(found: DueTimes, ended_at: int | None) -> dict[str, int | None]:
    """Due times as the columns of a case."""
    runs = found.next is not None and ended_at is None
    return {
        "response_due_at": found.response, "fix_due_at": found.fix, "due_at": found.next if runs else NO_DUE,
        "warn_at": found.warn if runs else None,
    }  # fmt: skip
