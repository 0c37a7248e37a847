"""The first window of a profile that belongs to no desk: try it, join, found, or work on this PC alone.

Each way ends in a profile that is attached (app.desk.found, app.desk.join, app.demo.make_demo), done on a lane while
the dialog stays alive. The drive is looked at by the doctor (ui.drive_check) as soon as it is known where it is: typed,
chosen, or named by a pasted invitation; what it refuses is not used. What goes wrong is said under the form, what was
typed stays, and nothing is left behind; what takes long shows how far it is and can be stopped. Where the system has no
keyring, the person may ask for a key file; it is never taken silently.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import times
from app.credentials import key_store
from app.errors import UserError
from app.profile import Profile
from app.zones import local_zone
from db.address import is_url
from db.errors import StorageError
from ui import text
from ui.drive_check import DriveCheck
from ui.first_run_ways import Way
from ui.i18n import Language, system_language
from ui.icons import app_icon
from ui.lanes import Lanes
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import BusyLine, IconLabel
from ui.widgets.labels import PlainLabel
from ui.written import texts_now

if TYPE_CHECKING:
    from app.invited import Invited
    from db.sync import SyncResult

KEYS: Final = "keys.json"
SHARE: Final = "share"
TYPED_MS: Final = 1_200
"""A path that is being typed is not asked for letter by letter: a name that is not there may take a drive long."""
PROGRESS_MS: Final = 80
WIDTH: Final = 536


class FirstRun(QDialog):
    """Asks once; `result_profile` is what it made."""

    def __init__(self, profile: Profile, key_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile, self._key_file = profile, key_file
        self.result_profile: Profile | None = None
        self.invited: Invited | None = None
        self._lanes = Lanes(self._went_wrong, self, names=("work", "check"))
        self._attempt: Callable[[], None] = self._found
        self._alone = False
        self._goes_on = False
        """The person asked to go on while the drive was still being checked."""
        self._stop = threading.Event()
        self._far = (0, 0)
        self._tick = QTimer(self)
        self._tick.setInterval(PROGRESS_MS)
        self._tick.timeout.connect(self._show_progress)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._check_place)
        self.setWindowTitle(self.tr("Welcome to Halldesk"))
        self.setWindowIcon(app_icon())
        self._build()

    @classmethod
    def ask(cls, profile: Profile, key_file: Path | None) -> Profile | None:
        """Show the dialog until something was made; None when the person closed it."""
        dialog = cls(profile, key_file)
        dialog.exec()
        chosen = dialog.result_profile
        dialog.deleteLater()
        return chosen

    # -- pages --------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L * 2, GAP_L + GAP_S, GAP_L * 2, GAP_L)
        column.setSpacing(GAP_M)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(48, 48))
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(GAP_XS)
        self._title = PlainLabel("", "title")
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        words.addWidget(self._title)
        words.addWidget(self._told)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column.addLayout(head)
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        self.check = DriveCheck(self._lanes, self._lanes["check"])
        self.check.answered.connect(lambda _good: self._look())
        self.check.finished.connect(self._checked)
        self.check.hide()
        column.addWidget(self.check, 1)
        self._problem_row = QWidget()
        problem = QHBoxLayout(self._problem_row)
        problem.setContentsMargins(0, 0, 0, 0)
        problem.setSpacing(GAP_S)
        self._problem = PlainLabel("")
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        problem.addWidget(IconLabel("error", Tone.DANGER), 0, Qt.AlignmentFlag.AlignTop)
        problem.addWidget(self._problem, 1)
        self._problem_row.hide()
        column.addWidget(self._problem_row)
        self.use_file = QCheckBox(self.tr("Keep this workstation's keys in a file of the profile"))
        self.use_file.hide()
        column.addWidget(self.use_file)
        self._progress_words = PlainLabel("", "muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        for widget in (self._progress_words, self._progress):
            widget.hide()
            column.addWidget(widget)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QHBoxLayout()
        self._back = QPushButton(self.tr("Back"))
        self._back.setProperty("look", "quiet")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self._go_back)
        self.go_on = QPushButton()
        self.go_on.setProperty("look", "primary")
        self.go_on.clicked.connect(self._go_on)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        column.addLayout(buttons)
        # A minimum set on a widget would keep it from growing with larger text; this only keeps it from being narrow.
        column.addItem(QSpacerItem(WIDTH, 0))
        self._choice = self._choice_page()
        self._join_page = self._make_join_page()
        self._found_page = self._make_found_page()
        for page in (self._choice, self._join_page, self._found_page):
            self._pages.addWidget(page)
        self._to_choice()

    def _choice_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GAP_S, 0, 0)
        column.setSpacing(GAP_S)
        self.demo = Way(
            "factory",
            self.tr("Try with demo data"),
            self.tr("A made-up machinery manufacturer with 5,000 cases. Nothing leaves this PC."),
        )
        self.join = Way(
            "key",
            self.tr("Join with an invitation"),
            self.tr("Your administrator sent you a line of text: paste it."),
        )
        self.found = Way(
            "drive", self.tr("Found a new help desk"), self.tr("On a network folder that all colleagues can write to.")
        )
        self.alone = Way(
            "monitor", self.tr("Work on this PC only"), self.tr("A help desk of your own, without a network folder.")
        )
        for way, run in (
            (self.demo, self._demo),
            (self.join, self._to_join),
            (self.found, lambda: self._to_found(alone=False)),
            (self.alone, lambda: self._to_found(alone=True)),
        ):
            way.clicked.connect(lambda _checked=False, run=run: run())
            column.addWidget(way)
        column.addStretch(1)
        return page

    def _make_join_page(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setContentsMargins(0, 0, 0, 0)
        self.invitation = QPlainTextEdit()
        self.invitation.setTabChangesFocus(True)
        self.invitation.setAccessibleName(self.tr("Invitation"))
        self.invitation.setPlaceholderText(
            self.tr("Paste the line that starts with halldesk1: (the whole mail will do)")
        )
        self.invitation.setFixedHeight(self.fontMetrics().lineSpacing() * 4)
        self.invitation.textChanged.connect(self._read_invitation)
        self._invited_words = PlainLabel("", "muted")
        self._invited_words.setWordWrap(True)
        self._invited_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.called = QLineEdit()
        self.called.setPlaceholderText(self.tr("as in the invitation"))
        self.place, self.password = self._place_field(), self._password_field()
        form.addRow(self.tr("Invitation"), self.invitation)
        form.addRow(self._invited_words)
        form.addRow(self.tr("Your name"), self.called)
        form.addRow(self.tr("Place, if this PC reaches it by another name"), self.place)
        form.addRow(self.tr("Password of the database"), self.password)
        self._join_form = form
        for row in (self.place, self.password):
            form.setRowVisible(row, False)
        return page

    def _place_field(self) -> QLineEdit:
        field = QLineEdit()
        field.textChanged.connect(self._place_changed)
        field.editingFinished.connect(self._check_place)
        return field

    def _password_field(self) -> QLineEdit:
        """Asked only where the place is a database."""
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textChanged.connect(self._place_changed)
        field.editingFinished.connect(self._check_place)
        return field

    def _make_found_page(self) -> QWidget:
        page = QWidget()
        self._found_form = form = QFormLayout(page)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_XS)
        self.desk_name, self.founder, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.desk_name.setPlaceholderText(self.tr("IT help desk"))
        self.founder.setPlaceholderText(self.tr("First and last name"))
        self.folder.setPlaceholderText(self.tr("\\\\server\\share\\helpdesk"))
        for field in (self.desk_name, self.founder):
            field.textChanged.connect(self._look)
        self.folder.textChanged.connect(self._folder_changed)
        self.folder.editingFinished.connect(self._check_folder)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        self._folder_row = QWidget()
        row = QHBoxLayout(self._folder_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        form.addRow(self.tr("Name of the help desk"), self.desk_name)
        form.addRow(self.tr("Your name"), self.founder)
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setEditText(local_zone() or "")
        self.zone.editTextChanged.connect(self._look)
        form.addRow(self.tr("Time zone of the site"), self.zone)
        form.addRow(self.tr("Network folder"), self._folder_row)
        self.folder.setAccessibleName(self.tr("Network folder"))
        self.founder_password = self._password_field()
        form.addRow(self.tr("Password of the database"), self.founder_password)
        return page

    # -- where the desk shall lie -------------------------------------------------------------------------------------
    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Network folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self._check_folder()

    def _where(self) -> str:
        if self._alone:
            return str(self._profile.folder.absolute() / SHARE)
        return self.folder.text().strip().strip('"')

    def _joins(self) -> str:
        """Where the desk is that is joined, as this PC reaches it."""
        typed = self.place.text().strip().strip('"')
        return typed or (self.invited.where if self.invited is not None else "")

    def _typed_password(self) -> str | None:
        field = self.password if self._attempt == self._join else self.founder_password
        return field.text() or None

    def _show_passwords(self) -> None:
        self._join_form.setRowVisible(self.place, self.invited is not None)
        self._join_form.setRowVisible(self.password, is_url(self._joins()))
        self._found_form.setRowVisible(self.founder_password, not self._alone and is_url(self._where()))

    def _place_changed(self) -> None:
        """The place or the password is being typed: what was found out before is of another one."""
        if self.sender() in (self.password, self.founder_password) or self.check.where != self._joins():
            self.check.clear()
            self.check.hide()
            self._problem_row.hide()
            self._typed.start()
        self._show_passwords()
        self._look()

    def _check_place(self) -> None:
        if self._attempt == self._found:
            self._check_folder()
        elif self._joins() and self._joins() != self.check.where:
            self._typed.stop()
            self.check.show()
            QTimer.singleShot(0, self, self._grow)
            self.check.start(self._joins(), self._profile.folder, quick=True, password=self._typed_password())

    def _folder_changed(self) -> None:
        self._show_passwords()
        if self.check.where != self._where():
            self._goes_on = False
            self.check.clear()
            self.check.hide()
            self._problem_row.hide()
            self._typed.start()
        self._look()

    def _check_folder(self) -> None:
        self._typed.stop()
        where = self._where()
        if self._attempt != self._found or self._alone or not where or where == self.check.where:
            return
        if "://" not in where and not Path(where).is_absolute():
            self._say_problem(self.tr("Name the whole path, from the drive or the server on."))
            return
        self.check.show()
        QTimer.singleShot(0, self, self._grow)
        self.check.start(where, self._profile.folder, password=self._typed_password())

    def _checked(self, good: bool) -> None:
        if self._goes_on:
            self._goes_on = False
            self._rest()
            if good:
                self._attempt()
        self._look()

    def _there_already(self) -> str:
        """The name of the help desk that is where one shall be founded."""
        found = self.check.finding("desk")
        return found.values.get("name", "") if found is not None else ""

    # -- invitations --------------------------------------------------------------------------------------------------
    def _look_at_clipboard(self) -> None:
        """An invitation that was just copied needs no pasting; what else is there is none of our business."""
        said = QGuiApplication.clipboard().text()
        if "halldesk1:" not in said or self.invitation.toPlainText().strip():
            return
        from app.invited import find_invitation

        found = find_invitation(said)
        if found is None:
            return
        if self._pages.currentWidget() is self._join_page:
            self.invitation.setPlainText(found.line)
        elif self._pages.currentWidget() is self._choice:
            self.join.say(self.tr("An invitation for {name} is on the clipboard.").format(name=found.name))
            self.join.setFocus()

    def _read_invitation(self) -> None:
        from app.invited import find_invitation

        said = self.invitation.toPlainText().strip()
        found = find_invitation(said)
        if found != self.invited:
            self.invited = found
            self.check.clear()
            self.check.setVisible(found is not None)
            QTimer.singleShot(0, self, self._grow)
            if found is not None:
                self.called.setPlaceholderText(found.name)
                self.place.setPlaceholderText(found.where)
                self.check.start(self._joins(), self._profile.folder, quick=True, password=self._typed_password())
        self._problem_row.hide()
        self._show_passwords()
        self._say_invited(bool(said))
        self._look()

    def _say_invited(self, something: bool) -> None:
        found = self.invited
        if found is None:
            self._invited_words.setText(
                self.tr("This is not a whole invitation yet; it starts with halldesk1:") if something else ""
            )
            return
        card = self.check.finding("desk")
        desk = card.values.get("name", "") if card is not None else ""
        lines = [
            self.tr("{name} is invited to “{desk}”.").format(name=found.name, desk=desk)
            if desk
            else self.tr("{name} is invited.").format(name=found.name),
            found.where,
        ]
        zone = ZoneInfo(local_zone() or "UTC")
        if found.expires_at < times.now_ms():
            lines.append(self.tr("It expired on {day}; ask for a new one.").format(day=_day(found.expires_at, zone)))
        else:
            lines.append(self.tr("It opens until {day}.").format(day=_day(found.expires_at, zone)))
        self._invited_words.setText("\n".join(lines))

    # -- going on -----------------------------------------------------------------------------------------------------
    def _to_choice(self) -> None:
        self.check.clear()
        self.check.hide()
        self._typed.stop()
        self._show(
            self._choice,
            self.tr("Welcome to Halldesk"),
            self.tr("A help desk for people who fix machines and PCs. How do you want to begin?"),
        )
        self._back.hide()
        self.go_on.hide()
        self.demo.setFocus()
        self._look_at_clipboard()

    def _to_join(self) -> None:
        self._attempt = self._join
        self._show(
            self._join_page, self.tr("Join a help desk"), self.tr("The folder it names must be reachable from this PC.")
        )
        self.go_on.setText(self.tr("Join"))
        self.invitation.setFocus()
        self._look_at_clipboard()
        self.invited = None
        self._read_invitation()
        if self.invited is not None:
            self.called.setFocus()

    def _to_found(self, *, alone: bool) -> None:
        self._attempt = self._found
        self._alone = alone
        self._found_form.setRowVisible(self._folder_row, not alone)
        self._show_passwords()
        self.check.clear()
        self.check.hide()
        if alone:
            told = self.tr("Everything stays on this PC. You can found one on a network folder later.")
        else:
            told = self.tr("Name a folder on the drive that every colleague can write to.")
        self._show(self._found_page, self.tr("Work on this PC only") if alone else self.tr("Found a help desk"), told)
        self.go_on.setText(self.tr("Begin") if alone else self.tr("Found"))
        self.desk_name.setFocus()
        self._check_folder()
        self._look()

    def _show(self, page: QWidget, title: str, told: str) -> None:
        # A page that is not shown must not claim room.
        for one in (self._choice, self._join_page, self._found_page):
            policy = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
            one.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._pages.setCurrentWidget(page)
        self._title.setText(title)
        self._told.setText(told)
        self._problem_row.hide()
        self._goes_on = False
        self._back.show()
        self.go_on.show()
        self.go_on.setDefault(True)
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        """Room for everything that is shown now; a layout whose lines wrap does not see to it by itself."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _look(self) -> None:
        """Whether there is enough to go on with."""
        if self._attempt == self._join:
            self._say_invited(bool(self.invitation.toPlainText().strip()))
            refused = not self.check.under_way and self.check.where and not self.check.good_so_far
            ready = self.invited is not None and not refused
        else:
            words = [self.desk_name.text(), self.founder.text(), self._where(), self.zone.currentText()]
            refused = not self._alone and self.check.where and not self.check.under_way and not self.check.good_so_far
            ready = all(text_.strip() for text_ in words) and not refused
            there = "" if self._alone else self._there_already()
            if there:
                ready = False
                self._say_problem(
                    self.tr(
                        "The help desk “{name}” is there already. Join it with an invitation, or name another folder."
                    ).format(name=there)
                )
        self.go_on.setEnabled(bool(ready) and not self._busy.is_busy())

    def _go_on(self) -> None:
        self._check_folder()
        if self._attempt == self._found and not self._alone and not self.check.is_good:
            if self.check.under_way:
                self._goes_on = True
                self._problem_row.hide()
                self._begin(self.tr("It begins as soon as the drive is checked."))
            return
        self._attempt()

    def _go_back(self) -> None:
        if self._goes_on:
            self._goes_on = False
            self._rest()
            self._look()
        elif self._busy.is_busy():
            self._stop.set()
            self._back.setEnabled(False)
        else:
            self._to_choice()

    def _keys(self) -> Path | None:
        if self._key_file is None and self.use_file.isChecked():
            return self._profile.folder.absolute() / KEYS
        return self._key_file

    def _begin(self, words: str) -> None:
        self._pages.setEnabled(False)
        self.go_on.setEnabled(False)
        self._back.setText(self.tr("Stop"))
        self._back.setEnabled(True)
        self._back.show()
        self._progress_words.setText(words)
        self._progress_words.show()
        self._busy.set_busy(True)

    def _work(self, words: str, job: Callable[[Callable[[int, int | None], None]], Profile]) -> None:
        """Carry out `job` on the lane; what it is handed takes how far it is, and raises when the person stops it."""
        self._problem_row.hide()
        self._stop = stop = threading.Event()
        self._far = (0, 0)
        stopped = self.tr("Stopped. Nothing was changed; begin again when you like.")

        def far(done: int, total: int | None) -> None:
            if stop.is_set() or self._lanes.stopping.is_set():
                raise UserError(stopped)
            self._far = (done, total or 0)

        self._begin(words)
        self._tick.start()
        self._lanes["work"].submit(job, far, done=self._made, failed=self._went_wrong)

    def _show_progress(self) -> None:
        done, total = self._far
        if total > 0:
            self._progress.setRange(0, total)
            self._progress.setValue(min(done, total))
            self._progress.setAccessibleName(self._progress_words.text())
            self._progress.show()

    def _made(self, profile: Profile) -> None:
        self.result_profile = profile
        self._rest()
        self.accept()

    def _went_wrong(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, UserError | StorageError | OSError):
            raise error
        self._say_problem(text.refusal(error))
        self.use_file.setVisible(self.use_file.isVisible() or "--key-file" in str(error))
        self._look()

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem_row.show()

    def _rest(self) -> None:
        self._tick.stop()
        self._busy.set_busy(False)
        self._progress.hide()
        self._progress_words.hide()
        self._pages.setEnabled(True)
        self._back.setText(self.tr("Back"))
        self._back.setEnabled(True)
        self._back.setVisible(self._pages.currentWidget() is not self._choice)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_at_clipboard()

    def done(self, result: int) -> None:
        self._stop.set()
        self._typed.stop()
        self._tick.stop()
        self.check.stop()
        self._lanes.close()
        super().done(result)

    # -- the four ways ------------------------------------------------------------------------------------------------
    def _demo(self) -> None:
        folder = self._profile.folder
        profile = Profile(folder.with_name(folder.name + "-demo"))
        language: Literal["en", "de"] = "de" if system_language() is Language.GERMAN else "en"

        def make(far: Callable[[int, int | None], None]) -> Profile:
            from app.demo import make_demo

            if not profile.attached:
                make_demo(profile, language=language, progress=far)
            return profile

        self._work(self.tr("Making up two years of a help desk…"), make)

    def _join(self) -> None:
        profile, keys, invited = self._profile, self._keys(), self.invited
        if invited is None:
            return
        called = self.called.text().strip() or None
        at, password = self.place.text().strip().strip('"') or None, self._typed_password()

        def make(far: Callable[[int, int | None], None]) -> Profile:
            from app.desk import join

            join(
                profile, invited.line, called=called, at=at, key_file=keys, password=password,
                on_progress=lambda result: far(*_how_far(result)),
            )  # fmt: skip
            return profile

        self._work(self.tr("Reading what happened so far…"), make)

    def _found(self) -> None:
        profile, keys, where, alone = self._profile, self._keys(), self._where(), self._alone
        name, founder, zone = self.desk_name.text(), self.founder.text(), self.zone.currentText().strip()
        language = "de" if system_language() is Language.GERMAN else "en"
        texts, password = texts_now(), None if alone else self._typed_password()

        def make(far: Callable[[int, int | None], None]) -> Profile:
            from app.desk import found
            from app.doctor import check, told

            key_store(keys)
            if alone:
                Path(where).mkdir(parents=True, exist_ok=True)
                for finding in check(where, quick=True, profile=profile.folder):
                    if not finding.ok:
                        raise UserError(told(finding, texts).means)
            far(0, None)
            found(profile, where, name, founder, zone=zone, language=language, key_file=keys, password=password)
            return profile

        self._work(self.tr("Founding the help desk…"), make)


def _how_far(result: SyncResult) -> tuple[int, int]:
    """Of the snapshot while it is fetched, then of the log."""
    here, of = result.fetched
    return (here, of) if here < of else (result.head, result.announced)


def _day(at: int, zone: ZoneInfo) -> str:
    return text.day(times.local_wall(at, zone).date())
