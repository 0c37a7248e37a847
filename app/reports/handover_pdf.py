"""The handover and the return sheet on paper: one block per case, with room to write."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app import times
from app.reports.pdf import BODY, MUTED, SEMI, SMALL, Heading, Paper, Sheet, style, words
from app.texts_coverage import days, say
from app.work.handovers import HandoverSheet
from db.rules import NO_DUE

_TITLE = style(11, font=SEMI)
_LEAD = style(9.5, color=MUTED)
_MOST_WORDS = 400


def handover_pdf(sheet: HandoverSheet, language: str, zone: str, called: Callable[[bytes], str], desk: str) -> bytes:
    """`called`: an analyst's id -> name; `desk`: the help desk's name."""
    into = BytesIO()
    title = say("sheet.return" if sheet.back else "sheet.handover", language)
    when = days(sheet.spell.from_day, sheet.spell.to_day or "", language)
    out = Sheet(
        into, Paper.A4, title=f"{title}: {sheet.owner}", subject=when, author=desk, language=language,
        running_head=f"{title}: {sheet.owner}, {when}", foot=desk,
        page_text=lambda n: say("sheet.page", language).format(n=n),
    )  # fmt: skip
    story: list[Flowable] = [
        Heading(f"{title}: {sheet.owner}", "top", size=20, above=0),
        words(say("sheet.away", language).format(days=when, count=len(sheet.lines)), _LEAD),
        Spacer(0, 5 * mm),
    ]
    if not sheet.lines:
        story.append(words(say("sheet.empty", language)))
    for line in sheet.lines:
        due = ""
        if line.due_at < NO_DUE:
            due = say("sheet.due", language).format(
                at=f"{times.local_wall(line.due_at, times.zone(zone)):%Y-%m-%d %H:%M}"
            )
        decided = say(f"decision.{line.returned or line.decision}", language)
        who = called(line.to) if line.to else say("sheet.nobody", language)
        block: list[Flowable] = [
            words(f"{line.label}  {line.title}", _TITLE),
            words("  ·  ".join(x for x in (f"S{line.severity}", say(f"status.{line.status}", language), line.department,
                                          due) if x), SMALL),
            words(f"{decided}: {who}" + ("" if line.saved else f" ({say('sheet.draft', language)})"), BODY),
        ]  # fmt: skip
        if line.next_step:
            block.append(words(say("sheet.step", language).format(step=line.next_step)))
        if line.note:
            block.append(words(line.note))
        if sheet.back:
            block += [
                words(f"{times.local_wall(at, times.zone(zone)):%m-%d %H:%M}  {name}: {text[:_MOST_WORDS]}", SMALL)
                for at, name, text in line.happened
            ]
        else:
            block += [words(text[:_MOST_WORDS], SMALL) for text in line.recent]
        block.append(Spacer(0, 4 * mm))
        story.append(KeepTogether(block))
    out.make(story)
    return into.getvalue()
