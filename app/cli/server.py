"""Verbs that concern databases: moving a desk and going along, mirroring it, passwords; and how every verb that opens a
store gets one.

A password comes from the terminal when the server asks for one, from the first line of standard input with
`--password-stdin`, or from HALLDESK_DATABASE_PASSWORD. It is never an argument: those are seen by everybody on the
machine.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any, Final, TypeVar

from app.cli.output import Output, counted
from app.errors import UserError
from db.address import is_url
from db.errors import PasswordNeeded

T = TypeVar("T")

_HOW: Final = "write it to standard input with --password-stdin (that of the desk's own database: `halldesk password`)."


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    password = verbs.add_parser("password", parents=[common], help="keep the database's password on this workstation")
    add_password_option(password)
    password.set_defaults(run=_password)

    move = verbs.add_parser("move", parents=[common], help="move the desk to another folder or a database, all of it")
    move.add_argument("--to", required=True, metavar="WHERE", help="a folder, or postgresql://USER@HOST/DATABASE")
    move.add_argument("--announce", metavar="WHERE", help="the new place as the others reach it, if spelt otherwise")
    add_password_option(move)
    move.set_defaults(run=_move)

    follow = verbs.add_parser("follow", parents=[common], help="the desk's store has another place or name now")
    follow.add_argument("where", metavar="WHERE", help="the place as this workstation reaches it")
    follow.add_argument(
        "--restored", action="store_true", help="it was restored or rebuilt there: what it lacks is sent from here"
    )
    add_password_option(follow)
    follow.set_defaults(run=_follow)

    mirror = verbs.add_parser("mirror", parents=[common], help="ordinary tables in a database, for reporting tools")
    mirror.add_argument("--to", required=True, metavar="URL", help="postgresql://USER@HOST/DATABASE or sqlite:///FILE")
    mirror.add_argument("--watch", action="store_true", help="keep it current until stopped")
    mirror.add_argument(
        "--with-private",
        action="store_true",
        help="also what stays among supervisors: private flags, kinds of absence, notes, rates",
    )
    add_password_option(mirror)
    mirror.set_defaults(run=_mirror)


def add_password_option(verb: argparse.ArgumentParser) -> None:
    """For a verb that opens a store by its place."""
    verb.add_argument(
        "--password-stdin", action="store_true", help="the database's password is the first line of standard input"
    )


def with_password(args: argparse.Namespace, work: Callable[[str | None], T]) -> T:
    """Do the work with the password that was given, and ask the person if the database wants one.

    Errors: those of `work`; PasswordNeeded when there is nobody to ask.
    """
    try:
        return work(from_stdin() if args.password_stdin else None)
    except PasswordNeeded as error:
        asked, _, advice = str(error).partition(";")
        if args.password_stdin or not may_ask(args):
            if "`halldesk password`" not in advice:
                raise
            # That is for the database this profile's desk is in; mostly another one is meant, or there is none yet.
            raise PasswordNeeded(f"{asked}; {_HOW}") from error
    return work(ask(f"{asked}. Password: "))


def may_ask(args: argparse.Namespace) -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and not args.json


def ask(prompt: str) -> str:
    """What a person types, unseen."""
    return getpass.getpass(prompt)


def from_stdin() -> str:
    """The first line of standard input. Errors: UserError when there is none."""
    password = "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UserError("Nothing came on standard input; write the password there, with --password-stdin.")
    return password


def _move(args: argparse.Namespace, out: Output) -> int:
    from app.cli.drive import must_be_fit
    from app.cli.opening import opened
    from app.moving import move

    with opened(args) as desk:
        must_be_fit(args, args.to)
        done = with_password(
            args,
            lambda password: move(
                desk, args.to, lambda what, n, total: out.progress(what, n, total), announce=args.announce,
                password=password,
            ),
        )  # fmt: skip
    out.emit(
        {"where": done.where, "entries": done.entries, "sides": done.sides, "head": done.head},
        f"The desk is at {done.where} now ({counted(done.entries, 'entry', 'entries')}, "
        f"{counted(done.sides, 'file')} beside them). The others follow "
        "when they next look; leave the old place readable until all have.",
    )
    return 0


def _follow(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened
    from app.moving import follow

    with opened(args) as desk:
        where = with_password(args, lambda password: follow(desk, args.where, password, restored=args.restored))
        result = desk.sync_round()
    out.emit({"where": where, "head": result.head, "pending": result.pending}, f"At {where}; position {result.head}.")
    return 0


def _mirror(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened
    from app.mirroring import mirror

    def run(password: str | None) -> None:
        steps = mirror(
            desk, args.to, password=password, private=args.with_private, watch=args.watch,
            progress=lambda rows: out.progress("rows", rows, None), complain=out.complain,
        )  # fmt: skip
        for done in steps:
            if done.anew or done.written or done.deleted or not args.watch:
                out.emit(
                    {"position": done.position, "written": done.written, "deleted": done.deleted, "anew": done.anew},
                    f"position {done.position}: {counted(done.written, 'row')} written, {done.deleted} deleted"
                    + (f"; everything anew, because {done.anew}" if done.anew else ""),
                )

    with opened(args) as desk:
        with_password(args, run)
    return 0


def _password(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        if not is_url(desk.where):
            raise UserError(f"This help desk is in the folder {desk.where}, which needs no password.")
        if not args.password_stdin and not may_ask(args):
            raise UserError("Nobody can be asked here: write the password to standard input, with --password-stdin.")
        password = from_stdin() if args.password_stdin else ask(f"Password for {desk.where}: ")
        desk.use_password(password)
        where = desk.where
    out.emit({"where": where}, f"{where} takes it; it is kept on this workstation.")
    return 0
