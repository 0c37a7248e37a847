"""What a supervisor asks the numbers: pure functions from facts to tables whose rows name their cases.

What repeats and what would end it; between which queues cases go back and forth; which escalations were avoidable; what
costs what; who makes most of the cases and who makes most of the weight; whether an article or a change had an effect.
The facts are read by app.insight.asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from app.insight.figure import FEW, CaseKey, Number, percentile, sorted_keys
from app.times import DAY_MS

Value = Number | str | None
Verdict = Literal["justified", "avoidable", "open"]

SEVERITY_WEIGHT: Final = {1: 8, 2: 4, 3: 2}
"""What a case weighs by its severity; others 1."""
WATCHED_WEIGHT: Final = 2
"""A watched department's case weighs so many times as much."""
PARETO: Final = 0.8


@dataclass(frozen=True)
class Column:
    """A column of an answer. `unit`: "cases", "minutes", "cents", "share", "plain", "text", or "proposal" and
    "training", whose values are keys of the catalogue."""

    key: str
    unit: str


@dataclass(frozen=True)
class Row:
    """One row; `cases`: what it speaks about."""

    name: str
    values: tuple[Value, ...]
    cases: tuple[CaseKey, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A table. `key` names the question; `columns` those beside the name."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, object]:
        """Every row with its case numbers."""
        return {
            "question": self.key,
            "columns": [{"key": one.key, "unit": one.unit} for one in self.columns],
            "rows": [
                {"name": row.name or None,
                 **{column.key: round(value, 6) if isinstance(value, float) else value
                    for column, value in zip(self.columns, row.values, strict=True)},
                 "cases": [key.as_json() for key in row.cases]}
                for row in self.rows
            ],
        }  # fmt: skip


# -- back and forth ---------------------------------------------------------------------------------------------------
class Move(NamedTuple):
    """A case went from one queue to another by somebody's decision."""

    key: CaseKey
    old: Any
    new: Any


def ping_pong(moves: Iterable[Move], names: Mapping[Any, str]) -> Answer:
    """Pairs of queues between which cases went there and straight back, most returns first. `moves`: in order."""
    last: dict[CaseKey, tuple[Any, Any]] = {}
    found: dict[frozenset[Any], list[CaseKey]] = {}
    for move in moves:
        if last.get(move.key) == (move.new, move.old):
            found.setdefault(frozenset({move.old, move.new}), []).append(move.key)
        last[move.key] = (move.old, move.new)
    rows = []
    for pair, keys in found.items():
        name = " ⇄ ".join(sorted((names.get(one, "?") for one in pair), key=str.casefold))
        rows.append(Row(name, (len(keys), len(set(keys))), sorted_keys(keys)))
    rows.sort(key=lambda row: (-_number(row.values[0]), row.name))
    return Answer("pingpong", (Column("returns", "plain"), Column("cases", "cases")), tuple(rows))


# -- escalations ------------------------------------------------------------------------------------------------------
class Climb(NamedTuple):
    """A case went up. `came_down`: it was de-escalated or taken back; `known_before`: an article that helped was
    published before; `done`: it is resolved."""

    key: CaseKey
    queue: str
    reason: str
    came_down: bool
    known_before: bool
    done: bool


def verdict(climb: Climb) -> Verdict:
    """Avoidable: the case came down again, or was solved with an article that had been there already."""
    if climb.came_down or climb.known_before:
        return "avoidable"
    return "justified" if climb.done else "open"


def escalations(climbs: Sequence[Climb]) -> Answer:
    """By the queue that escalated: how many, justified, avoidable, still open; the cases are the avoidable ones where
    there are any."""
    by_queue: dict[str, list[Climb]] = {}
    for climb in climbs:
        by_queue.setdefault(climb.queue, []).append(climb)
    rows = []
    for queue, some in by_queue.items():
        told: dict[Verdict, list[CaseKey]] = {"justified": [], "avoidable": [], "open": []}
        for climb in some:
            told[verdict(climb)].append(climb.key)
        decided = len(told["justified"]) + len(told["avoidable"])
        share = len(told["avoidable"]) / decided if decided >= FEW else None
        reasons = sorted({climb.reason for climb in some if climb.reason})
        values = (len(some), *(len(told[one]) for one in ("justified", "avoidable", "open")), share,
                  "; ".join(reasons[:2]))  # fmt: skip
        rows.append(Row(queue, values, sorted_keys(told["avoidable"] or [climb.key for climb in some])))
    rows.sort(key=lambda row: (-_number(row.values[2]), -_number(row.values[0]), row.name))
    columns = (Column("escalated", "plain"), Column("justified", "plain"), Column("avoidable", "plain"),
               Column("undecided", "plain"), Column("avoidable_share", "share"), Column("reasons", "text"))  # fmt: skip
    return Answer("escalations", columns, tuple(rows))


# -- cost -------------------------------------------------------------------------------------------------------------
class Booked(NamedTuple):
    """Minutes on a case; `cents` None where no rate was valid that day; `about`: what it is counted for, None: nothing
    is known."""

    key: CaseKey
    minutes: int
    cents: float | None
    about: Any


def cost(booked: Iterable[Booked], names: Mapping[Any, str], key: str = "cost") -> Answer:
    """Cost by what it is for, dearest first; what belongs to nothing stands on a line of its own, the last. What has no
    rate is no money: its minutes stand beside."""
    cents: dict[Any, float] = {}
    minutes: dict[Any, list[int]] = {}
    cases: dict[Any, set[CaseKey]] = {}
    for one in booked:
        about = one.about if one.about in names else None
        cents[about] = cents.get(about, 0.0) + (one.cents or 0.0)
        both = minutes.setdefault(about, [0, 0])
        both[0] += one.minutes
        both[1] += one.minutes if one.cents is None else 0
        cases.setdefault(about, set()).add(one.key)
    total = sum(cents.values())
    rows = [
        Row(names.get(about, ""), (money, money / total if total else None, *minutes[about], len(cases[about])),
            sorted_keys(cases[about]))
        for about, money in cents.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.name == "", -_number(row.values[0]), row.name.casefold()))
    columns = (Column("cost", "cents"), Column("share", "share"), Column("minutes", "minutes"),
               Column("without_rate", "minutes"), Column("cases", "cases"))  # fmt: skip
    return Answer(key, columns, tuple(rows))


