"""What the first window does in the end: each job runs on a lane, is handed what takes how far it is (which raises when
the person stops it), and returns the profile that belongs to a desk now. Whatever fails leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.credentials import key_store
from app.errors import UserError
from app.profile import Profile

if TYPE_CHECKING:
    from app.texts import Texts
    from db.sync_result import SyncResult

Far = Callable[[int, int | None], None]
"""Done so far, and of how much (None: not known)."""
Job = Callable[[Far], Profile]


@dataclass(frozen=True)
class Workstation:
    """What a job makes into a workstation: its profile, and where the keys go (None: into the system's keyring)."""

    profile: Profile
    keys: Path | None


def making_up(beside: Profile, language: Literal["en", "de"]) -> Job:
    """The demo desk, in a profile beside the own one; one that is there already is opened again."""
    folder = beside.folder
    profile = Profile(folder.with_name(folder.name + "-demo"))

    def make(far: Far) -> Profile:
        from app.demo import make_demo

        if not profile.attached:
            make_demo(profile, language=language, progress=far)
        return profile

    return make


def joining(here: Workstation, line: str, called: str, at: str, password: str | None) -> Job:
    """Enter with an invitation; `called` and `at` may be "" for what it says itself."""

    def make(far: Far) -> Profile:
        from app.joining import join

        join(
            here.profile, line, called=called or None, at=at or None, key_file=here.keys, password=password,
            on_progress=lambda result: far(*_how_far(result)),
        )  # fmt: skip
        return here.profile

    return make


def founding(
    here: Workstation,
    where: str,
    called: tuple[str, str],
    zone: str,
    texts: Texts,
    password: str | None,
    *,
    alone: bool,
) -> Job:
    """Found a desk; `called`: the desk and the founder. One on this PC only has its folder made, and looked at."""

    def make(far: Far) -> Profile:
        from app.doctor import check, told
        from app.founding import found

        key_store(here.keys)
        if alone:
            Path(where).mkdir(parents=True, exist_ok=True)
            for finding in check(where, quick=True, profile=here.profile.folder):
                if not finding.ok:
                    raise UserError(told(finding, texts).means)
        far(0, None)
        name, founder = called
        found(
            here.profile, where, name, founder, zone=zone, language=texts.language, key_file=here.keys,
            password=password,
        )  # fmt: skip
        return here.profile

    return make


def _how_far(result: SyncResult) -> tuple[int, int]:
    """Of the snapshot while it is fetched, then of the log."""
    here, of = result.fetched
    return (here, of) if here < of else (result.head, result.announced)
