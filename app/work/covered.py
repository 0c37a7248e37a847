"""Which departments are mine on a day, and who is away whose cases I do. Plain SQL without calendars: the navigation
asks it before anything else is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.work.holding import held


@dataclass(frozen=True)
class Covered:
    """A department this analyst is the contact of today. `stand_in`: in place of somebody, until that ISO date."""

    department: bytes
    stand_in: bool
    until: str | None


@dataclass(frozen=True)
class Handed:
    """What I do in place of somebody who is away, whatever department it is of: how many open cases, until that ISO
    date (None: open)."""

    owner: bytes
    until: str | None
    count: int


def covered(query: Any, me: bytes, day: str) -> list[Covered]:
    """The departments that are mine on that day (ISO date): mine for good, and those I speak for because everybody
    before me is away (or on a swap day). By name, each with those that inherit its agreement after it."""
    away = {
        row[0]: row[1]
        for row in query(
            "SELECT analyst_id, max(coalesce(to_day, '9999-12-31')) FROM absence "
            "WHERE from_day <= :day AND coalesce(to_day, '9999-12-31') >= :day GROUP BY analyst_id",
            {"day": day},
        )
    }
    rows = query(
        f"SELECT h.department_id, v.primary_id, v.stand_in1_id, v.stand_in2_id, v.swap_day FROM {held(':day')} h "
        "JOIN coverage v ON v.id = h.cover_id JOIN department d ON d.id = h.department_id "
        "JOIN department a ON a.id = v.department_id "
        "WHERE d.active = 1 AND :me IN (v.primary_id, v.stand_in1_id, v.stand_in2_id) "
        "ORDER BY a.name COLLATE NOCASE, a.id, d.id <> a.id, d.name COLLATE NOCASE",
        {"me": me, "day": day},
    )
    out = []
    for department, primary, first, second, swap_day in rows:
        order = [primary, first, second]
        if swap_day == day and first is not None:
            order[:2] = [first, primary]
        if primary == me:
            out.append(Covered(department, False, None))
        elif next((who for who in order if who is not None and who not in away), None) == me:
            until = away.get(primary, day)  # a swap is for the day
            out.append(Covered(department, True, None if until == "9999-12-31" else until))
    return out


def absent(query: Any, me: bytes, day: str) -> list[tuple[bytes, str | None]]:
    """Who else is away on that day and until when (None: open), by name."""
    rows = query(
        "SELECT x.analyst_id, max(coalesce(x.to_day, '9999-12-31')) FROM absence x JOIN analyst a "
        "ON a.id = x.analyst_id WHERE x.from_day <= :day AND coalesce(x.to_day, '9999-12-31') >= :day "
        "AND x.analyst_id <> :me GROUP BY x.analyst_id ORDER BY a.name COLLATE NOCASE",
        {"day": day, "me": me},
    )
    return [(row[0], None if row[1] == "9999-12-31" else row[1]) for row in rows]
