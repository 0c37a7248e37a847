"""Articles that may help, beside the words while they are typed: in a case, and in quick capture.

Whoever owns the panel says what is known (`look`); a pause of the keys later it is looked up on the read lane, latest
only, together with whether the desk has seen anything like it (app.knowledge.new_kind). What comes never moves what is
under the cursor: while the pointer or the focus is in the panel, the chosen row and those above it stay.

Everything works by mouse and by keyboard: Return inserts the solution, Space reads the article, S sends it to the
requester, + says that it solved the case, - that it did not help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.knowledge.new_kind import Newness
from app.knowledge.suggestions import Asked, Suggestion, keep_in_place
from app.reading import ReadingDesk
from ui import text
from ui.icons import icon, tinted
from ui.services import Services
from ui.theme import scaled
from ui.tokens import GAP_S, GAP_XS, ICON_S, SCALE_SMALL, Tone
from ui.widgets.drawn_row import drawn_row
from ui.widgets.labels import PlainLabel, plain_tool_tip
from ui.widgets.pill import Pill

translate = QCoreApplication.translate
LOOK_MS: Final = 150
_REASONS_SHOWN: Final = 2
_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Wanted:
    """What is known. With `case_id` of `asked` the case itself is read, and `typed` is what is being written in it."""

    asked: Asked
    typed: str = ""


Found = tuple[tuple[Suggestion, ...], Newness]


def find(desk: ReadingDesk, wanted: Wanted) -> Found:
    """The suggestions and whether it is of a new kind; on a lane."""
    asked = wanted.asked
    if asked.case_id is not None:
        found = desk.suggestions.of_case(asked.case_id, typed=wanted.typed)
        return tuple(found), desk.new_kinds.of_case(asked.case_id)
    if not asked.title.strip():
        return (), Newness()
    return tuple(desk.suggestions.find(asked)), desk.new_kinds.of(asked.title, asked.text)


class SuggestionDelegate(QStyledItemDelegate):
    """Two lines: the title, and muted why it is named."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, row_height(option.fontMetrics.height()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Suggestion = index.data(_ROLE)
        with drawn_row(painter, option, above=2) as row:
            drawing = "knowledge" if one.here is None else "check" if one.here else "x"
            pixmap = tinted(drawing, row.soft, QSize(ICON_S, ICON_S), painter.device().devicePixelRatio())
            painter.drawPixmap(row.area.left(), row.area.top() + 2, pixmap)
            row.area.setLeft(row.area.left() + ICON_S + GAP_S)
            flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
            painter.setPen(row.ink)
            metrics = option.fontMetrics
            painter.drawText(
                row.area, flags, metrics.elidedText(one.title, Qt.TextElideMode.ElideRight, row.area.width())
            )
            painter.setPen(row.soft)
            painter.setFont(scaled(option.font, SCALE_SMALL))
            flags = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
            said = painter.fontMetrics().elidedText(
                index.data(Qt.ItemDataRole.StatusTipRole), Qt.TextElideMode.ElideRight, row.area.width()
            )
            painter.drawText(row.area, flags, said)


def row_height(line: int) -> int:
    """How high a row is where a line of text is so high."""
    return round(line * 2.3)


