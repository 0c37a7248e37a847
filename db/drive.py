"""The shared log on a network folder. See sync.md for why each step is as it is; every line here was paid for.

Publishing is by hard link: rename and O_EXCL are not exclusive on every server. The order is create exclusively, write,
flush, link, flush the same handle again, close, unlink the temporary; without the second flush a power cut of the
server loses an acknowledged entry. A name that does not exist yet is never probed (clients cache the absence for up
to 30 s): news come from the `head` file or from a listing.
"""

from __future__ import annotations

import errno
import itertools
import logging
import os
import random
import secrets
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from db.errors import StorageError, StoreUnreachable
from db.log import MAX_ENTRY, SLOT_NAMES, Head, Hint, Put

_log = logging.getLogger(__name__)
T = TypeVar("T")

SHARD: Final = 1000
_NO_HARD_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_HARD_LINKS_WINDOWS: Final = {1, 50}
"""ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED"""
_TRANSIENT: Final = {errno.EINVAL, errno.ESTALE, errno.EACCES, errno.EBUSY, errno.EAGAIN, errno.EINTR}
_MOST: Final = MAX_ENTRY + 1024
"""Bytes read of any file: more than an honest one has, so that a longer one is seen to be none."""
_TEMPORARY_AGE_S: Final = 24 * 3600


