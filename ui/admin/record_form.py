"""The form of one record: its fields, what hangs on it, and what of it differs from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.errors import UserError
from app.records.changing import ChildChange, Edit
from app.records.kinds import ChildSpec, RecordKind
from app.records.reading import Record
from ui.admin.editors import Editor, editor_for
from ui.admin.record_words import ADD, CHILDREN, field_words, said
from ui.admin.week_view import WeekView
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_M, GAP_S
from ui.widgets.blocks import SectionHeader
from ui.widgets.labels import PlainLabel

Named = Mapping[tuple[str, bytes], str]
"""(table, id) -> name, of every reference of the record."""


class ChildRow(QWidget):
    """One row that hangs on the record. `child_id` None: new."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self, child: ChildSpec, services: Services, choices: dict[str, list[tuple[Any, str]]],
        child_id: bytes | None, values: Mapping[str, Any], named: Named, writable: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.child_id, self._before = child_id, dict(values)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        self.editors: list[Editor] = []
        for spec in child.fields:
            editor = editor_for(spec, services, choices)
            value = values.get(spec.name)
            editor.show(value, named.get((spec.to, value), "") if isinstance(value, bytes) else "")
            editor.widget.setToolTip(field_words(spec.name))
            # What tells the row apart from others stands; another one is another row.
            editor.widget.setEnabled(writable and not (child_id is not None and spec.name == child.key))
            editor.changed.connect(self.changed)
            row.addWidget(editor.widget, 3 if spec.kind in ("ref", "text") else 1)
            self.editors.append(editor)
        away = QToolButton()
        away.setIcon(icon("x", "muted"))
        away.setToolTip(self.tr("Remove"))
        away.setAccessibleName(self.tr("Remove"))
        away.setVisible(writable)
        away.clicked.connect(lambda _checked=False: self.removed.emit())
        row.addWidget(away)

    def values(self) -> dict[str, Any]:
        """Those that differ; of a new row all. Errors: UserError."""
        now = {editor.spec.name: editor.value() for editor in self.editors}
        return {k: v for k, v in now.items() if self.child_id is None or self._before.get(k) != v}


