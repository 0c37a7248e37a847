"""Real pages on screen: drawn on a lane when they come into sight, scrolled and enlarged, links followed by mouse.

Pages stand one under the other. What is not drawn yet is white paper; a page that is drawn for another size is shown
stretched until its new picture comes. Arrows, Page Up and Down, Home, End and Ctrl with + and - do what they do
everywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ui import text
from ui.services import Services
from ui.tokens import GAP_M, colours
from ui.widgets.labels import plain_tool_tip

if TYPE_CHECKING:
    from app.reports.pages import Pages, Picture
    from app.reports.pdf import Link

KEPT_PICTURES: Final = 10
ZOOMS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Sizes beside "as wide as the room"; 1.0 is paper size on a screen of 96 dots an inch."""
_PAPER: Final = QColor("white")


class PdfView(QAbstractScrollArea):
    """Shows one document at a time."""

    followed = Signal(str)
    """The anchor of a link that was clicked."""
    zoomed = Signal()
    """Another size, or another page on top."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._pages: Pages | None = None
        self._links: Sequence[Link] = ()
        self._says: Mapping[str, str] = {}
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._zoom = 0.0
        self._document = 0
        self._held: list[Pages] = []
        held = self._held
        self.destroyed.connect(lambda _gone: _close_all(held))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._moved())
        self._retranslate()

    # -- the document -------------------------------------------------------------------------------------------------
    def show_document(self, pages: Pages, links: Sequence[Link] = (), says: Mapping[str, str] | None = None) -> None:
        """Show these pages from the top. `says`: what a link is about, by anchor."""
        self.clear()
        self._pages, self._links, self._says = pages, links, says or {}
        self._held[:] = [pages]
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._retranslate()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        if self._pages is not None:
            self._pages.close()
        self._document += 1
        self._pages, self._links, self._says = None, (), {}
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()
        self.viewport().update()

    @property
    def count(self) -> int:
        """Pages."""
        return len(self._pages.sizes) if self._pages is not None else 0

    @property
    def current_page(self) -> int:
        """The page in the middle of what is seen; 0 is the first."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        return next((n for n in range(self.count) if self._box(n).bottom() + GAP_M >= middle), max(0, self.count - 1))

    # -- size and place -----------------------------------------------------------------------------------------------
    def zoom(self, step: int) -> None:
        """One size larger or smaller; 0: as wide as the room."""
        if step == 0:
            self._zoom = 0.0
        else:
            now = self._scale() * 72 / 96
            near = [size for size in ZOOMS if (size > now + 0.01 if step > 0 else size < now - 0.01)]
            self._zoom = (min(near) if step > 0 else max(near)) if near else self._zoom or now
        page, within = self._where()
        self._lay_out()
        box = self._box(page)
        self.verticalScrollBar().setValue(round(box.top() + within * box.height()))
        self._moved()

    def _where(self) -> tuple[int, float]:
        """The page on top and how far down in it."""
        value = self.verticalScrollBar().value()
        for page in range(self.count):
            box = self._box(page)
            if box.bottom() >= value:
                return page, max(0.0, (value - box.top()) / box.height())
        return 0, 0.0

    def _scale(self) -> float:
        """Pixels (of the layout) to the point."""
        if self._zoom:
            return self._zoom * 96 / 72
        widest = max((size[0] for size in self._pages.sizes), default=595.0) if self._pages is not None else 595.0
        return max(0.3, (self.viewport().width() - 2 * GAP_M) / widest)

    def _box(self, page: int) -> QRectF:
        """Where a page lies in the whole document."""
        assert self._pages is not None
        scale, top = self._scale(), float(GAP_M)
        for number, (wide, high) in enumerate(self._pages.sizes):
            if number == page:
                left = max(float(GAP_M), (self.viewport().width() - wide * scale) / 2)
                return QRectF(left, top, wide * scale, high * scale)
            top += high * scale + GAP_M
        return QRectF()

    def _lay_out(self) -> None:
        last = self._box(self.count - 1) if self.count else QRectF()
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, round(last.bottom() + GAP_M - room.height())))
        down.setPageStep(room.height())
        down.setSingleStep(self.fontMetrics().height() * 2)
        across.setRange(0, max(0, round(last.width() + 2 * GAP_M - room.width())))
        across.setPageStep(room.width())

    def _moved(self) -> None:
        self._retranslate()
        self.zoomed.emit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page, within = self._where()
        self._lay_out()
        if self.count:
            box = self._box(page)
            self.verticalScrollBar().setValue(round(box.top() + within * box.height()))

    # -- drawing ------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        set_ = colours(self.palette())
        painter.fillRect(event.rect(), set_.color("window"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        seen = QRectF(self.viewport().rect()).translated(offset)
        scale = self._scale() * self.devicePixelRatioF()
        for page in range(self.count):
            box = self._box(page)
            if not box.intersects(seen):
                continue
            area = box.translated(-offset)
            painter.fillRect(area, _PAPER)
            kept = self._pictures.get(page)
            if kept is not None:
                self._pictures.move_to_end(page)
                painter.drawImage(area, kept[1])
            if kept is None or abs(kept[0] - scale) > 0.01:
                self._ask(page, scale)
            painter.setPen(QPen(set_.color("line")))
            painter.drawRect(area)
        if self.hasFocus():
            painter.setPen(QPen(set_.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _ask(self, page: int, scale: float) -> None:
        if self._pages is None or self._asked.get(page) == scale or self._services.lanes.closed:
            return
        self._asked[page] = scale
        document = self._document

        def drawn(picture: Picture | None) -> None:
            if picture is not None and document == self._document:
                self._keep(page, scale, picture)

        self._services.lanes.read.submit(
            self._pages.picture, page, scale, done=drawn, owner=self, key=("pdf page", id(self), page)
        )

    def _keep(self, page: int, scale: float, picture: Picture) -> None:
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        ).copy()  # of its own: the bytes are Python's
        self._pictures[page] = (scale, image)
        self._asked.pop(page, None)
        while len(self._pictures) > KEPT_PICTURES:
            self._pictures.popitem(last=False)
        self.viewport().update()

    # -- links --------------------------------------------------------------------------------------------------------
    def link_at(self, at: QPointF) -> Link | None:
        """The link under a point of the viewport."""
        place = at + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in range(self.count):
            box = self._box(page)
            if box.contains(place):
                scale = self._scale()
                x, y = (place.x() - box.left()) / scale, (box.bottom() - place.y()) / scale
                for link in self._links:
                    left, low, right, high = link.box
                    if link.page == page and left - 1 <= x <= right + 1 and low - 1 <= y <= high + 1:
                        return link
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.link_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        link = self.link_at(event.position())
        if link is not None and event.button() == Qt.MouseButton.LeftButton:
            self.followed.emit(link.anchor)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            link = self.link_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tool_tip(self._says.get(link.anchor, "")) if link else "", self)
            return True
        return super().viewportEvent(event)

    # -- keys ---------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(), Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_Space: bar.pageStep(), Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.text() in ("+", "-", "0"):
            self.zoom({"+": 1, "-": -1, "0": 0}[event.text()])
        elif key in steps:
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        name = self.tr("Pages")
        if self.count:
            name = self.tr("Page {page} of {count}").format(
                page=text.number(self.current_page + 1), count=text.number(self.count)
            )
        self.setAccessibleName(name)


def _close_all(held: list[Pages]) -> None:
    while held:
        held.pop().close()
