"""Papers of coverage: the handover or return sheet of an absence, and the monthly review sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox, QWidget

from ui.paper_dialog import Drawn, PaperDialog, finished
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

MONTHS_BACK = 12


class SheetPaper(PaperDialog):
    """A handover or return sheet."""

    def __init__(self, services: Services, absence: bytes, title: str, parent: QWidget | None = None) -> None:
        super().__init__(services, title, parent)
        self._absence = absence
        self.make()

    def job(self) -> Callable[[], Drawn]:
        chosen = (self.language.currentData(), self.paper.currentData())
        return partial(draw_sheet, self._services.desk, self._absence, *chosen)


class ReviewPaper(PaperDialog):
    """The monthly review of all agreements."""

    def __init__(self, services: Services, today: str, parent: QWidget | None = None) -> None:
        super().__init__(services, "", parent)
        self.setWindowTitle(self.tr("Monthly review"))
        self.month = QComboBox()
        self.month.setAccessibleName(self.tr("Month"))
        year, number = int(today[:4]), int(today[5:7])
        for _ in range(MONTHS_BACK):
            month = QLocale().standaloneMonthName(number)
            self.month.addItem(f"{month} {year}", f"{year:04d}-{number:02d}")
            year, number = (year, number - 1) if number > 1 else (year - 1, 12)
        self.month.currentIndexChanged.connect(lambda _row: self.make())
        self.head.insertWidget(0, self.month)
        self.make()

    def job(self) -> Callable[[], Drawn]:
        chosen = (self.month.currentData(), self.language.currentData(), self.paper.currentData())
        return partial(draw_review, self._services.desk, *chosen)


def draw_sheet(desk: ReadingDesk, absence: bytes, language: str, paper: str) -> Drawn:
    """On a lane. Errors: UserError when the absence is gone."""
    from app.reports.handover_pdf import handover_pdf
    from app.reports.pdf import Paper
    from app.work.handovers import Sheets, phones

    sheet = Sheets(desk.context, desk.directory, desk.coverings).sheet(absence)
    document = handover_pdf(
        sheet, language, desk.context.zone, lambda who: desk.directory.name("analyst", who), desk.name,
        Paper[paper.upper()], now=desk.context.clock(), phone=phones(desk.context.reader),
    )  # fmt: skip
    return finished("sheet", sheet.owner, document)


def draw_review(desk: ReadingDesk, month: str, language: str, paper: str) -> Drawn:
    """On a lane."""
    from app.reports.pdf import Paper
    from app.reports.review_pdf import review_pdf
    from app.work.coverage_review import ReviewReader

    found = ReviewReader(desk.context, desk.directory, desk.coverings, desk.deadlines).month(month)
    return finished("review", month, review_pdf(found, language, desk.name, Paper[paper.upper()]))
