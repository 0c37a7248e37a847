"""What the share had and has no more, on screen: told in words, sent again or given up, by key and mouse.

Set HALLDESK_PICTURES to a folder to look at the pages as PNG files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from app.desk import Desk
from app.joining import join
from app.profile import Profile
from app.work.cases import NewCase
from tests.ui.open_window import OpenWindow, open_window
from tests.ui.test_gallery import cut_off, without_name
from ui.conflict_page import ConflictPage, Tab
from ui.i18n import Language, Languages
from ui.lost_card import LostCard
from ui.places import CONFLICTS
from ui.theme import Theme, ThemeChoice
from ui.word_diff import MarkedText

PICTURES = os.environ.get("HALLDESK_PICTURES")
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Two:
    """A window, somebody else at another workstation, and the share between them."""

    opened: OpenWindow
    other: Desk
    share: Path

    @property
    def page(self) -> ConflictPage:
        page: ConflictPage = self.opened.window.middle.conflicts
        return page

    @property
    def cards(self) -> list[LostCard]:
        return [card for card in self.page.cards if isinstance(card, LostCard)]

    def sync(self) -> None:
        self.opened.client.driver.sync_now()
        self.opened.look()

    def said(self) -> str:
        current = self.opened.client.notices.current
        return "" if current is None else current.text

    def value(self, case: bytes, column: str) -> object:
        return self.opened.desk.context.reader.value(f'SELECT "{column}" FROM "case" WHERE id = ?', (case,))

    def undo_on_purpose(self) -> dict[str, bytes]:
        """Anna and Jo work on, then the desk is set back for everybody."""
        desk, case = self.opened.desk, self.opened.ids["blank"]
        desk.sync_round()
        head = desk.replica.head.seq
        made = desk.cases.new(NewCase("Conveyor stops every hour", 2, description="Belt 4.")).case_id
        desk.cases.set(case, title="Screen black, cable replaced", severity=1)
        desk.sync_round()
        self.other.sync_round()
        self.other.cases.note(case, "I have ordered a new cable.")
        self.other.sync_round()
        desk.sync_round()
        desk.set_back(head)
        self.sync()
        return {"made": made, "changed": case}

    def open(self) -> list[LostCard]:
        QTest.mouseClick(self.opened.window.status._needs, Qt.MouseButton.LeftButton)
        self.opened.wait(lambda: self.cards)
        return self.cards


@pytest.fixture
def two(tmp_path: Path, theme: Theme, languages: Languages, expect_log) -> Iterator[Two]:
    expect_log("an administrator set the desk back|went on without this workstation")
    opened = open_window(tmp_path / "one", theme, languages)
    text, _expires = opened.desk.invite("Jo Second", "analyst")
    opened.desk.sync_round()
    second = Profile(tmp_path / "second")
    join(second, text, key_file=tmp_path / "second keys", clock=opened.clock)
    other = Desk(second, clock=opened.clock)
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    opened.client.driver._timer.stop()
    yield Two(opened, other, Path(opened.desk.where))
    other.close()
    opened.close()


def _told(card: LostCard) -> list[tuple[str, str]]:
    return [(one.accessibleName(), one.toPlainText()) for one in card.findChildren(MarkedText)]


def _button(card: LostCard, words: str) -> QPushButton:
    return next(b for b in card.findChildren(QPushButton) if b.text() == words)


def test_what_was_undone_for_everybody_is_told_field_by_field_with_what_stands_now(two):
    two.undo_on_purpose()
    assert "2 changes need you" in two.opened.window.status.words(), "Jo's note is asked of Jo"
    cards = two.open()
    assert two.page.tab is Tab.LOST
    assert two.page.tabs.tabText(Tab.LOST) == "Lost work  3"
    change, new, note = cards
    label = str(two.value(two.opened.ids["blank"], "number"))
    assert change.accessibleName() == f"Change – {label}  Screen black: undone for everybody"
    assert _told(change) == [
        ("Title, written then", "Screen black, cable replaced"), ("Title, now", "Screen black"),
        ("Severity, written then", "1  Critical"), ("Severity, now", "4  Low"),
    ]  # fmt: skip
    assert new.accessibleName() == "New case – Conveyor stops every hour: undone for everybody"
    assert _told(new)[0] == ("Description, written then", "Belt 4."), "the headline has the title"
    assert not any(name.endswith("now") for name, _words in _told(new)), "there is nothing to compare with"
    assert new._case_id is None, "there is nothing to open"
    assert _told(note) == [("Text, written then", "I have ordered a new cable.")]
    why = note.accessibleDescription()
    assert why.startswith("Jo Second on ")
    assert change.accessibleDescription().startswith("You on ")
    assert why.endswith("The desk was set back on purpose to a moment before it.")


def test_the_keyboard_submits_again_and_the_desk_has_it_again(two):
    ids = two.undo_on_purpose()
    card, *_ = two.open()
    assert card.hasFocus()
    QTest.keyClick(card, Qt.Key.Key_S)
    two.opened.wait(lambda: two.said() == "1 change will be sent again.")
    two.opened.wait(lambda: two.value(ids["changed"], "title") == "Screen black, cable replaced")
    two.opened.wait(lambda: len(two.cards) == 2)
    assert two.cards[0].hasFocus(), "the next one has the focus, where the other stood"
    two.opened.wait(lambda: two.opened.client.driver.state.lost == 1)
    two.other.sync_round()
    found = two.other.context.reader.value('SELECT title FROM "case" WHERE id = ?', (ids["changed"],))
    assert found == "Screen black, cable replaced"


def test_giving_up_can_be_undone(two):
    two.undo_on_purpose()
    _, card, _ = two.open()
    QTest.mouseClick(_button(card, "Give it up"), Qt.MouseButton.LeftButton)
    two.opened.wait(lambda: two.said() == "Gave up 1 lost change")
    two.opened.wait(lambda: len(two.cards) == 2)
    two.opened.wait(lambda: two.opened.client.driver.state.lost == 1)
    QTest.keyClick(two.opened.window, Qt.Key.Key_Z, CONTROL)
    two.opened.wait(lambda: len(two.cards) == 3)
    two.opened.wait(lambda: two.opened.client.driver.state.lost == 2)
    assert two.said() == ""


def test_all_together_after_one_question(two):
    ids = two.undo_on_purpose()
    two.open()
    QTest.mouseClick(two.page.submit_all, Qt.MouseButton.LeftButton)
    box = two.page.findChild(QMessageBox)
    assert "3 lost changes" in box.text()
    QTest.keyClick(box, Qt.Key.Key_Return)
    two.opened.wait(lambda: not two.cards)
    assert two.page._stack.currentWidget() is two.page._empty
    assert two.page._empty.accessibleName() == "Nothing is lost"
    assert two.value(ids["made"], "title") == "Conveyor stops every hour"
    two.opened.wait(lambda: two.opened.client.driver.state.needs == 0)
    assert not two.page.submit_all.isVisible()


def test_what_another_workstation_of_the_share_took_back_is_told_by_a_notice(two, tmp_path):
    third, case = _third(two, tmp_path), two.opened.ids["blank"]
    head = third.replica.head.seq
    two.opened.desk.cases.set(case, title="Screen black again")
    two.opened.desk.sync_round()
    third.sync_round()
    third.set_back(head)
    third.close()
    two.sync()
    two.opened.wait(lambda: two.said() == "The shared store has 1 change no more; it is kept here.")
    QTest.mouseClick(two.opened.window.notice_bar._action_buttons[0], Qt.MouseButton.LeftButton)
    two.opened.wait(lambda: two.cards)
    assert two.page.tab is Tab.LOST
    assert two.opened.window.navigation.place().key == CONFLICTS


def test_a_share_from_an_older_copy_has_three_days_of_patience(two, tmp_path):
    desk = two.opened.desk
    third = _third(two, tmp_path)
    desk.sync_round()
    shutil.copytree(two.share, tmp_path / "older")
    case = two.opened.ids["blank"]
    two.other.sync_round()
    two.other.cases.set(case, title="Jo's title")
    two.other.sync_round()
    desk.sync_round()
    shutil.rmtree(two.share)
    shutil.copytree(tmp_path / "older", two.share)
    two.opened.clock.pass_minutes(1)
    for title in ("Written on the older copy", "And one more"):
        third.cases.new(NewCase(title, 3))
        third.sync_round()
    third.close()
    two.sync()
    assert two.opened.client.driver.state.lost == 0, "Jo's workstation will send it again"
    two.opened.window.show_conflicts()
    two.page.tabs.setCurrentIndex(Tab.LOST)
    two.opened.wait(lambda: two.cards)
    assert two.cards[0].accessibleName().endswith("should come back")
    two.opened.clock.pass_minutes(4 * 24 * 60)
    two.opened.look()
    two.opened.wait(lambda: two.opened.client.driver.state.lost == 1)
    two.opened.wait(lambda: not two.page._soon.isActive())
    two.opened.wait()
    assert two.cards[0].accessibleName().endswith("did not come back"), "the page follows when its time is over"


def _third(two: Two, folder: Path) -> Desk:
    """One more workstation, which knows what is in the log now."""
    text, _expires = two.opened.desk.invite("Kim Third", "administrator")
    two.opened.desk.sync_round()
    profile = Profile(folder / "third")
    join(profile, text, key_file=folder / "third keys", clock=two.opened.clock)
    return Desk(profile, clock=two.opened.clock)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
@pytest.mark.parametrize(("look", "size"), [("light", (1280, 720)), ("dark", (1680, 1000))])
def test_nothing_is_cut_off(two, theme, languages, language, look, size):
    languages.choose(language)
    theme.choose(ThemeChoice(look))
    two.opened.window.resize(*size)
    two.undo_on_purpose()
    two.open()
    two.opened.wait()
    if PICTURES:
        two.opened.window.grab().save(f"{PICTURES}/lost-{look}-{language.value}.png")
    assert cut_off(two.page) == []
    assert without_name(two.page) == []
