"""Cases handed over by the mouse: pressed, moved, dragged over the window, dropped on a place of the navigation.

The offscreen platform has no drags (`QDrag.exec` returns at once), so the part of the window system is played here: it
brings the pointer over the widgets between the list and the place, and each is asked as it would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Languages
from ui.navigation import PLACE
from ui.theme import Theme

LEFT, NO_KEY, MOVE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=5)
    yield one
    one.close()


def taker(window: QWidget, at: QPoint) -> QWidget | None:
    """The widget at a point of the window that takes drops, as Qt finds it."""
    widget = window.childAt(at)
    while widget is not None and not widget.acceptDrops():
        widget = widget.parentWidget()
    return widget


def carry(window: QWidget, drag: QDrag, way: list[QPoint]) -> Qt.DropAction:
    """What a window system does from the moment a drag begins: enter, move, leave, drop where it is accepted."""
    data, over, accepted = drag.mimeData(), None, False
    for point in way:
        here = taker(window, point)
        if over is not None and here is not over:
            QApplication.sendEvent(over, QDragLeaveEvent())
        if here is not None:
            at = here.mapFrom(window, point)
            if here is not over:
                enter = QDragEnterEvent(at, MOVE, data, LEFT, NO_KEY)
                QApplication.sendEvent(here, enter)
            move = QDragMoveEvent(at, MOVE, data, LEFT, NO_KEY)
            QApplication.sendEvent(here, move)
            accepted = move.isAccepted()
        over = here
    if over is None or not accepted:
        if over is not None:  # else Qt goes on asking this widget in the next drag, when it is gone
            QApplication.sendEvent(over, QDragLeaveEvent())
        return Qt.DropAction.IgnoreAction
    at = over.mapFrom(window, way[-1])
    drop = QDropEvent(QPointF(at), MOVE, data, LEFT, NO_KEY, QEvent.Type.Drop)
    QApplication.sendEvent(over, drop)
    return drop.dropAction() if drop.isAccepted() else Qt.DropAction.IgnoreAction


def drag(opened: OpenWindow, row: int, place: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From a row of the list onto a place; what was carried, in words."""
    window, table, navigation = opened.window, opened.table, opened.window.navigation
    index = next(item.index() for item in navigation._place_items() if item.data(PLACE).title == place)
    navigation.scrollTo(index)
    QApplication.processEvents()
    start = table.viewport().mapTo(window, QPoint(160, table.rowViewportPosition(row) + 8))
    end = navigation.viewport().mapTo(window, navigation.visualRect(index).center())
    way = [start + (end - start) * step / 8 for step in range(1, 9)]
    carried: list[str] = []

    def exec_(begun: QDrag, *_actions: Qt.DropAction) -> Qt.DropAction:
        carried.extend(begun.mimeData().text().splitlines())
        assert not begun.pixmap().isNull(), "one sees what one carries"
        return carry(window, begun, way)

    monkeypatch.setattr(QDrag, "exec", exec_)
    viewport = table.viewport()
    QTest.mousePress(viewport, LEFT, NO_KEY, viewport.mapFrom(window, start))
    for step in (2, 30):
        QTest.mouseMove(viewport, viewport.mapFrom(window, start) + QPoint(-step, 3))
    QTest.mouseRelease(viewport, LEFT, NO_KEY, viewport.mapFrom(window, start) + QPoint(-30, 3))
    opened.wait()
    return carried


def select(opened: OpenWindow, *rows: int) -> list[bytes]:
    for number, row in enumerate(rows):
        at = QPoint(160, opened.table.rowViewportPosition(row) + 8)
        modifier = Qt.KeyboardModifier.ControlModifier if number else NO_KEY
        QTest.mouseClick(opened.table.viewport(), LEFT, modifier, at)
    opened.wait()
    return [line.id for line in opened.table.selected_lines()]


def queues(opened: OpenWindow, ids: list[bytes]) -> list[str]:
    lines = [opened.desk.lists.line(case) for case in ids]
    return [line.queue if line is not None else "?" for line in lines]


def test_two_cases_are_dragged_onto_a_queue_and_taken_back(opened, monkeypatch):
    ids = select(opened, 1, 3)
    before = queues(opened, ids)
    assert len(drag(opened, 3, "Network", monkeypatch)) == 2
    assert queues(opened, ids) == ["Network", "Network"]
    assert opened.client.notices.current.text == "2 cases handed over to Network"
    opened.press(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.wait()
    assert queues(opened, ids) == before


def test_one_case_is_dragged_without_being_chosen_first(opened, monkeypatch):
    (line,) = [opened.page.model.line(2)]
    opened.go("open")
    assert len(drag(opened, 2, "Network", monkeypatch)) == 1
    assert queues(opened, [line.id]) == ["Network"]


def test_dropped_where_nobody_owns_cases_nothing_happens(opened, monkeypatch):
    ids = select(opened, 1)
    before = queues(opened, ids)
    assert len(drag(opened, 1, "Watched", monkeypatch)) == 1
    assert queues(opened, ids) == before
    assert not len(opened.client.services.undo)
