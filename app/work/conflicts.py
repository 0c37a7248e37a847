"""What the shared log did not take as it was, told so that a person can decide: both values, which case, why.

Reading is plain SQL; saying "seen" needs the replica (`Desk.settle_conflict`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgpack

from app.context import ReadContext
from app.directory import Directory, Kind

_NAMED: Final[dict[str, Kind]] = {
    "queue_id": "queue", "department_id": "department", "product_id": "product", "place_id": "place",
    "work_owner_id": "analyst", "contact_owner_id": "analyst", "next_step_by_id": "analyst",
}  # fmt: skip


@dataclass(frozen=True)
class Conflict:
    """One change that met another. `column` as in the table ("work_owner_id", "" for the whole row); `mine` and
    `theirs` as people read them; `outcome`: "refused", "mine stands" or "theirs stands"; `at`: ms UTC."""

    n: int
    at: int
    kind: str
    case_id: bytes | None
    case_label: str
    case_title: str
    column: str
    outcome: str
    reason: str
    mine: str
    theirs: str


class Conflicts:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def waiting(self) -> list[Conflict]:
        """What nobody has looked at yet, newest first."""
        rows = self._context.reader.all(
            "SELECT x.n, x.at, x.kind, x.column_name, x.outcome, x.reason, x.mine, x.theirs, c.id, c.number, c.rid, "
            "c.title FROM conflict x LEFT JOIN journal j ON j.tx_id = x.tx_id "
            "LEFT JOIN \"case\" c ON c.id = CASE WHEN x.table_name = 'case' THEN x.row_id ELSE j.case_id END "
            "WHERE x.settled_at IS NULL ORDER BY x.n DESC"
        )
        return [
            Conflict(
                n=r["n"], at=r["at"], kind=r["kind"], case_id=r["id"],
                case_label="" if r["id"] is None else str(r["number"]) if r["number"] is not None else f"~{r['rid']}",
                case_title=r["title"] or "", column=r["column_name"] or "", outcome=r["outcome"], reason=r["reason"],
                mine=self._words(r["column_name"], r["mine"]), theirs=self._words(r["column_name"], r["theirs"]),
            )
            for r in rows
        ]  # fmt: skip

    def _words(self, column: str | None, packed: bytes | None) -> str:
        value: Any = None if packed is None else msgpack.unpackb(packed)
        if value is None:
            return ""
        if isinstance(value, bytes):
            kind = _NAMED.get(column or "")
            return self._directory.name(kind, value) if kind else value.hex()
        return str(value)
