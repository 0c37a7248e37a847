"""Print a week: which week, which department, where the PDF goes; it is made on a lane and opened with the system's own
program.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from app import times
from app.reading import ReadingDesk
from ui import text
from ui.services import Services, translate
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine
from ui.widgets.labels import PlainLabel

WEEKS: Final = 26


class ReportDialog(QDialog):
    """The weekly report as PDF."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Weekly report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(self.tr("Weekly report"), "large"))
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.week = QComboBox()
        today = times.local_date(services.now(), services.zone)
        for back in range(WEEKS):
            year, week, _day = (today - timedelta(weeks=back)).isocalendar()
            monday = today - timedelta(days=today.weekday(), weeks=back)
            words = self.tr("Week {week}, {first} to {last}").format(
                week=week, first=text.day(monday), last=text.day(monday + timedelta(days=6))
            )
            self.week.addItem(words, f"{year}-W{week:02d}")
        self.week.setCurrentIndex(1)
        form.addRow(self.tr("Week"), self.week)
        self.department = QComboBox()
        self.department.addItem(self.tr("all departments"), None)
        form.addRow(self.tr("Department"), self.department)
        column.addLayout(form)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.make = QPushButton(self.tr("Make and open"))
        self.make.setDefault(True)
        buttons.addButton(self.make, QDialogButtonBox.ButtonRole.ActionRole)
        self.make.clicked.connect(self._make)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        services.lanes.read.submit(_departments, services.desk, done=self._show_departments, owner=self)

    def _show_departments(self, departments: list[tuple[bytes, str]]) -> None:
        for row_id, name in departments:
            self.department.addItem(name, row_id)

    def target(self) -> Path:
        """Where the PDF goes."""
        folder = self._services.settings["report_folder"] or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name = self._services.desk.name.replace("/", "-").replace("\\", "-")
        return Path(folder) / f"{name} {self.week.currentData()}.pdf"

    def _make(self) -> None:
        self.make.setEnabled(False)
        self._busy.set_busy(True)
        self._services.lanes.count.submit(
            write, self._services.desk, self.week.currentData(), self.department.currentData(), self.target(),
            done=self._made, failed=self._failed, owner=self,
        )  # fmt: skip

    def _made(self, path: Path) -> None:
        self._rest()
        self._services.notices.done(self.tr("Report written to {file}").format(file=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._rest()
        self._services.show_error(error)

    def _rest(self) -> None:
        self._busy.set_busy(False)
        self.make.setEnabled(True)


def write(desk: ReadingDesk, week: str, department: bytes | None, path: Path) -> Path:
    """Make the PDF, on a lane. Errors: UserError."""
    from app.errors import UserError
    from app.reports.weekly import write_weekly

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            translate("services", "{folder} can't be written ({error}).").format(folder=path.parent, error=error)
        ) from error
    write_weekly(desk.context, week, department, pdf=path)
    return path


def _departments(desk: ReadingDesk) -> list[tuple[bytes, str]]:
    return [(d.id, d.name) for d in desk.directory.all("department")]
