"""Changing one case inside a transaction: columns, the events they leave, and the due times that follow.

Every change of a tracked field becomes a `case_event`, because all metrics are computed from events. Moving a case
along its life (`status`) keeps the dependent columns right in one place: ended, resolved, waiting reason, reopenings.
"""

from __future__ import annotations

from typing import Any

from app.errors import UserError
from app.work.deadlines import Deadlines
from db.capture import Transaction
from db.ids import new_id
from db.rules import OPEN_STATUSES, TRACKED_IDS, TRACKED_WORDS, may_follow
from db.shapes import Case, CaseEvent
from db.tables import Value


class CaseEdit:
    """Collects changes of one case; `finish` writes the row once. `at` in ms UTC."""

    def __init__(self, tx: Transaction, deadlines: Deadlines, case_id: bytes, *, at: int, author: bytes | None) -> None:
        self.tx, self.case_id, self.at = tx, case_id, at
        self._deadlines = deadlines
        self._author = author
        self.row = tx.need(Case, case_id)
        self._changed: dict[str, Value] = {}

    def set(self, **columns: Value) -> None:
        """Plain columns without an event."""
        for name, value in columns.items():
            if self.row[name] != value:
                self.row[name] = self._changed[name] = value

    def track(self, field: str, value: Value, reason: str | None = None) -> bool:
        """A tracked field; True when it differed. `field` as in rules.EVENT_FIELDS."""
        column = TRACKED_IDS.get(field) or TRACKED_WORDS[field]
        old = self.row[column]
        if old == value:
            return False
        self.row[column] = self._changed[column] = value
        self.event(field, old, value, reason)
        return True

    def event(self, field: str, old: Value, new: Value, reason: str | None = None) -> None:
        """Write one event of this case."""
        values: dict[str, Any] = {"case_id": self.case_id, "at": self.at, "field": field, "author_id": self._author,
                                  "on_behalf_of_id": self.tx.on_behalf_of, "reason": reason}  # fmt: skip
        if field in TRACKED_IDS:
            values |= {"old_id": old, "new_id": new}
        else:
            values |= {"old": None if old is None else str(old), "new": None if new is None else str(new)}
        self.tx.insert(CaseEvent, new_id(), **values)

    def status(self, new: str, *, waiting_on: str | None = None, reason: str | None = None) -> None:
        """Move along the life of a case. Errors: UserError when that step does not exist."""
        old = str(self.row["status"])
        if not may_follow(old, new):
            raise UserError(f"A case that is {old} can't become {new}; {_way_out(old)}")
        was_open, is_open = old in OPEN_STATUSES, new in OPEN_STATUSES
        if is_open and not was_open:
            self.set(ended_at=None, resolved_at=None, reopen_count=int(str(self.row["reopen_count"])) + 1)
        elif was_open and not is_open:
            self.set(ended_at=self.at, resolved_at=self.at if new == "resolved" else None)
        self.track("status", new, reason)
        self.track("waiting_on", waiting_on if new == "waiting" else None)
        if new != "waiting":
            self.track("escalated", None, reason)

    def responded(self) -> None:
        """Somebody answered the requester now."""
        if self.row["first_response_at"] is None:
            self.set(first_response_at=self.at)

    def finish(self) -> None:
        """The row, in one update. Due times follow by themselves; what had been promised when the case ended stays."""
        if "ended_at" in self._changed:
            response = fix = None
            if self.row["ended_at"] is not None:
                response, fix, *_ = self._deadlines.due(self.tx.query, self.row, self.case_id)
            self.set(response_promised_at=response, fix_promised_at=fix)
        self.set(updated_at=self.at)
        self.tx.update(Case, self.case_id, **self._changed)


def _way_out(status: str) -> str:
    if status in ("resolved", "closed", "cancelled", "merged"):
        return "reopen it first."
    return "resolve or cancel it first."
