"""What the board draws: tiles with a big number, the columns of the last days, the backlog by age.

Everything is drawn from the widget's own font, so the wall is the same board with larger letters. Two fills and a hatch
tell things apart without colour; whatever can be followed takes the focus and answers to Return, Space and the mouse.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.insight.board import AgeLine, DayLine
from ui import text
from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_S, RADIUS_M, Tone, colours

BIG: Final = 2.6
"""A tile's number, as a multiple of the text."""


class Followed(QWidget):
    """Something that leads to a list of cases."""

    asked = Signal(object)
    """What was put in `leads`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.leads: object = None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.leads is not None:
            self.asked.emit(self.leads)

    def ground(self, painter: QPainter) -> None:
        """The surface, with its edge or the focus."""
        set_ = colours(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(set_.color("focus"), 2) if self.hasFocus() else QPen(set_.color("line")))
        painter.setBrush(set_.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_M, RADIUS_M)


class Tile(Followed):
    """A name, a big number, a few words."""

    def __init__(self, drawing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing, self._tone = drawing, Tone.NEUTRAL
        self.name, self.value, self.beside = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_value(self, name: str, value: str, beside: str, tone: Tone, leads: object) -> None:
        """Show this instead."""
        self.name, self.value, self.beside, self._tone, self.leads = name, value, beside, tone, leads
        self.setAccessibleName(f"{name}: {value}. {beside}")
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 8, round(line * (BIG * 1.1 + 2.6)) + 2 * GAP_S)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 5, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.ground(painter)
        set_ = colours(self.palette())
        line = self.fontMetrics().height()
        room = self.rect().adjusted(GAP_S + 4, GAP_S, -GAP_S - 4, -GAP_S)
        painter.setFont(scaled(self.font(), 0.95, QFont.Weight.Medium))
        painter.setPen(set_.color("muted"))
        left = 0
        if self._drawing:
            side = round(line * 0.85)
            painter.drawPixmap(
                room.left(), room.top() + (line - side) // 2,
                tinted(self._drawing, set_.color(self._tone), QSize(side, side), self.devicePixelRatioF()),
            )  # fmt: skip
            left = side + 6
        name = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room.width() - left)
        painter.drawText(room.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignTop), name)
        size = BIG
        painter.setFont(scaled(self.font(), size, QFont.Weight.DemiBold))
        while painter.fontMetrics().horizontalAdvance(self.value) > room.width() and size > 1:
            size -= 0.2
            painter.setFont(scaled(self.font(), size, QFont.Weight.DemiBold))
        painter.setPen(set_.color("text" if self._tone is Tone.NEUTRAL else self._tone))
        painter.drawText(room.adjusted(0, line, 0, -line), int(Qt.AlignmentFlag.AlignVCenter), self.value)
        painter.setFont(scaled(self.font(), 0.9))
        painter.setPen(set_.color("muted"))
        beside = painter.fontMetrics().elidedText(self.beside, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom), beside)
        painter.end()


class DayChart(Followed):
    """Two columns a day: came solid, left pale with an edge; from zero, values on top. Each column leads to its cases:
    by a click, or by the arrow keys and Return. `leads`: (day, "opened" or "resolved", how many)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Sequence[DayLine] = ()
        self._words = ("", "")
        self._place = 0
        """The column the keys are at: two for each day."""

    def show_days(self, days: Sequence[DayLine], opened: str, resolved: str) -> None:
        """Show these; the words are those of the key."""
        self._days, self._words = days, (opened, resolved)
        told = [f"{text.day(one.day)}: {opened} {one.opened}, {resolved} {one.resolved}" for one in days]
        self.setAccessibleName("; ".join(told))
        self.choose(min(self._place, max(0, 2 * len(days) - 1)) if self.hasFocus() else max(0, 2 * len(days) - 2))

    def choose(self, place: int) -> None:
        """Go to a column; the last but one is what came today."""
        self._place = place
        self.leads = None
        if 0 <= place < 2 * len(self._days):
            day, kind = self._days[place // 2], place % 2
            value = (day.opened, day.resolved)[kind]
            self.setAccessibleDescription(f"{text.day(day.day)}: {self._words[kind]} {value}")
            if value:
                self.leads = (day.day, ("opened", "resolved")[kind], value)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._days:
            x, step = event.position().x(), self.width() / len(self._days)
            day = min(max(0, int(x // step)), len(self._days) - 1)
            self.choose(2 * day + int(x - day * step >= step / 2))
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -self._place,
                 Qt.Key.Key_End: 2 * len(self._days) - 1 - self._place}  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= self._place + step < 2 * len(self._days):
            self.choose(self._place + step)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 18, line * 7)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 12, line * 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        set_ = colours(self.palette())
        small = scaled(self.font(), 0.78)
        painter.setFont(small)
        line = painter.fontMetrics().height()
        painter.setPen(set_.color("muted"))
        x = 0
        for solid, words in zip((True, False), self._words, strict=True):
            _bar(painter, QRectF(x, 3, line, line - 6), set_.color("accent"), set_.color("selection"), solid=solid)
            painter.setPen(set_.color("muted"))
            painter.drawText(x + line + 5, painter.fontMetrics().ascent(), words)
            x += line + 5 + painter.fontMetrics().horizontalAdvance(words) + 14
        floor, roof = self.height() - line - 3, 2 * line + 4
        top = max((max(one.opened, one.resolved) for one in self._days), default=0) or 1
        step = self.width() / max(1, len(self._days))
        wide = min(step * 0.36, line * 1.6)
        for place, day in enumerate(self._days):
            middle = place * step + step / 2
            pair = ((day.opened, middle - wide - 1, True), (day.resolved, middle + 1, False))
            for kind, (value, left, solid) in enumerate(pair):
                tall = (floor - roof) * value / top
                bar = QRectF(left, floor - tall, wide, tall)
                _bar(painter, bar, set_.color("accent"), set_.color("selection"), solid=solid)
                if self.hasFocus() and self._place == 2 * place + kind:
                    painter.setPen(QPen(set_.color("focus"), 2))
                    painter.drawRect(QRectF(left - 2, roof - line, wide + 4, floor - roof + line))
                painter.setPen(set_.color("text"))
                if value and painter.fontMetrics().horizontalAdvance(str(value)) <= wide + 6:
                    painter.drawText(QRectF(left - 6, bar.top() - line, wide + 12, line), Qt.AlignmentFlag.AlignCenter,
                                     str(value))  # fmt: skip
            painter.setPen(set_.color("muted"))
            name = text.weekday(date.fromisoformat(day.day))
            painter.drawText(QRectF(middle - step / 2, floor + 2, step, line), Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(set_.color("control_line"))
        painter.drawLine(0, floor, self.width(), floor)
        painter.end()


class AgeBar(Followed):
    """One line of the backlog by age: name, a bar in three fills, the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._parts, self._scale = "", (0, 0, 0), 1

    def show_line(self, name: str, line: AgeLine, scale: int, says: str, leads: object) -> None:
        """Show this instead; `scale`: what the whole width stands for."""
        self._name, self._scale, self.leads = name, max(1, scale), leads
        self._parts = tuple(one.value for one in line.sides)  # type: ignore[assignment]
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 14, round(line * 1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        set_ = colours(self.palette())
        line = self.fontMetrics().height()
        names, numbers = line * 3.4, line * 2.6
        tall = min(self.height() * 0.6, line * 1.4)
        room = QRectF(names, (self.height() - tall) / 2, max(4.0, self.width() - names - numbers), tall)
        painter.setPen(set_.color("text"))
        painter.drawText(QRectF(2, 0, names, self.height()), Qt.AlignmentFlag.AlignVCenter, self._name)
        x = room.left()
        for place, value in enumerate(self._parts):
            wide = room.width() * value / self._scale
            area = QRectF(x, room.top(), wide, room.height())
            if value:
                _bar(painter, area, set_.color("accent"), set_.color("selection"), solid=place == 0,
                     hatched=place == 1)  # fmt: skip
            x += wide
        painter.setPen(set_.color("text"))
        painter.drawText(
            QRectF(self.width() - numbers, 0, numbers - 4, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text.number(sum(self._parts)),
        )  # fmt: skip
        if self.hasFocus():
            painter.setPen(QPen(set_.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def _bar(
    painter: QPainter, area: QRectF, dark: QColor, pale: QColor, *, solid: bool = False, hatched: bool = False
) -> None:
    painter.setPen(QPen(dark, 1))
    painter.setBrush(QBrush(dark) if solid else QBrush(pale))
    painter.drawRect(area)
    if hatched:
        painter.setBrush(QBrush(dark, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
