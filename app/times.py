"""Instants, and the edges where they become wall-clock time.

Inside, an instant is an `int`: milliseconds since 1970-01-01 UTC. A wall clock needs a time zone and is read
only at the edges: text for people and files, the civil day, the ISO week of a report. All arithmetic is done
on instants, because adding an hour to a wall clock is wrong twice a year.

Wall-clock times that a clock change skips or repeats are resolved in one place (`wall_to_ms`): a skipped time
is the moment of the change, a repeated one is its first pass.
"""

from __future__ import annotations

import re
import sys
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as wall_time
from functools import cache, lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones, reset_tzpath

from app.errors import UserError

# All workstations of a desk must compute the same due times, so zones come from the locked tzdata package on every
# system and not from whatever zone files each has installed (they disagreed about Havana in 2026).
reset_tzpath(())

SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 86_400_000

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_SIX_HOURS: Final = timedelta(hours=6)
_WEEK_TEXT: Final = re.compile(r"(\d{4})-W(\d{2})")


def now_ms() -> int:
    """The present instant."""
    return time.time_ns() // 1_000_000


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name (`Europe/Berlin`); UserError if there is none."""
    try:
        if sys.platform == "win32" and name not in _zones_by_exact_name():
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # A region's folder ("Europe") is an OSError, a path that leaves the database a ValueError.
        raise UserError(f'"{name}" is not a known time zone; use a name like Europe/Berlin.') from error


@cache
def _zones_by_exact_name() -> frozenset[str]:
    """Windows finds a file by other capitals too, by `\\`, and with a blank or a dot at the end; a desk founded there
    in such a zone could not be opened on Linux."""
    return frozenset(available_timezones())


def to_datetime(ms: int, tz: tzinfo = UTC) -> datetime:
    """The aware datetime of an instant, exact to the millisecond."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(tz)


def from_datetime(moment: datetime) -> int:
    """The instant of an aware datetime, fractions of a millisecond cut off. ValueError for a naive one: that
    is a bug.
    """
    if moment.utcoffset() is None:
        raise ValueError("a datetime without a time zone is not an instant")
    return (moment - _EPOCH) // _MILLISECOND


def iso_utc(ms: int, *, millis: bool = False) -> str:
    """`2026-11-22T09:12:40Z`, seconds cut off, not rounded; with `millis` `2026-11-22T09:12:40.123Z`."""
    text = to_datetime(ms).replace(tzinfo=None).isoformat(timespec="milliseconds" if millis else "seconds")
    return text + "Z"


def parse_iso(text: str) -> int:
    """The instant of an ISO 8601 date and time with `Z` or an offset; UserError if it is not one or has no
    zone.
    """
    hint = "write it like 2026-11-22T09:12:40Z"
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.utcoffset() is not None:
            return from_datetime(moment)
    except (ValueError, OverflowError) as error:
        raise UserError(f'"{text}" is not a date and time; {hint}.') from error
    raise UserError(f'"{text}" has no time zone; {hint}.')


