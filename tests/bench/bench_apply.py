"""Following the log: entries of others folded into a replica, against the barest loop that could do so.

The floor reads the same bytes: it checks frame and signature, unseals, decompresses and unpacks each entry, and puts
the rows with executemany into the same tables with the same indexes, 250 entries a commit. It asks for no right, no
rule, no old value, and keeps no digest, no case numbers, no search index and no copy of the log. What is compared is
processor time: neither side waits for a disk.

`python -m tests.bench.bench_apply [entries]`; goal: at least 0.6 of the floor's speed, a ratio of at most 1.67.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from db.chain import Slot, slot_name
from db.entry import parse
from db.replica import Replica
from db.shapes import Case, CaseEvent, TimelineEntry
from db.tables import complete, spec
from tests.bench.report import median, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, found, join

GOAL: Final = 1.67
BATCH: Final = 250
_PER_ENTRY: Final = 3


def main(entries: int = 2000, rounds: int = 3) -> float:
    """Measure and record; returns the ratio."""
    with TemporaryDirectory(prefix="halldesk-bench-") as name:
        folder = Path(name)
        store = MemoryStore()
        anna = found(folder, lambda _name: MemoryLog(store))
        jo = join(anna, folder, lambda _name: MemoryLog(store), "Jo")
        before = jo.replica.head.seq
        rows = _write(anna, entries)
        raws = [raw for _seq, raw in anna.replica.entries(before)]
        jo.replica.close()
        ours, floors = [], []
        for turn in range(rounds):
            copy = folder / f"{turn}.db"
            with closing(sqlite3.connect(jo.replica.path)) as raw:
                raw.execute("VACUUM INTO ?", (str(copy),))
            taken = _by_turns(_Ours(copy, before, raws, jo), _Bare(folder / f"bare{turn}.db", anna, raws), len(raws))
            ours.append(taken[0])
            floors.append(taken[1])
        anna.replica.close()
    return record(
        "apply", median(ours), median(floors), entries=len(raws), rows=rows, rounds=rounds, goal=GOAL,
        entries_per_second=round(len(raws) / median(ours) * 1000),
    )  # fmt: skip


def _by_turns(ours: _Ours, bare: _Bare, entries: int) -> tuple[float, float]:
    """Milliseconds of processor time of both, a batch of one and a batch of the other, so that both see the same moods
    of the machine."""
    taken = [0.0, 0.0]
    both: tuple[_Ours | _Bare, ...] = (ours, bare)
    for first in range(0, entries, BATCH):
        for n, one in enumerate(both):
            start = process_time()
            one.take(first, first + BATCH)
            taken[n] += (process_time() - start) * 1000
    ours.close()
    bare.close()
    return taken[0], taken[1]


def _write(anna: Station, entries: int) -> int:
    """What a desk does: a case is opened, written to, changed. Returns how many rows that makes."""
    rows = 0
    for _ in range(entries):
        now = anna.clock()
        for n in range(_PER_ENTRY):
            with anna.transaction("case.new") as tx:
                case = tx.insert(
                    Case, title=f"Printer {now} jams in hall {n}", severity=3, opened_at=now, updated_at=now,
                    description="It hums and then it jams. " * 4,
                )  # fmt: skip
                for field, new in (("opened", "incident"), ("status", "new"), ("severity", "3"), ("tier", "1")):
                    tx.insert(CaseEvent, case_id=case, at=now, field=field, new=new, author_id=anna.analyst)
                tx.insert(TimelineEntry, case_id=case, at=now, kind="note", text="Rang back; nobody there. " * 3)
            rows += 6
        anna.sync()
    return rows


class _Ours:
    def __init__(self, copy: Path, before: int, raws: list[bytes], jo: Station) -> None:
        self._replica, self._keys, self._last = Replica(copy), jo.secret.desk_keys, before + len(raws)
        self._slots = [Slot(seq, ((slot_name(seq, ".e"), raw),)) for seq, raw in enumerate(raws, before + 1)]

    def take(self, first: int, end: int) -> None:
        self._replica.apply(self._slots[first:end], self._keys, 0)

    def close(self) -> None:
        assert self._replica.head.seq == self._last
        self._replica.close()


class _Bare:
    def __init__(self, path: Path, anna: Station, raws: list[bytes]) -> None:
        with closing(sqlite3.connect(anna.replica.path)) as known:
            schema = [
                row[0]
                for row in known.execute(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') "
                    "AND tbl_name IN ('case', 'case_event', 'timeline_entry') ORDER BY type DESC"
                )
            ]
        self._keys, self._public, self._raws = {1: anna.secret.desk_keys[1]}, anna.secret.public_key, raws
        self._raw = sqlite3.connect(path, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-16384", *schema):
            self._raw.execute(statement)

    def take(self, first: int, end: int) -> None:
        made: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        for data in self._raws[first:end]:
            frame = parse(data)
            frame.verify(self._public)
            for transaction in frame.open_body(self._keys).transactions:
                for change in transaction.rows:
                    table = spec(change.table)
                    made[change.table].append((change.row_id, *complete(table, change.values).values()))
        self._raw.execute("BEGIN IMMEDIATE")
        for name, rows in made.items():
            self._raw.executemany(spec(name).insert_sql, rows)
        self._raw.execute("COMMIT")

    def close(self) -> None:
        self._raw.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
