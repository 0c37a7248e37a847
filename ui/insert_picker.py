"""Choosing words to insert: a template or an article, by a few letters, with what it would say beside the list.

The focus stays in the line: arrows choose, Enter takes, Escape goes back. What fits and what it says is looked up on
the read lane, latest only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.pickers import Choice, ChoiceList
from ui.services import Services
from ui.tokens import GAP_M, GAP_S
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel

ROWS = 12
LIST_IN_CHARACTERS = 46
TEXT_IN_CHARACTERS = 58


@dataclass(frozen=True)
class Source:
    """Where the words come from. Both functions run on the read lane."""

    title: str
    placeholder: str
    nothing: str
    """What is said when nothing fits."""
    find: Callable[[str], Sequence[Choice]]
    words: Callable[[Choice], str]
    """What would be inserted."""
    begin: str = ""
    """What is said instead of `nothing` while nothing is typed."""


class InsertPicker(QDialog):
    """Opens over the window, gives one choice, is gone."""

    taken = Signal(object)
    """The `Choice`."""

    def __init__(self, services: Services, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._services, self._source = services, source
        self.setModal(True)
        self.setWindowTitle(source.title)
        self.setAccessibleName(source.title)
        self.field = SearchField(source.placeholder)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = ChoiceList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(source.title)
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self.list.taken.connect(self._take)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.text.setAccessibleName(self.tr("What is inserted"))
        self._nothing = PlainLabel(source.nothing, "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        both = QHBoxLayout()
        both.setSpacing(GAP_S)
        both.addWidget(self.list, LIST_IN_CHARACTERS)
        both.addWidget(self.text, TEXT_IN_CHARACTERS)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        column.addWidget(self.field)
        column.addLayout(both, 1)
        column.addWidget(self._nothing, 1)
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * (LIST_IN_CHARACTERS + TEXT_IN_CHARACTERS), self.fontMetrics().height() * 2 * ROWS)
        self._find("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.current())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        self._services.lanes.read.submit(
            self._source.find, typed, done=self._show, failed=self._services.show_error, key=("insert", id(self))
        )

    def _show(self, choices: Sequence[Choice]) -> None:
        self.list.set_choices(choices)
        for part in (self.list, self.text):
            part.setVisible(bool(choices))
        typed = bool(self.field.text().strip())
        self._nothing.setText(self._source.nothing if typed else self._source.begin or self._source.nothing)
        self._nothing.setVisible(not choices)
        self._look()

    def _look(self) -> None:
        choice = self.list.current()
        if choice is not None:
            self._services.lanes.read.submit(
                self._source.words, choice, done=self.text.setPlainText, owner=self, key=("insert words", id(self))
            )

    def _take(self, choice: Choice | None) -> None:
        if choice is not None:
            # Closed first, so that what is inserted finds the focus where it was.
            self.accept()
            self.taken.emit(choice)
