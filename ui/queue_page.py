"""The centre: one list of cases with its heading, quick filter and order.

How a list comes to the screen: the first rows are read with their lines in one job of the read lane and shown; where
there are more, the whole list follows in a second job (an array of row numbers) and takes their place without moving
anything. That one is on the lane beside, so that neither the rows one scrolls to nor the case one opens wait for it.
Every further wish (a letter of the filter, another order, news) replaces the one before it, on either lane. While news
come in the list is read again at most every `CALM_MS`, and never while a menu is open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.work.case_filter import ALL_CASES, PRIORITY
from app.work.groups import Group, case_rows
from app.work.rows import NOTHING
from ui import text
from ui.case_columns import column_titles
from ui.case_model import COLUMN_OF, COLUMNS, CaseModel
from ui.case_table import CaseTable
from ui.icons import icon
from ui.list_choice import ListChoice
from ui.list_head import ListHead
from ui.list_loading import Asked, Loaded, read_first, read_whole
from ui.places import Place, empty_words
from ui.services import Services
from ui.tokens import GAP_XS
from ui.widgets.blocks import BusyLine, EmptyState

if TYPE_CHECKING:
    from app.work.condition_words import ConditionWords
    from ui.lanes import Lane

REST_MS: Final = 50
"""After the first rows, until the rest is read: what is painted comes first."""
CALM_MS: Final = 350
BUSY_AFTER_MS: Final = 250
COUNTING_AFTER_MS: Final = 90
"""A figure that has not come by then is said to be counted: what stands there is that of another list."""
LIST_TABLES: Final = ("case", "case_watcher", "case_read", "case_tag")


class QueuePage(QWidget):
    """Shows the cases of a Place."""

    current_changed = Signal(object)
    """The CaseLine the cursor is on, or None."""
    selection_changed = Signal()
    opened = Signal(object)
    """A CaseLine to work on."""
    menu_asked = Signal(QPoint)
    """Global position of a context menu for the selected cases."""
    view_asked = Signal()
    """The filter builder for what is shown here."""
    shown = Signal()
    """A list is on screen (its first rows)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._choice = ListChoice(services.settings)
        self._words_of: ConditionWords | None = None
        self._shown_list: Asked | None = None
        self._go_to: int | None = None
        self._wish = 0
        """Which reading of the list is the latest: what an earlier one answers comes too late."""
        self._new_above = 0
        self._whole = True
        names = services.desk.directory
        self.model = CaseModel(
            services.desk.lists,
            services.lanes,
            services.now,
            services.zone,
            lambda rank: next((s.name for s in names.severities() if s.rank == rank), str(rank)),
            self,
        )
        self.table = CaseTable(self.model, services.now)
        self.model.beside = services.presence.words
        self.model.heading_words = self._heading
        services.presence.changed.connect(self._show_marks)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._read_again)
        self._rest_of_list = QTimer(self)
        self._rest_of_list.setSingleShot(True)
        self._rest_of_list.setInterval(REST_MS)
        self._rest_of_list.timeout.connect(self._read_whole)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(BUSY_AFTER_MS)
        self._slow.timeout.connect(self._tell_slow)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(COUNTING_AFTER_MS)
        self._late.timeout.connect(lambda: self.head.figures.setText(self.tr("counting…")))
        self._build()
        self._retranslate()
        services.bell.changed.connect(self._changed)

    def _show_marks(self) -> None:
        self.table.show_marks(self._services.presence.marks)

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.head = head = ListHead(self)
        self.filter = head.filter
        head.filter.searched.connect(self._filtered)
        head.filter.left_downwards.connect(self.table.setFocus)
        head.columns_wanted.connect(self.choose_columns)
        head.group_wanted.connect(self.choose_group)
        head.view_wanted.connect(self.view_asked)
        head.closed_wanted.connect(self._show_closed)
        self._busy = BusyLine()
        self._empty = EmptyState("check", "", "")
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._new = QPushButton(body)
        self._new.setProperty("look", "primary")
        self._new.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._new.clicked.connect(self._show_new)
        self._new.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._busy)
        column.addWidget(body, 1)
        self._body = body
        self._column = column
        self.setFocusProxy(self.table)
        table = self.table
        table.current_changed.connect(self.current_changed)
        table.opened.connect(self.opened)
        table.columns.order_asked.connect(self._order_by)
        table.columns.changed.connect(self._remember_columns)
        table.heading_turned.connect(self._turn)
        table.typed.connect(self._typed)
        table.scrolled.connect(self._scrolled)
        table.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        table.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(table.viewport().mapToGlobal(at)))
        state = self._services.settings["columns"].get("cases")
        if state:
            table.columns.restore(state)

    def put_above(self, widget: QWidget) -> None:
        """Something that belongs over the list."""
        self._column.insertWidget(0, widget)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._say_empty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_new()

    def _retranslate(self) -> None:
        self._words_of = None
        self._say_figures()

    # -- which list ---------------------------------------------------------------------------------------------------
    @property
    def place(self) -> Place | None:
        """Where we stand."""
        return self._choice.place

    def asked(self) -> Asked | None:
        """The list that is asked for: place, order, headings, words."""
        return self._choice.asked()

    def order(self) -> tuple[str, bool]:
        """What the list is sorted by, and whether backwards."""
        return self._choice.order()

    def group(self) -> str:
        """The column the list is grouped by, "" for none."""
        return self._choice.group()

    def group_by(self, group: str) -> None:
        """Group by a column ("": not at all); remembered for this place."""
        if self._choice.group_by(group):
            self._load()

    def _heading(self, by: str, group: Group) -> str:
        if self._words_of is None:
            from ui.view_words import words

            self._words_of = words(self._services.desk)
        return self._words_of.group(by, group)

    def _turn(self, group: Group) -> None:
        """Fold or unfold; nothing else moves."""
        self._choice.turn(group)
        self._read_whole()

    def fold_all(self, folded: bool) -> None:
        """Fold or unfold every group."""
        if self._choice.fold_all(self.model.rows, folded):
            self._read_whole()

    def _show_closed(self, on: bool) -> None:
        self._choice.show_closed(on)
        self._load()

    def open(self, place: Place, *, go_to: int | None = None) -> None:
        """Show the cases of a place; `go_to`: row number of the case to put the cursor on."""
        if self.place is None or place.key != self.place.key:
            self._choice.words = ""
            self.filter.blockSignals(True)
            self.filter.setText("")  # not `clear`, which Ctrl+Z would take back as if it had been typed
            self.filter.blockSignals(False)
        self._go_to = go_to
        self._name(place)
        self._load()

    def _name(self, place: Place) -> None:
        self._choice.place = place
        self.head.title.setText(place.title)
        self.head.closed.setVisible(place.wanted.filter.open_only)
        self.head.closed.setChecked(self._choice.with_closed)
        self.table.setAccessibleName(self.tr("Cases: {place}").format(place=place.title))

    def show_loaded(self, place: Place, loaded: Loaded) -> None:
        """Show a list that was read before there was a window (start-up)."""
        self._name(place)
        self._first_came(loaded)

    def reload(self) -> None:
        """Read the list again soon."""
        if not self._calm.isActive():
            self._calm.start()

    def _load(self) -> None:
        asked = self.asked()
        if asked is None:
            return
        self._calm.stop()
        self._rest_of_list.stop()
        self._slow.start()
        self._late.start()
        order = "" if asked.wanted.order == PRIORITY else asked.wanted.order
        self.table.columns.show_order(order, asked.wanted.descending)
        # Headings say how many cases they have: counting a million takes long, and must not hold up a case.
        lane = self._services.lanes.beside if asked.group else self._services.lanes.read
        self._read(lane, read_first, asked, done=self._first_came)

    def _read(self, lane: Lane, read: Callable[..., Loaded], *wanted: Any, done: Callable[[Loaded], None]) -> None:
        self._wish += 1
        lane.submit(
            read, self._services.desk.lists, *wanted, done=partial(self._came, self._wish, done), owner=self, key="list"
        )

    def _came(self, wish: int, done: Callable[[Loaded], None], loaded: Loaded) -> None:
        if wish == self._wish:
            done(loaded)

    def _tell_slow(self) -> None:
        """The list takes its time; what stands there under the name of another place goes."""
        self._busy.set_busy(True)
        asked, shown = self.asked(), self._shown_list
        if asked is not None and shown is not None and asked.wanted.filter != shown.wanted.filter:
            self._shown_list, self._whole = None, False
            self.table.show_rows(NOTHING, [], keep=False)
            self._stack.setCurrentIndex(0)
            self.head.figures.setText(self.tr("counting…"))

    def _first_came(self, loaded: Loaded) -> None:
        self._slow.stop()
        self._late.stop()
        self._busy.set_busy(False)
        self._shown_list = loaded.asked
        self._hide_new()
        self.table.show_rows(loaded.rows, loaded.lines, keep=False)
        self._after_rows(loaded)
        self.shown.emit()
        if not loaded.whole:
            self._rest_of_list.start()
        elif self._go_to is not None:
            self._go()

    def _read_whole(self) -> None:
        asked = self.asked()
        if asked is not None:
            known = self.model.rows if (asked == Asked(ALL_CASES) and self._whole) or asked.group else None
            self._read(self._services.lanes.beside, read_whole, asked, known, done=self._whole_came)

    def _whole_came(self, loaded: Loaded) -> None:
        shown = self._shown_list
        if loaded.asked != self.asked():
            return
        if shown is None or (loaded.asked.wanted, loaded.asked.group) != (shown.wanted, shown.group):
            # News asked for the list before its first rows had come.
            self._first_came(loaded)
            return
        grown = not self._whole or loaded.asked != shown
        above = self.table.show_rows(loaded.rows, keep=True)
        if above and not grown:
            self._tell_new(above)
        self._shown_list = loaded.asked
        self._after_rows(loaded)
        self._go()

    def _after_rows(self, loaded: Loaded) -> None:
        self._stack.setCurrentIndex(0 if len(loaded.rows) else 1)
        self._whole = loaded.whole
        self._say_empty()
        self._say_figures()
        self.table.need_visible()

    def _go(self) -> None:
        if self._go_to is not None and self.table.go_to(self._go_to):
            self._go_to = None

    # -- news ---------------------------------------------------------------------------------------------------------
    def _changed(self, changes: Changes) -> None:
        self.model.refresh(changes)
        self.table.need_visible()
        if self.place is not None and changes.concern_tables(*LIST_TABLES) and changes.tables != {"case_read"}:
            self.reload()

    def _read_again(self) -> None:
        if QApplication.activePopupWidget() is not None:
            self._calm.start()
            return
        self._read_whole()

    def _tell_new(self, count: int) -> None:
        self._new_above += count
        self._new.setText(self.tr("%n new", "", self._new_above))
        self._new.setIcon(icon("chevron-up", "on_accent"))
        self._new.adjustSize()
        self._place_new()
        self._new.show()
        self._new.raise_()

    def _place_new(self) -> None:
        top = self.table.horizontalHeader().height() + GAP_XS
        self._new.move((self._body.width() - self._new.width()) // 2, top)

    def _show_new(self) -> None:
        self.table.verticalScrollBar().setValue(0)
        self._hide_new()

    def _hide_new(self) -> None:
        self._new_above = 0
        self._new.hide()

    def _scrolled(self) -> None:
        if self._new_above and self.table.verticalScrollBar().value() == 0:
            self._hide_new()

    # -- filter and order ---------------------------------------------------------------------------------------------
    def _typed(self, letter: str) -> None:
        self.filter.setFocus()
        self.filter.setText(self.filter.text() + letter)

    def _filtered(self, words: str) -> None:
        self._choice.words = words.strip()
        self._load()

    def _order_by(self, key: str) -> None:
        """A header was clicked: up, then down, then as before anybody asked."""
        self._choice.turn_order(COLUMNS[COLUMN_OF[key]].order)
        self._load()

    # -- columns ------------------------------------------------------------------------------------------------------
    def choose_columns(self) -> None:
        """A menu of the columns under its button; it stays open while choosing."""
        menu = QMenu(self)
        chosen = self.table.columns.chosen()
        for key, words in column_titles():
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(key in chosen)
            action.setEnabled(key != "title")
            action.toggled.connect(lambda on, key=key: self._choose_column(key, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Order and widths…")).triggered.connect(lambda _checked=False: self.arrange_columns())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.head.below(self.head.columns))

    def choose_group(self) -> None:
        """A menu of the columns to group by, under its button."""
        from ui.list_menus import group_menu

        menu = group_menu(self)
        menu.popup(self.head.below(self.head.grouped))

    def _choose_column(self, key: str, on: bool) -> None:
        chosen = self.table.columns.chosen()
        self.table.columns.choose(chosen | {key} if on else chosen - {key})

    def arrange_columns(self) -> None:
        """Order, widths and choice of the columns in a dialog."""
        from ui.column_dialog import ColumnDialog

        dialog = ColumnDialog(self.table, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _remember_columns(self) -> None:
        self._services.settings["columns"] = {
            **self._services.settings["columns"],
            "cases": self.table.columns.state(),
        }

    # -- words --------------------------------------------------------------------------------------------------------
    def _selection_changed(self) -> None:
        self._say_figures()
        self.selection_changed.emit()

    def _say_figures(self) -> None:
        count, selected = case_rows(self.model.rows), self.table.selected_count()
        if self._shown_list is None:
            words = ""
        elif selected > 1:
            words = self.tr("%n selected", "", selected)
        elif self._whole:
            words = text.cases(count)
        else:
            words = self.tr("counting…")
        self.head.figures.setText(words)

    def _say_empty(self) -> None:
        if self.place is not None and self.model.rows is not NOTHING and not len(self.model.rows):
            headline, sentence = empty_words(self.place, self._choice.words)
            self._empty.show_as("search" if self._choice.words else "check", headline, sentence)
