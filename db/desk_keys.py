"""The desk keys of this device: which generations it can open, and where each of them comes from.

* Those it entered with came with its invitation, or were made at the founding. They lie in the replica, sealed under a
  key that is derived from the device's seed, and those it was given later with them.
* Later ones are rows of the log: each rotation wraps the new key for every device that is in force. They are opened
  when an entry asks for them, also inside one apply, where entry n brings the key that entry n + 1 is sealed with.

So the keyring keeps one secret of fixed length, however often the key is changed, and a device that was away for a
year finds every key it missed in the order in which it needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.errors import NotInvited, StorageError
from db.keys import DeviceSecret, open_desk_keys, proof_of, seal_desk_keys, unwrap_desk_key

if TYPE_CHECKING:
    from db.replica import Replica

FACT: Final = "desk_keys"
"""Under this key of the local `meta` table lie the keys this device entered with, sealed."""

Look = Callable[[int], tuple[bytes, bytes] | None]
"""generation -> (wrapped for this device, proof), as the log has it."""


class DeskKeys(Mapping[int, bytes]):
    """Generation -> key. What the log says of a generation counts; where it says nothing (a newcomer, a replica that
    begins anew), what is kept does."""

    def __init__(self, secret: DeviceSecret, store: bytes, look: Look, newest: Callable[[], int]) -> None:
        self._secret, self._store, self._look, self._newest = secret, store, look, newest
        self._kept = dict(secret.desk_keys)
        self._opened: dict[bytes, bytes] = {}

    def __getitem__(self, generation: int) -> bytes:
        found, kept = self._look(generation), self._kept.get(generation)
        if found is None:
            return self._kept[generation]
        wrapped, proof = found
        if kept is not None and proof_of(kept, self._store, generation) == proof:
            return kept
        # Looked up each time and kept by its wrapping: a rotation that was taken back gives its number to another one.
        if wrapped not in self._opened:
            try:
                key = unwrap_desk_key(wrapped, self._secret.seed, self._store, generation, self._secret.device)
            except NotInvited as error:
                raise KeyError(generation) from error
            if proof_of(key, self._store, generation) != proof:
                raise KeyError(generation)
            self._opened[wrapped] = key
        return self._opened[wrapped]

    def keep(self, keys: Mapping[int, bytes]) -> None:
        """These are kept from now on."""
        self._kept = dict(keys)

    @property
    def in_force(self) -> int:
        """The generation in force at the replica's head; 0 where it has read nothing yet."""
        return self._newest()

    def __iter__(self) -> Iterator[int]:
        newest = max(self._newest(), *self._kept)
        return (generation for generation in range(1, newest + 1) if self.get(generation) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def keep(replica: Replica, secret: DeviceSecret) -> None:
    """Keep the keys this device has in the replica: at its entering, when one was added, and before the rows go that
    have them, so that a replica that begins anew with a snapshot can open it."""
    keys = dict(secret.desk_keys)
    if isinstance(secret.desk_keys, DeskKeys):
        secret.desk_keys.keep(keys)
    replica.set_facts({FACT: seal_desk_keys(keys, secret.seed, replica.fact("store"))})


def with_desk_keys(secret: DeviceSecret, replica: Replica) -> DeviceSecret:
    """The same secret, with every desk key this device was ever given. Errors: StorageError when the replica keeps
    those of another device."""
    store, sealed = replica.fact("store"), replica.fact(FACT)
    try:
        kept = open_desk_keys(sealed, secret.seed, store) if sealed is not None else {}
    except NotInvited as error:
        raise StorageError(
            "The key in the keyring is not the one this profile was made with. Ask an administrator for an invitation "
            "for another workstation of yours and run `halldesk recover INVITATION`; what is not sent yet is kept."
        ) from error
    known = replace(secret, desk_keys={**kept, **secret.desk_keys})

    def newest() -> int:
        return replica.generation if replica.head.seq else 0

    keys = DeskKeys(known, store, lambda generation: replica.wrapped_key(secret.device, generation), newest)
    return replace(known, desk_keys=keys)
