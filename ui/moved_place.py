"""The help desk is elsewhere now: the share has another name, was moved, or was made again from a backup.

The place is typed or chosen, looked at by the doctor before it is used, and used only where this very help desk is
there with everything that was seen here (app.moving.follow). Where it lacks something, only a person knows why: then,
and not before, one may say that it was restored there. Until all of that is good the workstation stays where it is, and
work goes on. The same dialog takes the new password of a database.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
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

from app.errors import UserError
from db.address import is_database
from db.errors import StorageError
from ui import text
from ui.drive_check import DriveCheck, written_place
from ui.drive_news import Reach
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from ui.widgets.blocks import BusyLine
from ui.widgets.footer import Footer
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk

WIDTH: Final = 84
TYPED_MS: Final = 1_200


class MovedPlace(QDialog):
    """Where is it now? Asked for from Drive health and from the File menu."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._now = services.desk.where
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self.look_now)
        self.setWindowTitle(self.tr("Where is the help desk now?"))
        self._build()
        known = services.drive.state.place
        self.place.setText(known or self._now)
        self.place.setFocus()
        self.place.selectAll()
        self._typed.stop()
        self._look()
        if services.drive.state.reach is Reach.LOCKED:
            self.password.setFocus()

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(GAP_XS)
        words.addWidget(PlainLabel(self.tr("Where is the help desk now?"), "large"))
        words.addWidget(
            _wrapped(
                self.tr(
                    "Until now this workstation looks for it at {where}. If the share or the database has another name "
                    "now, or was moved or restored elsewhere, write here where. It is looked at before it is used."
                ).format(where=self._now),
                "muted",
            )
        )
        pending = self._services.drive.state.pending
        if pending:
            words.addWidget(_wrapped(self.tr("%n change(s) wait(s) here and go(es) out then.", "", pending), "muted"))
        column.addLayout(words)
        column.addLayout(self._form())
        # Not the lane of the rounds: it may be waiting for the place that is gone.
        self.check = DriveCheck(self._services.lanes, self._services.lanes.files)
        self.check.answered.connect(lambda _good: self._look())
        self.check.finished.connect(lambda _good: self._look())
        self.check.hide()
        column.addWidget(self.check, 1)
        self.problem = _wrapped("", "danger")
        self.problem.hide()
        column.addWidget(self.problem)
        self.restored = QCheckBox(self.tr("It was restored there from a backup; send there from here what it lacks"))
        self.restored.hide()
        column.addWidget(self.restored)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        footer = Footer(self, self.tr("Use this place"))
        self.go = footer.go
        self.go.clicked.connect(self._go)
        column.addLayout(footer)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)

    def _form(self) -> QFormLayout:
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("Place"))
        self.place.setPlaceholderText("\\\\server\\share\\helpdesk" if sys.platform == "win32" else "/mnt/helpdesk")
        self.place.textChanged.connect(self._changed)
        self.place.editingFinished.connect(self.look_now)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.textChanged.connect(self._changed)
        self.password.editingFinished.connect(self.look_now)
        self.form.addRow(self.tr("Place"), line)
        self.form.addRow(self.tr("Password of the database"), self.password)
        return self.form

    # -- what was typed -----------------------------------------------------------------------------------------------
    def _where(self) -> str:
        return written_place(self.place.text())

    def _secret(self) -> str | None:
        return self.password.text() or None if is_database(self._where()) else None

    def _is_another(self) -> bool:
        """Whether there is anything to use: another place, or a password for this one."""
        return bool(self._where()) and (self._where() != self._now or self._secret() is not None)

    def _changed(self) -> None:
        if not self.check.is_about(self._where(), self._secret()):
            self.check.clear()
            self.check.hide()
            self.restored.hide()
            self.restored.setChecked(False)
            self.problem.hide()
            self._typed.start()
        self._look()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Place"), self.place.text())
        if chosen:
            self.place.setText(chosen)
            self.look_now()

    def look_now(self) -> None:
        """Have the place looked at, unless that was done."""
        self._typed.stop()
        where, secret = self._where(), self._secret()
        if not self._is_another() or self._busy.is_busy() or self.check.is_about(where, secret):
            return
        self.check.show()
        self.check.start(where, self._services.desk.profile.folder, quick=True, password=secret)
        self._look()

    def _objection(self) -> str:
        desk = self.check.finding("desk")
        if desk is not None and desk.case in ("none", "stray"):
            return self.tr("No help desk is at this place; name the one where it is now.")
        return ""

    def _look(self) -> None:
        self.form.setRowVisible(self.password, is_database(self._where()))
        objection = self._objection()
        if objection:
            self._say(objection)
        good = bool(self.check.where) and not self.check.under_way and self.check.good_so_far
        self.go.setEnabled(self._is_another() and good and not objection and not self._busy.is_busy())
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    # -- going there --------------------------------------------------------------------------------------------------
    def _go(self) -> None:
        where, secret, restored = self._where(), self._secret(), self.restored.isChecked()

        def follow(desk: Desk) -> str:
            from app.moving import follow

            return follow(desk, where, secret, restored=restored)

        self.problem.hide()
        self._set_busy(True)
        services = self._services
        services.lanes.sync.submit(
            lambda: follow(services.writing()), done=self._there, failed=self._failed, owner=self
        )  # fmt: skip

    def _there(self, where: str) -> None:
        self._services.notices.done(self.tr("The help desk is at {where} now.").format(where=where))
        self._services.drive.sync_asked.emit()
        self.accept()

    def _failed(self, error: BaseException) -> None:
        from app.moving import NotWhole

        self._set_busy(False)
        if not isinstance(error, UserError | StorageError | OSError):
            raise error
        if isinstance(error, NotWhole):
            self._say(
                self.tr(
                    "The help desk there lacks something that was seen here, and the old place does not answer. If it "
                    "was restored there from a backup, say so below. If it moved elsewhere, name that place."
                )
            )
            self.restored.show()
            self.restored.setFocus()
        else:
            self._say(text.refusal(error))
        self._look()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        QTimer.singleShot(0, self, self._grow)

    def _set_busy(self, busy: bool) -> None:
        self._busy.set_busy(busy)
        for one in (self.place, self.password, self.choose, self.restored):
            one.setEnabled(not busy)
        self.go.setEnabled(not busy)

    def done(self, result: int) -> None:
        self._typed.stop()
        self.check.stop()
        super().done(result)


def _wrapped(words: str, role: str = "") -> PlainLabel:
    label = PlainLabel(words, role)
    label.setWordWrap(True)
    return label
