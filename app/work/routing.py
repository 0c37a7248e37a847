"""Who gets a case: ordered rules, the first that fits wins, and its reason is stored and shown (domain.md, Routing).

`route` is a pure function of facts; `gather` reads those facts for one case. "Available" means: active, and not absent
on that day. (Working hours of analysts join the facts when calendars of analysts are kept.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Query = Callable[[str, Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True)
class RoutingFacts:
    """What the rules look at. Ids of analysts and queues; None where there is none."""

    by_hand_owner: bytes | None = None
    by_hand_queue: bytes | None = None
    major: bool = False
    duty_lead: bytes | None = None
    specialist_queue: bytes | None = None
    """The product's queue when the product is marked "before contact"."""
    primary: bytes | None = None
    stand_in1: bytes | None = None
    stand_in2: bytes | None = None
    coverage_queue: bytes | None = None
    department_queue: bytes | None = None
    product_queue: bytes | None = None
    front_line: bytes | None = None
    available: frozenset[bytes] = frozenset()
    skilled: tuple[bytes, ...] = ()
    """Available members who know the product: least experienced sufficient first, then fewest open cases."""


@dataclass(frozen=True)
class Considered:
    """One rule and what became of it."""

    rule: int
    name: str
    taken: bool
    why: str


@dataclass(frozen=True)
class Route:
    """The answer. `reason` is the name of the rule that gave the owner or the queue."""

    contact_owner: bytes | None
    work_owner: bytes | None
    queue: bytes | None
    reason: str
    considered: tuple[Considered, ...] = field(default=())


def route(facts: RoutingFacts) -> Route:
    """The first rule that fits, with every rule that was looked at."""
    seen: list[Considered] = []

    def look(rule: int, name: str, fits: bool, why: str) -> bool:
        seen.append(Considered(rule, name, fits, why))
        return fits

    def free(analyst: bytes | None) -> bool:
        return analyst is not None and analyst in facts.available

    def why_not(analyst: bytes | None) -> str:
        return "nobody named" if analyst is None else ("available" if free(analyst) else "absent or inactive")

    queue = facts.coverage_queue or facts.department_queue or facts.front_line
    by_hand = facts.by_hand_owner is not None or facts.by_hand_queue is not None
    if look(1, "set by hand", by_hand, "chosen" if by_hand else "nothing chosen"):
        owner = facts.by_hand_owner
        return Route(owner, owner, facts.by_hand_queue or queue, "set by hand", tuple(seen))
    contact = next((a for a in (facts.primary, facts.stand_in1, facts.stand_in2) if free(a)), None)
    lead_why = why_not(facts.duty_lead) if facts.major else "not a major incident"
    if look(2, "major incident", facts.major and free(facts.duty_lead), lead_why):
        return Route(contact or facts.duty_lead, facts.duty_lead, queue, "major incident", tuple(seen))
    marked = facts.specialist_queue is not None
    if look(3, "product before contact", marked, "marked on the product" if marked else "not marked"):
        worker = facts.skilled[0] if facts.skilled else None
        return Route(contact, worker, facts.specialist_queue, "product before contact", tuple(seen))
    for rule, name, analyst in (
        (4, "dedicated analyst", facts.primary),
        (5, "stand-in 1", facts.stand_in1),
        (6, "stand-in 2", facts.stand_in2),
    ):
        if look(rule, name, free(analyst), why_not(analyst)):
            return Route(analyst, analyst, queue, name, tuple(seen))
    for rule, name, target in (
        (7, "department's queue", facts.coverage_queue or facts.department_queue),
        (8, "product queue", facts.product_queue),
        (9, "front line", facts.front_line),
    ):
        if look(rule, name, target is not None, "there is one" if target else "there is none"):
            worker = facts.skilled[0] if rule == 8 and facts.skilled else None
            return Route(None, worker, target, name, tuple(seen))
    return Route(None, None, None, "no queue", tuple(seen))


def gather(
    query: Query,
    *,
    day: str,
    at: int,
    department_id: bytes | None,
    product_id: bytes | None,
    by_hand_owner: bytes | None = None,
    by_hand_queue: bytes | None = None,
    major: bool = False,
) -> RoutingFacts:
    """Read the facts for a case opened at `at` (ms UTC; `day` is that moment's date at the site)."""
    available = frozenset(
        r[0]
        for r in query(
            "SELECT a.id FROM analyst a WHERE a.active = 1 AND NOT EXISTS (SELECT 1 FROM absence x "
            "WHERE x.analyst_id = a.id AND x.from_day <= ? AND (x.to_day IS NULL OR x.to_day >= ?))",
            (day, day),
        )
    )
    cover = query(
        "SELECT primary_id, stand_in1_id, stand_in2_id, queue_id FROM coverage WHERE department_id = ? "
        "AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?) ORDER BY valid_from DESC, id DESC LIMIT 1",
        (department_id, day, day),
    )
    primary, stand_in1, stand_in2, cover_queue = cover[0] if cover else (None, None, None, None)
    product = query("SELECT queue_id, before_contact FROM product WHERE id = ?", (product_id,))
    product_queue, before = product[0] if product else (None, 0)
    skilled = query(
        "SELECT m.analyst_id FROM queue_member m LEFT JOIN skill s ON s.analyst_id = m.analyst_id AND s.product_id = ? "
        "WHERE m.queue_id = ? AND m.schedulable = 1 AND s.level IS NOT NULL ORDER BY max(s.level, 1), "
        '(SELECT count(*) FROM "case" c WHERE c.work_owner_id = m.analyst_id AND c.ended_at IS NULL), m.analyst_id',
        (product_id, product_queue),
    )
    lead = query(
        "SELECT analyst_id FROM shift WHERE duty = 'lead' AND starts_at <= ? AND ends_at > ? LIMIT 1",
        (at, at),
    )
    return RoutingFacts(
        by_hand_owner=by_hand_owner,
        by_hand_queue=by_hand_queue,
        major=major,
        duty_lead=lead[0][0] if lead else None,
        specialist_queue=product_queue if before else None,
        primary=primary,
        stand_in1=stand_in1,
        stand_in2=stand_in2,
        coverage_queue=cover_queue,
        department_queue=_first(
            query(
                "SELECT id FROM queue WHERE department_id = ? AND active = 1 ORDER BY position, id",
                (department_id,),
            )
        ),
        product_queue=product_queue,
        front_line=_first(
            query("SELECT id FROM queue WHERE kind = 'front line' AND active = 1 ORDER BY position, id", ())
        ),
        available=available,
        skilled=tuple(r[0] for r in skilled if r[0] in available),
    )


def _first(rows: Sequence[Any]) -> bytes | None:
    return rows[0][0] if rows else None
