"""Parts of the weekly report: whom to teach what, workstations not seen, and what the report rests on."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from app import times
from app.insight.basis import Basis, Hours
from app.insight.figure import TREND_WEEKS
from app.reports.blocks import WellBroken
from app.reports.composing import BREAK, Composer
from app.reports.part_sections import of_section
from app.reports.pdf import MEDIUM, MUTED, SEMI, SMALL, Cell, Heading, style, words
from app.reports.weekly_blocks import CELL, PLAIN, head, table

ROWS: Final = 12
_DAYS_FROM_MONDAY: Final = date(2024, 1, 1)
"""A Monday, to name the days of a week by."""


def trainings(c: Composer) -> list[Flowable]:
    """Who should be taught what."""
    t, found = c.t, c.f.trainings
    out: list[Flowable] = [Heading(t("head.trainings"), "trainings")]
    if not found:
        return [KeepTogether([*out, words(t("empty.trainings"))])]
    out.append(words(t("note.trainings"), SMALL))
    rows: list[list[Any]] = [[
        head(t("insight.training")), head(t("column.about")), head(t("column.why")),
        head(t("column.cases"), right=True),
    ]]  # fmt: skip
    for one in found[:ROWS]:
        title = f"{one.who}: {one.about}"
        count = Cell(t.integer(len(one.cases)), font=SEMI, align="right",
                     link=c.annex.link(title, one.cases, weight=True))  # fmt: skip
        rows.append(
            [Cell(one.who, font=MEDIUM), words(one.about, CELL), words(t(f"insight.training.{one.why}"), CELL), count]
        )
    if len(found) > ROWS:
        rows.append([Cell(t("report.hidden", n=len(found) - ROWS), color=MUTED), "", "", ""])
    return [CondPageBreak(BREAK), *out, table(rows, [140, c.room - 140 - 150 - 44, 150, 44])]


def quality(c: Composer) -> list[Flowable]:
    """The data-quality box: what the cases lack, and whose work may be missing."""
    t, basis = c.t, c.f.basis
    out = of_section("quality")(c)
    if basis is None:
        return out
    if not basis.unseen:
        return [*out, Spacer(0, 6), words(t("clients.unknown" if basis.unseen is None else "clients.none"), SMALL)]
    rows: list[list[Any]] = [
        [head(t("clients.head")), head(t("column.whose")), head(t("column.last_seen"), right=True)]
    ]
    for one in basis.unseen:
        last = t("clients.never") if one.last is None else t.moment(one.last, c.f.zone)
        rows.append([Cell(one.device, font=MEDIUM), Cell(one.analyst), Cell(last, align="right")])
    block = [Spacer(0, 8), table(rows, [c.room - 150 - 130, 150, 130]), words(t("clients.note"), SMALL)]
    return [*out, KeepTogether(block)] if len(rows) <= 8 else [*out, *block]


def basis(c: Composer) -> list[Flowable]:
    """Log position, weeks, filters, targets and calendars."""
    t, f, found = c.t, c.f, c.f.basis
    if found is None:
        return []
    position = t("basis.position.told", seq=f.log_seq, moment=t.moment(f.computed_at, f.zone))
    if f.pending:
        one = f.pending == 1
        position += t("basis.pending.one") if one else t("basis.pending.told", n=t.integer(f.pending))
    week = times.parse_week(f.week)
    scope = t(f"report.{f.edition}", name=f.department) if f.department else ""
    told = [
        (t("basis.position"), position),
        (t("basis.span"), t("basis.span.told", first=week.shifted(-TREND_WEEKS), last=week, zone=f.zone)),
        (t("basis.filter"), t("basis.filter.part", scope=scope) if scope else t("basis.filter.all")),
        (t("basis.private"), t("basis.private.yes" if c.private else "basis.private.no")),
        (t("basis.goals"), _goals(c, found)),
        *(_hours(c, one) for one in found.hours),
    ]
    term, meaning = style(7.6, font=SEMI, leading=10), style(7.6, leading=10)
    rows = [[words(name, term), words(text, meaning)] for name, text in told if text]
    return [
        CondPageBreak(BREAK), Heading(t("head.basis"), "basis", keep=False), Spacer(0, 2),
        WellBroken(rows, colWidths=[104, c.room - 104], style=PLAIN),
    ]  # fmt: skip


def _goals(c: Composer, found: Basis) -> str:
    t = c.t
    goals = [
        t("basis.goal", severity=one.severity, response=c.amount(one.response, "minutes"),
          fix=c.amount(one.fix, "minutes"))
        for one in found.goals
    ]  # fmt: skip
    return f"{'; '.join(goals)}; {t('basis.goals.own')}" if goals else ""


def _hours(c: Composer, one: Hours) -> tuple[str, str]:
    t = c.t
    names = [t.weekday(date.fromordinal(_DAYS_FROM_MONDAY.toordinal() + n)) for n in range(7)]
    said = []
    for shifts, days in groupby(zip(one.week, names, strict=True), key=lambda pair: pair[0]):
        called = [name for _, name in days]
        span = called[0] if len(called) == 1 else f"{called[0]}–{called[-1]}"
        if shifts:
            said.append(f"{span} {', '.join(shift.replace('-', '–') for shift in shifts)}")
    parts = ["; ".join(said) or t("basis.free"), one.zone]
    if one.region:
        parts.append(t("basis.holidays", region=one.region))
    if one.closed:
        shut = ", ".join(f"{t.weekday(date.fromisoformat(day))} {t.short_day(date.fromisoformat(day))}"
                         + (f" ({why})" if why else "") for day, why in one.closed)  # fmt: skip
        parts.append(t("basis.closed", days=shut))
    if one.departments:
        parts.append(t("basis.for", names=", ".join(one.departments)))
    if not one.name:
        return t("basis.calendar.site"), "; ".join(parts)
    return t("basis.calendar.own" if one.site else "basis.calendar", name=one.name), "; ".join(parts)
