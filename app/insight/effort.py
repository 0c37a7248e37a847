"""What did it take? Minutes by department, product and activity, and what they cost."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from app.insight.facts import Span, in_parts
from app.insight.figure import CaseKey, Figure, Number, Unit, sorted_keys
from app.insight.section import WEEKS, Filed, Line, Listing, Section, empty_weeks, lines, shared, summed

ROWS: Final = 12
"""Departments and products that get a line."""
NEW_DAYS: Final = 730
"""So long after its launch a product's cost since then stands in the report; `halldesk insight cost` has all."""
# A correction is a new row that names the one it replaces; only the last word counts.
_COUNTS: Final = (
    "t.minutes > 0 AND NOT EXISTS (SELECT 1 FROM time_entry r WHERE r.replaces_id = t.id AND r.case_id = t.case_id)"
)
_SINCE: Final = f"""SELECT c.rid, c.number, c.department_id, t.minutes, t.work_date, t.analyst_id FROM "case" c
JOIN time_entry t ON t.case_id = c.id WHERE c.product_id = ? AND t.work_date >= ? AND t.work_date < ? AND {_COUNTS}"""


class Worked(NamedTuple):
    """Minutes booked on a case for a day of the week at `place`. `cents`: what they cost, None without a valid rate."""

    key: CaseKey
    place: int
    minutes: int
    activity: str
    department: bytes | None
    product: bytes | None
    cents: float | None


def effort(span: Span) -> Section:
    """Section 10."""
    closed = [week.keys("closed") for week in span.columns]
    with_time = booked(span)
    return effort_section(_worked(span), closed, with_time, span.names.departments, span.names.products)


def effort_section(
    worked: Sequence[Worked],
    closed: Sequence[Sequence[CaseKey]],
    booked: frozenset[int],
    departments: Mapping[Any, str],
    products: Mapping[Any, str],
) -> Section:
    """The section from its facts. `booked`: row numbers of the closed cases that have time."""
    if not any(one.place == WEEKS - 1 for one in worked):
        return Section("effort", empty="empty.effort")
    covered = [[key for key in week if key.rid in booked] for week in closed]
    tables = tuple(
        Listing(name, (column, "minutes", "cases"), _lines(worked, of, names), bars=True)
        for name, column, of, names in (
            ("effort.department", "department", lambda one: one.department, departments),
            ("effort.product", "product", lambda one: one.product, products),
            ("effort.activity", "activity", lambda one: one.activity, {one.activity: one.activity for one in worked}),
        )
    )
    total = _sums(worked, lambda _one: None)[None]
    headline = (
        summed("effort.minutes", total, _keys(worked, None, lambda _one: None), unit="minutes"),
        shared("effort.coverage", covered, closed),
    )
    return Section("effort", headline, tables)


def cost(span: Span) -> Section:
    """Section 11."""
    attributes = {row[0]: row[1] for row in span.reader.all("SELECT id, cost_centre FROM department")}
    return cost_section(_worked(span), span.names.departments, span.names.products, attributes, since_launch(span))


