"""In whose place somebody acts: "Roth for Kern" on every note and event of a case while Kern is away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.work.coverage import acting_on
from app.work.covering import nearest, spells

Query = Callable[[str, Sequence[Any]], Sequence[Any]]


def instead_of(query: Query, case_id: bytes, me: bytes, day: str) -> bytes | None:
    """Who I act for in this case on that day: one of its owners who is away and whose cases of this kind are mine
    meanwhile, or the department's contact whom I stand in for. None: for myself."""
    rows = query('SELECT department_id, work_owner_id, contact_owner_id FROM "case" WHERE id = ?', (case_id,))
    if not rows or not query("SELECT 1 FROM absence WHERE from_day <= ? AND coalesce(to_day, ?) >= ? LIMIT 1",
                             (day, day, day)):  # fmt: skip
        return None
    department, worker, contact = rows[0]
    gone = {spell.analyst: spell for spell in spells(query, since=day) if spell.covers(day)}
    if me in gone:
        return None
    mine = {
        row[0]
        for row in query(
            "SELECT absence_id FROM handover WHERE case_id = ? AND to_id = ? AND returned IS NULL", (case_id, me)
        )
    }
    cover = nearest(query, department, day)
    found = acting_on(cover, day, lambda who, _day: who in gone) if cover is not None else None
    stands_in = found is not None and found[1] == me
    for owner in (contact, worker):
        if owner in gone and owner != me and (gone[owner].id in mine or stands_in):
            return bytes(owner)
    if stands_in and cover is not None and cover.primary in gone and contact in (None, me) and worker in (None, me):
        return cover.primary
    return None
