"""Who is there: a tiny sealed file per device beside the log, `dev/<last 8 of its id>.h`, rewritten now and then.

It says how far the device has read the log, which program it runs, and which case its person looks at or writes to. It
is no part of the log: lost, late or forged it changes no data. It is written when something a colleague could see
changed, at most every 30 seconds, and every 5 minutes in any case; who reads judges by what changes under their own
clock, so a wrong clock makes nobody a ghost for long.
"""

from __future__ import annotations

import re
import secrets
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Protocol

import msgpack
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from db.keys import DeviceSecret
from db.log import KnowsItsTime, SharedLog
from db.turns import short_name

KIND: Final = "dev"
CHANGED_EVERY_S: Final = 30.0
ALWAYS_EVERY_S: Final = 300.0
LIVE_S: Final = 2 * ALWAYS_EVERY_S + 120
"""So long after a sign of life a device counts as there: two may get lost."""
READ_AT_ONCE: Final = 10
"""Files read at one look; with more colleagues each is looked at more rarely, so that a look stays cheap."""
DAY_MS: Final = 24 * 3600 * 1000
_MAGIC: Final = b"HDB1"
_HEAD: Final = struct.Struct("<4sH")
_NAME: Final = re.compile(r"[0-9a-f]{8}\.h")
_MOST: Final = 4096
DOINGS: Final = ("", "view", "note", "reply", "call", "visit")
"""What a person may be doing with a case; "" nothing."""


class Doing(NamedTuple):
    """What a person does now: `what` (of DOINGS) with `case`; `away`: nobody has touched the program for a while."""

    case: bytes | None = None
    what: str = ""
    away: bool = False


NOTHING: Final = Doing()


@dataclass(frozen=True)
class Beat:
    """One sign of life. `at`: ms UTC by the device's own clock."""

    device: bytes
    analyst: bytes
    epoch: int
    seq: int
    schema: int
    version: str
    at: int
    doing: Doing = NOTHING
    incarnation: bytes = b""
    """Which run of the profile it is (db.incarnation); "" of older programs."""
    mark: bytes = b""
    """Drawn for this one sign; "" of older programs."""

    @property
    def name(self) -> str:
        """What its file is called."""
        return name_of(self.device)

    def seal(self, generation: int, desk_key: bytes, store: bytes) -> bytes:
        """The bytes of the file."""
        case, what, away = self.doing
        body = msgpack.packb(
            [
                self.device,
                self.analyst,
                self.epoch,
                self.seq,
                self.schema,
                self.version,
                self.at,
                case,
                what,
                away,
                self.incarnation,
                self.mark,
            ]
        )
        head = _HEAD.pack(_MAGIC, generation)
        nonce = secrets.token_bytes(12)
        return head + nonce + ChaCha20Poly1305(desk_key).encrypt(nonce, body, _along(head, store, self.name))

    @staticmethod
    def open(data: bytes, desk_keys: Mapping[int, bytes], store: bytes, name: str) -> Beat | None:
        """None for what is not a sign of life of this desk under this name."""
        if not _HEAD.size + 28 < len(data) <= _MOST:
            return None
        magic, generation = _HEAD.unpack_from(data)
        key = desk_keys.get(generation)
        if magic != _MAGIC or key is None:
            return None
        head, nonce, sealed = data[: _HEAD.size], data[_HEAD.size : _HEAD.size + 12], data[_HEAD.size + 12 :]
        try:
            fields = msgpack.unpackb(ChaCha20Poly1305(key).decrypt(nonce, sealed, _along(head, store, name)))
            device, analyst, epoch, seq, schema, version, at, case, what, away, *later = fields
            incarnation, mark = [*later, b"", b""][:2]
        except (InvalidTag, ValueError, TypeError, msgpack.UnpackException):
            return None
        kinds = (
            (device, bytes), (analyst, bytes), (epoch, int), (seq, int), (schema, int), (version, str), (at, int),
            (case, bytes | None), (what, str), (away, bool), (incarnation, bytes),
            (mark, bytes),
        )  # fmt: skip
        if not all(isinstance(value, kind) for value, kind in kinds) or name_of(device) != name:
            return None
        what = what if what in DOINGS else "view"
        return Beat(device, analyst, epoch, seq, schema, version[:40], at, Doing(case, what, away), incarnation, mark)


def name_of(device: bytes) -> str:
    """The file of a device. The end of its id: the beginning is a time, and alike for devices of the same minute."""
    return f"{short_name(device)}.h"


def _along(head: bytes, store: bytes, name: str) -> bytes:
    return head + store + name.encode()


class OwnSigns(Protocol):
    """What a profile knows of the signs its device told."""

    def is_anothers(self, there: Beat) -> bool:
        """Whether a sign of our device was told by another machine; asked after it was read."""

    def note(self, beat: Beat) -> None:
        """This one is about to be told."""


@dataclass(frozen=True)
class _Seen:
    """What we know of one file. Seconds by our monotonic clock."""

    data: bytes = b""
    beat: Beat | None = None
    read_at: float = float("-inf")
    changed_at: float | None = None
    """When we saw it change; None: never since we look."""
    first_at: float = 0.0


