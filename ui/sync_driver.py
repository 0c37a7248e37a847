"""Keeps the replica and the shared store together while the window is open, and says truthfully how that goes.

Every second while somebody works (every five when the window is in the background) the sync lane looks whether there is
anything to do and, if so, makes one round. Own changes ask for a round at once. While the drive does not answer, the
looks become rarer, up to once a minute; "Synchronise now" and coming back to the window ask at once again.

The same look notices when another process wrote to this profile (the command line on the same machine).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from app.errors import UserError
from db.errors import StorageError, StoreUnreachable
from ui.services import Services, Writing

ACTIVE_MS: Final = 1_000
IDLE_MS: Final = 5_000
SOON_MS: Final = 60
BACK_OFF_MS: Final = (2_000, 5_000, 10_000, 20_000, 40_000, 60_000)


class Reach(StrEnum):
    """How it stands with the store."""

    UNKNOWN = "unknown"
    """Nobody has looked yet."""
    OK = "ok"
    UNREACHABLE = "unreachable"
    TROUBLE = "trouble"
    """It answers, but something must be put right by a person."""


@dataclass(frozen=True)
class SyncState:
    """What the status line tells. Instants in ms UTC."""

    reach: Reach = Reach.UNKNOWN
    pending: int = 0
    conflicts: int = 0
    synced_at: int | None = None
    """When the store was last seen and everything was in step."""
    lost_at: int | None = None
    """Since when it does not answer."""
    problem: str = ""
    busy: bool = False


@dataclass(frozen=True)
class _Seen:
    """What one look on the lane found."""

    reach: Reach
    pending: int
    conflicts: int
    new_conflicts: int = 0
    refused: tuple[str, ...] = ()
    problem: str = ""
    elsewhere: int = 0


class SyncDriver(QObject):
    """Owns the timer and the state. Starts with `start()`."""

    changed = Signal(object)
    """The `SyncState`."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = SyncState()
        self._failures = 0
        self._again = False
        self._elsewhere = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        services.bell.changed.connect(self._on_change)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._focus_changed)

    @property
    def state(self) -> SyncState:
        """How it stands now."""
        return self._state

    def start(self, after_ms: int = SOON_MS) -> None:
        """Begin to look."""
        self._timer.start(after_ms)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._services.bell.changed.disconnect(self._on_change)

    def sync_now(self) -> None:
        """Make a round as soon as the lane is free."""
        self._failures = 0
        if self._state.busy:
            self._again = True
        else:
            self._timer.start(0)

    def _on_change(self, changes: Changes) -> None:
        # What arrived by a round rings the bell as well; then there is nothing to publish and the look costs a query.
        if changes.tables == {"case_read"}:
            return
        if self._state.busy:
            self._again = True
        elif self._state.reach is not Reach.UNREACHABLE and self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS)

    def _focus_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.sync_now()

    def _look(self) -> None:
        if self._services.lanes.closed or self._state.busy:
            return
        self._set(replace(self._state, busy=True))
        self._services.lanes.sync.submit(
            look, self._services.writing, self._elsewhere, self._services.lanes.stopping.is_set,
            done=self._seen, failed=self._failed,
        )  # fmt: skip

    def _seen(self, seen: _Seen) -> None:
        before, now = self._state, self._services.now()
        self._elsewhere = seen.elsewhere
        if seen.reach is Reach.OK:
            self._failures = 0
            state = replace(before, reach=Reach.OK, synced_at=now, lost_at=None, problem="")
        else:
            self._failures += 1
            lost = before.lost_at or before.synced_at or now
            state = replace(before, reach=seen.reach, lost_at=lost, problem=seen.problem)
            if seen.reach is Reach.TROUBLE and seen.problem != before.problem:
                self._services.notices.error(seen.problem)
        if seen.new_conflicts:
            self._services.notices.warning(
                self.tr("%n change(s) could not be kept as you made them. See “Changes that need me”.", "",
                        seen.new_conflicts)
            )  # fmt: skip
        self._set(replace(state, pending=seen.pending, conflicts=seen.conflicts, busy=False))
        self._plan()

    def _failed(self, error: BaseException) -> None:
        self._set(replace(self._state, busy=False, reach=Reach.TROUBLE, problem=str(error)))
        self._failures += 1
        self._plan()
        self._services.show_error(error)

    def _plan(self) -> None:
        if self._again:
            self._again = False
            wait = SOON_MS
        elif self._failures:
            wait = BACK_OFF_MS[min(self._failures, len(BACK_OFF_MS)) - 1]
        else:
            active = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive
            wait = ACTIVE_MS if active else IDLE_MS
        if not self._services.lanes.closed:
            self._timer.start(wait)

    def _set(self, state: SyncState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def look(writing: Writing, elsewhere: int, stopping: Callable[[], bool]) -> _Seen:
    """One look, on the sync lane: another process's work, news, a round. Errors other than the store's travel on."""
    desk = writing()
    version = desk.replica.others_wrote()
    if elsewhere and version != elsewhere:
        desk.reading.changed_elsewhere()
    reach, problem, new_conflicts = Reach.OK, "", 0
    try:
        if not stopping() and desk.has_news():
            new_conflicts = desk.sync_round().new_conflicts
        if not stopping():
            desk.tend()
    except StoreUnreachable as error:
        reach, problem = Reach.UNREACHABLE, str(error)
    except (StorageError, UserError) as error:
        reach, problem = Reach.TROUBLE, str(error)
    return _Seen(
        reach, desk.replica.pending_count(), len(desk.replica.conflicts()), new_conflicts, (), problem, version
    )
