"""The pages of the first window that ask for something: an invitation, or what a new help desk is called and where it
shall lie.

A page knows what was typed, which place that names, whether it is enough, and the job that comes of it
(ui.first_run_jobs). When the place is looked at, and what is said about it, is the window's affair (ui.first_run).
"""

from __future__ import annotations

import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app import times
from app.zones import local_zone
from db.address import is_database
from ui import text
from ui.drive_check import DriveCheck, written_place
from ui.first_run_jobs import Job, Workstation, founding, joining
from ui.tokens import GAP_XS
from ui.widgets.labels import PlainLabel
from ui.written import texts_now

if TYPE_CHECKING:
    from app.invited import Invited

LINES: Final = 3
FRAME: Final = 8
"""Pixels above and below what is written."""
SHARE: Final = "share"
"""Where in the profile a desk on this PC only lies."""


class Form(QWidget):
    """What the pages have in common."""

    changed = Signal()
    """Something was typed or chosen."""
    place_changed = Signal()
    """What was found out about the place is of another one now."""
    place_named = Signal()
    """The place is written to its end and may be looked at."""
    place_read = Signal()
    """It was not typed but read, and may be looked at without waiting."""

    is_quick = False
    """Whether a first look at the place is enough."""

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self._profile = profile
        self.form = QFormLayout(self)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.textChanged.connect(self.place_changed)
        self.password.editingFinished.connect(self.place_named)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A layout that is short of room squeezes lines below the height of their letters; the list of checks scrolls.
        for field in (*self.findChildren(QLineEdit), *self.findChildren(QComboBox)):
            if not isinstance(field.parentWidget(), QComboBox):
                field.setMinimumHeight(field.sizeHint().height())

    # -- what the window asks -----------------------------------------------------------------------------------------
    def title(self) -> str:
        """What is done here."""
        raise NotImplementedError

    def told(self) -> str:
        """One sentence below it."""
        raise NotImplementedError

    def verb(self) -> str:
        """What the button says."""
        raise NotImplementedError

    def where(self) -> str:
        """The place as this PC reaches it, "" as long as none is known."""
        raise NotImplementedError

    @property
    def is_checked(self) -> bool:
        """Whether the place is looked at before it is used."""
        return True

    @property
    def is_whole(self) -> bool:
        """Whether enough was typed to go on."""
        raise NotImplementedError

    def objection(self, check: DriveCheck) -> str:
        """What speaks against going on, apart from what the check says itself."""
        raise NotImplementedError

    def job(self, here: Workstation) -> tuple[str, Job]:
        """What is done then, in words and to be carried out. Only where `is_whole`."""
        raise NotImplementedError

    def begin(self) -> None:
        """The page is shown: the focus goes where one types first."""
        raise NotImplementedError

    def typed_password(self) -> str | None:
        """Of a database."""
        return self.password.text() or None if self.is_checked else None

    def show_password(self) -> None:
        """Asked only where the place is a database."""
        self.form.setRowVisible(self.password, self.is_checked and is_database(self.where()))


class JoinPage(Form):
    """An invitation, pasted or found on the clipboard."""

    is_quick = True

    def __init__(self, profile: Path) -> None:
        super().__init__(profile)
        self.invited: Invited | None = None
        self.invitation = QPlainTextEdit()
        self.invitation.setTabChangesFocus(True)
        self.invitation.setAccessibleName(self.tr("Invitation"))
        self.invitation.setPlaceholderText(
            self.tr("Paste the line that starts with halldesk1: (the whole mail will do)")
        )
        self.invitation.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 2 * FRAME)
        self.invitation.textChanged.connect(self.read)
        self.words = PlainLabel("", "muted")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.called, self.place = QLineEdit(), QLineEdit()
        self.called.setPlaceholderText(self.tr("as in the invitation"))
        self.place.textChanged.connect(self.place_changed)
        self.place.editingFinished.connect(self.place_named)
        self.form.addRow(self.tr("Invitation"), self.invitation)
        self.form.addRow(self.words)
        self.form.addRow(self.tr("Your name"), self.called)
        self.form.addRow(self.tr("Place, if this PC reaches it by another name"), self.place)
        self.form.addRow(self.tr("Password of the database"), self.password)
        self.form.setRowVisible(self.place, False)
        self.show_password()

    def title(self) -> str:
        return self.tr("Join a help desk")

    def told(self) -> str:
        return self.tr("The folder it names must be reachable from this PC.")

    def verb(self) -> str:
        return self.tr("Join")

    def where(self) -> str:
        typed = written_place(self.place.text())
        return typed or (self.invited.where if self.invited is not None else "")

    @property
    def is_whole(self) -> bool:
        return self.invited is not None

    def objection(self, check: DriveCheck) -> str:
        if self.invited is None:
            return ""
        if self.invited.expires_at < times.now_ms():
            day = _day(self.invited.expires_at, ZoneInfo(local_zone() or "UTC"))
            return self.tr("This invitation expired on {day}. Ask who invited you for a new one.").format(day=day)
        desk = check.finding("desk")
        if desk is not None and desk.case in ("none", "stray"):
            return self.tr(
                "No help desk is at this place. Write how this PC reaches the place of the invitation, or ask who "
                "invited you."
            )
        return ""

    def job(self, here: Workstation) -> tuple[str, Job]:
        assert self.invited is not None
        at = written_place(self.place.text())
        return self.tr("Reading what happened so far…"), joining(
            here, self.invited.line, self.called.text().strip(), at, self.typed_password()
        )

    def begin(self) -> None:
        self.invitation.setFocus()

    def take(self, said: str) -> bool:
        """Read an invitation that was copied, where none is typed yet; whether there is one."""
        from app.invited import find_invitation

        found = find_invitation(said)
        if found is None or self.invitation.toPlainText().strip():
            return False
        self.invitation.setPlainText(found.line)
        return True

    def read(self) -> None:
        """Read what was pasted."""
        from app.invited import find_invitation

        found = find_invitation(self.invitation.toPlainText())
        if found != self.invited:
            self.invited = found
            self.form.setRowVisible(self.place, found is not None)
            if found is not None:
                self.called.setPlaceholderText(found.name)
                self.place.setPlaceholderText(found.where)
            self.place_read.emit()
        self.changed.emit()

    def say(self, desk: str) -> None:
        """Tell what the invitation says; `desk`: what is known by now to be called at its place."""
        found = self.invited
        if found is None:
            self.words.setText(self._missing())
            return
        lines = [
            self.tr("{name} is invited to “{desk}”.").format(name=found.name, desk=desk)
            if desk
            else self.tr("{name} is invited.").format(name=found.name),
            found.where,
        ]
        if found.expires_at >= times.now_ms():
            day = _day(found.expires_at, ZoneInfo(local_zone() or "UTC"))
            lines.append(self.tr("It opens until {day}.").format(day=day))
        self.words.setText("\n".join(lines))

    def _missing(self) -> str:
        said = self.invitation.toPlainText().strip()
        if not said:
            return ""
        if "halldesk1:" in said:
            return self.tr("The invitation is not whole: copy the line to its end and paste it again.")
        return self.tr("There is no invitation in this: it is a line that starts with halldesk1:")


