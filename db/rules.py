"""The words and tables every client must agree on, because the shared log is checked against them at apply.

A transaction that breaks one of these is a recorded no-op on every client alike, so they live on this floor; `app.work`
asks them instead of repeating them. Changing one is a change of the store's schema version.
"""

from __future__ import annotations

from typing import Final

ROLES: Final = ("analyst", "supervisor", "administrator")
CASE_KINDS: Final = ("incident", "request", "problem")
CHANNELS: Final = ("phone", "walk-in", "hall visit", "e-mail", "monitoring", "self-service")
LIVE_CHANNELS: Final = ("phone", "walk-in", "hall visit")
"""Channels in which somebody answers at once: the response clock stops when it starts (domain.md, Clocks)."""
STATUSES: Final = ("new", "in progress", "waiting", "resolved", "closed", "cancelled", "merged")
OPEN_STATUSES: Final = ("new", "in progress", "waiting")
WAITING_ON: Final = ("requester", "supplier", "change", "parts")
QUEUE_KINDS: Final = ("front line", "product", "department")
AUDIENCES: Final = ("internal", "requester")
TIMELINE_KINDS: Final = ("note", "reply", "call", "visit", "mail", "system")
EVENT_FIELDS: Final = (
    "opened", "status", "waiting_on", "queue", "work_owner", "contact_owner", "tier", "severity", "department",
    "product", "touched", "escalated",
)  # fmt: skip
OUTCOMES: Final = ("fixed", "workaround", "no fault found", "not fixed")
"""The close sheet's first question: is it fixed?"""
DOCUMENTED: Final = ("article", "draft", "not needed")
"""The close sheet's second question: an article that helped, a draft that is begun, or nothing others could use."""
ESCALATED_TO: Final = ("developers", "supplier")
TRACKED_IDS: Final = {
    "queue": "queue_id",
    "work_owner": "work_owner_id",
    "contact_owner": "contact_owner_id",
    "department": "department_id",
    "product": "product_id",
}
TRACKED_WORDS: Final = {
    "status": "status",
    "waiting_on": "waiting_on",
    "tier": "tier",
    "severity": "severity",
    "escalated": "escalated_to",
}
TRACKED: Final = TRACKED_IDS | TRACKED_WORDS
"""Field of an event: the column of the case it tells about. References stand in `old_id`/`new_id`."""
LINK_KINDS: Final = ("duplicate", "child", "problem", "related")
ACTIVITIES: Final = ("remote", "phone", "on site", "research", "vendor", "documentation", "travel", "other")
ARTICLE_STATES: Final = ("rough", "generic", "reviewed", "published", "archived")
ARTICLE_AUDIENCES: Final = ("team", "IT", "departments", "everyone")
ABSENCE_KINDS: Final = ("vacation", "sickness", "training", "other")
HANDOVERS: Final = ("hand over", "watch", "stays waiting")
"""What becomes of a case while its owner is away."""
RETURNS: Final = ("take back", "leave", "joint")
"""And when the owner is there again."""
SUPPORT_LEVELS: Final = ("supported", "best effort", "not supported")

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    "new": frozenset({"in progress", "waiting", "resolved", "cancelled", "merged"}),
    "in progress": frozenset({"waiting", "resolved", "cancelled", "merged"}),
    "waiting": frozenset({"in progress", "resolved", "cancelled", "merged"}),
    "resolved": frozenset({"closed", "in progress", "merged"}),
    "closed": frozenset({"in progress"}),
    "cancelled": frozenset({"in progress"}),
    "merged": frozenset({"in progress"}),
}
"""Which status may follow which. Everything that moves a case asks this table; nothing repeats it."""


def may_follow(old: str, new: str) -> bool:
    """True when a case in status `old` may be put into `new` (staying is always allowed)."""
    return old == new or new in TRANSITIONS.get(old, frozenset())


NO_DUE: Final = 253_402_300_799_000
"""`case.due_at` of a case without a running clock: the end of the year 9999, so that it sorts last by index."""
