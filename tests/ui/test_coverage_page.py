"""The coverage page by keyboard and mouse: it opens by its key, names what is wrong, and sick is two clicks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.work.agreements import Agreement
from db.shapes import Analyst, Department
from tests.ui.open_window import OpenWindow, open_window
from ui.coverage_page import CoveragePage
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice
from ui.widgets.row_table import RowTable

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def firsts(table: RowTable) -> list[str]:
    """The first column."""
    return [item.text() for n in range(table.rowCount()) if (item := table.item(n, 0)) is not None]


def cell(table: RowTable, first: str, column: int) -> str:
    """What stands in a row, by its first cell."""
    item = table.item(firsts(table).index(first), column)
    return item.text() if item is not None else ""


def test_who_covers_whom_and_sick_in_two_clicks(opened: OpenWindow, theme: Theme, languages: Languages):
    desk = opened.desk
    with desk.replica.transaction("admin.people", desk.me, at=desk.context.clock()) as tx:
        roth = tx.insert(Analyst, name="Test Person")
        department = tx.insert(Department, name="A new hall")
    desk.agreements.agree(Agreement(department, roth, desk.me))
    QTest.keyClick(opened.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    page = opened.window.panes.other_pages.currentWidget()
    assert isinstance(page, CoveragePage)
    opened.wait(lambda: page.departments.rowCount() and page.findings.rowCount())
    assert cell(page.departments, "A new hall", 3) == "Test Person"
    assert any("(stand-in)" in cell(page.departments, name, 3) for name in firsts(page.departments))
    before = page.away.rowCount()
    action = next(one for one in page._menu.actions() if one.text() == "Test Person")
    action.trigger()
    opened.wait(lambda: page.away.rowCount() == before + 1)
    assert "(stand-in)" in cell(page.departments, "A new hall", 3)
    page.away.selectRow(firsts(page.away).index("Test Person"))
    assert page.known.isEnabled()
    QTest.mouseClick(page.known, Qt.MouseButton.LeftButton)
    opened.wait(lambda: cell(page.away, "Test Person", 4) == "")
    if PICTURES:
        for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            for language in (Language.ENGLISH, Language.GERMAN):
                theme.choose(choice)
                languages.choose(language)
                opened.window.resize(1280, 720)
                opened.wait()
                opened.window.grab().save(f"{PICTURES}/coverage-{choice.name}-{language.name}.png")
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    opened.wait(lambda: "Test Person" not in firsts(page.away))
