"""A case on paper: its sheet, the requester's edition of it, or a work order for a visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.paper_dialog import Drawn, PaperDialog
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

KINDS: Final = ("sheet", "requester", "order")
translate = QCoreApplication.translate


class CasePaperDialog(PaperDialog):
    """One case at a time."""

    def __init__(self, services: Services, case_id: bytes, kind: str = "sheet", parent: QWidget | None = None) -> None:
        self._case = case_id
        words = (
            translate("CasePaperDialog", "Case sheet"), translate("CasePaperDialog", "Case sheet for the requester"),
            translate("CasePaperDialog", "Work order for a visit"),
        )  # fmt: skip
        kinds = list(zip(KINDS, words, strict=True))
        title = translate("CasePaperDialog", "Case on paper")
        super().__init__(services, title, kinds, kind, services.desk.context.language, parent)

    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """A sheet or an order."""
        desk, case, called = self._services.desk, self._case, self.kind.currentText()
        return lambda: draw(desk, case, kind, language, paper, called)


def draw(desk: ReadingDesk, case_id: bytes, kind: str, language: str, paper: str, called: str) -> Drawn:
    """Make a document, on a lane. Errors: UserError when the case is gone."""
    from app.reports.case_facts import case_paper
    from app.reports.case_sheet import case_sheet
    from app.reports.pages import Pages
    from app.reports.pdf import Paper
    from app.reports.work_order import work_order
    from app.work.attachments import AttachmentReader

    files = AttachmentReader(desk.context, desk.profile)
    facts = case_paper(desk, files, case_id, pictures=kind != "order")
    size = Paper[paper.upper()]
    if kind == "order":
        document, _pages = work_order(facts, language, size)
    else:
        document, _pages = case_sheet(facts, language, size, internal=kind == "sheet")
    return Drawn(f"{called} {facts.view.label}", document, Pages(document))
