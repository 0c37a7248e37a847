"""Articles that may help beside the words: found while typing, used by mouse and keyboard, counted and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.knowledge.suggestions import Suggestion, keep_in_place
from tests.ui.case_desk import CaseDesk, discard
from ui.article_view import ArticleView
from ui.case_editor import CaseEditor
from ui.quick_capture import QuickCapture
from ui.resolve_sheet import ResolveSheet

Key, Mod, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


# -- the rule ---------------------------------------------------------------------------------------------------------
def suggestion(n: int, score: float = 1.0) -> Suggestion:
    return Suggestion(bytes([n]), f"Article {n}", "", score, ("words",))


LISTS = st.lists(st.integers(0, 12), unique=True, max_size=6).map(lambda ns: [suggestion(n) for n in ns])


@given(LISTS, LISTS, st.none() | st.integers(0, 8), st.integers(1, 6))
def test_what_is_under_the_cursor_stays(
    shown: list[Suggestion], found: list[Suggestion], held: int | None, most: int
) -> None:
    rows = keep_in_place(shown, found, held, most)
    ids = [one.article_id for one in rows]
    assert len(ids) == len(set(ids))
    if held is None or held >= len(shown):
        assert rows == found[:most]
        return
    kept = [one.article_id for one in shown[: held + 1]]
    assert ids[: held + 1] == kept
    assert len(rows) <= max(most, held + 1)
    others = [one.article_id for one in found if one.article_id not in kept]
    assert ids[held + 1 :] == others[: max(0, most - held - 1)]


# -- in a case --------------------------------------------------------------------------------------------------------
@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    desk.ids["gripper"] = desk.desk.articles.create(
        "Gripper of the robot opens slowly", problem="Too slow", solution="1. Check the pressure"
    ).article_id
    made = CaseEditor(desk.services)
    made.resize(1300, 760)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest, made.suggested._timer]
    made.show_case(desk.case())
    desk.wait()
    yield made
    made.show_case(None)
    discard(made)


def uses(desk: CaseDesk) -> list[tuple[bytes, bytes, int]]:
    rows = desk.desk.context.reader.all("SELECT article_id, case_id, helped FROM article_use ORDER BY at")
    return [(row[0], row[1], row[2]) for row in rows]


def titles(editor: CaseEditor) -> list[str]:
    return [one.title for one in editor.suggested.suggestions()]


def test_found_from_what_is_being_typed(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    assert titles(editor) == ["Zebra label printer prints blank labels"]
    editor.write("note")
    qtbot.keyClicks(QApplication.focusWidget(), "The gripper of the robot opens slowly, too")
    desk.wait()
    assert "Gripper of the robot opens slowly" in titles(editor)


def test_solved_with_this_by_keyboard_counts_at_once_and_leads_to_the_close_sheet(
    qtbot: QtBot, desk: CaseDesk, editor: CaseEditor
) -> None:
    editor.to_suggestions()
    assert QApplication.focusWidget() is editor.suggested.list
    qtbot.keyClick(editor.suggested.list, Key.Key_Plus)
    desk.wait()
    assert uses(desk) == [(desk.ids["article"], desk.case(), 1)]
    sheet = editor.sheet
    assert isinstance(sheet, ResolveSheet)
    assert "Turn the ribbon" in sheet.resolution.toPlainText()
    sheet.submit()
    desk.wait()
    view = desk.desk.present.case(desk.case())
    assert (view.row["status"], view.row["documented"]) == ("resolved", "article")
    assert uses(desk) == [(desk.ids["article"], desk.case(), 1)], "counted once, not twice"
    assert desk.desk.knowledge.uses(desk.ids["article"])[0].helped


def test_did_not_help_by_mouse_is_counted_and_undone(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    button = editor.suggested.buttons["no help"]
    qtbot.mouseClick(button, Left)
    desk.wait()
    assert uses(desk) == [(desk.ids["article"], desk.case(), 0)]
    assert editor.suggested.suggestions()[0].here is False
    assert not button.isEnabled()
    current = desk.services.notices.current
    assert current is not None
    assert "did not help" in current.text
    current.actions[0].run()
    desk.wait()
    assert uses(desk) == []
    assert editor.suggested.suggestions()[0].here is None


def test_sent_as_a_reply_of_its_own(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.write("note")
    qtbot.keyClicks(QApplication.focusWidget(), "Half a thought")
    desk.wait()
    editor.to_suggestions()
    qtbot.keyClick(editor.suggested.list, Key.Key_S)
    desk.wait()
    last = desk.desk.present.case(desk.case()).entries[-1]
    assert (last.kind, last.audience) == ("reply", "requester")
    assert "Turn the ribbon" in last.text
    assert editor.composer.text == "Half a thought"


def test_read_and_the_menu(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.to_suggestions()
    qtbot.keyClick(editor.suggested.list, Key.Key_Space)
    desk.wait()
    read = [w for w in QApplication.topLevelWidgets() if isinstance(w, ArticleView) and w.isVisible()]
    assert read[0].title.text() == "Zebra label printer prints blank labels"
    read[0].reject()
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, editor.suggested.mapToGlobal(at))
    QApplication.sendEvent(editor.suggested, event)
    menu = editor.suggested.findChild(QMenu)
    assert menu is not None
    said = [act.text() for act in menu.actions()]
    assert said == ["Solved with this", "Did not help", "Insert the solution", "Send it to the requester",
                    "Read the article"]  # fmt: skip
    menu.actions()[2].trigger()
    menu.close()
    desk.wait()
    assert "Turn the ribbon" in editor.composer.text


def test_rows_stay_while_somebody_is_in_the_panel(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    editor.to_suggestions()
    chosen = editor.suggested.current()
    editor.composer.insert("gripper robot opens slowly gripper")
    editor.to_suggestions()
    desk.wait()
    assert titles(editor)[0] == "Zebra label printer prints blank labels"
    assert editor.suggested.current() is not None
    assert editor.suggested.current().article_id == chosen.article_id  # type: ignore[union-attr]


def test_a_narrow_case_says_that_articles_are_there(qtbot: QtBot, desk: CaseDesk, editor: CaseEditor) -> None:
    assert not editor.hint.isVisible()
    editor.resize(520, 700)
    assert editor.hint.isVisible()
    assert editor.hint.text() == "1 article may help"
    qtbot.mouseClick(editor.hint, Left)
    assert editor.suggested.isVisible()
    assert QApplication.focusWidget() is editor.suggested.list


def test_a_new_kind_says_so(desk: CaseDesk, editor: CaseEditor) -> None:
    assert not editor.suggested.pill.isVisible()
    editor.show_case(desk.case("erp case"))
    desk.wait()
    assert editor.suggested.pill.isVisible()
    assert editor.suggested.pill.text() == "New kind"
    assert titles(editor) == []
    assert editor.suggested.nothing.isVisible()


# -- in quick capture -------------------------------------------------------------------------------------------------
@pytest.fixture
def capture(qtbot: QtBot, desk: CaseDesk) -> Iterator[QuickCapture]:
    made = QuickCapture(desk.services)
    made.open_empty()
    qtbot.waitExposed(made)
    desk.timers += [made._look, made._journal, made.known.articles._timer]
    desk.wait()
    yield made
    made.hide()
    discard(made)


def test_solved_with_an_article_while_they_speak(qtbot: QtBot, desk: CaseDesk, capture: QuickCapture) -> None:
    capture.title.setFocus()
    qtbot.keyClicks(capture.title, "zebra prints blank labels")
    desk.wait()
    capture.severity.choose(3)
    panel = capture.known.articles
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_Plus)
    desk.wait()
    assert "Turn the ribbon" in capture.solved.toPlainText()
    assert capture.used.line.text() == "“Zebra label printer prints blank labels”: solved it"
    assert uses(desk) == [], "there is no case yet"
    with qtbot.waitSignal(capture.created) as created:
        qtbot.keyClick(capture.solved, Key.Key_Return, Mod.ControlModifier)
    desk.wait()
    (case_id,) = created.args or [b""]
    assert desk.desk.present.case(case_id).row["status"] == "resolved"
    assert uses(desk) == [(desk.ids["article"], case_id, 1)]
    desk.services.take_back()
    desk.wait()
    assert uses(desk) == []


def test_what_was_said_is_kept_with_the_draft_and_sent_with_the_case(
    qtbot: QtBot, desk: CaseDesk, capture: QuickCapture
) -> None:
    qtbot.keyClicks(capture.title, "zebra prints blank labels")
    desk.wait()
    qtbot.mouseClick(capture.known.articles.buttons["no help"], Left)
    qtbot.mouseClick(capture.known.articles.buttons["send"], Left)
    desk.wait()
    capture.reject()
    desk.wait()
    other = QuickCapture(desk.services)
    other.open_empty()
    desk.timers += [other._look, other._journal, other.known.articles._timer]
    desk.wait()
    assert other.used.line.text().endswith("did not help, is sent to the requester")
    other.severity.choose(3)
    with qtbot.waitSignal(other.created) as created:
        other.submit()
    desk.wait()
    (case_id,) = created.args or [b""]
    assert uses(desk) == [(desk.ids["article"], case_id, 0)]
    assert "Turn the ribbon" in desk.desk.present.case(case_id).entries[-1].text
    assert other.used.line.text() == ""
    discard(other)
