"""What of this case needs the person's decision, above its timeline: both values in place, to choose from.

One card at a time and never taller than a third of the case, nor so tall that the window would have to grow; how many
more there are is said beside it. It can be folded away with one key or click, so that it stands in nobody's way, and it
is while a sheet is filled in; the line at the bottom goes on counting it. Where the page of all of them is in sight it
stands aside: nobody decides twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.conflict_card import ConflictCard
from ui.conflict_words import Compared
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

LEAST: Final = 72
"""Pixels of the card that are seen however short the room is; the rest is scrolled to."""


class CaseConflicts(QWidget):
    """Hidden while there is nothing."""

    decided = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._rows: list[Compared] = []
        self._severities: Mapping[int, str] = {}
        self._folded: set[int] = set()
        self._aside = self._in_the_way = False
        self.card: ConflictCard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_XS, GAP_M, GAP_S)
        column.setSpacing(GAP_XS)
        self._head = head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(IconLabel("sync-conflict", Tone.WARNING))
        self._told = PlainLabel("", "strong")
        head.addWidget(self._told, 1)
        self._fold = QPushButton()
        self._fold.setProperty("look", "quiet")
        self._fold.clicked.connect(self._turn)
        head.addWidget(self._fold)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setFixedHeight(LEAST)
        column.addLayout(head)
        column.addWidget(self._area)
        self.hide()
        if parent is not None:
            parent.installEventFilter(self)

    def stand_aside(self, aside: bool) -> None:
        """They are decided elsewhere for now, or no longer."""
        if aside != self._aside:
            self._aside = aside
            self.setVisible(bool(self._rows) and not aside)

    def give_way(self, needed: bool) -> None:
        """Somebody fills in a sheet, which needs the room, or no longer."""
        if needed != self._in_the_way:
            self._in_the_way = needed
            self._show_card()

    def show_rows(self, rows: Sequence[Compared], severities: Mapping[int, str]) -> None:
        """What waits in the case on show."""
        if self.card is not None and self.card.is_editing and self.card.conflict in [r.conflict for r in rows]:
            return
        if [r.conflict for r in rows] == [r.conflict for r in self._rows]:
            return
        self._rows, self._severities = list(rows), severities
        self._lay_out()

    def _lay_out(self) -> None:
        self._retranslate()
        self.card = None
        if not self._rows:
            self.hide()
            return
        self.card = ConflictCard(self._services, self._rows[0], self._severities, within_case=True)
        self.card.decided.connect(self.decided)
        self.card.resized.connect(self._fit)
        self._area.setWidget(self.card)
        self._show_card()
        # Last: who is shown gets what he wants at once, and be it from the window.
        self.setVisible(not self._aside)

    def _show_card(self) -> None:
        self._fit()
        self._area.setVisible(not self._is_folded() and not self._in_the_way)
        self._fold.setVisible(not self._in_the_way)
        self.updateGeometry()

    def _fit(self) -> None:
        if self.card is not None:
            wanted = self.card.heightForWidth(self.width() - 2 * GAP_M) if self.card.hasHeightForWidth() else 0
            wanted = max(wanted, self.card.sizeHint().height())
            height = min(wanted, self._most())
            if height != self._area.minimumHeight():
                self._area.setFixedHeight(height)
                self.updateGeometry()  # the case knows at once, not one turn of the event loop after the other

    def _most(self) -> int:
        """How tall the card may be: the other parts of the case keep what they need at least."""
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if parent is None or layout is None:
            return LEAST
        # Part by part: what the layout says as a whole still has the height in it that this one had a moment ago.
        items = [item for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]
        others = sum(item.minimumSize().height() for item in items if item.widget() is not self)
        mine = self._head.minimumSize().height() + GAP_XS + GAP_XS + GAP_S
        others += GAP_XS  # the head of the case is a pixel higher with some words than with others
        return max(LEAST, min(parent.height() // 3, parent.height() - others - mine))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _is_folded(self) -> bool:
        return bool(self._rows) and all(row.conflict.n in self._folded for row in self._rows)

    def _turn(self) -> None:
        if self._is_folded():
            self._folded.clear()
        else:
            self._folded |= {row.conflict.n for row in self._rows}
        self._show_card()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lay_out()

    def _retranslate(self) -> None:
        self._told.setText(self.tr("%n change(s) of yours met another one", "", len(self._rows)))
        self._fold.setText(self.tr("Decide now") if self._is_folded() else self.tr("Later"))
        self.setAccessibleName(self._told.text())
