"""Due times of all open cases after hours or targets were changed, here or by an entry of somebody else.

It takes seconds on a large desk, so it is done on a lane of its own, in parts between which everybody who saves gets
their turn (app/desk.py: settle_with). How far it is stands in the status line; at the end it is said how many cases
have other due times now. When the program ends in the middle, the mark in the replica stays, and the next round with
the store goes on from the beginning.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, Signal

from ui.services import Services

if TYPE_CHECKING:
    from app.desk import Desk

TELL_S: Final = 0.3
BREATH_S: Final = 0.015


class _Stopped(Exception):
    """The program ends."""


class Settling(QObject):
    """Lives as long as the window."""

    progressed = Signal(int, int)
    """(cases done, cases in all); (0, 0) when it is over."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._under_way = self._again = False
        services.writing.on_open = lambda desk: desk.settle_with(self._ask)
        if services.writing.opened is not None:
            services.writing.opened.settle_with(self._ask)

    def _ask(self) -> None:
        """From any thread."""
        self._services.lanes.to_gui(self._begin)

    def _begin(self) -> None:
        lanes = self._services.lanes
        if lanes.closed or not shiboken6.isValid(self):
            return
        if self._under_way:
            self._again = True  # hours changed once more: what was done before counts no longer
            return
        self._under_way = True
        lanes.clocks.submit(lambda: self._settle(self._services.writing()), done=self._settled, failed=self._failed)

    def _settle(self, desk: Desk) -> int:
        """On its lane."""
        lanes, told = self._services.lanes, time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal told
            if lanes.stopping.is_set():
                raise _Stopped
            if time.monotonic() - told > TELL_S:
                told = time.monotonic()
                lanes.to_gui(self._tell, done, total)
            lanes.give_way()
            time.sleep(BREATH_S)  # for the window's thread, which needs the interpreter as well

        try:
            return desk.replica.settle_due_times(progress)
        except _Stopped:
            return 0

    def _tell(self, done: int, total: int) -> None:
        if shiboken6.isValid(self) and self._under_way:
            self.progressed.emit(done, total)

    def _settled(self, cases: int) -> None:
        self._over()
        if cases:
            self._services.notices.done(self.tr("%n open case(s) have other due times now", "", cases))

    def _failed(self, error: BaseException) -> None:
        self._over()
        self._services.show_error(error)

    def _over(self) -> None:
        self.progressed.emit(0, 0)
        self._under_way = False
        if self._again:
            self._again = False
            self._begin()
