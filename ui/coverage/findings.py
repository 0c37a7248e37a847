"""Findings one under the other, each with its proposal as a button: in dialogs, before something is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import texts_coverage
from app.work.coverage_checks import Finding
from ui.coverage.reading import Shown
from ui.tokens import GAP_S, GAP_XS, Tone
from ui.widgets.blocks import IconLabel
from ui.widgets.labels import PlainLabel
from ui.written import language_now


class FindingList(QWidget):
    """`may`: whether a proposal can be carried out here; it is said in words otherwise."""

    wanted = Signal(object)
    """The finding whose proposal was pressed."""

    def __init__(self, may: Callable[[Finding], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = may
        self.proposals: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, GAP_S, 0)
        self._column.setSpacing(GAP_S)
        self._rows: list[QWidget] = []
        self._column.addStretch(1)
        self.setAccessibleName(self.tr("What would be wrong"))

    def texts(self) -> list[str]:
        """What is said, from top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def show_findings(self, found: Sequence[Finding], shown: Shown) -> None:
        """Show these, the red first."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows, self.proposals = [], []
        for one in sorted(found, key=lambda each: each.level != "red"):
            row = self._row(one, shown)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)

    def _row(self, one: Finding, shown: Shown) -> QWidget:
        language = language_now()
        red = one.level == "red"
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_S)
        level = self.tr("red") if red else self.tr("amber")
        drawing = IconLabel("error" if red else "warning", Tone.DANGER if red else Tone.WARNING, says=level)
        line.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        said = texts_coverage.sentence(one, language, shown.name)
        words = PlainLabel(said)
        words.setWordWrap(True)
        beside = QVBoxLayout()
        beside.setSpacing(GAP_XS)
        beside.addWidget(words)
        line.addLayout(beside, 1)
        proposal = texts_coverage.proposal(one, language, shown.name)
        row.setAccessibleName(f"{level}: {said}")
        if proposal and self._may(one):
            button = QPushButton(proposal.replace("&", "&&"))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._press, one))
            beside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.proposals.append(button)
        elif proposal:
            beside.addWidget(PlainLabel(proposal, "muted"))
        return row

    def _press(self, one: Finding, _checked: bool = False) -> None:
        self.wanted.emit(one)
