"""`halldesk case attach`, `case attachment` and `halldesk attachments`: files of cases, and their room on the drive."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from app.cli.opening import opened, try_sync
from app.cli.output import Output, table
from app.desk import Desk
from app.errors import UserError
from app.work.attachments import Where, could_be_a_program
from app.work.present import AttachmentLine

COLLECT_AFTER_DAYS: Final = 30


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `attachments` with its verbs."""
    from app.cli import Parser

    files = verbs.add_parser("attachments", help="room that files of cases take on the drive and here")
    sub = files.add_subparsers(dest="attachments_verb", required=True, metavar="VERB", parser_class=Parser)
    status = sub.add_parser("status", parents=[common], help="how many files there are, and where")
    status.set_defaults(run=_status)
    collect = sub.add_parser("gc", parents=[common], help="remove from the drive what no case names any more")
    collect.add_argument(
        "--days", type=int, default=COLLECT_AFTER_DAYS, metavar="N",
        help=f"how long something must have been unnamed since a look saw it (default {COLLECT_AFTER_DAYS})",
    )  # fmt: skip
    collect.set_defaults(run=_collect)


def register_on_case(of_case: Callable[..., Any]) -> None:
    """Add `attach` and `attachment` to `halldesk case`. `of_case(name, run, text)` makes the parser of one verb."""
    attach = of_case("attach", _attach, "make files part of the case")
    attach.add_argument("files", nargs="+", type=Path, metavar="FILE")
    attach.add_argument("--text", metavar="TEXT", help="a note that goes with them")
    one = of_case("attachment", _attachment, "save a file of the case", writes=False)
    one.add_argument("name", metavar="NAME", help="as `case show` lists it")
    one.add_argument("--save", type=Path, required=True, metavar="FILE", help="where to; an existing file is replaced")


def _attach(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    case = desk.present.find(args.case)
    kept = [desk.attachments.keep_file(path) for path in args.files]
    files = [file for file in kept if file is not None]
    if args.text:
        desk.cases.note(case, args.text, files=files)
    else:
        desk.cases.attach(case, files)
    saved = try_sync(desk, args)
    listed = [{"name": f.name, "size": f.size, "sha256": f.sha256.hex()} for f in files]
    names = ", ".join(file.name for file in files)
    sent = "" if saved else "; it is kept here and sent when the drive is reachable"
    out.emit({"attached": listed, "saved": saved}, f"{names}: attached{sent}")
    if desk.trouble:
        out.complain(desk.trouble)
    return 0


def _attachment(desk: Desk, args: argparse.Namespace, out: Output) -> int:
    view = desk.present.case(desk.present.find(args.case))
    return save_one(desk, args, out, view.attachments, "case")


def save_one(desk: Desk, args: argparse.Namespace, out: Output, files: Sequence[AttachmentLine], owner: str) -> int:
    """Save the file called `args.name` (or whose SHA-256 that is) to `args.save`; of two, the later one."""
    lines = [a for a in files if a.name == args.name or a.sha256.hex() == args.name]
    if not lines:
        known = ", ".join(a.name for a in files) or "none"
        raise UserError(f"This {owner} has no file called {args.name}; it has: {known}.")
    line = lines[-1]
    desk.attachments.fetch(line.sha256, line.name, on_progress=lambda n, of: out.progress("fetching", n, of))
    desk.attachments.save(line.sha256, args.save)
    if could_be_a_program(line.name):
        out.complain(f"{line.name} could be a program; run it only if you know who made it.")
    out.emit({"name": line.name, "size": line.size, "sha256": line.sha256.hex(), "saved": str(args.save)},
             f"{args.save}: {line.size:,} bytes")  # fmt: skip
    return 0


def _status(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        rows = desk.context.reader.all("SELECT sha256, max(size) AS size FROM attachment GROUP BY sha256")
        where = desk.attachments.where([row["sha256"] for row in rows])
        sizes = {place: sum(r["size"] for r in rows if where[r["sha256"]] is place) for place in Where}
        counts = {place: sum(1 for place_of in where.values() if place_of is place) for place in Where}
        used = desk.attachments.chunks.size()
    names = {Where.HERE: "here and on the drive", Where.GOING: "here, on their way", Where.STORE: "on the drive"}
    text = table([[names[p], f"{counts[p]:,}", f"{sizes[p]:,}"] for p in Where], ["files", "count", "bytes"])
    out.emit(
        {**{place.value: {"files": counts[place], "bytes": sizes[place]} for place in Where}, "disk": used},
        f"{text}\n{used:,} bytes of this disk are used for them",
    )
    return 0


def _collect(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as desk:
        found = desk.attachments.collect(args.days)
    text = (
        f"{found.chunks:,} chunks on the drive, {found.named:,} of them named by a case or an article.\n"
        f"{found.removed:,} removed ({found.freed:,} bytes); {found.marked:,} are marked: a look in {args.days} days "
        "or later removes them, if nothing names them by then."
    )
    if found.missing:
        text += f"\n{found.missing:,} chunks that cases name are missing; who has them puts them back when asked."
    out.emit(
        {"chunks": found.chunks, "named": found.named, "marked": found.marked, "removed": found.removed,
         "freed": found.freed, "missing": found.missing},
        text,
    )  # fmt: skip
    return 0
