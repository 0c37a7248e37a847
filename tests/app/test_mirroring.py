"""A mirror that is kept current: what others do is in it a moment later, also after the drive was away."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.desk import Desk
from app.errors import UserError
from app.mirroring import mirror
from app.work.cases import NewCase
from db.errors import StorageError
from tests.desks import found_desk, join_desk

_SOON_S = 60.0
"""How long a look takes is the machine's affair."""
_LOOK_EVERY_S = 0.1
"""In the program a look comes each second."""


@pytest.fixture(autouse=True)
def _looks_come_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mirroring.LOOK_EVERY_S", _LOOK_EVERY_S)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Desk]:
    desk = found_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    yield desk
    desk.close()


def opens(desk: Desk, title: str) -> None:
    desk.cases.new(NewCase(title=title, severity=2))
    desk.sync_round()


def shown(file: Path) -> list[str]:
    """The titles in the mirror, in their order."""
    with closing(sqlite3.connect(file)) as raw:
        return [title for (title,) in raw.execute('SELECT title FROM "case" ORDER BY number')]


class Watching:
    """A workstation that keeps a mirror, in a thread of its own."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.file, self.complaints = file, list[str]()
        self.steps: queue.Queue[object] = queue.Queue()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(desk,))
        self._thread.start()
        self.steps.get(timeout=_SOON_S)

    def _watch(self, desk: Desk) -> None:
        steps = mirror(desk, f"sqlite:///{self.file}", watch=True, complain=self.complaints.append)
        for done in steps:
            self.steps.put(done)
            if self._ended.is_set():
                break
        steps.close()  # type: ignore[attr-defined]

    def shows(self, titles: list[str]) -> bool:
        """Whether that is in the mirror soon."""
        until = time.monotonic() + _SOON_S
        while time.monotonic() < until:
            if shown(self.file) == titles:
                return True
            time.sleep(0.02)
        return False

    def end(self, other: Desk) -> None:
        """After one more piece of news."""
        self._ended.set()
        opens(other, "The last one")
        self._thread.join(_SOON_S)
        assert not self._thread.is_alive()


@pytest.mark.parametrize("bell", [True, False])
def test_what_others_do_is_in_a_watched_mirror_a_moment_later(
    anna: Desk, jo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bell: bool
) -> None:
    if not bell:
        monkeypatch.setattr("db.drive.bell_of", lambda _folder: None)
    opens(jo, "Before")
    watching = Watching(anna, tmp_path / "mirror.sqlite")
    try:
        assert shown(watching.file) == ["Before"]
        titles = ["Before"]
        for title in ("While it watched", "And again"):
            opens(jo, title)
            titles.append(title)
            assert watching.shows(titles)
    finally:
        watching.end(jo)
    assert watching.complaints == []


def test_a_drive_that_was_away_is_said_once_and_caught_up_with(anna: Desk, jo: Desk, tmp_path: Path) -> None:
    watching = Watching(anna, tmp_path / "mirror.sqlite")
    share = tmp_path / "share"
    try:
        share.rename(tmp_path / "away")
        until = time.monotonic() + _SOON_S
        while not watching.complaints and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(5 * _LOOK_EVERY_S)  # more looks in vain
        assert len(watching.complaints) == 1
        assert "can't be reached" in watching.complaints[0]
        (tmp_path / "away").rename(share)
        opens(jo, "It came back")
        assert watching.shows(["It came back"])
    finally:
        if not share.exists():
            (tmp_path / "away").rename(share)
        watching.end(jo)


def test_what_is_private_is_mirrored_for_supervisors_only(jo: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Only a supervisor"):
        next(mirror(jo, f"sqlite:///{tmp_path / 'mirror.sqlite'}", private=True))


def test_a_mirror_that_cannot_be_written_is_an_error_with_its_place(anna: Desk, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        next(mirror(anna, f"sqlite:///{tmp_path / 'gone' / 'mirror.sqlite'}"))


@pytest.mark.parametrize("to", ["mirror.sqlite", "sqlite://mirror.sqlite", "mysql://host/reports"])
def test_a_place_that_can_hold_no_mirror_is_said_with_what_to_write(anna: Desk, to: str) -> None:
    with pytest.raises(UserError, match="names no place for a mirror; write postgresql://"):
        next(mirror(anna, to))


def test_a_mirror_that_another_program_holds_is_said_once_and_caught_up_with(
    anna: Desk, jo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.mirror._WAITS_S", 0.05)
    watching = Watching(anna, tmp_path / "mirror.sqlite")
    try:
        with closing(sqlite3.connect(watching.file)) as held:
            held.execute("BEGIN IMMEDIATE")
            opens(jo, "While it was held")
            until = time.monotonic() + _SOON_S
            while not watching.complaints and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(5 * _LOOK_EVERY_S)  # more looks in vain
            held.rollback()
        assert len(watching.complaints) == 1
        assert "Another program holds the mirror" in watching.complaints[0]
        assert watching.shows(["While it was held"])
    finally:
        watching.end(jo)


def test_who_writes_a_mirror_reads_what_was_sealed_with_a_key_that_came_later(
    anna: Desk, jo: Desk, tmp_path: Path
) -> None:
    watching = Watching(anna, tmp_path / "mirror.sqlite")
    try:
        jo.sync_round()
        anna.enrolment.rotate()
        jo.sync_round()
        opens(jo, "With the new key")
        assert watching.shows(["With the new key"])
    finally:
        watching.end(jo)
    assert watching.complaints == []
