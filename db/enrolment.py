"""May this device enter? The one transaction of somebody who is not in the state yet, judged by a pure function.

An invitation lets exactly one device in: of a new analyst with the role it names, or, when it names an analyst,
another workstation of that one. The proof (db.keys) ties it to the device's key. What counts is the place in the log:
an invitation that was used, withdrawn or overtaken by a newer desk key before this entry opens nothing. Its expiry is
held against the time the entry says it was made at, which its maker could set back; so administrators' workstations
withdraw what has expired, and from that entry on no clock helps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from db import keys
from db.capture import RowChange, TxRecord
from db.tables import Row


class Signed(NamedTuple):
    """Who stands behind an entry. `root`: entry 1, signed by the root key."""

    seq: int
    store: bytes
    device: bytes
    author: bytes
    at: int
    root: bool


Found = Callable[[str, object], Row | None]
"""(table, id) -> the row before the transaction; None when there is none, or the id is none."""


def refusal(record: TxRecord, by: Signed, found: Found) -> str | None:
    """Why this enrolment does not count, or None when it does. Errors: KeyError, TypeError when it is malformed."""
    invitation_id = record.extra.get("invitation")
    invitation = found("invitation", invitation_id)
    if invitation is None:
        return "it names an invitation that does not exist"
    if invitation["used_by_id"] is not None:
        return "the invitation was used before"
    if invitation["withdrawn_at"] is not None:
        return "the invitation was withdrawn"
    expires_at = invitation["expires_at"]
    if not isinstance(expires_at, int) or by.at > expires_at:
        return "the invitation has expired"
    again = invitation["analyst_id"]
    tables = ["device", "invitation"] if again is not None else ["analyst", "device", "invitation"]
    ops = ["u" if table == "invitation" else "i" for table in tables]
    if [(c.table, c.op) for c in record.rows] != list(zip(tables, ops, strict=True)):
        return "an enrolment adds one device" if again is not None else "an enrolment adds one analyst and one device"
    *_analyst, device, used = record.rows
    why = _analyst_refusal(record.rows[0], invitation, found) or _device_refusal(device, used, by, record, again)
    if why is not None:
        return why
    public_key, enrol_key = device.values.get("public_key"), invitation["enrol_key"]
    if not isinstance(public_key, bytes) or not isinstance(enrol_key, bytes):
        return "it enrols a device without a key"
    message = keys.enrolment_message(by.store, used.row_id, device.row_id, public_key, by.author)
    if used.row_id != invitation_id or not keys.proves_enrolment(enrol_key, message, record.extra.get("proof")):
        return "it does not prove that it was invited"
    return None


def _analyst_refusal(first: RowChange, invitation: Row, found: Found) -> str | None:
    again = invitation["analyst_id"]
    if again is None:
        asked = first.values.get("role") == invitation["role"] and first.values.get("active") in (None, 1)
        return None if asked else "it asks for another role than it was invited for"
    analyst = found("analyst", again)
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
