"""Cases taken from the list with the mouse: what goes with the pointer, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.work.lists import CaseLine
from ui import text
from ui.tokens import Tone
from ui.widgets.pill import draw_pill, pill_size

CASES_MIME: Final = "application/x-halldesk-cases"
"""Case ids, 16 bytes each, one after the other."""


def drag_of(source: QWidget, lines: Sequence[CaseLine]) -> QDrag:
    """A drag of these cases (at least one), ready to begin."""
    data = QMimeData()
    data.setData(CASES_MIME, QByteArray(b"".join(line.id for line in lines)))
    data.setText("\n".join(f"{line.label} {line.title}" for line in lines))
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(_picture(source, lines))
    return drag


def _picture(source: QWidget, lines: Sequence[CaseLine]) -> QPixmap:
    words = f"{lines[0].label}  {lines[0].title[:40]}" if len(lines) == 1 else text.cases(len(lines))
    font, scale = source.font(), source.devicePixelRatioF()
    size = pill_size(font, words, "case")
    picture = QPixmap(size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_pill(painter, QRect(QPoint(0, 0), size), font, source.palette(), words, Tone.ACCENT, "case")
    painter.end()
    return picture
