"""Blocks that only the weekly report has: big figures, terms of the balance, the look of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from app.insight.figure import Number
from app.reports.blocks import WellBroken, look
from app.reports.charts import Trend, columns
from app.reports.pdf import (
    INK,
    LINE,
    MEDIUM,
    MUTED,
    PALE,
    REGULAR,
    SEMI,
    WASH,
    fitted,
    printable,
    style,
    underline,
    width,
    words,
)  # fmt: skip

CELL: Final = style(8.5, leading=11)
"""Words of several lines in a table."""
_HEAD: Final = style(7.5, color=MUTED, leading=9.5)
_HEAD_RIGHT: Final = style(7.5, color=MUTED, leading=9.5)
_HEAD_RIGHT.alignment = 2
HEAD_TAIL: Final = style(7.5, color=MUTED, leading=9.5, rightIndent=24)
HEAD_TAIL.alignment = 2


class Big(Flowable):
    """One of the six figures: name, value, week before, eight weeks."""

    def __init__(self, name: str, value: str, beside: str, trend: Sequence[Number | None], link: str | None) -> None:
        super().__init__()
        self.name, self.value, self.beside = printable(name), printable(value), printable(beside)
        self.trend, self.link = trend, link

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 66.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(MUTED)
        canvas.setFont(MEDIUM, 8)
        canvas.drawString(0, 55, fitted(self.name, MEDIUM, 8, self.width))
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, 25)
        canvas.drawString(0, 26, self.value)
        wide = width(self.value, SEMI, 25)
        if self.link:
            underline(canvas, 0, 22.5, wide)
            canvas.linkRect("", self.link, (0, 20, wide, 50), relative=1, Border="[0 0 0]")
        columns(canvas, self.trend, max(self.width - 58, wide + 8), 26, min(58, self.width - wide - 8), 20)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(0, 9, fitted(self.beside, REGULAR, 8, self.width))


class Term(Flowable):
    """One term of the balance: sign, number, name."""

    def __init__(self, sign: str, number: str, name: str, link: str | None) -> None:
        super().__init__()
        self.sign, self.number, self.name, self.link = sign, number, printable(name), link

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 30.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        middle = self.width / 2
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 12)
        canvas.drawCentredString(0, 15, self.sign)
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, 13)
        canvas.drawCentredString(middle, 15, self.number)
        wide = width(self.number, SEMI, 13)
        if self.link:
            underline(canvas, middle - wide / 2, 12.6, wide)
            area = (middle - wide / 2, 11, middle + wide / 2, 27)
            canvas.linkRect("", self.link, area, relative=1, Border="[0 0 0]")
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7)
        canvas.drawCentredString(middle, 3, fitted(self.name, REGULAR, 7, self.width))


def head(text: str, *, right: bool = False) -> Flowable:
    """The head of a column."""
    return words(text, _HEAD_RIGHT if right else _HEAD)


def right(flowable: Trend) -> Flowable:
    """At the right edge of its cell, under the figures."""
    flowable.hAlign = "RIGHT"
    inner: Flowable = Table([["", flowable]], colWidths=[None, flowable.widest], style=_INSET)
    return inner


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, total: int | None = None) -> Table:
    """A table with a repeated head and hair lines; `total` is the row that sums up."""
    more: list[Any] = [
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, PALE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
    ]
    if total is not None:
        more.append(("LINEABOVE", (0, total), (-1, total), 0.8, PALE))
    style = look(*more, right=9, vertical=2.6, middle=True)
    return WellBroken([list(row) for row in rows], colWidths=list(widths), repeatRows=1, style=style)


_INSET: Final = look(right=0, vertical=0)
PLAIN: Final = look(("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), right=8, vertical=1.4)
BIG: Final = look(
    ("LEFTPADDING", (1, 0), (-1, -1), 12), ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("LINEAFTER", (0, 0), (-2, -1), 0.5, LINE), right=12, vertical=4,
)  # fmt: skip
BALANCE: Final = look(("BACKGROUND", (0, 0), (-1, -1), WASH), right=0, vertical=6)
