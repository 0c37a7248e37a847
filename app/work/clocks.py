"""Response and fix clocks: from the facts of a case to due time, state and an explanation anyone can check.

Everything here is a pure function of a calendar, the case's facts and (for the state, never for the due time)
the present instant, so that every client computes the same. In order: a case's changes of status become facts
(`history_facts`), the facts become due times (`due_times`, stored with the case so that queues sort by an
index) and, when somebody looks, a `ClockState` with its segments.

What was decided, and why:

- **Due is a promise in wall-clock time**: the first instant at which the target is used up. Four hours from
  13:00 where work ends at 17:00 is due at 17:00, not next morning. Breached means: not done, and that instant
  has passed. Nothing else is asked, so the screen, the queue's index and the report can't disagree.
- **A paused clock has no due time.** It would move with every minute the requester takes; a moving date sorts
  wrongly and a standing one would be breached by somebody else's silence. `remaining_ms` stands still
  instead, and when the pause ends the due time is computed anew. A promise broken before the pause stays
  broken: then the due time stays too.
- **Pauses belong to the case.** They are facts with a reason; which reasons pause is the caller's to say.
  Severity changes alter the target, never the pauses. Only the fix clock pauses: asking back is not an
  answer, and an answer ends the response clock anyway.
- **Reopening continues the clock**: the time the case stood resolved, cancelled or merged doesn't count, the
  time before it does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from app.errors import UserError
from app.times import MINUTE_MS, iso_utc
from app.work.calendars import REACH_YEARS, ServiceCalendar
from db.rules import OPEN_STATUSES, STATUSES

PAUSED_BY: Final = frozenset({"requester"})
"""What a case waits on while its fix clock stands still, unless the site says otherwise."""
WARN_PERCENT: Final = 75
CLOSED_STATUSES: Final = frozenset(STATUSES) - frozenset(OPEN_STATUSES)

ClockName = Literal["running", "paused", "met", "breached", "stopped"]
"""`stopped`: ended without reaching its goal or without a target, e.g. cancelled, or resolved before anybody
answered.
"""


class Spell(NamedTuple):
    """A stretch of a case's life: [start, end), `end` None while it lasts. `what` is a `waiting_on` value or
    a status.
    """

    start: int
    end: int | None
    what: str


@dataclass(frozen=True, slots=True)
class ClockInput:
    """The facts both clocks run on. Instants in milliseconds UTC, targets in working minutes (None: nothing
    was promised).

    `resolved_at` and `stopped_at` (cancelled, merged) say that the case is not open now; `reopened` are
    earlier times at which it was not, until somebody reopened it. `live`: somebody answered at once, on the
    phone or in person.
    """

    opened_at: int
    response_minutes: int | None = None
    fix_minutes: int | None = None
    live: bool = False
    first_response_at: int | None = None
    resolved_at: int | None = None
    stopped_at: int | None = None
    pauses: tuple[Spell, ...] = ()
    reopened: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a clock's explanation: [start, end) in milliseconds UTC, counted or why not.

    `why` is a code: `working`, `outside hours`, `holiday`, `closed day`, `waiting on requester` (or whatever
    was waited on), `resolved`, `cancelled`, `merged`; `detail` is the holiday's name or the reason of the
    closed day.
    """

    start: int
    end: int
    counted: bool
    why: str
    detail: str = ""

    @property
    def ms(self) -> int:
        """Its length, counted or not."""
        return self.end - self.start

    @property
    def reason(self) -> str:
        """Code and detail in one: `holiday: Epiphany`."""
        return f"{self.why}: {self.detail}" if self.detail else self.why

    def as_json(self) -> dict[str, object]:
        """`from`, `to` (ISO 8601 UTC), `counted`, `why` and `minutes`, exact to a thousandth."""
        return {
            "from": iso_utc(self.start),
            "to": iso_utc(self.end),
            "counted": self.counted,
            "why": self.reason,
            "minutes": round(self.ms / MINUTE_MS, 3),
        }


