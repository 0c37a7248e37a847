"""Notices: the rules without Qt, then the one bar that shows them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.i18n import Language, Languages
from ui.notices import ErrorWords, Level, Notice, NoticeAction, Notices, notice_of
from ui.services import error_notice
from ui.theme import Theme
from ui.widgets.notice_bar import NoticeBar

WORDS = ErrorWords(environment="The surroundings failed: {error}", bug="A mistake in the program: {error}")


class Refused(Exception):
    """Stands for app.errors.UserError."""


def drained(notices: Notices) -> list[Notice]:
    shown = []
    while notices.current is not None:
        shown.append(notices.current)
        notices.dismiss()
    return shown


@given(st.lists(st.tuples(st.sampled_from(Level), st.text("abc", min_size=1, max_size=1))))
def test_everything_said_is_shown_and_nothing_twice(said: list[tuple[Level, str]]):
    notices = Notices()
    for level, text in said:
        notices.post(Notice(level, text))
    shown = drained(notices)
    assert len({(notice.level, notice.text) for notice in shown}) == len(shown)
    assert sum(notice.times for notice in shown) == len(said)
    assert [notice.level for notice in shown] == sorted((n.level for n in shown), reverse=True)


def test_equals_keep_their_order_and_what_was_on_screen_comes_back_first():
    notices = Notices()
    notices.info("a")
    notices.info("b")
    notices.error("broken")
    notices.info("c")
    assert [notice.text for notice in drained(notices)] == ["broken", "a", "b", "c"]


def test_how_long_each_stands():
    assert Notice(Level.ERROR, "x").seconds is None
    assert Notice(Level.WARNING, "x", actions=(NoticeAction("do", print),)).seconds is None
    short, long = Notice(Level.INFO, "x").seconds, Notice(Level.INFO, "x" * 200).seconds
    assert short is not None
    assert long is not None
    assert 5 <= short < long


def test_what_an_exception_becomes():
    refused = notice_of(Refused("Say who asks first."), (Refused,), WORDS)
    assert (refused.level, refused.text, refused.details) == (Level.WARNING, "Say who asks first.", "")
    drive = notice_of(OSError("disk full"), (Refused,), WORDS)
    assert (drive.level, drive.text) == (Level.ERROR, "The surroundings failed: disk full")
    try:
        raise KeyError("lost")
    except KeyError as error:
        bug = notice_of(error, (Refused,), WORDS)
    assert bug.text == "A mistake in the program: 'lost'"
    assert "test_what_an_exception_becomes" in bug.details
    assert notice_of(TimeoutError(), (), WORDS).text.endswith("TimeoutError")


class Stage(QWidget):
    """A window with something to type in and the bar over it."""

    def __init__(self) -> None:
        super().__init__()
        self.notices = Notices()
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addStretch(1)
        self.bar = NoticeBar(self.notices, self)
        self.resize(900, 400)


@pytest.fixture
def stage(theme: Theme, languages: Languages, qtbot: QtBot) -> Stage:
    made = Stage()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.field.setFocus()
    return made


def button(stage: Stage, text: str) -> QPushButton:
    return next(b for b in stage.bar.findChildren(QPushButton) if b.text() == text and b.isVisible())


def test_typing_goes_on_while_notices_come_and_go(stage: Stage):
    QTest.keyClicks(stage.field, "Drucker ")
    stage.notices.error("The drive does not answer.", details="TimeoutError")
    assert stage.bar.isVisible()
    assert stage.field.hasFocus()
    QTest.keyClicks(stage.field, "leer")
    stage.notices.dismiss()
    assert not stage.bar.isVisible()
    assert stage.field.hasFocus()
    assert stage.field.text() == "Drucker leer"


def test_it_says_what_it_is_for_those_who_hear_it(stage: Stage):
    stage.notices.warning("Two changes wait.")
    assert stage.bar.accessibleName() == "Warning: Two changes wait."


def test_news_leave_by_themselves_but_not_under_the_pointer(stage: Stage):
    stage.notices.info("Case 1042 was taken by Roth.")
    assert stage.bar._timer.isActive()
    assert stage.bar._timer.interval() == round(1000 * (5 + 0.06 * len("Case 1042 was taken by Roth.")))
    QGuiApplication.sendEvent(stage.bar, QEvent(QEvent.Type.Leave))
    stage.bar._timer.timeout.emit()
    assert not stage.bar.isVisible()
    stage.notices.error("Broken.")
    assert not stage.bar._timer.isActive()


def test_actions_run_once_the_bar_has_gone_on(stage: Stage):
    seen: list[bool] = []
    stage.notices.warning("Conflict.", NoticeAction("Decide", lambda: seen.append(stage.bar.isVisible())))
    button(stage, "Decide").click()
    assert seen == [False]


def test_details_open_and_can_be_copied(stage: Stage):
    stage.notices.error("Broken.", details="Traceback …")
    height = stage.bar.height()
    button(stage, "Details").click()
    assert stage.bar.height() > height
    assert stage.bar._details.toPlainText() == "Traceback …"
    button(stage, "Copy").click()
    assert QGuiApplication.clipboard().text() == "Broken.\n\nTraceback …"


def test_repeats_and_the_rest_are_counted_in_both_languages(stage: Stage, languages: Languages, qtbot: QtBot):
    stage.notices.error("Broken.")
    stage.notices.error("Broken.")
    stage.notices.info("a")
    assert stage.bar._more.text() == "2 times · 1 more"
    languages.choose(Language.GERMAN)
    qtbot.waitUntil(lambda: stage.bar._more.text() == "2-mal · noch 1")


def test_markup_is_shown_letter_by_letter(stage: Stage):
    stage.notices.info('<img src="file:///etc/passwd">')
    assert stage.bar._text.text().startswith("<img")
    assert stage.bar._text.textFormat().name == "PlainText"


def test_it_stays_inside_a_small_window_and_moves_with_it(stage: Stage, qtbot: QtBot):
    stage.notices.error("A sentence that is long enough to need more than one line in a narrow window. " * 2)
    for width, height in ((1200, 500), (420, 300)):
        stage.resize(width, height)
        qtbot.wait(1)
        assert stage.rect().contains(stage.bar.geometry())
        wanted = stage.bar._text.heightForWidth(stage.bar._text.width())
        assert stage.bar._text.height() >= wanted


def test_the_buttons_of_the_next_notice_are_whole_although_the_bar_stood_there_already(stage: Stage):
    """A button that its layout shows a moment later once did not count, and half of it was cut off."""
    stage.notices.info("The first, without a button")
    acts = tuple(NoticeAction(words, lambda: None) for words in ("Still away", "Until…", "Back at work"))
    stage.notices.info("Lukas Brenner is away from 25 November on, without an end. Still away?", *acts)
    stage.notices.dismiss()
    for words in ("Still away", "Until…", "Back at work"):
        assert button(stage, words).isVisible()
    QTest.qWait(30)
    assert stage.bar.heightForWidth(stage.bar.width()) <= stage.bar.height(), "nothing came that has no room"


GERMAN = (
    "Das gemeinsame Log wurde auf Eintrag 12.345 zurückgesetzt und ging ohne diesen Arbeitsplatz weiter: "
    "Was hier seither getan wurde, wird unter denselben Kennungen wieder gesendet, sobald der Speicher erreichbar ist, "
    "und Änderungen anderer Arbeitsplätze bleiben hier erhalten, bis sie wieder im Log stehen oder jemand entscheidet."
)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("repeat", [1, 5])
def test_a_long_notice_is_never_cut_and_all_of_it_can_be_read(
    stage: Stage, theme: Theme, languages: Languages, qtbot: QtBot, scale: float, repeat: int
):
    """On the smallest screen, in German, with others waiting and two buttons below."""
    theme.set_text_scale(scale)
    languages.choose(Language.GERMAN)
    stage.resize(1280, 720)
    words = " ".join([GERMAN] * repeat)
    stage.notices.info("Etwas davor")
    stage.notices.warning(words, NoticeAction("In Ordnung bringen…", print), NoticeAction("Ansehen", print))
    qtbot.waitUntil(lambda: stage.bar.isVisible())
    bar, label = stage.bar, stage.bar._text

    def whole() -> bool:
        inside = stage.rect().contains(bar.geometry())
        needed = label.heightForWidth(label.width())
        return inside and label.height() >= needed and bar.rect().contains(label.geometry())

    qtbot.waitUntil(whole)
    if repeat == 1:
        assert label.text() == words
        assert not bar._details_button.isVisible()
        return
    assert label.text().endswith(" …")
    assert words.startswith(label.text().removesuffix(" …"))
    QTest.mouseClick(bar._details_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(whole)
    assert bar._details.toPlainText() == words
    assert not bar._details.horizontalScrollBar().isVisible()
    QTest.mouseClick(bar._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith(words)


def test_a_damaged_file_is_told_with_the_way_back_in_and_is_no_mistake_of_the_program(
    tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "replica.db").write_bytes(b"\xa5" * 8192)
    with closing(sqlite3.connect(tmp_path / "replica.db")) as db, pytest.raises(sqlite3.DatabaseError) as caught:
        db.execute("SELECT 1 FROM sqlite_master")
    notice = error_notice(caught.value)
    assert notice.level is Level.WARNING
    assert not notice.details
    assert "halldesk recover INVITATION" in notice.text
