"""Reading the shared log to its end: what is listed after our head is read, judged and applied, until nothing is left.

Where reading leads no further, db.following finds the way on: our head is not listed any more, a gap lies before what
others wrote, an administrator opened a new epoch.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from db.chain import Slot, Stop, slot_name
from db.errors import DeviceRevoked, EntryDamaged, StoreDamaged, StoreUnreachable, UpdateNeeded
from db.following import Following
from db.keys import DeviceSecret
from db.let_write import must_be_let_write
from db.log import SLOT_NAMES, Head, SharedLog
from db.replica import APPLY_AT_ONCE, Replica
from db.slots import names_in
from db.snapshots import Snapshots
from db.sync_result import SyncResult

_log = logging.getLogger(__name__)

_APPLY_BYTES: Final = 8 * 1024 * 1024
_READ_TRIES: Final = 5
_LOOKS_FOR_THE_HEAD: Final = 3
_FOLLOWED_AT_MOST: Final = 3
"""Who can't go back starts over and comes to the same opening again; more often than that it would never end."""


class _End(Enum):
    """Why a look at the log ended. HERE: nothing more is listed. MORE: more is listed, or goes on elsewhere.
    NOT_AT_HEAD: our own newest entry is not listed. GAP: later entries are there. UNREADABLE: listed, but no bytes
    could be had."""

    HERE = "here"
    MORE = "more"
    NOT_AT_HEAD = "not at head"
    GAP = "gap"
    UNREADABLE = "unreadable"


def damaged(stop: Stop) -> EntryDamaged:
    """What is said where reading ends at an entry whose bytes are not its maker's."""
    return EntryDamaged(
        f"Entry {stop.seq} of the shared log is damaged ({stop.why}): nobody reads on or sends. Your work is kept "
        "here. Whoever has that entry puts it back; when nobody does, an administrator gives it up with `halldesk "
        "repair`."
    )


