"""Settings of this workstation: language, appearance, text size, keys. Everything takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from ui.action_set import ActionSet
from ui.actions import ACTIONS, plain, translated
from ui.i18n import Language, Languages
from ui.keymap import Keymap
from ui.settings import Settings
from ui.theme import Theme, ThemeChoice
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import SectionHeader
from ui.widgets.fields import roomy
from ui.widgets.labels import PlainLabel

SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
DELAYS_S = (0, 5, 8, 15, 30, 60)
MOST_MB = 4_000


class SettingsDialog(QDialog):
    """One page, no OK button: what is chosen is on."""

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        languages: Languages,
        actions: ActionSet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._theme, self._languages, self._actions = settings, theme, languages, actions
        self.setWindowTitle(self.tr("Settings"))
        self.resize(660, 660)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.language = QComboBox()
        for language, words in (
            (Language.SYSTEM, self.tr("as the system")),
            (Language.ENGLISH, "English"),
            (Language.GERMAN, "Deutsch"),
        ):
            self.language.addItem(words, language.value)
        self.language.setCurrentIndex(self.language.findData(settings["language"]))
        self.language.activated.connect(lambda _index: self._language_chosen())
        form.addRow(self.tr("Language"), self.language)
        self.appearance = QComboBox()
        for choice, words in (
            (ThemeChoice.SYSTEM, self.tr("as the system")),
            (ThemeChoice.LIGHT, self.tr("light")),
            (ThemeChoice.DARK, self.tr("dark")),
        ):
            self.appearance.addItem(words, choice.value)
        self.appearance.setCurrentIndex(self.appearance.findData(theme.choice.value))
        self.appearance.activated.connect(lambda _index: self._appearance_chosen())
        form.addRow(self.tr("Appearance"), self.appearance)
        self.scale = QComboBox()
        for scale in SCALES:
            self.scale.addItem(f"{round(scale * 100)} %", scale)
        nearest = min(SCALES, key=lambda s: abs(s - float(settings["text_scale"])))
        self.scale.setCurrentIndex(self.scale.findData(nearest))
        self.scale.activated.connect(lambda _index: self._scale_chosen())
        form.addRow(self.tr("Text size"), self.scale)
        self.presence = QCheckBox(self.tr("Colleagues may see which case I have open"))
        self.presence.setChecked(bool(settings["presence"]))
        self.presence.toggled.connect(self._presence_chosen)
        form.addRow(self.tr("Presence"), self.presence)
        self.spelling = QCheckBox(self.tr("Underline words that are spelt wrong"))
        self.spelling.setChecked(bool(settings["spelling"]))
        self.spelling.setToolTip(self.tr("F7 goes to the next one; the team's dictionary grows from the context menu"))
        self.spelling.toggled.connect(lambda on: self._set("spelling", on))
        form.addRow(self.tr("Spelling"), self.spelling)
        self.delay = QComboBox()
        for seconds in DELAYS_S:
            self.delay.addItem(self.tr("after {n} s").format(n=seconds) if seconds else self.tr("at once"), seconds)
        nearest_delay = min(DELAYS_S, key=lambda s: abs(s - int(settings["send_delay_s"])))
        self.delay.setCurrentIndex(self.delay.findData(nearest_delay))
        self.delay.setToolTip(self.tr("Until then an answer can be taken back as if it had never been sent"))
        self.delay.activated.connect(lambda _index: self._delay_chosen())
        form.addRow(self.tr("Answers go out"), self.delay)
        self.largest = roomy(QSpinBox())
        self.largest.setRange(1, MOST_MB)
        self.largest.setSuffix(self.tr(" MB"))
        self.largest.setValue(int(settings["largest_file_mb"]))
        self.largest.setToolTip(self.tr("Larger files are refused, because everybody's room on the drive is meant"))
        self.largest.valueChanged.connect(self._largest_chosen)
        form.addRow(self.tr("Largest file to attach"), self.largest)
        self._add_notifications(form)
        column.addLayout(form)
        column.addWidget(SectionHeader(self.tr("Keys")))
        self.keys = QTableWidget(len(ACTIONS), 2)
        self.keys.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Key")])
        self.keys.setAccessibleName(self.tr("Keys"))
        self.keys.verticalHeader().hide()
        self.keys.setShowGrid(False)
        self.keys.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.keys.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.keys.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.keys.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.keys.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.keys.setColumnWidth(1, 190)
        self.keys.itemSelectionChanged.connect(self._row_chosen)
        column.addWidget(self.keys, 1)
        self.key = QKeySequenceEdit()
        self.key.setClearButtonEnabled(True)
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(self.tr("Key"))
        self.key.editingFinished.connect(self._key_typed)
        self._reset = QPushButton(self.tr("As delivered"))
        self._reset.setAutoDefault(False)  # Enter must not take back what was chosen
        self._reset.clicked.connect(self._as_delivered)
        row = QHBoxLayout()
        row.addWidget(self.key, 1)
        row.addWidget(self._reset)
        column.addLayout(row)
        self._clash = PlainLabel("", "muted")
        self._clash.setWordWrap(True)
        column.addWidget(self._clash)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._fill()
        self._row_chosen()

    def _language_chosen(self) -> None:
        self._settings["language"] = self.language.currentData()
        self._languages.choose(Language(self.language.currentData()))

    def _appearance_chosen(self) -> None:
        self._settings["appearance"] = self.appearance.currentData()
        self._theme.choose(ThemeChoice(self.appearance.currentData()))

    def _scale_chosen(self) -> None:
        self._settings["text_scale"] = float(self.scale.currentData())
        self._theme.set_text_scale(float(self.scale.currentData()))

    def _presence_chosen(self, on: bool) -> None:
        self._settings["presence"] = on

    def _add_notifications(self, form: QFormLayout) -> None:
        """What is told of my cases, and when."""
        settings = self._settings
        self.notify = QComboBox()
        for value, words in (
            ("all", self.tr("everything that happens to my cases")),
            ("needed", self.tr("only what needs me")),
            ("none", self.tr("nothing")),
        ):
            self.notify.addItem(words, value)
        self.notify.setCurrentIndex(max(0, self.notify.findData(settings["notify"])))
        self.notify.activated.connect(lambda _index: self._set("notify", self.notify.currentData()))
        form.addRow(self.tr("Tell me"), self.notify)
        self.only_working = QCheckBox(self.tr("only in my own working time"))
        self.only_working.setChecked(bool(settings["notify_only_working"]))
        self.only_working.toggled.connect(lambda on: self._set("notify_only_working", on))
        self.quiet = QCheckBox(self.tr("quiet from"))
        self.quiet.setChecked(bool(settings["quiet_from"]))
        self.quiet_from, self.quiet_to = roomy(QTimeEdit()), roomy(QTimeEdit())
        for field, key, usual, name in (
            (self.quiet_from, "quiet_from", "12:00", self.tr("Quiet from")),
            (self.quiet_to, "quiet_to", "12:45", self.tr("Quiet until")),
        ):
            field.setDisplayFormat("HH:mm")
            field.setTime(QTime.fromString(str(settings[key]) or usual, "HH:mm"))
            field.setAccessibleName(name)
            field.setEnabled(self.quiet.isChecked())
            field.timeChanged.connect(lambda _time: self._quiet_chosen())
        self.quiet.toggled.connect(lambda _on: self._quiet_chosen())
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self.only_working)
        row.addStretch(1)
        for widget in (
            self.quiet,
            self.quiet_from,
            PlainLabel(self.tr("to", "quiet from 12:00 to 12:45")),
            self.quiet_to,
        ):
            row.addWidget(widget)
        form.addRow("", row)

    def _set(self, key: str, value: object) -> None:
        self._settings[key] = value

    def _quiet_chosen(self) -> None:
        on = self.quiet.isChecked()
        for field, key in ((self.quiet_from, "quiet_from"), (self.quiet_to, "quiet_to")):
            field.setEnabled(on)
            self._settings[key] = field.time().toString("HH:mm") if on else ""

    def _delay_chosen(self) -> None:
        self._settings["send_delay_s"] = int(self.delay.currentData())

    def _largest_chosen(self, megabytes: int) -> None:
        self._settings["largest_file_mb"] = megabytes

    def _fill(self) -> None:
        for row, action in enumerate(ACTIONS):
            words = QTableWidgetItem(plain(translated(action.text)))
            self.keys.setItem(row, 0, words)
            self.keys.setItem(row, 1, QTableWidgetItem(self._actions.keymap.shown(action.id)))

    def _row_chosen(self) -> None:
        row = self.keys.currentRow()
        chosen = row >= 0
        self.key.setEnabled(chosen)
        self._reset.setEnabled(chosen)
        if chosen:
            keys = self._actions.keymap.keys(ACTIONS[row].id)
            self.key.blockSignals(True)
            self.key.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
            self.key.blockSignals(False)

    def _key_typed(self) -> None:
        row = self.keys.currentRow()
        if row < 0:
            return
        action = ACTIONS[row]
        key = self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        keys = self._actions.keymap.keys(action.id)
        if key == (keys[0] if keys else ""):
            return
        self._remap({**self._settings["keys"], action.id: [key] if key else []})

    def _as_delivered(self) -> None:
        row = self.keys.currentRow()
        if row >= 0:
            kept = dict(self._settings["keys"])
            kept.pop(ACTIONS[row].id, None)
            self._remap(kept)
            self._row_chosen()

    def _remap(self, remapped: dict[str, list[str]]) -> None:
        keymap = Keymap(ACTIONS, remapped)
        names = {action.id: plain(translated(action.text)) for action in ACTIONS}
        clashes = [
            self.tr("{key} is used for {actions}").format(
                key=clash.key, actions=", ".join(names[action] for action in clash.actions)
            )
            for clash in keymap.conflicts()
        ]
        self._settings["keys"] = remapped
        self._actions.set_keymap(keymap)
        self._clash.setText("; ".join(clashes))
        self._fill()
