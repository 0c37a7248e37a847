"""What this workstation did and the log has not got yet, and what became of it.

Pending transactions lie in the order they were made. When news touches the same rows, they are taken back (newest
first), the news is folded in, and they are put on top again (oldest first), each rebased by db.merging. What can't
stand is not dropped: it becomes a row of `conflict` with both values, for a person to decide.

Everything here runs inside a writing transaction of the replica, on its connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgpack

from db import authority
from db.capture import RowChange, RowStore, TxRecord
from db.errors import Refused, StorageError
from db.merging import FRESH_MS, Clash, merge_update
from db.tables import MODULUS, Value, complete, spec

BATCH_TRANSACTIONS: Final = 64
BATCH_BYTES: Final = 256 * 1024


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


class NotDisjoint(Exception):
    """News and pending work meet somewhere after all; the short way is closed."""


class Outbox:
    """The tables `pending_tx` and `conflict`. `check` raises Refused for what the shared rules forbid in the state as
    it is now."""

    def __init__(self, raw: sqlite3.Connection, check: Callable[[TxRecord], None]) -> None:
        self._raw, self._check = raw, check

    def add(self, record: TxRecord, body: bytes, digest_change: int) -> None:
        """Keep a transaction that was just made. `body`: its packed form."""
        self._raw.execute(
            "INSERT INTO pending_tx (id, size, body, digest_change) VALUES (?, ?, ?, ?)",
            (record.id, len(body), body, digest_change.to_bytes(32, "big")),
        )

    def count(self) -> int:
        """How many wait."""
        return int(self._raw.execute("SELECT count(*) FROM pending_tx").fetchone()[0])

    def holds(self, tx_id: bytes) -> bool:
        """Does this one wait?"""
        return self._raw.execute("SELECT 1 FROM pending_tx WHERE id = ?", (tx_id,)).fetchone() is not None

    def batch(self) -> list[TxRecord]:
        """The oldest that fit one entry (at least one, if there is any)."""
        out: list[TxRecord] = []
        total = 0
        for body, size in self._raw.execute(
            "SELECT body, size FROM pending_tx ORDER BY n LIMIT ?", (BATCH_TRANSACTIONS,)
        ):
            if out and total + size > BATCH_BYTES:
                break
            total += size
            out.append(TxRecord.unpack(body))
        return out

    def take(self, tx_id: bytes) -> int:
        """Remove one that waits, because the log has it now; returns the change it made to the digest."""
        row = self._raw.execute("DELETE FROM pending_tx WHERE id = ? RETURNING digest_change", (tx_id,)).fetchone()
        return int.from_bytes(row[0], "big")

    def digest_change(self) -> int:
        """The sum of what all of them change in the digest."""
        rows = self._raw.execute("SELECT digest_change FROM pending_tx").fetchall()
        return sum(int.from_bytes(change, "big") for (change,) in rows) % MODULUS

    # -- the short way ------------------------------------------------------------------------------------------------
    def footprint(self) -> Footprint:
        """The rows all of them touch. Errors: NotDisjoint when no news can be told apart from them.

        That is when they change who may do what, delete a row, or free a value that must be unique: news could then be
        lawful here and unlawful for everybody else.
        """
        keys: set[tuple[str, bytes]] = set()
        made: set[bytes] = set()
        for _n, record in self._records():
            for change in record.rows:
                unique = spec(change.table).unique
                if change.op == "d" or (change.op == "u" and not unique.isdisjoint(change.values)):
                    raise NotDisjoint
                if change.op == "i":
                    made.add(change.row_id)
            keys |= record.row_keys()
        if any(table in authority.AUTHORITY_TABLES for table, _id in keys):
            raise NotDisjoint
        return Footprint(keys, made)

    # -- the long way -------------------------------------------------------------------------------------------------
    def take_back(self, rows: RowStore) -> None:
        """Undo all of them in the rows, newest first; they stay in the outbox."""
        for _n, record in self._records(newest_first=True):
            _take_back(rows, record)

    def put_again(self, rows: RowStore, now: int) -> int:
        """Put them on top of the news, rebased; returns how many conflicts that made. `now`: ms UTC."""
        return sum(self._redo(rows, n, record, now) for n, record in self._records())

    def put_one(self, rows: RowStore, record: TxRecord, body: bytes, now: int, *, patient: bool) -> int | None:
        """Put a transaction that was set aside (db.lost) on top, as the newest; returns how many conflicts that made.

        `patient`: where it can't stand now, None, and nothing was changed; it may fit later.
        """
        before = rows.digest_change
        self._raw.execute("SAVEPOINT put_one")
        self.add(record, body, 0)
        (n,) = self._raw.execute("SELECT n FROM pending_tx WHERE id = ?", (record.id,)).fetchone()
        conflicts = self._redo(rows, n, record, now)
        waits = patient and self.refusal(record.id) is not None
        if waits:
            self._raw.execute("ROLLBACK TO put_one")
            rows.digest_change = before
        self._raw.execute("RELEASE put_one")
        return None if waits else conflicts

    def empty(self) -> list[bytes]:
        """Give all of them away, oldest first, packed; none is left."""
        bodies = [body for (body,) in self._raw.execute("SELECT body FROM pending_tx ORDER BY n").fetchall()]
        self._raw.execute("DELETE FROM pending_tx")
        return bodies

    def _records(self, *, newest_first: bool = False) -> Iterator[tuple[int, TxRecord]]:
        order = "DESC" if newest_first else "ASC"
        numbers = [r[0] for r in self._raw.execute(f"SELECT n FROM pending_tx ORDER BY n {order}")]
        for n in numbers:
            row = self._raw.execute("SELECT body FROM pending_tx WHERE n = ?", (n,)).fetchone()
            yield n, TxRecord.unpack(row[0])

    def _redo(self, rows: RowStore, n: int, record: TxRecord, now: int) -> int:
        known = self._raw.execute("SELECT refused FROM applied_tx WHERE id = ?", (record.id,)).fetchone()
        if known is not None:
            self._drop(n)
            if known[0] is None:
                return 0
            self._keep(record, now, "refused", known[0], None, None)
            return 1
        before = rows.digest_change
        self._raw.execute("SAVEPOINT redo")
        try:
            changes, clashes = self._rebase(rows, record, fresh=now - record.at < FRESH_MS)
        except (Refused, sqlite3.IntegrityError) as error:
            self._raw.execute("ROLLBACK TO redo")
            self._raw.execute("RELEASE redo")
            rows.digest_change = before
            self._drop(n)
            refusal = error if isinstance(error, _RefusedRow) else _RefusedRow(str(error))
            self._keep(record, now, "refused", refusal.reason, refusal.clash, refusal.change)
            return 1
        self._raw.execute("RELEASE redo")
        for change, clash in clashes:
            self._keep(record, now, clash.outcome, "somebody changed it at the same time", clash, change)
        if changes:
            self._rewrite(n, record, changes, rows.digest_change - before)
        else:
            self._drop(n)
        return len(clashes)

    def _drop(self, n: int) -> None:
        self._raw.execute("DELETE FROM pending_tx WHERE n = ?", (n,))

    def _rewrite(self, n: int, record: TxRecord, changes: Sequence[RowChange], digest_change: int) -> None:
        rebased = TxRecord(
            record.id, record.kind, record.at, record.author, record.on_behalf_of, record.preconditions,
            tuple(changes), record.extra,
        )  # fmt: skip
        body = rebased.pack()
        self._raw.execute(
            "UPDATE pending_tx SET body = ?, size = ?, digest_change = ? WHERE n = ?",
            (body, len(body), (digest_change % MODULUS).to_bytes(32, "big"), n),
        )
        self._raw.execute("UPDATE journal SET body = ? WHERE tx_id = ?", (body, record.id))

    def _rebase(
        self, rows: RowStore, record: TxRecord, *, fresh: bool
    ) -> tuple[list[RowChange], list[tuple[RowChange, Clash]]]:
        """Execute a pending transaction against the state as it is now. Errors: Refused, sqlite3.IntegrityError."""
        self._check(record)
        for table, row_id, column, value in record.preconditions:
            row = rows.read(spec(table), row_id)
            if row is None or row[column] != value:
                wanted = (c for c in record.rows if (c.row_id, c.op) == (row_id, "u") and column in c.values)
                change = next(wanted, None)
                mine = value if change is None else change.values[column][1]
                clash = Clash(column, mine, None if row is None else row[column], "refused")
                raise _RefusedRow(f"{column} was changed by somebody else first", clash, change)
        out: list[RowChange] = []
        clashes: list[tuple[RowChange, Clash]] = []
        for change in record.rows:
            rebased = _rebase_row(rows, change, clashes, fresh=fresh)
            if rebased is not None:
                out.append(rebased)
        return out, clashes

    # -- conflicts ----------------------------------------------------------------------------------------------------
    def _keep(
        self,
        record: TxRecord,
        now: int,
        outcome: str,
        reason: str,
        clash: Clash | None,
        change: RowChange | None,
    ) -> None:
        self._raw.execute(
            "INSERT INTO conflict "
            "(at, tx_id, kind, table_name, row_id, column_name, outcome, reason, mine, theirs, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                now, record.id, record.kind, change and change.table, change and change.row_id, clash and clash.column,
                outcome, reason, clash and msgpack.packb(clash.mine), clash and msgpack.packb(clash.theirs),
                record.pack(),
            ),
        )  # fmt: skip

    def conflicts(self, *, settled: bool) -> list[ConflictRow]:
        """Newest first."""
        rows = self._raw.execute(
            "SELECT n, at, tx_id, kind, table_name, row_id, column_name, outcome, reason, mine, theirs FROM conflict "
            "WHERE (settled_at IS NOT NULL) = ? ORDER BY n DESC",
            (int(settled),),
        ).fetchall()
        return [ConflictRow(*row[:9], *(value and msgpack.unpackb(value) for value in row[9:])) for row in rows]

    def refusal(self, tx_id: bytes) -> str | None:
        """Why a transaction was refused here before it could be published, or None."""
        row = self._raw.execute(
            "SELECT reason FROM conflict WHERE tx_id = ? AND outcome = 'refused'", (tx_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def settle(self, n: int, at: int) -> None:
        """A person has decided."""
        self._raw.execute("UPDATE conflict SET settled_at = ? WHERE n = ?", (at, n))


class Footprint:
    """The rows that pending work touches, and the ids it made up."""

    def __init__(self, keys: set[tuple[str, bytes]], made: set[bytes]) -> None:
        self._keys, self._made = keys, made

    def must_not_meet(self, record: TxRecord) -> None:
        """Errors: NotDisjoint when this news touches, names or decides about the same rows."""
        for key in record.row_keys():
            if key in self._keys or key[0] in authority.AUTHORITY_TABLES:
                raise NotDisjoint
        for change in record.rows:
            for value in change.values.values():
                named = value[1] if change.op == "u" else value
                if type(named) is bytes and named in self._made:
                    raise NotDisjoint


class _RefusedRow(Refused):
    """A rebase that can't stand, with the values that met."""

    def __init__(self, reason: str, clash: Clash | None = None, change: RowChange | None = None) -> None:
        super().__init__(reason)
        self.clash, self.change = clash, change


