"""A clock of a case in words, with a thin line that fills; and its explanation: every stretch, counted or why not."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.work.clocks import ClockState, Segment
from ui import case_words as words
from ui import text
from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_S, ICON_S, RADIUS_S, SCALE_SMALL, Tone, colours
from ui.widgets.labels import PlainLabel

_MOST_ROWS: Final = 12
_LINE: Final = 3


class ClockView(QWidget):
    """One clock. Click, Space or Enter shows its segments."""

    def __init__(self, which: str, parent: QWidget | None = None) -> None:
        """`which`: "response" or "fix"."""
        super().__init__(parent)
        self._which = which
        self._state: ClockState | None = None
        self._now = 0
        self._zone: tzinfo | None = None
        self._said, self._tone, self._icon = "", Tone.NEUTRAL, "clock"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_clock(self, state: ClockState, now: int, zone: tzinfo) -> None:
        """Show a clock as it is at `now` (ms UTC)."""
        self._state, self._now, self._zone = state, now, zone
        self._say()

    def tick(self, now: int) -> None:
        """The same clock a little later."""
        if self._state is not None:
            self._now = now
            self._say()

    def text(self) -> str:
        """What it says."""
        return self._said

    def sizeHint(self) -> QSize:
        font = scaled(self.font(), SCALE_SMALL)
        return QSize(180, round(font.pointSizeF() * 2.6) + _LINE + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def explain(self) -> None:
        """Show the segments beneath."""
        if self._state is None or self._zone is None:
            return
        popover = SegmentPopover(self._said, self._state, self._zone, self)
        popover.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popover.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.explain()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.explain()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        set_ = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(set_.focus if self.hasFocus() else set_.line), 1))
            painter.setBrush(QColor(set_.hover))
            painter.drawRoundedRect(area, RADIUS_S, RADIUS_S)
        ink = set_.color(self._tone if self._tone is not Tone.NEUTRAL else "muted")
        pixmap = tinted(self._icon, ink, QSize(ICON_S - 2, ICON_S - 2), self.devicePixelRatioF())
        middle = (self.height() - _LINE - 4) / 2
        painter.drawPixmap(QPoint(3, round(middle - (ICON_S - 2) / 2)), pixmap)
        font = scaled(self.font(), SCALE_SMALL)
        painter.setFont(font)
        painter.setPen(ink)
        room = QRectF(ICON_S + 6, 0, self.width() - ICON_S - 9, self.height() - _LINE - 4)
        said = painter.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), said)
        part = self._part()
        if part is not None:
            line = QRectF(3, self.height() - _LINE - 2, self.width() - 6, _LINE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(set_.pressed))
            painter.drawRoundedRect(line, _LINE / 2, _LINE / 2)
            line.setWidth(max(_LINE, line.width() * part))
            painter.setBrush(ink)
            painter.drawRoundedRect(line, _LINE / 2, _LINE / 2)
        painter.end()

    def _part(self) -> float | None:
        """How much of the target is used up, 0 to 1."""
        state = self._state
        if state is None or state.remaining_ms is None:
            return None
        target = state.elapsed_ms + state.remaining_ms
        return min(1.0, state.elapsed_ms / target) if target > 0 else 1.0

    def _say(self) -> None:
        state = self._state
        if state is None:
            return
        self._said = self._response(state) if self._which == "response" else self._fix(state)
        if state.state == "breached":
            self._tone, self._icon = Tone.DANGER, "breach"
        elif state.state == "met":
            self._tone, self._icon = Tone.OK, "check"
        elif state.state == "paused":
            self._tone, self._icon = Tone.NEUTRAL, "waiting"
        else:
            self._tone, self._icon = Tone.WARNING if state.warns(self._now) else Tone.NEUTRAL, "clock"
        self.setAccessibleName(self._said)
        self.setToolTip(self.tr("Click to see what was counted and why"))
        self.update()

    def _response(self, state: ClockState) -> str:
        if state.live and state.state == "met":
            return self.tr("Answered at once")
        if state.state == "met":
            return self.tr("Answered after {time}").format(time=text.worked(state.elapsed_ms))
        if state.state == "stopped":
            return self.tr("Ended without an answer")
        if state.state == "breached" and state.ended_at is not None:
            return self.tr("Answered {time} late").format(time=text.worked(state.remaining_ms or 0))
        if state.due_at is None:
            return self.tr("No target for an answer")
        return self.tr("Answer {due}").format(due=text.due(state.due_at, self._now))

    def _fix(self, state: ClockState) -> str:
        if state.state == "met":
            return self.tr("Solved within {time}").format(time=text.worked(state.elapsed_ms))
        if state.state == "stopped" and state.remaining_ms is None:
            return self.tr("Ended after {time}").format(time=text.worked(state.elapsed_ms))
        if state.state == "stopped":
            return self.tr("Ended without a solution")
        if state.state == "breached" and state.ended_at is not None:
            return self.tr("Solved {time} late").format(time=text.worked(state.remaining_ms or 0))
        if state.state == "paused":
            left = text.worked(state.remaining_ms or 0)
            return self.tr("Clock stands, {time} left").format(time=left)
        if state.due_at is None:
            return self.tr("No target for a solution")
        return self.tr("Solution {due}").format(due=text.due(state.due_at, self._now))


class SegmentPopover(QFrame):
    """The segments of a clock. Escape or a click elsewhere closes it."""

    def __init__(self, said: str, state: ClockState, zone: tzinfo, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S + 4, GAP_S, GAP_S + 4, GAP_S + 4)
        column.addWidget(PlainLabel(said, "strong"))
        column.addWidget(PlainLabel(self._sum(state, zone), "small"))
        column.addWidget(self._table(state.segments, zone))

    def _sum(self, state: ClockState, zone: tzinfo) -> str:
        counted = self.tr("{time} counted").format(time=text.worked(state.elapsed_ms))
        if state.remaining_ms is None:
            return counted
        target = self.tr("target {time}").format(time=text.worked(state.elapsed_ms + state.remaining_ms))
        due = self.tr("due {moment}").format(moment=text.moment(state.due_at, zone)) if state.due_at else ""
        return " · ".join(part for part in (counted, target, due) if part)

    def _table(self, segments: tuple[Segment, ...], zone: tzinfo) -> QTableWidget:
        table = QTableWidget(len(segments), 4)
        table.setAccessibleName(self.tr("What was counted and why"))
        table.setHorizontalHeaderLabels([self.tr("From"), self.tr("To"), self.tr("Length"), self.tr("Counted?")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        set_ = colours(self.palette())
        for row, segment in enumerate(segments):
            why = words.segment(segment.why, segment.detail)
            cells = (
                text.moment(segment.start, zone),
                text.moment(segment.end, zone),
                text.worked(segment.ms) if segment.counted else text.duration(segment.ms),
                self.tr("yes") if segment.counted else self.tr("no: {why}").format(why=why),
            )
            for column, said in enumerate(cells):
                item = QTableWidgetItem(said)
                if not segment.counted:
                    item.setForeground(QColor(set_.muted))
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        high = round(self.fontMetrics().height() * 1.6)
        table.verticalHeader().setDefaultSectionSize(high)
        table.setFixedHeight(high * (min(len(segments), _MOST_ROWS) + 1) + GAP_S)
        # As wide as its words, the longest reason too; what is measured is measured in the look that is on.
        table.ensurePolished()
        wanted = header.length() + table.verticalScrollBar().sizeHint().width() + 2 * GAP_S
        table.setMinimumWidth(max(480, wanted))
        table.scrollToBottom()
        return table
