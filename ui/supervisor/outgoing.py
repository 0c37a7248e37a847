"""What becomes of the report that is shown: it is saved, printed, sent. A report of the archive as well as one that was
made just now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_S
from ui.written import language_now

if TYPE_CHECKING:
    from app.reports.sending import Outgoing
    from ui.supervisor.printing import PrintRun


class OutgoingRow(QWidget):
    """Three buttons."""

    printing = Signal(object, int)
    """(PrintRun, number of pages): they go to the printer from now on."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._report: Outgoing | None = None
        self._language = ""
        self.save, self.print, self.mail = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        for button, drawing, run in (
            (self.save, "save", self.save_as), (self.print, "print", self.print_it), (self.mail, "mail", self.send),
        ):  # fmt: skip
            button.setIcon(icon(drawing))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
        self._retranslate()
        self.show_report(None)

    def show_report(self, report: Outgoing | None, language: str = "") -> None:
        """The report that goes out from now on; None: there is none. `language`: its own, where that is known; else an
        e-mail is worded in the program's."""
        self._report, self._language = report, language
        for button in (self.save, self.print, self.mail):
            button.setEnabled(report is not None)

    def save_as(self) -> None:
        """Ask where, and write it there."""
        if self._report is None:
            return
        folder = self._services.settings["report_folder"] or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        place, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), str(Path(folder) / self._report.file_name), self.tr("PDF (*.pdf)")
        )
        if place:
            self.save_to(Path(place))

    def save_to(self, path: Path) -> None:
        """Write the pages that are shown."""
        from app.reports.writing import write_whole

        if self._report is None:
            return
        self._services.settings["report_folder"] = str(path.parent)
        self._services.lanes.write.submit(
            write_whole, path, self._report.document, failed=self._services.show_error, owner=self,
            done=lambda _: self._services.notices.done(self.tr("Report written to {file}").format(file=path)),
        )  # fmt: skip

    def print_it(self) -> None:
        """The system's own dialog, then page by page."""
        from app.reports.pages import Pages
        from ui.supervisor.printing import ask_printer

        if self._report is None:
            return
        pages = Pages(self._report.document)
        sizes = list(pages.sizes)
        pages.close()
        ask_printer(self._services, self._report.file_name, sizes, self.print_on, self)

    def print_on(self, printer: QPrinter) -> None:
        """Print the report that is shown, or the range of pages that was chosen. It is printed to its end whatever is
        shown meanwhile."""
        from app.reports.pages import Pages
        from ui.supervisor.printing import PrintRun

        if self._report is None:
            return
        pages = Pages(self._report.document)
        count = len(pages.sizes)
        chosen = range((printer.fromPage() or 1) - 1, min(printer.toPage() or count, count))
        run: PrintRun = PrintRun(self._services, pages, printer, chosen, self)
        run.ended.connect(lambda _whole: pages.close())
        self.printing.emit(run, len(chosen))
        run.start()

    def send(self) -> None:
        """By e-mail."""
        from ui.supervisor.mail_sheets import MailDialog

        if self._report is None:
            return
        dialog = MailDialog(self._services, self._report, self._language or language_now(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.save.setText(self.tr("Save…"))
        self.print.setText(self.tr("Print…"))
        self.mail.setText(self.tr("E-mail…"))