def cost_section(
    worked: Sequence[Worked],
    departments: Mapping[Any, str],
    products: Mapping[Any, str],
    cost_centres: Mapping[Any, str | None] | None = None,
    launched: Sequence[Line] = (),
) -> Section:
    """The section from its facts: money in cents. What has no rate is no money; what has no product or department
    stands on a line of its own. `cost_centres`: of departments; `launched`: what new products cost since their
    launch."""
    last = [one for one in worked if one.place == WEEKS - 1]
    if not any(one.cents is not None for one in last):
        return Section("cost", empty="empty.cost" if last else "empty.effort")
    priced = [one for one in worked if one.cents is not None]
    tables = tuple(
        Listing(name, (column, "cost", "minutes", "cases"), _priced_lines(priced, of, names), bars=True)
        for name, column, of, names in (
            ("cost.department", "department", lambda one: one.department, departments),
            ("cost.product", "product", lambda one: one.product, products),
        )
    )
    centres = {name: name for name in (cost_centres or {}).values() if name}
    if centres:
        of_centre = lambda one: (cost_centres or {}).get(one.department)  # noqa: E731
        priced_lines = _priced_lines(priced, of_centre, centres)
        columns = ("cost_centre", "cost", "minutes", "cases")
        tables += (Listing("cost.centre", columns, priced_lines, bars=True),)
    if launched:
        tables += (Listing("cost.launch", ("launched", "cost", "minutes", "cases"), tuple(launched), bars=True),)
    nothing = [[0.0] * WEEKS]
    total = _money(priced, lambda _one: None).get(None, nothing[0])
    loose = [one for one in priced if one.product is None]
    unpriced = [one for one in worked if one.cents is None]
    headline = (
        summed("cost.total", total, [one.key for one in priced if one.place == WEEKS - 1], unit="cents"),
        summed("cost.unallocated", _money(loose, lambda _one: None).get(None, [0.0] * WEEKS),
               [one.key for one in loose if one.place == WEEKS - 1], unit="cents"),
        summed("cost.unpriced", _sums(unpriced, lambda _one: None).get(None, [0] * WEEKS),
               [one.key for one in unpriced if one.place == WEEKS - 1], unit="minutes"),
    )  # fmt: skip
    return Section("cost", headline, tables)


Of = Callable[[Worked], Any]


def _sums(worked: Iterable[Worked], of: Of) -> dict[Any, list[Number]]:
    out: defaultdict[Any, list[Number]] = defaultdict(lambda: [0] * WEEKS)
    for one in worked:
        out[of(one)][one.place] += one.minutes
    return out


def _money(worked: Iterable[Worked], of: Of) -> dict[Any, list[Number]]:
    out: defaultdict[Any, list[Number]] = defaultdict(lambda: [0.0] * WEEKS)
    for one in worked:
        out[of(one)][one.place] += one.cents or 0.0
    return out


def _keys(worked: Iterable[Worked], value: Any, of: Of) -> list[CaseKey]:
    return list({one.key for one in worked if one.place == WEEKS - 1 and of(one) == value})


def _cases(worked: Iterable[Worked], of: Of) -> dict[Any, Filed]:
    out: defaultdict[Any, list[set[CaseKey]]] = defaultdict(lambda: [set() for _ in range(WEEKS)])
    for one in worked:
        out[of(one)][one.place].add(one.key)
    return {value: [list(week) for week in weeks] for value, weeks in out.items()}


def _lines(worked: Sequence[Worked], of: Of, names: Mapping[Any, str]) -> tuple[Line, ...]:
    sums, cases = _sums(worked, of), _cases(worked, of)

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        weeks = cases.get(value, empty_weeks())
        return (
            summed("effort.minutes", sums[value], weeks[-1], group=group, unit="minutes"),
            summed("effort.cases", [len(week) for week in weeks], weeks[-1], group=group),
        )

    return lines(names, figures, sums)[:ROWS]


def _priced_lines(worked: Sequence[Worked], of: Of, names: Mapping[Any, str]) -> tuple[Line, ...]:
    money, sums, cases = _money(worked, of), _sums(worked, of), _cases(worked, of)

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        weeks = cases[value]
        return (
            summed("cost.total", money[value], weeks[-1], group=group, unit="cents"),
            summed("effort.minutes", sums[value], weeks[-1], group=group, unit="minutes"),
            summed("effort.cases", [len(week) for week in weeks], weeks[-1], group=group),
        )

    return lines(names, figures, money)[:ROWS]


