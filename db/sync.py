"""One round with the shared log: catch up, publish, until nothing of ours is left.

Commit is optimistic. The round reads to the head, rebases (in `Replica.apply`), builds entry head + 1 and tries to
take its slot. Who loses waits a random moment that doubles (16 writers without it: one conflict per commit; with it
0.07) and begins again. Crashing anywhere is safe: an entry that was published but not confirmed comes back as news
and drops the pending transactions it carries.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from db.entry import Body, build, parse
from db.errors import StorageError, StoreDamaged, StoreUnreachable
from db.keys import DeviceSecret, StoreCard
from db.log import Put, SharedLog
from db.replica import APPLY_AT_ONCE, SCHEMA, Replica, Slot, Stop

_log = logging.getLogger(__name__)

DIGEST_EVERY: Final = 256
_APPLY_BYTES: Final = 8 * 1024 * 1024
_TRIES: Final = 60


@dataclass
class SyncResult:
    """What one round did; `pending` and `conflicts` as they are after it."""

    published: int = 0
    applied: int = 0
    head: int = 0
    pending: int = 0
    conflicts: int = 0
    new_conflicts: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)


class Syncer:
    """Connects one replica with one store. Not thread-safe: one lane owns it. `clock`: ms UTC."""

    def __init__(
        self,
        replica: Replica,
        log: SharedLog,
        secret: DeviceSecret,
        clock: Callable[[], int],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.replica, self.log, self._secret, self._clock, self._sleep = replica, log, secret, clock, sleep
        self._polls = 0

    def has_news(self) -> bool:
        """A cheap look: did the announced head move? Every tenth call says yes, because hints get lost."""
        self._polls += 1
        hint = self.log.hint()
        head = self.replica.head
        return hint is None or (hint.epoch, hint.seq) != (head.epoch, head.seq) or self._polls % 10 == 0

    def round(self, *, on_progress: Callable[[SyncResult], None] | None = None) -> SyncResult:
        """Catch up and publish everything. Errors: StoreUnreachable, StoreDamaged, StorageError; work stays pending."""
        self._know_the_store()
        out = SyncResult()
        lost = 0
        while True:
            stop = self._catch_up(out)
            records = self.replica.batch()
            if not records:
                break
            if stop is not None and (stop.damaged or stop.next_name is None):
                raise StoreDamaged(
                    f"Entry {stop.seq} of the shared log is damaged ({stop.why}). Your work is kept here; "
                    "an administrator should look at the drive."
                )
            head = self.replica.head
            seq = head.seq + 1
            name = stop.next_name if stop is not None and stop.next_name else f"{seq:012d}.e"
            first = seq == 1
            if first and self._secret.root_seed is None:
                raise StorageError("The store is empty, but this device did not found it; ask who did.")
            body = Body(
                schema=SCHEMA,
                store=self.replica.fact("store"),
                epoch=head.epoch,
                seq=seq,
                prev=head.hash,
                device=self._secret.device,
                counter=self.replica.fact("counter") + 1,
                incarnation=self.replica.fact("incarnation"),
                author=self.replica.fact("analyst"),
                at=self._clock(),
                transactions=tuple(records),
                digest=self.replica.digest if seq % DIGEST_EVERY == 0 else None,
            )
            signer = DeviceSecret(self._secret.device, self._secret.root_seed, {}).signer if (
                first and self._secret.root_seed
            ) else self._secret.signer  # fmt: skip
            raw = build(body, signer, self._secret.generation, self._secret.desk_keys[self._secret.generation])
            answer = self.log.put(head.epoch, seq, name, raw)
            if answer is Put.WON:
                self.replica.confirm(parse(raw), body)
                self.log.announce(self.replica.head)
                out.published += len(records)
                lost = 0
                if on_progress is not None:
                    on_progress(out)
            else:
                lost += 1
                if lost > _TRIES:
                    raise StoreUnreachable("The drive gives no clear answer; your work is kept here and sent later.")
                self._sleep(random.uniform(0, min(1.0, 0.02 * 2 ** min(lost, 10))))
        out.head = self.replica.head.seq
        out.pending = self.replica.pending_count()
        out.conflicts = len(self.replica.conflicts())
        return out

    def _know_the_store(self) -> None:
        card = self.log.card()
        if card is None:
            raise StoreUnreachable(f"There is no Halldesk store at {self.log.where}; is it the right drive?")
        known = StoreCard.unpack(card)
        if known.store != self.replica.fact("store") or known.root_key != self.replica.fact("root_key"):
            raise StoreDamaged(
                f"{self.log.where} holds another help desk's store ({known.name}). Nothing was sent or read; check the path."
            )

    def _catch_up(self, out: SyncResult) -> Stop | None:
        """Apply everything listed after the head; returns the slot that could not be read, if any."""
        while True:
            head = self.replica.head
            slots: list[Slot] = []
            size = 0
            for seq, names in self.log.slots(head.epoch, head.seq):
                candidates = []
                for name in names:
                    data = self.log.read(head.epoch, seq, name)
                    if data is not None:
                        candidates.append((name, data))
                        size += len(data)
                slots.append(Slot(seq, tuple(candidates)))
                if len(slots) >= APPLY_AT_ONCE or size > _APPLY_BYTES:
                    break
            if not slots:
                return None
            applied = self.replica.apply(slots, self._secret.desk_keys, self._clock())
            out.applied += applied.transactions
            out.new_conflicts += applied.conflicts
            out.refused += applied.refused
            if applied.stop is not None:
                _log.info("entry %d can't be read: %s", applied.stop.seq, applied.stop.why)
                return applied.stop
