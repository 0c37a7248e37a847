"""One round with the shared log: look after the tail, catch up, publish, until nothing of ours is left.

Commit is optimistic. The round reads to the head, rebases (in `Replica.apply`), builds entry head + 1 and tries to take
its slot. Where others were heard of a moment before, it stands in line first (db.turns) and looks once more, because a
slot that two want costs one of them two flushes. Who loses all the same waits a random moment that doubles, and begins
again. Crashing anywhere is safe: an entry that was published but not confirmed comes back as news and drops the pending
transactions it carries.

Reading is db.catching_up's, what goes into an entry db.publishing's; this module says when which of them has its turn.
Looking after the tail (db.following) comes first when the store is met, then once a minute, whenever our newest entry
is not listed, and always before an entry is put beside a candidate that was refused: what looks wrong may be right, and
ours the tail of a store that was set back. So nothing is ever published that does not follow an entry seen a moment
before.
"""

from __future__ import annotations

import itertools
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from db.capture import RowChange, TxRecord
from db.catching_up import CatchingUp, damaged
from db.chain import Stop
from db.contents import Contents
from db.desk_keys import keep, with_desk_keys
from db.errors import (
    Moved,
    NoWayOn,
    Refused,
    StorageError,
    StoreDamaged,
    StoreUnreachable,
)
from db.following import Following
from db.ids import new_id
from db.keys import DeviceSecret, StoreCard
from db.let_write import must_be_let_write
from db.log import Head, SharedLog, TakesTurns
from db.moving import MOVE, moved_to
from db.packs import whole
from db.publishing import Publisher
from db.replica import Replica
from db.rotation import ROTATE
from db.slots import lies_there
from db.snapshots import Snapshots
from db.sync_result import SyncResult
from db.turns import Pace
from db.upgrades import UPGRADE

_log = logging.getLogger(__name__)

REPAIR: Final = "log.repair"
_TRIES: Final = 60
_WAYS: Final = 200
"""How often in a row a round lets others go first."""
_BUSY_S: Final = 2.0
"""So long after news of others, or a slot that was lost, writers stand in line."""


def _for_one_entry(records: list[TxRecord]) -> list[TxRecord]:
    """An entry ends with a change of the desk key, because what follows is sealed with the new one; and with an
    enrolment, because what follows counts only if that did."""
    last = next((n for n, record in enumerate(records) if record.kind in (ROTATE, "device.enrol")), len(records))
    return records[: last + 1]


