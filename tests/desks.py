"""Real desks for tests: a folder as the drive, a profile per workstation, keys in a file."""

from __future__ import annotations

from pathlib import Path

from app.desk import Desk
from app.founding import found
from app.joining import join
from app.profile import Profile

MONDAY_NINE = 1_767_603_600_000
"""2026-01-05 09:00 UTC, a Monday; 10:00 in Berlin."""


class Clock:
    """A clock the test moves. Instants in ms UTC."""

    def __init__(self, now: int = MONDAY_NINE) -> None:
        self.now = now

    def __call__(self) -> int:
        """Now, one millisecond later at each look, so that things happen one after the other."""
        self.now += 1
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass."""
        self.now += int(minutes * 60_000)


def found_desk(folder: Path, *, clock: Clock | None = None, name: str = "anna", person: str = "Anna Kern") -> Desk:
    """A desk founded by Anna Kern on `folder/share`, its profile in `folder/<name>`."""
    share = folder / "share"
    share.mkdir(parents=True, exist_ok=True)
    clock = clock or Clock()
    profile = Profile(folder / name)
    found(profile, str(share), "IT desk", person, zone="Europe/Berlin", key_file=folder / f"{name}.keys", clock=clock)
    return Desk(profile, clock=clock)


def join_desk(desk: Desk, folder: Path, *, name: str = "jo", person: str = "Jo Roth", role: str = "analyst") -> Desk:
    """Another workstation of the same desk, invited by `desk`."""
    invitation, _expires = desk.invite(person, role)
    profile = Profile(folder / name)
    clock = desk.context.clock
    join(profile, invitation, key_file=folder / f"{name}.keys", clock=clock)
    return Desk(profile, clock=clock)
