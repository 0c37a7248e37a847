"""The metrics of a week as figures: pure functions from tallies to `Figure`s, one definition each.

Every function takes the tallies of at least two weeks, oldest first, the reported week last; what is beside it
(previous week, trend) comes from the same lists by the same rule, so a figure and its trend can't disagree.
Definitions in words are in app.texts under `definition.<key>`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.insight.ageing import BUCKETS, OLD_DAYS, SIDES, Side, bucket, side
from app.insight.figure import FEW, TREND_WEEKS, CaseKey, Figure, Number, count, percentile, sorted_keys
from app.insight.flow import Moment, Tally, by_slot, keys
from app.insight.history import History, Kind, values_after, values_at
from app.insight.resolution import Cohort, Resolutions, Taken

Dimension = Literal["department", "product", "queue", "severity"]
Aged = Sequence[tuple[History, int]]
"""Cases with their age in working days."""
Filed = dict[Any, list[CaseKey]]
"""Cases by the value of a dimension."""

FLOW: Final[tuple[Kind, ...]] = ("opened", "resolved", "closed", "reopened", "dropped")
REPEAT_WEEKS: Final = 4
REPEAT_LEAST: Final = 3


@dataclass(frozen=True)
class GroupRow:
    """One department, product, queue or severity. `name` is "" for cases without one."""

    name: str
    opened: Figure
    resolved: Figure
    open: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order of the columns."""
        return self.opened, self.resolved, self.open


@dataclass(frozen=True)
class AgeRow:
    """Open cases of one age. `low` to `high` working days; `high` None: and older."""

    low: int
    high: int | None
    us: Figure
    requester: Figure
    others: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """In the order of SIDES."""
        return self.us, self.requester, self.others

    @property
    def total(self) -> int:
        """Cases of this age."""
        return sum(int(figure.value or 0) for figure in self.figures)


@dataclass(frozen=True)
class Repeat:
    """The same product in the same department, again and again."""

    product: str
    department: str
    figure: Figure


def flow(tallies: Sequence[Tally]) -> dict[str, Figure]:
    """`opened`, `resolved`, `closed`, `reopened`, `dropped`, `backlog_start`, `backlog_end`. Errors: Unbalanced."""
    for week in tallies:
        week.check()
    last = tallies[-1]
    out = {
        f"flow.{kind}": count(f"flow.{kind}", [len(week.of(kind)) for week in tallies], keys(last.of(kind)))
        for kind in FLOW
    }
    starts = [len(week.backlog_start) for week in tallies]
    ends = [len(week.backlog) for week in tallies]
    return {
        "flow.backlog_start": count("flow.backlog_start", starts, [case.key for case in last.backlog_start]),
        **out,
        "flow.backlog_end": count("flow.backlog_end", ends, [case.key for case in last.backlog]),
    }


def days(tallies: Sequence[Tally], bounds: Sequence[int]) -> list[dict[str, Figure]]:
    """The flow of each day of the reported week, by kind. `bounds`: the fifteen midnights of the week before and the
    reported one; beside each day stands the same day of the week before.
    """
    half = len(bounds) // 2
    out: list[dict[str, Figure]] = [{} for _ in range(half)]
    for kind in FLOW:
        earlier = by_slot(tallies[-2].of(kind), bounds[: half + 1])
        now = by_slot(tallies[-1].of(kind), bounds[half:])
        for place, row in enumerate(out):
            row[kind] = Figure(
                f"day.{kind}", len(now[place]), "cases", f"flow.{kind}", sorted_keys(now[place]),
                previous=len(earlier[place]),
            )  # fmt: skip
    return out


def age_rows(by_week: Sequence[Aged], ends: Sequence[int]) -> list[AgeRow]:
    """Backlog by age and by whom it waits on. `by_week`: the aged backlog at each of `ends`, oldest first."""
    sizes: list[Counter[tuple[int, Side]]] = []
    cells: list[tuple[int, Side]] = []
    for aged, end in zip(by_week, ends, strict=True):
        cells = [(bucket(age), side(case, end)) for case, age in aged]
        sizes.append(Counter(cells))
    filed: dict[tuple[int, Side], list[CaseKey]] = defaultdict(list)
    for cell, (case, _) in zip(cells, by_week[-1], strict=True):
        filed[cell].append(case.key)
    rows = []
    for place, (low, high) in enumerate(BUCKETS):
        us, requester, others = (
            count(
                f"age.{low}.{where}",
                [week[place, where] for week in sizes],
                filed[place, where],
                definition=f"age.{where}",
                group=f"{low}–{high}" if high is not None else f"> {low - 1}",
            )
            for where in SIDES
        )
        rows.append(AgeRow(low, high, us, requester, others))
    return rows


def sides(by_week: Sequence[Aged], ends: Sequence[int]) -> dict[str, Figure]:
    """The backlog by whom it waits on, and the old part of it, as figures of their own."""
    weeks = [[side(case, end) for case, _ in aged] for aged, end in zip(by_week, ends, strict=True)]
    last = list(zip(weeks[-1], by_week[-1], strict=True))
    out: dict[str, Figure] = {}
    for where in SIDES:
        cases = [case.key for waits, (case, _) in last if waits == where]
        out[f"backlog.{where}"] = count(f"backlog.{where}", [week.count(where) for week in weeks], cases)
    old = [sum(1 for _, age in aged if age > OLD_DAYS) for aged in by_week]
    out["backlog.old"] = count("backlog.old", old, [case.key for case, age in by_week[-1] if age > OLD_DAYS])
    return out


