"""How far can the figures be trusted? What is missing in the cases they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.insight.columns import Columns
from app.insight.effort import booked
from app.insight.facts import Span
from app.insight.figure import CaseKey
from app.insight.section import Section, counted, shared

MISSING: Final = ("department", "product", "queue", "severity")
"""What a new case should have by the end of its week."""


def quality(span: Span) -> Section:
    """The data-quality box of the report."""
    closed = [week.keys("closed") for week in span.columns]
    with_time = booked(span)
    return quality_section(span.columns, closed, lambda key: key.rid in with_time)


def quality_section(
    weeks: Sequence[Columns], closed: Sequence[Sequence[CaseKey]], has_time: Callable[[CaseKey], bool]
) -> Section:
    """The section from its facts."""
    if not any(weeks[-1].frames["opened"]["rid"]) and not closed[-1]:
        return Section("quality", empty="empty.quality")
    headline = [shared("quality.time", [[key for key in week if has_time(key)] for week in closed], closed)]
    for name in MISSING:
        lacking = []
        for week in weeks:
            none = week.code(None)
            frame = week.frames["opened"]
            lacking.append([key for key, code in zip(week.keys("opened"), frame[name], strict=True) if code == none])
        headline.append(counted(f"quality.{name}", lacking))
    return Section("quality", tuple(headline))
