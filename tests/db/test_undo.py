"""Undo on this workstation: the opposite, as a transaction of its own, if nobody built on what was done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.errors import BuiltUpon
from db.shapes import Article, Case, CaseTag, Department, Requester, TimelineEntry
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, join, settle


@pytest.fixture
def jo(anna: Station, store: MemoryStore, tmp_path: Path) -> Iterator[Station]:
    station = join(anna, tmp_path, lambda _name: MemoryLog(store))
    anna.sync()
    yield station
    station.replica.close()


def _undo(station: Station, tx: bytes) -> str:
    return station.replica.undo(tx, station.analyst, at=station.clock()).kind


def test_an_edit_is_undone_before_and_after_it_was_published(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    for publish in (False, True):
        tx = anna.edits(case, title="After", next_step="call")
        if publish:
            anna.sync()
        assert _undo(anna, tx) == "undo.case.edit"
        assert (anna.case(case)["title"], anna.case(case)["next_step"]) == ("Before", None)
    settle(anna, jo)
    assert jo.case(case)["title"] == "Before"
    assert_agree(anna, jo)


def test_a_claim_is_undone_although_nobody_may_step_back_to_new(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    tx = jo.claims(case)
    settle(anna, jo)
    _undo(jo, tx)
    settle(anna, jo)
    assert (anna.case(case)["status"], anna.case(case)["work_owner_id"]) == ("new", None)
    assert_agree(anna, jo)


def test_a_resolution_is_undone(anna: Station) -> None:
    case = anna.opens()
    now = anna.clock()
    tx = anna.edits(case, status="resolved", ended_at=now, resolved_at=now)
    anna.sync()
    _undo(anna, tx)
    assert (anna.case(case)["status"], anna.case(case)["ended_at"]) == ("new", None)


def test_what_was_added_goes_and_what_was_removed_comes_back(anna: Station) -> None:
    case = anna.opens()
    with anna.transaction("case.note") as added:
        note = added.insert(TimelineEntry, case_id=case, at=1, kind="note", text="x")
        tag = added.insert(CaseTag, case_id=case, tag="vpn")
    _undo(anna, added.id)
    assert anna.count("timeline_entry") == anna.count("case_tag") == 0
    with anna.transaction("case.tag") as tx:
        tx.insert(CaseTag, tag, case_id=case, tag="vpn")
    with anna.transaction("case.untag") as removed:
        removed.delete(CaseTag, tag)
    _undo(anna, removed.id)
    assert anna.one("SELECT tag FROM case_tag")["tag"] == "vpn"
    assert note
    assert anna.whole()


def test_an_article_that_comes_back_is_found_again(anna: Station) -> None:
    with anna.transaction("article.new", undoable=False) as tx:
        article = tx.insert(Article, title="Scanner hums", created_at=1, updated_at=1)
    with anna.transaction("article.remove") as removed:
        removed.delete(Article, article)
    query = "SELECT count(*) AS n FROM article_fts WHERE article_fts MATCH 'hums'"
    assert anna.one(query)["n"] == 0
    _undo(anna, removed.id)
    assert anna.one(query)["n"] == 1


def test_a_new_case_is_not_undone_because_its_number_stays_accounted_for(anna: Station) -> None:
    with anna.transaction("case.new") as tx:
        tx.insert(Case, title="x", severity=1, opened_at=1, updated_at=1)
    with pytest.raises(BuiltUpon, match="not undone but cancelled"):
        _undo(anna, tx.id)
    assert anna.count("case") == 1


def test_what_somebody_changed_since_is_not_undone(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    tx = anna.edits(case, title="Anna's", severity=1)
    settle(anna, jo)
    jo.edits(case, title="Jo's")
    settle(anna, jo)
    with pytest.raises(BuiltUpon, match="Somebody changed this since"):
        _undo(anna, tx)
    assert (anna.case(case)["title"], anna.case(case)["severity"]) == ("Jo's", 1)
    assert anna.replica.pending_count() == 0


def test_what_is_only_derived_or_later_does_not_hinder(anna: Station) -> None:
    case = anna.opens("Before")
    tx = anna.edits(case, title="After", updated_at=5, route_reason="product queue")
    anna.edits(case, severity=1, updated_at=9, route_reason="set by hand")
    _undo(anna, tx)
    assert (anna.case(case)["title"], anna.case(case)["severity"]) == ("Before", 1)


def test_what_somebody_deleted_since_is_not_undone(anna: Station) -> None:
    with anna.transaction("department.new") as made:
        department = made.insert(Department, name="Stores")
    with anna.transaction("department.edit") as edited:
        edited.update(Department, department, name="Stock")
    with anna.transaction("department.remove") as tx:
        tx.delete(Department, department)
    for record in (made, edited):
        with pytest.raises(BuiltUpon, match="Somebody deleted"):
            _undo(anna, record.id)


def test_what_somebody_refers_to_by_now_is_not_undone(anna: Station, jo: Station) -> None:
    """Here, and where the reference was first in the log."""
    case = anna.opens()
    with anna.transaction("requester.new") as tx:
        requester = tx.insert(Requester, name="Kowalski, hall 3")
    settle(anna, jo)
    jo.edits(case, requester_id=requester)
    undone = anna.replica.undo(tx.id, anna.analyst, at=anna.clock())
    jo.sync()
    settle(anna, jo)
    (one,) = anna.replica.conflicts()
    assert (one.tx_id, one.outcome, one.reason) == (undone.tx_id, "refused", "built upon")
    with anna.transaction("requester.new") as tx:
        other = tx.insert(Requester, name="Nowak, hall 3")
    anna.edits(case, requester_id=other)
    with pytest.raises(BuiltUpon, match="Somebody refers to what this made"):
        _undo(anna, tx.id)
    settle(anna, jo)
    assert_agree(anna, jo)


def test_undone_is_undone_once(anna: Station) -> None:
    tx = anna.edits(anna.opens(), title="After")
    _undo(anna, tx)
    with pytest.raises(BuiltUpon, match="undone already"):
        _undo(anna, tx)


def test_what_the_log_refused_is_not_undone(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    anna.claims(case)
    lost = jo.claims(case)
    settle(anna, jo)
    with pytest.raises(BuiltUpon, match="did not take this change"):
        _undo(jo, lost)


def test_undo_follows_a_change_that_was_rebased(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    tx = jo.edits(case, reopen_count=2)
    anna.edits(case, reopen_count=1)
    settle(anna, jo)
    assert jo.case(case)["reopen_count"] == 3
    _undo(jo, tx)
    assert jo.case(case)["reopen_count"] == 1


def test_only_the_last_five_hundred_are_kept(anna: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.working.JOURNAL_LENGTH", 3)
    case = anna.opens()
    old = anna.edits(case, title="0")
    for n in range(3):
        anna.edits(case, title=str(n + 1))
    with pytest.raises(BuiltUpon, match="too old"):
        _undo(anna, old)
    assert anna.count("journal") == 3


def test_what_was_not_meant_to_be_undone_or_is_too_large_is_not_offered(anna: Station) -> None:
    with anna.transaction("import.x", undoable=False) as first:
        first.insert(Department, name="Imported")
    with anna.transaction("case.new") as second:
        second.insert(Case, title="x", description="y" * 300_000, severity=1, opened_at=1, updated_at=1)
    for tx in (first, second):
        with pytest.raises(BuiltUpon, match="too old"):
            _undo(anna, tx.id)
