"""Ask before a workstation is revoked, and say what follows: it can't be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.devices import DeviceLine
from ui import text
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import BusyLine, IconLabel
from ui.widgets.labels import PlainLabel


class RevokeDialog(QDialog):
    """`waiting`: names of open invitations. `has_another`: the analyst has another workstation."""

    def __init__(
        self,
        services: Services,
        line: DeviceLine,
        waiting: Sequence[str],
        has_another: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._line = services, line
        self.setWindowTitle(self.tr("Revoke a workstation"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(
            PlainLabel(self.tr("Revoke {device} of {name}?").format(device=line.name, name=line.analyst), "large")
        )
        column.addWidget(
            PlainLabel(
                self.tr("Enrolled {moment}, id {id}").format(
                    moment=text.moment(line.enrolled_at, services.zone), id=line.short_id
                ),
                "muted",
            )
        )
        follows = [
            self.tr("What it writes from now on is ignored by everybody. What it wrote before stays."),
            self.tr("The desk gets a new key: it can't read anything written later, even with access to the drive."),
            self.tr("What is on the workstation already can still be read there: it is not erased from afar."),
            self.tr("This can't be taken back. If it turns up again, it enters with a new invitation."),
        ]
        if waiting:
            follows.append(
                self.tr("Open invitations end as well and must be made anew: {names}.").format(names=", ".join(waiting))
            )
        if not has_another:
            follows.append(
                self.tr("{name} has no other workstation and can't work until invited again.").format(name=line.analyst)
            )
        for sentence in follows:
            row = QHBoxLayout()
            row.setSpacing(GAP_S)
            label = PlainLabel(sentence)
            label.setWordWrap(True)
            row.addWidget(IconLabel("chevron-right", Tone.DANGER), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            column.addLayout(row)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(self.tr("Revoke"))
        self.go.setProperty("look", "danger")
        self.go.setAutoDefault(False)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.DestructiveRole)
        self.go.clicked.connect(self._revoke)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        cancel.setDefault(True)
        cancel.setFocus()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)

    def _revoke(self) -> None:
        line = self._line
        self.go.setEnabled(False)
        self._busy.set_busy(True)
        self._services.run(
            lambda desk: desk.enrolment.revoke(line),
            said=self.tr("{device} of {name} is revoked").format(device=line.name, name=line.analyst),
            done=self._done,
            failed=self._failed,
            waits=True,
        )

    def _done(self, _nothing: None) -> None:
        self.accept()

    def _failed(self, _error: BaseException) -> None:
        self._busy.set_busy(False)
        self.go.setEnabled(True)
