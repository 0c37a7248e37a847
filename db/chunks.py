"""Chunks of attachments on this workstation's disk: own additions, and what was fetched to be looked at.

Each chunk is a file named by the SHA-256 of its bytes, written beside its place, flushed and renamed, so that a name
never stands for anything else; what the disk spoiled is found out by its hash when it is read, and removed. `trim`
makes room by what was used longest ago; what is not on the store yet is never taken.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from db.errors import StorageError

_log = logging.getLogger(__name__)

CHUNK: Final = 4 * 1024 * 1024
"""Bytes of every chunk of a content but the last."""
HASH: Final = 32
_TEMPORARY_AGE_S: Final = 24 * 3600
_TRIMMED_TO: Final = 0.9


def split(chunks: bytes) -> list[bytes]:
    """The hashes of a content's chunks, as its row keeps them one after the other."""
    return [chunks[n : n + HASH] for n in range(0, len(chunks), HASH)]


class ChunkFolder:
    """The folder; made when something is written. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, digest: bytes) -> Path:
        name = digest.hex()
        return self._folder / name[:2] / name

    def has(self, digest: bytes) -> bool:
        """Whether it is here, not whether it is whole."""
        return self._path(digest).exists()

    def read(self, digest: bytes) -> bytes | None:
        """The chunk, and a note that it was used; None when it is not here or spoiled."""
        path = self._path(digest)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).digest() != digest:
            _log.info("a chunk was spoiled on this disk: %s", path.name)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def write(self, digest: bytes, data: bytes) -> None:
        """Keep a chunk, safe from a power cut. Errors: StorageError when the disk is full or can't be written."""
        path = self._path(digest)
        if path.exists():
            with suppress(OSError):
                os.utime(path)
            return
        temporary = path.with_name(f"t.{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(path)
            except OSError:
                if path.exists():  # another process was faster, and somebody reads it (Windows)
                    return
                raise
            finally:
                with suppress(OSError):
                    temporary.unlink()
        except OSError as error:
            raise StorageError(
                f"{self._folder} can't be written ({error.strerror or error}); make room on the disk and try again."
            ) from error

    def write_content(self, source: BinaryIO) -> tuple[bytes, bytes, int]:
        """Cut a stream into chunks and keep them: (SHA-256 of the whole, hashes of the chunks in a row, bytes).

        One chunk is in memory at a time. Errors: StorageError; OSError of the source.
        """
        whole, chunks, size = hashlib.sha256(), b"", 0
        while data := source.read(CHUNK):
            whole.update(data)
            digest = hashlib.sha256(data).digest()
            self.write(digest, data)
            chunks += digest
            size += len(data)
        return whole.digest(), chunks, size

    def digests(self) -> Iterator[bytes]:
        """Every chunk that is here."""
        for _used, _size, path in self._files():
            yield bytes.fromhex(path.name)

    def size(self) -> int:
        """Bytes in use."""
        return sum(size for _used, size, _path in self._files())

    def trim(self, limit: int, kept: Collection[bytes]) -> int:
        """Where more than `limit` bytes are in use, remove what was used longest ago until a tenth is free again.

        `kept`: chunks that must stay. Also removes what crashed writes left. Returns how many bytes were freed.
        """
        found = sorted(self._files(sweep=True))
        total = sum(size for _used, size, _path in found)
        freed = 0
        for _used, size, path in found if total > limit else ():
            if total - freed <= limit * _TRIMMED_TO:
                break
            if bytes.fromhex(path.name) in kept:
                continue
            try:
                path.unlink()
            except OSError as error:  # somebody reads it just now
                _log.info("a chunk stays: %s", error)
                continue
            freed += size
        return freed

    def _files(self, *, sweep: bool = False) -> Iterator[tuple[float, int, Path]]:
        """(used at, bytes, path) of each chunk."""
        for path in self._folder.glob("??/*"):
            try:
                facts = path.stat()
                if path.name.startswith("t."):
                    if sweep and time.time() - facts.st_mtime > _TEMPORARY_AGE_S:
                        path.unlink()
                elif len(path.name) == 2 * HASH:
                    yield facts.st_mtime, facts.st_size, path
            except OSError:
                continue  # gone meanwhile
