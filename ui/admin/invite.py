"""Invite somebody: who and for how long, then the one line of text and what to do with it.

The line is shown once and kept nowhere: the desk key waits on the store for whoever has it. Making it needs the store,
so the dialog stays, with what was entered, when the store does not answer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.directory import Named
from app.enrolment import INVITATION_DAYS, MOST_DAYS
from app.reading import ReadingDesk
from ui import text
from ui.admin.devices import role_word
from ui.admin.section import ROLES
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine
from ui.widgets.fields import roomy
from ui.widgets.labels import PlainLabel


class InviteDialog(QDialog):
    """Two pages: the question, the line."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Invite"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        self._heading = PlainLabel(self.tr("Who may enter?"), "large")
        column.addWidget(self._heading)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._question())
        self._pages.addWidget(self._answer())
        column.addWidget(self._pages, 1)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        row = QHBoxLayout()
        self._close = QPushButton(self.tr("Cancel"))
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        self.go = QPushButton(self.tr("Make the invitation"))
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._make)
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setProperty("look", "primary")
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self.go)
        row.addWidget(self.copy)
        column.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 78)
        services.lanes.read.submit(_analysts, services.desk, done=self._know_analysts)
        self._look()

    def _question(self) -> QWidget:
        page = QWidget()
        self._form = form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_S)
        self.whom = QComboBox()
        self.whom.addItem(self.tr("somebody new"), None)
        self.whom.currentIndexChanged.connect(self._look)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("First and last name"))
        self.name.textChanged.connect(self._look)
        self.role = QComboBox()
        for role in ROLES:
            self.role.addItem(role_word(role), role)
        self.days = roomy(QSpinBox())
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(INVITATION_DAYS)
        form.addRow(self.tr("For"), self.whom)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Role"), self.role)
        form.addRow(self.tr("Opens for (days)"), self.days)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        form.addRow(self._told)
        return page

    def _answer(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        self.line = QPlainTextEdit()
        self.line.setReadOnly(True)
        self.line.setTabChangesFocus(True)
        self.line.setAccessibleName(self.tr("Invitation"))
        self.line.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.line.setFixedHeight(self.fontMetrics().lineSpacing() * 6)
        self._how = PlainLabel("")
        self._how.setWordWrap(True)
        column.addWidget(self.line)
        column.addWidget(self._how)
        column.addStretch(1)
        return page

    def _know_analysts(self, analysts: list[Named]) -> None:
        for analyst in analysts:
            self.whom.addItem(self.tr("another workstation of {name}").format(name=analyst.name), analyst.id)

    def _look(self) -> None:
        new = self.whom.currentData() is None
        for field in (self.name, self.role):
            self._form.setRowVisible(field, new)
        self._told.setText(
            self.tr("The name is how colleagues will see it. What somebody may do follows from the role.")
            if new
            else self.tr("A second workstation, or one for a lost laptop: revoke that one as well.")
        )
        self.go.setEnabled(not new or bool(self.name.text().strip()))

    def _make(self) -> None:
        again, name, role = self.whom.currentData(), self.name.text(), str(self.role.currentData())
        days = self.days.value()
        self._busy.set_busy(True)
        self._pages.setEnabled(False)
        self.go.setEnabled(False)
        self._services.run(
            lambda desk: (
                desk.enrolment.invite(name, role, days) if again is None else desk.enrolment.invite_again(again, days)
            ),
            done=self._made,
            failed=self._failed,
            waits=True,
        )

    def _made(self, invitation: tuple[str, int]) -> None:
        line, expires = invitation
        self._rest()
        self._heading.setText(self.tr("The invitation is ready"))
        self.line.setPlainText(line)
        self._how.setText(
            self.tr(
                "Send this line by a way you trust: whoever has it can enter. On the other PC start Halldesk, choose "
                "“Join with an invitation” and paste it (or: halldesk join LINE). It opens once, until {until}, and is "
                "shown only here."
            ).format(until=text.moment(expires, self._services.zone))
        )
        self._pages.setCurrentIndex(1)
        self.go.hide()
        self.copy.show()
        self.copy.setDefault(True)
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)
        self._close.setText(self.tr("Close"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.toPlainText())
        self.copy.setText(self.tr("Copied"))

    def _failed(self, _error: BaseException) -> None:
        self._rest()
        self._look()

    def _rest(self) -> None:
        self._busy.set_busy(False)
        self._pages.setEnabled(True)


def _analysts(desk: ReadingDesk) -> list[Named]:
    return desk.directory.all("analyst")
