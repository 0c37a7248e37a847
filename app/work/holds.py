"""How long a case may stay in its queue: "tier 1, 20 minutes left, then the second line". A pure rule.

It is a clock of its own, begun when the case came into the queue, in the department's working time, and it stands still
while the fix clock does. Nothing is passed on by itself: the rule is shown, and one key does what it says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.work.calendars import ServiceCalendar
from app.work.clocks import ClockInput, fix_clock

MANY_HOPS: Final = 3
"""From here on a case is told to have been sent around (app.work.passing counts)."""


@dataclass(frozen=True)
class Hold:
    """How long a case may stay where it is: until `until` (ms UTC; None while its clock stands still), `left_ms` of
    working time from now (below zero when it is over); `then`: the queue it should go to."""

    until: int | None
    left_ms: int
    then: bytes | None


def hold(
    calendar: ServiceCalendar,
    facts: ClockInput,
    entered_at: int,
    minutes: int | None,
    then: bytes | None,
    now: int,
    paused_by: Collection[str],
) -> Hold | None:
    """The hold of a case that came into its queue at `entered_at`; None where the queue has no such rule."""
    if minutes is None:
        return None
    since = ClockInput(entered_at, fix_minutes=minutes, pauses=facts.pauses, reopened=facts.reopened)
    clock = fix_clock(calendar, since, max(now, entered_at), paused_by=paused_by, explain=False)
    return Hold(clock.due_at, clock.remaining_ms or 0, then)
