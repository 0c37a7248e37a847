"""The roster of the hotline: who is on duty when, what is wrong with a plan, and who is on now.

A turn is [starts_at, ends_at) in ms UTC; the days and clock times of a person are those of the site's time zone. The
rules are pure; `Roster` reads what they need. Three things are wrong with a plan and nothing stops anybody from making
it, because half a roster in time is better than a whole one too late: one person twice at the same time, somebody who
is absent, and a hotline without a duty lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

from app import times
from app.context import ReadContext
from db.ids import new_id

DUTIES: Final = ("hotline", "lead", "backup")
Wrong = Literal["overlap", "absent", "no lead"]
LONGEST_MS: Final = 7 * times.DAY_MS
"""No turn is longer, so that those of an instant are found by an index on where they begin."""


class Turn(NamedTuple):
    """One turn of duty."""

    id: bytes
    analyst_id: bytes
    duty: str
    queue_id: bytes | None
    starts_at: int
    ends_at: int


class Away(NamedTuple):
    """An absence as instants; `ends_at` None: open."""

    starts_at: int
    ends_at: int | None


class Flag(NamedTuple):
    """What is wrong, from when to when, and with which turns. `analyst_id` None where nobody is missing in person."""

    wrong: Wrong
    starts_at: int
    ends_at: int
    turns: tuple[bytes, ...]
    analyst_id: bytes | None = None


@dataclass(frozen=True)
class OnNow:
    """Who is on duty at an instant; names in the order in which they came."""

    hotline: tuple[bytes, ...] = ()
    lead: tuple[bytes, ...] = ()
    backup: tuple[bytes, ...] = ()


def on_now(turns: Iterable[Turn], at: int) -> OnNow:
    """Those whose turn it is."""
    there = sorted((t for t in turns if t.starts_at <= at < t.ends_at), key=lambda t: (t.starts_at, t.id))
    by_duty = {duty: tuple(dict.fromkeys(t.analyst_id for t in there if t.duty == duty)) for duty in DUTIES}
    return OnNow(**by_duty)


def flags(turns: Sequence[Turn], away: Mapping[bytes, Sequence[Away]]) -> tuple[Flag, ...]:
    """All that is wrong with these turns, in order of time."""
    found = [*_overlaps(turns), *_absent(turns, away), *_leaderless(turns)]
    return tuple(sorted(found, key=lambda f: (f.starts_at, f.ends_at, f.wrong, f.turns)))


def _overlaps(turns: Sequence[Turn]) -> Iterable[Flag]:
    """A person twice at the same time. Backup beside the hotline is none: who backs up takes calls until asked."""
    ordered = sorted(turns, key=lambda t: (t.starts_at, t.id))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            helping = one.duty != other.duty and "backup" in (one.duty, other.duty)
            if one.analyst_id == other.analyst_id and not helping:
                yield Flag(
                    "overlap", other.starts_at, min(one.ends_at, other.ends_at), (one.id, other.id), one.analyst_id
                )


def _absent(turns: Sequence[Turn], away: Mapping[bytes, Sequence[Away]]) -> Iterable[Flag]:
    for turn in turns:
        for gone in away.get(turn.analyst_id, ()):
            begin = max(turn.starts_at, gone.starts_at)
            end = turn.ends_at if gone.ends_at is None else min(turn.ends_at, gone.ends_at)
            if begin < end:
                yield Flag("absent", begin, end, (turn.id,), turn.analyst_id)


def _leaderless(turns: Sequence[Turn]) -> Iterable[Flag]:
    """Spans in which the hotline works and nobody leads, joined where they touch."""
    edges = sorted({edge for t in turns for edge in (t.starts_at, t.ends_at)})
    found: list[Flag] = []
    for begin, end in pairwise(edges):
        there = [t for t in turns if t.starts_at <= begin < t.ends_at]
        calls = tuple(t.id for t in there if t.duty == "hotline")
        if not calls or any(t.duty == "lead" for t in there):
            continue
        if found and found[-1].ends_at == begin:
            last = found.pop()
            found.append(last._replace(ends_at=end, turns=tuple(dict.fromkeys((*last.turns, *calls)))))
        else:
            found.append(Flag("no lead", begin, end, calls))
    return found


def moved(turn: Turn, days: int, zone: str) -> Turn:
    """The same turn so many days later, at the same times of the site's clock: over a clock change it lasts as long as
    the clock says."""
    tz = times.zone(zone)
    start, end = (
        times.wall_to_ms(times.local_wall(at, tz).replace(tzinfo=None, fold=0) + timedelta(days=days), tz)
        for at in (turn.starts_at, turn.ends_at)
    )
    return turn._replace(starts_at=start, ends_at=max(end, start + times.MINUTE_MS))


def copied(turns: Iterable[Turn], weeks: int, zone: str, there: Iterable[Turn] = ()) -> list[Turn]:
    """New turns like these so many weeks later, but for those that are `there` already."""
    known = {_what(turn) for turn in there}
    fresh = (moved(turn, 7 * weeks, zone)._replace(id=new_id()) for turn in turns)
    return [turn for turn in fresh if _what(turn) not in known]


def _what(turn: Turn) -> tuple[bytes, str, int, int]:
    return turn.analyst_id, turn.duty, turn.starts_at, turn.ends_at


def hours(day: date, start: str, end: str, zone: str) -> tuple[int, int]:
    """From and to of a turn on a day, from times of the site's clock ("22:00", "06:00"); an end that is not later than
    the beginning is on the next day. Errors: ValueError for what is no time of day."""
    tz = times.zone(zone)
    first, last = (datetime.combine(day, datetime.strptime(said, "%H:%M").time()) for said in (start, end))  # noqa: DTZ007 - on the wall
    if last <= first:
        last += timedelta(days=1)
    return times.wall_to_ms(first, tz), times.wall_to_ms(last, tz)


def away_of(rows: Iterable[Sequence[Any]], zone: str) -> dict[bytes, list[Away]]:
    """Absences by analyst, from rows (analyst, from day, to day or None): whole civil days."""
    tz = times.zone(zone)
    found: dict[bytes, list[Away]] = {}
    for who, first, last in rows:
        begin = times.day_bounds(date.fromisoformat(first), tz)[0]
        end = None if last is None else times.day_bounds(date.fromisoformat(last), tz)[1]
        found.setdefault(who, []).append(Away(begin, end))
    return found


class Roster:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def turns(self, start: int, end: int) -> list[Turn]:
        """Every turn that lies in [start, end) with a part of it."""
        rows = self._context.reader.all(
            "SELECT id, analyst_id, duty, queue_id, starts_at, ends_at FROM shift "
            "WHERE starts_at > ? AND starts_at < ? AND ends_at > ? ORDER BY starts_at, duty, id",
            (start - LONGEST_MS - 1, end, start),
        )
        return [Turn(*row) for row in rows]

    def turn(self, turn_id: bytes) -> Turn | None:
        """One turn; None when it is gone."""
        row = self._context.reader.one(
            "SELECT id, analyst_id, duty, queue_id, starts_at, ends_at FROM shift WHERE id = ?", (turn_id,)
        )
        return None if row is None else Turn(*row)

    def now(self) -> OnNow:
        """Who is on at this moment."""
        at = self._context.clock()
        return on_now(self.turns(at, at + 1), at)

    def flags(self, turns: Sequence[Turn]) -> tuple[Flag, ...]:
        """What is wrong with these turns, with the absences as they are known."""
        if not turns:
            return ()
        tz = times.zone(self._context.zone)
        first = times.local_date(min(t.starts_at for t in turns), tz).isoformat()
        last = times.local_date(max(t.ends_at for t in turns), tz).isoformat()
        rows = self._context.reader.all(
            "SELECT analyst_id, from_day, to_day FROM absence WHERE from_day <= ? AND coalesce(to_day, '9999') >= ?",
            (last, first),
        )
        return flags(turns, away_of(rows, self._context.zone))
