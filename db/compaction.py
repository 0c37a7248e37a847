"""Dropping old entries from the store, once nobody can need them there one by one.

A loose entry may go only when all of this holds: it is packed, and the pack was read back and compared with the entry
as it was applied here; two snapshots after it are agreed by another device each (by none, where the desk has one
device); it is older than 30 days; no workstation that gave a sign of life lately stands before it; and the log itself
says so: an administrator's workstation commits `log.compact` first. The drop itself can be interrupted and is gone on
with by any administrator's workstation. Packs stay, so the whole log can still be read and verified; `without_packs`
lets them go too. Who comes later begins anew with a snapshot (db.following), and what he had not sent is put on top of
it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from db.entry import parse
from db.errors import StorageError
from db.keys import DeviceSecret
from db.log import SharedLog
from db.packs import KIND, SHARD, Piece, covered_until, loose, pieces, unpacked
from db.replica import Replica
from db.sealing import sealed_with
from db.slots import listed
from db.snapshots import Snapshots, short

_log = logging.getLogger(__name__)

COMPACT: Final = "log.compact"
AGE_MS: Final = 30 * 24 * 3600 * 1000
_SNAPSHOTS: Final = 2
_LOOKS_ON: Final = 64
"""Entries after what may go that must each be alone in their slot; whoever is back looks as far (db.healing)."""

Behind = Callable[[], int | None]
"""The lowest position of a workstation that gave a sign of life lately; None when no sign is known."""


@dataclass(frozen=True)
class Limit:
    """How far the log may be dropped (0: nothing), and what forbids more."""

    through: int
    why: str


def limit(
    replica: Replica,
    log: SharedLog,
    snapshots: Snapshots,
    secret: DeviceSecret,
    now: int,
    behind: Behind | None = None,
    age_ms: int = AGE_MS,
    shard: int = SHARD,
) -> Limit:
    """The last entry that may be dropped, always the last of a full thousand. `log`: with its packs."""
    head, lowest = replica.head, replica.lowest
    covered = covered_until(pieces(log), head.epoch, lowest)
    found = [Limit(covered, "what follows is not packed yet")]
    agreed = _agreed(replica, snapshots)
    found.append(
        Limit(agreed[_SNAPSHOTS - 1] if len(agreed) >= _SNAPSHOTS else 0, "two later agreed snapshots are needed")
    )
    waits = behind() if behind is not None else None
    if waits is not None:
        found.append(Limit(waits, "a workstation has not read further yet"))
    tightest = min(found, key=lambda one: one.through)
    through = _full(tightest.through, shard)
    while through >= lowest:
        if not _is_old(replica, secret, through, now - age_ms):
            why = "what follows is too young"
        elif _is_parted(log, head.epoch, through, min(through + min(_LOOKS_ON, shard), head.seq)):
            why = "others have gone on from what comes next"
        else:
            break
        through = _full(through - 1, shard)
        tightest = Limit(through, why)
    return Limit(through, tightest.why) if through >= lowest else Limit(0, tightest.why)


def verified(replica: Replica, log: SharedLog, through: int) -> int:
    """How far the packs hold exactly the entries that were applied here, up to `through`. Errors: StorageError."""
    epoch, until = replica.head.epoch, replica.lowest - 1
    for piece in pieces(log):
        if piece.epoch != epoch or not piece.first <= until + 1 <= piece.last:
            continue
        entries = unpacked(piece, log.get_side(KIND, piece.name))
        if entries is None or not _holds(replica, piece, entries, through):
            _log.warning("the pack %s does not hold what was applied here", piece.name)
            continue
        until = piece.last
        if until >= through:
            break
    return min(until, through)


def drop(replica: Replica, log: SharedLog, *, without_packs: bool = False) -> int:
    """Do what the log says may be done; returns up to where. Errors: StorageError."""
    said = replica.fact("compacted")
    if said is None or said[0] != replica.head.epoch:
        return 0
    epoch, through = said
    if verified(replica, log, through) < through:
        raise StorageError(f"The packs do not hold all entries up to {through}; nothing was dropped.")
    log.drop(epoch, through)
    if without_packs:
        for piece in pieces(log):
            if piece.epoch == epoch and piece.last <= through:
                log.remove_side(KIND, piece.name)
    _log.info("dropped the loose entries up to %d", through)
    return cast(int, through)


def _holds(replica: Replica, piece: Piece, entries: dict[int, bytes], through: int) -> bool:
    first = max(piece.first, replica.lowest)
    return all(replica.entry(seq) == entries[seq] for seq in range(first, min(piece.last, through) + 1))


def _full(seq: int, shard: int) -> int:
    """The last entry of the last full thousand up to `seq`; -1 for none."""
    return (seq + 1) // shard * shard - 1


def _is_parted(log: SharedLog, epoch: int, through: int, last: int) -> bool:
    """Whether somebody may have gone on in another history, right after entry `through`: without the entries before it
    nobody could be told from the others, and each would put back what he knows of them. One listing."""
    return any(len(names) > 1 for _seq, names in listed(loose(log), epoch, through + 1, last))


def _is_old(replica: Replica, secret: DeviceSecret, seq: int, before: int) -> bool:
    raw = replica.entry(seq)
    return raw is not None and parse(raw).open_body(secret.desk_keys).at < before


def _agreed(replica: Replica, snapshots: Snapshots) -> list[int]:
    """Where agreed snapshots stand that a newcomer can begin with, newest first: of this replica's own history, by
    devices that were not removed, under the desk key in force."""
    with replica.reading() as raw:
        devices = raw.execute("SELECT id, public_key FROM device WHERE revoked_at IS NULL").fetchall()
    keys = {short(device): (device, public_key) for device, public_key in devices}
    out: list[int] = []
    for one in snapshots.listed():
        found = snapshots.manifest(one.stem)
        known = replica.known_at(one.seq)
        if found is None or known is None or known[0] != found[0].hash or known[1] != found[0].digest:
            continue
        if one.maker not in keys or sealed_with(found[1]) != replica.generation:
            continue
        agreed = snapshots.agreed(one, keys, found[1])
        if agreed or (agreed is None and len(keys) == 1):
            out.append(one.seq)
    return sorted(set(out), reverse=True)
