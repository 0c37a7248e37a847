"""Verbs about the desk itself: found, join, sync, status, verify."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NoReturn

from app.cli import drive
from app.cli.output import Output, counted
from app.cli.server import add_password_option, with_password
from app.errors import UserError

if TYPE_CHECKING:
    from app.desk import Desk

_AWAY_S: Final = 15.0
_WITH_BELL_S: Final = 5.0
"""What the bell missed is found after so long."""


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    found = verbs.add_parser("found", parents=[common], help="make a new help desk")
    found.add_argument(
        "--share",
        required=True,
        metavar="WHERE",
        help="a folder on the network drive, or postgresql://USER@HOST/DATABASE",
    )
    add_password_option(found)
    found.add_argument("--name", required=True, help="what the desk is called")
    found.add_argument(
        "--as", dest="founder", required=True, metavar="NAME", help="your name; you are its administrator"
    )
    found.add_argument("--zone", help="the site's time zone (default: this machine's)")
    found.add_argument("--language", choices=("en", "de"), default="en", help="of reports and stored texts")
    found.set_defaults(run=_found)

    join = verbs.add_parser("join", parents=[common], help="enter a help desk with an invitation")
    join.add_argument("invitation", metavar="INVITATION", help="the line that starts with halldesk1:")
    join.add_argument("--as", dest="called", metavar="NAME", help="your name, if the invitation spells it otherwise")
    join.add_argument(
        "--at",
        metavar="WHERE",
        help="the folder or database as this workstation reaches it, if the invitation names another",
    )
    add_password_option(join)
    join.set_defaults(run=_join)

    sync = verbs.add_parser("sync", parents=[common], help="one round with the shared store")
    sync.add_argument("--watch", action="store_true", help="until stopped")
    sync.set_defaults(run=_sync)

    status = verbs.add_parser("status", parents=[common], help="head, waiting work, digest, reachability")
    status.set_defaults(run=_status)

    verify = verbs.add_parser("verify", parents=[common], help="prove that the replica is what the log says")
    verify.set_defaults(run=_verify)
    drive.register(verbs, common)


def _found(args: argparse.Namespace, out: Output) -> int:
    from app.founding import found
    from app.zones import local_zone

    zone = args.zone or local_zone()
    if zone is None:
        raise UserError("Name the site's time zone: --zone Europe/Berlin or the like.")
    drive.must_be_fit(args, args.share)
    made = with_password(
        args,
        lambda password: found(
            args.profile, args.share, args.name, args.founder, zone=zone, language=args.language,
            key_file=args.key_file, password=password,
        ),
    )  # fmt: skip
    out.emit(
        {"store": made.store, "desk": made.desk, "analyst": made.analyst, "device": made.device},
        f"{made.desk} is founded. Invite the others with: halldesk invite --name NAME\n"
        "Put its root key into a safe, for the day no administrator is left: halldesk root-key export FILE",
    )
    return 0


def _join(args: argparse.Namespace, out: Output) -> int:
    from app.joining import join

    joined = with_password(
        args,
        lambda password: join(
            args.profile, args.invitation, called=args.called, at=args.at, key_file=args.key_file, password=password,
            on_progress=lambda r: (
                out.progress("fetching the state", *r.fetched) if not r.applied and r.fetched[1]
                else out.progress("reading the log", r.applied, None)
            ),
        ),
    )  # fmt: skip
    out.emit(
        {"store": joined.store, "analyst": joined.analyst, "device": joined.device, "head": joined.head},
        f"Welcome to {joined.desk}.",
    )
    return 0


def _sync(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        if args.watch:
            return _watch(desk, out)
        _round(desk, out, quiet=False)
    return 0


def _round(desk: Desk, out: Output, *, quiet: bool) -> None:
    """One round; `quiet`: told only when something moved."""
    result = desk.sync_round(lambda r: out.progress("publishing", r.published, None))
    if quiet and not result.published and not result.applied:
        return
    out.emit(
        {"published": result.published, "applied": result.applied, "head": result.head, "pending": result.pending,
         "conflicts": result.conflicts, "lost": result.lost},
        f"sent {result.published}, received {result.applied}; position {result.head}, waiting {result.pending}, to "
        f"decide {result.conflicts}" + (f", lost {result.lost} (`halldesk lost list`)" if result.lost else ""),
    )  # fmt: skip


def _watch(desk: Desk, out: Output) -> NoReturn:
    """Rounds until somebody stops it: as soon as the store's bell rings, else every second."""
    from app.colleagues import NOTHING
    from db.errors import EntryDamaged, StoreUnreachable

    bell, told = None, ""
    try:
        while True:
            try:
                if desk.has_news():
                    _round(desk, out, quiet=True)
                desk.tend()
                desk.colleagues.meet(NOTHING, often=False)
                bell, told = bell or desk.bell(), ""
            except (StoreUnreachable, EntryDamaged) as error:
                if str(error) != told:
                    out.complain(str(error))
                told = str(error)
                if bell is not None:
                    bell.close()
                    bell = None
                time.sleep(_AWAY_S)
                continue
            if bell is None:
                time.sleep(1)
            else:
                bell.wait(_WITH_BELL_S)
    finally:
        if bell is not None:
            bell.close()


def _status(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened
    from app.cli.shifts import names_on_now

    with opened(args) as desk:
        facts = {**desk.status(), "on_now": names_on_now(desk)}
        name, where = desk.name, desk.where
    reach = "reachable" if facts["reachable"] else "not reachable now; work goes on here"
    if facts["update_needed"]:
        reach = "upgraded by a newer program; update Halldesk on this workstation. Your work is kept here until then"
    lines = [
        f"{name} at {where}: {reach}",
        f"position {facts['head']}, waiting {facts['pending']}, to decide {facts['conflicts']}"
        + (f", lost {facts['lost']} (`halldesk lost list`)" if facts["lost"] else ""),
        *([f"the last round failed: {facts['trouble']}"] if facts["trouble"] and not facts["update_needed"] else ()),
        f"digest {facts['digest']}",
        *(f"{duty} now: {', '.join(there)}" for duty, there in facts["on_now"].items() if there),
    ]
    out.emit(facts, "\n".join(lines))
    return 0


def _verify(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened
    from app.verifying import check_log

    with opened(args) as desk:
        result = check_log(desk)
    text = f"{counted(result.entries, 'entry', 'entries')} checked: " + (
        "all is well" if result.ok else f"{counted(len(result.problems), 'problem')}"
    )
    out.emit(
        {
            "ok": result.ok,
            "entries": result.entries,
            "problems": [asdict(p) for p in result.problems],
            "refused": [asdict(p) for p in result.refused],
            "notes": list(result.notes),
        },
        "\n".join([text, *map(str, result.problems), *map(str, result.refused), *result.notes]),
    )
    return 0 if result.ok else 1
