"""From a pasted invitation to the first list: the first window and the client on a desk of the demo's size.

The demo desk (5,000 cases, two years) is made beside it and not counted, and invites somebody. Then the clock runs: the
invitation is on the clipboard, Return, Return, until the first list of the client is painted. The floor is the minute a
new analyst is promised.

`python -m tests.bench.bench_first_run [cases]`
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.demo import make_demo
from app.desk import Desk
from app.profile import Profile
from tests.bench.report import record
from ui.first_run import FirstRun
from ui.i18n import Language, Languages
from ui.main import Client
from ui.settings import Settings
from ui.theme import Theme, ThemeChoice

PROMISED_MS = 60_000.0
RETURN = Qt.Key.Key_Return


def until(holds: Callable[[], object]) -> None:
    """Let events run until something holds; ten minutes at most."""
    give_up = time.monotonic() + 600
    while not holds():
        assert time.monotonic() < give_up
        QApplication.processEvents()
        time.sleep(0.002)


def main(cases: int = 5_000) -> None:
    """Measure and record."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["halldesk", "-style", "Fusion"])
    theme, languages = Theme(application, ThemeChoice.LIGHT), Languages(application, Language.ENGLISH)
    with TemporaryDirectory(prefix="halldesk-bench-") as name:
        folder = Path(name)
        os.environ["HALLDESK_KEY_FILE"] = str(folder / "keys.json")
        boss = Profile(folder / "boss")
        make_demo(boss, cases=cases)
        desk = Desk(boss)
        line, _expires = desk.invite("Jo Newcomer", "analyst")
        entries = desk.replica.head.seq
        desk.close()
        dialog = FirstRun(Profile(folder / "jo"), folder / "jo keys.json")
        dialog.show()
        QApplication.processEvents()
        began = time.perf_counter()
        QGuiApplication.clipboard().setText(line)
        dialog._look_at_clipboard()
        QTest.keyClick(dialog.choice.join, RETURN)
        until(lambda: dialog.go_on.isEnabled() and not dialog.check.under_way)
        ready = time.perf_counter()
        QTest.keyClick(dialog.joining.called, RETURN)
        until(lambda: dialog.result_profile is not None)
        joined = time.perf_counter()
        profile = dialog.result_profile
        assert profile is not None
        client = Client(profile, application, theme, languages, Settings({"place": "open"}, profile.save_settings))
        client.window.show()
        until(lambda: client._begun)
        end = time.perf_counter()
        client.shutdown()
        dialog.deleteLater()
        QApplication.processEvents()
    record(
        "first run: from the invitation to the first list", (end - began) * 1000, PROMISED_MS, cases=cases,
        entries=entries, drive_checked_ms=round((ready - began) * 1000), joined_ms=round((joined - ready) * 1000),
        first_list_ms=round((end - joined) * 1000),
    )  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
