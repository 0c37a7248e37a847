"""`halldesk case sheet` and `case order`: a case on paper."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.desk import Desk
from app.errors import UserError
from app.texts import LANGUAGES


def register(of_case: Callable[..., Any]) -> None:
    """Add the verbs. `of_case`: makes a parser of `halldesk case` (app.cli.cases)."""
    sheet = of_case("sheet", _sheet, "the whole case as PDF, with its timeline and pictures", writes=False)
    order = of_case("order", _order, "a work order for a visit as PDF", writes=False)
    for parser in (sheet, order):
        parser.add_argument("--pdf", type=Path, required=True, metavar="FILE", help="where to; replaced if it is there")
        parser.add_argument("--paper", choices=("A4", "Letter"), default="A4")
        parser.add_argument("--language", choices=LANGUAGES, help="(default: the desk's)")
    sheet.add_argument("--for-requester", action="store_true", help="without what only the help desk sees")


def _sheet(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.reports.case_sheet import case_sheet  # late: reportlab is only needed for paper
    from app.reports.pdf import Paper

    paper = _paper(desk, args, out)
    drawn, pages = case_sheet(
        paper, args.language or desk.context.language, Paper[args.paper.upper()], internal=not args.for_requester
    )
    return _written(args, out, drawn, pages)


def _order(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    from app.reports.pdf import Paper
    from app.reports.work_order import work_order

    paper = _paper(desk, args, out, pictures=False)
    drawn, pages = work_order(paper, args.language or desk.context.language, Paper[args.paper.upper()])
    return _written(args, out, drawn, pages)


def _paper(desk: Desk, args: argparse.Namespace, out: Output, *, pictures: bool = True) -> Any:
    from app.reports.case_facts import LARGEST_PICTURE, PICTURES, case_paper

    case = desk.present.find(args.case)
    for line in desk.present.case(case).attachments if pictures else ():
        if line.media_type in PICTURES and line.size <= LARGEST_PICTURE:
            with suppress(UserError):  # not reachable now: the page says where it is
                desk.attachments.fetch(line.sha256, line.name)
    return case_paper(desk.reading, desk.attachments, case, pictures=pictures)


def _written(args: argparse.Namespace, out: Output, drawn: bytes, pages: int) -> int:
    from app.reports.writing import write_whole

    write_whole(args.pdf, drawn)
    out.emit({"pdf": str(args.pdf), "pages": pages}, f"{args.pdf}: {pages} page{'s' if pages != 1 else ''}")
    return 0
