"""The local replica: what this workstation knows, what it did and has not told yet, and how both meet the log.

Two ways in, each one SQLite transaction:

* `transaction(kind)`: work done here. Rows change, the record becomes a *pending transaction*, undo keeps it too.
* `apply(slots)`: entries from the log. Pending work is undone, entries are folded in, pending work is redone on top,
  rebased by db.merging. Where pending work and the news touch different rows, the undo and redo are skipped: they
  commute.

`confirm(...)` is the short way for an entry that consists of our own oldest pending transactions: rows are right
already, so only case numbers, the head and the digest move.

The digest is that of the log's state, without pending work. Every pending transaction carries the change it makes to
the digest, and those sums telescope, so confirming is an addition.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import msgpack

from db import authority, incarnation, migrate, rollback, rotation, search_index, upgrades
from db.before import RowsBefore
from db.capture import NotAtOnce, RowChange, RowStore, Touched, Transaction, TxRecord
from db.chain import Chosen, Slot, Stop, choose
from db.conflicts import ConflictRow, Conflicts
from db.due_times import Derive, DueTimes
from db.enrolment import APPOINT, Signed, appointment_refusal
from db.entry import EMPTY_HASH, Body, Frame, parse
from db.epochs import Opening
from db.errors import BuiltUpon, Refused, StorageError
from db.fold import Fold, schema_of, standing, unlawful
from db.ids import new_id
from db.lineage import administered, concerns_authority, proven
from db.log import MAX_ENTRY, Head
from db.lost import PATIENCE_MS, Lost, LostRow
from db.outbox import NotDisjoint, Outbox
from db.reader import Reader
from db.rebase import News, RefusedRow, rebase
from db.rollback import Back, Irreversible
from db.session import Writer
from db.shapes import SHARED
from db.state import Arrived, Part, Rows, applied_digest, take_in
from db.tables import MODULUS, rows_digest, spec
from db.undo import Journal, Step, invert, kind_of_undoing, last_touch
from db.upgrades import PROGRAM, Program

__all__ = ["APPLY_AT_ONCE", "SCHEMA", "Applied", "ConflictRow", "Replica", "Slot", "Stop"]

_log = logging.getLogger(__name__)

Administered = Callable[[int, bytes, bytes], bool]
"""`(seq, device, author)`: were these an administrator's after entry `seq`? Errors: Unusable."""
Accept = Callable[[Head, Rows, Administered], None]
SCHEMA: Final = PROGRAM.schema
"""The newest version of the shared tables that this program can write and read."""
APPLY_AT_ONCE: Final = 500
JOURNAL_LENGTH: Final = 500
_UNDO_LIMIT_BYTES: Final = 256 * 1024
_MAX_TRANSACTION: Final = MAX_ENTRY // 2
"""An entry that is too long to be read would damage the log for everybody."""


@dataclass
class Applied:
    """What one `apply` did. `refused`: transactions that the rules made no-ops. `passed`: candidates that were not what
    they pretended to be. `differing`: entries whose maker had another state digest than we. `devices`: who made
    them."""

    entries: int = 0
    transactions: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    conflicts: int = 0
    devices: set[bytes] = field(default_factory=set)
    stop: Stop | None = None


