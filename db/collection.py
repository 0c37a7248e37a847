"""Collecting chunks of attachments that nothing names any more: a look that marks, and a much later look that removes.

A row that names a chunk may be written by somebody whom this workstation has not heard yet: he may have found the chunk
on the store and saved himself the upload. So nothing is removed when it is first seen without a name. It is marked, on
the workstation of the administrator who looks, with the head of its sealed bytes; and removed only by a look at least
`wait` later, when it is still unnamed and still the same bytes. Three rules close the gaps:

1. Who finds a chunk on the store that his log does not name seals it anew (`ChunkStore.put(renew=True)`): other bytes.
2. What somebody sent he believes to be there for a day at most (`contents.BELIEVED_MS`); `wait` is two days or more.
3. After a removal the log is read once more, and what it names by now is put back from memory; whoever publishes after
   that has his own last look (`Contents.published`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from db.blobs import KIND, PRINT, WANTED, chunk_name
from db.chunks import split
from db.contents import BELIEVED_MS
from db.log import SharedLog
from db.replica import Replica

SHORTEST_WAIT_MS: Final = 2 * BELIEVED_MS
_AT_ONCE: Final = 8


@dataclass
class Collected:
    """`chunks` on the store, `named` of them by the log; `marked` wait to be removed, `removed` are (`freed` bytes)."""

    chunks: int = 0
    named: int = 0
    marked: int = 0
    removed: int = 0
    freed: int = 0
    missing: int = 0
    """Chunks the log names that are not on the store."""


def collect(
    replica: Replica,
    log: SharedLog,
    desk_keys: Mapping[int, bytes],
    catch_up: Callable[[], object],
    *,
    now: int,
    wait_ms: int,
) -> Collected:
    """Look at every chunk. `catch_up` brings the replica to the head of the log; `now` in ms UTC.

    Errors: ValueError for a wait that is too short to be safe; StorageError of the store.
    """
    if wait_ms < SHORTEST_WAIT_MS:
        raise ValueError(f"a wait of {wait_ms} ms is not safe")
    listed = log.sides(KIND)
    catch_up()
    named = _named(replica, desk_keys)
    unnamed = [name for name in listed if name not in named]
    out = Collected(chunks=len(listed), named=len(listed) - len(unnamed))
    there = set(listed)
    out.missing = sum(1 for names in set(named.values()) if there.isdisjoint(names))
    marks = _marks(replica)
    due: list[str] = []
    for name in unnamed:
        raw = log.get_side(KIND, name)
        if raw is None:
            continue
        seen = marks.pop(name, None)
        if seen is None or seen[0] != raw[:PRINT]:
            _mark(replica, name, raw[:PRINT], now)
            out.marked += 1
        elif now - seen[1] < wait_ms:
            out.marked += 1
        else:
            due.append(name)
    for name in marks:
        _unmark(replica, name)  # named again, or gone
    for first in range(0, len(due), _AT_ONCE):
        _remove(replica, log, desk_keys, catch_up, due[first : first + _AT_ONCE], out)
    for name in log.sides(WANTED):
        if name not in named:
            log.remove_side(WANTED, name)
    return out


def _remove(
    replica: Replica,
    log: SharedLog,
    desk_keys: Mapping[int, bytes],
    catch_up: Callable[[], object],
    names: list[str],
    out: Collected,
) -> None:
    marks = _marks(replica)
    taken: dict[str, bytes] = {}
    for name in names:
        raw = log.get_side(KIND, name)
        if raw is not None and raw[:PRINT] == marks[name][0]:
            log.remove_side(KIND, name)
            taken[name] = raw
    catch_up()
    named = _named(replica, desk_keys)
    for name, raw in taken.items():
        if name in named:
            log.take_side(KIND, name, raw)
        else:
            out.removed += 1
            out.freed += len(raw)
        _unmark(replica, name)


def _named(replica: Replica, desk_keys: Mapping[int, bytes]) -> dict[str, frozenset[str]]:
    """Every name that a chunk of an attachment may have; each with all names of its chunk."""
    with replica.reading() as raw:
        digests = {d for (chunks,) in raw.execute("SELECT DISTINCT chunks FROM attachment") for d in split(chunks)}
    out: dict[str, frozenset[str]] = {}
    for digest in digests:
        names = frozenset(chunk_name(digest, key) for key in desk_keys.values())
        out.update(dict.fromkeys(names, names))
    return out


def _marks(replica: Replica) -> dict[str, tuple[bytes, int]]:
    with replica.reading() as raw:
        return {r[0]: (r[1], r[2]) for r in raw.execute("SELECT name, print, seen_at FROM collected_chunk")}


def _mark(replica: Replica, name: str, fingerprint: bytes, now: int) -> None:
    with replica.local() as raw:
        raw.execute(
            "INSERT OR REPLACE INTO collected_chunk (name, print, seen_at) VALUES (?, ?, ?)", (name, fingerprint, now)
        )


def _unmark(replica: Replica, name: str) -> None:
    with replica.local() as raw:
        raw.execute("DELETE FROM collected_chunk WHERE name = ?", (name,))
