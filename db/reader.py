"""Reading the replica: plain SQL on read-only connections, one per lane.

Deliberately on the standard library's driver alone. Importing SQLAlchemy takes about half a second, the first screen
needs none of it, and the queue views live from short prepared statements by row number; see docs/decisions. A reader
never writes and never checkpoints, so it can't disturb the writer.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_PRAGMAS: Final = (
    "PRAGMA query_only=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cache_size=-2048",
    "PRAGMA temp_store=MEMORY",
)
Params = Sequence[Any] | Mapping[str, Any]
PIECE: Final = 16_000
"""Characters of a long answer that are read at once: some 2,000 numbers."""


class Reader:
    """A read-only view of the replica. One per thread that reads; safe, but serial, when shared."""

    def __init__(self, path: Path) -> None:
        uri = path.resolve().as_uri() + "?mode=ro"
        self._lock = threading.RLock()
        self.raw = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        self.raw.row_factory = sqlite3.Row
        try:
            for pragma in _PRAGMAS:
                self.raw.execute(pragma)
        except sqlite3.Error:
            self.raw.close()  # a damaged file that stays open can't be moved away on Windows
            raise

    def all(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """Every row of a query."""
        with self._lock:
            return self.raw.execute(sql, params).fetchall()

    def one(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        with self._lock:
            row: sqlite3.Row | None = self.raw.execute(sql, params).fetchone()
            return row

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def ids(self, sql: str, params: Params = ()) -> array[int]:
        """Row numbers in list order: `sql` selects one column named rid.

        They come as one text from one step of the database. Fetched row by row, the driver lets go of the interpreter
        lock and asks for it again at every row, and each time a busy thread may keep it for 5 ms: measured, 359,000
        rows took 23 s instead of 0.1 beside one that never rests. SQLite keeps the order of a subquery for
        `group_concat` (its planner drops it only for count, min, max, sum and avg).
        """
        text = self.value(f"SELECT group_concat(rid) FROM ({sql})", params)
        return array("q") if text is None else _numbers(text)

    def each(self, sql: str, params: Params = (), step: int = 2000) -> Iterator[list[tuple[Any, ...]]]:
        """Rows as plain tuples, `step` at a time."""
        with self._lock:
            cursor = self.raw.cursor()
            cursor.row_factory = None
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(step):
                yield rows

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Several queries that all see the same state."""
        with self._lock:
            self.raw.execute("BEGIN")
            try:
                yield self
            finally:
                self.raw.execute("COMMIT")

    def words(self, index: str) -> dict[str, int]:
        """Every word of a full-text index and in how many rows it occurs. Reads all of it: for small ones only."""
        with self._lock:
            self.raw.execute("PRAGMA query_only=OFF")  # for the temporary table only: the file is opened read-only
            try:
                self.raw.execute(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_words USING fts5vocab(main, {index}, row)"
                )
            finally:
                self.raw.execute("PRAGMA query_only=ON")
            cursor = self.raw.cursor()
            cursor.row_factory = None
            return dict(cursor.execute(f"SELECT term, doc FROM temp.{index}_words").fetchall())

    def close(self) -> None:
        """Close the connection; safe to call twice."""
        with self._lock:
            self.raw.close()


def _numbers(text: str) -> array[int]:
    """The numbers of a text, comma by comma; in pieces, so that half a million need no list of half a million texts."""
    out, start = array("q"), 0
    while start < len(text):
        end = text.find(",", start + PIECE)
        end = len(text) if end < 0 else end
        out.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return out
