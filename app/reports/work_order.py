"""The work order: one page to take along into the hall, with what one asks for there and room for what one finds.

Everything stands in the order of the way: where to, whom to ask for, what is wrong, what to do, what this machine had
before; then lines to write on and to sign. It fits one page: what was before gives way when the rest needs its room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from reportlab.platypus import Flowable, Spacer, Table

from app.reports.blocks import RULE, DocumentTitle, look
from app.reports.case_blocks import Blank, Boxes, Signatures, facts
from app.reports.case_facts import CasePaper, Earlier
from app.reports.case_sheet import next_step
from app.reports.case_words import clock, status
from app.reports.markdown_flow import blocks
from app.reports.pdf import (
    MUTED,
    SEMI,
    SMALL,
    Cell,
    Heading,
    Paper,
    Sheet,
    printable,
    style,
    use_fonts,
    words,
)
from app.texts import Texts
from app.times import local_date, zone

_BIG: Final = style(16, font=SEMI, leading=20)
_TITLE: Final = style(12, font=SEMI, leading=15)
_SOLVED: Final = 100
"""Characters of how an earlier case was solved: two lines, for on paper nobody can ask for the rest."""
_STEP: Final = style(11, leading=14.5)


class _Room(NamedTuple):
    """How much is taken along: earlier cases, lines to write on, characters of the description and of the dossier."""

    earlier: int
    lines: int
    description: int
    dossier: int


_ROOMS: Final = (
    _Room(8, 3, 900, 400), _Room(6, 3, 900, 400), _Room(5, 3, 900, 400), _Room(4, 3, 900, 400), _Room(5, 3, 700, 300),
    _Room(4, 2, 600, 300), _Room(4, 2, 600, 200), _Room(3, 2, 400, 150),
    _Room(2, 2, 250, 100), _Room(1, 1, 150, 80), _Room(0, 1, 80, 0),
)  # fmt: skip
"""From the one that is wanted to the one that fits whatever was written."""


def work_order(paper: CasePaper, language: str, size: Paper) -> tuple[bytes, int]:
    """(the document, its number of pages). The same case gives the same bytes."""
    use_fonts()
    texts = Texts(language)
    drawn, pages = b"", 0
    # What was before gives way, then the lines to write on, before anything goes to a second page.
    for room in _ROOMS:
        drawn, pages = _WorkOrder(paper, texts, size, room).make()
        if pages == 1:
            break
    return drawn, pages


class _WorkOrder:
    def __init__(self, paper: CasePaper, texts: Texts, size: Paper, room: _Room) -> None:
        self.p, self.t, self.size, self.much = paper, texts, size, room
        self.earlier: Sequence[Earlier] = paper.earlier[: room.earlier]
        self.hides = len(paper.earlier) > room.earlier
        self.view, self.row, self.names = paper.view, paper.view.row, paper.view.names

    def make(self) -> tuple[bytes, int]:
        """Draw it."""
        t, p = self.t, self.p
        into = BytesIO()
        number = t("order.title", number=self.view.label)
        printed = t("sheet.printed", desk=p.desk, moment=t.moment(p.printed_at, p.zone), who=p.printed_by)
        sheet = Sheet(
            into, self.size, title=f"{number}: {printable(self.row['title'])}",
            subject=t("order.subject", title=self.row["title"]), author=p.desk, language=t.language,
            running_head=f"{number} · {self.row['title']}", foot=printed, page_text=lambda n: t("report.page", page=n),
        )  # fmt: skip
        self.room = sheet.room
        story = [*self.head(), *self.what(), *self.before(), *self.result()]
        return into.getvalue() if (pages := sheet.make(story)) else b"", pages

    def head(self) -> Iterator[Flowable]:
        """Where to, and whom to ask for."""
        t, names, p = self.t, self.names, self.p
        severity = p.severities.get(self.row["severity"], "")
        yield DocumentTitle(p.desk, t("order.title", number=self.view.label), severity, aside=status(t, self.view))
        where = " · ".join(filter(None, (names["place"], names["asset"])))
        yield words(where or names["department"], _BIG) if where or names["department"] else Blank(t("sheet.place"))
        yield Spacer(0, 4)
        pairs = [
            ("requester", names["requester"]), ("phone", names["requester_phone"]), ("department", names["department"]),
            ("serial", p.serial), ("product", names["product"]), ("opened", t.moment(self.row["opened_at"], p.zone)),
            ("fix", clock(t, self.view.fix, p.zone)), ("contact", names["contact_owner"]),
            ("work", names["work_owner"] or t("sheet.nobody")),
        ]  # fmt: skip
        yield facts([(t(f"sheet.{name}"), value) for name, value in pairs if value], self.room)

    def what(self) -> Iterator[Flowable]:
        """What is wrong, and what is to be done."""
        t, row = self.t, self.row
        yield self._heading("what")
        yield words(row["title"], _TITLE)
        if row["description"].strip():
            yield Spacer(0, 2)
            yield from blocks(_shortened(row["description"], self.much.description), self.room, t("sheet.more"))
        yield self._heading("step")
        step = next_step(t, row["next_step"] or "", self.names["next_step_by"], row["next_step_at"], self.p.zone)
        yield words(step, _STEP) if step else Blank("", 1)
        if row["workaround"]:
            yield words(f"{t('sheet.head.workaround')}: {_shortened(row['workaround'], 300)}", SMALL)
        yield Blank(t("order.bring"), 1)
        if self.p.dossier.strip() and self.much.dossier:
            yield Spacer(0, 3)
            plain = " ".join(self.p.dossier.replace("*", "").replace("#", "").split())
            yield words(f"{t('order.cautions')}: {_shortened(plain, self.much.dossier)}", SMALL)

    def before(self) -> Iterator[Flowable]:
        """What this machine had before."""
        t = self.t
        if not self.row["asset_id"] and not self.row["place_id"]:
            return
        if not self.earlier and self.hides:
            return
        yield self._heading("history" if self.row["asset_id"] else "history.place")
        if not self.earlier:
            yield words(t("order.none"), SMALL)
            return
        rows = []
        for one in self.earlier:
            day = t.short_day(local_date(one.opened_at, zone(self.p.zone)))
            solved = " ".join(one.resolution.split()) or t("order.unsolved")
            rows.append(
                [
                    Cell(day, color=MUTED),
                    Cell(one.label, color=MUTED),
                    Cell(one.title),
                    words(_shortened(solved, _SOLVED), SMALL),
                ]
            )
        shares = (0.14, 0.09, 0.4, 0.37)
        yield Table(
            rows, colWidths=[self.room * share for share in shares], style=look(RULE, vertical=1.5), hAlign="LEFT"
        )

    def result(self) -> Iterator[Flowable]:
        """Room for what was found and done, times, signatures."""
        t = self.t
        yield self._heading("result")
        yield Boxes([t("order.fixed"), t("order.workaround"), t("order.open")])
        yield Blank(t("order.found"), self.much.lines)
        yield Blank(t("order.done"), self.much.lines)
        yield Blank(t("order.parts"), 1)
        third = self.room / 3
        times = [Blank(t("order.began")), Blank(t("order.ended")), Blank(t("order.stopped"))]
        yield Table([times], colWidths=[third * 1.1, third * 0.7, third * 1.2], style=look(right=12), hAlign="LEFT")
        yield Spacer(0, 8)
        yield Signatures([t("order.sign.technician"), t("order.sign.department")])

    def _heading(self, name: str) -> Heading:
        return Heading(self.t(f"order.head.{name}"), name, level=1, size=11, above=9)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(None, 1)[0] + " …"
