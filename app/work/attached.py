"""Writing down, inside a transaction, that kept files belong to a case or an article (app.work.attachments)."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import UserError
from app.work.attachments import StoredFile
from db.capture import Transaction
from db.shapes import Attachment


def add_files(
    tx: Transaction,
    files: Sequence[StoredFile],
    at: int,
    by: bytes,
    *,
    case_id: bytes | None = None,
    entry_id: bytes | None = None,
    article_id: bytes | None = None,
) -> None:
    """One row for each file. Errors: UserError when its bytes are not kept here any more."""
    for file in files:
        kept = tx.query("SELECT chunks FROM kept_file WHERE sha256 = ?", (file.sha256,)) or tx.query(
            "SELECT chunks FROM attachment WHERE sha256 = ?", (file.sha256,)
        )
        if not kept:
            raise UserError(f"{file.name} is not kept here any more; attach it again.")
        tx.insert(
            Attachment, case_id=case_id, entry_id=entry_id, article_id=article_id, sha256=file.sha256,
            chunks=kept[0][0], name=file.name, media_type=file.media_type, size=file.size, added_by_id=by, added_at=at,
        )  # fmt: skip
