"""What stands beside the articles of the knowledge page: cases found by the same words, the way of a solution into a
case, what is missing, and the marks of what was searched for.

One object for one page. Cases are looked up on the read lane, latest only, and shown under the articles; they are
hidden where there are none, at the foot, so that nothing that is pointed at moves.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.reading import ReadingDesk
from app.work.search import Hit, marked
from ui.icons import icon
from ui.knowledge.misses import MissWatch
from ui.link_sheets import find_cases
from ui.pickers import Choice, PickField
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone, colours
from ui.widgets.drawn_row import drawn_row
from ui.widgets.labels import PlainLabel, plain_tool_tip

if TYPE_CHECKING:
    from ui.knowledge.missing import MissingPane
    from ui.knowledge.page import KnowledgePage

CASES: Final = 12
ROWS: Final = 5
_MINE: Final = 9
_HIT: Final = int(Qt.ItemDataRole.UserRole)


def find_my_cases(desk: ReadingDesk, typed: str) -> list[Choice]:
    """Cases by number or words; for an empty text those I work on, the latest first."""
    if typed.strip():
        return find_cases(desk, b"", typed)
    rids = desk.context.reader.ids(
        'SELECT rid FROM "case" WHERE work_owner_id = ? AND ended_at IS NULL ORDER BY updated_at DESC LIMIT ?',
        (desk.me, _MINE),
    )
    return [Choice("case", line.id, f"{line.label}  {line.title}") for line in desk.lists.lines(rids)]


def draw_marked(
    painter: QPainter, area: QRect, text: str, marks: frozenset[str], palette: QPalette, ink: QColor
) -> int:
    """One line of text with its hits marked, cut off where there is no room; returns its width."""
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    tone = colours(palette).tone(Tone.WARNING)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
    left, at = area.left(), 0
    for begin, end in [*marked(text, marks), (len(text), len(text))]:
        for piece, hit in ((text[at:begin], False), (text[begin:end], True)):
            if piece:
                width = metrics.horizontalAdvance(piece)
                box = QRect(left, area.top(), width, area.height())
                if hit:
                    painter.fillRect(box.adjusted(0, 3, 0, -3), QColor(tone.fill))
                painter.setPen(QColor(tone.text) if hit else ink)
                painter.drawText(box, flags, piece)
                left += width
        at = end
    return left - area.left()


class MarkedTitles(QStyledItemDelegate):
    """The titles of a table with what was searched for marked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.marks: frozenset[str] = frozenset()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not (self.marks and marked(words, self.marks)):
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style() if plain.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        set_ = colours(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        area = QRect(option.rect).adjusted(GAP_S, 0, -GAP_S, 0)
        draw_marked(painter, area, words, self.marks, option.palette,
                    QColor(set_.selection_text if chosen else set_.text))  # fmt: skip
        painter.restore()


class HitRows(QStyledItemDelegate):
    """A case found: number, title, and muted the place where the words stand."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, round(option.fontMetrics.height() * 1.75))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(_HIT)
        with drawn_row(painter, option) as row:
            number = f"#{hit.number}  " if hit.number is not None else ""
            row.area.setLeft(
                row.area.left()
                + draw_marked(painter, row.area, number + hit.title, hit.marks, option.palette, row.ink)
                + GAP_M
            )
            if row.area.width() > 40:
                draw_marked(painter, row.area, hit.snippet, hit.marks, option.palette, row.soft)


class ToCase(QDialog):
    """Which case shall it go to?"""

    def __init__(self, services: Services, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Solution to a case"))
        said = PlainLabel(title, "strong")
        said.setWordWrap(True)
        self.case = PickField(services.lanes, partial(find_my_cases, services.desk), self.tr("Case: number or words"))
        self.case.picked.connect(self._look)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.go = box.button(QDialogButtonBox.StandardButton.Ok)
        self.go.setText(self.tr("Put it in"))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_M)
        column.setSpacing(GAP_M)
        for part in (said, self.case, box):
            column.addWidget(part)
        self.resize(480, 240)
        self._look()

    def _look(self, choice: object = None) -> None:
        self.go.setEnabled(self.case.value() is not None)
        if choice is not None:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)


class Beside(QObject):
    """Belongs to the page, and adds its parts to it."""

    PLACE: Final = "missing"
    """What stands for it in the page's tree."""

    def __init__(self, services: Services, page: KnowledgePage) -> None:
        super().__init__(page)
        self._services, self._page = services, page
        self._missing: MissingPane | None = None
        self.titles = MarkedTitles(self)
        page.list.setItemDelegateForColumn(0, self.titles)
        self.misses = MissWatch(services, self)
        self.caption = PlainLabel("", "small")
        self.cases = QListWidget()
        self.cases.setItemDelegate(HitRows(self))
        self.cases.setFrameShape(QFrame.Shape.NoFrame)
        self.cases.setUniformItemSizes(True)
        self.cases.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cases.itemActivated.connect(self._open)
        self.caption.setBuddy(self.cases)
        self.to_case = QPushButton(icon("case"), self.tr("Solution to a case…"))
        self.to_case.setAutoDefault(False)
        self.to_case.clicked.connect(self.ask_for_case)
        middle = page.list.parentWidget()
        column = middle.layout() if middle is not None else None
        if column is not None:
            for part in (self.caption, self.cases, self.to_case):
                column.addWidget(part)
        self._show([])
        page.field.searched.connect(self.misses.looked)
        page.list.chosen.connect(lambda: self.to_case.setEnabled(page.list.current_id() is not None))
        self.to_case.setEnabled(False)

    # -- searching ----------------------------------------------------------------------------------------------------
    def look(self, place: object) -> None:
        """Another place of the tree, or other words in the field."""
        self._show_missing(place == self.PLACE)
        words = self._page.field.text().strip()
        if not words or place == self.PLACE:
            self._show([])
            self._mark(frozenset())
            return
        self._services.lanes.read.submit(
            self._services.desk.search.cases, words, limit=CASES, done=self._show, owner=self, key="knowledge cases",
        )  # fmt: skip
        self._services.lanes.read.submit(
            _marks, self._services.desk, words, done=self._mark, owner=self, key="knowledge marks",
        )  # fmt: skip

    def _show(self, hits: list[Hit]) -> None:
        if not self._page.field.text().strip():
            hits = []
        self.cases.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(_HIT, hit)
            item.setToolTip(plain_tool_tip(f"{hit.title}\n{hit.snippet}"))
            self.cases.addItem(item)
        said = self.tr("Cases with these words")
        self.caption.setText(said)
        self.cases.setAccessibleName(said)
        rows = min(len(hits), ROWS)
        self.cases.setFixedHeight(rows * max(self.cases.sizeHintForRow(0), 1) + 4)
        for part in (self.caption, self.cases):
            part.setVisible(bool(hits))

    def _mark(self, marks: frozenset[str]) -> None:
        if not self._page.field.text().strip():
            marks = frozenset()
        self.titles.marks = marks
        self._page.list.viewport().update()

    def _open(self, item: QListWidgetItem) -> None:
        hit: Hit = item.data(_HIT)
        reader_of = self._services.desk.context.reader_of
        self._services.lanes.read.submit(
            lambda: [row[0] for row in reader_of().all('SELECT rid FROM "case" WHERE id = ?', (hit.id,))],
            done=lambda rids: self._page.cases_wanted.emit(hit.title, rids) if rids else None, owner=self,
        )  # fmt: skip

    # -- a solution for a case ----------------------------------------------------------------------------------------
    def ask_for_case(self) -> None:
        """Ask which case the article's solution shall go to."""
        chosen = self._page.list.current_id()
        item = self._page.list.item(self._page.list.currentRow(), 0)
        if chosen is None or item is None:
            return
        dialog = ToCase(self._services, item.text(), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._put_in(dialog, chosen))
        dialog.open()
        dialog.case.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_in(self, dialog: ToCase, article_id: bytes) -> None:
        case = dialog.case.value()
        if case is not None:
            self._page.solution_wanted.emit(case.id, article_id)

    # -- what is missing ----------------------------------------------------------------------------------------------
    @property
    def missing(self) -> MissingPane:
        """The pane, made when it is first asked for."""
        if self._missing is None:
            from ui.knowledge.missing import MissingPane

            self._missing = pane = MissingPane(self._services)
            pane.article_wanted.connect(self._page.open_article)
            pane.write_wanted.connect(self._page.write_new)
            pane.cases_wanted.connect(self._page.cases_wanted)
            pane.hide()
            self._splitter.addWidget(pane)
        return self._missing

    @property
    def _splitter(self) -> QSplitter:
        found = self._page.findChild(QSplitter)
        assert found is not None
        return found

    def _show_missing(self, on: bool) -> None:
        """In the room of list and article."""
        if self._missing is None and not on:
            return
        splitter, pane, tree = self._splitter, self.missing, self._page.tree
        if pane.isVisibleTo(splitter) == on:
            return
        width = tree.width()
        for place in range(splitter.count()):
            widget = splitter.widget(place)
            if widget is not None and widget is not tree:
                widget.setVisible((widget is pane) == on)
        if on:  # the tree keeps its width, the pane has the rest
            rest = [splitter.width() - width if splitter.widget(n) is pane else 0 for n in range(1, splitter.count())]
            splitter.setSizes([width, *rest])


def _marks(desk: ReadingDesk, words: str) -> frozenset[str]:
    """The folded words that hit; on a lane."""
    hits = desk.search.articles(words, limit=1)
    return hits[0].marks if hits else frozenset()
