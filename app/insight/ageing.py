"""How old the backlog is, in working days, and on whom it waits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, Literal

from app.insight.history import History
from app.work.calendars import ServiceCalendar

Side = Literal["us", "requester", "others"]

SIDES: Final[tuple[Side, ...]] = ("us", "requester", "others")
BUCKETS: Final = ((0, 1), (2, 5), (6, 10), (11, 20), (21, None))
"""Working days since opening, both ends included; the last is open."""
OLD_DAYS: Final = 20
"""A case older than this is named old."""


def side(case: History, instant: int) -> Side:
    """On whom the case waited just before `instant`. Supplier, change and parts are "others"."""
    reason = case.waiting_at(instant)
    if reason is None:
        return "us"
    return "requester" if reason == "requester" else "others"


def bucket(days: int) -> int:
    """The row of BUCKETS an age belongs to."""
    return bisect_right([low for low, _ in BUCKETS], days) - 1


def is_working_day(calendar: ServiceCalendar, day: date) -> bool:
    """Shifts begin on it and it is not closed."""
    if calendar.closing(day) is not None:
        return False
    return bool(calendar.week[day.weekday()]) or any(opened.day == day for opened in calendar.opened)


class WorkedDays:
    """Working days counted once, for as many spans as are asked. `first`: the ordinal of the earliest day."""

    def __init__(self, first: int, last: int, works_on: Callable[[date], bool]) -> None:
        self._first = first
        self._sums = [0]
        for number in range(first + 1, last + 1):
            self._sums.append(self._sums[-1] + works_on(date.min + timedelta(days=number - 1)))

    def between(self, opened: int, until: int) -> int:
        """The age of a case at the end of day `until`: the working days after the day it was opened, up to and with
        that day. A case opened on Monday is 4 days old at the end of a five-day week, one opened on Friday 0.
        """
        sums, first = self._sums, self._first
        return sums[until - first] - sums[min(opened, until) - first]
