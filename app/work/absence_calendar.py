"""The absence calendar: over some days, who is away, and who speaks for each department; days without anybody.

Pure: `lay_out` takes covers, absences and the days a department works, and gives rows of spans. A span is a run of days
that are alike; spans of a row follow one another, and what stands between them is the usual (the contact is there). A
day on which nobody of a department's people is there counts as a gap only where the department works that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.work.agreed import covers, spells
from app.work.calendars import ServiceCalendar
from app.work.coverage import Cover, Spell, acting_on, in_force_above, runs
from app.work.deadlines import Deadlines
from app.work.holding import line_up, parents_of

Look = Literal["away", "stand-in", "swap", "nobody", "no contact"]
"""Of a person: "away". Of a department: a stand-in acts, primary and stand-in have changed places, nobody is there, no
agreement counts (between two, or before the first)."""
MOST_DAYS: Final = 400


@dataclass(frozen=True)
class Piece:
    """Days first..last (ISO, both included). `who`: acts meanwhile, or is away; `absence`, `kind`: of a person's."""

    first: str
    last: str
    look: Look
    who: bytes | None = None
    absence: bytes | None = None
    kind: str = ""
    open_end: bool = False

    @property
    def days(self) -> int:
        """How many."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


@dataclass(frozen=True)
class Line:
    """A row: an analyst's absences, or a department's days. `contact`: a department's primary on the first day it has
    one; `off`: days on which the department does not work."""

    id: bytes
    kind: Literal["analyst", "department"]
    pieces: tuple[Piece, ...]
    contact: bytes | None = None
    off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Calendar:
    """`first`..`last` with who is away above and the departments below."""

    first: str
    last: str
    people: tuple[Line, ...]
    departments: tuple[Line, ...]

    @property
    def days(self) -> list[str]:
        """All of them."""
        begins = date.fromisoformat(self.first)
        return [(begins + timedelta(days=n)).isoformat() for n in range(
            (date.fromisoformat(self.last) - begins).days + 1)]  # fmt: skip

    @property
    def gaps(self) -> list[tuple[Line, Piece]]:
        """Every run of days without anybody, the earliest first."""
        found = [(line, piece) for line in self.departments for piece in line.pieces if piece.look == "nobody"]
        return sorted(found, key=lambda pair: (pair[1].first, pair[0].id))


def lay_out(
    agreed: Sequence[Cover], away: Sequence[Spell], first: str, last: str, *,
    works: Callable[[bytes, str], bool] = lambda _department, _day: True,
    gone: Iterable[bytes] = (), shown_kind: Callable[[Spell], str] = lambda spell: spell.kind,
    parents: Mapping[bytes, bytes | None] = MappingProxyType({}),
) -> Calendar:  # fmt: skip
    """`works(department, day)`; `gone`: who no longer works here; `shown_kind`: what may be read of an absence;
    `parents`: department -> what it is part of. A row for each department with an agreement of its own; on days on
    which that does not hold it has what it inherits."""
    begins = date.fromisoformat(first)
    length = min((date.fromisoformat(last) - begins).days + 1, MOST_DAYS)
    days = [(begins + timedelta(days=n)).isoformat() for n in range(length)]
    first, last = days[0], days[-1]
    real = [one for one in away if not one.taken_back and one.overlaps(first, last)]
    missing: dict[bytes, set[str]] = {}
    for spell in real:
        missing.setdefault(spell.analyst, set()).update(day for day in days if spell.covers(day))
    lost = frozenset(gone)

    def is_away(who: bytes, day: str) -> bool:
        return who in lost or day in missing.get(who, ())

    people: dict[bytes, list[Piece]] = {}
    for spell in sorted(real, key=lambda one: (one.from_day, one.id)):
        open_end = spell.to_day is None
        people.setdefault(spell.analyst, []).append(Piece(
            max(spell.from_day, first), min(spell.to_day or last, last), "away", spell.analyst, spell.id,
            shown_kind(spell), open_end,
        ))  # fmt: skip
    lines = []
    for department in dict.fromkeys(one.department for one in agreed):
        line = line_up(parents, department)
        own = [one for one in agreed if one.department in line and one.overlaps(first, last)]
        if any(one.department == department for one in own):
            lines.append(_department(line, own, days, is_away, works))
    return Calendar(
        first, last, tuple(Line(who, "analyst", tuple(pieces)) for who, pieces in people.items()), tuple(lines)
    )


def _department(
    line: Sequence[bytes], own: Sequence[Cover], days: Sequence[str], is_away: Callable[[bytes, str], bool],
    works: Callable[[bytes, str], bool],
) -> Line:  # fmt: skip
    department = line[0]
    alike: dict[tuple[Look, bytes | None], list[str]] = {}
    off = frozenset(day for day in days if not works(department, day))
    contact: bytes | None = None
    for day in days:
        cover = in_force_above(own, line, day)
        if cover is None:
            alike.setdefault(("no contact", None), []).append(day)
            continue
        contact = contact or cover.primary
        found = acting_on(cover, day, is_away)
        if found is None:
            if day not in off:
                alike.setdefault(("nobody", None), []).append(day)
        elif found[1] != cover.primary:
            swapped = cover.swap_day == day and not is_away(cover.primary, day)
            alike.setdefault(("swap" if swapped else "stand-in", found[1]), []).append(day)
    pieces = [Piece(begin, end, look, who) for (look, who), those in alike.items() for begin, end in runs(those)]
    return Line(department, "department", tuple(sorted(pieces, key=lambda one: one.first)), contact, off)


class CalendarReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory, deadlines: Deadlines) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines

    def read(self, first: str, last: str) -> Calendar:
        """The calendar of these days, departments by name."""
        query: Any = self._context.reader.all
        me = self._context.me
        people = {row[0]: (row[1], bool(row[2])) for row in query("SELECT id, role, active FROM analyst", ())}
        boss = people.get(me, ("analyst", True))[0] != "analyst"
        names = {one.id: one.name.casefold() for one in self._directory.all("department")}
        agreed = sorted((one for one in covers(query, since=first) if one.department in names),
                        key=lambda one: names[one.department])  # fmt: skip
        parents = parents_of(query)
        # Who inherits works on a Saturday, perhaps, on which the department it was agreed on for does not.
        parts: dict[bytes, list[bytes]] = {}
        own = {one.department for one in agreed}
        for department in names:
            held = next((above for above in line_up(parents, department) if above in own), None)
            if held is not None:
                parts.setdefault(held, []).append(department)
        served: dict[bytes, ServiceCalendar] = {}
        known: dict[tuple[int, str], bool] = {}

        def works(department: bytes, day: str) -> bool:
            return any(serves(one, day) for one in parts.get(department, (department,)))

        def serves(department: bytes, day: str) -> bool:
            if department not in served:
                served[department] = self._deadlines.calendar(query, department)
            key = (id(served[department]), day)  # most departments have the same one
            if key not in known:
                known[key] = bool(served[department].working_intervals(times.parse_date(day)))
            return known[key]

        return lay_out(
            agreed, spells(query, since=first), first, last, works=works,
            gone=(who for who, (_role, active) in people.items() if not active),
            shown_kind=lambda spell: spell.kind if boss or spell.analyst == me else "away", parents=parents,
        )  # fmt: skip
