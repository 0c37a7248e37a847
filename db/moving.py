"""Moving a desk to another store: from the drive to a database and back, with its whole log and nothing lost.

The log goes on, only its place changes. The last entry of the old place is a `desk.move` that names the new one. Nobody
can write after it there: an entry names the one before it, so whoever could has read the move, and then he goes along
(`moved_to`). Work that was pending anywhere is published at the new place.

The order in which the mover works, so that no moment has two places that take entries:

1. `copy_log`: everything to the new place but the first entry that is missing there, and what opens an epoch. A log is
   read from its beginning without a gap, so nothing behind that one is seen yet. This matters when a desk comes back to
   a place where somebody who was away for long still is: he must not find half a log and go on from there.
2. The move is committed at the old place. From here on there is no way back, and whoever reads it may finish the rest.
3. `copy_log` again: what came meanwhile and the move itself; `unlock` puts what was withheld.
4. Side files, once more: chunks of an attachment or an invitation may have been put after the mover copied them.

Who follows does 3. and 4. again as far as it is missing, because the mover may have died after 2. Everything is put if
absent, so that doing it twice, or by two at once, is doing it once.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from db.address import same_place
from db.capture import TxRecord
from db.chain import slot_name
from db.entry import parse
from db.errors import StoreDamaged, StoreUnreachable
from db.ids import derived_id
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.replica import Replica
from db.slots import names_in

_log = logging.getLogger(__name__)

MOVE: Final = "desk.move"
ARRIVE: Final = "desk.arrive"
PLACE: Final = "place"
"""Key of the site setting that says where the desk was moved to: JSON `{"where": WHERE}`, and `"here": true` since the
mover arrived there."""
PLACE_ID: Final = derived_id(0, "setting", PLACE)
_BLOCK: Final = 64
EARLY: Final = ("invite", "blob")
LATE: Final = ("snap", "pack")
"""Snapshots and packs show the log to who was away for long, so they come after the move. Heartbeats are not copied."""

Progress = Callable[[str, int, int], None]
"""(what is done now, how far, of how much)."""
Key = tuple[int, int, str]
"""Epoch, position, name."""


@dataclass
class Copied:
    """What was copied, by hash, to be compared when everything is there. `withheld`: what makes
    it visible."""

    names: dict[Key, bytes] = field(default_factory=dict)
    sides: dict[tuple[str, str], bytes] = field(default_factory=dict)
    withheld: list[tuple[Key, bytes]] = field(default_factory=list)


def moved_to(replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes]) -> str | None:
    """Where the desk went if the last entry read here moved it away from the place of `log`; else None.

    Errors: StoreUnreachable when that entry can't be had.
    """
    head = replica.head
    raw = replica.entry(head.seq) if head.seq else b""
    if raw is None:
        raw = _from_store(log, head)
    if not raw:
        return None
    for record in parse(raw).open_body(desk_keys).transactions:
        to = _named_in(record)
        if to is not None and replica.outcome(record.id)[0] == "accepted":
            return None if same_place(to, log.where) else to
    return None


def _named_in(record: TxRecord) -> str | None:
    """The place that a transaction moves the desk to. It stands in the row of a site setting and nowhere else, because
    that only an administrator may write."""
    for change in record.rows if record.kind == MOVE else ():
        if (change.table, change.row_id) == ("site_setting", PLACE_ID) and "value" in change.values:
            value = change.values["value"]
            try:
                return str(json.loads(value if change.op == "i" else value[1])["where"])
            except (ValueError, TypeError, KeyError):
                return None
    return None


def _from_store(log: SharedLog, head: Head) -> bytes:
    """The head's entry, where this replica began with a snapshot and never had its bytes. Right after an epoch was
    opened the head is the opening itself, which lies in place 0 of its epoch."""
    for seq in (head.seq, 0):
        for name in names_in(log, head.epoch, seq):
            raw = log.read(head.epoch, seq, name)
            if raw is not None and hashlib.sha256(raw).digest() == head.hash:
                return raw
    raise StoreUnreachable(f"Entry {head.seq} can't be read at {log.where} just now; your work is kept here.")


def place_value(where: str, *, here: bool = False) -> str:
    """The site setting's value."""
    return json.dumps({"where": where, "here": True} if here else {"where": where})


