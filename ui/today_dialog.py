"""What did I do today? Each case I touched with what I did there; from it time is booked, corrected before it is.

Reads on the read lane, books on the write lane in one job, so that one Undo takes all of it back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import times
from app.work.daybook import Day, Daybook, Worked
from app.work.stopwatch import MOST_MINUTES
from ui import text
from ui.icons import icon
from ui.services import Services
from ui.tokens import GAP_L, GAP_M, GAP_S
from ui.widgets.labels import PlainLabel, plain_tool_tip

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.verbs import Done

_CASE, _WHEN, _DONE, _BOOKED, _MORE = range(5)


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
        self.resize(self.fontMetrics().averageCharWidth() * 110, 480)
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
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(self.tr("What I did"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setHorizontalHeaderLabels(
            [self.tr("Case"), self.tr("When"), self.tr("Acts"), self.tr("Booked"), self.tr("Book")]
        )
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_CASE, QHeaderView.ResizeMode.Stretch)
        self.table.itemActivated.connect(self._open)
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
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        # Only now: a button learns of its dialog when it is put into it, and the dialog would choose another.
        self.book.setDefault(True)
        self.read()

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
        self._add_up()

    def _row(self, row: int, worked: Worked) -> None:
        zone = self._services.zone
        when = ""
        if worked.acts:
            first, last = worked.acts[0].at, worked.acts[-1].at
            when = text.clock(first, zone)
            if text.clock(last, zone) != when:
                when = f"{when} – {text.clock(last, zone)}"
        said = "\n".join(f"{text.clock(act.at, zone)}  {' '.join(act.text.split())[:90]}" for act in worked.acts)
        for column, words in enumerate(
            (f"{worked.label}  {worked.title}", when, text.number(len(worked.acts)),
             text.minutes(worked.booked) if worked.booked else "")
        ):  # fmt: skip
            item = QTableWidgetItem(words)
            item.setToolTip(plain_tool_tip(said))
            item.setData(Qt.ItemDataRole.UserRole, worked.case_id)
            self.table.setItem(row, column, item)
        minutes = QSpinBox()
        minutes.setRange(0, MOST_MINUTES)
        minutes.setSingleStep(5)
        minutes.setSpecialValueText(self.tr("no time"))
        minutes.setSuffix(self.tr(" min"))
        minutes.setValue(worked.suggested)
        minutes.setAccessibleName(self.tr("Minutes to book for {case}").format(case=worked.label))
        minutes.valueChanged.connect(self._add_up)
        self.table.setCellWidget(row, _MORE, minutes)
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

    def _book(self) -> None:
        wanted, day = self.to_book(), self._date.isoformat()

        def carry_out(desk: Desk) -> list[Done]:
            return [desk.cases.time(case_id, minutes, work_date=day) for case_id, minutes in wanted]

        self.book.setEnabled(False)
        self._services.run(
            carry_out, said=self.tr("Time booked"), done=lambda _: self.read(), failed=lambda _: self.read(), owner=self
        )

    def _open(self, item: QTableWidgetItem) -> None:
        self.case_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
