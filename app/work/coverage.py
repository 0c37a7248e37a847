"""Who speaks for a department, and who when that one is away: rules without a database.

A `Cover` names a primary and two stand-ins for some time; absences begin and end by date, at midnight of the site. From
these two everything follows, and nothing is switched on or off: the *acting contact* of an instant is the first of the
three who can be given work then, else the first who is not away for the day (`acting`). On an agreed swap day primary
and first stand-in change places.

`spans` lays that out on the time line for a strip or a report; routing asks `acting` for one instant. Where several
covers of a department hold on one day (two people agreed on something while they could not see each other) the one
that began last counts, on every workstation alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from app import times
from app.work.calendars import Interval, ServiceCalendar

Role = Literal["dedicated", "stand-in 1", "stand-in 2"]
ROLES: Final[tuple[Role, ...]] = ("dedicated", "stand-in 1", "stand-in 2")
Whereabouts = Literal["available", "after hours", "absent", "inactive", "unknown"]
FOREVER: Final = "9999-12-31"


@dataclass(frozen=True)
class Cover:
    """A row of `coverage`. Days are ISO dates."""

    id: bytes
    department: bytes
    primary: bytes
    stand_in1: bytes | None = None
    stand_in2: bytes | None = None
    queue: bytes | None = None
    valid_from: str = "0001-01-01"
    valid_to: str | None = None
    why: str = ""
    review_date: str | None = None
    swap_day: str | None = None
    predecessor: bytes | None = None
    confirmed_at: int | None = None

    def holds(self, day: str) -> bool:
        """Whether it counts on that day."""
        return self.valid_from <= day <= (self.valid_to or FOREVER)

    def overlaps(self, first: str, last: str | None) -> bool:
        """Whether it counts on any day of first..last."""
        return self.valid_from <= (last or FOREVER) and first <= (self.valid_to or FOREVER)

    def contacts(self, day: str) -> tuple[tuple[Role, bytes], ...]:
        """Its people in the order in which they are asked that day, each once."""
        named: list[tuple[Role, bytes | None]] = [
            ("dedicated", self.primary), ("stand-in 1", self.stand_in1), ("stand-in 2", self.stand_in2),
        ]  # fmt: skip
        if self.swap_day == day and self.stand_in1 is not None:
            named[:2] = [named[1], named[0]]
        out: dict[bytes, Role] = {}
        for role, who in named:
            if who is not None:
                out.setdefault(who, role)
        return tuple((role, who) for who, role in out.items())

    @property
    def people(self) -> tuple[bytes, ...]:
        """Everybody it names, the primary first."""
        return tuple(dict.fromkeys(who for who in (self.primary, self.stand_in1, self.stand_in2) if who is not None))

    @property
    def waits_for_confirmation(self) -> bool:
        """A department that was given to somebody for good who has not said yet that he has its dossier."""
        return self.predecessor is not None and self.confirmed_at is None


@dataclass(frozen=True)
class Spell:
    """An absence: from a day to a day, both included; `to_day` None: open."""

    id: bytes
    analyst: bytes
    from_day: str
    to_day: str | None
    kind: str = "other"
    entered_by: bytes | None = None
    confirmed_at: int | None = None
    coverage: bytes | None = None

    def covers(self, day: str) -> bool:
        """Whether that day is one of it."""
        return self.from_day <= day <= (self.to_day or FOREVER)

    def overlaps(self, first: str, last: str | None) -> bool:
        """Whether any day of first..last is one of it."""
        begins, ends = max(self.from_day, first), min(self.to_day or FOREVER, last or FOREVER)
        return begins <= ends

    @property
    def taken_back(self) -> bool:
        """It ends before it begins."""
        return self.to_day is not None and self.to_day < self.from_day


@dataclass(frozen=True)
class Acting:
    """Who speaks for the department. `available`: can be given work then; otherwise there with the next working
    hour."""

    who: bytes
    role: Role
    available: bool


def in_force(covers: Iterable[Cover], department: bytes, day: str) -> Cover | None:
    """The cover that counts for a department on a day."""
    held = [one for one in covers if one.department == department and one.holds(day)]
    return max(held, key=lambda one: (one.valid_from, one.id), default=None)


def in_force_above(covers: Iterable[Cover], line: Sequence[bytes], day: str) -> Cover | None:
    """The cover that counts for the first department of `line` on a day: its own, else that of the nearest above it.
    `line`: the department, what it is part of, and so on up."""
    known = list(covers)
    return next((found for one in line if (found := in_force(known, one, day)) is not None), None)


class Term(NamedTuple):
    """`cover` counts for a department on `first`..`last` (ISO dates, both included; None: open)."""

    cover: Cover
    first: str
    last: str | None


def terms(covers: Iterable[Cover], line: Sequence[bytes]) -> list[Term]:
    """Which cover counts for the first department of `line`, one after the other over all time: what
    `in_force_above` says on each day, with the days on which it changes."""
    known = [one for one in covers if one.department in line and one.valid_from <= (one.valid_to or FOREVER)]
    edges = {one.valid_from for one in known} | {_after(one.valid_to) for one in known if one.valid_to is not None}
    out: list[Term] = []
    for first in sorted(edges):
        found = in_force_above(known, line, first)
        if out and out[-1].last is None:
            if found == out[-1].cover:
                continue
            out[-1] = out[-1]._replace(last=_before(first))
        if found is not None:
            out.append(Term(found, first, None))
    return out


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day < FOREVER else FOREVER


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def acting(order: Sequence[tuple[Role, bytes]], where: Callable[[bytes], Whereabouts]) -> Acting | None:
    """The first who can be given work, else the first who is not away; None: nobody."""
    places = [(role, who, where(who)) for role, who in order]
    for wanted in ("available", "after hours"):
        for role, who, place in places:
            if place == wanted:
                return Acting(who, role, wanted == "available")
    return None


def acting_on(cover: Cover, day: str, away: Callable[[bytes, str], bool]) -> tuple[Role, bytes] | None:
    """Who speaks for the department that day, whatever the hour: the first who is not away."""
    return next(((role, who) for role, who in cover.contacts(day) if not away(who, day)), None)


@dataclass(frozen=True)
class Life:
    """When one analyst can be had. `duty`: turns on the hotline, which count as working time, too."""

    calendar: ServiceCalendar
    away: tuple[Spell, ...] = ()
    duty: tuple[Interval, ...] = ()
    active: bool = True

    def is_away(self, day: str) -> bool:
        """Away for that whole day."""
        return any(spell.covers(day) for spell in self.away)

    def where(self, at: int, day: str) -> Whereabouts:
        """At an instant (ms UTC), which is on `day` at the site."""
        if not self.active:
            return "inactive"
        if self.is_away(day):
            return "absent"
        works = self.calendar.hours.worked(at, at + 1) > 0 or any(start <= at < end for start, end in self.duty)
        return "available" if works else "after hours"


@dataclass(frozen=True)
class Span:
    """[start, end) in ms UTC with one acting contact; None: nobody."""

    start: int
    end: int
    acting: Acting | None


@dataclass(frozen=True)
class Plan:
    """What is known of a department: its covers, its people's lives, its own service hours. `zone`: the site's;
    `above`: the departments it is part of, the nearest first, whose covers count where it has none of its own."""

    covers: tuple[Cover, ...]
    lives: Mapping[bytes, Life]
    service: ServiceCalendar
    zone: str
    above: tuple[bytes, ...] = ()


def spans(plan: Plan, department: bytes, start: int, end: int) -> list[Span]:
    """Who is acting over [start, end), one piece after the other; neighbours differ."""
    zone = times.zone(plan.zone)
    edges = {start, end}
    first, last = times.local_date(start, zone), times.local_date(max(start, end - 1), zone)
    for n in range((last - first).days + 1):
        edges.add(times.day_bounds(first + timedelta(days=n), zone)[0])
    line = (department, *plan.above)
    people = {who for cover in plan.covers if cover.department in line for who in cover.people}
    for who in people:
        life = plan.lives.get(who)
        if life is not None:
            for interval in (*life.calendar.hours.intervals(start, end), *life.duty):
                edges.update(interval)
    steps = sorted(edge for edge in edges if start <= edge <= end)
    out: list[Span] = []
    for begins, ends in pairwise(steps):
        day = times.local_date(begins, zone).isoformat()
        found = _acting_at(plan, line, begins, day)
        if out and out[-1].acting == found:
            out[-1] = Span(out[-1].start, ends, found)
        else:
            out.append(Span(begins, ends, found))
    return out


def _acting_at(plan: Plan, line: Sequence[bytes], at: int, day: str) -> Acting | None:
    cover = in_force_above(plan.covers, line, day)
    if cover is None:
        return None

    def where(who: bytes) -> Whereabouts:
        life = plan.lives.get(who)
        return "unknown" if life is None else life.where(at, day)

    return acting(cover.contacts(day), where)


def gaps(plan: Plan, found: Iterable[Span]) -> list[Interval]:
    """The pieces of the department's service hours in which none of its people can be given work."""
    out: list[Interval] = []
    for span in found:
        if span.acting is None or not span.acting.available:
            for piece in plan.service.hours.intervals(span.start, span.end):
                if out and out[-1].end == piece.start:
                    out[-1] = Interval(out[-1].start, piece.end)
                else:
                    out.append(piece)
    return out


