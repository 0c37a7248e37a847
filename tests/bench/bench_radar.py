"""How long the knowledge matrix and a rehearsed day take, against the bare sum over a year of cases.

    python -m tests.bench.bench_radar [--cases 100000] [--folder WHERE]

The floor is the one query neither can do without: cases of the last year by product and analyst. Both run on the lane
of counts, where nobody's click waits for them. Processor time is told beside, for machines on which others work too.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from app import times
from app.insight.radar import LOOKED_BACK, Radar
from app.reading import ReadingDesk
from db.reader import Reader
from tests.bench.case_data import build
from tests.bench.command import measure
from tests.bench.report import alternating, median, record

BARE = (
    'SELECT product_id, work_owner_id, count(*) FROM "case" WHERE ended_at >= ? AND resolved_at IS NOT NULL '
    "AND product_id IS NOT NULL AND work_owner_id IS NOT NULL GROUP BY product_id, work_owner_id"
)


def floor(reader: Reader, since: int) -> None:
    """A year of cases, added up."""
    reader.all(BARE, (since,))


def run(folder: Path, cases: int, rounds: int) -> None:
    """Measure both."""
    desk = ReadingDesk(build(folder, cases))
    now = desk.context.clock()
    radar, bare = Radar(desk.context), partial(floor, desk.context.reader, now - LOOKED_BACK * times.DAY_MS)
    who = desk.directory.all("analyst")[1].id
    tomorrow = times.local_date(now + times.DAY_MS, times.zone(desk.context.zone)).isoformat()
    for name, ours in (("radar", radar.matrix), ("rehearsal", partial(radar.rehearse, who, tomorrow))):
        ours()  # what the first look brings in from the disk
        begun = time.process_time()
        ours()
        processor = 1000 * (time.process_time() - begun)
        mine, floors = alternating(ours, bare, rounds)
        record(f"{name}, {cases:,} cases", median(mine), median(floors), processor_ms=round(processor, 1))
    desk.close()


if __name__ == "__main__":
    measure(run, __doc__, cases=100_000, rounds=5)
