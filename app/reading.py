"""The half of a desk that reads: enough to show the first window.

Opening the replica for writing imports the object mapper, which alone costs half a second; lists, cases and search are
plain SQL. So the window begins with a `ReadingDesk` and the `Desk` (app.desk) is opened around the same one on the
write lane. Nothing imported here may import SQLAlchemy; a test asserts it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgpack

from app import times
from app.changes import Bus, Changes
from app.context import ReadContext, Readers
from app.damage import damage_told
from app.devices import DeviceList
from app.directory import Directory
from app.profile import Profile
from app.work.drafts import DraftReader
from app.work.lists import Lists
from app.work.place_counts import PlaceCounts
from db.reader import Reader
from db.revision import HEAD

if TYPE_CHECKING:
    from app.knowledge.missed import Missed
    from app.knowledge.new_kind import NewKinds
    from app.knowledge.reading import ArticleReader
    from app.knowledge.suggestions import Suggestions
    from app.records.reading import Records
    from app.work.conflicts import Conflicts
    from app.work.covering import Coverings
    from app.work.deadlines import Deadlines
    from app.work.departments import Departments
    from app.work.dossiers import DossierReader
    from app.work.lost import LostList
    from app.work.present import Presenter
    from app.work.search import Search
    from app.work.view_list import ViewList
    from db.capture import Touched


def needs_upgrade(profile: Profile) -> bool:
    """True when the profile's file has another schema than this program reads; opening it as a `Desk` settles that.

    Errors: UserError when the profile belongs to no desk, or its file is damaged.
    """
    profile.desk()
    with damage_told(), closing(Reader(profile.replica)) as reader:
        return bool(reader.value("SELECT version_num FROM alembic_version") != HEAD)


class ReadingDesk:
    """One profile, read only. Every method may be called on any lane; each thread gets a connection of its own."""

    def __init__(
        self, profile: Profile, *, clock: Callable[[], int] = times.now_ms, language: str | None = None
    ) -> None:
        """Errors: UserError when the profile belongs to no desk, was moved to a network drive, or is damaged."""
        self.profile = profile
        profile.must_be_local()
        self.card: dict[str, Any] = profile.desk()
        self._readers = Readers(profile.replica)
        with damage_told():
            site = self._readers().one("SELECT name, time_zone, language FROM site")
            me, device = self._fact("analyst"), self._fact("device")
        self.name = str(site["name"]) if site else str(self.card["name"])
        self.context = ReadContext(
            reader_of=self._readers,
            clock=clock,
            me=me,
            zone=str(site["time_zone"]) if site else "UTC",
            language=language or (str(site["language"]) if site else "en"),
        )
        self.directory = Directory(self._readers)
        self.lists = Lists(self.context, self.directory)
        self.place_counts = PlaceCounts(self.context, self.lists)
        self.drafts = DraftReader(self.context)
        self.devices = DeviceList(self.context, self.directory, device)
        self.bus = Bus()

    @cached_property
    def search(self) -> Search:
        """Cases and articles by words."""
        from app.work.search import Search

        return Search(self.context)

    @cached_property
    def conflicts(self) -> Conflicts:
        """Changes of this workstation that wait for a decision."""
        from app.work.conflicts import Conflicts

        return Conflicts(self.context, self.directory)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Clocks of cases; the first list needs none."""
        from app.work.deadlines import Deadlines

        return Deadlines(self.context.zone, self.context.language)

    @cached_property
    def present(self) -> Presenter:
        """Whole cases."""
        from app.work.present import Presenter

        return Presenter(self.context, self.directory, self.deadlines)

    @cached_property
    def records(self) -> Records:
        """What the desk is set up with."""
        from app.records.reading import Records

        return Records(self.context, self.directory)

    @cached_property
    def coverings(self) -> Coverings:
        """Who speaks for which department, and who is away."""
        from app.work.covering import Coverings

        return Coverings(self.context, self.directory, self.deadlines)

    @cached_property
    def departments(self) -> Departments:
        """A department as its dedicated analyst looks at it."""
        from app.work.departments import Departments

        return Departments(self.context, self.directory, self.deadlines, self.coverings, self.lists)

    @cached_property
    def dossiers(self) -> DossierReader:
        """What is known of departments, with its versions."""
        from app.work.dossiers import DossierReader

        return DossierReader(self.context, self.directory)

    @cached_property
    def lost(self) -> LostList:
        """Work that counts nowhere now."""
        from app.work.lost import LostList

        return LostList(self.context, self.directory)

    @cached_property
    def knowledge(self) -> ArticleReader:
        """Articles."""
        from app.knowledge.reading import ArticleReader

        return ArticleReader(self.context, self.directory)

    @cached_property
    def views(self) -> ViewList:
        """Saved views."""
        from app.work.view_list import ViewList

        return ViewList(self.context)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Articles that may help in a case."""
        from app.knowledge.suggestions import Suggestions

        return Suggestions(self.context, self.search)

    @cached_property
    def missed(self) -> Missed:
        """Searches of this workstation that found nothing of use."""
        from app.knowledge.missed import Missed

        return Missed(self.context, self.search, self.profile.folder)

    @cached_property
    def new_kinds(self) -> NewKinds:
        """Which cases are of a kind nobody has seen."""
        from app.knowledge.new_kind import NewKinds

        return NewKinds(self.context, self.search)

    @property
    def me(self) -> bytes:
        """The analyst of this workstation."""
        return self.context.me

    @property
    def where(self) -> str:
        """Where the shared store is, as the person named it."""
        return str(self.card["where"])

    def _fact(self, key: str) -> Any:
        value = self._readers().value("SELECT value FROM meta WHERE key = ?", (key,))
        return None if value is None else msgpack.unpackb(value)

    def changed(self, touched: Touched) -> None:
        """This process committed something: forget what is kept in memory, tell whoever listens."""
        if touched.everything:
            self.changed_elsewhere()
            return
        self.directory.forget(set(touched.tables))
        self.bus.announce(touched)

    def changed_elsewhere(self) -> None:
        """Another process wrote to this profile, or all rows were replaced: anything may be different."""
        self.directory.forget_all()
        self.bus.tell(Changes(everything=True))

    def close(self) -> None:
        """Close every connection; the lanes must have ended."""
        self._readers.close()
