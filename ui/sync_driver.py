"""Keeps the replica and the shared store together while the window is open, and says truthfully how that goes.

Where the store has a bell (db.log.Bell) its ringing asks for a look, and looks by the clock are rare; elsewhere the
sync lane looks every second while somebody works and every five when the window is in the background. A look that finds
something makes one round. Own changes ask for a round at once. While the drive does not answer, the looks become rarer,
up to one in fifteen seconds; "Synchronise now" and coming back to the window ask at once again.

The same look tells the others what one does here and sees what they do (app.colleagues), and notices when another
process wrote to this profile (the command line on the same machine).
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.changes import Changes
from app.errors import KeyMissing, UserError
from db.address import is_url
from db.errors import (
    DeviceRevoked,
    EntryDamaged,
    NoWayOn,
    PasswordNeeded,
    StorageError,
    StoreFull,
    StoreUnreachable,
    UpdateNeeded,
    UsedElsewhere,
)
from ui import text
from ui.drive_news import Look, Reach, SyncState
from ui.notices import NoticeAction
from ui.rush import Rush
from ui.services import Services, Writing

if TYPE_CHECKING:
    from app.colleagues import Colleague
    from db.log import Bell
    from ui.lanes import Lanes

ACTIVE_MS: Final = 1_000
IDLE_MS: Final = 5_000
ACTIVE_WITH_BELL_MS: Final = 5_000
IDLE_WITH_BELL_MS: Final = 15_000
SOON_MS: Final = 60
BACK_OFF_MS: Final = (2_000, 5_000, 10_000, 15_000)
CLOCK_OFF_S: Final = 120.0
AWAY_S: Final = 300.0


_REACH_OF: Final[tuple[tuple[type[Exception], Reach], ...]] = (
    (NoWayOn, Reach.STUCK),
    (EntryDamaged, Reach.STUCK),
    (StoreUnreachable, Reach.UNREACHABLE),
    (StoreFull, Reach.FULL),
    (UpdateNeeded, Reach.OLD),
    (DeviceRevoked, Reach.REVOKED),
    (UsedElsewhere, Reach.COPIED),
    (KeyMissing, Reach.KEYLESS),
    (PasswordNeeded, Reach.LOCKED),
)


@dataclass(frozen=True)
class _Seen:
    """What one look on the lane found."""

    reach: Reach
    pending: int
    conflicts: int
    lost: int
    new_lost: int = 0
    new_conflicts: int = 0
    problem: str = ""
    place: str = ""
    elsewhere: int = 0
    took_ms: float = 0.0
    published: int = 0
    applied: int = 0
    met: tuple[Colleague, ...] | None = None
    clock_ahead_s: float | None = None


class BellRinger:
    """Waits for the store's bell in a thread of its own and passes each ringing on to the GUI thread."""

    def __init__(self, bell: Bell, lanes: Lanes, rung: Callable[[], object]) -> None:
        self._bell, self._lanes, self._rung = bell, lanes, rung
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="bell", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while not self._ended.is_set():
            if self._bell.wait(60.0) and not self._ended.is_set():
                self._lanes.to_gui(self._rung)
                # A drive on which much happens rings all the time; one look answers for all of it.
                self._ended.wait(SOON_MS / 1000)

    def close(self) -> None:
        """Take the bell down and wait until the thread has ended. A dead drive may take its time over it."""
        self._ended.set()
        self._bell.close()
        self._thread.join()


