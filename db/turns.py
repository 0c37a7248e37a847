"""Whose turn it is to publish on a drive, read off the temporaries that a listing shows.

Every publish begins with a temporary file beside the entries, `t.<device>.<number><random>`. Where others are writing
too, a workstation makes its temporary *before* it looks a last time: so it stands in a line that everybody sees, in the
order of the numbers (each one more than the highest it saw; the random part decides between equal ones). Who is first
publishes into a slot nobody else wants; the others look on meanwhile.

The line is advice, never a lock: only the link decides who has a slot. A place that was never used (a crash, a machine
that went to sleep) is passed over after half a second at the head of the line, once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from typing import Final

PREFIX: Final = "t."
_NUMBER: Final = 4
"""Hex digits of the number."""
_HIGHEST: Final = 16**_NUMBER - 1
_WEIGHED: Final = 4
"""Of the pace, the newest look counts for one in so many."""
_TURN_TAKES_S: Final = 0.5
"""So long somebody may be the first in line; flushing twice takes 5 to 100 ms."""


class Line:
    """The line of one folder, as the newest listing shows it."""

    def __init__(self) -> None:
        self._others: list[tuple[str, str]] = []
        self._first: tuple[str, str] | None = None
        self._first_since = 0.0
        self._passed: set[tuple[str, str]] = set()

    def look(self, names: Iterable[str], ours: str | None, now: float) -> None:
        """Take in a fresh listing. `ours`: our own temporary; `now`: steady seconds."""
        # Entries begin with a digit and go before: each commit looks at a folder of up to a thousand.
        waiting = [n for n in names if n >= PREFIX]
        found = sorted((_place(n), n) for n in waiting if n.startswith(PREFIX) and n != ours)
        self._passed.intersection_update(found)
        self._others = [one for one in found if one not in self._passed]
        first = self._others[0] if self._others else None
        if first != self._first:
            self._first, self._first_since = first, now

    def ahead(self, ours: str | None, now: float) -> int:
        """How many others go before us; all of them, while we don't stand in line (`ours` None)."""
        if self._first is not None and now - self._first_since > _TURN_TAKES_S:
            self._passed.add(self._first)
            self._others.remove(self._first)
            self._first, self._first_since = (self._others[0] if self._others else None), now
        mine = None if ours is None else (_place(ours), ours)
        return sum(mine is None or one < mine for one in self._others)

    def let_go(self, devices: Collection[str]) -> None:
        """What these have in line was used: their entry is there."""
        used = [one for one in self._others if one[1].split(".")[1:2] and one[1].split(".")[1] in devices]
        self._passed.update(used)
        self._others = [one for one in self._others if one not in self._passed]

    def next_name(self, device: str) -> str:
        """A name for the end of the line."""
        highest = max((int(place[:_NUMBER], 16) for place, _name in self._others), default=-1)
        return f"{PREFIX}{device}.{min(highest + 1, _HIGHEST):0{_NUMBER}x}{secrets.token_hex(4)}"


class Pace:
    """How long a turn takes lately: from one entry to the next, seen by one who stands in line. That is more than
    flushing: whoever is next reads the entry before his first."""

    def __init__(self) -> None:
        self.turn_s = 0.0
        self._last: tuple[int, float] | None = None

    def begin(self) -> None:
        """We stand in line anew: what passed before was no turn."""
        self._last = None

    def look(self, seq: int, now: float) -> None:
        """The log ends at `seq`, at `now` in steady seconds."""
        if self._last is not None and seq > self._last[0]:
            self.turn_s += ((now - self._last[1]) / (seq - self._last[0]) - self.turn_s) / _WEIGHED
        if self._last is None or seq > self._last[0]:
            self._last = seq, now


def short_name(device: bytes) -> str:
    """What a device's temporaries and its sign of life are named by: the end of its id, because ids begin with a
    time."""
    return device.hex()[-8:]


def _place(name: str) -> str:
    """What orders the line; a temporary that is named otherwise goes first and is passed over soon."""
    place = name.rpartition(".")[2]
    hexadecimal = len(place) >= _NUMBER and all(c in "0123456789abcdef" for c in place)
    return place if hexadecimal else "0" * _NUMBER
