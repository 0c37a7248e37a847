"""Somebody who types: the real window in a process of its own, for a test that kills it in mid-word.

`python -m tests.e2e.typist PROFILE`: opens the first case, types words into a note key by key for ever, and tells each
key on stdout once the window has it: `key LENGTH`.

With `--article`: the same in a new article of the knowledge base, `key LENGTH` again. With `--unsaved`:
opens what was written there and not saved, and says `unsaved LENGTH`.

With `--answer`: sends an answer that is held back, and says `held` when that is on this disk. With `--look`: says
`looks` when whatever was left by somebody killed has been seen to.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.profile import Profile
from ui.knowledge.editor import ArticleEditor
from ui.knowledge.page import KnowledgePage
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
    _type_into(editor.composer._edit)


def _type_into(field: QPlainTextEdit) -> None:
    typed = 0

    def key() -> None:
        nonlocal typed
        QTest.keyClicks(field, WORDS[typed % len(WORDS)])
        typed += 1
        print("key", len(field.toPlainText()), flush=True)

    timer = QTimer(field)
    timer.timeout.connect(key)
    timer.start(KEY_MS)


def _article_editor(again: Callable[[], None], click: str) -> ArticleEditor | None:
    """The editor, once the window shows the knowledge page and the button `click` of it was pressed."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    editor = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ArticleEditor)), None)
    if editor is not None and not window.services.lanes.write.under_way:
        return editor
    page = window.findChild(KnowledgePage)
    if page is None or not page.isVisible():
        window.actions_["go.knowledge"].trigger()
    elif editor is None and getattr(page, click).isVisible():
        getattr(page, click).click()
    QTimer.singleShot(300, again)
    return None


def type_an_article() -> None:
    """Begin a new one."""
    editor = _article_editor(type_an_article, "new")
    if editor is not None:
        editor.title.setText("Drum")
        _type_into(editor.fields["solution"])


def unsaved() -> None:
    """Go on with one."""
    editor = _article_editor(unsaved, "unsaved")
    if editor is not None:
        print("unsaved", len(editor.fields["solution"].toPlainText()), flush=True)


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
    if lanes is None or any(lanes[name].under_way for name in ("read", "beside", "write")):
        QTimer.singleShot(50, look)
        return
    print("looks", flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(
        300,
        {
            "--answer": answer,
            "--look": look,
            "--article": type_an_article,
            "--unsaved": unsaved,
        }.get(sys.argv[-1], type_for_ever),
    )
    sys.exit(run_client(Profile(Path(sys.argv[1]))))
