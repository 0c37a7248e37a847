"""What is wrong with an absence or a coverage, and what to do about it: checks that are asked before something is saved
and every morning after.

All are pure functions of a `World`, a snapshot of covers, absences and what people can do. A `Finding` is a code with
its facts, never a sentence (app.texts_coverage has those); "red": a department has nobody; "amber": it has, but worse
than it could be. Nearly each brings a `Proposal` that one click carries out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from app.work.coverage import FOREVER, Cover, Spell, acting_on, in_force, quarter, runs
from app.work.holding import line_up

CAP: Final = 4
"""Departments one analyst is the contact of, where the site says nothing (`coverage.cap`)."""
LOOK_AHEAD_DAYS: Final = 92
"""How far into an open absence, and into the time to come, the checks look."""
Level = Literal["red", "amber"]

CODES: Final = (
    "no stand-in", "nobody there", "stand-in away", "lacks skill", "lacks language", "lacks rights", "chain", "cycle",
    "overload", "left without stand-in", "over the cap", "inactive", "two agreements", "entered twice",
    "not acknowledged", "still open", "review due", "no swap day", "not taken over", "watched without contact",
)  # fmt: skip


@dataclass(frozen=True)
class Ability:
    """What a colleague brings to standing in. `languages`: empty, nobody entered any; `queues`: those he is a member
    of; `workstations`: on which he could work at all; `open_cases`: those he works on."""

    name: str
    active: bool = True
    role: str = "analyst"
    languages: frozenset[str] = frozenset()
    skills: Mapping[bytes, int] = field(default_factory=dict)
    queues: frozenset[bytes] = frozenset()
    workstations: int = 1
    open_cases: int = 0


@dataclass(frozen=True)
class Customer:
    """What a department asks of whoever stands in. `products`: those its cases are about, with the skill level each
    needs; `private`: it has open cases only supervisors may read about."""

    name: str
    languages: frozenset[str] = frozenset()
    products: Mapping[bytes, int] = field(default_factory=dict)
    watched: bool = False
    private: bool = False


@dataclass(frozen=True)
class World:
    """A snapshot. `acknowledged`: (absence, analyst) -> the last day it was acknowledged for (FOREVER: open);
    `parents`: department -> what it is part of."""

    covers: tuple[Cover, ...]
    spells: tuple[Spell, ...]
    people: Mapping[bytes, Ability]
    customers: Mapping[bytes, Customer]
    acknowledged: Mapping[tuple[bytes, bytes], str] = field(default_factory=dict)
    cap: int = CAP
    parents: Mapping[bytes, bytes | None] = field(default_factory=dict)

    @cached_property
    def _away(self) -> dict[bytes, list[Spell]]:
        out: dict[bytes, list[Spell]] = {}
        for spell in self.spells:
            if not spell.taken_back:
                out.setdefault(spell.analyst, []).append(spell)
        return out

    def away(self, who: bytes, day: str) -> bool:
        """Not to be had that day: away, gone for good, or unknown."""
        known = self.people.get(who)
        return known is None or not known.active or any(one.covers(day) for one in self._away.get(who, ()))

    def absences(self, who: bytes) -> Sequence[Spell]:
        """Somebody's absences that count."""
        return self._away.get(who, ())

    @cached_property
    def departments(self) -> Mapping[bytes, Sequence[Cover]]:
        """Those that have a cover at any time, with their covers."""
        out: dict[bytes, list[Cover]] = {}
        for cover in self.covers:
            out.setdefault(cover.department, []).append(cover)
        return out

    @cached_property
    def _parts(self) -> dict[str, dict[bytes, list[bytes]]]:
        return {}

    @cached_property
    def _days(self) -> dict[str, dict[bytes, list[bytes]]]:
        return {}

    def cover(self, department: bytes, day: str) -> Cover | None:
        """The one that counts that day."""
        return in_force(self.departments.get(department, ()), department, day)

    def parts(self, department: bytes, day: str) -> Sequence[bytes]:
        """A department that has a cover that day, and those that inherit it."""
        if day not in self._parts:
            found: dict[bytes, list[bytes]] = {}
            for one in self.parents:
                cover = self.holder(one, day)
                if cover is not None and cover.department != one:
                    found.setdefault(cover.department, []).append(one)
            self._parts[day] = found
        return [department, *self._parts[day].get(department, ())]

    def held(self, who: bytes, day: str) -> Sequence[bytes]:
        """Departments somebody is the contact of that day: his own, and those he stands in for."""
        if day not in self._days:
            by_person: dict[bytes, list[bytes]] = {}
            for department in self.departments:
                cover = self.cover(department, day)
                if cover is not None:
                    found = acting_on(cover, day, self.away)
                    for one in {cover.primary, *(found[1:] if found is not None else ())}:
                        by_person.setdefault(one, []).append(department)
            self._days[day] = by_person
        return self._days[day].get(who, ())

    def with_spell(self, spell: Spell) -> World:
        """The world in which this absence is known (in place of the one with the same id)."""
        others = tuple(one for one in self.spells if one.id != spell.id)
        return replace(self, spells=(*others, spell))

    def with_cover(self, cover: Cover) -> World:
        """The world in which this cover is agreed on (in place of the one with the same id)."""
        others = tuple(one for one in self.covers if one.id != cover.id)
        return replace(self, covers=(*others, cover))

    def holder(self, department: bytes, day: str) -> Cover | None:
        """The one that counts that day for a department: its own, else that of the nearest above it."""
        line = line_up(self.parents, department)
        return next((found for one in line if (found := self.cover(one, day)) is not None), None)


