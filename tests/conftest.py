"""What every test gets without asking, and what makes a test fail that would otherwise pass.

In this order:

1. Before anything imports Qt, the environment of the process is made the same everywhere: offscreen,
   Fusion, unscaled, English, in a time zone that no site uses. Set here and not outside, as wine drops QT_*.
2. Each test gets a home, settings folders and a profile of its own; no desktop's keyring is ever asked.
3. After each test: a log record at WARNING or above that nobody expected fails it, and so does a thread
   that still runs. Warnings are errors (pyproject.toml), those that come late included (an error in a
   destructor, an error in a thread). pytest-qt fails a test on Qt's own warnings.

`expect_log` and the marker `expects_log` are the only ways to allow a log record; they demand that it comes.
"""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
import re
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

from tests.postgres import postgres as postgres
from tests.samba import samba as samba

ROOT = Path(__file__).resolve().parent.parent

# A quarter-hour zone without daylight saving, far from any site: local time used by mistake shows at once.
# Written as a POSIX rule, which the C library of Windows understands as well.
TIME_ZONE = "NPT-5:45"
KEYRING_THAT_KEEPS_NOTHING = "keyring.backends.null.Keyring"
SECONDS_FOR_A_THREAD_TO_END = 2.0

FOR_TESTS = (
    "HALLDESK_EXAMPLES",
    "HALLDESK_SEED",
    "HALLDESK_PICTURES",
    "HALLDESK_FUZZED",
    "HALLDESK_KILLS",
    "HALLDESK_DAY_CASES",
)
"""What a person may ask of the tests themselves; see tests/sync/simulation.py, tests/ui/test_gallery.py and
tests/e2e/test_day.py."""
for name in [name for name in os.environ if name.startswith(("QT_", "HALLDESK_")) and name not in FOR_TESTS]:
    del os.environ[name]
os.environ |= {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_STYLE_OVERRIDE": "Fusion",
    "QT_SCALE_FACTOR": "1",
    # On Windows offscreen has no system fonts and complains of a folder without any; elsewhere nobody reads it.
    "QT_QPA_FONTDIR": str(ROOT / "resources" / "fonts"),
    # Qt on Windows takes a language it can make sense of from here, and "C" as none.
    "LANG": "C" if sys.platform == "win32" else "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": TIME_ZONE,
    # Processes started by a test are kept from the desktop's keyring by the same variable.
    "PYTHON_KEYRING_BACKEND": KEYRING_THAT_KEEPS_NOTHING,
}
if sys.platform == "win32":
    # Python has no tzset there; without it the change stays unknown to the C library (time.timezone stays as it was).
    ctypes.CDLL("ucrtbase")._tzset()
else:
    time.tzset()

# "ci" is what everybody runs: the same examples each time. HYPOTHESIS_PROFILE=explore looks further.
hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
if os.environ.get("HYPOTHESIS_PROFILE", "ci") == "ci":
    # It mixes in constants of all modules of the project that the process has imported by then: the examples would be
    # others with each other share of the files that a test process is handed.
    providers._get_local_constants = lambda: providers._local_constants


