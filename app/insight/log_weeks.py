"""When it happened: the cases of a log by week, and what was open at the beginning of months and weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo
from itertools import groupby
from typing import Final

from app import times
from app.insight.case_log import CaseLog
from app.insight.log_told import Told, Tree, keys_of, those

WEEKS: Final = 9
"""The last weeks that are looked at."""


def weeks(logs: Sequence[CaseLog], tz: tzinfo) -> Tree:
    """Cases by ISO week of what happened to them."""
    instants: tuple[tuple[str, Callable[[CaseLog], int | None]], ...] = (
        ("opened", lambda log: log.opened_at),
        ("first_completed", lambda log: log.first_completed_at),
        ("resolved", lambda log: None if log.resolving is None else log.resolving.at),
        ("closed", lambda log: log.closed_at),
    )
    out: Tree = {}
    for name, instant_of in instants:
        filed: dict[str, list[CaseLog]] = {}
        for log in logs:
            instant = instant_of(log)
            if instant is not None:
                filed.setdefault(str(times.week_of(instant, tz)), []).append(log)
        out[name] = {week: those(found) for week, found in sorted(filed.items())}
    return out


def backlog(logs: Sequence[CaseLog], tz: tzinfo) -> Tree:
    """What was open at the beginning of each month, and of each of the last weeks."""
    spells = [(log, spell) for log in logs for spell in _open_spells(log)]
    lives = [(log, (log.opened_at, log.resolving.at if log.resolving else None)) for log in logs]
    return {
        day.isoformat(): {
            "by_status": _standing(spells, times.day_bounds(day, tz)[0]),
            "by_resolution": _standing(lives, times.day_bounds(day, tz)[0]),
        }
        for day in _backlog_days(logs, tz)
    }


def by_week(logs: Sequence[CaseLog], department_of: Callable[[bytes | None], str], tz: tzinfo) -> Tree:
    """[opened, resolved, open by resolution at the end] of the last weeks, by first department."""
    filed: dict[str, list[CaseLog]] = {}
    for log in logs:
        filed.setdefault(department_of(log.rows[0].department), []).append(log)
    out: Tree = {}
    for monday in _last_mondays(logs, tz)[:-1]:
        start, end = times.day_bounds(monday, tz)[0], times.day_bounds(monday + timedelta(days=7), tz)[0]
        lines: Tree = {}
        for name, found in sorted(filed.items()):
            opened = [log for log in found if start <= log.opened_at < end]
            resolved = [log for log in found if log.resolving and start <= log.resolving.at < end]
            standing = [
                log for log in found if log.opened_at < end and (log.resolving is None or log.resolving.at >= end)
            ]
            if opened or resolved or standing:
                lines[name] = Told(
                    [len(opened), len(resolved), len(standing)], keys_of([*opened, *resolved, *standing])
                )
        out[str(times.week_of_date(monday))] = lines
    return out


def _open_spells(log: CaseLog) -> list[tuple[int, int | None]]:
    """[from, to) of being open; None: to the end."""
    out: list[tuple[int, int | None]] = []
    for completed, group in groupby(log.rows, key=lambda row: row.completed):
        at = next(group).at
        if not completed:
            out.append((at, None))
        elif out:
            out[-1] = (out[-1][0], at)
    return [(start, end) for start, end in out if end is None or end > start]


def _standing(spells: Sequence[tuple[CaseLog, tuple[int, int | None]]], instant: int) -> Told:
    """Strictly before the instant: what begins or ends at it did not happen yet."""
    found = [log for log, (start, end) in spells if start < instant and (end is None or end >= instant)]
    return those(found)


def _backlog_days(logs: Sequence[CaseLog], tz: tzinfo) -> list[date]:
    first = times.local_date(min(log.opened_at for log in logs), tz)
    last = times.local_date(max(log.rows[-1].at for log in logs), tz)
    days, month = set(_last_mondays(logs, tz)), first.replace(day=1)
    while month <= last:
        month = (month + timedelta(days=32)).replace(day=1)
        days.add(month)
    return sorted(days)


def _last_mondays(logs: Sequence[CaseLog], tz: tzinfo) -> list[date]:
    """Those with which the last weeks begin, and the one after them."""
    last = times.week_of(max(log.rows[-1].at for log in logs), tz)
    return [last.shifted(back).monday for back in range(1 - WEEKS, 2)]