@dataclass(frozen=True)
class Proposal:
    """What to do. "stand-in": put `who` into `slot` of the cover; "dates": go from `first` to `last` instead; "remove":
    take one of the two back; "acknowledge", "end", "review", "swap", "confirm", "cover": the verb of that name."""

    what: str
    who: bytes | None = None
    cover: bytes | None = None
    slot: str = ""
    first: str = ""
    last: str = ""
    absence: bytes | None = None


@dataclass(frozen=True)
class Finding:
    """`department`, `who` (whom it is about), `other` (a second person), `first`..`last` the days, `thing` a product,
    language or reason by id or word, `count` a figure."""

    code: str
    level: Level
    department: bytes | None = None
    who: bytes | None = None
    other: bytes | None = None
    first: str = ""
    last: str = ""
    thing: bytes | str | None = None
    count: int = 0
    proposal: Proposal | None = None


# -- who could do it --------------------------------------------------------------------------------------------------
def lacks(world: World, who: bytes, department: bytes, queue: bytes | None) -> Iterator[tuple[str, bytes | str]]:
    """What somebody lacks to stand in for a department, as (code, thing)."""
    person, customer = world.people[who], world.customers[department]
    for product, level in sorted(customer.products.items()):
        if person.skills.get(product, 0) < level:
            yield "lacks skill", product
    if customer.languages and person.languages and customer.languages.isdisjoint(person.languages):
        yield "lacks language", ", ".join(sorted(customer.languages))
    if person.workstations == 0:
        yield "lacks rights", "workstation"
    if queue is not None and queue not in person.queues:
        yield "lacks rights", "queue"
    if customer.private and person.role == "analyst":
        yield "lacks rights", "private"


def candidates(world: World, department: bytes, days: Sequence[str], without: Iterable[bytes]) -> list[bytes]:
    """Colleagues who could stand in on all these days, the best first: who lacks least, then who has fewest
    departments, then fewest open cases."""
    barred = set(without)
    cover = world.cover(department, days[0])
    queue = cover.queue if cover is not None else None
    ranked = []
    for who, person in world.people.items():
        if who in barred or not person.active or person.workstations == 0:
            continue
        if any(world.away(who, day) for day in days):
            continue
        load = max((len(world.held(who, day)) for day in (days[0], days[-1])), default=0)
        if load >= world.cap:
            continue
        ranked.append((len(list(lacks(world, who, department, queue))), load, person.open_cases, person.name, who))
    return [row[-1] for row in sorted(ranked)]


