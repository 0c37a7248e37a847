"""The list on screen as a PDF to print or as CSV: where it goes; it is written on a lane and opened."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QLocale, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.reading import ReadingDesk
from ui.list_loading import Asked
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine
from ui.widgets.fields import SegmentedControl
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel

Form = Literal["pdf", "csv"]
NOT_IN_NAMES: Final = '<>:"/\\|?*'
"""Characters that Windows has no files with."""


class ListExport(QDialog):
    """`columns`: the keys of those that are shown, from left to right."""

    def __init__(
        self,
        services: Services,
        title: str,
        asked: Asked,
        columns: list[str],
        form: Form,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._title, self._asked, self._columns = services, title, asked, columns
        self.setWindowTitle(self.tr("Print or export the list"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(title, "large"))
        told = PlainLabel(
            self.tr("With the columns, the order and the groups on screen. A PDF has at most 2,000 cases."), "muted"
        )
        told.setWordWrap(True)
        column.addWidget(told)
        self.form = SegmentedControl(self.tr("What is written"))
        self.form.set_choices([
            ("pdf", self.tr("PDF, to print"), "print"), ("csv", self.tr("CSV, for a spreadsheet"), "export"),
        ])  # fmt: skip
        self.form.choose(form)
        self.form.chosen.connect(lambda _key: self._name())
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        self.file.textChanged.connect(lambda _text: self._look())
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(lambda _checked=False: self._choose())
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        self.open_it = QCheckBox(self.tr("Open it afterwards"))
        self.open_it.setChecked(True)
        form_ = QFormLayout()
        form_.setVerticalSpacing(GAP_S)
        form_.addRow(self.tr("Form"), self.form)
        form_.addRow(self.tr("File"), row)
        form_.addRow("", self.open_it)
        column.addLayout(form_)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        footer = Footer(self, self.tr("Write"))
        self.make = footer.go
        self.make.clicked.connect(lambda _checked=False: self._make())
        column.addLayout(footer)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 74)
        self._folder = Path(
            services.settings["report_folder"]
            or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self._name()

    def _name(self) -> None:
        plain = "".join("-" if c in NOT_IN_NAMES or ord(c) < 32 else c for c in self._title).strip(" .") or "list"
        self.file.setText(str(self._folder / f"{plain}.{self.form.choice()}"))

    def _look(self) -> None:
        self.make.setEnabled(bool(self.file.text().strip()))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.file.text(), f"*.{self.form.choice()}"
        )
        if chosen:
            self.file.setText(chosen)

    def _make(self) -> None:
        self.make.setEnabled(False)
        self._busy.set_busy(True)
        self._services.lanes.count.submit(
            write_list, self._services.desk, self._title, self._asked, self._columns, self.form.choice(),
            Path(self.file.text().strip()), QLocale().name(), done=self._made, failed=self._failed, owner=self,
        )  # fmt: skip

    def _made(self, path: Path) -> None:
        self._services.notices.done(self.tr("The list is in {file}").format(file=path))
        if self.open_it.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self._look()
        self._services.show_error(error)


def write_list(
    desk: ReadingDesk, title: str, asked: Asked, columns: list[str], form: str, path: Path, language: str
) -> Path:
    """Write it, on a lane. Errors: UserError."""
    from app.reports.case_list import ListWriter, Printed, told_of

    told = told_of(desk, asked.wanted.filter, language)
    what = Printed(title, asked.wanted, asked.group, tuple(columns), told)
    writer = ListWriter(desk, language)
    if form == "pdf":
        writer.pdf(what, path)
    else:
        writer.csv(what, path)
    return path
