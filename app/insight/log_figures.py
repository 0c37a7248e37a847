"""The figures of a whole log of cases: pure functions from `CaseLog`s, one definition each, every one with its cases.

They answer for any log of the shape "one row per change of a case" what a process analyst asks of one: how long, how
often handed on, how often reopened, where from. Each function returns a tree of `Told`s; `values_of` makes plain data
of it, `cases_of` the case numbers. Percentiles interpolate between closest ranks; hours are rounded to four decimals,
shares to six. Definitions stand in DEFINITIONS.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby, pairwise
from math import ceil
from statistics import fmean
from typing import Any, Final

from app import times
from app.insight.case_log import CaseLog, Row
from app.insight.figure import percentile, sorted_keys
from app.insight.log_told import Told, Tree, keys_of, those
from app.insight.log_weeks import backlog, by_week, weeks
from app.times import HOUR_MS
from app.work.calendars import ServiceCalendar

DEFINITIONS: Final[Mapping[str, str]] = {
    "time": "Instants are UTC. weeks_utc are ISO weeks of the UTC clock, weeks_local those of the site's wall clock.",
    "opened_at": "The first row of a case.",
    "first_completed_at": "The first completed row: resolved, closed, cancelled or merged.",
    "resolved_at": "The row from which on a case stayed completed to its last; none while it is open.",
    "closed_at": "The last row, if it is completed.",
    "percentiles": "Linear interpolation between closest ranks. Hours with 4 decimals, shares with 6.",
    "within_calendar_hours": "Cases resolved within N hours of their opening, and their share of the resolved ones.",
    "business_time": "Working time between opening and resolution by the service calendar of the first department.",
    "net_of_wait": "The same spans without those from a row in the status wait_substatus to the next row of its case.",
    "backlog_by_status": "Cases with a row before 00:00 local time of the date whose latest such row is not completed.",
    "backlog_by_resolution": "Cases opened before that instant and not resolved by then: one that was reopened "
    "later counts as open throughout.",
    "handover": "Two rows of a case in a row with different values. An owner is told from another by name as imported.",
    "pingpong": "Values without repetitions in a row, g1..gk: a return is every g[i] that equals g[i-2].",
    "support_line": "The tier of a row; 2/3 is a team that is both.",
    "reopen": "A completed row followed by one that is not.",
    "pareto": "Cases by value; how few values, the largest first, hold 80 % of them; the share of the largest fifth of "
    "the values (rounded up). Ties by name. No value is a value of its own.",
    "weekly": "The last nine weeks: opened, resolved, and open by resolution at their end, by the first department.",
}
LIMITS_HOURS: Final = (1, 4, 8, 24, 72, 120, 240)
LIMITS_BUSINESS_HOURS: Final = (4, 9, 18, 45, 90)
TOP: Final = 10
TOP_PRODUCTS: Final = 15
MOST: Final = 6
"""Cases with this many handovers or more are counted together."""


@dataclass(frozen=True)
class Words:
    """How things are called in the output. Each gives the name of an id (None: of no value), `severity` of a rank."""

    queue: Callable[[bytes | None], str]
    department: Callable[[bytes | None], str]
    product: Callable[[bytes | None], str]
    place: Callable[[bytes | None], str]
    owner: Callable[[bytes | None], str]
    severity: Callable[[str | None], str]


def log_figures(
    logs: Sequence[CaseLog], words: Words, zone: str, calendar_of: Callable[[bytes | None], ServiceCalendar]
) -> Tree:
    """All of them. `zone`: the site's."""
    if not logs:
        return {"counts": {"cases": Told(0), "events": Told(0)}}
    tz = times.zone(zone)
    return {
        "counts": counts(logs, words),
        "durations": durations(logs, words),
        "within_calendar_hours": within_hours(logs, words),
        "business_time_opened_to_resolved": business_time(logs, calendar_of),
        "net_of_wait": net_of_wait(logs, calendar_of),
        "weeks_utc": weeks(logs, UTC),
        "weeks_local": weeks(logs, tz),
        "backlog": backlog(logs, tz),
        "support_team": handovers(logs, lambda row: row.queue),
        "org_line": handovers(logs, lambda row: row.department),
        "owner": handovers(logs, lambda row: row.owner),
        "escalation": escalation(logs),
        "reopen": reopenings(logs),
        "pareto": paretos(logs, words),
        "weekly_by_first_org_line": by_week(logs, words.department, tz),
    }


