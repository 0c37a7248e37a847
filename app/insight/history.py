"""The histories of cases, read from their events: the one source of every metric.

A history is what happened to one case up to an instant, field by field, in order. What was true at an instant is the
last change before it, so a week printed a year later gives the same figures. Changes at the same millisecond count in
the order of the imported log (`source_row`), then of their ids, which are time-ordered.

Order of reading: cases that may have been open in the span (two indexed columns of `case` only narrow the search;
whether a case really was open its events say), then cases that were merely closed in it, then, for the few histories
in which two changes of one field share an instant or came out of order, those again in exact order.

A case comes as one row: the fields, instants and values of its events as three texts, which the database joins and
`str.split` takes apart. Nine weeks have tens of thousands of events; a row, a tuple and a list for each took twice as
long as everything that is computed from them (measured at 100,000 cases). Most cases tell one of a few hundred stories
in the same order of fields, so where a field stands is worked out once per order of fields (`Layout`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, pairwise
from typing import Any, Final, Literal

from app import times
from app.insight.figure import CaseKey
from db.reader import Reader
from db.rules import OPEN_STATUSES

Kind = Literal["opened", "resolved", "reopened", "dropped", "closed"]
Move = tuple[int, Kind]
"""Something that changed the backlog, at an instant."""
Layout = dict[str, tuple[int, ...]]
"""Where in a history the changes of a field stand, for every field it has."""

_OPEN: Final = frozenset(OPEN_STATUSES)
_DROPPED: Final = frozenset({"cancelled", "merged"})
_FIELDS: Final = ("opened", "status", "waiting_on", "severity", "queue", "department", "product")
_LISTED: Final = ", ".join(f"'{name}'" for name in _FIELDS)
_PART: Final = "\x1e"
"""Between the three texts of a case."""
_NEXT: Final = "\x1f"
"""Between two events in each of them. A text that has it itself is noticed by the length, and read exactly."""
_ID: Final = "\x1d"
"""Before an id, written in hexadecimal."""
_NOTHING: Final = "\x1c"
_VALUE: Final = f"coalesce(e.new, '{_ID}' || hex(e.new_id), '{_NOTHING}')"
_STORY: Final = f"""SELECT c.rid, c.number, (
    SELECT group_concat(e.field, '{_NEXT}') || '{_PART}' || group_concat(e.at, '{_NEXT}') || '{_PART}'
        || group_concat({_VALUE}, '{_NEXT}')
    FROM case_event e WHERE e.case_id = c.id AND e.field IN ({_LISTED}) AND e.at < :end
)"""
_EARLY = f"""{_STORY} FROM "case" c
WHERE c.opened_at < :end AND (c.ended_at IS NULL OR c.ended_at >= :start)"""
_LATE = f"""{_STORY} FROM (
    SELECT rid, number, id FROM "case" WHERE ended_at IS NULL AND +opened_at < :end
    UNION ALL SELECT rid, number, id FROM "case" WHERE ended_at >= :start AND +opened_at < :end
) c"""
"""The plus keeps SQLite from taking the index on openings, which would visit every case there ever was."""
_MIDDLE: Final = """SELECT (min(opened_at) + max(opened_at)) / 2 FROM "case" """
_CLOSED = f"""{_STORY} FROM (
    SELECT DISTINCT d.rid, d.number, d.id FROM case_event s JOIN "case" d ON d.id = s.case_id
    WHERE s.field = 'status' AND s.at >= :start AND s.at < :end AND s.new = 'closed' AND d.ended_at < :start
) c"""
_AT_ONCE: Final = 500
"""Cases named in one statement."""
_EXACT = f"""SELECT e.field, e.at, coalesce(e.new, e.new_id) FROM "case" c CROSS JOIN case_event e
    ON e.case_id = c.id AND e.field IN ({_LISTED}) AND e.at < :end
