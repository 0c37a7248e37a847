"""Making, changing, moving and removing saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.context import Context
from app.errors import UserError
from app.work.verbs import Done
from app.work.view_list import LONGEST_NAME, Definition, from_json, to_json
from db.shapes import View

if TYPE_CHECKING:
    pass


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
        with self._context.transaction("view.save") as tx:
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
        with self._context.transaction("view.remove") as tx:
            if not tx.delete(View, view_id):
                raise UserError("This view is gone already.")
        return Done(view_id, tx.id)

    def move(self, view_id: bytes, by: int) -> Done:
        """Up (`by` < 0) or down among the views of the same owner."""
        with self._context.transaction("view.move") as tx:
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
