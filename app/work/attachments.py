"""Files of a case: a screenshot that was pasted, a log that was dropped on the window.

In this order: the bytes are cut in chunks and kept on this workstation (`keep`), at once, so that a draft which names
them survives a crash; then a verb (`Cases.note` or `Cases.attach`) writes the row that makes the file part of the case;
then the syncer sends the chunks to the store and, last, the row to the log (db.contents). Other workstations see the
row and fetch the chunks when somebody wants to look (`fetch`); what was fetched stays until room is needed.

This module reads what is here, which a window does at its start; app.work.attaching keeps and fetches.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from typing import Final

from app import times
from app.context import ReadContext
from app.errors import UserError
from app.profile import Profile
from db.chunks import ChunkFolder, split

LARGEST_FILE_MB: Final = 200
"""What can be attached where nobody set another limit (`largest_file_mb` in the profile's settings)."""
CACHE_MB: Final = 2_000
"""Room for contents on this workstation's disk where nobody set another (`file_cache_mb`)."""
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


class Where(StrEnum):
    """Where the bytes of a file are."""

    HERE = "here"
    STORE = "store"
    """On the shared store, or on its way there from another workstation; to be fetched."""
    GOING = "going"
    """Here, and not on the store yet."""


class NotReachable(UserError):
    """A content is on the store only, and the store does not answer now."""


class NotWhole(UserError):
    """The store lacks a whole copy of a content; others were asked for theirs."""


class AttachmentReader:
    """Reads what is here; call it on any lane."""

    def __init__(self, context: ReadContext, profile: Profile) -> None:
        self._reading = context
        self.chunks = ChunkFolder(profile.chunks)
        self._shown = profile.folder / "shown"

    def lists(self, sha256: bytes) -> list[list[bytes]]:
        """The hashes of a content's chunks, as the rows that name it tell (they should all agree)."""
        rows = self._reading.reader.all(
            "SELECT chunks FROM kept_file WHERE sha256 = ?1 UNION SELECT chunks FROM attachment WHERE sha256 = ?1",
            (sha256,),
        )
        return [split(row["chunks"]) for row in rows]

    def where(self, hashes: Sequence[bytes]) -> dict[bytes, Where]:
        """Where each of these contents is."""
        reader = self._reading.reader
        out = {}
        for sha256 in hashes:
            if not any(all(map(self.chunks.has, digests)) for digests in self.lists(sha256)):
                out[sha256] = Where.STORE
            else:
                waits = reader.value("SELECT 1 FROM kept_file WHERE sha256 = ?", (sha256,))
                out[sha256] = Where.GOING if waits else Where.HERE
        return out

    def are_here(self, hashes: Sequence[bytes]) -> frozenset[bytes]:
        """Which of these contents this workstation has."""
        return frozenset(sha256 for sha256, where in self.where(hashes).items() if where is not Where.STORE)

    def read(self, sha256: bytes) -> bytes:
        """The bytes, all at once: for pictures. Errors: UserError when they are not here."""
        return b"".join(self._parts(sha256))

    def _parts(self, sha256: bytes) -> Iterator[bytes]:
        """The bytes, chunk by chunk; the last one comes only when the whole is what it should be."""
        lists = self.lists(sha256)
        digests = next((d for d in lists if all(map(self.chunks.has, d))), None)
        if digests is None:
            raise UserError("This file is on the drive, not on this workstation; open it while the drive is reachable.")
        whole = hashlib.sha256()
        for n, digest in enumerate(digests):
            data = self.chunks.read(digest)
            if data is None:
                raise UserError("A part of this file was spoiled on this disk; open it again to fetch it anew.")
            whole.update(data)
            if n == len(digests) - 1 and whole.digest() != sha256:
                raise UserError("This file is not what its name in the log says; ask who attached it to do so again.")
            yield data

    def save(self, sha256: bytes, path: Path) -> None:
        """Write the bytes to `path`, in one piece or not at all. Errors: UserError."""
        temporary = path.with_name(f"{path.name}.part")
        try:
            try:
                with temporary.open("wb") as file:
                    for data in self._parts(sha256):
                        file.write(data)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(f"{path} can't be written ({error.strerror or error}); choose another place.") from error

    def copy_to_show(self, sha256: bytes, name: str, media_type: str) -> Path:
        """A copy for the system's own viewer. Errors: UserError for what might be a program, or is not here."""
        name = clean_name(name)
        if not may_open(name, media_type):
            raise UserError(f"{name} is not opened from here, because it could be a program; save it instead.")
        folder = self._shown / sha256.hex()[:12]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"{folder} can't be made ({error.strerror or error}); save the file instead.") from error
        path = folder / name
        self.save(sha256, path)
        return path


_PROGRAMS: Final = (
    ".apk", ".app", ".appimage", ".bat", ".cmd", ".com", ".cpl", ".deb", ".desktop", ".dll", ".docm", ".exe", ".hta",
    ".htm", ".html", ".iso", ".jar", ".js", ".jse", ".lnk", ".msi", ".msix", ".ps1", ".py", ".reg", ".rpm", ".scr",
    ".sh", ".svg", ".url", ".vb", ".vbe", ".vbs", ".wsf", ".xlsm", ".xml",
)  # fmt: skip
"""Endings that a system runs, or shows in a program that runs what is inside."""


def could_be_a_program(name: str) -> bool:
    """Whether opening a file of this name could start something; to warn of it."""
    return name.casefold().rstrip(" .").endswith(_PROGRAMS)


def may_open(name: str, media_type: str) -> bool:
    """Whether it may be handed to the system: by what it is said to be, and by what its name would start."""
    return media_type in OPENABLE and (mimetypes.guess_type(name)[0] or "") in OPENABLE


def screenshot_name(now: int, zone: str) -> str:
    """How a pasted picture is called: by the wall clock of the site."""
    return times.local_wall(now, times.zone(zone)).strftime("Screenshot %Y-%m-%d %H.%M.%S.png")
