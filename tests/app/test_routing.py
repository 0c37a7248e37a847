"""Routing: laws that hold for any desk, each rule by itself, and the simulator on a desk with people in it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.times import parse_iso
from app.work import dispatch
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.dispatch import Dispatcher, Question, spoken
from app.work.routing import RULES, UNREACHABLE, Person, RoutingFacts, Team, route
from app.work.timekeeping import Timekeeping
from db.shapes import (
    Absence,
    Analyst,
    Calendar,
    Coverage,
    Department,
    Product,
    Queue,
    QueueMember,
    Shift,
    Skill,
)
from tests.desks import Clock, found_desk

PEOPLE = [bytes([n]) * 16 for n in range(1, 6)]
QUEUES = [bytes([n]) * 16 for n in range(101, 105)]


def desks():
    """Five analysts, any of whom may be anywhere, in any roles."""
    return st.integers(0, 1 << 48).map(_drawn)


def _drawn(seed: int) -> RoutingFacts:
    chance = random.Random(seed)
    some = [None, *PEOPLE]

    def languages() -> frozenset[str]:
        return frozenset(chance.sample(["de", "en", "pl"], chance.randrange(3)))

    def team(queue: bytes) -> Team | None:
        members = chance.sample(PEOPLE, chance.randrange(5))
        return chance.choice([None, Team(queue, {who: chance.randint(1, 3) for who in members})])

    def yes() -> bool:
        return chance.random() < 0.5

    coverage, department, product, front = map(team, QUEUES)
    return RoutingFacts(
        people={
            who: Person(chance.random() < 0.9, yes(), yes(), yes(), languages(), chance.randrange(4)) for who in PEOPLE
        },
        by_hand_owner=chance.choice(PEOPLE) if chance.random() < 0.1 else None,
        major=yes(), leads=tuple(chance.sample(PEOPLE, chance.randrange(3))), before_contact=yes(),
        primary=chance.choice(some), stand_in1=chance.choice(some), stand_in2=chance.choice(some),
        coverage_queue=coverage, department_queue=department, product_queue=product, front_line=front,
        skills={who: chance.randint(1, 3) for who in chance.sample(PEOPLE, chance.randrange(6))},
        needs_level=chance.randint(1, 3), languages=languages(),
    )  # fmt: skip


@given(desks())
def test_somebody_is_always_found_or_the_case_is_said_to_have_nobody(facts: RoutingFacts):
    found = route(facts)
    behind = {who for team in (facts.coverage_queue or facts.department_queue, facts.product_queue, facts.front_line)
              if team is not None for who in team.members}  # fmt: skip
    could = (behind | {who for who in facts.dedicated if who is not None}) & facts.present
    if facts.by_hand_owner is None:
        assert found.reachable or not could
        assert (found.reason == UNREACHABLE) == (not found.reachable)
    if found.reachable and found.reason != RULES[1]:
        assert found.work_owner in facts.present or found.contact_owner in facts.present or found.queue is not None


@given(desks())
def test_exactly_one_rule_is_taken_and_it_is_the_last_one_looked_at(facts: RoutingFacts):
    found = route(facts)
    taken = [one for one in found.considered if one.taken]
    assert taken == [found.considered[-1]]
    assert found.reason == taken[0].name
    assert all(one.why for one in found.considered)


@given(desks())
def test_work_is_only_given_to_who_can_take_it_now(facts: RoutingFacts):
    found = route(facts)
    if found.work_owner is not None and found.reason in (RULES[2], RULES[3], RULES[8]):
        assert facts.where(found.work_owner) == "available"
    if found.reason == RULES[4] and facts.where(facts.primary) != "available":
        # Only when nobody at all is behind the queues does the department's own person get it for tomorrow.
        assert found.considered[-1].why == "there from the next working hour"


@given(desks())
def test_a_specialist_is_the_least_experienced_who_will_do(facts: RoutingFacts):
    found = route(facts)
    if found.reason not in (RULES[3], RULES[8]) or found.work_owner is None:
        return
    assert facts.product_queue is not None
    levels = {who: facts.skills.get(who, level) for who, level in facts.product_queue.members.items()}
    chosen = levels[found.work_owner]
    assert chosen >= facts.needs_level
    speaks = facts.people[found.work_owner].speaks(facts.languages)
    for who, level in levels.items():
        person = facts.people[who]
        if person.available and level >= facts.needs_level and person.speaks(facts.languages) >= speaks:
            assert (level, person.open_cases) >= (chosen, facts.people[found.work_owner].open_cases)


def test_rules_are_asked_in_their_order():
    nobody = RoutingFacts(people=dict.fromkeys(PEOPLE, Person(absent=True)), front_line=Team(QUEUES[3]))
    assert [one.rule for one in route(nobody).considered] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_languages_are_read_from_lists_as_people_write_them():
    assert spoken("de, EN;pl ,") == {"de", "en", "pl"}


# --- on a desk ---


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    yield opened
    opened.close()


class Staffed:
    """A department with its analyst and stand-in, a product with three specialists, a night watch on the hotline."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with desk.replica.transaction("admin.master", desk.me, at=desk.context.clock()) as tx:
            night = tx.insert(
                Calendar, name="Night", time_zone="Europe/Berlin",
                shifts=json.dumps({day: ["22:00-06:00"] for day in ("mon", "tue", "wed", "thu", "fri")}),
            )  # fmt: skip
            office = tx.query("SELECT id FROM calendar WHERE name = 'Office hours'")[0][0]
            self.roth = tx.insert(Analyst, name="Jo Roth", calendar_id=office, languages="de,en")
            self.nowicka = tx.insert(Analyst, name="Ewa Nowicka", calendar_id=office, languages="pl,en")
            self.aydin = tx.insert(Analyst, name="Deniz Aydin", calendar_id=night, languages="de,tr")
            self.hall = tx.insert(Department, name="Hall 1", language="de")
            self.line = tx.insert(Department, name="Line 3", parent_id=self.hall)
            self.hotline = tx.query("SELECT id FROM queue")[0][0]
            self.mes_queue = tx.insert(Queue, name="MES", kind="product", tier=2)
            self.mes = tx.insert(Product, name="MES", queue_id=self.mes_queue)
            self.label = tx.insert(Product, name="Label printing", parent_id=self.mes, queue_id=self.mes_queue)
            tx.insert(QueueMember, queue_id=self.hotline, analyst_id=self.aydin)
            for who, level in ((self.roth, 2), (self.nowicka, 1)):
                tx.insert(QueueMember, queue_id=self.mes_queue, analyst_id=who)
                tx.insert(Skill, analyst_id=who, product_id=self.mes, level=level)
            tx.insert(
                Coverage, department_id=self.hall, primary_id=desk.me, stand_in1_id=self.roth, valid_from="2020-01-01"
            )
        self.dispatcher = Dispatcher(desk.context, desk.directory, desk.deadlines)

    def who(self, at: str, **asked):
        return self.dispatcher.who(parse_iso(at), Question(**asked))

    def absent(self, *people: bytes, from_day: str = "2026-01-05") -> None:
        with self.desk.replica.transaction("admin.absence", self.desk.me, at=self.desk.context.clock()) as tx:
            for who in people:
                tx.insert(Absence, analyst_id=who, from_day=from_day, kind="sickness")


