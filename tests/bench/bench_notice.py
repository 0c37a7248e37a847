"""How soon another idle workstation shows a change, on a PostgreSQL store with its bell.

Ours: one workstation commits locally and publishes; another waits at the bell, makes a round and has the change in its
replica. The floor is what no such path can do without: one bare connection inserts a row of the same size in a table
whose trigger notifies, another waits on its socket and reads the row. Both by turns against the same server, with a
pause between two changes, so that each waits again before the next one comes.

`python -m tests.bench.bench_notice [rounds]`; goal: 95 of 100 within 200 ms.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from select import select

import psycopg

from db.chain import slot_name
from db.server import ServerLog
from tests.bench.report import median, record
from tests.postgres import PASSWORD, PostgresServer
from tests.sync.stations import Station, found, join

GOAL_MS = 200.0
PAUSE_S = 0.05
_APART = 900
"""The floor's rows stand in an epoch of their own."""


def run(server: PostgresServer, folder: Path, rounds: int) -> None:
    """Measure and record."""
    url, logs = server.new_database(), []

    def make(name: str) -> ServerLog:
        logs.append(ServerLog(url, name, PASSWORD))
        return logs[-1]

    anna = found(folder, make)
    jo = join(anna, folder, make)
    anna.sync()
    case = anna.opens("A printer jams in hall 1")
    for station in (anna, jo):
        station.sync()
    size = len(anna.replica.entry(anna.replica.head.seq) or b"")
    ours = _ours(anna, jo, case, rounds)
    floor = _floor(url, size, rounds)
    for station in (anna, jo):
        station.replica.close()
    for log in logs:
        log.close()
    ours.sort()
    p95 = ours[int(len(ours) * 0.95)]
    record(
        "notice: a change on another idle workstation, PostgreSQL", median(ours), median(floor), rounds=rounds,
        bytes=size, p95_ms=round(p95, 2), goal_p95_ms=GOAL_MS, within_goal=p95 <= GOAL_MS,
    )  # fmt: skip


def _ours(anna: Station, jo: Station, case: bytes, rounds: int) -> list[float]:
    seen: dict[str, float] = {}
    came, ended = threading.Event(), threading.Event()
    bell = jo.log.bell()
    assert bell is not None

    def idle() -> None:
        while not ended.is_set():
            if bell.wait(30) and not ended.is_set():
                jo.sync()
                seen[jo.case(case)["title"]] = time.perf_counter()
                came.set()

    waiting = threading.Thread(target=idle)
    waiting.start()
    taken = []
    for turn in range(rounds):
        time.sleep(PAUSE_S)
        title = f"A printer jams in hall 1, turn {turn}"
        began = time.perf_counter()
        anna.edits(case, title=title)
        anna.sync()
        while title not in seen:
            came.wait(5)
            came.clear()
        taken.append((seen[title] - began) * 1000)
    ended.set()
    bell.close()
    waiting.join()
    return taken


def _floor(url: str, size: int, rounds: int) -> list[float]:
    taken = []
    reading = b"SELECT bytes FROM halldesk.log WHERE epoch = %s AND seq = %s"
    writing = b"INSERT INTO halldesk.log (epoch, seq, name, bytes) VALUES (%s, %s, %s, %s)"
    with (
        psycopg.connect(url, password=PASSWORD, autocommit=True) as writer,
        psycopg.connect(url, password=PASSWORD, autocommit=True) as reader,
    ):
        reader.execute("LISTEN halldesk")
        for seq in range(1, rounds + 1):
            time.sleep(PAUSE_S)
            began = time.perf_counter()
            writer.execute(writing, (_APART, seq, slot_name(seq, ".e"), bytes(size)))
            while not reader.pgconn.notifies():
                select([reader.pgconn.socket], [], [], 5)
                reader.pgconn.consume_input()
            reader.execute(reading, (_APART, seq)).fetchone()
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def main(rounds: int = 200) -> None:
    """With a server of its own."""
    folder = Path(tempfile.mkdtemp(prefix="halldesk-bench-"))
    folder.chmod(0o755)
    (folder / "server").mkdir()
    server = PostgresServer(folder / "server", durable=True)
    try:
        (folder / "desk").mkdir()
        run(server, folder / "desk", rounds)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
