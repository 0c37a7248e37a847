"""A working day of three analysts and a supervisor on four workstations, one of them cut off for two hours.

Calls come in, are claimed, noted, escalated, waited for, handed over, merged, resolved and reopened at random, by the
clock of the desk; the drive is met every few minutes. In the evening everybody has the same: nothing is lost, every
case says by which rule it went where it is, an open one past triage what is next, and every clock is what a stopwatch
says that ticks second by second. `HALLDESK_DAY_CASES=200` for a whole day; the suite takes a short one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from app import times
from app.desk import Desk
from app.errors import UserError
from app.times import DAY_MS, HOUR_MS, MINUTE_MS
from app.work.cases import NewCase
from app.work.present import CaseView
from app.work.routing import RULES, UNREACHABLE
from db.rules import LIVE_CHANNELS, NO_DUE, OPEN_STATUSES
from db.shapes import Analyst, Coverage, Department, Product, Queue, QueueMember, Skill
from tests.desks import Clock, found_desk, join_desk

CASES = int(os.environ.get("HALLDESK_DAY_CASES", "24"))
SEVEN = times.parse_iso("2026-11-23T07:00:00Z")
"""A Monday, eight o'clock at the site."""
BERLIN = times.zone("Europe/Berlin")


@pytest.fixture
def stations(tmp_path: Path):
    clock = Clock(SEVEN)
    first = found_desk(tmp_path, clock=clock)
    desks = [first]
    for name, person, role in (("jo", "Jo Roth", "analyst"), ("ewa", "Ewa Nowicka", "analyst"),
                               ("miriam", "Miriam Vogt", "supervisor")):  # fmt: skip
        desks.append(join_desk(first, tmp_path, name=name, person=person, role=role))
    _meet(desks)
    yield desks
    for desk in desks:
        desk.close()


def _meet(desks: list[Desk]) -> None:
    for desk in (*desks, *desks):
        desk.sync_round()


def _master_data(first: Desk) -> dict[str, list[bytes]]:
    with first.replica.transaction("admin.master", first.me, at=first.context.clock()) as tx:
        office = tx.query("SELECT id FROM calendar")[0][0]
        people = [row[0] for row in tx.query("SELECT id FROM analyst ORDER BY id")]
        for who in people:
            tx.update(Analyst, who, calendar_id=office)
        second = tx.insert(Queue, name="Shop floor IT", kind="product", tier=2)
        product = tx.insert(Product, name="MES", queue_id=second)
        hall, office_people = (tx.insert(Department, name=name) for name in ("Hall 1", "Payroll"))
        tx.insert(Coverage, department_id=hall, primary_id=people[1], stand_in1_id=people[2], valid_from="2026-01-01")
        for level, who in enumerate(people[1:3], 1):
            tx.insert(QueueMember, queue_id=second, analyst_id=who)
            tx.insert(Skill, analyst_id=who, product_id=product, level=level)
    return {"people": people, "products": [product], "departments": [hall, office_people]}


class Day:
    """What happens, drawn with a fixed seed. Refusals (somebody was faster, it has ended) belong to the work."""

    def __init__(self, desks: list[Desk], known: dict[str, list[bytes]]) -> None:
        self.desks, self.known = desks, known
        self.chance = random.Random(20261123)
        self.opened: set[bytes] = set()
        self.words: dict[bytes, set[str]] = {}
        self.minutes: dict[bytes, int] = {}
        self.replied: dict[bytes, int] = {}
        """When somebody first wrote to the requester, wherever they were."""
        self.resolved: dict[bytes, list[int]] = {}
        """When somebody resolved it; cut off, another one may have ended it before, and then this does not stand."""
        self.refused = 0

    def call(self, desk: Desk) -> None:
        chance = self.chance
        case = desk.cases.new(
            NewCase(
                f"Terminal {chance.randrange(9)} {chance.choice(('stops', 'is slow', 'shows nothing'))}",
                chance.choice((1, 2, 2, 3, 3, 4)), channel=chance.choice(("phone", "e-mail", "walk-in", "monitoring")),
                department_id=chance.choice([None, *self.known["departments"]]),
                product_id=chance.choice([None, *self.known["products"]]),
            )
        )  # fmt: skip
        self.opened.add(case.case_id)

    def work(self, desk: Desk) -> None:
        known = [case for case in sorted(self.opened) if desk.lists.rid(case) is not None]
        if not known:
            return
        case = self.chance.choice(known)
        now = desk.context.clock()
        said = f"{desk.directory.name('analyst', desk.me)} at {now}"

        def note() -> object:
            done = desk.cases.note(case, said, kind="reply", audience="requester")
            self.words.setdefault(case, set()).add(said)
            self.replied.setdefault(case, now)
            return done

        def resolve() -> object:
            done = desk.cases.resolve(case, "Cable")
            self.resolved.setdefault(case, []).append(now)
            return done

        def book() -> object:
            done = desk.cases.time(case, 5)
            self.minutes[case] = self.minutes.get(case, 0) + 5
            return done

        verbs: list[Callable[[], object]] = [
            lambda: desk.cases.claim(case),
            note,
            note,
            lambda: desk.cases.wait(case, self.chance.choice(("requester", "supplier", "parts"))),
            lambda: desk.cases.work(case),
            lambda: desk.cases.next_step(case, "Look again", at=now + HOUR_MS),
            lambda: desk.cases.hand(case, to_analyst=self.chance.choice(self.known["people"])),
            lambda: desk.cases.escalate(case, tried="Rebooted"),
            lambda: desk.cases.de_escalate(case, "Not ours"),
            lambda: desk.cases.take_back(case),
            lambda: desk.cases.set(case, severity=self.chance.randint(1, 4)),
            resolve,
            lambda: desk.cases.reopen(case, "Again"),
            lambda: desk.linking.merge(case, self.chance.choice(known)),
            lambda: desk.linking.unmerge(case),
            book,
        ]
        try:
            self.chance.choice(verbs)()
        except UserError:
            self.refused += 1


