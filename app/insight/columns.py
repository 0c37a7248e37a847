"""The cases of one week, written down side by side, and what they add up to.

Histories (app.insight.history) say everything and cost much to read; a report needs a few facts of each case that took
part in a week. `columns_of` writes these down, one array per fact; `sums_of` adds them up. Both depend on the history
before the week's end, on the calendars and on nothing else, so they are kept (app.insight.sheets) and can be corrected
case by case: `without` the cases that changed, `plus` what these say now.

Values (departments, products, queues, severities) stand as codes: places in `values`.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from itertools import compress, pairwise
from typing import Any, Final, cast

import msgpack

from app import times
from app.insight.ageing import SIDES, side
from app.insight.figure import FEW, CaseKey, Number, percentile
from app.insight.flow import KINDS, Moment, Tally, Unbalanced
from app.insight.history import History, values_after, values_at
from app.insight.resolution import CalendarOf, Taken, cohort, resolutions
from app.insight.scope import Scope

Column = Any
"""`array` of int or float; which, the frame says."""
Frame = dict[str, Column]
"""Columns of equal length, by name."""

_CASE: Final = {"rid": "i", "number": "i"}
_PLACED: Final = {"department": "i", "product": "i", "severity": "i", "queue": "i"}
_OWNED: Final = {"department": "i", "product": "i"}
"""What a report of a part asks of each case."""
_TOOK: Final = {**_CASE, "working": "d", "elapsed": "d", **_OWNED}
FRAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "opened": {**_CASE, "at": "q", **_PLACED},
    "resolved": {**_CASE, "at": "q", **_PLACED},
    "closed": {**_CASE, "at": "q", **_OWNED},
    "reopened": {**_CASE, "at": "q", **_OWNED, "times": "i"},
    "dropped": {**_CASE, "at": "q", **_OWNED},
    "start": {**_CASE, **_OWNED},
    "backlog": {**_CASE, "opened_at": "q", "day": "i", "side": "b", **_PLACED},
    "first": _TOOK,
    "full": _TOOK,
    "cohort": {**_CASE, "back": "b", **_OWNED},
}
"""What is known of each case, by frame: column -> type of its array. `number` is -1 where there is none, `times` how
often a case had come back by the week's end, `day` the ordinal of the day it was opened on, `side` a place in SIDES,
`working` and `elapsed` minutes. Moments name a case as often as it happened; `cohort` are the cases resolved a week
earlier."""
DIMENSIONS: Final = ("department", "product", "queue", "severity")
GROUPED: Final = (("opened", "opened"), ("resolved", "resolved"), ("open", "backlog"))
"""(column of a table by department, product ..., the frame it counts)."""
_FOR_EVERY_WEEK: Final = ("rid", "number", "department", "product")
"""The columns of opened cases from which repeats are counted, over all weeks of a report."""
_NONE: Final = -1
_LEVEL: Final = 1
"""Of compression: the fast one; arrays shrink to a fifth."""


class Columns:
    """One week, [start, end) in ms UTC. `values`: what the codes stand for."""

    def __init__(self, start: int, end: int, values: list[Any], frames: Mapping[str, Frame]) -> None:
        self.start, self.end, self.values, self.frames = start, end, values, frames
        self._keys: dict[str, list[CaseKey]] = {}

    def keys(self, frame: str, chosen: Iterable[Any] | None = None) -> list[CaseKey]:
        """The cases of a frame; `chosen`: truth for each row that is wanted. Made once: nearly every section asks."""
        found = self._keys.get(frame)
        if found is None:
            found = self._keys[frame] = case_keys(self.frames[frame])
        return found if chosen is None else list(compress(found, chosen))

    def code(self, value: Any) -> int:
        """The code of a value; -1 when no case has it."""
        return self.values.index(value) if value in self.values else _NONE

    def without(self, rids: AbstractSet[int]) -> Columns:
        """All but these cases."""
        out = {}
        for name, frame in self.frames.items():
            kept = [rid not in rids for rid in frame["rid"]]
            out[name] = frame if all(kept) else _where(frame, kept)
        return Columns(self.start, self.end, self.values, out)

    def only(self, scope: Scope) -> Columns:
        """What belonged to this part when the week ended (when it was resolved a week earlier: that week)."""
        codes = {self.code(value) for value in scope.values} - {_NONE}
        out = {
            name: _where(frame, [found in codes for found in frame[scope.field]]) for name, frame in self.frames.items()
        }
        return Columns(self.start, self.end, self.values, out)

    def plus(self, other: Columns) -> Columns:
        """These and other cases of the same week. `other` must have been written with the codes of this one."""
        frames = {
            name: {column: values + other.frames[name][column] for column, values in frame.items()}
            for name, frame in self.frames.items()
        }
        return Columns(self.start, self.end, other.values, frames)

    def pack(self) -> tuple[bytes, bytes]:
        """(of the opened cases, with the values, what is read for every week; everything else)."""
        told = {
            name: {column: found.tobytes() for column, found in frame.items()} for name, frame in self.frames.items()
        }
        opened = {column: told["opened"].pop(column) for column in _FOR_EVERY_WEEK}
        packed = msgpack.packb([self.values, opened]), msgpack.packb(told)
        return zlib.compress(packed[0], _LEVEL), zlib.compress(packed[1], _LEVEL)

    @staticmethod
    def unpack(start: int, end: int, opened: bytes, rest: bytes | None) -> Columns:
        """The inverse; without `rest` only a part of the opened cases is there. Errors: those of damaged data."""
        values, first = msgpack.unpackb(zlib.decompress(opened))
        told = {"opened": first}
        if rest is not None:
            more = msgpack.unpackb(zlib.decompress(rest))
            told = {**more, "opened": {**first, **more["opened"]}}
        frames = {
            name: {column: array(kind, told[name][column]) for column, kind in columns.items() if column in told[name]}
            for name, columns in FRAMES.items()
            if name in told
        }
        return Columns(start, end, values, frames)


def case_keys(frame: Frame, chosen: Iterable[Any] | None = None) -> list[CaseKey]:
    """The cases of a frame, row by row; `chosen`: truth for each row that is wanted."""
    pairs: Iterable[tuple[int, int]] = zip(frame["number"], frame["rid"], strict=True)
    if chosen is not None:
        pairs = compress(pairs, chosen)
    make = tuple.__new__  # a third of the time of CaseKey(...), and there are hundreds of thousands
    return [make(CaseKey, pair) if pair[0] != _NONE else CaseKey(None, pair[1]) for pair in pairs]


def _where(frame: Frame, chosen: Sequence[bool]) -> Frame:
    return {name: array(found.typecode, compress(found, chosen)) for name, found in frame.items()}


class _Codes:
    """Gives every value its code; those of `values` keep theirs."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = list(values)
        self._codes = {value: code for code, value in enumerate(self.values)}

    def of(self, values: Iterable[Any]) -> array[int]:
        """The column of these values."""
        known, out = self._codes, []
        for value in values:
            code = known.get(value)
            if code is None:
                code = known[value] = len(self.values)
                self.values.append(value)
            out.append(code)
        return array("i", out)


