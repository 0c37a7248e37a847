"""What the window looks after beside its list: whether somebody is there for what is urgent, what I am asked this
morning, and what others planned otherwise than I did. It begins a little after the start, which belongs to the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.services import Services

if TYPE_CHECKING:
    from ui.alarm_watch import AlarmWatch
    from ui.coverage.asks import MorningAsks
    from ui.tray import Notifier

AFTER_MS: Final = 20_000


class Watching(QTimer):
    """One for the window. `follow`: shows a case; `is_away`: nobody has touched the program for a while."""

    def __init__(
        self, services: Services, window: QWidget, notifier: Notifier, is_away: Callable[[], bool],
        follow: Callable[[bytes], object],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._services, self._window, self._notifier = services, window, notifier
        self._is_away, self._follow = is_away, follow
        self.alarm: AlarmWatch | None = None
        self.asks: MorningAsks | None = None
        self.setSingleShot(True)
        self.setInterval(AFTER_MS)
        self.timeout.connect(self.begin)
        self.start()

    def begin(self) -> None:
        """Begin now."""
        if self.alarm is not None or self._services.lanes.closed:
            return
        from ui.alarm_watch import AlarmWatch
        from ui.coverage.asks import MorningAsks
        from ui.coverage.plan_news import PlanNews

        self.alarm = AlarmWatch(self._services, self._is_away, self)
        self.alarm.case_wanted.connect(self._follow)
        self.alarm.told.connect(self._notifier.tell)
        self.asks = MorningAsks(self._services, self._window)
        self.asks.look()
        PlanNews(self._services, self._window).look()
