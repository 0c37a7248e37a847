"""What the log needs to know of each shared table: its columns, how they merge, and its canonical form.

The models say it once; db/shapes.py has it as plain Python, and this module makes statements of it, because applying a
log is a loop over rows and must not ask SQLAlchemy for each. The canonical form of a row is what the state digest
hashes: msgpack of (table, id, columns in alphabetical order that are not NULL), without local columns and without the
folded case number (which the digest covers by itself).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast

import msgpack

from db.shapes import SHARED

Value = int | float | str | bytes | None
"""What a column holds, as the SQLite driver gives it: booleans are 0 and 1."""
Row = dict[str, Value]

MODULUS: Final = 1 << 256
_SHAPES: Final = 64
"""So many different sets of columns are remembered for each table."""


class _Packer(threading.local):
    """One for each thread: to make one for each row would cost as much as hashing it."""

    def __init__(self) -> None:
        self.pack: Callable[[Any], bytes] = msgpack.Packer().pack


_packer: Final = _Packer()


class GivenShape(NamedTuple):
    """How a new row that gives these columns is written and hashed, found out once. `refs`: where ids are given;
    `rest`: defaults of the columns that were not given; `order` of the canonical form, `pick`: its values out of
    (id, given, rest)."""

    sql: str
    kinds: tuple[type, ...]
    refs: tuple[int, ...]
    rest: tuple[Value, ...]
    order: tuple[str, ...]
    pick: Callable[[tuple[Value, ...]], tuple[Value, ...]]


@dataclass(frozen=True)
class TableSpec:
    """One shared table. `columns` are the shared ones without `id`; `defaults` what an insert leaves out."""

    name: str
    columns: tuple[str, ...]
    rules: Mapping[str, str]
    kinds: Mapping[str, type]
    """What each column holds: int, float, str or bytes."""
    defaults: Mapping[str, Value]
    blank: Row
    """A whole row of defaults, to be copied."""
    unique: frozenset[str]
    """Columns that take part in a uniqueness rule beyond the id."""
    insert_sql: str
    select_sql: str
    delete_sql: str
    hashed: tuple[str, ...]
    """The columns of the canonical form, in its order."""
    inserts: dict[tuple[str, ...], str] = field(default_factory=dict, compare=False)
    """Statements for rows with these columns, as they come up."""
    given: dict[tuple[str, ...], GivenShape | None] = field(default_factory=dict, compare=False)

    def given_shape(self, names: tuple[str, ...]) -> GivenShape | None:
        """How a new row that gives these columns is written; None where each value has to be looked at: an unknown
        column, or one of fractions."""
        if names in self.given:
            return self.given[names]
        found = None
        if all(self.kinds.get(name, float) is not float for name in names):
            rest = {c: v for c, v in self.defaults.items() if v is not None and c not in names}
            columns = (*names, *rest)
            order = tuple(sorted(set(columns) - {"number"}))
            places = [columns.index(name) + 1 for name in order]
            if len(places) > 1:
                kinds = tuple(self.kinds[name] for name in names)
                refs = tuple(place for place, kind in enumerate(kinds) if kind is bytes)
                found = GivenShape(
                    self.insert_present(columns), kinds, refs, tuple(rest.values()), order, itemgetter(*places)
                )
        if len(self.given) >= _SHAPES:
            self.given.clear()
        self.given[names] = found
        return found

    def insert_present(self, columns: Iterable[str]) -> str:
        """`INSERT` of a row that holds nothing but these columns; parameters: the id, then their values. The driver
        looks for a way to adapt each NULL it binds, which takes it a microsecond: half of what a wide row costs. (No
        shared column has a default of the database's own.)"""
        names = tuple(columns)
        found = self.inserts.get(names)
        if found is None:
            marks = ", ".join("?" * (len(names) + 1))
            found = f'INSERT INTO "{self.name}" ({", ".join(("id", *names))}) VALUES ({marks})'
            if len(self.inserts) < _SHAPES:
                self.inserts[names] = found
        return found

    def update_sql(self, columns: Iterable[str]) -> str:
        """`UPDATE` of these columns by id; parameters: the values, then the id."""
        return f'UPDATE "{self.name}" SET {", ".join(f"{c} = ?" for c in columns)} WHERE id = ?'


@cache
def spec(table: str) -> TableSpec:
    """The spec of a shared table; KeyError for any other."""
    shape = SHARED[table]
    names = tuple(shape.kinds)
    listed = ", ".join(("id", *names))
    marks = ", ".join("?" * (len(names) + 1))
    return TableSpec(
        name=table,
        columns=names,
        rules={name: shape.rules.get(name, "scalar") for name in names},
        kinds=shape.kinds,
        defaults=shape.defaults,
        blank={**dict.fromkeys(names), **shape.defaults},
        unique=shape.unique,
        insert_sql=f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',
        select_sql=f'SELECT {listed} FROM "{table}" WHERE id = ?',
        delete_sql=f'DELETE FROM "{table}" WHERE id = ?',
        hashed=tuple(sorted(name for name in names if name != "number")),
    )


def fitting(table: TableSpec, column: str, value: Any) -> Value:
    """The value as SQLite will give it back: a boolean as 0 or 1, a whole number in a float column as a float, -0.0
    as 0.0.

    The digest is computed from it, so nothing may change on its way through the database. Errors: TypeError when it is
    of another kind, ValueError for what is no number (SQLite would keep NULL), KeyError for an unknown column.
    """
    kind = table.kinds.get(column)
    if kind is None:
        raise KeyError(f"{table.name} has no shared column {column}")
    if type(value) is float and kind is float:
        if value != value:
            raise ValueError(f"{table.name}.{column} is not a number")
        return value + 0.0
    if value is None or type(value) is kind:
        return cast(Value, value)
    if isinstance(value, kind) or (kind is float and type(value) is int):
        return cast(Value, kind(value))
    raise TypeError(f"{table.name}.{column} holds {kind.__name__}, not {type(value).__name__}")


def complete(table: TableSpec, values: Mapping[str, Any]) -> Row:
    """A whole row from what was given and the defaults. Errors: KeyError for an unknown column, TypeError."""
    row = table.blank.copy()
    kinds = table.kinds
    for name, value in values.items():
        # The short way for what fits as it is: an import comes by here millions of times.
        kind = type(value)
        row[name] = value if kind is kinds.get(name) and kind is not float else fitting(table, name, value)
    return row


def row_digest(table: TableSpec, row_id: bytes, row: Mapping[str, Value]) -> int:
    """The summand of one row in the state digest."""
    body = (table.name, row_id, [(name, value) for name in table.hashed if (value := row.get(name)) is not None])
    return int.from_bytes(hashlib.sha256(_packer.pack(body)).digest(), "big")


def present_digest(table: str, row_id: bytes, present: Mapping[str, Value]) -> int:
    """`row_digest` of a row whose columns without a value were left out already."""
    body = (table, row_id, [pair for pair in sorted(present.items()) if pair[0] != "number"])
    return int.from_bytes(hashlib.sha256(_packer.pack(body)).digest(), "big")


def given_digest(table: str, params: tuple[Value, ...], shape: GivenShape) -> int:
    """`row_digest` of a new row, from the parameters of its INSERT."""
    body = (table, params[0], list(zip(shape.order, shape.pick(params), strict=True)))
    return int.from_bytes(hashlib.sha256(_packer.pack(body)).digest(), "big")


def rows_digest(table: TableSpec, rows: Iterable[Sequence[Value]]) -> int:
    """The sum of `row_digest` and `number_digest` over many whole rows, each `(id, *columns)`."""
    order = [(name, table.columns.index(name) + 1) for name in table.hashed]
    number_at = table.columns.index("number") + 1 if table.name == "case" else 0
    pack, sha256, name = _packer.pack, hashlib.sha256, table.name
    total = 0
    for row in rows:
        values = [(column, row[place]) for column, place in order if row[place] is not None]
        total += int.from_bytes(sha256(pack([name, row[0], values])).digest(), "big")
        if number_at and row[number_at] is not None:
            total += number_digest(cast(bytes, row[0]), cast(int, row[number_at]))
    return total


def number_digest(case_id: bytes, number: int) -> int:
    """The summand of a case number in the state digest."""
    return int.from_bytes(hashlib.sha256(_packer.pack(["#", case_id, number])).digest(), "big")
