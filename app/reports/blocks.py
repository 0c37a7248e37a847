"""Blocks that printed documents share: their head, their tables, tables that break well."""

from __future__ import annotations

from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table, TableStyle

from app.reports.pdf import (
    ACCENT,
    FAINT,
    INK,
    LINE,
    MUTED,
    REGULAR,
    SEMI,
    TABLE_FONT,
    fitted,
    printable,
    width,
)

SMALLEST: Final = 14.0
"""To this size (points) a title shrinks before it is cut."""
TOGETHER: Final = 3
"""A table is not broken so that fewer rows than these stand alone before or after the break."""
RULE: Final = ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)
"""A hair line under each row of a table."""


class DocumentTitle(Flowable):
    """The head of page one: desk and `aside`, below them the title with `after` behind it, below that `below` (if
    anything) and a line. `size`: points of the title. It is the first bookmark of the document."""

    def __init__(
        self, desk: str, title: str, after: str, *, aside: str = "", below: str = "", size: float = 22.0
    ) -> None:
        super().__init__()
        self.desk, self.title, self.after = map(printable, (desk, title, after))
        self.aside, self.below, self.size = printable(aside), printable(below), size
        self._base = 48.0 if below else 24.0

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        while self.size > SMALLEST and width(f"{self.title} {self.after}", SEMI, self.size) + 4 > room:
            self.size -= 0.5
        self.width, self.height = room, self._base + self.size + 20
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.bookmarkHorizontal("top", 0, self.height)
        canvas.addOutlineEntry(self.title, "top", 0)
        top = self._base + self.size + 8
        canvas.setFillColor(ACCENT)
        canvas.setFont(SEMI, 9.5)
        canvas.drawString(0, top, fitted(self.desk, SEMI, 9.5, self.width * 0.5))
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(self.width, top, fitted(self.aside, REGULAR, 8, self.width * 0.48))
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, self.size)
        canvas.drawString(0, self._base, self.title)
        canvas.setFillColor(FAINT)
        canvas.setFont(REGULAR, self.size)
        left = width(self.title + " ", SEMI, self.size) + 4
        canvas.drawString(left, self._base, fitted(self.after, REGULAR, self.size, self.width - left))
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 10.5)
        canvas.drawString(0, 26, fitted(self.below, REGULAR, 10.5, self.width))
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.6)
        canvas.line(0, 8, self.width, 8)


class WellBroken(Table):
    """A table that keeps TOGETHER rows on each side of a page break, besides the head it repeats."""

    def split(self, room: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(room, height)
        if len(parts) != 2:
            return parts
        head = self.repeatRows if isinstance(self.repeatRows, int) else 0
        before, after = (part._nrows - head for part in parts)
        if before + after < 2 * TOGETHER or before < TOGETHER:
            return []
        if after < TOGETHER:
            own: Any = self
            rows = sum(own._rowHeights[: head + before + after - TOGETHER])
            parts = super().split(room, rows + 0.01)
        return parts


def look(*more: Any, left: float = 0, right: float = 6, vertical: float = 2, middle: bool = False) -> TableStyle:
    """The look of a table: room around its cells in points, and what else. `middle`: cells of one line, not words."""
    everywhere = ((0, 0), (-1, -1))
    return TableStyle([
        TABLE_FONT, ("VALIGN", *everywhere, "MIDDLE" if middle else "TOP"), ("LEFTPADDING", *everywhere, left),
        ("RIGHTPADDING", *everywhere, right), ("TOPPADDING", *everywhere, vertical),
        ("BOTTOMPADDING", *everywhere, vertical), *more,
    ])  # fmt: skip
