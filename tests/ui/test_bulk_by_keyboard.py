"""Many cases changed at once without a mouse: chosen, previewed, carried out, taken back, done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.open_window import OpenWindow, open_window
from ui.bulk_dialog import BulkDialog
from ui.i18n import Languages
from ui.theme import Theme

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=20)
    one.window.activateWindow()
    one.wait(one.window.isActiveWindow)
    yield one
    one.close()


def focus(opened: OpenWindow) -> QWidget:
    opened.wait(lambda: QApplication.focusWidget() is not None)
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tab_to(opened: OpenWindow, wanted: QWidget) -> None:
    """Tab, until the cursor is there."""
    for _ in range(30):
        if focus(opened) is wanted:
            return
        QTest.keyClick(focus(opened), Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName() or wanted}")


def state(opened: OpenWindow, ids: list[bytes]) -> list[tuple[int, str, tuple[str, ...]]]:
    views = [opened.desk.present.case(case) for case in ids]
    return [(view.row["severity"], view.row["next_step"] or "", view.tags) for view in views]


def test_chosen_previewed_changed_taken_back_and_done_again(opened: OpenWindow) -> None:
    opened.table.setFocus()
    for _ in range(3):
        opened.press(focus(opened), Key.Key_Down)
    for _ in range(4):
        opened.press(focus(opened), Key.Key_Down, Mod.ShiftModifier)
    opened.wait()
    ids = [line.id for line in opened.table.selected_lines()]
    assert len(ids) == 5
    before = state(opened, ids)
    opened.press(focus(opened), Key.Key_E, Mod.ControlModifier)
    opened.wait(lambda: isinstance(QApplication.activeWindow(), BulkDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, BulkDialog)
    tab_to(opened, dialog.next_step)
    QTest.keyClicks(focus(opened), "Ask the supplier")
    tab_to(opened, dialog.severity)
    QTest.keyClick(focus(opened), Key.Key_1)
    tab_to(opened, dialog.tag)
    QTest.keyClicks(focus(opened), "recall")

    def told() -> list[str]:
        return [str(dialog.preview.model().index(row, 2).data()) for row in range(dialog.preview.rowCount())]

    opened.wait(lambda: told() and all("Tag + recall" in words for words in told()))  # there may be one without it yet
    assert dialog._sum.text() == "5 will change"
    assert all("Severity: " in words for words in told())
    assert state(opened, ids) == before, "a preview changes nothing"
    QTest.keyClick(focus(opened), Key.Key_Return)
    opened.wait(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
    opened.window.activateWindow()
    opened.wait(opened.window.isActiveWindow)
    opened.wait()
    after = state(opened, ids)
    assert {(severity, step) for severity, step, _tags in after} == {(1, "Ask the supplier")}
    assert all("recall" in tags for _severity, _step, tags in after)
    opened.press(focus(opened), Key.Key_Z, Mod.ControlModifier)
    opened.wait()
    assert state(opened, ids) == before, "one step for all of them"
    opened.press(focus(opened), Key.Key_Y, Mod.ControlModifier)
    opened.wait()
    assert state(opened, ids) == after
    opened.no_error()


def test_escape_leaves_everything_as_it_was(opened: OpenWindow) -> None:
    opened.table.setFocus()
    opened.press(focus(opened), Key.Key_A, Mod.ControlModifier)
    opened.wait()
    opened.press(focus(opened), Key.Key_E, Mod.ControlModifier)
    opened.wait(lambda: isinstance(QApplication.activeWindow(), BulkDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, BulkDialog)
    tab_to(opened, dialog.tag)
    QTest.keyClicks(focus(opened), "oops")
    opened.wait(lambda: dialog._sum.text() == "23 will change")
    QTest.keyClick(focus(opened), Key.Key_Escape)
    opened.wait(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
    opened.wait()
    assert not len(opened.client.services.undo)
