"""The dedicated-analyst mode: the window's own panes, looked at from one department.

One key switches to it and back to where one was. At the left stand my departments and those I cover for; above all
panes a strip says who speaks for the department; the list in the middle is one of its five, by the same table, keys
and dialogs as everywhere; at the right stands the dossier until a case is opened. Nothing is copied: the mode tells
navigation, list and case room what to show.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.rendering import Markdown
from app.work.case_filter import CaseFilter, CaseList
from app.work.departments import Face, Machine, standing_list
from app.work.lists import CaseLine, Count
from app.work.standing import LISTS
from ui.action_set import ActionSet
from ui.case_deeds import open_dialog
from ui.dedicated.dossier import Dossier, read_dossier
from ui.dedicated.lists import ListTabs
from ui.dedicated.side import DOSSIER, MACHINE, DepartmentSide
from ui.dedicated.strip import DepartmentStrip, list_words
from ui.places import DEPARTMENT, HANDED, Place, behind
from ui.services import Services
from ui.widgets.blocks import EmptyState
from ui.written import texts_now

if TYPE_CHECKING:
    from app.reading import ReadingDesk
    from ui.case_room import CaseRoom
    from ui.middle_room import MiddleRoom
    from ui.navigation import Navigation
    from ui.panes import Panes
    from ui.queue_page import QueuePage

SOON_MS: Final = 400
SHARES: Final = (250, 620)
"""Least widths of navigation and list in the mode: names of departments are long, and five tabs stand in a row."""
MINUTE_MS: Final = 60_000
TABLES: Final = (
    "case", "coverage", "absence", "analyst", "department", "dossier_version", "shift", "handover", "severity",
    "severity_override", "calendar", "closed_day",
)  # fmt: skip
VERBS: Final = (
    "department.next", "department.previous", "department.new_call", "department.tell", "department.sheet",
    "department.dossier", "department.edit", "department.next_list", "department.previous_list",
    "department.by_place", "department.by_machine",
)  # fmt: skip
"""Actions that are carried out here."""


@dataclass(frozen=True)
class Shown:
    """A department as it was read."""

    face: Face
    counts: dict[str, Count]
    dossier: Dossier


@dataclass(frozen=True)
class Before:
    """Where one was: the place, the case under the cursor, which panes were seen."""

    key: str
    rid: int | None
    navigation: bool
    case: bool


@dataclass(frozen=True)
class Rooms:
    """What of the window is used."""

    navigation: Navigation
    page: QueuePage
    middle: MiddleRoom
    case_room: CaseRoom
    panes: Panes
    new_call: Callable[[bytes, str], object]


class DepartmentMode(QObject):
    """On or off; made when it is first wanted."""

    def __init__(
        self, services: Services, actions: ActionSet, rooms: Rooms, facts: Callable[[], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self._services, self._actions, self._rooms, self._facts = services, actions, rooms, facts
        self._window = window
        self._markdown = Markdown()
        self._before: Before | None = None
        self._department: bytes | None = None
        self._shown: Shown | None = None
        self._list = LISTS[0]
        self.on = False
        self.strip = DepartmentStrip(services.desk.directory.name("analyst", services.desk.me),
                                     services.desk.context.zone)  # fmt: skip
        self.tabs = ListTabs()
        self.side = DepartmentSide(services)
        self.nothing = EmptyState("departments", "", "")
        self._waiting = QWidget()
        self.strip.hide()
        self.tabs.hide()
        rooms.panes.put_above(self.strip)
        rooms.page.put_above(self.tabs)
        rooms.middle.addWidget(self.nothing)
        rooms.middle.addWidget(self._waiting)
        self.tabs.chosen.connect(self.show_list)
        self.tabs.grouped.connect(self.group)
        self.side.machine.opened.connect(rooms.case_room.case_wanted)
        self.side.machine.all_wanted.connect(self._show_all)
        self.side.dossier.text.case_wanted.connect(self._open_number)
        rooms.page.current_changed.connect(self._came_to)
        rooms.navigation.known_changed.connect(self._known_changed)
        services.bell.changed.connect(self._changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.read)
        clock = QTimer(self)
        clock.setInterval(MINUTE_MS)
        clock.timeout.connect(self._tick)
        clock.start()

    # -- on and off ---------------------------------------------------------------------------------------------------
    def toggle(self) -> None:
        """Into the mode, or back to where one was."""
        if self.on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Stand at the department one was at last, else at the first."""
        if self.on:
            return
        rooms = self._rooms
        rooms.panes.leave_page()
        rooms.middle.show_list()
        place = rooms.navigation.place()
        current = rooms.page.table.current_line()
        kept = rooms.panes.kept()
        self._before = Before(
            place.key if place is not None else str(self._services.settings["place"]) or "mine",
            current.rid if current is not None else None, bool(kept["navigation"]), bool(kept["case"]),
        )  # fmt: skip
        self.on = True
        rooms.case_room.set_aside(self.side)
        rooms.panes.see(navigation=True, case=True)
        rooms.panes.share(*SHARES)
        self.strip.show()
        rooms.navigation.show_departments(True)
        self._choose(place.key if place is not None and place.key.startswith((DEPARTMENT, HANDED)) else "")
        self._actions["departments.mode"].setChecked(True)
        self._facts()

    def leave(self, *, back: bool = True) -> None:
        """Out of it; with `back` to where one was before."""
        if not self.on:
            self._actions["departments.mode"].setChecked(False)
            return
        rooms, before = self._rooms, self._before
        self.side.dossier.flush()
        self.on = False
        self._department, self._shown = None, None
        self.strip.hide()
        self.tabs.hide()
        rooms.middle.show_list()
        rooms.case_room.set_aside(None)
        rooms.navigation.show_departments(False)
        if before is not None:
            rooms.panes.see(navigation=before.navigation, case=before.case)
            if back:
                rooms.navigation.go(before.key)
                place = rooms.navigation.place()
                if place is not None and not place.page and place.key == before.key and before.rid is not None:
                    rooms.page.open(place, go_to=before.rid)
                rooms.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actions["departments.mode"].setChecked(False)
        self._facts()

    def _choose(self, key: str = "") -> None:
        """Stand at a place of the mode: the one named, that of last time, or the first."""
        navigation = self._rooms.navigation
        keys = [place.key for place in navigation.places() if place.key.startswith((DEPARTMENT, HANDED))]
        wished = key or str(self._services.settings["department"])
        wanted = wished if wished in keys else next(iter(keys), "")
        if not wanted:
            self._show_nothing()
        elif navigation.go(wanted) and self._department is None:
            place = navigation.place()
            if place is not None:
                self.stand(place)

    def _known_changed(self) -> None:
        """Departments came or went."""
        if not self.on:
            return
        place = self._rooms.navigation.place()
        if place is None or not place.key.startswith((DEPARTMENT, HANDED)):
            self._department = None
            self._choose()

    def _show_nothing(self) -> None:
        self._department, self._shown = None, None
        self.strip.show_nothing()
        self.tabs.hide()
        self.nothing.show_as(
            "departments", self.tr("No department is yours today"),
            self.tr("A supervisor names you as contact or stand-in of one (Ctrl+5). F8 leads back."),
        )  # fmt: skip
        self._rooms.middle.setCurrentWidget(self.nothing)
        self._rooms.case_room.setVisible(False)
        self._facts()

    # -- where one stands ---------------------------------------------------------------------------------------------
    def stand(self, place: Place) -> bool:
        """A place of the navigation was chosen; False for one that is none of the mode."""
        if not place.key.startswith((DEPARTMENT, HANDED)):
            return False
        rooms = self._rooms
        self._services.settings["department"] = place.key
        rooms.panes.leave_page()
        rooms.case_room.setVisible(True)
        if place.key.startswith(HANDED):
            self._stand_for(place)
            return True
        another = place.id != self._department
        self._department = place.id
        if another:
            self._shown = None
            self._list = LISTS[0]
            self.tabs.choose(self._list)
            rooms.case_room.back_to_aside()
            self.side.turn_to(DOSSIER)
            self.side.machine.show_machine(None, None)
            rooms.middle.setCurrentWidget(self._waiting)
            self.strip.begin(place.title)
        else:
            rooms.middle.show_list()
        self.tabs.show()
        self.read()
        self._facts()
        return True

    def _stand_for(self, place: Place) -> None:
        """What was handed over by somebody who is away."""
        known = self._rooms.navigation.known
        self._department, self._shown = None, None
        self.tabs.hide()
        for name, handed in known.handed if known is not None else ():
            if place.key == f"{HANDED}{handed.owner.hex()}":
                self.strip.show_handed(name, handed.until)
        self.side.machine.show_machine(None, None)
        self.side.turn_to(MACHINE)
        self._rooms.case_room.back_to_aside()
        self._rooms.middle.show_list(place)
        self._facts()

    def read(self) -> None:
        """Read the department again."""
        department = self._department
        if department is not None and self.on and not self._services.lanes.closed:
            self._services.lanes.read.submit(
                read, self._services.desk, self._markdown, department, done=self._show, key="department", owner=self,
                failed=self._services.show_error,
            )  # fmt: skip

    def _show(self, shown: Shown) -> None:
        if not self.on or shown.face.department != self._department:
            return
        before, self._shown = self._shown, shown
        self.strip.show_face(shown.face)
        self.tabs.show_counts(shown.counts)
        self.side.dossier.show_dossier(shown.dossier)
        if before is None:
            self.show_list(self._list)
            focus = self._window.focusWidget()
            if focus is None or focus is self._rooms.page.table or not focus.isVisible():
                self._rooms.page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before.face.people != shown.face.people and self._at_list():
            self.show_list(self._list)
        self._facts()

    def _at_list(self) -> bool:
        """Whether one of the department's lists is shown, and not all cases of a machine."""
        place = self._rooms.page.place
        return place is not None and place.key.startswith(DEPARTMENT)

    def show_list(self, name: str) -> None:
        """One of app.work.standing.LISTS."""
        self._list = name
        if self._shown is None:
            return
        page, face = self._rooms.page, self._shown.face
        wanted = standing_list(face.department, name, face.people, self._services.now())
        key = f"{DEPARTMENT}{face.department.hex()}:{name}"
        same = page.place is not None and page.place.key == key and page.place.wanted == wanted
        self.tabs.choose(name)
        place = Place(key, list_words(name, texts_now()), "list", wanted, face.department)
        self._rooms.middle.show_list(None if same else place)
        self.tabs.show_group(page.group())

    def group(self, by: str) -> None:
        """By "place" or "machine"; "" not at all."""
        self._rooms.page.group_by(by)
        self.tabs.show_group(self._rooms.page.group())
        if by == "machine":
            self.side.turn_to(MACHINE)

    def _show_all(self, machine: Machine) -> None:
        wanted = CaseList(CaseFilter(open_only=False, asset=machine.id), "opened", descending=True)
        self._rooms.middle.show_list(behind(machine.name, wanted))
        self._rooms.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_number(self, number: int) -> None:
        """A case that the dossier names."""
        desk = self._services.desk
        self._services.lanes.read.submit(
            desk.present.find, str(number), done=self._rooms.case_room.case_wanted.emit,
            failed=self._services.show_error, owner=self,
        )  # fmt: skip

    # -- news ---------------------------------------------------------------------------------------------------------
    def _changed(self, changes: Changes) -> None:
        if self.on and changes.concern_tables(*TABLES) and not self._soon.isActive():
            self._soon.start()

    def _tick(self) -> None:
        if self.on:
            self.read()

    def _came_to(self, line: CaseLine | None) -> None:
        """The machine of the case under the cursor."""
        if not self.on:
            return
        if line is None:
            self.side.machine.show_machine(None, None)
        else:
            self._services.lanes.read.submit(
                _machine, self._services.desk, line, done=self._show_machine, key="department machine", owner=self
            )  # fmt: skip

    def _show_machine(self, found: tuple[Machine | None, CaseLine]) -> None:
        self.side.machine.show_machine(*found)

    # -- actions ------------------------------------------------------------------------------------------------------
    def facts(self) -> Collection[str]:
        """What holds now (ui.actions.FACTS)."""
        if not self.on:
            return ()
        return ("departments", "department") if self._department is not None else ("departments",)

    def do(self, verb: str) -> None:
        """Carry out one of `VERBS`."""
        page = self._rooms.page
        match verb:
            case "department.next" | "department.previous":
                self._step(1 if verb == "department.next" else -1)
            case "department.next_list" | "department.previous_list":
                self.tabs.step(1 if verb == "department.next_list" else -1)
                page.setFocus(Qt.FocusReason.OtherFocusReason)
            case "department.by_place" | "department.by_machine":
                by = verb.removeprefix("department.by_")
                self.group("" if page.group() == by else by)
            case "department.dossier" | "department.edit":
                self._rooms.panes.open_case()
                self._rooms.case_room.back_to_aside()
                self.side.turn_to(DOSSIER)
                if verb == "department.edit":
                    self.side.dossier.write()
                else:
                    self.side.setFocus(Qt.FocusReason.ShortcutFocusReason)
            case _:
                self._open(verb)

    def _open(self, verb: str) -> None:
        if self._shown is None:
            return
        face, counts = self._shown.face, self._shown.counts
        if verb == "department.new_call":
            self._rooms.new_call(face.department, face.name)
        elif verb == "department.tell":
            from ui.dedicated.tell import TellDialog

            count = sum(count.open for name, count in counts.items() if name != "closed")
            open_dialog(TellDialog(self._services, face.department, face.name, count, self._window))
        elif verb == "department.sheet":
            from ui.dedicated.paper import DepartmentPaper

            open_dialog(DepartmentPaper(self._services, face.department, face.name, face.people, self._window))

    def _step(self, by: int) -> None:
        navigation = self._rooms.navigation
        keys = [place.key for place in navigation.places() if place.key.startswith((DEPARTMENT, HANDED))]
        place = navigation.place()
        if keys:
            at = keys.index(place.key) if place is not None and place.key in keys else -by
            navigation.go(keys[(at + by) % len(keys)])


def read(desk: ReadingDesk, markdown: Markdown, department: bytes) -> Shown:
    """On the read lane. Errors: UserError when the department is gone."""
    face = desk.departments.face(department)
    counts = desk.departments.counts(department, face.people)
    return Shown(face, counts, read_dossier(desk, markdown, department))


def _machine(desk: ReadingDesk, line: CaseLine) -> tuple[Machine | None, CaseLine]:
    return desk.departments.machine_of(line.id), line
