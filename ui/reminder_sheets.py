"""Coming back to a case: a reminder, and putting it out of sight until then. `ReminderWatch` tells when it is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.changes import Changes
from app.times import HOUR_MS
from app.work.following import Due, Reminders
from ui.next_step import WhenButton
from ui.notices import NoticeAction
from ui.services import Services
from ui.sheets import Sheet

if TYPE_CHECKING:
    from app.desk import Desk

LOOK_MS: Final = 30_000


class RemindSheet(Sheet):
    """Come back to it then."""

    drawing = "bell"

    def build(self) -> None:
        self.name(self.tr("Remind me"), self.tr("Remind me"))
        self.when = WhenButton(self.services)
        self.when.set_value(None, self.services.now())
        self.when.chosen.connect(lambda _: self.look())
        self.what = QLineEdit()
        self.what.setPlaceholderText(self.tr("Of what (optional)"))
        self.what.setAccessibleName(self.tr("Of what (optional)"))
        self._texts.append(self.what)
        self.add_row(self.what, self.when)

    def verb(self) -> Callable[[Desk], object] | None:
        at, text = self.when.value(), self.what.text().strip()
        return None if at is None else (lambda desk: desk.following.remind(self.case_id, at, text))

    def said(self) -> str:
        return self.tr("You will be reminded")


class SnoozeSheet(RemindSheet):
    """Out of my lists until then."""

    drawing = "moon"

    def build(self) -> None:
        super().build()
        self.name(self.tr("Put off until later"), self.tr("Put off"))

    def verb(self) -> Callable[[Desk], object] | None:
        at, text = self.when.value(), self.what.text().strip()
        return None if at is None else (lambda desk: desk.following.snooze(self.case_id, at, text))

    def said(self) -> str:
        return self.tr("Put off; it comes back by itself")


class ReminderWatch(QObject):
    """Looks for reminders that are due and says so, one at a time; each once while the window is open."""

    case_wanted = Signal(bytes)
    told = Signal(bytes, str, str)
    """(case, what it is, what it says): for who looks elsewhere."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._reminders = Reminders(services.desk.context)
        self._told: set[tuple[bytes, int]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        services.bell.changed.connect(self._changed)

    def look(self) -> None:
        """Ask now, unless the program is ending: the timer runs until the window is gone, the lanes do not."""
        if self._services.lanes.closed:
            return
        now = self._services.now()
        self._services.lanes.read.submit(self._reminders.mine, now, done=self._tell, owner=self, key="reminders")

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables("reminder"):
            self.look()

    def _tell(self, found: list[Due]) -> None:
        for due in found:
            if (due.id, due.at) not in self._told:
                self._told.add((due.id, due.at))
                said = " · ".join(filter(None, (f"{due.label}  {due.title}", due.text)))
                self.told.emit(due.case_id, self.tr("Reminder"), said)
                self._services.notices.info(
                    self.tr("Reminder: {what}").format(what=said),
                    NoticeAction(self.tr("Open"), lambda due=due: self._open(due)),  # type: ignore[misc]
                    NoticeAction(self.tr("In an hour"), lambda due=due: self._later(due)),  # type: ignore[misc]
                )

    def _open(self, due: Due) -> None:
        self.case_wanted.emit(due.case_id)
        self._services.run(lambda desk: desk.following.done(due.id))

    def _later(self, due: Due) -> None:
        at = self._services.now() + HOUR_MS
        self._services.run(lambda desk: desk.following.again(due.id, at))
