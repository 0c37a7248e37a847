"""Charts of reports, drawn straight on the page: from zero, labelled where one looks, readable in greyscale.

Two fills tell things apart without colour: solid (accent) and pale with an outline; a third is hatched. Each chart is a
flowable of fixed height that takes the width it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.reports.pdf import ACCENT, FAINT, INK, LINE, MEDIUM, MUTED, PALE, REGULAR, printable, width

Fill = Literal["solid", "hatched", "pale"]
Value = int | float | None

FILLS: Final[tuple[Fill, ...]] = ("solid", "hatched", "pale")


def bar(canvas: Canvas, x: float, y: float, wide: float, high: float, fill: Fill) -> None:
    """A rectangle in one of the three fills."""
    if wide <= 0 or high <= 0:
        return
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(ACCENT)
    if fill == "solid":
        canvas.setFillColor(ACCENT)
        canvas.rect(x, y, wide, high, stroke=0, fill=1)
    elif fill == "pale":
        canvas.setFillColor(PALE)
        canvas.rect(x, y, wide, high, stroke=0, fill=1)
    else:
        canvas.saveState()
        canvas.setFillColorRGB(1, 1, 1)
        path = canvas.beginPath()
        path.rect(x, y, wide, high)
        canvas.clipPath(path, stroke=0, fill=1)
        offset = -high
        while offset < wide:
            canvas.line(x + offset, y, x + offset + high, y + high)
            offset += 3.2
        canvas.restoreState()
        canvas.rect(x, y, wide, high, stroke=1, fill=0)


def columns(canvas: Canvas, values: Sequence[Value], x: float, y: float, wide: float, high: float) -> None:
    """Small columns from zero, the last one dark; None leaves a gap."""
    if not values:
        return
    top = max((value for value in values if value), default=0)
    step = wide / len(values)
    for place, value in enumerate(values):
        if value is None:
            continue
        canvas.setFillColor(ACCENT if place == len(values) - 1 else PALE)
        tall = high * value / top if top else 0
        canvas.rect(x + place * step, y, step * 0.72, max(tall, 0.6), stroke=0, fill=1)


class Trend(Flowable):
    """Eight small columns in a table."""

    def __init__(self, values: Sequence[Value], *, height: float = 10.0, widest: float = 60.0) -> None:
        super().__init__()
        self.values, self.high, self.widest = values, height, widest

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = min(room, self.widest), self.high
        return room, self.height

    def draw(self) -> None:
        columns(self.canv, self.values, 0, 0, self.width, self.high)


class Bars(Flowable):
    """One horizontal bar in a table, in parts; `scale` is what the whole width stands for."""

    def __init__(self, parts: Sequence[tuple[float, Fill]], scale: float, *, height: float = 8.0) -> None:
        super().__init__()
        self.parts, self.scale, self.high = parts, scale, height

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.high
        return self.width, self.height

    def draw(self) -> None:
        x = 0.0
        for value, fill in self.parts:
            wide = self.width * value / self.scale if self.scale else 0.0
            bar(self.canv, x, 0, wide, self.high, fill)
            x += wide


class Key(Flowable):
    """What the fills mean, in one line."""

    def __init__(self, entries: Sequence[tuple[str, Fill]], *, size: float = 8.0) -> None:
        super().__init__()
        self.entries = [(printable(text), fill) for text, fill in entries]
        self.size = size

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.size * 1.9
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        x, y = 0.0, self.size * 0.5
        for text, fill in self.entries:
            bar(canvas, x, y, self.size * 1.4, self.size * 0.85, fill)
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, self.size)
            canvas.drawString(x + self.size * 1.4 + 4, y + 0.8, text)
            x += self.size * 1.4 + 4 + width(text, REGULAR, self.size) + 18


class PairedDays(Flowable):
    """Two columns a day, their values on top: came solid, left pale."""

    def __init__(
        self, labels: Sequence[tuple[str, str]], pairs: Sequence[tuple[int, int]], *, height: float = 118.0
    ) -> None:
        super().__init__()
        self.labels = [(printable(top), printable(below)) for top, below in labels]
        self.pairs, self.high = pairs, height

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.high
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        floor, roof = 26.0, self.high - 12
        top = max((value for pair in self.pairs for value in pair), default=0)
        step = self.width / max(1, len(self.pairs))
        wide = min(22.0, step * 0.32)
        for place, pair in enumerate(self.pairs):
            middle = place * step + step / 2
            for value, x, fill in ((pair[0], middle - wide - 1, FILLS[0]), (pair[1], middle + 1, FILLS[2])):
                tall = (roof - floor) * value / top if top else 0.0
                bar(canvas, x, floor, wide, tall, fill)
                canvas.setFillColor(INK if value else FAINT)
                canvas.setFont(MEDIUM if fill == "solid" else REGULAR, 7.5)
                canvas.drawCentredString(x + wide / 2, floor + tall + 3, str(value))
            canvas.setFillColor(INK)
            canvas.setFont(MEDIUM, 8)
            canvas.drawCentredString(middle, 14, self.labels[place][0])
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 7)
            canvas.drawCentredString(middle, 4, self.labels[place][1])
        canvas.setStrokeColor(LINE if top else FAINT)
        canvas.setLineWidth(0.7)
        canvas.line(0, floor, self.width, floor)
