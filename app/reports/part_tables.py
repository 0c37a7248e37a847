"""Parts of the weekly report: tables by department, product, queue and severity, what repeats, the oldest cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from app.insight.figure import sorted_keys
from app.insight.metrics import GroupRow
from app.reports.charts import Bars, Trend
from app.reports.composing import BREAK, ROWS, Composer, as_int
from app.reports.pdf import INK, MEDIUM, MUTED, REGULAR, SEMI, SMALL, Cell, Heading, printable, words
from app.reports.weekly_blocks import CELL, HEAD_TAIL, head, table


def groups(c: Composer, dimension: str, all_rows: Sequence[GroupRow], note: str, *, lead: int = 0) -> list[Flowable]:
    """A table by department, product, queue or severity. `lead`: the figure that bars and columns show."""
    t = c.t
    out: list[Flowable] = [Heading(t(f"head.{dimension}"), dimension, keep=False)]
    if not any(row.name for row in all_rows):
        return [*out, words(t(f"empty.{dimension}"))]
    shown = all_rows if len(all_rows) <= ROWS + 1 else all_rows[:ROWS]
    rest = all_rows[len(shown) :]
    if note:
        out.append(words(note, SMALL))
    scale = max(max(as_int(row.figures[lead]) for row in shown), 1)
    rows = [[
        head(t(f"column.{dimension}")), "",
        *(words(t(f"column.{name}"), HEAD_TAIL) for name in ("opened", "resolved", "open")),
        head(t("column.weeks")),
    ]]  # fmt: skip
    for row in shown:
        name = row.name or t("report.none")
        color = INK if row.name else MUTED
        cells = [
            c.number(figure, t("figure.group", group=name, kind=t(f"column.{kind}")), before=True)
            for figure, kind in zip(row.figures, ("opened", "resolved", "open"), strict=True)
        ]
        bar = Bars([(as_int(row.figures[lead]), "solid")], scale)
        rows.append(
            [
                Cell(name, font=MEDIUM if row.name else REGULAR, color=color),
                bar,
                *cells,
                Trend(row.figures[lead].trend),
            ]
        )
    if rest:
        sums = [(sum(as_int(row.figures[n]) for row in rest), sum(int(row.figures[n].previous or 0) for row in rest))
                for n in range(3)]  # fmt: skip
        cells = [Cell(t.integer(now), color=MUTED, align="right", after=t.integer(was)) for now, was in sums]
        trend = [
            sum(int(value or 0) for value in week)
            for week in zip(*(row.figures[lead].trend for row in rest), strict=True)
        ]
        rows.append([Cell(t("report.others", n=len(rest)), color=MUTED), "", *cells, Trend(trend)])
    widths = [150.0, 0.0, 64.0, 64.0, 74.0, 66.0]
    widths[1] = c.room - sum(widths)
    out.append(table(rows, widths))
    return [KeepTogether(out)] if len(rows) <= 8 else [CondPageBreak(BREAK), *out]


def departments(c: Composer) -> list[Flowable]:
    """By department; a department's own edition has no such table."""
    if c.f.department:
        return []
    return groups(c, "department", c.f.departments, c.t("note.group"))


def products(c: Composer) -> list[Flowable]:
    """By product."""
    return groups(c, "product", c.f.products, c.t("note.group"))


def queues(c: Composer) -> list[Flowable]:
    """By queue."""
    return groups(c, "queue", c.f.queues, c.t("note.queue"), lead=2)


def severities(c: Composer) -> list[Flowable]:
    """By severity."""
    return groups(c, "severity", c.f.severities, "")


def repeats(c: Composer) -> list[Flowable]:
    """What came again and again."""
    t = c.t
    out: list[Flowable] = [Heading(t("head.repeats"), "repeats")]
    if not c.f.repeats:
        return [*out, words(t("empty.repeats"))]
    out.append(words(t("note.repeats"), SMALL))
    shown = c.f.repeats[:ROWS]
    scale = max(as_int(one.figure) for one in shown)
    rows = [
        [
            head(t("column.repeat")),
            "",
            head(t("column.four_weeks"), right=True),
            head(t("column.before"), right=True),
        ]
    ]
    for one in shown:
        rows.append([
            Cell(one.figure.group, font=MEDIUM), Bars([(as_int(one.figure), "solid")], scale),
            c.number(one.figure, t("figure.repeat", group=one.figure.group)),
            Cell(c.amount(one.figure.previous, "cases"), color=MUTED, align="right"),
        ])  # fmt: skip
    if len(c.f.repeats) > len(shown):
        rows.append([Cell(t("report.hidden", n=len(c.f.repeats) - len(shown)), color=MUTED), "", "", ""])
    return [KeepTogether([*out, table(rows, [230, c.room - 230 - 120, 60, 60])])]


OLDEST_BREAK: Final = 270.0
"""Room, in points, for its head and the three rows that stay together; a row may have four lines."""


def oldest(c: Composer) -> list[Flowable]:
    """The ten oldest with their next step."""
    t, f = c.t, c.f
    out: list[Flowable] = [CondPageBreak(OLDEST_BREAK), Heading(t("head.oldest"), "oldest", keep=False)]
    if not f.oldest:
        return [*out, words(t("empty.oldest"))]
    out.append(words(t("note.oldest"), SMALL))
    rows = [[
        head(t("column.number")), head(t("column.title")), head(t("column.opened_on")),
        head(t("column.age_days"), right=True), head(t("column.quiet"), right=True), head(t("column.waits")),
        head(t("column.step")),
    ]]  # fmt: skip
    everyone = c.annex.link(t("head.oldest"), sorted_keys(one.key for one in f.oldest), weight=True)
    for one in f.oldest:
        where = " · ".join(text for text in (one.department, one.queue) if text)
        title = escape(printable(one.title))
        if where:
            title += f'<br/><font size="7.2" color="#596475">{escape(printable(where))}</font>'
        step = (
            escape(printable(one.next_step))
            if one.next_step
            else f'<font color="#98A1AF">{escape(t("step.none"))}</font>'
        )
        about = [one.next_step_by] if one.next_step and one.next_step_by else []
        if one.next_step and one.next_step_at:
            about.append(t("step.until", day=t.moment(one.next_step_at, f.zone).split(",")[0]))
        if about:
            step += f'<br/><font size="7.2" color="#596475">{escape(printable(" · ".join(about)))}</font>'
        rows.append([
            Cell(one.key.label, font=SEMI, link=everyone), Paragraph(title, CELL),
            Cell(t.moment(one.opened_at, f.zone).split(",")[0], size=8),
            Cell(t("age.days", n=t.integer(one.age)), size=8, align="right"),
            Cell(t("age.days", n=t.integer(one.quiet)), size=8, align="right"),
            Cell(t(f"waits.{one.side}"), size=8), Paragraph(step, CELL),
        ])  # fmt: skip
    widths = [34.0, 0.0, 54.0, 42.0, 48.0, 52.0, 118.0]
    widths[1] = c.room - sum(widths)
    return [*out, table(rows, widths)]
