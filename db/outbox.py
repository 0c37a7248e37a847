"""What this workstation did and the log has not got yet, and what became of it.

Pending transactions lie in the order they were made. When news touches the same rows, they are taken back (newest
first), the news is folded in, and they are put on top again (oldest first), each rebased by db.rebase. What can't
stand is not dropped: it becomes a row of `conflict` (db.conflicts) with both values, for a person to decide.

Everything here runs inside a writing transaction of the replica, on its connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from db import authority
from db.capture import RowStore, TxRecord
from db.conflicts import Conflicts
from db.errors import Refused, StorageError
from db.merging import FRESH_MS, Mode
from db.rebase import News, RefusedRow, rebase
from db.tables import MODULUS, complete, spec

BATCH_TRANSACTIONS: Final = 64
BATCH_BYTES: Final = 256 * 1024


class NotDisjoint(Exception):
    """News and pending work meet somewhere after all; the short way is closed."""


class Outbox:
    """The table `pending_tx`. `check` raises Refused for what the shared rules forbid in the state as it is now; what
    can't stand goes to `conflicts`."""

    def __init__(self, raw: sqlite3.Connection, check: Callable[[TxRecord], None], conflicts: Conflicts) -> None:
        self._raw, self._check, self._conflicts = raw, check, conflicts

    def add(self, record: TxRecord, body: bytes, digest_change: int, *, first: bool = False) -> None:
        """Keep a transaction that was just made. `body`: its packed form. `first`: it goes before all that wait; its
        rows must be none of theirs."""
        number = "(SELECT coalesce(min(n), 1) - 1 FROM pending_tx)" if first else "NULL"
        self._raw.execute(
            f"INSERT INTO pending_tx (n, id, size, body, digest_change) VALUES ({number}, ?, ?, ?, ?)",
            (record.id, len(body), body, digest_change.to_bytes(32, "big")),
        )

    def count(self) -> int:
        """How many wait."""
        return int(self._raw.execute("SELECT count(*) FROM pending_tx").fetchone()[0])

    def holds(self, tx_id: bytes) -> bool:
        """Does this one wait?"""
        return self._raw.execute("SELECT 1 FROM pending_tx WHERE id = ?", (tx_id,)).fetchone() is not None

    def batch(self, held: Callable[[TxRecord], bool]) -> list[TxRecord]:
        """The oldest that fit one entry (at least one, if there is any that need not wait).

        `held`: one that can't be published yet. What has nothing to do with it goes first, because it commutes; what
        touches the same rows waits along.
        """
        out: list[TxRecord] = []
        waiting: list[TxRecord] = []
        beside: Footprint | None = None
        total = 0
        for body, size in self._raw.execute("SELECT body, size FROM pending_tx ORDER BY n"):
            if len(out) == BATCH_TRANSACTIONS or (out and total + size > BATCH_BYTES):
                break
            record = TxRecord.unpack(body)
            try:
                if beside is not None:
                    beside.must_not_meet(record)
                waits = held(record)
            except NotDisjoint:
                waits = True
            if waits:
                waiting.append(record)
                try:
                    beside = _footprint(waiting)
                except NotDisjoint:
                    break
                continue
            total += size
            out.append(record)
        return out

    def take(self, tx_id: bytes) -> int:
        """Remove one that waits, because the log has it now; returns the change it made to the digest."""
        row = self._raw.execute("DELETE FROM pending_tx WHERE id = ? RETURNING digest_change", (tx_id,)).fetchone()
        return int.from_bytes(row[0], "big")

    # -- the short way ------------------------------------------------------------------------------------------------
    def footprint(self) -> Footprint:
        """The rows all of them touch. Errors: NotDisjoint when no news can be told apart from them.

        That is when they change who may do what, delete a row, or free a value that must be unique: news could then be
        lawful here and unlawful for everybody else.
        """
        return _footprint(record for _n, record in self.records())

    # -- the long way -------------------------------------------------------------------------------------------------
    def take_back(self, rows: RowStore) -> None:
        """Undo all of them in the rows, newest first; they stay in the outbox."""
        for _n, record in self.records(newest_first=True):
            _take_back(rows, record)

    def put_again(self, rows: RowStore, now: int, news: News | None = None, me: bytes | None = None) -> int:
        """Put them on top of the news, rebased; returns how many conflicts that made. `now`: ms UTC. `news`: who did
        what, where that is known. `me`: the analyst of this workstation."""
        news = news or News()
        return sum(self._redo(rows, n, record, news, now, me) for n, record in self.records())

    def put_one(self, rows: RowStore, record: TxRecord, body: bytes, now: int, *, patient: bool) -> int | None:
        """Put a transaction that was set aside (db.lost) on top, as the newest; returns how many conflicts that made.

        `patient`: where it can't stand now, None, and nothing was changed; it may fit later.
        """
        before = rows.digest_change
        self._raw.execute("SAVEPOINT put_one")
        self.add(record, body, 0)
        (n,) = self._raw.execute("SELECT n FROM pending_tx WHERE id = ?", (record.id,)).fetchone()
        conflicts = self._redo(rows, n, record, News(), now, record.author)
        fate = self._conflicts.fate(record.id)
        waits = patient and fate is not None and fate[0] == "refused"
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

    def records(self, *, newest_first: bool = False) -> Iterator[tuple[int, TxRecord]]:
        """Place in the outbox and transaction, one after the other."""
        order = "DESC" if newest_first else "ASC"
        numbers = [r[0] for r in self._raw.execute(f"SELECT n FROM pending_tx ORDER BY n {order}")]
        for n in numbers:
            row = self._raw.execute("SELECT body FROM pending_tx WHERE n = ?", (n,)).fetchone()
            yield n, TxRecord.unpack(row[0])

    def _redo(self, rows: RowStore, n: int, record: TxRecord, news: News, now: int, me: bytes | None) -> int:
        keep = self._conflicts.keep
        known = self._raw.execute("SELECT refused FROM applied_tx WHERE id = ?", (record.id,)).fetchone()
        if known is not None:
            self._drop(n)
            if known[0] is None:
                return 0
            keep(record, now, "refused", "rule", why=known[0], author=me)
            return 1
        before = rows.digest_change
        self._raw.execute("SAVEPOINT redo")
        try:
            self._check(record)
            rebased = rebase(rows, record, news, _mode(record, now))
            changed = replace(record, rows=tuple(rebased.changes))
            if changed.rows:
                self._check(changed)  # it may bring back rows that only others may write
        except (Refused, sqlite3.IntegrityError) as error:
            self._roll_back(rows, before)
            self._drop(n)
            if isinstance(error, RefusedRow):
                refusal = error
            elif isinstance(error, sqlite3.IntegrityError) and _mode(record, now) == "strict":
                refusal = RefusedRow("built upon")  # something refers to what is taken back, or has taken its place
            else:
                refusal = RefusedRow("rule", str(error))
            keep(record, now, "refused", refusal.code, why=refusal.why, met=refusal.met, author=me)
            return 1
        if rebased.changes and not rebased.idle:
            self._raw.execute("RELEASE redo")
            self._rewrite(n, changed, rows.digest_change - before)
        else:
            self._roll_back(rows, before)
            self._drop(n)
            if not rebased.met:
                keep(record, now, "same", "same", author=me)
        for met in rebased.met:
            keep(record, now, met.clash.outcome, met.clash.reason, met=met, author=me)
        return len(rebased.met)

    def _roll_back(self, rows: RowStore, digest_change: int) -> None:
        self._raw.execute("ROLLBACK TO redo")
        self._raw.execute("RELEASE redo")
        rows.digest_change = digest_change

    def _drop(self, n: int) -> None:
        self._raw.execute("DELETE FROM pending_tx WHERE n = ?", (n,))

    def _rewrite(self, n: int, rebased: TxRecord, digest_change: int) -> None:
        body = rebased.pack()
        self._raw.execute(
            "UPDATE pending_tx SET body = ?, size = ?, digest_change = ? WHERE n = ?",
            (body, len(body), (digest_change % MODULUS).to_bytes(32, "big"), n),
        )
        self._raw.execute("UPDATE journal SET body = ? WHERE tx_id = ?", (body, rebased.id))


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


def _footprint(records: Iterable[TxRecord]) -> Footprint:
    keys: set[tuple[str, bytes]] = set()
    made: set[bytes] = set()
    for record in records:
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


def _mode(record: TxRecord, now: int) -> Mode:
    """Taking something back is only right while nobody built on it, however long ago it was asked for."""
    if record.kind.startswith(("undo.", "redo.")):
        return "strict"
    return "fresh" if now - record.at < FRESH_MS else "stale"


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
