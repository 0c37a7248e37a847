"""What is written in quick capture: the fields, what they say together, and how they are kept as a draft.

The form knows nothing of what follows from the words; the dialog (ui.quick_capture) looks that up and fills in what a
caller or a machine says by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.rules import CHANNELS
from ui import case_words as words
from ui.capture_fields import NEW, SeverityChoice, WhoField
from ui.icons import icon
from ui.note_edit import NoteEdit
from ui.pickers import Choice, PickField, find_assets, find_named
from ui.services import Services
from ui.spelling import SpellCheck
from ui.tokens import GAP_M, GAP_S
from ui.widgets.labels import PlainLabel


class CaptureForm(QWidget):
    """The left side of quick capture."""

    changed = Signal()
    """Something else is written or chosen."""
    who_typed = Signal()
    """A letter of the name, of which nothing follows yet but that it is kept."""
    caller_picked = Signal(object)
    """A `Choice`, or None."""
    machine_picked = Signal(object)
    send_wanted = Signal()
    left = Signal()

    def __init__(
        self, services: Services, find_callers: Callable[[str], list[Choice]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._quiet = False
        lanes, desk = services.lanes, services.desk
        self.who = WhoField(lanes, find_callers, "")
        self.who.picked.connect(self.caller_picked)
        self.who.textEdited.connect(lambda _: self.who_typed.emit())
        self.title = QLineEdit()
        self.title.textChanged.connect(lambda _: self._tell())
        self.details, self.solved = NoteEdit(), NoteEdit()
        self.details.set_lines(3)
        self.solved.set_lines(2)
        for edit in (self.details, self.solved):
            edit.textChanged.connect(self._tell)
            edit.send_wanted.connect(self.send_wanted)
            edit.left.connect(self.left)
            SpellCheck(services, edit, desk.context.language)
        self.severity = SeverityChoice()
        self.severity.chosen.connect(lambda _: self._tell())
        self.machine = PickField(lanes, partial(find_assets, desk), "")
        self.machine.picked.connect(self.machine_picked)
        self.product = PickField(lanes, partial(find_named, desk, ("product",)), "")
        self.department = PickField(lanes, partial(find_named, desk, ("department",)), "")
        for field in (self.product, self.department):
            field.picked.connect(lambda _: self._tell())
        self.channel = QComboBox()
        self.channel.activated.connect(lambda _: self._tell())
        self.major = QCheckBox()
        self.major.toggled.connect(lambda _: self._tell())
        self._labels = {
            name: PlainLabel("", "muted")
            for name in ("who", "title", "details", "severity", "machine", "product", "department", "channel", "solved")
        }
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_M)
        form.setVerticalSpacing(GAP_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        last = QWidget()
        row = QHBoxLayout(last)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self.channel)
        row.addWidget(self.major)
        row.addStretch(1)
        fields: dict[str, QWidget] = {
            "who": self.who, "title": self.title, "details": self.details, "severity": self.severity,
            "machine": self.machine, "product": self.product, "department": self.department, "channel": last,
            "solved": self.solved,
        }  # fmt: skip
        for name, field in fields.items():
            form.addRow(self._labels[name], field)
            self._labels[name].setBuddy(field)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(form)

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """What is filled in meanwhile is not told."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    @property
    def is_quiet(self) -> bool:
        """Whether the form is being filled in."""
        return self._quiet

    def in_order(self) -> list[QWidget]:
        """The fields as Tab goes through them."""
        return [self.who, self.title, self.details, self.severity, self.machine, self.product, self.department,
                self.channel, self.major, self.solved]  # fmt: skip

    # -- what is written ----------------------------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        words_ = (self.who.text(), self.title.text(), self.details.toPlainText(), self.solved.toPlainText())
        return not any(part.strip() for part in words_)

    @property
    def is_solved(self) -> bool:
        """Whether it is said what was done."""
        return bool(self.solved.toPlainText().strip())

    def missing(self) -> str:
        """What is still needed, in words; "" when it can be created."""
        if not self.title.text().strip():
            return self.tr("Say in a few words what is wrong.")
        if self.severity.rank() is None:
            return self.tr("Choose how bad it is (Alt+1 to Alt+4).")
        return ""

    def to_missing(self) -> None:
        """To the field that `missing` speaks of."""
        field = self.severity if self.title.text().strip() else self.title
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, Any]:
        """What was written and chosen, by the names of `NewCase`; the place is the caller's (ui.quick_capture)."""
        who = self.who.value()
        pick = {name: field.value() for name, field in
                (("asset", self.machine), ("product", self.product), ("department", self.department))}  # fmt: skip
        return {
            "title": self.title.text(),
            "severity": self.severity.rank(),
            "description": self.details.toPlainText().strip(),
            "channel": self.channel.currentData(),
            "requester_id": who.id if who is not None and who.kind == "requester" else None,
            "requester_name": who.text if who is not None and who.kind == NEW else None,
            "asset_id": pick["asset"].id if pick["asset"] else None,
            "product_id": pick["product"].id if pick["product"] else None,
            "department_id": pick["department"].id if pick["department"] else None,
            "major": self.major.isChecked(),
            "solved": self.solved.toPlainText().strip() or None,
        }

    def clear(self) -> None:
        """Everything empty, without a word."""
        with self.quiet():
            for field in (self.who, self.machine, self.product, self.department):
                field.set_value(None)
            self.title.setText("")  # not `clear`, which Ctrl+Z would take back as if it had been typed
            self.details.clear()
            self.solved.clear()
            self.severity.choose(None)
            self.major.setChecked(False)
            self.channel.setCurrentIndex(self.channel.findData("phone"))

    # -- the draft ----------------------------------------------------------------------------------------------------
    def kept(self) -> dict[str, Any]:
        """What `restore` understands, to be kept as JSON."""

        def choice(field: PickField) -> list[str] | None:
            value = field.value()
            if value is None and field is self.who and field.text().strip():
                return [NEW, "", field.text().strip(), ""]
            return [value.kind, value.id.hex(), value.text, value.note] if value is not None else None

        return {
            "who": choice(self.who), "machine": choice(self.machine), "product": choice(self.product),
            "department": choice(self.department), "title": self.title.text(), "details": self.details.toPlainText(),
            "solved": self.solved.toPlainText(), "severity": self.severity.rank(),
            "channel": self.channel.currentData(), "major": self.major.isChecked(),
        }  # fmt: skip

    def restore(self, values: dict[str, Any]) -> None:
        """Put back what was kept."""
        for field, name in ((self.who, "who"), (self.machine, "machine"), (self.product, "product"),
                            (self.department, "department")):  # fmt: skip
            kept = values.get(name)
            field.set_value(Choice(kept[0], bytes.fromhex(kept[1]), kept[2], kept[3]) if kept else None)
        self.title.setText(values.get("title", ""))
        self.details.setPlainText(values.get("details", ""))
        self.solved.setPlainText(values.get("solved", ""))
        self.severity.choose(values.get("severity"))
        self.channel.setCurrentIndex(self.channel.findData(values.get("channel", "phone")))
        self.major.setChecked(bool(values.get("major")))

    # -- words --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        said = {
            "who": self.tr("&Who or where"), "title": self.tr("&Title"), "details": self.tr("De&tails"),
            "severity": self.tr("Severity"), "machine": self.tr("&Machine"), "product": self.tr("&Product"),
            "department": self.tr("&Department"), "channel": self.tr("&Channel"), "solved": self.tr("&Solved at once"),
        }  # fmt: skip
        fields = {"title": self.title, "details": self.details, "severity": self.severity, "channel": self.channel,
                  "solved": self.solved}  # fmt: skip
        for name, label in self._labels.items():
            label.setText(said[name])
        for name, field in fields.items():
            field.setAccessibleName(said[name].replace("&", ""))
        self.who.set_name(self.tr("Name, telephone number, machine, place or department"))
        self.machine.set_name(self.tr("Machine"))
        self.product.set_name(self.tr("Product"))
        self.department.set_name(self.tr("Department"))
        self.title.setPlaceholderText(self.tr("What is wrong, in a few words"))
        self.details.setPlaceholderText(self.tr("What was said, error messages (optional)"))
        self.solved.setPlaceholderText(self.tr("What was done, if it is solved already (Ctrl+Shift+Enter)"))
        self.major.setText(self.tr("Major incident"))
        kept = self.channel.currentData() or "phone"
        self.channel.clear()
        for value in CHANNELS:
            self.channel.addItem(icon(words.CHANNEL_ICONS[value]), words.channel(value), value)
        self.channel.setCurrentIndex(self.channel.findData(kept))
