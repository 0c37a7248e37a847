"""The left pane: where one can stand, with how many open cases wait there and how many of them are overdue.

Keyboard: arrows move and open at once, Return goes on to the list. Cases dragged from the table onto a queue or a
colleague are handed over. Counts come from the count lane and are kept while they are counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from app.work.lists import Count
from app.work.place_counts import Counts
from ui import text
from ui.case_drag import CASES_MIME
from ui.icons import tinted
from ui.places import (
    CONFLICTS,
    COVERING,
    NOWHERE,
    VIEW,
    Known,
    Place,
    Section,
    count_of,
    departments,
    needing_me,
    sections,
    standing,
)
from ui.services import Services
from ui.theme import scaled
from ui.tokens import GAP_S, GAP_XS, ICON_S, ROW_HEIGHT_IN_EM, SCALE_SMALL, Tone, colours
from ui.widgets.pill import draw_pill, pill_size

PLACE: Final = int(Qt.ItemDataRole.UserRole) + 1
COUNT: Final = PLACE + 1
SECTION: Final = PLACE + 2

Index = QModelIndex | QPersistentModelIndex


NO_COUNTS: Final = Counts(Count(), Count(), Count(), Count(), {}, {}, {})
"""Before anything is counted."""


class Navigation(QTreeView):
    """The tree of places."""

    chosen = Signal(object)
    """A `Place` to show."""
    entered = Signal()
    """Return: on to the list."""
    menu_asked = Signal(object, QPoint)
    """(Place, where on the screen)."""
    known_changed = Signal()
    """There are other places, or they are called otherwise."""
    dropped = Signal(object, object)
    """(Place, list of case ids): cases were dragged there."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._sections: list[Section] = []
        self._counts: Counts | None = None
        self._view_counts: dict[str, Count] = {}
        self._known: Known | None = None
        self._key = str(services.settings["place"]) or "mine"
        self._laying_out = False
        self._only_departments = False
        self._waiting = 0
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PlaceDelegate(self))
        self.setProperty("pane", "navigation")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(False)
        self.setExpandsOnDoubleClick(False)
        self.setMinimumWidth(150)
        self.setAccessibleName(self.tr("Navigation"))
        self.clicked.connect(self._clicked)
        self.expanded.connect(lambda index: self._folded(index, False))
        self.collapsed.connect(lambda index: self._folded(index, True))
        self._lay_out([standing(services.desk.me)])

    # -- what is known ------------------------------------------------------------------------------------------------
    def show_known(self, known: Known) -> None:
        """Queues, departments and colleagues as they are now."""
        self._known = known
        self._lay_out(self._known_sections())
        self.known_changed.emit()

    def show_departments(self, only: bool) -> None:
        """Only my departments and those I cover for, or everything again."""
        if only != self._only_departments:
            self._only_departments = only
            self._lay_out(self._known_sections())

    @property
    def known(self) -> Known | None:
        """What was read last."""
        return self._known

    def show_counts(self, counts: Counts) -> None:
        """The figures as they are now."""
        self._counts = counts
        for item in self._place_items():
            item.setData(self._count(item.data(PLACE)), COUNT)
            self._name(item)

    def show_conflicts(self, waiting: int) -> None:
        """How many changes need a decision; the place is there while there are any, or somebody stands in it."""
        if waiting != self._waiting:
            self._waiting = waiting
            self._lay_out(self._known_sections())
            for item in self._place_items():
                if item.data(PLACE).key == CONFLICTS:
                    item.setData(self._count(item.data(PLACE)), COUNT)
                    self._name(item)

    def _known_sections(self) -> list[Section]:
        me = self._services.desk.me
        if self._only_departments:
            return departments(self._known) if self._known is not None else []
        return sections(me, self._known) if self._known is not None else [standing(me)]

    def is_counting(self, place: Place) -> bool:
        """Whether the figures of this place are on their way; some places have none."""
        if place.key.startswith(VIEW):
            return place.key not in self._view_counts
        return self._counts is None and count_of(place, NO_COUNTS) is not None

    def _count(self, place: Place) -> Count | None:
        if place.key == CONFLICTS:
            return Count(self._waiting)
        if place.key in self._view_counts:
            return self._view_counts[place.key]
        return None if self._counts is None else count_of(place, self._counts)

    def show_count(self, key: str, count: Count) -> None:
        """The figures of a saved view."""
        self._view_counts[key] = count
        for item in self._place_items():
            if item.data(PLACE).key == key:
                item.setData(count, COUNT)
                self._name(item)

    def place(self) -> Place | None:
        """Where we stand."""
        found: Place | None = self.currentIndex().data(PLACE)
        return found

    def places(self) -> list[Place]:
        """Every place, in order."""
        return [item.data(PLACE) for item in self._place_items()]

    def go(self, key: str) -> bool:
        """Stand at a place; False when there is none of that key."""
        if key == CONFLICTS and self._key != CONFLICTS:
            self._key = key
            self._lay_out(self._known_sections())
        for item in self._place_items():
            if item.data(PLACE).key == key:
                self._key = key
                parent = item.parent()
                if parent is not None:
                    self.expand(parent.index())
                self.setCurrentIndex(item.index())
                return True
        return False

    def stand_nowhere(self) -> None:
        """What is shown now is no place."""
        self._key = NOWHERE
        self.setCurrentIndex(QModelIndex())

    def _lay_out(self, wanted: Sequence[Section]) -> None:
        if self._waiting or self._key == CONFLICTS:
            wanted = [needing_me(), *wanted]
        if list(wanted) == self._sections:
            return
        self._sections = list(wanted)
        stood = self.place()
        folded = set(self._services.settings["folded"])
        self._laying_out = True
        self._model.clear()
        for section in wanted:
            holder: Any = self._model
            head = None
            if section.title:
                head = QStandardItem(section.title)
                head.setData(section.key, SECTION)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._model.appendRow(head)
                holder = head
            for place in section.places:
                item = QStandardItem(place.title)
                item.setData(place, PLACE)
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                item.setFlags(flags | Qt.ItemFlag.ItemIsDropEnabled if place.target else flags)
                item.setData(self._count(place), COUNT)
                self._name(item)
                holder.appendRow(item)
            if head is not None:
                shut = section.folded != (section.key in folded)
                self.setExpanded(head.index(), not shut)
        found = self._key != NOWHERE and self.go(self._key)
        self._laying_out = False
        if found:
            # A colleague's new queue, a view, a change that needs me: the list one works in is the same and stays as it
            # is, with the cursor where it was.
            here = self.place()
            if here is not None and (stood is None or replace(stood, note=here.note, icon=here.icon) != here):
                self.chosen.emit(here)
        elif self._key != NOWHERE:
            # The queue is not known yet (first moment after start) or gone; the wish is kept for the next lay-out.
            wish = self._key
            self.go("mine")
            self._key = wish

    def _place_items(self) -> Iterable[QStandardItem]:
        for number in range(self._model.rowCount()):
            item = self._model.item(number)
            if item.data(PLACE) is not None:
                yield item
            for child in range(item.rowCount()):
                yield item.child(child)

    def _name(self, item: QStandardItem) -> None:
        """What a screen reader says."""
        place: Place = item.data(PLACE)
        count: Count | None = item.data(COUNT)
        parts = [place.title, place.note]
        if count is not None:
            parts.append(self.tr("%n open", "", count.open))
            if count.overdue:
                parts.append(self.tr("%n overdue", "", count.overdue))
        item.setData(", ".join(filter(None, parts)), Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip("")

    # -- doing --------------------------------------------------------------------------------------------------------
    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        place = current.data(PLACE) if current.isValid() else None
        if place is not None and not self._laying_out:
            self._key = place.key
            if place.key != CONFLICTS and not self._only_departments:
                self._services.settings["place"] = place.key
            self.chosen.emit(place)

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(SECTION) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def _folded(self, index: QModelIndex, shut: bool) -> None:
        key = index.data(SECTION)
        if key is None or self._laying_out:
            return
        section = next(s for s in self._sections if s.key == key)
        kept = set(self._services.settings["folded"])
        (kept.add if shut != section.folded else kept.discard)(key)
        self._services.settings["folded"] = sorted(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right) and self.place() is not None:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Navigation"))
            self._lay_out(self._known_sections())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            index, at = self.indexAt(event.pos()), event.globalPos()
        place = index.data(PLACE)
        if place is not None:
            self.menu_asked.emit(place, at)

    # -- dropping cases -----------------------------------------------------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CASES_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._target(event) is not None:
            self.setState(QAbstractItemView.State.DraggingState)
            event.acceptProposedAction()
        else:
            event.ignore()
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        place = self._target(event)
        self.setState(QAbstractItemView.State.NoState)
        if place is not None:
            data = bytes(event.mimeData().data(CASES_MIME).data())
            event.acceptProposedAction()
            self.dropped.emit(place, [data[start : start + 16] for start in range(0, len(data), 16)])

    def _target(self, event: QDropEvent) -> Place | None:
        if not event.mimeData().hasFormat(CASES_MIME):
            return None
        place: Place | None = self.indexAt(event.position().toPoint()).data(PLACE)
        return place if place is not None and place.target else None


class _PlaceDelegate(QStyledItemDelegate):
    """Icon, name, note, how many are overdue (shape and number), how many are open."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = round(QFontMetrics(option.font).height() * ROW_HEIGHT_IN_EM / 1.3)
        place: Place | None = index.data(PLACE)
        if place is None:
            return QSize(20, height + GAP_XS)
        return QSize(20, height + QFontMetrics(scaled(option.font, SCALE_SMALL)).height() if place.note else height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        set_ = colours(option.palette)
        area = QRect(option.rect)
        place: Place | None = index.data(PLACE)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        small = scaled(option.font, SCALE_SMALL)
        painter.save()
        if place is None:
            self._paint_heading(painter, option, index, area)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        body = area.adjusted(GAP_XS, 1, -GAP_XS, -1)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(set_.color("selection" if selected else "hover"))
            painter.drawRoundedRect(body, 4, 4)
            if selected and option.state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(set_.color("focus"))
                painter.drawRoundedRect(QRect(body.x(), body.y() + 4, 3, body.height() - 8), 1.5, 1.5)
        room = body.adjusted(GAP_S, 0, -GAP_S, 0)
        if place.note:  # on a line of its own: until when one stands in is never cut off by a figure
            left = ICON_S + GAP_S
            below = QRect(room.x() + left, body.center().y(), room.width() - left, body.height() // 2)
            painter.setFont(small)
            painter.setPen(set_.color("stand_in"))
            note = QFontMetrics(small).elidedText(place.note, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), note)
            room.setBottom(body.center().y() + GAP_XS)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        colour = set_.color("stand_in" if place.icon == "stand-in" else "selection_text" if selected else "muted")
        picture = tinted(place.icon, colour, QSize(ICON_S, ICON_S), scale)
        painter.drawPixmap(room.x(), room.center().y() - ICON_S // 2 + 1, picture)
        room.setLeft(room.x() + ICON_S + GAP_S)
        count: Count | None = index.data(COUNT)
        counting = count is None and isinstance(option.widget, Navigation) and option.widget.is_counting(place)
        if counting or (count is not None and count.open):
            painter.setFont(small)
            painter.setPen(set_.color("selection_text" if selected else "muted"))
            figure = "…" if count is None else text.number(count.open)
            painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignRight), figure)
            room.setRight(room.right() - QFontMetrics(small).horizontalAdvance(figure) - GAP_S)
        if count is not None and count.overdue:
            words = text.number(count.overdue)
            width = pill_size(option.font, words, "breach", bare=True).width()
            pill = QRect(room.right() - width, room.y(), width, room.height())
            draw_pill(painter, pill, option.font, option.palette, words, Tone.DANGER, "breach", bare=True)
            room.setRight(pill.left() - GAP_XS)
        font = QFont(option.font)
        if selected:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(set_.color("selection_text" if selected else "text"))
        metrics = QFontMetrics(font)
        title = metrics.elidedText(place.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignLeft), title)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        set_ = colours(option.palette)
        font = scaled(option.font, SCALE_SMALL, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(set_.color("stand_in" if index.data(SECTION) == COVERING else "muted"))
        room = area.adjusted(GAP_S + GAP_XS, GAP_XS, -GAP_S - GAP_XS, 0)
        view = option.widget
        is_open = isinstance(view, QTreeView) and view.isExpanded(index.sibling(index.row(), 0))
        arrow = tinted("chevron-down" if is_open else "chevron-right", set_.color("muted"), QSize(12, 12), 1.0)
        painter.drawPixmap(room.right() - 12, room.center().y() - 6, arrow)
        room.setRight(room.right() - 16)
        words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
