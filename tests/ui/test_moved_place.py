"""The share has another name, or lies elsewhere: from the line at the bottom to there, by mouse and keyboard."""

from __future__ import annotations

import shutil

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.founding import found
from app.moving import move
from app.profile import Profile
from app.work.cases import NewCase
from tests.postgres import PASSWORD
from tests.ui.open_window import OpenWindow, open_again, open_window
from tests.ui.tab_order import goes_down, tab_order
from tests.ui.test_coming_back import colleague
from tests.ui.test_gallery import cut_off, without_name
from ui.drive_health import DriveHealthDialog
from ui.drive_news import Reach
from ui.i18n import Language
from ui.moved_place import MovedPlace


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    one.look()
    assert one.client.driver.state.reach is Reach.OK
    yield one
    one.close()


def goes_away(opened: OpenWindow, tmp_path) -> None:
    """The share is called otherwise from now on, and a change is made meanwhile."""
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    (tmp_path / "share").rename(tmp_path / "new name")
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Done meanwhile", 3)))
    opened.look()
    opened.wait(lambda: opened.client.driver.state.reach is Reach.UNREACHABLE)


def dialog_of(_opened: OpenWindow) -> MovedPlace:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MovedPlace) and w.isVisible()]
    assert found
    return found[-1]


def health(opened: OpenWindow) -> DriveHealthDialog:
    dialog = opened.window.findChild(DriveHealthDialog)
    assert isinstance(dialog, DriveHealthDialog)
    return dialog


def is_gone(dialog: MovedPlace) -> bool:
    return not shiboken6.isValid(dialog) or not dialog.isVisible()


def looked(opened: OpenWindow, dialog: MovedPlace) -> None:
    opened.wait(lambda: bool(dialog.check.where) and not dialog.check.under_way)


def test_from_the_line_at_the_bottom_to_the_new_name_by_mouse(opened, tmp_path, monkeypatch):
    goes_away(opened, tmp_path)
    QTest.mouseClick(opened.window.status, Qt.MouseButton.LeftButton)
    page = health(opened).page
    assert page.trouble.isVisible()
    assert "if the share is elsewhere now, say where" in page.trouble.words.text()
    assert not page.elsewhere.isVisible(), "one button for one thing"
    QTest.mouseClick(page.trouble.button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(opened)
    assert dialog.place.text() == str(tmp_path / "share")
    assert not dialog.go.isEnabled()
    assert goes_down(dialog, tab_order(dialog, dialog.place))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "new name"))
    QTest.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    looked(opened, dialog)
    assert "IT desk" in dialog.check._summary.text()
    assert opened.client.services.desk.where == str(tmp_path / "share"), "looked at, not used"
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    opened.wait(lambda: is_gone(dialog))
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    opened.wait(lambda: opened.client.driver.state.pending == 0)
    opened.wait(lambda: not page.trouble.isVisible())
    assert page._rows["where"][1].text() == str(tmp_path / "new name")
    assert opened.desk.profile.desk()["where"] == str(tmp_path / "new name"), "also after the next start"


def test_the_same_by_keyboard_from_the_palette(opened, tmp_path):
    goes_away(opened, tmp_path)
    opened.window.actions_["drive.follow"].trigger()
    dialog = dialog_of(opened)
    opened.wait(dialog.place.hasFocus)
    QTest.keyClicks(dialog.place, str(tmp_path / "new name"))  # what was there is chosen and gives way
    assert dialog.place.text() == str(tmp_path / "new name")
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    looked(opened, dialog)
    opened.wait(dialog.go.isEnabled)
    assert dialog.isVisible(), "Return looked at it first"
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    opened.wait(lambda: is_gone(dialog))
    opened.wait(lambda: opened.client.driver.state.pending == 0)


def test_places_that_are_wrong_are_told_and_the_old_one_stays(opened, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "empty").mkdir()
    found(Profile(tmp_path / "x"), str(other), "Other desk", "Kim", zone="Europe/Berlin", key_file=tmp_path / "x.keys")
    goes_away(opened, tmp_path)
    opened.window.sheets.show_moved()
    dialog = dialog_of(opened)
    dialog.place.setText(str(tmp_path / "nowhere"))
    dialog.look_now()
    looked(opened, dialog)
    assert dialog.check._summary.text() == "The folder is not reached."
    assert dialog.check.again.isVisible()
    assert not dialog.go.isEnabled()
    dialog.place.setText(str(tmp_path / "empty"))
    dialog.look_now()
    looked(opened, dialog)
    assert "No help desk is at this place" in dialog.problem.text()
    assert not dialog.go.isEnabled()
    dialog.place.setText(str(other))
    dialog.look_now()
    looked(opened, dialog)
    opened.wait(dialog.go.isEnabled)
    dialog.go.click()
    opened.wait(lambda: "holds another help desk (Other desk)" in dialog.problem.text())
    assert dialog.place.text() == str(other), "nothing typed is lost"
    assert opened.client.services.desk.where == str(tmp_path / "share")
    assert not dialog.restored.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert is_gone(dialog)


