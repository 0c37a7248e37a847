"""The board by mouse and keyboard, refreshing itself, and on the wall."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off
from ui.i18n import Language, Languages
from ui.supervisor.board import BoardSection
from ui.supervisor.page import SupervisorPage
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages, cases=9)
    yield one
    one.close()


def board(opened: OpenWindow) -> BoardSection:
    QTest.keyClick(opened.window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    section = opened.window.findChild(SupervisorPage).section("board")
    assert isinstance(section, BoardSection)
    opened.wait(lambda: section.view._board is not None)
    opened.wait()
    return section


def test_every_figure_leads_to_its_cases(opened: OpenWindow) -> None:
    section = board(opened)
    tile = section.view.tiles["backlog"]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    opened.wait()
    assert str(len(opened.shown())) == tile.value
    section = board(opened)
    table = section.view.queues
    table.setCurrentCell(0, 1)
    opened.press(table, Qt.Key.Key_Return)
    opened.wait()
    item = table.item(0, 1)
    assert item is not None
    assert str(len(opened.shown())) == item.text()
    section = board(opened)
    bar = next(one for one in section.view.ages if sum(one._parts))
    bar.setFocus()
    opened.press(bar, Qt.Key.Key_Return)
    opened.wait()
    assert len(opened.shown()) == sum(bar._parts)
    opened.no_error()


def test_days_and_sides_lead_to_their_cases_too(opened: OpenWindow) -> None:
    section = board(opened)
    for place, button in enumerate(section.view.sides):
        assert section.view._board is not None
        expected = section.view._board.sides[place].value
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        opened.wait()
        assert len(opened.shown()) == expected
        section = board(opened)
    days = section.view.days
    days.setFocus()
    QTest.keyClick(days, Qt.Key.Key_End)
    QTest.keyClick(days, Qt.Key.Key_Left)
    assert days.leads == (days._days[-1].day, "opened", days._days[-1].opened)
    assert days._days[-1].opened > 0
    expected = days._days[-1].opened
    opened.press(days, Qt.Key.Key_Return)
    opened.wait(lambda: opened.page.isVisible())
    opened.wait()
    assert len(opened.shown()) == expected
    section = board(opened)
    step = section.view.days.width() / len(days._days)
    today = QPoint(round((len(days._days) - 0.75) * step), section.view.days.height() // 2)
    QTest.mouseClick(section.view.days, Qt.MouseButton.LeftButton, pos=today)
    opened.wait(lambda: opened.page.isVisible())
    opened.wait()
    assert len(opened.shown()) == expected
    opened.no_error()


def test_it_follows_what_happens(opened: OpenWindow) -> None:
    section = board(opened)
    before = int(section.view.tiles["opened"].value)
    section._calm.setInterval(1)
    from app.work.cases import NewCase

    opened.client.services.run(lambda desk: desk.cases.new(NewCase("The press stands still", 1)))
    opened.wait(lambda: int(section.view.tiles["opened"].value) == before + 1)


def test_the_wall_is_the_same_board_in_large_letters(opened: OpenWindow, theme: Theme, languages: Languages) -> None:
    section = board(opened)
    for look, language in ((ThemeChoice.LIGHT, Language.GERMAN), (ThemeChoice.DARK, Language.ENGLISH)):
        theme.choose(look)
        languages.choose(language)
        opened.wait()
        assert cut_off(section) == []
        if PICTURES:
            opened.window.grab().save(f"{PICTURES}/board-{look.value}-{language.value}.png")
    opened.press(section.view.tiles["backlog"], Qt.Key.Key_F11)
    wall = section.wall
    assert wall is not None
    wall.resize(1920, 1080)
    opened.wait(lambda: wall.view._board is not None)
    opened.wait()
    assert cut_off(wall) == []
    for table in (wall.view.queues, wall.view.watched):
        header = table.horizontalHeader()
        for column in range(1, table.columnCount()):
            assert table.columnWidth(column) >= header.sectionSizeHint(column), "heads are whole"
    assert wall.view.tiles["backlog"].value == section.view.tiles["backlog"].value
    assert wall.view.tiles["backlog"].font().pointSizeF() > 1.5 * section.font().pointSizeF()
    if PICTURES:
        wall.grab().save(f"{PICTURES}/wall.png")
    opened.press(wall, Qt.Key.Key_Escape)
    assert section.wall is None


def test_lists_on_the_wall_go_on_by_themselves_to_what_did_not_fit(opened: OpenWindow) -> None:
    section = board(opened)
    opened.press(section.view.tiles["backlog"], Qt.Key.Key_F11)
    wall = section.wall
    assert wall is not None
    wall.resize(1920, 1080)
    opened.wait(lambda: wall.view._board is not None)
    opened.wait()
    table = wall.view.queues
    table.show_rows([(bytes([n]), [f"Queue {n}", "1", "", "", ""]) for n in range(40)])
    opened.wait()
    seen: set[int] = set()
    tops = []
    for _ in range(40):
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        seen |= set(range(first, last + 1))
        tops.append(first)
        wall._turn.timeout.emit()
        if table.rowAt(0) == 0:
            break
    assert seen == set(range(40)), "every row had its time"
    assert tops == sorted(tops)
    assert len(tops) > 1
    opened.press(wall, Qt.Key.Key_Escape)
    opened.no_error()
