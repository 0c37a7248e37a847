"""Sheets that pass a case on: a tier up or outside the desk, and back down. Each says why, and what was tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from db.rules import ESCALATED_TO
from ui.next_step import WhenButton
from ui.sheets import Sheet
from ui.tokens import GAP_S
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk


class EscalateSheet(Sheet):
    """One tier up, or to the developers or a supplier; what was tried goes along, so that nobody begins again."""

    drawing = "escalate"

    def build(self) -> None:
        self.name(self.tr("Escalate"), self.tr("Escalate"))
        self.tried = self.long_text(self.tr("What was tried, so that nobody begins again"), "", 3)
        self.where = QComboBox()
        self.where.setAccessibleName(self.tr("Where to"))
        self.where.addItem(self.tr("Within the desk"), None)
        named = {"developers": self.tr("To the developers"), "supplier": self.tr("To a supplier")}
        for outside in ESCALATED_TO:
            self.where.addItem(named[outside], outside)
        self.to = self.pick(self.tr("To (empty: the next tier)"), "queue", "analyst")
        self.number = self._line(self.tr("Their number for it"))
        self.until = WhenButton(self.services)
        self.until.set_value(None, self.services.now())
        self._again = PlainLabel(self.tr("Look again:"), "muted")
        self.add_row(self.to, self.number, self.where, self._again, self.until)
        self.why = self._line(self.tr("Why (optional)"))
        self.step = self._line(self.tr("Next step (optional)"))
        last = QHBoxLayout()
        last.setSpacing(GAP_S)
        last.addWidget(self.why, 1)
        last.addWidget(self.step, 1)
        self._column.addLayout(last)
        self._first = self.tried
        self.where.currentIndexChanged.connect(lambda _: self._turn())
        self._turn()

    def _line(self, said: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(said)
        field.setAccessibleName(said)
        self._texts.append(field)
        return field

    def _turn(self) -> None:
        outside = self.where.currentData() is not None
        self.to.setVisible(not outside)
        for field in (self.number, self._again, self.until):
            field.setVisible(outside)
        self.look()

    def verb(self) -> Callable[[Desk], object] | None:
        tried, to, outside = self.tried.toPlainText().strip(), self.to.value(), self.where.currentData()
        if not tried:
            return None
        why, step = self.why.text().strip() or None, self.step.text().strip() or None
        if outside is not None:
            number, until = self.number.text().strip() or None, self.until.value()
            return lambda desk: desk.cases.escalate_outside(
                self.case_id, outside, tried=tried, reason=why, their_number=number, next_step=step, until=until
            )
        queue = to.id if to is not None and to.kind == "queue" else None
        analyst = to.id if to is not None and to.kind == "analyst" else None
        return lambda desk: desk.cases.escalate(
            self.case_id, tried=tried, reason=why, to_queue=queue, to_analyst=analyst, next_step=step
        )

    def said(self) -> str:
        return self.tr("Escalated")


class DeEscalateSheet(Sheet):
    """Back from outside, or a tier down; what is known by now goes along."""

    drawing = "trend-down"

    def build(self) -> None:
        self.name(self.tr("De-escalate"), self.tr("De-escalate"))
        self.why = self.long_text(self.tr("Why it goes back, and what is known by now"))
        outside = self.view.row["escalated_to"] is not None
        named = self.tr("To (empty: it stays yours)") if outside else self.tr("To (empty: where it came from)")
        self.to = self.pick(named, "queue", "analyst")
        self.add(self.to)

    def verb(self) -> Callable[[Desk], object] | None:
        why, to = self.why.toPlainText().strip(), self.to.value()
        if not why:
            return None
        queue = to.id if to is not None and to.kind == "queue" else None
        analyst = to.id if to is not None and to.kind == "analyst" else None
        return lambda desk: desk.cases.de_escalate(self.case_id, why, to_queue=queue, to_analyst=analyst)

    def said(self) -> str:
        return self.tr("De-escalated")
