"""How long a week takes: its figures and the printed report, against bare queries and a bare document of that length.

    python -m tests.bench.bench_report [--cases 100000] [--folder WHERE]

The floor of the figures are the counts such a week begins with, as plain SQL on the same replica: opened, resolved and
closed by day and queue, and what is open by queue. It has no eight weeks of trend, no ages, no durations and no case
numbers. Week sheets (app.insight.sheets) are made first, as an idle workstation makes them; "worked" is the last week
after 250 more cases were changed in it, none of them in a sheet yet, "listed" with every list of case numbers looked
up. The floor of the report is that plus a ReportLab document of as many pages with as much text and no layout; both are
measured in processor time, because a report is work and not waiting. A folder that is named is kept and used again.

Only the first 100,000 cases go through the shared log; of a larger desk the rest are copies of them by plain SQL, so
that a million cases take minutes. Every second case has notes and booked time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from app.context import Context
from app.insight.sheets import keep
from app.reports.case_lines import case_lines
from app.reports.pdf import REGULAR, Paper, use_fonts
from app.reports.weekly import WeeklyFigures, weekly_figures
from app.reports.weekly_pdf import weekly_pdf
from db.reader import Reader
from db.replica import Replica
from tests.app.report_desk import ZONE, Past, at, made_up
from tests.bench.command import measure
from tests.bench.report import alternating, median, record

NOW: Final = at("2026-03-23 07:30")
WORKED: Final = 250
WEEKS: Final = (("latest", "2026-W12"), ("two years ago", "2024-W12"))
GOAL_FIGURES_MS: Final = 50
GOAL_REPORT_MS: Final = 2000
GOAL_LARGE_MS: Final = 6000
"""On a million cases."""
BASE: Final = 100_000
_FLOOR: Final = (
    """SELECT at / 86400000, new, count(*) FROM case_event
       WHERE field = 'status' AND at >= :start AND at < :end GROUP BY 1, 2""",
    """SELECT e.at / 86400000, c.queue_id, count(*) FROM case_event e JOIN "case" c ON c.id = e.case_id
       WHERE e.field = 'opened' AND e.at >= :start AND e.at < :end GROUP BY 1, 2""",
    """SELECT queue_id, count(*) FROM "case" WHERE ended_at IS NULL AND opened_at < :end GROUP BY 1""",
)


def floor(reader: Reader, figures: WeeklyFigures) -> None:
    """The bare counts of the week."""
    for sql in _FLOOR:
        reader.all(sql, {"start": figures.start, "end": figures.end})


def bare_document(pages: int) -> bytes:
    """As many pages, each full of lines, drawn one after the other."""
    use_fonts()
    into = BytesIO()
    canvas = Canvas(into, pagesize=Paper.A4.value)
    for page in range(pages):
        canvas.setFont(REGULAR, 8)
        for line in range(64):
            canvas.drawString(
                54, 780 - line * 11.2, " ".join(str(90_000 + page * 640 + line * 10 + n) for n in range(10))
            )
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def begin(folder: Path, cases: int) -> None:
    """The desk as far as it goes through the log."""
    past = Past(folder, NOW)
    made_up(past, cases, weeks=156)
    past.publish()
    past.close()


def grow(folder: Path, base: int, cases: int) -> None:
    """Copies of its cases, and notes and time for every second of them."""
    with closing(sqlite3.connect(folder / "replica.db")) as raw:
        me = raw.execute("SELECT id FROM analyst").fetchone()[0]
        raw.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        indexes = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name IN ('case', 'case_event', 'timeline_entry', 'time_entry')"
        ).fetchall()
        for kind, dropped in (("TRIGGER", triggers), ("INDEX", indexes)):
            for name, _ in dropped:
                raw.execute(f"DROP {kind} {name}")
        raw.create_function("other", 2, lambda row, n: row[:15] + bytes([(row[15] + n) % 256]), deterministic=True)
        events = raw.execute("SELECT max(rowid) FROM case_event").fetchone()[0]
        for copy in range(1, cases // base):
            columns = [row[1] for row in raw.execute('PRAGMA table_info("case")')]
            changed = {"rid": f"rid + {copy * base}", "id": f"other(id, {copy})", "number": f"number + {copy * base}"}
            wanted = ", ".join(changed.get(name, name) for name in columns)
            raw.execute(f'INSERT INTO "case" SELECT {wanted} FROM "case" WHERE rid <= {base}')
            columns = [row[1] for row in raw.execute("PRAGMA table_info(case_event)")]
            changed = {"id": f"other(id, {copy})", "case_id": f"other(case_id, {copy})"}
            wanted = ", ".join(changed.get(name, name) for name in columns)
            raw.execute(f"INSERT INTO case_event SELECT {wanted} FROM case_event WHERE rowid <= {events}")
        raw.execute(
            "INSERT INTO timeline_entry (id, case_id, at, kind, audience, author_id, text, counts_as_response) "
            "SELECT randomblob(16), id, opened_at + 3600000, 'note', 'internal', ?, 'A note', 0 FROM \"case\" "
            "WHERE rid % 2 = 0",
            (me,),
        )
        raw.execute(
            "INSERT INTO time_entry (id, case_id, analyst_id, minutes, work_date, activity, entered_at) "
            "SELECT randomblob(16), id, ?, 5 + rid % 40, date(opened_at / 1000, 'unixepoch'), 'remote', opened_at "
            'FROM "case" WHERE rid % 2 = 0',
            (me,),
        )
        raw.execute(
            "INSERT INTO rate (id, analyst_id, valid_from, cents) VALUES (randomblob(16), ?, '2020-01-01', 6000)", (me,)
        )
        raw.execute("DELETE FROM week_sheet")
        raw.execute("DELETE FROM case_touched")
        for _, sql in (*indexes, *triggers):
            raw.execute(sql)
        raw.commit()


def run(folder: Path, cases: int, rounds: int) -> None:
    """Measure both weeks."""
    if not (folder / "replica.db").exists():
        begin(folder, min(cases, BASE))
        grow(folder, min(cases, BASE), cases)
    reader, replica = Reader(folder / "replica.db"), Replica(folder / "replica.db")
    context = Context(
        replica=replica, reader_of=lambda: reader, clock=lambda: NOW, me=b"", zone=ZONE, language="de"
    )  # fmt: skip
    start = perf_counter()
    while keep(context):
        pass
    print(f"sheets made in {perf_counter() - start:.1f} s")

    def measure(name: str, week: str, ask: Callable[[], object]) -> None:
        figures = weekly_figures(context, week)
        ours, bare = alternating(ask, partial(floor, reader, figures), rounds)
        record(
            f"report: figures of a week, {name}, {cases:,} cases", median(ours), median(bare),
            goal_ms=GOAL_FIGURES_MS, p95_ms=round(sorted(ours)[int(len(ours) * 0.95)], 1),
        )  # fmt: skip

    for name, week in WEEKS:
        measure(name, week, partial(weekly_figures, context, week))
    measure("latest and listed", WEEKS[0][1], lambda: weekly_figures(context, WEEKS[0][1]).as_json())
    with replica.local() as raw:
        raw.execute(
            'INSERT INTO case_touched (rid, since) SELECT c.rid, e.at FROM case_event e JOIN "case" c '
            "ON c.id = e.case_id WHERE e.field = 'opened' AND e.at >= ? AND e.at < ? LIMIT ?",
            (at("2026-03-16 00:00"), NOW, WORKED),
        )
    measure("latest and worked", WEEKS[0][1], partial(weekly_figures, context, WEEKS[0][1]))

    def whole() -> tuple[bytes, int]:
        return weekly_pdf(
            weekly_figures(context, WEEKS[0][1], sections=True), "de", Paper.A4, lambda keys: case_lines(context, keys)
        )

    document, pages = whole()
    first = weekly_figures(context, WEEKS[0][1])

    def below() -> None:
        floor(reader, first)
        bare_document(pages)

    ours, bare = alternating(whole, below, max(3, rounds // 3), process_time)
    record(
        f"report: week printed, {cases:,} cases", median(ours), median(bare),
        goal_ms=GOAL_REPORT_MS if cases <= BASE else GOAL_LARGE_MS, pages=pages, kilobytes=len(document) // 1024,
    )  # fmt: skip
    reader.close()
    replica.close()


if __name__ == "__main__":
    measure(run, __doc__, cases=100_000, rounds=15)
