"""The annex: which cases are behind each figure. It is gathered while the pages before it are composed.

Every figure that is drawn asks `link` for its place and is underlined if it gets one. What few cases need is printed
with titles, long lists as numbers only, very long ones cut; what is left out is counted and said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table, TableStyle

from app.insight.figure import CaseKey
from app.reports.case_lines import CaseLine
from app.reports.pdf import BODY, LINE, MEDIUM, MUTED, SEMI, SMALL, TABLE_FONT, Anchor, Cell, Heading, style, words
from app.texts import Texts

LISTS: Final = 240
"""No more lists than this; the JSON file has all of them."""
NUMBERS: Final = 300
"""No more numbers than this in one list of a main figure ..."""
NUMBERS_BESIDE: Final = 120
"""... and this in one of a table's cell."""
TITLED: Final = 30
"""Up to this many cases of a list of weight are printed with their titles."""

_NAME: Final = style(8.5, font=SEMI, leading=10.5)
_RUN: Final = style(8, leading=11.2)


LinesOf = Callable[[Sequence[CaseKey]], Mapping[int, CaseLine]]
"""The lines of cases, by row number."""


@dataclass(frozen=True)
class Listed:
    """A list of the annex. `weight`: titles are wanted."""

    anchor: str
    title: str
    cases: tuple[CaseKey, ...]
    weight: bool


class Annex:
    """Gathers the lists; `story` prints them."""

    def __init__(self, texts: Texts, lines_of: LinesOf) -> None:
        self._texts, self._lines_of = texts, lines_of
        self._lists: dict[tuple[str, tuple[CaseKey, ...]], Listed] = {}
        self._left_out = 0

    def link(self, title: str, cases: Sequence[CaseKey], *, weight: bool = False) -> str | None:
        """The bookmark of a list, or None: there are no cases, or no room for another list. `weight`: titles are
        wanted."""
        if not cases:
            return None
        name = title, tuple(cases)
        if name not in self._lists:
            if len(self._lists) >= LISTS:
                self._left_out += 1
                return None
            self._lists[name] = Listed(f"cases-{len(self._lists) + 1}", title, tuple(cases), weight)
        return self._lists[name].anchor

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
        for one in self._lists.values():
            head = [words(one.title, _NAME), Cell(self._size(one), size=8, color=MUTED, align="right")]
            out += [CondPageBreak(44), Spacer(0, 7), Anchor(one.anchor)]
            out.append(Table([head], colWidths=["78%", "22%"], style=_BARE))
            out += self._titled(one, lines) if one in titled else [self._numbers(one)]
        if self._left_out:
            out += [Spacer(0, 8), words(t("annex.unlisted", n=t.integer(self._left_out)), SMALL)]
        return out

    def _size(self, one: Listed) -> str:
        return self._texts("annex.cases", n=self._texts.integer(len(one.cases)))

    def _numbers(self, one: Listed) -> Flowable:
        room = NUMBERS if one.weight else NUMBERS_BESIDE
        text = "  ".join(key.label for key in one.cases[:room])
        if len(one.cases) > room:
            text += "  " + self._texts("annex.more", n=self._texts.integer(len(one.cases) - room))
        return words(text, _RUN)

    def _titled(self, one: Listed, lines: Mapping[int, CaseLine]) -> list[Flowable]:
        rows: list[list[Any]] = []
        for key in one.cases:
            line = lines.get(key.rid)
            rows.append([
                Cell(key.label, font=MEDIUM, size=8),
                Cell(line.title if line else "", size=8),
                Cell(self._texts.short_day(line.opened) if line else "", size=7.5, color=MUTED, align="right"),
            ])  # fmt: skip
        return [Table(rows, colWidths=["15%", "62%", "23%"], style=_LINED)]


_BARE: Final = TableStyle([
    TABLE_FONT, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
])  # fmt: skip
_LINED: Final = TableStyle([
    TABLE_FONT, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
])  # fmt: skip
