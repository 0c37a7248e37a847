"""Where a replica stands: the facts of this workstation, and the part of the log that is kept here.

Everything here is asked; what changes the rows is in db.working and db.replica. Whoever asks waits until no other
thread is amid a change on the one connection that writes.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, cast

import msgpack

from db import migrate
from db.before import RowsBefore
from db.capture import RowChange
from db.chain import Chosen, Slot, Stop, choose
from db.entry import EMPTY_HASH, parse
from db.fold import Fold, schema_of, standing
from db.lineage import administered
from db.log import Head
from db.reader import Reader
from db.session import Writer
from db.state import applied_digest
from db.upgrades import PROGRAM, Program

_log = logging.getLogger(__name__)

_LEFT_AT_MOST: Final = 64


class Place:
    """The facts and the log of one replica."""

    def __init__(self, path: Path, program: Program = PROGRAM) -> None:
        """Open or make the replica at `path`. Errors: StorageError (newer schema, unwritable folder)."""
        self.path, self.program = path, program
        migrate.up_to_date(path)
        self._writer = Writer(path)
        self._in_hand: dict[str, Any] | None = None
        """All facts while entries are applied, written at the end: each entry moves three and asks for seven."""
        self._administered: dict[tuple[bytes, bytes, bytes], bool] = {}

    def reader(self) -> Reader:
        """A new read-only connection; the caller closes it."""
        return Reader(self.path)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """The writer's connection between transactions of other threads, to look at local tables; never to write."""
        return self._writer.reading()

    def close(self) -> None:
        """Close the writer; safe to call twice."""
        self._writer.close()

    def others_wrote(self) -> int:
        """A number that changes when another process wrote to this file (its command line, a second window), and only
        then: our own commits go through the connection that is asked.

        Asked while nobody else is amid a change on it: two threads never use one connection at once.
        """
        with self._writer.reading() as raw:
            return int(raw.execute("PRAGMA data_version").fetchone()[0])

    # -- facts ---------------------------------------------------------------------------------------------------------
    def fact(self, key: str) -> Any:
        """A value of the local `meta` table, or None. Reading here waits for the transactions of other threads."""
        with self._writer.reading() as raw:
            if self._in_hand is not None:
                return self._in_hand.get(key)
            row = raw.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else msgpack.unpackb(row[0])

    def facts(self) -> dict[str, Any]:
        """All of them, from one moment."""
        with self._writer.reading() as raw:
            if self._in_hand is not None:
                return dict(self._in_hand)
            rows = raw.execute("SELECT key, value FROM meta").fetchall()
        return {key: msgpack.unpackb(value) for key, value in rows}

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Write values of the local `meta` table."""
        with self._writer.begin():
            self._set_facts(facts)

    def _set_facts(self, facts: Mapping[str, Any]) -> None:
        if self._in_hand is not None:
            self._in_hand.update(facts)
            return
        self._writer.raw.executemany(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            [(k, msgpack.packb(v)) for k, v in facts.items()],
        )

    @contextmanager
    def _facts_in_hand(self) -> Iterator[dict[str, Any]]:
        """Within a transaction: facts are read once and those that changed are written at its end."""
        before = self.facts()
        self._in_hand = dict(before)
        try:
            yield self._in_hand
            after, self._in_hand = self._in_hand, None
            self._set_facts({key: value for key, value in after.items() if before.get(key) != value})
        finally:
            self._in_hand = None

    def bind(self, *, store: bytes, root_key: bytes, device: bytes, analyst: bytes, incarnation: bytes) -> None:
        """Tie a fresh replica to its store, device and analyst."""
        self.set_facts({"store": store, "root_key": root_key, "device": device, "analyst": analyst,
                        "incarnation": incarnation, "counter": 0, "head": [1, 0, EMPTY_HASH], "max_number": 0,
                        "generation": 1, "digest": b"\0" * 32})  # fmt: skip

    @property
    def head(self) -> Head:
        """The last entry applied here; seq 0 before the first."""
        return Head(*(self.fact("head") or (1, 0, EMPTY_HASH)))

    @property
    def digest(self) -> bytes:
        """Digest of the shared state at `head` (32 bytes). Equal digests: equal state."""
        return cast(bytes, self.fact("digest") or b"\0" * 32)

    @property
    def schema(self) -> int:
        """The schema of the store at `head` (db.upgrades): what everybody writes in."""
        with self._writer.reading() as raw:
            return schema_of(raw)

    def upgrade(self) -> tuple[RowChange, ...]:
        """The rows of an upgrade to the schema of this program; none when the store has it."""
        with self._writer.reading() as raw:
            row = raw.execute("SELECT id, schema FROM site").fetchone()
        if row is None or row[1] >= self.program.schema:
            return ()
        return (RowChange("site", row[0], "u", {"schema": [row[1], self.program.schema]}),)

    @property
    def generation(self) -> int:
        """The desk key in force at `head`: the next entry is sealed with it."""
        return int(self.fact("generation") or 1)

    def generation_at(self, seq: int) -> int:
        """The desk key in force after entry `seq`, which must be kept here: the next one is sealed with it."""
        following = self.entry(seq + 1)
        return self.generation if following is None else parse(following).generation

    def wrapped_key(self, device: bytes, generation: int) -> tuple[bytes, bytes] | None:
        """(a desk key wrapped for this device, its proof), of a generation that is or was in force; None: not given."""
        if generation > self.generation:
            return None
        with self._writer.reading() as raw:
            row = raw.execute(
                "SELECT w.wrapped, k.proof FROM wrapped_key w JOIN desk_key k ON k.generation = w.generation "
                "WHERE w.device_id = ? AND w.generation = ?",
                (device, generation),
            ).fetchone()
        return None if row is None else (row[0], row[1])

    def revocation(self) -> tuple[int, str] | None:
        """(when, by whom) this workstation was turned out; None while it may write."""
        with self._writer.reading() as raw:
            row = raw.execute(
                "SELECT d.revoked_at, a.name FROM device d LEFT JOIN analyst a ON a.id = d.revoked_by_id "
                "WHERE d.id = ? AND d.revoked_at IS NOT NULL",
                (self.fact("device"),),
            ).fetchone()
        return None if row is None else (int(row[0]), str(row[1] or ""))

    # -- places in the log ---------------------------------------------------------------------------------------------
    def openings(self) -> list[tuple[int, int, bytes]]:
        """The epochs this desk went through: `(epoch, the entry it goes on after, bytes of its opening)`."""
        with self._writer.reading() as raw:
            return raw.execute("SELECT epoch, seq, raw FROM epoch_opening ORDER BY epoch").fetchall()

    @property
    def floor(self) -> Head:
        """The entry this replica begins after: seq 0 where it has the log from the first one."""
        return Head(*(self.fact("floor") or (1, 0, EMPTY_HASH)))

    @property
    def lowest(self) -> int:
        """The first entry of this epoch that is kept here, or would be."""
        return max(self.floor.seq, self.opened_at) + 1

    @property
    def opened_at(self) -> int:
        """The entry after which this epoch goes on; 0 in the first."""
        epoch = self.head.epoch
        return next((seq for opened, seq, _raw in self.openings() if opened == epoch), 0)

    def epoch_of(self, seq: int) -> int:
        """The epoch an entry applied here stands in."""
        return max((epoch for epoch, after, _raw in self.openings() if after < seq), default=1)

    def before(self, seq: int) -> Head:
        """The position that entry `seq`, applied here or next, must follow."""
        return self.head if seq == self.head.seq + 1 else self._after(seq - 1)

    def hash_before(self, epoch: int) -> bytes:
        """The hash of what the opening of this epoch follows: an entry, or another opening."""
        openings = self.openings()
        seq = next(after for opened, after, _raw in openings if opened == epoch)
        earlier = [raw for opened, after, raw in openings if opened < epoch and after == seq]
        if earlier:
            return hashlib.sha256(earlier[-1]).digest()
        known = self.known_at(seq)
        return self.floor.hash if known is None and seq == self.floor.seq else known[0] if known else EMPTY_HASH

    def _after(self, seq: int) -> Head:
        opened = [(epoch, raw) for epoch, after, raw in self.openings() if after == seq]
        if opened:
            return Head(opened[-1][0], seq, hashlib.sha256(opened[-1][1]).digest())
        if seq == self.floor.seq:
            return self.floor
        found = self.known_at(seq)
        return Head(self.epoch_of(seq + 1), seq, EMPTY_HASH if found is None else found[0])

    def place(self, seq: int) -> tuple[Head, bytes] | None:
        """The position after entry `seq` and the digest of the state there; None where that is not known here."""
        if seq == self.head.seq:
            return self.head, self.digest
        if seq == self.floor.seq:
            # Where an epoch goes on right after it, its opening is the place.
            return self.before(seq + 1), cast(bytes, self.fact("floor_digest") or bytes(32))
        known = self.known_at(seq)
        return None if known is None else (self.before(seq + 1), known[1])

    def places_after(self, common: int) -> list[Head]:
        """The newest places after entry `common` that are known here, at most as many as `leave_behind` keeps."""
        head = self.head
        known = [self.place(seq) for seq in range(max(common + 1, head.seq - _LEFT_AT_MOST + 1), head.seq + 1)]
        return [one[0] for one in known if one is not None]

    def leave_behind(self, places: Iterable[Head]) -> None:
        """Remember places of a history that was gone back over because the store has forked. Where they are still in
        the store, the others can't know that they lead nowhere (db.following)."""
        left = [list(one) for one in dict.fromkeys([*places, *self.left_behind()])]
        self.set_facts({"left_behind": left[:_LEFT_AT_MOST]})

    def left_behind(self) -> list[Head]:
        """The places of histories this workstation left, the newest histories first; no more than it keeps."""
        return [Head(*one) for one in self.fact("left_behind") or []]

    def known_at(self, seq: int) -> tuple[bytes, bytes] | None:
        """The hash of entry `seq` and the digest of the state after it; None where that is not known here."""
        with self._writer.reading() as raw:
            row = raw.execute("SELECT hash, digest FROM log_entry WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else (row[0], row[1])

    def applied_at(self, seq: int) -> bytes:
        """The digest of which transactions the log had at entry `seq`."""
        with self._writer.reading() as raw:
            rows = raw.execute("SELECT id, seq, refused IS NOT NULL FROM applied_tx WHERE seq <= ?", (seq,)).fetchall()
        return applied_digest((i, s, bool(r)) for i, s, r in rows).to_bytes(32, "big")

    # -- whose entry it is ---------------------------------------------------------------------------------------------
    def choose(self, slot: Slot, desk_keys: Mapping[int, bytes], generation: int | None = None) -> Chosen | Stop:
        """The slot rule (db.chain) for the position after the head, or for one that was applied here before.
        `generation`: the desk key in force there, where the caller knows that what comes before is the same."""
        generation = self.generation if slot.seq > self.head.seq else generation
        return choose(
            slot,
            self.before(slot.seq),
            store=self.fact("store"),
            program=self.program.schema,
            schema=self.schema if 1 < slot.seq == self.head.seq + 1 else None,
            generation=generation,
            desk_keys=desk_keys,
            key_of=lambda device: self.signing_key(slot.seq, device),
            may_upgrade=self._may_upgrade,
        )

    def _choose_next(
        self, slot: Slot, facts: Mapping[str, Any], fold: Fold, desk_keys: Mapping[int, bytes]
    ) -> Chosen | Stop:
        """`choose` for the position after the head while entries are applied: with what is in hand."""
        head = Head(*facts["head"])
        return choose(
            slot,
            head,
            store=facts["store"],
            program=self.program.schema,
            schema=fold.schema() if 1 < slot.seq == head.seq + 1 else None,
            generation=int(facts.get("generation") or 1),
            desk_keys=desk_keys,
            key_of=fold.key_of if slot.seq > 1 else lambda _device: facts["root_key"],
            may_upgrade=self._may_upgrade,
        )

    def _may_upgrade(self, device: bytes) -> bool:
        with self._writer.reading() as raw:
            row = raw.execute("SELECT analyst_id FROM device WHERE id = ?", (device,)).fetchone()
            if row is None:
                return False
            stands = standing(RowsBefore(raw), device, row[0])
        return stands.role == "administrator" and stands.active and not stands.revoked

    def administered(self, seq: int, device: bytes, author: bytes, desk_keys: Mapping[int, bytes]) -> bool:
        """Whether these were an administrator's after entry `seq`, applied here: by the log up to there (db.lineage).
        Errors: Unusable."""
        with self._writer.reading() as raw:
            known = self._administered.get((self._after(seq).hash, device, author))
            if known is None:
                entries = raw.execute("SELECT seq, raw FROM authority_entry WHERE seq <= ? ORDER BY seq", (seq,))
                known = administered(
                    raw, entries.fetchall(), device, author, store=self.fact("store"), root_key=self.fact("root_key"),
                    desk_keys=desk_keys, schema=self.program.schema,
                )  # fmt: skip
                self._administered[self._after(seq).hash, device, author] = known
        return known

    def signing_key(self, seq: int, device: bytes) -> bytes | None:
        """The public key that must have signed entry `seq` of this device; None when nobody here knows it."""
        if seq == 1:
            return cast(bytes, self.fact("root_key"))
        with self._writer.reading() as raw:
            row = raw.execute("SELECT public_key FROM device WHERE id = ?", (device,)).fetchone()
        return None if row is None else cast(bytes, row[0])

    # -- entries -------------------------------------------------------------------------------------------------------
    def entries(self, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """Every entry applied here, as `(seq, bytes)`."""
        seq = after
        while row := self._entry_from(seq + 1):
            seq = row[0]
            yield row

    def entry(self, seq: int) -> bytes | None:
        """The bytes of one entry applied here, or None."""
        row = self._entry_from(seq)
        return row[1] if row is not None and row[0] == seq else None

    def _entry_from(self, seq: int) -> tuple[int, bytes] | None:
        with self._writer.reading() as raw:
            row = raw.execute("SELECT seq, raw FROM log_entry WHERE seq >= ? ORDER BY seq LIMIT 1", (seq,)).fetchone()
        return None if row is None else (row[0], row[1])
