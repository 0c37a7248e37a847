"""A person with the telephone at the ear: the real window, a whole case, and nothing but keys.

Every key goes to whatever has the focus, as keys do; no button is clicked and no method of a screen is called. What was
done is looked up in the database, and taken back by Ctrl+Z.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.open_window import OpenWindow, open_window
from ui.palette import CommandPalette
from ui.sheets import Sheet

Key, Mod = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


class Person:
    """Types and presses where the focus is."""

    def __init__(self, opened: OpenWindow) -> None:
        self.opened = opened
        self.case = b""

    def focus(self) -> QWidget:
        self.opened.wait(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        QApplication.processEvents()

    def send(self) -> None:
        """Ctrl+Enter, and until it is done."""
        self.press(Key.Key_Return, CONTROL)
        self.rest()

    def rest(self) -> None:
        self.opened.wait()
        self.opened.no_error()

    def command(self, words: str) -> None:
        """By the palette: what has no key."""
        self.press(Key.Key_K, CONTROL)
        self.opened.wait(lambda: isinstance(QApplication.activeWindow(), CommandPalette))
        self.type(words)
        self.press(Key.Key_Return)
        self.back()

    def back(self) -> None:
        """In front again: what a window system does when a dialog goes, and the offscreen one does not."""
        self.opened.window.activateWindow()
        self.opened.wait(self.opened.window.isActiveWindow)
        self.rest()

    def search(self, words: str, case: bytes) -> None:
        """Ctrl+F, words, Enter."""
        self.press(Key.Key_F, CONTROL)
        self.type(words)
        self.opened.wait(lambda: self.opened.window.search.hits())
        self.press(Key.Key_Return)
        self.back()
        assert self.opened.window.editor.case_id == case

    def sheet(self) -> Any:
        """The sheet that is open, with the cursor in it."""
        self.opened.wait(lambda: self.opened.window.editor.sheet is not None)
        sheet = self.opened.window.editor.sheet
        assert isinstance(sheet, Sheet)
        self.opened.wait(lambda: sheet.isAncestorOf(self.focus()))
        return sheet

    def undo(self) -> None:
        self.press(Key.Key_Z, CONTROL)
        self.rest()

    def row(self, case: bytes = b"") -> dict[str, Any]:
        return dict(self.opened.desk.present.case(case or self.case).row)

    def texts(self, case: bytes = b"") -> list[str]:
        return [entry.text for entry in self.opened.desk.present.case(case or self.case).entries]


@pytest.fixture
def person(tmp_path, theme, languages) -> Iterator[Person]:
    opened = open_window(tmp_path, theme, languages, settings={"send_delay_s": 60})
    opened.window.activateWindow()
    opened.wait(opened.window.isActiveWindow)
    yield Person(opened)
    opened.close()


def _call(person: Person, who: str, title: str, severity: Qt.Key) -> bytes:
    """F2, who, what, how bad, Ctrl+Enter."""
    known = set(person.opened.desk.context.reader.all('SELECT id FROM "case"'))
    person.press(Key.Key_F2)
    capture = person.opened.window._capture
    person.opened.wait(lambda: capture.isVisible() and capture.who.hasFocus())
    person.type(who)
    person.opened.wait(lambda: capture.who.is_open)
    person.press(Key.Key_Return)
    person.opened.wait(capture.title.hasFocus)
    person.rest()
    person.type(title)
    person.press(severity, ALT)
    person.send()
    person.opened.wait(lambda: not capture.isVisible())
    person.back()
    new = set(person.opened.desk.context.reader.all('SELECT id FROM "case"')) - known
    assert len(new) == 1
    case: bytes = next(iter(new))[0]
    editor = person.opened.window.editor
    person.opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == case)
    person.rest()
    return case


def test_a_case_from_the_call_to_the_end_each_step_taken_back_and_done_again(person: Person):
    person.case = _call(person, "meyer", "Scanner on line 3 dead", Key.Key_3)
    row = person.row()
    assert (row["severity"], row["channel"], row["requester_id"]) == (3, "phone", person.opened.ids["meyer"])

    person.press(Key.Key_E, CONTROL | SHIFT)
    person.sheet()
    person.type("Other cable, other port")
    person.send()
    assert person.row()["tier"] == row["tier"] + 1
    assert "Other cable, other port" in " ".join(person.texts())
    person.undo()
    assert person.row()["tier"] == row["tier"]

    person.press(Key.Key_W, CONTROL | SHIFT)
    waiting = person.sheet()
    person.press(Key.Key_Down)
    waits_for = waiting.on.currentData()
    person.press(Key.Key_Tab)
    person.press(Key.Key_Tab)
    person.type("Ask again tomorrow")
    person.send()
    assert (person.row()["status"], person.row()["waiting_on"]) == ("waiting", waits_for)
    person.command("back to work")
    assert person.row()["status"] == "in progress"
    person.undo()
    assert person.row()["status"] == "waiting"
    person.undo()
    assert person.row()["status"] == row["status"]

    person.press(Key.Key_T, CONTROL)
    person.type("Try the spare scanner")
    person.press(Key.Key_Return)
    person.rest()
    assert person.row()["next_step"] == "Try the spare scanner"

    person.press(Key.Key_N, CONTROL | SHIFT)
    person.type("@ro")
    person.opened.wait(lambda: person.opened.window.editor.composer._naming.is_open)
    person.press(Key.Key_Tab)
    person.type("has the spare one")
    person.send()
    assert person.texts()[-1] == "@Jo Roth has the spare one"
    person.undo()
    assert "@Jo Roth has the spare one" not in person.texts()

    person.press(Key.Key_R, CONTROL)
    person.type("We bring another one.")
    person.send()
    assert "We bring another one." not in person.texts(), "held back for a minute"
    person.undo()
    assert person.opened.window.editor.composer.text == "We bring another one."
    person.send()

    person.press(Key.Key_L, CONTROL)
    person.sheet()
    person.type("12")
    person.send()
    assert person.opened.desk.present.case(person.case).minutes == 12

    person.command("watch")
    reader = person.opened.desk.context.reader
    watching = "SELECT count(*) FROM case_watcher WHERE case_id = ? AND analyst_id = ?"
    assert reader.value(watching, (person.case, person.opened.desk.me)) == 1

    person.press(Key.Key_Return, CONTROL | SHIFT)
    person.sheet()
    person.type("Spare scanner in use")
    person.send()
    assert (person.row()["status"], person.row()["resolution"]) == ("resolved", "Spare scanner in use")
    assert "We bring another one." in person.texts(), "what was held goes out before"
    person.sheet()  # the article that was begun from it: not now
    person.press(Key.Key_Escape)
    person.undo()
    assert person.row()["status"] == "in progress"
    person.press(Key.Key_Return, CONTROL | SHIFT)
    person.sheet()
    person.type("Spare scanner in use")
    person.send()
    person.press(Key.Key_Escape)
    assert person.row()["status"] == "resolved"

    person.press(Key.Key_O, CONTROL | SHIFT)
    person.sheet()
    person.type("Dead again")
    person.send()
    assert (person.row()["status"], person.row()["reopen_count"]) == ("in progress", 1)
    person.undo()
    assert (person.row()["status"], person.row()["reopen_count"]) == ("resolved", 0)
    person.command("close")
    assert person.row()["status"] == "closed"


def test_an_outage_by_keyboard_linked_told_closed_merged_and_all_taken_back(person: Person):
    opened, black = person.opened, person.opened.ids["blank"]
    person.case = _call(person, "office", "Network down in the office", Key.Key_2)
    outage = opened.desk.present.case(person.case).label.lstrip("#")

    person.search("screen black", black)
    person.press(Key.Key_J, CONTROL | SHIFT)
    link = person.sheet()
    person.type(outage)
    opened.wait(lambda: link.other.is_open)
    person.press(Key.Key_Return)
    person.press(Key.Key_Tab)
    person.press(Key.Key_Down)
    assert link.kind.currentData() == ("child", True)
    person.send()
    assert [one.id for one in opened.desk.present.case(person.case).links] == [black]
    person.search("network down", person.case)

    person.command("tell all its cases")
    person.sheet()
    person.type("Back at noon")
    person.send()
    assert "Back at noon" in person.texts(black)
    person.undo()
    assert "Back at noon" not in person.texts(black)

    before = person.row(black)["status"]
    person.command("close all its cases")
    person.sheet()
    person.rest()
    person.type("Switch replaced")
    person.send()
    assert {person.row()["status"], person.row(black)["status"]} == {"resolved"}
    person.undo()
    assert (person.row()["status"], person.row(black)["status"]) == ("new", before)

    person.command("merge into another")
    merge = person.sheet()
    person.type("erp login")
    opened.wait(lambda: merge.other.is_open)
    person.press(Key.Key_Return)
    person.send()
    assert person.row()["status"] == "merged"
    person.undo()
    assert person.row()["status"] == "new"
