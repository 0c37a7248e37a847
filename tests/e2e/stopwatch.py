"""Clocks told by a stopwatch: from nothing but a case's events, a wall clock and a table of hours, step by step.

It shares no line with app.work.clocks. Time goes from one minute of the wall to the next, or to the next event where
that comes first, so that what it says is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from app import times
from app.times import DAY_MS, MINUTE_MS
from db.rules import OPEN_STATUSES

BERLIN = times.zone("Europe/Berlin")


@dataclass(frozen=True)
class Served:
    """When a department is served, and what it is promised: {severity: (response, fix) in working minutes}."""

    weekdays: int
    begins: int
    ends: int
    targets: dict[int, tuple[int, int]] = field(hash=False, compare=False)

    def at_work(self, ms: int) -> bool:
        """Whether that minute counts."""
        weekday, hour = _wall(ms // MINUTE_MS)
        return weekday < self.weekdays and self.begins <= hour < self.ends


@cache
def _wall(minute: int) -> tuple[int, int]:
    wall: datetime = times.local_wall(minute * MINUTE_MS, BERLIN)
    return wall.weekday(), wall.hour


@dataclass(frozen=True)
class Move:
    """An event of `status` or `waiting_on`."""

    at: int
    field: str
    new: str


class Stopwatch:
    """One case."""

    def __init__(self, served: Served, opened: int, moves: Iterable[Move]) -> None:
        self._served, self._opened = served, opened
        self._moves = sorted(moves, key=lambda move: move.at)

    def _steps(self, until: int, *, pauses: bool) -> Iterable[tuple[int, int, bool]]:
        """(from, to, whether it counts) from the opening on. `pauses`: waiting on the requester stops it."""
        status, waits, position, now = "new", "", 0, self._opened
        while now < until:
            while position < len(self._moves) and self._moves[position].at <= now:
                move = self._moves[position]
                if move.field == "status":
                    status = move.new
                else:
                    waits = move.new
                position += 1
            following = self._moves[position].at if position < len(self._moves) else until
            then = min((now // MINUTE_MS + 1) * MINUTE_MS, following, until)
            stands = status not in OPEN_STATUSES or (pauses and status == "waiting" and waits == "requester")
            yield now, then, not stands and self._served.at_work(now)
            now = then

    def worked(self, until: int, *, pauses: bool) -> int:
        """Milliseconds on the watch at an instant."""
        return sum(then - now for now, then, counts in self._steps(until, pauses=pauses) if counts)

    def due(self, minutes: int, *, pauses: bool) -> int | None:
        """When so many working minutes are on the watch, if nothing happens any more; None: it stands still."""
        left = minutes * MINUTE_MS
        for now, then, counts in self._steps(self._opened + 60 * DAY_MS, pauses=pauses):
            if counts and then - now >= left:
                return now + left
            left -= (then - now) if counts else 0
        return None
