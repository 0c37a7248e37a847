"""A list of cases on paper and as CSV, as it stands on screen: its columns, its order, its headings."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from app import times
from app.errors import UserError
from app.reading import ReadingDesk
from app.texts import Texts
from app.work.case_filter import CaseFilter, CaseList
from app.work.condition_words import ConditionWords
from app.work.groups import Group, Grouped, case_rows, grouped
from app.work.lists import CaseLine
from app.work.rows import Rows

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

MOST_PRINTED: Final = 2_000
"""Cases on paper: forty pages. A file takes them all."""
PAGE: Final = 500
COLUMNS: Final = (
    "severity", "number", "title", "status", "due", "work_owner", "next_step", "updated", "queue", "department",
    "requester", "product", "contact_owner", "opened",
)  # fmt: skip
"""What a printed list can show; the keys are those of the screen."""
FIRST: Final = ("severity", "number", "title", "status", "due", "work_owner", "department", "next_step")
WRITTEN: Final = ("title", "next_step")
"""What people write, as long as it may be."""
_SHARE: Final = {"severity": 2.4, "number": 2.0, "title": 9.0, "status": 3.0, "due": 4.2, "next_step": 5.5}
_USUAL_SHARE: Final = 3.8
_UPRIGHT: Final = {"title": 7.4, "due": 6.2, "next_step": 4.6, "severity": 2.7}
_WHOLE: Final = {"title": 6.4, "due": 6.9, "next_step": 5.2, "severity": 3.4, "number": 2.6}
"""Texts that take lines need less room beside the rest, of which nothing is cut then."""
_UPRIGHT_ROOM: Final = 600
"""Points; on upright paper a due time with its word gets room from the texts, which may be cut."""
_FORMULA: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True)
class Printed:
    """What is written. `title`: the place it is the list of; `told`: the filter in words, "" for none."""

    title: str
    wanted: CaseList
    group: str = ""
    columns: tuple[str, ...] = FIRST
    told: str = ""
    whole: bool = False
    """Titles and next steps take as many lines as they need; else they are cut, so that a long list stays short."""


class ListWriter:
    """Reads on the calling lane."""

    def __init__(self, desk: ReadingDesk, language: str) -> None:
        self._desk, self._texts = desk, Texts(language)
        self._words = ConditionWords(self._texts, desk.directory)
        self._now, self._zone = desk.context.clock(), desk.context.zone

    def csv(self, what: Printed, path: Path) -> int:
        """A file for a spreadsheet; returns how many cases. Errors: UserError when it can't be written."""
        rows = self._rows(what)

        def write(file: IO[str]) -> None:
            # German spreadsheets part columns by semicolons, because the comma stands in their numbers.
            writer = csv.writer(file, delimiter=";" if self._texts.language == "de" else ",")
            writer.writerow([self._words.field(key) for key in what.columns])
            for item in self._read(rows, None):
                if isinstance(item, CaseLine):
                    writer.writerow([_plain(self._cell(item, key)) for key in what.columns])

        _replace(path, write)
        return case_rows(rows)

    def pdf(self, what: Printed, path: Path) -> int:
        """Paper; returns how many pages. Errors: UserError when it can't be written."""
        from app.reports.pdf import A4_WIDE, Sheet

        rows, into = self._rows(what), BytesIO()
        moment = self._texts.moment(self._now, self._zone)
        sheet = Sheet(
            into, A4_WIDE, title=f"{self._texts('view.list')}: {what.title}", subject=what.told,
            author=self._desk.name, language=self._texts.language, running_head=f"{self._desk.name} · {what.title}",
            foot=moment, page_text=lambda page: self._texts("report.page", page=page),
        )  # fmt: skip
        pages = sheet.make(list(self._story(what, rows, moment, sheet.room)))
        try:
            path.write_bytes(into.getvalue())
        except OSError as error:
            raise UserError(f"{path} can't be written ({error.strerror or error}); name another file.") from error
        return pages

    def _rows(self, what: Printed) -> Rows:
        if not what.group:
            return self._desk.lists.rows(what.wanted)
        rows = grouped(self._desk.lists, what.wanted, what.group, ())
        shut = [group.key for group in rows.groups if group.folded]
        return grouped(self._desk.lists, what.wanted, what.group, shut) if shut else rows

    def _read(self, rows: Rows, most: int | None) -> Iterator[CaseLine | Group]:
        cases = 0
        for start in range(0, len(rows), PAGE):
            part = [rows[row] for row in range(start, min(start + PAGE, len(rows)))]
            lines = {line.rid: line for line in self._desk.lists.lines([rid for rid in part if rid > 0])}
            for rid in part:
                if rid < 0 and isinstance(rows, Grouped):
                    yield rows.groups[-rid - 1]
                elif rid in lines:
                    yield lines[rid]
                    cases += 1
                    if cases == most:
                        return

    def _story(self, what: Printed, rows: Rows, moment: str, room: float) -> Iterator[Flowable]:
        from reportlab.platypus import Spacer

        from app.reports.pdf import SMALL, Heading, words

        count = case_rows(rows)
        yield Heading(what.title, "list", size=16, above=0)
        if what.told:
            yield words(what.told)
        told = "view.list.one" if count == 1 else "view.list.told"
        yield words(self._texts(told, count=self._texts.integer(count), moment=moment), SMALL)
        if count > MOST_PRINTED:
            most, every = self._texts.integer(MOST_PRINTED), self._texts.integer(count)
            yield words(self._texts("view.list.first", most=most, count=every), SMALL)
        yield Spacer(0, 8)
        yield from self.tables(what, rows, room)

    def tables(self, what: Printed, rows: Rows, room: float, most: int = MOST_PRINTED) -> Iterator[Flowable]:
        """The cases of a list in a column `room` points wide, at most so many; under headings one table each."""
        chunk: list[CaseLine | Group] = []
        for item in self._read(rows, most):
            if isinstance(item, Group) and chunk:
                yield self._table(what, chunk, room)
                chunk = []
            chunk.append(item)
        if chunk:
            yield self._table(what, chunk, room)

    def _table(self, what: Printed, items: Sequence[CaseLine | Group], room: float) -> Flowable:
        from reportlab.platypus import Table, TableStyle

        from app.reports.pdf import LINE, MUTED, SEMI, TABLE_FONT, WASH, Cell, style, words

        lines = style(8)
        known = _SHARE | _UPRIGHT if room < _UPRIGHT_ROOM else _SHARE
        if what.whole:
            known = known | _WHOLE
        shares = [known.get(key, _USUAL_SHARE) for key in what.columns]
        widths = [room * share / sum(shares) for share in shares]
        head = [Cell(self._words.field(key), font=SEMI, size=7.5, color=MUTED) for key in what.columns]
        body: list[list[Flowable | str]] = []
        looks: list[Any] = [TABLE_FONT, ("VALIGN", (0, 0), (-1, -1), "TOP"),
                 ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("LEFTPADDING", (0, 0), (-1, -1), 3),
                 ("RIGHTPADDING", (0, 0), (-1, -1), 3), ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                 ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)]  # fmt: skip
        above = 0
        for item in items:
            if isinstance(item, Group):
                told = f"{self._words.group(what.group, item)}  ({self._texts.integer(item.count)})"
                body.append([Cell(told, font=SEMI), *([""] * (len(what.columns) - 1))])
                looks += [("SPAN", (0, 0), (-1, 0)), ("BACKGROUND", (0, 0), (-1, 0), WASH),
                          ("TOPPADDING", (0, 0), (-1, 0), 8)]  # fmt: skip
                above = 1
            else:
                strong = item.due_at is not None and item.due_at < self._now
                body.append(
                    [words(self._cell(item, key), lines) if what.whole and key in WRITTEN else
                     Cell(self._cell(item, key), font=SEMI if strong and key == "due" else "Halldesk", size=8)
                     for key in what.columns]
                )  # fmt: skip
        return Table([*body[:above], head, *body[above:]], widths, style=TableStyle(looks), repeatRows=above + 1)

    def _cell(self, line: CaseLine, key: str) -> str:
        """The words of one cell; instants stand as on the site's wall, because paper does not count down."""
        match key:
            case "number":
                return line.label
            case "severity":
                return self._words.value("severity", line.severity)
            case "status":
                waits = f": {self._words.value('waiting_on', line.waiting_on)}" if line.waiting_on else ""
                return self._words.value("status", line.status) + waits
            case "due":
                if line.due_at is None:
                    return ""
                late = f" ({self._texts('view.list.overdue')})" if line.due_at < self._now else ""
                return self._moment(line.due_at) + late
            case "updated":
                return self._moment(line.updated_at)
            case "opened":
                return self._moment(line.opened_at)
        return str(getattr(line, key))

    def _moment(self, at: int) -> str:
        wall = times.local_wall(at, times.zone(self._zone))
        return f"{wall:%d.%m.%Y %H:%M}" if self._texts.language == "de" else f"{wall:%Y-%m-%d %H:%M}"


def told_of(desk: ReadingDesk, wanted: CaseFilter, language: str) -> str:
    """The filter of a list in words: the conditions of its view and what was typed."""
    words = ConditionWords(Texts(language), desk.directory)
    said = [words.conditions(wanted.conditions)] if wanted.conditions is not None else []
    if wanted.words.strip():
        said.append(f"“{wanted.words.strip()}”")
    return " · ".join(said)


def _plain(cell: str) -> str:
    """What a spreadsheet shows and does not compute."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _replace(path: Path, write: object) -> None:
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            write(file)  # type: ignore[operator]
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(f"{path} can't be written ({error.strerror or error}); name another file.") from error
