"""The monthly review of agreements: for each department who had it, how often a stand-in acted or nobody was there, and
what its contact was asked to do. Read once a month by a supervisor with the department's sponsor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.absence_calendar import Calendar, CalendarReader, Line
from app.work.agreed import covers, spells
from app.work.coverage_checks import Finding
from app.work.covering import Coverings
from app.work.deadlines import Deadlines
from app.work.holding import departments_of


@dataclass(frozen=True)
class Reviewed:
    """One department in one month. Days are days on which it works: `own` with its contact, `stand_in`, `swap`,
    `nobody`. `opened`, `solved`: its cases of the month; `open_`: at its end; `by_contact`: those of `solved` its
    contact solved himself."""

    department: str
    contact: str
    stand_ins: tuple[str, ...]
    queue: str
    since: str
    until: str
    why: str
    review_date: str
    swap_day: str
    own: int
    stand_in: int
    swap: int
    nobody: int
    gaps: tuple[tuple[str, str], ...]
    opened: int
    solved: int
    by_contact: int
    open_: int
    findings: tuple[Finding, ...] = ()
    parts: tuple[str, ...] = ()
    """Departments that inherit the agreement; their cases are counted with its own."""


@dataclass(frozen=True)
class Review:
    """All of them. `month`: "2026-11"; `first`..`last` its days, as far as they are over; `absences`: (who, first, last
    or "", days away in the month that are working days of nobody in particular: civil days)."""

    month: str
    first: str
    last: str
    departments: tuple[Reviewed, ...]
    absences: tuple[tuple[str, str, str], ...]
    names: dict[bytes, str]


def counted(line: Line, calendar: Calendar) -> tuple[int, int, int, int]:
    """Working days with the contact, a stand-in, on a swap day, with nobody."""
    worked = [day for day in calendar.days if day not in line.off]
    looks = {"stand-in": 0, "swap": 0, "nobody": 0, "no contact": 0}
    for piece in line.pieces:
        if piece.look in looks:
            looks[piece.look] += sum(piece.first <= day <= piece.last for day in worked)
    own = len(worked) - sum(looks.values())
    return own, looks["stand-in"], looks["swap"], looks["nobody"]


def days_of(month: str, today: str) -> tuple[str, str]:
    """First and last day of a month that are over or today. Errors: UserError."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise UserError(f"{month} is no month; write it as 2026-11.") from error
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if first.isoformat() > today:
        raise UserError("This month is still to come.")
    return first.isoformat(), min(last.isoformat(), today)


class ReviewReader:
    """Reads on the calling thread's reader."""

    def __init__(
        self, context: ReadContext, directory: Directory, coverings: Coverings, deadlines: Deadlines
    ) -> None:  # fmt: skip
        self._context, self._directory, self._coverings, self._deadlines = context, directory, coverings, deadlines

    def month(self, month: str) -> Review:
        """Errors: UserError for what is no month, or is to come."""
        query: Any = self._context.reader.all
        first, last = days_of(month, self._coverings.today())
        calendar = CalendarReader(self._context, self._directory, self._deadlines).read(first, last)
        zone = times.zone(self._context.zone)
        start = times.day_bounds(times.parse_date(first), zone)[0]
        end = times.day_bounds(times.parse_date(last), zone)[1]
        findings = self._coverings.findings()
        agreed = [one for one in covers(query, since=first) if one.overlaps(first, last)]
        out = []
        for line in calendar.departments:
            own = [one for one in agreed if one.department == line.id]
            if not own:
                continue
            cover = max(own, key=lambda one: (one.valid_from, one.id))
            own_days, stand_in, swap, nobody = counted(line, calendar)
            those = departments_of(query, cover.id, min(last, cover.valid_to or last)) or (line.id,)
            figures = [sum(each) for each in zip(
                *(self._cases(query, one, cover.primary, start, end) for one in those), strict=True)]  # fmt: skip
            out.append(Reviewed(
                self._name("department", line.id), self._name("analyst", cover.primary),
                tuple(self._name("analyst", who) for who in cover.people[1:]), self._name("queue", cover.queue),
                cover.valid_from, cover.valid_to or "", cover.why, cover.review_date or "", cover.swap_day or "",
                own_days, stand_in, swap, nobody,
                tuple((piece.first, piece.last) for piece in line.pieces if piece.look == "nobody"),
                figures[0], figures[1], figures[2], figures[3],
                tuple(one for one in findings if one.department == line.id),
                tuple(sorted((self._name("department", one) for one in those if one != line.id), key=str.casefold)),
            ))  # fmt: skip
        absences = tuple(
            (self._name("analyst", one.analyst), one.from_day, one.to_day or "")
            for one in spells(query, since=first) if not one.taken_back and one.overlaps(first, last)
        )  # fmt: skip
        kinds = ("analyst", "department", "product", "queue")
        names = {one.id: one.name for kind in kinds for one in self._directory.all(kind, inactive=True)}  # type: ignore[arg-type]
        return Review(month, first, last, tuple(out), absences, names)

    def _name(self, kind: Any, row: bytes | None) -> str:
        return self._directory.name(kind, row)

    def _cases(self, query: Any, department: bytes, contact: bytes, start: int, end: int) -> Sequence[int]:
        opened = query(
            'SELECT count(*) FROM "case" WHERE department_id = ? AND opened_at >= ? AND opened_at < ?',
            (department, start, end),
        )[0][0]
        solved = query(
            'SELECT count(*), coalesce(sum(work_owner_id = ?), 0) FROM "case" WHERE department_id = ? '
            "AND resolved_at >= ? AND resolved_at < ?",
            (contact, department, start, end),
        )[0]
        open_ = query(
            'SELECT count(*) FROM "case" WHERE department_id = ? AND opened_at < ? '
            "AND (ended_at IS NULL OR ended_at >= ?)",
            (department, end, end),
        )[0][0]
        return int(opened), int(solved[0]), int(solved[1]), int(open_)
