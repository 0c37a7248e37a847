"""Coming back: a workstation whose keys are lost or that was revoked, and a desk whose last administrator is gone.

`recover` enters with an invitation for another workstation of the same analyst, on the replica that is there. In this
order: the desk keys are fetched from the store, the replica takes the identity of a new device, the log is read to its
end, the enrolment is put before the work that waits, both are published. When it is not let in, the old identity is put
back; the work waits in either case.

Where SQLite can't read the replica any more there is nothing to go on with: it is put aside, and the profile joins as a
new one would, in its place.

`export_root_key` seals the root key with a passphrase (scrypt, RFC 7914), for a safe; `appoint` signs with it that this
workstation's analyst is administrator.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import platform
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app import times
from app.credentials import key_store, named_key_file, secret_name
from app.damage import Damaged, damage_told
from app.desk import Desk
from app.errors import UserError
from app.invited import find_invitation
from app.joining import invited, join
from app.machine import machine_id, machine_mark
from app.new_profile import Joined
from app.profile import Profile
from app.stores import keep_password, open_log
from db import enrolment, incarnation
from db.chunks import ChunkFolder
from db.contents import Contents
from db.desk_keys import FACT, keep
from db.errors import NotInvited, StorageError, UsedElsewhere
from db.ids import id_text, new_id, parse_id
from db.keys import (
    DeviceSecret,
    InvitationText,
    KeyStore,
    appointment_message,
    new_seed,
    open_desk_keys,
    public_half,
    sign_enrolment,
)
from db.log import SharedLog
from db.own_files import unreadable, unwritable
from db.presence import KIND as SIGNS
from db.presence import name_of
from db.replica import Replica
from db.shapes import Analyst
from db.sync import Syncer
from db.sync_result import SyncResult

_IDENTITY: Final = ("device", "counter", FACT, "entering", "machine", *incarnation.ALL)
_SCRYPT: Final = {"n": 2**16, "r": 8, "p": 1}
"""64 MiB and about a quarter of a second: bearable once, dear for whoever guesses."""
LEAST_PASSPHRASE: Final = 12


def recover(
    profile: Profile,
    invitation: str,
    *,
    key_file: Path | None = None,
    password: str | None = None,
    clock: Callable[[], int] = times.now_ms,
    on_progress: Callable[[SyncResult], None] | None = None,
) -> Joined:
    """Go on with this profile as a new device of the same analyst. `password`: of a database (app.stores). Errors:
    UserError, NotInvited, StorageError, of which PasswordNeeded can be mended by asking; then the profile is as it
    was."""
    card = profile.card()
    text = _readable(invitation, card, clock)
    named = named_key_file(key_file) or (Path(card["key_file"]) if card.get("key_file") else None)
    try:
        with damage_told():
            profile.desk()
            return _recover_on(profile, card, text, named, password, clock, on_progress)
    except Damaged:
        return _begin_again(profile, card, text, named, password, clock, on_progress)


def _recover_on(
    profile: Profile,
    card: Mapping[str, Any],
    text: InvitationText,
    named: Path | None,
    password: str | None,
    clock: Callable[[], int],
    on_progress: Callable[[SyncResult], None] | None,
) -> Joined:
    keys = key_store(named)
    with closing(Replica(profile.replica)) as replica, closing(
        open_log(str(card["where"]), new_id(), lambda: keys, password)
    ) as log:  # fmt: skip
        joined = _recover(profile, replica, log, keys, text, clock, on_progress)
    keep_password(str(card["where"]), password, keys)
    profile.attach({**card, **({"key_file": str(named)} if named is not None else {})})
    return joined


def _begin_again(
    profile: Profile,
    card: Mapping[str, Any],
    text: InvitationText,
    named: Path | None,
    password: str | None,
    clock: Callable[[], int],
    on_progress: Callable[[SyncResult], None] | None,
) -> Joined:
    """SQLite can't read the file: it is put aside, and the profile joins as if it were new. The file is kept, because
    what was never sent is in it. Errors: as `join`; then everything is where it was."""
    aside = profile.put_aside(clock())
    try:
        joined = join(
            profile, text.encode(), at=str(card["where"]), key_file=named, password=password, clock=clock,
            on_progress=on_progress,
        )  # fmt: skip
    except BaseException:
        profile.put_back(aside)
        raise
    return replace(joined, aside=str(aside))


def recover_open(
    desk: Desk, invitation: str, on_progress: Callable[[SyncResult], None] | None = None
) -> Joined:  # fmt: skip
    """The same for a desk that is open in a window. Errors: as `recover`."""
    clock = desk.context.clock
    text = _readable(invitation, desk.card, clock)
    with closing(desk.another_log()) as log:
        joined = _recover(desk.profile, desk.replica, log, desk.keys(), text, clock, on_progress)
    desk.meet_anew()
    return joined


def go_on_here(desk: Desk) -> SyncResult:
    """Another machine had this workstation's identity, and a person says that it is no longer used: this one is the
    workstation from now on. Should the other one write after all, it and this one find out again. Errors: UserError
    where nothing is wrong or the store does not answer, StorageError."""
    if not desk.twin:
        # A copy that has not met the store yet knows nothing of itself.
        with contextlib.suppress(UsedElsewhere):
            desk.sync_round()
        if not desk.twin:
            raise UserError("No other machine writes as this workstation; there is nothing to put right.")
    desk.read_on()
    replica, log = desk.replica, desk.log()
    mark = machine_mark(replica.fact("store"), machine_id())
    log.remove_side(SIGNS, name_of(replica.fact("device")))
    replica.set_facts({**incarnation.only_here(desk.context.clock(), replica.head.seq), "machine": mark})
    desk.meet_anew()
    return desk.sync_round()


def _readable(invitation: str, card: Mapping[str, Any], clock: Callable[[], int]) -> InvitationText:
    """Errors: NotInvited for a line that can't be for this profile."""
    found = find_invitation(invitation)
    text = InvitationText.decode(found.line if found is not None else invitation)
    if clock() > text.expires_at:
        raise NotInvited("This invitation has expired; ask for a new one.")
    if parse_id(str(card["store"])) != text.store:
        raise NotInvited(f"This invitation is for another help desk than {card['name']}; ask who invited you.")
    return text


