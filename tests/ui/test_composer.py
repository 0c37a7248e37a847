"""The composer: audience, drafts that survive anything, files, templates, sending."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import Desk
from app.errors import UserError
from app.work.attachments import LARGEST_FILE_MB, AttachmentReader, clean_name
from app.work.following import Reminders
from app.work.notes import NoteDraft, draft_key
from app.work.templates import fill as fill_template
from tests.ui.case_desk import PATIENCE_S, CaseDesk, discard
from tests.ui.tab_order import tab_order
from ui.case_editor import CaseEditor
from ui.composer import BURST_MS
from ui.i18n import Language, Languages
from ui.insert_picker import InsertPicker
from ui.notices import Level

Key, Mod = Qt.Key, Qt.KeyboardModifier
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(520, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest, made.composer._journal]
    made.show_case(desk.case())
    desk.wait()
    yield made
    made.show_case(None)
    discard(made)


def entries(desk: CaseDesk) -> list[tuple[str, str, str]]:
    view = desk.desk.present.case(desk.case())
    return [(e.kind, e.audience, e.text) for e in view.entries if e.kind != "event"]


def drafts(desk: CaseDesk) -> dict[str, str]:
    return {key: json.loads(text)["text"] for key, text in desk.desk.drafts.all().items()}


# -- writing and sending ----------------------------------------------------------------------------------------------
def test_it_is_one_line_until_somebody_writes(qtbot: QtBot, editor: CaseEditor) -> None:
    composer = editor.composer
    small = composer.sizeHint().height()
    assert not composer._foot.isVisible()
    composer.write("note")
    assert composer._foot.isVisible()
    assert composer.sizeHint().height() > small
    editor.timeline.setFocus()
    assert not composer._foot.isVisible()


def test_an_internal_note_with_time(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note")
    qtbot.keyClicks(composer._edit, "Cable ordered")
    composer._minutes.setValue(10)
    qtbot.keyClick(composer._edit, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert entries(desk)[-1] == ("note", "internal", "Cable ordered")
    assert composer.text == ""
    assert "Cable ordered" in editor.timeline.toPlainText()
    assert desk.desk.present.case(desk.case()).minutes == 25
    assert drafts(desk) == {}


def test_a_reply_says_in_words_and_colour_who_sees_it(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note")
    inside = composer.grab().toImage().pixelColor(2, 20)
    assert composer._seen_by.text() == "Only the help desk sees this"
    composer.toggle_audience()
    assert composer._seen_by.text() == "The requester sees this"
    assert composer._kind.currentData() == "reply"
    assert composer.grab().toImage().pixelColor(2, 20) != inside
    qtbot.keyClicks(composer._edit, "We are on it")
    composer.send()
    desk.wait()
    assert entries(desk)[-1] == ("reply", "requester", "We are on it")


def test_a_call_books_phone_time(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("call", "Told him about the cable")
    composer._minutes.setValue(3)
    composer.send()
    desk.wait()
    assert entries(desk)[-1][:2] == ("call", "requester")
    assert desk.desk.present.case(desk.case()).times[-1].activity == "phone"


def test_escape_goes_back_to_the_timeline_and_keeps_the_words(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.composer.write("note", "half")
    qtbot.keyClick(editor.composer._edit, Key.Key_Escape)
    assert editor.timeline.hasFocus()
    assert editor.composer.text == "half"


def test_nothing_is_not_sent(desk: CaseDesk, editor: CaseEditor) -> None:
    before = entries(desk)
    editor.composer.send()
    desk.wait()
    assert entries(desk) == before


def picked(desk: CaseDesk, editor: CaseEditor, typed: str) -> InsertPicker:
    """The picker that is open, with these letters typed."""
    picker = editor.composer._inserting.picker
    assert picker is not None
    desk.wait()
    QTest.keyClicks(picker.field, typed)
    desk.wait()
    return picker


def test_a_template_is_filled_from_the_case(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note")
    composer._foot.template.click()
    picker = picked(desk, editor, "ask back")
    assert picker.list.choices()[0].text == "Ask back"
    assert picker.text.toPlainText().startswith("Hello Klaus Meyer,")
    qtbot.keyClick(picker.field, Key.Key_Return)
    assert composer.text.startswith("Hello Klaus Meyer,")
    assert composer.text.endswith("Anna Kern")
    assert composer._audience.choice() == "requester"


def test_a_short_word_and_tab_become_the_template_and_tab_goes_from_hole_to_hole(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    composer = editor.composer
    composer.write("note")
    qtbot.keyClicks(composer._edit, "/no")
    qtbot.keyClick(composer._edit, Key.Key_Tab)
    assert composer.text.startswith("Hello Klaus Meyer,\n\nthank you for saying")
    assert "/no" not in composer.text
    assert composer._audience.choice() == "requester"
    assert composer._edit.textCursor().selectedText() == "{? in one sentence, in their words}"
    qtbot.keyClicks(composer._edit, "the labels")
    qtbot.keyClick(composer._edit, Key.Key_Tab)
    assert composer._edit.textCursor().selectedText() == "{? what was asked}"
    composer._edit.setPlainText("/nothing-of-that-name")
    composer._edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(composer._edit, Key.Key_Tab)
    assert not composer._edit.hasFocus()


def test_a_hole_does_not_go_to_a_requester(desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    before = entries(desk)
    composer.write("reply", "Dear {requester}, we come {? day}.")
    composer.send()
    desk.wait()
    assert entries(desk) == before
    assert composer._edit.textCursor().selectedText() == "{requester}"
    assert desk.services.notices.current is not None
    assert "{requester}" in desk.services.notices.current.text
    composer._edit.setPlainText("Dear Mr Meyer, we come on Monday. {}")
    composer.send()
    desk.wait()
    assert entries(desk)[-1][2] == "Dear Mr Meyer, we come on Monday. {}"


def test_a_colleague_is_named_by_a_few_letters(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note")
    qtbot.keyClicks(composer._edit, "mail a@b.de, @ro")
    desk.wait(lambda: composer._naming.is_open)
    assert composer._naming.list is not None
    assert composer._naming.list.choices()[0].text == "Jo Roth"
    qtbot.keyClick(composer._edit, Key.Key_Tab)
    assert composer.text == "mail a@b.de, @Jo Roth "
    assert composer._edit.hasFocus()
    assert not composer._naming.is_open
    qtbot.keyClicks(composer._edit, "@")
    desk.wait(lambda: composer._naming.is_open)
    qtbot.keyClick(composer._edit, Key.Key_Escape)
    assert not composer._naming.is_open
    assert composer._edit.hasFocus()
    composer.send()
    desk.wait()
    reminders = Reminders(replace(desk.desk.context, me=desk.ids["roth"]))
    assert [named.case_id for named in reminders.mentions()] == [desk.case()]


def test_an_article_is_found_by_what_is_written_and_inserted(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note", "blank labels")
    editor.do("case.knowledge")
    picker = picked(desk, editor, "")
    assert [choice.text for choice in picker.list.choices()] == ["Zebra label printer prints blank labels"]
    qtbot.keyClicks(picker.field, "nothing like that")
    desk.wait()
    assert picker._nothing.isVisible()
    picker.field.clear()
    desk.wait()
    qtbot.keyClick(picker.field, Key.Key_Return)
    desk.wait()
    assert "Turn the ribbon" in composer.text


def test_a_long_answer_hides_no_article_that_fits_the_case(desk: CaseDesk, editor: CaseEditor) -> None:
    """It once had to fit the title and all that was written; what the case says beside its title did not count."""
    words = "The Zebra label printer prints blank labels"
    desk.desk.cases.set(desk.case(), title="Does not work any more", description=words)
    desk.wait(lambda: editor.loaded is not None and editor.loaded.view.row["title"] == "Does not work any more")
    words_ = "Good morning Mr Meyer, thank you for your patience. We have been to see you and will be back on Monday."
    editor.composer.write("reply", words_)
    editor.do("case.knowledge")
    picker = picked(desk, editor, "")
    assert [choice.text for choice in picker.list.choices()] == ["Zebra label printer prints blank labels"]
    picker.close()


def test_a_placeholder_without_a_value_stays_to_be_seen() -> None:
    assert fill_template("{requester} {unknown} {x y}", {"requester": ""}) == "{requester} {unknown} {x y}"
    assert fill_template("{requester}!", {"requester": "Meyer"}) == "Meyer!"


def test_a_refused_note_comes_back(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("note", "x")
    composer._chips.set_files([])
    composer._edit.setPlainText("kept words")
    original = desk.desk.cases.note

    def refuse(*_args: object, **_more: object) -> None:
        raise UserError("The disk is full; make room and send it again.")

    desk.desk.cases.note = refuse  # type: ignore[method-assign,assignment]
    composer.send()
    assert composer.text == ""
    desk.wait()
    assert composer.text == "kept words"
    assert desk.services.notices.current is not None
    assert desk.services.notices.current.level is Level.WARNING
    desk.desk.cases.note = original  # type: ignore[method-assign]
    composer.send()
    desk.wait()
    assert entries(desk)[-1][2] == "kept words"


# -- drafts -----------------------------------------------------------------------------------------------------------
def test_a_draft_is_kept_after_a_burst_and_stands_there_again(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.composer.write("reply")
    qtbot.keyClicks(editor.composer._edit, "Dear Mr Meyer")
    desk.wait()
    assert drafts(desk) == {draft_key(desk.case()): "Dear Mr Meyer"}
    other = CaseEditor(desk.services)
    qtbot.addWidget(other)
    other.show_case(desk.case())
    desk.wait()
    assert other.composer.text == "Dear Mr Meyer"
    assert other.composer._audience.choice() == "requester"
    other.show_case(None)


def test_every_case_has_its_own_draft(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.composer.write("note", "about the printer")
    editor.show_case(desk.case("erp case"))
    desk.wait()
    assert editor.composer.text == ""
    editor.composer.write("note", "about the ERP")
    editor.show_case(desk.case())
    desk.wait()
    assert editor.composer.text == "about the printer"
    assert set(drafts(desk).values()) == {"about the printer", "about the ERP"}


def test_a_killed_program_loses_nothing(desk: CaseDesk, tmp_path: Path) -> None:
    """Another process types, waits until that burst is kept by itself, and is killed."""
    assert BURST_MS < 600
    profile, case = desk.desk.profile.folder, desk.case()
    desk.services.lanes.close()
    desk.services.writing.close()
    program = textwrap.dedent(f"""
        import os, sys, time
        sys.path.insert(0, {str(ROOT)!r})
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from pathlib import Path
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication
        from app.profile import Profile
        from app.work.notes import draft_key
        from tests.ui.case_desk import Clock, open_desk
        from ui.case_editor import CaseEditor
        application = QApplication(["halldesk"])
        desk = open_desk(Profile(Path({str(profile)!r})), Clock())
        editor = CaseEditor(desk.services)
        editor.show()
        editor.show_case(bytes.fromhex({case.hex()!r}))
        desk.wait()
        editor.composer.write("note")
        QTest.keyClicks(editor.composer._edit, "words that must not be lost")
        key = draft_key(bytes.fromhex({case.hex()!r}))
        desk.wait(lambda: "words that must not be lost" in (desk.desk.drafts.read(key) or ""))
        print("kept", flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "kept"
        process.kill()
    again = Desk(desk.desk.profile)
    try:
        assert json.loads(again.drafts.read(draft_key(case)))["text"] == "words that must not be lost"
    finally:
        again.close()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["type", "news", "leave", "other note", "resolve", "switch"]), max_size=8))
