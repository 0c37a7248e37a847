"""Verbs for coming back: recover, rotate-key, root-key export."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.cli.server import add_password_option, with_password
from app.errors import UserError


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    recover = verbs.add_parser(
        "recover",
        parents=[common],
        help="go on when this workstation's keys are lost or its file is damaged, it was revoked or copied, or the "
        "last administrator is gone",
    )
    how = recover.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "invitation", nargs="?", metavar="INVITATION", help="for another workstation of yours (halldesk invite --for)"
    )
    how.add_argument("--root-key", type=Path, metavar="FILE", help="make yourself administrator by the root key")
    how.add_argument(
        "--here", action="store_true", help="this machine is the workstation: the one it was copied from is not used"
    )
    add_password_option(recover)
    recover.set_defaults(run=_recover)

    rotate = verbs.add_parser("rotate-key", parents=[common], help="give the desk a new key")
    rotate.set_defaults(run=_rotate)

    root = verbs.add_parser("root-key", parents=[common], help="the key the desk was founded with")
    what = root.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=type(root))
    export = what.add_parser("export", parents=[common], help="write it, sealed with a passphrase, for a safe")
    export.add_argument("file", type=Path, metavar="FILE")
    export.set_defaults(run=_export)


def _recover(args: argparse.Namespace, out: Output) -> int:
    from app import recovery
    from app.cli.opening import opened

    if args.here:
        with opened(args) as desk:
            result = recovery.go_on_here(desk)
        out.emit(
            {"head": result.head, "pending": result.pending, "conflicts": result.conflicts},
            f"This machine is the workstation from now on; what had waited is sent (position {result.head}).",
        )
        return 0
    if args.root_key is None:
        joined = with_password(
            args,
            lambda password: recovery.recover(
                args.profile, args.invitation, key_file=args.key_file, password=password,
                on_progress=lambda r: out.progress("publishing", r.published, None),
            ),
        )  # fmt: skip
        out.emit(
            {"store": joined.store, "analyst": joined.analyst, "device": joined.device, "head": joined.head,
             "damaged": joined.aside or None},
            f"Back in {joined.desk}, begun anew; the damaged file is kept as {joined.aside}." if joined.aside
            else f"Back in {joined.desk}; what had waited is sent.",
        )  # fmt: skip
        return 0
    with opened(args) as desk:
        root = recovery.read_root_key(args.root_key, _passphrase(), desk.replica.fact("store"))
        recovery.appoint(desk, root)
        name = desk.directory.name("analyst", desk.me)
    out.emit({"administrator": name}, f"{name} is an administrator now.")
    return 0


def _rotate(args: argparse.Namespace, out: Output) -> int:
    from app.cli.opening import opened

    with opened(args) as desk:
        ended = [line.name for line in desk.devices.invitations() if line.state == "open"]
        generation = desk.enrolment.rotate()
        sent = desk.replica.generation == generation
    said = f"The desk has key {generation} now." if sent else "The new key is made and sent when the drive answers."
    if ended:
        said += f" Invitations that were open open nothing any more; invite again: {', '.join(ended)}."
    out.emit({"generation": generation, "sent": sent, "ended_invitations": ended}, said)
    return 0


def _export(args: argparse.Namespace, out: Output) -> int:
    from app import recovery
    from app.cli.opening import opened

    with opened(args) as desk:
        recovery.export_root_key(desk, args.file, _passphrase(twice=True))
    out.emit(
        {"file": str(args.file)},
        f"The root key is in {args.file}. Keep it in a safe, and the passphrase somewhere else.",
    )
    return 0


def _passphrase(*, twice: bool = False) -> str:
    """Asked on a terminal without showing it; from a script the first line of standard input."""
    if sys.stdin is None or not sys.stdin.isatty():
        return (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")
    first = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != first:
        raise UserError("The two were not the same; nothing was written.")
    return first
