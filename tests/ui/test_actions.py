"""The table of actions holds together, and what is made from it works in a real window."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QMainWindow, QToolBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui.action_set import ActionSet
from ui.actions import ACTIONS, FACTS, MENU_TITLES, WHERE_TITLES, Action, Menu, Where, plain, translated
from ui.i18n import Language, Languages
from ui.keymap import KeyConflict, Keymap
from ui.theme import Theme

EVERYTHING = frozenset(FACTS)
WANTED = {
    "case.new": "F2",
    "undo": "Ctrl+Z",
    "sync.now": "F5",
    "search": "Ctrl+F",
    "palette": "Ctrl+K",
    "help.keys": "F1",
}


def test_ids_are_unique_and_every_row_has_words_and_a_drawing():
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []
    drawings = set(resources.names("icons", ".svg"))
    for action in ACTIONS:
        assert action.text.strip(), action.id
        assert action.icon in drawings, action.id


def test_no_two_actions_that_hear_each_other_share_a_key():
    assert Keymap(ACTIONS).conflicts() == []
    assert Keymap(ACTIONS).invalid == []


def test_the_keys_people_are_told_are_there():
    assert {name: Keymap(ACTIONS).keys(name)[0] for name in WANTED} == WANTED
    assert "/" in Keymap(ACTIONS).keys("search")
    assert "?" in Keymap(ACTIONS).keys("help.keys")


def test_rows_ask_for_facts_that_exist_and_sit_somewhere():
    for action in ACTIONS:
        assert set(action.needs) <= FACTS.keys(), action.id
        assert action.menu or action.where is not Where.WINDOW, f"{action.id} is in no menu"
        assert action.tool_bar in ("", "main", "case")


def test_keys_of_the_whole_window_leave_typing_alone():
    """A bare letter as a window key would be a trap wherever the focus is on something that does not type."""
    for action in ACTIONS:
        for key in action.keys:
            bare_letter = len(key) == 1 and key.isalnum()
            assert not (bare_letter and action.where is Where.WINDOW), action.id


def test_every_text_is_german_too():
    tree = ElementTree.parse(resources.path("i18n", "halldesk_de.ts"))
    context = next(c for c in tree.getroot().iter("context") if c.findtext("name") == "actions")
    german = {m.findtext("source"): m.findtext("translation") for m in context.iter("message")}
    texts = [action.text for action in ACTIONS] + list(MENU_TITLES.values()) + list(WHERE_TITLES.values())
    assert [text for text in texts if not german.get(text)] == []
    for text in texts:
        assert text.endswith("…") == (german[text] or "").endswith("…"), text


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_menu_titles_have_each_their_own_letter(languages: Languages, language: Language):
    languages.choose(language)
    letters = [translated(title).split("&")[1][0].lower() for title in MENU_TITLES.values()]
    assert len(set(letters)) == len(letters)


def row(name: str, *keys: str, where: Where = Where.WINDOW) -> Action:
    return Action(name, name, "claim", keys, where=where, menu=Menu.CASE)


def test_conflicts_are_found_where_both_would_hear():
    table = [
        row("a", "Ctrl+K"),
        row("b", "ctrl+k", where=Where.LIST),
        row("c", "J", where=Where.LIST),
        row("d", "J", where=Where.CASE),
    ]
    assert Keymap(table).conflicts() == [KeyConflict("Ctrl+K", ("a", "b"))]
    assert Keymap(table, {"a": ["F9"]}).conflicts() == []
    assert Keymap(table, {"c": [], "d": ["Ctrl+K"], "b": []}).conflicts() == [KeyConflict("Ctrl+K", ("a", "d"))]


def test_nonsense_in_the_settings_is_set_aside():
    keymap = Keymap(ACTIONS, {"undo": ["Strg+Quatsch", "F8"], "gone.since": ["F7"]})
    assert keymap.keys("undo") == ("F8",)
    assert keymap.invalid == [("undo", "Strg+Quatsch")]


class Stage(QMainWindow):
    """A window with a list and a field, every action bound to its own name."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.done: list[str] = []
        self.list, self.field = QListWidget(), QLineEdit()
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.addWidget(self.list)
        column.addWidget(self.field)
        self.setCentralWidget(centre)
        self.actions_ = ActionSet(self, keymap)
        for action in keymap.table:
            self.actions_.bind(action.id, partial(self.done.append, action.id))
        self.actions_.attach(Where.LIST, self.list)
        self.actions_.set_facts(EVERYTHING)


