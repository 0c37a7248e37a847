"""A control for each kind of field: shows a stored value, gives one back, says when it was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QDate, QLocale, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QWidget

from app.errors import UserError
from app.records.kinds import FieldSpec
from app.records.shift_lines import from_lines, to_lines
from app.work.calendars import parse_shifts, shifts_text
from ui import text
from ui.admin.record_words import field_words, value_words
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_M
from ui.widgets.fields import NumberField, roomy

Names = Callable[[str, Any], str]
"""(table, id) -> what a reference is called."""
FOUND_BY_TYPING: Final = ("analyst", "queue", "department", "product", "place")
LONG_LINES: Final = (5, 16)
"""A field for longer words is as high as its words, within these."""


class Editor(QObject):
    """`widget` is what is shown. `value` may raise UserError while what is typed is nothing."""

    changed = Signal()

    def __init__(self, spec: FieldSpec, widget: QWidget) -> None:
        super().__init__(widget)
        self.spec, self.widget = spec, widget
        widget.setAccessibleName(field_words(spec.name))

    def value(self) -> Any:
        """As it is stored. Errors: UserError."""
        raise NotImplementedError

    def show(self, value: Any, name: str) -> None:
        """Show a stored value; `name`: of what it refers to."""
        raise NotImplementedError


class _Line(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        self._line = QLineEdit()
        super().__init__(spec, self._line)
        self._line.textChanged.connect(lambda _text: self.changed.emit())
        if spec.kind in ("language", "languages"):
            self._line.setPlaceholderText("de" if spec.kind == "language" else "de, en")

    def value(self) -> Any:
        typed = " ".join(self._line.text().split())
        return typed or (self.spec.default if self.spec.default is not None else None)

    def show(self, value: Any, name: str) -> None:
        self._line.setText("" if value is None else str(value))


class _Long(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        super().__init__(spec, self._text)
        self._text.textChanged.connect(self.changed)
        self._text.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def _fit(self) -> None:
        least, most = LONG_LINES
        lines = max(least, min(round(self._text.document().size().height()), most))  # a plain text is measured in lines
        height = self._text.fontMetrics().lineSpacing() * lines + 12
        if height != self._text.height():
            self._text.setFixedHeight(height)

    def value(self) -> Any:
        return self._text.toPlainText()

    def show(self, value: Any, name: str) -> None:
        self._text.setPlainText(str(value or ""))


class _Shifts(_Long):
    def __init__(self, spec: FieldSpec) -> None:
        self._stored = ""
        super().__init__(spec)
        self._text.setPlaceholderText(self.tr("mon-fri 06:00-14:00, 14:00-22:00\nsat 06:00-12:00"))

    def value(self) -> Any:
        typed = self._text.toPlainText()
        if not typed.strip():
            return None
        written = shifts_text(*parse_shifts(from_lines(typed)))
        return self._stored if self._stored and written == shifts_text(*parse_shifts(self._stored)) else written

    def show(self, value: Any, name: str) -> None:
        # Stored in another form, the same shifts are still no change.
        self._stored = str(value or "")
        self._text.setPlainText(to_lines(str(value or ""), QLocale().name()))


class _Number(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        # One below the least stands for nothing, where nothing is allowed.
        self._none = spec.least - 1 if not spec.required and spec.default is None else None
        least = spec.least if self._none is None else self._none
        unit = self.tr("min") if spec.kind == "minutes" else ""
        self._number = NumberField(least, spec.most, unit, 15 if spec.kind == "minutes" else 1)
        if self._none is not None:
            self._number.setSpecialValueText("–")
        super().__init__(spec, self._number)
        self._number.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> Any:
        number = self._number.value()
        return None if number == self._none else number

    def show(self, value: Any, name: str) -> None:
        empty = self._none if self._none is not None else self.spec.default or self.spec.least
        self._number.setValue(int(value) if value is not None else int(str(empty)))


class _Money(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        self._sum = roomy(QDoubleSpinBox())
        self._sum.setRange(0, spec.most / 100)
        self._sum.setDecimals(2)
        super().__init__(spec, self._sum)
        self._sum.valueChanged.connect(lambda _value: self.changed.emit())

    def value(self) -> Any:
        return round(self._sum.value() * 100)

    def show(self, value: Any, name: str) -> None:
        self._sum.setValue((value or 0) / 100)


class _Flag(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        self._box = QCheckBox(field_words(spec.name))
        super().__init__(spec, self._box)
        self._box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> Any:
        return int(self._box.isChecked())

    def show(self, value: Any, name: str) -> None:
        self._box.setChecked(bool(self.spec.default if value is None else value))


class _Day(Editor):
    def __init__(self, spec: FieldSpec) -> None:
        self._line = QLineEdit()
        day = text.day("2026-12-24")
        self._line.setPlaceholderText(day)
        self._line.setMinimumWidth(self._line.fontMetrics().horizontalAdvance(day) + 2 * GAP_M)
        super().__init__(spec, self._line)
        self._line.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> Any:
        typed = self._line.text().strip()
        if not typed:
            return None
        shown = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        forms = ("yyyy-MM-dd", shown if "yyyy" in shown else shown.replace("yy", "yyyy"), "d.M.yyyy")
        for form in forms:
            found = QDate.fromString(typed, form)
            if found.isValid():
                return found.toString("yyyy-MM-dd")
        raise UserError(self.tr("“{typed}” is not a date.").format(typed=typed))

    def show(self, value: Any, name: str) -> None:
        self._line.setText(text.day(str(value)) if value else "")


class _Choice(Editor):
    def __init__(self, spec: FieldSpec, choices: list[tuple[Any, str]]) -> None:
        self._box = QComboBox()
        if not spec.required:
            self._box.addItem("–", None)
        for value, words in choices:
            self._box.addItem(words, value)
        super().__init__(spec, self._box)
        self._box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def value(self) -> Any:
        return self._box.currentData()

    def show(self, value: Any, name: str) -> None:
        wanted = self.spec.default if value is None else value
        at = next((n for n in range(self._box.count()) if self._box.itemData(n) == wanted), -1)
        if at < 0 and wanted is not None:
            self._box.addItem(name or str(wanted), wanted)
            at = self._box.count() - 1
        self._box.setCurrentIndex(max(at, 0))


class _Reference(Editor):
    def __init__(self, spec: FieldSpec, services: Services) -> None:
        desk = services.desk

        def find(typed: str) -> list[Choice]:
            return find_named(desk, (spec.to,), typed)  # type: ignore[arg-type]

        self._pick = PickField(services.lanes, find, field_words(spec.name), required=spec.required)
        super().__init__(spec, self._pick)
        self._pick.setPlaceholderText("" if not spec.required else field_words(spec.name))
        self._pick.picked.connect(lambda _choice: self.changed.emit())

    def value(self) -> Any:
        chosen, typed = self._pick.value(), self._pick.text().strip()
        if typed and (chosen is None or typed != chosen.text.strip()):
            raise UserError(self.tr("“{typed}” is none of the list; choose one from it.").format(typed=typed))
        return None if chosen is None else chosen.id

    def show(self, value: Any, name: str) -> None:
        self._pick.set_value(None if value is None else Choice(self.spec.to, value, name))


def editor_for(spec: FieldSpec, services: Services, choices: dict[str, list[tuple[Any, str]]]) -> Editor:
    """The control of a field. `choices`: by table, of small tables that are chosen from whole; "severity" ranks."""
    match spec.kind:
        case "long":
            return _Long(spec)
        case "shifts":
            return _Shifts(spec)
        case "number" | "minutes":
            return _Number(spec)
        case "money":
            return _Money(spec)
        case "flag":
            return _Flag(spec)
        case "day":
            return _Day(spec)
        case "choice":
            return _Choice(spec, [(value, value_words(spec, value)) for value in spec.among])
        case "severity":
            return _Choice(spec, choices.get("severity", []))
        case "ref" if spec.to in FOUND_BY_TYPING:
            return _Reference(spec, services)
        case "ref":
            return _Choice(spec, choices.get(spec.to, []))
    return _Line(spec)
