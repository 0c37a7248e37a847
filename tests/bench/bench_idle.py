"""What an idle client costs, and how soon it shows what another did: once asking the drive, once hearing its bell.

Idle is a window that is open and in front while nobody touches it. File operations are counted where the drive's log
makes them (db.files), processor time is the whole process's. The floor is a bare Qt loop that reads a 64-byte file once
a second. News are timed from the moment the other's entry is announced until the window is told which case changed.

`python -m tests.bench.bench_idle [seconds] [changes]`; goals: less than 1 % of a core, less than 2 file operations a
second, 95 % of the changes visible within 1.5 s.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import db.drive
from app.changes import Changes
from app.desk import Desk
from app.joining import join
from app.profile import Profile
from app.work.cases import NewCase
from db.drive import DriveLog
from db.files import LocalFiles
from tests.bench.counted_files import CountedFiles, counts
from tests.bench.report import record
from tests.ui.open_window import OpenWindow, open_window
from ui.drive_news import Reach
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice

CPU_GOAL = 1.0
OPERATIONS_GOAL = 2.0
VISIBLE_GOAL_MS = 1500.0


def spin(seconds: float, holds: Callable[[], object] = lambda: False) -> bool:
    """Let the loop run for so long, or until something holds."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    leave = application.quit
    done = False

    def look() -> None:
        nonlocal done
        done = bool(holds())
        if done:
            leave()

    timer, end = QTimer(), QTimer()
    timer.timeout.connect(look)
    end.setSingleShot(True)
    end.timeout.connect(leave)
    end.start(round(seconds * 1000))
    if holds():
        return True
    timer.start(5)
    application.exec()
    timer.stop()
    return done


def rest(seconds: float) -> float:
    """Processor milliseconds per second of a loop that is left alone for so long."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    began, cpu = time.perf_counter(), time.process_time()
    QTimer.singleShot(round(seconds * 1000), application.quit)
    application.exec()
    return (time.process_time() - cpu) * 1000 / (time.perf_counter() - began)


def bare(folder: Path, seconds: float) -> float:
    """The floor: a loop that reads a small file once a second."""
    head = folder / "head"
    head.write_bytes(b"x" * 64)
    timer = QTimer()
    timer.timeout.connect(head.read_bytes)
    timer.start(1000)
    try:
        return rest(seconds)
    finally:
        timer.stop()


def news(opened: OpenWindow, other: Desk, changes: int) -> list[float]:
    """Milliseconds until each of another's changes was visible, the fastest first."""
    seen: dict[bytes, float] = {}
    announced: dict[bytes, float] = {}

    def changed(what: Changes) -> None:
        now = time.perf_counter()
        for case in what.cases:
            seen.setdefault(case, now)

    def make() -> None:
        case = other.cases.new(NewCase("News", 3)).case_id
        other.sync_round()
        announced[case] = time.perf_counter()

    opened.client.services.bell.changed.connect(changed)
    for _ in range(changes):
        spin(random.uniform(0.2, 1.4))
        worker = threading.Thread(target=make)
        worker.start()
        count = len(seen)
        spin(20, lambda count=count: len(seen) > count)  # type: ignore[misc]
        worker.join()
    opened.client.services.bell.changed.disconnect(changed)
    return sorted((seen[case] - at) * 1000 for case, at in announced.items() if case in seen)


def measure(name: str, folder: Path, seconds: float, changes: int, theme: Theme, languages: Languages) -> None:
    """One client, idle and then watched while another writes."""
    opened = open_window(folder, theme, languages, cases=200)
    try:
        text, _expires = opened.desk.invite("Jo Second", "analyst")
        opened.desk.sync_round()
        second = Profile(folder / "second")
        join(second, text, key_file=folder / "second keys", clock=opened.clock)
        other = Desk(second, clock=opened.clock)
        try:
            spin(20, lambda: opened.client.driver.state.reach is Reach.OK)
            spin(min(3.0, seconds))
            counts.clear()
            began = time.perf_counter()
            cpu = rest(seconds)
            passed = time.perf_counter() - began
            operations = sum(counts.values()) / passed
            floor = bare(folder, min(seconds, 10))
            record(
                f"idle client, {name}: processor per second", cpu, floor, seconds=seconds, percent=round(cpu / 10, 3),
                operations_per_s=round(operations, 2), which=dict(counts), goal_percent=CPU_GOAL,
                goal_operations=OPERATIONS_GOAL,
            )  # fmt: skip
            took = news(opened, other, changes)
            record(
                f"news on an idle client, {name}", took[len(took) // 2], 1000.0, changes=len(took),
                p95_ms=round(took[min(len(took) - 1, int(len(took) * 0.95))], 1), worst_ms=round(took[-1], 1),
                goal_p95_ms=VISIBLE_GOAL_MS,
            )  # fmt: skip
        finally:
            other.close()
    finally:
        opened.close()


def main(seconds: float = 30, changes: int = 40) -> None:
    """Measure and record, with the bell where the system has one and without."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["halldesk", "-style", "Fusion"])
    theme, languages = Theme(application, ThemeChoice.LIGHT), Languages(application, Language.ENGLISH)
    bell = DriveLog.bell
    setattr(db.drive, "LocalFiles", CountedFiles)  # noqa: B010 - what the log takes for the system's calls
    try:
        with TemporaryDirectory(prefix="halldesk-bench-") as name:
            measure("bell", Path(name) / "bell", seconds, changes, theme, languages)
            setattr(DriveLog, "bell", lambda _log: None)  # noqa: B010
            measure("asking", Path(name) / "asking", seconds, changes, theme, languages)
    finally:
        setattr(db.drive, "LocalFiles", LocalFiles)  # noqa: B010
        DriveLog.bell = bell  # type: ignore[method-assign]


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(float(asked[0]) if asked else 30, int(asked[1]) if len(asked) > 1 else 40)
