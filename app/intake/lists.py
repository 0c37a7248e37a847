"""Lists of people and departments: what is common to both, row by row.

A list is read whole first; then what is new is made and what the list knows better is changed, 200 rows to a
transaction. An empty cell never empties a field, and two rows that mean the same person or department are a problem of
the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.context import Context
from app.errors import UserError
from app.intake.mapping import ImportMapping, What, own_fields
from app.intake.result import ImportResult, Progress
from app.intake.rows import FieldWords
from app.intake.tables import Table, open_table
from app.intake.values import RowProblem
from db.capture import Transaction
from db.shapes import Shape

_AT_ONCE: Final = 200


class Entry(NamedTuple):
    """One row understood: the id it has or gets, whether that is new, and its columns (without empty cells)."""

    row: int
    id: bytes
    new: bool
    columns: dict[str, Any]


@contextmanager
def opened(path: Path, mapping: ImportMapping | None, what: What) -> Iterator[tuple[Table, ImportMapping]]:
    """The table at `path` and its mapping: the one given, or our own field names. Errors: UserError."""
    if mapping is not None and mapping.what != what:
        raise UserError(f"The mapping {mapping.name} is for {mapping.what}; name one for {what}.")
    delimiter, encoding = (mapping.delimiter, mapping.encoding) if mapping else (None, "utf-8")
    with open_table(path, delimiter=delimiter, encoding=encoding) as table:
        found = mapping or own_fields(what, table.columns)
        found.check_columns(table.name, table.columns)
        yield table, found


def read_entries(
    table: Table,
    mapping: ImportMapping,
    understand: Callable[[int, Mapping[str, str]], Entry],
    result: ImportResult,
    progress: Progress,
) -> list[Entry]:
    """Every row that can be taken; `understand` gets (row, words by field) and may raise RowProblem."""
    places = {column: place for place, column in enumerate(table.columns)}
    fields = {rule.name: FieldWords(rule, mapping, places) for rule in mapping.present(table.columns)}
    out: dict[bytes, Entry] = {}
    for row in table.rows:
        result.rows += 1
        if result.rows % _AT_ONCE == 0:
            progress(result.rows, None)
        try:
            if row.problem is not None:
                raise RowProblem(row.problem)
            words = {name: bound.meaning(row.cells) for name, bound in fields.items()}
            entry = understand(row.number, {name: word for name, word in words.items() if word})
            if entry.id in out:
                raise RowProblem(f"it means the same as row {out[entry.id].row}")
            out[entry.id] = entry
        except RowProblem as problem:
            result.problems.append((row.number, str(problem)))
    result.cases = len(out)
    return list(out.values())


def write_entries(
    context: Context,
    model: type[Shape],
    entries: Sequence[Entry],
    result: ImportResult,
    progress: Progress,
    later: frozenset[str] = frozenset(),
) -> None:
    """Write the entries and count them. Columns in `later` refer to other entries: they are set once all are there."""
    changed: set[bytes] = set()
    for start in range(0, len(entries), _AT_ONCE):
        with _transaction(context, model) as tx:
            for entry in entries[start : start + _AT_ONCE]:
                columns = {name: value for name, value in entry.columns.items() if name not in later}
                if entry.new:
                    tx.insert(model, entry.id, **columns)
                elif tx.update(model, entry.id, **columns):
                    changed.add(entry.id)
        progress(min(start + _AT_ONCE, len(entries)), len(entries))
    referring = [entry for entry in entries if not later.isdisjoint(entry.columns)]
    if referring:
        with _transaction(context, model) as tx:
            for entry in referring:
                columns = {name: value for name, value in entry.columns.items() if name in later}
                if tx.update(model, entry.id, **columns):
                    changed.add(entry.id)
    result.created = sum(entry.new for entry in entries)
    result.updated = sum(entry.id in changed and not entry.new for entry in entries)
    result.skipped = len(entries) - result.created - result.updated


def _transaction(context: Context, model: type[Shape]) -> AbstractContextManager[Transaction]:
    return context.replica.transaction(f"import.{model.__tablename__}", context.me, at=context.clock(), undoable=False)