def columns_of(before: Tally, week: Tally, calendar_of: CalendarOf, zone: str, values: Sequence[Any] = ()) -> Columns:
    """Write a week down. `before`: the week before it; `values`: codes that are taken already.

    Errors: flow.Unbalanced.
    """
    week.check()
    codes = _Codes(values)
    end = week.end

    def cases(histories: Sequence[History]) -> Frame:
        return _named([case.key for case in histories])

    def moments(found: Sequence[Moment]) -> Frame:
        frame = cases([case for case, _ in found])
        frame["at"] = array("q", [at for _, at in found])
        return frame

    def placed(frame: Frame, histories: Sequence[History], names: Iterable[str]) -> Frame:
        for name in names:
            frame[name] = codes.of(values_at(histories, name, end))
        return frame

    frames: dict[str, Frame] = {}
    for kind in KINDS:
        found = week.of(kind)
        histories = [case for case, _ in found]
        names = ("department", "product", "severity") if kind in ("opened", "resolved") else tuple(_OWNED)
        frame = frames[kind] = placed(moments(found), histories, names)
        if kind in ("opened", "resolved"):
            # What a queue did: opened counts where it came in, resolved where it was resolved.
            frame["queue"] = codes.of(values_after(found, "queue"))
    frames["reopened"]["times"] = array(
        "i",
        [sum(1 for at, kind in case.moves() if kind == "reopened" and at < end) for case, _ in week.reopened],
    )
    frames["start"] = placed(cases(week.backlog_start), week.backlog_start, _OWNED)
    backlog = frames["backlog"] = placed(
        cases(week.backlog), week.backlog, ("department", "product", "severity", "queue")
    )
    backlog["opened_at"] = array("q", [case.opened_at for case in week.backlog])
    backlog["day"] = array("i", [case.opened_on(zone) for case in week.backlog])
    backlog["side"] = array("b", [SIDES.index(side(case, end)) for case in week.backlog])
    taken = resolutions(week, calendar_of)
    by_rid = {case.key.rid: case for case, _ in week.resolved}
    for name, some in (("first", taken.first), ("full", taken.full)):
        frame = _took(some)
        frames[name] = placed(frame, [by_rid[one.key.rid] for one in some], _OWNED)
    earlier = cohort(before, end)
    back = set(earlier.came_back)
    frame = _named(earlier.resolved)
    frame["back"] = array("b", [key in back for key in earlier.resolved])
    resolved_before = {case.key.rid: case for case, _ in before.resolved}
    resolved = [resolved_before[key.rid] for key in earlier.resolved]
    for column in _OWNED:
        frame[column] = codes.of(values_at(resolved, column, before.end))
    frames["cohort"] = frame
    return Columns(week.start, week.end, codes.values, frames)


