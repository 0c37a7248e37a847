"""The list of cases: lazy rows, what screen readers hear, columns by room, and that nothing moves under one's eyes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.work.case_filter import ALL_CASES, CaseList
from app.work.cases import NewCase
from tests.ui.open_window import open_window
from ui import case_model
from ui.case_columns import fitted
from ui.case_model import COLUMN_OF, COLUMNS, MARGIN

MANY = 230


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


@pytest.fixture
def crowded(tmp_path, theme, languages):
    """More cases than the first answer has."""
    one = open_window(tmp_path, theme, languages, cases=MANY)
    yield one
    one.close()


def test_the_model_keeps_qts_rules(opened, qtmodeltester):
    model = opened.page.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtmodeltester.check(model, force_py=True)
    opened.go("all")
    opened.go("open")
    qtmodeltester.check(model, force_py=True)


def test_only_what_is_looked_at_is_fetched(crowded):
    model, table = crowded.page.model, crowded.table
    assert model.rowCount() == MANY + 3
    most = table.visible_count() + 2 * MARGIN + 60
    assert len(model._lines) <= most
    table.verticalScrollBar().setValue(170)
    middle = model.index(180, COLUMN_OF["title"])
    assert middle.data() == "", "a row that is not here yet says nothing, and nobody waits for it"
    table.viewport().grab()
    crowded.wait()
    assert middle.data().startswith("Case number")


def test_what_a_screen_reader_hears(opened):
    model = opened.page.model
    title = model.index(0, COLUMN_OF["title"])
    assert title.data(Qt.ItemDataRole.AccessibleTextRole).endswith("since the restart, unread")
    opened.client.services.mark_read(opened.ids["printer"])
    opened.wait(lambda: not title.data(Qt.ItemDataRole.AccessibleTextRole).endswith("unread"))
    row = [str(model.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(len(COLUMNS))]
    said = dict(zip((column.key for column in COLUMNS), row, strict=True))
    assert said["severity"] == "High"
    assert said["status"] == "In progress"
    assert said["due"].startswith("due in ")
    assert said["next_step"] == "Swap the sensor cable on line 3"
    head = model.headerData(COLUMN_OF["severity"], Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Severity"
    assert opened.table.accessibleName() == "Cases: All open"


def test_overdue_is_said_in_words(opened):
    opened.clock.pass_minutes(60 * 24 * 30)
    assert "overdue by 2" in opened.page.model.index(0, COLUMN_OF["due"]).data()


def test_a_clock_that_stands_is_said_instead_of_nothing(opened):
    assert "clock stands" not in opened.shown("due")
    case = opened.ids["printer"]
    opened.client.services.run(lambda desk: desk.cases.wait(case, "requester"), said="waits")
    opened.wait(lambda: "clock stands" in opened.shown("due"))
    due = opened.page.model.index(opened.shown("due").index("clock stands"), COLUMN_OF["due"])
    assert due.siblingAtColumn(COLUMN_OF["title"]).data().startswith("Label printer on line 3")
    assert due.data(Qt.ItemDataRole.AccessibleTextRole) == "clock stands"


def test_narrow_windows_leave_out_what_matters_least_and_never_the_title(opened):
    def shown() -> set[str]:
        header = opened.table.horizontalHeader()
        return {column.key for n, column in enumerate(COLUMNS) if not header.isSectionHidden(n)}

    opened.table.columns.choose([column.key for column in COLUMNS])
    opened.window.resize(3400, 900)
    opened.wait()
    wide = shown()
    opened.window.resize(1000, 720)
    opened.wait()
    narrow = shown()
    assert wide == {column.key for column in COLUMNS}
    assert {"severity", "title"} <= narrow < wide
    total = sum(opened.table.horizontalHeader().sectionSize(COLUMN_OF[key]) for key in narrow)
    assert total <= opened.table.viewport().width()


def test_chosen_columns_and_widths_are_remembered(opened):
    opened.table.columns.choose({"title", "status", "product"})
    opened.table.horizontalHeader().resizeSection(COLUMN_OF["status"], 222)
    kept = opened.client.services.settings["columns"]["cases"]
    assert set(kept["chosen"]) == {"title", "status", "product"}
    assert kept["widths"]["status"] == 222
    opened.table.columns.choose({"title"})
    opened.table.columns.restore(kept)
    assert opened.table.columns.chosen() == {"title", "status", "product"}
    assert opened.table.horizontalHeader().sectionSize(COLUMN_OF["status"]) == 222


def test_selection_and_cursor_stay_with_their_cases(crowded):
    table = crowded.table
    table.setFocus()
    at = QPoint(100, table.rowViewportPosition(5) + 4)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    at = QPoint(100, table.rowViewportPosition(7) + 4)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    crowded.wait()
    chosen = [line.title for line in table.selected_lines()]
    crowded.desk.cases.new(NewCase("Everything is down", 1))
    crowded.wait(lambda: "Everything is down" in crowded.shown())
    assert [line.title for line in table.selected_lines()] == chosen
    assert table.current_line().title == chosen[-1]


def test_what_is_on_screen_does_not_move_when_cases_come_in_above(crowded):
    table, bar = crowded.table, crowded.table.verticalScrollBar()
    bar.setValue(40)
    crowded.wait()
    top = crowded.page.model.line(bar.value()).title
    for number in range(3):
        crowded.desk.cases.new(NewCase(f"Urgent {number}", 1))
    crowded.wait(lambda: crowded.page.model.rowCount() == MANY + 6)
    crowded.wait()
    assert bar.value() == 43
    assert crowded.page.model.line(bar.value()).title == top
    assert table.visible_count() > 10


def test_at_the_end_of_the_list_nothing_moves_either_when_cases_come_in_above(crowded):
    model, bar = crowded.page.model, crowded.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    crowded.wait()
    end, top = bar.value(), model.rows[bar.value()]
    for number in range(3):
        crowded.desk.cases.new(NewCase(f"Urgent {number}", 1))
    crowded.wait(lambda: model.rowCount() == MANY + 6)
    assert (bar.value(), model.rows[bar.value()]) == (end + 3, top)


def test_what_is_looked_at_stays_in_memory_when_room_is_made_for_others(crowded, monkeypatch):
    model, table = crowded.page.model, crowded.table
    crowded.wait()
    seen = range(table.visible_count())
    table.need_visible()
    monkeypatch.setattr(case_model, "KEPT", len(model._lines))
    others = [model.rows[row] for row in range(180, 200)]
    assert not model._lines.keys() & set(others)
    model._keep(crowded.desk.lists.lines(others))
    assert all(model.line(row) is not None for row in seen)
    assert model.line(180) is not None


def test_new_cases_above_a_cursor_at_the_top_are_told_and_shown_on_demand(crowded):
    table, page = crowded.table, crowded.page
    table.setFocus()
    crowded.press(table, Qt.Key.Key_J)
    crowded.wait()
    first = table.current_line().title
    for number in range(3):
        crowded.desk.cases.new(NewCase(f"Urgent {number}", 1))
    crowded.wait(lambda: page._new.isVisible())
    assert page._new.text() == "3 new"
    assert table.verticalScrollBar().value() == 3
    assert table.current_line().title == first
    page._new.click()
    assert table.verticalScrollBar().value() == 0
    assert not page._new.isVisible()


def test_a_case_that_leaves_the_list_opens_no_other(opened):
    table = opened.table
    table.setFocus()
    crowd = opened.shown()
    opened.press(table, Qt.Key.Key_J)
    opened.press(table, Qt.Key.Key_J)
    opened.wait(lambda: opened.window.editor.loaded is not None)
    shown = opened.window.editor.case_id
    opened.desk.cases.resolve(shown, "Password reset.")
    opened.wait(lambda: len(opened.shown()) == len(crowd) - 1)
    opened.wait()
    assert opened.window.editor.case_id == shown
    opened.press(table, Qt.Key.Key_J)
    opened.wait()
    assert table.current_line().title == crowd[2]


def test_all_cases_need_no_array_and_show_the_same(crowded):
    crowded.go("all")
    lists = crowded.client.services.desk.lists
    rows = lists.rows(ALL_CASES)
    assert type(rows).__name__ == "Window"
    assert list(rows) == list(lists.ids(ALL_CASES))
    assert crowded.page.model.rowCount() == len(rows) == MANY + 4
    with crowded.desk.replica._writer.begin(shared=True) as _:
        # A gap, as undoing a case that was never published leaves one.
        raw = crowded.desk.replica._writer.raw
        raw.execute('UPDATE "case" SET rid = rid + 1000 WHERE rid = (SELECT max(rid) FROM "case")')
    gapped = lists.rows(ALL_CASES, rows)
    assert list(gapped) == list(lists.ids(ALL_CASES))
    crowded.desk.cases.new(NewCase("One more", 3))
    assert list(lists.rows(ALL_CASES, gapped)) == list(lists.ids(ALL_CASES))


def test_rows_are_painted_in_both_looks_and_while_they_are_on_their_way(crowded, theme):
    table = crowded.table
    light = table.viewport().grab().toImage()
    theme.toggle()
    dark = table.viewport().grab().toImage()
    middle = QPoint(300, table.rowViewportPosition(4) + 2)
    assert light.pixelColor(middle).lightness() > 200 > 60 > dark.pixelColor(middle).lightness()
    table.verticalScrollBar().setValue(200)
    waiting = table.viewport().grab().toImage()
    crowded.wait()
    assert table.viewport().grab().toImage() != waiting


def test_a_list_in_another_order_is_sorted_in_the_database(opened):
    lists = opened.client.services.desk.lists
    titles = [line.title for line in lists.lines(lists.ids(CaseList(order="title")))]
    opened.table.columns.order_asked.emit("title")
    opened.wait()
    assert opened.shown() == titles == sorted(titles, key=str.casefold)
    header = opened.table.horizontalHeader()
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == COLUMN_OF["title"]


def test_the_next_step_gets_what_the_title_does_not_need():
    chosen = {"severity", "number", "title", "status", "due", "work_owner", "next_step"}
    narrow, wide = (fitted(chosen, {}, room, 8, 150) for room in (1000, 2000))
    by_hand = fitted(chosen, {"next_step": 120}, 2000, 8, 150)
    assert sum(wide.values()) == 2000
    assert wide["next_step"] == 48 * 8 > narrow.get("next_step", 0)
    assert by_hand["next_step"] == 120
