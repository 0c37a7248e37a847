"""For whom? Departments by size, severity and significance, their dedicated analysts, and what must not happen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from app import times
from app.insight.answers import SEVERITY_WEIGHT, WATCHED_WEIGHT
from app.insight.columns import Columns
from app.insight.facts import Span, in_parts
from app.insight.figure import Cases, Figure
from app.insight.section import (
    WEEKS,
    Filed,
    Line,
    Listing,
    Section,
    by_value,
    counted,
    empty_weeks,
    lines,
    shared,
    summed,
)
from app.work.agreed import Query, covers
from app.work.calendars import ServiceCalendar
from app.work.coverage import terms
from app.work.holding import line_up, parents_of

ROWS: Final = 15
WATCHED: Final = 1
"""The significance of a department that is watched."""
GRAVE: Final = frozenset({"1", "2"})


class Customer(NamedTuple):
    """A department. `headcount` None: not known; `significance` 1: watched."""

    name: str
    headcount: int | None
    significance: int


def departments(span: Span) -> Section:
    """Section 12."""
    rows = span.reader.all("SELECT id, name, headcount, significance FROM department")
    return departments_section(span.columns, {row[0]: Customer(*row[1:]) for row in rows})


def departments_section(weeks: Sequence[Columns], customers: Mapping[Any, Customer]) -> Section:
    """The section from its facts: opened cases of each department, per 100 staff, how many of them grave, and what
    share the departments down to each line hold together."""
    opened = by_value()
    grave = by_value()
    watched = empty_weeks()
    for place, week in enumerate(weeks):
        frame = week.frames["opened"]
        for key, code, rank in zip(week.keys("opened"), frame["department"], frame["severity"], strict=True):
            value = week.values[code]
            opened[value][place].append(key)
            if week.values[rank] in GRAVE:
                grave[value][place].append(key)
            customer = customers.get(value)
            if customer is not None and customer.significance == WATCHED:
                watched[place].append(key)
    total = sum(len(found[-1]) for found in opened.values())
    ranked = sorted(
        (value for value in opened if value is not None and opened[value][-1]),
        key=lambda value: (-len(opened[value][-1]), customers[value].name.casefold() if value in customers else ""),
    )
    if not ranked:
        return Section("departments", empty="empty.departments")
    weights = _weights(weeks[-1], customers)
    heavy = sorted(weights, key=lambda value: (-weights[value], customers[value].name if value in customers else ""))
    load = sum(weights.values())
    few_heavy = next(n for n in range(1, len(heavy) + 1) if 5 * sum(weights[v] for v in heavy[:n]) >= 4 * load)
    found: list[Line] = []
    before = 0
    for value in ranked:
        customer = customers.get(value, Customer("", None, WATCHED + 1))
        cases = opened[value]
        before += len(cases[-1])
        found.append(Line(customer.name, (
            counted("departments.opened", cases, group=customer.name),
            _per_staff(cases, customer),
            shared("departments.grave", grave.get(value, empty_weeks()), cases, group=customer.name),
            Figure("departments.together", before / total, "share", "departments.together", n=total,
                   group=customer.name),
            Figure("departments.weight", weights[value] / load, "share", "departments.weight", n=load,
                   group=customer.name),
        )))  # fmt: skip
    few = next(n for n in range(1, len(ranked) + 1) if 5 * sum(len(opened[v][-1]) for v in ranked[:n]) >= 4 * before)
    headline = (
        Figure("departments.pareto", few, "plain", "departments.pareto",
               Cases(lambda: [key for value in ranked[:few] for key in opened[value][-1]]), n=None),
        Figure("departments.pareto_weight", few_heavy, "plain", "departments.pareto_weight",
               Cases(lambda: [key for value in heavy[:few_heavy] for key in opened[value][-1]]), n=None),
        counted("departments.watched", watched),
    )  # fmt: skip
    columns = ("department", "opened", "per_staff", "grave", "together", "weight_share")
    tables = [Listing("departments", columns, tuple(found[:ROWS]))]
    important = [line for value, line in zip(ranked, found, strict=True)
                 if value in customers and customers[value].significance == WATCHED]  # fmt: skip
    if important and len(important) < len(found):
        tables.append(Listing("departments.watched", ("watched", *columns[1:]), tuple(important[:ROWS])))
    return Section("departments", headline, tuple(tables))


def _weights(week: Columns, customers: Mapping[Any, Customer]) -> dict[Any, int]:
    """What the new cases of each department weigh (app.insight.answers): by severity, twice for watched ones."""
    out: dict[Any, int] = {}
    frame = week.frames["opened"]
    for code, rank in zip(frame["department"], frame["severity"], strict=True):
        value, severity = week.values[code], week.values[rank]
        if value is None:
            continue
        watched = value in customers and customers[value].significance == WATCHED
        weight = SEVERITY_WEIGHT.get(int(severity) if severity else 0, 1) * (WATCHED_WEIGHT if watched else 1)
        out[value] = out.get(value, 0) + weight
    return out


def _per_staff(cases: Filed, customer: Customer) -> Figure:
    """Cases per 100 people; None where nobody knows how many there are."""
    values = [None if not customer.headcount else len(week) * 100 / customer.headcount for week in cases]
    return Figure(
        "departments.per_staff", values[-1], "plain", "departments.per_staff", Cases(lambda: cases[-1]),
        previous=values[-2], trend=tuple(values[1:]), n=customer.headcount, group=customer.name,
    )  # fmt: skip


# -- dedicated analysts -----------------------------------------------------------------------------------------------
class Agreed(NamedTuple):
    """Who a department's contact is, from day to day (inclusive; None: open)."""

    department: bytes
    contacts: tuple[bytes, ...]
    """The named analyst first, then the stand-ins."""
    since: str
    until: str | None


