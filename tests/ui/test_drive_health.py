"""Drive health tells what is known, tries the drive out, and gives it all as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.work.cases import NewCase
from tests.ui.open_window import open_window
from tests.ui.tab_order import goes_down, tab_order
from tests.ui.test_gallery import cut_off, without_name
from tests.ui.test_presence import colleague
from ui.coming_back import ComingBack
from ui.drive_health import DriveHealth, DriveHealthDialog
from ui.drive_news import Look, Reach, SyncState
from ui.i18n import Language


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


@pytest.fixture
def page(opened) -> DriveHealth:
    opened.look()
    assert opened.client.driver.state.reach is Reach.OK
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


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_how_it_stands_is_readable_whole_in_every_state(opened, page, languages, language):
    opened.client.driver._timer.stop()
    languages.choose(language)
    state = opened.client.services.drive.state
    _name, value = page._rows["state"]
    for reach in Reach:
        opened.client.services.drive.set_state(replace(state, reach=reach, problem="Entry 7 is damaged."))
        QApplication.processEvents()
        room = value.fontMetrics().horizontalAdvance(value.text())
        assert room <= value.width(), f"{reach}: {value.text()}"


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


def test_what_is_wrong_stands_on_top_with_its_way_out(opened, page):
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    drive = opened.client.services.drive
    assert not page.trouble.isVisible()
    assert page.elsewhere.isVisible(), "also where nothing is wrong yet"
    for reach, words, button in (
        (Reach.UNREACHABLE, "You can work on", "It is elsewhere now…"),
        (Reach.LOCKED, "password", "Enter the password…"),
        (Reach.FULL, "no room left", None),
        (Reach.OLD, "updated on this PC", None),
        (Reach.REVOKED, "was revoked", "Put it right…"),
        (Reach.COPIED, "until you decide", "Put it right…"),
        (Reach.KEYLESS, "key is missing", "Put it right…"),
        (Reach.TROUBLE, "Entry 7 is damaged.", None),
        (Reach.STUCK, "Entry 7 is damaged.", "Give it up…"),
    ):
        drive.set_state(SyncState(reach, problem="Entry 7 is damaged."))
        assert page.trouble.isVisible(), reach
        assert words in page.trouble.words.text()
        assert page.trouble.accessibleName() == page.trouble.words.text()
        assert page.trouble.button.isVisible() == (button is not None), reach
        assert button is None or page.trouble.button.text() == button
        assert page.elsewhere.isVisible() == (button is None)
    drive.set_state(SyncState(Reach.COPIED))
    page.trouble.button.setFocus()
    QTest.keyClick(page.trouble.button, Qt.Key.Key_Space)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ComingBack) and w.isVisible())
    dialog.reject()
    drive.set_state(SyncState(Reach.OK))
    assert not page.trouble.isVisible()


def test_an_administrator_gives_up_what_nobody_has_and_the_work_goes_out(opened, page, tmp_path):
    driver = opened.client.driver
    opened.look()
    (newest,) = (tmp_path / "share").rglob(f"{opened.desk.replica.head.seq:012d}.e")
    damaged = newest.with_name(f"{opened.desk.replica.head.seq + 1:012d}.e")
    damaged.write_bytes(b"half an entry")
    case = opened.ids["blank"]
    opened.client.services.run(lambda desk: desk.cases.set(case, title="Waits behind it"))
    opened.wait(lambda: driver.state.reach is Reach.STUCK)
    assert opened.desk.replica.pending_count() == 1
    page._read()
    opened.wait(lambda: page.trouble.button.isVisible())
    assert "is damaged" in page.trouble.words.text()
    page.trouble.button.setFocus()
    QTest.keyClick(page.trouble.button, Qt.Key.Key_Space)
    box = page.findChild(QMessageBox)
    assert box.defaultButton().text().replace("&", "") == "Cancel", "for everybody and for good"
    QTest.mouseClick(next(b for b in box.buttons() if b.text() == "Give it up"), Qt.MouseButton.LeftButton)
    opened.wait(lambda: driver.state.reach is Reach.OK and not opened.desk.replica.pending_count())
    notices = opened.client.notices
    said = [one.text for one in (notices.current, *notices._waiting) if one is not None]
    assert any(words.endswith("was given up; the log goes on.") for words in said)
    assert not page.trouble.isVisible()


def test_who_is_no_administrator_is_not_asked_to_give_anything_up(opened, page):
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    page._know(replace(page._facts, administers=False))
    opened.client.services.drive.set_state(SyncState(Reach.STUCK, problem="Entry 7 is damaged."))
    assert page.trouble.isVisible()
    assert not page.trouble.button.isVisible()


def test_a_slow_drive_is_called_slow(opened, page):
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    drive = opened.client.services.drive
    drive.looks.clear()
    for _ in range(5):
        drive.note(Look(opened.clock(), 12.0, Reach.OK))
    assert value(page, "trend") == "usually 12 ms, at most 12 ms"
    for _ in range(6):
        drive.note(Look(opened.clock(), 900.0, Reach.OK))
    assert value(page, "trend").startswith("usually 900 ms, at most 900 ms: slow")
    assert page.trend.accessibleName() == value(page, "trend")


def test_of_a_database_it_speaks_as_of_a_database(opened, page):
    drive = opened.client.services.drive
    drive.set_state(SyncState(Reach.UNREACHABLE, of_database=True, lost_at=1))
    assert page.trouble.words.text().startswith("The database does not answer")


def test_tab_goes_through_the_page_from_top_to_bottom(opened, page):
    order = tab_order(page.window(), page.sync)
    assert {page.sync, page.copy, page.elsewhere, page.examine} <= set(order)
    wanted = [one for one in order if one in (page.sync, page.copy, page.elsewhere, page.there, page.examine)]
    assert goes_down(page, wanted)
