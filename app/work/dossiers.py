"""The dossier of a department: what its contact must know, in the words of whoever learned it; with its versions.

Every analyst may write it. A save is told with who and when, also "Jo Roth for Anna Kern"; whatever was ever saved can
be read, compared and brought back. Two who write at the same time lose nothing: what the other saved meanwhile is put
together with mine line by line, and where both rewrote one place, both wordings stand there (`Saved.both`).

The text that counts is the department's own column, merged like every text (db.text_merge); a version is how somebody
saved it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app import times
from app.context import Context, ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.instead import instead_in
from db.capture import Transaction
from db.ids import derived_id
from db.shapes import Department, DossierVersion
from db.text_merge import merge_texts

LONGEST: Final = 100_000
"""Characters of a dossier; beyond that it is no dossier but a folder."""


@dataclass(frozen=True)
class Version:
    """A dossier as it was saved. `at` in ms UTC, 0: before anybody changed it here; `instead_of`: in whose place."""

    id: bytes
    at: int
    author: str
    instead_of: str
    text: str


@dataclass(frozen=True)
class Saved:
    """`tx_id` can be undone (None: nothing differed); `merged`: somebody else saved meanwhile, and both are in it;
    `both`: at so many places both wordings stand, to be put right."""

    tx_id: bytes | None
    text: str
    merged: bool = False
    both: int = 0


class DossierReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def text(self, department: bytes) -> str:
        """The dossier as it is now."""
        return str(self._context.reader.value("SELECT dossier FROM department WHERE id = ?", (department,)) or "")

    def versions(self, department: bytes) -> list[Version]:
        """How it was saved, the newest first; empty until somebody changes it."""
        name = self._directory.name
        return [
            Version(row[0], row[1], name("analyst", row[2]), name("analyst", row[3]), row[4])
            for row in self._context.reader.all(
                "SELECT id, at, author_id, on_behalf_of_id, text FROM dossier_version WHERE department_id = ? "
                "ORDER BY at DESC, id DESC",
                (department,),
            )
        ]


class Dossiers:
    """The verbs; on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(self, department: bytes, text: str, *, base: str | None = None) -> Saved:
        """Write it. `base`: the text somebody began with (None: as it is now). Errors: UserError for one that is too
        long, or a department that is gone."""
        text = text.rstrip()
        if len(text) > LONGEST:
            raise UserError("This dossier is too long; put what is seldom needed into an article.")
        with self._transaction(department) as tx:
            now = str(tx.need(Department, department)["dossier"])
            merged = base is not None and base != now and now != text
            found = merge_texts(base, text, now, "both") if base is not None and merged else None
            wanted = found.text if found is not None else text
            if wanted != now:
                keep_version(tx, department, now, wanted, self._context.me)
                tx.update(Department, department, dossier=wanted)
        return Saved(
            None if tx.is_empty else tx.id, wanted, merged, len(found.overlaps) if found is not None else 0
        )  # fmt: skip

    def restore(self, department: bytes, version: bytes) -> Saved:
        """As it was then; what stands now stays among the versions."""
        found = self._context.reader.value(
            "SELECT text FROM dossier_version WHERE id = ? AND department_id = ?", (version, department)
        )
        if found is None:
            raise UserError("There is no such version of this dossier any more.")
        return self.save(department, str(found))

    @contextmanager
    def _transaction(self, department: bytes) -> Iterator[Transaction]:
        context = self._context
        at = context.clock()
        day = times.local_date(at, times.zone(context.zone)).isoformat()
        instead = instead_in(context.reader.all, department, context.me, day)
        with context.transaction("dossier.save", at=at, on_behalf_of=instead) as tx:
            yield tx


def keep_version(tx: Transaction, department: bytes, before: str, text: str, author: bytes) -> None:
    """Note how a dossier is saved; with the first change also how it was before. Whoever changes the column calls it.

    Two workstations that make the first change note the same row for what was before."""
    first = derived_id(0, "dossier", department.hex())
    if before and tx.get(DossierVersion, first) is None and not tx.query(
        "SELECT 1 FROM dossier_version WHERE department_id = ? LIMIT 1", (department,)
    ):  # fmt: skip
        tx.insert(DossierVersion, first, department_id=department, at=0, text=before)
    tx.insert(
        DossierVersion, department_id=department, at=tx.at, author_id=author, on_behalf_of_id=tx.on_behalf_of, text=text
    )
