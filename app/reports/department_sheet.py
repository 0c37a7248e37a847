"""The department sheet: what its analyst takes along into the hall, on as few pages as it needs.

Who speaks for it now and next, its shift and targets; its open cases in the lists of the screen, each with its next
step; what ended lately; the dossier. It is for the help desk only: a dossier speaks of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.reports.blocks import DocumentTitle
from app.reports.case_blocks import facts
from app.reports.case_list import ListWriter, Printed
from app.reports.markdown_flow import blocks
from app.reports.pdf import SMALL, Heading, Paper, Sheet, words
from app.texts import Texts
from app.work.department_words import FaceWords
from app.work.departments import Face, standing_list
from app.work.dossiers import Version
from app.work.rows import Rows
from app.work.standing import LISTS

if TYPE_CHECKING:
    from app.reading import ReadingDesk

MOST: Final = 60
"""Cases of one list on paper."""
MOST_CLOSED: Final = 15
LEAST: Final = 110
"""Points: a heading, the head of its table and two rows."""
_OPEN: Final = ("severity", "number", "title", "next_step", "due", "work_owner")
_CLOSED: Final = ("severity", "number", "title", "status", "work_owner", "updated")


@dataclass(frozen=True)
class DepartmentPaper:
    """Everything that is printed."""

    face: Face
    lists: tuple[tuple[Printed, Rows], ...]
    dossier: str
    saved: Version | None
    desk: str
    zone: str
    printed_at: int
    printed_by: str


def department_paper(desk: ReadingDesk, department: bytes, language: str) -> DepartmentPaper:
    """Read it, on a lane. Errors: UserError when the department is gone."""
    texts = Texts(language)
    face = desk.departments.face(department)
    now = desk.context.clock()
    lists = []
    for name in LISTS:
        wanted = standing_list(department, name, face.people, now)
        columns = _CLOSED if name == "closed" else _OPEN
        lists.append(
            (Printed(texts(f"department.list.{name}"), wanted, "", columns, whole=True), desk.lists.rows(wanted))
        )
    saved = next(iter(desk.dossiers.versions(department)), None)
    return DepartmentPaper(
        face, tuple(lists), desk.dossiers.text(department), saved, desk.name, desk.context.zone, now,
        desk.directory.name("analyst", desk.me),
    )  # fmt: skip


def department_sheet(desk: ReadingDesk, paper: DepartmentPaper, language: str, size: Paper) -> tuple[bytes, int]:
    """(the document, its number of pages). The same state gives the same bytes."""
    t, into, face = Texts(language), BytesIO(), paper.face
    title = t("department.sheet")
    sheet = Sheet(
        into, size, title=f"{title}: {face.name}", subject=face.name, author=paper.desk, language=t.language,
        running_head=f"{title} · {face.name}",
        foot=t("sheet.printed", desk=paper.desk, moment=t.moment(paper.printed_at, paper.zone), who=paper.printed_by),
        page_text=lambda n: t("report.page", page=n),
    )  # fmt: skip
    pages = sheet.make([*_head(paper, t, sheet.room), *_cases(desk, paper, t, sheet.room),
                        *_dossier(paper, t, sheet.room)])  # fmt: skip
    return into.getvalue(), pages


def _head(paper: DepartmentPaper, t: Texts, room: float) -> Iterator[Flowable]:
    face, said = paper.face, FaceWords(paper.face, t, paper.zone)
    yield DocumentTitle(
        f"{paper.desk} · {t('department.sheet')}", face.name, t("department.watched") if face.watched else "",
        aside=t("department.internal"),
    )  # fmt: skip
    yield Spacer(0, 4)
    pairs = (
        ("contact", said.contact()), ("acting", said.acting()), ("phone", said.phone()), ("next", said.following()),
        ("stand_ins", said.stand_ins()), ("shift", said.shift()),
        ("targets", f"{said.targets()} ({t('department.targets are')})" if face.targets else ""),
        ("sponsor", face.sponsor), ("cost_centre", face.cost_centre),
        ("headcount", t.integer(face.headcount) if face.headcount is not None else ""),
        ("language", face.language),
    )  # fmt: skip
    yield facts([(t(f"department.{name}"), value) for name, value in pairs if value], room)


def _cases(desk: ReadingDesk, paper: DepartmentPaper, t: Texts, room: float) -> Iterator[Flowable]:
    writer = ListWriter(desk, t.language)
    for name, (printed, rows) in zip(LISTS, paper.lists, strict=True):
        count, most = len(rows), MOST_CLOSED if name == "closed" else MOST
        # Kept with a few of its rows, not with the whole table: that would leave half a page empty.
        yield CondPageBreak(LEAST)
        yield Heading(f"{printed.title}  ({t.integer(count)})", name, size=12, above=14, keep=False)
        if not count:
            yield words(t("department.empty"), SMALL)
            continue
        if count > most:
            yield words(t("department.first", most=t.integer(most), count=t.integer(count)), SMALL)
        yield from writer.tables(printed, rows, room, most)


def _dossier(paper: DepartmentPaper, t: Texts, room: float) -> Iterator[Flowable]:
    yield Heading(t("department.dossier"), "dossier", size=12, above=16)
    saved = paper.saved
    if saved is not None and saved.at and saved.text == paper.dossier:
        who = saved.author if not saved.instead_of else t("department.for", name=saved.author, instead=saved.instead_of)
        yield words(t("department.dossier from", who=who, moment=t.moment(saved.at, paper.zone)), SMALL)
    if paper.dossier.strip():
        yield from blocks(paper.dossier, room, t("sheet.more"))
    else:
        yield words(t("department.no dossier"), SMALL)
