"""The metrics of a week as figures: pure functions from sums and columns to `Figure`s, one definition each.

Every function takes the sums of at least two weeks, oldest first, the reported week last; what is beside a figure
(previous week, trend) comes from the same sums by the same rule, so they can't disagree. The cases behind it come from
the columns of the reported week, when somebody asks for them. Definitions in words are in app.texts under
`definition.<key>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final, Literal

from app.insight.ageing import BUCKETS, OLD_DAYS, SIDES, WorkedDays, bucket
from app.insight.columns import GROUPED, Columns, Frame, Sums, case_keys
from app.insight.figure import FEW, TREND_WEEKS, CaseKey, Cases, Figure, Number, count
from app.insight.history import Kind

Dimension = Literal["department", "product", "queue", "severity"]

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


@dataclass(frozen=True)
class Aged:
    """The backlog of the reported week with its ages: a case each row."""

    columns: Columns
    ages: Sequence[int]
    """Working days."""

    def keys(self, chosen: Iterable[Any]) -> list[CaseKey]:
        """The cases of the rows for which `chosen` is true."""
        return self.columns.keys("backlog", chosen)


def flow(weeks: Sequence[Sums], last: Columns) -> dict[str, Figure]:
    """`opened`, `resolved`, `closed`, `reopened`, `dropped`, `backlog_start`, `backlog_end`. Errors: Unbalanced."""
    for week in weeks:
        week.check()
    names = [("backlog_start", "start"), *((kind, kind) for kind in FLOW), ("backlog_end", "backlog")]
    return {
        f"flow.{name}": count(f"flow.{name}", [week.flow[frame] for week in weeks], _all(last, frame))
        for name, frame in names
    }


def days(weeks: Sequence[Sums], last: Columns, bounds: Sequence[int]) -> list[dict[str, Figure]]:
    """The flow of each day of the reported week, by kind. `bounds`: the eight midnights of the week; beside each day
    stands the same day of the week before.
    """
    out: list[dict[str, Figure]] = [{} for _ in bounds[1:]]
    for kind in FLOW:
        for place, row in enumerate(out):
            row[kind] = Figure(
                f"day.{kind}", weeks[-1].days[kind][place], "cases", f"flow.{kind}",
                _between(last.frames[kind], bounds[place], bounds[place + 1]), previous=weeks[-2].days[kind][place],
            )  # fmt: skip
    return out


def age_rows(by_week: Sequence[Mapping[tuple[int, int], int]], aged: Aged) -> list[AgeRow]:
    """Backlog by age and by whom it waits on. `by_week`: cases by (row of BUCKETS, place in SIDES), oldest week first;
    `aged`: the cases of the last.
    """
    rows = []
    places = _Rows(lambda: zip(map(bucket, aged.ages), aged.columns.frames["backlog"]["side"], strict=True))
    for place, (low, high) in enumerate(BUCKETS):
        us, requester, others = (
            count(
                f"age.{low}.{where}",
                [week.get((place, number), 0) for week in by_week],
                places.cases(aged.columns.frames["backlog"], (place, number)),
                definition=f"age.{where}",
                group=f"{low}–{high}" if high is not None else f"> {low - 1}",
            )
            for number, where in enumerate(SIDES)
        )
        rows.append(AgeRow(low, high, us, requester, others))
    return rows


def aged_counts(week: Sums, until: int, worked: WorkedDays) -> tuple[Mapping[tuple[int, int], int], int]:
    """(cases by (row of BUCKETS, place in SIDES), how many are older than OLD_DAYS) of a week's backlog.

    `until`: the ordinal of the day the ages are counted to.
    """
    out: Counter[tuple[int, int]] = Counter()
    old = 0
    for (day, where), n in week.standing.items():
        age = worked.between(day, until)
        out[bucket(age), where] += n
        if age > OLD_DAYS:
            old += n
    return out, old


def sides(weeks: Sequence[Sums], old: Sequence[int], aged: Aged) -> dict[str, Figure]:
    """The backlog by whom it waits on, and the old part of it, as figures of their own. `old`: how many of each
    week."""
    out: dict[str, Figure] = {}
    backlog = aged.columns.frames["backlog"]
    places = _Rows(lambda: backlog["side"])
    by_week = [_by_side(week) for week in weeks]
    for number, where in enumerate(SIDES):
        sizes = [week[number] for week in by_week]
        out[f"backlog.{where}"] = count(f"backlog.{where}", sizes, places.cases(backlog, number))
    cases = Cases(lambda: aged.keys([age > OLD_DAYS for age in aged.ages]))
    out["backlog.old"] = count("backlog.old", old, cases)
    return out


def _by_side(week: Sums) -> Counter[int]:
    out: Counter[int] = Counter()
    for (_, where), n in week.standing.items():
        out[where] += n
    return out


def groups(weeks: Sequence[Sums], last: Columns, dimension: Dimension, names: Mapping[Any, str]) -> list[GroupRow]:
    """Opened, resolved and open at the end by department, product, queue or severity, most opened first.

    A case counts where it was when the week ended; by queue what was opened counts where it came in and what was
    resolved where it was resolved, as that is what a queue did.
    """
    sizes = {column: [week.groups[dimension, column] for week in weeks] for column, _ in GROUPED}
    places = {column: _Rows(_column(last.frames[frame], dimension)) for column, frame in GROUPED}
    rows = []
    for value in {value for by_week in sizes.values() for value in by_week[-1]}:
        name, code = names.get(value, ""), last.code(value)
        figures = [
            count(
                f"{dimension}.{column}",
                [week.get(value, 0) for week in sizes[column]],
                places[column].cases(last.frames[frame], code),
                definition=f"{'queue' if dimension == 'queue' else 'group'}.{column}",
                group=name,
            )
            for column, frame in GROUPED
        ]
        rows.append(GroupRow(name, *figures))
    if dimension == "severity":
        order = {name: place for place, name in enumerate(names.values())}
        return sorted(rows, key=lambda row: order.get(row.name, len(order)))
    return sorted(rows, key=lambda row: (row.name == "", -_int(row.opened), -_int(row.open), row.name.casefold()))


def durations(weeks: Sequence[Sums], last: Columns) -> dict[str, Figure]:
    """Median and 90th percentile of first and full resolution, in working and in calendar minutes."""
    out: dict[str, Figure] = {}
    for which in ("first", "full"):
        cases, n = _all(last, which), int(weeks[-1].taken[f"{which}.n"] or 0)
        for clock in ("working", "elapsed"):
            for name in ("median", "p90"):
                key = f"{which}.{clock}.{name}"
                values = [week.taken[key] for week in weeks]
                out[key] = Figure(
                    key, values[-1], "minutes", f"{which}.{clock}", cases,
                    previous=values[-2], trend=tuple(values[-TREND_WEEKS:]), n=n,
                )  # fmt: skip
    return out


def reopened(weeks: Sequence[Sums], last: Columns) -> Figure:
    """Share of last week's resolutions that came back within seven days; the cases are those that came back."""

    def share(week: Sums) -> Number | None:
        resolved, back = week.cohort
        return back / resolved if resolved >= FEW else None

    # The oldest week only explains the one after it.
    values = [share(week) for week in weeks[1:]]
    frame = last.frames["cohort"]
    return Figure(
        "reopen.share", values[-1], "share", "reopen.share", Cases(lambda: case_keys(frame, frame["back"])),
        previous=values[-2], trend=tuple(values[-TREND_WEEKS:]), n=weeks[-1].cohort[0],
    )  # fmt: skip


