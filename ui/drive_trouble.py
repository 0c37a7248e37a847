"""On top of Drive health where something is wrong: what happened, that work is safe, what to do, the button for it."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import text
from ui.drive_news import OUTSIDE, Reach, SyncState
from ui.tokens import GAP_M, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

_ELSEWHERE = (Reach.UNREACHABLE, Reach.LOCKED)


class DriveTrouble(QWidget):
    """Hidden while all is well."""

    elsewhere_asked = Signal()
    """The place has another name, or wants a password."""
    back_asked = Signal()
    """This workstation is outside and wants to come back."""

    giving_up_asked = Signal()
    """An administrator wants the log to go on without what is damaged or gone."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._reach = Reach.OK
        self._icon = IconLabel("warning", Tone.WARNING, 24)
        self.words = PlainLabel("")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GAP_M)
        row.setSpacing(GAP_M)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_state(self, state: SyncState, administers: bool = False) -> None:
        """Tell what is wrong, or hide. `administers`: the person may give up what nobody has."""
        self._reach = state.reach
        words = self._told(state)
        self.setVisible(bool(words))
        self.words.setText(words)
        self.setAccessibleName(words)
        is_mild = state.reach in (Reach.UNREACHABLE, Reach.OLD)
        self._icon.show_as("warning" if is_mild else "error", Tone.WARNING if is_mild else Tone.DANGER)
        may_give_up = state.reach is Reach.STUCK and administers
        self.button.setVisible(state.reach in OUTSIDE or state.reach in _ELSEWHERE or may_give_up)
        if state.reach in OUTSIDE:
            self.button.setText(self.tr("Put it right…"))
        elif may_give_up:
            self.button.setText(self.tr("Give it up…"))
        elif state.reach is Reach.LOCKED:
            self.button.setText(self.tr("Enter the password…"))
        else:
            self.button.setText(self.tr("It is elsewhere now…"))

    def _told(self, state: SyncState) -> str:
        match state.reach:
            case Reach.UNREACHABLE:
                since = text.clock(state.lost_at, self._zone) if state.lost_at is not None else ""
                if state.of_database:
                    return self.tr(
                        "The database does not answer since {time}. You can work on: everything is kept here and sent "
                        "when it is back. Check the network (VPN); if the database is elsewhere now, say where."
                    ).format(time=since)
                return self.tr(
                    "The share does not answer since {time}. You can work on: everything is kept here and sent when it "
                    "is back. Check the network (VPN); if the share is elsewhere now, say where."
                ).format(time=since)
            case Reach.LOCKED if state.place:
                return self.tr(
                    "The help desk moved to a database that wants a password. You can work on: everything is kept here "
                    "and sent then."
                )
            case Reach.LOCKED:
                return self.tr(
                    "The database does not take the password that is kept here. You can work on: everything is kept "
                    "here and sent then."
                )
            case Reach.FULL:
                return self.tr(
                    "There is no room left at the shared place. You can work on: everything is kept here and sent when "
                    "room was made there."
                )
            case Reach.OLD:
                return self.tr(
                    "A newer Halldesk is in use at this help desk. You can work on: everything is kept here and sent "
                    "when Halldesk was updated on this PC."
                )
            case Reach.REVOKED:
                return self.tr(
                    "This workstation was revoked. What it holds can be read, and what was not sent is kept."
                )
            case Reach.COPIED:
                return self.tr(
                    "Another machine works as this workstation. What others do is shown here, and nothing is sent "
                    "until you decide."
                )
            case Reach.KEYLESS:
                return self.tr(
                    "This workstation's key is missing. You can work on; nothing is sent or read until then."
                )
            case Reach.TROUBLE | Reach.STUCK:
                return text.refusal(state.problem)
        return ""

    def _ask(self) -> None:
        if self._reach in OUTSIDE:
            self.back_asked.emit()
        elif self._reach is Reach.STUCK:
            self.giving_up_asked.emit()
        else:
            self.elsewhere_asked.emit()
