"""Transactions the shared log had, or was about to get, and that are in no state now: kept until they are again.

A store that was set back forgets entries that people were told are safe. Whoever rolls back with it puts the
transactions of those entries here (`lost_tx`), and so does who takes in a whole new state with its unpublished work.

* Own ones wait to be sent again under the same ids. They are put on top of the state as soon as they fit: what changes
  a row that another workstation's lost entry made waits for that one, three days at most.
* Those of others stay until their workstation has sent them again, or a person says that it never will
  (`halldesk lost resubmit`).
* After an intended restore (a new epoch) nothing is sent by itself: that it is gone is what was wanted.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from db.capture import RowStore, TxRecord
from db.on_behalf import handed_over
from db.outbox import Outbox

PATIENCE_MS: Final = 3 * 24 * 3600 * 1000
_EXPECTED: Final = """SELECT 1 FROM lost_tx l LEFT JOIN device d ON d.id = l.device
WHERE NOT l.waits AND l.expected_until > ? AND d.revoked_at IS NULL LIMIT 1"""
"""Is another workstation, not removed, still expected to send something again?"""
NEEDS: Final = """(NOT l.waits AND CASE WHEN l.expected_until > 0
THEN l.expected_until <= :now OR d.id IS NULL OR d.revoked_at IS NOT NULL ELSE l.author = :me END)"""
"""Must analyst `me` decide about it? What was undone on purpose is asked of whoever made it, and what another
workstation should have sent again of everybody. `l` is the row, `d` its device; `now`: ms UTC."""
_COLUMNS: Final = "id, seq, device, author, kind, at, waits, expected_until, body"


@dataclass(frozen=True)
class LostRow:
    """One of them, for people. `at`: ms UTC, the maker's clock. `waits`: it is sent again by itself."""

    id: bytes
    seq: int
    device: bytes
    author: bytes
    kind: str
    at: int
    waits: bool


@dataclass(frozen=True)
class Forgotten:
    """One that a person gave up, whole, so that it can be kept after all."""

    id: bytes
    _row: tuple[object, ...]


class Lost:
    """The table `lost_tx`. Everything here runs inside a writing transaction of the replica."""

    def __init__(self, raw: sqlite3.Connection, outbox: Outbox) -> None:
        self._raw, self._outbox = raw, outbox

    def keep(
        self, record: TxRecord, seq: int, device: bytes, author: bytes, *, waits: bool, expected_until: int = 0
    ) -> None:
        """Remember one. A second time changes nothing. `expected_until`: its maker sends it again before that, we think
        (ms UTC)."""
        self._raw.execute(
            f"INSERT OR IGNORE INTO lost_tx ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (record.id, seq, device, author, record.kind, record.at, waits, expected_until, record.pack()),
        )

    def set_aside(self, device: bytes, author: bytes) -> None:
        """Move everything unpublished here; its rows are not taken back, because all rows are about to go."""
        for body in self._outbox.empty():
            self.keep(TxRecord.unpack(body), 0, device, author, waits=True)

    def recover(self, rows: RowStore, now: int, *, patient: bool = False) -> int:
        """Put what waits and fits on top of the state as unpublished work; returns how many conflicts that made.

        What the log has again is forgotten. `now`: ms UTC. `patient`: others may send again what is not known here.
        """
        if self._raw.execute("SELECT 1 FROM lost_tx LIMIT 1").fetchone() is None:
            return 0
        self._raw.execute("DELETE FROM lost_tx WHERE NOT waits AND id IN (SELECT id FROM applied_tx)")
        patient = patient or self._raw.execute(_EXPECTED, (now,)).fetchone() is not None
        conflicts = 0
        for tx_id, body in self._raw.execute("SELECT id, body FROM lost_tx WHERE waits ORDER BY n").fetchall():
            made = self._outbox.put_one(rows, TxRecord.unpack(body), body, now, patient=patient)
            if made is not None:
                conflicts += made
                self._raw.execute("DELETE FROM lost_tx WHERE id = ?", (tx_id,))
        return conflicts

    def resubmit(self, tx_id: bytes, author: bytes, role: str | None) -> bool:
        """Let one be sent again from here by `author`, on behalf of whoever made it (db.on_behalf); False when there is
        none such.

        It keeps its id: should its maker send it too, it counts once.
        """
        row = self._raw.execute("SELECT body, author FROM lost_tx WHERE id = ?", (tx_id,)).fetchone()
        if row is None:
            return False
        record = TxRecord.unpack(row[0])
        record = handed_over(record, author, row[1], role)
        self._raw.execute("UPDATE lost_tx SET waits = 1, body = ? WHERE id = ?", (record.pack(), tx_id))
        return True

    def forget(self, tx_id: bytes) -> Forgotten | None:
        """A person decided that it stays lost; None when there is none such."""
        row = self._raw.execute(f"DELETE FROM lost_tx WHERE id = ? RETURNING {_COLUMNS}", (tx_id,)).fetchone()
        return None if row is None else Forgotten(tx_id, tuple(row))

    def keep_again(self, gone: Forgotten) -> None:
        """The person thought better of it. What the log has by now is let go with the next `recover`."""
        self._raw.execute(f"INSERT OR IGNORE INTO lost_tx ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", gone._row)

    def needing(self, me: bytes, now: int) -> int:
        """How many ask for a decision of analyst `me`."""
        sql = f"SELECT count(*) FROM lost_tx l LEFT JOIN device d ON d.id = l.device WHERE {NEEDS}"
        return int(self._raw.execute(sql, {"me": me, "now": now}).fetchone()[0])

    def waits(self, tx_id: bytes) -> bool:
        """Is it about to be sent again?"""
        return self._raw.execute("SELECT 1 FROM lost_tx WHERE id = ? AND waits", (tx_id,)).fetchone() is not None

    def rows(self) -> list[LostRow]:
        """All of them, in the order they stood in the log."""
        found = self._raw.execute("SELECT id, seq, device, author, kind, at, waits FROM lost_tx ORDER BY n").fetchall()
        return [LostRow(i, s, d, who, k, at, bool(waits)) for i, s, d, who, k, at, waits in found]
