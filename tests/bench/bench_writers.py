"""Sixteen workstations writing into one store, beside sixteen writing the same without Halldesk: into one SQLite file
in the same folder, or as bare inserts into the same database.

Each is a process of its own with a replica of its own, as in life; 27 changes a second together is what a help desk of
hundreds does at its busiest. Measured, in one run on one disk:

* paced: conflicts per commit (a slot somebody else took first), and how long it takes from the change to the moment the
  log has it; the same for the SQLite file (rollback journal, full sync: what is safe on a drive at all);
* processor time of one change, all the catching up with the others in it;
* what a bare write and flush in that folder takes meanwhile, because a commit is three of them;
* at once: how many changes a second get through when nobody waits;
* reading: the first page of a queue, asked of the own replica, and of the shared file, while the others write.

`python -m tests.bench.bench_writers [--seconds 15] [--server] [--folder WHERE] [--line both]`; `--line both` measures
the same with nobody standing in line (db.turns, db.server). Goals: at most 0.1 conflicts per commit, p99 below 100 ms,
ahead of the SQLite file in commits and in reading.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg

from db.drive import DriveLog
from db.log import Put, SharedLog
from db.server import ServerLog
from db.shapes import Case
from tests.bench.report import median, record
from tests.postgres import PASSWORD, PostgresServer
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
    seat: Seat,
    cases: list[bytes],
    start: Barrier,
    told: Connection,
    seconds: float,
    per_second: float,
    seed: int,
    line: bool = True,
) -> None:
    """One workstation with Halldesk. At once it makes changes as fast as it can and publishes them in batches."""
    station = seat.open()
    if not line:
        station.syncer._turns = None
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
    worked = time.process_time()
    taken = _paced(change, seconds, per_second, dice)
    worked = time.process_time() - worked
    told.send((taken, len(taken) * (1 if per_second else 10), conflicts, commits, worked))
    station.replica.close()
    station.log.close()


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
    told.send((taken, len(taken), 0, len(taken), 0.0))


def write_rows(
    url: str, rows: list[bytes], start: Barrier, told: Connection, seconds: float, per_second: float, seed: int
) -> None:
    """One connection that inserts rows as long as an entry."""
    dice = random.Random(seed)
    with psycopg.connect(url, password=PASSWORD, autocommit=True) as connection:

        def change() -> None:
            connection.execute("INSERT INTO bare (bytes) VALUES (%s)", (dice.choice(rows),))

        start.wait(120)
        taken = _paced(change, seconds, per_second, dice)
    told.send((taken, len(taken), 0, len(taken), 0.0))


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
    told.send((taken, 0, 0, 0, 0.0))
    if station is not None:
        station.replica.close()
        station.log.close()


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


class Flushes:
    """What a bare write and flush takes in a folder, asked a few times a second while others work."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._ended = folder, threading.Event()
        self.taken: list[float] = []

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Ask in a thread meanwhile."""
        self.taken = []
        self._ended.clear()
        asking = threading.Thread(target=self._ask)
        asking.start()
        try:
            yield
        finally:
            self._ended.set()
            asking.join()

    def _ask(self) -> None:
        descriptor = os.open(self._folder / "probe", os.O_RDWR | os.O_CREAT, 0o600)
        while not self._ended.wait(0.2):
            begun = time.perf_counter()
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, bytes(600))
            os.fsync(descriptor)
            self.taken.append((time.perf_counter() - begun) * 1000)
        os.close(descriptor)


def on_a_folder(folder: Path, seconds: float, writers: int, lines: tuple[bool, ...], title: str) -> None:
    """Measure and record, beside one SQLite file."""
    share = folder / "share"
    share.mkdir()
    cases, seats, anna = _desk(folder, lambda who: DriveLog(share, who), share, writers)
    shared = share / "shared.db"
    with closing(sqlite3.connect(anna)) as raw:
        raw.execute("VACUUM INTO ?", (str(shared),))
    with closing(sqlite3.connect(shared)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{trigger}"')
        raw.commit()
    flushes = Flushes(share)
    for pace, rate in _PACES:
        for line in lines:
            with flushes.measured():
                ours = _ours(seats, cases, seconds, rate, line=line)
            flushed = sorted(flushes.taken)
            theirs = _together([
                *((write_file, (str(shared), cases, seconds, rate, n)) for n in range(writers)),
                (read_list, (str(shared), None, seconds)),
            ])  # fmt: skip
            _tell(f"{title}, {pace}{'' if line else ', no line'}", seconds, ours, theirs, flushed)


def on_a_server(folder: Path, seconds: float, writers: int, lines: tuple[bool, ...], server: PostgresServer) -> None:
    """Measure and record, beside bare inserts."""
    url = server.new_database()
    logs: list[ServerLog] = []

    def make(name: str) -> ServerLog:
        logs.append(ServerLog(url, name, PASSWORD))
        return logs[-1]

    cases, seats, _anna = _desk(folder, make, url, writers)
    for log in logs:
        log.close()
    with psycopg.connect(url, password=PASSWORD, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (n bigserial PRIMARY KEY, bytes bytea NOT NULL)")
    rows = [os.urandom(560) for _ in range(16)]
    flushes = Flushes(folder)
    for pace, rate in _PACES:
        for line in lines:
            with flushes.measured():
                ours = _ours(seats, cases, seconds, rate, line=line)
            flushed = sorted(flushes.taken)
            theirs = _together([(write_rows, (url, rows, seconds, rate, n)) for n in range(writers)])
            _tell(f"16 writers, PostgreSQL, {pace}{'' if line else ', no line'}", seconds, ours, theirs, flushed)


_PACES: Final = (("paced", CHANGES_PER_SECOND / WRITERS), ("at once", 0.0))


def _desk(
    folder: Path, make_log: Callable[[str], SharedLog], where: Path | str, writers: int
) -> tuple[list[bytes], list[Seat], Path]:
    """A desk with cases: these, a seat for each writer and one for a reader, and its founder's replica."""
    anna = found(folder, make_log)
    cases = [anna.opens(f"Case {n}", severity=n % 4 + 1) for n in range(CASES)]
    anna.sync()
    seats = []
    for n in range(writers + 1):
        station = join(anna, folder, make_log, f"W{n}")
        seats.append(Seat.of(station, where))
        station.replica.close()
    anna.replica.close()
    return cases, seats, anna.replica.path