# -- copying ----------------------------------------------------------------------------------------------------------
def known_at(source: SharedLog, target: SharedLog, replica: Replica, *, may_go_on: bool = False) -> int:
    """How far the log at the new place goes without a gap, the head's position at most; before the first entry of the
    old place where the new one has none.

    Both logs with what is packed. `may_go_on`: others may have written behind our head already. Errors: StoreDamaged
    when it is another log than ours, or goes further than it may.
    """
    head = replica.head
    last = reached = (source.oldest(head.epoch) or head.seq + 1) - 1
    names: list[str] = []
    for seq, found in target.slots(head.epoch, last):
        if not found:
            break
        last = seq
        if seq <= head.seq:
            reached, names = seq, found
    if not names:
        return reached
    ours = replica.entry(reached)
    same = ours is None or any(target.read(head.epoch, reached, name) == ours for name in names)
    if not same or (last > head.seq and not may_go_on):
        raise StoreDamaged(
            f"{target.where} holds a log of this desk that went another way (up to entry {last}); nothing was moved."
        )
    return reached


def copy_log(
    source: SharedLog,
    target: SharedLog,
    replica: Replica,
    known: int,
    copied: Copied,
    progress: Progress,
    *,
    after: int | None = None,
) -> None:
    """Put every name of every entry behind `after` (None: behind `known`, which is what the target has, and of older
    epochs) up to the head, from the end to the beginning. Withheld are entry `known` + 1 and what opens an epoch. What
    the source lost comes from the replica.

    Errors: StorageError.
    """
    head = replica.head
    for epoch in source.epochs():
        first, last = _stretch(source, epoch, head)
        if epoch > head.epoch or (epoch < head.epoch and after is not None):
            continue
        if epoch == head.epoch:
            first = max(first, (known if after is None else after) + 1)
        if after is None:
            _withhold_opening(source, target, epoch, copied)
        for start in range(first + (last - first) // _BLOCK * _BLOCK, first - 1, -_BLOCK):
            block = dict(_read(source, replica, epoch, start, min(start + _BLOCK - 1, last)))
            for seq in sorted(block, reverse=True):
                for name, raw in reversed(block[seq]):
                    key = (epoch, seq, name)
                    if (epoch, seq) == (head.epoch, known + 1) and name.endswith(".e"):
                        copied.withheld.append((key, raw))
                        continue
                    _put(target, key, raw)
                    copied.names[key] = hashlib.sha256(raw).digest()
            progress("entries", last - start + 1, last - first + 1)


def unlock(target: SharedLog, copied: Copied, head: Head) -> None:
    """Put what was withheld, the entry before the openings: now the new place has the whole log."""
    for key, raw in sorted(copied.withheld, reverse=True):
        _put(target, key, raw)
        copied.names[key] = hashlib.sha256(raw).digest()
    copied.withheld.clear()
    target.announce(head)


def _stretch(source: SharedLog, epoch: int, head: Head) -> tuple[int, int]:
    """The first and the last position of an epoch, slot 0 not counted; an empty stretch where there is none."""
    first = source.oldest(epoch)
    if first is None:
        return 1, 0
    if epoch == head.epoch:
        return first, head.seq
    last = first - 1
    for seq, names in source.slots(epoch, first - 1):
        if names:
            last = seq
    return first, last


def _withhold_opening(source: SharedLog, target: SharedLog, epoch: int, copied: Copied) -> None:
    """Slot 0 opens an epoch: who finds it goes on there."""
    there = names_in(target, epoch, 0)
    for name in names_in(source, epoch, 0):
        raw = source.read(epoch, 0, name)
        if name not in there and raw is not None:
            copied.withheld.append(((epoch, 0, name), raw))


def _read(
    source: SharedLog, replica: Replica, epoch: int, first: int, last: int
) -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    """The entries of a stretch with all their names; those that are missing as the replica has them."""
    wanted = first
    for seq, names in source.slots(epoch, first - 1):
        if seq > last or not names:
            break
        found = []
        for name in names:
            raw = source.read(epoch, seq, name)
            if raw is None:
                raise StoreUnreachable(f"{name} is listed at {source.where} but can't be read just now.")
            found.append((name, raw))
        yield seq, found
        wanted = seq + 1
    while wanted <= last:
        ours = replica.entry(wanted) if epoch == replica.head.epoch else None
        if ours is None:
            raise StoreDamaged(f"Entry {wanted} is missing at {source.where}, and this workstation never had it.")
        yield wanted, [(slot_name(wanted, SLOT_NAMES[0]), ours)]
        wanted += 1


def _put(target: SharedLog, key: Key, raw: bytes) -> None:
    for _again in range(5):
        answer = target.put(*key, raw)
        if answer is Put.WON:
            return
        if answer is Put.LOST:
            raise StoreDamaged(f"{target.where} holds something else as {key[2]}; nothing more was copied.")
    raise StoreUnreachable(f"{target.where} gives no clear answer.")


def copy_sides(source: SharedLog, target: SharedLog, copied: Copied, progress: Progress, *, moved: bool) -> None:
    """Put the side files that are not at the new place. `moved`: also those that show the log. Errors: StorageError."""
    for kind in EARLY + LATE if moved else EARLY:
        there = set(target.sides(kind))
        missing = [name for name in source.sides(kind) if name not in there]
        for done, name in enumerate(missing, 1):
            data = source.get_side(kind, name)
            if data is not None and target.take_side(kind, name, data):
                copied.sides[kind, name] = hashlib.sha256(data).digest()
            progress(kind, done, len(missing))


def compare(target: SharedLog, copied: Copied, progress: Progress) -> None:
    """Read back what was copied. Errors: StoreDamaged for what is not the same, StoreUnreachable."""
    total = len(copied.names) + len(copied.sides)
    done = 0
    for (epoch, seq, name), digest in sorted(copied.names.items()):
        _same(target, name, target.read(epoch, seq, name), digest)
        done += 1
        if done % 100 == 0:
            progress("comparing", done, total)
    for (kind, name), digest in sorted(copied.sides.items()):
        data = target.get_side(kind, name)
        if data is not None or kind != "invite":  # an invitation may have been used meanwhile
            _same(target, name, data, digest)
        done += 1
        progress("comparing", done, total)


def _same(target: SharedLog, name: str, data: bytes | None, digest: bytes) -> None:
    if data is None or hashlib.sha256(data).digest() != digest:
        raise StoreDamaged(f"{name} came back from {target.where} otherwise than it was put there.")


def carry_over(source: SharedLog, target: SharedLog, replica: Replica) -> None:
    """What somebody who follows does before he works at the new place: whatever the mover did not finish, and what came
    to the old place after he was done. Errors: StorageError."""
    known = known_at(source, target, replica, may_go_on=True)
    copied = Copied()
    if known < replica.head.seq or _opens_later(source, target, replica.head.epoch):
        _log.info("the move to %s is being finished from entry %d on", target.where, known + 1)
        copy_log(source, target, replica, known, copied, _silent)
        unlock(target, copied, replica.head)
    copy_sides(source, target, copied, _silent, moved=True)


def has_head(target: SharedLog, replica: Replica) -> bool:
    """Whether the log at the new place has the entry of our head."""
    head = replica.head
    ours = replica.entry(head.seq)
    return any(
        ours in (None, target.read(head.epoch, head.seq, name)) for name in names_in(target, head.epoch, head.seq)
    )


def _opens_later(source: SharedLog, target: SharedLog, epoch: int) -> bool:
    return bool(names_in(source, epoch, 0)) and not names_in(target, epoch, 0)


def _silent(_what: str, _done: int, _total: int) -> None:
    pass
