"""The line at the bottom tells the truth: in step, waiting, unreachable, back again."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.desk import Desk, join
from app.profile import Profile
from app.work.cases import NewCase
from tests.ui.open_window import open_window
from ui.notices import Level
from ui.status_line import StatusLine
from ui.sync_driver import Reach, SyncState

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
    for _ in range(3):
        opened.look()
        waits.append(driver._timer.interval())
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


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
        opened.wait(lambda: opened.client.driver.state.reach is Reach.TROUBLE)
        assert "ask an administrator for an invitation" in opened.window.status.words()
        current = opened.client.notices.current
        assert current is not None
        assert current.level is Level.ERROR
        opened.client.notices.dismiss()
        opened.look()
        assert opened.client.notices.current is None
    finally:
        opened.close()
