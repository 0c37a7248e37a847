"""Times and sizes in words, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import text
from ui.i18n import Language, Languages
from ui.text import DAY, HOUR, MINUTE

BERLIN = ZoneInfo("Europe/Berlin")


def at(iso: str) -> int:
    """Milliseconds of a wall-clock time in Berlin."""
    return int(datetime.fromisoformat(iso).replace(tzinfo=BERLIN).timestamp() * 1000)


NOW = at("2026-11-22T14:05:31")

DURATIONS = [
    (0, "less than 1 min", "weniger als 1 Min."),
    (59_999, "less than 1 min", "weniger als 1 Min."),
    (35 * MINUTE, "35 min", "35 Min."),
    (2 * HOUR, "2 h", "2 Std."),
    (2 * HOUR + 10 * MINUTE + 59_000, "2 h 10 min", "2 Std. 10 Min."),
    (47 * HOUR + 59 * MINUTE, "47 h 59 min", "47 Std. 59 Min."),
    (2 * DAY, "2 d", "2 T."),
    (3 * DAY + 4 * HOUR, "3 d 4 h", "3 T. 4 Std."),
    (-35 * MINUTE, "35 min", "35 Min."),
]


@pytest.mark.parametrize(("length", "english", "german"), DURATIONS)
def test_durations(languages: Languages, length: int, english: str, german: str):
    assert text.duration(length) == english
    languages.choose(Language.GERMAN)
    assert text.duration(length) == german


WORKED = [
    (35 * MINUTE, "35 min", "35 Min."),
    (26 * HOUR, "26 h", "26 Std."),
    (3 * DAY, "72 h", "72 Std."),
    (3 * DAY + 20 * MINUTE, "72 h 20 min", "72 Std. 20 Min."),
    (-60 * DAY, "1,440 h", "1.440 Std."),
]


@pytest.mark.parametrize(("length", "english", "german"), WORKED)
def test_working_time_is_never_told_in_days(languages: Languages, length: int, english: str, german: str):
    assert text.worked(length) == english
    languages.choose(Language.GERMAN)
    assert text.worked(length) == german
    assert text.minutes(4320) == "72 Std."


DUES = [
    (2 * HOUR + 10 * MINUTE, "due in 2 h 10 min", "fällig in 2 Std. 10 Min.", "2 h 10 min"),
    (15 * HOUR + 27 * MINUTE, "due in 15 h", "fällig in 15 Std.", "15 h 27 min"),
    (-25 * HOUR - 10 * MINUTE, "overdue by 25 h", "überfällig seit 25 Std.", "−25 h 10 min"),
    (-HOUR - 34 * MINUTE, "overdue by 94 min", "überfällig seit 94 Min.", "−1 h 34 min"),
    (-35 * MINUTE, "overdue by 35 min", "überfällig seit 35 Min.", "−35 min"),
    (30_000, "due now", "jetzt fällig", "now"),
    (-30_000, "due now", "jetzt fällig", "now"),
    (3 * DAY, "due in 3 days", "fällig in 3 Tagen", "3 d"),
    (-2 * DAY, "overdue by 2 days", "überfällig seit 2 Tagen", "−2 d"),
]


@pytest.mark.parametrize(("left", "english", "german", "short"), DUES)
def test_due_times(languages: Languages, left: int, english: str, german: str, short: str):
    assert text.due(NOW + left, NOW) == english
    assert text.due_short(NOW + left, NOW) == short
    languages.choose(Language.GERMAN)
    assert text.due(NOW + left, NOW) == german


def test_no_due_time_is_no_text(languages: Languages):
    assert text.due(None, NOW) == text.due_short(None, NOW) == ""


AGO = [
    ("2026-11-22T14:05:20", "just now", "gerade eben"),
    ("2026-11-22T13:50:00", "15 min ago", "vor 15 Min."),
    ("2026-11-22T09:00:00", "5 h ago", "vor 5 Std."),
    ("2026-11-21T23:30:00", "yesterday 23:30", "gestern 23:30"),
    ("2026-11-17T08:15:00", "Tue 08:15", "Di 08:15"),
    ("2026-11-15T08:15:00", "15/11/2026 08:15", "15.11.2026 08:15"),
    ("2026-11-22T15:05:00", "22/11/2026 15:05", "22.11.2026 15:05"),
]


@pytest.mark.parametrize(("when", "english", "german"), AGO)
def test_past_instants(languages: Languages, when: str, english: str, german: str):
    assert text.ago(at(when), NOW, BERLIN) == english
    languages.choose(Language.GERMAN)
    assert text.ago(at(when), NOW, BERLIN) == german


COMING = [
    ("2026-11-22T14:25:40", "in 20 min", "in 20 Min."),
    ("2026-11-22T19:30:00", "in 5 h", "in 5 Std."),
    ("2026-11-23T08:00:00", "tomorrow 08:00", "morgen 08:00"),
    ("2026-11-25T08:00:00", "in 3 days", "in 3 Tagen"),
    ("2026-11-22T14:05:00", "now", "jetzt"),
    ("2026-11-22T13:50:00", "15 min ago", "vor 15 Min."),
]


@pytest.mark.parametrize(("when", "english", "german"), COMING)
def test_coming_instants(languages: Languages, when: str, english: str, german: str):
    assert text.in_words(at(when), NOW, BERLIN) == english
    languages.choose(Language.GERMAN)
    assert text.in_words(at(when), NOW, BERLIN) == german


def test_one_and_many(languages: Languages):
    assert [text.cases(n) for n in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
    languages.choose(Language.GERMAN)
    assert [text.cases(n) for n in (0, 1, 2)] == ["0 Fälle", "1 Fall", "2 Fälle"]


def test_days_are_those_of_the_site(languages: Languages):
    """Half past midnight in Berlin is still yesterday in UTC, and today where it is told."""
    instant = int(datetime(2026, 11, 21, 23, 30, tzinfo=UTC).timestamp() * 1000)
    assert text.moment(instant, BERLIN) == "22/11/2026 00:30"
    assert text.ago(instant, instant + 2 * HOUR, BERLIN) == "2 h ago"
    assert text.ago(instant, instant + 2 * HOUR, UTC) == "yesterday 23:30"


def test_dates_numbers_and_sizes_follow_the_language(languages: Languages):
    assert text.day_in_full("2026-11-22") == "Sunday, 22 November 2026"
    assert text.number(1_234_567) == "1,234,567"
    assert text.decimal(12.5) == "12.5"
    assert text.size(340_000) == "340.0 kB"
    assert text.minutes(0) == "0 min"
    assert text.minutes(90) == "1 h 30 min"
    languages.choose(Language.GERMAN)
    assert text.day("2026-11-05") == "05.11.2026"
    assert text.day_in_full("2026-11-22") == "Sonntag, 22. November 2026"
    assert text.moment_in_full(NOW, BERLIN) == "Sonntag, 22. November 2026, 14:05:31"
    assert text.number(1_234_567) == "1.234.567"
    assert text.decimal(12.5) == "12,5"
    assert text.size(340_000) == "340,0 kB"


def test_clock_shows_summer_time(languages: Languages):
    assert text.clock(at("2026-07-01T08:00:00"), BERLIN) == "08:00"
    assert text.clock(NOW, BERLIN, seconds=True) == "14:05:31"


@given(st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
def test_longer_never_reads_shorter(one: int, other: int):
    """What the words say, in minutes, grows with the length and is never more than it."""

    def said(length: int) -> int:
        units = {"d": 24 * 60, "h": 60, "min": 1}
        words = text.duration(length).replace("less than 1 min", "0 min").split()
        return sum(int(n) * units[unit] for n, unit in zip(words[::2], words[1::2], strict=True))

    shorter, longer = sorted((one, other))
    assert said(shorter) <= said(longer) <= longer // MINUTE
    assert longer - said(longer) * MINUTE < HOUR