@dataclass(frozen=True)
class People:
    """When analysts can be had: by their calendar, less the days they are away."""

    hours: Mapping[bytes, ServiceCalendar]
    away: Mapping[bytes, Sequence[tuple[str, str | None]]]

    def here(self, analyst: bytes, day: str) -> bool:
        """Not away on that day."""
        return not any(first <= day and (last is None or day <= last) for first, last in self.away.get(analyst, ()))


class Covered(NamedTuple):
    """One department in one week: working days by who was there, and working minutes without anybody."""

    named: int
    stand_in: int
    nobody: int
    gap: float


def covered(agreed: Agreed, days: Sequence[date], calendar: ServiceCalendar, people: People) -> Covered:
    """Walk over the department's working days. A day counts for the first of the contacts who works in its hours; the
    gap is what of its hours none of them works."""
    named = stand_in = nobody = 0
    gap = 0.0
    for day in days:
        name = day.isoformat()
        hours = calendar.working_intervals(day)
        if not hours or name < agreed.since or (agreed.until is not None and name > agreed.until):
            continue
        there = [
            analyst
            for analyst in agreed.contacts
            if people.here(analyst, name) and any(_together([analyst], *spell, people) for spell in hours)
        ]
        if agreed.contacts[:1] and agreed.contacts[0] in there:
            named += 1
        elif there:
            stand_in += 1
        else:
            nobody += 1
        for start, end in hours:
            gap += (end - start - _together(there, start, end, people)) / times.MINUTE_MS
    return Covered(named, stand_in, nobody, gap)


def _together(there: Sequence[bytes], start: int, end: int, people: People) -> int:
    """How much of [start, end) at least one of them works; somebody without a calendar of his own always does."""
    spans: list[tuple[int, int]] = []
    for analyst in there:
        calendar = people.hours.get(analyst)
        if calendar is None:
            return end - start
        spans += calendar.hours.intervals(start, end)
    total, reach = 0, start
    for low, high in sorted(spans):
        total += max(0, high - max(low, reach))
        reach = max(reach, high)
    return total


def dedicated(span: Span) -> Section:
    """Section 13."""
    scope = span.scope
    if scope is not None and scope.field == "product":
        return Section("dedicated", empty="empty.dedicated.product")
    agreed = _agreements(span.reader.all, None if scope is None else scope.holds)
    return dedicated_section(
        agreed, _weeks_of_days(span), span.calendars.of, _people(span),
        _contacts(span, {one.department for one in agreed}), span.columns,
        span.names.departments,
    )  # fmt: skip


