"""The main window: navigation, list, case; tool bar above, the status line below, notices over the foot.

It makes the rooms, lays them out and connects them: a place chosen at the left is opened in the middle, the case under
the cursor is shown at the right. What is done to cases is in `case_deeds`, the dialogs are in `window_sheets`, the
figures of the navigation in `navigation_news`, the widths in `panes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSizePolicy, QToolBar, QVBoxLayout, QWidget

from app.changes import Changes
from app.reading import ReadingDesk
from app.work.case_filter import CaseList
from app.work.lists import CaseLine
from ui.action_set import ActionSet
from ui.actions import ACTIONS, Where
from ui.appearance import Appearance
from ui.case_deeds import CaseDeeds, open_dialog
from ui.case_room import CaseRoom
from ui.drive_news import SyncState
from ui.i18n import Languages
from ui.icons import app_icon
from ui.keymap import Keymap
from ui.list_loading import Loaded
from ui.middle_room import MiddleRoom
from ui.navigation import Navigation
from ui.navigation_news import NavigationNews
from ui.panes import Panes
from ui.pickers import Choice
from ui.places import CONFLICTS, DEPARTMENT, HANDED, Known, Place, behind, gather, standing
from ui.queue_page import QueuePage
from ui.search_box import SearchBox
from ui.services import Services
from ui.settling import Settling
from ui.status_line import StatusLine
from ui.sync_driver import SyncDriver
from ui.theme import Theme
from ui.undo_keys import UndoKeys
from ui.widgets.notice_bar import NoticeBar
from ui.window_sheets import WindowSheets

if TYPE_CHECKING:
    from ui.case_editor import CaseEditor
    from ui.dedicated.mode import DepartmentMode
    from ui.quick_capture import QuickCapture
    from ui.reminder_sheets import ReminderWatch
    from ui.tray import Notifier


class MainWindow(QMainWindow):
    """One desk on screen."""

    closed = Signal()

    def __init__(self, services: Services, theme: Theme, languages: Languages, driver: SyncDriver) -> None:
        super().__init__()
        self.services, self._driver = services, driver
        self._reminders: ReminderWatch | None = None
        self.notifier: Notifier | None = None
        self._capture: QuickCapture | None = None
        self._departments: DepartmentMode | None = None
        self._ended = False
        self._me = services.desk.directory.name("analyst", services.desk.me)
        self.actions_ = ActionSet(self, Keymap(ACTIONS, services.settings["keys"]))
        self.navigation = Navigation(services)
        self.page = QueuePage(services)
        self.status = StatusLine(services.zone, "", services.presence)
        self.settling = Settling(services, self)
        self.settling.progressed.connect(self.status.show_settling)
        self.case_room = CaseRoom(services, self.actions_)
        self.middle = MiddleRoom(services, self.page)
        self.panes = Panes(services, self.actions_, self.navigation, self.middle, self.case_room)
        self.search = SearchBox(services, self)
        self.news = NavigationNews(services, self.navigation, self)
        self.deeds = CaseDeeds(services, self.actions_, self.page, self.case_room, self.panes.open_case, self)
        self.sheets = WindowSheets(services, self.actions_, self.navigation, (theme, languages), self)
        self._appearance = Appearance(services.settings, theme, languages)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            UndoKeys(application, self)
        self._build()
        self._connect()
        self._bind()
        self._retranslate()
        self._restore()
        self.deeds.show_facts()

    # -- making -------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.setWindowIcon(app_icon())
        self.setObjectName("mainWindow")
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(central)
        self._bar = QToolBar()
        self._bar.setMovable(False)
        self._bar.setFloatable(False)
        self._bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._fill_tool_bar()
        self.addToolBar(self._bar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.actions_.fill_menu_bar(self.menuBar())
        self.notice_bar = NoticeBar(self.services.notices, self.panes, self.panes.left_of_case)

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
        bar.addAction(actions["go.previous"])
        bar.addAction(actions["go.next"])
        bar.addAction(actions["departments.mode"])
        bar.addAction(actions["view.navigation"])
        bar.addAction(actions["view.case"])

    def _connect(self) -> None:
        services, page, room, facts = self.services, self.page, self.case_room, self.deeds.show_facts
        self.navigation.chosen.connect(self._stand)
        self.navigation.entered.connect(self._into_place)
        self.navigation.dropped.connect(self.deeds.hand_over_by_drag)
        self.navigation.menu_asked.connect(self._navigation_menu)
        page.current_changed.connect(self._come_to)
        page.current_changed.connect(facts)
        page.selection_changed.connect(facts)
        page.opened.connect(self._work_on)
        page.menu_asked.connect(self.deeds.context_menu)
        page.view_asked.connect(self.build_view)
        room.case_wanted.connect(self.follow)
        room.about_to_show.connect(self.panes.leave_page)
        room.line_known.connect(facts)
        room.decided.connect(self._driver.sync_now)
        self.middle.case_wanted.connect(self._go_to)
        self.middle.case_reached.connect(room.rest_on)
        self.middle.currentChanged.connect(lambda _which: room.decide_elsewhere(self.middle.at_conflicts))
        self.middle.settled.connect(self._driver.sync_now)
        self.middle.conflicts_left.connect(self._leave_conflicts)
        self.sheets.case_wanted.connect(self.follow)
        self.search.found.connect(self._found)
        self.panes.other_pages.cases_wanted.connect(self.show_cases)
        self.panes.other_pages.case_wanted.connect(self._open_from_page)
        self.panes.other_pages.solution_wanted.connect(self._take_solution)
        self.panes.other_pages.page_wanted.connect(self.show_page)
        self.panes.moved.connect(self._remember)
        services.bell.changed.connect(self._changed)
        services.undo.changed.connect(facts)
        self._driver.changed.connect(self._show_sync)
        self._driver.conflicts_asked.connect(self.show_conflicts)
        self._driver.conflicts_in_sight = lambda: self.middle.conflicts.isVisible()
        self._driver.help_asked.connect(self.sheets.answer_status)
        self._driver.met.connect(lambda there: services.presence.show_colleagues(there, services.desk.me))
        self._driver.doing = room.doing
        self.status.conflicts_asked.connect(self.show_conflicts)
        self.status.health_asked.connect(self.sheets.answer_status)

    def _bind(self) -> None:
        bind, page, panes, look = self.actions_.bind, self.page, self.panes, self._appearance
        self.deeds.bind()
        self.sheets.bind()
        bind("case.new", self.new_case)
        bind("sync.now", self._driver.sync_now)
        bind("report.weekly", self.weekly_report)
        bind("print", lambda: self.write_list("pdf"))
        bind("export", lambda: self.write_list("csv"))
        bind("quit", self.close)
        bind("undo", self.services.take_back)
        bind("redo", self.services.do_again)
        bind("search", self._to_search)
        bind("list.filter", lambda: page.filter.setFocus(Qt.FocusReason.ShortcutFocusReason))
        bind("view.navigation", panes.toggle_navigation)
        bind("view.case", panes.toggle_case)
        bind("view.columns", page.choose_columns)
        bind("view.group", page.choose_group)
        bind("view.build", self.build_view)
        bind("view.dark", look.toggle_dark)
        bind("view.language", look.toggle_language)
        bind("view.larger", lambda: look.scale(0.1))
        bind("view.smaller", lambda: look.scale(-0.1))
        bind("departments.mode", lambda: self.departments.toggle())
        for verb in (row.id for row in ACTIONS if row.id.startswith("department.")):
            bind(verb, partial(self._in_department, verb))
        self.deeds.also = lambda: self._departments.facts() if self._departments is not None else ()
        bind("go.my_work", lambda: self.go("mine"))
        bind("go.departments", lambda: self._go_first("department:"))
        bind("go.queues", lambda: self._go_first("queue:"))
        bind("go.coverage", lambda: self.show_page("coverage"))
        bind("go.roster", lambda: self.show_page("roster"))
        bind("go.knowledge", lambda: self.show_page("knowledge"))
        bind("go.board", lambda: self.show_page("supervisor", "board"))
        bind("go.recurring", lambda: self.show_page("supervisor", "recurring"))
        bind("go.administration", lambda: self.show_page("administration"))
        bind("go.navigation", lambda: self.navigation.setFocus(Qt.FocusReason.ShortcutFocusReason))
        bind("go.list", self._into_place)
        bind("go.case", self._to_case)
        bind("go.next", lambda: page.table.step(1))
        bind("go.previous", lambda: page.table.step(-1))
        bind("go.conflicts", self.show_conflicts)
        bind("list.open", page.table.open_current)
        bind("list.next", lambda: page.table.step(1))
        bind("list.previous", lambda: page.table.step(-1))
        in_list = [key for row in ACTIONS if row.where is Where.LIST for key in self.actions_.keymap.keys(row.id)]
        page.table.take_letters(key for key in in_list if len(key) == 1)
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

    # -- start --------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.news.count_soon.start(0)

    def begin_telling(self) -> None:
        """The first rows are on screen: from now on it is said who is on duty, and what happens to my cases is told, in
        the tray where there is one."""
        from ui.on_duty import OnDuty
        from ui.reminder_sheets import ReminderWatch
        from ui.tray import Notifier, TrayIcon, speaker_for
        from ui.watching import Watching

        OnDuty(self.services, self.status, self).look()
        self._reminders = ReminderWatch(self.services, self)
        self._reminders.case_wanted.connect(self.follow)
        speaker = speaker_for(self.services, self, self.raise_up, self.tr("Open"))
        self.notifier = Notifier(self.services, speaker, self)
        self.notifier.case_wanted.connect(self._told_of)
        self._reminders.told.connect(self.notifier.tell)
        Watching(self.services, self, self.notifier, lambda: self._driver.is_away, self._told_of)
        if isinstance(speaker, TrayIcon):
            speaker.menu.addAction(self.tr("Open Halldesk"), self.raise_up)
            speaker.menu.addAction(self.actions_["case.new"])
            speaker.menu.addAction(self.tr("Quiet for an hour"), self.notifier.be_quiet)
            speaker.menu.addAction(self.actions_["settings"])
            speaker.menu.addAction(self.actions_["quit"])

    def _told_of(self, case_id: bytes) -> None:
        self.raise_up()
        self.follow(case_id)

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
        if self.services.settings["start_with_departments"]:
            QTimer.singleShot(0, self, lambda: self.departments.enter())

    # -- where one stands ---------------------------------------------------------------------------------------------
    def go(self, key: str) -> bool:
        """Stand at a place ("mine", "queue:<hex>"); False when there is none of that key."""
        if self.in_departments and not key.startswith((DEPARTMENT, HANDED)):
            self._leave_departments()
        return self.navigation.go(key)

    @property
    def in_departments(self) -> bool:
        """Whether the dedicated-analyst mode is on."""
        return self._departments is not None and self._departments.on

    @property
    def departments(self) -> DepartmentMode:
        """The dedicated-analyst mode, made when it is first wanted."""
        if self._departments is None:
            from ui.dedicated.mode import DepartmentMode, Rooms

            rooms = Rooms(self.navigation, self.page, self.middle, self.case_room, self.panes, self.new_call_of)
            facts = self.deeds.show_facts
            self._departments = DepartmentMode(self.services, self.actions_, rooms, facts, self)
        return self._departments

    def _leave_departments(self) -> None:
        """Out of the mode, to somewhere else than where one was."""
        if self._departments is not None:
            self._departments.leave(back=False)

    def _in_department(self, verb: str) -> None:
        self.departments.do(verb)

    def _stand(self, place: Place) -> None:
        """A place was chosen: its list, or its page in the room of list and case."""
        if self._departments is not None and self._departments.on:
            if self._departments.stand(place):
                return
            self._leave_departments()
            self.navigation.go(place.key)
            return
        if place.page:
            self.panes.other_pages.open(place.page)
            return
        self.panes.leave_page()
        if place.key == CONFLICTS:
            self.middle.show_conflicts()
        else:
            self.middle.show_list(place)

    def show_cases(self, title: str, wanted: CaseList | Sequence[int]) -> None:
        """The cases behind a figure, as a list."""
        self._leave_departments()
        self.panes.leave_page()
        self.navigation.stand_nowhere()
        self.middle.show_list(behind(title, wanted))
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_from_page(self, case_id: bytes) -> None:
        """A page asks for a case: it is beside the list again, and has the focus."""
        self.panes.leave_page()
        self._go_to(case_id)

    def _take_solution(self, case_id: bytes, article_id: bytes) -> None:
        """What an article says goes into what is written in a case."""
        self.follow(case_id)
        self.case_room.editor.suggesting.take(case_id, article_id)

    def show_page(self, key: str, section: str = "") -> None:
        """Open a page of its own ("administration"), at a section of it if one is named; the focus goes there."""
        if self.go(key):
            self.panes.other_pages.open(key, section)
            self._into_place()

    def _into_place(self) -> None:
        pages = self.panes.other_pages
        if not pages.is_open and self.middle.at_conflicts:
            self.middle.conflicts.take_focus()
        else:
            (pages if pages.is_open else self.page).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_first(self, prefix: str) -> None:
        if self.in_departments and prefix != DEPARTMENT:
            self._leave_departments()
        found = next((place for place in self.navigation.places() if place.key.startswith(prefix)), None)
        if found is not None:
            self.go(found.key)
        self.navigation.setFocus()

    def show_conflicts(self) -> None:
        """Changes that need me, where the list stands; the case stays at the right."""
        self.go(CONFLICTS)
        self.middle.show_conflicts()
        self.middle.conflicts.show_what_waits(self._driver.state)
        self._driver.conflicts_seen()
        self.middle.conflicts.take_focus()

    def _leave_conflicts(self) -> None:
        self.go(str(self.services.settings["place"]))
        self.middle.show_list()
        self.page.setFocus()

    def weekly_report(self) -> None:
        """Show and print a week."""
        self.show_page("supervisor", "reports")

    # -- news ---------------------------------------------------------------------------------------------------------
    def _changed(self, changes: Changes) -> None:
        self.news.refresh(changes)
        self.case_room.refresh(changes)

    def _show_sync(self, state: SyncState) -> None:
        self.status.show_state(state)
        self.navigation.show_conflicts(state.needs)

    # -- the case at the right ----------------------------------------------------------------------------------------
    @property
    def editor(self) -> CaseEditor:
        """The case editor, made when it is first needed."""
        return self.case_room.editor

    def follow(self, case_id: bytes) -> None:
        """A link, a hit or a similar case was followed: what is shown is not what the list has chosen."""
        self.page.table.clearSelection()
        self.panes.open_case()
        self.case_room.show_case(case_id)

    def _come_to(self, line: CaseLine | None) -> None:
        """The cursor of the list stands on a case; on the page of conflicts its cards say which case is shown."""
        if not self.middle.at_conflicts:
            self.case_room.come_to(line)

    def _go_to(self, case_id: bytes) -> None:
        """Show a case and give it the focus."""
        self.follow(case_id)
        self._to_case()

    def _work_on(self, line: CaseLine) -> None:
        """Return in the list: the case gets the focus, its pane is opened if it was hidden."""
        self.case_room.show_case(line.id)
        self._to_case()

    def _to_case(self) -> None:
        self.panes.open_case()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def new_case(self) -> None:
        """F2."""
        self.capture.open_empty()

    @property
    def capture(self) -> QuickCapture:
        """Quick capture, made when it is first needed."""
        if self._capture is None:
            from ui.quick_capture import QuickCapture

            self._capture = QuickCapture(self.services, self)
            self._capture.created.connect(self.follow)
            self._capture.case_wanted.connect(self.follow)
        return self._capture

    def new_call_of(self, department: bytes, name: str) -> None:
        """The same for a call of a department."""
        self.capture.open_for(department, name)

    # -- lists and views ----------------------------------------------------------------------------------------------
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

            columns = self.page.table.columns.shown()
            open_dialog(ListExport(self.services, place.title, asked, columns, form, self))

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _found(self, choice: Choice) -> None:
        if choice.kind == "case":
            self.follow(choice.id)
        else:
            self.sheets.show_article(choice.id)

    # -- the window itself --------------------------------------------------------------------------------------------
    def _remember(self) -> None:
        if self.isVisible() and not self.panes.other_pages.is_open:
            geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
            self.services.settings["window"] = {"geometry": geometry, **self.panes.kept()}

    def _restore(self) -> None:
        kept = self.services.settings["window"]
        if kept.get("geometry"):
            self.restoreGeometry(QByteArray.fromBase64(str(kept["geometry"]).encode("ascii")))
        else:
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1480, screen.width()), min(920, screen.height()))
        self.panes.restore(kept)

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
