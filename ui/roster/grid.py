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
from typing import Literal

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
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
    QTableView,
    QWidget,
)

from app.insight.roster_week import RosterWeek
from app.work.roster import Turn
from ui.roster import words
from ui.roster.grid_cells import GAP, SPARE, CellDelegate
from ui.roster.grid_model import Index, RosterModel
from ui.services import Services
from ui.theme import scaled
from ui.tokens import SCALE_SMALL, colours

Wish = Literal["new", "change", "remove", "carry", "copy", "shift", "stretch", "swap", "menu", "drop"]


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
        self.turn: bytes | None = None
        self.marked: bytes | None = None
        self.may_plan = False
        self._pressed: tuple[QPoint, Turn] | None = None
        self._target: QModelIndex | None = None
        self.setModel(self.roster)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableCornerButton::section { border: none; background: palette(window); }")
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
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
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

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Also where Qt walks by itself (Home, Page down): the first turn of the cell is the current one."""
        super().currentChanged(current, previous)
        if self.turn not in [turn.id for turn in self._cell()]:
            self._stand_in_cell()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here, no beginning of a cell's words."""

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
