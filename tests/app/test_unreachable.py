"""The list of cases without a reachable owner, against its definition asked of case after case."""

from __future__ import annotations

import random
from pathlib import Path

from app.desk import Desk
from app.work.case_filter import CaseFilter, CaseList
from db.shapes import Absence, Analyst, Case, Coverage, Department, Queue, QueueMember
from tests.desks import Clock, found_desk

DAY = "2026-01-05"
CASES = 120


def filled(desk: Desk, chance: random.Random, now: int) -> None:
    """Everybody and everything may be away, gone, empty or nobody's."""
    with desk.replica.transaction("setup", desk.me, at=now) as tx:
        people = [tx.insert(Analyst, name=f"P{n}", role="analyst", active=chance.random() < 0.8) for n in range(6)]
        for who in people:
            if chance.random() < 0.4:
                begins, ends = chance.choice(
                    ((DAY, DAY), ("2026-01-01", None), ("2026-01-06", None), ("2026-01-01", "2026-01-04"))
                )
                tx.insert(Absence, analyst_id=who, from_day=begins, to_day=ends, kind="sickness")
        queues = [tx.insert(Queue, name=f"Q{n}", kind="product", active=chance.random() < 0.8) for n in range(4)]
        for queue in queues:
            for who in chance.sample(people, chance.randrange(3)):
                tx.insert(QueueMember, queue_id=queue, analyst_id=who)
        halls = [tx.insert(Department, name=f"D{n}") for n in range(4)]
        for hall in halls[1:]:
            first, second, third = chance.sample(people, 3)
            tx.insert(
                Coverage, department_id=hall, primary_id=first, stand_in1_id=chance.choice((None, second)),
                stand_in2_id=chance.choice((None, third)), valid_from=chance.choice(("2025-01-01", "2026-01-06")),
                valid_to=chance.choice((None, "2026-01-04")),
            )  # fmt: skip
        for n in range(CASES):
            ended = chance.random() < 0.2
            tx.insert(
                Case, title=f"Case {n}", severity=3, status="resolved" if ended else "new", opened_at=now,
                updated_at=now, ended_at=now if ended else None, queue_id=chance.choice((None, *queues)),
                department_id=chance.choice((None, *halls)), work_owner_id=chance.choice((None, None, *people)),
                contact_owner_id=chance.choice((None, None, *people)),
            )  # fmt: skip


def by_definition(desk: Desk) -> set[int]:
    """Nobody there among the owners, nor in the queue of what nobody owns, nor among who covers the department."""
    read = desk.context.reader.all
    there = {row["id"] for row in read("SELECT id FROM analyst WHERE active = 1")}
    for row in read("SELECT * FROM absence"):
        if row["from_day"] <= DAY <= (row["to_day"] or "9999"):
            there.discard(row["analyst_id"])
    active = {row["id"] for row in read("SELECT id FROM queue WHERE active = 1")}
    manned = {row["queue_id"] for row in read("SELECT * FROM queue_member") if row["analyst_id"] in there} & active
    covered = {
        row["department_id"]
        for row in read("SELECT * FROM coverage")
        if row["valid_from"] <= DAY <= (row["valid_to"] or "9999")
        and there & {row["primary_id"], row["stand_in1_id"], row["stand_in2_id"]}
    }
    out = set()
    for case in read('SELECT * FROM "case" WHERE ended_at IS NULL'):
        owners = {case["work_owner_id"], case["contact_owner_id"]} - {None}
        reachable = owners & there or (not owners and case["queue_id"] in manned) or case["department_id"] in covered
        if not reachable:
            out.add(case["rid"])
    return out


def test_the_list_and_its_count_are_what_the_definition_says(tmp_path: Path):
    for seed in range(12):
        clock = Clock()
        desk = found_desk(tmp_path / str(seed), clock=clock)
        filled(desk, random.Random(seed), clock.now)
        expected = by_definition(desk)
        assert 0 < len(expected) < CASES
        assert set(desk.lists.ids(CaseList(CaseFilter(unreachable=True)))) == expected
        assert desk.place_counts.at(clock.now).unreachable.open == len(expected)
        desk.close()
