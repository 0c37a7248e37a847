"""A desk's past as a log: every case as the rows of its history, in order.

Where a history came from an imported log, one row here is one row there (the events of a case that share an instant and
a source row), with the source's own words for the status; what was done in the program itself is one row per instant.
Figures over whole logs (app.insight.log_figures) are pure functions of these rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from app.insight.figure import CaseKey
from db.reader import Reader
from db.rules import OPEN_STATUSES

_OPEN: Final = frozenset(OPEN_STATUSES)
_SEVERAL: Final = " / "
"""Between the words of a status that comes from two columns."""
_EVENTS: Final = """SELECT c.rid, c.number, c.place_id, c.external_source, e.at, e.source_row, e.field,
    coalesce(e.new, e.new_id), e.reason
FROM "case" c CROSS JOIN case_event e ON e.case_id = c.id AND e.at < :end
WHERE c.opened_at >= :start AND c.opened_at < :end
ORDER BY c.rid, e.at, e.source_row, e.id"""


class Row(NamedTuple):
    """What was true of a case from `at` (ms UTC) on. References are ids, `tier` is "1", "2", "3" or "2/3", `severity`
    its rank as text. `words`: the source's own for the status, else ours."""

    at: int
    status: str
    words: str
    waiting_on: str | None
    queue: bytes | None
    tier: str | None
    severity: str | None
    department: bytes | None
    product: bytes | None
    owner: bytes | None

    @property
    def completed(self) -> bool:
        """Resolved, closed, cancelled or merged."""
        return self.status not in _OPEN

    @property
    def main(self) -> str:
        """The first of the words: `Accepted` of `Accepted / Wait`."""
        return self.words.split(_SEVERAL, 1)[0]

    @property
    def sub(self) -> str:
        """The second of the words, or the only one."""
        return self.words.split(_SEVERAL, 1)[-1]


@dataclass(frozen=True)
class CaseLog:
    """A case and its rows, at least one. `source`: the log it was imported from."""

    key: CaseKey
    place: bytes | None
    source: str | None
    rows: tuple[Row, ...]

    @property
    def opened_at(self) -> int:
        """The instant of the first row."""
        return self.rows[0].at

    @property
    def first_completed_at(self) -> int | None:
        """The instant of the first completed row."""
        return next((row.at for row in self.rows if row.completed), None)

    @property
    def resolving(self) -> Row | None:
        """The row from which on the case was completed to the end; None when it is open."""
        found = None
        for row in reversed(self.rows):
            if not row.completed:
                break
            found = row
        return found

    @property
    def closed_at(self) -> int | None:
        """The instant of the last row, if that is completed."""
        last = self.rows[-1]
        return last.at if last.completed else None


def case_logs(reader: Reader, start: int, end: int) -> Iterator[CaseLog]:
    """The cases opened in [start, end), by row number, with their rows before `end`. Errors: those of the database."""
    events = (event for part in reader.each(_EVENTS, {"start": start, "end": end}) for event in part)
    for rid, group in groupby(events, key=lambda event: event[0]):
        listed = list(group)
        yield CaseLog(CaseKey(listed[0][1], rid), listed[0][2], listed[0][3], tuple(_rows(listed)))


def _rows(events: list[tuple[Any, ...]]) -> Iterator[Row]:
    held: dict[str, Any] = {}
    words: str | None = None
    for (at, _row), group in groupby(events, key=lambda event: (event[4], event[5])):
        for *_, field, new, reason in group:
            if field in ("status", "touched") and reason is not None:
                words = reason
            elif field == "status":
                words = None
            held[field] = new
        status = held.get("status") or "new"
        waits = held.get("waiting_on") if status == "waiting" else None
        yield Row(
            at, status, words or (f"waiting{_SEVERAL}{waits}" if waits else status), waits, held.get("queue"),
            held.get("tier"), held.get("severity"), held.get("department"), held.get("product"), held.get("work_owner"),
        )  # fmt: skip
