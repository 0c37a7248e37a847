"""`halldesk mail`: the account from which this workstation sends reports."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from app.cli.opening import opened
from app.cli.output import Output
from app.errors import UserError


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    from app.cli import Parser
    from app.mailing import SECURITIES

    mail = verbs.add_parser("mail", parents=[common], help="the account reports are sent from")
    kinds = mail.add_subparsers(dest="mail_verb", required=True, metavar="VERB", parser_class=Parser)
    setup = kinds.add_parser(
        "setup", parents=[common], help="set it up; the password is read from standard input and kept in the keyring"
    )
    setup.add_argument("--host", required=True, metavar="SERVER")
    setup.add_argument("--port", type=int, metavar="N", help="(default: 587, with tls 465)")
    setup.add_argument("--security", choices=SECURITIES, default="starttls")
    setup.add_argument("--user", default="", help="(default: the server asks for no password)")
    setup.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    setup.set_defaults(run=_setup)
    kinds.add_parser("show", parents=[common], help="what is set up").set_defaults(run=_show)
    test = kinds.add_parser("test", parents=[common], help="send a message to see whether it works")
    test.add_argument("to", metavar="ADDRESS")
    test.set_defaults(run=_test)


def _password() -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass("Password: ")
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip():
        raise UserError("No password came; give it on standard input.")
    return line.rstrip("\r\n")


def _setup(args: argparse.Namespace, out: Output) -> int:
    from app.mailing import MailAccount, keep_account

    port = args.port if args.port is not None else 465 if args.security == "tls" else 587
    account = MailAccount(args.host.strip(), port, args.security, args.user.strip(), args.sender)
    account.check()
    with opened(args) as desk:
        keep_account(desk.profile, account, _password() if account.user else None, desk.keys())
    out.emit({"host": account.host, "port": port, "from": account.sender}, f"Mail goes out by {account.host}:{port}.")
    return 0


def _show(args: argparse.Namespace, out: Output) -> int:
    from app.mailing import read_account

    account = read_account(args.profile)
    if account is None:
        raise UserError("No mail account is set up; see `halldesk mail setup --help`.")
    data = {"host": account.host, "port": account.port, "security": account.security, "user": account.user,
            "from": account.sender}  # fmt: skip
    out.emit(data, "\n".join(f"{name}: {value}" for name, value in data.items()))
    return 0


def _test(args: argparse.Namespace, out: Output) -> int:
    from app.mailing import message, read_account, send

    with opened(args) as desk:
        account = read_account(desk.profile)
        if account is None:
            raise UserError("No mail account is set up; see `halldesk mail setup --help`.")
        send(account, message(account, [args.to], f"{desk.name}: Halldesk", "It works."), desk.keys())
    out.emit({"sent": args.to}, f"Sent to {args.to}.")
    return 0
