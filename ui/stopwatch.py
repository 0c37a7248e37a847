"""The stopwatch of time spent: one for the whole window (`Services.stopwatch`), for one case at a time.

It runs on while other cases are looked at; started in another case, what it measured so far is noted in the first. What
is kept of it, and what counts after a crash, is the business of app.work.stopwatch.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.work.notes import NoteDraft
from app.work.stopwatch import KEY, Running, begin, left_running, note_down
from ui import text

if TYPE_CHECKING:
    from ui.services import Services

TICK_MS: Final = 1000
SEEN_MS: Final = 60_000
"""So often it is written down that it still runs: what a crash can cost."""


class Stopwatch(QObject):
    """GUI thread only."""

    changed = Signal()
    """Started, stopped, corrected, or another second has gone by."""
    noted = Signal(bytes, object)
    """A case that is not on show got these minutes: its id and its draft (`NoteDraft`)."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.running: Running | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._ticked)
        stop = services.unsaved.register(self._unsaved)
        self.destroyed.connect(lambda: stop())

    def runs_in(self, case_id: bytes | None) -> bool:
        """Whether it runs for this case."""
        return self.running is not None and self.running.case_id == case_id

    @property
    def minutes(self) -> int:
        """What would be booked now."""
        return self.running.minutes(self._services.now()) if self.running is not None else 0

    @property
    def words(self) -> str:
        """How long it has run, like 3:07."""
        seconds = self.running.elapsed(self._services.now()) // 1000 if self.running is not None else 0
        return f"{seconds // 60}:{seconds % 60:02d}"

    def start(self, case_id: bytes, label: str, minutes: int) -> None:
        """It runs for this case, on from what is noted already."""
        self.note_down()
        self.running = begin(case_id, label, minutes, self._services.now())
        self._keep()
        self._tick.start()
        self.changed.emit()

    def correct(self, minutes: int) -> None:
        """It goes on from so many minutes."""
        if self.running is not None:
            self.running = self.running.corrected(minutes, self._services.now())
            self._keep()

    def stop(self) -> int:
        """It has done its work; the minutes are the caller's to keep."""
        minutes = self.minutes
        if self.running is not None:
            self._end()
            self._services.keep_draft(KEY, "")
        return minutes

    def note_down(self) -> None:
        """It stops, and its minutes stand in the draft of its case."""
        if self.running is not None:
            running = self.running
            self._end()
            self._note(running, self._services.now())

    def resume(self) -> None:
        """A program that ended left it running: note what is certain."""
        self._services.lanes.read.submit(left_running, self._services.desk.drafts, done=self._found_running, owner=self)

    def _found_running(self, left: Running | None) -> None:
        if left is None or self.running is not None:
            return
        self._note(left, left.seen)
        said = self.tr("The stopwatch of case {case} ended with Halldesk; {time} are noted there, to be corrected.")
        self._services.notices.info(said.format(case=left.label, time=text.minutes(left.minutes(left.seen))))

    def _note(self, running: Running, until: int) -> None:
        self._services.lanes.write.submit(
            lambda: note_down(self._services.writing().drafts, running, until),
            done=partial(self._noted, running.case_id), owner=self,
        )  # fmt: skip

    def _noted(self, case_id: bytes, note: NoteDraft) -> None:
        self.noted.emit(case_id, note)

    def _end(self) -> None:
        self.running = None
        self._tick.stop()
        self.changed.emit()

    def _ticked(self) -> None:
        if self.running is not None and self._services.now() - self.running.seen >= SEEN_MS:
            self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        for key, kept in self._unsaved().items():
            self._services.keep_draft(key, kept)

    def _unsaved(self) -> dict[str, str]:
        if self.running is None:
            return {}
        self.running = self.running.seen_at(self._services.now())
        return {KEY: self.running.encode()}
