"""The fields of a case that are not in its head: people, things, kind, channel, tags, flags and the description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.work.present import CaseView
from db.rules import CASE_KINDS, CHANNELS
from ui import case_words as words
from ui.in_place import InPlaceText
from ui.pickers import Choice, PickField, find_assets, find_named, find_requesters
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS
from ui.widgets.labels import PlainLabel

_PICKED: Final = ("requester", "department", "product", "place", "asset")
FLAGS: Final = ("major", "executive_complaint", "outside_it", "abusive_contact")
_PRIVATE: Final = frozenset({"executive_complaint", "abusive_contact"})


class DescriptionEdit(InPlaceText):
    """The description: several paragraphs, so Enter makes a new line and leaving keeps it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", lines=14, parent=parent)

    def text(self) -> str:
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QPlainTextEdit.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)


class CaseFields(QWidget):
    """A form of one case; every choice is said at once, there is nothing to save."""

    changed = Signal(dict)
    """{column: value} for `Cases.set`."""
    tags_changed = Signal(tuple, tuple)
    """(tags to add, tags to remove)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._view: CaseView | None = None
        desk = services.desk
        finds: dict[str, Callable[[str], Sequence[Choice]]] = {
            "requester": partial(find_requesters, desk),
            "department": partial(find_named, desk, ("department",)),
            "product": partial(find_named, desk, ("product",)),
            "place": partial(find_named, desk, ("place",)),
            "asset": partial(find_assets, desk),
        }
        self.picks = {name: PickField(services.lanes, finds[name], "") for name in _PICKED}
        for name, field in self.picks.items():
            field.picked.connect(partial(self._picked, name))
        self.kind, self.channel = QComboBox(), QComboBox()
        self.kind.activated.connect(lambda _: self.changed.emit({"kind": self.kind.currentData()}))
        self.channel.activated.connect(lambda _: self.changed.emit({"channel": self.channel.currentData()}))
        self.tags = QLineEdit()
        self.tags.editingFinished.connect(self._tags_edited)
        self.flags = {name: QCheckBox() for name in FLAGS}
        for name, box in self.flags.items():
            box.clicked.connect(lambda on, name=name: self._flag(name, on))
        self.description = DescriptionEdit()
        self.description.kept.connect(self.keep_description)
        self._labels = {name: PlainLabel("", "muted") for name in (*_PICKED, "kind", "channel", "tags")}
        self._flags_label, self._description_label = PlainLabel("", "muted"), PlainLabel("", "muted")
        self._build()
        self._retranslate()

    def show_view(self, view: CaseView) -> None:
        """Show a case; what is being typed stays."""
        self._view = view
        row, names = view.row, view.names
        for name, field in self.picks.items():
            row_id = row[f"{name}_id"]
            field.set_value(Choice(name, row_id, names[name]) if row_id is not None else None)
        self.kind.setCurrentIndex(self.kind.findData(row["kind"]))
        self.channel.setCurrentIndex(self.channel.findData(row["channel"]))
        if not self.tags.hasFocus():
            self.tags.setText(", ".join(view.tags))
        for name, box in self.flags.items():
            box.setChecked(bool(row[name]))
        self.description.set_value(row["description"])

    def keep_description(self, text: str) -> None:
        """Keep the description."""
        self.changed.emit({"description": text})

    def _picked(self, name: str, choice: Choice | None) -> None:
        self.changed.emit({f"{name}_id": choice.id if choice is not None else None})

    def _flag(self, name: str, on: bool) -> None:
        self.changed.emit({name: on})

    def _tags_edited(self) -> None:
        if self._view is None:
            return
        wanted = {tag.strip() for tag in self.tags.text().split(",") if tag.strip()}
        there = set(self._view.tags)
        if wanted != there:
            self.tags_changed.emit(tuple(sorted(wanted - there)), tuple(sorted(there - wanted)))

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_M)
        form.setVerticalSpacing(GAP_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        fields: dict[str, QWidget] = {**self.picks, "kind": self.kind, "channel": self.channel, "tags": self.tags}
        for name, field in fields.items():
            self._labels[name].setBuddy(field)
            form.addRow(self._labels[name], field)
        flags = QVBoxLayout()
        flags.setSpacing(GAP_XS)
        for box in self.flags.values():
            flags.addWidget(box)
        form.addRow(self._flags_label, flags)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        column.addLayout(form)
        column.addWidget(self._description_label)
        column.addWidget(self.description)
        column.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        said = {
            "requester": self.tr("Requester"), "department": self.tr("Department"), "product": self.tr("Product"),
            "place": self.tr("Place"), "asset": self.tr("Machine"), "kind": self.tr("Kind"),
            "channel": self.tr("Channel"), "tags": self.tr("Tags"),
        }  # fmt: skip
        for name, label in self._labels.items():
            label.setText(said[name])
        for name, field in self.picks.items():
            field.set_name(said[name])
        for box, name, values, word in (
            (self.kind, "kind", CASE_KINDS, words.kind),
            (self.channel, "channel", CHANNELS, words.channel),
        ):
            kept = box.currentData()
            box.clear()
            for value in values:
                box.addItem(word(value), value)
            box.setCurrentIndex(box.findData(kept))
            box.setAccessibleName(said[name])
        self.tags.setPlaceholderText(self.tr("separated by commas"))
        self.tags.setAccessibleName(said["tags"])
        flags = {
            "major": self.tr("Major incident"), "executive_complaint": self.tr("Executive complaint"),
            "outside_it": self.tr("Handled outside IT"), "abusive_contact": self.tr("Abusive contact"),
        }  # fmt: skip
        for name, flag in self.flags.items():
            flag.setText(flags[name])
            if name in _PRIVATE:
                flag.setToolTip(self.tr("Only supervisors may set this"))
        self._flags_label.setText(self.tr("Flags"))
        self._description_label.setText(self.tr("Description"))
        self.description.setPlaceholderText(self.tr("What was said, error messages, what was seen"))
        self.description.setAccessibleName(self.tr("Description"))
