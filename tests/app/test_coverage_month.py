"""A month of a department in three shifts, minute by minute, against an oracle that knows no time lines:
it looks at a wall clock and at a list of sentences about who is away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest

from app.times import MINUTE_MS
from app.work.calendars import ServiceCalendar
from app.work.coverage import Cover, Life, Plan, Span, Spell, gaps, spans
from app.work.routing import Person, RoutingFacts, Team, route

ZONE = "Europe/Berlin"
HALL = b"hall"
KERN, ROTH, MARINO, BRENNER = b"kern", b"roth", b"marino", b"brenner"
WATCH = b"hotline"
EARLY, LATE, NIGHT = ("06:00-14:00", "14:00-22:00", "22:00-06:00")
WORK = ("mon", "tue", "wed", "thu", "fri")
"""1 October to 9 November 2026: the clocks go back on the 25th, 1 November is All Saints' Day in Bavaria, the Day of
German Unity (3 October) falls on a Saturday, and All Saints' on a Sunday: the site closes 2 November instead."""


def week(shift: str, days: tuple[str, ...] = WORK) -> str:
    return "{" + ", ".join(f'"{day}": ["{shift}"]' for day in days) + "}"


def calendar(shifts: str) -> ServiceCalendar:
    return ServiceCalendar.from_stored(ZONE, shifts, "DE", "BY", [("2026-11-02", "bridge day")])


SHIFTS = {KERN: EARLY, ROTH: LATE, MARINO: NIGHT}
SPELLS: dict[bytes, list[tuple[str, str | None]]] = {
    KERN: [("2026-10-05", "2026-10-16")],
    ROTH: [("2026-10-08", None), ("2026-11-04", "2026-11-05")],
    MARINO: [("2026-10-12", "2026-10-13"), ("2026-11-05", "2026-11-05")],
}
"""Kern's vacation; in it Roth falls ill (open, until somebody says on the 19th that he is back); in that, Marino, too.
Later Roth and Marino are ill together, and Kern is there."""
ROTH_BACK = "2026-10-19"
SWAP = "2026-10-28"
DAILY = (*WORK, "sat", "sun")


def _spells(who: bytes) -> tuple[Spell, ...]:
    made = []
    for n, (first, last) in enumerate(SPELLS.get(who, [])):
        ends = last or (date.fromisoformat(ROTH_BACK) - timedelta(days=1)).isoformat()
        made.append(Spell(who + bytes([n]), who, first, ends))
    return tuple(made)


@pytest.fixture(scope="module")
def plan() -> Plan:
    first = Cover(b"1", HALL, KERN, ROTH, MARINO, valid_to="2026-11-06", swap_day=SWAP)
    then = Cover(b"2", HALL, ROTH, KERN, valid_from="2026-11-07")
    lives = {who: Life(calendar(week(shift, DAILY)), _spells(who)) for who, shift in SHIFTS.items()}
    hall = '{"mon": ["06:00-14:00", "14:00-22:00", "22:00-06:00"], ' + ", ".join(
        f'"{day}": ["06:00-14:00", "14:00-22:00", "22:00-06:00"]' for day in ("tue", "wed", "thu", "fri")
    ) + "}"  # fmt: skip
    return Plan((first, then), lives, calendar(hall), ZONE)


# -- the oracle --------------------------------------------------------------------------------------------------------
CLOSED = set(holidays.country_holidays("DE", subdiv="BY", years=2026)) | {date(2026, 11, 2)}


def is_away(who: bytes, day: date) -> bool:
    text = day.isoformat()
    for first, last in SPELLS.get(who, []):
        until = last if last is not None else "2026-10-18"
        if first <= text <= until:
            return True
    return False


def works(who: bytes, wall: datetime) -> bool:
    """By the clock on the wall alone."""
    if wall.date() in CLOSED:
        return False
    hour = wall.hour
    return {KERN: 6 <= hour < 14, ROTH: 14 <= hour < 22, MARINO: hour >= 22 or hour < 6}[who]


