"""One entry of the shared log, as bytes.

    magic "HDE1" | flags u8 | key generation u16 | device (16) | length u32 | crc32 u32 | body | Ed25519 signature (64)

The body is msgpack, compressed (zstandard) and then sealed (ChaCha20-Poly1305 under the desk key, a fresh 12-byte
nonce in front). The crc is over everything but itself and tells a torn file from a forged one; the signature is over
the head and the body. The device stands outside the seal, so that who signed is known before anything inside is
believed, even where the desk key is missing. An entry names the SHA-256 of the previous entry's bytes, so the log is
a chain and its head stands for all of it.

Reading is in steps, because who may sign is part of the state: `parse` checks the frame, `Frame.verify` is called by
the chain (db.chain) with the public key that the state names for the device, `open_body` unseals.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import msgpack
import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from db.capture import TxRecord
from db.log import MAX_ENTRY

MAGIC: Final = b"HDE1"
FORMAT: Final = 1
_HEAD: Final = struct.Struct("<4sBH16sI")
HEAD_BYTES: Final = _HEAD.size
"""So many bytes of an entry say whose it claims to be."""
_CRC: Final = struct.Struct("<I")
_START: Final = _HEAD.size + _CRC.size
_SEALED_ALONG: Final = _HEAD.size - 4
"""What the seal covers besides the body: the head up to the length."""
_DEVICE: Final = slice(_SEALED_ALONG - 16, _SEALED_ALONG)
_SIGNATURE: Final = 64
_COMPRESSED, _SEALED = 1, 2
OVERHEAD: Final = _START + _SIGNATURE
_MAX_BODY: Final = 16 * MAX_ENTRY
EMPTY_HASH: Final = b"\0" * 32
MOST: Final = 2**63 - 1
"""The largest number that SQLite and msgpack both keep."""


class Torn(ValueError):
    """The bytes are not a whole entry: truncated, zeroed or altered in transit."""


class Forged(ValueError):
    """A whole frame that was not made by who it says."""


class Sealed(ValueError):
    """Made with a desk key this device was never given: it was removed from the desk, or has not been told yet."""


class TooNew(ValueError):
    """Made by a program whose format this one does not know. Nothing after it may be read."""


@dataclass(frozen=True)
class Body:
    """What an entry says. `counter` counts the device's entries; `incarnation` tells two copies of one profile
    apart."""

    schema: int
    store: bytes
    epoch: int
    seq: int
    prev: bytes
    device: bytes
    counter: int
    incarnation: bytes
    author: bytes
    at: int
    transactions: tuple[TxRecord, ...]
    digest: bytes | None = None
    """State digest before this entry, every 256th time."""

    def pack(self) -> bytes:
        """msgpack of the body."""
        return cast(
            bytes,
            msgpack.packb([
                FORMAT, self.schema, self.store, self.epoch, self.seq, self.prev, self.device, self.counter,
                self.incarnation, self.author, self.at, [t.plain() for t in self.transactions], self.digest,
            ]),
        )  # fmt: skip

    @staticmethod
    def unpack(data: bytes) -> Body:
        """Errors: Forged when it is not a body, TooNew when it is one of a format this program does not know."""
        try:
            form, *rest = msgpack.unpackb(data)
            if type(form) is not int or form < FORMAT:
                raise Forged("not a log entry: it names no format")
            if form != FORMAT:
                raise TooNew(f"the shared log uses format {form}; update Halldesk on this workstation")
            schema, store, epoch, seq, prev, device, counter, incarnation, author, at, txs, digest = rest
            numbers = (schema, epoch, seq, counter, at)
            names = (store, prev, device, incarnation, author, b"" if digest is None else digest)
            if not all(type(n) is int for n in numbers) or not all(type(n) is bytes for n in names):
                raise Forged("not a log entry: a field is of the wrong kind")
            if not all(0 <= n <= MOST for n in (schema, epoch, seq, counter)) or not -MOST <= at <= MOST:
                raise Forged("not a log entry: a number is out of range")
            if type(txs) is not list:
                raise Forged("not a log entry: it has no list of transactions")
            records = tuple(TxRecord.from_plain(t) for t in txs)
        except (Forged, TooNew):
            raise
        except (ValueError, TypeError, msgpack.UnpackException) as error:
            raise Forged(f"not a log entry: {error}") from error
        return Body(schema, store, epoch, seq, prev, device, counter, incarnation, author, at, records, digest)


@dataclass(frozen=True)
class Frame:
    """An entry whose frame is whole; nothing in it is believed yet. `device`: who claims to have signed it."""

    raw: bytes
    flags: int
    generation: int
    device: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of the file's bytes, what the next entry names as `prev`."""
        return hashlib.sha256(self.raw).digest()

    def verify(self, public_key: bytes) -> None:
        """Errors: Forged when the signature is not of this key."""
        signed = self.raw[: _HEAD.size] + self.raw[_START:-_SIGNATURE]
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.raw[-_SIGNATURE:], signed)
        except (InvalidSignature, ValueError) as error:
            raise Forged("the signature is not of the device it names") from error

    def open_body(self, desk_keys: Mapping[int, bytes]) -> Body:
        """Unseal and unpack. Errors: Forged, Sealed, TooNew."""
        if self.flags != _COMPRESSED | _SEALED:
            raise Forged("it is not sealed for this desk")
        key = desk_keys.get(self.generation)
        if key is None:
            raise Sealed(
                f"desk key {self.generation} is not on this device; ask an administrator whether it was removed"
            )
        nonce, sealed = self.raw[_START : _START + 12], self.raw[_START + 12 : -_SIGNATURE]
        try:
            packed = ChaCha20Poly1305(key).decrypt(nonce, sealed, self.raw[:_SEALED_ALONG])
        except (InvalidTag, ValueError) as error:
            raise Forged("sealed with another key or altered") from error
        body = Body.unpack(_unpressed(packed))
        if body.device != self.device:
            raise Forged("its frame and its body name different devices")
        return body


