"""When a bell that rings all the time is answered.

One ring is answered at once: a colleague's change is on screen a moment later. On a desk of hundreds the bell rings
many times a second, and if every ring made every workstation ask, the questions would grow with the square of the
analysts and stop the server before anything else does (docs/decisions/scale.md). So while much comes in, or where a
look takes long because everybody asks, one look a second answers all of it, and no two workstations keep the same
pace: a thousand questions in one instant would hold up whoever publishes then.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from typing import Final

_MUCH: Final = 10
_WITHIN_S: Final = 2.0
_LONG_S: Final = 0.25
_EVERY_S: Final = 1.0


class Rush:
    """Changes that came in lately. Times in seconds of a steady clock. `spread`: how much longer than a second the next
    pause is to be, as a factor."""

    def __init__(self, spread: Callable[[], float] = lambda: random.uniform(0.75, 1.25)) -> None:
        self._spread = spread
        self._pause = _EVERY_S
        self._came: deque[tuple[float, int]] = deque()
        self._looked_at = self._took = 0.0

    def note(self, changes: int, now: float, took: float = 0.0) -> None:
        """A look ended, brought so many and took so long."""
        self._took = took
        self._looked_at, self._pause = now, _EVERY_S * self._spread()
        self._came.append((now, changes))

    def rest(self, now: float) -> float:
        """How long the next ring may wait for its answer: 0 but in a rush."""
        while self._came and now - self._came[0][0] > _WITHIN_S:
            self._came.popleft()
        much = sum(changes for _at, changes in self._came) >= _MUCH
        return max(0.0, self._looked_at + self._pause - now) if much or self._took > _LONG_S else 0.0
