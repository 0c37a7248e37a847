"""Work that makes very many small objects and needs nearly all of them to its end."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final


class _Rest:
    """How much of such work is under way, in all threads: like the collector, there is one in a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._automatic = False

    def __bool__(self) -> bool:
        return self._count > 0

    def begin(self) -> None:
        with self._lock:
            if self._count == 0:
                self._automatic = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._automatic:
                gc.enable()


_rest: Final = _Rest()


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cyclic garbage rests meanwhile. To look through a hundred thousand histories, or the facts and
    pages of a report, again and again takes as long as half of the work itself (measured at 100,000 and at 1,000,000
    cases); what has no cycles is let go of as ever. For work of seconds that ends.
    """
    _rest.begin()
    try:
        yield
    finally:
        _rest.end()


def resting() -> bool:
    """Whether such work is under way, in whatever thread: a collection now would walk through all it has made."""
    return bool(_rest)
