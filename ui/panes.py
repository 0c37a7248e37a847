"""The three panes side by side: navigation, list, case. They resize, hide, and are remembered.

A page of its own (the administration) takes the room of list and case (ui/other_pages.py). Notices float over the
panes: a child of the splitter itself would become a pane.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.action_set import ActionSet
from ui.case_room import CaseRoom
from ui.middle_room import MiddleRoom
from ui.navigation import Navigation
from ui.other_pages import OtherPages
from ui.services import Services

SIZES: Final = (208, 640, 480)
"""Widths of navigation, list and case in a new window."""


class Panes(QWidget):
    """Where each pane is and whether it is seen."""

    moved = Signal()
    """What `kept` says has changed."""

    def __init__(
        self, services: Services, actions: ActionSet, navigation: Navigation, middle: MiddleRoom, case: CaseRoom
    ) -> None:
        super().__init__()
        self._actions = actions
        self._navigation, self._case = navigation, case
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for number, pane in enumerate((navigation, middle, case)):
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(number, (0, 3, 2)[number])
        self.other_pages = OtherPages(services, (middle, case), self.splitter)
        self.splitter.setStretchFactor(len(SIZES), 5)
        self.splitter.setSizes([*SIZES, 0])
        self.splitter.splitterMoved.connect(lambda *_: self.moved.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def leave_page(self) -> None:
        """Back to the room of list and case."""
        self.other_pages.leave()

    def open_case(self) -> None:
        """The pane of the case is to be seen."""
        self._set_case(True)

    def toggle_navigation(self) -> None:
        """Hide the navigation, or show it."""
        self._set("view.navigation", self._navigation, not self._navigation.isVisibleTo(self.splitter))

    def toggle_case(self) -> None:
        """Hide the case, or show the one under the cursor."""
        self._set_case(not self._case.isVisibleTo(self.splitter))
        if self._case.isVisible():
            self._case.show_pending()

    def _set_case(self, on: bool) -> None:
        self.leave_page()
        self._set("view.case", self._case, on)

    def _set(self, action: str, pane: QWidget, on: bool) -> None:
        pane.setVisible(on)
        self._actions[action].setChecked(on)
        self.moved.emit()

    def kept(self) -> dict[str, object]:
        """How the panes stand, for the settings: {"sizes": [int] * 3, "navigation": bool, "case": bool}."""
        return {
            "sizes": self.splitter.sizes()[: len(SIZES)],
            "navigation": self._navigation.isVisibleTo(self.splitter),
            "case": self._case.isVisibleTo(self.splitter),
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """As `kept` said; what is missing or makes no sense is as in a new window."""
        sizes = kept.get("sizes")
        if isinstance(sizes, list) and len(sizes) == len(SIZES) and all(isinstance(size, int) for size in sizes):
            self.splitter.setSizes([*sizes, 0])
        for action, pane, key in (
            ("view.navigation", self._navigation, "navigation"),
            ("view.case", self._case, "case"),
        ):
            on = bool(kept.get(key, True))
            pane.setVisible(on)
            self._actions[action].setChecked(on)
