"""What of this case needs the person's decision, above its timeline: both values in place, to choose from.

One card at a time and never taller than a third of the case; how many more there are is said beside it. It can be
folded away with one key or click, so that it stands in nobody's way; the line at the bottom goes on counting it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.conflict_card import ConflictCard
from ui.conflict_words import Compared
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel


class CaseConflicts(QWidget):
    """Hidden while there is nothing."""

    decided = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._rows: list[Compared] = []
        self._severities: Mapping[int, str] = {}
        self._folded: set[int] = set()
        self.card: ConflictCard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_XS, GAP_M, GAP_S)
        column.setSpacing(GAP_XS)
        head = QHBoxLayout()
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
        column.addLayout(head)
        column.addWidget(self._area)
        self.hide()

    def show_rows(self, rows: Sequence[Compared], severities: Mapping[int, str]) -> None:
        """What waits in the case on show."""
        if self.card is not None and self.card.is_editing and self.card.conflict in [r.conflict for r in rows]:
            return
        if [r.conflict for r in rows] == [r.conflict for r in self._rows]:
            return
        self._rows, self._severities = list(rows), severities
        self._lay_out()

    def _lay_out(self) -> None:
        self.setVisible(bool(self._rows))
        self._retranslate()
        self.card = None
        if not self._rows:
            return
        self.card = ConflictCard(self._services, self._rows[0], self._severities, within_case=True)
        self.card.decided.connect(self.decided)
        self.card.resized.connect(self._fit)
        self._area.setWidget(self.card)
        self._area.setVisible(not self._is_folded())
        self._fit()

    def _fit(self) -> None:
        if self.card is not None:
            wanted = self.card.heightForWidth(self.width() - 2 * GAP_M) if self.card.hasHeightForWidth() else 0
            wanted = max(wanted, self.card.sizeHint().height())
            parent = self.parentWidget()
            most = max(parent.height() // 3, 140) if parent is not None else wanted
            self._area.setFixedHeight(min(wanted, most))

    def _is_folded(self) -> bool:
        return bool(self._rows) and all(row.conflict.n in self._folded for row in self._rows)

    def _turn(self) -> None:
        if self._is_folded():
            self._folded.clear()
        else:
            self._folded |= {row.conflict.n for row in self._rows}
        self._area.setVisible(not self._is_folded())
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lay_out()

    def _retranslate(self) -> None:
        self._told.setText(self.tr("%n change(s) of yours met another one", "", len(self._rows)))
        self._fold.setText(self.tr("Decide now") if self._is_folded() else self.tr("Later"))
        self.setAccessibleName(self._told.text())
