"""The roster's page: the hotline, the organisation chart, who knows what, a day without somebody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.admin.page import AdministrationPage
from ui.roster.sections import SECTIONS
from ui.services import Services


class RosterPage(AdministrationPage):
    """Its sections lead to cases, to each other and to other pages."""

    cases_wanted = Signal(str, object)
    """(title, `CaseList` or row numbers)."""
    page_wanted = Signal(str, str)
    """(page, section)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, SECTIONS, parent)

    def section(self, key: str) -> QWidget:
        fresh = key not in self._built
        made = super().section(key)
        if fresh:
            for name in ("cases_wanted", "page_wanted"):
                wanted = getattr(made, name, None)
                if wanted is not None:
                    wanted.connect(getattr(self, name))
            turn_wanted = getattr(made, "turn_wanted", None)
            if turn_wanted is not None:
                turn_wanted.connect(self.show_turn)
            rehearsal_wanted = getattr(made, "rehearsal_wanted", None)
            if rehearsal_wanted is not None:
                rehearsal_wanted.connect(self.rehearse)
        return made

    def rehearse(self, who: bytes) -> None:
        """A day without this person."""
        from ui.roster.rehearsal import RehearsalSection

        rehearsal = self.section("rehearsal")
        if isinstance(rehearsal, RehearsalSection) and self.open_section("rehearsal"):
            rehearsal.rehearse(who)
            rehearsal.setFocus()

    def show_turn(self, turn: object) -> None:
        """A turn of the roster, in its week."""
        from app.work.roster import Turn
        from ui.roster.hotline import HotlineSection

        hotline = self.section("hotline")
        if isinstance(turn, Turn) and isinstance(hotline, HotlineSection) and self.open_section("hotline"):
            hotline.go_to(turn)
            hotline.setFocus()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Roster"))
        self.list.setAccessibleName(self.tr("Sections of the roster"))
