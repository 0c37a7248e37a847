"""Proof that a replica is what the shared log says, and that the store still holds that log.

In this order, each step reporting what it finds, whose entry it is, what
that means and what to do about it:

1. replay: the cached entries, one after the other from the first (frame, chain, signature, rules), folded into an empty
   replica, must give the same head and the same state digest;
2. rows: a full scan of this replica must give the digest that was kept along;
3. the store, if it can be reached: each slot must still give the same bytes, and what lies after the last one must be
   an entry;
4. what the rules refused: it changed nothing, but an honest program does not publish it, so whose it is matters.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from db.chain import Slot, Stop, slot_name
from db.entry import Forged, Sealed, TooNew, Torn, claimed_device, parse
from db.epochs import Opening, read
from db.errors import Refused
from db.history import before_the_first, epochs
from db.log import SLOT_NAMES, Head, SharedLog
from db.packs import whole
from db.replica import APPLY_AT_ONCE, Replica
from db.rollback import Irreversible
from db.slots import listed

Step = Literal["replay", "rows", "store"]
Watch = Callable[[Step, int, int], None]
"""Is told how far a step is: done, of how many. What it raises ends the check, and nothing is left behind."""
_PART_BYTES: Final = 256 * 1024
"""So much is replayed at once, that whoever watches sees it go on; an import's entries are large."""
_JOIN_AGAIN: Final = (
    "The shared log has everything: let the administrator invite this workstation anew (`halldesk invite --for`) and "
    "join with a fresh profile. Keep the old profile until its unsent work is there."
)
_PUT_BACK: Final = (
    "Nothing is lost: this workstation has the entry and puts it back when it syncs (`halldesk sync`). If that happens "
    "again, look at the drive: its server loses what it said was written."
)
_NOBODY_HAS_IT: Final = (
    "Reading and sending end there, for everybody. Whoever has it puts it back with the next look; when every "
    "workstation was on and nobody had it, an administrator gives it up (`halldesk repair`, or Give it up in Drive "
    "health)."
)
_INTRUDER: Final = (
    "Nobody obeys it and nothing is changed by it. Somebody who can write to the folder put it there: look who may, "
    "and whether that workstation is in the right hands."
)

_SET_BACK: Final = (
    "Work that was sent after the moment it was set back to is still on the workstations that know it; let nobody join "
    "before an administrator has decided which state counts."
)
_NOT_OBEYED: Final = (
    "It changed nothing. Two who enter or change the key at the same moment do this in peace; anything else comes from "
    "a program that was altered or is broken: look at that workstation."
)


@dataclass(frozen=True)
class Problem:
    """Something that is wrong. `seq`: the entry (None: the replica as a whole); `device`, `analyst`, `at` (ms UTC, as
    it says itself): whose it is, "" and None where its bytes no longer tell. `why`: what is wrong; `means`: what that
    means and what to do."""

    seq: int | None
    device: str
    analyst: str
    at: int | None
    why: str
    means: str

    def __str__(self) -> str:
        if self.seq is None:
            return f"{self.why} {self.means}"
        return f"Entry {self.seq} ({self.whose}) {self.why} {self.means}"

    @property
    def whose(self) -> str:
        """Who made it, where and when, in words."""
        if not self.analyst:
            return "by an unknown device"
        made = "" if self.at is None else f", {datetime.fromtimestamp(self.at / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        return f"by {self.analyst} on {self.device}{made}"


@dataclass(frozen=True)
class Verification:
    """`entries`: where the replica stands. `problems`: empty when all is well. `refused`: what the log has and the
    rules made a no-op. `notes`: what could not be looked at."""

    entries: int
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.problems


def _nobody(_step: Step, _done: int, _all: int) -> None:
    """Nobody watches."""


def verify(
    replica: Replica, log: SharedLog | None, desk_keys: Mapping[int, bytes], watch: Watch = _nobody
) -> Verification:
    """Check the whole log as this replica has it. `log` None: the store is not compared.

    Begins again when the replica moves on meanwhile. Errors: StoreUnreachable when the store goes away.
    """
    while True:
        head = replica.head
        result = _verify(replica, log, desk_keys, watch)
        if replica.head == head:
            return result


def _verify(replica: Replica, log: SharedLog | None, desk_keys: Mapping[int, bytes], watch: Watch) -> Verification:
    problems: list[Problem] = []
    about = _About(replica, desk_keys)
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
                problems += _replay(replica, fresh, desk_keys, earlier, about, watch)
        finally:
            fresh.close()
    if replica.rows_digest(lambda done, tables: watch("rows", done, tables)) != replica.digest:
        why = (
            f"The rows of this replica are not its state at entry {replica.head.seq}: another program, or a broken "
            "disk, changed them without the log."
        )
        problems.append(Problem(None, "", "", None, why, _JOIN_AGAIN))
    if log is not None:
        problems += _compare(replica, log, desk_keys, about, watch)
    return Verification(replica.head.seq, problems, notes, list(_refused(replica, about)))


