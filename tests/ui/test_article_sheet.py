"""A solved case becomes an article in the client: filled in, finished in a minute, or put off without loss."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.knowledge.drafting import as_steps, begun, put_off
from tests.ui.case_desk import CaseDesk, discard
from ui.article_sheet import ArticleSheet
from ui.case_editor import CaseEditor
from ui.resolve_sheet import ResolveSheet

Key, Mod, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@given(st.text(alphabet="ab 1.-\n", max_size=40))
def test_lines_become_steps_and_steps_stay(text: str) -> None:
    steps = as_steps(text)
    assert as_steps(steps) == steps
    words = [line.strip() for line in text.splitlines() if line.strip()]
    assert all(word in steps for word in words)


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest, made.suggested._timer]
    made.show_case(desk.case("erp case"))
    desk.wait()
    yield made
    made.show_case(None)
    discard(made)


def resolve(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor, words: str) -> ArticleSheet:
    editor.do("case.resolve")
    desk.wait()
    sheet = editor.sheet
    assert isinstance(sheet, ResolveSheet)
    assert sheet.draft.isChecked(), "no article is about it: a draft is proposed"
    assert sheet.article.isEnabled()
    sheet.resolution.setPlainText(words)
    qtbot.keyClick(sheet.resolution, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    article = editor.sheet
    assert isinstance(article, ArticleSheet)
    return article


def test_a_draft_from_a_case_finished_by_keyboard(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    assert editor.suggested.newness.new, "nothing is known of it"
    sheet = resolve(qtbot, desk, editor, "Told Petra Schulz to lock the screen once\nNew login, 3120 works")
    assert QApplication.focusWidget() is sheet.title
    assert sheet.title.text() == "ERP login fails after password change"
    assert sheet.solution.toPlainText().startswith("1. Told [name] to lock the screen once\n2. New login")
    assert sheet.warning.isHidden() or "3120" in sheet.solution.toPlainText()
    qtbot.keyClicks(sheet.problem, "After the password was changed the ERP refuses it.")
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClick(sheet.solution, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert editor.sheet is None
    reader = desk.desk.context.reader
    row = reader.one("SELECT * FROM article WHERE title LIKE 'ERP login%'")
    assert row is not None
    assert (row["state"], row["problem"]) == ("generic", "After the password was changed the ERP refuses it.")
    uses = desk.desk.knowledge.uses(row["id"])
    assert [(use.case_id, use.helped) for use in uses] == [(desk.case("erp case"), True)]
    assert reader.value("SELECT count(*) FROM article") == 2
    assert put_off(desk.desk.context) == []
    assert not desk.desk.reading.new_kinds.of_case(desk.case("erp case")).new


def test_put_off_without_loss_and_finished_later(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    case = desk.case("erp case")
    sheet = resolve(qtbot, desk, editor, "Locked the screen once")
    qtbot.keyClicks(sheet.cause, "The ticket was old")
    qtbot.keyClick(sheet.cause, Key.Key_Escape)
    desk.wait()
    assert editor.sheet is None
    waiting = put_off(desk.desk.context)
    assert [(one.case_id, one.title) for one in waiting] == [(case, "ERP login fails after password change")]
    editor.show_case(desk.case())
    desk.wait()
    editor.show_case(case)
    desk.wait()
    editor.do("case.article")
    desk.wait()
    again = editor.sheet
    assert isinstance(again, ArticleSheet)
    assert again.cause.toPlainText() == "The ticket was old"
    assert again.solution.toPlainText() == "Locked the screen once"
    qtbot.mouseClick(again.go, Left)
    desk.wait()
    assert put_off(desk.desk.context) == []
    assert desk.desk.context.reader.value("SELECT cause FROM article WHERE state = 'generic'") == "The ticket was old"


def test_no_article_goes_to_the_archive_and_undo_brings_it_back(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    sheet = resolve(qtbot, desk, editor, "Done")
    qtbot.mouseClick(sheet.none, Left)
    desk.wait()
    assert editor.sheet is None
    assert begun(desk.desk.context, desk.case("erp case")) is None
    desk.services.take_back()
    desk.wait()
    assert begun(desk.desk.context, desk.case("erp case")) is not None


def test_a_name_in_the_text_is_pointed_out(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    sheet = resolve(qtbot, desk, editor, "Done")
    assert sheet.warning.isHidden()
    qtbot.keyClicks(sheet.solution, " by Petra Schulz")
    assert not sheet.warning.isHidden()


def test_nobody_is_asked_where_an_article_is_about_it_or_somebody_decided(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    editor.show_case(desk.case())
    desk.wait()
    editor.do("case.resolve")
    desk.wait()
    assert isinstance(editor.sheet, ResolveSheet)
    assert not editor.sheet.draft.isChecked()
    editor.show_case(desk.case("erp case"))
    desk.wait()
    editor.do("case.resolve")
    assert isinstance(editor.sheet, ResolveSheet)
    sheet = editor.sheet
    qtbot.mouseClick(sheet.draft, Left)
    qtbot.mouseClick(sheet.draft, Left)
    desk.wait()
    assert not sheet.draft.isChecked()
    sheet.resolution.setPlainText("Done")
    sheet.submit()
    desk.wait()
    assert editor.sheet is None
    assert desk.desk.present.case(desk.case("erp case")).row["documented"] == "not needed"
