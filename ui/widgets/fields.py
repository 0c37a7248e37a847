"""Fields and switches: the search field, the number field and the segmented control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from ui.icons import icon
from ui.tokens import GAP_S

TYPING_PAUSE_MS = 120
"""How long the typing rests before a search starts: shorter than a pause for thought, longer than a key."""


class SearchField(QLineEdit):
    """A line to search in: magnifier, clear button; Escape empties it, arrow down goes to the results."""

    searched = Signal(str)
    """The text, once typing paused or Return was pressed."""

    left_downwards = Signal()
    """Arrow down was pressed: the results want the focus."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        # Not Qt's own clear button: its picture comes from the desktop's icon theme, ours is tinted.
        self._clear = QAction(icon("x", "muted"), "", self)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._say)
        self._own_placeholder = placeholder
        self._retranslate()

    def setPlaceholderText(self, text: str) -> None:
        self._own_placeholder = text
        self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._say()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _say(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.searched.emit(self._said)

    def _retranslate(self) -> None:
        placeholder = self._own_placeholder or self.tr("Search")
        super().setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._clear.setText(self.tr("Clear search"))
        self._clear.setToolTip(self.tr("Clear search"))


SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)


def roomy(field: SpinBox) -> SpinBox:
    """A field with arrows whose text does not stick to its edge: the padding of a style sheet does not move it."""
    field.lineEdit().setTextMargins(GAP_S, 0, 0, 0)
    return wide_enough(field)


def wide_enough(field: SpinBox) -> SpinBox:
    """Its own idea of its width knows nothing of those margins. Again when its locale or its limits change."""
    field.setMinimumWidth(field.sizeHint().width() + 2 * GAP_S)
    return field


class NumberField(QSpinBox):
    """A spin box with `unit` behind its number."""

    def __init__(
        self, minimum: int, maximum: int, unit: str = "", step: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.setSingleStep(step)
        if unit:
            self.setSuffix(f"\N{NO-BREAK SPACE}{unit}")
        roomy(self)


class SegmentedControl(QFrame):
    """Two to five choices side by side, exactly one on. Arrow keys move, as in radio buttons."""

    chosen = Signal(str)
    """The key of the choice, when the user made it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` tells a screen reader what is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        # Not fixed in height: it would hold its row down to its own and cut taller neighbours.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}

    def set_choices(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """(key, words, icon name or "") each. Keeps what was chosen if it is still there, else the first."""
        kept = self.choice()
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for key, words, icon_name in choices:
            button = QPushButton(words, self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("look", "segment")
            if icon_name:
                button.setIcon(icon(icon_name))
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._row.addWidget(button)
            self._buttons[key] = button
        if self._buttons:
            self.choose(kept if kept in self._buttons else next(iter(self._buttons)))

    def in_tab_order(self) -> list[QWidget]:
        """What takes the focus: Qt leaves the control itself out of a tab order, for it takes none."""
        return list(self._buttons.values())

    def choice(self) -> str:
        """The key of the choice that is on, "" when there are none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Switch without telling anybody. KeyError for an unknown key."""
        self._buttons[key].setChecked(True)
