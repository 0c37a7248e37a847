"""Sheets for whoever speaks with a department and needs somebody who knows more: hand the work to a specialist and stay
the contact, or ask one and keep the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from app.work.departments import Specialist
from app.work.present import CaseView
from ui import text
from ui.icons import icon
from ui.pickers import Choice
from ui.services import Services
from ui.sheets import Sheet
from ui.tokens import GAP_S
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desk import Desk


class KnowsMore(Sheet):
    """A sheet with a field for somebody, and those who know the product one key away."""

    def __init__(self, services: Services, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(services, view, parent)
        departments = services.desk.departments
        services.lanes.read.submit(
            departments.specialists, view.row["product_id"], done=self._offer, owner=self,
        )  # fmt: skip

    def add_somebody(self, label: str, *kinds: str) -> None:
        """The field, and room for those who know the product."""
        self.to = self.pick(label, *kinds)  # type: ignore[arg-type]
        self.add(self.to)
        self.offered: list[QPushButton] = []
        self._known = PlainLabel("", "small")
        self._known.hide()
        self._room = QHBoxLayout()
        self._room.setSpacing(GAP_S)
        self._column.addWidget(self._known)
        self._column.addLayout(self._room)

    def _offer(self, found: list[Specialist]) -> None:
        """One button each; who is away is not offered."""
        here = [one for one in found if not one.away]
        if not here:
            return
        product = self.view.names["product"]
        self._known.setText(self.tr("Knows {product}:").format(product=product))
        self._known.show()
        flow = FlowLayout(None, GAP_S)
        for one in here:
            said = self.tr("{name} (level {level})").format(name=one.name, level=one.level)
            button = QPushButton(icon("specialist"), said.replace("&", "&&"))
            button.setToolTip(text.open_cases(one.open))
            button.clicked.connect(lambda _checked=False, one=one: self._take(one))
            self.offered.append(button)
            flow.addWidget(button)
        self._room.addLayout(flow, 1)

    def _take(self, one: Specialist) -> None:
        self.to.set_value(Choice("analyst", one.id, one.name))
        self.look()
        if self._texts:
            self._texts[-1].setFocus()


class SpecialistSheet(KnowsMore):
    """The work goes to somebody who knows more; the contact stays."""

    drawing = "specialist"

    def build(self) -> None:
        self.name(self.tr("Hand to a specialist; you stay the contact"), self.tr("Hand over"))
        self.add_somebody(self.tr("To whom: an analyst or a queue"), "analyst", "queue")
        self.step = QLineEdit()
        self.step.setPlaceholderText(self.tr("Next step"))
        self.add(self.step)
        self.step.setAccessibleName(self.tr("Next step"))
        self.reason = self.long_text("", self.tr("What they should know (internal)"))
        self.reason.setAccessibleName(self.tr("What they should know (internal)"))

    def verb(self) -> Callable[[Desk], object] | None:
        to = self.to.value()
        if to is None:
            return None
        analyst, queue = (to.id, None) if to.kind == "analyst" else (None, to.id)
        step, reason = self.step.text().strip() or None, self.reason.toPlainText().strip() or None
        return partial(_hand, case_id=self.case_id, analyst=analyst, queue=queue, step=step, reason=reason)

    def said(self) -> str:
        to = self.to.value()
        return self.tr("{name} works on it; you stay the contact").format(name=to.text if to else "")


def _hand(
    desk: Desk, *, case_id: bytes, analyst: bytes | None, queue: bytes | None, step: str | None, reason: str | None
) -> object:
    return desk.cases.hand(
        case_id, to_analyst=analyst, to_queue=queue, keep_contact=True, next_step=step, reason=reason
    )  # fmt: skip


class AskSheet(KnowsMore):
    """A question to a colleague; the case stays where it is."""

    drawing = "question"

    def build(self) -> None:
        self.name(self.tr("Ask a specialist; the case stays yours"), self.tr("Ask"))
        self.add_somebody(self.tr("Whom"), "analyst")
        self.question = self.long_text(self.tr("What you want to know (internal)"))

    def verb(self) -> Callable[[Desk], object] | None:
        to, question = self.to.value(), self.question.toPlainText().strip()
        if to is None or not question:
            return None
        return lambda desk: desk.following.ask(self.case_id, to.id, question)

    def said(self) -> str:
        to = self.to.value()
        return self.tr("{name} is asked").format(name=to.text if to else "")
