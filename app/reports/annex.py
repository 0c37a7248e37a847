"""The annex: which cases are behind each figure. It is gathered while the pages before it are composed.

Every figure that is drawn asks `link` for its place and is underlined if it gets one. Figures with the same cases share
one list under all their names. What few cases need is printed with titles, long lists as numbers only, very long ones
cut; what is left out is counted and said. Every list is whole in the file that lies in the PDF (app.reports.inside).

A list is one flowable that lays out its own lines: a week has hundreds of lists with thousands of numbers, and
paragraphs and tables took two thirds of the time of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from app.insight.figure import CaseKey
from app.reports.case_lines import CaseLine
from app.reports.pdf import (
    BODY,
    INK,
    LINE,
    MEDIUM,
    MUTED,
    REGULAR,
    SEMI,
    SMALL,
    Heading,
    fitted,
    printable,
    width,
    words,
    wrapped,
)
from app.texts import Texts

LISTS: Final = 1200
"""No more lists than this; the file in the PDF has all of them."""
NUMBERS: Final = 300
"""No more numbers than this in one list of a main figure ..."""
NUMBERS_BESIDE: Final = 120
"""... and this in one of a table's cell."""
TITLED: Final = 30
"""Up to this many cases of a list of weight are printed with their titles."""
NAMES: Final = 4
"""So many names of a list are printed; figures that share their cases are rarely more."""

LinesOf = Callable[[Sequence[CaseKey]], Mapping[int, CaseLine]]
"""The lines of cases, by row number."""


@dataclass
class Listed:
    """A list of the annex. `titles`: the figures whose cases these are; `weight`: titles of the cases are wanted."""

    anchor: str
    titles: list[str]
    cases: tuple[CaseKey, ...]
    weight: bool = field(default=False)

    @property
    def title(self) -> str:
        """The first of its names."""
        return self.titles[0]


class Annex:
    """Gathers the lists; `story` prints them."""

    def __init__(self, texts: Texts, lines_of: LinesOf) -> None:
        self._texts, self._lines_of = texts, lines_of
        self._lists: dict[tuple[CaseKey, ...], Listed] = {}
        self._left_out = 0

    def link(self, title: str, cases: Sequence[CaseKey], *, weight: bool = False) -> str | None:
        """The bookmark of a list, or None: there are no cases, or no room for another list. `weight`: titles are
        wanted."""
        if not cases:
            return None
        own = tuple(cases)
        found = self._lists.get(own)
        if found is None:
            if len(self._lists) >= LISTS:
                self._left_out += 1
                return None
            found = self._lists[own] = Listed(f"cases-{len(self._lists) + 1}", [], own)
        if title not in found.titles:
            found.titles.append(title)
        found.weight |= weight
        return found.anchor

    @property
    def lists(self) -> tuple[Listed, ...]:
        """What was gathered so far."""
        return tuple(self._lists.values())

    def story(self, heading: str) -> list[Flowable]:
        """The pages of the annex."""
        t = self._texts
        out: list[Flowable] = [Heading(heading, "annex", above=0, size=12.5)]
        if not self._lists:
            return [*out, words(t("empty.annex"), BODY)]
        out += [words(t("annex.note"), SMALL), Spacer(0, 4)]
        titled = [one for one in self._lists.values() if one.weight and len(one.cases) <= TITLED]
        lines = self._lines_of([key for one in titled for key in one.cases])
        out += [self._block(one, lines if one in titled else None) for one in self._lists.values()]
        if self._left_out:
            out += [Spacer(0, 8), words(t("annex.unlisted", n=t.integer(self._left_out)), SMALL)]
        return out

    def _block(self, one: Listed, lines: Mapping[int, CaseLine] | None) -> Flowable:
        t, n = self._texts, len(one.cases)
        names = "; ".join(one.titles[:NAMES]) + (" …" if len(one.titles) > NAMES else "")
        size = t("annex.case") if n == 1 else t("annex.cases", n=t.integer(n))
        if lines is not None:
            rows = []
            for key in one.cases:
                line = lines.get(key.rid)
                rows.append(
                    _Case(key.label, printable(line.title), t.short_day(line.opened)) if line else _Case(key.label)
                )
            return CaseList(one.anchor, printable(names), size, rows=rows)
        room = NUMBERS if one.weight else NUMBERS_BESIDE
        numbers = [key.label for key in one.cases[:room]]
        more = t("annex.more", n=t.integer(n - room)) if n > room else ""
        return CaseList(one.anchor, printable(names), size, numbers=numbers, more=more)


