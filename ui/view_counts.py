"""How many cases each saved view has: counted one after the other on the count lane, after the figures of the queues.

A view may be about anything, so counting it may take long on a large desk; until it is done the navigation says so, and
the figures from before stay. Where a round takes long it is done less often: a tenth of one processor at most.
"""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from app.work.case_filter import CaseFilter
from app.work.lists import Count, Lists
from ui.navigation import Navigation
from ui.places import VIEW
from ui.services import Services

TABLES: Final = ("case", "case_watcher", "case_tag", "case_read", "view", "attachment")
SOON_MS: Final = 700


class ViewCounts(QObject):
    """Keeps the figures of `navigation`'s views current."""

    def __init__(self, services: Services, navigation: Navigation, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._navigation = services, navigation
        self._waiting: list[tuple[str, CaseFilter]] = []
        self._took = 0.0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.count)
        services.bell.changed.connect(self._changed)

    @property
    def busy(self) -> bool:
        """Whether there is more to count."""
        return bool(self._waiting) or self._soon.isActive()

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*TABLES) and not self._soon.isActive():
            self._soon.start()

    def count(self) -> None:
        """Count every view, again."""
        running = bool(self._waiting)
        views = [place for place in self._navigation.places() if place.key.startswith(VIEW) and not place.note]
        self._waiting = [(place.key, place.wanted.filter) for place in views]
        self._took = 0.0
        if not running:
            self._next()

    def _next(self) -> None:
        if self._services.lanes.closed or not self._waiting:
            return
        key, wanted = self._waiting[0]
        lists = self._services.desk.lists
        self._services.lanes.count.submit(_counted, lists, key, wanted, done=self._counted)

    def _counted(self, counted: tuple[str, Count, float]) -> None:
        key, count, took = counted
        self._navigation.show_count(key, count)
        self._took += took
        self._waiting = [each for each in self._waiting if each[0] != key]
        self._soon.setInterval(max(SOON_MS, round(self._took * 10_000)))
        self._next()


def _counted(lists: Lists, key: str, wanted: CaseFilter) -> tuple[str, Count, float]:
    began = time.perf_counter()
    return key, lists.count_due(wanted), time.perf_counter() - began
