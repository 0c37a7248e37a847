"""What a shared log must be able to do, however it is stored. Two stores keep it: a folder (db.drive), a server
(db.server).

The contract is small: immutable entries under names that are taken at most once. Everything else (what is valid, in
which order, by whom) is decided by the readers (db.chain), so a store needs no trust. Every method may raise
`StoreUnreachable`, or another `StorageError` whose text says what is wrong with the place; nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final, NamedTuple, Protocol, runtime_checkable

MAX_ENTRY: Final = 32 * 1024 * 1024
"""Bytes of an entry's body. No honest one comes near: a batch is 256 kB, one import step about 1 MB."""

MAX_SIDE: Final = 4 * 1024 * 1024 + 4096
"""Bytes of a side file: a chunk of 4 MiB and what sealing adds."""
SIDE_KINDS: Final = ("invite", "dev", "snap", "blob", "want", "pack")
"""Invitations, heartbeats, snapshots, chunks of attachments, chunks somebody asks for, packed entries."""
_SIDE_NAME: Final = re.compile(r"(?!t\.)[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")


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


class Bell(Protocol):
    """Rings when the log may have grown. It may ring for nothing, and may miss something: polling goes on beside it."""

    def wait(self, seconds: float) -> bool:
        """True as soon as it rang since the last call, False after that many seconds. Never raises: a bell that broke
        is silent."""

    def close(self) -> None:
        """End a wait in another thread, and let go of what it holds."""


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
        SLOT_NAMES, `.e` first, up to the first that is missing. Where a slot is missing although later ones of the same
        thousand are there, it comes without names, and ends the listing. Slot 0 is listed with `after` -1."""

    def epochs(self) -> list[int]:
        """The epochs the log has entries of, freshly listed, ascending."""

    def oldest(self, epoch: int) -> int | None:
        """The lowest slot of an epoch that is there, slot 0 not counted; None when there is none."""

    def drop(self, epoch: int, through: int) -> None:
        """Forget entries up to `through`, slot 0 excepted; some that lie together with later ones may stay. Only called
        when nobody needs them any more (db.packs). Called again it goes on where it was interrupted."""

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """The bytes under a name that was listed; None when they can't be had just now."""

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        """Durably take a name if nobody has it. WON also when the same bytes are there already."""

    # Side files lie beside the log. `kind` is one of SIDE_KINDS; names are `[a-z0-9.-]`, at most 80 characters; data at
    # most MAX_SIDE: bigger things are cut into chunks by who stores them. ValueError for other names.
    def put_side(self, kind: str, name: str, data: bytes) -> None:
        """Keep a side file, replacing an older one of that name."""

    def take_side(self, kind: str, name: str, data: bytes) -> bool:
        """Durably keep a side file if nobody has that name; False when it was taken. True also when the same bytes
        are there already: whether our own reply was lost or another was as quick can't be told apart."""

    def get_side(self, kind: str, name: str) -> bytes | None:
        """The bytes of a side file, or None."""

    def sides(self, kind: str) -> list[str]:
        """The names of a kind's side files, freshly listed, sorted."""

    def remove_side(self, kind: str, name: str) -> None:
        """Remove a side file; nothing happens when it is not there."""

    def bell(self) -> Bell | None:
        """Something that rings when the log may have grown, for one thread to wait on; None where only polling
        helps. A new one for each call."""

    def close(self) -> None:
        """Let go of connections. Calls after it open them again."""


@runtime_checkable
class KnowsItsTime(Protocol):
    """A store that tells when something was written, by its own clock."""

    def written_at(self, kind: str, name: str) -> float | None:
        """When a side file was written, in seconds since 1970; None when there is none."""


@runtime_checkable
class TakesTurns(Protocol):
    """A store whose writers can stand in line, so that few want the same slot. Advice only: `put` decides, in or out of
    the line."""

    is_lock: bool
    """Whether `stand_in_line` returns only when it is our turn, which nobody else has meanwhile."""

    def stand_in_line(self, epoch: int, seq: int) -> None:
        """Let others see, from now on, that slot `seq` is wanted here. The next `put` or `leave_the_line` ends it."""

    def ahead(self) -> int:
        """How many others go first, as the newest listing of the log shows it."""

    def used_their_turn(self, devices: Iterable[bytes]) -> None:
        """Entries of these devices were read: where they still stand in the newest listing, they only wait for their
        second flush, and nobody needs to wait for that."""

    def leave_the_line(self) -> None:
        """Nothing is published after all. Nothing happens when nobody stands there for us."""


SLOT_NAMES = (".e", *(f".r{k}" for k in range(1, 10)))
"""The names of a slot in the order in which they are looked at."""


def checked_side(kind: str, name: str) -> str:
    """The name, if it is one: the same on every file system, and no temporary's. Errors: ValueError."""
    if kind not in SIDE_KINDS or not is_side_name(name):
        raise ValueError(f"no side file: {kind!r}, {name!r}")
    return name


def is_side_name(name: str) -> bool:
    """Whether a side file may be called so."""
    return _SIDE_NAME.fullmatch(name) is not None
