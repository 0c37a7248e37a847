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

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import msgpack

from db import authority, migrate, search_index
from db.capture import RowChange, RowStore, Touched, Transaction, TxRecord
from db.entry import Body, Forged, Frame, Sealed, TooNew, Torn, parse
from db.errors import BuiltUpon, Refused, StorageError
from db.fold import Fold, Signed, standing, unlawful
from db.log import SLOT_NAMES, Head
from db.merging import FRESH_MS, Clash, merge_update
from db.reader import Reader
from db.session import Writer
from db.tables import MODULUS, Row, Value, complete, number_digest, row_digest, spec

_log = logging.getLogger(__name__)

SCHEMA: Final = 1
"""Version of the shared tables that this program writes and reads."""
BATCH_TRANSACTIONS: Final = 64
BATCH_BYTES: Final = 256 * 1024
APPLY_AT_ONCE: Final = 500
JOURNAL_LENGTH: Final = 500
_UNDO_LIMIT_BYTES: Final = 256 * 1024
_BEFORE_REPLICA_KINDS: Final = ("desk.found", "device.enrol")


@dataclass(frozen=True)
class Slot:
    """What the store holds for one position: `(name, bytes)` in the order they count."""

    seq: int
    candidates: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Stop:
    """Why the log was not read further. `damaged`: only the right bytes may fill the slot, nobody may commit over it.
    `next_name`: the name a commit would take (None: none is left)."""

    seq: int
    damaged: bool
    why: str
    next_name: str | None


@dataclass
class Applied:
    """What one `apply` did."""

    entries: int = 0
    transactions: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    conflicts: int = 0
    stop: Stop | None = None


@dataclass(frozen=True)
class ConflictRow:
    """Something of ours that did not go into the log as it was."""

    n: int
    at: int
    tx_id: bytes
    kind: str
    table: str | None
    row_id: bytes | None
    column: str | None
    outcome: str
    reason: str
    mine: Value
    theirs: Value


class _NotDisjoint(Exception):
    """The short way of `apply` met a row of ours after all; take the long one."""


