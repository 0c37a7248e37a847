"""What an analyst waits for without a window: writing a case or a comment so that it is safe, and finding words.

The floor of writing is one row into a plain SQLite table with the same durability (WAL, flushed at commit); that of
finding is the bare query of the full-text index for the newest sixty hits.

`python -m tests.bench.bench_work [--cases 100000] [--keep DIR]`; goals at 100,000 cases: write 25 ms, common word 25
ms, rare word 15 ms.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from app.desk import Desk
from app.work.cases import NewCase
from db.search_index import match_expression
from tests.bench.case_data import build
from tests.bench.report import alternating, median, record

ROUNDS = 60


def _compare(name: str, ours: Callable[[], object], floor: Callable[[], object], cases: int, goal: float) -> None:
    ours(), floor()
    taken, bare = alternating(ours, floor, ROUNDS)
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    record(f"work: {name}, {cases:,} cases", median(taken), median(bare), p95_ms=round(p95, 2), goal_ms=goal)


def run(cases: int, folder: Path) -> None:
    """Measure on a profile in `folder` with that many cases."""
    desk = Desk(build(folder, cases))
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, words TEXT)")
    write = lambda: plain.execute("INSERT INTO t (words) VALUES (?)", ("x" * 300,))  # noqa: E731 - one use each
    severity = desk.directory.severities()[-1].rank
    made: list[bytes] = []

    def create() -> None:
        made.append(
            desk.cases.new(NewCase("A scanner in hall 2 reads nothing", severity, description="x " * 100)).case_id
        )

    def comment() -> None:
        desk.cases.note(made[0], "Cable changed, reads again. " * 5)

    _compare("create", create, write, cases, 25)
    _compare("comment", comment, write, cases, 25)
    reader = desk.context.reader
    words = [row[0] for row in reader.all("SELECT title FROM case_text ORDER BY rid DESC LIMIT 400")]
    common = max({w for title in words for w in title.split() if len(w) > 4}, key=lambda w: sum(w in t for t in words))
    for kind, word, goal in (("find a common word", common, 25.0), ("find the words of one case", words[0], 15.0)):
        expression = match_expression(word)
        _compare(
            kind,
            lambda word=word: desk.search.find(word),  # type: ignore[misc]
            lambda expression=expression: reader.all(  # type: ignore[misc]
                "SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT 60", (expression,)
            ),
            cases,
            goal,
        )
    plain.close()
    desk.close()


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description="Measure writing and finding against their floors.")
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
