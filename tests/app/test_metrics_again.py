"""The same figures by another algorithm: a naive replay per case over the raw events, compared on random histories.

The program loads nine weeks at once and files moments under weeks; here every question is answered on its own, by
walking the list of events of every case from its beginning.
"""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import times
from app.reports.weekly import WeeklyFigures, weekly_figures
from db.rules import STATUSES, WAITING_ON
from tests.app.report_desk import HOUR, ZONE, Past, Step, at

WEEK = "2026-W12"
START, END = at("2026-03-16 00:00"), at("2026-03-23 00:00")
FIRST = at("2026-02-23 00:00")
TZ = times.zone(ZONE)
OPEN = ("new", "in progress", "waiting")
HALLS = ("Halle 1", "Halle 2")


class Event(NamedTuple):
    at: int
    field: str
    new: Any


class Told(NamedTuple):
    """A case as hypothesis tells it."""

    opened: int
    steps: list[Step]
    hall: int | None


@st.composite
def told(draw: st.DrawFn) -> Told:
    opened = FIRST + draw(st.integers(0, 27 * 24)) * HOUR
    steps: list[Step] = []
    now = opened
    for _ in range(draw(st.integers(0, 6))):
        now += draw(st.sampled_from((0, 1, 5, 20, 60, 170))) * HOUR
        kind = draw(st.sampled_from(("status", "status", "status", "waiting_on", "hall")))
        if kind == "status":
            steps.append((now, "status", draw(st.sampled_from(STATUSES))))
        elif kind == "waiting_on":
            steps.append((now, "waiting_on", draw(st.sampled_from((*WAITING_ON, None)))))
        else:
            steps.append((now, "department", draw(st.integers(0, 1))))
    return Told(opened, steps, draw(st.none() | st.integers(0, 1)))


def write(past: Past, stories: list[Told]) -> None:
    halls = [past.department(name) for name in HALLS]
    for one in stories:
        steps = [(when, field, halls[new] if field == "department" else new) for when, field, new in one.steps]
        past.case(one.opened, steps, department_id=None if one.hall is None else halls[one.hall])


class Naive:
    """Answers by brute force. `cases`: row number -> its events in order."""

    def __init__(self, past: Past) -> None:
        self.cases: dict[int, list[Event]] = {}
        for rid, when, field, new, new_id in past.context.reader.all(
            'SELECT c.rid, e.at, e.field, e.new, e.new_id FROM case_event e JOIN "case" c ON c.id = e.case_id '
            "ORDER BY c.rid, e.at, e.source_row, e.id"
        ):
            self.cases.setdefault(rid, []).append(Event(when, field, new_id if new is None else new))

    @staticmethod
    def last(events: list[Event], field: str, before: int) -> Any:
        found = None
        for event in events:
            if event.field == field and event.at < before:
                found = event.new
        return found

    def open_at(self, rid: int, instant: int) -> bool:
        status = self.last(self.cases[rid], "status", instant)
        return status in OPEN

    def moves(self, rid: int, start: int, end: int) -> list[tuple[int, str]]:
        """Every change between "not there", "open" and "over", by comparing the state before and after each event."""
        state, seen, out = "absent", "", []
        for event in self.cases[rid]:
            if event.field != "status":
                continue
            after = "open" if event.new in OPEN else "over"
            names: list[str] = []
            if state == "absent":
                names.append("opened")
                state = "open"
            if (state, after) == ("open", "over"):
                names.append("dropped" if event.new in ("cancelled", "merged") else "resolved")
            elif (state, after) == ("over", "open"):
                names.append("reopened")
            if event.new == "closed" and seen != "closed":
                names.append("closed")
            state, seen = after, event.new
            out += [(event.at, name) for name in names if start <= event.at < end]
        return out

    def count(self, start: int, end: int) -> Counter[str]:
        return Counter(name for rid in self.cases for _, name in self.moves(rid, start, end))

    def backlog(self, instant: int) -> set[int]:
        return {rid for rid in self.cases if self.open_at(rid, instant)}

    def side(self, rid: int, instant: int) -> str:
        events = self.cases[rid]
        if self.last(events, "status", instant) != "waiting":
            return "us"
        reason = self.last(events, "waiting_on", instant) or "requester"
        return "requester" if reason == "requester" else "others"

    def first_minutes(self, start: int, end: int) -> list[float]:
        """Calendar minutes from opening to the first resolution, if that fell into the span."""
        out = []
        for rid, events in self.cases.items():
            resolved = [when for when, name in self.moves(rid, 0, end) if name == "resolved"]
            if resolved and resolved[0] >= start:
                out.append((resolved[0] - events[0].at) / 60_000)
        return out

    def full_minutes(self, start: int, end: int) -> list[float]:
        """Calendar minutes, hour by hour: the histories change on full hours only."""
        out = []
        for rid, events in self.cases.items():
            resolved = [when for when, name in self.moves(rid, 0, end) if name == "resolved"]
            if not resolved or resolved[-1] < start or self.open_at(rid, end):
                continue
            hours = range(events[0].at, resolved[-1], HOUR)
            out.append(60.0 * sum(self.open_at(rid, h + 1) and self.side(rid, h + 1) != "requester" for h in hours))
        return out

    def cohort(self, start: int, end: int) -> tuple[set[int], set[int]]:
        resolved, back = set(), set()
        for rid in self.cases:
            moves = self.moves(rid, 0, end)
            for place, (when, name) in enumerate(moves):
                if name == "resolved" and start - 7 * 24 * HOUR <= when < start:
                    resolved.add(rid)
                    later = [other for other, what in moves[place + 1 :] if what == "reopened"]
                    if later and later[0] - when < 7 * 24 * HOUR:
                        back.add(rid)
        return resolved, back