def values_of(tree: Tree) -> dict[str, Any]:
    """The tree as plain data."""
    return {name: one.value if isinstance(one, Told) else values_of(one) for name, one in tree.items()}


def cases_of(tree: Tree, path: str = "") -> dict[str, list[int | str]]:
    """The case numbers behind each figure that counts cases, by its path: `reopen.cases`."""
    out: dict[str, list[int | str]] = {}
    for name, one in tree.items():
        here = f"{path}.{name}" if path else name
        if not isinstance(one, Told):
            out |= cases_of(one, here)
        elif one.cases is not None:
            out[here] = [key.as_json() for key in sorted_keys(one.cases())]
    return out


# -- what there is ----------------------------------------------------------------------------------------------------
def counts(logs: Sequence[CaseLog], words: Words) -> Tree:
    """Cases, rows, and how they spread."""
    rows = [row for log in logs for row in log.rows]
    open_ = [log for log in logs if log.resolving is None]
    return {
        "cases": those(logs),
        "events": Told(len(rows)),
        "first_event": Told(times.iso_utc(min(row.at for row in rows))),
        "last_event": Told(times.iso_utc(max(row.at for row in rows))),
        "events_by_status": _spread(Counter(row.main for row in rows)),
        "events_by_substatus": _spread(Counter(row.sub for row in rows)),
        "events_by_support_line": _spread(Counter(row.tier or "" for row in rows)),
        "distinct_products": Told(len({row.product for row in rows})),
        "distinct_support_teams": Told(len({row.queue for row in rows})),
        "distinct_org_lines": Told(len({row.department for row in rows})),
        "distinct_owner_first_names": Told(len({words.owner(row.owner).split(", ")[0] for row in rows})),
        "distinct_org_countries": Told(len({log.place for log in logs})),
        "events_per_case_mean": Told(round(len(rows) / len(logs), 6)),
        "events_per_case_max": Told(max(len(log.rows) for log in logs)),
        "cases_by_impact_first_event": _grouped(logs, lambda log: words.severity(log.rows[0].severity)),
        "cases_by_last_status": _grouped(logs, lambda log: log.rows[-1].words),
        "cases_open_at_end": those(open_),
        "variants_status_substatus": Told(len({tuple(row.words for row in log.rows) for log in logs})),
    }


# -- how long ---------------------------------------------------------------------------------------------------------
Span = tuple[CaseLog, int]
"""A case and how long something took it, ms."""


def durations(logs: Sequence[CaseLog], words: Words) -> Tree:
    """Calendar time from opening to what came later."""
    resolved = _resolved(logs)
    by_impact: dict[str, list[Span]] = {}
    for log, row in resolved:
        by_impact.setdefault(words.severity(log.rows[0].severity), []).append((log, row.at - log.opened_at))
    return {
        "opened_to_resolved": _distribution([(log, row.at - log.opened_at) for log, row in resolved]),
        "opened_to_closed": _distribution(
            [(log, log.closed_at - log.opened_at) for log in logs if log.closed_at is not None]
        ),
        "opened_to_first_completed": _distribution(
            [(log, log.first_completed_at - log.opened_at) for log in logs if log.first_completed_at is not None]
        ),
        "first_to_last_event": _distribution([(log, log.rows[-1].at - log.opened_at) for log in logs]),
        "opened_to_resolved_by_impact": {name: _distribution(spans) for name, spans in sorted(by_impact.items())},
    }


def within_hours(logs: Sequence[CaseLog], words: Words) -> Tree:
    """How many were resolved within so many hours, all and by severity."""
    resolved = [(log, row.at - log.opened_at) for log, row in _resolved(logs)]
    out = {"all": _within(resolved, LIMITS_HOURS)}
    by_impact: dict[str, list[Span]] = {}
    for log, took in resolved:
        by_impact.setdefault(words.severity(log.rows[0].severity), []).append((log, took))
    return out | {name: _within(spans, LIMITS_HOURS) for name, spans in sorted(by_impact.items())}


def business_time(logs: Sequence[CaseLog], calendar_of: Callable[[bytes | None], ServiceCalendar]) -> Tree:
    """Working time from opening to resolution."""
    spans = [
        (log, calendar_of(log.rows[0].department).hours.worked(log.opened_at, row.at)) for log, row in _resolved(logs)
    ]
    return {**_distribution(spans), "within_business_hours": _within(spans, LIMITS_BUSINESS_HOURS)}


