"""The same change for many cases: the preview is what happens, refusals are told, one step undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.work.bulk import BulkChange
from app.work.case_filter import CaseList
from app.work.cases import NewCase
from db.shapes import Queue
from tests.desks import Clock, found_desk


@pytest.fixture
def desk(tmp_path: Path):
    opened = found_desk(tmp_path, clock=Clock())
    yield opened
    opened.close()


def test_a_preview_says_what_would_happen_and_why_not_and_changes_nothing(desk):
    ids = [desk.cases.new(NewCase(f"Case {n}", 3)).case_id for n in range(3)]
    solved = desk.cases.new(NewCase("Solved", 3, solved="done")).case_id
    before = desk.lists.lines(desk.lists.ids(CaseList()))
    pending = desk.replica.pending_count()
    change = BulkChange(severity=1, add_tag="night", waiting_on="parts")
    planned = desk.bulk.plan([*ids, solved], change)
    assert desk.replica.pending_count() == pending
    assert desk.lists.lines(desk.lists.ids(CaseList())) == before
    first = {column: (old, new) for column, old, new in planned[0].changes}
    assert first["severity"] == (3, 1)
    assert first["status"] == ("new", "waiting")
    assert first["tag"] == (None, "night")
    assert "due_at" in first
    assert planned[3].changes == ()
    assert planned[3].why_not
    carried = desk.bulk.carry_out([*ids, solved], change)
    assert [case_id for case_id, _why in carried.refused] == [solved]
    assert {line.severity for line in desk.lists.lines(desk.lists.rids(ids))} == {1}
    assert desk.lists.line(solved).severity == 3
    undone = desk.undoing.undo_all(tuple(done.tx_id for done in carried))
    assert len(undone) == len(carried) == 9
    lines = desk.lists.lines(desk.lists.rids(ids))
    assert {(line.severity, line.status) for line in lines} == {(3, "new")}


def test_what_is_so_already_stays_as_it_is(desk):
    case_id = desk.cases.new(NewCase("Case", 2)).case_id
    assert desk.bulk.plan([case_id], BulkChange(severity=2))[0].changes == ()
    assert BulkChange().is_nothing
    assert BulkChange(keep_contact=False).is_nothing


def test_undoing_many_goes_on_past_one_that_somebody_built_on(desk):
    with desk.replica.transaction("setup", desk.me, at=1) as tx:
        queue = tx.insert(Queue, name="Second", kind="product", tier=2)
    ids = [desk.cases.new(NewCase(f"Case {n}", 3)).case_id for n in range(3)]
    carried = desk.bulk.carry_out(ids, BulkChange(to_queue=queue))
    desk.cases.hand(ids[1], to_analyst=desk.me)
    desk.cases.set(ids[1], severity=1)
    undone = desk.undoing.undo_all(tuple(done.tx_id for done in carried))
    assert len(undone) >= 2
    assert {line.queue for line in desk.lists.lines(desk.lists.rids([ids[0], ids[2]]))} == {"Hotline"}
    with pytest.raises(UserError):
        desk.undoing.undo_all((b"0" * 16,))
