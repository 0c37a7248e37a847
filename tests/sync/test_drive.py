"""The shared log in a folder: the contract, and what real drives do."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.chain import slot_name
from db.drive import DriveLog
from db.errors import StorageError, StoreUnreachable
from db.files import LocalFiles
from db.log import MAX_ENTRY, Head, Hint, Put
from db.turns import short_name
from tests.sync.contract import SharedLogContract
from tests.sync.stations import assert_agree, found, join, settle

_E1 = slot_name(1, ".e")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def log(share: Path) -> DriveLog:
    log = DriveLog(share, "dev", patience=0.2)
    log.create(b"card")
    return log


@pytest.fixture
def shard(share: Path) -> Path:
    return share / "hd" / "log" / "e0001" / "000000000"


def _failing(code: int, times: int = 10**9, call: Callable[..., object] | None = None) -> Callable[..., object]:
    """A system call that fails with `code` so many times and then is `call`."""
    left = [times]

    def fail(*args: object, **more: object) -> object:
        if left[0]:
            left[0] -= 1
            raise OSError(code, os.strerror(code))
        assert call is not None
        return call(*args, **more)

    return fail


class TestDriveLog(SharedLogContract):
    @pytest.fixture
    def open_log(self, share: Path) -> Callable[[], DriveLog]:
        return lambda: DriveLog(share, "dev", patience=0.2)

    @pytest.fixture
    def uproot(self, share: Path) -> Callable[[], None]:
        return lambda: shutil.rmtree(share)


def test_the_tree_on_the_drive_is_as_documented(log: DriveLog, share: Path) -> None:
    log.put(1, 123_456, slot_name(123_456, ".e"), b"x")
    log.announce(Head(1, 123_456, b"\xab" * 32))
    log.put_side("invite", "i1", b"x")
    log.take_side("blob", "ab12", b"x")
    files = sorted(p.relative_to(share).as_posix() for p in share.rglob("*") if p.is_file())
    assert files == [
        "hd/blob/ab/ab12",
        "hd/head",
        "hd/invite/i1",
        "hd/log/e0001/000000123/000000123456.e",
        "hd/store.msg",
    ]
    assert (share / "hd/head").stat().st_size == 64


def test_desks_meet_on_a_folder(tmp_path: Path, share: Path) -> None:
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    jo = join(anna, tmp_path, lambda name: DriveLog(share, name))
    case = anna.opens()
    settle(anna, jo)
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


# -- what lies there that should not ----------------------------------------------------------------------------------
def test_stray_files_are_no_entries(log: DriveLog, shard: Path, share: Path) -> None:
    log.put(1, 1, _E1, b"x")
    for name in ("desktop.ini", "Thumbs.db", ".DS_Store", "t.dev.123456", "000000000001.e~", "000000000002.E",
                 "000000000002.r0", "1.e", "~$000000000002.e", "000000000002.e.tmp"):  # fmt: skip
        (shard / name).write_bytes(b"stray")
    (shard / "folder").mkdir()
    for folder in (share, share / "hd", share / "hd" / "log", shard.parent):
        (folder / "desktop.ini").write_bytes(b"stray")
    assert list(log.slots(1, 0)) == [(1, [_E1])]


@pytest.mark.parametrize(
    "text", [b"", b"garbage", b"0001|000000000009|00|00000000", b"\xff" * 64, b"1|2|3", b"0" * 10_000]
)
def test_a_damaged_hint_is_no_hint(log: DriveLog, share: Path, text: bytes) -> None:
    (share / "hd" / "head").write_bytes(text)
    assert log.hint() is None
    log.announce(Head(1, 7, b"h" * 32))
    assert log.hint() is None or log.hint() == Hint(1, 7)


def test_a_hint_that_was_torn_is_whole_after_the_next_announcement(log: DriveLog, share: Path) -> None:
    log.announce(Head(1, 7, b"h" * 32))
    (share / "hd" / "head").write_bytes(b"0001|0000")
    log.announce(Head(1, 8, b"h" * 32))
    assert log.hint() == Hint(1, 8)


def test_a_folder_in_the_place_of_an_entry_holds_the_place(log: DriveLog, shard: Path) -> None:
    log.put(1, 1, _E1, b"x")
    (shard / slot_name(2, ".e")).mkdir()
    assert [seq for seq, _ in log.slots(1, 0)] == [1, 2]
    assert log.read(1, 2, slot_name(2, ".e")) == b""


def test_no_more_is_read_than_an_honest_entry_holds(log: DriveLog, shard: Path) -> None:
    log.put(1, 1, _E1, b"x")
    with (shard / slot_name(2, ".e")).open("wb") as file:
        file.truncate(MAX_ENTRY * 4)
    assert MAX_ENTRY < len(log.read(1, 2, slot_name(2, ".e")) or b"") < MAX_ENTRY + 10_000


def test_publishing_sweeps_what_crashed_clients_left_a_day_ago(share: Path) -> None:
    first = DriveLog(share)
    first.create(b"card")
    first.put(1, 1, _E1, b"x")
    shard = next((share / "hd" / "log").glob("*/*"))
    old, young = shard / "t.dead.1", shard / "t.busy.1"
    for left in (old, young):
        left.write_bytes(b"half")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    assert DriveLog(share).put(1, 2, slot_name(2, ".e"), b"y") is Put.WON
    assert (old.exists(), young.exists()) == (False, True)


def test_temporaries_of_crashed_clients_are_swept_after_a_day(log: DriveLog, shard: Path) -> None:
    log.put(1, 1, _E1, b"x")
    old, young = shard / "t.dead.000000000000", shard / "t.live.000000000000"
    for path in (old, young):
        path.write_bytes(b"half")
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    os.utime(shard / _E1, (yesterday, yesterday))
    assert log.sweep(1, 1) == 1
    assert sorted(p.name for p in shard.iterdir()) == [_E1, young.name]


def test_nothing_is_left_beside_the_entry(log: DriveLog, shard: Path) -> None:
    log.put(1, 1, _E1, b"x")
    log.put(1, 1, _E1, b"y")
    assert [p.name for p in shard.iterdir()] == [_E1]
    assert (shard / _E1).stat().st_nlink == 1


# -- a drive that fails -----------------------------------------------------------------------------------------------
def test_a_mount_point_without_its_mount_is_no_store(log: DriveLog, share: Path) -> None:
    shutil.rmtree(share / "hd")
    assert log.card() is None
    with pytest.raises(StoreUnreachable, match="can't be reached"):
        log.put(1, 1, _E1, b"x")
    assert list(share.iterdir()) == [], "nothing is written where no store is"


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK])
def test_a_share_without_hard_links_is_named_as_such(
    log: DriveLog, monkeypatch: pytest.MonkeyPatch, code: int, shard: Path
) -> None:
    monkeypatch.setattr("db.files.os.link", _failing(code))
    with pytest.raises(StorageError, match=r"does not support hard links.*use another share"):
        log.put(1, 1, _E1, b"x")
    assert list(shard.iterdir()) == []


def test_a_full_drive_says_so_and_leaves_nothing(log: DriveLog, monkeypatch: pytest.MonkeyPatch, shard: Path) -> None:
    log.put(1, 1, _E1, b"x")
    monkeypatch.setattr("db.files.os.write", _failing(errno.ENOSPC))
    with pytest.raises(StorageError, match=r"is full; make room on it\. Your work is kept here"):
        log.put(1, 2, slot_name(2, ".e"), b"x")
    assert [p.name for p in shard.iterdir()] == [_E1]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_read_only_share_says_so(log: DriveLog, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    log.put(1, 1, _E1, b"x")
    opens = os.open

    def for_reading_only(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(code, os.strerror(code))
        return opens(path, flags, mode)

    monkeypatch.setattr("db.files.os.open", for_reading_only)
    with pytest.raises(StorageError, match="can't be written; ask for write permission"):
        log.put(1, 2, slot_name(2, ".e"), b"x")
    log.announce(Head(1, 1, b"h" * 32))
    assert log.read(1, 1, _E1) == b"x"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write whatever the bits say")
def test_missing_write_permission_is_not_waited_for(share: Path) -> None:
    log = DriveLog(share, patience=30)
    log.create(b"card")
    (share / "hd").chmod(0o555)
    begin = time.monotonic()
    with pytest.raises(StorageError, match="ask for write permission"):
        log.put(1, 1, _E1, b"x")
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("code", [errno.EACCES, errno.ESTALE, errno.EINVAL, errno.EBUSY])
def test_what_antivirus_or_a_stale_handle_hold_is_tried_again(
    log: DriveLog, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    log.put(1, 1, _E1, b"x")
    monkeypatch.setattr("db.files.os.open", _failing(code, 3, os.open))
    assert log.read(1, 1, _E1) == b"x"


def test_a_lost_reply_of_a_link_that_worked_is_won(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def lost_reply(source: str, target: str) -> None:
        link(source, target)
        raise OSError(errno.EIO, "timed out")

    monkeypatch.setattr("db.files.os.link", lost_reply)
    assert log.put(1, 1, _E1, b"mine") is Put.WON


def test_a_lost_reply_of_a_link_that_lost_is_lost(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def raced(source: str, target: str) -> None:
        Path(target).write_bytes(b"theirs")
        raise OSError(errno.EIO, "timed out")

    monkeypatch.setattr("db.files.os.link", raced)
    assert log.put(1, 1, _E1, b"mine") is Put.LOST
    monkeypatch.setattr("db.files.os.link", link)


def test_no_answer_and_nothing_there_is_unknown(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.files.os.link", _failing(errno.EIO))
    assert log.put(1, 1, _E1, b"mine") is Put.UNKNOWN
    assert list(log.slots(1, 0)) == []


def test_an_entry_is_flushed_before_and_after_it_gets_its_name(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def noted(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def noting(*args: object) -> None:
            done.append(name)
            call(*args)

        return noting

    monkeypatch.setattr("db.files.os.fsync", noted("flush", fsync))
    monkeypatch.setattr("db.files.os.link", noted("link", link))
    log.put(1, 1, _E1, b"x")
    assert done == ["flush", "link", "flush"]


def test_what_is_won_by_reading_back_is_flushed_as_well(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def lost_reply(source: str, target: str) -> None:
        link(source, target)
        done.append("link")
        raise OSError(errno.EIO, "timed out")

    def flushed(descriptor: int) -> None:
        done.append("flush")
        fsync(descriptor)

    monkeypatch.setattr("db.files.os.link", lost_reply)
    monkeypatch.setattr("db.files.os.fsync", flushed)
    assert log.put(1, 1, _E1, b"mine") is Put.WON
    assert done == ["flush", "link", "flush"]


def test_a_missing_name_is_never_probed(log: DriveLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.put(1, 1, _E1, b"x")
    probed: list[str] = []
    opens = os.open

    def noted(path: str, *rest: int) -> int:
        probed.append(Path(path).name)
        return opens(path, *rest)

    monkeypatch.setattr("db.files.os.open", noted)
    monkeypatch.setattr("db.files.os.link", _failing(errno.EIO))
    log.put(1, 2, slot_name(2, ".e"), b"y")
    list(log.slots(1, 1))
    log.read(1, 1, _E1)
    assert slot_name(2, ".e") not in probed
    assert _E1 in probed, "the names that are opened are seen here"


def test_a_file_is_read_whole_and_never_further_than_asked(share: Path) -> None:
    files = LocalFiles(share)
    for size in (0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 5_000_000):
        data = os.urandom(size)
        (share / "file").write_bytes(data)
        for most in (1, 64 * 1024, 64 * 1024 + 1, 4_500_000, 33_000_000):
            assert files.read("file", most) == data[:most]


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The steady clock, which stands still until it is moved: who is first in line is passed over after half a second,
    and so long a busy machine may take from one step of a test to the next."""
    now = [time.monotonic()]
    monkeypatch.setattr("db.drive.time.monotonic", lambda: now[0])
    return now


