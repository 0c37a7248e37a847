"""From a case in the database to its due times: which calendar, which targets, which pauses.

The rules are in `app.work.clocks`; this module only gathers their facts. It reads through a `query` callable, so it
serves inside a transaction (seeing its changes) and on a reader alike. Calendars are laid out once and kept until one
changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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

OFFICE_HOURS: Final = json.dumps({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})


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
        ) or query("SELECT id, time_zone, shifts, country, region FROM calendar ORDER BY id LIMIT 1", ())
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
        """(response, fix) in working minutes: the department's override, else the severity's own."""
        rows = query(
            "SELECT coalesce(o.response_minutes, s.response_minutes), coalesce(o.fix_minutes, s.fix_minutes) "
            "FROM severity s LEFT JOIN severity_override o ON o.severity = s.rank AND o.department_id = ? "
            "WHERE s.rank = ?",
            (department_id, severity),
        )
        return (rows[0][0], rows[0][1]) if rows else (None, None)

    def facts(self, query: Query, case: Mapping[str, Any], case_id: bytes) -> ClockInput:
        """The facts both clocks run on. `case`: the row with its columns as they are now."""
        response, fix = self.targets(query, case["severity"], case["department_id"])
        changes: list[tuple[int, str, str | None]] = []
        for at, field, new in query(
            "SELECT at, field, new FROM case_event WHERE case_id = ? AND field IN ('status', 'waiting_on') "
            "ORDER BY at, source_row, id",
            (case_id,),
        ):
            status, waiting = (changes[-1][1], changes[-1][2]) if changes else ("new", None)
            status, waiting = (new, waiting) if field == "status" else (status, new)
            if changes and changes[-1][0] == at:
                changes[-1] = (at, status, waiting)
            else:
                changes.append((at, status, waiting))
        history = history_facts(changes or [(case["opened_at"], case["status"], case["waiting_on"])])
        return ClockInput(
            opened_at=case["opened_at"], response_minutes=response, fix_minutes=fix,
            live=case["channel"] in LIVE_CHANNELS, first_response_at=case["first_response_at"],
            resolved_at=history.resolved_at, stopped_at=history.stopped_at, pauses=history.pauses,
            reopened=history.reopened,
        )  # fmt: skip

    def due(self, query: Query, case: Mapping[str, Any], case_id: bytes) -> dict[str, int | None]:
        """The stored due columns of a case."""
        calendar = self.calendar(query, case["department_id"])
        found: DueTimes = due_times(calendar, self.facts(query, case, case_id), paused_by=PAUSED_BY)
        due_at = NO_DUE if found.next is None or case["ended_at"] is not None else found.next
        return {"response_due_at": found.response, "fix_due_at": found.fix, "due_at": due_at}

    def clocks(self, query: Query, case: Mapping[str, Any], case_id: bytes, now: int) -> tuple[ClockState, ClockState]:
        """(response, fix) with their explanation."""
        calendar = self.calendar(query, case["department_id"])
        facts = self.facts(query, case, case_id)
        return response_clock(calendar, facts, now), fix_clock(calendar, facts, now, paused_by=PAUSED_BY)
