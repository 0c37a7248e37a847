"""Every action of the program is one row of one table; menus, tool bar, context menus, command palette and
the shortcut sheet are made from it and cannot drift apart.

A row says what the action is called, where its keys work, in which menu it stands and which facts must hold
for it to be enabled ("case": a case is selected). It does not say what happens: the window binds a function
to the id. So the table can be read, tested and translated without a window.

    actions = ActionSet(window, Keymap(ACTIONS, settings["keys"]))
    actions.bind("case.claim", self._claim)
    actions.attach(Where.LIST, self._list)       keys of the list work while the focus is in it
    actions.fill_menu_bar(window.menuBar())
    actions.set_facts({"store", "case", "case open"})
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from ui.icons import icon


class Where(StrEnum):
    """Where the focus must be for the keys of an action to work."""

    WINDOW = "window"
    """Anywhere in the main window: these keys may be used nowhere else."""
    NAVIGATION = "navigation"
    LIST = "list"
    CASE = "case"


class Menu(StrEnum):
    """The menus in their order."""

    FILE = "file"
    CASE = "case"
    EDIT = "edit"
    VIEW = "view"
    GO = "go"
    HELP = "help"


FACTS = {
    "store": "a help desk is open",
    "case": "exactly one case is selected",
    "cases": "one or more cases are selected",
    "case open": "the selected case is neither resolved nor closed",
    "case unowned": "the selected case is not mine",
    "case done": "the selected case is resolved or closed",
    "can undo": "there is a change to take back",
    "can redo": "there is an undone change to repeat",
    "supervisor": "the user may see reports and manage coverage",
}
"""What an action may demand, and what it means; the window says which of them hold."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row. Texts are English source texts of the translation context "actions"."""

    id: str
    text: str
    """As in a menu; an ellipsis says that more is asked before anything happens."""
    icon: str = ""
    keys: tuple[str, ...] = ()
    """Portable key sequences ("Ctrl+K"); the first is the one shown."""
    where: Where = Where.WINDOW
    menu: Menu | None = None
    group: int = 0
    """Within a menu a line separates the groups."""
    needs: tuple[str, ...] = ()
    """Facts that must all hold."""
    tool_bar: str = ""
    """Name of the tool bar it is on: "main" or "case"."""
    checkable: bool = False
    context_menus: tuple[Where, ...] = ()
    palette: bool = True


