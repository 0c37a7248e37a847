"""`halldesk figures`: what a process analyst asks of a log, over all cases or those of a span or a department."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from app.cli.opening import opened
from app.cli.output import Output, counted
from app.errors import UserError

_SUMMARY: Final = (
    ("cases", "counts.cases"),
    ("events", "counts.events"),
    ("open at the end", "counts.cases_open_at_end"),
    ("opened to resolved, median hours", "durations.opened_to_resolved.median_h"),
    ("opened to resolved, 90th percentile", "durations.opened_to_resolved.p90_h"),
    ("the same in working time, median hours", "business_time_opened_to_resolved.median_h"),
    ("cases handed from team to team", "support_team.cases_with_handover"),
    ("cases that came back to a team they had left", "support_team.cases_with_any_revisit"),
    ("cases beyond the first line", "escalation.cases_escalated_2nd_or_3rd"),
    ("cases reopened", "reopen.cases"),
    ("products that make 80 % of the cases", "pareto.product.k_for_80pct"),
)


NAMED: Final = 10
"""Cases that differ and are named without being asked for."""
_OURS: Final = {"reopened": "reopenings", "reassigned": "changes of queue", "in_time": "resolved within the fix target"}


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verb."""
    figures = verbs.add_parser(
        "figures", parents=[common], help="the figures of all cases: durations, handovers, reopenings, Pareto"
    )
    figures.add_argument("--from", dest="since", metavar="DATE", help="only cases opened on this day or later")
    figures.add_argument(
        "--to", dest="until", metavar="DATE", help="only cases opened until this day, and what happened until then"
    )
    figures.add_argument("--department", help="only cases that were this department's in the end")
    figures.add_argument("--cases", action="store_true", help="with the case numbers behind every figure")
    figures.add_argument(
        "--against", type=Path, metavar="LOG", help="compare what the columns of this imported log say; needs --mapping"
    )
    figures.add_argument("--mapping", metavar="MAP.toml", help="the mapping it was imported with")
    figures.set_defaults(run=_figures)


def _figures(args: argparse.Namespace, out: Output) -> int:
    if args.against is not None:
        return _against(args, out)
    from app.insight.log_figures import DEFINITIONS, cases_of, values_of
    from app.insight.log_reading import read_log_figures

    with opened(args) as desk:
        department = desk.directory.resolve("department", args.department) if args.department else None
        tree = read_log_figures(desk.context, desk.directory, since=args.since, until=args.until, department=department)
        name = desk.name
    values = values_of(tree)
    data: dict[str, Any] = {"desk": name, "definitions": dict(DEFINITIONS), **values}
    lines = [f"{title}: {found}" for title, path in _SUMMARY if (found := _at(values, path)) is not None]
    if args.cases:
        numbers = cases_of(tree)
        data["cases"] = numbers
        lines += ["", *(f"{path}: {', '.join(map(str, found))}" for path, found in numbers.items() if found)]
    out.emit(data, "\n".join(lines))
    return 0


def _against(args: argparse.Namespace, out: Output) -> int:
    """The log's own columns against its history."""
    from app.insight.claims import compare
    from app.intake.mapping import find_mapping

    if args.mapping is None:
        raise UserError("Name the mapping the log was imported with: --mapping MAP.toml.")
    with opened(args) as desk:
        found = compare(desk.context, args.against, find_mapping(args.mapping))
    lines = []
    for one in found:
        lines.append(
            f"{one.column}: {one.theirs:,} in the log, {one.ours:,} {_OURS[one.what]} here; "
            f"the same for {one.agree:,} of {counted(one.cases, 'case')}"
        )
        lines += [f"  {n:,} {what}" for what, n in one.parts.most_common() if n]
        if one.differ:
            named = ", ".join(
                f"{key.label} ({theirs} / {ours})" for key, theirs, ours in one.differ[: None if args.cases else NAMED]
            )
            left = 0 if args.cases else max(0, len(one.differ) - NAMED)
            more = f" … and {left:,} more (--cases)" if left else ""
            lines.append(f"  differs (log / here): {named}{more}")
    out.emit({"claims": [one.as_json() for one in found]}, "\n".join(lines))
    return 0


def _at(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values.get(name) if isinstance(values, dict) else None
    return values