@pytest.fixture
def staffed(desk: Desk) -> Staffed:
    return Staffed(desk)


MONDAY, FRIDAY_LATE, MIDNIGHT = "2026-01-05T09:00:00Z", "2026-01-09T16:40:00Z", "2026-01-06T23:00:00Z"


def test_the_dedicated_analyst_gets_it_while_at_work_and_the_one_above_serves_the_line_below(staffed: Staffed):
    for department in (staffed.hall, staffed.line):
        found = staffed.who(MONDAY, department_id=department)
        assert (found.work_owner, found.reason) == ("Anna Kern", "dedicated analyst")


def test_on_friday_at_twenty_to_six_it_waits_for_monday_and_says_so(staffed: Staffed):
    found = staffed.who(FRIDAY_LATE, department_id=staffed.hall)
    assert (found.contact_owner, found.work_owner, found.queue) == ("Anna Kern", "", "Hotline")
    assert found.reachable
    why = {step.rule: step.why for step in found.steps}
    assert (why[4], why[5], why[6]) == ("after hours", "after hours", "nobody named")
    assert found.steps[-1].why == "there from the next working hour"


def test_at_midnight_the_night_watch_has_it(staffed: Staffed):
    found = staffed.who(MIDNIGHT, department_id=staffed.hall)
    assert (found.queue, found.reason) == ("Hotline", "front line")
    assert found.steps[-1].why == "there is somebody"


def test_a_shift_on_the_roster_is_working_time(staffed: Staffed):
    with staffed.desk.replica.transaction("admin.shift", staffed.desk.me, at=staffed.desk.context.clock()) as tx:
        tx.insert(
            Shift, analyst_id=staffed.roth, starts_at=parse_iso(FRIDAY_LATE) - 1, ends_at=parse_iso(FRIDAY_LATE) + 1
        )
    found = staffed.who(FRIDAY_LATE, department_id=staffed.hall)
    assert (found.work_owner, found.reason) == ("Jo Roth", "stand-in 1")


