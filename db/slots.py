"""Looking into the slots of a log: what lies where, without a word about what counts (db.chain says that)."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator

from db.entry import Torn, parse
from db.log import SharedLog


def names_in(log: SharedLog, epoch: int, seq: int) -> list[str]:
    """The names taken in a slot, freshly listed, in the order they count; none where it is empty or was dropped. Slot
    0 holds the openings of an epoch. Errors: StoreUnreachable."""
    return next((names for found, names in itertools.islice(log.slots(epoch, seq - 1), 1) if found == seq), [])


def read_slot(log: SharedLog, epoch: int, seq: int) -> Iterator[bytes]:
    """What lies in a slot, in the order it counts, read one by one; no bytes for what can't be read just now. Errors:
    StoreUnreachable."""
    return (log.read(epoch, seq, name) or b"" for name in names_in(log, epoch, seq))


def listed(log: SharedLog, epoch: int, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
    """Every position of an epoch from `first` to `last`, with the names that are taken; none for one that is
    missing. Errors: StoreUnreachable."""
    seq = first
    while seq <= last:
        gap = False
        for found, names in log.slots(epoch, seq - 1):
            if found > last:
                return
            yield found, names
            seq, gap = found + 1, not names
        if seq <= last and not gap:
            yield seq, []
            seq += 1


def lies_there(log: SharedLog, epoch: int, seq: int, hash_: bytes) -> bool | None:
    """Whether the bytes with this hash lie in a slot, or open this epoch, which goes on after `seq` then. False: other
    whole ones do; None: nothing whole is there, any more or yet. Errors: StoreUnreachable."""
    found: bool | None = None
    for place in (0, seq) if epoch > 1 else (seq,):
        for data in read_slot(log, epoch, place):
            if hashlib.sha256(data).digest() == hash_:
                return True
            if place == seq:
                try:
                    parse(data)
                    found = False
                except Torn:
                    continue
    return found
