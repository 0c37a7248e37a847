"""The board: the desk at this moment, refreshing itself; every figure opens its cases. F11 puts it on the wall.

It is read on the count lane: when it is shown, when cases change (at most every few seconds), and by a timer, because
deadlines pass without anybody doing anything. Where reading takes long it is done less often.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.changes import Changes
from app.insight.ageing import SIDES
from app.insight.board import Board, Told, day_cases, read_board
from app.insight.history import Kind
from app.reading import ReadingDesk
from app.work.case_filter import CaseList
from ui import text
from ui.icons import icon
from ui.services import Services
from ui.supervisor.board_charts import AgeBar, DayChart, Tile
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

REFRESH_MS: Final = 30_000
CALM_MS: Final = 3_000
"""After a change it waits so long for more."""
WALL_LINES: Final = 42
"""Lines of text the height of a wall is made of: the small letters of a TV of 1.2 m are 14 mm high."""
TURN_MS: Final = 12_000
"""Nobody scrolls a wall: its lists go on by themselves to the rows that did not fit."""
BUSY_SHARE: Final = 20
"""Reading takes at most one part in so many of the time."""


class BoardView(QWidget):
    """The figures, in any size of letters."""

    asked = Signal(str, object)
    """(title, `CaseList` or row numbers)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._board: Board | None = None
        self._leads: dict[tuple[str, bytes, int], tuple[str, Told]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_M)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        self.tiles: dict[str, Tile] = {}
        for key, drawing in (("backlog", "list"), ("opened", "plus"), ("resolved", "check"), ("overdue", "breach"),
                             ("soon", "clock"), ("unowned", "user")):  # fmt: skip
            tile = self.tiles[key] = Tile(drawing)
            tile.asked.connect(lambda told, tile=tile: self._ask(tile.name, told))
            row.addWidget(tile)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP_S)
        self._heads = {key: PlainLabel("", "strong") for key in ("days", "ages", "queues", "watched", "on")}
        self.days = DayChart()
        self.days.asked.connect(self._ask_day)
        self._no_days = PlainLabel("", "muted")
        self.ages: list[AgeBar] = []
        ages = QWidget()
        self._ages_column = QVBoxLayout(ages)
        self._ages_column.setContentsMargins(0, 0, 0, 0)
        self._ages_column.setSpacing(2)
        self._waits = PlainLabel("", "muted")
        self.sides = [QToolButton() for _ in SIDES]
        waits = QHBoxLayout()
        waits.setContentsMargins(0, 0, 0, 0)
        waits.setSpacing(2)
        waits.addWidget(self._waits)
        for place, button in enumerate(self.sides):
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.clicked.connect(lambda _checked=False, place=place: self._ask_side(place))
            button.hide()
            waits.addWidget(button)
        waits.addStretch(1)
        self._ages_column.addLayout(waits)
        for _ in range(5):
            bar = AgeBar()
            bar.asked.connect(lambda found: self._ask(*found))
            self.ages.append(bar)
            self._ages_column.addWidget(bar, 1)
        self.queues, self.watched = RowTable(5), RowTable(4)
        for name, table in (("queues", self.queues), ("watched", self.watched)):
            table.opened.connect(lambda name=name, table=table: self._ask_row(name, table))
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.on = PlainLabel("")
        self.on.setWordWrap(True)
        self.on.setAlignment(Qt.AlignmentFlag.AlignTop)
        for place, (key, widget) in enumerate(
            (("days", self.days), ("ages", ages), ("queues", self.queues), ("watched", self.watched))
        ):
            at = 0 if place < 2 else 2
            grid.addWidget(self._heads[key], at, place % 2)
            grid.addWidget(widget, at + 1, place % 2)
        grid.addWidget(self._no_days, 1, 0)
        grid.addWidget(self._heads["on"], 4, 0, 1, 2)
        grid.addWidget(self.on, 5, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        # However wide a heading or a table would like to be: both halves are alike.
        for side in (0, 1):
            grid.setColumnMinimumWidth(side, 1)
        for widget in (self.days, ages, self.queues, self.watched, self._no_days):
            widget.setMinimumWidth(1)
        grid.setRowStretch(1, 2)
        grid.setRowStretch(3, 3)
        column.addLayout(grid, 1)
        # Before the first figures nothing is claimed: neither zeros nor that there are none.
        for widget in (self.days, self._no_days, *self.ages):
            widget.hide()
        self.retranslate()

    def set_letters(self, font: QFont) -> None:
        """Show everything in this font; the wall's is larger."""
        for widget in (*self.tiles.values(), self.days, *self.ages, self.queues, self.watched):
            widget.setFont(font)
        for table in (self.queues, self.watched):
            table.horizontalHeader().setStyleSheet(
                f"QHeaderView::section {{ font-size: {font.pointSizeF() * 0.9:.1f}pt }}"
            )
            side = round(font.pointSizeF() * 1.2)
            table.setIconSize(QSize(side, side))
        for label in (*self._heads.values(), self._waits, self.on, self._no_days, *self.sides):
            label.setStyleSheet(f"font-size: {font.pointSizeF():.1f}pt")
        if self._board is not None:
            self.show_board(self._board)  # columns are as wide as their words

    def show_board(self, board: Board) -> None:
        """Show these figures."""
        self._board = board
        number = text.number
        change = ""
        if board.backlog_start is not None:
            by = board.backlog.value - board.backlog_start
            change = self.tr("{change} since Monday").format(change=f"{by:+d}" if by else "±0")
        today = board.today or {}
        unknown = self.tr("being added up")
        for key, name, told, beside, tone in (
            ("backlog", self.tr("Open"), board.backlog, change, Tone.NEUTRAL),
            ("opened", self.tr("New today"), today.get("opened"), "", Tone.NEUTRAL),
            ("resolved", self.tr("Resolved today"), today.get("resolved"), self._reopened(today), Tone.NEUTRAL),
            ("overdue", self.tr("Overdue"), board.overdue, self.tr("deadline passed"),
             Tone.DANGER if board.overdue.value else Tone.NEUTRAL),
            ("soon", self.tr("Soon overdue"), board.soon, self.tr("¾ of the time used"),
             Tone.WARNING if board.soon.value else Tone.NEUTRAL),
            ("unowned", self.tr("Unassigned"), board.unowned, self.tr("nobody on it"), Tone.NEUTRAL),
        ):  # fmt: skip
            value = "–" if told is None else number(told.value)
            self.tiles[key].show_value(name, value, unknown if told is None else beside, tone, told)
        self.days.setVisible(board.days is not None)
        self._no_days.setVisible(board.days is None)
        if board.days is not None:
            self.days.show_days(board.days, self.tr("opened"), self.tr("resolved"))
        self._show_ages(board)
        self._show_tables(board)
        self._show_on(board)

    def _reopened(self, today: object) -> str:
        told = today.get("reopened") if isinstance(today, dict) else None
        return self.tr("%n reopened", "", told.value) if told is not None else ""

    def _show_ages(self, board: Board) -> None:
        sides = {"us": self.tr("us"), "requester": self.tr("requesters"), "others": self.tr("suppliers and others")}
        self._waits.setText(self.tr("Waiting for"))
        for button, mark, side, told in zip(self.sides, "■▨□", SIDES, board.sides, strict=True):
            button.setText(f"{mark} {sides[side]} {text.number(told.value)}")
            button.setAccessibleName(f"{self.tr('Waiting for')} {sides[side]}: {text.cases(told.value)}")
            button.show()
        scale = max((line.total for line in board.ages), default=1)
        for bar, line in zip(self.ages, board.ages, strict=True):
            name = f"{line.low} – {line.high}" if line.high is not None else f"> {line.low - 1}"
            parts = ", ".join(
                f"{sides[side]} {text.number(told.value)}" for side, told in zip(SIDES, line.sides, strict=True)
            )
            says = self.tr("{name} working days: {count}").format(name=name, count=text.cases(line.total))
            says = f"{says}; {parts}"
            title = self.tr("Open for {name} working days").format(name=name)
            first = line.sides[0].cases
            assert isinstance(first, CaseList)
            whole = CaseList(replace(first.filter, side=None), first.order)
            bar.show()
            bar.show_line(name, line, scale, says, (title, Told(line.total, whole)))

    def _show_tables(self, board: Board) -> None:
        self._leads.clear()
        rows: list[Row] = []
        for place, line in enumerate(board.queues):
            name = line.name or self.tr("without a queue")
            told = [line.open, line.overdue, line.soon, line.unowned]
            rows.append((self._row("queues", place, name, told), [name, *self._cells(told)]))
        self.queues.show_rows(rows)
        rows = []
        for place, watched in enumerate(board.watched):
            told = [watched.open, watched.overdue, watched.today]
            head = Cell(watched.name, "severity-1" if watched.worst == 1 else "", Tone.DANGER)
            today = Cell(text.number(watched.today.value) if watched.today.value else "·")
            rows.append((self._row("watched", place, watched.name, told), [head, *self._cells(told[:2]), today]))
        self.watched.show_rows(rows)
        for table in (self.queues, self.watched):
            header = table.horizontalHeader()
            for column in range(1, table.columnCount()):  # the wall's heads are larger than its numbers
                table.setColumnWidth(column, max(table.columnWidth(column), header.sectionSizeHint(column)))

    def _row(self, table: str, place: int, name: str, told: Sequence[Told]) -> bytes:
        key = f"{place}".encode()
        for column, one in enumerate(told):
            self._leads[table, key, column] = (name, one)
        return key

    def _cells(self, told: Sequence[Told]) -> list[Cell]:
        tones = (Tone.NEUTRAL, Tone.DANGER, Tone.WARNING, Tone.NEUTRAL)
        drawings = ("", "breach", "clock", "")
        return [
            Cell(text.number(one.value) if one.value else "·", drawing if one.value else "", tone)
            for one, tone, drawing in zip(told, tones, drawings, strict=False)
        ]

    def _show_on(self, board: Board) -> None:
        duties = {"lead": self.tr("duty lead"), "backup": self.tr("backup"), "hotline": self.tr("hotline")}
        zone = self._services.zone
        told = [
            self.tr("{name} ({duty}) until {time}").format(
                name=one.name, duty=duties.get(one.duty, one.duty), time=text.clock(one.until, zone)
            )
            for one in board.on
        ]
        there = self.tr("{here} of {all} analysts are not away.").format(
            here=text.number(board.present), all=text.number(board.staff)
        )
        self.on.setText("   ·   ".join(told or [self.tr("Nobody has a shift now.")]) + "   ·   " + there)

    def _ask(self, title: str, told: Told) -> None:
        self.asked.emit(title, told.cases)

    def _ask_side(self, place: int) -> None:
        if self._board is not None:
            self._ask(self.sides[place].text().partition(" ")[2], self._board.sides[place])

    def _ask_day(self, lead: tuple[str, Kind, int]) -> None:
        """The cases of a day are looked up when somebody asks."""
        day, kind, _count = lead
        words = {"opened": self.tr("Opened on {day}"), "resolved": self.tr("Resolved on {day}")}
        title = words[kind].format(day=text.day(day))
        self._services.lanes.count.submit(
            _day_cases, self._services.desk, day, kind, owner=self, failed=self._services.show_error,
            done=lambda rids: self.asked.emit(title, rids),
        )  # fmt: skip

    def _ask_row(self, name: str, table: RowTable) -> None:
        row, column = table.current_id(), max(0, table.currentColumn() - 1)
        found = self._leads.get((name, row or b"", column))
        if found is not None:
            head = table.horizontalHeaderItem(column + 1)
            self._ask(f"{found[0]}: {head.text()}" if head is not None and column else found[0], found[1])

    def retranslate(self) -> None:
        """In the language that is on."""
        self._heads["days"].setText(self.tr("What came and went"))
        self._heads["ages"].setText(self.tr("Open by working days since opening"))
        self._heads["queues"].setText(self.tr("Load of the queues"))
        self._heads["watched"].setText(self.tr("Watched departments"))
        self._heads["on"].setText(self.tr("On now"))
        self._no_days.setText(self.tr("The week is being added up; this happens while nobody works here."))
        self.queues.setAccessibleName(self.tr("Load of the queues"))
        self.watched.setAccessibleName(self.tr("Watched departments"))
        self.queues.set_heads([self.tr("Queue"), self.tr("Open"), self.tr("Overdue"), self.tr("Soon"),
                               self.tr("Free", "head of a column: cases nobody works on")])  # fmt: skip
        self.watched.set_heads([self.tr("Department"), self.tr("Open"), self.tr("Overdue"), self.tr("New today")])
        if self._board is not None:
            self.show_board(self._board)


class BoardSection(QWidget):
    """The board as a page."""

    cases_wanted = Signal(str, object)
    """(title, `CaseList` or row numbers)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.wall: Wall | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        head = QHBoxLayout()
        self._title = PlainLabel("", "title")
        self._at = PlainLabel("", "muted")
        self.full = QPushButton()
        self.full.setIcon(icon("monitor"))
        self.full.setAutoDefault(False)
        self.full.clicked.connect(self.show_wall)
        head.addWidget(self._title)
        head.addWidget(self._at)
        head.addStretch(1)
        head.addWidget(self.full)
        column.addLayout(head)
        self.view = BoardView(services)
        self.view.asked.connect(self.cases_wanted)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view.tiles["backlog"])
        self._again = QTimer(self)
        self._again.setInterval(REFRESH_MS)
        self._again.timeout.connect(self.read)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.read)
        services.bell.changed.connect(self._changed)
        self._retranslate()

    @property
    def _seen(self) -> bool:
        return self.isVisible() or self.wall is not None

    def read(self) -> None:
        """Read it again."""
        if self._seen and not self._services.lanes.closed:
            self._services.lanes.count.submit(
                _read, self._services.desk, done=self._show, failed=self._services.show_error, owner=self, key="board"
            )

    def _show(self, read: tuple[Board, float]) -> None:
        board, seconds = read
        self._calm.setInterval(max(CALM_MS, round(seconds * 1000 * BUSY_SHARE)))
        self._at.setText(text.clock(board.now, self._services.zone, seconds=True))
        self.view.show_board(board)
        if self.wall is not None:
            self.wall.show_board(board, self._services.desk.name, self._at.text())

    def _changed(self, changes: Changes) -> None:
        tables = ("case", "absence", "shift", "queue", "department")
        if self._seen and not self._calm.isActive() and changes.concern_tables(*tables):
            self._calm.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.wall is None:
            self._again.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.show_wall()
        else:
            super().keyPressEvent(event)

    def show_wall(self) -> None:
        """Full screen, on the screen this window is on."""
        if self.wall is not None:
            self.wall.activateWindow()
            return
        self.wall = Wall(self._services, self)
        self.wall.left.connect(self._leave_wall)
        self.wall.view.asked.connect(self._from_wall)
        self.wall.setScreen(self.screen())
        self.wall.showFullScreen()
        self._again.start()
        self.read()

    def _from_wall(self, title: str, wanted: object) -> None:
        self._leave_wall()
        self.cases_wanted.emit(title, wanted)

    def _leave_wall(self) -> None:
        if self.wall is not None:
            self.wall.hide()
            self.wall.deleteLater()
            self.wall = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Board"))
        self._title.setText(self.tr("Board"))
        self.full.setText(self.tr("On the wall (F11)"))
        self.view.retranslate()


class Wall(QWidget):
    """The board alone on a screen, legible from metres. Escape, F11 or a double click leaves it."""

    left = Signal()

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        column = QVBoxLayout(self)
        self._head = PlainLabel("", "strong")
        column.addWidget(self._head)
        self.view = BoardView(services)
        column.addWidget(self.view, 1)
        self.setWindowTitle(self.tr("Board"))
        self.setAccessibleName(self.tr("Board on the wall"))
        self._hint = self.tr("Esc: back")
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_MS)
        self._turn.timeout.connect(self.turn)
        self._turn.start()

    def turn(self) -> None:
        """Show the next rows of each list that has more than fit; after the last ones the first."""
        for table in (self.view.queues, self.view.watched):
            bar = table.verticalScrollBar()
            bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep())

    def show_board(self, board: Board, desk: str, at: str) -> None:
        """Show these figures."""
        self._head.setText(f"{desk}   ·   {at}   ·   {self._hint}")
        self.view.show_board(board)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = QFont(self.font())
        font.setPixelSize(max(11, round(self.height() / WALL_LINES)))
        points = font.pixelSize() * 72 / max(1, self.logicalDpiY())
        font.setPointSizeF(points)
        margin = font.pixelSize() if font.pixelSize() > 0 else round(points)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, margin, margin, margin)
        self._head.setStyleSheet(f"font-size: {points * 1.2:.1f}pt")
        self.view.set_letters(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.left.emit()

    def closeEvent(self, event: object) -> None:
        self.left.emit()


def _day_cases(desk: ReadingDesk, day: str, kind: Kind) -> tuple[int, ...]:
    return day_cases(desk.context, day, kind)


def _read(desk: ReadingDesk) -> tuple[Board, float]:
    began = time.perf_counter()
    return read_board(desk.context), time.perf_counter() - began
