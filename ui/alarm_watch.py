"""Tells when nobody is there for an urgent case (app.work.alarm): a notice with a button to take it, and the tray.

The cases are looked for on a lane, without the drive; only where some wait are their people's workstations asked, on
the sync lane. While the drive is away nothing is asked and the rule is told so. It changes nothing until somebody
presses the button. It looks each minute, and a moment after something happened to cases or the drive came or went.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.reading import ReadingDesk
from app.texts_coverage import alarm_sentence
from app.work.alarm import Alarm, AlarmReader, Over, Sightings, Sign, Urgent, Watch
from db.presence import Doing
from ui.asking import Asking
from ui.drive_news import Reach, SyncState
from ui.notices import NoticeAction
from ui.services import Services, Writing
from ui.written import language_now

LOOK_MS: Final = 60_000
SOON_MS: Final = 1_500
MOST_AT_ONCE: Final = 3
_TABLES: Final = ("case", "coverage", "absence")
Devices = Mapping[bytes, Sequence[bytes]]


@dataclass(frozen=True)
class Found:
    """What waits, whose workstations matter, and names for what is said."""

    at: int
    cases: list[Urgent]
    devices: Devices
    names: dict[bytes, str]


def find(desk: ReadingDesk) -> Found:
    """On a lane, without the drive."""
    reader, now = AlarmReader(desk.context, desk.deadlines), desk.context.clock()
    cases = reader.urgent(now)
    people = {who for case in cases for who in (*case.asked, *case.people)}
    name = desk.directory.name
    names = {who: name("analyst", who) for who in people}
    names |= {case.department: name("department", case.department) for case in cases}
    return Found(now, cases, reader.devices(people), names)


def ask(writing: Writing, devices: Sequence[bytes]) -> dict[bytes, Doing | None]:
    """On the sync lane: what is done at these workstations. Errors: StorageError, UserError."""
    return writing().colleagues.signs(devices)


class AlarmWatch(QObject):
    """One for the window. GUI thread only. `is_away`: nobody has touched this program for a while."""

    case_wanted = Signal(bytes)
    told = Signal(bytes, str, str)
    """(case, what it is, what it says): for who looks elsewhere."""

    def __init__(self, services: Services, is_away: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._is_away = services, is_away
        self._watch = Watch(services.desk.me)
        self._sightings = Sightings(services.now())
        self._names: dict[bytes, str] = {}
        self._said: dict[bytes, str] = {}
        """The notice of each alarm that stands."""
        self._asking = Asking(services, "alarm", find, self._found, self, about=_TABLES, soon=SOON_MS, every=LOOK_MS)
        self._reach = services.drive.state.reach
        services.drive.changed.connect(self._drive_changed)

    def look(self) -> None:
        """Ask now."""
        self._asking.now()

    def _drive_changed(self, state: SyncState) -> None:
        if state.reach is not self._reach:
            self._reach = state.reach
            self._asking.soon()

    def _found(self, found: Found) -> None:
        me = self._services.desk.me
        self._names |= found.names
        others = [device for who, theirs in found.devices.items() if who != me for device in theirs]
        if not found.cases or not others:
            self._judge(found, {})
        elif self._services.drive.state.reach is not Reach.OK:
            self._judge(found, None)
        else:
            self._services.lanes.sync.submit(
                ask, self._services.writing, others, done=partial(self._judge, found),
                failed=lambda _error: self._judge(found, None), owner=self, key="alarm",
            )  # fmt: skip

    def _judge(self, found: Found, doings: Mapping[bytes, Doing | None] | None) -> None:
        signs = self._sightings.note(found.devices, doings, found.at)
        me = self._services.desk.me
        signs[me] = Sign("idle" if self._is_away() else "there", found.at)
        news, over = self._watch.step(found.cases, signs, found.at)
        for ended in over:
            self._tell_over(ended)
        for one in news[:MOST_AT_ONCE]:
            self._tell(one)
        if len(news) > MOST_AT_ONCE:
            self._tell_rest(news[MOST_AT_ONCE:])

    # -- saying -------------------------------------------------------------------------------------------------------
    def _name(self, row: bytes) -> str:
        return self._names.get(row, "?")

    def _tell(self, one: Alarm) -> None:
        case = one.case
        what = f"{case.label}  {case.title}"
        why = alarm_sentence(one, language_now(), self._name)
        said = f"{what} · {why}"
        self._said[case.case_id] = said
        self._services.notices.warning(
            said,
            NoticeAction(self.tr("Take it"), partial(self._take, one)),
            NoticeAction(self.tr("Open"), partial(self.case_wanted.emit, case.case_id)),
        )
        self.told.emit(case.case_id, self.tr("Nobody is there for an urgent case"), f"{what}\n{why}")

    def _tell_rest(self, rest: Sequence[Alarm]) -> None:
        said = self.tr("Nobody is there for %n more urgent case(s).", "", len(rest))
        for one in rest:
            self._said[one.case.case_id] = said
        first = rest[0].case.case_id
        open_it = NoticeAction(self.tr("Open the first"), partial(self.case_wanted.emit, first))
        self._services.notices.warning(said, open_it)
        self.told.emit(first, said, ", ".join(one.case.label for one in rest))

    def _tell_over(self, ended: Over) -> None:
        case = ended.alarm.case
        said = self._said.pop(case.case_id, "")
        if not said:
            return
        if said not in self._said.values():
            self._services.notices.withdraw(said)
        if ended.who is None or ended.who == self._services.desk.me:
            return
        who = self._name(ended.who)
        taken, there = self.tr("{who} has taken {case}."), self.tr("{who} is there again for {case}.")
        words = taken if ended.why == "taken" else there
        self._services.notices.info(words.format(who=who, case=f"{case.label}  {case.title}"))

    def _take(self, one: Alarm) -> None:
        case = one.case
        self._services.run(
            lambda desk: desk.cases.take_up(case.case_id, case.worker),
            done=lambda _done: self.case_wanted.emit(case.case_id),
            said=self.tr("{case} is yours").format(case=case.label), owner=self,
        )  # fmt: skip
