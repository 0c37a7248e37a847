"""Changes that met others, on screen: both values side by side, a decision by key or mouse, undo and redo.

Set HALLDESK_PICTURES to a folder to look at the pages as PNG files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.changes import Changes
from app.desk import Desk
from app.joining import join
from app.profile import Profile
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off, without_name
from ui.conflict_card import ConflictCard
from ui.conflict_page import ConflictPage, Tab
from ui.i18n import Language, Languages
from ui.places import CONFLICTS
from ui.theme import Theme, ThemeChoice
from ui.word_diff import MarkedText

PICTURES = os.environ.get("HALLDESK_PICTURES")
LONG = "Hall 1, line 3.\nPrints blank labels since the restart.\nSpare ribbon is in cabinet 4."


@dataclass
class Two:
    """A window, and somebody else at another workstation."""

    opened: OpenWindow
    other: Desk

    @property
    def page(self) -> ConflictPage:
        page: ConflictPage = self.opened.window.middle.conflicts
        return page

    def meet(self, waiting: int = 1) -> None:
        """The other one is first in the log; then this window syncs."""
        self.other.sync_round()
        self.opened.client.driver.sync_now()
        self.opened.wait(lambda: self.opened.client.driver.state.conflicts == waiting)

    def value(self, case: bytes, column: str) -> object:
        return self.opened.desk.context.reader.value(f'SELECT "{column}" FROM "case" WHERE id = ?', (case,))


@pytest.fixture
def two(tmp_path: Path, theme: Theme, languages: Languages) -> Iterator[Two]:
    opened = open_window(tmp_path / "one", theme, languages)
    text, _expires = opened.desk.invite("Jo Second", "analyst")
    opened.desk.sync_round()
    second = Profile(tmp_path / "second")
    join(second, text, key_file=tmp_path / "second keys", clock=opened.clock)
    other = Desk(second, clock=opened.clock)
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    opened.client.driver._timer.stop()
    yield Two(opened, other)
    other.close()
    opened.close()


def _titles(two: Two) -> bytes:
    """Both rename a case; mine stands, because it is fresh."""
    case = two.opened.ids["blank"]
    two.other.cases.set(case, title="Screen stays black after lunch")
    two.opened.desk.cases.set(case, title="Screen stays dark after lunch")
    two.meet()
    return case


def _open(two: Two) -> ConflictCard:
    two.opened.window.status._needs.click()
    two.opened.wait(lambda: two.page.cards)
    (card, *_others) = two.page.cards
    assert isinstance(card, ConflictCard)
    return card


def _turn(two: Two, tab: Tab) -> None:
    """To another tab, with the keys a tab bar knows."""
    two.page.tabs.setFocus()
    while two.page.tab < tab:
        QTest.keyClick(two.page.tabs, Qt.Key.Key_Right)
    assert two.page.tab is tab


def _button(card: QWidget, words: str) -> QPushButton:
    return next(b for b in card.findChildren(QPushButton) if b.text() == words and b.isVisible())


def test_a_lost_claim_is_told_with_the_winner_and_left_to_them(two):
    case = two.opened.ids["blank"]
    two.other.cases.claim(case)
    two.opened.desk.cases.claim(case)
    two.meet()
    assert "1 change needs you" in two.opened.window.status.words()
    card = _open(two)
    assert two.opened.window.navigation.place().key == CONFLICTS
    assert card.accessibleDescription() == "Jo Second was faster and works on this case."
    QTest.mouseClick(_button(card, "Leave it to them"), Qt.MouseButton.LeftButton)
    two.opened.wait(lambda: two.page._stack.currentWidget() is two.page._empty)  # its card goes at once, before
    assert not two.page.cards
    two.opened.wait(lambda: two.opened.client.driver.state.conflicts == 0)
    assert "needs you" not in two.opened.window.status.words()
    QTest.keyClick(two.page, Qt.Key.Key_Escape)
    assert two.opened.window.navigation.place().key == "open"
    assert two.opened.window.middle.currentWidget() is two.opened.page


def test_both_wordings_stand_side_by_side_with_what_differs_marked(two):
    _titles(two)
    assert _said(two) == "1 change of yours met another one and needs you."
    card = _open(two)
    theirs, mine = card.findChildren(MarkedText)
    assert [(t.toPlainText(), t.accessibleName().split(" · ")[:2]) for t in (theirs, mine)] == [
        ("Screen stays black after lunch", ["Theirs", "Jo Second"]),
        ("Screen stays dark after lunch", ["Yours", "Anna Kern"]),
    ]
    assert [words for words, is_marked in mine._stretches if is_marked] == ["dark"]
    assert [words for words, is_marked in theirs._stretches if is_marked] == ["black"]


def test_the_keyboard_decides_and_the_notice_takes_it_back(two):
    case = _titles(two)
    card = _open(two)
    assert card.hasFocus()
    assert _said(two) == "", "what is on screen needs no notice"
    QTest.keyClick(card, Qt.Key.Key_T)
    two.opened.wait(lambda: two.value(case, "title") == "Screen stays black after lunch")
    two.opened.wait(lambda: not two.page.cards)
    QTest.keyClick(two.opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    two.opened.wait(lambda: two.value(case, "title") == "Screen stays dark after lunch")
    two.opened.wait(lambda: two.page.cards)
    two.opened.wait(lambda: _said(two) == "Undone: Kept theirs")
    _turn(two, Tab.DECIDED)
    two.opened.wait(lambda: not two.page.cards)
    assert two.page._empty.accessibleName() == "Nothing was decided yet"


def test_a_text_of_both_is_put_right_in_place(two):
    case = two.opened.ids["blank"]
    two.opened.desk.cases.set(case, description=LONG)
    two.opened.desk.sync_round()
    two.other.sync_round()
    two.other.cases.set(case, description=LONG.replace("blank labels", "nothing at all"))
    two.opened.desk.cases.set(case, description=LONG.replace("blank labels", "grey labels"))
    two.meet()
    card = _open(two)
    QTest.keyClick(card, Qt.Key.Key_E)
    assert card._editor is not None
    assert card._editor.toPlainText().split("\n")[1:3] == [
        "Prints nothing at all since the restart.", "Prints grey labels since the restart.",
    ]  # fmt: skip
    QTest.keyClick(card._editor, Qt.Key.Key_Escape)
    assert not card.is_editing
    QTest.mouseClick(_button(card, "Edit merged…"), Qt.MouseButton.LeftButton)
    card._editor.setPlainText("Prints grey or nothing.")
    QTest.keyClick(card._editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    two.opened.wait(lambda: two.value(case, "description") == "Prints grey or nothing.")
    two.opened.wait(lambda: not two.page.cards)
    _turn(two, Tab.DECIDED)
    two.opened.wait(lambda: two.page.cards)
    assert "decided: a new text" in [p.text() for p in two.page.cards[0].findChildren(type(_pill(two.page.cards[0])))]


def _said(two: Two) -> str:
    current = two.opened.client.notices.current
    return "" if current is None else current.text


def _pill(card: ConflictCard):
    from ui.widgets.pill import Pill

    return card.findChild(Pill)


def test_what_somebody_writes_is_not_replaced_by_news(two):
    _titles(two)
    card = _open(two)
    card.edit()
    editor = card._editor
    assert editor is not None
    editor.setPlainText("half a sen")
    two.opened.desk.cases.set(two.opened.ids["printer"], title="Other")
    two.opened.wait()
    two.page.read()
    two.opened.wait()
    assert two.page.cards[0] is card
    two.page.tabs.setCurrentIndex(Tab.LOST)
    two.opened.wait()
    assert two.page.tab is Tab.WAITING, "one does not leave what one writes without ending it"
    assert two.page.cards[0] is card
    assert editor.toPlainText() == "half a sen"


def test_in_its_case_the_conflict_stands_above_the_timeline_and_can_wait(two):
    case = _titles(two)
    two.opened.window.case_room.show_case(case)
    editor = two.opened.window.editor
    two.opened.wait(lambda: editor.conflicts.isVisible())
    card = editor.conflicts.card
    assert card is not None
    editor.conflicts._fold.click()
    assert not card.isVisible()
    assert editor.conflicts.isVisible(), "the line that says so stays"
    editor.conflicts._fold.click()
    QTest.mouseClick(_button(card, "Take theirs"), Qt.MouseButton.LeftButton)
    two.opened.wait(lambda: two.value(case, "title") == "Screen stays black after lunch")
    two.opened.wait(lambda: not editor.conflicts.isVisible())
    two.opened.wait(lambda: two.opened.client.driver.state.conflicts == 0)


def _two_cases(two: Two) -> tuple[bytes, bytes]:
    """Two cases renamed by both; the page is open. In the order of its cards."""
    for label in ("blank", "printer"):
        two.other.cases.set(two.opened.ids[label], title=f"{label}: theirs")
        two.opened.desk.cases.set(two.opened.ids[label], title=f"{label}: mine")
    two.meet(waiting=2)
    _open(two)
    first, second = two.page.cards
    assert first._case_id is not None
    assert second._case_id is not None
    return first._case_id, second._case_id


def test_the_case_at_the_right_is_the_one_of_the_card(two):
    opened = two.opened
    first, second = _two_cases(two)
    editor = opened.window.editor
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == first)
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_Down)
    assert two.page.cards[1].hasFocus()
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == second)
    QTest.keyClick(two.page.cards[1], Qt.Key.Key_Up)
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == first)
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_M)
    opened.wait(lambda: len(two.page.cards) == 1 and two.page.cards[0].hasFocus())
    opened.wait()
    assert editor.case_id == second, "the cursor stands on the next card now; the list behind changed, and says nothing"
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_O)
    assert editor.isAncestorOf(opened.window.focusWidget()), "opening it goes there: it stands beside the page anyway"


def test_who_comes_by_the_navigation_sees_the_case_of_the_first_card(two):
    opened = two.opened
    first, second = _two_cases(two)
    editor = opened.window.editor
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_Escape)
    opened.window.follow(second)
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == second)
    opened.window.navigation.setFocus()
    opened.window.go(CONFLICTS)
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == first)
    assert not any(card.hasFocus() for card in two.page.cards)
    opened.window.follow(second)
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == second)
    two.page.read()
    opened.wait()
    assert editor.case_id == second, "news move nobody from the case he went to"


def test_what_is_decided_on_the_page_is_not_asked_beside_it_too(two):
    opened = two.opened
    first, _second = _two_cases(two)
    editor = opened.window.editor
    opened.wait(lambda: editor.loaded is not None and editor.loaded.view.id == first)
    opened.wait()
    assert not editor.conflicts.isVisible()
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_Escape)
    assert editor.conflicts.isVisible(), "back at the list, the case asks by itself"
    opened.window.show_conflicts()
    opened.wait()
    assert not editor.conflicts.isVisible()


@pytest.mark.parametrize(
    ("verb", "at_once"),
    [("", False), ("case.resolve", True), ("case.resolve", False)],
    ids=["timeline", "close sheet before it is known", "close sheet beside it"],
)
def test_a_change_that_waits_does_not_make_the_window_grow(two, verb, at_once):
    case = two.opened.ids["blank"]
    lines = "\n".join(f"Line {number} of what was said" for number in range(30))
    two.opened.desk.cases.set(case, description=lines)
    two.opened.desk.sync_round()
    two.other.sync_round()
    two.other.cases.set(case, description=lines.replace("Line 7", "Their line"))
    two.opened.desk.cases.set(case, description=lines.replace("Line 7", "My line"))
    two.meet()
    window = two.opened.window
    window.follow(case)
    if verb:
        two.opened.wait(lambda: window.editor.loaded is not None and window.editor.loaded.view.id == case)
        if not at_once:
            two.opened.wait()
        writing = window.editor._page.writing
        order: list[tuple[bool, bool, bool]] = []
        writing.turned.connect(lambda on: order.append((on, writing.composer.isVisible(), writing.sheet.isVisible())))
        window.editor.do(verb)
        # Who is shown gets the room at once, from the window if need be, and the window stays so: others go first.
        assert order == [(True, False, False)]
        assert window.height() == 720
    two.opened.wait()
    assert window.editor.conflicts.isVisible()
    assert (window.editor.sheet is not None) == bool(verb)
    assert window.minimumSizeHint().height() <= 720
    assert window.height() == 720


def test_undo_and_redo_go_step_by_step_and_say_what(two):
    case = two.opened.ids["blank"]
    window, services = two.opened.window, two.opened.client.services
    # A notice that stands in the way of the next one has been read.
    two.opened.timers.append(window.notice_bar._timer)
    for title in ("b", "c"):
        services.run(lambda desk, t=title: desk.cases.set(case, title=t), said=f"Title {title}")
        two.opened.wait()
    control = Qt.KeyboardModifier.ControlModifier
    for key, title, said in (
        (Qt.Key.Key_Z, "b", "Undone: Title c"), (Qt.Key.Key_Z, "Screen black", "Undone: Title b"),
        (Qt.Key.Key_Y, "b", "Done again: Title b"), (Qt.Key.Key_Y, "c", "Done again: Title c"),
        (Qt.Key.Key_Z, "b", "Undone: Title c"),
    ):  # fmt: skip
        QTest.keyClick(window, key, control)
        two.opened.wait(lambda t=title: two.value(case, "title") == t)
        two.opened.wait(lambda words=said: _said(two) == words)
    services.run(lambda desk: desk.cases.set(case, severity=1), said="Severity")
    two.opened.wait()
    assert not window.actions_["redo"].isEnabled()


def test_an_undo_somebody_built_on_says_who_and_when(two):
    case = two.opened.ids["blank"]
    two.opened.client.services.run(lambda desk: desk.cases.set(case, title="Mine"), said="Title changed")
    two.opened.wait()
    two.opened.desk.sync_round()
    two.other.sync_round()
    two.other.cases.set(case, title="Theirs")
    two.other.sync_round()
    two.opened.desk.sync_round()
    two.opened.client.services.take_back()
    two.opened.wait(lambda: "Jo Second changed “Title” on" in _said(two))


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
@pytest.mark.parametrize(("look", "size"), [("light", (1280, 720)), ("dark", (1680, 1000))])
def test_nothing_is_cut_off(two, theme, languages, language, look, size):
    languages.choose(language)
    theme.choose(ThemeChoice(look))
    two.opened.window.resize(*size)
    case, printer = two.opened.ids["blank"], two.opened.ids["printer"]
    two.opened.desk.cases.set(case, description=LONG)
    two.opened.desk.sync_round()
    two.other.sync_round()
    two.other.cases.set(case, description=LONG.replace("blank labels", "nothing at all"), severity=1)
    two.other.cases.hand(printer, to_analyst=two.other.me)
    two.opened.desk.cases.set(case, description=LONG.replace("blank labels", "grey labels"), severity=2)
    two.opened.desk.cases.hand(printer, to_analyst=two.opened.ids["weiss"])
    two.meet(3)
    _open(two)
    two.opened.wait()
    if PICTURES:
        two.opened.window.grab().save(f"{PICTURES}/conflicts-{look}-{language.value}.png")
    assert cut_off(two.page) == []
    assert without_name(two.page) == []
    QTest.keyClick(two.page.cards[0], Qt.Key.Key_Escape)
    two.opened.window.follow(case)
    two.opened.wait(lambda: two.opened.window.editor.conflicts.isVisible())
    two.opened.wait()
    assert cut_off(two.opened.window.editor.conflicts) == []


def test_news_that_come_without_a_pause_are_read_all_the_same(two):
    """On a busy desk somebody saves something all the time."""
    _titles(two)
    _open(two)
    read: list[bool] = []
    two.page._soon.timeout.connect(lambda: read.append(True))

    def news() -> list[bool]:
        two.opened.client.services.bell.ring(Changes(everything=True))
        return read

    two.opened.wait(news)