@dataclass(frozen=True, slots=True)
class ClockState:
    """One clock at one instant. `due_at` None: no target, paused before it was reached, or out of all reach.

    `warn_at` is the instant 75 % of the target are used up, under the same conditions. `remaining_ms` is
    working time left, below zero when overdue, None without a target. `ended_at` is when the clock stopped
    for good. The segments, if asked for, tile the time from opening to the end or now without gaps; the
    counted ones add up to `elapsed_ms`.
    """

    state: ClockName
    due_at: int | None
    warn_at: int | None
    elapsed_ms: int
    remaining_ms: int | None
    ended_at: int | None
    live: bool = False
    segments: tuple[Segment, ...] = ()

    def warns(self, now: int) -> bool:
        """Whether the clock still runs, is not breached, and has passed its warning."""
        return self.state == "running" and self.warn_at is not None and now >= self.warn_at

    def as_json(self) -> dict[str, object]:
        """For the command line: instants as ISO 8601 UTC, durations in minutes."""
        remaining = self.remaining_ms
        return {
            "state": self.state,
            "due_at": None if self.due_at is None else iso_utc(self.due_at),
            "warn_at": None if self.warn_at is None else iso_utc(self.warn_at),
            "elapsed_minutes": round(self.elapsed_ms / MINUTE_MS, 3),
            "remaining_minutes": None if remaining is None else round(remaining / MINUTE_MS, 3),
            "ended_at": None if self.ended_at is None else iso_utc(self.ended_at),
            "live": self.live,
            "segments": [segment.as_json() for segment in self.segments],
        }


class DueTimes(NamedTuple):
    """What is stored with a case. `next` is the earlier of the two that is still to be kept, None if there is
    none; `warn` is when that one begins to warn.
    """

    response: int | None
    fix: int | None
    next: int | None
    warn: int | None = None


def working_ms(calendar: ServiceCalendar, start: int, end: int) -> int:
    """Working milliseconds in [start, end); the negative of it if end lies before start."""
    return calendar.hours.worked(start, end)


def add_working_ms(calendar: ServiceCalendar, start: int, target: int) -> int:
    """The first instant by which `target` working milliseconds have passed since `start` (`start` itself for
    0).

    UserError if that takes more than REACH_YEARS years: the target or the calendar is then mistaken.
    """
    due = calendar.hours.reach(start, target)
    if due is None:
        raise UserError(
            f"{target // MINUTE_MS} working minutes take more than {REACH_YEARS} years in this calendar; "
            "make the target smaller or add shifts."
        )
    return due


class History(NamedTuple):
    """What a case's changes of status say to its clocks: the fields of `ClockInput` of the same names."""

    pauses: tuple[Spell, ...]
    reopened: tuple[Spell, ...]
    resolved_at: int | None
    stopped_at: int | None


def history_facts(changes: Sequence[tuple[int, str, str | None]]) -> History:
    """The facts in a case's (instant, status, waiting_on), in time order, the opening first.

    Resolved and then closed (or merged) is one stretch, from the resolution on: a case stays what first ended
    it.
    """
    pauses: list[Spell] = []
    closed: list[Spell] = []
    for index, (at, status, waiting_on) in enumerate(changes):
        until = changes[index + 1][0] if index + 1 < len(changes) else None
        if status == "waiting":
            _append(pauses, Spell(at, until, waiting_on or ""), same=True)
        elif status in CLOSED_STATUSES:
            _append(closed, Spell(at, until, "resolved" if status == "closed" else status), same=False)
    if not closed or closed[-1].end is not None:
        return History(tuple(pauses), tuple(closed), None, None)
    start, _, what = closed.pop()
    resolved = what == "resolved"
    return History(tuple(pauses), tuple(closed), start if resolved else None, None if resolved else start)


def _append(spells: list[Spell], spell: Spell, *, same: bool) -> None:
    """Add a spell, or lengthen the last one if it touches (and, with `same`, is of the same kind)."""
    if spells and spells[-1].end == spell.start and (not same or spells[-1].what == spell.what):
        spells[-1] = spells[-1]._replace(end=spell.end)
    else:
        spells.append(spell)


def segments(calendar: ServiceCalendar, start: int, end: int, uncounted: Iterable[Spell] = ()) -> tuple[Segment, ...]:
    """[start, end) tiled into counted and uncounted segments; `uncounted` spells give their `what` as the
    reason.

    Where spells overlap, the one that began first is named.
    """
    found: list[Segment] = []
    cursor = start
    for spell in _joined(uncounted, end):
        spell_start, spell_end = max(spell.start, cursor), min(spell.end or end, end)
        if spell_start >= spell_end:
            continue
        found += _calendar_segments(calendar, cursor, spell_start)
        found.append(Segment(spell_start, spell_end, False, spell.what))
        cursor = spell_end
    found += _calendar_segments(calendar, cursor, end)
    return tuple(found)


