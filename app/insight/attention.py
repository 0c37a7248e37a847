"""Which open cases do we leave lying? The working days since our last action, for cases that wait for us.

An action is a change of the case that an analyst made (or that came with an imported log, which names nobody), and
whatever an analyst wrote into its timeline. What rules and requesters do is none. A case nobody has touched counts from
its opening.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from app import times
from app.insight.ageing import SIDES, WorkedDays, is_working_day
from app.insight.columns import Columns
from app.insight.facts import Span, in_parts
from app.insight.figure import CaseKey
from app.insight.section import Filed, Listing, Section, by_value, counted, empty_weeks, lines, spread
from db.reader import Reader

QUIET_DAYS: Final = 5
"""A case is left lying after more working days than these without an action of ours."""
ROWS: Final = 8
_US: Final = SIDES.index("us")
_ACTIONS: Final = (
    """SELECT c.rid, {instants} FROM "case" c CROSS JOIN case_event a ON a.case_id = c.id
AND (a.author_id IS NOT NULL OR a.source_row IS NOT NULL) WHERE c.rid IN ({{rids}}) GROUP BY c.rid""",
    """SELECT c.rid, {instants} FROM "case" c CROSS JOIN timeline_entry a ON a.case_id = c.id
AND a.author_id IS NOT NULL AND a.kind <> 'system' WHERE c.rid IN ({{rids}}) GROUP BY c.rid""",
)


def last_actions(reader: Reader, rids: Collection[int], instants: Sequence[int]) -> dict[int, tuple[int | None, ...]]:
    """For each case, when something was done about it last before each instant (ms UTC); None: nothing yet."""
    columns = ", ".join(f"max(CASE WHEN a.at < {instant} THEN a.at END)" for instant in instants)
    out: dict[int, tuple[int | None, ...]] = {}
    for sql in _ACTIONS:
        for row in in_parts(reader, sql.format(instants=columns), rids):
            known = out.get(row[0], (None,) * len(instants))
            out[row[0]] = tuple(
                max((at for at in pair if at is not None), default=None) for pair in zip(known, row[1:], strict=True)
            )
    return out


def attention(span: Span) -> Section:
    """Part of section 6."""
    ends = [min(end, span.now) for end in span.bounds[1:]]
    rids = {
        rid
        for week in span.columns
        for rid, side in zip(week.frames["backlog"]["rid"], week.frames["backlog"]["side"], strict=True)
        if side == _US
    }
    if not rids:
        return Section("attention", empty="empty.attention")
    found = last_actions(span.reader, rids, ends)
    tz = times.zone(span.zone)
    days = [times.local_date(end - 1, tz).toordinal() for end in ends]
    site = span.calendars.of(None)
    oldest = min((day for week in span.columns for day in week.frames["backlog"]["day"]), default=days[0])
    worked = WorkedDays(min(oldest, days[0]), days[-1], lambda day: is_working_day(site, day))

    def quiet(rid: int, place: int, opened: int) -> int:
        at = found[rid][place] if rid in found else None
        since = opened if at is None else max(opened, times.local_date(at, tz).toordinal())
        return worked.between(since, days[place])

    return attention_section(span.columns, quiet, span.names.queues)


def attention_section(
    weeks: Sequence[Columns], quiet: Callable[[int, int, int], int], queues: Mapping[Any, str]
) -> Section:
    """The section from its facts. `quiet(rid, place, opened)`: the working days without an action at the end of the
    week at `place`, for a case that was opened on the day of that ordinal."""
    left: Filed = empty_weeks()
    by_queue = by_value()
    waited: list[list[tuple[CaseKey, float]]] = [[] for _ in weeks]
    for place, week in enumerate(weeks):
        frame = week.frames["backlog"]
        rows = zip(week.keys("backlog"), frame["side"], frame["day"], frame["queue"], strict=True)
        for key, side, opened, code in rows:
            if side != _US:
                continue
            days = quiet(key.rid, place, opened)
            waited[place].append((key, days))
            if days > QUIET_DAYS:
                left[place].append(key)
                by_queue[week.values[code]][place].append(key)
    if not waited[-1] and not waited[-2]:
        return Section("attention", empty="empty.attention")
    table = Listing(
        "attention", ("queue", "left"),
        lines(queues, lambda queue, group: (counted("attention.queue", by_queue[queue], group=group),),
              by_queue)[:ROWS],
        bars=True,
    )  # fmt: skip
    headline = (
        counted("attention.left", left),
        spread("attention.median", waited, 0.5, unit="days"),
        spread("attention.p90", waited, 0.9, unit="days"),
    )
    return Section("attention", headline, (table,) if table.lines else (), values={"days": QUIET_DAYS})


def days_since(reader: Reader, key: CaseKey, opened_at: int, end: int, worked: WorkedDays, zone: str) -> int:
    """The same for one case at the end of a week."""
    at = last_actions(reader, [key.rid], [end]).get(key.rid, (None,))[0]
    tz = times.zone(zone)
    since: date = times.local_date(opened_at if at is None else max(at, opened_at), tz)
    return worked.between(since.toordinal(), times.local_date(end - 1, tz).toordinal())
