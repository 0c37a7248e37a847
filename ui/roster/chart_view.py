"""The organisation chart to look around in: boxes and lines of app.reports.orgchart in the colours of the window.

The box one stands on is marked, its lines stay and everything it has nothing to do with steps back. Keyboard: up and
down within a column, left and right along a line; plus and minus bring it nearer and further, 0 shows all of it, 1 its
real size; Return opens the cases. Mouse: a click chooses, a double click opens the cases, dragging moves the sheet, the
wheel with Ctrl brings it nearer.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.reports.orgchart import BOX_HIGH, BOX_WIDE, EDGE, GAP, Box, Chart, Tie
from ui.tokens import RADIUS_S, colours

NEARER: Final = 1.2
MOST: Final = 3.0
LEAST: Final = 0.1
FAINT: Final = 0.22
PIXELS: Final = 12
"""Size of a name; a point of the chart is a pixel of the sheet."""


class ChartView(QGraphicsView):
    """`heads`: what stands over the three columns."""

    chosen = Signal(object)
    """The `Box` one stands on, None for none."""
    opened = Signal(object)
    """A `Box` whose cases are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._heads: tuple[str, ...] = ()
        self._boxes: dict[bytes, _BoxItem] = {}
        self._ties: list[tuple[Tie, QGraphicsPathItem]] = []
        self._here: bytes | None = None
        self._fitted = False
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)

    # -- showing ------------------------------------------------------------------------------------------------------
    def show_chart(self, chart: Chart, heads: tuple[str, ...]) -> None:
        """Show this one; where one stands and how near it is stay."""
        self._chart, self._heads = chart, heads
        self._draw()
        if not self._fitted and self.isVisible():
            self.fit_width()

    def _draw(self) -> None:
        scene, chart = self.scene(), self._chart
        scene.clear()
        self._boxes, self._ties = {}, []
        if chart is None:
            return
        set_ = colours(self.palette())
        self.setBackgroundBrush(set_.color("surface"))
        top = min((box.top for box in chart.boxes), default=0.0) - 40
        scene.setSceneRect(0, top, chart.wide, chart.high - top)
        for place, said in enumerate(self._heads):
            head = scene.addSimpleText(said, _font(self.font(), QFont.Weight.DemiBold))
            head.setBrush(set_.color("muted"))
            head.setPos(EDGE + place * (BOX_WIDE + GAP), top + 10)
        for tie in chart.ties:
            path = QPainterPath(QPointF(*tie.start))
            middle = (tie.start[0] + tie.end[0]) / 2
            path.cubicTo(QPointF(middle, tie.start[1]), QPointF(middle, tie.end[1]), QPointF(*tie.end))
            item = scene.addPath(path)
            item.setZValue(-1)
            self._ties.append((tie, item))
        for box in chart.boxes:
            made = _BoxItem(box, _font(self.font(), QFont.Weight.DemiBold), _font(self.font(), size=10))
            scene.addItem(made)
            self._boxes[box.id] = made
        self._mark()

    def stand_on(self, box_id: bytes | None, look: bool = True) -> None:
        """Go to a box; `look`: bring it into sight."""
        self._here = box_id if box_id in self._boxes else None
        self._mark()
        if self._here is not None and look:
            self.ensureVisible(self._boxes[self._here], 60, 60)
        self.chosen.emit(self.current())

    def current(self) -> Box | None:
        """Where one stands."""
        return self._boxes[self._here].box if self._here is not None and self._here in self._boxes else None

    def found(self, words: str) -> list[bytes]:
        """The boxes whose name has these words, from top to bottom, column by column."""
        wanted = words.casefold().split()
        boxes = sorted(
            (one.box for one in self._boxes.values()), key=lambda box: (box.kind != "analyst", box.left, box.top)
        )
        return [box.id for box in boxes if wanted and all(word in box.title.casefold() for word in wanted)]

    def near(self, box_id: bytes) -> set[bytes]:
        """What a box has to do with; through an analyst also nobody further."""
        ends = {tie.end_id for tie, _item in self._ties if tie.start_id == box_id}
        return {box_id, *ends, *(tie.start_id for tie, _item in self._ties if tie.end_id == box_id)}

    def _mark(self) -> None:
        set_ = colours(self.palette())
        near = self.near(self._here) if self._here is not None else set()
        for box_id, item in self._boxes.items():
            item.here = box_id == self._here
            item.setOpacity(1.0 if not near or box_id in near else FAINT)
            item.update()
        for tie, path in self._ties:
            mine = self._here in (tie.start_id, tie.end_id)
            pen = QPen(set_.color("accent" if mine else "muted"), (1.2 if tie.dotted else 1.8) if mine else 1.0)
            if tie.dotted:
                pen.setDashPattern([1.5, 2.5])
            path.setPen(pen)
            path.setOpacity(1.0 if mine or not near else FAINT)
            path.setZValue(0 if mine else -1)

    # -- how near -----------------------------------------------------------------------------------------------------
    def zoom(self, by: float) -> None:
        """Nearer (> 1) or further."""
        now = self.transform().m11()
        wanted = min(max(now * by, LEAST), MOST)
        self.scale(wanted / now, wanted / now)
        self._fitted = True

    def fit_all(self) -> None:
        """All of it."""
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self._fitted = True

    def real_size(self) -> None:
        """A name as large as any text of the window."""
        self.resetTransform()
        self._fitted = True
        if self._here is not None:
            self.centerOn(self._boxes[self._here])

    def fit_width(self) -> None:
        """As wide as there is room, but no larger than real; from the top."""
        bar = self.verticalScrollBar().sizeHint().width() if not self.verticalScrollBar().isVisible() else 0
        room = (self.viewport().width() - bar - 2) / max(1.0, self.sceneRect().width())
        self.resetTransform()
        self.scale(min(1.0, room), min(1.0, room))
        self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())
        self._fitted = True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(NEARER if event.angleDelta().y() > 0 else 1 / NEARER)
        else:
            super().wheelEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._fitted and self._chart is not None:
            self.fit_width()

    # -- walking ------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(NEARER)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / NEARER)
        elif key == Qt.Key.Key_0:
            self.fit_all()
        elif key == Qt.Key.Key_1:
            self.real_size()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._across(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif key == Qt.Key.Key_Escape and self._here is not None:
            self.stand_on(None)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        here = self.current()
        boxes = [one.box for one in self._boxes.values()]
        if here is None:
            first = next((box for box in boxes if box.kind == "analyst"), None)
            self.stand_on(first.id if first is not None else None)
            return
        column = sorted((box for box in boxes if box.left == here.left), key=lambda box: box.top)
        place = column.index(here) + by
        if 0 <= place < len(column):
            self.stand_on(column[place].id)

    def _across(self, right: bool) -> None:
        """Along a line: a solid one first, and the nearest."""
        here = self.current()
        if here is None:
            self._step(1)
            return
        ties = [
            (tie.dotted, abs(tie.end[1] - tie.start[1]), tie.end_id if right else tie.start_id)
            for tie, _item in self._ties
            if here.id == (tie.start_id if right else tie.end_id)
        ]
        if ties:
            self.stand_on(min(ties)[2])

    def _box_at(self, event: QMouseEvent) -> Box | None:
        item = self.itemAt(event.position().toPoint())
        return item.box if isinstance(item, _BoxItem) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            box = self._box_at(event)
            self.stand_on(box.id if box is not None else None, look=False)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event)
        if box is not None:
            self.opened.emit(box)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()


