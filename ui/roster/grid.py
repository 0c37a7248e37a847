"""The week as a grid: a row for each person, a column for each day, a turn as a box in its cell.

Keyboard: arrows walk from turn to turn and cell to cell; Return changes a turn or makes one, Insert makes one, Delete
takes it off; Ctrl with an arrow carries the turn to the next day or person, Shift with left or right moves it by half
an hour (with Ctrl its end only); X marks a turn to be swapped and swaps it with the next one. Mouse: a double click
does what Return does, dragging carries a turn elsewhere, with Ctrl a copy of it; dropped on somebody else's it asks.

The grid only says what is wanted (`asked`); the section carries it out. A turn's own box says in a word what is wrong
with it, my own turns have a thick edge and my row says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.insight.roster_week import RosterWeek
from app.work.roster import Turn
from ui.icons import tinted
from ui.roster import words
from ui.services import Services
from ui.theme import scaled
from ui.tokens import GAP_XS, RADIUS_S, SCALE_SMALL, Tone, colours
from ui.widgets.labels import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
Wish = Literal["new", "change", "remove", "carry", "copy", "shift", "stretch", "swap", "menu", "drop"]
GAP: Final = 3
SPARE: Final = 8
"""Height of a cell that no turn takes: something to double-click and to drop on."""


@dataclass(frozen=True)
class Asked:
    """What somebody wants. `who`, `day`: the cell; `turn`: which turn, `other`: the one it is dropped on or swapped
    with; `by`: half hours; `at`: where on the screen a menu opens."""

    wish: Wish
    who: bytes
    day: int
    turn: bytes | None = None
    other: bytes | None = None
    by: int = 0
    at: QPoint | None = None


class RosterModel(QAbstractTableModel):
    """Cells say their turns in words, for screen readers and tool tips."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.week: RosterWeek | None = None
        self.names: dict[bytes, str] = {}

    def show_week(self, week: RosterWeek, names: dict[bytes, str]) -> None:
        """Show this one."""
        self.beginResetModel()
        self.week, self.names = week, names
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self.week is None else len(self.week.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def turns(self, row: int, column: int) -> list[Turn]:
        """Of one cell."""
        return [] if self.week is None else self.week.of(self.week.people[row], column)

    def is_away(self, row: int, column: int) -> bool:
        """Whether somebody is absent on any part of a day."""
        return self.week is not None and (self.week.people[row], column) in self.week.away

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if self.week is None or not index.isValid():
            return None
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if role in shown:
            said = self.in_words(index.row(), index.column())
            return plain_tool_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def in_words(self, row: int, column: int) -> str:
        """Everything in a cell."""
        assert self.week is not None
        lines = [self.away()] if self.is_away(row, column) else []
        for turn in self.turns(row, column):
            lines.append(self.turn_in_words(turn))
        return "\n".join(lines)

    def away(self) -> str:
        """The word in the cell of a day on which somebody is absent."""
        return self.tr("away")

    def turn_in_words(self, turn: Turn) -> str:
        """Times, duty, what is wrong."""
        assert self.week is not None
        zone = self._services.zone
        said = f"{words.span(turn, zone, long=True)} {words.duty(turn.duty)}"
        flags = [words.sentence(flag, self.name, zone) for flag in self.week.wrong(turn.id)]
        return "; ".join([said, *flags])

    def name(self, who: bytes) -> str:
        """Of an analyst."""
        return self.names.get(who, "?")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if self.week is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                today = self.week.bounds[section][0] <= self.week.at < self.week.bounds[section][1]
                said = words.day(self.week.days[section])
                return self.tr("{day} · today").format(day=said) if today else said
            return None
        who = self.week.people[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            mine = who == self._services.desk.me
            said = self.tr("{name} (me)").format(name=self.name(who)) if mine else self.name(who)
            return plain_tool_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.FontRole and who == self._services.desk.me:
            return scaled(QApplication.font(), 1.0, QFont.Weight.DemiBold)
        return None


class RosterGrid(QTableView):
    """See above. `turn`: the turn the keyboard stands on, None on the empty part of a cell."""

    asked = Signal(object)
    """An `Asked`."""
    moved = Signal()
    """The cursor stands elsewhere."""
    said = Signal(str)
    """What would happen if the mouse were let go now; "" when nothing is dragged."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.roster = RosterModel(services, self)
        self.setModel(self.roster)
        self.turn: bytes | None = None
        self.marked: bytes | None = None
        self.may_plan = False
        self._pressed: tuple[QPoint, Turn] | None = None
        self._target: QModelIndex | None = None
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        side = self.verticalHeader()
        side.setSectionsClickable(False)
        side.setHighlightSections(False)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # -- showing ------------------------------------------------------------------------------------------------------
    def show_week(self, week: RosterWeek, names: dict[bytes, str]) -> None:
        """Show a week; the cursor stays with its turn, else in its cell."""
        index, turn, same = self.currentIndex(), self.turn, self.roster.week is not None
        who = None
        if same and index.isValid() and self.roster.week is not None:
            who = self.roster.week.people[index.row()]
        column = index.column() if index.isValid() else self._today(week)
        self.roster.show_week(week, names)
        self._measure()
        if turn is not None and self.stand_on(turn):
            return
        row = week.people.index(who) if who in week.people else 0
        if week.people:
            self.setCurrentIndex(self.roster.index(row, max(0, column)))
            self._stand_in_cell()

    @staticmethod
    def _today(week: RosterWeek) -> int:
        return next((n for n, (start, end) in enumerate(week.bounds) if start <= week.at < end), 0)

    def stand_on(self, turn_id: bytes) -> bool:
        """Go to a turn; False when it is not in this week."""
        week = self.roster.week
        found = next((t for t in week.turns if t.id == turn_id), None) if week is not None else None
        if week is None or found is None or found.analyst_id not in week.people:
            return False
        self.setCurrentIndex(self.roster.index(week.people.index(found.analyst_id), week.day_of(found)))
        self.turn = turn_id
        self._went()
        return True

    def current_turn(self) -> Turn | None:
        """The turn the cursor stands on."""
        week = self.roster.week
        return next((t for t in week.turns if t.id == self.turn), None) if week is not None else None

    def _measure(self) -> None:
        week = self.roster.week
        if week is None:
            return
        high = self.chip_height() + GAP
        counts: dict[tuple[bytes, int], int] = {}
        for turn in week.turns:
            key = turn.analyst_id, week.day_of(turn)
            counts[key] = counts.get(key, 0) + 1
        for row, who in enumerate(week.people):
            most = max(1, *(counts.get((who, day), 0) for day in range(7)))
            self.setRowHeight(row, most * high + GAP + SPARE)
        # No higher than its rows: what is left belongs to the chart and the list below.
        rows = sum(self.rowHeight(row) for row in range(len(week.people)))
        self.setMaximumHeight(max(160, rows + self.horizontalHeader().sizeHint().height() + 2 * SPARE))
        metrics = QFontMetrics(scaled(self.font(), 1.0, QFont.Weight.DemiBold))
        names = [str(self.roster.headerData(n, Qt.Orientation.Vertical)) for n in range(len(week.people))]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=60)
        self.verticalHeader().setFixedWidth(min(widest, metrics.averageCharWidth() * 24) + 20)

    def chip_font(self) -> QFont:
        """What a turn is written in."""
        return scaled(self.font(), SCALE_SMALL)

    def chip_height(self) -> int:
        """Of one turn, in pixels."""
        return round(QFontMetrics(self.chip_font()).height() * 1.35)

    def chip_rect(self, index: Index, place: int) -> QRect:
        """Where the turn at a place of a cell is painted, in the viewport."""
        cell = self.visualRect(index)
        high = self.chip_height()
        return QRect(cell.left() + GAP, cell.top() + GAP + place * (high + GAP), cell.width() - 2 * GAP - 1, high)

    def turn_at(self, at: QPoint) -> Turn | None:
        """The turn under a point of the viewport."""
        index = self.indexAt(at)
        if not index.isValid():
            return None
        return next(
            (turn for place, turn in enumerate(self.roster.turns(index.row(), index.column()))
             if self.chip_rect(index, place).contains(at)),
            None,
        )  # fmt: skip

    # -- walking ------------------------------------------------------------------------------------------------------
    def _cell(self) -> list[Turn]:
        index = self.currentIndex()
        return self.roster.turns(index.row(), index.column()) if index.isValid() else []

    def _stand_in_cell(self, last: bool = False) -> None:
        turns = self._cell()
        self.turn = (turns[-1 if last else 0].id) if turns else None
        self._went()

    def _went(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _step(self, rows: int, columns: int) -> None:
        index, turns = self.currentIndex(), self._cell()
        if not index.isValid():
            return
        places = [turn.id for turn in turns]
        if rows and self.turn in places:
            place = places.index(self.turn) + rows
            if 0 <= place < len(places):
                self.turn = places[place]
                self._went()
                return
        row = min(max(index.row() + rows, 0), self.roster.rowCount() - 1)
        column = min(max(index.column() + columns, 0), 6)
        if (row, column) != (index.row(), index.column()):
            self.setCurrentIndex(self.roster.index(row, column))
            self._stand_in_cell(last=rows < 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        control, shift, none = (
            Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        rows, columns = steps.get(key, (0, 0))
        if self._pressed is not None and key == Qt.Key.Key_Escape:
            self._let_go()
        elif key in steps and held == none:
            self._step(rows, columns)
        elif key in steps and held == control:
            self._carry(rows, columns)
        elif columns and held == shift:
            self._ask("shift", by=columns)
        elif columns and held == control | shift:
            self._ask("stretch", by=columns)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4) and held == none:
            self._ask("change" if self.turn is not None else "new")
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Plus):
            self._ask("new")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and held == none:
            self._ask("remove")
        elif key == Qt.Key.Key_X and held == none:
            self.mark()
        elif key == Qt.Key.Key_Escape and self.marked is not None:
            self.set_mark(None)
        else:
            super().keyPressEvent(event)

    def mark(self) -> None:
        """X: the first time it marks the turn, then swaps the marked one with this one."""
        if self.turn is None or not self.may_plan:
            return
        if self.marked in (None, self.turn):
            self.set_mark(self.turn if self.marked is None else None)
        else:
            self._ask("swap", other=self.marked)
            self.set_mark(None)

    def set_mark(self, turn_id: bytes | None) -> None:
        """Which turn waits to be swapped."""
        self.marked = turn_id
        self.said.emit(self.tr("Go to the turn to swap with and press X; Escape calls it off.") if turn_id else "")
        self.viewport().update()

    def _carry(self, rows: int, columns: int) -> None:
        index, week = self.currentIndex(), self.roster.week
        row, column = index.row() + rows, index.column() + columns
        if self.turn is not None and week is not None and 0 <= row < len(week.people) and 0 <= column < 7:
            self.asked.emit(Asked("carry", week.people[row], column, self.turn))

    def _ask(self, wish: Wish, *, other: bytes | None = None, by: int = 0) -> None:
        index, week = self.currentIndex(), self.roster.week
        if week is None or not index.isValid() or (self.turn is None and wish != "new"):
            return
        self.asked.emit(Asked(wish, week.people[index.row()], index.column(), self.turn, other, by))

    # -- mouse --------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        turn = self._stand_at(at)
        if turn is not None and event.button() == Qt.MouseButton.LeftButton and self.may_plan:
            self._pressed = (at, turn)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _stand_at(self, at: QPoint) -> Turn | None:
        """The cursor goes where the mouse is."""
        index, turn = self.indexAt(at), self.turn_at(at)
        if index.isValid():
            self.setCurrentIndex(index)
            self.turn = turn.id if turn is not None else None
            self._went()
        return turn

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            self.viewport().setCursor(
                Qt.CursorShape.OpenHandCursor if self.may_plan and self.turn_at(at) else Qt.CursorShape.ArrowCursor
            )
            super().mouseMoveEvent(event)
            return
        begun, turn = self._pressed
        if self._target is None and (at - begun).manhattanLength() < QApplication.startDragDistance():
            return
        index = self.indexAt(at)
        self._target = index if index.isValid() else QModelIndex()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.said.emit(self._would(turn, self._target, self._on(at, turn), event.modifiers()))
        self.viewport().update()

    def _on(self, at: QPoint, turn: Turn) -> Turn | None:
        """Whose turn a turn is held over: somebody else's."""
        other = self.turn_at(at)
        return other if other is not None and other.analyst_id != turn.analyst_id else None

    def _would(self, turn: Turn, index: Index, other: Turn | None, held: Qt.KeyboardModifier) -> str:
        week = self.roster.week
        if week is None or not index.isValid():
            return self.tr("Let go over a day, or press Escape.")
        who, day = self.roster.name(week.people[index.row()]), words.day(week.days[index.column()])
        what = f"{words.span(turn, self._services.zone, long=True)} {words.duty(turn.duty)}"
        if other is not None and not held & Qt.KeyboardModifier.ControlModifier:
            return self.tr("{what} → swap with {name}, or give it too").format(what=what, name=who)
        if held & Qt.KeyboardModifier.ControlModifier:
            return self.tr("{what} → a copy for {name}, {day}").format(what=what, name=who, day=day)
        return self.tr("{what} → {name}, {day} (with Ctrl: a copy)").format(what=what, name=who, day=day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, target, week = self._pressed, self._target, self.roster.week
        at = event.position().toPoint()
        self._let_go()
        if pressed is None or target is None or not target.isValid() or week is None:
            super().mouseReleaseEvent(event)
            return
        turn = pressed[1]
        who, day = week.people[target.row()], target.column()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit(Asked("copy", who, day, turn.id))
        elif (other := self._on(at, turn)) is not None:
            self.asked.emit(Asked("drop", who, day, turn.id, other.id, at=self.viewport().mapToGlobal(at)))
        elif (who, day) != (turn.analyst_id, week.day_of(turn)):
            self.asked.emit(Asked("carry", who, day, turn.id))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._let_go()
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(at).isValid():
            self._stand_at(at)
            self._ask("change" if self.turn is not None else "new")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, week = self.currentIndex(), self.roster.week
        if week is None or not index.isValid():
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
        self.asked.emit(Asked("menu", week.people[index.row()], index.column(), self.turn, at=at))

    def _let_go(self) -> None:
        self._pressed = self._target = None
        self.viewport().unsetCursor()
        if self.marked is None:
            self.said.emit("")
        self.viewport().update()

    # -- painting -----------------------------------------------------------------------------------------------------
    def dragged_to(self) -> QModelIndex | None:
        """The cell something is held over."""
        return self._target

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        target = self._target
        if target is not None and target.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(colours(self.palette()).color("focus"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.visualRect(target).adjusted(1, 1, -2, -2))
            painter.end()


class _CellDelegate(QStyledItemDelegate):
    """Paints what a cell holds."""

    def __init__(self, grid: RosterGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._grid.chip_height() + 2 * GAP + SPARE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        grid, model = self._grid, self._grid.roster
        if model.week is None:
            return
        set_ = colours(grid.palette())
        painter.save()
        start, end = model.week.bounds[index.column()]
        if start <= model.week.at < end:
            painter.fillRect(option.rect, set_.color("hover"))
        turns = model.turns(index.row(), index.column())
        if model.is_away(index.row(), index.column()):
            painter.fillRect(option.rect, QBrush(set_.color("line"), Qt.BrushStyle.BDiagPattern))
            if not turns:
                painter.setPen(set_.color("muted"))
                painter.setFont(grid.chip_font())
                painter.drawText(option.rect, int(Qt.AlignmentFlag.AlignCenter), model.away())
        for place, turn in enumerate(turns):
            self._chip(painter, turn, grid.chip_rect(index, place))
        here = grid.currentIndex() == index
        if here and grid.turn is None:
            painter.setPen(QPen(set_.color("focus" if grid.hasFocus() else "control_line"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _chip(self, painter: QPainter, turn: Turn, area: QRect) -> None:
        grid, model = self._grid, self._grid.roster
        assert model.week is not None
        set_ = colours(grid.palette())
        flags = model.week.wrong(turn.id)
        tone = Tone.DANGER if flags else words.TONES[turn.duty]
        look = set_.tone(tone)
        mine = turn.analyst_id == grid._services.desk.me
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(QColor(look.text if mine or flags else look.line), 2 if mine else 1)
        if turn.duty == "backup":
            edge.setStyle(Qt.PenStyle.DashLine)
        if turn.id == grid.marked:
            edge = QPen(set_.color("focus"), 2, Qt.PenStyle.DotLine)
        elif turn.id == grid.turn:
            edge = QPen(set_.color("focus" if grid.hasFocus() else "control_line"), 3)
        painter.setPen(edge)
        painter.setBrush(QColor(look.fill))
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), RADIUS_S, RADIUS_S)
        font = grid.chip_font()
        if mine:
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        ink = QColor(look.text)
        painter.setPen(ink)
        side = round(metrics.height() * 0.85)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        drawing = "error" if flags else words.ICONS[turn.duty]
        left = area.left() + GAP_XS + 1
        painter.drawPixmap(
            QPointF(left, area.center().y() - side / 2 + 0.5), tinted(drawing, ink, QSize(side, side), scale)
        )
        room = area.adjusted(GAP_XS + side + 4, 0, -GAP_XS, 0)
        zone = grid._services.zone
        word = words.wrong(flags[0]) if flags else words.duty(turn.duty)
        long, short = words.span(turn, zone, long=True), words.span(turn, zone)
        # The word goes before a clock time is cut: the drawing says the duty too, the line below everything.
        forms = [f"{long} {word}", f"{short} {word}", *([] if flags else [long, short])]
        shown = next((one for one in forms if metrics.horizontalAdvance(one) <= room.width()), forms[-1])
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room.width()),
        )  # fmt: skip
