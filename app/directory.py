"""Names and what they stand for: analysts, queues, departments, products, places, machines, requesters, severities.

Small tables are read whole once and kept until something in them changes (`forget`), so that a list of cases shows
names without a join for each. Requesters and assets can be many; they are looked up.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.errors import UserError
from db.ids import parse_id
from db.reader import Reader
from db.search_index import fold_text

Kind = Literal["analyst", "queue", "department", "product", "place"]
WHOLE: Final[tuple[Kind, ...]] = ("analyst", "queue", "department", "product", "place")


@dataclass(frozen=True)
class Named:
    """Something with a name. `note` says more in lists (kind of a queue, role of an analyst)."""

    id: bytes
    name: str
    note: str = ""
    active: bool = True


@dataclass(frozen=True)
class SeverityLevel:
    """A severity: rank 1 is the worst; targets in working minutes."""

    rank: int
    name: str
    response_minutes: int | None
    fix_minutes: int | None


_EXPORTED: Final[dict[Kind, str]] = {
    "analyst": "analysts",
    "queue": "queues",
    "department": "departments",
    "product": "products",
    "place": "places",
}
_SQL: Final[dict[Kind, str]] = {
    "analyst": "SELECT id, name, role, active, 0 FROM analyst",
    "queue": "SELECT id, name, kind, active, position + CASE kind WHEN 'front line' THEN 0 WHEN 'product' THEN 10000 "
    "ELSE 20000 END FROM queue",
    "department": "SELECT id, name, coalesce(cost_centre, ''), active, 0 FROM department",
    "product": "SELECT id, name, support, active, 0 FROM product",
    "place": "SELECT id, name, kind, 1, 0 FROM place",
}
"""Id, name, note, active, and what comes before the name in the order in which they are shown."""
_NUMBER: Final = re.compile(r"(\d+)")


def _as_read(name: str) -> list[tuple[int, int, str]]:
    """Names in the order people expect: without case or accents, and "Group 2" before "Group 10"."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBER.split(fold_text(name)) if part]


class Directory:
    """Lookups by id and by what people type. `reader_of` gives the calling thread's reader."""

    def __init__(self, reader_of: Callable[[], Reader]) -> None:
        self._reader_of = reader_of
        self._lock = threading.Lock()
        self._lists: dict[Kind, list[Named]] = {}
        self._by_id: dict[Kind, dict[bytes, Named]] = {}
        self._severities: list[SeverityLevel] | None = None

    def forget(self, tables: set[str]) -> None:
        """Something in these tables changed."""
        with self._lock:
            for kind in WHOLE:
                if kind in tables:
                    self._lists.pop(kind, None)
                    self._by_id.pop(kind, None)
            if "severity" in tables:
                self._severities = None

    def forget_all(self) -> None:
        """Anything may have changed."""
        self.forget({*WHOLE, "severity"})

    def all(self, kind: Kind, *, inactive: bool = False) -> list[Named]:
        """Everything of a kind in the order in which it is shown."""
        with self._lock:
            found = self._lists.get(kind)
        if found is None:
            rows = self._reader_of().all(_SQL[kind])
            rows.sort(key=lambda r: (r[4], _as_read(r[1])))
            found = [Named(r[0], r[1], r[2], bool(r[3])) for r in rows]
            with self._lock:
                self._lists[kind] = found
                self._by_id[kind] = {n.id: n for n in found}
        return [n for n in found if n.active or inactive]

    def get(self, kind: Kind, row_id: bytes | None) -> Named | None:
        """What an id stands for."""
        if row_id is None:
            return None
        if kind not in self._by_id:
            self.all(kind)
        return self._by_id[kind].get(row_id)

    def name(self, kind: Kind, row_id: bytes | None) -> str:
        """The name of an id; "" for None or unknown."""
        found = self.get(kind, row_id)
        return found.name if found else ""

    def severities(self) -> list[SeverityLevel]:
        """All severities, worst first."""
        if self._severities is None:
            rows = self._reader_of().all("SELECT rank, name, response_minutes, fix_minutes FROM severity ORDER BY rank")
            self._severities = [SeverityLevel(*r) for r in rows]
        return self._severities

    def severity(self, text: str | int) -> int:
        """A severity's rank from its rank or name. Errors: UserError naming what there is."""
        for level in self.severities():
            if str(text).strip().casefold() in (str(level.rank), level.name.casefold()):
                return level.rank
        known = ", ".join(f"{s.rank} {s.name}" for s in self.severities())
        raise UserError(f"There is no severity {text!r}; use one of: {known}.")

    def resolve(self, kind: Kind, text: str) -> bytes:
        """The id of what somebody typed: the name, its beginning if that is clear, or an id.

        Errors: UserError naming what comes near.
        """
        entries = self.all(kind)
        wanted = fold_text(text.strip())
        folded = {fold_text(n.name): n for n in entries}
        if wanted in folded:
            return folded[wanted].id
        by_id = parse_id(text)
        if by_id is not None and self.get(kind, by_id):
            return by_id
        import difflib  # only for what was mistyped: it would cost every start

        starts = [n for key, n in folded.items() if wanted and key.startswith(wanted)]
        inside = [n for key, n in folded.items() if wanted and wanted in key]
        for found in (starts, inside):
            if len(found) == 1:
                return found[0].id
        near = [n.name for n in starts or inside][:5] or [
            folded[k].name for k in difflib.get_close_matches(wanted, list(folded), n=3)
        ]
        hint = f"did you mean {', '.join(near)}?" if near else f"`halldesk export {_EXPORTED[kind]}` lists them."
        raise UserError(f"There is no {kind} named {text!r}; {hint}")

    def requester_rows(self, text: str, limit: int = 12) -> list[Any]:
        """Requesters whose name, phone or e-mail fits what is typed, best first: `id, name, phone, email,
        department_id, place_id`."""
        reader = self._reader_of()
        like = f"%{text.strip()}%"
        return list(
            reader.all(
                "SELECT id, name, phone, email, department_id, place_id FROM requester WHERE active = 1 AND "
                "(name LIKE ? OR phone LIKE ? OR email LIKE ?) ORDER BY (name LIKE ?) DESC, name LIMIT ?",
                (like, like, like, f"{text.strip()}%", limit),
            )
        )

    def asset_rows(self, text: str, limit: int = 12) -> list[Any]:
        """Machines whose tag or name fits: `id, tag, name, department_id, place_id, product_id`."""
        like = f"%{text.strip()}%"
        return list(
            self._reader_of().all(
                "SELECT id, tag, name, department_id, place_id, product_id FROM asset WHERE active = 1 AND "
                "(tag LIKE ? OR name LIKE ?) ORDER BY (tag LIKE ?) DESC, tag LIMIT ?",
                (like, like, f"{text.strip()}%", limit),
            )
        )
