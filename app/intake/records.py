"""Importing cases as they are now, one row each.

A list of cases tells only what is true now. Order: who asks is checked; the file is read whole by its mapping, or by
our own field names where its header uses them; what is new is made, what changed since the last list is added. A case
is recognised again by its number, so running it twice changes nothing.

A case's history before the import is unknown: it begins with its opening as "new" and goes to its present status at the
times the record names. A later record of the same case adds what changed since.
"""

from __future__ import annotations

from pathlib import Path

from app import times
from app.context import Context
from app.intake.catalogue import Catalogue
from app.intake.filing import Filing
from app.intake.folding import SILENT, Held, Step
from app.intake.lists import opened
from app.intake.mapping import ImportMapping
from app.intake.result import ImportResult, Progress, must_be_administrator, no_progress
from app.intake.rows import CaseReader, CaseRows
from app.naming import title_and_description

_TELL_EVERY = 2000


def import_cases(
    context: Context,
    path: Path,
    mapping: ImportMapping | None = None,
    progress: Progress = no_progress,
    first: int | None = None,
) -> ImportResult:
    """Import a list of cases. `first`: read all of it, file only so many cases. Errors: as `import_events`."""
    must_be_administrator(context)
    with opened(path, mapping, "cases") as (table, found):
        catalogue = Catalogue(context, found.source)
        reader = CaseReader(found, table, catalogue, times.zone(found.zone or context.zone))
        for done in reader.read(table.rows):
            if done % _TELL_EVERY == 0:
                progress(done, None)
    now = context.clock()
    for case in reader.cases.values():
        _unfold(case, now)
    result = ImportResult(rows=reader.rows, cases=len(reader.cases), problems=reader.problems)
    catalogue.write()
    Filing(context, found.source, snapshots=True).file(list(reader.cases.values())[:first], result, progress)
    return result


def _unfold(case: CaseRows, now: int) -> None:
    """The steps that one record implies: opened as new, then what it is now, at the times the record names."""
    (present,) = case.steps
    extra = case.extra
    opened_at = case.opened_at if case.opened_at is not None else extra["updated_at"] or now
    case.opened_at = opened_at
    status = present.values[0]
    updated = max(extra["updated_at"] or opened_at, opened_at)
    resolved = max(extra["resolved_at"] or extra["closed_at"] or updated, opened_at)
    ended = max(extra["closed_at"] or resolved, resolved)
    steps = [_with(present, opened_at, "new")]
    if status == "closed" and extra["resolved_at"]:
        steps.append(_with(present, resolved, "resolved"))
    if status not in ("new", SILENT):
        at = {"resolved": resolved, "closed": ended, "cancelled": ended}.get(str(status), updated)
        steps.append(present._replace(at=at))
    case.steps = steps
    title, description = title_and_description(extra["title"], extra["description"])
    if title or description:
        case.texts = [(title or case.texts[-1][0], description or case.texts[-1][1])]


def _with(step: Step, at: int, status: str) -> Step:
    values: tuple[Held, ...] = (status, None, *step.values[2:])
    return step._replace(at=at, values=values, words=None)