# Files of few tests that take long, or start many processes: begun last, one test process would be alone with them at
# the end while the others have nothing left to do.
BEGUN_FIRST = (
    "tests/packaging/",
    "tests/e2e/",
    "tests/app/test_import_events.py",
    "tests/bench/",
    "tests/sync/test_killed.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which xdist hands out the files (packaging/dev.py)."""
    items.sort(key=lambda item: not item.nodeid.startswith(BEGUN_FIRST))


# --- surroundings ---


@pytest.fixture(scope="session", autouse=True)
def _tables_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new replica is a copy of one that this process really made: thousands of tests make one each.

    Processes started by a test make theirs themselves.
    """
    from db import migrate

    made = tmp_path_factory.mktemp("tables") / "replica.db"
    migrate.create(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "create", lambda path: shutil.copyfile(made, path))
        yield


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Hands out an empty folder per test."""
    base = tmp_path_factory.mktemp("homes")

    def fresh() -> Iterator[Path]:
        for number in itertools.count(1):
            home = base / str(number)
            home.mkdir()
            yield home

    return fresh()


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own home folder; every variable that names a personal folder leads into it.

    HALLDESK_PROFILE names a profile below it that does not exist yet.
    """
    folder = next(_homes)
    for variable, below in {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "XDG_RUNTIME_DIR": "run",
        "HALLDESK_PROFILE": "profile",
    }.items():
        monkeypatch.setenv(variable, str(folder / below))
    # Qt refuses a runtime folder that others may read.
    (folder / "run").mkdir(mode=0o700)
    return folder


@pytest.fixture
def keyring_in_memory(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring that works and that only this test sees; returns what it keeps, (service, name) -> secret."""
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    kept: dict[tuple[str, str], str] = {}

    class MemoryKeyring(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if (service, username) not in kept:
                raise PasswordDeleteError("not found")
            del kept[service, username]

    monkeypatch.setattr(keyring.core, "_keyring_backend", MemoryKeyring())
    return kept


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real case logs beside the checkout, never part of it; skips where it is missing."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real case logs are not here: no folder ../shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Arguments of the one QApplication that pytest-qt makes."""
    return ["halldesk", "-style", "Fusion"]


# --- strictness ---


@dataclass
class LogWatch:
    """The records at WARNING or above of one test, and those it said would come."""

    records: list[logging.LogRecord] = field(default_factory=list)
    expected: list[tuple[re.Pattern[str], str | None]] = field(default_factory=list)

    def expect(self, pattern: str, logger: str | None = None) -> None:
        """Allow and demand records whose message matches `pattern` (re.search), from `logger` if named."""
        self.expected.append((re.compile(pattern), logger))

    def complaints(self) -> list[str]:
        """One text per record that was not expected and per expected record that never came."""

        def fits(record: logging.LogRecord, pattern: re.Pattern[str], logger: str | None) -> bool:
            return logger in (None, record.name) and pattern.search(record.getMessage()) is not None

        unexpected = [
            f"unexpected log record {record.levelname} {record.name}: {record.getMessage()}\n"
            f"    logged at {record.pathname}:{record.lineno}"
            for record in self.records
            if not any(fits(record, *one) for one in self.expected)
        ]
        missing = [
            f"expected log record never came: {pattern.pattern!r}" + (f" from {logger}" if logger else "")
            for pattern, logger in self.expected
            if not any(fits(record, pattern, logger) for record in self.records)
        ]
        return unexpected + missing


@pytest.fixture(autouse=True)
def _log_watch(request: pytest.FixtureRequest, home: Path) -> Iterator[LogWatch]:
    """Watches records where they are made, so that neither replaced handlers nor propagate=False hide any."""
    watch = LogWatch()
    for marker in request.node.iter_markers("expects_log"):
        watch.expect(*marker.args, **marker.kwargs)
    make_record = logging.getLogRecordFactory()

    def make_and_watch(*args: object, **kwargs: object) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        # logging.makeLogRecord fills in the level later.
        if (record.levelno or 0) >= logging.WARNING:
            watch.records.append(record)
        return record

    logging.setLogRecordFactory(make_and_watch)
    yield watch
    logging.setLogRecordFactory(make_record)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: LogWatch) -> Callable[..., None]:
    """`expect_log(pattern, logger=None)`: a matching record at WARNING or above must come in this test."""
    return _log_watch.expect


@pytest.fixture(autouse=True)
def _no_thread_left(_log_watch: LogWatch) -> Iterator[None]:
    """Fails a test that leaves a thread running, and shows what that thread is doing."""
    before = set(threading.enumerate())
    yield
    # A foreign thread (Qt's, say) that once called Python stays listed as a dummy: nothing to end there.
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    until = time.monotonic() + SECONDS_FOR_A_THREAD_TO_END
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    frames = sys._current_frames()
    complaints = [
        f"thread {thread.name!r} ({'daemon' if thread.daemon else 'not a daemon'}) still runs:\n"
        + "".join(traceback.format_stack(frames[thread.ident]) if thread.ident in frames else [])
        for thread in left
        if thread.is_alive()
    ]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
