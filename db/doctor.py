"""What a drive can do: tried out on the drive itself, before a help desk trusts it and whenever somebody doubts it.

`examine` yields one finding after the other, in the order of `CHECKS`, so that a window can show them as they come; it
works in a folder of its own beside the log and removes it at the end, also when it is stopped in between. Every check
is bounded in time. What is measured is what the log relies on (see db.drive): that exactly one of many links of the
same name succeeds, that flushes are answered, that a listing shows a new file and a reader a rewritten one.

One workstation sees only its own side: exclusivity is decided by the server, so races between threads of one machine
find a server (or a program imitating one) that gets it wrong; what other machines see when is measured by presence.

The races are in db.contention, what a finding is in db.findings.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

from db import contention
from db.drive import DriveLog
from db.errors import NotInvited, StorageError
from db.findings import FULL, QUICK, SKEW_S, SLOW_COMMIT_MS, SLOW_POLL_MS, Effort, Finding, Level
from db.log import Head, Put
from db.mounts import IN_MEMORY, THROUGH_A_PROGRAM, mount_of, offline_files_are_on, synchronised

CHECKS: Final = (
    "reach", "drive", "copies", "rights", "links", "create", "flush", "visible", "names", "clock", "space", "commit",
    "poll", "desk", "profile",
)  # fmt: skip
"""Every check in the order in which they are made."""
SCRATCH: Final = "hd-check-"
"""How the doctor's own folder begins; one that a crashed doctor left is removed by the next after a day."""

