"""Who may write what: one pure function, asked where a change is made and again when it is applied from the log.

It sees only the transaction and the role its author has in the state before it, so every client answers alike and a
modified client gains nothing. Tables not named here are closed to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from db.capture import RowChange, TxRecord

_ANALYST, _SUPERVISOR, _ADMINISTRATOR = 0, 1, 2
RANK: Final = {"analyst": _ANALYST, "supervisor": _SUPERVISOR, "administrator": _ADMINISTRATOR}

AUTHORITY_TABLES: Final = frozenset({"analyst", "device", "invitation", "site", "desk_key", "wrapped_key"})
"""Tables whose rows decide what others may do: a change to them is never applied beside unpublished work."""

_TABLES: Final[dict[str, int]] = {
    **dict.fromkeys(
        ("case", "timeline_entry", "case_event", "time_entry", "attachment", "case_link", "case_tag", "case_watcher",
         "reminder", "mention", "satisfaction", "handover", "requester", "place", "asset", "article", "article_version",
         "article_product", "article_tag", "article_department", "article_use", "skill"),
        _ANALYST,
    ),
    **dict.fromkeys(
        ("department", "product", "coverage", "absence", "shift", "template", "view", "rate", "staff_note",
         "metric_target", "frozen_report", "call_interval", "severity_override", "queue_member"),
        _SUPERVISOR,
    ),
    **dict.fromkeys(
        ("site", "site_setting", "calendar", "closed_day", "severity", "queue", "analyst", "device", "invitation",
         "desk_key", "wrapped_key"),
        _ADMINISTRATOR,
    ),
}  # fmt: skip

_PRIVATE_FLAGS: Final = frozenset({"executive_complaint", "abusive_contact"})


def _own(column: str) -> Callable[[RowChange, bytes], bool]:
    def check(change: RowChange, author: bytes) -> bool:
        return change.op == "i" and change.values.get(column) == author

    return check


_ALSO_ANALYST: Final[dict[str, Callable[[RowChange, bytes], bool]]] = {
    # An analyst plans the own vacation, keeps personal views, and edits the dossier of a department.
    "absence": _own("analyst_id"),
    "view": _own("owner_id"),
    "department": lambda change, author: change.op == "u" and change.values.keys() <= {"dossier"},
}


def needed_rank(change: RowChange, author: bytes) -> int | None:
    """The rank that may make this change; None when nobody may."""
    rank = _TABLES.get(change.table)
    if rank is None:
        return None
    exception = _ALSO_ANALYST.get(change.table)
    if exception is not None and exception(change, author):
        return _ANALYST
    if (
        change.table == "case"
        and change.op != "d"
        and any(change.values.get(flag) not in (None, 0) for flag in _PRIVATE_FLAGS)
    ):
        return _SUPERVISOR
    if change.table == "article" and _published(change):
        return _SUPERVISOR
    return rank


def _published(change: RowChange) -> bool:
    """Does the change publish an article, or take a published one back?"""
    state = change.values.get("state")
    return "published" in state if isinstance(state, list) else state == "published"


def refusal(record: TxRecord, author: bytes, role: str | None, active: bool) -> str | None:
    """Why `author` may not make this transaction, or None when it may.

    `role` and `active` are those of the author in the state before the transaction (None: no such analyst).
    """
    if role is None or not active:
        return "its author is not an active analyst of this desk"
    if record.author is not None and record.author != author:
        return "it was signed by another analyst's device"
    rank = RANK[role]
    for change in record.rows:
        needed = needed_rank(change, author)
        if needed is None:
            return f"the table {change.table} is not known"
        if rank < needed:
            who = "an administrator" if needed == _ADMINISTRATOR else "a supervisor"
            return f"only {who} may change {change.table}"
    if record.kind.startswith("import.") and rank < _ADMINISTRATOR:
        return "only an administrator may import"
    if record.kind.startswith("log.") and rank < _ADMINISTRATOR:
        return "only an administrator may look after the log"
    return None
