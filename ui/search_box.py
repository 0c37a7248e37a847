"""The search over everything: cases and articles as one types, newest first, in a list under the field.

Ctrl+F goes to it from anywhere; arrows choose, Return opens, Escape goes back. What is typed is looked up on the read
lane, latest only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.reading import ReadingDesk
from ui.knowledge.misses import MissWatch
from ui.pickers import Choice, ChoiceList
from ui.services import Services
from ui.tokens import GAP_L, GAP_M
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.work.search import Hit

HITS: Final = 30
ROWS: Final = 12


def search(desk: ReadingDesk, words: str) -> list[Choice]:
    """What fits, ready to list; on a lane."""
    return [_choice(hit) for hit in desk.search.find(words, limit=HITS)]


def _choice(hit: Hit) -> Choice:
    title = f"{hit.number}  {hit.title}" if hit.number is not None else hit.title
    return Choice(hit.kind, hit.id, title, hit.snippet)


class SearchBox(SearchField):
    """The field in the tool bar and its list."""

    found = Signal(object)
    """A `Choice` of kind "case" or "article" to open."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__("", window)
        self._services, self._window = services, window
        self._panel = QFrame(window)
        self._panel.setObjectName("searchPanel")
        self._panel.setAutoFillBackground(True)
        self._panel.setFrameShape(QFrame.Shape.StyledPanel)
        self._list = ChoiceList(self._panel)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.taken.connect(self._take)
        self._nothing = PlainLabel("", "muted")
        self._nothing.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        self._panel.hide()
        self.searched.connect(self._search)
        self.misses = MissWatch(services, self, cases=True)
        self.searched.connect(self.misses.looked)
        self.setMinimumWidth(180)
        self.setMaximumWidth(520)
        window.installEventFilter(self)
        self._name()

    def hits(self) -> list[Choice]:
        """What is listed now."""
        return self._list.choices() if self._panel.isVisible() else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._panel.isVisible():
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self._list.current() if self._panel.isVisible() else None
            if current is not None:
                self._take(current)
            else:
                super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and not self.text():
            self._shut()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shut()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text().strip():
            self._search(self.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self._panel.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _name(self) -> None:
        self.setPlaceholderText(self.tr("Search cases and articles"))
        self._list.setAccessibleName(self.tr("Found"))
        self._nothing.setText(self.tr("Nothing found. Try fewer or other words."))

    def _search(self, words: str) -> None:
        if not words.strip():
            self._shut()
            return
        self._services.lanes.read.submit(search, self._services.desk, words, done=self._show, key="search")

    def _show(self, choices: list[Choice]) -> None:
        if not self.hasFocus():
            return
        self._list.set_choices(choices)
        self._list.setVisible(bool(choices))
        self._nothing.setVisible(not choices)
        self._panel.show()
        self._panel.raise_()
        self._place()

    def _place(self) -> None:
        at = self.mapTo(self._window, QPoint(0, self.height() + 2))
        width = max(self.width(), min(560, self._window.width() - at.x() - GAP_L))
        height = self._list.height_for_rows(ROWS) if self._list.isVisibleTo(self._panel) else 56
        self._panel.setGeometry(at.x(), at.y(), width, height + 4)

    def _take(self, choice: Choice) -> None:
        self._shut()
        self.setText("")  # not `clear`, which Ctrl+Z would take back as if it had been typed
        self.found.emit(choice)

    def _shut(self) -> None:
        self._panel.hide()
