"""Looks from time to time whether pages for the halls are to be exported, and does it where nobody else does.

Which ones is a setting of the desk (app.knowledge.site_schedule). It takes place on the lane of files, because it reads
and writes the drive; whoever has set no site pays one query each time.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.services import Services

FIRST_MS: Final = 90_000
EVERY_MS: Final = 15 * 60_000


class SiteClock(QObject):
    """Begins by itself; ends with its parent."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tried: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Export what is due."""
        self._timer.start(EVERY_MS)
        if not self._services.lanes.closed:
            self._services.lanes.files.submit(self._export, failed=lambda _: None, owner=self, key="sites due")

    def _export(self) -> None:
        """On the lane. What goes wrong is said where the sites are set, and tried again."""
        from app.knowledge.site_schedule import export_due, sites

        if sites(self._services.desk.context):
            export_due(self._services.writing(), stopping=self._services.lanes.stopping.is_set, tried=self._tried)
