"""What an action does to cases: to the selected ones of the list, or to the one shown at the right.

A verb for one case is carried out by the case editor; for several, a dialog asks once and does it to all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.work.lists import CaseLine
from db.rules import OPEN_STATUSES
from ui.action_set import ActionSet
from ui.actions import Where
from ui.case_room import CaseRoom
from ui.places import Place
from ui.queue_page import QueuePage
from ui.services import Services

EDITOR_VERBS: Final = (
    "case.article", "case.suggestions",
    "case.hand_over", "case.escalate", "case.wait", "case.resolve", "case.reopen", "case.time", "case.reply",
    "case.note", "case.call", "case.next_step", "case.severity", "case.attach", "case.send", "case.audience",
    "case.de_escalate", "case.take_back", "case.merge", "case.unmerge", "case.link", "case.broadcast", "case.close_all",
    "case.workaround", "case.remind", "case.snooze", "case.template", "case.knowledge", "case.stopwatch",
    "case.to_specialist", "case.ask", "case.work", "case.close", "case.cancel", "case.watch", "case.unwatch",
    "case.rate",
)  # fmt: skip
"""Actions that the case editor carries out."""
MOST_AT_ONCE: Final = 2_000
"""Cases changed together (app.work.bulk)."""
LOADING_S: Final = 2.0
"""How long a verb waits for its case to be read."""


class CaseDeeds(QObject):
    """The actions on cases. `open_case` shows the pane of the case."""

    def __init__(
        self,
        services: Services,
        actions: ActionSet,
        page: QueuePage,
        room: CaseRoom,
        open_case: Callable[[], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._services, self._actions = services, actions
        self._page, self._room, self._open_case, self._window = page, room, open_case, window
        self._me = services.desk.directory.name("analyst", services.desk.me)
        self.also: Callable[[], Collection[str]] = tuple
        """Further facts (ui.actions.FACTS)."""

    def bind(self) -> None:
        """Give the actions what they do."""
        bind = self._actions.bind
        bind("case.claim", self.claim)
        bind("list.claim", self.claim)
        bind("case.bulk", self.change_all)
        bind("case.sheet", lambda: self.print_case("sheet"))
        bind("case.order", lambda: self.print_case("order"))
        bind("case.copy_number", self.copy_numbers)
        for verb in EDITOR_VERBS:
            bind(verb, partial(self.do, verb))

    # -- which cases are meant ----------------------------------------------------------------------------------------
    def meant(self) -> list[CaseLine]:
        """The selected cases of the list; without any, the one shown at the right."""
        lines = self._page.table.selected_lines()
        if not lines and self._room.line is not None:
            lines = [self._room.line]
        return lines

    def show_facts(self) -> None:
        """Tell the actions what is so, that each knows whether it can be done."""
        facts = {"store", *self.also()}
        lines = self.meant()
        if lines:
            facts.add("cases")
        if len(lines) == 1:
            facts.add("case")
        if lines:
            first = lines[0]
            is_open = all(line.status in OPEN_STATUSES for line in lines)
            facts.add("case open" if is_open else "case done")
            if first.work_owner != self._me:
                facts.add("case unowned")
        if len(self._services.undo):
            facts.add("can undo")
        if self._services.undo.undone:
            facts.add("can redo")
        self._actions.set_facts(facts)

    def _with_all(self, then: Callable[[list[CaseLine]], object]) -> None:
        """`then` with every case meant, also those whose lines were never looked at."""
        wanted = self._page.table.selected_in_order(MOST_AT_ONCE)
        lines = self._page.table.selected_lines()
        if len(lines) == len(wanted):
            then(lines or self.meant())
        else:
            self._services.lanes.read.submit(self._services.desk.lists.lines, wanted, done=then, owner=self)

    # -- doing --------------------------------------------------------------------------------------------------------
    def claim(self) -> None:
        """I work on them."""
        from ui.case_dialogs import run_each

        def claim(lines: list[CaseLine]) -> None:
            words = self.tr("Claimed %n case(s)", "", len(lines))
            run_each(self._services, lines, lambda desk, case_id: desk.cases.claim(case_id), words)

        self._with_all(claim)

    def do(self, verb: str) -> None:
        """A verb of the case editor for the one case meant; for several, the dialog that does it to all of them."""
        lines = self.meant()
        if len(lines) == 1:
            self._open_case()
            self._room.show_case(lines[0].id)
            self._when_loaded(lines[0].id, verb, time.monotonic() + LOADING_S)
        elif verb == "case.severity":
            self._severity_menu()
        elif lines:
            self._dialog_for(verb)

    def _when_loaded(self, case_id: bytes, verb: str, until: float) -> None:
        """The editor reads the case on a lane; a verb pressed meanwhile waits for it."""
        editor = self._room.editor
        loaded = editor.loaded
        if loaded is not None and loaded.view.id == case_id:
            editor.do(verb)
        elif editor.case_id == case_id and time.monotonic() < until:
            QTimer.singleShot(10, self, lambda: self._when_loaded(case_id, verb, until))

    def _dialog_for(self, verb: str) -> None:
        from ui.case_dialogs import EscalateDialog, HandOverDialog, ReopenDialog

        kinds = {"case.hand_over": HandOverDialog, "case.escalate": EscalateDialog, "case.reopen": ReopenDialog}
        if verb in kinds:
            self._with_all(lambda lines: open_dialog(kinds[verb](self._services, lines, self._window)))

    def print_case(self, kind: str) -> None:
        """The one case meant, on paper."""
        from ui.case_paper import CasePaperDialog

        if len(lines := self.meant()) == 1:
            open_dialog(CasePaperDialog(self._services, lines[0].id, kind, self._window))

    def change_all(self) -> None:
        """Ask what to change on every selected case."""
        from ui.bulk_dialog import BulkDialog

        selected = self._page.table.selected_count()

        def ask(lines: list[CaseLine]) -> None:
            if lines:
                open_dialog(BulkDialog(self._services, lines, self._window, selected))

        self._with_all(ask)

    def hand_over_by_drag(self, place: Place, case_ids: Sequence[bytes]) -> None:
        """Cases were dropped on an analyst or a queue of the navigation."""
        from ui.case_dialogs import run_each

        analyst, queue = (place.id, None) if place.target == "analyst" else (None, place.id)

        def hand(lines: list[CaseLine]) -> None:
            run_each(
                self._services, lines,
                lambda desk, case_id: desk.cases.hand(case_id, to_analyst=analyst, to_queue=queue),
                self.tr("%n case(s) handed over to {name}", "", len(lines)).format(name=place.title),
            )  # fmt: skip

        known = self._page.table.selected_lines()
        if {line.id for line in known} == set(case_ids):
            self._with_all(hand)
        else:  # the list changed while they were dragged: those that were taken hold of
            find = self._services.desk.lists
            self._services.lanes.read.submit(lambda: find.lines(find.rids(case_ids)), done=hand, owner=self)

    def _severity_menu(self) -> None:
        menu = QMenu(self._window)
        for level in self._services.desk.directory.severities():
            menu.addAction(f"{level.rank}  {level.name}").triggered.connect(
                lambda _checked=False, rank=level.rank, name=level.name: self._set_severity(rank, name)
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = self._page.table
        row = max(table.currentIndex().row(), 0)
        menu.popup(table.viewport().mapToGlobal(QPoint(60, table.rowViewportPosition(row) + table.rowHeight(row))))

    def _set_severity(self, rank: int, name: str) -> None:
        from ui.case_dialogs import run_each

        said = self.tr("Severity is now {name}").format(name=name)
        self._with_all(
            lambda lines: run_each(
                self._services, lines, lambda desk, case_id: desk.cases.set(case_id, severity=rank), said
            )
        )

    def copy_numbers(self) -> None:
        """The numbers of the cases meant, for the clipboard."""
        QGuiApplication.clipboard().setText(", ".join(line.label for line in self.meant()))
        self._services.notices.info(self.tr("Copied"))

    def context_menu(self, at: QPoint) -> None:
        """What can be done to the cases under the cursor. `at`: on the screen."""
        menu = self._actions.context_menu(Where.LIST, self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog over the window that waits for nobody, and forget it when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
