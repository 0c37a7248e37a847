"""Products by analysts as a table: what each brings to each product, and what one person alone knows.

A cell shows the level of the skill as dots and the number of cases solved in the last year. The first column says in a
word and a drawing how many know a product; where it is one person alone, that cell has a thick frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.insight.radar import Knowing, Product
from ui import text
from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_S, ICON_S, ROW_HEIGHT_IN_EM, SCALE_SMALL, Tone, colours
from ui.widgets.labels import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex
FIXED: Final = 1
"""Columns before those of the analysts."""


class MatrixModel(QAbstractTableModel):
    """Rows are products, columns analysts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.products: Sequence[Product] = ()
        self.people: Sequence[bytes] = ()
        self.names: dict[bytes, str] = {}

    def show_matrix(self, products: Sequence[Product], people: Sequence[bytes], names: dict[bytes, str]) -> None:
        """Show these."""
        self.beginResetModel()
        self.products, self.people, self.names = products, people, names
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.products)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else FIXED + len(self.people)

    def name(self, row_id: bytes) -> str:
        """Of a product or an analyst."""
        return self.names.get(row_id, "?")

    def who(self, column: int) -> bytes | None:
        """The analyst of a column."""
        return self.people[column - FIXED] if FIXED <= column < FIXED + len(self.people) else None

    def cell(self, row: int, column: int) -> Knowing:
        """What somebody brings to a product."""
        return self.products[row].cells.get(self.people[column - FIXED], Knowing())

    def known_by(self, product: Product) -> str:
        """How many know it, in words."""
        knowers = product.knowers
        if not knowers:
            return self.tr("nobody")
        if len(knowers) == 1:
            return self.tr("one only: {name}").format(name=self.name(knowers[0]))
        return self.tr("{count} people").format(count=len(knowers))

    def in_words(self, row: int, column: int) -> str:
        """A cell in a sentence."""
        product = self.products[row]
        if column < FIXED:
            solved = self.tr("{count} solved in the last year").format(count=text.number(product.solved))
            return f"{self.name(product.id)}: {self.known_by(product)}; {solved}"
        who, cell = self.people[column - FIXED], self.cell(row, column)
        parts = []
        if cell.level:
            parts.append(self.tr("skill level {level}").format(level=cell.level))
        if cell.solved:
            parts.append(self.tr("{count} solved in the last year").format(count=text.number(cell.solved)))
        if product.knowers == (who,):
            parts.append(self.tr("nobody else knows it"))
        said = ", ".join(parts) or self.tr("nothing known")
        return f"{self.name(product.id)}, {self.name(who)}: {said}"

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() < FIXED:
                return self.known_by(self.products[index.row()])
            cell = self.cell(index.row(), index.column())
            return " ".join(part for part in ("●" * cell.level, str(cell.solved) if cell.solved else "") if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.in_words(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self.in_words(index.row(), index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            said = self.name(self.products[section].id)
        else:
            who = self.who(section)
            said = self.tr("Known by") if who is None else self.name(who)
        return plain_tool_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said


class MatrixView(QTableView):
    """`opened`: (product, analyst or None) whose cases are wanted."""

    opened = Signal(bytes, object)
    moved = Signal()
    """Another cell is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(self)
        self.setModel(self.matrix)
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(_SlantedHeader(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setHighlightSections(True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def show_matrix(self, products: Sequence[Product], people: Sequence[bytes], names: dict[bytes, str]) -> None:
        """Show these; the cursor stays with its product and analyst."""
        index, matrix = self.currentIndex(), self.matrix
        product = matrix.products[index.row()].id if index.isValid() else None
        who = matrix.who(index.column()) if index.isValid() else None
        matrix.show_matrix(products, people, names)
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * ROW_HEIGHT_IN_EM / 1.3))
        widest = max((metrics.horizontalAdvance(names.get(one.id, "")) for one in products), default=80)
        self.verticalHeader().setFixedWidth(min(widest, metrics.averageCharWidth() * 30) + 24)
        self.horizontalHeader().setDefaultSectionSize(self.cell_width())
        said = max((metrics.horizontalAdvance(matrix.known_by(one)) for one in products), default=80)
        self.setColumnWidth(0, min(said, metrics.averageCharWidth() * 30) + ICON_S + 3 * GAP_S)
        row = next((n for n, one in enumerate(products) if one.id == product), 0)
        column = FIXED + list(people).index(who) if who is not None and who in people else 0
        if products:
            self.setCurrentIndex(matrix.index(row, column))
        self.moved.emit()

    def cell_width(self) -> int:
        """Three dots and three figures."""
        metrics = QFontMetrics(scaled(self.font(), SCALE_SMALL))
        return round(metrics.height() * 0.62) * 3 + metrics.horizontalAdvance("000") + 12

    def current(self) -> tuple[Product, bytes | None] | None:
        """The product one stands on, and the analyst if it is a cell of one."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.matrix.products[index.row()], self.matrix.who(index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        here = self.current()
        if here is not None:
            self.opened.emit(here[0].id, here[1])


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        matrix, set_ = self._view.matrix, colours(option.palette)
        product = matrix.products[index.row()]
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, set_.color("selection"))
        ink = set_.color("selection_text" if chosen else "text")
        if index.column() < FIXED:
            self._known_by(painter, area.adjusted(GAP_S, 0, -GAP_S, 0), product, option, ink)
        else:
            cell = matrix.cell(index.row(), index.column())
            alone = product.knowers == (matrix.who(index.column()),)
            self._cell(painter, area, cell, alone, ink)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(set_.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _known_by(
        self, painter: QPainter, area: QRect, product: Product, option: QStyleOptionViewItem, ink: QColor
    ) -> None:
        set_, count = colours(option.palette), len(product.knowers)
        tone, drawing = {0: (Tone.DANGER, "error"), 1: (Tone.WARNING, "warning")}.get(count, (Tone.NEUTRAL, ""))
        if drawing:
            device = painter.device()
            scale = device.devicePixelRatioF() if device is not None else 1.0
            at = area.center().y() - ICON_S // 2 + 1
            painter.drawPixmap(area.left(), at, tinted(drawing, set_.color(tone), QSize(ICON_S, ICON_S), scale))
            area = area.adjusted(ICON_S + 6, 0, 0, 0)
        painter.setPen(ink)
        words = option.fontMetrics.elidedText(
            self._view.matrix.known_by(product), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _cell(self, painter: QPainter, area: QRect, cell: Knowing, alone: bool, ink: QColor) -> None:
        set_ = colours(self._view.palette())
        if alone:
            tone = set_.tone(Tone.WARNING)
            painter.setPen(QPen(QColor(tone.text), 2))
            painter.setBrush(QColor(tone.fill))
            painter.drawRect(QRectF(area).adjusted(1.5, 1.5, -2.5, -2.5))
            ink = QColor(tone.text)
        font = scaled(self._view.font(), SCALE_SMALL)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        step = round(metrics.height() * 0.62)
        side = step - 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for number in range(cell.level):
            painter.drawEllipse(QRectF(area.left() + 4 + number * step, area.center().y() - side / 2 + 0.5, side, side))
        if cell.solved:
            painter.setPen(ink if cell.enough else set_.color("muted"))
            painter.drawText(
                area.adjusted(0, 0, -5, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
                str(cell.solved),
            )  # fmt: skip


class _SlantedHeader(QHeaderView):
    """Names of analysts upright, so that a column is no wider than its figures."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        names = [metrics.horizontalAdvance(self._view.matrix.name(who)) for who in self._view.matrix.people]
        return QSize(super().sizeHint().width(), min(max(names, default=40), metrics.averageCharWidth() * 20) + 16)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        set_ = colours(self.palette())
        painter.save()
        painter.fillRect(rect, set_.color("window"))
        painter.setPen(set_.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        here = self._view.currentIndex().column() == section
        painter.setPen(set_.color("text" if here else "muted"))
        said = str(self._view.matrix.headerData(section, Qt.Orientation.Horizontal))
        metrics = self.fontMetrics()
        if section < FIXED:
            room = rect.adjusted(GAP_S, 0, -GAP_S, -6)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), said)
        else:
            painter.translate(rect.left() + rect.width() / 2 + metrics.ascent() / 2 - 1, rect.bottom() - 7)
            painter.rotate(-90)
            painter.drawText(0, 0, metrics.elidedText(said, Qt.TextElideMode.ElideRight, rect.height() - 14))
        painter.restore()