def _recover(
    profile: Profile,
    replica: Replica,
    log: SharedLog,
    keys: KeyStore,
    text: InvitationText,
    clock: Callable[[], int],
    on_progress: Callable[[SyncResult], None] | None,
) -> Joined:
    sealed = log.get_side("invite", text.invitation.hex())
    if sealed is None:
        raise NotInvited("This invitation was used already, or withdrawn; ask for a new one.")
    before = {key: replica.fact(key) for key in _IDENTITY}
    analyst: bytes = replica.fact("analyst")
    secret = DeviceSecret(new_id(), new_seed(), open_desk_keys(sealed, text.enrol_seed, text.store))
    mark = machine_mark(text.store, machine_id())
    replica.set_facts({
        **incarnation.only_here(clock(), 0), "device": secret.device, "counter": 0, "entering": True, "machine": mark,
    })  # fmt: skip
    keep(replica, secret)
    try:
        contents = Contents(replica, ChunkFolder(profile.chunks), clock)
        syncer = Syncer(replica, log, secret, clock, contents=contents)
        syncer.catch_up()
        _role, whose = invited(replica, text)
        if whose != analyst:
            raise NotInvited(
                "This invitation is not for the analyst of this workstation. An administrator makes one with: "
                'halldesk invite --for "NAME".'
            )
        keys.set(secret_name(secret.device), secret.pack())
        with replica.transaction("device.enrol", analyst, at=clock(), undoable=False) as tx:
            enrolment.enrol(
                tx, secret, text.invitation, text.enrol_seed, store=text.store, generation=replica.generation,
                analyst=analyst, newcomer=None, device_name=platform.node() or "workstation", at=clock(),
            )  # fmt: skip
    except (StorageError, UserError):
        replica.set_facts(before)
        raise
    # From here on a drive that goes away does no harm: the enrolment is sent with the next round.
    result = syncer.round(on_progress=on_progress)
    outcome, why = replica.outcome(tx.id)
    if outcome != "accepted":
        replica.set_facts(before)
        raise NotInvited(f"The help desk did not let this workstation in ({why or outcome}); ask again.")
    replica.set_facts({"entering": False})
    keys.delete(secret_name(before["device"]))
    log.remove_side("invite", text.invitation.hex())
    name = str(profile.desk()["name"])
    return Joined(id_text(text.store), name, id_text(analyst), id_text(secret.device), result.head)