class SyncDriver(QObject):
    """Owns the timer; writes the state (ui.drive_news). Starts with `start()`."""

    met = Signal(object)
    """Who else is there: a tuple of app.colleagues.Colleague."""
    conflicts_asked = Signal()
    """The person wants to see the changes that need them."""

    help_asked = Signal()
    """The person wants to know how this workstation comes back."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._news = services.drive
        self._news.set_state(replace(self._news.state, of_database=is_url(services.desk.where)))
        self.changed = services.drive.changed
        self._failures = 0
        self._again = self._rung_meanwhile = False
        self._elsewhere = 0
        self._ringer: BellRinger | None = None
        self._rush = Rush()
        self._bell_wanted = True
        self.conflicts_in_sight: Callable[[], bool] = lambda: False
        """Whether the person looks at them already; then nobody needs telling."""
        self.doing: Callable[[], tuple[bytes | None, str]] = lambda: (None, "")
        """The case the person has open and what they do with it (db.presence.Doing)."""
        self._active_at = time.monotonic()
        self.colleagues: tuple[Colleague, ...] = ()
        self._told = self._told_lost = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        services.bell.changed.connect(self._on_change)
        services.drive.sync_asked.connect(self.sync_now)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._focus_changed)

    @property
    def state(self) -> SyncState:
        """How it stands now."""
        return self._news.state

    @property
    def is_away(self) -> bool:
        """Whether nobody has touched this program for a while."""
        return time.monotonic() - self._active_at > AWAY_S

    def start(self, after_ms: int = SOON_MS) -> None:
        """Begin to look."""
        self._timer.start(after_ms)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._bell_wanted = False
        ringer, self._ringer = self._ringer, None
        if ringer is not None:
            ringer.close()
        if self._news.state.reach is Reach.OK and not self._services.lanes.closed:
            # On the write lane, which ends what was begun; colleagues see at once that nobody is with the case.
            self._services.lanes.write.submit(_leave, self._services.writing)
        self._services.bell.changed.disconnect(self._on_change)

    def conflicts_seen(self) -> None:
        """They are on screen: the notice about them may go."""
        for told in (self._told, self._told_lost):
            self._services.notices.withdraw(told)

    def sync_now(self) -> None:
        """Make a round as soon as the lane is free."""
        self._failures = 0
        if self._news.state.busy:
            self._again = True
        else:
            self._timer.start(0)

    def _on_change(self, changes: Changes) -> None:
        # What arrived by a round rings the bell as well; then there is nothing to publish and the look costs a query.
        if changes.tables == {"case_read"}:
            return
        if self._news.state.busy:
            self._again = True
        elif self._news.state.reach is not Reach.UNREACHABLE and self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS)

    def _focus_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.sync_now()

    # -- the store's bell ---------------------------------------------------------------------------------------------
    def _hang_bell(self) -> None:
        """Once the store was reached, and again after it was away: a bell of a share that went is silent for ever."""
        self._bell_wanted = False
        self._services.lanes.sync.submit(_bell, self._services.writing, done=self._bell_came)

    def _bell_came(self, bell: Bell | None) -> None:
        if bell is None:
            return
        if self._services.lanes.closed or self._ringer is not None:
            bell.close()
            return
        self._ringer = BellRinger(bell, self._services.lanes, self._rung)
        self._news.has_bell = True

    def _rung(self) -> None:
        if not shiboken6.isValid(self) or self._ringer is None:
            return
        if self._news.state.busy:
            self._rung_meanwhile = True
        else:
            rest = round(self._rush.rest(time.monotonic()) * 1000)
            if self._timer.remainingTime() > rest:
                self._timer.start(rest)

    def _take_bell_down(self) -> None:
        ringer, self._ringer = self._ringer, None
        self._news.has_bell = False
        if ringer is not None:
            self._services.lanes.sync.submit(ringer.close)

    # -- looking ------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        if self._services.lanes.closed or self._news.state.busy:
            return
        self._news.set_state(replace(self._news.state, busy=True))
        self._services.lanes.sync.submit(
            look, self._services.writing, self._elsewhere, self._services.lanes.stopping.is_set, self._doing(),
            _is_active(), done=self._seen, failed=self._failed,
        )  # fmt: skip

    def _doing(self) -> tuple[bytes | None, str, bool]:
        now = time.monotonic()
        if _is_active():
            self._active_at = now
        case, what = self.doing() if self._services.settings["presence"] else (None, "")
        return case, what, self.is_away

    def _seen(self, seen: _Seen) -> None:
        before, now = self._news.state, self._services.now()
        self._elsewhere = seen.elsewhere
        self._news.note(Look(now, seen.took_ms, seen.reach, seen.published, seen.applied))
        self._rush.note(seen.applied, time.monotonic(), seen.took_ms / 1000)
        if seen.reach is Reach.OK:
            self._failures = 0
            if before.problem:
                self._services.notices.withdraw(text.refusal(before.problem))
            state = replace(before, reach=Reach.OK, synced_at=now, lost_at=None, problem="")
            if self._bell_wanted:
                self._hang_bell()
        else:
            self._failures += 1
            lost = before.lost_at or before.synced_at or now
            state = replace(before, reach=seen.reach, lost_at=lost, problem=seen.problem)
            if seen.reach is Reach.UNREACHABLE:
                self._take_bell_down()
                self._bell_wanted = True
            elif seen.reach is not before.reach and seen.reach in (Reach.COPIED, Reach.KEYLESS):
                words = (
                    self.tr("Another machine works as this workstation. Nothing is sent until you decide.")
                    if seen.reach is Reach.COPIED
                    else self.tr("This workstation's key is missing. Nothing is sent or read until it is back.")
                )
                self._services.notices.error(words, NoticeAction(self.tr("Put it right…"), self.help_asked.emit))
            elif seen.reach in (Reach.TROUBLE, Reach.STUCK) and seen.problem != before.problem:
                self._services.notices.error(text.refusal(seen.problem))
        if seen.new_conflicts and not self.conflicts_in_sight():
            # One notice with all that wait, not one more after each round.
            self.conflicts_seen()
            self._told = self.tr("%n change(s) of yours met another one and need(s) you.", "", seen.conflicts)
            self._services.notices.warning(self._told, NoticeAction(self.tr("Look"), self.conflicts_asked.emit))
        if seen.new_lost > 0 and not self.conflicts_in_sight():
            self._services.notices.withdraw(self._told_lost)
            self._told_lost = self.tr("The shared store has %n change(s) no more; they are kept here.", "", seen.lost)
            self._services.notices.warning(self._told_lost, NoticeAction(self.tr("Look"), self.conflicts_asked.emit))
        ahead = seen.clock_ahead_s or 0.0
        ahead = ahead if abs(ahead) > CLOCK_OFF_S else 0.0
        self._news.set_state(
            replace(
                state, pending=seen.pending, conflicts=seen.conflicts, lost=seen.lost, busy=False, clock_ahead_s=ahead,
                of_database=is_url(seen.place or self._services.desk.where), place=seen.place,
            )
        )  # fmt: skip
        if seen.met is not None and seen.met != self.colleagues:
            self.colleagues = seen.met
            self.met.emit(seen.met)
        self._plan()

    def _failed(self, error: BaseException) -> None:
        self._news.set_state(replace(self._news.state, busy=False, reach=Reach.TROUBLE, problem=str(error)))
        self._failures += 1
        self._plan()
        self._services.show_error(error)

    def _plan(self) -> None:
        rung, self._rung_meanwhile = self._rung_meanwhile, False
        if self._again:
            self._again = False
            wait = SOON_MS
        elif rung:
            wait = max(SOON_MS, round(self._rush.rest(time.monotonic()) * 1000))
        elif self._failures:
            wait = BACK_OFF_MS[min(self._failures, len(BACK_OFF_MS)) - 1]
        elif self._ringer is not None:
            wait = ACTIVE_WITH_BELL_MS if _is_active() else IDLE_WITH_BELL_MS
        else:
            wait = ACTIVE_MS if _is_active() else IDLE_MS
        if not self._services.lanes.closed:
            self._timer.start(wait)


def _is_active() -> bool:
    return QApplication.applicationState() is Qt.ApplicationState.ApplicationActive


def _leave(writing: Writing) -> None:
    if writing.opened is not None:
        with contextlib.suppress(StorageError, UserError):
            writing.opened.colleagues.leave()


def _bell(writing: Writing) -> Bell | None:
    return writing().bell()


def look(
    writing: Writing,
    elsewhere: int,
    stopping: Callable[[], bool],
    doing: tuple[bytes | None, str, bool] = (None, "", False),
    active: bool = False,
) -> _Seen:
    """One look, on the sync lane: another process's work, news, a round, colleagues. Errors other than the store's
    travel on."""
    from app.colleagues import Doing  # late: this is off the GUI thread, and brings cryptography along

    desk = writing()
    version = desk.replica.others_wrote()
    if elsewhere and version != elsewhere:
        desk.reading.changed_elsewhere()
    reach, problem, place, new_conflicts, published, applied, met = Reach.OK, "", "", 0, 0, 0, None
    before: int | None = None
    began = time.perf_counter()
    took = 0.0
    try:
        if not stopping() and desk.has_news():
            before = desk.replica.lost_count(desk.context.clock())
            result = desk.sync_round(stopping=stopping)
            new_conflicts, published, applied = result.new_conflicts, result.published, result.applied
        took = (time.perf_counter() - began) * 1000
        if not stopping():
            desk.tend()
            if not (published or applied):
                desk.keep_figures()
            met = desk.colleagues.meet(Doing(*doing), often=active)
    except (StorageError, UserError) as error:
        reach = next((reach for kind, reach in _REACH_OF if isinstance(error, kind)), Reach.TROUBLE)
        problem, place = str(error), getattr(error, "where", "")
    if desk.revoked:
        reach = Reach.REVOKED
    elif desk.twin:
        reach = Reach.COPIED
    lost = desk.replica.lost_count(desk.context.clock())
    new_lost = 0 if before is None else lost - before
    return _Seen(
        reach, desk.replica.pending_count(), desk.replica.conflict_count(), lost, new_lost, new_conflicts, problem,
        place, version, took, published, applied, met, desk.colleagues.clock_ahead_s,
    )  # fmt: skip
