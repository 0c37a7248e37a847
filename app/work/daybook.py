"""What did I do today? Every act of mine on that day by case, from which time can be booked.

Read from what everybody has (notes, events, booked time), so it is the same on each of my workstations. Cases that I
touched that day have changed since its beginning, which is an index; only those are looked into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.times import MINUTE_MS

LONGEST_MS: Final = 30 * MINUTE_MS
"""Longer gaps between two acts are not work on the second one, as far as anybody can tell."""
SHORTEST_MS: Final = 5 * MINUTE_MS
"""What an act after a gap is taken to have cost."""


@dataclass(frozen=True)
class Act:
    """Something I did. `at` in ms UTC; `what`: the kind of a timeline entry, or "event: " and the changed field."""

    at: int
    what: str
    text: str = ""


@dataclass(frozen=True)
class Booked:
    """Time that stands in the books for that day."""

    id: bytes
    minutes: int
    activity: str
    note: str


@dataclass(frozen=True)
class Worked:
    """A case I worked on that day. Minutes: those booked for the day, and what the acts suggest beyond them."""

    case_id: bytes
    label: str
    title: str
    status: str
    acts: tuple[Act, ...]
    booked: int
    suggested: int
    entries: tuple[Booked, ...] = ()

    @property
    def activity(self) -> str:
        """What the time was spent on, as far as the acts tell: a call, a visit, or anything."""
        kinds = {act.what for act in self.acts}
        return "on site" if "visit" in kinds else "phone" if "call" in kinds else "other"


@dataclass(frozen=True)
class Day:
    """One day of one analyst, cases in the order in which they were first touched."""

    day: str
    cases: tuple[Worked, ...]

    @property
    def booked(self) -> int:
        """All minutes booked for the day."""
        return sum(one.booked for one in self.cases)

    @property
    def suggested(self) -> int:
        """Minutes that could be booked beyond them."""
        return sum(one.suggested for one in self.cases)


_NEW: Final = "coalesce(" + "".join(
    f"(SELECT name FROM {table} WHERE id = e.new_id), " for table in ("analyst", "queue", "department", "product")
) + "e.new, '')"  # fmt: skip
"""What a field became, by name."""


def spent(acts: Sequence[tuple[int, bytes]]) -> dict[bytes, int]:
    """Milliseconds by case, from (instant, case) of every act of a day in time order: the time since the act before,
    if that is no longer than LONGEST_MS, else SHORTEST_MS. Acts of one instant count once."""
    out: dict[bytes, int] = {}
    before: int | None = None
    for at, case_id in acts:
        gap = SHORTEST_MS if before is None or at - before > LONGEST_MS else at - before
        out[case_id] = out.get(case_id, 0) + gap
        before = at
    return out


class Daybook:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def of(self, day: date | None = None) -> Day:
        """My day (None: today, at the site)."""
        zone = times.zone(self._context.zone)
        day = day or times.local_date(self._context.clock(), zone)
        begin, end = times.day_bounds(day, zone)
        reader, me = self._context.reader, self._context.me
        params = {"me": me, "begin": begin, "end": end, "day": day.isoformat()}
        acts: list[tuple[int, bytes, str, str]] = [
            (r["at"], r["case_id"], r["what"], r["text"])
            for r in reader.all(
                'WITH touched AS (SELECT id FROM "case" WHERE updated_at >= :begin) '
                "SELECT t.at, t.case_id, t.kind AS what, t.text, t.id FROM timeline_entry t WHERE t.case_id IN touched "
                "AND t.author_id = :me AND t.at >= :begin AND t.at < :end UNION ALL "
                f"SELECT e.at, e.case_id, 'event: ' || e.field, {_NEW}, e.id FROM case_event e "
                "WHERE e.case_id IN touched AND e.author_id = :me AND e.at >= :begin AND e.at < :end "
                # What one change did has one instant; ids grow with it.
                "ORDER BY 1, 5",
                params,
            )
        ]
        booked: dict[bytes, list[Booked]] = {}
        for r in reader.all(
            "SELECT t.case_id, t.id, t.minutes, t.activity, t.note FROM time_entry t WHERE t.work_date = :day "
            "AND t.analyst_id = :me AND t.minutes > 0 "
            "AND NOT EXISTS (SELECT 1 FROM time_entry x WHERE x.replaces_id = t.id) ORDER BY t.entered_at, t.id",
            params,
        ):
            booked.setdefault(r["case_id"], []).append(Booked(r["id"], r["minutes"], r["activity"], r["note"] or ""))
        estimate = spent([(at, case_id) for at, case_id, _what, _text in acts])
        order = list(dict.fromkeys([*(case_id for _at, case_id, _what, _text in acts), *booked]))
        return Day(day.isoformat(), tuple(self._worked(one, acts, booked, estimate) for one in order))

    def _worked(
        self, case_id: bytes, acts: Sequence[tuple[int, bytes, str, str]], booked: dict[bytes, list[Booked]],
        estimate: dict[bytes, int],
    ) -> Worked:  # fmt: skip
        row: Any = self._context.reader.one('SELECT number, rid, title, status FROM "case" WHERE id = ?', (case_id,))
        entries = tuple(booked.get(case_id, ()))
        known = sum(entry.minutes for entry in entries)
        return Worked(
            case_id, str(row["number"]) if row["number"] is not None else f"~{row['rid']}", row["title"],
            row["status"], tuple(Act(at, what, text) for at, case, what, text in acts if case == case_id), known,
            max(0, round(estimate.get(case_id, 0) / MINUTE_MS) - known), entries,
        )  # fmt: skip
