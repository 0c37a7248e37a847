"""When a bell that rings all the time is answered.

One ring is answered at once: a colleague's change is on screen a moment later. On a desk of hundreds the bell rings
many times a second, and if every ring made every workstation ask, the questions would grow with the square of the
analysts and stop the server before anything else does (docs/decisions/scale.md). So while much comes in, one look a
second answers all of it; what else a look costs, this machine keeps for its person.
"""

from __future__ import annotations

from collections import deque
from typing import Final

_MUCH: Final = 20
_WITHIN_S: Final = 2.0
_EVERY_S: Final = 1.0


class Rush:
    """Changes that came in lately. Times in seconds of a steady clock."""

    def __init__(self) -> None:
        self._came: deque[tuple[float, int]] = deque()
        self._looked_at = 0.0

    def note(self, changes: int, now: float) -> None:
        """A look ended and brought so many."""
        self._looked_at = now
        self._came.append((now, changes))

    def rest(self, now: float) -> float:
        """How long the next ring may wait for its answer: 0 but in a rush."""
        while self._came and now - self._came[0][0] > _WITHIN_S:
            self._came.popleft()
        much = sum(changes for _at, changes in self._came) >= _MUCH
        return max(0.0, self._looked_at + _EVERY_S - now) if much else 0.0
