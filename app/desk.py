"""The composition root: a profile becomes a desk with its services. Nothing is global; everything is handed down.

Order when a profile is opened: the card of the desk is read, the replica is opened (and upgraded on a copy if needed),
the services are built on a `Context`, and changes are announced to whoever listens. The store and the keys come later,
when somebody syncs: reading and writing cases needs neither.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app import times
from app.enrolment import INVITATION_DAYS, Enrolment
from app.knowledge.articles import Articles
from app.meeting import Meeting
from app.profile import Profile
from app.reading import ReadingDesk
from app.work.cases import Cases
from app.work.decisions import Decisions
from app.work.drafts import Drafts
from app.work.following import Following
from app.work.linking import Linking
from app.work.undoing import Undoing
from db.errors import StorageError
from db.ids import id_text
from db.sync_result import SyncResult

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
    from db.contents import Contents

_log = logging.getLogger(__name__)


class Desk(Meeting):
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
        super().__init__(profile, reading or ReadingDesk(profile, clock=clock, language=language))
        self.name = self.reading.name
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
            self.context, self.directory, lambda: self.secret().desk_keys, self.retime, self.deadlines
        )
        self.drafts = Drafts(self.context)
        self.enrolment = Enrolment(self)
        self.replica.derive_with(self.deadlines.derive)
        self._settle: Callable[[], int] = self.replica.settle_due_times
        self.replica.on_change(self.reading.changed)
        self._keeps_figures = True

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

        return LostVerbs(self.context, self.owe_a_round)

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

    def contents(self) -> Contents:
        """The files of cases that wait for the store."""
        return self.attachments.contents

    def after_round(self, result: SyncResult) -> None:
        """Invitations and keys are looked after."""
        self.enrolment.look_after(result)

    def settle_with(self, ask: Callable[[], object]) -> None:
        """From now on due times that wait to be brought up to date are left to whom `ask` tells, from any thread: a
        window, which has a lane of its own for what takes seconds. Otherwise each verb that moves them does it."""

        def asked() -> int:
            ask()
            return 0

        self._settle = asked
        self.retime()

    def retime(self) -> int:
        """Returns how many cases have other due times now, as far as that is known already."""
        return self._settle() if self.replica.due_times_wait else 0

    @cached_property
    def records(self) -> RecordVerbs:
        """Changing what the desk is set up with."""
        from app.records.changing import RecordVerbs

        return RecordVerbs(self.context, self.deadlines, self.retime)

    @cached_property
    def bulk(self) -> Bulk:
        """The same change for many cases."""
        from app.work.bulk import Bulk

        return Bulk(self.context, self.deadlines)

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
        """Head, waiting work, digest, whether the store answers now, and what the last round found wrong with it."""
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
            "trouble": self.replica.fact("trouble") or "",
        }

    def invite(self, name: str, role: str, days: int = INVITATION_DAYS) -> tuple[str, int]:
        """An invitation for somebody new (app.enrolment)."""
        return self.enrolment.invite(name, role, days)
