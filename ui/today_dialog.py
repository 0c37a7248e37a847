"""What did I do today? Each case I touched with what I did there; from it time is booked, corrected before and after.

Above the cases with their minutes, below the acts in the chosen one and what stands in the books for it. Reads on the
read lane, books on the write lane in one job, so that one Undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import times
from app.work.daybook import Act, Booked, Day, Daybook, Worked
from app.work.stopwatch import MOST_MINUTES
from db.rules import ACTIVITIES
from ui import case_words as words
from ui import text
from ui.icons import icon
from ui.services import Services, translate
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.fields import roomy
from ui.widgets.labels import PlainLabel, plain_tool_tip

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.verbs import Done

_CASE, _WHEN, _DONE, _BOOKED, _MORE, _FOR = range(6)
_EVENT, _OPENED = "event: ", "event: opened"


class TodayDialog(QDialog):
    """One day of mine, today at first."""

    case_wanted = Signal(bytes)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._daybook = Daybook(services.desk.context)
        self._date: date = times.local_date(services.now(), services.zone)
        self.shown: Day | None = None
        self.setWindowTitle(self.tr("What I did"))
        self.resize(self.fontMetrics().averageCharWidth() * 120, 600)
        self._heading = PlainLabel("", "large")
        self._sum = PlainLabel("", "muted")
        self._before, self._after = QToolButton(), QToolButton()
        for button, drawing, said, step in (
            (self._before, "chevron-left", self.tr("The day before"), -1),
            (self._after, "chevron-right", self.tr("The day after"), 1),
        ):
            button.setIcon(icon(drawing))
            button.setToolTip(said)
            button.setAccessibleName(said)
            button.clicked.connect(lambda _checked=False, step=step: self.turn(step))
        self.table = QTableWidget(0, 6)
        self.table.setAccessibleName(self.tr("What I did"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setHorizontalHeaderLabels(
            [self.tr("Case"), self.tr("When"), self.tr("Acts"), self.tr("Booked"), self.tr("Book"), self.tr("For")]
        )
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_CASE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_FOR, QHeaderView.ResizeMode.Fixed)
        self.table.itemActivated.connect(self._open)
        self.table.currentCellChanged.connect(lambda *_: self._show_acts())
        self.acts = QListWidget()
        self.acts.setAccessibleName(self.tr("What I did in this case"))
        self.acts.setWordWrap(True)
        self.acts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries = QListWidget()
        self.entries.setAccessibleName(self.tr("Time booked on this case that day"))
        self.entries.currentRowChanged.connect(lambda _row: self._show_entry())
        self.minutes = _minutes_field(self.tr(" min"), "0")
        self.minutes.setAccessibleName(self.tr("It was so many minutes"))
        self.correct = QPushButton(self.tr("Correct"))
        self.correct.setToolTip(self.tr("The time booked was another; 0 takes it out. The history keeps both"))
        self.correct.setAutoDefault(False)
        self.correct.clicked.connect(self._correct)
        self.book = QPushButton(self.tr("Book these minutes"))
        self.book.setProperty("look", "primary")
        self.book.clicked.connect(self._book)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.book, QDialogButtonBox.ButtonRole.ApplyRole)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._heading, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addLayout(head)
        column.addWidget(self._sum)
        column.addWidget(self.table, 3)
        column.addLayout(self._below(), 2)
        column.addWidget(buttons)
        # Only now: a button learns of its dialog when it is put into it, and the dialog would choose another.
        self.book.setDefault(True)
        self.read()

    def _below(self) -> QHBoxLayout:
        """The chosen case: its acts at the left, its booked time at the right."""
        both = QHBoxLayout()
        both.setSpacing(GAP_M)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, caption, part in (
            (left, self.tr("What I did in this case"), self.acts),
            (right, self.tr("Time booked on this case that day"), self.entries),
        ):
            side.setSpacing(GAP_S)
            side.addWidget(PlainLabel(caption, "small"))
            side.addWidget(part, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self.minutes, 1)
        row.addWidget(self.correct)
        right.addLayout(row)
        both.addLayout(left, 3)
        both.addLayout(right, 2)
        return both

    def turn(self, days: int) -> None:
        """Another day."""
        self._date += timedelta(days=days)
        self.read()

    def read(self) -> None:
        """Read the day again."""
        self._services.lanes.read.submit(
            self._daybook.of, self._date, done=self._show, failed=self._services.show_error, owner=self, key="today"
        )

    def _show(self, day: Day) -> None:
        self.shown = day
        self._heading.setText(text.day_in_full(day.day))
        self._after.setEnabled(self._date < times.local_date(self._services.now(), self._services.zone))
        self.table.setRowCount(len(day.cases))
        for row, worked in enumerate(day.cases):
            self._row(row, worked)
        if day.cases and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, _CASE)
        self._add_up()
        self._show_acts()

    def _row(self, row: int, worked: Worked) -> None:
        zone = self._services.zone
        when = ""
        if worked.acts:
            first, last = worked.acts[0].at, worked.acts[-1].at
            when = text.clock(first, zone)
            if text.clock(last, zone) != when:
                when = f"{when} – {text.clock(last, zone)}"
        told = as_told(worked.acts)
        said = "\n".join(f"{text.clock(act.at, zone)}  {' '.join(act.text.split())[:90]}" for act in told)
        for column, said_there in enumerate(
            (f"{worked.label}  {worked.title}", when, text.number(len(told)),
             text.minutes(worked.booked) if worked.booked else "")
        ):  # fmt: skip
            item = QTableWidgetItem(said_there)
            item.setToolTip(plain_tool_tip(said))
            item.setData(Qt.ItemDataRole.UserRole, worked.case_id)
            self.table.setItem(row, column, item)
        minutes = _minutes_field(self.tr(" min"), self.tr("no time"))
        minutes.setValue(worked.suggested)
        minutes.setAccessibleName(self.tr("Minutes to book for {case}").format(case=worked.label))
        minutes.valueChanged.connect(self._add_up)
        self.table.setCellWidget(row, _MORE, minutes)
        activity = QComboBox()
        for value in ACTIVITIES:
            activity.addItem(words.activity(value), value)
        activity.setCurrentIndex(activity.findData(worked.activity))
        activity.setAccessibleName(self.tr("What the time on {case} was spent on").format(case=worked.label))
        self.table.setCellWidget(row, _FOR, activity)
        self.table.setColumnWidth(_FOR, max(self.table.columnWidth(_FOR), activity.sizeHint().width() + GAP_S))
        self.table.setRowHeight(row, max(self.table.rowHeight(row), minutes.sizeHint().height() + 2))

    def to_book(self) -> list[tuple[bytes, int]]:
        """(case, minutes) as they stand in the table, without those that are nothing."""
        if self.shown is None:
            return []
        fields = [self.table.cellWidget(row, _MORE) for row in range(self.table.rowCount())]
        return [
            (worked.case_id, field.value())
            for worked, field in zip(self.shown.cases, fields, strict=True)
            if isinstance(field, QSpinBox) and field.value()
        ]

    def _add_up(self) -> None:
        more = sum(minutes for _case, minutes in self.to_book())
        booked = self.shown.booked if self.shown is not None else 0
        if self.shown is not None and not self.shown.cases:
            self._sum.setText(self.tr("Nothing was done on that day."))
        else:
            said = self.tr("{booked} booked, {more} more to book")
            self._sum.setText(said.format(booked=text.minutes(booked), more=text.minutes(more)))
        self.book.setEnabled(more > 0)

    def _activities(self) -> dict[bytes, str]:
        found = {}
        for row, worked in enumerate(self.shown.cases if self.shown is not None else ()):
            box = self.table.cellWidget(row, _FOR)
            found[worked.case_id] = str(box.currentData()) if isinstance(box, QComboBox) else "other"
        return found

    def _book(self) -> None:
        wanted, day, spent_on = self.to_book(), self._date.isoformat(), self._activities()

        def carry_out(desk: Desk) -> list[Done]:
            return [
                desk.cases.time(case_id, minutes, work_date=day, activity=spent_on[case_id])
                for case_id, minutes in wanted
            ]

        self.book.setEnabled(False)
        self._services.run(
            carry_out, said=self.tr("Time booked"), done=lambda _: self.read(), failed=lambda _: self.read(), owner=self
        )

    # -- the chosen case ----------------------------------------------------------------------------------------------
    @property
    def chosen(self) -> Worked | None:
        """The case of the row the cursor is in."""
        row = self.table.currentRow()
        return self.shown.cases[row] if self.shown is not None and 0 <= row < len(self.shown.cases) else None

    def _show_acts(self) -> None:
        worked = self.chosen
        self.acts.clear()
        self.entries.clear()
        for act in as_told(worked.acts) if worked is not None else ():
            self.acts.addItem(f"{text.clock(act.at, self._services.zone)}   {act_words(act)}")
        for entry in worked.entries if worked is not None else ():
            said = " · ".join(filter(None, (text.minutes(entry.minutes), words.activity(entry.activity), entry.note)))
            self.entries.addItem(said)
        if self.entries.count():
            self.entries.setCurrentRow(self.entries.count() - 1)
        self._show_entry()

    def _entry(self) -> Booked | None:
        row, worked = self.entries.currentRow(), self.chosen
        return worked.entries[row] if worked is not None and 0 <= row < len(worked.entries) else None

    def _show_entry(self) -> None:
        entry = self._entry()
        self.minutes.setEnabled(entry is not None)
        self.correct.setEnabled(entry is not None)
        self.minutes.setValue(entry.minutes if entry is not None else 0)

    def _correct(self) -> None:
        entry, minutes = self._entry(), self.minutes.value()
        if entry is not None and minutes != entry.minutes:
            self._services.run(
                lambda desk: desk.cases.correct_time(entry.id, minutes), said=self.tr("Time corrected"),
                done=lambda _: self.read(), failed=lambda _: self.read(), owner=self,
            )  # fmt: skip

    def _open(self, item: QTableWidgetItem) -> None:
        self.case_wanted.emit(item.data(Qt.ItemDataRole.UserRole))


def _minutes_field(suffix: str, nothing: str) -> QSpinBox:
    field = roomy(QSpinBox())
    field.setRange(0, MOST_MINUTES)
    field.setSingleStep(5)
    field.setSpecialValueText(nothing)
    field.setSuffix(suffix)
    return field


def as_told(acts: Sequence[Act]) -> list[Act]:
    """Opening a case says ten things in one moment; told, it is one act."""
    openings = {act.at for act in acts if act.what == _OPENED}
    return [
        act for act in acts
        if act.what == _OPENED or act.at not in openings or not act.what.startswith(_EVENT)
    ]  # fmt: skip


def act_words(act: Act) -> str:
    """What an act was: the words of a note, or which field became what."""
    what, flat = act.what, " ".join(act.text.split())
    if not what.startswith(_EVENT):
        return f"{words.entry(what)}: {flat[:200]}"
    name = what.removeprefix(_EVENT)
    if name in ("opened", "touched"):
        return (
            translate("timeline", "opened the case") if name == "opened" else translate("timeline", "touched the case")
        )
    if name == "waiting_on":
        return words.waiting_on(flat) if flat else translate("timeline", "no longer waiting")
    value = words.status(flat) if name == "status" else flat
    return f"{words.field(name)}: {value}" if value else words.field(name)
