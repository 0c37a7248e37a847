"""How far one desk reaches: a simulation of many workstations on one store, behind docs/decisions/scale.md.

    python -m tests.bench.scale [--seconds 20] [--rate 0.02]      the tables of that page
    python -m tests.bench.scale --check                           the model against what was measured

No real workstation takes part: ten thousand do not fit on one machine. What one of them does to a store is small and
known (db.sync): look (a listing on a drive, a query on a server), read what is new, stand in line where others were
heard of, look again, write, take the slot or lose it, back off, begin again; and poll, or be rung. The model plays
exactly that, event by event, with the times of the single steps as they were measured. It leaves out failures, and lets
everybody work at once at an even pace.

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
from functools import partial
from typing import Final

BUSY_MS: Final = 2000.0
"""So long after news of others writers stand in line (db.sync)."""
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
    all; `cost`: how many of these a poll, a look, an entry read and a commit take. `line`: writers who heard of others
    within two seconds stand in line and look again when it is their turn; `passes`: ms until the next one has noticed
    that it is his. `rests`: ms a workstation waits after it was rung, so that one question answers several rings;
    `in_rush`: the same where ten changes came within two seconds, or answers come late (ui.rush).
    """

    name: str
    look: float
    read: float
    write: float
    after: float
    polls: tuple[float, float] | None
    operations: float
    cost: tuple[float, float, float, float]
    line: bool = True
    passes: float = 0.0
    rests: float = 0.0
    in_rush: float = 0.0


DRIVE: Final = Store("network drive", look=4.0, read=1.5, write=8.0, after=3.0, polls=(1.0, 5.0), operations=10_000,
                     cost=(3, 8, 3, 14), passes=6.0)  # fmt: skip
"""Round trips at 1 ms each, flushes 4 ms. A poll opens, reads and closes `head`; a look does so, asks for the folder
and lists it; a commit reads the card, asks for the folder, creates, writes, flushes, links, flushes, closes, unlinks
and rewrites `head`. `tests.bench.bench_publish` counts these operations. How much a file server answers is assumed, not
measured: 10,000 small operations a second is a good one. `passes`: the next in line lists every few ms."""
SERVER: Final = Store("PostgreSQL", look=1.0, read=0.0, write=2.5, after=0.5, polls=None, operations=20_000,
                      cost=(0, 4, 0.02, 3), passes=0.5, rests=60.0, in_rush=1000.0)  # fmt: skip
