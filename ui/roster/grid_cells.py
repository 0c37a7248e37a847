"""How a cell of the roster's grid is painted: a box for each turn with its times, its duty, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.work.roster import Turn
from ui.icons import tinted
from ui.roster import words
from ui.roster.grid_model import Index
from ui.tokens import GAP_XS, RADIUS_S, Tone, colours

if TYPE_CHECKING:
    from ui.roster.grid import RosterGrid


GAP: Final = 3
SPARE: Final = 8
"""Height of a cell that no turn takes: something to double-click and to drop on."""


class CellDelegate(QStyledItemDelegate):
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
