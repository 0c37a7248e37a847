"""The table of cases: a QTableView that paints whole rows itself.

Selection, header, keys and screen readers are Qt's; only the painting is ours. Qt would ask Python several times for
every cell of every frame; here one `paintEvent` walks over the visible rows (measured: a third of the time). What is
drawn again and again (pills, shapes, shortened texts) is kept.

Columns that have no room are left out, those that matter least first, so that nothing is cut off in a narrow window;
the title takes what is left. Whatever somebody did in the list is kept by case, not by row: a list that is read again
keeps its selection, and what is under the pointer stays there (`show_rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.work.lists import CaseLine
from app.work.rows import Rows
from ui import text
from ui.case_columns import CaseColumns
from ui.case_drag import drag_of
from ui.case_model import COLUMN_OF, COLUMNS, CaseModel
from ui.case_painting import RowPainter
from ui.list_walk import Stand, case_row, stand, stays, step
from ui.tokens import colours

CLOCK_MS: Final = 30_000
Selecting = QItemSelectionModel.SelectionFlag
_MOVES: Final = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp, Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome, Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}  # fmt: skip
"""Keys that lead to another row."""


class CaseTable(QTableView):
    """Shows a CaseModel. `clock`: this instant in ms UTC."""

    current_changed = Signal(object)
    """The CaseLine the cursor is on, or None."""
    opened = Signal(object)
    """A CaseLine: Return was pressed or it was double-clicked."""
    heading_turned = Signal(object)
    """A `Group` to fold or unfold."""
    typed = Signal(str)
    """A letter that is no key of the list: the beginning of a filter."""
    scrolled = Signal()
    painted = Signal()
    """Cases were drawn for the first time."""

    def __init__(self, model: CaseModel, clock: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._case_model = model
        self._painter = RowPainter(self, model)
        self._ranges: list[tuple[int, int]] = []
        self._hovered = -1
        self._told: int | None = None
        self._stand: Stand | None = None
        """Where the cursor's case stood when it was last seen between its neighbours."""
        self._gone = False
        """It is not there any more."""
        self._keeping = False
        self._from: int | None = None
        """The case a range begins with, when Shift extends it."""
        self._painted = False
        self._letters_taken: frozenset[str] = frozenset()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.columns = CaseColumns(self, lambda: self._painter.due_width)
        self.doubleClicked.connect(lambda _index: self.open_current())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        self._minute = QTimer(self)
        self._minute.setInterval(CLOCK_MS)
        self._minute.timeout.connect(self.viewport().update)
        self._minute.start()
        self._measure()
        self.setAccessibleName(self.tr("Cases"))

    # -- rows ---------------------------------------------------------------------------------------------------------
    def show_rows(self, rows: Rows, lines: Iterable[CaseLine] = (), *, keep: bool) -> int:
        """Show a list. `keep`: it is the same list read again: selection, cursor and what is under the pointer stay.

        Returns how many cases are new above the first visible row (they are not scrolled to).
        """
        before, bar = self._case_model.rows, self.verticalScrollBar()
        if not keep:
            # A reset model forgets its selection without telling; the rows chosen before are other cases now.
            self.clearSelection()
            self._case_model.show(rows, lines)
            bar.setValue(0)
            self._told, self._stand, self._gone, self._from = None, None, False, None
            return 0
        selected = self.selected_rids()
        current = self.currentIndex().row()
        current_rid = before[current] if 0 <= current < len(before) else None
        heading = self._case_model.group(current) if current >= 0 else None
        anchors = self._anchors(rows)
        old_top = bar.value()
        at_top = old_top == 0
        self._case_model.show(rows, lines)
        self.executeDelayedItemsLayout()  # till then the scroll bar ends where the list ended that stood here before
        new_above = 0
        found = next(((row, below) for rid, below in anchors if (row := rows.find(rid)) is not None), None)
        if found is not None:
            bar.setValue(max(0, found[0] - found[1]))
            new_above = max(0, bar.value() - old_top) if at_top else 0
        else:
            bar.setValue(min(old_top, bar.maximum()))
        if heading is not None:
            keep_row = self._case_model.row_of_heading(heading)
        else:
            keep_row = rows.find(current_rid) if current_rid is not None else None
            self._follow(rows, keep_row)
        if keep_row is None and current > 0 and len(rows):
            # The case went elsewhere: one key down leads to what stands in its place now. Nothing is opened by itself.
            keep_row = min(current, len(rows)) - 1
            self._told = rows[keep_row]
        if keep_row is not None:
            index = self._case_model.index(keep_row, COLUMN_OF["title"])
            self._keeping = True
            self.selectionModel().setCurrentIndex(index, Selecting.NoUpdate)
            self._keeping = False
        self._select(rows, selected)
        return new_above

    def _follow(self, rows: Rows, row: int | None) -> None:
        """The list was read again: is the cursor's case, now in `row`, still where one works?"""
        if self._stand is not None and not self._gone:
            self._gone = not stays(rows, self._stand, row)
            if not self._gone and row is not None:
                self._stand = stand(rows, row)

    def _anchors(self, after: Rows) -> list[tuple[int, int]]:
        """The cases that must not move, the foremost first, each with how many rows it stands below the first visible
        one: the one under the pointer, else the cursor's if it is visible (or what stands beside it, if it goes
        elsewhere in the list `after`), else, once somebody scrolled, the first visible ones."""
        rows, top = self._case_model.rows, self.verticalScrollBar().value()
        at = self.viewport().mapFromGlobal(self.cursor().pos())
        candidates = []
        if self.viewport().underMouse() and self.viewport().rect().contains(at):
            candidates.append(self.rowAt(at.y()))
        if self.hasFocus() and (current := self.currentIndex().row()) >= 0:
            here = stand(rows, current)
            if here is None or stays(after, here, after.find(here.rid)):
                candidates.append(current)
            else:
                candidates += [current + 1, current - 1]
        if top > 0 or candidates:
            candidates += range(top, top + 3)
        last = min(top + self.visible_count(), len(rows) - 1)
        found = [case_row(rows, row, 1) for row in candidates if top <= row <= last]
        return [(rows[row], row - top) for row in found if row is not None]

    def _select(self, rows: Rows, rids: set[int]) -> None:
        selection, width = QItemSelection(), len(COLUMNS) - 1
        for rid in rids:
            row = rows.find(rid)
            if row is not None:
                selection.select(self._case_model.index(row, 0), self._case_model.index(row, width))
        self.selectionModel().select(selection, Selecting.ClearAndSelect)

    def selected_rids(self, most: int = 500) -> set[int]:
        """Row numbers of the selected cases, at most `most`."""
        rows = self._case_model.rows
        out: set[int] = set()
        for top, bottom in self._ranges:
            for row in range(top, min(bottom + 1, len(rows))):
                if len(out) >= most:
                    return out
                out.add(rows[row])
        return out

    def selected_in_order(self, most: int) -> list[int]:
        """Row numbers of the selected cases from top to bottom, at most `most`."""
        rows = self._case_model.rows
        out: list[int] = []
        for top, bottom in sorted(self._ranges):
            out += [rows[row] for row in range(top, min(bottom, top + most - len(out) - 1, len(rows) - 1) + 1)]
            if len(out) >= most:
                break
        return out

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self._ranges)

    def selected_lines(self) -> list[CaseLine]:
        """The selected cases that are in memory, in list order."""
        rows = [row for top, bottom in sorted(self._ranges) for row in range(top, bottom + 1)]
        return [line for row in rows[:500] if (line := self._case_model.line(row)) is not None]

    def current_line(self) -> CaseLine | None:
        """The case the cursor is on."""
        row = self.currentIndex().row()
        return self._case_model.line(row) if 0 <= row < len(self._case_model.rows) else None

    def go_to(self, rid: int) -> bool:
        """Put the cursor on a case of this list; False when it is not in it."""
        row = self._case_model.rows.find(rid)
        if row is None:
            return False
        self.setCurrentIndex(self._case_model.index(row, COLUMN_OF["title"]))
        return True

    def step(self, by: int) -> None:
        """Move the cursor down or up, from where its case was if that went elsewhere meanwhile (ui.list_walk)."""
        rows = self._case_model.rows
        if self._gone and self._stand is not None:
            row = step(rows, self._stand, by)
        else:
            row = case_row(rows, self.currentIndex().row() + by, by)
        if row is not None:
            # The cursor may stand there already, on what is beside a case that left: then it was never told.
            self._told = None
            self.setCurrentIndex(self._case_model.index(row, COLUMN_OF["title"]))
            self._come_to(row)
            self._begin_range()
            self._tell_current()

    def _extend_to(self, row: int, *, also: bool) -> None:
        """Select from where the range began to this row; `also`: beside what is selected. Qt forgets the beginning
        whenever the list is read again; the case that it was is remembered."""
        begin = self._case_model.rows.find(self._from) if self._from is not None else None
        begin = begin if begin is not None else max(self.currentIndex().row(), 0)
        index = self._case_model.index(row, COLUMN_OF["title"])
        self.selectionModel().setCurrentIndex(index, Selecting.NoUpdate)
        first, last = self._case_model.index(min(begin, row), 0), self._case_model.index(max(begin, row), 0)
        how = Selecting.Select if also else Selecting.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), how | Selecting.Rows)
        self.scrollTo(index)

    def _begin_range(self) -> None:
        rows, row = self._case_model.rows, self.currentIndex().row()
        self._from = rows[row] if 0 <= row < len(rows) else None

    def _come_to(self, row: int) -> None:
        self._stand, self._gone = stand(self._case_model.rows, row), False

    def open_current(self) -> None:
        """As Return does."""
        line = self.current_line()
        if line is not None:
            self.opened.emit(line)

    def visible_count(self) -> int:
        """How many rows fit."""
        return self.viewport().height() // max(self.verticalHeader().defaultSectionSize(), 1) + 1

    def need_visible(self) -> None:
        """Have the visible rows fetched."""
        top = self.verticalScrollBar().value()
        self._case_model.need(top, top + self.visible_count())

    def lines_arrived(self) -> None:
        """Lines were fetched: the cursor's may be among them."""
        self._tell_current()

    def _tell_current(self) -> None:
        line = self.current_line()
        rid = line.rid if line is not None else None
        if rid is not None and rid != self._told:
            self._told = rid
            self.current_changed.emit(line)

    def _scrolled(self) -> None:
        self._hovered = -1
        self.need_visible()
        self.scrolled.emit()

    def show_marks(self, marks: Mapping[bytes, str]) -> None:
        """Draw these (case -> drawing) before the titles: somebody else is with the case."""
        if marks != self._painter.marks:
            self._painter.marks = dict(marks)
            self.viewport().update()

    # -- Qt -----------------------------------------------------------------------------------------------------------
    def take_letters(self, letters: Iterable[str]) -> None:
        """Letters that are keys of the list and therefore begin no filter."""
        self._letters_taken = frozenset(letter.casefold() for letter in letters)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        ranges = [(r.top(), r.bottom()) for r in self.selectionModel().selection().toList()]
        self._ranges = self._case_model.without_headings(ranges)
        super().selectionChanged(selected, deselected)

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        if not self._keeping:
            self._come_to(current.row())
        self._tell_current()

    def dataChanged(self, top_left: Any, bottom_right: Any, roles: Any = ()) -> None:
        # Qt's own goes through the delegates to learn which cells changed their size; ours never do.
        self.viewport().update()
        self.lines_arrived()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) and (
            self._key_of_groups(event.key())
        ):
            return
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if self._gone and way is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step(way)
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        wide = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if wide and event.key() in _MOVES and self.currentIndex().isValid():
            index = self.moveCursor(_MOVES[Qt.Key(event.key())], event.modifiers())
            if index.isValid():
                self._extend_to(index.row(), also=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.open_current()
        elif plain and len(letter) == 1 and letter.isalnum() and letter.casefold() not in self._letters_taken:
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)
            if event.key() in _MOVES:
                self._begin_range()

    def _key_of_groups(self, key: int) -> bool:
        """Space, Return and the arrows fold and unfold; from a case, left leads to its heading."""
        row = self.currentIndex().row()
        group = self._case_model.group(row) if row >= 0 else None
        if group is None:
            heading = self._case_model.heading_above(row) if key == Qt.Key.Key_Left and row >= 0 else None
            if heading is not None:
                self.setCurrentIndex(self._case_model.index(heading, COLUMN_OF["title"]))
            return heading is not None
        turns = {Qt.Key.Key_Space: True, Qt.Key.Key_Return: True, Qt.Key.Key_Enter: True,
                 Qt.Key.Key_Left: not group.folded, Qt.Key.Key_Right: group.folded}  # fmt: skip
        if turns.get(Qt.Key(key)):
            self.heading_turned.emit(group)
        return key in turns

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        group = self._case_model.group(row) if row >= 0 else None
        if group is not None and event.button() is Qt.MouseButton.LeftButton:
            self.selectionModel().setCurrentIndex(self._case_model.index(row, COLUMN_OF["title"]), Selecting.NoUpdate)
            self.heading_turned.emit(group)
            return
        modifiers, left = event.modifiers(), event.button() is Qt.MouseButton.LeftButton
        if row >= 0 and left and modifiers & Qt.KeyboardModifier.ShiftModifier and self.currentIndex().isValid():
            self._extend_to(row, also=bool(modifiers & Qt.KeyboardModifier.ControlModifier))
            return
        super().mousePressEvent(event)
        if left:
            self._begin_range()

    def keyboardSearch(self, search: str) -> None:
        """Typing filters (see `typed`); Qt's own search would walk over every row."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        # Qt puts the cursor on the first row; getting the focus must not open, and thereby read, a case.
        self.selectionModel().blockSignals(True)
        super().focusInEvent(event)
        self.selectionModel().clearCurrentIndex()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for changed in (row, self._hovered):
                if changed >= 0:
                    self.viewport().update(self._row_rect(changed))
            self._hovered = row

    def _row_rect(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def startDrag(self, actions: Qt.DropAction) -> None:
        lines = self.selected_lines()
        if lines:
            drag_of(self, lines).exec(Qt.DropAction.MoveAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()
        self.need_visible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # A window that is being made says so twenty times, mostly of the font there is.
            if not self._painter.measured_for(self.font()):
                self._measure()
        elif event.type() == QEvent.Type.PaletteChange:
            self._painter.forget_colours()
        elif event.type() == QEvent.Type.LanguageChange:
            self._measure()
            self._case_model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            self.viewport().update()

    def _measure(self) -> None:
        self._painter.measure()
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height)
        self.columns.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        viewport = self.viewport()
        painter = QPainter(viewport)
        set_ = colours(self.palette())
        height = self.verticalHeader().defaultSectionSize()
        area = event.rect()
        painter.fillRect(area, QColor(set_.surface))
        places = self.columns.places()
        top_row = self.verticalScrollBar().value()
        first = max(top_row, top_row + area.top() // height)
        last = min(len(self._case_model.rows) - 1, top_row + area.bottom() // height)
        current = self.currentIndex().row()
        now, width = self._clock(), viewport.width()
        pens = {name: set_.color(name) for name in ("text", "muted", "selection_text", "danger", "warning", "line")}
        selection, hover = QColor(set_.selection), QColor(set_.hover)
        for row in range(first, last + 1):
            y = (row - top_row) * height
            selected = any(top <= row <= bottom for top, bottom in self._ranges)
            if selected:
                painter.fillRect(0, y, width, height, selection)
            elif row == self._hovered:
                painter.fillRect(0, y, width, height, hover)
            line = self._case_model.line(row)
            if line is None and (group := self._case_model.group(row)) is not None:
                words, count = self._case_model.heading(group), text.number(group.count)
                self._painter.heading(painter, words, count, group.folded, y, width, height, set_)
            elif line is None:
                self._painter.waiting(painter, places, y, height, hover)
            else:
                self._painter.row(painter, line, places, y, height, now, selected, pens, set_)
            painter.setPen(pens["line"])
            painter.drawLine(0, y + height - 1, width, y + height - 1)
            if row == current and self.hasFocus():
                painter.fillRect(0, y, 3, height - 1, QColor(set_.focus))
        painter.end()
        if not self._painted and last >= first:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)
