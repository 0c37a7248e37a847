"""What the sections of a report have in common when they read: nine weeks, their columns, names, what a case held when.

A `Span` is made once for a report, in its snapshot. Facts that sections read by themselves are filed by the week they
happened in (`week_of`), and belong to a part of the desk if their case did when that week ended (`ours`), as all do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from app import times
from app.insight.columns import Columns
from app.insight.scope import Scope
from app.insight.section import WEEKS
from app.insight.sheets import Calendars
from db.reader import Reader

_AT_ONCE: Final = 10_000
_Change = tuple[int, int, Any]
"""(row number, instant, value)."""


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
        return None if self.scope is None else self.held(self.scope.field, rids)

    def held(self, field: str, rids: Collection[int]) -> Held:
        """What these cases held in a field. Sections ask for much the same cases: each is read once."""
        found: Held | None = self.shared.get(f"held {field}")
        if found is None:
            found = self.shared[f"held {field}"] = Held(self.reader, field)
        found.read(rids)
        return found

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

    def __init__(self, reader: Reader, field: str) -> None:
        self._reader, self._field = reader, field
        self._known: set[int] = set()
        # Most cases hold one value all their life: only the others get a list.
        self._first: dict[int, _Change] = {}
        self._more: dict[int, list[_Change]] = {}

    def read(self, rids: Collection[int]) -> None:
        """These cases can be asked about, too."""
        new = set(rids) - self._known
        self._known |= new
        first, more = self._first, self._more
        for change in in_parts(
            self._reader,
            'SELECT c.rid, e.at, coalesce(e.new, e.new_id) FROM "case" c CROSS JOIN case_event e ON e.case_id = c.id '
            "AND e.field = ? WHERE c.rid IN ({rids}) ORDER BY e.at, e.source_row, e.id",
            new,
            (self._field,),
        ):
            rid = change[0]
            if rid not in first:
                first[rid] = change
            else:
                more.setdefault(rid, []).append(change)

    def before(self, rid: int, instant: int) -> Any:
        """The value just before `instant`; None before the first."""
        found = self._first.get(rid)
        if found is None or found[1] >= instant:
            return None
        for change in self._more.get(rid, ()):
            if change[1] >= instant:
                break
            found = change
        return found[2]

    def first(self, rid: int) -> Any:
        """The first value, or None."""
        found = self._first.get(rid)
        return None if found is None else found[2]

    def __contains__(self, rid: object) -> bool:
        """Whether the case ever had the field."""
        return rid in self._first


def in_parts(reader: Reader, sql: str, rids: Iterable[int], params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement about the cases of `{rids}`, which stands behind all of its `params`; some thousand cases
    at a time, by row number."""
    listed = sorted(set(rids))
    statement = sql.format(rids="SELECT value FROM json_each(?)")
    for low in range(0, len(listed), _AT_ONCE):
        some = f"[{','.join(map(str, listed[low : low + _AT_ONCE]))}]"
        for rows in reader.each(statement, (*params, some)):
            yield from rows
