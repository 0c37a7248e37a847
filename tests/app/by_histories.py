"""The figures of a week by another way: every history of nine weeks replayed at each question, nothing kept.

This is how the program itself computed a week before there were week sheets (app.insight.sheets). It files histories
under weeks and counts histories, never columns; the tests hold the program to it, figure by figure and case by case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from app import times
from app.context import ReadContext
from app.insight.ageing import BUCKETS, OLD_DAYS, SIDES, Side, bucket, is_working_day, side
from app.insight.figure import FEW, TREND_WEEKS, CaseKey, Figure, Number, count, percentile, sorted_keys
from app.insight.flow import KINDS, Moment, Tally, tally
from app.insight.history import History, load_some, values_after, values_at
from app.insight.metrics import FLOW, REPEAT_LEAST, REPEAT_WEEKS, AgeRow, Dimension, GroupRow, Repeat
from app.insight.resolution import Cohort, Resolutions, Taken, cohort, resolutions
from app.insight.sheets import Calendars
from app.reports.findings import TOP_SEVERITY, decisions, sentences
from app.reports.weekly import (
    OLDEST,
    STEPS_KNOWN_MS,
    DayRow,
    OldCase,
    WeeklyFigures,
    _Names,
)
from db.reader import Reader

Aged = Sequence[tuple[History, int]]
Filed = dict[Any, list[CaseKey]]


def weekly_by_histories(context: ReadContext, week: str, department: bytes | None = None) -> WeeklyFigures:
    """What `weekly_figures` must say."""
    iso = times.parse_week(week)
    tz = times.zone(context.zone)
    now = context.clock()
    bounds = [iso.shifted(back).bounds(tz)[0] for back in range(-TREND_WEEKS, 1)] + [iso.bounds(tz)[1]]
    reader = context.reader
    with reader.snapshot():
        names = _Names(reader)
        rids = [row[0] for row in reader.all('SELECT rid FROM "case" ORDER BY rid')]
        histories = load_some(reader, rids, bounds[-1])
        children = frozenset(
            row[0]
            for row in reader.all(
                'SELECT c.rid FROM case_link l JOIN "case" c ON c.id = l.case_id WHERE l.kind = ?', ("child",)
            )
        )
        return _figures(context, iso, bounds, department, names, histories, children, now)


def _only(week: Tally, department: bytes) -> Tally:
    def ours(case: History) -> bool:
        return bool(case.value("department", week.end) == department)

    part = Tally(
        week.start,
        week.end,
        backlog_start=[case for case in week.backlog_start if ours(case)],
        backlog=[case for case in week.backlog if ours(case)],
    )
    for kind in KINDS:
        part.of(kind).extend(moment for moment in week.of(kind) if ours(moment.case))
    return part


def keys(moments: Iterable[Moment]) -> list[CaseKey]:
    return [moment.case.key for moment in moments]


def by_slot(moments: Iterable[Moment], bounds: Sequence[int]) -> list[list[CaseKey]]:
    out: list[list[CaseKey]] = [[] for _ in bounds[1:]]
    for moment in moments:
        for place, (low, high) in enumerate(pairwise(bounds)):
            if low <= moment.at < high:
                out[place].append(moment.case.key)
    return out


def ages(
    cases: Iterable[History], instant: int, zone: str, works_on: Callable[[date], bool]
) -> list[tuple[History, int]]:
    """Day by day, for each case."""
    tz = times.zone(zone)
    last = times.local_date(instant - 1, tz)
    out = []
    for case in cases:
        day, age = times.local_date(case.opened_at, tz), 0
        while day < last:
            day += timedelta(days=1)
            age += works_on(day)
        out.append((case, age))
    return out


def _figures(
    context: ReadContext,
    iso: times.IsoWeek,
    bounds: Sequence[int],
    department: bytes | None,
    names: _Names,
    histories: Sequence[History],
    children: frozenset[int],
    now: int,
) -> WeeklyFigures:
    reader, zone = context.reader, context.zone
    tz = times.zone(zone)
    start, end = bounds[-2], bounds[-1]
    as_of = max(start + 1, min(end, now))
    tallies = tally(histories, bounds)
    if department is not None:
        tallies = [_only(week, department) for week in tallies]
    calendars = Calendars(reader, zone, context.language)
    site = calendars.of(None)
    ends = [*bounds[1:-1], as_of]
    aged = [
        ages(week.backlog, at, zone, lambda day: is_working_day(site, day))
        for week, at in zip(tallies, ends, strict=True)
    ]
    times_taken = [resolutions(week, calendars.of) for week in tallies]
    cohorts = [cohort(before_week, week.end) for before_week, week in pairwise(tallies)]
    figures = {
        **flow(tallies),
        **sides(aged, bounds[1:]),
        **durations(times_taken),
        "reopen.share": reopened(cohorts),
    }
    monday = iso.monday
    midnights = [times.day_bounds(monday + timedelta(days=n), tz)[0] for n in range(-7, 7)] + [end]
    departments = tuple(groups(tallies, "department", names.departments))
    products = tuple(groups(tallies, "product", names.products))
    queues = tuple(groups(tallies, "queue", names.queues))
    again = tuple(repeats(tallies, children, names.products, names.departments))
    return WeeklyFigures(
        desk=names.desk,
        department=None if department is None else names.departments[department],
        week=str(iso),
        first_day=monday.isoformat(),
        last_day=(monday + timedelta(days=6)).isoformat(),
        start=start,
        end=end,
        zone=zone,
        log_seq=names.log_seq,
        pending=names.pending,
        computed_at=now,
        running=now < end,
        figures=figures,
        days=tuple(
            DayRow((monday + timedelta(days=n)).isoformat(), row) for n, row in enumerate(days(tallies, midnights))
        ),
        ages=tuple(age_rows(aged, bounds[1:])),
        departments=departments,
        products=products,
        queues=queues,
        severities=tuple(groups(tallies, "severity", names.severities)),
        repeats=again,
        oldest=_oldest(
            reader,
            aged[-1],
            end,
            names,
            lambda case: _quiet(reader, case, as_of, zone, lambda day: is_working_day(site, day)),
        ),
        sentences=sentences(figures, departments, products),
        decisions=decisions(
            **_to_decide(aged[-1], tallies[-1]),
            without_step=_without_step(reader, tallies[-1], now),
            queues=queues,
            repeats=again,
        ),
    )


def _to_decide(aged: Aged, week: Tally) -> dict[str, list[CaseKey]]:
    return {
        "top": [case.key for case, _ in aged if case.value("severity", week.end) == TOP_SEVERITY],
        "old": [case.key for case, age in aged if age > OLD_DAYS and side(case, week.end) == "us"],
        "again": [
            case.key
            for case, _ in week.reopened
            if sum(1 for at, kind in case.moves() if kind == "reopened" and at < week.end) > 1
        ],
    }


def _quiet(reader: Reader, case: History, end: int, zone: str, works_on: Callable[[date], bool]) -> int:
    """Working days since anybody here did anything, by looking at every row of the case."""
    done = [case.opened_at]
    for sql in (
        'SELECT at FROM case_event e JOIN "case" c ON c.id = e.case_id WHERE c.rid = ? '
        "AND (e.author_id IS NOT NULL OR e.source_row IS NOT NULL)",
        'SELECT at FROM timeline_entry e JOIN "case" c ON c.id = e.case_id WHERE c.rid = ? '
        "AND e.author_id IS NOT NULL AND e.kind <> 'system'",
    ):
        done += [row[0] for row in reader.all(sql, (case.key.rid,)) if row[0] < end]
    tz = times.zone(zone)
    day, last = times.local_date(max(done), tz), times.local_date(end - 1, tz)
    return sum(works_on(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))


def _oldest(
    reader: Reader, aged: Aged, end: int, names: _Names, quiet: Callable[[History], int]
) -> tuple[OldCase, ...]:
    out = []
    for case, age in sorted(aged, key=lambda one: (one[0].opened_at, one[0].key.order))[:OLDEST]:
        row = reader.one(
            'SELECT c.title, c.next_step, c.next_step_at, a.name FROM "case" c '
            "LEFT JOIN analyst a ON a.id = c.next_step_by_id WHERE c.rid = ?",
            (case.key.rid,),
        )
        if row is None:
            continue
        out.append(
            OldCase(
                case.key, row[0], names.departments.get(case.value("department", end), ""),
                names.queues.get(case.value("queue", end), ""), case.opened_at, age, quiet(case),
                side(case, end),
                row[1], row[3], row[2],
            )
        )  # fmt: skip
    return tuple(out)


def _without_step(reader: Reader, week: Tally, now: int) -> list[CaseKey]:
    """Cases that stood open and past triage when the week ended and still do, without a next step."""
    if now - week.end > STEPS_KNOWN_MS:
        return []
    bare = {
        row[0]
        for row in reader.all(
            """SELECT rid FROM "case" WHERE ended_at IS NULL AND status <> 'new' AND coalesce(next_step, '') = ''"""
        )
    }
    return list(sorted_keys(case.key for case in week.backlog if case.key.rid in bare))


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
