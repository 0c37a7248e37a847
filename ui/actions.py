"""Every action of the program is one row of this table; menus, tool bar, context menus, command palette and
the shortcut sheet are made from it and cannot drift apart.

A row says what the action is called, where its keys work, in which menu it stands and which facts must hold
for it to be enabled ("case": a case is selected). It does not say what happens: `ui/action_set.py` makes the
QActions and the window binds a function to each id. `ui/keymap.py` has the keys, as the user remapped them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a literal for lupdate, which knows this name; PySide's own is not typed as giving a str."""
    return text


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
    DEPARTMENT = "department"
    GO = "go"
    HELP = "help"


FACTS = {
    "store": "a help desk is open",
    "case": "exactly one case is selected",
    "cases": "one or more cases are selected",
    "case open": "the selected case is neither resolved nor closed",
    "case unowned": "the selected case is not mine",
    "case done": "the selected case is resolved or closed",
    "departments": "the dedicated-analyst mode is on",
    "department": "a department is chosen in it",
    "can undo": "there is a change to take back",
    "can redo": "there is an undone change to repeat",
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


# fmt: off
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
        "drive.health", QT_TRANSLATE_NOOP("actions", "Drive health"), "drive", (),
        menu=Menu.FILE, group=1, needs=("store",),
    ),
    Action(
        "drive.follow", QT_TRANSLATE_NOOP("actions", "The help desk is elsewhere now…"), "external", (),
        menu=Menu.FILE, group=1, needs=("store",),
    ),
    Action(
        "report.weekly", QT_TRANSLATE_NOOP("actions", "Weekly report"), "reports", ("Ctrl+Shift+R",),
        menu=Menu.FILE, group=2, needs=("store",),
    ),
    Action(
        "print", QT_TRANSLATE_NOOP("actions", "Print the list…"), "print", ("Ctrl+P",),
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
        "case.to_specialist", QT_TRANSLATE_NOOP("actions", "Hand to a specialist, stay the contact…"), "specialist",
        ("F3",), menu=Menu.CASE, needs=("store", "case open", "case"), context_menus=(Where.LIST,),
    ),
    Action(
        "case.ask", QT_TRANSLATE_NOOP("actions", "Ask a specialist…"), "question", ("F4",),
        menu=Menu.CASE, needs=("store", "case open", "case"), context_menus=(Where.LIST,),
    ),
    Action(
        "case.escalate", QT_TRANSLATE_NOOP("actions", "Escalate…"), "escalate", ("Ctrl+Shift+E",),
        menu=Menu.CASE, needs=("store", "case open"), tool_bar="case", context_menus=(Where.LIST,),
    ),
    Action(
        "case.de_escalate", QT_TRANSLATE_NOOP("actions", "De-escalate…"), "trend-down", ("Ctrl+Shift+D",),
        menu=Menu.CASE, needs=("store", "case open"),
    ),
    Action(
        "case.take_back", QT_TRANSLATE_NOOP("actions", "Take back"), "user-check", (),
        menu=Menu.CASE, needs=("store", "case open"),
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
        "case.remind", QT_TRANSLATE_NOOP("actions", "Remind me…"), "bell", ("Ctrl+Shift+M",),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.snooze", QT_TRANSLATE_NOOP("actions", "Put off until later…"), "moon", ("Ctrl+Shift+U",),
        menu=Menu.CASE, group=2, needs=("store", "case open"),
    ),
    Action(
        "case.time", QT_TRANSLATE_NOOP("actions", "Log time…"), "clock-add", ("Ctrl+L",),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.stopwatch", QT_TRANSLATE_NOOP("actions", "Start or stop the stopwatch"), "clock", ("Ctrl+Shift+T",),
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
        "case.rate", QT_TRANSLATE_NOOP("actions", "Note how satisfied they are…"), "star", (),
        menu=Menu.CASE, group=3, needs=("store", "case done"),
    ),
    Action(
        "case.article", QT_TRANSLATE_NOOP("actions", "Article from this case…"), "knowledge", (),
        menu=Menu.CASE, group=3, needs=("store", "case done"),
    ),
    Action(
        "case.suggestions", QT_TRANSLATE_NOOP("actions", "To the articles that may help"), "lightbulb", ("Alt+4",),
        menu=Menu.CASE, group=1, needs=("store", "case"),
    ),
    Action(
        "case.reopen", QT_TRANSLATE_NOOP("actions", "Reopen…"), "reopen", ("Ctrl+Shift+O",),
        menu=Menu.CASE, group=3, needs=("store", "case done"), tool_bar="case",
        context_menus=(Where.LIST,),
    ),
    Action(
        "case.work", QT_TRANSLATE_NOOP("actions", "Back to work"), "state-open", (),
        menu=Menu.CASE, group=2, needs=("store", "case", "case open"),
    ),
    Action(
        "case.close", QT_TRANSLATE_NOOP("actions", "Close"), "state-closed", (),
        menu=Menu.CASE, group=3, needs=("store", "case", "case done"),
    ),
    Action(
        "case.cancel", QT_TRANSLATE_NOOP("actions", "Cancel the case…"), "x", (),
        menu=Menu.CASE, group=3, needs=("store", "case", "case open"),
    ),
    Action(
        "case.watch", QT_TRANSLATE_NOOP("actions", "Watch"), "eye", (),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.unwatch", QT_TRANSLATE_NOOP("actions", "Stop watching"), "eye-off", (),
        menu=Menu.CASE, group=2, needs=("store", "case"),
    ),
    Action(
        "case.merge", QT_TRANSLATE_NOOP("actions", "Merge into another case…"), "merge", (),
        menu=Menu.CASE, group=3, needs=("store", "case"),
    ),
    Action(
        "case.unmerge", QT_TRANSLATE_NOOP("actions", "Part a merged case again"), "copy", (),
        menu=Menu.CASE, group=3, needs=("store", "case done"),
    ),
    Action(
        "case.link", QT_TRANSLATE_NOOP("actions", "Link to another case…"), "link", ("Ctrl+Shift+J",),
        menu=Menu.CASE, group=3, needs=("store", "case"),
    ),
    Action(
        "case.broadcast", QT_TRANSLATE_NOOP("actions", "Tell all its cases…"), "broadcast", (),
        menu=Menu.CASE, group=3, needs=("store", "case"),
    ),
    Action(
        "case.close_all", QT_TRANSLATE_NOOP("actions", "Close all its cases…"), "state-done", (),
        menu=Menu.CASE, group=3, needs=("store", "case"),
    ),
    Action(
        "case.workaround", QT_TRANSLATE_NOOP("actions", "Workaround for its incidents…"), "lightbulb", (),
        menu=Menu.CASE, group=3, needs=("store", "case open"),
    ),
    Action(
        "case.sheet", QT_TRANSLATE_NOOP("actions", "Case on paper…"), "print", ("Ctrl+Alt+P",),
        menu=Menu.CASE, group=4, needs=("store", "case"), context_menus=(Where.LIST,),
    ),
    Action(
        "case.order", QT_TRANSLATE_NOOP("actions", "Work order for a visit…"), "hall-visit", (),
        menu=Menu.CASE, group=4, needs=("store", "case"),
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
        "view.group", QT_TRANSLATE_NOOP("actions", "Group the list…"), "list", ("Ctrl+Shift+G",),
        menu=Menu.VIEW, group=1, needs=("store",),
    ),
    Action(
        "view.build", QT_TRANSLATE_NOOP("actions", "Filter and save as a view…"), "filter", ("Ctrl+Shift+V",),
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
    # Department
    Action(
        "departments.mode", QT_TRANSLATE_NOOP("actions", "Dedicated-analyst mode"), "headset", ("F8",),
        menu=Menu.DEPARTMENT, needs=("store",), tool_bar="main", checkable=True,
    ),
    Action(
        "department.next", QT_TRANSLATE_NOOP("actions", "Next department"), "next-case", ("Ctrl+Shift+PgDown",),
        menu=Menu.DEPARTMENT, needs=("departments",),
    ),
    Action(
        "department.previous", QT_TRANSLATE_NOOP("actions", "Previous department"), "previous-case",
        ("Ctrl+Shift+PgUp",), menu=Menu.DEPARTMENT, needs=("departments",),
    ),
    Action(
        "department.new_call", QT_TRANSLATE_NOOP("actions", "New call of this department…"), "phone-in", ("Shift+F2",),
        menu=Menu.DEPARTMENT, group=1, needs=("department",),
    ),
    Action(
        "department.tell", QT_TRANSLATE_NOOP("actions", "Tell the department…"), "broadcast", ("F6",),
        menu=Menu.DEPARTMENT, group=1, needs=("department",),
    ),
    Action(
        "department.sheet", QT_TRANSLATE_NOOP("actions", "Department sheet…"), "print", ("F7",),
        menu=Menu.DEPARTMENT, group=1, needs=("department",),
    ),
    Action(
        "department.dossier", QT_TRANSLATE_NOOP("actions", "To the dossier"), "book", ("Alt+5",),
        menu=Menu.DEPARTMENT, group=2, needs=("department",),
    ),
    Action(
        "department.edit", QT_TRANSLATE_NOOP("actions", "Edit the dossier"), "edit", ("Shift+F8",),
        menu=Menu.DEPARTMENT, group=2, needs=("department",),
    ),
    Action(
        "department.next_list", QT_TRANSLATE_NOOP("actions", "Next list of the department"), "chevron-right",
        ("Ctrl+PgDown",), menu=Menu.DEPARTMENT, group=3, needs=("department",),
    ),
    Action(
        "department.previous_list", QT_TRANSLATE_NOOP("actions", "Previous list of the department"), "chevron-left",
        ("Ctrl+PgUp",), menu=Menu.DEPARTMENT, group=3, needs=("department",),
    ),
    Action(
        "department.by_place", QT_TRANSLATE_NOOP("actions", "Group by place"), "pin", ("Alt+P",),
        menu=Menu.DEPARTMENT, group=3, needs=("department",),
    ),
    Action(
        "department.by_machine", QT_TRANSLATE_NOOP("actions", "Group by machine"), "machine", ("Alt+M",),
        menu=Menu.DEPARTMENT, group=3, needs=("department",),
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
        "go.coverage", QT_TRANSLATE_NOOP("actions", "Who covers whom"), "coverage", ("Ctrl+5",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.roster", QT_TRANSLATE_NOOP("actions", "Roster and who knows what"), "roster", ("Ctrl+8",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.board", QT_TRANSLATE_NOOP("actions", "Board and reports"), "board", ("Ctrl+6",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.recurring", QT_TRANSLATE_NOOP("actions", "Problem candidates"), "problem",
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "go.administration", QT_TRANSLATE_NOOP("actions", "Administration"), "permissions", ("Ctrl+9",),
        menu=Menu.GO, group=1, needs=("store",),
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
    Action(
        "go.today", QT_TRANSLATE_NOOP("actions", "What I did today"), "history", ("Ctrl+7",),
        menu=Menu.GO, group=1, needs=("store",),
    ),
    Action(
        "route.simulate", QT_TRANSLATE_NOOP("actions", "Who would get a case?"), "route", (),
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
        "case.template", QT_TRANSLATE_NOOP("actions", "Insert a template…"), "template", ("Ctrl+Shift+B",),
        where=Where.CASE, needs=("store", "case"),
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
# fmt: on

MENU_TITLES: dict[Menu, str] = {
    Menu.FILE: QT_TRANSLATE_NOOP("actions", "&File"),
    Menu.CASE: QT_TRANSLATE_NOOP("actions", "&Case"),
    Menu.EDIT: QT_TRANSLATE_NOOP("actions", "&Edit"),
    Menu.VIEW: QT_TRANSLATE_NOOP("actions", "&View"),
    Menu.DEPARTMENT: QT_TRANSLATE_NOOP("actions", "Depar&tment"),
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
