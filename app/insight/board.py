"""The board: how the desk stands at this moment, every figure with the list of cases it counts.

Two sources, so that it can be asked for again and again. What is open now is counted over indexes that hold open cases
only; what came and went by day comes from the week sheets (app.insight.sheets), by the same definitions as the weekly
report. Nothing here names a person but those who are on duty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from app import times
from app.context import ReadContext
from app.insight.ageing import BUCKETS, SIDES, is_working_day
from app.insight.history import Kind
from app.insight.sheets import Calendars, read_columns, read_weeks
from app.work.case_filter import CaseFilter, CaseList
from db.reader import Reader
from db.rules import NO_DUE

SMALL_DESK: Final = 20_000
"""With up to so many cases a week without a sheet is worked out at once; on larger desks it is waited for (an idle
workstation makes it)."""
RECENT_WEEKS: Final = 2
_FIRST_DAY: Final = -(1 << 62)
_QUEUES: Final = (
    'SELECT queue_id, count(*), sum(due_at < :now) FROM "case" INDEXED BY ix_case_open_queue WHERE ended_at IS NULL '
    "GROUP BY queue_id"
)
_SOON: Final = (
    'SELECT queue_id, count(*) FROM "case" INDEXED BY ix_case_open_due WHERE ended_at IS NULL AND due_at >= :now '
    "AND due_at < :never AND warn_at <= :now GROUP BY queue_id"
)
_UNOWNED: Final = (
    'SELECT queue_id, count(*) FROM "case" INDEXED BY ix_case_open_work_owner WHERE ended_at IS NULL '
    "AND work_owner_id IS NULL GROUP BY queue_id"
)
_WAITING: Final = (
    'SELECT waiting_on, count(*) FROM "case" INDEXED BY ix_case_open_age WHERE ended_at IS NULL GROUP BY waiting_on'
)
_RECENT: Final = (
    'SELECT {places}, count(*) FROM "case" INDEXED BY ix_case_open_age WHERE ended_at IS NULL AND waiting_on IS ? '
    "AND opened_at >= ? GROUP BY 1"
)
_WATCHED: Final = (
    'WITH late AS MATERIALIZED (SELECT department_id, count(*) AS n FROM "case" INDEXED BY ix_case_open_due '
    "WHERE ended_at IS NULL AND due_at < :now GROUP BY department_id) "
    'SELECT d.id, d.name, (SELECT count(*) FROM "case" c WHERE c.ended_at IS NULL AND c.department_id = d.id), '
    "coalesce((SELECT n FROM late WHERE late.department_id = d.id), 0), "
    '(SELECT count(*) FROM "case" c WHERE c.department_id = d.id AND c.opened_at >= :midnight), '
    '(SELECT min(c.severity) FROM "case" c WHERE c.ended_at IS NULL AND c.department_id = d.id) '
    "FROM department d WHERE d.significance = 1 AND d.active = 1 ORDER BY d.name COLLATE NOCASE"
)


class Told(NamedTuple):
    """A number and the cases it counts: as a list that is asked for then, or by their row numbers."""

    value: int
    cases: CaseList | tuple[int, ...]


class AgeLine(NamedTuple):
    """Open cases `low` to `high` working days old (None: and older), by whom they wait for, in the order of SIDES."""

    low: int
    high: int | None
    sides: tuple[Told, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(one.value for one in self.sides)


class QueueLine(NamedTuple):
    """The load of one queue; `name` "": cases without one."""

    name: str
    open: Told
    overdue: Told
    soon: Told
    unowned: Told


class WatchedLine(NamedTuple):
    """A department of significance 1. `worst`: the gravest severity among its open cases."""

    name: str
    open: Told
    overdue: Told
    today: Told
    worst: int | None


class DayLine(NamedTuple):
    """What came and went on a day (YYYY-MM-DD)."""

    day: str
    opened: int
    resolved: int


class OnDuty(NamedTuple):
    """Somebody with a shift now; `duty`: lead, backup or hotline; `until`: ms UTC."""

    name: str
    duty: str
    until: int


@dataclass(frozen=True)
class Board:
    """All of it, from one snapshot. `week` and `days` are None while the week is being added up."""

    now: int
    backlog: Told
    overdue: Told
    soon: Told
    unowned: Told
    sides: tuple[Told, ...]
    """The backlog by whom it waits for, in the order of SIDES."""
    ages: tuple[AgeLine, ...]
    queues: tuple[QueueLine, ...]
    watched: tuple[WatchedLine, ...]
    on: tuple[OnDuty, ...]
    present: int
    """Analysts who are not away today ..."""
    staff: int
    """... of so many."""
    today: Mapping[str, Told] | None
    """opened, resolved, reopened."""
    days: tuple[DayLine, ...] | None
    """From Monday of last week to today."""
    backlog_start: int | None
    """When the week began."""

    def as_json(self) -> dict[str, object]:
        """The numbers."""
        return {
            "at": times.iso_utc(self.now),
            **{name: getattr(self, name).value for name in ("backlog", "overdue", "soon", "unowned")},
            "waiting": {side: one.value for side, one in zip(SIDES, self.sides, strict=True)},
            "ages": [{"low": one.low, "high": one.high, **{side: told.value for side, told in
                      zip(SIDES, one.sides, strict=True)}} for one in self.ages],
            "queues": [{"name": one.name or None, "open": one.open.value, "overdue": one.overdue.value,
                        "soon": one.soon.value, "unowned": one.unowned.value} for one in self.queues],
            "watched": [{"name": one.name, "open": one.open.value, "overdue": one.overdue.value,
                         "today": one.today.value, "worst": one.worst} for one in self.watched],
            "on": [{"name": one.name, "duty": one.duty, "until": times.iso_utc(one.until)} for one in self.on],
            "present": self.present,
            "staff": self.staff,
            "today": None if self.today is None else {name: one.value for name, one in self.today.items()},
            "days": None if self.days is None else [one._asdict() for one in self.days],
            "backlog_start": self.backlog_start,
        }  # fmt: skip


def read_board(context: ReadContext) -> Board:
    """The board now; on a lane. Errors: those of the database."""
    now, tz = context.clock(), times.zone(context.zone)
    today = times.local_date(now, tz)
    midnight = times.day_bounds(today, tz)[0]
    with context.reader.snapshot() as reader:
        calendars = Calendars(reader, context.zone, context.language)
        queues = _queues(reader, now)
        ages = _ages(reader, calendars, today, tz)
        flow = _flow(reader, context, calendars, now)
        day = today.isoformat()
        staff = reader.all(
            "SELECT EXISTS (SELECT 1 FROM absence x WHERE x.analyst_id = a.id AND x.from_day <= :day AND "
            "coalesce(x.to_day, '9999-12-31') >= :day) FROM analyst a WHERE a.active = 1",
            {"day": day},
        )
        watched = tuple(
            WatchedLine(
                name,
                Told(n, CaseList(CaseFilter(department=row_id))),
                Told(late or 0, CaseList(CaseFilter(department=row_id, overdue_at=now), "due")),
                Told(fresh, CaseList(CaseFilter(open_only=False, department=row_id, opened_from=midnight), "opened")),
                worst,
            )
            for row_id, name, n, late, fresh, worst in reader.all(_WATCHED, {"now": now, "midnight": midnight})
        )
        on = tuple(
            OnDuty(*row)
            for row in reader.all(
                "SELECT a.name, s.duty, s.ends_at FROM shift s JOIN analyst a ON a.id = s.analyst_id "
                "WHERE s.starts_at <= ? AND s.ends_at > ? "
                "ORDER BY CASE s.duty WHEN 'lead' THEN 0 WHEN 'backup' THEN 1 ELSE 2 END, a.name COLLATE NOCASE",
                (now, now),
            )
        )
    sides = tuple(
        Told(sum(line.sides[place].value for line in ages), CaseList(CaseFilter(side=name)))
        for place, name in enumerate(SIDES)
    )

    def total(name: str, wanted: CaseList) -> Told:
        return Told(sum(getattr(line, name).value for line in queues), wanted)

    return Board(
        now,
        total("open", CaseList()),
        total("overdue", CaseList(CaseFilter(overdue_at=now), "due")),
        total("soon", CaseList(CaseFilter(warned_at=now), "due")),
        total("unowned", CaseList(CaseFilter(unowned=True))),
        sides, ages, queues, watched, on, sum(not row[0] for row in staff), len(staff),
        *(flow if flow is not None else (None, None, None)),
    )  # fmt: skip


def _queues(reader: Reader, now: int) -> tuple[QueueLine, ...]:
    names: dict[Any, str] = {row[0]: row[1] for row in reader.all("SELECT id, name FROM queue ORDER BY name")}
    open_ = {row[0]: (row[1], row[2]) for row in reader.all(_QUEUES, {"now": now})}
    soon = {row[0]: row[1] for row in reader.all(_SOON, {"now": now, "never": NO_DUE})}
    unowned = {row[0]: row[1] for row in reader.all(_UNOWNED)}
    lines = []
    for queue, (n, late) in open_.items():
        here = CaseFilter(queue=queue, unqueued=queue is None)
        lines.append(QueueLine(
            names.get(queue, ""), Told(n, CaseList(here)),
            Told(late or 0, CaseList(replace(here, overdue_at=now), "due")),
            Told(soon.get(queue, 0), CaseList(replace(here, warned_at=now), "due")),
            Told(unowned.get(queue, 0), CaseList(replace(here, unowned=True))),
        ))  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (-one.overdue.value, -one.open.value, one.name.casefold())))


def _ages(reader: Reader, calendars: Calendars, today: date, tz: Any) -> tuple[AgeLine, ...]:
    """By working days after the day of opening, up to and with today, as in the weekly report."""
    site = calendars.of(None)
    # A case is at most n working days old if it was opened after the end of the n + 1st working day before today.
    firsts: list[int] = []
    day, worked = today, 0
    wanted = [low for low, _ in BUCKETS[1:]]
    while len(firsts) < len(wanted):
        worked += is_working_day(site, day)
        if worked == wanted[len(firsts)]:
            firsts.append(times.day_bounds(day, tz)[0])
        day -= timedelta(days=1)
        if today - day > timedelta(days=400):  # a site that never works: everything is new
            firsts += [_FIRST_DAY] * (len(wanted) - len(firsts))
    places = " + ".join(f"(opened_at < {at})" for at in firsts)
    counted: Counter[tuple[int, str]] = Counter()
    for waits, total in reader.all(_WAITING):
        side = "us" if waits is None else waits if waits == "requester" else "others"
        # Most of a large backlog may be old: only what is younger is looked at, the old rest is what remains.
        counted[len(firsts), side] += total
        for place, n in reader.all(_RECENT.format(places=places), (waits, firsts[-1])):
            counted[place, side] += n
            counted[len(firsts), side] -= n
    out = []
    for place, (low, high) in enumerate(BUCKETS):
        since = firsts[place] if place < len(firsts) else None
        until = firsts[place - 1] if place else None
        sides = tuple(
            Told(
                counted[place, side],
                CaseList(CaseFilter(side=side, opened_from=since, opened_to=until), "opened"),
            )
            for side in SIDES
        )
        out.append(AgeLine(low, high, sides))
    return tuple(out)


def _flow(
    reader: Reader, context: ReadContext, calendars: Calendars, now: int
) -> tuple[dict[str, Told], tuple[DayLine, ...], int] | None:
    """Today, the days since Monday of last week, and the backlog when the week began; None while that takes long."""
    tz = times.zone(context.zone)
    week = times.week_of(now, tz)
    bounds = [week.shifted(back).bounds(tz)[0] for back in range(-RECENT_WEEKS, 1)] + [week.bounds(tz)[1]]
    if not _added_up(reader, bounds[1:-1]):
        return None
    weeks = read_weeks(reader, bounds, calendars, context.zone)
    today = times.local_date(now, tz)
    monday = week.shifted(-1).monday
    counts = {kind: [n for one in weeks.sums for n in one.days[kind]] for kind in ("opened", "resolved")}
    days = tuple(
        DayLine((monday + timedelta(days=n)).isoformat(), counts["opened"][n], counts["resolved"][n])
        for n in range((today - monday).days + 1)
    )
    midnight = times.day_bounds(today, tz)[0]
    told = {}
    for kind in ("opened", "resolved", "reopened"):
        frame = weeks.last.frames[kind]
        rids = [rid for rid, at in zip(frame["rid"], frame["at"], strict=True) if at >= midnight]
        told[kind] = Told(len(rids), tuple(dict.fromkeys(rids)))
    return told, days, weeks.sums[-1].flow["start"]


def day_cases(context: ReadContext, day: str, kind: Kind) -> tuple[int, ...]:
    """The row numbers of the cases that were opened, resolved ... on a day (YYYY-MM-DD), as the board counts them."""
    tz = times.zone(context.zone)
    wanted = times.parse_date(day)
    week = times.week_of_date(wanted)
    bounds = [week.shifted(back).bounds(tz)[0] for back in (-1, 0, 1)]
    start, end = times.day_bounds(wanted, tz)
    reader = context.reader
    with reader.snapshot():
        calendars = Calendars(reader, context.zone, context.language)
        frame = read_columns(reader, bounds, calendars, context.zone)[-1].frames[kind]
    found = [rid for rid, at in zip(frame["rid"], frame["at"], strict=True) if start <= at < end]
    return tuple(dict.fromkeys(found))


def _added_up(reader: Reader, starts: Sequence[int]) -> bool:
    """Whether reading these weeks is quick."""
    known = {row[0] for row in reader.all("SELECT start FROM week_sheet")}
    if all(start in known for start in starts):
        return True
    newest, oldest = reader.value('SELECT max(rid) FROM "case"'), reader.value('SELECT min(rid) FROM "case"')
    return newest is None or newest - oldest < SMALL_DESK
