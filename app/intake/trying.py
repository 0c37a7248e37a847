"""What an import would do: it is done in one transaction, which is thrown away. And mappings made on screen.

The transaction begins with the first row that would be written: while the file is read, everybody can save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import resources
from app.context import Context
from app.errors import UserError
from app.intake.mapping import FIELDS, ImportMapping, What, find_mapping
from app.intake.result import ImportResult, Progress, no_progress
from app.intake.tables import open_table
from app.intake.values import FieldRule

if TYPE_CHECKING:
    from db.capture import Transaction

LISTS: Final[tuple[What, ...]] = ("departments", "products", "places", "requesters", "assets")
"""What can be imported with a mapping made on screen."""
LOGS: Final[tuple[What, ...]] = ("cases", "events")
"""Logs of cases, whose mapping is a file: more is to be said than which column means what (docs/manual/import.md)."""
NEEDED: Final[Mapping[What, str]] = {
    "departments": "name", "products": "name", "places": "name", "requesters": "name", "assets": "tag",
}  # fmt: skip
TRIED_CASES: Final = 300
"""Of a log so many cases are filed to see what it would do; all of it is read."""
SHOWN: Final = 300
"""Rows that an attempt tells of."""
SAMPLE: Final = 5


@dataclass(frozen=True)
class Header:
    """The columns of a file, each with its first values that are not empty."""

    columns: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]


class _Undone(Exception):
    """Takes the rehearsed import back."""


class _Inside:
    """Stands in for the replica: every transaction of the import is a part of one, which begins with the first."""

    def __init__(self, begin: Callable[[], Transaction]) -> None:
        self._begin = begin
        self.tx: Transaction | None = None

    @contextmanager
    def transaction(self, *_args: Any, **_rest: Any) -> Iterator[Transaction]:
        """The one there is."""
        if self.tx is None:
            self.tx = self._begin()
        yield self.tx


@dataclass(frozen=True)
class Change:
    """What would become of one row. `fields`: (column, before, after), empty of a new one."""

    name: str
    new: bool
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True)
class Attempt:
    """What an import would do. `tried`: how many cases of a log were filed for it; None: all there is."""

    result: ImportResult
    changes: tuple[Change, ...]
    tried: int | None = None


def importer(what: What) -> Callable[..., ImportResult]:
    """What imports that kind of file: (context, path, mapping, progress). Errors: as `import_events`."""
    if what == "events":
        from app.intake.events import import_events

        return import_events
    if what == "cases":
        from app.intake.records import import_cases

        return import_cases
    from app.intake.registers import import_list

    return partial(import_list, what)


def shipped(what: What) -> list[str]:
    """The mappings of that kind that come with Halldesk."""
    names = (name.removesuffix(".toml") for name in resources.names("mappings", ".toml"))
    return sorted(name for name in names if find_mapping(name).what == what)


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


def attempt(
    context: Context, what: What, path: Path, mapping: ImportMapping | None, progress: Progress = no_progress
) -> Attempt:
    """What the import would make, change and leave out; nothing is kept. Errors: as the import's."""
    found: list[Attempt] = []
    first = TRIED_CASES if what in LOGS else None
    try:
        with ExitStack() as held:
            begun = context.replica.transaction("import.attempt", context.me, at=context.clock(), undoable=False)
            inside = _Inside(lambda: held.enter_context(begun))
            stage = replace(context, replica=cast(Any, inside))
            how = {} if first is None else {"first": first}
            result = importer(what)(stage, path, mapping, progress, **how)
            tried = first if first is not None and result.cases > first else None
            changes = () if inside.tx is None else tuple(islice(_changes(what, inside.tx), SHOWN))
            found.append(Attempt(result, changes, tried))
            raise _Undone
    except _Undone:
        pass
    return found[0]


_TABLE: Final[Mapping[What, tuple[str, str]]] = {
    "departments": ("department", "name"), "products": ("product", "name"), "places": ("place", "name"),
    "requesters": ("requester", "name"), "assets": ("asset", "tag"), "cases": ("case", "title"),
    "events": ("case", "title"),
}  # fmt: skip
"""Table and the column by which a row is called."""


def _changes(what: What, tx: Transaction) -> Iterator[Change]:
    table, named = _TABLE[what]
    made: set[bytes] = set()
    for change in tx.record().rows:
        if change.table != table or change.op == "d" or change.row_id in made:
            continue
        if change.op == "i":
            made.add(change.row_id)
            ref = f"{change.values['external_ref']}  " if change.values.get("external_ref") else ""
            yield Change(f"{ref}{change.values.get(named) or ''}".strip(), True)
        else:
            rows = tx.query(f'SELECT {named} FROM "{table}" WHERE id = ?', (change.row_id,))
            fields = tuple((column, *pair) for column, pair in change.values.items())
            yield Change(str(rows[0][0] or "") if rows else "", False, fields)