def net_of_wait(logs: Sequence[CaseLog], calendar_of: Callable[[bytes | None], ServiceCalendar]) -> Tree:
    """Opening to resolution less the time in the waiting status."""
    waiting = _wait_word(logs)
    with_wait = [log for log in logs if any(row.sub == waiting for row in log.rows)]
    calendar, business = [], []
    total = 0
    for log, resolving in _resolved(logs):
        worked = calendar_of(log.rows[0].department).hours.worked
        net = resolving.at - log.opened_at
        net_worked = worked(log.opened_at, resolving.at)
        for row, after in pairwise(log.rows):
            until = min(after.at, resolving.at)
            if row.sub == waiting and row.at < until:
                total += until - row.at
                net -= until - row.at
                net_worked -= worked(row.at, until)
        calendar.append((log, net))
        business.append((log, net_worked))
    return {
        "wait_substatus": Told(waiting),
        "calendar": _distribution(calendar),
        "business": _distribution(business),
        "wait_calendar_hours_total": Told(_hours(total)),
        "cases_with_wait_event": those(with_wait),
        "wait_events": Told(sum(row.sub == waiting for log in logs for row in log.rows)),
        "calendar_within_hours": _within(calendar, LIMITS_HOURS),
    }


def _wait_word(logs: Sequence[CaseLog]) -> str:
    """What waiting for the person who asked is called: the words of the log where it has any, else ours."""
    used = {row.sub for log in logs for row in log.rows}
    return next((word for word in ("Wait - User", "Wait", "requester") if word in used), "requester")


# -- through which hands ----------------------------------------------------------------------------------------------
def handovers(logs: Sequence[CaseLog], value_of: Callable[[Row], Any]) -> Tree:
    """Changes of a value from row to row, and returns to the one before."""
    chains = [(log, [value for value, _ in groupby(map(value_of, log.rows))]) for log in logs]
    changes = [(log, len(chain) - 1) for log, chain in chains]
    returns = [(log, sum(a == c for a, c in zip(chain, chain[2:], strict=False))) for log, chain in chains]
    handed = [log for log, n in changes if n]
    bounced = [log for log, n in returns if n]
    total = sum(n for _, n in changes)
    return {
        "handovers_total": Told(total, keys_of(handed)),
        "cases_with_handover": those(handed),
        "share_cases_with_handover": Told(_share(len(handed), len(logs)), keys_of(handed)),
        "handovers_mean_per_case": Told(_share(total, len(logs))),
        "handovers_max": Told(max(n for _, n in changes)),
        "distribution_0_to_6plus": {
            str(n): those([log for log, found in changes if min(found, MOST) == n]) for n in range(MOST + 1)
        },
        "pingpong_returns_total": Told(sum(n for _, n in returns), keys_of(bounced)),
        "cases_with_pingpong": those(bounced),
        "share_cases_with_pingpong": Told(_share(len(bounced), len(logs)), keys_of(bounced)),
        "cases_with_any_revisit": those([log for log, chain in chains if len(set(chain)) < len(chain)]),
    }


def escalation(logs: Sequence[CaseLog]) -> Tree:
    """Which support lines cases came to, and who resolved them."""
    lines = [(log, {line for row in log.rows for line in (row.tier or "").split("/")}) for log in logs]
    second = [log for log, found in lines if "2" in found]
    third = [log for log, found in lines if "3" in found]
    either = [log for log, found in lines if found & {"2", "3"}]
    neither = [log for log, found in lines if not found & {"2", "3"}]
    above = {log.key for log in either}
    took = [(log, row.at - log.opened_at) for log, row in _resolved(logs)]
    return {
        "cases_escalated_to_2nd": those(second),
        "cases_escalated_to_3rd": those(third),
        "cases_escalated_2nd_or_3rd": those(either),
        "share_2nd": Told(_share(len(second), len(logs)), keys_of(second)),
        "share_3rd": Told(_share(len(third), len(logs)), keys_of(third)),
        "share_2nd_or_3rd": Told(_share(len(either), len(logs)), keys_of(either)),
        "cases_only_1st_line": those(neither),
        "cases_by_first_line": _grouped(logs, lambda log: log.rows[0].tier or ""),
        "resolved_by_line": _grouped([log for log, _ in _resolved(logs)], lambda log: _resolving(log).tier or ""),
        "opened_to_resolved_only_1st_line": _distribution([one for one in took if one[0].key not in above]),
        "opened_to_resolved_escalated": _distribution([one for one in took if one[0].key in above]),
    }


