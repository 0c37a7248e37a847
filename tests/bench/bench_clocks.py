"""What recomputing every due time costs after a calendar was changed, as a ratio to searching a bare list as
often.

`python -m tests.bench.bench_clocks [CASES]` (100,000 by default; a test run takes few). In this order: cases
with pauses are drawn with a fixed seed; the floor is one `bisect` per case in a list as long as three years'
shifts; then fresh calendars (nothing laid out yet, as after a change) answer `due_times` for every case; then
the two clocks as the screen asks for them, without and with their explanation.
"""

from __future__ import annotations

import json
import random
import sys
from bisect import bisect_right
from collections.abc import Callable
from time import perf_counter

from app import times
from app.times import DAY_MS, HOUR_MS
from app.work.calendars import WEEKDAYS, ServiceCalendar
from app.work.clocks import ClockInput, Spell, due_times, fix_clock, response_clock

CALENDARS = 12
YEARS = 3
START = times.parse_iso("2024-01-01T00:00:00Z")


def fresh_calendars() -> list[ServiceCalendar]:
    """A dozen departments: three shifts with nights, or an office, in the regions of one country."""
    hall = json.dumps({day: ["06:00-14:00", "14:15-22:00", "22:00-05:45"] for day in WEEKDAYS[:6]})
    office = json.dumps({day: ["07:30-12:00", "12:45-17:00"] for day in WEEKDAYS[:5]})
    regions = ("BY", "BW", "NW", "HE", "SN", "HH")
    return [
        ServiceCalendar.from_stored(
            "Europe/Berlin",
            hall if number % 2 else office,
            "DE",
            regions[number % len(regions)],
            [(f"2025-08-{day:02d}", "Plant holiday") for day in range(4, 16)],
        )
        for number in range(CALENDARS)
    ]


def drawn_cases(count: int) -> list[ClockInput]:
    """Two in three cases ended, one in three was paused once or more, one in ten is paused now."""
    draw = random.Random(20260101)
    cases = []
    for _ in range(count):
        opened = START + draw.randrange(YEARS * 365 * DAY_MS)
        pauses = []
        cursor = opened
        for _ in range(draw.choice((0, 0, 0, 0, 1, 2))):
            cursor += draw.randrange(4 * HOUR_MS)
            pauses.append(Spell(cursor, cursor := cursor + draw.randrange(2 * DAY_MS), "requester"))
        if draw.random() < 0.1:
            pauses.append(Spell(cursor + HOUR_MS, None, "requester"))
        ended = cursor + draw.randrange(6 * DAY_MS) if draw.random() < 0.67 else None
        answered = opened + draw.randrange(5 * HOUR_MS) if draw.random() < 0.8 else None
        cases.append(
            ClockInput(
                opened,
                response_minutes=draw.choice((15, 30, 60, 240)),
                fix_minutes=draw.choice((120, 240, 480, 1440, 2400)),
                live=draw.random() < 0.4,
                first_response_at=answered,
                resolved_at=ended,
                pauses=tuple(pauses),
            )
        )
    return cases


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def main(count: int) -> dict[str, float]:
    """Print and return seconds by name."""
    cases = drawn_cases(count)
    openings = [case.opened_at for case in cases]
    line = list(range(START, START + YEARS * 365 * DAY_MS, 6 * HOUR_MS))

    def floor() -> None:
        for opened in openings:
            bisect_right(line, opened)

    changed = fresh_calendars()
    used = fresh_calendars()
    for calendar in used:
        calendar.hours.worked(START, START + YEARS * 366 * DAY_MS)
    dealt = [(used[number % CALENDARS], case) for number, case in enumerate(cases)]
    now = START + YEARS * 365 * DAY_MS

    def one_calendar() -> None:
        fresh_calendars()[1].hours.worked(START, START + YEARS * 365 * DAY_MS)

    def recomputed() -> None:
        for number, case in enumerate(cases):
            due_times(changed[number % CALENDARS], case)

    def shown(explain: bool) -> None:
        for calendar, case in dealt:
            at = min(now, case.opened_at + 5 * DAY_MS)
            response_clock(calendar, case, at, explain=explain)
            fix_clock(calendar, case, at, explain=explain)

    seconds(floor)
    taken = {
        "floor: one bisect a case": min(seconds(floor) for _ in range(3)),
        f"one calendar laid out, {YEARS} years": seconds(one_calendar),
        f"due times after {CALENDARS} calendars changed": seconds(recomputed),
        "both clocks, no explanation": seconds(lambda: shown(False)),
        "both clocks, explained": seconds(lambda: shown(True)),
    }
    base = taken["floor: one bisect a case"]
    print(f"{count} cases, {CALENDARS} calendars, {sys.version.split()[0]}")
    for name, spent in taken.items():
        print(f"{name:42} {spent * 1000:9.1f} ms   {spent / base:8.1f} x floor")
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
