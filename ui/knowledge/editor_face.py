"""The face of the article editor: fields, tool bar, preview. What happens with them is in ui.knowledge.editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.knowledge.beginnings import Beginning, beginnings
from ui.icons import icon
from ui.knowledge.facts_form import FactsForm
from ui.knowledge.loading import words_of
from ui.knowledge.looking import FindingList
from ui.knowledge.text_field import TextField
from ui.markdown import CaseBrowser
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel

TEXTS: Final = ("problem", "cause", "solution")
_SHARES: Final = {"problem": 2, "cause": 1, "solution": 4}
_FINDINGS_IN_LINES: Final = 6.4


class EditorFace(QDialog):
    """Everything that is seen."""

    beginning_chosen = Signal(object)
    """A `Beginning`."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(1140, 660)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.title = QLineEdit()
        self.title.setAccessibleName(words_of("title"))
        self.title.setPlaceholderText(self.tr("Title: what it helps with, in the words of who looks for it"))
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItem("Deutsch", "de")
        self.language.addItem("English", "en")
        self.fields = {name: TextField(words_of(name)) for name in TEXTS}
        self._last_field = self.fields["solution"]
        self.facts = FactsForm(services)
        self.preview = CaseBrowser()
        self.preview.setAccessibleName(self.tr("How it reads"))
        self.findings = FindingList()
        self.comment = QLineEdit()
        self.comment.setAccessibleName(self.tr("What changed, and why"))
        self.comment.setPlaceholderText(self.tr("What changed, and why (kept with the version)"))
        self.arriving = PlainLabel("", "muted")
        self.arriving.hide()
        self.restored, self.restored_words, self.begin_anew = self._bar("history", self.tr("Start from what is saved"))
        self.elsewhere, words, button = self._bar("users", "")
        words.setText(self.tr("A colleague changed this article meanwhile; both are merged when you save."))
        button.hide()
        self.beginnings = QMenu(self)
        self.buttons_ = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        QShortcut(QKeySequence("Ctrl+S"), self, lambda: self.buttons_.accepted.emit())
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self.buttons_.accepted.emit())
        QShortcut(QKeySequence("F8"), self, lambda: self.to_hole())
        self._lay_out()

    def to_hole(self) -> None:
        """The next thing a template asks for."""
        raise NotImplementedError

    def field(self) -> TextField:
        """Where one writes now."""
        raise NotImplementedError

    def _bar(self, drawing: str, words: str) -> tuple[QFrame, PlainLabel, QPushButton]:
        """A line above the text that says something once."""
        bar = QFrame()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        label, button = PlainLabel(""), QPushButton(words)
        label.setWordWrap(True)
        button.setAutoDefault(False)
        row.addWidget(IconLabel(drawing, "accent"))
        row.addWidget(label, 1)
        row.addWidget(button)
        bar.hide()
        return bar, label, button

    def _lay_out(self) -> None:
        writing, beside = QWidget(), QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, GAP_S, 0)
        column.setSpacing(GAP_XS + 1)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self.title, 1)
        head.addWidget(self.language)
        column.addLayout(head)
        column.addLayout(self._tools())
        for name, share in _SHARES.items():
            column.addWidget(PlainLabel(words_of(name), "muted"))
            column.addWidget(self.fields[name], share)
        column.addWidget(self.arriving)
        tabs = QTabWidget()
        tabs.addTab(self.preview, self.tr("How it reads"))
        tabs.addTab(self.facts, self.tr("About it"))
        self.tabs = tabs
        column = QVBoxLayout(beside)
        column.setContentsMargins(GAP_S, 0, 0, 0)
        column.setSpacing(GAP_XS + 1)
        column.addWidget(tabs, 1)
        column.addWidget(PlainLabel(self.tr("Before others read it"), "muted"))
        self.findings.setFixedHeight(round(self.fontMetrics().height() * _FINDINGS_IN_LINES))
        column.addWidget(self.findings)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for pane in (writing, beside):
            splitter.addWidget(pane)
        splitter.setSizes([600, 500])
        foot = QHBoxLayout()
        foot.setSpacing(GAP_M)
        foot.addWidget(self.comment, 1)
        foot.addWidget(self.buttons_)
        save = self.buttons_.button(QDialogButtonBox.StandardButton.Save)
        save.setProperty("look", "primary")
        save.setToolTip(_with_key(self.tr("Save"), "Ctrl+S"))
        save.setAutoDefault(False)
        self.buttons_.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_M)
        whole.setSpacing(GAP_M)
        whole.addWidget(self.restored)
        whole.addWidget(self.elsewhere)
        whole.addWidget(splitter, 1)
        whole.addLayout(foot)

    # -- tools --------------------------------------------------------------------------------------------------------
    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(1)
        tools: tuple[tuple[str, str, str, Callable[[TextField], None]], ...] = (
            ("B", self.tr("Bold"), "Ctrl+B", lambda field: field.surround("**")),
            ("I", self.tr("Italic"), "Ctrl+I", lambda field: field.surround("*")),
            ("H", self.tr("Heading"), "Ctrl+H", TextField.heading),
            ("1.", self.tr("Steps"), "Ctrl+L", TextField.number_lines),
            ("•", self.tr("List"), "Ctrl+Shift+L", TextField.bullet_lines),
            ("<>", self.tr("Code"), "Ctrl+E", lambda field: field.surround("`")),
            ("{ }", self.tr("Block of code"), "Ctrl+Shift+E", TextField.fence),
        )
        for sign, words, keys, does in tools:
            button = self._tool(words, keys)
            button.setText(sign)
            font = button.font()
            font.setBold(sign == "B")
            font.setItalic(sign == "I")
            button.setFont(font)
            button.clicked.connect(partial(self._use_tool, does))
            QShortcut(QKeySequence(keys), self, partial(self._use_tool, does))
            row.addWidget(button)
        self.table_button = self._tool(self.tr("Table"), "")
        self.table_button.setText(self.tr("Table"))
        self.link_button = self._tool(self.tr("Link to an article"), "Ctrl+K", "link")
        self.picture_button = self._tool(self.tr("Picture or file"), "Ctrl+Shift+P", "image")
        self.template_button = self._tool(self.tr("Template; F8 goes to what it asks for"), "", "template")
        self.template_button.setText(self.tr("Template"))
        self.template_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.template_button.setMenu(self.beginnings)
        self.template_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button, keys in ((self.link_button, "Ctrl+K"), (self.picture_button, "Ctrl+Shift+P")):
            QShortcut(QKeySequence(keys), self, button.click)
        for button in (self.table_button, self.link_button, self.picture_button, self.template_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _tool(self, words: str, keys: str, drawing: str = "") -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(_with_key(words, keys))
        button.setAccessibleName(words)
        if drawing:
            button.setIcon(icon(drawing))
        return button

    def _use_tool(self, does: Callable[[TextField], None], _checked: bool = False) -> None:
        does(self.field())

    def show_beginnings(self, services: Services, language: str) -> None:
        """Offer the templates of this language."""
        services.lanes.read.submit(
            beginnings, services.desk.context, language, done=self._fill_beginnings, owner=self, key="beginnings"
        )

    def _fill_beginnings(self, found: list[Beginning]) -> None:
        self.beginnings.clear()
        for one in found:
            self.beginnings.addAction(one.name.replace("&", "&&")).triggered.connect(
                lambda _checked=False, one=one: self.beginning_chosen.emit(one)
            )


def _with_key(words: str, keys: str) -> str:
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({shown})" if keys else words
