"""Before the program ends: what is held back goes out, and what is ready is sent to the store.

The window is gone by then. Sending takes a moment where the drive answers; when it takes longer a small card says what
is waited for, and one need not wait. What could not be sent is said in words: it is kept on this workstation, and the
next start sends it.
"""

from __future__ import annotations

import logging
import threading
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from app.errors import UserError
from db.errors import StorageError
from ui import text
from ui.drive_news import OUTSIDE, Reach
from ui.icons import app_icon
from ui.services import Services, Writing
from ui.tokens import GAP_L, GAP_M
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

_log = logging.getLogger(__name__)

LONGEST_MS: Final = 5_000
"""How long the store is waited for."""
CARD_AFTER_MS: Final = 600
WORDS_MS: Final = 8_000
"""How long it is said what could not be sent, unless it is read before."""
WIDTH: Final = 380


class Card(QDialog):
    """A few words with one button, where the window was."""

    def __init__(self, drawing: str, tone: str, words: str, button: str) -> None:
        super().__init__()
        self.setWindowTitle("Halldesk")
        self.setWindowIcon(app_icon())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.words = PlainLabel(words)
        self.words.setWordWrap(True)
        self.words.setFixedWidth(WIDTH)
        self.end = QPushButton(button)
        self.end.setDefault(True)
        self.end.clicked.connect(self.accept)
        said = QHBoxLayout()
        said.setSpacing(GAP_M)
        said.addWidget(IconLabel(drawing, tone), 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addLayout(said)
        column.addWidget(self.end, 0, Qt.AlignmentFlag.AlignRight)


class Parting(QObject):
    """One end of the program. `left`: how many changes stay on this workstation, as far as that is known yet."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._loop = QEventLoop(self)
        self._stop = threading.Event()
        self._card: Card | None = None
        self._card_soon = QTimer(self)
        self._card_soon.setSingleShot(True)
        self._card_soon.setInterval(CARD_AFTER_MS)
        self._card_soon.timeout.connect(self._show_card)
        self._over = False
        self.left = 0
        self.why = ""

    def run(self) -> int:
        """Send what is ready and say what is not; returns `left`."""
        services = self._services
        if services.lanes.closed:
            return 0
        services.sending.send_now()
        # Behind what was just submitted, so that it is counted.
        self.left = known = services.drive.state.pending
        services.lanes.write.submit(
            _pending, services.writing, known, done=self._counted, failed=self._failed, owner=self
        )
        QTimer.singleShot(LONGEST_MS, self, self._end)
        if not self._over:
            self._loop.exec()
        self._stop.set()
        self._card_soon.stop()
        if self._card is not None:
            self._card.close()
        if self.left:
            self._tell()
        return self.left

    def _counted(self, pending: int) -> None:
        self.left = pending
        if self._over:
            return  # counting took longer than anybody waits; the lanes are closing
        reach = self._services.drive.state.reach
        if pending and reach in (Reach.OK, Reach.UNKNOWN, Reach.TROUBLE):
            self._card_soon.start()
            self._services.lanes.sync.submit(
                _publish, self._services.writing, self._stop, done=self._sent, failed=self._failed, owner=self
            )
        else:
            self.why = self._services.drive.state.problem
            self._end()

    def _failed(self, error: BaseException) -> None:
        _log.error("at the end", exc_info=error)
        self._end()

    def _sent(self, sent: tuple[int, str]) -> None:
        self.left, self.why = sent
        self._end()

    def _end(self) -> None:
        self._over = True
        self._loop.quit()

    def _show_card(self) -> None:
        self._card = Card(
            "sync", "muted", self.tr("Sending %n change(s) before Halldesk ends …", "", self.left), self.tr("End now")
        )
        self._card.finished.connect(self._end)
        self._card.show()

    def _tell(self) -> None:
        # A computer that is being switched off has nobody to read it; who is not in the desk now has been told.
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and application.isSavingSession():
            return
        if self._services.drive.state.reach in OUTSIDE:
            return
        words = self.tr(
            "%n change(s) could not be sent. They are kept on this workstation and go out with the next start.",
            "",
            self.left,
        )
        why = text.refusal(self.why) or self.tr("The drive does not answer.")
        card = Card("sync-offline", "warning", f"{why}\n\n{words}", self.tr("Close"))
        QTimer.singleShot(WORDS_MS, card, card.accept)
        card.exec()
        card.deleteLater()


def _pending(writing: Writing, known: int) -> int:
    """On the write lane. A desk nobody wrote to has what it had when the store was last looked at."""
    return known if writing.opened is None else writing.opened.replica.pending_count()


def _publish(writing: Writing, stop: threading.Event) -> tuple[int, str]:
    """On the sync lane: a round; (what is left, why)."""
    desk = writing()
    why = ""
    try:
        if not stop.is_set():
            desk.sync_round(stopping=stop.is_set)
    except (StorageError, UserError) as error:
        why = str(error)
    return desk.replica.pending_count(), why