def repeats(
    weeks: Sequence[Columns], children: frozenset[int], products: Mapping[Any, str], departments: Mapping[Any, str]
) -> list[Repeat]:
    """Product and department pairs with at least REPEAT_LEAST cases opened in REPEAT_WEEKS weeks, most first.

    `weeks`: the opened cases of each; `children`: row numbers of cases that are part of a bigger outage; those don't
    count. Beside each stands the same span one week earlier, and so on for the trend, as far back as the weeks reach.
    """
    by_week = [_pairs(week, children) for week in weeks]
    spans = [by_week[max(0, end - REPEAT_WEEKS) : end] for end in range(REPEAT_WEEKS, len(by_week) + 1)]
    found = []
    for pair in {pair for week in spans[-1] for pair in week}:
        sizes = [sum(week[pair] for week in span) for span in spans]
        if pair[0] is None or sizes[-1] < REPEAT_LEAST:
            continue
        product, department = products.get(pair[0], ""), departments.get(pair[1], "")
        title = f"{product} · {department}" if department else product
        sizes = sizes if len(sizes) > 1 else [0, *sizes]
        cases = Cases(_of_pair(weeks[-REPEAT_WEEKS:], pair, children))
        found.append(Repeat(product, department, count("repeat", sizes, cases, group=title)))
    return sorted(found, key=lambda one: (-_int(one.figure), one.product.casefold(), one.department.casefold()))


def _pairs(week: Columns, children: frozenset[int]) -> Counter[tuple[Any, Any]]:
    opened, values = week.frames["opened"], week.values
    coded: Iterable[tuple[int, int]] = zip(opened["product"], opened["department"], strict=True)
    if not children.isdisjoint(opened["rid"]):
        coded = compress(coded, [rid not in children for rid in opened["rid"]])
    out: Counter[tuple[Any, Any]] = Counter()
    for (product, department), n in Counter(coded).items():
        out[values[product], values[department]] += n
    return out


def _of_pair(weeks: Sequence[Columns], pair: tuple[Any, Any], children: frozenset[int]) -> Callable[[], list[CaseKey]]:
    def look() -> list[CaseKey]:
        out: list[CaseKey] = []
        for week in weeks:
            opened, wanted = week.frames["opened"], tuple(week.code(value) for value in pair)
            rows = zip(opened["product"], opened["department"], opened["rid"], strict=True)
            out += case_keys(opened, [(p, d) == wanted and rid not in children for p, d, rid in rows])
        return out

    return look


class _Rows:
    """The rows of a frame by what stands in them, sorted out once for all figures of a table, when the first is asked
    for its cases."""

    def __init__(self, values: Callable[[], Iterable[Any]]) -> None:
        self._values = values
        self._filed: dict[Any, list[int]] | None = None

    def cases(self, frame: Frame, value: Any) -> Cases:
        """The cases whose row has this value."""
        return Cases(lambda: self._look(frame, value))

    def _look(self, frame: Frame, value: Any) -> list[CaseKey]:
        if self._filed is None:
            self._filed = {}
            for row, found in enumerate(self._values()):
                self._filed.setdefault(found, []).append(row)
        rows = self._filed.get(value, ())
        numbers, rids = frame["number"], frame["rid"]
        return case_keys({"number": [numbers[row] for row in rows], "rid": [rids[row] for row in rows]})


def _column(frame: Frame, name: str) -> Callable[[], Iterable[int]]:
    return lambda: frame[name]


def _all(columns: Columns, frame: str) -> Cases:
    return Cases(lambda: columns.keys(frame))


def _between(frame: Frame, start: int, end: int) -> Cases:
    return Cases(lambda: case_keys(frame, [start <= at < end for at in frame["at"]]))


def _int(figure: Figure) -> int:
    return int(figure.value or 0)
