"""The dozen file operations a drive needs, behind one small protocol.

`DriveLog` decides in which order they happen and what an error means; how they are done is decided here. The program
uses `LocalFiles`, which is the operating system's calls and nothing else, network drives included. The tests put a real
SMB client in its place, so that the order of steps is proven against a real file server without mounting anything.

Paths are relative to the folder the person named, with `/` between the parts. Errors are OSError with its errno, and
its subclasses FileNotFoundError, FileExistsError, NotADirectoryError and IsADirectoryError where they apply.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

_BINARY: Final = getattr(os, "O_BINARY", 0)
_CREATE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
_AT_ONCE: Final = 64 * 1024
_MORE_AT_ONCE: Final = 4 * 1024 * 1024


class OpenFile(Protocol):
    """A file that was just created, open for writing. It stays usable after it got another name."""

    def write(self, data: bytes) -> None:
        """All of it, at the end."""

    def flush(self) -> None:
        """Return when the server has it on its disk."""

    def close(self) -> None:
        """Let go of it. Errors: OSError, which may be that of an earlier write."""


class Files(Protocol):
    """A folder on a drive."""

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder of that name; "" is the folder itself."""

    def make_folder(self, path: str) -> None:
        """Make one folder in an existing one; nothing happens when it is there."""

    def names(self, path: str) -> list[str]:
        """Everything in a folder, freshly listed, in any order. Errors: FileNotFoundError, NotADirectoryError."""

    def read(self, path: str, most: int) -> bytes:
        """The first `most` bytes. Errors: FileNotFoundError; IsADirectoryError or PermissionError for a folder."""

    def create(self, path: str) -> OpenFile:
        """A new file, opened so that others may read, link and remove it. Errors: FileExistsError."""

    def link(self, path: str, name: str) -> None:
        """Give a file a second name that nobody has, by a hard link. Errors: FileExistsError when it is taken."""

    def replace(self, path: str, name: str) -> None:
        """Rename a file over another one."""

    def rewrite(self, path: str, data: bytes) -> None:
        """Put `data` at the beginning of a file in place: the same file for those who have it open. Not flushed."""

    def flush(self, path: str) -> None:
        """Return when the server has a file and its names on its disk, whoever wrote it. Errors: FileNotFoundError."""

    def remove(self, path: str) -> None:
        """Remove a file's name. Errors: FileNotFoundError."""

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder. Errors: FileNotFoundError."""

    def modified_at(self, path: str) -> float:
        """When a file was last written, in seconds since 1970 by the drive's clock. Errors: FileNotFoundError."""

    def may_write(self, path: str) -> bool:
        """False when the permissions are known to forbid it. True says nothing."""


class LocalFiles:
    """`Files` by the operating system: a local folder, a mounted share, a drive letter or a UNC path."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    # Plain strings: on the way of every publish, pathlib would cost as much as all the rest of it in this process.
    def _full(self, path: str) -> str:
        return f"{self._folder}/{path}" if path else self._folder

    def is_folder(self, path: str) -> bool:
        """See Files."""
        try:
            return stat.S_ISDIR(os.stat(self._full(path)).st_mode)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return False

    def make_folder(self, path: str) -> None:
        """See Files."""
        folder = self._full(path)
        try:
            os.mkdir(folder)  # noqa: PTH102
        except FileExistsError:
            return
        _as_the_folder_above(folder)

    def names(self, path: str) -> list[str]:
        """See Files."""
        # All names in one call: an object per entry would cost more than the rest of a look.
        return os.listdir(self._full(path))  # noqa: PTH208

    def read(self, path: str, most: int) -> bytes:
        """See Files."""
        # Not as much at once as it might be: room for `most` bytes would be made and given back for each small file.
        descriptor = os.open(self._full(path), os.O_RDONLY | _BINARY)
        try:
            data = os.read(descriptor, min(most, _AT_ONCE))
            if not data or len(data) == most:
                return data
            parts = [data]
            while more := os.read(descriptor, min(most - sum(map(len, parts)), _MORE_AT_ONCE)):
                parts.append(more)
            return b"".join(parts)
        finally:
            os.close(descriptor)

    def create(self, path: str) -> OpenFile:
        """See Files."""
        return _LocalFile(os.open(self._full(path), _CREATE, 0o666))

    def link(self, path: str, name: str) -> None:
        """See Files."""
        os.link(self._full(path), self._full(name))

    def replace(self, path: str, name: str) -> None:
        """See Files."""
        os.replace(self._full(path), self._full(name))  # noqa: PTH105

    def rewrite(self, path: str, data: bytes) -> None:
        """See Files."""
        file = self._full(path)
        try:
            descriptor = os.open(file, os.O_RDWR | _BINARY)
        except FileNotFoundError:
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
            _as_the_folder_above(file)
        try:
            os.write(descriptor, data)
        finally:
            os.close(descriptor)

    def flush(self, path: str) -> None:
        """See Files."""
        descriptor = os.open(self._full(path), os.O_RDWR | _BINARY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, path: str) -> None:
        """See Files."""
        os.unlink(self._full(path))  # noqa: PTH108

    def remove_folder(self, path: str) -> None:
        """See Files."""
        Path(self._full(path)).rmdir()

    def modified_at(self, path: str) -> float:
        """See Files."""
        return os.stat(self._full(path)).st_mtime  # noqa: PTH116

    def may_write(self, path: str) -> bool:
        """See Files. On Windows access() knows the read-only bit only."""
        return os.name != "posix" or os.access(self._full(path), os.W_OK)


def _as_the_folder_above(path: str) -> None:
    """What others must be able to write, they may write where they may write in the folder: a umask of 022 is for the
    files of one person, and these are everybody's. Elsewhere than on POSIX a folder's rights are handed down."""
    if os.name != "posix":
        return
    with suppress(OSError):  # rights that a server does not keep are its own affair
        above, mode = os.stat(os.path.dirname(path)).st_mode, os.stat(path).st_mode  # noqa: PTH116, PTH120
        wanted = mode | (above & (stat.S_IWGRP | stat.S_IWOTH))
        if wanted != mode:
            os.chmod(path, stat.S_IMODE(wanted))  # noqa: PTH101


class _LocalFile:
    """`OpenFile` on a descriptor."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def flush(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)
