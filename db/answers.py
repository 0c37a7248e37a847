"""When a case was first answered, read from its story.

`first_response_at` is written by whoever answers first, as far as this workstation knows. But what was known may go
again: a resolving that can't stand on what others did, a reply that is taken back. The answers that came after it did
not write the column, because it had been written; so whoever takes an answer away, or puts one on top of what others
did, asks the story itself. What was answered before the desk knew the case (an import) has no entry and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from db.capture import RowChange

Query = Callable[[str, Sequence[Any]], Sequence[Any]]
COLUMN: Final = "first_response_at"
_FIRST: Final = (
    "SELECT min(at) FROM (SELECT min(at) AS at FROM timeline_entry WHERE case_id = ? AND counts_as_response "
    "UNION ALL SELECT min(at) FROM case_event WHERE case_id = ? AND field = 'status' AND new = 'resolved' "
    "AND source_row IS NULL)"
)


def first_answer(query: Query, case_id: bytes) -> int | None:
    """The earliest entry that counts as a response, or resolving, ms UTC."""
    found: int | None = query(_FIRST, (case_id, case_id))[0][0]
    return found


def cases_answered(changes: Iterable[RowChange]) -> set[bytes]:
    """The cases whose first answer these changes may have brought or taken away."""
    found: set[bytes] = set()
    for table, row_id, op, values in changes:
        if table == "case" and op == "u" and COLUMN in values:
            found.add(row_id)
        elif (table == "timeline_entry" and op != "u" and values.get("counts_as_response")) or (
            table == "case_event" and op == "i" and (values.get("field"), values.get("new")) == ("status", "resolved")
            and values.get("source_row") is None
        ):  # fmt: skip
            found.add(values["case_id"])
    return found
