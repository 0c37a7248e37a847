"""Entries that no honest program writes: made by hand, signed by whoever the test says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.capture import RowChange, TxRecord
from db.entry import Body, build
from db.ids import new_id
from db.keys import DeviceSecret
from tests.sync.memory_log import MemoryStore
from tests.sync.stations import Station


def record(kind: str, *changes: RowChange, author: bytes | None = None, **more: Any) -> TxRecord:
    """A transaction that went through no builder."""
    return TxRecord(new_id(), kind, 0, author, None, more.get("preconditions", ()), changes, more.get("extra", {}))


def entry(after: Station, signer: DeviceSecret, records: Sequence[TxRecord], **changed: Any) -> bytes:
    """The bytes of an entry that follows `after`'s head, signed by `signer`; `changed`: fields of the body."""
    head = after.replica.head
    body = Body(
        schema=1, store=after.replica.fact("store"), epoch=head.epoch, seq=head.seq + 1, prev=head.hash,
        device=signer.device, counter=99, incarnation=after.replica.fact("incarnation"), author=after.analyst,
        at=after.clock(), transactions=tuple(records),
    )  # fmt: skip
    generation = signer.generation
    return build(replace(body, **changed), signer.signer, generation, signer.desk_keys[generation])


def plant(store: MemoryStore, seq: int, suffix: str, raw: bytes) -> None:
    """Put bytes into the store as anybody who can write to the drive may."""
    store.files[1, seq, f"{seq:012d}{suffix}"] = raw
