"""Serial lanes: work off the GUI thread, results back on it, in order and without loss.

Why lanes and not a pool: everything that touches one connection must run one after the other, and two
things of different lanes must not wait for each other. "write" changes the replica, "read" answers what
the user looks at now, "beside" what belongs to that and may come after it (the rest of a list, what is like a
case), "count" does what may take long (exact counts, ranking, figures), "sync" talks to
the drive or server, "files" fetches attachments from there, which may take minutes, "imports" takes in lists and
logs part by part, so that a change made meanwhile comes in between, "clocks" so brings due times up to date where
hours or targets changed, "spelling" looks words up in a dictionary,
which must wait for none of these.

The life of a job: `lane.submit(fn, ..., done=...)` on the GUI thread notes the callbacks under a ticket and
hands only the ticket, the function and its arguments to the lane's thread. The thread runs the function,
puts (ticket, result) into one queue and rings one permanent queued signal; the slot on the GUI thread takes
what is there, a few milliseconds at a time, and calls back.

Callbacks and owners therefore never leave the GUI thread: the thread can never hold the last reference to a
widget and destroy it on the wrong side. When the owner is gone (deleted by Qt or collected by Python) the
result is dropped.
"""

from __future__ import annotations

import itertools
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

LANE_NAMES = ("write", "read", "beside", "sync", "count", "files", "imports", "clocks", "spelling")
GIVE_WAY_S = 2.0
_BREATH_S = 0.015
SWITCH_S = 0.001
"""How long a thread may keep the interpreter while another one waits for it. Each statement lets go of it and must get
it back: to read a case takes thirty, each of which waited for Python's usual 5 ms beside a thread that imports or
computes. On Windows less than a millisecond is none, and who waits would spin."""
DELIVERY_SLICE_S = 0.008
"""Longest time one delivery keeps the GUI thread; the rest comes after pending events (half a frame)."""

Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What the GUI thread remembers of a job."""

    lane: Lane
    done: Done | None
    failed: Failed | None
    owner: weakref.ref[QObject] | None
    key: Hashable | None
    turn: int

    def owner_is_gone(self) -> bool:
        if self.owner is None:
            return False
        owner = self.owner()
        return owner is None or not shiboken6.isValid(owner)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the thread gives back. `skipped`: a newer request of the same key had come before it ran."""

    ticket: int
    value: Any = None
    error: BaseException | None = None
    skipped: bool = False


