"""Sixteen workstations writing into one folder, beside sixteen writing the same into one SQLite file in that folder.

Each is a process of its own with a replica of its own, as in life; 27 changes a second together is what a help desk of
hundreds does at its busiest. Measured, in one run on one disk:

* paced: conflicts per commit (a slot somebody else took first), and how long it takes from the change to the moment the
  log has it; the same for the SQLite file (rollback journal, full sync: what is safe on a drive at all);
* at once: how many changes a second get through when nobody waits;
* reading: the first page of a queue, asked of the own replica, and of the shared file, while the others write.

`python -m tests.bench.bench_writers [seconds]`; goals: at most 0.1 conflicts per commit, p99 below 100 ms, ahead of the
SQLite file in commits and in reading.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from db.drive import DriveLog
from db.log import Put
from db.shapes import Case
from tests.bench.report import median, record
from tests.sync.stations import found, join
from tests.sync.workers import Seat, processes

WRITERS: Final = 16
CHANGES_PER_SECOND: Final = 27
CASES: Final = 200
GOAL_CONFLICTS, GOAL_P99_MS = 0.1, 100
_LIST: Final = (
    'SELECT id, title, severity, due_at FROM "case" WHERE ended_at IS NULL ORDER BY severity, due_at LIMIT 60'
)
_READ_EVERY_S: Final = 0.05


def _paced(change: Callable[[], None], seconds: float, per_second: float, dice: random.Random) -> list[float]:
    """Milliseconds of each change, begun at random moments at this rate; 0: one after the other."""
    taken: list[float] = []
    end = time.monotonic() + seconds
    begin = time.monotonic()
    while True:
        begin = max(begin + dice.expovariate(per_second), time.monotonic()) if per_second else time.monotonic()
        if begin > end:
            return taken
        time.sleep(max(0.0, begin - time.monotonic()))
        start = time.perf_counter()
        change()
        taken.append((time.perf_counter() - start) * 1000)


def write_log(
    seat: Seat, cases: list[bytes], start: Barrier, told: Connection, seconds: float, per_second: float, seed: int
) -> None:
    """One workstation with Halldesk. At once it makes changes as fast as it can and publishes them in batches."""
    station = seat.open()
    dice = random.Random(seed)
    put, conflicts, commits = station.log.put, 0, 0

    def counted(*args: Any) -> Put:
        nonlocal conflicts, commits
        answer = put(*args)
        conflicts += answer is not Put.WON
        commits += answer is Put.WON
        return answer

    station.log.put = counted  # type: ignore[method-assign, assignment]
    station.syncer._sleep = time.sleep

    def change() -> None:
        for _ in range(1 if per_second else 10):
            case = dice.choice(cases)
            with station.transaction() as tx:
                tx.update(Case, case, next_step=f"{seat.name} {dice.random()}", updated_at=station.clock())
        station.sync()

    station.sync()
    start.wait(120)
    taken = _paced(change, seconds, per_second, dice)
    told.send((taken, len(taken) * (1 if per_second else 10), conflicts, commits))
    station.replica.close()


def write_file(
    path: str, cases: list[bytes], start: Barrier, told: Connection, seconds: float, per_second: float, seed: int
) -> None:
    """One workstation on the shared SQLite file. Waits for the others' locks as SQLite does."""
    dice = random.Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as raw:
        raw.execute("PRAGMA synchronous=FULL")

        def change() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(
                'UPDATE "case" SET next_step = ?, updated_at = ? WHERE id = ?',
                (str(dice.random()), time.time_ns() // 1_000_000, dice.choice(cases)),
            )
            raw.execute("COMMIT")

        start.wait(120)
        taken = _paced(change, seconds, per_second, dice)
    told.send((taken, len(taken), 0, len(taken)))


def read_list(path: str, seat: Seat | None, start: Barrier, told: Connection, seconds: float) -> None:
    """One who looks at a queue: on the own replica that follows the log (`seat`), or on the shared file."""
    station = seat.open() if seat is not None else None
    if station is not None:
        station.sync()
    uri = f"file:{path}?mode=ro"
    taken = []
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)) as raw:
        start.wait(120)
        end = time.monotonic() + seconds
        looked = 0.0
        while time.monotonic() < end:
            if station is not None and time.monotonic() - looked > 1.0:
                looked = time.monotonic()
                if station.syncer.has_news():
                    station.sync()
            begin = time.perf_counter()
            raw.execute(_LIST).fetchall()
            taken.append((time.perf_counter() - begin) * 1000)
            time.sleep(_READ_EVERY_S)
    told.send((taken, 0, 0, 0))
    if station is not None:
        station.replica.close()


