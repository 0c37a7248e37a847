"""The coming week of the calendar in the form: hours of each day, and why a day is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import times
from app.records.week import DayOfWeek, week
from ui import text
from ui.services import Services
from ui.tokens import GAP_M, GAP_S
from ui.widgets.blocks import SectionHeader
from ui.widgets.row_table import Cell, Row, RowTable

LOOK_MS = 300


class WeekView(QWidget):
    """`asked`: gives the calendar's columns and its closed days as the form has them; may raise UserError."""

    def __init__(
        self, services: Services, asked: Callable[[], tuple[dict[str, Any], list[tuple[str, str | None]]]]
    ) -> None:
        super().__init__()
        self._services, self._asked = services, asked
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_M, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(SectionHeader(self.tr("The coming week")))
        self.table = RowTable(2, stretch=1)
        self.table.set_heads([self.tr("Day"), self.tr("Hours")])
        self.table.setAccessibleName(self.tr("The coming week"))
        self.table.setFixedHeight(self.table.verticalHeader().defaultSectionSize() * 8 + 12)
        column.addWidget(self.table)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)

    def look_soon(self) -> None:
        """The form changed."""
        self._soon.start()

    def _look(self) -> None:
        from app.errors import UserError

        try:
            values, closed = self._asked()
        except UserError:
            return
        if not values.get("shifts") or self._services.lanes.closed:
            self.table.show_rows([])
            return
        first = times.local_date(self._services.now(), self._services.zone)
        self._services.lanes.read.submit(
            week, values, closed, first, QLocale().name()[:2], done=self._show, failed=self._not_yet, key="week"
        )

    def _not_yet(self, _error: BaseException) -> None:
        """What is typed is no calendar yet; saving says why."""
        self.table.show_rows([])

    def _show(self, days: list[DayOfWeek]) -> None:
        rows: list[Row] = []
        for number, one in enumerate(days):
            hours = ", ".join(f"{start}–{end}" for start, end in one.hours)
            free = self.tr("closed: {why}").format(why=one.closed) if one.closed else self.tr("free")
            cell = Cell(hours) if hours and not one.closed else Cell(free, "minus")
            rows.append((str(number).encode(), [f"{text.weekday(one.day)} {text.day(one.day)}", cell]))
        self.table.show_rows(rows)
