"""The weekly report on paper: `WeeklyFigures` in, pages out. Nothing is computed here.

Page one answers in thirty seconds: six figures with the week before and eight weeks, five sentences, what needs a
decision. Then the parts in the order of PARTS, the definitions, and the annex with the cases behind every figure. To
add a part, write a function and put it into PARTS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer, Table

from app.garbage import uncollected
from app.reports import part_basis, part_flow, part_tables
from app.reports.annex import Annex, LinesOf, Listed
from app.reports.blocks import DocumentTitle
from app.reports.composing import NAMED, Composer
from app.reports.findings import Finding
from app.reports.inside import FILE, packed
from app.reports.part_sections import definitions, of_section, restated
from app.reports.pdf import (
    ACCENT,
    BODY,
    MEDIUM,
    SEMI,
    TINY,
    TWO_COLUMNS,
    Cell,
    Heading,
    Link,
    Paper,
    Sheet,
    printable,
    style,
    use_fonts,
    words,
)  # fmt: skip
from app.reports.weekly import WeeklyFigures
from app.reports.weekly_blocks import BIG, CELL, Big, head, table
from app.texts import Texts

PARTS: Final[tuple[Callable[[Composer], list[Flowable]], ...]] = (
    part_flow.flow, of_section("months"), of_section("response"), part_flow.speed, of_section("fix"),
    of_section("reopened"), part_flow.age, of_section("attention"), of_section("satisfaction"), of_section("contact"),
    of_section("handovers"), of_section("escalations"), of_section("effort"), of_section("cost"),
    part_tables.severities,
    part_tables.departments, of_section("departments"), of_section("dedicated"), part_tables.products,
    part_tables.queues, of_section("knowledge"), part_tables.repeats, part_basis.trainings, of_section("problems"),
    of_section("hotline"), of_section("exceptions"), restated, part_tables.oldest, part_basis.quality, definitions,
    part_basis.basis,
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A printed report. `lists`: the cases behind its figures, by the anchor that `links` lead to."""

    document: bytes
    pages: int
    links: tuple[Link, ...]
    lists: tuple[Listed, ...]


def weekly_pdf(
    figures: WeeklyFigures, language: str, paper: Paper, lines_of: LinesOf, *, private: bool = False
) -> tuple[bytes, int]:
    """(the document, its number of pages). The same figures give the same bytes. `lines_of`: titles for the annex;
    `private`: the cases of PRIVATE sections are named too."""
    drawn = draw_weekly(figures, language, paper, lines_of, private=private)
    return drawn.document, drawn.pages


def draw_weekly(
    figures: WeeklyFigures,
    language: str,
    paper: Paper,
    lines_of: LinesOf,
    *,
    private: bool = False,
    on_page: Callable[[int], object] = lambda page: None,
) -> Drawn:
    """The same with what its figures lead to. `on_page` is told of each page when it is drawn; what it raises ends the
    work."""
    with uncollected():
        return _drawn(figures, language, paper, lines_of, private, on_page)


def _drawn(
    figures: WeeklyFigures,
    language: str,
    paper: Paper,
    lines_of: LinesOf,
    private: bool,
    on_page: Callable[[int], object],
) -> Drawn:
    use_fonts()
    t, f = Texts(language), figures
    span = t.span(date.fromisoformat(f.first_day), date.fromisoformat(f.last_day))
    year, number = f.week.split("-W")
    week = t("report.week", week=int(number), year=year)
    scope = t(f"report.{f.edition}", name=f.department) if f.department else t("report.all")
    foot = t("report.position", seq=f.log_seq, moment=t.moment(f.computed_at, f.zone))
    if f.pending:
        foot += t("report.pending", n=t.integer(f.pending))
    into = BytesIO()
    sheet = Sheet(
        into, paper, title=printable(f"{t('report.title')} {f.week} – {f.department or f.desk}"),
        subject=t("report.subject", span=span), author=printable(f.desk), language=t.language,
        running_head=f"{f.desk}  ·  {t('report.title')}, {week}  ·  {span}  ·  {scope}",
        foot=foot, page_text=lambda page: t("report.page", page=page),
    )  # fmt: skip
    annex = Annex(t, lines_of)
    composer = Composer(f, t, annex, sheet.room, private=private)
    title = DocumentTitle(f.desk, t("report.title"), week, below=f"{span}   ·   {scope}", size=26)
    story: list[Flowable] = [*first_page(composer, title), PageBreak()]
    for part in PARTS:
        story += part(composer)
    story += [NextPageTemplate(TWO_COLUMNS), PageBreak(), *annex.story(t("head.annex"))]
    pages = sheet.make(story, on_page, lambda: (FILE, packed(annex.lists, sheet.links)))
    return Drawn(into.getvalue(), pages, tuple(sheet.links), annex.lists)


def first_page(c: Composer, title: Flowable) -> list[Flowable]:
    """Title, six figures, five sentences, decisions."""
    t = c.t
    out: list[Flowable] = [title]
    if c.f.running:
        out += [Spacer(0, 6), Paragraph(escape(t("report.running")), style(8.5, font=MEDIUM, color=ACCENT))]
    out.append(Spacer(0, 14))
    big = [
        Big(t(f"big.{one.key}"), c.value(one), c.beside(one), one.trend,
             c.annex.link(c.name(one), one.cases, weight=True))
        for one in c.f.summary
    ]  # fmt: skip
    out.append(Table([big[:3], big[3:]], colWidths=[c.room / 3] * 3, style=BIG))
    out.append(Heading(t("head.sentences"), "sentences", size=11.5, above=16))
    out += [sentence(c, one) for one in c.f.sentences]
    if c.f.comment:
        out.append(Heading(t("head.comment"), "comment", size=11.5, above=14))
        out += [words(line, BODY) for line in c.f.comment.splitlines() if line.strip()]
    out.append(Heading(t("head.decisions"), "decisions", size=11.5, above=14))
    if not c.f.decisions:
        return [*out, words(t("decisions.none"), BODY)]
    rows = [[head(t("decision.count"), right=True), head(t("decision.what")), head(t("decision.cases"))]]
    for one in c.f.decisions:
        text = t(f"decision.{one.code}", **c.spoken(one))
        link = c.annex.link(text, one.cases, weight=True)
        count = Cell(t.integer(len(one.cases)), font=SEMI, size=10, align="right", link=link)
        rows.append([count, words(text, CELL), words(c.numbers(one.cases, NAMED), TINY)])
    out.append(table(rows, [42, c.room - 42 - 150, 150]))
    return out


def sentence(c: Composer, one: Finding) -> Flowable:
    """One generated sentence with its lead word."""
    lead = escape(printable(c.t(f"lead.{one.code.split('.')[0]}")))
    text = escape(printable(c.t(f"sentence.{one.code}", **c.spoken(one))))
    return Paragraph(f'<font name="{SEMI}">{lead}</font>&nbsp;&nbsp;{text}', style(9.5, leading=13.2, spaceAfter=3))
