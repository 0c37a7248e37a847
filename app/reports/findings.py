"""What the figures of a week say in words, as codes and parameters: the sentences of page one, and what needs a
decision.

The words themselves are in app.texts under `sentence.<code>` and `decision.<code>`, so a report can be printed in
another language than the one it was made for. Every finding names the cases it speaks about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.insight.ageing import OLD_DAYS, SIDES
from app.insight.figure import FEW, CaseKey, Cases, Figure
from app.insight.metrics import GroupRow, Repeat

GROWING_WEEKS: Final = 3
"""A backlog that rose this many weeks running is named ..."""
GROWING_BY: Final = 5
"""... if it rose by at least this many cases, and by a quarter."""
GROWING_NAMED: Final = 3
"""Queues that are named one by one."""
TOP_SEVERITY: Final = "1"

Param = int | float | str | None


@dataclass(frozen=True)
class Finding:
    """`params` fill the text of `code`; `cases` are what it speaks about."""

    code: str
    params: tuple[tuple[str, Param], ...]
    cases: Sequence[CaseKey] = ()

    @property
    def values(self) -> dict[str, Param]:
        """The parameters by name."""
        return dict(self.params)

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {"code": self.code, "params": self.values, "cases": [key.as_json() for key in self.cases]}


def finding(code: str, cases: Sequence[CaseKey] = (), /, **params: Param) -> Finding:
    """A finding with its parameters in a fixed order."""
    return Finding(code, tuple(sorted(params.items())), cases if isinstance(cases, Cases) else tuple(cases))


def sentences(
    figures: Mapping[str, Figure], departments: Sequence[GroupRow], products: Sequence[GroupRow]
) -> tuple[Finding, ...]:
    """Five sentences for somebody with thirty seconds: flow, backlog, waiting, speed, where from."""
    opened, resolved = figures["flow.opened"], figures["flow.resolved"]
    start, end = figures["flow.backlog_start"], figures["flow.backlog_end"]
    out = [
        finding("flow", opened=opened.value, change=opened.change, resolved=resolved.value),
        finding("backlog", end=end.value, change=(end.value or 0) - (start.value or 0)),
    ]
    if end.value:
        us, requester, others = (figures[f"backlog.{where}"].value for where in SIDES)
        out.append(finding("waiting", us=us, requester=requester, others=others))
    else:
        out.append(finding("waiting.none"))
    median, p90 = figures["first.working.median"], figures["first.working.p90"]
    if median.value is not None:
        out.append(finding("speed", median=median.value, p90=p90.value, n=median.n))
    else:
        out.append(finding("speed.few" if median.n else "speed.none", median.cases, n=median.n))
    top = [row for row in departments if row.name and row.opened.value][:3]
    best = next((row for row in products if row.name and row.opened.value), None)
    named = [f"{row.name} ({row.opened.value})" for row in top]
    if named and best:
        out.append(finding("where.both", names=", ".join(named), product=best.name, n=best.opened.value))
    elif named:
        out.append(finding("where.departments", names=", ".join(named)))
    elif best:
        out.append(finding("where.product", product=best.name, n=best.opened.value))
    else:
        out.append(finding("where.none"))
    return tuple(out)


def decisions(
    *,
    top: Sequence[CaseKey],
    old: Sequence[CaseKey],
    again: Sequence[CaseKey],
    without_step: Sequence[CaseKey],
    queues: Sequence[GroupRow],
    repeats: Sequence[Repeat],
) -> tuple[Finding, ...]:
    """What somebody has to decide, gravest first. `top`: open cases of the highest severity; `old`: open ones that are
    old and wait for us; `again`: reopened in this week and not for the first time; `without_step`: open cases past
    triage that nobody plans to continue (empty where that can't be known any more).
    """
    out: list[Finding] = []
    if top:
        out.append(finding("top", _ordered(top), n=len(top)))
    if old:
        out.append(finding("old", _ordered(old), n=len(old), days=OLD_DAYS))
    if again:
        out.append(finding("again", _ordered(set(again)), n=len(set(again))))
    out += _growing(queues)
    if repeats and int(repeats[0].figure.value or 0) >= FEW:
        worst = repeats[0]
        out.append(finding("repeat", worst.figure.cases, name=worst.figure.group, n=worst.figure.value))
    if without_step:
        out.append(finding("step", without_step, n=len(without_step)))
    return tuple(out)


def _growing(queues: Sequence[GroupRow]) -> list[Finding]:
    """Queues whose backlog rose week after week, the steepest first; of many only the first few, and how many more."""
    found: list[tuple[int, Finding]] = []
    for row in queues:
        trend = [int(value or 0) for value in row.open.trend[-GROWING_WEEKS - 1 :]]
        rose = trend[-1] - trend[0]
        if not row.name or not trend[0] or not all(a < b for a, b in pairwise(trend)):
            continue
        if len(trend) > GROWING_WEEKS and rose >= max(GROWING_BY, trend[0] / 4):
            values: dict[str, Param] = {"name": row.name, "n": trend[-1], "before": trend[0], "weeks": GROWING_WEEKS}
            found.append((rose, finding("growing", row.open.cases, **values)))
    found.sort(key=lambda one: -one[0])
    shown = [one for _, one in found[:GROWING_NAMED]]
    rest = [one for _, one in found[GROWING_NAMED:]]
    if rest:
        cases = Cases(lambda: {key for one in rest for key in one.cases})
        shown.append(finding("growing.more", cases, queues=len(rest)))
    return shown


def _ordered(keys: Sequence[CaseKey] | set[CaseKey]) -> list[CaseKey]:
    return sorted(keys, key=lambda key: key.order)
