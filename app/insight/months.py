"""The flow by month: the one the week ended in, up to its end, and the one before it.

Nine weeks reach back over a whole month and what has passed of the next, so both are counted from the columns of the
weeks: by the same rules as the days, and no later change alters them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from app import times
from app.insight.columns import Columns
from app.insight.facts import Span
from app.insight.figure import CaseKey, Cases, Figure
from app.insight.history import Kind
from app.insight.metrics import FLOW
from app.insight.section import Line, Listing, Section

MONTHS: Final = 2


def months(span: Span) -> Section:
    """Part of section 2."""
    tz = times.zone(span.zone)
    first = times.local_date(span.end - 1, tz).replace(day=1)
    found: list[tuple[str, int, int]] = []
    end = span.end
    for _ in range(MONTHS):
        start = times.day_bounds(first, tz)[0]
        found.append((f"{first:%Y-%m}", start, end))
        end, first = start, _month_before(first)
    return months_section(span.columns, found)


def months_section(weeks: Sequence[Columns], spans: Sequence[tuple[str, int, int]]) -> Section:
    """The section from its facts. `spans`: (name, start, end) in ms UTC, the newest first."""
    lines = []
    for name, start, end in spans:
        figures = []
        for kind in FLOW:
            n, keys = 0, []
            for week in weeks:
                if week.start < end and week.end > start:
                    inside = [start <= at < end for at in week.frames[kind]["at"]]
                    n += sum(inside)
                    keys.append((week, inside))
            figures.append(Figure(f"flow.{kind}", n, "cases", f"flow.{kind}", Cases(_picked(keys, kind)), group=name))
        lines.append(Line(name, tuple(figures)))
    return Section("months", tables=(Listing("months", ("month", *FLOW), tuple(lines)),))


def _picked(keys: Sequence[tuple[Columns, Sequence[bool]]], kind: Kind) -> Callable[[], list[CaseKey]]:
    def find() -> list[CaseKey]:
        return [key for week, inside in keys for key in week.keys(kind, inside)]

    return find


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
