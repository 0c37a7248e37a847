"""A department as its dedicated analyst looks at it: who speaks for it now and next, its shift and targets, its five
lists of cases with their counts, its machines' earlier cases, whom one can ask, and its people's addresses.

Everything is read from a few small tables and by the department's own indexes; nothing is read for all departments at
once. What counts as "now" or "with specialists" is said in app.work.standing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from app import times
from app.context import ReadContext
from app.directory import Directory
from app.errors import UserError
from app.work.agreed import nearest
from app.work.calendars import ServiceCalendar
from app.work.case_filter import CaseFilter, CaseList
from app.work.covering import Coverings, Now
from app.work.deadlines import Deadlines
from app.work.lists import CaseLine, Count, Lists
from app.work.standing import LISTS, Standing, closed_since, expression

TARGETS: Final = 2
"""Of so many severities, the worst, the targets are told."""
EARLIER: Final = 25
"""Cases of a machine that are told at once."""
SPECIALISTS: Final = 6


@dataclass(frozen=True)
class Target:
    """What is agreed for a severity; working minutes, None: nothing."""

    rank: int
    name: str
    response: int | None
    fix: int | None


@dataclass(frozen=True)
class Shift:
    """The department's own working time at an instant. `name`: "06:00-14:00" where that is one of its shifts; `until`:
    when this shift ends, or, while it does not work, when it begins again (ms UTC; None: not within two weeks)."""

    name: str
    until: int | None
    working: bool


@dataclass(frozen=True)
class Face:
    """What stands above a department. Names and telephone numbers by id; `stands_in`: I speak for it today in place of
    its contact; `instead`: whose place that is."""

    department: bytes
    name: str
    now: Now | None
    names: Mapping[bytes, str]
    phones: Mapping[bytes, str]
    shift: Shift
    targets: tuple[Target, ...]
    sponsor: str
    cost_centre: str
    headcount: int | None
    language: str
    watched: bool
    stands_in: bool
    at: int

    @property
    def people(self) -> tuple[bytes, ...]:
        """Its contact and the stand-ins."""
        return self.now.cover.people if self.now is not None else ()


@dataclass(frozen=True)
class Machine:
    """A machine and its cases, open ones first, then the latest. `total`: how many it ever had."""

    id: bytes
    name: str
    serial: str
    product: str
    place: str
    total: int
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True)
class Specialist:
    """Somebody who knows a product. `level`: 1 to 3; `away`: not here today; `open`: cases being worked on."""

    id: bytes
    name: str
    level: int
    away: bool
    open: int


def shift_at(calendar: ServiceCalendar, at: int) -> Shift:
    """The shift a department is in at an instant (ms UTC); closed on holidays, whatever the week says."""
    hours, zone = calendar.hours, times.zone(calendar.zone)
    ahead = hours.intervals(at, at + 14 * times.DAY_MS)
    if not ahead or ahead[0].start > at:
        return Shift("", ahead[0].start if ahead else None, False)
    today = times.local_date(at, zone)
    wall = times.local_wall(at, zone)
    minutes = wall.hour * 60 + wall.minute  # as the clock on the wall says, also on the day it is changed
    for day, passed in ((today, minutes), (today - timedelta(days=1), minutes + 24 * 60)):
        for shift in calendar.week[day.weekday()]:
            if shift.start <= passed < shift.end:
                ends = times.wall_to_ms(_wall(wall, day, shift.end), zone)
                return Shift(str(shift), min(ends, ahead[0].end), True)
    return Shift("", ahead[0].end, True)


def _wall(like: Any, day: Any, minutes: int) -> Any:
    """A wall time so many minutes after the midnight a date begins with."""
    midnight = like.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(minutes=minutes)


class Departments:
    """Reads on the calling thread's reader."""

    def __init__(
        self, context: ReadContext, directory: Directory, deadlines: Deadlines, coverings: Coverings, lists: Lists
    ) -> None:
        self._context, self._directory, self._deadlines = context, directory, deadlines
        self._coverings, self._lists = coverings, lists

    def face(self, department: bytes) -> Face:
        """What stands above it. Errors: UserError when it is gone."""
        reader, now = self._context.reader, self._context.clock()
        row = reader.one("SELECT * FROM department WHERE id = ?", (department,))
        if row is None:
            raise UserError("This department is not here any more.")
        found = self._coverings.now(department, now)
        people = [*found.cover.people, *([found.next.who] if found.next else [])] if found is not None else []
        marks = ", ".join("?" * len(people))
        rows = reader.all(f"SELECT id, coalesce(phone, '') FROM analyst WHERE id IN ({marks})", tuple(people))
        phones = {row[0]: row[1] for row in rows}
        query = reader.all
        targets = tuple(
            Target(level.rank, level.name, *self._deadlines.targets(query, level.rank, department))
            for level in self._directory.severities()[:TARGETS]
        )
        mine = any(
            one.stand_in and one.department == department for one in self._lists.covered(self._coverings.today())
        )
        return Face(
            department, row["name"], found, {who: self._directory.name("analyst", who) for who in people}, phones,
            shift_at(self._deadlines.calendar(query, department), now), targets, row["sponsor"] or "",
            row["cost_centre"] or "", row["headcount"], row["language"] or "", row["significance"] == 1, mine, now,
        )  # fmt: skip

    def people(self, department: bytes) -> tuple[bytes, ...]:
        """Its contact and the stand-ins of today, its own or inherited; empty when it has none."""
        cover = nearest(self._context.reader.all, department, self._coverings.today())
        return cover.people if cover is not None else ()

    # -- its cases ----------------------------------------------------------------------------------------------------
    def standing(self, department: bytes, name: str) -> CaseList:
        """One of its lists (app.work.standing.LISTS). Errors: UserError naming what there is."""
        if name not in LISTS:
            raise UserError(f"There is no list {name!r} of a department; use one of: {', '.join(LISTS)}.")
        return standing_list(department, name, self.people(department), self._context.clock())

    def counts(self, department: bytes, people: Sequence[bytes]) -> dict[str, Count]:
        """How many cases each list has, and how many of them are overdue."""
        reader, now = self._context.reader, self._context.clock()
        sql, params = expression(tuple(people))
        out = dict.fromkeys(LISTS, Count())
        for name, count, overdue in reader.all(
            f'SELECT {sql}, count(*), coalesce(sum(c.due_at < :at), 0) FROM "case" c WHERE c.department_id = :of '
            "AND c.ended_at IS NULL GROUP BY 1",
            params | {"of": department, "at": now},
        ):
            out[name] = Count(count, overdue)
        closed = standing_list(department, "closed", tuple(people), now)
        out["closed"] = Count(self._lists.count(closed.filter))
        return out

    def machine(self, asset: bytes) -> Machine | None:
        """A machine with its history; None when it is gone."""
        reader = self._context.reader
        row = reader.one("SELECT * FROM asset WHERE id = ?", (asset,))
        if row is None:
            return None
        rids = [
            one[0]
            for one in reader.all(
                'SELECT rid FROM "case" WHERE asset_id = ? ORDER BY ended_at IS NOT NULL, opened_at DESC LIMIT ?',
                (asset, EARLIER),
            )
        ]
        name = self._directory.name
        return Machine(
            asset, f"{row['tag']} {row['name']}".strip(), row["serial"] or "", name("product", row["product_id"]),
            name("place", row["place_id"]), self._lists.count(CaseFilter(open_only=False, asset=asset)),
            tuple(self._lists.lines(rids)),
        )  # fmt: skip

    def machine_of(self, case_id: bytes) -> Machine | None:
        """The machine of a case with its history; None: it has none."""
        asset = self._context.reader.value('SELECT asset_id FROM "case" WHERE id = ?', (case_id,))
        return None if asset is None else self.machine(asset)

    # -- people -------------------------------------------------------------------------------------------------------
    def specialists(self, product: bytes | None) -> list[Specialist]:
        """Who knows a product, or a kind it belongs to: those who are here first, then the most able, then who has
        least to do. Myself not among them."""
        if product is None:
            return []
        day = self._coverings.today()
        rows = self._context.reader.all(
            "WITH RECURSIVE up(id, parent_id, n) AS (SELECT id, parent_id, 0 FROM product WHERE id = :product "
            "UNION ALL SELECT p.id, p.parent_id, n + 1 FROM product p JOIN up ON p.id = up.parent_id WHERE n < 20) "
            "SELECT a.id, a.name, s.level, EXISTS (SELECT 1 FROM absence x WHERE x.analyst_id = a.id "
            "AND x.from_day <= :day AND coalesce(x.to_day, '9999-12-31') >= :day), (SELECT count(*) FROM \"case\" c "
            "WHERE c.work_owner_id = a.id AND c.ended_at IS NULL) FROM up JOIN skill s ON s.product_id = up.id "
            "JOIN analyst a ON a.id = s.analyst_id WHERE a.active = 1 AND a.id <> :me ORDER BY n",
            {"product": product, "day": day, "me": self._context.me},
        )
        found: dict[bytes, Specialist] = {}
        for who, name, level, away, busy in rows:
            found.setdefault(who, Specialist(who, name, level, bool(away), busy))
        return sorted(found.values(), key=lambda one: (one.away, -one.level, one.open, one.name))[:SPECIALISTS]

    def addresses(self, department: bytes) -> list[str]:
        """E-mail addresses of its people, each once."""
        rows = self._context.reader.all(
            "SELECT DISTINCT trim(email) FROM requester WHERE department_id = ? AND active = 1 "
            "AND trim(coalesce(email, '')) <> '' ORDER BY 1",
            (department,),
        )
        return [row[0] for row in rows]


def standing_list(department: bytes, name: str, people: tuple[bytes, ...], now: int) -> CaseList:
    """One of the lists of a department. What is closed stands with the latest first, the rest as queues are worked."""
    wanted = CaseFilter(open_only=False, standing=Standing(department, name, people, closed_since(now)))
    return CaseList(wanted, "ended", descending=True) if name == "closed" else CaseList(wanted)
