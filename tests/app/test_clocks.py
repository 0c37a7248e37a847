"""Clocks against an oracle that ticks minute by minute, laws any clock keeps, and days people can follow on
paper.
"""

from __future__ import annotations

import csv
import io
import json
import statistics
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from app import times
from app.errors import UserError
from app.times import HOUR_MS, MINUTE_MS
from app.work.calendars import ROUND_THE_CLOCK, ServiceCalendar
from app.work.clocks import (
    ClockInput,
    DueTimes,
    History,
    Spell,
    add_working_ms,
    due_times,
    fix_clock,
    history_facts,
    response_clock,
    segments,
    unbroken_due_times,
    working_ms,
)

THREE_SHIFTS = ["06:00-14:00", "13:45-22:15", "22:00-06:00"]
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = ServiceCalendar.from_stored(
    "Europe/Berlin",
    json.dumps({day: ["08:00-17:00"] for day in WORKDAYS}),
    "DE",
    "BY",
    [("2026-11-20", "Inventory")],
    "de",
)
HALL = ServiceCalendar.from_stored(
    "Europe/Berlin",
    json.dumps(dict.fromkeys(WORKDAYS, THREE_SHIFTS) | {"2026-10-25": ["01:00-04:00"]}),
    "DE", "BY", [("2026-12-30", "Maintenance")],
)  # fmt: skip
NEW_YORK = ServiceCalendar.from_stored(
    "America/New_York",
    '{"sat":["22:00-06:00"],"sun":["00:30-02:30","20:00-04:00"],"mon":["09:00-12:00"]}',
    "US",
)
LORD_HOWE = ServiceCalendar.from_stored(
    "Australia/Lord_Howe", '{"sat":["18:00-01:45"],"sun":["01:50-09:00"],"wed":["09:00-17:00"]}', "AU", "NSW"
)
ALWAYS = ServiceCalendar("Europe/Berlin", ROUND_THE_CLOCK)
CALENDARS = (OFFICE, HALL, NEW_YORK, LORD_HOWE, ALWAYS)
MONDAYS = {
    OFFICE: ("2026-03-23", "2026-10-19", "2026-12-28", "2026-05-11"),
    HALL: ("2026-03-23", "2026-10-19", "2026-12-28"),
    NEW_YORK: ("2026-03-02", "2026-10-26", "2025-12-29"),
    LORD_HOWE: ("2026-03-30", "2026-09-28", "2025-12-29"),
    ALWAYS: ("2026-03-23", "2026-10-19"),
}
"""Weeks with a clock change, a turn of the year or several holidays in or right after them."""


def at(text: str) -> int:
    """`2026-11-23 08:30`, on the wall in Berlin."""
    return times.wall_to_ms(datetime.fromisoformat(text), ZoneInfo("Europe/Berlin"))


def wall(ms: int | None) -> str | None:
    return None if ms is None else times.local_wall(ms, ZoneInfo("Europe/Berlin")).isoformat(" ", "minutes")


