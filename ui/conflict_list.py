"""The changes that need a person: what was meant, what stands now, and why; "Seen" settles one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.changes import Changes
from app.work.conflicts import Conflict
from ui import case_words, text
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, Tone
from ui.widgets.blocks import Divider, EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.pill import Pill


class ConflictList(QDialog):
    """Reads the conflicts itself and again after every change."""

    case_asked = Signal(bytes)
    """Open this case."""
    settled = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Changes that need me"))
        self.resize(640, 460)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        told = PlainLabel(
            self.tr(
                "Somebody changed the same thing first. What stands now is what everybody sees; "
                "change it again if yours should count."
            ),
            "muted",
        )
        told.setWordWrap(True)
        column.addWidget(told)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.tr("Changes that need me"))
        column.addWidget(self._area, 1)
        self.rows: list[Conflict] = []
        services.bell.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Read them again."""
        self._services.lanes.read.submit(self._services.desk.conflicts.waiting, done=self._show, owner=self)

    def _changed(self, _changes: Changes) -> None:
        self.read()

    def _show(self, rows: list[Conflict]) -> None:
        self.rows = rows
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, GAP_S, 0)
        column.setSpacing(GAP_M)
        for row in rows:
            column.addWidget(self._row(row))
            column.addWidget(Divider())
        if not rows:
            column.addWidget(
                EmptyState("check", self.tr("Nothing needs you"), self.tr("Every change of yours is in place."))
            )
        column.addStretch(1)
        self._area.setWidget(page)

    def _row(self, row: Conflict) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(PlainLabel(f"{row.case_label}  {row.title}".strip(), "strong"), 1)
        head.addWidget(PlainLabel(text.ago(row.at, self._services.now(), self._services.zone), "small"))
        column.addLayout(head)
        outcome = QHBoxLayout()
        outcome.setSpacing(GAP_S)
        words, tone = {
            "refused": (self.tr("not taken"), Tone.DANGER),
            "mine stands": (self.tr("yours stands"), Tone.OK),
        }.get(row.outcome, (self.tr("theirs stands"), Tone.WARNING))
        outcome.addWidget(Pill(words, tone, "sync-conflict"))
        why = PlainLabel(row.why or row.reason, "muted")
        why.setWordWrap(True)
        outcome.addWidget(why, 1)
        column.addLayout(outcome)
        field = case_words.field(row.column.removesuffix("_id")) if row.column else ""
        nothing = self.tr("nothing")
        for label, value in ((self.tr("yours"), row.mine), (self.tr("theirs"), row.theirs)):
            if field or value:
                line = PlainLabel(f"{field} – {label}: {value or nothing}".removeprefix(" – "))
                line.setWordWrap(True)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if row.case_id is not None:
            show = QPushButton(self.tr("Open the case"))
            show.setProperty("look", "quiet")
            show.setAutoDefault(False)
            show.clicked.connect(lambda _checked=False, case_id=row.case_id: self.case_asked.emit(case_id))
            buttons.addWidget(show)
        seen = QPushButton(self.tr("Seen"))
        seen.setAutoDefault(False)
        seen.clicked.connect(lambda _checked=False, n=row.n: self.settle(n))
        buttons.addWidget(seen)
        column.addLayout(buttons)
        return block

    def settle(self, number: int) -> None:
        """A person has seen this one."""
        self._services.run(lambda desk: desk.decisions.keep_theirs(number), done=self._was_settled, owner=self)

    def _was_settled(self, _nothing: object) -> None:
        self.read()
        self.settled.emit()
