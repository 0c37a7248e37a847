"""Tell a department: the same words to each of its open cases, and its addresses for an e-mail."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.work.linking import Spread
from db.rules import AUDIENCES
from ui import case_words as words
from ui.icons import icon
from ui.note_edit import NoteEdit
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel


class TellDialog(QDialog):
    """One department. What is typed is kept until it is told."""

    def __init__(
        self, services: Services, department: bytes, name: str, open_cases: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._department, self._open = services, department, open_cases
        self._addresses: list[str] = []
        self.setWindowTitle(self.tr("Tell the department"))
        title = PlainLabel(self.tr("Tell {name}").format(name=name), "large")
        about = PlainLabel(
            self.tr("The words go into %n open case(s) of the department. They count as no response.", "", open_cases)
            if open_cases
            else self.tr("The department has no open case; its people can be told by e-mail."),
            "muted",
        )
        about.setWordWrap(True)
        self.field = NoteEdit()
        self.field.set_lines(5)
        self.field.setPlaceholderText(self.tr("What everybody there should know"))
        self.field.setAccessibleName(self.tr("What everybody there should know"))
        self.field.textChanged.connect(self._look)
        self.field.send_wanted.connect(self.submit)
        self.field.left.connect(self.reject)
        self.audience = QComboBox()
        self.audience.setAccessibleName(self.tr("For whom"))
        for audience in AUDIENCES:
            self.audience.addItem(words.audience(audience), audience)
        self.audience.setCurrentIndex(self.audience.findData("requester"))
        self.copy = QPushButton()
        self.copy.setIcon(icon("mail"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(icon("broadcast", "on_accent"), self.tr("Tell them"))
        self.go.setProperty("look", "primary")
        self.go.setToolTip(self.tr("Ctrl+Enter"))
        self.go.clicked.connect(self.submit)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_S)
        foot.addWidget(self.audience)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        for part in (title, about, self.field):
            column.addWidget(part)
        column.addLayout(foot)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 80)
        self._look()
        services.lanes.read.submit(services.desk.drafts.read, self._key, done=self._restore, owner=self)
        services.lanes.read.submit(
            services.desk.departments.addresses, department, done=self._know_addresses, owner=self
        )  # fmt: skip
        self.field.setFocus()

    @property
    def _key(self) -> str:
        return f"tell:{self._department.hex()}"

    def _restore(self, draft: str) -> None:
        if draft and not self.field.toPlainText():
            self.field.setPlainText(draft)

    def _know_addresses(self, found: list[str]) -> None:
        self._addresses = found
        self.copy.setText(self.tr("Copy %n e-mail address(es)", "", len(found)))
        self.copy.setToolTip(self.tr("For the blind copy of an e-mail: nobody sees the others"))
        self.copy.setVisible(bool(found))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("; ".join(self._addresses))
        self._services.notices.info(self.tr("Copied"))

    def _look(self) -> None:
        self.go.setEnabled(bool(self._open and self.field.toPlainText().strip()))

    def submit(self) -> None:
        """Write it into the cases."""
        if not self.go.isEnabled():
            return
        department, said = self._department, self.field.toPlainText().strip()
        audience = self.audience.currentData()
        self.go.setEnabled(False)
        self._services.run(
            lambda desk: desk.linking.tell_department(department, said, audience=audience), done=self._was_told,
            failed=self._was_refused, said=self.tr("Told to the open cases of the department"), owner=self,
        )  # fmt: skip

    def _was_told(self, _done: Spread) -> None:
        self._services.keep_draft(self._key, "")
        self.accept()

    def _was_refused(self, error: BaseException) -> None:
        self.go.setEnabled(isinstance(error, UserError))

    def reject(self) -> None:
        self._services.keep_draft(self._key, self.field.toPlainText().strip())
        super().reject()
