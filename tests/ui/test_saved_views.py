"""Saved views in the window: the filter builder, the navigation with its counts, lists under headings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.conditions import Conditions, condition
from app.work.groups import Grouped
from app.work.view_list import Definition
from tests.ui.open_window import open_window
from ui.choice_box import _Ticks
from ui.column_dialog import ColumnDialog
from ui.navigation import COUNT
from ui.view_dialog import ViewDialog


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages, cases=6)
    yield one
    one.close()


def builder(opened) -> ViewDialog:
    """The open builder, once it knows what can be ticked."""
    opened.wait(lambda: [d for d in opened.window.findChildren(ViewDialog) if d._known])
    dialogs: list[ViewDialog] = [d for d in opened.window.findChildren(ViewDialog) if d.isVisible()]
    (dialog,) = dialogs
    return dialog


def count_of(opened, key: str):
    """The figures beside a place."""
    return next(i.data(COUNT) for i in opened.window.navigation._place_items() if i.data(COUNT + -1).key == key)


def test_a_view_is_built_by_keyboard_saved_and_stands_in_the_navigation_with_its_count(opened):
    opened.press(opened.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = builder(opened)
    QTest.keyClicks(dialog.name, "Worst first")
    dialog.add.click()
    row = dialog.rows()[0]
    assert row.field.hasFocus()
    QTest.keyClicks(row.field, "Sever")
    assert row.field.currentData() == "severity"
    row.test.setFocus()
    QTest.keyClick(row.test, Qt.Key.Key_Down)
    QTest.keyClick(row.test, Qt.Key.Key_Down)
    assert row.test.currentData() == "most"
    row.number.setValue(2)
    opened.wait()
    assert dialog._said.text() == "Severity is at most 2 High"
    expected = opened.desk.lists.count(dialog.definition().wanted().filter)
    opened.wait(lambda: dialog._figure.text().startswith(str(expected)))
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    opened.wait(lambda: any(p.title == "Worst first" for p in opened.window.navigation.places()))
    key = next(p.key for p in opened.window.navigation.places() if p.title == "Worst first")
    opened.wait(lambda: count_of(opened, key) is not None)
    assert count_of(opened, key).open == expected
    opened.go(key)
    assert len(opened.shown()) == expected
    opened.no_error()


def test_a_view_begins_with_what_is_shown_and_is_changed_where_it_stands(opened):
    opened.desk.views.save("Mine", Definition(Conditions("all", (condition("owner", "is", ["me"]),))))
    opened.wait()
    key = next(p.key for p in opened.window.navigation.places() if p.title == "Mine")
    opened.go(key)
    before = opened.shown()
    opened.page.view_asked.emit()
    dialog = builder(opened)
    assert [row.condition() for row in dialog.rows()] == [condition("owner", "is", ["me"])]
    assert dialog.rows()[0].ticks.text() == "me"
    dialog.rows()[0].removed.emit()
    dialog.save.click()
    opened.wait(lambda: len(opened.shown()) > len(before))
    opened.window.services.take_back()
    opened.wait(lambda: opened.shown() == before)


def test_an_unfinished_condition_can_not_be_saved_and_says_so(opened):
    opened.window.build_view()
    dialog = builder(opened)
    dialog.name.setText("X")
    row = dialog.add_condition(None)
    assert not dialog.save.isEnabled()
    assert dialog._said.text() == "A condition is not finished yet."
    row.ticks.tick("new", True)
    assert dialog.save.isEnabled()
    row.ticks.open_list()
    (popup,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, _Ticks) and w.isVisible()]
    popup.list.setCurrentRow(2)
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    assert row.ticks.values() == ("new", "waiting")


def test_a_list_is_grouped_folded_and_worked_through_by_keyboard(opened):
    opened.page.group_by("severity")
    opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))
    rows, table = opened.page.model.rows, opened.table
    assert opened.page.head.figures.text() == f"{rows.total} cases"
    table.setFocus()
    table.step(1)
    opened.wait()
    assert table.current_line() is not None
    table.selectAll()
    assert table.selected_count() == rows.total
    first = rows.groups[0]
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert opened.page.model.group(table.currentIndex().row()) == first
    heading = opened.page.model.index(0, 2)
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole).endswith(f"{first.count} cases") or first.count == 1
    QTest.keyClick(table, Qt.Key.Key_Space)
    opened.wait(lambda: opened.page.model.rows.groups[0].folded)
    assert opened.page.model.rows.total == rows.total
    assert len(opened.page.model.rows) == len(rows) - first.count
    QTest.keyClick(table, Qt.Key.Key_Right)
    opened.wait(lambda: not opened.page.model.rows.groups[0].folded)
    opened.page.fold_all(True)
    opened.wait(lambda: len(opened.page.model.rows) == len(rows.groups))
    opened.go("all")
    opened.go("open")
    assert opened.page.group() == "severity"


def test_columns_are_ordered_and_sized_by_keyboard_and_remembered(opened):
    opened.page.arrange_columns()
    (dialog,) = opened.window.findChildren(ColumnDialog)
    dialog.list.setCurrentRow(3)
    key = dialog._key()
    QTest.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.width_.setValue(200)
    dialog._take()
    state = opened.client.services.settings["columns"]["cases"]
    assert state["order"][2] == key
    assert state["widths"][key] == 200
    opened.page.arrange_columns()
    dialog = opened.window.findChildren(ColumnDialog)[-1]
    dialog._as_at_first()
    dialog._take()
    assert opened.client.services.settings["columns"]["cases"]["widths"] == {}