@pytest.mark.timeout(1200 if CASES > 24 else 120)
def test_a_day_of_four_people_one_of_them_cut_off_loses_nothing(stations: list[Desk]):
    day = Day(stations, _master_data(stations[0]))
    clock: Clock = stations[0].context.clock  # type: ignore[assignment]
    _meet(stations)
    steps = CASES * 5
    cut_off = range(steps * 3 // 9, steps * 5 // 9)  # two of nine hours
    lonely: list[int] = []
    for step in range(steps):
        clock.pass_minutes(9 * 60 / steps)
        desk = stations[step % 3] if step % 10 else stations[3]
        if step % 5 == 0:
            day.call(desk)
        else:
            day.work(desk)
        if step % 12 == 11:
            for station in stations:
                if station is not stations[2] or step not in cut_off:
                    station.sync_round()
            if step in cut_off:
                lonely.append(stations[2].replica.pending_count())
    assert max(lonely) > 0, "who was cut off went on working"
    assert lonely == sorted(lonely), "and nothing of it left the workstation"
    _meet(stations)
    assert len({desk.replica.digest for desk in stations}) == 1
    assert all(desk.replica.pending_count() == 0 for desk in stations)
    first = stations[0]
    assert {row["id"] for row in first.context.reader.all('SELECT id FROM "case"')} == day.opened
    numbers = [row[0] for row in first.context.reader.all('SELECT number FROM "case" ORDER BY number')]
    assert numbers == list(range(1, len(day.opened) + 1))
    targets = {one.rank: one.fix_minutes for one in first.directory.severities() if one.fix_minutes is not None}
    for case in sorted(day.opened):
        view = first.present.case(case)
        assert day.words.get(case, set()) <= {entry.text for entry in view.entries}
        assert view.minutes == day.minutes.get(case, 0)
        _routed_and_with_a_next_step(view)
        _clocks_are_those_of_a_stopwatch(view, clock.now, targets, day)


def _routed_and_with_a_next_step(view: CaseView) -> None:
    assert view.row["route_reason"]
    opening = next(e for e in view.entries if e.field == "queue")
    assert opening.text
    assert opening.text in {*RULES.values(), UNREACHABLE}, "the rule that found it, in its own words"
    assert view.row["route_reason"] in {*RULES.values(), UNREACHABLE, "escalated", "de-escalated", "taken back"}
    if view.row["status"] in OPEN_STATUSES and view.row["status"] != "new":
        assert view.row["next_step"]
        assert view.row["next_step_at"] is not None
        assert view.row["next_step_by_id"] is not None or view.names["queue"]


def _clocks_are_those_of_a_stopwatch(view: CaseView, now: int, targets: dict[int, int], day: Day) -> None:
    """Second by second through the day, from nothing but the case's events and a wall clock: office hours 8 to 17."""
    moves = [(e.at, e.field, e.new) for e in view.entries if e.field in ("status", "waiting_on")]
    status, waits = "new", ""
    counted = 0
    position = 0
    ended = None
    for tick in range(view.row["opened_at"], now, 1000):
        while position < len(moves) and moves[position][0] <= tick:
            _at, field, new = moves[position]
            if field == "status":
                status = new
            else:
                waits = new
            position += 1
        is_open = status in OPEN_STATUSES
        if not is_open:
            ended = tick
        if is_open and not (status == "waiting" and waits == "requester") and _at_work(tick):
            counted += 1000
    assert abs(view.fix.elapsed_ms - counted) <= (len(moves) + 2) * 1000, view.label
    if status in OPEN_STATUSES and view.row["due_at"] != NO_DUE and view.fix.due_at is not None:
        assert view.row["fix_due_at"] == view.fix.due_at
    answered = view.row["first_response_at"]
    if view.row["channel"] in LIVE_CHANNELS:
        assert answered == view.row["opened_at"]
    else:
        replied, resolved = day.replied.get(view.id), day.resolved.get(view.id, [])
        if replied is not None:
            assert answered is not None, view.label
            assert answered < replied + 1000, "the earliest answer stands, whoever was in the log first"
        said = [*resolved, replied] if replied is not None else resolved
        assert answered is None or min(abs(answered - at) for at in said) < 1000, view.label
    if is_open and not (status == "waiting" and waits == "requester") and view.fix.due_at is not None:
        promised = targets[view.row["severity"]] * MINUTE_MS
        first_tick, last_tick = sorted((now, view.fix.due_at))
        ahead = range(first_tick, last_tick, MINUTE_MS)
        if view.fix.due_at > now or not any(at > view.fix.due_at for at, _field, _new in moves):
            until = sum(MINUTE_MS for tick in ahead if _at_work(tick)) * (1 if view.fix.due_at > now else -1)
            assert abs(counted + until - promised) <= (len(moves) + 62) * 1000, view.label
    assert ended is None or ended < now
    assert now - view.row["opened_at"] < DAY_MS


def _at_work(ms: int) -> bool:
    return _minute_at_work(ms // MINUTE_MS)


@cache
def _minute_at_work(minute: int) -> bool:
    wall: datetime = times.local_wall(minute * MINUTE_MS, BERLIN)
    return wall.weekday() < 5 and 8 <= wall.hour < 17
