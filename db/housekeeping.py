"""What some workstation must do for the store now and then, and does when it is its turn and nobody works there.

In this order, every ten minutes at most: say whether the snapshots of others are right; make the next one if it is due
(also while somebody works, where a newcomer could not begin without it); pack the oldest full thousand of entries; and,
on an administrator's workstation, drop what may go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from db import compaction, packs
from db.compaction import AGE_MS, COMPACT, Behind, Limit
from db.desk_keys import with_desk_keys
from db.errors import StorageError
from db.healing import taken_by_another
from db.keys import DeviceSecret
from db.sync import Syncer

_log = logging.getLogger(__name__)

_EVERY_MS: Final = 10 * 60_000


class Housekeeping:
    """Of one workstation, beside its syncer. `clock`: ms UTC; `behind`: see db.compaction."""

    def __init__(
        self, syncer: Syncer, secret: DeviceSecret, clock: Callable[[], int], behind: Behind | None = None
    ) -> None:
        self._syncer, self._clock, self._behind = syncer, clock, behind
        self._secret = with_desk_keys(secret, syncer.replica)
        self._done_at: int | None = None

    def tend(self, *, idle: bool) -> None:
        """Cheap unless something is due. `idle`: nobody works here. Errors: StorageError."""
        clock = self._clock()
        if self._done_at is not None and 0 <= clock - self._done_at < _EVERY_MS:
            return
        self._done_at = clock
        snapshots = self._syncer.snapshots
        snapshots.answer()
        if (idle or snapshots.missing()) and snapshots.due() and snapshots.take_turn():
            snapshots.make()
            snapshots.prune()
        if not idle:
            return
        self._pack_next(packs.QUIET, packs.SHARD)
        if self._is_administrator():
            self.compact()

    def pack(self, *, quiet: int = packs.QUIET, shard: int = packs.SHARD) -> None:
        """Pack every full thousand that is not. Errors: StorageError."""
        while self._pack_next(quiet, shard):
            pass

    def _pack_next(self, quiet: int, shard: int) -> int:
        """Pack the oldest full thousand that is not, if the store has it as it was applied here; returns how many
        entries that were. What is packed may be dropped one day, and then nobody can tell any more. Errors:
        StorageError."""
        replica, log = self._syncer.replica, self._syncer.log
        span = packs.next_span(replica, log, quiet=quiet, shard=shard)
        if span is None:
            return 0
        other = taken_by_another(replica, log, self._secret.desk_keys, *span)
        if other:
            self._syncer.following.doubt_everything()
            raise StorageError(
                f"Entry {other} of the shared log is another one than was read here. Nothing was packed; the next "
                "round finds out which of the two counts."
            )
        return packs.pack(replica, log, quiet=quiet, shard=shard)

    def compact(self, *, age_ms: int = AGE_MS, without_packs: bool = False, shard: int = packs.SHARD) -> Limit:
        """Pack and drop what may go; returns up to where, and what forbids more. Errors: StorageError."""
        replica, log = self._syncer.replica, self._syncer.log
        found = compaction.limit(
            replica, log, self._syncer.snapshots, self._secret, self._clock(), self._behind, age_ms, shard
        )
        said = replica.fact("compacted") or [replica.head.epoch, 0]
        if found.through > (said[1] if said[0] == replica.head.epoch else 0):
            if compaction.verified(replica, log, found.through) < found.through:
                return Limit(0, "a pack does not hold what was applied here")
            self._syncer.tell(COMPACT, {"through": found.through})
        if without_packs or self._is_loose(replica.head.epoch, found.through):
            compaction.drop(replica, log, without_packs=without_packs)
        return found

    def _is_loose(self, epoch: int, through: int) -> bool:
        """Whether anything is left to drop."""
        loose = self._syncer.loose.oldest(epoch) if through else None
        return loose is not None and loose <= through

    def _is_administrator(self) -> bool:
        reader = self._syncer.replica.reader()
        try:
            found = reader.value(
                "SELECT role FROM analyst WHERE id = ? AND active", (self._syncer.replica.fact("analyst"),)
            )
        finally:
            reader.close()
        return bool(found == "administrator")
