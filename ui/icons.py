"""Icons that take their colour from the palette, so one drawing serves light, dark, disabled and selected.

An icon is a name; its drawing is an SVG in `resources/icons` with `currentColor` where the tint goes.
The engine tints when Qt asks for pixels, from the application's palette at that moment: after a switch
between light and dark every icon is right without anybody renewing it. Finished pixmaps live in Qt's
own QPixmapCache.

About lifetime: Qt owns an engine it was given, but PySide keeps the owner of what a virtual `clone()`
returns on the Python side, and Qt would later use freed memory (measured: a segmentation fault in
6.11.3). Clones are therefore kept alive by the class until Qt has deleted them.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.tokens import LIGHT, Tone, colours

APP_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def icon(name: str, tone: Tone | str = "text") -> QIcon:
    """The icon `name` in the colour of a role ("text", "muted", "accent", "on_accent") or of a tone.

    FileNotFoundError when there is no such drawing, KeyError when there is no such colour: both are
    mistakes in the program and better found at once.
    """
    tone = str(tone)
    if name not in _drawings():
        raise FileNotFoundError(f"There is no drawing called {name}.")
    LIGHT.color(tone)  # the roles of light and dark are the same
    return QIcon(TintedEngine(name, tone))


@cache
def _drawings() -> frozenset[str]:
    """The names of all drawings: the folder is read once, not a file looked for per icon."""
    return frozenset(resources.names("icons", ".svg"))


def app_icon() -> QIcon:
    """The application's own mark in all its sizes, for windows, task bar and tray."""
    mark = QIcon()
    for size in APP_ICON_SIZES:
        mark.addFile(str(resources.path("app_icon", f"halldesk-{size}.png")), QSize(size, size))
    return mark


def tinted(name: str, colour: QColor, size: QSize, scale: float = 1.0) -> QPixmap:
    """The drawing in one colour; `size` in device-independent pixels, `scale` device pixels in each.

    For delegates and widgets that paint by hand. Cached by Qt.
    """
    key = f"halldesk/{name}/{colour.name(QColor.NameFormat.HexArgb)}/{size.width()}x{size.height()}@{scale:g}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    drawing = resources.icon_svg(name).replace(b"currentColor", colour.name().encode("ascii"))
    renderer = QSvgRenderer(QByteArray(drawing))
    pixmap = QPixmap(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(pixmap.width(), pixmap.height())
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF((pixmap.width() - side) / 2, (pixmap.height() - side) / 2, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, pixmap)
    return pixmap


class TintedEngine(QIconEngine):
    """Draws one bundled SVG in the colours of the application's palette."""

    _clones: ClassVar[list[TintedEngine]] = []

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def clone(self) -> TintedEngine:
        copy = TintedEngine(self._name, self._tone)
        TintedEngine._clones = [kept for kept in TintedEngine._clones if shiboken6.isValid(kept)]
        TintedEngine._clones.append(copy)
        return copy

    def key(self) -> str:
        return "halldesk"

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = tinted(self._name, self._colour(mode), rect.size(), scale)
        painter.drawPixmap(QPoint(rect.x(), rect.y()), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return tinted(self._name, self._colour(mode), size)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is device-independent (since Qt 6.8)."""
        return tinted(self._name, self._colour(mode), size, scale)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        now = colours(QGuiApplication.palette())
        if mode is QIcon.Mode.Disabled:
            return now.color("disabled")
        if mode is QIcon.Mode.Selected and self._tone == "text":
            return now.color("selection_text")
        return now.color(self._tone)
