"""What cases are called, for lists of them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import times
from app.context import ReadContext
from app.insight.figure import CaseKey


@dataclass(frozen=True)
class CaseLine:
    """What a case is called, for reading."""

    title: str
    opened: date


def case_lines(context: ReadContext, keys: Sequence[CaseKey]) -> dict[int, CaseLine]:
    """Titles and opening days of cases as they are now, by row number."""
    tz = times.zone(context.zone)
    wanted = sorted({key.rid for key in keys})
    out: dict[int, CaseLine] = {}
    for low in range(0, len(wanted), 500):
        some = wanted[low : low + 500]
        marks = ",".join("?" * len(some))
        for rid, title, opened in context.reader.all(
            f'SELECT rid, title, opened_at FROM "case" WHERE rid IN ({marks})', some
        ):
            out[rid] = CaseLine(title, times.local_date(opened, tz))
    return out
