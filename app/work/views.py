"""Saved views: a filter over cases with its order, for oneself or for everybody.

The row's `definition` is JSON (`to_json`); conditions in it are app.work.conditions. What a newer program wrote is kept
and listed, but can't be opened here; nothing is lost by looking at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.context import Context, ReadContext
from app.errors import UserError
from app.work.conditions import Conditions, from_plain, to_plain
from app.work.groups import GROUPS
from app.work.lists import ORDERS, PRIORITY, CaseFilter, CaseList
from app.work.verbs import Done
from db.errors import Refused
from db.shapes import View

if TYPE_CHECKING:
    from db.capture import Transaction

LONGEST_NAME: Final = 60
EVERY: Final = Conditions()


@dataclass(frozen=True)
class Definition:
    """What a view shows. `group`: a column of app.work.groups, "" for none."""

    conditions: Conditions = EVERY
    open_only: bool = True
    order: str = PRIORITY
    descending: bool = False
    group: str = ""

    def wanted(self) -> CaseList:
        """As a list."""
        return CaseList(CaseFilter(open_only=self.open_only, conditions=self.conditions), self.order, self.descending)


@dataclass(frozen=True)
class SavedView:
    """A view as it is listed. `definition` None: a newer program made it, and this one can't show it."""

    id: bytes
    name: str
    owner: bytes | None
    position: int
    definition: Definition | None

    @property
    def shared(self) -> bool:
        """Everybody has it."""
        return self.owner is None


def to_json(definition: Definition) -> str:
    """The text that is stored."""
    return json.dumps(
        {**to_plain(definition.conditions), "open": definition.open_only, "order": definition.order,
         "descending": definition.descending, "group": definition.group},
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip


def from_json(text: str) -> Definition:
    """Errors: UserError for what is no definition, or one of a newer program."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UserError("This view can't be read; it was made by another version of Halldesk.") from error
    if not isinstance(data, dict):
        raise UserError("This view can't be read; it was made by another version of Halldesk.")
    order, group = data.get("order", PRIORITY), data.get("group", "")
    if order not in ORDERS or (group and group not in GROUPS):
        raise UserError("This view can't be read; it was made by another version of Halldesk.")
    return Definition(from_plain(data), bool(data.get("open", True)), order, bool(data.get("descending", False)), group)


class ViewList:
    """Reads views; on any lane."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def all(self) -> list[SavedView]:
        """Those I see, in their order: my own first, then everybody's."""
        rows = self._context.reader.all(
            "SELECT id, name, owner_id, position, definition FROM view WHERE owner_id IS NULL OR owner_id = ? "
            "ORDER BY owner_id IS NULL, position, name COLLATE NOCASE, id",
            (self._context.me,),
        )
        return [_view(row) for row in rows]

    def find(self, name: str) -> SavedView:
        """The view of that name, my own before everybody's. Errors: UserError naming what there is."""
        views = self.all()
        for view in views:
            if view.name.casefold() == " ".join(name.split()).casefold():
                return view
        known = ", ".join(view.name for view in views) or "none yet"
        raise UserError(f"There is no view {name!r}; use one of: {known}.")


def _view(row: Any) -> SavedView:
    try:
        definition: Definition | None = from_json(row["definition"])
    except UserError:
        definition = None
    return SavedView(row["id"], row["name"], row["owner_id"], row["position"], definition)


def opened(view: SavedView) -> Definition:
    """What a view shows. Errors: UserError when a newer program made it."""
    if view.definition is None:
        raise UserError(f"The view {view.name!r} was made by a newer version of Halldesk; update this workstation.")
    return view.definition


class Views:
    """Verbs; on the write lane. Everybody keeps views of his own; shared ones are for supervisors."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(self, name: str, definition: Definition, *, shared: bool = False, view_id: bytes | None = None) -> Done:
        """Make a view, or change the one of `view_id`. Errors: UserError for a name that is taken or missing."""
        name = " ".join(name.split())
        if not name:
            raise UserError("A view needs a name.")
        if len(name) > LONGEST_NAME:
            raise UserError(f"The name of a view has at most {LONGEST_NAME} characters.")
        from_json(to_json(definition))
        owner = None if shared else self._context.me
        with self._transaction("view.save") as tx:
            same = tx.query(
                "SELECT id FROM view WHERE owner_id IS ? AND name = ? COLLATE NOCASE AND id IS NOT ?",
                (owner, name, view_id),
            )
            if same:
                raise UserError(f"There is a view called {name!r} already; choose another name.")
            values: dict[str, Any] = {"name": name, "owner_id": owner, "definition": to_json(definition)}
            if view_id is None or tx.get(View, view_id) is None:
                last = tx.query("SELECT coalesce(max(position), 0) FROM view WHERE owner_id IS ?", (owner,))[0][0]
                view_id = tx.insert(View, position=last + 1, **values)
            else:
                tx.update(View, view_id, **values)
        return Done(view_id, tx.id)

    def remove(self, view_id: bytes) -> Done:
        """Its cases are not touched."""
        with self._transaction("view.remove") as tx:
            if not tx.delete(View, view_id):
                raise UserError("This view is gone already.")
        return Done(view_id, tx.id)

    def move(self, view_id: bytes, by: int) -> Done:
        """Up (`by` < 0) or down among the views of the same owner."""
        with self._transaction("view.move") as tx:
            rows = tx.query(
                "SELECT v.id FROM view v WHERE v.owner_id IS (SELECT owner_id FROM view WHERE id = ?) "
                "ORDER BY v.position, v.name COLLATE NOCASE, v.id",
                (view_id,),
            )
            order = [row[0] for row in rows]
            if view_id not in order:
                raise UserError("This view is gone already.")
            at = order.index(view_id)
            order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
            for position, each in enumerate(order, 1):
                tx.update(View, each, position=position)
        return Done(view_id, tx.id)

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[Transaction]:
        context = self._context
        try:
            with context.replica.transaction(kind, context.me, at=context.clock()) as tx:
                yield tx
        except Refused as error:
            raise UserError(f"That is not allowed: {error.reason}.") from error
