"""The stories everybody at the works remembers: two outages with many calls, and problems that wait for their cure.

They are told with the same verbs as every other case. An outage is a major incident with children (`child` links); a
problem gathers incidents (`problem` links).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.demo.arrivals import Opening
from app.demo.lives import DAY, Life, StillOpen
from app.demo.words import Words, chance
from app.demo.works import Works
from app.times import DAY_MS, HOUR_MS, MINUTE_MS


@dataclass(frozen=True)
class Told:
    """A case of a story. `part`: what it is in it (parent, child, problem); `words`: the table of the phrases."""

    opening: Opening
    part: str
    words: str


def stories(words: Words, works: Works, seed: int) -> list[Told]:
    """The cases of all stories, unsorted. Empty stories where the demo's span is too short for them."""
    rng = chance(seed, "stories")
    out: list[Told] = []
    facility = works.sections["facility"]
    erp, wlan, label = (words.scenarios[key] for key in ("erp-slow", "wlan-dead", "label-queue"))
    start = _workday(works, 152) + 7 * HOUR_MS + 20 * MINUTE_MS
    first = Opening(start, erp, facility, 1, "phone", facility.people[0], None, facility.places[-1])
    out.append(Told(first, "parent", "outage"))
    callers = [s for s in works.sections.values() if s.people and s.calls > 8]
    for index in range(34):
        section = rng.choices(callers, [s.calls for s in callers])[0]
        at = start + int((4 + 110 * rng.betavariate(1.2, 3)) * MINUTE_MS) + index
        person = rng.choice(section.people)
        call = Opening(at, erp, section, rng.choice((1, 2, 2)), "phone", person, None, person.place)
        out.append(Told(call, "child", "outage"))
    out.append(Told(Opening(start + 26 * HOUR_MS, erp, facility, 3, "self-service", facility.people[1], None, None),
                    "problem", "outage"))  # fmt: skip
    start = _workday(works, 47) + 13 * HOUR_MS + 5 * MINUTE_MS
    yard = works.sections["warehouse"]
    out.append(Told(Opening(start, wlan, yard, 1, "phone", yard.people[0], None, yard.places[2]), "parent", "outage2"))
    for index in range(9):
        machine = rng.choice(works.machines["fork"])
        at = start + int(rng.uniform(2, 40) * MINUTE_MS) + index
        call = Opening(at, wlan, yard, 2, "phone", rng.choice(yard.people), machine, machine.place)
        out.append(Told(call, "child", "outage2"))
    out.append(Told(Opening(_workday(works, 118) + 9 * HOUR_MS, label, yard, 3, "self-service", yard.people[2], None,
                            yard.places[0]), "problem", "labels"))  # fmt: skip
    return [told for told in out if works.begin + DAY_MS < told.opening.at < works.now - 2 * DAY_MS]


def _workday(works: Works, back: int) -> int:
    """Local midnight of a day about so many days ago on which everybody works."""
    index = works.days.index(works.now) - back
    while works.days.dates[index].weekday() != 1 or works.calendars["office"].closing(works.days.dates[index]):
        index -= 1
    day: date = works.days.dates[index]
    return works.days.midnights[works.days.dates.index(day)]


def tell(life: Life, told: Told) -> None:
    """Live a case of a story."""
    script = {"parent": _parent, "child": _child, "problem": _problem}[told.part]
    life.never_stuck()
    with suppress(StillOpen):
        script(life, life.words.phrases[told.words], told.words)


def _parent(life: Life, text: dict[str, Any], story: str) -> None:
    works = life.works
    lead, expert = works.staff["kern"], works.staff["kast"]
    life.row |= {
        "title": text["title"], "description": text["said"], "major": 1, "route_reason": "major incident", "tier": 3,
        "queue_id": works.queues["infra"], "contact_owner_id": lead.id, "work_owner_id": expert.id,
    }  # fmt: skip
    life.tags = [text["tag"]]
    life.open_as(lead.id)
    life.sleep(2)
    life.claim(expert, life.phrase("step", "start"))
    for note in text["notes"]:
        life.sleep(life.rng.uniform(22, 45))
        life.entry(note, life.rng.choice((lead, expert)).id, spent=35)
    life.sleep(12)
    life.resolve(expert.id, text["done"], text["cause"], spent=60)
    life.row["permanent_fix_wanted"] = 1
    life.sleep(3 * DAY)
    life.status("closed", lead.id)


def _child(life: Life, text: dict[str, Any], story: str) -> None:
    works, rng = life.works, life.rng
    which = rng.randrange(len(text["child"]))
    life.row |= {"title": life.say(text["child"][which]), "description": rng.choice(text["child_said"]),
                 "queue_id": works.queues["hotline"], "route_reason": "front line"}  # fmt: skip
    life.tags = [text["tag"]]
    agent = works.one_of("hotline", life.at, rng)
    life.open_as(agent.id)
    life.sleep(0.5)
    life.claim(agent, text["title"])
    life.sleep(rng.uniform(150, 200) if story == "outage" else rng.uniform(70, 110))
    life.resolve(agent.id, life.say(text["child_done"]), text["cause"], spent=5)
    life.sleep(2 * DAY)
    life.status("closed", None)


def _problem(life: Life, text: dict[str, Any], story: str) -> None:
    works = life.works
    life.row["kind"] = "problem"
    life.tags = [text["tag"]] if "tag" in text else ["labels"]
    if story == "outage":
        owner, queue = works.staff["petrova"], "apps"
        life.row |= {"title": text["problem"], "description": text["problem_said"]}
    else:
        owner, queue = works.staff["kern"], "logistics"
        life.row |= {"title": text["title"], "description": text["said"]}
    life.row |= {"queue_id": works.queues[queue], "tier": works.queue_tiers[queue], "route_reason": "set by hand",
                 "contact_owner_id": owner.id, "work_owner_id": owner.id}  # fmt: skip
    life.open_as(owner.id)
    life.sleep(30)
    life.claim(owner, life.phrase("step", "start"))
    life.entry(life.phrase("first", "fault"), owner.id, "reply", "requester")
    if story == "outage":
        life.work(3 * DAY / 3, "specialist")
        life.entry(life.phrase("finding", "app"), owner.id, spent=90)
        life.wait("change", owner.id, life.phrase("change", "step"))
        life.work(40 * DAY / 3, "specialist")
        life.entry(life.phrase("change", "back"), owner.id, spent=60)
        life.status("in progress", owner.id)
        life.work(300, "specialist")
        life.resolve(owner.id, text["problem_done"], text["cause"], spent=30)
        life.sleep(5 * DAY)
        life.status("closed", owner.id)
        return
    for note in text["note"]:
        life.work(15 * 510, "specialist")
        life.entry(note, owner.id, spent=25)
        if life.row["status"] != "waiting":
            life.wait("supplier", owner.id, text["step"])
    life.work(200 * 510, "specialist")
