"""Letting workstations in and turning them out: invitations, another workstation for somebody, lost laptops.

Each verb is a transaction of the shared log, so it takes effect at one place of the log on every workstation alike
(db.fold, db.authority). An invitation needs the store at once, because the desk key waits there for the invited one;
what takes something away is kept and sent later when the drive does not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app import times
from app.devices import DeviceLine, InvitationLine
from app.errors import UserError
from db.errors import StoreUnreachable
from db.ids import new_id
from db.keys import InvitationText, new_seed, public_half, seal_desk_keys
from db.rules import ROLES
from db.shapes import Device, Invitation

if TYPE_CHECKING:
    from app.desk import Desk

INVITATION_DAYS: Final = 14
MOST_DAYS: Final = 90


class Enrolment:
    """The verbs; `desk` is the open profile they belong to. On a lane: they may wait for the drive and the keyring."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- invitations --------------------------------------------------------------------------------------------------
    def invite(self, name: str, role: str, days: int = INVITATION_DAYS) -> tuple[str, int]:
        """An invitation for somebody new: (the line of text, when it expires in ms UTC).

        Errors: UserError; StorageError when the store can't be reached (an invitation needs it).
        """
        name = " ".join(name.split())
        if not name:
            raise UserError("Say who is invited: --name NAME.")
        if role not in ROLES:
            raise UserError(f"There is no role {role!r}; use one of: {', '.join(ROLES)}.")
        if self._desk.context.reader.one("SELECT 1 FROM analyst WHERE name = ?", (name,)):
            raise UserError(
                f"There is an analyst called {name} already. For another workstation of {name} say "
                f'--for "{name}"; for somebody else choose a name that tells them apart.'
            )
        return self._invite(name, role, None, days)

    def invite_again(self, analyst: bytes, days: int = INVITATION_DAYS) -> tuple[str, int]:
        """An invitation for another workstation of somebody who is there: a second one, or for a lost one.

        Errors: UserError, StorageError as `invite`.
        """
        known = self._desk.directory.get("analyst", analyst)
        if known is None or not known.active:
            raise UserError("Only an active analyst gets another workstation.")
        return self._invite(known.name, known.note, analyst, days)

    def _invite(self, name: str, role: str, analyst: bytes | None, days: int) -> tuple[str, int]:
        if not 1 <= days <= MOST_DAYS:
            raise UserError(f"An invitation opens for 1 to {MOST_DAYS} days.")
        desk = self._desk
        secret = desk.secret()
        now = desk.context.clock()
        expires = now + days * times.DAY_MS
        invitation, seed = new_id(), new_seed()
        with desk.replica.transaction("device.invite", desk.me, at=now, undoable=False) as tx:
            tx.insert(
                Invitation, invitation, name=name, role=role, analyst_id=analyst, enrol_key=public_half(seed),
                generation=secret.generation, invited_at=now, expires_at=expires, invited_by_id=desk.me,
            )  # fmt: skip
        desk.sync_round()
        store = desk.replica.fact("store")
        desk.log().put_side("invite", invitation.hex(), seal_desk_keys(secret.desk_keys, seed, store))
        text = InvitationText(desk.where, store, desk.replica.fact("root_key"), invitation, seed, name, expires)
        return text.encode(), expires

    def withdraw(self, line: InvitationLine) -> None:
        """An open invitation opens nothing any more. Errors: UserError, Refused."""
        if line.state not in ("open", "expired", "overtaken"):
            raise UserError(f"The invitation for {line.name} is not open: it was {line.state}.")
        desk = self._desk
        now = desk.context.clock()
        with desk.replica.transaction("device.withdraw", desk.me, at=now, undoable=False) as tx:
            tx.require(Invitation, line.id, "used_by_id", None)
            tx.update(Invitation, line.id, withdrawn_at=now)
        if self._send():
            desk.log().remove_side("invite", line.id.hex())

    # -- devices ------------------------------------------------------------------------------------------------------
    def rename(self, line: DeviceLine, name: str) -> None:
        """Call a workstation something else. Errors: UserError, Refused."""
        name = " ".join(name.split())
        if not name:
            raise UserError("Say what the workstation is called.")
        desk = self._desk
        with desk.replica.transaction("device.rename", desk.me, at=desk.context.clock(), undoable=False) as tx:
            tx.update(Device, line.id, name=name)
        self._send()

    def revoke(self, line: DeviceLine) -> None:
        """Turn a workstation out: nothing it writes from that entry on counts. Errors: UserError, Refused."""
        if line.revoked_at is not None:
            raise UserError(f"{line.name} of {line.analyst} was revoked already.")
        desk = self._desk
        if line.here:
            raise UserError("This is the workstation you sit at; revoke it from another one.")
        now = desk.context.clock()
        with desk.replica.transaction("device.revoke", desk.me, at=now, undoable=False) as tx:
            tx.update(Device, line.id, revoked_at=now, revoked_by_id=desk.me)
        self._send()

    def _send(self) -> bool:
        """Tell the others now; False when the store does not answer: it is sent later."""
        try:
            self._desk.sync_round()
        except StoreUnreachable:
            return False
        return True