def _calendar_segments(calendar: ServiceCalendar, start: int, end: int) -> Iterator[Segment]:
    if start >= end:
        return
    cursor = start
    for interval in calendar.hours.intervals(start, end):
        yield from _idle_segments(calendar, cursor, interval.start)
        yield Segment(interval.start, interval.end, True, "working")
        cursor = interval.end
    yield from _idle_segments(calendar, cursor, end)


def _idle_segments(calendar: ServiceCalendar, start: int, end: int) -> Iterator[Segment]:
    if start >= end:
        return
    cursor = start
    for span in calendar.hours.closed_spans(start, end):
        if cursor < span.start:
            yield Segment(cursor, span.start, False, "outside hours")
        yield Segment(span.start, span.end, False, span.why, span.detail)
        cursor = span.end
    if cursor < end:
        yield Segment(cursor, end, False, "outside hours")


def _joined(spells: Iterable[Spell], open_end: int | None) -> list[Spell]:
    """Spells in order without overlaps or empty ones, touching ones of a kind made one.

    An open one ends at `open_end`, or never if that is None.
    """
    joined: list[Spell] = []
    for start, end, what in sorted(spells, key=lambda spell: spell.start):
        until = open_end if end is None else end
        begin = start
        if joined:
            earlier = joined[-1].end
            if earlier is None:
                break
            begin = max(start, earlier)
        if until is not None and begin >= until:
            continue
        if joined and joined[-1].end == begin and joined[-1].what == what:
            joined[-1] = joined[-1]._replace(end=until)
        else:
            joined.append(Spell(begin, until, what))
    return joined


def response_clock(
    calendar: ServiceCalendar,
    facts: ClockInput,
    now: int,
    *,
    warn_percent: int = WARN_PERCENT,
    explain: bool = True,
) -> ClockState:
    """Opened -> first entry that counts as a response. A live channel has answered at the opening.

    A case that ends without any response stops the clock there: nobody is waiting any more.
    """
    ended = _response_end(facts)
    return _clock(calendar, facts, now, facts.response_minutes, ended, facts.reopened, warn_percent, explain)


def fix_clock(
    calendar: ServiceCalendar,
    facts: ClockInput,
    now: int,
    *,
    paused_by: Collection[str] = PAUSED_BY,
    warn_percent: int = WARN_PERCENT,
    explain: bool = True,
) -> ClockState:
    """Opened -> resolved, less the pauses whose reason is in `paused_by` and the times at which the case was
    not open.
    """
    spells = _fix_spells(facts, paused_by)
    return _clock(calendar, facts, now, facts.fix_minutes, _fix_end(facts), spells, warn_percent, explain)


def due_times(
    calendar: ServiceCalendar,
    facts: ClockInput,
    *,
    paused_by: Collection[str] = PAUSED_BY,
    warn_percent: int = WARN_PERCENT,
) -> DueTimes:
    """The due times alone, as they are stored: the same as those of the two clocks, at a fraction of the
    work.
    """
    answered, _ = response_end = _response_end(facts)
    ended, _ = fix_end = _fix_end(facts)
    spells = _fix_spells(facts, paused_by)
    response = _due(calendar, facts, facts.response_minutes, response_end, facts.reopened)
    fix = _due(calendar, facts, facts.fix_minutes, fix_end, spells)
    first = fix if fix is not None and ended is None else None
    warn = None
    if response is not None and answered is None and (first is None or response <= first):
        first, uncounted, minutes = response, facts.reopened, facts.response_minutes
    else:
        uncounted, minutes = spells, facts.fix_minutes
    if first is not None and minutes is not None:
        target = minutes * MINUTE_MS * warn_percent // 100
        warn = _reached(calendar, facts.opened_at, target, _joined(uncounted, None))
    return DueTimes(response, fix, first, warn)


