"""Papers of coverage: the handover or return sheet of an absence, and the monthly review sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from ui.coverage.words import translate
from ui.paper_dialog import Drawn, PaperDialog
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

MONTHS_BACK: Final = 12


class SheetPaper(PaperDialog):
    """A handover or return sheet. `title`: what it is and whose."""

    def __init__(self, services: Services, absence: bytes, title: str, parent: QWidget | None = None) -> None:
        self._absence = absence
        kinds = (("sheet", title),)
        super().__init__(services, title, kinds, "sheet", services.desk.context.language, parent)

    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """The sheet as it stands."""
        return partial(draw_sheet, self._services.desk, self._absence, language, paper)


class ReviewPaper(PaperDialog):
    """The review of all agreements in one month of the last twelve."""

    def __init__(self, services: Services, today: str, parent: QWidget | None = None) -> None:
        months = months_until(today)
        title = translate("coverage", "Monthly review")
        super().__init__(services, title, months, months[0][0], services.desk.context.language, parent)
        self.kind.setAccessibleName(translate("coverage", "Month"))

    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """The month that is chosen."""
        return partial(draw_review, self._services.desk, kind, language, paper)


def months_until(today: str) -> list[tuple[str, str]]:
    """("2026-11", "November 2026") and the eleven before, the newest first."""
    year, number = int(today[:4]), int(today[5:7])
    out = []
    for _ in range(MONTHS_BACK):
        out.append((f"{year:04d}-{number:02d}", f"{QLocale().standaloneMonthName(number)} {year}"))
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return out


def draw_sheet(desk: ReadingDesk, absence: bytes, language: str, paper: str) -> Drawn:
    """On a lane. Errors: UserError when the absence is gone."""
    from app.reports.handover_pdf import handover_pdf
    from app.reports.pages import Pages
    from app.reports.pdf import Paper
    from app.texts_coverage import say
    from app.work.handovers import Sheets, phones

    sheet = Sheets(desk.context, desk.directory, desk.coverings).sheet(absence)
    document = handover_pdf(
        sheet, language, desk.context.zone, lambda who: desk.directory.name("analyst", who), desk.name,
        Paper[paper.upper()], now=desk.context.clock(), phone=phones(desk.context.reader),
    )  # fmt: skip
    called = say("sheet.return" if sheet.back else "sheet.handover", language)
    return Drawn(f"{called} {sheet.owner}", document, Pages(document))


def draw_review(desk: ReadingDesk, month: str, language: str, paper: str) -> Drawn:
    """On a lane."""
    from app.reports.pages import Pages
    from app.reports.pdf import Paper
    from app.reports.review_pdf import review_pdf
    from app.texts_coverage import say
    from app.work.coverage_review import ReviewReader

    found = ReviewReader(desk.context, desk.directory, desk.coverings, desk.deadlines).month(month)
    document = review_pdf(found, language, desk.name, Paper[paper.upper()])
    return Drawn(f"{say('review.title', language)} {month}", document, Pages(document))
