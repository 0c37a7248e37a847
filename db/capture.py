"""The transaction builder: the only way to change a shared table.

Every `insert`, `update` and `delete` writes the row and notes it with old and new values; what was noted becomes the
body of a pending transaction in the same SQLite commit (db.replica). ORM events would miss bulk statements, so the
builder writes by itself, from the specs of db.tables. The same record undoes, rebases and publishes the change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, Final, Literal, NamedTuple, cast

import msgpack

from db.due_times import case_timed_by, times_many
from db.errors import Refused, UnguardedWrite
from db.ids import new_id
from db.search_index import ARTICLE_PARTS, CASE_PARTS, CASE_WORDS, forget
from db.shapes import SHARED, Shape
from db.tables import MODULUS, Row, TableSpec, Value, complete, fitting, given_digest, present_digest, row_digest, spec

Op = Literal["i", "u", "d"]
_READ_AT_ONCE = 500
_TOGETHER: Final = (64, 16, 4, 1)
"""So many rows are written by one statement; few different numbers, so that few statements are prepared."""
_PLACES: Final = {table: place for place, table in enumerate(SHARED)}
_HELD_BACK: Final = frozenset({
    "requester", "place", "asset", "case", "timeline_entry", "case_event", "time_entry", "case_tag", "case_link",
    "case_watcher", "mention",
})  # fmt: skip
"""What logs are long of. No rule looks into these tables but by `Before.row`."""
_IN_ORDER: Final = frozenset({"case", "place", "time_entry"})
"""Places and bookings refer to others of their table; of cases the row number tells which came first."""


class NotAtOnce(Exception):
    """Among rows that were held back is one that breaks a rule of the data: to be told which, they must be written one
    by one."""


class RowChange(NamedTuple):
    """One changed row. `values`: for "i" the non-NULL columns; for "u" `{column: [old, new]}`; for "d" the old row."""

    table: str
    row_id: bytes
    op: Op
    values: dict[str, Any]


@dataclass(frozen=True)
class TxRecord:
    """A transaction as it is stored, published and applied. `at` is the maker's wall clock in ms UTC: shown, never
    trusted."""

    id: bytes
    kind: str
    at: int
    author: bytes | None
    on_behalf_of: bytes | None
    preconditions: tuple[tuple[str, bytes, str, Value], ...]
    rows: tuple[RowChange, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)

    def pack(self) -> bytes:
        """msgpack of the record."""
        return cast(bytes, msgpack.packb(self.plain()))

    def plain(self) -> list[Any]:
        """The record as lists and scalars, the form inside a log entry."""
        return [
            self.id, self.kind, self.at, self.author, self.on_behalf_of,
            [list(p) for p in self.preconditions], [list(r) for r in self.rows], dict(self.extra),
        ]  # fmt: skip

    @staticmethod
    def from_plain(data: Sequence[Any]) -> TxRecord:
        """Errors: ValueError when it is not a transaction. Whether its values fit their columns the fold asks."""
        try:
            tx_id, kind, at, author, on_behalf, pre, rows, extra = data
            changes = tuple([RowChange(t, i, o, v) for t, i, o, v in rows])
            conditions = tuple([(t, i, c, v) for t, i, c, v in pre])
        except TypeError as error:
            raise ValueError(f"not a transaction: {error}") from error
        people = (author is None or _is_id(author)) and (on_behalf is None or _is_id(on_behalf))
        if not (_is_id(tx_id) and type(kind) is str and type(at) is int and people and type(extra) is dict):
            raise ValueError("not a transaction: its head is malformed")
        if not all(map(_is_change, changes)):
            raise ValueError("not a transaction: a change is malformed")
        if not all(type(t) is str and _is_id(i) and type(c) is str for t, i, c, _value in conditions):
            raise ValueError("not a transaction: a precondition is malformed")
        return TxRecord(tx_id, kind, at, author, on_behalf, conditions, changes, extra)

    @staticmethod
    def unpack(body: bytes) -> TxRecord:
        """The inverse of `pack`."""
        return TxRecord.from_plain(msgpack.unpackb(body))

    def row_keys(self) -> set[tuple[str, bytes]]:
        """Every row it touches or depends on."""
        return {(r.table, r.row_id) for r in self.rows} | {(p[0], p[1]) for p in self.preconditions}


def _is_id(value: object) -> bool:
    return type(value) is bytes and len(value) == 16


def _is_change(change: RowChange) -> bool:
    if type(change.table) is not str or not _is_id(change.row_id) or type(change.values) is not dict:
        return False
    if change.op != "u":
        return change.op in ("i", "d")
    for pair in change.values.values():
        if type(pair) is not list or len(pair) != 2:
            return False
    return bool(change.values)


@dataclass
class Touched:
    """Which rows a piece of work changed, by table; cases and articles also through their parts."""

    tables: dict[str, set[bytes]] = field(default_factory=dict)
    cases: set[bytes] = field(default_factory=set)
    articles: set[bytes] = field(default_factory=set)
    worded: set[bytes] = field(default_factory=set)
    """Those of `cases` whose searchable words may have changed."""
    timed: set[bytes] = field(default_factory=set)
    """Cases whose due times may follow differently now (db.due_times)."""
    retimed: bool = False
    """Those of any number of cases may."""
    everything: bool = False
    """All rows were replaced; the sets say nothing then."""

    def note(
        self, table: str, row_id: bytes, values: Mapping[str, Any], changed: Mapping[str, Any] | None = None
    ) -> None:
        """`values`: the row's columns as far as known; an update's pairs are understood too. `changed`: the columns
        that an update changed (None: all of them)."""
        if (ids := self.tables.get(table)) is None:
            ids = self.tables[table] = set()
        ids.add(row_id)
        timed = case_timed_by(table, row_id, values, changed)
        if timed is not None:
            self.timed.add(timed)
        self.retimed = self.retimed or times_many(table, values, changed)
        if table == "case":
            self.cases.add(row_id)
            if changed is None or not CASE_WORDS.isdisjoint(changed):
                self.worded.add(row_id)
        elif table == "article":
            self.articles.add(row_id)
        if table in CASE_PARTS:
            owner = values.get("case_id")
            if isinstance(owner, bytes):
                self.cases.add(owner)
                self.worded.add(owner)
        if table in ARTICLE_PARTS:
            owner = values.get("article_id")
            if isinstance(owner, bytes):
                self.articles.add(owner)

    def merge(self, other: Touched) -> None:
        """Add what another piece of work touched."""
        for table, ids in other.tables.items():
            self.tables.setdefault(table, set()).update(ids)
        self.cases |= other.cases
        self.worded |= other.worded
        self.articles |= other.articles
        self.timed |= other.timed
        self.retimed |= other.retimed
        self.everything |= other.everything


class RowStore:
    """Reading and writing single shared rows on the writer's connection, with the digest kept along."""

    def __init__(self, raw: sqlite3.Connection, *, at_once: bool = False) -> None:
        """`at_once`: new rows are held back and written many in a statement, before anything is read from their table
        and before anything else is written. One that breaks a rule of the data is found out only then: NotAtOnce."""
        self.raw = raw
        self.digest_change = 0
        self.touched = Touched()
        self._cursor = raw.cursor()
        self._row_numbers: dict[bytes, int] = {}
        self._held: dict[str, HeldRows] | None = {} if at_once else None
        self._named: set[Value] = set()
        """Every id that held rows name."""

    def read(self, table: TableSpec, row_id: bytes) -> Row | None:
        """The whole shared row as the driver gives it, or None."""
        self.settle(table.name)
        cursor = self.raw.cursor()
        cursor.row_factory = None
        found = cursor.execute(table.select_sql, (row_id,)).fetchone()
        return None if found is None else dict(zip(table.columns, found[1:], strict=True))

    def insert(self, table: TableSpec, row_id: bytes, row: Row) -> None:
        """A row this store deleted gets its row number back. Errors: sqlite3.IntegrityError."""
        self.settle()
        present = _present(row)
        self.raw.execute(table.insert_present(present), (row_id, *present.values()))
        number = self._row_numbers.pop(row_id, None)
        if number is not None:
            self.raw.execute(f'UPDATE "{table.name}" SET rid = ? WHERE id = ?', (number, row_id))
        self.digest_change += present_digest(table.name, row_id, present)
        self.touched.note(table.name, row_id, row)

    def insert_given(self, table: TableSpec, row_id: bytes, values: Row) -> None:
        """A new row from what was given and the defaults. The log is millions of these: what depends on the columns
        alone is found out once (TableSpec.given_shape), and what is left for each is one statement and one hash.
        Errors: as `insert` and `complete`."""
        given = tuple(values.values())
        shape = table.given_shape(tuple(values))
        if shape is None or tuple(map(type, given)) != shape.kinds or row_id in self._row_numbers:
            self.insert(table, row_id, complete(table, values))
            return
        params = (row_id, *given, *shape.rest)
        if self._held is None or table.name not in _HELD_BACK:
            self.settle()
            self._cursor.execute(shape.sql, params)
        else:
            if row_id in self._named:
                raise NotAtOnce  # it was referred to before it was there, which is unlawful
            self._named.update([given[place] for place in shape.refs])
            if (held := self._held.get(table.name)) is None:
                held = self._held[table.name] = HeldRows(table.name)
            held.add(shape.sql, params)
        self.digest_change += given_digest(table.name, params, shape)
        self.touched.note(table.name, row_id, values)

    def settle(self, table: str | None = None) -> None:
        """Write what is held back; `table`: only if rows of this table are. Errors: NotAtOnce."""
        if not self._held or (table is not None and table not in self._held):
            return
        held, self._held = self._held, {}
        self._named.clear()
        try:
            for one in sorted(held.values(), key=HeldRows.place):
                one.write(self._cursor)
        except (
            sqlite3.IntegrityError,
            sqlite3.InterfaceError,
            sqlite3.ProgrammingError,
            OverflowError,
            ValueError,
        ) as error:
            raise NotAtOnce from error

    def insert_many(self, table: TableSpec, rows: Sequence[tuple[bytes, Row]]) -> None:
        """Many rows of one table in one statement. Errors: sqlite3.IntegrityError."""
        self.settle()
        names = [name for name in table.columns if any(row[name] is not None for _id, row in rows)]
        self.raw.executemany(
            table.insert_present(names), [(row_id, *[row[name] for name in names]) for row_id, row in rows]
        )
        for row_id, row in rows:
            self.digest_change += row_digest(table, row_id, row)
            self.touched.note(table.name, row_id, row)

    def update(self, table: TableSpec, row_id: bytes, before: Row, changed: Row) -> None:
        """`before`: the whole row as it is now. Errors: sqlite3.IntegrityError."""
        self.settle()
        self.raw.execute(table.update_sql(changed), (*changed.values(), row_id))
        after = {**before, **changed}
        self.digest_change += row_digest(table, row_id, after) - row_digest(table, row_id, before)
        self.touched.note(table.name, row_id, after, changed)

    def read_many(self, table: TableSpec, ids: Sequence[bytes]) -> dict[bytes, Row]:
        """The whole rows of these ids, as far as there are any."""
        self.settle(table.name)
        found: dict[bytes, Row] = {}
        cursor = self.raw.cursor()
        cursor.row_factory = None
        for start in range(0, len(ids), _READ_AT_ONCE):
            part = ids[start : start + _READ_AT_ONCE]
            marks = ", ".join("?" * len(part))
            for row in cursor.execute(table.select_sql.replace("id = ?", f"id IN ({marks})"), part):
                found[row[0]] = dict(zip(table.columns, row[1:], strict=True))
        return found

    def update_many(self, table: TableSpec, columns: Sequence[str], rows: Sequence[tuple[bytes, Row, Row]]) -> None:
        """The same columns of many rows in one statement: (id, the whole row as it is now, the columns' new values)."""
        self.settle()
        self.raw.executemany(
            table.update_sql(columns), [(*(new[c] for c in columns), row_id) for row_id, _before, new in rows]
        )
        for row_id, before, new in rows:
            after = {**before, **new}
            self.digest_change += row_digest(table, row_id, after) - row_digest(table, row_id, before)
            self.touched.note(table.name, row_id, after, new)

    def delete(self, table: TableSpec, row_id: bytes, before: Row) -> None:
        """`before`: the whole row as it is now. Errors: sqlite3.IntegrityError."""
        self.settle()
        if table.name in ("case", "article"):
            found = self.raw.execute(f'SELECT rid FROM "{table.name}" WHERE id = ?', (row_id,)).fetchone()
            self._row_numbers[row_id] = found[0]
            forget(self.raw, table.name, row_id)
        self.raw.execute(table.delete_sql, (row_id,))
        self.digest_change -= row_digest(table, row_id, before)
        self.touched.note(table.name, row_id, before)