# -- the root key -----------------------------------------------------------------------------------------------------
def export_root_key(desk: Desk, path: Path, passphrase: str) -> None:
    """Write the root key, sealed. Errors: UserError when it is not on this workstation, the passphrase is too short, or
    the file is there already or can't be written."""
    root = desk.secret().root_seed
    if root is None:
        raise UserError("The root key is on the workstation that founded the desk only; export it there.")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UserError(f"A passphrase has at least {LEAST_PASSPHRASE} characters; several words are easy to keep.")
    salt, nonce, store = os.urandom(16), os.urandom(12), desk.replica.fact("store")
    sealed = ChaCha20Poly1305(_derived(passphrase, salt, _SCRYPT)).encrypt(nonce, root, store)
    text = {
        "what": f"The root key of the help desk {desk.name}. Keep it in a safe, apart from its passphrase.",
        "halldesk_root_key": 1, "store": id_text(store), "scrypt": _SCRYPT, "salt": _text(salt),
        "sealed": _text(nonce + sealed),
    }  # fmt: skip
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(text, file, indent=1, ensure_ascii=False)
    except FileExistsError as error:
        raise UserError(f"{path} is there already; name a new file.") from error
    except OSError as error:
        raise UserError(unwritable(path, error)) from error
    desk.replica.set_facts({"root_exported_at": desk.context.clock()})


def read_root_key(path: Path, passphrase: str, store: bytes) -> bytes:
    """The root key of a file made by `export_root_key`. Errors: UserError."""
    try:
        text: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if text["halldesk_root_key"] != 1 or parse_id(text["store"]) != store:
            raise UserError(f"{path} holds the root key of another help desk.")
        salt, sealed = base64.b64decode(text["salt"]), base64.b64decode(text["sealed"])
        cost = {name: int(text["scrypt"][name]) for name in ("n", "r", "p")}
        if cost["n"] * cost["r"] > 2**22:
            raise ValueError("its cost is beyond all reason")
        return ChaCha20Poly1305(_derived(passphrase, salt, cost)).decrypt(sealed[:12], sealed[12:], store)
    except InvalidTag as error:
        raise UserError("The passphrase is wrong, or the file was altered.") from error
    except OSError as error:
        raise UserError(unreadable(path, error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path} holds no root key, or is damaged; name the file that `halldesk root-key export` made."
        ) from error


def appoint(desk: Desk, root_seed: bytes) -> None:
    """Make this workstation's analyst an administrator, by the root key. Errors: UserError, StorageError."""
    if public_half(root_seed) != desk.replica.fact("root_key"):
        raise UserError("That is the root key of another help desk.")
    me = desk.context.reader.one("SELECT name, role FROM analyst WHERE id = ?", (desk.me,))
    if me is None or me["role"] == "administrator":
        raise UserError("The analyst of this workstation is an administrator already.")
    with desk.replica.transaction("root.appoint", desk.me, at=desk.context.clock(), undoable=False) as tx:
        message = appointment_message(desk.replica.fact("store"), tx.id, desk.me)
        tx.extra = {"proof": sign_enrolment(root_seed, message)}
        tx.update(Analyst, desk.me, role="administrator")
    desk.sync_round()
    outcome, why = desk.replica.outcome(tx.id)
    if outcome != "accepted":
        raise UserError(f"The appointment did not count ({why or outcome}).")


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt, 32, cost["n"], cost["r"], cost["p"]).derive(passphrase.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
