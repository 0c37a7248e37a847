"""Letting workstations in and turning them out: invitations, another workstation for somebody, lost laptops.

Each verb is a transaction of the shared log, so it takes effect at one place of the log on every workstation alike
(db.fold, db.rotation). An invitation needs the store at once, because the desk key waits there for the invited one;
what takes something away is kept and sent later when the drive does not answer.

Revoking is two transactions in one entry: the device, and the next desk key for those that remain. Whether the key must
be changed is read off the state (a device holds it that is not in force), so it does not matter which administrator's
workstation does it, nor that another rotation was first: after each round `look_after` makes up for what is missing,
withdraws what has expired, and removes from the store the sealed keys that nobody may fetch any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app import times
from app.devices import DeviceLine, InvitationLine
from app.errors import UserError
from app.naming import tidy_name
from db.errors import StoreUnreachable
from db.ids import new_id
from db.keys import InvitationText, new_seed, public_half, seal_desk_keys
from db.rotation import ROTATE, rotate
from db.rules import ROLES
from db.shapes import Device, Invitation

if TYPE_CHECKING:
    from app.desk import Desk
    from db.sync_result import SyncResult

INVITATION_DAYS: Final = 14
MOST_DAYS: Final = 90
SIDE: Final = "invite"
"""The kind of side file in which the desk keys wait for whoever is invited."""
TRIES: Final = 5
"""So often somebody else may be first with a new desk key."""
LOOK_AFTER_EVERY_MS: Final = times.HOUR_MS


class Enrolment:
    """The verbs; `desk` is the open profile they belong to. On a lane: they may wait for the drive and the keyring."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looked_after_at: int | None = None
        self._busy = False

    # -- invitations --------------------------------------------------------------------------------------------------
    def invite(self, name: str, role: str, days: int = INVITATION_DAYS) -> tuple[str, int]:
        """An invitation for somebody new: (the line of text, when it expires in ms UTC).

        Errors: UserError; StorageError when the store can't be reached (an invitation needs it).
        """
        name = tidy_name(name)
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
        desk.sync_round()  # where that fails, no invitation is left in the outbox that nobody has the line of
        for _ in range(TRIES):
            invitation, seed = new_id(), new_seed()
            now = desk.context.clock()
            expires = now + days * times.DAY_MS
            with desk.replica.transaction("device.invite", desk.me, at=now, undoable=False) as tx:
                tx.insert(
                    Invitation, invitation, name=name, role=role, analyst_id=analyst, enrol_key=public_half(seed),
                    generation=desk.replica.generation, invited_at=now, expires_at=expires, invited_by_id=desk.me,
                )  # fmt: skip
            desk.sync_round()
            outcome, why = desk.replica.outcome(tx.id)
            if outcome == "accepted":
                break
            self._settle(tx.id)
        else:
            raise UserError(f"The invitation could not be made ({why or outcome}); try again.")
        secret = desk.secret()
        store = desk.replica.fact("store")
        desk.log().put_side(SIDE, invitation.hex(), seal_desk_keys(secret.desk_keys, seed, store))
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
            desk.log().remove_side(SIDE, line.id.hex())

    # -- devices ------------------------------------------------------------------------------------------------------
    def rename(self, line: DeviceLine, name: str) -> None:
        """Call a workstation something else. Errors: UserError, Refused."""
        name = tidy_name(name)
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
        self._must_leave_an_administrator(line)
        now = desk.context.clock()
        with desk.replica.transaction("device.revoke", desk.me, at=now, undoable=False) as tx:
            tx.update(Device, line.id, revoked_at=now, revoked_by_id=desk.me)
        self.rotate()

    def rotate(self) -> int:
        """Give the desk a new key, for the devices in force; returns its generation. Open invitations end with it.

        It takes effect when the log has it: kept and sent later where the store does not answer. Errors: UserError,
        Refused.
        """
        desk = self._desk
        for _ in range(TRIES):
            now, generation = desk.context.clock(), desk.replica.generation + 1
            with desk.replica.transaction(ROTATE, desk.me, at=now, undoable=False) as tx:
                if tx.query("SELECT 1 FROM desk_key WHERE generation >= ?", (generation,)):
                    raise UserError("A new desk key waits to be sent already.")
                devices = tx.query(
                    "SELECT d.id, d.sealing_key FROM device d JOIN analyst a ON a.id = d.analyst_id "
                    "WHERE d.revoked_at IS NULL AND a.active ORDER BY d.id"
                )
                store = desk.replica.fact("store")
                rotate(tx, new_seed(), [tuple(d) for d in devices], store=store, generation=generation, author=desk.me,
                       at=now)  # fmt: skip
            if not self._send():
                return generation
            outcome, why = desk.replica.outcome(tx.id)
            if outcome == "accepted":
                return generation
            self._settle(tx.id)
            if not self.overdue():
                return desk.replica.generation
        raise UserError(f"The desk key could not be changed ({why or outcome}); try again.")

    def overdue(self) -> bool:
        """Whether somebody holds the desk key who may no longer read: its device or its analyst was turned out."""
        return bool(
            self._desk.context.reader.value(
                "SELECT 1 FROM wrapped_key w JOIN device d ON d.id = w.device_id JOIN analyst a ON a.id = d.analyst_id "
                "WHERE w.generation = (SELECT max(generation) FROM desk_key) "
                "AND (d.revoked_at IS NOT NULL OR NOT a.active) LIMIT 1"
            )
        )

    def _must_leave_an_administrator(self, line: DeviceLine) -> None:
        """Errors: UserError when nobody could administer the desk afterwards."""
        devices = self._desk.devices.devices()
        left = {d.analyst_id for d in devices if d.may_write and d.id != line.id}
        roles = {a.id: a.note for a in self._desk.directory.all("analyst")}
        if "administrator" not in {roles.get(analyst) for analyst in left}:
            raise UserError("That is the last workstation of an administrator; make another administrator first.")

    # -- looking after it all -----------------------------------------------------------------------------------------
    def look_after(self, result: SyncResult) -> None:
        """After a round, where an administrator sits: what has expired is withdrawn, a key that is overdue is changed,
        sealed keys nobody may fetch any more are removed. Costs two queries where there is nothing to do."""
        desk = self._desk
        now = desk.context.clock()
        fresh = self._looked_after_at is None or not 0 <= now - self._looked_after_at < LOOK_AFTER_EVERY_MS
        if self._busy or not (fresh or result.applied or result.published):
            return
        me = desk.directory.get("analyst", desk.me)
        if me is None or me.note != "administrator" or not me.active:
            return
        self._busy = True
        try:
            if self.overdue() and desk.replica.pending_count() == 0:
                self.rotate()
            if fresh:
                self._looked_after_at = now
                self._sweep(now)
        finally:
            self._busy = False

    def _sweep(self, now: int) -> None:
        desk = self._desk
        expired = [line for line in desk.devices.invitations() if line.state == "expired"]
        if expired:
            with desk.replica.transaction("device.withdraw", desk.me, at=now, undoable=False) as tx:
                for line in expired:
                    tx.update(Invitation, line.id, withdrawn_at=now)
            self._send()
        log = desk.log()
        known = {line.id.hex(): line.state for line in desk.devices.invitations()}
        for name in log.sides(SIDE):
            if known.get(name, "open") != "open":
                log.remove_side(SIDE, name)

    def _settle(self, tx_id: bytes) -> None:
        """What is made anew by itself is no question for a person."""
        desk = self._desk
        for conflict in desk.replica.conflicts():
            if conflict.tx_id == tx_id:
                desk.replica.settle(conflict.n, desk.context.clock())

    def _send(self) -> bool:
        """Tell the others now; False when the store does not answer: it is sent later."""
        try:
            self._desk.sync_round()
        except StoreUnreachable:
            return False
        return True
