"""What the grid of the roster shows, in words: cells for screen readers and tool tips, heads for days and people."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from app.insight.roster_week import RosterWeek
from app.work.roster import Turn
from ui.roster import words
from ui.services import Services
from ui.theme import scaled
from ui.widgets.labels import plain_tool_tip

Index = QModelIndex | QPersistentModelIndex


class RosterModel(QAbstractTableModel):
    """Cells say their turns in words, for screen readers and tool tips."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.week: RosterWeek | None = None
        self.names: dict[bytes, str] = {}

    def show_week(self, week: RosterWeek, names: dict[bytes, str]) -> None:
        """Show this one."""
        self.beginResetModel()
        self.week, self.names = week, names
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self.week is None else len(self.week.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def turns(self, row: int, column: int) -> list[Turn]:
        """Of one cell."""
        return [] if self.week is None else self.week.of(self.week.people[row], column)

    def is_away(self, row: int, column: int) -> bool:
        """Whether somebody is absent on any part of a day."""
        return self.week is not None and (self.week.people[row], column) in self.week.away

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if self.week is None or not index.isValid():
            return None
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if role in shown:
            said = self.in_words(index.row(), index.column())
            return plain_tool_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def in_words(self, row: int, column: int) -> str:
        """Everything in a cell."""
        assert self.week is not None
        lines = [self.away()] if self.is_away(row, column) else []
        for turn in self.turns(row, column):
            lines.append(self.turn_in_words(turn))
        return "\n".join(lines)

    def away(self) -> str:
        """The word in the cell of a day on which somebody is absent."""
        return self.tr("away")

    def turn_in_words(self, turn: Turn) -> str:
        """Times, duty, what is wrong."""
        assert self.week is not None
        zone = self._services.zone
        said = f"{words.span(turn, zone, long=True)} {words.duty(turn.duty)}"
        flags = [words.sentence(flag, self.name, zone) for flag in self.week.wrong(turn.id)]
        return "; ".join([said, *flags])

    def name(self, who: bytes) -> str:
        """Of an analyst."""
        return self.names.get(who, "?")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if self.week is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                today = self.week.bounds[section][0] <= self.week.at < self.week.bounds[section][1]
                # "today" instead of the day's name: beside it there would be no room for both on a small screen.
                said = words.day(self.week.days[section])
                return self.tr("today, {day}").format(day=said.split(" ", 1)[-1]) if today else said
            return None
        who = self.week.people[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            mine = who == self._services.desk.me
            said = self.tr("{name} (me)").format(name=self.name(who)) if mine else self.name(who)
            return plain_tool_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.FontRole and who == self._services.desk.me:
            return scaled(QApplication.font(), 1.0, QFont.Weight.DemiBold)
        return None
