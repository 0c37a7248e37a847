"""The store is the authority: what a workstation does when the log is not what it remembers.

It asks, when the store is met, once a minute, whenever its newest entry is not listed and always before something is
put beside a refused candidate: is my entry at my head still there?

* Missing or damaged, and nothing else in its place: the same bytes are put back (db.healing).
* Another history lies there: go back to the last common entry, or start over where that is not kept here (db.rollback);
  own changes that are gone are sent again under the same ids, those of others are kept (db.lost).
* The store keeps only newer entries: begin anew with a snapshot; what was not sent yet is put on top of it.
* An administrator opened a new epoch (db.epochs): go back to the entry it names and go on there.
* The store has forgotten that, and went on in the epoch before: as with any other history, across the opening.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from db import epochs
from db.before import RowsBefore
from db.chain import slot_name
from db.desk_keys import keep
from db.epochs import Opening
from db.errors import NoWayOn, Refused, StorageError, StoreDamaged, StoreUnreachable
from db.fold import standing
from db.healing import Ambiguous, Behind, Forked, doubtful, has_since, heal
from db.keys import DeviceSecret
from db.log import SLOT_NAMES, Head, Hint, Put, SharedLog
from db.replica import Replica
from db.rollback import Back, Irreversible
from db.slots import lies_there, names_in
from db.snapshots import Snapshots
from db.state import Unusable

_log = logging.getLogger(__name__)

_LOOK_EVERY_MS: Final = 60_000
_LOOK_DEEPER_EVERY_MS: Final = 10 * 60_000
"""A copy of the share that was made amid a restore lacks entries below whole ones. Who has them sees nothing of it in
his newest, and who waits for them can't tell him."""


