"""Old entries lie together, so that a folder never holds more than some thousand files; the log is read the same.

A *piece* is a side file of kind `pack`: the entries that count of consecutive slots, whole, up to 4 MiB of them. Its
name says which and what they hash to, so everybody makes the same pieces and nobody can take a name with something
else:

    e0001-000000123000-000000123417-<first 16 digits of the SHA-256>

`WholeLog` is a shared log that shows loose and packed entries alike, whatever store is below. Loose ones are looked at
first; pieces only where those end although the log goes on. Nothing in a piece is believed that the chain (db.chain)
would not believe of a loose entry. Entries are sealed and so can't be compressed any more: a piece saves files, not
bytes.

Packing is for whoever has the entries (`pack`); dropping loose ones has rules of its own (db.compaction).
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import msgpack

from db.chain import slot_name
from db.errors import StoreUnreachable
from db.log import SLOT_NAMES, Hint, SharedLog
from db.replica import Replica

_log = logging.getLogger(__name__)

KIND: Final = "pack"
SHARD: Final = 1000
_FRESH_S: Final = 0.5
"""A hint that was asked for so short a time ago is not asked for again: it costs three round trips on a drive."""
QUIET: Final = 1000
"""So many entries at the end of the log are never packed: they are still healed, listed and read one by one."""
_PIECE: Final = 4 * 1024 * 1024
_NAME: Final = re.compile(r"e(\d{4})-(\d{12})-(\d{12})-([0-9a-f]{16})")


@dataclass(frozen=True)
class Piece:
    """A piece as its name tells."""

    name: str
    epoch: int
    first: int
    last: int
    digest: str


def pieces(log: SharedLog) -> list[Piece]:
    """All pieces of a store, freshly listed, ascending."""
    found = (_NAME.fullmatch(name) for name in log.sides(KIND))
    return [Piece(m[0], int(m[1]), int(m[2]), int(m[3]), m[4]) for m in found if m is not None]


def whole(log: SharedLog) -> SharedLog:
    """The log with what is packed in it; the same object again where it is that already."""
    return log if isinstance(log, WholeLog) else cast(SharedLog, WholeLog(log))


def is_packed(log: SharedLog, epoch: int, seq: int) -> bool:
    """Whether a pack says by its name that it has this entry."""
    return any(piece.epoch == epoch and piece.first <= seq <= piece.last for piece in pieces(log))


def loose(log: SharedLog) -> SharedLog:
    """The log without what is packed in it."""
    return log.loose if isinstance(log, WholeLog) else log


class WholeLog:
    """A `SharedLog` around another one. Everything but `slots` and `read` is that one's."""

    def __init__(self, log: SharedLog) -> None:
        self.loose = log
        self._entries: dict[int, bytes] = {}
        self._piece: Piece | None = None
        self._bad: set[str] = set()
        self._hinted: tuple[float, Hint | None] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loose, name)

    def hint(self) -> Hint | None:
        """See SharedLog."""
        hint = self.loose.hint()
        self._hinted = time.monotonic(), hint
        return hint

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        """See SharedLog."""
        wanted = after + 1
        while True:
            gap = False
            for seq, names in self.loose.slots(epoch, wanted - 1):
                gap = not names
                if gap:
                    break
                yield seq, names
                wanted = seq + 1
            piece = self._next_piece(epoch, wanted, sure=gap)
            if piece is None:
                if gap:
                    yield wanted, []
                return
            while wanted <= piece.last:
                yield wanted, [slot_name(wanted, SLOT_NAMES[0])]
                wanted += 1

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """See SharedLog."""
        piece = self._piece
        if piece is not None and piece.epoch == epoch and seq in self._entries and name.endswith(SLOT_NAMES[0]):
            return self._entries[seq]
        return self.loose.read(epoch, seq, name)

    def oldest(self, epoch: int) -> int | None:
        """See SharedLog; what is packed counts."""
        packed = [piece.first for piece in pieces(self.loose) if piece.epoch == epoch]
        loose = self.loose.oldest(epoch)
        return min(packed) if packed and (loose is None or min(packed) < loose) else loose

    def _next_piece(self, epoch: int, seq: int, *, sure: bool) -> Piece | None:
        """The loaded piece with this slot. `sure`: later slots were seen; else the hint tells whether to look."""
        piece = self._piece
        if piece is not None and piece.epoch == epoch and piece.first <= seq <= piece.last:
            return piece
        self._forget()
        if not sure and seq > 0:
            # What was packed a moment later than it was hinted at was written long before: QUIET.
            asked, hint = self._hinted or (0.0, None)
            if hint is None or time.monotonic() - asked > _FRESH_S:
                hint = self.hint()
            if hint is not None and (hint.epoch, hint.seq) < (epoch, seq):
                return None
        for piece in pieces(self.loose) if seq > 0 else ():
            if piece.epoch == epoch and piece.first <= seq <= piece.last and piece.name not in self._bad:
                entries = unpacked(piece, self.loose.get_side(KIND, piece.name))
                if entries is not None:
                    self._piece, self._entries = piece, entries
                    return piece
                self._bad.add(piece.name)
                _log.warning("the pack %s is damaged and was passed over", piece.name)
        return None

    def _forget(self) -> None:
        self._piece, self._entries = None, {}


