"""A day without somebody: what would be without anyone, who could take it, and carrying out what was proposed.

Nothing happens by looking. A turn goes to who was proposed for it, a case is handed over; departments lead to their
coverage, products to the cases that say who solved them. Everything can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app import times
from app.insight.radar import Left, Radar, Rehearsal
from app.reading import ReadingDesk
from app.work.roster import Roster, Turn
from ui import text
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.roster import words
from ui.services import Services
from ui.tokens import GAP_L, GAP_S, Tone
from ui.widgets.blocks import BusyLine, EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

What = Literal["department", "product", "shift", "case"]
DRAWINGS: Final[dict[What, str]] = {"department": "departments", "product": "monitor", "shift": "roster",
                                    "case": "case"}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A rehearsal with what its lines are called. `rids`: row numbers of the cases."""

    rehearsal: Rehearsal
    staff: tuple[tuple[bytes, str], ...]
    names: dict[bytes, str]
    turns: dict[bytes, Turn]
    rids: dict[bytes, int]

    def lines(self) -> list[tuple[What, Left]]:
        """Everything, what nobody could take first."""
        found = self.rehearsal
        listed: list[tuple[What, Left]] = [
            *(("department", one) for one in found.departments), *(("shift", one) for one in found.shifts),
            *(("product", one) for one in found.products), *(("case", one) for one in found.cases),
        ]  # fmt: skip
        return sorted(listed, key=lambda line: line[1].taker is not None)


def read(desk: ReadingDesk, who: bytes | None, day: str | None) -> Shown:
    """On the count lane; without a person it is mine, without a day it is tomorrow."""
    tz = times.zone(desk.context.zone)
    day = day or (times.local_date(desk.context.clock(), tz) + timedelta(days=1)).isoformat()
    who = who or desk.me
    found = Radar(desk.context).rehearse(who, day)
    staff = tuple((one.id, one.name) for one in desk.directory.all("analyst"))
    names = {
        one.id: one.name
        for kind in ("analyst", "department", "product")
        for one in desk.directory.all(kind, inactive=True)
    }
    rids = {}
    rows = desk.context.reader.all(
        'SELECT id, rid, number, title FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL', (who,)
    )
    for row_id, rid, number, title in rows:
        names[row_id] = f"{number if number is not None else f'~{rid}'} {title}"
        rids[row_id] = rid
    roster = Roster(desk.context)
    turns = {one.what: turn for one in found.shifts if (turn := roster.turn(one.what)) is not None}
    return Shown(found, staff, names, turns, rids)


