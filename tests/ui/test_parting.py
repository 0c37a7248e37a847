"""The end of the program: what is held back and ready goes out, and what can't is said."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.work.notes import NoteDraft
from tests.ui.case_desk import CaseDesk
from ui.drive_news import Reach
from ui.parting import Card, Parting

ANSWER = NoteDraft("We come at eleven.", "reply", "requester")


@pytest.fixture
def sent(desk: CaseDesk) -> CaseDesk:
    """A desk from which everything has been sent."""
    desk.desk.sync_round()
    desk.services.drive.set_state(replace(desk.services.drive.state, reach=Reach.OK))
    assert desk.desk.replica.pending_count() == 0
    return desk


def answer(desk: CaseDesk) -> None:
    desk.services.sending.hold(desk.case(), "1", ANSWER, 60)


def cards() -> list[Card]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Card) and widget.isVisible()]


def test_a_held_answer_reaches_the_drive_before_the_end(sent: CaseDesk) -> None:
    answer(sent)
    assert Parting(sent.services).run() == 0
    assert sent.desk.replica.pending_count() == 0
    assert sent.desk.present.case(sent.case()).entries[-1].text == ANSWER.text
    assert not cards()


def test_with_nothing_to_send_nobody_waits(sent: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sent.desk), "sync_round", lambda *_a, **_k: pytest.fail("nothing to send"))
    assert Parting(sent.services).run() == 0


def test_a_drive_that_went_is_said_in_words_and_the_answer_is_kept(
    sent: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.parting.CARD_AFTER_MS", 60_000)  # the other card, which a slow machine would show before
    answer(sent)
    share = sent.desk.profile.folder.parent / "share"
    share.rename(share.with_name("unplugged"))
    read: list[str] = []

    def press() -> None:
        for card in cards():
            read.append(card.words.text())
            QTest.keyClick(card, Qt.Key.Key_Return)
        if not read:
            QTimer.singleShot(20, press)

    QTimer.singleShot(20, press)
    left = Parting(sent.services).run()
    assert left == sent.desk.replica.pending_count() > 0
    assert "can't be reached" in read[0]
    assert f"{left} change" in read[0]
    share.with_name("unplugged").rename(share)


def test_a_drive_known_to_be_away_is_not_asked_again(sent: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sent.desk), "sync_round", lambda *_a, **_k: pytest.fail("it is away"))
    monkeypatch.setattr("ui.parting.WORDS_MS", 50)
    sent.services.drive.set_state(replace(sent.services.drive.state, reach=Reach.UNREACHABLE))
    answer(sent)
    assert Parting(sent.services).run() > 0


def test_a_drive_that_is_slow_is_waited_for_so_long_and_no_longer(
    sent: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.parting.LONGEST_MS", 2_000)
    monkeypatch.setattr("ui.parting.CARD_AFTER_MS", 20)
    monkeypatch.setattr("ui.parting.WORDS_MS", 50)
    monkeypatch.setattr(type(sent.desk), "sync_round", lambda *_a, stopping, **_k: slow(stopping))
    seen: list[str] = []

    class SeenCard(Card):
        def showEvent(self, event: QShowEvent) -> None:
            super().showEvent(event)
            seen.append(self.words.text())

    monkeypatch.setattr("ui.parting.Card", SeenCard)
    answer(sent)
    began = time.monotonic()
    assert Parting(sent.services).run() > 0
    assert time.monotonic() - began < 4
    assert len(seen) == 2
    assert "before Halldesk ends" in seen[0]
    assert "could not be sent" in seen[1]


def test_a_count_that_comes_after_everybody_left_begins_nothing(
    sent: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that is still being opened when the window is closed: its count arrives while the lanes are closing."""
    monkeypatch.setattr("ui.parting.LONGEST_MS", 50)
    monkeypatch.setattr(type(sent.desk), "sync_round", lambda *_a, **_k: pytest.fail("nobody waits any more"))
    opened = threading.Event()
    sent.services.lanes.write.submit(lambda: opened.wait(60))
    answer(sent)
    parting = Parting(sent.services)
    parting.run()
    opened.set()
    sent.services.lanes.close()
    assert parting.left == sent.desk.replica.pending_count() > 0


def slow(stopping: object) -> None:
    while not stopping():  # type: ignore[operator]
        time.sleep(0.01)
