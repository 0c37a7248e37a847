"""A calendar's coming week, day by day, as it would be with what is in a form: to see what one has entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import times
from app.work.calendars import ServiceCalendar

DAYS = 7


@dataclass(frozen=True)
class DayOfWeek:
    """One civil date: its working time on the wall, and why it is closed, where it is."""

    day: date
    hours: tuple[tuple[str, str], ...]
    closed: str = ""


def week(
    values: Mapping[str, Any], closed: Iterable[tuple[str, str | None]], first: date, language: str
) -> list[DayOfWeek]:
    """Seven days from `first`. `values`: the columns of a calendar. Errors: UserError for what can't be."""
    calendar = ServiceCalendar.from_stored(
        str(values["time_zone"]), str(values["shifts"]), values.get("country"), values.get("region"), closed, language
    )
    calendar.check()
    zone = times.zone(calendar.zone)
    out = []
    for step in range(DAYS):
        day = first + timedelta(days=step)
        why = calendar.closing(day)
        spans = tuple(
            (f"{times.local_wall(one.start, zone):%H:%M}", _end(one.end, day, zone))
            for one in calendar.working_intervals(day)
        )
        out.append(DayOfWeek(day, spans, (why[1] or why[0]) if why is not None else ""))
    return out


def _end(at: int, day: date, zone: Any) -> str:
    wall = times.local_wall(at, zone)
    return "24:00" if wall.date() > day and (wall.hour, wall.minute) == (0, 0) else f"{wall:%H:%M}"
