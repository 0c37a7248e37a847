"""The roster's page on a desk, for the tests of its sections."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import times
from app.work.roster import Roster, Turn, hours
from db.ids import new_id
from db.shapes import QueueMember
from tests.ui.case_desk import ZONE, CaseDesk
from ui.roster.hotline import HotlineSection
from ui.roster.page import RosterPage
from ui.roster.turn_dialog import TurnDialog

TZ = times.zone(ZONE)
MONDAY = datetime(2026, 11, 16)  # noqa: DTZ001 - on the wall


class OpenRoster:
    """The page on a desk whose front line are Anna Kern, Jo Roth and Mara Weiß (away this week)."""

    def __init__(self, made: CaseDesk, name: str = "hotline") -> None:
        self.made = made
        desk = made.desk
        with desk.replica.transaction("test.line", desk.me, at=made.clock()) as tx:
            line = tx.query("SELECT id FROM queue WHERE kind = 'front line'", ())[0][0]
            for who in ("roth", "weiss"):
                tx.insert(QueueMember, new_id(), queue_id=line, analyst_id=made.ids[who])
        self.page = RosterPage(made.services)
        self.page.resize(1100, 640)
        self.page.show()
        made.wait()
        self.open(name)

    def open(self, name: str) -> QWidget:
        """A section."""
        assert self.page.open_section(name)
        self.made.wait()
        return self.page.section(name)

    @property
    def hotline(self) -> HotlineSection:
        """The first section."""
        found = self.page.section("hotline")
        assert isinstance(found, HotlineSection)
        return found

    def plan(self, who: str, day: int, start: str, end: str, duty: str = "hotline") -> bytes:
        """A turn in the week on screen."""
        desk = self.made.desk
        analyst = desk.me if who == "me" else self.made.ids[who]
        made = desk.shifts.plan(analyst, *hours(MONDAY.date().replace(day=16 + day), start, end, ZONE), duty=duty)
        self.made.wait()
        return made.ids[0]

    def turn(self, turn_id: bytes) -> Turn | None:
        """As it is on the roster."""
        return Roster(self.made.desk.context).turn(turn_id)

    def told(self, turn_id: bytes) -> str:
        """ "Mon 06:00-14:00 who"."""
        turn = self.turn(turn_id)
        assert turn is not None
        first, last = times.local_wall(turn.starts_at, TZ), times.local_wall(turn.ends_at, TZ)
        who = self.made.desk.directory.name("analyst", turn.analyst_id).split()[0]
        return f"{first:%a %H:%M}-{last:%H:%M} {who}"

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key in the grid, and what follows from it."""
        QTest.keyClick(self.hotline.grid, key, held)
        self.made.wait()

    def chip(self, turn_id: bytes) -> QPoint:
        """The middle of a turn on screen."""
        grid = self.hotline.grid
        week = grid.roster.week
        assert week is not None
        turn = next(t for t in week.turns if t.id == turn_id)
        index = grid.roster.index(week.people.index(turn.analyst_id), week.day_of(turn))
        place = [t.id for t in week.of(turn.analyst_id, week.day_of(turn))].index(turn_id)
        return grid.chip_rect(index, place).center()

    def cell(self, who: str, day: int) -> QPoint:
        """The lower edge of a cell, where no turn is."""
        grid = self.hotline.grid
        week = grid.roster.week
        assert week is not None
        analyst = self.made.desk.me if who == "me" else self.made.ids[who]
        area = grid.visualRect(grid.roster.index(week.people.index(analyst), day))
        return QPoint(area.center().x(), area.bottom() - 3)

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press, move, let go."""
        port = self.hotline.grid.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, held, start)
        QTest.mouseMove(port, (start + end) / 2)
        _move(port, (start + end) / 2, held)
        _move(port, end, held)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, held, end)
        self.made.wait()

    def dialog(self) -> TurnDialog:
        """The form that is open."""
        return next(one for one in self.hotline.findChildren(TurnDialog) if one.isVisible())


def _move(port: QWidget, at: QPoint, held: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(port.mapToGlobal(at)), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, held,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
