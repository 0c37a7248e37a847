"""Calendars against a minute-by-minute oracle that only looks at wall clocks, and the stored form against
people.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import times
from app.errors import UserError
from app.times import HOUR_MS, MINUTE_MS
from app.work.calendars import (
    ROUND_THE_CLOCK,
    WEEKDAYS,
    ClosedDay,
    OpenDay,
    ServiceCalendar,
    Shift,
    countries,
    parse_shifts,
    shifts_text,
)

OFFICE = json.dumps({day: ["08:00-17:00"] for day in WEEKDAYS[:5]})
THREE_SHIFTS = json.dumps({day: ["06:00-14:00", "14:00-22:00", "22:00-06:00"] for day in WEEKDAYS[:5]})
NIGHTS = json.dumps({day: ["22:00-06:00"] for day in WEEKDAYS})


def at(text: str) -> int:
    return times.parse_iso(text)


def calendar(shifts: str = OFFICE, zone: str = "Europe/Berlin", **rest) -> ServiceCalendar:
    return ServiceCalendar.from_stored(zone, shifts, **rest)


def hours_on(made: ServiceCalendar, day: str) -> float:
    return sum(end - start for start, end in made.working_intervals(date.fromisoformat(day))) / HOUR_MS


# The oracle: nothing of the module under test, only what somebody with a watch and a notice board would do.

AROUND = (
    ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"), ("Europe/Berlin", "2025-12-31"),
    ("Europe/Berlin", "2008-05-01"),  # Labour Day and Ascension Day on one date
    ("Europe/Berlin", "2026-12-25"), ("America/New_York", "2026-03-08"), ("America/New_York", "2026-11-01"),
    ("America/New_York", "2021-12-31"), ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("America/Havana", "2026-11-01"), ("Pacific/Apia", "2011-12-30"), ("Asia/Kathmandu", "2026-01-01"),
)  # fmt: skip
DAYS_LAID_OUT = 5
COUNTRY = {
    "Europe/Berlin": ("DE", "BY"),
    "America/New_York": ("US", "NY"),
    "Australia/Lord_Howe": ("AU", "NSW"),
}


@st.composite
def shift_lists(draw, least=0):
    """Up to three shifts a day at any minute, over midnight as often as not."""
    minute = st.one_of(st.sampled_from([0, 120, 150, 360, 840, 1320]), st.integers(0, 1439))
    found = []
    for _ in range(draw(st.integers(least, 3))):
        start, end = draw(minute), draw(minute)
        text = f"{start // 60:02d}:{start % 60:02d}-" + ("24:00" if start == end else f"{end // 60:02d}:{end % 60:02d}")
        found.append(text)
    return found


@st.composite
def worlds(draw):
    """(calendar, first instant of the stretch to lay out, what counts minute by minute according to the
    oracle).
    """
    zone, day_text = draw(st.sampled_from(AROUND))
    middle = date.fromisoformat(day_text)
    near = st.integers(-3, 3).map(lambda days: middle + timedelta(days=days))
    week = {day: draw(shift_lists()) for day in WEEKDAYS}
    week[WEEKDAYS[middle.weekday()]] = draw(shift_lists(least=1))
    opened = {day.isoformat(): draw(shift_lists(least=1)) for day in draw(st.sets(near, max_size=2))}
    closed = sorted((day.isoformat(), "Inventory") for day in draw(st.sets(near, max_size=2)))
    country, region = COUNTRY.get(zone, (None, None)) if draw(st.booleans()) else (None, None)
    made = ServiceCalendar.from_stored(zone, json.dumps(week | opened), country, region, closed)
    start = times.from_datetime(datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=2))
    return made, start, oracle(zone, week, opened, dict(closed), country, region, start)


def oracle(zone, week, opened, closed, country, region, start):
    """One bool per minute from `start` on."""
    known: Mapping[date, str] = {}
    if country is not None:
        known = holidays.country_holidays(country, subdiv=region, years=range(2007, 2029))
    counted = []
    for minute in range(DAYS_LAID_OUT * 1440):
        moment = datetime.fromtimestamp(start // 1000 + minute * 60, tz=ZoneInfo(zone))
        clock, today = moment.strftime("%H:%M"), moment.date()
        board, eve = today.isoformat(), today - timedelta(days=1)
        if board in closed or (today in known and board not in opened):
            counted.append(False)
            continue
        own = opened.get(board, week[WEEKDAYS[today.weekday()]])
        nightly = opened.get(eve.isoformat(), week[WEEKDAYS[eve.weekday()]])
        counted.append(
            any(a <= clock < b if a < b else clock >= a for a, b in (s.split("-") for s in own))
            or any(clock < b < a for a, b in (s.split("-") for s in nightly))
        )
    return counted


@settings(max_examples=80)
@given(worlds(), st.data())
def test_working_time_is_what_the_wall_clock_says_minute_by_minute(world, data):
    made, start, counted = world
    total = [0]
    for minute in counted:
        total.append(total[-1] + minute)
    end = start + len(counted) * MINUTE_MS
    found = [False] * len(counted)
    for interval in made.hours.intervals(start, end):
        assert interval.start < interval.end
        for minute in range((interval.start - start) // MINUTE_MS, (interval.end - start) // MINUTE_MS):
            found[minute] = True
    assert found == counted
    minutes = st.integers(0, len(counted))
    for _ in range(5):
        a, b = data.draw(minutes), data.draw(minutes)
        assert made.hours.worked(start + a * MINUTE_MS, start + b * MINUTE_MS) == (total[b] - total[a]) * MINUTE_MS


@settings(max_examples=30)
@given(worlds())
def test_days_tile_the_time_line_and_closed_ones_are_empty(world):
    made, start, counted = world
    day = times.local_date(start, ZoneInfo(made.zone)) + timedelta(days=1)
    for _ in range(3):
        found = made.working_intervals(day)
        low, high = times.day_bounds(day, ZoneInfo(made.zone))
        assert all(low <= a < b <= high for a, b in found)
        assert all(a.end < b.start for a, b in pairwise(found))
        assert (
            sum(b - a for a, b in found)
            == sum(counted[(low - start) // MINUTE_MS : (high - start) // MINUTE_MS]) * MINUTE_MS
        )
        spans = list(made.hours.closed_spans(low, high))
        if made.closing(day) is None or low == high:
            assert spans == []
        else:
            assert found == ()
            assert [(span.start, span.end, (span.why, span.detail)) for span in spans] == [
                (low, high, made.closing(day))
            ]
        day += timedelta(days=1)


def test_the_layout_does_not_depend_on_the_order_of_questions():
    asked = [at(f"{year}-06-01T00:00:00Z") for year in (2026, 2019, 2031, 2020, 2018, 2026)]
    grown = calendar(THREE_SHIFTS, country="DE", region="BY")
    for a, b in pairwise(asked):
        fresh = calendar(THREE_SHIFTS, country="DE", region="BY")
        assert grown.hours.worked(a, b) == fresh.hours.worked(a, b) == -fresh.hours.worked(b, a)


# What people know without an oracle.


def test_night_shifts_are_longer_and_shorter_by_the_hour_the_clocks_move():
    nights = calendar(NIGHTS)
    assert nights.hours.worked(at("2026-03-28T21:00:00Z"), at("2026-03-29T04:00:00Z")) == 7 * HOUR_MS
    assert nights.hours.worked(at("2026-10-24T20:00:00Z"), at("2026-10-25T05:00:00Z")) == 9 * HOUR_MS
    assert nights.hours.worked(at("2026-06-01T20:00:00Z"), at("2026-06-02T04:00:00Z")) == 8 * HOUR_MS


def test_overlapping_shifts_count_once_and_touching_ones_are_one_interval():
    handed_over = calendar('{"mon":["05:45-14:15","13:45-22:15"]}')
    assert hours_on(handed_over, "2026-11-23") == 16.5
    assert len(calendar(THREE_SHIFTS).working_intervals(date(2026, 11, 24))) == 1
    always = ServiceCalendar("Europe/Berlin", ROUND_THE_CLOCK)
    start, end = at("2020-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")
    assert always.hours.intervals(start, end) == ((start, end),)


def test_a_holiday_is_closed_from_midnight_to_midnight_also_for_night_shifts():
    nights = calendar(NIGHTS, country="DE", region="BY", language="de")
    assert nights.closing(date(2026, 1, 6)) == ("holiday", "Heilige Drei Könige")
    assert nights.working_intervals(date(2026, 1, 6)) == ()
    assert nights.hours.worked(at("2026-01-05T21:00:00Z"), at("2026-01-07T05:00:00Z")) == (2 + 6) * HOUR_MS
    assert calendar(country="DE", region="HH").closing(date(2026, 1, 6)) is None


def test_two_holidays_on_one_date_close_it_once_and_both_are_named():
    both = calendar(country="DE", region="BY", language="de").closing(date(2008, 5, 1))
    assert both is not None
    assert both[0] == "holiday"
    assert {"Christi Himmelfahrt", "Erster Mai"} == set(both[1].split("; "))


def test_a_holiday_on_a_sunday_is_observed_on_monday_where_that_is_the_law():
    federal = calendar(zone="America/New_York", country="US")
    assert federal.closing(date(2023, 1, 1)) == ("holiday", "New Year's Day")
    assert federal.closing(date(2023, 1, 2)) == ("holiday", "New Year's Day (observed)")
    assert federal.closing(date(2023, 1, 3)) is None


@pytest.mark.parametrize(("language", "name"), [("de", "Heilige Drei Könige"), ("en", "Epiphany"), ("xx", "Epiphany")])
def test_holidays_are_named_in_the_language_asked_for(language, name):
    assert calendar(country="DE", region="BY", language=language).closing(date(2026, 1, 6)) == (
        "holiday",
        name,
    )


def test_closed_beats_own_shifts_beats_holiday_beats_weekday():
    shifts = json.dumps({"thu": ["08:00-17:00"], "2026-12-24": ["06:00-12:00"], "2026-12-25": ["08:00-10:00"]})
    made = calendar(shifts, country="DE", closed=[("2026-12-24", None)])
    assert made.closing(date(2026, 12, 24)) == ("closed day", "")
    assert hours_on(made, "2026-12-24") == 0
    assert hours_on(made, "2026-12-25") == 2
    assert made.closing(date(2026, 12, 26)) == ("holiday", "Second Day of Christmas")
    assert hours_on(made, "2026-12-17") == 9


def test_a_run_of_closed_days_is_one_span():
    made = calendar(closed=[(f"2026-08-{day:02d}", "Plant holiday") for day in range(3, 15)])
    spans = list(made.hours.closed_spans(at("2026-08-01T00:00:00Z"), at("2026-09-01T00:00:00Z")))
    assert [(times.iso_utc(s.start), times.iso_utc(s.end), s.detail) for s in spans] == [
        ("2026-08-02T22:00:00Z", "2026-08-14T22:00:00Z", "Plant holiday")
    ]


def test_a_closed_run_over_new_year_is_one_span_too():
    made = calendar(closed=[("2026-12-31", "Plant holiday"), ("2027-01-01", "Plant holiday")])
    assert len(list(made.hours.closed_spans(at("2026-12-01T00:00:00Z"), at("2027-02-01T00:00:00Z")))) == 1


def test_a_day_its_zone_has_skipped_has_no_working_time():
    always = ServiceCalendar("Pacific/Apia", ROUND_THE_CLOCK)
    assert always.working_intervals(date(2011, 12, 30)) == ()
    assert hours_on(always, "2011-12-31") == 24


# The stored form.


@given(st.fixed_dictionaries({}, optional={day: shift_lists() for day in (*WEEKDAYS, "2026-12-24", "2024-02-29")}))
def test_the_stored_form_leads_back_to_itself(stored):
    if not any(stored.get(day) for day in WEEKDAYS) or any(
        stored.get(day) == [] for day in ("2026-12-24", "2024-02-29")
    ):
        with pytest.raises(UserError):
            parse_shifts(json.dumps(stored))
        return
    week, opened = parse_shifts(json.dumps(stored))
    text = shifts_text(week, opened)
    assert parse_shifts(text) == (week, opened)
    assert shifts_text(*parse_shifts(text)) == text
    written = {
        day: sorted({shift.replace("-00:00", "-24:00") for shift in stored[day]}) for day in stored if stored[day]
    }
    assert {day: sorted(shifts) for day, shifts in json.loads(text).items()} == written


def test_the_stored_form_is_compact_and_in_the_order_of_the_week():
    typed = '{"2026-12-24": ["06:00 - 12:00"], "tue": ["22:00-06:00", "06:00-14:00"], "mon": ["16:00-00:00"]}'
    week, opened = parse_shifts(typed)
    assert shifts_text(week, opened) == (
        '{"mon":["16:00-24:00"],"tue":["06:00-14:00","22:00-06:00"],"2026-12-24":["06:00-12:00"]}'
    )
    assert opened == (OpenDay(date(2026, 12, 24), (Shift(360, 720),)),)
    assert parse_shifts(shifts_text(ROUND_THE_CLOCK)) == (ROUND_THE_CLOCK, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "must name days"),
        ("{}", "at least one shift"),
        ('{"mon": []}', "at least one shift"),
        ('{"2026-12-24": ["08:00-12:00"]}', "at least one shift"),
        ('{"mon": "08:00-12:00"}', "must be a list"),
        ('{"monday": ["08:00-12:00"]}', '"monday" is not a day'),
        ('{"2026-13-01": ["08:00-12:00"]}', '"2026-13-01" is not a date'),
        ('{"mon": ["08:00-12:00"], "2026-12-24": []}', "2026-12-24 has no shifts"),
        ('{"mon": ["8-12"]}', '"8-12" (mon) is not a shift'),
        ('{"mon": [8]}', '"8" (mon) is not a shift'),
        ('{"mon": ["08:00-12:60"]}', "no clock shows"),
        ('{"mon": ["24:00-08:00"]}', "no clock shows"),
        ('{"mon": ["08:00-24:30"]}', "no clock shows"),
        ('{"mon": ["08:00-08:00"]}', "00:00-24:00 for a whole day"),
    ],
)
def test_bad_shifts_are_answered_in_one_sentence(text, said):
    with pytest.raises(UserError) as caught:
        parse_shifts(text)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"zone": "Europe/Bavaria"}, "Europe/Bavaria"),
        ({"country": "XX"}, 'country "XX"'),
        ({"country": "DE", "region": "ZZ"}, 'region "ZZ" of country "DE"'),
    ],
)
def test_a_place_nobody_knows_is_refused_when_checked_and_when_asked(changes, said):
    made = calendar(**changes)
    with pytest.raises(UserError, match=said):
        made.check()
    with pytest.raises(UserError, match=said):
        made.hours.worked(0, HOUR_MS)
    calendar(country="DE", region="BY").check()


def test_a_closed_day_that_is_no_date_is_refused():
    with pytest.raises(UserError, match="not a date"):
        calendar(closed=[("24.12.", None)])


def test_countries_offer_their_regions():
    assert "BY" in countries()["DE"]
    assert "DEU" not in countries()


def test_equal_calendars_are_equal_whatever_was_asked_of_them():
    one, other = calendar(closed=[("2026-01-02", "a")]), calendar(closed=[("2026-01-02", "a")])
    one.hours.worked(0, HOUR_MS)
    assert one == other
    assert hash(one) == hash(other)
    assert one.closed == (ClosedDay(date(2026, 1, 2), "a"),)


def test_neither_calendars_nor_clocks_load_the_holidays_library():
    check = "import sys, app.work.clocks; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