"""A look of who was rung is four statements (hint, card, hint, listing with its bytes), a commit an insert and the
turn. Assumed in the same way: 20,000 small statements a second. `rests`, `in_rush`:
ui.sync_driver."""
LOCAL: Final = Store("local folder", look=0.2, read=0.05, write=2.6, after=0.8, polls=(1.0, 5.0), operations=100_000,
                     cost=(3, 4, 3, 7), passes=1.5)  # fmt: skip


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
        self._heard = [-BUSY_MS] * analysts
        self._all_heard = -BUSY_MS
        self._in_line: deque[tuple[int, int]] = deque()
        self._turn_taken = False
        self._rings: deque[float] = deque()
        self._took = 0.0
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
            if news:
                self._heard[who] = now
            self.known[who] = self.head
            self.out.delivered += news
            poll, listing, read, _commit = self.store.cost
            answered = self._asked(now, poll + (listing + read * news if news else 0))
            self._at(max(answered, now) + pause, look)

        return look

    def _look(self, who: int, now: float, lost: int) -> None:
        """Catch up; then write on top of what was seen, or stand in line and look again."""
        listed, news = self._catches_up(who, now)
        if news:
            self._heard[who] = now
        if self.store.line and now - max(self._heard[who], self._all_heard) < BUSY_MS:
            self._at(listed, lambda t: self._stand_in_line(who, t, lost))
        else:
            self._write(who, listed, lost, in_line=False)

    def _catches_up(self, who: int, now: float) -> tuple[float, int]:
        """When that is done, and how many entries came."""
        _poll, listing, read, _commit = self.store.cost
        news = self.head - self.known[who]
        self.known[who] = self.head
        self.out.delivered += news
        listed = self._asked(now, listing + read * news) + self._around(self.store.look)
        return listed + self.store.read * news, news

    def _stand_in_line(self, who: int, now: float, lost: int) -> None:
        if self._turn_taken:
            self._in_line.append((who, lost))
            return
        self._turn_taken = True
        listed, _news = self._catches_up(who, now)
        self._write(who, listed, lost, in_line=True)

    def _next_in_line(self, now: float) -> None:
        self._turn_taken = False
        if self._in_line:
            who, lost = self._in_line.popleft()
            self._at(now + self.store.passes, lambda t: self._stand_in_line(who, t, lost))

    def _write(self, who: int, now: float, lost: int, *, in_line: bool) -> None:
        """Until the slot after what was seen is taken, or somebody else's."""
        _poll, _listing, _read, commit = self.store.cost
        seen = self.known[who]

        def take(then: float) -> None:
            if in_line:
                self._next_in_line(then)
            if seen != self.head:
                self.out.conflicts += 1
                self._heard[who] = then
                pause = self._chance.uniform(0, min(1000.0, 10 * 2 ** min(lost + 1, 10)))
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

        self._at(max(now, self._asked(now, commit)) + self._around(self.store.write), take)

    def _ring(self, now: float) -> None:
        """Everybody is told, rests, and asks once for what is new by then."""
        _poll, look, read, _commit = self.store.cost
        self._rings.append(now)
        while now - self._rings[0] > 2000:
            self._rings.popleft()
        if now >= self._rung_until:
            rush = len(self._rings) >= 10 or self._took > 250
            rests = self.store.in_rush if rush else self.store.rests
            self._rung_until = now + rests
            # In a rush each workstation keeps a pace of its own, so that they ask spread over the time (ui.rush).
            parts = 20 if rush else 1
            for part in range(parts):
                asked = look * (self.analysts - 1) / parts
                self._at(now + rests * part / parts, partial(self._everybody_asks, asked))
        self._asked(now, read * (self.analysts - 1))
        self._all_heard = now
        self.out.delivered += self.analysts - 1

    def _everybody_asks(self, operations: float, now: float) -> None:
        self._took = self._asked(now, operations) - now

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
    """Print the model beside the measurements that it was made from, on a local folder with nothing else running: 16
    writers at 20 changes a second without a line (0.07 conflicts per commit, p50 4.3 ms, p99 38 ms), at 27 with it
    (0.005 and 0.017)."""
    for store, rate, measured in (
        (replace(LOCAL, line=False), 1.25, "0.07, 4.3 ms, 38 ms"),
        (LOCAL, 27 / 16, "0.005 and 0.017, 17 to 20 ms, 83 and 89 ms, all 16 on two processors"),
    ):
        out = Simulation(store, 16, rate).run(60)
        late = sorted(out.waits)[int(len(out.waits) * 0.99)]
        print(
            f"local folder, 16 writers, {'in line' if store.line else 'no line'}: conflicts per commit "
            f"{out.conflicts / out.commits:.3f}, p50 {statistics.median(out.waits):.1f} ms, p99 {late:.0f} ms "
            f"(measured {measured})"
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
    far = replace(DRIVE, name="drive, 10 ms", look=40.0, read=15.0, write=80.0, after=30.0, passes=40.0)
    alone = replace(DRIVE, name="drive, no line", line=False)
    asked = replace(SERVER, name="PostgreSQL, every ring asks", in_rush=60.0)
    for store in (DRIVE, alone, far, SERVER, asked):
        for analysts in (100, 200, 300, 400, 600, 1_000, 2_000, 3_000, 10_000):
            print(line(store, analysts, given.rate, given.seconds), flush=True)


if __name__ == "__main__":
    main()
