"""The sections of the weekly report, each against a second implementation on random facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import exp, factorial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import times
from app.insight.customers import Agreed, People, covered
from app.insight.effort import rate_on
from app.insight.erlang import needed, service_level, waits
from app.insight.figure import FEW, CaseKey
from app.insight.handing import OUTSIDE, Climb, Move, escalations_section, handovers_section
from app.insight.hotline import Duty, HalfHour, hotline_section
from app.insight.satisfaction import Answer, satisfaction_section
from app.insight.section import WEEKS, Section
from app.insight.service import Asked, outcome, response_section
from app.reports.weekly import WeeklyFigures, weekly_figures
from app.texts import CATALOGUE
from app.times import DAY_MS, HOUR_MS, MINUTE_MS
from app.work.calendars import ServiceCalendar
from app.work.deadlines import OFFICE_HOURS
from db.ids import new_id
from db.shapes import Case, CaseEvent, MetricTarget, Rate, Satisfaction, TimeEntry, TimelineEntry
from tests.app.report_desk import HOUR, Past, at, made_up
from tests.app.test_metrics_again import END, START, Naive

MONDAY: Final = times.parse_iso("2026-01-05T00:00:00Z")
BOUNDS: Final = [MONDAY + n * 7 * DAY_MS for n in range(WEEKS + 1)]
OFFICE: Final = ServiceCalendar.from_stored("UTC", OFFICE_HOURS)
NOW: Final = at("2026-03-25 08:00")
WEEK: Final = "2026-W12"


def figures_of(section: Section) -> dict[str, Any]:
    return {figure.key: figure for figure in section.headline}


def office_hours(start: int, end: int) -> int:
    """Hour by hour: how many of them are Monday to Friday from 8 to 17."""
    hours = range(start, end, HOUR_MS)
    return sum((h // DAY_MS + 3) % 7 < 5 and 8 <= h % DAY_MS // HOUR_MS < 17 for h in hours)


# -- response ---------------------------------------------------------------------------------------------------------
ASKED: Final = st.builds(
    lambda n, opened, answered, live, target: Asked(
        CaseKey(n, n), MONDAY + opened * HOUR_MS, None if answered is None else MONDAY + (opened + answered) * HOUR_MS,
        live, "2", None, target and target * 60,
    ),
    st.integers(1, 10**6), st.integers(0, 8 * 168), st.none() | st.integers(0, 90), st.booleans(),
    st.sampled_from((None, 1, 4, 9, 27)),
)  # fmt: skip


@settings(max_examples=60)
@given(asked=st.lists(ASKED, max_size=12, unique_by=lambda one: one.key))
def test_responses_by_walking_through_the_hours(asked: list[Asked]) -> None:
    found = figures_of(response_section(asked, BOUNDS, lambda _d: OFFICE, {"2": "High"}))
    due: list[list[bool]] = [[] for _ in range(WEEKS)]
    live = [0] * WEEKS
    for one in asked:
        if one.live:
            live[(one.opened_at - MONDAY) // (7 * DAY_MS)] += 1
            continue
        # The deadline is the end of the hour in which the target's last minute was worked.
        ends, worked, hour = None, 0, one.opened_at
        while one.target is not None and ends is None:
            worked += 60 * office_hours(hour, hour + HOUR_MS)
            hour += HOUR_MS
            ends = hour if worked == one.target else None
        if ends is not None and (one.answered_at is None or ends < one.answered_at):
            instant, good = ends, False
        elif one.answered_at is not None:
            instant, good = one.answered_at, True
        else:
            continue
        place = (instant - MONDAY) // (7 * DAY_MS)
        if place < WEEKS:
            due[place].append(good)
    last = due[-1]
    if not last and not live[-1]:
        assert not found
        return
    assert found["response.within"].n == len(last)
    assert found["response.within"].value == (sum(last) / len(last) if len(last) >= FEW else None)
    assert found["response.late"].trend == tuple(week.count(False) for week in due[1:])
    assert found["response.live"].trend == tuple(live[1:])


def test_a_late_answer_changes_no_past_week() -> None:
    one = Asked(CaseKey(1, 1), MONDAY + 9 * HOUR_MS, None, False, "2", None, 60)
    late = one._replace(answered_at=MONDAY + 20 * DAY_MS)
    assert outcome(one, OFFICE) == outcome(late, OFFICE) == (MONDAY + 10 * HOUR_MS, False)


# -- handovers --------------------------------------------------------------------------------------------------------
@settings(max_examples=80)
@given(paths=st.lists(st.lists(st.tuples(st.sampled_from("ABC"), st.booleans()), min_size=1, max_size=8), max_size=5))
def test_ping_pong_read_off_the_path(paths: list[list[tuple[str, bool]]]) -> None:
    moves, returns, handed = [], 0, 0
    for n, path in enumerate(paths):
        steps = [("A", True)]
        for queue, counts in path:
            if queue != steps[-1][0]:
                steps.append((queue, counts))
        for place in range(1, len(steps)):
            (old, before), (new, counts) = steps[place - 1], steps[place]
            moves.append(Move(CaseKey(n, n), BOUNDS[-2] + place, old.encode(), new.encode(), counts))
            handed += counts
            back = place >= 2 and steps[place - 2][0] == new
            returns += counts and before and back and place >= 2
    moves.sort(key=lambda move: move.at)
    worked = [[CaseKey(n, n) for n in range(10)]] * WEEKS
    section = handovers_section(moves, BOUNDS, worked, {b"A": "A", b"B": "B", b"C": "C"})
    if not handed:
        assert section.empty
        return
    found = figures_of(section)
    assert found["handovers.moves"].value == handed
    assert found["handovers.returns"].value == returns
    assert sum(line.figures[0].value or 0 for table in section.tables for line in table.lines) == returns


@settings(max_examples=60)
@given(
    steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from(("tier", *OUTSIDE))), max_size=20)
)
def test_escalations_counted_one_by_one(steps: list[tuple[int, int, str]]) -> None:
    """Three weeks of a few cases: the one before last, the last and the next, which is none of the report's."""
    climbs = [Climb(CaseKey(n, n), BOUNDS[WEEKS - 2 + week] + 1, to, b"Q") for n, week, to in steps]
    worked = [[CaseKey(n, n) for n in range(10)]] * WEEKS
    section = escalations_section(climbs, BOUNDS, worked, {b"Q": "Specialists"})
    last = [(n, to) for n, week, to in steps if week == 1]
    if not last:
        assert section.empty
        return
    found = figures_of(section)
    for to in ("tier", *OUTSIDE):
        assert found[f"escalations.{to}"].value == sum(one == to for _, one in last)
        assert found[f"escalations.{to}"].previous == sum(week == 0 and one == to for _, week, one in steps)
    assert found["escalations.share"].value == len({n for n, to in last if to == "tier"}) / 10


