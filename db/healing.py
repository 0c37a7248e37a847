"""Giving a store back what it lost: every replica keeps the bytes of every entry it applied.

A server that loses power may forget its last entries, or keep them as zeroes, although it said they were safe. Whoever
has the bytes puts the same bytes back: under the first free name of the slot, because names are never overwritten. Put
back twice by two clients they are still one entry.

Where the desk was set back on purpose (db.epochs), our history leads through several epochs. A store restored to before
an opening lacks the end of the epoch that was left, the opening, and what followed. They are put back in this order:
whoever is interrupted leaves the next one missing for others to see.

What can't be healed is told by an exception, and db.following does what is right:

* `Forked`: another valid entry lies where ours was, in this epoch or in one we came through. The store was set back and
  went on without us.
* `Ambiguous`: it can't be told yet whether it forked.
* `Behind`: our entries are not there because they were packed away or dropped, and newer ones are.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from typing import Final, NamedTuple

from db.chain import Chosen, Slot, believed, slot_name
from db.entry import Forged, Sealed, TooNew, Torn, parse
from db.epochs import Opening
from db.epochs import read as read_opening
from db.errors import StoreDamaged, StoreUnreachable
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.packs import is_packed, loose
from db.replica import Replica
from db.slots import lies_there, listed, names_in, read_slot

_log = logging.getLogger(__name__)

_DEEP: Final = 64
"""Entries looked at when a store is met: a power cut damages the youngest ones."""
_SINCE_AT_MOST: Final = 32


class Forked(Exception):
    """The store has another history after entry `common`; None: from before the first entry kept here."""

    def __init__(self, common: int | None) -> None:
        super().__init__(f"the store went on without this workstation after entry {common}")
        self.common = common


class Ambiguous(Exception):
    """Another valid entry lies where ours was, nothing comes after it, and our history goes on further up. Either ours
    was let go there, which a later entry says; or the store was set back amid a commit of ours, and it has forked."""


class Behind(Exception):
    """The store keeps nothing of what follows our head, but newer entries."""


def heal(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], *, deep: bool = False, everything: bool = False,
    to_its_end: bool = False,
) -> list[str]:  # fmt: skip
    """Put back what the store lacks of the entries of this epoch applied here; returns the names used.

    Looks at the entry of our head and at those that openings go on after; further back until one is whole if that is
    not; `deep` at the last 64 at least; `everything` at all. What lies before a snapshot this replica began with is for
    others to put back. `to_its_end`: the log was just read to its end, so that all is known that was let go of it.
    Errors: Forked, Behind; Ambiguous unless `to_its_end`; StoreDamaged when no name is free for an entry;
    StoreUnreachable.
    """
    head, floor = replica.head, replica.floor
    opened = next((seq for epoch, seq, _raw in replica.openings() if epoch == floor.epoch), 0)
    if floor.seq > opened and _is_another(replica, log, desk_keys, floor):
        raise Forked(None)
    whole = head.seq < replica.lowest or _is_whole(replica, log, desk_keys, head.epoch, head.seq)
    put_back = _heal_the_way_here(
        replica, log, desk_keys, deep=deep or not whole, everything=everything, closely=deep and to_its_end
    )
    if head.seq >= replica.lowest:
        span = _Span(head.epoch, replica.lowest, head.seq)
        put_back += _heal_span(
            replica, log, desk_keys, span, whole=whole, deep=deep, everything=everything, sure=to_its_end
        )
    return put_back


class _Span(NamedTuple):
    """The entries of one epoch on our way, as far as they are or would be kept here."""

    epoch: int
    lowest: int
    last: int


def _heal_the_way_here(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], *, deep: bool, everything: bool, closely: bool
) -> list[str]:
    """Through earlier epochs: the entry each opening goes on after, `closely` those before it too, and the openings.
    Errors: as `heal`."""
    put_back: list[str] = []
    openings = replica.openings()
    deep = deep or any(not _holds_opening(log, epoch, raw) for epoch, _seq, raw in openings)
    # What lies in packs only can't be replaced by anything, so a quick look asks for loose entries.
    looked = log if deep else loose(log)
    left, after = 1, 0
    for epoch, seq, raw in openings:
        opening = read_opening(raw, epoch, replica.fact("store"), desk_keys)
        before = opening.before if isinstance(opening, Opening) else replica.hash_before(epoch)
        there = lies_there(looked, left, seq, before) if seq > after else True
        if everything or closely or there is False or (there is None and (deep or not is_packed(log, left, seq))):
            span = _Span(left, max(replica.floor.seq, after) + 1, seq)
            if replica.entry(seq) is not None and span.lowest <= seq:
                put_back += _heal_span(
                    replica, log, desk_keys, span, whole=there is True, deep=closely, everything=everything, sure=True
                )
            elif there is False and _is_another(replica, log, desk_keys, Head(left, seq, before)):
                raise Forked(None)
        if deep or everything:
            put_back += _heal_opening(log, epoch, raw)
        left, after = epoch, seq
    return put_back


def _heal_span(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], span: _Span, *, whole: bool, deep: bool,
    everything: bool, sure: bool,
) -> list[str]:  # fmt: skip
    """`whole`: its last entry lies where it should. `sure`: whether what was let go of it is known."""
    epoch, lowest, last = span
    put_back: list[str] = []
    first = lowest if everything else max(lowest, last - (_DEEP if deep else 1) + 1)
    oldest = 0
    if whole:
        # The store has our history. What lies where its old entries were dropped is none of it, however well signed.
        first = min(max(first, dropped_through(replica, epoch) + 1), last)
    else:
        oldest = log.oldest(epoch) or 0
        if oldest > last and epoch == replica.head.epoch:
            raise Behind
    step = 1
    while first > max(lowest, oldest) and not _is_whole(replica, log, desk_keys, epoch, first):
        step *= 2
        first = max(lowest, first - step)
    gone = lowest < first <= oldest
    for seq, names in listed(log, epoch, first, last):
        after_what_is_gone, gone = gone, False
        raw = replica.entry(seq)
        if raw is None:
            raise StoreDamaged(f"Entry {seq} is missing in this replica; run `halldesk verify`.")
        here = _candidates(log, epoch, seq, names, raw)
        if here and here[0][1] == raw:
            continue
        if not here and seq < oldest:
            gone = True  # dropped, after it was packed or a snapshot replaced it
            continue
        if after_what_is_gone:
            theirs = [data for _name, data in here if made_for(replica, desk_keys, epoch, seq, data)]
            if theirs and raw not in theirs:
                raise Forked(None)  # whether theirs follows what we know can't be told any more
        # What comes before is the same, so the same desk key is in force; what is under another one never counted.
        follows = seq > first or first == lowest or (whole and seq == last)
        known = parse(raw).generation if follows else None
        rival = replica.choose(Slot(seq, here), desk_keys, known)
        if isinstance(rival, Chosen):
            if rival.frame.raw == raw:
                continue
            if whole and not sure and not names_in(log, epoch, seq + 1):
                raise Ambiguous
            raise Forked(seq - 1)
        if rival.closed:
            raise StoreDamaged(
                f"The store at {log.where} was set back, and what follows can't be read here ({rival.why}). Nothing "
                "was sent; update Halldesk or ask an administrator."
            )
        if len(names) == len(SLOT_NAMES):
            raise StoreDamaged(f"Entry {seq} of the shared log is damaged and no name is free to put it back under.")
        name = slot_name(seq, SLOT_NAMES[len(names)])
        if log.put(epoch, seq, name, raw) is not Put.WON:
            raise StoreUnreachable(f"Entry {seq} is missing in the store and could not be put back just now.")
        _log.info("put entry %d back as %s", seq, name)
        put_back.append(name)
    return put_back


def _candidates(log: SharedLog, epoch: int, seq: int, names: list[str], raw: bytes) -> tuple[tuple[str, bytes], ...]:
    """What lies in a slot, as a Slot has it; no further than a first one that is `raw`. Errors: StoreUnreachable."""
    here: list[tuple[str, bytes]] = []
    for name in names:
        data = log.read(epoch, seq, name)
        if data is None:
            raise StoreUnreachable(f"Entry {seq} is there but can't be read; your work is kept here.")
        here.append((name, data))
        if here[0][1] == raw:
            break
    return tuple(here)


def taken_by_another(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], first: int, last: int
) -> int:  # fmt: skip
    """The first slot of our epoch from `first` to `last` in which the store has another entry than was applied here,
    loose and not let go; 0: none. A read for each. Errors: StoreUnreachable."""
    epoch, log = replica.head.epoch, loose(log)
    first = max(first, dropped_through(replica, epoch) + 1, log.oldest(epoch) or last + 1)
    for seq, names in listed(log, epoch, first, last):
        raw = replica.entry(seq)
        if raw is None:
            continue
        here = _candidates(log, epoch, seq, names, raw)
        if here and _counts(replica, desk_keys, seq, here, raw) not in (raw, None):
            return seq
    return 0


def dropped_through(replica: Replica, epoch: int) -> int:
    """The last entry of this epoch that an administrator let go (db.compaction); 0: none."""
    return next((int(through) for of, through in replica.fact("let_go") or [] if of == epoch), 0)


def doubtful(replica: Replica, log: SharedLog) -> frozenset[tuple[int, int, int]]:
    """`(epoch, seq, names)` of the youngest slots on our way that hold more than one name, or none: somebody thinks
    otherwise of what lies there than we do, or of what lies before it. One listing for each epoch."""
    head, log = replica.head, loose(log)
    ends = [*((epoch, seq) for epoch, seq, _raw in replica.openings()), (head.epoch + 1, head.seq)]
    out: set[tuple[int, int, int]] = set()
    epoch, after = 1, replica.floor.seq
    for following, last in ends:
        first = max(after, last - _DEEP, dropped_through(replica, epoch)) + 1
        for seq, names in log.slots(epoch, first - 1) if first <= last else ():
            if seq > last:
                break
            if len(names) != 1:
                out.add((epoch, seq, len(names)))
        epoch, after = following, max(after, last)
    return frozenset(out)


def has_since(replica: Replica, log: SharedLog, looked: Head) -> bool:
    """Whether the store has what our newest entry follows, back to where we stood when that was `looked` at. A store
    that is set back between a look and a commit has the commit as its newest all the same, and it follows what is gone.
    One listing, and a read for each of the newest entries, at most as many as a minute brings to a busy desk."""
    head = replica.head
    first = max(looked.seq if looked.epoch == head.epoch else 0, replica.lowest - 1, head.seq - _SINCE_AT_MOST)
    if first < replica.lowest and 0 < first < head.seq:
        base = replica.before(replica.lowest)
        if not lies_there(log, base.epoch, base.seq, base.hash):
            return False
    return all(
        any(log.read(head.epoch, seq, name) == replica.entry(seq) for name in names)
        for seq, names in listed(log, head.epoch, max(first, replica.lowest), head.seq - 1)
    )


def _holds_opening(log: SharedLog, epoch: int, raw: bytes) -> bool:
    """Whether this opening lies in slot 0."""
    return raw in read_slot(log, epoch, 0)


def _heal_opening(log: SharedLog, epoch: int, raw: bytes) -> list[str]:
    """An opening stands in slot 0 of its epoch."""
    names = names_in(log, epoch, 0)
    if any(log.read(epoch, 0, name) == raw for name in names) or len(names) == len(SLOT_NAMES):
        return []
    name = slot_name(0, SLOT_NAMES[len(names)])
    return [name] if log.put(epoch, 0, name, raw) is Put.WON else []


def _is_another(replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], place: Head) -> bool:
    """Whether the store has another rightly signed entry at a place whose bytes are not kept here.

    Without them it can't be put back, nor be told from the one before by what follows it."""
    here = list(read_slot(log, place.epoch, place.seq))
    if any(hashlib.sha256(data).digest() == place.hash for data in here):
        return False
    for data in here:
        try:
            frame = parse(data)
            body = believed(frame, desk_keys, replica.signing_key(replica.head.seq, frame.device))
        except (Torn, Forged, Sealed, TooNew):
            continue
        if (body.store, body.epoch, body.seq) == (replica.fact("store"), place.epoch, place.seq):
            return True
    return False


