"""The columns of the list: which, in what order, how wide. Everything can be done by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.case_columns import column_titles
from ui.case_model import COLUMNS
from ui.case_table import CaseTable
from ui.icons import icon
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.fields import NumberField
from ui.widgets.labels import PlainLabel

KEY = int(Qt.ItemDataRole.UserRole)
WIDEST = 1200


class ColumnDialog(QDialog):
    """Changes are taken over with OK; "As at first" brings back what nobody chose."""

    def __init__(self, table: CaseTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setWindowTitle(self.tr("Columns of the list"))
        state = table.columns.state()
        self._widths: dict[str, int] = dict(state["widths"])
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Columns, from left to right"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self.up, self.down = QPushButton(self.tr("Further left")), QPushButton(self.tr("Further right"))
        self.up.setIcon(icon("chevron-up"))
        self.down.setIcon(icon("chevron-down"))
        self.up.clicked.connect(lambda _checked=False: self.move_column(-1))
        self.down.clicked.connect(lambda _checked=False: self.move_column(1))
        self.width_ = NumberField(0, WIDEST, "px", 10)
        self.width_.setSpecialValueText(self.tr("as it fits"))
        self.width_.setAccessibleName(self.tr("Width"))
        self.width_.valueChanged.connect(self._set_width)
        first = QPushButton(self.tr("As at first"))
        for button in (self.up, self.down, first):
            button.setAutoDefault(False)
        first.clicked.connect(lambda _checked=False: self._as_at_first())
        side = QVBoxLayout()
        side.setSpacing(GAP_S)
        side.addWidget(self.up)
        side.addWidget(self.down)
        side.addSpacing(GAP_M)
        label = PlainLabel(self.tr("Width"))
        label.setBuddy(self.width_)
        side.addWidget(label)
        side.addWidget(self.width_)
        side.addStretch(1)
        side.addWidget(first)
        middle = QHBoxLayout()
        middle.setSpacing(GAP_M)
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        told = PlainLabel(
            self.tr("Ticked columns are shown as far as there is room; the title always is and takes the rest."),
            "muted",
        )
        told.setWordWrap(True)
        column.addWidget(told)
        column.addLayout(middle)
        column.addWidget(buttons)
        self._fill(state["order"], set(state["chosen"]))
        self.list.setMinimumHeight(self.fontMetrics().height() * 18)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _fill(self, order: list[str], chosen: set[str]) -> None:
        titles = dict(column_titles())
        self.list.clear()
        for key in order:
            item = QListWidgetItem(titles[key])
            item.setData(KEY, key)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(flags if key == "title" else flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _as_at_first(self) -> None:
        self._widths = {}
        self._fill([c.key for c in COLUMNS], {c.key for c in COLUMNS if c.shown})
        self.list.setCurrentRow(0)

    def _key(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(KEY))

    def _look(self) -> None:
        row, key = self.list.currentRow(), self._key()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
        self.width_.setEnabled(bool(key) and key != "title")
        self.width_.blockSignals(True)
        self.width_.setValue(self._widths.get(key, 0))
        self.width_.blockSignals(False)

    def _set_width(self, pixels: int) -> None:
        if pixels:
            self._widths[self._key()] = max(pixels, 28)
        else:
            self._widths.pop(self._key(), None)

    def move_column(self, by: int) -> None:
        """The column the cursor is on, one further left or right."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_column(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        chosen = [str(i.data(KEY)) for i in items if i.checkState() is Qt.CheckState.Checked]
        self._table.columns.arrange([str(i.data(KEY)) for i in items], chosen, self._widths)
        self.accept()
