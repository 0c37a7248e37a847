"""Lists of cases by command: `halldesk case list`, as text, as JSON lines, on paper or for a spreadsheet."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.output import Output, counted, table
from app.desk import Desk
from app.work.case_filter import ORDERS, CaseFilter, CaseList
from app.work.view_list import Definition
from app.work.view_list import opened as shown
from db.rules import STATUSES

PAGE = 500


def register(verb: Callable[..., Any]) -> None:
    """Add the verb. `verb`: makes a parser of `halldesk case` (app.cli.cases)."""
    _arguments(verb("list", _list, "cases", writes=False))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--view", metavar="NAME", help="a saved view; what else is asked narrows it")
    parser.add_argument("--queue")
    parser.add_argument("--department")
    parser.add_argument("--product")
    parser.add_argument("--owner", metavar="ANALYST", help="who owns the work or the contact")
    parser.add_argument("--mine", action="store_true", help="without those I put off")
    parser.add_argument("--snoozed", action="store_true", help="those I put off until later")
    parser.add_argument("--unowned", action="store_true")
    parser.add_argument("--unreachable", action="store_true", help="nobody can be asked about them today")
    parser.add_argument("--in-place-of", metavar="ANALYST", help="what is mine while that analyst is away")
    parser.add_argument("--overdue", action="store_true")
    parser.add_argument("--warned", action="store_true", help="three quarters of the time are used up")
    parser.add_argument("--status", choices=STATUSES, action="append", default=[])
    parser.add_argument("--tag")
    parser.add_argument("--words", default="")
    parser.add_argument("--all", action="store_true", help="also resolved and closed ones")
    parser.add_argument("--sort", choices=tuple(ORDERS), help="default: the view's, else priority")
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--limit", type=int, help="at most this many (text: 50)")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="print it to a file")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="for a spreadsheet")
    parser.add_argument("--language", choices=("en", "de"), help="of these files")


def _list(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    resolve = desk.directory.resolve
    view = shown(desk.reading.views.find(args.view)) if args.view else Definition()
    wanted = CaseList(
        CaseFilter(
            open_only=view.open_only and not (args.all or args.status),
            conditions=view.conditions if args.view else None,
            queue=resolve("queue", args.queue) if args.queue else None,
            department=resolve("department", args.department) if args.department else None,
            product=resolve("product", args.product) if args.product else None,
            analyst=desk.me if args.mine else (resolve("analyst", args.owner) if args.owner else None),
            unowned=args.unowned,
            statuses=tuple(args.status),
            overdue_at=desk.context.clock() if args.overdue else None,
            snoozed=True if args.snoozed else (False if args.mine else None),
            unreachable=args.unreachable,
            handed_by=resolve("analyst", args.in_place_of) if args.in_place_of else None,
            warned_at=desk.context.clock() if args.warned else None,
            tag=args.tag,
            words=args.words,
        ),
        args.sort or view.order,
        args.reverse or (view.descending and args.sort is None),
    )
    if args.pdf or args.csv:
        return _written(desk, args, out, wanted, view)
    rids = desk.lists.ids(wanted)
    limit = args.limit if args.limit is not None else (len(rids) if out.as_json else 50)
    if out.as_json:
        for start in range(0, min(limit, len(rids)), PAGE):
            for line in desk.lists.lines(rids[start : min(start + PAGE, limit)]):
                out.emit(desk.present.as_json(desk.present.case(line.id)), "")
        return 0
    rows = [
        [line.label, str(line.severity), line.status, line.work_owner or "-", line.queue or "-", line.title]
        for line in desk.lists.lines(rids[:limit])
    ]
    more = f"\n... and {len(rids) - limit} more" if len(rids) > limit else ""
    print(table(rows, ["number", "sev", "status", "owner", "queue", "title"]) + more if rows else "No cases.")
    return 0


def _written(desk: Desk, args: argparse.Namespace, out: Output, wanted: CaseList, view: Definition) -> int:
    from app.reports.case_list import ListWriter, Printed, told_of

    language = args.language or desk.context.language
    told = told_of(desk.reading, wanted.filter, language)
    what = Printed(args.view or desk.name, wanted, view.group, told=told)
    writer, said = ListWriter(desk.reading, language), []
    if args.pdf:
        said.append(f"{args.pdf}: {counted(writer.pdf(what, args.pdf), 'page')}.")
    if args.csv:
        said.append(f"{args.csv}: {counted(writer.csv(what, args.csv), 'case')}.")
    out.emit({"pdf": str(args.pdf or "") or None, "csv": str(args.csv or "") or None}, "\n".join(said))
    return 0
