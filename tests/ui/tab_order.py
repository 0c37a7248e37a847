"""Where Tab leads: what the tests of dialogs have in common."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

MOST = 40


def tab_order(dialog: QWidget, first: QWidget) -> list[QWidget]:
    """Every widget that gets the focus, from `first` on until Tab comes back to one that had it."""
    dialog.activateWindow()
    first.setFocus()
    QApplication.processEvents()
    seen: list[QWidget] = []
    while len(seen) < MOST:
        at = QApplication.focusWidget()
        assert at is not None, f"nothing has the focus after {seen[-1:]}"
        assert dialog.isAncestorOf(at), f"Tab leaves the dialog for {at}"
        if at in seen:
            return seen
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        QApplication.processEvents()
    raise AssertionError("Tab does not come back")


def goes_down(dialog: QWidget, order: list[QWidget], slack: int = 12) -> bool:
    """Whether Tab goes from top to bottom. `slack`: pixels by which things in one line may differ."""
    tops = [one.mapTo(dialog, one.rect().topLeft()).y() for one in order]
    return all(later >= earlier - slack for earlier, later in itertools.pairwise(tops))
