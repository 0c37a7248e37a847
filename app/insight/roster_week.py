"""A week of the roster as a screen shows it: who could be rostered, the turns, what is wrong, who is away, the need.

Whose absence it is stands there, never of what kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app import times
from app.context import ReadContext
from app.insight.staffing import Need, Shortage, Staffing, shortages
from app.work.roster import Flag, OnNow, Roster, Turn, away_of, on_now


@dataclass(frozen=True)
class RosterWeek:
    """`people`: who can be put on the hotline, and whoever has a turn in the week. `days`: Monday to Sunday; `bounds`:
    from and to of each (ms UTC). `away`: (analyst, place of the day). `counted`: whether calls were ever counted in the
    weeks before."""

    week: times.IsoWeek
    today: times.IsoWeek
    days: tuple[date, ...]
    bounds: tuple[tuple[int, int], ...]
    people: tuple[bytes, ...]
    turns: tuple[Turn, ...]
    flags: tuple[Flag, ...]
    away: frozenset[tuple[bytes, int]]
    needs: tuple[Need, ...]
    short: tuple[Shortage, ...]
    counted: bool
    now: OnNow
    at: int

    def day_of(self, turn: Turn) -> int:
        """The place of the day a turn is shown on: where it begins, or Monday if that was the week before."""
        return max((n for n, (start, _end) in enumerate(self.bounds) if start <= turn.starts_at), default=0)

    def of(self, who: bytes, day: int) -> list[Turn]:
        """Somebody's turns of a day, in order."""
        return [turn for turn in self.turns if turn.analyst_id == who and self.day_of(turn) == day]

    def wrong(self, turn_id: bytes) -> list[Flag]:
        """What is wrong with a turn of somebody: absent, twice at once."""
        return [flag for flag in self.flags if turn_id in flag.turns and flag.analyst_id is not None]


def read_week(context: ReadContext, week: times.IsoWeek | None, *, everyone: bool = False) -> RosterWeek:
    """On the calling thread's reader; None: this week. `everyone`: also analysts who are on no front line."""
    tz, query, now = times.zone(context.zone), context.reader.all, context.clock()
    today = times.week_of(now, tz)
    week = week or today
    days = tuple(week.monday + timedelta(days=n) for n in range(7))
    bounds = tuple(times.day_bounds(day, tz) for day in days)
    roster = Roster(context)
    turns = roster.turns(bounds[0][0], bounds[-1][1])
    rows = query(
        "SELECT analyst_id, from_day, to_day FROM absence WHERE from_day <= ? AND coalesce(to_day, '9999') >= ?",
        (days[-1].isoformat(), days[0].isoformat()),
    )
    away = frozenset(
        (who, place)
        for who, spells in away_of(rows, context.zone).items()
        for place, (start, end) in enumerate(bounds)
        if any(spell.starts_at < end and (spell.ends_at is None or spell.ends_at > start) for spell in spells)
    )
    plan = Staffing(context).week(week)
    return RosterWeek(
        week, today, days, bounds, _people(context, turns, everyone), tuple(turns), roster.flags(turns), away, plan,
        shortages(plan), any(one.calls is not None for one in plan), on_now(roster.turns(now, now + 1), now), now,
    )  # fmt: skip


def _people(context: ReadContext, turns: Sequence[Turn], everyone: bool) -> tuple[bytes, ...]:
    """Front line first, then whoever else is there, each by name."""
    rows = context.reader.all(
        "SELECT a.id, a.name, EXISTS (SELECT 1 FROM queue_member m JOIN queue q ON q.id = m.queue_id WHERE "
        "m.analyst_id = a.id AND m.schedulable = 1 AND q.kind = 'front line' AND q.active = 1) AS front, a.active "
        "FROM analyst a"
    )
    rostered = {turn.analyst_id for turn in turns}
    wanted = [row for row in rows if row[0] in rostered or (row[3] and (row[2] or everyone))]
    return tuple(row[0] for row in sorted(wanted, key=lambda row: (not row[2], row[1].casefold(), row[0])))
