"""What repeats and belongs to no problem yet: how often, since when, which cases; from a row a problem is made.

It is looked for on the counting lane, because on a big desk that takes a second. Return or a double click shows the
cases of a row as a list; below the rows stand those of the chosen one, each opened in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.naming import LONGEST_TITLE
from app.work.duplicates import Duplicates, Recurrence
from ui import case_words as words
from ui import text
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.blocks import BusyLine, EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.row_table import Cell, RowTable

if TYPE_CHECKING:
    from app.reading import ReadingDesk
    from app.work.verbs import Done

_DRAWINGS: Final = {"machine": "machine", "product": "tag", "wanted": "wrench"}
CALM_MS: Final = 1000
"""Many changes at once are one reason to look again."""


@dataclass(frozen=True)
class Found:
    """What was read: what repeats, and the severities a problem can have as (rank, name)."""

    recurring: Sequence[Recurrence]
    severities: Sequence[tuple[int, str]]


def find(desk: ReadingDesk) -> Found:
    """Read it; on a lane."""
    return Found(
        Duplicates(desk.context, desk.directory, desk.lists).recurrences(),
        [(level.rank, level.name) for level in desk.directory.severities()],
    )


class RecurringSection(QWidget):
    """The page."""

    cases_wanted = Signal(str, object)
    """(title, row numbers): show these cases."""
    case_wanted = Signal(bytes)
    """Open this case."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._found: dict[bytes, Recurrence] = {}
        self._severities: Sequence[tuple[int, str]] = ()
        self._looked = False
        self.dialog: ProblemDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        self._title = PlainLabel("", "title")
        column.addWidget(self._title)
        self._told = PlainLabel("", "muted")
        self._told.setWordWrap(True)
        column.addWidget(self._told)
        self._busy = BusyLine()
        column.addWidget(self._busy)
        self.table = RowTable(5, give_way=(3, 1))
        self.cases = RowTable(5, stretch=1, give_way=(4, 3))
        self.show_them, self.make = QPushButton(), QPushButton()
        self.make.setProperty("look", "primary")
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        self._which = PlainLabel("", "strong")
        row.addWidget(self._which, 1)
        for button, do in ((self.show_them, self.show_cases), (self.make, self.ask)):
            button.setAutoDefault(True)  # Return presses the one with the focus
            button.clicked.connect(lambda _checked=False, do=do: do())
            row.addWidget(button)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, GAP_S, 0, 0)
        lower.setSpacing(GAP_S)
        lower.addLayout(row)
        lower.addWidget(self.cases, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([300, 240])
        self._none = EmptyState("problem", "", "")
        self._room = QStackedWidget()
        self._room.addWidget(split)
        self._room.addWidget(self._none)
        column.addWidget(self._room, 1)
        self.setFocusProxy(self.table)
        for before, after in pairwise((self.table, self.show_them, self.make, self.cases)):
            QWidget.setTabOrder(before, after)
        self.table.opened.connect(self.show_cases)
        self.table.chosen.connect(self._show_chosen)
        self.cases.opened.connect(self._open_case)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.look)
        services.bell.changed.connect(self._changed)
        self._retranslate()

    # -- looking ------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def _changed(self, changes: Changes) -> None:
        if (
            self.isVisible()
            and changes.concern_tables("case", "case_link", "asset", "product")
            and (not self._calm.isActive())
        ):
            self._calm.start()

    def look(self) -> None:
        """Look for what repeats."""
        if self._services.lanes.closed:
            return
        self._busy.set_busy(True)
        self._services.lanes.count.submit(
            find, self._services.desk, done=self._show, failed=self._failed, owner=self, key="recurring"
        )

    def _failed(self, error: BaseException) -> None:
        self._busy.set_busy(False)
        self._services.show_error(error)

    def _show(self, found: Found) -> None:
        self._busy.set_busy(False)
        self._looked = True
        self._severities = found.severities
        # A row is itself as long as its first case is the same, whatever else comes.
        self._found = {one.cases[0].id: one for one in found.recurring if one.cases}
        self._show_rows()

    def _show_rows(self) -> None:
        first = self.table.rowCount() == 0
        zone = self._services.zone
        self.table.show_rows([
            (row_id, (
                Cell(one.about, _DRAWINGS[one.kind]), self._kind(one.kind), text.number(len(one.cases)),
                text.moment(one.cases[0].opened_at, zone), text.moment(one.cases[-1].opened_at, zone),
            ))
            for row_id, one in self._found.items()
        ])  # fmt: skip
        self._room.setCurrentIndex(0 if self._found or not self._looked else 1)
        if self._found and (first or self.table.current_id() is None):
            self.table.selectRow(0)
        self._show_chosen()

    def chosen(self) -> Recurrence | None:
        """What the chosen row is about."""
        return self._found.get(self.table.current_id() or b"")

    def _show_chosen(self) -> None:
        one = self.chosen()
        for button in (self.show_them, self.make):
            button.setEnabled(one is not None)
        self._which.setText(one.about if one else "")
        self.cases.show_rows([
            (line.id, (
                line.label,
                Cell(line.title, words.severity_icon(line.severity), words.severity_tone(line.severity)),
                words.status(line.status), line.department, text.moment(line.opened_at, self._services.zone),
            ))
            for line in (reversed(one.cases) if one else ())
        ])  # fmt: skip

    # -- going on -----------------------------------------------------------------------------------------------------
    def show_cases(self) -> None:
        """The cases of the chosen row, as a list."""
        if (one := self.chosen()) is not None:
            self.cases_wanted.emit(one.about, [line.rid for line in one.cases])

    def _open_case(self) -> None:
        if (case_id := self.cases.current_id()) is not None:
            self.case_wanted.emit(case_id)

    def ask(self) -> None:
        """Ask for title and severity of the problem."""
        if (one := self.chosen()) is None:
            return
        self.dialog = ProblemDialog(self._services, one, self._severities, self)
        self.dialog.made.connect(self._made)
        self.dialog.open()

    def _made(self, done: Done, one: Recurrence) -> None:
        self.cases_wanted.emit(one.about, [line.rid for line in one.cases])
        self.case_wanted.emit(done.case_id)

    # -- words --------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_rows()

    def _kind(self, kind: str) -> str:
        return {
            "machine": self.tr("Machine"), "product": self.tr("Product and word"),
            "wanted": self.tr("Permanent fix wanted"),
        }[kind]  # fmt: skip

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Recurring"))
        self._title.setText(self.tr("Recurring"))
        self._told.setText(self.tr(
            "What repeated in the last 90 days and belongs to no problem yet: three or more incidents with the same "
            "machine, or with a product and a word of the title; or one that is to be mended for good. Return shows "
            "the cases of a row."
        ))  # fmt: skip
        self.table.setAccessibleName(self.tr("What repeats"))
        self.table.set_heads([
            self.tr("What"), self.tr("By"), self.tr("Cases"), self.tr("Since"), self.tr("Last"),
        ])  # fmt: skip
        self.cases.setAccessibleName(self.tr("Its cases"))
        self.cases.set_heads([
            self.tr("Number"), self.tr("Title"), self.tr("State"), self.tr("Department"), self.tr("Opened"),
        ])  # fmt: skip
        self.show_them.setText(self.tr("&Show as a list"))
        self.make.setText(self.tr("&Make a problem…"))
        self._none.show_as(
            "problem",
            self.tr("Nothing repeats"),
            self.tr("What comes back three times within 90 days stands here until it belongs to a problem."),
        )


