"""What a shared log must be able to do, however it is stored. Two stores keep it: a folder (db.drive), a server
(db.server).

The contract is small: immutable entries under names that are taken at most once. Everything else (what is valid, in
which order, by whom) is decided by the readers (db.chain), so a store needs no trust. Every method may raise
`StoreUnreachable`, or another `StorageError` whose text says what is wrong with the place; nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, NamedTuple, Protocol

MAX_ENTRY: Final = 32 * 1024 * 1024
"""Bytes of an entry's body. No honest one comes near: a batch is 256 kB, one import step about 1 MB."""


class Head(NamedTuple):
    """A position in the log: `hash` is the SHA-256 of the entry at `seq`."""

    epoch: int
    seq: int
    hash: bytes


class Hint(NamedTuple):
    """What the store last heard of the head. A hint only: it may be old, or missing."""

    epoch: int
    seq: int


class Put(Enum):
    """The answer to `put`."""

    WON = "won"
    LOST = "lost"
    UNKNOWN = "unknown"
    """No answer could be had; look again before believing anything."""


class SharedLog(Protocol):
    """A place that keeps the log of one desk."""

    where: str
    """As the person named it: a folder or a database URL without its password."""

    def card(self) -> bytes | None:
        """The store's card (keys.StoreCard), or None where there is no store yet."""

    def create(self, card: bytes) -> bool:
        """Make the store with this card; False when somebody was first."""

    def hint(self) -> Hint | None:
        """The head as last announced; None when unknown or damaged."""

    def announce(self, head: Head) -> None:
        """Tell others that there is something new. Losing this call does no harm."""

    def slots(self, epoch: int, after: int) -> Iterable[tuple[int, list[str]]]:
        """Freshly listed slots after `after`, ascending without a gap; each with the names taken in it in the order of
        SLOT_NAMES, `.e` first, up to the first that is missing."""

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """The bytes under a name that was listed; None when they can't be had just now."""

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        """Durably take a name if nobody has it. WON also when the same bytes are there already."""

    def put_side(self, kind: str, name: str, data: bytes) -> None:
        """Keep a small file beside the log (`invite`, `dev`), replacing an older one of that name."""

    def get_side(self, kind: str, name: str) -> bytes | None:
        """The bytes of a side file, or None."""

    def remove_side(self, kind: str, name: str) -> None:
        """Remove a side file; nothing happens when it is not there."""


SLOT_NAMES = (".e", *(f".r{k}" for k in range(1, 10)))
"""The names of a slot in the order in which they are looked at."""
