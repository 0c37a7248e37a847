"""Tells who planned something that somebody else has planned otherwise since: the one whose word no longer counts.

Looked for after changes of absences, turns and agreements, and once a while after the start. Whoever it happened to
learns it by a notice that stays and by a row of the Coverage page, until he says that he has seen it: a notice that is
closed without a word is shown again after the next start, the row stays all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.reading import ReadingDesk
from app.texts_coverage import news_sentence
from app.work.overwritten import Overwritten, OverwrittenReader, who_did
from ui import text
from ui.asking import Asking
from ui.coverage.reading import names_of
from ui.coverage.words import translate
from ui.notices import NoticeAction
from ui.services import Services
from ui.written import language_now

if TYPE_CHECKING:
    from app.desk import Desk

SOON_MS: Final = 2_000
_TABLES: Final = ("absence", "shift", "coverage")


@dataclass(frozen=True)
class Named:
    """What was found, with names, and who did it."""

    found: list[tuple[Overwritten, bytes | None]]
    names: dict[bytes, str]


def unseen(desk: ReadingDesk) -> list[Overwritten]:
    """On a lane: what nobody here has said to have seen."""
    return [one for one in OverwrittenReader(desk.context).read() if desk.drafts.read(one.key) != one.mark]


def name_them(desk: Desk, found: list[Overwritten]) -> Named:
    """On the sync lane: the keyring may take its time."""
    return Named([(one, who_did(desk, one)[0]) for one in found], names_of(desk.reading))


class Unseen(QObject):
    """What was planned otherwise and not seen yet; one for all who show it."""

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._named = Named([], {})
        self._asking = Asking(services, "plan news", unseen, self._found, self, about=_TABLES, soon=SOON_MS)

    def look(self) -> None:
        """Ask now."""
        self._asking.now()

    @property
    def news(self) -> list[Overwritten]:
        """All of it, the latest first."""
        return [one for one, _who in self._named.found]

    def said(self, one: Overwritten) -> str:
        """In one sentence: who, and how it stands now."""
        zone, names = self._services.zone, self._named.names
        who = next((by for other, by in self._named.found if other is one), None)
        return news_sentence(
            one, names.get(who or b"", ""), language_now(), lambda row: names.get(row, "?"),
            lambda at: text.moment(at, zone),
        )  # fmt: skip

    def seen(self, one: Overwritten) -> None:
        """It need not be told any more."""
        self._services.keep_draft(one.key, one.mark)
        self._show(Named([pair for pair in self._named.found if pair[0].mark != one.mark], self._named.names))

    def _found(self, found: list[Overwritten]) -> None:
        marks = {one.mark for one in found}
        if marks == {one.mark for one in self.news}:
            return
        if marks:
            self._services.run(lambda desk: name_them(desk, found), done=self._show, waits=True, owner=self)
        else:
            self._show(Named([], {}))

    def _show(self, named: Named) -> None:
        me = self._services.desk.me
        for one, who in named.found:
            if who == me:  # on another workstation of mine
                self._services.keep_draft(one.key, one.mark)
        self._named = Named([pair for pair in named.found if pair[1] != me], named.names)
        self.changed.emit()


class PlanNews(QObject):
    """The notices of a window."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window, self._unseen = services, window, services.unseen
        self._told: dict[str, str] = {}
        """Mark -> the words of its notice."""
        self._unseen.changed.connect(self._tell)

    def look(self) -> None:
        """Ask now."""
        self._unseen.look()

    def _tell(self) -> None:
        news = {one.mark: one for one in self._unseen.news}
        for mark in [mark for mark in self._told if mark not in news]:
            self._services.notices.withdraw(self._told.pop(mark))
        for mark, one in news.items():
            if mark not in self._told:
                said = self._told[mark] = self._unseen.said(one)
                look = NoticeAction(translate("coverage", "Look"), partial(show_plan, self._window, one.table))
                seen = NoticeAction(translate("coverage", "I have seen it"), partial(self._unseen.seen, one))
                self._services.notices.warning(said, look, seen)


def show_plan(window: QWidget, table: str) -> None:
    """The page on which such a plan stands."""
    show = getattr(window, "show_page", None)
    if show is not None:
        page, section = {"shift": ("roster", "hotline"), "coverage": ("coverage", "agreements")}.get(
            table, ("coverage", "absences")
        )
        show(page, section)