def runs(days: Iterable[str]) -> list[tuple[str, str]]:
    """Days in order as (first, last) of each unbroken row."""
    out: list[tuple[str, str]] = []
    for day in days:
        if out and (date.fromisoformat(out[-1][1]) + timedelta(days=1)).isoformat() == day:
            out[-1] = (out[-1][0], day)
        else:
            out.append((day, day))
    return out


def next_review(day: str) -> str:
    """A month later, on the same day of the month or its last."""
    given = date.fromisoformat(day)
    year, month = (given.year + given.month // 12, given.month % 12 + 1)
    for number in (given.day, 30, 29, 28):
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def quarter(day: str) -> tuple[date, date]:
    """The first and the last day of the calendar quarter a day lies in."""
    given = date.fromisoformat(day)
    first = date(given.year, 3 * ((given.month - 1) // 3) + 1, 1)
    return first, (first + timedelta(days=100)).replace(day=1) - timedelta(days=1)


def swap_proposal(cover: Cover, today: str, works: Callable[[bytes, str], bool]) -> str | None:
    """A day for primary and first stand-in to change places: in the middle of what is left of this quarter (or of the
    next one, when less than two weeks are), the nearest on which both work. `works(who, day)`: has hours that day and
    is not away."""
    if cover.stand_in1 is None:
        return None
    first, last = quarter(today)
    start = max(first, date.fromisoformat(today) + timedelta(days=1))
    if (last - start).days < 14:
        start, last = quarter((last + timedelta(days=1)).isoformat())
    middle = start + (last - start) / 2
    days = sorted(
        (start + timedelta(days=n) for n in range((last - start).days + 1)), key=lambda day: (abs(day - middle), day)
    )
    pair = (cover.primary, cover.stand_in1)
    return next((day.isoformat() for day in days if all(works(who, day.isoformat()) for who in pair)), None)
