"""In whose place somebody acts: "Roth for Kern" on every note and event of a case while Kern is away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from app.work.agreed import nearest, spells, stand_in_of
from app.work.coverage import acting_on

Query = Callable[[str, Sequence[Any]], Sequence[Any]]


def instead_of(query: Query, case_id: bytes, me: bytes, day: str) -> bytes | None:
    """Who I act for in this case on that day: one of its owners who is away and whose cases of this kind are mine
    meanwhile, or the department's contact whom I stand in for. None: for myself."""
    rows = query('SELECT department_id, work_owner_id, contact_owner_id FROM "case" WHERE id = ?', (case_id,))
    if not rows or not query("SELECT 1 FROM absence WHERE from_day <= ? AND coalesce(to_day, ?) >= ? LIMIT 1",
                             (day, day, day)):  # fmt: skip
        return None
    department, worker, contact = rows[0]
    gone: dict[bytes, list[bytes]] = {}
    for spell in spells(query, since=day):
        if spell.covers(day):
            gone.setdefault(spell.analyst, []).append(spell.id)
    if me in gone:
        return None
    found = _acting(query, department, day, gone)
    stands_in = found is not None and found[0] == me
    decided = dict(
        query("SELECT absence_id, to_id FROM handover WHERE case_id = ? AND returned IS NULL", (case_id,))
    )  # fmt: skip
    for owner in (contact, worker):
        if owner not in gone or owner == me:
            continue
        said = [decided[absence] for absence in gone[owner] if absence in decided]
        # Where nobody decided and nobody stands in for the department, who stands in for its owner does it.
        left = not said and found is None and stand_in_of(query, owner, None, day) == me
        if me in said or stands_in or left:
            return bytes(owner)
    if found is not None and stands_in and found[1] in gone and contact in (None, me) and worker in (None, me):
        return found[1]
    return None


def instead_in(query: Query, department: bytes, me: bytes, day: str) -> bytes | None:
    """Who I act for in a department on that day: its contact, who is away while I stand in. None: for myself."""
    gone = {spell.analyst for spell in spells(query, since=day) if spell.covers(day)}
    found = _acting(query, department, day, gone) if me not in gone else None
    return found[1] if found is not None and found[0] == me and found[1] in gone else None


def _acting(query: Query, department: bytes | None, day: str, gone: Collection[bytes]) -> tuple[bytes, bytes] | None:
    """(who speaks for the department that day, its contact); None: nobody."""
    cover = nearest(query, department, day)
    found = acting_on(cover, day, lambda who, _day: who in gone) if cover is not None else None
    return (found[1], cover.primary) if found is not None and cover is not None else None
