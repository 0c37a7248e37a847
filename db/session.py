"""Opening the replica: one writing connection, its pragmas, and the guard that lets nobody write around the log.

Order at open: the file is migrated (db.migrate, on a copy), the writer connection is made, guard triggers (db.guards)
that a migration took away are put back.

* The driver's own transaction handling is switched off and every writing transaction begins with `BEGIN IMMEDIATE`:
  with the driver's deferred begin, read-then-write transactions lose updates silently.
* Only one connection per process writes, and processes take turns through a lock file: SQLite before 3.51.3 can
  corrupt a WAL that one connection resets while another one writes or checkpoints. Readers (db.reader) never
  checkpoint.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db.errors import StorageError, UnguardedWrite
from db.guards import OPEN, SHUT, guard_triggers
from db.write_lock import Busy, WriteLock

_log = logging.getLogger(__name__)

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16384",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=15000",
)
_KEPT_BACK_PAGES: Final = 8_000
"""32 MB: what SQLite's log may hold before its pages go into the file, while very much is written (`much`)."""


class Writer:
    """The one connection that writes. `begin()` is a transaction; the gate is open only within `begin(shared=True)`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._turn = WriteLock(Path(f"{path}.lock"))
        self._gate_open = False
        self._durable = True
        self._asked_for = False
        self.raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                self.raw.execute(pragma)
            self._hang_guards()
        except BaseException:
            self.close()
            raise

    def _hang_guards(self) -> None:
        hung = {name for (name,) in self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        missing = [statement for name, statement in guard_triggers().items() if name not in hung]
        if missing:
            with self.begin():
                for statement in missing:
                    self.raw.execute(statement)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection while no other thread is amid a transaction on it, so that nothing uncommitted is seen."""
        with self._alone():
            yield self.raw

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            self._asked_for = True
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def asked_for(self) -> bool:
        """Whether another thread or process waited for its turn since this was asked last: between two of very many
        transactions, whether a gap is wanted."""
        waited, self._asked_for = self._asked_for, False
        return self._turn.asked_for() or waited

    @contextmanager
    def much(self) -> Iterator[None]:
        """While the same pages are written in many transactions one after the other: they go from SQLite's log into the
        file, which takes two flushes, seldom and not after each."""
        with self._alone():
            (usual,) = self.raw.execute("PRAGMA wal_autocheckpoint").fetchone()
            self.raw.execute(f"PRAGMA wal_autocheckpoint={_KEPT_BACK_PAGES}")
        try:
            yield
        finally:
            with self._alone():
                self.raw.execute(f"PRAGMA wal_autocheckpoint={usual}")

    @contextmanager
    def begin(self, *, shared: bool = False, durable: bool = True, keys: bool = True) -> Iterator[sqlite3.Connection]:
        """One writing transaction, committed at the end, rolled back by any exception.

        Nested calls join the outer one. `durable=False`: a power cut may take it back (with everything after it that is
        not durable either), which is right for what the shared log would tell again; half of it never stays.
        `keys=False`: references are not watched row by row; who replaces everything checks them all at the end. Errors:
        StorageError when the disk is full or the file can't be written.
        """
        with self._alone():
            if self.raw.in_transaction:
                with self._gate(shared):
                    yield self.raw
                return
            with self._my_turn():
                try:
                    with self._committed(durable, keys), self._gate(shared):
                        yield self.raw
                except sqlite3.IntegrityError as error:
                    if "outside a transaction" in str(error):
                        raise UnguardedWrite(str(error)) from error
                    raise
                except sqlite3.OperationalError as error:
                    raise _environment(error, self.path) from error

    @contextmanager
    def _committed(self, durable: bool, keys: bool) -> Iterator[None]:
        if durable != self._durable:
            self.raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self._durable = durable
        if not keys:
            self.raw.execute("PRAGMA foreign_keys=OFF")
        try:
            self.raw.execute("BEGIN IMMEDIATE")
            yield
            self.raw.execute("COMMIT")
        except BaseException:
            if self.raw.in_transaction:  # a full disk rolls back by itself
                self.raw.execute("ROLLBACK")
            raise
        finally:
            if not keys:
                self.raw.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        try:
            self._turn.acquire()
        except Busy as error:
            raise StorageError("Another Halldesk process is writing to this profile; try again in a moment.") from error
        except OSError as error:
            raise _unwritable(self.path) from error
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _gate(self, shared: bool) -> Iterator[None]:
        if not shared or self._gate_open:
            yield
            return
        self.raw.execute(OPEN)
        self._gate_open = True
        try:
            yield
        finally:
            self._gate_open = False
            if self.raw.in_transaction:  # a full disk rolls back by itself, and that shuts it
                self.raw.execute(SHUT)

    def close(self) -> None:
        """Checkpoint and close; safe to call twice. On a disk that became read-only there is nothing to checkpoint."""
        with self._lock:
            try:
                with self._my_turn():
                    self.raw.close()
            except StorageError as error:
                _log.info("closed without a turn: %s", error)
                self.raw.close()
            self._turn.close()


def _environment(error: sqlite3.OperationalError, path: Path) -> Exception:
    """Tell a full or read-only disk from a mistake of ours."""
    text = str(error)
    if "disk is full" in text or "disk I/O" in text:
        return StorageError(
            f"The disk with {path.parent} is full or failing; make room and try again. Nothing was changed."
        )
    if "readonly" in text or "unable to open" in text:
        return _unwritable(path)
    if "locked" in text:
        return StorageError("Another Halldesk process is writing to this profile; try again in a moment.")
    return error


def _unwritable(path: Path) -> StorageError:
    return StorageError(f"{path.parent} can't be written; check its permissions. Nothing was changed.")