def test_an_escalation_to_a_supplier_is_one(tmp_path: Path) -> None:
    past = Past(tmp_path / "desk", NOW)
    try:
        case = past.case(at("2026-03-16 08:00"))
        plain = past.case(at("2026-03-16 08:00"))
        when = at("2026-03-17 08:00")
        with past.replica.transaction("import.events", past.context.me, at=NOW) as tx:
            for row, field, old, new in (
                (case, "escalated", None, "supplier"), (case, "waiting_on", None, "supplier"),
                (case, "tier", "1", "2"), (plain, "waiting_on", None, "supplier"), (plain, "tier", "2", "1"),
            ):  # fmt: skip
                tx.insert(CaseEvent, case_id=row, at=when, field=field, old=old, new=new)
        found = figures_of(section(weekly_figures(past.context, WEEK, sections=True), "escalations"))
    finally:
        past.close()
    assert {key.removeprefix("escalations."): one.value for key, one in found.items() if one.unit == "cases"} == {
        "tier": 1, "developers": 0, "supplier": 2, "unsaid": 3,
    }  # fmt: skip


# -- dedicated analysts -----------------------------------------------------------------------------------------------
DAYS: Final = [date(2026, 1, 5) + timedelta(days=n) for n in range(7)]
EARLY: Final = ServiceCalendar.from_stored("UTC", '{"mon": ["06:00-14:00"], "wed": ["06:00-14:00"]}')
AWAY: Final = st.dictionaries(st.sampled_from((b"K", b"R", b"S")), st.lists(
    st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)).map(
        lambda pair: (DAYS[pair[0]].isoformat(), None if pair[1] is None else DAYS[pair[1]].isoformat())
    ), max_size=2,
))  # fmt: skip