def test_a_restored_copy_is_taken_when_somebody_says_so(opened, tmp_path):
    opened.wait(lambda: opened.client.driver.state.pending == 0)
    shutil.copytree(tmp_path / "share", tmp_path / "backup")
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("After the backup", 3)))
    opened.wait(lambda: "After the backup" in opened.shown() and opened.desk.replica.pending_count() == 0)
    opened.wait(lambda: not opened.client.driver.state.busy)
    opened.client.driver._timer.stop()
    (tmp_path / "share").rename(tmp_path / "burnt")
    (tmp_path / "backup").rename(tmp_path / "new name")
    opened.look()
    opened.window.sheets.show_moved()
    dialog = dialog_of(opened)
    dialog.place.setText(str(tmp_path / "new name"))
    dialog.look_now()
    looked(opened, dialog)
    dialog.go.click()
    opened.wait(dialog.restored.isVisible)
    assert "lacks something that was seen here" in dialog.problem.text()
    assert not dialog.restored.isChecked(), "a person says it, nobody else"
    assert dialog.restored.hasFocus()
    assert opened.client.services.desk.where == str(tmp_path / "share")
    QTest.keyClick(dialog.restored, Qt.Key.Key_Space)
    opened.wait(dialog.go.isEnabled)
    dialog.go.click()
    opened.wait(lambda: is_gone(dialog))
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    burnt = {path.name for path in (tmp_path / "burnt" / "hd" / "log").rglob("*.e")}
    opened.wait(lambda: burnt <= {path.name for path in (tmp_path / "new name" / "hd" / "log").rglob("*.e")})
    opened.no_error()


def test_a_password_that_was_changed_on_the_server_is_entered_here(tmp_path, theme, languages, postgres):
    url = postgres.new_database()
    name = url.rpartition("/")[2]
    postgres.query("DROP ROLE IF EXISTS jo_moved")
    postgres.query(f"CREATE ROLE jo_moved LOGIN SUPERUSER PASSWORD '{PASSWORD}'", name)
    mine = url.replace("postgres@", "jo_moved@")
    profile = Profile(tmp_path / "anna")
    found(profile, mine, "IT desk", "Anna Kern", zone="Europe/Berlin", key_file=tmp_path / "k.keys", password=PASSWORD)
    postgres.query("ALTER ROLE jo_moved PASSWORD 'changed'", name)
    from tests.ui.case_desk import Clock

    opened = open_again(profile, Clock(), theme, languages)
    try:
        opened.wait(lambda: opened.client.driver.state.reach is Reach.LOCKED)
        assert "the database wants a password; click to enter it" in opened.window.status.words()
        QTest.mouseClick(opened.window.status, Qt.MouseButton.LeftButton)
        dialog = dialog_of(opened)
        assert dialog.password.isVisible()
        dialog.password.setFocus()
        QTest.keyClicks(dialog.password, "changed")
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)
        looked(opened, dialog)
        opened.wait(dialog.go.isEnabled)
        dialog.go.click()
        opened.wait(lambda: is_gone(dialog))
        opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
        assert "changed" not in str(profile.desk())
    finally:
        opened.close()


def test_who_can_not_go_along_to_a_database_is_asked_for_the_password_of_it(opened, tmp_path, postgres):
    ben = colleague(opened, tmp_path / "ben")
    url = postgres.new_database()
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    move(ben, url, lambda *_: None, password=PASSWORD)
    ben.close()
    opened.look()
    opened.wait(lambda: opened.client.driver.state.reach is Reach.LOCKED)
    assert "moved to a database that wants a password" in opened.window.status.words()
    QTest.mouseClick(opened.window.status, Qt.MouseButton.LeftButton)
    dialog = dialog_of(opened)
    assert dialog.place.text() == url, "where it is now is known; nobody needs to look it up"
    opened.wait(dialog.password.hasFocus)
    QTest.keyClicks(dialog.password, PASSWORD)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    looked(opened, dialog)
    opened.wait(dialog.go.isEnabled)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    opened.wait(lambda: is_gone(dialog))
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    assert opened.client.driver.state.of_database
    assert opened.client.services.desk.where == url


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_nothing_is_cut_off_and_everything_has_a_name(opened, tmp_path, theme, languages, language):
    theme.set_text_scale(1.5)
    languages.choose(language)
    goes_away(opened, tmp_path)
    opened.window.sheets.show_health()
    page = health(opened).page
    opened.wait(lambda: page._facts is not None)
    opened.wait()
    assert cut_off(page) == []
    page.trouble.button.click()
    dialog = dialog_of(opened)
    dialog.place.setText(str(tmp_path / "new name"))
    dialog.look_now()
    looked(opened, dialog)
    dialog.restored.show()
    dialog._say("x" * 20)
    opened.wait()
    assert cut_off(dialog) == []
    assert without_name(dialog) == []
