"""The roster of the hotline on screen: a week as a grid, the need of the telephone under it, what is wrong in words.

Everybody sees it; supervisors plan. A week is read on the read lane when it is shown and whenever turns, absences or
the call log change. Every change is one verb of app.work.shifts and can be taken back with Ctrl+Z.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app import times
from app.insight.erlang import SHARE, WITHIN_SECONDS
from app.insight.roster_week import RosterWeek
from app.insight.staffing import LOOKED_BACK, Need
from app.reading import ReadingDesk
from app.work.roster import Flag, Turn
from ui import text
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.roster import half_hours, words
from ui.roster.grid import RosterGrid
from ui.roster.half_hours import HalfHours
from ui.roster.need_chart import NeedChart
from ui.roster.reading import Shown, read
from ui.roster.turn_verbs import TurnVerbs
from ui.roster.week_files import WeekFiles
from ui.services import Services
from ui.tokens import GAP_L, GAP_S, GAP_XS, Tone
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable


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
        hint.addWidget(self._hint, 1)
        hint.addWidget(self.copy)
        self.column.addWidget(self.hint)
        self.grid = RosterGrid(services)
        self.verbs, self.files = TurnVerbs(services, self.grid, self), WeekFiles(services, self)
        self.chart = NeedChart(self._columns, services.zone)
        self.state = ElidedLabel(role="muted")
        self.assumed = PlainLabel("", "small")
        self.assumed.setWordWrap(True)
        self.findings, self.hours = RowTable(2, 1), HalfHours(services.zone)
        self.below = SegmentedControl("")
        self.hours_of = PlainLabel("", "muted")
        need = QWidget()
        column = QVBoxLayout(need)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.state)
        column.addWidget(self.chart, 1)
        column.addWidget(self.assumed)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.findings)
        self._lists.addWidget(self.hours)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(GAP_XS)
        which = QHBoxLayout()
        which.setSpacing(GAP_S)
        which.addWidget(self.below)
        which.addWidget(self.hours_of)
        which.addStretch(1)
        foot.addLayout(which)
        foot.addWidget(self._lists, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for number, pane in enumerate((self.grid, need, self._foot)):
            split.addWidget(pane)
            split.setStretchFactor(number, (5, 2, 2)[number])
        split.setSizes([270, 120, 150])
        self.column.addWidget(split, 1)
        self.setFocusProxy(self.grid)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _checked=False: self.go_weeks(-1))
        self.on.clicked.connect(lambda _checked=False: self.go_weeks(1))
        self.today.clicked.connect(lambda _checked=False: self.go_today())
        self.add.clicked.connect(lambda _checked=False: self.verbs.new_turn())
        self.copy.clicked.connect(lambda _checked=False: self.verbs.copy_week())
        self.menu.aboutToShow.connect(self._fill_menu)
        self.grid.asked.connect(self.verbs.carry_out)
        self.verbs.planned.connect(self._stand_on_later)
        self.grid.said.connect(self._say)
        self.chart.told.connect(self._half_hour_told)
        self.grid.moved.connect(self._moved)
        self.grid.horizontalHeader().geometriesChanged.connect(self.chart.update)
        self.grid.horizontalHeader().sectionResized.connect(lambda *_: self.chart.update())
        self.grid.verticalHeader().geometriesChanged.connect(self.chart.update)
        self.findings.opened.connect(self._to_finding)
        self.below.chosen.connect(self._show_below)
        self.hours.chosen.connect(self._mark_half_hour)
        self.hours.opened.connect(self._plan_half_hour)
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
        self.shown = self.verbs.shown = self.files.shown = read
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
        self._show_hours()
        self._assume()
        self._say("")

    def _show_on_now(self, week: RosterWeek) -> None:
        def name(who: bytes) -> str:
            return words.on_duty(self.name(who), who in week.away_now)

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
        self.findings.set_heads([self.tr("Level"), self.tr("What is wrong, and where somebody is missing")])
        self.findings.show_rows(rows)
        wrong = len(week.flags) + len(week.short)
        head = self.tr("What is wrong")
        self.below.set_choices([
            ("wrong", f"{head} ({wrong})" if wrong else head, ""), ("hours", self.tr("Half hours of the day"), ""),
        ])  # fmt: skip
        self._foot.setVisible(bool(rows or week.needs))
        self.chart.setVisible(bool(week.needs))
        self._show_below(self.below.choice())

    # -- half hour by half hour ---------------------------------------------------------------------------------------
    def _show_below(self, which: str) -> None:
        self._lists.setCurrentWidget(self.hours if which == "hours" else self.findings)
        self.hours_of.setVisible(which == "hours")
        self._mark_half_hour()

    def _show_hours(self) -> None:
        """Of the day the cursor stands on."""
        if self.shown is not None and self.shown.week.days:
            day = max(0, self.grid.currentIndex().column())
            self.hours.show_day(self.shown.week, day, self.shown.names)
            self.hours_of.setText(half_hours.title(self.shown.week, day))

    def _moved(self) -> None:
        self._say("")
        self._show_hours()

    def _half_hour_told(self, said: str) -> None:
        """A half hour of the chart: its day is listed, too."""
        self._say(said)
        one = self.chart.current()
        if one is not None and self.shown is not None and self._lists.currentWidget() is self.hours:
            day = half_hours.day_of(self.shown.week, one.starts_at)
            if self.chart.hasFocus() and day != self.grid.currentIndex().column():
                self.grid.setCurrentIndex(self.grid.roster.index(max(0, self.grid.currentIndex().row()), day))

    def _mark_half_hour(self) -> None:
        one = self.hours.need() if self._lists.currentWidget() is self.hours else None
        if not self.chart.hasFocus():
            self.chart.stand_on(one)

    def _plan_half_hour(self) -> None:
        one: Need | None = self.hours.need()
        if one is not None and self.shown is not None:
            self.verbs.new_for(one.starts_at, half_hours.until(self.shown.week, one.starts_at), "hotline")

    def _stand_on_later(self, turn_id: bytes) -> None:
        self._go_to = turn_id

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
        self.grid.setAccessibleDescription(said)
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
                self.verbs.new_for(flag.starts_at, flag.ends_at, "lead")
        else:
            self.verbs.new_for(week.short[place].starts_at, week.short[place].ends_at, "hotline")

    # -- the menu ------------------------------------------------------------------------------------------------------
    def _fill_menu(self) -> None:
        self.menu.clear()
        may = self.grid.may_plan
        copy = self.menu.addAction(icon("copy"), self.tr("Plan like the week before"), self.verbs.copy_week)
        copy.setEnabled(may and self.shown is not None and self.shown.previous)
        everyone = self.menu.addAction(self.tr("Show everyone, not only the front line"))
        everyone.setCheckable(True)
        everyone.setChecked(self.everyone)
        everyone.toggled.connect(self.show_everyone)
        self.menu.addSeparator()
        self.menu.addAction(icon("export"), self.tr("Export this week…"), self.files.export_week)
        self.menu.addAction(icon("export"), self.tr("Export my turns of a year…"), self.files.export_mine)
        self.menu.addAction(icon("import"), self.tr("Import a roster…"), self.files.import_file).setEnabled(may)
        self.menu.addSeparator()
        self.menu.addAction(icon("import"), self.tr("Import call counts…"), self.files.import_calls).setEnabled(may)

    def show_everyone(self, on: bool) -> None:
        """Also analysts who are on no front line."""
        self.everyone = on
        self.read()

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
        self.below.setAccessibleName(self.tr("What is listed"))
        self.hours.retranslate()
        self._assume()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.shown is not None:
            self.grid.show_week(self.shown.week, self.shown.names)
