"""The three panes side by side: navigation, list, case. They resize, hide, and are remembered.

A page of its own (the administration) takes the room of list and case (ui/other_pages.py). Notices float over the
panes: a child of the splitter itself would become a pane.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.action_set import ActionSet
from ui.case_room import CaseRoom
from ui.middle_room import MiddleRoom
from ui.navigation import Navigation
from ui.other_pages import OtherPages
from ui.services import Services

SIZES: Final = (216, 632, 480)
"""Widths of navigation, list and case in a new window."""
WIDEST_NAVIGATION: Final = 288
NAVIGATION_SHARE: Final = 7
"""In a wide window the navigation has a seventh, up to what the names of places need: less cuts them for nothing."""


class Panes(QWidget):
    """Where each pane is and whether it is seen."""

    moved = Signal()
    """What `kept` says has changed."""

    def __init__(
        self, services: Services, actions: ActionSet, navigation: Navigation, middle: MiddleRoom, case: CaseRoom
    ) -> None:
        super().__init__()
        self._actions = actions
        self._arranged = False
        """Somebody gave the panes their widths, now or in an earlier session."""
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
        self.splitter.splitterMoved.connect(lambda *_: self._moved_by_hand())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.splitter, 1)
        self._column = column

    def put_above(self, widget: QWidget) -> None:
        """Something that belongs over all three."""
        self._column.insertWidget(0, widget)

    def leave_page(self) -> None:
        """Back to the room of list and case."""
        self.other_pages.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Later: the splitter has not shared out the new width yet.
        QTimer.singleShot(0, self, self._give_navigation_room)

    def _give_navigation_room(self) -> None:
        if not self._arranged and self._navigation.isVisibleTo(self.splitter):
            wanted = min(WIDEST_NAVIGATION, max(SIZES[0], self.width() // NAVIGATION_SHARE))
            navigation, middle, *others = self.splitter.sizes()
            if navigation and wanted != navigation:
                self.splitter.setSizes([wanted, middle + navigation - wanted, *others])

    def _moved_by_hand(self) -> None:
        self._arranged = True
        self.moved.emit()

    def open_case(self) -> None:
        """The pane of the case is to be seen."""
        self._set_case(True)

    def see(self, *, navigation: bool, case: bool) -> None:
        """Which of the two are seen."""
        self._set("view.navigation", self._navigation, navigation)
        self._set("view.case", self._case, case)

    def share(self, navigation: int, middle: int) -> None:
        """Navigation and list get so much room at least, from the case."""
        sizes = self.splitter.sizes()
        wide = [max(sizes[0], navigation), max(sizes[1], middle)]
        rest = max(sum(sizes[:3]) - sum(wide), self._case.minimumWidth())
        self.splitter.setSizes([*wide, rest, *sizes[3:]])

    def left_of_case(self) -> int:
        """How many pixels stand left of the case, where somebody writes; all of them where no case is seen."""
        return self._case.mapTo(self, QPoint(0, 0)).x() if self._case.isVisibleTo(self) else self.width()

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
            self._arranged = True
        for action, pane, key in (
            ("view.navigation", self._navigation, "navigation"),
            ("view.case", self._case, "case"),
        ):
            on = bool(kept.get(key, True))
            pane.setVisible(on)
            self._actions[action].setChecked(on)
