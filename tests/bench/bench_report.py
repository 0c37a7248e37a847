"""How long a week takes: its figures and the printed report, against bare queries and a bare document of that length.

    python -m tests.bench.bench_report [--cases 100000] [--folder WHERE]

The floor of the figures are the counts such a week begins with, as plain SQL on the same replica: opened, resolved and
closed by day and queue, and what is open by queue. It has no eight weeks of trend, no ages, no durations and no case
numbers. The floor of the report is that plus a ReportLab document of as many pages with as much text and no layout. A
folder that is named is kept and used again.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from app.context import ReadContext
from app.reports.pdf import REGULAR, Paper, use_fonts
from app.reports.weekly import WeeklyFigures, case_lines, weekly_figures
from app.reports.weekly_pdf import weekly_pdf
from db.reader import Reader
from tests.app.report_desk import ZONE, Past, at, made_up
from tests.bench.report import alternating, median, record

WEEKS: Final = (("latest", "2026-W12"), ("two years ago", "2024-W12"))
GOAL_FIGURES_MS: Final = 50
GOAL_REPORT_MS: Final = 2000
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


def run(folder: Path, cases: int, rounds: int) -> None:
    """Measure both weeks."""
    if not (folder / "replica.db").exists():
        past = Past(folder, at("2026-03-23 07:30"))
        made_up(past, cases, weeks=156)
        past.publish()
        past.close()
    reader = Reader(folder / "replica.db")
    context = ReadContext(
        reader_of=lambda: reader, clock=lambda: at("2026-03-23 07:30"), me=b"", zone=ZONE, language="de"
    )
    for name, week in WEEKS:
        figures = weekly_figures(context, week)
        ours, bare = alternating(partial(weekly_figures, context, week), partial(floor, reader, figures), rounds)
        record(
            f"report: figures of a week, {name}, {cases:,} cases", median(ours), median(bare),
            goal_ms=GOAL_FIGURES_MS, p95_ms=round(sorted(ours)[int(len(ours) * 0.95)], 1),
        )  # fmt: skip

    def whole() -> tuple[bytes, int]:
        return weekly_pdf(weekly_figures(context, WEEKS[0][1]), "de", Paper.A4, lambda keys: case_lines(context, keys))

    document, pages = whole()
    first = weekly_figures(context, WEEKS[0][1])

    def below() -> None:
        floor(reader, first)
        bare_document(pages)

    ours, bare = alternating(whole, below, max(3, rounds // 3))
    record(
        f"report: week printed, {cases:,} cases", median(ours), median(bare),
        goal_ms=GOAL_REPORT_MS, pages=pages, kilobytes=len(document) // 1024,
    )  # fmt: skip
    reader.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, help="keep the replica here and use it again")
    args = parser.parse_args()
    if args.folder is not None:
        run(args.folder, args.cases, args.rounds)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(Path(folder) / "desk", args.cases, args.rounds)


if __name__ == "__main__":
    main()
