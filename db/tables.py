"""What the log needs to know of each shared table: its columns, how they merge, and its canonical form.

The ORM models say it once; this module reads it from them once per process, as plain tuples, because applying a log
is a loop over rows and must not ask SQLAlchemy for each. The canonical form of a row is what the state digest hashes:
msgpack of (table, id, columns in alphabetical order that are not NULL), without local columns and without the folded
case number (which the digest covers by itself).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import msgpack

from db.models import SHARED

Value = int | float | str | bytes | None
"""What a column holds, as the SQLite driver gives it: booleans are 0 and 1."""
Row = dict[str, Value]

MODULUS: Final = 1 << 256


@dataclass(frozen=True)
class TableSpec:
    """One shared table. `columns` are the shared ones without `id`; `defaults` what an insert leaves out."""

    name: str
    columns: tuple[str, ...]
    rules: Mapping[str, str]
    defaults: Mapping[str, Value]
    required: frozenset[str]
    insert_sql: str
    select_sql: str
    delete_sql: str

    def update_sql(self, columns: Iterable[str]) -> str:
        """`UPDATE` of these columns by id; parameters: the values, then the id."""
        return f'UPDATE "{self.name}" SET {", ".join(f"{c} = ?" for c in columns)} WHERE id = ?'


def _plain(value: Any) -> Value:
    return int(value) if isinstance(value, bool) else value


@cache
def spec(table: str) -> TableSpec:
    """The spec of a shared table; KeyError for any other."""
    t = SHARED[table]
    shared = [c for c in t.columns if not c.info.get("local") and c.name != "id"]
    names = tuple(c.name for c in shared)
    listed = ", ".join(("id", *names))
    marks = ", ".join("?" * (len(names) + 1))
    return TableSpec(
        name=table,
        columns=names,
        rules={c.name: "folded" if c.info.get("folded") else c.info.get("merge", "scalar") for c in shared},
        defaults={c.name: _plain(c.default.arg) for c in shared if c.default is not None and c.default.is_scalar},
        required=frozenset(c.name for c in shared if not c.nullable),
        insert_sql=f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',
        select_sql=f'SELECT {listed} FROM "{table}" WHERE id = ?',
        delete_sql=f'DELETE FROM "{table}" WHERE id = ?',
    )


def complete(table: TableSpec, values: Mapping[str, Any]) -> Row:
    """A whole row from what was given and the defaults. Errors: KeyError for an unknown column."""
    row: Row = dict.fromkeys(table.columns)
    row.update(table.defaults)
    for name, value in values.items():
        if name not in row:
            raise KeyError(f"{table.name} has no shared column {name}")
        row[name] = _plain(value)
    return row


def row_digest(table: str, row_id: bytes, row: Mapping[str, Value]) -> int:
    """The summand of one row in the state digest."""
    body = [table, row_id, [(k, v) for k, v in sorted(row.items()) if v is not None and k != "number"]]
    return int.from_bytes(hashlib.sha256(msgpack.packb(body)).digest(), "big")


def number_digest(case_id: bytes, number: int) -> int:
    """The summand of a case number in the state digest."""
    return int.from_bytes(hashlib.sha256(msgpack.packb(["#", case_id, number])).digest(), "big")