@settings(max_examples=80)
@given(away=AWAY, contacts=st.sampled_from(((b"K",), (b"K", b"R"), (b"K", b"R", b"S"))), since=st.integers(0, 6))
def test_coverage_hour_by_hour(away: dict[bytes, Any], contacts: tuple[bytes, ...], since: int) -> None:
    people = People({b"K": OFFICE, b"R": EARLY}, away)
    found = covered(Agreed(b"D", contacts, DAYS[since].isoformat(), None), DAYS, OFFICE, people)
    days: Counter[str] = Counter()
    gap = 0
    for day in DAYS[since:]:
        if day.weekday() >= 5:
            continue
        there = {}
        for who in contacts:
            gone = any(first <= day.isoformat() and (last is None or day.isoformat() <= last)
                       for first, last in away.get(who, ()))  # fmt: skip
            hours = {b"K": range(8, 17), b"R": range(6, 14) if day.weekday() in (0, 2) else range(0)}
            there[who] = set() if gone else set(hours.get(who, range(24))) & set(range(8, 17))
        gap += 60 * len(set(range(8, 17)).difference(*there.values()))
        days["named" if there[b"K"] else "stand_in" if any(there.values()) else "nobody"] += 1
    assert (found.named, found.stand_in, found.nobody) == tuple(days[k] for k in ("named", "stand_in", "nobody"))
    assert found.gap == gap


# -- telephone --------------------------------------------------------------------------------------------------------
def erlang_c(traffic: Fraction, analysts: int) -> Fraction:
    """The formula as it is written, in exact fractions."""
    top = traffic**analysts / factorial(analysts) * analysts / (analysts - traffic)
    return top / (sum(traffic**k / factorial(k) for k in range(analysts)) + top)


@given(traffic=st.fractions(Fraction(1, 10), 25, max_denominator=40), more=st.integers(1, 12))
def test_erlang_c_as_it_is_written(traffic: Fraction, more: int) -> None:
    analysts = int(traffic) + more
    exact = erlang_c(traffic, analysts)
    assert waits(float(traffic), analysts) == pytest.approx(float(exact), rel=1e-9)
    level = 1 - float(exact) * exp(-(analysts - float(traffic)) * 20 / 180)
    assert service_level(float(traffic), analysts, 180) == pytest.approx(level, rel=1e-9)


@pytest.mark.parametrize(("analysts", "traffic", "waiting"), [(2, 1.0, 1 / 3), (8, 3.87, 0.05), (10, 4.08, 0.01)])
def test_erlang_c_against_published_values(analysts: int, traffic: float, waiting: float) -> None:
    """Tables give the traffic to two decimals for a round probability of delay."""
    assert waits(traffic, analysts) == pytest.approx(waiting, rel=0.02)


@given(calls=st.integers(0, 300), seconds=st.integers(30, 900))
def test_the_number_needed_is_the_smallest_that_is_enough(calls: int, seconds: int) -> None:
    n = needed(calls, seconds)
    traffic = calls * seconds / 3600
    if not calls:
        assert n == 0
        return
    assert service_level(traffic, n, seconds) >= 0.8
    assert n - 1 <= traffic or service_level(traffic, n - 1, seconds) < 0.8


def test_half_hours_are_means_over_the_days_on_which_they_were_counted() -> None:
    monday, tuesday = BOUNDS[-2] + 8 * HOUR_MS, BOUNDS[-2] + DAY_MS + 8 * HOUR_MS
    calls = [
        HalfHour(monday, 10, 9, 1800),
        HalfHour(tuesday, 6, 6, 1200),
        HalfHour(monday + 30 * MINUTE_MS, 1, 0, None),
    ]
    duties = [Duty(monday - HOUR_MS, monday + HOUR_MS)] * 2
    section = hotline_section(calls, duties, BOUNDS, "UTC")
    (table,) = section.tables
    first, second = table.lines
    assert (first.name, second.name) == ("08:00", "08:30")
    assert [figure.value for figure in first.figures] == [8.0, 15 / 16, needed(16, 200), 1.0]
    assert [figure.value for figure in second.figures] == [1.0, None, needed(2, 200), 2.0]
    assert figures_of(section)["hotline.offered"].value == 17


