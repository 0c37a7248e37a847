"""The shared log as a dictionary, with the faults of a network drive on order.

`MemoryStore` is the drive, `MemoryLog` one workstation's view of it. A fault is planned for the next `put` of one view;
`race` runs in the moment between the look and the taking, as another workstation's commit would.

Two mutants show that the simulation has teeth: a store that publishes by overwriting (rename), and a view that
believes a lost reply instead of reading back.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Literal

from db.chain import slot_name
from db.errors import StoreUnreachable
from db.log import SLOT_NAMES, Bell, Head, Hint, Put, checked_side

Fault = Literal["ok", "fail", "lost reply", "no answer", "crash before", "crash after"]


class Crash(Exception):
    """The process ended here."""


class MemoryStore:
    """What lies on the drive. `overwrites`: the mutant that publishes by rename."""

    def __init__(self, *, overwrites: bool = False) -> None:
        self.the_card: bytes | None = None
        self.the_hint: Hint | None = None
        self.files: dict[tuple[int, int, str], bytes] = {}
        self.side: dict[tuple[str, str], bytes] = {}
        self.bells: list[MemoryBell] = []
        self.overwrites = overwrites
        self.gone = False


class MemoryBell:
    """`Bell`, rung by every entry and announcement."""

    def __init__(self, store: MemoryStore) -> None:
        self._store, self._rung, self._closed = store, threading.Event(), False
        store.bells.append(self)

    def ring(self) -> None:
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        rang = self._rung.wait(seconds) and not self._closed
        self._rung.clear()
        return rang

    def close(self) -> None:
        self._closed = True
        self._store.bells.remove(self)
        self._rung.set()


class MemoryLog:
    """`SharedLog` on a `MemoryStore`. `reads_back=False`: the mutant that believes a lost reply."""

    def __init__(self, store: MemoryStore, *, reads_back: bool = True) -> None:
        self.where = "memory"
        self.store = store
        self.plan: list[Fault] = []
        self.race: Callable[[], object] | None = None
        self.hide_newest = 0
        """How many of the newest slots the next listing does not show yet."""
        self.calls_left: int | None = None
        """After so many calls the drive is away for this view."""
        self.unreadable: set[str] = set()
        self._reads_back = reads_back

    def close(self) -> None:
        pass

    def card(self) -> bytes | None:
        self._reach()
        return self.store.the_card

    def create(self, card: bytes) -> bool:
        self._reach()
        if self.store.the_card is None:
            self.store.the_card = card
        return self.store.the_card == card

    def hint(self) -> Hint | None:
        self._reach()
        return self.store.the_hint

    def announce(self, head: Head) -> None:
        self.store.the_hint = Hint(head.epoch, head.seq)
        self._ring()

    def bell(self) -> Bell | None:
        return MemoryBell(self.store)

    def _ring(self) -> None:
        for bell in self.store.bells:
            bell.ring()

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        self._reach()
        newest = max((seq for e, seq, _ in self.store.files if e == epoch), default=0)
        end, self.hide_newest = newest - self.hide_newest, 0
        for seq in range(after + 1, end + 1):
            names = list(
                itertools.takewhile(lambda n, s=seq: (epoch, s, n) in self.store.files, _names(seq))  # type: ignore[misc]
            )
            if not names:
                if any(
                    e == epoch and seq < other <= end and other // 1000 == seq // 1000
                    for e, other, _ in self.store.files
                ):
                    yield seq, []
                return
            yield seq, names

    def epochs(self) -> list[int]:
        self._reach()
        return sorted({epoch for epoch, _seq, _name in self.store.files})

    def oldest(self, epoch: int) -> int | None:
        self._reach()
        return min((seq for e, seq, _name in self.store.files if e == epoch and seq > 0), default=None)

    def drop(self, epoch: int, through: int) -> None:
        self._reach()
        for key in [key for key in self.store.files if key[0] == epoch and 0 < key[1] <= through]:
            del self.store.files[key]

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        self._reach()
        return None if name in self.unreadable else self.store.files.get((epoch, seq, name))

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        self._reach()
        fault = self.plan.pop(0) if self.plan else "ok"
        if fault == "fail":
            raise StoreUnreachable("the drive is away")
        if fault == "crash before":
            raise Crash
        key = (epoch, seq, name)
        seen = key in self.store.files
        if self.race is not None:
            race, self.race = self.race, None
            race()
        if not seen if self.store.overwrites else key not in self.store.files:
            self.store.files[key] = raw
            self._ring()
        if fault == "crash after":
            raise Crash
        if fault == "no answer":
            return Put.UNKNOWN
        if fault == "lost reply" and not self._reads_back:
            return Put.WON
        return Put.WON if self.store.files[key] == raw else Put.LOST

    def put_side(self, kind: str, name: str, data: bytes) -> None:
        self._reach()
        self.store.side[kind, checked_side(kind, name)] = data

    def take_side(self, kind: str, name: str, data: bytes) -> bool:
        self._reach()
        return self.store.side.setdefault((kind, checked_side(kind, name)), data) == data

    def get_side(self, kind: str, name: str) -> bytes | None:
        self._reach()
        return self.store.side.get((kind, checked_side(kind, name)))

    def sides(self, kind: str) -> list[str]:
        self._reach()
        return sorted(name for k, name in self.store.side if k == kind)

    def remove_side(self, kind: str, name: str) -> None:
        self._reach()
        self.store.side.pop((kind, checked_side(kind, name)), None)

    def _reach(self) -> None:
        if self.calls_left is not None:
            self.calls_left = max(self.calls_left - 1, 0)
        if self.store.gone or self.calls_left == 0:
            raise StoreUnreachable("the drive is away")


def _names(seq: int) -> list[str]:
    return [slot_name(seq, suffix) for suffix in SLOT_NAMES]
