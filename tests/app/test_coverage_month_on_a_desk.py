"""The scripted month once more, on a real desk: everything is entered by the verbs people use, on the day on which they
know of it, and read back from the database. Held against an oracle that knows a wall clock and sentences about people.

Hall 1 works in three shifts. Anna Kern is its contact (early), Jo Roth (late) and Li Marino (night) stand in. 9 March
to 12 April 2026, Saxony: Kern is on vacation from the 16th to the 27th; in it Roth falls ill on the 18th, nobody knows
for how long, and on the 20th Marino, too; Tim Brenner is named then. On the 29th the clocks go forward, on the 31st
Kern and Roth change places, the 3rd and the 6th of April are holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from app.times import MINUTE_MS
from app.work.agreements import Agreement
from app.work.case_filter import CaseFilter
from app.work.cases import NewCase
from app.work.instead import instead_of
from db.shapes import Analyst, Calendar, Department, Queue, QueueMember
from tests.desks import Clock, found_desk

ZONE = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 3, 9), date(2026, 4, 12)
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6)}
"""Good Friday and Easter Monday."""
CALLS = ((3, 10), (6, 20), (10, 0), (14, 5), (18, 40), (22, 30))
"""Each day somebody of the hall calls at these times."""


def at(day: date, hour: int = 0, minute: int = 0) -> int:
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    return int(wall.astimezone(UTC).timestamp() * 1000)


def march(day: int) -> date:
    return date(2026, 3, day)


# -- the oracle --------------------------------------------------------------------------------------------------------
class Away(NamedTuple):
    """What somebody could know from `known` on: `who` is away on `first`..`last` (None: nobody knows until when)."""

    known: int
    who: str
    first: date
    last: date | None
    until: int | None = None
    """From then on another sentence counts instead."""


ROTH_BACK = at(march(25), 16, 0)
SENTENCES = (
    Away(at(march(10), 9, 0), "kern", march(16), march(27)),
    Away(at(march(18), 7, 30), "roth", march(18), None, ROTH_BACK),
    Away(ROTH_BACK, "roth", march(18), march(25)),
    Away(at(march(20), 9, 0), "marino", march(20), march(23)),
)
NAMED = at(march(20), 9, 10)
"""When the supervisor names Brenner."""
SWAP = march(31)


def is_away(who: str, now: int) -> bool:
    day = datetime.fromtimestamp(now / 1000, ZONE).date()
    return any(
        one.who == who and one.known <= now and (one.until is None or now < one.until)
        and one.first <= day <= (one.last or date.max)
        for one in SENTENCES
    )  # fmt: skip


def works(who: str, now: int) -> bool:
    """By the clock on the wall alone. A holiday closes its own day, from midnight to midnight."""
    wall = datetime.fromtimestamp(now / 1000, ZONE)
    if wall.date() in HOLIDAYS:
        return False
    shifts = {"kern": range(6, 14), "roth": range(14, 22), "brenner": range(8, 17), "marino": (22, 23, *range(6))}
    return wall.hour in shifts[who]


def speaks(now: int) -> tuple[str, bool] | None:
    """Who speaks for the hall, and whether he can be given work; None: nobody."""
    day = datetime.fromtimestamp(now / 1000, ZONE).date()
    order = ["kern", "roth", "marino"] if now < NAMED else ["kern", "roth", "brenner"]
    if day == SWAP:
        order[:2] = ["roth", "kern"]
    there = [who for who in order if not is_away(who, now)]
    now_there = [who for who in there if works(who, now)]
    return (now_there[0], True) if now_there else (there[0], False) if there else None


def hall_works(now: int) -> bool:
    """Monday morning to Saturday morning."""
    wall = datetime.fromtimestamp(now / 1000, ZONE)
    begun = wall.date() - timedelta(days=1) if wall.hour < 6 else wall.date()
    return begun.weekday() < 5 and wall.date() not in HOLIDAYS


# -- the desk ----------------------------------------------------------------------------------------------------------
DAILY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def week(shifts: list[str], days: tuple[str, ...] = DAILY) -> str:
    listed = ", ".join(f'"{one}"' for one in shifts)
    return "{" + ", ".join(f'"{day}": [{listed}]' for day in days) + "}"


class Hall:
    """The desk, its people by name, and what happens when."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(at(FIRST) - 1)
        self.desk = desk = found_desk(folder, clock=self.clock)
        with desk.replica.transaction("setup", desk.me, at=self.clock()) as tx:

            def calendar(name: str, shifts: str) -> bytes:
                where: dict[str, Any] = {"time_zone": "Europe/Berlin", "country": "DE", "region": "SN"}
                return tx.insert(Calendar, name=name, shifts=shifts, **where)

            three = ["06:00-14:00", "14:00-22:00", "22:00-06:00"]
            own = {
                "kern": calendar("early", week(three[:1])), "roth": calendar("late", week(three[1:2])),
                "marino": calendar("night", week(three[2:])), "brenner": calendar("office", week(["08:00-17:00"])),
            }  # fmt: skip
            tx.update(Analyst, desk.me, calendar_id=own["kern"])
            self.who = {
                "kern": desk.me, **{
                    key: tx.insert(Analyst, name=name, calendar_id=own[key])
                    for key, name in (("roth", "Jo Roth"), ("marino", "Li Marino"), ("brenner", "Tim Brenner"))
                },
            }  # fmt: skip
            hall = calendar("hall", week(three, DAILY[:5]))
            self.hall = tx.insert(Department, name="Hall 1", calendar_id=hall)
            found = tx.query("SELECT id FROM queue WHERE kind = 'front line' LIMIT 1", ())
            queue = found[0][0] if found else tx.insert(Queue, name="Hotline", kind="front line")
            for row in tx.query("SELECT id FROM queue_member", ()):
                tx.delete(QueueMember, row[0])
            tx.insert(QueueMember, queue_id=queue, analyst_id=self.who["brenner"])
        who = self.who
        self.cover = desk.agreements.agree(
            Agreement(self.hall, who["kern"], who["roth"], who["marino"], valid_from=FIRST.isoformat())
        ).id
        desk.agreements.swap(self.cover, SWAP.isoformat())
        self.cases: list[bytes] = []

    def script(self) -> list[tuple[int, Callable[[], object]]]:
        """What people enter, in order of time."""
        desk, who = self.desk, self.who
        return sorted(
            [
                (at(march(10), 9, 0), lambda: desk.absences.plan("2026-03-16", "2026-03-27")),
                (at(march(18), 7, 30), lambda: desk.absences.sick(who["roth"])),
                (at(march(20), 9, 0), lambda: desk.absences.sick(who["marino"], last="2026-03-23")),
                (NAMED, lambda: desk.agreements.change(self.cover, {"stand_in2_id": who["brenner"]}, anyway=True)),
                (ROTH_BACK, lambda: desk.absences.back(who["roth"], "2026-03-26")),
                *((at(FIRST + timedelta(days=n), *time), self.call) for n in range((LAST - FIRST).days + 1)
                  for time in CALLS),
            ],
            key=lambda one: one[0],
        )  # fmt: skip

    def call(self) -> None:
        """Somebody of the hall calls."""
        case = self.desk.cases.new(NewCase(title="Printer prints blanks", severity=3, department_id=self.hall)).case_id
        self.cases.append(case)

    def name(self, row: bytes | None) -> str | None:
        return next((name for name, one in self.who.items() if one == row), None)

    def unreachable(self) -> int:
        return self.desk.lists.count(CaseFilter(unreachable=True))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.desk.close()


