"""Setting the desk back on purpose: an administrator opens a new epoch of the log.

A share that is restored from an old copy heals itself: whoever remembers the entries it lost puts them back. Where
going back is what is wanted (somebody closed a thousand cases by mistake), an administrator commits an *opening*: a
signed entry in slot 0 of the next epoch, which exactly one of many can take. It names the entry the desk goes on after
and that entry's hash; the next entry of the log follows the opening. Every workstation goes back to that entry, and
what came after it is kept there as lost (db.lost) but not sent again by itself.

An opening counts if its maker is an administrator in the state it goes back to, and if the log has the entry it names:
a share that was restored to before it may have gone on with another one. Of several the first that counts is followed.
Besides, no workstation follows somebody it knows to have been removed since.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from db.capture import TxRecord
from db.entry import Body, Forged, Sealed, TooNew, Torn, build, parse
from db.ids import new_id
from db.keys import DeviceSecret
from db.log import Head, SharedLog
from db.slots import read_slot

_log = logging.getLogger(__name__)

KIND: Final = "epoch.open"


@dataclass(frozen=True)
class Opening:
    """An opening whose frame is whole and whose seal is ours; its signature is not proven by that. The epoch goes on
    after entry `seq` with hash `before`, under desk key `generation`. `at`: ms UTC, the maker's clock."""

    epoch: int
    seq: int
    before: bytes
    device: bytes
    author: bytes
    at: int
    generation: int
    raw: bytes

    @property
    def head(self) -> Head:
        """What the next entry follows."""
        return Head(self.epoch, self.seq, hashlib.sha256(self.raw).digest())

    def signed_by(self, public_key: bytes) -> bool:
        """Whether this key signed it."""
        try:
            parse(self.raw).verify(public_key)
        except Forged:
            return False
        return True


def read(raw: bytes, epoch: int, store: bytes, desk_keys: Mapping[int, bytes]) -> Opening | str:
    """The opening of `epoch`, or why these bytes are none."""
    try:
        frame = parse(raw)
        body = frame.open_body(desk_keys)
    except (Torn, Forged, Sealed, TooNew) as error:
        return str(error)
    if (body.store, body.epoch) != (store, epoch) or [t.kind for t in body.transactions] != [KIND]:
        return "it is no opening of this epoch"
    return Opening(epoch, body.seq, body.prev, body.device, body.author, body.at, frame.generation, raw)


def openings(log: SharedLog, epoch: int, store: bytes, desk_keys: Mapping[int, bytes]) -> Iterator[Opening]:
    """The openings of an epoch that lie in the store, in the order they count. Errors: StoreUnreachable."""
    for raw in read_slot(log, epoch, 0):
        found = read(raw, epoch, store, desk_keys)
        if isinstance(found, Opening):
            yield found
        else:
            _log.info("something in the place of an opening of epoch %d was passed over: %s", epoch, found)


def make(
    place: Head, secret: DeviceSecret, *, store: bytes, author: bytes, at: int, schema: int, incarnation: bytes,
    generation: int,
) -> bytes:  # fmt: skip
    """The bytes of an opening that goes on after `place`, an entry of the epoch before. `generation`: the desk key in
    force there, which everybody has who is of the desk then."""
    record = TxRecord(new_id(), KIND, at, author, None, (), ())
    body = Body(
        schema=schema, store=store, epoch=place.epoch + 1, seq=place.seq, prev=place.hash, device=secret.device,
        counter=0, incarnation=incarnation, author=author, at=at, transactions=(record,),
    )  # fmt: skip
    return build(body, secret.signer, generation, secret.desk_keys[generation])
