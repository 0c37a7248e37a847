"""Who would get a case then, and what every rule says to it: the routing simulator."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.work.dispatch import Answer, Dispatcher, Question, Step
from ui import case_words as words
from ui.icons import icon
from ui.next_step import WhenButton
from ui.pickers import PickField, find_named
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.labels import PlainLabel


class RouteDialog(QDialog):
    """Asks again whenever something in it changes."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        desk = services.desk
        self._dispatcher = Dispatcher(desk.context, desk.directory, desk.deadlines)
        self.answer: Answer | None = None
        self.setWindowTitle(self.tr("Who would get a case?"))
        self.when = WhenButton(services)
        self.when.set_value(services.now(), services.now())
        self.when.chosen.connect(lambda _: self.ask())
        self.department = self._pick(self.tr("Department"), "department")
        self.product = self._pick(self.tr("Product"), "product")
        self.severity = QComboBox()
        self.severity.setAccessibleName(self.tr("Severity"))
        for level in desk.directory.severities():
            self.severity.addItem(icon(words.severity_icon(level.rank)), f"{level.rank}  {level.name}", level.rank)
        self.severity.setCurrentIndex(min(2, self.severity.count() - 1))
        self.severity.currentIndexChanged.connect(lambda _: self.ask())
        self.language = QLineEdit()
        self.language.setPlaceholderText(self.tr("de, en, pl … (empty: as the department)"))
        self.language.setAccessibleName(self.tr("Language of the requester"))
        self.language.textChanged.connect(lambda _: self.ask())
        self.major = QCheckBox(self.tr("Major incident"))
        self.major.toggled.connect(lambda _: self.ask())
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        for said, field in (
            (self.tr("When"), self.when), (self.tr("Department"), self.department), (self.tr("Product"), self.product),
            (self.tr("Severity"), self.severity), (self.tr("Language"), self.language), ("", self.major),
        ):  # fmt: skip
            form.addRow(said, field)
        self._said = PlainLabel("", "strong")
        self._said.setWordWrap(True)
        self.steps = QTableWidget(0, 3)
        self.steps.setAccessibleName(self.tr("What every rule says"))
        self.steps.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.steps.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.steps.setShowGrid(False)
        self.steps.verticalHeader().hide()
        self.steps.setHorizontalHeaderLabels([self.tr("Rule"), self.tr("Who"), self.tr("Why")])
        self.steps.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.steps.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.steps.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addLayout(form)
        column.addWidget(self._said)
        column.addWidget(self.steps, 1)
        column.addWidget(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 92, 640)
        self.department.setFocus()
        self.ask()

    def ask(self) -> None:
        """Ask the rules."""
        department, product = self.department.value(), self.product.value()
        asked = Question(
            department.id if department else None, product.id if product else None, self.severity.currentData(),
            language=self.language.text().strip() or None, major=self.major.isChecked(),
        )  # fmt: skip
        at = self.when.value() or self._services.now()
        self._services.lanes.read.submit(
            self._dispatcher.who, at, asked, done=self._show, failed=self._services.show_error, owner=self, key="route"
        )

    def _pick(self, said: str, kind: str) -> PickField:
        field = PickField(self._services.lanes, partial(find_named, self._services.desk, (kind,)), said)  # type: ignore[arg-type]
        field.picked.connect(lambda _: self.ask())
        return field

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        who = answer.work_owner or answer.queue or self.tr("nobody")
        said = self.tr("{who}: {reason}").format(who=who, reason=words.reason(answer.reason))
        if answer.contact_owner and answer.contact_owner != answer.work_owner:
            said += "\n" + self.tr("{name} speaks with the department").format(name=answer.contact_owner)
        self._said.setText(said)
        self.steps.setRowCount(len(answer.steps))
        for row, step in enumerate(answer.steps):
            self._row(row, step)
        self.steps.scrollToBottom()

    def _row(self, row: int, step: Step) -> None:
        who = step.who or ("" if step.count is None else self.tr("%n there", "", step.count))
        for column, said in enumerate((f"{step.rule}  {words.reason(step.name)}", who, words.route_why(step.why))):
            item = QTableWidgetItem(said)
            if column == 0:
                item.setIcon(icon("check", Tone.OK) if step.taken else icon("minus", "muted"))
            if step.taken:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            self.steps.setItem(row, column, item)
