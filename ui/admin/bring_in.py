"""Send from here what another workstation could not send: choose its file, see what is in it, bring it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import text
from ui.conflict_words import change
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, RowTable

if TYPE_CHECKING:
    from app.desk import Desk
    from app.unsent import BroughtIn, Parcel

ROWS = 10


class BringInDialog(QDialog):
    """The file, its changes, one button."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Bring in work"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(PlainLabel(self.tr("Bring in work that was not sent"), "large"))
        told = PlainLabel(
            self.tr(
                "A workstation that was revoked or copied can write its work to a file. You send it from here and "
                "answer for it; whose work it is stays visible."
            ),
            "muted",
        )
        told.setWordWrap(True)
        column.addWidget(told)
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        self.file.setPlaceholderText(self.tr("File"))
        self.file.returnPressed.connect(self._look_into)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        column.addLayout(row)
        self.said = PlainLabel("")
        self.said.setWordWrap(True)
        column.addWidget(self.said)
        self.changes = RowTable(3, stretch=1)
        self.changes.setAccessibleName(self.tr("Changes"))
        self.changes.set_heads([self.tr("When"), self.tr("Case"), self.tr("Change")])
        self.changes.setMinimumHeight(self.fontMetrics().lineSpacing() * ROWS * 2)
        self.changes.hide()
        column.addWidget(self.changes, 1)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        footer = Footer(self, self.tr("Look into it"))
        self.go = footer.go
        self.go.clicked.connect(self._go)
        column.addLayout(footer)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 84)
        self._looked: Path | None = None
        self.file.textChanged.connect(self._retyped)
        self._retyped()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Bring in work"), "", self.tr("Unsent work (*.halldesk-work *.zip);;All files (*)")
        )
        if chosen:
            self.file.setText(chosen)
            self._look_into()

    def _path(self) -> Path | None:
        typed = self.file.text().strip().strip('"')
        return Path(typed) if typed else None

    def _retyped(self) -> None:
        if self._looked is not None:
            self._looked = None
            self.changes.hide()
            self.said.setText("")
        self.go.setText(self.tr("Look into it"))
        self.go.setEnabled(self._path() is not None)

    def _go(self) -> None:
        if self._looked is None:
            self._look_into()
        else:
            self._bring_in(self._looked)

    def _look_into(self) -> None:
        path = self._path()
        if path is None:
            return

        def look(desk: Desk) -> tuple[Path, Parcel]:
            from app.unsent import look_into

            return path, look_into(desk, path)

        self._work()
        self._services.run(look, done=self._show, failed=self._failed, owner=self, waits=True)

    def _show(self, found: tuple[Path, Parcel]) -> None:
        self._busy.set_busy(False)
        path, parcel = found
        if path != self._path():
            return
        self._looked = path
        taken = len(parcel.lines) - parcel.left_out - parcel.known
        said = [
            self.tr("{name} on {device}:").format(name=parcel.analyst, device=parcel.device)
            + " "
            + self.tr("%n change(s)", "", len(parcel.lines))
        ]
        if parcel.known:
            said.append(self.tr("%n of them was/were sent already.", "", parcel.known))
        if parcel.left_out:
            said.append(self.tr("%n about roles, devices or keys is/are left out.", "", parcel.left_out))
        self.said.setText("\n".join(said))
        zone = self._services.zone
        self.changes.show_rows([
            (
                number.to_bytes(4, "big"),
                [
                    text.moment(line.at, zone), line.title or "–",
                    Cell(change(line.kind), "x", Tone.WARNING) if line.left_out else change(line.kind),
                ],
            )
            for number, line in enumerate(parcel.lines)
        ])  # fmt: skip
        self.changes.show()
        self.go.setText(self.tr("Bring in"))
        self.go.setEnabled(taken > 0)
        self.go.setFocus()
        self.adjustSize()

    def _bring_in(self, path: Path) -> None:
        def bring(desk: Desk) -> tuple[BroughtIn, bool]:
            from app.unsent import bring_in
            from db.errors import StorageError

            done = bring_in(desk, path)
            try:
                desk.sync_round()
            except StorageError:  # the status line says so; it is sent later
                return done, False
            return done, True

        self._work()
        self._services.run(bring, done=self._brought, failed=self._failed, owner=self, waits=True)

    def _brought(self, answer: tuple[BroughtIn, bool]) -> None:
        done, sent = answer
        words = self.tr("%n change(s) sent.", "", done.changes) if sent else self.tr(
            "%n change(s) wait here to be sent.", "", done.changes
        )  # fmt: skip
        self._services.notices.done(words)
        self.accept()

    def _work(self) -> None:
        self._busy.set_busy(True)
        self.go.setEnabled(False)

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self.said.setText(text.refusal(error))
        self.go.setEnabled(True)