class Syncer:
    """Connects one replica with one store. Not thread-safe: one lane owns it. `clock`: ms UTC."""

    def __init__(
        self,
        replica: Replica,
        log: SharedLog,
        secret: DeviceSecret,
        clock: Callable[[], int],
        sleep: Callable[[float], None] = time.sleep,
        contents: Contents | None = None,
    ) -> None:
        """`contents`: what was attached here; without it, rows that name contents are published as they are."""
        self.replica, self.loose, self._clock, self._sleep = replica, log, clock, sleep
        self._secret = secret = with_desk_keys(secret, replica)
        self.log = whole(log)
        # Asked once: a protocol that is checked at run time costs as much as a system call each time.
        self._turns = log if isinstance(log, TakesTurns) else None
        self.contents = contents
        self._polls = 0
        self._known_card: bytes | None = None
        self._publisher = Publisher(replica, self.log, secret, clock)
        self.snapshots = Snapshots(replica, self.log, secret, clock)
        self.following = Following(replica, self.log, secret, self.snapshots, clock)
        self._reading = CatchingUp(
            replica, self.log, secret, self.following, self.snapshots, clock, sleep, self._note_others
        )
        self._here_at: Head | None = None
        self._refused: tuple[Head, tuple[str, ...]] | None = None
        """Where something was refused, and what, when that was last looked into."""
        self._heard: float | None = None
        """When others were last heard of, in steady seconds."""
        self._pace = Pace()

    def has_news(self) -> bool:
        """A cheap look: did the announced head move? Every tenth call says yes, because hints get lost."""
        self._polls += 1
        hint = self.log.hint()
        head = self.replica.head
        return hint is None or (hint.epoch, hint.seq) != (head.epoch, head.seq) or self._polls % 10 == 0

    def round(
        self,
        *,
        on_progress: Callable[[SyncResult], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> SyncResult:
        """Catch up and publish everything. `stopping`: asked between the parts of an upload, which may take long; what
        is left of it waits for the next round.

        Errors: StoreUnreachable, StoreDamaged, StorageError; work stays pending.
        """
        try:
            return self._round(on_progress, stopping)
        finally:
            if self._turns is not None:
                self._turns.leave_the_line()

    def _round(self, on_progress: Callable[[SyncResult], None] | None, stopping: Callable[[], bool]) -> SyncResult:
        self._know_the_store()
        out = SyncResult()
        self._reading.on_progress = on_progress
        if on_progress is not None:
            hint = self.log.hint()
            out.announced = hint.seq if hint is not None else 0
        out.healed += self.following.look_after_the_tail()
        if self.contents is not None:
            out.healed += self.contents.answer(self.log, self._secret.desk_keys)
        self._reading.begin_with_a_snapshot(out, on_progress)
        lost = gave_way = 0
        stop = self._read_on(out)
        must_be_let_write(self.replica)
        if stop is not None and stop.damaged and any(row.waits for row in self.replica.lost()):
            raise damaged(stop)
        while self.replica.pending_count():
            if stop is not None:
                if stop.damaged or stop.next_name is None:
                    raise damaged(stop)
                out.healed += self.following.look_after_the_tail(now=True)
            batch = self.replica.batch
            records = _for_one_entry(batch(self.contents.held()) if self.contents is not None else batch())
            if not records and self.contents is not None:
                if stopping() or not self.contents.send_one(self.log, self._secret.desk_keys):
                    break
                out.sent += 1
                if on_progress is not None:
                    on_progress(out)
                stop = self._reading.to_the_end(out)
                continue
            if gave_way < _WAYS and not self._is_our_turn(standing=gave_way > 0, waiting=len(records)):
                gave_way += 1
                stop = self._read_on(out)
                must_be_let_write(self.replica)
                continue
            gave_way = 0
            published = self._publish(stop, records)
            if published:
                out.published += published
                out.passed += stop.passed if stop is not None else ()
                lost = 0
                if on_progress is not None:
                    on_progress(out)
                stop = None
                if not self.replica.pending_count():
                    break
            else:
                lost += 1
                self._heard = time.monotonic()
                if lost > _TRIES:
                    raise StoreUnreachable("The drive gives no clear answer; your work is kept here and sent later.")
                self._sleep(random.uniform(0, min(1.0, 0.01 * 2 ** min(lost, 10))))
            stop = self._read_on(out)
            must_be_let_write(self.replica)
        if self._reading.gap_is_ours and not self.replica.pending_count():
            # The others can't know that nobody waits for what is missing there.
            self._reading.gap_is_ours = False
            self._fill_the_gap()
        self._keep_new_keys()
        out.stuck = damaged(stop) if stop is not None and stop.damaged else None
        out.head = self.replica.head.seq
        out.pending = self.replica.pending_count()
        out.lost = len(self.replica.lost())
        out.conflicts = self.replica.conflict_count()
        for what in out.passed:
            _log.warning("the shared log holds something that was not taken: %s", what)
        return out

    def _note_others(self, devices: set[bytes]) -> None:
        """Entries of these devices were just read."""
        self._heard = time.monotonic()
        if self._turns is not None:
            self._turns.used_their_turn(devices)

    def _is_our_turn(self, *, standing: bool, waiting: int) -> bool:
        """False: look at the log once more, then ask again; whoever goes first was given a moment. `standing`: this was
        asked before. `waiting`: how many transactions would go in."""
        log = self._turns
        if log is None:
            return True
        ahead = log.ahead()
        now = time.monotonic()
        busy = self._heard is not None and now - self._heard < _BUSY_S
        if not ahead and (standing or not busy):
            return True
        head = self.replica.head
        if not standing:
            self._pace.begin()
        self._pace.look(head.seq, now)
        log.stand_in_line(head.epoch, head.seq + 1)
        if ahead:
            # The next one looks on closely, so that no time is lost between two turns, but no closer than it pays: each
            # look takes processor time from the one who is at it. Those behind him need not: with much to send they
            # look when about so many turns are over as go before theirs, and apply together what came meanwhile. Behind
            # a single change somebody may be waiting: it reckons with the shortest turns.
            takes = min(self._publisher.takes, 0.25)
            turn = max(takes, self._pace.turn_s) if waiting > 1 else takes
            self._sleep(
                random.uniform(0.001, 0.002)
                + random.uniform(0.05, 0.15) * takes
                + random.uniform(0.5, 0.9) * min((ahead - 1) * turn, 0.25)
            )
        return False

    def set_back(self, seq: int) -> SyncResult:
        """Set the desk back to the state after entry `seq`, for everybody (db.epochs), and follow. Errors:
        StorageError when that can't be."""
        self._round_after_a_look()
        opening = self.following.set_back(seq)
        self.log.announce(opening.head)
        out = self.round()
        if self.snapshots.missing():
            self.snapshots.make()
        return out

    def upgrade(self) -> int:
        """Raise the store to the schema of this program (db.upgrades); returns the schema it has now. Errors:
        StorageError when that is refused or can't be sent."""
        self._round_after_a_look()
        rows = self.replica.upgrade()
        if rows:
            self.tell(UPGRADE, {}, rows=rows)
        return self.replica.schema

    def _round_after_a_look(self) -> None:
        """Before something that can't be taken back: is what we followed still what the store has?"""
        self._know_the_store()
        self.following.look_after_the_tail(now=True)
        self.round()

    def tell(
        self, kind: str, extra: Mapping[str, Any], *, rows: Sequence[RowChange] = (), over_damage: bool = False
    ) -> None:
        """Commit a transaction that says something about the log itself and is in no outbox; most change no row.
        `over_damage`: beside a damaged entry, which ends the wait for its bytes. Errors: StorageError when it is
        refused or can't be sent."""
        analyst = self.replica.fact("analyst")
        record = TxRecord(new_id(), kind, self._clock(), analyst, None, (), tuple(rows), extra)
        for turn in range(_TRIES):
            stop = self._reading.to_the_end(SyncResult())
            must_be_let_write(self.replica)
            try:
                self.replica.must_be_lawful(record)
            except Refused as error:
                raise StorageError(f"That can't be said in the shared log: {error}.") from error
            outcome, why = self.replica.outcome(record.id)
            if outcome == "accepted":
                return
            if outcome == "refused":
                raise StorageError(f"The shared log did not take it: {why}.")
            if stop is not None and ((stop.damaged and not over_damage) or stop.next_name is None):
                raise StoreDamaged(f"Entry {stop.seq} of the shared log is damaged ({stop.why}).")
            if not self._publish(stop, [record]):
                self._sleep(random.uniform(0, min(1.0, 0.02 * 2 ** min(turn, 10))))
        raise StoreUnreachable("The drive gives no clear answer; try again.")

    def repair(self) -> int:
        """As an administrator, end the wait for the bytes of an entry that is damaged or gone: the log goes on beside
        it. Returns which entry that is, 0 when there is none such. A workstation that has the bytes after all goes back
        before it and sends its changes again. Errors: StorageError."""
        self._know_the_store()
        try:
            self.following.look_after_the_tail(now=True)
            stop = self._reading.to_the_end(SyncResult())
        except NoWayOn:
            if not self._lacks_the_next_entry():
                raise
            seq = self.replica.head.seq + 1
            if not self._fill_the_gap():
                raise StoreUnreachable("The drive gives no clear answer; try again.") from None
            return seq
        if stop is None or not stop.damaged:
            return 0
        self.tell(REPAIR, {"seq": stop.seq, "was": list(stop.passed)}, over_damage=True)
        return stop.seq

    def _lacks_the_next_entry(self) -> bool:
        """Whether the store has our newest entry and later ones, and not the one that follows ours."""
        head = self.replica.head
        if not lies_there(self.log, head.epoch, head.seq, head.hash):
            return False
        return any(not names for _seq, names in itertools.islice(self.log.slots(head.epoch, head.seq), 1))

    def _fill_the_gap(self) -> int:
        """Put entries that say nothing else in the place of those the store lacks, until what lies beyond is beside
        entries that can be read; returns how many. What lies there follows none of them, so it counts for nobody.
        Errors: StorageError."""
        filled = 0
        while self._lacks_the_next_entry():
            must_be_let_write(self.replica)
            seq, analyst = self.replica.head.seq + 1, self.replica.fact("analyst")
            record = TxRecord(new_id(), REPAIR, self._clock(), analyst, None, (), (), {"seq": seq, "was": []})
            if not self._publish(None, [record]):
                break  # somebody was faster, or the next round tries again
            filled += 1
        return filled

    def _publish(self, stop: Stop | None, records: Sequence[TxRecord]) -> int:
        """Try to put these transactions after the head; returns how many the log took (0: somebody was first, or there
        was no clear answer)."""
        before = self.replica.head
        here = before == self._here_at
        published = self._publisher.put(stop, records)
        if published is None:
            return 0
        self._reading.was_put_after(before)
        # Nothing but a move says that the desk went elsewhere; an own entry need not be read again for that.
        if here and self.replica.head == published and all(record.kind != MOVE for record in records):
            self._here_at = published
        if self.contents is not None:
            self.contents.published(records, self.log, self._secret.desk_keys)
        return len(records)

    def catch_up(self) -> SyncResult:
        """Read what the others published, and publish nothing. Errors: as `round`."""
        self._know_the_store()
        out = SyncResult()
        self._reading.to_the_end(out)
        out.head, out.pending = self.replica.head.seq, self.replica.pending_count()
        return out

    def _keep_new_keys(self) -> None:
        if self.replica.fact("kept_generation") != self.replica.generation:
            keep(self.replica, self._secret)
            self.replica.set_facts({"kept_generation": self.replica.generation})

    def _know_the_store(self) -> None:
        card = self.log.card()
        if card is None:
            raise StoreUnreachable(f"There is no Halldesk store at {self.log.where}; is it the right drive?")
        if card == self._known_card:
            return
        known = StoreCard.unpack(card)
        if known.store != self.replica.fact("store") or known.root_key != self.replica.fact("root_key"):
            raise StoreDamaged(
                f"{self.log.where} holds another help desk's store ({known.name}). Nothing was sent or read; "
                "check the path."
            )
        self._known_card = card
        if self.replica.fact("card") != card:
            self.replica.set_facts({"card": card})

    def _read_on(self, out: SyncResult) -> Stop | None:
        """Catch up, and write only if the desk still lives here. Errors: Moved.

        Where the line is a lock, the last look is made in it, and none before that need be the newest. On a drive the
        newest listing is the line."""
        once = self._turns is not None and self._turns.is_lock
        stop = self._reading.to_the_end(out, once=once)
        refused = None if stop is None or not stop.passed else (self.replica.head, stop.passed)
        if self.following.in_doubt or refused not in (None, self._refused):
            # What does not follow our newest entry may be right, and ours be in the log no more.
            out.healed += self.following.look_into_the_doubt()
            stop = self._reading.to_the_end(out, once=once)
            self._refused = None if stop is None or not stop.passed else (self.replica.head, stop.passed)
        head = self.replica.head
        if head != self._here_at:
            # What was just applied need not be opened again to see that it moves nothing.
            at, kinds = self._reading.applied_last or (None, frozenset[str]())
            if at != head or MOVE in kinds:
                to = moved_to(self.replica, self.log, self._secret.desk_keys)
                if to is not None:
                    raise Moved(to)
            self._here_at = head
        return stop
