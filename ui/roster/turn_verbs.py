"""What is asked for turns of the roster, carried out: forms and menus, and one verb of app.work.shifts for each wish,
so that each can be taken back with Ctrl+Z."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app import times
from app.work.roster import Roster, Turn, copied, moved
from ui import text
from ui.icons import icon
from ui.roster import words
from ui.roster.grid import Asked, RosterGrid
from ui.roster.reading import Shown
from ui.roster.turn_dialog import TurnDialog, Usual
from ui.services import Services

if TYPE_CHECKING:
    from app.desk import Desk
    from app.work.shifts import Rostered

HALF_HOUR_MS: Final = 30 * times.MINUTE_MS


class TurnVerbs(QObject):
    """Of one section. `shown`: the week on screen."""

    planned = Signal(bytes)
    """A turn to stand on once the week is read again."""

    def __init__(self, services: Services, grid: RosterGrid, section: QWidget) -> None:
        super().__init__(section)
        self._services, self._grid, self._section = services, grid, section
        self.shown: Shown | None = None

    def _name(self, who: bytes) -> str:
        return self.shown.names.get(who, "?") if self.shown is not None else "?"

    def carry_out(self, asked: Asked) -> None:
        if self.shown is None:
            return
        if asked.wish == "menu":
            self._menu(asked)
            return
        if not self._grid.may_plan:
            self._services.notices.info(self.tr("Supervisors plan the roster."))
            return
        turn = next((t for t in self.shown.week.turns if t.id == asked.turn), None)
        if asked.wish == "new":
            self._open(asked.who, self.shown.week.days[asked.day], self.usual(asked.who))
        elif turn is not None:
            self._do(asked, turn)

    def _do(self, asked: Asked, turn: Turn) -> None:
        if asked.wish == "change":
            self.change_turn(turn)
        elif asked.wish == "remove":
            self.remove(turn)
        elif asked.wish in ("carry", "copy"):
            self.carry(turn, asked.who, asked.day, copy=asked.wish == "copy")
        elif asked.wish == "shift":
            by = asked.by * HALF_HOUR_MS
            self.move_turn(turn, turn.starts_at + by, turn.ends_at + by)
        elif asked.wish == "stretch":
            self.move_turn(turn, turn.starts_at, turn.ends_at + asked.by * HALF_HOUR_MS)
        elif asked.wish == "swap" and asked.other is not None:
            self.swap(turn, asked.other)
        elif asked.wish == "drop" and asked.other is not None:
            self._drop_menu(turn, asked)

    def _drop_menu(self, turn: Turn, asked: Asked) -> None:
        """Dropped on somebody else's turn: what is meant?"""
        menu = QMenu(self._section)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self._name(asked.who).replace("&", "&&")
        assert asked.other is not None
        menu.addAction(icon("change"), self.tr("Swap the two turns"), partial(self.swap, turn, asked.other))
        give = self.tr("Give it to {name} too").format(name=name)
        menu.addAction(icon("hand-over"), give, partial(self.carry, turn, asked.who, asked.day))
        menu.addAction(icon("x"), self.tr("Leave it as it is"))
        menu.popup(asked.at or QPoint())

    def _menu(self, asked: Asked) -> None:
        menu = QMenu(self._section)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert self.shown is not None
        turn = next((t for t in self.shown.week.turns if t.id == asked.turn), None)
        for wish, drawing, said, keys, needs_turn in (
            ("new", "plus", self.tr("New turn…"), "Ins", False),
            ("change", "edit", self.tr("Change…"), "Return", True),
            ("remove", "trash", self.tr("Take off"), "Del", True),
        ):
            action = menu.addAction(icon(drawing), f"{said}\t{keys}")
            action.setEnabled(self._grid.may_plan and (turn is not None or not needs_turn))
            fresh = Asked(wish, asked.who, asked.day, asked.turn)  # type: ignore[arg-type]
            action.triggered.connect(partial(self.carry_out, fresh))
        mark = self.tr("Swap with the marked turn") if self._grid.marked else self.tr("Mark to swap")
        action = menu.addAction(icon("change"), f"{mark}\tX", self._grid.mark)
        action.setEnabled(self._grid.may_plan and turn is not None)
        give = menu.addMenu(icon("hand-over"), self.tr("Give to"))
        give.setEnabled(self._grid.may_plan and turn is not None)
        if turn is not None:
            for who, name in self.shown.staff:
                if who != turn.analyst_id:
                    give.addAction(name.replace("&", "&&"), partial(self.carry, turn, who, asked.day))
        menu.popup(asked.at or QPoint())

    # -- verbs --------------------------------------------------------------------------------------------------------
    def usual(self, who: bytes) -> Usual:
        """How a new turn of somebody most likely looks: as most of his in this week, else as most of everybody's."""
        assert self.shown is not None
        zone = self._services.zone
        for turns in ([t for t in self.shown.week.turns if t.analyst_id == who], self.shown.week.turns):
            looks = Counter((text.clock(t.starts_at, zone), text.clock(t.ends_at, zone), t.duty) for t in turns)
            if looks:
                return Usual(*looks.most_common(1)[0][0])
        return Usual()

    def new_turn(self) -> None:
        """A turn for whoever the cursor stands on."""
        if self.shown is None:
            return
        index, people = self._grid.currentIndex(), self.shown.week.people
        who = people[index.row()] if index.isValid() and index.row() < len(people) else self._services.desk.me
        day = self.shown.week.days[index.column() if index.isValid() else 0]
        self._open(who, day, self.usual(who))

    def change_turn(self, turn: Turn) -> None:
        """The form of a turn."""
        zone = self._services.zone
        usual = Usual(text.clock(turn.starts_at, zone), text.clock(turn.ends_at, zone), turn.duty)
        self._open(turn.analyst_id, times.local_date(turn.starts_at, zone), usual, turn)

    def _open(self, who: bytes, day: date, usual: Usual, turn: Turn | None = None) -> None:
        assert self.shown is not None
        staff = list(self.shown.staff)
        if all(one != who for one, _name in staff):
            staff.append((who, self._name(who)))
        dialog = TurnDialog(self._services, self.shown.week, staff, who, day, usual, turn, self._section)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(partial(self._wanted, turn))
        dialog.open()

    def _wanted(self, before: Turn | None, turns: list[Turn]) -> None:
        first = turns[0]
        told = words.told(first, self._name(first.analyst_id), self._services.zone)
        if before is not None:
            self._services.run(
                lambda desk: desk.shifts.change(
                    before.id, analyst_id=first.analyst_id, starts_at=first.starts_at, ends_at=first.ends_at,
                    duty=first.duty,
                ),
                said=self.tr("Changed: {turn}").format(turn=told),
            )  # fmt: skip
            return
        from db.ids import new_id

        fresh = [turn._replace(id=new_id()) for turn in turns]
        self.planned.emit(fresh[0].id)
        said = self.tr("Planned: {turn}").format(turn=told)
        if len(turns) > 1:
            said = self.tr("%n turn(s) planned for {name}", "", len(turns)).format(name=self._name(first.analyst_id))
        self._services.run(lambda desk: desk.shifts.take_in(fresh, kind="shift.plan"), said=said)

    def remove(self, turn: Turn) -> None:
        """Take a turn off."""
        said = self.tr("Taken off: {turn}").format(
            turn=words.told(turn, self._name(turn.analyst_id), self._services.zone)
        )
        self._services.run(lambda desk: desk.shifts.remove(turn.id), said=said)

    def move_turn(self, turn: Turn, starts_at: int, ends_at: int) -> None:
        """Another time."""
        fresh = turn._replace(starts_at=starts_at, ends_at=ends_at)
        said = self.tr("Moved: {turn}").format(turn=words.told(fresh, self._name(turn.analyst_id), self._services.zone))
        self._services.run(lambda desk: desk.shifts.move(turn.id, starts_at, ends_at), said=said)

    def carry(self, turn: Turn, who: bytes, day: int, copy: bool = False) -> None:
        """To another day, another person, or both; `copy`: the turn stays, and another like it is planned."""
        assert self.shown is not None
        week = self.shown.week
        fresh = moved(turn, day - week.day_of(turn), self._services.desk.context.zone)._replace(analyst_id=who)
        told = words.told(fresh, self._name(who), self._services.zone)
        self.planned.emit(turn.id)
        if copy:
            from db.ids import new_id

            another = fresh._replace(id=new_id())
            said = self.tr("Planned: {turn}").format(turn=told)
            self.planned.emit(another.id)
            self._services.run(lambda desk: desk.shifts.take_in([another], kind="shift.plan"), said=said)
            return
        given = who != turn.analyst_id
        said = (self.tr("Given: {turn}") if given else self.tr("Moved: {turn}")).format(turn=told)
        self._services.run(
            lambda desk: desk.shifts.change(
                turn.id, analyst_id=who if given else None, starts_at=fresh.starts_at, ends_at=fresh.ends_at
            ),
            said=said,
        )

    def swap(self, turn: Turn, other_id: bytes) -> None:
        """Two take each other's turn."""
        assert self.shown is not None
        other = next((t for t in self.shown.week.turns if t.id == other_id), None)
        names = self._name(turn.analyst_id), self._name(other.analyst_id) if other is not None else "?"
        said = self.tr("{one} and {other} take each other's turn").format(one=names[0], other=names[1])
        self._services.run(lambda desk: desk.shifts.swap(turn.id, other_id), said=said)

    def copy_week(self) -> None:
        """This week like the one before, beside what is planned in it already."""
        assert self.shown is not None
        week, zone_name = self.shown.week, self._services.desk.context.zone
        start, end = week.week.shifted(-1).bounds(self._services.zone)

        def copy(desk: Desk) -> Rostered | None:
            before = [turn for turn in Roster(desk.context).turns(start, end) if turn.starts_at >= start]
            return desk.shifts.take_in(copied(before, 1, zone_name, week.turns), kind="shift.copy")

        self._services.run(copy, said=self.tr("Planned like the week before"))

    def new_for(self, starts_at: int, ends_at: int, duty: str) -> None:
        """Somebody for a gap: the form with its times."""
        if self._grid.may_plan and self.shown is not None:
            zone = self._services.zone
            usual = Usual(text.clock(starts_at, zone), text.clock(ends_at, zone), duty)
            index = self._grid.currentIndex()
            people = self.shown.week.people
            who = people[index.row()] if index.isValid() and people else self._services.desk.me
            self._open(who, times.local_date(starts_at, zone), usual)
