"""Devices and invitations: which workstations may write, who may still enter, and how a lost one is turned out.

Everybody sees the devices; inviting, withdrawing, renaming and revoking are for administrators, and the page says so
instead of showing buttons that refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QInputDialog, QLineEdit, QPushButton, QWidget

from app.devices import DeviceLine, InvitationLine, InvitationState
from app.errors import UserError
from app.reading import ReadingDesk
from db.errors import StorageError
from ui import text
from ui.admin.section import SectionPage, reaches
from ui.icons import icon
from ui.services import Services, Writing, translate
from ui.tokens import GAP_L, GAP_S, Tone
from ui.widgets.blocks import EmptyState, IconLabel, SectionHeader
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable

_WIDEST: Final = 190
"""Characters."""
Read = tuple[list[DeviceLine], list[InvitationLine], bool]


def role_word(role: str) -> str:
    """A role in the language that is on."""
    return {
        "analyst": translate("administration", "Analyst"),
        "supervisor": translate("administration", "Supervisor"),
        "administrator": translate("administration", "Administrator"),
    }.get(role, role)


class DevicesSection(SectionPage):
    """Two tables with their verbs above them."""

    tables: ClassVar[tuple[str, ...]] = ("device", "invitation", "desk_key")

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._devices: dict[bytes, DeviceLine] = {}
        self._seen: dict[bytes, int] = {}
        self._invitations: dict[bytes, InvitationLine] = {}
        self.rename, self.revoke, self.bring_in = QPushButton(), QPushButton(), QPushButton()
        self.invite, self.withdraw, self.export = QPushButton(), QPushButton(), QPushButton()
        self.revoke.setProperty("look", "danger")
        self.invite.setProperty("look", "primary")
        self.invite.setIcon(icon("plus", "on_accent"))
        for button, run in (
            (self.rename, self._rename), (self.revoke, self._revoke), (self.bring_in, self._bring_in),
            (self.invite, self.ask_invitation), (self.withdraw, self._withdraw),
            (self.export, self._export),
        ):  # fmt: skip
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, run=run: run())
        self._device_head = SectionHeader("")
        self.devices = RowTable(5)
        self._invitation_head = SectionHeader("")
        self.invitations = RowTable(5)
        self._none = EmptyState("key", "", "")
        self._only = PlainLabel("", "muted")
        self._only.setWordWrap(True)
        for head, buttons in (
            (self._device_head, (self.bring_in, self.rename, self.revoke)),
            (self._invitation_head, (self.withdraw, self.invite)),
        ):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(GAP_S)
            for button in buttons:
                line.addWidget(button)
            head.add_control(row)
        self._root = QWidget()
        root = QHBoxLayout(self._root)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(GAP_S)
        self._root_told = PlainLabel("")
        self._root_told.setWordWrap(True)
        root.addWidget(IconLabel("warning", Tone.WARNING))
        root.addWidget(self._root_told, 1)
        root.addWidget(self.export)
        self._root.hide()
        self.column.addWidget(self._only)
        self.column.addWidget(self._root)
        self.column.addWidget(self._device_head)
        self.column.addWidget(self.devices, 3)
        self.column.addWidget(self._invitation_head)
        self.column.addWidget(self.invitations, 2)
        self.column.addWidget(self._none, 2)
        self.devices.chosen.connect(self._look)
        self.invitations.chosen.connect(self._look)
        self.setFocusProxy(self.devices)
        self.retranslate()
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a large screen a row is read across no further than it needs to be."""
        super().resizeEvent(event)
        wide = self.fontMetrics().averageCharWidth() * _WIDEST
        self.column.setContentsMargins(GAP_L, GAP_L, max(GAP_L, self.width() - GAP_L - wide), GAP_L)

    def words(self) -> tuple[str, str]:
        self.devices.set_heads(
            [self.tr("Workstation"), self.tr("Analyst"), self.tr("Enrolled"), self.tr("Last seen"), self.tr("State")]
        )
        self.invitations.set_heads(
            [self.tr("For"), self.tr("Role"), self.tr("Invited by"), self.tr("Opens until"), self.tr("State")]
        )
        self.devices.setAccessibleName(self.tr("Workstations"))
        self.invitations.setAccessibleName(self.tr("Invitations"))
        self.rename.setText(self.tr("Rename…"))
        self.bring_in.setText(self.tr("Bring in work…"))
        self.bring_in.setToolTip(
            self.tr("Send from here what a workstation could not send and wrote to a file, as a revoked one.")
        )
        self.revoke.setText(self.tr("Revoke…"))
        self.invite.setText(self.tr("Invite…"))
        self.withdraw.setText(self.tr("Withdraw"))
        self.export.setText(self.tr("Export the root key…"))
        self._root_told.setText(
            self.tr("The root key, which can make an administrator when none is left, is on this workstation only.")
        )
        self._only.setText(self.tr("Only an administrator may invite somebody or revoke a workstation."))
        self._none.show_as(
            "key",
            self.tr("Nobody is invited"),
            self.tr("An invitation is one line of text that lets one workstation in."),
        )
        return self.tr("Devices and invitations"), self.tr(
            "Every workstation signs what it writes. One that is lost is revoked: the others then ignore it, and the "
            "desk gets a new key."
        )

    # -- reading ------------------------------------------------------------------------------------------------------
    def reading(self) -> Callable[[ReadingDesk], Read]:
        return _read

    def show_read(self, read: Read) -> None:
        devices, invitations, root_key_waits = read
        self._devices = {line.id: line for line in devices}
        self._invitations = {line.id: line for line in invitations}
        administrator = reaches(self.role, "administrator")
        active = sum(line.may_write for line in devices)
        self._device_head.set_text(self.tr("Workstations"), self.tr("%n may write", "", active))
        waiting = sum(line.state == "open" for line in invitations)
        self._invitation_head.set_text(self.tr("Invitations"), self.tr("%n open", "", waiting) if waiting else "")
        self.devices.show_rows([self._device_row(line) for line in devices])
        self.invitations.show_rows([self._invitation_row(line) for line in invitations])
        self._only.setVisible(not administrator)
        self._root.setVisible(administrator and root_key_waits)
        self.services.lanes.sync.submit(_last_seen, self.services.writing, done=self._know_seen, owner=self,
                                        key=("last seen", id(self)))  # fmt: skip
        for button in (self.rename, self.revoke, self.invite, self.withdraw):
            button.setVisible(administrator)
        self._invitation_head.setVisible(administrator)
        self.invitations.setVisible(administrator and bool(invitations))
        self._none.setVisible(administrator and not invitations)
        self._look()

    def _know_seen(self, seen: dict[bytes, int]) -> None:
        if seen != self._seen:
            self._seen = seen
            self.devices.show_rows([self._device_row(line) for line in self._devices.values()])

    def _last_seen(self, line: DeviceLine) -> str:
        if line.here:
            return self.tr("now")
        at = self._seen.get(line.id)
        return "–" if at is None else text.ago(at, self.services.now(), self.services.zone)

    def _device_row(self, line: DeviceLine) -> Row:
        zone = self.services.zone
        name = self.tr("{name} (this workstation)").format(name=line.name) if line.here else line.name
        if line.revoked_at is not None:
            state = Cell(
                self.tr("revoked {day} by {who}").format(
                    day=text.moment(line.revoked_at, zone), who=line.revoked_by or "?"
                ),
                "x", Tone.DANGER,
            )  # fmt: skip
        elif not line.analyst_active:
            state = Cell(self.tr("analyst not active"), "minus", Tone.WARNING)
        else:
            state = Cell(self.tr("may write"), "check", Tone.OK)
        return line.id, [
            Cell(name, "monitor"), line.analyst, text.moment(line.enrolled_at, zone), self._last_seen(line), state,
        ]  # fmt: skip

    def _invitation_row(self, line: InvitationLine) -> Row:
        zone = self.services.zone
        role = self.tr("another workstation") if line.other_workstation else role_word(line.role)
        drawing, tone = _STATES[line.state]
        return line.id, [
            Cell(line.name, "user"), role, line.invited_by, text.moment(line.expires_at, zone),
            Cell(self._state(line), drawing, tone),
        ]  # fmt: skip

    def _state(self, line: InvitationLine) -> str:
        if line.state == "used":
            return self.tr("used by {device}").format(device=line.used_by)
        return {
            "open": self.tr("open"),
            "expired": self.tr("expired"),
            "withdrawn": self.tr("withdrawn"),
            "overtaken": self.tr("ended by a new desk key"),
        }[line.state]

    # -- verbs --------------------------------------------------------------------------------------------------------
    def _device(self) -> DeviceLine | None:
        row = self.devices.current_id()
        return self._devices.get(row) if row is not None else None

    def _invitation(self) -> InvitationLine | None:
        row = self.invitations.current_id()
        return self._invitations.get(row) if row is not None else None

    def _look(self) -> None:
        device, invitation = self._device(), self._invitation()
        self.rename.setEnabled(device is not None)
        self.revoke.setEnabled(device is not None and device.revoked_at is None and not device.here)
        self.withdraw.setEnabled(invitation is not None and invitation.state == "open")

    def ask_invitation(self) -> None:
        """Who is invited, and the line that does it."""
        from ui.admin.invite import InviteDialog

        self._open(InviteDialog(self.services, self))

    def _withdraw(self) -> None:
        line = self._invitation()
        if line is not None:
            self.services.run(
                lambda desk: desk.enrolment.withdraw(line),
                said=self.tr("The invitation for {name} is withdrawn").format(name=line.name),
                waits=True,
            )

    def _export(self) -> None:
        from ui.admin.root_key import RootKeyDialog

        dialog = RootKeyDialog(self.services, self)
        dialog.accepted.connect(self.read)
        self._open(dialog)

    def _bring_in(self) -> None:
        from ui.admin.bring_in import BringInDialog

        self._open(BringInDialog(self.services, self))

    def _rename(self) -> None:
        line = self._device()
        if line is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename a workstation"))
        dialog.setLabelText(self.tr("What is the workstation of {name} called?").format(name=line.analyst))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(line.name)
        dialog.textValueSelected.connect(lambda name: self._named(line, name))
        self._open(dialog)

    def _named(self, line: DeviceLine, name: str) -> None:
        self.services.run(lambda desk: desk.enrolment.rename(line, name), waits=True)

    def _revoke(self) -> None:
        from ui.admin.revoke import RevokeDialog

        line = self._device()
        if line is not None:
            waiting = [i.name for i in self._invitations.values() if i.state == "open"]
            others = [d for d in self._devices.values() if d.analyst_id == line.analyst_id and d.may_write]
            self._open(RevokeDialog(self.services, line, waiting, len(others) > 1, self))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


_STATES: dict[InvitationState, tuple[str, Tone]] = {
    "open": ("clock", Tone.INFO),
    "used": ("check", Tone.OK),
    "expired": ("minus", Tone.NEUTRAL),
    "withdrawn": ("x", Tone.NEUTRAL),
    "overtaken": ("x", Tone.WARNING),
}


def _last_seen(writing: Writing) -> dict[bytes, int]:
    try:
        return writing().last_seen()
    except (StorageError, UserError):  # the status line says what is wrong
        return {}


def _read(desk: ReadingDesk) -> Read:
    return desk.devices.devices(), desk.devices.invitations(), desk.devices.root_key_waits()
