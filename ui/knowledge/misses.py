"""Notices when somebody searched, stopped typing, and found nothing of use (app.knowledge.missed).

Half-typed words are nobody's question: only what stands for two seconds, or is left with Return, is looked at, on the
count lane. One watch belongs to one field.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.services import Services

RESTS_MS: Final = 2_000


class MissWatch(QObject):
    """`cases`: cases count as found, too."""

    def __init__(self, services: Services, parent: QObject, *, cases: bool = False) -> None:
        super().__init__(parent)
        self._services, self._cases, self._words, self._noted = services, cases, "", ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(RESTS_MS)
        self.timer.timeout.connect(self.settle)

    def looked(self, words: str) -> None:
        """This is being searched for."""
        self._words = words.strip()
        if self._words:
            self.timer.start()
        else:
            self.timer.stop()

    def settle(self) -> None:
        """That is what was meant: note it if it found nothing. Twice the same counts once."""
        self.timer.stop()
        lanes = self._services.lanes
        if self._words and self._words != self._noted and not lanes.closed:
            self._noted = self._words
            lanes.count.submit(self._services.desk.missed.note, self._words, cases=self._cases)
