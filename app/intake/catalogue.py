"""Who and what a log names: analysts, queues, products, departments, places, requesters.

Each is made once. A row of that name that is there already is used; otherwise the id is derived from source, kind and
name, so that the next import (or the same one on another workstation) means the same row, even after it was renamed.
Nothing is written while the log is read: `write` makes the new ones in transactions of their own, before any case names
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from app.context import Context
from db.ids import derived_id
from db.shapes import Analyst, Department, Place, Product, Queue, QueueMember, Requester, Shape

Kind = Literal["analyst", "queue", "product", "department", "place", "requester"]

_MODELS: Final[Mapping[Kind, type[Shape]]] = {
    # In the order in which they are written.
    "analyst": Analyst, "department": Department, "place": Place, "product": Product, "queue": Queue,
    "requester": Requester,
}  # fmt: skip
_AT_ONCE: Final = 500


class Catalogue:
    """Names and ids of one source. Errors of `write`: those of a transaction."""

    def __init__(self, context: Context, source: str) -> None:
        self._context, self._source = context, source
        self._ids: dict[Kind, dict[str, bytes]] = {}
        self._taken: dict[Kind, set[bytes]] = {}
        self._new: dict[Kind, dict[bytes, dict[str, Any]]] = {kind: {} for kind in _MODELS}
        self._members: dict[tuple[bytes, bytes], None] = {}
        reader = context.reader
        for kind in _MODELS:
            rows = reader.all(f"SELECT id, name FROM {kind} WHERE name IS NOT NULL ORDER BY id DESC")
            self._ids[kind] = {row[1]: row[0] for row in rows}
            self._taken[kind] = {row[0] for row in rows}
        self._known_members = {tuple(row) for row in reader.all("SELECT queue_id, analyst_id FROM queue_member")}

    def known(self, kind: Kind, name: str) -> bytes | None:
        """The id of that name, or None when nothing is called so."""
        return self._ids[kind].get(name)

    def need(self, kind: Kind, name: str, /, **columns: Any) -> bytes:
        """The id of that name; what is new is made with `columns`."""
        found = self._ids[kind].get(name)
        if found is None:
            found = self._ids[kind][name] = derived_id(0, self._source, kind, name)
            if found not in self._taken[kind]:
                self._new[kind][found] = {"name": name, **columns}
        return found

    def member(self, queue: bytes, analyst: bytes) -> None:
        """The analyst works in the queue."""
        pair = (queue, analyst)
        if pair not in self._known_members:
            self._members[pair] = None

    def write(self) -> None:
        """Make what is new."""
        for kind, model in _MODELS.items():
            self._insert(model, self._new[kind].items())
            self._taken[kind].update(self._new[kind])
            self._new[kind] = {}
        members = (
            (derived_id(0, "queue_member", queue.hex(), analyst.hex()), {"queue_id": queue, "analyst_id": analyst})
            for queue, analyst in self._members
        )
        self._insert(QueueMember, members)
        self._known_members |= self._members.keys()
        self._members = {}

    def _insert(self, model: type[Shape], rows: Iterable[tuple[bytes, Mapping[str, Any]]]) -> None:
        listed = list(rows)
        for start in range(0, len(listed), _AT_ONCE):
            with self._context.replica.transaction(
                "import.names", self._context.me, at=self._context.clock(), undoable=False
            ) as tx:
                tx.insert_many(model, listed[start : start + _AT_ONCE])
