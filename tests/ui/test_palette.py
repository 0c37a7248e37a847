"""Finding by a few letters, the palette and the sheet."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS
from ui.fuzzy import folded, score
from ui.i18n import Language, Languages
from ui.keymap import Keymap
from ui.palette import CommandPalette, Entry, ShortcutSheet, matching
from ui.theme import Theme


def best(query: str, *names: str) -> list[str]:
    return [entry.text for entry in matching([Entry(name, print) for name in names], query)]


def test_beginnings_before_insides_before_scattered_letters():
    assert best("ho", "Note a photo", "Hand over", "Hold") == ["Hold", "Note a photo", "Hand over"]
    assert best("res", "Express", "Resolve", "Ask the requester for sense")[0] == "Resolve"


def test_words_in_any_order_and_without_accents():
    assert best("fall ubernehmen", "Fall übernehmen", "Fall öffnen") == ["Fall übernehmen"]
    assert best("strasse", "Straße") == ["Straße"]
    assert best("zzz", "Hand over") == []
    assert best("", "b", "a") == ["b", "a"]


@given(st.text(max_size=30), st.data())
def test_any_part_of_a_name_finds_it(name: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(name)))
    part = name[start : data.draw(st.integers(start, len(name)))]
    if folded(part) in folded(name):
        assert score(part, name) is not None


@given(st.text(max_size=12), st.text(max_size=30))
def test_what_is_found_has_all_the_letters(query: str, name: str):
    if score(query, name) is not None:
        target = folded(name)
        assert all(letter in target for word in folded(query).split() for letter in word)


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def palette(theme: Theme, languages: Languages, qtbot: QtBot, ran: list[str]) -> CommandPalette:
    names = ("New case", "Claim", "Hand over", "Escalate", "Resolve")
    entries = [Entry(name, partial(ran.append, name), "Case", "claim", "F2") for name in names]

    def cases(query: str) -> list[Entry]:
        return [Entry(f"Case {query}", lambda: ran.append(query))] if query.isdigit() else []

    made = CommandPalette(entries, more=cases)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_type_choose_run(palette: CommandPalette, ran: list[str], qtbot: QtBot):
    QTest.keyClicks(palette._field, "e")
    assert palette.shown()[0] == "Escalate"
    QTest.keyClick(palette._field, Qt.Key.Key_Backspace)
    QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.accepted):
        QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert ran == ["Claim"]
    assert not palette.isVisible()


def test_arrows_go_round_and_pages_stop_at_the_ends(palette: CommandPalette, ran: list[str]):
    QTest.keyClick(palette._field, Qt.Key.Key_Up)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert ran == ["Resolve"]
    palette.show()
    QTest.keyClick(palette._field, Qt.Key.Key_PageUp)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert ran == ["Resolve", "New case"]


def test_further_entries_for_what_was_typed(palette: CommandPalette, ran: list[str]):
    QTest.keyClicks(palette._field, "1042")
    assert palette.shown() == ["Case 1042"]
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert ran == ["1042"]


def test_nothing_found_says_so_and_return_does_nothing(palette: CommandPalette, ran: list[str]):
    QTest.keyClicks(palette._field, "qqqq")
    assert palette._nothing.isVisible()
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert ran == []
    QTest.keyClick(palette._field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_sheet_has_every_action_with_keys(theme: Theme, languages: Languages, qtbot: QtBot):
    sheet = ShortcutSheet(Keymap(ACTIONS))
    qtbot.addWidget(sheet)
    assert len(sheet.rows()) == sum(bool(action.keys) for action in ACTIONS)
    assert ("Command palette", "Ctrl+K") in sheet.rows()
    sheet._field.setText("hand")
    assert sheet.rows()[0][0] == "Hand over"
    sheet._field.setText("qqqq")
    assert sheet.rows() == []


def test_the_sheet_speaks_german(theme: Theme, languages: Languages, qtbot: QtBot):
    languages.choose(Language.GERMAN)
    sheet = ShortcutSheet(Keymap(ACTIONS, {"undo": []}))
    qtbot.addWidget(sheet)
    assert ("Übergeben", "Strg+H") in sheet.rows()
    assert "Rückgängig" not in [words for words, _ in sheet.rows()]
