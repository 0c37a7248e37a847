"""A button that holds several choices out of many: its list has a search field, and ticks by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ui.fuzzy import score
from ui.icons import icon
from ui.tokens import GAP_XS
from ui.widgets.fields import SearchField

Value = str | int
SEARCH_FROM: Final = 9
"""So many choices get a field to search in."""
ROWS: Final = 12


class ChoiceBox(QPushButton):
    """Shows the words of what is ticked."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[Value, str]] = []
        self._ticked: list[Value] = []
        self.setAutoDefault(False)
        self.setProperty("look", "field")
        self.setIcon(icon("chevrons-up-down", "muted"))
        # The arrows at the right, as in every other field.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._name = name
        self.clicked.connect(self.open_list)
        self._say()

    def set_choices(self, choices: Sequence[tuple[Value, str]]) -> None:
        """(value, words) each."""
        self._choices = list(choices)
        self._say()

    def values(self) -> tuple[Value, ...]:
        """What is ticked, in the order of the list."""
        known = [value for value, _words in self._choices]
        return tuple(sorted(self._ticked, key=lambda v: known.index(v) if v in known else len(known)))

    def set_values(self, values: Sequence[Value]) -> None:
        """Tick these."""
        self._ticked = list(values)
        self._say()

    def tick(self, value: Value, on: bool) -> None:
        """Tick one, or take its tick away."""
        self._ticked = [v for v in self._ticked if v != value] + ([value] if on else [])
        self._say()
        self.changed.emit()

    def open_list(self) -> None:
        """The list under the button."""
        popup = _Ticks(self, self._choices, self._ticked)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.ticked.connect(self.tick)
        popup.open_at(self.mapToGlobal(QPoint(0, self.height())), self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        words = dict(self._choices)
        said = ", ".join(words.get(value, "?") for value in self.values())
        full = said or self.tr("Choose…")
        room = max(self.width() - 44, 80)
        self.setText(self.fontMetrics().elidedText(full, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
        self.setToolTip(said)
        self.setAccessibleName(f"{self._name}: {full}")


class _Ticks(QFrame):
    """The list of a ChoiceBox; Space ticks, Return and Escape close it."""

    ticked = Signal(object, bool)

    def __init__(self, parent: QWidget, choices: Sequence[tuple[Value, str]], ticked: Sequence[Value]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._choices = list(choices)
        self._on = set(ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_XS, GAP_XS, GAP_XS, GAP_XS)
        column.setSpacing(GAP_XS)
        self.search = SearchField()
        self.search.setVisible(len(choices) >= SEARCH_FROM)
        self.search.textChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Choices"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._changed)
        self.search.left_downwards.connect(self.list.setFocus)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self._fill("")
        self.list.installEventFilter(self)

    def open_at(self, at: QPoint, width: int) -> None:
        """Show it there, whole on the screen."""
        rows = min(max(self.list.count(), 3), ROWS)
        height = rows * max(self.list.sizeHintForRow(0), 20) + 12
        self.list.setFixedHeight(height)
        self.setMinimumWidth(max(width, self.fontMetrics().averageCharWidth() * 34))
        self.adjustSize()
        screen = self.screen().availableGeometry()
        self.move(
            max(screen.left(), min(at.x(), screen.right() - self.width())),
            max(screen.top(), min(at.y(), screen.bottom() - self.height())),
        )
        self.show()
        (self.search if self.search.isVisible() else self.list).setFocus()
        self.list.setCurrentRow(0)

    def _fill(self, typed: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        found = [(score(typed, words), value, words) for value, words in self._choices]
        shown = [(points, value, words) for points, value, words in found if points is not None]
        if typed.strip():
            shown.sort(key=lambda each: -(each[0] or 0))
        for _points, value, words in shown:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in self._on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _changed(self, item: QListWidgetItem) -> None:
        value, on = item.data(Qt.ItemDataRole.UserRole), item.checkState() is Qt.CheckState.Checked
        (self._on.add if on else self._on.discard)(value)
        self.ticked.emit(value, on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if (
            watched is self.list
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.close()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]
