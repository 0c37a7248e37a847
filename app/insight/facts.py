"""What the sections of a report have in common when they read: nine weeks, their columns, names, what a case held when.

A `Span` is made once for a report, in its snapshot. Facts that sections read by themselves are filed by the week they
happened in (`week_of`), and belong to a part of the desk if their case did when that week ended (`ours`), as all do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from app import times
from app.insight.columns import Columns
from app.insight.scope import Scope
from app.insight.section import WEEKS
from app.insight.sheets import Calendars
from db.reader import Reader

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Names:
    """Id -> name, in the order in which they are listed; severities by rank as text."""

    departments: Mapping[Any, str]
    products: Mapping[Any, str]
    queues: Mapping[Any, str]
    severities: Mapping[Any, str]


class Targets(NamedTuple):
    """Working minutes; None: no target."""

    response: int | None
    fix: int | None


@dataclass(frozen=True)
class Span:
    """`bounds`: the instants between the nine weeks, ms UTC; `columns`: theirs, only what belongs to
    `scope` where there is one."""

    reader: Reader
    bounds: Sequence[int]
    columns: Sequence[Columns]
    calendars: Calendars
    names: Names
    zone: str
    now: int
    scope: Scope | None = None
    shared: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What one section has read and another needs, too."""

    @property
    def start(self) -> int:
        """When the oldest week began."""
        return self.bounds[0]

    @property
    def end(self) -> int:
        """When the reported week ends."""
        return self.bounds[-1]

    def week_of(self, instant: int) -> int | None:
        """The place of the week an instant lies in."""
        place = bisect_right(self.bounds, instant) - 1
        return place if 0 <= place < WEEKS else None

    def dates(self) -> list[str]:
        """The days with which the weeks begin and the one after them, YYYY-MM-DD."""
        tz = times.zone(self.zone)
        return [times.local_date(at, tz).isoformat() for at in self.bounds]

    def week_of_date(self, day: str) -> int | None:
        """The place of the week of a date."""
        place = bisect_right(self.dates(), day) - 1
        return place if 0 <= place < WEEKS else None

    def owned(self, rids: Collection[int]) -> Held | None:
        """What decides which of these cases belong into this report; None: all do."""
        return None if self.scope is None else Held(self.reader, self.scope.field, rids)

    def ours(self, owned: Held | None, rid: int, place: int) -> bool:
        """Whether a case belongs into this report in that week."""
        return owned is None or self.scope is None or self.scope.holds(owned.before(rid, self.bounds[place + 1]))

    def targets(self) -> dict[tuple[str, bytes | None], Targets]:
        """By severity and department; a department that is not there has those of None."""
        out: dict[tuple[str, bytes | None], Targets] = {}
        for rank, response, fix in self.reader.all("SELECT rank, response_minutes, fix_minutes FROM severity"):
            out[str(rank), None] = Targets(response, fix)
        for department, rank, response, fix in self.reader.all(
            "SELECT department_id, severity, response_minutes, fix_minutes FROM severity_override"
        ):
            own = out.get((str(rank), None), Targets(None, None))
            out[str(rank), department] = Targets(
                own.response if response is None else response, own.fix if fix is None else fix
            )
        return out


class Held:
    """What some cases held in a field, and when: the last change before an instant says."""

    def __init__(self, reader: Reader, field: str, rids: Collection[int]) -> None:
        self._instants: dict[int, list[int]] = {}
        self._values: dict[int, list[Any]] = {}
        for row in in_parts(
            reader,
            'SELECT c.rid, e.at, coalesce(e.new, e.new_id) FROM "case" c CROSS JOIN case_event e ON e.case_id = c.id '
            "AND +e.field = ? WHERE c.rid IN ({rids}) ORDER BY e.at, e.source_row, e.id",
            rids,
            (field,),
        ):
            self._instants.setdefault(row[0], []).append(row[1])
            self._values.setdefault(row[0], []).append(row[2])

    def before(self, rid: int, instant: int) -> Any:
        """The value just before `instant`; None before the first."""
        place = bisect_left(self._instants.get(rid, ()), instant)
        return self._values[rid][place - 1] if place else None

    def first(self, rid: int) -> Any:
        """The first value, or None."""
        found = self._values.get(rid)
        return found[0] if found else None


def in_parts(reader: Reader, sql: str, rids: Iterable[int], params: Sequence[Any] = ()) -> Iterable[Any]:
    """The rows of a statement with `{rids}` in it, some hundred cases at a time."""
    listed = sorted(set(rids))
    for low in range(0, len(listed), _AT_ONCE):
        yield from reader.all(sql.format(rids=", ".join(map(str, listed[low : low + _AT_ONCE]))), params)
