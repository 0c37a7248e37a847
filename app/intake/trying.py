"""What an import would do: it is done in one transaction, which is thrown away. And mappings made on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from app.context import Context
from app.errors import UserError
from app.intake.mapping import FIELDS, ImportMapping, What
from app.intake.result import ImportResult, Progress
from app.intake.tables import open_table
from app.intake.values import FieldRule

if TYPE_CHECKING:
    from db.capture import Transaction

LISTS: Final[tuple[What, ...]] = ("departments", "requesters", "assets")
"""What can be imported with a mapping made on screen; logs of cases need more to be said (docs/manual/import.md)."""
NEEDED: Final[Mapping[str, str]] = {"departments": "name", "requesters": "name", "assets": "tag"}
SAMPLE: Final = 5


@dataclass(frozen=True)
class Header:
    """The columns of a file, each with its first values that are not empty."""

    columns: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]


class _Undone(Exception):
    """Takes the rehearsed import back."""


class _Inside:
    """Stands in for the replica: every transaction of the import is a part of one."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    @contextmanager
    def transaction(self, *_args: Any, **_rest: Any) -> Iterator[Transaction]:
        """The one there is."""
        yield self._tx


def importer(what: What) -> Callable[[Context, Path, ImportMapping | None, Progress], ImportResult]:
    """What imports that kind of list."""
    if what == "assets":
        from app.intake.machines import import_assets

        return import_assets
    from app.intake import people

    return people.import_departments if what == "departments" else people.import_requesters


def header(path: Path) -> Header:
    """The columns of a file. Errors: UserError when it is no table."""
    with open_table(path) as table:
        rows = [row.cells for row in islice(table.rows, 200) if row.problem is None]
    samples = {
        column: tuple(dict.fromkeys(cells[place] for cells in rows if cells[place].strip()))[:SAMPLE]
        for place, column in enumerate(table.columns)
    }
    return Header(table.columns, samples)


def mapping_of(what: What, columns: Mapping[str, str]) -> ImportMapping:
    """A mapping from {field: column}. Errors: UserError when what tells the rows apart is not said."""
    fields = {name: FieldRule(name, (columns[name],)) for name in FIELDS[what] if columns.get(name)}
    if NEEDED[what] not in fields:
        raise UserError(f"Say which column has the {NEEDED[what]}.")
    return ImportMapping("chosen on screen", what, "import", fields)


def attempt(context: Context, what: What, path: Path, mapping: ImportMapping) -> ImportResult:
    """What the import would make, change and leave out; nothing is kept. Errors: as the import's."""
    result: ImportResult | None = None
    try:
        with context.replica.transaction("import.attempt", context.me, at=context.clock(), undoable=False) as tx:
            stage = replace(context, replica=cast(Any, _Inside(tx)))
            result = importer(what)(stage, path, mapping, lambda _done, _all: None)
            raise _Undone
    except _Undone:
        pass
    assert result is not None
    return result
