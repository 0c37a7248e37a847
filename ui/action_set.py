"""The QActions of one window, made from the table of actions.

actions = ActionSet(window, Keymap(ACTIONS, settings["keys"]))
actions.bind("case.claim", self._claim)
actions.attach(Where.LIST, self._list)       keys of the list work while the focus is in it
actions.fill_menu_bar(window.menuBar())
actions.set_facts({"store", "case", "case open"})
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from ui.actions import FACTS, MENU_TITLES, Action, Menu, Where, plain, translated
from ui.icons import icon
from ui.keymap import Keymap


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
        self._enable(self._actions)
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
        self._enable((action_id,))

    def unbound(self) -> list[str]:
        """The actions that nobody does yet; in the window there are none."""
        return [row.id for row in self._keymap.table if row.id not in self._bound]

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
        if self._facts != facts:  # the cursor goes over a hundred cases that are alike
            self._facts = frozenset(facts)
            self._enable(self._actions)

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
        rows = [row for row in self._keymap.table if where in row.context_menus and self._actions[row.id].isEnabled()]
        # What belongs to this place alone (open) stands before what could be done elsewhere too.
        self._fill(menu, sorted(rows, key=lambda row: row.where is not where))
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

    def _enable(self, action_ids: Iterable[str]) -> None:
        for action_id in action_ids:
            action = self._actions[action_id]
            action.setEnabled(action_id in self._bound and self._facts.issuperset(self._rows[action_id].needs))
            # What this program can't do (yet) is not offered in grey either.
            action.setVisible(action_id in self._bound)

    def _retranslate(self) -> None:
        for action_id, action in self._actions.items():
            words = translated(self._rows[action_id].text)
            action.setText(words)
            shown = self._keymap.shown(action_id)
            action.setToolTip(f"{plain(words)} ({shown})" if shown else plain(words))
        for menu, menu_id in self._menus:
            menu.setTitle(translated(MENU_TITLES[menu_id]))
