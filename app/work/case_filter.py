"""Which cases, and in which order: a filter, and what it is in SQL over `"case" c`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.errors import UserError
from app.finding.words import match_cases
from app.work.conditions import Conditions
from app.work.reachable import UNREACHABLE
from app.work.standing import Standing
from app.work.standing import where as standing_where
from db.rules import NO_DUE

PRIORITY: Final = "priority"
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    PRIORITY: ("c.severity", "c.due_at"),
    "number": ("c.rid",),
    "title": ("c.title COLLATE NOCASE",),
    "status": ("c.status", "c.severity", "c.due_at"),
    "severity": ("c.severity", "c.due_at"),
    "due": ("c.due_at",),
    "queue": ("(SELECT name FROM queue WHERE id = c.queue_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "department": ("(SELECT name FROM department WHERE id = c.department_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "product": ("(SELECT name FROM product WHERE id = c.product_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "requester": ("(SELECT name FROM requester WHERE id = c.requester_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "work_owner": ("(SELECT name FROM analyst WHERE id = c.work_owner_id) COLLATE NOCASE", "c.severity", "c.due_at"),
    "contact_owner": (
        "(SELECT name FROM analyst WHERE id = c.contact_owner_id) COLLATE NOCASE", "c.severity", "c.due_at",
    ),
    "opened": ("c.opened_at",),
    "updated": ("c.updated_at",),
    "ended": ("c.ended_at",),
}  # fmt: skip
"""What a list can be sorted by, as SQL. "priority" is the order queues are worked in."""


SNOOZED: Final = "SELECT case_id FROM reminder WHERE analyst_id = :me AND hides = 1 AND done = 0 AND at > :now"
UNTRIAGED: Final = "FROM \"case\" WHERE status = 'new'"


@dataclass(frozen=True)
class CaseFilter:
    """Which cases. Every part that is set must hold; ids are bytes, `mine` means I own the work or the contact."""

    open_only: bool = True
    queue: bytes | None = None
    department: bytes | None = None
    product: bytes | None = None
    analyst: bytes | None = None
    """Owns the work or the contact."""
    requester: bytes | None = None
    asset: bytes | None = None
    place: bytes | None = None
    unowned: bool = False
    statuses: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    waiting_on: str | None = None
    overdue_at: int | None = None
    """Due before this instant (ms UTC)."""
    warned_at: int | None = None
    """Three quarters of the time used up before this instant (ms UTC), and not overdue then."""
    unreachable: bool = False
    """Nobody can be asked about it today: see `UNREACHABLE`. This list must be empty."""
    snoozed: bool | None = None
    """True: those I put off until later; False: none of these; None: it does not matter."""
    watched_by: bytes | None = None
    tag: str | None = None
    opened_from: int | None = None
    opened_to: int | None = None
    words: str = ""
    unqueued: bool = False
    side: str | None = None
    """Whom it waits for: "us", "requester" or "others" (suppliers, changes, parts)."""
    among: tuple[int, ...] | None = None
    """Only these row numbers."""
    standing: Standing | None = None
    """One of the lists of a department, as its contact looks at them."""
    handed_by: bytes | None = None
    """What I do today in place of this analyst, who is away (app.work.reachable)."""
    conditions: Conditions | None = None
    """Those of a saved view."""


@dataclass(frozen=True)
class CaseList:
    """A filter in an order."""

    filter: CaseFilter = field(default_factory=CaseFilter)
    order: str = PRIORITY
    descending: bool = False


ALL_CASES: Final = CaseList(CaseFilter(open_only=False), "number", descending=True)
"""Every case there ever was, newest first."""


def order_sql(wanted: CaseList) -> str:
    """What stands behind ORDER BY. Errors: UserError for an unknown order."""
    if wanted.order not in ORDERS:
        raise UserError(f"Cases can't be sorted by {wanted.order!r}; use one of: {', '.join(ORDERS)}.")
    first, *rest = ORDERS[wanted.order]
    direction = " DESC" if wanted.descending else ""
    return ", ".join([first + direction, *rest, *(() if first == "c.rid" else ("c.rid" + direction,))])


def where_sql(wanted: CaseFilter) -> tuple[str, dict[str, Any]]:
    """The WHERE clause over `"case" c` and its parameters."""
    parts: list[str] = []
    params: dict[str, Any] = {}

    def also(sql: str, **values: Any) -> None:
        parts.append(sql)
        params.update(values)

    if wanted.open_only:
        also("c.ended_at IS NULL")
    for name, column in (("queue", "queue_id"), ("department", "department_id"), ("product", "product_id"),
                         ("requester", "requester_id"), ("asset", "asset_id"), ("place", "place_id")):  # fmt: skip
        value = getattr(wanted, name)
        if value is not None:
            also(f"c.{column} = :{name}", **{name: value})
    if wanted.analyst is not None:
        both = " UNION ".join(
            f'SELECT rid FROM "case" WHERE {column} = :analyst' + (" AND ended_at IS NULL" if wanted.open_only else "")
            for column in ("work_owner_id", "contact_owner_id")
        )
        also(f"c.rid IN ({both})", analyst=wanted.analyst)
    if wanted.unowned:
        also("c.work_owner_id IS NULL")
    if wanted.statuses == ("new",):
        also(f"c.rid IN (SELECT rid {UNTRIAGED})")
    elif wanted.statuses:
        marks = ", ".join(f":status{n}" for n in range(len(wanted.statuses)))
        also(f"c.status IN ({marks})", **{f"status{n}": s for n, s in enumerate(wanted.statuses)})
    if wanted.severities:
        also(f"c.severity IN ({', '.join(str(int(s)) for s in wanted.severities)})")
    if wanted.waiting_on:
        also("c.waiting_on = :waiting_on", waiting_on=wanted.waiting_on)
    if wanted.overdue_at is not None:
        also("c.due_at < :overdue", overdue=wanted.overdue_at)
    if wanted.snoozed is not None:
        also(f"c.id {'IN' if wanted.snoozed else 'NOT IN'} ({SNOOZED})")
    if wanted.unreachable:
        also(UNREACHABLE)
    if wanted.warned_at is not None:
        # The upper end says nothing new; it makes SQLite begin with the few that are due soon.
        also(
            "c.due_at >= :warned AND c.due_at < :no_due AND c.warn_at <= :warned",
            warned=wanted.warned_at,
            no_due=NO_DUE,
        )
    if wanted.watched_by is not None:
        also("c.id IN (SELECT case_id FROM case_watcher WHERE analyst_id = :watcher)", watcher=wanted.watched_by)
    if wanted.tag:
        also("c.id IN (SELECT case_id FROM case_tag WHERE tag = :tag)", tag=wanted.tag)
    if wanted.opened_from is not None:
        also("c.opened_at >= :opened_from", opened_from=wanted.opened_from)
    if wanted.opened_to is not None:
        also("c.opened_at < :opened_to", opened_to=wanted.opened_to)
    if wanted.unqueued:
        also("c.queue_id IS NULL")
    if wanted.side is not None:
        also({
            "us": "c.waiting_on IS NULL", "requester": "c.waiting_on = 'requester'",
            "others": "c.waiting_on IS NOT NULL AND c.waiting_on <> 'requester'",
        }[wanted.side])  # fmt: skip
    if wanted.among is not None:
        also("c.rid IN (SELECT value FROM json_each(:among))", among=f"[{','.join(map(str, wanted.among))}]")
    if wanted.standing is not None:
        clause, values = standing_where(wanted.standing)
        also(clause, **values)
    if wanted.words.strip():
        clause, values = match_cases(wanted.words)
        also(clause, **values)
    return (" WHERE " + " AND ".join(parts) if parts else "", params)


def narrowed(wanted: CaseList, words: str) -> CaseList:
    """The same list, filtered by what was typed into the quick filter."""
    return replace(wanted, filter=replace(wanted.filter, words=words))
