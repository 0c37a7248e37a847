"""A working day of three analysts and a supervisor on four workstations, one of them cut off for two hours.

An administrator has set the desk up and is away that day; their workstation is off until the evening. Calls come in,
are claimed, noted, escalated, waited for, handed over, merged, resolved and reopened at random, by the clock of the
desk; the drive is met every few minutes. In the evening everybody has the same:

* Nothing is lost. Each change that somebody made is in the log or stands among the questions of its workstation, with
  all that was said in it; each case, each word to a requester and each minute booked is there; the log replays to the
  same state.
* Every case says by which rule it came to its first owner, and it is the one that the hand of the test names. All nine
  rules are among them in a whole day. An open case past triage says what is next.
* Every clock is what a stopwatch says (tests.e2e.stopwatch), to the millisecond, both while it runs and in the columns
  that queues are sorted by.

`HALLDESK_DAY_CASES=200` for a whole day; the suite takes a short one. `HALLDESK_DAY_SEED` draws another.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app import times
from app.desk import Desk
from app.errors import UserError
from app.times import DAY_MS, HOUR_MS
from app.verifying import check_log
from app.work.cases import NewCase
from app.work.present import CaseView
from app.work.routing import RULES
from db.rules import LIVE_CHANNELS, NO_DUE, OPEN_STATUSES
from db.shapes import (
    Absence,
    Analyst,
    Calendar,
    Coverage,
    Department,
    Product,
    Queue,
    QueueMember,
    SeverityOverride,
    Shift,
    Skill,
)
from tests.desks import Clock, found_desk, join_desk
from tests.e2e.stopwatch import Move, Served, Stopwatch

CASES = int(os.environ.get("HALLDESK_DAY_CASES", "24"))
SEED = int(os.environ.get("HALLDESK_DAY_SEED", "20261123"))
WHOLE_DAY = 100
"""From so many cases on everything has happened that can."""
SEVEN = times.parse_iso("2026-11-23T07:00:00Z")
"""A Monday, eight o'clock at the site."""
TODAY = "2026-11-23"
HOURS = 8.9
LOOKS_MS = 50
"""The clock of the tests goes on by a millisecond at each look; so many are taken while one case is read."""
OFFICE = {1: (15, 240), 2: (60, 540), 3: (240, 1620), 4: (540, 5400)}
HALL = {**OFFICE, 1: (10, 90)}


@pytest.fixture
def stations(tmp_path: Path):
    """The administrator's, then those of the day: the third analyst is the one who will be cut off."""
    clock = Clock(SEVEN)
    first = found_desk(tmp_path, clock=clock)
    desks = [first]
    for name, person, role in (("jo", "Jo Roth", "analyst"), ("ewa", "Ewa Nowicka", "analyst"),
                               ("ben", "Ben Krause", "analyst"), ("miriam", "Miriam Vogt", "supervisor")):  # fmt: skip
        desks.append(join_desk(first, tmp_path, name=name, person=person, role=role))
    _meet(desks)
    yield desks
    for desk in desks:
        desk.close()


def _meet(desks: list[Desk]) -> None:
    for desk in (*desks, *desks):
        desk.sync_round()


