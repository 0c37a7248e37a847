"""The room in the middle: the list of a place, or the changes that need me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.places import Place
from ui.queue_page import QueuePage
from ui.services import Services

if TYPE_CHECKING:
    from ui.conflict_page import ConflictPage


class MiddleRoom(QStackedWidget):
    """The list, and beside it the page of conflicts, made when it is first needed."""

    case_wanted = Signal(object)
    case_reached = Signal(bytes)
    """The cursor came to a card of this case on the page of conflicts."""
    settled = Signal()
    """A conflict was decided: the drive may hear of it."""
    conflicts_left = Signal()
    """The page of conflicts was left by its own key: the list is wanted again."""

    def __init__(self, services: Services, page: QueuePage) -> None:
        super().__init__()
        self._services, self._page = services, page
        self._conflicts: ConflictPage | None = None
        self.addWidget(page)
        self.setMinimumWidth(300)

    @property
    def conflicts(self) -> ConflictPage:
        """The page of changes that need me, made when it is first needed."""
        if self._conflicts is None:
            from ui.conflict_page import ConflictPage

            self._conflicts = ConflictPage(self._services)
            self._conflicts.case_asked.connect(self.case_wanted)
            self._conflicts.case_reached.connect(self.case_reached)
            self._conflicts.settled.connect(self.settled)
            self._conflicts.left.connect(self.conflicts_left)
            self.addWidget(self._conflicts)
        return self._conflicts

    @property
    def at_conflicts(self) -> bool:
        """Whether the page of conflicts stands here."""
        return self.currentWidget() is self._conflicts

    def show_list(self, place: Place | None = None) -> None:
        """The list, as it is or of another place."""
        self.setCurrentWidget(self._page)
        if place is not None:
            self._page.open(place)

    def show_conflicts(self) -> None:
        """The page of conflicts, read anew unless it stands here."""
        if not self.at_conflicts:
            self.setCurrentWidget(self.conflicts)
            self.conflicts.enter()