def _named(keys: Sequence[CaseKey]) -> Frame:
    return {
        "rid": array("i", [key.rid for key in keys]),
        "number": array("i", [_NONE if key.number is None else key.number for key in keys]),
    }


def _took(taken: Sequence[Taken]) -> Frame:
    frame = _named([one.key for one in taken])
    frame["working"] = array("d", [one.working for one in taken])
    frame["elapsed"] = array("d", [one.elapsed for one in taken])
    return frame


@dataclass(frozen=True)
class Sums:
    """What a week's columns add up to.

    `flow`: moments by kind, and `start` and `backlog`. `days`: by kind, for each of the seven days. `groups`: by
    (dimension, column of GROUPED), how many of each value. `standing`: the backlog by (day it was opened on, place in
    SIDES); ages are counted from it, as calendars are asked then. `taken`: by "first.working.median" and the like,
    minutes or None, with "first.n". `cohort`: (resolved a week earlier, came back).
    """

    flow: Mapping[str, int]
    days: Mapping[str, Sequence[int]]
    groups: Mapping[tuple[str, str], Mapping[Any, int]]
    standing: Mapping[tuple[int, int], int]
    taken: Mapping[str, Number | None]
    cohort: tuple[int, int]

    def check(self) -> None:
        """The balance once more, on what will be printed. Errors: Unbalanced."""
        flow = self.flow
        came, left = flow["opened"] + flow["reopened"], flow["resolved"] + flow["dropped"]
        if flow["start"] + came - left != flow["backlog"]:
            raise Unbalanced(f"backlog {flow['start']} + {came} came - {left} left is not {flow['backlog']}")

    def pack(self) -> bytes:
        """msgpack of it."""
        return cast(bytes, msgpack.packb([
            dict(self.flow), dict(self.days), [[*name, list(found.items())] for name, found in self.groups.items()],
            [[*place, n] for place, n in self.standing.items()], dict(self.taken), self.cohort,
        ]))  # fmt: skip

    @staticmethod
    def unpack(data: bytes) -> Sums:
        """The inverse. Errors: those of damaged data."""
        flow, days, groups, standing, taken, (resolved, back) = msgpack.unpackb(data)
        return Sums(
            flow, days, {(dimension, column): dict(found) for dimension, column, found in groups},
            {(day, where): n for day, where, n in standing}, taken, (resolved, back),
        )  # fmt: skip


def sums_of(columns: Columns, zone: str) -> Sums:
    """Add a week up."""
    frames, values = columns.frames, columns.values
    bounds = midnights(columns.start, columns.end, zone)
    groups = {}
    for dimension in DIMENSIONS:
        for column, frame in GROUPED:
            counted: Counter[int] = Counter(frames[frame][dimension])
            groups[dimension, column] = {values[code]: n for code, n in counted.items()}
    taken: dict[str, Number | None] = {}
    for which in ("first", "full"):
        taken[f"{which}.n"] = len(frames[which]["rid"])
        for clock in ("working", "elapsed"):
            minutes = sorted(frames[which][clock])
            for name, share in (("median", 0.5), ("p90", 0.9)):
                few = len(minutes) < FEW
                taken[f"{which}.{clock}.{name}"] = None if few else percentile(minutes, share)
    cohort = frames["cohort"]["back"]
    return Sums(
        {name: len(frames[name]["rid"]) for name in (*KINDS, "start", "backlog")},
        {kind: by_slot(frames[kind]["at"], bounds) for kind in KINDS},
        groups,
        Counter(zip(frames["backlog"]["day"], frames["backlog"]["side"], strict=True)),
        taken,
        (len(cohort), sum(cohort)),
    )


def midnights(start: int, end: int, zone: str) -> list[int]:
    """The eight instants between which the days of a week lie."""
    tz = times.zone(zone)
    monday = times.local_date(start, tz)
    return [times.day_bounds(monday + timedelta(days=n), tz)[0] for n in range(7)] + [end]


def by_slot(instants: Iterable[int], bounds: Sequence[int]) -> list[int]:
    """How many fall between each two bounds."""
    ordered = sorted(instants)
    places = [bisect_left(ordered, bound) for bound in bounds]
    return [after - before for before, after in pairwise(places)]
