"""How far one desk reaches: a simulation of many workstations on one store, behind docs/decisions/scale.md.

    python -m tests.bench.scale [--seconds 20] [--rate 0.02]      the tables of that page
    python -m tests.bench.scale --check                           the model against what was measured

No real workstation takes part: ten thousand do not fit on one machine. What one of them does to a store is small and
known (db.sync): look (a listing on a drive, a query on a server), read what is new, write, take the slot or lose it,
back off, begin again; and poll, or be rung. The model plays exactly that, event by event, with the times of the single
steps as they were measured. It leaves out failures, and lets everybody work at once at an even pace.

A store answers a bounded number of operations at a time; whoever comes later waits. That is what ends a drive: every
change is read by everybody, so reads grow with the square of the analysts.
"""

from __future__ import annotations

import argparse
import heapq
import random
import statistics
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

BATCH: Final = 64
"""Transactions that one entry takes at most (db.outbox)."""
ENTRY_BYTES: Final = 560
"""Bytes of an entry with one ordinary change (tests.bench.bench_publish prints it)."""


@dataclass(frozen=True)
class Store:
    """What a store costs. Times in ms as a workstation sees them on an idle store, medians.

    `look`: until the news is listed. `read`: each new entry, zero where `look` brings them along. `write`: from there
    to the moment the slot is taken. `after`: until the writer is told. `polls`: seconds between two looks of a
    workstation in use and of one that idles; None where the store rings. `operations`: what it answers in a second in
    all; `cost`: how many of these a poll, a look, an entry read and a commit take. `turns`: writers take turns from
    look to slot, so that nobody loses. `rests`: ms a workstation waits after it was rung, so that one question answers
    several rings.
    """

    name: str
    look: float
    read: float
    write: float
    after: float
    polls: tuple[float, float] | None
    operations: float
    cost: tuple[float, float, float, float]
    turns: bool = False
    rests: float = 0.0


DRIVE: Final = Store("network drive", look=4.0, read=1.5, write=8.0, after=3.0, polls=(1.0, 5.0), operations=10_000,
                     cost=(3, 4, 3, 7))  # fmt: skip
"""Round trips: the counts of sync.md's study (a commit 7, a poll 3, a listing 4) at 1 ms each, flushes 4 ms. How much a
file server answers is assumed, not measured: 10,000 small operations a second is a good one."""
SERVER: Final = Store("PostgreSQL", look=1.0, read=0.0, write=2.5, after=0.5, polls=None, operations=20_000,
                      cost=(0, 1, 0.02, 2))  # fmt: skip
"""One query brings all news; an insert is a flush. Assumed in the same way: 20,000 small statements a second."""
LOCAL: Final = Store("local folder", look=0.2, read=0.05, write=2.6, after=0.8, polls=(1.0, 5.0), operations=100_000,
                     cost=(3, 4, 3, 7))  # fmt: skip


@dataclass
class Load:
    """What came out. Times in ms; `backlog`: changes that waited at the end."""

    commits: int = 0
    transactions: int = 0
    conflicts: int = 0
    waits: list[float] = field(default_factory=list)
    busy: float = 0.0
    backlog: int = 0
    polls: int = 0
    delivered: int = 0

    def share(self, seconds: float) -> float:
        """Of the store's whole ability, how much was used."""
        return self.busy / (seconds * 1000)


