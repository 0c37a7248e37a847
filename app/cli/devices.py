"""Verbs about who may enter: invite, invitation list and withdraw, device list, rename and revoke."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app import times
from app.cli.output import Output, table
from app.devices import SHORT_ID, DeviceLine, InvitationLine
from app.enrolment import INVITATION_DAYS
from app.errors import UserError
from db.ids import id_text
from db.rules import ROLES

if TYPE_CHECKING:
    from app.desk import Desk


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    invite = verbs.add_parser("invite", parents=[common], help="print an invitation for one workstation")
    whom = invite.add_mutually_exclusive_group(required=True)
    whom.add_argument("--name", help="somebody new")
    whom.add_argument("--for", dest="again", metavar="ANALYST", help="another workstation of an analyst")
    invite.add_argument("--role", choices=ROLES, default="analyst")
    invite.add_argument("--days", type=int, default=INVITATION_DAYS, help="how long it opens")
    invite.set_defaults(run=_invite)

    invitation = verbs.add_parser("invitation", parents=[common], help="invitations that were made")
    what = invitation.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=type(invitation))
    listed = what.add_parser("list", parents=[common], help="all of them")
    listed.set_defaults(run=_invitations)
    withdraw = what.add_parser("withdraw", parents=[common], help="an invitation opens nothing any more")
    withdraw.add_argument("invitation", metavar="INVITATION", help="the invited name, or the invitation's id")
    withdraw.set_defaults(run=_withdraw)

    device = verbs.add_parser("device", parents=[common], help="workstations that may write")
    what = device.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=type(device))
    listed = what.add_parser("list", parents=[common], help="all of them")
    listed.set_defaults(run=_devices)
    rename = what.add_parser("rename", parents=[common], help="call a workstation something else")
    rename.add_argument("device", metavar="DEVICE", help="its name or id")
    rename.add_argument("name", metavar="NAME")
    rename.set_defaults(run=_rename)
    revoke = what.add_parser("revoke", parents=[common], help="turn a workstation out (a lost laptop)")
    revoke.add_argument("device", metavar="DEVICE", help="its name or id")
    revoke.set_defaults(run=_revoke)


@contextmanager
def _in_step(args: argparse.Namespace) -> Iterator[Desk]:
    """The desk, after a round: who entered a minute ago on another workstation can be named. Where the store does not
    answer, as it is known here."""
    from app.cli.opening import opened, try_sync

    with opened(args) as desk:
        try_sync(desk, args)
        yield desk


def _invite(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        if args.again is not None:
            if args.role != "analyst":
                raise UserError("Another workstation has the role its analyst has; leave --role out.")
            analyst = desk.directory.resolve("analyst", args.again)
            text, expires = desk.enrolment.invite_again(analyst, args.days)
            name = desk.directory.name("analyst", analyst)
        else:
            text, expires = desk.enrolment.invite(args.name, args.role, args.days)
            name = args.name
    until = times.iso_utc(expires)
    how = f"It opens once, until {until}. {name} enters it with: halldesk join INVITATION"
    out.emit({"invitation": text, "expires": until}, f"{text}\n\n{how}")
    return 0


def _invitations(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        lines = desk.devices.invitations()
    heads = ["id", "for", "role", "state", "invited by", "opens until", "used by"]
    rows = [
        [i.id.hex()[-SHORT_ID:], i.name, i.role, i.state, i.invited_by, times.iso_utc(i.expires_at), i.used_by]
        for i in lines
    ]
    _emit_each(out, [_invitation(i) for i in lines], table(rows, heads) if lines else "No invitations.")
    return 0


def _withdraw(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        line = desk.devices.find_invitation(args.invitation)
        desk.enrolment.withdraw(line)
    out.emit({"invitation": id_text(line.id), "state": "withdrawn"}, f"The invitation for {line.name} is withdrawn.")
    return 0


def _devices(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        lines = desk.devices.devices()
        seen = {device: times.iso_utc(at) for device, at in desk.last_seen().items()}
    heads = ["id", "device", "analyst", "since", "last seen", "state"]
    rows = [[d.short_id, d.name, d.analyst, times.iso_utc(d.enrolled_at), seen.get(d.id, ""), _state(d)] for d in lines]
    _emit_each(out, [_device(d) | {"last_seen": seen.get(d.id)} for d in lines], table(rows, heads))
    return 0


def _rename(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        line = desk.devices.find(args.device)
        desk.enrolment.rename(line, args.name)
    out.emit({"device": id_text(line.id), "name": args.name}, f"{line.name} is now called {args.name}.")
    return 0


def _revoke(args: argparse.Namespace, out: Output) -> int:
    with _in_step(args) as desk:
        line = desk.devices.find(args.device)
        desk.enrolment.revoke(line)
    out.emit(
        {"device": id_text(line.id), "name": line.name, "analyst": line.analyst, "state": "revoked"},
        f"{line.name} of {line.analyst} is revoked: nothing it writes counts any more.",
    )
    return 0


def _state(line: DeviceLine) -> str:
    if line.revoked_at is not None:
        return f"revoked {times.iso_utc(line.revoked_at)} by {line.revoked_by}"
    if not line.analyst_active:
        return "analyst inactive"
    return "this workstation" if line.here else "active"


def _device(line: DeviceLine) -> dict[str, Any]:
    return {
        "device": id_text(line.id), "name": line.name, "analyst": line.analyst, "here": line.here,
        "enrolled": times.iso_utc(line.enrolled_at), "active": line.may_write,
        "revoked": None if line.revoked_at is None else times.iso_utc(line.revoked_at),
        "revoked_by": line.revoked_by or None,
    }  # fmt: skip


def _invitation(line: InvitationLine) -> dict[str, Any]:
    return {
        "invitation": id_text(line.id), "name": line.name, "role": line.role, "state": line.state,
        "other_workstation": line.other_workstation, "invited_by": line.invited_by,
        "invited": times.iso_utc(line.invited_at), "expires": times.iso_utc(line.expires_at),
        "used_by": line.used_by or None,
    }  # fmt: skip


def _emit_each(out: Output, rows: list[dict[str, Any]], text: str) -> None:
    """One JSON line for each row, or the text once."""
    if not out.as_json:
        out.emit({}, text)
        return
    for row in rows:
        out.emit(row, "")
