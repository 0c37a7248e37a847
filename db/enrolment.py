"""May this device enter? The one transaction of somebody who is not in the state yet, judged by a pure function.

An invitation lets exactly one device in: of a new analyst with the role it names, or, when it names an analyst,
another workstation of that one. The proof (db.keys) ties it to the device's key. What counts is the place in the log:
an invitation that was used, withdrawn or overtaken by a newer desk key before this entry opens nothing. Its expiry is
held against the time the entry says it was made at, which its maker could set back; so administrators' workstations
withdraw what has expired, and from that entry on no clock helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from db import keys
from db.before import Before
from db.capture import RowChange, Transaction, TxRecord
from db.keys import DeviceSecret
from db.shapes import Analyst, Device, Invitation, WrappedKey
from db.tables import Row

APPOINT: Final = "root.appoint"
"""The kind of the transaction by which the root key makes an administrator, when there is none left."""


class Signed(NamedTuple):
    """Who stands behind an entry. `root`: entry 1, signed by the root key."""

    seq: int
    store: bytes
    device: bytes
    author: bytes
    at: int
    root: bool
    root_key: bytes


def enrol(
    tx: Transaction,
    secret: DeviceSecret,
    invitation: bytes,
    enrol_seed: bytes,
    *,
    store: bytes,
    generation: int,
    analyst: bytes,
    newcomer: Mapping[str, Any] | None,
    device_name: str,
    at: int,
) -> None:
    """Write the enrolment of this device into a transaction of kind `device.enrol`. `newcomer`: the columns of a new
    analyst; None: `analyst` is there already. Errors: KeyError when the desk key in force is not among the secret's."""
    message = keys.enrolment_message(store, invitation, secret.device, secret.public_key, analyst)
    tx.extra = {"invitation": invitation, "proof": keys.sign_enrolment(enrol_seed, message)}
    if newcomer is not None:
        tx.insert(Analyst, analyst, **newcomer)
    tx.insert(
        Device, secret.device, analyst_id=analyst, name=device_name, public_key=secret.public_key,
        sealing_key=secret.sealing_key, enrolled_at=at,
    )  # fmt: skip
    wrapped = keys.wrap_desk_key(secret.desk_keys[generation], secret.sealing_key, store, generation, secret.device)
    tx.insert(WrappedKey, device_id=secret.device, generation=generation, wrapped=wrapped)
    tx.update(Invitation, invitation, used_by_id=secret.device)


def refusal(record: TxRecord, by: Signed, state: Before) -> str | None:
    """Why this enrolment does not count, or None when it does. Errors: KeyError, TypeError when it is malformed."""
    invitation_id = record.extra.get("invitation")
    invitation = state.row("invitation", invitation_id)
    if invitation is None:
        return "it names an invitation that does not exist"
    if invitation["used_by_id"] is not None:
        return "the invitation was used before"
    if invitation["withdrawn_at"] is not None:
        return "the invitation was withdrawn"
    if invitation["generation"] != state.generation():
        return "the desk key was changed after this invitation was made"
    expires_at = invitation["expires_at"]
    if not isinstance(expires_at, int) or by.at > expires_at:
        return "the invitation has expired"
    again = invitation["analyst_id"]
    tables = [*(["analyst"] if again is None else []), "device", "wrapped_key", "invitation"]
    ops = ["u" if table == "invitation" else "i" for table in tables]
    if [(c.table, c.op) for c in record.rows] != list(zip(tables, ops, strict=True)):
        return "an enrolment adds one device" if again is not None else "an enrolment adds one analyst and one device"
    *_analyst, device, wrapped, used = record.rows
    why = _analyst_refusal(record.rows[0], invitation, state) or _device_refusal(device, used, by, record, again)
    if why is not None:
        return why
    if (wrapped.values.get("device_id"), wrapped.values.get("generation")) != (by.device, invitation["generation"]):
        return "it keeps another desk key than the one in force"
    public_key, enrol_key = device.values.get("public_key"), invitation["enrol_key"]
    if not isinstance(public_key, bytes) or not isinstance(enrol_key, bytes):
        return "it enrols a device without a key"
    message = keys.enrolment_message(by.store, used.row_id, device.row_id, public_key, by.author)
    if used.row_id != invitation_id or not keys.proves_enrolment(enrol_key, message, record.extra.get("proof")):
        return "it does not prove that it was invited"
    return None


def appointment_refusal(record: TxRecord, store: bytes, root_key: bytes, state: Before) -> str | None:
    """Why the root key does not make somebody an administrator by this transaction, or None when it does."""
    changes = [(c.table, c.op, c.values.get("role")) for c in record.rows]
    if len(changes) != 1 or changes[0][:2] != ("analyst", "u") or record.rows[0].values.keys() != {"role"}:
        return "an appointment changes the role of one analyst"
    analyst = record.rows[0].row_id
    known = state.row("analyst", analyst)
    if known is None or not known["active"] or changes[0][2] != [known["role"], "administrator"]:
        return "an appointment makes an active analyst an administrator"
    message = keys.appointment_message(store, record.id, analyst)
    if not keys.proves_enrolment(root_key, message, record.extra.get("proof")):
        return "the root key did not sign it"
    return None


def _analyst_refusal(first: RowChange, invitation: Row, state: Before) -> str | None:
    again = invitation["analyst_id"]
    if again is None:
        asked = first.values.get("role") == invitation["role"] and first.values.get("active") in (None, 1)
        return None if asked else "it asks for another role than it was invited for"
    analyst = state.row("analyst", again)
    if analyst is None or not analyst["active"]:
        return "the analyst it is for is not active"
    return None


def _device_refusal(device: RowChange, used: RowChange, by: Signed, record: TxRecord, again: object) -> str | None:
    if used.values.keys() != {"used_by_id"} or device.values.get("revoked_at") is not None:
        return "it asks for more than it was invited for"
    if device.row_id != by.device or used.values["used_by_id"] != [None, by.device]:
        return "it enrols another device than the one that signed"
    analyst = record.rows[0].row_id if again is None else again
    if device.values.get("analyst_id") != analyst or analyst != by.author:
        return "it enrols a device for somebody else"
    return None
