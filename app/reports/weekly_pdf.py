"""The weekly report on paper: `WeeklyFigures` in, pages out. Nothing is computed here.

Page one answers in thirty seconds: six figures with the week before and eight weeks, five sentences, what needs a
decision. Then the parts in the order of PARTS, the definitions, and the annex with the cases behind every figure. To
add a part, write a function and put it into PARTS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from app.insight.figure import CaseKey, Figure, Number
from app.insight.metrics import FLOW, GroupRow
from app.insight.section import Listing
from app.reports.annex import Annex, LinesOf
from app.reports.charts import FILLS, Bars, Key, PairedDays, Trend
from app.reports.findings import Finding
from app.reports.pdf import (
    ACCENT,
    BODY,
    FAINT,
    INK,
    MEDIUM,
    MUTED,
    REGULAR,
    SEMI,
    SMALL,
    TINY,
    TWO_COLUMNS,
    Cell,
    Heading,
    Paper,
    Sheet,
    printable,
    style,
    use_fonts,
    words,
)
from app.reports.weekly import WeeklyFigures
from app.reports.weekly_blocks import BALANCE, BIG, HEAD_TAIL, PLAIN, Big, Term, Title, head, right, table
from app.texts import CATALOGUE, Texts

ROWS: Final = 12
"""Departments, products and queues that get a line of their own."""
NAMED: Final = 12
"""Case numbers printed beside a decision."""
BREAK: Final = 170.0
"""A long table begins on a new page when less than this is left (points)."""
_SIDES: Final = ("us", "requester", "others")
_CELL: Final = style(8.5, leading=11)


def weekly_pdf(
    figures: WeeklyFigures, language: str, paper: Paper, lines_of: LinesOf, *, private: bool = False
) -> tuple[bytes, int]:
    """(the document, its number of pages). The same figures give the same bytes. `lines_of`: titles for the annex;
    `private`: the cases of PRIVATE sections are named too."""
    use_fonts()
    return _Weekly(figures, Texts(language), paper, lines_of, private=private).make()


class _Weekly:
    def __init__(
        self, figures: WeeklyFigures, texts: Texts, paper: Paper, lines_of: LinesOf, *, private: bool = False
    ) -> None:
        self.f, self.t, self.paper, self.private = figures, texts, paper, private
        self.annex = Annex(texts, lines_of)
        self.span = texts.span(date.fromisoformat(figures.first_day), date.fromisoformat(figures.last_day))
        year, week = figures.week.split("-W")
        self.week = texts("report.week", week=int(week), year=year)
        self.scope = texts("report.department", name=figures.department) if figures.department else texts("report.all")

    def make(self) -> tuple[bytes, int]:
        """Compose and draw."""
        t, f = self.t, self.f
        into = BytesIO()
        title = f"{t('report.title')} {f.week} – {f.department or f.desk}"
        foot = t("report.position", seq=f.log_seq, moment=t.moment(f.computed_at, f.zone))
        if f.pending:
            foot += t("report.pending", n=t.integer(f.pending))
        sheet = Sheet(
            into, self.paper, title=printable(title), subject=t("report.subject", span=self.span),
            author=printable(f.desk), language=t.language,
            running_head=f"{f.desk}  ·  {t('report.title')}, {self.week}  ·  {self.span}  ·  {self.scope}",
            foot=foot, page_text=lambda page: t("report.page", page=page),
        )  # fmt: skip
        self.room = sheet.room
        story: list[Flowable] = [*self.first_page(), PageBreak()]
        for part in PARTS:
            story += part(self)
        story += [NextPageTemplate(TWO_COLUMNS), PageBreak(), *self.annex.story(t("head.annex"))]
        pages = sheet.make(story)
        return into.getvalue(), pages

    # -- page one -----------------------------------------------------------------------------------------------------
    def first_page(self) -> list[Flowable]:
        """Title, six figures, five sentences, decisions."""
        t = self.t
        out: list[Flowable] = [Title(t("report.title"), self.f.desk, self.week, self.span, self.scope)]
        if self.f.running:
            out += [Spacer(0, 6), Paragraph(escape(t("report.running")), style(8.5, font=MEDIUM, color=ACCENT))]
        out.append(Spacer(0, 14))
        big = [
            Big(t(f"big.{one.key}"), self.value(one), self.beside(one), one.trend,
                 self.annex.link(self.name(one), one.cases, weight=True))
            for one in self.f.summary
        ]  # fmt: skip
        out.append(Table([big[:3], big[3:]], colWidths=[self.room / 3] * 3, style=BIG))
        out.append(Heading(t("head.sentences"), "sentences", size=11.5, above=16))
        out += [self.sentence(one) for one in self.f.sentences]
        if self.f.comment:
            out.append(Heading(t("head.comment"), "comment", size=11.5, above=14))
            out += [words(line, BODY) for line in self.f.comment.splitlines() if line.strip()]
        out.append(Heading(t("head.decisions"), "decisions", size=11.5, above=14))
        if not self.f.decisions:
            return [*out, words(t("decisions.none"), BODY)]
        rows = [[head(t("decision.count"), right=True), head(t("decision.what")), head(t("decision.cases"))]]
        for one in self.f.decisions:
            text = t(f"decision.{one.code}", **self.spoken(one))
            link = self.annex.link(text, one.cases, weight=True)
            count = Cell(t.integer(len(one.cases)), font=SEMI, size=10, align="right", link=link)
            rows.append([count, words(text, _CELL), words(self.numbers(one.cases, NAMED), TINY)])
        out.append(table(rows, [42, self.room - 42 - 150, 150]))
        return out

    def sentence(self, one: Finding) -> Flowable:
        """One generated sentence with its lead word."""
        lead = escape(printable(self.t(f"lead.{one.code.split('.')[0]}")))
        text = escape(printable(self.t(f"sentence.{one.code}", **self.spoken(one))))
        return Paragraph(f'<font name="{SEMI}">{lead}</font>&nbsp;&nbsp;{text}', style(9.5, leading=13.2, spaceAfter=3))

    def spoken(self, one: Finding) -> dict[str, object]:
        """The parameters of a finding in the report's language."""
        t, out = self.t, dict[str, object]()
        for name, value in one.params:
            if isinstance(value, int | float) and name in ("median", "p90"):
                out[name] = t.minutes(value)
            elif isinstance(value, int | float):
                out[name] = t.change(value) if name == "change" else t.integer(value)
            else:
                out[name] = "–" if value is None else value
        out["cases"] = self.numbers(one.cases, NAMED)
        return out

    # -- parts --------------------------------------------------------------------------------------------------------
    def flow(self) -> list[Flowable]:
        """By day: chart, table, balance."""
        t, f = self.t, self.f
        out: list[Flowable] = [Heading(t("head.flow"), "flow", above=0)]
        if not any(f.figures[f"flow.{kind}"].value for kind in FLOW):
            return [*out, words(t("empty.flow")), Spacer(0, 8), self.balance()]
        days = [date.fromisoformat(row.date) for row in f.days]
        labels = [
            (t.weekday(day), t.short_day(day).rsplit(" ", 1)[0] if t.language == "en" else f"{day:%d.%m.}")
            for day in days
        ]
        pairs = [(_int(row.figures["opened"]), _int(row.figures["resolved"])) for row in f.days]
        out += [
            Key([(t("column.opened"), "solid"), (t("column.resolved"), "pale")]),
            PairedDays(labels, pairs),
            Spacer(0, 10),
        ]
        rows = [[head(t("column.day")), *(head(t(f"column.{kind}"), right=True) for kind in FLOW)]]
        for day, row in zip(days, f.days, strict=True):
            name = f"{t.weekday(day)}, {t.short_day(day)}"
            cells = [
                self.number(row.figures[kind], t("figure.day", day=name, kind=t(f"figure.flow.{kind}")))
                for kind in FLOW
            ]
            rows.append([Cell(name), *cells])
        totals = [f.figures[f"flow.{kind}"] for kind in FLOW]
        rows.append([
            Cell(t("report.total"), font=SEMI), *(self.number(one, self.name(one), font=SEMI, weight=True) for one in
            totals)
        ])  # fmt: skip
        rows.append([
            Cell(t("report.previous"), color=MUTED),
            *(Cell(self.amount(one.previous, one.unit), color=MUTED, align="right") for one in totals),
        ])  # fmt: skip
        rows.append([Cell(t("column.weeks"), color=MUTED), *(right(Trend(one.trend, widest=48)) for one in totals)])
        first = 120.0
        wide = (self.room - first) / len(FLOW)
        out += [table(rows, [first] + [wide] * len(FLOW), total=len(rows) - 3), Spacer(0, 12), self.balance()]
        return out

    def balance(self) -> Flowable:
        """The equation, with its numbers."""
        t, terms = self.t, self.f.balance
        order = (("backlog_start", ""), ("opened", "+"), ("reopened", "+"), ("resolved", "−"), ("dropped", "−"),
                 ("backlog_end", "="))  # fmt: skip
        cells = []
        for kind, sign in order:
            figure = self.f.figures[f"flow.{kind}"]
            link = self.annex.link(self.name(figure), figure.cases, weight=True)
            cells.append(Term(sign, t.integer(terms[kind]), t(f"balance.{kind}"), link))
        return Table([cells], colWidths=[self.room / len(order)] * len(order), style=BALANCE)

    def age(self) -> list[Flowable]:
        """The backlog by age and by whom it waits for."""
        t, f = self.t, self.f
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
            parts = [(_int(figure), fill) for figure, fill in zip(row.figures, FILLS, strict=True)]
            before = sum(int(figure.previous or 0) for figure in row.figures)
            rows.append([
                Cell(name, font=MEDIUM), Bars(parts, scale, height=11),
                *(self.number(figure, t("figure.age", group=name, side=t(f"waits.{where}")))
                  for figure, where in zip(row.figures, _SIDES, strict=True)),
                Cell(t.integer(row.total), font=SEMI, align="right"),
                Cell(t.integer(before), color=MUTED, align="right"),
            ])  # fmt: skip
        waits = [f.figures[f"backlog.{where}"] for where in _SIDES]
        end = f.figures["flow.backlog_end"]
        rows.append([
            Cell(t("column.total"), font=SEMI), "", *(self.number(one, self.name(one), font=SEMI, weight=True) for one
            in waits), self.number(end, self.name(end), font=SEMI, weight=True),
            Cell(self.amount(end.previous, "cases"), color=MUTED, align="right"),
        ])  # fmt: skip
        rows.append(["", "", *(right(Trend(one.trend, widest=44)) for one in (*waits, end)), ""])
        widths = [66.0, 0.0, 52.0, 62.0, 56.0, 52.0, 48.0]
        widths[1] = self.room - sum(widths)
        return [KeepTogether([*out, table(rows, widths, total=len(rows) - 2)])]

    def speed(self) -> list[Flowable]:
        """First and full resolution times."""
        t, f = self.t, self.f
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
                link = self.annex.link(self.name(median), median.cases, weight=True)
                rows.append([
                    Cell(t(f"row.{which}.{clock}")),
                    Cell(self.amount(median.value, "minutes"), font=SEMI, align="right", link=link),
                    Cell(self.amount(median.previous, "minutes"), color=MUTED, align="right"),
                    Cell(self.amount(p90.value, "minutes"), align="right", link=link),
                    Cell(self.amount(p90.previous, "minutes"), color=MUTED, align="right"),
                    Cell(t.integer(median.n or 0), color=MUTED, align="right"),
                    Trend(median.trend, widest=54),
                ])  # fmt: skip
        widths = [0.0, 56.0, 52.0, 76.0, 52.0, 34.0, 62.0]
        widths[0] = self.room - sum(widths)
        out.append(table(rows, widths))
        for one in few:
            text = t("report.few", n=one.n, cases=self.numbers(one.cases, NAMED))
            out.append(words(f"{self.name(one)}: {text}", SMALL))
        return [KeepTogether(out)]

    def groups(self, dimension: str, all_rows: Sequence[GroupRow], note: str, *, lead: int = 0) -> list[Flowable]:
        """A table by department, product, queue or severity. `lead`: the figure that bars and columns show."""
        t = self.t
        out: list[Flowable] = [Heading(t(f"head.{dimension}"), dimension, keep=False)]
        if not any(row.name for row in all_rows):
            return [*out, words(t(f"empty.{dimension}"))]
        shown = all_rows if len(all_rows) <= ROWS + 1 else all_rows[:ROWS]
        rest = all_rows[len(shown) :]
        if note:
            out.append(words(note, SMALL))
        scale = max(max(_int(row.figures[lead]) for row in shown), 1)
        rows = [[
            head(t(f"column.{dimension}")), "",
            *(words(t(f"column.{name}"), HEAD_TAIL) for name in ("opened", "resolved", "open")),
            head(t("column.weeks")),
        ]]  # fmt: skip
        for row in shown:
            name = row.name or t("report.none")
            color = INK if row.name else MUTED
            cells = [
                self.number(figure, t("figure.group", group=name, kind=t(f"column.{kind}")), before=True)
                for figure, kind in zip(row.figures, ("opened", "resolved", "open"), strict=True)
            ]
            bar = Bars([(_int(row.figures[lead]), "solid")], scale)
            rows.append(
                [
                    Cell(name, font=MEDIUM if row.name else REGULAR, color=color),
                    bar,
                    *cells,
                    Trend(row.figures[lead].trend),
                ]
            )
        if rest:
            sums = [(sum(_int(row.figures[n]) for row in rest), sum(int(row.figures[n].previous or 0) for row in rest))
                    for n in range(3)]  # fmt: skip
            cells = [Cell(t.integer(now), color=MUTED, align="right", after=t.integer(was)) for now, was in sums]
            trend = [
                sum(int(value or 0) for value in week)
                for week in zip(*(row.figures[lead].trend for row in rest), strict=True)
            ]
            rows.append([Cell(t("report.others", n=len(rest)), color=MUTED), "", *cells, Trend(trend)])
        widths = [150.0, 0.0, 64.0, 64.0, 74.0, 66.0]
        widths[1] = self.room - sum(widths)
        out.append(table(rows, widths))
        return [KeepTogether(out)] if len(rows) <= 8 else [CondPageBreak(BREAK), *out]

    def departments(self) -> list[Flowable]:
        """By department; a department's own edition has no such table."""
        if self.f.department:
            return []
        return self.groups("department", self.f.departments, self.t("note.group"))

    def products(self) -> list[Flowable]:
        """By product."""
        return self.groups("product", self.f.products, self.t("note.group"))

    def queues(self) -> list[Flowable]:
        """By queue."""
        return self.groups("queue", self.f.queues, self.t("note.queue"), lead=2)

    def severities(self) -> list[Flowable]:
        """By severity."""
        return self.groups("severity", self.f.severities, "")

    def repeats(self) -> list[Flowable]:
        """What came again and again."""
        t = self.t
        out: list[Flowable] = [Heading(t("head.repeats"), "repeats")]
        if not self.f.repeats:
            return [*out, words(t("empty.repeats"))]
        out.append(words(t("note.repeats"), SMALL))
        shown = self.f.repeats[:ROWS]
        scale = max(_int(one.figure) for one in shown)
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
                Cell(one.figure.group, font=MEDIUM), Bars([(_int(one.figure), "solid")], scale),
                self.number(one.figure, t("figure.repeat", group=one.figure.group)),
                Cell(self.amount(one.figure.previous, "cases"), color=MUTED, align="right"),
            ])  # fmt: skip
        if len(self.f.repeats) > len(shown):
            rows.append([Cell(t("report.hidden", n=len(self.f.repeats) - len(shown)), color=MUTED), "", "", ""])
        return [KeepTogether([*out, table(rows, [230, self.room - 230 - 120, 60, 60])])]

    def oldest(self) -> list[Flowable]:
        """The ten oldest with their next step."""
        t, f = self.t, self.f
        out: list[Flowable] = [CondPageBreak(BREAK), Heading(t("head.oldest"), "oldest", keep=False)]
        if not f.oldest:
            return [*out, words(t("empty.oldest"))]
        out.append(words(t("note.oldest"), SMALL))
        rows = [[
            head(t("column.number")), head(t("column.title")), head(t("column.opened_on")),
            head(t("column.age_days"), right=True), head(t("column.waits")), head(t("column.step")),
        ]]  # fmt: skip
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
                Cell(one.key.label, font=SEMI), Paragraph(title, _CELL),
                Cell(t.moment(one.opened_at, f.zone).split(",")[0], size=8),
                Cell(t("age.days", n=t.integer(one.age)), size=8, align="right"),
                Cell(t(f"waits.{one.side}"), size=8), Paragraph(step, _CELL),
            ])  # fmt: skip
        widths = [42.0, 0.0, 56.0, 48.0, 54.0, 98.0]
        widths[1] = self.room - sum(widths)
        return [*out, table(rows, widths)]

    def section(self, key: str) -> list[Flowable]:
        """A section: its figures with the week before and eight weeks, then its tables; or why it is empty."""
        t = self.t
        found = next((one for one in self.f.sections if one.key == key), None)
        if found is None:
            return []
        out: list[Flowable] = [Heading(t(f"head.{key}"), key)]
        if found.empty:
            return [KeepTogether([*out, words(t(found.empty))])]
        note = f"note.section.{key}"
        if note in CATALOGUE:
            out.append(words(t(note, **found.values), SMALL))
        listed = key not in PRIVATE or self.private
        aim = any(one.target is not None for one in found.headline)
        names = ("week", "target" if aim else "", "before", "n")
        heads = [head(t(f"column.{name}") if name else "", right=True) for name in names]
        rows = [[head(""), *heads, head(t("column.weeks"))]]
        for one in found.headline:
            link = self.annex.link(self.name(one), one.cases, weight=True) if listed and one.value else None
            sign = "≤" if one.key in LOW_IS_GOOD else "≥"
            rows.append([
                Cell(t(f"figure.{one.key}")), Cell(self.shown(one), font=SEMI, align="right", link=link),
                Cell("" if one.target is None else f"{sign} {self.amount(one.target, one.unit)}", color=MUTED,
                     align="right"),
                Cell(self.amount(one.previous, one.unit), color=MUTED, align="right"),
                Cell("" if one.n is None else t.integer(one.n), color=MUTED, align="right"),
                Trend(one.trend, widest=54),
            ])  # fmt: skip
        out.append(table(rows, [self.room - 64 - 56 - 62 - 44 - 62, 64.0, 56.0, 62.0, 44.0, 62.0]))
        full = [one for one in found.tables if one.lines]
        tables = [self.listing(one) for one in full]
        if tables and len(full[0].lines) <= 8:
            return [KeepTogether([*out, *tables[0]]), *(flowable for one in tables[1:] for flowable in one)]
        return [KeepTogether(out), *(flowable for one in tables for flowable in one)]

    def listing(self, one: Listing) -> list[Flowable]:
        """One table of a section."""
        t = self.t
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
            cells = [
                Cell(self.shown(figure), align="right", color=INK if figure.value else FAINT,
                     link=self.annex.link(self.name(figure), figure.cases) if place == 0 and figure.value else None,
                     after=self.amount(figure.previous, figure.unit) if tail else None)
                for place, (figure, tail) in enumerate(zip(line.figures, tailed, strict=True))
            ]  # fmt: skip
            name = t(f"activity.{line.name}") if f"activity.{line.name}" in CATALOGUE else line.name
            color = INK if line.name else MUTED
            rows.append([
                Cell(name or t("report.none"), font=MEDIUM if line.name else REGULAR, color=color),
                *([Bars([(float(line.figures[0].value or 0), "solid")], scale)] if one.bars else []),
                *cells, Trend(line.figures[one.lead].trend, widest=48) if drawn else "",
            ])  # fmt: skip
        wide = (60.0 if one.bars or len(one.columns) > 5 else 66.0) if len(one.columns) >= 5 else 74.0
        tail = [wide] * (len(one.columns) - 1) + [60.0 if drawn else 4.0]
        room = self.room - sum(tail)
        first = min(room * 0.7, 190.0) if one.bars else room
        widths = [first, *([room - first] if one.bars else []), *tail]
        return [Spacer(0, 8), table(rows, widths)]

    def shown(self, one: Figure) -> str:
        """A value, or how few there were."""
        if one.value is None and one.too_few:
            return self.t("report.few.short", n=one.n)
        return self.amount(one.value, one.unit)

    def restated(self) -> list[Flowable]:
        """What is another figure now than when it was printed."""
        t, f = self.t, self.f
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
                words(name, _CELL), Cell(one.week, color=MUTED), Cell(self.amount(one.was, one.unit), align="right"),
                Cell(self.amount(one.now, one.unit), font=SEMI, align="right"),
                words(", ".join(changed[:NAMED]) + more, TINY),
            ])  # fmt: skip
        return [CondPageBreak(BREAK), *out, table(rows, [150, 62, 52, 52, self.room - 316])]

    def definitions(self) -> list[Flowable]:
        """What each figure means."""
        t = self.t
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
            *(f"section.{one.key}" for one in self.f.sections),
        ]
        if self.f.department:
            keys.append("department")
        keys.append("trend")
        term, meaning = style(7.6, font=SEMI, leading=10), style(7.6, leading=10)
        rows = [
            [words(t(f"term.{key}"), term), words(t(f"definition.{key}", zone=self.f.zone), meaning)] for key in keys
        ]
        return [
            CondPageBreak(BREAK),
            Heading(t("head.definitions"), "definitions", keep=False),
            Table(rows, colWidths=[104, self.room - 104], style=PLAIN),
            Spacer(0, 4),
            words(t("report.in_annex"), SMALL),
        ]

    # -- figures in words ---------------------------------------------------------------------------------------------
    def name(self, one: Figure) -> str:
        """What a figure is called in the annex."""
        root = one.key.split(".")[0]
        name = self.t(f"figure.{root}" if root in ("first", "full") else f"figure.{one.key}")
        return f"{name} · {one.group}" if one.group else name

    def amount(self, value: Number | None, unit: str) -> str:
        """A value in its unit, or a dash."""
        if value is None:
            return "–"
        if unit == "minutes":
            return self.t.minutes(value)
        if unit == "cents":
            return self.t.integer(value / 100)
        if unit in ("plain", "days") and value != round(value):
            return self.t.decimal(value)
        return self.t.share(value) if unit == "share" else self.t.integer(value)

    def value(self, one: Figure) -> str:
        """A big figure."""
        return self.amount(one.value, one.unit)

    def beside(self, one: Figure) -> str:
        """What stands under a big figure: previous week and change, or why there is none."""
        if one.value is None:
            return self.t("big.few", n=one.n) if one.n else self.t("big.none")
        text = self.t("big.before", value=self.amount(one.previous, one.unit))
        if one.unit == "cases" and one.change is not None:
            text += f"  {self.t.change(one.change)}"
        return text

    def number(
        self, one: Figure, title: str, *, font: str = REGULAR, weight: bool = False, before: bool = False
    ) -> Cell:
        """A count in a table, leading to its cases."""
        value = _int(one)
        return Cell(
            self.t.integer(value), font=font, color=INK if value else FAINT, align="right",
            link=self.annex.link(title, one.cases, weight=weight),
            after=self.t.integer(one.previous or 0) if before else None,
        )  # fmt: skip

    def numbers(self, cases: Sequence[CaseKey], most: int) -> str:
        """Case numbers in a line, cut with a count of the rest."""
        text = ", ".join(key.label for key in cases[:most])
        return text + (f" … +{self.t.integer(len(cases) - most)}" if len(cases) > most else "")


TAILED: Final = frozenset({"cases", "plain"})
"""Units whose figures leave room for the week before beside them."""
LOW_IS_GOOD: Final = frozenset({"reopened.share"})
"""Shares that should stay under their target."""
PRIVATE: Final = frozenset({"exceptions"})
"""Sections whose cases only a private edition names."""


def _section(key: str) -> Callable[[_Weekly], list[Flowable]]:
    return lambda report: report.section(key)


PARTS: Final[tuple[Callable[[_Weekly], list[Flowable]], ...]] = (
    _Weekly.flow, _section("response"), _Weekly.speed, _section("fix"), _section("reopened"), _Weekly.age,
    _section("contact"), _section("handovers"), _section("escalations"), _section("effort"), _section("cost"),
    _Weekly.severities, _Weekly.departments, _section("departments"), _section("dedicated"), _Weekly.products,
    _Weekly.queues, _section("knowledge"), _Weekly.repeats, _section("problems"), _section("hotline"),
    _section("exceptions"), _Weekly.restated, _Weekly.oldest, _Weekly.definitions,
)  # fmt: skip


def _int(figure: Figure) -> int:
    return int(figure.value or 0)
