"""Sixteen workstations writing into one store, beside sixteen writing the same without Halldesk: into one SQLite file
in the same folder, or as bare inserts into the same database.

Each is a process of its own with a replica of its own, as in life; 27 changes a second together is what a help desk of
hundreds does at its busiest. Measured, in one run on one disk:

* paced: conflicts per commit (a slot somebody else took first), and how long it takes from the change to the moment the
  log has it; the same for the SQLite file (rollback journal, full sync: what is safe on a drive at all);
* processor time of one change, all the catching up with the others in it;
* what a bare write and flush in that folder takes meanwhile, because a commit is three of them;
* at once: the same number of changes from each, as fast as it can: how many a second are in the log, reckoned until the
  last of them is, and what the one who makes a change waits for. As in the program, a change is made when the disk of
  the workstation has it, and a thread beside publishes what waits; on the file it is the commit. Only what the log took
  counts, and all replicas must end equal;
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
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg

from db.drive import DriveLog
from db.log import Head, Put, SharedLog
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
_AT_ONCE_PER_SECOND: Final = 25
"""So many changes are asked of each writer for each second the measuring may take."""
_SOON_S: Final = 0.06
"""How long the program waits for more before it publishes (ui.sync_driver)."""


@dataclass
class Told:
    """What one process told. `taken`: milliseconds of each change; `changes`: those that the store has; `began`,
    `ended`: steady seconds, the last change of all being in the store; `worked`: processor seconds; `state`: what the
    replica ended as."""

    taken: list[float]
    changes: int
    began: float
    ended: float
    conflicts: int = 0
    commits: int = 0
    worked: float = 0.0
    state: tuple[Head, bytes, bool] | None = None


def _paced(change: Callable[[], object], seconds: float, per_second: float, dice: random.Random) -> list[float]:
    """Milliseconds of each change, begun at random moments at this rate; 0: so many as `_at_once`, one after the
    other."""
    if not per_second:
        return [_timed(change) for _ in range(_at_once(seconds))]
    taken: list[float] = []
    end = time.monotonic() + seconds
    begin = time.monotonic()
    while True:
        begin = max(begin + dice.expovariate(per_second), time.monotonic())
        if begin > end:
            return taken
        time.sleep(max(0.0, begin - time.monotonic()))
        taken.append(_timed(change))


def _at_once(seconds: float) -> int:
    return max(1, round(seconds * _AT_ONCE_PER_SECOND))


def _timed(change: Callable[[], object]) -> float:
    start = time.perf_counter()
    change()
    return (time.perf_counter() - start) * 1000


def write_log(
    seat: Seat,
    cases: list[bytes],
    start: Barrier,
    told: Connection,
    left: Any,
    seconds: float,
    per_second: float,
    seed: int,
    line: bool = True,
) -> None:
    """One workstation with Halldesk: each change published at once, or (`per_second` 0) by a thread beside. `left`: how
    many have not published all of theirs."""
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
    station.syncer._sleep = station.syncer._reading._sleep = time.sleep
    made: list[bytes] = []

    def change() -> None:
        case = dice.choice(cases)
        with station.transaction() as tx:
            tx.update(Case, case, next_step=f"{seat.name} {dice.random()}", updated_at=station.clock())
        made.append(tx.id)

    def change_and_publish() -> None:
        change()
        station.sync()

    station.sync()
    start.wait(120)
    began, worked = time.monotonic(), time.process_time()
    if per_second:
        taken = _paced(change_and_publish, seconds, per_second, dice)
    else:
        taken = []
        writing = threading.Thread(target=lambda: taken.extend(_paced(change, seconds, 0.0, dice)))
        writing.start()
        while writing.is_alive() or station.replica.pending_count():
            station.sync()
            writing.join(_SOON_S)
    ended = time.monotonic()
    with left.get_lock():
        left.value -= 1
    while left.value:
        time.sleep(_SOON_S)
        if station.syncer.has_news():
            station.sync()
    worked = time.process_time() - worked
    station.sync()
    taken_by_the_log = sum(station.replica.outcome(tx) == ("accepted", None) for tx in made)
    state = station.replica.head, station.replica.digest, station.whole()
    told.send(Told(taken, taken_by_the_log, began, ended, conflicts, commits, worked, state))
    station.replica.close()
    station.log.close()


def write_file(
    path: str,
    cases: list[bytes],
    start: Barrier,
    told: Connection,
    left: Any,
    seconds: float,
    per_second: float,
    seed: int,
) -> None:
    """One workstation on the shared SQLite file. Waits for the others' locks as SQLite does, however long."""
    dice = random.Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=600)) as raw:
        raw.execute("PRAGMA synchronous=FULL")

        def change() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(
                'UPDATE "case" SET next_step = ?, updated_at = ? WHERE id = ?',
                (str(dice.random()), time.time_ns() // 1_000_000, dice.choice(cases)),
            )
            raw.execute("COMMIT")

        _tell_bare(change, start, told, left, seconds, per_second, dice)


def write_rows(
    url: str,
    rows: list[bytes],
    start: Barrier,
    told: Connection,
    left: Any,
    seconds: float,
    per_second: float,
    seed: int,
) -> None:
    """One connection that inserts rows as long as an entry."""
    dice = random.Random(seed)
    with psycopg.connect(url, password=PASSWORD, autocommit=True) as connection:

        def change() -> None:
            connection.execute("INSERT INTO bare (bytes) VALUES (%s)", (dice.choice(rows),))

        _tell_bare(change, start, told, left, seconds, per_second, dice)


def _tell_bare(
    change: Callable[[], None],
    start: Barrier,
    told: Connection,
    left: Any,
    seconds: float,
    per_second: float,
    dice: random.Random,
) -> None:
    start.wait(120)
    began = time.monotonic()
    taken = _paced(change, seconds, per_second, dice)
    ended = time.monotonic()
    with left.get_lock():
        left.value -= 1
    told.send(Told(taken, len(taken), began, ended))


def read_list(path: str, seat: Seat | None, start: Barrier, told: Connection, left: Any) -> None:
    """One who looks at a queue while others write: on the own replica that follows the log (`seat`), or on the shared
    file."""
    station = seat.open() if seat is not None else None
    if station is not None:
        station.sync()
    uri = f"file:{path}?mode=ro"
    taken = []
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=600)) as raw:
        start.wait(120)
        began = looked = time.monotonic()
        while left.value:
            if station is not None and time.monotonic() - looked > 1.0:
                looked = time.monotonic()
                if station.syncer.has_news():
                    station.sync()
            taken.append(_timed(lambda: raw.execute(_LIST).fetchall()))
            time.sleep(_READ_EVERY_S)
    told.send(Told(taken, 0, began, time.monotonic()))
    if station is not None:
        station.replica.close()
        station.log.close()


