"""The telephone: calls by half hour, how many analysts they need (Erlang C), and how many were rostered.

Erlang C answers for calls that arrive at random and wait until somebody is free: nobody hangs up. That is not so, and
the report says it; with few abandoned calls the number needed comes out slightly high, which is the safe side.
A. K. Erlang's formula (1917) as in L. Kleinrock, Queueing Systems, volume 1 (1975), section 3.5 (M/M/m):

    P(wait) = (A^N / N!) (N / (N - A)) / (sum over k < N of A^k / k! + (A^N / N!) (N / (N - A)))
    P(wait longer than t) = P(wait) e^(-(N - A) t / AHT)

A is the traffic in erlangs (calls an hour times the mean handling time in hours), N the number of analysts; it needs
N > A. The sums are taken by the recursion of Erlang B, which stays within floating point for any N.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Final, NamedTuple

from app import times
from app.insight.facts import Span
from app.insight.figure import FEW, Figure, Unit
from app.insight.section import WEEKS, Line, Listing, Section
from app.times import MINUTE_MS

HALF_HOUR_MS: Final = 30 * MINUTE_MS
WITHIN_SECONDS: Final = 20
SHARE: Final = 0.8
"""The service level that is aimed at: this share of the calls is answered within WITHIN_SECONDS."""
MOST: Final = 500


def waits(traffic: float, analysts: int) -> float:
    """The probability that a call waits (Erlang C). `traffic` in erlangs, >= 0; 1.0 where analysts <= traffic."""
    if traffic <= 0:
        return 0.0
    if analysts <= traffic:
        return 1.0
    blocked = 1.0
    for n in range(1, analysts + 1):
        blocked = traffic * blocked / (n + traffic * blocked)
    return analysts * blocked / (analysts - traffic * (1 - blocked))


def service_level(traffic: float, analysts: int, handle_seconds: float, within: float = WITHIN_SECONDS) -> float:
    """The share of calls that is answered within so many seconds."""
    if traffic <= 0:
        return 1.0
    if analysts <= traffic:
        return 0.0
    return 1.0 - waits(traffic, analysts) * exp(-(analysts - traffic) * within / handle_seconds)


def needed(calls_an_hour: float, handle_seconds: float, share: float = SHARE, within: float = WITHIN_SECONDS) -> int:
    """The fewest analysts that keep the service level; 0 without calls."""
    traffic = calls_an_hour * handle_seconds / 3600
    if traffic <= 0:
        return 0
    analysts = int(traffic) + 1
    while service_level(traffic, analysts, handle_seconds, within) < share and analysts < MOST:
        analysts += 1
    return analysts


class HalfHour(NamedTuple):
    """What was counted in one. `seconds`: handling time of all answered calls, None where it was not measured."""

    starts_at: int
    offered: int
    answered: int
    seconds: int | None


class Duty(NamedTuple):
    """Somebody on the hotline, [from, to)."""

    starts_at: int
    ends_at: int


def hotline(span: Span) -> Section:
    """Section 16. The telephone knows neither departments nor products."""
    if span.scope is not None:
        return Section("hotline", empty="empty.hotline.department")
    calls = [
        HalfHour(*row)
        for row in span.reader.all(
            "SELECT starts_at, offered, answered, handle_seconds FROM call_interval WHERE starts_at >= ? AND "
            "starts_at < ? ORDER BY starts_at",
            (span.start, span.end),
        )
    ]
    duties = [
        Duty(*row)
        for row in span.reader.all(
            "SELECT starts_at, ends_at FROM shift WHERE duty = 'hotline' AND ends_at > ? AND starts_at < ?",
            (span.bounds[-2], span.end),
        )
    ]
    return hotline_section(calls, duties, span.bounds, span.zone)


def hotline_section(calls: Sequence[HalfHour], duties: Sequence[Duty], bounds: Sequence[int], zone: str) -> Section:
    """The section from its facts: by half hour of the day, the mean over the days of the week on which it was counted.

    The handling time of a half hour is that of its own answered calls; where too few were measured, the week's.
    """
    weeks: list[list[HalfHour]] = [[] for _ in range(WEEKS)]
    for one in calls:
        place = next((n for n in range(WEEKS) if bounds[n] <= one.starts_at < bounds[n + 1]), None)
        if place is not None:
            weeks[place].append(one)
    if not weeks[-1]:
        return Section("hotline", empty="empty.hotline")
    handling = [_handling(week) for week in weeks]
    offered = [sum(one.offered for one in week) for week in weeks]
    answered = [sum(one.answered for one in week) for week in weeks]
    shares = [a / o if o >= FEW else None for a, o in zip(answered, offered, strict=True)]
    tz = times.zone(zone)
    by_clock: dict[str, list[HalfHour]] = {}
    for one in weeks[-1]:
        by_clock.setdefault(f"{times.local_wall(one.starts_at, tz):%H:%M}", []).append(one)
    lines = []
    short = 0
    for clock, found in sorted(by_clock.items()):
        seconds = _handling(found) or handling[-1] or 0.0
        mean = sum(one.offered for one in found) / len(found)
        wanted = needed(2 * mean, seconds) if seconds else 0
        there = [sum(duty.starts_at <= one.starts_at < duty.ends_at for duty in duties) for one in found]
        rostered = sum(there) / len(there)
        short += rostered < wanted
        lines.append(Line(clock, (
            _plain("hotline.offered", mean),
            _plain("hotline.answered_share", _ratio(found), "share"),
            _plain("hotline.needed", wanted),
            _plain("hotline.rostered", rostered),
        )))  # fmt: skip
    headline = (
        _trend("hotline.offered", offered, "plain"),
        _trend("hotline.answered_share", shares, "share", n=offered[-1]),
        _trend("hotline.handling", [None if one is None else one / 60 for one in handling], "minutes"),
        _plain("hotline.short", short),
    )
    table = Listing("hotline", ("clock", "offered", "answered_share", "needed", "rostered"), tuple(lines), bars=True)
    values: Mapping[str, object] = {"share": round(SHARE * 100), "seconds": WITHIN_SECONDS}
    return Section("hotline", headline, (table,), values=values)


def _handling(week: Sequence[HalfHour]) -> float | None:
    """Mean seconds an answered call took; None where too few were measured."""
    measured = [one for one in week if one.seconds is not None and one.answered]
    n = sum(one.answered for one in measured)
    return sum(one.seconds or 0 for one in measured) / n if n >= FEW else None


def _ratio(found: Sequence[HalfHour]) -> float | None:
    offered = sum(one.offered for one in found)
    return sum(one.answered for one in found) / offered if offered >= FEW else None


def _plain(key: str, value: float | None, unit: Unit = "plain") -> Figure:
    return Figure(key, value, unit, key)


def _trend(key: str, values: Sequence[float | None], unit: Unit, n: int | None = None) -> Figure:
    return Figure(key, values[-1], unit, key, previous=values[-2], trend=tuple(values[1:]), n=n)
