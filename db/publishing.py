"""Putting pending transactions into the log: the entry after the head, built, signed, checked, published, noted here.

Nobody publishes what he would not take himself. What was won is confirmed in the replica at once; should that fail, the
entry comes back as news.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.capture import TxRecord
from db.chain import Slot, Stop, slot_name
from db.entry import MOST, Body, build, parse
from db.errors import StorageError
from db.keys import DeviceSecret
from db.log import SLOT_NAMES, Head, Put, SharedLog
from db.replica import Replica
from db.upgrades import raised_to

DIGEST_EVERY: Final = 256


class _Signer:
    """A private key and the public key that proves it."""

    def __init__(self, seed: bytes) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.key.public_key().public_bytes_raw()


class Publisher:
    """Publishes for one replica. `clock`: ms UTC."""

    def __init__(self, replica: Replica, log: SharedLog, secret: DeviceSecret, clock: Callable[[], int]) -> None:
        self.replica, self.log, self._secret, self._clock = replica, log, secret, clock
        self._own_signer: _Signer | None = None
        self.takes = 0.005
        """Seconds of the last publish."""

    def put(self, stop: Stop | None, records: Sequence[TxRecord]) -> Head | None:
        """Try to put these transactions after the head; returns the new head (None: somebody was first, or there was
        no clear answer)."""
        facts = self.replica.facts()
        head = Head(*facts["head"])
        seq = head.seq + 1
        name = stop.next_name if stop is not None and stop.seq == seq else None
        if not records:
            return None
        body = Body(
            schema=next(filter(None, map(raised_to, records)), self.replica.schema),
            store=facts["store"],
            epoch=head.epoch,
            seq=seq,
            prev=head.hash,
            device=self._secret.device,
            counter=min(facts["counter"] + 1, MOST),
            incarnation=facts["incarnation"],
            author=facts["analyst"],
            at=self._clock(),
            transactions=tuple(records),
            digest=facts["digest"] if seq % DIGEST_EVERY == 0 else None,
        )
        generation = facts["generation"]
        key = self._secret.desk_keys.get(generation)
        if key is None:
            raise StorageError(
                f"Desk key {generation} is not on this device: ask an administrator for a new invitation."
            )
        raw = build(body, self._signer(seq).key, generation, key)
        self._must_be_acceptable(seq, raw, upgrades=body.schema != self.replica.schema)
        begun = time.monotonic()
        if self.log.put(head.epoch, seq, name or slot_name(seq, SLOT_NAMES[0]), raw) is not Put.WON:
            return None
        self.takes = time.monotonic() - begun
        frame = parse(raw)
        # Whether an enrolment is lawful only the fold knows: such an entry is taken as news.
        published = Head(head.epoch, seq, frame.hash)
        if not any(record.kind == "device.enrol" for record in records):
            self.replica.confirm(frame, body)
        self.log.announce(published)
        return published

    def _signer(self, seq: int) -> _Signer:
        """The device's key, made ready once; for entry 1 the root key."""
        if seq == 1:
            if self._secret.root_seed is None:
                raise StorageError("The store is empty, but this device did not found it; ask who did.")
            return _Signer(self._secret.root_seed)
        if self._own_signer is None:
            self._own_signer = _Signer(self._secret.seed)
        return self._own_signer

    def _must_be_acceptable(self, seq: int, raw: bytes, *, upgrades: bool) -> None:
        """Nobody publishes what he would not take himself: with a wrong key it would only fill the slot's names."""
        signer = self._signer(seq)
        known = self.replica.signing_key(seq, self._secret.device) == signer.public
        if known and not upgrades:
            return
        mine = self.replica.choose(Slot(seq, ((slot_name(seq, SLOT_NAMES[0]), raw),)), self._secret.desk_keys)
        if isinstance(mine, Stop):
            raise StorageError(
                f"This workstation can't write to the shared log ({mine.why}). Your work is kept here; "
                "ask an administrator for a new invitation."
            )
