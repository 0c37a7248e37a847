"""Contents added on this workstation, on their way to the store: chunks first, the entry that names them last.

A verb notes what it keeps (`keep`); the row that names it waits in the outbox. A round of the syncer publishes what
needs no upload, then sends chunk after chunk (`send_one`) and looks at the log between them, so that a claim never
waits for a video. A transaction is `held` until every chunk of it is on the store; what builds on it waits along.

How far an upload came is noted per chunk and believed for a day: after an interruption it goes on there. After a day it
is looked at again, because a collection may have run meanwhile (db.collection relies on that).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from db.blobs import ChunkStore
from db.capture import RowChange, Touched, TxRecord
from db.chunks import ChunkFolder, split
from db.log import SharedLog
from db.replica import Replica

_log = logging.getLogger(__name__)

BELIEVED_MS: Final = 24 * 3600 * 1000
"""How long a chunk that was sent needs no second look. Far less than the shortest wait of a collection."""
_ANSWER_EVERY_MS: Final = 60_000
_FORGOTTEN_MS: Final = 30 * 24 * 3600 * 1000
"""A content that no draft, change or conflict names any more is let go after a month."""


class Contents:
    """What was added here. `clock`: ms UTC."""

    def __init__(self, replica: Replica, chunks: ChunkFolder, clock: Callable[[], int]) -> None:
        self.replica, self.chunks, self._clock = replica, chunks, clock
        self._renewed: set[bytes] = set()
        self._answered_at: int | None = None

    def keep(self, sha256: bytes, chunks: bytes, size: int) -> None:
        """Its chunks are here and must stay until the log names it."""
        with self.replica.local() as raw:
            raw.execute(
                "INSERT INTO kept_file (sha256, chunks, size, kept_at, sent, sent_at) VALUES (?, ?, ?, ?, 0, 0) "
                "ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at",
                (sha256, chunks, size, self._clock()),
            )

    def held(self) -> Callable[[TxRecord], bool]:
        """Tells whether a pending transaction must wait for chunks; asked for each of a batch."""
        with self.replica.reading() as raw:
            since = self._clock() - BELIEVED_MS
            kept = {
                sha256
                for sha256, chunks, sent, sent_at in raw.execute("SELECT sha256, chunks, sent, sent_at FROM kept_file")
                if sent < len(split(chunks)) or sent_at < since
            }
        return lambda record: any(change.values.get("sha256") in kept for change in added(record))

    def send_one(self, log: SharedLog, desk_keys: Mapping[int, bytes]) -> bool:
        """Bring one more chunk of what waits longest to the store; False when nothing is left to send.

        Errors: StorageError of the store; what was sent stays noted.
        """
        wanted = self._next()
        if wanted is None:
            return False
        sha256, digests, sent = wanted
        store = ChunkStore(log, desk_keys)
        if self._published(sha256):
            sent = len(digests)  # the log names it, so it is there; a collection would need weeks to think otherwise
        else:
            plain = self.chunks.read(digests[sent])
            if plain is not None:
                if store.put(digests[sent], plain, renew=True):
                    self._renewed.add(digests[sent])
            elif store.get(digests[sent]) is None:
                _log.warning("a part of an attached file was lost on this disk before it could be sent")
            sent += 1
        with self.replica.local() as raw:
            raw.execute("UPDATE kept_file SET sent = ?, sent_at = ? WHERE sha256 = ?", (sent, self._clock(), sha256))
        return True

    def _next(self) -> tuple[bytes, list[bytes], int] | None:
        since = self._clock() - BELIEVED_MS
        for record in self.replica.pending():
            for change in added(record):
                with self.replica.reading() as raw:
                    row = raw.execute(
                        "SELECT chunks, sent, sent_at FROM kept_file WHERE sha256 = ?", (change.values["sha256"],)
                    ).fetchone()
                if row is None:
                    continue
                digests = split(row[0])
                sent = row[1] if row[2] >= since else 0
                if sent < len(digests):
                    return change.values["sha256"], digests, sent
        return None

    def _published(self, sha256: bytes) -> bool:
        with self.replica.reading() as raw:
            rows = {r[0] for r in raw.execute("SELECT id FROM attachment WHERE sha256 = ?", (sha256,))}
        return bool(rows - {c.row_id for record in self.replica.pending() for c in added(record)})

    def published(self, records: Collection[TxRecord], log: SharedLog, desk_keys: Mapping[int, bytes]) -> None:
        """The log names these contents now, so they need not stay here.

        A chunk that somebody else had put there may have been collected in the very moment: it is looked at once more.
        """
        touched = Touched()
        for record in records:
            for change in added(record):
                touched.note(change.table, change.row_id, change.values)
                sha256, chunks = change.values.get("sha256"), change.values.get("chunks")
                for digest in self._renewed.intersection(split(chunks) if isinstance(chunks, bytes) else ()):
                    plain = self.chunks.read(digest)
                    if plain is not None:
                        ChunkStore(log, desk_keys).put(digest, plain)
                    self._renewed.discard(digest)
                with self.replica.local() as raw:
                    raw.execute("DELETE FROM kept_file WHERE sha256 = ?", (sha256,))
        if touched.tables:
            self.replica.announce(touched)

    def answer(self, log: SharedLog, desk_keys: Mapping[int, bytes]) -> list[str]:
        """Put back chunks that others ask for and we have; returns their names. Looks once a minute."""
        now = self._clock()
        if self._answered_at is not None and 0 <= now - self._answered_at < _ANSWER_EVERY_MS:
            return []
        self._answered_at = now
        return ChunkStore(log, desk_keys).answer(self.chunks)

    def must_stay(self) -> frozenset[bytes]:
        """Chunks that no trimming may take. Lets go of what nothing here names any more."""
        with self.replica.local() as raw:
            old = raw.execute(
                "SELECT sha256 FROM kept_file WHERE kept_at < ?", (self._clock() - _FORGOTTEN_MS,)
            ).fetchall()
            for (sha256,) in old:
                named = raw.execute(
                    "SELECT EXISTS (SELECT 1 FROM draft WHERE instr(text, ?1))"
                    " OR EXISTS (SELECT 1 FROM pending_tx WHERE instr(body, ?2))"
                    " OR EXISTS (SELECT 1 FROM conflict WHERE settled_at IS NULL AND instr(body, ?2))",
                    (sha256.hex(), sha256),
                ).fetchone()
                if not named[0]:
                    raw.execute("DELETE FROM kept_file WHERE sha256 = ?", (sha256,))
            rows = raw.execute("SELECT chunks FROM kept_file").fetchall()
        return frozenset(digest for (chunks,) in rows for digest in split(chunks))


def added(record: TxRecord) -> Iterator[RowChange]:
    """The rows by which a transaction attaches something."""
    return (change for change in record.rows if change.table == "attachment" and change.op == "i")
