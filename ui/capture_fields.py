"""The two fields of quick capture that no other form has: who calls, and how bad it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui import case_words as words
from ui.icons import icon
from ui.pickers import Choice, PickField
from ui.tokens import GAP_XS

NEW: Final = "new"
"""The kind of a `Choice` whose name nobody knows yet."""


class WhoField(PickField):
    """Finds callers; what nobody knows is the name of somebody new."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._typed and self.text().strip() and not self._take_first and not self.is_open:
            self._take(Choice(NEW, b"", " ".join(self.text().split())))
        super().focusOutEvent(event)


class SeverityChoice(QWidget):
    """One button per severity; digits choose while the focus is here, Alt+digit from everywhere."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._shortcuts: list[QShortcut] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_XS)
        self._group.idClicked.connect(self.chosen)

    def set_severities(self, severities: list[tuple[int, str]]) -> None:
        """(rank, name), worst first."""
        kept = self.rank()
        for shortcut in self._shortcuts:
            shortcut.setParent(None)
            shortcut.deleteLater()
        self._shortcuts = []
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        for rank, name in severities:
            button = QPushButton(icon(words.severity_icon(rank), words.severity_tone(rank)), f"{rank}  {name}", self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            # Not the button's own shortcut: that clicks a tenth of a second later, when Ctrl+Enter may have come.
            shortcut = QShortcut(QKeySequence(f"Alt+{rank}"), self)
            shortcut.activated.connect(button.click)
            self._shortcuts.append(shortcut)
            button.setToolTip(f"Alt+{rank}")
            button.setAccessibleName(name)
            self._group.addButton(button, rank)
            self._row.addWidget(button)
            if self.focusProxy() is None or rank == severities[0][0]:
                self.setFocusProxy(button)
        self.choose(kept)

    def rank(self) -> int | None:
        """The rank chosen."""
        found = self._group.checkedId()
        return found if found >= 0 else None

    def choose(self, rank: int | None) -> None:
        """Choose without telling; None chooses nothing."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == rank)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        button = self._group.button(int(digit)) if digit.isdigit() else None
        if button is not None:
            button.click()
            button.setFocus()
        else:
            super().keyPressEvent(event)
