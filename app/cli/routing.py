"""`halldesk route`: who would get a case at an instant, and what every rule said to it."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.moments import WRITTEN, moment
from app.cli.opening import opened
from app.cli.output import Output, table


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `route`."""
    route = verbs.add_parser("route", parents=[common], help="who would get a case, and why")
    route.add_argument("--at", metavar="TIME", help=f"{WRITTEN} (default: now)")
    route.add_argument("--department")
    route.add_argument("--product")
    route.add_argument("--severity", help="rank or name")
    route.add_argument("--language", metavar="CODE", help="what the requester speaks: de")
    route.add_argument("--major", action="store_true", help="a major incident")
    route.add_argument("--to", metavar="ANALYST", help="set by hand")
    route.add_argument("--queue", help="set by hand")
    route.set_defaults(run=_route)


def _there(count: int | None) -> str:
    return "" if count is None else f"{count} there"


def _route(args: argparse.Namespace, out: Output) -> int:
    from app.work.dispatch import Dispatcher, Question

    with opened(args) as desk:
        resolve = desk.directory.resolve
        asked = Question(
            department_id=resolve("department", args.department) if args.department else None,
            product_id=resolve("product", args.product) if args.product else None,
            severity=desk.directory.severity(args.severity) if args.severity else None,
            language=args.language,
            major=args.major,
            by_hand_owner=resolve("analyst", args.to) if args.to else None,
            by_hand_queue=resolve("queue", args.queue) if args.queue else None,
        )
        at = moment(desk, args.at) if args.at else desk.context.clock()
        found = Dispatcher(desk.context, desk.directory, desk.deadlines).who(at, asked)
        rows = [
            [
                ">" if s.taken else "",
                str(s.rule),
                s.name,
                s.why,
                s.who or ("" if s.count is None else f"{s.count} there"),
            ]
            for s in found.steps
        ]
        lines = [
            f"contact  {found.contact_owner or '-'}",
            f"work     {found.work_owner or '-'}",
            f"queue    {found.queue or '-'}",
            f"reason   {found.reason}",
            "",
            table(rows, ["", "rule", "", "", ""]),
        ]
        out.emit(found.as_json(), "\n".join(lines))
    return 0
