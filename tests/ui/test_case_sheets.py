"""Passing a case on, cases that hang together, reminders and the routing simulator, as a person works them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QListWidget, QSpinBox
from pytestqt.qtbot import QtBot

from app.times import HOUR_MS, parse_iso
from app.work.cases import NewCase
from db.shapes import Queue
from tests.ui.case_desk import CaseDesk, discard
from tests.ui.test_gallery import PICTURES, cut_off, without_name
from ui.case_editor import CaseEditor
from ui.case_head import rare_verbs_of, verbs_of
from ui.i18n import Language, Languages
from ui.link_sheets import BroadcastSheet, CloseAllSheet, LinkSheet, MergeSheet, WorkaroundSheet, find_cases
from ui.passing_sheets import DeEscalateSheet, EscalateSheet
from ui.rate_sheet import RateSheet
from ui.reminder_sheets import ReminderWatch, RemindSheet, SnoozeSheet
from ui.resolve_sheet import ResolveSheet
from ui.route_dialog import RouteDialog
from ui.sheets import TimeSheet
from ui.theme import Theme, ThemeChoice
from ui.today_dialog import TodayDialog

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(560, 680)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest]
    made.show_case(desk.case())
    desk.wait()
    yield made
    made.show_case(None)
    discard(made)


def row(desk: CaseDesk, case: bytes | None = None) -> dict[str, object]:
    return desk.desk.present.case(case or desk.case()).row


def send(qtbot: QtBot, desk: CaseDesk) -> None:
    """Ctrl+Enter where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Key.Key_Return, Mod.ControlModifier)
    desk.wait()


