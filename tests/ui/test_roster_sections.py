"""Chart, matrix and rehearsal of the roster's page, by keyboard and by mouse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.ids import new_id
from db.shapes import Analyst, Queue, QueueMember, Skill
from tests.ui.case_desk import CaseDesk, discard
from tests.ui.roster_desk import OpenRoster
from ui.roster.chart import ChartSection
from ui.roster.radar import RadarSection
from ui.roster.rehearsal import RehearsalSection

PICTURES = os.environ.get("HALLDESK_PICTURES")


@pytest.fixture
def roster(desk: CaseDesk) -> Iterator[OpenRoster]:
    made = OpenRoster(desk)
    yield made
    discard(made.page)


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
    assert "1 known by one person alone" in section.summary.text()
    erp, label = names.index("ERP"), names.index("Label printer Zebra ZT410")
    assert str(matrix.index(erp, 0).data()) == "one only: Jo Roth"
    assert str(matrix.index(label, 0).data()) == "nobody"
    column = 1 + list(matrix.people).index(made.ids["roth"])
    assert "nobody else knows it" in matrix.in_words(erp, column)
    if PICTURES:
        roster.page.grab().save(f"{PICTURES}/matrix-thin.png")
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
