"""Somebody who types: the real window in a process of its own, for a test that kills it in mid-word.

`python -m tests.e2e.typist PROFILE`: opens the first case, types words into a note key by key for ever, and tells each
key on stdout once the window has it, with the moment: `key MONOTONIC_MS LENGTH`.

With `--answer`: sends an answer that is held back, and says `held` when that is on this disk. With `--look`: says
`looks` when whatever was left by somebody killed has been seen to.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.profile import Profile
from ui.main import run_client
from ui.main_window import MainWindow

KEY_MS = 35
ANSWER = "We come at eleven and bring the new drum."
WORDS = "The drum of the printer is worn out, and the new one comes on Monday. "


def type_for_ever() -> None:
    """Begin as soon as the window shows the case."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    editor = window.editor
    if editor._loaded is None:
        window.page.table.setFocus()
        rows = window.page.model.rowCount()
        if rows:
            window.page.table.selectRow(0)
        QTimer.singleShot(50, type_for_ever)
        return
    editor.write("note")
    typed = 0

    def key() -> None:
        nonlocal typed
        QTest.keyClicks(editor.composer._edit, WORDS[typed % len(WORDS)])
        typed += 1
        print("key", round(time.monotonic() * 1000), len(editor.composer.text), flush=True)

    timer = QTimer(window)
    timer.timeout.connect(key)
    timer.start(KEY_MS)


def answer() -> None:
    """Send one, and say when it is held."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    composer = window.editor.composer
    if composer._case is None:
        window.page.table.setFocus()
        if window.page.model.rowCount():
            window.page.table.selectRow(0)
        QTimer.singleShot(50, answer)
        return
    composer.write("reply", ANSWER)
    composer.send()
    window.services.lanes.write.submit(lambda: None, done=lambda _: print("held", flush=True))


def look() -> None:
    """Wait until the start is over, then say so."""
    window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
    lanes = window.services.lanes if window is not None and window.case_room.editor_made is not None else None
    if lanes is None or any(lanes[name].under_way for name in ("read", "write")):
        QTimer.singleShot(50, look)
        return
    print("looks", flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(300, {"--answer": answer, "--look": look}.get(sys.argv[-1], type_for_ever))
    sys.exit(run_client(Profile(Path(sys.argv[1]))))
