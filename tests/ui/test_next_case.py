"""From case to case in the order one sees, whatever happened to the case one was at: by key and by button."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar, QToolButton

from app.work.groups import Grouped
from app.work.rows import Listed
from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Languages
from ui.list_walk import Stand, stand, stays, step
from ui.theme import Theme

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=40)
    yield one
    one.close()


def sort(opened: OpenWindow) -> None:
    opened.table.columns.order_asked.emit("title")


def group(opened: OpenWindow) -> None:
    opened.page.group_by("severity")
    opened.wait(lambda: isinstance(opened.page.model.rows, Grouped))


def narrow(opened: OpenWindow) -> None:
    opened.press(opened.table, Key.Key_N)
    QTest.keyClicks(opened.page.filter, "umber 02")
    opened.wait(lambda: opened.page.model.rowCount() == 10)


def scroll(opened: OpenWindow) -> None:
    opened.table.verticalScrollBar().setValue(15)


def visible(opened: OpenWindow) -> list[bytes]:
    """The cases from the first visible row on, as they stand."""
    rows, top = opened.page.model.rows, opened.table.verticalScrollBar().value()
    rids = [rows[row] for row in range(top, len(rows)) if rows[row] > 0]
    return [line.id for line in opened.desk.lists.lines(rids)]


def click(opened: OpenWindow, case: bytes) -> None:
    """The mouse on a case of the list."""
    rid = next(rid for rid in opened.page.model.rows if rid > 0 and opened.desk.lists.lines([rid])[0].id == case)
    row = opened.page.model.rows.find(rid)
    at = QPoint(160, opened.table.rowViewportPosition(row) + 5)
    QTest.mouseClick(opened.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    opened.wait()
    assert opened.window.editor.case_id == case


def go(opened: OpenWindow, how: str, by: int) -> bytes | None:
    """To the next case (1) or the previous one (-1); the case that is then shown."""
    if how == "button":
        action = opened.window.actions_["go.next" if by > 0 else "go.previous"]
        (bar,) = opened.window.findChildren(QToolBar)
        button = bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        opened.press(opened.window, Key.Key_Down if by > 0 else Key.Key_Up, ALT)
    opened.wait()
    shown: bytes | None = opened.window.editor.case_id
    return shown


@pytest.mark.parametrize("how", ["key", "button"])
@pytest.mark.parametrize("arrange", [sort, group, narrow, scroll])
def test_the_next_case_is_the_one_that_stood_below_and_the_previous_the_one_above(opened, arrange, how):
    arrange(opened)
    opened.wait()
    order = visible(opened)
    click(opened, order[2])
    assert go(opened, how, 1) == order[3]
    assert go(opened, how, 1) == order[4]
    assert go(opened, how, -1) == order[3]
    opened.desk.cases.resolve(order[3], "Done.")
    opened.wait(lambda: order[3] not in visible(opened))
    opened.wait()
    assert opened.window.editor.case_id == order[3], "what was resolved stays to be read"
    assert go(opened, how, 1) == order[4]
    opened.desk.cases.resolve(order[4], "Done.")
    opened.wait(lambda: order[4] not in visible(opened))
    opened.wait()
    assert go(opened, how, -1) == order[2]
    opened.desk.cases.hand(order[2], to_queue=opened.ids["net queue"])
    opened.wait()
    assert go(opened, how, 1) == order[5]


def test_a_case_that_jumps_because_of_what_one_did_takes_nobody_along(opened):
    """Worked through by the time of the last change: each change sends its case to the other end."""
    opened.table.columns.order_asked.emit("updated")
    opened.wait()
    order = visible(opened)
    click(opened, order[3])
    opened.clock.pass_minutes(5)
    opened.desk.cases.set(order[3], title="Changed just now")
    opened.wait(lambda: visible(opened)[0] == order[3])
    opened.wait()
    opened.press(opened.table, Key.Key_Down)
    opened.wait()
    assert opened.window.editor.case_id == order[4]
    opened.press(opened.table, Key.Key_Up)
    opened.wait()
    assert opened.window.editor.case_id == order[2], "where it was, nothing is left of it"


def test_at_the_ends_nothing_happens(opened):
    order = visible(opened)
    click(opened, order[0])
    opened.desk.cases.resolve(order[0], "Done.")
    opened.wait(lambda: order[0] not in visible(opened))
    opened.wait()
    assert go(opened, "key", -1) == order[0]
    assert go(opened, "key", 1) == order[1]
    opened.press(opened.table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    opened.wait()
    last = opened.window.editor.case_id
    assert go(opened, "key", 1) == last


@pytest.mark.parametrize(
    ("after", "down", "up"),
    [
        ([1, 2, 4, 5], 4, 2),
        ([1, 2, 9, 4, 5], 4, 2),
        ([3, 1, 2, 4, 5], 4, 2),
        ([1, 4, 5], 4, 1),
        ([1, 2, 5], 5, 2),
        ([1, 5], 5, 5),
        ([7, 8, 9, 6], 9, 9),
        ([], None, None),
    ],
)
def test_from_the_place_of_a_case_that_is_gone(after, down, up):
    was = stand(Listed(array("q", [1, 2, 3, 4, 5])), 2)
    assert was == Stand(3, 2, 2, 4)
    rows = Listed(array("q", after))
    assert not stays(rows, was, rows.find(3))
    reached = [rows[row] if (row := step(rows, was, by)) is not None else None for by in (1, -1)]
    assert reached == [down, up]


@pytest.mark.parametrize("after", [[1, 2, 3, 4, 5], [2, 9, 3, 8, 4], [3, 4], [2, 3], [3], [7, 3, 8]])
def test_between_its_neighbours_it_stays_whoever_comes_and_goes(after):
    was = stand(Listed(array("q", [1, 2, 3, 4, 5])), 2)
    rows = Listed(array("q", after))
    assert was is not None
    assert stays(rows, was, rows.find(3))
