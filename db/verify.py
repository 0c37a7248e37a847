"""Proof that a replica is what the shared log says, and that the store still holds that log.

In this order, each step reporting what it finds as sentences that name the entry and whose it is:

1. replay: the cached entries, one after the other from the first (frame, chain, signature, rules), folded into an empty
   replica, must give the same head and the same state digest;
2. rows: a full scan of this replica must give the digest that was kept along;
3. the store, if it can be reached: each slot must still give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.chain import Slot, Stop, slot_name
from db.entry import claimed_device
from db.epochs import Opening, read
from db.errors import Refused
from db.healing import listed
from db.history import before_the_first, epochs
from db.log import SLOT_NAMES, Head, SharedLog
from db.packs import whole
from db.replica import APPLY_AT_ONCE, Replica
from db.rollback import Irreversible


@dataclass(frozen=True)
class Verification:
    """`entries`: where the replica stands. `problems`: empty when all is well. `notes`: what could not be looked at."""

    entries: int
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.problems


def verify(replica: Replica, log: SharedLog | None, desk_keys: Mapping[int, bytes]) -> Verification:
    """Check the whole log as this replica has it. `log` None: the store is not compared.

    Begins again when the replica moves on meanwhile. Errors: StoreUnreachable when the store goes away.
    """
    while True:
        head = replica.head
        result = _verify(replica, log, desk_keys)
        if replica.head == head:
            return result


def _verify(replica: Replica, log: SharedLog | None, desk_keys: Mapping[int, bytes]) -> Verification:
    problems: list[str] = []
    notes: list[str] = []
    before = replica.floor.seq
    earlier = before_the_first(replica, log)
    if earlier is None:
        notes.append(
            f"This replica began with a snapshot at entry {before}, and the store no longer gives the entries up to "
            "there: they were not replayed."
        )
    with tempfile.TemporaryDirectory(prefix="halldesk-verify-") as folder:
        fresh = Replica(Path(folder) / "replay.db", replica.program)
        try:
            keys = ("store", "root_key", "device", "analyst", "incarnation")
            fresh.bind(**{key: replica.fact(key) for key in keys})
            if earlier is not None:
                problems += _replay(replica, fresh, desk_keys, earlier)
        finally:
            fresh.close()
    if replica.rows_digest() != replica.digest:
        problems.append(
            f"The rows of this replica are not its state at entry {replica.head.seq}: something changed them without "
            "the log. Join again; the shared log has everything."
        )
    if log is not None:
        problems += _compare(replica, log, desk_keys)
    return Verification(replica.head.seq, problems, notes)


def _replay(
    replica: Replica, fresh: Replica, desk_keys: Mapping[int, bytes], earlier: Mapping[int, bytes]
) -> Iterator[str]:
    """Fold the cached entries into `fresh`; ends at the first that is missing or not valid."""
    for part in _parts(replica, earlier, desk_keys):
        if isinstance(part, Opening):
            try:
                fresh.open_epoch(part, desk_keys)
            except (Refused, Irreversible) as error:
                yield f"The opening of epoch {part.epoch} is not valid: {error}."
                return
            continue
        stop = fresh.apply(part, desk_keys, 0).stop
        if stop is not None:
            here = replica.entry(stop.seq)
            if here is None and stop.seq <= replica.floor.seq:
                yield f"Entry {stop.seq} in the store, before this replica's first, is not valid: {stop.why}."
            elif here is None:
                yield f"Entry {stop.seq} is missing in this replica. Join again; the shared log has everything."
            else:
                yield f"Entry {stop.seq} ({_whose(replica, here)}) in this replica is not valid: {stop.why}."
            return
    head = replica.head
    if fresh.head != head:
        yield f"This replica says that it stands at entry {head.seq}, but its entries end at {fresh.head.seq}."
    elif fresh.digest != replica.digest:
        yield (
            f"Replaying the log to entry {head.seq} gives another state than this replica has. "
            "Join again; the shared log has everything."
        )


def _parts(
    replica: Replica, earlier: Mapping[int, bytes], desk_keys: Mapping[int, bytes]
) -> Iterator[list[Slot] | Opening]:
    """Every position to the head, some hundred at a time; one without an entry has no candidate. Between them the
    openings of later epochs."""
    openings = {epoch: raw for epoch, _seq, raw in replica.openings()}
    store = replica.fact("store")
    told = 1
    for epoch, start, end in [*epochs(replica), (replica.head.epoch, 1, 0)]:
        for later in range(told + 1, epoch + 1):
            opening = read(openings[later], later, store, desk_keys)
            if isinstance(opening, Opening):
                yield opening
        told = epoch
        for first in range(start, end + 1, APPLY_AT_ONCE):
            part: list[Slot] = []
            for seq in range(first, min(first + APPLY_AT_ONCE, end + 1)):
                raw = earlier.get(seq) or replica.entry(seq)
                part.append(Slot(seq, () if raw is None else ((slot_name(seq, SLOT_NAMES[0]), raw),)))
            yield part


def _compare(replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes]) -> Iterator[str]:
    """What the store holds against what was applied here."""
    epoch = replica.head.epoch
    whole_log = whole(log)
    for epoch, start, end in epochs(replica, replica.floor.seq + 1):
        yield from _compare_epoch(replica, whole_log, desk_keys, Head(epoch, end, b""), start)


def _compare_epoch(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], end: Head, start: int
) -> Iterator[str]:
    for seq, names in listed(log, end, start):
        raw = replica.entry(seq)
        if raw is None:
            continue  # told above
        found = tuple((name, log.read(end.epoch, seq, name) or b"") for name in names)
        if found and found[0][1] == raw:
            continue
        entry = f"Entry {seq} ({_whose(replica, raw)})"
        chosen = replica.choose(Slot(seq, found), desk_keys)
        if not found:
            yield f"{entry} is missing in the store. It is put back when this workstation syncs or is repaired."
        elif not isinstance(chosen, Stop):
            if chosen.frame.raw != raw:
                yield f"{entry} is another one in the store ({_whose(replica, chosen.frame.raw)}): it was set back."
        else:
            yield f"{entry} is not whole in the store: {chosen.why}."


def _whose(replica: Replica, raw: bytes) -> str:
    """Who made an entry, as far as its bytes can still say."""
    reader = replica.reader()
    try:
        row = reader.one(
            "SELECT a.name FROM device d JOIN analyst a ON a.id = d.analyst_id WHERE d.id = ?", (claimed_device(raw),)
        )
    finally:
        reader.close()
    return f"by {row[0]}" if row is not None else "by an unknown device"
