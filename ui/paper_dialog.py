"""Something on paper (a case, an article): seen, printed, saved.

What is shown are the pages themselves. They are made on a lane each time another kind or paper is chosen, latest only;
printing goes through the system's own dialog.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import text
from ui.icons import icon
from ui.services import Services
from ui.supervisor.pdf_view import PdfView
from ui.supervisor.printing import PrintRun, ask_printer
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.reports.pages import Pages

LETTER_LANDS: Final = ("US", "CA", "MX")


@dataclass(frozen=True)
class Drawn:
    """A finished document. `label`: what its file is called."""

    label: str
    document: bytes
    pages: Pages


class PaperDialog(QDialog):
    """One thing at a time. `kinds`: (value, words) of what can be made of it; `language`: the first choice."""

    def __init__(
        self, services: Services, title: str, kinds: Sequence[tuple[str, str]], kind: str, language: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._services = services
        self.drawn: Drawn | None = None
        self._run: PrintRun | None = None
        self.view = PdfView(services)
        self.setWindowTitle(title)
        self.kind, self.paper = QComboBox(), QComboBox()
        for value, words in kinds:
            self.kind.addItem(words, value)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.kind.setAccessibleName(self.tr("What to print"))
        self.kind.setVisible(len(kinds) > 1)
        for name in ("A4", "Letter"):
            self.paper.addItem(name, name)
        self.paper.setCurrentIndex(int(self.locale().territoryToCode(self.locale().territory()) in LETTER_LANDS))
        self.paper.setAccessibleName(self.tr("Paper"))
        self.language = QComboBox()
        for code, name in (("en", "English"), ("de", "Deutsch")):
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self.language.setAccessibleName(self.tr("Language of the paper"))
        for box in (self.kind, self.language, self.paper):
            box.currentIndexChanged.connect(lambda _row: self.make())
        self.smaller, self.larger = QToolButton(), QToolButton()
        for tool, drawing, step, words in (
            (self.smaller, "minus", -1, self.tr("Smaller")), (self.larger, "plus", 1, self.tr("Larger")),
        ):  # fmt: skip
            tool.setIcon(icon(drawing))
            tool.setToolTip(words)
            tool.setAccessibleName(words)
            tool.clicked.connect(lambda _checked=False, step=step: self.view.zoom(step))
        self.state = PlainLabel("", "muted")
        self.save, self.print, self.close_ = (
            QPushButton(self.tr("Save…")), QPushButton(self.tr("Print…")), QPushButton(self.tr("Close")),
        )  # fmt: skip
        self.print.setProperty("look", "primary")
        self.print.setDefault(True)
        self.save.setIcon(icon("save"))
        self.print.setIcon(icon("print", "on_accent"))
        for button, run in ((self.save, self.save_as), (self.print, self.print_it), (self.close_, self.reject)):
            button.clicked.connect(lambda _checked=False, run=run: run())
        self.save.setAutoDefault(False)
        self.close_.setAutoDefault(False)
        self._lay_out()
        self.make()

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (head, (self.kind, self.language, self.paper, self.smaller, self.larger)),
            (foot, (self.state, self.save, self.print, self.close_)),
        ):
            row.setSpacing(GAP_S)
            for widget in widgets:
                row.addWidget(widget)
        head.addStretch(1)
        foot.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_M)
        column.setSpacing(GAP_M)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.resize(self.fontMetrics().averageCharWidth() * 104, 660)

    # -- making -------------------------------------------------------------------------------------------------------
    def draw(self, kind: str, language: str, paper: str) -> Callable[[], Drawn]:
        """What makes the document, to be called on a lane. May raise UserError there."""
        raise NotImplementedError

    def make(self) -> None:
        """Make what is chosen."""
        self.state.setText(self.tr("is made…"))
        self.save.setEnabled(False)
        self.print.setEnabled(False)
        self._services.lanes.count.submit(
            self.draw(self.kind.currentData(), self.language.currentData(), self.paper.currentData()),
            done=self._show, failed=self._failed, key=("paper", id(self)),
        )  # fmt: skip

    def _show(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.view.show_document(drawn.pages)
        self.state.setText(text.pages(len(drawn.pages.sizes)))
        self.save.setEnabled(True)
        self.print.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self.state.setText("")
        self._services.show_error(error)

    # -- doing things with it -----------------------------------------------------------------------------------------
    @property
    def name(self) -> str:
        """What the file is called where nobody says otherwise."""
        label = self.drawn.label if self.drawn is not None else self.windowTitle()
        words = re.sub(r'[\x00-\x1f<>:"/\\|?*~]', "", label)
        return f"{words}.pdf"

    def save_as(self) -> None:
        """Ask where, and write it there."""
        folder = self._services.settings["report_folder"] or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        place, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save"), str(Path(folder) / self.name), self.tr("PDF (*.pdf)")
        )
        if place:
            self.save_to(Path(place))

    def save_to(self, path: Path) -> None:
        """Write the pages that are shown."""
        from app.reports.writing import write_whole

        if self.drawn is not None:
            self._services.settings["report_folder"] = str(path.parent)
            said = self.tr("Written to {file}").format(file=path)
            self._services.lanes.write.submit(
                write_whole, path, self.drawn.document, failed=self._services.show_error, owner=self,
                done=lambda _: self._services.notices.done(said),
            )  # fmt: skip

    def print_it(self) -> None:
        """The system's own dialog, then page by page."""
        if self.drawn is None:
            return
        ask_printer(self._services, self.name, self.drawn.pages.sizes, self.print_on, self)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that are shown, or the range that was chosen."""
        if self.drawn is None:
            return
        count = len(self.drawn.pages.sizes)
        first, last = printer.fromPage() or 1, printer.toPage() or count
        chosen = range(first - 1, min(last, count))
        self._run = PrintRun(self._services, self.drawn.pages, printer, chosen, self)
        self._run.ended.connect(self._printed)
        self.state.setText(self.tr("is printed…"))
        self._run.start()

    def _printed(self, whole: bool) -> None:
        self._run = None
        self.state.setText(self.tr("Sent to the printer") if whole else self.tr("Not printed"))

    def done(self, result: int) -> None:
        """What is being printed is given up; the document is let go."""
        if self._run is not None:
            self._run.stop()
        self.view.clear()
        super().done(result)
