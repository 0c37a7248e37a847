"""Publishing one change: a round of the syncer against the bare steps no publish can do without.

The floor writes as many bytes as the entry had to a new file in a folder with as many files, in the order that
survives a power cut: create, write, flush, link, flush, close, unlink. Ours is all a workstation does for it: look at
the card and the listing, take the transaction, compress, seal, sign, check, publish, note it in the replica, announce
it. Both by turns on the same disk. Making the change itself (a local commit, flushed) is not part of either.

What a whole round adds to the bare steps is processor time and small file operations, not flushes; both are told: so
its ratio says how fast the disk is, and what it would be on another one can be worked out.

`python -m tests.bench.bench_publish [rounds]`; goal: ratio at most 1.3, of the step on the drive.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from db.drive import DriveLog
from tests.bench.counted_files import CountedFiles, counts
from tests.bench.report import alternating, median, record
from tests.sync.stations import Station, found

GOAL = 1.3


def bare(folder: Path, number: int, size: int) -> None:
    """Create, write, flush, link, flush, close, unlink."""
    temporary = folder / f"t.{number}"
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    os.write(descriptor, os.urandom(size))
    os.fsync(descriptor)
    os.link(temporary, folder / f"{number:012d}.e")
    os.fsync(descriptor)
    os.close(descriptor)
    temporary.unlink()


def main(rounds: int = 300) -> None:
    """Measure and record."""
    with TemporaryDirectory(prefix="halldesk-bench-") as name:
        folder = Path(name)
        share, plain = folder / "share", folder / "plain"
        share.mkdir()
        plain.mkdir()
        anna = found(folder, lambda _name: DriveLog(share, "bench", files=CountedFiles(share)))
        case = anna.opens("A printer jams in hall 1", description="It hums and then it jams. " * 10)
        anna.sync()
        size = len(anna.replica.entry(anna.replica.head.seq) or b"")
        done = [0, 0]

        worked: list[float] = []

        def ours() -> None:
            begun = process_time()
            assert anna.sync().published == 1
            worked.append((process_time() - begun) * 1000)

        def floor() -> None:
            done[1] += 1
            bare(plain, done[1], size)

        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(rounds):
            _change(anna, case, turn)
            for into, one in zip(taken, alternating(ours, floor, 1), strict=True):
                into += one
        _change(anna, case, rounds)
        counts.clear()
        anna.sync()
        operations = dict(counts)
        anna.replica.close()
        step = _the_step(folder, size, rounds)
    p95 = sorted(taken[0])[int(len(taken[0]) * 0.95)]
    record(
        "publish", median(taken[0]), median(taken[1]), rounds=rounds, bytes=size, p95_ms=round(p95, 3),
        processor_ms=round(median(worked), 3), operations=operations,
    )  # fmt: skip
    record("publish: the step on the drive", median(step[0]), median(step[1]), rounds=rounds, bytes=size, goal=GOAL)


def _the_step(folder: Path, size: int, rounds: int) -> tuple[list[float], list[float]]:
    """`DriveLog.put` alone against the bare steps: what safety on the drive itself costs."""
    share, plain = folder / "step", folder / "bare step"
    share.mkdir()
    plain.mkdir()
    log = DriveLog(share, "bench")
    assert log.create(b"card")
    taken: tuple[list[float], list[float]] = ([], [])
    for seq in range(1, rounds + 1):
        raw = os.urandom(size)
        for into, one in zip(
            taken,
            alternating(
                lambda seq=seq, raw=raw: log.put(1, seq, f"{seq:012d}.e", raw),  # type: ignore[misc]
                lambda seq=seq: bare(plain, seq, size),  # type: ignore[misc]
                1,
            ),
            strict=True,
        ):
            into += one
    return taken


def _change(anna: Station, case: bytes, turn: int) -> None:
    anna.edits(case, next_step=f"Call back, turn {turn}", updated_at=turn)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
