"""The first window of a profile that belongs to no desk: try it, join, found, or work on this PC alone.

Each way ends in a profile that is attached (app.desk.found, app.desk.join, app.demo.make_demo), done on a lane while
the dialog stays alive; what goes wrong is said under the form and nothing is left behind. Where the system has no
keyring, the person may ask for a key file; it is never taken silently.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
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
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.credentials import key_store
from app.errors import UserError
from app.profile import Profile
from app.zones import local_zone
from db.errors import StorageError
from ui.i18n import Language, system_language
from ui.icons import app_icon, tinted
from ui.lanes import Lanes
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, colours
from ui.widgets.blocks import BusyLine, IconLabel
from ui.widgets.labels import PlainLabel

KEYS: Final = "keys.json"
SHARE: Final = "share"


class Way(QPushButton):
    """One way to begin: icon, name, one sentence."""

    def __init__(self, icon_name: str, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        # The default button is filled with the accent, which these words can't be read on.
        self.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        row.setSpacing(GAP_M)
        words = QVBoxLayout()
        words.setSpacing(2)
        heading, told = PlainLabel(title, "strong"), PlainLabel(sentence, "muted")
        told.setWordWrap(True)
        words.addWidget(heading)
        words.addWidget(told)
        row.addWidget(IconLabel(icon_name, "accent", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for label in (heading, told):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(row.sizeHint().height() + GAP_S)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = tinted(
            "chevron-right", colours(self.palette()).color("muted"), self.iconSize(), self.devicePixelRatioF()
        )
        painter.drawPixmap(
            self.width() - self.iconSize().width() - GAP_S, (self.height() - self.iconSize().height()) // 2, arrow
        )
        painter.end()


class FirstRun(QDialog):
    """Asks once; `result_profile` is what it made."""

    def __init__(self, profile: Profile, key_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile, self._key_file = profile, key_file
        self.result_profile: Profile | None = None
        self._lanes = Lanes(self._went_wrong, self, names=("work",))
        self._attempt: Callable[[], None] = self._found
        self.setWindowTitle(self.tr("Welcome to Halldesk"))
        self.setWindowIcon(app_icon())
        self.setMinimumWidth(560)
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
        column.setContentsMargins(GAP_L * 2, GAP_L * 2, GAP_L * 2, GAP_L)
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
        self._problem = PlainLabel("")
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        column.addWidget(self._problem)
        self.use_file = QCheckBox(self.tr("Keep this workstation's keys in a file of the profile"))
        self.use_file.hide()
        column.addWidget(self.use_file)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        buttons = QHBoxLayout()
        self._back = QPushButton(self.tr("Back"))
        self._back.setProperty("look", "quiet")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self._to_choice)
        self.go_on = QPushButton()
        self.go_on.setProperty("look", "primary")
        self.go_on.clicked.connect(lambda: self._attempt())
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        column.addLayout(buttons)
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
        self.invitation = QPlainTextEdit()
        self.invitation.setTabChangesFocus(True)
        self.invitation.setAccessibleName(self.tr("Invitation"))
        self.invitation.setFixedHeight(self.fontMetrics().lineSpacing() * 6)
        self.invitation.textChanged.connect(self._look)
        self.called = QLineEdit()
        self.called.setPlaceholderText(self.tr("as in the invitation"))
        form.addRow(self.tr("Invitation"), self.invitation)
        form.addRow(self.tr("Your name"), self.called)
        return page

    def _make_found_page(self) -> QWidget:
        page = QWidget()
        self._found_form = form = QFormLayout(page)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.desk_name, self.founder, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.desk_name.setPlaceholderText(self.tr("IT help desk"))
        self.founder.setPlaceholderText(self.tr("First and last name"))
        for field in (self.desk_name, self.founder, self.folder):
            field.textChanged.connect(self._look)
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
        form.addRow(self.tr("Network folder"), self._folder_row)
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setEditText(local_zone() or "")
        self.zone.editTextChanged.connect(self._look)
        form.addRow(self.tr("Time zone of the site"), self.zone)
        self.folder.setAccessibleName(self.tr("Network folder"))
        return page

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Network folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    # -- going on -----------------------------------------------------------------------------------------------------
    def _to_choice(self) -> None:
        self._show(
            self._choice,
            self.tr("Welcome to Halldesk"),
            self.tr("A help desk for people who fix machines and PCs. How do you want to begin?"),
        )
        self._back.hide()
        self.go_on.hide()
        self.demo.setFocus()

    def _to_join(self) -> None:
        self._attempt = self._join
        self._show(
            self._join_page, self.tr("Join a help desk"), self.tr("The folder it names must be reachable from this PC.")
        )
        self.go_on.setText(self.tr("Join"))
        self.invitation.setFocus()
        self._look()

    def _to_found(self, *, alone: bool) -> None:
        self._attempt = self._found
        self._found_form.setRowVisible(self._folder_row, not alone)
        if alone:
            self.folder.setText(str(self._profile.folder.absolute() / SHARE))
            told = self.tr("Everything stays on this PC. You can found one on a network folder later.")
        else:
            self.folder.clear()
            told = self.tr("Name a folder on the drive that every colleague can write to.")
        self._show(self._found_page, self.tr("Work on this PC only") if alone else self.tr("Found a help desk"), told)
        self.go_on.setText(self.tr("Begin") if alone else self.tr("Found"))
        self.desk_name.setFocus()
        self._look()

    def _show(self, page: QWidget, title: str, told: str) -> None:
        self._pages.setCurrentWidget(page)
        self._title.setText(title)
        self._told.setText(told)
        self._problem.hide()
        self._back.show()
        self.go_on.show()
        self.go_on.setDefault(True)

    def _look(self) -> None:
        if self._attempt == self._join:
            ready = bool(self.invitation.toPlainText().strip())
        else:
            words = [field.text() for field in (self.desk_name, self.founder, self.folder)]
            ready = all(text.strip() for text in [*words, self.zone.currentText()])
        self.go_on.setEnabled(ready)

    def _keys(self) -> Path | None:
        if self._key_file is None and self.use_file.isChecked():
            return self._profile.folder.absolute() / KEYS
        return self._key_file

    def _work(self, job: Callable[[], Profile]) -> None:
        self._problem.hide()
        self._pages.setEnabled(False)
        self.go_on.setEnabled(False)
        self._back.setEnabled(False)
        self._busy.set_busy(True)
        self._lanes["work"].submit(job, done=self._made, failed=self._went_wrong)

    def _made(self, profile: Profile) -> None:
        self.result_profile = profile
        self._rest()
        self.accept()

    def _went_wrong(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, UserError | StorageError | OSError):
            raise error
        self._problem.setText(str(error))
        self._problem.show()
        self.use_file.setVisible(self.use_file.isVisible() or "--key-file" in str(error))
        self._look()

    def _rest(self) -> None:
        self._busy.set_busy(False)
        self._pages.setEnabled(True)
        self._back.setEnabled(True)

    def done(self, result: int) -> None:
        self._lanes.close()
        super().done(result)

    # -- the four ways ------------------------------------------------------------------------------------------------
    def _demo(self) -> None:
        folder = self._profile.folder
        profile = Profile(folder.with_name(folder.name + "-demo"))
        language: Literal["en", "de"] = "de" if system_language() is Language.GERMAN else "en"

        def make() -> Profile:
            from app.demo import make_demo

            if not profile.attached:
                make_demo(profile, language=language)
            return profile

        self._work(make)

    def _join(self) -> None:
        profile, keys = self._profile, self._keys()
        invitation, called = self.invitation.toPlainText().strip(), self.called.text().strip() or None

        def make() -> Profile:
            from app.desk import join

            join(profile, invitation, called=called, key_file=keys)
            return profile

        self._work(make)

    def _found(self) -> None:
        profile, keys, where = self._profile, self._keys(), Path(self.folder.text().strip())
        name, founder, zone = self.desk_name.text(), self.founder.text(), self.zone.currentText().strip()
        alone = where == profile.folder.absolute() / SHARE
        language = "de" if system_language() is Language.GERMAN else "en"

        def make() -> Profile:
            from app.desk import found

            key_store(keys)
            if alone:
                where.mkdir(parents=True, exist_ok=True)
            found(profile, str(where), name, founder, zone=zone, language=language, key_file=keys)
            return profile

        self._work(make)
