"""Keeping files on this workstation and fetching those of others (see app.work.attachments for the whole way)."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from app import times
from app.errors import UserError
from app.work.attachments import (
    CACHE_MB,
    LARGEST_FILE_MB,
    AttachmentReader,
    NotReachable,
    NotWhole,
    StoredFile,
    clean_name,
)
from db.blobs import ChunkMissing, ChunkStore, fetch
from db.collection import SHORTEST_WAIT_MS, Collected, collect
from db.contents import Contents
from db.errors import StoreUnreachable

if TYPE_CHECKING:
    from app.desk import Desk

_MB: Final = 1_000_000


class _Stopped(Exception):
    """Somebody does not want it any more."""


class _Counted:
    """A file that tells how far it was read."""

    def __init__(
        self, file: BinaryIO, size: int, on_progress: Callable[[int, int], None], stopping: Callable[[], bool]
    ) -> None:
        self._file, self._size, self._on_progress, self._stopping = file, size, on_progress, stopping
        self._done = 0

    def read(self, count: int) -> bytes:
        """The next bytes. Errors: _Stopped."""
        if self._stopping():
            raise _Stopped
        data = self._file.read(count)
        self._done += len(data)
        self._on_progress(min(self._done, self._size), self._size)
        return data


class Attachments(AttachmentReader):
    """Keeps files on this workstation and fetches those of others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.context, desk.profile)
        self._desk = desk
        self.contents = Contents(desk.replica, self.chunks, desk.context.clock)

    def keep(self, name: str, data: bytes) -> StoredFile:
        """Keep bytes on this workstation. On the write lane. Errors: UserError for an empty or too large file."""
        return self._keep(name, len(data), io.BytesIO(data))

    def keep_file(
        self,
        path: Path,
        *,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> StoredFile | None:
        """Keep a file of the disk; None when told to stop. Large ones on a lane of their own: they take as long as the
        disk. `on_progress(done, total)` counts bytes. Errors: UserError when it can't be read or is too large."""
        try:
            if path.is_dir():
                raise UserError(f"{path.name} is a folder; attach the files in it, or a .zip of them.")
            size = path.stat().st_size
            with path.open("rb") as file:
                return self._keep(path.name, size, cast(BinaryIO, _Counted(file, size, on_progress, stopping)))
        except _Stopped:
            return None
        except OSError as error:
            raise UserError(f"{path.name} can't be read ({error.strerror or error}); nothing was attached.") from error

    def _keep(self, name: str, size: int, source: BinaryIO) -> StoredFile:
        name = clean_name(name)
        if not size:
            raise UserError(f"{name} is empty; there is nothing to attach.")
        most = self._setting("largest_file_mb", LARGEST_FILE_MB) * _MB
        if size > most:
            raise UserError(
                f"{name} has {size / _MB:.1f} MB; files up to {most // _MB} MB can be attached. "
                "Put it on the drive and write down where it is."
            )
        sha256, chunks, size = self.chunks.write_content(source)
        self.contents.keep(sha256, chunks, size)
        return StoredFile(sha256, name, mimetypes.guess_type(name)[0] or "application/octet-stream", size)

    def fetch(
        self,
        sha256: bytes,
        name: str,
        *,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Bring a content here; False when told to stop. On a lane of its own: it may take long. `on_progress(done,
        total)` counts chunks. Errors: UserError in words, StorageError of the disk.
        """
        if sha256 in self.are_here([sha256]):
            return True
        lists = self.lists(sha256)
        if not lists:
            raise UserError(f"{name} is not part of any case any more.")
        try:
            with closing(self._desk.another_log()) as log:
                store = ChunkStore(log, self._desk.secret().desk_keys)
                done = fetch(store, self.chunks, lists[0], on_progress=on_progress, stopping=stopping)
        except StoreUnreachable as error:
            raise NotReachable(f"{name} is on the drive, which is not reachable now; try again when it is.") from error
        except ChunkMissing as error:
            raise NotWhole(
                f"{name} is missing or damaged on the drive. Workstations that have it were asked to put it back; "
                "try again in a few minutes."
            ) from error
        self.trim()
        return done

    def trim(self) -> int:
        """Make room where the contents here have outgrown their limit; returns how many bytes went."""
        return self.chunks.trim(self._setting("file_cache_mb", CACHE_MB) * _MB, self.contents.must_stay())

    def collect(self, days: int) -> Collected:
        """Collect chunks on the store that nothing names any more (db.collection). Errors: UserError, StorageError."""
        desk = self._desk
        role = desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,))
        if role != "administrator":
            raise UserError("Only an administrator removes contents from the drive.")
        if days * times.DAY_MS < SHORTEST_WAIT_MS:
            raise UserError("Wait two days at least; somebody may be sending the file just now.")
        desk.sync_round()
        with closing(desk.another_log()) as log:
            return collect(
                desk.replica, log, desk.secret().desk_keys, desk.sync_round, now=desk.context.clock(),
                wait_ms=days * times.DAY_MS,
            )  # fmt: skip

    def _setting(self, key: str, default: int) -> int:
        value = self._desk.profile.settings().get(key, default)
        return value if isinstance(value, int) and value > 0 else default
