"""One change that met another: what it is about, both values with who and when, and the decision, in place.

It stands in the page of all of them and above the timeline of its case. Nothing here is modal, and what stands until
somebody decides is what everybody sees: an analyst on the phone can leave it for later.

Its keys: M mine, T theirs, E edit both into one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from ui import conflict_words, text
from ui.conflict_words import Compared
from ui.decision_card import DecisionCard
from ui.services import Services
from ui.tokens import GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.pill import Pill
from ui.word_diff import MarkedText

if TYPE_CHECKING:
    from app.desk import Desk

EDIT_LINES = 8


class ConflictCard(DecisionCard):
    """Shows a conflict and decides it. `within_case`: the case is on show anyway, so it is not named."""

    decided = Signal()

    def __init__(
        self,
        services: Services,
        compared: Compared,
        severities: Mapping[int, str],
        *,
        within_case: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(compared.conflict, compared.conflict.case_id, parent)
        one = compared.conflict
        self._services, self._compared, self._severities = services, compared, severities
        self.conflict = one
        self._within_case = within_case
        self._ground = Tone.WARNING if within_case else None
        self._editor: QPlainTextEdit | None = None
        self._told = conflict_words.told(one)
        self.column.addLayout(self._head())
        why = PlainLabel(self._told.why, "muted")
        why.setWordWrap(True)
        self.column.addWidget(why)
        if one.column and (one.mine or one.theirs):
            self.column.addLayout(self._values())
        if one.settled_at is None:
            self._buttons = self._choice_row()
            self.column.addWidget(self._buttons)
        name = f"{one.case_label} {one.title}".strip()
        self.setAccessibleName(f"{name}: {self._told.field}, {self._told.stands}")
        self.setAccessibleDescription(self._told.why)

    # -- parts --------------------------------------------------------------------------------------------------------
    def _head(self) -> QHBoxLayout:
        one = self.conflict
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        if self._within_case:
            row.addWidget(PlainLabel(self._told.field, "strong"))
        else:
            name = f"{one.case_label}  {one.title}".strip()
            row.addWidget(self.title_label(f"{self._told.field} – {name}" if name else self._told.field), 1)
        words, tone = (conflict_words.settled(one), Tone.NEUTRAL) if one.settled_at is not None else (
            self._told.stands, self._told.tone)  # fmt: skip
        row.addWidget(Pill(words, tone, "check" if one.settled_at is not None else "sync-conflict"))
        if self._within_case:
            row.addStretch(1)
        elif one.case_id is not None:
            row.addWidget(self.case_button())
        return row

    def _values(self) -> QGridLayout:
        """Theirs at the left, mine at the right: each with author and time above it."""
        one, services = self.conflict, self._services
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_M)
        grid.setVerticalSpacing(2)
        sides = [self._compared.mine, self._compared.theirs]
        if not any(sides):
            whole = (conflict_words.value(one, side, self._severities, services.zone) for side in ("mine", "theirs"))
            sides = [[(words, False)] if words else [] for words in whole]
        heads = (
            (self.tr("Yours"), one.my_author, one.my_at, Tone.INFO, sides[0]),
            (self.tr("Theirs"), one.their_author, one.their_at, Tone.WARNING, sides[1]),
        )
        for place, (label, who, at, tone, stretches) in enumerate(reversed(heads)):
            said = " · ".join(filter(None, (label, who, "" if at is None else self._when(at))))
            grid.addWidget(ElidedLabel(said, role="muted"), 0, place)
            shown = MarkedText(said, tone)
            shown.show_text(stretches or [(self.tr("nothing"), False)])
            shown.fitted.connect(self.resized)
            grid.addWidget(shown, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        return grid

    def _when(self, at: int) -> str:
        return text.ago(at, self._services.now(), self._services.zone)

    def _choice_row(self) -> QWidget:
        one, told = self.conflict, self._told
        holder = self.choice_row()
        if one.is_text:
            self.add_choice(self.tr("Edit merged…"), "E", told.field, self.edit)
        if told.theirs:
            self.add_choice(told.theirs, "T", told.field, self.keep_theirs)
        if told.mine:
            self.add_choice(told.mine, "M", told.field, self.keep_mine, "primary" if one.outcome != "refused" else "")
        return holder

    # -- deciding -----------------------------------------------------------------------------------------------------
    def keep_mine(self) -> None:
        """My value, or my change, after all."""
        self._decide(lambda desk: desk.decisions.keep_mine(self.conflict.n), self.tr("Kept yours"))

    def keep_theirs(self) -> None:
        """Theirs."""
        self._decide(lambda desk: desk.decisions.keep_theirs(self.conflict.n), self.tr("Kept theirs"))

    def edit(self) -> None:
        """A text of both, to be put right by hand, in the card."""
        if self._editor is not None:
            self._editor.setFocus()
            return
        self._editor = QPlainTextEdit(self._compared.both)
        self._editor.setTabChangesFocus(True)
        self._editor.setAccessibleName(self.tr("The text of both, to be put right"))
        self._editor.setFixedHeight(self.fontMetrics().lineSpacing() * EDIT_LINES)
        self._editor.installEventFilter(self)
        self._buttons.hide()
        self._edit_buttons = QWidget()
        row = QHBoxLayout(self._edit_buttons)
        row.setContentsMargins(0, GAP_XS, 0, 0)
        row.addStretch(1)
        about = self._told.field
        row.addWidget(self.choice(self.tr("Cancel"), self.tr("Esc"), about, self._stop_editing, "quiet"))
        row.addWidget(self.choice(self.tr("Keep this text"), "Ctrl+Return", about, self._keep_text, "primary"))
        self.column.addWidget(self._editor)
        self.column.addWidget(self._edit_buttons)
        self._editor.setFocus()
        self.resized.emit()

    def _stop_editing(self) -> None:
        if self._editor is not None:
            for widget in (self._editor, self._edit_buttons):
                widget.hide()
                widget.deleteLater()
            self._editor = None
            self._buttons.show()
            self.setFocus()
            self.resized.emit()

    def _keep_text(self) -> None:
        if self._editor is not None:
            words = self._editor.toPlainText()
            self._decide(lambda desk: desk.decisions.write(self.conflict.n, words), self.tr("Kept the new text"))

    def _decide(self, verb: Callable[[Desk], object], said: str) -> None:
        self.setEnabled(False)
        self._services.run(
            verb, said=said, done=lambda _: self.decided.emit(), failed=lambda _: self.setEnabled(True), owner=self
        )

    @property
    def is_editing(self) -> bool:
        """Whether somebody writes in it: then it is not replaced."""
        return self._editor is not None

    # -- keys ----------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
                self._keep_text()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._stop_editing()
                return True
        return False

    def keys(self) -> Mapping[int, Callable[[], object]]:
        if self.conflict.settled_at is not None:
            return {}
        choices: dict[int, Callable[[], object]] = {Qt.Key.Key_T: self.keep_theirs}
        if self._told.mine:
            choices[Qt.Key.Key_M] = self.keep_mine
        if self.conflict.is_text:
            choices[Qt.Key.Key_E] = self.edit
        return choices
