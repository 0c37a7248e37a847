"""Absences: the calendar of some weeks, and below it the list: acknowledged, prolonged, moved and ended there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.work.absence_calendar import Calendar
from app.work.covering import Away
from ui import text
from ui.coverage.asks import open_sheet
from ui.coverage.calendar_view import CalendarView, first_monday
from ui.coverage.dialogs import AbsenceDialog, DayDialog, StillAwayDialog
from ui.coverage.reading import Shown, read_calendar
from ui.coverage.verb_list import Verb, VerbList
from ui.coverage.words import days_words, kind_words
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_S, Tone
from ui.widgets.blocks import EmptyState
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

WEEKS: Final = {"weeks": 5, "months": 13}
GAPS_NAMED: Final = 3


class AbsencesView(VerbList):
    """The second section of the page."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, RowTable(5, 4), EmptyState("absence", "", ""), parent)
        self._first = ""
        self.calendar = CalendarView()
        self.calendar.moved.connect(self._say)
        self.calendar.opened.connect(self._choose)
        self.calendar.turned.connect(self.turn)
        self.range = SegmentedControl("")
        self.range.chosen.connect(lambda _key: self.read())
        self.earlier, self.later, self.today = QToolButton(), QToolButton(), QPushButton()
        for button, drawing, step in ((self.earlier, "chevron-left", -1), (self.later, "chevron-right", 1)):
            button.setIcon(icon(drawing))
            button.clicked.connect(lambda _checked=False, step=step: self.turn(step))
        self.today.clicked.connect(lambda _checked=False: self.go_to_today())
        self._days = PlainLabel("", "strong")
        self._said, self._gaps = ElidedLabel(""), ElidedLabel("")
        self.table.opened.connect(self.open_sheet)
        self.known, self.goes_on, self.back, self.move_, self.take_back, self.sheet = (
            QPushButton() for _ in range(6)
        )  # fmt: skip
        verbs: list[Verb] = [
            (self.known, self._acknowledge), (self.goes_on, self._goes_on), (self.back, self._is_back),
            (self.move_, self._move), (self.take_back, self._take_back), (self.sheet, self.open_sheet),
        ]  # fmt: skip
        self._lay_out(verbs, QWidget(), self._calendar_part(), above=False, sizes=[640, 300])
        self.setFocusProxy(self.calendar)
        self._retranslate()

    def _calendar_part(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        for widget in (self.earlier, self.today, self.later, self._days):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.range)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, GAP_S)
        column.setSpacing(GAP_S)
        column.addLayout(head)
        column.addWidget(self.calendar, 1)
        column.addWidget(self._said)
        column.addWidget(self._gaps)
        return part

    # -- the calendar -------------------------------------------------------------------------------------------------
    def weeks(self) -> int:
        """How many are shown."""
        return WEEKS.get(self.range.choice(), 5)

    def turn(self, step: int) -> None:
        """Earlier or later: most of what is shown goes, a week stays to find one's way by."""
        if self._first:
            by = timedelta(weeks=max(1, self.weeks() - 1) * step)
            self._first = (date.fromisoformat(self._first) + by).isoformat()
            self.read()

    def go_to_today(self) -> None:
        """Begin with this week."""
        if self._shown is not None:
            self._first = first_monday(self._shown.today)
            self.read()

    def read(self) -> None:
        """Read the calendar again."""
        if self._shown is None:
            return
        self._first = self._first or first_monday(self._shown.today)
        last = (date.fromisoformat(self._first) + timedelta(days=7 * self.weeks() - 1)).isoformat()
        self._services.lanes.read.submit(
            read_calendar, self._services.desk, self._first, last, done=self._show, failed=self._services.show_error,
            key="absence calendar", owner=self,
        )  # fmt: skip

    def _show(self, calendar: Calendar) -> None:
        if self._shown is None:
            return
        self._days.setText(f"{text.day(calendar.first)} – {text.day(calendar.last)}")
        self.calendar.show_calendar(calendar, self._shown)
        gaps = calendar.gaps
        named = [
            self.tr("{department} {days}").format(
                department=self._shown.name(line.id), days=days_words(piece.first, piece.last)
            )
            for line, piece in gaps[:GAPS_NAMED]
        ]
        if len(gaps) > GAPS_NAMED:
            named.append(self.tr("and %n more", "", len(gaps) - GAPS_NAMED))
        told = self.tr("Somebody is there for every department on each of these days.") if calendar.departments else ""
        if gaps:
            told = self.tr("Nobody is there: {gaps}").format(gaps=" · ".join(named))
        self._gaps.setText(told)
        self._gaps.setRole("danger" if gaps else "muted")

    def _say(self) -> None:
        self._said.setText(self.calendar.described())

    def _choose(self, absence: bytes) -> None:
        if not self.table.choose(absence):
            self.over.setChecked(True)
            self.table.choose(absence)
        self.table.setFocus()

    # -- the list -----------------------------------------------------------------------------------------------------
    def show_all(self, shown: Shown) -> None:
        """Show what was read; the calendar is read for itself."""
        super().show_all(shown)
        self.read()

    def _fill(self) -> None:
        shown = self._shown
        if shown is None:
            return
        lines = [one for one in shown.away if self.over.isChecked() or (not one.spell.taken_back
                 and (one.spell.to_day or shown.today) >= shown.today)]  # fmt: skip
        rows: list[Row] = []
        for line in lines:
            waits = ", ".join(shown.name(who) for who in line.waits_for)
            began = line.spell.from_day <= shown.today
            who: Cell | str = shown.name(line.spell.analyst)
            if line.spell.covers(shown.today):
                who = Cell(shown.name(line.spell.analyst), "absence", Tone.NEUTRAL)
            stands = ", ".join(shown.name(one) for one in line.stand_ins)
            word: Cell | str = ""
            if waits:
                said = self.tr("not acknowledged by {who}").format(who=waits)
                word = Cell(said, "error" if began else "question", Tone.DANGER if began else Tone.WARNING)
            elif line.stand_ins and (line.spell.to_day or shown.today) >= shown.today:
                word = Cell(self.tr("acknowledged"), "check", Tone.OK)
            rows.append((line.spell.id, [
                who, days_words(line.spell.from_day, line.spell.to_day), kind_words(line.kind), stands, word,
            ]))  # fmt: skip
        self._show_rows(self.tr("Away"), rows)

    def line(self) -> Away | None:
        """The absence that is chosen."""
        return self._shown.absence(self.table.current_id()) if self._shown is not None else None

    def _facts(self) -> None:
        line, shown = self.line(), self._shown
        if line is None or shown is None:
            for button, _run in self._verbs:
                button.setEnabled(False)
            return
        spell, today = line.spell, shown.today
        mine = shown.boss or spell.analyst == shown.me
        together = spell.analyst in shown.may_call_sick and line.kind in ("sickness", "away")
        goes_on, over = spell.covers(today), (spell.to_day or today) < today
        self.known.setEnabled(shown.me in line.waits_for)
        self.goes_on.setEnabled(spell.to_day is None and not over and (mine or together))
        self.back.setEnabled(goes_on and (mine or together))
        self.move_.setEnabled(mine and not over)
        self.take_back.setEnabled(mine and not over)
        self.sheet.setEnabled(True)
        self.sheet.setText(self.tr("Return sheet…") if over else self.tr("Handover sheet…"))

    # -- doing --------------------------------------------------------------------------------------------------------
    def _acknowledge(self) -> None:
        line = self.line()
        if line is not None:
            absence = line.spell.id
            self._services.run(lambda desk: desk.absences.acknowledge(absence), said=self.tr("Acknowledged"))

    def _goes_on(self) -> None:
        line = self.line()
        if line is not None and self._shown is not None:
            StillAwayDialog(self._services, self._shown, line.spell, self).open()

    def _is_back(self) -> None:
        line = self.line()
        if line is not None and self._shown is not None:
            who = line.spell.analyst
            name = self._shown.name(who)
            DayDialog(
                self._services, self.tr("{who} is back").format(who=name), self.tr("At work from"), self._shown.today,
                self.tr("Back at work"), lambda desk, day: desk.absences.back(who, day), self.tr("Back at work"), self,
            ).open()  # fmt: skip

    def _move(self) -> None:
        line = self.line()
        if line is not None and self._shown is not None:
            AbsenceDialog(self._services, self._shown, self, spell=line.spell).open()

    def _take_back(self) -> None:
        line = self.line()
        if line is not None and self._shown is not None:
            absence = line.spell.id
            said = self.tr("The absence of {who} does not take place").format(who=self._shown.name(line.spell.analyst))
            self._services.run(lambda desk: desk.absences.take_back(absence), said=said)

    def open_sheet(self) -> None:
        """The sheet of the chosen absence."""
        line = self.line()
        if line is not None and self._shown is not None:
            open_sheet(self._services, self._shown, line.spell.id, self)

    # -- look ---------------------------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        self.calendar.setAccessibleName(self.tr("Absence calendar"))
        self.range.setAccessibleName(self.tr("How much is shown"))
        self.range.set_choices([("weeks", self.tr("5 weeks"), ""), ("months", self.tr("3 months"), "")])
        self.today.setText(self.tr("Today"))
        for button, words in ((self.earlier, self.tr("Earlier")), (self.later, self.tr("Later"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.over.setText(self.tr("those that are over, too"))
        self.known.setText(self.tr("I know, I stand in"))
        self.goes_on.setText(self.tr("Still away…"))
        self.back.setText(self.tr("Back at work…"))
        self.move_.setText(self.tr("Other days…"))
        self.take_back.setText(self.tr("Take back"))
        self.sheet.setText(self.tr("Handover sheet…"))
        self.table.setAccessibleName(self.tr("Away"))
        self.table.set_heads(
            [self.tr("Who"), self.tr("When"), self.tr("Kind"), self.tr("Stands in"), self.tr("Acknowledged")]
        )
        self.empty.show_as(
            "absence", self.tr("Nobody is away"), self.tr("“Plan an absence” enters a vacation and says who stands in.")
        )