def _stand_in(world: World, cover: Cover, days: Sequence[str], without: Iterable[bytes] = ()) -> Proposal | None:
    """Name somebody who is there: in the place that is free, else in the second one's."""
    found = candidates(world, cover.department, list(days), {*cover.people, *without})
    if not found:
        return None
    slot = "stand_in1_id" if cover.stand_in1 is None else "stand_in2_id"
    return Proposal("stand-in", found[0], cover.id, slot)


# -- an absence -------------------------------------------------------------------------------------------------------
def absence_findings(world: World, spell: Spell, today: str) -> list[Finding]:
    """What to know before this absence is saved. `world`: with or without it."""
    if spell.taken_back:
        return []
    world = world.with_spell(spell)
    days = _days(max(spell.from_day, today) if spell.to_day is None else spell.from_day, spell.to_day)
    out = [_overlap(world, spell)]
    for department in world.departments:
        by_cover: dict[Cover, list[str]] = {}
        for day in days:
            cover = world.cover(department, day)
            if cover is not None and spell.analyst in cover.people:
                by_cover.setdefault(cover, []).append(day)
        for cover, held in by_cover.items():
            if cover.primary == spell.analyst:
                out += _while_primary_away(world, cover, spell, held)
            else:
                out += _while_stand_in_away(world, cover, spell, held)
    return [one for one in out if one is not None]


def _days(first: str, last: str | None) -> list[str]:
    begins = date.fromisoformat(first)
    ends = min(date.fromisoformat(last) if last else date.max, begins + timedelta(days=LOOK_AHEAD_DAYS))
    return [(begins + timedelta(days=n)).isoformat() for n in range((ends - begins).days + 1)]


def _overlap(world: World, spell: Spell) -> Finding | None:
    """Two people entered it, or one who forgot."""
    for other in world.absences(spell.analyst):
        if other.id != spell.id and other.overlaps(spell.from_day, spell.to_day):
            shorter = min((other, spell), key=lambda one: (one.to_day or FOREVER, one.id))
            first = max(other.from_day, spell.from_day)
            last = min(other.to_day or FOREVER, spell.to_day or FOREVER)
            return Finding(
                "entered twice", "amber", who=spell.analyst, first=first, last="" if last == FOREVER else last,
                proposal=Proposal("remove", absence=shorter.id),
            )  # fmt: skip
    return None


def _while_primary_away(world: World, cover: Cover, spell: Spell, days: Sequence[str]) -> Iterator[Finding]:
    stand_ins = [who for who in cover.people if who != cover.primary]
    if not stand_ins:
        yield Finding(
            "no stand-in", "red", cover.department, spell.analyst, first=days[0], last=days[-1],
            proposal=_stand_in(world, cover, days),
        )  # fmt: skip
        return
    by_stand_in: dict[bytes | None, list[str]] = {}
    for day in days:
        found = acting_on(cover, day, world.away)
        by_stand_in.setdefault(found[1] if found else None, []).append(day)
    for first, last in runs(by_stand_in.pop(None, [])):
        yield Finding(
            "nobody there", "red", cover.department, spell.analyst, first=first, last=last,
            proposal=_stand_in(world, cover, _days(first, last)) or _other_dates(world, cover, spell),
        )  # fmt: skip
    for who in stand_ins:
        missing = runs(day for day in days if world.away(who, day))
        if missing and any(who != other for other in by_stand_in):
            yield Finding(
                "stand-in away", "amber", cover.department, spell.analyst, who, missing[0][0], missing[-1][1],
                proposal=_other_dates(world, cover, spell),
            )  # fmt: skip
    for deputy, held in by_stand_in.items():
        if deputy is not None:
            yield from _fitness(world, cover, spell, deputy, held)


