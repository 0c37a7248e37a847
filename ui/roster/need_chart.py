"""Need against plan, half hour by half hour, under the days of the grid: planned as an area, needed as a line, what is
missing hatched and with a mark above it.

Left and right walk through the half hours and say each in full, as the mouse does; Home and End jump to a day's edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import times
from app.insight.roster_week import RosterWeek
from app.insight.staffing import Need
from ui.roster import words
from ui.theme import scaled
from ui.tokens import SCALE_SMALL, colours

STEPS: Final = 48
"""Half hours of a day on the clock."""


class NeedChart(QWidget):
    """`columns`: (left, width) of each day, in this widget's pixels; `names`: width of the room at the left."""

    told = Signal(str)
    """The half hour one stands on, in words; "" for none."""

    def __init__(
        self,
        columns: Callable[[], Sequence[tuple[int, int]]],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._zone = columns, zone
        self._week: RosterWeek | None = None
        self._places: list[tuple[int, int]] = []
        self._first, self._last, self._top = 0, STEPS, 1
        self._here: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._limit()

    def show_week(self, week: RosterWeek) -> None:
        """Show its need and plan."""
        self._week = week
        self._here = None
        self._places = [self._place(week, one) for one in week.needs]
        steps = [step for _day, step in self._places]
        self._first, self._last = (min(steps), max(steps) + 1) if steps else (0, STEPS)
        self._top = max((max(one.needed, one.rostered) for one in week.needs), default=0) or 1
        self.update()

    def _place(self, week: RosterWeek, one: Need) -> tuple[int, int]:
        day = max(n for n, (start, _end) in enumerate(week.bounds) if start <= one.starts_at)
        wall = times.local_wall(one.starts_at, self._zone)
        return day, wall.hour * 2 + wall.minute // 30

    def sizeHint(self) -> QSize:
        return QSize(400, self.fontMetrics().height() * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() * 5)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._limit()

    def _limit(self) -> None:
        """Few people need few lines: on a large screen what is left belongs to the list below."""
        self.setMaximumHeight(self.fontMetrics().height() * 14)

    # -- walking ------------------------------------------------------------------------------------------------------
    def current(self) -> Need | None:
        """The half hour one stands on."""
        return self._week.needs[self._here] if self._week is not None and self._here is not None else None

    def stand_on(self, one: Need | None) -> None:
        """Mark a half hour that is listed elsewhere; None: none."""
        needs = self._week.needs if self._week is not None else ()
        self._stand(next((n for n, each in enumerate(needs) if each is one), None))

    def _stand(self, place: int | None) -> None:
        if place != self._here:
            self._here = place
            one = self.current()
            said = words.need(one, self._zone) if one is not None else ""
            self.setAccessibleDescription(said)
            self.told.emit(said)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._places)
        ways: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = ways.get(event.key(), 0)
        if by and count:
            begin = (-1 if by > 0 else count) if self._here is None else self._here
            self._stand(min(max(begin + by, 0), count - 1))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            day = self._places[self._here or 0][0]
            same = [n for n, (other, _step) in enumerate(self._places) if other == day]
            self._stand(same[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        found = None
        for number, (left, wide) in enumerate(self._columns()):
            if left <= x < left + wide:
                step = self._first + int((x - left) * (self._last - self._first) / max(1, wide))
                found = next((n for n, place in enumerate(self._places) if place == (number, step)), None)
        self._stand(found)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._stand(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._stand(None)

    # -- painting -----------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        set_ = colours(self.palette())
        small = scaled(self.font(), SCALE_SMALL)
        painter.setFont(small)
        line = painter.fontMetrics().height()
        columns = self._columns()
        if self._week is None or not columns:
            painter.end()
            return
        floor, roof = self.height() - line - 4, line + 2
        left_room = columns[0][0]
        self._key(painter, QRectF(4, roof, left_room - 8, floor - roof), line)
        unit = (floor - roof) / self._top
        for number, (left, wide) in enumerate(columns):
            step = wide / (self._last - self._first)
            line_: list[QPointF] = []
            for place, one in zip(self._places, self._week.needs, strict=True):
                if place[0] != number:
                    continue
                x = left + (place[1] - self._first) * step
                painter.fillRect(
                    QRectF(x, floor - one.rostered * unit, step, one.rostered * unit), set_.color("selection")
                )
                if one.short:
                    area = QRectF(x, floor - one.needed * unit, step, one.short * unit)
                    painter.fillRect(area, QBrush(set_.color("danger"), Qt.BrushStyle.BDiagPattern))
                    painter.fillRect(QRectF(x, roof - line * 0.45, max(step, 2.0), line * 0.3), set_.color("danger"))
                if one.calls is not None:
                    y = floor - one.needed * unit
                    line_ += [QPointF(x, y), QPointF(x + step, y)]
            painter.setPen(QPen(set_.color("text"), 1.4))
            painter.drawPolyline(QPolygonF(line_))
            painter.setPen(QPen(set_.color("line"), 1))
            painter.drawLine(QPointF(left + wide - 0.5, roof), QPointF(left + wide - 0.5, floor))
            painter.setPen(set_.color("muted"))
            for step_, side in ((self._first, Qt.AlignmentFlag.AlignLeft), (self._last, Qt.AlignmentFlag.AlignRight)):
                said = f"{step_ // 2:02d}:{step_ % 2 * 30:02d}"
                painter.drawText(QRectF(left + 3, floor + 2, wide - 6, line), side, said)
        painter.setPen(set_.color("control_line"))
        painter.drawLine(QPointF(left_room, floor), QPointF(self.width(), floor))
        if self._here is not None:
            day, step_ = self._places[self._here]
            left, wide = columns[day]
            step = wide / (self._last - self._first)
            painter.setPen(QPen(set_.color("focus"), 2))
            painter.drawRect(QRectF(left + (step_ - self._first) * step - 1, roof, step + 2, floor - roof))
        if self.hasFocus():
            painter.setPen(QPen(set_.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _key(self, painter: QPainter, room: QRectF, line: int) -> None:
        """What is what, and the height, in the room under the names."""
        set_ = colours(self.palette())
        y = room.top()
        entries = (self.tr("needed"), self.tr("planned"), self.tr("missing"))
        for place, said in enumerate(entries):
            box = QRectF(room.left(), y + line * 0.25, line * 0.9, line * 0.6)
            if place == 0:
                painter.setPen(QPen(set_.color("text"), 1.6))
                painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
            elif place == 1:
                painter.fillRect(box, set_.color("selection"))
            else:
                painter.fillRect(box, QBrush(set_.color("danger"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(set_.color("muted"))
            area = QRectF(box.right() + 5, y, room.right() - box.right() - 5, line)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, said)
            y += line
        painter.drawText(
            QRectF(room.left(), 0, room.width() + 4, line), Qt.AlignmentFlag.AlignRight,
            self.tr("up to {most}").format(most=self._top),
        )  # fmt: skip
