"""One entry of the shared log, as bytes.

    magic "HDE1" | flags u8 | key generation u16 | length u32 | crc32 u32 | body | Ed25519 signature (64)

The body is msgpack, compressed (zstandard) and then sealed (ChaCha20-Poly1305 under the desk key, a fresh 12-byte
nonce in front). The crc tells a torn file from a forged one; the signature covers everything before it. An entry
names the SHA-256 of the previous entry's bytes, so the log is a chain and its head stands for all of it.

Reading is in steps, because who may sign is part of the state: `parse` checks the frame, `open_body` unseals,
`Body.verify` is called by the chain with the public key that the state names for the device.
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

MAGIC: Final = b"HDE1"
FORMAT: Final = 1
_HEAD: Final = struct.Struct("<4sBHII")
_SIGNATURE: Final = 64
_COMPRESSED, _SEALED = 1, 2
MAX_ENTRY: Final = 32 * 1024 * 1024
"""No honest entry comes near: a batch is 256 kB, one import step about 1 MB."""
EMPTY_HASH: Final = b"\0" * 32


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
        """Errors: Forged when it is not a body this program knows."""
        try:
            (form, schema, store, epoch, seq, prev, device, counter, inc, author, at, txs, digest) = msgpack.unpackb(data)
            if form != FORMAT:
                raise TooNew(f"the shared log uses format {form}; update Halldesk on this workstation")
            records = tuple(TxRecord.from_plain(t) for t in txs)
            return Body(schema, store, epoch, seq, prev, device, counter, inc, author, at, records, digest)
        except (ValueError, TypeError, msgpack.UnpackException) as error:
            if isinstance(error, Forged | TooNew):
                raise
            raise Forged(f"not a log entry: {error}") from error


@dataclass(frozen=True)
class Frame:
    """An entry whose frame is whole; nothing in it is believed yet."""

    raw: bytes
    flags: int
    generation: int
    payload: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of the file's bytes, what the next entry names as `prev`."""
        return hashlib.sha256(self.raw).digest()

    def open_body(self, desk_keys: Mapping[int, bytes]) -> Body:
        """Unseal and unpack. Errors: Forged, Sealed, TooNew."""
        data = self.payload
        if self.flags & _SEALED:
            key = desk_keys.get(self.generation)
            if key is None:
                raise Sealed(f"desk key {self.generation} is not on this device; ask an administrator whether it was removed")
            try:
                data = ChaCha20Poly1305(key).decrypt(data[:12], data[12:], self.raw[: _HEAD.size - 8])
            except InvalidTag as error:
                raise Forged("sealed with another key or altered") from error
        if self.flags & _COMPRESSED:
            try:
                data = zstandard.ZstdDecompressor().decompress(data, max_output_size=16 * MAX_ENTRY)
            except zstandard.ZstdError as error:
                raise Forged(f"can't be decompressed: {error}") from error
        return Body.unpack(data)

    def verify(self, public_key: bytes) -> None:
        """Errors: Forged when the signature is not of this key."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.raw[-_SIGNATURE:], self.raw[:-_SIGNATURE])
        except (InvalidSignature, ValueError) as error:
            raise Forged("the signature is not of the device it names") from error


def parse(raw: bytes) -> Frame:
    """Check magic, length and crc. Errors: Torn."""
    if len(raw) < _HEAD.size + _SIGNATURE:
        raise Torn(f"only {len(raw)} bytes")
    magic, flags, generation, length, crc = _HEAD.unpack_from(raw)
    if magic != MAGIC or length != len(raw) - _HEAD.size - _SIGNATURE or length > MAX_ENTRY:
        raise Torn("head or length is wrong")
    payload = raw[_HEAD.size : _HEAD.size + length]
    if zlib.crc32(payload) != crc:
        raise Torn("checksum is wrong")
    return Frame(raw, flags, generation, payload)


def build(body: Body, signer: Ed25519PrivateKey, generation: int, desk_key: bytes) -> bytes:
    """The bytes of an entry: compressed, sealed under `desk_key`, signed."""
    data = zstandard.ZstdCompressor(level=3).compress(body.pack())
    flags = _COMPRESSED | _SEALED
    start = _HEAD.pack(MAGIC, flags, generation, 0, 0)[: _HEAD.size - 8]
    nonce = secrets.token_bytes(12)
    payload = nonce + ChaCha20Poly1305(desk_key).encrypt(nonce, data, start)
    framed = _HEAD.pack(MAGIC, flags, generation, len(payload), zlib.crc32(payload)) + payload
    return framed + signer.sign(framed)
