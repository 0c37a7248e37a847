"""Work that was not sent, in a file: out of a workstation that may not send any more, into one that may.

A workstation that was revoked, or that another machine took the identity of, keeps what was done on it. `export`
writes that to one file: the changes, the attachments among them that no store has, drafts and settings; sealed with
the desk key that was in force when it last wrote, and signed. `bring_in` lets another workstation send it, under the
same ids, so that what went out after all, or comes by two ways, counts once.

Whoever brings it in answers for it (db.on_behalf). Therefore a file is believed only where it is signed by a
workstation that this desk knows, and what decides who may do what (roles, devices, keys) is left out and said: who
finds a laptop also finds its key. What the rules refuse is kept as a conflict like any other change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.errors import UserError
from db.archive import Archive
from db.authority import AUTHORITY_TABLES
from db.capture import TxRecord
from db.chunks import ChunkFolder, split
from db.contents import added
from db.errors import StorageError
from db.sealing import seal, seal_chunk, unseal, unseal_chunk, verify
from db.state import Unusable

if TYPE_CHECKING:
    from app.desk import Desk

WORK: Final = "work.sealed"
_CHUNK: Final = "files/{}"
_ABOUT: Final = "READ ME.txt"
_WORDS: Final = (
    "Work of a Halldesk workstation that was not sent. Another one of the same help desk takes it in: halldesk work "
    "import THIS-FILE\nEverything in it is sealed; it opens with the keys of a workstation of this desk only.\n"
)


@dataclass(frozen=True)
class Exported:
    """What was written: changes, chunks of attachments, and how many chunks are not on this disk any more."""

    changes: int
    files: int
    missing: int


@dataclass(frozen=True)
class Line:
    """One change of a parcel, for people. `at`: ms UTC by its maker's clock; `title` "" where no case is named."""

    kind: str
    at: int
    title: str
    left_out: bool


@dataclass(frozen=True)
class Parcel:
    """A file, looked into. `device`, `analyst`: whose it is, by name; `known`: how many of its changes the log has."""

    device: str
    analyst: str
    analyst_id: bytes
    records: tuple[TxRecord, ...]
    drafts: tuple[tuple[str, str, int], ...]
    settings: str
    lines: tuple[Line, ...]
    known: int

    @property
    def left_out(self) -> int:
        """Changes that are not taken from a file: they decide who may do what."""
        return sum(line.left_out for line in self.lines)


@dataclass(frozen=True)
class BroughtIn:
    """What was taken in: changes that wait to be sent now, chunks of attachments, changes the log has already, and
    those left out."""

    changes: int
    files: int
    known: int
    left_out: int


def export(desk: Desk, path: Path) -> Exported:
    """Write everything this workstation has not sent. Errors: UserError when there is nothing, or its key is missing;
    StorageError when the file is there or can't be written."""
    if not desk.replica.unsent():
        raise UserError("Everything done on this workstation was sent; there is nothing to write.")
    with Archive(path) as archive:
        archive.write(_ABOUT, _WORDS.encode())
        return write(desk, archive)


def write(desk: Desk, archive: Archive) -> Exported:
    """Into a backup, or a file of its own. Errors: UserError, StorageError."""
    secret, bodies = desk.secret(), desk.replica.unsent()
    drafts = [[row["key"], row["text"], row["saved_at"]] for row in desk.context.reader.all("SELECT * FROM draft")]
    fields: list[Any] = [desk.me, bodies, drafts, json.dumps(desk.profile.settings()), desk.replica.fact("store")]
    archive.write(WORK, seal(secret, b"w", fields))
    files = missing = 0
    folder = ChunkFolder(desk.profile.chunks)
    for digest in _chunks(map(TxRecord.unpack, bodies)):
        plain = folder.read(digest)
        if plain is None:
            missing += 1
            continue
        archive.write(_CHUNK.format(digest.hex()), seal_chunk(secret, plain, digest, b"f"))
        files += 1
    return Exported(len(bodies), files, missing)