class Following:
    """Keeps one replica on the history its store has. `clock`: ms UTC."""

    def __init__(
        self,
        replica: Replica,
        log: SharedLog,
        secret: DeviceSecret,
        snapshots: Snapshots,
        clock: Callable[[], int],
    ) -> None:
        self._replica, self._log, self._secret, self._clock = replica, log, secret, clock
        self._snapshots = snapshots
        self._looked_at: int | None = None
        self._last_epoch = 0
        """There was none after it at the last look. The hint tells of a new one, but hints get lost."""
        self.in_doubt = False
        """It is to be looked into whether what lies before our newest entry is what we followed."""
        self._doubts_everything = False
        """As far back as entries are kept here, not only among the youngest."""
        self._seen: frozenset[tuple[int, int, int]] = frozenset()
        """Slots in which more or less than one name was taken, and how many, at the last look."""
        self._looked_deeper_at: int | None = None
        self._looked_to: Head | None = None
        """Our newest entry at the last look."""
        self._unlawful: set[bytes] = set()
        """Openings of nobody who might: the log up to the entry they name says so for ever, and that hangs on its
        hash. Who starts over because of another one need not read up to theirs again."""
        self._told: set[bytes] = set()
        """Openings that were passed over."""

    def doubt_everything(self) -> None:
        """Something old is not what we followed."""
        self.in_doubt = self._doubts_everything = True

    def look_after_the_tail(self, *, now: bool = False) -> list[str]:
        """Put back what is missing, follow the store where it went on without us; returns the names put back.

        Does nothing within a minute, unless `now`. Errors: StoreDamaged, StoreUnreachable.
        """
        clock, last = self._clock(), self._looked_at
        if not now and last is not None and 0 <= clock - last < _LOOK_EVERY_MS:
            return []
        self._last_epoch = 0
        deeper = self._looked_deeper_at
        deep = deeper is None or not 0 <= clock - deeper < _LOOK_DEEPER_EVERY_MS
        put_back = self._heal(deep=deep)
        if deep:
            self._looked_deeper_at = clock
        seen = doubtful(self._replica, self._log)
        if not seen <= self._seen or (
            self._looked_to is not None and not has_since(self._replica, self._log, self._looked_to)
        ):
            self.in_doubt = True
        # Not before: where the drive went away meanwhile, the next round looks again.
        self._seen, self._looked_to, self._looked_at = seen, self._replica.head, clock
        return put_back

    def look_into_the_doubt(self) -> list[str]:
        """As `look_after_the_tail`, further back, once the log was read to its end."""
        everything, self.in_doubt, self._doubts_everything = self._doubts_everything, False, False
        try:
            return self._heal(deep=True, everything=everything, to_its_end=True)
        except StoreUnreachable:
            self.in_doubt, self._doubts_everything = True, everything
            raise

    def find_a_way_on(self) -> list[str]:
        """Our next entry is not in the store, and later ones are. Returns the names put back. Errors: NoWayOn;
        StoreUnreachable."""
        head = self._replica.head
        try:
            self.begin_anew()
        except NoWayOn:
            # Ours may be in the log no more, and what lies beyond of another history. The log leads no further.
            put_back = self.look_into_the_doubt() if self.in_doubt else []
            if self._replica.head == head:
                raise
            return put_back
        return []

    def _heal(self, *, deep: bool, everything: bool = False, to_its_end: bool = False) -> list[str]:
        put_back: list[str] = []
        try:
            self._hold_the_opening_that_counts()
            put_back = heal(
                self._replica, self._log, self._secret.desk_keys, deep=deep, everything=everything,
                to_its_end=to_its_end,
            )  # fmt: skip
        except Ambiguous:
            self.in_doubt = True
        except Forked as fork:
            self._follow_the_fork(fork.common)
        except Behind:
            # What was let go may all have been of an epoch that ended before it.
            opening = self.next_opening()
            if opening is None or opening.seq > self._replica.head.seq or self.follow_epoch(opening) is None:
                self.begin_anew()
        if put_back:
            self._announce_what_was_put_back()
        return put_back

    def _announce_what_was_put_back(self) -> None:
        """The hint is as old as the copy that the store was restored from, and nobody looks who is as far."""
        head, hint = self._replica.head, self._log.hint()
        if hint is None or (hint.epoch, hint.seq) < (head.epoch, head.seq):
            self._log.announce(head)

    def begin_anew(self) -> None:
        """Our next entry is in the store no more, newer ones are: only a snapshot leads there. Errors: NoWayOn;
        StoreUnreachable."""
        head = self._replica.head.seq
        keep(self._replica, self._secret)  # the rows that have the newest are about to go
        if self._snapshots.enter() is None:
            raise self._no_way_on(head)
        _log.info("entry %d was too old to go on from; begun anew with a snapshot", head)

    def _no_way_on(self, seq: int) -> NoWayOn:
        return NoWayOn(
            f"The entries after {seq} are missing in the store, and there is no snapshot to go on from. Your work "
            "is kept here; another workstation puts them back or makes a snapshot within minutes. If not, the desk "
            "key was changed meanwhile: ask an administrator for an invitation (`halldesk recover`). What nobody "
            "has any more an administrator gives up (`halldesk repair`)."
        )

    def _follow_the_fork(self, common: int | None) -> None:
        left = self._replica.places_after(common or 0)
        try:
            if common is None:
                raise Irreversible("the common entry is from before this replica began")
            back = self._replica.roll_back(common, self._secret.desk_keys, self._clock())
        except Irreversible as error:
            # A desk key that was made after it never was.
            generation = None if common is None else self._replica.generation_at(common)
            back = self._start_over(error, self._clock(), generation, left)
        self._replica.leave_behind(left)
        self._snapshots.disown()
        _log.warning(
            "the store was set back to entry %s and went on without this workstation: %d changes made here are sent "
            "again, %d of others are kept until they send them",
            "?" if common is None else common, back.own, back.others,
        )  # fmt: skip

    def only_what_was_left_lies_beyond(self, gap: int) -> bool:
        """Whether every entry of our epoch after slot `gap`, which is empty, is of a history this workstation left."""
        epoch, left = self._replica.head.epoch, self._replica.left_behind()
        if not any((place.epoch, place.seq > gap) == (epoch, True) for place in left):
            return False
        seq = gap
        while True:
            found = next(iter(self._log.slots(epoch, seq)), None)
            if found is None:
                return True
            seq, names = found
            for name in names:
                raw = self._log.read(epoch, seq, name)
                if raw is None or Head(epoch, seq, hashlib.sha256(raw).digest()) not in left:
                    return False

    def _start_over(
        self, why: Irreversible, now: int | None, generation: int | None = None, left: Sequence[Head] = ()
    ) -> Back:
        keep(self._replica, self._secret)
        if not self._snapshots.can_begin(generation, left):
            # An empty help desk helps nobody: what is known stays to be read until a way in is there.
            raise self._no_way_on(self._replica.head.seq)
        _log.info("starting over: %s", why)
        return self._replica.start_over(self._secret.desk_keys, now, generation=generation)

    # -- epochs -------------------------------------------------------------------------------------------------------
    def ahead(self, hint: Hint | None) -> tuple[Opening | None, int | None]:
        """The opening of the next epoch that counts, as `next_opening`; and the entry up to which the log may be read
        before that is asked again, None: to its end. Asks the store only where the hint does not say that ours is the
        newest epoch. Errors: as `next_opening`."""
        head = self._replica.head
        if self._last_epoch == head.epoch and hint is not None and hint.epoch == head.epoch:
            return None, None
        if head.epoch + 1 not in self._log.epochs():
            self._last_epoch = head.epoch
            return None, None
        # One that can't be judged yet (its key comes with a later entry) is looked at again, whatever the hint says.
        opening = self.next_opening()
        return opening, (self._look_again_at() if opening is None else opening.seq)

    def next_opening(self) -> Opening | None:
        """The opening of the next epoch that counts, the first of them; None where there is none, or none that can be
        judged yet.

        One that names an entry ahead is judged there, and none after it before that. One that names an entry the log
        does not have counts for nobody (the store was restored to before that entry, and went on with another one). So
        does one whose maker was no administrator after the entry it names, whatever else happened since: so says the
        log up to there, which all share. Errors: StoreDamaged when its maker was one, and was removed since as far as
        this workstation knows.
        """
        head = self._replica.head
        if head.epoch + 1 not in self._log.epochs():
            return None
        for found in self._openings(head.epoch + 1):
            if found.seq > head.seq:
                if lies_there(self._log, head.epoch, found.seq, found.before):
                    return None
            elif self._is_signed(found) and self._fits(found) and self._is_lawful(found):
                if self._may_set_back(found.device, found.author):
                    return found
                raise StoreDamaged(
                    "The desk was set back by somebody who may not do that as far as this workstation knows. Nothing "
                    "was sent or read; ask an administrator."
                )
        return None

    def _is_signed(self, opening: Opening) -> bool:
        key = self._replica.signing_key(2, opening.device)
        return key is not None and opening.signed_by(key)

    def _fits(self, opening: Opening) -> bool:
        """Whether our history has the entry that an opening of the next epoch goes on after. Where we began later, the
        store says it, as far as it still can; but it may also have entries of an epoch that began elsewhere once."""
        place = self._replica.place(opening.seq)
        if opening.seq < self._replica.opened_at:
            fits = False
        elif place is not None and place[0].epoch == opening.epoch - 1:
            fits = place[0].hash == opening.before
        else:
            fits = lies_there(self._log, opening.epoch - 1, opening.seq, opening.before) is not False
        return fits or self._passed_over(opening, "the log has another entry where it goes back to")

    def _is_lawful(self, opening: Opening) -> bool:
        """Whether its maker could have been allowed it where it goes back to."""
        if self._administered(opening.seq, opening.device, opening.author):
            return True
        self._unlawful.add(opening.raw)
        return self._passed_over(opening, "it is no administrator's")

    def _passed_over(self, opening: Opening, why: str) -> bool:
        """It does not count; told once of each."""
        if opening.raw not in self._told:
            self._told = {opening.raw, *list(self._told)[: len(SLOT_NAMES)]}
            _log.warning("an opening of epoch %d was passed over: %s", opening.epoch, why)
        return False

    def _administered(self, seq: int, device: bytes, author: bytes) -> bool:
        try:
            return self._replica.administered(seq, device, author, self._secret.desk_keys)
        except Unusable as error:
            raise StoreDamaged(f"Who was an administrator at entry {seq} can't be told here ({error}).") from error

    def _may_set_back(self, device: bytes, author: bytes) -> bool:
        with self._replica.reading() as raw:
            stands = standing(RowsBefore(raw), device, author)
        return stands.role == "administrator" and stands.active and not stands.revoked

    def _look_again_at(self) -> int | None:
        """The entry ahead after which a next epoch is said to go on, by somebody this workstation may not know yet: it
        reads up to there and looks again. What comes after it may be undone, and can't always be gone back over."""
        head = self._replica.head
        return min((one.seq for one in self._openings(head.epoch + 1) if one.seq > head.seq), default=None)

    def _openings(self, epoch: int) -> Iterator[Opening]:
        for found in epochs.openings(self._log, epoch, self._replica.fact("store"), self._secret.desk_keys):
            if found.raw not in self._unlawful:
                yield found

    def _hold_the_opening_that_counts(self) -> None:
        """It is not the one we followed where the store was restored to before that, and an administrator who did not
        know of it set the desk back elsewhere. Then ours never was."""
        epoch, opened = self._replica.head.epoch, self._replica.opened_at
        ours = next((raw for opened, _seq, raw in self._replica.openings() if opened == epoch), None)
        for found in self._openings(epoch) if ours is not None else ():
            if found.raw == ours:
                return
            # Whoever was passed over once was judged by all there is to know, which is more than is known here now.
            if found.raw in self._told or not self._is_signed(found):
                continue
            if (
                lies_there(self._log, epoch - 1, found.seq, found.before)
                and self._administered(min(found.seq, opened), found.device, found.author)
                and self._may_set_back(found.device, found.author)
            ):
                break
        else:
            return
        try:
            back = self._replica.leave_epoch(self._secret.desk_keys, self._clock())
        except Irreversible as error:
            back = self._start_over(error, self._clock())
        _log.warning(
            "epoch %d was opened by somebody else: %d changes made here are sent again, %d of others are kept until "
            "they send them", epoch, back.own, back.others,
        )  # fmt: skip

    def follow_epoch(self, opening: Opening) -> Back | None:
        """Go on in the epoch of this opening, if our head is at or past the entry it names; None when that is not ours.

        Errors: StoreDamaged when the opening is not lawful.
        """
        try:
            back = self._replica.open_epoch(opening, self._secret.desk_keys)
        except Irreversible as error:
            if self._replica.head.seq <= opening.seq:
                return None
            return self._start_over(error, None, generation=opening.generation)
        except Refused as error:
            raise StoreDamaged(
                f"The opening of epoch {opening.epoch} was refused: {error}. Ask who made it."
            ) from error
        _log.warning(
            "an administrator set the desk back to entry %d: %d changes of this workstation and %d of others are kept "
            "as lost", opening.seq, back.own, back.others,
        )  # fmt: skip
        return back

    def set_back(self, seq: int) -> Opening:
        """Set the desk back to the state after entry `seq`, for everybody. We must be an administrator and know it.

        Errors: StorageError when that can't be, or somebody else set it back at the same moment.
        """
        place = self._replica.place(seq)
        if place is None:
            raise StorageError(f"Entry {seq} is not kept on this workstation, so it can't be gone back to from here.")
        facts = self._replica.facts()
        if not self._may_set_back(self._secret.device, facts["analyst"]):
            raise StorageError("Only an administrator may set the desk back.")
        if not self._administered(seq, self._secret.device, facts["analyst"]):
            raise StorageError(
                f"You were not an administrator on this workstation after entry {seq} yet, so nobody would follow. Let "
                "somebody set the desk back who was, or go back to a later entry."
            )
        if place[0].epoch != self._replica.head.epoch:
            raise StorageError(f"Entry {seq} is of an earlier epoch; the desk was set back since.")
        generation = self._replica.generation_at(seq)
        if not (self._replica.can_go_back(seq, self._secret.desk_keys) or self._snapshots.leads_to(seq, generation)):
            raise StorageError(
                f"There is no way back to entry {seq}: an upgrade of the store lies between, the log is not kept from "
                "its beginning, and no snapshot from before it is of use. Nothing was changed; go back to an entry "
                "after the upgrade, or restore a backup."
            )
        raw_opening = epochs.make(
            place[0], self._secret, store=facts["store"], author=facts["analyst"], at=self._clock(),
            schema=self._replica.schema, incarnation=facts["incarnation"], generation=generation,
        )  # fmt: skip
        epoch = place[0].epoch + 1
        names = names_in(self._log, epoch, 0)
        if self.next_opening() is not None or len(names) == len(SLOT_NAMES):
            raise StorageError("The desk was set back by somebody else a moment ago.")
        if self._log.put(epoch, 0, slot_name(0, SLOT_NAMES[len(names)]), raw_opening) is not Put.WON:
            raise StorageError("The desk could not be set back: the store gave no clear answer. Look again.")
        made = epochs.read(raw_opening, epoch, facts["store"], self._secret.desk_keys)
        assert isinstance(made, Opening)
        return made
