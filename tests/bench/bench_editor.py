"""From choosing a case to seeing it: the editor with a history of 40 entries, against a bare text browser.

    python -m tests.bench.bench_editor [rounds]

Ours: `show_case` until the timeline of that case was painted: read on the lane, clocks computed, Markdown rendered (or
remembered: both are told), head, fields and timeline filled. Floor: the same rows by bare SQLite and the same HTML put
into a bare QTextBrowser and painted, all on one thread. Goal: 20 ms median.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QTextBrowser

from app.work.cases import NewCase
from tests.bench.report import median, record
from tests.ui.case_desk import CaseDesk, Clock, fill, make_profile, open_desk
from ui.case_editor import CaseEditor
from ui.theme import Theme, ThemeChoice

CASES = 12
ENTRIES = 40
GOAL_MS = 20.0
SIZE = (620, 900)


class Painted(QObject):
    """Notices when something was painted that shows what it should."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.done = False
        self.shows: Callable[[], bool] = lambda: True
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it
        if event.type() == QEvent.Type.Paint and self.shows():
            self.done = True
        return False


def make_cases(desk: CaseDesk) -> list[bytes]:
    """Cases with a history as real ones have: notes with Markdown, replies, status changes."""
    ids = []
    cases = desk.desk.cases
    for case in range(CASES):
        made = cases.new(
            NewCase(
                f"Label printer on line {case} prints blank labels", 2 + case % 3, asset_id=desk.ids["prn"],
                requester_id=desk.ids["meyer"], description="It **does not** print.\n\n- not today\n- not yesterday",
            )
        ).case_id  # fmt: skip
        cases.claim(made)
        for entry in range(ENTRIES // 2):
            desk.clock.pass_minutes(7)
            reply = entry % 4 == 3
            cases.note(
                made,
                f"Entry {entry}: sensor reads *{entry} V*, see #{case}.\n\n1. opened\n2. cleaned\n3. closed",
                kind="reply" if reply else "note",
                audience="requester" if reply else "internal",
            )
            if entry % 2:
                cases.set(made, severity=1 + entry % 4)
            else:
                cases.hand(made, to_analyst=desk.desk.me)
        ids.append(made)
    return ids


def open_and_paint(application: QApplication, editor: CaseEditor, case: bytes, painted: Painted) -> float:
    """Milliseconds until the case was painted."""
    begun = perf_counter()
    painted.shows = lambda: editor.loaded is not None and editor.loaded.view.id == case
    painted.done = False
    editor.show_case(case)
    while (
        not painted.done
    ):  # waiting as the program's own loop waits: spinning would take the interpreter from the lane
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return (perf_counter() - begun) * 1000


def bare(
    application: QApplication, desk: CaseDesk, browser: QTextBrowser, html: str, case: bytes, painted: Painted
) -> float:
    """The same rows and the same page without a program around them."""
    begun = perf_counter()
    reader = desk.desk.context.reader
    reader.one('SELECT * FROM "case" WHERE id = ?', (case,))
    for table in ("timeline_entry", "case_event", "time_entry", "attachment", "case_tag", "case_watcher"):
        reader.all(f"SELECT * FROM {table} WHERE case_id = ?", (case,))
    browser.setHtml(html)
    painted.done = False
    browser.viewport().update()
    while not painted.done:
        application.processEvents()
    return (perf_counter() - begun) * 1000


def main(rounds: int) -> None:
    """Measure and record."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.LIGHT)
    folder = Path(tempfile.mkdtemp(prefix="halldesk-bench-"))
    clock = Clock()
    desk = open_desk(make_profile(folder, clock), clock)
    try:
        desk.ids = fill(desk.desk, clock)
        ids = make_cases(desk)
        editor = CaseEditor(desk.services)
        editor.resize(*SIZE)
        desk.timers.append(editor._rest)
        editor.show()
        browser = QTextBrowser()
        browser.resize(SIZE[0], SIZE[1] // 2)
        browser.show()
        application.processEvents()
        painted, bare_painted = Painted(editor.timeline.viewport()), Painted(browser.viewport())
        first = [open_and_paint(application, editor, case, painted) for case in ids]
        ours, floor = [], []
        for _ in range(rounds):
            for case in ids:
                desk.wait()
                ours.append(open_and_paint(application, editor, case, painted))
                html = editor.timeline.content.html
                floor.append(bare(application, desk, browser, html, case, bare_painted))
        desk.wait()
        worst = sorted(ours)[int(len(ours) * 0.95)]
        record(
            "editor.open", median(ours), median(floor), goal_ms=GOAL_MS, p95_ms=round(worst, 2),
            first_time_ms=round(median(first), 2), entries=len(editor.loaded.view.entries) if editor.loaded else 0,
            cases=CASES,
        )  # fmt: skip
        editor.show_case(None)
        editor.close()
    finally:
        desk.close()
        theme.deleteLater()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
