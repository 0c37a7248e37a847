"""The one honest line at the bottom: in step since when, what waits and why, what needs a person."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import text
from ui.sync_driver import Reach, SyncState
from ui.tokens import GAP_M, GAP_S, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel, PlainLabel, plain_tool_tip


class StatusLine(QWidget):
    """Shows a SyncState; at the right who works where."""

    conflicts_asked = Signal()
    """The person wants to see the changes that need them."""
    sync_asked = Signal()

    def __init__(self, zone: tzinfo, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._state = SyncState()
        self._icon = IconLabel("sync", "muted")
        self._words = ElidedLabel("", role="muted")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._needs = QPushButton()
        self._needs.setProperty("look", "danger")
        self._needs.clicked.connect(self.conflicts_asked)
        self._needs.setVisible(False)
        self._who = PlainLabel(who, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, 3, GAP_M, 3)
        row.setSpacing(GAP_S)
        row.addWidget(self._icon)
        row.addWidget(self._needs)
        row.addWidget(self._words, 1)
        row.addWidget(self._who)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._say()

    def words(self) -> str:
        """What it says now."""
        needs = self._needs.text() if self._needs.isVisibleTo(self) else ""
        return " · ".join(filter(None, (needs, self._words.text())))

    def show_who(self, who: str) -> None:
        """Show another name at the right."""
        self._who.setText(who)

    def show_state(self, state: SyncState) -> None:
        """Tell how it stands."""
        self._state = state
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def mouseReleaseEvent(self, event: object) -> None:
        self.sync_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        set_ = colours(self.palette())
        painter.fillRect(self.rect(), set_.color("window"))
        painter.fillRect(0, 0, self.width(), 1, set_.color("line"))
        painter.end()

    def _say(self) -> None:
        state = self._state
        drawing, tone, words = self._told(state)
        self._icon.show_as(drawing, tone, "")
        self._words.setText(words)
        self._words.setRole("muted" if tone in ("muted", Tone.OK) else str(tone))
        if state.problem:
            self._words.setToolTip(plain_tool_tip(state.problem))
        self._needs.setVisible(state.conflicts > 0)
        self._needs.setText(self.tr("%n change(s) need(s) you", "", state.conflicts))
        self._needs.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.words())

    def _told(self, state: SyncState) -> tuple[str, str, str]:
        waiting = self.tr("%n change(s) waiting", "", state.pending) if state.pending else ""
        if state.reach is Reach.UNKNOWN:
            return "sync", "muted", self._joined(waiting, self.tr("looking for the drive"))
        if state.reach is Reach.UNREACHABLE:
            since = text.clock(state.lost_at, self._zone) if state.lost_at is not None else ""
            return (
                "sync-offline",
                Tone.WARNING,
                self._joined(waiting, self.tr("drive not reachable since {time}").format(time=since)),
            )
        if state.reach is Reach.TROUBLE:
            return "error", Tone.DANGER, self._joined(waiting, state.problem)
        if state.pending:
            return "sync-waiting", "muted", waiting
        synced = text.clock(state.synced_at, self._zone, seconds=True) if state.synced_at is not None else ""
        return "sync-ok", "muted", self.tr("synced {time}").format(time=synced)

    @staticmethod
    def _joined(*parts: str) -> str:
        return " – ".join(filter(None, parts))
