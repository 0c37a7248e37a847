"""Work that makes very many small objects and needs nearly all of them to its end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cyclic garbage rests meanwhile. To look through a hundred thousand histories, or the facts and
    pages of a report, again and again takes as long as half of the work itself (measured at 100,000 and at 1,000,000
    cases); what has no cycles is let go of as ever. For work of seconds that ends.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
