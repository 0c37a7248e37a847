"""The dedicated-analyst mode, driven as its analyst does: by keys, and by mouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.work.cases import NewCase
from db.shapes import Absence, Analyst, Asset, Coverage, Skill
from tests.ui.open_window import OpenWindow, open_window
from ui.dedicated.mode import DepartmentMode
from ui.dedicated.paper import DepartmentPaper
from ui.dedicated.side import DOSSIER, MACHINE
from ui.dedicated.tell import TellDialog
from ui.i18n import Language, Languages
from ui.specialist_sheets import AskSheet, SpecialistSheet
from ui.theme import Theme, ThemeChoice

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def stand_in(opened: OpenWindow) -> None:
    """Mara Weiß, contact of Sales, is on vacation; I stand in. She has a case of another department, too."""
    desk, ids = opened.desk, opened.ids
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        tx.insert(Coverage, department_id=ids["sales"], primary_id=ids["weiss"], stand_in1_id=desk.me,
                  valid_from="2026-11-01")  # fmt: skip
    ids["elsewhere"] = desk.cases.new(NewCase("Slow monitor", 3, owner_id=ids["weiss"])).case_id
    opened.wait()


def enter(opened: OpenWindow) -> DepartmentMode:
    """F8, and everything is read."""
    opened.press(opened.window, Qt.Key.Key_F8)
    mode: DepartmentMode = opened.window.departments
    opened.wait(lambda: mode._shown is not None and opened.page.place.key.startswith("department:"))
    opened.wait()
    return mode


def tabs(mode: DepartmentMode) -> list[str]:
    return [mode.tabs.bar.tabText(n) for n in range(mode.tabs.bar.count())]


def test_one_key_into_the_mode_and_back_to_where_one_was(opened: OpenWindow):
    window, table = opened.window, opened.table
    opened.go("open")
    assert table.go_to(opened.desk.lists.rid(opened.ids["blank"]))
    opened.wait()
    mode = enter(opened)
    assert mode.strip.isVisible()
    assert mode.tabs.isVisible()
    assert mode.strip.name.text() == "Production hall 1"
    assert not mode.strip.amber
    said = {key: fact.value.text() for key, fact in mode.strip.facts.items()}
    assert said["contact"] == said["acting"] == "Anna Kern"
    assert said["targets"].startswith("Critical: 15")
    assert [place.key.split(":")[0] for place in window.navigation.places()] == ["department"]
    assert tabs(mode) == ["Now  1", "Waiting  0", "With specialists  0", "Problems  0", "Recently closed  1"]
    assert opened.shown() == ["Label printer on line 3 prints blank labels since the restart"]
    assert "Ask for Mr Vogel" in mode.side.dossier.text.toPlainText()
    opened.press(window, Qt.Key.Key_F8)
    opened.wait()
    assert not mode.on
    assert not mode.strip.isVisible()
    assert not mode.tabs.isVisible()
    assert window.navigation.place().key == "open" == opened.page.place.key
    current = table.current_line()
    assert current is not None
    assert current.id == opened.ids["blank"]
    # With the mouse, and out of it by going somewhere else.
    button = window._bar.widgetForAction(window.actions_["departments.mode"])
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    opened.wait(lambda: mode.on and mode._shown is not None)
    assert window.actions_["departments.mode"].isChecked()
    opened.press(window, Qt.Key.Key_1, CTRL)
    opened.wait()
    assert not mode.on
    assert window.navigation.place().key == "mine"
    assert not window.actions_["departments.mode"].isChecked()
    opened.no_error()


def test_lists_by_keys_groups_and_the_history_of_a_machine(opened: OpenWindow):
    window, desk = opened.window, opened.desk
    mode = enter(opened)
    opened.press(opened.table, Qt.Key.Key_PageDown, CTRL)
    opened.wait()
    assert opened.shown() == []
    assert not opened.table.isVisible()
    opened.press(opened.page, Qt.Key.Key_PageUp, CTRL)
    opened.press(opened.page, Qt.Key.Key_PageUp, CTRL)
    opened.wait(lambda: opened.shown() == ["Label printer line 3 jams"])
    index = mode.tabs.bar.tabRect(0).center()
    QTest.mouseClick(mode.tabs.bar, Qt.MouseButton.LeftButton, pos=index)
    opened.wait(lambda: len(opened.shown()) == 1 and "blank" in opened.shown()[0])
    opened.press(window, Qt.Key.Key_M, ALT)
    opened.wait(lambda: len(opened.shown()) == 2)
    assert opened.shown()[0] == "PRN-0317 Label printer line 3"
    assert mode.tabs.machines.isChecked()
    assert mode.side.tabs.currentIndex() == MACHINE
    opened.press(opened.table, Qt.Key.Key_J)
    machine = mode.side.machine
    opened.wait(lambda: "jams" in machine.toPlainText())
    assert "ZT410-99812" in machine.toPlainText()
    assert not window.case_room.editor_made or window.case_room.at_aside, "the dossier's room stays until it is opened"
    machine.follow(QUrl(f"do:case/{opened.ids['old'].hex()}"))
    opened.wait(lambda: window.editor.loaded is not None and window.editor.loaded.view.id == opened.ids["old"])
    opened.press(window, Qt.Key.Key_5, ALT)
    assert window.case_room.at_aside
    assert mode.side.tabs.currentIndex() == DOSSIER
    QTest.mouseClick(mode.tabs.places, Qt.MouseButton.LeftButton)
    opened.wait(lambda: opened.shown()[0] == "Hall 1, line 3")
    opened.press(window, Qt.Key.Key_P, ALT)
    opened.wait(lambda: len(opened.shown()) == 1)
    # Return opens the case as everywhere else; what happens to it is counted.
    opened.table.go_to(desk.lists.rid(opened.ids["printer"]))
    opened.press(opened.table, Qt.Key.Key_Return)
    opened.wait(lambda: window.editor.loaded is not None and window.editor.loaded.view.id == opened.ids["printer"])
    assert not window.case_room.at_aside
    desk.cases.wait(opened.ids["printer"], "parts", next_step="Spare comes tomorrow")
    opened.wait(lambda: tabs(mode)[1] == "Waiting  1" and tabs(mode)[0] == "Now  0")
    opened.no_error()


def test_who_stands_in_sees_it_in_amber_and_words_and_acts_in_their_name(opened: OpenWindow):
    stand_in(opened)
    desk, ids = opened.desk, opened.ids
    mode = enter(opened)
    navigation = opened.window.navigation
    opened.wait(lambda: len(navigation.places()) == 3)
    titles = [(place.title, place.note) for place in navigation.places()]
    assert titles == [
        ("Production hall 1", ""), ("Sales", "stand-in until 20/11/2026"),
        ("Cases of Mara Weiß", "stand-in until 20/11/2026"),
    ]  # fmt: skip
    opened.press(opened.window, Qt.Key.Key_PageDown, CTRL | SHIFT)
    opened.wait(lambda: mode._shown is not None and mode._shown.face.name == "Sales")
    assert mode.strip.amber
    assert mode.strip.role.isVisible()
    assert mode.strip.role.text() == "stand-in"
    assert mode.strip.words.text() == (
        "You stand in for Mara Weiß until 20/11/2026; what you do is recorded “Anna Kern for Mara Weiß”"
    )
    assert mode.strip.facts["contact"].value.text() == "Mara Weiß, away until 20 Nov 2026"
    assert mode.strip.facts["acting"].value.text() == "Anna Kern (stand-in)"
    mode.side.dossier.write()
    mode.side.dossier.field.setPlainText("Ask Petra.")
    mode.side.dossier.submit()
    opened.wait(lambda: "Ask Petra" in mode.side.dossier.text.toPlainText())
    assert mode.side.dossier.saved_by.text().startswith("Saved by Anna Kern for Mara Weiß")
    opened.press(opened.window, Qt.Key.Key_PageDown, CTRL | SHIFT)
    opened.wait(lambda: opened.shown() == ["Slow monitor"])
    assert mode.strip.amber
    assert mode.strip.name.text() == "Cases of Mara Weiß"
    desk.cases.note(ids["elsewhere"], "Looked at it.")
    assert desk.present.case(ids["elsewhere"]).entries[-1].on_behalf_of == "Mara Weiß"
    # The absence is called off: nothing has to be switched back.
    absence = desk.context.reader.value("SELECT id FROM absence WHERE analyst_id = ?", (ids["weiss"],))
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        tx.update(Absence, absence, to_day="2026-11-12")
    opened.wait(lambda: len(navigation.places()) == 1)
    opened.wait(lambda: mode.strip.name.text() == "Production hall 1" and not mode.strip.amber)
    opened.no_error()


def test_the_dossier_is_written_compared_and_brought_back(opened: OpenWindow):
    mode = enter(opened)
    panel = mode.side.dossier
    first = opened.desk.reading.dossiers.text(opened.ids["hall"])
    opened.press(opened.window, Qt.Key.Key_F8, SHIFT)
    assert panel.writing
    assert panel.field.toPlainText() == first
    panel.field.moveCursor(panel.field.textCursor().MoveOperation.End)
    QTest.keyClicks(panel.field, " Ümlaut")
    panel.flush()
    opened.wait()
    # Another look at the department, and a crash between: the words are there.
    assert opened.desk.drafts.read(f"dossier:{opened.ids['hall'].hex()}")
    opened.press(panel.field, Qt.Key.Key_Return, CTRL)
    opened.wait(lambda: "Ümlaut" in panel.text.toPlainText() and not panel.writing)
    assert not opened.desk.drafts.read(f"dossier:{opened.ids['hall'].hex()}")
    QTest.mouseClick(panel.history, Qt.MouseButton.LeftButton)
    assert panel.versions.count() == 2
    assert "as it was before" in panel.versions.item(1).text()
    assert "Ümlaut" in panel.difference.toHtml()
    assert "underline" in panel.difference.toHtml()
    assert not panel.restore.isEnabled(), "it is that already"
    opened.press(panel.versions, Qt.Key.Key_Down)
    assert panel.restore.isEnabled()
    QTest.mouseClick(panel.restore, Qt.MouseButton.LeftButton)
    opened.wait(lambda: opened.desk.reading.dossiers.text(opened.ids["hall"]) == first)
    opened.wait(lambda: panel.versions.count() == 3)
    opened.press(panel.versions, Qt.Key.Key_Escape)
    assert "Ümlaut" not in panel.text.toPlainText()
    # Somebody else saved while I was typing: both are in it.
    panel.write()
    panel.field.setPlainText(first + "\nMine.")
    opened.desk.dossiers.save(opened.ids["hall"], "Theirs.\n\n" + first)
    panel.submit()
    opened.wait(lambda: "Mine." in panel.text.toPlainText() and "Theirs." in panel.text.toPlainText())
    # What was typed and is not wanted is gone for good.
    panel.write()
    panel.field.setPlainText("Nonsense")
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    opened.wait()
    assert "Nonsense" not in panel.text.toPlainText()
    assert not panel.writing
    opened.no_error()


def test_a_specialist_is_asked_and_gets_the_work_while_i_stay_the_contact(opened: OpenWindow):
    desk, ids, window = opened.desk, opened.ids, opened.window
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        tx.insert(Skill, analyst_id=ids["roth"], product_id=ids["label"], level=3)
        tx.insert(Skill, analyst_id=ids["weiss"], product_id=ids["label"], level=2)
    mode = enter(opened)
    opened.table.go_to(desk.lists.rid(ids["printer"]))
    opened.wait()
    opened.press(opened.table, Qt.Key.Key_F4)
    opened.wait(lambda: isinstance(window.editor.sheet, AskSheet) and window.editor.sheet.offered)
    sheet = window.editor.sheet
    assert [button.text() for button in sheet.offered] == ["Jo Roth (level 3)"], "who is away is not offered"
    QTest.mouseClick(sheet.offered[0], Qt.MouseButton.LeftButton)
    QTest.keyClicks(sheet.question, "Is there a spare?")
    opened.press(sheet.question, Qt.Key.Key_Return, CTRL)
    opened.wait(lambda: window.editor.sheet is None)
    view = desk.present.case(ids["printer"])
    assert view.entries[-1].text == "@Jo Roth Is there a spare?"
    assert view.row["work_owner_id"] == desk.me
    opened.press(opened.table, Qt.Key.Key_F3)
    opened.wait(lambda: isinstance(window.editor.sheet, SpecialistSheet) and window.editor.sheet.offered)
    sheet = window.editor.sheet
    QTest.mouseClick(sheet.offered[0], Qt.MouseButton.LeftButton)
    opened.press(sheet, Qt.Key.Key_Return, CTRL)
    opened.wait(lambda: window.editor.sheet is None)
    row = desk.present.case(ids["printer"]).row
    assert (row["work_owner_id"], row["contact_owner_id"]) == (ids["roth"], desk.me)
    # Jo Roth stands in for the hall, so it is at home with its own people.
    opened.wait(lambda: tabs(mode)[0] == "Now  1")
    opened.no_error()


def dialog(opened: OpenWindow, kind: type[QDialog]) -> Any:
    found: list[QDialog] = []

    def there() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return bool(found)

    opened.wait(there)
    return found[0]


def test_keys_for_a_call_for_telling_it_and_for_paper(opened: OpenWindow):
    desk, ids, window = opened.desk, opened.ids, opened.window
    enter(opened)
    opened.press(window, Qt.Key.Key_F2, SHIFT)
    capture = window.capture
    opened.wait(lambda: capture.isVisible() and capture.department.value() is not None)
    assert capture.department.value().text == "Production hall 1"
    assert not capture.who.text()
    capture.title.setText("Line 3 stands")
    capture.severity.choose(1)
    capture.submit()
    opened.wait(lambda: "Line 3 stands" in opened.shown())
    window.new_case()
    opened.wait()
    assert capture.department.value() is None, "the next call is anybody's"
    capture.reject()
    window.activateWindow()
    opened.wait()
    opened.press(window, Qt.Key.Key_F6)
    tell = dialog(opened, TellDialog)
    QTest.keyClicks(tell.field, "MES is down from 14:00.")
    opened.press(tell.field, Qt.Key.Key_Return, CTRL)
    opened.wait(lambda: not shiboken6.isValid(tell) or not tell.isVisible())
    window.activateWindow()
    opened.wait()
    said = [one.text for one in desk.present.case(ids["printer"]).entries]
    assert said.count("MES is down from 14:00.") == 1
    opened.press(window, Qt.Key.Key_F6)
    tell = dialog(opened, TellDialog)
    QTest.keyClicks(tell.field, "Half a sentence")
    opened.press(tell.field, Qt.Key.Key_Escape)
    opened.wait(lambda: not shiboken6.isValid(tell) or not tell.isVisible())
    window.activateWindow()
    opened.wait()
    assert desk.drafts.read(f"tell:{ids['hall'].hex()}") == "Half a sentence"
    opened.press(window, Qt.Key.Key_F7)
    paper = dialog(opened, DepartmentPaper)
    opened.wait(lambda: paper.drawn is not None)
    assert paper.drawn.document.startswith(b"%PDF")
    assert "Production hall 1" in paper.name
    paper.reject()
    opened.wait()
    opened.no_error()


def test_an_absence_of_its_people_brings_its_sheets(opened: OpenWindow):
    desk = opened.desk
    desk.absences.plan("2026-12-21", "2026-12-31")
    enter(opened)
    opened.press(opened.window, Qt.Key.Key_F7)
    paper = dialog(opened, DepartmentPaper)
    opened.wait(lambda: paper.kind.count() == 2)
    assert paper.kind.itemText(1) == "Handover: Anna Kern, from 21 Dec 2026 to 31 Dec 2026"
    opened.wait(lambda: paper.drawn is not None)
    paper.kind.setCurrentIndex(1)
    opened.wait(lambda: paper.drawn.label == "Handover Anna Kern")
    paper.reject()
    opened.wait()


def test_it_can_be_where_the_window_begins(tmp_path: Path, theme: Theme, languages: Languages):
    opened = open_window(tmp_path, theme, languages, settings={"start_with_departments": True})
    try:
        opened.wait(lambda: opened.window.in_departments)
        mode = opened.window.departments
        opened.wait(lambda: mode._shown is not None)
        assert mode.strip.name.text() == "Production hall 1"
        opened.window.show_page("coverage")
        opened.wait()
        assert not mode.on
    finally:
        opened.close()


def test_without_a_department_it_says_what_to_do(opened: OpenWindow):
    desk = opened.desk
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        row = desk.context.reader.value("SELECT id FROM coverage WHERE department_id = ?", (opened.ids["hall"],))
        tx.update(Coverage, row, valid_to="2026-01-02")
    opened.wait(lambda: not any(place.key.startswith("department:") for place in opened.window.navigation.places()))
    opened.press(opened.window, Qt.Key.Key_F8)
    mode = opened.window.departments
    assert mode.nothing.isVisible()
    assert "No department is yours" in mode.strip.name.text()
    assert not opened.window.actions_["department.tell"].isEnabled()
    opened.press(opened.window, Qt.Key.Key_F8)
    opened.wait()
    assert not mode.on
    assert opened.table.isVisible()
    opened.no_error()


def test_it_speaks_german_and_both_looks(opened: OpenWindow, theme: Theme, languages: Languages):
    stand_in(opened)
    mode = enter(opened)
    opened.press(opened.window, Qt.Key.Key_PageDown, CTRL | SHIFT)
    opened.wait(lambda: mode._shown is not None and mode._shown.face.name == "Sales")
    languages.choose(Language.GERMAN)
    theme.choose(ThemeChoice.DARK)
    opened.wait()
    assert mode.strip.role.text() == "Vertretung"
    assert mode.strip.words.text().startswith("Sie vertreten Mara Weiß bis 20.11.2026")
    assert tabs(mode)[0].startswith("Jetzt")
    assert mode.strip.facts["acting"].value.text() == "Anna Kern (Vertretung)"
    assert opened.window.height() == 720, "a small screen is enough"
    assert not opened.window.grab().isNull()


def test_many_machines_are_no_trouble(opened: OpenWindow):
    desk, hall = opened.desk, opened.ids["hall"]
    with desk.replica.transaction("setup", desk.me, at=desk.context.clock()) as tx:
        machines = [tx.insert(Asset, tag=f"M-{n:03}", name="Mühle", department_id=hall) for n in range(30)]
        tx.insert(Analyst, name="Somebody Else")
    for machine in machines:
        desk.cases.new(NewCase("Loud", 3, department_id=hall, asset_id=machine))
    mode = enter(opened)
    opened.press(opened.window, Qt.Key.Key_M, ALT)
    opened.wait(lambda: len(opened.shown()) == 62)
    assert mode.tabs.machines.isChecked()
