"""A table of a few hundred rows that only shows: each row has an id, cells are words with a drawing where they have a
meaning. Bigger lists have models of their own (ui/case_model.py).

Columns are as wide as their words, at most `widest` letters; the one called `stretch` takes the rest. Where the last
one does, a name stands beside its values however wide the screen is. Columns named in `give_way` are left out one after
another where the stretching one would have room for too few letters; what they say must be said elsewhere, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.icons import icon
from ui.tokens import GAP_L, ICON_S, ROW_HEIGHT_IN_EM, Tone
from ui.widgets.labels import plain_tool_tip

ID = int(Qt.ItemDataRole.UserRole)
MEASURED = 200
"""Rows whose words decide the widths of columns."""
READABLE = 28
"""Letters of the stretching column for which others give way."""


@dataclass(frozen=True)
class Cell:
    """Words; with `icon` a drawing before them in the colour of `tone`."""

    text: str
    icon: str = ""
    tone: Tone = Tone.NEUTRAL


Row = tuple[bytes, Sequence[Cell | str]]


class RowTable(QTableWidget):
    """Rows by id. The selection follows its id when the rows are shown again."""

    chosen = Signal()
    """Another row is current, or none."""
    opened = Signal()
    """Return or a double click."""

    def __init__(
        self, columns: int, stretch: int = 0, parent: QWidget | None = None, *, widest: int = 36,
        give_way: Sequence[int] = (),
    ) -> None:  # fmt: skip
        super().__init__(0, columns, parent)
        self._stretch, self._widest, self._give_way = stretch, widest, tuple(give_way)
        self._longest = 0
        """How wide the words of the stretching column are."""
        self._widths = [0] * columns
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(ICON_S, ICON_S))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self._measure()
        self.itemSelectionChanged.connect(self.chosen)
        self.itemDoubleClicked.connect(lambda _item: self.opened.emit())

    def set_heads(self, heads: Sequence[str]) -> None:
        """The words over the columns."""
        self.setHorizontalHeaderLabels(list(heads))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        current = self.current_id()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        widths = [0] * self.columnCount()
        heads = [self.horizontalHeaderItem(column) for column in range(self.columnCount())]
        metrics = self.fontMetrics()
        for column, head in enumerate(heads):
            widths[column] = metrics.horizontalAdvance(head.text()) if head is not None else 0
        for number, (row_id, cells) in enumerate(rows):
            for column, given in enumerate(cells):
                cell = Cell(given) if isinstance(given, str) else given
                item = QTableWidgetItem(cell.text)
                item.setData(ID, row_id)
                item.setToolTip(plain_tool_tip(cell.text))
                if cell.icon:
                    item.setIcon(icon(cell.icon, cell.tone))
                self.setItem(number, column, item)
                if number < MEASURED:
                    room = ICON_S + 6 if cell.icon else 0
                    widths[column] = max(widths[column], metrics.horizontalAdvance(cell.text) + room)
        self._longest = widths[self._stretch]
        for column, width in enumerate(widths):
            if column != self._stretch:
                self._widths[column] = min(width, metrics.averageCharWidth() * self._widest) + 2 * GAP_L
                self.setColumnWidth(column, self._widths[column])
        self._make_room()
        again = next((n for n, (row_id, _cells) in enumerate(rows) if row_id == current), -1)
        if again >= 0:
            self.selectRow(again)
        else:
            self.clearSelection()
            self.setCurrentCell(-1, -1)
        self.blockSignals(False)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out what may give way until the stretching column is readable; bring it back when there is room."""
        left = self.viewport().width() - sum(self._widths)
        wanted = min(self.fontMetrics().averageCharWidth() * READABLE, self._longest + 2 * GAP_L)
        for column in self._give_way:
            hide = left < wanted
            left += self._widths[column] if hide else 0
            if hide != self.isColumnHidden(column):
                self.setColumnHidden(column, hide)

    def current_id(self) -> bytes | None:
        """The id of the selected row."""
        items = self.selectedItems()
        found: bytes | None = items[0].data(ID) if items else None
        return found

    def choose(self, row_id: bytes) -> bool:
        """Select a row; False when it is not there."""
        for number in range(self.rowCount()):
            item = self.item(number, 0)
            if item is not None and item.data(ID) == row_id:
                self.selectRow(number)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * ROW_HEIGHT_IN_EM / 1.3))
