"""From a week to its files: figures once, then a PDF and a JSON file, each written beside its place and put there
whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

from app.context import ReadContext
from app.errors import UserError
from app.insight.scope import Edition
from app.reports.case_lines import case_lines
from app.reports.weekly import WeeklyFigures, weekly_figures

if TYPE_CHECKING:
    from app.reports.weekly_pdf import Drawn


@dataclass(frozen=True)
class WeeklyReport:
    """What was written where."""

    figures: WeeklyFigures
    pdf: Path | None
    json: Path | None
    pages: int


@dataclass(frozen=True)
class Made:
    """A report with its pages, before it is anywhere."""

    figures: WeeklyFigures
    edition: Edition | None
    drawn: Drawn


Progress = Callable[[str, int, int], object]
"""("figures", done, total), then ("pages", drawn so far, 0); what it raises ends the work."""


def make_weekly(
    context: ReadContext,
    week: str,
    edition: Edition | None = None,
    *,
    paper: str = "A4",
    private: bool = False,
    comment: str | None = None,
    seen: Mapping[bytes, int] | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Made:
    """The figures of a week and its pages. `paper`: A4 or Letter; `private`: the cases of the exceptions are named;
    `comment`: in place of the one that was frozen; `seen`: see `weekly_figures`. Errors: UserError for a bad week or
    part."""
    from app.reports.pdf import Paper  # late: reportlab is only needed for paper
    from app.reports.weekly_pdf import draw_weekly

    figures = weekly_figures(
        context, week, edition=edition, sections=True, seen=seen,
        on_step=lambda done, total: progress("figures", done, total),
    )  # fmt: skip
    if comment is not None:
        figures = replace(figures, comment=comment.strip())
    drawn = draw_weekly(
        figures, context.language, Paper[paper.upper()], lambda keys: case_lines(context, keys), private=private,
        on_page=lambda page: progress("pages", page, 0),
    )  # fmt: skip
    return Made(figures, edition, drawn)


def write_weekly(
    context: ReadContext,
    week: str,
    department: bytes | None = None,
    *,
    edition: Edition | None = None,
    pdf: Path | None = None,
    json: Path | None = None,
    paper: str = "A4",
    private: bool = False,
) -> WeeklyReport:
    """Compute a week and write it as PDF and as JSON (either may be None); see `make_weekly`. Errors: UserError for a
    bad week, an unknown part or a place that can't be written; then neither file is touched in part.
    """
    if department is not None:
        edition = Edition("department", department)
    pages = 0
    if pdf is None:
        figures = weekly_figures(context, week, edition=edition, sections=True)
    else:
        made = make_weekly(context, week, edition, paper=paper, private=private)
        figures, pages = made.figures, made.drawn.pages
        write_whole(pdf, made.drawn.document)
    if json is not None:
        write_json(json, figures)
    return WeeklyReport(figures, pdf, json, pages)


def write_json(path: Path, figures: WeeklyFigures) -> None:
    """Every figure with its cases. Errors: UserError."""
    text = dumps(figures.as_json(), ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """The file is there whole or not at all. Errors: UserError saying what to do."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise UserError(
            f"{path} can't be written ({reason}); choose another folder or close the program that shows it."
        ) from error