def test_a_product_goes_to_the_least_experienced_who_will_do(staffed: Staffed):
    assert staffed.who(MONDAY, product_id=staffed.mes).work_owner == "Ewa Nowicka"
    assert staffed.who(MONDAY, product_id=staffed.label).work_owner == "Ewa Nowicka"  # knows what it is a kind of
    assert staffed.who(MONDAY, product_id=staffed.mes, severity=1).work_owner == "Jo Roth"
    assert staffed.who(MONDAY, product_id=staffed.mes, language="de").work_owner == "Jo Roth"
    found = staffed.who(MONDAY, product_id=staffed.mes, language="tr")
    assert (found.work_owner, found.steps[-1].why) == ("Ewa Nowicka", "nobody speaks the language")


def test_among_equals_who_has_least_to_do_gets_it(staffed: Staffed):
    with staffed.desk.replica.transaction("admin.skill", staffed.desk.me, at=staffed.desk.context.clock()) as tx:
        found = tx.query("SELECT id FROM skill WHERE analyst_id = ?", (staffed.roth,))
        tx.update(Skill, found[0][0], level=1)
    owners = [
        staffed.desk.present.case(
            staffed.desk.cases.new(NewCase(title=f"Terminal {n}", severity=3, product_id=staffed.mes)).case_id
        ).names["work_owner"]
        for n in range(4)
    ]
    assert sorted(owners) == ["Ewa Nowicka", "Ewa Nowicka", "Jo Roth", "Jo Roth"]


def test_a_major_incident_goes_to_the_duty_lead_and_the_contact_is_told(staffed: Staffed):
    desk = staffed.desk
    now = desk.context.clock()
    with desk.replica.transaction("admin.shift", desk.me, at=now) as tx:
        tx.insert(Shift, analyst_id=staffed.nowicka, starts_at=now - 1, ends_at=now + 10**7, duty="lead")
    case = desk.cases.new(NewCase(title="Hall 1 dark", severity=1, department_id=staffed.hall, major=True)).case_id
    view = desk.present.case(case)
    assert (view.names["work_owner"], view.names["contact_owner"]) == ("Ewa Nowicka", "Anna Kern")
    assert view.row["route_reason"] == "major incident"
    assert view.watchers == (desk.me,)


def test_a_case_that_nobody_can_be_asked_about_stands_in_a_list_that_must_be_empty(staffed: Staffed):
    desk = staffed.desk
    owned = desk.cases.new(NewCase(title="Scanner", severity=3, department_id=staffed.hall)).case_id
    waiting = desk.cases.new(NewCase(title="Mouse", severity=4)).case_id
    nobody = CaseList(CaseFilter(unreachable=True))
    assert not len(desk.lists.ids(nobody))
    staffed.absent(desk.me)
    assert not len(desk.lists.ids(nobody))  # Roth stands in for the hall, Aydin is on the hotline
    staffed.absent(staffed.roth, staffed.aydin)
    assert {line.id for line in desk.lists.lines(desk.lists.ids(nobody))} == {owned, waiting}
    lost = desk.cases.new(NewCase(title="Nobody home", severity=4)).case_id
    assert desk.present.case(lost).row["route_reason"] == UNREACHABLE
    assert len(desk.lists.ids(nobody)) == 3


def test_a_calendar_of_ones_own_says_when_one_can_be_given_work(staffed: Staffed):
    keeping = Timekeeping(staffed.desk.context, staffed.desk.deadlines)
    keeping.close_day(keeping.find("Office hours"), "2026-01-05", "Works holiday")
    assert staffed.who(MONDAY, department_id=staffed.hall).reason == "front line"


def test_the_simulator_by_command(tmp_path: Path, staffed: Staffed, capsys):
    staffed.desk.close()
    command = ["route", "--profile", str(tmp_path / "anna"), "--department", "Hall 1", "--at", FRIDAY_LATE]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["contact_owner"], found["work_owner"], found["queue"]) == ("Anna Kern", None, "Hotline")
    assert [one["name"] for one in found["considered"]][:4] == list(RULES.values())[:4]
    assert main(command) == 0
    assert "after hours" in capsys.readouterr().out


def test_the_load_of_an_analyst_is_counted_as_far_as_it_tells(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting half a million open cases for every new one made it wait; who has a thousand has no room for more."""
    for number in range(4):
        desk.cases.claim(desk.cases.new(NewCase(f"Case {number}", 3)).case_id)

    def load() -> int:
        context = desk.context
        facts = dispatch.gather(context.reader.all, desk.deadlines, context.zone, context.clock(), Question())
        return facts.people[desk.me].open_cases

    assert load() == 4
    monkeypatch.setattr(dispatch, "LOAD_COUNTED", 3)
    assert load() == 3
