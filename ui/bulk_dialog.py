"""The same change for every selected case: what is wanted at the left, what it does to each case at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.directory import Kind
from app.work.bulk import BulkChange, Carried, Planned
from app.work.lists import CaseLine
from db.rules import NO_DUE, WAITING_ON
from ui import case_words, conflict_words, text
from ui.case_dialogs import tell_refused
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

if TYPE_CHECKING:
    from app.desk import Desk

PREVIEW_MS: Final = 200
NARROW: Final = 1120
WIDE: Final = 1500
"""Pixels."""
_NAMED: Final[dict[str, Kind]] = {
    "queue_id": "queue", "work_owner_id": "analyst", "contact_owner_id": "analyst", "next_step_by_id": "analyst",
    "department_id": "department", "product_id": "product",
}  # fmt: skip


class BulkDialog(QDialog):
    """`lines`: the selected cases; `of`: how many are selected, when those are more than are changed at once."""

    def __init__(
        self, services: Services, lines: Sequence[CaseLine], parent: QWidget | None = None, of: int | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._lines = services, list(lines)
        self._planned: list[Planned] = []
        self.setWindowTitle(self.tr("Change all selected"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self._preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(self.tr("Change all selected"), "large"))
        which = text.cases(len(self._lines))
        if of is not None and of > len(self._lines):
            which = self.tr("The first {count} of {all} selected cases; more are not changed at once.").format(
                count=text.number(len(self._lines)), all=text.number(of)
            )
        column.addWidget(PlainLabel(which, "muted"))
        middle = QHBoxLayout()
        middle.setSpacing(GAP_L)
        middle.addLayout(self._build_form(), 2)
        right = QVBoxLayout()
        right.setSpacing(GAP_S)
        self._sum = PlainLabel("", "strong")
        self.preview = RowTable(3, stretch=2)
        self.preview.set_heads([self.tr("Case"), self.tr("Title"), self.tr("What changes")])
        self.preview.setAccessibleName(self.tr("The cases that are changed"))
        self._busy = BusyLine()
        right.addWidget(self._sum)
        right.addWidget(self._busy)
        right.addWidget(self.preview, 1)
        middle.addLayout(right, 5)
        column.addLayout(middle, 1)
        footer = Footer(self, self.tr("Change"))
        self.do_it = footer.go
        self.do_it.clicked.connect(lambda _checked=False: self.carry_out())
        column.addLayout(footer)
        self._take_room(parent)
        self._show_planned([])
        self._look()

    def _take_room(self, parent: QWidget | None) -> None:
        """As wide as what changes needs, where the window above has the room."""
        window = parent.window() if parent is not None else None
        room = window.width() - 2 * GAP_L if window is not None else WIDE
        self.resize(min(WIDE, max(room, NARROW)), 620)

    def _build_form(self) -> QVBoxLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(GAP_S)
        self.to = self._pick(self.tr("Hand over to"), ("analyst", "queue"))
        self.contact = QCheckBox(self.tr("Speaking with the requester goes with it"))
        self.next_step, self.tag, self.untag = QLineEdit(), QLineEdit(), QLineEdit()
        self.next_step.setMaxLength(300)
        self.severity, self.waiting = QComboBox(), QComboBox()
        self.severity.addItem(self.tr("as it is"), None)
        for level in self._services.desk.directory.severities():
            self.severity.addItem(f"{level.rank}  {level.name}", level.rank)
        self.waiting.addItem(self.tr("as it is"), None)
        for reason in WAITING_ON:
            self.waiting.addItem(case_words.waiting_on(reason), reason)
        self.department = self._pick(self.tr("Department"), ("department",))
        self.product = self._pick(self.tr("Product"), ("product",))
        form.addRow(self.tr("Hand over to"), self.to)
        form.addRow(self.contact)
        for label, field in (
            (self.tr("Next step"), self.next_step), (self.tr("Severity"), self.severity),
            (self.tr("Waiting"), self.waiting), (self.tr("Department"), self.department),
            (self.tr("Product"), self.product), (self.tr("Add a tag"), self.tag),
            (self.tr("Take a tag away"), self.untag),
        ):  # fmt: skip
            form.addRow(label, field)
        for line in (self.next_step, self.tag, self.untag):
            line.textChanged.connect(lambda _text: self._changed())
        for box in (self.severity, self.waiting):
            box.currentIndexChanged.connect(lambda _index: self._changed())
        self.contact.toggled.connect(lambda _on: self._changed())
        column = QVBoxLayout()
        column.addLayout(form)
        column.addStretch(1)
        return column

    def _pick(self, label: str, kinds: Sequence[Kind]) -> PickField:
        desk = self._services.desk

        def find(typed: str) -> list[Choice]:
            return find_named(desk, kinds, typed)

        field = PickField(self._services.lanes, find, label)
        field.setPlaceholderText(self.tr("as it is"))  # its label stands above it
        field.picked.connect(lambda _choice: self._changed())
        return field

    # -- what is wanted -----------------------------------------------------------------------------------------------
    def change(self) -> BulkChange:
        """As the form has it."""
        to = self.to.value()
        department, product = self.department.value(), self.product.value()
        return BulkChange(
            to_analyst=to.id if to is not None and to.kind == "analyst" else None,
            to_queue=to.id if to is not None and to.kind == "queue" else None,
            keep_contact=not self.contact.isChecked(), next_step=self.next_step.text().strip() or None,
            severity=self.severity.currentData(), department=department.id if department else None,
            product=product.id if product else None, add_tag=self.tag.text().strip(),
            remove_tag=self.untag.text().strip(), waiting_on=self.waiting.currentData(),
        )  # fmt: skip

    def _changed(self) -> None:
        self._planned = []
        self._look()
        self._soon.start()

    def _look(self) -> None:
        self.contact.setEnabled(self.to.value() is not None)
        self.do_it.setEnabled(not self.change().is_nothing)

    # -- preview ------------------------------------------------------------------------------------------------------
    def _preview(self) -> None:
        change = self.change()
        if change.is_nothing:
            self._show_planned([])
            return
        ids = [line.id for line in self._lines]
        self._busy.set_busy(True)
        self._services.lanes.write.submit(
            lambda: self._services.writing().bulk.plan(ids, change), done=self._planned_came, key="bulk"
        )

    def _planned_came(self, planned: list[Planned]) -> None:
        self._busy.set_busy(False)
        self._show_planned(planned)

    def _show_planned(self, planned: list[Planned]) -> None:
        self._planned = planned
        by_case = {one.case_id: one for one in planned}
        changed = sum(bool(one.changes) for one in planned)
        hindered = sum(bool(one.why_not) for one in planned)
        if not planned:
            self._sum.setText(self.tr("Choose at the left what is to change; here stands what it does to each case."))
        else:
            parts = [self.tr("%n will change", "", changed)]
            if hindered:
                parts.append(self.tr("%n can't", "", hindered))
            if stay := len(planned) - changed - hindered:
                parts.append(self.tr("%n stay as they are", "", stay))
            self._sum.setText(" · ".join(parts))
            self.do_it.setEnabled(changed > 0)
        # What hinders stands on top: that is what one looks for.
        lines = sorted(self._lines, key=lambda line: not (line.id in by_case and bool(by_case[line.id].why_not)))
        self.preview.show_rows([self._row(line, by_case.get(line.id)) for line in lines])

    def _row(self, line: CaseLine, plan: Planned | None) -> Row:
        if plan is None:
            what = Cell("")
        elif plan.why_not:
            what = Cell(text.refusal(plan.why_not), "x", Tone.DANGER)
        elif plan.changes:
            what = Cell("; ".join(self._said(*change) for change in plan.changes), "check", Tone.OK)
        else:
            what = Cell(self.tr("stays as it is"), "minus")
        return line.id, [line.label, line.title, what]

    def _said(self, column: str, before: Any, after: Any) -> str:
        if column == "tag":
            return self.tr("Tag + {tag}").format(tag=after) if after else self.tr("Tag − {tag}").format(tag=before)
        name = self.tr("Due") if column == "due_at" else conflict_words.column(column)
        was, becomes = self._value(column, before), self._value(column, after)
        if column == "due_at" and was.split(" ")[0] == becomes.split(" ")[0]:
            becomes = becomes.split(" ")[-1]  # of the same day the time says it
        return f"{name}: {was} → {becomes}"

    def _value(self, column: str, value: Any) -> str:
        if value is None or value == "" or value == NO_DUE:
            return "–"
        if column in _NAMED:
            return self._services.desk.directory.name(_NAMED[column], value) or "–"
        if column == "status":
            return case_words.status(str(value))
        if column == "waiting_on":
            return case_words.waiting_on(str(value))
        if column == "severity":
            return next(
                (level.name for level in self._services.desk.directory.severities() if level.rank == value), "?"
            )
        if column == "due_at":
            return text.moment(int(value), self._services.zone)
        return str(value)

    # -- doing it -----------------------------------------------------------------------------------------------------
    def carry_out(self) -> None:
        """To every case it can be done to; one step to undo."""
        change, ids, lines = self.change(), [line.id for line in self._lines], self._lines
        services = self._services

        def run(desk: Desk) -> Carried:
            return desk.bulk.carry_out(ids, change)

        count = sum(bool(one.changes) for one in self._planned) or len(ids)
        services.run(
            run, said=self.tr("Changed %n case(s)", "", count), done=lambda done: tell_refused(services, lines, done)
        )
        self.accept()