def test_who_is_publishing_is_let_go_first_and_what_a_crash_left_is_not_waited_for(
    tmp_path: Path, share: Path, shard: Path, steady: list[float]
) -> None:
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    assert isinstance(anna.log, DriveLog)
    theirs = shard / "t.0123abcd.000000000001"
    theirs.touch()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            theirs.unlink()

    anna.syncer._sleep = nap
    anna.opens()
    anna.sync()
    assert (len(naps), anna.replica.pending_count()) == (3, 0)
    theirs.touch()
    list(anna.log.slots(1, 0))
    assert anna.log.ahead() == 1
    steady[0] += 1
    list(anna.log.slots(1, 0))
    assert anna.log.ahead() == 0
    anna.replica.close()


@pytest.mark.usefixtures("steady")
def test_writers_stand_in_line_in_the_order_they_came(tmp_path: Path, share: Path, shard: Path) -> None:
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    logs = [DriveLog(share, f"w{n}") for n in range(3)]
    for log in logs:
        list(log.slots(1, 0))
        log.stand_in_line(1, 2)
        log.stand_in_line(1, 3)  # the same folder: the same place
    for log in logs:
        list(log.slots(1, 0))
    assert [log.ahead() for log in logs] == [0, 1, 2]
    assert logs[0].put(1, 2, slot_name(2, ".e"), b"x") is Put.WON
    logs[1].leave_the_line()
    list(logs[2].slots(1, 0))
    assert logs[2].ahead() == 0
    logs[2].close()
    assert not [path for path in shard.iterdir() if path.name.startswith("t.")]
    anna.replica.close()


