"""The roster's page as a person uses it: turns planned, carried, swapped, taken off and taken back by keyboard and by
mouse; calendar files and counts of the telephone in and out; half hours of a day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app import times
from app.changes import Changes
from app.times import HOUR_MS
from app.work.roster import Roster
from db.shapes import Analyst
from tests.ui.case_desk import CaseDesk, discard
from tests.ui.open_window import open_window
from tests.ui.roster_desk import MONDAY, TZ, OpenRoster
from ui.i18n import Language, Languages
from ui.notices import Level
from ui.roster.calendar_files import ImportDialog
from ui.roster.hotline import HotlineSection
from ui.roster.page import RosterPage
from ui.roster.turn_dialog import TurnDialog
from ui.theme import Theme

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def roster(desk: CaseDesk) -> Iterator[OpenRoster]:
    made = OpenRoster(desk)
    yield made
    discard(made.page)


# -- the hotline by keyboard ------------------------------------------------------------------------------------------
def test_a_turn_is_planned_changed_and_taken_off_with_the_keyboard_and_every_step_taken_back(
    roster: OpenRoster,
) -> None:
    made, section = roster.made, roster.hotline
    assert section.hint.isVisible()  # nobody is on yet, and it says what to do
    week = section.grid.roster.week
    assert week is not None
    assert {made.desk.directory.name("analyst", who) for who in week.people} == {"Anna Kern", "Jo Roth", "Mara Weiß"}
    section.grid.setCurrentIndex(section.grid.roster.index(week.people.index(made.ids["roth"]), 1))
    roster.press(Qt.Key.Key_Insert)
    dialog = roster.dialog()
    assert dialog.who.currentText() == "Jo Roth"
    for box in dialog.also[1:4]:
        box.setChecked(True)
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    made.wait()
    turns = Roster(made.desk.context).turns(*week.week.bounds(TZ))
    assert [roster.told(turn.id) for turn in turns] == [f"{day} 08:00-16:00 Jo" for day in ("Tue", "Wed", "Thu")]
    first = turns[0].id
    assert section.grid.turn == first  # the cursor stands on what was planned
    assert not section.hint.isVisible()
    for key, held, wanted in (
        (Qt.Key.Key_Right, SHIFT, "Tue 08:30-16:30 Jo"),
        (Qt.Key.Key_Right, CONTROL | SHIFT, "Tue 08:30-17:00 Jo"),
        (Qt.Key.Key_Left, CONTROL, "Mon 08:30-17:00 Jo"),
        (Qt.Key.Key_Up, CONTROL, "Mon 08:30-17:00 Anna"),
    ):
        roster.press(key, held)
        assert roster.told(first) == wanted
        assert section.grid.turn == first
    made.services.take_back()
    made.wait()
    assert roster.told(first) == "Mon 08:30-17:00 Jo"
    roster.press(Qt.Key.Key_Return)
    dialog = roster.dialog()
    dialog.duty.choose("lead")
    dialog._go()
    made.wait()
    changed = roster.turn(first)
    assert changed is not None
    assert changed.duty == "lead"
    roster.press(Qt.Key.Key_Delete)
    assert roster.turn(first) is None
    made.services.take_back()
    made.wait()
    assert roster.turn(first) == changed
    while len(made.services.undo):
        made.services.take_back()
        made.wait()
    assert not [t for t in Roster(made.desk.context).turns(*week.week.bounds(TZ)) if t.analyst_id == made.ids["roth"]]


def test_two_turns_are_swapped_with_x(roster: OpenRoster) -> None:
    mine, jos = roster.plan("me", 0, "06:00", "14:00", "lead"), roster.plan("roth", 1, "12:00", "20:00")
    grid = roster.hotline.grid
    assert grid.stand_on(mine)
    roster.press(Qt.Key.Key_X)
    assert "press X" in roster.hotline.state.text()
    roster.press(Qt.Key.Key_Escape)
    assert grid.marked is None
    roster.press(Qt.Key.Key_X)
    grid.stand_on(jos)
    roster.press(Qt.Key.Key_X)
    assert (roster.told(mine), roster.told(jos)) == ("Mon 06:00-14:00 Jo", "Tue 12:00-20:00 Anna")
    assert grid.marked is None


def test_arrows_walk_through_the_turns_of_a_cell_and_on(roster: OpenRoster) -> None:
    early, late = roster.plan("me", 0, "06:00", "10:00"), roster.plan("me", 0, "12:00", "20:00")
    grid = roster.hotline.grid
    grid.stand_on(early)
    roster.press(Qt.Key.Key_Down)
    assert grid.turn == late
    roster.press(Qt.Key.Key_Down)
    assert grid.turn is None
    assert grid.currentIndex().row() == 1
    roster.press(Qt.Key.Key_Up)
    assert grid.turn == late


def test_other_keys_go_nowhere_and_the_turn_follows_where_qt_walks(roster: OpenRoster) -> None:
    first, last = roster.plan("me", 0, "06:00", "10:00"), roster.plan("me", 6, "12:00", "20:00")
    grid = roster.hotline.grid
    grid.stand_on(first)
    for key in (0x15E, 0x4E00, int(Qt.Key.Key_J)):  # letters of other alphabets have no name in Qt
        QApplication.sendEvent(grid, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "j"))
        QApplication.sendEvent(
            roster.hotline.chart, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "j")
        )
    assert grid.turn == first
    roster.press(Qt.Key.Key_End)
    assert grid.turn == last
    assert "12:00–20:00" in grid.accessibleDescription()


# -- the hotline by mouse ---------------------------------------------------------------------------------------------
def test_turns_are_dragged_to_another_day_and_person_copied_and_dropped_on_others(
    roster: OpenRoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = roster.made
    mine, jos = roster.plan("me", 0, "06:00", "14:00"), roster.plan("roth", 3, "12:00", "20:00")
    roster.drag(roster.chip(mine), roster.cell("roth", 2))
    assert roster.told(mine) == "Wed 06:00-14:00 Jo"
    roster.drag(roster.chip(mine), roster.cell("me", 2))
    assert roster.told(mine) == "Wed 06:00-14:00 Anna"
    roster.drag(roster.chip(mine), roster.cell("me", 4), CONTROL)
    week = made.desk.context.clock()
    copies = [t for t in Roster(made.desk.context).turns(week - HOUR_MS, week + 7 * times.DAY_MS) if t.id not in
              (mine, jos)]  # fmt: skip
    assert [roster.told(one.id) for one in copies] == ["Fri 06:00-14:00 Anna"]
    asked: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda self, *_at: asked.append(self))
    roster.drag(roster.chip(mine), roster.chip(jos))
    assert roster.told(mine) == "Wed 06:00-14:00 Anna"  # nothing happens before it is chosen
    asked[-1].actions()[0].trigger()
    made.wait()
    assert (roster.told(mine), roster.told(jos)) == ("Wed 06:00-14:00 Jo", "Thu 12:00-20:00 Anna")
    QTest.mouseDClick(roster.hotline.grid.viewport(), Qt.MouseButton.LeftButton, pos=roster.cell("me", 5))
    made.wait()
    assert roster.dialog().days() == [MONDAY.date().replace(day=21)]
    roster.dialog().reject()


def test_who_is_away_is_said_in_words_in_the_form_in_the_turn_and_in_the_list(roster: OpenRoster) -> None:
    section = roster.hotline
    turn = roster.plan("weiss", 1, "08:00", "12:00")
    week = section.grid.roster.week
    assert week is not None
    row = week.people.index(roster.made.ids["weiss"])
    assert "Mara Weiß is away" in section.grid.roster.in_words(row, 1)
    said = [section.findings.item(n, 1).text() for n in range(section.findings.rowCount())]  # type: ignore[union-attr]
    assert any("Mara Weiß is away" in one for one in said)
    assert any("no duty lead" in one for one in said)
    section.grid.stand_on(turn)
    roster.press(Qt.Key.Key_Return)
    assert "Mara Weiß is away" in roster.dialog().warning.text()
    roster.dialog().reject()
    # Return on what is wrong goes to the turn, and for a missing lead opens the form with its times.
    section.findings.selectRow(next(n for n, one in enumerate(said) if "no duty lead" in one))
    QTest.keyClick(section.findings, Qt.Key.Key_Return)
    roster.made.wait()
    dialog = roster.dialog()
    assert (dialog.duty.choice(), dialog.start.time().toString("HH:mm")) == ("lead", "08:00")
    dialog.reject()


def test_weeks_go_by_and_a_week_is_planned_like_the_one_before(roster: OpenRoster) -> None:
    roster.plan("roth", 0, "06:00", "14:00")
    section = roster.hotline
    roster.page.activateWindow()
    section.grid.setFocus()
    roster.made.wait(section.grid.hasFocus)
    QTest.keyClick(section.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    roster.made.wait()
    assert section.shown is not None
    assert str(section.shown.week.week) == "2026-W48"
    assert section.copy.isVisible()
    QTest.mouseClick(section.copy, Qt.MouseButton.LeftButton)
    roster.made.wait()
    assert [roster.told(turn.id) for turn in section.shown.week.turns] == ["Mon 06:00-14:00 Jo"]
    QTest.mouseClick(section.today, Qt.MouseButton.LeftButton)
    roster.made.wait()
    assert str(section.shown.week.week) == "2026-W47"


def test_an_analyst_sees_the_roster_and_plans_nothing(roster: OpenRoster) -> None:
    made = roster.made
    turn = roster.plan("roth", 0, "06:00", "14:00")
    with made.desk.replica.transaction("test.role", made.desk.me, at=made.clock()) as tx:
        tx.update(Analyst, made.desk.me, role="analyst")
    made.services.bell.ring(Changes(tables=frozenset({"analyst"})))
    made.wait()
    section = roster.hotline
    assert not section.add.isEnabled()
    section.grid.stand_on(turn)
    roster.press(Qt.Key.Key_Delete)
    assert roster.turn(turn) is not None
    current = made.services.notices.current
    assert current is not None
    assert "Supervisors" in current.text


# -- files ------------------------------------------------------------------------------------------------------------
def test_a_week_goes_out_as_a_calendar_and_comes_back_changed(
    roster: OpenRoster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn, other = roster.plan("roth", 0, "06:00", "14:00"), roster.plan("me", 0, "06:00", "14:00", "lead")
    file = tmp_path / "roster.ics"
    monkeypatch.setattr("ui.roster.calendar_files.QFileDialog.getSaveFileName", lambda *_args: (str(file), ""))
    roster.hotline.files.export_week()
    roster.made.wait()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    roster.hotline.files.export_mine()
    roster.made.wait()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 1
    roster.hotline.files.export_week()
    roster.made.wait()
    roster.made.desk.shifts.remove(turn)
    roster.made.desk.shifts.change(other, duty="backup")
    roster.made.wait()
    monkeypatch.setattr("ui.roster.week_files.QFileDialog.getOpenFileName", lambda *_args: (str(file), ""))
    roster.hotline.files.import_file()
    roster.made.wait()
    dialog = next(one for one in roster.hotline.findChildren(ImportDialog) if one.isVisible())
    assert dialog.summary.text().startswith("1 new turn, 1 changed")
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    roster.made.wait()
    assert roster.told(turn) == "Mon 06:00-14:00 Jo"
    back = roster.turn(other)
    assert back is not None
    assert back.duty == "lead"
    roster.made.services.take_back()
    roster.made.wait()
    assert roster.turn(turn) is None
    file.write_bytes(b"hello")
    roster.hotline.files.import_file()
    notices = roster.made.services.notices
    roster.made.wait()
    said = ""
    while notices.current is not None:
        said += notices.current.text
        notices.dismiss()
    assert "no iCalendar" in said


def test_counts_of_the_telephone_make_a_need(
    roster: OpenRoster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = roster.hotline
    assert "Import call counts" in section.assumed.text()
    file = tmp_path / "calls.csv"
    file.write_text("start,offered,answered,aht\n2026-11-09 09:00,12,11,200\n2026-11-09 09:30,12,11,200\nx,1,1,1\n")
    monkeypatch.setattr("ui.roster.week_files.QFileDialog.getOpenFileName", lambda *_args: (str(file), ""))
    section.files.import_calls()
    roster.made.wait()
    current = roster.made.services.notices.current
    assert current is not None
    assert (current.level, "line 4" in current.text) == (Level.WARNING, True)
    assert "nobody hangs up" in section.assumed.text()
    assert section.shown is not None
    assert [one.missing for one in section.shown.week.short] == [3]
    QTest.keyClick(section.chart, Qt.Key.Key_Right)
    assert "12.0 calls expected, 3 needed, 0 planned, 3 missing" in section.state.text()
    assert section.chart.accessibleDescription() == section.state.text()
    for row in range(section.findings.rowCount()):
        item = section.findings.item(row, 1)
        if item is not None and "Too few" in item.text():
            section.findings.selectRow(row)
            section.findings.opened.emit()
    roster.made.wait()
    dialog = roster.dialog()
    assert [field.time().toString("HH:mm") for field in (dialog.start, dialog.end)] == ["09:00", "10:00"]
    dialog.reject()


def test_a_day_is_read_half_hour_by_half_hour_and_a_gap_planned_from_there(roster: OpenRoster, tmp_path: Path) -> None:
    section, made = roster.hotline, roster.made
    roster.plan("roth", 0, "09:00", "09:30")
    file = tmp_path / "calls.csv"
    file.write_text("start,offered,answered,aht\n2026-11-09 09:00,12,11,200\n2026-11-09 09:30,12,11,200\n")
    from app.intake.calls import import_calls

    import_calls(made.desk.context, file)
    made.wait()
    section.read()
    section.grid.setCurrentIndex(section.grid.roster.index(0, 0))
    made.wait()
    QTest.mouseClick(section.below._buttons["hours"], Qt.MouseButton.LeftButton)
    table = section.hours
    assert table.isVisible()
    assert not section.findings.isVisible()
    said = [[table.item(row, column).text() for column in range(7)] for row in range(table.rowCount())]  # type: ignore[union-attr]
    assert said[0][:5] == ["09:00–09:30", "12.0", "3", "1", "2"]
    assert said[0][6] == "Jo Roth"
    assert said[1][:5] == ["09:30–10:00", "12.0", "3", "0", "3"]
    table.setFocus()
    table.selectRow(1)
    one = section.chart.current()
    assert one is not None
    assert one.needed - one.rostered == 3, "the chart stands on the half hour that is chosen"
    QTest.keyClick(table, Qt.Key.Key_Return)
    made.wait()
    dialog = roster.dialog()
    assert [field.time().toString("HH:mm") for field in (dialog.start, dialog.end)] == ["09:30", "10:00"]
    dialog.reject()
    section.grid.setFocus()
    QTest.keyClick(section.grid, Qt.Key.Key_Right)
    made.wait()
    assert table.rowCount() == 0, "of the day the cursor stands on"


def test_the_page_opens_by_its_key_in_both_languages(tmp_path: Path, theme: Theme, languages: Languages) -> None:
    opened = open_window(tmp_path, theme, languages)
    try:
        QTest.keyClick(opened.window, Qt.Key.Key_8, CONTROL)
        opened.wait()
        page = opened.window.panes.other_pages.currentWidget()
        assert isinstance(page, RosterPage)
        hotline = page.section("hotline")
        assert isinstance(hotline, HotlineSection)
        QTest.keyClick(hotline.grid, Qt.Key.Key_Insert)
        next(one for one in hotline.findChildren(TurnDialog) if one.isVisible())._go()
        opened.wait(lambda: hotline.grid.current_turn() is not None)
        opened.window.activateWindow()
        hotline.grid.setFocus()
        opened.wait(lambda: hotline.grid.hasFocus() and opened.window.actions_["undo"].isEnabled())
        QTest.keyClick(hotline.grid, Qt.Key.Key_Z, CONTROL)
        opened.wait(lambda: hotline.grid.current_turn() is None)
        for language, names in ((Language.GERMAN, "Hotline"), (Language.ENGLISH, "Hotline")):
            languages.choose(language)
            opened.wait()
            assert page.list.item(0).text() == names
        assert page.open_section("rehearsal")
        opened.wait()
        page.page_wanted.emit("coverage", "")
        opened.wait()
        assert opened.window.panes.other_pages.currentWidget() is not page
        opened.no_error()
    finally:
        opened.close()
