"""The roster of the hotline on screen: a week as a grid, the need of the telephone under it, what is wrong in words.

Everybody sees it; supervisors plan. A week is read on the read lane when it is shown and whenever turns, absences or
the call log change. Every change is one verb of app.work.shifts and can be taken back with Ctrl+Z.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from app import times
from app.insight.erlang import SHARE, WITHIN_SECONDS
from app.insight.roster_week import RosterWeek, read_week
from app.insight.staffing import LOOKED_BACK
from app.reading import ReadingDesk
from app.work.roster import DUTIES, Flag, Roster, Turn, copied, moved
from ui import text
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.roster import words
from ui.roster.grid import Asked, RosterGrid
from ui.roster.need_chart import NeedChart
from ui.roster.turn_dialog import TurnDialog, Usual
from ui.services import Services
from ui.tokens import GAP_L, GAP_S, GAP_XS, Tone
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

if TYPE_CHECKING:
    from app.desk import Desk
    from app.intake.calls import Counted
    from app.work.shifts import Rostered

HALF_HOUR_MS: Final = 30 * times.MINUTE_MS
YEAR_MS: Final = 366 * times.DAY_MS


@dataclass(frozen=True)
class Shown:
    """A week and the names in it; `previous`: whether the week before has turns to copy."""

    week: RosterWeek
    names: dict[bytes, str]
    staff: tuple[tuple[bytes, str], ...]
    previous: bool


def read(desk: ReadingDesk, week: times.IsoWeek | None, everyone: bool) -> Shown:
    """On the read lane."""
    found = read_week(desk.context, week, everyone=everyone)
    names = {one.id: one.name for one in desk.directory.all("analyst", inactive=True)}
    staff = tuple((one.id, one.name) for one in desk.directory.all("analyst"))
    start, end = found.week.shifted(-1).bounds(times.zone(desk.context.zone))
    previous = desk.context.reader.value(
        "SELECT EXISTS (SELECT 1 FROM shift WHERE starts_at >= ? AND starts_at < ?)", (start, end)
    )
    return Shown(found, names, staff, bool(previous))


class HotlineSection(SectionPage):
    """Title and tools, grid, need, what is wrong."""

    tables = ("shift", "absence", "queue", "queue_member", "call_interval")

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.wanted: times.IsoWeek | None = None
        self.everyone = False
        self.shown: Shown | None = None
        self._go_to: bytes | None = None
        self.column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        self.column.setSpacing(GAP_XS)
        self.back, self.on, self.today, self.add, self.more = (QPushButton() for _ in range(5))
        self.week = PlainLabel("", "strong")
        self.on_now = ElidedLabel(role="muted")
        tools = QHBoxLayout()
        tools.setSpacing(GAP_S)
        for button, drawing in ((self.back, "chevron-left"), (self.on, "chevron-right")):
            button.setIcon(icon(drawing))
        self.add.setProperty("look", "primary")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        for widget in (self.back, self.today, self.on):
            tools.addWidget(widget)
        tools.addWidget(self.week)
        tools.addSpacing(GAP_S)
        tools.addWidget(self.on_now, 1)
        tools.addWidget(self.add)
        tools.addWidget(self.more)
        for button in (self.back, self.today, self.on, self.add, self.more):
            button.setAutoDefault(False)
        self.column.addLayout(tools)
        self.hint = QWidget()
        hint = QHBoxLayout(self.hint)
        hint.setContentsMargins(0, 0, 0, 0)
        self._hint = PlainLabel("")
        self._hint.setWordWrap(True)
        self.copy = QPushButton()
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda _checked=False: self.copy_week())
        hint.addWidget(self._hint, 1)
        hint.addWidget(self.copy)
        self.column.addWidget(self.hint)
        self.grid = RosterGrid(services)
        self.chart = NeedChart(self._columns, services.zone)
        self.state = ElidedLabel(role="muted")
        self.assumed = PlainLabel("", "small")
        self.assumed.setWordWrap(True)
        self.findings = RowTable(2, 1)
        need = QWidget()
        column = QVBoxLayout(need)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.state)
        column.addWidget(self.chart, 1)
        column.addWidget(self.assumed)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for number, pane in enumerate((self.grid, need, self.findings)):
            split.addWidget(pane)
            split.setStretchFactor(number, (5, 2, 2)[number])
        split.setSizes([300, 130, 110])
        self.column.addWidget(split, 1)
        self.setFocusProxy(self.grid)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _checked=False: self.go_weeks(-1))
        self.on.clicked.connect(lambda _checked=False: self.go_weeks(1))
        self.today.clicked.connect(lambda _checked=False: self.go_today())
        self.add.clicked.connect(lambda _checked=False: self.new_turn())
        self.menu.aboutToShow.connect(self._fill_menu)
        self.grid.asked.connect(self._asked)
        self.grid.said.connect(self._say)
        self.chart.told.connect(self._say)
        self.grid.moved.connect(lambda: self._say(""))
        self.grid.horizontalHeader().geometriesChanged.connect(self.chart.update)
        self.grid.horizontalHeader().sectionResized.connect(lambda *_: self.chart.update())
        self.grid.verticalHeader().geometriesChanged.connect(self.chart.update)
        self.findings.opened.connect(self._to_finding)
        for keys, does in (
            ("Alt+Left", lambda: self.go_weeks(-1)), ("Alt+Right", lambda: self.go_weeks(1)),
            ("Alt+Home", self.go_today),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # -- reading ------------------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Shown]:
        return partial(read, week=self.wanted, everyone=self.everyone)

    def show_read(self, read: Shown) -> None:
        self.shown = read
        week = read.week
        may = reaches(self.role, "supervisor")
        self.grid.may_plan = may
        self.grid.show_week(week, read.names)
        self.chart.show_week(week)
        if self._go_to is not None and self.grid.stand_on(self._go_to):
            self._go_to = None
        self.add.setEnabled(may and bool(read.staff))
        self.add.setToolTip("" if may else self.tr("Supervisors plan the roster."))
        first, last = text.day(week.days[0]), text.day(week.days[-1])
        self.week.setText(
            self.tr("Week {number}: {first} – {last}").format(number=week.week.week, first=first, last=last)
        )
        self.today.setEnabled(week.week != week.today)
        self._show_on_now(week)
        self._show_hint(may)
        self._show_findings()
        self._assume()
        self._say("")

    def _show_on_now(self, week: RosterWeek) -> None:
        name = self.name
        parts = [
            f"{words.duty(duty)}: {', '.join(name(who) for who in people)}"
            for duty, people in (("lead", week.now.lead), ("backup", week.now.backup), ("hotline", week.now.hotline))
            if people
        ]
        said = self.tr("On now – {names}").format(names=" · ".join(parts)) if parts else self.tr("Nobody is on now")
        self.on_now.setText(said)

    def _show_hint(self, may: bool) -> None:
        assert self.shown is not None
        week = self.shown.week
        if not week.people:
            said = self.tr(
                "Nobody is on a front-line queue that can be rostered. Make members of it schedulable (Administration, "
                "Queues), or show everyone with “More”."
            )
        elif not week.turns and may:
            said = self.tr("Nobody is on the roster in this week. Double-click a day or press Insert to plan a turn.")
        elif not week.turns:
            said = self.tr("Nobody is on the roster in this week. A supervisor plans it.")
        else:
            said = ""
        self._hint.setText(said)
        self.hint.setVisible(bool(said))
        self.copy.setVisible(may and not week.turns and self.shown.previous)

    def _show_findings(self) -> None:
        assert self.shown is not None
        week, zone, rows = self.shown.week, self.services.zone, list[Row]()
        for place, flag in enumerate(week.flags):
            level = Cell(self.tr("red"), "error", Tone.DANGER)
            rows.append((b"f" + place.to_bytes(4, "big"), [level, words.sentence(flag, self.name, zone)]))
        for place, short in enumerate(week.short):
            level = Cell(self.tr("amber"), "warning", Tone.WARNING)
            rows.append((b"s" + place.to_bytes(4, "big"), [level, words.shortage(short, zone)]))
        if not rows and week.turns:
            rows.append((b"-", [Cell(self.tr("fine"), "check", Tone.OK), self.tr("Nothing is wrong with this week.")]))
        self.findings.show_rows(rows)
        self.findings.set_heads([self.tr("Level"), self.tr("What is wrong, and where somebody is missing")])

    def _assume(self) -> None:
        week = self.shown.week if self.shown is not None else None
        if week is not None and not week.counted:
            said = self.tr(
                "No calls were counted in the {weeks} weeks before, so nothing is known of the need. Read in the "
                "counts of the telephone: “More”, “Import call counts…”."
            ).format(weeks=LOOKED_BACK)
        else:
            said = self.tr(
                "Needed by Erlang C, so that {share} of the calls are answered within {seconds} s. Calls to expect: "
                "the mean of the same half hour over up to {weeks} weeks before. The formula takes for granted that "
                "calls come at random, that everybody on the hotline takes the next one, and that nobody hangs up: "
                "where some do, the need comes out slightly high."
            ).format(share=f"{SHARE:.0%}", seconds=WITHIN_SECONDS, weeks=LOOKED_BACK)
        self.assumed.setText(said)

    def name(self, who: bytes) -> str:
        """Of an analyst."""
        return self.shown.names.get(who, "?") if self.shown is not None else "?"

    def _say(self, said: str) -> None:
        """One line: what the cursor stands on, what dragging would do, a half hour of the chart."""
        turn = self.grid.current_turn()
        if not said and turn is not None:
            wrong = [words.sentence(flag, self.name, self.services.zone) for flag in self.wrong(turn)]
            said = "; ".join([words.told(turn, self.name(turn.analyst_id), self.services.zone), *wrong])
        self.state.setText(said or self.tr("Return: plan or change · Delete: take off · drag or Ctrl+arrow: carry"))

    def wrong(self, turn: Turn) -> list[Flag]:
        """What is wrong with a turn."""
        return self.shown.week.wrong(turn.id) if self.shown is not None else []

    def _columns(self) -> list[tuple[int, int]]:
        """Where the days stand, for the chart under them."""
        grid = self.grid
        side = grid.verticalHeader().width() + grid.frameWidth()
        return [(side + grid.columnViewportPosition(n), grid.columnWidth(n)) for n in range(7)]

    # -- going --------------------------------------------------------------------------------------------------------
    def go_weeks(self, by: int) -> None:
        """So many weeks on."""
        if self.shown is not None:
            self.wanted = (self.wanted or self.shown.week.week).shifted(by)
            self.read()

    def go_today(self) -> None:
        """This week."""
        self.wanted = None
        self.read()

    def go_to(self, turn: Turn) -> None:
        """The week of a turn, and the turn in it."""
        self.wanted, self._go_to = times.week_of(turn.starts_at, self.services.zone), turn.id
        self.read()

    def _to_finding(self) -> None:
        row = self.findings.current_id() or b"-"
        if self.shown is None or row == b"-":
            return
        place, week = int.from_bytes(row[1:], "big"), self.shown.week
        if row[:1] == b"f":
            flag = week.flags[place]
            if self.grid.stand_on(flag.turns[-1]):
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            if flag.wrong == "no lead":
                self._new_for(flag.starts_at, flag.ends_at, "lead")
        else:
            self._new_for(week.short[place].starts_at, week.short[place].ends_at, "hotline")

    def _new_for(self, starts_at: int, ends_at: int, duty: str) -> None:
        """Somebody for a gap: the form with its times."""
        if self.grid.may_plan and self.shown is not None:
            zone = self.services.zone
            usual = Usual(text.clock(starts_at, zone), text.clock(ends_at, zone), duty)
            index = self.grid.currentIndex()
            people = self.shown.week.people
            who = people[index.row()] if index.isValid() and people else self.services.desk.me
            self._open(who, times.local_date(starts_at, zone), usual)

    # -- what is asked in the grid ------------------------------------------------------------------------------------
    def _asked(self, asked: Asked) -> None:
        if self.shown is None:
            return
        if asked.wish == "menu":
            self._menu(asked)
            return
        if not self.grid.may_plan:
            self.services.notices.info(self.tr("Supervisors plan the roster."))
            return
        turn = next((t for t in self.shown.week.turns if t.id == asked.turn), None)
        if asked.wish == "new":
            self._open(asked.who, self.shown.week.days[asked.day], self.usual(asked.who))
        elif turn is not None:
            self._do(asked, turn)

    def _do(self, asked: Asked, turn: Turn) -> None:
        if asked.wish == "change":
            self.change_turn(turn)
        elif asked.wish == "remove":
            self.remove(turn)
        elif asked.wish in ("carry", "copy"):
            self.carry(turn, asked.who, asked.day, copy=asked.wish == "copy")
        elif asked.wish == "shift":
            by = asked.by * HALF_HOUR_MS
            self.move_turn(turn, turn.starts_at + by, turn.ends_at + by)
        elif asked.wish == "stretch":
            self.move_turn(turn, turn.starts_at, turn.ends_at + asked.by * HALF_HOUR_MS)
        elif asked.wish == "swap" and asked.other is not None:
            self.swap(turn, asked.other)
        elif asked.wish == "drop" and asked.other is not None:
            self._drop_menu(turn, asked)

    def _drop_menu(self, turn: Turn, asked: Asked) -> None:
        """Dropped on somebody else's turn: what is meant?"""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self.name(asked.who).replace("&", "&&")
        assert asked.other is not None
        menu.addAction(icon("change"), self.tr("Swap the two turns"), partial(self.swap, turn, asked.other))
        give = self.tr("Give it to {name} too").format(name=name)
        menu.addAction(icon("hand-over"), give, partial(self.carry, turn, asked.who, asked.day))
        menu.addAction(icon("x"), self.tr("Leave it as it is"))
        menu.popup(asked.at or QPoint())

    def _menu(self, asked: Asked) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert self.shown is not None
        turn = next((t for t in self.shown.week.turns if t.id == asked.turn), None)
        for wish, drawing, said, keys, needs_turn in (
            ("new", "plus", self.tr("New turn…"), "Ins", False),
            ("change", "edit", self.tr("Change…"), "Return", True),
            ("remove", "trash", self.tr("Take off"), "Del", True),
        ):
            action = menu.addAction(icon(drawing), f"{said}\t{keys}")
            action.setEnabled(self.grid.may_plan and (turn is not None or not needs_turn))
            fresh = Asked(wish, asked.who, asked.day, asked.turn)  # type: ignore[arg-type]
            action.triggered.connect(partial(self._asked, fresh))
        mark = self.tr("Swap with the marked turn") if self.grid.marked else self.tr("Mark to swap")
        action = menu.addAction(icon("change"), f"{mark}\tX", self.grid.mark)
        action.setEnabled(self.grid.may_plan and turn is not None)
        give = menu.addMenu(icon("hand-over"), self.tr("Give to"))
        give.setEnabled(self.grid.may_plan and turn is not None)
        if turn is not None:
            for who, name in self.shown.staff:
                if who != turn.analyst_id:
                    give.addAction(name.replace("&", "&&"), partial(self.carry, turn, who, asked.day))
        menu.popup(asked.at or QPoint())

    # -- verbs --------------------------------------------------------------------------------------------------------
    def usual(self, who: bytes) -> Usual:
        """How a new turn of somebody most likely looks: as most of his in this week, else as most of everybody's."""
        assert self.shown is not None
        zone = self.services.zone
        for turns in ([t for t in self.shown.week.turns if t.analyst_id == who], self.shown.week.turns):
            looks = Counter((text.clock(t.starts_at, zone), text.clock(t.ends_at, zone), t.duty) for t in turns)
            if looks:
                return Usual(*looks.most_common(1)[0][0])
        return Usual()

    def new_turn(self) -> None:
        """A turn for whoever the cursor stands on."""
        if self.shown is None:
            return
        index, people = self.grid.currentIndex(), self.shown.week.people
        who = people[index.row()] if index.isValid() and index.row() < len(people) else self.services.desk.me
        day = self.shown.week.days[index.column() if index.isValid() else 0]
        self._open(who, day, self.usual(who))

    def change_turn(self, turn: Turn) -> None:
        """The form of a turn."""
        zone = self.services.zone
        usual = Usual(text.clock(turn.starts_at, zone), text.clock(turn.ends_at, zone), turn.duty)
        self._open(turn.analyst_id, times.local_date(turn.starts_at, zone), usual, turn)

    def _open(self, who: bytes, day: date, usual: Usual, turn: Turn | None = None) -> None:
        assert self.shown is not None
        staff = list(self.shown.staff)
        if all(one != who for one, _name in staff):
            staff.append((who, self.name(who)))
        dialog = TurnDialog(self.services, self.shown.week, staff, who, day, usual, turn, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(partial(self._wanted, turn))
        dialog.open()

    def _wanted(self, before: Turn | None, turns: list[Turn]) -> None:
        first = turns[0]
        told = words.told(first, self.name(first.analyst_id), self.services.zone)
        if before is not None:
            self.services.run(
                lambda desk: desk.shifts.change(
                    before.id, analyst_id=first.analyst_id, starts_at=first.starts_at, ends_at=first.ends_at,
                    duty=first.duty,
                ),
                said=self.tr("Changed: {turn}").format(turn=told),
            )  # fmt: skip
            return
        from db.ids import new_id

        fresh = [turn._replace(id=new_id()) for turn in turns]
        self._go_to = fresh[0].id
        said = self.tr("Planned: {turn}").format(turn=told)
        if len(turns) > 1:
            said = self.tr("%n turn(s) planned for {name}", "", len(turns)).format(name=self.name(first.analyst_id))
        self.services.run(lambda desk: desk.shifts.take_in(fresh, kind="shift.plan"), said=said)

    def remove(self, turn: Turn) -> None:
        """Take a turn off."""
        said = self.tr("Taken off: {turn}").format(
            turn=words.told(turn, self.name(turn.analyst_id), self.services.zone)
        )
        self.services.run(lambda desk: desk.shifts.remove(turn.id), said=said)

    def move_turn(self, turn: Turn, starts_at: int, ends_at: int) -> None:
        """Another time."""
        fresh = turn._replace(starts_at=starts_at, ends_at=ends_at)
        said = self.tr("Moved: {turn}").format(turn=words.told(fresh, self.name(turn.analyst_id), self.services.zone))
        self.services.run(lambda desk: desk.shifts.move(turn.id, starts_at, ends_at), said=said)

    def carry(self, turn: Turn, who: bytes, day: int, copy: bool = False) -> None:
        """To another day, another person, or both; `copy`: the turn stays, and another like it is planned."""
        assert self.shown is not None
        week = self.shown.week
        fresh = moved(turn, day - week.day_of(turn), self.services.desk.context.zone)._replace(analyst_id=who)
        told = words.told(fresh, self.name(who), self.services.zone)
        self._go_to = turn.id
        if copy:
            from db.ids import new_id

            another = fresh._replace(id=new_id())
            said = self.tr("Planned: {turn}").format(turn=told)
            self._go_to = another.id
            self.services.run(lambda desk: desk.shifts.take_in([another], kind="shift.plan"), said=said)
            return
        given = who != turn.analyst_id
        said = (self.tr("Given: {turn}") if given else self.tr("Moved: {turn}")).format(turn=told)
        self.services.run(
            lambda desk: desk.shifts.change(
                turn.id, analyst_id=who if given else None, starts_at=fresh.starts_at, ends_at=fresh.ends_at
            ),
            said=said,
        )

    def swap(self, turn: Turn, other_id: bytes) -> None:
        """Two take each other's turn."""
        assert self.shown is not None
        other = next((t for t in self.shown.week.turns if t.id == other_id), None)
        names = self.name(turn.analyst_id), self.name(other.analyst_id) if other is not None else "?"
        said = self.tr("{one} and {other} take each other's turn").format(one=names[0], other=names[1])
        self.services.run(lambda desk: desk.shifts.swap(turn.id, other_id), said=said)

    def copy_week(self) -> None:
        """This week like the one before, beside what is planned in it already."""
        assert self.shown is not None
        week, zone_name = self.shown.week, self.services.desk.context.zone
        start, end = week.week.shifted(-1).bounds(self.services.zone)

        def copy(desk: Desk) -> Rostered | None:
            before = [turn for turn in Roster(desk.context).turns(start, end) if turn.starts_at >= start]
            return desk.shifts.take_in(copied(before, 1, zone_name, week.turns), kind="shift.copy")

        self.services.run(copy, said=self.tr("Planned like the week before"))

    # -- files --------------------------------------------------------------------------------------------------------
    def _fill_menu(self) -> None:
        self.menu.clear()
        may = self.grid.may_plan
        copy = self.menu.addAction(icon("copy"), self.tr("Plan like the week before"), self.copy_week)
        copy.setEnabled(may and self.shown is not None and self.shown.previous)
        everyone = self.menu.addAction(self.tr("Show everyone, not only the front line"))
        everyone.setCheckable(True)
        everyone.setChecked(self.everyone)
        everyone.toggled.connect(self.show_everyone)
        self.menu.addSeparator()
        self.menu.addAction(icon("export"), self.tr("Export this week…"), self.export_week)
        self.menu.addAction(icon("export"), self.tr("Export my turns of a year…"), self.export_mine)
        self.menu.addAction(icon("import"), self.tr("Import a roster…"), self.import_file).setEnabled(may)
        self.menu.addSeparator()
        self.menu.addAction(icon("import"), self.tr("Import call counts…"), self.import_calls).setEnabled(may)

    def show_everyone(self, on: bool) -> None:
        """Also analysts who are on no front line."""
        self.everyone = on
        self.read()

    def export_week(self) -> None:
        """The turns of the week on screen as a calendar file."""
        if self.shown is not None:
            week = self.shown.week
            name = self.tr("roster-{week}.ics").format(week=week.week)
            self._export(name, week.bounds[0][0], week.bounds[-1][1], None)

    def export_mine(self) -> None:
        """My turns from this week on, for my own calendar."""
        if self.shown is not None:
            start = self.shown.week.today.bounds(self.services.zone)[0]
            self._export(self.tr("my-turns.ics"), start, start + YEAR_MS, self.services.desk.me)

    def _export(self, name: str, start: int, end: int, who: bytes | None) -> None:
        from ui.roster.calendar_files import ask_where, write

        path = ask_where(self.services, self, self.tr("Export"), name, self.tr("iCalendar (*.ics)"))
        if path is not None:
            duties = {key: words.duty(key) for key in DUTIES}
            self.services.lanes.read.submit(
                write, self.services.desk, start, end, who, duties, path, done=self._exported,
                failed=self.services.show_error, owner=self,
            )  # fmt: skip

    def _exported(self, written: tuple[Path, int]) -> None:
        path, count = written
        said = self.tr("%n turn(s) written to {file}", "", count).format(file=path)
        self.services.notices.done(said)

    def import_file(self) -> None:
        """A calendar file, looked at before it is read in."""
        from ui.roster.calendar_files import FileRead, ImportDialog, folder, read

        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Import a roster"), str(folder(self.services)), self.tr("iCalendar (*.ics)")
        )

        def show(found: FileRead) -> None:
            dialog = ImportDialog(self.services, found, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        if chosen:
            self.services.lanes.read.submit(
                read, self.services.desk, Path(chosen), done=show, failed=self.services.show_error, owner=self
            )

    def import_calls(self) -> None:
        """The counts of the telephone, half hour by half hour."""
        from ui.roster.calendar_files import folder

        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Import call counts"), str(folder(self.services)), self.tr("Tables (*.csv *.txt)")
        )
        if chosen:
            path = Path(chosen)

            def take(desk: Desk) -> Counted:
                from app.intake.calls import import_calls

                return import_calls(desk.context, path)

            self.services.run(take, done=self._counted)

    def _counted(self, found: Counted) -> None:
        said = self.tr("%n half hour(s) of calls read in", "", found.created + found.updated)
        if found.problems:
            row, why = found.problems[0]
            left = self.tr("%n row(s) left out, the first in line {row}: {why}", "", len(found.problems))
            self.services.notices.warning(f"{said}. {left.format(row=row, why=why)}")
        else:
            self.services.notices.done(said)

    # -- words --------------------------------------------------------------------------------------------------------
    def words(self) -> tuple[str, str]:
        return self.tr("Roster of the hotline"), ""

    def retranslate(self) -> None:
        super().retranslate()
        self.back.setAccessibleName(self.tr("Week before"))
        self.back.setToolTip(self.tr("Week before (Alt+Left)"))
        self.on.setAccessibleName(self.tr("Next week"))
        self.on.setToolTip(self.tr("Next week (Alt+Right)"))
        self.today.setText(self.tr("Today"))
        self.today.setToolTip(self.tr("This week (Alt+Home)"))
        self.add.setText(self.tr("New turn…"))
        self.more.setText(self.tr("More"))
        self.copy.setText(self.tr("Plan like the week before"))
        self.grid.setAccessibleName(self.tr("Roster, a row for each person, a column for each day"))
        self.chart.setAccessibleName(self.tr("Analysts needed and planned, half hour by half hour"))
        self.findings.setAccessibleName(self.tr("What is wrong"))
        self._assume()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.shown is not None:
            self.grid.show_week(self.shown.week, self.shown.names)
