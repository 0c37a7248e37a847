"""A question put to the replica again and again: now, a little after what it is about changed, and by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from app.reading import ReadingDesk
from ui.services import Services

T = TypeVar("T")


class Asking(QObject):
    """Asks on the counting lane, one question at a time. GUI thread only.

    `about`: the tables whose changes raise it again; `soon`, `every`: milliseconds, the latter 0 for not by the clock.
    """

    def __init__(
        self, services: Services, key: str, ask: Callable[[ReadingDesk], T], answered: Callable[[T], object],
        parent: QObject, *, about: Sequence[str], soon: int, every: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._services, self._key, self._about = services, key, about
        self._ask: Callable[[ReadingDesk], object] = ask
        self._answered: Callable[..., object] = answered
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(soon)
        self._soon.timeout.connect(self.now)
        if every:
            clock = QTimer(self)
            clock.timeout.connect(self.now)
            clock.start(every)
        services.bell.changed.connect(self._changed)

    def now(self) -> None:
        """Ask at once."""
        self._soon.stop()
        if not self._services.lanes.closed:
            self._services.lanes.count.submit(
                self._ask, self._services.desk, done=self._answered, failed=self._services.show_error, key=self._key,
                owner=self,
            )  # fmt: skip

    def soon(self) -> None:
        """Ask in a moment; what is raised until then is answered with it."""
        if not self._soon.isActive():
            self._soon.start()

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*self._about):
            self.soon()
