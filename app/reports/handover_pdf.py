"""The handover and the return sheet on paper, for who stands in and for who is back.

On top who stands in, and what there is to do; then the cases by what becomes of them, what is handed over first, each
with a box to tick, its next step, what was written last, and a line to write on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app import times
from app.reports.blocks import look
from app.reports.case_blocks import facts
from app.reports.pdf import (
    BODY,
    INK,
    LINE,
    MUTED,
    REGULAR,
    SEMI,
    SMALL,
    Heading,
    Paper,
    Sheet,
    fitted,
    printable,
    style,
    width,
    words,
)
from app.texts_coverage import days, happened, say, shown
from app.work.handovers import HandoverSheet, SheetLine
from db.rules import HANDOVERS, NO_DUE, RETURNS

_LEAD: Final = style(9.5, color=MUTED)
_MOST_WORDS: Final = 300
UNDECIDED: Final = "undecided"


class _CaseHead(Flowable):
    """A box to tick, number and title, and at the right when it is due."""

    def __init__(self, title: str, right: str, *, late: bool) -> None:
        super().__init__()
        self.title, self.right, self.late = printable(title), printable(right), late

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 17.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.rect(0, 3, 9, 9)
        font = SEMI if self.late else REGULAR
        wide = width(self.right, font, 8.5)
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, 10.5)
        canvas.drawString(17, 4, fitted(self.title, SEMI, 10.5, self.width - 17 - wide - 12))
        canvas.setFont(font, 8.5)
        canvas.drawRightString(self.width, 4, self.right)


class _Line(Flowable):
    """A hair line to write on."""

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, 15.0
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.6)
        self.canv.line(17, 1, self.width, 1)


def handover_pdf(
    sheet: HandoverSheet, language: str, zone: str, called: Callable[[bytes], str], desk: str,
    paper: Paper = Paper.A4, *, now: int | None = None, phone: Callable[[bytes], str] = lambda _who: "",
) -> bytes:  # fmt: skip
    """`called`: an analyst's id -> name; `desk`: the help desk's name; `now` (ms UTC): what is overdue is said then;
    `phone`: an analyst's id -> telephone number."""
    return _Document(sheet, language, zone, called, desk, paper, now, phone).make()


class _Document:
    def __init__(
        self, sheet: HandoverSheet, language: str, zone: str, called: Callable[[bytes], str], desk: str, paper: Paper,
        now: int | None, phone: Callable[[bytes], str],
    ) -> None:  # fmt: skip
        self.sheet, self.language, self.zone, self.called, self.desk = sheet, language, times.zone(zone), called, desk
        self.paper, self.now, self.phone = paper, now, phone

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language).format(**values)

    def moment(self, at: int) -> str:
        wall = times.local_wall(at, self.zone)
        return f"{shown(wall.date().isoformat(), self.language)} {wall:%H:%M}"

    def make(self) -> bytes:
        sheet, into = self.sheet, BytesIO()
        title = self.say("sheet.return" if sheet.back else "sheet.handover")
        when = days(sheet.spell.from_day, sheet.spell.to_day or "", self.language)
        out = Sheet(
            into, self.paper, title=f"{title}: {sheet.owner}", subject=when, author=self.desk, language=self.language,
            running_head=f"{title}: {sheet.owner}, {when}", foot=self.desk,
            page_text=lambda n: self.say("sheet.page", n=n),
        )  # fmt: skip
        story: list[Flowable] = [
            Heading(f"{title}: {sheet.owner}", "top", size=20, above=0),
            words(self.say("sheet.away", days=when, count=len(sheet.lines)), _LEAD),
            Spacer(0, 4 * mm),
        ]
        if pairs := self._facts():
            story.append(facts(pairs, out.room, columns=1))
        if not sheet.lines:
            story += [Spacer(0, 4 * mm), words(self.say("sheet.empty.back" if sheet.back else "sheet.empty"))]
        for key, lines in self._groups():
            heading = f"{self.say(f'group.{key}')} ({len(lines)})"
            story.append(Heading(heading, f"group-{key}", size=13, above=14))
            story += [KeepTogether(self._block(line, key)) for line in lines]
        out.make(story)
        return into.getvalue()

    def _facts(self) -> list[tuple[str, str]]:
        """Who stands in, how to reach them, and what there is to do."""
        by: dict[bytes | None, int] = {}
        for line in self.sheet.lines:
            by[line.to] = by.get(line.to, 0) + 1
        people = []
        for who, count in sorted(by.items(), key=lambda pair: -pair[1]):
            name = self.called(who) if who is not None else self.say("sheet.nobody")
            number = self.phone(who) if who is not None else ""
            people.append(f"{name} ({number}): {count}" if number else f"{name}: {count}")
        out = [(self.say("sheet.stands in"), ", ".join(people))] if people else []
        late = sum(self._late(line) for line in self.sheet.lines)
        drafts = sum(not line.saved for line in self.sheet.lines)
        if late and not self.sheet.back:
            out.append((self.say("sheet.overdue"), str(late)))
        if drafts and not self.sheet.back:
            out.append((self.say("sheet.drafts"), self.say("sheet.drafts.means", count=drafts)))
        return out

    def _late(self, line: SheetLine) -> bool:
        return self.now is not None and line.due_at <= self.now

    def _groups(self) -> list[tuple[str, Sequence[SheetLine]]]:
        by: dict[str, list[SheetLine]] = {}
        for line in self.sheet.lines:
            by.setdefault((line.returned or UNDECIDED) if self.sheet.back else line.decision, []).append(line)
        order = (UNDECIDED, *RETURNS) if self.sheet.back else HANDOVERS
        return [(key, by[key]) for key in order if key in by]

    def _block(self, line: SheetLine, key: str) -> list[Flowable]:
        due, late = "", self._late(line)
        if line.due_at < NO_DUE:
            due = self.say("sheet.late" if late else "sheet.due", at=self.moment(line.due_at))
        below = [f"S{line.severity}", self.say(f"status.{line.status}"), line.department]
        who = self.called(line.to) if line.to else self.say("sheet.nobody")
        below.append(self.say("sheet.by" if self.sheet.back else f"sheet.to.{line.decision}", who=who))
        if not line.saved and not self.sheet.back:
            below.append(self.say("sheet.draft"))
        inner: list[Flowable] = [words("  ·  ".join(part for part in below if part), SMALL)]
        if line.next_step:
            inner.append(words(self.say("sheet.step", step=line.next_step), BODY))
        if line.note:
            inner.append(words(self.say("sheet.note", note=line.note), BODY))
        if self.sheet.back:
            inner += [
                words(f"{self.moment(at)}  {name}: {happened(what, self.language)[:_MOST_WORDS]}", SMALL)
                for at, name, what in line.happened
            ] or [words(self.say("sheet.nothing"), SMALL)]
        else:
            inner += [words(text[:_MOST_WORDS], SMALL) for text in line.recent]
        block: list[Flowable] = [_CaseHead(f"{line.label}  {line.title}", due, late=late)]
        block += [_Indent(one) for one in inner]
        if key in ("hand over", UNDECIDED):
            block.append(_Line())
        block.append(Spacer(0, 3 * mm))
        return block


class _Indent(Table):
    """What belongs to a case stands under its title."""

    def __init__(self, part: Flowable) -> None:
        super().__init__([[part]], colWidths=["*"], style=look(left=17, right=0, vertical=0.5), hAlign="LEFT")
