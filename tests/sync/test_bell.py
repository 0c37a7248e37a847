"""The bell of a folder rings when the head is announced, and a waiting thread ends when it is taken down."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from db.drive import DriveLog
from db.folder_bell import bell_of
from db.log import Head
from db.mounts import Mount

if sys.platform not in ("linux", "win32"):
    pytest.skip("no bell on this system", allow_module_level=True)


@pytest.fixture
def log(tmp_path):
    log = DriveLog(tmp_path, "dev")
    log.create(b"card")
    log.announce(Head(1, 1, b"h" * 32))
    return log


def test_it_rings_for_an_announcement_by_another(log, tmp_path):
    bell = log.bell()
    assert bell is not None
    try:
        assert not bell.wait(0.01)
        DriveLog(tmp_path, "two").announce(Head(1, 2, b"h" * 32))
        assert bell.wait(5)
    finally:
        bell.close()


def test_several_changes_are_one_ringing(log):
    bell = log.bell()
    assert bell is not None
    try:
        for seq in range(2, 12):
            log.announce(Head(1, seq, b"h" * 32))
        assert bell.wait(5)
        rings = 1
        while bell.wait(0.05):
            rings += 1
        assert rings < 10
    finally:
        bell.close()


def test_taking_it_down_ends_a_wait_in_another_thread(log):
    bell = log.bell()
    assert bell is not None
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(bell.wait(60)))
    waiting.start()
    time.sleep(0.05)
    began = time.monotonic()
    bell.close()
    waiting.join(5)
    assert answers == [False]
    assert time.monotonic() - began < 5
    assert not bell.wait(0.01), "silent from now on"
    bell.close()


def test_a_folder_that_is_not_there_has_no_bell(tmp_path):
    assert bell_of(tmp_path / "nowhere") is None


@pytest.mark.skipif(sys.platform != "linux", reason="Windows is told of what others do on a share")
def test_linux_is_not_asked_about_network_drives(tmp_path, monkeypatch):
    monkeypatch.setattr("db.folder_bell.mount_of", lambda _path: Mount("cifs", True))
    assert bell_of(tmp_path) is None
