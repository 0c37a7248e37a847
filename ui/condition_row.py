"""One condition of a filter builder: field, test, values, each a control that fits what was chosen before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.errors import UserError
from app.work.condition_words import ConditionWords
from app.work.conditions import FIELDS, UNITS, Condition, condition, is_span, needs_values, offered_tests
from ui.choice_box import ChoiceBox, Value
from ui.icons import icon
from ui.tokens import GAP_S
from ui.widgets.fields import NumberField, roomy

Choices = Mapping[str, Sequence[tuple[Value, str]]]
"""By field: what can be ticked."""


class ConditionRow(QWidget):
    """`changed` with every change; `removed` when somebody does not want it."""

    changed = Signal()
    removed = Signal()

    def __init__(self, words: ConditionWords, choices: Choices, units: Mapping[str, str]) -> None:
        super().__init__()
        self._words, self._choices = words, choices
        self.field, self.test = QComboBox(), QComboBox()
        self.field.setAccessibleName(self.tr("Field"))
        self.test.setAccessibleName(self.tr("Test"))
        for key in FIELDS:
            self.field.addItem(words.field(key), key)
        self.field.setMaxVisibleItems(len(FIELDS))
        self.ticks = ChoiceBox(self.tr("Values"))
        self.number = NumberField(0, 10_000)
        self.number.setAccessibleName(self.tr("Number"))
        self.count = NumberField(1, 10_000)
        self.count.setAccessibleName(self.tr("How many"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Hours or days"))
        for unit in UNITS:
            self.unit.addItem(units[unit], unit)
        self.day = roomy(QDateEdit(QDate.currentDate()))
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("Date"))
        self.text = QLineEdit()
        self.text.setAccessibleName(self.tr("Words"))
        self._values = QStackedWidget()
        span = QWidget()
        line = QHBoxLayout(span)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_S)
        line.addWidget(self.count, 1)
        line.addWidget(self.unit, 1)
        self._pages = {"none": QWidget(), "ticks": self.ticks, "number": self.number, "span": span, "day": self.day,
                       "text": self.text}  # fmt: skip
        for page in self._pages.values():
            self._values.addWidget(page)
        self._values.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._remove = QToolButton()
        self._remove.setIcon(icon("x", "muted"))
        self._remove.setToolTip(self.tr("Without this condition"))
        self._remove.setAccessibleName(self.tr("Without this condition"))
        self._remove.clicked.connect(lambda _checked=False: self.removed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self.field, 3)
        row.addWidget(self.test, 2)
        row.addWidget(self._values, 3)
        row.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.test.currentIndexChanged.connect(self._test_chosen)
        self.ticks.changed.connect(self.changed)
        for number in (self.number, self.count):
            number.valueChanged.connect(lambda _value: self.changed.emit())
        self.unit.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.changed.emit())
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        self._field_chosen()

    def _field_chosen(self) -> None:
        key = str(self.field.currentData())
        self.test.blockSignals(True)
        self.test.clear()
        for test in offered_tests(key):
            self.test.addItem(self._words.test(test), test)
        self.test.blockSignals(False)
        self.ticks.set_choices(self._choices.get(key, ()))
        self.ticks.set_values(())
        self._test_chosen()

    def _page(self, key: str, test: str) -> str:
        if not needs_values(test):
            return "none"
        if is_span(test):
            return "span"
        if test in ("from", "before"):
            return "day"
        if key in self._choices and test not in ("least", "most"):
            return "ticks"
        return "number" if FIELDS[key].kind == "number" else "text"

    def _test_chosen(self) -> None:
        page = self._page(str(self.field.currentData()), str(self.test.currentData()))
        self._values.setCurrentWidget(self._pages[page])
        self.text.setPlaceholderText(
            self.tr("several: with commas") if FIELDS[str(self.field.currentData())].kind == "tag" else ""
        )
        self.changed.emit()

    def condition(self) -> Condition:
        """What it says. Errors: UserError while it says nothing."""
        key, test = str(self.field.currentData()), str(self.test.currentData())
        return condition(key, test, self._given(key, test))

    def _given(self, key: str, test: str) -> Sequence[Value]:
        match self._page(key, test):
            case "none":
                return ()
            case "ticks":
                return self.ticks.values()
            case "number":
                return (self.number.value(),)
            case "span":
                return (self.count.value(), str(self.unit.currentData()))
            case "day":
                return (self.day.date().toString(Qt.DateFormat.ISODate),)
        typed = self.text.text().strip()
        if FIELDS[key].kind == "tag":
            return [tag.strip() for tag in typed.split(",") if tag.strip()]
        if not typed:
            raise UserError("Say what is looked for.")
        return (typed,)

    def show_condition(self, part: Condition) -> None:
        """Set the controls so."""
        self.field.setCurrentIndex(max(self.field.findData(part.field), 0))
        self.test.setCurrentIndex(max(self.test.findData(part.test), 0))
        match self._page(part.field, part.test):
            case "ticks":
                self.ticks.set_values(part.values)
            case "number":
                self.number.setValue(int(part.values[0]))
            case "span":
                self.count.setValue(int(part.values[0]))
                self.unit.setCurrentIndex(self.unit.findData(part.values[1]))
            case "day":
                self.day.setDate(QDate.fromString(str(part.values[0]), Qt.DateFormat.ISODate))
            case "text":
                self.text.setText(", ".join(map(str, part.values)))