def unbroken_due_times(
    calendar: ServiceCalendar,
    response_minutes: int | None,
    fix_minutes: int | None,
    *,
    answered: bool,
    warn_percent: int = WARN_PERCENT,
) -> Callable[[int], DueTimes]:
    """`due_times` by the instant of opening, for open cases that never waited and were never ended: most cases, at a
    third of the work. What all with these targets share is worked out once."""
    reach = calendar.hours.reach_all
    response = None if response_minutes is None else response_minutes * MINUTE_MS
    fix = None if fix_minutes is None else fix_minutes * MINUTE_MS
    waits_for_answer = response is not None and not answered and (fix is None or response <= fix)
    next_target = response if waits_for_answer else fix
    targets = (response, fix, None if next_target is None else next_target * warn_percent // 100)

    def from_opening(opened_at: int) -> DueTimes:
        response_due, fix_due, warn_at = reach(opened_at, targets)
        # An answer out of reach: so is the solution.
        first = response_due if waits_for_answer and response_due is not None else fix_due
        return DueTimes(response_due, fix_due, first, None if first is None else warn_at)

    return from_opening


def _response_end(facts: ClockInput) -> tuple[int | None, bool]:
    """(when the clock ended, whether by reaching its goal)."""
    if facts.live:
        return facts.opened_at, True
    ended, _ = _fix_end(facts)
    if facts.first_response_at is not None:
        answered = max(facts.first_response_at, facts.opened_at)
        if ended is None or answered <= ended:
            return answered, True
    return ended, False  # also where somebody wrote after it: nobody was waiting any more


def _fix_end(facts: ClockInput) -> tuple[int | None, bool]:
    """(when the clock ended, whether by reaching its goal)."""
    if facts.resolved_at is not None:
        return max(facts.resolved_at, facts.opened_at), True
    return (None if facts.stopped_at is None else max(facts.stopped_at, facts.opened_at)), False


def _fix_spells(facts: ClockInput, paused_by: Collection[str]) -> tuple[Spell, ...]:
    if not facts.pauses:
        return facts.reopened
    pauses = (spell for spell in facts.pauses if spell.what in paused_by)
    return (*facts.reopened, *(Spell(start, end, f"waiting on {what}") for start, end, what in pauses))


def _due(
    calendar: ServiceCalendar,
    facts: ClockInput,
    minutes: int | None,
    ended: tuple[int | None, bool],
    uncounted: Sequence[Spell],
) -> int | None:
    if minutes is None:
        return None
    return _reached(calendar, facts.opened_at, minutes * MINUTE_MS, _joined(uncounted, ended[0]))


def _reached(calendar: ServiceCalendar, start: int, target: int, uncounted: Sequence[Spell]) -> int | None:
    """When `target` is used up, stepping over the spells (joined, in order); None if an open one comes first
    or it is out of reach.
    """
    hours = calendar.hours
    cursor, left = start, target
    for spell_start, spell_end, _ in uncounted:
        if spell_start > cursor:
            worked = hours.worked(cursor, spell_start)
            if worked >= left:
                break
            left -= worked
        if spell_end is None:
            return None
        cursor = max(cursor, spell_end)
    return hours.reach(cursor, left)


def _clock(
    calendar: ServiceCalendar,
    facts: ClockInput,
    now: int,
    minutes: int | None,
    ended: tuple[int | None, bool],
    uncounted: Sequence[Spell],
    warn_percent: int,
    explain: bool,
) -> ClockState:
    ended_at, goal = ended
    opened = facts.opened_at
    upto = max(now, opened) if ended_at is None else ended_at
    spells = _joined(uncounted, ended_at)
    elapsed = working_ms(calendar, opened, upto)
    for start, end, _ in spells:
        begin, until = max(start, opened), upto if end is None else min(end, upto)
        if begin < until:
            elapsed -= working_ms(calendar, begin, until)
    due = warn = None
    if minutes is not None:
        due = _reached(calendar, opened, minutes * MINUTE_MS, spells)
        warn = _reached(calendar, opened, minutes * MINUTE_MS * warn_percent // 100, spells)
    state: ClockName
    if due is not None and upto > due:
        state = "breached"
    elif ended_at is not None:
        state = "met" if goal and minutes is not None else "stopped"
    elif any(start <= upto and (end is None or upto < end) for start, end, _ in spells):
        state = "paused"
    else:
        state = "running"
    return ClockState(
        state=state,
        due_at=due,
        warn_at=warn,
        elapsed_ms=elapsed,
        remaining_ms=None if minutes is None else minutes * MINUTE_MS - elapsed,
        ended_at=ended_at,
        live=facts.live,
        segments=segments(calendar, opened, upto, spells) if explain else (),
    )