class Replica:
    """One workstation's database. Writing is serial; readers come from `reader()`."""

    def __init__(self, path: Path, program: Program = PROGRAM) -> None:
        """Open or make the replica at `path`. Errors: StorageError (newer schema, unwritable folder)."""
        self.path, self.program = path, program
        migrate.up_to_date(path)
        self._writer = Writer(path)
        self._conflicts = Conflicts(self._writer.raw)
        self._outbox = Outbox(self._writer.raw, self._check_again, self._conflicts)
        self._journal = Journal(self._writer.raw)
        self._lost = Lost(self._writer.raw, self._outbox)
        self._due_times = DueTimes(self._writer)
        self._listeners: list[Callable[[Touched], None]] = []
        self._in_hand: dict[str, Any] | None = None
        """All facts while entries are applied, written at the end: each entry moves three and asks for seven."""
        self._administered: dict[tuple[bytes, bytes, bytes], bool] = {}
        self.worked_at = time.monotonic()
        """When work was last done here, on the monotonic clock, in seconds."""

    def reader(self) -> Reader:
        """A new read-only connection; the caller closes it."""
        return Reader(self.path)

    def derive_with(self, derive: Derive) -> None:
        """`derive` computes when cases are due, which no row says that travels (db.due_times)."""
        self._due_times.derive = derive

    @property
    def due_times_wait(self) -> bool:
        """Whether hours or targets changed and open cases were not all given their due times since."""
        return self._due_times.wait

    def settle_due_times(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the due times of all open cases up to date, in parts; returns how many were not. May take seconds, in
        which others get their turn to write. `on_progress(done, total)`, in cases."""
        touched = Touched()
        self._due_times.settle(touched, on_progress)
        if touched.cases:
            self._tell(touched)
        return len(touched.cases)

    def _follow(self, touched: Touched) -> None:
        """What is kept here beside the shared rows follows them in the same commit: searchable words and due times."""
        search_index.refresh(self._writer.raw, touched.worded, touched.articles)
        self._due_times.follow(touched)

    def on_change(self, listener: Callable[[Touched], None]) -> None:
        """`listener` is called after every commit, in the thread that made it."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Close the writer; safe to call twice."""
        self._writer.close()

    # -- facts --------------------------------------------------------------------------------------------------------
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

    def pending_count(self) -> int:
        """How many transactions the log has not got yet."""
        with self._writer.reading():
            return self._outbox.count()

    def others_wrote(self) -> int:
        """A number that changes when another process wrote to this file (its command line, a second window), and only
        then: our own commits go through the connection that is asked.

        Asked while nobody else is amid a change on it: two threads never use one connection at once.
        """
        with self._writer.reading() as raw:
            return int(raw.execute("PRAGMA data_version").fetchone()[0])

    def outcome(self, tx_id: bytes) -> tuple[str, str | None]:
        """What became of a transaction of ours: ("pending" | "accepted" | "refused" | "kept" | "unknown", why).

        "accepted" also where somebody did the same; "kept": theirs stands, ours is a proposal among the conflicts."""
        with self._writer.reading() as raw:
            row = raw.execute("SELECT refused FROM applied_tx WHERE id = ?", (tx_id,)).fetchone()
            if row is not None:
                return ("accepted", None) if row[0] is None else ("refused", row[0])
            if self._outbox.holds(tx_id) or self._lost.waits(tx_id):
                return "pending", None
            fate = self._conflicts.fate(tx_id)
        if fate is None:
            return "unknown", None
        return ("refused", fate[1]) if fate[0] == "refused" else ("accepted" if fate[0] == "same" else "kept", None)

    # -- work done here -----------------------------------------------------------------------------------------------
    @contextmanager
    def transaction(
        self,
        kind: str,
        author: bytes | None,
        *,
        at: int,
        on_behalf_of: bytes | None = None,
        undoable: bool = True,
        case_id: bytes | None = None,
    ) -> Iterator[Transaction]:
        """One unit of work of this workstation; published later.

        `at`: ms UTC, the maker's clock. `case_id`: the case an undo would be offered on. Errors: Refused when the rules
        every client shares forbid it; StorageError when the disk does. In both cases nothing was changed.
        """
        with self._writer.begin(shared=True):
            tx = Transaction(self._writer.raw, kind, author, at, on_behalf_of)
            yield tx
            if tx.is_empty:
                return
            self._add(tx.record(), tx.digest_change, tx.touched, case_id, undoable=undoable)
        self._tell(tx.touched)

    def must_be_lawful(self, record: TxRecord) -> None:
        """What this workstation is about to say in the log. Errors: Refused."""
        with self._writer.reading():
            self._check(record)

    def _add(
        self,
        record: TxRecord,
        digest_change: int,
        touched: Touched,
        case_id: bytes | None,
        *,
        undoable: bool = True,
        undoes: bytes | None = None,
    ) -> None:
        """Put a transaction whose rows are written into the outbox and the journal. Errors: Refused, StorageError."""
        self._check(record)
        body = record.pack()
        if len(body) > _MAX_TRANSACTION:
            raise StorageError("This is too much for one change; do it in smaller parts. Nothing was changed.")
        # Whoever enters anew on a replica with work that waits must be in before the work is.
        self._outbox.add(record, body, digest_change, first=record.kind == "device.enrol")
        self.worked_at = time.monotonic()
        if undoable and len(body) <= _UNDO_LIMIT_BYTES:
            self._journal.note(record, body, case_id, undoes=undoes, most=JOURNAL_LENGTH)
        self._follow(touched)

    def _check(self, record: TxRecord, *, again: bool = False) -> None:
        """The rules of the fold, asked before anything is published. Errors: Refused.

        `again`: the work was done before and is put on top of news. A workstation that was revoked meanwhile, or whose
        keys were lost and that is entering anew, keeps such work: it waits for the day the workstation is let in again.
        """
        if record.kind == "device.enrol" or (record.kind == "desk.found" and self.head.seq == 0):
            return
        author = record.author or self.fact("analyst")
        if record.kind == APPOINT:
            state = RowsBefore(self._writer.raw, undoing=None if again else record)
            why = appointment_refusal(record, self.fact("store"), self.fact("root_key"), state)
            if why is not None:
                raise Refused(why)
            return
        why = unlawful(record) or upgrades.refusal(record, schema_of(self._writer.raw), self.program)
        if why is None and author is not None:
            state = RowsBefore(self._writer.raw, undoing=None if again else record)
            stands = standing(state, self.fact("device"), author)
            if stands.revoked and not again:
                why = "this workstation was revoked; what it holds can be read, and nothing can be written"
            elif stands.role is None and again and self.fact("entering"):
                return
            else:
                why = authority.refusal(record, author, stands.role, stands.active, state) or rotation.refusal(
                    record, author, state
                )
        if why is not None:
            raise Refused(why)

    def _check_again(self, record: TxRecord) -> None:
        self._check(record, again=True)

    def _tell(self, touched: Touched) -> None:
        for listener in self._listeners:
            listener(touched)

    def announce(self, touched: Touched) -> None:
        """Tell the listeners of something that no shared row shows, as an upload that is finished."""
        self._tell(touched)

    @contextmanager
    def local(self) -> Iterator[sqlite3.Connection]:
        """A writing transaction on local tables (drafts, read marks); shared tables stay guarded."""
        with self._writer.begin():
            yield self._writer.raw

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """The writer's connection between transactions of other threads, to look at local tables; never to write."""
        return self._writer.reading()

    def undo(self, tx_id: bytes, author: bytes | None, *, at: int) -> Step:
        """Take a transaction of this workstation back, as a new transaction, if nobody built on it.

        Returns the new transaction. Errors: BuiltUpon with one sentence for the person.
        """
        with self._writer.reading():
            found = self._journal.record(tx_id)
        if found is None:
            raise BuiltUpon("This change is too old to be undone here.")
        record, case_id, undone_by = found
        if undone_by is not None:
            raise BuiltUpon("This change has been undone already.")
        if self.outcome(tx_id)[0] in ("refused", "unknown", "kept"):
            raise BuiltUpon("The shared log did not take this change, so there is nothing to undo.")
        with self._writer.begin(shared=True):
            tx = Transaction(self._writer.raw, kind_of_undoing(record.kind), author, at)
            try:
                invert(tx, record)
            except sqlite3.IntegrityError as error:
                raise BuiltUpon("Somebody refers to what this made, so it can't be undone by itself.") from error
            if not tx.is_empty:
                self._add(tx.record(), tx.digest_change, tx.touched, case_id, undoes=tx_id)
            self._conflicts.ask_again(tx_id)
        self._tell(tx.touched)
        return Step(tx.id, tx.kind, at, case_id)

    def next_step(self, *, forward: bool = False, case_id: bytes | None = None) -> Step | None:
        """What undo would take back now (`forward`: what redo would bring back), in one case or anywhere."""
        with self._writer.reading():
            return self._journal.to_redo(case_id) if forward else self._journal.to_undo(case_id)

    def name_who_built(self, error: BuiltUpon, tx_id: bytes, desk_keys: Mapping[int, bytes]) -> None:
        """Find out who stands in the way of an undo, from the entries since then; leaves it open where it can't."""
        if error.place is None:
            return
        with self._writer.reading() as raw:
            row = raw.execute("SELECT seq FROM applied_tx WHERE id = ?", (tx_id,)).fetchone()
            pending = [record for _n, record in self._outbox.records(newest_first=True)]
            own = self.fact("analyst")
        since = row[0] if row is not None else self.head.seq

        def newest_first() -> Iterator[tuple[TxRecord, bytes]]:
            for record in pending:
                yield record, own
            for seq in range(self.head.seq, since - 1, -1):
                raw_entry = self.entry(seq)
                if raw_entry is not None:
                    body = parse(raw_entry).open_body(desk_keys)
                    for record in reversed(body.transactions):
                        yield record, body.author

        found = last_touch(newest_first(), error.place, tx_id)
        if found is not None:
            error.who, error.at = found

    def make_again(self, n: int, author: bytes | None, *, at: int) -> bytes | None:
        """Make the transaction of a conflict again, over what stands now, because a person says so.

        Returns the new transaction's id, or None when nothing was left to do. Errors: Refused.
        """
        with self._writer.begin(shared=True) as raw:
            found = self._conflicts.one(n)
            if found is None:
                raise Refused(f"there is no conflict {n}")
            kept, record = found
            rows = RowStore(raw)
            try:
                rebased = rebase(rows, record, News(), "insist", now=at)
            except RefusedRow as error:
                raise Refused(error.code) from error
            except sqlite3.IntegrityError as error:
                raise Refused(f"it breaks a rule of the data: {error}") from error
            new = TxRecord(new_id(), record.kind, at, author, record.on_behalf_of, (), tuple(rebased.changes))
            if rebased.changes:
                self._add(new, rows.digest_change % MODULUS, rows.touched, kept.case_id)
            self._conflicts.settle(n, at, "mine", new.id if rebased.changes else None)
        self._tell(rows.touched)
        return new.id if rebased.changes else None

    # -- what to publish ----------------------------------------------------------------------------------------------
    def batch(self, held: Callable[[TxRecord], bool] = lambda _record: False) -> list[TxRecord]:
        """The oldest pending transactions that fit one entry (at least one, if there is any that is not `held`)."""
        with self._writer.reading():
            return self._outbox.batch(held)

    def pending(self) -> list[TxRecord]:
        """Every pending transaction, oldest first."""
        with self._writer.reading():
            return [record for _n, record in self._outbox.records()]

    def confirm(self, frame: Frame, body: Body) -> bool:
        """The log took our own entry. False when somebody else's apply was faster (then nothing is left to do).

        Not flushed to the disk by itself: should a power cut take this back, the entry comes as news.
        """
        with self._writer.begin(shared=True, durable=False) as raw:
            facts = self.facts()
            if facts["head"] != [body.epoch, body.seq - 1, body.prev]:
                return False
            if not all(self._outbox.holds(record.id) for record in body.transactions):
                return False
            fold = Fold(raw, facts["max_number"], self.program)
            change = 0
            newest = 0
            for record in body.transactions:
                change += self._outbox.take(record.id)
                fold.note(record, body.seq)
                newest = max(newest, _generation_made(record))
                for row_change in record.rows:
                    if row_change.table == "case" and row_change.op == "i":
                        fold.number(row_change.row_id)
            self._advance(frame, body, facts, change + fold.rows.digest_change, fold.max_number, newest)
        self._tell(fold.rows.touched)
        return True

    def _advance(
        self, frame: Frame, body: Body, before: Mapping[str, Any], digest_change: int, max_number: int, newest: int
    ) -> None:
        """Note that this entry was applied. `before`: the facts until now. `newest`: the desk key it made (0: none)."""
        digest = ((int.from_bytes(before["digest"], "big") + digest_change) % MODULUS).to_bytes(32, "big")
        hash_ = frame.hash
        self._writer.raw.execute(
            "INSERT INTO log_entry (seq, hash, digest, raw) VALUES (?, ?, ?, ?)",
            (body.seq, hash_, digest, frame.raw),
        )
        if concerns_authority(body.transactions):
            self._writer.raw.execute("INSERT INTO authority_entry (seq, raw) VALUES (?, ?)", (body.seq, frame.raw))
        facts: dict[str, Any] = {
            "head": [body.epoch, body.seq, hash_],
            "digest": digest,
            "max_number": max_number,
        }
        for record in body.transactions:
            if record.kind == "log.compact" and self.outcome(record.id) == ("accepted", None):
                facts["compacted"] = [body.epoch, record.extra.get("through", 0)]
        if newest:
            facts["generation"] = newest
        if body.device == before["device"]:
            facts["counter"] = max(body.counter, before["counter"])
            facts |= incarnation.noted(before, body.seq, body.incarnation, body.at)
        self._set_facts(facts)

    # -- what others published ----------------------------------------------------------------------------------------
    def apply(self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int) -> Applied:
        """Fold the next slots of the log in; they must follow the head without a gap. `now`: ms UTC.

        Stops at the first slot without a valid entry and says why. Errors: StorageError; then nothing was changed.
        """
        if not slots:
            return Applied()
        direct = at_once = True
        while True:
            try:
                return self._apply(slots, desk_keys, now, direct=direct, at_once=at_once)
            except NotDisjoint:
                direct = False
            except NotAtOnce:
                at_once = False

    def _apply(
        self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int, *, direct: bool, at_once: bool
    ) -> Applied:
        """`direct`: leave pending work where it is, because the news commutes with it. Errors: NotDisjoint if not.
        `at_once`: as for Fold. Errors: NotAtOnce."""
        out = Applied()
        raw = self._writer.raw
        own = RowStore(raw)
        # Not flushed by itself: what a power cut takes back is read from the log again.
        with self._writer.begin(shared=True, durable=False), self._facts_in_hand() as facts:
            beside = self._outbox.footprint() if direct and self._outbox.count() else None
            if not direct:
                self._outbox.take_back(own)
            fold = Fold(raw, facts["max_number"], self.program, at_once=at_once)
            news = News()
            root_key = facts["root_key"]
            for slot in slots:
                if slot.seq <= facts["head"][1]:
                    continue  # another process of this profile was faster
                chosen = self._choose_next(slot, facts, fold, desk_keys)
                if isinstance(chosen, Stop):
                    out.stop = chosen
                    break
                body = chosen.body
                out.passed += chosen.passed
                if body.digest is not None and body.digest != facts["digest"]:
                    out.differing.append(body.seq)
                before = fold.rows.digest_change
                newest = 0
                by = Signed(
                    body.seq, body.store, body.device, body.author, body.at, root=body.seq == 1, root_key=root_key
                )
                for record in body.transactions:
                    if beside is not None:
                        beside.must_not_meet(record)
                    why = fold.apply(record, by)
                    if why is not None:
                        if beside is not None:
                            raise NotDisjoint
                        out.refused.append((record.id, why))
                        _log.info("entry %d: a transaction was refused by the rules: %s", body.seq, why)
                    else:
                        newest = max(newest, _generation_made(record))
                        if not direct:
                            news.note(record, body.author)
                change = fold.rows.digest_change - before
                self._advance(chosen.frame, body, facts, change, fold.max_number, newest)
                out.entries += 1
                out.devices.add(body.device)
                out.transactions += len(body.transactions)
            fold.settle()
            if not direct:
                out.conflicts = self._outbox.put_again(own, now, news, self.fact("analyst"))
            touched = fold.rows.touched
            touched.merge(own.touched)
            self._follow(touched)
        if out.entries:
            self._tell(touched)
        return out

    # -- a whole state at once ----------------------------------------------------------------------------------------
    @property
    def floor(self) -> Head:
        """The entry this replica begins after: seq 0 where it has the log from the first one."""
        return Head(*(self.fact("floor") or (1, 0, EMPTY_HASH)))

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

    def take_in(self, parts: Iterator[Part], desk_keys: Mapping[int, bytes], now: int, accept: Accept) -> Arrived:
        """Become what a stream of the whole state says (db.state). Unpublished work, and what only the entries here
        have, is set aside; `recover` puts it on top once the log was read to its end.

        `accept` is told the place of the state, the rows that are proven about authority, and who was an administrator
        when, before anything is believed. Errors: Unusable, also from `accept`; then nothing was changed.
        """
        raw = self._writer.raw
        store, root_key = self.fact("store"), self.fact("root_key")

        def prove(head: Head, _openings: object, entries: Sequence[tuple[int, bytes]]) -> Rows:
            rows = proven(raw, entries, store=store, root_key=root_key, desk_keys=desk_keys,
                          schema=self.program.schema)  # fmt: skip
            accept(head, rows, lambda seq, device, author: administered(
                raw, [one for one in entries if one[0] <= seq], device, author, store=store, root_key=root_key,
                desk_keys=desk_keys, schema=self.program.schema,
            ))  # fmt: skip
            return rows

        with self._writer.begin(shared=True, keys=False):
            raw.execute("CREATE TEMP TABLE effective AS SELECT id, seq FROM applied_tx WHERE refused IS NULL")
            arrived = take_in(raw, parts, prove)
            rollback.keep_what_is_missing(raw, self._lost, desk_keys, self.fact("device"), resend=now + PATIENCE_MS)
            raw.execute("DROP TABLE effective")
            self._lost.set_aside(self.fact("device"), self.fact("analyst"))
            self._set_facts({
                "head": list(arrived.head), "floor": list(arrived.head), "floor_digest": arrived.digest,
                "digest": arrived.digest, "max_number": arrived.max_number, "generation": _generation(raw),
                incarnation.LAST: None,
            })  # fmt: skip
            self._due_times.follow(arrived.touched)
        self._tell(arrived.touched)
        return arrived

    def place(self, seq: int) -> tuple[Head, bytes] | None:
        """The position after entry `seq` and the digest of the state there; None where that is not known here."""
        if seq == self.head.seq:
            return self.head, self.digest
        if seq == self.floor.seq:
            # Where an epoch goes on right after it, its opening is the place.
            return self.before(seq + 1), cast(bytes, self.fact("floor_digest") or bytes(32))
        known = self.known_at(seq)
        return None if known is None else (self.before(seq + 1), known[1])

    def roll_back(self, seq: int, desk_keys: Mapping[int, bytes], now: int) -> Back:
        """Go back to the state after entry `seq`, because the store did; own transactions that are gone wait to be sent
        again. `now`: ms UTC. Errors: Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            back = self._roll_back(seq, desk_keys, resend=now + PATIENCE_MS)
        self._tell(back.touched)
        return back

    def _roll_back(self, seq: int, desk_keys: Mapping[int, bytes], *, resend: int) -> Back:
        place = self.place(seq)
        if place is None:
            raise Irreversible(f"entry {seq} is not kept here")
        raw = self._writer.raw
        own = RowStore(raw)
        self._outbox.take_back(own)
        back = rollback.undo_to(
            raw, self._lost, seq, place[1], desk_keys, self.fact("device"), before=self.digest, resend=resend
        )
        self._lost.set_aside(self.fact("device"), self.fact("analyst"))
        back.touched.merge(own.touched)
        self._follow(back.touched)
        (highest,) = raw.execute('SELECT coalesce(max(number), 0) FROM "case"').fetchone()
        generation = _generation(raw)
        self._set_facts({
            "head": list(place[0]), "digest": place[1], "max_number": highest, "generation": generation,
            "kept_generation": generation, incarnation.LAST: None,
        })  # fmt: skip
        return back

    def start_over(self, desk_keys: Mapping[int, bytes], now: int | None, generation: int | None = None) -> Back:
        """Go back to the first day: everything shared comes from the store again; what is only here is set aside.
        `now`: ms UTC; None: what is gone then is not sent again by itself. `generation`: the desk key that is the
        newest now, where that is known."""
        resend = 0 if now is None else now + PATIENCE_MS
        with self._writer.begin(shared=True, keys=False):
            back = rollback.start_over(self._writer.raw, self._lost, desk_keys, self.fact("device"), resend=resend)
            self._lost.set_aside(self.fact("device"), self.fact("analyst"))
            first = [1, 0, EMPTY_HASH]
            self._set_facts({
                "head": first, "floor": first, "floor_digest": bytes(32), "digest": bytes(32), "max_number": 0,
                "generation": 1, incarnation.LAST: None,
                **({} if generation is None else {"kept_generation": generation}),
            })  # fmt: skip
            self._due_times.follow(back.touched)
        self._tell(back.touched)
        return back

    def open_epoch(self, opening: Opening, desk_keys: Mapping[int, bytes]) -> Back:
        """Follow an administrator who set the desk back on purpose: go back to the entry it names, go on in the new
        epoch. Nothing that was undone is sent again by itself. Errors: Refused, Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            back = Back()
            if self.head.epoch >= opening.epoch:
                return back  # another process of this profile was faster
            place = self.place(opening.seq)
            if place is None or place[0].hash != opening.before:
                raise Irreversible(f"entry {opening.seq} is not kept here, or is another one")
            if opening.seq != self.head.seq:
                back = self._roll_back(opening.seq, desk_keys, resend=0)
            stands = standing(RowsBefore(self._writer.raw), opening.device, opening.author)
            if stands.role != "administrator" or not stands.active or stands.revoked:
                raise Refused("only an administrator may set the desk back")
            self._writer.raw.execute(
                "INSERT INTO epoch_opening (epoch, seq, raw) VALUES (?, ?, ?)",
                (opening.epoch, opening.seq, opening.raw),
            )
            self._set_facts({"head": list(opening.head)})
        self._tell(back.touched)
        return back

    def leave_epoch(self, desk_keys: Mapping[int, bytes], now: int) -> Back:
        """Undo that an epoch was opened: go back to the entry its opening names, in the epoch before. Own transactions
        of this epoch wait to be sent again. `now`: ms UTC. Errors: Irreversible; nothing was changed."""
        with self._writer.begin(shared=True):
            opened = self.opened_at
            back = self._roll_back(opened, desk_keys, resend=now + PATIENCE_MS)
            self._writer.raw.execute("DELETE FROM epoch_opening WHERE epoch = ?", (self.head.epoch,))
            place = self._after(opened)
            if place.hash == EMPTY_HASH:
                raise Irreversible(f"entry {opened} is not kept here")
            self._set_facts({"head": list(place)})
        self._tell(back.touched)
        return back

    # -- work that is in no state now ---------------------------------------------------------------------------------
    def recover(self, now: int) -> int:
        """Put lost and set-aside work that fits on top again; returns how many conflicts that made. `now`: ms UTC."""
        with self._writer.begin(shared=True) as raw:
            own = RowStore(raw)
            conflicts = self._lost.recover(own, now)
            self._follow(own.touched)
        self._tell(own.touched)
        return conflicts

    def lost(self) -> list[LostRow]:
        """Transactions the log had and has no more (db.lost)."""
        with self._writer.reading():
            return self._lost.rows()

    def resubmit(self, tx_id: bytes) -> bool:
        """Let a lost transaction be sent again from here; False when there is none such."""
        with self._writer.begin():
            return self._lost.resubmit(tx_id, self.fact("analyst"), self._my_role())

    def forget_lost(self, tx_id: bytes) -> bool:
        """A lost transaction stays lost, a person says; False when there is none such."""
        with self._writer.begin():
            return self._lost.forget(tx_id)

    def unsent(self) -> list[bytes]:
        """Everything that was made here and the log has not got, packed, oldest first."""
        with self._writer.reading() as raw:
            return [body for (body,) in raw.execute(
                "SELECT body FROM (SELECT 0 AS part, n, body FROM lost_tx WHERE waits "
                "UNION ALL SELECT 1, n, body FROM pending_tx) ORDER BY part, n"
            )]  # fmt: skip

    def bring_in(self, records: Sequence[TxRecord], author: bytes) -> None:
        """Let work of `author`, made on another workstation, be sent from here under the same ids (`recover`)."""
        with self._writer.begin():
            role = self._my_role()
            for record in records:
                self._lost.keep(record, 0, self.fact("device"), author, waits=False)
                self._lost.resubmit(record.id, self.fact("analyst"), role)

    def _my_role(self) -> str | None:
        return standing(RowsBefore(self._writer.raw), self.fact("device"), self.fact("analyst")).role

    # -- places in the log --------------------------------------------------------------------------------------------
    def openings(self) -> list[tuple[int, int, bytes]]:
        """The epochs this desk went through: `(epoch, the entry it goes on after, bytes of its opening)`."""
        with self._writer.reading() as raw:
            return raw.execute("SELECT epoch, seq, raw FROM epoch_opening ORDER BY epoch").fetchall()

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

    def _after(self, seq: int) -> Head:
        opened = [(epoch, raw) for epoch, after, raw in self.openings() if after == seq]
        if opened:
            return Head(opened[-1][0], seq, hashlib.sha256(opened[-1][1]).digest())
        if seq == self.floor.seq:
            return self.floor
        found = self.known_at(seq)
        return Head(self.epoch_of(seq + 1), seq, EMPTY_HASH if found is None else found[0])

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

    def conflicts(self, *, settled: bool = False) -> list[ConflictRow]:
        """What waits for a person's decision (or had it), newest first."""
        with self._writer.reading():
            return self._conflicts.rows(settled=settled)

    def conflict(self, n: int) -> tuple[ConflictRow, TxRecord] | None:
        """One of them, with the transaction it is about."""
        with self._writer.reading():
            return self._conflicts.one(n)

    def conflict_count(self) -> int:
        """How many wait."""
        with self._writer.reading():
            return self._conflicts.count()

    def settle(self, n: int, at: int, how: str = "theirs", tx_id: bytes | None = None) -> None:
        """A person has decided: `how` "mine", "theirs" or "text"; `tx_id`: the transaction that made it so."""
        with self._writer.begin():
            self._conflicts.settle(n, at, how, tx_id)

    # -- proof --------------------------------------------------------------------------------------------------------
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

    def rows_digest(self) -> bytes:
        """The digest of all shared rows by a full scan, with pending work taken out: must equal `digest`."""
        total = 0
        with self._writer.reading() as raw:
            for name in SHARED:
                table = spec(name)
                total += rows_digest(table, raw.execute(table.select_sql.removesuffix(" WHERE id = ?")))
            total -= self._outbox.digest_change()
        return (total % MODULUS).to_bytes(32, "big")


def _generation(raw: sqlite3.Connection) -> int:
    """The desk key in force by the rows, while no unpublished work is among them."""
    return int(raw.execute("SELECT coalesce(max(generation), 1) FROM desk_key").fetchone()[0])


def _generation_made(record: TxRecord) -> int:
    """The desk key a transaction makes; 0: none."""
    return max((c.values["generation"] for c in record.rows if (c.table, c.op) == ("desk_key", "i")), default=0)
