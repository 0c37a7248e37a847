"""What a requester will see is held back: taken back, sent at once, sent by closing, found again after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.reading import ReadingDesk
from app.work.notes import NoteDraft, draft_key
from app.work.sending import held_note, hold, waiting
from tests.ui.case_desk import CaseDesk, discard
from tests.ui.open_window import open_window
from ui.case_editor import CaseEditor
from ui.i18n import Languages
from ui.sheets import CancelSheet
from ui.theme import Theme

Key, Mod = Qt.Key, Qt.KeyboardModifier
LONG = 600


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    desk.services.settings["send_delay_s"] = LONG
    made = CaseEditor(desk.services)
    made.resize(520, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest, made.composer._journal]
    made.show_case(desk.case())
    desk.wait()
    yield made
    desk.services.sending._held.clear()
    made.show_case(None)
    discard(made)


def replies(desk: CaseDesk) -> list[str]:
    view = desk.desk.present.case(desk.case())
    return [entry.text for entry in view.entries if entry.kind == "reply"]


def answer(desk: CaseDesk, editor: CaseEditor, words: str) -> None:
    editor.composer.write("reply", words)
    editor.composer.send()
    desk.wait()


def test_a_reply_waits_and_says_so_and_an_internal_note_does_not(desk: CaseDesk, editor: CaseEditor) -> None:
    before = len(replies(desk))
    answer(desk, editor, "We come at eleven.")
    assert len(replies(desk)) == before
    assert editor.composer.text == ""
    line = editor.composer._held
    assert line.isVisible()
    sending = desk.services.sending
    sending.changed.emit()
    left = sending.seconds_left(*sending.of(desk.case()))
    assert LONG - 60 < left <= LONG, "a slow machine has used up some of it by now"
    assert line.words.text() == f"Goes out in {left} s: We come at eleven."
    editor.composer.write("note", "Bring the cable")
    editor.composer.send()
    desk.wait()
    assert desk.desk.present.case(desk.case()).entries[-1].text == "Bring the cable"
    line.now.click()
    desk.wait()
    assert replies(desk)[-1] == "We come at eleven."
    assert not line.isVisible()
    assert waiting(desk.desk.drafts) == []


def test_it_goes_out_by_itself(desk: CaseDesk, editor: CaseEditor) -> None:
    desk.services.settings["send_delay_s"] = 1
    answer(desk, editor, "We come at eleven.")
    desk.wait(lambda: replies(desk)[-1] == "We come at eleven.")
    assert len(desk.services.sending) == 0


def test_undo_takes_it_back_into_the_field_before_what_was_written_since(desk: CaseDesk, editor: CaseEditor) -> None:
    before = replies(desk)
    answer(desk, editor, "We come at eleven.")
    editor.composer.write("reply", "Or at twelve.")
    desk.services.take_back()
    desk.wait()
    assert editor.composer.text == "We come at eleven.\n\nOr at twelve."
    assert editor.composer._audience.choice() == "requester"
    assert waiting(desk.desk.drafts) == []
    assert NoteDraft.decode(desk.desk.drafts.read(draft_key(desk.case()))).text == editor.composer.text
    assert replies(desk) == before


def test_taken_back_beside_an_internal_note_it_stays_internal(desk: CaseDesk, editor: CaseEditor) -> None:
    answer(desk, editor, "We come at eleven.")
    editor.composer.write("note", "He was rude.")
    desk.services.take_back()
    desk.wait()
    assert editor.composer._audience.choice() == "internal"


def test_undo_keeps_its_place_in_the_history(desk: CaseDesk, editor: CaseEditor) -> None:
    answer(desk, editor, "We come at eleven.")
    editor.set_field("Severity changed", severity=1)
    desk.wait()
    desk.services.sending.send_now()
    desk.wait()
    desk.services.take_back()
    desk.wait()
    assert desk.desk.present.case(desk.case()).row["severity"] == 2
    assert replies(desk)[-1] == "We come at eleven."
    desk.services.take_back()
    desk.wait()
    assert "We come at eleven." not in replies(desk)


def test_taken_back_from_another_case_it_is_that_case_s_draft(desk: CaseDesk, editor: CaseEditor) -> None:
    answer(desk, editor, "We come at eleven.")
    editor.show_case(desk.case("erp case"))
    desk.wait()
    assert not editor.composer._held.isVisible()
    desk.services.take_back()
    desk.wait()
    assert editor.composer.text == ""
    editor.show_case(desk.case())
    desk.wait()
    assert editor.composer.text == "We come at eleven."


def test_a_sheet_sends_first_what_was_written_first(desk: CaseDesk, editor: CaseEditor) -> None:
    answer(desk, editor, "It was no fault of the printer.")
    editor.do("case.cancel")
    sheet = editor.sheet
    assert isinstance(sheet, CancelSheet)
    sheet.why.setPlainText("Wrong paper")
    sheet.submit()
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert view.row["status"] == "cancelled"
    kinds = [row["kind"] for row in desk.desk.context.reader.all("SELECT kind FROM journal ORDER BY n DESC LIMIT 2")]
    assert kinds == ["case.cancel", "case.note"]


def test_a_refused_reply_comes_back(desk: CaseDesk, editor: CaseEditor) -> None:
    answer(desk, editor, "We come at eleven.")

    def refuse(*_args: object, **_more: object) -> None:
        raise UserError("The disk is full; make room and send it again.")

    desk.desk.cases.note = refuse  # type: ignore[method-assign,assignment]
    desk.services.sending.send_now()
    desk.wait()
    assert editor.composer.text == "We come at eleven."
    assert waiting(desk.desk.drafts) == []


def test_what_a_crash_left_is_sent_once_at_the_next_start(desk: CaseDesk, editor: CaseEditor) -> None:
    """Killed before the note was in the database, and killed right after it was."""
    first = held_note(desk.case(), "2", NoteDraft("Left by a crash", "reply", "requester"))
    second = held_note(desk.case(), "2", NoteDraft("Left by a later crash", "reply", "requester"))
    hold(desk.desk.drafts, first)
    hold(desk.desk.drafts, second)
    desk.desk.cases.note(desk.case(), "Left by a later crash", kind="reply", audience="requester", entry_id=second.id)
    desk.services.sending.resume()
    desk.wait()
    assert replies(desk).count("Left by a crash") == 1
    assert replies(desk).count("Left by a later crash") == 1
    assert waiting(desk.desk.drafts) == []
    current = desk.services.notices.current
    assert current is not None
    assert "case 2" in current.text


def test_time_and_files_go_with_it(desk: CaseDesk, editor: CaseEditor, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("eleven")
    minutes = desk.desk.present.case(desk.case()).minutes
    editor.composer.write("reply", "See the plan")
    editor.composer._minutes.setValue(7)
    editor.composer.attach_files([tmp_path / "plan.txt"])
    desk.wait()
    editor.composer.send()
    desk.services.sending.send_now()
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert view.minutes == minutes + 7
    assert [line.name for line in view.attachments] == ["plan.txt"]


def test_who_closes_the_window_has_sent(
    tmp_path_factory: pytest.TempPathFactory, theme: Theme, languages: Languages
) -> None:
    opened = open_window(tmp_path_factory.mktemp("closing"), theme, languages, settings={"send_delay_s": LONG})
    profile, case = opened.client.profile, opened.ids["printer"]
    opened.window.follow(case)
    opened.wait()
    composer = opened.window.editor.composer
    composer.write("reply", "We come at eleven.")
    composer.send()
    composer.write("note", "not sent yet")
    opened.close()
    reading = ReadingDesk(profile)
    try:
        assert waiting(reading.drafts) == []
        texts = [row["text"] for row in reading.context.reader.all("SELECT text FROM timeline_entry")]
        assert texts.count("We come at eleven.") == 1
        assert NoteDraft.decode(reading.drafts.read(draft_key(case))).text == "not sent yet"
    finally:
        reading.close()


def test_what_is_typed_while_a_reply_is_on_its_way_outlives_a_close_at_once(
    tmp_path_factory: pytest.TempPathFactory, theme: Theme, languages: Languages
) -> None:
    """Holding a reply back empties the draft of its case: on a busy lane that comes after the window was closed."""
    opened = open_window(tmp_path_factory.mktemp("closing"), theme, languages, settings={"send_delay_s": LONG})
    profile, case, lanes = opened.client.profile, opened.ids["printer"], opened.client.lanes
    opened.window.follow(case)
    opened.wait()
    lanes.write.submit(lanes.stopping.wait, 20)
    composer = opened.window.editor.composer
    composer.write("reply", "We come at eleven.")
    composer.send()
    composer.write("note", "not sent yet")
    opened.close()
    reading = ReadingDesk(profile)
    try:
        assert waiting(reading.drafts) == []
        assert NoteDraft.decode(reading.drafts.read(draft_key(case))).text == "not sent yet"
    finally:
        reading.close()


def test_whether_it_counts_is_held_back_with_it(desk: CaseDesk, editor: CaseEditor) -> None:
    """Taken back, sent on, and found again after a crash."""
    composer = editor.composer
    composer.write("call", "Nobody there")
    composer._counts.click()
    composer.send()
    desk.wait()
    assert waiting(desk.desk.drafts)[0].note.counts is False
    composer.write("call")
    assert composer._counts.isChecked()
    composer.write("note")
    desk.services.take_back()
    desk.wait()
    assert composer._kind.currentData() == "call"
    assert not composer._counts.isChecked()
    composer.send()
    desk.services.sending.send_now()
    desk.wait()
    left = held_note(desk.case(), "2", NoteDraft("Nobody there again", "call", "requester", counts=False))
    hold(desk.desk.drafts, left)
    desk.services.sending.resume()
    desk.wait()
    view = desk.desk.present.case(desk.case())
    calls = [(entry.text, entry.counts) for entry in view.entries if entry.kind == "call"]
    assert calls == [("Nobody there", False), ("Nobody there again", False)]


def test_a_refused_call_comes_back_with_its_choice(desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("call", "Nobody there")
    composer._counts.click()
    composer.send()
    desk.wait()

    def refuse(*_args: object, **_more: object) -> None:
        raise UserError("The disk is full; make room and send it again.")

    desk.desk.cases.note = refuse  # type: ignore[method-assign,assignment]
    desk.services.sending.send_now()
    desk.wait()
    assert composer.text == "Nobody there"
    assert not composer._counts.isChecked()
