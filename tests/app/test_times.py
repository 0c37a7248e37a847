"""The edges where instants meet wall clocks: round trips, clock changes, weeks, and words for bad input."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import times
from app.errors import UserError

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
HAVANA = ZoneInfo("America/Havana")  # changes its clocks at midnight
SAO_PAULO = ZoneInfo("America/Sao_Paulo")  # until 2019 skipped the hour after midnight
APIA = ZoneInfo("Pacific/Apia")  # left out 2011-12-30
ZONES = (BERLIN, NEW_YORK, LORD_HOWE, HAVANA, SAO_PAULO, APIA, ZoneInfo("Asia/Kathmandu"))

INSTANTS = st.integers(
    times.from_datetime(datetime(1990, 1, 1, tzinfo=UTC)),
    times.from_datetime(datetime(2090, 1, 1, tzinfo=UTC)),
)


def at(text: str) -> int:
    return times.parse_iso(text)


def test_now_is_the_present_in_milliseconds():
    assert abs(times.now_ms() - datetime.now(UTC).timestamp() * 1000) < 5_000


@given(INSTANTS, st.sampled_from(ZONES))
def test_an_instant_survives_datetime_and_text(ms, tz):
    assert times.from_datetime(times.to_datetime(ms, tz)) == ms
    assert times.parse_iso(times.iso_utc(ms, millis=True)) == ms
    assert times.parse_iso(times.iso_utc(ms)) == ms - ms % 1000


def test_utc_text_has_the_documented_form():
    ms = times.from_datetime(datetime(2026, 11, 22, 9, 12, 40, 999_000, tzinfo=UTC))
    assert times.iso_utc(ms) == "2026-11-22T09:12:40Z"
    assert times.iso_utc(ms, millis=True) == "2026-11-22T09:12:40.999Z"
    assert at("2026-11-22T10:12:40+01:00") == at("2026-11-22T09:12:40Z")


@pytest.mark.parametrize("text", ["2026-11-22T09:12:40", "2026-11-22", "tomorrow", "", "2026-02-30T00:00:00Z"])
def test_text_that_is_no_instant_is_answered_with_how_to_write_one(text):
    with pytest.raises(UserError, match="write it like 2026-11-22T09:12:40Z"):
        times.parse_iso(text)


@pytest.mark.parametrize("text", ["20261122", "2026-W47-7", "22.11.2026", "2026-02-30", "2026-11-22T00:00"])
def test_only_plain_dates_are_dates(text):
    assert times.parse_date("2026-11-22") == date(2026, 11, 22)
    with pytest.raises(UserError, match="not a date"):
        times.parse_date(text)


def test_a_naive_datetime_is_a_bug_and_says_so():
    with pytest.raises(ValueError, match="without a time zone"):
        times.from_datetime(datetime(2026, 1, 1))  # noqa: DTZ001


# Windows alone would find the files of the last four.
@pytest.mark.parametrize(
    "name",
    ["Europe", "Europe/Nowhere", "../../etc/passwd", "/etc/localtime", "", "x\0", "NUL", "CET ", "Europe/Berlin.",
     "Europe\\Berlin", "Europe/berlin"],
)  # fmt: skip
def test_an_unknown_zone_is_named_in_one_sentence(name):
    with pytest.raises(UserError, match="use a name like Europe/Berlin") as caught:
        times.zone(name)
    assert caught.value.exit_code == 1


@given(INSTANTS, st.sampled_from(ZONES))
@example(at("2026-10-25T00:30:00Z"), BERLIN)
@example(at("2026-10-25T01:30:00Z"), BERLIN)
def test_wall_time_leads_back_to_its_first_pass(ms, tz):
    wall = times.local_wall(ms, tz)
    again = times.wall_to_ms(wall, tz)
    assert times.local_wall(again, tz) == wall
    assert again <= ms
    assert again == ms or times.offset_ms(again, tz) > times.offset_ms(ms, tz)


def test_a_skipped_wall_time_is_the_moment_of_the_change():
    for minute in (0, 1, 30, 59):
        wall = datetime(2026, 3, 29, 2, minute)  # noqa: DTZ001
        assert times.wall_to_ms(wall, BERLIN) == at("2026-03-29T01:00:00Z")
    assert times.wall_to_ms(datetime(2026, 10, 4, 2, 10), LORD_HOWE) == at("2026-10-03T15:30:00Z")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "tz", "minutes"),
    [
        (date(2026, 3, 29), BERLIN, 23 * 60),
        (date(2026, 10, 25), BERLIN, 25 * 60),
        (date(2026, 3, 8), NEW_YORK, 23 * 60),
        (date(2026, 11, 1), NEW_YORK, 25 * 60),
        (date(2026, 10, 4), LORD_HOWE, 23 * 60 + 30),
        (date(2026, 4, 5), LORD_HOWE, 24 * 60 + 30),
        (date(2025, 3, 9), HAVANA, 23 * 60),
        (date(2025, 11, 2), HAVANA, 25 * 60),
        (date(2018, 11, 4), SAO_PAULO, 23 * 60),
        (date(2019, 2, 16), SAO_PAULO, 25 * 60),
        (date(2011, 12, 30), APIA, 0),
        (date(2026, 6, 1), BERLIN, 24 * 60),
    ],
)
def test_a_civil_day_is_as_long_as_its_clocks_make_it(day, tz, minutes):
    start, end = times.day_bounds(day, tz)
    assert (end - start) / times.MINUTE_MS == minutes
    if minutes:
        assert times.local_date(start, tz) == times.local_date(end - 1, tz) == day
        assert times.local_date(start - 1, tz) < day < times.local_date(end, tz)


@given(INSTANTS, st.sampled_from(ZONES))
def test_every_instant_lies_in_the_week_its_date_says(ms, tz):
    week = times.week_of(ms, tz)
    start, end = week.bounds(tz)
    assert start <= ms < end
    assert times.parse_week(str(week)) == week
    assert week.shifted(1).bounds(tz)[0] == end
    assert week.shifted(1).shifted(-1) == week
    assert times.week_of(start - 1, tz) == week.shifted(-1) < week


def test_weeks_go_from_monday_midnight_to_monday_midnight_on_the_wall():
    assert str(times.IsoWeek(2026, 5)) == "2026-W05"
    assert times.parse_week("2026-W44").bounds(BERLIN) == (
        at("2026-10-25T23:00:00Z"),
        at("2026-11-01T23:00:00Z"),
    )
    start, end = times.parse_week("2026-W43").bounds(BERLIN)  # the clocks go back on its Sunday
    assert end - start == timedelta(days=7, hours=1) // timedelta(milliseconds=1)
    assert times.week_of(at("2027-01-03T12:00:00Z"), BERLIN) == times.IsoWeek(2026, 53)


@pytest.mark.parametrize("text", ["2026-46", "2026-W4", "W46", "2025-W53", "2026-W00", "2026-W54", "0000-W01", ""])
def test_a_week_that_is_none_is_refused(text):
    with pytest.raises(UserError, match="week"):
        times.parse_week(text)


def test_an_offset_change_is_found_to_the_millisecond():
    start, end = at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z")
    change = at("2026-03-29T01:00:00Z")
    assert times.next_offset_change(start, end, BERLIN) == change
    assert times.next_offset_change(start, change, BERLIN) == change
    assert times.next_offset_change(start, change - 1, BERLIN) is None
    assert times.next_offset_change(change, end, BERLIN) == at("2026-10-25T01:00:00Z")


def test_two_changes_a_month_apart_are_both_found():
    casablanca = ZoneInfo("Africa/Casablanca")  # leaves its summer time for Ramadan
    first = times.next_offset_change(at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z"), casablanca)
    assert first == at("2026-02-15T02:00:00Z")
    assert times.next_offset_change(first, at("2026-12-31T00:00:00Z"), casablanca) == at("2026-03-22T02:00:00Z")


@pytest.mark.parametrize("tz", ZONES, ids=str)
def test_the_changes_of_a_year_are_every_instant_at_which_the_offset_is_another(tz: ZoneInfo) -> None:
    for year in (1990, 2011, 2018, 2026):
        start, end = at(f"{year}-01-01T00:00:00Z"), at(f"{year + 1}-01-01T00:00:00Z")
        changes = times.offset_changes(year, tz)
        assert list(changes) == sorted(set(changes))
        for change in changes:
            assert times.offset_ms(change - 1, tz) != times.offset_ms(change, tz)
        bounds = (start, *changes, end + 1)
        for low, high in pairwise(bounds):
            offsets = {times.offset_ms(moment, tz) for moment in range(low, high, times.HOUR_MS)}
            assert len(offsets) <= 1
