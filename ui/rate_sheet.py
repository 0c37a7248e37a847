"""What whoever asked says of how a case went: one of five answers, and their words if they had any."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit

from ui import case_words as words
from ui.sheets import Sheet

if TYPE_CHECKING:
    from app.desk import Desk


class RateSheet(Sheet):
    """Asked by the analyst, once the case is solved."""

    drawing = "star"

    def build(self) -> None:
        self.name(self.tr("How satisfied are they?"), self.tr("Note it"))
        known = self.view.satisfied
        self.score = QComboBox()
        self.score.setAccessibleName(self.tr("What they say"))
        for score in range(5, 0, -1):
            self.score.addItem(words.satisfaction(score), score)
        self.score.setCurrentIndex(self.score.findData(known.score if known is not None else 5))
        self.said_so = QLineEdit(known.words if known is not None else "")
        self.said_so.setPlaceholderText(self.tr("In their words (optional)"))
        self.said_so.setAccessibleName(self.tr("In their words (optional)"))
        self.add(self.score)
        self.add(self.said_so)

    def verb(self) -> Callable[[Desk], object] | None:
        score, said = self.score.currentData(), self.said_so.text().strip() or None
        return lambda desk: desk.cases.rate(self.case_id, score, said)

    def said(self) -> str:
        return self.tr("Noted: {words}").format(words=words.satisfaction(self.score.currentData()))
