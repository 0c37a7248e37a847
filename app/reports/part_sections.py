"""Parts of the weekly report: the sections (app.reports.sections), what was restated, the definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from app.insight.metrics import FLOW
from app.insight.section import Listing, Section
from app.reports.blocks import WellBroken
from app.reports.charts import Bars, Trend
from app.reports.composing import BREAK, NAMED, Composer
from app.reports.pdf import FAINT, INK, MEDIUM, MUTED, REGULAR, SEMI, SMALL, TINY, Cell, Heading, style, words
from app.reports.weekly_blocks import CELL, HEAD_TAIL, PLAIN, head, table
from app.texts import CATALOGUE, Texts

TAILED: Final = frozenset({"cases", "plain"})
"""Units whose figures leave room for the week before beside them."""
LOW_IS_GOOD: Final = frozenset({"reopened.share"})
"""Shares that should stay under their target."""
WORDY: Final = frozenset({"escalations.reasons"})
"""Tables whose lines are named by sentences."""
PRIVATE: Final = frozenset({"exceptions"})
"""Sections whose cases only a private edition names."""


def of_section(key: str) -> Callable[[Composer], list[Flowable]]:
    """The part that prints this section."""
    return lambda c: section(c, key)


def section(c: Composer, key: str) -> list[Flowable]:
    """A section: its figures with the week before and eight weeks, then its tables; or why it is empty."""
    t = c.t
    found = next((one for one in c.f.sections if one.key == key), None)
    if found is None:
        return []
    out: list[Flowable] = [Heading(t(f"head.{key}"), key)]
    if found.empty:
        return [KeepTogether([*out, words(t(found.empty))])]
    note = f"note.section.{key}"
    if note in CATALOGUE:
        out.append(words(t(note, **found.values), SMALL))
    if found.headline:
        out.append(headline(c, found))
    full = [one for one in found.tables if one.lines]
    tables = [listing(c, one) for one in full]
    if tables and len(full[0].lines) <= 8:
        return [KeepTogether([*out, *tables[0]]), *(flowable for one in tables[1:] for flowable in one)]
    return [KeepTogether(out), *(flowable for one in tables for flowable in one)]


def headline(c: Composer, found: Section) -> Flowable:
    """The figures of a section with target, week before, n and eight weeks."""
    t = c.t
    listed = found.key not in PRIVATE or c.private
    aim = any(one.target is not None for one in found.headline)
    names = ("week", "target" if aim else "", "before", "n")
    heads = [head(t(f"column.{name}") if name else "", right=True) for name in names]
    rows = [[head(""), *heads, head(t("column.weeks"))]]
    for one in found.headline:
        link = c.annex.link(c.name(one), one.cases, weight=True) if listed and one.value else None
        sign = "≤" if one.key in LOW_IS_GOOD else "≥"
        rows.append([
            Cell(t(f"figure.{one.key}")), Cell(c.shown(one), font=SEMI, align="right", link=link),
            Cell("" if one.target is None else f"{sign} {c.amount(one.target, one.unit)}", color=MUTED,
                 align="right"),
            Cell(c.amount(one.previous, one.unit), color=MUTED, align="right"),
            Cell("" if one.n is None else t.integer(one.n), color=MUTED, align="right"),
            Trend(one.trend, widest=54),
        ])  # fmt: skip
    return table(rows, [c.room - 64 - 56 - 62 - 44 - 62, 64.0, 56.0, 62.0, 44.0, 62.0])


def listing(c: Composer, one: Listing) -> list[Flowable]:
    """One table of a section."""
    t = c.t
    scale = max((float(line.figures[0].value or 0) for line in one.lines), default=0.0) or 1.0
    drawn = any(line.figures[one.lead].trend for line in one.lines)
    tailed = [figure.unit in TAILED and bool(figure.trend) for figure in one.lines[0].figures]
    heads = [words(t(f"column.{name}"), HEAD_TAIL) if tail else head(t(f"column.{name}"), right=True)
             for name, tail in zip(one.columns[1:], tailed, strict=True)]  # fmt: skip
    rows: list[list[Any]] = [
        [head(t(f"column.{one.columns[0]}")), *([""] if one.bars else []), *heads,
         head(t("column.weeks")) if drawn else ""]
    ]  # fmt: skip
    for line in one.lines:
        name = _called(t, one.key, line.name)
        cells = [
            Cell(c.shown(figure), align="right", color=INK if figure.value else FAINT,
                 link=c.annex.link(c.name(figure, name), figure.cases) if figure.value else None,
                 after=c.amount(figure.previous, figure.unit) if tail else None)
            for figure, tail in zip(line.figures, tailed, strict=True)
        ]  # fmt: skip
        color = INK if line.name else MUTED
        rows.append([
            words(name, CELL) if one.key in WORDY and name else
            Cell(name or t("report.none"), font=MEDIUM if line.name else REGULAR, color=color),
            *([Bars([(float(line.figures[0].value or 0), "solid")], scale)] if one.bars else []),
            *cells, Trend(line.figures[one.lead].trend, widest=48) if drawn else "",
        ])  # fmt: skip
    wide = (60.0 if one.bars or len(one.columns) > 5 else 66.0) if len(one.columns) >= 5 else 74.0
    if not one.bars and not drawn:
        wide = min(92.0, (c.room - 120) / (len(one.columns) - 1))  # room for long heads
    tail = [wide] * (len(one.columns) - 1) + [60.0 if drawn else 4.0]
    room = c.room - sum(tail)
    first = min(room * 0.7, 270.0 if one.key in WORDY else 190.0) if one.bars else room
    widths = [first, *([room - first] if one.bars else []), *tail]
    return [Spacer(0, 8), table(rows, widths)]


def _called(t: Texts, table: str, name: str) -> str:
    """The name of a line in the report's language."""
    if table == "months":
        return t.month(name)
    return t(f"activity.{name}") if f"activity.{name}" in CATALOGUE else name


