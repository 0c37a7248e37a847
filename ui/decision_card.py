"""What every card has that asks a person for a decision: its ground, buttons beside or below each other, and its keys.

Keys while the card or anything in it has the focus: the letters of its choices, O or Return opens the case, up and down
go to the next card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.tokens import GAP_M, GAP_S, GAP_XS, RADIUS_M, Tone, colours
from ui.widgets.labels import ElidedLabel


class DecisionCard(QFrame):
    """One thing to decide. `about`: what it shows, by which the page tells cards apart."""

    case_asked = Signal(bytes)
    """Open this case."""
    resized = Signal()
    """It needs more or less room."""
    stood_on = Signal(bytes)
    """It got the focus: this is its case."""
    step_asked = Signal(int)
    """Up (-1) or down (+1) to the next card."""

    def __init__(self, about: object, case_id: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = about
        self._case_id = case_id
        self._ground: Tone | None = None
        self._row: QBoxLayout | None = None
        self._choices: list[QPushButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        self.column.setSpacing(GAP_XS)

    # -- for those that are made from it ------------------------------------------------------------------------------
    @property
    def is_editing(self) -> bool:
        """Whether somebody writes in it: then it is not replaced."""
        return False

    def keys(self) -> Mapping[int, Callable[[], object]]:
        """The letters of its choices, as they are now."""
        return {}

    def title_label(self, words: str) -> ElidedLabel:
        """What it is about, as a headline."""
        title = ElidedLabel(words)
        font = title.font()
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        return title

    def case_button(self) -> QToolButton:
        """Opens the case."""
        show = QToolButton()
        show.setIcon(icon("go-case", "muted"))
        show.setAutoRaise(True)
        show.setAccessibleName(self.tr("Open the case"))
        show.setToolTip(self.tr("Open the case (O)"))
        show.clicked.connect(self._open_case)
        return show

    def choice_row(self) -> QWidget:
        """Where the choices stand: beside each other where there is room, else one below the other."""
        holder = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._row.setContentsMargins(0, GAP_XS, 0, 0)
        self._row.setSpacing(GAP_S)
        self._row.addStretch(1)
        return holder

    def add_choice(self, words: str, key: str, about: str, run: Callable[[], object], look: str = "") -> None:
        """One more, at the right."""
        assert self._row is not None
        button = self.choice(words, key, about, run, look)
        self._choices.append(button)
        self._row.addWidget(button)

    def choice(self, words: str, key: str, about: str, run: Callable[[], object], look: str = "") -> QPushButton:
        """A button that says its key; `about` is what a screen reader hears with it."""
        button = QPushButton(words)
        button.setAutoDefault(False)
        if look:
            button.setProperty("look", look)
        button.setToolTip(self.tr("Key: {key}").format(key=key))
        button.setAccessibleName(f"{words}: {about}")
        button.clicked.connect(lambda: run())
        return button

    # -- room, keys and look ------------------------------------------------------------------------------------------
    def _open_case(self) -> None:
        if self._case_id is not None:
            self.case_asked.emit(self._case_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._row is None:
            return
        wanted = sum(button.sizeHint().width() + GAP_S for button in self._choices) + 2 * GAP_M
        beside = QBoxLayout.Direction.LeftToRight
        direction = beside if wanted <= self.width() else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not direction:
            self._row.setDirection(direction)
            self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            **self.keys(),
            Qt.Key.Key_O: self._open_case,
            Qt.Key.Key_Return: self._open_case,
            Qt.Key.Key_Down: partial(self.step_asked.emit, 1),
            Qt.Key.Key_Up: partial(self.step_asked.emit, -1),
        }
        run = keys.get(event.key()) if not event.modifiers() else None
        if run is None:
            super().keyPressEvent(event)
        else:
            run()

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = set_.color("focus") if self.hasFocus() else QColor(set_.line)
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(set_.surface if self._ground is None else set_.tone(self._ground).fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_M, RADIUS_M)
        painter.end()

    def focusInEvent(self, event: object) -> None:
        self.update()
        self.tell_case()

    def tell_case(self) -> None:
        """Say whose card this is, as if it had got the focus."""
        if self._case_id is not None:
            self.stood_on.emit(self._case_id)

    def focusOutEvent(self, event: object) -> None:
        self.update()
