"""Giving a store back what it lost: every replica keeps the bytes of every entry it applied.

A server that loses power may forget its last entries, or keep them as zeroes, although it said they were safe. Whoever
has the bytes puts the same bytes back: under the first free name of the slot, because names are never overwritten. Put
back twice by two clients they are still one entry.

What can't be healed is told by an exception, and db.following does what is right:

* `Forked`: another valid entry lies where ours was. The store was set back and went on without us.
* `Behind`: our entries are not there because they were packed away or dropped, and newer ones are.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from typing import Final

from db.chain import Chosen, Slot, believed, slot_name
from db.entry import Forged, Sealed, TooNew, Torn, parse
from db.errors import StoreDamaged, StoreUnreachable
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.replica import Replica

_log = logging.getLogger(__name__)

_DEEP: Final = 64
"""Entries looked at when a store is met: a power cut damages the youngest ones."""


class Forked(Exception):
    """The store has another history after entry `common`; None: from before the first entry kept here."""

    def __init__(self, common: int | None) -> None:
        super().__init__(f"the store went on without this workstation after entry {common}")
        self.common = common


class Behind(Exception):
    """The store keeps nothing of what follows our head, but newer entries."""


def heal(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], *, deep: bool = False, everything: bool = False
) -> list[str]:
    """Put back what the store lacks of the entries of this epoch applied here; returns the names used.

    Looks at the entry of our head; further back until one is whole if that is not; `deep` at the last 64 at least;
    `everything` at all. What lies before a snapshot this replica began with is for others to put back. Errors: Forked,
    Behind; StoreDamaged when no name is free for an entry; StoreUnreachable.
    """
    head, lowest = replica.head, replica.lowest
    if _began_in_another_history(replica, log, desk_keys):
        raise Forked(None)
    put_back = _heal_opening(replica, log)
    if head.seq < lowest:
        return put_back
    first = lowest if everything else max(lowest, head.seq - (_DEEP if deep else 1) + 1)
    oldest = 0
    whole = _is_whole(replica, log, head.epoch, head.seq)
    if whole:
        # The store has our history. What lies where its old entries were dropped is none of it, however well signed.
        first = min(max(first, _dropped_through(replica, head.epoch) + 1), head.seq)
    else:
        oldest = log.oldest(head.epoch) or 0
        if oldest > head.seq:
            raise Behind
    step = 1
    while first > max(lowest, oldest) and not _is_whole(replica, log, head.epoch, first):
        step *= 2
        first = max(lowest, first - step)
    for seq, names in listed(log, head, first):
        raw = replica.entry(seq)
        if raw is None:
            raise StoreDamaged(f"Entry {seq} is missing in this replica; run `halldesk verify`.")
        found = [(name, log.read(head.epoch, seq, name)) for name in names]
        here = tuple((name, data) for name, data in found if data is not None)
        if here and here[0][1] == raw:
            continue
        if len(here) < len(found):
            raise StoreUnreachable(f"Entry {seq} is there but can't be read; your work is kept here.")
        if not here and seq < oldest:
            continue  # dropped, after it was packed or a snapshot replaced it
        # What comes before is the same, so the same desk key is in force; what is under another one never counted.
        known = parse(raw).generation if seq > first or first == lowest else None
        rival = replica.choose(Slot(seq, here), desk_keys, known)
        if isinstance(rival, Chosen):
            if rival.frame.raw == raw:
                continue
            if whole and not _is_taken(log, head.epoch, seq + 1):
                _log.warning("an entry lies in slot %d that leads nowhere; our history is there after it", seq)
                continue
            raise Forked(seq - 1)
        if rival.closed:
            raise StoreDamaged(
                f"The store at {log.where} was set back, and what follows can't be read here ({rival.why}). Nothing "
                "was sent; update Halldesk or ask an administrator."
            )
        if len(names) == len(SLOT_NAMES):
            raise StoreDamaged(f"Entry {seq} of the shared log is damaged and no name is free to put it back under.")
        name = slot_name(seq, SLOT_NAMES[len(names)])
        if log.put(head.epoch, seq, name, raw) is not Put.WON:
            raise StoreUnreachable(f"Entry {seq} is missing in the store and could not be put back just now.")
        _log.info("put entry %d back as %s", seq, name)
        put_back.append(name)
    return put_back


def _dropped_through(replica: Replica, epoch: int) -> int:
    """The last entry of this epoch that an administrator let go (db.compaction); 0: none."""
    compacted = replica.fact("compacted")
    return int(compacted[1]) if compacted and compacted[0] == epoch else 0


def _heal_opening(replica: Replica, log: SharedLog) -> list[str]:
    """The opening of our epoch stands in slot 0."""
    epoch = replica.head.epoch
    raw = next((raw for opened, _seq, raw in replica.openings() if opened == epoch), None)
    if raw is None:
        return []
    names = next((names for seq, names in log.slots(epoch, -1) if seq == 0), [])
    if any(log.read(epoch, 0, name) == raw for name in names) or len(names) == len(SLOT_NAMES):
        return []
    name = slot_name(0, SLOT_NAMES[len(names)])
    return [name] if log.put(epoch, 0, name, raw) is Put.WON else []


def _began_in_another_history(replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes]) -> bool:
    """Whether the store has another rightly signed entry where the snapshot lies that this replica began with.

    Without its bytes it can't be put back, nor be told from the one before by what follows it."""
    floor = replica.floor
    if floor.seq <= replica.opened_at:
        return False
    seq, names = next(iter(log.slots(floor.epoch, floor.seq - 1)), (0, []))
    if seq != floor.seq:
        return False
    here = [log.read(floor.epoch, seq, name) or b"" for name in names]
    if any(hashlib.sha256(data).digest() == floor.hash for data in here):
        return False
    for data in here:
        try:
            frame = parse(data)
            body = believed(frame, desk_keys, replica.signing_key(replica.head.seq, frame.device))
        except (Torn, Forged, Sealed, TooNew):
            continue
        if (body.store, body.epoch, body.seq) == (replica.fact("store"), floor.epoch, seq):
            return True
    return False


def listed(log: SharedLog, head: Head, first: int) -> Iterator[tuple[int, list[str]]]:
    """Every position from `first` to the head, with the names that are taken; none for one that is missing."""
    seq = first
    while seq <= head.seq:
        gap = False
        for found, names in log.slots(head.epoch, seq - 1):
            if found > head.seq:
                return
            yield found, names
            seq, gap = found + 1, not names
        if seq <= head.seq and not gap:
            yield seq, []
            seq += 1


def _is_taken(log: SharedLog, epoch: int, seq: int) -> bool:
    found, names = next(iter(log.slots(epoch, seq - 1)), (0, []))
    return found == seq and bool(names)


def _is_whole(replica: Replica, log: SharedLog, epoch: int, seq: int) -> bool:
    for found, names in log.slots(epoch, seq - 1):
        raw = replica.entry(seq)
        return found == seq and bool(names) and log.read(epoch, seq, names[0]) == raw
    return False
