"""A turn of duty: whose, on which day, from when to when, which duty. A new one can be planned on several days at once.

What is wrong with it is said before it is planned, and never forbids it: half a roster in time is better than a whole
one too late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.insight.roster_week import RosterWeek
from app.work.roster import DUTIES, Turn, flags, hours
from ui import text
from ui.roster import words
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.fields import SegmentedControl
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel


@dataclass(frozen=True)
class Usual:
    """What a new turn begins with."""

    start: str = "08:00"
    end: str = "16:00"
    duty: str = "hotline"


class TurnDialog(QDialog):
    """`turn`: the one to change, None for a new one."""

    wanted = Signal(object)
    """The turns as they are wanted: one for each day; the id of a new one is empty."""

    def __init__(
        self,
        services: Services,
        week: RosterWeek,
        people: Sequence[tuple[bytes, str]],
        who: bytes,
        day: date,
        usual: Usual,
        turn: Turn | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._week, self._turn = services, week, turn
        self._names = dict(people)
        self.setWindowTitle(self.tr("New turn") if turn is None else self.tr("Change the turn"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.who = QComboBox()
        for row_id, name in people:
            self.who.addItem(name, row_id)
        self.who.setCurrentIndex(next((n for n, one in enumerate(people) if one[0] == who), 0))
        self.day = QDateEdit(QDate(day.year, day.month, day.day))
        self.day.setCalendarPopup(True)
        self.day.setLocale(QLocale())
        self.start, self.end = QTimeEdit(), QTimeEdit()
        for field, said in ((self.start, usual.start), (self.end, usual.end)):
            field.setDisplayFormat("HH:mm")
            field.setTime(QTime.fromString(said, "HH:mm"))
            field.timeChanged.connect(lambda _time: self._look())
        self.duty = SegmentedControl(self.tr("Duty"))
        self.duty.set_choices([(key, words.duty(key), words.ICONS[key]) for key in DUTIES])
        self.duty.choose(usual.duty)
        self.duty.chosen.connect(lambda _key: self._look())
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        self._next_day = PlainLabel("", "muted")
        for part in (self.start, PlainLabel("–"), self.end, self._next_day):
            row.addWidget(part)
        row.addStretch(1)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Who"), self.who), (self.tr("Day"), self.day), (self.tr("Duty"), self.duty),
        )  # fmt: skip
        for label, widget in fields:
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        self.start.setAccessibleName(self.tr("From"))
        self.end.setAccessibleName(self.tr("To"))
        form.insertRow(2, self.tr("From – to"), row)
        self.also: list[QCheckBox] = []
        if turn is None:
            days = QHBoxLayout()
            days.setSpacing(GAP_S)
            for number, value in enumerate(week.days):
                box = QCheckBox(text.weekday(value))
                box.setAccessibleName(self.tr("Also on {day}").format(day=words.day(value)))
                box.setChecked(value == day)
                box.toggled.connect(lambda _on: self._look())
                box.setProperty("place", number)
                days.addWidget(box)
                self.also.append(box)
            days.addStretch(1)
            form.addRow(self.tr("Also on"), days)
        column.addLayout(form)
        self.warning = PlainLabel("")
        self.warning.setWordWrap(True)
        self.warning.setMinimumWidth(self.fontMetrics().averageCharWidth() * 58)
        self._sign = IconLabel("error", Tone.DANGER, says=self.tr("red"))
        warned = QHBoxLayout()
        warned.setSpacing(GAP_S)
        warned.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        warned.addWidget(self.warning, 1)
        column.addLayout(warned)
        footer = Footer(self, self.tr("Plan") if turn is None else self.tr("Change"))
        self.go = footer.go
        self.go.clicked.connect(self._go)
        column.addLayout(footer)
        self.who.currentIndexChanged.connect(lambda _n: self._look())
        self.day.dateChanged.connect(lambda _day: self._day_changed())
        self._look()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is wanted -----------------------------------------------------------------------------------------------
    def days(self) -> list[date]:
        """The days that are meant, in order."""
        chosen = self.day.date()
        first = date(chosen.year(), chosen.month(), chosen.day())
        return sorted({first, *(self._week.days[n] for n, box in enumerate(self.also) if box.isChecked())})

    def turns(self) -> list[Turn]:
        """What the form says."""
        start, end = (field.time().toString("HH:mm") for field in (self.start, self.end))
        zone = self._services.desk.context.zone
        turn_id = self._turn.id if self._turn is not None else b""
        who, duty = self.who.currentData(), self.duty.choice()
        return [Turn(turn_id, who, duty, None, *hours(day, start, end, zone)) for day in self.days()]

    def _day_changed(self) -> None:
        chosen = self.day.date()
        first = date(chosen.year(), chosen.month(), chosen.day())
        if len([box for box in self.also if box.isChecked()]) == 1:
            for box, value in zip(self.also, self._week.days, strict=True):
                box.blockSignals(True)
                box.setChecked(value == first)
                box.blockSignals(False)
        self._look()

    def _look(self) -> None:
        overnight = self.end.time() <= self.start.time()
        self._next_day.setText(self.tr("on the next day") if overnight else "")
        turns = self.turns()
        self.go.setEnabled(bool(turns))
        if len(turns) > 1:
            self.go.setText(self.tr("Plan %n turn(s)", "", len(turns)))
        elif self._turn is None:
            self.go.setText(self.tr("Plan"))
        self.warning.setText("\n".join(dict.fromkeys(self._wrong(turns))))
        self._sign.setVisible(bool(self.warning.text()))

    def _wrong(self, turns: Sequence[Turn]) -> list[str]:
        """What would be wrong, as far as the week on screen tells."""
        week, found = self._week, []
        zone, name = self._services.zone, self._names.get(self.who.currentData(), "")
        others = [turn for turn in week.turns if self._turn is None or turn.id != self._turn.id]
        for turn in turns:
            mine = turn._replace(id=b"new")
            for flag in flags([*others, mine], {}):
                if flag.wrong == "overlap" and b"new" in flag.turns:
                    found.append(words.sentence(flag, lambda _who: name, zone))
            place = next((n for n, (start, end) in enumerate(week.bounds) if start <= turn.starts_at < end), None)
            if place is not None and (turn.analyst_id, place) in week.away:
                said = self.tr("{name} is away on {day}.")
                found.append(said.format(name=name, day=words.day(week.days[place])))
        if not all(week.days[0] <= day <= week.days[-1] for day in self.days()):
            found.append(self.tr("That is another week than the one on screen."))
        return found

    def _go(self) -> None:
        self.wanted.emit(self.turns())
        self.accept()
