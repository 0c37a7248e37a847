"""The week of a help desk as figures, each with its case numbers; printing is somebody else's job (weekly_pdf).

Order: one snapshot of the replica is read (the log position, names, nine weeks by their sheets, what is known of the
oldest cases), everything else is pure. Nine weeks, because the oldest week of the trend needs the one before it for
its reopenings; a tenth is looked at to explain the ninth.

From here to paper and files: app.reports.writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from heapq import nsmallest
from itertools import count
from typing import Any, Final, cast

import msgpack

from app import times
from app.context import ReadContext
from app.errors import UserError
from app.garbage import uncollected
from app.insight import metrics
from app.insight.ageing import OLD_DAYS, SIDES, WorkedDays, is_working_day
from app.insight.attention import days_since
from app.insight.basis import Basis, read_basis
from app.insight.columns import midnights
from app.insight.facts import Names, Span, in_parts
from app.insight.figure import TREND_WEEKS, CaseKey, Figure, sorted_keys
from app.insight.metrics import Aged, AgeRow, GroupRow, Repeat
from app.insight.proposals import Training, training
from app.insight.scope import Edition, Kind, Scope, read_scope
from app.insight.section import Section
from app.insight.sheets import Calendars, Weeks, read_columns, read_weeks
from app.reports.findings import TOP_SEVERITY, Finding, decisions, sentences
from app.reports.freezing import Restated, frozen, restated
from app.reports.sections import read_sections
from app.times import DAY_MS, IsoWeek
from db.reader import Reader

OLDEST: Final = 10
STEPS_KNOWN_MS: Final = 7 * DAY_MS
"""Next steps are not part of a case's history: what is due shortly after the week ended still tells about it, later
not."""
SUMMARY: Final = (
    "flow.opened", "flow.resolved", "flow.backlog_end", "first.working.median", "reopen.share", "backlog.old",
)  # fmt: skip
"""The six big figures."""


@dataclass(frozen=True)
class DayRow:
    """One day of the week; `figures` by kind of flow (metrics.FLOW)."""

    date: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class OldCase:
    """One of the oldest open cases. Age in working days; title and next step as they are known now."""

    key: CaseKey
    title: str
    department: str
    queue: str
    opened_at: int
    age: int
    quiet: int
    """Working days since our last action."""
    side: str
    next_step: str | None
    next_step_by: str | None
    next_step_at: int | None


@dataclass(frozen=True)
class WeeklyFigures:
    """A week, frozen at a log position. Every list is complete; how much of it is printed is the printer's business."""

    desk: str
    department: str | None
    """What a part of the desk is called (see `edition`); None: the whole."""
    week: str
    first_day: str
    last_day: str
    start: int
    end: int
    zone: str
    log_seq: int
    pending: int
    """Changes of this workstation that the shared log has not got yet; they are in the figures."""
    computed_at: int
    running: bool
    """The week was not over."""
    figures: Mapping[str, Figure]
    days: tuple[DayRow, ...]
    ages: tuple[AgeRow, ...]
    departments: tuple[GroupRow, ...]
    products: tuple[GroupRow, ...]
    queues: tuple[GroupRow, ...]
    severities: tuple[GroupRow, ...]
    repeats: tuple[Repeat, ...]
    oldest: tuple[OldCase, ...]
    sentences: tuple[Finding, ...]
    decisions: tuple[Finding, ...]
    sections: tuple[Section, ...] = ()
    """The parts that take longer to work out (app.reports.sections); only where they were asked for."""
    restated: tuple[Restated, ...] = ()
    """Figures of the week before, and of this one, that are other ones now than when they were frozen."""
    compared: int | None = None
    """The log position of the frozen report of the week before; None: there is none."""
    comment: str = ""
    """The supervisor's own, from the frozen report of this week."""
    edition: Kind = "department"
    """Which kind of part `department` is."""
    trainings: tuple[Training, ...] = ()
    """Who should be taught what, by the cases of the last weeks; with the sections."""
    basis: Basis | None = None
    """Calendars, targets, workstations that were not seen; with the sections."""

    @property
    def summary(self) -> tuple[Figure, ...]:
        """The six big figures."""
        return tuple(self.figures[key] for key in SUMMARY)

    @property
    def balance(self) -> dict[str, int]:
        """The terms of the balance equation; they add up, or there would be no figures."""
        return {
            kind: int(self.figures[f"flow.{kind}"].value or 0)
            for kind in ("backlog_start", "opened", "reopened", "resolved", "dropped", "backlog_end")
        }

    def as_json(self) -> dict[str, object]:
        """The JSON form (docs/manual/supervisor.md); times are ISO 8601 UTC, minutes and shares are numbers."""

        def group(rows: Sequence[GroupRow]) -> list[object]:
            return [
                {"name": row.name or None, "opened": row.opened.as_json(), "resolved": row.resolved.as_json(),
                 "open": row.open.as_json()}
                for row in rows
            ]  # fmt: skip

        return {
            "report": "weekly",
            "version": 1,
            "desk": self.desk,
            "department": self.department,
            "edition": None if self.department is None else self.edition,
            "week": self.week,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "from": times.iso_utc(self.start),
            "to": times.iso_utc(self.end),
            "zone": self.zone,
            "log_position": self.log_seq,
            "pending": self.pending,
            "computed_at": times.iso_utc(self.computed_at),
            "running": self.running,
            "summary": [figure.key for figure in self.summary],
            "balance": self.balance,
            "figures": {key: figure.as_json() for key, figure in self.figures.items()},
            "days": [
                {"date": day.date, **{kind: figure.as_json() for kind, figure in day.figures.items()}}
                for day in self.days
            ],
            "backlog_age": [
                {"low": row.low, "high": row.high, "us": row.us.as_json(), "requester": row.requester.as_json(),
                 "others": row.others.as_json()}
                for row in self.ages
            ],
            "departments": group(self.departments),
            "products": group(self.products),
            "queues": group(self.queues),
            "severities": group(self.severities),
            "repeats": [
                {"product": one.product, "department": one.department or None, "figure": one.figure.as_json()}
                for one in self.repeats
            ],
            "oldest": [
                {"number": one.key.as_json(), "title": one.title, "department": one.department or None,
                 "queue": one.queue or None, "opened_at": times.iso_utc(one.opened_at), "age_working_days": one.age,
                 "days_since_our_last_action": one.quiet, "waits_on": one.side,
                 "next_step": one.next_step, "next_step_by": one.next_step_by,
                 "next_step_at": None if one.next_step_at is None else times.iso_utc(one.next_step_at)}
                for one in self.oldest
            ],
            "sentences": [one.as_json() for one in self.sentences],
            "decisions": [one.as_json() for one in self.decisions],
            "sections": [one.as_json() for one in self.sections],
            "trainings": [
                {"who": one.who, "about": one.about, "why": one.why, "cases": [key.as_json() for key in one.cases]}
                for one in self.trainings
            ],
            "basis": None if self.basis is None else self.basis.as_json(),
            "comment": self.comment,
            "compared_with_log_position": self.compared,
            "restated": [one.as_json() for one in self.restated],
        }  # fmt: skip