class HeldRows:
    """New rows of one table that are still to be written. Those with the same columns go together, unless their order
    matters."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._any_order = table not in _IN_ORDER
        self._runs: list[tuple[str, list[tuple[Value, ...]]]] = []
        self._by_sql: dict[str, list[tuple[Value, ...]]] = {}

    def add(self, sql: str, params: tuple[Value, ...]) -> None:
        """`sql`: an INSERT of one row; `params`: for it."""
        if self._any_order:
            run = self._by_sql.get(sql)
        else:
            run = self._runs[-1][1] if self._runs and self._runs[-1][0] == sql else None
        if run is None:
            run = self._by_sql[sql] = []
            self._runs.append((sql, run))
        run.append(params)

    def place(self) -> int:
        """Parents come before children."""
        return _PLACES[self._table]

    def write(self, cursor: sqlite3.Cursor) -> None:
        """Errors: what SQLite says."""
        for sql, rows in self._runs:
            start = 0
            while start < len(rows):
                count = next(count for count in _TOGETHER if count <= len(rows) - start)
                cursor.execute(_insert_of(sql, count), tuple(chain.from_iterable(rows[start : start + count])))
                start += count


@lru_cache(maxsize=512)
def _insert_of(sql: str, rows: int) -> str:
    """An INSERT of one row as one of so many."""
    head, values, marks = sql.rpartition(" VALUES ")
    return head + values + ", ".join([marks] * rows)


class Transaction:
    """One unit of work being made. Obtain it from `Replica.transaction`; nothing is visible before it ends well."""

    def __init__(
        self,
        raw: sqlite3.Connection,
        kind: str,
        author: bytes | None,
        at: int,
        on_behalf_of: bytes | None = None,
    ) -> None:
        self.id = new_id()
        self.kind, self.author, self.at, self.on_behalf_of = kind, author, at, on_behalf_of
        self.extra: dict[str, Any] = {}
        self._rows = RowStore(raw)
        self._changes: list[RowChange] = []
        self._preconditions: list[tuple[str, bytes, str, Value]] = []

    # -- reading inside the transaction -------------------------------------------------------------------------------
    def get(self, model: type[Shape], row_id: bytes) -> Row | None:
        """The row as it is within this transaction."""
        return self._rows.read(spec(model.__tablename__), row_id)

    def need(self, model: type[Shape], row_id: bytes) -> Row:
        """`get`, but a missing row raises Refused."""
        row = self.get(model, row_id)
        if row is None:
            raise Refused(f"{model.__tablename__} {row_id.hex()} does not exist")
        return row

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Rows of any reading statement, seeing this transaction's own changes. Errors: UnguardedWrite."""
        before = self._rows.raw.total_changes
        rows = self._rows.raw.execute(sql, params).fetchall()
        if self._rows.raw.total_changes != before:
            raise UnguardedWrite("a reading statement wrote; use insert, update or delete")
        return rows

    # -- writing ------------------------------------------------------------------------------------------------------
    def insert(self, model: type[Shape], row_id: bytes | None = None, **values: Any) -> bytes:
        """A new row; returns its id. Errors: sqlite3.IntegrityError; KeyError, TypeError for what doesn't fit."""
        table = spec(model.__tablename__)
        row_id = row_id or new_id()
        row = complete(table, values)
        self._rows.insert(table, row_id, row)
        self._changes.append(RowChange(table.name, row_id, "i", _present(row)))
        return row_id

    def insert_many(self, model: type[Shape], rows: Iterable[tuple[bytes, Mapping[str, Any]]]) -> None:
        """Many new rows of one table, as fast as the driver takes them."""
        table = spec(model.__tablename__)
        whole = [(row_id, complete(table, values)) for row_id, values in rows]
        if whole:
            self._rows.insert_many(table, whole)
            self._changes += [RowChange(table.name, row_id, "i", _present(row)) for row_id, row in whole]

    def update(self, model: type[Shape], row_id: bytes, **values: Any) -> bool:
        """Change columns of a row; True when anything differed. Errors: Refused when it does not exist."""
        table = spec(model.__tablename__)
        before = self.need(model, row_id)
        wanted = {k: fitting(table, k, v) for k, v in values.items()}
        changed = {k: v for k, v in wanted.items() if before[k] != v}
        if not changed:
            return False
        self._rows.update(table, row_id, before, changed)
        self._changes.append(RowChange(table.name, row_id, "u", {k: [before[k], v] for k, v in changed.items()}))
        return True

    def update_many(self, model: type[Shape], rows: Sequence[tuple[bytes, Mapping[str, Any]]]) -> int:
        """Change the same columns in many rows of one table; returns how many differed. Rows that are gone are left
        out."""
        table = spec(model.__tablename__)
        known = self._rows.read_many(table, [row_id for row_id, _values in rows])
        columns = tuple(rows[0][1]) if rows else ()
        changed: list[tuple[bytes, Row, Row]] = []
        for row_id, values in rows:
            before = known.get(row_id)
            new = {column: fitting(table, column, values[column]) for column in columns}
            if before is not None and any(before[column] != value for column, value in new.items()):
                changed.append((row_id, before, new))
        if changed:
            self._rows.update_many(table, columns, changed)
        for row_id, before, new in changed:
            pairs = {c: [before[c], value] for c, value in new.items() if before[c] != value}
            self._changes.append(RowChange(table.name, row_id, "u", pairs))
        return len(changed)

    def delete(self, model: type[Shape], row_id: bytes) -> bool:
        """Remove a row; False when it was not there."""
        table = spec(model.__tablename__)
        before = self.get(model, row_id)
        if before is None:
            return False
        self._rows.delete(table, row_id, before)
        self._changes.append(RowChange(table.name, row_id, "d", _present(before)))
        return True

    def require(self, model: type[Shape], row_id: bytes, column: str, value: Value) -> None:
        """This transaction stands only if the column has this value before it, here and when the log takes it.

        Errors: Refused when it has another one already; ValueError after this transaction changed the row.
        """
        table = spec(model.__tablename__)
        if any((c.table, c.row_id) == (table.name, row_id) for c in self._changes):
            raise ValueError("require() speaks of the row before this transaction: call it before changing the row")
        if self.need(model, row_id)[column] != value:
            raise Refused(f"{table.name}.{column} is no longer what it was based on")
        self._preconditions.append((table.name, row_id, column, fitting(table, column, value)))

    # -- for the replica ----------------------------------------------------------------------------------------------
    def record(self) -> TxRecord:
        """What was done so far."""
        return TxRecord(
            self.id, self.kind, self.at, self.author, self.on_behalf_of,
            tuple(self._preconditions), tuple(self._changes), dict(self.extra),
        )  # fmt: skip

    @property
    def touched(self) -> Touched:
        return self._rows.touched

    @property
    def digest_change(self) -> int:
        return self._rows.digest_change % MODULUS

    @property
    def is_empty(self) -> bool:
        return not self._changes


def _present(row: Row) -> dict[str, Value]:
    return {k: v for k, v in row.items() if v is not None}