def parse_date(text: str) -> date:
    """The date of `YYYY-MM-DD`; UserError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f'"{text}" is not a date; write it like 2026-11-22.') from error
    if day.isoformat() != text:  # 20261122 and 2026-W47-7 are ISO 8601 too, but not how dates are stored here
        raise UserError(f'"{text}" is not a date; write it like 2026-11-22.')
    return day


def local_wall(ms: int, tz: tzinfo) -> datetime:
    """What the clock on the wall shows at that instant: naive, for showing, never for arithmetic."""
    return to_datetime(ms, tz).replace(tzinfo=None)


def local_date(ms: int, tz: tzinfo) -> date:
    """The civil date in that zone at that instant."""
    return to_datetime(ms, tz).date()


def offset_ms(ms: int, tz: tzinfo) -> int:
    """How far the wall clock is ahead of UTC at that instant, in milliseconds."""
    offset = to_datetime(ms, tz).utcoffset()
    if offset is None:
        raise ValueError(f"{tz} has no offset from UTC")
    return offset // _MILLISECOND


def next_offset_change(start: int, end: int, tz: tzinfo) -> int | None:
    """The first instant in (start, end] from which the zone's offset differs from the one at `start`; None if
    none does.

    Looks every six hours, as no zone has ever changed its clock and back within that, then halves down to the
    millisecond.
    """
    moment = to_datetime(start)
    before = moment.astimezone(tz).utcoffset()
    low = start
    while low < end:
        high = min(low + 6 * HOUR_MS, end)
        moment += _SIX_HOURS  # a year has 1,461 steps: one addition each
        if (moment if high - low == 6 * HOUR_MS else to_datetime(high)).astimezone(tz).utcoffset() != before:
            while high - low > 1:
                middle = (low + high) // 2
                if to_datetime(middle, tz).utcoffset() == before:
                    low = middle
                else:
                    high = middle
            return high
        low = high
    return None


@lru_cache(maxsize=512)
def offset_changes(year: int, tz: tzinfo) -> tuple[int, ...]:
    """The instants of a year in UTC at which the zone's offset changes, its end included. Found once for each year and
    zone, however many calendars there are."""
    start, end = (from_datetime(datetime(y, 1, 1, tzinfo=UTC)) for y in (year, year + 1))
    found: list[int] = []
    while (change := next_offset_change(found[-1] if found else start, end, tz)) is not None:
        found.append(change)
    return tuple(found)


def wall_to_ms(wall: datetime, tz: tzinfo) -> int:
    """The instant at which the clock on the wall shows `wall` (naive).

    A time that is shown twice is its first pass. A time that is skipped is the instant of the change: the
    first one at which the wall clock shows something later.
    """
    first = from_datetime(wall.replace(tzinfo=tz, fold=0))
    second = from_datetime(wall.replace(tzinfo=tz, fold=1))
    if second >= first:
        return first
    # In a gap PEP 495 gives fold=0 the offset before the change and fold=1 the one after: it lies between.
    change = next_offset_change(second, first, tz)
    return first if change is None else change


def day_bounds(day: date, tz: tzinfo) -> tuple[int, int]:
    """(from, to) of a civil day: 23, 24 or 25 hours in most zones; empty for a day a zone has skipped."""
    midnight = wall_time()
    start = wall_to_ms(datetime.combine(day, midnight), tz)
    return start, wall_to_ms(datetime.combine(day + timedelta(days=1), midnight), tz)


class IsoWeek(NamedTuple):
    """A week of ISO 8601: Monday to Sunday, week 1 holds the year's first Thursday. Sorts in time order."""

    year: int
    week: int

    def __str__(self) -> str:
        """`2026-W46`."""
        return f"{self.year:04d}-W{self.week:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    def bounds(self, tz: tzinfo) -> tuple[int, int]:
        """(from, to): Monday 00:00 to the next Monday 00:00 in that zone."""
        monday = self.monday
        return day_bounds(monday, tz)[0], day_bounds(monday + timedelta(days=7), tz)[0]

    def shifted(self, weeks: int) -> IsoWeek:
        """The week that many weeks later (earlier if negative)."""
        return week_of_date(self.monday + timedelta(weeks=weeks))


def parse_week(text: str) -> IsoWeek:
    """The week of `2026-W46`; UserError for anything else, also for a week 53 that the year does not have."""
    match = _WEEK_TEXT.fullmatch(text.strip())
    if match is None:
        raise UserError(f'"{text}" is not a week; write it like 2026-W46.')
    week = IsoWeek(int(match[1]), int(match[2]))
    try:
        date.fromisocalendar(week.year, week.week, 1)
    except ValueError as error:
        raise UserError(f'There is no week "{text}"; weeks go from 01 to 52, or 53 in a long year.') from error
    return week


def week_of_date(day: date) -> IsoWeek:
    """The ISO week a date lies in."""
    year, week, _ = day.isocalendar()
    return IsoWeek(year, week)


def week_of(ms: int, tz: tzinfo) -> IsoWeek:
    """The ISO week of an instant, by the civil date in that zone."""
    return week_of_date(local_date(ms, tz))
