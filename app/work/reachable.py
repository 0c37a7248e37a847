"""Which open cases nobody can be asked about today, and which are mine because somebody is away.

A case that was handed to me on a handover sheet is mine while the absence lasts, whichever department it is of. So is
one that nobody decided about, of a department that nobody stands in for, when I stand in for its owner: otherwise a
vacation whose sheet was forgotten would leave it with nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from app.work.holding import held

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

_AWAY: Final = (
    "SELECT p.id FROM analyst p WHERE p.active = 0 OR EXISTS (SELECT 1 FROM absence x WHERE x.analyst_id = p.id "
    "AND x.from_day <= :there AND coalesce(x.to_day, '9999-12-31') >= :there)"
)
_EMPTY_QUEUES: Final = (
    "SELECT q.id FROM queue q WHERE q.active = 0 OR NOT EXISTS (SELECT 1 FROM queue_member m WHERE m.queue_id = q.id "
    f"AND m.analyst_id NOT IN ({_AWAY}))"
)
_STOOD_IN_FOR: Final = (
    f"SELECT h.department_id FROM {held(':there')} h JOIN coverage v ON v.id = h.cover_id WHERE "
    + " OR ".join(
        f"(v.{who} IS NOT NULL AND v.{who} NOT IN ({_AWAY}))" for who in ("primary_id", "stand_in1_id", "stand_in2_id")
    )
)
UNREACHABLE: Final = (
    "c.rid IN ("
    'SELECT rid FROM "case" WHERE ended_at IS NULL AND queue_id IS NULL '
    "AND +work_owner_id IS NULL AND +contact_owner_id IS NULL UNION ALL "
    f'SELECT rid FROM "case" WHERE ended_at IS NULL AND queue_id IN ({_EMPTY_QUEUES}) '
    "AND +work_owner_id IS NULL AND +contact_owner_id IS NULL UNION ALL "
    f'SELECT rid FROM "case" WHERE ended_at IS NULL AND work_owner_id IN ({_AWAY}) '
    f"AND (+contact_owner_id IS NULL OR +contact_owner_id IN ({_AWAY})) UNION ALL "
    f'SELECT rid FROM "case" WHERE ended_at IS NULL AND contact_owner_id IN ({_AWAY}) AND +work_owner_id IS NULL) '
    f"AND coalesce(c.department_id, x'') NOT IN ({_STOOD_IN_FOR})"
)
"""Open cases for which neither owner is there that day, no queue with somebody there has it unowned, and nobody stands
in for its department. Absences count, not the hour: who is at home tonight can be asked tomorrow. Asked from the few
who are away and the few queues without anybody, each by its index: asked of every open case it took most of a second
at half a million of them. The pluses keep SQLite from beginning with the many that have no owner."""
_SHEET: Final = (
    "FROM absence a JOIN handover h ON h.absence_id = a.id WHERE a.analyst_id = :handed_by AND a.from_day <= :there "
    "AND coalesce(a.to_day, '9999-12-31') >= :there"
)
_HANDED: Final = f"SELECT h.case_id {_SHEET} AND h.to_id = :hands AND h.returned IS NULL"
_LEFT: Final = " UNION ALL ".join(
    f'SELECT id FROM "case" WHERE ended_at IS NULL AND {owner} = :handed_by AND :handed_by IN ({_AWAY}) '
    f"AND coalesce(department_id, x'') NOT IN ({_STOOD_IN_FOR}) AND id NOT IN (SELECT h.case_id {_SHEET})"
    for owner in ("work_owner_id", "contact_owner_id")
)


def handed(query: Query, owner: bytes, me: bytes, day: str) -> tuple[str, dict[str, Any]]:
    """The cases I do on that day in place of `owner`, as a condition over `"case" c`, with its parameters."""
    from app.work.agreed import stand_in_of  # late: the first list needs neither coverage nor calendars

    params = {"handed_by": owner, "hands": me, "there": day}
    sheets = f"{_HANDED} UNION ALL {_LEFT}" if stand_in_of(query, owner, None, day) == me else _HANDED
    return f"c.id IN ({sheets})", params