def rids(figures: WeeklyFigures, key: str) -> set[int]:
    return {case.rid for case in figures.figures[key].cases}


def working_days(opened: int, end: int) -> int:
    day, last = times.local_date(opened, TZ), times.local_date(end - 1, TZ)
    return sum(1 for n in range((last - day).days) if (day + timedelta(days=n + 1)).weekday() < 5)


@settings(max_examples=20)
@given(stories=st.lists(told(), max_size=12))
def test_two_ways_to_the_same_figures(tmp_path_factory: pytest.TempPathFactory, stories: list[Told]) -> None:
    past = Past(tmp_path_factory.mktemp("again") / "desk", at("2026-04-20 08:00"))
    try:
        write(past, stories)
        found, naive = weekly_figures(past.context, WEEK), Naive(past)
        counts = naive.count(START, END)
        for kind in ("opened", "resolved", "closed", "reopened", "dropped"):
            assert found.figures[f"flow.{kind}"].value == counts[kind], kind
            assert rids(found, f"flow.{kind}") == {
                rid for rid in naive.cases if any(name == kind for _, name in naive.moves(rid, START, END))
            }
            for day, row in enumerate(found.days):
                low, high = times.day_bounds(date(2026, 3, 16) + timedelta(days=day), TZ)
                assert row.figures[kind].value == naive.count(low, high)[kind]
        assert rids(found, "flow.backlog_start") == naive.backlog(START)
        assert rids(found, "flow.backlog_end") == naive.backlog(END)
        week = 7 * 24 * HOUR
        for weeks, open_then in zip(range(3, -1, -1), found.figures["flow.backlog_end"].trend[-4:], strict=True):
            assert open_then == len(naive.backlog(END - weeks * week))
        for where in ("us", "requester", "others"):
            assert rids(found, f"backlog.{where}") == {
                rid for rid in naive.backlog(END) if naive.side(rid, END) == where
            }
        aged = {case.rid: row.low for row in found.ages for figure in row.figures for case in figure.cases}
        for rid, low in aged.items():
            days = working_days(naive.cases[rid][0].at, END)
            assert low == max(edge for edge in (0, 2, 6, 11, 21) if edge <= days)
        _same_median(found, "first", naive.first_minutes(START, END))
        _same_median(found, "full", naive.full_minutes(START, END))
        resolved, back = naive.cohort(START, END)
        assert (found.figures["reopen.share"].n, rids(found, "reopen.share")) == (len(resolved), back)
        by_hall = {row.name: row.open.value for row in found.departments if row.open.value}
        names = {row[0]: row[1] for row in past.context.reader.all("SELECT id, name FROM department")}
        assert by_hall == Counter(
            names.get(naive.last(naive.cases[rid], "department", END), "") for rid in naive.backlog(END)
        )
    finally:
        past.close()


