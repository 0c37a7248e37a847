"""Keys: who may write (device keys), who may read (desk key), and how somebody new gets both (invitations).

* The root key signs the store's card and entry 1. It is kept by the founding device only.
* A device signs with its Ed25519 key; its public half is a row of the shared `device` table.
* The desk key seals entries. It has generations, because revoking a device replaces it; each is wrapped for the devices
  that may go on (HPKE, RFC 9180, to an X25519 key derived from the device's seed). db.desk_keys keeps them together.
* An invitation is one line of text. It carries a one-time enrolment key; the desk keys wait on the store, sealed to
  that key. Joining signs the new device's key with the enrolment key, and the log takes that once.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

import msgpack
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import NotInvited

_PREFIX: Final = "halldesk1:"


class KeyStore(Protocol):
    """Where secrets live (the OS keyring, or a file the user asked for). Names are short ASCII."""

    def get(self, name: str) -> bytes | None: ...

    def set(self, name: str, secret: bytes) -> None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True)
class DeviceSecret:
    """Everything secret this device holds for one store. What the key store keeps of it has a fixed length, far under
    Windows' 1,280 characters: the desk keys lie elsewhere (db.desk_keys)."""

    device: bytes
    seed: bytes = field(repr=False)
    desk_keys: Mapping[int, bytes] = field(repr=False)
    root_seed: bytes | None = field(default=None, repr=False)

    @property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def generation(self) -> int:
        """The desk key in force, as far as this device knows. Not always the newest it has: a desk that was set back to
        before a change of the key has the older one again."""
        return in_force(self.desk_keys)

    @property
    def public_key(self) -> bytes:
        return public_half(self.seed)

    @property
    def sealing_key(self) -> bytes:
        """The X25519 public key (32 bytes) that desk keys are wrapped for; a row of the shared `device` table."""
        return sealing_half(self.seed)

    def pack(self) -> bytes:
        """msgpack for the key store, without the desk keys."""
        return cast(bytes, msgpack.packb([self.device, self.seed, self.root_seed]))

    @staticmethod
    def unpack(data: bytes) -> DeviceSecret:
        """The inverse of `pack`; no desk key is known yet."""
        device, seed, root = msgpack.unpackb(data)
        return DeviceSecret(device, seed, {}, root)


def in_force(desk_keys: Mapping[int, bytes]) -> int:
    """The generation in force: what the keys' source knows of it (db.desk_keys), else the newest; so too on a device
    that was not given the one in force."""
    known = getattr(desk_keys, "in_force", 0)
    return known if known in desk_keys else max(desk_keys)


def new_seed() -> bytes:
    """32 random bytes: a private key, or a desk key."""
    return secrets.token_bytes(32)


def public_half(seed: bytes) -> bytes:
    """The Ed25519 public key (32 bytes) of a private seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _opener(seed: bytes) -> X25519PrivateKey:
    """The device's own decryption key: derived from its seed, so that the keyring keeps one secret, and apart from the
    signing key, which is the seed itself."""
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, salt=None, info=b"halldesk device").derive(seed))


def sealing_half(seed: bytes) -> bytes:
    """The X25519 public key (32 bytes) of a device's seed."""
    return _opener(seed).public_key().public_bytes_raw()


# -- desk keys, wrapped for one device --------------------------------------------------------------------------------
_WRAP: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def _wrapped_for(store: bytes, generation: int, device: bytes) -> bytes:
    """What a wrapped key is bound to: it opens for nothing else."""
    return cast(bytes, msgpack.packb(["halldesk desk key", store, generation, device]))


def wrap_desk_key(key: bytes, sealing_key: bytes, store: bytes, generation: int, device: bytes) -> bytes:
    """A desk key as only this device can open it. `sealing_key`: its X25519 public key. Errors: ValueError when that
    is none."""
    public = X25519PublicKey.from_public_bytes(sealing_key)
    return bytes(_WRAP.encrypt(key, public, _wrapped_for(store, generation, device)))


def unwrap_desk_key(wrapped: bytes, seed: bytes, store: bytes, generation: int, device: bytes) -> bytes:
    """The inverse, with the device's seed. Errors: NotInvited."""
    try:
        return bytes(_WRAP.decrypt(wrapped, _opener(seed), _wrapped_for(store, generation, device)))
    except (InvalidTag, ValueError) as error:
        raise NotInvited("This copy of the desk key is not for this device.") from error


def proof_of(key: bytes, store: bytes, generation: int) -> bytes:
    """What everybody may know of a desk key: who was given another one under its number finds out."""
    return hashlib.sha256(b"halldesk desk key proof\0" + store + generation.to_bytes(4, "big") + key).digest()


