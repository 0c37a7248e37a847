"""A case on paper: its sheet, the requester's edition of it, or a work order for a visit; seen, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QWidget

from ui.paper_dialog import Drawn, PaperDialog, finished
from ui.services import Services

if TYPE_CHECKING:
    from app.reading import ReadingDesk

KINDS: Final = ("sheet", "requester", "order")


class CasePaperDialog(PaperDialog):
    """One case at a time."""

    def __init__(self, services: Services, case_id: bytes, kind: str = "sheet", parent: QWidget | None = None) -> None:
        super().__init__(services, "", parent)
        self._case = case_id
        self.setWindowTitle(self.tr("Case on paper"))
        self.kind = QComboBox()
        for value, words in zip(
            KINDS, (self.tr("Case sheet"), self.tr("Case sheet for the requester"), self.tr("Work order for a visit")),
            strict=True,
        ):  # fmt: skip
            self.kind.addItem(words, value)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.kind.setAccessibleName(self.tr("What to print"))
        self.kind.currentIndexChanged.connect(lambda _row: self.make())
        self.head.insertWidget(0, self.kind)
        self.make()

    def job(self) -> Callable[[], Drawn]:
        chosen = (self.kind.currentData(), self.language.currentData(), self.paper.currentData())
        return partial(draw, self._services.desk, self._case, *chosen)

    def kind_words(self) -> str:
        return self.kind.currentText()


def draw(desk: ReadingDesk, case_id: bytes, kind: str, language: str, paper: str) -> Drawn:
    """Make a document, on a lane. Errors: UserError when the case is gone."""
    from app.reports.case_facts import case_paper
    from app.reports.case_sheet import case_sheet
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
    return finished(kind, facts.view.label, document)
