"""From the command to the window and back: what is imported, one window per profile, first run, an orderly end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk import Desk
from app.profile import Profile
from app.work.cases import NewCase
from tests.ui.case_desk import Clock, make_profile
from ui.first_run import FirstRun
from ui.main import SingleInstance, _window_arguments, main, run_client
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def first_run(tmp_path, theme, languages):
    dialog = FirstRun(Profile(tmp_path / "profile"), tmp_path / "keys.json")
    dialog.show()
    yield dialog
    dialog.reject()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def until(holds, seconds: float = 10.0) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up
        QApplication.processEvents()
        time.sleep(0.005)


def test_the_first_window_needs_neither_the_object_mapper_nor_reports_nor_keyring():
    check = (
        "import sys, ui.main;"
        "heavy = [m for m in ('sqlalchemy', 'alembic', 'reportlab', 'keyring', 'holidays', 'markdown_it', 'nh3',"
        " 'cryptography', 'PySide6.QtNetwork') if m in sys.modules];"
        "print(*heavy)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."}
    )
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        ([], None),
        (["--profile", "P"], None),
        (["--profile=P", "--key-file", "K"], None),
        (["status", "--json"], "status"),
        (["--profile", "P", "case", "list"], "case"),
        (["--version"], ""),
        (["--profile"], ""),
    ],
)
def test_words_on_the_command_line_choose_between_window_and_command(arguments, verb):
    assert _window_arguments(arguments)[2] == verb


def test_a_verb_goes_to_the_command_line(tmp_path, capsys):
    make_profile(tmp_path, Clock())
    assert main(["--profile", str(tmp_path / "profile"), "case", "list", "--json"]) == 0
    assert main(["--profile", str(tmp_path / "nowhere"), "status"]) == 1
    assert "belongs to no help desk" in capsys.readouterr().err


def test_the_window_opens_works_and_ends_in_order(tmp_path, theme, languages):
    profile = make_profile(tmp_path, Clock())
    seen: list[str] = []

    def use() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        window.services.run(lambda desk: desk.cases.new(NewCase("Said at the last moment", 3)))
        window.services.keep_draft("new case", "half a call")
        window.services.settings["place"] = "unowned"
        seen.append(window.windowTitle())
        window.close()

    QTimer.singleShot(800, use)
    assert run_client(profile) == 0
    assert seen == ["IT desk – Halldesk"]
    desk = Desk(profile)
    try:
        assert [line.title for line in desk.lists.lines([1])] == ["Said at the last moment"]
        assert desk.drafts.read("new case") == "half a call"
    finally:
        desk.close()
    assert profile.settings()["place"] == "unowned"
    assert (profile.folder / "crash.log").exists()


def test_a_second_start_raises_the_first(tmp_path, theme, languages):
    from tests.ui.open_window import open_again

    clock = Clock()
    profile = make_profile(tmp_path, clock)
    opened = open_again(profile, clock, theme, languages)
    first, second = SingleInstance(profile), SingleInstance(profile)
    try:
        assert first.is_first()
        first.listen(opened.window)
        opened.window.showMinimized()
        assert not second.is_first()
        assert second.raise_other()
        opened.wait(lambda: not opened.window.isMinimized())
        first.close()
        assert second.is_first()
    finally:
        first.close()
        second.close()
        opened.close()


def test_working_alone_founds_a_desk_within_the_profile(first_run, tmp_path):
    first_run.alone.click()
    assert not first_run.go_on.isEnabled()
    QTest.keyClicks(first_run.desk_name, "My desk")
    QTest.keyClicks(first_run.founder, "Anna Kern")
    first_run.zone.setEditText("")
    assert not first_run.go_on.isEnabled()
    first_run.zone.setEditText("Europe/Berlin")
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)
    profile = first_run.result_profile
    assert profile.desk()["name"] == "My desk"
    assert Path(profile.desk()["where"]) == tmp_path / "profile" / "share"


def test_a_colleague_joins_with_the_line_of_text(first_run, tmp_path):
    profile = make_profile(tmp_path / "boss", Clock())
    boss = Desk(profile)
    text, _expires = boss.invite("Jo Roth", "analyst")
    boss.sync_round()
    boss.close()
    first_run.join.click()
    first_run.invitation.setPlainText(text)
    first_run.go_on.click()
    until(lambda: first_run.result_profile is not None)
    joined = Desk(first_run.result_profile)
    try:
        assert joined.directory.name("analyst", joined.me) == "Jo Roth"
    finally:
        joined.close()


def test_what_goes_wrong_is_said_and_nothing_is_left_behind(first_run, tmp_path):
    first_run.join.click()
    first_run.invitation.setPlainText("this is no invitation")
    first_run.go_on.click()
    until(first_run._problem.isVisible)
    assert first_run._problem.text()
    assert first_run.go_on.isEnabled()
    assert not Profile(tmp_path / "profile").attached


def test_without_a_keyring_a_key_file_is_offered_and_never_taken_silently(tmp_path, theme, languages):
    dialog = FirstRun(Profile(tmp_path / "profile"), None)
    dialog.show()
    dialog.alone.click()
    QTest.keyClicks(dialog.desk_name, "My desk")
    QTest.keyClicks(dialog.founder, "Anna Kern")
    dialog.zone.setEditText("Europe/Berlin")
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
