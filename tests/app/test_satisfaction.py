"""What whoever asked says of how a case went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import Desk
from app.errors import UserError
from app.work.cases import NewCase
from tests.desks import Clock, found_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = found_desk(tmp_path, clock=Clock())
    yield opened
    opened.close()


def _solved(desk: Desk) -> bytes:
    return desk.cases.new(NewCase("Scanner", 3, solved="Cable")).case_id


def test_the_last_answer_counts_and_is_undone_to_the_one_before(desk: Desk):
    case = _solved(desk)
    assert desk.present.case(case).satisfied is None
    desk.cases.rate(case, 2, " It took two days. ")
    later = desk.cases.rate(case, 4)
    found = desk.present.case(case).satisfied
    assert found is not None
    assert (found.score, found.words) == (4, "")
    desk.undoing.undo(later.tx_id)
    before = desk.present.case(case)
    assert before.satisfied is not None
    assert (before.satisfied.score, before.satisfied.words) == (2, "It took two days.")
    told = desk.present.as_json(before, full=True)["satisfaction"]
    assert (told["score"], told["words"]) == (2, "It took two days.")


@pytest.mark.parametrize("score", [0, 6])
def test_there_are_five_answers(desk: Desk, score: int):
    with pytest.raises(UserError, match="from 1"):
        desk.cases.rate(_solved(desk), score)


def test_nobody_is_asked_before_it_is_solved(desk: Desk):
    case = desk.cases.new(NewCase("Scanner", 3)).case_id
    with pytest.raises(UserError, match="when the case is resolved"):
        desk.cases.rate(case, 5)
    desk.cases.cancel(case, "No case")
    with pytest.raises(UserError, match="when the case is resolved"):
        desk.cases.rate(case, 5)
