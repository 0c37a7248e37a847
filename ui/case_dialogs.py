"""Small dialogs about one or several cases: hand over, escalate, reopen.

Each asks for what a verb needs and nothing more, says in its heading which cases are meant, and runs the verb through
the services; a refusal comes back as a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.work.lists import CaseLine
from ui import text
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.bulk import Carried
    from app.work.verbs import Done

TEXT_LINES = 5


def case_words(lines: Sequence[CaseLine]) -> str:
    """Which cases are meant: number and title of one, how many of several."""
    if len(lines) == 1:
        return f"{lines[0].label}  {lines[0].title}"
    return text.cases(len(lines))


def run_each(services: Services, lines: Sequence[CaseLine], verb: Callable[[Desk, bytes], Done], said: str) -> None:
    """Run a verb on every case; one step to undo. Cases that refuse stay as they are, and it is said which and why."""
    ids = [line.id for line in lines]

    def all_of_them(desk: Desk) -> Carried:
        from app.work.bulk import each

        carried = each(ids, [lambda _cases, case_id: verb(desk, case_id)], desk.cases)
        if carried.refused and not carried:
            raise UserError(carried.refused[0][1])
        return carried

    services.run(all_of_them, said=said, done=lambda carried: tell_refused(services, lines, carried))


def tell_refused(services: Services, lines: Sequence[CaseLine], carried: Carried) -> None:
    """Which cases stayed as they were."""
    if carried.refused:
        labels = {line.id: line.label for line in lines}
        named = ", ".join(labels.get(case_id, "?") for case_id, _why in carried.refused[:5])
        more = "…" if len(carried.refused) > 5 else ""
        words = QCoreApplication.translate("bulk", "{count} not changed ({cases}): {why}")
        why = text.refusal(carried.refused[0][1])
        count = text.cases(len(carried.refused))
        services.notices.warning(words.format(count=count, cases=named + more, why=why))


class CaseDialog(QDialog):
    """Heading, form, two buttons. Subclasses add fields and say when the form is complete."""

    def __init__(self, services: Services, lines: Sequence[CaseLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._lines = services, list(lines)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        self._column.setSpacing(GAP_M)
        self._heading = PlainLabel("", "large")
        self._which = ElidedLabel(case_words(lines), role="muted")
        self._column.addWidget(self._heading)
        self._column.addWidget(self._which)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.form.setVerticalSpacing(GAP_S)
        self._column.addLayout(self.form)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do_it = QPushButton()
        self._buttons.addButton(self.do_it, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do_it.setDefault(True)
        self._buttons.accepted.connect(self._accepted)
        self._buttons.rejected.connect(self.reject)
        self._column.addWidget(self._buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 62)

    def name(self, heading: str, button: str) -> None:
        """What the dialog does and what its button says."""
        self.setWindowTitle(heading)
        self._heading.setText(heading)
        self.do_it.setText(button)

    def long_text(self, label: str) -> QPlainTextEdit:
        """Add a field for some sentences; Tab leaves it, Ctrl+Return does what the button does."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setAccessibleName(label)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * TEXT_LINES + 2 * GAP_S)
        field.textChanged.connect(self.look)
        self.form.addRow(label, field)
        return field

    def pick(self, label: str, kinds: Sequence[str]) -> PickField:
        """Add a field to find an analyst or queue."""
        desk = self._services.desk

        def find(typed: str) -> list[Choice]:
            return find_named(desk, kinds, typed)  # type: ignore[arg-type]

        field = PickField(self._services.lanes, find, label)
        field.picked.connect(lambda _choice: self.look())
        self.form.addRow(label, field)
        return field

    def complete(self) -> bool:
        """Whether there is enough to do it."""
        return True

    def carry_out(self) -> None:
        """Do it."""
        raise NotImplementedError

    def each(self, verb: Callable[[Desk, bytes], Done], said: str) -> None:
        """Run a verb on every case meant, in one job."""
        run_each(self._services, self._lines, verb, said)

    def look(self) -> None:
        """Enable the button when the form is complete."""
        self.do_it.setEnabled(self.complete())

    def _accepted(self) -> None:
        if self.complete():
            self.carry_out()
            self.accept()


class HandOverDialog(CaseDialog):
    """To an analyst or a queue; who speaks with the department stays unless told."""

    def __init__(
        self,
        services: Services,
        lines: Sequence[CaseLine],
        parent: QWidget | None = None,
        to: Choice | None = None,
    ) -> None:
        super().__init__(services, lines, parent)
        self.name(self.tr("Hand over"), self.tr("Hand over"))
        self.to = self.pick(self.tr("To an analyst or a queue"), ("analyst", "queue"))
        self.next_step = QLineEdit()
        self.next_step.setMaxLength(300)
        self.form.addRow(self.tr("Next step"), self.next_step)
        self.reason = self.long_text(self.tr("What they should know (internal)"))
        self.contact = QCheckBox(self.tr("Speaking with the requester goes with it"))
        self.form.addRow(self.contact)
        if to is not None:
            self.to.set_value(to)
        (self.to if to is None else self.next_step).setFocus()
        self.look()

    def complete(self) -> bool:
        return self.to.value() is not None

    def carry_out(self) -> None:
        to = self.to.value()
        if to is None:
            return
        analyst, queue = (to.id, None) if to.kind == "analyst" else (None, to.id)
        keep = not self.contact.isChecked()
        step, reason = self.next_step.text().strip() or None, self.reason.toPlainText().strip() or None
        self.each(
            lambda desk, case_id: desk.cases.hand(
                case_id, to_analyst=analyst, to_queue=queue, keep_contact=keep, next_step=step, reason=reason
            ),
            self.tr("Handed over to {name}").format(name=to.text),
        )


class EscalateDialog(CaseDialog):
    """One tier up, with what was tried."""

    def __init__(self, services: Services, lines: Sequence[CaseLine], parent: QWidget | None = None) -> None:
        super().__init__(services, lines, parent)
        self.name(self.tr("Escalate"), self.tr("Escalate"))
        self.tried = self.long_text(self.tr("What was tried, so that nobody begins again"))
        self.to = self.pick(self.tr("To (empty: the next tier)"), ("queue", "analyst"))
        self.look()
        self.tried.setFocus()

    def complete(self) -> bool:
        return bool(self.tried.toPlainText().strip())

    def carry_out(self) -> None:
        to, tried = self.to.value(), self.tried.toPlainText()
        queue = to.id if to is not None and to.kind == "queue" else None
        analyst = to.id if to is not None and to.kind == "analyst" else None
        self.each(
            lambda desk, case_id: desk.cases.escalate(case_id, tried=tried, to_queue=queue, to_analyst=analyst),
            self.tr("Escalated"),
        )


class ReopenDialog(CaseDialog):
    """It is not solved after all."""

    def __init__(self, services: Services, lines: Sequence[CaseLine], parent: QWidget | None = None) -> None:
        super().__init__(services, lines, parent)
        self.name(self.tr("Reopen"), self.tr("Reopen"))
        self.reason = self.long_text(self.tr("Why it is not solved after all"))
        self.look()
        self.reason.setFocus()

    def complete(self) -> bool:
        return bool(self.reason.toPlainText().strip())

    def carry_out(self) -> None:
        reason = self.reason.toPlainText()
        self.each(lambda desk, case_id: desk.cases.reopen(case_id, reason), self.tr("Reopened"))