def dedicated_section(
    agreed: Sequence[Agreed],
    weeks: Sequence[Sequence[date]],
    calendar_of: Callable[[bytes | None], ServiceCalendar],
    people: People,
    contact_of: Callable[[int, int], bytes | None],
    columns: Sequence[Columns],
    departments: Mapping[Any, str],
) -> Section:
    """The section from its facts. `weeks`: the seven days of each; `contact_of(rid, place)`: who spoke for a case at
    the end of that week."""
    if not any(one.since <= weeks[-1][-1].isoformat() and (one.until or "9") >= weeks[-1][0].isoformat()
               for one in agreed):  # fmt: skip
        return Section("dedicated", empty="empty.dedicated")
    days: dict[str, dict[Any, list[float]]] = {name: {} for name in ("named", "stand_in", "nobody", "gap")}
    # Departments that inherit one agreement mostly have one calendar, too.
    alike: dict[tuple[Any, ...], tuple[ServiceCalendar, Covered]] = {}
    for one in agreed:
        calendar = calendar_of(one.department)
        for place, dates in enumerate(weeks):
            same = (one.contacts, one.since, one.until, place, id(calendar))
            if same not in alike:
                alike[same] = calendar, covered(one, dates, calendar, people)
            found = alike[same][1]
            for name, by_department in days.items():
                by_department.setdefault(one.department, [0.0] * WEEKS)[place] += getattr(found, name)
    whole, part = empty_weeks(), empty_weeks()
    handled: dict[Any, tuple[Filed, Filed]] = {}
    contacts: dict[Any, set[bytes]] = {}
    for one in agreed:
        contacts.setdefault(one.department, set()).update(one.contacts)
    for place, week in enumerate(columns):
        for key, code in zip(week.keys("opened"), week.frames["opened"]["department"], strict=True):
            value = week.values[code]
            if value not in contacts:
                continue
            all_, ours = handled.setdefault(value, (empty_weeks(), empty_weeks()))
            for into in (whole, all_):
                into[place].append(key)
            if contact_of(key.rid, place) in contacts[value]:
                for into in (part, ours):
                    into[place].append(key)

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        all_, ours = handled.get(value, (empty_weeks(), empty_weeks()))
        return (
            *(summed(f"dedicated.{name}", days[name][value], (), group=group, unit="days")
              for name in ("named", "stand_in", "nobody")),
            summed("dedicated.gap", days["gap"][value], (), group=group, unit="minutes"),
            shared("dedicated.handled", ours, all_, group=group),
        )  # fmt: skip

    total = [sum(by[place] for by in days["gap"].values()) for place in range(WEEKS)]
    table = Listing(
        "dedicated", ("department", "named", "stand_in", "nobody", "gap", "handled"),
        lines(departments, figures, days["named"]), lead=3,
    )  # fmt: skip
    alone = _without_stand_in(agreed, weeks)
    last = alone[-1]
    bare = Listing(
        "dedicated.alone", ("without_stand_in", "opened"),
        lines({value: departments.get(value, "") for value in last},
              lambda value, group: (counted("dedicated.opened", handled.get(value, (empty_weeks(),))[0], group=group),),
              last, empty=True),
    )  # fmt: skip
    headline = (
        shared("dedicated.handled", part, whole),
        summed("dedicated.gap", total, (), unit="minutes"),
        summed("dedicated.alone", [len(week) for week in alone],
               [key for value in last for key in handled.get(value, (empty_weeks(),))[0][-1]], unit="plain"),
    )  # fmt: skip
    return Section("dedicated", headline, (table, bare) if bare.lines else (table,))


def _agreements(query: Query, wanted: Callable[[bytes], bool] | None) -> list[Agreed]:
    """Who had each of the wanted departments (None: all), also those that inherit what was agreed on for a department
    above; a day has one agreement."""
    known, parents = covers(query), parents_of(query)
    touched = {one.department for one in known}
    out = []
    for department in parents:
        line = line_up(parents, department)
        if touched.isdisjoint(line) or (wanted is not None and not wanted(department)):
            continue
        out += [Agreed(department, one.cover.people, one.first, one.last) for one in terms(known, line)]
    return sorted(out, key=lambda one: (one.since, one.department))