# -- 80/20 ------------------------------------------------------------------------------------------------------------
class Opened(NamedTuple):
    """A case as it counts in a Pareto. `about`: department or product."""

    key: CaseKey
    about: Any
    severity: int
    watched: bool

    @property
    def weight(self) -> int:
        """What it weighs."""
        return SEVERITY_WEIGHT.get(self.severity, 1) * (WATCHED_WEIGHT if self.watched else 1)


def pareto(opened: Iterable[Opened], names: Mapping[Any, str]) -> Answer:
    """By cases and by significance side by side: share and rank of each, most cases first. `few`: it belongs to those
    who make 80 % together."""
    cases: dict[Any, list[CaseKey]] = {}
    weight: dict[Any, int] = {}
    for one in opened:
        cases.setdefault(one.about, []).append(one.key)
        weight[one.about] = weight.get(one.about, 0) + one.weight
    n, all_ = sum(map(len, cases.values())), sum(weight.values())

    def ranked(size: Callable[[Any], int]) -> dict[Any, tuple[int, bool]]:
        order = sorted(cases, key=lambda about: (-size(about), names.get(about, "")))
        out, before, whole = {}, 0, sum(map(size, cases))
        for place, about in enumerate(order, 1):
            out[about] = (place, before < PARETO * whole)
            before += size(about)
        return out

    by_cases, by_weight = ranked(lambda about: len(cases[about])), ranked(lambda about: weight[about])
    rows = [
        Row(names.get(about, ""), (len(keys), len(keys) / n, by_cases[about][0], _mark(by_cases[about][1]),
                                   weight[about] / all_, by_weight[about][0], _mark(by_weight[about][1])),
            sorted_keys(keys))
        for about, keys in cases.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: _number(row.values[2]))
    columns = (Column("cases", "cases"), Column("share", "share"), Column("rank", "plain"), Column("few", "text"),
               Column("weight_share", "share"), Column("weight_rank", "plain"),
               Column("weight_few", "text"))  # fmt: skip
    return Answer("pareto", columns, tuple(rows))


def _mark(on: bool) -> str:
    return "●" if on else ""


# -- effect -----------------------------------------------------------------------------------------------------------
class Story(NamedTuple):
    """A case before or after something changed. `minutes`: from opening to resolution, None while open."""

    key: CaseKey
    opened_at: int
    minutes: float | None
    reopened: bool


def effect(stories: Iterable[Story], at: int, days: int) -> Answer:
    """So many days before `at` against as many after it; the day itself begins the second span. Under five there is no
    median and no share; `n` says of how many."""
    spans: dict[str, list[Story]] = {"before": [], "after": []}
    for one in stories:
        if at - days * DAY_MS <= one.opened_at < at:
            spans["before"].append(one)
        elif at <= one.opened_at < at + days * DAY_MS:
            spans["after"].append(one)
    rows = []
    for name, some in spans.items():
        took = [one.minutes for one in some if one.minutes is not None]
        enough = len(took) >= FEW
        rows.append(Row(name, (
            len(some), len(some) * 7 / days, len(took), percentile(took, 0.5) if enough else None,
            percentile(took, 0.9) if enough else None,
            sum(one.reopened for one in some) / len(some) if len(some) >= FEW else None, days,
        ), sorted_keys(one.key for one in some)))  # fmt: skip
    columns = (Column("cases", "cases"), Column("a_week", "plain"), Column("n", "plain"), Column("median", "minutes"),
               Column("nine_in_ten", "minutes"), Column("reopened", "share"), Column("days", "plain"))  # fmt: skip
    return Answer("effect", columns, tuple(rows))


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
