"""What happened while one looked elsewhere: who is told what, once, when it may be told, and where a click leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import times
from app.desk import Desk
from app.work.cases import NewCase
from app.work.telling import News, Quiet, Telling, most_important
from tests.ui.case_desk import START, ZONE, CaseDesk
from tests.ui.open_window import open_window
from ui import tray
from ui.i18n import Languages
from ui.settings_dialog import SettingsDialog
from ui.theme import Theme
from ui.tray import InWindow, Notifier, TrayIcon


@dataclass
class Notebook:
    """A tray that writes down."""

    said: list[tuple[str, str]] = field(default_factory=list)
    clicks: list[Callable[[], object]] = field(default_factory=list)
    closed: bool = False

    def say(self, title: str, text: str, open_it: Callable[[], object]) -> None:
        self.said.append((title, text))
        self.clicks.append(open_it)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def notifier(qtbot: QtBot, desk: CaseDesk, notebook: Notebook) -> Iterator[Notifier]:
    desk.desk.cases.hand(desk.case(), to_analyst=desk.ids["roth"])
    made = Notifier(desk.services, notebook)
    made._telling = as_roth(desk.desk, desk.ids["roth"])
    desk.wait()
    made._telling.begin()
    notebook.said.clear()
    made._in_front = lambda: False  # type: ignore[method-assign]
    desk.timers.append(made._soon)
    desk.wait()
    yield made
    desk.timers.remove(made._soon)
    made.close()
    made.deleteLater()


def as_roth(desk: Desk, roth: bytes) -> Telling:
    """Roth is the one who is told: this workstation writes for Anna Kern, who is the somebody else."""
    reading = desk.reading
    return Telling(replace(reading.context, me=roth), reading.directory, reading.deadlines)


def test_a_note_of_somebody_else_in_a_case_of_mine_is_told_once(
    desk: CaseDesk, notifier: Notifier, notebook: Notebook
) -> None:
    desk.desk.cases.note(desk.case(), "The cable is there.")
    desk.wait()
    assert notebook.said == [
        ("Anna Kern wrote in a case", "2  Label printer on line 3 prints blank labels since the restart\n"
         "The cable is there.")
    ] or [title for title, _ in notebook.said] == ["Anna Kern wrote in a case"]  # fmt: skip
    notifier.look()
    desk.wait()
    assert len(notebook.said) == 1


def test_what_i_do_myself_is_no_news(desk: CaseDesk) -> None:
    telling = Telling(desk.desk.reading.context, desk.desk.reading.directory, desk.desk.reading.deadlines)
    telling.begin()
    desk.desk.cases.note(desk.case(), "I see, @Anna Kern.")
    desk.desk.cases.set(desk.case(), severity=1)
    assert telling.look([desk.case()]) == []
    assert telling.look(None) == []


def test_one_message_for_a_case_whatever_happened_to_it(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    cases = desk.desk.cases
    cases.note(desk.case(), "One")
    cases.note(desk.case(), "Two, @Jo Roth, can you look?")
    cases.set(desk.case(), severity=1)
    desk.wait()
    assert [title for title, _ in notebook.said] == ["Anna Kern asks for you"]
    assert "can you look?" in notebook.said[0][1]


def test_handed_to_me_and_taken_by_somebody(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    cases = desk.desk.cases
    other = cases.new(NewCase("Scanner dead", 3)).case_id
    desk.wait()
    assert notebook.said == []
    cases.hand(other, to_analyst=desk.ids["roth"])
    desk.wait()
    assert [title for title, _ in notebook.said] == ["Anna Kern handed a case to you"]
    cases.hand(desk.case(), to_analyst=desk.desk.me)
    desk.wait()
    assert [title for title, _ in notebook.said][1:] == ["Taken by Anna Kern"]


def test_a_case_that_i_watch_and_one_that_is_nobody_s_business(
    desk: CaseDesk, notifier: Notifier, notebook: Notebook
) -> None:
    cases = desk.desk.cases
    watched, other = (cases.new(NewCase(title, 3)).case_id for title in ("A", "B"))
    desk.desk.following.watch(watched, who=desk.ids["roth"])
    desk.wait()
    notebook.said.clear()
    for case in (watched, other):
        cases.resolve(case, "Done")
    desk.wait()
    assert [title for title, _ in notebook.said] == ["Anna Kern ended a case"]


def test_due_warnings_come_by_the_clock_and_once(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    desk.services.settings["notify_only_working"] = False
    row = desk.desk.present.case(desk.case()).row
    desk.clock.at = row["warn_at"]
    notifier.look()
    desk.wait()
    assert [title for title, _ in notebook.said] == ["Three quarters of its time are gone"]
    desk.clock.at = row["due_at"]
    for _ in range(2):
        notifier.look()
        desk.wait()
    assert [title for title, _ in notebook.said][1:] == ["Overdue"]


def test_only_what_needs_me_or_nothing(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    desk.services.settings["notify"] = "needed"
    desk.desk.cases.note(desk.case(), "Just so you know")
    desk.wait()
    assert notebook.said == []
    desk.services.settings["notify"] = "none"
    desk.desk.cases.note(desk.case(), "@Jo Roth")
    desk.wait()
    assert notebook.said == []


def test_outside_my_working_time_it_waits_and_is_told_together(
    desk: CaseDesk, notifier: Notifier, notebook: Notebook
) -> None:
    before = desk.clock.at
    desk.clock.at = times.parse_iso("2026-11-16T21:00:00Z")
    erp = desk.desk.cases.new(NewCase("ERP slow", 3, owner_id=desk.ids["roth"])).case_id
    desk.desk.cases.note(desk.case(), "Came by, nobody there")
    desk.desk.cases.note(erp, "Again")
    desk.wait()
    assert notebook.said == []
    desk.clock.at = before + times.DAY_MS
    desk.services.settings["notify"] = "all"
    notifier._telling._due = {(row["id"], kind, row["due_at"]) for kind, row in notifier._telling._overdue()}
    notifier.look()
    desk.wait()
    (title, text), = notebook.said  # fmt: skip
    assert title == "2 cases changed while it was quiet"
    assert desk.desk.present.case(erp).label in text


def test_quiet_for_an_hour(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    notifier.be_quiet()
    desk.desk.cases.note(desk.case(), "Hello?")
    desk.wait()
    assert notebook.said == []
    desk.clock.pass_minutes(61)
    notifier.look()
    desk.wait()
    assert [title for title, _ in notebook.said] == ["Anna Kern wrote in a case"]


def test_in_front_it_is_told_in_the_window(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    notifier._in_front = lambda: True  # type: ignore[method-assign]
    desk.desk.cases.note(desk.case(), "Hello")
    desk.wait()
    assert notebook.said == []
    notice = desk.services.notices.current
    assert notice is not None
    opened: list[bytes] = []
    notifier.case_wanted.connect(opened.append)
    notice.actions[0].run()
    assert opened == [desk.case()]


def test_many_at_once_do_not_become_many_messages(desk: CaseDesk, notifier: Notifier, notebook: Notebook) -> None:
    cases = desk.desk.cases
    for number in range(6):
        cases.new(NewCase(f"Case {number}", 3, owner_id=desk.ids["roth"]))
    desk.wait()
    assert len(notebook.said) == tray.MOST_AT_ONCE + 1
    assert notebook.said[-1][0] == "3 more cases changed"


def test_where_there_is_no_tray_the_window_says_it(qtbot: QtBot, desk: CaseDesk) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    speaker = InWindow(desk.services, window, "Open")
    opened: list[int] = []
    speaker.say("Jo Roth asks for you", "2  Printer\nLook", lambda: opened.append(1))
    notice = desk.services.notices.current
    assert notice is not None
    assert notice.text == "Jo Roth asks for you · 2  Printer · Look"
    assert notice.seconds is None
    notice.actions[0].run()
    assert opened == [1]
    speaker.close()


def test_the_window_opens_the_case_of_a_message(
    tmp_path_factory: pytest.TempPathFactory, theme: Theme, languages: Languages
) -> None:
    opened = open_window(tmp_path_factory.mktemp("tray"), theme, languages)
    try:
        notifier = opened.window.notifier
        assert notifier is not None
        notebook = notifier._speaker = Notebook()
        notifier._in_front = lambda: False
        opened.wait()
        notifier._telling = as_roth(opened.desk, opened.ids["roth"])
        notifier._telling.begin()
        opened.desk.cases.note(opened.ids["printer"], "Hello, @Jo Roth")
        notifier._soon.start(0)
        opened.wait(lambda: notebook.said)
        notebook.clicks[-1]()
        opened.wait()
        assert opened.window.editor.case_id == opened.ids["printer"]
    finally:
        opened.close()
    assert notebook.closed


# -- the rules --------------------------------------------------------------------------------------------------------
moments = st.integers(START, START + 7 * times.DAY_MS)
clocks = st.one_of(st.just(""), st.integers(0, 24 * 60 - 1).map(lambda m: f"{m // 60:02d}:{m % 60:02d}"))


@given(moments, clocks, clocks)
def test_quiet_hours_are_those_on_the_wall(now: int, begin: str, end: str) -> None:
    wall = times.local_wall(now, times.zone(ZONE))
    minute = wall.hour * 60 + wall.minute

    def of(clock: str) -> int:
        return int(clock[:2]) * 60 + int(clock[3:])

    expected = False
    if begin and end and begin != end:
        length = (of(end) - of(begin)) % (24 * 60)
        expected = (minute - of(begin)) % (24 * 60) < length
    assert Quiet(begin, end, only_working=False).silent(now, ZONE, at_work=False) is expected
    assert Quiet(begin, end, only_working=True).silent(now, ZONE, at_work=False)


some_news = st.builds(
    News, st.sampled_from(["mention", "note", "changed", "breach"]), st.sampled_from([b"a", b"b"]), st.just(""),
    st.just(""),
)  # fmt: skip


@given(st.lists(some_news, max_size=8))
def test_each_case_is_told_once_by_what_matters_most(found: list[News]) -> None:
    told = most_important(found)
    assert {news.case_id for news in told} == {news.case_id for news in found}
    assert len({news.case_id for news in told}) == len(told)
    if any(news.kind == "mention" for news in found):
        assert told[0].kind == "mention"


def test_a_case_becoming_mine_brings_no_old_news(desk: CaseDesk) -> None:
    telling = as_roth(desk.desk, desk.ids["roth"])
    telling.begin()
    cases = desk.desk.cases
    case = cases.new(NewCase("Old", 3)).case_id
    cases.note(case, "Long ago")
    assert telling.look([case]) == []
    cases.hand(case, to_analyst=desk.ids["roth"])
    assert [news.kind for news in telling.look([case])] == ["handed"]
    assert telling.look(None) == []
    cases.note(case, "And now")
    assert [news.kind for news in telling.look(None)] == ["note"]


def test_the_settings_say_when_it_is_quiet(
    tmp_path_factory: pytest.TempPathFactory, theme: Theme, languages: Languages
) -> None:
    opened = open_window(tmp_path_factory.mktemp("settings"), theme, languages)
    try:
        settings = opened.client.services.settings
        dialog = SettingsDialog(settings, theme, languages, opened.window.actions_, opened.window)
        dialog.show()
        assert not dialog.quiet_from.isEnabled()
        QTest.mouseClick(dialog.quiet, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.quiet.height() // 2))
        dialog.quiet_to.setTime(QTime(13, 30))
        assert (settings["quiet_from"], settings["quiet_to"]) == ("12:00", "13:30")
        QTest.keyClick(dialog.quiet, Qt.Key.Key_Space)
        assert settings["quiet_from"] == ""
        dialog.notify.setCurrentIndex(dialog.notify.findData("needed"))
        dialog.notify.activated.emit(1)
        dialog.delay.setCurrentIndex(0)
        dialog.delay.activated.emit(0)
        dialog.largest.setValue(50)
        dialog.room.setValue(300)
        assert settings["file_cache_mb"] == 300
        assert (settings["notify"], settings["send_delay_s"], settings["largest_file_mb"]) == ("needed", 0, 50)
        assert dialog.minimumSizeHint().height() <= 680
        dialog.close()
    finally:
        opened.close()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen has no tray for Qt to listen to
def test_the_tray_icon_opens_the_case_of_its_last_message(
    tmp_path_factory: pytest.TempPathFactory, theme: Theme, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "speaker_for", lambda _services, window, raise_up, _words: TrayIcon(window, raise_up))
    opened = open_window(tmp_path_factory.mktemp("icon"), theme, languages)
    try:
        notifier = opened.window.notifier
        assert notifier is not None
        icon = notifier._speaker
        assert isinstance(icon, TrayIcon)
        notifier._in_front = lambda: False
        notifier.tell(opened.ids["printer"], "Reminder", "2  Printer")
        icon.messageClicked.emit()
        opened.wait()
        assert opened.window.editor.case_id == opened.ids["printer"]
        texts = [action.text() for action in icon.menu.actions()]
        assert texts == ["Open Halldesk", "New case…", "Quiet for an hour", "Settings…", "Quit"]
        icon.menu.actions()[2].trigger()
        assert notifier.quiet_until > opened.clock()
    finally:
        opened.close()
