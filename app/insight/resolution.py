"""How long resolutions took, and which did not last: pure functions over histories and a service calendar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.insight.figure import CaseKey
from app.insight.flow import Tally
from app.insight.history import History, values_at
from app.times import DAY_MS, MINUTE_MS
from app.work.calendars import ServiceCalendar

COHORT_MS: Final = 7 * DAY_MS
"""A resolution that comes undone within this span counts as reopened (metrics.md, Reopened)."""

CalendarOf = Callable[[bytes | None], ServiceCalendar]
"""The service calendar of a department (None: of the site)."""


class Taken(NamedTuple):
    """How long something took, in minutes."""

    key: CaseKey
    working: float
    elapsed: float


@dataclass(frozen=True)
class Resolutions:
    """The resolutions of a week. `first`: cases resolved for the first time ever. `full`: cases whose last resolution
    of the week still stood when it ended, from opening, without time spent resolved or waiting on the requester."""

    first: tuple[Taken, ...]
    full: tuple[Taken, ...]


def resolutions(week: Tally, calendar_of: CalendarOf) -> Resolutions:
    """Both times for every case resolved in the week, as things stood at its end."""
    first: list[Taken] = []
    full: list[Taken] = []
    hours = {}
    seen: set[int] = set()
    departments = values_at((case for case, _ in week.resolved), "department", week.end)
    for (case, at), department in zip(week.resolved, departments, strict=True):
        if case.key.rid in seen:
            continue
        seen.add(case.key.rid)
        if department not in hours:
            hours[department] = calendar_of(department).hours
        worked = hours[department].worked
        opened, moves = case.opened_at, case.moves()
        brief = len(moves) <= 3  # opened, resolved, perhaps closed or reopened: the usual case
        resolved = [at] if brief else [when for when, kind in moves if kind == "resolved" and when < week.end]
        plain: Taken | None = None
        if resolved[0] >= week.start:
            elapsed = resolved[0] - opened
            plain = Taken(case.key, worked(opened, resolved[0]) / MINUTE_MS, elapsed / MINUTE_MS)
            first.append(plain)
        if brief:
            came_back = moves[-1][1] == "reopened" and moves[-1][0] < week.end
        else:
            came_back = case.open_at(week.end)
        if not came_back:
            if plain is not None and brief and "waiting_on" not in case.layout:
                full.append(plain)
            else:
                spells = _without(_open_spells(case, resolved[-1]), case.pauses(resolved[-1]))
                full.append(_taken(case.key, spells, worked))
    return Resolutions(tuple(first), tuple(full))


class Cohort(NamedTuple):
    """Cases resolved in the week before, and those of them that came back within seven days."""

    resolved: tuple[CaseKey, ...]
    came_back: tuple[CaseKey, ...]


def cohort(before_week: Tally, until: int) -> Cohort:
    """`before_week`: where the resolutions are. A reopening counts if it is earlier than `until` (the report's end)."""
    resolved: dict[int, CaseKey] = {}
    came_back: dict[int, CaseKey] = {}
    reopened: dict[int, list[int]] = {}
    for case, at in before_week.resolved:
        key = case.key
        resolved[key.rid] = key
        if key.rid not in reopened:
            moves = case.moves()
            reopened[key.rid] = [when for when, kind in moves if kind == "reopened"] if len(moves) > 2 else []
        again = reopened[key.rid]
        place = bisect_left(again, at)
        if place < len(again) and again[place] < min(until, at + COHORT_MS):
            came_back[key.rid] = key
    return Cohort(tuple(resolved.values()), tuple(came_back.values()))


Spell = tuple[int, int]


def _taken(key: CaseKey, spells: Iterable[Spell], worked: Callable[[int, int], int]) -> Taken:
    working = elapsed = 0
    for start, end in spells:
        working += worked(start, end)
        elapsed += end - start
    return Taken(key, working / MINUTE_MS, elapsed / MINUTE_MS)


def _open_spells(case: History, until: int) -> list[Spell]:
    """When the case was in the backlog, up to `until`."""
    out: list[Spell] = []
    since: int | None = None
    for at, kind in case.moves():
        if at > until:
            break
        if kind in ("opened", "reopened"):
            since = at
        elif kind != "closed" and since is not None:
            out.append((since, at))
            since = None
    return out


def _without(spells: Iterable[Spell], pauses: Iterable[Spell]) -> list[Spell]:
    """Spells less the pauses; both in order, neither overlapping itself."""
    out = list(spells)
    for start, end in pauses:
        left: list[Spell] = []
        for low, high in out:
            if end <= low or start >= high:
                left.append((low, high))
                continue
            if low < start:
                left.append((low, start))
            if end < high:
                left.append((end, high))
        out = left
    return out