def expected(wall: datetime) -> tuple[bytes, bool] | None:
    day = wall.date()
    if day >= date(2026, 11, 7):
        order = [ROTH, KERN]
    elif day == date(2026, 10, 28):
        order = [ROTH, KERN, MARINO]
    else:
        order = [KERN, ROTH, MARINO]
    there = [who for who in order if not is_away(who, day)]
    now = [who for who in there if works(who, wall)]
    if now:
        return now[0], True
    return (there[0], False) if there else None


def minutes() -> list[int]:
    start = datetime(2026, 10, 1, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    end = datetime(2026, 11, 10, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return list(range(int(start.timestamp() * 1000), int(end.timestamp() * 1000), MINUTE_MS))


@pytest.fixture(scope="module")
def month() -> list[int]:
    return minutes()


@pytest.fixture(scope="module")
def laid_out(plan: Plan, month: list[int]) -> list[Span]:
    return spans(plan, HALL, month[0], month[-1] + MINUTE_MS)


def test_at_every_minute_of_the_month_the_right_person_speaks_for_the_department(laid_out, month: list[int]):
    zone = ZoneInfo(ZONE)
    pieces = iter(laid_out)
    span = next(pieces)
    seen = set()
    for at in month:
        while at >= span.end:
            span = next(pieces)
        wall = datetime.fromtimestamp(at / 1000, zone)
        found = None if span.acting is None else (span.acting.who, span.acting.available)
        assert found == expected(wall), wall
        seen.add(found)
    assert {(KERN, True), (ROTH, True), (MARINO, True), None} <= seen, "the month has all of it"
    assert len(month) == (40 * 24 + 1) * 60, "one hour comes twice"


def test_the_pieces_fit_together_and_neighbours_differ(laid_out, month: list[int]):
    assert laid_out[0].start == month[0]
    assert laid_out[-1].end == month[-1] + MINUTE_MS
    for one, other in pairwise(laid_out):
        assert one.end == other.start
        assert one.acting != other.acting


def test_gaps_are_the_service_minutes_in_which_nobody_could_be_given_work(plan: Plan, laid_out, month: list[int]):
    zone = ZoneInfo(ZONE)
    found = {at for gap in gaps(plan, laid_out) for at in range(gap.start, gap.end, MINUTE_MS)}
    for at in month:
        wall = datetime.fromtimestamp(at / 1000, zone)
        eve = wall.date() - timedelta(days=1)
        serves = wall.date() not in CLOSED and (
            (wall.weekday() < 5 and wall.hour >= 6) or (eve.weekday() < 5 and wall.hour < 6)
        )
        who = expected(wall)
        assert (at in found) == (serves and (who is None or not who[1])), wall


def test_no_case_is_ever_without_a_reachable_owner(plan: Plan, month: list[int]):
    """Routing is asked every seven minutes: the contact is the oracle's, and behind it stands the hotline."""
    zone = ZoneInfo(ZONE)
    for at in month[::7]:
        wall = datetime.fromtimestamp(at / 1000, zone)
        people = {
            who: Person(at_work=works(who, wall), absent=is_away(who, wall.date())) for who in (KERN, ROTH, MARINO)
        }
        people[BRENNER] = Person(at_work=8 <= wall.hour < 17)
        order: list[bytes | None] = [KERN, ROTH, MARINO]
        if wall.date() >= date(2026, 11, 7):
            order = [ROTH, KERN, None]
        elif wall.date() == date(2026, 10, 28):
            order = [ROTH, KERN, MARINO]
        facts = RoutingFacts(
            people, primary=order[0], stand_in1=order[1], stand_in2=order[2], front_line=Team(WATCH, {BRENNER: 1})
        )
        got, wanted = route(facts), expected(wall)
        assert got.reachable
        assert got.queue == WATCH
        assert got.contact_owner == (wanted[0] if wanted else None)
        assert got.work_owner == (wanted[0] if wanted and wanted[1] else None)