def _together(jobs: list[tuple[Callable[..., None], tuple[Any, ...]]]) -> list[Told]:
    """Run all of them at once; what each told. They are given the first two arguments, the barrier they begin behind,
    the pipe to tell by, how many writers are not through yet, and the rest."""
    context = processes()
    start = context.Barrier(len(jobs))
    left = context.Value("i", sum(target is not read_list for target, _arguments in jobs))
    running = []
    for target, (first, second, *rest) in jobs:
        answer, told = context.Pipe(duplex=False)
        process = context.Process(target=target, args=(first, second, start, told, left, *rest))
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
                (read_list, (str(shared), None)),
            ])  # fmt: skip
            _tell(f"{title}, {pace}{'' if line else ', no line'}", ours, theirs, flushed)


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
            _tell(f"16 writers, PostgreSQL, {pace}{'' if line else ', no line'}", ours, theirs, flushed)


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


def _ours(seats: list[Seat], cases: list[bytes], seconds: float, rate: float, *, line: bool) -> list[Told]:
    *writing, reader = seats
    out = _together([
        *((write_log, (seat, cases, seconds, rate, n, line)) for n, seat in enumerate(writing)),
        (read_list, (reader.replica, reader)),
    ])  # fmt: skip
    (state,) = {one.state for one in out[:-1]}  # else they did not end equal
    assert state is not None
    assert state[-1], "the rows are not what the digest says"
    return out


def _per_second(told: list[Told]) -> float:
    return sum(one.changes for one in told) / (max(one.ended for one in told) - min(one.began for one in told))


def _tell(name: str, ours: list[Told], theirs: list[Told], flushed: list[float]) -> None:
    *writing, reading = ours
    floor_reading = None if theirs[-1].changes else theirs[-1]
    floor = theirs if floor_reading is None else theirs[:-1]
    taken, bare = ([ms for one in all_ for ms in one.taken] for all_ in (writing, floor))
    conflicts, commits = sum(one.conflicts for one in writing), sum(one.commits for one in writing)
    changes = sum(one.changes for one in writing)
    record(
        f"{name}: commit", median(taken), median(bare), p99_ms=round(_share(taken, 0.99), 1),
        floor_p99_ms=round(_share(bare, 0.99), 1), changes_per_second=round(_per_second(writing), 1),
        floor_changes_per_second=round(_per_second(floor), 1), changes=len(taken), in_the_log=changes,
        changes_per_entry=round(changes / max(1, commits), 1),
        conflicts_per_commit=round(conflicts / max(1, commits), 3), goal_conflicts=GOAL_CONFLICTS,
        goal_p99_ms=GOAL_P99_MS,
        processor_ms_per_change=round(sum(one.worked for one in writing) * 1000 / max(1, changes), 2),
        flush_ms=round(median(flushed), 2), flush_p99_ms=round(_share(flushed, 0.99), 1),
    )  # fmt: skip
    if floor_reading is None:
        return
    record(
        f"{name}: reading beside them", median(reading.taken), median(floor_reading.taken),
        p99_ms=round(_share(reading.taken, 0.99), 2), floor_p99_ms=round(_share(floor_reading.taken, 0.99), 2),
        worst_ms=round(max(reading.taken), 1), floor_worst_ms=round(max(floor_reading.taken), 1),
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