def test_typed_words_are_never_lost_whatever_happens_meanwhile(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor, steps: list[str]
) -> None:
    composer = editor.composer
    composer._edit.clear()
    typed = ""
    for number, step in enumerate(steps):
        if step == "type":
            composer._edit.setFocus()
            qtbot.keyClicks(composer._edit, f"word{number} ")
            typed += f"word{number} "
        elif step == "news":
            desk.desk.cases.set(desk.case(), severity=1 + number % 3)
        elif step == "other note":
            desk.desk.cases.note(desk.case(), f"note {number} of somebody else")
        elif step == "leave":
            editor.timeline.setFocus()
        elif step == "switch":
            editor.show_case(desk.case("erp case"))
            if number % 2:
                desk.wait()
            editor.show_case(desk.case())
            desk.wait()
        else:
            desk.desk.cases.resolve(desk.case(), "Done")
            desk.desk.cases.reopen(desk.case(), "Not done")
        assert editor.composer.text == typed
    desk.wait()
    assert composer.text == typed
    composer._edit.clear()
    composer.flush()
    desk.wait()


# -- files ------------------------------------------------------------------------------------------------------------
def test_a_pasted_screenshot_goes_with_the_note_and_is_shown(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    picture = QImage(1600, 900, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(picture)
    editor.composer.write("note", "See picture")
    editor.composer._edit.paste()
    desk.wait()
    (file,) = editor.composer._chips.files()
    assert file.name == "Screenshot 2026-11-16 10.21.00.png"
    assert draft_key(desk.case()) in drafts(desk)
    editor.composer.send()
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert [a.sha256 for a in view.attachments] == [file.sha256]
    assert "Screenshot 2026" in editor.timeline.toPlainText()
    address = QUrl(f"attachment:{file.sha256.hex()}")
    shown = editor.timeline.document().resource(QTextDocument.ResourceType.ImageResource, address)
    assert 100 < shown.width() <= 720
    desk.services.take_back()
    desk.wait()
    assert desk.desk.present.case(desk.case()).attachments == ()


def test_files_are_pasted_shown_and_saved(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "error.log"
    file.write_bytes(b"E1234\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    editor.composer.write("note")
    editor.composer._edit.insertFromMimeData(data)
    desk.wait()
    editor.composer.send()
    desk.wait()
    assert entries(desk)[-1][2] == "error.log"
    editor._tabs.setCurrentIndex(3)
    editor._files.list.setCurrentRow(0)
    target = tmp_path / "copy.log"
    monkeypatch.setattr("ui.case_side.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
    editor._files._save_button.click()
    desk.wait()
    assert target.read_bytes() == b"E1234\n"


def test_a_file_that_is_too_large_is_refused_with_a_way_out(desk: CaseDesk, editor: CaseEditor, tmp_path: Path) -> None:
    file = tmp_path / "video.mp4"
    with file.open("wb") as handle:
        handle.truncate(LARGEST_FILE_MB * 1_000_000 + 1)
    editor.composer.attach_files([file, tmp_path, tmp_path / "missing.txt"])
    desk.wait()
    said = []
    while desk.services.notices.current is not None:
        said.append(desk.services.notices.current.text)
        desk.services.notices.dismiss()
    assert any("up to 200 MB" in text and "drive" in text for text in said)
    assert any("folder" in text for text in said)
    assert any("missing.txt" in text for text in said)
    assert editor.composer._chips.files() == ()


def test_what_might_be_a_program_is_not_opened(desk: CaseDesk) -> None:
    reader = AttachmentReader(desk.desk.context, desk.desk.profile)
    kept = desk.desk.attachments.keep("setup.exe", b"MZ")
    for said_to_be in (kept.media_type, "image/png"):
        with pytest.raises(UserError, match="save it instead"):
            reader.copy_to_show(kept.sha256, kept.name, said_to_be)
    with pytest.raises(UserError, match="not on this workstation"):
        reader.read(b"\1" * 32)


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\con.txt", "_con.txt"), ("a<b>:c?.txt", "a b  c .txt"), ("", "file"),
     ("...", "file"), ("ü.png", "ü.png")],
)  # fmt: skip
def test_file_names_are_safe_on_every_system(given_name: str, kept_name: str) -> None:
    assert clean_name(given_name) == kept_name
    assert len(clean_name("x" * 300 + ".png")) <= 120
    assert clean_name("x" * 300 + ".png").endswith(".png")


def test_german_words_fit_a_narrow_pane(desk: CaseDesk, editor: CaseEditor, languages: Languages) -> None:
    languages.choose(Language.GERMAN)
    editor.composer.write("reply", "Guten Tag")
    desk.wait()
    assert editor.composer.minimumSizeHint().width() <= 500
    assert QApplication.focusWidget() is editor.composer._edit


def test_the_journal_does_not_wait_for_the_end_of_typing_for_ever(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    """Somebody who types without a pause is kept all the same."""
    assert BURST_MS < 1_200
    editor.composer.write("note")
    give_up = time.monotonic() + PATIENCE_S
    while not drafts(desk).get(draft_key(desk.case())):
        assert time.monotonic() < give_up
        qtbot.keyClicks(editor.composer._edit, "x")
        qtbot.wait(20)


# -- whether it is a response ------------------------------------------------------------------------------------------
def last(desk: CaseDesk) -> tuple[str, str, bool]:
    """Kind, words and whether it counts, of what was written last."""
    entry = [e for e in desk.desk.present.case(desk.case()).entries if e.kind != "event"][-1]
    return entry.kind, entry.text, entry.counts


def test_what_counts_as_a_response_follows_the_kind(desk: CaseDesk, editor: CaseEditor) -> None:
    composer, tick = editor.composer, editor.composer._counts
    for kind, shown, ticked in (
        ("note", True, False),
        ("call", True, True),
        ("reply", False, True),
        ("visit", True, True),
    ):
        composer.write(kind)
        assert (tick.isVisible(), tick.isChecked()) == (shown, ticked), kind
        assert composer._note().counts is None
    composer.write("call")
    composer.toggle_audience()  # a call to a colleague
    assert (composer._kind.currentData(), tick.isVisible(), tick.isChecked()) == ("call", True, False)


def test_a_call_that_reached_nobody_is_unticked_by_keyboard(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("call")
    qtbot.keyClicks(composer._edit, "Nobody there")
    order = tab_order(editor, composer._edit)
    foot = composer._foot
    places = [order.index(one) for one in (composer._kind, composer._counts, foot.watch, foot.minutes, foot.send)]
    assert places[:3] == [places[0], places[0] + 1, places[0] + 2]
    assert places == sorted(places)
    composer._edit.setFocus()
    while QApplication.focusWidget() is not composer._counts:
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClick(composer._counts, Key.Key_Space)
    assert not composer._counts.isChecked()
    composer._edit.setFocus()
    qtbot.keyClick(composer._edit, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert last(desk) == ("call", "Nobody there", False)
    assert "does not count as a response" in editor.timeline.toPlainText()
    composer.write("call", "Told her")  # the choice was for one entry
    assert composer._counts.isChecked()
    composer.send()
    desk.wait()
    assert last(desk) == ("call", "Told her", True)


def test_a_note_is_ticked_with_the_mouse_and_answers_the_case(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("blank"))
    desk.wait()
    composer = editor.composer
    composer.write("note", "Told her in the corridor")
    qtbot.mouseClick(composer._counts, Qt.MouseButton.LeftButton, pos=composer._counts.rect().center())
    assert composer._counts.isChecked()
    qtbot.mouseClick(composer._foot.send, Qt.MouseButton.LeftButton)
    desk.wait()
    view = desk.desk.present.case(desk.case("blank"))
    assert [(e.text, e.counts) for e in view.entries if e.kind == "note"] == [("Told her in the corridor", True)]
    assert view.row["first_response_at"] is not None
    assert not composer._counts.isChecked()


def test_the_choice_is_part_of_the_draft(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    composer = editor.composer
    composer.write("call", "Nobody there")
    desk.wait()
    composer._counts.click()  # alone, it is kept as words are
    desk.wait()
    assert NoteDraft.decode(desk.desk.drafts.read(draft_key(desk.case()))).counts is False
    editor.show_case(desk.case("erp case"))
    desk.wait()
    composer.write("call")
    assert composer._counts.isChecked()
    other = CaseEditor(desk.services)
    qtbot.addWidget(other)
    other.show_case(desk.case())
    desk.wait()
    assert not other.composer._counts.isChecked()
    other.show_case(None)
    editor.show_case(desk.case())
    desk.wait()
    assert not composer._counts.isChecked()
    composer._kind.setCurrentIndex(composer._kind.findData("visit"))
    composer._kind.activated.emit(composer._kind.currentIndex())  # another kind, another default
    assert composer._counts.isChecked()


def test_writing_the_same_kind_on_leaves_the_choice(desk: CaseDesk, editor: CaseEditor, languages: Languages) -> None:
    composer = editor.composer
    composer.write("call", "Nobody")
    composer._counts.click()
    composer.write("call", " there")
    languages.choose(Language.GERMAN)
    desk.wait()
    assert not composer._counts.isChecked()
    assert composer._counts.text() == "Zählt als Reaktion"
    assert "Uhr" in composer._counts.toolTip()


@pytest.mark.parametrize("language", Language)
def test_the_tick_cuts_no_word_whatever_the_room(
    desk: CaseDesk, editor: CaseEditor, languages: Languages, language: Language
) -> None:
    """Beside the kind where that fits, else in a row of its own."""
    languages.choose(language)
    composer = editor.composer
    composer.write("visit", "Niemand da")
    rows = set()
    for width in (1200, composer.minimumSizeHint().width(), 700, 440):
        composer.setParent(None)
        composer.resize(width, composer.height())
        composer.show()
        desk.wait()
        for part in (composer._audience, composer._kind, composer._counts):
            assert part.width() >= part.sizeHint().width(), (width, part)
            assert composer._top.rect().contains(part.geometry()), (width, part)
        rows.add(composer._counts.y() > composer._kind.y() + composer._kind.height() // 2)
    assert rows == {True, False}
    assert composer.minimumSizeHint().width() <= 440
