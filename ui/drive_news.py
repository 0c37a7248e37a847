"""What is known of the drive at this moment, for everybody who shows it: the status line and Drive health.

The sync driver (ui.sync_driver) writes it, nobody else. Kept apart, so that a page needs the services only.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal

LOOKS_KEPT: Final = 120


class Reach(StrEnum):
    """How it stands with the store."""

    UNKNOWN = "unknown"
    """Nobody has looked yet."""
    OK = "ok"
    UNREACHABLE = "unreachable"
    FULL = "full"
    """No room is left on it."""
    OLD = "old"
    """A newer Halldesk wrote there; this one must be updated."""
    REVOKED = "revoked"
    """This workstation was taken out of the desk."""
    COPIED = "copied"
    """Another machine works as this workstation."""
    LOCKED = "locked"
    """The database refuses the password that is kept, or wants one."""
    KEYLESS = "keyless"
    """The keyring does not hold this workstation's key."""
    STUCK = "stuck"
    """Reading ends at an entry that is damaged or gone; who has it puts it back, or an administrator gives it up."""
    TROUBLE = "trouble"
    """It answers, but something else must be put right by a person."""


OUTSIDE: Final = frozenset({Reach.REVOKED, Reach.COPIED, Reach.KEYLESS})
"""The workstation is not part of the desk now and must come back (ui.coming_back)."""


@dataclass(frozen=True)
class SyncState:
    """What the status line tells. Instants in ms UTC."""

    reach: Reach = Reach.UNKNOWN
    pending: int = 0
    conflicts: int = 0
    lost: int = 0
    """Of what the store had and has no more, how much asks for a decision of this analyst."""
    synced_at: int | None = None
    """When the store was last seen and everything was in step."""
    lost_at: int | None = None
    """Since when it does not answer."""
    problem: str = ""
    busy: bool = False
    place: str = ""
    """Where the desk moved to, while this workstation can't go along; else ""."""
    of_database: bool = False
    """Whether the store is a database and no drive: it is called so then."""
    clock_ahead_s: float = 0.0
    """How much this PC's clock is ahead of the store's; 0 unless it is worth saying."""

    @property
    def needs(self) -> int:
        """How many changes need the person."""
        return self.conflicts + self.lost


@dataclass(frozen=True)
class Look:
    """One look at the store that is over. `at` in ms UTC; `took_ms`: how long the store was asked."""

    at: int
    took_ms: float
    reach: Reach
    published: int = 0
    applied: int = 0


class DriveNews(QObject):
    """State and the last looks. GUI thread only."""

    changed = Signal(object)
    """The `SyncState`."""
    looked = Signal()
    """`looks` has one more."""
    sync_asked = Signal()
    """Somebody wants a round now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = SyncState()
        self.looks: deque[Look] = deque(maxlen=LOOKS_KEPT)
        """The newest at the end."""
        self.last_round: Look | None = None
        """The last look that moved something."""
        self.has_bell = False
        """Whether the store tells by itself when there is something new."""

    def set_state(self, state: SyncState) -> None:
        """It stands like this now."""
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def note(self, look: Look) -> None:
        """A look is over."""
        self.looks.append(look)
        if look.published or look.applied:
            self.last_round = look
        self.looked.emit()
