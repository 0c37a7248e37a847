"""How a desk meets the others: its keys, the place of the shared log, rounds with it, and what keeps it whole.

The desk itself (app.desk) is made upon it. Reading and writing cases needs nothing of this: keys and store come when
somebody syncs.
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import times
from app.colleagues import Colleagues
from app.context import Context
from app.credentials import key_store, secret_name
from app.errors import KeyMissing, UserError
from app.machine import machine_id, machine_mark
from app.moving import follow
from app.profile import Profile
from app.reading import ReadingDesk
from app.stores import keep_password, open_log
from db import incarnation
from db.address import is_url
from db.desk_keys import with_desk_keys
from db.errors import Moved, StorageError, StoreUnreachable, UpdateNeeded
from db.housekeeping import Housekeeping
from db.keys import DeviceSecret, KeyStore
from db.log import Bell, SharedLog
from db.presence import live_positions, signs_of_life
from db.replica import Replica
from db.sync import Syncer
from db.sync_result import SyncResult

if TYPE_CHECKING:
    from db.compaction import Limit
    from db.contents import Contents
    from db.snapshots import Manifest

_log = logging.getLogger(__name__)

IDLE_S: Final = 60.0
"""So long nobody has changed anything here before housekeeping takes its turn."""


class Meeting(ABC):
    """One profile and its shared log; `sync_round` may be called from one lane only."""

    def __init__(self, profile: Profile, reading: ReadingDesk) -> None:
        """Errors: UserError when the profile belongs to no desk; StorageError when its file can't be used."""
        self.profile, self.reading = profile, reading
        self.card = profile.desk()
        self.replica = Replica(profile.replica)
        known = reading.context
        self.context = Context(
            replica=self.replica, reader_of=known.reader_of, clock=known.clock, me=known.me, zone=known.zone,
            language=known.language,
        )  # fmt: skip
        self.directory = reading.directory
        self.devices = reading.devices
        self._syncer: Syncer | None = None
        self._housekeeping: Housekeeping | None = None
        self._log: SharedLog | None = None
        self._sync_lock = threading.Lock()
        self._round_owed = False
        self.trouble = ""
        """What the last attempt to reach the store found wrong, as one sentence."""

    # -- what the desk adds -------------------------------------------------------------------------------------------
    @abstractmethod
    def contents(self) -> Contents:
        """The files of cases that wait for the store."""

    @abstractmethod
    def after_round(self, result: SyncResult) -> None:
        """A round is over."""

    @abstractmethod
    def retime(self) -> int:
        """Bring due times up to date; returns how many cases have others now, as far as that is known already."""

    # -- who and where ------------------------------------------------------------------------------------------------
    @property
    def me(self) -> bytes:
        """The analyst of this workstation."""
        return self.context.me

    @property
    def where(self) -> str:
        """Where the shared store is, as the person named it."""
        return self.reading.where

    @property
    def revoked(self) -> bool:
        """Whether this workstation was taken out of the desk, as far as it has heard."""
        device = self.replica.fact("device")
        return bool(self.context.reader.value("SELECT revoked_at FROM device WHERE id = ?", (device,)))

    def another_log(self) -> SharedLog:
        """The store by a connection of its own, for what takes long beside the rounds. Errors: UserError."""
        return open_log(self.where, self.replica.fact("device"), self.keys)

    def close(self) -> None:
        """Close every connection; the lanes must have ended."""
        self.reading.close()
        self.replica.close()
        if self._log is not None:
            self._log.close()

    def secret(self) -> DeviceSecret:
        """This device's keys. May block on a locked keyring. Errors: UserError."""
        stored = self.keys().get(secret_name(self.replica.fact("device")))
        if stored is None:
            raise KeyMissing(
                "This workstation's key is missing from the keyring. Ask an administrator for an invitation for "
                "another workstation of yours (`halldesk invite --for`) and run `halldesk recover INVITATION` here; "
                "what is not sent yet is kept."
            )
        return with_desk_keys(DeviceSecret.unpack(stored), self.replica)

    def log(self) -> SharedLog:
        """The shared store: one for the whole desk, closed with it. May block on a locked keyring where it is a
        database. Errors: UserError, StorageError for a place that is none."""
        if self._log is None:
            self._log = open_log(self.where, self.replica.fact("device"), self.keys)
        return self._log

    def use_password(self, password: str) -> None:
        """Try a database's password and keep it. Errors: UserError where no database keeps this desk, StorageError when
        it is refused or the server can't be reached."""
        if not is_url(self.where):
            raise UserError(f"{self.where} is a folder and has no password.")
        with closing(open_log(self.where, self.replica.fact("device"), password=password)) as log:
            log.card()
        keep_password(self.where, password, self.keys())
        if self._log is not None:
            self._log.close()
        self._log = self._syncer = self._housekeeping = None

    def keys(self) -> KeyStore:
        """Where this workstation's secrets are kept."""
        named = self.card.get("key_file")
        return key_store(Path(named) if named else None)

    def sync_round(
        self,
        on_progress: Callable[[SyncResult], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> SyncResult:
        """One round with the store; an upload ends early when `stopping`, and goes on with the next round.

        Errors: StorageError (unreachable, damaged, full); work stays pending. EntryDamaged also where there is nothing
        to send: whoever believed to be in step would wait in vain for what others do.
        """
        self._round_owed = True
        try:
            result = self._round(on_progress, stopping)
            self._round_owed = result.stuck is not None
            self._note_trouble(str(result.stuck or ""))
        except StoreUnreachable:
            raise  # whether it is away is seen by whoever asks
        except (StorageError, UserError) as error:
            self._note_trouble(str(error))
            raise
        finally:
            self.retime()
        self.after_round(result)
        if result.stuck is not None:
            raise result.stuck
        return result

    def _note_trouble(self, trouble: str) -> None:
        """For `status`, which makes no round: what the last one found wrong with a store that answers."""
        if (self.replica.fact("trouble") or "") != trouble:
            with suppress(StorageError):  # a disk of our own that is full has been told of
                self.replica.set_facts({"trouble": trouble})

    def _round(self, on_progress: Callable[[SyncResult], None] | None, stopping: Callable[[], bool]) -> SyncResult:
        with self._sync_lock:
            try:
                try:
                    result = self.meet().round(on_progress=on_progress, stopping=stopping)
                except Moved as moved:
                    follow(self, moved.to)
                    result = self.meet().round(on_progress=on_progress, stopping=stopping)
            except UpdateNeeded as error:
                self.replica.set_facts({"update_needed": str(error)})
                raise
            if self.replica.fact("update_needed"):
                self.replica.set_facts({"update_needed": ""})
        return result

    def meet(self) -> Syncer:
        """The one syncer of this desk with the store where that is now, for the sync lane. Errors: those of `secret`
        and `log`."""
        if self._syncer is None:
            secret = self.secret()
            self._who_is_here()
            self._syncer = Syncer(self.replica, self.log(), secret, self.context.clock)
            self._housekeeping = Housekeeping(self._syncer, secret, self.context.clock, self._furthest_behind)
            self._syncer.contents = self.contents()
        return self._syncer

    def _who_is_here(self) -> None:
        """Which machine and which run of the program this is (app.machine, db.incarnation), before anything is sent."""
        facts, now = self.replica.facts(), self.context.clock()
        new = incarnation.renewed(facts, now)
        mark, known = machine_mark(facts["store"], machine_id()), facts.get("machine")
        if mark is not None and known is None:
            new["machine"] = mark
        elif mark is not None and known != mark and not facts.get(incarnation.TWIN):
            new[incarnation.TWIN] = {"why": incarnation.MACHINE, "seq": facts["head"][1], "at": now}
        if new:
            self.replica.set_facts(new)

    @property
    def twin(self) -> bool:
        """Whether another machine has this workstation's identity; then nothing is sent from here."""
        return bool(self.replica.fact(incarnation.TWIN))

    def _furthest_behind(self) -> int | None:
        """The lowest position of a workstation that gave a sign of life lately."""
        assert self._syncer is not None
        found = live_positions(
            self._syncer.log, self.secret().desk_keys, self.replica.fact("store"), self.context.clock()
        )
        epoch = self.replica.head.epoch
        return min((one.seq if one.epoch == epoch else 0 for one in found.values()), default=None)

    def signs_of_life(self) -> dict[bytes, int]:
        """Device -> its last sign of life, as far as the store tells; empty where it does not answer. Who ended the
        program leaves none."""
        try:
            return signs_of_life(self.log(), self.secret().desk_keys, self.replica.fact("store"))
        except (StorageError, UserError) as error:
            _log.info("who was there lately is not known: %s", error)
            return {}

    def last_seen(self) -> dict[bytes, int]:
        """Device -> when it was last there, ms UTC by its own clock: its sign of life, or the newest entry of it that
        is kept here. Errors: UserError without this workstation's key."""
        seen, signs = self.devices.last_written(self.secret().desk_keys), self.signs_of_life()
        return {device: max(seen.get(device, 0), signs.get(device, 0)) for device in seen.keys() | signs.keys()}

    def meet_anew(self) -> None:
        """This workstation has another identity, or another place to meet the others: forget how it met them."""
        self._syncer = self._housekeeping = None
        self.__dict__.pop("colleagues", None)
        self.devices.here = self.replica.fact("device")

    def read_on(self) -> None:
        """Read what the others wrote, and send nothing. Errors: StorageError, UserError."""
        with self._sync_lock:
            self.meet().catch_up()

    def live_at(self, where: str, log: SharedLog) -> None:
        """From now on the store is `log`, at a place without a password. Errors: UserError."""
        self.card = self.reading.card = {**self.card, "where": where}
        self.profile.attach(self.card)
        if self._log is not None:
            self._log.close()
        self._log = log
        self.meet_anew()

    def tend(self) -> None:
        """Housekeeping of the store, when it is due and nobody works here. Errors: StorageError."""
        with self._sync_lock:
            if self._housekeeping is not None and not self.twin:
                self._housekeeping.tend(idle=time.monotonic() - self.replica.worked_at > IDLE_S)

    def snapshot(self) -> Manifest:
        """Make a snapshot of the state now, after a round. Errors: StorageError, UserError."""
        self.sync_round()
        with self._sync_lock:
            assert self._syncer is not None
            return self._syncer.snapshots.make()

    def compact(self, *, days: int, without_packs: bool) -> Limit:
        """Drop old entries from the store, as far as may be; returns up to where. Errors: StorageError, UserError."""
        if days < 0:
            raise UserError("Only what is old enough is dropped: --days is 0 or more.")
        self.sync_round()
        with self._sync_lock:
            assert self._housekeeping is not None
            self._housekeeping.pack()
            return self._housekeeping.compact(age_ms=days * times.DAY_MS, without_packs=without_packs)

    @property
    def administers(self) -> bool:
        """Whether the analyst of this workstation is an administrator."""
        return bool(self.context.reader.value("SELECT role FROM analyst WHERE id = ?", (self.me,)) == "administrator")

    def repair(self) -> int:
        """Give up an entry, damaged or gone, that ends the log and that nobody can put back; returns which (0: none).
        Errors: StorageError; UserError for anybody but an administrator."""
        if not self.administers:
            raise UserError("Only an administrator may give up what is damaged or missing; ask one.")
        with self._sync_lock:
            return self.meet().repair()

    def set_back(self, seq: int) -> SyncResult:
        """Set the desk back to the state after entry `seq`, for everybody. Errors: StorageError, UserError."""
        with self._sync_lock:
            return self.meet().set_back(seq)

    def upgrade_store(self) -> tuple[int, int]:
        """Raise the store to the schema of this program, for everybody; returns (before, now). Who has an older program
        is told to update it then. Errors: UserError for anybody but an administrator; StorageError."""
        self.sync_round()
        before = self.replica.schema
        if not self.administers:
            raise UserError("Only an administrator may upgrade the store; ask one.")
        with self._sync_lock:
            return before, self.meet().upgrade()

    def owe_a_round(self) -> None:
        """The store is to be met with the next look, though it may have no news."""
        self._round_owed = True

    def has_news(self) -> bool:
        """Whether a round would do anything: work pending, the head moved, lost work to be sent again, or the last one
        failed (whoever looks must not take silence for being in step). Errors: StorageError."""
        with self._sync_lock:
            if self._syncer is None or self._round_owed:
                return True
            return self.replica.pending_count() > 0 or self._syncer.has_news()

    @cached_property
    def colleagues(self) -> Colleagues:
        """Who else is at work."""
        return Colleagues(self.context, self.directory, self.secret, self.log)

    def bell(self) -> Bell | None:
        """Rings when the store may have news; None where only asking helps. Errors: UserError."""
        return self.log().bell()
