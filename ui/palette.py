"""The command palette (Ctrl+K) and the shortcut sheet (F1): both read the action table.

The palette offers what can be done now, and whatever else the window adds (queues, departments, cases by
number) as entries of the same kind. Type a few letters, choose with the arrow keys, Return does it. The
focus never leaves the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.action_set import ActionSet
from ui.actions import MENU_TITLES, WHERE_TITLES, Action, Where, plain, translated
from ui.fuzzy import score
from ui.icons import tinted
from ui.keymap import Keymap
from ui.theme import scaled
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, ICON_S, ROW_HEIGHT_IN_EM, SCALE_SMALL, colours
from ui.widgets.blocks import KeyCaps, SectionHeader
from ui.widgets.fields import SearchField
from ui.widgets.labels import PlainLabel

WIDTH_IN_CHARACTERS = 78
ROWS_SHOWN = 12
SHEET_HEIGHT = 660
"""Fits a screen of 1280x720 with its task bar."""
_ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. `beside` says where it belongs (a menu, "Queue"), `keys` is ready to show."""

    text: str
    run: Callable[[], object]
    beside: str = ""
    icon: str = ""
    keys: str = ""


def action_entries(actions: ActionSet) -> list[Entry]:
    """The actions that can be done now."""
    return [
        Entry(
            text=plain(translated(row.text)),
            run=actions[row.id].trigger,
            beside=_place(row),
            icon=row.icon,
            keys=actions.keymap.shown(row.id),
        )
        for row in actions.for_palette()
    ]


def matching(entries: Iterable[Entry], query: str) -> list[Entry]:
    """The entries that answer the query, best first; equals keep their order."""
    scored = [(score(query, f"{entry.text} {entry.beside}"), entry) for entry in entries]
    found = [(points, entry) for points, entry in scored if points is not None]
    if query.strip():
        found.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in found]


class CommandPalette(QDialog):
    """Opens over its window, does one thing, is gone.

    `more` may give further entries for a query (cases by number, queues); it is asked at every key and must
    answer from memory.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        parent: QWidget | None = None,
        more: Callable[[str], Sequence[Entry]] | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._entries = list(entries)
        self._more = more
        self.setModal(True)
        self.setWindowTitle(self.tr("Command palette"))
        self.setAccessibleName(self.tr("Command palette"))
        self._field = SearchField(self.tr("What do you want to do?"))
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.clicked.connect(lambda _index: self._run())
        self._nothing = PlainLabel(self.tr("Nothing is called that. Try fewer letters."), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        column.setSpacing(GAP_S)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing, 1)
        metrics = self.fontMetrics()
        self._list.setMinimumHeight(_row_height(metrics) * ROWS_SHOWN)
        self.setMinimumWidth(metrics.horizontalAdvance("n") * WIDTH_IN_CHARACTERS)
        self._filter("")

    def shown(self) -> list[str]:
        """The texts now listed, in order."""
        return [self._model.index(row, 0).data() for row in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: ROWS_SHOWN,
                Qt.Key.Key_PageUp: -ROWS_SHOWN,
            }.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, query: str) -> None:
        entries = self._entries if self._more is None else [*self._entries, *self._more(query)]
        self._model.clear()
        for entry in matching(entries, query):
            item = QStandardItem(entry.text)
            item.setData(entry, _ENTRY_ROLE)
            item.setData(", ".join(filter(None, (entry.text, entry.beside, entry.keys))), _ACCESSIBLE)
            self._model.appendRow(item)
        found = self._model.rowCount() > 0
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _move(self, step: int) -> None:
        count = self._model.rowCount()
        if not count:
            return
        row = self._list.currentIndex().row() + step
        row = row % count if abs(step) == 1 else max(0, min(count - 1, row))
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _run(self) -> None:
        entry = self._list.currentIndex().data(_ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        # Closed first, so that what runs finds the focus where it was.
        self.accept()
        entry.run()


_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class _EntryDelegate(QStyledItemDelegate):
    """Icon, text, where it belongs in grey, keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, _row_height(QFontMetrics(option.font)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        style = view.style() if view is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        entry = index.data(_ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        set_ = colours(option.palette)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        area = QRect(option.rect).adjusted(GAP_S, 0, -GAP_S, 0)
        painter.save()
        if entry.icon:
            device = painter.device()
            scale = device.devicePixelRatioF() if device is not None else 1.0
            pixmap = tinted(entry.icon, set_.color("muted"), QSize(ICON_S, ICON_S), scale)
            painter.drawPixmap(area.x(), area.center().y() - ICON_S // 2 + 1, pixmap)
        area.setLeft(area.x() + ICON_S + GAP_S)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        small = scaled(option.font, SCALE_SMALL)
        painter.setPen(set_.color("muted"))
        painter.setFont(small)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), entry.keys)
        if entry.keys:
            area.setRight(area.right() - QFontMetrics(small).horizontalAdvance(entry.keys) - GAP_M)
        painter.setFont(option.font)
        painter.setPen(set_.color("selection_text" if selected else "text"))
        text = QFontMetrics(option.font).elidedText(entry.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), text)
        area.setLeft(area.x() + QFontMetrics(option.font).horizontalAdvance(text) + GAP_M)
        painter.setFont(small)
        painter.setPen(set_.color("muted"))
        beside = QFontMetrics(small).elidedText(entry.beside, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), beside)
        painter.restore()


