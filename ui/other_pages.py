"""Pages that are no list of cases (the administration): in the room of list and case, built when first asked for.

While one is open, list and case are hidden as they are; leaving it shows again what was shown before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ui.services import Services


def _administration(services: Services) -> QWidget:
    from ui.admin.page import AdministrationPage

    return AdministrationPage(services)


def _knowledge(services: Services) -> QWidget:
    from ui.knowledge.page import KnowledgePage

    return KnowledgePage(services)


def _supervisor(services: Services) -> QWidget:
    from ui.supervisor.page import SupervisorPage

    return SupervisorPage(services)


def _coverage(services: Services) -> QWidget:
    from ui.coverage.page import CoveragePage

    return CoveragePage(services)


def _roster(services: Services) -> QWidget:
    from ui.roster.page import RosterPage

    return RosterPage(services)


PAGES: Final[dict[str, Callable[[Services], QWidget]]] = {
    "coverage": _coverage,
    "roster": _roster,
    "knowledge": _knowledge,
    "supervisor": _supervisor,
    "administration": _administration,
}
"""By the `page` of a place (ui/places.py); each imports what it needs."""


class OtherPages(QStackedWidget):
    """The last pane of `splitter`. `room`: the panes that are hidden while a page is open."""

    cases_wanted = Signal(str, object)
    """A page asks for a list of cases: (title, row numbers)."""
    case_wanted = Signal(bytes)
    """A page asks for one case, beside the list that is shown."""
    solution_wanted = Signal(bytes, bytes)
    """What an article says is to go into a case: (case, article)."""
    page_wanted = Signal(str, str)
    """A page asks for another one: (page, section)."""

    def __init__(self, services: Services, room: Sequence[QWidget], splitter: QSplitter) -> None:
        super().__init__(splitter)
        self._services, self._room, self._splitter = services, tuple(room), splitter
        self._shown_before: list[QWidget] = []
        self._sizes_before: list[int] = []
        self._built: dict[str, QWidget] = {}
        self.is_open = False
        self.hide()

    def page(self, key: str) -> QWidget:
        """A page, built when it is first asked for. Errors: KeyError for one nobody knows."""
        if key not in self._built:
            self._built[key] = PAGES[key](self._services)
            self.addWidget(self._built[key])
            for name in ("cases_wanted", "case_wanted", "page_wanted", "solution_wanted"):
                wanted = getattr(self._built[key], name, None)
                if wanted is not None:
                    wanted.connect(getattr(self, name))
        return self._built[key]

    def open(self, key: str, section: str = "") -> None:
        """Show a page, at a section of it if one is named."""
        page = self.page(key)
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        if not self.is_open:
            self.is_open = True
            self._shown_before = [pane for pane in self._room if not pane.isHidden()]
            self._sizes_before = sizes = self._splitter.sizes()
            for pane in self._room:
                pane.hide()
            self.show()
            # What list and case had is ours now; the navigation keeps its width.
            ours = [self._splitter.indexOf(pane) for pane in self._room]
            rest = sum(sizes[number] for number in ours) or self._splitter.width()
            self._splitter.setSizes([0 if n in ours else size for n, size in enumerate(sizes[:-1])] + [rest])
        if section:
            page.open_section(section)  # type: ignore[attr-defined]

    def leave(self) -> None:
        """Show what was shown before the page."""
        if not self.is_open:
            return
        self.is_open = False
        had_focus = self.isAncestorOf(focus) if (focus := self.window().focusWidget()) is not None else False
        self.hide()
        for pane in self._shown_before:
            pane.show()
        navigation = self._splitter.sizes()[0]
        self._splitter.setSizes([navigation, *self._sizes_before[1:]])
        if had_focus and self._shown_before:
            self._shown_before[0].setFocus(Qt.FocusReason.OtherFocusReason)
