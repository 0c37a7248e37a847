"""Agreements and absences as rows of the replica, through a `query` callable, so that they are the same inside a
transaction and on a reader.

Apart from `coverage_rows`, because the navigation asks who stands in for whom before anything else is on screen: what
that one needs for its snapshot (clocks, routing, checks) takes longer to import than all of this to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.work.coverage import FOREVER, Cover, Spell, acting_on, in_force
from app.work.holding import nearest_id

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

COVER_COLUMNS = (
    "id, department_id, primary_id, stand_in1_id, stand_in2_id, queue_id, valid_from, valid_to, coalesce(why, ''), "
    "review_date, swap_day, predecessor_id, confirmed_at"
)
SPELL_COLUMNS = "id, analyst_id, from_day, to_day, kind, entered_by_id, confirmed_at, coverage_id"


def covers(query: Query, *, since: str = "") -> tuple[Cover, ...]:
    """Every cover that counts on `since` or later, in the order they were made."""
    rows = query(
        f"SELECT {COVER_COLUMNS} FROM coverage WHERE coalesce(valid_to, '9999-12-31') >= ? AND valid_from <= "
        "coalesce(valid_to, '9999-12-31') ORDER BY id",
        (since,),
    )
    return tuple(Cover(*row) for row in rows)


def nearest(query: Query, department: bytes | None, day: str) -> Cover | None:
    """The cover that counts for a department on a day: its own, else the one it inherits (app.work.holding)."""
    found = nearest_id(query, department, day)
    return (
        Cover(*query(f"SELECT {COVER_COLUMNS} FROM coverage WHERE id = ?", (found,))[0]) if found is not None else None
    )


def spells(query: Query, *, since: str = "") -> tuple[Spell, ...]:
    """Every absence that ends on `since` or later."""
    rows = query(
        f"SELECT {SPELL_COLUMNS} FROM absence WHERE coalesce(to_day, ?) >= ? ORDER BY from_day, id", (FOREVER, since)
    )
    return tuple(Spell(*row) for row in rows)


def stand_in_of(query: Query, who: bytes, department: bytes | None, day: str) -> bytes | None:
    """Who does a case of that department while `who` is away: who acts for it on that day, else who stands in for any
    of the departments `who` is the contact of."""
    gone = {one.analyst for one in spells(query, since=day) if one.covers(day)} | {who}
    agreed = covers(query, since=day)
    own = [one for one in agreed if one.primary == who and in_force(agreed, one.department, day) == one]
    for cover in (nearest(query, department, day), *own):
        found = acting_on(cover, day, lambda one, _day: one in gone) if cover is not None else None
        if found is not None:
            return found[1]
    return None
