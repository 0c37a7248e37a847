"""The whole history of a desk, epoch by epoch, as one replica and the store have it between them."""

from __future__ import annotations

from collections.abc import Iterator

from db.log import SharedLog
from db.packs import whole
from db.replica import Replica


def epochs(replica: Replica, first: int = 1) -> list[tuple[int, int, int]]:
    """`(epoch, its first entry, its last entry)` from entry `first` on; an epoch without entries is left out."""
    openings = replica.openings()
    numbers = [1, *(epoch for epoch, _seq, _raw in openings)]
    starts = [1, *(seq + 1 for _epoch, seq, _raw in openings)]
    ends = [*(seq for _epoch, seq, _raw in openings), replica.head.seq]
    rows = zip(numbers, starts, ends, strict=True)
    return [(epoch, max(start, first), end) for epoch, start, end in rows if end >= max(start, first)]


def before_the_first(replica: Replica, log: SharedLog | None) -> dict[int, bytes] | None:
    """The entries before a snapshot this replica began with, from the store, by entry; None when it does not have them
    all. What they are worth is proven by who reads them as a chain."""
    floor = replica.floor.seq
    out: dict[int, bytes] = {}
    if log is not None and floor:
        out = dict(_from_the_store(replica, whole(log), floor))
    return out if len(out) == floor else None


def _from_the_store(replica: Replica, log: SharedLog, floor: int) -> Iterator[tuple[int, bytes]]:
    for epoch, start, end in epochs(replica):
        for seq, names in log.slots(epoch, start - 1):
            if not names or seq > min(end, floor):
                break
            raw = log.read(epoch, seq, names[0])
            if raw is None:
                return
            yield seq, raw