def test_the_month_as_it_is_entered_and_read_back(hall: Hall) -> None:
    desk, checked, seen = hall.desk, 0, set()
    script = hall.script()
    knowledge = sorted({time for time, does in script if does != hall.call} | {at(LAST + timedelta(days=1))})
    begin = at(FIRST)
    for until in knowledge:
        # What is entered in this stretch is only calls: who speaks is laid out as the desk knows it now.
        hall.clock.now = begin
        spans = iter(desk.coverings.spans(hall.hall, begin, until))
        gaps = {minute for gap in desk.coverings.gaps(hall.hall, begin, until)
                for minute in range(gap.start, gap.end, MINUTE_MS)}  # fmt: skip
        span = next(spans)
        for minute in range(begin, until, MINUTE_MS):
            while minute >= span.end:
                span = next(spans)
            found = None if span.acting is None else (hall.name(span.acting.who), span.acting.available)
            wanted = speaks(minute)
            assert found == wanted, datetime.fromtimestamp(minute / 1000, ZONE)
            without = wanted is None or not wanted[1]
            assert (minute in gaps) == (hall_works(minute) and without), datetime.fromtimestamp(minute / 1000, ZONE)
            checked += 1
            seen.add(found)
        for time, does in script:
            if (begin <= time < until) if does == hall.call else time == until:
                hall.clock.now = time - 1
                does()
                if does == hall.call:
                    check_call(hall, time)
        begin = until
    assert checked == (35 * 24 - 1) * 60, "one hour is missing"
    everybody = {(who, True) for who in ("kern", "roth", "marino", "brenner")}
    assert everybody | {None} <= seen, "the month has all of it"

    assert len(hall.cases) == 35 * len(CALLS)


