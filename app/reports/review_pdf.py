"""The monthly review of agreements on paper: a table of all departments, then for each what a supervisor and the
sponsor talk about, with lines to write on and to sign."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.reports.blocks import RULE, look
from app.reports.case_blocks import Blank, Signatures, facts
from app.reports.pdf import BODY, MUTED, SEMI, SMALL, Cell, Heading, Paper, Sheet, style, words
from app.texts_coverage import days, say, sentence, shown
from app.work.coverage_review import Review, Reviewed

_LEAD: Final = style(9.5, color=MUTED)
_WIDTHS: Final = (0.26, 0.2, 0.13, 0.1, 0.1, 0.11, 0.1)


def review_pdf(review: Review, language: str, desk: str, paper: Paper = Paper.A4) -> bytes:
    """`desk`: the help desk's name."""
    into = BytesIO()
    month = days(review.first, review.last, language)

    def text(key: str, **values: object) -> str:
        return say(key, language).format(**values)

    title = text("review.title")
    out = Sheet(
        into, paper, title=f"{title} {review.month}", subject=month, author=desk, language=language,
        running_head=f"{title}, {month}", foot=desk, page_text=lambda n: text("sheet.page", n=n),
    )  # fmt: skip
    story: list[Flowable] = [
        Heading(title, "top", size=20, above=0),
        words(text("review.lead", days=month, count=len(review.departments)), _LEAD),
        Spacer(0, 5 * mm),
    ]
    if review.departments:
        story.append(_table(review, text, out.room))
        if any(one.nobody for one in review.departments):
            story += [Spacer(0, 2 * mm), words(text("review.days"), SMALL)]
    else:
        story.append(words(text("review.none")))
    if review.absences:
        story.append(Heading(text("review.absences"), "absences", size=13, above=14))
        story += [words(f"{who}: {days(first, last, language)}", BODY) for who, first, last in review.absences]
    for number, one in enumerate(review.departments):
        story.append(_department(one, number, review, text, language, out.room))
    out.make(story)
    return into.getvalue()


def _table(review: Review, text: Callable[..., str], room: float) -> Flowable:
    heads = ("department", "contact", "own", "stand-in", "nobody", "opened", "solved")
    rows: list[list[Flowable]] = [
        [Cell(text(f"review.{key}"), size=7.5, color=MUTED, align="left" if n < 2 else "right")
         for n, key in enumerate(heads)]
    ]  # fmt: skip
    for one in review.departments:
        figures = (one.own, one.stand_in + one.swap, one.nobody, one.opened, one.solved)
        rows.append([
            Cell(one.department, font=SEMI), Cell(one.contact),
            *(Cell(str(value), align="right", font=SEMI if key == "nobody" and value else "Halldesk")
              for key, value in zip(heads[2:], figures, strict=True)),
        ])  # fmt: skip
    return Table(
        rows, colWidths=[room * part for part in _WIDTHS], style=look(RULE, vertical=3), repeatRows=1, hAlign="LEFT"
    )


def _department(
    one: Reviewed, number: int, review: Review, text: Callable[..., str], language: str, room: float
) -> Flowable:  # fmt: skip
    until = f" – {shown(one.until, language)}" if one.until else ""
    since = shown(one.since, language) if one.since > "0001-01-01" else ""
    pairs = [
        (text("review.contact"), one.contact),
        (text("review.stand-ins"), ", ".join(one.stand_ins) or text("sheet.nobody")),
        *([(text("review.parts"), ", ".join(one.parts))] if one.parts else []),
        (text("review.queue"), one.queue or "–"), (text("review.counts"), f"{since}{until}" or "–"),
        (text("review.why"), one.why or "–"), (text("review.review"), shown(one.review_date, language) or "–"),
        (text("review.swap day"), shown(one.swap_day, language) or "–"),
        (text("review.spoken"), text("review.spoken.days", own=one.own, stand_in=one.stand_in, swap=one.swap,
                                     nobody=one.nobody)),
        (text("review.cases"), text("review.cases.figures", opened=one.opened, solved=one.solved,
                                    by_contact=one.by_contact, open=one.open_)),
    ]  # fmt: skip
    block: list[Flowable] = [
        Heading(one.department, f"department-{number}", size=13, above=16), facts(pairs, room, columns=2)
    ]  # fmt: skip
    if one.gaps or one.findings:
        block.append(Spacer(0, 1.5 * mm))
    for first, last in one.gaps:
        block.append(words(text("review.gap", days=days(first, last, language)), BODY))
    for found in one.findings:
        block.append(words(f"• {sentence(found, language, lambda row: review.names.get(row, ''))}", SMALL))
    block += [
        Spacer(0, 2 * mm), Blank(text("review.agreed"), 2),
        Signatures((text("review.supervisor"), text("review.sponsor"))), Spacer(0, 3 * mm),
    ]  # fmt: skip
    return KeepTogether(block)
