"""Quick capture by keyboard: a call becomes a case, everything known at once, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.work.callers import Caller, Callers
from app.work.likeness import telling_words
from app.work.surroundings import Neighbourhood
from tests.ui.case_desk import CaseDesk, discard
from ui.capture_fields import NEW
from ui.i18n import Language, Languages
from ui.quick_capture import DRAFT_KEY, QuickCapture

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def capture(qtbot: QtBot, desk: CaseDesk) -> Iterator[QuickCapture]:
    made = QuickCapture(desk.services)
    made.open_empty()
    qtbot.waitExposed(made)
    desk.timers += [made._look, made._journal]
    desk.wait()
    yield made
    made.hide()
    discard(made)


class Typist:
    """Types where the focus is and counts the keys that are not words."""

    def __init__(self, qtbot: QtBot, desk: CaseDesk) -> None:
        self._qtbot, self._desk, self.keys = qtbot, desk, 0

    def type(self, words: str) -> None:
        self._qtbot.keyClicks(self._focus(), words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.keys += 1
        self._qtbot.keyClick(self._focus(), key, modifier)
        QApplication.processEvents()

    def look(self) -> None:
        """Wait until everything that was typed has been looked up."""
        self._desk.wait()

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def typist(qtbot: QtBot, desk: CaseDesk) -> Typist:
    return Typist(qtbot, desk)


def newest(desk: CaseDesk) -> dict[str, object]:
    reader = desk.desk.context.reader
    return desk.desk.present.case(reader.value('SELECT id FROM "case" ORDER BY rid DESC LIMIT 1')).row


def test_a_call_about_a_machine_takes_four_keys_beyond_the_words(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    typist.type("prn-03")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    typist.type("Labels are blank again")
    typist.press(Key.Key_2, Mod.AltModifier)
    with qtbot.waitSignal(capture.created) as created:
        typist.press(Key.Key_Return, Mod.ControlModifier)
    row = newest(desk)
    assert created.args == [row["id"]]
    assert (row["title"], row["severity"], row["channel"]) == ("Labels are blank again", 2, "phone")
    assert (row["asset_id"], row["product_id"]) == (desk.ids["prn"], desk.ids["label"])
    assert (row["department_id"], row["place_id"]) == (desk.ids["hall"], desk.ids["line 3"])
    assert row["work_owner_id"] == desk.desk.me
    assert typist.keys <= 4
    assert not capture.isVisible()


def test_solved_at_once_takes_no_more_than_fifteen_keys(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    typist.type("schulz")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    typist.type("ERP password forgotten")
    typist.press(Key.Key_3, Mod.AltModifier)
    typist.press(Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    typist.type("Password reset")
    with qtbot.waitSignal(capture.created):
        typist.press(Key.Key_Return, Mod.ControlModifier)
    row = newest(desk)
    assert (row["status"], row["resolution"]) == ("resolved", "Password reset")
    assert row["requester_id"] == desk.ids["schulz"]
    assert typist.keys <= 15


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("meyer", {"requester_id": "meyer", "department_id": "hall", "place_id": "line 3"}),
        ("office", {"place_id": "office", "department_id": "sales"}),
        ("prn", {"asset_id": "prn", "product_id": "label", "department_id": "hall", "place_id": "line 3"}),
    ],
    ids=["person", "place", "machine"],
)
def test_a_whole_case_takes_at_most_fifteen_keys_beyond_its_title(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist, typed: str, known: dict[str, str]
) -> None:
    """Counted with everything that is typed to find the caller."""
    typist.keys = len(typed)
    typist.type(typed)
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    typist.type("It stopped")
    typist.press(Key.Key_2, Mod.AltModifier)
    with qtbot.waitSignal(capture.created):
        typist.press(Key.Key_Return, Mod.ControlModifier)
    row = newest(desk)
    assert (row["title"], row["severity"]) == ("It stopped", 2)
    assert {column: row[column] for column in known} == {column: desk.ids[name] for column, name in known.items()}
    assert row["work_owner_id"] is not None
    assert typist.keys <= 15


def test_solved_while_they_spoke_is_one_key_twice(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    capture.title.setFocus()
    typist.type("Where is the printer")
    typist.press(Key.Key_4, Mod.AltModifier)
    typist.press(Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    assert capture.solved.hasFocus()
    with qtbot.waitSignal(capture.created):
        typist.press(Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    row = newest(desk)
    assert (row["status"], row["resolution"]) == ("resolved", "Solved during the call")
    assert typist.keys == 3


def test_a_name_nobody_knows_becomes_a_new_requester(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    typist.type("Olga Petrowa")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    value = capture.who.value()
    assert value is not None
    assert (value.kind, value.text) == (NEW, "Olga Petrowa")
    typist.type("Badge does not open the gate")
    typist.press(Key.Key_4, Mod.AltModifier)
    with qtbot.waitSignal(capture.created):
        typist.press(Key.Key_Return, Mod.ControlModifier)
    view = desk.desk.present.case(bytes(newest(desk)["id"]))  # type: ignore[call-overload]
    assert view.names["requester"] == "Olga Petrowa"


def test_typing_on_without_waiting_loses_nothing(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    """Somebody who knows the tag by heart types, tabs and goes on faster than anything can be looked up."""
    typist.type("prn-0317")
    typist.press(Key.Key_Tab)
    typist.type("Paper jam")
    typist.look()
    assert capture.title.text() == "Paper jam"
    value = capture.who.value()
    assert value is not None
    assert value.id == desk.ids["prn"]


def test_everything_known_is_shown_at_once(desk: CaseDesk, capture: QuickCapture, typist: Typist) -> None:
    typist.type("meyer")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    known = capture.known
    assert known._department.text() == "Production hall 1"
    assert known._contact.text() == "Anna Kern, dedicated analyst"
    assert "2207" in known._reach.text()
    assert [c.id for c in known.machine.list.choices()] == [desk.case()]
    assert "Anna Kern" in capture.route.text()
    assert "dedicated analyst" in capture.route.text()
    assert "Line 3 must never stop after 14:00" in known.dossier.toPlainText()
    capture.clear()
    assert not known.dossier.isVisible()


def test_likely_duplicates_and_articles_stand_beside_the_words(
    desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    panel = capture.known.articles
    assert (panel.nothing.text(), panel.buttons["solved"].isVisible()) == ("", False), "nothing was asked yet"
    capture.title.setFocus()
    typist.type("label printer prints blank labels")
    typist.look()
    assert panel.buttons["solved"].isVisible()
    first = capture.known.likely.list.choices()[0]
    assert (first.id, first.note) == (desk.case(), "same words, about the same time")
    assert [one.article_id for one in capture.known.articles.suggestions()] == [desk.ids["article"]]
    capture.known.articles.list.setFocus()
    typist.press(Key.Key_Return)
    typist.look()
    assert "Turn the ribbon" in capture.solved.toPlainText()


def test_an_open_case_of_the_machine_is_gone_into_by_keyboard(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    typist.type("prn")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    typist.press(Key.Key_F6)
    with qtbot.waitSignal(capture.case_wanted) as wanted:
        typist.press(Key.Key_Return)
    assert wanted.args == [desk.case()]
    assert not capture.isVisible()


def test_who_will_get_it_follows_what_is_chosen(desk: CaseDesk, capture: QuickCapture, typist: Typist) -> None:
    typist.look()
    capture.title.setText("x")
    typist.look()
    assert "Hotline" in capture.route.text()
    typist.type("sales")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.look()
    assert "Jo Roth" in capture.route.text()
    assert "stand-in" in capture.route.text()
    assert "Mara Weiß" in capture.known._contact.text()


def test_escape_asks_nothing_and_the_draft_is_there_next_time(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    typist.type("meyer")
    desk.wait(lambda: capture.who.is_open)
    typist.press(Key.Key_Return)
    typist.type("Line stands still")
    typist.press(Key.Key_1, Mod.AltModifier)
    typist.press(Key.Key_Escape)
    assert not capture.isVisible()
    desk.wait()
    assert json.loads(desk.desk.drafts.read(DRAFT_KEY))["title"] == "Line stands still"
    again = QuickCapture(desk.services)
    again.open_empty()
    desk.timers.append(again._look)
    desk.wait()
    assert again.title.text() == "Line stands still"
    assert again.who.text() == "Klaus Meyer"
    assert again.severity.rank() == 1
    assert again.known._department.text() == "Production hall 1"
    desk.timers.remove(again._look)
    again.hide()
    discard(again)


def test_after_creating_it_begins_empty_and_no_draft_is_left(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    capture.title.setText("Something")
    capture.severity.choose(3)
    with qtbot.waitSignal(capture.created):
        capture.submit()
    desk.wait()
    assert desk.desk.drafts.read(DRAFT_KEY) == ""
    capture.open_empty()
    desk.wait()
    assert capture.is_empty
    assert capture.severity.rank() is None


def test_a_refusal_brings_it_back_with_everything(desk: CaseDesk, capture: QuickCapture) -> None:
    def refuse(*_args: object) -> None:
        raise UserError("The disk is full; make room and create it again.")

    desk.desk.cases.new = refuse  # type: ignore[method-assign,assignment]
    capture.title.setText("Something")
    capture.severity.choose(3)
    capture.submit()
    assert not capture.isVisible()
    desk.wait()
    assert capture.isVisible()
    assert capture.title.text() == "Something"


def test_the_next_caller_may_be_typed_before_the_first_is_in_the_database(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture
) -> None:
    capture.title.setText("First caller")
    capture.severity.choose(3)
    with qtbot.waitSignal(capture.created):
        capture.submit()
        capture.open_empty()
        qtbot.keyClicks(capture.title, "Second caller")
    desk.wait()
    assert capture.title.text() == "Second caller"
    assert newest(desk)["title"] == "First caller"
    assert json.loads(desk.desk.drafts.read(DRAFT_KEY))["title"] == "Second caller"


def test_what_was_refused_can_be_brought_back_while_another_is_typed(desk: CaseDesk, capture: QuickCapture) -> None:
    def refuse(*_args: object) -> None:
        raise UserError("The disk is full; make room and create it again.")

    desk.desk.cases.new = refuse  # type: ignore[method-assign,assignment]
    capture.title.setText("First caller")
    capture.severity.choose(3)
    capture.submit()
    capture.title.setText("Second caller")
    desk.wait()
    desk.services.notices.dismiss()
    assert desk.services.notices.current is not None
    assert "First caller" in desk.services.notices.current.text
    desk.services.notices.current.actions[0].run()
    assert capture.title.text() == "First caller"


def test_title_and_severity_are_asked_for(desk: CaseDesk, capture: QuickCapture, typist: Typist) -> None:
    typist.press(Key.Key_Return, Mod.ControlModifier)
    assert QApplication.focusWidget() is capture.title
    assert "what is wrong" in capture._missing.text()
    typist.type("Something")
    typist.press(Key.Key_Return, Mod.ControlModifier)
    assert "Alt+1" in capture._missing.text()
    typist.press(Key.Key_3)
    assert capture.severity.rank() == 3


def test_the_tab_key_goes_through_the_form_in_order(qtbot: QtBot, desk: CaseDesk, capture: QuickCapture) -> None:
    capture.who.setFocus()
    seen = []
    for _ in range(13):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    wanted = [capture.who, capture.title, capture.details, capture.machine, capture.product, capture.department,
              capture.channel, capture.solved, capture._go]  # fmt: skip
    positions = [seen.index(widget) for widget in wanted]
    assert positions == sorted(positions)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_it_fits_the_smallest_screen(
    desk: CaseDesk, capture: QuickCapture, languages: Languages, language: Language
) -> None:
    languages.choose(language)
    desk.wait()
    assert capture.minimumSizeHint().width() <= 1200
    assert capture.minimumSizeHint().height() <= 680


# -- the services beneath ---------------------------------------------------------------------------------------------
def callers(desk: CaseDesk) -> Callers:
    reading = desk.services.desk
    return Callers(reading.context, reading.directory, reading.lists, reading.deadlines)


def test_one_line_finds_people_machines_places_and_departments(desk: CaseDesk) -> None:
    find = callers(desk).find
    assert [(c.kind, c.name) for c in find("meyer")] == [("requester", "Klaus Meyer")]
    assert [c.kind for c in find("2207")] == ["requester"]
    assert [c.kind for c in find("line 3")] == ["place", "asset"] or {c.kind for c in find("line 3")} == {
        "place", "asset",
    }  # fmt: skip
    assert find("hall 1")[0].kind in ("place", "department")
    assert find("   ") == []
    assert find("nobody of that name") == []


def test_a_place_knows_its_department(desk: CaseDesk) -> None:
    facts = callers(desk).about(Caller("place", desk.ids["line 3"], "Hall 1, line 3"))
    assert facts.department == "Production hall 1"
    assert [c.id for c in facts.machine_cases] == [desk.case()]


def test_nobody_known_means_nothing_known(desk: CaseDesk) -> None:
    facts = callers(desk).about(None)
    assert facts.department_id is None
    assert facts.contact.name == ""


def test_the_words_that_tell() -> None:
    assert telling_words("The printer does not print: error E1234 in hall 3") == ["printer", "print", "error", "e1234",
                                                                                   "hall"]  # fmt: skip
    assert telling_words("geht nicht mehr") == []


def test_cases_of_the_same_machine_are_liker(desk: CaseDesk) -> None:
    reading = desk.services.desk
    near = Neighbourhood(reading.context, reading.directory, reading.lists, callers(desk))
    found = near.like("label printer jams", asset_id=desk.ids["prn"])
    assert found.cases[0].id == desk.case("old")
    assert near.like("") == near.like("of the")


def test_what_was_cleared_by_mistake_is_brought_back_by_button_and_by_key(
    desk: CaseDesk, capture: QuickCapture, typist: Typist
) -> None:
    capture.open_empty()
    desk.wait()
    capture.title.setText("Half a call")
    capture.details.setPlainText("and what he said")
    capture.severity.choose(2)
    capture._clear.click()
    desk.wait()
    assert capture.is_empty
    assert desk.desk.drafts.read(DRAFT_KEY) == ""
    assert capture._clear.text() == "Bring back"
    capture._clear.click()
    assert (capture.title.text(), capture.severity.rank()) == ("Half a call", 2)
    assert capture._clear.text() == "Clear"
    capture._clear.click()
    capture.take_back_clear()
    assert capture.details.toPlainText() == "and what he said"
    capture._clear.click()
    capture.title.setText("Somebody else")
    assert capture._clear.text() == "Clear", "what is written now comes first"
    desk.wait()
    assert json.loads(desk.desk.drafts.read(DRAFT_KEY))["title"] == "Somebody else"
