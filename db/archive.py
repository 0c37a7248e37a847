"""A share in one file: the folder `hd` as a drive has it, in a zip.

`ZipFiles` gives `DriveLog` the file operations it needs, so a backup is written and read by the same code as a share,
and in an emergency it is enough to unpack the file onto a drive. Written once: a file gets its name when it is whole,
nothing is ever replaced, and the zip takes its own name when it was closed without an error. Entries, snapshots and
attachments are sealed as on the drive; who finds the file reads nothing.
"""

from __future__ import annotations

import errno
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from db.drive import DriveLog
from db.errors import StorageError
from db.files import OpenFile
from db.own_files import unreadable, unwritable

_SUFFIX: Final = ".part"
_NO_ZIP: Final = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error, struct.error,
)  # fmt: skip
"""What the library says of a zip with flipped bytes: a kind of packing or sealing that ours never has, among others."""


class Archive:
    """A zip as a shared log. Use it in a `with`: written anew, or read where `reading`.

    Errors: StorageError when the file is there already, is no backup or can't be written.
    """

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        self._path, self._reading = path, reading
        self._part = path if reading else path.with_name(path.name + _SUFFIX)
        try:
            if reading:
                self._zip = zipfile.ZipFile(path)
            else:
                if path.exists():
                    raise StorageError(f"{path} is there already; name another file.")
                self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_STORED)
        except _NO_ZIP as error:
            raise StorageError(
                f"{path} is no whole backup: its end is missing, or it is another kind of file. Take another copy of "
                "it."
            ) from error
        except OSError as error:
            raise StorageError(unreadable(path, error) if reading else unwritable(path, error)) from error
        self.log = DriveLog(path, "backup", patience=0.0, files=ZipFiles(self._zip))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        whole = False
        try:
            self._zip.close()
            if self._reading or kind is not None:
                return
            with self._part.open("rb+") as file:
                os.fsync(file.fileno())
            self._part.replace(self._path)
            whole = True
        except OSError as failed:
            raise StorageError(unwritable(self._path, failed)) from failed
        except ValueError:  # amid a file, whose own error travels on
            if kind is None:
                raise
        finally:
            if not self._reading and not whole:
                self._discard()

    def _discard(self) -> None:
        """On a full disk `close` fails and leaves the file open, with its end still to be written."""
        if self._zip.fp is not None:
            with suppress(OSError):
                self._zip.fp.close()
            self._zip.fp = None
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """A file beside the share."""
        self._zip.writestr(name, data)

    def read(self, name: str) -> bytes | None:
        """A file beside the share, or None."""
        try:
            return self._zip.read(name)
        except KeyError:
            return None
        except OSError as error:
            raise StorageError(unreadable(self._path, error)) from error
        except _NO_ZIP as error:
            raise StorageError(f"{self._path} is damaged ({error}).") from error


class ZipFiles:
    """`Files` (db.files) in a zip. Temporaries are in memory until they get their name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self._waiting: dict[str, bytearray] = {}
        self._folders: dict[str, set[str]] = {"": set()}
        for name in archive.namelist():
            self._note(name)

    def _note(self, path: str) -> None:
        while path:
            folder, _slash, name = path.rpartition("/")
            self._folders.setdefault(folder, set()).add(name)
            path = folder

    def is_folder(self, path: str) -> bool:
        """See Files."""
        return path in self._folders

    def make_folder(self, path: str) -> None:
        """See Files."""
        self._folders.setdefault(path, set())
        self._note(path)

    def names(self, path: str) -> list[str]:
        """See Files."""
        if path not in self._folders:
            raise FileNotFoundError(path)
        return list(self._folders[path])

    def read(self, path: str, most: int) -> bytes:
        """See Files."""
        try:
            with self._zip.open(path) as file:
                return file.read(most)
        except KeyError as error:
            raise FileNotFoundError(path) from error
        except _NO_ZIP as error:
            raise OSError(errno.EIO, f"{path} in it is damaged") from error

    def create(self, path: str) -> OpenFile:
        """See Files."""
        self._waiting[path] = bytearray()
        return _ZippedFile(self._waiting[path])

    def link(self, path: str, name: str) -> None:
        """See Files."""
        folder, _slash, last = name.rpartition("/")
        if last in self._folders.get(folder, ()):
            raise FileExistsError(name)
        self._zip.writestr(name, bytes(self._waiting[path]))
        self._note(name)

    def replace(self, path: str, name: str) -> None:
        """See Files. Nothing is replaced in a zip: the name must be new."""
        self.link(path, name)
        self.remove(path)

    def rewrite(self, path: str, data: bytes) -> None:
        """See Files. Written once."""
        self._waiting[path] = bytearray(data)
        self.replace(path, path)

    def flush(self, path: str) -> None:
        """See Files. The zip is flushed as a whole when it is closed."""

    def remove(self, path: str) -> None:
        """See Files. Temporaries only."""
        if self._waiting.pop(path, None) is None:
            raise FileNotFoundError(path)

    def remove_folder(self, path: str) -> None:
        """See Files."""
        raise OSError(f"{path} is in a backup")

    def modified_at(self, path: str) -> float:
        """See Files."""
        return 0.0

    def may_write(self, path: str) -> bool:
        """See Files."""
        return self._zip.mode != "r"


class _ZippedFile:
    """`OpenFile` in memory."""

    def __init__(self, held: bytearray) -> None:
        self._held = held

    def write(self, data: bytes) -> None:
        self._held += data

    def flush(self) -> None:
        """Nothing to wait for before it has a name."""

    def close(self) -> None:
        """Nothing is open."""
