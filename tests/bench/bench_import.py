"""How fast an event log comes in, against bare executemany of the same rows into the same tables and indexes.

    python -m tests.bench.bench_import [--cases 5000] [--log FILE --mapping NAME]

Without a log one is made up from a seed, with about six rows a case. Ours is everything `import_events` does: reading,
mapping, histories, the guarded transactions with their digest, the outbox, the search index. The floor gets the
finished rows of every table the import filled, in a fresh file with the same tables and indexes, durable alike (WAL,
full sync), one transaction per table; it reads nothing, checks nothing, and has no outbox and no search index. Both
write to the same disk, one after the other, in each round.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from app.intake.events import import_events
from app.intake.mapping import ImportMapping, find_mapping
from app.intake.result import ImportResult
from db.models import SHARED
from tests.app.report_desk import Past, at
from tests.bench.report import median, record

GOAL_EVENTS_PER_SECOND: Final = 5_000
"""141,712 events in half a minute."""
_STATES: Final[tuple[tuple[str, str], ...]] = (
    ("Queued", "Awaiting Assignment"), ("Accepted", "In Progress"), ("Accepted", "Assigned"),
    ("Accepted", "Wait - User"), ("Accepted", "In Progress"), ("Completed", "Resolved"), ("Completed", "Closed"),
)  # fmt: skip
_HEADER: Final = (
    "case_id,seq,ts_utc,status,substatus,support_team,support_line,function_div,org_line,org_country,owner_country,"
    "owner_first_name,impact,product"
)


def made_up_log(path: Path, cases: int) -> None:
    """A log in the shape of VINST's: every case goes its way through some of the states, teams and owners."""
    draw = random.Random(20260101)
    begin = datetime.fromisoformat("2024-01-01T06:00:00")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        print(_HEADER, file=file)
        for case in range(cases):
            moment = begin + timedelta(minutes=draw.randrange(2 * 365 * 1440))
            impact, product, line = draw.choice(("Low", "Medium", "High")), draw.randrange(300), draw.randrange(12)
            for seq, state in enumerate(s for s in _STATES if s[1] != "Wait - User" or draw.random() < 0.3):
                tier, owner = draw.choice((1, 2, 2, 3)), draw.randrange(200)
                print(
                    f"1-{case},{seq},{moment.isoformat()}Z,{state[0]},{state[1]},T{draw.randrange(80)},{tier},D{line},"
                    f"Org line {line},SE,Sweden,Owner {owner},{impact},PROD{product}",
                    file=file,
                )
                moment += timedelta(seconds=draw.randrange(60, 90_000))


def imported(
    folder: Path, log: Path, mapping: ImportMapping
) -> tuple[float, ImportResult, dict[str, list[Any]], list[str]]:
    """(seconds, result, rows by table, statements that make those tables) of one import into a fresh desk."""
    desk = Past(folder, now=at("2026-11-02 09:00"))
    try:
        start = perf_counter()
        result = import_events(desk.context, log, mapping)
        taken = perf_counter() - start
        reader = desk.context.reader
        rows = {name: [tuple(row) for row in reader.all(f'SELECT * FROM "{name}"')] for name in SHARED}
        filled = {name: found for name, found in rows.items() if found}
        schema = [
            row[0]
            for row in reader.all(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') "
                f"AND tbl_name IN ({', '.join('?' * len(filled))}) ORDER BY type DESC",
                list(filled),
            )
        ]
    finally:
        desk.close()
    return taken, result, filled, schema


def bare(path: Path, rows: dict[str, list[Any]], schema: list[str]) -> float:
    """Seconds that the same rows take without anything of ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-16384", *schema):
            connection.execute(statement)
        start = perf_counter()
        for table, listed in rows.items():
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(listed[0]))})', listed)
            connection.execute("COMMIT")
        return perf_counter() - start
    finally:
        connection.close()


def main(cases: int, log: Path | None = None, mapping: str = "volvo-vinst", rounds: int = 3) -> float:
    """Measure, print and keep; returns the ratio."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if log is None:
            log = folder / "log.csv"
            made_up_log(log, cases)
        ours, floors, events, written = [], [], 0, 0
        for number in range(rounds):
            taken, result, rows, schema = imported(folder / f"desk{number}", log, find_mapping(mapping))
            ours.append(taken * 1000)
            floors.append(bare(folder / f"bare{number}.db", rows, schema) * 1000)
            events, written = result.rows, sum(map(len, rows.values()))
        took = median(ours)
        return record(
            "import", took, median(floors), log_rows=events, rows_written=written, rounds=rounds,
            events_per_second=round(events / took * 1000), goal_events_per_second=GOAL_EVENTS_PER_SECOND,
        )  # fmt: skip


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cases", type=int, default=5000)
    arguments.add_argument("--log", type=Path)
    arguments.add_argument("--mapping", default="volvo-vinst")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    main(given.cases, given.log, given.mapping, given.rounds)
