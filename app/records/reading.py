"""Lists of records, and one of them with all that hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory, Kind
from app.errors import UserError
from app.records.kinds import KINDS, RecordKind

SHOWN: Final = 400
"""Rows of a list; who looks for one of more types a part of its name."""
ENOUGH: Final = 2
"""Available members below which a queue is flagged."""
_DIRECTORY: Final = ("analyst", "queue", "department", "product", "place")


@dataclass(frozen=True)
class Line:
    """One row of a list. `values`: those of `RecordKind.shown`, references as names. `flag`: what is wrong with it."""

    id: bytes
    name: str
    values: Mapping[str, Any]
    active: bool
    flag: int | None = None
    """Of a queue: how many available members it has, where those are too few."""


@dataclass(frozen=True)
class Listing:
    """Rows and how many there are in all."""

    lines: list[Line]
    total: int


@dataclass(frozen=True)
class Record:
    """A row with its children by table: (id, values)."""

    id: bytes
    values: dict[str, Any]
    children: dict[str, list[tuple[bytes, dict[str, Any]]]] = field(default_factory=dict)


class Records:
    """On the calling lane's reader."""

    def __init__(self, context: ReadContext, directory: Directory) -> None:
        self._context, self._directory = context, directory

    def listing(self, table: str, typed: str = "", *, inactive: bool = False) -> Listing:
        """Rows whose name has what was typed, by name. Errors: UserError for an unknown kind."""
        kind = kind_of(table)
        wheres, params = [], {"typed": f"%{_escaped(typed.strip())}%"}
        columns = {kind.name, *kind.shown} & {"name", "tag", "serial", "email", "phone", "short", "cost_centre"}
        if typed.strip():
            wheres.append("(" + " OR ".join(f"{c} LIKE :typed ESCAPE '!'" for c in sorted(columns)) + ")")
        if kind.ends and not inactive:
            wheres.append("active = 1")
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        order = {"severity": "rank", "queue": "kind, position, name COLLATE NOCASE"}.get(
            table, f"{kind.name} COLLATE NOCASE"
        )
        reader = self._context.reader
        total = int(reader.value(f"SELECT count(*) FROM {table}{where}", params))
        rows = reader.all(f"SELECT * FROM {table}{where} ORDER BY {order} LIMIT {SHOWN}", params)
        few = self._few() if table == "queue" else {}
        return Listing([self._line(kind, row, few) for row in rows], total)

    def _line(self, kind: RecordKind, row: Any, few: Mapping[bytes, int]) -> Line:
        values = {name: self.shown(kind, name, row[name]) for name in kind.shown}
        active = bool(row["active"]) if kind.ends else True
        return Line(row["id"], row[kind.name], values, active, few.get(row["id"]) if active else None)

    def shown(self, kind: RecordKind, name: str, value: Any) -> Any:
        """A value with a name in the place of a reference."""
        spec = kind.field(name)
        return self.name(spec.to, value) if spec.kind == "ref" else value

    def name(self, table: str, row_id: bytes | None) -> str:
        """What a reference is to."""
        if row_id is None:
            return ""
        if table in _DIRECTORY:
            known: Kind = table  # type: ignore[assignment]
            return self._directory.name(known, row_id)
        return str(self._context.reader.value(f"SELECT name FROM {table} WHERE id = ?", (row_id,)) or "")

    def _few(self) -> dict[bytes, int]:
        """Queues with fewer available members than there should be: there today, active, and schedulable."""
        today = times.local_date(self._context.clock(), times.zone(self._context.zone)).isoformat()
        rows = self._context.reader.all(
            "SELECT q.id, count(a.id) AS there FROM queue q "
            "LEFT JOIN queue_member m ON m.queue_id = q.id AND m.schedulable = 1 "
            "LEFT JOIN analyst a ON a.id = m.analyst_id AND a.active = 1 AND NOT EXISTS (SELECT 1 FROM absence x "
            "WHERE x.analyst_id = a.id AND x.from_day <= :today AND coalesce(x.to_day, '9999-12-31') >= :today) "
            "WHERE q.active = 1 GROUP BY q.id",
            {"today": today},
        )
        return {row["id"]: row["there"] for row in rows if row["there"] < ENOUGH}

    def one(self, table: str, row_id: bytes) -> Record | None:
        """A row with its children; None when it is gone."""
        kind, reader = kind_of(table), self._context.reader
        row = reader.one(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
        if row is None:
            return None
        children = {}
        for child in kind.children:
            rows = reader.all(f"SELECT * FROM {child.table} WHERE {child.parent} = ? ORDER BY {child.key}", (row_id,))
            children[child.table] = [(r["id"], {f.name: r[f.name] for f in child.fields}) for r in rows]
        return Record(row_id, {f.name: row[f.name] for f in kind.fields}, children)

    def choices(self, table: str) -> list[tuple[bytes, str]]:
        """What a reference can be to, by name: small tables only."""
        if table in _DIRECTORY:
            known: Kind = table  # type: ignore[assignment]
            return [(n.id, n.name) for n in self._directory.all(known)]
        return [
            (r[0], r[1]) for r in self._context.reader.all(f"SELECT id, name FROM {table} ORDER BY name COLLATE NOCASE")
        ]

    def find(self, table: str, name: str) -> bytes:
        """The row of that name. Errors: UserError."""
        kind = kind_of(table)
        found = self._context.reader.all(
            f"SELECT id FROM {table} WHERE {kind.name} = ? COLLATE NOCASE", (" ".join(name.split()),)
        )
        if not found:
            near = ", ".join(line.name for line in self.listing(table, name[:4]).lines[:6])
            raise UserError(f"There is no {table} named {name!r}" + (f"; there are: {near}." if near else "."))
        return bytes(found[0][0])


def kind_of(table: str) -> RecordKind:
    """Errors: UserError for an unknown kind."""
    if table not in KINDS:
        raise UserError(f"There is no {table!r} to look after; use one of: {', '.join(KINDS)}.")
    return KINDS[table]


def _escaped(typed: str) -> str:
    return typed.replace("!", "!!").replace("%", "!%").replace("_", "!_")
