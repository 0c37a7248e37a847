"""What the page of coverage shows, read on a lane."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.reading import ReadingDesk
from app.work.absence_calendar import Calendar, CalendarReader
from app.work.coverage import Cover
from app.work.coverage_checks import Finding
from app.work.covering import Ask, Away, Now

TABLES = ("coverage", "absence", "acknowledgement", "analyst", "department", "shift", "handover", "site_setting")


@dataclass(frozen=True)
class Shown:
    """All but the calendar. `names`: by id, whatever it is of; `may_call_sick`: whom I may report; `agreements`: those
    of now and to come, and those that ended, the newest first; `queues`, `people`: to choose from."""

    me: bytes
    boss: bool
    zone: str
    today: str
    nows: list[Now] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    agreements: tuple[Cover, ...] = ()
    names: dict[bytes, str] = field(default_factory=dict)
    phones: dict[bytes, str] = field(default_factory=dict)
    may_call_sick: list[bytes] = field(default_factory=list)

    def name(self, row: bytes | str | None) -> str:
        """What an id is called."""
        return self.names.get(row, "") if isinstance(row, bytes) else row or ""

    def cover(self, cover_id: bytes | None) -> Cover | None:
        """An agreement."""
        return next((one for one in self.agreements if one.id == cover_id), None)

    def absence(self, absence_id: bytes | None) -> Away | None:
        """An absence of now or to come."""
        return next((one for one in self.away if one.spell.id == absence_id), None)


def names_of(desk: ReadingDesk) -> dict[bytes, str]:
    """Of analysts, departments, products and queues."""
    names: dict[bytes, str] = {}
    for kind in ("analyst", "department", "product", "queue"):
        names |= {one.id: one.name for one in desk.directory.all(kind, inactive=True)}
    return names


def read(desk: ReadingDesk) -> Shown:
    """On the read lane."""
    nows = desk.coverings.nows()
    boss = desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,)) != "analyst"
    together = {who for now in nows if desk.me in now.cover.people for who in now.cover.people}
    people = [one.id for one in desk.directory.all("analyst")]
    phones = {row[0]: row[1] for row in desk.context.reader.all("SELECT id, phone FROM analyst WHERE phone <> ''")}
    return Shown(
        desk.me, boss, desk.context.zone, desk.coverings.today(), nows, desk.coverings.findings(),
        desk.coverings.absences(past=True), desk.coverings.asks(), desk.coverings.history(), names_of(desk), phones,
        [who for who in people if who != desk.me and (boss or who in together)],
    )  # fmt: skip


def read_calendar(desk: ReadingDesk, first: str, last: str) -> Calendar:
    """On the read lane."""
    return CalendarReader(desk.context, desk.directory, desk.deadlines).read(first, last)
