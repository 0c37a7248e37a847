"""Contents of attachments on the shared store, as sealed chunks that say nothing to who was not invited.

A content is cut in chunks of 4 MiB; each is known by the SHA-256 of its plain bytes, which stands in the attachment's
row and so inside the sealed log. On the store a chunk lies under a *keyed* hash of that, made with the desk key it is
sealed with: equal chunks meet under one name, but who lacks the key can't ask the drive whether it holds a file he
knows. After a rotation new chunks get names that a removed device can't compute; older ones are found under the names
of the older keys.

    magic "HDB1" | flags u8 | key generation u16 | nonce (12) | ChaCha20-Poly1305(maybe zstandard(plain))

The seal covers the head and the chunk's hash, so a chunk that was put under another's name does not open. Nothing is
believed before its hash is right. What is damaged or missing is *asked for* (`ask`): a side file of kind `want` with
the chunk's name, that any workstation with the chunk answers (`answer`) by putting it back.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.chunks import CHUNK, ChunkFolder
from db.errors import StorageError
from db.log import SharedLog

_log = logging.getLogger(__name__)

KIND: Final = "blob"
WANTED: Final = "want"
MAGIC: Final = b"HDB1"
_HEAD: Final = struct.Struct("<4sBH12s")
_COMPRESSED: Final = 1
PRINT: Final = _HEAD.size
"""Bytes in which two sealings of one chunk differ: the head with its nonce."""


class ChunkMissing(StorageError):
    """The store has no whole copy of a chunk. Whoever has it was asked to put it back."""


class ChunkDamaged(ValueError):
    """The bytes under a chunk's name are not that chunk."""


def chunk_name(digest: bytes, desk_key: bytes) -> str:
    """The name of a chunk on the store: 64 hexadecimal digits."""
    key = HKDF(SHA256(), 32, salt=None, info=b"halldesk chunk name").derive(desk_key)
    return hmac.new(key, digest, hashlib.sha256).hexdigest()


def seal_chunk(plain: bytes, generation: int, desk_key: bytes) -> bytes:
    """The bytes for the store; sealed twice they differ."""
    pressed = zstandard.ZstdCompressor(level=1).compress(plain)
    flags, body = (_COMPRESSED, pressed) if len(pressed) < len(plain) else (0, plain)
    nonce = secrets.token_bytes(12)
    head = _HEAD.pack(MAGIC, flags, generation, nonce)
    digest = hashlib.sha256(plain).digest()
    return head + ChaCha20Poly1305(desk_key).encrypt(nonce, body, head + digest)


def open_chunk(raw: bytes, digest: bytes, desk_keys: Mapping[int, bytes]) -> bytes:
    """The plain chunk. Errors: ChunkDamaged when it is not exactly the chunk of this hash."""
    if len(raw) < PRINT or not raw.startswith(MAGIC):
        raise ChunkDamaged("it is no chunk, or torn")
    _magic, flags, generation, nonce = _HEAD.unpack_from(raw)
    key = desk_keys.get(generation)
    if key is None:
        raise ChunkDamaged(f"it is sealed with desk key {generation}, which is not on this device")
    try:
        plain = ChaCha20Poly1305(key).decrypt(nonce, raw[PRINT:], raw[:PRINT] + digest)
        if flags & _COMPRESSED:
            if not 0 <= zstandard.frame_content_size(plain) <= CHUNK:
                raise ChunkDamaged("it claims to be larger than any chunk")
            plain = zstandard.ZstdDecompressor().decompress(plain)
    except (InvalidTag, ValueError, zstandard.ZstdError) as error:
        raise ChunkDamaged("it was altered") from error
    if hashlib.sha256(plain).digest() != digest:
        raise ChunkDamaged("its content is another than its name says")
    return plain


class ChunkStore:
    """The chunks of one store, for one round or one download."""

    def __init__(self, log: SharedLog, desk_keys: Mapping[int, bytes]) -> None:
        self._log, self._keys = log, desk_keys

    def names(self, digest: bytes) -> Iterator[tuple[int, str]]:
        """(key generation, name) under which a chunk may lie, newest first."""
        for generation in sorted(self._keys, reverse=True):
            yield generation, chunk_name(digest, self._keys[generation])

    def get(self, digest: bytes) -> bytes | None:
        """The plain chunk; None when no whole copy is there. Errors: StorageError of the store."""
        found = self._find(digest)
        return None if found is None else found[1]

    def _find(self, digest: bytes) -> tuple[int, bytes] | None:
        for generation, name in self.names(digest):
            raw = self._log.get_side(KIND, name)
            if raw is None:
                continue
            try:
                return generation, open_chunk(raw, digest, self._keys)
            except ChunkDamaged as error:
                _log.info("chunk %s was not taken: %s", name, error)
        return None

    def put(self, digest: bytes, plain: bytes, *, renew: bool = False) -> bool:
        """Make sure that the store has it whole; True when it was already there.

        `renew`: a copy that was there is sealed anew, so that a collection that has marked it lets it live (see
        db.collection). Errors: StorageError of the store.
        """
        generation, name = next(iter(self.names(digest)))
        sealed = seal_chunk(plain, generation, self._keys[generation])
        raw = self._log.get_side(KIND, name)
        if raw is None:
            if self._log.take_side(KIND, name, sealed):
                return False
            raw = self._log.get_side(KIND, name)
        try:
            whole = raw is not None and open_chunk(raw, digest, self._keys) == plain
        except ChunkDamaged as error:
            _log.info("chunk %s is put back: %s", name, error)
            whole = False
        if renew or not whole:
            self._log.put_side(KIND, name, sealed)
        return whole

    def ask(self, digest: bytes) -> None:
        """Ask whoever has this chunk to put it back."""
        _generation, name = next(iter(self.names(digest)))
        self._log.put_side(WANTED, name, b"")

    def answer(self, chunks: ChunkFolder) -> list[str]:
        """Put back what others ask for and we have; returns the names. Costs one listing while nobody asks."""
        wanted = set(self._log.sides(WANTED))
        put_back: list[str] = []
        for digest in chunks.digests() if wanted else ():
            name = next(iter(self.names(digest)))[1]
            if name not in wanted:
                continue
            plain = chunks.read(digest)
            if plain is not None:
                if not self.put(digest, plain):
                    put_back.append(name)
                self._log.remove_side(WANTED, name)
        return put_back


def fetch(
    store: ChunkStore,
    chunks: ChunkFolder,
    digests: Sequence[bytes],
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    stopping: Callable[[], bool] = lambda: False,
) -> bool:
    """Bring the missing ones of these chunks here; False when told to stop. What came stays, so going on is resuming.

    `on_progress(done, total)` counts chunks. Errors: StorageError of the store or the disk; ChunkMissing.
    """
    missing = [digest for digest in dict.fromkeys(digests) if not chunks.has(digest)]
    total = len(set(digests))
    for n, digest in enumerate(missing):
        on_progress(total - len(missing) + n, total)
        if stopping():
            return False
        plain = store.get(digest)
        if plain is None:
            store.ask(digest)
            raise ChunkMissing("A part of this file is missing or damaged on the drive; other workstations were asked.")
        chunks.write(digest, plain)
    on_progress(total, total)
    return True
