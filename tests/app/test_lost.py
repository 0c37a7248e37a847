"""Work that counts nowhere now, as a person meets it: told in words, sent again, given up and kept after all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.work.cases import NewCase
from app.work.lost import VALUES_AT_MOST, LostValue
from db.capture import TxRecord
from tests.desks import Clock, found_desk, join_desk

SetBack = Callable[..., None]
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = found_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def jo(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    opened = join_desk(desk, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def set_back(expect_log: Callable[[str], None]) -> Callable[..., None]:
    """Everything is sent, then undone for everybody."""
    expect_log("an administrator set the desk back")

    def go(desk: Desk, *others: Desk, head: int) -> None:
        for one in (desk, *others, desk):
            one.sync_round()
        desk.set_back(head)
        for one in others:
            one.sync_round()

    return go


def test_each_sees_all_and_is_asked_about_his_own(desk: Desk, jo: Desk, set_back: SetBack):
    case = desk.cases.new(NewCase("Printer jams", 3, description="In hall 2")).case_id
    for one in (desk, jo):
        one.sync_round()
    head = desk.replica.head.seq
    desk.cases.claim(case)
    desk.cases.set(case, description="In hall 3", severity=1)
    jo.sync_round()
    jo.cases.note(case, "The roller is worn", minutes=15)
    set_back(desk, jo, head=head)
    assert [(w.kind, w.mine, w.needs_me, w.why) for w in jo.reading.lost.all()] == [
        ("case.note", True, True, "set back"), ("case.set", False, False, "set back"),
        ("case.claim", False, False, "set back"),
    ]  # fmt: skip
    note, changed, claimed = jo.reading.lost.all()
    assert {(w.case_id, w.case_label, w.title) for w in (note, changed, claimed)} == {(case, "1", "Printer jams")}
    assert (note.author, changed.author) == ("Jo Roth", "Anna Kern")
    assert note.values == (
        LostValue("timeline_entry", "text", "The roller is worn", "", False),
        LostValue("time_entry", "minutes", "15", "", False),
    )
    assert changed.values == (
        LostValue("case", "description", "In hall 3", "In hall 2", True), LostValue("case", "severity", "1", "3", True),
    )  # fmt: skip
    assert LostValue("case", "work_owner_id", "Anna Kern", "", True) in claimed.values
    assert (jo.status()["lost"], desk.status()["lost"]) == (1, 2)


def test_what_is_submitted_again_counts_again_and_the_rest_is_given_up_and_kept_after_all(
    desk: Desk, jo: Desk, set_back: SetBack
):
    case = desk.cases.new(NewCase("Printer jams", 3)).case_id
    for one in (desk, jo):
        one.sync_round()
    head = desk.replica.head.seq
    desk.cases.set(case, title="Printer jams every hour")
    desk.cases.set(case, severity=1)
    set_back(desk, jo, head=head)
    assert not desk.has_news()
    newest, older = desk.reading.lost.all()
    assert desk.lost.submit([older.id]) == 1
    assert desk.has_news(), "the next look at the store makes a round"
    desk.sync_round()
    jo.sync_round()
    assert jo.context.reader.value('SELECT title FROM "case"') == "Printer jams every hour"
    gone = desk.lost.forget(None)
    assert [one.id for one in gone] == [newest.id]
    assert desk.reading.lost.count() == 0
    desk.lost.bring_back(gone)
    assert [work.id for work in desk.reading.lost.all()] == [newest.id]


def test_of_a_case_that_is_not_here_the_headline_is_its_title_and_long_changes_are_shortened(
    desk: Desk, set_back: SetBack
):
    head = desk.replica.head.seq
    case = desk.cases.new(NewCase("Belt 4 stops", 2, channel="phone")).case_id
    desk.cases.set(case, next_step="Look at it", kind="request", description="Often", title="Belt 4 stops often",
                   severity=1, channel="walk-in", cause="Dust")  # fmt: skip
    set_back(desk, head=head)
    changed, new = desk.reading.lost.all()
    assert (new.case_id, new.case_label, new.title) == (None, "", "Belt 4 stops")
    assert "title" not in {value.column for value in new.values}
    assert (len(changed.values), changed.more) == (VALUES_AT_MOST, 1)


def test_other_things_than_cases_are_called_by_their_name(desk: Desk, set_back: SetBack):
    head = desk.replica.head.seq
    desk.team_words.add("Förderband")
    set_back(desk, head=head)
    (word,) = desk.reading.lost.all()
    assert (word.case_id, word.title, word.kind) == (None, "Förderband", "words.add")


def test_the_command_line_names_case_and_reason(desk: Desk, capsys: Printed, set_back: SetBack):
    head = desk.replica.head.seq
    desk.cases.new(NewCase("Belt 4 stops", 2))
    set_back(desk, head=head)
    common = ["--profile", str(desk.profile.folder)]
    assert main(["lost", "list", *common, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in ("kind", "by", "title", "label", "why", "waits", "needs_me")} == {
        "kind": "case.new", "by": "Anna Kern", "title": "Belt 4 stops", "label": None, "why": "set back",
        "waits": False, "needs_me": True,
    }  # fmt: skip
    assert main(["lost", "list", *common]) == 0
    assert "Belt 4 stops  (the desk was set back on purpose)" in capsys.readouterr().out
    assert main(["status", *common]) == 0
    assert "lost 1 (`halldesk lost list`)" in capsys.readouterr().out
    assert main(["lost", "forget", "all", *common]) == 0
    assert desk.reading.lost.count() == 0


def test_a_workstation_that_was_turned_out_will_not_send_it_again(desk: Desk, jo: Desk):
    """Whom nobody can wait for, everybody is asked about at once."""
    desk.sync_round()
    device = jo.replica.fact("device")
    record = desk.cases.new(NewCase("Belt 4 stops", 2))
    body = desk.context.reader.value("SELECT body FROM journal WHERE tx_id = ?", (record.tx_id,))
    clock = desk.context.clock
    assert isinstance(clock, Clock)
    with desk.replica._writer.begin():
        desk.replica._lost.keep(
            TxRecord.unpack(body), 1, device, jo.me, waits=False, expected_until=clock() + 60_000
        )  # fmt: skip
    assert [w.why for w in desk.reading.lost.all()] == ["expected"]
    assert desk.replica.lost_count(clock()) == 0
    desk.enrolment.revoke(next(line for line in desk.devices.devices() if line.id == device))
    assert [(w.why, w.needs_me) for w in desk.reading.lost.all()] == [("overdue", True)]
    assert desk.replica.lost_count(clock()) == 1
