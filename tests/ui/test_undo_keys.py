"""Ctrl+Z with the cursor in a field: typing first, and where there is none the last deed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Languages
from ui.in_place import InPlaceText
from ui.theme import Theme

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages)
    one.window.activateWindow()
    one.wait(one.window.isActiveWindow)
    yield one
    one.close()


def severity(opened: OpenWindow) -> int:
    line = opened.desk.lists.line(opened.ids["erp case"])
    assert line is not None
    return line.severity


def step_field(opened: OpenWindow) -> InPlaceText:
    opened.window.follow(opened.ids["blank"])
    opened.wait(lambda: opened.window.editor.loaded is not None)
    opened.wait()
    field: InPlaceText = opened.window.editor._head.next_step.what
    return field


def fields(opened: OpenWindow) -> dict[str, QLineEdit | InPlaceText]:
    return {"search": opened.window.search, "filter": opened.page.filter, "step": step_field(opened)}


@pytest.mark.parametrize("which", ["search", "filter", "step"])
def test_typing_is_taken_back_first_and_then_the_last_deed(opened: OpenWindow, which: str) -> None:
    field = fields(opened)[which]
    opened.client.services.run(lambda desk: desk.cases.set(opened.ids["erp case"], severity=1), said="Worse")
    opened.wait()
    field.setFocus()
    opened.wait(field.hasFocus)
    QTest.keyClicks(field, "zz")
    opened.press(field, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert not field.text()
    assert severity(opened) == 1, "only the typing was taken back"
    opened.press(field, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert severity(opened) == 3
    assert opened.client.services.undo.undone[-1][1] == "Worse"


def test_a_filter_the_program_emptied_is_no_typing(opened: OpenWindow) -> None:
    opened.client.services.run(lambda desk: desk.cases.set(opened.ids["erp case"], severity=1), said="Worse")
    opened.page.filter.setFocus()
    QTest.keyClicks(opened.page.filter, "erp")
    opened.wait()
    opened.go("mine")
    opened.page.filter.setFocus()
    opened.wait(opened.page.filter.hasFocus)
    opened.press(opened.page.filter, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert not opened.page.filter.text()
    assert severity(opened) == 3


def test_a_field_inside_a_field_is_asked_too(opened: OpenWindow) -> None:
    """A list one can type into has the focus itself; the typing is the business of the line in it."""
    box = QComboBox(opened.window.centralWidget())
    box.setEditable(True)
    box.show()
    opened.client.services.run(lambda desk: desk.cases.set(opened.ids["erp case"], severity=1), said="Worse")
    opened.wait()
    box.setFocus()
    opened.wait(lambda: isinstance(opened.window.focusWidget(), QWidget) and box.hasFocus())
    QTest.keyClicks(box, "q")
    opened.press(box, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert severity(opened) == 1
    opened.press(box, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert severity(opened) == 3
