"""Tells who planned something that somebody else has planned otherwise since: the one whose word no longer counts.

Looked for after changes of absences, turns and agreements, and once a while after the start; each state is told once,
also over a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
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


def untold(desk: ReadingDesk) -> list[Overwritten]:
    """On a lane: what was not told yet."""
    return [one for one in OverwrittenReader(desk.context).read() if desk.drafts.read(_key(one)) != one.mark]


def name_them(desk: Desk, found: list[Overwritten]) -> Named:
    """On the sync lane: the keyring may take its time."""
    return Named([(one, who_did(desk, one)[0]) for one in found], names_of(desk.reading))


class PlanNews(QObject):
    """One for the window."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._told: set[str] = set()
        self._asking = Asking(services, "plan news", untold, self._found, self, about=_TABLES, soon=SOON_MS)

    def look(self) -> None:
        """Ask now."""
        self._asking.now()

    def _found(self, found: list[Overwritten]) -> None:
        fresh = [one for one in found if one.mark not in self._told]
        self._told |= {one.mark for one in fresh}
        if fresh:
            self._services.run(lambda desk: name_them(desk, fresh), done=self._tell, waits=True, owner=self)

    def _tell(self, named: Named) -> None:
        zone, me = self._services.zone, self._services.desk.me
        for one, who in named.found:
            self._services.keep_draft(_key(one), one.mark)
            if who == me:
                continue  # on another workstation of mine
            said = news_sentence(
                one, named.names.get(who or b"", ""), language_now(), lambda row: named.names.get(row, "?"),
                lambda at: text.moment(at, zone),
            )  # fmt: skip
            look = NoticeAction(translate("coverage", "Look"), partial(self._show, one.table))
            self._services.notices.warning(said, look)

    def _show(self, table: str) -> None:
        show = getattr(self._window, "show_page", None)
        if show is not None:
            page, section = {"shift": ("roster", "hotline"), "coverage": ("coverage", "agreements")}.get(
                table, ("coverage", "absences")
            )
            show(page, section)


def _key(one: Overwritten) -> str:
    return f"plan told:{one.row_id.hex()}"