def parse(raw: bytes) -> Frame:
    """Check magic, length and crc. Errors: Torn."""
    if len(raw) < OVERHEAD:
        raise Torn(f"only {len(raw)} bytes")
    magic, flags, generation, device, length = _HEAD.unpack_from(raw)
    if magic != MAGIC or length != len(raw) - OVERHEAD or length > MAX_ENTRY:
        raise Torn("head or length is wrong")
    (crc,) = _CRC.unpack_from(raw, _HEAD.size)
    if _crc(raw[: _HEAD.size], raw[_START:]) != crc:
        raise Torn("checksum is wrong")
    return Frame(raw, flags, generation, device)


def claimed_device(raw: bytes) -> bytes:
    """Whose entry these bytes say they are, however damaged; to name it to people, never to believe it."""
    return raw[_DEVICE]


def build(body: Body, signer: Ed25519PrivateKey, generation: int, desk_key: bytes) -> bytes:
    """The bytes of an entry: compressed, sealed under `desk_key`, signed."""
    packed = zstandard.ZstdCompressor(level=3).compress(body.pack())
    return seal(packed, body.device, signer, generation, desk_key)


def seal(packed: bytes, device: bytes, signer: Ed25519PrivateKey, generation: int, desk_key: bytes) -> bytes:
    """The frame around a compressed body."""
    nonce = secrets.token_bytes(12)
    length = len(packed) + 12 + 16
    head = _HEAD.pack(MAGIC, _COMPRESSED | _SEALED, generation, device, length)
    payload = nonce + ChaCha20Poly1305(desk_key).encrypt(nonce, packed, head[:_SEALED_ALONG])
    rest = payload + signer.sign(head + payload)
    return head + _CRC.pack(_crc(head, rest)) + rest


def _unpressed(packed: bytes) -> bytes:
    """Errors: Forged, also for a size that only an attack would claim (it is allocated before anything is read)."""
    try:
        if not 0 <= zstandard.frame_content_size(packed) <= _MAX_BODY:
            raise Forged("it claims to be larger than any entry")
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError as error:
        raise Forged(f"can't be decompressed: {error}") from error


def _crc(head: bytes, rest: bytes) -> int:
    return zlib.crc32(rest, zlib.crc32(head))
