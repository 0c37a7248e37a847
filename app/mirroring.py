"""Keeping a mirror of the desk for reporting tools (db.mirror): once, or for as long as somebody lets it run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from app.errors import UserError
from app.stores import keep_password, kept_password
from db.address import is_database, place
from db.errors import EntryDamaged, StoreUnreachable
from db.log import Bell, SharedLog

if TYPE_CHECKING:
    from app.desk import Desk
    from db.mirror import Mirrored

LOOK_EVERY_S: Final = 1.0


def mirror(
    desk: Desk,
    to: str,
    *,
    password: str | None = None,
    private: bool = False,
    watch: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
    complain: Callable[[str], None] = lambda _what: None,
) -> Iterator[Mirrored]:
    """Bring the mirror at `to` to the state of the log and tell what was done; `watch`: again whenever there is news,
    without end. `private`: with what stays among supervisors otherwise. An unreachable store is complained of once: the
    mirror then shows what is known here. So is a mirror whose server restarts or whose file somebody holds: what is
    watched goes on when it is back.

    Errors: UserError, StorageError (the mirror can't be written, PasswordNeeded).
    """
    if private and desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,)) == "analyst":
        raise UserError("Only a supervisor or an administrator may mirror what is private.")
    from db.mirror import Mirror

    is_file = to.startswith("sqlite:///")
    if not is_file and not is_database(to):
        raise UserError(f"{to} names no place for a mirror; write postgresql://USER@HOST/DATABASE or sqlite:///FILE.")
    typed = password if is_file else password or place(to).password
    if not is_file:
        password = password or place(to).password or kept_password(place(to).where, desk.keys)
    with closing(Mirror(to, password, private=private)) as target, closing(_Listener(desk.log)) as listener:
        kept, store, place_ = is_file or typed is None, _Once(complain), _Once(complain)
        begun = False
        while True:
            try:
                desk.sync_round()
                store.well()
            except (StoreUnreachable, EntryDamaged) as error:
                store.say(error)
            try:
                done = target.step(desk.replica, desk.secret().desk_keys, progress)
                place_.well()
            except StoreUnreachable as error:
                if not (watch and begun):  # at the first step it may be misspelt
                    raise
                place_.say(error)
                time.sleep(LOOK_EVERY_S)
                continue
            begun = True
            if not kept:
                keep_password(to, typed, desk.keys())
                kept = True
            yield done
            if not watch:
                return
            while not _has_news(desk, listener):
                pass


class _Once:
    """Says what is wrong when it begins to be, and not at every look."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        self._complain, self._told = complain, ""

    def say(self, error: Exception) -> None:
        """It is like this now."""
        if str(error) != self._told:
            self._complain(str(error))
        self._told = str(error)

    def well(self) -> None:
        """Nothing is wrong any more."""
        self._told = ""


def _has_news(desk: Desk, listener: _Listener) -> bool:
    try:
        return listener.wait(LOOK_EVERY_S) or desk.has_news()
    except StoreUnreachable:
        return True


class _Listener:
    """Waits for one thread; `close` from any. `log`: the store as it is now, which may become another one."""

    def __init__(self, log: Callable[[], SharedLog]) -> None:
        self._log = log
        self._heard: SharedLog | None = None
        self._bell: Bell | None = None
        self._closed = threading.Event()

    def wait(self, seconds: float) -> bool:
        """True when the bell rang, False after that many seconds or when closed. Errors: those of opening the store."""
        log = self._log()
        if log is not self._heard and not self._closed.is_set():
            self._take_down()
            self._heard, self._bell = log, log.bell()
        if self._bell is None:
            self._closed.wait(seconds)
            return False
        return self._bell.wait(seconds) and not self._closed.is_set()

    def close(self) -> None:
        """End a wait, and let go of the bell."""
        self._closed.set()
        self._take_down()

    def _take_down(self) -> None:
        if self._bell is not None:
            self._bell.close()
