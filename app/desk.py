"""The composition root: a profile becomes a desk with its services. Nothing is global; everything is handed down.

Order when a profile is opened: the card of the desk is read, the replica is opened (and upgraded on a copy if needed),
the services are built on a `Context`, and changes are announced to whoever listens. The store and the keys come later,
when somebody syncs: reading and writing cases needs neither.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app import times
from app.colleagues import Colleagues
from app.context import Context
from app.credentials import key_store, secret_name
from app.enrolment import INVITATION_DAYS, Enrolment
from app.errors import KeyMissing, UserError
from app.knowledge.articles import Articles
from app.machine import machine_id, machine_mark
from app.moving import follow
from app.profile import Profile
from app.reading import ReadingDesk
from app.stores import keep_password, open_log
from app.work.cases import Cases
from app.work.decisions import Decisions
from app.work.drafts import Drafts
from app.work.following import Following
from app.work.linking import Linking
from app.work.undoing import Undoing
from db import incarnation
from db.address import is_url
from db.desk_keys import with_desk_keys
from db.errors import Moved, StorageError, UpdateNeeded
from db.housekeeping import Housekeeping
from db.ids import id_text
from db.keys import (
    DeviceSecret,
    KeyStore,
)
from db.log import Bell, SharedLog
from db.presence import live_positions, signs_of_life
from db.replica import Replica
from db.sync import Syncer, SyncResult

if TYPE_CHECKING:
    from app.knowledge.reading import ArticleReader
    from app.knowledge.site_schedule import SiteSchedule
    from app.records.changing import RecordVerbs
    from app.spelling.team_words import TeamWords
    from app.work.absences import Absences
    from app.work.agreements import Agreements
    from app.work.attaching import Attachments
    from app.work.bulk import Bulk
    from app.work.covering import Coverings
    from app.work.dossiers import Dossiers
    from app.work.handovers import Handovers
    from app.work.lost import LostVerbs
    from app.work.shifts import Shifts
    from app.work.template_verbs import TemplateVerbs
    from app.work.views import Views
    from db.compaction import Limit
    from db.snapshots import Manifest

_log = logging.getLogger(__name__)

IDLE_S: Final = 60.0
"""So long nobody has changed anything here before housekeeping takes its turn."""


class Desk:
    """One open profile. Close it when done; `sync_round` may be called from one lane only."""

    def __init__(
        self,
        profile: Profile,
        *,
        clock: Callable[[], int] = times.now_ms,
        language: str | None = None,
        reading: ReadingDesk | None = None,
    ) -> None:
        """`reading`: the half that reads, where a window has opened it already (its clock and language count then).

        Errors: UserError when the profile belongs to no desk; StorageError when its file can't be used.
        """
        self.profile = profile
        self.card = profile.desk()
        self.replica = Replica(profile.replica)
        self.reading = reading or ReadingDesk(profile, clock=clock, language=language)
        known = self.reading.context
        self.context = Context(
            replica=self.replica, reader_of=known.reader_of, clock=known.clock, me=known.me, zone=known.zone,
            language=known.language,
        )  # fmt: skip
        self.name = self.reading.name
        self.directory = self.reading.directory
        self.deadlines = self.reading.deadlines
        self.lists = self.reading.lists
        self.place_counts = self.reading.place_counts
        self.search = self.reading.search
        self.present = self.reading.present
        self.bus = self.reading.bus
        self.cases = Cases(self.context, self.deadlines)
        self.linking = Linking(self.context, self.deadlines)
        self.following = Following(self.context, self.deadlines)
        self.conflicts = self.reading.conflicts
        self.articles = Articles(self.context)
        self.decisions = Decisions(self.context, self.cases)
        self.undoing = Undoing(
            self.context, self.directory, lambda: self.secret().desk_keys, self._retime, self.deadlines
        )
        self.drafts = Drafts(self.context)
        self.devices = self.reading.devices
        self.enrolment = Enrolment(self)
        self.replica.derive_with(self.deadlines.derive)
        self._settle: Callable[[], int] = self.replica.settle_due_times
        self.replica.on_change(self.reading.changed)
        self._syncer: Syncer | None = None
        self._housekeeping: Housekeeping | None = None
        self._log: SharedLog | None = None
        self._sync_lock = threading.Lock()
        self._round_owed = False
        self._keeps_figures = True
        self.trouble = ""
        """What the last attempt to reach the store found wrong, as one sentence."""

    @property
    def me(self) -> bytes:
        """The analyst of this workstation."""
        return self.context.me

    @property
    def where(self) -> str:
        """Where the shared store is, as the person named it."""
        return self.reading.where

    @property
    def knowledge(self) -> ArticleReader:
        """Articles as they are read."""
        return self.reading.knowledge

    @cached_property
    def attachments(self) -> Attachments:
        """Files of cases: keeping, fetching, collecting."""
        from app.work.attaching import Attachments

        return Attachments(self)

    @cached_property
    def coverings(self) -> Coverings:
        """Who speaks for which department, and who is away."""
        return self.reading.coverings

    @cached_property
    def absences(self) -> Absences:
        """Being away: planned, reported, acknowledged, ended."""
        from app.work.absences import Absences

        return Absences(self.context)

    @cached_property
    def handovers(self) -> Handovers:
        """The sheets before and after an absence."""
        from app.work.handovers import Handovers

        return Handovers(self.context, self.directory, self.deadlines, self.coverings)

    @cached_property
    def lost(self) -> LostVerbs:
        """Work that counts nowhere now: sent again, or given up."""
        from app.work.lost import LostVerbs

        return LostVerbs(self.context, self._owe_a_round)

    @cached_property
    def dossiers(self) -> Dossiers:
        """What is known of departments, as it is written."""
        from app.work.dossiers import Dossiers

        return Dossiers(self.context)

    @cached_property
    def agreements(self) -> Agreements:
        """Who is the contact of which department."""
        from app.work.agreements import Agreements

        return Agreements(self.context, self.deadlines)

    @cached_property
    def templates(self) -> TemplateVerbs:
        """The composer's texts, as supervisors change them."""
        from app.work.template_verbs import TemplateVerbs

        return TemplateVerbs(self.context)

    @cached_property
    def shifts(self) -> Shifts:
        """The roster, as supervisors plan it."""
        from app.work.shifts import Shifts

        return Shifts(self.context)

    @cached_property
    def site_schedule(self) -> SiteSchedule:
        """Which pages are exported by themselves."""
        from app.knowledge.site_schedule import SiteSchedule

        return SiteSchedule(self.context)

    @cached_property
    def team_words(self) -> TeamWords:
        """What the spell check lets stand."""
        from app.spelling.team_words import TeamWords

        return TeamWords(self.context)

    @cached_property
    def views(self) -> Views:
        """Saved views."""
        from app.work.views import Views

        return Views(self.context)

    def another_log(self) -> SharedLog:
        """The store by a connection of its own, for what takes long beside the rounds. Errors: UserError."""
        return open_log(self.where, self.replica.fact("device"), self.keys)

    def close(self) -> None:
        """Close every connection; the lanes must have ended."""
        self.reading.close()
        self.replica.close()
        if self._log is not None:
            self._log.close()

    # -- the shared store ---------------------------------------------------------------------------------------------
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

        Errors: StorageError (unreachable, damaged, full); work stays pending.
        """
        self._round_owed = True
        try:
            result = self._round(on_progress, stopping)
            self._round_owed = False
        finally:
            self._retime()
        self.enrolment.look_after(result)
        return result

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
            self._syncer.contents = self.attachments.contents
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
        self.sync_round()
        with self._sync_lock:
            assert self._housekeeping is not None
            self._housekeeping.pack()
            return self._housekeeping.compact(age_ms=days * times.DAY_MS, without_packs=without_packs)

    def repair(self) -> int:
        """Give up an entry, damaged or gone, that ends the log and that nobody can put back; returns which (0: none).
        Errors: StorageError, UserError."""
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
        role = self.context.reader.value("SELECT role FROM analyst WHERE id = ?", (self.me,))
        if role != "administrator":
            raise UserError("Only an administrator may upgrade the store; ask one.")
        with self._sync_lock:
            return before, self.meet().upgrade()

    def _owe_a_round(self) -> None:
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

    def settle_with(self, ask: Callable[[], object]) -> None:
        """From now on due times that wait to be brought up to date are left to whom `ask` tells, from any thread: a
        window, which has a lane of its own for what takes seconds. Otherwise each verb that moves them does it."""

        def asked() -> int:
            ask()
            return 0

        self._settle = asked
        self._retime()

    def _retime(self) -> int:
        """Returns how many cases have other due times now, as far as that is known already."""
        return self._settle() if self.replica.due_times_wait else 0

    @cached_property
    def records(self) -> RecordVerbs:
        """Changing what the desk is set up with."""
        from app.records.changing import RecordVerbs

        return RecordVerbs(self.context, self.deadlines, self._retime)

    @cached_property
    def bulk(self) -> Bulk:
        """The same change for many cases."""
        from app.work.bulk import Bulk

        return Bulk(self.context, self.deadlines)

    @property
    def revoked(self) -> bool:
        """Whether this workstation was taken out of the desk, as far as it has heard."""
        device = self.replica.fact("device")
        return bool(self.context.reader.value("SELECT revoked_at FROM device WHERE id = ?", (device,)))

    def keep_figures(self) -> bool:
        """A step towards week sheets that are all right (app.insight.sheets), for when there is nothing better to do;
        True when there is more. Errors: StorageError.
        """
        from app.insight.flow import Unbalanced
        from app.insight.sheets import keep

        if not self._keeps_figures:
            return False
        try:
            return keep(self.context)
        except Unbalanced:
            # Reports of that week say so too, to a person; here it must not come again every few seconds.
            _log.exception("a week's flow does not explain its backlog; no more week sheets until the next start")
            self._keeps_figures = False
            return False

    def status(self) -> dict[str, Any]:
        """Head, waiting work, digest and whether the store answers now."""
        try:
            reachable = self.log().card() is not None
        except StorageError:
            reachable = False
        return {
            "head": self.replica.head.seq,
            "pending": self.replica.pending_count(),
            "conflicts": self.replica.conflict_count(),
            "lost": self.replica.lost_count(self.context.clock()),
            "digest": self.replica.digest.hex(),
            "reachable": reachable,
            "store": id_text(self.replica.fact("store")),
            "schema": self.replica.schema,
            "update_needed": bool(self.replica.fact("update_needed")),
        }

    def invite(self, name: str, role: str, days: int = INVITATION_DAYS) -> tuple[str, int]:
        """An invitation for somebody new (app.enrolment)."""
        return self.enrolment.invite(name, role, days)
