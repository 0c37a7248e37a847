"""How long the board takes to refresh, against the bare counts on the same replica.

    python -m tests.bench.bench_board [--cases 1000000] [--folder WHERE]

The desk of tests.bench.case_data: more than half of all cases are open there, which is worse than any real one. The
floor are two counts over indexes of open cases: how many there are, how many are overdue. A folder that is named is
kept and used again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from app.insight.board import read_board
from app.reading import ReadingDesk
from db.reader import Reader
from tests.bench.case_data import build
from tests.bench.command import measure
from tests.bench.report import alternating, median, record

GOAL_MS: Final = 200


def floor(reader: Reader, now: int) -> None:
    """What is open and what of it is late."""
    reader.value('SELECT count(*) FROM "case" INDEXED BY ix_case_open_age WHERE ended_at IS NULL')
    reader.value(
        'SELECT count(*) FROM "case" INDEXED BY ix_case_open_due WHERE ended_at IS NULL AND due_at < ?', (now,)
    )


def run(folder: Path, cases: int, rounds: int) -> None:
    """Measure it."""
    desk = ReadingDesk(build(folder, cases))
    read_board(desk.context)  # what the first look brings in from the disk
    ours, bare = alternating(
        partial(read_board, desk.context), partial(floor, desk.context.reader, desk.context.clock()), rounds
    )
    record(f"board, {cases:,} cases", median(ours), median(bare), goal_ms=GOAL_MS, p95_ms=round(sorted(ours)[-1], 1))
    desk.close()


if __name__ == "__main__":
    measure(run, __doc__, cases=1_000_000, rounds=9)