def _without_stand_in(agreed: Sequence[Agreed], weeks: Sequence[Sequence[date]]) -> list[list[bytes]]:
    """The departments that on the last day of each week had a contact and nobody to stand in."""
    out = []
    for dates in weeks:
        day = dates[-1].isoformat()
        # Where two agreements hold at once the one that began last counts (app.work.coverage).
        held = {one.department: one for one in agreed if one.since <= day <= (one.until or "9999-12-31")}
        out.append([one.department for one in held.values() if len(set(one.contacts)) < 2])
    return out


def _weeks_of_days(span: Span) -> list[list[date]]:
    firsts = [date.fromisoformat(day) for day in span.dates()[:-1]]
    return [[first + timedelta(days=n) for n in range(7)] for first in firsts]


def _people(span: Span) -> People:
    hours: dict[bytes, ServiceCalendar] = {}
    for analyst, zone, shifts, country, region in span.reader.all(
        "SELECT a.id, c.time_zone, c.shifts, c.country, c.region FROM analyst a JOIN calendar c ON c.id = a.calendar_id"
    ):
        hours[analyst] = ServiceCalendar.from_stored(zone, shifts, country, region)
    away: dict[bytes, list[tuple[str, str | None]]] = {}
    for analyst, first, last in span.reader.all("SELECT analyst_id, from_day, to_day FROM absence"):
        away.setdefault(analyst, []).append((first, last))
    return People(hours, away)


def _contacts(span: Span, departments: Collection[bytes]) -> Callable[[int, int], bytes | None]:
    rids: set[int] = set()
    for week in span.columns:
        frame, codes = week.frames["opened"], {week.code(department) for department in departments}
        rids.update(rid for rid, code in zip(frame["rid"], frame["department"], strict=True) if code in codes)
    owner, worker = span.held("contact_owner", rids), span.held("work_owner", rids)

    def contact_of(rid: int, place: int) -> bytes | None:
        end = span.bounds[place + 1]
        found: bytes | None = owner.before(rid, end) or worker.before(rid, end)
        return found

    return contact_of


# -- exceptions -------------------------------------------------------------------------------------------------------
class Flagged(NamedTuple):
    """Cases of the reported week's backlog or openings by why they are named; goal 0."""

    complaints: Filed
    outside: Filed
    unreachable: Filed


def exceptions(span: Span) -> Section:
    """Section 17. The cases stand in the private edition's annex alone."""
    flags = {
        row[0]: (row[1], row[2])
        for row in in_parts(
            span.reader,
            'SELECT rid, executive_complaint, outside_it FROM "case" '
            "WHERE (executive_complaint = 1 OR outside_it = 1) AND rid IN ({rids})",
            {rid for week in span.columns for rid in week.frames["opened"]["rid"]},
        )
    }
    complaints, outside = empty_weeks(), empty_weeks()
    for place, week in enumerate(span.columns):
        for key in week.keys("opened"):
            complaint, elsewhere = flags.get(key.rid, (0, 0))
            if complaint:
                complaints[place].append(key)
            if elsewhere:
                outside[place].append(key)
    return exceptions_section(Flagged(complaints, outside, _unreachable(span)))


def exceptions_section(flagged: Flagged) -> Section:
    """The section from its facts."""
    return Section("exceptions", (
        counted("exceptions.complaints", flagged.complaints),
        counted("exceptions.outside", flagged.outside),
        counted("exceptions.unreachable", flagged.unreachable),
    ))  # fmt: skip


def _unreachable(span: Span) -> Filed:
    """Open cases whose owners were all away on the last day of the week, and in nobody's hands otherwise."""
    out = empty_weeks()
    people = _people(span)
    active = {row[0] for row in span.reader.all("SELECT id FROM analyst WHERE active = 1")}
    rids = {rid for week in span.columns for rid in week.frames["backlog"]["rid"]}
    held = [span.held(name, rids) for name in ("contact_owner", "work_owner")]
    tz = times.zone(span.zone)
    for place, week in enumerate(span.columns):
        end = span.bounds[place + 1]
        day = times.local_date(min(end, span.now) - 1, tz).isoformat()
        for key in week.keys("backlog"):
            if not any(key.rid in one for one in held):
                continue
            owners = {one.before(key.rid, end) for one in held} - {None}
            if owners and not any(owner in active and people.here(owner, day) for owner in owners):
                out[place].append(key)
    return out