def test_escalated_to_a_supplier_with_their_number_and_back(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.do("case.escalate")
    sheet = editor.sheet
    assert isinstance(sheet, EscalateSheet)
    assert QApplication.focusWidget() is sheet.tried
    assert not sheet.number.isVisible()
    qtbot.keyClicks(sheet.tried, "Swapped the cable")
    sheet.where.setCurrentIndex(sheet.where.findData("supplier"))
    assert sheet.number.isVisible()
    assert not sheet.to.isVisible()
    qtbot.keyClicks(sheet.number, "Z-4711")
    sheet.tried.setFocus()
    send(qtbot, desk)
    assert (row(desk)["escalated_to"], row(desk)["escalated_ref"]) == ("supplier", "Z-4711")
    assert "With a supplier (Z-4711)" in editor._head._opened.text()
    assert "With: a supplier" in editor.timeline.toPlainText()
    editor.do("case.de_escalate")
    back = editor.sheet
    assert isinstance(back, DeEscalateSheet)
    qtbot.keyClicks(back.why, "They sent a new head")
    send(qtbot, desk)
    assert (row(desk)["status"], row(desk)["escalated_to"]) == ("in progress", None)


def test_a_queue_that_holds_cases_only_so_long_says_what_comes_then(desk: CaseDesk, editor: CaseEditor) -> None:
    with desk.desk.replica.transaction("admin.queue", desk.desk.me, at=desk.clock()) as tx:
        tx.update(
            Queue, desk.desk.present.case(desk.case()).row["queue_id"], hold_minutes=60,
            then_queue_id=desk.ids["net queue"],
        )  # fmt: skip
    editor.show_case(None)
    editor.show_case(desk.case())
    desk.wait()
    assert "min left, then Network" in editor._head._opened.text()
    assert verbs_of(desk.desk.present.case(desk.case()), desk.desk.me)[0] != "case.escalate"
    desk.clock.pass_minutes(90)
    assert verbs_of(desk.desk.present.case(desk.case()), desk.desk.me)[0] == "case.escalate"
    desk.desk.cases.escalate(desk.case(), tried="Cable")
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert view.names["queue"] == "Network"
    assert {"case.take_back", "case.de_escalate"} <= set(rare_verbs_of(view, desk.desk.me, "Anna Kern"))
    editor.do("case.take_back")
    desk.wait()
    assert row(desk)["work_owner_id"] == desk.desk.me


def test_a_probable_duplicate_stands_beside_and_is_merged_and_parted(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    again = desk.desk.cases.new(
        NewCase("Label printer on line 3 prints blank labels", 3, asset_id=desk.ids["prn"])
    ).case_id
    editor.show_case(again)
    desk.wait()
    side = editor._side.toPlainText()
    assert "Probably the same" in side
    assert "same machine" in side
    editor._side.follow(QUrl(f"do:merge/{desk.case().hex()}"))
    sheet = editor.sheet
    assert isinstance(sheet, MergeSheet)
    assert sheet.go.isEnabled()
    sheet.submit()
    desk.wait()
    assert row(desk, again)["status"] == "merged"
    assert verbs_of(desk.desk.present.case(again), desk.desk.me) == ["case.unmerge"]
    editor.do("case.unmerge")
    desk.wait()
    assert row(desk, again)["status"] == "in progress"


def test_the_other_case_is_found_by_number_by_words_or_offered(desk: CaseDesk, editor: CaseEditor) -> None:
    reading, case = desk.services.desk, desk.case()
    assert [choice.id for choice in find_cases(reading, case, "black")] == [desk.ids["blank"]]
    label = desk.desk.present.case(desk.ids["blank"]).label
    assert [choice.id for choice in find_cases(reading, case, label)] == [desk.ids["blank"]]
    assert find_cases(reading, case, "999999") == []
    assert find_cases(reading, case, "9" * 30) == []
    assert case not in [choice.id for choice in find_cases(reading, case, "")]


def test_a_link_is_made_by_keyboard_and_parted_beside_the_timeline(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    editor.do("case.link")
    sheet = editor.sheet
    assert isinstance(sheet, LinkSheet)
    qtbot.keyClicks(sheet.other, "black")
    desk.wait(lambda: sheet.other.is_open)
    qtbot.keyClick(sheet.other, Key.Key_Return)
    sheet.submit()
    desk.wait()
    (link,) = desk.desk.present.case(desk.case()).links
    assert (link.id, link.kind) == (desk.ids["blank"], "related")
    assert "Related to" in editor._side.toPlainText()
    editor._side.follow(QUrl(f"do:part/{desk.ids['blank'].hex()}"))
    desk.wait()
    assert not desk.desk.present.case(desk.case()).links


@pytest.mark.parametrize(
    ("values", "kind"), [({"kind": "problem"}, "problem"), ({"major": True}, "child")], ids=["problem", "outage"]
)
def test_a_problem_and_an_outage_take_others_in(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor, values: dict[str, Any], kind: str
) -> None:
    desk.desk.cases.set(desk.case(), **values)
    if kind == "problem":
        desk.desk.linking.workaround(desk.case(), "Restart at noon")
    desk.wait()
    editor.do("case.link")
    sheet = editor.sheet
    assert isinstance(sheet, LinkSheet)
    assert sheet.kind.currentData() == (kind, False)
    (found,) = [c for c in find_cases(desk.services.desk, desk.case(), "black") if c.id == desk.ids["blank"]]
    sheet.choose(found)
    sheet.submit()
    desk.wait()
    (link,) = desk.desk.present.case(desk.ids["blank"]).links
    assert (link.id, link.kind, link.outgoing) == (desk.case(), kind, True)
    told = any(e.text == "Restart at noon" for e in desk.desk.present.case(desk.ids["blank"]).entries)
    assert told is (kind == "problem"), "a known workaround comes along"
    desk.services.take_back()
    desk.wait()
    assert not desk.desk.present.case(desk.case()).links


def test_an_outage_is_told_and_closed_at_once_after_looking(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    for child in ("erp case", "blank"):
        desk.desk.linking.link(desk.ids[child], desk.case(), "child")
    desk.desk.cases.wait(desk.ids["erp case"], "requester", next_step="Ask which client")
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert {"case.broadcast", "case.close_all"} <= set(rare_verbs_of(view, desk.desk.me, "Anna Kern"))
    editor.do("case.broadcast")
    told = editor.sheet
    assert isinstance(told, BroadcastSheet)
    qtbot.keyClicks(told.text, "Back at noon")
    send(qtbot, desk)
    entries = desk.desk.present.case(desk.ids["blank"]).entries
    assert any(e.text == "Back at noon" and e.audience == "requester" for e in entries)
    editor.do("case.close_all")
    closing = editor.sheet
    assert isinstance(closing, CloseAllSheet)
    desk.wait()
    lines: QListWidget = closing.lines
    assert [lines.item(n).checkState() for n in range(2)] == [Qt.CheckState.Unchecked, Qt.CheckState.Checked]
    assert "waits for its requester" in lines.item(0).text()
    qtbot.keyClicks(closing.resolution, "Switch replaced")
    send(qtbot, desk)
    assert [row(desk, desk.ids[c])["status"] for c in ("printer", "blank", "erp case")] == [
        "resolved", "resolved", "waiting",
    ]  # fmt: skip
    desk.services.take_back()
    desk.wait()
    assert row(desk, desk.ids["blank"])["status"] == "new"


def test_a_problem_gives_its_workaround_away(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    desk.desk.cases.set(desk.case(), kind="problem")
    desk.desk.linking.link(desk.ids["blank"], desk.case(), "problem")
    desk.wait()
    editor.do("case.workaround")
    sheet = editor.sheet
    assert isinstance(sheet, WorkaroundSheet)
    qtbot.keyClicks(sheet.text, "Restart at noon")
    send(qtbot, desk)
    assert any(e.text == "Restart at noon" for e in desk.desk.present.case(desk.ids["blank"]).entries)


def test_the_close_sheet_asks_whether_it_is_fixed(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.do("case.resolve")
    sheet = editor.sheet
    assert isinstance(sheet, ResolveSheet)
    qtbot.keyClicks(sheet.resolution, "Taped")
    sheet.fixed.setCurrentIndex(sheet.fixed.findData("workaround"))
    send(qtbot, desk)
    assert (row(desk)["outcome"], row(desk)["documented"]) == ("workaround", "not needed")


def test_time_is_booked_on_the_day_the_work_was_done(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.do("case.time")
    sheet = editor.sheet
    assert isinstance(sheet, TimeSheet)
    today = sheet.day.date()
    assert today == sheet.day.maximumDate(), "nobody has worked tomorrow"
    sheet.time.minutes.setValue(20)
    before = {one.id for one in desk.desk.present.case(desk.case()).times}
    sheet.day.setDate(today.addDays(-1))
    send(qtbot, desk)
    (spent,) = (one for one in desk.desk.present.case(desk.case()).times if one.id not in before)
    assert (spent.minutes, spent.work_date) == (20, today.addDays(-1).toString("yyyy-MM-dd"))


def test_how_satisfied_they_are_is_noted_and_shown_beside_the_case(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    desk.desk.cases.resolve(desk.case(), "Taped")
    desk.wait()
    assert "case.rate" in rare_verbs_of(desk.desk.present.case(desk.case()), desk.desk.me, "Anna Kern")
    editor.do("case.rate")
    sheet = editor.sheet
    assert isinstance(sheet, RateSheet)
    assert sheet.score.currentText() == "5 of 5, very satisfied"
    qtbot.keyClick(sheet.score, Key.Key_Down)
    qtbot.keyClicks(sheet.said_so, "Quick, <b>but</b> late")
    send(qtbot, desk)
    found = desk.desk.present.case(desk.case()).satisfied
    assert found is not None
    assert (found.score, found.words) == (4, "Quick, <b>but</b> late")
    beside = editor._side.toPlainText()
    assert "4 of 5, satisfied" in beside
    assert "Quick, <b>but</b> late" in beside
    editor.do("case.rate")
    assert isinstance(editor.sheet, RateSheet)
    assert (editor.sheet.score.currentData(), editor.sheet.said_so.text()) == (4, "Quick, <b>but</b> late")


def test_a_reminder_comes_when_it_is_time_and_leads_to_its_case(desk: CaseDesk, editor: CaseEditor) -> None:
    watch = ReminderWatch(desk.services)
    asked: list[bytes] = []
    watch.case_wanted.connect(asked.append)
    editor.do("case.remind")
    sheet = editor.sheet
    assert isinstance(sheet, RemindSheet)
    assert not sheet.go.isEnabled()
    sheet.when._choose(desk.clock() + HOUR_MS)
    sheet.what.setText("Ring Mr Meyer")
    sheet.submit()
    desk.wait()
    desk.services.notices.dismiss()
    watch.look()
    desk.wait()
    assert desk.services.notices.current is None
    desk.clock.pass_minutes(61)
    watch.look()
    watch.look()
    desk.wait()
    notice = desk.services.notices.current
    assert notice is not None
    assert "Ring Mr Meyer" in notice.text
    assert desk.services.notices.waiting == 0
    notice.actions[0].run()
    desk.wait()
    assert asked == [desk.case()]
    watch.deleteLater()


def test_a_case_is_put_off_from_its_own_sheet(desk: CaseDesk, editor: CaseEditor) -> None:
    assert desk.desk.place_counts.at(desk.clock()).mine.open == 1
    editor.do("case.snooze")
    sheet = editor.sheet
    assert isinstance(sheet, SnoozeSheet)
    sheet.when._choose(desk.clock() + HOUR_MS)
    sheet.submit()
    desk.wait()
    counts = desk.desk.place_counts.at(desk.clock())
    assert (counts.mine.open, counts.snoozed.open) == (0, 1)


def test_the_simulator_answers_for_friday_evening_with_every_rule(desk: CaseDesk, qtbot: QtBot) -> None:
    dialog = RouteDialog(desk.services)
    dialog.show()
    desk.wait()
    dialog.department.set_value(find_department(desk))
    dialog.ask()
    desk.wait()
    assert dialog.answer is not None
    assert dialog.answer.work_owner == "Anna Kern"
    dialog.when._choose(parse_iso("2026-11-20T16:40:00Z"))
    desk.wait()
    assert dialog.answer.work_owner == ""
    said = [item.text() for n in range(dialog.steps.rowCount()) if (item := dialog.steps.item(n, 2)) is not None]
    assert "after working hours" in said
    assert said[-1] == "back with the next working hour"
    discard(dialog)


def test_what_i_did_today_is_booked_after_a_look(desk: CaseDesk, qtbot: QtBot) -> None:
    dialog = TodayDialog(desk.services)
    asked: list[bytes] = []
    dialog.case_wanted.connect(asked.append)
    dialog.show()
    desk.wait()
    assert dialog.shown is not None
    before = {one.case_id: one for one in dialog.shown.cases}
    assert before[desk.case()].booked == 15
    field = dialog.table.cellWidget([*before].index(desk.ids["erp case"]), 4)
    assert isinstance(field, QSpinBox)
    field.setValue(12)
    wanted = dict(dialog.to_book())
    assert wanted[desk.ids["erp case"]] == 12
    qtbot.mouseClick(dialog.book, Qt.MouseButton.LeftButton)
    desk.wait()
    after = {one.case_id: one.booked for one in dialog.shown.cases}
    assert after == {case: before[case].booked + wanted.get(case, 0) for case in before}
    row = [one.case_id for one in dialog.shown.cases].index(desk.ids["erp case"])
    dialog.table.setCurrentCell(row, 0)
    assert dialog.entries.item(0).text().startswith("12 min")
    assert any("opened" in dialog.acts.item(n).text().casefold() for n in range(dialog.acts.count()))
    dialog.minutes.setValue(20)
    qtbot.mouseClick(dialog.correct, Qt.MouseButton.LeftButton)
    desk.wait()
    assert {one.case_id: one.booked for one in dialog.shown.cases}[desk.ids["erp case"]] == 20
    assert desk.desk.present.case(desk.ids["erp case"]).minutes == 20
    desk.services.take_back()
    desk.wait()
    desk.services.take_back()
    desk.wait()
    dialog.turn(-1)
    desk.wait()
    assert dialog.shown.cases == ()
    assert not dialog.book.isEnabled()
    dialog.turn(1)
    desk.wait()
    assert dialog.shown.booked == sum(one.booked for one in before.values())
    first = dialog.table.item(0, 0)
    assert first is not None
    dialog.table.itemActivated.emit(first)
    assert asked == [next(iter(before))]
    if PICTURES:
        assert dialog.grab().save(str(Path(PICTURES) / "today.png"))
    discard(dialog)


def find_department(desk: CaseDesk):
    from ui.pickers import find_named

    return find_named(desk.services.desk, ("department",), "Production")[0]


SHEETS = ("case.escalate", "case.de_escalate", "case.merge", "case.link", "case.broadcast", "case.close_all",
          "case.workaround", "case.rate", "case.time", "case.remind", "case.snooze", "case.resolve")  # fmt: skip


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_no_sheet_is_cut_off_and_every_control_has_a_name(
    desk: CaseDesk, theme: Theme, languages: Languages, qtbot: QtBot, choice: ThemeChoice, language: Language
) -> None:
    """In the narrowest case pane of a window of 1280 pixels."""
    theme.choose(choice)
    languages.choose(language)
    for child in ("erp case", "blank"):
        desk.desk.linking.link(desk.ids[child], desk.case(), "child")
    desk.desk.cases.new(NewCase("Label printer on line 3 prints blank labels", 3, asset_id=desk.ids["prn"]))
    made = CaseEditor(desk.services)
    made.resize(520, 690)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest]
    made.show_case(desk.case())
    desk.wait()
    for verb in SHEETS:
        made.do(verb)
        if isinstance(made.sheet, EscalateSheet):
            made.sheet.where.setCurrentIndex(1)
        desk.wait()
        assert made.sheet is not None
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            assert made.grab().save(str(Path(PICTURES) / f"{verb}-{choice}-{language}.png"))
        # A spin box is a pixel lower than it would like to be where it stands beside buttons.
        assert [said for said in cut_off(made.sheet) if not said.startswith("QSpinBox")] == [], verb
        assert without_name(made.sheet) == [], verb
        made.sheet.put_away()
    dialog = RouteDialog(desk.services)
    dialog.department.set_value(find_department(desk))
    dialog.show()
    desk.wait()
    if PICTURES:
        assert dialog.grab().save(str(Path(PICTURES) / f"route-{choice}-{language}.png"))
    assert cut_off(dialog) == []
    assert without_name(dialog) == []
    made.resize(1280, 720)
    desk.wait()
    if PICTURES:
        assert made.grab().save(str(Path(PICTURES) / f"beside-{choice}-{language}.png"))
    discard(dialog)
    made.show_case(None)
    discard(made)
