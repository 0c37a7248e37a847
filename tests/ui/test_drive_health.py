"""Drive health tells what is known, tries the drive out, and gives it all as text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.cases import NewCase
from tests.ui.open_window import open_window
from tests.ui.test_gallery import cut_off, without_name
from tests.ui.test_presence import colleague
from ui.drive_health import DriveHealth, DriveHealthDialog
from ui.drive_news import Reach
from ui.i18n import Language


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


@pytest.fixture
def page(opened) -> DriveHealth:
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    opened.window.sheets.show_health()
    dialog = opened.window.findChild(DriveHealthDialog)
    assert isinstance(dialog, DriveHealthDialog)
    opened.wait(lambda: dialog.page._facts is not None)
    return dialog.page


def value(page: DriveHealth, key: str) -> str:
    return page._rows[key][1].text()


def test_it_tells_how_the_store_is(opened, page, tmp_path):
    assert value(page, "where") == str(tmp_path / "share")
    assert value(page, "state").startswith("in step, last in step ")
    assert value(page, "entries") == str(opened.desk.replica.head.seq)
    assert value(page, "packed") == "0, 0"
    assert value(page, "waiting") == "0 changes"
    assert "ms" in value(page, "trend")
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Sent", 3)))
    opened.wait(lambda: "1 sent" in value(page, "round"))
    assert page.trend.accessibleName() == value(page, "trend")


def test_it_tells_that_the_store_is_away(opened, page, tmp_path):
    (tmp_path / "share").rename(tmp_path / "unplugged")
    QTest.mouseClick(page.sync, Qt.MouseButton.LeftButton)
    opened.wait(lambda: value(page, "state").startswith("not reachable"))
    page._read()
    opened.wait(lambda: value(page, "packed") == "unknown")


def test_it_lists_the_other_workstations(opened, page):
    assert page.there.item(0, 0).text() == "Nobody else is there now."
    opened.client.services.presence.show_colleagues([colleague("Jo Roth"), colleague("Mara", None)], opened.desk.me)
    assert page.there.rowCount() == 2
    cells = [page.there.item(0, place).text() for place in range(4)]
    assert cells == ["Jo Roth", "PC", "reading a case", "0.1"]


def test_the_doctor_comes_by_keyboard_and_all_of_it_can_be_copied(opened, page, tmp_path):
    page.examine.setFocus()
    QTest.keyClick(page.examine, Qt.Key.Key_Space)
    opened.wait(lambda: page.check.finding("links") is not None)
    opened.wait(lambda: not page.check.under_way)
    assert page.check.is_good
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text()
    assert str(tmp_path / "share") in report
    assert "One winner per name" in report
    assert opened.desk.replica.digest.hex() in report
    assert [path.name for path in (tmp_path / "share").iterdir()] == ["hd"]


def test_it_speaks_german(page, languages):
    languages.choose(Language.GERMAN)
    QApplication.processEvents()
    assert page.examine.text() == "Laufwerk prüfen"
    assert value(page, "waiting") == "0 Änderungen"


def test_nothing_is_cut_off_in_large_german(opened, page, theme, languages):
    theme.set_text_scale(1.5)
    languages.choose(Language.GERMAN)
    opened.client.services.presence.show_colleagues([colleague("Jo Roth"), colleague("Mara", None)], opened.desk.me)
    page.examine.click()
    opened.wait(lambda: page.check.finding("reach") is not None and not page.check.under_way)
    opened.wait()
    assert cut_off(page) == []
    assert without_name(page) == []
