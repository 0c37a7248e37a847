"""The line at the bottom tells the truth: in step, waiting, unreachable, back again."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from app.desk import Desk
from app.joining import join
from app.profile import Profile
from app.work.cases import NewCase
from db.errors import DeviceRevoked, StoreFull, UpdateNeeded
from tests.ui.open_window import open_window
from ui.drive_health import DriveHealthDialog
from ui.drive_news import Reach, SyncState
from ui.notices import Level
from ui.status_line import StatusLine

BERLIN = ZoneInfo("Europe/Berlin")
TEN_TO_NINE = 1_794_815_400_000  # 2026-11-16T07:50:00Z


@pytest.fixture
def opened(tmp_path, theme, languages):
    one = open_window(tmp_path, theme, languages)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SyncState(), "looking for the drive"),
        (SyncState(Reach.OK, synced_at=TEN_TO_NINE), "synced 08:50:00"),
        (SyncState(Reach.OK, pending=2, synced_at=TEN_TO_NINE), "2 changes waiting"),
        (
            SyncState(Reach.UNREACHABLE, pending=3, lost_at=TEN_TO_NINE),
            "3 changes waiting – drive not reachable since 08:50",
        ),
        (SyncState(Reach.UNREACHABLE, lost_at=TEN_TO_NINE), "drive not reachable since 08:50"),
        (SyncState(Reach.OK, conflicts=1, synced_at=TEN_TO_NINE), "1 change needs you · synced 08:50:00"),
        (SyncState(Reach.TROUBLE, problem="Entry 7 is damaged."), "Entry 7 is damaged."),
        (
            SyncState(Reach.STUCK, pending=1, problem="Entry 7 is damaged, and much more than a line can hold."),
            "1 change waiting – the shared log can't be read on, and nothing is sent; click for what to do",
        ),
        (SyncState(Reach.FULL, pending=2), "2 changes waiting – the drive is full; have room made on it"),
        (SyncState(Reach.OLD), "update Halldesk: a newer one is in use on this drive"),
        (SyncState(Reach.REVOKED, pending=1), "1 change waiting – this device was revoked; click to enter again"),
        (SyncState(of_database=True), "looking for the database"),
        (
            SyncState(Reach.UNREACHABLE, pending=3, lost_at=TEN_TO_NINE, of_database=True),
            "3 changes waiting – database not reachable since 08:50",
        ),
        (SyncState(Reach.OLD, of_database=True), "update Halldesk: a newer one is in use in this database"),
        (
            SyncState(Reach.LOCKED, of_database=True, place="postgresql://db/desk"),
            "the help desk moved to a database that wants a password; click to enter it",
        ),
        (SyncState(Reach.LOCKED, of_database=True), "the database wants a password; click to enter it"),
        (
            SyncState(Reach.OK, synced_at=TEN_TO_NINE, clock_ahead_s=600, of_database=True),
            "synced 08:50:00 – this PC's clock is 10 min ahead of the server's",
        ),
        (SyncState(Reach.KEYLESS), "this workstation's key is missing; click to enter again"),
        (
            SyncState(Reach.OK, synced_at=TEN_TO_NINE, clock_ahead_s=600),
            "synced 08:50:00 – this PC's clock is 10 min ahead of the drive's",
        ),
        (
            SyncState(Reach.OK, pending=1, clock_ahead_s=-7200),
            "1 change waiting – this PC's clock is 2 h behind the drive's",
        ),
    ],
)
def test_what_it_says(state, words, theme, languages, qtbot):
    line = StatusLine(BERLIN, "Anna Kern")
    qtbot.addWidget(line)
    line.show_state(state)
    assert line.words() == words
    assert line.accessibleName() == words


def test_own_changes_are_sent_at_once(opened):
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)
    opened.client.driver._timer.stop()
    opened.wait(lambda: not opened.client.driver.state.busy)
    opened.client.driver._timer.start(60_000)
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Sent at once", 3)))
    opened.wait(lambda: opened.desk.replica.pending_count() == 0 and "Sent at once" in opened.shown())
    opened.wait(lambda: "~" not in "".join(opened.shown("number")))
    assert opened.window.status.words().startswith("synced ")


def test_without_the_drive_work_goes_on_and_the_line_says_since_when(opened, tmp_path):
    driver = opened.client.driver
    opened.wait(lambda: driver.state.reach is Reach.OK)
    share = tmp_path / "share"
    share.rename(tmp_path / "unplugged")
    driver.sync_now()
    opened.wait(lambda: driver.state.reach is Reach.UNREACHABLE)
    opened.client.services.run(lambda desk: desk.cases.new(NewCase("Logged offline", 3)))
    opened.wait(lambda: "Logged offline" in opened.shown())
    driver.sync_now()
    opened.wait(lambda: driver.state.pending == 1)
    words = opened.window.status.words()
    assert words.startswith("1 change waiting – drive not reachable since ")
    assert opened.shown("number")[opened.shown().index("Logged offline")].startswith("~")
    current = opened.client.notices.current
    assert current is None or current.level is not Level.ERROR
    (tmp_path / "unplugged").rename(share)
    driver.sync_now()
    opened.wait(lambda: driver.state.reach is Reach.OK and driver.state.pending == 0)
    opened.wait(lambda: "~" not in "".join(opened.shown("number")))


def test_looks_become_rarer_while_the_drive_is_away(opened, tmp_path):
    driver = opened.client.driver
    opened.wait(lambda: driver.state.reach is Reach.OK)
    (tmp_path / "share").rename(tmp_path / "unplugged")
    waits = []
    for _ in range(6):
        opened.look()
        waits.append(driver._timer.interval())
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] == 15_000


@pytest.mark.parametrize(
    ("error", "reach"),
    [
        (StoreFull("The drive is full."), Reach.FULL),
        (UpdateNeeded("Entry 9 was made by a newer program."), Reach.OLD),
        (DeviceRevoked("Entry 9: desk key 2 is not on this device."), Reach.REVOKED),
    ],
)
def test_what_keeps_the_store_away_is_told_apart(opened, monkeypatch, error, reach):
    opened.wait(lambda: opened.client.driver.state.reach is Reach.OK)

    def refuse(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(opened.desk, "has_news", refuse)
    opened.look()
    assert opened.client.driver.state.reach is reach
    assert str(error) in opened.window.status.accessibleDescription()
    current = opened.client.notices.current
    assert current is None or current.level is not Level.ERROR, "the line says it, nobody is interrupted"


def test_a_log_that_ends_in_the_middle_is_said_until_it_goes_on(opened, tmp_path):
    """Also to who has nothing to send; and what was wrong is not wrong for ever."""
    opened.look()
    head = opened.desk.replica.head.seq
    (newest,) = (tmp_path / "share").rglob(f"{head:012d}.e")
    torn = newest.with_name(f"{head + 1:012d}.e")
    torn.write_bytes(b"half an entry")
    opened.desk.owe_a_round()
    opened.look()
    assert "can't be read on" in opened.window.status.words()
    assert "halldesk repair" in opened.client.notices.current.text
    torn.unlink()
    opened.look()
    assert opened.client.driver.state.reach is Reach.OK
    assert opened.client.notices.current is None


def test_a_revoked_workstation_says_so(opened, monkeypatch):
    assert not opened.desk.revoked
    monkeypatch.setattr(Desk, "revoked", True)
    opened.look()
    assert opened.client.driver.state.reach is Reach.REVOKED


def test_a_wrong_clock_is_told(opened, monkeypatch):
    monkeypatch.setattr("app.colleagues.Colleagues.clock_ahead_s", property(lambda _self: 600.0))
    opened.look()
    assert "10 min ahead" in opened.window.status.words()
    monkeypatch.setattr("app.colleagues.Colleagues.clock_ahead_s", property(lambda _self: 90.0))
    opened.look()
    assert "clock" not in opened.window.status.words(), "two minutes are no matter"


def test_a_click_or_return_opens_drive_health_and_what_needs_me_the_conflicts(opened):
    line = opened.window.status
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    dialog = opened.window.findChild(DriveHealthDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    dialog = opened.window.findChild(DriveHealthDialog)
    assert dialog is not None
    dialog.close()
    asked: list[bool] = []
    line.conflicts_asked.connect(lambda: asked.append(True))
    line.show_state(SyncState(Reach.OK, conflicts=1))
    QTest.mouseClick(line._needs, Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_the_bell_of_a_folder_brings_news_without_waiting_for_the_next_look(opened, tmp_path):
    driver = opened.client.driver
    opened.wait(lambda: driver.state.reach is Reach.OK)
    if opened.desk.bell() is None:
        pytest.skip("no bell on this system")
    opened.wait(lambda: opened.client.services.drive.has_bell)
    text, _expires = opened.desk.invite("Jo Second", "analyst")
    opened.desk.sync_round()
    second = Profile(tmp_path / "second")
    join(second, text, key_file=tmp_path / "second keys", clock=opened.clock)
    other = Desk(second, clock=opened.clock)
    try:
        opened.wait(lambda: not driver.state.busy)
        driver._timer.start(60_000)
        other.cases.new(NewCase("Rung in", 1))
        other.sync_round()
    finally:
        other.close()
    opened.wait(lambda: "Rung in" in opened.shown())


def test_a_bell_is_hung_again_after_the_drive_was_away(opened, tmp_path):
    driver, drive = opened.client.driver, opened.client.services.drive
    opened.wait(lambda: driver.state.reach is Reach.OK)
    if opened.desk.bell() is None:
        pytest.skip("no bell on this system")
    opened.wait(lambda: drive.has_bell)
    (tmp_path / "share").rename(tmp_path / "unplugged")
    opened.look()
    assert not drive.has_bell
    (tmp_path / "unplugged").rename(tmp_path / "share")
    opened.look()
    opened.wait(lambda: drive.has_bell)


def test_what_a_colleague_does_appears_without_asking(opened, tmp_path):
    text, _expires = opened.desk.invite("Jo Second", "analyst")
    opened.desk.sync_round()
    second = Profile(tmp_path / "second")
    join(second, text, key_file=tmp_path / "second keys", clock=opened.clock)
    other = Desk(second, clock=opened.clock)
    try:
        other.cases.new(NewCase("From the other desk", 1))
        other.sync_round()
    finally:
        other.close()
    opened.wait(lambda: opened.shown() and opened.shown()[0] == "From the other desk")
    opened.wait(lambda: "Jo Second" in [p.title for p in opened.window.navigation.places()])


def test_a_missing_key_is_told_once_and_in_words(tmp_path: Path, theme, languages):
    from tests.ui.case_desk import Clock, make_profile
    from tests.ui.open_window import open_again

    clock = Clock()
    profile = make_profile(tmp_path, clock)
    (tmp_path / "keys.json").unlink()
    opened = open_again(profile, clock, theme, languages)
    try:
        opened.wait(lambda: opened.client.driver.state.reach is Reach.KEYLESS)
        assert "key is missing; click to enter again" in opened.window.status.words()
        current = opened.client.notices.current
        assert current is not None
        assert current.level is Level.ERROR
        opened.client.notices.dismiss()
        opened.look()
        assert opened.client.notices.current is None
    finally:
        opened.close()