class FoundPage(Form):
    """A new desk: on a drive or in a database, or on this PC only."""

    def __init__(self, profile: Path) -> None:
        super().__init__(profile)
        self._alone = False
        self.form.setVerticalSpacing(GAP_XS)
        self.desk_name, self.founder, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.desk_name.setPlaceholderText(self.tr("IT help desk"))
        self.founder.setPlaceholderText(self.tr("First and last name"))
        self.folder.setPlaceholderText("\\\\server\\share\\helpdesk" if sys.platform == "win32" else "/mnt/helpdesk")
        self.folder.setAccessibleName(self.tr("Network folder"))
        for field in (self.desk_name, self.founder):
            field.textChanged.connect(self.changed)
        self.folder.textChanged.connect(self.place_changed)
        self.folder.editingFinished.connect(self.place_named)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        self._folder_row = QWidget()
        row = QHBoxLayout(self._folder_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setEditText(local_zone() or "")
        self.zone.editTextChanged.connect(self.changed)
        self.form.addRow(self.tr("Name of the help desk"), self.desk_name)
        self.form.addRow(self.tr("Your name"), self.founder)
        self.form.addRow(self.tr("Time zone of the site"), self.zone)
        self.form.addRow(self.tr("Network folder"), self._folder_row)
        self.form.addRow(self.tr("Password of the database"), self.password)

    def set_alone(self, alone: bool) -> None:
        """For a desk on this PC only nobody is asked where it shall lie."""
        self._alone = alone
        self.form.setRowVisible(self._folder_row, not alone)

    def title(self) -> str:
        return self.tr("Work on this PC only") if self._alone else self.tr("Found a help desk")

    def told(self) -> str:
        if self._alone:
            return self.tr("Everything stays on this PC. You can found one on a network folder later.")
        return self.tr("Name a folder on the drive that every colleague can write to.")

    def verb(self) -> str:
        return self.tr("Begin") if self._alone else self.tr("Found")

    def where(self) -> str:
        if self._alone:
            return str(self._profile.absolute() / SHARE)
        return written_place(self.folder.text())

    @property
    def is_checked(self) -> bool:
        return not self._alone

    @property
    def is_whole(self) -> bool:
        words = [self.desk_name.text(), self.founder.text(), self.where(), self.zone.currentText()]
        return all(word.strip() for word in words)

    def objection(self, check: DriveCheck) -> str:
        card = check.finding("desk") if self.is_checked else None
        there = card.values.get("name", "") if card is not None else ""
        if not there:
            return ""
        return self.tr(
            "The help desk “{name}” is there already. Join it with an invitation, or name another folder."
        ).format(name=there)

    def job(self, here: Workstation) -> tuple[str, Job]:
        called = self.desk_name.text(), self.founder.text()
        return self.tr("Founding the help desk…"), founding(
            here, self.where(), called, self.zone.currentText().strip(), texts_now(), self.typed_password(),
            alone=self._alone,
        )  # fmt: skip

    def begin(self) -> None:
        self.desk_name.setFocus()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Network folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self.place_named.emit()


def _day(at: int, zone: tzinfo) -> str:
    return text.day(times.local_wall(at, zone).date())