@pytest.mark.usefixtures("steady")
def test_whose_entry_was_read_is_not_waited_for(tmp_path: Path, share: Path, shard: Path) -> None:
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    log = DriveLog(share, "w")
    (shard / f"t.{short_name(anna.secret.device)}.000000000001").touch()
    list(log.slots(1, 0))
    assert log.ahead() == 1
    log.used_their_turn([anna.secret.device])
    assert log.ahead() == 0
    list(log.slots(1, 0))
    assert log.ahead() == 0
    anna.replica.close()


def test_a_round_that_fails_leaves_nothing_in_the_line(
    tmp_path: Path, share: Path, shard: Path, steady: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    anna.syncer._heard = steady[0]
    anna.opens()
    monkeypatch.setattr(anna.syncer, "_publish", _raising(StoreUnreachable("gone")))
    with pytest.raises(StoreUnreachable):
        anna.sync()
    assert not [path for path in shard.iterdir() if path.name.startswith("t.")]
    anna.replica.close()


def _raising(error: Exception) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's rights are handed down there")
def test_what_everybody_writes_is_as_writable_as_the_folder(share: Path) -> None:
    share.chmod(0o2775)
    before = os.umask(0o022)
    try:
        log = DriveLog(share)
        assert log.create(b"card")
        assert log.put(1, 1, _E1, b"x") is Put.WON
        log.announce(Head(1, 1, b"\0" * 32))
        log.put_side("dev", "a.h", b"here")
        made = [
            share / "hd",
            share / "hd" / "head",
            (share / "hd" / "log" / "e0001" / "000000000"),
            share / "hd" / "dev",
        ]
        assert all(path.stat().st_mode & 0o020 for path in made)
        assert not any(path.stat().st_mode & 0o002 for path in made)
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's rights are handed down there")
def test_a_head_that_only_its_maker_may_write_is_replaced(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = DriveLog(share)
    assert log.create(b"card")
    log.announce(Head(1, 1, b"\0" * 32))
    first, opens = (share / "hd" / "head").stat().st_ino, os.open

    def denied(path: str, *rest: int) -> int:
        if path.endswith("hd/head") and Path(path).exists() and Path(path).stat().st_ino == first:
            raise PermissionError(errno.EACCES, "denied")
        return opens(path, *rest)

    monkeypatch.setattr("db.files.os.open", denied)
    log.announce(Head(1, 2, b"\0" * 32))
    monkeypatch.undo()
    assert log.hint() == Hint(1, 2)
