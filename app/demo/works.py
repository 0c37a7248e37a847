"""The invented works as it stands: calendars, departments, places, machines, products, people, and who covers whom.

Rows are collected in the order in which the database wants them (parents first); lookups by key stay for the rest of
the demo. What the founding of the desk has made already (site, first calendar, severities, hotline, its founder) is
changed, not made again.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from random import Random
from typing import Any, Final

from app import times
from app.demo.words import SeededIds, Words, chance
from app.times import DAY_MS
from app.work.calendars import ServiceCalendar
from db.shapes import (
    Absence,
    Analyst,
    Asset,
    Calendar,
    ClosedDay,
    Coverage,
    Department,
    MetricTarget,
    Place,
    Product,
    Queue,
    QueueMember,
    Rate,
    Requester,
    SeverityOverride,
    Shape,
    Skill,
)

YEARS: Final = 2
PEOPLE: Final = 280
_WITHOUT_MAIL: Final = frozenset("haw")
_TARGETS: Final = {1: (15, 4 * 60), 2: (60, 9 * 60), 3: (4 * 60, 27 * 60), 4: (9 * 60, 90 * 60)}
"""As a new desk has them (app.founding.SEVERITIES)."""
_SHIFT_TARGETS: Final = {3: (8 * 60, 72 * 60), 4: (18 * 60, 240 * 60)}
"""In two or three shifts working time passes faster than in an office: longer targets for what does not hurry."""

Row = tuple[type[Shape], bytes, dict[str, Any]]


@dataclass(frozen=True)
class Founded:
    """What the founding made, by its ids."""

    me: bytes
    hotline: bytes
    calendar: bytes


@dataclass(frozen=True)
class Person:
    """Somebody who asks. `name`: how notes call him."""

    id: bytes
    name: str
    place: str


@dataclass(frozen=True)
class Machine:
    """An asset. `label`: tag and name, as in titles."""

    id: bytes
    tag: str
    label: str
    department: str
    place: str
    product: str


@dataclass
class Section:
    """A department with all that is needed to let it call."""

    key: str
    id: bytes
    name: str
    groups: str
    calendar: str
    calls: float
    places: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    targets: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Colleague:
    """An analyst."""

    key: str
    id: bytes
    name: str
    tier: int
    queues: tuple[str, ...]


class Days:
    """Local days of the span, so that dates and clock times of instants are cheap."""

    def __init__(self, zone: str, first: int, last: int) -> None:
        tz = times.zone(zone)
        day, self.dates = times.local_date(first, tz), []
        self.midnights: list[int] = []
        while not self.midnights or self.midnights[-1] <= last:
            self.dates.append(day)
            self.midnights.append(times.day_bounds(day, tz)[0])
            day += timedelta(days=1)

    def index(self, at: int) -> int:
        """Number of the day in the span."""
        return bisect_right(self.midnights, at) - 1

    def date(self, at: int) -> date:
        """The local date."""
        return self.dates[self.index(at)]

    def minute(self, at: int) -> int:
        """Minutes since local midnight."""
        return (at - self.midnights[self.index(at)]) // times.MINUTE_MS


class Works:
    """Built once per demo. `rows` are to be inserted in order, `updates` change what the founding made."""

    def __init__(self, words: Words, ids: SeededIds, seed: int, begin: int, now: int, founded: Founded) -> None:
        self.words, self.ids, self.begin, self.now = words, ids, begin, now
        self.site = words.world["site"]
        self.days = Days(self.site["zone"], begin - 2 * DAY_MS, now + 60 * DAY_MS)
        self.rows: list[Row] = []
        self.updates: list[Row] = []
        self._founded = founded
        self.calendars: dict[str, ServiceCalendar] = {}
        self.calendar_ids: dict[str, bytes] = {}
        self.sections: dict[str, Section] = {}
        self.places: dict[str, tuple[bytes, str]] = {}
        self.products: dict[str, bytes] = {}
        self.product_names: dict[str, str] = {}
        self.machines: dict[str, list[Machine]] = {}
        self.queues: dict[str, bytes] = {"hotline": founded.hotline}
        self.queue_names: dict[str, str] = {"hotline": "Hotline"}
        self.queue_tiers: dict[str, int] = {"hotline": 1}
        self.members: dict[str, list[Colleague]] = {}
        self.staff: dict[str, Colleague] = {}
        self.tiers: dict[bytes | None, int] = {}
        self.away: dict[str, set[int]] = {}
        self._calendars()
        self._departments()
        self._places()
        self._queues()
        self._products()
        self._staff(chance(seed, "staff"))
        self._machines()
        self._people(chance(seed, "people"))
        self._agreements()
        self._absences(chance(seed, "absences"))

    # -- asking --------------------------------------------------------------------------------------------------------
    @cached_property
    def me(self) -> Colleague:
        """The analyst of this workstation."""
        return next(c for c in self.staff.values() if c.id == self._founded.me)

    def here(self, colleague: Colleague, at: int) -> bool:
        """Not absent on that day."""
        return self.days.index(at) not in self.away[colleague.key]

    def one_of(self, queue: str, at: int, rng: Random, besides: bytes | None = None) -> Colleague:
        """Somebody of a queue who is there, those named first more often; if nobody is, the first of all."""
        there = [c for c in self.members[queue] if self.here(c, at) and c.id != besides] or self.members[queue]
        return rng.choices(there, [6, 4, 4, 3, 3, 2][: len(there)])[0]

    def contact_of(self, section: Section, at: int) -> tuple[Colleague, Colleague, str, str] | None:
        """(who has the department now, whose it is, queue, the routing rule) if it is covered and somebody is there."""
        cover = self.words.world["coverage"].get(section.key)
        if cover is None:
            return None
        rules = ("dedicated analyst", "stand-in 1", "stand-in 2")
        for key, rule in zip(cover[:3], rules, strict=True):
            if key and self.here(self.staff[key], at):
                return self.staff[key], self.staff[cover[0]], cover[3], rule
        return None

    def clock(self, name: str) -> Callable[[int, int], int | None]:
        """(start, working ms) -> instant, of a calendar."""
        return self.calendars[name].hours.reach

    # -- making --------------------------------------------------------------------------------------------------------
    def _add(self, model: type[Shape], **values: Any) -> bytes:
        row_id = self.ids(self.begin + len(self.rows) // 1000)
        self.rows.append((model, row_id, values))
        return row_id

    def _calendars(self) -> None:
        world, site = self.words.world, self.site
        years = range(self.days.dates[0].year, self.days.dates[-1].year + 1)
        closed = [(f"{y}-{day}", self.words.pick(why)) for y in years for day, why in world["closed_days"].items()]
        for key, facts in world["calendars"].items():
            shifts = json.dumps(facts["week"], separators=(",", ":"))
            values = {"name": self.words.pick(facts["name"]), "time_zone": site["zone"], "shifts": shifts,
                      "country": site["country"], "region": site["region"]}  # fmt: skip
            if key == "office":
                self.calendar_ids[key] = self._founded.calendar
                self.updates.append((Calendar, self._founded.calendar, values))
            else:
                self.calendar_ids[key] = self._add(Calendar, **values)
            # The desk itself is open in the days between the years; those who ask are not.
            days = closed if key not in ("desk", "specialist") else []
            for day, why in days:
                self._add(ClosedDay, calendar_id=self.calendar_ids[key], day=day, reason=why)
            self.calendars[key] = ServiceCalendar.from_stored(
                site["zone"], shifts, site["country"], site["region"], days, self.words.language
            )

    def _departments(self) -> None:
        review = (self.days.date(self.now) + timedelta(days=75)).isoformat()
        for key, facts in self.words.world["departments"].items():
            dossier = self.words.world["dossiers"].get(key)
            parent = facts.get("parent")
            row_id = self._add(
                Department, name=self.words.pick(facts["name"]), parent_id=self.sections[parent].id if parent else None,
                cost_centre=facts["cost"], headcount=facts["heads"] or None, language="de",
                calendar_id=self.calendar_ids[facts["calendar"]], significance=facts["significance"],
                dossier=self.words.pick(dossier).strip() if dossier else "",
                review_date=review if facts["significance"] == 1 else None,
            )  # fmt: skip
            section = Section(key, row_id, self.words.pick(facts["name"]), facts["groups"], facts["calendar"],
                              facts["calls"] * facts["heads"])  # fmt: skip
            section.targets = dict(_TARGETS)
            own = {rank: (response, fix) for rank, response, fix in self.words.world["overrides"].get(key, [])}
            if facts["calendar"] in ("two", "three", "field"):
                own |= _SHIFT_TARGETS
            for rank, (response, fix) in sorted(own.items()):
                section.targets[rank] = (response, fix)
                self._add(
                    SeverityOverride, department_id=row_id, severity=rank, response_minutes=response, fix_minutes=fix
                )
            self.sections[key] = section

    def _places(self) -> None:
        for key, places in self.words.world["places"].items():
            kind = "office" if self.sections[key].calendar == "office" else "hall"
            for index, names in enumerate(places):
                name = self.words.pick(names)
                row_id = self._add(Place, name=name, kind=kind, department_id=self.sections[key].id)
                self.places[f"{key}/{index}"] = (row_id, name)
                self.sections[key].places.append(f"{key}/{index}")

    def _queues(self) -> None:
        for position, (key, facts) in enumerate(self.words.world["queues"].items(), start=1):
            section = self.sections[facts["department"]] if "department" in facts else None
            self.queues[key] = self._add(
                Queue, name=self.words.pick(facts["name"]), kind=facts["kind"], tier=facts["tier"], position=position,
                department_id=section.id if section else None,
            )  # fmt: skip
            self.queue_names[key], self.queue_tiers[key] = self.words.pick(facts["name"]), facts["tier"]

    def _products(self) -> None:
        launched = self.days.date(self.begin)
        for index, (key, facts) in enumerate(self.words.world["products"].items()):
            self.products[key] = self._add(
                Product, name=self.words.pick(facts["name"]), support=facts.get("support", "supported"),
                parent_id=self.products[facts["parent"]] if "parent" in facts else None,
                queue_id=self.queues[facts["tier2"]] if facts.get("direct") else None,
                launch_date=(launched - timedelta(days=400 + 97 * index - facts.get("younger", 0))).isoformat(),
            )  # fmt: skip
            self.product_names[key] = self.words.pick(facts["name"])

    def _staff(self, rng: Random) -> None:
        world, today = self.words.world, self.days.date(self.now)
        for key, facts in world["analysts"].items():
            me = facts.get("me", False)
            values = {"role": facts.get("role", "analyst"), "tier": facts["tier"], "languages": facts["languages"],
                      "email": f"{key}@brandt-maschinenbau.example", "phone": f"+49 7000 55-{facts['phone']}",
                      "calendar_id": self.calendar_ids["specialist" if facts["tier"] > 1 else "desk"]}  # fmt: skip
            if me:
                row_id = self._founded.me
                self.updates.append((Analyst, row_id, values))
            else:
                row_id = self._add(Analyst, name=facts["name"], **values)
            queues = [q.removeprefix("-") for q in facts["queues"]]
            self.staff[key] = Colleague(key, row_id, facts["name"], facts["tier"], tuple(queues))
            self.tiers[row_id] = facts["tier"]
            for queue in facts["queues"]:
                name = queue.removeprefix("-")
                if name == queue:
                    self.members.setdefault(name, []).append(self.staff[key])
                if not (me and name == "hotline"):
                    self._add(QueueMember, queue_id=self.queues[name], analyst_id=row_id,
                              level=min(3, facts["tier"]), schedulable=name == queue)  # fmt: skip
            for year in range(YEARS + 1):
                valid = date(today.year - YEARS + year, 1, 1).isoformat()
                self._add(Rate, analyst_id=row_id, valid_from=valid, cents=facts["rate"] + 150 * year)
            for product, product_facts in world["products"].items():
                level = 0
                if product_facts["tier3"] in queues:
                    level = 3
                elif product_facts["tier2"] in queues:
                    level = min(3, facts["tier"] + rng.choice((0, 0, 1)))
                elif "hotline" in queues and not product_facts.get("direct") and rng.random() < 0.7:
                    level = 1
                if level:
                    used = (today - timedelta(days=rng.randrange(1, 120))).isoformat()
                    self._add(Skill, analyst_id=row_id, product_id=self.products[product], level=level, last_used=used)

    def _machines(self) -> None:
        for kind, facts in self.words.world["assets"].items():
            number = facts["first"]
            found = self.machines.setdefault(kind, [])
            for key, count in facts["places"].items():
                section = self.sections[key]
                for index in range(count):
                    what = self.words.pick(facts["what"][(number - facts["first"]) % len(facts["what"])])
                    tag = facts["tag"].format(n=number)
                    place = section.places[index % len(section.places)]
                    product = facts["products"][(number - facts["first"]) % len(facts["products"])]
                    row_id = self._add(
                        Asset, tag=tag, name=what, product_id=self.products[product], department_id=section.id,
                        place_id=self.places[place][0], serial=f"{kind.upper()}{(number * 7919) % 1_000_003:06d}",
                    )  # fmt: skip
                    found.append(Machine(row_id, tag, tag, key, place, product))
                    number += 1

    def _people(self, rng: Random) -> None:
        people, world = self.words.people, self.words.world
        heads = sum(facts["heads"] for facts in world["departments"].values())
        used: set[str] = {c.name for c in self.staff.values()}
        extension = 300
        for key, facts in world["departments"].items():
            section = self.sections[key]
            if not facts["heads"]:
                continue
            if _WITHOUT_MAIL & set(section.groups):
                # Halls call by place: the phone on the pillar has no name.
                for place in section.places[:2]:
                    place_id, place_name = self.places[place]
                    extension += 1
                    row_id = self._add(Requester, name=None, place_id=place_id, department_id=section.id,
                                       phone=f"+49 7000 55-{extension}", language="de")  # fmt: skip
                    text = self.words.pick(people["nameless"]).format(place=place_name)
                    section.people.append(Person(row_id, text, place))
            for _ in range(max(4, round(PEOPLE * facts["heads"] / heads))):
                name = ""
                while not name or name in used:
                    name = f"{rng.choice(people['first'])} {rng.choice(people['last'])}"
                used.add(name)
                place = rng.choice(section.places)
                mail = not (_WITHOUT_MAIL & set(section.groups)) or rng.random() < 0.15
                extension += 1
                row_id = self._add(
                    Requester, name=name, place_id=self.places[place][0], department_id=section.id,
                    phone=f"+49 7000 55-{extension}", language=rng.choices(("de", "en", "tr", "pl"), (80, 10, 6, 4))[0],
                    email=f"{_plain(name)}@brandt-maschinenbau.example" if mail else None,
                )  # fmt: skip
                section.people.append(Person(row_id, name, place))

    def _agreements(self) -> None:
        since = (self.days.date(self.begin) + timedelta(days=7)).isoformat()
        review = (self.days.date(self.now) + timedelta(days=40)).isoformat()
        for key, (primary, first, second, queue, *why) in self.words.world["coverage"].items():
            self._add(
                Coverage, department_id=self.sections[key].id, primary_id=self.staff[primary].id,
                stand_in1_id=self.staff[first].id if first else None,
                stand_in2_id=self.staff[second].id if second else None, queue_id=self.queues[queue], valid_from=since,
                why=self.words.pick(why), review_date=review,
            )  # fmt: skip
        for metric, value in (("response within target", 90.0), ("fix within target", 85.0), ("first contact", 45.0),
                              ("reopened", 4.0), ("calls answered", 92.0)):  # fmt: skip
            self._add(MetricTarget, metric=metric, valid_from=since, value=value)

    def _absences(self, rng: Random) -> None:
        today = self.days.date(self.now)
        entered = self.staff["vogt"].id
        for colleague in self.staff.values():
            self.away[colleague.key] = set()
            for back in range(YEARS, -1, -1):
                year = today.year - back
                starts = (
                    (date(year, 2, 10) + timedelta(days=rng.randrange(70)), 5, "vacation"),
                    (date(year, 6, 20) + timedelta(days=rng.randrange(70)), rng.choice((12, 14, 19)), "vacation"),
                    (date(year, 10, 5) + timedelta(days=rng.randrange(25)), 4, "vacation"),
                    (date(year, 12, 22), rng.choice((3, 9, 9, 13)), "vacation"),
                    (date(year, 1, 8) + timedelta(days=rng.randrange(330)), rng.choice((1, 2, 2, 4)), "sickness"),
                    (date(year, 3, 1) + timedelta(days=rng.randrange(250)), 2, "training"),
                )
                for start, length, kind in starts:
                    # What is away now is told below; the desk must not be empty at the turn of the year.
                    if kind == "vacation" and length in (3, 9, 13) and rng.random() < 0.5:
                        continue
                    end = start + timedelta(days=length - 1)
                    if end < today - timedelta(days=4) and start > self.days.dates[0]:
                        self._absence(colleague, start, end, kind, entered)
        sick = today - timedelta(days=1 + (today.weekday() == 0) * 2)
        self._absence(self.staff["brenner"], sick, None, "sickness", entered)
        leave = today + timedelta(days=2 + (today.weekday() in (4, 5)))
        self._absence(self.staff["marino"], leave, leave + timedelta(days=11), "vacation", self.staff["marino"].id)
        later = today + timedelta(days=24)
        self._absence(self.me, later, later + timedelta(days=13), "vacation", self.me.id)

    def _absence(self, colleague: Colleague, start: date, end: date | None, kind: str, entered_by: bytes) -> None:
        self._add(Absence, analyst_id=colleague.id, from_day=start.isoformat(), to_day=end.isoformat() if end else None,
                  kind=kind, entered_by_id=entered_by)  # fmt: skip
        first = (start - self.days.dates[0]).days
        last = (end - self.days.dates[0]).days if end else len(self.days.dates)
        self.away[colleague.key] |= set(range(first, last + 1))


@cache
def _plain(name: str) -> str:
    """The part of a mail address before the @."""
    from db.search_index import fold_text

    return fold_text(name).replace(" ", ".").replace("ı", "i")


def weekdays(language: str) -> Mapping[int, str]:
    """Monday is 0."""
    names = {
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    }
    return dict(enumerate(names[language]))
