"""Joining a desk by an invitation: the log is read, this workstation is enrolled in it, the invitation is used up."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from app import times
from app.credentials import key_store, secret_name
from app.errors import UserError
from app.naming import tidy_name
from app.new_profile import Joined, attach, discard, fresh_replica
from app.profile import Profile
from app.stores import is_folder, keep_password, open_log, shown
from app.work.conflicts import broken_rule
from db import enrolment
from db.address import is_url
from db.desk_keys import keep
from db.errors import NotInvited, StorageError
from db.ids import id_text, new_id
from db.keys import DeviceSecret, InvitationText, KeyStore, StoreCard, new_seed, open_desk_keys
from db.log import SharedLog
from db.replica import Replica
from db.sync import Syncer
from db.sync_result import SyncResult

OVERTAKEN: Final = "The help desk changed its key after this invitation was made; ask for a new one."


def join(
    profile: Profile,
    invitation: str,
    *,
    called: str | None = None,
    at: str | None = None,
    key_file: Path | None = None,
    password: str | None = None,
    clock: Callable[[], int] = times.now_ms,
    on_progress: Callable[[SyncResult], None] | None = None,
) -> Joined:
    """Enter a desk with an invitation. `at`: how this workstation reaches the store, where the inviting one calls it
    otherwise (another drive letter, another database login). `password`: of a database (app.stores).

    Errors: UserError, NotInvited, StorageError; then the profile stays free. PasswordNeeded can be mended by asking.
    """
    text = InvitationText.decode(invitation)
    profile.must_be_free()
    called = tidy_name(called or "")
    if clock() > text.expires_at:
        raise NotInvited("This invitation has expired; ask for a new one.")
    keys = key_store(key_file)
    where = at or text.where
    device = new_id()
    if not is_url(where) and not is_folder(where):
        open_log(where, device)  # a name that means nothing on this system is said first
        raise UserError(
            f"This PC does not reach {where}, where the help desk is. Connect the drive; where this PC reaches it by "
            "another name, give that too: halldesk join INVITATION --at WHERE"
        )
    with closing(open_log(where, device, lambda: keys, password)) as log:
        joined = _join(profile, log, keys, shown(where), text, device, called, key_file, clock, on_progress)
    keep_password(where, password, keys)
    return joined


def _join(
    profile: Profile,
    log: SharedLog,
    keys: KeyStore,
    where: str,
    text: InvitationText,
    device: bytes,
    called: str,
    key_file: Path | None,
    clock: Callable[[], int],
    on_progress: Callable[[SyncResult], None] | None,
) -> Joined:
    analyst = new_id()
    data = log.card()
    if data is None:
        raise UserError(f"There is no help desk at {where}; is the drive connected under that name?")
    card = StoreCard.unpack(data)
    if card.store != text.store or card.root_key != text.root_key:
        raise NotInvited(f"{where} holds another help desk than the one you were invited to; ask who invited you.")
    sealed = log.get_side("invite", text.invitation.hex())
    if sealed is None:
        raise NotInvited("This invitation was used already, or withdrawn; ask for a new one.")
    secret = DeviceSecret(device, new_seed(), open_desk_keys(sealed, text.enrol_seed, text.store))
    replica = fresh_replica(profile, text.store, text.root_key, device, analyst)
    try:
        syncer = Syncer(replica, log, secret, clock)
        try:
            syncer.round(on_progress=on_progress)
        except StorageError:
            if replica.generation not in secret.desk_keys:
                raise NotInvited(OVERTAKEN) from None
            raise
        now = clock()
        role, known = invited(replica, text)
        if known is not None:
            analyst = known
            replica.set_facts({"analyst": analyst})
        newcomer = {"name": called or tidy_name(text.name), "role": role} if known is None else None
        with replica.transaction("device.enrol", analyst, at=now, undoable=False) as tx:
            enrolment.enrol(
                tx, secret, text.invitation, text.enrol_seed, store=text.store, generation=replica.generation,
                analyst=analyst, newcomer=newcomer, device_name=platform.node() or "workstation", at=now,
            )  # fmt: skip
        keep(replica, secret)
        keys.set(secret_name(device), secret.pack())
        result = syncer.round()
        outcome, why = replica.outcome(tx.id)
        if outcome != "accepted":
            invited(replica, text)  # somebody else may have been faster with it
            raise NotInvited(
                f"The help desk did not let this workstation in ({broken_rule(why or outcome)}); ask for a new "
                "invitation."
            )
        log.remove_side("invite", text.invitation.hex())
    except BaseException:
        replica.close()
        discard(profile)
        raise
    replica.close()
    attach(profile, text.store, where, card.name, key_file)
    return Joined(id_text(text.store), card.name, id_text(analyst), id_text(device), result.head)


def invited(replica: Replica, text: InvitationText) -> tuple[str, bytes | None]:
    """(role, the analyst it is another workstation for). Errors: NotInvited."""
    reader = replica.reader()
    try:
        row = reader.one("SELECT * FROM invitation WHERE id = ?", (text.invitation,))
    finally:
        reader.close()
    if row is None or row["used_by_id"] is not None or row["withdrawn_at"] is not None:
        raise NotInvited("This invitation was used already, or withdrawn; ask for a new one.")
    if row["generation"] != replica.generation:
        raise NotInvited(OVERTAKEN)
    return str(row["role"]), row["analyst_id"]
