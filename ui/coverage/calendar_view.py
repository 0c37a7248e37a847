"""The absence calendar, painted: days from left to right, who is away above, the departments below.

A bar says who is away or who stands in, in words where there is room; a day on which a department has nobody is red,
has a cross or the word. One cell is current: arrows move it, and `described` says the cell in a sentence, for the line
below and for screen readers. Return opens the absence.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.work.absence_calendar import Calendar, Line, Piece
from ui import text
from ui.coverage.reading import Shown
from ui.coverage.words import days_words, kind_words
from ui.icons import tinted
from ui.tokens import GAP_S, ICON_S, ROW_HEIGHT_IN_EM, Tone, colours
from ui.widgets.labels import plain_tool_tip

TONES: Final = {
    "away": Tone.NEUTRAL, "stand-in": Tone.STAND_IN, "swap": Tone.INFO, "nobody": Tone.DANGER,
    "no contact": Tone.WARNING,
}  # fmt: skip
ICONS: Final = {
    "away": "absence", "stand-in": "stand-in", "swap": "change", "nobody": "error", "no contact": "warning",
}  # fmt: skip


class CalendarView(QAbstractScrollArea):
    """Shows one `Calendar`; scrolls its rows."""

    moved = Signal()
    """Another cell is current."""
    opened = Signal(bytes)
    """An absence is wanted."""
    turned = Signal(int)
    """Page Up or Down: earlier (-1) or later (1) days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendar: Calendar | None = None
        self._shown: Shown | None = None
        self._days: list[str] = []
        self._lines: list[Line] = []
        self._row, self._day = 0, 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    # -- what is shown ------------------------------------------------------------------------------------------------
    def show_calendar(self, calendar: Calendar, shown: Shown) -> None:
        """Show these days; the current cell stays on its day and row where they are still there."""
        day = self._days[self._day] if self._days else shown.today
        row = self._lines[self._row].id if self._lines else None
        self._calendar, self._shown = calendar, shown
        self._days = calendar.days
        self._lines = [*calendar.people, *calendar.departments]
        self._day = self._days.index(day) if day in self._days else (
            self._days.index(shown.today) if shown.today in self._days else 0)  # fmt: skip
        self._row = next((n for n, line in enumerate(self._lines) if line.id == row), 0)
        self._measure()
        self._said()
        self.viewport().update()

    def current(self) -> tuple[Line, str] | None:
        """Row and day (ISO) of the current cell."""
        return (self._lines[self._row], self._days[self._day]) if self._lines and self._days else None

    def piece(self) -> Piece | None:
        """What lies there."""
        at = self.current()
        return _piece_on(at[0], at[1]) if at is not None else None

    def described(self, line: Line | None = None, day: str = "") -> str:
        """A cell in a sentence: the current one by default."""
        at = self.current() if line is None else (line, day)
        if at is None or self._shown is None:
            return ""
        line, day = at
        name, piece = self._shown.name(line.id), _piece_on(line, day)
        when = text.day_in_full(day)
        if line.kind == "analyst":
            if piece is None:
                return self.tr("{day}: {who} is there.").format(day=when, who=name)
            days = days_words(piece.first, None if piece.open_end else piece.last)
            return self.tr("{day}: {who} is away, {kind}, {days}.").format(
                day=when, who=name, kind=kind_words(piece.kind), days=days
            )
        if piece is None:
            if day in line.off:
                return self.tr("{day}: {department} does not work.").format(day=when, department=name)
            return self.tr("{day}: {who} speaks for {department}.").format(
                day=when, department=name, who=self._shown.name(line.contact)
            )
        return {
            "nobody": self.tr("{day}: nobody is there for {department}."),
            "no contact": self.tr("{day}: {department} has no dedicated analyst."),
            "swap": self.tr("{day}: {who} speaks for {department} (swap day)."),
        }.get(piece.look, self.tr("{day}: {who} stands in for {department}.")).format(
            day=when, department=name, who=self._shown.name(piece.who)
        )  # fmt: skip

    # -- measures -----------------------------------------------------------------------------------------------------
    def _measure(self) -> None:
        metrics = self.fontMetrics()
        self._height = round(metrics.height() * ROW_HEIGHT_IN_EM / 1.3)
        self._head = self._height * 2
        longest = max((metrics.horizontalAdvance(self._name(line)) for line in self._lines), default=0)
        self._left = min(longest + ICON_S + 3 * GAP_S, max(120, round(self.viewport().width() * 0.24)))
        rows = len(self._lines) * self._height
        room = max(1, self.viewport().height() - self._head)
        self.verticalScrollBar().setPageStep(room)
        self.verticalScrollBar().setSingleStep(self._height)
        self.verticalScrollBar().setRange(0, max(0, rows - room))

    def _name(self, line: Line) -> str:
        return self._shown.name(line.id) if self._shown is not None else ""

    def _width(self) -> float:
        """Of a day."""
        return (self.viewport().width() - self._left) / max(1, len(self._days))

    def _x(self, number: float) -> float:
        return self._left + number * self._width()

    def _y(self, row: int) -> float:
        return self._head + row * self._height - self.verticalScrollBar().value()

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        if self._calendar is None or point.y() < self._head or not self._days:
            return None
        row = int((point.y() - self._head + self.verticalScrollBar().value()) // self._height)
        day = int((point.x() - self._left) // self._width())
        return (row, max(0, min(day, len(self._days) - 1))) if 0 <= row < len(self._lines) else None

    def sizeHint(self) -> QSize:
        return QSize(640, self._head + min(16, max(6, len(self._lines))) * self._height if self._lines else 200)

    # -- painting -----------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(set_.surface))
        if self._calendar is None or self._shown is None:
            painter.end()
            return
        painter.setFont(self.font())
        bottom = self._y(len(self._lines))
        self._paint_days(painter, bottom)
        for number, line in enumerate(self._lines):
            top = self._y(number)
            if top + self._height > self._head and top < self.viewport().height():
                self._paint_line(painter, number, line, top)
        # The head stands over what scrolls beneath it.
        painter.fillRect(QRectF(0, 0, self.viewport().width(), self._head), QColor(set_.surface))
        self._paint_head(painter)
        painter.setPen(QPen(QColor(set_.line), 1))
        painter.drawLine(QPointF(0, self._head), QPointF(self.viewport().width(), self._head))
        painter.drawLine(QPointF(self._left, 0), QPointF(self._left, bottom))
        painter.end()

    def _paint_days(self, painter: QPainter, bottom: float) -> None:
        """Weekends shaded, a line before each Monday, today's column."""
        set_ = colours(self.palette())
        for number, day in enumerate(self._days):
            weekday = date.fromisoformat(day).weekday()
            area = QRectF(self._x(number), self._head, self._width(), bottom - self._head)
            if self._shown is not None and day == self._shown.today:
                today = QColor(set_.selection)
                today.setAlpha(140)
                painter.fillRect(area, today)
            elif weekday >= 5:
                painter.fillRect(area, QColor(set_.window))
            if weekday == 0:
                painter.setPen(QPen(QColor(set_.line), 1))
                painter.drawLine(area.topLeft(), area.bottomLeft())

    def _paint_head(self, painter: QPainter) -> None:
        """Weeks above, days below."""
        set_ = colours(self.palette())
        metrics = self.fontMetrics()
        each = self._width() >= metrics.horizontalAdvance("30") + 4
        flags = int(Qt.AlignmentFlag.AlignCenter)
        for number, day in enumerate(self._days):
            given = date.fromisoformat(day)
            if given.weekday() == 0 or number == 0:
                rest = min(7 - given.weekday(), len(self._days) - number)
                area = QRectF(self._x(number) + 3, 0, rest * self._width() - 3, self._height)
                week = given.isocalendar().week
                month = QLocale().standaloneMonthName(given.month, QLocale.FormatType.ShortFormat).rstrip(".")
                said = self.tr("week {n}").format(n=week)
                long = f"{said} · {month} {given.year}"
                words = next((one for one in (long, f"{said} · {month}", said, str(week))
                              if metrics.horizontalAdvance(one) + GAP_S <= area.width()), "")  # fmt: skip
                painter.setPen(QColor(set_.muted))
                painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
            today = self._shown is not None and day == self._shown.today
            if each or given.weekday() == 0 or today:
                area = QRectF(self._x(number), self._height, self._width(), self._height)
                if not each:
                    wide = metrics.horizontalAdvance("30")
                    begin = max(self._left + 2, area.center().x() - wide / 2)
                    area = QRectF(begin, area.top(), wide, area.height())
                painter.setPen(QColor(set_.accent if today else set_.muted if given.weekday() >= 5 else set_.text))
                bold = painter.font()
                bold.setBold(today)
                painter.setFont(bold)
                painter.drawText(area, flags, str(given.day))
                bold.setBold(False)
                painter.setFont(bold)

    def _paint_line(self, painter: QPainter, number: int, line: Line, top: float) -> None:
        assert self._calendar is not None
        set_ = colours(self.palette())
        if number == len(self._calendar.people) and number:
            painter.setPen(QPen(QColor(set_.control_line), 1))
            painter.drawLine(QPointF(0, top), QPointF(self.viewport().width(), top))
        drawing = "user" if line.kind == "analyst" else "departments"
        tint = QColor(set_.muted)
        picture = tinted(drawing, tint, QSize(ICON_S, ICON_S), self.devicePixelRatioF())
        painter.drawPixmap(QPointF(GAP_S, top + (self._height - ICON_S) / 2), picture)
        area = QRectF(GAP_S * 2 + ICON_S, top, self._left - GAP_S * 3 - ICON_S, self._height)
        painter.setPen(QColor(set_.text))
        words = self.fontMetrics().elidedText(self._name(line), Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        begin = date.fromisoformat(self._calendar.first)
        for piece in line.pieces:
            start = (date.fromisoformat(piece.first) - begin).days
            self._paint_piece(painter, piece, QRectF(
                self._x(start) + 1, top + 3, piece.days * self._width() - 2, self._height - 6))  # fmt: skip
        if number == self._row and self.hasFocus():
            painter.setPen(QPen(QColor(set_.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            cell = QRectF(self._x(self._day), top + 1, max(self._width(), 6), self._height - 2)
            painter.drawRoundedRect(cell, 3, 3)

    def _paint_piece(self, painter: QPainter, piece: Piece, area: QRectF) -> None:
        tone = colours(self.palette()).tone(TONES[piece.look])
        painter.setPen(QPen(QColor(tone.line), 1))
        painter.setBrush(QColor(tone.fill))
        painter.drawRoundedRect(area, 3, 3)
        if piece.look == "nobody":
            # A cross from corner to corner of each day: red alone says nothing to who does not see it.
            painter.setPen(QPen(QColor(tone.text), 1))
            for number in range(piece.days):
                cell = QRectF(area.left() + number * self._width(), area.top(), self._width() - 2, area.height())
                side = min(cell.width(), cell.height()) - 4
                box = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
                if side > 2 and not self._has_room(piece, area):
                    painter.drawLine(box.topLeft(), box.bottomRight())
                    painter.drawLine(box.bottomLeft(), box.topRight())
        inner = area.adjusted(4, 0, -4, 0)
        if inner.width() < ICON_S:
            return
        picture = tinted(ICONS[piece.look], QColor(tone.text), QSize(ICON_S - 2, ICON_S - 2), self.devicePixelRatioF())
        words = self._words(piece)
        metrics = QFontMetrics(painter.font())
        if self._has_room(piece, area) or inner.width() >= ICON_S * 4:
            painter.drawPixmap(QPointF(inner.left(), area.center().y() - ICON_S / 2 + 1), picture)
            inner.setLeft(inner.left() + ICON_S + 2)
            painter.setPen(QColor(tone.text))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        elif piece.look != "nobody":
            painter.drawPixmap(QPointF(area.center().x() - ICON_S / 2 + 1, area.center().y() - ICON_S / 2 + 1), picture)

    def _has_room(self, piece: Piece, area: QRectF) -> bool:
        return self.fontMetrics().horizontalAdvance(self._words(piece)) + ICON_S + 12 <= area.width()

    def _words(self, piece: Piece) -> str:
        name = self._shown.name(piece.who) if self._shown is not None else ""
        if piece.look == "away":
            return kind_words(piece.kind)
        if piece.look == "nobody":
            return self.tr("nobody")
        if piece.look == "no contact":
            return self.tr("no contact")
        return name

    # -- moving -------------------------------------------------------------------------------------------------------
    def go_to(self, row: int, day: int) -> None:
        """Make another cell current."""
        if not self._lines or not self._days:
            return
        self._row = max(0, min(row, len(self._lines) - 1))
        self._day = max(0, min(day, len(self._days) - 1))
        bar, top = self.verticalScrollBar(), self._row * self._height
        room = self.viewport().height() - self._head
        if top < bar.value():
            bar.setValue(top)
        elif top + self._height > bar.value() + room:
            bar.setValue(top + self._height - room)
        self._said()
        self.viewport().update()

    def _said(self) -> None:
        self.setAccessibleDescription(self.described())
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        if key in steps:
            rows, days = steps[Qt.Key(key)]
            if (days < 0 and self._day == 0) or (days > 0 and self._day == len(self._days) - 1):
                self.turned.emit(days)
            else:
                self.go_to(self._row + rows, self._day + days)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home and self._shown is not None and self._shown.today in self._days:
            self.go_to(self._row, self._days.index(self._shown.today))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        piece = self.piece()
        if piece is not None and piece.absence is not None:
            self.opened.emit(piece.absence)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at is not None:
            self.go_to(*at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position()) is not None:
            self._open()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            said = self.described(self._lines[at[0]], self._days[at[1]]) if at is not None else ""
            QToolTip.showText(event.globalPos(), plain_tool_tip(said), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._measure()
            self.viewport().update()


def _piece_on(line: Line, day: str) -> Piece | None:
    return next((one for one in line.pieces if one.first <= day <= one.last), None)


def first_monday(day: str) -> str:
    """The Monday on or before a day (ISO)."""
    given = date.fromisoformat(day)
    return (given - timedelta(days=given.weekday())).isoformat()
