"""The filter builder: a view's name, its conditions in words, how many cases it has, how its list looks at first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.directory import Kind
from app.errors import UserError
from app.reading import ReadingDesk
from app.work.case_filter import ORDERS, PRIORITY
from app.work.condition_words import ConditionWords
from app.work.conditions import FIELDS, ME, MOST, UNITS, Condition, Conditions
from app.work.groups import GROUPS
from app.work.lists import Lists
from app.work.verbs import Done
from app.work.view_list import LONGEST_NAME, Definition, SavedView
from ui import text
from ui.admin.section import reaches, role_of_me
from ui.choice_box import Value
from ui.condition_row import ConditionRow
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.view_words import words
from ui.widgets.fields import SegmentedControl
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel
from ui.written import texts_now

COUNT_MS: Final = 250
Known = dict[str, list[tuple[Value, str]]]


class ViewDialog(QDialog):
    """Makes a view, or changes one. `definition`: what it begins with."""

    def __init__(
        self,
        services: Services,
        definition: Definition,
        view: SavedView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._view, self._begun = services, view, definition
        self._words = words(services.desk)
        self._known: Known = {}
        self._rows: list[ConditionRow] = []
        self.setWindowTitle(self.tr("Change the view") if view else self.tr("New view"))
        self._build()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_MS)
        self._counting.timeout.connect(self._count)
        self.setMinimumWidth(min(self.fontMetrics().averageCharWidth() * 108, 900))
        services.lanes.read.submit(_read, services.desk, self._words, done=self._show)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        self.name = QLineEdit(self._view.name if self._view else "")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("As it stands in the navigation"))
        self.name.textChanged.connect(lambda _text: self._look())
        self.shared = QCheckBox(self.tr("For everybody"))
        self.shared.setChecked(self._view.shared if self._view else False)
        self.shared.setVisible(False)
        top = QHBoxLayout()
        top.setSpacing(GAP_M)
        label = PlainLabel(self.tr("Name"))
        label.setBuddy(self.name)
        self.name.setAccessibleName(self.tr("Name"))
        top.addWidget(label)
        top.addWidget(self.name, 1)
        top.addWidget(self.shared)
        column.addLayout(top)
        self.match = SegmentedControl(self.tr("Which conditions must hold"))
        self.match.set_choices([("all", self.tr("All of these"), ""), ("any", self.tr("Any of these"), "")])
        self.match.choose(self._begun.conditions.match)
        self.match.chosen.connect(lambda _key: self._look())
        self.add = QPushButton(self.tr("Add a condition"))
        self.add.setIcon(icon("plus", "accent"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda _checked=False: self.add_condition(None))
        head = QHBoxLayout()
        head.addWidget(self.match)
        head.addStretch(1)
        head.addWidget(self.add)
        column.addLayout(head)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, GAP_S, 0)
        self._list.setSpacing(GAP_S)
        self._none = PlainLabel(self.tr("No condition: every case is in this view."), "muted")
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        scroll.setMinimumHeight(self.fontMetrics().height() * 12)
        self._scroll = scroll
        column.addWidget(scroll, 1)
        self._said = PlainLabel("")
        self._said.setWordWrap(True)
        self._figure = PlainLabel("", "strong")
        column.addWidget(self._said)
        column.addWidget(self._figure)
        column.addLayout(self._build_look())
        column.addLayout(self._build_buttons())

    def _build_look(self) -> QFormLayout:
        said = texts_now()
        self.order, self.group = QComboBox(), QComboBox()
        self.order.addItem(self.tr("Severity, then due"), PRIORITY)
        for key in ORDERS:
            if key != PRIORITY:
                self.order.addItem(said(f"view.field.{key}"), key)
        self.backwards = QCheckBox(self.tr("backwards"))
        self.group.addItem(self.tr("No groups"), "")
        for key in GROUPS:
            self.group.addItem(said(f"view.field.{key}"), key)
        self.closed = QCheckBox(self.tr("Closed cases too"))
        self.order.setCurrentIndex(max(self.order.findData(self._begun.order), 0))
        self.group.setCurrentIndex(max(self.group.findData(self._begun.group), 0))
        self.backwards.setChecked(self._begun.descending)
        self.closed.setChecked(not self._begun.open_only)
        self.closed.toggled.connect(lambda _on: self._look())
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(self.order)
        line.addWidget(self.backwards)
        line.addStretch(1)
        line.addWidget(self.closed)
        form.addRow(self.tr("Sorted by"), line)
        form.addRow(self.tr("Grouped by"), self.group)
        self.order.setAccessibleName(self.tr("Sorted by"))
        return form

    def _build_buttons(self) -> QHBoxLayout:
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setProperty("look", "danger")
        self.remove.setAutoDefault(False)
        self.remove.setVisible(self._view is not None)
        self.remove.clicked.connect(lambda _checked=False: self._remove())
        footer = Footer(self, self.tr("Save"), self.remove)
        self.save = footer.go
        self.save.clicked.connect(lambda _checked=False: self._save())
        return footer

    def _show(self, read: tuple[Known, str]) -> None:
        self._known, role = read
        supervisor = reaches(role, "supervisor")
        self.shared.setVisible(supervisor)
        for part in self._begun.conditions.parts:
            self.add_condition(part)
        if self._view is not None and self._view.shared and not supervisor:
            # Somebody else's to change; what is built from it becomes one's own.
            self._view = None
            self.shared.setChecked(False)
            self.remove.hide()
            self.setWindowTitle(self.tr("New view"))
        self._look()
        self.name.setFocus()

    # -- conditions ---------------------------------------------------------------------------------------------------
    def add_condition(self, part: Condition | None) -> ConditionRow:
        """One more row, set to `part`."""
        said = texts_now()
        row = ConditionRow(self._words, self._known, {unit: said(f"view.unit.{unit}") for unit in UNITS})
        if part is not None:
            row.show_condition(part)
        row.changed.connect(self._look)
        row.removed.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._list.insertWidget(self._list.count() - 1, row)
        self._look()
        if part is None:
            row.field.setFocus()
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(row))
        return row

    def _drop(self, row: ConditionRow) -> None:
        at = self._rows.index(row)
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.deleteLater()
        (self._rows[min(at, len(self._rows) - 1)].field if self._rows else self.add).setFocus()
        self._look()

    def rows(self) -> Sequence[ConditionRow]:
        """The rows, from top to bottom."""
        return tuple(self._rows)

    def definition(self) -> Definition:
        """What is built. Errors: UserError while a condition says nothing."""
        parts = tuple(row.condition() for row in self._rows)
        return Definition(
            Conditions(self.match.choice(), parts), not self.closed.isChecked(), str(self.order.currentData()),
            self.backwards.isChecked(), str(self.group.currentData()),
        )  # fmt: skip

    def _look(self) -> None:
        self._none.setVisible(not self._rows)
        self.add.setEnabled(len(self._rows) < MOST)
        try:
            definition = self.definition()
        except UserError:
            self._said.setText(self.tr("A condition is not finished yet."))
            self._figure.setText("")
            self.save.setEnabled(False)
            return
        self._said.setText(self._words.definition(definition))
        self.save.setEnabled(bool(self.name.text().strip()))
        self._figure.setText(self.tr("counting…"))
        self._counting.start()

    def _count(self) -> None:
        try:
            wanted = self.definition().wanted().filter
        except UserError:
            return
        lists: Lists = self._services.desk.lists
        self._services.lanes.count.submit(lists.count, wanted, done=self._counted, key="view dialog")

    def _counted(self, count: int) -> None:
        if self.save.isEnabled() or not self.name.text().strip():
            self._figure.setText(text.cases(count))

    # -- ending -------------------------------------------------------------------------------------------------------
    def _save(self) -> None:
        name, definition, shared = self.name.text(), self.definition(), self.shared.isChecked()
        view_id = self._view.id if self._view is not None else None
        self.save.setEnabled(False)

        def keep(desk: object) -> Done:
            return desk.views.save(name, definition, shared=shared, view_id=view_id)  # type: ignore[attr-defined, no-any-return]

        self._services.run(
            keep, said=self.tr("The view “{name}” is saved").format(name=" ".join(name.split())), done=self._saved,
            failed=self._failed,
        )  # fmt: skip

    def _saved(self, done: Done) -> None:
        self.saved_id = done.case_id
        self.accept()

    def _failed(self, _error: BaseException) -> None:
        self._look()

    def _remove(self) -> None:
        view = self._view
        if view is not None:
            remove_view(self._services, view)
            self.reject()


def remove_view(services: Services, view: SavedView) -> None:
    """Without it; Undo brings it back."""
    services.run(
        lambda desk: desk.views.remove(view.id),
        said=QCoreApplication.translate("ViewDialog", "The view “{name}” is removed").format(name=view.name),
    )


def _read(desk: ReadingDesk, said: ConditionWords) -> tuple[Known, str]:
    """What can be ticked, by field; on a lane."""
    known: Known = {}
    for key, field in FIELDS.items():
        if field.kind == "choice":
            known[key] = [(value, said.value(key, value)) for value in field.among]
        elif field.kind == "named":
            kind: Kind = field.among[0]  # type: ignore[assignment]
            me: list[tuple[Value, str]] = [(ME, said.value(key, ME))] if kind == "analyst" else []
            known[key] = [*me, *((entry.id.hex(), entry.name) for entry in desk.directory.all(kind, inactive=True))]
    known["severity"] = [(level.rank, said.value("severity", level.rank)) for level in desk.directory.severities()]
    known["tier"] = [(tier, str(tier)) for tier in (1, 2, 3)]
    return known, role_of_me(desk)
