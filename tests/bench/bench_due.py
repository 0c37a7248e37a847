"""What a change of a calendar costs when every open case is to be given other due times and these are stored.

The floor is the bare `UPDATE` of the same four columns of as many rows in a copy of the same file, with its indexes, in
one commit and without anything computed. Beside it stands what finding out costs when nothing is to be changed, and the
processor's time of both, which says more than the clock where others work on the same machine.

`python -m tests.bench.bench_due [CASES]` (100,000 open cases by default; goal 5 s).
"""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from app.times import DAY_MS
from app.work.timekeeping import Timekeeping
from db.ids import new_id
from db.shapes import Case, CaseEvent
from tests.bench.report import record
from tests.desks import MONDAY_NINE, found_desk

GOAL_MS = 5_000
_PART = 5_000
_MOVES = (("status", "new"), ("status", "in progress"), ("waiting_on", None))
_EARLIER = {day: ["06:00-14:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def run(cases: int, folder: Path) -> None:
    """Measure on a desk in `folder` with that many open cases, each with three events."""
    draw = random.Random(20260105)
    desk = found_desk(folder)
    for start in range(0, cases, _PART):
        ids = [new_id() for _ in range(min(_PART, cases - start))]
        with desk.replica.transaction("import.events", desk.me, at=MONDAY_NINE, undoable=False) as tx:
            tx.insert_many(Case, [
                (case_id, {"title": "Scanner", "severity": draw.randrange(1, 5), "status": "in progress",
                           "opened_at": MONDAY_NINE - draw.randrange(90 * DAY_MS), "updated_at": MONDAY_NINE})
                for case_id in ids
            ])  # fmt: skip
            tx.insert_many(CaseEvent, [
                (new_id(), {"case_id": case_id, "at": MONDAY_NINE - DAY_MS, "field": field, "new": new})
                for case_id in ids for field, new in _MOVES
            ])  # fmt: skip
    keeping = Timekeeping(desk.context, desk.deadlines)
    keeping.recompute()
    began = perf_counter()
    keeping.recompute()
    looked = perf_counter() - began
    began, worked = perf_counter(), process_time()
    done = keeping.set_calendar("Office hours", shifts=_EARLIER)
    taken, worked = perf_counter() - began, process_time() - worked
    bare, bare_worked = _bare(folder / "anna" / desk.profile.replica.name, folder / "copy.db")
    desk.close()
    record(
        f"due: all stored again, {cases:,} open cases", taken * 1000, bare * 1000, changed=done.cases,
        nothing_to_do_ms=round(looked * 1000), goal_ms=GOAL_MS, processor_ms=round(worked * 1000),
        floor_processor_ms=round(bare_worked * 1000),
    )  # fmt: skip


def _bare(replica: Path, copy: Path) -> tuple[float, float]:
    plain = sqlite3.connect(copy, isolation_level=None)
    source = sqlite3.connect(replica)
    source.backup(plain)
    source.close()
    for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        plain.execute(f'DROP TRIGGER "{name}"')
    rows = plain.execute(
        'SELECT response_due_at + 1, fix_due_at + 1, due_at + 1, warn_at + 1, id FROM "case"'
    ).fetchall()
    began, worked = perf_counter(), process_time()
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany(
        'UPDATE "case" SET response_due_at = ?, fix_due_at = ?, due_at = ?, warn_at = ? WHERE id = ?', rows
    )
    plain.execute("COMMIT")
    taken, worked = perf_counter() - began, process_time() - worked
    plain.close()
    return taken, worked


if __name__ == "__main__":
    with TemporaryDirectory() as kept:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, Path(kept))
