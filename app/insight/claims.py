"""What an imported log says of itself in columns of its own, laid beside what its history says.

Many tools count while they go: how often a case was reopened, how often it changed hands, whether it was in time.
Halldesk counts from the history instead. Where the two differ, every case that does is named, and reassignments are
sorted by what the log's rows show of them, so that each one of them is accounted for.

The columns are named by `[claims]` of the log's mapping (docs/manual/import.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

from app.context import ReadContext
from app.errors import UserError
from app.insight.case_log import CaseLog, case_logs
from app.insight.figure import CaseKey
from app.intake.mapping import ImportMapping
from app.intake.tables import open_table
from app.times import MINUTE_MS
from app.work.deadlines import Deadlines

What = Literal["reopened", "reassigned", "in_time"]
WHATS: Final[tuple[What, ...]] = ("reopened", "reassigned", "in_time")
_ALWAYS: Final = 1 << 62
_CASES: Final = 'SELECT rid, external_ref, severity, department_id FROM "case" WHERE external_source = ?'


@dataclass
class Claim:
    """One column against ours. `theirs`, `ours`: how many in all (for "in_time": cases that were); `agree`: cases for
    which both say the same; `differ`: (case, theirs, ours) for the others; `parts`: of reassignments, how many by what
    the rows show."""

    what: What
    column: str
    theirs: int = 0
    ours: int = 0
    agree: int = 0
    differ: list[tuple[CaseKey, int, int]] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)

    @property
    def cases(self) -> int:
        """How many were compared."""
        return self.agree + len(self.differ)

    def add(self, key: CaseKey, theirs: int, ours: int) -> None:
        """One case more."""
        self.theirs += theirs
        self.ours += ours
        if theirs == ours:
            self.agree += 1
        else:
            self.differ.append((key, theirs, ours))

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "claim": self.what, "column": self.column, "log": self.theirs, "halldesk": self.ours, "cases": self.cases,
            "agree": self.agree, "parts": dict(self.parts),
            "differ": [{"case": key.as_json(), "log": theirs, "halldesk": ours} for key, theirs, ours in self.differ],
        }  # fmt: skip


def compare(context: ReadContext, path: Path, mapping: ImportMapping) -> list[Claim]:
    """Every claim of the mapping, over the cases that were imported with it. Errors: UserError for a file without the
    columns, or a mapping that names none; those of the database."""
    if not mapping.claims:
        raise UserError(f"The mapping {mapping.name} names no [claims]; say which columns count what.")
    rows = _rows(path, mapping)
    reader, deadlines = context.reader, Deadlines(context.zone, context.language)
    known = {row[0]: row for row in reader.all(_CASES, (mapping.source,))}
    out: dict[str, Claim] = {what: Claim(what, mapping.claims[what]) for what in WHATS if what in mapping.claims}
    for log in case_logs(reader, -_ALWAYS, _ALWAYS):
        found = known.get(log.key.rid)
        told = rows.get(str(found[1])) if found is not None else None
        if found is None or told is None:
            continue
        if "reopened" in out:
            ours = sum(a.completed and not b.completed for a, b in pairwise(log.rows))
            out["reopened"].add(log.key, _most(told, out["reopened"].column), ours)
        if "reassigned" in out:
            _reassigned(out["reassigned"], log, told, mapping)
        if "in_time" in out:
            _in_time(out["in_time"], log, told, mapping, deadlines, reader.all, found[2], found[3])
    return list(out.values())


Told = Sequence[Mapping[str, str]]
"""The rows of a case, in the order of its history."""


def _rows(path: Path, mapping: ImportMapping) -> dict[str, list[dict[str, str]]]:
    queue = mapping.fields["queue"].columns if "queue" in mapping.fields else ()
    wanted = {*mapping.case, *mapping.time, *queue, *mapping.claims.values()}
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    with open_table(path, delimiter=mapping.delimiter, encoding=mapping.encoding) as table:
        mapping.check_columns(table.name, table.columns)
        for column in mapping.claims.values():
            if column not in table.columns:
                raise UserError(f'{table.name} has no column "{column}", which [claims] of {mapping.name} names.')
        places = {column: place for place, column in enumerate(table.columns) if column in wanted}
        for row in table.rows:
            if row.problem is None:
                told = {column: row.cells[place] for column, place in places.items()}
                out["/".join(told[column] for column in mapping.case)].append(told)
    if mapping.by_time and mapping.formats[:1] == ("iso",):
        for listed in out.values():
            listed.sort(key=lambda one: [one[column] for column in mapping.time])
    return out


def _most(told: Told, column: str) -> int:
    return max((int(one[column]) for one in told if one[column].isdigit()), default=0)


def _reassigned(into: Claim, log: CaseLog, told: Told, mapping: ImportMapping) -> None:
    ours = sum(a.queue != b.queue for a, b in pairwise(log.rows) if a.queue is not None)
    into.add(log.key, _most(told, into.column), ours)
    columns = mapping.fields["queue"].columns
    for before, after in pairwise(told):
        if not (before[into.column].isdigit() and after[into.column].isdigit()):
            continue
        one, other = (tuple("" if row[name] in mapping.missing else row[name] for name in columns)
                      for row in (before, after))  # fmt: skip
        if one == other:
            what = "there and back between two rows"
        elif not any(one):
            what = "out of no group"
        else:
            what = "from group to group" if any(other) else "into no group"
        into.parts[what] += int(after[into.column]) - int(before[into.column])


def _in_time(
    into: Claim, log: CaseLog, told: Told, mapping: ImportMapping, deadlines: Deadlines,
    query: Callable[..., Sequence[Any]], severity: int, department: bytes | None,
) -> None:  # fmt: skip
    """The log's word against the desk's own fix target, in the working time of the case's department."""
    resolving, target = log.resolving, deadlines.targets(query, severity, department)[1]
    if resolving is None or target is None:
        return
    hours = deadlines.calendar(query, department).hours
    ours = hours.worked(log.opened_at, resolving.at) <= target * MINUTE_MS
    into.add(log.key, int(told[-1][into.column] in mapping.yes), int(ours))
