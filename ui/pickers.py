"""Fields in which one thing out of many is found by typing: an analyst, a queue, a machine, a requester.

A field shows its value; typing asks a function on the read lane, latest only, and what it finds drops down beneath. The
list is a child of the window and never takes the focus, so the keyboard stays in the field: arrows choose, Enter or Tab
takes, Escape gives the old value back. Nothing is ever chosen by leaving the field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.fuzzy import score
from ui.icons import icon, tinted
from ui.lanes import Lanes
from ui.tokens import GAP_S, ICON_S
from ui.widgets.drawn_row import drawn_row
from ui.widgets.labels import plain_tool_tip

if TYPE_CHECKING:
    from app.directory import Kind
    from app.reading import ReadingDesk

SHOWN: Final = 9
_TYPING_PAUSE_MS: Final = 60


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `kind` tells apart what one field offers together ("analyst", "queue")."""

    kind: str
    id: bytes
    text: str
    note: str = ""


Find = Callable[[str], Sequence[Choice]]
"""What fits the text typed ("" for everything worth offering); runs on a lane."""

ICONS: Final = {"analyst": "user", "queue": "queues", "department": "departments", "product": "monitor",
                "place": "factory", "asset": "machine", "requester": "user", "article": "knowledge",
                "case": "case"}  # fmt: skip


# -- finding, on the read lane ----------------------------------------------------------------------------------------
def find_named(desk: ReadingDesk, kinds: Sequence[Kind], typed: str, limit: int = SHOWN) -> list[Choice]:
    """Analysts, queues, departments, products or places by name; all of them, in their order, for an empty text."""
    found = [
        (points, Choice(kind, entry.id, entry.name, entry.note))
        for kind in kinds
        for entry in desk.directory.all(kind)
        if (points := score(typed, entry.name)) is not None
    ]
    if typed.strip():
        found.sort(key=lambda pair: -pair[0])
    return [choice for _, choice in found[: limit if typed.strip() else 200]]


def find_requesters(desk: ReadingDesk, typed: str) -> list[Choice]:
    """Requesters by name, telephone number or e-mail."""
    name = desk.directory.name
    return [
        Choice(
            "requester", r["id"], r["name"] or name("place", r["place_id"]),
            " · ".join(p for p in (name("department", r["department_id"]), r["phone"] or "") if p),
        )
        for r in desk.directory.requester_rows(typed, SHOWN)
    ]  # fmt: skip


def find_assets(desk: ReadingDesk, typed: str) -> list[Choice]:
    """Machines by tag or name."""
    return [
        Choice("asset", r["id"], f"{r['tag']} {r['name']}".strip(), desk.directory.name("place", r["place_id"]))
        for r in desk.directory.asset_rows(typed, SHOWN)
    ]


# -- choosing ---------------------------------------------------------------------------------------------------------
class ChoiceDelegate(QStyledItemDelegate):
    """One line: icon, name, and muted what tells it from others of that name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, round(option.fontMetrics.height() * 1.75))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        with drawn_row(painter, option) as row:
            if choice.kind in ICONS:
                pixmap = tinted(
                    ICONS[choice.kind], row.soft, QSize(ICON_S, ICON_S), painter.device().devicePixelRatio()
                )
                painter.drawPixmap(row.area.left(), row.area.center().y() - ICON_S // 2 + 1, pixmap)
                row.area.setLeft(row.area.left() + ICON_S + GAP_S)
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
            metrics = option.fontMetrics
            painter.setPen(row.ink)
            name = metrics.elidedText(choice.text, Qt.TextElideMode.ElideRight, row.area.width())
            painter.drawText(row.area, flags, name)
            row.area.setLeft(row.area.left() + metrics.horizontalAdvance(name) + GAP_S)
            if choice.note and row.area.width() > 40:
                painter.setPen(row.soft)
                painter.drawText(
                    row.area, flags, metrics.elidedText(choice.note, Qt.TextElideMode.ElideRight, row.area.width())
                )


class ChoiceList(QListWidget):
    """What was found. Used as a drop-down (PickField) or within a page (quick capture)."""

    taken = Signal(object)
    """A `Choice`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(Qt.ItemDataRole.UserRole)))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show these, the first one chosen."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.text} {choice.note}".strip())
            item.setToolTip(plain_tool_tip(f"{choice.text}\n{choice.note}".strip()))
            self.addItem(item)
        if choices:
            self.setCurrentRow(0)

    def choices(self) -> list[Choice]:
        """All that is listed."""
        return [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())]

    def current(self) -> Choice | None:
        """The one chosen."""
        item = self.currentItem()
        choice: Choice | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return choice

    def step(self, by: int) -> None:
        """Choose the next or previous one."""
        if self.count():
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def height_for_rows(self, most: int) -> int:
        """How high it is with what it lists, but at most that many rows."""
        rows = min(self.count(), most)
        return rows * (self.sizeHintForRow(0) if rows else 0) + 2 * self.frameWidth() + 2


