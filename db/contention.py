"""Races for one name on a drive: who of many that link or create it at once is told that it was theirs.

The shared log rests on the answer (db.drive): exactly one, and its bytes are there. Threads of one machine find a
server, or a program imitating one, that gets it wrong.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

from db.findings import Effort, Finding, Level

_PATIENCE_S: Final = 20.0
"""For one step of a race; a thread that hangs in a dead drive is left to end by itself."""
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_NO_LINKS_WINDOWS: Final = {1, 50}


def links(scratch: Path, effort: Effort) -> Finding:
    """Many link one name at once; exactly one may be told that it was theirs, and its bytes must be there."""
    folder = scratch / "links"
    mine = [folder / f"t{n}" for n in range(effort.racers)]
    for n, temporary in enumerate(mine):
        temporary.write_bytes(b"%d" % n * 64)

    def claim(n: int, slot: Path) -> OSError | None:
        try:
            os.link(mine[n], slot)
        except OSError as error:
            return error
        return None

    refused = claim(0, folder / "first")
    if refused is not None:
        unable = refused.errno in _NO_LINKS or getattr(refused, "winerror", None) in _NO_LINKS_WINDOWS
        values = {"why": refused.strerror or str(refused)}
        return Finding("links", Level.BAD, "unsupported" if unable else "failed", values=values)
    if claim(1, folder / "first") is None:
        return Finding("links", Level.BAD, "overwritten")
    races = 0
    with contextlib.closing(_raced(effort, lambda number: folder / f"s{number}", claim)) as rounds:
        for slot, answers in rounds:
            races += 1
            winners = [n for n, error in enumerate(answers) if error is None]
            unclear = any(e is not None and not isinstance(e, FileExistsError) for e in answers)
            if len(winners) > 1:
                return Finding("links", Level.BAD, "two winners", races, "races", {"winners": str(len(winners))})
            if winners and slot.read_bytes() != b"%d" % winners[0] * 64:
                return Finding("links", Level.BAD, "other bytes", races, "races")
            if not winners and not unclear:
                return Finding("links", Level.BAD, "no winner", races, "races")
    for temporary in mine:
        temporary.unlink()
    if (folder / "first").read_bytes() != b"0" * 64:
        return Finding("links", Level.BAD, "other bytes", races, "races")
    return Finding("links", Level.GOOD, "good", races, "races", {"racers": str(effort.racers)})


def create(scratch: Path, effort: Effort) -> Finding:
    """The same with exclusive creation, which only guards temporaries: worth knowing, not worth refusing a drive."""
    folder = scratch / "links"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

    def claim(n: int, slot: Path) -> OSError | None:
        try:
            descriptor = os.open(slot, flags, 0o666)
        except OSError as error:
            return error
        os.write(descriptor, b"%d" % n)
        os.close(descriptor)
        return None

    if claim(0, folder / "only") is not None:
        return Finding("create", Level.BAD, "failed", values={"why": "O_EXCL"})
    if claim(1, folder / "only") is None or (folder / "only").read_bytes() != b"0":
        return Finding("create", Level.BAD, "overwritten")
    races = 0
    with contextlib.closing(_raced(effort, lambda number: folder / f"x{number}", claim)) as rounds:
        for _slot, answers in rounds:
            races += 1
            if sum(error is None for error in answers) > 1:
                return Finding("create", Level.NOTE, "two winners", races, "races")
    return Finding("create", Level.GOOD, "good", races, "races")


def _raced(
    effort: Effort, slot_of: Callable[[int], Path], claim: Callable[[int, Path], OSError | None]
) -> Generator[tuple[Path, list[OSError | None]], None, None]:
    """Races between threads, each begun together; ends after the rounds or the time of `effort`. Errors: TimeoutError
    when the drive does not answer."""
    start = threading.Barrier(effort.racers + 1, timeout=_PATIENCE_S)
    end = threading.Barrier(effort.racers + 1, timeout=_PATIENCE_S)
    answers: list[OSError | None] = [None] * effort.racers
    slot: list[Path | None] = [None]

    def race(n: int) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            while True:
                start.wait()
                wanted = slot[0]
                if wanted is None:
                    return
                answers[n] = claim(n, wanted)
                end.wait()

    racers = [threading.Thread(target=race, args=(n,), name=f"doctor-{n}", daemon=True) for n in range(effort.racers)]
    for racer in racers:
        racer.start()
    until = time.monotonic() + effort.budget_s
    try:
        for number in range(effort.rounds):
            if number and time.monotonic() > until:
                break
            slot[0] = slot_of(number)
            start.wait()
            end.wait()
            yield slot_of(number), list(answers)
    except threading.BrokenBarrierError as error:
        raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from error
    finally:
        slot[0] = None
        with contextlib.suppress(threading.BrokenBarrierError):
            start.wait()
        for racer in racers:
            racer.join(_PATIENCE_S)
