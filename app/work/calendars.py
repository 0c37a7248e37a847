"""Service calendars: when a department's (or an analyst's) minutes count.

A `ServiceCalendar` is a plain value: weekly shifts, the public holidays of a country and region, closed days,
and dates with shifts of their own. The rule is one sentence, so that a person with a wall clock can check it:
**an instant is working time if the wall clock then shows a time inside a shift and the date on the wall is
not closed.** From it follows

- shifts that overlap (the handing over at a shift's end) count once; a night shift is two pieces, one on each
  date;
- a holiday or closed day is closed from 00:00 to 24:00: the night shift of its eve ends at midnight, and the
  one that begins on it counts from midnight on;
- when the clocks go forward a night shift is an hour shorter, when they go back an hour longer, as it is for
  those who work it.

Dates are decided in this order: closed day, date with shifts of its own, public holiday, ordinary weekday. So
a site works on a holiday by giving the date shifts, and two people who enter "closed" and "open" for the same
date on two machines get "closed", which promises nothing that can't be kept.

For speed `calendar.hours` (`WorkingHours`) lays the rule out on the UTC time line, year by year as years are
asked for: sorted intervals with running sums, so that every question is two binary searches. The `holidays`
library is imported by the first question to a calendar with a country, not before: it costs 60 ms at
start-up.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from app import times
from app.errors import UserError
from app.times import DAY_MS, MINUTE_MS

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REACH_YEARS: Final = 50
"""How far ahead a due time is looked for. A target that needs longer is a mistake in the calendar or the
severity.
"""

_DAY_MINUTES: Final = 24 * 60
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_SHIFT_TEXT: Final = re.compile(r"(\d{2}):(\d{2})\s*[-–]\s*(\d{2}):(\d{2})")
_SHIFT_HINT: Final = "write it like 06:00-14:00, or 22:00-06:00 over midnight"


class Shift(NamedTuple):
    """Minutes after the midnight with which its date begins: 0 <= start < 1440, end > start, end > 1440 over
    midnight.
    """

    start: int
    end: int

    def __str__(self) -> str:
        """`06:00-14:00`; `22:00-06:00` over midnight; `16:00-24:00` up to it."""
        end = self.end - _DAY_MINUTES if self.end > _DAY_MINUTES else self.end
        return f"{self.start // 60:02d}:{self.start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


Week = tuple[tuple[Shift, ...], ...]
"""Seven tuples of shifts, Monday first; a shift belongs to the date it begins on."""

ROUND_THE_CLOCK: Final[Week] = ((Shift(0, _DAY_MINUTES),),) * 7


class OpenDay(NamedTuple):
    """A date with shifts of its own: they replace those that would begin on it, and a public holiday does not
    close it.
    """

    day: date
    shifts: tuple[Shift, ...]


class ClosedDay(NamedTuple):
    """A date closed from 00:00 to 24:00; the reason is shown in the clock's explanation."""

    day: date
    reason: str = ""


class Interval(NamedTuple):
    """[start, end) in milliseconds UTC."""

    start: int
    end: int


class ClosedSpan(NamedTuple):
    """A closed stretch on the UTC time line. `why` is `holiday` or `closed day`, `detail` the holiday's name
    or the reason.
    """

    start: int
    end: int
    why: str
    detail: str


@dataclass(frozen=True)
class ServiceCalendar:
    """Working time as a value: equal calendars answer alike.

    `zone` is an IANA name, `country` and `region` the codes of the `holidays` library (ISO 3166-1 and -2:
    `DE`, `BY`); `language` is the one holidays are named in (`de`; a language the library lacks for that
    country falls back to English).
    """

    zone: str
    week: Week
    country: str | None = None
    region: str | None = None
    language: str = "en"
    closed: tuple[ClosedDay, ...] = ()
    opened: tuple[OpenDay, ...] = ()

    @classmethod
    def from_stored(
        cls,
        zone: str,
        shifts: str,
        country: str | None = None,
        region: str | None = None,
        closed: Iterable[tuple[str, str | None]] = (),
        language: str = "en",
    ) -> ServiceCalendar:
        """The calendar of a `calendar` row and its `closed_day` rows (date, reason). UserError if a part
        can't be read.
        """
        week, opened = parse_shifts(shifts)
        days = tuple(sorted(ClosedDay(times.parse_date(day), reason or "") for day, reason in closed))
        return cls(zone, week, country or None, region or None, language, days, opened)

    @cached_property
    def hours(self) -> WorkingHours:
        """The calendar laid out on the UTC time line; made at the first use and kept, as the value can't
        change.
        """
        return WorkingHours(self)

    def check(self) -> None:
        """UserError if the time zone, the country or the region is not known: to be asked before a calendar
        is stored.
        """
        times.zone(self.zone)
        if self.country is not None:
            holiday_names(self.country, self.region, (), self.language)

    def working_intervals(self, day: date) -> tuple[Interval, ...]:
        """The working time on that civil date, in order, touching shifts joined."""
        return self.hours.intervals(*times.day_bounds(day, times.zone(self.zone)))

    def closing(self, day: date) -> tuple[str, str] | None:
        """(`closed day`, reason) or (`holiday`, name) if that date is closed, else None."""
        return self.hours.closing(day)


