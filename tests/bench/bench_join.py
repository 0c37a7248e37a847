"""A newcomer on a large desk: from an empty profile to the whole state with its search index.

The floor does what can't be left out, and nothing that makes it safe: decompress and decode the same stream, insert its
rows into the same tables (made without indexes, as ours, which are then built), build the search index, commit. Ours is
all of `Snapshots.enter` on a folder: fetch, unseal, prove the maker, compare digests and references, keep the rest.

`python -m tests.bench.bench_join [--cases 100000]`; goal: ratio at most 2.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from app.desk import Desk
from db import search_index
from db.drive import DriveLog
from db.keys import DeviceSecret, new_seed
from db.replica import Replica
from db.shapes import SHARED
from db.snapshots import Snapshots
from db.state import unpressed
from db.tables import spec
from tests.bench.case_data import build
from tests.bench.report import record

GOAL = 2.0


def bare(path: Path, pieces: list[bytes]) -> None:
    """Decompress, decode, insert, index, commit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA cache_size=-16384")
        raw.execute("BEGIN IMMEDIATE")
        made = raw.execute(
            "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
        ).fetchall()
        made = [(name, sql) for name, sql, table in made if table in SHARED]
        for name, _sql in made:
            raw.execute(f'DROP INDEX "{name}"')
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_%'").fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        insert = ""
        for part in unpressed(pieces):
            if part[0] == "table":
                insert = spec(part[1]).insert_sql
            elif part[0] == "rows":
                raw.executemany(insert, part[1])
        for _name, sql in made:
            raw.execute(sql)
        search_index.rebuild(raw)
        raw.execute("COMMIT")


def run(cases: int, data: Path, rounds: int = 1) -> float:
    """Measure and record; returns the ratio. `data`: where the desk is kept between runs."""
    profile = build(data, cases)
    desk = Desk(profile)
    try:
        secret = desk.secret()
        numbers = desk.context.reader.value('SELECT coalesce(max(number), 0) FROM "case"')
        desk.replica.set_facts({"digest": desk.replica.rows_digest(), "max_number": numbers})
        log = DriveLog(data / "share", "bench")
        manifest = Snapshots(desk.replica, log, secret, desk.context.clock).make()
        facts = desk.replica.facts()
        newcomer = DeviceSecret(b"n" * 16, new_seed(), dict(secret.desk_keys))
    finally:
        desk.close()
    ours: list[float] = []
    floor: list[float] = []
    with TemporaryDirectory(prefix="halldesk-bench-", dir=data) as name:
        for turn in range(rounds):
            replica = Replica(Path(name) / f"ours{turn}.db")
            replica.bind(store=facts["store"], root_key=facts["root_key"], device=b"n" * 16, analyst=b"n" * 16,
                         incarnation=b"n" * 8)  # fmt: skip
            snapshots = Snapshots(replica, log, newcomer, lambda: 0)
            start = perf_counter()
            assert snapshots.enter() == manifest
            ours.append((perf_counter() - start) * 1000)
            assert replica.digest == facts["digest"]
            folder = snapshots._fetched(manifest, None)
            pieces = list(_pieces(snapshots, manifest, folder))
            replica.close()
            Replica(Path(name) / f"bare{turn}.db").close()
            start = perf_counter()
            bare(Path(name) / f"bare{turn}.db", pieces)
            floor.append((perf_counter() - start) * 1000)
    size = sum(map(len, pieces))
    return record("join by a snapshot", min(ours), min(floor), cases=cases, megabytes=round(size / 1e6, 1), goal=GOAL)


def _pieces(snapshots: Snapshots, manifest: object, folder: Path) -> Iterator[bytes]:
    yield from snapshots._pieces(manifest, folder)  # type: ignore[arg-type]


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description="Measure joining a large desk against its floor.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the data in this folder for the next run")
    arguments = parser.parse_args()
    if arguments.keep:
        run(arguments.cases, arguments.keep)
    else:
        with TemporaryDirectory(prefix="halldesk-bench-") as name:
            run(arguments.cases, Path(name))


if __name__ == "__main__":
    main()
