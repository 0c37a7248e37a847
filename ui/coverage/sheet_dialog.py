"""The handover or the return sheet of one absence: each case with what becomes of it, changed where it stands.

A decision is kept at once and can be undone; what nobody has decided is a draft, and says so. The same sheet is shown
on paper and printed.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.reading import ReadingDesk
from app.texts_coverage import happened
from app.work.handovers import HandoverSheet, SheetLine
from db.rules import HANDOVERS, NO_DUE, RETURNS
from ui import case_words, text
from ui.coverage.reading import Shown
from ui.coverage.words import days_words
from ui.icons import icon
from ui.pickers import Choice, PickField, find_named
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S, Tone
from ui.widgets.blocks import EmptyState
from ui.widgets.fields import SegmentedControl
from ui.widgets.labels import ElidedLabel, PlainLabel
from ui.widgets.row_table import Cell, Row, RowTable
from ui.written import language_now

TABLES: Final = ("handover", "case", "timeline_entry", "absence")


def read_sheet(desk: ReadingDesk, absence: bytes) -> HandoverSheet:
    """On the read lane. Errors: UserError when the absence is gone."""
    from app.work.handovers import Sheets

    return Sheets(desk.context, desk.directory, desk.coverings).sheet(absence)


class SheetDialog(QDialog):
    """`back`: the return sheet is wanted; before the return it is the handover sheet all the same."""

    case_wanted = Signal(bytes)

    def __init__(self, services: Services, shown: Shown, absence: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self._shown, self._absence = services, shown, absence
        self.sheet: HandoverSheet | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._lead = PlainLabel("", "large"), ElidedLabel("", role="muted")
        self.table = RowTable(5, 4, widest=48)
        self.table.chosen.connect(self._facts)
        self.table.opened.connect(self._open_case)
        self.empty = EmptyState("check", "", "")
        self.empty.hide()
        self.decision = SegmentedControl(self.tr("What becomes of it"))
        self.decision.chosen.connect(self._decide)
        self.to = PickField(services.lanes, partial(find_named, services.desk, ("analyst",)), self.tr("Who does it"))
        self.to.setPlaceholderText(self.tr("Who does it"))
        self.to.picked.connect(lambda _choice: self._decide(self.decision.choice()))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("What the stand-in should know or do next"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.note.editingFinished.connect(self._note_written)
        self.story = QPlainTextEdit()
        self.story.setReadOnly(True)
        self.story.setTabChangesFocus(True)
        self.story.setAccessibleName(self.tr("What happened last"))
        self.all, self.paper, self.close_ = QPushButton(), QPushButton(), QPushButton(self.tr("Close"))
        self.paper.setIcon(icon("print"))
        self.paper.setText(self.tr("On paper…"))
        self.all.clicked.connect(lambda _checked=False: self._all())
        self.paper.clicked.connect(lambda _checked=False: self.show_paper())
        self.close_.clicked.connect(lambda _checked=False: self.accept())
        for button in (self.all, self.paper, self.close_):
            button.setAutoDefault(False)
        self._lay_out()
        services.bell.changed.connect(self._changed)
        self.read()

    def _lay_out(self) -> None:
        below = QWidget()
        detail = QVBoxLayout(below)
        detail.setContentsMargins(0, GAP_S, 0, 0)
        detail.setSpacing(GAP_S)
        self._which = ElidedLabel("")
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(self.decision)
        line.addWidget(self.to, 1)
        detail.addWidget(self._which)
        detail.addLayout(line)
        detail.addWidget(self.note)
        detail.addWidget(self.story, 1)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.table)
        self._halves.addWidget(below)
        self._halves.setSizes([320, 220])
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(self.paper)
        foot.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_M)
        column.setSpacing(GAP_M)
        column.addWidget(self._title)
        column.addWidget(self._lead)
        column.addWidget(self._halves, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self.resize(self.fontMetrics().averageCharWidth() * 150, 640)

    # -- reading ------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read it again."""
        self.services.lanes.read.submit(
            read_sheet, self.services.desk, self._absence, done=self._show, failed=self.services.show_error,
            key=("sheet", id(self)), owner=self,
        )  # fmt: skip

    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*TABLES):
            self.read()

    def _show(self, sheet: HandoverSheet) -> None:
        before = self.sheet
        self.sheet = sheet
        if before is None or before.back != sheet.back:
            choices = RETURNS if sheet.back else HANDOVERS
            self.decision.set_choices([(value, decision_words(value), "") for value in choices])
        heading = self.tr("While you were away") if sheet.back else self.tr("Handover")
        if sheet.back and sheet.spell.analyst != self.services.desk.me:
            heading = self.tr("Return sheet")
        self.setWindowTitle(f"{heading}: {sheet.owner}")
        self._title.setText(f"{heading}: {sheet.owner}")
        drafts = sum(not line.saved for line in sheet.lines)
        open_ = sum(line.saved and not line.returned for line in sheet.lines)
        days = days_words(sheet.spell.from_day, sheet.spell.to_day)
        told = self.tr("away {days}").format(days=days) + " · " + text.cases(len(sheet.lines))
        if sheet.back:
            told += " · " + self.tr("%n not decided", "", open_)
        elif drafts:
            told += " · " + self.tr("%n draft(s), kept when you take them", "", drafts)
        self._lead.setText(told)
        self.table.set_heads([
            self.tr("Case"), self.tr("Due"), self.tr("What becomes of it"), self.tr("Who"), self.tr("Next step"),
        ])  # fmt: skip
        self.table.setAccessibleName(heading)
        self.table.show_rows([self._row(line, sheet.back) for line in sheet.lines])
        if sheet.lines and self.table.current_id() is None:
            self.table.selectRow(0)
        self._halves.setVisible(bool(sheet.lines))
        self.empty.setVisible(not sheet.lines)
        self.empty.show_as(
            "check", self.tr("No open case"),
            self.tr("There was nothing to hand over.") if sheet.back else self.tr("There is nothing to hand over."),
        )  # fmt: skip
        self.note.setVisible(not sheet.back)
        self.to.setVisible(not sheet.back)
        self.all.setText(
            self.tr("Take back all that is left") if sheet.back else self.tr("Take every draft as it stands")
        )
        self.all.setEnabled(bool(open_ if sheet.back else drafts))
        self._facts()

    def _row(self, line: SheetLine, back: bool) -> Row:
        decided = decision_words(line.returned or ("" if back and line.saved else line.decision))
        if not line.saved:
            decided = self.tr("{decision} (draft)").format(decision=decided)
        rank = line.severity
        case = Cell(f"{line.label}  {line.title}", case_words.severity_icon(rank), case_words.severity_tone(rank))
        due = "" if line.due_at >= NO_DUE else text.moment(line.due_at, self.services.zone)
        tone = Tone.NEUTRAL if line.saved else Tone.WARNING
        done = Cell(decided, "check" if line.saved else "edit", tone) if decided else Cell(
            self.tr("not decided"), "question", Tone.WARNING)  # fmt: skip
        return line.case_id, [case, due, done, self._shown.name(line.to), line.next_step]

    def line(self) -> SheetLine | None:
        """The case that is chosen."""
        wanted = self.table.current_id()
        lines = self.sheet.lines if self.sheet is not None else ()
        return next((one for one in lines if one.case_id == wanted), None)

    def _facts(self) -> None:
        line, sheet = self.line(), self.sheet
        may = line is not None and sheet is not None and (not sheet.back or self._may_return(sheet))
        for field in (self.decision, self.to, self.note):
            field.setEnabled(may)
        if line is None or sheet is None:
            self._which.setText("")
            self.story.setPlainText("")
            return
        about = (f"{line.label}  {line.title}", f"S{line.severity}", case_words.status(line.status), line.department)
        self._which.setText(" · ".join(part for part in about if part))
        chosen = line.returned if sheet.back else line.decision
        if chosen:
            self.decision.choose(chosen)
        if not self.to.hasFocus():
            self.to.set_value(Choice("analyst", line.to, self._shown.name(line.to)) if line.to else None)
        if not self.note.hasFocus():
            self.note.setText(line.note)
        told, zone, language = list(line.recent), self.services.zone, language_now()
        if sheet.back:
            told = [f"{text.moment(at, zone)}  {who}: {happened(what, language)}" for at, who, what in line.happened]
        self.story.setPlainText("\n\n".join(told) or self.tr("Nothing was written about it yet."))

    def _may_return(self, sheet: HandoverSheet) -> bool:
        return sheet.spell.analyst == self.services.desk.me or self._shown.boss

    # -- doing --------------------------------------------------------------------------------------------------------
    def _decide(self, value: str) -> None:
        line, sheet = self.line(), self.sheet
        if line is None or sheet is None or not value:
            return
        said = f"{line.label}: {decision_words(value)}"
        case_id, absence = line.case_id, self._absence
        if sheet.back:
            self.services.run(
                lambda desk: desk.handovers.give_back(absence, [case_id], value), said=said, owner=self,
                failed=lambda _error: self.read(),
            )  # fmt: skip
            return
        to, note = self.to.value(), self.note.text()
        who = to.id if to is not None else None
        self.services.run(
            lambda desk: desk.handovers.decide(absence, case_id, value, note=note, to=who), said=said, owner=self,
            failed=lambda _error: self.read(),
        )  # fmt: skip

    def _note_written(self) -> None:
        line = self.line()
        if line is not None and self.note.text().strip() != line.note:
            self._decide(self.decision.choice())

    def _all(self) -> None:
        absence, sheet = self._absence, self.sheet
        if sheet is None:
            return
        if not sheet.back:
            self.services.run(
                lambda desk: desk.handovers.confirm(absence), said=self.tr("Every draft is taken"), owner=self
            )
            return
        left = [line.case_id for line in sheet.lines if line.saved and not line.returned]
        self.services.run(
            lambda desk: desk.handovers.give_back(absence, left, "take back"), said=self.tr("Taken back"), owner=self
        )

    def _open_case(self) -> None:
        line = self.line()
        if line is not None:
            self.case_wanted.emit(line.case_id)

    def show_paper(self) -> None:
        """As it is printed."""
        from ui.coverage.papers import SheetPaper

        paper = SheetPaper(self.services, self._absence, self._title.text(), self)
        paper.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paper.open()


def decision_words(value: str) -> str:
    """What becomes of a case, in words."""
    from ui.coverage.words import translate

    return {
        "hand over": translate("coverage", "Hand over"), "watch": translate("coverage", "Watch"),
        "stays waiting": translate("coverage", "Stays waiting"), "take back": translate("coverage", "Take back"),
        "leave": translate("coverage", "Leave"), "joint": translate("coverage", "Together"),
    }.get(value, "")  # fmt: skip
