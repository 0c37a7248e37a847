"""The coverage alarm on screen: one notice for a case, with a button that takes it; over when somebody is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.work.alarm import AlarmReader
from app.work.cases import NewCase
from db.errors import StoreUnreachable
from db.ids import new_id
from db.presence import Doing
from db.shapes import Analyst, Shift
from tests.ui.case_desk import CaseDesk
from ui import alarm_watch
from ui.alarm_watch import AlarmWatch
from ui.drive_news import Reach, SyncState
from ui.i18n import Language, Languages
from ui.widgets.notice_bar import NoticeBar


class Scene:
    """Sales is covered by Roth and Weiß (away); Roth has a workstation that says `doing`. I am Anna Kern."""

    def __init__(self, desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.away = desk, False
        self.doing: Doing | Exception | None = None
        self.told: list[tuple[bytes, str, str]] = []
        self.opened: list[bytes] = []
        # A workstation enters with an invitation only (tests/app/test_alarm.py has real ones).
        roth = desk.ids["roth"]
        monkeypatch.setattr(
            AlarmReader, "devices", lambda _self, people: {who: (b"roths",) if who == roth else () for who in people}
        )
        self.asked: list[list[bytes]] = []
        monkeypatch.setattr(alarm_watch, "ask", self._ask)
        monkeypatch.setattr(alarm_watch, "SOON_MS", 1)
        desk.services.drive.set_state(SyncState(Reach.OK))
        self.watch = AlarmWatch(desk.services, lambda: self.away)
        self.watch._asking._soon.setInterval(1)
        self.watch.told.connect(lambda *said: self.told.append(said))
        self.watch.case_wanted.connect(self.opened.append)
        desk.timers.append(self.watch._asking._soon)
        desk.wait()

    def _ask(self, _writing, devices) -> dict[bytes, Doing | None]:
        self.asked.append(list(devices))
        if isinstance(self.doing, Exception):
            raise self.doing
        return dict.fromkeys(devices, self.doing)

    def urgent(self, title: str = "Line stands") -> bytes:
        made = self.desk.desk.cases.new(NewCase(title, 1, department_id=self.desk.ids["sales"])).case_id
        self.desk.wait()
        return made

    def look(self, minutes: float = 0) -> None:
        self.desk.clock.pass_minutes(minutes)
        self.watch.look()
        self.desk.wait()
        self.desk.wait(lambda: self.desk.services.lanes["sync"].under_way == 0)
        self.desk.wait()

    def notice(self) -> str:
        current = self.desk.services.notices.current
        return current.text if current is not None else ""


@pytest.fixture
def scene(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    made = Scene(desk, monkeypatch)
    yield made
    made.watch.deleteLater()


def test_nobody_is_there_is_told_once_and_taking_it_makes_it_mine(scene: Scene, languages: Languages):
    desk = scene.desk
    case = scene.urgent()
    scene.look()
    assert scene.told == []
    scene.look(11)
    assert "Nobody is there for Sales: no sign of life from Jo Roth" in scene.notice()
    assert [said[:2] for said in scene.told] == [(case, "Nobody is there for an urgent case")]
    scene.look(1)
    scene.look(1)
    assert len(scene.told) == 1
    assert desk.services.notices.waiting == 0
    assert desk.desk.present.case(case).row["work_owner_id"] == desk.ids["roth"], "nothing is rerouted"
    host = QWidget()
    host.resize(900, 400)
    bar = NoticeBar(desk.services.notices, host)
    host.show()
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "Take it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.desk.present.case(case).row["work_owner_id"] == desk.desk.me
    assert scene.opened == [case]
    scene.look(1)
    assert "Nobody is there" not in scene.notice()
    desk.services.take_back()
    desk.wait()
    assert desk.desk.present.case(case).row["work_owner_id"] == desk.ids["roth"]
    host.deleteLater()


def test_a_sign_of_life_ends_it_and_says_who_is_there(scene: Scene):
    scene.urgent()
    scene.look(11)
    assert "Nobody is there" in scene.notice()
    scene.doing = Doing()
    scene.look(1)
    assert "Jo Roth is there again for" in scene.notice()
    scene.doing = None
    scene.look(15)
    assert len(scene.told) == 1, "a drive that comes and goes tells nothing twice"


def test_an_idle_workstation_is_given_more_time_and_other_words(scene: Scene, languages: Languages):
    languages.choose(Language.GERMAN)
    scene.doing = Doing(away=True)
    scene.urgent()
    scene.look(1)
    scene.look(11)
    assert scene.told == []
    scene.look(20)
    assert "Die Arbeitsplätze von Jo Roth sind unbenutzt" in scene.notice()
    assert scene.told[0][1] == "Für einen dringenden Fall ist niemand da"


def test_without_the_drive_it_says_what_it_does_not_know_and_does_not_ask(scene: Scene):
    scene.desk.services.drive.set_state(SyncState(Reach.UNREACHABLE))
    scene.asked.clear()
    case = scene.urgent()
    scene.look()
    assert "The drive does not answer" in scene.notice()
    assert "they can't see this case" in scene.notice()
    assert [said[0] for said in scene.told] == [case]
    assert scene.asked == []
    scene.desk.services.drive.set_state(SyncState(Reach.OK))
    scene.doing = StoreUnreachable("gone")
    scene.look(1)
    assert scene.asked
    assert len(scene.told) == 1


def test_my_own_departments_are_no_alarm_for_me_and_whoever_has_nothing_to_do_with_it_hears_later(scene: Scene):
    desk = scene.desk
    hall = desk.desk.cases.new(NewCase("Press stands", 1, department_id=desk.ids["hall"])).case_id
    desk.wait()
    scene.look(30)
    assert scene.told == [], "I am its contact, and here"
    desk.desk.cases.resolve(hall, "It runs")
    with desk.desk.replica.transaction("test.lead", desk.desk.me, at=desk.clock(), undoable=False) as tx:
        lead = tx.insert(Analyst, new_id(), name="Duty Lead")
        now = desk.clock()
        tx.insert(Shift, new_id(), analyst_id=lead, starts_at=now - 1, ends_at=now + 10**8, duty="lead")
    scene.urgent()
    scene.look(6)
    assert scene.told == []
    scene.look(5)
    assert len(scene.told) == 1


def test_many_at_once_are_one_notice_more(scene: Scene):
    for number in range(6):
        scene.urgent(f"Line {number} stands")
    scene.look(11)
    assert len(scene.told) == 4
    assert scene.told[-1][1] == "Nobody is there for 3 more urgent cases."
