"""Who gets a case: ordered rules, the first that fits wins, and its reason is stored and shown (domain.md, Routing).

`route` is a pure function of `RoutingFacts`, a snapshot of who is where at one instant; app.work.dispatch takes it. A
rule fits when it names somebody *available*: active, inside the own working time (or on a shift), not absent. In the
middle of the night nobody is, so there is a second round: the queues are asked again for somebody who is merely not
absent and will be there with the next working hour. If there is nobody at all, the case lies in the first queue there
is, its reason says so, and it stands in the list of cases without a reachable owner, which must be empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.work.coverage import ROLES, Whereabouts, acting

RULES: Final[dict[int, str]] = {
    1: "set by hand", 2: "major incident", 3: "product before contact", 4: "dedicated analyst", 5: "stand-in 1",
    6: "stand-in 2", 7: "department's queue", 8: "product queue", 9: "front line",
}  # fmt: skip
UNREACHABLE: Final = "no reachable owner"
"""The reason of a case that no rule found anybody for."""


@dataclass(frozen=True)
class Person:
    """An analyst at one instant. `at_work`: inside the own working time, or on a shift; `on_shift`: on the hotline now;
    `open_cases`: those worked on; no languages: nobody entered any, so they decide nothing."""

    active: bool = True
    at_work: bool = True
    absent: bool = False
    on_shift: bool = False
    languages: frozenset[str] = frozenset()
    open_cases: int = 0

    @property
    def present(self) -> bool:
        """Not away for the day."""
        return self.active and not self.absent

    @property
    def available(self) -> bool:
        """Can be given work at this instant."""
        return self.present and self.at_work

    def speaks(self, languages: frozenset[str]) -> bool:
        """Whether one of these is spoken, as far as is known."""
        return not languages or not self.languages or not self.languages.isdisjoint(languages)


@dataclass(frozen=True)
class Team:
    """A queue. `members`: those who are given work of it (schedulable), with their level in it."""

    id: bytes
    members: Mapping[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RoutingFacts:
    """What the rules look at. Ids of analysts and queues; None where there is none.

    `skills`: how well analysts know the product (1 to 3), where it is known; `needs_level`: the least that will do;
    `languages`: what the requester speaks (empty: not known); `leads`: duty lead, then backup, at that instant.
    """

    people: Mapping[bytes, Person] = field(default_factory=dict)
    by_hand_owner: bytes | None = None
    by_hand_queue: bytes | None = None
    major: bool = False
    leads: tuple[bytes, ...] = ()
    before_contact: bool = False
    primary: bytes | None = None
    stand_in1: bytes | None = None
    stand_in2: bytes | None = None
    coverage_queue: Team | None = None
    department_queue: Team | None = None
    product_queue: Team | None = None
    front_line: Team | None = None
    skills: Mapping[bytes, int] = field(default_factory=dict)
    needs_level: int = 1
    languages: frozenset[str] = frozenset()

    def where(self, analyst: bytes | None) -> Whereabouts:
        """What keeps somebody from being given work now, if anything does."""
        person = self.people.get(analyst) if analyst is not None else None
        if person is None:
            return "unknown"
        if not person.active:
            return "inactive"
        if person.absent:
            return "absent"
        return "available" if person.at_work else "after hours"

    @property
    def present(self) -> frozenset[bytes]:
        """Everybody who is not away for the day."""
        return frozenset(who for who, person in self.people.items() if person.present)

    @property
    def dedicated(self) -> tuple[bytes | None, ...]:
        """The department's people in the order in which they are asked."""
        return self.primary, self.stand_in1, self.stand_in2


@dataclass(frozen=True)
class Considered:
    """One rule and what became of it. `who`: the analyst it was about; `count`: how many of a queue can be given work.

    `why` is a code: "chosen", "nothing chosen", "available", "after hours", "absent", "inactive", "nobody named",
    "not a major incident", "nobody on duty", "not marked", "nobody sufficient", "there is none", "nobody available",
    "there is somebody", "nobody speaks the language", "there from the next working hour", "nobody at all".
    """

    rule: int
    name: str
    taken: bool
    why: str
    who: bytes | None = None
    count: int | None = None


@dataclass(frozen=True)
class Route:
    """The answer. `reason` is the name of the rule that gave the owner or the queue; `reachable`: somebody can be asked
    about the case, now or with the next working hour."""

    contact_owner: bytes | None
    work_owner: bytes | None
    queue: bytes | None
    reason: str
    considered: tuple[Considered, ...] = ()
    reachable: bool = True


