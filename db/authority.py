"""Who may write what: one pure function, asked where a change is made and again when it is applied from the log.

It sees the transaction, the role its author has, and the rows it changes as they were before it (db.before), so every
client answers alike and a modified client gains nothing. Three questions, in this order, for each changed row: is the
table open to this role? is the row somebody else's (a note, minutes, an absence)? is it one that is written once and
never changed (an event, from which every figure is computed)? Tables not named here are closed to everybody.

Devices, invitations and desk keys have rules of their own (db.rotation), and so has a device that enters
(db.enrolment). What an administrator imports carries other people's names and the past; there the second and third
question are not asked.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from db.before import Before
from db.capture import RowChange, TxRecord

_ANALYST, _SUPERVISOR, _ADMINISTRATOR, _NOBODY = 0, 1, 2, 3
RANK: Final = {"analyst": _ANALYST, "supervisor": _SUPERVISOR, "administrator": _ADMINISTRATOR}

AUTHORITY_TABLES: Final = frozenset({"analyst", "device", "invitation", "site", "desk_key", "wrapped_key"})
"""Tables whose rows decide what others may do: a change to them is never applied beside unpublished work."""

_TABLES: Final[dict[str, int]] = {
    **dict.fromkeys(
        ("case", "timeline_entry", "case_event", "time_entry", "attachment", "case_link", "case_tag", "case_watcher",
         "reminder", "mention", "satisfaction", "handover", "acknowledgement", "requester", "place", "asset",
         "article", "article_version", "article_product", "article_tag", "article_department", "article_use", "skill",
         "dossier_version", "team_word"),
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
"""From which role on a table is open at all."""


class Owned(NamedTuple):
    """Rows that are somebody's. `column` names whose; `what` is the word for it; `least`: the role that may write other
    people's too; `nobodys`: a row without an owner is made by the program itself and open to all. `fixed`: the columns
    that only the owner changes (empty: all)."""

    column: str
    what: str
    least: int
    nobodys: bool = True
    fixed: frozenset[str] = frozenset()


OWNED: Final[dict[str, Owned]] = {
    "timeline_entry": Owned(
        "author_id", "note", _NOBODY, fixed=frozenset({"text", "audience", "author_id", "on_behalf_of_id", "at"})
    ),
    "case_event": Owned("author_id", "event", _NOBODY),
    "time_entry": Owned("analyst_id", "time", _SUPERVISOR, nobodys=False),
    "attachment": Owned("added_by_id", "attachment", _SUPERVISOR),
    "mention": Owned("by_id", "mention", _SUPERVISOR),
    "article_version": Owned("author_id", "version of an article", _NOBODY),
    "dossier_version": Owned("author_id", "version of a dossier", _NOBODY),
    "article_use": Owned("analyst_id", "use of an article", _SUPERVISOR),
    "acknowledgement": Owned("analyst_id", "word that an absence is known", _NOBODY, nobodys=False),
    "skill": Owned("analyst_id", "skill", _SUPERVISOR, nobodys=False),
    "view": Owned("owner_id", "view", _SUPERVISOR, nobodys=False),
    "staff_note": Owned("author_id", "praise or coaching", _NOBODY, nobodys=False),
}
_WRITTEN_ONCE: Final = frozenset({"case_event", "article_version", "dossier_version", "frozen_report"})
_PRIVATE_FLAGS: Final = frozenset({"executive_complaint", "abusive_contact"})
_ARTICLE_TEXT: Final = frozenset({"title", "problem", "cause", "solution"})
_OWN_CARD: Final = frozenset({"email", "phone", "languages"})
_GOES_ON: Final = frozenset({"to_day", "confirmed_at"})
"""What a colleague may say of somebody's sickness: until when, and that it still goes on."""


def refusal(record: TxRecord, author: bytes, role: str | None, active: bool, before: Before) -> str | None:
    """Why `author` may not make this transaction, or None when it may.

    `role` and `active` are those of the author in the state before the transaction (None: no such analyst). Errors:
    KeyError, TypeError when the transaction is malformed.
    """
    if role is None or not active:
        return "its author is not an active analyst of this desk"
    if record.author is not None and record.author != author:
        return "it was signed by another analyst's device"
    rank = RANK[role]
    importing = record.kind.startswith("import.")
    if importing and rank < _ADMINISTRATOR:
        return "only an administrator may import"
    if record.kind.startswith("log.") and rank < _ADMINISTRATOR:
        return "only an administrator may look after the log"
    for change in record.rows:
        needed = needed_rank(change, author, before)
        if needed is None:
            return f"the table {change.table} is not known"
        if rank < needed:
            return f"only {_who(needed)} may change {change.table}"
        if not importing:
            why = _owned_refusal(change, author, rank, before)
            if why is not None:
                return why
    return None


