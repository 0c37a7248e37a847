"""What is said about an article beside its text: who reads it, who stands for it, what it is about, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QDateEdit, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from app.reading import ReadingDesk
from ui.choice_box import ChoiceBox
from ui.knowledge.loading import words_of
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_M, GAP_S
from ui.widgets.labels import PlainLabel

AUDIENCES: Final = ("team", "IT", "departments", "everyone")
_A_YEAR: Final = 365


@dataclass(frozen=True)
class Known:
    """What can be chosen: `(id as hexadecimal text, name)` each; tags that are in use; my name."""

    products: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    owners: Mapping[str, str]
    tags: tuple[str, ...]


def read_known(desk: ReadingDesk) -> Known:
    """On a lane."""
    directory = desk.directory
    tags = sorted(desk.knowledge.counts()["tag"], key=str.casefold)
    return Known(
        tuple((one.id.hex(), one.name) for one in directory.all("product")),
        tuple((one.id.hex(), one.name) for one in directory.all("department")),
        {one.id.hex(): one.name for one in directory.all("analyst", inactive=True)},
        tuple(tags),
    )


class FactsForm(QWidget):
    """`values` and `set_values` speak as app.knowledge.drafts does: ids as hexadecimal text."""

    changed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owners: Mapping[str, str] = {}
        self.audience = QComboBox()
        for one in AUDIENCES:
            self.audience.addItem(words_of(one), one)
        self.departments = ChoiceBox(self.tr("Departments"))
        self.owner = PickField(
            services.lanes, partial(find_named, services.desk, ("analyst",)), self.tr("Owner"), required=True
        )
        self.products = ChoiceBox(self.tr("Products"))
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("Tags, with commas between"))
        self.reviewed = QCheckBox(self.tr("to be looked at again on"))
        self.review_date = QDateEdit(QDate.currentDate().addDays(_A_YEAR))
        self.review_date.setCalendarPopup(True)
        self.review_date.setEnabled(False)
        self.no_departments = PlainLabel(self.tr("Nobody reads it until a department is chosen."), "muted")
        self.no_departments.setWordWrap(True)
        self._build()

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        form.setVerticalSpacing(GAP_S)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self.reviewed)
        row.addWidget(self.review_date)
        row.addStretch(1)
        for name, field in (
            (self.tr("Readers"), self.audience), (self.tr("Departments"), self.departments),
            ("", self.no_departments), (self.tr("Owner"), self.owner), (self.tr("Products"), self.products),
            (self.tr("Tags"), self.tags),
        ):  # fmt: skip
            form.addRow(name, field)
            if not isinstance(field, ChoiceBox):
                field.setAccessibleName(name)
        form.addRow(self.tr("Review"), row)
        self.review_date.setAccessibleName(self.tr("Review date"))
        self.form = form
        self.audience.activated.connect(lambda _: self._told())
        for box in (self.departments, self.products):
            box.changed.connect(self._told)
        self.owner.picked.connect(lambda _: self._told())
        self.tags.textChanged.connect(lambda _: self._told())
        self.reviewed.toggled.connect(self.review_date.setEnabled)
        self.reviewed.toggled.connect(lambda _: self._told())
        self.review_date.dateChanged.connect(lambda _: self._told())
        self._show_departments()

    def set_known(self, known: Known) -> None:
        """What can be chosen; the owner's name is shown from then on."""
        self.products.set_choices(known.products)
        self.departments.set_choices(known.departments)
        self._owners = known.owners
        completer = QCompleter(list(known.tags), self.tags)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.tags.setCompleter(completer)
        if (owner := self.owner.value()) is not None:
            self._show_owner(owner.id.hex())
        self._show_departments()

    # -- values -------------------------------------------------------------------------------------------------------
    def values(self) -> dict[str, Any]:
        """As they stand here."""
        owner = self.owner.value()
        return {
            "audience": self.audience.currentData(),
            "departments": sorted(str(one) for one in self.departments.values()),
            "owner_id": owner.id.hex() if owner is not None else "",
            "products": sorted(str(one) for one in self.products.values()),
            "tags": [tag for tag in (" ".join(tag.split()) for tag in self.tags.text().split(",")) if tag],
            "review_date": self.review_date.date().toString("yyyy-MM-dd") if self.reviewed.isChecked() else "",
        }

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these; nobody is told."""
        self.blockSignals(True)
        self.audience.setCurrentIndex(max(0, self.audience.findData(values.get("audience", "team"))))
        self.departments.set_values(values.get("departments", ()))
        self.products.set_values(values.get("products", ()))
        self._show_owner(values.get("owner_id", ""))
        self.tags.setText(", ".join(values.get("tags", ())))
        day = QDate.fromString(values.get("review_date") or "", "yyyy-MM-dd")
        self.reviewed.setChecked(day.isValid())
        if day.isValid():
            self.review_date.setDate(day)
        self.blockSignals(False)
        self._show_departments()

    def _show_owner(self, owner: str) -> None:
        self.owner.set_value(Choice("analyst", bytes.fromhex(owner), self._owners.get(owner, "…")) if owner else None)

    def _show_departments(self) -> None:
        named = self.audience.currentData() == "departments"
        self.form.setRowVisible(self.departments, named)
        self.form.setRowVisible(self.no_departments, named and not self.departments.values())

    def _told(self) -> None:
        self._show_departments()
        self.changed.emit()