def reopenings(logs: Sequence[CaseLog]) -> Tree:
    """Completed cases that were opened again."""
    found = [(log, sum(a.completed and not b.completed for a, b in pairwise(log.rows))) for log in logs]
    again = [log for log, n in found if n]
    return {
        "transitions": Told(sum(n for _, n in found), keys_of(again)),
        "cases": those(again),
        "share": Told(_share(len(again), len(logs)), keys_of(again)),
        "max_per_case": Told(max(n for _, n in found)),
    }


# -- where from -------------------------------------------------------------------------------------------------------
def paretos(logs: Sequence[CaseLog], words: Words) -> Tree:
    """Few values hold most cases: by product, department, team and country."""
    return {
        "product": pareto(logs, lambda log: words.product(log.rows[0].product), TOP_PRODUCTS),
        "first_org_line": pareto(logs, lambda log: words.department(log.rows[0].department), TOP),
        "last_org_line": pareto(logs, lambda log: words.department(log.rows[-1].department), TOP),
        "first_support_team": pareto(logs, lambda log: words.queue(log.rows[0].queue), TOP),
        "last_support_team": pareto(logs, lambda log: words.queue(log.rows[-1].queue), TOP),
        "org_country_first_event": pareto(logs, lambda log: words.place(log.place), TOP),
    }


def pareto(logs: Sequence[CaseLog], value_of: Callable[[CaseLog], str], top: int) -> Tree:
    """One of them."""
    filed: dict[str, list[CaseLog]] = {}
    for log in logs:
        filed.setdefault(value_of(log), []).append(log)
    ranked = sorted(filed.items(), key=lambda one: (-len(one[1]), one[0]))
    held, needed = 0, 0
    for _, found in ranked:
        if held * 5 >= len(logs) * 4:
            break
        held, needed = held + len(found), needed + 1
    fifth = ceil(len(ranked) / 5)
    largest = [log for _, found in ranked[:fifth] for log in found]
    return {
        "distinct": Told(len(ranked)),
        "total": those(logs),
        "k_for_80pct": Told(needed, keys_of([log for _, found in ranked[:needed] for log in found])),
        "k_for_80pct_share_of_distinct": Told(_share(needed, len(ranked))),
        "share_of_top_20pct_values": Told(_share(len(largest), len(logs)), keys_of(largest)),
        "n_top_20pct_values": Told(fifth),
        "top": Told([[name, len(found)] for name, found in ranked[:top]],
                    keys_of([log for _, found in ranked[:top] for log in found])),
    }  # fmt: skip


# -- small parts ------------------------------------------------------------------------------------------------------
def _resolved(logs: Sequence[CaseLog]) -> list[tuple[CaseLog, Row]]:
    return [(log, row) for log in logs if (row := log.resolving) is not None]


def _resolving(log: CaseLog) -> Row:
    row = log.resolving
    assert row is not None
    return row


def _grouped(logs: Sequence[CaseLog], value_of: Callable[[CaseLog], str]) -> Tree:
    filed: dict[str, list[CaseLog]] = {}
    for log in logs:
        filed.setdefault(value_of(log), []).append(log)
    return {name: those(found) for name, found in sorted(filed.items())}


def _spread(counted: Counter[str]) -> Tree:
    return {name: Told(n) for name, n in sorted(counted.items())}


def _distribution(spans: Sequence[Span]) -> Tree:
    took = sorted(ms for _, ms in spans)
    cases = keys_of([log for log, _ in spans])
    if not took:
        return {"n": Told(0)}
    return {
        "n": Told(len(took), cases),
        "mean_h": Told(_hours(fmean(took))),
        "median_h": Told(_hours(percentile(took, 0.5) or 0)),
        "p90_h": Told(_hours(percentile(took, 0.9) or 0)),
        "min_h": Told(_hours(took[0])),
        "max_h": Told(_hours(took[-1])),
    }


def _within(spans: Sequence[Span], limits: Iterable[int]) -> Tree:
    took = sorted(spans, key=lambda one: one[1])
    instants = [ms for _, ms in took]
    out: Tree = {}
    for hours in limits:
        n = bisect_right(instants, hours * HOUR_MS)
        out[str(hours)] = Told([n, _share(n, len(spans))], keys_of([log for log, _ in took[:n]]))
    return out


def _hours(ms: float) -> float:
    return round(ms / HOUR_MS, 4)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0
