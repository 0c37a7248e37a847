"""Printing a report with the system's own dialog: page by page, each drawn on a lane and handed to the printer here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from ui.services import Services

if TYPE_CHECKING:
    from app.reports.pages import Pages, Picture

DOTS_PER_INCH: Final = 200
"""Of the pictures of pages: hair lines and small figures stay sharp, a page is 15 MB for a moment."""


def has_dialog(printer: QPrinter, platform: str = sys.platform) -> bool:
    """Whether the system asks which printer it shall be. Windows does not where none is set up; elsewhere the dialog
    offers a file then."""
    return platform != "win32" or printer.outputFormat() == QPrinter.OutputFormat.NativeFormat


def ask_printer(
    services: Services, name: str, sizes: Sequence[tuple[float, float]], accepted: Callable[[QPrinter], None],
    parent: QWidget,
) -> None:  # fmt: skip
    """The system's own dialog for pages of these sizes (points). `accepted` gets the printer, with the pages that were
    chosen; where there is none, that is said."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if not has_dialog(printer):
        services.show_error(
            UserError("No printer is set up on this computer. Set one up in Windows, or save the pages as a file.")
        )
        return
    printer.setDocName(name)
    printer.setPageSize(page_size(sizes[0][0]))
    printer.setFromTo(1, len(sizes))
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(sizes))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: accepted(printer))
    QDialog.open(dialog)


def page_size(width: float) -> QPageSize:
    """Of pages so many points wide."""
    return QPageSize(QPageSize.PageSizeId.Letter if width > 600 else QPageSize.PageSizeId.A4)


class PrintRun(QObject):
    """Prints `chosen` pages (0 is the first). It deletes itself when it is over."""

    moved = Signal(int, int)
    """Pages printed, of how many."""
    ended = Signal(bool)
    """Whether all of it went to the printer."""

    def __init__(
        self, services: Services, pages: Pages, printer: QPrinter, chosen: Sequence[int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._pages, self._printer = services, pages, printer
        self._left = list(chosen)
        self._all = len(self._left)
        self._painter = QPainter()
        self._stopped = False

    def start(self) -> None:
        """Begin."""
        self._printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        self._printer.setFullPage(True)
        if not self._left or not self._painter.begin(self._printer):
            self._services.show_error(
                UserError("The printer does not take it; choose another one, or save the pages as a file.")
            )
            self._end(False)
            return
        self._next()

    def stop(self) -> None:
        """Print no further."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped or self._services.lanes.closed:
            self._printer.abort()
            self._end(False)
        elif not self._left:
            self._end(True)
        else:
            self._services.lanes.count.submit(
                self._pages.picture, self._left[0], DOTS_PER_INCH / 72, done=self._drawn, failed=self._failed,
                owner=self,
            )  # fmt: skip

    def _drawn(self, picture: Picture | None) -> None:
        if picture is None:
            self._stopped = True
        else:
            if len(self._left) < self._all:
                self._printer.newPage()
            image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
            sheet = QRectF(self._painter.viewport())
            scale = min(sheet.width() / picture.width, sheet.height() / picture.height)
            self._painter.drawImage(QRectF(0, 0, picture.width * scale, picture.height * scale), image)
            self._left.pop(0)
            self.moved.emit(self._all - len(self._left), self._all)
        self._next()

    def _failed(self, error: BaseException) -> None:
        self._services.show_error(error)
        self._stopped = True
        self._next()

    def _end(self, whole: bool) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(whole)
        self.deleteLater()
