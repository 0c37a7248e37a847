"""Others work while one looks: nothing moves under the pointer, the cursor or the eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.cases import NewCase
from app.work.groups import Grouped
from app.work.view_list import Definition
from db.shapes import Queue
from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Languages
from ui.theme import Theme

MANY = 60


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=MANY)
    yield one
    one.close()


def hover(opened: OpenWindow, row: int) -> QPoint:
    """The pointer over a row, as a mouse brings it there."""
    viewport = opened.table.viewport()
    at = QPoint(200, opened.table.rowViewportPosition(row) + 6)
    QCursor.setPos(viewport.mapToGlobal(at))
    QApplication.processEvents()
    here = QPointF(at)
    QApplication.sendEvent(viewport, QEnterEvent(here, here, QPointF(viewport.mapToGlobal(at))))
    QTest.mouseMove(viewport, at)
    opened.wait(viewport.underMouse)
    assert isinstance(at, QPoint)
    return at


def title_at(opened: OpenWindow, at: QPoint) -> str:
    """What stands under a point of the list."""
    model, row = opened.page.model, opened.table.rowAt(at.y())
    return str(model.index(row, 2).data())


def title_of(opened: OpenWindow, row: int) -> str:
    line = opened.page.model.line(row)
    assert line is not None
    title: str = line.title
    return title


def others_work(opened: OpenWindow, above: list[bytes]) -> None:
    """Two come in at the top, one above goes, one above rises."""
    (gone,) = opened.desk.lists.rids(above[:1])
    opened.desk.cases.new(NewCase("Everything is down", 1))
    new = opened.desk.cases.new(NewCase("The second outage", 1)).case_id
    opened.desk.cases.set(above[1], severity=1)
    opened.desk.cases.resolve(above[0], "Done.")
    opened.wait(lambda: opened.page.model.rows.find(gone) is None)
    opened.wait()
    assert opened.page.model.rows.find(opened.desk.lists.rids([new])[0]) is not None


def ids(opened: OpenWindow, *rows: int) -> list[bytes]:
    rids = [opened.page.model.rows[row] for row in rows]
    assert all(rid > 0 for rid in rids)
    return [line.id for line in opened.desk.lists.lines(rids)]


@pytest.mark.parametrize("grouped", [False, True])
def test_what_the_pointer_is_on_stays_under_it(opened: OpenWindow, grouped: bool) -> None:
    if grouped:
        opened.page.group_by("severity")
        opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))
        opened.wait()
    at = hover(opened, 7)
    under = title_at(opened, at)
    others_work(opened, ids(opened, 2, 4))
    assert title_at(opened, at) == under
    QTest.mouseClick(opened.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    opened.wait()
    assert opened.table.current_line().title == under, "the click hits what was looked at"


def test_a_heading_under_the_pointer_stays_although_another_group_comes_above_it(opened: OpenWindow) -> None:
    opened.page.group_by("severity")
    opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))
    opened.wait()
    rows = opened.page.model.rows
    heading = rows.headings[1]
    opened.table.verticalScrollBar().setValue(heading - 4)
    opened.wait()
    at = hover(opened, heading)
    key = rows.groups[1].key
    opened.desk.cases.new(NewCase("Everything is down", 1))
    opened.wait(lambda: len(opened.page.model.rows.groups) == len(rows.groups) + 1)
    opened.wait()
    under = opened.page.model.group(opened.table.rowAt(at.y()))
    assert under is not None
    assert under.key == key


def test_while_scrolling_with_the_wheel_the_first_visible_case_stays(opened: OpenWindow) -> None:
    viewport = opened.table.viewport()
    at = hover(opened, 9)
    where = QPointF(at)
    for _ in range(4):
        wheel = QWheelEvent(
            where, QPointF(viewport.mapToGlobal(at)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, wheel)
    opened.wait()
    assert opened.table.verticalScrollBar().value() > 5
    under = title_at(opened, at)
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    QCursor.setPos(opened.window.mapToGlobal(QPoint(3, 3)))
    opened.wait(lambda: not viewport.underMouse())
    first = title_of(opened, opened.table.verticalScrollBar().value())
    others_work(opened, ids(opened, 0, 1))
    assert title_of(opened, opened.table.verticalScrollBar().value()) == first
    assert title_at(opened, at) == under


@pytest.mark.parametrize("grouped", [False, True])
def test_a_selection_by_keyboard_stays_with_its_cases_and_where_it_is(opened: OpenWindow, grouped: bool) -> None:
    if grouped:
        opened.page.group_by("severity")
        opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))
        opened.wait()
    table = opened.table
    table.setFocus()
    for _ in range(6):
        opened.press(table, Qt.Key.Key_Down)
    for _ in range(3):
        opened.press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    opened.wait()
    chosen = [line.title for line in table.selected_lines()]
    assert len(chosen) == 4
    row = table.currentIndex().row()
    place = table.rowViewportPosition(row)
    current = title_of(opened, row)
    others_work(opened, ids(opened, 2, 3))
    assert [line.title for line in table.selected_lines()] == chosen
    assert title_of(opened, table.currentIndex().row()) == current
    assert table.rowViewportPosition(table.currentIndex().row()) == place
    opened.press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    opened.wait()
    assert [line.title for line in table.selected_lines()][:4] == chosen, "and it goes on from there"


def test_when_the_case_under_the_pointer_goes_what_stood_around_it_stays(opened: OpenWindow) -> None:
    opened.table.verticalScrollBar().setValue(10)
    opened.wait()
    hover(opened, 14)
    (gone,) = ids(opened, 14)
    first = title_of(opened, 10)
    count = opened.page.model.rowCount()
    opened.desk.cases.new(NewCase("Everything is down", 1))
    opened.desk.cases.resolve(gone, "Done.")
    opened.wait(lambda: gone not in ids(opened, *range(opened.page.model.rowCount())))
    opened.wait()
    assert opened.page.model.rowCount() == count
    assert title_of(opened, opened.table.verticalScrollBar().value()) == first


@pytest.mark.parametrize("news", ["queue", "view", "a change that needs me"])
def test_a_new_place_in_the_navigation_leaves_the_list_alone(opened: OpenWindow, news: str):
    table, navigation = opened.table, opened.window.navigation
    table.setFocus()
    for _ in range(50):
        QTest.keyClick(table, Qt.Key.Key_Down)
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    opened.wait()
    row, chosen, top = table.currentIndex().row(), table.selected_rids(), table.verticalScrollBar().value()
    title, places = title_of(opened, row), len(navigation.places())
    assert len(chosen) == 4
    assert top > 0
    if news == "queue":
        with opened.desk.replica.transaction("admin.add", opened.desk.me, at=opened.clock()) as tx:
            tx.insert(Queue, name="A new queue", kind="product", tier=2)
    elif news == "view":
        opened.desk.views.save("Mine and grave", Definition())
    else:
        navigation.show_conflicts(1)
    opened.wait(lambda: len(navigation.places()) == places + 1)
    opened.wait()
    assert navigation.place().key == "open"
    assert (table.currentIndex().row(), title_of(opened, row)) == (row, title)
    assert table.selected_rids() == chosen
    assert table.verticalScrollBar().value() == top