def parse_shifts(text: str) -> tuple[Week, tuple[OpenDay, ...]]:
    """Read the stored form, e.g. `{"mon": ["06:00-14:00", "22:00-06:00"], "2026-12-24": ["06:00-12:00"]}`.

    A key is a weekday (`mon` ... `sun`, missing = free) or a date with shifts of its own. UserError in one
    sentence otherwise.
    """
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError("The weekly shifts are not JSON; enter the calendar's shifts again.") from error
    if not isinstance(stored, dict):
        raise UserError('The weekly shifts must name days with lists of shifts, like {"mon": ["06:00-14:00"]}.')
    week: dict[str, tuple[Shift, ...]] = {}
    opened: list[OpenDay] = []
    for key, listed in stored.items():
        if not isinstance(listed, list):
            raise UserError(f'The shifts of "{key}" must be a list like ["06:00-14:00"].')
        shifts = tuple(sorted({parse_shift(item, key) for item in listed}))
        if key in WEEKDAYS:
            week[key] = shifts
        elif not key[:1].isdigit():
            raise UserError(f'"{key}" is not a day; use mon, tue, wed, thu, fri, sat, sun or a date like 2026-12-24.')
        elif not shifts:
            raise UserError(f"{key} has no shifts; give it some, or enter it as a closed day.")
        else:
            opened.append(OpenDay(times.parse_date(key), shifts))
    if not any(week.values()):
        raise UserError(
            "A calendar needs at least one shift in the week; without one no due time could ever be reached."
        )
    return tuple(week.get(name, ()) for name in WEEKDAYS), tuple(sorted(opened))


def parse_shift(text: object, day: str) -> Shift:
    """One shift from `06:00-14:00`; `day` is named in the UserError if it is not one."""
    match = _SHIFT_TEXT.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise UserError(f'"{text}" ({day}) is not a shift; {_SHIFT_HINT}.')
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start_minute > 59 or end_minute > 59 or start >= _DAY_MINUTES or end > _DAY_MINUTES:
        raise UserError(f'"{text}" ({day}) has a time that no clock shows; {_SHIFT_HINT}.')
    if start == end:
        raise UserError(f'"{text}" ({day}) begins and ends at the same time; write 00:00-24:00 for a whole day.')
    return Shift(start, end if end > start else end + _DAY_MINUTES)


def shifts_text(week: Week, opened: Iterable[OpenDay] = ()) -> str:
    """The stored form of `parse_shifts`: compact JSON, Monday first, then dates in order; free days are left
    out.
    """
    stored: dict[str, list[str]] = {
        name: [str(shift) for shift in sorted(shifts)] for name, shifts in zip(WEEKDAYS, week, strict=True) if shifts
    }
    stored |= {
        open_day.day.isoformat(): [str(shift) for shift in sorted(open_day.shifts)] for open_day in sorted(opened)
    }
    return json.dumps(stored, separators=(",", ":"))


def countries() -> Mapping[str, tuple[str, ...]]:
    """Country code -> its region codes, as far as public holidays are known, for choosing."""
    from holidays.utils import list_supported_countries  # late: see the module's opening

    listed = list_supported_countries(include_aliases=False)
    return {country: tuple(regions) for country, regions in sorted(listed.items())}


def holiday_names(country: str, region: str | None, years: Iterable[int], language: str) -> dict[date, str]:
    """Public holidays by date; two on one date are named `A; B`. UserError for a country or region that is
    not known.
    """
    from holidays import country_holidays  # late: see the module's opening

    try:
        spoken = country_holidays(country, subdiv=region).supported_languages
        found = country_holidays(country, subdiv=region, years=tuple(years), language=_nearest(language, spoken))
    except NotImplementedError as error:
        place = f'region "{region}" of country "{country}"' if region else f'country "{country}"'
        raise UserError(f"No public holidays are known for {place}; choose another or none.") from error
    return dict(found.items())


