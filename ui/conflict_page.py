"""The page of changes that need a person: in the middle of the window, where lists stand; the case opens beside it.

It reads what waits itself and again after every change, and leaves alone what somebody is writing. Below it stands what
was decided, so that a decision can be looked up. Up and down go from one to the next, letters decide (ConflictCard).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.reading import ReadingDesk
from ui.conflict_card import ConflictCard
from ui.conflict_words import Compared, compared
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS
from ui.widgets.blocks import Divider, EmptyState
from ui.widgets.labels import PlainLabel

REFRESH_MS: Final = 150


@dataclass(frozen=True)
class Shown:
    """What the page shows; severities by rank."""

    rows: list[Compared]
    severities: dict[int, str]


def read(desk: ReadingDesk, settled: bool) -> Shown:
    """On the read lane."""
    severities = {s.rank: s.name for s in desk.directory.severities()}
    return Shown(compared(desk.conflicts.settled() if settled else desk.conflicts.waiting()), severities)


class ConflictPage(QWidget):
    """All of them, waiting or decided."""

    case_asked = Signal(bytes)
    """Show this case beside the page."""
    settled = Signal()
    """One was decided: the store should hear of it."""
    left = Signal()
    """Back to the list."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._settled = False
        self.cards: list[ConflictCard] = []
        self._focus_at: int | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GAP_M, GAP_S, GAP_S, 0)
        head.setSpacing(GAP_S)
        self._title = PlainLabel("", "large")
        self._back = QToolButton()
        self._back.setIcon(icon("x", "muted"))
        self._back.setAutoRaise(True)
        self._back.clicked.connect(self.left)
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        under = QHBoxLayout()
        under.setContentsMargins(GAP_M, 0, GAP_S, GAP_XS)
        under.setSpacing(GAP_S)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        self._which = QPushButton()
        self._which.setProperty("look", "quiet")
        self._which.clicked.connect(self._turn)
        under.addWidget(self._told, 1)
        under.addWidget(self._which, 0, Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty = EmptyState("check", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        column.addLayout(head)
        column.addLayout(under)
        column.addWidget(Divider())
        column.addWidget(self._stack, 1)
        self._retranslate()
        services.bell.changed.connect(self._changed)

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read them again."""
        self._soon.stop()
        self._services.lanes.read.submit(
            read, self._services.desk, self._settled, done=self._show, key=("conflicts", id(self)), owner=self
        )

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._soon.start()

    def _show(self, shown: Shown) -> None:
        if [card.conflict for card in self.cards] == [one.conflict for one in shown.rows] and self.cards:
            return
        if any(card.is_editing for card in self.cards):
            return  # read again when that is done
        had_focus, focus = self._focus_at, self.focusWidget()
        if had_focus is None and focus is not None:
            had_focus = next((n for n, c in enumerate(self.cards) if c is focus or c.isAncestorOf(focus)), None)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_M)
        self.cards = [self._card(one, shown) for one in shown.rows]
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        self._area.setWidget(page)
        self._stack.setCurrentWidget(self._area if self.cards else self._empty)
        self._focus_at = None
        if had_focus is not None and self.cards:
            self.cards[min(had_focus, len(self.cards) - 1)].setFocus()
        self._retranslate()

    def _card(self, one: Compared, shown: Shown) -> ConflictCard:
        card = ConflictCard(self._services, one, shown.severities)
        card.decided.connect(self._was_decided)
        card.case_asked.connect(self.case_asked)
        card.step_asked.connect(self._step)
        return card

    def _was_decided(self) -> None:
        sender = self.sender()
        self._focus_at = next((n for n, card in enumerate(self.cards) if card is sender), 0)
        for card in self.cards:
            if card is sender:
                card.hide()
        self.cards = [card for card in self.cards if card is not sender]
        self.read()
        self.settled.emit()

    def _step(self, by: int) -> None:
        at = next((n for n, card in enumerate(self.cards) if card is self.sender()), 0) + by
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.cards[at])

    def _turn(self) -> None:
        self._settled = not self._settled
        self._retranslate()
        self.read()

    # -- look ---------------------------------------------------------------------------------------------------------
    def take_focus(self) -> None:
        """The first card gets it, now or when it is read."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_at = 0
            self._which.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.cards = []
            self._retranslate()
            self.read()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Changes that need me"))
        self._area.setAccessibleName(self.tr("Changes that need me"))
        self._title.setText(self.tr("Decided") if self._settled else self.tr("Changes that need me"))
        self._which.setText(self.tr("What waits") if self._settled else self.tr("What was decided"))
        self._back.setAccessibleName(self.tr("Back to the list"))
        self._back.setToolTip(self.tr("Back to the list (Esc)"))
        waiting = self.tr("What stands now is what everybody sees; the rest can wait.")
        self._told.setText("" if self._settled else waiting)
        if self._settled:
            self._empty.show_as("history", self.tr("Nothing was decided yet"), "")
        else:
            self._empty.show_as(
                "check",
                self.tr("Nothing needs you"),
                self.tr("Every change of yours is in place, or waits for the drive."),
            )
