"""What is known about a caller, beside the form: shown at once, and a way into the cases that are open already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.work.callers import CallerFacts
from app.work.duplicates import Duplicate
from app.work.lists import CaseLine
from app.work.surroundings import Likely
from db.rules import OPEN_STATUSES
from ui import case_words as words
from ui.case_side import contact_words
from ui.markdown import CaseBrowser
from ui.pickers import Choice, ChoiceList
from ui.services import Services
from ui.suggesting import SuggestionPanel
from ui.tokens import GAP_S, GAP_XS
from ui.widgets.labels import PlainLabel

_ROWS = 4
_REASONS_SHOWN = 2


class KnownList(QWidget):
    """A caption and a few things to go into: Enter or a click."""

    taken = Signal(object)
    """A `Choice`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = PlainLabel("", "small")
        self.list = ChoiceList()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.taken.connect(self.taken)
        self.list.installEventFilter(self)
        self._caption.setBuddy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._caption)
        column.addWidget(self.list)
        self.hide()

    def show_choices(self, caption: str, choices: Sequence[Choice]) -> None:
        """Show these, or nothing at all."""
        self._caption.setText(caption)
        self.list.setAccessibleName(caption)
        if choices != self.list.choices():
            self.list.set_choices(choices)
            self.list.setCurrentRow(-1)
            self.list.setFixedHeight(self.list.height_for_rows(_ROWS))
        self.setVisible(bool(choices))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.list:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                    if (choice := self.list.current()) is not None:
                        self.taken.emit(choice)
                    return True
            elif event.type() == QEvent.Type.FocusIn and self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
        return False


class KnownPanel(QWidget):
    """Department, who speaks with it today, how to reach the caller, open cases, likely duplicates, articles."""

    case_wanted = Signal(bytes)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._department = PlainLabel("", "strong")
        self._contact = PlainLabel()
        self._reach = PlainLabel("", "muted")
        self._dossier_caption = PlainLabel("", "small")
        self.dossier = CaseBrowser()
        self.dossier.setFrameShape(QFrame.Shape.NoFrame)
        self._dossier_caption.setBuddy(self.dossier)
        self._hint = PlainLabel("", "muted")
        self.machine, self.person, self.likely = KnownList(), KnownList(), KnownList()
        self.articles = SuggestionPanel(services, rows=3)
        self.articles.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for list_ in (self.machine, self.person, self.likely):
            list_.taken.connect(lambda choice: self.case_wanted.emit(choice.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        for label in (self._department, self._contact, self._reach, self._hint):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(GAP_S)
        column.addWidget(self.articles)
        for list_ in (self.machine, self.person, self.likely):
            column.addWidget(list_)
        column.addSpacing(GAP_S)
        column.addWidget(self._dossier_caption)
        column.addWidget(self.dossier, 1)
        column.addStretch(0)
        self._facts, self._likely = CallerFacts(), Likely()
        self.show_facts(self._facts)
        self.show_dossier("")

    @property
    def lists(self) -> tuple[KnownList, ...]:
        """Every list, from top to bottom."""
        return (self.machine, self.person, self.likely)

    def show_facts(self, facts: CallerFacts) -> None:
        """What follows from the caller."""
        self._facts = facts
        known = facts.department_id is not None or facts.requester_id is not None or facts.place_id is not None
        self._department.setText(facts.department or facts.place)
        self._contact.setText(contact_words(facts.contact) if facts.department_id is not None else "")
        reach = (facts.phone, facts.email, facts.place if facts.department else "", facts.asset)
        self._reach.setText(" · ".join(part for part in reach if part))
        for label in (self._department, self._contact, self._reach):
            label.setVisible(bool(label.text()))
        self._hint.setVisible(not known)
        caption = self.tr("Open cases of this machine") if facts.asset_id else self.tr("Open cases of this place")
        self.machine.show_choices(caption, _cases(facts.machine_cases))
        self.person.show_choices(self.tr("Open cases of this person"), _cases(facts.person_cases))
        self.show_likely(self._likely)

    def show_dossier(self, html: str) -> None:
        """What the desk has written down about the department; safe HTML, "" for nothing."""
        self.dossier.setHtml(html)
        self._dossier_caption.setVisible(bool(html))
        self.dossier.setVisible(bool(html))

    def show_likely(self, likely: Likely) -> None:
        """What the title resembles; cases that stand above already are left out."""
        self._likely = likely
        above = {line.id for line in (*self._facts.machine_cases, *self._facts.person_cases)}
        same = [
            Choice("case", one.line.id, f"{one.line.label}  {one.line.title}", _why(one))
            for one in likely.duplicates
            if one.line.id not in above
        ]
        cases = [line for line in likely.cases if line.id not in above]
        self.likely.show_choices(self.tr("Perhaps the same"), [*same, *_cases(cases)])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language that is on."""
        self._hint.setText(
            self.tr("Name whoever calls, or the machine or place it is about: what is known about them appears here.")
        )
        self._dossier_caption.setText(self.tr("Dossier"))
        self.dossier.setAccessibleName(self.tr("Dossier"))
        self.show_facts(self._facts)


def _cases(lines: Sequence[CaseLine]) -> list[Choice]:
    return [Choice("case", line.id, f"{line.label}  {line.title}", words.status(line.status)) for line in lines]


def _why(one: Duplicate) -> str:
    """By what it is alike; what has ended says so first."""
    reasons = ", ".join(map(words.likeness, one.likeness.why[:_REASONS_SHOWN]))
    return reasons if one.line.status in OPEN_STATUSES else f"{words.status(one.line.status)} · {reasons}"