class Lane:
    """One thread that does one thing after the other. Made by Lanes."""

    def __init__(self, name: str, lanes: Lanes) -> None:
        self.name = name
        self._lanes = lanes
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"halldesk-{name}")
        self._turns = itertools.count(1)
        self._newest: dict[Hashable, int] = {}
        self._under_way = 0

    @property
    def under_way(self) -> int:
        """How many jobs wait, run, or have a result not yet delivered."""
        return self._under_way

    def submit(
        self,
        fn: Callable[..., Any],
        /,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        key: Hashable | None = None,
        **kwargs: Any,
    ) -> None:
        """Run `fn(*args, **kwargs)` on this lane, then `done(result)` or `failed(error)` on the GUI thread.

        `fn` and its arguments must not be Qt objects. Without `failed`, an error goes to the `unexpected`
        of Lanes. `owner` defaults to the QObject whose method `done` or `failed` is; callbacks of an owner
        that no longer exists are dropped, but no error is: it goes to `unexpected` then.

        `key` asks for the latest only: a job of the same key on this lane that has not begun is not run, and
        one whose result is not delivered yet is not delivered, as soon as a newer one is submitted. Use it
        for "what is shown now" (a filter typed letter by letter), never for changes that each count.

        Call it on the GUI thread; RuntimeError from another thread or after `Lanes.close()`.
        """
        self._lanes.require_gui_thread()
        if self._lanes.closed:
            raise RuntimeError(f"lane {self.name} is closed")
        turn = next(self._turns)
        if key is not None:
            self._newest[key] = turn
        waiting = _Waiting(self, done, failed, _weak(owner or _owner_of(done, failed)), key, turn)
        ticket = self._lanes.remember(waiting)
        self._under_way += 1
        if self._under_way == 1:
            self._lanes.busy_changed.emit(self.name, True)
        self._executor.submit(self._run, ticket, key, turn, fn, args, kwargs)

    def _run(
        self,
        ticket: int,
        key: Hashable | None,
        turn: int,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        if key is not None and self._newest.get(key, turn) != turn:
            self._lanes.arrived(_Outcome(ticket, skipped=True))
            return
        try:
            outcome = _Outcome(ticket, value=fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - carried to the GUI thread and shown there
            outcome = _Outcome(ticket, error=error)
        self._lanes.arrived(outcome)

    def settle(self, waiting: _Waiting) -> bool:
        """Note that a job is over; returns whether its result is still wanted."""
        self._under_way -= 1
        wanted = True
        if waiting.key is not None:
            newest = self._newest.get(waiting.key)
            wanted = newest == waiting.turn
            if wanted:
                del self._newest[waiting.key]
        if self._under_way == 0:
            self._lanes.busy_changed.emit(self.name, False)
        return wanted

    def stop(self, drop_waiting: bool) -> None:
        """Take nothing more; `drop_waiting` forgets what has not begun. Does not wait."""
        self._executor.shutdown(wait=False, cancel_futures=drop_waiting)

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._executor.shutdown(wait=True)


class Lanes(QObject):
    """All lanes of the program and their one way back to the GUI thread.

    `write`, `read`, `sync`, `count` and `files` are the lanes; tests may make others.
    """

    busy_changed = Signal(str, bool)
    """(lane, whether it has anything under way)."""

    _arrived = Signal()

    def __init__(
        self,
        unexpected: Callable[[BaseException], object],
        parent: QObject | None = None,
        names: tuple[str, ...] = LANE_NAMES,
    ) -> None:
        """`unexpected` is told, on the GUI thread, of every error no callback took."""
        super().__init__(parent)
        self._gui_thread = threading.get_ident()
        self._unexpected = unexpected
        self._tickets = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._outcomes: deque[_Outcome | Callable[[], object]] = deque()
        self._rung = threading.Lock()
        self.closed = False
        self.stopping = threading.Event()
        """Set when the program ends: long jobs (a sync round) look at it between steps and return."""
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lanes = {name: Lane(name, self) for name in names}
        self._switch_s = sys.getswitchinterval()
        sys.setswitchinterval(min(SWITCH_S, self._switch_s))

    def __getitem__(self, name: str) -> Lane:
        return self._lanes[name]

    @property
    def write(self) -> Lane:
        """Changes to the replica, in the order they were made."""
        return self._lanes["write"]

    @property
    def read(self) -> Lane:
        """What the user looks at now."""
        return self._lanes["read"]

    @property
    def beside(self) -> Lane:
        """What belongs to what is looked at and may come after it: the rest of a list, what is like a case. Half a
        second of it at a million cases."""
        return self._lanes["beside"]

    @property
    def sync(self) -> Lane:
        """The drive or the server: may block for long."""
        return self._lanes["sync"]

    @property
    def count(self) -> Lane:
        """Exact counts, ranking and figures: may take long."""
        return self._lanes["count"]

    @property
    def files(self) -> Lane:
        """Contents of attachments from the drive or the server: may take minutes."""
        return self._lanes["files"]

    @property
    def imports(self) -> Lane:
        """Lists and logs from other systems: take minutes, in short parts that give way to changes."""
        return self._lanes["imports"]

    @property
    def clocks(self) -> Lane:
        """Due times of all open cases: seconds, in short parts that give way to changes."""
        return self._lanes["clocks"]

    def give_way(self, most_s: float = GIVE_WAY_S) -> None:
        """On a lane that writes in parts, between two of them: wait while changes of who works here are on their way,
        `most_s` at most, so that the many parts get on as well."""
        until = time.monotonic() + most_s
        while self.write.under_way and time.monotonic() < until and not self.stopping.is_set():
            time.sleep(_BREATH_S)

    def to_gui(self, fn: Callable[..., object], *args: Any) -> None:
        """From any thread: call `fn(*args)` on the GUI thread, in order with the results.

        For news that no request asked for (the bus of changes, progress). `fn` must not be the method of a
        widget that may die; the bus object that lives as long as the program is the right receiver.
        """
        self.arrived(lambda: fn(*args))

    def close(self) -> None:
        """End all lanes: changes already submitted are carried out, other waiting jobs are forgotten.

        Waits for what runs, joins the threads, then delivers what came last so that no failed change
        goes unreported. Safe to call twice.
        """
        self.require_gui_thread()
        if self.closed:
            return
        self.closed = True
        self.stopping.set()
        for name, lane in self._lanes.items():
            lane.stop(drop_waiting=name != "write")
        for lane in self._lanes.values():
            lane.join()
        self._take_all()
        self._waiting.clear()
        sys.setswitchinterval(self._switch_s)

    def require_gui_thread(self) -> None:
        """RuntimeError when called from a thread other than the one that made this object."""
        if threading.get_ident() != self._gui_thread:
            raise RuntimeError("lanes are used from the GUI thread only; a job calls what it needs directly")

    def remember(self, waiting: _Waiting) -> int:
        """Keep the callbacks of a job until its result arrives; returns its ticket."""
        ticket = next(self._tickets)
        self._waiting[ticket] = waiting
        return ticket

    def arrived(self, outcome: _Outcome | Callable[[], object]) -> None:
        """From a lane's thread: a result is ready. Rings once for any number of results."""
        self._outcomes.append(outcome)
        self._ring()

    def _ring(self) -> None:
        # The lock is a flag "the bell has rung and nobody has looked yet": taken without waiting.
        if self._rung.acquire(blocking=False):
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        # Released before looking: a result that comes from now on rings again, so none is left behind.
        if self._rung.locked():
            self._rung.release()
        until = time.monotonic() + DELIVERY_SLICE_S
        try:
            while self._outcomes and time.monotonic() < until:
                self._settle(self._outcomes.popleft())
        finally:
            if self._outcomes:
                self._ring()

    def _take_all(self) -> None:
        while self._outcomes:
            self._settle(self._outcomes.popleft())

    def _settle(self, outcome: _Outcome | Callable[[], object]) -> None:
        if not isinstance(outcome, _Outcome):
            outcome()
            return
        waiting = self._waiting.pop(outcome.ticket)
        wanted = waiting.lane.settle(waiting) and not outcome.skipped
        gone = waiting.owner_is_gone()
        if outcome.error is not None:
            if waiting.failed is not None and wanted and not gone:
                waiting.failed(outcome.error)
            else:
                self._unexpected(outcome.error)
        elif wanted and not gone and waiting.done is not None:
            waiting.done(outcome.value)


def _owner_of(*callbacks: Callable[..., object] | None) -> QObject | None:
    for callback in callbacks:
        owner = getattr(callback, "__self__", None)
        if isinstance(owner, QObject):
            return owner
    return None


def _weak(owner: QObject | None) -> weakref.ref[QObject] | None:
    return None if owner is None else weakref.ref(owner)
