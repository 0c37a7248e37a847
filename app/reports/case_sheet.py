"""The case sheet: a whole case on paper, with its timeline and pictures, for the file or for the requester.

In the order in which somebody asks: what and whose, what was wrong, what helped, what happened, what belongs to it.
The edition for a requester leaves out what only the help desk sees; what is flagged as private is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from app.reports.blocks import RULE, DocumentTitle, look
from app.reports.case_blocks import TONES, Captioned, card, facts, picture
from app.reports.case_facts import PICTURES, CasePaper
from app.reports.case_words import changes, clock, status, who, word
from app.reports.markdown_flow import blocks
from app.reports.pdf import (
    INK,
    MUTED,
    SEMI,
    SMALL,
    TINY,
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
from app.work.notes import counts_by_itself
from app.work.present import AttachmentLine, Entry

_TITLE: Final = style(13, font=SEMI, leading=17)
_DAY: Final = style(8.5, font=SEMI, color=MUTED)
_EVENT: Final = style(8, color=MUTED, leading=11)
_SAME_MOMENT_MS: Final = 2_000
_PICTURE_HIGH: Final = 260.0
_KB: Final = 1000


def case_sheet(paper: CasePaper, language: str, size: Paper, *, internal: bool = True) -> tuple[bytes, int]:
    """(the document, its number of pages). The same case gives the same bytes. `internal`: with what only the help desk
    sees."""
    use_fonts()
    return _CaseSheet(paper, Texts(language), size, internal=internal).make()


class _CaseSheet:
    def __init__(self, paper: CasePaper, texts: Texts, size: Paper, *, internal: bool) -> None:
        self.p, self.t, self.size, self.internal = paper, texts, size, internal
        self.view, self.row, self.names = paper.view, paper.view.row, paper.view.names

    def make(self) -> tuple[bytes, int]:
        """Draw it."""
        into = BytesIO()
        t, p = self.t, self.p
        number = t("sheet.title", number=self.view.label)
        printed = t("sheet.printed", desk=p.desk, moment=t.moment(p.printed_at, p.zone), who=p.printed_by)
        sheet = Sheet(
            into, self.size, title=f"{number}: {printable(self.row['title'])}",
            subject=t("sheet.subject", title=self.row["title"]), author=p.desk, language=t.language,
            running_head=f"{number} · {self.row['title']}", foot=printed, page_text=lambda n: t("report.page", page=n),
        )  # fmt: skip
        self.room = sheet.room
        pages = sheet.make([*self.head(), *self.what_was_wrong(), *self.what_helped(), *self.timeline(), *self.rest()])
        return into.getvalue(), pages

    # -- page one -----------------------------------------------------------------------------------------------------
    def head(self) -> Iterator[Flowable]:
        """Number, title, facts."""
        t = self.t
        edition = t("sheet.whole" if self.internal else "sheet.for_requester")
        yield DocumentTitle(self.p.desk, t("sheet.title", number=self.view.label), status(t, self.view), aside=edition)
        yield words(self.row["title"], _TITLE)
        if self.view.number is None:
            yield words(t("sheet.provisional"), SMALL)
        yield Spacer(0, 6)
        yield facts([(t(f"sheet.{name}"), value) for name, value in self._facts() if value], self.room)

    def _facts(self) -> Iterator[tuple[str, str]]:
        t, row, names, p = self.t, self.row, self.names, self.p
        yield "requester", names["requester"] or names["place"] or t("sheet.not_given")
        yield "phone", names["requester_phone"]
        yield "email", names["requester_email"]
        yield "department", names["department"]
        yield "place", names["place"]
        yield "machine", names["asset"]
        yield "serial", p.serial
        yield "product", names["product"]
        yield "kind", " · ".join((word(t, "kind", row["kind"]), word(t, "channel", row["channel"])))
        yield "severity", p.severities.get(row["severity"], str(row["severity"]))
        yield "contact", names["contact_owner"] or t("sheet.nobody")
        yield "work", names["work_owner"] or t("sheet.nobody")
        yield "opened", t.moment(row["opened_at"], p.zone)
        yield "resolved", t.moment(row["resolved_at"], p.zone) if row["resolved_at"] else ""
        yield "response", clock(t, self.view.response, p.zone)
        yield "fix", clock(t, self.view.fix, p.zone)
        if row["ended_at"] is None and row["next_step"]:
            yield "step", next_step(t, row["next_step"], names["next_step_by"], row["next_step_at"], p.zone)
        if self.internal:
            yield "queue", " · ".join(filter(None, (names["queue"], f"{t('sheet.tier')} {row['tier']}")))
            yield "tags", ", ".join(self.view.tags)
            yield "spent", t.minutes(self.view.minutes) if self.view.times else ""

    def what_was_wrong(self) -> Iterator[Flowable]:
        """The description."""
        if self.row["description"].strip():
            yield Heading(self.t("sheet.head.description"), "description", level=1, size=11.5, above=12)
            yield from self._text(self.row["description"], self.room)

    def what_helped(self) -> Iterator[Flowable]:
        """Workaround, solution, cause."""
        t, row = self.t, self.row
        for key, text in (("workaround", row["workaround"]), ("resolution", row["resolution"])):
            if not (text or "").strip():
                continue
            yield Heading(t(f"sheet.head.{key}"), key, level=1, size=11.5, above=12)
            parts = self._text(text, self.room - 9)
            if key == "resolution":
                if row["outcome"]:
                    parts.append(words(word(t, "outcome", row["outcome"]), SMALL))
                if row["cause"]:
                    parts.append(words(t("sheet.cause", cause=row["cause"]), SMALL))
                if row["permanent_fix_wanted"] and self.internal:
                    parts.append(words(t("sheet.permanent"), SMALL))
            yield card(parts, TONES["ok"], self.room)

    # -- the timeline -------------------------------------------------------------------------------------------------
    def timeline(self) -> Iterator[Flowable]:
        """Everything that happened, day by day."""
        t, p = self.t, self.p
        yield Heading(t("sheet.head.timeline"), "timeline", level=1, size=11.5, above=14)
        files: dict[bytes | None, list[AttachmentLine]] = {}
        for line in self.view.attachments:
            files.setdefault(line.entry_id, []).append(line)
        shown = [e for e in self.view.entries if self.internal or (e.kind != "event" and e.audience == "requester")]
        if not shown:
            yield words(t("sheet.empty"), SMALL)
        day: date | None = None
        for group in _groups(shown):
            first = group[0]
            if (today := local_date(first.at, zone(p.zone))) != day:
                day = today
                yield Spacer(0, 5)
                said = words(f"{t.weekday(today)}, {t.day(today)}", _DAY)
                said.keepWithNext = 1
                yield said
                yield Spacer(0, 2)
            if first.kind == "event":
                yield self._event(group)
            else:
                yield self._entry(first, files.get(first.id, []))
            yield Spacer(0, 3)

    def _event(self, group: Sequence[Entry]) -> Flowable:
        written = {e.text for e in self.view.entries if e.kind != "event"}
        said = changes(self.t, group, self.p.severities)
        said += [f"„{e.text}“" if self.t.language == "de" else f"“{e.text}”" for e in group[:1]
                 if e.text and e.text not in written]  # fmt: skip
        return words(f"{self._time(group[0].at)}   {who(self.t, group[0])} · {' · '.join(said)}", _EVENT)

    def _entry(self, entry: Entry, files: Sequence[AttachmentLine]) -> Flowable:
        t = self.t
        tone = TONES["requester" if entry.audience == "requester" else "internal"]
        colour = tone.hexval().replace("0x", "#")
        kind = f"{word(t, 'entry', entry.kind)} · {word(t, 'audience', entry.audience)}"
        more = ""
        if self.internal and (entry.counts or counts_by_itself(entry.kind, entry.audience)):
            more = f" · {t('sheet.counts' if entry.counts else 'sheet.counts_not')}"
        head = (
            f"<b>{escape(printable(who(t, entry)))}</b>&nbsp;&nbsp;<font color='{colour}'>{escape(kind)}</font>"
            f"&nbsp;&nbsp;{self._time(entry.at)}{escape(more)}"
        )
        room = self.room - 9
        parts: list[Flowable] = [Paragraph(head, style(8.5, color=INK)), Spacer(0, 2), *self._text(entry.text, room)]
        parts += [part for line in files for part in self._file(line, room)]
        return card(parts, tone, self.room)

    def _file(self, line: AttachmentLine, room: float) -> Iterator[Flowable]:
        """A file that came with an entry: the picture itself, or its name."""
        t = self.t
        said = t("sheet.file", name=line.name, size=_size(t, line.size))
        if line.media_type not in PICTURES:
            yield words(said, TINY)
            return
        data = self.p.pictures.get(line.sha256)
        if data is None:
            yield words(t("sheet.picture_away", name=line.name), TINY)
            return
        drawn = picture(data, room, _PICTURE_HIGH)
        if drawn is None:
            yield words(t("sheet.picture_spoiled", name=line.name), TINY)
        else:
            yield Captioned(said, drawn)

    def _time(self, at: int) -> str:
        return self.t.moment(at, self.p.zone).rpartition(", ")[2]

    def _text(self, text: str, room: float) -> list[Flowable]:
        return blocks(text, room, self.t("sheet.more"))

    # -- what belongs to it -------------------------------------------------------------------------------------------
    def rest(self) -> Iterator[Flowable]:
        """Linked cases, files that came without an entry, time."""
        t, view = self.t, self.view
        if self.internal and view.links:
            rows = [
                [Cell(word(t, "link", f"{link.kind}.{'out' if link.outgoing else 'in'}"), color=MUTED),
                 Cell(link.label), Cell(link.title), Cell(word(t, "status", link.status), color=MUTED)]
                for link in view.links
            ]  # fmt: skip
            yield Heading(t("sheet.head.links"), "links", level=1, size=11.5, above=14)
            yield self._table(rows, (0.22, 0.1, 0.5, 0.18))
        loose = [line for line in view.attachments if line.entry_id is None]
        if loose and self.internal:
            yield Heading(t("sheet.head.files"), "files", level=1, size=11.5, above=14)
            for line in loose:
                yield from self._file(line, self.room)
        if self.internal and view.times:
            rows = [
                [Cell(t.short_day(date.fromisoformat(spent.work_date))), Cell(spent.analyst),
                 Cell(word(t, "activity", spent.activity), color=MUTED), Cell(spent.note, color=MUTED),
                 Cell(t.minutes(spent.minutes), align="right")]
                for spent in view.times
            ]  # fmt: skip
            rows.append(
                [Cell(""), Cell(""), Cell(""), Cell(""), Cell(t.minutes(view.minutes), font=SEMI, align="right")]
            )
            yield Heading(t("sheet.head.time"), "time", level=1, size=11.5, above=14)
            yield self._table(rows, (0.16, 0.24, 0.18, 0.3, 0.12))

    def _table(self, rows: list[list[Cell]], shares: Sequence[float]) -> Table:
        return Table(rows, colWidths=[self.room * share for share in shares], style=look(RULE), hAlign="LEFT")


def next_step(texts: Texts, step: str, by: str, at: int | None, zone_name: str) -> str:
    """What, who, by when."""
    when = texts("sheet.step.at", moment=texts.moment(at, zone_name)) if at else ""
    return " · ".join(filter(None, (step, by, when)))


def _groups(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries one by one, events of one person at one moment together."""
    out: list[list[Entry]] = []
    for entry in entries:
        last = out[-1][0] if out else None
        together = last is not None and entry.kind == last.kind == "event" and entry.author == last.author
        if together and last is not None and entry.at - last.at < _SAME_MOMENT_MS:
            out[-1].append(entry)
        else:
            out.append([entry])
    return out


def _size(texts: Texts, size: int) -> str:
    if size < _KB * _KB:
        return f"{texts.integer(max(1, size / _KB))} KB"
    return f"{texts.decimal(size / _KB / _KB)} MB"
