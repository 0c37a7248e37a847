"""What the shared log did not take as it was made, kept until a person has decided, and after that as history.

Nothing is ever removed from here by the program: what was refused, what lost and what won over somebody else's value,
with both values, both authors and both times, and the whole transaction, so that it can be made again.

Everything here runs inside a transaction or reading of the replica, on its connection.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import msgpack

from db.capture import TxRecord
from db.rebase import Met
from db.tables import Value

_COLUMNS: Final = (
    "n, at, tx_id, kind, case_id, table_name, row_id, column_name, outcome, reason, why, my_author, my_at, "
    "their_author, their_at, settled_at, settled, settled_tx, base, mine, theirs"
)


@dataclass(frozen=True)
class ConflictRow:
    """One of them. Instants in ms UTC; `column`: "" the whole row, None the whole transaction; `outcome`: "refused",
    "mine stands", "theirs stands" or "same"; `reason`: one of db.merging.REASONS, `why` the sentence of a rule."""

    n: int
    at: int
    tx_id: bytes
    kind: str
    case_id: bytes | None
    table: str | None
    row_id: bytes | None
    column: str | None
    outcome: str
    reason: str
    why: str | None
    my_author: bytes | None
    my_at: int
    their_author: bytes | None
    their_at: int | None
    settled_at: int | None
    settled: str | None
    settled_tx: bytes | None
    base: Value
    mine: Value
    theirs: Value


class Conflicts:
    """The table `conflict`."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def keep(
        self,
        record: TxRecord,
        now: int,
        outcome: str,
        reason: str,
        *,
        why: str | None = None,
        met: Met | None = None,
        author: bytes | None = None,
    ) -> None:
        """Remember one. `now`: ms UTC. `author`: whose transaction it is where it does not say. One where nothing was
        left to do is settled as it is."""
        clash, by = (None, None) if met is None else (met.clash, met.by)
        self._raw.execute(
            "INSERT INTO conflict (at, tx_id, kind, case_id, table_name, row_id, column_name, outcome, reason, why, "
            "base, mine, theirs, my_author, my_at, their_author, their_at, body, settled_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                now, record.id, record.kind, self._case_of(record, met), met and met.change.table,
                met and met.change.row_id, clash and clash.column, outcome, reason, why,
                *(None if clash is None else msgpack.packb(v) for v in (clash and clash.base, clash and clash.mine,
                                                                       clash and clash.theirs)),
                record.author or author, record.at, by and by.author, by and by.at, record.pack(),
                now if outcome == "same" else None,
            ),
        )  # fmt: skip

    def _case_of(self, record: TxRecord, met: Met | None) -> bytes | None:
        if met is not None and met.change.table == "case":
            return met.change.row_id
        journalled = self._raw.execute("SELECT case_id FROM journal WHERE tx_id = ?", (record.id,)).fetchone()
        if journalled is not None and journalled[0] is not None:
            return bytes(journalled[0])
        cases = (c.row_id if c.table == "case" else c.values.get("case_id") for c in record.rows if c.op != "u"
                 or c.table == "case")  # fmt: skip
        return next((case for case in cases if isinstance(case, bytes)), None)

    def rows(self, *, settled: bool) -> list[ConflictRow]:
        """Newest first; what was settled by itself is not among the settled."""
        found = self._raw.execute(
            f"SELECT {_COLUMNS} FROM conflict WHERE (settled_at IS NOT NULL) = ? AND outcome <> 'same' ORDER BY n DESC",
            (int(settled),),
        ).fetchall()
        return [_row(row) for row in found]

    def count(self) -> int:
        """How many wait for a person."""
        return int(self._raw.execute("SELECT count(*) FROM conflict WHERE settled_at IS NULL").fetchone()[0])

    def one(self, n: int) -> tuple[ConflictRow, TxRecord] | None:
        """A conflict and the transaction it is about; None when there is none of this number."""
        row = self._raw.execute(f"SELECT {_COLUMNS}, body FROM conflict WHERE n = ?", (n,)).fetchone()
        return None if row is None else (_row(row[:-1]), TxRecord.unpack(row[-1]))

    def fate(self, tx_id: bytes) -> tuple[str, str | None] | None:
        """What became of a transaction that was not published as it was made: (outcome, reason), or None."""
        row = self._raw.execute(
            "SELECT outcome, coalesce(why, reason) FROM conflict WHERE tx_id = ? "
            "ORDER BY outcome = 'refused' DESC, n LIMIT 1",
            (tx_id,),
        ).fetchone()
        return None if row is None else (str(row[0]), row[1])

    def settle(self, n: int, at: int, how: str, tx_id: bytes | None) -> None:
        """A person has decided: `how` "mine", "theirs" or "text"; `tx_id`: the transaction that made it so."""
        self._raw.execute(
            "UPDATE conflict SET settled_at = ?, settled = ?, settled_tx = ? WHERE n = ?", (at, how, tx_id, n)
        )

    def ask_again(self, tx_id: bytes) -> None:
        """The transaction that settled a conflict was undone."""
        self._raw.execute(
            "UPDATE conflict SET settled_at = NULL, settled = NULL, settled_tx = NULL WHERE settled_tx = ?", (tx_id,)
        )


def _row(row: tuple[Any, ...]) -> ConflictRow:
    return ConflictRow(*row[:-3], *(None if v is None else msgpack.unpackb(v) for v in row[-3:]))
