"""Spelling where people write: underlined, corrected by keys and by mouse, taught to the team, switched off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from app.spelling.team_words import team_words
from tests.ui.case_desk import CaseDesk
from ui.spelling import SpellCheck


@pytest.fixture
def field(desk: CaseDesk):
    edit = QPlainTextEdit()
    edit.resize(400, 120)
    edit.show()
    edit.setFocus()
    yield edit
    edit.close()
    edit.deleteLater()


def _checking(desk: CaseDesk, field: QPlainTextEdit, language: str) -> SpellCheck:
    check = SpellCheck(desk.services, field, language)
    desk.timers.append(check._soon)
    return check


def _looked(desk: CaseDesk, check: SpellCheck, *wrong: str) -> None:
    desk.wait(lambda: check.wrong == wrong)


def _menu(desk: CaseDesk) -> QMenu:
    desk.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_a_wrong_word_is_underlined_once_it_is_left_and_f7_corrects_it(desk: CaseDesk, field: QPlainTextEdit):
    check = _checking(desk, field, "de")
    QTest.keyClicks(field, "Der Netzwerkdruker")
    desk.wait(lambda: not check._soon.isActive() and not desk.services.spelling.lane_busy)
    assert check.wrong == (), "it is being typed yet"
    QTest.keyClicks(field, " steht")
    _looked(desk, check, "Netzwerkdruker")
    assert field.extraSelections()[0].cursor.selectedText() == "Netzwerkdruker"
    undos = field.document().availableUndoSteps()
    QTest.keyClick(field, Qt.Key.Key_F7)
    menu = _menu(desk)
    assert _entries(menu)[0] == "Netzwerkdrucker"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert field.toPlainText() == "Der Netzwerkdrucker steht"
    assert field.document().availableUndoSteps() > undos, "marks are no step of the undo, corrections are"
    field.undo()
    assert field.toPlainText() == "Der Netzwerkdruker steht"


def test_the_mouse_opens_the_same_and_the_team_learns_a_word(desk: CaseDesk, field: QPlainTextEdit):
    check = _checking(desk, field, "de")
    field.setPlainText("Die Krawuttkepresse ist laut 😀 und die Krawuttke-Bahn steht. ")
    _looked(desk, check, "Krawuttkepresse", "Krawuttke-Bahn")
    marks = field.extraSelections()
    cursor = marks[1].cursor
    assert cursor.selectedText() == "Krawuttke-Bahn", "an emoji before it counts for two"
    cursor.setPosition(cursor.selectionStart() + 3)
    place = field.cursorRect(cursor).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.viewport().mapToGlobal(place))
    QApplication.sendEvent(field.viewport(), event)
    menu = _menu(desk)
    teach = next(action for action in menu.actions() if "team" in action.text())
    assert "Krawuttke-Bahn" in teach.text()
    assert any("Paste" in words for words in _entries(menu)), "what the menu always has is in it"
    assert not any(one.isVisible() for one in menu.findChildren(QMenu)), "and lies on nothing else"
    teach.trigger()
    menu.close()
    _looked(desk, check, "Krawuttkepresse")
    assert team_words(desk.desk.context) == ["Krawuttke-Bahn"]
    desk.services.take_back()
    _looked(desk, check, "Krawuttkepresse", "Krawuttke-Bahn")


def test_a_word_is_ignored_and_another_language_chosen(desk: CaseDesk, field: QPlainTextEdit):
    check = _checking(desk, field, "en")
    field.setPlainText("Der Drucker ")
    _looked(desk, check, "Der", "Drucker")
    desk.services.spelling.ignore("Der")
    _looked(desk, check, "Drucker")
    QApplication.sendEvent(field, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    languages = next(action.menu() for action in _menu(desk).actions() if action.text() == "Check spelling")
    assert isinstance(languages, QMenu)
    next(action for action in languages.actions() if action.text() == "Deutsch").trigger()
    _looked(desk, check)
    assert check.language == "de"
    check.set_language("en")
    assert check.language == "de", "what somebody chose stays for this text"


def test_it_is_switched_off_in_the_settings(desk: CaseDesk, field: QPlainTextEdit):
    check = _checking(desk, field, "en")
    field.setPlainText("recieve it ")
    _looked(desk, check, "recieve")
    desk.services.settings["spelling"] = False
    _looked(desk, check)
    assert not field.extraSelections()
    desk.services.settings["spelling"] = True
    _looked(desk, check, "recieve")


def test_f7_says_when_there_is_nothing(desk: CaseDesk, field: QPlainTextEdit):
    SpellCheck(desk.services, field, "en")
    field.setPlainText("all well ")
    desk.wait(lambda: not desk.services.spelling.lane_busy)
    QTest.keyClick(field, Qt.Key.Key_F7)
    current = desk.services.notices.current
    assert current is not None
    assert "No word" in current.text
