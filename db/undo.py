"""Taking back what was done on this workstation, as a transaction of its own, if nobody built on it.

What was done lately lies in the table `journal`; whoever undoes makes the opposite of each change, in reverse order. A
row or column that is not as the change left it refuses the whole: somebody built on it. An undo is journalled itself,
so that it can be taken back (redo), and says what it took back, so that one key goes back step by step:

* to undo: the newest transaction that is not undone and is no undo itself (a redo is work like any other);
* to redo: the newest undo that is not taken back, unless something else was done since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db.answers import COLUMN, cases_answered, first_answer
from db.capture import RowChange, Transaction, TxRecord
from db.errors import BuiltUpon
from db.shapes import SHARED, Case
from db.tables import complete, spec

UNDO: Final = "undo."
REDO: Final = "redo."
_FOLLOWS: Final = frozenset({"latest", "derived", "earliest"})
"""Rules of columns that go along with others; that they moved on hinders nobody."""


@dataclass(frozen=True)
class Step:
    """Something in the journal. `case_id`: the case it is offered on; `at`: ms UTC."""

    tx_id: bytes
    kind: str
    at: int
    case_id: bytes | None


@dataclass(frozen=True)
class Place:
    """A row, and the column of it that somebody changed since (None: any)."""

    table: str
    row_id: bytes
    column: str | None = None


class Journal:
    """The table `journal`, on the replica's connection."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def note(
        self, record: TxRecord, body: bytes, case_id: bytes | None, *, undoes: bytes | None = None, most: int
    ) -> None:
        """Remember a transaction; only the last `most` are kept."""
        self._raw.execute(
            "INSERT INTO journal (tx_id, kind, at, case_id, body, undoes) VALUES (?, ?, ?, ?, ?, ?)",
            (record.id, record.kind, record.at, case_id, body, undoes),
        )
        if undoes is not None:
            self._raw.execute("UPDATE journal SET undone_by = ? WHERE tx_id = ?", (record.id, undoes))
        self._raw.execute("DELETE FROM journal WHERE n <= (SELECT max(n) FROM journal) - ?", (most,))

    def record(self, tx_id: bytes) -> tuple[TxRecord, bytes | None, bytes | None] | None:
        """(the transaction as it went into the log, its case, what undid it), or None."""
        row = self._raw.execute("SELECT body, case_id, undone_by FROM journal WHERE tx_id = ?", (tx_id,)).fetchone()
        return None if row is None else (TxRecord.unpack(row[0]), row[1], row[2])

    def to_undo(self, case_id: bytes | None = None) -> Step | None:
        """The next step back, in one case or anywhere."""
        return self._step(f"j.kind NOT LIKE '{UNDO}%'", case_id)

    def to_redo(self, case_id: bytes | None = None) -> Step | None:
        """The next step forward again."""
        return self._step(
            f"j.kind LIKE '{UNDO}%' AND NOT EXISTS (SELECT 1 FROM journal k WHERE k.n > j.n AND k.undoes IS NULL "
            "AND (:case IS NULL OR k.case_id = :case))",
            case_id,
        )

    def _step(self, which: str, case_id: bytes | None) -> Step | None:
        row = self._raw.execute(
            f"SELECT j.tx_id, j.kind, j.at, j.case_id FROM journal j WHERE j.undone_by IS NULL AND {which} "
            "AND (:case IS NULL OR j.case_id = :case) AND NOT EXISTS "
            "(SELECT 1 FROM conflict x WHERE x.tx_id = j.tx_id AND x.outcome IN ('refused', 'same')) "
            "ORDER BY j.n DESC LIMIT 1",
            {"case": case_id},
        ).fetchone()
        return None if row is None else Step(*row)


def kind_of_undoing(kind: str) -> str:
    """What the transaction is called that takes one of `kind` back."""
    return REDO + kind.removeprefix(UNDO) if kind.startswith(UNDO) else UNDO + kind.removeprefix(REDO)


def invert(tx: Transaction, record: TxRecord) -> None:
    """Make the opposite of a transaction. Errors: BuiltUpon with the place somebody changed since."""
    for change in reversed(record.rows):
        _invert(tx, change)
    for case_id in cases_answered(record.rows):
        row = tx.get(Case, case_id)
        first = first_answer(tx.query, case_id)
        if row is not None and first is not None and row[COLUMN] is None:
            tx.update(Case, case_id, first_response_at=first)  # somebody answered after what is taken back


def _invert(tx: Transaction, change: RowChange) -> None:
    model, table = SHARED[change.table], spec(change.table)
    row = tx.get(model, change.row_id)
    if change.op == "d":
        if row is None:
            tx.insert(model, change.row_id, **change.values)
        return
    if row is None:
        raise BuiltUpon(
            "Somebody deleted what this changed, so it can't be undone.", Place(change.table, change.row_id)
        )
    if change.op == "i":
        if change.table == "case":
            raise BuiltUpon("A case is not undone but cancelled, so that its number stays accounted for.")
        made = complete(table, change.values)
        for column, value in made.items():
            if row[column] != value and table.rules[column] != "folded":
                raise BuiltUpon(_CHANGED, Place(change.table, change.row_id, column))
        tx.delete(model, change.row_id)
        return
    for column, (_old, new) in change.values.items():
        if row[column] != new and table.rules[column] not in _FOLLOWS:
            raise BuiltUpon(_CHANGED, Place(change.table, change.row_id, column))
    back = {
        column: old
        for column, (old, new) in change.values.items()
        if table.rules[column] != "earliest" or row[column] == new  # what somebody else brought stays
    }
    tx.update(model, change.row_id, **back)


def still_as_made(tx: Transaction, record: TxRecord, change: RowChange) -> None:
    """Nobody changed the row since `record` made it by `change`, but for what moves on by itself.

    Errors: BuiltUpon with the place."""
    model, table = SHARED[change.table], spec(change.table)
    row = tx.get(model, change.row_id)
    made = complete(table, change.values)
    for later in record.rows:
        if later.op == "u" and (later.table, later.row_id) == (change.table, change.row_id):
            made |= {column: new for column, (_old, new) in later.values.items()}
    for column, value in made.items():
        if row is None or (row[column] != value and table.rules[column] not in _FOLLOWS | {"folded"}):
            raise BuiltUpon(_CHANGED, Place(change.table, change.row_id, column if row is not None else None))


_DELETED: Final = "Somebody deleted what this changed, so it can't be undone."
_CHANGED: Final = "Somebody changed this since, so it can't be undone; change it by hand."


def last_touch(records: Iterable[tuple[TxRecord, bytes]], place: Place, undone: bytes) -> tuple[bytes, int] | None:
    """Who changed a place last and when (analyst, ms UTC), in `records` (newest first, with
    their authors), apart from the transaction `undone` itself."""
    for record, author in records:
        if record.id == undone:
            continue
        for change in record.rows:
            if (change.table, change.row_id) != (place.table, place.row_id):
                continue
            if change.op != "u" or place.column is None or place.column in change.values:
                return record.author or author, record.at
    return None
