"""Telling the program what changed, alike for local work and for what others did.

Listeners get a frozen `Changes` in the thread that made the commit; a window passes it on to its own thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.capture import Touched


@dataclass(frozen=True)
class Changes:
    """Which rows changed. `cases`: cases that changed themselves or in a part. `everything`: nobody knows which, for
    instance because another process wrote."""

    tables: frozenset[str] = frozenset()
    cases: frozenset[bytes] = frozenset()
    articles: frozenset[bytes] = frozenset()
    everything: bool = False

    def concern_case(self, case_id: bytes) -> bool:
        """Whether what is shown of this case may be stale."""
        return self.everything or case_id in self.cases

    def concern_tables(self, *tables: str) -> bool:
        """Whether any of these tables may have changed."""
        return self.everything or not self.tables.isdisjoint(tables)


Listener = Callable[[Changes], None]


class Bus:
    """Who wants to know. Subscribing returns the way to stop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every commit until the returned function is called."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def announce(self, touched: Touched) -> None:
        """Something was committed."""
        self.tell(Changes(frozenset(touched.tables), frozenset(touched.cases), frozenset(touched.articles)))

    def tell(self, changes: Changes) -> None:
        """Pass changes on to every listener."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(changes)
