"""The sections of records by keyboard and mouse: list and form, saving, refusals, what is not saved, due times."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from app.records.kinds import KINDS
from app.work.cases import NewCase
from app.work.conditions import Conditions, condition
from app.work.view_list import Definition
from tests.ui.open_window import OpenWindow, open_window
from ui.admin.importing import ImportSection
from ui.admin.moved_dialog import MovedDialog
from ui.admin.page import AdministrationPage
from ui.admin.record_section import RecordSection
from ui.admin.sections import SECTIONS
from ui.admin.views import ViewsSection


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def section(opened: OpenWindow, key: str) -> RecordSection:
    """Go there and wait for what it reads."""
    opened.window.activateWindow()
    opened.wait(opened.window.isActiveWindow)
    opened.window.show_page("administration", key)
    page = opened.window.findChild(AdministrationPage)
    assert page is not None
    opened.wait()
    assert page.open_section(key)
    opened.wait()
    found = page.section(key)
    assert isinstance(found, RecordSection)
    return found


def field(found: RecordSection, name: str) -> Any:
    """The control of a field."""
    assert found.form is not None
    return found.form.editors[name].widget


def names(found: RecordSection) -> list[str]:
    return [str(found.list.model().index(row, 0).data()) for row in range(found.list.rowCount())]


def choose(opened: OpenWindow, found: RecordSection, name: str) -> None:
    row = next(n for n, words in enumerate(names(found)) if words.startswith(name))
    found.list.selectRow(row)
    opened.wait()


def test_every_section_shows_its_rows_and_a_form_that_begins_clean(opened):
    keys = [row.key for row in SECTIONS if row.key not in ("devices", "drive", "views", "import")]
    for key in keys:
        found = section(opened, key)
        if names(found):
            found.list.selectRow(0)
            opened.wait()
            assert found.form is not None
            assert found.form.isVisible(), key
            assert not found.form.is_dirty(), key
            assert found.form.edit().values == {}, key
    assert len(keys) == len(KINDS)
    opened.no_error()


def test_a_queue_is_made_with_a_member_by_keyboard_and_undone(opened):
    found = section(opened, "queues")
    found.add.click()
    assert found.form is not None
    name = field(found, "name")
    assert opened.window.focusWidget() is name
    assert not found.save_button.isEnabled()
    QTest.keyClicks(name, "Press shop")
    assert found.save_button.isEnabled()
    pick: Any = found.form.children_[0].add_row().editors[0].widget
    opened.window.activateWindow()
    opened.wait(pick.hasFocus)
    QTest.keyClicks(pick, "Anna")
    opened.wait(lambda: pick.is_open)
    QTest.keyClick(pick, Qt.Key.Key_Return)
    opened.wait(lambda: pick.value() is not None)
    QTest.keyClick(found, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: any(words.startswith("Press shop") for words in names(found)))
    assert "Press shop (1 there)" in names(found)
    opened.wait()
    assert not found.form.is_dirty()
    assert len(found.form.children_[0].rows()) == 1
    opened.window.services.take_back()
    opened.wait(lambda: not any(words.startswith("Press shop") for words in names(found)))


def test_what_is_wrong_stands_at_the_form_and_nothing_typed_is_lost(opened):
    found = section(opened, "queues")
    choose(opened, found, "Network")
    assert found.form is not None
    name = field(found, "name")
    name.setText("Hotline")
    found.save()
    opened.wait(lambda: found._wrong_row.isVisible())
    assert found._wrong.text() == "Another queue has this name already."
    assert name.text() == "Hotline"
    choose(opened, found, "Hotline")
    (asked,) = [box for box in found.findChildren(QMessageBox) if box.isVisible()]
    assert name.text() == "Hotline"
    answers = {button.text().replace("&", ""): button for button in asked.findChildren(QPushButton)}
    answers["Discard"].click()
    opened.wait(lambda: found.form.edit().id is not None and field(found, "name").text() == "Hotline")
    opened.wait()
    assert not found.form.is_dirty()


def test_a_word_that_is_none_of_the_list_is_said_and_not_dropped_without_a_word(opened):
    found = section(opened, "queues")
    found.add.click()
    QTest.keyClicks(field(found, "name"), "Press shop")
    queue = field(found, "then_queue_id")
    QTest.keyClicks(queue, "Nowhere")
    found.save()
    assert found._wrong_row.isVisible()
    assert found._wrong.text() == "“Nowhere” is none of the list; choose one from it."
    assert not any(words.startswith("Press shop") for words in names(found))


def test_names_can_be_read_in_a_small_window_and_other_columns_give_way(opened):
    opened.window.resize(1280, 720)
    for key in ("analysts", "products", "severities", "templates"):
        found = section(opened, key)
        opened.wait()
        widest = max(found.list.fontMetrics().horizontalAdvance(name) for name in names(found))
        room = found.list.columnWidth(0)
        assert room >= min(widest, 20 * found.list.fontMetrics().averageCharWidth()), key
    opened.window.resize(2560, 1440)
    opened.wait(lambda: not any(found.list.isColumnHidden(n) for n in range(found.list.columnCount())))


def test_a_text_is_as_high_as_its_words_within_bounds(opened):
    found = section(opened, "templates")
    found.list.selectRow(0)
    opened.wait()
    text = field(found, "text")
    text.setPlainText("One line")
    opened.wait()
    least = text.height()
    text.setPlainText("\n".join(f"Line {number}" for number in range(12)))
    opened.wait()
    assert text.height() >= 12 * text.fontMetrics().lineSpacing()
    text.setPlainText("\n".join(f"Line {number}" for number in range(90)))
    opened.wait()
    assert least < text.height() < 20 * text.fontMetrics().lineSpacing()
    found.discard()
    opened.wait()


def test_another_target_first_shows_which_due_times_change(opened):
    opened.desk.cases.new(NewCase("Press stands", 2))
    found = section(opened, "severities")
    choose(opened, found, "High")
    assert found.form is not None
    field(found, "fix_minutes").setValue(30)
    found.save()
    opened.wait(lambda: found.findChildren(MovedDialog))
    dialog = found.findChildren(MovedDialog)[0]
    assert dialog.table.rowCount() >= 1
    chosen = found._chosen
    assert chosen is not None
    records = opened.desk.reading.records
    assert records.one("severity", chosen).values["fix_minutes"] != 30
    dialog.accept()
    opened.wait(lambda: records.one("severity", chosen).values["fix_minutes"] == 30)


def test_hours_are_written_in_lines(opened):
    found = section(opened, "calendars")
    found.add.click()
    assert found.form is not None
    field(found, "name").setText("Hall")
    field(found, "time_zone").setText("Europe/Berlin")
    shifts = field(found, "shifts")
    shifts.setPlainText("monday 6-14")
    found.save()
    opened.wait(lambda: found._wrong_row.isVisible())
    shifts.setPlainText("mo-fr 06:00-14:00, 14:00-22:00\nsat 06:00-12:00\n2026-12-24 06:00-10:00")
    found.save()
    week = found.form.week
    assert week is not None
    opened.wait(lambda: week.table.rowCount() == 7)
    hours = [str(week.table.model().index(row, 1).data()) for row in range(7)]
    assert hours.count("06:00–22:00") == 5
    assert hours.count("free") == 1
    opened.wait(lambda: "Hall" in names(found))
    opened.wait()
    assert shifts.toPlainText().splitlines() == [
        "mon-fri 06:00-14:00, 14:00-22:00", "sat 06:00-12:00", "2026-12-24 06:00-10:00",
    ]  # fmt: skip


def test_an_analyst_reads_and_changes_only_what_is_open_to_him(opened):
    found = section(opened, "queues")
    opened.client.services.desk.directory.forget_all()
    found.role = "analyst"
    found.show_read(found.reading()(opened.window.services.desk))
    assert not found.add.isVisible()
    assert not found.save_button.isVisible()
    assert found._only.text() == "Only an administrator may change this."


def test_a_list_is_tried_then_imported_and_its_columns_are_remembered(opened, tmp_path):
    path = tmp_path / "machines.csv"
    path.write_text("Inventory;Machine;Hall\nM-900;Press 9;Hall 9\n;Nameless;Hall 9\n", encoding="utf-8")
    opened.window.show_page("administration")
    page = opened.window.findChild(AdministrationPage)
    assert page is not None
    opened.wait()
    assert page.open_section("import")
    found = page.section("import")
    assert isinstance(found, ImportSection)
    opened.wait()
    found.kind.setCurrentIndex(found.kind.findData("assets"))
    found.file.setText(str(path))
    found.read_header()
    opened.wait(lambda: found.boxes)
    assert not found.do_it.isEnabled()
    for field_, column in (("tag", "Inventory"), ("name", "Machine"), ("place", "Hall")):
        box = found.boxes[field_]
        box.setCurrentIndex(box.findData(column))
    found.attempt()
    opened.wait(lambda: found.do_it.isEnabled())
    assert found._sum.text() == "2 rows: 1 new, 0 changed, 0 as they are, 1 left out"
    assert found.problems.model().index(0, 1).data() == "it has no tag"
    assert [found.problems.model().index(1, column).data() for column in (0, 1)] == ["new", "M-900"]
    assert opened.desk.directory.asset_rows("M-900") == []
    found.carry_out()
    opened.wait(lambda: opened.desk.directory.asset_rows("M-900"))
    kept = opened.client.services.settings["imports"]["assets"]
    assert kept == {"tag": "Inventory", "name": "Machine", "place": "Hall"}


def test_products_and_places_are_imported_with_their_tree(opened, tmp_path):
    found, reader = importing(opened), opened.desk.context.reader
    for what, header, table in (
        ("products", "name,parent,support", "product"),
        ("places", "name,parent,place_kind", "place"),
    ):
        path = tmp_path / f"{what}.csv"
        last = "best effort" if what == "products" else "line"
        path.write_text(f"{header}\nPart A {what},Whole {what},{last}\nWhole {what},,\n", encoding="utf-8")
        found.kind.setCurrentIndex(found.kind.findData(what))
        found.file.setText(str(path))
        found.read_header()
        opened.wait()
        assert found.chosen()["parent"] == "parent", "guessed from the name"
        found.attempt()
        opened.wait(lambda: found.do_it.isEnabled())
        found.carry_out()
        sql = f"SELECT p.name FROM {table} c JOIN {table} p ON p.id = c.parent_id WHERE c.name = ?"
        opened.wait(found.kind.isEnabled)
        opened.wait(lambda sql=sql, what=what: reader.value(sql, (f"Part A {what}",)) == f"Whole {what}")


def test_a_log_of_cases_is_tried_with_a_mapping_and_imported(opened, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("number,title,status,queue\n4711,Old press,closed,Hotline\n4712,Old saw,new,Hotline\n", "utf-8")
    found = importing(opened)
    found.kind.setCurrentIndex(found.kind.findData("events"))
    assert found.mapping.findData("volvo-vinst") >= 0
    assert found.mapping.findData("") < 0, "a log of events has no names of ours"
    found.kind.setCurrentIndex(found.kind.findData("cases"))
    assert found.mapping.findData("jira") >= 0
    found.file.setText(str(path))
    found.read_header()
    opened.wait(lambda: found.try_it.isEnabled())
    before = opened.desk.context.reader.value('SELECT count(*) FROM "case"')
    found.try_it.click()
    opened.wait(lambda: found.do_it.isEnabled())
    assert found._sum.text() == "2 rows, 2 cases: 2 new, 0 changed, 0 as they are; 0 rows left out"
    assert "Old press" in str(found.problems.model().index(0, 1).data())
    assert opened.desk.context.reader.value('SELECT count(*) FROM "case"') == before
    found.do_it.click()
    opened.wait(lambda: opened.desk.context.reader.value('SELECT count(*) FROM "case"') == before + 2)
    assert opened.client.services.settings["imports"]["cases"] == {"mapping": ""}


def test_saving_comes_in_between_the_parts_of_an_import_and_what_is_in_stays_when_it_is_stopped(opened, tmp_path):
    path, total = tmp_path / "machines.csv", 12_000
    path.write_text("tag,name\n" + "".join(f"M-{n},Press {n}\n" for n in range(total)), encoding="utf-8")
    found, reader, services = importing(opened), opened.desk.context.reader, opened.client.services
    found.kind.setCurrentIndex(found.kind.findData("assets"))
    found.file.setText(str(path))
    found.read_header()
    opened.wait()
    before = int(reader.value("SELECT count(*) FROM asset"))

    def machines() -> int:
        return int(reader.value("SELECT count(*) FROM asset")) - before

    found.carry_out()
    assert found.stop.isVisible()
    opened.wait(lambda: machines() > 0)
    saved: list[int] = []
    for count in range(3):
        services.run(
            lambda desk: desk.cases.note(opened.ids["printer"], "It hums"), done=lambda _: saved.append(machines())
        )
        opened.wait(lambda count=count: len(saved) > count)
    assert saved[-1] < total, "a note is saved while the import goes on"
    found.stop.click()
    opened.wait(found.kind.isEnabled)
    kept = machines()
    assert saved[-1] <= kept < total
    said = (
        f"The import was stopped: {kept:,} of {total:,} rows are in and stay. Importing the same file again goes on "
        "from there."
    )
    assert found._sum.text() == said
    assert services.notices.current.text == said
    assert not found.stop.isVisible()
    found.carry_out()
    opened.wait(found.kind.isEnabled)
    assert machines() == total
    assert found._sum.text() == f"{total:,} rows: {total - kept:,} new, 0 changed, {kept:,} as they are, 0 left out"


def test_trying_can_be_stopped_and_keeps_nothing(opened, tmp_path):
    path = tmp_path / "machines.csv"
    path.write_text("tag,name\n" + "".join(f"M-{n},Press {n}\n" for n in range(8_000)), encoding="utf-8")
    found, reader = importing(opened), opened.desk.context.reader
    found.kind.setCurrentIndex(found.kind.findData("assets"))
    found.file.setText(str(path))
    found.read_header()
    opened.wait()
    before = reader.value("SELECT count(*) FROM asset")
    found.attempt()
    found.stop.click()
    opened.wait(found.kind.isEnabled)
    assert found._sum.text() == "Stopped; nothing was imported."
    assert reader.value("SELECT count(*) FROM asset") == before
    assert not found.do_it.isEnabled()


def test_a_section_asked_for_before_the_page_knows_the_role_is_shown(opened):
    opened.window.show_page("administration", "import")
    page = opened.window.findChild(AdministrationPage)
    opened.wait(lambda: page.section("import").isVisible())


def importing(opened: OpenWindow) -> ImportSection:
    opened.window.show_page("administration")
    page = opened.window.findChild(AdministrationPage)
    assert page is not None
    opened.wait()
    assert page.open_section("import")
    found = page.section("import")
    assert isinstance(found, ImportSection)
    opened.wait()
    return found


def test_views_are_listed_in_words_moved_and_removed(opened):
    late = Definition(Conditions("all", (condition("due", "past"),)))
    for name, shared in (("Late", False), ("Mine", False), ("All late", True)):
        opened.desk.views.save(name, late, shared=shared)
    opened.window.show_page("administration")
    page = opened.window.findChild(AdministrationPage)
    assert page is not None
    opened.wait()
    assert page.open_section("views")
    found = page.section("views")
    assert isinstance(found, ViewsSection)
    opened.wait()

    def listed() -> list[str]:
        return [str(found.list.model().index(row, 0).data()) for row in range(found.list.rowCount())]

    assert listed() == ["Late", "Mine", "All late"]
    assert found.list.model().index(0, 2).data() == "Due is past"
    found.list.selectRow(1)
    found.up.click()
    opened.wait(lambda: listed() == ["Mine", "Late", "All late"])
    found.remove.click()
    opened.wait(lambda: listed() == ["Late", "All late"])
    opened.window.services.take_back()
    opened.wait(lambda: len(listed()) == 3)
