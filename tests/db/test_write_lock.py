"""One process of a profile writes at a time, whatever becomes of the others and of the file."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.write_lock import Busy, WriteLock

_HOLDS = """
import sys, time
from pathlib import Path
from db.write_lock import WriteLock
WriteLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(60)
"""

_COUNTS = """
import sys
from pathlib import Path
from db.write_lock import WriteLock
lock, counted = WriteLock(Path(sys.argv[1])), Path(sys.argv[2])
for _ in range(int(sys.argv[3])):
    with lock.turn():
        counted.write_text(str(int(counted.read_text()) + 1))
lock.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "replica.db.lock"


@pytest.fixture
def two(path: Path) -> Iterator[tuple[WriteLock, WriteLock]]:
    with closing(WriteLock(path, 0.05)) as first, closing(WriteLock(path, 0.05)) as second:
        yield first, second


def test_two_take_turns(two: tuple[WriteLock, WriteLock]) -> None:
    first, second = two
    with first.turn(), pytest.raises(Busy):
        second.acquire()
    with second.turn(), pytest.raises(Busy):
        first.acquire()
    with first.turn():
        pass


def test_who_waits_gets_it_as_soon_as_it_is_free(path: Path) -> None:
    with closing(WriteLock(path)) as first, closing(WriteLock(path)) as second:
        first.acquire()
        timer = threading.Timer(0.2, first.release)
        begun = time.monotonic()
        timer.start()
        with second.turn():
            assert 0.15 < time.monotonic() - begun < 5
        timer.join()


def test_who_holds_it_learns_that_somebody_waits(two: tuple[WriteLock, WriteLock]) -> None:
    first, second = two
    with first.turn():
        first.asked_for()
        assert not first.asked_for()
        time.sleep(0.02)  # file times go in steps of some milliseconds
        with pytest.raises(Busy):
            second.acquire()
        assert first.asked_for()
        assert not first.asked_for()


def test_a_process_that_dies_lets_go_of_it(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert other.stdout is not None
    try:
        assert other.stdout.readline().strip() == b"held"
        with closing(WriteLock(path, 0.05)) as lock, pytest.raises(Busy):
            lock.acquire()
        other.kill()
        other.wait()
        with closing(WriteLock(path, 10)) as lock, lock.turn():
            pass
    finally:
        other.kill()
        other.wait()
        other.stdout.close()


def test_processes_that_all_want_it_never_have_it_at_once(path: Path, tmp_path: Path) -> None:
    """Each reads a number and writes the next one: a turn that two had would lose one."""
    counted = tmp_path / "counted"
    counted.write_text("0")
    words = [sys.executable, "-c", _COUNTS, str(path), str(counted), "100"]
    running = [subprocess.Popen(words, cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [process.wait(100) for process in running] == [0, 0, 0]
    assert counted.read_text() == "300"


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open can't be removed there")
def test_a_file_that_was_removed_locks_out_nobody_and_a_new_one_everybody(
    path: Path, two: tuple[WriteLock, WriteLock]
) -> None:
    first, second = two
    with first.turn():
        pass
    path.unlink()
    with second.turn(), pytest.raises(Busy):
        first.acquire()
    path.unlink()
    with first.turn(), pytest.raises(Busy):
        second.acquire()


def test_letting_go_twice_or_of_nothing_is_nothing(path: Path) -> None:
    lock = WriteLock(path)
    lock.release()
    lock.close()
    with lock.turn():
        pass
    lock.release()
    lock.close()
    lock.close()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WriteLock(tmp_path / "gone" / "replica.db.lock").acquire()
