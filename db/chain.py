"""The slot rule: which of the names of a position holds the entry that counts.

Slot n is the first of `.e, .r1 .. .r9` whose bytes are a valid successor of the head. The names are looked at without a
gap: what stands behind a missing name is not there, so that two clients never take different names for one slot. Each
candidate goes through, in this order: frame whole? sealed with the desk key that is in force? signed by the device it
names, and is that one known? the next position of this store's chain? of the store's schema, or an administrator's
upgrade to one (db.upgrades)? of a format and schema this program knows?

* A damaged candidate may be an entry somebody was told is safe: nobody commits over it, who has its bytes heals it.
* A candidate that is whole but wrong was never valid for anybody: it is passed over and reported.
* One that is rightly signed but can't be read here (a newer program, a key we were not given) ends reading. Which key
  is in force is part of the state, so a device can't end anybody's reading with a number it made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from db.entry import Body, Forged, Frame, Sealed, TooNew, Torn, parse
from db.log import SLOT_NAMES, Head
from db.upgrades import raised_to


@dataclass(frozen=True)
class Slot:
    """What the store holds for one position: `(name, bytes)` in the order they count."""

    seq: int
    candidates: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Stop:
    """Why the log was not read further. `damaged`: only the right bytes may fill the slot, nobody may commit over it.
    `closed`: a valid entry this program or device can't read, `too_new`: because it was made by a newer program.
    `next_name`: the name a commit would take (None: none is left). `passed`: what is wrong with each candidate there.
    """

    seq: int
    damaged: bool
    why: str
    next_name: str | None
    closed: bool = False
    too_new: bool = False
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The entry of a slot. `passed`: what is wrong with the candidates before it, one sentence each."""

    frame: Frame
    body: Body
    passed: tuple[str, ...]


def choose(
    slot: Slot,
    head: Head,
    *,
    store: bytes,
    program: int,
    schema: int | None,
    generation: int | None,
    desk_keys: Mapping[int, bytes],
    key_of: Callable[[bytes], bytes | None],
    may_upgrade: Callable[[bytes], bool],
) -> Chosen | Stop:
    """Apply the slot rule to the position after `head`. `program`: the newest schema this program knows; `schema`: that
    of the store in the state at `head`, None where that is not known (an earlier position, or entry 1). `key_of`: the
    public key of a device in that state (for entry 1 the root key); None when the state does not know the device.
    `may_upgrade`: is this device an administrator's there? `generation`: the desk key in force at `head`; None: any
    (for a position whose state is gone)."""
    damaged = False
    passed: list[str] = []
    for (name, data), suffix in zip(slot.candidates, SLOT_NAMES, strict=False):
        if not name.endswith(suffix):
            break
        try:
            frame = parse(data)
            if generation is not None and frame.generation != generation:
                raise Forged(f"it is sealed with desk key {frame.generation}, and {generation} is in force")
            try:
                body = believed(frame, desk_keys, key_of(frame.device))
            except TooNew as error:
                if schema is not None and not may_upgrade(frame.device):
                    raise Forged("it is of a format this store does not have") from error
                raise
            if (body.store, body.epoch, body.seq, body.prev) != (store, head.epoch, slot.seq, head.hash):
                raise Forged("it does not follow the entry before it")
            if schema is not None and body.schema != schema:
                upgrade = len(body.transactions) == 1 and raised_to(body.transactions[0]) == body.schema
                if not (upgrade and body.schema > schema and may_upgrade(frame.device)):
                    raise Forged(f"it is made for schema {body.schema}, and the store has {schema}")
            if body.schema > program:
                raise TooNew("the shared log was upgraded; update Halldesk on this workstation")
            return Chosen(frame, body, tuple(passed))
        except Torn as error:
            damaged = True
            passed.append(f"{name} is damaged: {error}")
        except Forged as error:
            passed.append(f"{name} was refused: {error}")
        except (Sealed, TooNew) as error:
            return Stop(slot.seq, False, f"{error}", None, closed=True, too_new=isinstance(error, TooNew))
    free = SLOT_NAMES[len(passed)] if len(passed) < len(SLOT_NAMES) else None
    why = "; ".join(passed) or "the slot is empty"
    return Stop(slot.seq, damaged, why, free and slot_name(slot.seq, free), passed=tuple(passed))


def slot_name(seq: int, suffix: str) -> str:
    """The file name of one candidate of a slot."""
    return f"{seq:012d}{suffix}"


def believed(frame: Frame, desk_keys: Mapping[int, bytes], public_key: bytes | None) -> Body:
    """The body, once the signature is proven. Errors: Forged; Sealed and TooNew from known devices only."""
    if public_key is not None:
        frame.verify(public_key)
        return frame.open_body(desk_keys)
    try:
        body = frame.open_body(desk_keys)
    except (Sealed, TooNew) as error:
        raise Forged("its device is not known to this desk") from error
    frame.verify(_enrolled_here(body))
    return body


def _enrolled_here(body: Body) -> bytes:
    """The key of a device that this very entry enrols. Whether it was invited is for the fold. Errors: Forged."""
    for record in body.transactions:
        for change in record.rows if record.kind == "device.enrol" else ():
            key = change.values.get("public_key")
            if (change.table, change.row_id, change.op) == ("device", body.device, "i") and isinstance(key, bytes):
                return key
    raise Forged("its device is not known to this desk")