def check_call(hall: Hall, time: int) -> None:
    """Routing gave the new case to whom the oracle names, and every case has somebody who can be asked."""
    row = hall.desk.context.reader.one(
        'SELECT contact_owner_id, work_owner_id, queue_id FROM "case" WHERE id = ?', (hall.cases[-1],)
    )
    assert row is not None
    wanted, moment = speaks(time), datetime.fromtimestamp(time / 1000, ZONE)
    assert hall.name(row["contact_owner_id"]) == (wanted[0] if wanted else None), moment
    assert hall.name(row["work_owner_id"]) == (wanted[0] if wanted and wanted[1] else None), moment
    assert row["queue_id"] is not None, "behind the people stands the hotline"
    assert hall.unreachable() == 0, moment


def test_the_minutes_in_which_everybody_is_ill_are_red_and_one_click_ends_them(hall: Hall) -> None:
    desk, who = hall.desk, hall.who
    for time, does in hall.script():
        if time > at(march(20), 9, 0):
            break
        hall.clock.now = time - 1
        does()
    hall.clock.now = at(march(20), 9, 1)
    assert hall.unreachable() > 0, "cases of three people who are all away: the list that must be empty says so"
    red = [one for one in desk.coverings.findings() if one.code == "nobody there" and one.department == hall.hall]
    assert [(one.first, one.last) for one in red] == [("2026-03-20", "2026-03-23")]
    hall.clock.now = NAMED
    desk.agreements.change(hall.cover, {"stand_in2_id": who["brenner"]}, anyway=True)
    assert hall.unreachable() == 0
    assert not [one for one in desk.coverings.findings() if one.code == "nobody there" and one.first < "2026-03-24"]


def test_who_stands_in_acts_in_the_contacts_name_day_by_day(hall: Hall) -> None:
    desk, query = hall.desk, hall.desk.context.reader.all
    kern = None
    acted: dict[int, str] = {}
    for time, does in hall.script():
        hall.clock.now = time - 1
        does()
        day = datetime.fromtimestamp(time / 1000, ZONE).date()
        if does == hall.call and kern is None and hall.name(
            desk.context.reader.value('SELECT work_owner_id FROM "case" WHERE id = ?', (hall.cases[-1],))
        ) == "kern":  # fmt: skip
            kern = hall.cases[-1]
        if kern is not None and time == at(day, 18, 40) and day.month == 3:
            for name, row in hall.who.items():
                if instead_of(query, kern, row, day.isoformat()) == hall.who["kern"]:
                    acted[day.day] = name
    roth = dict.fromkeys((16, 17, 26, 27), "roth")
    marino = dict.fromkeys((18, 19), "marino")
    brenner = dict.fromkeys(range(20, 26), "brenner")
    assert acted == {**roth, **marino, **brenner}, "one at a time, and only while Kern is away"


def test_handover_and_return_of_that_vacation_are_paper(hall: Hall) -> None:
    """Both sheets as PDF, with a line for each case Kern had when he went."""
    desk = hall.desk
    absence, had = None, 0
    for time, does in hall.script():
        if absence is None and time > at(march(10), 9, 0):
            absence = desk.coverings.absences()[0].spell.id
        if time >= at(march(13), 12) and not had and absence is not None:
            hall.clock.now = time - 1
            sheet = desk.handovers.sheet(absence)
            had = len(sheet.lines)
            assert had == sum(
                row[0] == desk.me or row[1] == desk.me
                for row in desk.context.reader.all('SELECT work_owner_id, contact_owner_id FROM "case"')
            )
            printed(hall, absence, had)
            desk.handovers.confirm(absence)
        if time > at(march(28), 9, 0):
            break
        hall.clock.now = time - 1
        does()
    assert absence is not None
    printed(hall, absence, had)


def printed(hall: Hall, absence: bytes, lines: int) -> None:
    from app.reports.handover_pdf import handover_pdf
    from app.work.handovers import phones

    desk = hall.desk
    for language in ("en", "de"):
        made = handover_pdf(
            desk.handovers.sheet(absence), language, desk.context.zone,
            lambda who: desk.directory.name("analyst", who), desk.name, now=desk.context.clock(),
            phone=phones(desk.context.reader),
        )  # fmt: skip
        pages = PdfReader(BytesIO(made)).pages
        said = "".join(page.extract_text() for page in pages)
        assert "Anna Kern" in said
        assert said.count("Printer prints blanks") >= lines > 0