def unpacked(piece: Piece, data: bytes | None) -> dict[int, bytes] | None:
    """The entries of a piece by slot; None when it is not what its name says."""
    if data is None or hashlib.sha256(data).hexdigest()[:16] != piece.digest:
        return None
    try:
        entries = msgpack.unpackb(data)
    except (ValueError, msgpack.UnpackException):
        return None
    if not isinstance(entries, list) or len(entries) != piece.last - piece.first + 1:
        return None
    return dict(enumerate(entries, piece.first)) if all(type(entry) is bytes for entry in entries) else None


def next_span(
    replica: Replica, log: SharedLog, *, quiet: int = QUIET, shard: int = SHARD
) -> tuple[int, int] | None:  # fmt: skip
    """The first and last entry of the oldest full thousand of this epoch that no pieces cover yet, if this replica has
    it; None when nothing is to be packed. Errors: StorageError."""
    head = replica.head
    start = replica.lowest
    if start % shard and start != replica.opened_at + 1:
        start += shard - start % shard  # the whole thousand is for those who have it from its first entry on
    first = covered_until(pieces(log), head.epoch, start) + 1
    last = first - first % shard + shard - 1
    return None if last > head.seq - quiet else (first, last)


def pack(replica: Replica, log: SharedLog, *, quiet: int = QUIET, shard: int = SHARD) -> int:
    """Pack the next span; returns how many entries that were, 0 when nothing is to do. Errors: StorageError."""
    span = next_span(replica, log, quiet=quiet, shard=shard)
    if span is None:
        return 0
    first, last = span
    until = put_pieces(log, replica.head.epoch, _kept(replica, first, last), first)
    if until >= first:
        _log.info("packed the entries %d to %d", first, until)
    return until - first + 1


def put_pieces(log: SharedLog, epoch: int, entries: Iterable[tuple[int, bytes]], first: int) -> int:
    """Pack consecutive entries `(seq, bytes)` that begin with `first`; returns the last that is packed, `first` - 1
    for none: one that is longer than a piece ends it. Errors: StorageError."""
    until = first - 1
    for part in _parts(entries):
        data = cast(bytes, msgpack.packb([raw for _seq, raw in part]))
        name = f"e{epoch:04d}-{part[0][0]:012d}-{part[-1][0]:012d}-{hashlib.sha256(data).hexdigest()[:16]}"
        if not log.take_side(KIND, name, data):
            raise StoreUnreachable(f"The pack {name} is there with other bytes; remove it from the drive.")
        until = part[-1][0]
    return until


def _kept(replica: Replica, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    for seq, raw in replica.entries(first - 1):
        if seq > last:
            return
        yield seq, raw


def covered_until(listed: list[Piece], epoch: int, lowest: int) -> int:
    """The last slot that pieces cover without a gap from `lowest` on, or from before it; `lowest` - 1 for none."""
    until = lowest - 1
    for piece in listed:
        if piece.epoch == epoch and piece.first <= until + 1 <= piece.last:
            until = piece.last
    return until


def _parts(entries: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """The entries in parts that fit a piece. One that is longer than a piece ends them: the rest stays loose."""
    part: list[tuple[int, bytes]] = []
    size = 0
    for seq, raw in entries:
        if len(raw) > _PIECE - 64:
            _log.info("entry %d is too long for a pack; it and what follows stay loose", seq)
            break
        if size + len(raw) + 8 > _PIECE - 64:
            yield part
            part, size = [], 0
        part.append((seq, raw))
        size += len(raw) + 8
    if part:
        yield part
