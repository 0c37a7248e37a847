"""Importing an event log: one row per change of a case, of any ticket system, by a mapping.

In this order: who asks is checked; the file is read whole and sorted into cases (the rows of one case may be
scattered), with what can't be taken listed; the people, queues and products it names are made; then the cases are
written, the earliest first, 150 to a transaction. Stopping at any instant leaves whole cases only, and the next run
goes on from there.
"""

from __future__ import annotations

from pathlib import Path

from app import times
from app.context import Context
from app.errors import UserError
from app.intake.catalogue import Catalogue
from app.intake.filing import Filing
from app.intake.mapping import ImportMapping
from app.intake.result import ImportResult, Progress, must_be_administrator, no_progress
from app.intake.rows import CaseReader
from app.intake.tables import open_table

_TELL_EVERY = 2000


def import_events(
    context: Context,
    path: Path,
    mapping: ImportMapping,
    progress: Progress = no_progress,
    first: int | None = None,
) -> ImportResult:
    """Import the log at `path`. Running it again creates nothing twice; a longer log adds what is new. `first`: read
    all of it, file only so many cases.

    Errors: UserError (file, mapping, role) before anything was changed; whatever `progress` raises, after a whole
    transaction; StorageError.
    """
    if mapping.what != "events":
        raise UserError(f"The mapping {mapping.name} is for {mapping.what}; name one for events.")
    must_be_administrator(context)
    catalogue = Catalogue(context, mapping.source)
    reader = read_cases(context, path, mapping, catalogue, progress)
    if mapping.by_time:
        for case in reader.cases.values():
            case.steps.sort(key=lambda step: step.at)
    result = ImportResult(rows=reader.rows, cases=len(reader.cases), problems=reader.problems)
    catalogue.write()
    Filing(context, mapping.source).file(list(reader.cases.values())[:first], result, progress)
    return result


def read_cases(
    context: Context, path: Path, mapping: ImportMapping, catalogue: Catalogue, progress: Progress
) -> CaseReader:
    """All cases of the file at `path`. Errors: UserError."""
    with open_table(path, delimiter=mapping.delimiter, encoding=mapping.encoding) as table:
        reader = CaseReader(mapping, table, catalogue, times.zone(mapping.zone or context.zone))
        for done in reader.read(table.rows):
            if done % _TELL_EVERY == 0:
                progress(done, None)
    return reader