def _who(rank: int) -> str:
    return "an administrator" if rank == _ADMINISTRATOR else "a supervisor"


def needed_rank(change: RowChange, author: bytes, before: Before) -> int | None:
    """The rank that may make this change; None when nobody may, because the table is not known."""
    rank = _TABLES.get(change.table)
    if rank is None:
        return None
    values = change.values
    match change.table:
        case "case" if change.op != "d" and any(values.get(flag) not in (None, 0) for flag in _PRIVATE_FLAGS):
            return _SUPERVISOR
        case "article" if _publishes(change) or _rewrites_published(change, author, before):
            return _SUPERVISOR
        case "article_department" if _is_published(before.row("article", _old(change, "article_id", before))):
            return _SUPERVISOR
        case "department" if change.op == "u" and values.keys() <= {"dossier"}:
            return _ANALYST
        case "view" if _old(change, "owner_id", before) == author:
            return _ANALYST
        case "absence" if _own_absence(change, author, before) or _reports_sickness(change, author, before):
            return _ANALYST
        case "coverage" if _takes_over(change, author, before):
            return _ANALYST
        case "analyst" if change.op == "u" and change.row_id == author and values.keys() <= _OWN_CARD:
            return _ANALYST
        case "device" if change.op == "u" and values.keys() == {"name"}:
            return _ANALYST if _old(change, "analyst_id", before) == author else rank
    return rank


def _old(change: RowChange, column: str, before: Before) -> object:
    """What a column holds before the change; of a new row, what it begins with."""
    if change.op == "i":
        return change.values.get(column)
    row = before.row(change.table, change.row_id)
    return None if row is None else row[column]


def _new(change: RowChange, column: str) -> object:
    """What the change makes of a column; None where it leaves it alone."""
    value = change.values.get(column)
    return value[1] if change.op == "u" and isinstance(value, list) else value


def _publishes(change: RowChange) -> bool:
    """Does the change publish an article, or take a published one back?"""
    state = change.values.get("state")
    return "published" in state if isinstance(state, list) else state == "published"


def _is_published(article: object) -> bool:
    return isinstance(article, dict) and article["state"] == "published"


def _rewrites_published(change: RowChange, author: bytes, before: Before) -> bool:
    """What is published is changed by supervisors; its words also by its owner, who stands for them."""
    article = before.row("article", change.row_id)
    if change.op == "i" or not _is_published(article):
        return False
    own = article is not None and article["owner_id"] == author
    return change.op == "d" or not change.values.keys() <= ({"updated_at"} | (_ARTICLE_TEXT if own else frozenset()))


def _own_absence(change: RowChange, author: bytes, before: Before) -> bool:
    """An analyst plans the own absence, and takes it back; who entered it stays true."""
    if _old(change, "analyst_id", before) != author or _new(change, "entered_by_id") not in (None, author):
        return False
    return change.op != "u" or "analyst_id" not in change.values


def _reports_sickness(change: RowChange, author: bytes, before: Before) -> bool:
    """Who is ill can't enter it; a colleague of the same coverage can, and can say until when."""
    if change.op == "d" or (change.op == "u" and not change.values.keys() <= _GOES_ON):
        return False
    if change.op == "i" and change.values.get("entered_by_id") != author:
        return False
    cover = before.row("coverage", _old(change, "coverage_id", before))
    if cover is None or _old(change, "kind", before) != "sickness":
        return False
    together = {cover[name] for name in ("primary_id", "stand_in1_id", "stand_in2_id")} - {None}
    begins = str(_old(change, "from_day", before))
    agreed = str(cover["valid_from"]) <= begins <= str(cover["valid_to"] or "9999-12-31")
    return agreed and {author, _old(change, "analyst_id", before)} <= together


def _takes_over(change: RowChange, author: bytes, before: Before) -> bool:
    """Who gets a department for good says that the dossier has come over."""
    return (
        change.op == "u" and change.values.keys() == {"confirmed_at"} and _old(change, "primary_id", before) == author
    )


def _owned_refusal(change: RowChange, author: bytes, rank: int, before: Before) -> str | None:
    if change.op == "u" and change.table in _WRITTEN_ONCE:
        return f"a {change.table} is written once and never changed"
    owned = OWNED.get(change.table)
    if owned is None or rank >= owned.least:
        return None
    if change.op == "u" and owned.fixed and change.values.keys().isdisjoint(owned.fixed):
        return None
    if change.op != "i" and before.row(change.table, change.row_id) is None:
        return None  # the fold says that it does not exist
    owners = [_old(change, owned.column, before)]
    if change.op == "u" and owned.column in change.values:
        owners.append(_new(change, owned.column))
    if all(owner == author or (owner is None and owned.nobodys) for owner in owners):
        return None
    return f"it writes somebody else's {owned.what}"