class _BoxItem(QGraphicsItem):
    """One box."""

    def __init__(self, box: Box, name: QFont, note: QFont) -> None:
        super().__init__()
        self.box, self._name, self._note, self.here = box, name, note, False
        self.setPos(box.left, box.top)
        self.setToolTip("")

    def boundingRect(self) -> QRectF:
        return QRectF(-2, -2, BOX_WIDE + 4, BOX_HIGH + 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if widget is None:
            return
        set_ = colours(widget.palette())
        painter.setPen(QPen(set_.color("focus"), 3) if self.here else QPen(set_.color("control_line"), 1))
        painter.setBrush(QColor(set_.selection if self.here else set_.hover))
        painter.drawRoundedRect(QRectF(0, 0, BOX_WIDE, BOX_HIGH), RADIUS_S, RADIUS_S)
        painter.setPen(set_.color("selection_text" if self.here else "text"))
        painter.setFont(self._name)
        room = BOX_WIDE - 16
        elided = QFontMetricsF(self._name).elidedText(self.box.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(8, 15 if self.box.note else 21), elided)
        if self.box.note:
            painter.setPen(set_.color("selection_text" if self.here else "muted"))
            painter.setFont(self._note)
            painter.drawText(QPointF(8, 28), self.box.note)


def _font(font: QFont, weight: QFont.Weight = QFont.Weight.Normal, size: int = PIXELS) -> QFont:
    made = QFont(font)
    made.setPixelSize(size)
    made.setWeight(weight)
    return made
