"""Giving a store back what it lost: every replica keeps the bytes of every entry it applied.

A server that loses power may forget its last entries, or keep them as zeroes, although it said they were safe. Whoever
has the bytes puts the same bytes back: under the first free name of the slot, because names are never overwritten. Put
back twice by two clients they are still one entry. If instead another valid entry lies where ours was, the store was
set back and went on without us; nothing can be healed then, and nothing is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final

from db.chain import Slot, Stop, slot_name
from db.errors import StoreDamaged, StoreUnreachable
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.replica import Replica

_log = logging.getLogger(__name__)

_DEEP: Final = 64
"""Entries looked at when a store is met: a power cut damages the youngest ones."""


def heal(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], *, deep: bool = False, everything: bool = False
) -> list[str]:
    """Put back what the store lacks of the entries applied here; returns the names used.

    Looks at the entry of our head; further back until one is whole if that is not; `deep` at the last 64 at least;
    `everything` at all. What lies before a snapshot this replica began with is for others to put back. Errors:
    StoreDamaged when the store has another valid entry in a place of ours, or no free name; StoreUnreachable.
    """
    head = replica.head
    lowest = replica.floor.seq + 1
    first = lowest if everything else max(lowest, head.seq - (_DEEP if deep else 1) + 1)
    put_back: list[str] = []
    step = 1
    while first > lowest and not _is_whole(replica, log, head.epoch, first):
        step *= 2
        first = max(lowest, first - step)
    for seq, names in listed(log, head, first):
        raw = replica.entry(seq)
        if raw is None:
            raise StoreDamaged(f"Entry {seq} is missing in this replica; run `halldesk verify`.")
        found = [(name, log.read(head.epoch, seq, name)) for name in names]
        here = tuple((name, data) for name, data in found if data is not None)
        if any(data == raw for _name, data in here):
            continue
        if len(here) < len(found):
            raise StoreUnreachable(f"Entry {seq} is there but can't be read; your work is kept here.")
        rival = replica.choose(Slot(seq, here), desk_keys)
        if not isinstance(rival, Stop) or rival.closed:
            raise StoreDamaged(
                f"The store at {log.where} was set back: its entry {seq} is not the one this workstation knows. "
                "Nothing was sent or read; ask an administrator before anybody works on."
            )
        if len(names) == len(SLOT_NAMES):
            raise StoreDamaged(f"Entry {seq} of the shared log is damaged and no name is free to put it back under.")
        name = slot_name(seq, SLOT_NAMES[len(names)])
        if log.put(head.epoch, seq, name, raw) is not Put.WON:
            raise StoreUnreachable(f"Entry {seq} is missing in the store and could not be put back just now.")
        _log.info("put entry %d back as %s", seq, name)
        put_back.append(name)
    return put_back


def listed(log: SharedLog, head: Head, first: int) -> Iterator[tuple[int, list[str]]]:
    """Every position from `first` to the head, with the names that are taken; none for one that is missing."""
    seq = first
    while seq <= head.seq:
        for found, names in log.slots(head.epoch, seq - 1):
            if found > head.seq:
                return
            yield found, names
            seq = found + 1
        if seq <= head.seq:
            yield seq, []
            seq += 1


def _is_whole(replica: Replica, log: SharedLog, epoch: int, seq: int) -> bool:
    for found, names in log.slots(epoch, seq - 1):
        raw = replica.entry(seq)
        return found == seq and any(log.read(epoch, seq, name) == raw for name in names)
    return False
