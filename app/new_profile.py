"""What founding and joining a desk have in common: a profile that becomes a workstation, and what is left of it when
that fails."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from app import times
from app.credentials import named_key_file
from app.profile import Profile
from db.ids import id_text
from db.replica import Replica


@dataclass(frozen=True)
class Joined:
    """What `join` and `found` tell: ids as text, the head after the first round. `aside`: where a damaged replica was
    put that was in the way."""

    store: str
    desk: str
    analyst: str
    device: str
    head: int
    aside: str = ""


def fresh_replica(profile: Profile, store: bytes, root_key: bytes, device: bytes, analyst: bytes) -> Replica:
    """An empty replica of that desk, with who we are noted in it."""
    if profile.replica.exists():  # its card is gone; what was never sent is in it
        profile.put_aside(times.now_ms())
    replica = Replica(profile.replica)
    replica.bind(store=store, root_key=root_key, device=device, analyst=analyst, incarnation=secrets.token_bytes(8))
    return replica


def discard(profile: Profile) -> None:
    """Remove what a founding or joining that failed left behind; nothing in it was ever shown to anybody."""
    for suffix in ("", "-wal", "-shm", ".lock"):
        Path(str(profile.replica) + suffix).unlink(missing_ok=True)


def attach(profile: Profile, store: bytes, where: str, name: str, key_file: Path | None) -> None:
    """The profile belongs to that desk from now on."""
    card = {"store": id_text(store), "where": where, "name": name}
    named = named_key_file(key_file)
    if named is not None:
        card["key_file"] = str(named)
    profile.attach(card)
