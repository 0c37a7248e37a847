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
import random
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from db.errors import StorageError, StoreFull, StoreUnreachable
from db.files import Files, LocalFiles, OpenFile
from db.folder_bell import bell_of
from db.log import MAX_ENTRY, SLOT_NAMES, Bell, Head, Hint, Put, checked_side, is_side_name
from db.turns import PREFIX, Line, short_name

_log = logging.getLogger(__name__)
T = TypeVar("T")

SHARD: Final = 1000
_NO_HARD_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_HARD_LINKS_WINDOWS: Final = {1, 50}
"""ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED"""
_TRANSIENT: Final = {errno.EINVAL, errno.ESTALE, errno.EACCES, errno.EBUSY, errno.EAGAIN, errno.EINTR}
_MOST: Final = MAX_ENTRY + 1024
"""Bytes read of any file: more than an honest one has, so that a longer one is seen to be none."""
_EPOCH: Final = re.compile(r"e\d{4}")
_SHARD: Final = re.compile(r"\d{9}")
_ENTRY: Final = re.compile(r"\d{12}\.e")
_TEMPORARY_AGE_S: Final = 24 * 3600
_ROOT: Final = "hd"
_SPREAD: Final = ("blob",)
_SPREAD_OVER: Final = 2
"""Kinds of side files that may be many, over folders named by that many first characters."""


class _Place(NamedTuple):
    """A temporary of ours, open."""

    folder: str
    name: str
    file: OpenFile

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}"


