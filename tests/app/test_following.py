"""Watching, reminders, putting off, being named; and what I did today."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.times import HOUR_MS
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.daybook import LONGEST_MS, SHORTEST_MS, Daybook, spent
from app.work.following import Following, Reminders
from tests.desks import Clock, found_desk, join_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    yield opened
    opened.close()


def following(desk: Desk) -> Following:
    return desk.following


def _open(desk: Desk, title: str = "Conveyor stops") -> bytes:
    return desk.cases.new(NewCase(title=title, severity=3)).case_id


def test_a_snoozed_case_is_out_of_my_lists_and_in_everybody_elses(desk: Desk, clock: Clock):
    case = _open(desk)
    desk.cases.claim(case)
    mine = CaseList(CaseFilter(analyst=desk.me, snoozed=False))
    following(desk).snooze(case, clock.now + HOUR_MS, "After lunch")
    assert not len(desk.lists.ids(mine))
    assert desk.place_counts.at(clock()).mine.open == 0
    assert len(desk.lists.ids(CaseList(CaseFilter(queue=desk.present.case(case).row["queue_id"])))) == 1
    assert len(desk.lists.ids(CaseList(CaseFilter(snoozed=True)))) == 1
    assert desk.present.case(case).fix.state == "running"
    assert not Reminders(desk.context).mine(clock())
    clock.now += HOUR_MS
    assert len(desk.lists.ids(mine)) == 1
    (due,) = Reminders(desk.context).mine(clock())
    assert (due.case_id, due.text, due.hides) == (case, "After lunch", True)
    following(desk).done(due.id)
    assert not Reminders(desk.context).mine()


def test_snoozing_again_moves_it_and_undo_brings_it_back(desk: Desk, clock: Clock):
    case = _open(desk)
    follow = following(desk)
    follow.snooze(case, clock.now + HOUR_MS)
    again = follow.snooze(case, clock.now + 2 * HOUR_MS)
    assert [one.at - clock.now for one in Reminders(desk.context).mine()] == [pytest.approx(2 * HOUR_MS, abs=20)]
    desk.undoing.undo(again.tx_id)
    assert [one.at - clock.now for one in Reminders(desk.context).of(case)] == [pytest.approx(HOUR_MS, abs=20)]
    with pytest.raises(UserError, match="passed already"):
        follow.snooze(case, clock.now - 1)
    desk.cases.resolve(case, "Belt")
    with pytest.raises(UserError, match="not open"):
        follow.snooze(case, clock.now + HOUR_MS)


def test_reminders_are_on_every_workstation_and_can_be_for_a_colleague(tmp_path: Path, desk: Desk, clock: Clock):
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    case = _open(desk)
    following(desk).remind(case, clock.now + HOUR_MS, "Ask Jo", who=jo.me)
    desk.sync_round()
    jo.sync_round()
    (due,) = Reminders(jo.context).mine()
    assert due.text == "Ask Jo"
    assert not Reminders(desk.context).mine()
    following(jo).again(due.id, clock.now + 3 * HOUR_MS)
    assert Reminders(jo.context).mine()[0].at > due.at
    jo.close()


def test_who_is_named_in_a_note_is_told_and_watches_until_they_look(tmp_path: Path, desk: Desk):
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    case = _open(desk)
    done = desk.cases.note(case, "@Jo Roth, do you know this one?")
    desk.sync_round()
    jo.sync_round()
    (named,) = Reminders(jo.context).mentions()
    assert (named.by, named.read, named.text) == ("Anna Kern", False, "@Jo Roth, do you know this one?")
    assert len(jo.lists.ids(CaseList(CaseFilter(watched_by=jo.me)))) == 1
    jo.drafts.mark_read(case)
    assert Reminders(jo.context).mentions()[0].read
    desk.undoing.undo(done.tx_id)
    desk.sync_round()
    jo.sync_round()
    assert Reminders(jo.context).mentions() == []
    assert desk.replica.digest == jo.replica.digest
    jo.close()


def test_watching_is_for_me_or_for_a_colleague(tmp_path: Path, desk: Desk):
    jo = join_desk(desk, tmp_path)
    desk.sync_round()
    case = _open(desk)
    following(desk).watch(case, who=jo.me)
    following(desk).watch(case)
    assert set(desk.present.case(case).watchers) == {desk.me, jo.me}
    following(desk).watch(case, on=False)
    assert desk.present.case(case).watchers == (jo.me,)
    jo.close()


def test_what_i_did_today_by_case_with_what_can_still_be_booked(tmp_path: Path, desk: Desk, clock: Clock):
    jo = join_desk(desk, tmp_path)
    clock.pass_minutes(24 * 60)
    first, second = _open(desk, "Spindle"), _open(desk, "Mouse")
    clock.pass_minutes(10)
    desk.cases.note(first, "Looked at the drive")
    clock.pass_minutes(20)
    desk.cases.note(second, "New mouse", minutes=7)
    desk.sync_round()
    jo.sync_round()
    jo.cases.note(first, "Jo was here too")
    day = Daybook(desk.context).of()
    assert [(one.title, one.booked, one.suggested) for one in day.cases] == [("Spindle", 0, 15), ("Mouse", 7, 13)]
    assert [act.what for act in day.cases[0].acts][:2] == ["event: opened", "event: status"]
    assert day.cases[0].acts[-1].text == "Looked at the drive"
    assert Daybook(desk.context).of().suggested == 28
    (jos,) = Daybook(jo.context).of().cases
    assert [act.text for act in jos.acts] == ["Jo was here too"]
    clock.pass_minutes(24 * 60)
    assert Daybook(desk.context).of().cases == ()
    jo.close()


acts = st.lists(st.tuples(st.integers(0, 10 * HOUR_MS), st.sampled_from([b"a", b"b", b"c"])), max_size=30).map(sorted)


@given(acts)
def test_time_spent_is_never_more_than_the_day_and_never_less_than_a_look(drawn: list[tuple[int, bytes]]):
    found = spent(drawn)
    assert found.keys() == {case for _at, case in drawn}
    if drawn:
        total = sum(found.values())
        assert SHORTEST_MS <= total <= drawn[-1][0] - drawn[0][0] + SHORTEST_MS
        gaps = [b - a for (a, _), (b, _) in pairwise(drawn)]
        assert total == SHORTEST_MS + sum(SHORTEST_MS if gap > LONGEST_MS else gap for gap in gaps)


def test_the_same_by_command(tmp_path: Path, desk: Desk, capsys):
    number = f"~{desk.present.case(_open(desk)).rid}"
    desk.close()

    def run(*words: str, code: int = 0):
        assert main([*words, "--json", "--profile", str(tmp_path / "anna")]) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    run("case", "watch", number, "--offline")
    run("case", "unwatch", number, "--offline")
    run("case", "remind", number, "--at", "2h", "--text", "Ring back", "--offline")
    run("case", "claim", number, "--offline")
    run("case", "snooze", number, "--at", "3d", "--offline")
    assert run("case", "list", "--mine") == []
    assert len(run("case", "list", "--snoozed")) == 1
    assert [one["kind"] for one in run("case", "reminders")] == ["reminder", "snoozed"]
    run("case", "remind", number, "--at", "2001-01-01T00:00:00Z", "--offline", code=1)
    (told,) = run("today")
    assert told["case"] == number
    assert told["suggested"] >= 5
    (told,) = run("today", "--book", "--offline")
    assert told["booked"] >= 5
    assert told["suggested"] == 0


def test_booked_time_is_corrected_with_its_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = found_desk(tmp_path)
    try:
        case = desk.cases.new(NewCase("Printer jams", 3)).case_id
        desk.cases.time(case, 30, activity="phone", note="call")
        (one,) = Daybook(desk.context).of().cases
        (entry,) = one.entries
        one_day = Daybook(desk.context).of().day
        assert one.acts[0].what == "event: opened"
        done = desk.cases.correct_time(entry.id, 20)
        (again,) = Daybook(desk.context).of().cases
        assert (again.booked, again.entries[0].activity, again.entries[0].note) == (20, "phone", "call")
        with pytest.raises(UserError, match="corrected already"):
            desk.cases.correct_time(entry.id, 10)
        desk.undoing.undo(done.tx_id)
        assert Daybook(desk.context).of().booked == 30
        label, profile = desk.present.case(case).label, str(desk.profile.folder)
        command = ["case", "time", label, "--correct", "--offline", "--profile", profile, "--date", one_day]
        assert main([*command, "--minutes", "0"]) == 0
        assert "0 min instead of 30" in capsys.readouterr().out
        assert Daybook(desk.context).of().booked == 0
        assert main([*command, "--minutes", "5"]) == 1
        assert "booked nothing" in capsys.readouterr().err
        assert desk.context.reader.value("SELECT count(*) FROM time_entry") == 2
    finally:
        desk.close()
