"""Why a file that a person named can't be read or written: the system's error as one sentence with what to do."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_ROOM: Final = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_WINDOWS_NO_ROOM: Final = (39, 112)
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL"""


def unwritable(path: Path, error: OSError) -> str:
    """Why `path` can't be written."""
    if path.is_dir():
        return f"{path} is a folder; name a file in it."
    if error.errno in _NOT_THERE and not path.parent.is_dir():
        return f"There is no folder {path.parent}; make it first, or name another place for {path.name}."
    if error.errno in _NO_ROOM or getattr(error, "winerror", None) in _WINDOWS_NO_ROOM:
        return f"The disk with {path} is full; make room, or name another place. Nothing was written."
    if error.errno in _NOT_ALLOWED:
        return f"{path} can't be written; check its permissions, or name another place."
    return f"{path} can't be written ({error.strerror or error}); name another place."


def unreadable(path: Path, error: OSError | ValueError) -> str:
    """Why `path` can't be read. ValueError: its content is not what is wanted there."""
    if isinstance(error, UnicodeError):
        return f"{path} is no text in UTF-8; save it as that, and try again."
    if isinstance(error, ValueError):
        return f"{path} is damaged, or another kind of file; name the right one."
    if path.is_dir():
        return f"{path} is a folder; name a file in it."
    if error.errno in _NOT_THERE:
        return f"There is no file {path}."
    if error.errno in _NOT_ALLOWED:
        return f"{path} can't be read; check its permissions."
    return f"{path} can't be read ({error.strerror or error}); try again, or take another copy of it."