@pytest.fixture
def stage(theme: Theme, languages: Languages, qtbot: QtBot) -> Stage:
    made = Stage(Keymap(ACTIONS))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.list.setFocus()
    return made


def test_keys_reach_their_action(stage: Stage):
    QTest.keyClick(stage.list, Qt.Key.Key_F2)
    QTest.keyClick(stage.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(stage.list, Qt.Key.Key_Slash)
    assert stage.done == ["case.new", "palette", "search"]


def test_keys_of_the_list_work_in_the_list_only_and_never_in_a_text(stage: Stage):
    QTest.keyClick(stage.list, Qt.Key.Key_J)
    assert stage.done == ["list.next"]
    stage.field.setFocus()
    QTest.keyClicks(stage.field, "jk/?")
    assert stage.field.text() == "jk/?"
    assert stage.done == ["list.next"]


def test_facts_enable_and_disable(stage: Stage):
    stage.actions_.set_facts({"store"})
    assert stage.actions_["case.new"].isEnabled()
    assert not stage.actions_["case.claim"].isEnabled()
    QTest.keyClick(stage.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert stage.done == []
    with pytest.raises(ValueError, match="nonsense"):
        stage.actions_.set_facts({"nonsense"})


def test_what_nobody_bound_is_disabled(theme: Theme, qtbot: QtBot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = ActionSet(window, Keymap(ACTIONS))
    actions.set_facts(EVERYTHING)
    assert not actions["case.new"].isEnabled()
    assert actions.for_palette() == []


def test_menus_have_every_row_once_and_change_their_language(stage: Stage, languages: Languages, qtbot: QtBot):
    stage.actions_.fill_menu_bar(stage.menuBar())
    titles = [action.text() for action in stage.menuBar().actions()]
    assert titles == ["&File", "&Case", "&Edit", "&View", "Depar&tment", "&Go", "&Help"]
    there = [
        action.objectName()
        for top in stage.menuBar().actions()
        for action in top.menu().actions()  # type: ignore[attr-defined]
        if not action.isSeparator()
    ]
    assert sorted(there) == sorted(action.id for action in ACTIONS if action.menu)
    languages.choose(Language.GERMAN)
    qtbot.waitUntil(lambda: stage.menuBar().actions()[0].text() == "&Datei")
    assert stage.actions_["case.claim"].text() == "Übernehmen"
    assert "Übernehmen" in stage.actions_["case.claim"].toolTip()


def test_tool_bar_and_context_menu_come_from_the_table(stage: Stage):
    bar = QToolBar()
    stage.addToolBar(bar)
    stage.actions_.fill_tool_bar(bar, "case")
    assert [a.objectName() for a in bar.actions()] == [a.id for a in ACTIONS if a.tool_bar == "case"]
    stage.actions_.set_facts(EVERYTHING - {"case done"})
    menu = stage.actions_.context_menu(Where.LIST, stage)
    there = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert there[0] == "list.open"
    assert "case.claim" in there
    assert "case.reopen" not in there, "what can't be done now is left out"
    assert not menu.actions()[0].isSeparator()
    assert not menu.actions()[-1].isSeparator()


def test_remapped_keys_work_at_once_and_are_shown(stage: Stage):
    stage.actions_.set_keymap(Keymap(ACTIONS, {"case.new": ["F12"]}))
    QTest.keyClick(stage.list, Qt.Key.Key_F2)
    QTest.keyClick(stage.list, Qt.Key.Key_F12)
    assert stage.done == ["case.new"]
    assert stage.actions_["case.new"].toolTip() == f"{plain('New case…')} (F12)"


def test_what_nobody_does_is_not_offered(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = ActionSet(window, Keymap(ACTIONS))
    actions.fill_menu_bar(window.menuBar())
    assert "case.new" in actions.unbound()
    assert not actions["case.new"].isVisible()
    actions.bind("case.new", lambda: None)
    assert "case.new" not in actions.unbound()
    assert actions["case.new"].isVisible()