# -- from a desk's rows -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    past = Past(tmp_path_factory.mktemp("sections") / "desk", NOW)
    made_up(past, 300, weeks=13)
    me = past.context.me
    rows = past.context.reader.all('SELECT id, rid, opened_at FROM "case" WHERE opened_at >= ? ORDER BY rid',
                                   (at("2026-01-26 00:00"),))  # fmt: skip
    with past.replica.transaction("admin.add", me, at=NOW) as tx:
        tx.insert(Rate, analyst_id=me, valid_from="2026-01-01", cents=6000)
        tx.insert(MetricTarget, metric="response within target", valid_from="2025-01-01", value=80.0)
        tx.insert(MetricTarget, metric="response within target", valid_from="2026-03-09", value=90.0)
        tx.insert(MetricTarget, metric="effort.coverage", valid_from="2026-03-01", value=75.0)
        tx.insert(MetricTarget, metric="reopened", valid_from="2026-03-23", value=4.0)
        tx.insert(Rate, analyst_id=me, valid_from="2026-03-18", cents=9000)
    with past.replica.transaction("import.events", me, at=NOW, undoable=False) as tx:
        wrong = new_id()
        for n, (case, _, opened) in enumerate(rows):
            day = times.local_date(opened, times.zone("Europe/Berlin")).isoformat()
            tx.insert(TimeEntry, wrong if n == 3 else None, case_id=case, analyst_id=me, minutes=10 + n % 50,
                      work_date=day, entered_at=NOW)  # fmt: skip
            if n == 3:
                tx.insert(TimeEntry, case_id=case, analyst_id=me, minutes=7, work_date=day, entered_at=NOW,
                          replaces_id=wrong)  # fmt: skip
            for contact in range(n % 3):
                tx.insert(TimelineEntry, case_id=case, at=opened + contact * HOUR, kind="reply", text="Hello")
            tx.update(Case, case, first_response_at=opened + (n % 9) * HOUR)
    yield past
    past.close()


@pytest.fixture(scope="module")
def week(desk: Past) -> WeeklyFigures:
    return weekly_figures(desk.context, WEEK, sections=True)


def section(week: WeeklyFigures, key: str) -> Section:
    return next(one for one in week.sections if one.key == key)


def test_what_came_back_is_the_same_as_on_page_one(week: WeeklyFigures) -> None:
    found = section(week, "reopened")
    share = figures_of(found)["reopened.share"]
    assert (share.value, share.n) == (week.figures["reopen.share"].value, week.figures["reopen.share"].n)
    assert sum(int(line.figures[0].value or 0) for line in found.tables[0].lines) == len(share.cases)


def test_fix_targets_row_by_row(desk: Past, week: WeeklyFigures) -> None:
    """Every case resolved in the week whose resolution stood, by its own clock: 480 minutes times its severity."""
    found = figures_of(section(week, "fix"))
    naive = Naive(desk)
    held = []
    hours = ServiceCalendar.from_stored("Europe/Berlin", OFFICE_HOURS).hours
    for rid, events in naive.cases.items():
        resolved = [when for when, name in naive.moves(rid, 0, END) if name == "resolved"]
        if not resolved or resolved[-1] < START or naive.open_at(rid, END):
            continue
        marks = sorted({event.at for event in events if event.at < resolved[-1]} | {resolved[-1]})
        taken = sum(
            hours.worked(low, high)
            for low, high in pairwise(marks)
            if naive.open_at(rid, low + 1) and naive.side(rid, low + 1) != "requester"
        )
        held.append(taken / MINUTE_MS <= 480 * int(naive.last(events, "severity", END)))
    assert found["fix.within"].n == len(held)
    assert found["fix.within"].value == pytest.approx(sum(held) / len(held))
    assert found["fix.missed"].value == held.count(False)


def test_effort_and_cost_by_adding_up_rows(desk: Past, week: WeeklyFigures) -> None:
    minutes = cents = 0.0
    replaced = {row[0] for row in desk.context.reader.all("SELECT replaces_id FROM time_entry")}
    for row_id, worked, day in desk.context.reader.all("SELECT id, minutes, work_date FROM time_entry"):
        if "2026-03-16" <= day <= "2026-03-22" and row_id not in replaced:
            minutes += worked
            cents += worked * (9000 if day >= "2026-03-18" else 6000) / 60
    effort, cost = section(week, "effort"), section(week, "cost")
    assert figures_of(effort)["effort.minutes"].value == minutes > 0
    assert figures_of(cost)["cost.total"].value == pytest.approx(cents)
    for table in (*effort.tables, *cost.tables):
        whole = minutes if table.key.startswith("effort") else cents
        listed = sum(float(line.figures[0].value or 0) for line in table.lines)
        assert listed == pytest.approx(whole) or len(table.lines) == 12


