"""The first window of a profile that belongs to no desk: try it, join, found, or work on this PC alone.

Each way ends in a profile that is attached (ui.first_run_jobs), done on a lane while the dialog stays alive. The drive
is looked at by the doctor (ui.drive_check) as soon as it is known where it is: typed, chosen, or named by a pasted
invitation (ui.first_run_pages); what it refuses is not used. What goes wrong is said under the form, what was typed
stays, and nothing is left behind; what takes long shows how far it is and can be stopped. Where the system has no
keyring, the person may ask for a key file; it is never taken silently.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.profile import Profile
from db.errors import StorageError
from ui import text
from ui.drive_check import DriveCheck
from ui.first_run_jobs import Job, Workstation, making_up
from ui.first_run_pages import Form, FoundPage, JoinPage
from ui.first_run_ways import ChoicePage
from ui.i18n import Language, system_language
from ui.icons import app_icon
from ui.lanes import Lanes
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import BusyLine, IconLabel
from ui.widgets.labels import PlainLabel

KEYS: Final = "keys.json"
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
        self._lanes = Lanes(self._went_wrong, self, names=("work", "check"))
        self._form: Form | None = None
        """The page that is shown; None where one still chooses."""
        self._objection = ""
        """What speaks against going on and is said now; what went wrong in an attempt stays until something changes."""
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
        self._typed.timeout.connect(self.look_now)
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

    # -- making -------------------------------------------------------------------------------------------------------
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
        self._build_pages()
        self._to_choice()

    def _build_pages(self) -> None:
        self.choice = ChoicePage()
        self.joining, self.founding = JoinPage(self._profile.folder), FoundPage(self._profile.folder)
        self._pages.addWidget(self.choice)
        for form in (self.joining, self.founding):
            self._pages.addWidget(form)
            form.changed.connect(self._look)
            form.place_changed.connect(self._place_changed)
            form.place_named.connect(self.look_now)
            form.place_read.connect(self._place_read)
        self.choice.demo.clicked.connect(self._demo)
        self.choice.join.clicked.connect(self._to_join)
        self.choice.found.clicked.connect(lambda: self._to_found(alone=False))
        self.choice.alone.clicked.connect(lambda: self._to_found(alone=True))

    # -- where the desk lies ------------------------------------------------------------------------------------------
    def _place_changed(self) -> None:
        """It, or the password, is being typed: what was found out before is of another one."""
        form = self._form
        if form is None:
            return
        form.show_password()
        if not self.check.is_about(form.where(), form.typed_password()):
            self._goes_on = False
            self._forget_check()
            self._typed.start()
        self._look()

    def _place_read(self) -> None:
        self._forget_check()
        self.look_now()

    def _forget_check(self) -> None:
        self.check.clear()
        self.check.hide()
        self._problem_row.hide()

    def look_now(self) -> None:
        """Have the place looked at, unless that was done."""
        self._typed.stop()
        form = self._form
        if form is None:
            return
        form.show_password()
        where, password = form.where(), form.typed_password()
        if not form.is_checked or not where or self.check.is_about(where, password):
            return
        self.check.show()
        QTimer.singleShot(0, self, self._grow)
        self.check.start(where, self._profile.folder, quick=form.is_quick, password=password)

    def _checked(self, good: bool) -> None:
        if self._goes_on:
            self._goes_on = False
            self._rest()
            if good:
                self._attempt()
        self._look()

    # -- invitations --------------------------------------------------------------------------------------------------
    def _look_at_clipboard(self) -> None:
        """An invitation that was just copied needs no pasting; what else is there is none of our business."""
        said = QGuiApplication.clipboard().text()
        if "halldesk1:" not in said:
            return
        if self._form is self.joining:
            self.joining.take(said)
        elif self._form is None and not self.joining.invitation.toPlainText().strip():
            from app.invited import find_invitation

            found = find_invitation(said)
            if found is not None:
                self.choice.say_invited(found.name)

    # -- from page to page --------------------------------------------------------------------------------------------
    def _to_choice(self) -> None:
        self._typed.stop()
        self._show(
            None,
            self.tr("Welcome to Halldesk"),
            self.tr("A help desk for people who fix machines and PCs. How do you want to begin?"),
        )
        self.choice.demo.setFocus()
        self._look_at_clipboard()

    def _to_join(self) -> None:
        self._to_form(self.joining)
        self._look_at_clipboard()
        if self.joining.invited is not None:
            self.joining.called.setFocus()

    def _to_found(self, *, alone: bool) -> None:
        self.founding.set_alone(alone)
        self._to_form(self.founding)

    def _to_form(self, form: Form) -> None:
        self._show(form, form.title(), form.told())
        self.go_on.setText(form.verb())
        form.begin()
        form.show_password()
        self.look_now()
        self._look()

    def _show(self, form: Form | None, title: str, told: str) -> None:
        self._form = form
        shown: QWidget = form or self.choice
        # A page that is not shown must not claim room.
        for one in (self.choice, self.joining, self.founding):
            policy = QSizePolicy.Policy.Preferred if one is shown else QSizePolicy.Policy.Ignored
            one.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._pages.setCurrentWidget(shown)
        self._title.setText(title)
        self._told.setText(told)
        self._forget_check()
        self._goes_on = False
        self._back.setVisible(form is not None)
        self.go_on.setVisible(form is not None)
        self.go_on.setDefault(True)
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        """Room for everything that is shown now; a layout whose lines wrap does not see to it by itself."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _look(self) -> None:
        """Whether there is enough to go on with."""
        form, check = self._form, self.check
        if form is None:
            return
        if form is self.joining:
            card = check.finding("desk")
            self.joining.say(card.values.get("name", "") if card is not None else "")
        objection = form.objection(check)
        if objection:
            self._say_problem(objection)
        elif self._objection:
            self._problem_row.hide()
        self._objection = objection
        refused = form.is_checked and bool(check.where) and not check.under_way and not check.good_so_far
        self.go_on.setEnabled(form.is_whole and not objection and not refused and not self._busy.is_busy())

    def _go_on(self) -> None:
        form = self._form
        if form is None:
            return
        self.look_now()
        if form.is_checked and not form.is_quick and not self.check.is_good:
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

    # -- doing --------------------------------------------------------------------------------------------------------
    def _attempt(self) -> None:
        if self._form is not None and self._form.is_whole:
            self._work(*self._form.job(Workstation(self._profile, self._keys())))

    def _demo(self) -> None:
        language: Literal["en", "de"] = "de" if system_language() is Language.GERMAN else "en"
        self._work(self.tr("Making up two years of a help desk…"), making_up(self._profile, language))

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

    def _work(self, words: str, job: Job) -> None:
        """Carry out `job` on the lane."""
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
        if self._problem_row.isVisible() and self._problem.text() == words:
            return
        self._problem.setText(words)
        self._problem_row.setAccessibleName(words)
        self._problem_row.show()
        QTimer.singleShot(0, self, self._grow)

    def _rest(self) -> None:
        self._tick.stop()
        self._busy.set_busy(False)
        self._progress.hide()
        self._progress_words.hide()
        self._pages.setEnabled(True)
        self._back.setText(self.tr("Back"))
        self._back.setEnabled(True)
        self._back.setVisible(self._form is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._back.isVisible():
            # One step back, not out of the program: what was typed would be gone with it.
            if self._back.isEnabled():
                self._go_back()
        else:
            super().keyPressEvent(event)

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