class CatchingUp:
    """Reads the log of one store into one replica. `clock`: ms UTC; `on_news`: told the devices whose entries were
    applied."""

    def __init__(
        self,
        replica: Replica,
        log: SharedLog,
        secret: DeviceSecret,
        following: Following,
        snapshots: Snapshots,
        clock: Callable[[], int],
        sleep: Callable[[float], None],
        on_news: Callable[[set[bytes]], None],
    ) -> None:
        self._replica, self._log, self._secret = replica, log, secret
        self._following, self._snapshots = following, snapshots
        self._clock, self._sleep, self._on_news = clock, sleep, on_news
        self.on_progress: Callable[[SyncResult], None] | None = None
        self.gap_is_ours = False
        """Nothing lies beyond a gap after our newest entry but what this workstation left."""
        self.applied_last: tuple[Head, frozenset[str]] | None = None
        """Where the last entry that was read here led, and the kinds of its transactions."""
        self._put_after: Head | None = None
        """What the entry follows that was put last, until the log was listed again."""

    def was_put_after(self, head: Head) -> None:
        """An entry of ours was just put after this one."""
        self._put_after = head

    def begin_with_a_snapshot(
        self, out: SyncResult, on_progress: Callable[[SyncResult], None] | None = None
    ) -> None:  # fmt: skip
        """A newcomer takes the newest state that can be believed, and only the entries after it one by one."""
        if self._replica.head.seq or self._replica.pending_count():
            return

        def fetched(here: int, of: int) -> None:
            out.fetched = (here, of)
            if on_progress is not None:
                on_progress(out)

        self._snapshots.enter(fetched)

    def to_the_end(self, out: SyncResult, *, once: bool = False) -> Stop | None:
        """Apply everything listed after the head; returns the slot that could not be read, if any. `once`: what came
        while it was applied may wait for the next look."""
        unreadable = looks = 0
        followed: list[bytes] = []
        while True:
            head = self._replica.head
            opening, until = self._following.ahead(self._log.hint())
            if opening is not None and opening.seq <= head.seq:
                if followed.count(opening.raw) >= _FOLLOWED_AT_MOST:
                    raise StoreDamaged(
                        f"The desk was set back to entry {opening.seq}, and reading the log does not lead there. Your "
                        "work is kept here; ask an administrator to run `halldesk verify`."
                    )
                if self._following.follow_epoch(opening):
                    followed.append(opening.raw)
                    self.begin_with_a_snapshot(out)
                    continue
            slots, end, name = self._next_slots(head, until)
            if slots:
                unreadable = looks = 0
                stop = self._apply(slots, out)
                if stop is not None:
                    if stop.next_name is not None and not stop.damaged:
                        self._put_lost_work_on_top(out)
                    return stop
                if end is _End.HERE and (once or not self._replica.pending_count()):
                    # What came while this was applied rings again.
                    self._put_lost_work_on_top(out)
                    return None
            elif end in (_End.HERE, _End.MORE):
                self._put_lost_work_on_top(out)
                return None
            elif end is _End.UNREADABLE:
                # It is listed, so it may be the entry that counts: never past it, never beside it.
                unreadable += 1
                if unreadable > _READ_TRIES:
                    raise StoreUnreachable(f"{name} is there but can't be read; your work is kept here.")
                self._sleep(0.05 * 2**unreadable)
            else:
                looks += 1
                if looks > _LOOKS_FOR_THE_HEAD:
                    raise StoreUnreachable(f"{name} is missing in the store, later ones are there; your work is kept.")
                if end is _End.NOT_AT_HEAD:
                    out.healed += self._following.look_after_the_tail(now=True)
                elif looks == _LOOKS_FOR_THE_HEAD:
                    out.healed += self._following.find_a_way_on()
                    looks = 0 if self._replica.head != head else looks
                else:
                    self._sleep(0.05 * 2**looks)
                self.begin_with_a_snapshot(out)

    def _put_lost_work_on_top(self, out: SyncResult) -> None:
        """At the end of the log, also where something lies there that counts for nobody."""
        if self._replica.lost():
            out.new_conflicts += self._replica.recover(self._clock())

    def _apply(self, slots: list[Slot], out: SyncResult) -> Stop | None:
        applied = self._replica.apply(slots, self._secret.desk_keys, self._clock())
        if applied.entries:
            self.applied_last = applied.last
            self._on_news(applied.devices)
        out.applied += applied.transactions
        out.head = self._replica.head.seq
        if self.on_progress is not None:
            self.on_progress(out)
        out.new_conflicts += applied.conflicts
        out.refused += applied.refused
        out.passed += applied.passed
        for seq in applied.differing:
            out.differing.append(seq)
            _log.warning("entry %d was made on another state than ours; run `halldesk verify`", seq)
        stop = applied.stop
        if stop is not None and stop.closed:
            must_be_let_write(self._replica)
            kind = UpdateNeeded if stop.too_new else DeviceRevoked
            raise kind(f"Entry {stop.seq}: {stop.why}.")
        if stop is not None:
            _log.info("entry %d can't be read: %s", stop.seq, stop.why)
        return stop

    def _next_slots(self, head: Head, last: int | None) -> tuple[list[Slot], _End, str]:
        """What lies after the head, up to slot `last`; why it ends there, and the name it is about.

        The listing begins with our newest entry: where that is not to be seen, nothing after it is believed.
        """
        seen = head.seq < self._replica.lowest and self._opening_is_seen(head)
        slots: list[Slot] = []
        size = 0
        for seq, names in self._listed_from(head, seen):
            if not seen:
                seen = seq == head.seq and bool(names)
                if not seen:
                    break
                continue
            if last is not None and seq > last:
                return slots, _End.MORE, ""
            if not names:
                self.gap_is_ours = not slots and self._following.only_what_was_left_lies_beyond(seq)
                return slots, _End.HERE if self.gap_is_ours else _End.GAP, slot_name(seq, SLOT_NAMES[0])
            candidates = []
            for name in names:
                data = self._log.read(head.epoch, seq, name)
                if data is None:
                    return slots, _End.UNREADABLE, name
                candidates.append((name, data))
                size += len(data)
            slots.append(Slot(seq, tuple(candidates)))
            if len(slots) >= APPLY_AT_ONCE or size > _APPLY_BYTES:
                return slots, _End.MORE, ""
        if not seen:
            return [], _End.NOT_AT_HEAD, slot_name(head.seq, SLOT_NAMES[0])
        return slots, _End.HERE if last is None else _End.MORE, ""

    def _listed_from(self, head: Head, seen: bool) -> Iterable[tuple[int, list[str]]]:
        """The slots from the head on, after it where it is `seen`. When the head is an entry just put here, the same
        listing tells whether the one it follows is there."""
        before, self._put_after = self._put_after, None
        if seen or before is None or (before.epoch, before.seq + 1) != (head.epoch, head.seq):
            return self._log.slots(head.epoch, head.seq - (not seen))
        if before.seq < self._replica.lowest:  # an opening, or where a snapshot was taken in
            return self._log.slots(head.epoch, head.seq - 1)
        listed = iter(self._log.slots(head.epoch, before.seq - 1))
        if next(listed, (0, []))[1]:
            return listed
        self._following.in_doubt = True
        return self._log.slots(head.epoch, head.seq - 1)

    def _opening_is_seen(self, head: Head) -> bool:
        """Where nothing followed the opening of our epoch yet, that is our newest entry."""
        if head.epoch == 1 or head.seq != self._replica.opened_at:
            return True
        return bool(names_in(self._log, head.epoch, 0))
