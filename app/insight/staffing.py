"""How many people the telephone will need in a week to come, half hour by half hour, against the roster.

The calls to expect are the mean of the same weekday and clock time over the weeks before, as far as they were counted;
a handling time too few calls were measured for is that of all of them. A half hour that was never counted needs nobody
that we know of, which is said (`calls` None). What Erlang C takes for granted stands in app.insight.erlang.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from app import times
from app.context import ReadContext
from app.insight.erlang import needed, service_level
from app.insight.hotline import HALF_HOUR_MS, HalfHour, handling_time
from app.work.roster import Roster, Turn

LOOKED_BACK: Final = 8
"""Weeks of the call log that a forecast is made from."""


class Need(NamedTuple):
    """One half hour of the plan. `calls`: to expect, None where none were ever counted; `level`: the share answered in
    time with those who are rostered."""

    starts_at: int
    calls: float | None
    needed: int
    rostered: int
    level: float | None

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.needed - self.rostered)


class Shortage(NamedTuple):
    """Half hours one after the other in each of which somebody is missing. `missing`: the most at a time; `calls`: to
    expect in a half hour, on average."""

    starts_at: int
    ends_at: int
    missing: int
    calls: float


def shortages(plan: Sequence[Need]) -> tuple[Shortage, ...]:
    """Where a plan has too few, in order of time; touching half hours are one."""
    runs: list[list[Need]] = []
    for one in plan:
        if not one.short:
            continue
        if runs and runs[-1][-1].starts_at + HALF_HOUR_MS == one.starts_at:
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(
        Shortage(
            run[0].starts_at, run[-1].starts_at + HALF_HOUR_MS, max(one.short for one in run),
            sum(one.calls or 0.0 for one in run) / len(run),
        )
        for run in runs
    )  # fmt: skip


def needs(calls: Sequence[HalfHour], turns: Sequence[Turn], week: times.IsoWeek, zone: str) -> tuple[Need, ...]:
    """The plan of a week: every half hour that has calls to expect or somebody on the hotline."""
    tz = times.zone(zone)
    start, end = week.bounds(tz)
    by_clock: dict[tuple[int, str], list[HalfHour]] = {}
    for one in calls:
        wall = times.local_wall(one.starts_at, tz)
        by_clock.setdefault((wall.weekday(), f"{wall:%H:%M}"), []).append(one)
    overall = handling_time(calls)
    found = []
    for at in range(start, end, HALF_HOUR_MS):
        wall = times.local_wall(at, tz)
        known = by_clock.get((wall.weekday(), f"{wall:%H:%M}"), [])
        there = len({t.analyst_id for t in turns if t.duty == "hotline" and t.starts_at <= at < t.ends_at})
        if not known and not there:
            continue
        found.append(_need(at, known, there, handling_time(known) or overall or 0.0))
    return tuple(found)


def _need(at: int, known: Sequence[HalfHour], there: int, seconds: float) -> Need:
    if not known:
        return Need(at, None, 0, there, None)
    calls = sum(one.offered for one in known) / len(known)
    wanted = needed(2 * calls, seconds) if seconds else 0
    level = service_level(2 * calls * seconds / 3600, there, seconds) if seconds else None
    return Need(at, calls, wanted, there, level)


class Staffing:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def week(self, week: times.IsoWeek) -> tuple[Need, ...]:
        """The need of a week against its roster, from the eight weeks before it and before now."""
        tz = times.zone(self._context.zone)
        start, end = week.bounds(tz)
        until = min(start, self._context.clock())
        first = times.day_bounds(times.local_date(until, tz) - timedelta(weeks=LOOKED_BACK), tz)[0]
        calls = [
            HalfHour(*row)
            for row in self._context.reader.all(
                "SELECT starts_at, offered, answered, handle_seconds FROM call_interval "
                "WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at",
                (first, until),
            )
        ]
        return needs(calls, Roster(self._context).turns(start, end), week, self._context.zone)
