"""What belongs to a department on paper: its sheet, and the handover and return sheets of its contact and stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from app import times
from app.texts_coverage import days
from ui.coverage.papers import draw_sheet
from ui.paper_dialog import Drawn, PaperDialog
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

translate = QCoreApplication.translate

SHEET: Final = "department"
LATELY_DAYS: Final = 14
"""So many days after an absence its return sheet is offered."""
Absent = tuple[bytes, str, str, str | None, bool]
"""Absence, name, first and last day, whether it is over."""


class DepartmentPaper(PaperDialog):
    """One department at a time. Kinds are its own sheet and, by their hexadecimal id, absences."""

    def __init__(
        self, services: Services, department: bytes, name: str, people: Sequence[bytes], parent: QWidget | None = None
    ) -> None:
        self._department = department
        kinds = ((SHEET, translate("DepartmentPaper", "Department sheet")),)
        title = translate("DepartmentPaper", "On paper: {name}").format(name=name)
        super().__init__(services, title, kinds, SHEET, services.desk.context.language, parent)
        services.lanes.read.submit(absences, services.desk, tuple(people), done=self._offer, owner=self)

    def _offer(self, found: list[Absent]) -> None:
        """The sheets of absences: before and during them what is handed over, after them what happened meanwhile."""
        language = QLocale().name()
        for absence, name, first, last, over in found:
            words = self.tr("While {name} was away {days}") if over else self.tr("Handover: {name}, {days}")
            self.kind.addItem(words.format(name=name, days=days(first, last or "", language)), absence.hex())
        self.kind.setVisible(bool(found))

    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """The department's sheet, or that of an absence."""
        if kind != SHEET:
            return partial(draw_sheet, self._services.desk, bytes.fromhex(kind), language, paper)
        return partial(draw, self._services.desk, self._department, language, paper)


def absences(desk: ReadingDesk, people: tuple[bytes, ...]) -> list[Absent]:
    """Those of these analysts that last, are to come, or ended lately; on a lane."""
    now = desk.context.clock()
    today, since = desk.coverings.today(now), desk.coverings.today(now - LATELY_DAYS * times.DAY_MS)
    return [
        (line.spell.id, desk.directory.name("analyst", line.spell.analyst), line.spell.from_day, line.spell.to_day,
         (line.spell.to_day or today) < today)
        for line in desk.coverings.absences(now, past=True)
        if line.spell.analyst in people and (line.spell.to_day or today) >= since
    ]  # fmt: skip


def draw(desk: ReadingDesk, department: bytes, language: str, paper: str) -> Drawn:
    """Make the department sheet, on a lane. Errors: UserError when the department is gone."""
    from app.reports.department_sheet import department_paper, department_sheet
    from app.reports.pages import Pages
    from app.reports.pdf import Paper
    from app.texts import Texts

    facts = department_paper(desk, department, language)
    document, _pages = department_sheet(desk, facts, language, Paper[paper.upper()])
    return Drawn(f"{Texts(language)('department.sheet')} {facts.face.name}", document, Pages(document))
