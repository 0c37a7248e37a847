"""The tests' own strictness, tried on small suites under the same conftest, each in its own process."""

from __future__ import annotations

import importlib
import os
import sys
import textwrap
import time
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_suite(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    """Run `source` as a test module under the project's conftest and pytest settings."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pytester.makepyfile(test_suite=textwrap.dedent(source))
    return pytester.runpytest_subprocess("-p", "no:xdist", "-p", "no:cacheprovider", "test_suite.py")


def named(result: pytest.RunResult, kind: str) -> set[str]:
    """Names of the tests that the summary lists under `kind` (FAILED, ERROR)."""
    return {line.split("::")[1].split(" ")[0] for line in result.outlines if line.startswith(f"{kind} ")}


LOGGING = """
    import logging
    import pytest

    def test_warning():
        logging.getLogger("app.sync").warning("the drive is slow")

    def test_warning_of_a_logger_that_keeps_it_to_itself():
        log = logging.Logger("apart")
        log.addHandler(logging.NullHandler())
        log.error("nobody sees %s", "this")

    def test_info_is_fine():
        logging.getLogger("app.sync").info("the drive is fast")

    def test_expected(expect_log):
        expect_log("drive .* slow", logger="app.sync")
        logging.getLogger("app.sync").warning("the drive is %s", "slow")

    def test_another_than_expected(expect_log):
        expect_log("slow")
        logging.getLogger("app.sync").warning("the drive is slow")
        logging.getLogger("app.sync").warning("the drive is gone")

    @pytest.mark.expects_log("slow")
    def test_marked():
        logging.getLogger("app.sync").warning("the drive is slow")

    @pytest.mark.expects_log("slow")
    def test_expected_and_never_logged():
        pass

    @pytest.fixture
    def closes_with_a_warning():
        yield
        logging.getLogger("app.desk").warning("closed late")

    def test_warning_of_a_fixture(closes_with_a_warning):
        pass
"""


def test_an_unexpected_log_record_fails_a_test_and_an_expected_one_must_come(
    pytester: pytest.Pytester,
) -> None:
    outcome = run_suite(pytester, LOGGING)
    assert named(outcome, "ERROR") == {
        "test_warning",
        "test_warning_of_a_logger_that_keeps_it_to_itself",
        "test_another_than_expected",
        "test_expected_and_never_logged",
        "test_warning_of_a_fixture",
    }
    assert outcome.ret == pytest.ExitCode.TESTS_FAILED
    outcome.assert_outcomes(passed=8, errors=5)
    outcome.stdout.fnmatch_lines(
        [
            "*unexpected log record WARNING app.sync: the drive is slow",
            "*logged at *test_suite.py:5",
            "*unexpected log record ERROR apart: nobody sees this",
        ]
    )


THREADS_AND_WARNINGS = """
    import gc
    import threading
    import warnings
    import pytest

    def work(stop):
        stop.wait(30)

    def test_leaves_a_thread():
        threading.Thread(target=work, args=[threading.Event()], name="lane-left", daemon=True).start()

    def test_the_next_test_is_not_blamed():
        pass

    def test_ends_its_thread():
        stop = threading.Event()
        threading.Thread(target=work, args=[stop], name="lane-ended").start()
        stop.set()

    @pytest.fixture
    def lane():
        stop = threading.Event()
        threading.Thread(target=work, args=[stop], name="lane-fixture").start()
        yield
        stop.set()

    def test_ended_by_its_fixture(lane):
        pass

    def test_warns():
        warnings.warn("old way", DeprecationWarning)

    def test_error_in_a_thread():
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()

    def test_error_while_collecting():
        class Loud:
            def __del__(self):
                raise ValueError("late")
        Loud()
        gc.collect()
"""


def test_a_thread_left_running_and_any_warning_fails_a_test(
    pytester: pytest.Pytester,
) -> None:
    outcome = run_suite(pytester, THREADS_AND_WARNINGS)
    assert named(outcome, "ERROR") == {"test_leaves_a_thread"}
    assert named(outcome, "FAILED") == {"test_warns", "test_error_in_a_thread", "test_error_while_collecting"}
    outcome.stdout.fnmatch_lines(["thread 'lane-left' (daemon) still runs:", "*in work", "*ZeroDivisionError*"])


QT = """
    from PySide6.QtCore import qWarning
    from PySide6.QtGui import QGuiApplication

    def test_qt_warns(qapp):
        qWarning("QLayout: cannot add a null widget")

    def test_look(qapp):
        assert QGuiApplication.platformName() == "offscreen"
        assert qapp.style().name() == "fusion"
        assert qapp.primaryScreen().devicePixelRatio() == 1
"""


def test_windows_are_offscreen_in_fusion_and_a_warning_of_qt_fails_a_test(
    pytester: pytest.Pytester,
) -> None:
    outcome = run_suite(pytester, QT)
    assert named(outcome, "FAILED") == {"test_qt_warns"}
    outcome.assert_outcomes(passed=1, failed=1)


@pytest.mark.parametrize("visit", [1, 2])
def test_each_test_has_an_empty_home_of_its_own(home: Path, visit: int) -> None:
    assert {item.name for item in home.iterdir()} == {"run"}
    (home / "left behind").write_text(str(visit), encoding="utf-8")
    assert Path.home() == home
    assert not Path(os.environ["HALLDESK_PROFILE"]).exists()
    for variable in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "HALLDESK_PROFILE"):
        assert Path(os.environ[variable]).is_relative_to(home)


def test_local_time_is_that_of_no_site() -> None:
    for month in range(1, 13):
        moment = time.mktime((2026, month, 1, 12, 0, 0, 0, 1, -1))
        assert time.localtime(moment).tm_gmtoff == (5 * 60 + 45) * 60
        assert time.localtime(moment).tm_isdst == 0


def test_no_keyring_of_the_desktop_is_asked() -> None:
    import keyring

    keyring.set_password("halldesk", "device", "secret")
    assert type(keyring.get_keyring()).__module__ == "keyring.backends.null"
    assert keyring.get_password("halldesk", "device") is None


def test_a_keyring_in_memory_keeps_what_it_is_given(keyring_in_memory: dict[tuple[str, str], str]) -> None:
    import keyring

    keyring.set_password("halldesk", "device", "secret")
    assert keyring.get_password("halldesk", "device") == "secret"
    assert keyring_in_memory == {("halldesk", "device"): "secret"}
    keyring.delete_password("halldesk", "device")
    assert keyring.get_password("halldesk", "device") is None


def test_generated_examples_are_the_same_each_time_unless_asked_otherwise() -> None:
    if os.environ.get("HYPOTHESIS_PROFILE", "ci") != "ci":
        pytest.skip("another profile than ci was asked for")
    assert hypothesis.settings.default is not None
    assert hypothesis.settings.default.derandomize
    assert hypothesis.settings.default.deadline is None


def test_generated_examples_do_not_depend_on_the_modules_imported_by_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.environ.get("HYPOTHESIS_PROFILE", "ci") != "ci":
        pytest.skip("another profile than ci was asked for")
    number = 7_391_246_031_857
    (tmp_path / "imported_before.py").write_text(f"NUMBER = {number}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    seen: list[int] = []

    @hypothesis.settings(max_examples=300)
    @hypothesis.given(hypothesis.strategies.integers(number - 10**9, number + 10**9))
    def look(drawn: int) -> None:
        seen.append(drawn)

    importlib.import_module("imported_before")
    try:
        look()
    finally:
        del sys.modules["imported_before"]
    assert len(seen) >= 300
    assert number not in seen


@hypothesis.given(hypothesis.strategies.integers())
def test_generated_examples_run_beside_the_surroundings_of_every_test(number: int) -> None:
    assert number + 1 > number