class ProblemDialog(QDialog):
    """Title and severity; the rest follows from the cases."""

    made = Signal(object, object)
    """(Done, Recurrence)."""

    def __init__(
        self, services: Services, one: Recurrence, severities: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._one = services, one
        self.setWindowTitle(self.tr("Make a problem"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_S)
        self.title = QLineEdit(one.title[:LONGEST_TITLE])
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setAccessibleName(self.tr("Title of the problem"))
        self.title.selectAll()
        form.addRow(self.tr("&Title"), self.title)
        self.severity = QComboBox()
        self.severity.setAccessibleName(self.tr("Severity"))
        for rank, name in severities:
            drawing = icon(words.severity_icon(rank), words.severity_tone(rank))
            self.severity.addItem(drawing, f"{rank}  {name}", rank)
        self.severity.setCurrentIndex(max(0, self.severity.findData(one.severity)))
        form.addRow(self.tr("&Severity"), self.severity)
        column.addLayout(form)
        count = len(one.cases)
        told = PlainLabel(
            self.tr("%n incident(s) are linked to it. One Undo takes all of it back.", "", count), "muted"
        )
        told.setWordWrap(True)
        column.addWidget(told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(self.tr("Make it"))
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(lambda _checked=False: self._make())
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        self.title.textChanged.connect(lambda _text: self._say())
        self.title.setFocus()
        self._say()

    def _say(self) -> None:
        self.go.setEnabled(bool(self.title.text().strip()))

    def _make(self) -> None:
        one, title, severity = self._one, self.title.text().strip(), self.severity.currentData()
        self.go.setEnabled(False)
        self._services.run(
            lambda desk: desk.cases.new(one.as_problem(title, severity)),
            done=self._made, failed=lambda _error: self._say(), owner=self,
            said=self.tr("Problem made of %n incident(s)", "", len(one.cases)),
        )  # fmt: skip

    def _made(self, done: Done) -> None:
        self.accept()
        self.made.emit(done, self._one)