def since_launch(span: Span) -> tuple[Line, ...]:
    """What each product of the last NEW_DAYS has cost from its launch to the end of the week, dearest first. A case
    counts for the product and department it belongs to now."""
    last = span.dates()[-1]
    first = (date.fromisoformat(last) - timedelta(days=NEW_DAYS)).isoformat()
    scope, rates = span.scope, Rates(span)
    out = []
    for product, name, launch in span.reader.all(
        "SELECT id, name, launch_date FROM product WHERE launch_date >= ? AND launch_date < ?", (first, last)
    ):
        money, minutes, keys = 0.0, 0, set()
        for rid, number, department, spent, day, analyst in span.reader.all(_SINCE, (product, launch, last)):
            if scope is not None and not scope.holds(product if scope.field == "product" else department):
                continue
            rate = rates.on(analyst, day)
            money += 0.0 if rate is None else spent * rate / 60
            minutes += spent
            keys.add(CaseKey(number, rid))
        if keys:
            group = f"{name} ({launch})"
            values: tuple[tuple[str, Number, Unit], ...] = (
                ("cost.launch", money, "cents"), ("effort.minutes", minutes, "minutes"),
                ("effort.cases", len(keys), "cases"),
            )  # fmt: skip
            figures = tuple(
                Figure(key, value, unit, key, sorted_keys(keys), group=group) for key, value, unit in values
            )
            out.append(Line(group, figures))
    return tuple(sorted(out, key=lambda line: (-(line.figures[0].value or 0), line.name.casefold())))[:ROWS]


class Rates:
    """What an hour of each analyst costs, by day."""

    def __init__(self, span: Span) -> None:
        self._rates: dict[bytes, list[tuple[str, int]]] = {}
        for analyst, since, cents in span.reader.all(
            "SELECT analyst_id, valid_from, cents FROM rate ORDER BY valid_from"
        ):
            self._rates.setdefault(analyst, []).append((since, cents))
        self._known: dict[tuple[bytes, str], int | None] = {}

    def on(self, analyst: bytes, day: str) -> int | None:
        """Cents an hour, None where no rate was valid yet."""
        asked = (analyst, day)
        if asked not in self._known:
            self._known[asked] = rate_on(self._rates.get(analyst, ()), day)
        return self._known[asked]


def rate_on(rates: Sequence[tuple[str, int]], day: str) -> int | None:
    """Cents an hour valid on a day; `rates`: (valid from, cents) by date. None before the first."""
    place = bisect_right([since for since, _ in rates], day)
    return rates[place - 1][1] if place else None


def _worked(span: Span) -> list[Worked]:
    """The booked minutes of the weeks; effort and cost are made of the same ones."""
    if "worked" not in span.shared:
        span.shared["worked"] = _read_worked(span)
    found: list[Worked] = span.shared["worked"]
    return found


def _read_worked(span: Span) -> list[Worked]:
    days = span.dates()
    rates = Rates(span)
    rows = span.reader.all(
        "SELECT c.rid, c.number, t.work_date, t.minutes, t.activity, t.analyst_id FROM time_entry t "
        f'JOIN "case" c ON c.id = t.case_id WHERE t.work_date >= ? AND t.work_date < ? AND {_COUNTS}',
        (days[0], days[-1]),
    )
    rids = {row[0] for row in rows}
    department, product = span.held("department", rids), span.held("product", rids)
    out = []
    for rid, number, day, minutes, activity, analyst in rows:
        place = bisect_right(days, day) - 1
        end = span.bounds[place + 1]
        whose = department.before(rid, end)
        about = product.before(rid, end)
        if span.scope is not None and not span.scope.holds(about if span.scope.field == "product" else whose):
            continue
        rate = rates.on(analyst, day)
        out.append(
            Worked(CaseKey(number, rid), place, minutes, activity, whose, about,
                   None if rate is None else minutes * rate / 60)
        )  # fmt: skip
    return out


def booked(span: Span) -> frozenset[int]:
    """Which of the cases closed in the weeks have time at all, by row number."""
    if "booked" not in span.shared:
        sql = (
            'SELECT c.rid FROM "case" c WHERE EXISTS (SELECT 1 FROM time_entry t WHERE t.case_id = c.id '
            "AND t.minutes > 0 AND t.work_date < ?) AND c.rid IN ({rids})"
        )
        closed = {rid for week in span.columns for rid in week.frames["closed"]["rid"]}
        span.shared["booked"] = frozenset(row[0] for row in in_parts(span.reader, sql, closed, (span.dates()[-1],)))
    found: frozenset[int] = span.shared["booked"]
    return found
