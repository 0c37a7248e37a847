"""What repeats, in the real window: looked at, followed to its cases, made a problem of and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from app.work.cases import NewCase
from db.shapes import Asset, Product
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off
from ui.i18n import Language, Languages
from ui.palette import CommandPalette
from ui.supervisor.page import SupervisorPage
from ui.supervisor.recurring import ProblemDialog, RecurringSection
from ui.theme import Theme, ThemeChoice
from ui.widgets.row_table import RowTable


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[OpenWindow]:
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def machines(opened: OpenWindow) -> list[bytes]:
    """Three cases of one machine, four about one word of a product."""
    desk = opened.desk
    with desk.replica.transaction("records.import", desk.me, at=opened.clock()) as tx:
        machine = tx.insert(Asset, tag="TX-90", name="Test bench")
        product = tx.insert(Product, name="Payslips")
    made = []
    for number in range(7):
        opened.clock.pass_minutes(60)
        about = {"asset_id": machine} if number < 3 else {"product_id": product}
        title = f"Bench stops {number}" if number < 3 else f"Zebra error {number}"
        made.append(desk.cases.new(NewCase(title, 2 if number == 0 else 3, **about)).case_id)  # type: ignore[arg-type]
    return made


def active(opened: OpenWindow) -> None:
    """Shortcuts are heard in the active window."""
    opened.window.activateWindow()
    opened.wait(opened.window.isActiveWindow)


def section(opened: OpenWindow) -> RecurringSection:
    """By the command palette, as somebody at the keyboard would."""
    opened.wait()
    active(opened)
    QTest.keyClick(opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = opened.window.findChild(CommandPalette)
    QTest.keyClicks(palette._field, "problem candidates")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    found = opened.window.findChild(SupervisorPage).section("recurring")
    assert isinstance(found, RecurringSection)
    opened.wait(lambda: found.isVisible() and found._looked)
    opened.wait()
    sections = opened.window.focusWidget()
    assert sections is opened.window.findChild(SupervisorPage).list
    opened.press(sections, Qt.Key.Key_Return)
    return found


def cell(table: RowTable, row: int, column: int = 0) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def said(table: RowTable, row: int) -> list[str]:
    return [cell(table, row, column) for column in range(3)]


def choose(page: RecurringSection, about: str) -> None:
    for row in range(page.table.rowCount()):
        if cell(page.table, row) == about:
            page.table.selectRow(row)
            return
    raise AssertionError(about)


def test_nothing_repeats_is_said(opened: OpenWindow) -> None:
    page = section(opened)
    assert page._room.currentWidget() is page._none
    assert page._none.accessibleName() == "Nothing repeats"
    machines(opened)
    page._calm.setInterval(1)
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("One more", 3)))
    opened.wait(lambda: page.table.rowCount() == 2)
    assert page._room.currentWidget() is not page._none


def test_a_row_leads_to_its_cases_by_keyboard_and_by_mouse(opened: OpenWindow) -> None:
    made = machines(opened)
    page = section(opened)
    assert [said(page.table, row) for row in range(2)] == [
        ["Payslips: Zebra", "Product and word", "4"], ["TX-90 Test bench", "Machine", "3"]
    ]  # fmt: skip
    assert opened.window.focusWidget() is page.table
    assert page.cases.rowCount() == 4, "those of the first row"
    opened.press(page.table, Qt.Key.Key_Down)
    assert [cell(page.cases, row, 1) for row in range(3)] == [f"Bench stops {n}" for n in (2, 1, 0)]
    opened.press(page.table, Qt.Key.Key_Return)
    opened.wait()
    assert sorted(opened.shown()) == ["Bench stops 0", "Bench stops 1", "Bench stops 2"]
    page = section(opened)
    choose(page, "Payslips: Zebra")
    item = page.table.item(page.table.currentRow(), 0)
    assert item is not None
    where = page.table.visualItemRect(item).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    opened.wait()
    assert len(opened.shown()) == 4
    page = section(opened)
    choose(page, "TX-90 Test bench")
    page.cases.setFocus()
    page.cases.selectRow(1)
    opened.press(page.cases, Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.case_room.editor.case_id == made[1])
    opened.no_error()


def test_a_problem_is_made_and_taken_back_by_keyboard(opened: OpenWindow) -> None:
    made = machines(opened)
    page = section(opened)
    choose(page, "TX-90 Test bench")
    opened.press(page.table, Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is page.show_them
    opened.press(page.show_them, Qt.Key.Key_Tab)
    assert opened.window.focusWidget() is page.make
    opened.press(page.make, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, ProblemDialog)
    assert (dialog.title.text(), dialog.severity.currentData()) == ("TX-90 Test bench: Bench stops 2", 3)
    assert dialog.focusWidget() is dialog.title
    dialog.title.clear()
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.title, "The bench is worn out")
    opened.press(dialog.title, Qt.Key.Key_Tab)
    opened.press(dialog.severity, Qt.Key.Key_Up)
    opened.press(dialog.severity, Qt.Key.Key_Return)
    opened.wait(lambda: not dialog.isVisible())
    opened.wait()
    rows = opened.desk.context.reader.all("SELECT id, title, severity FROM \"case\" WHERE kind = 'problem' "
                                          "AND title = 'The bench is worn out'")  # fmt: skip
    (problem,) = [(row["id"], row["severity"]) for row in rows]
    assert problem[1] == 2
    assert opened.window.case_room.editor.case_id == problem[0]
    assert sorted(opened.shown()) == ["Bench stops 0", "Bench stops 1", "Bench stops 2"]
    for case in made[:3]:
        assert [link.kind for link in opened.desk.present.case(case).links] == ["problem"]
    active(opened)
    opened.press(opened.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: not opened.desk.present.case(made[0]).links)
    opened.wait()
    opened.no_error()
    said = opened.window.editor.timeline.toPlainText()
    assert "opened the case" in said
    assert "Cancelled" in said, "what came in the same minute is not left out"
    page = section(opened)
    choose(page, "TX-90 Test bench")


def test_a_problem_is_made_by_mouse_and_refused_when_somebody_was_faster(opened: OpenWindow) -> None:
    machines(opened)
    page = section(opened)
    choose(page, "Payslips: Zebra")
    faster = page.chosen()
    assert faster is not None
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    assert page.dialog is not None
    buttons = page.dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert not page.dialog.isVisible()
    opened.desk.cases.new(faster.as_problem())
    page._calm.stop()
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    opened.wait(lambda: opened.client.notices.current is not None)
    opened.wait()
    current = opened.client.notices.current
    assert current is not None
    assert "belongs to a problem already" in current.text
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    opened.press(dialog, Qt.Key.Key_Escape)
    page.look()
    opened.wait(lambda: page.table.rowCount() == 1)
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.dialog.go, Qt.MouseButton.LeftButton)
    opened.wait(lambda: page.dialog is not None and not page.dialog.isVisible())
    opened.wait()
    assert len(opened.shown()) == 3


def test_it_fits_in_both_languages(opened: OpenWindow, theme: Theme, languages: Languages) -> None:
    machines(opened)
    page = section(opened)
    for look, language in ((ThemeChoice.LIGHT, Language.GERMAN), (ThemeChoice.DARK, Language.ENGLISH)):
        theme.choose(look)
        languages.choose(language)
        opened.wait()
        page.ask()
        assert page.dialog is not None
        assert cut_off(page) == []
        assert cut_off(page.dialog) == []
        assert page.table.accessibleName() == ("Was sich wiederholt" if language is Language.GERMAN else "What repeats")
        page.dialog.reject()
    opened.no_error()