class DriveLog:
    """`SharedLog` in a folder. `device` only names temporaries. `patience`: seconds to wait for files that antivirus or
    another client holds."""

    def __init__(self, folder: Path, device: str = "0", patience: float = 10.0) -> None:
        self.where = str(folder)
        self._folder = folder
        self._root = folder / "hd"
        self._device = device[:8]
        self._patience = patience
        self._swept: Path | None = None

    # -- the store ----------------------------------------------------------------------------------------------------
    def card(self) -> bytes | None:
        """See SharedLog."""
        card = self._read(self._root / "store.msg")
        if card is None:
            self._present(self._folder)
        return card

    def create(self, card: bytes) -> bool:
        """See SharedLog."""
        self._present(self._folder)
        self._guard(lambda: self._root.mkdir(exist_ok=True))
        return self._link_in(self._root / "store.msg", card) is Put.WON

    # -- the log ------------------------------------------------------------------------------------------------------
    def hint(self) -> Hint | None:
        """See SharedLog."""
        raw = self._read(self._root / "head")
        try:
            epoch, seq, hash16, crc = (raw or b"").decode("ascii").strip().split("|")
            if zlib.crc32(f"{epoch}|{seq}|{hash16}".encode()) != int(crc, 16):
                return None
            return Hint(int(epoch), int(seq))
        except (ValueError, UnicodeDecodeError):
            return None

    def announce(self, head: Head) -> None:
        """See SharedLog. Rewritten in place (64 bytes): clients poll this file, and a new inode would be cached
        away."""
        text = f"{head.epoch:04d}|{head.seq:012d}|{head.hash[:16].hex()}"
        line = f"{text}|{zlib.crc32(text.encode()):08x}".ljust(63) + "\n"
        try:
            descriptor = os.open(self._root / "head", os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            try:
                os.write(descriptor, line.encode("ascii"))
            finally:
                os.close(descriptor)
        except OSError as error:
            _log.info("the head hint was not written: %s", error)

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        """See SharedLog."""
        self._present(self._root)
        wanted = after + 1
        while True:
            taken = set(self._listing(self._shard(epoch, wanted)))
            while f"{wanted:012d}{SLOT_NAMES[0]}" in taken:
                names = (f"{wanted:012d}{suffix}" for suffix in SLOT_NAMES)
                yield wanted, list(itertools.takewhile(taken.__contains__, names))
                wanted += 1
                if wanted % SHARD == 0:
                    break
            else:
                return

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """See SharedLog."""
        return self._read(self._shard(epoch, seq) / name)

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        """See SharedLog."""
        shard = self._shard(epoch, seq)
        if not self._guard(shard.is_dir):
            self._make(shard)
        answer = self._link_in(shard / name, raw)
        if shard != self._swept:
            # Once per shard and process: what crashed clients left must not pile up, nor fail a publish.
            self._swept = shard
            try:
                self.sweep(epoch, seq)
            except StorageError as error:
                _log.info("old temporaries were not swept: %s", error)
        return answer

    # -- side files ---------------------------------------------------------------------------------------------------
    def put_side(self, kind: str, name: str, data: bytes) -> None:
        """See SharedLog."""
        folder = self._root / kind
        self._make(folder)
        temporary = folder / self._temporary_name()

        def write() -> None:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(folder / name)

        try:
            self._guard(write)
        except StorageError:
            self._drop(temporary)
            raise

    def get_side(self, kind: str, name: str) -> bytes | None:
        """See SharedLog."""
        return self._read(self._root / kind / name)

    def remove_side(self, kind: str, name: str) -> None:
        """See SharedLog."""
        self._guard(lambda: (self._root / kind / name).unlink(missing_ok=True))

    # -- how --------------------------------------------------------------------------------------------------------
    def _shard(self, epoch: int, seq: int) -> Path:
        return self._root / "log" / f"e{epoch:04d}" / f"{seq // SHARD:09d}"

    def _temporary_name(self) -> str:
        return f"t.{self._device}.{secrets.token_hex(6)}"

    def _present(self, folder: Path) -> None:
        """A share that went away looks like a missing folder; never mistake it for an empty log."""
        if not self._guard(folder.is_dir):
            raise StoreUnreachable(f"The folder {self._folder} can't be reached. Work goes on here and is sent later.")

    def _make(self, folder: Path) -> None:
        """A folder below the store's root, never the root: that would put a store where the share was before."""
        self._present(self._root)
        for missing in [f for f in reversed((folder, *folder.parents)) if f.is_relative_to(self._root)][1:]:
            self._guard(lambda f=missing: f.mkdir(exist_ok=True))  # type: ignore[misc]

    def _listing(self, folder: Path) -> list[str]:
        # All names in one call: an object per entry would cost more than the rest of a look.
        return self._guard(lambda: os.listdir(folder), missing=list)  # noqa: PTH208

    def _read(self, path: Path) -> bytes | None:
        """None when it is not there. Never more than an honest file holds, whatever lies there."""

        def read() -> bytes | None:
            try:
                with path.open("rb") as file:
                    return file.read(_MOST)
            except (IsADirectoryError, PermissionError):  # the latter is what Windows says
                if path.is_dir():
                    return b""  # a folder of that name is no entry, but it holds the place
                raise

        return self._guard(read, missing=lambda: None)

    def _link_in(self, final: Path, raw: bytes) -> Put:
        """Create, write, flush, link, flush, close, unlink; then believe only what is read back."""
        temporary = final.parent / self._temporary_name()
        unclear: OSError | None = None
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = self._guard(lambda: os.open(temporary, flags, 0o666))
        try:
            view = memoryview(raw)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
            try:
                os.link(temporary, final)
                os.fsync(descriptor)
                return Put.WON
            except FileExistsError:
                pass  # taken: the read-back below says by whom
            except OSError as error:
                unclear = error
                _log.info("no clear answer to a publish: %s", error)
        except OSError as error:
            raise self._named(error) from error
        finally:
            os.close(descriptor)
            self._drop(temporary)
        answer = self._read_back(final, raw)
        if answer is Put.UNKNOWN and unclear is not None:
            if _has_no_hard_links(unclear):
                raise StorageError(
                    f"{self._folder} does not support hard links, which Halldesk needs to be safe; use another share."
                ) from unclear
            if unclear.errno in (errno.EACCES, errno.EROFS, errno.ENOSPC):
                raise self._named(unclear) from unclear
        return answer

    def _read_back(self, final: Path, raw: bytes) -> Put:
        """Any answer but success: is it there, and is it mine? The name is looked for in a listing, never probed."""
        deadline = time.monotonic() + self._patience
        while final.name in self._listing(final.parent):
            try:
                return Put.WON if final.read_bytes() == raw else Put.LOST
            except OSError as error:
                if error.errno not in _TRANSIENT and not isinstance(error, FileNotFoundError):
                    raise self._named(error) from error
            if time.monotonic() > deadline:
                break
            time.sleep(random.uniform(0.01, 0.1))
        return Put.UNKNOWN

    def _drop(self, temporary: Path) -> None:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            _log.info("a temporary stays behind until it is swept: %s", error)

    def sweep(self, epoch: int, seq: int) -> int:
        """Remove day-old temporaries of crashed clients beside slot `seq`; returns how many."""
        removed = 0
        folder = self._shard(epoch, seq)
        for name in self._listing(folder):
            if name.startswith("t.") and self._age_s(folder / name) > _TEMPORARY_AGE_S:
                self._drop(folder / name)
                removed += 1
        return removed

    def _age_s(self, path: Path) -> float:
        return self._guard(lambda: time.time() - path.stat().st_mtime, missing=lambda: 0.0)

    def _guard(self, call: Callable[[], T], missing: Callable[[], T] | None = None) -> T:
        """Repeat what antivirus, a stale handle or a sharing violation made fail; name the drive when it is the drive.

        `missing`: the answer when there is no such file or folder (without it: the drive can't be reached).
        """
        deadline = time.monotonic() + self._patience
        pause = 0.01
        while True:
            try:
                return call()
            except OSError as error:
                if missing is not None and isinstance(error, FileNotFoundError | NotADirectoryError):
                    return missing()
                if error.errno not in _TRANSIENT or time.monotonic() > deadline or self._is_read_only(error):
                    raise self._named(error) from error
                time.sleep(pause)
                pause = min(pause * 2, 2.0)

    def _is_read_only(self, error: OSError) -> bool:
        """A missing permission does not go away by waiting; a file held by antivirus does."""
        return error.errno == errno.EACCES and os.name == "posix" and not os.access(self._root, os.W_OK)

    def _named(self, error: OSError) -> StorageError:
        """The system's error as one sentence that says whose turn it is."""
        where = self._folder
        if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
            return StorageError(f"The drive {where} is full; make room on it. Your work is kept here and sent later.")
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return StorageError(
                f"{where} can't be written; ask for write permission. Your work is kept here and sent later."
            )
        return StoreUnreachable(f"The folder {where} can't be reached ({error.strerror or error}). Work goes on here.")


def _has_no_hard_links(error: OSError) -> bool:
    return error.errno in _NO_HARD_LINKS or getattr(error, "winerror", None) in _NO_HARD_LINKS_WINDOWS
