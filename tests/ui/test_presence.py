"""Who else is there: in the list, in the case, over the composer, in the status line; and what others may see of me."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.colleagues import Colleague, Colleagues, Doing
from app.desk import Desk
from app.joining import join
from app.profile import Profile
from db.presence import Beat
from tests.ui.open_window import open_window
from ui.case_model import COLUMN_OF
from ui.i18n import Language
from ui.presence import PresenceBoard, PresenceButton, PresenceLine
from ui.settings_dialog import SettingsDialog

ME = b"m" * 16
CASE, OTHER = b"c" * 16, b"o" * 16


def colleague(name: str, case: bytes | None = CASE, what: str = "view", away: bool = False) -> Colleague:
    analyst = ME if name == "me" else name.encode().ljust(16)[:16]
    return Colleague(analyst, name, name.encode().ljust(16)[:16], "PC", Doing(case, what, away), "0.1", 7, 0)


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("there", "words", "mark"),
    [
        ([], "", None),
        ([colleague("Anna Kern", what="reply")], "Anna Kern is writing a reply", "edit"),
        ([colleague("Anna Kern", what="note")], "Anna Kern is writing a note", "edit"),
        ([colleague("Jo Roth")], "Jo Roth is looking at this", "eye"),
        ([colleague("Jo Roth"), colleague("Anna Kern", what="call")],
         "Anna Kern is noting a call · Jo Roth is looking at this", "edit"),
        ([colleague("A"), colleague("B"), colleague("C"), colleague("D")],
         "A is looking at this · B is looking at this · and 2 more", "eye"),
        ([colleague("Jo Roth", away=True)], "", None),
        ([colleague("Jo Roth", case=OTHER)], "", None),
        ([colleague("me", what="reply")], "", None),
    ],
)  # fmt: skip
def test_what_the_board_says_of_a_case(there, words, mark, qapp, languages):
    board = PresenceBoard()
    board.show_colleagues(there, ME)
    assert board.words(CASE) == words
    assert board.marks.get(CASE) == mark


def test_a_line_is_there_only_while_somebody_is(qtbot, theme, languages):
    board = PresenceBoard()
    line, writing = PresenceLine(board), PresenceLine(board, only_writing=True)
    for widget in (line, writing):
        qtbot.addWidget(widget)
        widget.show_case(CASE)
        assert widget.isHidden()
    board.show_colleagues([colleague("Jo Roth")], ME)
    assert line.accessibleName() == "Jo Roth is looking at this"
    assert not line.isHidden()
    assert writing.isHidden(), "over the composer only who writes matters"
    board.show_colleagues([colleague("Jo Roth", what="reply")], ME)
    assert writing.text() == "Jo Roth is writing a reply"
    languages.choose(Language.GERMAN)
    QApplication.processEvents()
    assert line.text() == "Jo Roth schreibt eine Antwort"
    line.show_case(OTHER)
    assert line.isHidden()


def test_the_small_list_says_who_is_there(qtbot, theme, languages):
    board = PresenceBoard()
    button = PresenceButton(board)
    qtbot.addWidget(button)
    assert button.isHidden()
    board.show_colleagues([colleague("Anna", what="note"), colleague("Jo", None), colleague("Mara", away=True)], ME)
    assert button.accessibleName() == "3 colleagues are here"
    button._fill()
    shown = [action.text() for action in button.menu().actions()]
    assert shown == ["Anna – writing in a case", "Jo – here", "Mara – away"]


def test_the_list_marks_the_case_and_says_it_to_screen_readers(opened):
    case = opened.ids["printer"]
    there = [colleague("Jo Roth", case, "reply")]
    plain = opened.table.viewport().grab().toImage()
    opened.client.services.presence.show_colleagues(there, opened.desk.me)
    row = opened.shown().index("Label printer on line 3 prints blank labels since the restart")
    index = opened.page.model.index(row, COLUMN_OF["title"])
    assert "Jo Roth is writing a reply" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data() == "Label printer on line 3 prints blank labels since the restart"
    assert opened.table.viewport().grab().toImage() != plain
    opened.client.services.presence.show_colleagues([], opened.desk.me)
    assert "Jo Roth" not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert opened.table.viewport().grab().toImage() == plain


def test_one_sees_what_a_colleague_does_and_is_seen_by_them(opened, tmp_path):
    text, _expires = opened.desk.invite("Jo Second", "analyst")
    opened.desk.sync_round()
    second = Profile(tmp_path / "second")
    join(second, text, key_file=tmp_path / "second keys", clock=opened.clock)
    jo = Desk(second, clock=opened.clock)
    case = opened.ids["printer"]
    try:
        jo.colleagues.meet(Doing(case, "reply"), often=True)
        opened.desk.colleagues._looked_at = float("-inf")
        opened.window.case_room.show_case(case)
        opened.wait()
        opened.look()
        assert opened.window.editor._head.presence.text() == "Jo Second is writing a reply"
        assert opened.window.status.here.lines() == ["Jo Second – writing in a case"]
        opened.desk.colleagues._presence._told_at = float("-inf")
        opened.look()
        jo.colleagues._looked_at = float("-inf")
        (seen,) = jo.colleagues.meet(Doing(case, "reply"), often=True) or ()
        assert (seen.name, seen.doing) == ("Anna Kern", Doing(case, "view"))
        jo.colleagues.leave()
        opened.desk.colleagues._looked_at = float("-inf")
        opened.look()
        assert opened.window.editor._head.presence.isHidden()
    finally:
        jo.close()


def told(opened) -> list[Doing]:
    """What the next look would tell of this window."""
    said: list[Doing] = []
    real = Colleagues.meet

    def listen(self, doing, *, often):
        said.append(doing)
        return real(self, doing, often=often)

    Colleagues.meet = listen  # type: ignore[method-assign]
    try:
        opened.look()
    finally:
        Colleagues.meet = real  # type: ignore[method-assign]
    return said


def test_only_the_open_case_is_told_and_nothing_when_switched_off(opened):
    case = opened.ids["printer"]
    assert told(opened)[-1] == Doing(None, "", False)
    opened.window.case_room.show_case(case)
    opened.wait()
    assert told(opened)[-1] == Doing(case, "view", False)
    composer = opened.window.editor.composer
    composer.write("reply")
    QTest.keyClicks(composer._edit, "Hello")
    assert told(opened)[-1] == Doing(case, "reply", False)
    opened.page.setFocus()
    assert told(opened)[-1] == Doing(case, "view", False), "words that only lie there are not being written"
    opened.window.sheets.show_settings()
    dialog = opened.window.findChild(SettingsDialog)
    dialog.presence.click()
    assert opened.client.services.settings["presence"] is False
    assert told(opened)[-1] == Doing(None, "", False)
    dialog.reject()


def test_at_the_end_the_own_sign_is_taken_away(opened, tmp_path):
    opened.look()
    signs = tmp_path / "share" / "hd" / "dev"
    assert len(list(signs.iterdir())) == 1
    opened.close()
    assert list(signs.iterdir()) == []


def test_a_sign_tells_no_more_than_it_must(opened):
    fields = set(Beat.__dataclass_fields__)
    assert fields == {"device", "analyst", "epoch", "seq", "schema", "version", "at", "mark", "doing",
                      "incarnation"}  # fmt: skip