class World:
    """What the administrator set up: departments each of which shows one rule."""

    def __init__(self, desks: list[Desk]) -> None:
        first = desks[0]
        away, jo, ewa, ben, miriam = (desk.me for desk in desks)
        self.people = [jo, ewa, ben, miriam]
        with first.replica.transaction("admin.master", first.me, at=first.context.clock()) as tx:
            office = tx.query("SELECT id FROM calendar")[0][0]
            shifts = tx.insert(Calendar, name="Shifts", time_zone="Europe/Berlin", shifts=(
                "{" + ", ".join(f'"{day}": ["06:00-22:00"]' for day in ("mon", "tue", "wed", "thu", "fri", "sat")) + "}"
            ))  # fmt: skip
            nights = tx.insert(Calendar, name="Nights", time_zone="Europe/Berlin", shifts='{"mon": ["22:00-06:00"]}')
            for who in (away, *self.people):
                tx.update(Analyst, who, calendar_id=office)
            sleeps = tx.insert(Analyst, name="Nils Nacht", role="analyst", tier=1, calendar_id=nights)
            second = tx.insert(Queue, name="Shop floor IT", kind="product", tier=2)
            self.product = tx.insert(Product, name="MES", queue_id=second)
            self.before = tx.insert(Product, name="Payroll", queue_id=second, before_contact=1)
            for level, who in enumerate((ewa, ben), 1):
                tx.insert(QueueMember, queue_id=second, analyst_id=who)
                for product in (self.product, self.before):
                    tx.insert(Skill, analyst_id=who, product_id=product, level=level)
            self.hall = tx.insert(Department, name="Hall 1", calendar_id=shifts)
            tx.insert(SeverityOverride, department_id=self.hall, severity=1, response_minutes=10, fix_minutes=90)
            self.paint, self.store, self.sales, self.board = (
                tx.insert(Department, name=name) for name in ("Paint shop", "Store", "Sales", "Board")
            )
            for department, people in ((self.hall, (jo, ewa, None)), (self.paint, (away, ewa, None)),
                                       (self.store, (away, sleeps, ben))):  # fmt: skip
                primary, first_one, second_one = people
                tx.insert(Coverage, department_id=department, primary_id=primary, stand_in1_id=first_one,
                          stand_in2_id=second_one, valid_from="2026-01-01")  # fmt: skip
            own = tx.insert(Queue, name="Sales desk", kind="department", tier=1, department_id=self.sales)
            tx.insert(QueueMember, queue_id=own, analyst_id=jo)
            hotline = tx.query("SELECT id FROM queue WHERE kind = 'front line'")[0][0]
            tx.insert(QueueMember, queue_id=hotline, analyst_id=ewa)
            tx.insert(Absence, analyst_id=away, from_day=TODAY, to_day=TODAY, kind="vacation", entered_by_id=away)
            tx.insert(Shift, analyst_id=miriam, starts_at=SEVEN - HOUR_MS, ends_at=SEVEN + DAY_MS // 2, duty="lead")
        self.by_department = {self.hall: 4, self.paint: 5, self.store: 6, self.sales: 7}
        self.served = {None: Served(5, 8, 17, OFFICE), self.hall: Served(6, 6, 22, HALL)}

    def hours_of(self, department: bytes | None) -> Served:
        return self.served.get(department, self.served[None])

    def rule(self, draft: NewCase) -> int:
        """By which rule this call finds somebody: told by hand."""
        if draft.owner_id is not None:
            return 1
        if draft.major:
            return 2
        if draft.product_id == self.before:
            return 3
        if draft.department_id in self.by_department:
            return self.by_department[draft.department_id]
        return 8 if draft.product_id is not None else 9


class Day:
    """What happens, drawn with a fixed seed. Refusals (somebody was faster, it has ended) belong to the work."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = random.Random(SEED)
        self.opened: dict[bytes, int] = {}
        """Case -> the rule that must have found somebody."""
        self.words: dict[bytes, set[str]] = {}
        self.minutes: dict[bytes, int] = {}
        self.answers: dict[bytes, list[tuple[int, Desk, bytes]]] = {}
        """When somebody replied to or resolved it, wherever they were, and in which transaction."""
        self.made: list[tuple[Desk, bytes]] = []
        self.refused = 0

    def call(self, desk: Desk) -> None:
        chance, world = self.chance, self.world
        departments = [None, world.hall, world.paint, world.store, world.sales, world.board]
        draft = NewCase(
            f"Terminal {chance.randrange(9)} {chance.choice(('stops', 'is slow', 'shows nothing'))}",
            chance.choice((1, 2, 2, 3, 3, 4)), channel=chance.choice(("phone", "e-mail", "walk-in", "monitoring")),
            department_id=chance.choice(departments), product_id=chance.choice((None, world.product, world.before)),
            major=chance.random() < 0.06, owner_id=chance.choice(world.people) if chance.random() < 0.1 else None,
        )  # fmt: skip
        done = desk.cases.new(draft)
        self.opened[done.case_id] = world.rule(draft)
        self.made.append((desk, done.tx_id))

    def work(self, desk: Desk) -> None:
        known = [case for case in sorted(self.opened) if desk.lists.rid(case) is not None]
        if not known:
            return
        case = self.chance.choice(known)
        now = desk.context.clock()
        said = f"{desk.directory.name('analyst', desk.me)} at {now}"
        cases, chance = desk.cases, self.chance

        def answered(done):
            self.answers.setdefault(case, []).append((now, desk, done.tx_id))
            return done

        def note():
            done = answered(cases.note(case, said, kind="reply", audience="requester"))
            self.words.setdefault(case, set()).add(said)
            return done

        def book():
            done = cases.time(case, 5)
            self.minutes[case] = self.minutes.get(case, 0) + 5
            return done

        verbs: list[Callable[[], object]] = [
            lambda: cases.claim(case),
            note,
            note,
            lambda: cases.wait(case, chance.choice(("requester", "requester", "supplier", "parts"))),
            lambda: cases.work(case),
            lambda: cases.next_step(case, "Look again", at=now + HOUR_MS),
            lambda: cases.hand(case, to_analyst=chance.choice(self.world.people)),
            lambda: cases.escalate(case, tried="Rebooted"),
            lambda: cases.de_escalate(case, "Not ours"),
            lambda: cases.take_back(case),
            lambda: cases.set(case, severity=chance.randint(1, 4)),
            lambda: cases.tag(case, (said,)),
            lambda: answered(cases.resolve(case, "Cable")),
            lambda: cases.reopen(case, "Again"),
            lambda: desk.linking.merge(case, chance.choice(known)),
            lambda: desk.linking.unmerge(case),
            book,
        ]
        before = {one: list(times) for one, times in self.answers.items()}
        try:
            done = chance.choice(verbs)()
        except UserError:
            self.refused += 1
            self.answers = before
        else:
            self.made.append((desk, done.tx_id))  # type: ignore[attr-defined]


@pytest.mark.timeout(1200 if CASES > 24 else 120)
def test_a_day_of_four_people_one_of_them_cut_off_loses_nothing(stations: list[Desk]):
    first, *working = stations
    world = World(stations)
    day = Day(world)
    clock: Clock = first.context.clock  # type: ignore[assignment]
    _meet(stations)
    lonely = working[2]
    steps = CASES * 5
    cut_off = range(steps * 3 // 9, steps * 5 // 9)  # two of nine hours
    waiting: list[tuple[int, int]] = []
    alone = 0
    for step in range(steps):
        clock.pass_minutes(HOURS * 60 / steps)
        desk = working[step % 3] if step % 10 else working[3]
        before = len(day.made)
        if step % 5 == 0:
            day.call(desk)
        else:
            day.work(desk)
        if desk is lonely and step in cut_off:
            alone += len(day.made) - before
        if step % 12 == 11:
            for station in working:
                if station is not lonely or step not in cut_off:
                    station.sync_round()
            if step in cut_off:
                waiting.append((lonely.replica.pending_count(), alone))
    assert all(pending >= made for pending, made in waiting), "nothing left the workstation that was cut off"
    assert waiting[-1][1] >= CASES // 8, "and it went on working"
    _meet(stations)
    assert len({desk.replica.digest for desk in stations}) == 1
    assert check_log(first).ok, "the log of the day replays to what the workstation of who was away has"
    _nothing_is_lost(day, stations)
    stand = set()
    for case in day.opened:
        view = first.present.case(case)
        stand.add(view.row["status"])
        assert day.words.get(case, set()) <= {entry.text for entry in view.entries}
        assert view.minutes == day.minutes.get(case, 0)
        _routed_by(day.opened[case], view)
        if view.row["status"] in OPEN_STATUSES and view.row["status"] != "new":
            _says_what_is_next(view)
        _clocks_are_those_of_a_stopwatch(view, clock.now, world.hours_of(view.row["department_id"]))
        _first_answered(view, day.answers.get(case, []))
    if CASES >= WHOLE_DAY:
        assert set(day.opened.values()) == set(RULES), "every rule found somebody"
        assert stand >= {"new", "in progress", "waiting", "resolved", "merged"}
        assert lonely.replica.conflict_count() > 0, "who was cut off met what others did"


def _nothing_is_lost(day: Day, stations: list[Desk]) -> None:
    """Of cases, and of changes: what did not go into the log as it was made is a question at whoever made it."""
    reader = stations[0].context.reader
    assert {row["id"] for row in reader.all('SELECT id FROM "case"')} == set(day.opened)
    numbers = [row[0] for row in reader.all('SELECT number FROM "case" ORDER BY number')]
    assert numbers == list(range(1, len(day.opened) + 1))
    assert all(desk.replica.pending_count() == 0 for desk in stations)
    for desk, tx_id in day.made:
        outcome, _why = desk.replica.outcome(tx_id)
        asked = [one for one in desk.replica.conflicts() if one.tx_id == tx_id]
        assert outcome == "accepted" or asked, f"{outcome}: a change that nobody hears of any more"
        for one in asked:
            kept = desk.replica.conflict(one.n)
            assert kept is not None
            assert kept[1].rows, "what was meant is kept with it"


def _routed_by(rule: int, view: CaseView) -> None:
    """The rule that found the first owner, in its own words; later moves say what they were."""
    opening = next(e for e in view.entries if e.field == "queue")
    assert opening.text == RULES[rule], view.label
    assert view.row["route_reason"] in {*RULES.values(), "escalated", "de-escalated", "taken back"}


def _says_what_is_next(view: CaseView) -> None:
    assert view.row["next_step"]
    assert view.row["next_step_at"] is not None
    assert view.row["next_step_by_id"] is not None or view.names["queue"]


def _clocks_are_those_of_a_stopwatch(view: CaseView, now: int, served: Served) -> None:
    moves = [Move(e.at, e.field, e.new) for e in view.entries if e.field in ("status", "waiting_on")]
    watch = Stopwatch(served, view.row["opened_at"], moves)
    row = view.row
    answered, ended = row["first_response_at"], row["ended_at"]
    assert abs(view.fix.elapsed_ms - watch.worked(now, pauses=True)) <= LOOKS_MS, view.label
    until = min(one for one in (answered, ended, now) if one is not None)
    assert abs(view.response.elapsed_ms - watch.worked(until, pauses=False)) <= LOOKS_MS, view.label
    if ended is not None:
        assert (row["due_at"], row["warn_at"]) == (NO_DUE, None)
        return
    response, fix = served.targets[row["severity"]]
    due = watch.due(response, pauses=False), watch.due(fix, pauses=True)
    assert (row["response_due_at"], row["fix_due_at"]) == due, view.label
    assert (view.response.due_at, view.fix.due_at) == due, "and the same on screen"
    running = [
        (at, watch.due(minutes * 3 // 4, pauses=pauses) if minutes * 3 % 4 == 0 else None)
        for at, minutes, pauses, over in ((due[0], response, False, answered is not None), (due[1], fix, True, False))
        if at is not None and not over
    ]
    next_due, warns = min(running, default=(NO_DUE, None))
    assert row["due_at"] == next_due, view.label
    if warns is not None or not running:
        assert row["warn_at"] == warns, view.label
    for state, at in ((view.fix.state, due[1]), (view.response.state if answered is None else "", due[0])):
        if at is not None and state:
            assert (state == "breached") == (at < now), view.label


def _first_answered(view: CaseView, answers: list[tuple[int, Desk, bytes]]) -> None:
    """The earliest answer that stands, whoever was in the log first and whatever else could not stand."""
    if view.row["channel"] in LIVE_CHANNELS:
        assert view.row["first_response_at"] == view.row["opened_at"]
        return
    stand = [at for at, desk, tx_id in answers if desk.replica.outcome(tx_id)[0] == "accepted"]
    known = view.row["first_response_at"]
    if not stand:
        assert known is None, view.label
    else:
        assert known is not None, view.label
        assert abs(known - min(stand)) < 1000, view.label
