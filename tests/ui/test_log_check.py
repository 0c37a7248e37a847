"""The check of the whole log in Drive health: how far it is, what was found in words, stopped, copied and saved."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db import verify
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off, without_name
from ui.drive_health import DriveHealth, DriveHealthDialog
from ui.drive_news import Reach
from ui.i18n import Language
from ui.log_check import LogCheck
from ui.theme import ThemeChoice


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


def _over(opened: OpenWindow, log: LogCheck) -> None:
    opened.wait(lambda: not log.under_way)


def _rows(log: LogCheck) -> list[QWidget]:
    return [row for row in log._rows.children() if isinstance(row, QWidget) and not row.isHidden()]


def _damage(opened: OpenWindow, share: Path) -> None:
    """The second entry is gone from the share, and a row was changed past the log."""
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    opened.client.driver._timer.stop()
    (entry,) = share.rglob(f"{2:012d}.e")
    entry.unlink()
    with closing(sqlite3.connect(opened.desk.replica.path)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE analyst SET tier = 3 WHERE name = 'Anna Kern'")


def test_by_keyboard_it_says_that_all_is_well(opened, page):
    log = page.log
    assert not log.copy.isVisible()
    log.start_stop.setFocus()
    QTest.keyClick(log.start_stop, Qt.Key.Key_Space)
    assert log.start_stop.text() == "Stop"
    assert log.bar.isVisible()
    _over(opened, log)
    head = opened.desk.replica.head.seq
    assert log._summary.text() == f"All is well: {head} entries checked."
    assert not log.bar.isVisible()
    assert _rows(log) == []
    assert log.start_stop.text() == "Check the whole log"


def test_what_is_wrong_says_whose_entry_it_is_and_what_to_do(opened, page, tmp_path, languages):
    _damage(opened, tmp_path / "share")
    QTest.mouseClick(page.log.start_stop, Qt.MouseButton.LeftButton)
    _over(opened, page.log)
    assert page.log._summary.text().startswith("2 things are wrong in ")
    broken, missing = _rows(page.log)
    assert broken.accessibleName().startswith("must be put right: The rows of this replica are not its state")
    assert missing.accessibleName().startswith("must be put right: Entry 2 is missing in the store. (by Anna Kern on ")
    assert missing.accessibleDescription().startswith("Nothing is lost: this workstation has the entry")
    languages.choose(Language.GERMAN)
    opened.wait()
    assert page.log._summary.text().startswith("In ")
    said = [row.accessibleName() for row in _rows(page.log)]
    assert said[0].startswith("muss in Ordnung gebracht werden: Die Zeilen dieser Kopie sind nicht ihr Stand")
    assert said[1].startswith("muss in Ordnung gebracht werden: Eintrag 2 fehlt in der Ablage. (von Anna Kern an ")


def test_the_report_is_copied_and_saved(opened, page, tmp_path):
    _damage(opened, tmp_path / "share")
    page.log.start()
    _over(opened, page.log)
    QTest.mouseClick(page.log.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "X Entry 2 is missing in the store. (by Anna Kern on " in copied
    page.log.save_to(tmp_path / "report.txt")
    opened.wait(lambda: (tmp_path / "report.txt").exists() and (tmp_path / "report.txt").read_text("utf-8") == copied)
    assert copied.strip() in page.report(), "Copy report has it, too"


@pytest.mark.parametrize("how", ["button", "escape"])
def test_it_can_be_stopped_and_others_work_on_meanwhile(opened, page, monkeypatch, how):
    log, begun, go_on = page.log, threading.Event(), threading.Event()
    parts = verify._parts

    def slowly(*args):
        for part in parts(*args):
            begun.set()
            assert go_on.wait(60)
            yield part

    monkeypatch.setattr(verify, "_parts", slowly)
    log.start()
    opened.wait(begun.is_set)
    case = opened.ids["blank"]
    opened.client.services.run(lambda desk: desk.cases.set(case, title="Written meanwhile"))
    title = 'SELECT title FROM "case" WHERE id = ?'
    opened.wait(lambda: opened.desk.context.reader.value(title, (case,)) == "Written meanwhile")
    if how == "button":
        QTest.mouseClick(log.start_stop, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(log, Qt.Key.Key_Escape)
    assert log._summary.text() == "The check was stopped."
    go_on.set()
    opened.wait(lambda: not opened.client.lanes["imports"].under_way)
    assert log.result is None
    assert not log.copy.isVisible()
    opened.no_error()
    log.start()
    _over(opened, log)
    assert log.result is not None
    assert log.result.ok


@pytest.mark.parametrize("look", ["light", "dark"])
def test_nothing_is_cut_off_in_large_german(opened, page, theme, languages, tmp_path, look):
    theme.choose(ThemeChoice(look))
    theme.set_text_scale(1.5)
    languages.choose(Language.GERMAN)
    _damage(opened, tmp_path / "share")
    page.log.start()
    _over(opened, page.log)
    opened.wait()
    assert cut_off(page.log) == []
    assert without_name(page.log) == []
