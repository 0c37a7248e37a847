"""What stands over a list of cases: its name, how many they are, the quick filter, and the buttons for how to look at
it (filter builder, groups, closed cases, columns)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.icons import icon
from ui.tokens import GAP_M, GAP_S
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel


class ListHead(QWidget):
    """Tells what is wanted; the page does it."""

    view_wanted = Signal()
    group_wanted = Signal()
    columns_wanted = Signal()
    closed_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", "large")
        self.figures = PlainLabel("", "muted")
        self.filter = SearchField(self.tr("Filter this list"))
        self.filter.setMinimumWidth(140)
        self.filter.setMaximumWidth(300)
        self.view, self.grouped, self.closed, self.columns = (QToolButton() for _ in range(4))
        pictures = ((self.view, "filter"), (self.grouped, "list"), (self.closed, "history"), (self.columns, "columns"))
        for button, name in pictures:
            button.setIcon(icon(name, "muted"))
        self.view.clicked.connect(self.view_wanted)
        self.grouped.clicked.connect(self.group_wanted)
        self.closed.setCheckable(True)
        self.closed.clicked.connect(self.closed_wanted)
        self.columns.clicked.connect(self.columns_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, GAP_S, GAP_S, GAP_S)
        row.setSpacing(GAP_S)
        row.addWidget(self.title)
        row.addWidget(self.figures)
        row.addStretch(1)
        row.addWidget(self.filter, 2)
        for button, _ in pictures:
            row.addWidget(button)
        self._retranslate()

    @staticmethod
    def below(button: QToolButton) -> QPoint:
        """Where the menu of a button opens, in global coordinates."""
        return button.mapToGlobal(QPoint(0, button.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter this list"))
        said = {
            self.view: self.tr("Filter and save as a view"), self.grouped: self.tr("Group the list"),
            self.closed: self.tr("Show closed cases too"), self.columns: self.tr("Choose columns"),
        }  # fmt: skip
        for button, words in said.items():
            button.setToolTip(words)
            button.setAccessibleName(words)
