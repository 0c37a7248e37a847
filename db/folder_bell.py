"""Bells of a folder: the system's own notice that something in it changed, so that news are looked for at once.

An accelerator and nothing else. Windows passes changes on a server's share on to every client that asked; Linux tells
only what this machine did, so a bell is hung there on local folders alone (several profiles on one PC, the tests). Some
servers never tell; polling goes on beside it, only more rarely.
"""

from __future__ import annotations

import ctypes
import logging
import os
import select
import sys
import threading
from pathlib import Path

from db.log import Bell
from db.mounts import mount_of

_log = logging.getLogger(__name__)


def bell_of(folder: Path) -> Bell | None:
    """A bell that rings when a file in `folder` is made, renamed or written; None where only polling helps. Never
    raises."""
    try:
        if sys.platform == "win32":
            return _WindowsBell(folder)
        if sys.platform == "linux" and not mount_of(folder).remote:
            return _InotifyBell(folder)
    except (OSError, AttributeError) as error:
        _log.info("no bell on %s: %s", folder, error)
    return None


if sys.platform == "win32":
    from ctypes import wintypes

    _FILE_NAME, _SIZE, _LAST_WRITE = 0x1, 0x8, 0x10
    _INVALID = ctypes.c_void_p(-1).value
    _WAIT_OBJECT_0 = 0

    class _WindowsBell:
        """FindFirstChangeNotification; a second event wakes a waiting thread when the bell is taken down."""

        def __init__(self, folder: Path) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            k = self._kernel
            k.FindFirstChangeNotificationW.restype = wintypes.HANDLE
            k.FindFirstChangeNotificationW.argtypes = [wintypes.LPCWSTR, wintypes.BOOL, wintypes.DWORD]
            k.FindNextChangeNotification.argtypes = [wintypes.HANDLE]
            k.FindCloseChangeNotification.argtypes = [wintypes.HANDLE]
            k.CreateEventW.restype = wintypes.HANDLE
            k.CreateEventW.argtypes = [ctypes.c_void_p, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR]
            k.SetEvent.argtypes = [wintypes.HANDLE]
            k.CloseHandle.argtypes = [wintypes.HANDLE]
            k.WaitForMultipleObjects.argtypes = [
                wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE), wintypes.BOOL, wintypes.DWORD,
            ]  # fmt: skip
            self._changed = k.FindFirstChangeNotificationW(str(folder), False, _FILE_NAME | _SIZE | _LAST_WRITE)
            if not self._changed or self._changed == _INVALID:
                raise ctypes.WinError(ctypes.get_last_error())
            self._ended = k.CreateEventW(None, True, False, None)
            self._closing = threading.Event()
            self._waiting = threading.Lock()
            self._broken = False

        def wait(self, seconds: float) -> bool:
            """See Bell."""
            with self._waiting:
                if self._closing.is_set():
                    return False
                if self._broken:
                    self._closing.wait(seconds)
                    return False
                handles = (wintypes.HANDLE * 2)(self._changed, self._ended)
                answer = self._kernel.WaitForMultipleObjects(2, handles, False, max(0, round(seconds * 1000)))
                if answer != _WAIT_OBJECT_0:
                    return False
                if not self._kernel.FindNextChangeNotification(self._changed):
                    # The share went away: silent from now on; whoever reaches it again asks for a new bell.
                    self._broken = True
                return True

        def close(self) -> None:
            """See Bell."""
            self._closing.set()
            self._kernel.SetEvent(self._ended)
            with self._waiting:
                if self._ended:
                    self._kernel.FindCloseChangeNotification(self._changed)
                    self._kernel.CloseHandle(self._ended)
                    self._ended = None

else:
    _CLOSE_WRITE, _MOVED_TO = 0x8, 0x80

    class _InotifyBell:
        """inotify by the C library; a pipe wakes a waiting thread when the bell is taken down."""

        def __init__(self, folder: Path) -> None:
            library = ctypes.CDLL(None, use_errno=True)
            self._queue: int = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._queue < 0:
                raise OSError(ctypes.get_errno(), "inotify_init1")
            if library.inotify_add_watch(self._queue, os.fsencode(folder), _CLOSE_WRITE | _MOVED_TO) < 0:
                code = ctypes.get_errno()
                os.close(self._queue)
                raise OSError(code, os.strerror(code), str(folder))
            self._ended, self._end = os.pipe()
            self._waiting = threading.Lock()
            self._closed = False

        def wait(self, seconds: float) -> bool:
            """See Bell."""
            with self._waiting:
                if self._closed:
                    return False
                ready, _, _ = select.select([self._queue, self._ended], [], [], max(0.0, seconds))
                if self._ended in ready or self._queue not in ready:
                    return False
                os.read(self._queue, 65536)
                return True

        def close(self) -> None:
            """See Bell."""
            if self._closed:
                return
            self._closed = True
            os.write(self._end, b"x")
            with self._waiting:
                for descriptor in (self._queue, self._ended, self._end):
                    os.close(descriptor)