def restated(c: Composer) -> list[Flowable]:
    """What is another figure now than when it was printed."""
    t, f = c.t, c.f
    out: list[Flowable] = [Heading(t("head.restated"), "restated")]
    if not f.restated:
        why = "empty.restated.none" if f.compared is None else "empty.restated"
        return [KeepTogether([*out, words(t(why, seq=f.compared) if f.compared is not None else t(why))])]
    rows = [[head(t("column.figure")), head(t("column.report")), head(t("column.was"), right=True),
             head(t("column.now"), right=True), head(t("column.changed"))]]  # fmt: skip
    for one in f.restated:
        root = one.key.split(".")[0]
        name = t(f"figure.{root}" if root in ("first", "full") else f"figure.{one.key}")
        changed = [f"+{case}" for case in one.came] + [f"−{case}" for case in one.went]
        more = f" … +{len(changed) - NAMED}" if len(changed) > NAMED else ""
        rows.append([
            words(name, CELL), Cell(one.week, color=MUTED), Cell(c.amount(one.was, one.unit), align="right"),
            Cell(c.amount(one.now, one.unit), font=SEMI, align="right"),
            words(", ".join(changed[:NAMED]) + more, TINY),
        ])  # fmt: skip
    return [CondPageBreak(BREAK), *out, table(rows, [150, 62, 52, 52, c.room - 316])]


def definitions(c: Composer) -> list[Flowable]:
    """What each figure means."""
    t = c.t
    keys = [
        "week",
        "events",
        *(f"flow.{kind}" for kind in FLOW),
        "balance",
        "age",
        "first",
        "full",
        "reopen.share",
        "group",
        *(f"section.{one.key}" for one in c.f.sections),
    ]
    if c.f.basis is not None:
        keys.append("trainings")
    if c.f.department:
        keys.append("department")
    keys.append("trend")
    term, meaning = style(7.6, font=SEMI, leading=10), style(7.6, leading=10)
    rows = [[words(t(f"term.{key}"), term), words(t(f"definition.{key}", zone=c.f.zone), meaning)] for key in keys]
    return [
        CondPageBreak(BREAK),
        Heading(t("head.definitions"), "definitions", keep=False),
        words(t("report.in_annex"), SMALL),
        Spacer(0, 4),
        WellBroken(rows, colWidths=[104, c.room - 104], style=PLAIN),
    ]
