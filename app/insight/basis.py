"""What a report rests on: the calendars its working time was counted by, the targets, what it leaves out, and the
workstations whose work may be missing because nobody has seen them for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from app import times
from app.insight.facts import Span
from app.times import DAY_MS
from app.work.calendars import ServiceCalendar
from db.reader import Reader

UNSEEN_MS: Final = DAY_MS
_DEVICES: Final = """SELECT d.id, d.name, a.name, d.enrolled_at FROM device d JOIN analyst a ON a.id = d.analyst_id
WHERE d.revoked_at IS NULL AND a.active = 1 AND d.enrolled_at < ? ORDER BY a.name, d.name, d.id"""


@dataclass(frozen=True)
class Hours:
    """A calendar. `name` "": the site's own, nobody made one. `week`: seven days from Monday, each with its shifts
    ("06:00-14:00"); `closed`: days of the reported week that were closed, (date, why); `departments`: those it counts
    for; `site`: everybody else's."""

    name: str
    zone: str
    week: tuple[tuple[str, ...], ...]
    region: str
    closed: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]
    site: bool


@dataclass(frozen=True)
class Goal:
    """What a severity promises, in working minutes; None: nothing."""

    severity: str
    response: int | None
    fix: int | None


@dataclass(frozen=True)
class Unseen:
    """A workstation that gave no sign of life for a day. `last`: when it did, ms UTC by its own clock; None: never
    since it was enrolled."""

    device: str
    analyst: str
    last: int | None


@dataclass(frozen=True)
class Basis:
    """`unseen` None: not known, because the store was not asked or did not answer."""

    hours: tuple[Hours, ...]
    goals: tuple[Goal, ...]
    unseen: tuple[Unseen, ...] | None

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "calendars": [
                {"name": one.name or None, "zone": one.zone, "week": [list(day) for day in one.week],
                 "holidays": one.region or None, "closed": [list(day) for day in one.closed],
                 "departments": list(one.departments), "site": one.site}
                for one in self.hours
            ],
            "targets": [
                {"severity": one.severity, "response_minutes": one.response, "fix_minutes": one.fix}
                for one in self.goals
            ],
            "clients_not_seen": None if self.unseen is None else [
                {"device": one.device, "analyst": one.analyst,
                 "last_seen": None if one.last is None else times.iso_utc(one.last)}
                for one in self.unseen
            ],
        }  # fmt: skip


def read_basis(span: Span, seen: Mapping[bytes, int] | None, here: bytes | None = None) -> Basis:
    """In the report's snapshot. `seen`: device -> its last sign of life (Desk.signs_of_life); `here`: this one."""
    reader, calendars = span.reader, span.calendars
    named = calendars.named()
    users: dict[int, list[str]] = {}
    made: dict[int, ServiceCalendar] = {}
    for department, name in span.names.departments.items():
        if span.scope is not None and span.scope.field == "department" and department not in span.scope.values:
            continue
        found = calendars.of(department)
        made[id(found)] = found
        users.setdefault(id(found), []).append(name)
    site = calendars.of(None)
    made.setdefault(id(site), site)
    first = date.fromisoformat(span.dates()[-2])
    days = [first + timedelta(days=n) for n in range(7)]
    hours = [
        _hours(named.get(key, ""), calendar, days, () if calendar is site else users.get(key, ()), calendar is site)
        for key, calendar in made.items()
    ]
    hours.sort(key=lambda one: (not one.site, one.name.casefold()))
    goals = tuple(
        Goal(*row) for row in reader.all("SELECT name, response_minutes, fix_minutes FROM severity ORDER BY rank")
    )
    return Basis(tuple(hours), goals, None if seen is None else unseen(reader, seen, span.now, here))


def _hours(name: str, calendar: ServiceCalendar, days: Sequence[date], departments: Sequence[str], site: bool) -> Hours:
    closed: list[tuple[str, str]] = []
    for day in days:
        why = calendar.closing(day)
        if why is not None:
            closed.append((day.isoformat(), why[1]))
    week = tuple(tuple(str(shift) for shift in sorted(shifts)) for shifts in calendar.week)
    region = "-".join(part for part in (calendar.country, calendar.region) if part)
    return Hours(name, calendar.zone, week, region, tuple(closed), tuple(sorted(departments)), site)


def unseen(reader: Reader, seen: Mapping[bytes, int], now: int, here: bytes | None) -> tuple[Unseen, ...]:
    """Workstations that may write and were not seen for a day, the longest unseen first."""
    out = []
    rows: Any = reader.all(_DEVICES, (now - UNSEEN_MS,))
    for device, name, analyst, _enrolled in rows:
        last = seen.get(device)
        if device != here and (last is None or now - last > UNSEEN_MS):
            out.append(Unseen(name, analyst, last))
    return tuple(sorted(out, key=lambda one: one.last or 0))
