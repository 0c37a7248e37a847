"""`halldesk report`: the weekly report as files, into the store, by e-mail; and the reports that were frozen.

Made for scheduled jobs: `halldesk report weekly --pdf FILE --freeze --mail boss@works.example` on Monday morning prints
the week that has ended.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.errors import UserError

if TYPE_CHECKING:
    from app.desk import Desk
    from app.insight.scope import Edition

LAST: Final = "last"


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    from app.cli import Parser

    report = verbs.add_parser("report", help="reports")
    kinds = report.add_subparsers(dest="report_kind", required=True, metavar="KIND", parser_class=Parser)
    common_without_json = Parser(add_help=False)
    common_without_json.add_argument("--profile", type=Path, default=argparse.SUPPRESS, metavar="DIR")
    common_without_json.add_argument("--key-file", type=Path, default=argparse.SUPPRESS, metavar="FILE")
    weekly = kinds.add_parser("weekly", parents=[common_without_json], help="the week for the supervisor")
    weekly.add_argument("--week", default=LAST, metavar="YYYY-Www", help="2026-W46 (default: the week that ended last)")
    part = weekly.add_mutually_exclusive_group()
    part.add_argument("--department", help="only what belongs to this department")
    part.add_argument("--analyst", help="only the departments of this dedicated analyst")
    part.add_argument("--product", help="only cases of this product")
    weekly.add_argument("--pdf", type=Path, metavar="FILE")
    weekly.add_argument(
        "--json", dest="json_file", type=Path, metavar="FILE", help="every figure with its case numbers"
    )
    weekly.add_argument("--language", choices=("en", "de"))
    weekly.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    weekly.add_argument("--private", action="store_true", help="name the cases of the exceptions too")
    weekly.add_argument("--freeze", action="store_true", help="keep it in the store as it was printed")
    weekly.add_argument("--comment", metavar="TEXT", help="the supervisor's own words on page one; freezes too")
    weekly.add_argument("--mail", action="append", default=[], metavar="ADDRESS", help="send it there; several times")
    weekly.set_defaults(run=_weekly)
    archive = kinds.add_parser("list", parents=[common], help="the reports that were frozen")
    archive.set_defaults(run=_list)
    show = kinds.add_parser("show", parents=[common], help="a frozen report again, as it was printed")
    show.add_argument("week", metavar="YYYY-Www")
    show.add_argument("--about", default="", metavar="NAME", help="the department, analyst or product it is about")
    show.add_argument("--pdf", type=Path, metavar="FILE")
    show.add_argument("--mail", action="append", default=[], metavar="ADDRESS", help="send it there; several times")
    show.set_defaults(run=_show)


def _edition(desk: Desk, args: argparse.Namespace) -> Edition | None:
    from app.insight.scope import KINDS, Edition

    for kind in KINDS:
        name = getattr(args, kind)
        if name is not None:
            return Edition(kind, desk.directory.resolve(kind, name))
    return None


def _weekly(args: argparse.Namespace, out: Output) -> int:
    from dataclasses import replace

    from app import times
    from app.reports.freezing import freeze, to_freeze
    from app.reports.sending import of_made, send_report
    from app.reports.weekly import weekly_figures
    from app.reports.writing import make_weekly, write_json, write_whole

    freezes = args.freeze or args.comment is not None
    if args.pdf is None and args.json_file is None and not freezes and not args.mail:
        raise UserError("Say where the report goes: --pdf FILE, --json FILE, --freeze or --mail ADDRESS.")
    with opened(args) as desk:
        context = replace(desk.context, language=args.language) if args.language else desk.context
        week = args.week
        if week == LAST:
            week = str(times.week_of(desk.context.clock(), times.zone(desk.context.zone)).shifted(-1))
        edition = _edition(desk, args)
        done = []
        seen = desk.signs_of_life() or None
        if args.pdf is None and not freezes and not args.mail:
            figures = weekly_figures(context, week, edition=edition, sections=True, seen=seen)
        else:
            made = make_weekly(
                context, week, edition, paper=args.paper, private=args.private, comment=args.comment,
                seen=seen, progress=lambda what, n, total: out.progress(what, n, total or None),
            )  # fmt: skip
            figures = made.figures
            if freezes:
                freeze(context, to_freeze(figures, edition, figures.comment, made.drawn.document))
                done.append("frozen")
            if args.pdf is not None:
                write_whole(args.pdf, made.drawn.document)
                done.append(f"written to {args.pdf}")
            if args.mail:
                send_report(desk, args.mail, of_made(made), context.language)
                done.append(f"sent to {', '.join(args.mail)}")
        if args.json_file is not None:
            write_json(args.json_file, figures)
            done.append(f"written to {args.json_file}")
        desk.keep_figures()
        if freezes:
            try_sync(desk, args)
    out.emit({"week": week}, f"{week} {' and '.join(done)}")
    return 0


def _list(args: argparse.Namespace, out: Output) -> int:
    from app import times
    from app.reports.freezing import archive

    with opened(args) as desk:
        found = archive(desk.context.reader)
        zone = times.zone(desk.context.zone)
    if out.as_json:
        for one in found:
            about = None if one.edition is None else {"kind": one.edition.kind, "name": one.about}
            out.emit({
                "week": one.week, "about": about, "log_position": one.log_seq, "made_by": one.made_by,
                "made_at": times.iso_utc(one.made_at), "comment": one.comment, "pages": one.printed,
            }, "")  # fmt: skip
        return 0
    rows = [
        [one.week, one.about or "-", str(one.log_seq), f"{times.local_wall(one.made_at, zone):%Y-%m-%d %H:%M}",
         one.made_by, one.comment.replace("\n", " ")[:60]]
        for one in found
    ]  # fmt: skip
    heads = ["week", "about", "log", "made", "by", "comment"]
    out.emit({}, table(rows, heads) if rows else "No report was frozen yet; `halldesk report weekly --freeze` does it.")
    return 0


def _show(args: argparse.Namespace, out: Output) -> int:
    from app.reports.freezing import archive, printed
    from app.reports.sending import of_kept, send_report
    from app.reports.writing import write_whole

    if args.pdf is None and not args.mail:
        raise UserError("Say where the report goes: --pdf FILE or --mail ADDRESS.")
    done = []
    with opened(args) as desk:
        reader = desk.context.reader
        found = [one for one in archive(reader) if one.week == args.week and one.about == args.about]
        if not found:
            raise UserError(f"No frozen report of {args.week} is there; `halldesk report list` names them.")
        document = printed(reader, found[0].id)
        if args.pdf is not None:
            write_whole(args.pdf, document)
            done.append(f"written to {args.pdf}")
        if args.mail:
            send_report(desk, args.mail, of_kept(found[0], desk.name, document), desk.context.language)
            done.append(f"sent to {', '.join(args.mail)}")
    told = {"week": args.week, "file": None if args.pdf is None else str(args.pdf), "sent_to": args.mail}
    out.emit(told, f"{args.week} {' and '.join(done)}")
    return 0
