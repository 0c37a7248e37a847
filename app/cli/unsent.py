"""`halldesk work ...`: what a workstation could not send, taken out of it and into another one (app.unsent)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import times
from app.cli.opening import opened, try_sync
from app.cli.output import Output, counted, table


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add `work` with its verbs."""
    work = verbs.add_parser("work", parents=[common], help="what a workstation can't send: out of it, into another")
    what = work.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=type(work))
    for name, text, run in (
        ("export", "write what was not sent from here to a file, sealed", _export),
        ("show", "what such a file holds; nothing is changed", _show),
        ("import", "send from here what such a file holds", _import),
    ):
        one = what.add_parser(name, parents=[common], help=text)
        one.add_argument("file", type=Path, metavar="FILE")
        one.set_defaults(run=run)


def _export(args: argparse.Namespace, out: Output) -> int:
    from app.unsent import export

    with opened(args) as desk:
        done = export(desk, args.file)
    held = f"{counted(done.changes, 'change')} and {counted(done.files, 'part')} of attachments"
    said = f"{args.file}: {held}. They stay here as well. On a workstation that may send: halldesk work import FILE"
    if done.missing:
        said += f"\nNot on this disk any more: {counted(done.missing, 'part')} of attachments."
    out.emit({"changes": done.changes, "files": done.files, "missing": done.missing, "file": str(args.file)}, said)
    return 0


def _show(args: argparse.Namespace, out: Output) -> int:
    from app.unsent import look_into

    with opened(args) as desk:
        try_sync(desk, args)  # whose workstation it is may have come a minute ago
        parcel = look_into(desk, args.file)
    if out.as_json:
        for line in parcel.lines:
            out.emit(
                {"at": times.iso_utc(line.at), "change": line.kind, "title": line.title or None,
                 "left_out": line.left_out}, "",
            )  # fmt: skip
        return 0
    rows = [[times.iso_utc(line.at), line.kind, line.title, "left out" if line.left_out else ""]
            for line in parcel.lines]  # fmt: skip
    head = (
        f"{counted(len(parcel.lines), 'change')} by {parcel.analyst} on {parcel.device}, sent already: {parcel.known}"
    )
    out.emit({}, "\n".join([head, table(rows, ["when", "change", "case", ""])]))
    return 0


def _import(args: argparse.Namespace, out: Output) -> int:
    from app.unsent import bring_in

    with opened(args) as desk:
        try_sync(desk, args)
        done = bring_in(desk, args.file)
        before = desk.replica.conflict_count()
        sent = try_sync(desk, args)
        refused = desk.replica.conflict_count() - before
        if desk.trouble:
            out.complain(desk.trouble)
    said = f"{'Sent' if sent else 'Waiting here to be sent'}: {counted(done.changes, 'change')}"
    if done.known:
        said += f"; there already: {done.known:,}"
    if done.left_out:
        said += f"; left out, because an administrator does them again (roles, devices, keys): {done.left_out:,}"
    if refused > 0:
        said += f"; to be decided (halldesk conflicts list): {refused:,}"
    out.emit(
        {"changes": done.changes, "files": done.files, "known": done.known, "left_out": done.left_out, "sent": sent,
         "to_decide": max(0, refused)}, f"{said}.",
    )  # fmt: skip
    return 0
