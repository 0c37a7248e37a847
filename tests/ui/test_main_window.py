"""The window as a person uses it: places, panes, keys, several cases at once, undo, other processes, other people."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from app.desk import Desk
from app.work.cases import NewCase
from tests.ui.open_window import OpenWindow, open_again, open_window
from ui.article_view import ArticleView
from ui.bulk_dialog import BulkDialog
from ui.case_dialogs import HandOverDialog
from ui.case_drag import CASES_MIME
from ui.i18n import Language, Languages
from ui.palette import CommandPalette
from ui.settings_dialog import SettingsDialog
from ui.theme import Theme, ThemeChoice

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(tmp_path: Path, theme: Theme, languages: Languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


def dialog(kind: type, opened: OpenWindow):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def choose(opened: OpenWindow, *titles: str) -> None:
    """Select cases by title with the mouse, several with Ctrl."""
    table = opened.table
    for number, title in enumerate(titles):
        row = opened.shown().index(title)
        at = QPoint(120, table.rowViewportPosition(row) + table.rowHeight(row) // 2)
        modifier = CONTROL if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)
    opened.wait()


def test_it_begins_where_it_was_left_with_the_cases_on_screen(opened):
    assert opened.page.place.key == "open"
    assert opened.shown() == [
        "Label printer on line 3 prints blank labels since the restart",
        "ERP login fails after password change",
        "Screen black",
    ]
    assert opened.window.windowTitle() == "IT desk – Halldesk"


def test_places_say_how_many_are_open_and_overdue(opened):
    names = {index.data(): index.data(Qt.ItemDataRole.AccessibleTextRole) for index in places(opened)}
    assert names["All open"] == "All open, 3 open"
    assert names["Hotline"] == "Hotline, 3 open"
    assert names["Production hall 1"] == "Production hall 1, 1 open"
    opened.clock.pass_minutes(60 * 24 * 30)
    opened.window.news.count_soon.start(0)
    opened.wait()
    names = {i.data(): i.data(Qt.ItemDataRole.AccessibleTextRole) for i in places(opened)}
    assert names["All open"] == "All open, 3 open, 3 overdue"


def places(opened):
    model = opened.window.navigation.model()
    out = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        out.append(index)
        out += [model.index(child, 0, index) for child in range(model.rowCount(index))]
    return out


def test_a_department_covered_for_somebody_away_says_so(tmp_path, theme, languages):
    opened = open_window(tmp_path, theme, languages)
    try:
        with opened.desk.replica.transaction("test", opened.desk.me, at=opened.clock()) as tx:
            from db.shapes import Absence, Coverage

            coverage = tx.query("SELECT id FROM coverage WHERE department_id = ?", (opened.ids["sales"],))[0][0]
            tx.update(Coverage, coverage, stand_in1_id=opened.desk.me)
            tx.insert(Absence, analyst_id=opened.ids["roth"], from_day="2026-11-01", kind="sickness")
        opened.wait(lambda: any(p.title == "Sales" and p.note for p in opened.window.navigation.places()))
        place = next(p for p in opened.window.navigation.places() if p.title == "Sales")
        assert place.note == "stand-in until 20/11/2026"
        assert place.icon == "stand-in"
    finally:
        opened.close()


def test_every_department_has_its_list_and_so_has_what_nobody_has_begun_with(opened):
    desk, places = opened.desk, {place.key: place for place in opened.window.navigation.places()}
    for row_id in [one.id for one in desk.directory.all("department")]:
        key = next(k for k in (f"department:{row_id.hex()}", f"other:{row_id.hex()}") if k in places)
        opened.go(key)
        assert len(opened.shown()) == desk.lists.count(places[key].wanted.filter)
    opened.go("new")
    titles = opened.shown()
    assert titles
    rows = desk.context.reader.all("SELECT title FROM \"case\" WHERE status = 'new'")
    assert sorted(titles) == sorted(row[0] for row in rows)


def test_a_place_is_chosen_by_keyboard_and_return_goes_on_to_the_list(opened):
    navigation = opened.window.navigation
    navigation.setFocus()
    opened.go("mine")
    opened.press(navigation, Qt.Key.Key_Down)
    opened.wait()
    assert opened.page.place.key == "unowned"
    opened.press(navigation, Qt.Key.Key_Return)
    assert opened.table.hasFocus()
    opened.press(opened.table, Qt.Key.Key_Down)
    assert opened.table.currentIndex().row() == 0


def test_case_under_the_cursor_is_shown_and_return_gives_it_the_focus(opened):
    opened.table.setFocus()
    opened.press(opened.table, Qt.Key.Key_J)
    opened.wait()
    editor = opened.window.editor
    opened.wait(lambda: editor.loaded is not None)
    assert editor.loaded.view.row["title"].startswith("Label printer on line 3")
    opened.press(opened.table, Qt.Key.Key_Return)
    assert editor.isAncestorOf(QApplication.focusWidget())


def test_claimed_by_key_and_taken_back(opened):
    opened.table.setFocus()
    choose(opened, "Screen black")
    opened.press(opened.table, Qt.Key.Key_C)
    opened.wait()
    assert opened.desk.lists.line(opened.ids["blank"]).work_owner == "Anna Kern"
    assert opened.client.notices.current.text == "Claimed 1 case"
    opened.press(opened.window, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert opened.desk.lists.line(opened.ids["blank"]).work_owner == ""
    assert opened.client.notices.current.text == "Undone: Claimed 1 case"


def test_several_cases_are_handed_over_at_once_and_taken_back_in_one_step(opened):
    before = {key: opened.desk.lists.line(opened.ids[key]).work_owner for key in ("blank", "erp case")}
    choose(opened, "Screen black", "ERP login fails after password change")
    opened.window.actions_["case.hand_over"].trigger()
    asked = dialog(HandOverDialog, opened)
    assert not asked.do_it.isEnabled()
    QTest.keyClicks(asked.to, "weiß")
    opened.wait(lambda: asked.to.is_open)
    opened.press(asked.to, Qt.Key.Key_Return)
    opened.wait(lambda: asked.do_it.isEnabled())
    asked.do_it.click()
    opened.wait()
    owners = {key: opened.desk.lists.line(opened.ids[key]).work_owner for key in ("blank", "erp case")}
    assert owners == {"blank": "Mara Weiß", "erp case": "Mara Weiß"}
    opened.window.activateWindow()
    opened.wait(opened.window.isActiveWindow)
    opened.press(opened.window, Qt.Key.Key_Z, CONTROL)
    opened.wait()
    assert opened.client.notices.current.text == "Undone: Handed over to Mara Weiß"
    assert {key: opened.desk.lists.line(opened.ids[key]).work_owner for key in owners} == before


def test_all_selected_get_another_severity_and_a_tag_after_a_preview(opened):
    choose(opened, "Screen black", "ERP login fails after password change")
    opened.window.actions_["case.bulk"].trigger()
    asked = dialog(BulkDialog, opened)
    assert asked.preview.rowCount() == 2
    asked.severity.setCurrentIndex(asked.severity.findData(1))
    QTest.keyClicks(asked.tag, "outage")
    opened.wait(lambda: asked._sum.text() == "2 will change")
    assert asked.preview.item(0, 2).text().startswith("Severity: ")
    assert "Tag + outage" in asked.preview.item(1, 2).text()
    assert opened.desk.lists.line(opened.ids["blank"]).severity != 1
    asked.do_it.click()
    opened.wait()
    assert {opened.desk.lists.line(opened.ids[key]).severity for key in ("blank", "erp case")} == {1}
    assert opened.desk.present.case(opened.ids["blank"]).tags == ("outage",)


def test_cases_dragged_onto_a_queue_are_handed_over(opened):
    navigation = opened.window.navigation
    target = next(i for i in places(opened) if i.data() == "Network")
    data = QMimeData()
    data.setData(CASES_MIME, opened.ids["blank"])
    at = QPointF(navigation.visualRect(target).center())
    drop = QDropEvent(at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    navigation.dropEvent(drop)
    opened.wait()
    assert drop.isAccepted()
    assert opened.desk.lists.line(opened.ids["blank"]).queue == "Network"


def test_a_drop_on_a_place_that_owns_nothing_is_refused(opened):
    navigation = opened.window.navigation
    target = next(i for i in places(opened) if i.data() == "Watched")
    data = QMimeData()
    data.setData(CASES_MIME, opened.ids["blank"])
    at = QPointF(navigation.visualRect(target).center())
    drop = QDropEvent(at, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    navigation.dropEvent(drop)
    opened.wait()
    assert opened.desk.lists.line(opened.ids["blank"]).queue != "Watched"
    assert opened.client.notices.current is None


def test_a_refusal_is_told_in_a_sentence(opened):
    opened.desk.cases.hand(opened.ids["blank"], to_analyst=opened.ids["roth"])
    opened.wait()
    choose(opened, "Screen black")
    opened.window.actions_["case.claim"].trigger()
    opened.wait()
    assert opened.client.notices.current.text.startswith("Jo Roth already works on this case")


def test_f2_opens_quick_capture_and_the_new_case_is_shown(opened):
    opened.press(opened.window, Qt.Key.Key_F2)
    opened.wait()
    capture = opened.window._capture
    assert capture.isVisible()
    made = opened.desk.cases.new(NewCase("Made in capture", 3)).case_id
    capture.created.emit(made)
    opened.wait(lambda: opened.window.editor.loaded is not None and opened.window.editor.loaded.view.id == made)
    capture.close()


def test_search_opens_what_was_chosen(opened):
    opened.press(opened.window, Qt.Key.Key_F, CONTROL)
    box = opened.window.search
    assert box.hasFocus()
    QTest.keyClicks(box, "password")
    opened.wait(lambda: box.hits())
    assert [hit.kind for hit in box.hits()] == ["case"]
    opened.press(box, Qt.Key.Key_Return)
    editor = opened.window.editor
    opened.wait(lambda: editor.loaded is not None)
    assert editor.loaded.view.id == opened.ids["erp case"]
    assert not box.text()


def test_an_article_found_is_shown_rendered(opened):
    opened.press(opened.window, Qt.Key.Key_F, CONTROL)
    box = opened.window.search
    QTest.keyClicks(box, "zebra blank")
    opened.wait(lambda: [hit.kind for hit in box.hits()][:1] == ["article"])
    opened.press(box, Qt.Key.Key_Return)
    view = dialog(ArticleView, opened)
    opened.wait(lambda: view.title.text() == "Zebra label printer prints blank labels")
    assert "Turn the ribbon" in view.text.toPlainText()
    assert "<ol" in view.text.toHtml()
    view.close()


def test_whatever_the_table_of_actions_names_the_program_does(opened):
    shown = [a.text() for menu in opened.window.menuBar().actions() for a in menu.menu().actions() if a.isVisible()]
    assert {"Claim", "Who covers whom", "Export the list…"} <= set(shown)
    assert opened.window.actions_.unbound() == []


def test_panes_hide_and_come_back_and_are_remembered(opened, theme, languages):
    window = opened.window
    opened.press(window, Qt.Key.Key_F10)
    opened.press(window, Qt.Key.Key_F9)
    assert not window.navigation.isVisible()
    opened.wait(lambda: window.page.width() > 1200)
    profile, clock = opened.client.profile, opened.clock
    opened.close()
    assert profile.settings()["window"]["navigation"] is False
    again = open_again(profile, clock, theme, languages, settings=profile.settings())
    try:
        assert not again.window.navigation.isVisible()
        again.press(again.window, Qt.Key.Key_F9)
        assert again.window.navigation.isVisible()
    finally:
        again.close()


def test_the_palette_goes_to_a_queue(opened):
    opened.press(opened.window, Qt.Key.Key_K, CONTROL)
    palette = dialog(CommandPalette, opened)
    QTest.keyClicks(palette._field, "network")
    assert palette.shown()[0] == "Network"
    opened.press(palette._field, Qt.Key.Key_Return)
    opened.wait()
    assert opened.page.place.title == "Network"


def test_german_from_one_moment_to_the_next(opened, languages):
    opened.window.actions_["view.language"].trigger()
    opened.wait()
    assert languages.current is Language.GERMAN
    assert "Meine Arbeit" in [place.title for place in opened.window.navigation.places()]
    assert opened.page.filter.placeholderText() == "Diese Liste filtern"
    assert opened.client.services.settings["language"] == "de"


def test_a_refusal_is_said_in_the_language_of_the_window(opened):
    opened.window.actions_["view.language"].trigger()
    opened.client.services.run(lambda desk: desk.cases.reopen(opened.ids["printer"], "It is still broken"), said="")
    opened.wait(lambda: opened.client.notices.current is not None)
    assert opened.client.notices.current.text == "Dieser Fall ist schon offen."


def test_settings_take_effect_at_once_and_a_key_can_be_remapped(opened, theme):
    opened.window.sheets.show_settings()
    asked = dialog(SettingsDialog, opened)
    asked.appearance.setCurrentIndex(asked.appearance.findData("dark"))
    asked.appearance.activated.emit(2)
    assert theme.choice is ThemeChoice.DARK
    row = next(r for r in range(asked.keys.rowCount()) if asked.keys.item(r, 0).text() == "Synchronise now")
    asked.keys.setCurrentCell(row, 0)
    asked.key.setKeySequence("Ctrl+Alt+Y")
    asked.key.editingFinished.emit()
    assert opened.window.actions_["sync.now"].shortcut().toString() == "Ctrl+Alt+Y"
    assert opened.client.services.settings["keys"] == {"sync.now": ["Ctrl+Alt+Y"]}
    asked.key.setKeySequence("Ctrl+K")
    asked.key.editingFinished.emit()
    assert "Ctrl+K" in asked._clash.text()
    asked.close()


def test_what_another_process_writes_on_this_profile_is_seen(opened):
    other = Desk(opened.client.profile, clock=opened.clock)
    try:
        opened.wait(lambda: opened.client.driver.state.synced_at is not None)
        opened.client.driver.sync_now()
        opened.wait(lambda: not opened.client.driver.state.busy)
        other.cases.new(NewCase("Logged on the command line", 1))
    finally:
        other.close()
    opened.client.driver.sync_now()
    opened.wait(lambda: "Logged on the command line" in opened.shown())


def test_words_typed_and_not_sent_survive_a_crash(opened, expect_log):
    from ui.main import CrashHook

    expect_log("unexpected")
    choose(opened, "Screen black")
    editor = opened.window.editor
    opened.wait(lambda: editor.loaded is not None)
    opened.window.actions_["case.note"].trigger()
    opened.wait()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "half a sentence")
    hook = CrashHook(opened.client)
    try:
        raise RuntimeError("a mistake")
    except RuntimeError as error:
        hook(RuntimeError, error, error.__traceback__)
    finally:
        hook.remove()
    assert any("half a sentence" in text for text in opened.desk.drafts.all().values())
    assert "a mistake" in opened.client.notices.current.text
    opened.client.notices.dismiss()


def test_every_control_has_a_name_and_all_fits_into_1280_by_720(opened):
    window = opened.window
    choose(opened, "Screen black")

    def named(control) -> bool:
        words = control.text() if isinstance(control, QAbstractButton) else ""
        return bool(control.accessibleName() or words or control.toolTip() or control.objectName().startswith("qt_"))

    nameless = [
        control
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for control in window.findChildren(kind)
        if control.isVisible() and not named(control) and not isinstance(control.parent(), QLineEdit)
    ]
    assert [f"{type(c).__name__} in {type(c.parent()).__name__}" for c in nameless] == []
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_a_notice_floats_over_the_panes_and_is_none_of_them(opened):
    before = opened.window.panes.splitter.sizes()
    opened.client.notices.info("Copied")
    opened.wait(lambda: opened.window.notice_bar.isVisible())
    assert opened.window.panes.splitter.sizes() == before
    assert opened.window.panes.splitter.indexOf(opened.window.notice_bar) == -1


def test_a_notice_never_covers_what_somebody_writes_in_a_case(opened):
    """At 1280 pixels it once lay over the left half of the close sheet."""
    opened.client.notices.info("Nobody has confirmed yet that he stands in for Mara Weiß from tomorrow on. " * 2)
    bar = opened.window.notice_bar
    opened.wait(bar.isVisible)
    case = opened.window.case_room
    assert bar.geometry().right() < case.mapTo(opened.window.panes, QPoint(0, 0)).x()
    opened.press(opened.window, Qt.Key.Key_F10)
    assert not case.isVisible()
    opened.client.notices.info("Another one")
    opened.wait()
    assert abs(bar.geometry().center().x() - opened.window.panes.width() // 2) < 5, (
        "without a case in the middle of all"
    )


def test_a_wide_window_cuts_no_names_of_places_until_somebody_wants_it_so(opened):
    window, panes = opened.window, opened.window.panes
    assert window.navigation.width() < 220
    window.resize(2400, 1300)
    opened.wait()
    assert window.navigation.width() > 270
    panes.splitter.moveSplitter(150, 1)
    window.resize(2300, 1200)
    opened.wait()
    assert window.navigation.width() < 200
