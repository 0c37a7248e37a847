"""What every use case works with: a reader of this thread's own, who I am, what time it is, where we are; and, for
those that write, the replica. What only reads asks for `ReadContext`, so that a window can be shown before the replica
is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from db.errors import Refused
from db.reader import Reader

if TYPE_CHECKING:
    from db.capture import Transaction
    from db.replica import Replica


class Readers:
    """One read-only connection per thread, so that lanes never wait for each other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._all: list[Reader] = []
        self._lock = threading.Lock()

    def __call__(self) -> Reader:
        """The calling thread's reader."""
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = Reader(self._path)
            self._local.reader = reader
            with self._lock:
                self._all.append(reader)
        return reader

    def close(self) -> None:
        """Close every reader; the threads must be done."""
        with self._lock:
            for reader in self._all:
                reader.close()
            self._all.clear()


@dataclass(frozen=True)
class ReadContext:
    """Handed to every service that reads. `clock`: now in ms UTC. `me`: the analyst of this workstation. `zone`: the
    site's time zone name. `language`: "en" or "de", for texts that are written down (reports, stored sentences)."""

    reader_of: Callable[[], Reader] = field(repr=False)
    clock: Callable[[], int]
    me: bytes
    zone: str
    language: str

    @property
    def reader(self) -> Reader:
        """This thread's reader."""
        return self.reader_of()


@dataclass(frozen=True)
class Context(ReadContext):
    """Handed to every service that writes."""

    replica: Replica

    @contextmanager
    def transaction(
        self,
        kind: str,
        *,
        at: int | None = None,
        on_behalf_of: bytes | None = None,
        undoable: bool = True,
        case_id: bytes | None = None,
    ) -> Iterator[Transaction]:
        """One unit of my work, now (`at`: ms UTC); as `Workplace.transaction`. Errors: UserError where the rules that
        all share forbid it; StorageError."""
        try:
            with self.replica.transaction(
                kind, self.me, at=self.clock() if at is None else at, on_behalf_of=on_behalf_of, undoable=undoable,
                case_id=case_id,
            ) as tx:  # fmt: skip
                yield tx
        except Refused as error:
            raise UserError(f"That is not allowed: {error.reason}.") from error
