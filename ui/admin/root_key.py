"""Write the root key to a file for a safe, sealed with a passphrase that is asked twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel


class RootKeyDialog(QDialog):
    """File, passphrase, once more."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Export the root key"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(self.tr("Export the root key"), "large"))
        told = PlainLabel(
            self.tr(
                "When no administrator is left, this file and its passphrase make one. Keep them in different places; "
                "whoever has both can make himself administrator."
            ),
            "muted",
        )
        told.setWordWrap(True)
        column.addWidget(told)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        self.first, self.second = QLineEdit(), QLineEdit()
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.file, self.first, self.second):
            field.textChanged.connect(self._look)
        form.addRow(self.tr("File"), place)
        form.addRow(self.tr("Passphrase (at least 12 characters)"), self.first)
        form.addRow(self.tr("Once more"), self.second)
        column.addLayout(form)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        footer = Footer(self, self.tr("Export"))
        self.go = footer.go
        self.go.clicked.connect(self._export)
        column.addLayout(footer)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)
        self._look()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the root key"), "root-key.json", "*.json")
        if chosen:
            self.file.setText(chosen)

    def _look(self) -> None:
        same = self.first.text() == self.second.text()
        self.go.setEnabled(bool(self.file.text().strip()) and len(self.first.text()) >= 12 and same)

    def _export(self) -> None:
        path, words = Path(self.file.text().strip()), self.first.text()

        def export(desk: object) -> None:
            from app.recovery import export_root_key

            export_root_key(desk, path, words)  # type: ignore[arg-type]

        self.go.setEnabled(False)
        self._busy.set_busy(True)
        self._services.run(
            export, said=self.tr("The root key is in {file}").format(file=path), done=self._done, failed=self._failed,
            waits=True,
        )  # fmt: skip

    def _done(self, _nothing: None) -> None:
        self.accept()

    def _failed(self, _error: BaseException) -> None:
        self._busy.set_busy(False)
        self._look()