class ChildList(QWidget):
    """The rows of one kind that hang on the record."""

    changed = Signal()

    def __init__(self, child: ChildSpec, services: Services, choices: dict[str, list[tuple[Any, str]]]) -> None:
        super().__init__()
        self.child, self._services, self._choices = child, services, choices
        self._rows: list[ChildRow] = []
        self._removed: list[bytes] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP_M, 0, 0)
        self._column.setSpacing(GAP_S)
        self._head = SectionHeader(said(CHILDREN[child.table]))
        self.add = QPushButton(said(ADD[child.table]))
        self.add.setIcon(icon("plus", "accent"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda _checked=False: self.add_row())
        self._head.add_control(self.add)
        self._column.addWidget(self._head)

    def rows(self) -> list[ChildRow]:
        """From top to bottom."""
        return list(self._rows)

    def show_rows(self, rows: list[tuple[bytes, dict[str, Any]]], named: Named, writable: bool) -> None:
        """Show what is stored."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows, self._removed = [], []
        self.add.setVisible(writable)
        for child_id, values in rows:
            self._put(child_id, values, named, writable)
        self._say()

    def add_row(self) -> ChildRow:
        """A new one, to be filled in."""
        row = self._put(None, {}, {}, True)
        row.show()
        row.editors[0].widget.setFocus()
        self._say()
        self.changed.emit()
        return row

    def _put(self, child_id: bytes | None, values: Mapping[str, Any], named: Named, writable: bool) -> ChildRow:
        row = ChildRow(self.child, self._services, self._choices, child_id, values, named, writable)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def _drop(self, row: ChildRow) -> None:
        self._rows.remove(row)
        if row.child_id is not None:
            self._removed.append(row.child_id)
        self._column.removeWidget(row)
        row.deleteLater()
        self.add.setFocus()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._head.set_text(said(CHILDREN[self.child.table]), str(len(self._rows)) if self._rows else "")

    def changes(self) -> list[ChildChange]:
        """Errors: UserError."""
        found = [(row, row.values()) for row in self._rows]
        return [ChildChange(self.child.table, r.child_id, v) for r, v in found if v or r.child_id is None]

    def removed(self) -> list[tuple[str, bytes]]:
        """Those that are no longer."""
        return [(self.child.table, child_id) for child_id in self._removed]


class RecordForm(QWidget):
    """`changed` after each change of somebody's; `edit` says what it comes to."""

    changed = Signal()

    def __init__(
        self, kind: RecordKind, services: Services, choices: dict[str, list[tuple[Any, str]]]
    ) -> None:  # fmt: skip
        super().__init__()
        self.kind = kind
        self._record: Record | None = None
        self._showing = False
        self.editors = {spec.name: editor_for(spec, services, choices) for spec in kind.fields}
        self.children_ = [ChildList(child, services, choices) for child in kind.children]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GAP_S, 0)
        column.setSpacing(GAP_S)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        form.setHorizontalSpacing(GAP_M)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for spec in kind.fields:
            editor = self.editors[spec.name]
            if spec.kind == "flag":
                form.addRow("", editor.widget)
            else:
                label = PlainLabel(field_words(spec.name) + (" *" if spec.required else ""))
                label.setBuddy(editor.widget)
                form.addRow(label, editor.widget)
            editor.changed.connect(self._changed)
        column.addLayout(form)
        for child in self.children_:
            child.changed.connect(self._changed)
            column.addWidget(child)
        self.week: WeekView | None = None
        if kind.table == "calendar":
            self.week = WeekView(services, self._calendar)
            column.addWidget(self.week)
        column.addStretch(1)

    def _calendar(self) -> tuple[dict[str, Any], list[tuple[str, str | None]]]:
        """What the form says of a calendar, saved or not. Errors: UserError."""
        values = {name: editor.value() for name, editor in self.editors.items()}
        closed = []
        for row in self.children_[0].rows():
            day, reason = (editor.value() for editor in row.editors)
            if day:
                closed.append((str(day), reason))
        return values, closed

    def _changed(self) -> None:
        if not self._showing:
            self.changed.emit()
        if self.week is not None:
            self.week.look_soon()

    def show_record(self, record: Record | None, named: Named, role_reaches: Any) -> None:
        """Show what is stored, or an empty form. `role_reaches(least)`: whether one may change what needs that role."""
        self._showing = True
        self._record = record
        writable = role_reaches(self.kind.least)
        for name, editor in self.editors.items():
            value = record.values.get(name) if record is not None else None
            editor.show(value, named.get((editor.spec.to, value), "") if isinstance(value, bytes) else "")
            editor.widget.setEnabled(writable)
        for child in self.children_:
            may = role_reaches(child.child.least)
            child.setVisible(may or not child.child.hidden)
            rows = record.children.get(child.child.table, []) if record is not None else []
            child.show_rows(rows, named, may)
        self._showing = False

    def edit(self) -> Edit:
        """What somebody changed. Errors: UserError naming the field that can't be read."""
        values: dict[str, Any] = {}
        for name, editor in self.editors.items():
            value = editor.value()
            if self._record is None:
                if value is not None:
                    values[name] = value
            elif self._record.values.get(name) != value:
                values[name] = value
        changes = [change for child in self.children_ for change in child.changes()]
        removed = [gone for child in self.children_ for gone in child.removed()]
        row_id = self._record.id if self._record is not None else None
        return Edit(self.kind.table, row_id, values, tuple(changes), tuple(removed))

    def is_dirty(self) -> bool:
        """Whether there is anything to keep or to lose."""
        try:
            edit = self.edit()
        except UserError:
            return True
        if self._record is None:
            defaults = {spec.name: spec.default for spec in self.kind.fields}
            told = {k: v for k, v in edit.values.items() if v != defaults.get(k) and v not in ("", 0)}
            firsts = {s.name for s in self.kind.fields if s.kind in ("choice", "number", "flag")}
            return bool({k for k in told if k not in firsts} or edit.children)
        return bool(edit.values or edit.children or edit.removed)

    def focus_first(self) -> None:
        """The first field."""
        next(iter(self.editors.values())).widget.setFocus(Qt.FocusReason.OtherFocusReason)