def _fitness(world: World, cover: Cover, spell: Spell, who: bytes, days: Sequence[str]) -> Iterator[Finding]:
    """Can the one who stands in do it?"""
    first, last = days[0], days[-1]
    better = _stand_in(world, cover, days)
    missing = [] if better is None or better.who is None else list(
        lacks(world, better.who, cover.department, cover.queue)
    )  # fmt: skip
    for code, thing in lacks(world, who, cover.department, cover.queue):
        proposal = None if (code, thing) in missing else better
        yield Finding(code, "amber", cover.department, spell.analyst, who, first, last, thing, proposal=proposal)
    for department in world.held(who, first):
        own = world.cover(department, first)
        if own is not None and own.primary not in (who, spell.analyst):
            yield Finding("chain", "amber", cover.department, spell.analyst, who, first, last, department,
                          proposal=better)  # fmt: skip
            break
    for department in world.departments:
        own = world.cover(department, first)
        if own is not None and own.primary == who and own.people[1:] == (spell.analyst,):
            yield Finding("cycle", "amber", department, spell.analyst, who, first, last,
                          proposal=_stand_in(world, own, days))  # fmt: skip
    load = max(len(world.held(who, day)) for day in (first, last))
    if load > world.cap:
        yield Finding("overload", "amber", cover.department, spell.analyst, who, first, last, count=load,
                      proposal=better)  # fmt: skip


def _while_stand_in_away(world: World, cover: Cover, spell: Spell, days: Sequence[str]) -> Iterator[Finding]:
    """Whoever stands in goes away, too: is anybody left?"""
    alone = [day for day in days if acting_on(cover, day, world.away) is None]
    for first, last in runs(alone):
        yield Finding(
            "left without stand-in", "red", cover.department, cover.primary, spell.analyst, first, last,
            proposal=_stand_in(world, cover, _days(first, last)) or _other_dates(world, cover, spell),
        )  # fmt: skip


def _other_dates(world: World, cover: Cover, spell: Spell) -> Proposal | None:
    """The nearest dates of the same length, up to eight weeks later, on which one of the cover's others is there
    all the time. Nobody chooses when to fall ill."""
    if spell.kind == "sickness" or spell.to_day is None:
        return None
    length = date.fromisoformat(spell.to_day) - date.fromisoformat(spell.from_day)
    for weeks in range(1, 9):
        begins = date.fromisoformat(spell.from_day) + timedelta(weeks=weeks)
        days = _days(begins.isoformat(), (begins + length).isoformat())
        for who in cover.people:
            if who != spell.analyst and not any(world.away(who, day) for day in days):
                return Proposal("dates", first=days[0], last=days[-1], absence=spell.id)
    return None


