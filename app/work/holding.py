"""Which agreement holds for a department on a day: its own, else that of the nearest department above it.

The only place that says so in SQL; `app.work.coverage.in_force_above` says it of rows that were read, and a test holds
them together. Everything that asks "whose department is this" asks here: routing, the navigation, the mode, the list
of cases nobody can be asked about, reports. Of several agreements of one department that hold on a day the one that
began last counts.

Departments and agreements are few, and who inherits is found from the agreements downwards: no case is touched, and a
department that no agreement reaches costs nothing. The navigation asks this before anything else is read, so this
module knows neither calendars nor absences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Query = Callable[[str, Sequence[Any]], Sequence[Any]]

LEVELS: Final = 20
"""A tree of departments that goes deeper than this is a ring; so far it is followed."""


def held(day: str) -> str:
    """A table expression `(department_id, cover_id)`: each department for which an agreement holds on that day, and
    which. `day`: the SQL parameter with the ISO date, like ":day"."""
    return (
        "(WITH RECURSIVE own(department_id, cover_id) AS (SELECT department_id, id FROM (SELECT department_id, id, "
        "row_number() OVER (PARTITION BY department_id ORDER BY valid_from DESC, id DESC) AS place FROM coverage "
        f"WHERE valid_from <= {day} AND coalesce(valid_to, '9999-12-31') >= {day}) WHERE place = 1), "
        "down(department_id, cover_id, n) AS (SELECT department_id, cover_id, 0 FROM own UNION ALL "
        "SELECT d.id, down.cover_id, n + 1 FROM down JOIN department d ON d.parent_id = down.department_id "
        f"WHERE n < {LEVELS} AND d.id NOT IN (SELECT department_id FROM own)) SELECT department_id, cover_id FROM down)"
    )


def line_of(query: Query, department: bytes | None) -> tuple[bytes, ...]:
    """A department, what it is part of, and so on up."""
    rows = query(
        "WITH RECURSIVE up(id, parent_id, n) AS (SELECT id, parent_id, 0 FROM department WHERE id = ?"
        " UNION ALL SELECT d.id, d.parent_id, n + 1 FROM department d JOIN up ON d.id = up.parent_id "
        f"WHERE n < {LEVELS}) SELECT id FROM up ORDER BY n",
        (department,),
    )
    return tuple(dict.fromkeys(row[0] for row in rows))


def parents_of(query: Query) -> dict[bytes, bytes | None]:
    """Each department and what it is part of."""
    return {row[0]: row[1] for row in query("SELECT id, parent_id FROM department", ())}


def line_up(parents: Mapping[bytes, bytes | None], department: bytes) -> tuple[bytes, ...]:
    """`line_of` from what `parents_of` read."""
    line: dict[bytes, None] = {}
    one: bytes | None = department
    while one is not None and one not in line and len(line) <= LEVELS:
        line[one] = None
        one = parents.get(one)
    return tuple(line)


def nearest_id(query: Query, department: bytes | None, day: str) -> bytes | None:
    """The agreement that holds for one department on a day (ISO date); None: none does."""
    for one in line_of(query, department):
        rows = query(
            "SELECT id FROM coverage WHERE department_id = ? AND valid_from <= ? "
            "AND coalesce(valid_to, '9999-12-31') >= ? ORDER BY valid_from DESC, id DESC LIMIT 1",
            (one, day, day),
        )
        if rows:
            return bytes(rows[0][0])
    return None


def departments_of(query: Query, cover_id: bytes, day: str) -> tuple[bytes, ...]:
    """All departments for which this agreement holds on a day, its own first; () when it holds for none."""
    rows = query(
        f"SELECT h.department_id FROM {held('?1')} h JOIN coverage v ON v.id = h.cover_id WHERE h.cover_id = ?2 "
        "ORDER BY h.department_id <> v.department_id, h.department_id",
        (day, cover_id),
    )
    return tuple(row[0] for row in rows)


def held_by(query: Query, day: str) -> dict[bytes, bytes]:
    """Department -> the agreement that holds for it on a day (ISO date)."""
    return {row[0]: row[1] for row in query(f"SELECT department_id, cover_id FROM {held('?1')}", (day,))}
