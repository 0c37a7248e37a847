"""The roster's page as a person uses it: turns planned, carried, swapped, taken off and taken back by keyboard and by
mouse; calendar files and counts of the telephone in and out; chart, matrix and rehearsal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app import times
from app.changes import Changes
from app.times import HOUR_MS
from app.work.roster import Roster, Turn, hours
from db.ids import new_id
from db.shapes import Analyst, Queue, QueueMember, Skill
from tests.ui.case_desk import ZONE, CaseDesk, discard
from tests.ui.open_window import open_window
from ui.i18n import Language, Languages
from ui.notices import Level
from ui.roster.calendar_files import ImportDialog
from ui.roster.chart import ChartSection
from ui.roster.hotline import HotlineSection
from ui.roster.page import RosterPage
from ui.roster.radar import RadarSection
from ui.roster.rehearsal import RehearsalSection
from ui.roster.turn_dialog import TurnDialog
from ui.theme import Theme

TZ = times.zone(ZONE)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MONDAY = datetime(2026, 11, 16)  # noqa: DTZ001 - on the wall
PICTURES = os.environ.get("HALLDESK_PICTURES")


class OpenRoster:
    """The page on a desk whose front line are Anna Kern, Jo Roth and Mara Weiß (away this week)."""

    def __init__(self, made: CaseDesk, name: str = "hotline") -> None:
        self.made = made
        desk = made.desk
        with desk.replica.transaction("test.line", desk.me, at=made.clock()) as tx:
            line = tx.query("SELECT id FROM queue WHERE kind = 'front line'", ())[0][0]
            for who in ("roth", "weiss"):
                tx.insert(QueueMember, new_id(), queue_id=line, analyst_id=made.ids[who])
        self.page = RosterPage(made.services)
        self.page.resize(1100, 640)
        self.page.show()
        made.wait()
        self.open(name)

    def open(self, name: str) -> QWidget:
        """A section."""
        assert self.page.open_section(name)
        self.made.wait()
        return self.page.section(name)

    @property
    def hotline(self) -> HotlineSection:
        """The first section."""
        found = self.page.section("hotline")
        assert isinstance(found, HotlineSection)
        return found

    def plan(self, who: str, day: int, start: str, end: str, duty: str = "hotline") -> bytes:
        """A turn in the week on screen."""
        desk = self.made.desk
        analyst = desk.me if who == "me" else self.made.ids[who]
        made = desk.shifts.plan(analyst, *hours(MONDAY.date().replace(day=16 + day), start, end, ZONE), duty=duty)
        self.made.wait()
        return made.ids[0]

    def turn(self, turn_id: bytes) -> Turn | None:
        """As it is on the roster."""
        return Roster(self.made.desk.context).turn(turn_id)

    def told(self, turn_id: bytes) -> str:
        """ "Mon 06:00-14:00 who"."""
        turn = self.turn(turn_id)
        assert turn is not None
        first, last = times.local_wall(turn.starts_at, TZ), times.local_wall(turn.ends_at, TZ)
        who = self.made.desk.directory.name("analyst", turn.analyst_id).split()[0]
        return f"{first:%a %H:%M}-{last:%H:%M} {who}"

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key in the grid, and what follows from it."""
        QTest.keyClick(self.hotline.grid, key, held)
        self.made.wait()

    def chip(self, turn_id: bytes) -> QPoint:
        """The middle of a turn on screen."""
        grid = self.hotline.grid
        week = grid.roster.week
        assert week is not None
        turn = next(t for t in week.turns if t.id == turn_id)
        index = grid.roster.index(week.people.index(turn.analyst_id), week.day_of(turn))
        place = [t.id for t in week.of(turn.analyst_id, week.day_of(turn))].index(turn_id)
        return grid.chip_rect(index, place).center()

    def cell(self, who: str, day: int) -> QPoint:
        """The lower edge of a cell, where no turn is."""
        grid = self.hotline.grid
        week = grid.roster.week
        assert week is not None
        analyst = self.made.desk.me if who == "me" else self.made.ids[who]
        area = grid.visualRect(grid.roster.index(week.people.index(analyst), day))
        return QPoint(area.center().x(), area.bottom() - 3)

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press, move, let go."""
        port = self.hotline.grid.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, held, start)
        QTest.mouseMove(port, (start + end) / 2)
        _move(port, (start + end) / 2, held)
        _move(port, end, held)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, held, end)
        self.made.wait()

    def dialog(self) -> TurnDialog:
        """The form that is open."""
        return next(one for one in self.hotline.findChildren(TurnDialog) if one.isVisible())


def _move(port: QWidget, at: QPoint, held: Qt.KeyboardModifier) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(port.mapToGlobal(at)), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, held,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


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
    roster.hotline.export_week()
    roster.made.wait()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    roster.hotline.export_mine()
    roster.made.wait()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 1
    roster.hotline.export_week()
    roster.made.wait()
    roster.made.desk.shifts.remove(turn)
    roster.made.desk.shifts.change(other, duty="backup")
    roster.made.wait()
    monkeypatch.setattr("ui.roster.hotline.QFileDialog.getOpenFileName", lambda *_args: (str(file), ""))
    roster.hotline.import_file()
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
    roster.hotline.import_file()
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
    monkeypatch.setattr("ui.roster.hotline.QFileDialog.getOpenFileName", lambda *_args: (str(file), ""))
    section.import_calls()
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


# -- the chart --------------------------------------------------------------------------------------------------------
def test_the_chart_is_walked_searched_told_and_saved(
    roster: OpenRoster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = roster.open("chart")
    assert isinstance(section, ChartSection)
    QTest.keyClicks(section.search, "roth")
    QTest.keyClick(section.search, Qt.Key.Key_Return)
    roster.made.wait()
    here = section.view.current()
    assert here is not None
    assert here.title == "Jo Roth"
    said = section.told.text()
    assert "Belongs to: Hotline" in said
    assert "stands in for: " in said
    assert "Production hall 1" in said
    assert section.view.accessibleDescription() == said
    QTest.keyClick(section.view, Qt.Key.Key_Left)
    here = section.view.current()
    assert here is not None
    assert (here.kind, here.title) == ("queue", "Hotline")
    wanted: list[tuple[str, object]] = []
    roster.page.cases_wanted.connect(lambda title, cases: wanted.append((title, cases)))
    QTest.keyClick(section.view, Qt.Key.Key_Return)
    assert wanted[0][0] == "Hotline"
    before = section.view.transform().m11()
    QTest.keyClick(section.view, Qt.Key.Key_Plus)
    assert section.view.transform().m11() > before
    QTest.keyClick(section.view, Qt.Key.Key_0)
    for kind in ("pdf", "svg"):
        file = tmp_path / f"chart.{kind}"
        monkeypatch.setattr(
            "ui.roster.calendar_files.QFileDialog.getSaveFileName", lambda *_args, file=file: (str(file), "")
        )
        section.save(kind)
        roster.made.wait()
        assert file.stat().st_size > 1_000


def test_a_chart_of_sixty_is_large_enough_to_read(roster: OpenRoster) -> None:
    made = roster.made
    with made.desk.replica.transaction("test.many", made.desk.me, at=made.clock()) as tx:
        for number in range(6):
            queue = tx.insert(Queue, new_id(), name=f"Queue number {number}", kind="product", tier=2, position=number)
            for person in range(10):
                who = tx.insert(Analyst, new_id(), name=f"Nora Überschär-{number}{person}", tier=1 + person % 3)
                tx.insert(QueueMember, new_id(), queue_id=queue, analyst_id=who)
    section = roster.open("chart")
    assert isinstance(section, ChartSection)
    section.view.fit_width()
    roster.made.wait()
    assert section.view.transform().m11() > 0.8  # names of 12 pixels stay above 9
    boxes = section.shown.chart.boxes if section.shown is not None else ()
    assert sum(box.kind == "analyst" for box in boxes) == 63
    if PICTURES:
        section.view.stand_on(section.view.found("Überschär-33")[0])
        roster.made.wait()
        roster.page.grab().save(f"{PICTURES}/chart-60.png")


# -- who knows what ---------------------------------------------------------------------------------------------------
def test_the_matrix_says_who_alone_knows_and_leads_to_cases_and_rehearsal(roster: OpenRoster) -> None:
    made = roster.made
    with made.desk.replica.transaction("test.skill", made.desk.me, at=made.clock()) as tx:
        tx.insert(Skill, new_id(), analyst_id=made.ids["roth"], product_id=made.ids["erp"], level=3)
    section = roster.open("radar")
    assert isinstance(section, RadarSection)
    matrix = section.view.matrix
    names = [matrix.name(one.id) for one in matrix.products]
    assert "1 are known by one person alone" in section.summary.text()
    erp, label = names.index("ERP"), names.index("Label printer Zebra ZT410")
    assert str(matrix.index(erp, 0).data()) == "one only: Jo Roth"
    assert str(matrix.index(label, 0).data()) == "nobody"
    column = 1 + list(matrix.people).index(made.ids["roth"])
    assert "nobody else knows it" in matrix.in_words(erp, column)
    wanted: list[tuple[str, object]] = []
    roster.page.cases_wanted.connect(lambda title, cases: wanted.append((title, cases)))
    mine = 1 + list(matrix.people).index(made.desk.me)
    section.view.setCurrentIndex(matrix.index(label, mine))
    assert matrix.cell(label, mine).solved == 1
    QTest.keyClick(section.view, Qt.Key.Key_Return)
    made.wait()
    rid = made.desk.context.reader.value('SELECT rid FROM "case" WHERE id = ?', (made.ids["old"],))
    assert wanted == [("Label printer Zebra ZT410 · Anna Kern", [rid])]
    section.which._buttons["thin"].click()
    assert [matrix.name(one.id) for one in matrix.products] == ["ERP"]
    section.view.setCurrentIndex(matrix.index(0, column))
    QTest.mouseClick(section.without, Qt.MouseButton.LeftButton)
    made.wait()
    rehearsal = roster.page.section("rehearsal")
    assert isinstance(rehearsal, RehearsalSection)
    assert rehearsal.who.currentText() == "Jo Roth"
    assert rehearsal.isVisible()


# -- a day without ----------------------------------------------------------------------------------------------------
def test_a_rehearsal_proposes_and_its_proposals_are_carried_out_and_taken_back(roster: OpenRoster) -> None:
    made = roster.made
    turn = roster.plan("me", 1, "08:00", "16:00")
    another = roster.plan("me", 1, "17:00", "19:00")
    section = roster.open("rehearsal")
    assert isinstance(section, RehearsalSection)
    assert section.who.currentText() == "Anna Kern"  # myself, tomorrow
    table = section.table

    def row(head: str) -> int:
        return next(
            n
            for n in range(table.rowCount())
            if " ".join(table.item(n, c).text() for c in range(3)).startswith(head)  # type: ignore[union-attr]
        )

    assert "Jo Roth speaks for it then" in table.item(row("Department Production hall 1"), 2).text()  # type: ignore[union-attr]
    table.selectRow(row("Turn Tue"))
    assert section.take.isEnabled()
    QTest.mouseClick(section.take, Qt.MouseButton.LeftButton)
    made.wait()
    assert roster.told(turn) == "Tue 08:00-16:00 Jo"
    made.services.take_back()
    made.wait()
    assert roster.told(turn) == "Tue 08:00-16:00 Anna"
    QTest.mouseClick(section.all_turns, Qt.MouseButton.LeftButton)
    made.wait()
    assert {roster.told(one)[-2:] for one in (turn, another)} == {"Jo"}
    table.selectRow(row("Case"))
    line = section.line()
    assert line is not None
    QTest.keyClick(section.take, Qt.Key.Key_Space)
    made.wait()
    owner = made.desk.context.reader.value('SELECT work_owner_id FROM "case" WHERE id = ?', (line[1].what,))
    assert owner == line[1].taker == made.ids["roth"]
    pages: list[str] = []
    roster.page.page_wanted.connect(lambda page, _section: pages.append(page))
    table.selectRow(row("Department"))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert pages == ["coverage"]
    section.rehearse(made.ids["weiss"])
    made.wait()
    assert "Mara Weiß" in section.summary.text()
    section.rehearse(made.ids["roth"])
    made.wait()
    table.selectRow(row("Turn Tue"))
    QTest.keyClick(table, Qt.Key.Key_Return)
    made.wait()
    assert roster.hotline.isVisible()
    assert roster.hotline.grid.turn == turn


# -- in the window ----------------------------------------------------------------------------------------------------
def test_the_page_opens_by_its_key_in_both_languages(tmp_path: Path, theme: Theme, languages: Languages) -> None:
    opened = open_window(tmp_path, theme, languages)
    try:
        QTest.keyClick(opened.window, Qt.Key.Key_8, CONTROL)
        opened.wait()
        page = opened.window.panes.other_pages.currentWidget()
        assert isinstance(page, RosterPage)
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