def _replay(
    replica: Replica,
    fresh: Replica,
    desk_keys: Mapping[int, bytes],
    earlier: Mapping[int, bytes],
    about: _About,
    watch: Watch,
) -> Iterator[Problem]:
    """Fold the cached entries into `fresh`; ends at the first that is missing or not valid."""
    for part in _parts(replica, earlier, desk_keys):
        watch("replay", fresh.head.seq, replica.head.seq)
        if isinstance(part, Opening):
            try:
                fresh.open_epoch(part, desk_keys)
            except (Refused, Irreversible) as error:
                why = f"The opening of epoch {part.epoch} is not valid: {error}."
                yield Problem(None, "", "", None, why, _JOIN_AGAIN)
                return
            continue
        stop = fresh.apply(part, desk_keys, 0).stop
        if stop is not None:
            here = replica.entry(stop.seq)
            if here is None and stop.seq <= replica.floor.seq:
                why = f"in the store, before this replica's first, is not valid: {stop.why}."
                yield about(stop.seq, b"", why, _INTRUDER)
            elif here is None:
                yield about(stop.seq, b"", "is missing in this replica.", _JOIN_AGAIN)
            else:
                yield about(stop.seq, here, f"in this replica is not valid: {stop.why}.", _JOIN_AGAIN)
            return
    head = replica.head
    why = ""
    if fresh.head != head:
        why = f"This replica says that it stands at entry {head.seq}, but its entries end at {fresh.head.seq}."
    elif fresh.digest != replica.digest:
        why = f"Replaying the log to entry {head.seq} gives another state than this replica has."
    if why:
        yield Problem(None, "", "", None, why, _JOIN_AGAIN)


def _parts(
    replica: Replica, earlier: Mapping[int, bytes], desk_keys: Mapping[int, bytes]
) -> Iterator[list[Slot] | Opening]:
    """Every position to the head, some hundred small ones at a time; one without an entry has no candidate. Between
    them the openings of later epochs."""
    openings = {epoch: raw for epoch, _seq, raw in replica.openings()}
    store = replica.fact("store")
    told = 1
    for epoch, start, end in [*epochs(replica), (replica.head.epoch, 1, 0)]:
        for later in range(told + 1, epoch + 1):
            opening = read(openings[later], later, store, desk_keys)
            if isinstance(opening, Opening):
                yield opening
        told = epoch
        part: list[Slot] = []
        size = 0
        for seq in range(start, end + 1):
            raw = earlier.get(seq) or replica.entry(seq)
            part.append(Slot(seq, () if raw is None else ((slot_name(seq, SLOT_NAMES[0]), raw),)))
            size += len(raw or b"")
            if len(part) == APPLY_AT_ONCE or size >= _PART_BYTES or seq == end:
                yield part
                part, size = [], 0


def _compare(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], about: _About, watch: Watch
) -> Iterator[Problem]:
    """What the store holds against what was applied here."""
    whole_log = whole(log)
    for epoch, start, end in epochs(replica, replica.floor.seq + 1):
        yield from _compare_epoch(replica, whole_log, desk_keys, Head(epoch, end, b""), start, about, watch)
    yield from _after_the_head(replica, whole_log, desk_keys, about)


def _after_the_head(
    replica: Replica, log: SharedLog, desk_keys: Mapping[int, bytes], about: _About
) -> Iterator[Problem]:
    """What lies where the next entry belongs. A whole one only means that there is news."""
    head = replica.head
    seq, names = next(iter(log.slots(head.epoch, head.seq)), (0, []))
    if seq != head.seq + 1:
        return
    if not names:
        yield about(seq, b"", "is missing in the store, and later ones are there.", _NOBODY_HAS_IT)
        return
    read = [(name, log.read(head.epoch, seq, name)) for name in names]
    found = tuple((name, raw) for name, raw in read if raw is not None)
    chosen = replica.choose(Slot(seq, found), desk_keys)
    if len(found) == len(names) and isinstance(chosen, Stop) and not chosen.closed:
        means = _NOBODY_HAS_IT if chosen.damaged else _INTRUDER
        yield about(seq, found[0][1], f"is not whole in the store: {chosen.why}.", means)


def _compare_epoch(
    replica: Replica,
    log: SharedLog,
    desk_keys: Mapping[int, bytes],
    end: Head,
    start: int,
    about: _About,
    watch: Watch,
) -> Iterator[Problem]:
    for seq, names in listed(log, end.epoch, start, end.seq):
        watch("store", seq, end.seq)
        raw = replica.entry(seq)
        if raw is None:
            continue  # told above
        found = tuple((name, log.read(end.epoch, seq, name) or b"") for name in names)
        if found and found[0][1] == raw:
            continue
        chosen = replica.choose(Slot(seq, found), desk_keys)
        if not found:
            yield about(seq, raw, "is missing in the store.", _PUT_BACK)
        elif not isinstance(chosen, Stop):
            if chosen.frame.raw != raw:
                other = about(seq, chosen.frame.raw, "", "").whose
                yield about(seq, raw, f"is another one in the store ({other}): it was set back.", _SET_BACK)
        else:
            means = _PUT_BACK if chosen.damaged else _INTRUDER
            yield about(seq, raw, f"is not whole in the store: {chosen.why}.", means)


def _refused(replica: Replica, about: _About) -> Iterator[Problem]:
    """Transactions that are in the log and count for nothing."""
    reader = replica.reader()
    try:
        rows = reader.all("SELECT seq, refused FROM applied_tx WHERE refused IS NOT NULL ORDER BY seq")
    finally:
        reader.close()
    for seq, why in rows:
        yield about(seq, replica.entry(seq) or b"", f"has a change that does not count: {why}.", _NOT_OBEYED)


class _About:
    """Names an entry, as far as its bytes can still say whose it is."""

    def __init__(self, replica: Replica, desk_keys: Mapping[int, bytes]) -> None:
        self._replica, self._keys = replica, desk_keys

    def __call__(self, seq: int, raw: bytes, why: str, means: str) -> Problem:
        reader = self._replica.reader()
        try:
            row = reader.one(
                "SELECT d.name, a.name FROM device d JOIN analyst a ON a.id = d.analyst_id WHERE d.id = ?",
                (claimed_device(raw),),
            )
        finally:
            reader.close()
        try:
            at = parse(raw).open_body(self._keys).at
        except (Torn, Forged, Sealed, TooNew):
            at = None
        return Problem(seq, row[0] if row else "", row[1] if row else "", at, why, means)
