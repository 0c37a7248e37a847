"""How the cases of a department stand, as its contact looks at them: five lists, and each open case is in one of them.

A *problem* is one whatever else it is. What waits for somebody (the requester, a supplier, a change, parts) is
*waiting*. What somebody else works on than the department's own people (its contact and the stand-ins), or lies in a
queue of specialists without an owner, is *with specialists*: the contact still speaks for it. The rest is for *now*.
What ended in the last two weeks is *recently closed*; a merged case goes on elsewhere and is not.

`list_of` says it of one case, `expression` says the same in SQL; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from app import times
from db.rules import OPEN_STATUSES

LISTS: Final = ("now", "waiting", "specialists", "problems", "closed")
"""In the order in which they stand on screen."""
CLOSED_DAYS: Final = 14
"""What ended within so many days is recently closed."""


@dataclass(frozen=True)
class Standing:
    """One of `LISTS` of a department. `people`: its contact and the stand-ins; `since`: from when on an ended case
    counts as recently closed (ms UTC)."""

    department: bytes
    name: str
    people: tuple[bytes, ...]
    since: int


def list_of(kind: str, status: str, work_owner: bytes | None, queue_kind: str | None, people: tuple[bytes, ...]) -> str:
    """In which list a case stands; "" for one that is merged. `queue_kind`: of its queue (rules.QUEUE_KINDS)."""
    if status not in OPEN_STATUSES:
        return "" if status == "merged" else "closed"
    if kind == "problem":
        return "problems"
    if status == "waiting":
        return "waiting"
    if work_owner is not None:
        return "now" if work_owner in people else "specialists"
    return "specialists" if queue_kind == "product" else "now"


def expression(people: tuple[bytes, ...]) -> tuple[str, dict[str, Any]]:
    """The list of an open case as SQL over `"case" c`, with its parameters."""
    marks = ", ".join(f":person{n}" for n in range(len(people)))
    sql = (
        "CASE WHEN c.kind = 'problem' THEN 'problems' WHEN c.status = 'waiting' THEN 'waiting' "
        f"WHEN c.work_owner_id IS NOT NULL THEN iif(c.work_owner_id IN ({marks}), 'now', 'specialists') "
        "WHEN (SELECT q.kind FROM queue q WHERE q.id = c.queue_id) = 'product' THEN 'specialists' ELSE 'now' END"
    )
    return sql, {f"person{n}": who for n, who in enumerate(people)}


def where(standing: Standing) -> tuple[str, dict[str, Any]]:
    """The cases of a list as a condition over `"case" c`, with its parameters."""
    params: dict[str, Any] = {"stands_in": standing.department}
    if standing.name == "closed":
        # By the time they ended, which are few; the department's own index would walk through all it ever had.
        sql = "+c.department_id = :stands_in AND c.ended_at >= :ended_since AND c.status <> 'merged'"
        return sql, params | {"ended_since": standing.since}
    found, people = expression(standing.people)
    sql = f"c.department_id = :stands_in AND c.ended_at IS NULL AND ({found}) = :stands_as"
    return sql, params | people | {"stands_as": standing.name}


def closed_since(now: int) -> int:
    """From when on what ended counts as recently closed (ms UTC): a whole day, so that a list stays the same list."""
    return (now // times.DAY_MS - CLOSED_DAYS) * times.DAY_MS
