"""Work that somebody else sends than the one who did it: a workstation that will never come back, one that was
revoked.

Who signs an entry answers for it, so the transaction is the sender's, on behalf of who did it. What the log lets
nobody write for others (a note, an event) is the sender's too then, with a word on whose behalf; what a sender of this
rank may write for others keeps its author. What is a person's own (minutes, a skill, word of an absence) is never made
somebody else's: where the sender may not write it, the rules refuse it and it is kept as a conflict.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from db.authority import OWNED, RANK
from db.capture import RowChange, TxRecord
from db.tables import spec

_TELLS: Final = frozenset({
    "timeline_entry", "case_event", "article_version", "dossier_version", "attachment", "mention", "article_use",
})  # fmt: skip
"""Rows that say what was done, not what a person is or has."""
_BEHALF: Final = "on_behalf_of_id"


def handed_over(record: TxRecord, by: bytes, of: bytes, role: str | None) -> TxRecord:
    """The transaction of analyst `of` as `by` may send it, whose role is `role`; under the same id, so that it counts
    once whoever sends it."""
    if by == of:
        return record
    rank = RANK.get(role or "", 0)
    rows = tuple(_change(change, by, of, rank) for change in record.rows)
    return replace(record, author=by, on_behalf_of=of, rows=rows)


def _change(change: RowChange, by: bytes, of: bytes, rank: int) -> RowChange:
    owned = OWNED.get(change.table)
    if change.op != "i" or change.table not in _TELLS or owned is None or rank >= owned.least:
        return change
    if change.values.get(owned.column) != of:
        return change
    values = {**change.values, owned.column: by}
    if _BEHALF in spec(change.table).columns and values.get(_BEHALF) is None:
        values[_BEHALF] = of
    return change._replace(values=values)
