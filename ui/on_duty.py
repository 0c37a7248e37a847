"""Who is on duty now, at the bottom of the window: read when the window is there, each minute, and when it changes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.changes import Changes
from app.reading import ReadingDesk
from ui.services import Services
from ui.status_line import StatusLine

translate = QCoreApplication.translate

MINUTE_MS = 60_000
Names = tuple[list[str], list[str], list[str]]


def names_now(desk: ReadingDesk) -> Names:
    """Hotline, lead and backup by name, whoever is absent with a word for it; on a lane."""
    from app.work.roster import Roster

    roster = Roster(desk.context)
    found, away = roster.now(), roster.away_now()

    def name(who: bytes) -> str:
        said = desk.directory.name("analyst", who)
        return translate("roster", "{name} (away!)").format(name=said) if who in away else said

    hotline, lead, backup = ([name(who) for who in duty] for duty in (found.hotline, found.lead, found.backup))
    return hotline, lead, backup


class OnDuty(QObject):
    """Keeps the status line true."""

    def __init__(self, services: Services, line: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._line = services, line
        timer = QTimer(self)
        timer.setInterval(MINUTE_MS)
        timer.timeout.connect(self.look)
        timer.start()
        services.bell.changed.connect(self._changed)

    def look(self) -> None:
        """Ask the roster."""
        if not self._services.lanes.closed:
            self._services.lanes.read.submit(
                names_now, self._services.desk, done=self._show, failed=self._services.show_error, key="on duty"
            )

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables("shift", "analyst", "absence"):
            self.look()

    def _show(self, names: Names) -> None:
        self._line.show_on_duty(*names)
