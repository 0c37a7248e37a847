"""Who else is at work, and with which case: signs of life of the other workstations with names to them.

Told and read on the sync lane (`Colleagues.meet`), rarely and cheaply; shown by the window. Whoever does not want to be
seen with a case is told to be nowhere; how far a workstation has read is told in any case, because what all have read
may be packed away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from app.context import Context
from app.directory import Directory
from db import incarnation
from db.errors import UsedElsewhere
from db.keys import DeviceSecret
from db.let_write import used_elsewhere
from db.log import SharedLog
from db.presence import NOTHING, Beat, Doing, Presence
from db.replica import SCHEMA, Replica

LOOK_EVERY_S: Final = 20.0
LOOK_RARELY_S: Final = 60.0


@dataclass(frozen=True)
class Colleague:
    """Another workstation that gave a sign of life. `at`: ms UTC by its clock; `seq`: how far it has read."""

    analyst: bytes
    name: str
    device: bytes
    workstation: str
    doing: Doing
    version: str
    seq: int
    at: int


class Colleagues:
    """Of one open desk. Safe on any lane. `log_of` opens the store."""

    def __init__(
        self, context: Context, directory: Directory, secret: Callable[[], DeviceSecret],
        log_of: Callable[[], SharedLog],
    ) -> None:  # fmt: skip
        self._context, self._directory, self._secret, self._log_of = context, directory, secret, log_of
        self._presence: Presence | None = None
        self._looked_at = float("-inf")
        self._left = False
        self._generation: int | None = None
        self._one_at_a_time = threading.Lock()

    def meet(self, doing: Doing, *, often: bool) -> tuple[Colleague, ...] | None:
        """Tell what I do, if it is time; look who is there, if it is time: None when it is not. `often`: somebody is
        looking. Errors: StorageError, UserError."""
        with self._one_at_a_time:
            return None if self._left else self._meet(doing, often)

    def _meet(self, doing: Doing, often: bool) -> tuple[Colleague, ...] | None:
        presence = self._ready()
        facts, at = self._context.replica.facts(), self._context.clock()
        if facts.get("generation") != self._generation:
            self._generation = facts.get("generation")
            presence.renew(self._secret())
        epoch, seq, _hash = facts["head"]
        if not facts.get(incarnation.TWIN):
            nonce = facts[incarnation.CURRENT]
            presence.tell(
                Beat(facts["device"], facts["analyst"], epoch, seq, SCHEMA, program(), at, doing, nonce),
                _OwnSigns(self._context.replica),
            )
            if presence.twin is not None:
                twin = {"why": incarnation.SIGN, "seq": presence.twin.seq, "at": presence.twin.at}
                self._context.replica.set_facts({incarnation.TWIN: twin})
                raise UsedElsewhere(used_elsewhere(twin))
        now = time.monotonic()
        if now - self._looked_at < (LOOK_EVERY_S if often else LOOK_RARELY_S):
            return None
        self._looked_at = now
        presence.look()
        return self.seen()

    def signs(self, devices: Iterable[bytes]) -> dict[bytes, Doing | None]:
        """What is done at just these workstations, asked now; None: no sign of life. My own is not asked. Errors:
        StorageError, UserError."""
        with self._one_at_a_time:
            if self._left:
                return {}
            found = self._ready().look_at(devices)
        return {device: beat.doing if beat is not None else None for device, beat in found.items()}

    def seen(self) -> tuple[Colleague, ...]:
        """Who was there at the last look, by name."""
        beats = self._presence.others() if self._presence is not None else []
        return tuple(sorted(map(self._named, beats), key=lambda one: (one.name, one.device)))

    def _named(self, beat: Beat) -> Colleague:
        name = self._directory.name("analyst", beat.analyst)
        workstation = self._workstation(beat.device)
        return Colleague(beat.analyst, name, beat.device, workstation, beat.doing, beat.version, beat.seq, beat.at)

    @property
    def clock_ahead_s(self) -> float | None:
        """How much this PC's clock is ahead of the store's; None when nobody knows."""
        return self._presence.clock_ahead_s if self._presence is not None else None

    def leave(self) -> None:
        """The program ends: nobody should wait for us. Errors: StorageError."""
        with self._one_at_a_time:
            self._left = True
            if self._presence is not None:
                self._presence.leave()

    def _ready(self) -> Presence:
        if self._presence is None:
            secret = self._secret()
            store = self._context.replica.fact("store")
            self._presence = Presence(self._log_of(), secret, store, self._context.clock)
        return self._presence

    def _workstation(self, device: bytes) -> str:
        return str(self._context.reader.value("SELECT name FROM device WHERE id = ?", (device,)) or device.hex()[-8:])


class _OwnSigns:
    """The signs of life of this profile, which all its programs note in the replica."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def is_anothers(self, there: Beat) -> bool:
        return incarnation.is_anothers(self._replica.facts(), there.incarnation, there.mark, there.at)

    def note(self, beat: Beat) -> None:
        with self._replica.local():  # one program after the other: none may forget another one's
            self._replica.set_facts(incarnation.marked(self._replica.facts(), beat.mark, beat.at))


@cache
def program() -> str:
    """The version of this program."""
    try:
        return version("halldesk")
    except PackageNotFoundError:
        return ""


__all__ = ["NOTHING", "Colleague", "Colleagues", "Doing", "program"]
