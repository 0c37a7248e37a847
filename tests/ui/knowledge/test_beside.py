"""Cases beside articles, a solution put into a case, and what is missing, as a person would use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.cases import NewCase
from db.shapes import Product
from tests.ui.open_window import OpenWindow, open_window
from ui.i18n import Languages
from ui.knowledge.beside import ToCase, draw_marked
from ui.knowledge.misses import MissWatch
from ui.knowledge.page import KnowledgePage
from ui.theme import Theme

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    one.desk.articles.create("Feeder jams on thick paper", problem="The sheets stay inside", solution="1. Open the lid")
    one.desk.cases.new(NewCase("Feeder jams again in hall 2", 3, description="thick paper since Monday"))
    with one.desk.replica.transaction("admin.master", one.desk.me, at=1) as tx:
        saw = tx.insert(Product, name="Saw")
    for n in range(3):
        one.desk.cases.new(NewCase(f"Blade wobbles {n}", 3, product_id=saw, solved="1. Tighten\n2. Try"))
    yield one
    one.close()


def page_of(opened: OpenWindow) -> KnowledgePage:
    opened.window.actions_["go.knowledge"].trigger()
    opened.wait()
    page = opened.window.findChild(KnowledgePage)
    assert isinstance(page, KnowledgePage)
    opened.wait(lambda: page.list.rowCount() > 0)
    opened.wait()
    return page


def stand_at(opened: OpenWindow, page: KnowledgePage, words: str) -> None:
    (item,) = page.tree.findItems(words, Qt.MatchFlag.MatchExactly)
    page.tree.setCurrentItem(item)
    opened.wait()


def test_articles_and_cases_are_found_together_and_hits_marked(opened: OpenWindow):
    page = page_of(opened)
    beside = page.beside
    assert not beside.cases.isVisible()
    QTest.keyClicks(page.field, "feeder jam")
    opened.wait(lambda: beside.cases.count() == 1)
    opened.wait()
    assert page.list.rowCount() == 1
    assert "feeder" in beside.titles.marks
    assert beside.cases.item(0).text() == "Feeder jams again in hall 2"
    beside.cases.setFocus()
    beside.cases.setCurrentRow(0)
    beside.cases.itemActivated.emit(beside.cases.item(0))
    opened.wait(lambda: not page.isVisible())
    page.field.clear()


def test_a_hit_is_painted_on_a_ground_of_its_own(theme: Theme):
    image = QImage(300, 24, QImage.Format.Format_RGB32)

    def grounds(marks: frozenset[str]) -> set[int]:
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_marked(painter, image.rect(), "Feeder jams", marks, QApplication.palette(), QColor("black"))
        painter.end()
        return {image.pixel(x, 5) for x in range(60)}

    assert len(grounds(frozenset({"feeder"}))) > len(grounds(frozenset()))


def test_a_solution_goes_into_a_case(opened: OpenWindow):
    page = page_of(opened)
    page.list.selectRow(0)
    opened.wait()
    QTest.mouseClick(page.beside.to_case, Left)
    opened.wait()
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ToCase) and w.isVisible())
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.case, "hall 2")
    opened.wait(lambda: dialog.case.is_open)
    QTest.keyClick(dialog.case, Qt.Key.Key_Return)
    assert dialog.go.isEnabled()
    QTest.mouseClick(dialog.go, Left)
    opened.wait(lambda: not page.isVisible())
    opened.wait(lambda: "Open the lid" in opened.window.editor.composer.text)
    assert opened.window.editor.loaded is not None
    assert opened.window.editor.loaded.view.row["title"] == "Feeder jams again in hall 2"
    opened.window.editor.composer.flush()
    opened.wait()


def test_what_is_missing_is_written_from_there(opened: OpenWindow):
    missed = opened.window.services.desk.missed
    assert missed.note("plotter calibration")
    page = page_of(opened)
    stand_at(opened, page, "What is missing")
    pane = page.beside.missing
    opened.wait(lambda: pane.table.rowCount() > 0)
    assert pane.isVisible()
    assert not page.list.isVisible()
    rows = [[pane.table.item(row, column).text() for column in range(4)] for row in range(pane.table.rowCount())]  # type: ignore[union-attr]
    assert ["Write an article", "Saw: wobbles", "3 cases alike, without an article", "3"] in rows
    assert ["Write an article", "plotter calibration", "searched once in vain", "1"] in rows
    kinds = [one.kind for one in pane._rows]
    pane.table.selectRow(kinds.index("repeated"))
    assert pane.deed.text() == "Draft from the newest case"
    QTest.mouseClick(pane.cases, Left)
    opened.wait(lambda: not page.isVisible())
    page = page_of(opened)
    stand_at(opened, page, "What is missing")
    opened.wait(lambda: pane.table.rowCount() > 0)
    pane.table.selectRow([one.kind for one in pane._rows].index("search"))
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    opened.wait(lambda: page.list.isVisible())
    opened.wait()
    reader = opened.desk.context.reader
    assert reader.value("SELECT count(*) FROM article WHERE title = 'Plotter calibration' AND state = 'rough'") == 1
    assert missed.all() == []
    stand_at(opened, page, "What is missing")
    opened.wait(lambda: any(one.kind == "repeated" for one in pane._rows))
    pane.table.selectRow([one.kind for one in pane._rows].index("repeated"))
    QTest.mouseClick(pane.deed, Left)
    opened.wait(lambda: page.list.isVisible())
    opened.wait()
    solution = reader.value("SELECT solution FROM article WHERE title LIKE 'Blade wobbles%'")
    assert solution == "1. Tighten\n2. Try"


def test_a_search_that_rests_without_use_is_noted_once(opened: OpenWindow):
    page = page_of(opened)
    watch = page.beside.misses
    assert isinstance(watch, MissWatch)
    QTest.keyClicks(page.field, "tachyon")
    opened.wait(lambda: watch.timer.isActive())
    watch.settle()
    watch.settle()
    opened.wait()
    assert [(one.words, one.count) for one in opened.window.services.desk.missed.all()] == [("tachyon", 1)]
    page.field.clear()
    opened.wait()