class Presence:
    """One device's signs of life and its view of the others'. One thread at a time.

    `clock`: ms UTC; `steady`: seconds that never jump.
    """

    def __init__(
        self, log: SharedLog, secret: DeviceSecret, store: bytes, clock: Callable[[], int],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._log, self._secret, self._store, self._clock, self._steady = log, secret, store, clock, steady
        self._told: Beat | None = None
        self._told_at = float("-inf")
        self._seen: dict[str, _Seen] = {}
        self.twin: Beat | None = None
        """The sign of another machine that is at work as this device."""
        self.clock_ahead_s: float | None = None
        """How much this machine's clock is ahead of the store's, as of the last sign; None where the store does not
        tell."""

    def renew(self, secret: DeviceSecret) -> None:
        """Other desk keys count from now on."""
        self._secret = secret

    def tell(self, beat: Beat, own: OwnSigns | None = None) -> bool:
        """Write this sign of life if it is time; returns whether it was. Errors: StorageError.

        `own`: judges the sign that is there. Where it is another machine's, which has this device's key as well, it
        stays, and `twin` says so.
        """
        now = self._steady()
        since = now - self._told_at
        news = self._told is None or (beat.doing, beat.version, beat.schema) != (
            self._told.doing, self._told.version, self._told.schema,
        )  # fmt: skip
        if since < (CHANGED_EVERY_S if news else ALWAYS_EVERY_S):
            return False
        generation = self._secret.generation
        # Noted before it is done: a drive that fails is not asked again at every look.
        self._told, self._told_at = beat, now
        if own is not None:
            there = self._own()
            if there is not None and own.is_anothers(there):
                self.twin, self._told = there, None
                return False
            beat = replace(beat, mark=secrets.token_bytes(8))
            own.note(beat)
        data = beat.seal(generation, self._secret.desk_keys[generation], self._store)
        began = time.time()
        self._log.put_side(KIND, beat.name, data)
        if isinstance(self._log, KnowsItsTime):
            at = self._log.written_at(KIND, beat.name)
            self.clock_ahead_s = None if at is None else (began + time.time()) / 2 - at
        return True

    def _own(self) -> Beat | None:
        name = name_of(self._secret.device)
        data = self._log.get_side(KIND, name)
        return Beat.open(data, self._secret.desk_keys, self._store, name) if data else None

    def leave(self) -> None:
        """The program ends: take the own file away, so that nobody waits for us. Errors: StorageError."""
        if self._told is not None:
            self._log.remove_side(KIND, self._told.name)
            self._told, self._told_at = None, float("-inf")

    def look(self) -> None:
        """Read some of the others' files: those that are there first, those not read for longest. Errors:
        StorageError."""
        own = name_of(self._secret.device)
        names = [name for name in self._log.sides(KIND) if _NAME.fullmatch(name) and name != own]
        for gone in self._seen.keys() - set(names):
            del self._seen[gone]
        now = self._steady()
        due = [
            name for name in names
            if name not in self._seen or self._is_live(self._seen[name]) or
            now - self._seen[name].read_at >= ALWAYS_EVERY_S
        ]  # fmt: skip
        due.sort(key=lambda name: self._seen[name].read_at if name in self._seen else float("-inf"))
        for name in due[:READ_AT_ONCE]:
            self._read(name)

    def look_at(self, devices: Iterable[bytes]) -> dict[bytes, Beat | None]:
        """The signs of just these devices, read now: None for one that is not there. Errors: StorageError."""
        out: dict[bytes, Beat | None] = {}
        for device in devices:
            self._read(name_of(device))
            seen = self._seen[name_of(device)]
            out[device] = seen.beat if self._is_live(seen) else None
        return out

    def _read(self, name: str) -> None:
        data = self._log.get_side(KIND, name) or b""
        now = self._steady()
        before = self._seen.get(name)
        if before is None:
            beat = Beat.open(data, self._secret.desk_keys, self._store, name)
            self._seen[name] = _Seen(data, beat, now, None, now)
        elif data == before.data:
            self._seen[name] = replace(before, read_at=now)
        else:
            beat = Beat.open(data, self._secret.desk_keys, self._store, name)
            self._seen[name] = _Seen(data, beat, now, now, before.first_at)

    def _is_live(self, seen: _Seen) -> bool:
        """Changed under our eyes not long ago; or, while we have not looked for long, young by its own clock."""
        if seen.beat is None:
            return False
        now = self._steady()
        if seen.changed_at is not None:
            return now - seen.changed_at < LIVE_S
        return now - seen.first_at < LIVE_S and abs(self._clock() - seen.beat.at) < LIVE_S * 1000

    def others(self) -> list[Beat]:
        """Who else is there, as of the last look."""
        return [seen.beat for seen in self._seen.values() if seen.beat is not None and self._is_live(seen)]


class Position(NamedTuple):
    """How far a device has read the log."""

    epoch: int
    seq: int


def live_positions(
    log: SharedLog, desk_keys: Mapping[int, bytes], store: bytes, now: int, within_ms: int = DAY_MS
) -> dict[bytes, Position]:
    """Device id -> how far it has read, for every device that gave a sign of life within `within_ms` before `now` (ms
    UTC), or that seems to live in the future. Reads every file. Errors: StorageError.

    For who wants to delete what all have read. Signs come every five minutes; a day forgives clocks that are wrong.
    """
    found = (beat for beat in _every(log, desk_keys, store) if now - beat.at <= within_ms)
    return {beat.device: Position(beat.epoch, beat.seq) for beat in found}


def signs_of_life(log: SharedLog, desk_keys: Mapping[int, bytes], store: bytes) -> dict[bytes, int]:
    """Device id -> when it gave its last sign of life, ms UTC by its own clock, while its file is there. Errors:
    StorageError."""
    return {beat.device: beat.at for beat in _every(log, desk_keys, store)}


def _every(log: SharedLog, desk_keys: Mapping[int, bytes], store: bytes) -> Iterable[Beat]:
    for name in log.sides(KIND):
        data = log.get_side(KIND, name) if _NAME.fullmatch(name) else None
        beat = Beat.open(data, desk_keys, store, name) if data else None
        if beat is not None:
            yield beat