class PickField(QLineEdit):
    """A field with a drop-down of what fits."""

    picked = Signal(object)
    """The `Choice` the user took, or None when the field was emptied."""

    def __init__(
        self, lanes: Lanes, find: Find, name: str, *, required: bool = False, parent: QWidget | None = None
    ) -> None:
        """`name`: what it is for, for screen readers and as placeholder. `required`: it can't be emptied."""
        super().__init__(parent)
        self._lanes, self._find, self._required = lanes, find, required
        self._value: Choice | None = None
        self._list: ChoiceList | None = None
        self._typed = False
        self._take_first = False
        self._asking = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._open = QAction(icon("chevrons-up-down", "muted"), "", self)
        self._open.triggered.connect(self.open_list)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._edited)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What it is for."""
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self._open.setText(self.tr("Show the list"))
        self._open.setToolTip(self.tr("Show the list"))

    def value(self) -> Choice | None:
        """What is chosen."""
        return self._value

    @property
    def is_open(self) -> bool:
        """Whether the list is dropped down."""
        return self._list is not None and self._list.isVisible()

    def set_value(self, value: Choice | None) -> None:
        """Show this without telling anybody; not while the user types here."""
        if self._typed and self.hasFocus():
            self._value = value
            return
        self._value = value
        self._show_value()

    def open_list(self) -> None:
        """Show everything worth offering."""
        self.setFocus()
        self.selectAll()
        self._ask("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.is_open and self._list is not None:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.open_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._wants_taking():
            self._take_current()
        elif key == Qt.Key.Key_Escape and (self.is_open or self._typed):
            self._typed = False
            self._show_value()
            self._close()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab goes on to the next field, and takes what is chosen on its way.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and self._typed and self._wants_taking():
                self._take_current()
            elif event.key() == Qt.Key.Key_Escape and (self.is_open or self._typed):
                self.keyPressEvent(event)
                return True
        elif (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.is_open
            and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._typed:
            self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason and not self._take_first:
            self._close()
            if self._typed and not self.text().strip() and not self._required:
                self._take(None)
            else:
                self._typed = False
                self._show_value()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.selectAll()

    def _wants_taking(self) -> bool:
        return self.is_open or self._typed

    def _edited(self) -> None:
        self._typed = True
        self._pause.start()

    def _ask(self, typed: str | None = None) -> None:
        self._pause.stop()
        wanted = self.text() if typed is None else typed
        self._asking += 1
        turn = self._asking
        self._lanes.read.submit(
            self._find, wanted, done=lambda found: self._found(turn, found), owner=self, key=("pick", id(self))
        )

    def _found(self, turn: int, found: Sequence[Choice]) -> None:
        if turn != self._asking:
            return
        if self._take_first:
            self._take(found[0] if found and self.text().strip() else self._value)
            return
        if not self.hasFocus():
            return
        list_ = self._dropped()
        list_.set_choices(found)
        if self._value is not None and self._value in found and not self._typed:
            list_.setCurrentRow(list(found).index(self._value))
        list_.setVisible(bool(found))
        self._place()

    def _take_current(self) -> None:
        if self._pause.isActive() or not self.is_open:
            # Typed faster than it was looked up: take the first that fits as soon as it is known.
            self._take_first = True
            self._ask()
            return
        self._take(self._list.current() if self._list is not None else None)

    def _take(self, choice: Choice | None) -> None:
        self._typed = self._take_first = False
        self._close()
        if choice is None and self._required:
            self._show_value()
            return
        changed = choice != self._value
        self._value = choice
        self._show_value()
        if changed:
            self.picked.emit(choice)

    def _show_value(self) -> None:
        self.setText(self._value.text if self._value is not None else "")
        self.setCursorPosition(0)
        self.setToolTip(plain_tool_tip(self._value.text if self._value is not None else ""))

    def _dropped(self) -> ChoiceList:
        if self._list is None:
            self._list = ChoiceList(self.window())
            self._list.setFrameShape(QFrame.Shape.StyledPanel)
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setStyleSheet(
                "ChoiceList { border: 1px solid palette(dark); border-radius: 6px; background: palette(base); }"
            )
            self._list.taken.connect(self._take)
            self._list.setAccessibleName(self.tr("What fits"))
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _place(self) -> None:
        list_, window = self._dropped(), self.window()
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        height = list_.height_for_rows(SHOWN)
        if below.y() + height > window.height():
            above = self.mapTo(window, QPoint(0, -2)).y()
            if above - height > 0:
                below.setY(above - height)
            else:
                height = max(60, window.height() - below.y() - 4)
        width = max(self.width(), min(360, window.width() - 16))
        left = min(below.x(), window.width() - width - 8)
        list_.setGeometry(left, below.y(), width, height)
        list_.raise_()

    def _close(self) -> None:
        self._pause.stop()
        self._asking += 1
        if self._list is not None:
            self._list.hide()
