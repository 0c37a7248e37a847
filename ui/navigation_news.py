"""Keeps the navigation true: which places there are, and how many cases lie in each.

Counting is asked for when something was changed and once a minute (what is due changes by itself), on its own lane.
Where it takes long it is done less often.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from app.work.place_counts import Counts, PlaceCounts
from ui.navigation import Navigation
from ui.places import gather
from ui.services import Services

if TYPE_CHECKING:
    from ui.view_counts import ViewCounts

COUNT_MS: Final = 500
CLOCK_MS: Final = 60_000
PLACE_TABLES: Final = ("view", "queue", "analyst", "department", "coverage", "absence", "handover")
COUNT_TABLES: Final = ("case", "case_watcher")


class NavigationNews(QObject):
    """Places and counts, read anew when they may have changed."""

    def __init__(self, services: Services, navigation: Navigation, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._navigation = services, navigation
        self._view_counts: ViewCounts | None = None
        self.count_soon = QTimer(self)
        self.count_soon.setSingleShot(True)
        self.count_soon.setInterval(COUNT_MS)
        self.count_soon.timeout.connect(self._count)
        clock = QTimer(self)
        clock.setInterval(CLOCK_MS)
        clock.timeout.connect(self.count_soon.start)
        clock.start()

    def refresh(self, changes: Changes) -> None:
        """Something was changed, here or elsewhere."""
        if changes.concern_tables(*COUNT_TABLES) and not self.count_soon.isActive():
            self.count_soon.start()
        if changes.concern_tables(*PLACE_TABLES):
            lanes = self._services.lanes
            lanes.count.submit(gather, self._services.desk, done=self._navigation.show_known, key="places")

    def _count(self) -> None:
        if self._services.lanes.closed:
            return
        counts, now = self._services.desk.place_counts, self._services.now()
        self._services.lanes.count.submit(_counted, counts, now, done=self._show_counts, key="counts")

    def _show_counts(self, counted: tuple[Counts, float]) -> None:
        counts, seconds = counted
        self._navigation.show_counts(counts)
        if self._view_counts is None:
            from ui.view_counts import ViewCounts

            self._view_counts = ViewCounts(self._services, self._navigation, self)
        self._view_counts.count()
        # Where counting takes long it is done less often: a tenth of one processor at most.
        self.count_soon.setInterval(max(COUNT_MS, round(seconds * 10_000)))


def _counted(counts: PlaceCounts, now: int) -> tuple[Counts, float]:
    began = time.perf_counter()
    return counts.at(now), time.perf_counter() - began
