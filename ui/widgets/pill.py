"""A pill: a short word on a tinted, rounded ground with a shape before it (a status, a severity, "stand-in").

Drawing is a function of its own, so that a table's delegate draws exactly what the widget shows. Word and
shape carry the meaning, colour only repeats it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import tinted
from ui.theme import scaled
from ui.tokens import GAP_XS, SCALE_SMALL, Tone, colours

_SIDE = 7
_HEIGHT_IN_EM = 1.5
_SHAPE_IN_EM = 0.95


def pill_font(font: QFont) -> QFont:
    """The font a pill is written in, given the font around it."""
    return scaled(font, SCALE_SMALL, QFont.Weight.Medium)


def pill_size(font: QFont, text: str, icon: str = "", *, bare: bool = False) -> QSize:
    """Room a pill wants, in device-independent pixels; `font` is the font around it. `bare`: without its ground, where
    room is dear and many stand below each other."""
    metrics = QFontMetricsF(pill_font(font))
    width = metrics.horizontalAdvance(text) + (0 if bare else 2 * _SIDE)
    if icon:
        width += _shape_side(metrics) + GAP_XS
    return QSize(int(width + 0.999), int(metrics.height() * _HEIGHT_IN_EM / 1.2 + 0.999))


def draw_pill(
    painter: QPainter,
    rect: QRect,
    font: QFont,
    palette: QPalette,
    text: str,
    tone: Tone,
    icon: str = "",
    *,
    bare: bool = False,
) -> None:
    """Draw it at the left of `rect`, in its vertical middle; text that has no room is elided."""
    set_ = colours(palette).tone(tone)
    wanted = pill_size(font, text, icon, bare=bare)
    side_room = 0 if bare else _SIDE
    body = QRectF(0, 0, min(wanted.width(), rect.width()), min(wanted.height(), rect.height()))
    body.moveTo(rect.x(), rect.y() + (rect.height() - body.height()) / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not bare:
        painter.setPen(QPen(QColor(set_.line), 1))
        painter.setBrush(QColor(set_.fill))
        edge = body.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
    own = pill_font(font)
    metrics = QFontMetricsF(own)
    left = body.x() + side_room
    if icon:
        side = _shape_side(metrics)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = tinted(icon, QColor(set_.text), QSize(side, side), scale)
        painter.drawPixmap(QPointF(left, round(body.center().y() - side / 2)), pixmap)
        left += side + GAP_XS
    painter.setFont(own)
    painter.setPen(QColor(set_.text))
    room = QRectF(left, body.y(), body.right() - side_room - left + 1, body.height())
    painter.drawText(
        room,
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine),
        metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
    )
    painter.restore()


def _shape_side(metrics: QFontMetricsF) -> int:
    return round(metrics.height() * _SHAPE_IN_EM * 0.85)


class Pill(QWidget):
    """The same as a widget."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The word."""
        return self._text

    def show_as(self, text: str, tone: Tone, icon: str = "") -> None:
        """Show another word, meaning and shape."""
        if (text, tone, icon) == (self._text, self._tone, self._icon):
            return
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self.font(), self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 4 * _SIDE), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_pill(painter, self.rect(), self.font(), self.palette(), self._text, self._tone, self._icon)
        painter.end()