def weekly_figures(
    context: ReadContext,
    week: str,
    department: bytes | None = None,
    *,
    edition: Edition | None = None,
    sections: bool = False,
    seen: Mapping[bytes, int] | None = None,
    on_step: Callable[[int, int], object] = lambda done, total: None,
) -> WeeklyFigures:
    """The figures of an ISO week (`2016-W12`), of the whole desk or of a part of it (`department` names a part, too).
    `sections`: all of them. `seen`: the workstations' last signs of life, where the store was asked for them.
    `on_step` is told how far this is; what it raises ends the work.

    Errors: UserError for text that is no week, a week that has not begun, a part that does not exist;
    flow.Unbalanced when the history contradicts itself.
    """
    if department is not None:
        edition = Edition("department", department)
    iso = times.parse_week(week)
    tz = times.zone(context.zone)
    now = context.clock()
    if iso.bounds(tz)[0] > now:
        raise UserError(f"The week {iso} has not begun yet; choose {times.week_of(now, tz)} or an earlier one.")
    reader = context.reader
    with uncollected(), reader.snapshot():
        names = _Names(reader)
        scope = read_scope(reader, edition, times.local_date(iso.bounds(tz)[1] - 1, tz).isoformat())
        calendars = Calendars(reader, context.zone, context.language)
        figures = _week(context, iso, scope, names, calendars, now)
        if not sections:
            return figures
        bounds = _bounds(iso, tz)
        span = Span(
            reader, bounds[1:], read_columns(reader, bounds, calendars, context.zone, scope), calendars,
            Names(names.departments, names.products, names.queues, names.severities), context.zone, now, scope,
        )  # fmt: skip
        own, before = frozen(reader, str(iso), edition), frozen(reader, str(iso.shifted(-1)), edition)
        changed = () if own is None else restated(own, figures.figures)
        if before is not None:
            earlier = _week(context, iso.shifted(-1), scope, names, calendars, now)
            changed = (*restated(before, earlier.figures), *changed)
        return replace(
            figures, sections=read_sections(span, on_step), restated=changed,
            comment="" if own is None else own.comment, compared=None if before is None else before.log_seq,
            trainings=_trainings(context, bounds, scope), basis=read_basis(span, seen, names.device),
        )  # fmt: skip


