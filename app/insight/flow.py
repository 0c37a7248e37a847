"""Flow and backlog, week by week: pure functions over histories.

`tally` walks every case once and files what happened under its week; a case that lives through several weeks stands in
the backlog of each. The balance

    backlog_end = backlog_start + opened + reopened - resolved - cancelled or merged

holds for every week by counting events on the one side and states on the other; `Tally.check` asserts it, and a report
that breaks it is not printed.

A department's edition counts the cases that were the department's when the week ended, for every figure of that week,
so the balance holds there too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from app.insight.history import History, Kind


class Unbalanced(Exception):
    """A week whose flow does not explain its backlog: a bug, or damaged data. Never printed over."""


class Moment(NamedTuple):
    """Something that happened to a case at an instant."""

    case: History
    at: int


@dataclass(slots=True)
class Tally:
    """One week, [start, end). Moments may name a case twice (resolved, reopened, resolved again)."""

    start: int
    end: int
    opened: list[Moment] = field(default_factory=list)
    resolved: list[Moment] = field(default_factory=list)
    closed: list[Moment] = field(default_factory=list)
    reopened: list[Moment] = field(default_factory=list)
    dropped: list[Moment] = field(default_factory=list)
    """Cancelled or merged while open."""
    backlog_start: list[History] = field(default_factory=list)
    backlog: list[History] = field(default_factory=list)
    """Open when the week ended."""

    def of(self, kind: Kind) -> list[Moment]:
        """The moments of one kind."""
        moments: list[Moment] = getattr(self, kind)
        return moments

    @property
    def expected_end(self) -> int:
        """The right side of the balance."""
        came = len(self.opened) + len(self.reopened)
        return len(self.backlog_start) + came - len(self.resolved) - len(self.dropped)

    def check(self) -> None:
        """Errors: Unbalanced."""
        if self.expected_end != len(self.backlog):
            raise Unbalanced(
                f"backlog {len(self.backlog_start)} + opened {len(self.opened)} + reopened {len(self.reopened)} - "
                f"resolved "
                f"{len(self.resolved)} - cancelled or merged {len(self.dropped)} is not {len(self.backlog)}"
            )


KINDS: tuple[Kind, ...] = ("opened", "resolved", "closed", "reopened", "dropped")


def tally(histories: Iterable[History], bounds: Sequence[int]) -> list[Tally]:
    """One `Tally` per week. `bounds`: the instants between weeks, ascending, one more than weeks."""
    weeks = [Tally(start, end) for start, end in pairwise(bounds)]
    last = len(weeks)
    filed = [{kind: week.of(kind) for kind in KINDS} for week in weeks]
    make = tuple.__new__  # a third of the time of Moment(...), and there are tens of thousands
    for case in histories:
        open_since: int | None = None
        for at, kind in case.moves():
            place = bisect_right(bounds, at) - 1
            if 0 <= place < last:
                filed[place][kind].append(make(Moment, (case, at)))
            if kind in ("opened", "reopened"):
                open_since = place
            elif kind != "closed" and open_since is not None:
                _stand(weeks, case, open_since, place)
                open_since = None
        if open_since is not None:
            _stand(weeks, case, open_since, last)
    return weeks


def _stand(weeks: Sequence[Tally], case: History, came: int, left: int) -> None:
    """The case was open from week `came` to week `left`: it stands in the backlog at every bound in between."""
    for bound in range(came + 1, left + 1):
        if 0 <= bound < len(weeks):
            weeks[bound].backlog_start.append(case)
        if 1 <= bound <= len(weeks):
            weeks[bound - 1].backlog.append(case)