def _ours(seats: list[Seat], cases: list[bytes], seconds: float, rate: float, *, line: bool) -> list[Any]:
    *writing, reader = seats
    return _together([
        *((write_log, (seat, cases, seconds, rate, n, line)) for n, seat in enumerate(writing)),
        (read_list, (reader.replica, reader, seconds)),
    ])  # fmt: skip


def _tell(name: str, seconds: float, ours: list[Any], theirs: list[Any], flushed: list[float]) -> None:
    *writing, reading = ours
    *floor, floor_reading = theirs if theirs[-1][3] == 0 else (*theirs, None)
    taken, bare = ([ms for one in all_ for ms in one[0]] for all_ in (writing, floor))
    changes, bare_changes = (sum(one[1] for one in all_) for all_ in (writing, floor))
    conflicts, commits = (sum(one[place] for one in writing) for place in (2, 3))
    record(
        f"{name}: commit", median(taken), median(bare), p99_ms=round(_share(taken, 0.99), 1),
        floor_p99_ms=round(_share(bare, 0.99), 1), changes_per_second=round(changes / seconds, 1),
        floor_changes_per_second=round(bare_changes / seconds, 1),
        conflicts_per_commit=round(conflicts / max(1, commits), 3), goal_conflicts=GOAL_CONFLICTS,
        goal_p99_ms=GOAL_P99_MS, processor_ms_per_change=round(sum(one[4] for one in writing) * 1000 / changes, 2),
        flush_ms=round(median(flushed), 2), flush_p99_ms=round(_share(flushed, 0.99), 1),
    )  # fmt: skip
    if floor_reading is None:
        return
    record(
        f"{name}: reading beside them", median(reading[0]), median(floor_reading[0]),
        p99_ms=round(_share(reading[0], 0.99), 2), floor_p99_ms=round(_share(floor_reading[0], 0.99), 2),
        worst_ms=round(max(reading[0]), 1), floor_worst_ms=round(max(floor_reading[0]), 1),
    )  # fmt: skip


def main(
    seconds: float = 15.0,
    writers: int = WRITERS,
    *,
    server: bool = False,
    where: str | None = None,
    lines: tuple[bool, ...] = (True,),
) -> None:
    """Measure and record."""
    with TemporaryDirectory(prefix="halldesk-bench-", dir=where) as name:
        folder = Path(name)
        if not server:
            on_a_folder(folder, seconds, writers, lines, f"16 writers in {where}" if where else "16 writers")
            return
        folder.chmod(0o755)
        (folder / "server").mkdir()
        running = PostgresServer(folder / "server", durable=True)
        try:
            on_a_server(folder, seconds, writers, lines, running)
        finally:
            running.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure sixteen writers on one store.")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--server", action="store_true", help="in PostgreSQL, not on a folder")
    parser.add_argument("--folder", help="make the store there, not where temporary files are")
    parser.add_argument("--line", choices=("yes", "both"), default="yes", help="also with nobody standing in line")
    given = parser.parse_args()
    main(given.seconds, server=given.server, where=given.folder, lines=(True, False)[: 1 + (given.line == "both")])
