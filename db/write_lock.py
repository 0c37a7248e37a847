"""Whose turn it is to write to a replica, among the processes of one profile.

A file beside the database is locked for the length of a transaction: the window, a command and an import may all be at
work on one profile, and two connections that write are one too many (db.session says why). The system takes the lock
back when its process ends, however it ends.

Who waits touches the file at each look, so that one who writes in many parts knows that a gap is wanted (`asked_for`).

The file stays open between two turns, because each change of a case takes the lock twice, and opening a file is dearer
than locking it. Should somebody remove it, the next turn opens the new one; the old one would lock out nobody.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _KERNEL: Final = ctypes.WinDLL("kernel32", use_last_error=True)
    _HELD: Final = 33
    """ERROR_LOCK_VIOLATION"""
else:
    import errno
    import fcntl

    _HELD: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

_LOOK_EVERY_S: Final = 0.01
"""Who waits looks often: one that writes much leaves only short gaps."""


class Busy(TimeoutError):
    """Another process kept the turn for too long."""


class WriteLock:
    """The lock file at `path`. Not for several threads at once; not reentrant."""

    def __init__(self, path: Path, patience: float = 30.0) -> None:
        """`patience`: seconds to wait for others."""
        self._path, self.patience = str(path), patience
        self._descriptor: int | None = None
        self._touched_at: int | None = None
        self._is_held = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold it. Errors: Busy; OSError where the file can't be made."""
        self.acquire()
        try:
            yield
        finally:
            self.release()

    def acquire(self) -> None:
        """See `turn`."""
        deadline = time.monotonic() + self.patience
        while True:
            descriptor = self._open()
            if _locked(descriptor):
                if self._is_the_file(descriptor):
                    self._is_held = True
                    return
                _unlock(descriptor)
                continue
            if time.monotonic() > deadline:
                raise Busy(self._path)
            with suppress(OSError):  # unasked, the holder gives way later
                os.utime(self._path)
            time.sleep(_LOOK_EVERY_S)

    def release(self) -> None:
        """Let others have it; safe to call twice."""
        if self._descriptor is not None and self._is_held:
            self._is_held = False
            _unlock(self._descriptor)

    def asked_for(self) -> bool:
        """Whether another process waited for it since this was asked last."""
        try:
            touched_at = os.stat(self._path).st_mtime_ns  # noqa: PTH116 - asked between the parts of a long work
        except OSError:
            return False
        before, self._touched_at = self._touched_at, touched_at
        return touched_at != before

    def close(self) -> None:
        """Let go of the file as well; safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor, self._is_held = None, False

    def _open(self) -> int:
        if self._descriptor is not None and not self._is_the_file(self._descriptor):
            self.close()
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        return self._descriptor

    def _is_the_file(self, descriptor: int) -> bool:
        """Whether the name still means the file that is open."""
        try:
            there = os.stat(self._path)  # noqa: PTH116 - asked for each transaction
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(descriptor))


if sys.platform == "win32":
    # By the system's own calls: C's (msvcrt.locking) have one number for "held by somebody" and "not permitted".

    def _locked(descriptor: int) -> bool:
        if _KERNEL.LockFile(_handle(descriptor), 0, 0, 1, 0):
            return True
        error = ctypes.get_last_error()
        if error == _HELD:
            return False
        raise ctypes.WinError(error)

    def _unlock(descriptor: int) -> None:
        if not _KERNEL.UnlockFile(_handle(descriptor), 0, 0, 1, 0):
            raise ctypes.WinError(ctypes.get_last_error())

    def _handle(descriptor: int) -> wintypes.HANDLE:
        return wintypes.HANDLE(msvcrt.get_osfhandle(descriptor))

else:

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
