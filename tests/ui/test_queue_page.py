"""A list with its filter, its order and its empty states."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.open_window import open_window
from ui import list_loading, queue_page
from ui.case_model import COLUMN_OF
from ui.list_loading import read_whole


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def test_typing_in_the_list_filters_it_and_escape_brings_it_back(opened):
    everything = opened.shown()
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_P)
    assert opened.page.filter.hasFocus()
    QTest.keyClicks(opened.page.filter, "assword")
    opened.wait(lambda: len(opened.shown()) == 1)
    assert opened.shown() == ["ERP login fails after password change"]
    QTest.keyClick(opened.page.filter, Qt.Key.Key_Down)
    assert opened.table.hasFocus()
    opened.page.filter.setFocus()
    QTest.keyClick(opened.page.filter, Qt.Key.Key_Escape)
    opened.wait(lambda: opened.shown() == everything)


def test_a_number_finds_its_case(opened):
    opened.go("all")
    opened.page.filter.setText("#4")
    opened.wait(lambda: opened.shown("number") == ["4"])


def test_the_keys_of_the_list_begin_no_filter(opened):
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_J)
    QTest.keyClick(opened.table, Qt.Key.Key_J)
    QTest.keyClick(opened.table, Qt.Key.Key_K)
    assert opened.page.filter.text() == ""
    assert opened.table.currentIndex().row() == 0


def test_a_filter_without_hits_says_what_to_do(opened):
    opened.page.filter.setText("qqqq")
    opened.wait(lambda: opened.page._empty.isVisible())
    assert opened.page._empty.accessibleName() == "Nothing here matches “qqqq”"
    assert "fewer words" in opened.page._empty.accessibleDescription()


def test_empty_places_say_what_to_do(opened):
    opened.go("watched")
    assert opened.page._empty.isVisible()
    assert opened.page._empty.accessibleName() == "You watch no open case"
    opened.desk.cases.watch(opened.ids["printer"])
    opened.wait(lambda: opened.shown() == ["Label printer on line 3 prints blank labels since the restart"])
    assert opened.table.isVisible()


def test_the_filter_belongs_to_its_place(opened):
    opened.page.filter.setText("password")
    opened.wait(lambda: len(opened.shown()) == 1)
    opened.go("all")
    assert opened.page.filter.text() == ""
    assert len(opened.shown()) == 4


def test_a_place_shows_its_closed_cases_when_asked(opened):
    done, printer = opened.ids["printer"], "Label printer on line 3 prints blank labels since the restart"
    assert printer in opened.shown()
    opened.desk.cases.resolve(done, "New head")
    opened.desk.cases.close(done)
    opened.go("all")
    everything = sorted(opened.shown())
    opened.go("open")
    opened.wait(lambda: printer not in opened.shown())
    QTest.mouseClick(opened.page.head.closed, Qt.MouseButton.LeftButton)
    opened.wait(lambda: sorted(opened.shown()) == everything)
    opened.go("mine")
    assert not opened.page.head.closed.isChecked()
    opened.go("open")
    opened.wait(lambda: sorted(opened.shown()) == everything)
    QTest.mouseClick(opened.page.head.closed, Qt.MouseButton.LeftButton)
    opened.wait(lambda: printer not in opened.shown())
    opened.go("all")
    assert not opened.page.head.closed.isVisible()


def test_a_header_sorts_up_then_down_then_as_the_queue_is_worked(opened):
    worked = opened.shown()
    header = opened.table.horizontalHeader()
    section = COLUMN_OF["number"]
    at = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
    seen = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        opened.wait()
        seen.append([int(number) for number in opened.shown("number")])
    assert seen[0] == sorted(seen[0])
    assert seen[1] == sorted(seen[0], reverse=True)
    assert opened.shown() == worked
    assert not header.isSortIndicatorShown()


def test_how_many_and_how_many_are_selected(opened):
    assert opened.page.head.figures.text() == "3 cases"
    opened.table.selectAll()
    assert opened.page.head.figures.text() == "3 selected"


def test_columns_are_chosen_from_a_menu(opened):
    opened.window.actions_["view.columns"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    product = next(action for action in menu.actions() if action.text() == "Product")
    product.trigger()
    menu.close()
    assert "product" in opened.table.columns.chosen()


def test_the_right_mouse_button_offers_what_can_be_done(opened):
    table = opened.table
    at = QPoint(100, table.rowViewportPosition(2) + 4)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    opened.wait()
    table.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert "Claim" in offered
    assert "Reopen…" not in offered


def test_a_change_elsewhere_in_the_row_is_seen_at_once(opened):
    opened.desk.cases.set(opened.ids["blank"], title="Screen dark")
    opened.wait(lambda: "Screen dark" in opened.shown())


def test_a_figure_that_takes_its_time_is_said_to_be_counted_within_a_tenth_of_a_second(opened):
    """What stood there was the figure of the list before, under the name of the new one."""
    busy = threading.Event()
    opened.client.lanes.read.submit(busy.wait, 20)
    said: list[float] = []
    began = time.monotonic()
    opened.window.go("mine")
    while not said and time.monotonic() < began + 5:
        QApplication.processEvents()
        if opened.page.head.figures.text() == "counting…":
            said.append(time.monotonic() - began)
    assert opened.page._late.interval() < 100
    assert said
    assert opened.page.head.title.text() != "All open"
    busy.set()
    opened.wait(lambda: opened.page.head.figures.text() == "1 case")


def test_places_whose_figures_are_on_their_way_say_so(opened):
    navigation = opened.window.navigation
    kept, navigation._counts = navigation._counts, None
    places = {place.key: place for place in navigation.places()}
    assert navigation.is_counting(places["mine"])
    assert navigation.is_counting(places["open"])
    assert not navigation.is_counting(places["all"]), "of all there ever were nobody wants to know"
    assert not navigation.is_counting(places["administration"])
    navigation.show_counts(kept)
    assert not navigation.is_counting(places["mine"])


@pytest.fixture
def held(opened, monkeypatch):
    """Whole lists of an open window take as long as this event is not set; the first answer has two rows."""
    go = threading.Event()

    def slow(*asked):
        assert go.wait(10)
        return read_whole(*asked)

    monkeypatch.setattr(list_loading, "FIRST", 2)
    monkeypatch.setattr(queue_page, "read_whole", slow)
    yield go
    go.set()


def test_the_rest_of_a_long_list_keeps_neither_rows_nor_a_case_waiting(opened, held):
    editor = opened.window.editor
    opened.client.window.go("all")
    opened.wait(lambda: opened.client.lanes.beside.under_way)
    assert len(opened.shown()) == 2
    editor.show_case(opened.ids["blank"])
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == opened.ids["blank"])
    opened.page.model.forget_stale()
    opened.page.model._lines.clear()
    opened.table.need_visible()
    opened.wait(lambda: opened.page.model.line(1) is not None)
    held.set()
    opened.wait(lambda: len(opened.shown()) == 4)


def test_a_whole_list_that_comes_late_takes_no_newer_ones_place(opened, held):
    opened.client.window.go("all")
    opened.wait(lambda: opened.client.lanes.beside.under_way)
    opened.page.filter.setText("password")
    opened.wait(lambda: opened.shown() == ["ERP login fails after password change"])
    held.set()
    opened.wait()
    assert opened.shown() == ["ERP login fails after password change"]
    opened.page.filter.setText("")
    opened.wait(lambda: len(opened.shown()) == 4)
