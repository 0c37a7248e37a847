"""A workstation that is outside says why and what to do, by keyboard and mouse: copied, revoked, without its key.

Set HALLDESK_PICTURES to a folder to look at the dialogs as PNG files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.credentials import key_store
from app.desk import Desk
from app.joining import join
from app.profile import Profile
from app.work.cases import NewCase
from db.incarnation import SIGN, TWIN
from tests.ui.open_window import OpenWindow, open_again, open_window
from tests.ui.tab_order import goes_down, tab_order
from tests.ui.test_gallery import cut_off, without_name
from ui.admin.bring_in import BringInDialog
from ui.admin.page import AdministrationPage
from ui.coming_back import ComingBack
from ui.drive_news import Reach
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    one.look()
    assert one.client.driver.state.reach is Reach.OK
    yield one
    one.close()


def asks(opened: OpenWindow) -> ComingBack:
    """Click on the line at the bottom."""
    status = opened.window.status
    QTest.mouseClick(status._words, Qt.MouseButton.LeftButton)
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ComingBack) and w.isVisible()]
    assert found
    return found[-1]


def is_closed(dialog: QWidget) -> bool:
    return not shiboken6.isValid(dialog) or not dialog.isVisible()


def is_copied(opened: OpenWindow) -> None:
    opened.client.driver._timer.stop()
    opened.desk.replica.set_facts({TWIN: {"why": SIGN, "seq": 1, "at": 1}})
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Done on the copy", 3)))
    opened.look()
    opened.wait(lambda: opened.client.driver.state.reach is Reach.COPIED)
    opened.wait(lambda: opened.client.driver.state.pending == 1)


def colleague(opened: OpenWindow, folder: Path) -> Desk:
    """Another administrator at another workstation."""
    line, _until = opened.desk.invite("Ben Lutz", "administrator")
    join(Profile(folder), line, key_file=folder.with_suffix(".keys"), clock=opened.clock)
    opened.desk.sync_round()
    return Desk(Profile(folder), clock=opened.clock)


def test_a_copy_goes_on_where_the_other_is_gone(opened):
    is_copied(opened)
    assert "another machine works as this one" in opened.window.status.words()
    dialog = asks(opened)
    assert not dialog.enter.isEnabled()
    dialog.here.setFocus()
    opened.press(dialog.here, Qt.Key.Key_Space)
    opened.wait(lambda: is_closed(dialog))
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    opened.wait(lambda: opened.client.driver.state.pending == 0)
    opened.wait(lambda: "Done on the copy" in opened.shown())


def test_a_copy_becomes_a_device_of_its_own_by_a_pasted_mail(opened, tmp_path):
    ben = colleague(opened, tmp_path / "ben")
    before = opened.desk.replica.fact("device")
    is_copied(opened)
    line, _until = ben.enrolment.invite_again(opened.desk.me)
    dialog = asks(opened)
    dialog.line.setPlainText("halldesk1:half")
    assert not dialog.enter.isEnabled()
    dialog.line.setPlainText(f"Hello,\nhere it is:\n{line}\nBen")
    assert dialog.enter.isEnabled()
    QTest.mouseClick(dialog.enter, Qt.MouseButton.LeftButton)
    opened.wait(lambda: is_closed(dialog))
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    assert opened.desk.replica.fact("device") != before
    assert not opened.desk.twin
    ben.sync_round()
    assert ben.context.reader.value("SELECT count(*) FROM \"case\" WHERE title = 'Done on the copy'") == 1
    ben.close()


def test_a_line_that_does_not_fit_is_refused_in_words_and_nothing_changes(opened, tmp_path):
    ben = colleague(opened, tmp_path / "ben")
    is_copied(opened)
    line, _until = ben.enrolment.invite_again(ben.me)
    dialog = asks(opened)
    dialog.line.setPlainText(line)
    QTest.mouseClick(dialog.enter, Qt.MouseButton.LeftButton)
    opened.wait(dialog.problem.isVisible)
    assert "not for the analyst of this workstation" in dialog.problem.text()
    assert dialog.enter.isEnabled()
    assert opened.desk.twin
    dialog.close()
    ben.close()


def test_a_revoked_one_saves_its_work_and_a_colleague_brings_it_in(opened, tmp_path, theme, languages, monkeypatch):
    ben = colleague(opened, tmp_path / "ben")
    opened.client.driver._timer.stop()
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Not sent in time", 3)))
    opened.wait(lambda: opened.desk.replica.pending_count() == 1)
    ben.enrolment.revoke(next(d for d in ben.devices.devices() if d.analyst_id == opened.desk.me))
    opened.look()
    opened.wait(lambda: opened.client.driver.state.reach is Reach.REVOKED)
    dialog = asks(opened)
    file = tmp_path / "unsent.halldesk-work"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    opened.wait(file.exists)
    opened.wait(lambda: dialog.save.isEnabled())
    dialog.close()
    ben.close()
    opened.close()
    other = open_again(Profile(tmp_path / "ben"), opened.clock, theme, languages)
    try:
        other.window.actions_["go.administration"].trigger()
        other.wait()
        section = other.window.findChild(AdministrationPage).section("devices")
        QTest.mouseClick(section.bring_in, Qt.MouseButton.LeftButton)
        bring = next(w for w in QApplication.topLevelWidgets() if isinstance(w, BringInDialog) and w.isVisible())
        bring.file.setText(str(tmp_path / "nowhere"))
        QTest.mouseClick(bring.go, Qt.MouseButton.LeftButton)
        other.wait(lambda: "There is no file" in bring.said.text())
        bring.file.setText(str(file))
        QTest.mouseClick(bring.go, Qt.MouseButton.LeftButton)
        other.wait(lambda: bring.changes.rowCount() == 1)
        item = bring.changes.item(0, 1)
        assert item is not None
        assert item.text() == "Not sent in time"
        QTest.keyClick(bring.go, Qt.Key.Key_Return)
        other.wait(lambda: is_closed(bring))
        other.wait(lambda: other.desk.replica.pending_count() == 0)
        assert other.desk.context.reader.value("SELECT 1 FROM \"case\" WHERE title = 'Not sent in time'")
    finally:
        other.close()


def test_without_its_key_it_says_so(opened, tmp_path):
    opened.client.driver._timer.stop()
    desk = opened.desk
    secrets = key_store(Path(desk.card["key_file"]))
    secrets.delete(f"device-{desk.replica.fact('device').hex()}")
    desk.meet_anew()
    opened.look()
    opened.wait(lambda: opened.client.driver.state.reach is Reach.KEYLESS)
    dialog = asks(opened)
    assert "key is missing" in dialog.windowTitle()
    assert not hasattr(dialog, "here")
    dialog.close()


@pytest.mark.skipif(not PICTURES, reason="HALLDESK_PICTURES is not set")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("look", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_pictures(opened, theme, languages, language, look, tmp_path):
    theme.choose(look)
    languages.choose(language)
    is_copied(opened)
    dialog = asks(opened)
    opened.wait()
    assert not cut_off(dialog)
    dialog.grab().save(f"{PICTURES}/copied-{language}-{look}.png")
    opened.window.grab().save(f"{PICTURES}/copied-window-{language}-{look}.png")
    dialog.close()


# -- keyboard and names -----------------------------------------------------------------------------------------------
def test_every_way_out_is_reached_by_tab_and_has_a_name(opened):
    is_copied(opened)
    opened.window.status.setFocus()
    opened.press(opened.window.status, Qt.Key.Key_Return)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ComingBack) and w.isVisible())
    opened.wait(dialog.line.hasFocus)
    order = tab_order(dialog, dialog.line)
    assert {dialog.line, dialog.here, dialog.save} <= set(order)
    assert goes_down(dialog, order)
    assert without_name(dialog) == []
    dialog.line.setPlainText("halldesk1:half")
    assert "not whole" in dialog._read.text()
    dialog.line.setPlainText("Hello")
    assert "no invitation in this" in dialog._read.text()
    opened.press(dialog, Qt.Key.Key_Escape)
    assert is_closed(dialog)


def test_devices_and_invitations_and_what_they_open_go_by_keyboard(opened):
    opened.window.show_page("administration", "devices")
    opened.wait()
    section = opened.window.findChild(AdministrationPage).section("devices")
    assert without_name(section) == []
    for button in (section.bring_in, section.invite):
        button.setFocus()
        opened.press(button, Qt.Key.Key_Space)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, button.text()
        opened.wait(lambda dialog=dialog: dialog.isVisible() and dialog.focusWidget() is not None)
        first = dialog.focusWidget()
        order = tab_order(dialog, first)
        assert goes_down(dialog, order), [type(one).__name__ for one in order]
        assert without_name(dialog) == []
        opened.press(dialog, Qt.Key.Key_Escape)
        assert is_closed(dialog)
