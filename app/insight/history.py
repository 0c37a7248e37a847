"""The histories of cases, read from their events: the one source of every metric.

A history is what happened to one case up to an instant, field by field, in order. What was true at an instant is the
last change before it, so a week printed a year later gives the same figures. Changes at the same millisecond count in
the order of the imported log (`source_row`), then of their ids, which are time-ordered.

Order of reading: cases that may have been open in the span (two indexed columns of `case` only narrow the search;
whether a case really was open its events say), then cases that were merely closed in it, then, for the few histories
in which two changes of one field share an instant, those again in exact order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple

from app.insight.figure import CaseKey
from db.reader import Reader
from db.rules import OPEN_STATUSES

Kind = Literal["opened", "resolved", "reopened", "dropped", "closed"]
Change = tuple[int, Any]
"""(instant, new value)"""

_OPEN: Final = frozenset(OPEN_STATUSES)
_DROPPED: Final = frozenset({"cancelled", "merged"})
_FIELDS: Final = ("opened", "status", "waiting_on", "severity", "queue", "department", "product")
_LISTED: Final = ", ".join(f"'{name}'" for name in _FIELDS)
_EVENTS: Final = (
    f"CROSS JOIN case_event e ON e.case_id = c.id AND e.field IN ({_LISTED}) AND e.at < :end"  # outer loop: the case
)
_COLUMNS: Final = "c.rid, c.number, e.field, e.at, coalesce(e.new, e.new_id)"
_EARLY = f"""SELECT {_COLUMNS} FROM "case" c {_EVENTS}
WHERE c.opened_at < :end AND (c.ended_at IS NULL OR c.ended_at >= :start)"""
_LATE = f"""SELECT {_COLUMNS} FROM (
    SELECT rid, number, id FROM "case" WHERE ended_at IS NULL AND +opened_at < :end
    UNION ALL SELECT rid, number, id FROM "case" WHERE ended_at >= :start AND +opened_at < :end
) c {_EVENTS}"""
"""The plus keeps SQLite from taking the index on openings, which would visit every case there ever was."""
_MIDDLE: Final = """SELECT (min(opened_at) + max(opened_at)) / 2 FROM "case" """
_CLOSED = f"""SELECT {_COLUMNS} FROM (
    SELECT DISTINCT d.rid, d.number, d.id FROM case_event s JOIN "case" d ON d.id = s.case_id
    WHERE s.field = 'status' AND s.at >= :start AND s.at < :end AND s.new = 'closed' AND d.ended_at < :start
) c {_EVENTS}"""
_EXACT = f"""SELECT {_COLUMNS} FROM "case" c {_EVENTS} WHERE c.rid = :rid
ORDER BY e.at, e.source_row, e.id"""


class Move(NamedTuple):
    """Something that changed the backlog, at an instant."""

    at: int
    kind: Kind


class History:
    """One case: what changed, field by field. `changes` holds for every field (instant, new value) in order;
    references are ids, a severity is its rank as text. Not to be altered once it is asked anything.
    """

    __slots__ = ("_moves", "changes", "key", "opened_at")

    def __init__(self, key: CaseKey, changes: dict[str, list[Change]]) -> None:
        self.key, self.changes = key, changes
        self._moves: list[Move] | None = None
        self.opened_at = 0
        """When the case began: set by `moves`."""

    def moves(self) -> list[Move]:
        """What happened to the backlog, in order.

        The case begins with its `opened` event, or with its first status where there is none or clocks disagree. From
        there the state is replayed from the *new* values alone: two workstations that both resolved a case offline
        leave two events, but it left the backlog once. `closed` accompanies `resolved` where a case was closed
        straight away.
        """
        if self._moves is not None:
            return self._moves
        status = self.changes.get("status", ())
        self.opened_at = min(changes[0][0] for changes in (self.changes.get("opened"), status) if changes)
        out = [Move(self.opened_at, "opened")]
        state = "new"
        for at, new in status:
            if new in _OPEN:
                if state not in _OPEN:
                    out.append(Move(at, "reopened"))
            else:
                if state in _OPEN:
                    out.append(Move(at, "dropped" if new in _DROPPED else "resolved"))
                if new == "closed" and state != "closed":
                    out.append(Move(at, "closed"))
            state = new
        self._moves = out
        return out

    def value(self, name: str, instant: int) -> Any:
        """The value of a field just before `instant`; None before its first."""
        changes = self.changes.get(name)
        if changes is None:
            return None
        if changes[-1][0] < instant:
            return changes[-1][1]
        place = bisect_left(changes, instant, key=itemgetter(0))
        return changes[place - 1][1] if place else None

    def open_at(self, instant: int) -> bool:
        """Was it in the backlog just before `instant`?"""
        self.moves()
        return self.opened_at < instant and (self.value("status", instant) or "new") in _OPEN

    def waiting_at(self, instant: int) -> str | None:
        """Whom or what it waited on just before `instant`; None while it was with us."""
        if self.value("status", instant) != "waiting":
            return None
        reason: str | None = self.value("waiting_on", instant)
        return reason or "requester"

    def pauses(self, until: int) -> list[tuple[int, int]]:
        """Spells [from, to) of waiting on the requester, before `until`."""
        changes = (*self.changes.get("status", ()), *self.changes.get("waiting_on", ()))
        marks = sorted({at for at, _ in changes if at < until} | {until})
        out: list[tuple[int, int]] = []
        for start, end in pairwise(marks):
            if self.waiting_at(start + 1) == "requester":
                if out and out[-1][1] == start:
                    out[-1] = (out[-1][0], end)
                else:
                    out.append((start, end))
        return out


def load(reader: Reader, start: int, end: int) -> list[History]:
    """Every case that was open at some time in [start, end) or closed in it, by row number, with all its changes before
    `end`. Errors: those of the database.
    """
    # The same cases either way: by the index on openings for an early span, by that on endings for a late one.
    middle = reader.value(_MIDDLE)
    lived = _EARLY if middle is None or end < middle else _LATE
    found = [*_read(reader, lived, start, end), *_read(reader, _CLOSED, start, end)]
    found.sort(key=lambda history: history.key.rid)
    return found


def _read(reader: Reader, sql: str, start: int, end: int) -> list[History]:
    bounds = {"start": start, "end": end}
    out, unclear = _built(_rows(reader, sql, bounds))
    for history in out:
        if history.key.rid in unclear:
            exact, _ = _built(_rows(reader, _EXACT, {"rid": history.key.rid, "end": end}))
            history.changes = exact[0].changes
    return out


def _rows(reader: Reader, sql: str, params: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(reader.each(sql, params))


def _built(rows: Iterable[tuple[Any, ...]]) -> tuple[list[History], set[int]]:
    """Histories in the order of their rows, and the row numbers of those whose changes of a field did not come in
    order, or share an instant. This loop sees every event of nine weeks: it is written for speed.
    """
    out: list[History] = []
    unclear: set[int] = set()
    current: int | None = None
    lists: dict[str, list[Change]] = {}
    for rid, number, name, at, value in rows:
        if rid != current:
            current = rid
            lists = {}
            out.append(History(CaseKey(number, rid), lists))
        if name in lists:
            changes = lists[name]
            if at <= changes[-1][0]:
                unclear.add(rid)
            changes.append((at, value))
        else:
            lists[name] = [(at, value)]
    return out, unclear