class ShortcutSheet(QDialog):
    """All keys by place and menu, with a line to search them."""

    COLUMNS = 2

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._field = SearchField(self.tr("Find a shortcut"))
        self._field.textChanged.connect(self._fill)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName(self.tr("Keyboard shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(self._field)
        column.addWidget(self._area, 1)
        self._fill("")
        wanted = self._page.sizeHint()
        room = self._area.verticalScrollBar().sizeHint().width() + 2 * GAP_L
        self.resize(wanted.width() + room, min(SHEET_HEIGHT, wanted.height() + room + 2 * GAP_L))
        self._area.setMinimumWidth(wanted.width() + room - 2 * GAP_L)

    def rows(self) -> list[tuple[str, str]]:
        """(words, keys) of what is shown, in order."""
        return list(self._rows)

    def _fill(self, query: str) -> None:
        self._rows: list[tuple[str, str]] = []
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, GAP_S, 0)
        grid.setHorizontalSpacing(GAP_L * 2)
        groups = list(self._groups(query))
        # Two columns of about the same height, each group whole.
        total, used, half = sum(len(rows) + 2 for _, rows in groups), 0, 0
        columns: list[list[tuple[str, list[Action]]]] = [[], []]
        for title, rows in groups:
            half = 0 if used * 2 < total else 1
            columns[half].append((title, rows))
            used += len(rows) + 2
        for number, column in enumerate(columns):
            if column:
                grid.addWidget(self._column(column), 0, number, Qt.AlignmentFlag.AlignTop)
                grid.setColumnStretch(number, 1)
        if not groups:
            nothing = PlainLabel(self.tr("No shortcut is called that."), "muted")
            grid.addWidget(nothing, 0, 0, Qt.AlignmentFlag.AlignCenter)
        grid.setRowStretch(1, 1)
        self._page = page
        self._area.setWidget(page)

    def _groups(self, query: str) -> Iterable[tuple[str, list[Action]]]:
        rows = [
            row
            for row in self._keymap.table
            if self._keymap.keys(row.id) and score(query, plain(translated(row.text))) is not None
        ]
        for menu, title in MENU_TITLES.items():
            if there := [row for row in rows if row.menu is menu]:
                yield plain(translated(title)), there
        for where in Where:
            if there := [row for row in rows if row.menu is None and row.where is where]:
                yield translated(WHERE_TITLES[where]), there

    def _column(self, groups: Sequence[tuple[str, list[Action]]]) -> QWidget:
        column = QWidget()
        grid = QGridLayout(column)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP_XS)
        grid.setColumnStretch(0, 1)
        line = 0
        for title, rows in groups:
            grid.addWidget(SectionHeader(title), line, 0, 1, 2)
            line += 1
            for row in rows:
                words, keys = plain(translated(row.text)), self._keymap.shown(row.id)
                caps = KeyCaps(keys)
                caps.setAccessibleName(f"{words}: {keys}")
                grid.addWidget(PlainLabel(words), line, 0)
                grid.addWidget(caps, line, 1, Qt.AlignmentFlag.AlignRight)
                self._rows.append((words, keys))
                line += 1
        return column


def _place(row: Action) -> str:
    return plain(translated(MENU_TITLES[row.menu] if row.menu else WHERE_TITLES[row.where]))


def _row_height(metrics: QFontMetrics) -> int:
    return round(metrics.ascent() * ROW_HEIGHT_IN_EM * 1.25)
