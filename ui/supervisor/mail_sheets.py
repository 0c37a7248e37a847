"""Sending a report by e-mail, and setting up the account it goes out from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.mailing import SECURITIES, MailAccount, keep_account, read_account
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine
from ui.widgets.fields import NumberField
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.reports.sending import Outgoing


class MailDialog(QDialog):
    """To whom, and a few words; the pages are attached."""

    def __init__(self, services: Services, report: Outgoing, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._report, self._language = services, report, language
        self.setWindowTitle(self.tr("Send the report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.to = QLineEdit(str(services.settings["report_mail_to"]))
        self.to.setPlaceholderText(self.tr("boss@works.example, plant@works.example"))
        form.addRow(self.tr("&To"), self.to)
        self.text = QPlainTextEdit(report.comment)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * 6)
        form.addRow(self.tr("&Words"), self.text)
        column.addLayout(form)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        column.addWidget(self._told)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.account = QPushButton(self.tr("Account…"))
        self.account.setAutoDefault(False)
        self.send = QPushButton(self.tr("Send"))
        self.send.setDefault(True)
        buttons.addButton(self.account, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self.send, QDialogButtonBox.ButtonRole.ActionRole)
        self.account.clicked.connect(self.set_up)
        self.send.clicked.connect(self._send)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        self.to.textChanged.connect(lambda _text: self._say())
        self._known: MailAccount | None = None
        self._ask()

    def _ask(self) -> None:
        profile = self._services.desk.profile
        self._services.lanes.read.submit(read_account, profile, done=self._know, failed=self._failed, owner=self)

    def _know(self, account: MailAccount | None) -> None:
        self._known = account
        self._say()

    def _say(self) -> None:
        if self._known is None:
            self._told.setText(self.tr("No mail account is set up on this workstation yet."))
        else:
            self._told.setText(
                self.tr("From {sender}, by {host}").format(sender=self._known.sender, host=self._known.host)
            )
        self.send.setEnabled(self._known is not None and bool(self.to.text().strip()))

    def set_up(self) -> None:
        """Ask for the account."""
        dialog = MailAccountDialog(self._services, self._known, self)
        dialog.accepted.connect(self._ask)
        dialog.open()

    def _send(self) -> None:
        from app.reports.sending import send_report

        to = [one.strip() for one in self.to.text().replace(";", ",").split(",") if one.strip()]
        report, language, text = self._report, self._language, self.text.toPlainText()
        self.send.setEnabled(False)
        self._busy.set_busy(True)
        self._services.settings["report_mail_to"] = self.to.text().strip()
        self._services.run(
            lambda desk: send_report(desk, to, report, language, text),
            done=lambda _: self.accept(), failed=self._failed_to_send, owner=self, waits=True,
            said=self.tr("Report sent to {who}").format(who=", ".join(to)),
        )  # fmt: skip

    def _failed_to_send(self, _error: BaseException) -> None:
        self._busy.set_busy(False)
        self._say()

    def _failed(self, error: BaseException) -> None:
        self._services.show_error(error)
        self._say()


class MailAccountDialog(QDialog):
    """The SMTP account of this workstation."""

    def __init__(self, services: Services, known: MailAccount | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._known = services, known
        self.setWindowTitle(self.tr("Mail account"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        told = PlainLabel(self.tr("For this workstation only. The password is kept in the system's keyring."), "muted")
        told.setWordWrap(True)
        column.addWidget(told)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.host = QLineEdit(known.host if known else "")
        form.addRow(self.tr("&Server"), self.host)
        self.security = QComboBox()
        words = {"starttls": self.tr("encrypted after greeting (STARTTLS)"), "tls": self.tr("encrypted (TLS)"),
                 "none": self.tr("open, without a password")}  # fmt: skip
        for name in SECURITIES:
            self.security.addItem(words[name], name)
        self.security.setCurrentIndex(SECURITIES.index(known.security) if known else 0)
        form.addRow(self.tr("S&ecurity"), self.security)
        self.port = NumberField(1, 65535, "")
        self.port.setValue(known.port if known else 587)
        form.addRow(self.tr("&Port"), self.port)
        self.user = QLineEdit(known.user if known else "")
        form.addRow(self.tr("&User"), self.user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        if known is not None and known.user:
            self.password.setPlaceholderText(self.tr("unchanged"))
        form.addRow(self.tr("Pass&word"), self.password)
        self.address = QLineEdit(known.sender if known else "")
        form.addRow(self.tr("&From address"), self.address)
        column.addLayout(form)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setDefault(True)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.ActionRole)
        self.keep.clicked.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.security.currentIndexChanged.connect(self._suit)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self._suit()

    def _suit(self) -> None:
        """The usual port of the kind; a user only where a password may be sent."""
        kind = self.security.currentData()
        if self.port.value() in (25, 465, 587):
            self.port.setValue({"tls": 465, "starttls": 587, "none": 25}[kind])
        for field in (self.user, self.password):
            field.setEnabled(kind != "none")

    def account(self) -> MailAccount:
        """What is written in the fields."""
        kind = self.security.currentData()
        user = "" if kind == "none" else self.user.text().strip()
        return MailAccount(self.host.text().strip(), self.port.value(), kind, user, self.address.text().strip())

    def _keep(self) -> None:
        account = self.account()
        typed = self.password.text()
        password = typed if typed or (account.user and self._known is None) else None
        self.keep.setEnabled(False)
        self._busy.set_busy(True)
        self._services.run(
            lambda desk: keep_account(desk.profile, account, password if account.user else None, desk.keys()),
            done=lambda _: self.accept(), failed=self._rest, owner=self, waits=True,
        )  # fmt: skip

    def _rest(self, _error: BaseException) -> None:
        self.keep.setEnabled(True)
        self._busy.set_busy(False)