class Replica:
    """One workstation's database. Writing is serial; readers come from `reader()`."""

    def __init__(self, path: Path) -> None:
        """Open or make the replica at `path`. Errors: StorageError (newer schema, unwritable folder)."""
        self.path = path
        migrate.up_to_date(path)
        self._writer = Writer(path)
        self._listeners: list[Callable[[Touched], None]] = []

    def reader(self) -> Reader:
        """A new read-only connection; the caller closes it."""
        return Reader(self.path)

    def on_change(self, listener: Callable[[Touched], None]) -> None:
        """`listener` is called after every commit, in the thread that made it."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Close the writer; safe to call twice."""
        self._writer.close()

    # -- facts --------------------------------------------------------------------------------------------------------
    def fact(self, key: str) -> Any:
        """A value of the local `meta` table, or None."""
        row = self._writer.raw.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else msgpack.unpackb(row[0])

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Write values of the local `meta` table."""
        with self._writer.begin():
            self._set_facts(facts)

    def _set_facts(self, facts: Mapping[str, Any]) -> None:
        self._writer.raw.executemany(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            [(k, msgpack.packb(v)) for k, v in facts.items()],
        )

    def bind(self, *, store: bytes, root_key: bytes, device: bytes, analyst: bytes, incarnation: bytes) -> None:
        """Tie a fresh replica to its store, device and analyst."""
        self.set_facts({"store": store, "root_key": root_key, "device": device, "analyst": analyst,
                        "incarnation": incarnation, "counter": 0, "head": [1, 0, b"\0" * 32], "max_number": 0,
                        "digest": b"\0" * 32})  # fmt: skip

    @property
    def head(self) -> Head:
        """The last entry applied here; seq 0 before the first."""
        return Head(*(self.fact("head") or (1, 0, b"\0" * 32)))

    @property
    def digest(self) -> bytes:
        """Digest of the shared state at `head` (32 bytes). Equal digests: equal state."""
        return cast(bytes, self.fact("digest") or b"\0" * 32)

    def pending_count(self) -> int:
        """How many transactions the log has not got yet."""
        return int(self._writer.raw.execute("SELECT count(*) FROM pending_tx").fetchone()[0])

    def others_wrote(self) -> int:
        """A number that changes when another process wrote to this file (its command line, a second window), and only
        then: our own commits go through the connection that is asked."""
        return int(self._writer.raw.execute("PRAGMA data_version").fetchone()[0])

    def outcome(self, tx_id: bytes) -> tuple[str, str | None]:
        """What became of a transaction of ours: ("pending" | "accepted" | "refused" | "unknown", why)."""
        raw = self._writer.raw
        row = raw.execute("SELECT refused FROM applied_tx WHERE id = ?", (tx_id,)).fetchone()
        if row is not None:
            return ("accepted", None) if row[0] is None else ("refused", row[0])
        if raw.execute("SELECT 1 FROM pending_tx WHERE id = ?", (tx_id,)).fetchone():
            return "pending", None
        row = raw.execute("SELECT reason FROM conflict WHERE tx_id = ? AND outcome = 'refused'", (tx_id,)).fetchone()
        return ("unknown", None) if row is None else ("refused", row[0])

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
            record = tx.record()
            self._check(record)
            body = record.pack()
            self._writer.raw.execute(
                "INSERT INTO pending_tx (id, size, body, digest_change) VALUES (?, ?, ?, ?)",
                (record.id, len(body), body, tx.digest_change.to_bytes(32, "big")),
            )
            if undoable and len(body) <= _UNDO_LIMIT_BYTES:
                self._journal(record, body, case_id)
            search_index.refresh(self._writer.raw, tx.touched.cases, tx.touched.articles)
        self._tell(tx.touched)

    def _check(self, record: TxRecord) -> None:
        if record.kind in _BEFORE_REPLICA_KINDS:
            return
        why = unlawful(record)
        if why is None and record.author is not None:
            stands = standing(self._writer.raw, self.fact("device"), record.author)
            why = "this device was revoked" if stands.revoked else authority.refusal(
                record, record.author, stands.role, stands.active
            )  # fmt: skip
        if why is not None:
            raise Refused(why)

    def _journal(self, record: TxRecord, body: bytes, case_id: bytes | None) -> None:
        raw = self._writer.raw
        raw.execute(
            "INSERT INTO journal (tx_id, kind, at, case_id, body) VALUES (?, ?, ?, ?, ?)",
            (record.id, record.kind, record.at, case_id, body),
        )
        raw.execute("DELETE FROM journal WHERE n <= (SELECT max(n) FROM journal) - ?", (JOURNAL_LENGTH,))

    def _tell(self, touched: Touched) -> None:
        for listener in self._listeners:
            listener(touched)

    @contextmanager
    def local(self) -> Iterator[sqlite3.Connection]:
        """A writing transaction on local tables (drafts, read marks); shared tables stay guarded."""
        with self._writer.begin():
            yield self._writer.raw

    def undo(self, tx_id: bytes, author: bytes | None, *, at: int) -> TxRecord:
        """Take a transaction of this workstation back, as a new transaction, if nobody built on it.

        Returns the record that was undone. Errors: BuiltUpon with one sentence for the person.
        """
        found = self._writer.raw.execute("SELECT body, undone_by FROM journal WHERE tx_id = ?", (tx_id,)).fetchone()
        if found is None:
            raise BuiltUpon("This change is too old to be undone here.")
        if found[1] is not None:
            raise BuiltUpon("This change has been undone already.")
        if self.outcome(tx_id)[0] in ("refused", "unknown"):
            raise BuiltUpon("The shared log did not take this change, so there is nothing to undo.")
        record = TxRecord.unpack(found[0])
        with self.transaction(f"undo.{record.kind}", author, at=at, undoable=False) as tx:
            for change in reversed(record.rows):
                _invert(tx, change)
            self._writer.raw.execute("UPDATE journal SET undone_by = ? WHERE tx_id = ?", (tx.id, tx_id))
        return record

    # -- what to publish ----------------------------------------------------------------------------------------------
    def batch(self) -> list[TxRecord]:
        """The oldest pending transactions that fit one entry (at least one, if there is any)."""
        out: list[TxRecord] = []
        total = 0
        for body, size in self._writer.raw.execute(
            "SELECT body, size FROM pending_tx ORDER BY n LIMIT ?", (BATCH_TRANSACTIONS,)
        ):
            if out and total + size > BATCH_BYTES:
                break
            total += size
            out.append(TxRecord.unpack(body))
        return out

    def confirm(self, frame: Frame, body: Body) -> bool:
        """The log took our own entry. False when somebody else's apply was faster (then nothing is left to do)."""
        raw = self._writer.raw
        touched = Touched()
        with self._writer.begin(shared=True):
            head = self.head
            if (head.epoch, head.seq, head.hash) != (body.epoch, body.seq - 1, body.prev):
                return False
            fold = Fold(raw, self.fact("max_number"))
            change = 0
            for record in body.transactions:
                row = raw.execute("DELETE FROM pending_tx WHERE id = ? RETURNING digest_change", (record.id,)).fetchone()
                if row is None:
                    raise StorageError("A published transaction is not in the outbox; run `halldesk verify`.")
                change += int.from_bytes(row[0], "big")
                fold.note(record, body.seq, None)
                for row_change in record.rows:
                    if row_change.table == "case" and row_change.op == "i":
                        fold.number(row_change.row_id)
            self._advance(frame, body, change + fold.rows.digest_change, fold.max_number)
            touched.merge(fold.rows.touched)
        self._tell(touched)
        return True

    def _advance(self, frame: Frame, body: Body, digest_change: int, max_number: int) -> None:
        digest = (int.from_bytes(self.digest, "big") + digest_change) % MODULUS
        self._writer.raw.execute(
            "INSERT INTO log_entry (seq, hash, raw) VALUES (?, ?, ?)", (body.seq, frame.hash, frame.raw)
        )
        facts: dict[str, Any] = {
            "head": [body.epoch, body.seq, frame.hash],
            "digest": digest.to_bytes(32, "big"),
            "max_number": max_number,
        }
        if body.device == self.fact("device"):
            facts["counter"] = max(body.counter, self.fact("counter") or 0)
        self._set_facts(facts)

    # -- what others published ----------------------------------------------------------------------------------------
    def apply(self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int) -> Applied:
        """Fold the next slots of the log in; they must follow the head without a gap. `now`: ms UTC.

        Stops at the first slot without a valid entry and says why. Errors: StorageError; then nothing was changed.
        """
        if not slots:
            return Applied()
        try:
            return self._apply(slots, desk_keys, now, direct=True)
        except _NotDisjoint:
            return self._apply(slots, desk_keys, now, direct=False)

    def _apply(self, slots: Sequence[Slot], desk_keys: Mapping[int, bytes], now: int, *, direct: bool) -> Applied:
        out = Applied()
        raw = self._writer.raw
        touched = Touched()
        with self._writer.begin(shared=True):
            pending = self._pending_keys() if direct else set()
            if not direct:
                undone = RowStore(raw)
                for _n, record in self._pending(newest_first=True):
                    _take_back(undone, record)
                touched.merge(undone.touched)
            fold = Fold(raw, self.fact("max_number"))
            for slot in slots:
                chosen = self._choose(slot, desk_keys)
                if isinstance(chosen, Stop):
                    out.stop = chosen
                    break
                frame, body = chosen
                if direct and pending:
                    self._must_be_disjoint(pending, body)
                before = fold.rows.digest_change
                by = Signed(body.seq, body.store, body.device, body.author, body.at, root=body.seq == 1)
                for record in body.transactions:
                    why = fold.apply(record, by)
                    if why is not None:
                        if direct and pending:
                            raise _NotDisjoint
                        out.refused.append((record.id, why))
                        _log.info("entry %d: a transaction was refused by the rules: %s", body.seq, why)
                self._advance(frame, body, fold.rows.digest_change - before, fold.max_number)
                out.entries += 1
                out.transactions += len(body.transactions)
            touched.merge(fold.rows.touched)
            if not direct:
                redone = RowStore(raw)
                for n, record in self._pending():
                    out.conflicts += self._redo(redone, n, record, now)
                touched.merge(redone.touched)
            search_index.refresh(raw, touched.cases, touched.articles)
        if out.entries:
            self._tell(touched)
        return out

    def _choose(self, slot: Slot, desk_keys: Mapping[int, bytes]) -> tuple[Frame, Body] | Stop:
        """The slot rule: the first candidate that is a valid successor of the head."""
        head, store = self.head, self.fact("store")
        damaged, why, used = False, "the slot is empty", -1
        for name, data in slot.candidates:
            used = SLOT_NAMES.index(name[12:])
            try:
                frame = parse(data)
                body = frame.open_body(desk_keys)
                if (body.store, body.epoch, body.seq, body.prev) != (store, head.epoch, slot.seq, head.hash):
                    raise Forged("it does not follow the entry before it")
                if body.schema > SCHEMA:
                    raise TooNew("the shared log was upgraded; update Halldesk on this workstation")
                frame.verify(self._signing_key(body))
                return frame, body
            except Torn as error:
                damaged, why = True, f"{name}: {error}"
            except Forged as error:
                why = f"{name}: {error}"
            except (Sealed, TooNew) as error:
                raise StorageError(f"Entry {slot.seq}: {error}.") from error
        free = SLOT_NAMES[used + 1] if used + 1 < len(SLOT_NAMES) else None
        return Stop(slot.seq, damaged, why, free and f"{slot.seq:012d}{free}")

    def _signing_key(self, body: Body) -> bytes:
        if body.seq == 1:
            return cast(bytes, self.fact("root_key"))
        row = self._writer.raw.execute("SELECT public_key FROM device WHERE id = ?", (body.device,)).fetchone()
        if row is not None:
            return cast(bytes, row[0])
        for record in body.transactions:
            for change in record.rows if record.kind == "device.enrol" else ():
                if change.table == "device" and change.row_id == body.device and change.op == "i":
                    return bytes(change.values.get("public_key", b""))
        raise Forged("its device is not known to this desk")

    def _must_be_disjoint(self, pending: set[tuple[str, bytes]], body: Body) -> None:
        for record in body.transactions:
            for key in record.keys():
                if key in pending or key[0] in authority.AUTHORITY_TABLES:
                    raise _NotDisjoint

    # -- pending work under the news ----------------------------------------------------------------------------------
    def _pending(self, *, newest_first: bool = False) -> Iterator[tuple[int, TxRecord]]:
        order = "DESC" if newest_first else "ASC"
        numbers = [r[0] for r in self._writer.raw.execute(f"SELECT n FROM pending_tx ORDER BY n {order}")]
        for n in numbers:
            row = self._writer.raw.execute("SELECT body FROM pending_tx WHERE n = ?", (n,)).fetchone()
            yield n, TxRecord.unpack(row[0])

    def _pending_keys(self) -> set[tuple[str, bytes]]:
        out: set[tuple[str, bytes]] = set()
        for _n, record in self._pending():
            keys = record.keys()
            if any(table in authority.AUTHORITY_TABLES for table, _id in keys):
                raise _NotDisjoint
            out |= keys
        return out

    def _redo(self, rows: RowStore, n: int, record: TxRecord, now: int) -> int:
        """Put one pending transaction back on top of the news; returns how many conflicts that made."""
        raw = self._writer.raw
        if raw.execute("SELECT 1 FROM applied_tx WHERE id = ?", (record.id,)).fetchone():
            raw.execute("DELETE FROM pending_tx WHERE n = ?", (n,))
            return 0
        before = rows.digest_change
        raw.execute("SAVEPOINT redo")
        try:
            changes, clashes = self._rebase(rows, record, fresh=now - record.at < FRESH_MS)
        except (Refused, sqlite3.IntegrityError) as error:
            raw.execute("ROLLBACK TO redo")
            raw.execute("RELEASE redo")
            rows.digest_change = before
            raw.execute("DELETE FROM pending_tx WHERE n = ?", (n,))
            refusal = error if isinstance(error, _RefusedRow) else _RefusedRow(str(error))
            self._keep_conflict(record, now, "refused", refusal.reason, refusal.clash, refusal.change)
            return 1
        raw.execute("RELEASE redo")
        rebased = TxRecord(
            record.id, record.kind, record.at, record.author, record.on_behalf_of, record.preconditions,
            tuple(changes), record.extra,
        )  # fmt: skip
        for change, clash in clashes:
            self._keep_conflict(record, now, clash.outcome, "somebody changed it at the same time", clash, change)
        if not changes:
            raw.execute("DELETE FROM pending_tx WHERE n = ?", (n,))
        else:
            body = rebased.pack()
            raw.execute(
                "UPDATE pending_tx SET body = ?, size = ?, digest_change = ? WHERE n = ?",
                (body, len(body), ((rows.digest_change - before) % MODULUS).to_bytes(32, "big"), n),
            )
            raw.execute("UPDATE journal SET body = ? WHERE tx_id = ?", (body, record.id))
        return len(clashes)

    def _rebase(
        self, rows: RowStore, record: TxRecord, *, fresh: bool
    ) -> tuple[list[RowChange], list[tuple[RowChange, Clash]]]:
        """Execute a pending transaction against the state as it is now. Errors: Refused, sqlite3.IntegrityError."""
        if record.kind not in _BEFORE_REPLICA_KINDS:
            self._check(TxRecord(record.id, record.kind, record.at, record.author, record.on_behalf_of, (), record.rows))
        for table, row_id, column, value in record.preconditions:
            row = rows.read(spec(table), row_id)
            if row is None or row[column] != value:
                raise _RefusedRow(f"{column} was changed by somebody else first",
                                  Clash(column, value, row and row[column], "refused"))  # fmt: skip
        out: list[RowChange] = []
        clashes: list[tuple[RowChange, Clash]] = []
        for change in record.rows:
            table_spec = spec(change.table)
            row = rows.read(table_spec, change.row_id)
            if change.op == "i":
                # An id that is derived from its content (a tag, a watcher) may have been added by somebody else too.
                if row is None:
                    rows.insert(table_spec, change.row_id, complete(table_spec, change.values))
                    out.append(change)
            elif change.op == "d":
                if row is not None:
                    if any(row[c] != v for c, v in change.values.items() if c != "number"):
                        clashes.append((change, Clash("", None, None, "theirs stands")))
                        continue
                    rows.delete(table_spec, change.row_id, row)
                    out.append(change)
            elif row is None:
                raise _RefusedRow(f"the {change.table} was deleted by somebody else", None, change)
            else:
                merged = merge_update(table_spec.rules, row, change.values, fresh=fresh)
                if merged.refused is not None:
                    column = str(merged.refused_column)
                    clash = Clash(column, change.values[column][1], row[column], "refused")
                    raise _RefusedRow(merged.refused, clash, change)
                clashes += [(change, clash) for clash in merged.clashes]
                if merged.changed:
                    rows.update(table_spec, change.row_id, row, {c: v[1] for c, v in merged.changed.items()})
                    out.append(change._replace(values={c: list(v) for c, v in merged.changed.items()}))
        return out, clashes

    def _keep_conflict(
        self, record: TxRecord, now: int, outcome: str, reason: str, clash: Clash | None, change: RowChange | None
    ) -> None:
        self._writer.raw.execute(
            "INSERT INTO conflict (at, tx_id, kind, table_name, row_id, column_name, outcome, reason, mine, theirs, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                now, record.id, record.kind, change and change.table, change and change.row_id, clash and clash.column,
                outcome, reason, clash and msgpack.packb(clash.mine), clash and msgpack.packb(clash.theirs), record.pack(),
            ),
        )  # fmt: skip

    def conflicts(self, *, settled: bool = False) -> list[ConflictRow]:
        """What waits for a person's decision, newest first."""
        rows = self._writer.raw.execute(
            "SELECT n, at, tx_id, kind, table_name, row_id, column_name, outcome, reason, mine, theirs FROM conflict "
            "WHERE (settled_at IS NOT NULL) = ? ORDER BY n DESC",
            (int(settled),),
        ).fetchall()
        return [
            ConflictRow(*r[:9], mine=r[9] and msgpack.unpackb(r[9]), theirs=r[10] and msgpack.unpackb(r[10])) for r in rows
        ]

    def settle(self, n: int, at: int) -> None:
        """A person has seen this conflict and decided."""
        with self._writer.begin():
            self._writer.raw.execute("UPDATE conflict SET settled_at = ? WHERE n = ?", (at, n))

    # -- proof --------------------------------------------------------------------------------------------------------
    def entries(self, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """Every entry applied here, as `(seq, bytes)`."""
        seq = after
        while row := self._writer.raw.execute(
            "SELECT seq, raw FROM log_entry WHERE seq > ? ORDER BY seq LIMIT 1", (seq,)
        ).fetchone():
            seq = row[0]
            yield seq, row[1]

    def rows_digest(self) -> bytes:
        """The digest of all shared rows by a full scan, with pending work taken out: must equal `digest`."""
        total = 0
        from db.models import SHARED

        with self._writer.begin():
            for name in SHARED:
                table = spec(name)
                select = table.select_sql.removesuffix(" WHERE id = ?")
                for found in self._writer.raw.execute(select):
                    row: Row = dict(zip(table.columns, found[1:], strict=True))
                    total += row_digest(name, found[0], row)
                    if name == "case" and row["number"] is not None:
                        total += number_digest(found[0], cast(int, row["number"]))
            for (change,) in self._writer.raw.execute("SELECT digest_change FROM pending_tx"):
                total -= int.from_bytes(change, "big")
        return (total % MODULUS).to_bytes(32, "big")


class _RefusedRow(Refused):
    """A rebase that can't stand, with the values that met."""

    def __init__(self, reason: str, clash: Clash | None = None, change: RowChange | None = None) -> None:
        super().__init__(reason)
        self.clash, self.change = clash, change


def _take_back(rows: RowStore, record: TxRecord) -> None:
    """Undo a pending transaction's rows; they are exactly as it left them."""
    for change in reversed(record.rows):
        table = spec(change.table)
        row = rows.read(table, change.row_id)
        if change.op == "d":
            rows.insert(table, change.row_id, complete(table, change.values))
        elif row is None:
            raise StorageError("The replica and its outbox disagree; run `halldesk verify`.")
        elif change.op == "i":
            rows.delete(table, change.row_id, row)
        else:
            rows.update(table, change.row_id, row, {c: v[0] for c, v in change.values.items()})


def _invert(tx: Transaction, change: RowChange) -> None:
    """Make the opposite of a change. Errors: BuiltUpon when the row is not as the change left it."""
    model = migrate.model_of(change.table)
    row = tx.get(model, change.row_id)
    if change.op == "d":
        if row is None:
            tx.insert(model, change.row_id, **change.values)
        return
    if row is None:
        raise BuiltUpon("Somebody deleted what this changed, so it can't be undone.")
    if change.op == "i":
        if change.table == "case":
            raise BuiltUpon("A case is not undone but cancelled, so that its number stays accounted for.")
        if any(row[c] != v for c, v in change.values.items()):
            raise BuiltUpon("Somebody changed this since, so it can't be undone; change it by hand.")
        tx.delete(model, change.row_id)
        return
    rules = spec(change.table).rules
    for column, (_old, new) in change.values.items():
        if row[column] != new and rules[column] not in ("latest", "derived"):
            raise BuiltUpon("Somebody changed this since, so it can't be undone; change it by hand.")
    tx.update(model, change.row_id, **{c: v[0] for c, v in change.values.items()})