def _nearest(language: str, spoken: tuple[str, ...]) -> str | None:
    """The library's name for that language (`en` is `en_US` for Germany), else for English, else the
    country's own.
    """
    for wanted in (language, language[:2], "en"):
        for candidate in spoken:
            if candidate == wanted or candidate.startswith(f"{wanted}_"):
                return candidate
    return None


class _Layout(NamedTuple):
    """The time line over [low, high): the years first_year..last_year in UTC. Never changed, only replaced by
    a longer one.
    """

    first_year: int
    last_year: int
    low: int
    high: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    """Working time before each interval's start."""
    after: list[int]
    """Working time up to each interval's end."""
    closed: list[ClosedSpan]

    def worked(self, ms: int) -> int:
        """Working time from `low` to that instant."""
        index = bisect_right(self.starts, ms) - 1
        if index < 0:
            return 0
        return self.before[index] + min(ms, self.ends[index]) - self.starts[index]


class WorkingHours:
    """A calendar on the UTC time line. Questions may come from several threads: a layout is built aside and
    put in place whole.
    """

    def __init__(self, calendar: ServiceCalendar) -> None:
        self._calendar = calendar
        self._zone = times.zone(calendar.zone)
        self._closed = dict(calendar.closed)
        self._opened = dict(calendar.opened)
        self._touched = {day.toordinal() + later for day in self._opened for later in (0, 1)}
        self._week_pieces = [_pieces(calendar.week[weekday], calendar.week[weekday - 1]) for weekday in range(7)]
        self._holidays: dict[int, dict[date, str]] = {}
        self._years: dict[int, tuple[list[Interval], list[ClosedSpan]]] = {}
        self._layout: _Layout | None = None

    def worked(self, start: int, end: int) -> int:
        """Working milliseconds in [start, end); negative if end lies before start."""
        layout = self._layout
        if layout is None or start < layout.low or end < layout.low or start >= layout.high or end >= layout.high:
            layout = self._covering(min(start, end), max(start, end))
        return layout.worked(end) - layout.worked(start)

    def reach(self, start: int, working_ms: int) -> int | None:
        """The first instant by which `working_ms` (>= 0) have been worked since `start`; None if not within
        REACH_YEARS.
        """
        if working_ms <= 0:
            return start
        layout = self._layout
        if layout is None or not layout.low <= start < layout.high:
            layout = self._covering(start, start)
        while True:
            wanted = layout.worked(start) + working_ms
            index = bisect_left(layout.after, wanted)
            if index < len(layout.after):
                return layout.starts[index] + wanted - layout.before[index]
            if layout.last_year >= times.to_datetime(start).year + REACH_YEARS:
                return None
            layout = self._covering(start, layout.high)

    def reach_all(self, start: int, working_ms: Iterable[int | None]) -> list[int | None]:
        """`reach` for several targets from the same instant; None for None."""
        layout = self._layout
        if layout is None or not layout.low <= start < layout.high:
            layout = self._covering(start, start)
        worked, after, last = layout.worked(start), layout.after, len(layout.after)
        found: list[int | None] = []
        for target in working_ms:
            if target is None:
                found.append(None)
                continue
            index = bisect_left(after, worked + target)
            if target > 0 and index < last:
                found.append(layout.starts[index] + worked + target - layout.before[index])
            else:
                found.append(self.reach(start, target))
        return found

    def intervals(self, start: int, end: int) -> tuple[Interval, ...]:
        """The working intervals within [start, end), in order, none touching the next."""
        if start >= end:  # also a civil day that its zone has skipped
            return ()
        layout = self._covering(start, end)
        found: list[Interval] = []
        for index in range(bisect_right(layout.ends, start), len(layout.starts)):
            if layout.starts[index] >= end:
                break
            found.append(Interval(max(layout.starts[index], start), min(layout.ends[index], end)))
        return tuple(found)

    def closed_spans(self, start: int, end: int) -> Iterator[ClosedSpan]:
        """The closed days within [start, end), in order; days running closed for the same reason are one
        span.
        """
        if start >= end:
            return
        closed = self._covering(start, end).closed
        for index in range(bisect_right(closed, start, key=lambda span: span.end), len(closed)):
            span = closed[index]
            if span.start >= end:
                break
            yield span._replace(start=max(span.start, start), end=min(span.end, end))

    def closing(self, day: date) -> tuple[str, str] | None:
        """Why that civil date is closed, as in `ServiceCalendar.closing`."""
        if day in self._closed:
            return "closed day", self._closed[day]
        if day in self._opened or self._calendar.country is None:
            return None
        name = self._holidays_of(day.year).get(day)
        return None if name is None else ("holiday", name)

    def _holidays_of(self, year: int) -> dict[date, str]:
        if year not in self._holidays and self._calendar.country is not None:
            self._holidays[year] = holiday_names(
                self._calendar.country, self._calendar.region, (year,), self._calendar.language
            )
        return self._holidays[year]

    def _covering(self, start: int, end: int) -> _Layout:
        """A layout that holds both instants and all that were ever asked for."""
        layout = self._layout
        if layout is not None and layout.low <= start and end < layout.high:
            return layout
        first, last = times.to_datetime(start).year, times.to_datetime(end).year
        if layout is not None:
            first, last = min(first, layout.first_year), max(last, layout.last_year)
        layout = self._laid_out(first, last)
        self._layout = layout
        return layout

    def _laid_out(self, first_year: int, last_year: int) -> _Layout:
        starts: list[int] = []
        ends: list[int] = []
        closed: list[ClosedSpan] = []
        for year in range(first_year, last_year + 1):
            if year not in self._years:
                self._years[year] = self._year(year)
            worked, shut = self._years[year]
            for start, end in worked:
                if ends and ends[-1] == start:
                    ends[-1] = end
                else:
                    starts.append(start)
                    ends.append(end)
            for span in shut:
                if closed and closed[-1].end == span.start and closed[-1][2:] == span[2:]:
                    closed[-1] = closed[-1]._replace(end=span.end)
                else:
                    closed.append(span)
        before: list[int] = []
        after: list[int] = []
        total = 0
        for start, end in zip(starts, ends, strict=True):
            before.append(total)
            total += end - start
            after.append(total)
        low, high = _year_start(first_year), _year_start(last_year + 1)
        return _Layout(first_year, last_year, low, high, starts, ends, before, after, closed)

    def _year(self, year: int) -> tuple[list[Interval], list[ClosedSpan]]:
        """One UTC year: between two clock changes wall time runs evenly, so each stretch is laid out by its
        one offset.
        """
        worked: list[Interval] = []
        shut: list[ClosedSpan] = []
        start, end = _year_start(year), _year_start(year + 1)
        for change in dict.fromkeys((*times.offset_changes(year, self._zone), end)):
            offset = times.offset_ms(start, self._zone)
            low, high = start + offset, change + offset
            for number in range(low // DAY_MS, (high - 1) // DAY_MS + 1):
                midnight = number * DAY_MS
                closing = self.closing(date.fromordinal(_EPOCH_ORDINAL + number))
                if closing is not None:
                    shut.append(
                        ClosedSpan(max(midnight, low) - offset, min(midnight + DAY_MS, high) - offset, *closing)
                    )
                    continue
                pieces = self._day_pieces(number)
                if low <= midnight and midnight + DAY_MS <= high:
                    worked += [
                        Interval(midnight + opens - offset, midnight + shuts - offset) for opens, shuts in pieces
                    ]
                    continue
                for piece_start, piece_end in pieces:
                    piece = Interval(
                        max(midnight + piece_start, low) - offset, min(midnight + piece_end, high) - offset
                    )
                    if piece.start < piece.end:
                        worked.append(piece)
            start = change
        return worked, shut

    def _day_pieces(self, number: int) -> list[tuple[int, int]]:
        """The shifts' pieces on the civil day that many days after 1970-01-01, in milliseconds after its
        midnight.
        """
        weekday = (number + 3) % 7  # 1970-01-01 was a Thursday
        if _EPOCH_ORDINAL + number not in self._touched:
            return self._week_pieces[weekday]
        today, eve = (date.fromordinal(_EPOCH_ORDINAL + number - earlier) for earlier in (0, 1))
        week = self._calendar.week
        return _pieces(self._opened.get(today, week[weekday]), self._opened.get(eve, week[weekday - 1]))


def _year_start(year: int) -> int:
    return (date(year, 1, 1).toordinal() - _EPOCH_ORDINAL) * DAY_MS


def _pieces(own: Iterable[Shift], eves: Iterable[Shift]) -> list[tuple[int, int]]:
    """What a civil day works: its own shifts up to midnight and what its eve's night shifts leave, joined, in
    milliseconds.
    """
    pieces = [(shift.start, min(shift.end, _DAY_MINUTES)) for shift in own]
    pieces += [(0, shift.end - _DAY_MINUTES) for shift in eves if shift.end > _DAY_MINUTES]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return [(start * MINUTE_MS, end * MINUTE_MS) for start, end in joined]