# -- a cover ----------------------------------------------------------------------------------------------------------
def cover_findings(world: World, cover: Cover, today: str) -> list[Finding]:
    """What is wrong with one agreement as it stands (or is about to be saved)."""
    day = max(today, cover.valid_from)
    out: list[Finding] = []
    if cover.valid_to is not None and cover.valid_to < today:
        return out
    if cover.stand_in1 is None and cover.stand_in2 is None:
        out.append(Finding("no stand-in", "red", cover.department, cover.primary, first=day,
                           proposal=_stand_in(world, cover, [day])))  # fmt: skip
    for who in cover.people:
        person = world.people.get(who)
        if person is None or not person.active:
            out.append(Finding("inactive", "red", cover.department, who, first=day, proposal=Proposal("cover")))
    load = len(world.with_cover(cover).held(cover.primary, day))
    if load > world.cap:
        out.append(Finding("over the cap", "red", cover.department, cover.primary, first=day, count=load,
                           proposal=_other_primary(world, cover, day)))  # fmt: skip
    for other in world.covers:
        if (
            other.id > cover.id and other.department == cover.department
            and other.overlaps(max(today, cover.valid_from), cover.valid_to)
            and other.valid_to is None and cover.valid_to is None
        ):  # fmt: skip
            out.append(Finding("two agreements", "red", cover.department, cover.primary, other.primary,
                               max(cover.valid_from, other.valid_from), proposal=Proposal("cover")))  # fmt: skip
    if cover.review_date is not None and cover.review_date <= today:
        out.append(Finding("review due", "amber", cover.department, cover.primary, first=cover.review_date,
                           proposal=Proposal("review", cover=cover.id)))  # fmt: skip
    first, last = (one.isoformat() for one in quarter(day))
    if cover.stand_in1 is not None and not first <= (cover.swap_day or "") <= last and cover.holds(today):
        out.append(Finding("no swap day", "amber", cover.department, cover.primary, cover.stand_in1, first, last,
                           proposal=Proposal("swap", cover=cover.id)))  # fmt: skip
    if cover.waits_for_confirmation and cover.holds(today):
        out.append(Finding("not taken over", "amber", cover.department, cover.primary, cover.predecessor,
                           cover.valid_from, proposal=Proposal("confirm", cover.primary, cover.id)))  # fmt: skip
    return out


def _other_primary(world: World, cover: Cover, day: str) -> Proposal | None:
    found = candidates(world, cover.department, [day], {cover.primary})
    return Proposal("stand-in", found[0], cover.id, "primary_id") if found else None


# -- every morning ----------------------------------------------------------------------------------------------------
def acting_during(world: World, spell: Spell) -> list[bytes]:
    """Everybody who stands in for somebody's own departments on a day of this absence."""
    out: dict[bytes, None] = {}
    for day in _days(spell.from_day, spell.to_day):
        for department in world.departments:
            cover = world.cover(department, day)
            if cover is not None and cover.primary == spell.analyst:
                found = acting_on(cover, day, world.away)
                if found is not None and found[1] != spell.analyst:
                    out.setdefault(found[1])
    return list(out)


def owes_acknowledgement(world: World, spell: Spell) -> list[bytes]:
    """Stand-ins who will act during this absence and have not said that they know (or only of a shorter one)."""
    said = world.acknowledged
    return [who for who in acting_during(world, spell) if said.get((spell.id, who), "") < (spell.to_day or FOREVER)]


def all_findings(world: World, today: str, asks_again: Mapping[bytes, bool] | None = None) -> list[Finding]:
    """The state of things: every cover and every absence now and to come, the red ones first. `asks_again`: absences
    without an end, and whether somebody said today that they go on."""
    out: list[Finding] = []
    for cover in world.covers:
        out += cover_findings(world, cover, today)
    for department, customer in world.customers.items():
        if customer.watched and world.holder(department, today) is None:
            out.append(Finding("watched without contact", "amber", department, proposal=Proposal("cover")))
    for spell in world.spells:
        if spell.taken_back or (spell.to_day or FOREVER) < today:
            continue
        out += absence_findings(world, spell, today)
        for who in owes_acknowledgement(world, spell):
            out.append(Finding(
                "not acknowledged", "red" if spell.from_day <= today else "amber", who=spell.analyst, other=who,
                first=spell.from_day, last=spell.to_day or "", proposal=Proposal("acknowledge", who, absence=spell.id),
            ))  # fmt: skip
        if spell.to_day is None and spell.from_day < today and not (asks_again or {}).get(spell.id, False):
            out.append(Finding("still open", "amber", who=spell.analyst, first=spell.from_day,
                               proposal=Proposal("end", spell.analyst, absence=spell.id)))  # fmt: skip
    return sorted(dict.fromkeys(out), key=lambda one: (one.level != "red", one.first, CODES.index(one.code)))