def ticks(calendar: ServiceCalendar, ms: int) -> bool:
    """Whether the minute that begins at `ms` counts, by the wall clock and the notice board alone.

    Shares only `closing` with the module under test; that one has an oracle of its own in test_calendars.
    """
    moment = datetime.fromtimestamp(ms // 1000, tz=ZoneInfo(calendar.zone))
    if calendar.closing(moment.date()) is not None:
        return False
    minute = moment.hour * 60 + moment.minute

    def begun_on(day: date):
        return dict(calendar.opened).get(day, calendar.week[day.weekday()])

    return any(start <= minute < end for start, end in begun_on(moment.date())) or any(
        minute + 1440 < end for _, end in begun_on(moment.date() - timedelta(days=1))
    )


@st.composite
def weeks(draw):
    """(calendar, an instant in a week worth looking at)."""
    calendar = draw(st.sampled_from(CALENDARS))
    monday = datetime.fromisoformat(draw(st.sampled_from(MONDAYS[calendar]))).replace(tzinfo=UTC)
    return calendar, times.from_datetime(monday) + draw(st.integers(0, 7 * 1440)) * MINUTE_MS


@st.composite
def cases(draw):
    """(calendar, facts, now): a case of up to two days with pauses that overlap, stay open, lie outside or in
    the future.
    """
    calendar, opened = draw(weeks())
    minute = st.integers(-60, 2 * 1440)
    stops = st.none() | minute.map(lambda m: opened + m * MINUTE_MS)
    what = st.sampled_from(["requester", "supplier", "parts"])

    def spells(kinds, open_too):
        found = []
        for _ in range(draw(st.integers(0, 3))):
            start = opened + draw(minute) * MINUTE_MS
            still = open_too and draw(st.integers(0, 4)) == 0
            found.append(Spell(start, None if still else start + draw(st.integers(0, 600)) * MINUTE_MS, draw(kinds)))
        return tuple(found)

    facts = ClockInput(
        opened_at=opened,
        response_minutes=draw(st.none() | st.integers(0, 600)),
        fix_minutes=draw(st.none() | st.integers(0, 1500)),
        live=draw(st.integers(0, 5)) == 0,
        first_response_at=draw(stops),
        resolved_at=draw(stops),
        stopped_at=draw(st.none() | st.none() | stops),
        pauses=spells(what, True),
        reopened=spells(st.just("resolved"), False),
    )
    return calendar, facts, opened + draw(st.integers(0, 2 * 1440)) * MINUTE_MS


@settings(max_examples=150)
@given(cases(), st.sampled_from([frozenset({"requester"}), frozenset({"requester", "parts"}), frozenset()]))
def test_the_fix_clock_ticks_like_one_that_looks_every_minute(case, paused_by):
    calendar, facts, now = case
    stops = [s for s in (facts.resolved_at, facts.stopped_at) if s is not None]
    stop = None
    if stops:
        stop = max(facts.opened_at, facts.resolved_at if facts.resolved_at is not None else stops[0])
    upto = now if stop is None else stop

    def held(ms, horizon):
        return any(
            s.start <= ms < (horizon if s.end is None else s.end)
            for s in facts.reopened + tuple(p for p in facts.pauses if p.what in paused_by)
        )

    forever = facts.opened_at + 10**12
    elapsed, used, due = 0, 0, None
    minute = facts.opened_at
    while minute < facts.opened_at + 15 * 1440 * MINUTE_MS:
        if minute >= upto and (due is not None or facts.fix_minutes is None):
            break
        free = not held(minute, forever if stop is None else stop)
        if due is None and free and facts.fix_minutes == 0:
            due = minute
        counts = free and ticks(calendar, minute)
        elapsed += counts and minute < upto
        used += counts
        minute += MINUTE_MS
        if due is None and counts and used == facts.fix_minutes:
            due = minute
    found = fix_clock(calendar, facts, now, paused_by=paused_by)
    assert found.elapsed_ms == elapsed * MINUTE_MS
    assert found.ended_at == stop
    if facts.fix_minutes is None:
        assert (found.due_at, found.warn_at, found.remaining_ms) == (None, None, None)
    else:
        assert found.remaining_ms == (facts.fix_minutes - elapsed) * MINUTE_MS
        if due is not None:
            assert found.due_at == due
            assert found.warn_at is not None
            assert found.warn_at <= due
        else:
            assert found.due_at is None or found.due_at > minute
    if due is not None and upto > due:
        assert found.state == "breached"
    elif stop is not None:
        reached = facts.resolved_at is not None and facts.fix_minutes is not None
        assert found.state == ("met" if reached else "stopped")
    else:
        assert found.state == ("paused" if held(upto, forever) else "running")


@settings(max_examples=150)
@given(cases())
def test_segments_tile_the_clock_and_add_up(case):
    calendar, facts, now = case
    for clock in (response_clock(calendar, facts, now), fix_clock(calendar, facts, now)):
        end = now if clock.ended_at is None else clock.ended_at
        tiles = clock.segments
        assert [t.start for t in tiles] + [end] == [facts.opened_at] + [t.end for t in tiles]
        assert all(t.start < t.end for t in tiles)
        assert sum(t.ms for t in tiles if t.counted) == clock.elapsed_ms
        assert all(t.counted == (t.why == "working") for t in tiles)
        assert all((a.counted, a.reason) != (b.counted, b.reason) for a, b in pairwise(tiles))
        for t in tiles:
            if t.why in {"working", "outside hours", "holiday", "closed day"}:
                assert ticks(calendar, t.start) == t.counted


@settings(max_examples=200)
@given(cases())
def test_stored_due_times_are_those_of_the_clocks_whatever_the_hour(case):
    calendar, facts, now = case
    stored = due_times(calendar, facts)
    for moment in (now, now + 5 * 1440 * MINUTE_MS):
        response = response_clock(calendar, facts, moment, explain=False)
        fix = fix_clock(calendar, facts, moment, explain=False)
        pending = [(c.due_at, c.warn_at) for c in (response, fix) if c.due_at is not None and c.ended_at is None]
        first, warn = min(pending, key=lambda both: both[0], default=(None, None))
        assert stored == DueTimes(response.due_at, fix.due_at, first, warn)
        assert response.segments == fix.segments == ()


@settings(max_examples=200)
@given(cases(), st.booleans(), st.none() | st.integers(0, 90_000))
def test_the_short_way_for_a_case_that_never_stopped_is_that_of_the_clocks(case, answered, response):
    calendar, facts, _now = case
    facts = replace(
        facts, response_minutes=response, pauses=(), reopened=(), resolved_at=None, stopped_at=None, live=False,
        first_response_at=facts.opened_at + 1 if answered else None,
    )  # fmt: skip
    found = unbroken_due_times(calendar, response, facts.fix_minutes, answered=answered)(facts.opened_at)
    assert found == due_times(calendar, facts)


FINE = st.integers(0, 20 * 24 * HOUR_MS)
"""Odd milliseconds: the laws hold between minutes too."""


@given(weeks(), FINE, FINE, FINE)
def test_working_time_adds_up_and_never_runs_backwards(week, a, b, c):
    calendar, origin = week
    a, b, c = sorted((origin + a, origin + b, origin + c))
    assert working_ms(calendar, a, b) + working_ms(calendar, b, c) == working_ms(calendar, a, c)
    assert 0 <= working_ms(calendar, a, b) <= b - a
    assert working_ms(calendar, b, a) == -working_ms(calendar, a, b)
    assert working_ms(calendar, a, a) == 0


@given(weeks(), st.integers(0, 30 * 24 * HOUR_MS), st.integers(0, 30 * 24 * HOUR_MS))
def test_adding_working_time_is_undone_by_measuring_it(week, one, more):
    calendar, start = week
    due = add_working_ms(calendar, start, one)
    assert working_ms(calendar, start, due) == one
    if one:
        assert working_ms(calendar, start, due - 1) == one - 1, "not the first such instant"
    assert add_working_ms(calendar, due, more) == add_working_ms(calendar, start, one + more) or more == 0
    assert due <= add_working_ms(calendar, start, one + more)
    assert due <= add_working_ms(calendar, start + more, one), "a later start is due earlier"


@given(weeks(), FINE)
def test_measuring_and_adding_never_overshoots(week, length):
    calendar, start = week
    end = start + length
    assert add_working_ms(calendar, start, working_ms(calendar, start, end)) <= end


@given(weeks(), st.integers(0, 1500), st.integers(0, 600), st.integers(0, 600))
def test_a_longer_pause_is_never_due_earlier_and_a_larger_target_neither(week, target, pause, more):
    calendar, opened = week

    def due(minutes, *lengths):
        start = opened + 30 * MINUTE_MS
        held = tuple(Spell(start, start + length * MINUTE_MS, "requester") for length in lengths)
        found = due_times(calendar, ClockInput(opened, fix_minutes=minutes, pauses=held)).fix
        assert found is not None
        return found

    assert due(target) <= due(target, pause) <= due(target, pause + more)
    assert due(target, pause) == due(target, pause, pause), "the same pause entered twice counts once"
    assert due(target, pause) <= due(target + more, pause)


# Days on paper. 2026-11-23 is a Monday; OFFICE works 08:00-17:00.


def test_four_hours_from_one_o_clock_are_due_when_work_ends():
    assert wall(add_working_ms(OFFICE, at("2026-11-23 13:00"), 4 * HOUR_MS)) == "2026-11-23 17:00"
    assert wall(add_working_ms(OFFICE, at("2026-11-23 13:00"), 4 * HOUR_MS + 1)) == "2026-11-24 08:00"
    assert wall(add_working_ms(OFFICE, at("2026-11-22 13:00"), 0)) == "2026-11-22 13:00"


def test_the_clock_explains_itself_line_by_line():
    facts = ClockInput(
        at("2026-11-18 16:00"),
        fix_minutes=600,
        pauses=(
            Spell(at("2026-11-19 09:00"), at("2026-11-19 11:00"), "requester"),
            Spell(at("2026-11-19 12:00"), at("2026-11-19 13:00"), "supplier"),
        ),
    )
    clock = fix_clock(OFFICE, facts, at("2026-11-23 09:30"))
    assert [(wall(s.start), wall(s.end), s.reason, s.ms // MINUTE_MS) for s in clock.segments] == [
        ("2026-11-18 16:00", "2026-11-18 17:00", "working", 60),
        ("2026-11-18 17:00", "2026-11-19 08:00", "outside hours", 900),
        ("2026-11-19 08:00", "2026-11-19 09:00", "working", 60),
        ("2026-11-19 09:00", "2026-11-19 11:00", "waiting on requester", 120),
        ("2026-11-19 11:00", "2026-11-19 17:00", "working", 360),
        ("2026-11-19 17:00", "2026-11-20 00:00", "outside hours", 420),
        ("2026-11-20 00:00", "2026-11-21 00:00", "closed day: Inventory", 1440),
        ("2026-11-21 00:00", "2026-11-23 08:00", "outside hours", 3360),
        ("2026-11-23 08:00", "2026-11-23 09:30", "working", 90),
    ]
    assert (clock.state, wall(clock.due_at), clock.elapsed_ms) == (
        "running",
        "2026-11-23 10:00",
        570 * MINUTE_MS,
    )
    assert clock.warns(at("2026-11-23 09:30"))
    assert clock.warn_at == at("2026-11-19 16:30")
    shown = clock.as_json()
    assert json.loads(json.dumps(shown)) == shown
    assert shown["due_at"] == "2026-11-23T09:00:00Z"
    assert shown["remaining_minutes"] == 30
    lines = shown["segments"]
    assert isinstance(lines, list)
    assert lines[6] == {
        "from": "2026-11-19T23:00:00Z",
        "to": "2026-11-20T23:00:00Z",
        "counted": False,
        "why": "closed day: Inventory",
        "minutes": 1440,
    }


def test_a_holiday_is_named_in_the_explanation():
    lines = segments(OFFICE, at("2026-01-05 16:00"), at("2026-01-07 09:00"))
    assert [line.reason for line in lines] == [
        "working", "outside hours", "holiday: Heilige Drei Könige", "outside hours", "working"
    ]  # fmt: skip


def test_a_paused_clock_has_no_due_time_and_gets_a_later_one_when_the_pause_ends():
    opened, asked = at("2026-11-23 08:00"), at("2026-11-23 09:00")
    waiting = ClockInput(opened, fix_minutes=120, pauses=(Spell(asked, None, "requester"),))
    for now in (asked, at("2026-11-23 10:00"), at("2026-12-23 10:00")):
        clock = fix_clock(OFFICE, waiting, now)
        assert (clock.state, clock.due_at, clock.warn_at, clock.remaining_ms) == (
            "paused",
            None,
            None,
            HOUR_MS,
        )
    answered = ClockInput(opened, fix_minutes=120, pauses=(Spell(asked, at("2026-11-24 08:30"), "requester"),))
    assert wall(fix_clock(OFFICE, answered, at("2026-11-24 08:30")).due_at) == "2026-11-24 09:30"
    assert fix_clock(OFFICE, waiting, asked, paused_by=()).due_at == at("2026-11-23 10:00")


def test_a_warning_given_before_the_pause_stays_given():
    asked = at("2026-11-23 09:45")
    clock = fix_clock(
        OFFICE,
        ClockInput(at("2026-11-23 08:00"), fix_minutes=120, pauses=(Spell(asked, None, "requester"),)),
        asked,
    )
    assert (clock.state, clock.due_at, wall(clock.warn_at)) == ("paused", None, "2026-11-23 09:30")
    assert not clock.warns(asked)


def test_a_promise_broken_before_the_pause_stays_broken():
    facts = ClockInput(
        at("2026-11-23 08:00"), fix_minutes=60, pauses=(Spell(at("2026-11-23 09:30"), None, "requester"),)
    )
    clock = fix_clock(OFFICE, facts, at("2026-11-23 12:00"))
    assert (clock.state, wall(clock.due_at)) == ("breached", "2026-11-23 09:00")
    assert clock.remaining_ms == -30 * MINUTE_MS


def test_a_promise_is_kept_until_its_instant_has_passed():
    facts = ClockInput(at("2026-11-23 16:00"), fix_minutes=60)
    due = at("2026-11-23 17:00")
    assert fix_clock(OFFICE, facts, due).state == "running"
    assert fix_clock(OFFICE, facts, due + 1).state == "breached"
    kept = ClockInput(at("2026-11-23 16:00"), fix_minutes=60, resolved_at=due)
    broken = ClockInput(at("2026-11-23 16:00"), fix_minutes=60, resolved_at=due + 1)
    assert fix_clock(OFFICE, kept, due + HOUR_MS).state == "met"
    assert fix_clock(OFFICE, broken, due + HOUR_MS).state == "breached"


def test_nothing_to_use_up_is_due_at_once_unless_held_from_the_start():
    opened = at("2026-11-23 08:00")
    assert due_times(OFFICE, ClockInput(opened, fix_minutes=0)).fix == opened
    held = ClockInput(opened, fix_minutes=0, pauses=(Spell(opened, opened + HOUR_MS, "requester"),))
    assert due_times(OFFICE, held).fix == opened + HOUR_MS


def test_a_pause_from_before_the_opening_takes_and_gives_nothing():
    opened = at("2026-11-23 12:00")
    early = Spell(at("2026-11-23 09:00"), at("2026-11-23 11:00"), "requester")
    clock = fix_clock(OFFICE, ClockInput(opened, fix_minutes=120, pauses=(early,)), at("2026-11-23 13:00"))
    assert (wall(clock.due_at), clock.elapsed_ms, len(clock.segments)) == ("2026-11-23 14:00", HOUR_MS, 1)


def test_reopening_continues_the_clock():
    opened = at("2026-11-23 08:00")
    resolved = ClockInput(opened, fix_minutes=180, resolved_at=at("2026-11-23 10:00"))
    clock = fix_clock(OFFICE, resolved, at("2026-11-24 12:00"))
    assert (clock.state, clock.elapsed_ms, wall(clock.due_at)) == ("met", 2 * HOUR_MS, "2026-11-23 11:00")
    again = ClockInput(
        opened, fix_minutes=180, reopened=(Spell(at("2026-11-23 10:00"), at("2026-11-24 09:00"), "resolved"),)
    )
    clock = fix_clock(OFFICE, again, at("2026-11-24 09:30"))
    assert (clock.state, clock.elapsed_ms, wall(clock.due_at)) == (
        "running",
        150 * MINUTE_MS,
        "2026-11-24 10:00",
    )
    assert [s.why for s in clock.segments] == ["working", "resolved", "working"]


def test_a_pause_left_open_ends_with_the_case():
    opened = at("2026-11-23 08:00")
    facts = ClockInput(
        opened,
        fix_minutes=120,
        resolved_at=at("2026-11-23 12:00"),
        pauses=(Spell(at("2026-11-23 09:00"), None, "requester"),),
    )
    clock = fix_clock(OFFICE, facts, at("2026-11-30 12:00"))
    assert (clock.state, clock.elapsed_ms, wall(clock.due_at)) == ("met", HOUR_MS, "2026-11-23 13:00")


def test_a_live_contact_is_an_answer_at_once():
    opened = at("2026-11-21 13:00")
    clock = response_clock(OFFICE, ClockInput(opened, response_minutes=30, live=True), at("2026-11-30 12:00"))
    assert (clock.state, clock.live, clock.elapsed_ms, clock.ended_at) == ("met", True, 0, opened)


def test_asking_back_does_not_hold_the_response_clock():
    opened = at("2026-11-23 08:00")
    facts = ClockInput(opened, response_minutes=30, pauses=(Spell(opened, None, "requester"),))
    assert response_clock(OFFICE, facts, at("2026-11-23 08:31")).state == "breached"


@pytest.mark.parametrize(("end", "state"), [("2026-11-23 08:20", "stopped"), ("2026-11-23 09:00", "breached")])
def test_a_case_that_ends_unanswered_stops_the_response_clock_there(end, state):
    for facts in (
        ClockInput(at("2026-11-23 08:00"), response_minutes=30, resolved_at=at(end)),
        ClockInput(at("2026-11-23 08:00"), response_minutes=30, stopped_at=at(end)),
    ):
        clock = response_clock(OFFICE, facts, at("2026-11-27 09:00"))
        assert (clock.state, clock.ended_at) == (state, at(end))


def test_an_answer_after_a_case_has_ended_unanswered_does_not_start_its_clock_again():
    facts = ClockInput(at("2026-11-23 08:00"), 30, 60, stopped_at=at("2026-11-23 08:20"))
    late = replace(facts, first_response_at=at("2026-11-23 11:00"))
    assert response_clock(OFFICE, late, at("2026-11-23 12:00")) == response_clock(OFFICE, facts, at("2026-11-23 12:00"))


def test_an_answer_dated_before_the_case_counts_as_given_at_its_opening():
    facts = ClockInput(at("2026-11-23 08:00"), response_minutes=30, first_response_at=at("2026-11-23 07:00"))
    clock = response_clock(OFFICE, facts, at("2026-11-23 09:00"))
    assert (clock.state, clock.elapsed_ms) == ("met", 0)


def test_the_next_due_time_is_the_earlier_one_still_to_be_kept():
    opened = at("2026-11-23 08:00")
    both = ClockInput(opened, response_minutes=30, fix_minutes=120)
    assert due_times(OFFICE, both).next == at("2026-11-23 08:30")
    assert due_times(OFFICE, both).warn == at("2026-11-23 08:22") + 30_000
    answered = ClockInput(opened, response_minutes=30, fix_minutes=120, first_response_at=opened + 1)
    assert due_times(OFFICE, answered).next == at("2026-11-23 10:00")
    done = ClockInput(
        opened, response_minutes=30, fix_minutes=120, first_response_at=opened + 1, resolved_at=opened + 2
    )
    assert due_times(OFFICE, done) == (at("2026-11-23 08:30"), at("2026-11-23 10:00"), None, None)


def test_a_target_beyond_all_reach_is_a_sentence_when_asked_and_no_due_time_on_a_case():
    rare = ServiceCalendar.from_stored("Europe/Berlin", '{"mon":["08:00-08:01"]}')
    with pytest.raises(UserError, match="more than 50 years"):
        add_working_ms(rare, at("2026-11-23 08:00"), 10_000 * MINUTE_MS)
    clock = fix_clock(rare, ClockInput(at("2026-11-23 08:00"), fix_minutes=10_000), at("2026-11-23 09:00"))
    assert (clock.state, clock.due_at) == ("running", None)


def test_history_becomes_pauses_stretches_and_an_end():
    changes: list[tuple[int, str, str | None]] = [
        (0, "new", None), (10, "waiting", "requester"), (15, "waiting", "requester"),
        (20, "waiting", "parts"),
        (30, "in progress", None), (40, "resolved", None), (50, "closed", None), (60, "in progress", None),
        (70, "merged", None), (80, "in progress", None), (90, "waiting", "requester"),
    ]  # fmt: skip
    pauses = (Spell(10, 20, "requester"), Spell(20, 30, "parts"), Spell(90, None, "requester"))
    reopened = (Spell(40, 60, "resolved"), Spell(70, 80, "merged"))
    assert history_facts(changes) == History(pauses, reopened, None, None)
    ended: list[tuple[int, str, str | None]] = [(100, "resolved", None), (110, "closed", None)]
    pauses = (*pauses[:2], Spell(90, 100, "requester"))
    assert history_facts(changes + ended) == History(pauses, reopened, 100, None)
    assert history_facts([*changes, (100, "cancelled", None)]) == History(pauses, reopened, None, 100)
    assert history_facts([(0, "new", None), (5, "resolved", None), (7, "merged", None)]) == History((), (), 5, None)
    assert history_facts([]) == History((), (), None, None)


# A manufacturer's three support lines, whose figures somebody else computed twice.

VOLVO = Path(__file__).resolve().parents[3] / "shared" / "data" / "volvo-closed-problems"


@pytest.mark.skipif(not VOLVO.is_dir(), reason="the public event log is not beside the checkout")
def test_a_real_log_of_1487_cases_gives_the_figures_others_computed():
    wanted = json.loads((VOLVO / "reference.json").read_text(encoding="utf-8"))
    brussels = ServiceCalendar.from_stored("Europe/Brussels", json.dumps({day: ["08:00-17:00"] for day in WORKDAYS}))
    events = defaultdict(list)
    with (
        (VOLVO / "events.csv.zst").open("rb") as packed,
        zstandard.ZstdDecompressor().stream_reader(packed) as raw,
    ):
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline="")):
            events[row["case_id"]].append((times.parse_iso(row["ts_utc"]), row["status"], row["substatus"]))
    gross: list[float] = []
    net: list[float] = []
    opened: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    for rows in events.values():
        changes = [
            (
                at_ms,
                "resolved" if status == "Completed" else "waiting" if sub == "Wait" else "in progress",
                "requester",
            )
            for at_ms, status, sub in rows
        ]
        facts = history_facts(changes)
        first = changes[0][0]
        assert facts.resolved_at is not None
        gross.append(working_ms(brussels, first, facts.resolved_at) / HOUR_MS)
        clock = fix_clock(brussels, ClockInput(first, resolved_at=facts.resolved_at, pauses=facts.pauses), 0)
        assert sum(s.ms for s in clock.segments if s.counted) == clock.elapsed_ms
        net.append(clock.elapsed_ms / HOUR_MS)
        opened[str(times.week_of(first, ZoneInfo("Europe/Brussels")))] += 1
        resolved[str(times.week_of(facts.resolved_at, ZoneInfo("Europe/Brussels")))] += 1
    for found, key in (
        (gross, wanted["business_time_opened_to_resolved"]),
        (net, wanted["net_of_wait"]["business"]),
    ):
        assert len(found) == key["n"] == 1487
        assert round(statistics.fmean(found), 4) == key["mean_h"]
        assert round(statistics.median(found), 4) == key["median_h"]
        assert round(statistics.quantiles(found, n=10, method="inclusive")[8], 4) == key["p90_h"]
        assert round(max(found), 4) == key["max_h"]
    for hours, (count, _) in wanted["business_time_opened_to_resolved"]["within_business_hours"].items():
        assert sum(value <= float(hours) for value in gross) == count
    assert dict(opened) == wanted["weeks_local"]["opened"]
    assert dict(resolved) == wanted["weeks_local"]["resolved"]