@dataclass(frozen=True)
class StoreCard:
    """`hd/store.msg`: which store this is. Signed by the root key it names."""

    store: bytes
    name: str
    root_key: bytes
    format: int = 1

    def pack(self, root_seed: bytes) -> bytes:
        """The signed bytes."""
        body = cast(bytes, msgpack.packb([self.format, self.store, self.name, self.root_key]))
        return cast(bytes, msgpack.packb([body, Ed25519PrivateKey.from_private_bytes(root_seed).sign(body)]))

    @staticmethod
    def unpack(data: bytes) -> StoreCard:
        """Errors: NotInvited when it is not a Halldesk store, or its signature is wrong."""
        try:
            body, signature = msgpack.unpackb(data)
            form, store, name, root = msgpack.unpackb(body)
            Ed25519PublicKey.from_public_bytes(root).verify(signature, body)
        except (ValueError, TypeError, InvalidSignature, msgpack.UnpackException) as error:
            raise NotInvited("This place holds no Halldesk store, or its card is damaged; check the path.") from error
        return StoreCard(store, name, root, form)


@dataclass(frozen=True)
class InvitationText:
    """What is inside the one line somebody is sent."""

    where: str
    store: bytes
    root_key: bytes
    invitation: bytes
    enrol_seed: bytes = field(repr=False)
    name: str
    expires_at: int

    def encode(self) -> str:
        """The line: `halldesk1:...` (URL-safe base64 with a checksum against mistyping)."""
        body = msgpack.packb([self.where, self.store, self.root_key, self.invitation, self.enrol_seed, self.name,
                              self.expires_at])  # fmt: skip
        return _PREFIX + base64.urlsafe_b64encode(body + _check(body)).decode().rstrip("=")

    @staticmethod
    def decode(text: str) -> InvitationText:
        """Errors: NotInvited when the line is not whole."""
        compact = "".join(text.split())
        try:
            if not compact.startswith(_PREFIX):
                raise ValueError("no prefix")
            coded = compact[len(_PREFIX) :]
            data = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
            body, check = data[:-4], data[-4:]
            if _check(body) != check:
                raise ValueError("checksum")
            return InvitationText(*msgpack.unpackb(body))
        except (ValueError, TypeError, msgpack.UnpackException) as error:
            raise NotInvited(
                "That is not a whole invitation; copy the complete line that starts with halldesk1:"
            ) from error


def _check(data: bytes) -> bytes:
    """The first four bytes of SHA-256: enough to catch a line that lost characters."""
    return hashlib.sha256(data).digest()[:4]


def _sealing_key(enrol_seed: bytes, store: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=store, info=b"halldesk invitation").derive(enrol_seed)


def seal_desk_keys(desk_keys: Mapping[int, bytes], enrol_seed: bytes, store: bytes) -> bytes:
    """The desk keys as only the holder of the invitation can read them."""
    nonce = secrets.token_bytes(12)
    return nonce + ChaCha20Poly1305(_sealing_key(enrol_seed, store)).encrypt(
        nonce, msgpack.packb(dict(desk_keys)), store
    )


def open_desk_keys(sealed: bytes, enrol_seed: bytes, store: bytes) -> dict[int, bytes]:
    """Errors: NotInvited."""
    try:
        data = ChaCha20Poly1305(_sealing_key(enrol_seed, store)).decrypt(sealed[:12], sealed[12:], store)
        return dict(cast("dict[int, bytes]", msgpack.unpackb(data, strict_map_key=False)))
    except (InvalidTag, ValueError, msgpack.UnpackException) as error:
        raise NotInvited("The invitation does not fit this store; ask for a new one.") from error


def enrolment_message(store: bytes, invitation: bytes, device: bytes, public_key: bytes, analyst: bytes) -> bytes:
    """What the enrolment key signs: exactly this device for exactly this invitation."""
    return cast(bytes, msgpack.packb(["halldesk enrol", store, invitation, device, public_key, analyst]))


def sign_enrolment(enrol_seed: bytes, message: bytes) -> bytes:
    """The proof that travels in the enrolment transaction."""
    return Ed25519PrivateKey.from_private_bytes(enrol_seed).sign(message)


def appointment_message(store: bytes, tx_id: bytes, analyst: bytes) -> bytes:
    """What the root key signs to make somebody an administrator: this analyst, by this transaction, once."""
    return cast(bytes, msgpack.packb(["halldesk appoint", store, tx_id, analyst]))


def proves_enrolment(enrol_key: bytes, message: bytes, proof: Any) -> bool:
    """True when `proof` was made with the private half of `enrol_key`."""
    if not isinstance(proof, bytes):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(enrol_key).verify(proof, message)
    except (InvalidSignature, ValueError):
        return False
    return True
