"""Passing a case on and back, and what is never lost on the way: the next step, what was tried, who had it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.times import HOUR_MS, MINUTE_MS
from app.work import mentions
from app.work.cases import NewCase
from app.work.passing import Hands, is_hop
from db.rules import OPEN_STATUSES
from db.shapes import Absence, Analyst, Queue, QueueMember
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    with opened.replica.transaction("admin.master", opened.me, at=clock()) as tx:
        hotline = tx.query("SELECT id FROM queue")[0][0]
        third = tx.insert(Queue, name="Developers of plant IT", kind="product", tier=3)
        second = tx.insert(Queue, name="Second line", kind="product", tier=2, then_queue_id=third)
        tx.update(Queue, hotline, hold_minutes=30, then_queue_id=second)
        roth = tx.insert(Analyst, name="Jo Roth")
        tx.insert(QueueMember, queue_id=second, analyst_id=roth)
    yield opened
    opened.close()


def _open(desk: Desk, **values) -> bytes:
    return desk.cases.new(NewCase(title="Conveyor stops", severity=2, **values)).case_id


def _row(desk: Desk, case_id: bytes):
    return desk.present.case(case_id).row


def _id(desk: Desk, kind, name: str) -> bytes:
    return desk.directory.resolve(kind, name)


def test_a_case_goes_up_by_the_queues_own_rule_and_back_to_who_had_it(desk: Desk, clock: Clock):
    case = _open(desk)
    desk.cases.claim(case)
    desk.cases.next_step(case, "Swap the sensor", at=clock.now + HOUR_MS)
    desk.cases.escalate(case, tried="Swapped the sensor", reason="Beyond me")
    view = desk.present.case(case)
    assert (view.names["queue"], view.row["tier"], view.row["work_owner_id"]) == ("Second line", 2, None)
    assert view.row["next_step"] == "Swap the sensor"
    assert view.row["next_step_at"]
    assert any(e.text == "Beyond me\n\nSwapped the sensor" for e in view.entries)
    assert {e.text for e in view.entries if e.field in ("queue", "tier") and e.old} == {"Beyond me"}
    desk.cases.escalate(case, tried="Read the log")
    assert desk.present.case(case).names["queue"] == "Developers of plant IT"
    with pytest.raises(UserError, match="no higher tier"):
        desk.cases.escalate(case, tried="All of it")
    desk.cases.de_escalate(case, "It is the cable after all")
    assert desk.present.case(case).names["queue"] == "Second line"
    desk.cases.de_escalate(case, "Plug it in")
    view = desk.present.case(case)
    assert (view.names["queue"], view.row["tier"], view.names["work_owner"]) == ("Hotline", 1, "Anna Kern")
    assert view.row["hops"] == 4
    with pytest.raises(UserError, match="lowest tier"):
        desk.cases.de_escalate(case, "Lower")


def test_who_let_a_case_go_can_take_it_back_as_it_was(tmp_path: Path, desk: Desk):
    other = join_desk(desk, tmp_path, person="Ewa Nowicka")
    case = _open(desk)
    desk.cases.claim(case)
    desk.cases.escalate(case, tried="Rebooted")
    desk.sync_round()
    other.sync_round()
    with pytest.raises(UserError, match="did not have this case before"):
        other.cases.take_back(case)
    other.cases.claim(case)
    other.sync_round()
    desk.sync_round()
    desk.cases.take_back(case, "The line called me")
    view = desk.present.case(case)
    assert (view.names["work_owner"], view.names["queue"], view.row["tier"]) == ("Anna Kern", "Hotline", 1)
    with pytest.raises(UserError, match="work on this case already"):
        desk.cases.take_back(case)
    desk.sync_round()
    other.sync_round()
    assert other.replica.digest == desk.replica.digest
    other.close()


@pytest.mark.parametrize(("to", "waits"), [("developers", "change"), ("supplier", "supplier")])
def test_outside_the_desk_a_case_waits_and_keeps_its_owner(desk: Desk, clock: Clock, to: str, waits: str):
    case = _open(desk)
    fix = _row(desk, case)["fix_due_at"]
    with pytest.raises(UserError, match="what was tried"):
        desk.cases.escalate_outside(case, to, tried="")
    desk.cases.escalate_outside(case, to, tried="Reproduced it on the bench", their_number="BUG-77")
    row = _row(desk, case)
    assert (row["status"], row["waiting_on"], row["escalated_to"], row["escalated_ref"]) == (
        "waiting", waits, to, "BUG-77",
    )  # fmt: skip
    assert (row["work_owner_id"], row["next_step_by_id"], row["fix_due_at"]) == (desk.me, desk.me, fix)
    assert row["next_step"]
    assert row["next_step_at"] > clock.now
    assert row["hops"] == 0
    desk.cases.de_escalate(case, "Patch came, to be tried")
    row = _row(desk, case)
    assert (row["status"], row["escalated_to"], row["work_owner_id"]) == ("in progress", None, desk.me)
    events = [(e.old, e.new) for e in desk.present.case(case).entries if e.field == "escalated"]
    assert events == [("", to), (to, "")]


def test_everything_that_passes_a_case_on_can_be_undone(desk: Desk):
    case = _open(desk)
    desk.cases.claim(case)
    before = _row(desk, case)
    for verb in (
        lambda: desk.cases.escalate(case, tried="Rebooted"),
        lambda: desk.cases.escalate_outside(case, "supplier", tried="Rebooted"),
        lambda: desk.cases.hand(case, to_analyst=_id(desk, "analyst", "Jo Roth"), reason="Jo knows it"),
    ):
        desk.undoing.undo(verb().tx_id)
        after = _row(desk, case)
        assert {k: v for k, v in after.items() if k != "updated_at"} == {
            k: v for k, v in before.items() if k != "updated_at"
        }
        assert not [e for e in desk.present.case(case).entries if e.kind == "note"]


def test_an_open_case_past_triage_always_says_what_is_next_by_whom_and_when(desk: Desk, clock: Clock):
    roth = _id(desk, "analyst", "Jo Roth")
    case = _open(desk, channel="e-mail")
    for verb in (
        lambda: desk.cases.note(case, "We look at it", kind="reply", audience="requester"),
        lambda: desk.cases.claim(case),
        lambda: desk.cases.wait(case, "requester"),
        lambda: desk.cases.work(case),
        lambda: desk.cases.hand(case, to_analyst=roth),
        lambda: desk.cases.escalate(case, tried="Rebooted"),
        lambda: desk.cases.escalate_outside(case, "developers", tried="Bisected"),
        lambda: desk.cases.de_escalate(case, "Answered"),
        lambda: desk.cases.hand(case, to_queue=_id(desk, "queue", "Hotline")),
        lambda: desk.cases.resolve(case, "New belt"),
        lambda: desk.cases.reopen(case, "Stops again"),
    ):
        clock.pass_minutes(1)
        verb()
        row = _row(desk, case)
        if row["status"] in OPEN_STATUSES:
            assert row["next_step"], row
            assert row["next_step_at"] is not None
            assert row["next_step_by_id"] == row["work_owner_id"] or row["work_owner_id"] is None
            assert row["next_step_by_id"] is not None or row["queue_id"] is not None
    assert _row(desk, case)["next_step"] == "Stops again"
    with pytest.raises(UserError, match="always has a next step"):
        desk.cases.set(case, next_step=None)


def test_the_next_step_that_nobody_said_fits_what_is_waited_for_and_one_that_was_said_stays(desk: Desk, clock: Clock):
    case = _open(desk)
    desk.cases.claim(case)
    desk.cases.wait(case, "parts")
    assert _row(desk, case)["next_step"] == "See whether the parts are there"
    # Monday 10:00, eight working hours of 08:00 to 17:00 later
    assert _row(desk, case)["next_step_at"] - clock.now == pytest.approx(23 * HOUR_MS, abs=50)
    desk.cases.next_step(case, "Ring the warehouse", at=clock.now + HOUR_MS)
    desk.cases.work(case)
    assert _row(desk, case)["next_step"] == "Ring the warehouse"


def test_a_reopened_case_whose_owner_is_away_finds_another(desk: Desk, clock: Clock):
    case = _open(desk)
    desk.cases.claim(case)
    desk.cases.resolve(case, "Cleaned it")
    with desk.replica.transaction("admin.absence", desk.me, at=clock()) as tx:
        tx.insert(Absence, analyst_id=desk.me, from_day="2026-01-05", kind="vacation")
    desk.cases.reopen(case, "Dirty again")
    row = _row(desk, case)
    assert row["work_owner_id"] is None
    assert row["route_reason"] == "no reachable owner"
    assert row["reopen_count"] == 1


def test_tier_one_twenty_minutes_left_then_the_second_line(desk: Desk, clock: Clock):
    case = _open(desk)
    clock.pass_minutes(10)
    held = desk.present.case(case).hold
    assert held is not None
    assert held.left_ms == pytest.approx(20 * MINUTE_MS, abs=1000)
    assert desk.directory.name("queue", held.then) == "Second line"
    desk.cases.wait(case, "requester")
    clock.pass_minutes(60)
    held = desk.present.case(case).hold
    assert held is not None
    assert held.left_ms == pytest.approx(20 * MINUTE_MS, abs=1000)
    assert held.until is None
    desk.cases.work(case)
    clock.pass_minutes(30)
    view = desk.present.case(case)
    assert view.hold is not None
    assert view.hold.left_ms == pytest.approx(-10 * MINUTE_MS, abs=1000)
    assert desk.present.as_json(view, full=True)["hold"]["then"] == "Second line"
    desk.cases.escalate(case, tried="Cleaned the rollers")
    assert desk.present.case(case).hold is None


def test_the_close_sheets_three_questions_are_kept(desk: Desk):
    case = _open(desk)
    desk.cases.resolve(case, "Taped it", outcome="workaround", documented="not needed", permanent_fix_wanted=True)
    row = _row(desk, case)
    assert (row["outcome"], row["documented"], row["permanent_fix_wanted"]) == ("workaround", "not needed", 1)
    with pytest.raises(UserError, match="no outcome"):
        desk.cases.resolve(case, "Taped it", outcome="perhaps")


holders = st.builds(Hands, st.sampled_from([None, b"a", b"b"]), st.sampled_from([None, b"q", b"r"]))


@given(holders, holders)
def test_a_hop_takes_a_case_out_of_somebodys_hands(before: Hands, after: Hands):
    if before == after or (before.owner is None and before.queue == after.queue):
        assert not is_hop(before, after)
    if before.owner is not None and before.owner != after.owner:
        assert is_hop(before, after)
    if before == Hands(None, None):
        assert not is_hop(before, after)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Jo Roth can you look?", [1]),
        ("@jo: and @EWA NOWICKA.", [1, 2]),
        ("mail jo@roth.example", []),
        ("@Roth", []),
        ("@Jonas", []),
        ("@Jürgen Maß", [4]),
        ("@Juergen", [4]),
        ("@Anna Berg and @Anna Kern", [5, 6]),
        ("@Anna", []),
    ],
)
def test_who_is_named_in_a_note(text: str, who: list[int]):
    names = {"Jo Roth": 1, "Ewa Nowicka": 2, "Jürgen Maß": 4, "Anna Berg": 5, "Anna Kern": 6}
    ids = {name: bytes([n]) for name, n in names.items()}
    assert mentions.mentioned(text, ids) == [bytes([n]) for n in who]


def test_the_same_by_command(tmp_path: Path, desk: Desk, capsys):
    number = f"~{desk.present.case(_open(desk)).rid}"
    desk.close()

    def run(verb: str, *words: str):
        code = main(["case", verb, number, *words, "--offline", "--json", "--profile", str(tmp_path / "anna")])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return json.loads(captured.out)

    run("claim")
    run("note", "--text", "@Jo Roth knows it")
    up = run("escalate", "--tried", "Rebooted", "--reason", "Beyond me", "--next-step", "Read the log")
    assert (up["queue"], up["tier"], up["hops"], up["next_step"]["what"]) == ("Second line", 2, 1, "Read the log")
    assert run("take-back", "--reason", "Line is calling")["queue"] == "Hotline"
    out = run("escalate", "--outside", "supplier", "--tried", "All", "--their-number", "4711",
              "--until", "2026-01-07T09:00:00Z")  # fmt: skip
    assert (out["escalated_to"], out["waiting_on"], out["next_step"]["when"]) == (
        "supplier", "supplier", "2026-01-07T09:00:00Z",
    )  # fmt: skip
    assert run("de-escalate", "--reason", "They sent a part")["status"] == "in progress"
    assert run("resolve", "--resolution", "Part fitted", "--outcome", "fixed", "--documented", "draft",
               "--permanent-fix-wanted")["status"] == "resolved"  # fmt: skip
    assert main(["case", "show", number, "--json", "--profile", str(tmp_path / "anna")]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["outcome"], shown["documented"], shown["permanent_fix_wanted"]) == ("fixed", "draft", True)
