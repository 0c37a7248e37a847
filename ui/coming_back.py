"""This workstation is not part of the desk now: it was revoked, another machine works as it, or its key is missing.

What is wrong is said in words, and every way out is here: enter again with an invitation; go on here, where the other
machine is not used any more; write what was not sent to a file, for a colleague to send. What was done on the
workstation stays, whichever way is taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.invited import Invited, find_invitation
from ui import text
from ui.drive_news import Reach
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import BusyLine, Divider, IconLabel
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.desk import Desk
    from app.new_profile import Joined
    from app.unsent import Exported
    from db.sync_result import SyncResult

WIDTH: Final = 84


class ComingBack(QDialog):
    """Asked for by a click on the status line."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._invited: Invited | None = None
        state = services.drive.state
        title, told = self._told(state.reach)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(GAP_XS)
        words.addWidget(PlainLabel(title, "large"))
        words.addWidget(_wrapped(told))
        waiting = self.tr("%n change(s) wait(s) here and go(es) out then.", "", state.pending)
        if state.pending:
            words.addWidget(_wrapped(waiting, "muted"))
        head.addWidget(IconLabel("error", Tone.DANGER, 24))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addLayout(self._enter_again())
        if state.reach is Reach.COPIED:
            column.addWidget(Divider())
            column.addLayout(self._only_one())
        if state.reach is not Reach.KEYLESS and state.pending:
            column.addWidget(Divider())
            column.addLayout(self._to_a_file())
        self.problem = PlainLabel("", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
        self.line.setFocus()
        self._look()

    def _told(self, reach: Reach) -> tuple[str, str]:
        """(heading, what it means)."""
        match reach:
            case Reach.COPIED:
                return self.tr("Another machine works as this workstation"), self.tr(
                    "Its profile was copied, or its disk was set back to an earlier state. Two machines must not write "
                    "as one: until you decide, what others do is shown here and nothing is sent."
                )
            case Reach.KEYLESS:
                return self.tr("This workstation's key is missing"), self.tr(
                    "The keyring of this computer does not hold it any more, so nothing can be read from the others or "
                    "sent to them. What is here stays, and you can work on."
                )
        return self.tr("This workstation was revoked"), self.tr(
            "It is no longer part of the help desk. What it holds can be read, nothing can be written; work that was "
            "not sent is kept."
        )

    # -- the ways out -------------------------------------------------------------------------------------------------
    def _enter_again(self) -> QVBoxLayout:
        name = self._services.desk.directory.name("analyst", self._services.desk.me)
        column = QVBoxLayout()
        column.setSpacing(GAP_S)
        column.addWidget(PlainLabel(self.tr("Enter again with an invitation"), "strong"))
        column.addWidget(
            _wrapped(
                self.tr(
                    "An administrator makes it under Administration › Devices and invitations › Invite…, for another "
                    "workstation of {name}. This one then has a key of its own, and what waited is sent."
                ).format(name=name),
                "muted",
            )
        )
        self.line = QPlainTextEdit()
        self.line.setTabChangesFocus(True)
        self.line.setAccessibleName(self.tr("Invitation"))
        self.line.setPlaceholderText(self.tr("Paste the line that starts with halldesk1: (the whole mail will do)"))
        self.line.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        self.line.textChanged.connect(self._look)
        column.addWidget(self.line)
        self.enter = QPushButton(self.tr("Enter again"))
        self.enter.setProperty("look", "primary")
        self.enter.setDefault(True)
        self.enter.clicked.connect(self._enter)
        self._read = PlainLabel("", "muted")
        self._read.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._read, 1)
        row.addWidget(self.enter)
        column.addLayout(row)
        return column

    def _only_one(self) -> QVBoxLayout:
        column, self.here = self._way(
            self.tr("This is the only one left"),
            self.tr(
                "The other machine broke, was replaced, or this disk was restored in its place. Should it write after "
                "all, both find out again."
            ),
            self.tr("Go on here"),
        )
        self.here.clicked.connect(self._go_on_here)
        return column

    def _to_a_file(self) -> QVBoxLayout:
        column, self.save = self._way(
            self.tr("Save what was not sent"),
            self.tr("To a file, sealed. A colleague brings it in under Administration › Devices and invitations."),
            self.tr("Save to a file…"),
        )
        self.save.clicked.connect(self._save)
        return column

    def _way(self, title: str, told: str, button: str) -> tuple[QVBoxLayout, QPushButton]:
        column = QVBoxLayout()
        column.setSpacing(GAP_XS)
        column.addWidget(PlainLabel(title, "strong"))
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(_wrapped(told, "muted"), 1)
        made = QPushButton(button)
        made.setAutoDefault(False)
        row.addWidget(made)
        column.addLayout(row)
        return column, made

    # -- doing --------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        said = self.line.toPlainText().strip()
        self._invited = find_invitation(said)
        self.enter.setEnabled(self._invited is not None)
        if self._invited is not None:
            until = text.moment(self._invited.expires_at, self._services.zone)
            words = self.tr("{name} is invited, until {day}.").format(name=self._invited.name, day=until)
        else:
            words = _missing(self, said)
        self._read.setText(words)

    def _enter(self) -> None:
        if self._invited is None:
            return
        line = self._invited.line

        def enter(desk: Desk) -> Joined:
            from app.recovery import recover_open

            return recover_open(desk, line)

        self._work()
        self._services.run(enter, done=self._back, failed=self._failed, owner=self, waits=True)

    def _go_on_here(self) -> None:
        def take_over(desk: Desk) -> SyncResult:
            from app.recovery import go_on_here

            return go_on_here(desk)

        self._work()
        self._services.run(take_over, done=self._back, failed=self._failed, owner=self, waits=True)

    def _back(self, _result: object) -> None:
        self._services.notices.done(self.tr("This workstation is back; what had waited is sent."))
        self._services.drive.sync_asked.emit()
        self.accept()

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save what was not sent"), "unsent.halldesk-work", "*.halldesk-work"
        )
        if not chosen:
            return
        path = Path(chosen)

        def save(desk: Desk) -> Exported:
            from app.unsent import export

            path.unlink(missing_ok=True)  # the person was asked whether it may be replaced
            return export(desk, path)

        self._work()
        self._services.run(save, done=self._saved, failed=self._failed, owner=self, waits=True)

    def _saved(self, done: Exported) -> None:
        self._rest()
        self._services.notices.done(self.tr("%n change(s) saved. They stay here as well.", "", done.changes))

    def _work(self) -> None:
        self.problem.hide()
        self._busy.set_busy(True)
        for button in self._buttons():
            button.setEnabled(False)

    def _rest(self) -> None:
        self._busy.set_busy(False)
        for button in self._buttons():
            button.setEnabled(True)
        self._look()

    def _failed(self, error: BaseException) -> None:
        self._rest()
        self.problem.setText(text.refusal(error))
        self.problem.show()

    def _buttons(self) -> list[QPushButton]:
        return [one for name in ("enter", "here", "save") if isinstance(one := getattr(self, name, None), QPushButton)]


def _missing(dialog: ComingBack, said: str) -> str:
    """What is wrong with what was pasted."""
    if not said:
        return ""
    if "halldesk1:" in said:
        return dialog.tr("The invitation is not whole: copy the line to its end and paste it again.")
    return dialog.tr("There is no invitation in this: it is a line that starts with halldesk1:")


def _wrapped(words: str, role: str = "") -> PlainLabel:
    label = PlainLabel(words, role)
    label.setWordWrap(True)
    return label
