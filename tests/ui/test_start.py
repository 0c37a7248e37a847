"""From the command to the window and back: what is imported, one window per profile, first run, an orderly end."""

from __future__ import annotations

import faulthandler
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.desk import Desk
from app.work.cases import NewCase
from tests.ui.case_desk import PATIENCE_S, Clock, make_profile
from ui.command import _window_arguments, main
from ui.main import Client, SingleInstance, run_client
from ui.main_window import MainWindow
from ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _crashes_are_told_where_pytest_wants_them(request: pytest.FixtureRequest) -> Iterator[None]:
    """The program listens for crashes itself and, when it ends, leaves them to what is the error stream then: here a
    file that is thrown away. A later crash in this process would be silent."""
    yield
    assert faulthandler.is_enabled()
    faulthandler.enable(request.config.stash[fault_handler_stderr_fd_key])


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


def test_a_command_does_not_wait_for_the_window_libraries(tmp_path):
    """Nor for the modules of other verbs."""
    check = (
        "import sys; from ui.command import main; code = main(sys.argv[1:]);"
        "print(code, *(m for m in ('PySide6', 'app.insight', 'app.mailing', 'app.records') if m in sys.modules))"
    )
    make_profile(tmp_path, Clock())
    words = ["--profile", str(tmp_path / "profile"), "case", "list", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", check, *words],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "0")


BEHIND = (
    "app.desk", "db.replica", "db.sync", "zstandard", "importlib.metadata", "email", "csv", "ctypes",
    "decimal", "ui.case_editor", "ui.composer", "ui.timeline", "app.rendering", "app.insight", "app.reports",
    "app.knowledge.search", "app.spelling", "app.records", "app.demo", "app.cli", "app.work.search",
    "app.finding.expanding", "app.work.conflicts", "app.work.routing", "app.work.clocks",
)  # fmt: skip
"""What comes when the first rows are on screen, or when somebody asks for it."""


@pytest.mark.parametrize(
    ("first", "behind"),
    [
        ("ui.main", BEHIND),
        ("ui.case_editor", ("app.desk", "db.replica", "cryptography", "zstandard")),
        # Asked while the window is being made, wherever somebody is away.
        ("app.work.agreed", ("app.work.clocks", "app.work.deadlines", "app.work.routing", "app.work.coverage_checks")),
    ],
)
def test_what_the_first_rows_do_not_need_is_not_waited_for(first: str, behind: tuple[str, ...]):
    check = f"import sys, {first}; print(*[m for m in {behind!r} if m in sys.modules])"
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
    collected: list[bool] = []
    gc.enable()

    def use() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        if window.case_room.editor_made is None or window.services.lanes.read.under_way:
            QTimer.singleShot(20, use)  # it is still being opened
            return
        window.services.run(lambda desk: desk.cases.new(NewCase("Said at the last moment", 3)))
        window.services.keep_draft("new case", "half a call")
        window.services.settings["place"] = "unowned"
        seen.append(window.windowTitle())
        collected.append(gc.isenabled())
        window.close()

    QTimer.singleShot(0, use)
    assert run_client(profile) == 0
    assert seen == ["IT desk – Halldesk"]
    assert collected == [False], "cycles are collected by the window's own timer"
    assert gc.isenabled()
    gc.disable()  # as it is in a test (conftest)
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


def test_the_modules_of_the_editor_are_loaded_beside_the_window(tmp_path, theme, languages, monkeypatch):
    go, where = threading.Event(), []

    def load() -> None:
        where.append(threading.current_thread())
        assert go.wait(10)

    monkeypatch.setattr("ui.main._import_editor", load)
    profile = make_profile(tmp_path, Clock())
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    client = Client(profile, application, theme, languages, Settings({}, lambda _values: None))
    made: list[bool] = []
    client.begun.connect(lambda: made.append(client.window.case_room.editor_made is not None))
    client.complete.connect(lambda: made.append(client.window.case_room.editor_made is not None))
    client.window.show()
    try:
        until(lambda: bool(where))
        assert where[0] is not threading.main_thread()
        QApplication.processEvents()
        assert client.window.case_room.editor_made is None
        go.set()
        until(lambda: made == [False, True])
    finally:
        go.set()
        client.shutdown()


def until(ready: Callable[[], object]) -> None:
    """Let events run until something holds."""
    give_up = time.monotonic() + PATIENCE_S
    while not ready():
        QApplication.processEvents()
        assert time.monotonic() < give_up
        time.sleep(0.002)
