"""When a case was first answered: no answer is lost because an earlier one can't stand or is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.work.cases import NewCase
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def anna(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = found_desk(tmp_path, clock=clock)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    yield desk
    desk.close()


@pytest.fixture
def case(anna: Desk, jo: Desk, clock: Clock) -> bytes:
    opened = anna.cases.new(NewCase("Scanner", 2, channel="e-mail")).case_id
    _meet(anna, jo)
    clock.pass_minutes(5)
    return opened


def _meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        desk.sync_round()


def _reply(desk: Desk, case: bytes) -> tuple[bytes, int]:
    """(the transaction, when)."""
    desk.context.clock.pass_minutes(1)  # type: ignore[attr-defined]
    done = desk.cases.note(case, "It is on its way.", kind="reply", audience="requester")
    assert done.tx_id is not None
    entry = next(e for e in reversed(desk.present.case(case).entries) if e.kind == "reply")
    return done.tx_id, entry.at


def _answered(desk: Desk, case: bytes) -> int | None:
    found: int | None = desk.present.case(case).row["first_response_at"]
    return found


def test_a_reply_after_a_resolving_that_can_not_stand_is_the_first_answer(anna: Desk, jo: Desk, case: bytes) -> None:
    jo.cases.resolve(case, "Cable")  # cut off, without knowing that
    _tx, replied = _reply(jo, case)
    anna.cases.cancel(case, "Nobody has such a scanner")
    anna.sync_round()
    _meet(anna, jo)
    assert [one.reason for one in jo.replica.conflicts()] == ["status"]
    for desk in (anna, jo):
        assert desk.present.case(case).row["status"] == "cancelled"
        assert _answered(desk, case) == replied
    assert anna.replica.digest == jo.replica.digest


def test_a_reply_in_another_case_counts_when_the_resolving_of_both_can_not_stand(
    anna: Desk, jo: Desk, case: bytes
) -> None:
    other, outage = (anna.cases.new(NewCase(title, 2, channel="e-mail")).case_id for title in ("Printer", "Power"))
    for part in (case, other):
        anna.linking.link(part, outage, "child")
    _meet(anna, jo)
    jo.linking.close_all(outage, "Cable")
    _tx, replied = _reply(jo, other)
    anna.cases.cancel(case, "Nobody has such a scanner")
    anna.sync_round()
    _meet(anna, jo)
    assert jo.present.case(other).row["ended_at"] is None
    assert (_answered(anna, other), _answered(jo, other)) == (replied, replied)


def test_what_was_answered_after_an_answer_that_is_taken_back_is_the_first(anna: Desk, case: bytes) -> None:
    first, first_at = _reply(anna, case)
    _tx, second_at = _reply(anna, case)
    step = anna.replica.undo(first, anna.me, at=anna.context.clock())
    assert _answered(anna, case) == second_at
    anna.replica.undo(step.tx_id, anna.me, at=anna.context.clock())
    assert _answered(anna, case) == first_at, "and redone, it is the first again"


def test_the_only_answer_taken_back_leaves_none(anna: Desk, case: bytes) -> None:
    only, _at = _reply(anna, case)
    anna.replica.undo(only, anna.me, at=anna.context.clock())
    assert _answered(anna, case) is None


@pytest.mark.parametrize("undone_first", [True, False], ids=["undone first", "answered first"])
def test_an_answer_taken_back_and_another_one_elsewhere(
    anna: Desk, jo: Desk, case: bytes, *, undone_first: bool
) -> None:
    mine, _at = _reply(anna, case)
    _meet(anna, jo)
    _tx, replied = _reply(jo, case)
    anna.replica.undo(mine, anna.me, at=anna.context.clock())
    for desk in (anna, jo) if undone_first else (jo, anna):
        desk.sync_round()
    _meet(anna, jo)
    assert (_answered(anna, case), _answered(jo, case)) == (replied, replied)
    assert anna.replica.digest == jo.replica.digest


def test_an_earlier_answer_of_somebody_else_does_not_hinder_taking_mine_back(anna: Desk, jo: Desk, case: bytes) -> None:
    anna.cases.claim(case)
    _meet(anna, jo)
    _tx, earlier = _reply(jo, case)
    mine, _at = _reply(anna, case)
    anna.sync_round()
    _meet(anna, jo)
    assert _answered(anna, case) == earlier
    anna.replica.undo(mine, anna.me, at=anna.context.clock())
    _meet(anna, jo)
    assert (_answered(anna, case), _answered(jo, case)) == (earlier, earlier)
