"""Verbs for a desk in a database: its password; and how every verb that opens a store gets one.

A password comes from the terminal when the server asks for one, from the first line of standard input with
`--password-stdin`, or from HALLDESK_DATABASE_PASSWORD. It is never an argument: those are seen by everybody on the
machine.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from app.cli.output import Output
from app.errors import UserError
from db.errors import PasswordNeeded

T = TypeVar("T")


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    password = verbs.add_parser("password", parents=[common], help="keep the database's password on this workstation")
    add_password_option(password)
    password.set_defaults(run=_password)


def add_password_option(verb: argparse.ArgumentParser) -> None:
    """For a verb that opens a store by its place."""
    verb.add_argument(
        "--password-stdin", action="store_true", help="the database's password is the first line of standard input"
    )


def with_password(args: argparse.Namespace, work: Callable[[str | None], T]) -> T:
    """Do the work with the password that was given, and ask the person if the database wants one.

    Errors: those of `work`; PasswordNeeded when there is nobody to ask.
    """
    if args.password_stdin:
        return work(_from_stdin())
    try:
        return work(None)
    except PasswordNeeded as error:
        if not sys.stdin.isatty() or args.json:
            raise
        asked = str(error).partition(";")[0]
    return work(getpass.getpass(f"{asked}. Password: "))


def _from_stdin() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UserError("Nothing came on standard input; write the password there, with --password-stdin.")
    return password


def _password(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        password = _from_stdin() if args.password_stdin else getpass.getpass(f"Password for {desk.where}: ")
        desk.use_password(password)
        where = desk.where
    out.emit({"where": where}, f"{where} takes it; it is kept on this workstation.")
    return 0
