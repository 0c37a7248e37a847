"""The one honest line at the bottom: in step since when, what waits and why, what needs a person.

A click says more: what needs a decision opens the conflicts, everything else how the drive is. At the right stands who
else is there and who works here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import text
from ui.drive_news import OUTSIDE, Reach, SyncState
from ui.presence import PresenceBoard, PresenceButton
from ui.tokens import GAP_M, GAP_S, Tone, colours
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import ElidedLabel, PlainLabel, plain_tool_tip


class StatusLine(QWidget):
    """Shows a SyncState."""

    conflicts_asked = Signal()
    """The person wants to see the changes that need them."""
    health_asked = Signal()
    """The person wants to know more about the drive."""

    def __init__(
        self, zone: tzinfo, who: str, board: PresenceBoard | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self._state = SyncState()
        self._icon = IconLabel("sync", "muted")
        self._words = ElidedLabel("", role="muted")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._needs = QPushButton()
        self._needs.setProperty("look", "danger")
        self._needs.clicked.connect(self.conflicts_asked)
        self._needs.setCursor(Qt.CursorShape.PointingHandCursor)
        self._needs.setVisible(False)
        self.here = PresenceButton(board or PresenceBoard(self))
        self.on_duty = ElidedLabel("", role="muted")
        self.on_duty.setMaximumWidth(self.fontMetrics().averageCharWidth() * 84)
        self.on_duty.hide()
        self.work = PlainLabel("", "muted")
        self.work.hide()
        self._work = (0, 0)
        self._duties: tuple[Sequence[str], Sequence[str], Sequence[str]] = ((), (), ())
        self._who = PlainLabel(who, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, 3, GAP_M, 3)
        row.setSpacing(GAP_S)
        row.addWidget(self._icon)
        row.addWidget(self._needs)
        row.addWidget(self._words, 1)
        row.addWidget(self.work)
        row.addWidget(self.on_duty, 2)
        row.addWidget(self.here)
        row.addWidget(self._who)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._say()

    def words(self) -> str:
        """What it says now."""
        needs = self._needs.text() if self._needs.isVisibleTo(self) else ""
        return " · ".join(filter(None, (needs, self._words.text())))

    def show_who(self, who: str) -> None:
        """Show another name at the right."""
        self._who.setText(who)

    def show_on_duty(self, hotline: Sequence[str], lead: Sequence[str], backup: Sequence[str]) -> None:
        """Who is on now: on the hotline, leading, backing up; nothing where no roster says so."""
        self._duties = (hotline, lead, backup)
        said = [
            words.format(names=", ".join(names))
            for names, words in (
                (lead, self.tr("Lead: {names}")),
                (backup, self.tr("Backup: {names}")),
                (hotline, self.tr("Hotline: {names}")),
            )
            if names
        ]
        self.on_duty.setText(" · ".join(said))
        self.on_duty.setAccessibleName(self.tr("On duty now: {words}").format(words=" · ".join(said)))
        self.on_duty.setVisible(bool(said))

    def show_settling(self, done: int, total: int) -> None:
        """How far due times are being brought up to date; (0, 0): they are."""
        self._work = (done, total)
        self.work.setVisible(total > 0)
        self.work.setText(
            self.tr("Due times: {done} of {total} cases").format(done=text.number(done), total=text.number(total))
        )

    def show_state(self, state: SyncState) -> None:
        """Tell how it stands."""
        self._state = state
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.show_on_duty(*self._duties)
            self.show_settling(*self._work)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.health_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.health_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        set_ = colours(self.palette())
        painter.fillRect(self.rect(), set_.color("window"))
        painter.fillRect(0, 0, self.width(), 1, set_.color("focus" if self.hasFocus() else "line"))
        painter.end()

    def _say(self) -> None:
        state = self._state
        drawing, tone, words = self._told(state)
        self._icon.show_as(drawing, tone, "")
        self._words.setText(words)
        self._words.setRole("muted" if tone in ("muted", Tone.OK) else str(tone))
        more = self.tr("Click to see how the drive is.")
        if state.reach in OUTSIDE or state.reach is Reach.LOCKED:
            more = ""
        elif state.reach in (Reach.UNREACHABLE, Reach.TROUBLE, Reach.STUCK):
            more = self.tr("Click to see what can be done.")
        self.setToolTip(plain_tool_tip("\n".join(filter(None, (text.refusal(state.problem), more)))))
        self._needs.setVisible(state.needs > 0)
        self._needs.setText(self.tr("%n change(s) need(s) you", "", state.needs))
        self.setAccessibleName(self.words())
        self.setAccessibleDescription(" ".join(filter(None, (text.refusal(state.problem), more))))

    def _told(self, state: SyncState) -> tuple[str, str, str]:
        waiting = self.tr("%n change(s) waiting", "", state.pending) if state.pending else ""
        match state.reach:
            case Reach.UNKNOWN:
                looking = self.tr("looking for the database") if state.of_database else self.tr("looking for the drive")
                return "sync", "muted", self._joined(waiting, looking)
            case Reach.UNREACHABLE:
                since = text.clock(state.lost_at, self._zone) if state.lost_at is not None else ""
                gone = (
                    self.tr("database not reachable since {time}")
                    if state.of_database
                    else self.tr("drive not reachable since {time}")
                ).format(time=since)
                return "sync-offline", Tone.WARNING, self._joined(waiting, gone)
            case Reach.FULL:
                full = self.tr("the drive is full; have room made on it")
                return "error", Tone.DANGER, self._joined(waiting, full)
            case Reach.OLD:
                old = (
                    self.tr("update Halldesk: a newer one is in use in this database")
                    if state.of_database
                    else self.tr("update Halldesk: a newer one is in use on this drive")
                )
                return "warning", Tone.WARNING, self._joined(waiting, old)
            case Reach.REVOKED:
                revoked = self.tr("this device was revoked; click to enter again")
                return "error", Tone.DANGER, self._joined(waiting, revoked)
            case Reach.COPIED:
                copied = self.tr("nothing is sent: another machine works as this one; click to put it right")
                return "error", Tone.DANGER, self._joined(waiting, copied)
            case Reach.KEYLESS:
                keyless = self.tr("this workstation's key is missing; click to enter again")
                return "error", Tone.DANGER, self._joined(waiting, keyless)
            case Reach.LOCKED:
                locked = (
                    self.tr("the help desk moved to a database that wants a password; click to enter it")
                    if state.place
                    else self.tr("the database wants a password; click to enter it")
                )
                return "error", Tone.DANGER, self._joined(waiting, locked)
            case Reach.STUCK:
                stuck = self.tr("the shared log can't be read on, and nothing is sent; click for what to do")
                return "error", Tone.DANGER, self._joined(waiting, stuck)
            case Reach.TROUBLE:
                return "error", Tone.DANGER, self._joined(waiting, text.refusal(state.problem))
        if state.clock_ahead_s:
            return "clock", Tone.WARNING, self._joined(waiting or self._synced(state), self._clock_words(state))
        if state.pending:
            return "sync-waiting", "muted", waiting
        return "sync-ok", "muted", self._synced(state)

    def _synced(self, state: SyncState) -> str:
        at = text.clock(state.synced_at, self._zone, seconds=True) if state.synced_at is not None else ""
        return self.tr("synced {time}").format(time=at)

    def _clock_words(self, state: SyncState) -> str:
        off = text.duration(round(abs(state.clock_ahead_s) * 1000))
        if state.of_database and state.clock_ahead_s > 0:
            return self.tr("this PC's clock is {time} ahead of the server's").format(time=off)
        if state.of_database:
            return self.tr("this PC's clock is {time} behind the server's").format(time=off)
        if state.clock_ahead_s > 0:
            return self.tr("this PC's clock is {time} ahead of the drive's").format(time=off)
        return self.tr("this PC's clock is {time} behind the drive's").format(time=off)

    @staticmethod
    def _joined(*parts: str) -> str:
        return " – ".join(filter(None, parts))
