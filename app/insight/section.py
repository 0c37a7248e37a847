"""A section of the weekly report as data: figures and tables of figures, or the reason why there are none.

The builders make a `Figure` of what was filed week by week: a count, a share, a median; each keeps to the rules of all
figures (the week before and eight weeks beside it, no share or median of fewer than FEW cases).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.insight.figure import FEW, TREND_WEEKS, CaseKey, Cases, Figure, Number, Unit, percentile

WEEKS: Final = TREND_WEEKS + 1
"""Weeks that sections look at, oldest first: those of the trend and the one before them."""

Filed = list[list[CaseKey]]
"""Cases by week."""


@dataclass(frozen=True)
class Line:
    """A row of a table: its name ("" where it has none) and a figure for each column."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Listing:
    """A table. `columns`: keys of app.texts (`column.<name>`), the name's own first; `lead`: the figure whose eight
    weeks are drawn; `bars`: it is a count, so bars are drawn of it too."""

    key: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    lead: int = 0
    bars: bool = False


@dataclass(frozen=True)
class Section:
    """`key` leads to its words in app.texts: `head.<key>`, `note.<key>`, `definition.<key>`. `empty`: a key that says
    why nothing is here; then the rest is empty."""

    key: str
    headline: tuple[Figure, ...] = ()
    tables: tuple[Listing, ...] = ()
    empty: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    """What `note.<key>` needs."""

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "key": self.key,
            "empty": self.empty or None,
            "figures": [figure.as_json() for figure in self.headline],
            "tables": {
                table.key: [
                    {"name": line.name or None, **{name: one.as_json() for name, one in
                                                   zip(table.columns[1:], line.figures, strict=True)}}
                    for line in table.lines
                ]
                for table in self.tables
            },
        }  # fmt: skip


def empty_weeks() -> Filed:
    """Nothing in any week yet."""
    return [[] for _ in range(WEEKS)]


def by_value() -> defaultdict[Any, Filed]:
    """Nothing under any value yet."""
    return defaultdict(empty_weeks)


def counted(key: str, weeks: Sequence[Collection[CaseKey]], *, group: str = "", unit: Unit = "cases") -> Figure:
    """How many in each week; a case counts as often as it is named."""
    return summed(key, [len(week) for week in weeks], weeks[-1], group=group, unit=unit)


def summed(
    key: str, sizes: Sequence[Number], cases: Iterable[CaseKey], *, group: str = "", unit: Unit = "cases"
) -> Figure:
    """A sum of each week, with the cases of the last."""
    return Figure(
        key, sizes[-1], unit, key, Cases(lambda: cases), previous=sizes[-2], trend=tuple(sizes[-TREND_WEEKS:]),
        group=group,
    )  # fmt: skip


def shared(
    key: str, parts: Sequence[Collection[CaseKey]], wholes: Sequence[Collection[Any]], *, group: str = ""
) -> Figure:
    """The share of each week's whole that is in its part; its cases are those of the part."""
    values = [len(part) / len(whole) if len(whole) >= FEW else None for part, whole in zip(parts, wholes, strict=True)]
    return Figure(
        key, values[-1], "share", key, Cases(lambda: parts[-1]), previous=values[-2],
        trend=tuple(values[-TREND_WEEKS:]), n=len(wholes[-1]), group=group,
    )  # fmt: skip


def spread(
    key: str, weeks: Sequence[Sequence[tuple[CaseKey, float]]], share: float, *, group: str = "", unit: Unit = "minutes"
) -> Figure:
    """A percentile of each week (0.5: the median) of something in minutes."""
    values = [percentile([one for _, one in week], share) if len(week) >= FEW else None for week in weeks]
    return Figure(
        key, values[-1], unit, key, Cases(lambda: [case for case, _ in weeks[-1]]), previous=values[-2],
        trend=tuple(values[-TREND_WEEKS:]), n=len(weeks[-1]), group=group,
    )  # fmt: skip


def lines(
    names: Mapping[Any, str],
    make: Callable[[Any, str], tuple[Figure, ...]],
    values: Iterable[Any],
    *,
    ranked: bool = True,
    empty: bool = False,
) -> tuple[Line, ...]:
    """A line for each of `values`, most of the first figure first, or (not `ranked`) in the order of `names`. What is
    empty in both weeks is left out, unless `empty`."""
    found = []
    order = {value: place for place, value in enumerate(names)}
    for value in set(values):
        name = names.get(value, "")
        figures = make(value, name)
        if empty or any(figure.value or figure.previous or figure.n for figure in figures):
            found.append((order.get(value, len(order)), Line(name, figures)))
    if ranked:
        found.sort(key=lambda one: (one[1].name == "", -(one[1].figures[0].value or 0), one[1].name.casefold()))
    else:
        found.sort(key=lambda one: one[0])
    return tuple(line for _, line in found)