def made_for(replica: Replica, desk_keys: Mapping[int, bytes], epoch: int, seq: int, data: bytes) -> bool:
    """Whether somebody who has a key of this desk made these bytes for this slot."""
    try:
        body = parse(data).open_body(desk_keys)
    except (Torn, Forged, Sealed, TooNew):
        return False
    return (body.store, body.epoch, body.seq) == (replica.fact("store"), epoch, seq)


def _is_whole(replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], epoch: int, seq: int) -> bool:
    """Whether the slot has the entry that was applied here, maybe behind what is damaged or counts for nobody."""
    names, raw = names_in(log, epoch, seq), replica.entry(seq)
    if not names or raw is None:
        return False
    return _counts(replica, desk_keys, seq, _candidates(log, epoch, seq, names, raw), raw) == raw


def _counts(
    replica: Replica, desk_keys: Mapping[int, bytes], seq: int, here: tuple[tuple[str, bytes], ...], raw: bytes
) -> bytes | None:
    """Of what lies in a slot whose entry was applied here as `raw`, the one that counts after what was applied before
    it; None where none does."""
    if here[0][1] == raw:
        return raw
    found = replica.choose(Slot(seq, here), desk_keys, parse(raw).generation)
    return found.frame.raw if isinstance(found, Chosen) else None