WHERE c.rid = :rid ORDER BY e.at, e.source_row, e.id"""


class History:
    """One case: what changed, field by field. `instants` and `values` stand side by side, a field's in order;
    references are ids, a severity is its rank as text.
    """

    __slots__ = ("_day", "_moves", "instants", "key", "layout", "opened_at", "values")

    def __init__(self, key: CaseKey, layout: Layout, instants: list[int], values: list[Any]) -> None:
        self.key, self.layout, self.instants, self.values = key, layout, instants, values
        self._moves: list[Move] | None = None
        self._day: tuple[str, int] | None = None
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
        layout, instants, values = self.layout, self.instants, self.values
        begun, status = layout.get("opened"), layout.get("status", ())
        if begun is None:
            at = instants[status[0]]
        else:
            at = instants[begun[0]]
            if status and instants[status[0]] < at:
                at = instants[status[0]]
        self.opened_at = at
        out: list[Move] = [(at, "opened")]
        state = "new"
        for place in status:
            new = values[place]
            if new in _OPEN:
                if state not in _OPEN:
                    out.append((instants[place], "reopened"))
            else:
                if state in _OPEN:
                    out.append((instants[place], "dropped" if new in _DROPPED else "resolved"))
                if new == "closed" and state != "closed":
                    out.append((instants[place], "closed"))
            state = new
        self._moves = out
        return out

    def value(self, name: str, instant: int) -> Any:
        """The value of a field just before `instant`; None before its first."""
        for place in reversed(self.layout.get(name, ())):
            if self.instants[place] < instant:
                return self.values[place]
        return None

    def opened_on(self, zone: str) -> int:
        """The ordinal of the day it was opened on in that zone; asked at the end of every week it stands open."""
        if self._day is None or self._day[0] != zone:
            self._day = zone, times.local_date(self.opened_at, times.zone(zone)).toordinal()
        return self._day[1]

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
        if "waiting" not in self.values:
            return []
        places = (*self.layout.get("status", ()), *self.layout.get("waiting_on", ()))
        marks = sorted({at for at in (self.instants[place] for place in places) if at < until} | {until})
        out: list[tuple[int, int]] = []
        for start, end in pairwise(marks):
            if self.waiting_at(start + 1) == "requester":
                if out and out[-1][1] == start:
                    out[-1] = (out[-1][0], end)
                else:
                    out.append((start, end))
        return out


def values_at(cases: Iterable[History], name: str, instant: int) -> list[Any]:
    """`case.value(name, instant)` of each case: nearly always its last value, so only the others are asked."""
    out: list[Any] = []
    for case in cases:
        places = case.layout.get(name)
        if places is None:
            out.append(None)
        elif case.instants[places[-1]] < instant:
            out.append(case.values[places[-1]])
        else:
            out.append(case.value(name, instant))
    return out


def values_after(moments: Iterable[tuple[History, int]], name: str) -> list[Any]:
    """The value of a field of each case just after its moment: what it was by all changes up to and with it."""
    out: list[Any] = []
    for case, at in moments:
        places = case.layout.get(name)
        if places is None:
            out.append(None)
        elif case.instants[places[-1]] <= at:
            out.append(case.values[places[-1]])
        else:
            out.append(case.value(name, at + 1))
    return out


def load(reader: Reader, start: int, end: int) -> list[History]:
    """Every case that was open at some time in [start, end) or closed in it, by row number, with all its changes before
    `end`. Errors: those of the database.
    """
    # The same cases either way: by the index on openings for an early span, by that on endings for a late one.
    middle = reader.value(_MIDDLE)
    lived = _EARLY if middle is None or end < middle else _LATE
    found = _Loading(reader, end)
    for sql in (lived, _CLOSED):
        found.read(sql, start)
    found.histories.sort(key=lambda history: history.key.rid)
    return found.histories


def load_some(reader: Reader, rids: Collection[int], end: int) -> list[History]:
    """These cases, whenever they lived, with all their changes before `end`; those without any are left out."""
    found = _Loading(reader, end)
    listed = sorted(rids)
    for low in range(0, len(listed), _AT_ONCE):
        some = ", ".join(map(str, listed[low : low + _AT_ONCE]))
        found.read(f'{_STORY} FROM "case" c WHERE c.rid IN ({some})', 0)
    return found.histories


class _Meanings(dict[str, Any]):
    """What a value of the joined text stands for; equal values are one object."""

    def __missing__(self, text: str) -> Any:
        meaning: Any = text
        if text == _NOTHING:
            meaning = None
        elif text.startswith(_ID):
            meaning = bytes.fromhex(text.removeprefix(_ID))
        self[text] = meaning
        return meaning


class _Loading:
    """Takes the rows apart; what is worked out for one case serves the next."""

    def __init__(self, reader: Reader, end: int) -> None:
        self._reader, self._end = reader, end
        self._meanings = _Meanings()
        self._layouts: dict[str, tuple[Layout, list[tuple[int, int]]]] = {}
        self.histories: list[History] = []

    def read(self, sql: str, start: int) -> None:
        """Add the cases of a query; those without events before the end are none."""
        meanings, layouts, histories = self._meanings, self._layouts, self.histories
        unclear: list[CaseKey] = []
        rows: Iterator[tuple[int, int | None, str | None]] = chain.from_iterable(
            self._reader.each(sql, {"start": start, "end": self._end})
        )
        for rid, number, story in rows:
            if story is None:
                continue
            key = CaseKey(number, rid)
            fields, ats, texts = story.split(_PART, 2)
            known = layouts.get(fields)
            if known is None:
                known = layouts[fields] = _layout(fields.split(_NEXT))
            layout, steps = known
            instants = list(map(int, ats.split(_NEXT)))
            values = [meanings[text] for text in texts.split(_NEXT)]
            ordered = len(values) == len(instants)
            for earlier, later in steps:
                if instants[earlier] >= instants[later]:
                    ordered = False
                    break
            if ordered:
                histories.append(History(key, layout, instants, values))
            else:
                unclear.append(key)
        histories += [self._exact(key) for key in unclear]

    def _exact(self, key: CaseKey) -> History:
        rows = self._reader.all(_EXACT, {"rid": key.rid, "end": self._end})
        layout, _ = _layout([row[0] for row in rows])
        return History(key, layout, [row[1] for row in rows], [row[2] for row in rows])


def _layout(fields: list[str]) -> tuple[Layout, list[tuple[int, int]]]:
    """Where each field stands, and the pairs of places that have to be in order: neighbours of the same field."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(fields):
        found.setdefault(name, []).append(place)
    layout = {name: tuple(places) for name, places in found.items()}
    return layout, [step for places in layout.values() for step in pairwise(places)]
