"""Files beside the log that only the desk can read: sealed with the desk key, and signed where somebody stands for
them.

    magic "HDS1" | what it is (1) | key generation u16 | device (16) | nonce (12) | sealed | signature (64, if signed)

The one byte says what a file is, so that none can be taken for another kind; the signature is made over a text of its
own, so that none can be taken for an entry of the log. A chunk is bound to its place by `bound`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final, cast

import msgpack
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from db.keys import DeviceSecret
from db.state import Unusable

_MAGIC: Final = b"HDS1"
_HEAD: Final = len(_MAGIC) + 1 + 2 + 16
_SIGNATURE: Final = 64


def seal(secret: DeviceSecret, what: bytes, fields: list[Any]) -> bytes:
    """A signed file. `what`: one byte."""
    body = seal_chunk(secret, cast(bytes, msgpack.packb(fields)), b"", what)
    return body + secret.signer.sign(_signed(body))


def unseal(desk_keys: Mapping[int, bytes], what: bytes, data: bytes) -> tuple[bytes, list[Any]]:
    """The device a signed file names, and its fields; the signature is not proven by that. Errors: Unusable."""
    packed = unseal_chunk(desk_keys, data[:-_SIGNATURE], b"", what)
    try:
        return data[_HEAD - 16 : _HEAD], list(msgpack.unpackb(packed, strict_map_key=False))
    except (ValueError, TypeError, msgpack.UnpackException) as error:
        raise Unusable("it is not well-formed") from error


def verify(data: bytes, public_key: bytes) -> None:
    """Errors: Unusable when a signed file was not signed with this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(data[-_SIGNATURE:], _signed(data[:-_SIGNATURE]))
    except (InvalidSignature, ValueError) as error:
        raise Unusable("its signature is not of the device it names") from error


def seal_chunk(secret: DeviceSecret, data: bytes, bound: bytes, what: bytes = b"z") -> bytes:
    """A file that is not signed, because a signed one names its hash."""
    head = _MAGIC + what + secret.generation.to_bytes(2, "little") + secret.device
    nonce = secrets.token_bytes(12)
    return head + nonce + ChaCha20Poly1305(secret.desk_keys[secret.generation]).encrypt(nonce, data, head + bound)


def unseal_chunk(desk_keys: Mapping[int, bytes], data: bytes, bound: bytes, what: bytes = b"z") -> bytes:
    """Errors: Unusable."""
    head = data[:_HEAD]
    if len(head) < _HEAD or not head.startswith(_MAGIC + what):
        raise Unusable("it is no file of this kind")
    generation = sealed_with(head)
    key = desk_keys.get(generation)
    if key is None:
        raise Unusable(f"it is sealed with desk key {generation}, which is not on this device")
    try:
        return ChaCha20Poly1305(key).decrypt(data[_HEAD : _HEAD + 12], data[_HEAD + 12 :], head + bound)
    except (InvalidTag, ValueError) as error:
        raise Unusable("it is sealed with another key or altered") from error


def sealed_with(data: bytes) -> int:
    """The desk key a file says it is sealed with."""
    return int.from_bytes(data[len(_MAGIC) + 1 : len(_MAGIC) + 3], "little")


def _signed(body: bytes) -> bytes:
    return b"halldesk file" + body
