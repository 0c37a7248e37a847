"""What the rules that every client shares may ask about the state before a transaction (db.authority, db.enrolment,
db.rotation). Rules see nothing else, so their answer is a function of the log before the entry; tests give them a state
made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Protocol

from db.capture import RowChange, TxRecord
from db.tables import Row, spec


class Before(Protocol):
    """The shared rows, as far as rules need them."""

    def row(self, table: str, row_id: object) -> Row | None:
        """A whole row; None when there is none, or when the id is none. Errors: KeyError for an unknown table."""

    def generation(self) -> int:
        """The desk key in force; 0 before the founding."""

    def in_force(self) -> frozenset[bytes]:
        """Devices that are not revoked and whose analyst is active."""


class RowsBefore:
    """The state in a replica's tables, on the connection that is applying.

    `undoing`: a transaction whose rows are in the tables already and are thought away, so that work is judged by the
    state before it also when it was just done. `settle`: called with a table's name before it is looked into.
    """

    def __init__(
        self,
        raw: sqlite3.Connection,
        undoing: TxRecord | None = None,
        *,
        settle: Callable[[str], None] | None = None,
    ) -> None:
        self._raw, self._settle = raw, settle
        self._undone: dict[tuple[str, bytes], list[RowChange]] = {}
        for change in reversed(undoing.rows if undoing is not None else ()):
            self._undone.setdefault((change.table, change.row_id), []).append(change)

    def row(self, table: str, row_id: object) -> Row | None:
        if type(row_id) is not bytes:
            return None
        if self._settle is not None:
            self._settle(table)
        columns = spec(table).columns
        found = self._cursor(spec(table).select_sql, row_id).fetchone()
        row = None if found is None else dict(zip(columns, found[1:], strict=True))
        for change in self._undone.get((table, row_id), ()):
            if change.op == "u" and row is not None:
                row |= {column: old for column, (old, _new) in change.values.items()}
            else:
                row = None if change.op == "i" else {column: change.values.get(column) for column in columns}
        return row

    def generation(self) -> int:
        made = [c.values["generation"] for c in self._changes("desk_key")]
        newest = self._cursor("SELECT coalesce(max(generation), 0) FROM desk_key").fetchone()[0]
        return min(made) - 1 if made else int(newest)

    def in_force(self) -> frozenset[bytes]:
        rows = self._cursor(
            "SELECT d.id FROM device d JOIN analyst a ON a.id = d.analyst_id WHERE d.revoked_at IS NULL AND a.active"
        )
        return frozenset(row[0] for row in rows)

    def _changes(self, table: str) -> list[RowChange]:
        return [change for (name, _id), changes in self._undone.items() if name == table for change in changes]

    def _cursor(self, sql: str, *params: bytes) -> sqlite3.Cursor:
        cursor = self._raw.cursor()
        cursor.row_factory = None
        return cursor.execute(sql, params)