class _Case(NamedTuple):
    """A case with its title and when it was opened."""

    number: str
    title: str = ""
    opened: str = ""


class _Drawn(NamedTuple):
    """One line of a list: its height, and what is drawn how far below its top."""

    height: float
    draw: Callable[[Canvas, float, float], None]


_NAME_SIZE: Final = 8.5
_RUN_SIZE: Final = 8.0
_APART: Final = "  "
_ABOVE: Final = 7.0


class CaseList(Flowable):
    """A list of cases under its name; `rows` with titles, or `numbers` in running text with `more` behind them. It
    breaks between two lines, never behind its first one or two."""

    def __init__(
        self, anchor: str, name: str, size: str, *, rows: Sequence[_Case] = (), numbers: Sequence[str] = (),
        more: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.anchor, self.name, self.size = anchor, name, size
        self.rows, self.numbers, self.more = rows, numbers, more
        self._lines: list[_Drawn] = []
        self._room = -1.0

    @classmethod
    def _rest(cls, anchor: str, lines: list[_Drawn], room: float) -> CaseList:
        out = cls(anchor, "", "")
        out._lines, out._room = lines, room
        return out

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        if room != self._room:
            self._room = room
            self._lines = [*self._head(room), *self._body(room)]
        self.width, self.height = room, sum(line.height for line in self._lines)
        return self.width, self.height

    def split(self, room: float, height: float) -> list[Flowable]:
        self.wrap(room, height)
        place, used = 0, 0.0
        while place < len(self._lines) and used + self._lines[place].height <= height:
            used += self._lines[place].height
            place += 1
        least = 3 if self.anchor else 2
        place = min(place, len(self._lines) - 2)
        if place < least:
            return []
        return [
            self._rest(self.anchor, self._lines[:place], room),
            self._rest("", self._lines[place:], room),
        ]

    def draw(self) -> None:
        canvas: Canvas = self.canv
        if self.anchor:
            canvas.bookmarkHorizontal(self.anchor, 0, self.height + 20)
        top = self.height
        for line in self._lines:
            line.draw(canvas, top, self.width)
            top -= line.height

    def _head(self, room: float) -> list[_Drawn]:
        beside = width(self.size, REGULAR, _RUN_SIZE) + 10
        names = wrapped(self.name, SEMI, _NAME_SIZE, room - beside)
        return [
            _Drawn(10.5 + (_ABOVE if n == 0 else 0) + (2 if n == len(names) - 1 else 0),
                   _named(text, self.size if n == 0 else "", _ABOVE if n == 0 else 0.0))
            for n, text in enumerate(names)
        ]  # fmt: skip

    def _body(self, room: float) -> list[_Drawn]:
        if self.rows:
            return [_Drawn(13.0, _titled(row)) for row in self.rows]
        gap, digit = width(_APART, REGULAR, _RUN_SIZE), width("0", REGULAR, _RUN_SIZE)
        lines: list[list[str]] = [[]]
        used = 0.0
        # Figures of the font are all as wide as a zero.
        for number in self.numbers:
            wide = digit * len(number) if number.isdigit() else width(number, REGULAR, _RUN_SIZE)
            if lines[-1] and used + gap + wide > room:
                lines.append([])
                used = 0.0
            used += (gap if lines[-1] else 0.0) + wide
            lines[-1].append(number)
        out = [_APART.join(line) for line in lines]
        if self.more:
            if used + gap + width(self.more, REGULAR, _RUN_SIZE) <= room:
                out[-1] += _APART + self.more
            else:
                out += wrapped(self.more, REGULAR, _RUN_SIZE, room)
        return [_Drawn(11.2, _run(text)) for text in out]


def _named(text: str, size: str, above: float) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, top: float, wide: float) -> None:
        base = top - above - 8.5
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, _NAME_SIZE)
        canvas.drawString(0, base, text)
        if size:
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, _RUN_SIZE)
            canvas.drawRightString(wide, base, size)

    return draw


def _run(text: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, top: float, _wide: float) -> None:
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, _RUN_SIZE)
        canvas.drawString(0, top - 8.4, text)

    return draw


def _titled(row: _Case) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, top: float, wide: float) -> None:
        base = top - 9.2
        left, right = wide * 0.15, wide * 0.77
        canvas.setFillColor(INK)
        canvas.setFont(MEDIUM, 8)
        canvas.drawString(0, base, row.number)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(left, base, fitted(row.title, REGULAR, 8, right - left - 4))
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawRightString(wide, base, row.opened)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(0, top - 13, wide, top - 13)

    return draw
