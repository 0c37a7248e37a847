"""Saved views: a filter over cases with its order, for oneself or for everybody.

The row's `definition` is JSON (`to_json`); conditions in it are app.work.conditions. What a newer program wrote is kept
and listed, but can't be opened here; nothing is lost by looking at it. The verbs are in app.work.views, so that
a window that only shows views does not load them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from app.context import ReadContext
from app.errors import UserError
from app.work.case_filter import ORDERS, PRIORITY, CaseFilter, CaseList
from app.work.conditions import Conditions, from_plain, to_plain
from app.work.groups import GROUPS

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