class DriveLog:
    """`SharedLog` in a folder. `device` only names temporaries. `patience`: seconds to wait for files that antivirus or
    another client holds. `files`: how the folder is reached, if not by the operating system."""

    is_lock = False
    """See TakesTurns."""

    def __init__(
        self, folder: Path | str, device: str = "0", patience: float = 10.0, files: Files | None = None
    ) -> None:
        self.where = str(folder)
        self._files = files or LocalFiles(Path(folder))
        self._device = device[:8]
        self._patience = patience
        self._swept: set[str] = set()
        self._line = Line()
        self._place: _Place | None = None
        """Our temporary, where we stand in line."""

    def close(self) -> None:
        """See SharedLog."""
        self.leave_the_line()

    # -- the store ----------------------------------------------------------------------------------------------------
    def card(self) -> bytes | None:
        """See SharedLog."""
        card = self._read("hd/store.msg")
        if card is None:
            self._present("")
        return card

    def create(self, card: bytes) -> bool:
        """See SharedLog."""
        self._present("")
        self._guard(lambda: self._files.make_folder(_ROOT))
        return self._link_in(_ROOT, "store.msg", card) is Put.WON

    # -- the log ------------------------------------------------------------------------------------------------------
    def hint(self) -> Hint | None:
        """See SharedLog."""
        raw = self._read("hd/head")
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
            try:
                self._files.rewrite("hd/head", line.encode("ascii"))
            except PermissionError:
                # Made by somebody for himself alone. In a folder we may write in, a new one takes its place.
                self._files.remove("hd/head")
                self._files.rewrite("hd/head", line.encode("ascii"))
        except OSError as error:
            _log.info("the head hint was not written: %s", error)

    def bell(self) -> Bell | None:
        """See SharedLog."""
        return bell_of(Path(self.where) / _ROOT) if isinstance(self._files, LocalFiles) else None

    def slots(self, epoch: int, after: int) -> Iterator[tuple[int, list[str]]]:
        """See SharedLog."""
        self._present(_ROOT)
        wanted = after + 1
        while True:
            taken = set(self._listing(_shard(epoch, wanted)))
            self._line.look(taken, self._place and self._place.name, time.monotonic())
            while f"{wanted:012d}{SLOT_NAMES[0]}" in taken:
                names = (f"{wanted:012d}{suffix}" for suffix in SLOT_NAMES)
                yield wanted, list(itertools.takewhile(taken.__contains__, names))
                wanted += 1
                if wanted % SHARD == 0:
                    break
            else:
                # By the alphabet first: in a folder of a thousand, next to nothing is left to be looked at.
                first = f"{wanted:012d}."
                if wanted and any(_slot_of(name) > wanted for name in [one for one in taken if one > first]):
                    yield wanted, []
                return

    def stand_in_line(self, epoch: int, seq: int) -> None:
        """See TakesTurns."""
        shard = _shard(epoch, seq)
        if self._place is not None and self._place.folder == shard:
            return
        self.leave_the_line()
        if self._guard(lambda: self._files.is_folder(shard)):
            self._place = self._temporary(shard)

    def ahead(self) -> int:
        """See TakesTurns."""
        return self._line.ahead(self._place and self._place.name, time.monotonic())

    def used_their_turn(self, devices: Iterable[bytes]) -> None:
        """See TakesTurns."""
        self._line.let_go({short_name(device) for device in devices})

    def leave_the_line(self) -> None:
        """See TakesTurns."""
        place, self._place = self._place, None
        if place is not None:
            self._let_go(place.file)
            self._drop(place.path)

    def epochs(self) -> list[int]:
        """See SharedLog."""
        self._present(_ROOT)
        return sorted(int(name[1:]) for name in self._listing(f"{_ROOT}/log") if _EPOCH.fullmatch(name))

    def oldest(self, epoch: int) -> int | None:
        """See SharedLog."""
        self._present(_ROOT)
        for shard in self._shards(epoch):
            slots = [_slot_of(name) for name in self._listing(f"{_ROOT}/log/e{epoch:04d}/{shard}")]
            if there := [slot for slot in slots if slot > 0]:
                return min(there)
        return None

    def drop(self, epoch: int, through: int) -> None:
        """See SharedLog. Whole folders of a thousand only."""
        self._present(_ROOT)
        for shard in self._shards(epoch):
            if (int(shard) + 1) * SHARD - 1 > through:
                return
            folder = f"{_ROOT}/log/e{epoch:04d}/{shard}"
            names = sorted(name for name in self._listing(folder) if not name.startswith(f"{0:012d}."))
            for name in names:
                self._guard(partial(self._files.remove, f"{folder}/{name}"), missing=lambda: None)
            try:
                self._files.remove_folder(folder)
            except OSError as error:
                _log.info("the folder %s stays: %s", folder, error)

    def _shards(self, epoch: int) -> list[str]:
        return sorted(name for name in self._listing(f"{_ROOT}/log/e{epoch:04d}") if _SHARD.fullmatch(name))

    def read(self, epoch: int, seq: int, name: str) -> bytes | None:
        """See SharedLog."""
        return self._read(f"{_shard(epoch, seq)}/{name}")

    def put(self, epoch: int, seq: int, name: str, raw: bytes) -> Put:
        """See SharedLog."""
        shard = _shard(epoch, seq)
        if not self._guard(lambda: self._files.is_folder(shard)):
            self._make(shard)
        answer = self._link_in(shard, name, raw)
        self._sweep_once(shard)
        if seq >= SHARD:
            self._sweep_once(_shard(epoch, seq - SHARD))  # where nobody publishes any more
        return answer

    # -- side files ---------------------------------------------------------------------------------------------------
    def put_side(self, kind: str, name: str, data: bytes) -> None:
        """See SharedLog."""
        folder = _side_folder(kind, name)
        self._make(folder)
        made = self._temporary(folder)
        try:
            try:
                made.file.write(data)
                made.file.flush()
            finally:
                made.file.close()
        except OSError as error:
            self._drop(made.path)
            raise self._named(error) from error
        try:
            self._guard(lambda: self._files.replace(made.path, f"{folder}/{name}"))
        except StorageError:
            self._drop(made.path)
            raise

    def take_side(self, kind: str, name: str, data: bytes) -> bool:
        """See SharedLog."""
        folder = _side_folder(kind, name)
        self._make(folder)
        answer = self._link_in(folder, name, data)
        self._sweep_once(folder)
        if answer is Put.UNKNOWN:
            raise StoreUnreachable(f"The folder {self.where} gave no clear answer. Work goes on here.")
        return answer is Put.WON

    def get_side(self, kind: str, name: str) -> bytes | None:
        """See SharedLog."""
        data = self._read(f"{_side_folder(kind, name)}/{name}")
        if data is None:
            self._present(_ROOT)
        return data

    def sides(self, kind: str) -> list[str]:
        """See SharedLog."""
        folder = f"{_ROOT}/{kind}"
        found = self._listing(folder)
        if not found:
            self._present(_ROOT)
        if kind in _SPREAD:
            found = [
                name
                for part in found
                if len(part) <= _SPREAD_OVER
                for name in self._listing(f"{folder}/{part}")
                if _spread(name) == part
            ]
        return sorted(filter(is_side_name, found))

    def written_at(self, kind: str, name: str) -> float | None:
        """See KnowsItsTime."""
        path = f"{_side_folder(kind, name)}/{name}"
        return self._guard(lambda: self._files.modified_at(path), missing=lambda: None)

    def remove_side(self, kind: str, name: str) -> None:
        """See SharedLog."""
        path = f"{_side_folder(kind, name)}/{name}"
        self._guard(lambda: self._files.remove(path), missing=lambda: self._present(_ROOT))

    # -- how --------------------------------------------------------------------------------------------------------
    def _present(self, folder: str) -> None:
        """A share that went away looks like a missing folder; never mistake it for an empty log."""
        if not self._guard(lambda: self._files.is_folder(folder)):
            raise StoreUnreachable(f"The folder {self.where} can't be reached. Work goes on here and is sent later.")

    def _make(self, folder: str) -> None:
        """A folder below the store's root, never the root: that would put a store where the share was before."""
        if self._guard(lambda: self._files.is_folder(folder)):
            return
        self._present(_ROOT)
        for part in itertools.accumulate(folder.split("/"), "{}/{}".format):
            if part != _ROOT:
                self._guard(partial(self._files.make_folder, part))

    def _listing(self, folder: str) -> list[str]:
        return self._guard(lambda: self._files.names(folder), missing=list)

    def _read(self, path: str) -> bytes | None:
        """None when it is not there. Never more than an honest file holds, whatever lies there."""

        def read() -> bytes | None:
            try:
                return self._files.read(path, _MOST)
            except (IsADirectoryError, PermissionError):  # the latter is what Windows says
                if self._files.is_folder(path):
                    return b""  # a folder of that name is no entry, but it holds the place
                raise

        return self._guard(read, missing=lambda: None)

    def _temporary(self, folder: str) -> _Place:
        """A new file of ours in that folder."""
        name = self._line.next_name(self._device)
        return _Place(folder, name, self._guard(lambda: self._files.create(f"{folder}/{name}")))

    def _link_in(self, folder: str, name: str, raw: bytes) -> Put:
        """Create, write, flush, link, flush, close, unlink; then believe only what is read back."""
        if self._place is not None and self._place.folder == folder:
            place, self._place = self._place, None
        else:
            place = self._temporary(folder)
        temporary, file = place.path, place.file
        unclear: OSError | None = None
        try:
            file.write(raw)
            file.flush()
            try:
                self._files.link(temporary, f"{folder}/{name}")
                file.flush()
                return Put.WON
            except FileExistsError:
                pass  # taken: the read-back below says by whom
            except OSError as error:
                unclear = error
                _log.info("no clear answer to a publish: %s", error)
        except OSError as error:
            raise self._named(error) from error
        finally:
            self._let_go(file)
            self._drop(temporary)
        answer = self._read_back(folder, name, raw)
        if answer is Put.UNKNOWN and unclear is not None:
            if _has_no_hard_links(unclear):
                raise StorageError(
                    f"{self.where} does not support hard links, which Halldesk needs to be safe; use another share."
                ) from unclear
            if unclear.errno in (errno.EACCES, errno.EROFS, errno.ENOSPC):
                raise self._named(unclear) from unclear
        return answer

    def _read_back(self, folder: str, name: str, raw: bytes) -> Put:
        """Any answer but success: is it there, and is it mine? The name is looked for in a listing, never probed. Mine
        is won when it is flushed as well."""
        deadline = time.monotonic() + self._patience
        while name in self._listing(folder):
            try:
                if self._files.read(f"{folder}/{name}", len(raw) + 1) != raw:
                    return Put.LOST
                self._files.flush(f"{folder}/{name}")  # it may have got its name without the second flush
                return Put.WON
            except OSError as error:
                if error.errno not in _TRANSIENT and not isinstance(error, FileNotFoundError):
                    raise self._named(error) from error
            if time.monotonic() > deadline:
                break
            time.sleep(random.uniform(0.01, 0.1))
        return Put.UNKNOWN

    def _let_go(self, file: OpenFile) -> None:
        """What was flushed is safe, what was not is not believed: an error of closing adds nothing."""
        try:
            file.close()
        except OSError as error:
            _log.info("a temporary could not be closed: %s", error)

    def _drop(self, temporary: str) -> None:
        try:
            self._files.remove(temporary)
        except FileNotFoundError:
            pass
        except OSError as error:
            _log.info("a temporary stays behind until it is swept: %s", error)

    def _sweep_once(self, folder: str) -> None:
        """Once per folder and process: what crashed clients left must not pile up, nor fail what was asked for."""
        if folder in self._swept:
            return
        self._swept.add(folder)
        try:
            self._sweep(folder)
        except StorageError as error:
            _log.info("old temporaries were not swept: %s", error)

    def sweep(self, epoch: int, seq: int) -> int:
        """Remove day-old temporaries of crashed clients beside slot `seq`; returns how many."""
        return self._sweep(_shard(epoch, seq))

    def _sweep(self, folder: str) -> int:
        removed = 0
        for name in self._listing(folder):
            if name.startswith(PREFIX) and self._age_s(f"{folder}/{name}") > _TEMPORARY_AGE_S:
                self._drop(f"{folder}/{name}")
                removed += 1
        return removed

    def _age_s(self, path: str) -> float:
        return self._guard(lambda: time.time() - self._files.modified_at(path), missing=lambda: 0.0)

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
        return error.errno == errno.EACCES and not self._files.may_write(_ROOT)

    def _named(self, error: OSError) -> StorageError:
        """The system's error as one sentence that says whose turn it is."""
        where = self.where
        if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
            return StoreFull(f"The drive {where} is full; make room on it. Your work is kept here and sent later.")
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return StorageError(
                f"{where} can't be written; ask for write permission. Your work is kept here and sent later."
            )
        return StoreUnreachable(f"The folder {where} can't be reached ({error.strerror or error}). Work goes on here.")


def _shard(epoch: int, seq: int) -> str:
    return f"{_ROOT}/log/e{epoch:04d}/{seq // SHARD:09d}"


def _side_folder(kind: str, name: str) -> str:
    checked_side(kind, name)
    return f"{_ROOT}/{kind}/{_spread(name)}" if kind in _SPREAD else f"{_ROOT}/{kind}"


def _spread(name: str) -> str:
    return name[:_SPREAD_OVER].rstrip(".-")  # Windows has no folder "a."


def _has_no_hard_links(error: OSError) -> bool:
    return error.errno in _NO_HARD_LINKS or getattr(error, "winerror", None) in _NO_HARD_LINKS_WINDOWS


def _slot_of(name: str) -> int:
    """The slot whose first name this is; -1 for any other."""
    return int(name[:12]) if _ENTRY.fullmatch(name) else -1
