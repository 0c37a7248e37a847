"""Parts of the weekly report: flow and its balance, the backlog by age, resolution times."""

from __future__ import annotations

from datetime import date
from typing import Final

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.insight.figure import Figure
from app.insight.metrics import FLOW
from app.reports.charts import FILLS, Bars, Key, PairedDays, Trend
from app.reports.composing import NAMED, Composer, as_int
from app.reports.pdf import MEDIUM, MUTED, SEMI, SMALL, Cell, Heading, words
from app.reports.weekly_blocks import BALANCE, Term, head, right, table

_SIDES: Final = ("us", "requester", "others")


def flow(c: Composer) -> list[Flowable]:
    """By day: chart, table, balance."""
    t, f = c.t, c.f
    out: list[Flowable] = [Heading(t("head.flow"), "flow", above=0)]
    if not any(f.figures[f"flow.{kind}"].value for kind in FLOW):
        return [*out, words(t("empty.flow")), Spacer(0, 8), balance(c)]
    days = [date.fromisoformat(row.date) for row in f.days]
    labels = [
        (t.weekday(day), t.short_day(day).rsplit(" ", 1)[0] if t.language == "en" else f"{day:%d.%m.}") for day in days
    ]
    pairs = [(as_int(row.figures["opened"]), as_int(row.figures["resolved"])) for row in f.days]
    out += [
        Key([(t("column.opened"), "solid"), (t("column.resolved"), "pale")]),
        PairedDays(labels, pairs),
        Spacer(0, 10),
    ]
    rows = [[head(t("column.day")), *(head(t(f"column.{kind}"), right=True) for kind in FLOW)]]
    for day, row in zip(days, f.days, strict=True):
        name = f"{t.weekday(day)}, {t.short_day(day)}"
        cells = [c.number(row.figures[kind], t("figure.day", day=name, kind=t(f"figure.flow.{kind}"))) for kind in FLOW]
        rows.append([Cell(name), *cells])
    totals = [f.figures[f"flow.{kind}"] for kind in FLOW]
    rows.append([
        Cell(t("report.total"), font=SEMI), *(c.number(one, c.name(one), font=SEMI, weight=True) for one in
        totals)
    ])  # fmt: skip
    rows.append([
        Cell(t("report.previous"), color=MUTED),
        *(Cell(c.amount(one.previous, one.unit), color=MUTED, align="right") for one in totals),
    ])  # fmt: skip
    rows.append([Cell(t("column.weeks"), color=MUTED), *(right(Trend(one.trend, widest=48)) for one in totals)])
    first = 120.0
    wide = (c.room - first) / len(FLOW)
    out += [table(rows, [first] + [wide] * len(FLOW), total=len(rows) - 3), Spacer(0, 12), balance(c)]
    return out


def balance(c: Composer) -> Flowable:
    """The equation, with its numbers."""
    t, terms = c.t, c.f.balance
    order = (("backlog_start", ""), ("opened", "+"), ("reopened", "+"), ("resolved", "−"), ("dropped", "−"),
             ("backlog_end", "="))  # fmt: skip
    cells = []
    for kind, sign in order:
        figure = c.f.figures[f"flow.{kind}"]
        link = c.annex.link(c.name(figure), figure.cases, weight=True)
        cells.append(Term(sign, t.integer(terms[kind]), t(f"balance.{kind}"), link))
    return Table([cells], colWidths=[c.room / len(order)] * len(order), style=BALANCE)


def age(c: Composer) -> list[Flowable]:
    """The backlog by age and by whom it waits for."""
    t, f = c.t, c.f
    out: list[Flowable] = [Heading(t("head.age"), "age")]
    if not f.figures["flow.backlog_end"].value:
        return [*out, words(t("empty.age"))]
    sides = [t(f"column.{where}") for where in _SIDES]
    out += [words(t("note.age"), SMALL), Key(list(zip(sides, FILLS, strict=True)))]
    scale = max(row.total for row in f.ages)
    rows = [
        [
            head(t("column.age")),
            "",
            *(head(text, right=True) for text in (*sides, t("column.total"), t("column.before"))),
        ]
    ]
    for row in f.ages:
        name = f"{row.low} – {row.high}" if row.high is not None else f"> {row.low - 1}"
        parts = [(as_int(figure), fill) for figure, fill in zip(row.figures, FILLS, strict=True)]
        before = sum(int(figure.previous or 0) for figure in row.figures)
        rows.append([
            Cell(name, font=MEDIUM), Bars(parts, scale, height=11),
            *(c.number(figure, t("figure.age", group=name, side=t(f"waits.{where}")))
              for figure, where in zip(row.figures, _SIDES, strict=True)),
            Cell(t.integer(row.total), font=SEMI, align="right"),
            Cell(t.integer(before), color=MUTED, align="right"),
        ])  # fmt: skip
    waits = [f.figures[f"backlog.{where}"] for where in _SIDES]
    end = f.figures["flow.backlog_end"]
    rows.append([
        Cell(t("column.total"), font=SEMI), "", *(c.number(one, c.name(one), font=SEMI, weight=True) for one
        in waits), c.number(end, c.name(end), font=SEMI, weight=True),
        Cell(c.amount(end.previous, "cases"), color=MUTED, align="right"),
    ])  # fmt: skip
    rows.append(["", "", *(right(Trend(one.trend, widest=44)) for one in (*waits, end)), ""])
    widths = [66.0, 0.0, 52.0, 62.0, 56.0, 52.0, 48.0]
    widths[1] = c.room - sum(widths)
    return [KeepTogether([*out, table(rows, widths, total=len(rows) - 2)])]


def speed(c: Composer) -> list[Flowable]:
    """First and full resolution times."""
    t, f = c.t, c.f
    out: list[Flowable] = [Heading(t("head.speed"), "speed")]
    if not f.figures["flow.resolved"].value:
        return [*out, words(t("empty.speed"))]
    heads = ("column.median", "column.before", "column.p90", "column.before", "column.n")
    rows = [[head(""), *(head(t(text), right=True) for text in heads), head(t("column.weeks"))]]
    few: list[Figure] = []
    for which in ("first", "full"):
        for clock in ("working", "elapsed"):
            median, p90 = f.figures[f"{which}.{clock}.median"], f.figures[f"{which}.{clock}.p90"]
            if median.too_few and clock == "working":
                few.append(median)
            link = c.annex.link(c.name(median), median.cases, weight=True)
            rows.append([
                Cell(t(f"row.{which}.{clock}")),
                Cell(c.amount(median.value, "minutes"), font=SEMI, align="right", link=link),
                Cell(c.amount(median.previous, "minutes"), color=MUTED, align="right"),
                Cell(c.amount(p90.value, "minutes"), align="right", link=link),
                Cell(c.amount(p90.previous, "minutes"), color=MUTED, align="right"),
                Cell(t.integer(median.n or 0), color=MUTED, align="right"),
                Trend(median.trend, widest=54),
            ])  # fmt: skip
    widths = [0.0, 56.0, 52.0, 76.0, 52.0, 34.0, 62.0]
    widths[0] = c.room - sum(widths)
    out.append(table(rows, widths))
    for one in few:
        text = t("report.few", n=one.n, cases=c.numbers(one.cases, NAMED))
        out.append(words(f"{c.name(one)}: {text}", SMALL))
    return [KeepTogether(out)]