def _trainings(context: ReadContext, bounds: Sequence[int], scope: Scope | None) -> tuple[Training, ...]:
    """What the last weeks propose. A product's edition takes what is about cases of the product alone."""
    departments = scope.values if scope is not None and scope.field == "department" else None
    found = training(context, bounds[-1 - metrics.REPEAT_WEEKS], bounds[-1], departments=departments)
    if scope is None or scope.field == "department":
        return tuple(found)
    rids = {key.rid for one in found for key in one.cases}
    ours = {
        row[0]
        for row in in_parts(context.reader, 'SELECT rid, product_id FROM "case" WHERE rid IN ({rids})', rids)
        if row[1] in scope.values
    }
    return tuple(one for one in found if all(key.rid in ours for key in one.cases))


def _bounds(iso: IsoWeek, tz: tzinfo) -> list[int]:
    """The instants between the weeks of a report and the one before them, and its end."""
    return [iso.shifted(back).bounds(tz)[0] for back in range(-TREND_WEEKS - 1, 1)] + [iso.bounds(tz)[1]]


def _week(
    context: ReadContext, iso: IsoWeek, scope: Scope | None, names: _Names, calendars: Calendars, now: int
) -> WeeklyFigures:
    """The figures of a week without its sections, within a snapshot."""
    reader = context.reader
    bounds = _bounds(iso, times.zone(context.zone))
    weeks = read_weeks(reader, bounds, calendars, context.zone, scope)
    children = frozenset(
        row[0]
        for row in reader.all(
            'SELECT c.rid FROM case_link l JOIN "case" c ON c.id = l.case_id WHERE l.kind = ?', ("child",)
        )
    )
    return _figures(context, iso, bounds[1:], scope, names, calendars, weeks, children, now)


def _figures(
    context: ReadContext,
    iso: IsoWeek,
    bounds: Sequence[int],
    scope: Scope | None,
    names: _Names,
    calendars: Calendars,
    weeks: Weeks,
    children: frozenset[int],
    now: int,
) -> WeeklyFigures:
    reader, zone = context.reader, context.zone
    tz = times.zone(zone)
    start, end = bounds[-2], bounds[-1]
    sums, last = weeks.sums, weeks.last
    as_of = max(start + 1, min(end, now))
    days = [times.local_date(at - 1, tz).toordinal() for at in (*bounds[1:-1], as_of)]
    worked = _worked_days(weeks, days, calendars)
    counted = [metrics.aged_counts(week, day, worked) for week, day in zip(sums, days, strict=True)]
    aged = Aged(last, [worked.between(day, days[-1]) for day in last.frames["backlog"]["day"]])
    figures = {
        **metrics.flow(sums, last),
        **metrics.sides(sums, [old for _, old in counted], aged),
        **metrics.durations(sums, last),
        "reopen.share": metrics.reopened(sums, last),
    }
    monday = iso.monday
    departments = tuple(metrics.groups(sums, last, "department", names.departments))
    products = tuple(metrics.groups(sums, last, "product", names.products))
    queues = tuple(metrics.groups(sums, last, "queue", names.queues))
    repeats = tuple(metrics.repeats(weeks.opened, children, names.products, names.departments))
    by_day = metrics.days(sums, last, midnights(start, end, zone))
    return WeeklyFigures(
        desk=names.desk,
        department=None if scope is None else scope.name,
        edition="department" if scope is None else scope.edition.kind,
        week=str(iso),
        first_day=monday.isoformat(),
        last_day=(monday + timedelta(days=6)).isoformat(),
        start=start,
        end=end,
        zone=zone,
        log_seq=names.log_seq,
        pending=names.pending,
        computed_at=now,
        running=now < end,
        figures=figures,
        days=tuple(DayRow((monday + timedelta(days=n)).isoformat(), row) for n, row in enumerate(by_day)),
        ages=tuple(metrics.age_rows([ages for ages, _ in counted], aged)),
        departments=departments,
        products=products,
        queues=queues,
        severities=tuple(metrics.groups(sums, last, "severity", names.severities)),
        repeats=repeats,
        oldest=_oldest(reader, aged, names, lambda key, at: days_since(reader, key, at, as_of, worked, zone)),
        sentences=sentences(figures, departments, products),
        decisions=decisions(
            **_to_decide(aged), without_step=_without_step(reader, aged, now), queues=queues, repeats=repeats
        ),
    )


