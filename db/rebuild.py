"""Making a store again: from a replica, from another store, from a backup. What is there is never overwritten.

`from_replica` needs nothing but this workstation: the card, the openings of the epochs, every entry kept here and,
where the old store still answers, what it alone has (entries before this replica's first, attachments). Old entries go
in packs, a snapshot of the state comes last, so that the new store is quick to join. `copied` takes a store as it is,
without keys.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.chain import slot_name
from db.errors import StorageError, StoreUnreachable
from db.history import before_the_first, epochs
from db.keys import DeviceSecret
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.packs import QUIET, SHARD, put_pieces, whole
from db.replica import Replica
from db.slots import names_in
from db.snapshots import Snapshots

_log = logging.getLogger(__name__)

_CARRIED: Final = ("blob",)
"""Kinds of side files that only the old store may have. Invitations are not carried: they are made again."""
_COPIED: Final = ("pack", "snap", "blob")

Progress = Callable[[str, int, int | None], None]
"""(what, how many, of how many)."""


@dataclass
class Rebuilt:
    """What a new store was given. `missing`: entries up to this one are nowhere to be had. `differing`: entries that
    are there with other bytes and were left alone. `damaged`: the source's entries that could not be read, `unread` its
    other files. `alone`: no other store was asked for what this replica lacks."""

    entries: int = 0
    files: int = 0
    missing: int = 0
    differing: int = 0
    damaged: list[int] = field(default_factory=list)
    unread: int = 0
    alone: bool = False


def from_replica(
    replica: Replica,
    secret: DeviceSecret,
    target: SharedLog,
    clock: Callable[[], int],
    old: SharedLog | None = None,
    progress: Progress = lambda *_: None,
) -> Rebuilt:
    """Give `target` everything this replica knows, and what `old` alone has. Errors: StorageError."""
    _found(target, replica.fact("card"))
    out = Rebuilt(alone=old is None)
    target = whole(target)
    for epoch, _seq, raw in replica.openings():
        _put(target, epoch, 0, raw)
    head = replica.head
    before = _earlier(replica, old)
    out.missing = replica.floor.seq if before is None else 0
    first = out.missing + 1

    def entry(seq: int) -> bytes:
        raw = (before or {}).get(seq) or replica.entry(seq)
        if raw is None:
            raise StorageError(f"Entry {seq} is missing in this replica; run `halldesk verify`.")
        return raw

    for epoch, start, end in epochs(replica, first):
        seq = start
        packed = max(start, (head.seq - QUIET) // SHARD * SHARD) if epoch == head.epoch else end + 1
        while seq <= end:
            last = min(seq + SHARD, packed) - 1
            until = put_pieces(target, epoch, ((at, entry(at)) for at in range(seq, last + 1)), seq)
            if until < seq:  # among the newest, or too long for a pack
                _put(target, epoch, seq, entry(seq))
                until = seq
            out.entries += until - seq + 1
            seq = until + 1
            progress("entries", out.entries, head.seq)
    if old is not None:
        try:
            _carry(old, target, _CARRIED, out, progress)
        except StorageError as error:
            if _answers(old):
                raise  # it is the new one that fails
            _log.info("the old store went away: %s", error)
            out.alone = True
    Snapshots(replica, target, secret, clock).make()
    target.announce(head)
    return out


def copied(source: SharedLog, target: SharedLog, progress: Progress = lambda *_: None) -> Rebuilt:
    """Give `target` everything `source` has, as it is. What can't be read in `source` is left out and counted; who
    has it puts it back. Errors: StorageError when `target` holds another desk, or can't be written."""
    _found(target, source.card())
    out = Rebuilt()
    _carry(source, target, _COPIED, out, progress)
    head: Head | None = None
    for epoch in source.epochs():
        start = source.oldest(epoch)
        positions = [(0, names_in(source, epoch, 0)), *(source.slots(epoch, start - 1) if start is not None else ())]
        for seq, names in positions:
            for name in names:
                try:
                    raw = source.read(epoch, seq, name)
                except StorageError as error:
                    _log.info("entry %d is left out: %s", seq, error)
                    out.damaged.append(seq)
                    break  # names are given one after the other
                answer = Put.WON if raw is None else target.put(epoch, seq, name, raw)
                if answer is Put.UNKNOWN:
                    raise StoreUnreachable(f"Entry {seq} could not be put just now; run it again.")
                out.entries += answer is Put.WON
                out.differing += answer is Put.LOST
            progress("entries", out.entries, None)
            head = Head(epoch, seq, bytes(32)) if names else head
    if head is not None:
        target.announce(head)
    return out


def _found(target: SharedLog, card: bytes | None) -> None:
    if card is None:
        raise StorageError("The card of the desk is not known here yet; synchronise once first.")
    there = target.card()
    if there is not None and there != card:
        raise StorageError(f"{target.where} holds another help desk; name an empty folder.")
    if not target.create(card):
        raise StorageError(f"{target.where} was taken by another help desk a moment ago.")


def _put(target: SharedLog, epoch: int, seq: int, raw: bytes) -> None:
    """Put an entry where it belongs, if it is not there. Errors: StorageError."""
    names = names_in(target, epoch, seq)
    if any(target.read(epoch, seq, name) == raw for name in names):
        return
    if names:
        raise StorageError(f"{target.where} has another entry {seq} than this workstation; name an empty folder.")
    if target.put(epoch, seq, slot_name(seq, SLOT_NAMES[0]), raw) is not Put.WON:
        raise StoreUnreachable(f"Entry {seq} could not be put just now; run it again.")


def _earlier(replica: Replica, old: SharedLog | None) -> dict[int, bytes] | None:
    """The entries before this replica's first, where the old store still has them all."""
    try:
        return before_the_first(replica, old)
    except StorageError as error:
        _log.info("what came before entry %d can't be read: %s", replica.floor.seq, error)
        return None


def _answers(log: SharedLog) -> bool:
    try:
        return log.card() is not None
    except StorageError:
        return False


def _carry(source: SharedLog, target: SharedLog, kinds: Sequence[str], out: Rebuilt, progress: Progress) -> None:
    for kind in kinds:
        there = set(target.sides(kind))
        for name in source.sides(kind):
            if name in there:
                continue
            try:
                data = source.get_side(kind, name)
            except StorageError as error:
                _log.info("%s %s is left out: %s", kind, name, error)
                out.unread += 1
                if not _answers(source):
                    raise
                continue
            if data is not None:
                target.put_side(kind, name, data)
                out.files += 1
                progress("files", out.files, None)