def _rebase_row(
    rows: RowStore, change: RowChange, clashes: list[tuple[RowChange, Clash]], *, fresh: bool
) -> RowChange | None:
    """One change against the row as it is now; None when nothing of it is left. Errors: _RefusedRow."""
    table = spec(change.table)
    row = rows.read(table, change.row_id)
    if change.op == "i":
        # An id that is derived from its content (a tag, a watcher) may have been added by somebody else too.
        if row is not None:
            return None
        rows.insert(table, change.row_id, complete(table, change.values))
        return change
    if change.op == "d":
        if row is None:
            return None
        if any(row[c] != v for c, v in change.values.items()):
            clashes.append((change, Clash("", None, None, "theirs stands")))
            return None
        rows.delete(table, change.row_id, row)
        return change
    if row is None:
        raise _RefusedRow(f"the {change.table} was deleted by somebody else", None, change)
    merged = merge_update(table.rules, row, change.values, fresh=fresh)
    if merged.refused is not None:
        column = str(merged.refused_column)
        clash = Clash(column, change.values[column][1], row[column], "refused")
        raise _RefusedRow(merged.refused, clash, change)
    clashes += [(change, clash) for clash in merged.clashes]
    if not merged.changed:
        return None
    rows.update(table, change.row_id, row, {c: v[1] for c, v in merged.changed.items()})
    return change._replace(values={c: list(v) for c, v in merged.changed.items()})


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