class Simulation:
    """`analysts` at `rate` changes a second each on one store. `seed` makes it the same each time."""

    def __init__(self, store: Store, analysts: int, rate: float, *, in_use: float = 0.3, seed: int = 1) -> None:
        self.store, self.analysts, self.rate = store, analysts, rate
        self._in_use = in_use
        self._chance = random.Random(seed)
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = 0
        self._free_at = 0.0
        self._turn_free_at = 0.0
        self._rung_until = 0.0
        self.head = 0
        self.known = [0] * analysts
        self.pending: list[deque[float]] = [deque() for _ in range(analysts)]
        self.committing = [False] * analysts
        self.out = Load()

    def run(self, seconds: float) -> Load:
        """Play that long. Errors: none; an overloaded store shows in `backlog` and `waits`."""
        end = seconds * 1000
        for who in range(self.analysts):
            self._at(self._chance.expovariate(self.rate) * 1000, self._works(who))
            if self.store.polls is not None:
                pause = self.store.polls[0 if self._chance.random() < self._in_use else 1] * 1000
                self._at(self._chance.random() * pause, self._polls(who, pause))
        while self._events and self._events[0][0] <= end:
            now, _order, what = heapq.heappop(self._events)
            what(now)
        self.out.backlog = sum(map(len, self.pending))
        return self.out

    # -- steps --------------------------------------------------------------------------------------------------------
    def _at(self, when: float, what: Callable[[float], None]) -> None:
        self._order += 1
        heapq.heappush(self._events, (when, self._order, what))

    def _around(self, middle: float) -> float:
        """Real times are skewed: the 99th percentile of a commit was about three times its median."""
        return middle * self._chance.lognormvariate(0, 0.45)

    def _asked(self, now: float, operations: float) -> float:
        """When the store has answered that many operations asked for now, besides the way there and back."""
        work = operations / self.store.operations * 1000
        self.out.busy += work
        self._free_at = max(self._free_at, now) + work
        return self._free_at

    def _works(self, who: int) -> Callable[[float], None]:
        def change(now: float) -> None:
            self.pending[who].append(now)
            self._at(now + self._chance.expovariate(self.rate) * 1000, change)
            if not self.committing[who]:
                self.committing[who] = True
                self._look(who, now, 0)

        return change

    def _polls(self, who: int, pause: float) -> Callable[[float], None]:
        def look(now: float) -> None:
            self.out.polls += 1
            news = self.head - self.known[who]
            self.known[who] = self.head
            self.out.delivered += news
            poll, listing, read, _commit = self.store.cost
            answered = self._asked(now, poll + (listing + read * news if news else 0))
            self._at(max(answered, now) + pause, look)

        return look

    def _look(self, who: int, now: float, lost: int) -> None:
        """Catch up, then write on top of what was seen."""
        if self.store.turns:
            begins = max(now, self._turn_free_at)
            # Reserved for as long as an idle store takes; a busy one makes everybody wait alike.
            self._turn_free_at = begins + self.store.look + self.store.write
            if begins > now:
                self._at(begins, lambda t: self._look_now(who, t, lost))
                return
        self._look_now(who, now, lost)

    def _look_now(self, who: int, now: float, lost: int) -> None:
        _poll, listing, read, commit = self.store.cost
        news = self.head - self.known[who]
        self.known[who] = self.head
        self.out.delivered += news
        listed = self._asked(now, listing + read * news) + self._around(self.store.look)
        read_until = listed + self.store.read * news
        seen = self.known[who]

        def take(then: float) -> None:
            if seen != self.head and not self.store.turns:
                self.out.conflicts += 1
                pause = self._chance.uniform(0, min(1000.0, 20 * 2 ** min(lost + 1, 10)))
                self._at(then + self._around(self.store.after) + pause, lambda t: self._look(who, t, lost + 1))
                return
            self.head += 1
            self.known[who] = self.head
            self.out.commits += 1
            told = then + self._around(self.store.after)
            for _ in range(min(BATCH, len(self.pending[who]))):
                self.out.transactions += 1
                self.out.waits.append(told - self.pending[who].popleft())
            if self.store.polls is None:
                self._ring(then)
            self._at(told, lambda t: self._next(who, t))

        written = max(read_until, self._asked(read_until, commit)) + self._around(self.store.write)
        self._at(written, take)

    def _ring(self, now: float) -> None:
        """Everybody is told, rests, and asks once for what is new by then."""
        _poll, look, read, _commit = self.store.cost
        asks = now >= self._rung_until
        if asks:
            self._rung_until = now + self.store.rests
        self._asked(now, ((look if asks else 0) + read) * (self.analysts - 1))
        self.out.delivered += self.analysts - 1

    def _next(self, who: int, now: float) -> None:
        if self.pending[who]:
            self._look(who, now, 0)
        else:
            self.committing[who] = False


def line(store: Store, analysts: int, rate: float, seconds: float) -> str:
    """One row of the table, as text."""
    out = Simulation(store, analysts, rate).run(seconds)
    waits = sorted(out.waits) or [float("nan")]
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    kept_up = out.backlog < max(5.0, analysts * rate)
    return (
        f"{store.name:31} {analysts:6,} analysts {analysts * rate:7.1f} changes/s | "
        f"conflicts per commit {out.conflicts / max(1, out.commits):6.2f} | told after ms p50 {middle:8.1f} "
        f"p99 {late:9.1f} | store used {out.share(seconds):5.0%} | "
        f"entries handed out {out.delivered / seconds:10,.0f}/s "
        f"{out.delivered * ENTRY_BYTES / seconds / 1e6:7.2f} MB/s | {'keeps up' if kept_up else 'falls behind'}"
    )


def check() -> None:
    """Print the model beside the measurements that it was made from (16 writers, 20 changes a second together, local
    folder: 0.07 conflicts per commit, p50 4.3 ms, p99 38 ms)."""
    out = Simulation(LOCAL, 16, 1.25).run(60)
    late = sorted(out.waits)[int(len(out.waits) * 0.99)]
    print(
        f"local folder, 16 writers: conflicts per commit {out.conflicts / out.commits:.2f} (measured 0.07), "
        f"p50 {statistics.median(out.waits):.1f} ms (4.3), p99 {late:.0f} ms (38)"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=float, default=0.02, help="changes a second of one analyst in the busy hour")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if given.check:
        check()
        return
    far = replace(DRIVE, name="drive, 10 ms", look=40.0, read=15.0, write=80.0, after=30.0)
    turns = replace(SERVER, name="PostgreSQL, in turns, 1 s rest", turns=True, rests=1000.0)
    for store in (DRIVE, far, SERVER, turns):
        for analysts in (10, 100, 300, 1_000, 3_000, 10_000):
            print(line(store, analysts, given.rate, given.seconds), flush=True)


if __name__ == "__main__":
    main()
