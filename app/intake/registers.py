"""Importing the lists a desk is set up with: people, machines, departments, products, places; with a mapping or with
our own field names in the header.

All go the same way: the list is read whole, each row is recognised, what it names and is not there yet is made, then
the rows are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from app.context import Context
from app.intake.catalogue import Catalogue
from app.intake.lists import Entry, opened, read_entries, write_entries
from app.intake.machines import Machines
from app.intake.mapping import ImportMapping, What
from app.intake.people import People
from app.intake.result import ImportResult, Progress, must_be_administrator, no_progress
from app.intake.trees import Tree
from db.shapes import Shape


class Recogniser(Protocol):
    """Knows which row of ours a row of the list means. `later`: columns that refer to other rows of the list."""

    @property
    def model(self) -> type[Shape]: ...

    @property
    def later(self) -> frozenset[str]: ...

    @property
    def catalogue(self) -> Catalogue: ...

    def understand(self, row: int, words: Mapping[str, str]) -> Entry:
        """Errors: RowProblem."""

    def finish(self, entries: Sequence[Entry], result: ImportResult) -> None:
        """All rows are known."""


REGISTERS: Final[Mapping[What, Callable[[Context, ImportMapping], Recogniser]]] = {
    "departments": Tree, "products": Tree, "places": Tree, "requesters": People, "assets": Machines,
}  # fmt: skip


def import_list(
    what: What, context: Context, path: Path, mapping: ImportMapping | None = None, progress: Progress = no_progress
) -> ImportResult:
    """Import a list of that kind. Errors: as `import_events`."""
    must_be_administrator(context)
    result = ImportResult()
    with opened(path, mapping, what) as (table, found):
        rows = REGISTERS[what](context, found)
        entries = read_entries(table, found, rows.understand, result, progress)
    rows.finish(entries, result)
    rows.catalogue.write()
    write_entries(context, rows.model, entries, result, progress, later=rows.later)
    return result


import_requesters = partial(import_list, "requesters")
import_departments = partial(import_list, "departments")
import_products = partial(import_list, "products")
import_places = partial(import_list, "places")
import_assets = partial(import_list, "assets")