def _together(jobs: list[tuple[Callable[..., None], tuple[Any, ...]]]) -> list[Any]:
    """Run all of them at once; what each told. `None` among the arguments of a job stands for barrier and pipe."""
    context = processes()
    start = context.Barrier(len(jobs))
    running = []
    for target, (first, second, *rest) in jobs:
        answer, told = context.Pipe(duplex=False)
        process = context.Process(target=target, args=(first, second, start, told, *rest))
        process.start()
        told.close()
        running.append((process, answer))
    out = [answer.recv() for _process, answer in running]
    for process, _answer in running:
        process.join(60)
    return out


def _share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def main(seconds: float = 15.0, writers: int = WRITERS) -> None:
    """Measure and record."""
    with TemporaryDirectory(prefix="halldesk-bench-") as name:
        folder = Path(name)
        share = folder / "share"
        share.mkdir()
        anna = found(folder, lambda who: DriveLog(share, who))
        cases = [anna.opens(f"Case {n}", severity=n % 4 + 1) for n in range(CASES)]
        anna.sync()
        seats = []
        for n in range(writers + 1):
            station = join(anna, folder, lambda who: DriveLog(share, who), f"W{n}")
            seats.append(Seat.of(station, share))
            station.replica.close()
        shared = share / "shared.db"
        with closing(sqlite3.connect(anna.replica.path)) as raw:
            raw.execute("VACUUM INTO ?", (str(shared),))
        with closing(sqlite3.connect(shared)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
            for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f'DROP TRIGGER "{trigger}"')
            raw.commit()
        anna.replica.close()
        reader = seats.pop()
        for pace, rate in (("paced", CHANGES_PER_SECOND / WRITERS), ("at once", 0.0)):
            ours = _together([
                *((write_log, (seat, cases, seconds, rate, n)) for n, seat in enumerate(seats)),
                (read_list, (reader.replica, reader, seconds)),
            ])  # fmt: skip
            theirs = _together([
                *((write_file, (str(shared), cases, seconds, rate, n)) for n in range(writers)),
                (read_list, (str(shared), None, seconds)),
            ])  # fmt: skip
            _tell(pace, seconds, ours, theirs)


def _tell(pace: str, seconds: float, ours: list[Any], theirs: list[Any]) -> None:
    *writing, reading = ours
    *floor, floor_reading = theirs
    taken, bare = ([ms for one in all_ for ms in one[0]] for all_ in (writing, floor))
    changes, bare_changes = (sum(one[1] for one in all_) for all_ in (writing, floor))
    conflicts, commits = (sum(one[place] for one in writing) for place in (2, 3))
    record(
        f"16 writers, {pace}: commit", median(taken), median(bare), p99_ms=round(_share(taken, 0.99), 1),
        floor_p99_ms=round(_share(bare, 0.99), 1), changes_per_second=round(changes / seconds, 1),
        floor_changes_per_second=round(bare_changes / seconds, 1),
        conflicts_per_commit=round(conflicts / max(1, commits), 3), goal_conflicts=GOAL_CONFLICTS,
        goal_p99_ms=GOAL_P99_MS,
    )  # fmt: skip
    record(
        f"16 writers, {pace}: reading beside them", median(reading[0]), median(floor_reading[0]),
        p99_ms=round(_share(reading[0], 0.99), 2), floor_p99_ms=round(_share(floor_reading[0], 0.99), 2),
        worst_ms=round(max(reading[0]), 1), floor_worst_ms=round(max(floor_reading[0]), 1),
    )  # fmt: skip


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 15.0)
