"""Did we answer and mend in time, and did it last? Response, fix targets, reopenings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from app.insight.columns import Columns
from app.insight.facts import Span, Targets
from app.insight.figure import CaseKey, Figure
from app.insight.section import WEEKS, Listing, Section, by_value, counted, empty_weeks, lines, shared, spread
from app.times import DAY_MS, MINUTE_MS
from app.work.calendars import ServiceCalendar
from db.rules import LIVE_CHANNELS

ROWS: Final = 12
REACH_MS: Final = 60 * DAY_MS
"""How long before the weeks a case without a target may have been opened whose response falls into them. With one its
outcome is there at its deadline."""
LONGEST_DAYS: Final = 3650
"""No target is longer than this."""
_CASES: Final = """SELECT rid, number, opened_at, first_response_at, channel FROM "case"
WHERE opened_at >= :near AND opened_at < :end
    AND (opened_at >= :start OR first_response_at IS NULL OR first_response_at >= :start)
UNION ALL SELECT rid, number, opened_at, first_response_at, channel FROM "case"
WHERE opened_at >= :far AND opened_at < :near AND first_response_at >= :start"""


class Asked(NamedTuple):
    """A case that waits for its first answer. Instants in ms UTC, `target` in working minutes."""

    key: CaseKey
    opened_at: int
    answered_at: int | None
    live: bool
    severity: str | None
    department: bytes | None
    target: int | None


class Outcome(NamedTuple):
    """How a response ended: `at`, the earlier of response and deadline."""

    at: int
    within: bool


def outcome(asked: Asked, calendar: ServiceCalendar) -> Outcome | None:
    """None: neither answered nor with a deadline. A breach is one from the deadline on, answered later or not, so what
    is answered later changes no past week."""
    deadline = None if asked.target is None else calendar.hours.reach(asked.opened_at, asked.target * MINUTE_MS)
    answered = asked.answered_at
    if deadline is not None and (answered is None or deadline < answered):
        return Outcome(deadline, False)
    return None if answered is None else Outcome(answered, True)


def response(span: Span) -> Section:
    """Section 3. Cases opened live count at once and apart."""
    return response_section(list(_asked(span)), span.bounds, span.calendars.of, span.names.severities)


def response_section(
    asked: Sequence[Asked],
    bounds: Sequence[int],
    calendar_of: Callable[[bytes | None], ServiceCalendar],
    severities: Mapping[Any, str],
) -> Section:
    """The section from its facts."""
    within = by_value()
    all_ = by_value()
    taken: dict[Any, list[list[tuple[CaseKey, float]]]] = defaultdict(lambda: [[] for _ in range(WEEKS)])
    live, late = empty_weeks(), empty_weeks()
    for one in asked:
        calendar = calendar_of(one.department)
        found = Outcome(one.opened_at, True) if one.live else outcome(one, calendar)
        place = -1 if found is None else bisect_right(bounds, found.at) - 1
        if found is None or not 0 <= place < WEEKS:
            continue
        if one.live:
            live[place].append(one.key)
            continue
        known = one.answered_at is not None and one.answered_at < bounds[place + 1]
        for value in (None, one.severity):
            all_[value][place].append(one.key)
            if found.within:
                within[value][place].append(one.key)
            if known and one.answered_at is not None:
                minutes = calendar.hours.worked(one.opened_at, one.answered_at) / MINUTE_MS
                taken[value][place].append((one.key, minutes))
        if not found.within:
            late[place].append(one.key)
    if not any(all_.get(None, empty_weeks())[-1]) and not live[-1]:
        return Section("response", empty="empty.response")

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        whole, part = all_.get(value, empty_weeks()), within.get(value, empty_weeks())
        took = taken.get(value, [[] for _ in range(WEEKS)])
        return (
            counted("response.due", whole, group=group),
            shared("response.within", part, whole, group=group),
            spread("response.median", took, 0.5, group=group),
            spread("response.p90", took, 0.9, group=group),
        )

    total = figures(None, "")
    table = Listing(
        "response", ("severity", "due", "within", "median", "nine_in_ten"),
        lines(severities, figures, (value for value in all_ if value is not None), ranked=False), lead=1,
    )  # fmt: skip
    return Section(
        "response", (total[1], total[2], total[3], counted("response.late", late), counted("response.live", live)),
        (table,),
    )  # fmt: skip


def _asked(span: Span) -> Iterable[Asked]:
    targets = span.targets()
    near = _earliest(span, max((one.response or 0 for one in targets.values()), default=0))
    instants = {"near": near, "far": min(near, span.start - REACH_MS), "start": span.start, "end": span.end}
    rows = list(chain.from_iterable(span.reader.each(_CASES, instants)))
    rids = [row[0] for row in rows]
    severity, department = span.held("severity", rids), span.held("department", rids)
    owned = span.owned(rids)
    for rid, number, opened, answered, channel in rows:
        # The target of the opening: what was promised then.
        rank, whose = severity.first(rid), department.first(rid)
        if not span.ours(owned, rid, WEEKS - 1):
            continue
        target = targets.get((rank, whose)) or targets.get((rank, None), Targets(None, None))
        yield Asked(CaseKey(number, rid), opened, answered, channel in LIVE_CHANNELS, rank, whose, target.response)


def _earliest(span: Span, target: int) -> int:
    """No case opened before this instant (ms UTC) has its deadline in the weeks. `target`: the longest there is, in
    working minutes."""
    hours = {id(one): one for one in (span.calendars.of(whose).hours for whose in (None, *span.names.departments))}
    early = span.start
    for one in hours.values():
        days = 1
        while (reached := one.reach(span.start - days * DAY_MS, target * MINUTE_MS)) is None or reached >= span.start:
            if reached is None or days > LONGEST_DAYS:
                break
            days *= 2
        early = min(early, span.start - days * DAY_MS)
    return early


def fix(span: Span) -> Section:
    """Section 4: cases resolved in the week, against the fix target of their severity and department."""
    return fix_section(span.columns, span.targets(), span.names.severities)


def fix_section(
    weeks: Sequence[Columns], targets: Mapping[tuple[str, bytes | None], Targets], severities: Mapping[Any, str]
) -> Section:
    """The section from its facts."""
    minutes: dict[Any, list[list[tuple[CaseKey, float]]]] = defaultdict(lambda: [[] for _ in range(WEEKS)])
    held = by_value()
    bound = by_value()
    missed = empty_weeks()
    for place, week in enumerate(weeks):
        placed = week.frames["resolved"]
        severity_of = dict(zip(placed["rid"], placed["severity"], strict=True))
        full = week.frames["full"]
        for key, taken, code in zip(week.keys("full"), full["working"], full["department"], strict=True):
            rank = week.values[severity_of[key.rid]]
            whose = targets.get((rank, week.values[code])) or targets.get((rank, None), Targets(None, None))
            for value in (None, rank):
                minutes[value][place].append((key, taken))
                if whose.fix is not None:
                    bound[value][place].append(key)
                    if taken <= whose.fix:
                        held[value][place].append(key)
            if whose.fix is not None and taken > whose.fix:
                missed[place].append(key)
    if not bound.get(None, empty_weeks())[-1]:
        return Section("fix", empty="empty.fix")

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        whole = bound.get(value, empty_weeks())
        return (
            counted("fix.bound", whole, group=group),
            shared("fix.within", held.get(value, empty_weeks()), whole, group=group),
            spread("fix.median", minutes[value], 0.5, group=group),
            spread("fix.p90", minutes[value], 0.9, group=group),
        )

    table = Listing(
        "fix", ("severity", "resolved", "within", "median", "nine_in_ten"),
        lines(severities, figures, (value for value in minutes if value is not None), ranked=False), lead=1,
    )  # fmt: skip
    return Section("fix", (figures(None, "")[1], counted("fix.missed", missed)), (table,))


def reopened(span: Span) -> Section:
    """Section 5: what was resolved a week earlier and came back within seven days, by the queue that resolved it."""
    return reopened_section(span.columns, span.names.queues)


def reopened_section(weeks: Sequence[Columns], queues: Mapping[Any, str]) -> Section:
    """The section from its facts. The oldest week only says where the cases of the next were resolved."""
    back = by_value()
    all_ = by_value()
    for place in range(1, WEEKS):
        resolved = weeks[place - 1].frames["resolved"]
        queue_of = dict(zip(resolved["rid"], resolved["queue"], strict=True))
        cohort = weeks[place].frames["cohort"]
        for key, returned in zip(weeks[place].keys("cohort"), cohort["back"], strict=True):
            code = queue_of.get(key.rid)
            for value in ("", None if code is None else weeks[place - 1].values[code]):
                all_[value][place].append(key)
                if returned:
                    back[value][place].append(key)
    if not all_.get("", empty_weeks())[-1]:
        return Section("reopened", empty="empty.reopened")

    def figures(value: Any, group: str) -> tuple[Figure, ...]:
        whole, part = all_[value], back.get(value, empty_weeks())
        return (
            counted("reopened.back", part, group=group),
            counted("reopened.resolved", whole, group=group),
            shared("reopened.share", part, whole, group=group),
        )

    table = Listing(
        "reopened", ("queue", "back", "resolved_before", "share"),
        lines(queues, figures, (value for value in all_ if value != ""))[:ROWS],
    )  # fmt: skip
    total = figures("", "")
    return Section("reopened", (total[2], total[0]), (table,))
