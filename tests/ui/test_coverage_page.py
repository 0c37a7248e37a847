"""The page of coverage by keyboard and mouse: what is wrong is put right by a click, absences are planned and ended on
it, agreements changed with a history, sheets decided; sick is two clicks."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.changes import Changes
from app.work.agreements import Agreement
from app.work.cases import NewCase
from db.shapes import Absence, Analyst, Department
from tests.ui.open_window import OpenWindow, open_window
from ui.coverage.agreement_dialogs import AgreementDialog, TransferDialog
from ui.coverage.asks import MorningAsks
from ui.coverage.dialogs import AbsenceDialog, DayDialog, StillAwayDialog, TakeOverDialog
from ui.coverage.page import CoveragePage
from ui.coverage.papers import ReviewPaper, SheetPaper
from ui.coverage.sheet_dialog import SheetDialog
from ui.i18n import Language, Languages
from ui.pickers import Choice
from ui.theme import Theme, ThemeChoice
from ui.widgets.row_table import RowTable

PICTURES = os.environ.get("HALLDESK_PICTURES")
TODAY = date(2026, 11, 16)
T = TypeVar("T", bound=QWidget)


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


class Page:
    """The page on a desk with `person` as contact of `hall`, me as stand-in."""

    def __init__(self, opened: OpenWindow) -> None:
        self.opened, self.desk = opened, opened.desk
        with self.desk.replica.transaction("admin.people", self.desk.me, at=self.desk.context.clock()) as tx:
            self.person = tx.insert(Analyst, name="Test Person", phone="4711")
            self.hall = tx.insert(Department, name="A new hall", dossier="Ask for Mr Vogel.")
            self.line = tx.insert(Department, name="B line of it", parent_id=self.hall)
        self.cover = self.desk.agreements.agree(Agreement(self.hall, self.person, self.desk.me)).id
        QTest.keyClick(opened.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
        found = opened.window.findChild(CoveragePage)
        assert isinstance(found, CoveragePage)
        self.page = found
        opened.timers.append(found._soon)
        self.wait()

    def wait(self, until=None) -> None:
        """Until the page has read what is there."""
        self.opened.wait(lambda: self.page.shown is not None and not self.page._soon.isActive())
        self.opened.wait(until)

    def soon(self, until) -> None:
        """Until something holds that a change of the database brings."""
        self.opened.wait(until)

    def click(self, button: QPushButton) -> None:
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[T]) -> T:
        self.opened.wait(lambda: self._open(kind))
        found = self._open(kind)
        assert found is not None
        return found

    def _open(self, kind: type[T]) -> T | None:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


@pytest.fixture
def at(opened: OpenWindow) -> Page:
    return Page(opened)


def firsts(table: RowTable) -> list[str]:
    """The first column."""
    return [item.text() for n in range(table.rowCount()) if (item := table.item(n, 0)) is not None]


def cell(table: RowTable, first: str, column: int) -> str:
    """What stands in a row, by its first cell."""
    item = table.item(firsts(table).index(first), column)
    return item.text() if item is not None else ""


def text_at(table: RowTable, row: int, column: int) -> str:
    """What stands in a cell."""
    item = table.item(row, column)
    return item.text() if item is not None else ""


def choose(table: RowTable, text: str, column: int = 0) -> None:
    """Make the row current in which that stands."""
    row = next(n for n in range(table.rowCount()) if text in text_at(table, n, column))
    table.selectRow(row)


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def test_who_covers_whom_and_sick_in_two_clicks(at: Page):
    page, now = at.page, at.page.now
    assert cell(now.departments, "A new hall", 3) == "Test Person"
    assert cell(now.departments, "B line of it", 1) == "Test Person (inherited from A new hall)"
    before = page.absences.table.rowCount()
    next(one for one in page.menu.actions() if one.text() == "Test Person").trigger()
    at.soon(lambda: page.absences.table.rowCount() == before + 1)
    assert "(stand-in)" in cell(now.departments, "A new hall", 3)
    assert "(stand-in)" in cell(now.departments, "B line of it", 3)
    page.open_section("absences")
    choose(page.absences.table, "Test Person")
    at.click(page.absences.known)
    at.soon(lambda: cell(page.absences.table, "Test Person", 4) == "acknowledged")
    at.click(page.absences.back)
    dialog = at.dialog(DayDialog)
    assert dialog.day.date() == qdate(TODAY)
    QTest.keyClick(dialog.day, Qt.Key.Key_Return)
    at.soon(lambda: "Test Person" not in firsts(page.absences.table))
    at.opened.client.services.take_back()
    at.soon(lambda: "Test Person" in firsts(page.absences.table))


def test_a_proposal_is_one_click_and_one_undo(at: Page):
    table, page = at.page.now.findings, at.page
    choose(table, "have no swap day this quarter (A new hall)", 1)
    row = table.currentRow()
    item = table.item(row, 2)
    assert item is not None
    point = table.visualItemRect(item).center()
    count = table.rowCount()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    at.soon(lambda: table.rowCount() == count - 1)
    assert at.desk.coverings.find(at.hall).swap_day is not None
    QTest.keyClick(at.opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at.soon(lambda: table.rowCount() == count)
    assert at.desk.coverings.find(at.hall).swap_day is None
    choose(table, "have no swap day this quarter (A new hall)", 1)
    assert page.now.proposal.text() == "Agree on a day"
    table.setFocus()
    page.now._calm.restart()  # the double click of before is over
    at.opened.wait(lambda: page.now._calm.hasExpired(QApplication.doubleClickInterval()))
    QTest.keyClick(table, Qt.Key.Key_Return)
    at.soon(lambda: at.desk.coverings.find(at.hall).swap_day is not None)


def test_a_vacation_is_planned_with_its_findings_before_it_is_saved(at: Page, languages: Languages):
    at.desk.absences.plan("2026-12-01", "2026-12-04", analyst=at.desk.me)
    at.soon(lambda: at.page.shown is not None and len(at.page.shown.away) > 1)
    at.click(at.page.plan)
    dialog = at.dialog(AbsenceDialog)
    at.opened.wait()
    dialog.who.set_value(Choice("analyst", at.person, "Test Person"))
    dialog.who.picked.emit(dialog.who.value())
    dialog.first.setDate(qdate(date(2026, 12, 2)))
    dialog.last.setDate(qdate(date(2026, 12, 3)))
    at.soon(lambda: any("has nobody" in said for said in dialog.found.texts()))
    assert dialog.go.text() == "Save anyway"
    other = next(b for b in dialog.found.proposals if b.text().startswith(("Go from", "Let ")))
    said = other.text()
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    at.soon(lambda: not any("has nobody" in one for one in dialog.found.texts()))
    assert said
    dialog.first.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    at.soon(lambda: at._open(AbsenceDialog) is None)
    planned = [line for line in at.desk.coverings.absences() if line.spell.analyst == at.person]
    assert [line.kind for line in planned] == ["vacation"]
    at.page.open_section("absences")
    at.soon(lambda: "Test Person" in firsts(at.page.absences.table))
    choose(at.page.absences.table, "Test Person")
    at.click(at.page.absences.move_)
    moved = at.dialog(AbsenceDialog)
    moved.last.setDate(moved.last.date().addDays(3))
    at.click(moved.go)
    at.soon(lambda: at._open(AbsenceDialog) is None)
    days = at.desk.coverings.spell(planned[0].spell.id)
    assert days.to_day == (date.fromisoformat(planned[0].spell.to_day or "") + timedelta(days=3)).isoformat()
    at.soon(lambda: at.page.absences.take_back.isEnabled())
    at.click(at.page.absences.take_back)
    at.soon(lambda: "Test Person" not in firsts(at.page.absences.table))


def test_an_end_before_the_beginning_is_said_and_not_saved(at: Page):
    at.click(at.page.plan)
    dialog = at.dialog(AbsenceDialog)
    dialog.last.setDate(dialog.first.date().addDays(-1))
    dialog.look()
    assert not dialog.go.isEnabled()
    assert "first day or later" in dialog._state.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_calendar_says_each_cell_in_words_and_turns_by_keyboard(at: Page, languages: Languages):
    at.desk.absences.plan("2026-11-18", "2026-11-20", analyst=at.person)
    at.desk.absences.plan("2026-11-19", "2026-11-19", analyst=at.desk.me)
    page = at.page
    page.open_section("absences")
    view = page.absences.calendar
    at.soon(lambda: view.current() is not None and any(line.id == at.person for line in view._lines))
    view.setFocus()
    row = next(n for n, line in enumerate(view._lines) if line.id == at.hall)
    view.go_to(row, view._days.index("2026-11-18"))
    assert view.described() == "Wednesday, 18 November 2026: Anna Kern stands in for A new hall."
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "nobody is there for A new hall" in view.described()
    assert view.accessibleDescription() == view.described()
    assert "A new hall on 19 Nov 2026" in page.absences._gaps.text()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current() is not None
    assert view.current()[1] == "2026-11-16"  # type: ignore[index]
    assert "Test Person speaks for A new hall" in view.described()
    first = view._days[0]
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    at.soon(lambda: view._days[0] != first)
    at.click(page.absences.today)
    at.soon(lambda: view._days[0] == first)
    person = next(n for n, line in enumerate(view._lines) if line.id == at.person)
    cell_ = QPoint(round(view._x(view._days.index("2026-11-18") + 0.5)), round(view._y(person) + view._height / 2))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell_)
    assert "Test Person is away, vacation, from 18 Nov 2026 to 20 Nov 2026" in view.described()
    QTest.keyClick(view, Qt.Key.Key_Return)
    line = page.absences.line()
    assert line is not None
    assert line.spell.analyst == at.person
    QTest.mouseClick(page.absences.range._buttons["months"], Qt.MouseButton.LeftButton)
    at.soon(lambda: len(view._days) == 91)


def test_agreements_are_made_changed_with_a_history_and_ended(at: Page):
    page, view = at.page, at.page.agreements
    page.open_section("agreements")
    choose(view.table, "A new hall")
    assert view.history.rowCount() == 1
    at.click(view.change)
    dialog = at.dialog(AgreementDialog)
    dialog.stand_in2.set_value(Choice("analyst", at.opened.ids["roth"], "Jo Roth"))
    dialog.stand_in2.picked.emit(dialog.stand_in2.value())
    dialog.first.setDate(qdate(TODAY + timedelta(days=7)))
    dialog.why.setText("pressing need")
    at.soon(lambda: dialog.go.isEnabled() and not dialog._soon.isActive())
    at.click(dialog.go)
    at.soon(lambda: at._open(AgreementDialog) is None)
    at.soon(lambda: view.table.rowCount() == 4)
    choose(view.table, "A new hall")
    assert view.history.rowCount() == 2
    history = at.desk.coverings.history(at.hall)
    assert [(one.valid_from, one.valid_to) for one in history] == [
        ("2026-11-23", None), ("2026-11-16", "2026-11-22")
    ]  # fmt: skip
    assert (history[0].stand_in2, history[0].why) == (at.opened.ids["roth"], "pressing need")
    at.click(view.new)
    dialog = at.dialog(AgreementDialog)
    assert not dialog.go.isEnabled()
    assert "Choose a department" in dialog._state.text()
    dialog.department.set_value(Choice("department", at.line, "B line of it"))
    dialog.primary.set_value(Choice("analyst", at.person, "Test Person"))
    dialog.stand_in1.set_value(Choice("analyst", at.person, "Test Person"))
    dialog.look()
    assert "different people" in dialog._state.text()
    dialog.stand_in1.set_value(None)
    dialog.look()
    at.soon(lambda: any("nobody to stand in" in said for said in dialog.found.texts()))
    at.click(dialog.go)
    at.soon(lambda: "B line of it" in firsts(view.table))
    choose(view.table, "B line of it")
    at.click(view.end_)
    at.click(at.dialog(DayDialog).go)
    at.soon(lambda: at.desk.coverings.find(at.line).valid_to == "2026-11-16")


def test_a_department_is_given_for_good_and_taken_over_with_its_dossier(at: Page):
    page, view = at.page, at.page.agreements
    case = at.desk.cases.new(NewCase("Stops", 2, department_id=at.hall)).case_id
    page.open_section("agreements")
    choose(view.table, "A new hall")
    at.click(view.give)
    give = at.dialog(TransferDialog)
    give.to.set_value(Choice("analyst", at.desk.me, "Anna Kern"))
    give.look()
    at.soon(lambda: give.go.isEnabled())
    at.click(give.go)
    at.soon(lambda: any("A new hall is yours for good" in said for said in page.now.asks.texts()))
    assert at.desk.present.case(case).row["contact_owner_id"] == at.person
    page.open_section("now")
    button = next(one for one in page.now.asks.buttons if one.text() == "Take it over…")
    at.click(button)
    dialog = at.dialog(TakeOverDialog)
    at.soon(lambda: "Mr Vogel" in dialog.dossier.text())
    assert not dialog.go.isEnabled()
    dialog.read.click()
    at.click(dialog.go)
    at.soon(lambda: at.desk.present.case(case).row["contact_owner_id"] == at.desk.me)


def test_the_handover_and_the_return_sheet_are_decided_on_the_page(at: Page, tmp_path: Path):
    page = at.page
    case = at.desk.cases.new(NewCase("Robot stops", 2, department_id=at.hall)).case_id
    at.desk.cases.hand(case, to_analyst=at.person)
    absence = at.desk.absences.plan("2026-11-18", "2026-11-20", analyst=at.person).id
    page.open_section("absences")
    at.soon(lambda: "Test Person" in firsts(page.absences.table))
    choose(page.absences.table, "Test Person")
    at.click(page.absences.sheet)
    sheet = at.dialog(SheetDialog)
    at.soon(lambda: sheet.table.rowCount() == 1)
    assert text_at(sheet.table, 0, 2) == "Hand over (draft)"
    QTest.mouseClick(sheet.decision._buttons["watch"], Qt.MouseButton.LeftButton)
    at.soon(lambda: text_at(sheet.table, 0, 2) == "Watch")
    sheet.note.setFocus()
    QTest.keyClicks(sheet.note, "Ask on Tuesday")
    QTest.keyClick(sheet.note, Qt.Key.Key_Tab)
    at.soon(lambda: at.desk.handovers.sheet(absence).lines[0].note == "Ask on Tuesday")
    at.click(sheet.paper)
    paper = at.dialog(SheetPaper)
    at.soon(lambda: paper.drawn is not None)
    paper.save_to(tmp_path / "handover.pdf")
    at.soon(lambda: (tmp_path / "handover.pdf").exists())
    paper.reject()
    sheet.accept()
    at.opened.clock.pass_minutes(6 * 24 * 60)
    at.desk.cases.note(case, "Asked the shift lead")
    page.read()
    page.absences.over.setChecked(True)
    at.soon(lambda: "Test Person" in firsts(page.absences.table))
    choose(page.absences.table, "Test Person")
    at.soon(lambda: page.absences.sheet.text() == "Return sheet…")
    at.click(page.absences.sheet)
    back = at.dialog(SheetDialog)
    at.soon(lambda: back.table.rowCount() == 1 and text_at(back.table, 0, 2) == "not decided")
    at.soon(lambda: "Asked the shift lead" in back.story.toPlainText())
    at.click(back.all)
    at.soon(lambda: text_at(back.table, 0, 2) == "Take back")
    assert at.desk.present.case(case).row["work_owner_id"] == at.person


def test_the_monthly_review_is_shown_on_paper(at: Page):
    at.page.open_section("agreements")
    at.click(at.page.agreements.paper)
    paper = at.dialog(ReviewPaper)
    at.soon(lambda: paper.drawn is not None)
    assert paper.drawn is not None
    assert paper.drawn.document.startswith(b"%PDF")
    assert paper.kind.currentData() == "2026-11"
    paper.reject()


def test_open_ended_sickness_is_asked_about_each_morning_once(at: Page):
    desk, window, notices = at.desk, at.opened.window, at.opened.client.services.notices
    kept = desk.absences.sick(at.person)
    desk.absences.acknowledge(kept.id)
    # Whoever else has not acknowledged something is another question.
    with desk.replica.transaction("test.calm", desk.me, at=at.opened.clock()) as tx:
        for (row,) in tx.query("SELECT id FROM absence WHERE id <> ?", (kept.id,)):
            tx.update(Absence, row, to_day="2026-01-01", from_day="2026-01-01")
    morning = MorningAsks(at.opened.client.services, window)
    said: list[str] = []
    notices.listen(lambda: said.append(notices.current.text) if notices.current else None)
    notices.dismiss()
    morning.look()
    at.opened.wait()
    assert not [one for one in said if "Still away" in one], "it is the first day"
    at.opened.clock.pass_minutes(24 * 60)
    morning.look()
    at.opened.wait(lambda: notices.current is not None and "Still away today?" in notices.current.text)
    assert notices.current is not None
    assert [action.text for action in notices.current.actions] == ["Still away", "Until…", "Back at work"]
    count = len([one for one in said if "Still away" in one])
    morning.look()
    at.opened.wait()
    assert len([one for one in said if "Still away" in one]) == count
    notices.current.actions[1].run()
    dialog = at.dialog(StillAwayDialog)
    dialog.open_end.setChecked(False)
    dialog.last.setDate(qdate(TODAY + timedelta(days=4)))
    at.click(dialog.go)
    at.soon(lambda: desk.coverings.spell(kept.id).to_day == "2026-11-20")
    morning.look()
    at.opened.wait()
    assert notices.current is None or "Still away" not in notices.current.text
    morning.deleteLater()


def test_a_stand_in_who_says_nothing_is_told_to_supervisors_when_it_begins(at: Page):
    desk = at.desk
    with desk.replica.transaction("test.people", desk.me, at=at.opened.clock()) as tx:
        third = tx.insert(Analyst, name="Third Person", phone="4712")
    desk.agreements.agree(Agreement(at.line, at.person, third))
    desk.absences.plan("2026-11-17", "2026-11-18", analyst=at.person)
    asks = {(ask.what, ask.other) for ask in desk.coverings.asks()}
    assert ("unacknowledged", third) not in asks, "it has not begun"
    at.opened.clock.pass_minutes(24 * 60)
    assert ("unacknowledged", third) in {(ask.what, ask.other) for ask in desk.coverings.asks()}
    at.page.read()
    at.soon(lambda: any("Third Person, who stands in, has not said" in said for said in at.page.now.asks.texts()))
    button = next(one for one in at.page.now.asks.buttons if one.text() == "How to reach Third Person")
    at.click(button)
    notices = at.opened.client.services.notices
    at.soon(lambda: notices.current is not None and "4712" in notices.current.text)


def test_an_analyst_sees_what_is_proposed_and_presses_nothing_that_is_refused(at: Page):
    from ui.coverage.proposals import FOR_SUPERVISORS, may_carry_out

    shown = at.page.shown
    assert shown is not None
    from dataclasses import replace

    analyst = replace(shown, boss=False)
    assert all(may_carry_out(one, shown) for one in shown.findings if one.proposal and one.proposal.what != "dates")
    assert not any(
        may_carry_out(one, analyst) for one in shown.findings if one.proposal and one.proposal.what in FOR_SUPERVISORS
    )


def test_pictures(at: Page, theme: Theme, languages: Languages):
    if not PICTURES:
        pytest.skip("set HALLDESK_PICTURES to a folder")
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        for language in (Language.ENGLISH, Language.GERMAN):
            theme.choose(choice)
            languages.choose(language)
            for section in ("now", "absences", "agreements"):
                at.page.open_section(section)
                at.opened.wait()
                at.opened.window.grab().save(f"{PICTURES}/coverage-{section}-{choice.name}-{language.name}.png")


def test_news_that_come_without_a_pause_are_read_all_the_same(at: Page) -> None:
    """On a busy desk somebody saves something all the time."""
    read: list[bool] = []
    at.page._soon.timeout.connect(lambda: read.append(True))
    at.opened.timers.remove(at.page._soon)

    def news() -> list[bool]:
        at.opened.client.services.bell.ring(Changes(everything=True))
        return read

    at.soon(news)
