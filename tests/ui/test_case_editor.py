"""The case editor, driven as a person drives it, on a real desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from db.ids import new_id
from db.shapes import Case, Requester, TimelineEntry
from tests.ui.case_desk import CaseDesk, discard, hasten
from ui.case_editor import CaseEditor
from ui.clock_view import SegmentPopover
from ui.i18n import Language, Languages
from ui.notices import Level
from ui.passing_sheets import EscalateSheet
from ui.resolve_sheet import ResolveSheet
from ui.sheets import HandOverSheet, WaitSheet
from ui.theme import Theme, ThemeChoice

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(520, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest]
    yield made
    made.show_case(None)
    discard(made)


@pytest.fixture
def shown(desk: CaseDesk, editor: CaseEditor) -> CaseEditor:
    editor.show_case(desk.case())
    desk.wait()
    return editor


def row(desk: CaseDesk, case: bytes | None = None) -> dict[str, object]:
    return desk.desk.present.case(case or desk.case()).row


def other_analyst(desk: CaseDesk) -> bytes:
    return desk.ids["roth"]


def as_somebody_else(desk: CaseDesk, **columns: object) -> None:
    """The same desk seen from another workstation: a change with another author."""
    with desk.desk.replica.transaction("case.set", desk.desk.me, at=desk.clock()) as tx:
        tx.update(Case, desk.case(), updated_at=desk.clock(), **columns)


# -- what is seen -----------------------------------------------------------------------------------------------------
def test_nothing_chosen_says_what_to_do(editor: CaseEditor) -> None:
    assert "F2" in editor._empty.accessibleDescription()


def test_a_case_is_shown_with_its_history(desk: CaseDesk, shown: CaseEditor) -> None:
    text = shown.timeline.toPlainText()
    assert "Today" in text
    assert "every second label" in text
    assert "Note · Internal" in text
    assert "Reply · To the requester" in text
    assert "Status: New → In progress" in text
    assert shown._head.title.text().startswith("Label printer on line 3")
    assert "2207" in shown._head._facts["requester"].accessibleName()
    assert "dedicated analyst" in shown._head._facts["queue"].accessibleName()
    assert len(shown.timeline.content.tones) == 3


def test_a_name_with_its_telephone_number_is_whole_in_a_small_window(
    desk: CaseDesk, shown: CaseEditor, languages: Languages
) -> None:
    with desk.desk.replica.transaction("x", desk.desk.me, at=desk.clock()) as tx:
        tx.update(Requester, desk.ids["meyer"], name="Ivana Öztürk", phone="+49 7000 55-461")
    languages.choose(Language.GERMAN)
    shown.resize(440, 600)
    shown._load()
    desk.wait()
    assert shown._head._facts["requester"].accessibleName() == "Anfragende: Ivana Öztürk · +49 7000 55-461"
    assert [name for name, fact in shown._head._facts.items() if fact.is_cut] == ["queue"], "its reason is the longest"


def test_markdown_is_rendered_and_remains_text(shown: CaseEditor) -> None:
    html = shown.timeline.toHtml()
    assert "**" not in shown.timeline.toPlainText()
    assert "<ol" in html
    assert 'href="case:1"' in html


def test_what_stands_around_is_shown_beside_or_on_its_page(desk: CaseDesk, shown: CaseEditor) -> None:
    text = shown._side.toPlainText()
    for said in ("Klaus Meyer", "2207", "Production hall 1", "Anna Kern, dedicated analyst", "Line 3 must never stop",
                 "Label printer line 3 jams"):  # fmt: skip
        assert said in text
    assert [one.title for one in shown.suggested.suggestions()] == ["Zebra label printer prints blank labels"]
    shown.resize(1300, 700)
    assert not shown._tabs.isTabVisible(2)
    assert shown._side.isVisible()
    shown.resize(520, 640)
    assert shown._tabs.isTabVisible(2)


def test_a_department_whose_analyst_is_away_names_the_stand_in(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("erp case"))
    desk.wait()
    assert "Jo Roth, stand-in for Mara Weiß until 20/11/2026" in editor._side.toPlainText()


def test_the_clock_explains_itself(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    assert "Answered after" in shown._head.response.text()
    assert shown._head.fix.text().startswith("Solution due in")
    shown._head.fix.setFocus()
    qtbot.keyClick(shown._head.fix, Key.Key_Space)
    popover = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SegmentPopover))
    said = popover.grab()
    assert not said.isNull()
    popover.close()


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_the_reasons_of_a_clock_are_read_whole(
    qtbot: QtBot, desk: CaseDesk, shown: CaseEditor, languages: Languages, language: Language
) -> None:
    languages.choose(language)
    desk.clock.pass_minutes(60 * 24 * 20)
    shown._load()
    desk.wait()
    shown._head.fix.setFocus()
    qtbot.keyClick(shown._head.fix, Key.Key_Space)
    popover = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SegmentPopover))
    table = popover.findChild(QTableWidget)
    assert table is not None
    assert table.rowCount() > 20, "so many that it is scrolled"
    assert table.horizontalScrollBar().maximum() == 0
    reasons = [table.item(row, 3) for row in range(table.rowCount())]
    widths = [table.fontMetrics().horizontalAdvance(one.text()) for one in reasons if one is not None]
    assert max(widths) + 6 <= table.columnWidth(3)
    popover.close()


def test_a_missing_next_step_is_plain_to_see(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("blank"))
    desk.wait()
    assert editor._head.next_step.is_missing
    editor.show_case(desk.case())
    desk.wait()
    assert not editor._head.next_step.is_missing


def test_the_verbs_are_those_that_are_possible_now(desk: CaseDesk, editor: CaseEditor) -> None:
    offered = {}
    for name in ("blank", "printer", "old"):
        editor.show_case(desk.case(name))
        desk.wait()
        offered[name] = list(editor._head.verbs._buttons)
    assert offered["blank"][0] == "case.claim"
    assert "case.claim" not in offered["printer"]
    assert offered["old"] == ["case.close", "case.reopen"]


def test_only_the_last_of_many_cases_run_through_is_shown_and_none_is_read(desk: CaseDesk, editor: CaseEditor) -> None:
    editor._dwell.setInterval(3_600_000)  # nobody looks that long, however slow the machine is
    for name in ("old", "erp case", "blank", "printer"):
        editor.show_case(desk.case(name))
    desk.wait()
    assert editor.loaded is not None
    assert editor.loaded.view.id == desk.case()
    reader = desk.desk.context.reader
    assert reader.value("SELECT count(*) FROM case_read") == 0
    assert hasten([editor._dwell])
    desk.wait(lambda: reader.value("SELECT count(*) FROM case_read") == 1)


def test_a_case_that_is_gone_says_so(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(new_id())
    desk.wait()
    assert "not here any more" in editor._empty.accessibleName()


# -- changing ---------------------------------------------------------------------------------------------------------
def test_the_title_is_changed_where_it_stands(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    title = shown._head.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Blank labels on line 3")
    qtbot.keyClick(title, Key.Key_Return)
    desk.wait()
    assert row(desk)["title"] == "Blank labels on line 3"
    assert desk.services.notices.current is not None
    assert desk.services.notices.current.actions[0].text == "Undo"
    desk.services.take_back()
    desk.wait()
    assert title.text().startswith("Label printer on line 3")


def test_escape_gives_the_title_back(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    title = shown._head.title
    title.setFocus()
    qtbot.keyClicks(title, "xxx")
    qtbot.keyClick(title, Key.Key_Escape)
    desk.wait()
    assert "xxx" not in str(row(desk)["title"])
    assert shown.timeline.hasFocus()


def test_both_values_are_shown_when_two_people_changed_the_title(
    qtbot: QtBot, desk: CaseDesk, shown: CaseEditor
) -> None:
    title, clash = shown._head.title, shown._head.clash
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Mine")
    as_somebody_else(desk, title="Theirs")
    desk.wait()
    assert title.text() == "Mine"
    qtbot.keyClick(title, Key.Key_Return)
    assert clash.isVisible()
    assert (clash._theirs_text.text(), clash._mine_text.text()) == ("Theirs", "Mine")
    assert row(desk)["title"] == "Theirs"
    qtbot.mouseClick(clash._keep_mine, Qt.MouseButton.LeftButton)
    desk.wait()
    assert row(desk)["title"] == "Mine"
    assert not clash.isVisible()


def test_the_next_step_is_set_with_who_and_when(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.next_step")
    step = shown._head.next_step
    qtbot.keyClicks(step.what, "Order a sensor")
    qtbot.keyClick(step.what, Key.Key_Return)
    desk.wait()
    step.who.setFocus()
    qtbot.keyClicks(step.who, "mara")
    desk.wait(lambda: step.who.is_open)
    qtbot.keyClick(step.who, Key.Key_Return)
    desk.wait()
    step.when.menu().aboutToShow.emit()
    step.when.menu().actions()[0].trigger()
    desk.wait()
    now = row(desk)
    assert now["next_step"] == "Order a sensor"
    assert now["next_step_by_id"] == desk.ids["weiss"]
    assert now["next_step_at"] == desk.clock() + 3_600_000


def test_the_severity_is_chosen_from_the_head(desk: CaseDesk, shown: CaseEditor) -> None:
    menu = shown._head._severity_menu
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    desk.wait()
    assert row(desk)["severity"] == 1
    assert "Critical" in shown._head._severity.text()
    assert "Severity: High → Critical" in shown.timeline.toPlainText()


def test_a_field_is_found_by_typing(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown._tabs.setCurrentIndex(1)
    field = shown._fields.picks["product"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "er")
    desk.wait(lambda: field.is_open)
    qtbot.keyClick(field, Key.Key_Return)
    desk.wait()
    assert row(desk)["product_id"] == desk.ids["erp"]


def test_typing_faster_than_it_is_looked_up_takes_the_first_that_fits(
    qtbot: QtBot, desk: CaseDesk, shown: CaseEditor
) -> None:
    shown._tabs.setCurrentIndex(1)
    field = shown._fields.picks["department"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "sal")
    qtbot.keyClick(field, Key.Key_Tab)
    desk.wait()
    assert row(desk)["department_id"] == desk.ids["sales"]


def test_leaving_a_field_chooses_nothing(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown._tabs.setCurrentIndex(1)
    field = shown._fields.picks["product"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "er")
    desk.wait(lambda: field.is_open)
    shown._fields.tags.setFocus(Qt.FocusReason.MouseFocusReason)
    desk.wait()
    assert row(desk)["product_id"] == desk.ids["label"]
    assert field.text() == "Label printer Zebra ZT410"


def test_tags_and_flags(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown._tabs.setCurrentIndex(1)
    tags = shown._fields.tags
    tags.setFocus()
    tags.selectAll()
    qtbot.keyClicks(tags, "labels, sensor")
    qtbot.keyClick(tags, Key.Key_Return)
    desk.wait()
    assert desk.desk.present.case(desk.case()).tags == ("labels", "sensor")
    shown._fields.flags["major"].click()
    desk.wait()
    assert row(desk)["major"] == 1
    assert shown._head._major.isVisible()


# -- verbs ------------------------------------------------------------------------------------------------------------
def test_claiming(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("blank"))
    desk.wait()
    button = editor._head.verbs.button("case.claim")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait()
    assert row(desk, desk.case("blank"))["work_owner_id"] == desk.desk.me
    assert "case.claim" not in editor._head.verbs._buttons


def test_a_lost_claim_tells_the_winners_name(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("blank"))
    desk.wait()
    desk.desk.cases.hand(desk.case("blank"), to_analyst=other_analyst(desk))
    editor.claim()
    desk.wait()
    notice = desk.services.notices.current
    assert notice is not None
    assert notice.level is Level.WARNING
    assert "Jo Roth" in notice.text
    assert "Jo Roth" in editor._head._facts["work"].accessibleName()


def test_handing_over_by_keyboard(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.hand_over")
    sheet = shown.sheet
    assert isinstance(sheet, HandOverSheet)
    assert not shown.composer.isVisible()
    assert not sheet.go.isEnabled()
    qtbot.keyClicks(QApplication.focusWidget(), "roth")
    desk.wait(lambda: sheet.to.is_open)
    qtbot.keyClick(sheet.to, Key.Key_Return)
    assert sheet.go.isEnabled()
    qtbot.keyClicks(sheet.reason, "Sensor cable ordered")
    qtbot.keyClick(sheet.reason, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    now = row(desk)
    assert now["work_owner_id"] == other_analyst(desk)
    assert now["contact_owner_id"] == desk.desk.me
    assert shown.composer.isVisible()
    assert "Sensor cable ordered" in shown.timeline.toPlainText()


def test_escalating_wants_to_know_what_was_tried(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.escalate")
    sheet = shown.sheet
    assert isinstance(sheet, EscalateSheet)
    assert not sheet.go.isEnabled()
    qtbot.keyClicks(QApplication.focusWidget(), "Head cleaned")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert row(desk)["tier"] == 2


def test_waiting_and_back_to_work(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.wait")
    sheet = shown.sheet
    assert isinstance(sheet, WaitSheet)
    qtbot.keyClicks(sheet.step, "Mr Meyer sends the log")
    sheet.submit()
    desk.wait()
    assert row(desk)["status"] == "waiting"
    assert shown._head._status.text() == "Waiting for the requester"
    assert shown._head.fix.text().startswith("Clock stands")
    shown.do("case.work")
    desk.wait()
    assert row(desk)["status"] == "in progress"


def test_reopening_says_why(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.show_case(desk.case("old"))
    desk.wait()
    assert "Solution" in editor.timeline.toPlainText()
    editor.do("case.reopen")
    qtbot.keyClicks(QApplication.focusWidget(), "Jams again")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    assert row(desk, desk.case("old"))["status"] == "in progress"


def test_a_sheet_keeps_what_is_typed_while_another_case_is_looked_at(
    qtbot: QtBot, desk: CaseDesk, shown: CaseEditor
) -> None:
    shown.do("case.escalate")
    qtbot.keyClicks(QApplication.focusWidget(), "Head cleaned")
    shown.show_case(desk.case("erp case"))
    desk.wait()
    assert shown.composer.isVisible()
    shown.show_case(desk.case())
    desk.wait()
    assert isinstance(shown.sheet, EscalateSheet)
    assert shown.sheet.isVisible()
    assert shown.sheet.tried.toPlainText() == "Head cleaned"
    qtbot.keyClick(shown.sheet.tried, Key.Key_Escape)
    assert shown.composer.isVisible()


def test_a_refused_verb_leaves_the_sheet_with_everything_in_it(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.escalate")
    sheet = shown.sheet
    assert isinstance(sheet, EscalateSheet)
    qtbot.keyClicks(sheet.tried, "Head cleaned")
    desk.desk.cases.resolve(desk.case(), "Cable swapped")
    sheet.submit()
    desk.wait()
    assert desk.services.notices.current is not None
    assert "reopen" in desk.services.notices.current.text
    assert shown.sheet is sheet
    assert sheet.tried.toPlainText() == "Head cleaned"


def test_a_key_pressed_while_the_next_case_is_on_its_way_means_the_one_that_is_seen(
    desk: CaseDesk, shown: CaseEditor
) -> None:
    shown.show_case(desk.case("blank"))
    shown.set_field("Severity changed", severity=1)
    desk.wait()
    assert row(desk)["severity"] == 1
    assert row(desk, desk.case("blank"))["severity"] == 4


def test_going_on_keeps_a_title_that_was_being_changed(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    title = shown._head.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Blank labels")
    shown.show_case(desk.case("blank"))
    desk.wait()
    assert row(desk)["title"] == "Blank labels"
    assert title.text() == "Screen black"


def test_going_on_amid_a_clash_tells_what_was_not_kept(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    title = shown._head.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Mine")
    as_somebody_else(desk, title="Theirs")
    desk.wait()
    shown.show_case(desk.case("blank"))
    desk.wait()
    assert row(desk)["title"] == "Theirs"
    assert desk.services.notices.current is not None
    assert "Mine" in desk.services.notices.current.text


def test_the_words_of_a_sheet_are_there_again_next_time(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.resolve")
    qtbot.keyClicks(QApplication.focusWidget(), "Cable swapped")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    desk.wait()
    other = CaseEditor(desk.services)
    desk.timers.append(other._refresh)
    other.show_case(desk.case())
    desk.wait()
    other.do("case.resolve")
    desk.wait()
    assert isinstance(other.sheet, ResolveSheet)
    assert other.sheet.resolution.toPlainText() == "Cable swapped"
    other.sheet.submit()
    desk.wait()
    assert row(desk)["status"] == "resolved"
    assert desk.desk.drafts.all() == {}
    desk.timers.remove(other._refresh)
    other.show_case(None)
    discard(other)


# -- refreshing -------------------------------------------------------------------------------------------------------
def test_news_keep_the_place_and_what_is_being_typed(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    for number in range(12):
        desk.desk.cases.note(desk.case(), f"Note {number}\n\nwith a second paragraph")
    desk.wait()
    bar = shown.timeline.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    place = bar.value()
    shown.composer.write("note", "half a sen")
    desk.wait()
    bar.setValue(place)
    desk.desk.cases.note(desk.case(), "News from somebody else")
    desk.wait()
    assert "News from somebody else" in shown.timeline.toPlainText()
    assert bar.value() == place
    assert shown.composer.text == "half a sen"


def test_at_the_end_the_timeline_follows_the_news(desk: CaseDesk, shown: CaseEditor) -> None:
    for number in range(12):
        desk.desk.cases.note(desk.case(), f"Note {number}\n\nwith a second paragraph")
    desk.wait()
    bar = shown.timeline.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()


def test_a_long_history_begins_folded_and_opens(desk: CaseDesk, shown: CaseEditor) -> None:
    for number in range(70):
        desk.desk.cases.note(desk.case(), f"Note number {number}")
    desk.wait()
    assert "Note number 0\n" not in shown.timeline.toPlainText()
    assert "Show" in shown.timeline.toPlainText()
    shown.timeline.follow(QUrl("do:earlier"))
    desk.wait()
    assert "Note number 0\n" in shown.timeline.toPlainText()


def test_kern_acts_for_roth_and_it_shows(desk: CaseDesk, shown: CaseEditor) -> None:

    with desk.desk.replica.transaction("case.note", desk.desk.me, at=desk.clock()) as tx:
        tx.insert(TimelineEntry, case_id=desk.case(), at=desk.clock(), kind="note", text="On my way",
                  author_id=desk.desk.me, on_behalf_of_id=other_analyst(desk))  # fmt: skip
    desk.wait()
    assert "Anna Kern for Jo Roth" in shown.timeline.toPlainText()


# -- going on ---------------------------------------------------------------------------------------------------------
def test_a_link_leads_to_another_case_and_the_window_is_told(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    desk.desk.sync_round()
    desk.wait()
    number = desk.desk.present.case(desk.case("old")).number
    with qtbot.waitSignal(shown.case_opened) as opened:
        shown.timeline.follow(QUrl(f"case:{number}"))
    assert opened.args == [desk.case("old")]
    desk.wait()
    assert shown.case_id == desk.case("old")


def test_a_similar_case_beside_leads_there_too(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    with qtbot.waitSignal(shown.case_opened) as opened:
        shown._side.follow(QUrl(f"do:case/{desk.case('old').hex()}"))
    assert opened.args == [desk.case("old")]


def test_an_article_beside_gives_its_solution_to_the_composer(desk: CaseDesk, shown: CaseEditor) -> None:
    shown.suggested.do("insert")
    desk.wait()
    assert "Turn the ribbon" in shown.composer.text


def test_files_dropped_on_the_case_go_into_the_composer(desk: CaseDesk, shown: CaseEditor, tmp_path: Path) -> None:
    file = tmp_path / "error.log"
    file.write_text("E1234", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    from PySide6.QtGui import QDropEvent

    shown.dropEvent(QDropEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                               Qt.KeyboardModifier.NoModifier))  # fmt: skip
    desk.wait()
    assert [f.name for f in shown.composer._chips.files()] == ["error.log"]


def test_the_case_number_is_copied(desk: CaseDesk, shown: CaseEditor) -> None:
    shown.do("case.copy_number")
    assert QGuiApplication.clipboard().text() == shown.loaded.view.label  # type: ignore[union-attr]


# -- for everybody ----------------------------------------------------------------------------------------------------
def interactive(widget: QWidget) -> list[QWidget]:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit

    kinds = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QAbstractSpinBox, QAbstractItemView)
    return [
        w for w in widget.findChildren(QWidget)
        if isinstance(w, kinds) and not w.objectName().startswith("qt_") and w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(w.parent(), (QAbstractSpinBox, QComboBox))
        and w.isVisibleTo(widget)
    ]  # fmt: skip


def test_every_control_has_a_name(desk: CaseDesk, shown: CaseEditor) -> None:
    for sheet in ("case.hand_over", "case.escalate", "case.wait", "case.time", "case.resolve"):
        shown.do(sheet)
        nameless = [w for w in interactive(shown) if not (w.accessibleName() or getattr(w, "text", str)())]
        assert not [f"{type(w).__name__} in {type(w.parent()).__name__}" for w in nameless]


def test_the_keyboard_reaches_head_timeline_and_composer_in_order(
    qtbot: QtBot, desk: CaseDesk, shown: CaseEditor
) -> None:
    shown.activateWindow()
    shown._head.title.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):  # the timeline is met once for each of its links
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus not in seen:
            seen.append(focus)
        qtbot.keyClick(focus, Key.Key_Tab)
    wanted = [
        shown._head.title, shown._head.response, shown._head.next_step.what, shown._head.next_step.who,
        shown._head.verbs.button("case.resolve"), shown._tabs, shown.timeline, shown.composer._edit,
    ]  # fmt: skip
    positions = [seen.index(widget) for widget in wanted if widget is not None]
    assert positions == sorted(positions)
    assert len(positions) == len(wanted)


@pytest.mark.parametrize("width", [420, 520, 900, 1400])
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_nothing_asks_for_more_room_than_a_narrow_pane_has(
    desk: CaseDesk, shown: CaseEditor, languages: Languages, width: int, language: Language
) -> None:
    languages.choose(language)
    desk.wait()
    shown.resize(width, 640)
    desk.wait()
    assert shown.width() == width
    assert shown.composer.geometry().right() <= shown.width()


def test_dark_shows_light_text(desk: CaseDesk, shown: CaseEditor, theme: Theme) -> None:
    theme.choose(ThemeChoice.DARK)
    desk.wait()
    image = shown.timeline.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 2, image.height() - 2).lightness() < 80


def test_switching_colours_keeps_the_place(desk: CaseDesk, shown: CaseEditor, theme: Theme) -> None:
    for number in range(12):
        desk.desk.cases.note(desk.case(), f"Note {number}\n\nwith a second paragraph")
    desk.wait()
    bar = shown.timeline.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    theme.choose(ThemeChoice.DARK)
    desk.wait()
    assert bar.value() == bar.maximum()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    theme.choose(ThemeChoice.LIGHT)
    desk.wait()
    assert bar.value() == place


def test_a_long_title_takes_two_lines_only_while_it_must(qtbot: QtBot, desk: CaseDesk, shown: CaseEditor) -> None:
    one_line = shown._head.title.height()
    desk.desk.cases.set(
        desk.case(), title="Label printer on line 3 prints blank labels since the hall was restarted today"
    )
    shown.resize(420, 640)
    desk.wait()
    narrow = shown._head.title.height()
    assert narrow > one_line
    shown.resize(1400, 700)
    desk.wait()
    qtbot.waitUntil(lambda: shown._head.title.height() < narrow)


def test_a_draft_of_another_version_does_no_harm(desk: CaseDesk, editor: CaseEditor) -> None:
    desk.desk.drafts.keep(f"note:{desk.case().hex()}", json.dumps({"text": "old words", "kind": "unknown kind"}))
    editor.show_case(desk.case())
    desk.wait()
    assert editor.composer.text == "old words"
