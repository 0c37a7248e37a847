"""Files of a case: a screenshot that was pasted, a log that was dropped on the window.

In this order: the bytes are kept on this workstation under the hash of their content (`keep`), at once, so that a
draft which names them survives a crash; then a verb (`Cases.note` or `Cases.attach`) writes the row that makes the file
part of the case. Only the row travels in the shared log so far; the bytes stay where they were added until blobs are
shared, and `read` says so in words.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Final

from app import times
from app.context import Context, ReadContext
from app.errors import UserError

MAX_BYTES: Final = 4 * 1024 * 1024
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_RESERVED: Final = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
_LONGEST_NAME: Final = 120
OPENABLE: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/pdf", "text/plain",
                   "text/csv")  # fmt: skip
"""What may be handed to the system to show; anything else could be a program and is only saved where a person says."""


@dataclass(frozen=True)
class StoredFile:
    """A file whose bytes are kept here, not yet (or already) part of a case. `size` in bytes."""

    sha256: bytes
    name: str
    media_type: str
    size: int


def clean_name(name: str) -> str:
    """A file name that every system takes: no folders, no forbidden characters, never empty."""
    name = _FORBIDDEN.sub(" ", PureWindowsPath(name.replace("/", "\\")).name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = (
            (stem[: _LONGEST_NAME - len(ending) - 1] + dot + ending)[:_LONGEST_NAME] if stem else name[:_LONGEST_NAME]
        )
    if name.partition(".")[0].casefold() in _RESERVED:
        name = f"_{name}"
    return name or "file"


class AttachmentReader:
    """Reads what is here; call it on any lane."""

    def __init__(self, context: ReadContext, folder: Path) -> None:
        """`folder`: where copies are put for other programs to show; made when needed."""
        self._reading, self._folder = context, folder

    def read(self, sha256: bytes) -> bytes:
        """The bytes. Errors: UserError when they are on another workstation only."""
        found = self._reading.reader.value("SELECT data FROM blob WHERE sha256 = ?", (sha256,))
        if found is None:
            raise UserError("This file is on the workstation that added it; it is not here yet.")
        return bytes(found)

    def are_here(self, hashes: Sequence[bytes]) -> frozenset[bytes]:
        """Which of these contents this workstation has."""
        reader = self._reading.reader
        return frozenset(h for h in hashes if reader.value("SELECT 1 FROM blob WHERE sha256 = ?", (h,)))

    def save(self, sha256: bytes, path: Path) -> None:
        """Write the bytes to `path`. Errors: UserError."""
        data = self.read(sha256)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise UserError(f"{path} can't be written ({error.strerror or error}); choose another place.") from error

    def copy_to_show(self, sha256: bytes, name: str, media_type: str) -> Path:
        """A copy for the system's own viewer. Errors: UserError for what might be a program, or is not here."""
        if media_type not in OPENABLE:
            raise UserError(f"{name} is not opened from here, because it could be a program; save it instead.")
        folder = self._folder / sha256.hex()[:12]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"{folder} can't be made ({error.strerror or error}); save the file instead.") from error
        path = folder / clean_name(name)
        self.save(sha256, path)
        return path


class Attachments:
    """Keeps files on this workstation; call it on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, name: str, data: bytes) -> StoredFile:
        """Keep bytes on this workstation. Errors: UserError for an empty file or one that is too large."""
        name = clean_name(name)
        if not data:
            raise UserError(f"{name} is empty; there is nothing to attach.")
        if len(data) > MAX_BYTES:
            raise _too_large(name, len(data))
        digest = hashlib.sha256(data).digest()
        with self._context.replica.local() as raw:
            raw.execute("INSERT OR IGNORE INTO blob (sha256, data) VALUES (?, ?)", (digest, data))
        return StoredFile(digest, name, mimetypes.guess_type(name)[0] or "application/octet-stream", len(data))

    def keep_file(self, path: Path) -> StoredFile:
        """Keep a file of the disk. Errors: UserError when it can't be read or is too large."""
        try:
            if path.is_dir():
                raise UserError(f"{path.name} is a folder; attach the files in it, or a .zip of them.")
            if (size := path.stat().st_size) > MAX_BYTES:
                raise _too_large(path.name, size)
            data = path.read_bytes()
        except OSError as error:
            raise UserError(f"{path.name} can't be read ({error.strerror or error}); nothing was attached.") from error
        return self.keep(path.name, data)


def _too_large(name: str, size: int) -> UserError:
    return UserError(
        f"{name} has {size / 1e6:.1f} MB; for now files up to {MAX_BYTES // 1024 // 1024} MB can be attached. "
        "Put it on the drive and write down where it is."
    )


def screenshot_name(now: int, zone: str) -> str:
    """How a pasted picture is called: by the wall clock of the site."""
    return times.local_wall(now, times.zone(zone)).strftime("Screenshot %Y-%m-%d %H.%M.%S.png")