def route(facts: RoutingFacts) -> Route:
    """The first rule that fits, with every rule that was looked at. Somebody who is present is always found."""
    asked = _Asked(facts)
    contact = _contact(facts)
    queue = next(
        (team.id for team in (facts.coverage_queue, facts.department_queue, facts.front_line) if team is not None), None
    )
    if asked.by_hand():
        owner = facts.by_hand_owner
        return asked.answer(owner or contact, owner, facts.by_hand_queue or queue)
    lead = asked.lead()
    if lead is not None:
        return asked.answer(contact or lead, lead, queue)
    specialist = asked.before_contact()
    if specialist is not None:
        return asked.answer(contact, specialist, facts.product_queue.id if facts.product_queue else queue)
    for rule, analyst in zip((4, 5, 6), facts.dedicated, strict=True):
        if asked.dedicated(rule, analyst):
            return asked.answer(analyst, analyst, queue)
    return asked.queues(contact)


class _Asked:
    """The rules asked so far. Every method asks one and remembers what became of it."""

    def __init__(self, facts: RoutingFacts) -> None:
        self.facts = facts
        self.seen: list[Considered] = []

    def answer(self, contact: bytes | None, worker: bytes | None, queue: bytes | None) -> Route:
        return Route(contact, worker, queue, self.seen[-1].name, tuple(self.seen))

    def note(self, rule: int, taken: bool, why: str, who: bytes | None = None, count: int | None = None) -> bool:
        self.seen.append(Considered(rule, RULES[rule], taken, why, who, count))
        return taken

    def by_hand(self) -> bool:
        chosen = self.facts.by_hand_owner is not None or self.facts.by_hand_queue is not None
        return self.note(1, chosen, "chosen" if chosen else "nothing chosen", self.facts.by_hand_owner)

    def lead(self) -> bytes | None:
        facts = self.facts
        if not facts.major:
            self.note(2, False, "not a major incident")
            return None
        lead = next((who for who in facts.leads if facts.where(who) == "available"), None)
        if lead is None and facts.leads:
            self.note(2, False, facts.where(facts.leads[0]), facts.leads[0])
        else:
            self.note(2, lead is not None, "available" if lead else "nobody on duty", lead)
        return lead

    def before_contact(self) -> bytes | None:
        facts = self.facts
        if not facts.before_contact or facts.product_queue is None:
            self.note(3, False, "not marked")
            return None
        found = _specialists(facts, facts.product_queue)
        self.note(3, bool(found), "available" if found else "nobody sufficient", found[0] if found else None)
        return found[0] if found else None

    def dedicated(self, rule: int, analyst: bytes | None) -> bool:
        where = self.facts.where(analyst)
        return self.note(rule, where == "available", "nobody named" if analyst is None else where, analyst)

    def queues(self, contact: bytes | None) -> Route:
        """Rules 7 to 9: first the queues in which somebody is available, then those that will have somebody, then any
        queue there is."""
        facts = self.facts
        # Only a front line is a place to wait in by itself; a department's own queue comes before it.
        teams = ((7, facts.coverage_queue or facts.department_queue), (8, facts.product_queue), (9, facts.front_line))
        for rule, team in teams:
            if team is None:
                self.note(rule, False, "there is none")
                continue
            free = [who for who in team.members if facts.where(who) == "available"]
            if rule == 9 and not free:
                free = [who for who, person in facts.people.items() if person.on_shift and person.available]
            worker = next(iter(_specialists(facts, team)), None) if rule == 8 else None
            why = "there is somebody" if free else "nobody available"
            if worker is not None and not facts.people[worker].speaks(facts.languages):
                why = "nobody speaks the language"
            if self.note(rule, bool(free), why, worker, len(free)):
                return self.answer(contact, worker, team.id)
        for rule, team in teams:
            there = [who for who in team.members if who in facts.present] if team is not None else []
            if team is not None and there:
                self.note(rule, True, "there from the next working hour", None, len(there))
                return self.answer(contact, None, team.id)
        lies = next((team.id for _rule, team in teams if team is not None), None)
        if contact is not None:
            # Nobody is behind the queues, but the department's own people come back with the next working hour.
            rule = 4 + facts.dedicated.index(contact)
            self.note(rule, True, "there from the next working hour", contact)
            return self.answer(contact, contact, lies)
        self.seen.append(Considered(9, UNREACHABLE, True, "nobody at all"))
        return Route(None, None, lies, UNREACHABLE, tuple(self.seen), reachable=False)


def _contact(facts: RoutingFacts) -> bytes | None:
    """Who speaks with the department (app.work.coverage)."""
    order = [(role, who) for role, who in zip(ROLES, facts.dedicated, strict=True) if who is not None]
    found = acting(order, facts.where)
    return found.who if found is not None else None


def _specialists(facts: RoutingFacts, team: Team) -> list[bytes]:
    """Available members who know enough: those who speak the language before those who don't, then the least
    experienced, then fewest open cases. Nobody's skill is wasted on what a beginner can do."""
    levels = {who: facts.skills.get(who, level) for who, level in team.members.items()}
    enough = [who for who, level in levels.items() if level >= facts.needs_level and facts.where(who) == "available"]
    return sorted(
        enough,
        key=lambda who: (
            not facts.people[who].speaks(facts.languages), levels[who], facts.people[who].open_cases, who,
        ),
    )  # fmt: skip
