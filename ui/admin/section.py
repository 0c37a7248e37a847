"""What every section of the administration page has: heading, one sentence, and reading on a lane when it is seen.

A section reads when it is shown, and again when one of its tables changes while it is; hidden it only remembers that
something changed. Reading also gives the role of who sits here, so that buttons follow a change of role at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.reading import ReadingDesk
from ui.services import Services
from ui.tokens import GAP_L, GAP_M
from ui.widgets.labels import PlainLabel

ROLES: Final = ("analyst", "supervisor", "administrator")
"""Ascending: who is further right may more."""


def role_of_me(desk: ReadingDesk) -> str:
    """The role of this workstation's analyst; on a lane."""
    me = desk.directory.get("analyst", desk.me)
    return me.note if me is not None and me.active else ROLES[0]


def reaches(role: str, least: str) -> bool:
    """Whether a role may what `least` may."""
    return ROLES.index(role) >= ROLES.index(least)


class SectionPage(QWidget):
    """Subclasses add to `column`, name their `tables`, and implement `reading`, `show_read` and `words`."""

    tables: ClassVar[tuple[str, ...]] = ()
    """Whose changes are news here; of the analyst's they are anyway (a role may change)."""
    lane: ClassVar[str] = "read"
    """Where it is read; "count" for what may take long."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.role = ROLES[0]
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        self.column.setSpacing(GAP_M)
        self._title, self._told = PlainLabel("", "title"), PlainLabel("", "muted")
        self._told.setWordWrap(True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._told)
        self._stale = True
        services.bell.changed.connect(self._changed)

    # -- for subclasses -----------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Any]:
        """What to read, as a function for the lane."""
        raise NotImplementedError

    def show_read(self, read: Any) -> None:
        """Show what was read; `self.role` is current."""
        raise NotImplementedError

    def words(self) -> tuple[str, str]:
        """(heading, sentence) in the language that is on; set other words here too."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Call it at the end of `__init__`; again after the language changed."""
        title, told = self.words()
        self._title.setText(title)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.setAccessibleName(title)

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read it (again)."""
        if self.services.lanes.closed:
            return
        self._stale = False
        self.services.lanes[self.lane].submit(
            _with_role, self.services.desk, self.reading(), done=self._read, key=("section", id(self))
        )

    def _read(self, read: tuple[str, Any]) -> None:
        self.role, value = read
        self.show_read(value)

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables("analyst", *self.tables):
            self._stale = True
            if self.isVisible():
                self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.read()


def _with_role(desk: ReadingDesk, read: Callable[[ReadingDesk], Any]) -> tuple[str, Any]:
    return role_of_me(desk), read(desk)
