"""Time-ordered ids: UUID version 7 (RFC 9562) as 16 bytes.

Rows made later sort later, so indexes grow at their end, and "in the order it happened" is an index scan. `new_id` is
strictly increasing within a process, also inside one millisecond. `derived_id` gives the same id for the same source
key, so that importing a log twice creates nothing twice, and still sorts by the time the thing happened.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time

_LOCK = threading.Lock()
_LAST = [0]


def _v7(high: int, low: bytes) -> bytes:
    """48 bits of milliseconds and 12 bits of sequence in `high`; 8 bytes of entropy or hash in `low`."""
    millis, sequence = high >> 12, high & 0xFFF
    tail = bytes([low[0] & 0x3F | 0x80]) + low[1:8]
    return millis.to_bytes(6, "big") + (0x7000 | sequence).to_bytes(2, "big") + tail


def new_id() -> bytes:
    """A fresh UUIDv7 as 16 bytes, greater than every one this process made before."""
    with _LOCK:
        high = max(time.time_ns() * 4096 // 1_000_000, _LAST[0] + 1)
        _LAST[0] = high
    return _v7(high, secrets.token_bytes(8))


def derived_id(at_ms: int, *key: str, sequence: int | None = None) -> bytes:
    """The id of the thing named by `key` that happened at `at_ms` (milliseconds UTC): always the same 16 bytes.

    `sequence` (0 to 4095) orders things of the same millisecond, which otherwise sort at random.
    """
    digest = hashlib.sha256("\x1f".join(key).encode()).digest()
    if sequence is None:
        sequence = int.from_bytes(digest[:2], "big") & 0xFFF
    elif not 0 <= sequence <= 0xFFF:
        raise ValueError("a sequence has twelve bits")
    return _v7((max(at_ms, 0) << 12) | sequence, digest[2:10])


def id_text(value: bytes) -> str:
    """The usual 8-4-4-4-12 form."""
    h = value.hex()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def parse_id(text: str) -> bytes | None:
    """The 16 bytes of a UUID in any usual spelling, or None when it is not one."""
    try:
        raw = bytes.fromhex(text.replace("-", "").strip("{} "))
    except ValueError:
        return None
    return raw if len(raw) == 16 else None
