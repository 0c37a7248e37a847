"""The metrics on histories written by hand, where every figure is known beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.insight.ageing import bucket
from app.insight.figure import percentile
from app.insight.flow import Tally, Unbalanced
from app.reports.weekly import WeeklyFigures, weekly_figures
from db.ids import new_id
from db.shapes import Case, CaseEvent, CaseLink
from tests.app.report_desk import DAY, HOUR, Past, at, story

WEEK = "2026-W12"
"""16 to 22 March 2026."""


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    desk = Past(tmp_path / "desk", at("2026-03-25 08:00"))
    yield desk
    desk.close()


def cases(figures: WeeklyFigures, key: str) -> list[int | None]:
    return [case.number for case in figures.figures[key].cases]


def value(figures: WeeklyFigures, key: str) -> float | int | None:
    return figures.figures[key].value


def test_a_week_counts_what_happened_in_it(past: Past) -> None:
    past.case(at("2026-03-13 10:00"), [(at("2026-03-16 09:00"), "status", "resolved")])
    past.case(at("2026-03-16 08:00"), [(at("2026-03-16 08:05"), "status", "resolved")])
    past.case(at("2026-03-17 08:00"), [(at("2026-03-17 09:00"), "status", "cancelled")])
    past.case(at("2026-03-18 08:00"), [(at("2026-03-18 09:00"), "status", "in progress")])
    past.case(
        at("2026-03-02 08:00"),
        [
            (at("2026-03-12 09:00"), "status", "resolved"),
            (at("2026-03-18 09:00"), "status", "in progress"),
            (at("2026-03-19 09:00"), "status", "resolved"),
            (at("2026-03-20 09:00"), "status", "closed"),
        ],
    )
    past.case(at("2026-03-23 00:00"))  # the first instant of the next week
    past.publish()

    found = weekly_figures(past.context, WEEK)

    assert found.balance == {
        "backlog_start": 1, "opened": 3, "reopened": 1, "resolved": 3, "dropped": 1, "backlog_end": 1,
    }  # fmt: skip
    assert cases(found, "flow.opened") == [2, 3, 4]
    assert cases(found, "flow.resolved") == [1, 2, 5]
    assert cases(found, "flow.reopened") == [5]
    assert cases(found, "flow.dropped") == [3]
    assert cases(found, "flow.closed") == [5]
    assert cases(found, "flow.backlog_end") == [4]
    by_day = [[day.figures[kind].value for kind in ("opened", "resolved")] for day in found.days]
    assert by_day == [[1, 2], [1, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 0]]
    assert found.figures["flow.opened"].previous == 1
    assert found.figures["flow.opened"].trend == (0, 0, 0, 0, 0, 1, 1, 3)
    # One case was resolved in the week before and came back six days later: too few for a share, so it is listed.
    assert found.figures["reopen.share"].value is None
    assert found.figures["reopen.share"].too_few
    assert cases(found, "reopen.share") == [5]


def test_cases_without_a_number_go_by_their_label(past: Past) -> None:
    past.case(at("2026-03-16 08:00"))
    figure = weekly_figures(past.context, WEEK).figures["flow.opened"]
    assert figure.as_json()["cases"] == ["~1"]
    past.publish()
    assert weekly_figures(past.context, WEEK).figures["flow.opened"].as_json()["cases"] == [1]


def test_two_workstations_that_both_resolved_count_once(past: Past) -> None:
    """Both wrote "in progress -> resolved"; the case left the backlog with the first."""
    past.case(
        at("2026-03-16 08:00"),
        [
            (at("2026-03-16 09:00"), "status", "resolved"),
            (at("2026-03-16 09:30"), "status", "resolved"),
            (at("2026-03-17 09:30"), "status", "closed"),
            (at("2026-03-17 09:31"), "status", "closed"),
        ],
    )
    found = weekly_figures(past.context, WEEK)
    assert (value(found, "flow.resolved"), value(found, "flow.closed")) == (1, 1)


def test_a_case_closed_straight_away_is_resolved_and_closed(past: Past) -> None:
    past.case(at("2026-03-16 08:00"), [(at("2026-03-16 09:00"), "status", "closed")])
    found = weekly_figures(past.context, WEEK)
    assert (value(found, "flow.resolved"), value(found, "flow.closed")) == (1, 1)
    assert value(found, "flow.backlog_end") == 0


def test_changes_of_the_same_instant_count_in_the_order_of_the_log(past: Past) -> None:
    """The imported log has minutes only: reopened and resolved again within one."""
    moment = at("2026-03-17 09:00")
    steps = [
        (at("2026-03-16 09:00"), "status", "resolved"),
        (moment, "status", "in progress"),
        (moment, "status", "resolved"),
        (moment, "status", "in progress"),
    ]
    past.case(at("2026-03-16 08:00"), steps)
    found = weekly_figures(past.context, WEEK)
    assert found.balance["reopened"] == 2
    assert found.balance["backlog_end"] == 1


def test_age_counts_working_days_after_the_day_of_opening(past: Past) -> None:
    for opened in ("2026-03-20 16:00", "2026-03-21 10:00", "2026-03-19 10:00", "2026-03-16 00:00", "2026-03-13 23:59"):
        past.case(at(opened))
    past.case(at("2026-02-20 10:00"), [
        (at("2026-02-20 11:00"), "status", "waiting"), (at("2026-02-20 11:00"), "waiting_on", "supplier")
    ])  # fmt: skip
    past.case(at("2026-02-19 10:00"), [
        (at("2026-02-20 11:00"), "status", "waiting"), (at("2026-02-20 11:00"), "waiting_on", "requester")
    ])  # fmt: skip
    found = weekly_figures(past.context, WEEK)
    table = {row.low: [figure.value for figure in row.figures] for row in found.ages}
    assert table == {0: [3, 0, 0], 2: [2, 0, 0], 6: [0, 0, 0], 11: [0, 0, 1], 21: [0, 1, 0]}
    assert [(one.age, one.side) for one in found.oldest[:3]] == [(21, "requester"), (20, "others"), (5, "us")]
    assert value(found, "backlog.old") == 1


@pytest.mark.parametrize(
    ("days", "row"), [(0, 0), (1, 0), (2, 1), (5, 1), (6, 2), (10, 2), (11, 3), (20, 3), (21, 4), (400, 4)]
)
def test_buckets(days: int, row: int) -> None:
    assert bucket(days) == row


def test_resolution_times_leave_out_pauses_and_time_spent_resolved(past: Past) -> None:
    """Office hours 8 to 17. Five plain cases of one to five hours, and one with a pause and a reopening."""
    for hours in range(1, 6):
        past.case(at("2026-03-17 08:00"), [(at("2026-03-17 08:00") + hours * HOUR, "status", "resolved")])
    past.case(
        at("2026-03-18 08:00"),
        [
            (at("2026-03-18 09:00"), "status", "waiting"),
            (at("2026-03-18 09:00"), "waiting_on", "requester"),
            (at("2026-03-18 12:00"), "status", "in progress"),
            (at("2026-03-18 13:00"), "status", "resolved"),  # 5 h, 2 h of them worked
            (at("2026-03-19 13:00"), "status", "in progress"),
            (at("2026-03-20 10:00"), "status", "resolved"),  # 4 + 2 working hours, 21 on the wall
        ],
    )
    found = weekly_figures(past.context, WEEK)
    minutes = {key: value(found, key) for key in found.figures if key.endswith(("median", "p90"))}
    assert minutes["first.working.median"] == pytest.approx(3.5 * 60)  # 1 2 3 4 5 5
    assert minutes["first.working.p90"] == pytest.approx(5 * 60)
    assert minutes["full.working.median"] == pytest.approx(3.5 * 60)  # 1 2 3 4 5 8
    assert minutes["full.working.p90"] == pytest.approx(6.5 * 60)
    assert minutes["full.elapsed.p90"] == pytest.approx((5 + 23) / 2 * 60)  # 1 2 3 4 5 23
    assert found.figures["full.working.p90"].n == 6


def test_under_five_the_cases_stand_instead_of_a_median(past: Past) -> None:
    for _ in range(4):
        past.case(at("2026-03-17 08:00"), [(at("2026-03-17 09:00"), "status", "resolved")])
    past.publish()
    found = weekly_figures(past.context, WEEK)
    median = found.figures["first.working.median"]
    assert (median.value, median.n, median.too_few) == (None, 4, True)
    assert cases(found, "first.working.median") == [1, 2, 3, 4]
    assert [one.code for one in found.sentences] == ["flow", "backlog", "waiting.none", "speed.few", "where.none"]


def test_the_cohort_is_last_weeks_resolutions(past: Past) -> None:
    resolved = at("2026-03-11 10:00")
    for back in (None, resolved + 6 * DAY, resolved + 7 * DAY, None, None, None):
        steps = [(resolved, "status", "resolved")]
        if back is not None:
            steps.append((back, "status", "in progress"))
        past.case(at("2026-03-10 10:00"), steps)
    past.publish()
    figure = weekly_figures(past.context, WEEK).figures["reopen.share"]
    assert figure.value == pytest.approx(1 / 6)  # seven full days later no longer counts
    assert [case.number for case in figure.cases] == [2]
    assert figure.n == 6


def test_groups_follow_the_case_and_queues_the_work(past: Past) -> None:
    hall, office = past.department("Halle 1"), past.department("Büro")
    hotline, net = past.queue("Hotline"), past.queue("Netz")
    past.case(
        at("2026-03-17 08:00"),
        [
            (at("2026-03-17 09:00"), "queue", net),
            (at("2026-03-17 10:00"), "department", office),
            (at("2026-03-17 11:00"), "status", "resolved"),
            (at("2026-03-24 11:00"), "department", hall),
            (at("2026-03-24 11:00"), "queue", hotline),
        ],
        department_id=hall, queue_id=hotline,
    )  # fmt: skip
    past.case(at("2026-03-17 08:00"))
    found = weekly_figures(past.context, WEEK)
    assert {row.name: [f.value for f in row.figures] for row in found.departments} == {"Büro": [1, 1, 0], "": [1, 0, 1]}
    assert {row.name: [f.value for f in row.figures] for row in found.queues} == {
        "Hotline": [1, 0, 0], "Netz": [0, 1, 0], "": [1, 0, 1],
    }  # fmt: skip
    mine = weekly_figures(past.context, WEEK, office)
    assert mine.department == "Büro"
    assert (mine.balance["opened"], mine.balance["resolved"], mine.balance["backlog_end"]) == (1, 1, 0)


def test_repeats_leave_out_parts_of_one_outage(past: Past) -> None:
    hall, printer = past.department("Halle 1"), past.product("Drucker")
    made = [past.case(at(f"2026-03-{day:02} 08:00"), department_id=hall, product_id=printer) for day in range(2, 8)]
    with past.replica.transaction("case.link", past.context.me, at=past.now) as tx:
        for child in made[1:3]:
            tx.insert(CaseLink, case_id=child, other_id=made[0], kind="child", made_at=past.now)
    found = weekly_figures(past.context, WEEK)
    assert [(one.product, one.department, one.figure.value) for one in found.repeats] == [("Drucker", "Halle 1", 4)]


def test_what_needs_a_decision(past: Past) -> None:
    past.case(at("2026-03-16 08:00"), severity=1)
    past.case(at("2026-01-12 08:00"), [(at("2026-01-12 09:00"), "status", "in progress")])
    past.publish()
    found = weekly_figures(past.context, WEEK)
    said = {one.code: [case.number for case in one.cases] for one in found.decisions}
    assert said == {"top": [1], "old": [2], "step": [2]}
    past.now = at("2026-04-20 08:00")  # a month later nobody knows what the next steps were then
    assert "step" not in {one.code for one in weekly_figures(past.context, WEEK).decisions}


def test_a_week_over_the_change_of_clocks_has_seven_days(past: Past) -> None:
    past.now = at("2026-04-02 08:00")
    past.case(at("2026-03-29 01:30"))
    past.case(at("2026-03-29 23:30"))
    past.case(at("2026-03-30 00:00"))
    found = weekly_figures(past.context, "2026-W13")
    assert [day.figures["opened"].value for day in found.days] == [0, 0, 0, 0, 0, 0, 2]
    assert found.end - found.start == 7 * DAY - HOUR


@pytest.mark.parametrize("text", ["2026-12", "2026-W54", "W12", "2025-W53", ""])
def test_a_bad_week_is_refused_in_a_sentence(past: Past, text: str) -> None:
    with pytest.raises(UserError, match="week"):
        weekly_figures(past.context, text)


def test_a_week_to_come_is_refused_and_a_running_one_says_so(past: Past) -> None:
    with pytest.raises(UserError, match="has not begun"):
        weekly_figures(past.context, "2026-W14")
    assert weekly_figures(past.context, "2026-W13").running
    assert not weekly_figures(past.context, WEEK).running


def test_an_unknown_department_is_refused(past: Past) -> None:
    with pytest.raises(UserError, match="no such department"):
        weekly_figures(past.context, WEEK, b"\0" * 16)


def test_a_balance_that_fails_is_not_printed() -> None:
    with pytest.raises(Unbalanced, match="is not 0"):
        Tally(0, 1, backlog_start=[None]).check()  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.9, 7), ([1, 2], 0.5, 1.5), ([4, 1, 3, 2], 0.9, 3.7), ([1, 2, 3, 4, 5], 0.5, 3)],
)
def test_percentiles_interpolate_between_closest_ranks(values: list[int], share: float, expected: float | None) -> None:
    found = percentile(values, share)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_the_order_within_an_instant_is_that_of_the_imported_log_not_of_the_rows(past: Past) -> None:
    opened, moment = at("2026-03-16 08:00"), at("2026-03-17 09:00")
    row, _ = story(opened, [(moment, "status", "resolved")])
    case_id = new_id()
    changes = [(opened, "new", 1), (moment, "resolved", 3), (moment, "in progress", 2)]
    with past.replica.transaction("import.events", past.context.me, at=past.now) as tx:
        tx.insert(Case, case_id, **row)
        tx.insert(CaseEvent, case_id=case_id, at=opened, field="opened", new="incident", source_row=1)
        for when, status, line in changes:
            tx.insert(CaseEvent, case_id=case_id, at=when, field="status", new=status, source_row=line)
    found = weekly_figures(past.context, WEEK)
    assert (found.balance["resolved"], found.balance["reopened"], found.balance["backlog_end"]) == (1, 0, 0)


def test_a_case_resolved_long_before_is_closed_in_the_week_it_was_closed(past: Past) -> None:
    past.case(
        at("2025-11-03 08:00"),
        [(at("2025-11-04 09:00"), "status", "resolved"), (at("2026-03-18 09:00"), "status", "closed")],
    )
    past.publish()
    found = weekly_figures(past.context, WEEK)
    assert cases(found, "flow.closed") == [1]
    assert value(found, "flow.resolved") == 0