class SuggestionList(QListWidget):
    """The rows; keys and the menu ask the panel."""

    asked = Signal(str)
    """One of the keys of `SuggestionPanel.deeds`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(SuggestionDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.itemDoubleClicked.connect(lambda _item: self.asked.emit("insert"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return: "insert", Qt.Key.Key_Enter: "insert", Qt.Key.Key_Space: "read",
                Qt.Key.Key_Plus: "solved", Qt.Key.Key_Minus: "no help", Qt.Key.Key_S: "send"}  # fmt: skip
        wanted = keys.get(Qt.Key(event.key()))
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if wanted is not None and not held:
            self.asked.emit(wanted)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)


class SuggestionPanel(QWidget):
    """The panel."""

    insert_wanted = Signal(object)
    send_wanted = Signal(object)
    read_wanted = Signal(object)
    solved_with = Signal(object)
    did_not_help = Signal(object)
    """Each with the `Suggestion` it is about."""
    shown = Signal(int)
    """So many are listed now."""

    def __init__(self, services: Services, parent: QWidget | None = None, *, rows: int = 4) -> None:
        """`rows`: so many are seen at once."""
        super().__init__(parent)
        self._services, self._rows = services, rows
        self._wanted: Wanted | None = None
        self._listed: tuple[Suggestion, ...] = ()
        self.newness = Newness()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ask)
        self._caption = PlainLabel("", "small")
        self.pill = Pill()
        self.pill.hide()
        self.list = SuggestionList()
        self.list.asked.connect(self.do)
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self._caption.setBuddy(self.list)
        self.nothing = PlainLabel("", "muted")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._room = QStackedWidget()
        self._room.addWidget(self.nothing)
        self._room.addWidget(self.list)
        self.buttons = {name: QToolButton() for name in ("solved", "no help", "insert", "send", "read")}
        # Without its words where there is no room: the panel must not keep a case from becoming narrow.
        self._deeds = QWidget()
        fixed = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        fixed.setRetainSizeWhenHidden(True)  # what comes and goes moves nothing
        self._deeds.setSizePolicy(fixed)
        row = QHBoxLayout(self._deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_XS)
        for name, drawing in (("solved", "check"), ("no help", "x"), ("insert", "note"), ("send", "reply"),
                              ("read", "book")):  # fmt: skip
            button = self.buttons[name]
            button.setIcon(icon(drawing))
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.do(name))
            row.addWidget(button)
        row.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self.pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        column.addLayout(head)
        column.addWidget(self._room)
        column.addWidget(self._deeds)
        self._measure()
        self._retranslate()
        self._show_rows(())

    # -- what is known ------------------------------------------------------------------------------------------------
    def look(self, wanted: Wanted | None, *, at_once: bool = False) -> None:
        """This is known now; looked up a moment later, or at once where who asks has waited for a pause of the keys
        already. None: nothing is, and nothing is listed any more."""
        known = self._wanted
        if wanted == known:
            return
        other = known is None or wanted is None or known.asked.case_id != wanted.asked.case_id
        self._wanted = wanted
        self._tell()
        if other:
            self._show_rows(())
            self._show_newness(Newness())
        if wanted is None:
            self._timer.stop()
        elif at_once or (other and wanted.asked.case_id is not None):
            self._ask()
        else:
            self._timer.start()

    def _tell(self) -> None:
        """That nothing fits is said of words, not of an empty form."""
        asked = self._wanted is not None and bool(self._wanted.asked.case_id or self._wanted.asked.title.strip())
        self._caption.setText(self.tr("Articles that may help") if asked else "")
        self.nothing.setText(self.tr("No article fits these words.") if asked else "")

    def look_again(self) -> None:
        """Something may be different: an article, or what was said of one."""
        if self._wanted is not None and not self._timer.isActive():
            self._timer.start()

    def _ask(self) -> None:
        lanes = self._services.lanes
        if self._wanted is not None and not lanes.closed:
            wanted = self._wanted
            # It compares with hundreds of texts: the next case must not wait for it.
            lanes.beside.submit(
                find, self._services.desk, wanted, done=lambda found: self._show(wanted, found), owner=self,
                key=("suggestions", id(self)),
            )  # fmt: skip

    def _show(self, wanted: Wanted, found: Found) -> None:
        if self._wanted is None or wanted.asked.case_id != self._wanted.asked.case_id:
            return
        self._show_rows(keep_in_place(self._listed, found[0], self._held()))
        self._show_newness(found[1])

    def _held(self) -> int | None:
        """The last row that must not move: the chosen one while somebody is in the panel, or the one pointed at."""
        rows = [-1]
        focus = self.window().focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        if inside or self.underMouse():
            rows.append(self.list.currentRow())
        if self.list.underMouse():
            at = self.list.viewport().mapFromGlobal(self.cursor().pos())
            rows.append(self.list.indexAt(at).row())
        return max(rows) if max(rows) >= 0 else None

    def _show_rows(self, rows: Sequence[Suggestion]) -> None:
        self._deeds.setVisible(bool(rows))
        if tuple(rows) == self._listed and self.list.count() == len(rows):
            return
        chosen = self.current()
        self._listed = tuple(rows)
        self.list.blockSignals(True)
        for place, one in enumerate(rows):
            item = self.list.item(place)
            if item is None:
                item = QListWidgetItem()
                self.list.addItem(item)
            why = reasons(one)
            item.setData(_ROLE, one)
            item.setData(Qt.ItemDataRole.StatusTipRole, why)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {why}")
            item.setToolTip(plain_tool_tip(f"{one.title}\n{why}\n{one.snippet}"))
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        again = next((n for n, one in enumerate(rows) if chosen and one.article_id == chosen.article_id), -1)
        self.list.setCurrentRow(again if again >= 0 else 0 if rows else -1)
        self.list.blockSignals(False)
        self._room.setCurrentWidget(self.list if rows else self.nothing)
        self.list.viewport().update()
        self._look()
        self.shown.emit(len(rows))

    def _show_newness(self, newness: Newness) -> None:
        self.newness = newness
        self.pill.setVisible(bool(newness.new))
        if newness.new:
            self.pill.show_as(self.tr("New kind"), Tone.ACCENT, "star")
            near = newness.nearest
            said = self.tr("No article and no solved case is like this one.")
            if near.kind:
                closest = self.tr("The closest has {share} of its words: {label}")
                said += "\n" + closest.format(share=f"{near.likeness:.0%}", label=near.label)
            self.pill.setToolTip(plain_tool_tip(said))
            self.pill.setAccessibleDescription(said)

    # -- doing --------------------------------------------------------------------------------------------------------
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is listed."""
        return self._listed

    def current(self) -> Suggestion | None:
        """The one chosen."""
        item = self.list.currentItem()
        one: Suggestion | None = None if item is None else item.data(_ROLE)
        return one

    def do(self, name: str) -> None:
        """One of the five things, with the one chosen."""
        one = self.current()
        if one is None or not self.buttons[name].isEnabled():
            return
        signals = {"insert": self.insert_wanted, "send": self.send_wanted, "read": self.read_wanted,
                   "solved": self.solved_with, "no help": self.did_not_help}  # fmt: skip
        signals[name].emit(one)

    def take_focus(self) -> None:
        """To the first suggestion."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _look(self) -> None:
        one = self.current()
        said = {True: "solved", False: "no help"}.get(one.here) if one is not None and one.here is not None else ""
        for name, button in self.buttons.items():
            button.setEnabled(one is not None and name != said)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current() is None:
            return
        menu = QMenu(self)
        for name, button in self.buttons.items():
            act = menu.addAction(button.icon(), self._words[name])
            act.setEnabled(button.isEnabled())
            act.triggered.connect(lambda _checked=False, name=name: self.do(name))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # -- parts --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            rows, self._listed = self._listed, ()
            self._show_rows(rows)
            self._show_newness(self.newness)
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        # As high with one row as with all: what stands beneath it stays where it is. In a short window one row must do.
        row = row_height(self.list.fontMetrics().height())
        self._room.setMinimumHeight(row + 2)
        self._room.setMaximumHeight(self._rows * row + 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        for button in self.buttons.values():
            button.setToolButtonStyle(style.ToolButtonIconOnly)
        self._deeds.setFixedHeight(self.buttons["solved"].sizeHint().height())
        for name in ("solved", "no help"):
            self.buttons[name].setToolButtonStyle(style.ToolButtonTextBesideIcon)
        room = self.width() - GAP_S
        wanted = [button.sizeHint().width() + GAP_XS for button in self.buttons.values()]
        if sum(wanted) > room:
            for name in ("solved", "no help"):
                self.buttons[name].setToolButtonStyle(style.ToolButtonIconOnly)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Articles that may help"))
        self.setAccessibleName(self.tr("Articles that may help"))
        self._tell()
        self._words = {
            "solved": self.tr("Solved with this"), "no help": self.tr("Did not help"),
            "insert": self.tr("Insert the solution"), "send": self.tr("Send it to the requester"),
            "read": self.tr("Read the article"),
        }  # fmt: skip
        keys = {"solved": "+", "no help": "-", "insert": self.tr("Return"), "send": "S", "read": self.tr("Space")}
        for name, button in self.buttons.items():
            button.setText(self._words[name])
            button.setAccessibleName(self._words[name])
            button.setToolTip(f"{self._words[name]} ({keys[name]})")
        self._fit()


def reasons(one: Suggestion) -> str:
    """Why it is named, the weightiest first: "same words, helped in 4 of 5 cases like this"."""
    if one.here is not None:
        helped, not_helped = translate("suggestions", "Solved this case"), translate("suggestions", "Did not help here")
        return helped if one.here else not_helped
    said = {
        "words": translate("suggestions", "same words"), "product": translate("suggestions", "same product"),
        "machine": translate("suggestions", "helped on this machine"),
        "helped": text.helped_alike(one.helped, one.tried),
    }  # fmt: skip
    return ", ".join(said[name] for name in one.why[:_REASONS_SHOWN])
