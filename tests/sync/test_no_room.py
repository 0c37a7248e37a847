"""A full disk and a read-only folder, on the drive and on the own disk: real small disks where the test may mount them.

Each time: one sentence that says whose turn it is, nothing half done, the work kept, and on it goes when there is room.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.archive import Archive
from db.drive import DriveLog
from db.errors import StorageError, StoreUnreachable
from db.rebuild import from_replica
from tests.sync.stations import Station, assert_agree, found, join, settle

MakeDisk = Callable[[str, str], "Disk"]


class Disk:
    """A mounted disk of few megabytes."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        folder.mkdir()
        self._run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
        self._ballast = folder / "ballast"

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)

    def fill(self, leave: int = 0) -> None:
        """Until not a byte more fits, but `leave` of them."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue
            if leave:
                file.truncate(max(0, file.tell() - leave))

    def make_room(self) -> None:
        """Somebody cleaned up."""
        self._ballast.unlink(missing_ok=True)

    def protect(self, on: bool) -> None:
        """Read-only, or not any more."""
        self._run("mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.folder))

    def unmount(self) -> None:
        """At the end."""
        self._run("umount", "-l", str(self.folder))


@pytest.fixture
def make_disk(tmp_path: Path) -> Iterator[MakeDisk]:
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    made: list[Disk] = []

    def make(name: str, size: str) -> Disk:
        try:
            made.append(Disk(tmp_path / name, size))
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no small disk can be mounted here: {error}")
        return made[-1]

    yield make
    for disk in made:
        disk.unmount()


def _pair(own: Path, others: Path, share: Path) -> tuple[Station, Station, bytes]:
    anna = found(own, lambda name: DriveLog(share, name, patience=0.2))
    jo = join(anna, others, lambda name: DriveLog(share, name, patience=0.2), "Jo")
    case = anna.opens("Printer jams")
    settle(anna, jo)
    return anna, jo, case


def test_a_full_drive_keeps_the_work_here_and_takes_it_when_there_is_room(tmp_path: Path, make_disk: MakeDisk) -> None:
    drive = make_disk("share", "1m")
    anna, jo, case = _pair(tmp_path, tmp_path, drive.folder)
    drive.fill()
    tx = anna.edits(case, title="While it was full")
    for _ in range(3):
        with pytest.raises(StorageError, match=r"is full; make room on it\. Your work is kept here and sent later"):
            anna.sync()
    assert anna.case(case)["title"] == "While it was full"
    assert anna.replica.outcome(tx) == ("pending", None)
    assert jo.sync().applied == 0, "who only reads notices nothing"
    drive.make_room()
    settle(anna, jo)
    assert jo.case(case)["title"] == "While it was full"
    assert list(drive.folder.rglob("t.*")) == []
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_read_only_drive_is_read_and_says_that_it_can_not_be_written(tmp_path: Path, make_disk: MakeDisk) -> None:
    drive = make_disk("share", "1m")
    anna, jo, case = _pair(tmp_path, tmp_path, drive.folder)
    jo.edits(case, severity=1)
    jo.sync()
    drive.protect(True)
    anna.edits(case, title="While it was read-only")
    with pytest.raises(StorageError, match=r"can't be written; ask for write permission\. Your work is kept here"):
        anna.sync()
    assert anna.case(case)["severity"] == 1, "what lay there was read all the same"
    drive.protect(False)
    settle(anna, jo)
    assert jo.case(case)["title"] == "While it was read-only"
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_full_disk_here_refuses_a_change_whole_and_goes_on_when_there_is_room(
    tmp_path: Path, make_disk: MakeDisk
) -> None:
    disk = make_disk("profile", "8m")
    share = tmp_path / "share"
    share.mkdir()
    anna, jo, case = _pair(disk.folder, tmp_path, share)
    disk.fill()
    said, before = "", ""
    while not said:  # what was free inside the database's own files is used up first
        before = anna.case(case)["description"]
        try:
            anna.edits(case, description=f"{before[:9]}x" * 10_000)
        except StorageError as error:
            said = str(error)
    assert "is full or failing; make room and try again. Nothing was changed" in said
    assert anna.case(case)["description"] == before, "it can be read, and nothing is half done"
    for n in range(30):
        jo.edits(case, title=f"{n} " + "y" * 20_000)
        jo.sync()
    with pytest.raises(StorageError, match="make room"):
        anna.sync()
    disk.make_room()
    settle(anna, jo)
    anna.edits(case, title="There is room again")
    settle(anna, jo)
    assert jo.case(case)["title"] == "There is room again"
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_read_only_disk_here_is_said_and_what_is_there_can_be_read(tmp_path: Path, make_disk: MakeDisk) -> None:
    disk = make_disk("profile", "8m")
    share = tmp_path / "share"
    share.mkdir()
    anna, jo, case = _pair(disk.folder, tmp_path, share)
    tx = anna.edits(case, title="Before it")
    anna.replica.close()
    disk.protect(True)
    with pytest.raises(StorageError, match="can't be written; check its permissions"):
        anna.restart()
    disk.protect(False)
    anna.restart()
    assert anna.replica.outcome(tx) == ("pending", None)
    settle(anna, jo)
    assert jo.case(case)["title"] == "Before it"
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_drive_that_fills_up_in_the_middle_of_many_changes_loses_none(tmp_path: Path, make_disk: MakeDisk) -> None:
    drive = make_disk("share", "1m")
    anna, jo, case = _pair(tmp_path, tmp_path, drive.folder)
    made = [anna.edits(case, description=f"{n} " + os.urandom(20_000).hex()) for n in range(40)]
    with pytest.raises(StorageError, match="is full"):
        anna.sync()
    assert 0 < anna.replica.pending_count() < len(made), "some went through, the rest waits"
    drive._run("mount", "-o", "remount,size=8m", str(drive.folder))
    settle(anna, jo)
    assert all(jo.replica.outcome(tx) == ("accepted", None) for tx in made)
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_drive_that_is_pulled_out_is_not_an_empty_one(tmp_path: Path, make_disk: MakeDisk) -> None:
    drive = make_disk("share", "1m")
    anna, jo, case = _pair(tmp_path, tmp_path, drive.folder)
    anna.edits(case, title="While it was away")
    aside = tmp_path / "aside"
    aside.mkdir()
    drive._run("mount", "--move", str(drive.folder), str(aside))
    with pytest.raises(StoreUnreachable):
        anna.sync()
    assert list(drive.folder.iterdir()) == [], "nothing is made where the drive was"
    drive._run("mount", "--move", str(aside), str(drive.folder))
    settle(anna, jo)
    assert jo.case(case)["title"] == "While it was away"
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


def test_a_backup_that_finds_no_room_leaves_nothing_behind(make_disk: MakeDisk, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    anna.opens("A case")
    anna.sync()
    small = make_disk("small", "1m")
    small.fill(leave=4096)
    file = small.folder / "desk.zip"

    def back_up() -> None:
        with Archive(file) as archive:
            from_replica(anna.replica, anna.secret, archive.log, anna.clock)

    with pytest.raises(StorageError, match="is full; make room"):
        back_up()
    assert [path.name for path in small.folder.iterdir()] == ["ballast"]
    small.make_room()
    back_up()
    assert [path.name for path in small.folder.iterdir()] == ["desk.zip"]
    anna.replica.close()
