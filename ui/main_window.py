"""The main window: navigation, list, case; tool bar above, the status line below, notices over the foot.

It lays out the panes and connects them: a place chosen at the left is opened in the middle, the case under the cursor
is shown at the right a moment later. Every action of the table `ui/actions.py` that can be done is bound here or, where
it concerns one case, handed to the case editor. The editor is made after the first paint, so that the first rows are on
screen before its many widgets are built.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.reading import ReadingDesk
from app.work.lists import CaseLine, CaseList, Counts, Lists
from db.rules import OPEN_STATUSES
from ui.action_set import ActionSet
from ui.actions import ACTIONS, Where
from ui.drive_news import SyncState
from ui.i18n import Language, Languages
from ui.icons import app_icon
from ui.keymap import Keymap
from ui.list_loading import Loaded
from ui.navigation import Navigation
from ui.other_pages import OtherPages
from ui.pickers import Choice
from ui.places import CONFLICTS, Known, Place, behind, gather, standing
from ui.queue_page import QueuePage
from ui.search_box import SearchBox
from ui.services import Services
from ui.status_line import StatusLine
from ui.sync_driver import SyncDriver
from ui.theme import Theme
from ui.widgets.blocks import EmptyState
from ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from ui.case_editor import CaseEditor
    from ui.conflict_page import ConflictPage
    from ui.quick_capture import QuickCapture
    from ui.reminder_sheets import ReminderWatch
    from ui.tray import Notifier
    from ui.view_counts import ViewCounts

CASE_VERBS: Final = (
    "case.hand_over", "case.escalate", "case.wait", "case.resolve", "case.reopen", "case.time", "case.reply",
    "case.note", "case.call", "case.next_step", "case.severity", "case.attach", "case.send", "case.audience",
    "case.de_escalate", "case.take_back", "case.merge", "case.unmerge", "case.link", "case.broadcast", "case.close_all",
    "case.workaround", "case.remind", "case.snooze", "case.template", "case.knowledge", "case.stopwatch",
    "case.article", "case.suggestions",
)  # fmt: skip
"""Actions that the case editor carries out."""
MOST_AT_ONCE: Final = 2_000
"""Cases changed together (app.work.bulk)."""
SIZES: Final = (208, 640, 480)
COUNT_MS: Final = 500
SHOW_CASE_MS: Final = 90
PLACE_TABLES: Final = ("view", "queue", "analyst", "department", "coverage", "absence")
COUNT_TABLES: Final = ("case", "case_watcher")
CLOCK_MS: Final = 60_000


class MainWindow(QMainWindow):
    """One desk on screen."""

    closed = Signal()

    def __init__(self, services: Services, theme: Theme, languages: Languages, driver: SyncDriver) -> None:
        super().__init__()
        self.services, self._theme, self._languages, self._driver = services, theme, languages, driver
        self._editor: CaseEditor | None = None
        self._reminders: ReminderWatch | None = None
        self.notifier: Notifier | None = None
        self._capture: QuickCapture | None = None
        self._view_counts: ViewCounts | None = None
        self._conflicts: ConflictPage | None = None
        self._shown: CaseLine | None = None
        self._ended = False
        self._me = services.desk.directory.name("analyst", services.desk.me)
        self._pending_case: CaseLine | None = None
        self.actions_ = ActionSet(self, Keymap(ACTIONS, services.settings["keys"]))
        self.navigation = Navigation(services)
        self.page = QueuePage(services)
        self.status = StatusLine(services.zone, "", services.presence)
        self._show_soon = _timer(self, SHOW_CASE_MS, self._show_pending)
        self._count_soon = _timer(self, COUNT_MS, self._count)
        self._build()
        self._connect()
        self._bind()
        self._retranslate()
        self._restore()
        self._facts()

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.setWindowIcon(app_icon())
        self.setObjectName("mainWindow")
        self._case_pane = QStackedWidget()
        self._no_case = EmptyState("case", "", "")
        self._case_pane.addWidget(self._no_case)
        self._case_pane.setMinimumWidth(320)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.page)
        self._middle.setMinimumWidth(300)
        for number, pane in enumerate((self.navigation, self._middle, self._case_pane)):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(number, (0, 3, 2)[number])
        self._other_pages = OtherPages(self.services, (self._middle, self._case_pane), self._splitter)
        self._splitter.setStretchFactor(len(SIZES), 5)
        self._splitter.setSizes([*SIZES, 0])
        self._splitter.splitterMoved.connect(lambda *_: self._remember())
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # Notices float over the panes: a child of the splitter itself would become a pane.
        self._panes = QWidget()
        panes = QVBoxLayout(self._panes)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.addWidget(self._splitter)
        column.addWidget(self._panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(central)
        self._bar = QToolBar()
        self._bar.setMovable(False)
        self._bar.setFloatable(False)
        self._bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.search = SearchBox(self.services, self)
        self._fill_tool_bar()
        self.addToolBar(self._bar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.actions_.fill_menu_bar(self.menuBar())
        self.notice_bar = NoticeBar(self.services.notices, self._panes)

    def _fill_tool_bar(self) -> None:
        """New case with its words, search in the middle, panes at the right."""
        bar, actions = self._bar, self.actions_
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        bar.addAction(actions["case.new"])
        button = bar.widgetForAction(actions["case.new"])
        if button is not None:
            button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addAction(actions["undo"])
        left, right = QWidget(), QWidget()
        for spacer in (left, right):
            spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(left)
        bar.addWidget(self.search)
        bar.addWidget(right)
        bar.addAction(actions["view.navigation"])
        bar.addAction(actions["view.case"])

    def _connect(self) -> None:
        services, page = self.services, self.page
        self.navigation.chosen.connect(self._stand)
        self.navigation.entered.connect(self._into_place)
        self.navigation.dropped.connect(self._hand_over_by_drag)
        page.current_changed.connect(self._current_changed)
        page.selection_changed.connect(self._facts)
        page.opened.connect(self._work_on)
        page.menu_asked.connect(self._context_menu)
        page.view_asked.connect(self.build_view)
        self.navigation.menu_asked.connect(self._navigation_menu)
        keymap = self.actions_.keymap
        in_list = [key for row in ACTIONS if row.where is Where.LIST for key in keymap.keys(row.id)]
        page.table.take_letters(key for key in in_list if len(key) == 1)
        self.search.found.connect(self._found)
        self._other_pages.cases_wanted.connect(self.show_cases)
        services.bell.changed.connect(self._changed)
        services.undo.changed.connect(self._facts)
        self._driver.changed.connect(self._show_sync)
        self._driver.conflicts_asked.connect(self.show_conflicts)
        self._driver.met.connect(lambda there: services.presence.show_colleagues(there, services.desk.me))
        self._driver.doing = self._doing
        self.status.conflicts_asked.connect(self.show_conflicts)
        self.status.health_asked.connect(self.show_health)
        clock = QTimer(self)
        clock.setInterval(CLOCK_MS)
        clock.timeout.connect(self._count_soon.start)
        clock.start()

    def _bind(self) -> None:
        bind, page = self.actions_.bind, self.page
        bind("case.new", self.new_case)
        bind("sync.now", self._driver.sync_now)
        bind("report.weekly", self.weekly_report)
        bind("print", lambda: self.write_list("pdf"))
        bind("export", lambda: self.write_list("csv"))
        bind("settings", self.show_settings)
        bind("quit", self.close)
        bind("case.claim", self._claim)
        bind("list.claim", self._claim)
        bind("case.bulk", self.change_all)
        bind("case.sheet", lambda: self.print_case("sheet"))
        bind("case.order", lambda: self.print_case("order"))
        for verb in CASE_VERBS:
            bind(verb, partial(self._do, verb))
        bind("undo", self.services.take_back)
        bind("redo", self.services.do_again)
        bind("case.copy_number", self._copy_numbers)
        bind("search", self._to_search)
        bind("list.filter", lambda: page.filter.setFocus(Qt.FocusReason.ShortcutFocusReason))
        bind("view.navigation", self._toggle_navigation)
        bind("view.case", self._toggle_case)
        bind("view.columns", page.choose_columns)
        bind("view.group", page.choose_group)
        bind("view.build", self.build_view)
        bind("view.dark", self._toggle_dark)
        bind("view.language", self._toggle_language)
        bind("view.larger", lambda: self._scale(0.1))
        bind("view.smaller", lambda: self._scale(-0.1))
        bind("palette", self.show_palette)
        bind("go.my_work", lambda: self.go("mine"))
        bind("go.departments", lambda: self._go_first("department:"))
        bind("go.queues", lambda: self._go_first("queue:"))
        bind("go.coverage", lambda: self.show_page("coverage"))
        bind("go.knowledge", lambda: self.show_page("knowledge"))
        bind("go.board", lambda: self.show_page("supervisor", "board"))
        bind("go.administration", lambda: self.show_page("administration"))
        bind("go.navigation", lambda: self.navigation.setFocus(Qt.FocusReason.ShortcutFocusReason))
        bind("go.list", self._into_place)
        bind("go.case", self._to_case)
        bind("go.next", lambda: page.table.step(1))
        bind("go.previous", lambda: page.table.step(-1))
        bind("go.conflicts", self.show_conflicts)
        bind("drive.health", self.show_health)
        bind("route.simulate", self.show_routing)
        bind("go.today", self.show_today)
        bind("list.open", page.table.open_current)
        bind("list.next", lambda: page.table.step(1))
        bind("list.previous", lambda: page.table.step(-1))
        bind("help.keys", self.show_keys)
        bind("help.details", self.show_about)
        self.actions_.attach(Where.LIST, page)
        self.actions_.attach(Where.NAVIGATION, self.navigation)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(f"{self.services.desk.name} – Halldesk")
        self.status.show_who(f"{self._me} · {self.services.desk.name}")
        self._bar.setWindowTitle(self.tr("Tool bar"))
        self._no_case.show_as(
            "case", self.tr("No case chosen"), self.tr("Choose one from the list, or press F2 to log a call.")
        )

    # -- start --------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count_soon.start(0)
        if self._reminders is None:
            from ui.on_duty import OnDuty
            from ui.reminder_sheets import ReminderWatch

            OnDuty(self.services, self.status, self).look()
            self._reminders = ReminderWatch(self.services, self)
            self._reminders.case_wanted.connect(self._went_on)

    def begin_telling(self) -> None:
        """From now on what happens to my cases is told, in the tray where there is one."""
        from ui.tray import Notifier, TrayIcon, speaker_for

        speaker = speaker_for(self.services, self, self.raise_up, self.tr("Open"))
        self.notifier = Notifier(self.services, speaker, self)
        self.notifier.case_wanted.connect(self._told_of)
        if self._reminders is not None:
            self._reminders.told.connect(self.notifier.tell)
        if isinstance(speaker, TrayIcon):
            speaker.menu.addAction(self.tr("Open Halldesk"), self.raise_up)
            speaker.menu.addAction(self.actions_["case.new"])
            speaker.menu.addAction(self.tr("Quiet for an hour"), self.notifier.be_quiet)
            speaker.menu.addAction(self.actions_["settings"])
            speaker.menu.addAction(self.actions_["quit"])

    def _told_of(self, case_id: bytes) -> None:
        self.raise_up()
        self._went_on(case_id)

    def show_start(self, start: tuple[Known, Place, Loaded]) -> None:
        """What was read before there was a window: places and the first list."""
        known, place, loaded = start
        self.navigation.blockSignals(True)
        self.navigation.show_known(known)
        self.navigation.go(place.key)
        self.navigation.blockSignals(False)
        self.page.show_loaded(place, loaded)
        if QGuiApplication.focusWindow() is None or self.focusWidget() is None:
            self.page.setFocus()

    def go(self, key: str) -> bool:
        """Stand at a place ("mine", "queue:<hex>"); False when there is none of that key."""
        return self.navigation.go(key)

    def _stand(self, place: Place) -> None:
        """A place was chosen: its list, or its page in the room of list and case."""
        if place.page:
            self._other_pages.open(place.page)
            return
        self._leave_page()
        if place.key == CONFLICTS:
            self._open_conflicts()
        else:
            self._middle.setCurrentWidget(self.page)
            self.page.open(place)

    def show_cases(self, title: str, wanted: CaseList | Sequence[int]) -> None:
        """The cases behind a figure, as a list."""
        self._leave_page()
        self.navigation.stand_nowhere()
        self._middle.setCurrentWidget(self.page)
        self.page.open(behind(title, wanted))
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_place(self) -> None:
        if not self._other_pages.is_open and self._middle.currentWidget() is self._conflicts:
            self.conflicts.take_focus()
            return
        room = self._other_pages if self._other_pages.is_open else self.page
        room.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_page(self, key: str, section: str = "") -> None:
        """Open a page of its own ("administration"), at a section of it if one is named; the focus goes there."""
        if self.go(key):
            self._other_pages.open(key, section)
            self._into_place()

    def _leave_page(self) -> None:
        """Back to the room of list and case."""
        self._other_pages.leave()

    def _go_first(self, prefix: str) -> None:
        found = next((place for place in self.navigation.places() if place.key.startswith(prefix)), None)
        if found is not None:
            self.go(found.key)
        self.navigation.setFocus()

    # -- news ---------------------------------------------------------------------------------------------------------
    def _changed(self, changes: Changes) -> None:
        if changes.concern_tables(*COUNT_TABLES) and not self._count_soon.isActive():
            self._count_soon.start()
        if changes.concern_tables(*PLACE_TABLES):
            self.services.lanes.count.submit(gather, self.services.desk, done=self.navigation.show_known, key="places")
        if self._shown is not None and changes.concern_case(self._shown.id):
            self._read_shown()

    def _count(self) -> None:
        if self.services.lanes.closed:
            return
        lists, now = self.services.desk.lists, self.services.now()
        self.services.lanes.count.submit(_counted, lists, now, done=self._show_counts, key="counts")

    def _show_counts(self, counted: tuple[Counts, float]) -> None:
        counts, seconds = counted
        self.navigation.show_counts(counts)
        if self._view_counts is None:
            from ui.view_counts import ViewCounts

            self._view_counts = ViewCounts(self.services, self.navigation, self)
        self._view_counts.count()
        # Where counting takes long it is done less often: a tenth of one processor at most.
        self._count_soon.setInterval(max(COUNT_MS, round(seconds * 10_000)))

    # -- the case at the right ----------------------------------------------------------------------------------------
    def _current_changed(self, line: CaseLine | None) -> None:
        self._pending_case = line
        self._facts()
        if line is not None and self._case_pane.isVisible():
            self._show_soon.start()

    def _show_pending(self) -> None:
        if self._pending_case is not None and self._case_pane.isVisible():
            self.show_case(self._pending_case.id)

    @property
    def editor(self) -> CaseEditor:
        """The case editor, made when it is first needed."""
        if self._editor is None:
            from ui.case_editor import CaseEditor

            self._editor = CaseEditor(self.services)
            self._editor.case_opened.connect(self._went_on)
            self._editor.decided.connect(self._driver.sync_now)
            self.actions_.attach(Where.CASE, self._editor)
            self._case_pane.addWidget(self._editor)
        return self._editor

    def show_case(self, case_id: bytes) -> None:
        """Show a case at the right."""
        self._show_soon.stop()
        self._leave_page()
        self.editor.show_case(case_id)
        self._case_pane.setCurrentWidget(self.editor)
        self._read_shown()

    def _went_on(self, case_id: bytes) -> None:
        """A link, a hit or a similar case was followed: what is shown is not what the list has chosen."""
        self.page.table.clearSelection()
        self._set_pane("view.case", self._case_pane, True)
        self.show_case(case_id)

    def _read_shown(self) -> None:
        case_id = self._editor.case_id if self._editor is not None else None
        if case_id is not None:
            lists = self.services.desk.lists
            self.services.lanes.read.submit(lists.line, case_id, done=self._know_shown, key="shown")

    def _know_shown(self, line: CaseLine | None) -> None:
        self._shown = line
        self._facts()

    def _work_on(self, line: CaseLine) -> None:
        """Return in the list: the case gets the focus, its pane is opened if it was hidden."""
        self.show_case(line.id)
        self._to_case()

    def _to_case(self) -> None:
        self._set_pane("view.case", self._case_pane, True)
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _doing(self) -> tuple[bytes | None, str]:
        """What colleagues may see of what is done here: the open case, and whether somebody writes in it."""
        editor = self._editor
        if editor is None or editor.case_id is None or not editor.isVisible():
            return None, ""
        return editor.case_id, editor.composer.being_written or "view"

    # -- which cases an action means ----------------------------------------------------------------------------------
    def meant(self) -> list[CaseLine]:
        """The selected cases of the list; without any, the one shown at the right."""
        lines = self.page.table.selected_lines()
        if not lines and self._shown is not None:
            lines = [self._shown]
        return lines

    def _facts(self) -> None:
        facts = {"store"}
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
        if len(self.services.undo):
            facts.add("can undo")
        if self.services.undo.undone:
            facts.add("can redo")
        self.actions_.set_facts(facts)

    # -- doing things to cases ----------------------------------------------------------------------------------------
    def new_case(self) -> None:
        """F2."""
        if self._capture is None:
            from ui.quick_capture import QuickCapture

            self._capture = QuickCapture(self.services, self)
            self._capture.created.connect(self._went_on)
            self._capture.case_wanted.connect(self._went_on)
        self._capture.open_empty()

    def _with_all(self, then: Callable[[list[CaseLine]], object]) -> None:
        """`then` with every case meant, also those whose lines were never looked at."""
        wanted = self.page.table.selected_in_order(MOST_AT_ONCE)
        lines = self.page.table.selected_lines()
        if len(lines) == len(wanted):
            then(lines or self.meant())
        else:
            self.services.lanes.read.submit(self.services.desk.lists.lines, wanted, done=then, owner=self)

    def _claim(self) -> None:
        from ui.case_dialogs import run_each

        def claim(lines: list[CaseLine]) -> None:
            words = self.tr("Claimed %n case(s)", "", len(lines))
            run_each(self.services, lines, lambda desk, case_id: desk.cases.claim(case_id), words)

        self._with_all(claim)

    def _do(self, verb: str) -> None:
        """A verb of the case editor for the one case meant; for several, the dialog that does it to all of them."""
        lines = self.meant()
        if len(lines) == 1:
            self._set_pane("view.case", self._case_pane, True)
            self.show_case(lines[0].id)
            self._when_loaded(lines[0].id, verb, time.monotonic() + 2.0)
        elif verb == "case.severity":
            self._severity_menu()
        elif lines:
            self._dialog_for(verb)

    def _when_loaded(self, case_id: bytes, verb: str, until: float) -> None:
        """The editor reads the case on a lane; a verb pressed meanwhile waits for it."""
        loaded = self.editor.loaded
        if loaded is not None and loaded.view.id == case_id:
            self.editor.do(verb)
        elif self.editor.case_id == case_id and time.monotonic() < until:
            QTimer.singleShot(10, self, lambda: self._when_loaded(case_id, verb, until))

    def _dialog_for(self, verb: str) -> None:
        from ui.case_dialogs import EscalateDialog, HandOverDialog, ReopenDialog

        kinds = {"case.hand_over": HandOverDialog, "case.escalate": EscalateDialog, "case.reopen": ReopenDialog}
        if verb in kinds:
            self._with_all(lambda lines: self._open(kinds[verb](self.services, lines, self)))

    def print_case(self, kind: str) -> None:
        """The one case meant, on paper."""
        from ui.case_paper import CasePaperDialog

        if len(lines := self.meant()) == 1:
            self._open(CasePaperDialog(self.services, lines[0].id, kind, self))

    def change_all(self) -> None:
        """Ask what to change on every selected case."""
        from ui.bulk_dialog import BulkDialog

        selected = self.page.table.selected_count()
        self._with_all(lambda lines: self._open(BulkDialog(self.services, lines, self, selected)) if lines else None)

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _hand_over_by_drag(self, place: Place, case_ids: Sequence[bytes]) -> None:
        from ui.case_dialogs import run_each

        analyst, queue = (place.id, None) if place.target == "analyst" else (None, place.id)

        def hand(lines: list[CaseLine]) -> None:
            run_each(
                self.services, lines,
                lambda desk, case_id: desk.cases.hand(case_id, to_analyst=analyst, to_queue=queue),
                self.tr("%n case(s) handed over to {name}", "", len(lines)).format(name=place.title),
            )  # fmt: skip

        known = self.page.table.selected_lines()
        if {line.id for line in known} == set(case_ids):
            self._with_all(hand)
        else:  # the list changed while they were dragged: those that were taken hold of
            find = self.services.desk.lists
            self.services.lanes.read.submit(lambda: find.lines(find.rids(case_ids)), done=hand, owner=self)

    def _severity_menu(self) -> None:
        menu = QMenu(self)
        for level in self.services.desk.directory.severities():
            menu.addAction(f"{level.rank}  {level.name}").triggered.connect(
                lambda _checked=False, rank=level.rank, name=level.name: self._set_severity(rank, name)
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = self.page.table
        row = max(table.currentIndex().row(), 0)
        menu.popup(table.viewport().mapToGlobal(QPoint(60, table.rowViewportPosition(row) + table.rowHeight(row))))

    def _set_severity(self, rank: int, name: str) -> None:
        from ui.case_dialogs import run_each

        said = self.tr("Severity is now {name}").format(name=name)
        self._with_all(
            lambda lines: run_each(
                self.services, lines, lambda desk, case_id: desk.cases.set(case_id, severity=rank), said
            )
        )

    def _copy_numbers(self) -> None:
        QGuiApplication.clipboard().setText(", ".join(line.label for line in self.meant()))
        self.services.notices.info(self.tr("Copied"))

    def _context_menu(self, at: QPoint) -> None:
        menu = self.actions_.context_menu(Where.LIST, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # -- views --------------------------------------------------------------------------------------------------------
    def build_view(self) -> None:
        """The filter builder: for the view one stands in, or for a new one that begins with what is shown."""
        place = self.page.place
        if place is not None:
            from ui.view_menu import open_builder

            open_builder(self.services, self.page, place, self).accepted.connect(self.page.setFocus)

    def _navigation_menu(self, place: Place, at: QPoint) -> None:
        from ui.view_menu import place_menu

        menu = place_menu(self.services, self.page, place, self)
        if menu is not None:
            menu.popup(at)

    def write_list(self, form: Literal["pdf", "csv"]) -> None:
        """The list on screen, to print or for a spreadsheet."""
        asked, place = self.page.asked(), self.page.place
        if asked is not None and place is not None:
            from ui.list_export import ListExport

            columns = self.page.table.shown_columns()
            self._open(ListExport(self.services, place.title, asked, columns, form, self))

    # -- finding ------------------------------------------------------------------------------------------------------
    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _found(self, choice: Choice) -> None:
        if choice.kind == "case":
            self._went_on(choice.id)
        else:
            from ui.article_view import ArticleView

            self._open(ArticleView(self.services, choice.id, self))

    # -- panes --------------------------------------------------------------------------------------------------------
    def _toggle_navigation(self) -> None:
        self._set_pane("view.navigation", self.navigation, not self.navigation.isVisibleTo(self._splitter))

    def _toggle_case(self) -> None:
        self._set_pane("view.case", self._case_pane, not self._case_pane.isVisibleTo(self._splitter))
        if self._case_pane.isVisible():
            self._show_pending()

    def _set_pane(self, action: str, pane: QWidget, on: bool) -> None:
        if pane is self._case_pane:
            self._leave_page()
        pane.setVisible(on)
        self.actions_[action].setChecked(on)
        self._remember()

    def _remember(self) -> None:
        if not self.isVisible() or self._other_pages.is_open:
            return
        self.services.settings["window"] = {
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
            "sizes": self._splitter.sizes()[: len(SIZES)],
            "navigation": self.navigation.isVisibleTo(self._splitter),
            "case": self._case_pane.isVisibleTo(self._splitter),
        }

    def _restore(self) -> None:
        kept = self.services.settings["window"]
        if kept.get("geometry"):
            self.restoreGeometry(QByteArray.fromBase64(str(kept["geometry"]).encode("ascii")))
        else:
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1480, screen.width()), min(920, screen.height()))
        sizes = kept.get("sizes")
        if isinstance(sizes, list) and len(sizes) == len(SIZES) and all(isinstance(size, int) for size in sizes):
            self._splitter.setSizes([*sizes, 0])
        for action, pane, key in (
            ("view.navigation", self.navigation, "navigation"),
            ("view.case", self._case_pane, "case"),
        ):
            on = bool(kept.get(key, True))
            pane.setVisible(on)
            self.actions_[action].setChecked(on)

    # -- look and language --------------------------------------------------------------------------------------------
    def _toggle_dark(self) -> None:
        self.services.settings["appearance"] = self._theme.toggle().value

    def _toggle_language(self) -> None:
        other = Language.ENGLISH if self._languages.current is Language.GERMAN else Language.GERMAN
        self._languages.choose(other)
        self.services.settings["language"] = other.value

    def _scale(self, by: float) -> None:
        scale = round(min(2.0, max(0.8, float(self.services.settings["text_scale"]) + by)), 2)
        self.services.settings["text_scale"] = scale
        self._theme.set_text_scale(scale)

    # -- dialogs ------------------------------------------------------------------------------------------------------
    def show_palette(self) -> None:
        """Ctrl+K: actions, places, and cases by their number."""
        from ui.palette import CommandPalette, Entry, action_entries

        places = [
            Entry(place.title, partial(self.go, place.key), self.tr("Go to"), place.icon)
            for place in self.navigation.places()
        ]
        palette = CommandPalette([*action_entries(self.actions_), *places], self)
        self._open(palette)

    def show_keys(self) -> None:
        """F1."""
        from ui.palette import ShortcutSheet

        self._open(ShortcutSheet(self.actions_.keymap, self))

    def show_settings(self) -> None:
        """Language, appearance, text size, keys."""
        from ui.settings_dialog import SettingsDialog

        self._open(SettingsDialog(self.services.settings, self._theme, self._languages, self.actions_, self))

    @property
    def conflicts(self) -> ConflictPage:
        """The page of changes that need me, made when it is first needed."""
        if self._conflicts is None:
            from ui.conflict_page import ConflictPage

            self._conflicts = ConflictPage(self.services)
            self._conflicts.case_asked.connect(self._went_on)
            self._conflicts.settled.connect(self._driver.sync_now)
            self._conflicts.left.connect(self._leave_conflicts)
            self._middle.addWidget(self._conflicts)
        return self._conflicts

    def show_conflicts(self) -> None:
        """Changes that need me, where the list stands; the case stays at the right."""
        self.go(CONFLICTS)
        self._open_conflicts()
        self._driver.conflicts_seen()
        self.conflicts.take_focus()

    def _open_conflicts(self) -> None:
        if self._middle.currentWidget() is not self.conflicts:
            self._middle.setCurrentWidget(self.conflicts)
            self.conflicts.read()

    def _leave_conflicts(self) -> None:
        self.go(str(self.services.settings["place"]))
        self._middle.setCurrentWidget(self.page)
        self.page.setFocus()

    def _show_sync(self, state: SyncState) -> None:
        self.status.show_state(state)
        self.navigation.show_conflicts(state.conflicts)

    def show_health(self) -> None:
        """How the drive is."""
        from ui.drive_health import DriveHealthDialog

        self._open(DriveHealthDialog(self.services, self))

    def show_today(self) -> None:
        """What I did, and what of it can be booked."""
        from ui.today_dialog import TodayDialog

        dialog = TodayDialog(self.services, self)
        dialog.case_wanted.connect(self._went_on)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()  # beside the cases one looks into from it

    def show_routing(self) -> None:
        """Who would get a case, and why."""
        from ui.route_dialog import RouteDialog

        self._open(RouteDialog(self.services, self))

    def weekly_report(self) -> None:
        """Show and print a week."""
        self.show_page("supervisor", "reports")

    def show_about(self) -> None:
        """Which version this is and where it works."""
        from importlib.metadata import version

        desk = self.services.desk
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("About Halldesk"))
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Halldesk {version('halldesk')}")
        box.setInformativeText(
            self.tr("Help desk: {name}\nShared store: {where}\nProfile: {profile}\nTime zone: {zone}").format(
                name=desk.name, where=desk.where, profile=desk.profile.folder, zone=desk.context.zone
            )
        )
        self._open(box)

    def raise_up(self) -> None:
        """Somebody started Halldesk a second time on this profile: here it is."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._ended:
            if self.notifier is not None:
                self.notifier.close()
            self._remember()
            self._ended = True
            self.closed.emit()


def read_start(desk: ReadingDesk, key: str, lists: Mapping[str, object]) -> tuple[Known, Place, Loaded]:
    """Places and the first list, on a lane, while the window is being made. `lists`: how lists were last looked at."""
    from ui.list_loading import as_kept, read_first
    from ui.places import sections

    known = gather(desk)
    every = [place for section in sections(desk.me, known) for place in section.places]
    place = next((p for p in every if p.key == key and not p.page), standing(desk.me).places[0])
    return known, place, read_first(desk.lists, as_kept(place.wanted, place.group, lists.get(place.key)))


def _counted(lists: Lists, now: int) -> tuple[Counts, float]:
    began = time.perf_counter()
    return lists.counts(now), time.perf_counter() - began


def _timer(parent: QWidget, wait: int, run: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(lambda: run())
    return timer