def _worked_days(weeks: Weeks, until: Sequence[int], calendars: Calendars) -> WorkedDays:
    """The site's working days from the oldest case of any backlog on."""
    site = calendars.of(None)
    first = min([*until, *(day for week in weeks.sums for day, _ in week.standing)])
    return WorkedDays(first, max(until), lambda day: is_working_day(site, day))


def _to_decide(aged: Aged) -> dict[str, list[CaseKey]]:
    """The cases that somebody has to decide about, by why."""
    last = aged.columns
    backlog, reopened, gravest = last.frames["backlog"], last.frames["reopened"], last.code(TOP_SEVERITY)
    ours = SIDES.index("us")
    rows = zip(aged.ages, backlog["side"], strict=True)
    return {
        "top": aged.keys(severity == gravest for severity in backlog["severity"]),
        "old": aged.keys(age > OLD_DAYS and where == ours for age, where in rows),
        "again": last.keys("reopened", (n > 1 for n in reopened["times"])),
    }


class _Names:
    """What things are called, and where the replica stands."""

    def __init__(self, reader: Reader) -> None:
        self.departments: dict[Any, str] = dict(_pairs(reader, "department"))
        self.products: dict[Any, str] = dict(_pairs(reader, "product"))
        self.queues: dict[Any, str] = dict(_pairs(reader, "queue"))
        self.severities: dict[Any, str] = {
            str(row[0]): row[1] for row in reader.all("SELECT rank, name FROM severity ORDER BY rank")
        }
        self.desk = str(reader.value("SELECT name FROM site LIMIT 1") or "")
        head = reader.value("SELECT value FROM meta WHERE key = 'head'")
        self.log_seq = int(cast("list[Any]", msgpack.unpackb(head))[1]) if head else 0
        device = reader.value("SELECT value FROM meta WHERE key = 'device'")
        self.device: bytes | None = msgpack.unpackb(device) if device else None
        self.pending = int(reader.value("SELECT count(*) FROM pending_tx"))


def _pairs(reader: Reader, table: str) -> list[tuple[bytes, str]]:
    return [(row[0], row[1]) for row in reader.all(f"SELECT id, name FROM {table} ORDER BY name")]


def _oldest(reader: Reader, aged: Aged, names: _Names, quiet: Callable[[CaseKey, int], int]) -> tuple[OldCase, ...]:
    last = aged.columns
    backlog, values = last.frames["backlog"], last.values
    out = []
    rows = zip(backlog["opened_at"], aged.columns.keys("backlog"), count(), strict=False)
    for opened_at, key, row in nsmallest(OLDEST, rows, key=lambda one: (one[0], one[1].order)):
        found = reader.one(
            'SELECT c.title, c.next_step, c.next_step_at, a.name FROM "case" c '
            "LEFT JOIN analyst a ON a.id = c.next_step_by_id WHERE c.rid = ?",
            (key.rid,),
        )
        if found is None:
            continue
        department, queue = (values[backlog[name][row]] for name in ("department", "queue"))
        out.append(
            OldCase(
                key, found[0], names.departments.get(department, ""), names.queues.get(queue, ""), opened_at,
                aged.ages[row], quiet(key, opened_at), SIDES[backlog["side"][row]], found[1], found[3], found[2],
            )
        )  # fmt: skip
    return tuple(out)


def _without_step(reader: Reader, aged: Aged, now: int) -> list[CaseKey]:
    """Cases that stood open and past triage when the week ended and still do, without a next step."""
    if now - aged.columns.end > STEPS_KNOWN_MS:
        return []
    bare = {
        row[0]
        for row in reader.all(
            """SELECT rid FROM "case" WHERE ended_at IS NULL AND status <> 'new' AND coalesce(next_step, '') = ''"""
        )
    }
    return list(sorted_keys(aged.keys(rid in bare for rid in aged.columns.frames["backlog"]["rid"])))