def test_first_contact_and_first_level_case_by_case(desk: Past, week: WeeklyFigures) -> None:
    found = figures_of(section(week, "contact"))
    first, level = found["contact.first"], found["contact.level"]
    reader = desk.context.reader
    channels = dict(map(tuple, reader.all('SELECT rid, channel FROM "case"')))
    resolved = {key.rid for key in week.figures["flow.resolved"].cases}
    assert level.n == len(resolved)
    assert level.value == 1.0, "nothing made up ever leaves tier 1"
    cohort = {
        key.rid for key in weekly_figures(desk.context, "2026-W11").figures["flow.resolved"].cases
        if channels[key.rid] in ("phone", "walk-in", "hall visit")
    }  # fmt: skip
    assert first.n == len(cohort)
    back = {key.rid for key in week.figures["reopen.share"].cases}
    good = set()
    for rid in cohort - back:
        moved = reader.value(
            "SELECT count(*) FROM case_event e JOIN \"case\" c ON c.id = e.case_id WHERE c.rid = ? AND field = 'queue' "
            "AND old_id IS NOT NULL AND at < ?",
            (rid, week.end),
        )
        spoken = reader.value(
            'SELECT count(*) FROM timeline_entry t JOIN "case" c ON c.id = t.case_id WHERE c.rid = ? AND t.at < ?',
            (rid, week.end),
        )
        if not moved and spoken <= 1:
            good.add(rid)
    assert {key.rid for key in first.cases} == good


def test_departments_hold_together_what_they_should(week: WeeklyFigures) -> None:
    found = section(week, "departments")
    rows = found.tables[0].lines
    counts = [int(line.figures[0].value or 0) for line in rows]
    assert counts == sorted(counts, reverse=True)
    total = int(week.figures["flow.opened"].value or 0)
    for n, line in enumerate(rows, 1):
        assert line.figures[3].value == pytest.approx(sum(counts[:n]) / total)
    few = int(figures_of(found)["departments.pareto"].value or 0)
    assert 5 * sum(counts[:few]) >= 4 * total > 5 * sum(counts[: few - 1])


@pytest.mark.parametrize("language", [0, 1])
def test_every_section_has_its_words(desk: Past, week: WeeklyFigures, language: int, tmp_path: Path) -> None:
    empty = Past(tmp_path / "empty", NOW)
    try:
        sections = (*week.sections, *weekly_figures(empty.context, WEEK, sections=True).sections)
    finally:
        empty.close()
    assert {one.key for one in sections if not one.empty} >= {"response", "fix", "effort", "cost", "contact"}
    assert len({one.key for one in sections}) == 18
    for one in sections:
        keys = [f"head.{one.key}", f"term.section.{one.key}", f"definition.section.{one.key}"]
        keys += [one.empty] if one.empty else []
        keys += [f"figure.{figure.key}" for figure in one.headline]
        keys += [f"column.{name}" for table in one.tables for name in table.columns]
        keys += [f"figure.{figure.key}" for table in one.tables for line in table.lines for figure in line.figures]
        assert all(CATALOGUE[key][language] for key in keys)


def test_targets_stand_beside_their_figures_from_the_day_they_are_valid(week: WeeklyFigures) -> None:
    targets = {one.key: one.target for part in week.sections for one in part.headline if one.target is not None}
    assert targets == {"response.within": 0.9, "effort.coverage": 0.75}


def test_a_department_has_only_its_own(desk: Past) -> None:
    name, hall = next(iter(desk.departments.items()))
    whole = weekly_figures(desk.context, WEEK, sections=True)
    part = weekly_figures(desk.context, WEEK, hall, sections=True)
    line = next(one for one in section(whole, "departments").tables[0].lines if one.name == name)
    assert part.figures["flow.opened"].value == line.figures[0].value
    by_hall = {one.name: one.figures[0].value for one in section(whole, "effort").tables[0].lines}
    assert figures_of(section(part, "effort"))["effort.minutes"].value == by_hall[name]
    assert section(part, "hotline").empty == "empty.hotline.department"


