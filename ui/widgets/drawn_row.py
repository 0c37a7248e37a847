"""A row of a list that is drawn by hand: its colours and its room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.tokens import GAP_S, colours


@dataclass
class DrawnRow:
    """What is left of the row to draw in, in pixels, and with which colours: `ink` for what it is about, `soft` for
    what is said beside it."""

    area: QRect
    ink: QColor
    soft: QColor


@contextmanager
def drawn_row(painter: QPainter, option: QStyleOptionViewItem, above: int = 0) -> Iterator[DrawnRow]:
    """Within it the row is drawn; the painter is afterwards as it was. `above`: room above and below, in pixels."""
    set_ = colours(option.palette)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    painter.save()
    if chosen:
        painter.fillRect(option.rect, QColor(set_.selection))
    try:
        yield DrawnRow(
            QRect(option.rect).adjusted(GAP_S, above, -GAP_S, -above),
            QColor(set_.selection_text if chosen else set_.text),
            QColor(set_.selection_text if chosen else set_.muted),
        )
    finally:
        painter.restore()
