"""The first window: each way by keyboard, the drive looked at before it is used, nothing typed is lost."""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import times
from app.desk import Desk
from app.founding import found
from app.profile import Profile
from app.work.cases import NewCase
from db.drive import DriveLog
from db.findings import Finding, Level
from tests.postgres import PASSWORD
from tests.ui.case_desk import PATIENCE_S, Clock, make_profile
from tests.ui.test_gallery import cut_off, without_name
from ui.first_run import FirstRun
from ui.i18n import Language


@pytest.fixture
def first_run(tmp_path, theme, languages) -> Iterator[FirstRun]:
    QGuiApplication.clipboard().clear()
    dialog = FirstRun(Profile(tmp_path / "profile"), tmp_path / "keys.json")
    dialog.show()
    yield dialog
    dialog.reject()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def until(holds) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < give_up
        QApplication.processEvents()
        time.sleep(0.005)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus."""
    QApplication.processEvents()
    QTest.keyClick(focus(), key, modifier)
    QApplication.processEvents()


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(words: str) -> None:
    QTest.keyClicks(focus(), words)


def invitation(folder: Path, cases: int = 3) -> str:
    """One for Jo Roth, to a desk with some cases in `folder/share`."""
    boss = Desk(make_profile(folder, Clock(times.now_ms())))  # whoever joins has today's date
    try:
        for number in range(cases):
            boss.cases.new(NewCase(f"Case {number}", 3))
            boss.sync_round()
        text, _expires = boss.invite("Jo Roth", "analyst")
    finally:
        boss.close()
    return text


def problem(dialog: FirstRun) -> str:
    return dialog._problem.text() if dialog._problem.isVisible() else ""


# -- joining ----------------------------------------------------------------------------------------------------------
def test_a_colleague_is_at_work_by_keyboard_from_the_copied_invitation(first_run, tmp_path):
    line = invitation(tmp_path / "boss")
    began = time.monotonic()
    QGuiApplication.clipboard().setText(f"Hello Jo,\n\nyour invitation:\n{line}\n\nAnna")
    first_run._to_choice()
    assert "Jo Roth" in first_run.choice.join.accessibleDescription()
    assert first_run.choice.join.hasFocus(), "what was copied says what the person wants"
    press(Qt.Key.Key_Return)
    assert first_run.joining.invitation.toPlainText() == line, "nobody needs to paste it"
    assert first_run.joining.called.hasFocus()
    until(lambda: "IT desk" in first_run.joining.words.text())
    assert str(tmp_path / "boss" / "share") in first_run.joining.words.text()
    until(lambda: not first_run.check.under_way)
    assert first_run.check.good_so_far
    assert first_run.go_on.isEnabled()
    press(Qt.Key.Key_Return)
    until(lambda: first_run.result_profile is not None)
    assert time.monotonic() - began < 60
    joined = Desk(first_run.result_profile)
    try:
        assert joined.directory.name("analyst", joined.me) == "Jo Roth"
        assert len(joined.lists.lines([1, 2, 3])) == 3
        joined.cases.claim(joined.lists.lines([1])[0].id)
    finally:
        joined.close()


def test_pasting_by_hand_is_recognised_at_once(first_run, tmp_path):
    line = invitation(tmp_path / "boss")
    first_run.choice.join.setFocus()
    press(Qt.Key.Key_Return)
    assert first_run.joining.invitation.hasFocus()
    assert not first_run.go_on.isEnabled()
    first_run.joining.invitation.insertPlainText(line[:-6])
    assert "not whole" in first_run.joining.words.text()
    assert not first_run.go_on.isEnabled()
    first_run.joining.invitation.insertPlainText(line[-6:])
    assert "Jo Roth is invited" in first_run.joining.words.text()
    press(Qt.Key.Key_Tab)
    assert first_run.joining.called.hasFocus(), "Tab leaves the field"
    write("Joanna Roth")
    until(lambda: first_run.go_on.isEnabled() and not first_run.check.under_way)
    press(Qt.Key.Key_Return)
    until(lambda: first_run.result_profile is not None)
    joined = Desk(first_run.result_profile)
    try:
        assert joined.directory.name("analyst", joined.me) == "Joanna Roth"
    finally:
        joined.close()


def test_a_desk_in_a_database_is_joined_with_its_password_and_the_own_login(first_run, tmp_path, postgres):
    url = postgres.new_database()
    boss = Profile(tmp_path / "boss")
    found(boss, url, "IT desk", "Anna Kern", zone="Europe/Berlin", key_file=tmp_path / "b.keys", password=PASSWORD)
    desk = Desk(boss)
    line, _until = desk.invite("Jo Roth", "analyst")
    desk.close()
    first_run.choice.join.click()
    assert not first_run.joining.password.isVisible(), "a folder has no password"
    first_run.joining.invitation.setPlainText(line)
    assert first_run.joining.password.isVisible()
    until(lambda: not first_run.check.under_way)
    assert not first_run.go_on.isEnabled(), "the database wants a password"
    first_run.joining.password.setFocus()
    write("wrong")
    press(Qt.Key.Key_Tab)
    until(lambda: bool(first_run.check.where) and not first_run.check.under_way)
    assert not first_run.go_on.isEnabled()
    first_run.joining.password.clear()
    first_run.joining.password.setFocus()
    write(PASSWORD)
    first_run.joining.place.setText(url.replace("127.0.0.1", "localhost"))
    until(lambda: bool(first_run.check.where) and not first_run.check.under_way)
    assert first_run.go_on.isEnabled(), first_run.check.words()
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)
    joined = Desk(first_run.result_profile)
    try:
        assert "localhost" in joined.where
        assert PASSWORD not in joined.where
        assert joined.sync_round().pending == 0
    finally:
        joined.close()


def test_an_invitation_to_a_drive_that_is_away_says_so_and_waits(first_run, tmp_path):
    line = invitation(tmp_path / "boss")
    (tmp_path / "boss" / "share").rename(tmp_path / "unplugged")
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    until(lambda: bool(first_run.check.where) and not first_run.check.under_way)
    assert not first_run.go_on.isEnabled()
    assert not first_run.check.good_so_far
    (tmp_path / "unplugged").rename(tmp_path / "boss" / "share")
    first_run.joining.invitation.setPlainText("")
    first_run.joining.invitation.setPlainText(line)
    until(first_run.go_on.isEnabled)


def test_a_used_invitation_is_told_and_nothing_typed_is_lost(first_run, tmp_path):
    line = invitation(tmp_path / "boss")
    from app.joining import join

    join(Profile(tmp_path / "other"), line, key_file=tmp_path / "other keys")
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    first_run.joining.called.setText("Jo R.")
    until(lambda: first_run.go_on.isEnabled() and not first_run.check.under_way)
    first_run.go_on.click()
    until(lambda: bool(problem(first_run)))
    assert "used already" in problem(first_run)
    assert first_run.joining.invitation.toPlainText() == line
    assert first_run.joining.called.text() == "Jo R."
    assert first_run.go_on.isEnabled()
    assert not Profile(tmp_path / "profile").attached


def test_reading_the_log_shows_how_far_it_is_and_can_be_stopped(first_run, tmp_path, monkeypatch):
    from db import catching_up

    line = invitation(tmp_path / "boss", cases=12)
    monkeypatch.setattr(catching_up, "APPLY_AT_ONCE", 1)
    slots, read, stopped = DriveLog.slots, itertools.count(), threading.Event()

    def held_in_the_middle(log, epoch, after):
        for slot in slots(log, epoch, after):
            if next(read) == 3:
                assert stopped.wait(30)
            yield slot

    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    until(lambda: first_run.go_on.isEnabled() and not first_run.check.under_way)
    monkeypatch.setattr(DriveLog, "slots", held_in_the_middle)
    first_run.go_on.click()
    until(first_run._progress.isVisible)
    assert first_run._progress.maximum() >= 1
    assert first_run._back.text() == "Stop"
    first_run._back.click()
    stopped.set()
    until(lambda: bool(problem(first_run)))
    assert problem(first_run).startswith("Stopped")
    assert not Profile(tmp_path / "profile").attached
    assert first_run.joining.invitation.toPlainText() == line
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)


# -- founding ---------------------------------------------------------------------------------------------------------
def test_a_desk_is_founded_by_keyboard_once_the_drive_was_looked_at(first_run, share):
    first_run.choice.found.setFocus()
    press(Qt.Key.Key_Return)
    assert first_run.founding.desk_name.hasFocus()
    write("IT desk")
    press(Qt.Key.Key_Tab)
    write("Anna Kern")
    press(Qt.Key.Key_Tab)
    first_run.founding.zone.setEditText("Europe/Berlin")
    press(Qt.Key.Key_Tab)
    assert first_run.founding.folder.hasFocus()
    write(str(share))
    press(Qt.Key.Key_Tab)
    assert first_run.check.isVisible(), "leaving the field begins the look"
    until(first_run.go_on.isEnabled)
    first_run.founding.folder.setFocus()
    press(Qt.Key.Key_Return)
    until(lambda: first_run.result_profile is not None)
    assert first_run.result_profile.desk()["where"] == str(share)
    assert [path.name for path in share.iterdir()] == ["hd"], "the doctor cleaned up"


def test_who_is_faster_than_the_check_need_not_ask_again(first_run, share):
    first_run.choice.found.click()
    for field, words in ((first_run.founding.desk_name, "IT desk"), (first_run.founding.founder, "Anna Kern")):
        field.setText(words)
    first_run.founding.zone.setEditText("Europe/Berlin")
    first_run.founding.folder.setText(str(share))
    first_run.go_on.click()
    assert first_run.result_profile is None
    assert first_run._back.text() == "Stop"
    until(lambda: first_run.result_profile is not None)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_a_refused_drive_explains_itself_and_is_not_used(first_run, share, languages, language):
    languages.choose(language)
    (share / ".dropbox").touch()
    first_run.choice.found.click()
    first_run.founding.desk_name.setText("IT desk")
    first_run.founding.founder.setText("Anna Kern")
    first_run.founding.zone.setEditText("Europe/Berlin")
    first_run.founding.folder.setText(str(share))
    first_run.go_on.click()
    until(lambda: bool(first_run.check.where) and not first_run.check.under_way)
    assert not first_run.go_on.isEnabled()
    assert "Dropbox" in first_run.check.words()
    row = first_run.check._rows["copies"]
    assert row._means.isVisible()
    assert "Dropbox" in row.accessibleDescription()
    assert first_run.founding.desk_name.text() == "IT desk"
    assert not (share / "hd").exists()


def test_what_is_found_is_seen_in_the_same_turn(first_run, share):
    first_run.choice.found.click()
    first_run.founding.folder.setText(str(share))
    first_run.look_now()
    first_run.check._found(first_run.check._number, Finding("copies", Level.BAD, "cloud"))
    row = first_run.check._rows["copies"]
    assert row.isVisible(), "who asks for it in the same turn of the event loop reads it"
    assert row._means.isVisible()


def test_where_a_desk_is_already_none_is_founded(first_run, tmp_path):
    make_profile(tmp_path / "boss", Clock())
    first_run.choice.found.click()
    first_run.founding.desk_name.setText("Second desk")
    first_run.founding.founder.setText("Jo Roth")
    first_run.founding.zone.setEditText("Europe/Berlin")
    first_run.founding.folder.setText(str(tmp_path / "boss" / "share"))
    first_run.look_now()
    until(lambda: "IT desk" in problem(first_run))
    until(lambda: not first_run.check.under_way)
    assert not first_run.go_on.isEnabled()
    first_run.founding.folder.setText(str(tmp_path))
    assert problem(first_run) == ""
    until(first_run.check.isVisible)


def test_a_path_that_is_typed_is_asked_for_when_it_rests(first_run, share):
    first_run.choice.found.click()
    first_run._typed.setInterval(30)
    first_run.founding.folder.setFocus()
    write(str(share)[:4])
    assert not first_run.check.where, "not letter by letter"
    first_run.founding.folder.setText(str(share))
    until(lambda: first_run.check.where == str(share))


def test_going_back_and_forth_keeps_what_was_typed(first_run, share):
    first_run.choice.found.click()
    first_run.founding.desk_name.setText("IT desk")
    first_run.founding.folder.setText(str(share))
    first_run._back.click()
    first_run.choice.alone.click()
    assert not first_run.founding.folder.isVisible()
    first_run._back.click()
    first_run.choice.found.click()
    assert (first_run.founding.desk_name.text(), first_run.founding.folder.text()) == ("IT desk", str(share))
    assert first_run.check.where == str(share), "and the drive is looked at again"


# -- alone and trying -------------------------------------------------------------------------------------------------
def test_working_alone_founds_a_desk_within_the_profile(first_run, tmp_path):
    first_run.choice.alone.click()
    assert not first_run.go_on.isEnabled()
    QTest.keyClicks(first_run.founding.desk_name, "My desk")
    QTest.keyClicks(first_run.founding.founder, "Anna Kern")
    first_run.founding.zone.setEditText("")
    assert not first_run.go_on.isEnabled()
    first_run.founding.zone.setEditText("Europe/Berlin")
    press(Qt.Key.Key_Return)
    until(lambda: first_run.result_profile is not None)
    profile = first_run.result_profile
    assert profile.desk()["name"] == "My desk"
    assert Path(profile.desk()["where"]) == tmp_path / "profile" / "share"


def test_a_profile_on_a_bad_place_is_refused_before_anything_is_made(first_run, tmp_path, monkeypatch):
    monkeypatch.setattr("app.profile.is_remote", lambda _path: True)
    first_run.choice.alone.click()
    first_run.founding.desk_name.setText("My desk")
    first_run.founding.founder.setText("Anna Kern")
    first_run.founding.zone.setEditText("Europe/Berlin")
    first_run.go_on.click()
    until(lambda: bool(problem(first_run)))
    assert "network drive" in problem(first_run)
    assert not Profile(tmp_path / "profile").attached


def test_the_demo_shows_how_far_it_is_and_can_be_stopped(first_run, tmp_path):
    press(Qt.Key.Key_Return)
    until(lambda: first_run._far[1] > 0)
    assert first_run._back.isVisible()
    first_run._back.click()
    until(lambda: bool(problem(first_run)))
    assert problem(first_run).startswith("Stopped")
    assert not Profile(tmp_path / "profile-demo").attached
    assert first_run.choice.demo.isEnabled()


def test_without_a_keyring_a_key_file_is_offered_and_never_taken_silently(tmp_path, theme, languages):
    dialog = FirstRun(Profile(tmp_path / "profile"), None)
    dialog.show()
    dialog.choice.alone.click()
    QTest.keyClicks(dialog.founding.desk_name, "My desk")
    QTest.keyClicks(dialog.founding.founder, "Anna Kern")
    dialog.founding.zone.setEditText("Europe/Berlin")
    dialog.go_on.click()
    until(dialog._problem.isVisible)
    assert not Profile(tmp_path / "profile").attached
    assert dialog.use_file.isVisible()
    assert not dialog.use_file.isChecked()
    dialog.use_file.setChecked(True)
    dialog.go_on.click()
    until(lambda: dialog.result_profile is not None)
    assert (tmp_path / "profile" / "keys.json").exists()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_closing_while_the_drive_is_checked_ends_everything(first_run, share):
    first_run.choice.found.click()
    first_run.founding.folder.setText(str(share))
    first_run.look_now()
    until(lambda: first_run.check.finding("reach") is not None)
    first_run.reject()
    assert list(share.iterdir()) == []


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_nothing_is_cut_off_on_any_page(tmp_path, share, theme, languages, language):
    (share / ".dropbox").touch()
    line = invitation(tmp_path / "boss", cases=0)
    languages.choose(language)
    dialog = FirstRun(Profile(tmp_path / "profile"), tmp_path / "keys.json")
    dialog.show()
    try:
        fits(dialog)
        dialog.choice.found.click()
        dialog.founding.folder.setText(str(share))
        dialog.look_now()
        until(lambda: bool(dialog.check.where) and not dialog.check.under_way)
        fits(dialog)
        dialog._back.click()
        dialog.choice.join.click()
        dialog.joining.invitation.setPlainText(line)
        until(lambda: bool(dialog.check.where) and not dialog.check.under_way)
        fits(dialog)
    finally:
        dialog.reject()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def fits(dialog: FirstRun) -> None:
    """Every word has its room and every control a name; the dialog fits a small screen."""
    for _ in range(3):
        QApplication.processEvents()
    # The line within an editable box is lower than one that stands alone; its text has room all the same.
    inner = dialog.founding.zone.lineEdit()
    assert inner is not None
    inner.hide()
    assert cut_off(dialog) == []
    inner.show()
    assert without_name(dialog) == []
    assert dialog.minimumSizeHint().height() <= 720


# -- what goes wrong, and what is said then ---------------------------------------------------------------------------
def checked(dialog: FirstRun) -> None:
    until(lambda: bool(dialog.check.where) and not dialog.check.under_way)


def means(dialog: FirstRun, name: str) -> str:
    return dialog.check._rows[name].accessibleDescription()


def on_founding(dialog: FirstRun, where: str) -> None:
    dialog.founding.desk_name.setText("IT desk")
    dialog.founding.founder.setText("Anna Kern")
    dialog.founding.zone.setEditText("Europe/Berlin")
    dialog.founding.folder.setText(where)
    dialog.look_now()
    checked(dialog)


def test_escape_goes_one_step_back_and_keeps_what_was_typed(first_run):
    first_run.choice.found.click()
    write("IT desk")
    press(Qt.Key.Key_Escape)
    assert first_run.isVisible(), "a key pressed too often does not end the program"
    assert first_run.choice.demo.hasFocus()
    first_run.choice.found.click()
    assert first_run.founding.desk_name.text() == "IT desk"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert not first_run.isVisible()


def test_an_expired_invitation_is_told_before_anything_is_tried(first_run, tmp_path):
    then = Clock(times.now_ms() - 40 * 86_400_000)
    boss = Desk(make_profile(tmp_path / "boss", then), clock=then)
    line, _expires = boss.invite("Jo Roth", "analyst")
    boss.close()
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    assert problem(first_run).startswith("This invitation expired on ")
    checked(first_run)
    assert not first_run.go_on.isEnabled()
    first_run.joining.invitation.setPlainText("")
    assert problem(first_run) == ""


def test_what_is_no_invitation_and_what_is_half_of_one_are_told_apart(first_run, tmp_path):
    line = invitation(tmp_path / "boss", cases=0)
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText("Hello Jo, see you on Monday")
    assert "no invitation in this" in first_run.joining.words.text()
    first_run.joining.invitation.setPlainText(line[:40])
    assert "not whole" in first_run.joining.words.text()


def test_the_cable_is_put_in_and_the_place_checked_again_by_keyboard(first_run, tmp_path):
    line = invitation(tmp_path / "boss", cases=0)
    share = tmp_path / "boss" / "share"
    share.rename(tmp_path / "unplugged")
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    checked(first_run)
    assert first_run.check._summary.text() == "The folder is not reached."
    assert first_run.check.again.isVisible()
    (tmp_path / "unplugged").rename(share)
    for _ in range(12):
        if first_run.check.again.hasFocus():
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    until(first_run.go_on.isEnabled)
    checked(first_run)
    assert first_run.check._summary.text().startswith("The help desk “IT desk” is here")
    assert not first_run.check.again.isVisible()


def test_a_place_without_the_desk_is_not_joined(first_run, tmp_path, share):
    line = invitation(tmp_path / "boss", cases=0)
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    checked(first_run)
    first_run.joining.place.setText(str(share))
    first_run.look_now()
    checked(first_run)
    assert problem(first_run).startswith("No help desk is at this place.")
    assert not first_run.go_on.isEnabled()
    first_run.joining.place.clear()
    first_run.look_now()
    checked(first_run)
    assert problem(first_run) == ""
    assert first_run.go_on.isEnabled()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is the right way to write it")
@pytest.mark.parametrize("where", [r"\\server\it\helpdesk", r"H:\helpdesk"])
def test_a_name_of_windows_typed_elsewhere_is_explained(first_run, where):
    first_run.choice.found.click()
    on_founding(first_run, where)
    assert "This is how Windows names it" in means(first_run, "reach")
    assert not first_run.go_on.isEnabled()


def test_half_a_path_and_a_file_managers_name_are_explained(first_run):
    first_run.choice.found.click()
    on_founding(first_run, "share/helpdesk")
    assert "not a whole path" in means(first_run, "reach")
    on_founding(first_run, "smb://server/it")
    assert "file manager" in means(first_run, "reach")
    assert not first_run.founding.password.isVisible(), "that is no database"
    assert not first_run.go_on.isEnabled()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions that count")
def test_a_folder_one_may_only_read_is_not_founded_in(first_run, share):
    share.chmod(0o555)
    try:
        first_run.choice.found.click()
        on_founding(first_run, str(share))
    finally:
        share.chmod(0o755)
    assert first_run.check._summary.text() == "You can't work in this folder yet."


def test_a_folder_that_refuses_writing_says_whom_to_ask(first_run, share, monkeypatch):
    mkdir = Path.mkdir

    def refused(path: Path, *args: object, **more: object) -> None:
        if path.name.startswith("hd-check-"):
            raise PermissionError(13, "Permission denied")
        mkdir(path, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refused)
    first_run.choice.found.click()
    on_founding(first_run, str(share))
    assert first_run.check._summary.text() == "You can't work in this folder yet."
    assert "Ask for permission to change this folder" in means(first_run, "rights")
    assert not first_run.go_on.isEnabled()


def test_umlauts_spaces_and_quotes_in_a_path(first_run, tmp_path):
    place = tmp_path / "Büro & Werk 1" / "IT Übergabe"
    place.mkdir(parents=True)
    first_run.choice.found.click()
    on_founding(first_run, f'"{place}"')
    assert first_run.check.is_good
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)
    assert first_run.result_profile.desk()["where"] == str(place)


def test_a_server_that_is_away_and_one_that_wants_a_password_are_told_as_a_database(first_run, postgres):
    url = postgres.new_database()
    first_run.choice.found.click()
    on_founding(first_run, "postgresql://anna@127.0.0.1:1/halldesk")
    assert first_run.check._summary.text() == "The database is not reached."
    assert "Reaching the database: must be put right" in first_run.check._rows["reach"].accessibleName()
    on_founding(first_run, url)
    assert first_run.check._summary.text() == "The database does not let this login in yet."
    assert "wants a password" in means(first_run, "reach")
    first_run.founding.password.setFocus()
    write("wrong")
    press(Qt.Key.Key_Tab)
    checked(first_run)
    assert "refused the password" in means(first_run, "reach")
    first_run.founding.password.clear()
    first_run.founding.password.setFocus()
    write(PASSWORD)
    press(Qt.Key.Key_Tab)
    until(first_run.go_on.isEnabled)
    checked(first_run)
    assert first_run.check._summary.text().startswith("A help desk can be kept here.")
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)


def test_tab_goes_through_a_page_from_top_to_bottom(first_run, tmp_path):
    line = invitation(tmp_path / "boss", cases=0)
    first_run.choice.join.click()
    first_run.joining.invitation.setPlainText(line)
    checked(first_run)
    first_run.joining.invitation.setFocus()
    seen = [focus()]
    while len(seen) < 12:
        press(Qt.Key.Key_Tab)
        if focus() in seen:
            break
        seen.append(focus())
    wanted = [first_run.joining.invitation, first_run.joining.called, first_run.joining.place]
    assert seen[:3] == wanted
    assert first_run._back in seen
    assert first_run.go_on in seen
    down = [one.mapTo(first_run, one.rect().topLeft()).y() for one in seen]
    assert down == sorted(down), [type(one).__name__ for one in seen]