@given(
    rates=st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(1, 9999)), max_size=5),
    day=st.dates(date(2024, 12, 1), date(2027, 1, 31)),
)
def test_the_rate_of_a_day_is_the_last_that_began(rates: list[tuple[date, int]], day: date) -> None:
    ordered = sorted(dict(rates).items())
    begun = [cents for since, cents in ordered if since <= day]
    found = rate_on([(since.isoformat(), cents) for since, cents in ordered], day.isoformat())
    assert found == (begun[-1] if begun else None)


# -- satisfaction -----------------------------------------------------------------------------------------------------
HALLS: Final = {b"h1": "Hall 1", b"h2": "Hall 2"}
ANSWERS: Final = st.builds(
    lambda n, place, score, hall: Answer(CaseKey(n, n), place, score, hall),
    st.integers(1, 9), st.integers(0, WEEKS - 1), st.integers(1, 5), st.sampled_from((None, b"h1", b"h2")),
)  # fmt: skip


@given(answers=st.lists(ANSWERS, max_size=40))
def test_satisfaction_counts_the_last_answer_of_a_week(answers: list[Answer]) -> None:
    found = satisfaction_section(answers, HALLS)
    latest: dict[int, Answer] = {}
    for one in answers:
        if one.place == WEEKS - 1:
            latest.pop(one.key.rid, None)
            latest[one.key.rid] = one
    if not latest:
        assert found.empty == "empty.satisfaction"
        return
    scores = Counter(one.score for one in latest.values())
    figures = figures_of(found)
    assert figures["satisfaction.answers"].value == len(latest)
    assert figures["satisfaction.poor"].value == scores[1] + scores[2]
    assert {case.rid for case in figures["satisfaction.poor"].cases} == {
        rid for rid, one in latest.items() if one.score < 3
    }
    good = Fraction(scores[4] + scores[5], len(latest))
    assert figures["satisfaction.good"].value == (pytest.approx(float(good)) if len(latest) >= FEW else None)
    by_hall = {line.name: line.figures[0].value for line in found.tables[0].lines if line.figures[0].value}
    assert by_hall == Counter(HALLS.get(one.department or b"", "") for one in latest.values())


def test_what_is_said_of_a_case_stands_in_the_week_it_was_said(desk: Past) -> None:
    """Noted as `halldesk case rate` notes it; of a department only its own."""
    reader = desk.context.reader
    rows = reader.all(
        'SELECT id, rid, department_id FROM "case" WHERE department_id IS NOT NULL ORDER BY rid LIMIT 7', ()
    )
    said = at("2026-03-18 10:00")
    with desk.replica.transaction("case.rate", desk.context.me, at=said) as tx:
        for place, row in enumerate(rows):
            tx.insert(Satisfaction, case_id=row["id"], score=1 if place == 0 else 5, words=None, at=said)
        tx.insert(Satisfaction, case_id=rows[0]["id"], score=5, words="much later", at=at("2026-03-23 10:00"))
    found = figures_of(section(weekly_figures(desk.context, WEEK, sections=True), "satisfaction"))
    assert found["satisfaction.answers"].value == 7
    assert found["satisfaction.good"].value == pytest.approx(6 / 7)
    assert [case.rid for case in found["satisfaction.poor"].cases] == [rows[0]["rid"]]
    hall = rows[0]["department_id"]
    part = figures_of(section(weekly_figures(desk.context, WEEK, hall, sections=True), "satisfaction"))
    assert part["satisfaction.answers"].value == sum(row["department_id"] == hall for row in rows)


def test_what_is_missing_is_named_with_its_cases(desk: Past, week: WeeklyFigures) -> None:
    found = {one.key: one for one in section(week, "quality").headline}
    rows = desk.context.reader.all(
        'SELECT rid, department_id, product_id FROM "case" WHERE opened_at >= ? AND opened_at < ?',
        (week.start, week.end),
    )
    assert found["quality.product"].value == sum(row["product_id"] is None for row in rows)
    assert found["quality.department"].value == len(found["quality.department"].cases)
    assert found["quality.severity"].value == 0
    effort = {one.key: one for one in section(week, "effort").headline}
    assert found["quality.time"].value == effort["effort.coverage"].value