def look_into(desk: Desk, path: Path) -> Parcel:
    """What a file holds; nothing is changed. Errors: UserError when it is of another desk, of nobody this desk knows,
    or can't be opened; StorageError."""
    with _opened(path) as archive:
        data = archive.read(WORK)
    if data is None:
        raise UserError(f"{path} holds no work of a workstation.")
    try:
        device, (analyst, bodies, drafts, settings, *store) = unseal(desk.secret().desk_keys, b"w", data)
        records = tuple(TxRecord.unpack(body) for body in bodies)
        kept = tuple((str(key), str(text), int(at)) for key, text, at in drafts)
    except (Unusable, ValueError, TypeError) as error:
        raise UserError(f"The work in {path} can't be opened: {error}.") from error
    if store and store[0] != desk.replica.fact("store"):
        raise UserError(f"{path} is of another help desk.")
    row = desk.context.reader.one("SELECT name, analyst_id, public_key FROM device WHERE id = ?", (device,))
    if row is None or row["analyst_id"] != analyst:
        raise UserError(f"{path} names a workstation that this help desk does not know.")
    try:
        verify(data, row["public_key"])
    except Unusable as error:
        raise UserError(f"{path} was not written by the workstation it names; nothing of it is taken.") from error
    applied = {record.id for record in records if desk.replica.outcome(record.id)[0] == "accepted"}
    lines = tuple(_line(desk, record) for record in records if record.kind != "device.enrol")
    name = desk.directory.name("analyst", analyst)
    return Parcel(row["name"], name, analyst, records, kept, str(settings), lines, len(applied))


def bring_in(desk: Desk, path: Path) -> BroughtIn:
    """Let this workstation send what a file holds; the next round does. A second time changes nothing. Errors: as
    `look_into`."""
    parcel = look_into(desk, path)
    known = {r.id for r in parcel.records if desk.replica.outcome(r.id)[0] in ("accepted", "pending")}
    records = [r for r in parcel.records if r.id not in known and not _decides(r)]
    files = _bring_files(desk, path, records)
    desk.replica.bring_in(records, parcel.analyst_id)
    return BroughtIn(len(records), files, len(known), parcel.left_out)


def _bring_files(desk: Desk, path: Path, records: list[TxRecord]) -> int:
    """The attachments first: a change whose files are not here would wait for them for ever."""
    contents, keys, files = desk.attachments.contents, desk.secret().desk_keys, 0
    folder = ChunkFolder(desk.profile.chunks)
    with _opened(path) as archive:
        for digest in _chunks(records):
            sealed = archive.read(_CHUNK.format(digest.hex()))
            if sealed is None:
                continue
            try:
                plain = unseal_chunk(keys, sealed, digest, b"f")
            except Unusable as error:
                raise UserError(f"An attachment in {path} can't be opened: {error}.") from error
            if hashlib.sha256(plain).digest() != digest:
                raise UserError(f"An attachment in {path} is damaged; nothing of it is taken.")
            folder.write(digest, plain)
            files += 1
    for change in (change for record in records for change in added(record)):
        if all(folder.has(digest) for digest in split(change.values["chunks"])):
            contents.keep(change.values["sha256"], change.values["chunks"], change.values["size"])
    return files


def _chunks(records: Iterable[TxRecord]) -> list[bytes]:
    """The chunks of the attachments these add, each once."""
    return list(dict.fromkeys(
        digest for record in records for change in added(record) for digest in split(change.values["chunks"])
    ))  # fmt: skip


def _decides(record: TxRecord) -> bool:
    about_the_log = record.kind.startswith(("device.", "log.", "root.", "store.", "desk."))
    return about_the_log or any(change.table in AUTHORITY_TABLES for change in record.rows)


def _line(desk: Desk, record: TxRecord) -> Line:
    title = ""
    for change in record.rows:
        if change.table == "case" and change.op == "i":
            title = str(change.values.get("title") or "")
            break
        case = change.row_id if change.table == "case" else change.values.get("case_id")
        if isinstance(case, bytes):
            title = str(desk.context.reader.value('SELECT title FROM "case" WHERE id = ?', (case,)) or "")
            break
    return Line(record.kind, record.at, title, _decides(record))


def _opened(path: Path) -> Archive:
    if not path.exists():
        raise UserError(f"There is no file {path}.")
    try:
        return Archive(path, reading=True)
    except StorageError as error:
        raise UserError(f"{path} is no file that Halldesk wrote.") from error
