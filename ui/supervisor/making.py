"""Making a report on a lane: how far it is, and how it is stopped.

The lane's thread tells a plain object how far it is; the page looks at it by a timer. So nothing that may be gone is
ever called from there.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.reading import ReadingDesk
from ui.lanes import Lanes

if TYPE_CHECKING:
    from app.insight.scope import Edition
    from app.reports.freezing import ToFreeze
    from app.reports.pages import Pages
    from app.reports.writing import Made


class Stopped(Exception):
    """Somebody pressed Cancel, or wants another report."""


@dataclass
class Job:
    """One report being made. `seen`: signs of life of the workstations, where they are known; `freezes`: it is made to
    be kept. `what`: "figures" or "pages"; `total` 0: not known."""

    week: str
    edition: Edition | None
    paper: str
    private: bool
    comment: str | None
    language: str
    seen: Mapping[bytes, int] | None = None
    freezes: bool = False
    what: str = "figures"
    done: int = 0
    total: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Ready:
    """A report that can be shown; `kept`: and be frozen, if that was asked for."""

    job: Job
    made: Made
    pages: Pages
    kept: ToFreeze | None


def make(desk: ReadingDesk, lanes: Lanes, job: Job) -> Ready:
    """The work itself; on a lane. Errors: Stopped; UserError."""
    from dataclasses import replace

    from app.reports.freezing import to_freeze
    from app.reports.pages import Pages
    from app.reports.writing import make_weekly

    def progress(what: str, done: int, total: int) -> None:
        job.what, job.done, job.total = what, done, total
        if job.stop.is_set() or lanes.stopping.is_set():
            raise Stopped

    made = make_weekly(
        replace(desk.context, language=job.language), job.week, job.edition, paper=job.paper, private=job.private,
        comment=job.comment, seen=job.seen, progress=progress,
    )  # fmt: skip
    document = made.drawn.document
    kept = to_freeze(made.figures, job.edition, made.figures.comment, document) if job.freezes else None
    return Ready(job, made, Pages(document), kept)
