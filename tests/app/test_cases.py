"""The verbs of a case: what they change, what they leave behind as events, what they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.errors import UserError
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.lists import CaseLine
from db.ids import new_id
from db.shapes import Absence, Asset, Coverage, Department, Place, Product, Queue, QueueMember, Requester, Skill
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    yield opened
    opened.close()


def _open(desk: Desk, title: str = "Printer is on fire", **values) -> bytes:
    return desk.cases.new(NewCase(title=title, severity=values.pop("severity", 2), **values)).case_id


def _row(desk: Desk, case_id: bytes) -> dict[str, Any]:
    return desk.present.case(case_id).row


def _line(desk: Desk, case_id: bytes) -> CaseLine:
    line = desk.lists.line(case_id)
    assert line is not None
    return line


def _events(desk: Desk, case_id: bytes) -> list[tuple[str, str, str]]:
    return [(e.field, e.old, e.new) for e in desk.present.case(case_id).entries if e.kind == "event"]


def test_a_new_case_begins_with_the_events_of_its_state(desk: Desk):
    case_id = _open(desk)
    assert _events(desk, case_id) == [
        ("opened", "", "incident"),
        ("status", "", "new"),
        ("queue", "", "Hotline"),
        ("severity", "", "2"),
        ("tier", "", "1"),
    ]
    assert _row(desk, case_id)["route_reason"] == "front line"


def test_a_call_is_answered_when_it_is_opened_and_a_mail_is_not(desk: Desk, clock: Clock):
    call, mail = _open(desk), _open(desk, channel="e-mail")
    assert _row(desk, call)["first_response_at"] == _row(desk, call)["opened_at"]
    assert _row(desk, mail)["first_response_at"] is None
    assert _row(desk, mail)["due_at"] == _row(desk, mail)["response_due_at"]
    clock.pass_minutes(5)
    desk.cases.note(mail, "We look at it now.", kind="reply", audience="requester")
    row = _row(desk, mail)
    assert row["first_response_at"] is not None
    assert row["status"] == "in progress"
    assert row["due_at"] == row["fix_due_at"]
    assert row["next_step"]


def test_targets_are_working_minutes_of_the_departments_calendar(desk: Desk):
    # Monday 10:00 in Berlin, severity 2: fix within 9 working hours of 08:00-17:00 = Tuesday 10:00.
    row = _row(desk, _open(desk))
    assert row["fix_due_at"] - row["opened_at"] == pytest.approx(24 * 3600_000, abs=1)


def test_claiming_makes_it_mine_and_says_what_is_next(desk: Desk):
    case_id = _open(desk)
    desk.cases.claim(case_id)
    row = _row(desk, case_id)
    assert (row["work_owner_id"], row["contact_owner_id"], row["status"]) == (desk.me, desk.me, "in progress")
    assert row["next_step"] == "First look"
    assert row["next_step_by_id"] == desk.me
    assert ("work_owner", "", "Anna Kern") in _events(desk, case_id)


def test_a_case_somebody_works_on_cannot_be_claimed(tmp_path: Path, desk: Desk):
    other = join_desk(desk, tmp_path)
    case_id = _open(desk)
    desk.cases.claim(case_id)
    desk.sync_round()
    other.sync_round()
    with pytest.raises(UserError, match="Anna Kern already works on this case"):
        other.cases.claim(case_id)
    other.close()


def test_two_claims_at_once_have_one_winner_and_the_loser_is_told(tmp_path: Path, desk: Desk):
    other = join_desk(desk, tmp_path)
    case_id = _open(desk)
    desk.sync_round()
    other.sync_round()
    desk.cases.claim(case_id)
    lost = other.cases.claim(case_id)
    desk.sync_round()
    result = other.sync_round()
    assert result.conflicts == 1
    assert other.replica.outcome(lost.tx_id)[0] == "refused"
    assert other.present.case(case_id).names["work_owner"] == "Anna Kern"
    (conflict,) = other.conflicts.waiting()
    assert (conflict.reason, conflict.theirs, conflict.their_author) == ("taken", "Anna Kern", "Anna Kern")
    desk.sync_round()
    assert other.replica.digest == desk.replica.digest
    other.close()


def test_waiting_on_the_requester_stops_the_fix_clock(desk: Desk, clock: Clock):
    case_id = _open(desk)
    before = _row(desk, case_id)["fix_due_at"]
    clock.pass_minutes(60)
    desk.cases.wait(case_id, "requester", next_step="call back")
    assert _row(desk, case_id)["fix_due_at"] is None
    clock.pass_minutes(120)
    desk.cases.work(case_id)
    after = _row(desk, case_id)["fix_due_at"]
    assert after - before == pytest.approx(120 * 60_000, abs=50)
    view = desk.present.case(case_id)
    assert any("requester" in s.reason for s in view.fix.segments)
    assert view.row["waiting_on"] is None


def test_waiting_on_a_supplier_does_not(desk: Desk, clock: Clock):
    case_id = _open(desk)
    before = _row(desk, case_id)["fix_due_at"]
    clock.pass_minutes(60)
    desk.cases.wait(case_id, "supplier")
    assert _row(desk, case_id)["fix_due_at"] == before


def test_escalating_goes_a_tier_up_with_what_was_tried(desk: Desk, clock: Clock):
    with desk.replica.transaction("admin.queue", desk.me, at=clock()) as tx:
        tx.insert(Queue, name="Second line", kind="product", tier=2)
    case_id = _open(desk)
    with pytest.raises(UserError, match="what was tried"):
        desk.cases.escalate(case_id, tried=" ")
    desk.cases.escalate(case_id, tried="Rebooted twice")
    view = desk.present.case(case_id)
    assert (view.row["tier"], view.names["queue"], view.row["work_owner_id"]) == (2, "Second line", None)
    assert any(e.text == "Rebooted twice" and e.kind == "note" for e in view.entries)
    tier = next(e for e in view.entries if e.field == "tier" and e.old)
    assert (tier.old, tier.new, tier.text) == ("1", "2", "Rebooted twice")


def test_resolving_needs_words_and_ends_the_clocks(desk: Desk, clock: Clock):
    case_id = _open(desk)
    with pytest.raises(UserError, match="Say what was done"):
        desk.cases.resolve(case_id, "")
    assert _row(desk, case_id)["status"] == "new"
    clock.pass_minutes(30)
    desk.cases.resolve(case_id, "New toner", cause="Empty", minutes=15)
    view = desk.present.case(case_id)
    assert (view.row["status"], view.row["resolution"], view.minutes) == ("resolved", "New toner", 15)
    assert view.row["resolved_at"] == view.row["ended_at"]
    assert view.fix.state == "met"
    assert view.row["work_owner_id"] == desk.me


def test_reopening_counts_and_keeps_the_past(desk: Desk, clock: Clock):
    case_id = _open(desk, solved="Restarted")
    clock.pass_minutes(60)
    desk.cases.reopen(case_id, "Same again")
    row = _row(desk, case_id)
    assert (row["status"], row["reopen_count"], row["resolved_at"]) == ("in progress", 1, None)
    assert [e for e in _events(desk, case_id) if e[0] == "status"] == [
        ("status", "", "new"),
        ("status", "new", "resolved"),
        ("status", "resolved", "in progress"),
    ]


@pytest.mark.parametrize("verb", ["claim", "close", "work"])
def test_a_cancelled_case_moves_no_more(desk: Desk, verb: str):
    case_id = _open(desk)
    desk.cases.cancel(case_id, "Wrong number")
    with pytest.raises(UserError):
        getattr(desk.cases, verb)(case_id)


def test_setting_severity_leaves_an_event_and_moves_the_due_time(desk: Desk):
    case_id = _open(desk, severity=4)
    before = _row(desk, case_id)["fix_due_at"]
    desk.cases.set(case_id, severity=1, title="Line 3 stands still")
    assert _row(desk, case_id)["fix_due_at"] < before
    assert ("severity", "4", "1") in _events(desk, case_id)
    with pytest.raises(UserError, match="no severity 9"):
        desk.cases.set(case_id, severity=9)
    with pytest.raises(UserError, match="can't be set"):
        desk.cases.set(case_id, status="closed")


def test_undo_takes_a_change_back_until_somebody_built_on_it(tmp_path: Path, desk: Desk):
    case_id = _open(desk)
    changed = desk.cases.set(case_id, title="Other words")
    desk.undoing.undo(changed.tx_id)
    assert _row(desk, case_id)["title"] == "Printer is on fire"
    again = desk.cases.set(case_id, title="Mine")
    desk.sync_round()
    other = join_desk(desk, tmp_path)
    other.cases.set(case_id, title="Hers")
    other.sync_round()
    desk.sync_round()
    with pytest.raises(UserError, match="Jo Roth changed title on 2026-01-05 10:00"):
        desk.undoing.undo(again.tx_id)
    assert _row(desk, case_id)["title"] == "Hers"
    other.close()


def test_undoing_a_note_removes_it_everywhere(tmp_path: Path, desk: Desk):
    case_id = _open(desk)
    done = desk.cases.note(case_id, "Written into the wrong case", kind="reply", audience="requester")
    desk.sync_round()
    desk.undoing.undo(done.tx_id)
    desk.sync_round()
    other = join_desk(desk, tmp_path)
    view = other.present.case(case_id)
    assert [e for e in view.entries if e.kind != "event"] == []
    assert view.row["status"] == "new"
    desk.sync_round()
    assert other.replica.digest == desk.replica.digest
    other.close()


def test_the_machine_says_where_it_stands_and_whose_it_is(desk: Desk, clock: Clock):
    with desk.replica.transaction("admin.master", desk.me, at=clock()) as tx:
        hall = tx.insert(Department, name="Hall 1")
        place = tx.insert(Place, name="Line 3", department_id=hall)
        product = tx.insert(Product, name="CNC control")
        machine = tx.insert(Asset, tag="CNC-007", name="Mill", department_id=hall, place_id=place, product_id=product)
        person = tx.insert(Requester, name="Shift lead", department_id=hall)
    row = _row(desk, _open(desk, asset_id=machine))
    assert (row["department_id"], row["place_id"], row["product_id"]) == (hall, place, product)
    assert _row(desk, _open(desk, requester_id=person))["department_id"] == hall


def test_routing_prefers_the_dedicated_analyst_and_says_why(tmp_path: Path, desk: Desk, clock: Clock):
    other = join_desk(desk, tmp_path)
    desk.sync_round()
    with desk.replica.transaction("admin.master", desk.me, at=clock()) as tx:
        hall = tx.insert(Department, name="Hall 1")
        tx.insert(
            Coverage, department_id=hall, primary_id=desk.me, stand_in1_id=other.me, valid_from="2020-01-01", why="paid"
        )
    row = _row(desk, _open(desk, department_id=hall))
    assert (row["contact_owner_id"], row["work_owner_id"]) == (desk.me, desk.me)
    assert row["route_reason"] == "dedicated analyst"
    with desk.replica.transaction("admin.absence", desk.me, at=clock()) as tx:
        tx.insert(Absence, analyst_id=desk.me, from_day="2026-01-05", kind="sickness")
    row = _row(desk, _open(desk, department_id=hall))
    assert (row["work_owner_id"], row["route_reason"]) == (other.me, "stand-in 1")
    other.close()


def test_a_product_before_contact_goes_to_its_least_experienced_sufficient_specialist(tmp_path: Path, desk, clock):
    other = join_desk(desk, tmp_path)
    desk.sync_round()
    with desk.replica.transaction("admin.master", desk.me, at=clock()) as tx:
        queue = tx.insert(Queue, name="MES", kind="product", tier=2)
        product = tx.insert(Product, name="MES", queue_id=queue, before_contact=True)
        for analyst, level in ((desk.me, 3), (other.me, 2)):
            tx.insert(QueueMember, queue_id=queue, analyst_id=analyst)
            tx.insert(Skill, analyst_id=analyst, product_id=product, level=level)
    row = _row(desk, _open(desk, product_id=product))
    assert (row["work_owner_id"], row["queue_id"], row["tier"]) == (other.me, queue, 2)
    assert row["route_reason"] == "product before contact"
    other.close()


def test_lists_sort_filter_and_count_what_is_open(desk: Desk, clock: Clock):
    low, high = _open(desk, "Keyboard", severity=4), _open(desk, "Line stands still", severity=1)
    done = _open(desk, "Solved", solved="yes")
    rids = desk.lists.ids(CaseList())
    assert [line.id for line in desk.lists.lines(rids)] == [high, low]
    everything = desk.lists.ids(CaseList(CaseFilter(open_only=False), "title"))
    assert [line.title for line in desk.lists.lines(everything)] == ["Keyboard", "Line stands still", "Solved"]
    words = desk.lists.ids(CaseList(CaseFilter(words="keyb", open_only=False)))
    assert [line.id for line in desk.lists.lines(words)] == [low]
    counts = desk.place_counts.at(clock())
    assert (counts.all_open.open, counts.unowned.open, counts.mine.open) == (2, 2, 0)
    desk.cases.claim(low)
    assert desk.place_counts.at(clock()).mine.open == 1
    clock.pass_minutes(60 * 24 * 3)
    assert desk.place_counts.at(clock()).all_open.overdue == 1
    assert _line(desk, done).unread
    desk.drafts.mark_read(done)
    assert not _line(desk, done).unread
    with pytest.raises(UserError, match="can't be sorted by"):
        desk.lists.ids(CaseList(order="colour"))


def test_search_finds_umlauts_numbers_and_what_was_written_later(desk: Desk):
    case_id = _open(desk, "Größe der Ausdrucke falsch")
    desk.cases.note(case_id, "Fehler 0x80070005 im Ereignisprotokoll")
    desk.sync_round()
    for words in ("groesse", "GRÖSSE", "0x80070005", "ausdru", "1"):
        assert [h.id for h in desk.search.find(words)] == [case_id], words
    assert desk.search.find("nirgends") == []
    assert desk.search.find("  ") == []


def test_a_case_unknown_here_is_said_so(desk: Desk):
    for named in ("77", "~99", "banana", new_id().hex()):
        with pytest.raises(UserError, match="There is no case"):
            desk.present.find(named)