ACTIONS: tuple[Action, ...] = (
    # File
    Action(
        "case.new", QT_TRANSLATE_NOOP("actions", "New case…"), "case-new", ("F2", "Ctrl+N"),
        menu=Menu.FILE, needs=("store",), tool_bar="main",
    ),
    Action(
        "sync.now", QT_TRANSLATE_NOOP("actions", "Synchronise now"), "sync", ("F5",),
        menu=Menu.FILE, group=1, needs=("store",),
    ),
    Action(
        "report.weekly", QT_TRANSLATE_NOOP("actions", "Weekly report"), "reports", ("Ctrl+Shift+R",),
        menu=Menu.FILE, group=2, needs=("store",),
    ),
    Action(
        "print", QT_TRANSLATE_NOOP("actions", "Print…"), "print", ("Ctrl+P",),
        menu=Menu.FILE, group=2, needs=("store",),
    ),
    Action(
        "export", QT_TRANSLATE_NOOP("actions", "Export the list…"), "export", (),
        menu=Menu.FILE, group=2, needs=("store",),
    ),
    Action(
        "settings", QT_TRANSLATE_NOOP("actions", "Settings…"), "settings", ("Ctrl+,",),
        menu=Menu.FILE, group=3,
    ),
    Action("quit", QT_TRANSLATE_NOOP("actions", "Quit"), "quit", ("Ctrl+Q",), menu=Menu.FILE, group=4),
    # Case
    Action(
        "case.claim", QT_TRANSLATE_NOOP("actions", "Claim"), "claim", ("Ctrl+M",),
        menu=Menu.CASE, needs=("store", "case open", "case unowned"), tool_bar="case",
        context_menus=(Where.LIST,),
    ),
    Action(
        "case.hand_over", QT_TRANSLATE_NOOP("actions", "Hand over…"), "hand-over", ("Ctrl+H",),
        menu=Menu.CASE, needs=("store", "cases"), tool_bar="case", context_menus=(Where.LIST,),
    ),
    Action(
        "case.escalate", QT_TRANSLATE_NOOP("actions", "Escalate…"), "escalate", ("Ctrl+Shift+E",),
        menu=Menu.CASE, needs=("store", "case open"), tool_bar="case", context_menus=(Where.LIST,),
    ),
    Action(
        "case.reply", QT_TRANSLATE_NOOP("actions", "Reply to the requester"), "reply", ("Ctrl+R",),
        menu=Menu.CASE, group=1, needs=("store", "case"), tool_bar="case", context_menus=(Where.LIST,),
    ),
    Action(
        "case.note", QT_TRANSLATE_NOOP("actions", "Internal note"), "note", ("Ctrl+Shift+N",),
        menu=Menu.CASE, group=1, needs=("store", "case"), tool_bar="case", context_menus=(Where.LIST,),
    ),
    Action(
        "case.call", QT_TRANSLATE_NOOP("actions", "Note a call"), "phone", ("Ctrl+Shift+P",),
        menu=Menu.CASE, group=1, needs=("store", "case"),
    ),
    Action(
        "case.next_step", QT_TRANSLATE_NOOP("actions", "Set the next step…"), "next-step", ("Ctrl+T",),
        menu=Menu.CASE, group=2, needs=("store", "case open"), tool_bar="case",
    ),
    Action(
        "case.wait", QT_TRANSLATE_NOOP("actions", "Wait for…"), "waiting", ("Ctrl+Shift+W",),
        menu=Menu.CASE, group=2, needs=("store", "case open"),
    ),
    Action(
        "case.time", QT_TRANSLATE_NOOP("actions", "Log time…"), "clock-add", ("Ctrl+L",),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.severity", QT_TRANSLATE_NOOP("actions", "Change the severity…"), "warning", ("Ctrl+Shift+S",),
        menu=Menu.CASE, group=2, needs=("store", "cases"), context_menus=(Where.LIST,),
    ),
    Action(
        "case.attach", QT_TRANSLATE_NOOP("actions", "Attach a file…"), "paperclip", ("Ctrl+Shift+A",),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.resolve", QT_TRANSLATE_NOOP("actions", "Resolve…"), "resolve", ("Ctrl+Shift+Return",),
        menu=Menu.CASE, group=3, needs=("store", "case open"), tool_bar="case",
        context_menus=(Where.LIST,),
    ),
    Action(
        "case.reopen", QT_TRANSLATE_NOOP("actions", "Reopen…"), "reopen", ("Ctrl+Shift+O",),
        menu=Menu.CASE, group=3, needs=("store", "case done"), tool_bar="case",
        context_menus=(Where.LIST,),
    ),
    Action(
        "case.merge", QT_TRANSLATE_NOOP("actions", "Merge into another case…"), "merge", (),
        menu=Menu.CASE, group=3, needs=("store", "case"),
    ),
    Action(
        "case.bulk", QT_TRANSLATE_NOOP("actions", "Change all selected…"), "bulk", ("Ctrl+E",),
        menu=Menu.CASE, group=4, needs=("store", "cases"), context_menus=(Where.LIST,),
    ),
    # Edit
    Action(
        "undo", QT_TRANSLATE_NOOP("actions", "Undo"), "undo", ("Ctrl+Z",),
        menu=Menu.EDIT, needs=("store", "can undo"), tool_bar="main",
    ),
    Action(
        "redo", QT_TRANSLATE_NOOP("actions", "Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y"),
        menu=Menu.EDIT, needs=("store", "can redo"),
    ),
    Action(
        "case.copy_number", QT_TRANSLATE_NOOP("actions", "Copy the case number"), "copy", ("Ctrl+Shift+C",),
        menu=Menu.EDIT, group=1, needs=("cases",), context_menus=(Where.LIST,),
    ),
    Action(
        "search", QT_TRANSLATE_NOOP("actions", "Search cases and articles"), "search", ("Ctrl+F", "/"),
        menu=Menu.EDIT, group=2, needs=("store",),
    ),
    Action(
        "list.filter", QT_TRANSLATE_NOOP("actions", "Filter this list"), "filter", ("Ctrl+Shift+F",),
        menu=Menu.EDIT, group=2, needs=("store",),
    ),
    # View
    Action(
        "view.navigation", QT_TRANSLATE_NOOP("actions", "Navigation pane"), "panel-left", ("F9",),
        menu=Menu.VIEW, tool_bar="main", checkable=True,
    ),
    Action(
        "view.case", QT_TRANSLATE_NOOP("actions", "Case pane"), "panel-right", ("F10",),
        menu=Menu.VIEW, tool_bar="main", checkable=True,
    ),
    Action(
        "view.columns", QT_TRANSLATE_NOOP("actions", "Choose columns…"), "columns", (),
        menu=Menu.VIEW, group=1, needs=("store",),
    ),
    Action(
        "view.dark", QT_TRANSLATE_NOOP("actions", "Switch between light and dark"), "contrast",
        ("Ctrl+Shift+L",), menu=Menu.VIEW, group=2,
    ),
    Action(
        "view.language", QT_TRANSLATE_NOOP("actions", "Switch between German and English"), "language",
        (), menu=Menu.VIEW, group=2,
    ),
    Action(
        "view.larger", QT_TRANSLATE_NOOP("actions", "Larger text"), "plus", ("Ctrl++", "Ctrl+="),
        menu=Menu.VIEW, group=3,
    ),
    Action(
        "view.smaller", QT_TRANSLATE_NOOP("actions", "Smaller text"), "minus", ("Ctrl+-",),
        menu=Menu.VIEW, group=3,
    ),
    # Go
    Action(
        "palette", QT_TRANSLATE_NOOP("actions", "Command palette…"), "command", ("Ctrl+K", "Ctrl+Shift+K"),
        menu=Menu.GO, palette=False,
    ),
    Action(
        "go.my_work", QT_TRANSLATE_NOOP("actions", "My work"), "my-work", ("Ctrl+1",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.departments", QT_TRANSLATE_NOOP("actions", "My departments"), "departments", ("Ctrl+2",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.queues", QT_TRANSLATE_NOOP("actions", "Queues"), "queues", ("Ctrl+3",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.knowledge", QT_TRANSLATE_NOOP("actions", "Knowledge"), "knowledge", ("Ctrl+4",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.coverage", QT_TRANSLATE_NOOP("actions", "Coverage and roster"), "coverage", ("Ctrl+5",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.board", QT_TRANSLATE_NOOP("actions", "Board"), "board", ("Ctrl+6",),
        menu=Menu.GO, group=1, needs=("store", "supervisor"),
    ),
    Action(
        "go.navigation", QT_TRANSLATE_NOOP("actions", "To the navigation"), "go-navigation", ("Alt+1",),
        menu=Menu.GO, group=2,
    ),
    Action(
        "go.list", QT_TRANSLATE_NOOP("actions", "To the list"), "go-list", ("Alt+2",),
        menu=Menu.GO, group=2,
    ),
    Action(
        "go.case", QT_TRANSLATE_NOOP("actions", "To the case"), "go-case", ("Alt+3",),
        menu=Menu.GO, group=2, needs=("case",),
    ),
    Action(
        "go.next", QT_TRANSLATE_NOOP("actions", "Next case"), "next-case", ("Alt+Down", "Ctrl+Tab"),
        menu=Menu.GO, group=3, needs=("store",),
    ),
    Action(
        "go.previous", QT_TRANSLATE_NOOP("actions", "Previous case"), "previous-case",
        ("Alt+Up", "Ctrl+Shift+Tab"), menu=Menu.GO, group=3, needs=("store",),
    ),
    Action(
        "go.conflicts", QT_TRANSLATE_NOOP("actions", "Changes that need me"), "sync-conflict", (),
        menu=Menu.GO, group=4, needs=("store",),
    ),
    # Keys of one pane
    Action(
        "list.open", QT_TRANSLATE_NOOP("actions", "Open the case"), "case", ("Return",), where=Where.LIST,
        needs=("case",), context_menus=(Where.LIST,), palette=False,
    ),
    Action(
        "list.next", QT_TRANSLATE_NOOP("actions", "One case down"), "next-case", ("J",), where=Where.LIST,
        needs=("store",), palette=False,
    ),
    Action(
        "list.previous", QT_TRANSLATE_NOOP("actions", "One case up"), "previous-case", ("K",),
        where=Where.LIST, needs=("store",), palette=False,
    ),
    Action(
        "list.claim", QT_TRANSLATE_NOOP("actions", "Claim and open"), "claim", ("C",), where=Where.LIST,
        needs=("store", "case open", "case unowned"), palette=False,
    ),
    Action(
        "case.send", QT_TRANSLATE_NOOP("actions", "Send what is written"), "check", ("Ctrl+Return",),
        where=Where.CASE, needs=("store", "case"), palette=False,
    ),
    Action(
        "case.audience", QT_TRANSLATE_NOOP("actions", "Internal or to the requester"), "eye",
        ("Ctrl+Shift+I",), where=Where.CASE, needs=("store", "case"), palette=False,
    ),
    Action(
        "case.knowledge", QT_TRANSLATE_NOOP("actions", "Insert from knowledge…"), "knowledge", ("Ctrl+B",),
        where=Where.CASE, needs=("store", "case"),
    ),
    # Help
    Action(
        "help.keys", QT_TRANSLATE_NOOP("actions", "Keyboard shortcuts"), "keyboard", ("F1", "?"),
        menu=Menu.HELP,
    ),
    Action(
        "help.details", QT_TRANSLATE_NOOP("actions", "About Halldesk"), "info", (), menu=Menu.HELP, group=1,
    ),
)

MENU_TITLES: dict[Menu, str] = {
    Menu.FILE: QT_TRANSLATE_NOOP("actions", "&File"),
    Menu.CASE: QT_TRANSLATE_NOOP("actions", "&Case"),
    Menu.EDIT: QT_TRANSLATE_NOOP("actions", "&Edit"),
    Menu.VIEW: QT_TRANSLATE_NOOP("actions", "&View"),
    Menu.GO: QT_TRANSLATE_NOOP("actions", "&Go"),
    Menu.HELP: QT_TRANSLATE_NOOP("actions", "&Help"),
}

WHERE_TITLES: dict[Where, str] = {
    Where.WINDOW: QT_TRANSLATE_NOOP("actions", "Everywhere"),
    Where.NAVIGATION: QT_TRANSLATE_NOOP("actions", "In the navigation"),
    Where.LIST: QT_TRANSLATE_NOOP("actions", "In the list"),
    Where.CASE: QT_TRANSLATE_NOOP("actions", "In the case"),
}


def translated(text: str) -> str:
    """A text of this table in the language that is on."""
    return QCoreApplication.translate("actions", text)


def plain(text: str) -> str:
    """A menu text without its mnemonic and ellipsis, for palette and sheet."""
    return text.replace("&", "").removesuffix("…")


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """One key that two actions claim where both could hear it."""

    key: str
    actions: tuple[str, ...]


class Keymap:
    """Which keys each action has: those of the table, changed by the settings.

    The settings hold {action id: [keys]}; an empty list takes the keys away. Ids that no longer exist are
    left alone, keys that are not keys are ignored and listed in `invalid`.
    """

    def __init__(self, table: Sequence[Action], remapped: Mapping[str, Sequence[str]] | None = None) -> None:
        self.table = tuple(table)
        self.invalid: list[tuple[str, str]] = []
        self._keys = {action.id: action.keys for action in self.table}
        for action_id, keys in (remapped or {}).items():
            if action_id in self._keys:
                self._keys[action_id] = self._readable(action_id, keys)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action, the shown one first. KeyError for an unknown id."""
        return self._keys[action_id]

    def shown(self, action_id: str) -> str:
        """The first key as the platform writes it ("Strg+K" on a German Windows), "" when none."""
        keys = self._keys[action_id]
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def conflicts(self) -> list[KeyConflict]:
        """Keys that would not work, because two actions could both hear them. The same key in the list and
        in the case is fine; the same key in the window and in a pane is not."""
        users: dict[str, list[Action]] = {}
        for action in self.table:
            for key in self._keys[action.id]:
                users.setdefault(_normal(key), []).append(action)
        found = []
        for key, actions in users.items():
            clash = [
                action.id
                for action in actions
                if any(other is not action and _overlap(action.where, other.where) for other in actions)
            ]
            if clash:
                found.append(KeyConflict(key, tuple(clash)))
        return found

    def _readable(self, action_id: str, keys: Sequence[str]) -> tuple[str, ...]:
        good = []
        for key in keys:
            if _normal(key):
                good.append(key)
            else:
                self.invalid.append((action_id, key))
        return tuple(good)


class ActionSet(QObject):
    """The QActions of one window."""

    def __init__(self, window: QWidget, keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self._keymap = keymap
        self._facts: frozenset[str] = frozenset()
        self._actions: dict[str, QAction] = {}
        self._rows = {row.id: row for row in keymap.table}
        self._bound: set[str] = set()
        self._menus: list[tuple[QMenu, Menu]] = []
        for row in keymap.table:
            action = QAction(self)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            if row.icon:
                action.setIcon(icon(row.icon))
            in_window = row.where is Where.WINDOW
            action.setShortcutContext(
                Qt.ShortcutContext.WindowShortcut if in_window else Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            action.setIconVisibleInMenu(True)
            self._actions[row.id] = action
            if in_window:
                window.addAction(action)
        self.set_keymap(keymap)
        self._retranslate()
        self._enable()
        window.installEventFilter(self)

    @property
    def keymap(self) -> Keymap:
        """The keys now in force."""
        return self._keymap

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def bind(self, action_id: str, run: Callable[[], object]) -> None:
        """What the action does. An action that nobody bound stays disabled and out of the palette."""
        self._actions[action_id].triggered.connect(lambda _checked=False: run())
        self._bound.add(action_id)
        self._enable()

    def attach(self, where: Where, widget: QWidget) -> None:
        """Make the keys of a place work while the focus is in `widget`."""
        for row in self._keymap.table:
            if row.where is where:
                widget.addAction(self._actions[row.id])

    def set_facts(self, facts: Collection[str]) -> None:
        """Say what holds now (keys of FACTS). ValueError for a fact nobody defined."""
        unknown = set(facts) - FACTS.keys()
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
        self._facts = frozenset(facts)
        self._enable()

    def set_keymap(self, keymap: Keymap) -> None:
        """Use other keys from now on; the table stays the same."""
        self._keymap = keymap
        for row in keymap.table:
            self._actions[row.id].setShortcuts([QKeySequence(key) for key in keymap.keys(row.id)])
        self._retranslate()

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for menu_id, title in MENU_TITLES.items():
            menu = bar.addMenu(translated(title))
            self._menus.append((menu, menu_id))
            rows = [row for row in self._keymap.table if row.menu is menu_id]
            self._fill(menu, rows)

    def fill_tool_bar(self, bar: QToolBar, name: str) -> None:
        """Put the actions of a tool bar ("main", "case") on it, in the order of the table."""
        for row in self._keymap.table:
            if row.tool_bar == name:
                bar.addAction(self._actions[row.id])

    def context_menu(self, where: Where, parent: QWidget) -> QMenu:
        """A fresh menu for the right mouse button there; what can't be done now is left out."""
        menu = QMenu(parent)
        rows = [row for row in self._keymap.table if where in row.context_menus]
        self._fill(menu, [row for row in rows if self._actions[row.id].isEnabled()])
        return menu

    def for_palette(self) -> list[Action]:
        """The rows that the palette offers now: bound, meant for it and enabled."""
        return [row for row in self._keymap.table if row.palette and self._actions[row.id].isEnabled()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange and watched is self._window:
            self._retranslate()
        return super().eventFilter(watched, event)

    def _fill(self, menu: QMenu, rows: Sequence[Action]) -> None:
        for before, row in zip([None, *rows], rows, strict=False):
            if before is not None and (before.group, before.menu) != (row.group, row.menu):
                menu.addSeparator()
            menu.addAction(self._actions[row.id])

    def _enable(self) -> None:
        for action_id, action in self._actions.items():
            wanted = action_id in self._bound and self._facts.issuperset(self._rows[action_id].needs)
            action.setEnabled(wanted)

    def _retranslate(self) -> None:
        for action_id, action in self._actions.items():
            words = translated(self._rows[action_id].text)
            action.setText(words)
            shown = self._keymap.shown(action_id)
            action.setToolTip(f"{plain(words)} ({shown})" if shown else plain(words))
        for menu, menu_id in self._menus:
            menu.setTitle(translated(MENU_TITLES[menu_id]))


def _normal(key: str) -> str:
    """One spelling per key; "" for what is not a key."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    if any(sequence[index].key() == Qt.Key.Key_unknown for index in range(sequence.count())):
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def _overlap(one: Where, other: Where) -> bool:
    return one is other or Where.WINDOW in (one, other)
