"""Verbs for the shared store: what keeps it whole, and what an administrator does when it is not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from app import times
from app.cli.output import Output, counted
from app.errors import UserError

_WHY: Final = {
    "waits": "is sent again by itself",
    "set back": "the desk was set back on purpose",
    "expected": "its workstation will send it again",
    "overdue": "its workstation has not sent it again",
}


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    snapshot = verbs.add_parser("snapshot", parents=[common], help="store the state now, so that joining is quick")
    snapshot.set_defaults(run=_snapshot)

    backup = verbs.add_parser("backup", parents=[common], help="write the whole desk to one file")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_backup)

    restore = verbs.add_parser("restore", parents=[common], help="bring a backup back")
    restore.add_argument("file", type=Path, metavar="FILE")
    what = restore.add_mutually_exclusive_group(required=True)
    what.add_argument("--share", metavar="WHERE", help="the shared store, onto this folder")
    what.add_argument(
        "--work", action="store_true", help="unsent work, drafts and settings, into this profile that joined anew"
    )
    restore.set_defaults(run=_restore)

    rebuild = verbs.add_parser("rebuild-share", parents=[common], help="make the share anew from this workstation")
    rebuild.add_argument("where", metavar="WHERE", help="an empty folder, or the damaged share itself")
    rebuild.set_defaults(run=_rebuild)

    compact = verbs.add_parser("compact", parents=[common], help="drop old entries from the store that nobody needs")
    compact.add_argument("--days", type=int, default=30, help="only what is older (default 30)")
    compact.add_argument("--without-packs", action="store_true", help="the packed copies too: what came before a "
                         "snapshot can then be read on workstations only that have it")  # fmt: skip
    compact.set_defaults(run=_compact)

    repair = verbs.add_parser(
        "repair", parents=[common], help="give up a damaged or missing entry that nobody can put back"
    )
    repair.set_defaults(run=_repair)

    back = verbs.add_parser("set-back", parents=[common], help="set the desk back to an earlier entry, for everybody")
    back.add_argument("entry", type=int, metavar="ENTRY", help="the last entry that stays")
    back.add_argument("--yes", action="store_true", help="do it; without this it is only said what would happen")
    back.set_defaults(run=_set_back)

    lost = verbs.add_parser("lost", parents=[common], help="changes the store had and has no more")
    how = lost.add_subparsers(dest="how", required=True, metavar="COMMAND")
    for name, text in (
        ("list", "all of them"),
        ("resubmit", "send one again from here, whoever made it"),
        ("forget", "one stays lost"),
    ):
        one = how.add_parser(name, parents=[common], help=text)
        if name != "list":
            one.add_argument("change", metavar="CHANGE", help="its id, or the beginning of it; or: all")
        one.set_defaults(run=_lost)


def _snapshot(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        made = desk.snapshot()
    out.emit(
        {"snapshot": made.stem, "head": made.seq, "chunks": len(made.chunks), "digest": made.digest.hex()},
        f"snapshot of position {made.seq} stored in {counted(len(made.chunks), 'part')}",
    )
    return 0


def _backup(args: argparse.Namespace, out: Output) -> int:
    from app.backup import backup
    from app.cli.opening import opened

    with opened(args) as desk:
        made = backup(desk, args.file, out.progress)
        head, trouble = desk.replica.head.seq, desk.trouble
    entries = counted(made.entries, "entry", "entries")
    text = f"{args.file}: the desk at position {head}, {entries}, {made.files} other files"
    if trouble:
        text += f"\nWhat is newest may be missing, because the round before it failed: {trouble}"
    if made.alone:
        text += "\nThe store did not answer, so attachments that are only there are not in it."
    if made.unread:
        text += f"\n{counted(made.unread, 'file')} of the store could not be read and are not in it."
    if made.missing:
        text += f"\nEntries 1 to {made.missing} are in a snapshot only."
    out.emit({"file": str(args.file), "head": head, "entries": made.entries, "files": made.files, "alone": made.alone,
              "missing": made.missing, "unread": made.unread, "trouble": trouble}, text)  # fmt: skip
    return 0


def _restore(args: argparse.Namespace, out: Output) -> int:
    from app.backup import restore_share, restore_work
    from app.cli.opening import opened, try_sync

    if args.share:
        made = restore_share(args.file, args.share, out.progress)
        text = f"{args.share}: {counted(made.entries, 'entry', 'entries')} and {made.files} other files brought back. "
        if made.differing:
            text += f"{counted(made.differing, 'entry', 'entries')} left alone: there already with other bytes. "
        text += "Where the place has another name now: halldesk follow WHERE --restored, on every workstation."
        if made.damaged:
            text += (
                f"\nDamaged in the backup and left out: {counted(len(made.damaged), 'entry', 'entries')} "
                f"({', '.join(map(str, made.damaged[:10]))}{', ...' if len(made.damaged) > 10 else ''}). A workstation "
                "that has them puts them back when it follows."
            )
        if made.unread:
            text += f"\nDamaged in the backup and left out: {counted(made.unread, 'other file')}."
        out.emit({"entries": made.entries, "files": made.files, "differing": made.differing,
                  "damaged": made.damaged, "unread": made.unread}, text)  # fmt: skip
        return 1 if made.damaged or made.unread else 0
    with opened(args) as desk:
        brought = restore_work(desk, args.file)
        sent = try_sync(desk, args)
    state = "sent" if sent else "waiting to be sent"
    out.emit(
        {"changes": brought.changes, "files": brought.files, "known": brought.known, "left_out": brought.left_out,
         "sent": sent},
        f"{counted(brought.changes, 'change')} brought back, {state}; drafts and settings too",
    )  # fmt: skip
    return 0


def _rebuild(args: argparse.Namespace, out: Output) -> int:
    from app.backup import rebuild_share
    from app.cli.opening import opened
    from app.moving import follow

    with opened(args) as desk:
        made = rebuild_share(desk, args.where, out.progress)
        before = desk.where
        place = follow(desk, args.where, restored=True)
    text = (
        f"The share is whole again at {place}: {counted(made.entries, 'entry', 'entries')}, {made.files} other files."
    )
    if place != before:
        text += "\nOn every other workstation: halldesk follow WHERE --restored"
    if made.missing:
        text += f"\nEntries 1 to {made.missing} are nowhere to be had; newcomers begin with the snapshot that was made."
    out.emit({"where": place, "entries": made.entries, "files": made.files, "missing": made.missing}, text)
    return 0


def _compact(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        found = desk.compact(days=args.days, without_packs=args.without_packs)
    text = f"dropped up to entry {found.through}" if found.through else "nothing can be dropped"
    out.emit({"through": found.through, "why": found.why}, f"{text}; {found.why}")
    return 0


def _repair(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        seq = desk.repair()
    text = f"Entry {seq} was given up; the log goes on. Who still has it sends its changes again."
    out.emit({"repaired": seq}, text if seq else "Nothing is damaged or missing.")
    return 0


def _set_back(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        desk.sync_round()
        head = desk.replica.head.seq
        if not 0 < args.entry <= head:
            raise UserError(f"There is no entry {args.entry}; the desk is at position {head}.")
        if not args.yes:
            out.emit(
                {"entry": args.entry, "undone": head - args.entry, "done": False},
                f"{counted(head - args.entry, 'entry', 'entries')} after {args.entry} would be undone on every "
                "workstation (each keeps them as lost). Say --yes to do it.",
            )
            return 0
        result = desk.set_back(args.entry)
    out.emit(
        {"entry": args.entry, "undone": head - args.entry, "done": True, "lost": result.lost},
        f"The desk was set back to entry {args.entry}; all workstations follow when they synchronise.",
    )
    return 0


def _lost(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened, try_sync

    with opened(args) as desk:
        rows = desk.reading.lost.all(None)
        if args.how == "list":
            for row in rows:
                out.emit(
                    {"change": row.id.hex(), "kind": row.kind, "by": row.author or None, "at": times.iso_utc(row.at),
                     "workstation": row.workstation or None, "label": row.case_label or None, "title": row.title,
                     "why": row.why, "waits": row.why == "waits", "needs_me": row.needs_me},
                    "  ".join(filter(None, (row.id.hex()[:12], times.iso_utc(row.at), row.kind, row.author,
                                            f"{row.case_label} {row.title}".strip(), f"({_WHY[row.why]})"))),
                )  # fmt: skip
            if not rows and not args.json:
                out.emit({}, "Nothing is lost.")
            return 0
        chosen = [row.id for row in rows if args.change == "all" or row.id.hex().startswith(args.change.lower())]
        if not chosen or (len(chosen) > 1 and args.change != "all"):
            if args.change == "all":
                raise UserError("Nothing is lost.")
            raise UserError(f"There is no one lost change {args.change}; see `halldesk lost list`.")
        if args.how == "resubmit":
            desk.lost.submit(chosen)
        else:
            desk.lost.forget(chosen)
        sent = args.how == "resubmit" and try_sync(desk, args)
    out.emit({"changes": len(chosen), "sent": sent}, f"{counted(len(chosen), 'change')}: done")
    return 0
