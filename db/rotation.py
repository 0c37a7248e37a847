"""Devices and desk keys: what an administrator's transaction may do to them, as a pure function of the state before it.

A *rotation* makes the next generation of the desk key and wraps it for every device in force, for none besides and for
none less: a rotation that was made without knowing a device that entered meanwhile, or after one that was revoked
meanwhile, does not count and is made anew. Its entry is sealed with the old key, everything after it with the new one.
A device enters with an invitation only, is revoked once and for ever, and an invitation opens only under the desk key
it was made under.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from db.before import Before
from db.capture import RowChange, Transaction, TxRecord
from db.keys import proof_of, wrap_desk_key
from db.shapes import DeskKey, WrappedKey

ROTATE: Final = "key.rotate"
_RENAMED: Final = {"name"}
_REVOKED: Final = {"revoked_at", "revoked_by_id"}
_WITHDRAWN: Final = {"withdrawn_at"}
_KEYS: Final = ("desk_key", "wrapped_key")


def rotate(
    tx: Transaction,
    key: bytes,
    devices: Iterable[tuple[bytes, bytes]],
    *,
    store: bytes,
    generation: int,
    author: bytes,
    at: int,
) -> None:
    """Write the next generation of the desk key into a transaction of kind `key.rotate` (or into the founding).

    `devices`: (id, sealing key) of every device in force. Errors: ValueError when one has no proper sealing key.
    """
    tx.insert(DeskKey, generation=generation, proof=proof_of(key, store, generation), made_at=at, made_by_id=author)
    for device, sealing_key in devices:
        wrapped = wrap_desk_key(key, sealing_key, store, generation, device)
        tx.insert(WrappedKey, device_id=device, generation=generation, wrapped=wrapped)


def refusal(record: TxRecord, author: bytes, state: Before) -> str | None:
    """Why these changes of devices, invitations and keys do not count, or None. Errors: KeyError, TypeError when the
    transaction is malformed."""
    if record.kind == ROTATE or any(change.table in _KEYS for change in record.rows):
        return _rotation_refusal(record, author, state)
    for change in record.rows:
        if change.table == "device":
            why = _device_refusal(change, author)
        elif change.table == "invitation":
            why = _invitation_refusal(change, author, state)
        else:
            why = None
        if why is not None:
            return why
    return None


def _rotation_refusal(record: TxRecord, author: bytes, state: Before) -> str | None:
    tables = [(c.table, c.op) for c in record.rows]
    if record.kind != ROTATE or tables != [("desk_key", "i"), *[("wrapped_key", "i")] * (len(tables) - 1)]:
        return "the desk key is changed by a rotation only"
    made, *wrapped = record.rows
    generation = state.generation() + 1
    if made.values.get("generation") != generation or made.values.get("made_by_id") != author:
        return "another rotation was first"
    if any(w.values.get("generation") != generation for w in wrapped):
        return "it wraps another desk key than it makes"
    devices = [w.values.get("device_id") for w in wrapped]
    if len(devices) != len(set(devices)) or set(devices) != state.in_force():
        return "it does not give the new desk key to exactly the devices in force"
    return None


def _device_refusal(change: RowChange, author: bytes) -> str | None:
    if change.op == "i":
        return "a device enters with an invitation"
    if change.op == "d":
        return "a device is never deleted but revoked"
    if change.values.keys() == _RENAMED:
        return None
    if change.values.keys() != _REVOKED:
        return "a device is renamed or revoked, nothing else"
    (old, new), (_nobody, by) = change.values["revoked_at"], change.values["revoked_by_id"]
    return None if old is None and new is not None and by == author else "a device is revoked once, by its author"


def _invitation_refusal(change: RowChange, author: bytes, state: Before) -> str | None:
    values = change.values
    if change.op == "i":
        if values.get("used_by_id") is not None or values.get("withdrawn_at") is not None:
            return "a new invitation is open"
        if values.get("invited_by_id") != author:
            return "it invites in somebody else's name"
        if values.get("generation") != state.generation():
            return "the desk key was changed meanwhile"
        return None
    if change.op == "d":
        return "an invitation is never deleted but withdrawn"
    if values.keys() != _WITHDRAWN or values["withdrawn_at"][0] is not None:
        return "an invitation is withdrawn, nothing else"
    row = state.row("invitation", change.row_id)
    return "the invitation was used before" if row is not None and row["used_by_id"] is not None else None