class RehearsalSection(SectionPage):
    """Person and day, one table, what can be done about a line."""

    tables = ("shift", "absence", "coverage", "skill", "case")
    lane = "count"
    cases_wanted = Signal(str, object)
    page_wanted = Signal(str, str)
    turn_wanted = Signal(object)
    """A `Turn` to be shown in its week."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.shown: Shown | None = None
        self.person: bytes | None = None
        self.column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        self.column.setSpacing(GAP_S)
        self.who, self.day = QComboBox(), QDateEdit()
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day.setCalendarPopup(True)
        self.day.setDate(self._tomorrow())
        self._head = PlainLabel("")
        self._on = PlainLabel("")
        tools = QHBoxLayout()
        tools.setSpacing(GAP_S)
        for widget in (self._head, self.who, self._on, self.day):
            tools.addWidget(widget)
        tools.addStretch(1)
        self.column.addLayout(tools)
        self.summary = PlainLabel("", "strong")
        self.summary.setWordWrap(True)
        self.column.addWidget(self.summary)
        # The last column takes the rest: on a large screen a name stays beside what it could take.
        self.table = RowTable(3, 2, widest=64)
        self.none = EmptyState("check", "", "")
        self.room = QStackedWidget()
        self.room.addWidget(self.table)
        self.room.addWidget(self.none)
        self.busy = BusyLine()
        self.column.addWidget(self.busy)
        self.column.addWidget(self.room, 1)
        self.look, self.take, self.all_turns, self.coverage = (QPushButton() for _ in range(4))
        self.take.setProperty("look", "primary")
        self.coverage.setIcon(icon("coverage"))
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        for button in (self.take, self.all_turns, self.look):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.coverage)
        self.column.addLayout(row)
        services.lanes.busy_changed.connect(self._lane_busy)
        self.setFocusProxy(self.who)
        self.who.activated.connect(lambda _n: self._person_chosen())
        self.day.dateChanged.connect(lambda _day: self.read())
        self.table.chosen.connect(self._facts)
        self.table.opened.connect(self.open_line)
        self.look.clicked.connect(lambda _on=False: self.open_line())
        self.take.clicked.connect(lambda _on=False: self.carry_out())
        self.all_turns.clicked.connect(lambda _on=False: self.give_turns())
        self.coverage.clicked.connect(lambda _on=False: self.page_wanted.emit("coverage", ""))
        self.retranslate()

    def _tomorrow(self) -> QDate:
        day = times.local_date(self.services.now(), self.services.zone) + timedelta(days=1)
        return QDate(day.year, day.month, day.day)

    def _lane_busy(self, lane: str, busy: bool) -> None:
        if lane == self.lane:
            self.busy.set_busy(busy)

    # -- reading ------------------------------------------------------------------------------------------------------
    def rehearse(self, who: bytes) -> None:
        """A day without this person."""
        self.person = who
        self.read()

    def _person_chosen(self) -> None:
        self.rehearse(self.who.currentData())

    def reading(self) -> Callable[[ReadingDesk], Shown]:
        chosen = self.day.date()
        return partial(read, who=self.person, day=date(chosen.year(), chosen.month(), chosen.day()).isoformat())

    def show_read(self, read: Shown) -> None:
        self.shown = read
        self.person = read.rehearsal.who
        known = [(self.who.itemData(n), self.who.itemText(n)) for n in range(self.who.count())]
        if known != list(read.staff):
            self.who.clear()
            for row_id, name in read.staff:
                self.who.addItem(name, row_id)
        self.who.setCurrentIndex(next((n for n, one in enumerate(read.staff) if one[0] == read.rehearsal.who), -1))
        rows: list[Row] = []
        kinds = {"department": self.tr("Department"), "shift": self.tr("Turn"), "product": self.tr("Product"),
                 "case": self.tr("Case")}  # fmt: skip
        for place, (what, one) in enumerate(read.lines()):
            rows.append((place.to_bytes(4, "big"), [
                Cell(kinds[what], DRAWINGS[what]), self._called(what, one), self._proposal(what, one),
            ]))  # fmt: skip
        self.table.show_rows(rows)
        if rows and self.table.current_id() is None:
            self.table.selectRow(0)
        self.room.setCurrentWidget(self.table if rows else self.none)
        self._summarise()
        self._facts()

    def _called(self, what: What, one: Left) -> str:
        assert self.shown is not None
        if what == "shift":
            turn = self.shown.turns.get(one.what)
            if turn is None:
                return ""
            return f"{words.when(turn.starts_at, turn.ends_at, self.services.zone)}, {words.duty(turn.duty)}"
        return self.shown.names.get(one.what, "")

    def _proposal(self, what: What, one: Left) -> Cell:
        assert self.shown is not None
        if one.taker is not None:
            name = self.shown.names.get(one.taker, "?")
            said = {
                "department": self.tr("{name} speaks for it then"),
                "shift": self.tr("{name} is free and has the fewest turns"),
                "product": self.tr("{name} solved some of it before"),
                "case": self.tr("{name} could take it"),
            }[what]
            return Cell(said.format(name=name), "user-check", Tone.OK)
        said = {
            "department": self.tr("nobody – agree a stand-in (Coverage)"),
            "shift": self.tr("nobody of the hotline is free – ask somebody else"),
            "product": self.tr("nobody – write an article, or let somebody sit beside"),
            "case": self.tr("nobody – talk to its queue"),
        }[what]
        return Cell(said, "error", Tone.DANGER)

    def _summarise(self) -> None:
        assert self.shown is not None
        found, name = self.shown.rehearsal, self.shown.names.get(self.shown.rehearsal.who, "?")
        day = text.day_in_full(found.day)
        if not self.shown.lines():
            said = self.tr("Nothing hangs on {name} on {day}.").format(name=name, day=day)
        elif not found.orphans:
            said = self.tr("Without {name} on {day} there is somebody for everything.").format(name=name, day=day)
        else:
            said = self.tr("Without {name} on {day}:").format(name=name, day=day)
            said += " " + self.tr("%n thing(s) would be without anyone.", "", found.orphans)
        self.summary.setText(said)
        self.summary.setVisible(bool(self.shown.lines()))
        self.none.show_as("check", said, self.tr("Choose another day or another person."))

    # -- doing --------------------------------------------------------------------------------------------------------
    def line(self) -> tuple[What, Left] | None:
        """The line one stands on."""
        row = self.table.current_id()
        lines = self.shown.lines() if self.shown is not None else []
        place = int.from_bytes(row, "big") if row is not None else -1
        return lines[place] if 0 <= place < len(lines) else None

    def _facts(self) -> None:
        line, boss = self.line(), reaches(self.role, "supervisor")
        what = line[0] if line is not None else None
        can = line is not None and line[1].taker is not None
        self.take.setEnabled(can and (what == "case" or (what == "shift" and boss)))
        labels = {"shift": self.tr("Give the turn as proposed"), "case": self.tr("Hand the case over as proposed")}
        self.take.setText(labels.get(what or "", self.tr("Carry out")))
        self.look.setEnabled(line is not None)
        looks = {"department": self.tr("To its coverage"), "shift": self.tr("To the roster"),
                 "product": self.tr("Its cases"), "case": self.tr("Open the case")}  # fmt: skip
        self.look.setText(looks.get(what or "", self.tr("Open")))
        free = [one for one in self._turns() if one.taker is not None]
        self.all_turns.setEnabled(boss and len(free) > 1)

    def _turns(self) -> tuple[Left, ...]:
        return self.shown.rehearsal.shifts if self.shown is not None else ()

    def open_line(self) -> None:
        """Where something can be done about it."""
        line = self.line()
        if line is None or self.shown is None:
            return
        what, one = line
        if what == "department":
            self.page_wanted.emit("coverage", "")
        elif what == "case" and one.what in self.shown.rids:
            self.cases_wanted.emit(self.shown.names[one.what], [self.shown.rids[one.what]])
        elif what == "shift" and one.what in self.shown.turns:
            self.turn_wanted.emit(self.shown.turns[one.what])
        elif what == "product":
            title = self.shown.names.get(one.what, "")
            self.services.lanes.read.submit(
                _cases, self.services.desk, one.what, failed=self.services.show_error, owner=self,
                done=lambda rids: self.cases_wanted.emit(title, rids),
            )  # fmt: skip

    def carry_out(self) -> None:
        """The proposal of one line."""
        line = self.line()
        if line is None or line[1].taker is None or self.shown is None:
            return
        what, one = line
        taker = line[1].taker
        name, called = self.shown.names.get(taker, "?"), self._called(what, one)
        if what == "shift":
            said = self.tr("{name} takes the turn {turn}").format(name=name, turn=called)
            self.services.run(lambda desk: desk.shifts.give(one.what, taker), said=said)
        elif what == "case":
            said = self.tr("{case} handed over to {name}").format(case=called, name=name)
            self.services.run(lambda desk: desk.cases.hand(one.what, to_analyst=taker), said=said)

    def give_turns(self) -> None:
        """Every turn to whom it was proposed for, in one step."""
        pairs = [(one.what, one.taker) for one in self._turns() if one.taker is not None]
        said = self.tr("%n turn(s) given as proposed", "", len(pairs))
        self.services.run(lambda desk: desk.shifts.give_all(pairs), said=said)

    # -- words --------------------------------------------------------------------------------------------------------
    def words(self) -> tuple[str, str]:
        told = self.tr("What would be without anyone, and who could take it. Nothing happens by looking.")
        return self.tr("A day without somebody"), told

    def retranslate(self) -> None:
        super().retranslate()
        self._head.setText(self.tr("Without"))
        self._on.setText(self.tr("on"))
        self.who.setAccessibleName(self.tr("Without whom"))
        self.day.setAccessibleName(self.tr("On which day"))
        self.day.setLocale(QLocale())
        self.table.setAccessibleName(self.tr("What would be without anyone"))
        self.table.set_heads([self.tr("What"), self.tr("Name"), self.tr("Who could take it")])
        self.all_turns.setText(self.tr("Give all turns as proposed"))
        self.coverage.setText(self.tr("Coverage…"))
        self.coverage.setToolTip(self.tr("Enter an absence, call somebody in sick, agree stand-ins"))
        self._facts()


def _cases(desk: ReadingDesk, product: bytes) -> list[int]:
    """On the read lane."""
    return Radar(desk.context).cases(product)