LATE_S: Final = 1.0
NEVER_S: Final = 3.0
LITTLE_SPACE: Final = 2 * 1024**3
NO_SPACE: Final = 64 * 1024**2
_LONG_NAME: Final = "a" * 76 + ".tmp"
_DAY_S: Final = 24 * 3600
_PERMISSIONS_COUNT: Final = {"nfs", "nfs4", "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "gfs2", "ocfs2"}
"""File systems where the mode of a new folder decides whether a colleague may write into it."""


def examine(folder: Path, *, quick: bool = False, profile: Path | None = None) -> Generator[Finding, None, None]:
    """Try `folder` out. `profile`: where this workstation's replica lies or will lie.

    Yields a finding per check; after one that makes the rest pointless nothing more. A full look at a local folder
    takes a few seconds, a quick one less than one. Never raises for what is wrong with the drive.
    """
    effort = QUICK if quick else FULL
    began = time.perf_counter()
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        yield _unreached(folder)
        return
    yield Finding("reach", Level.GOOD, "good", _ms(began), "ms")
    yield _drive(folder)
    yield _copies(folder)
    scratch = folder / f"{SCRATCH}{secrets.token_hex(4)}"
    try:
        rights = _rights(folder, scratch)
        yield rights
        if not rights.ok:
            return
        links = _guarded(contention.links, scratch, effort)
        yield links
        for check in (contention.create, *((_flush,) if links.ok else ()), _visible, _names, _clock):
            yield _guarded(check, scratch, effort)
        yield _space(folder)
        if links.ok:
            yield from _log(scratch, effort)
        yield _desk(folder)
        if profile is not None:
            yield _profile(profile)
    finally:
        _clean(folder, scratch)


def _guarded(check: Callable[[Path, Effort], Finding], scratch: Path, effort: Effort) -> Finding:
    """What the drive refuses in the middle of a check is a finding, too."""
    name = check.__name__.lstrip("_")
    try:
        return check(scratch, effort)
    except OSError as error:
        return Finding(name, Level.BAD, "failed", values={"why": error.strerror or str(error)})


def _ms(since: float) -> float:
    return (time.perf_counter() - since) * 1000


# -- what it is -------------------------------------------------------------------------------------------------------
def _unreached(folder: Path) -> Finding:
    for parent in folder.parents:
        try:
            if parent.is_dir():
                case = "file" if folder.is_file() else "missing"
                return Finding("reach", Level.BAD, case, values={"parent": str(parent)})
        except OSError:
            continue
    return Finding("reach", Level.BAD, "unreachable")


def _drive(folder: Path) -> Finding:
    mount = mount_of(folder)
    shown = mount.kind or ("network" if mount.remote else "")
    values = {"kind": shown, "device": mount.device}
    if mount.kind in THROUGH_A_PROGRAM:
        return Finding("drive", Level.BAD, "imitated", shown, values=values)
    if mount.kind in IN_MEMORY:
        return Finding("drive", Level.NOTE, "memory", shown, values=values)
    loose = sorted(mount.options & {"cache=loose", "nocto", "soft", "nolease"})
    if mount.remote and loose:
        return Finding("drive", Level.NOTE, "loose", shown, values={**values, "options": ", ".join(loose)})
    return Finding("drive", Level.GOOD, "network" if mount.remote else "local", shown, values=values)


def _copies(folder: Path) -> Finding:
    found = synchronised(folder)
    remote = mount_of(folder).remote
    if found is None:
        if remote and offline_files_are_on():
            return Finding("copies", Level.NOTE, "offline files")
        return Finding("copies", Level.GOOD, "good")
    if not found.product:
        return Finding("copies", Level.BAD, "cloud")
    # A folder on a server may be called like a product; in a person's own folders the name is proof enough.
    sure = found.sure or (not remote and folder.absolute().is_relative_to(Path.home()))
    values = {"product": found.product}
    return Finding(
        "copies", Level.BAD if sure else Level.NOTE, "product" if sure else "name", found.product, "", values
    )


# -- what is allowed --------------------------------------------------------------------------------------------------
def _rights(folder: Path, scratch: Path) -> Finding:
    """Everything a client does to files, once."""
    step = "folder"
    try:
        scratch.mkdir()
        for part in ("links", "log"):
            (scratch / part).mkdir()
        step = "write"
        one, other = scratch / "one", scratch / "other"
        one.write_bytes(b"1")
        step = "rewrite"
        with one.open("r+b") as file:
            file.write(b"2")
        step = "read"
        if one.read_bytes() != b"2":
            return Finding("rights", Level.BAD, "other bytes")
        step = "list"
        if "one" not in os.listdir(scratch):  # noqa: PTH208
            return Finding("rights", Level.BAD, "no listing")
        step = "replace"
        other.write_bytes(b"3")
        other.replace(one)
        step = "delete"
        one.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC or getattr(error, "winerror", None) == 112:
            return Finding("rights", Level.BAD, "full")
        return Finding("rights", Level.BAD, f"no {step}", values={"why": error.strerror or str(error)})
    if sys.platform != "win32" and mount_of(folder).kind in _PERMISSIONS_COUNT:
        shared = folder.stat().st_mode & 0o022
        if shared and not scratch.stat().st_mode & 0o022:
            return Finding("rights", Level.NOTE, "mask")
        if not shared and folder.stat().st_uid == os.getuid():
            return Finding("rights", Level.NOTE, "mine")
    return Finding("rights", Level.GOOD, "good")


# -- what the log relies on -------------------------------------------------------------------------------------------
def _flush(scratch: Path, effort: Effort) -> Finding:
    """Write, flush, link, flush again on the same handle: what keeps an acknowledged entry through a power cut."""
    took: list[float] = []
    for number in _samples(effort):
        temporary = scratch / f"f{number}"
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        began = time.perf_counter()
        try:
            os.write(descriptor, b"x" * 1024)
            os.fsync(descriptor)
            os.link(temporary, scratch / f"g{number}")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        took.append(_ms(began))
        temporary.unlink()
    return Finding("flush", Level.GOOD, "good", statistics.median(took), "ms")


def _visible(scratch: Path, effort: Effort) -> Finding:
    """How long until a listing shows a new file, and until a reader sees what was rewritten in place."""
    worst = 0.0
    head = scratch / "head"
    head.write_bytes(b"%064d" % 0)
    for number in _samples(effort):
        began = time.perf_counter()
        (scratch / f"v{number}").write_bytes(b"x")
        if not _comes(lambda name=f"v{number}": name in os.listdir(scratch)):  # type: ignore[misc]  # noqa: PTH208
            return Finding("visible", Level.BAD, "never listed")
        worst = max(worst, _ms(began))
        began, line = time.perf_counter(), b"%064d" % (number + 1)
        with head.open("r+b") as file:
            file.write(line)
        if not _comes(lambda line=line: head.read_bytes() == line):  # type: ignore[misc]
            return Finding("visible", Level.BAD, "never read")
        worst = max(worst, _ms(began))
    late = worst > LATE_S * 1000
    return Finding("visible", Level.NOTE if late else Level.GOOD, "late" if late else "good", worst, "ms")


def _comes(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + NEVER_S
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _samples(effort: Effort) -> Iterator[int]:
    until = time.monotonic() + effort.budget_s
    for number in range(effort.samples):
        if number and time.monotonic() > until:
            return
        yield number


def _names(scratch: Path, effort: Effort) -> Finding:
    """The longest path the log makes, and whether case counts (both are fine, all our names are lower case)."""
    deep = scratch / "log" / "e0001" / "000000123"
    try:
        deep.mkdir(parents=True)
        (deep / _LONG_NAME).write_bytes(b"x")
        seen = _LONG_NAME in os.listdir(deep)  # noqa: PTH208
    except OSError as error:
        return Finding("names", Level.BAD, "too long", len(str(deep / _LONG_NAME)), "characters",
                       {"why": error.strerror or str(error)})  # fmt: skip
    if not seen:
        return Finding("names", Level.BAD, "altered")
    (scratch / "case.a").write_bytes(b"x")
    blind = (scratch / "CASE.A").exists()
    return Finding("names", Level.GOOD, "blind" if blind else "exact", len(_LONG_NAME), "characters")


def _clock(scratch: Path, effort: Effort) -> Finding:
    """The server's clock against ours, by the time it gives a new file. Positive: ours is ahead."""
    best: tuple[float, float] | None = None
    for number in _samples(effort):
        before = time.time()
        path = scratch / f"c{number}"
        path.write_bytes(b"x")
        after = time.time()
        skew = (before + after) / 2 - path.stat().st_mtime
        if best is None or after - before < best[0]:
            best = (after - before, skew)
    skew = best[1] if best is not None else 0.0
    if abs(skew) <= SKEW_S:
        return Finding("clock", Level.GOOD, "good", round(skew, 1) + 0.0, "s")
    return Finding("clock", Level.NOTE, "ahead" if skew > 0 else "behind", round(skew, 1) + 0.0, "s")


def _space(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("space", Level.NOTE, "unknown", values={"why": error.strerror or str(error)})
    if free < NO_SPACE:
        return Finding("space", Level.BAD, "none", free, "bytes")
    if free < LITTLE_SPACE:
        return Finding("space", Level.NOTE, "little", free, "bytes")
    return Finding("space", Level.GOOD, "good", free, "bytes")


def _log(scratch: Path, effort: Effort) -> Iterator[Finding]:
    """A commit and a poll as the program makes them, on a log of our own in the scratch folder."""
    log = DriveLog(scratch, "doctor", patience=1.0)
    commits: list[float] = []
    polls: list[float] = []
    raw = secrets.token_bytes(1024)
    try:
        log.create(b"the doctor's")
        for seq in (number + 1 for number in _samples(effort)):
            began = time.perf_counter()
            answer = log.put(1, seq, f"{seq:012d}.e", raw)
            commits.append(_ms(began))
            if answer is not Put.WON:
                yield Finding("commit", Level.BAD, "unclear")
                return
            log.announce(Head(1, seq, bytes(32)))
        for _ in _samples(effort):
            began = time.perf_counter()
            log.hint()
            polls.append(_ms(began))
        entries = sum(1 for _ in log.slots(1, 0))
    except StorageError as error:
        yield Finding("commit", Level.BAD, "failed", values={"why": str(error)})
        return
    if entries != len(commits):
        yield Finding("commit", Level.BAD, "lost", values={"there": str(entries), "made": str(len(commits))})
        return
    for name, took, slow in (("commit", commits, SLOW_COMMIT_MS), ("poll", polls, SLOW_POLL_MS)):
        usual, most = statistics.median(took), max(took)
        is_slow = usual > slow
        yield Finding(name, Level.NOTE if is_slow else Level.GOOD, "slow" if is_slow else "good", usual, "ms",
                      {"worst": f"{most:.0f}"})  # fmt: skip


# -- what is there ----------------------------------------------------------------------------------------------------
def _desk(folder: Path) -> Finding:
    from db.keys import StoreCard  # late: cryptography is not needed to look at a drive

    try:
        card = DriveLog(folder, "doctor", patience=0.5).card()
    except StorageError as error:
        return Finding("desk", Level.BAD, "unreadable", values={"why": str(error)})
    if card is None:
        stray = (folder / "hd").exists()
        return Finding("desk", Level.NOTE if stray else Level.GOOD, "stray" if stray else "none")
    try:
        name = StoreCard.unpack(card).name
    except NotInvited:
        return Finding("desk", Level.BAD, "damaged")
    return Finding("desk", Level.GOOD, "here", name, values={"name": name})


def _profile(profile: Path) -> Finding:
    mount = mount_of(profile)
    found = synchronised(profile)
    values = {"profile": str(profile), "product": found.product if found is not None else ""}
    if mount.remote:
        return Finding("profile", Level.BAD, "remote", mount.kind, values=values)
    if found is not None and found.sure and found.product:
        return Finding("profile", Level.NOTE, "copied", found.product, values=values)
    return Finding("profile", Level.GOOD, "good", mount.kind, values=values)


def _clean(folder: Path, scratch: Path) -> None:
    """Remove our folder, and those that crashed doctors left more than a day ago."""
    shutil.rmtree(scratch, ignore_errors=True)
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(SCRATCH) and time.time() - entry.stat().st_mtime > _DAY_S:
                shutil.rmtree(entry.path, ignore_errors=True)
