"""What this workstation did and the log has not got yet, and what became of it.

Pending transactions lie in the order they were made. When news touches the same rows, they are taken back (newest
first), the news is folded in, and they are put on top again (oldest first), each rebased by db.rebase. What can't
stand is not dropped: it becomes a row of `conflict` (db.conflicts) with both values, for a person to decide.

Everything here runs inside a writing transaction of the replica, on its connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
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
_REMEMBERED_BYTES: Final = 4 * 1024
_OWNERS: Final = frozenset({"case_id", "article_id"})
"""Columns that say what a row is a part of."""


def _opened(body: bytes) -> TxRecord:
    """The transaction. Who waits is asked for at every look, so what is short is remembered."""
    return TxRecord.unpack(body) if len(body) > _REMEMBERED_BYTES else _opened_before(body)


_opened_before: Final = lru_cache(maxsize=512)(TxRecord.unpack)


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
        waiting = Beside(())
        total = 0
        for n, body, size in self._raw.execute("SELECT n, body, size FROM pending_tx ORDER BY n"):
            if len(out) == BATCH_TRANSACTIONS or (out and total + size > BATCH_BYTES):
                break
            record = _opened(body)
            try:
                waits = bool(waiting.meeting(record)) or held(record)
            except NotDisjoint:
                waits = True
            if waits:
                try:
                    waiting.add(n, record)
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
    def beside(self) -> Beside:
        """All of them, left where they are while news is folded in. Errors: NotDisjoint when no news can be told apart
        from them.

        That is when they change who may do what, delete a row, or free a value that must be unique: news could then be
        lawful here and unlawful for everybody else.
        """
        rows = self._raw.execute("SELECT n, body FROM pending_tx ORDER BY n")
        return Beside((n, _opened(body)) for n, body in rows)

    # -- the long way -------------------------------------------------------------------------------------------------
    def take_back(self, rows: RowStore, some: Iterable[tuple[int, TxRecord]] | None = None) -> None:
        """Undo them in the rows, newest first; they stay in the outbox. `some`: only these, in that order."""
        for _n, record in self.records(newest_first=True) if some is None else some:
            _take_back(rows, record)

    def put_again(
        self,
        rows: RowStore,
        now: int,
        news: News | None = None,
        me: bytes | None = None,
        some: Iterable[tuple[int, TxRecord]] | None = None,
    ) -> int:
        """Put them on top of the news, rebased; returns how many conflicts that made. `now`: ms UTC. `news`: who did
        what, where that is known. `me`: the analyst of this workstation. `some`: only these, oldest first."""
        news = news or News()
        records = self.records() if some is None else some
        return sum(self._redo(rows, n, record, news, now, me) for n, record in records)

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
            yield n, _opened(row[0])

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
            meant = {(change.table, change.row_id, change.op) for change in record.rows}
            if any((change.table, change.row_id, change.op) not in meant for change in changed.rows):
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


class Beside:
    """Pending transactions that stay where they are while news is folded in, until news meets them: then they are taken
    back, with those that belong together with them, and are put on top again at the end.

    What stays commutes with the news, and with what was taken back.
    """

    def __init__(self, records: Iterable[tuple[int, TxRecord]]) -> None:
        """`records`: with their places in the outbox, oldest first. Errors: NotDisjoint as for `Outbox.beside`."""
        self.taken: list[tuple[int, TxRecord]] = []
        """Those that were taken back."""
        self._here: dict[int, TxRecord] = {}
        self._by_key: dict[tuple[str, bytes], set[int]] = {}
        self._makers: dict[bytes, int] = {}
        self._together: dict[int, set[int]] | None = None
        for n, record in records:
            self.add(n, record)

    def add(self, n: int, record: TxRecord) -> None:
        """One more. Errors: NotDisjoint."""
        for change in record.rows:
            unique = spec(change.table).unique
            if change.op == "d" or (change.op == "u" and not unique.isdisjoint(change.values)):
                raise NotDisjoint
            if change.op == "i":
                self._makers[change.row_id] = n
        for key in record.row_keys():
            if key[0] in authority.AUTHORITY_TABLES:
                raise NotDisjoint
            self._by_key.setdefault(key, set()).add(n)
        self._here[n] = record

    def meeting(self, news: TxRecord) -> set[int]:
        """The places of those whose rows this news touches, names or decides about. Errors: NotDisjoint when it may
        decide about all of them."""
        met: set[int] = set()
        if not self._here:
            return met
        for key in news.row_keys():
            if key[0] in authority.AUTHORITY_TABLES:
                raise NotDisjoint
            met |= self._by_key.get(key, met)
        for change in news.rows:
            for value in change.values.values():
                named = value[1] if change.op == "u" else value
                if type(named) is bytes and named in self._makers:
                    met.add(self._makers[named])
        return met

    def to_take_back(self, news: TxRecord, rows: RowStore) -> list[tuple[int, TxRecord]]:
        """Those that this news meets, with all that belong together with them, newest first. From now on they count as
        taken back. `rows`: what they are looked up in. Errors: NotDisjoint."""
        met = self.meeting(news)
        if not met:
            return []
        if self._together is None:
            self._together = _together(self._here, rows)
        gone = set[int]().union(*(self._together[n] for n in met))
        found = [(n, self._here.pop(n)) for n in sorted(gone, reverse=True)]
        for _n, record in found:
            for key in record.row_keys():
                self._by_key.pop(key, None)  # whoever touches the same row is gone as well
            for change in record.rows:
                self._makers.pop(change.row_id, None)
        self.taken += found
        return found


def _together(records: Mapping[int, TxRecord], rows: RowStore) -> dict[int, set[int]]:
    """For each of them those that belong together with it: that touch or name a row which it touches, or are about the
    same case or article, and so on. What is of another set has nothing to do with any of them."""
    touched = {row_id for record in records.values() for _table, row_id in record.row_keys()}
    sets: dict[int, set[int]] = {}
    first_at: dict[bytes, int] = {}
    for n, record in records.items():
        sets[n] = mine = {n}
        touches, owners, names = _places(record, rows)
        for place in touches | owners | (names & touched):
            other = sets[first_at.setdefault(place, n)]
            if other is not mine:
                small, mine = sorted((mine, other), key=len)
                mine |= small
                sets.update(dict.fromkeys(small, mine))
    return sets


def _places(record: TxRecord, rows: RowStore) -> tuple[set[bytes], set[bytes], set[bytes]]:
    """The rows a transaction touches, the cases and articles these are parts of, and the rows it names."""
    touches = {row_id for _table, row_id in record.row_keys()}
    owners: set[bytes] = set()
    names: set[bytes] = set()
    for change in record.rows:
        given = [pair for pair in change.values.items() if change.op != "u"]
        if change.op == "u":
            given = [(column, value) for column, pair in change.values.items() for value in pair]
            # What a part is a part of, its change need not say.
            given += (rows.read(spec(change.table), change.row_id) or {}).items() if change.table != "case" else ()
        for column, value in given:
            if type(value) is bytes:
                (owners if column in _OWNERS else names).add(value)
    return touches, owners, names


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