def groups(tallies: Sequence[Tally], dimension: Dimension, names: Mapping[Any, str]) -> list[GroupRow]:
    """Opened, resolved and open at the end by department, product, queue or severity, most opened first.

    A case counts where it was when the week ended; by queue what was opened counts where it came in and what was
    resolved where it was resolved, as that is what a queue did.
    """

    def of_moments(moments: Sequence[Moment], end: int) -> list[Any]:
        if dimension == "queue":
            return values_after(moments, dimension)
        return values_at((case for case, _ in moments), dimension, end)

    last = tallies[-1]
    columns: list[tuple[str, list[Counter[Any]], Filed]] = []
    for column, values, cases in (
        ("opened", [of_moments(week.opened, week.end) for week in tallies], keys(last.opened)),
        ("resolved", [of_moments(week.resolved, week.end) for week in tallies], keys(last.resolved)),
        ("open", [values_at(week.backlog, dimension, week.end) for week in tallies], [c.key for c in last.backlog]),
    ):
        columns.append((column, [Counter(week) for week in values], _filed(zip(cases, values[-1], strict=True))))
    rows = []
    for value in {value for _, _, filed in columns for value in filed}:
        name = names.get(value, "")
        figures = [
            count(
                f"{dimension}.{column}",
                [week[value] for week in sizes],
                filed.get(value, ()),
                definition=f"{'queue' if dimension == 'queue' else 'group'}.{column}",
                group=name,
            )
            for column, sizes, filed in columns
        ]
        rows.append(GroupRow(name, *figures))
    if dimension == "severity":
        order = {name: place for place, name in enumerate(names.values())}
        return sorted(rows, key=lambda row: order.get(row.name, len(order)))
    return sorted(rows, key=lambda row: (row.name == "", -_int(row.opened), -_int(row.open), row.name.casefold()))


def durations(by_week: Sequence[Resolutions]) -> dict[str, Figure]:
    """Median and 90th percentile of first and full resolution, in working and in calendar minutes."""
    out: dict[str, Figure] = {}
    for which in ("first", "full"):
        weeks: list[tuple[Taken, ...]] = [getattr(week, which) for week in by_week]
        cases = sorted_keys(one.key for one in weeks[-1])
        for clock in ("working", "elapsed"):
            minutes = [sorted(getattr(one, clock) for one in week) for week in weeks]
            for name, share in (("median", 0.5), ("p90", 0.9)):
                values = [_spread(week, share) for week in minutes]
                key = f"{which}.{clock}.{name}"
                out[key] = Figure(
                    key, values[-1], "minutes", f"{which}.{clock}", cases,
                    previous=values[-2], trend=tuple(values[-TREND_WEEKS:]), n=len(weeks[-1]),
                )  # fmt: skip
    return out


def reopened(by_week: Sequence[Cohort]) -> Figure:
    """Share of last week's resolutions that came back within seven days; the cases are those that came back."""

    def share(week: Cohort) -> Number | None:
        return len(week.came_back) / len(week.resolved) if len(week.resolved) >= FEW else None

    values = [share(week) for week in by_week]
    return Figure(
        "reopen.share", values[-1], "share", "reopen.share", sorted_keys(by_week[-1].came_back),
        previous=values[-2], trend=tuple(values[-TREND_WEEKS:]), n=len(by_week[-1].resolved),
    )  # fmt: skip


def repeats(
    tallies: Sequence[Tally], children: frozenset[int], products: Mapping[Any, str], departments: Mapping[Any, str]
) -> list[Repeat]:
    """Product and department pairs with at least REPEAT_LEAST cases opened in REPEAT_WEEKS weeks, most first.

    `children`: row numbers of cases that are part of a bigger outage; those don't count. Beside each stands the same
    span one week earlier, and so on for the trend, as far back as the tallies reach.
    """
    by_week = [_pairs(week.opened, week.end, children) for week in tallies]
    spans = [by_week[max(0, end - REPEAT_WEEKS) : end] for end in range(REPEAT_WEEKS, len(by_week) + 1)]
    found = []
    for pair in {pair for week in spans[-1] for pair in week}:
        if pair[0] is None:
            continue
        cases = [key for week in spans[-1] for key in week.get(pair, ())]
        if len(set(cases)) < REPEAT_LEAST:
            continue
        product, department = products.get(pair[0], ""), departments.get(pair[1], "")
        title = f"{product} · {department}" if department else product
        sizes = [sum(len(week.get(pair, ())) for week in span) for span in spans]
        sizes = sizes if len(sizes) > 1 else [0, *sizes]
        found.append(Repeat(product, department, count("repeat", sizes, cases, group=title)))
    return sorted(found, key=lambda one: (-_int(one.figure), one.product.casefold(), one.department.casefold()))


def _pairs(opened: Iterable[Moment], end: int, children: frozenset[int]) -> Filed:
    cases = [case for case, _ in opened if case.key.rid not in children]
    pairs = zip(values_at(cases, "product", end), values_at(cases, "department", end), strict=True)
    return _filed(zip((case.key for case in cases), pairs, strict=True))


def _filed(pairs: Iterable[tuple[CaseKey, Any]]) -> Filed:
    out: Filed = {}
    for key, value in pairs:
        if value in out:
            out[value].append(key)
        else:
            out[value] = [key]
    return out


def _spread(values: Sequence[float], share: float) -> float | None:
    return percentile(values, share) if len(values) >= FEW else None


def _int(figure: Figure) -> int:
    return int(figure.value or 0)
