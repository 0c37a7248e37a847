"""How cases hang together, by command: `halldesk case link`, `merge`, `duplicates`, `broadcast`, `close-all`,
`workaround`, `problems` and their opposites."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from app.cli.changing import changed
from app.cli.output import Output, counted, table
from app.desk import Desk
from app.errors import UserError
from app.work.duplicates import Duplicates, Recurrence
from app.work.linking import Closing, Spread, closing
from app.work.lists import CaseLine
from db.rules import AUDIENCES, LINK_KINDS, OUTCOMES


def register(verb: Callable[..., Any], of_case: Callable[..., Any]) -> None:
    """Add the verbs. `verb`, `of_case`: make a parser of `halldesk case` (app.cli.cases)."""
    tied = of_case("link", _link, "two cases hang together")
    tied.add_argument("--to", required=True, metavar="N")
    tied.add_argument("--as", dest="link_kind", choices=LINK_KINDS, default="related",
                      help="the first is a duplicate, a child, an incident of the second")  # fmt: skip
    parted = of_case("unlink", _unlink, "they do not")
    parted.add_argument("--from", dest="other", required=True, metavar="N")
    parted.add_argument("--as", dest="link_kind", choices=LINK_KINDS)
    of_case("merge", _merge, "the same as another case: it goes on there").add_argument(
        "--into", required=True, metavar="N"
    )
    of_case("unmerge", _unmerge, "two cases after all")
    of_case("duplicates", _duplicates, "what is probably the same", writes=False)
    told = of_case("broadcast", _broadcast, "write the same to every open case of an outage")
    told.add_argument("--text", required=True)
    told.add_argument("--kind", choices=("note", "reply", "call", "visit", "mail"), default="note")
    told.add_argument("--audience", choices=AUDIENCES, default="internal")
    closed = of_case("close-all", _close_all, "resolve every open case of an outage; shows them first")
    closed.add_argument("--resolution", metavar="TEXT", help="without it: only show what would be closed")
    closed.add_argument("--outcome", choices=OUTCOMES, default="fixed")
    closed.add_argument("--only", action="append", default=[], metavar="N", help="only this one (may be repeated)")
    helps = of_case("workaround", _workaround, "what the incidents of a problem can do meanwhile")
    helps.add_argument("--text", required=True)
    helps.add_argument("--audience", choices=AUDIENCES, default="internal")
    again = verb("problems", _problems, "what repeats and belongs to no problem yet; makes a problem of it")
    again.add_argument("--least", type=int, default=3, metavar="COUNT")
    again.add_argument("--make", metavar="N", help="make a problem of the line in which this case stands")
    again.add_argument("--title", help="of the problem (default: what repeats)")
    again.add_argument("--severity", help="of the problem (default: what most of its cases have)")


def _link(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    find = desk.present.find
    done = desk.linking.link(find(args.case), find(args.to), args.link_kind)
    return changed(desk, args, out, done, f"{args.link_kind}: {args.to}")


def _unlink(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    find = desk.present.find
    done = desk.linking.unlink(find(args.case), find(args.other), args.link_kind)
    return changed(desk, args, out, done, "parted")


def _merge(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    find = desk.present.find
    done = desk.linking.merge(find(args.case), find(args.into))
    # Where that one was merged itself, it is the case that goes on for both.
    links = desk.present.case(done.case_id).links
    into = next((link.label for link in links if link.kind == "duplicate" and link.outgoing), args.into)
    return changed(desk, args, out, done, f"merged into {into}")


def _unmerge(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    return changed(desk, args, out, desk.linking.unmerge(desk.present.find(args.case)), "open again")


def _line(line: CaseLine) -> dict[str, Any]:
    return {"case": line.label, "title": line.title, "status": line.status, "severity": line.severity,
            "work_owner": line.work_owner or None}  # fmt: skip


def _duplicates(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    found = Duplicates(desk.context, desk.directory, desk.lists).of(desk.present.find(args.case))
    for one in found:
        why = ", ".join(one.likeness.why)
        out.emit(
            {**_line(one.line), "score": round(one.likeness.score, 3), "why": list(one.likeness.why)},
            f"{one.likeness.score:4.0%}  {one.line.label:>7}  {one.line.title}  ({why})",
        )
    if not found and not out.as_json:
        print("Nothing looks like it.")
    return 0


def _reached(desk: Desk, args: argparse.Namespace, out: Output, done: Spread, said: str) -> int:
    return changed(desk, args, out, done, said, cases=len(done.cases))


def _broadcast(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.linking.broadcast(desk.present.find(args.case), args.text, audience=args.audience, kind=args.kind)
    return _reached(desk, args, out, done, f"written to {counted(len(done.cases), 'case')}")


def _workaround(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    done = desk.linking.workaround(desk.present.find(args.case), args.text, audience=args.audience)
    return _reached(desk, args, out, done, f"kept, and written to {len(done.cases)} incidents")


def _close_all(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    linking, parent = desk.linking, desk.present.find(args.case)
    if args.resolution is None:
        _preview(closing(desk.context, parent), out)
        return 0
    only = {desk.present.find(named) for named in args.only} or None
    done = linking.close_all(parent, args.resolution, cases=only, outcome=args.outcome)
    return _reached(desk, args, out, done, f"resolved with {counted(len(done.cases), 'case')} beneath it")


def _preview(lines: list[Closing], out: Output) -> None:
    if out.as_json:
        for one in lines:
            out.emit({"case": one.label, "title": one.title, "status": one.status, "work_owner": one.owner or None,
                      "requester": one.requester or None, "closes": not one.why_not, "why_not": one.why_not or None},
                     "")  # fmt: skip
    elif lines:
        rows = [[one.why_not or "closes", one.label, one.status, one.owner or "-", one.title] for one in lines]
        print(table(rows, ["", "number", "status", "owner", "title"]))
    else:
        print("No cases hang beneath this one.")


def _problems(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    found = Duplicates(desk.context, desk.directory, desk.lists).recurrences(args.least)
    if args.make is not None:
        return _make_problem(desk, args, out, found)
    for one in found:
        about = " ".join(filter(None, (one.name, f'"{one.as_written}"' if one.word else "")))
        out.emit(
            {"kind": one.kind, "name": one.name, "word": one.word or None,
             "cases": [line.label for line in one.cases]},
            f"{len(one.cases):4}  {one.kind:8}  {about}  ({', '.join(line.label for line in one.cases[-5:])})",
        )  # fmt: skip
    if not found and not out.as_json:
        print("Nothing repeats.")
    return 0


def _make_problem(desk: Desk, args: argparse.Namespace, out: Output, found: list[Recurrence]) -> int:
    wanted = desk.present.find(args.make)
    one = next((one for one in found if wanted in {line.id for line in one.cases}), None)
    if one is None:
        raise UserError("This case stands in no line of what repeats; `halldesk case problems` lists them.")
    severity = desk.directory.severity(args.severity) if args.severity else None
    done = desk.cases.new(one.as_problem(args.title or "", severity))
    return changed(desk, args, out, done, f"a problem of {counted(len(one.cases), 'case')}", cases=len(one.cases))