def _same_median(found: WeeklyFigures, which: str, minutes: list[float]) -> None:
    figure = found.figures[f"{which}.elapsed.median"]
    assert figure.n == len(minutes)
    if len(minutes) < 5:
        assert figure.value is None
    else:
        assert figure.value == pytest.approx(statistics.median(minutes))


def frozen(figures: WeeklyFigures) -> dict[str, object]:
    """What must never change: everything but where and when it was computed, and texts that have no history."""
    told = figures.as_json()
    for key in ("log_position", "computed_at", "pending", "oldest", "decisions", "trainings"):
        del told[key]
    return told


@settings(max_examples=10)
@given(stories=st.lists(told(), min_size=1, max_size=8), later=st.data())
def test_what_happens_later_never_changes_a_past_week(
    tmp_path_factory: pytest.TempPathFactory, stories: list[Told], later: st.DataObject
) -> None:
    """Neither a reopening nor any other change after the week, made by undoing and redoing the cases' last state."""
    past = Past(tmp_path_factory.mktemp("frozen") / "desk", at("2026-04-20 08:00"))
    other = Past(tmp_path_factory.mktemp("frozen") / "other", at("2026-04-20 08:00"))
    try:
        until = [one._replace(steps=[step for step in one.steps if step[0] < END]) for one in stories]
        write(past, [one for one in until if one.opened < END])
        more: list[Told] = []
        for one in (one for one in until if one.opened < END):
            steps = list(one.steps)
            for _ in range(later.draw(st.integers(0, 3))):
                when = END + later.draw(st.integers(0, 500)) * HOUR
                steps.append((when, "status", later.draw(st.sampled_from(STATUSES))))
            steps.append((END, "department", later.draw(st.integers(0, 1))))
            more.append(one._replace(steps=sorted(steps, key=lambda step: step[0])))
        write(other, [*more, Told(END, [], None)])
        for department in (None, *HALLS):
            known = None if department is None else past.department(department)
            same = None if department is None else other.department(department)
            assert frozen(weekly_figures(past.context, WEEK, known, sections=True)) == frozen(
                weekly_figures(other.context, WEEK, same, sections=True)
            )
    finally:
        past.close()
        other.close()


@settings(max_examples=10)
@given(stories=st.lists(told(), max_size=10))
def test_the_balance_holds_for_every_week_and_department(
    tmp_path_factory: pytest.TempPathFactory, stories: list[Told]
) -> None:
    past = Past(tmp_path_factory.mktemp("balance") / "desk", at("2026-04-20 08:00"))
    try:
        write(past, stories)
        for week in ("2026-W09", "2026-W11", "2026-W12", "2026-W16"):
            for department in (None, *past.departments.values()):
                terms = weekly_figures(past.context, week, department).balance
                assert terms["backlog_end"] == (
                    terms["backlog_start"] + terms["opened"] + terms["reopened"] - terms["resolved"] - terms["dropped"]
                )
    finally:
        past.close()


def test_the_naive_way_agrees_on_a_made_up_desk(tmp_path: Path) -> None:
    from tests.app.report_desk import made_up

    past = Past(tmp_path / "desk", at("2026-03-23 07:30"))
    try:
        made_up(past, 400, weeks=12)
        found, naive = weekly_figures(past.context, WEEK), Naive(past)
        assert {k: found.figures[f"flow.{k}"].value for k in ("opened", "resolved", "closed")} == {
            k: naive.count(START, END)[k] for k in ("opened", "resolved", "closed")
        }
        assert rids(found, "flow.backlog_end") == naive.backlog(END)
        _same_median(found, "first", naive.first_minutes(START, END))
    finally:
        past.close()
