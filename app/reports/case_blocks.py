"""Blocks that printed cases are made of: table of facts, a card of the timeline, a picture, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image as Picture
from PIL import UnidentifiedImageError
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Table

from app.reports.blocks import look
from app.reports.pdf import (
    FAINT,
    INK,
    MEDIUM,
    MUTED,
    REGULAR,
    fitted,
    printable,
    style,
    width,
    words,
)

NAME: Final = style(8, color=MUTED, leading=11)
VALUE: Final = style(9.2, leading=12)
TONES: Final = {"internal": HexColor("#6B4FA0"), "requester": HexColor("#13795F"), "ok": HexColor("#2F7D32")}
"""The colours of the window, dark enough for paper; each has its word beside it."""
_MOST_PIXELS: Final = 80_000_000
_SIDE: Final = 1400
"""Pixels of the longer side of a printed picture: 200 dots an inch over the width of the text."""


def facts(pairs: Sequence[tuple[str, str]], room: float, columns: int = 2) -> Table:
    """Names and values in columns, read from top to bottom."""
    per = -(-len(pairs) // columns)
    rows = []
    for row in range(per):
        line: list[Flowable] = []
        for column in range(columns):
            at = column * per + row
            name, value = pairs[at] if at < len(pairs) else ("", "")
            line += [words(name, NAME), words(value, VALUE)]
        rows.append(line)
    wide = room / columns
    style_ = look(right=8, vertical=1.5)
    return Table(rows, colWidths=[wide * 0.3, wide * 0.7] * columns, style=style_, hAlign="LEFT")


class Captioned(Flowable):
    """A picture under its name; they stay together."""

    def __init__(self, name: str, drawn: Image) -> None:
        super().__init__()
        self.name, self.drawn = printable(name), drawn

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.drawn.drawHeight + 15.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7.2)
        canvas.drawString(0, self.height - 8, fitted(self.name, REGULAR, 7.2, self.width))
        self.drawn.drawOn(canvas, 0, 3)


def card(parts: Sequence[Flowable], tone: Color, room: float) -> Table:
    """Something written, with a bar in the colour of who sees it."""
    bar = look(("LINEBEFORE", (0, 0), (0, -1), 2.2, tone), left=9, right=0, vertical=1)
    rows = [[part] for part in parts]
    return Table(rows, colWidths=[room], style=bar, hAlign="LEFT", splitInRow=1)


def picture(data: bytes, room: float, high: float) -> Image | None:
    """A picture in so much room, as small a file as it can be read; None when it is none."""
    try:
        with Picture.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.seek(0)
            flat = Picture.new("RGB", opened.size, "white")
            shown = opened.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Picture.DecompressionBombError):
        return None
    flat.thumbnail((_SIDE, _SIDE))
    small = BytesIO()
    flat.save(small, "PNG" if flat.width * flat.height <= 250_000 else "JPEG", quality=82)
    small.seek(0)
    scale = min(room / flat.width, high / flat.height, 0.75)
    return Image(small, flat.width * scale, flat.height * scale, hAlign="LEFT")


class Blank(Flowable):
    """A name and lines to write on by hand."""

    def __init__(self, name: str, lines: int = 1, *, step: float = 19.0) -> None:
        super().__init__()
        self.name, self.lines, self.step = printable(name), lines, step

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.step * self.lines + 3
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 8)
        top = self.height - 11
        canvas.drawString(0, top, self.name)
        begin = width(self.name, REGULAR, 8) + 6 if self.name else 0.0
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.5)
        for line in range(self.lines):
            base = top - 3 - line * self.step
            canvas.line(begin if line == 0 else 0, base, self.width, base)


class Boxes(Flowable):
    """Boxes to tick."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = [printable(name) for name in names]

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 18.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(MUTED)
        canvas.setFillColor(INK)
        canvas.setFont(MEDIUM, 9)
        canvas.setLineWidth(0.8)
        left = 0.0
        for name in self.names:
            canvas.rect(left, 4, 9, 9)
            canvas.drawString(left + 14, 5, name)
            left += 14 + width(name, MEDIUM, 9) + 22


class Signatures(Flowable):
    """Lines to sign on, side by side."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = [printable(name) for name in names]

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 46.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        gap = 28.0
        wide = (self.width - gap * (len(self.names) - 1)) / len(self.names)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 8)
        for number, name in enumerate(self.names):
            left = number * (wide + gap)
            canvas.line(left, 13, left + wide, 13)
            canvas.drawString(left, 3, name)
