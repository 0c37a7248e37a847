"""Contents of attachments between workstations: chunks first and the entry last, whatever happens in between.

Real desks on a folder; chunks are cut small so that a file of some kilobytes has several.
"""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import db.chunks
from app.desk import Desk
from app.errors import UserError
from app.work.attachments import Where
from app.work.cases import NewCase
from db.blobs import ChunkDamaged, ChunkStore, chunk_name, open_chunk, seal_chunk
from db.drive import DriveLog
from db.errors import StorageError
from tests.desks import Clock, found_desk, join_desk

SMALL = 1000
DAY = 24 * 60


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.chunks, "CHUNK", SMALL)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def anna(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = found_desk(tmp_path, clock=clock)
    yield desk
    desk.close()


@pytest.fixture
def jo(anna: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = join_desk(anna, tmp_path)
    anna.sync_round()
    yield desk
    desk.close()


@pytest.fixture
def case(anna: Desk, jo: Desk) -> bytes:
    case = anna.cases.new(NewCase(title="Printer is on fire", severity=2)).case_id
    anna.sync_round()
    jo.sync_round()
    return case


@pytest.fixture
def blobs(tmp_path: Path) -> Path:
    return tmp_path / "share" / "hd" / "blob"


def _bytes(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def _names(blobs: Path) -> list[str]:
    return sorted(path.name for path in blobs.glob("??/*"))


def _attach(desk: Desk, case: bytes, data: bytes, name: str = "trace.bin") -> bytes:
    file = desk.attachments.keep(name, data)
    desk.cases.attach(case, [file])
    return file.sha256


def _fetched(desk: Desk, sha256: bytes) -> bytes:
    assert desk.attachments.fetch(sha256, "trace.bin")
    return desk.attachments.read(sha256)


def _files_of(desk: Desk, case: bytes) -> list[str]:
    return [line.name for line in desk.present.case(case).attachments]


# -- from one to the other --------------------------------------------------------------------------------------------
def test_a_file_goes_to_the_store_in_sealed_chunks_and_comes_back_on_demand(
    anna: Desk, jo: Desk, case: bytes, blobs: Path, tmp_path: Path
) -> None:
    data = _bytes(3 * SMALL + 7)
    sha256 = _attach(anna, case, data)
    assert anna.attachments.where([sha256]) == {sha256: Where.GOING}
    anna.sync_round()
    assert anna.attachments.where([sha256]) == {sha256: Where.HERE}
    jo.sync_round()
    assert _files_of(jo, case) == ["trace.bin"]
    assert jo.attachments.where([sha256]) == {sha256: Where.STORE}
    seen = []
    assert jo.attachments.fetch(sha256, "trace.bin", on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    jo.attachments.save(sha256, tmp_path / "copy.bin")
    assert (tmp_path / "copy.bin").read_bytes() == data
    assert list(tmp_path.glob("*.part")) == []
    assert len(_names(blobs)) == 4


def test_who_was_not_invited_learns_neither_content_nor_hash(anna: Desk, case: bytes, blobs: Path) -> None:
    data = b"Kaffee " * 100
    sha256 = _attach(anna, case, data)
    anna.sync_round()
    (path,) = blobs.glob("??/*")
    assert b"Kaffee" not in path.read_bytes()
    assert sha256.hex() not in path.name
    assert path.name == chunk_name(sha256, anna.secret().desk_keys[1]) != chunk_name(sha256, b"\0" * 32)


def test_the_same_content_lies_on_the_store_once(anna: Desk, jo: Desk, case: bytes, blobs: Path) -> None:
    data = _bytes(2 * SMALL)
    _attach(anna, case, data, "a.bin")
    _attach(anna, case, data, "b.bin")
    _attach(jo, case, data, "c.bin")
    anna.sync_round()
    jo.sync_round()
    grown = _attach(jo, case, data + b"more", "log.bin")
    jo.sync_round()
    anna.sync_round()
    assert sorted(_files_of(anna, case)) == ["a.bin", "b.bin", "c.bin", "log.bin"]
    assert len(_names(blobs)) == 3, "a log that grew shares its first chunks with what it was"
    assert _fetched(anna, grown) == data + b"more"


def test_after_a_new_desk_key_old_chunks_are_found_and_new_ones_are_named_by_it(anna: Desk, case: bytes) -> None:
    keys = dict(anna.secret().desk_keys)
    store = ChunkStore(DriveLog(Path(anna.where), "t"), keys)
    old, new = _bytes(10, 1), _bytes(10, 2)
    digests = [hashlib.sha256(data).digest() for data in (old, new)]
    store.put(digests[0], old)
    keys[2] = b"k" * 32
    store.put(digests[1], new)
    assert [store.get(digest) for digest in digests] == [old, new]
    removed = ChunkStore(DriveLog(Path(anna.where), "t"), {1: keys[1]})
    assert [removed.get(digest) for digest in digests] == [old, None]


def test_undoing_the_note_takes_its_file_out_of_the_case(anna: Desk, jo: Desk, case: bytes) -> None:
    file = anna.attachments.keep("trace.bin", _bytes(SMALL))
    done = anna.cases.note(case, "See file", files=[file])
    anna.undoing.undo(done.tx_id)
    anna.sync_round()
    jo.sync_round()
    assert _files_of(jo, case) == []


# -- on the way -------------------------------------------------------------------------------------------------------
class _Breaking:
    """A drive that breaks at the n-th chunk that is taken."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: Exception) -> None:
        self.taken = 0
        take = DriveLog.take_side

        def broken(log: DriveLog, kind: str, name: str, data: bytes) -> bool:
            if self.taken == at:
                raise error
            self.taken += 1
            return take(log, kind, name, data)

        monkeypatch.setattr(DriveLog, "take_side", broken)


def test_an_upload_that_was_cut_off_publishes_nothing_and_goes_on_where_it_was(
    anna: Desk, jo: Desk, case: bytes, blobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _bytes(5 * SMALL)
    sha256 = _attach(anna, case, data)
    with monkeypatch.context() as patch:
        _Breaking(patch, 3, StorageError("the process ended here"))
        with pytest.raises(StorageError, match="ended here"):
            anna.sync_round()
    jo.sync_round()
    assert _files_of(jo, case) == []
    assert len(_names(blobs)) == 3
    with monkeypatch.context() as patch:
        counted = _Breaking(patch, 99, StorageError(""))
        result = anna.sync_round()
        assert (counted.taken, result.sent, result.pending) == (2, 2, 0)
    jo.sync_round()
    assert _fetched(jo, sha256) == data


def test_a_claim_does_not_wait_for_a_large_file_but_what_builds_on_the_file_does(
    anna: Desk, jo: Desk, case: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = anna.cases.new(NewCase(title="Another", severity=3)).case_id
    anna.sync_round()
    file = anna.attachments.keep("video.mp4", _bytes(4 * SMALL))
    anna.cases.note(case, "See video", files=[file])
    anna.cases.note(case, "And this after it")
    anna.cases.claim(other)
    _Breaking(monkeypatch, 1, StorageError("the drive is away"))
    with pytest.raises(StorageError, match="drive is away"):
        anna.sync_round()
    jo.sync_round()
    assert jo.present.case(other).row["work_owner_id"] == anna.me
    assert [e.text for e in jo.present.case(case).entries if e.kind == "note"] == []
    assert anna.replica.pending_count() == 2
    assert anna.replica.digest == anna.replica.rows_digest(), "out of its order it counts the same"


def test_an_upload_ends_when_the_program_does_and_the_next_round_goes_on(
    anna: Desk, jo: Desk, case: bytes, blobs: Path
) -> None:
    sha256 = _attach(anna, case, _bytes(4 * SMALL))
    asked = iter([False, False, True])
    result = anna.sync_round(stopping=lambda: next(asked))
    assert (result.sent, result.pending, len(_names(blobs))) == (2, 1, 2)
    anna.sync_round()
    jo.sync_round()
    assert len(_fetched(jo, sha256)) == 4 * SMALL


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_read_only_drive_keeps_the_file_and_goes_on_when_there_is_room(
    anna: Desk, jo: Desk, case: bytes, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = _attach(anna, case, _bytes(3 * SMALL))
    with monkeypatch.context() as patch:
        writes = [0]

        def full(*_args: object) -> None:
            writes[0] += 1
            if writes[0] > 1:
                raise OSError(code, os.strerror(code))

        patch.setattr("db.files._LocalFile.flush", full)
        with pytest.raises(StorageError, match=r"is full; make room|can't be written; ask for write permission"):
            anna.sync_round()
    assert anna.replica.pending_count() == 1
    anna.sync_round()
    jo.sync_round()
    assert len(_fetched(jo, sha256)) == 3 * SMALL


def test_a_full_disk_here_is_said_and_nothing_is_attached(
    anna: Desk, case: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("db.chunks.os.fsync", full)
        with pytest.raises(StorageError, match="make room on the disk"):
            anna.attachments.keep("trace.bin", _bytes(SMALL))
    folder = anna.profile.chunks
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert _attach(anna, case, _bytes(SMALL))


# -- back again -------------------------------------------------------------------------------------------------------
def test_without_the_drive_a_file_says_where_it_is(anna: Desk, jo: Desk, case: bytes, tmp_path: Path) -> None:
    sha256 = _attach(anna, case, _bytes(SMALL))
    anna.sync_round()
    jo.sync_round()
    (tmp_path / "share").rename(tmp_path / "unplugged")
    with pytest.raises(UserError, match=r"trace.bin is on the drive, which is not reachable now"):
        jo.attachments.fetch(sha256, "trace.bin")
    assert len(_fetched(anna, sha256)) == SMALL, "who added it has it"
    (tmp_path / "unplugged").rename(tmp_path / "share")
    assert len(_fetched(jo, sha256)) == SMALL


def test_a_download_that_was_cut_off_fetches_only_what_is_missing(
    anna: Desk, jo: Desk, case: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = _attach(anna, case, _bytes(4 * SMALL))
    anna.sync_round()
    jo.sync_round()
    asked = iter([False, False, True])
    assert not jo.attachments.fetch(sha256, "trace.bin", stopping=lambda: next(asked))
    gets = []
    get = DriveLog.get_side

    def counted(log: DriveLog, kind: str, name: str) -> bytes | None:
        gets.append(name)
        return get(log, kind, name)

    monkeypatch.setattr(DriveLog, "get_side", counted)
    assert len(_fetched(jo, sha256)) == 4 * SMALL
    assert len(gets) == 2


@pytest.mark.parametrize("harm", ["flip", "truncate", "zero", "delete", "another's"])
def test_a_damaged_chunk_is_refused_and_healed_by_whoever_has_it(
    anna: Desk, jo: Desk, case: bytes, blobs: Path, clock: Clock, harm: str
) -> None:
    data = _bytes(2 * SMALL)
    sha256 = _attach(anna, case, data)
    anna.sync_round()
    jo.sync_round()
    paths = sorted(blobs.glob("??/*"))
    raw = paths[0].read_bytes()
    if harm == "delete":
        paths[0].unlink()
    else:
        paths[0].write_bytes({
            "flip": raw[:50] + bytes([raw[50] ^ 1]) + raw[51:], "truncate": raw[: len(raw) // 2],
            "zero": bytes(len(raw)), "another's": paths[1].read_bytes(),
        }[harm])  # fmt: skip
    with pytest.raises(UserError, match="missing or damaged on the drive"):
        jo.attachments.fetch(sha256, "trace.bin")
    clock.pass_minutes(2)
    healed = anna.sync_round().healed
    assert healed == [paths[0].name]
    assert _fetched(jo, sha256) == data
    assert DriveLog(Path(anna.where), "t").sides("want") == []


def test_a_row_that_lies_about_its_content_shows_nothing(anna: Desk, jo: Desk, case: bytes) -> None:
    honest = anna.attachments.keep("a.bin", _bytes(SMALL, 1))
    with anna.replica.local() as raw:
        raw.execute("UPDATE kept_file SET sha256 = ? WHERE sha256 = ?", (b"\7" * 32, honest.sha256))
    anna.cases.attach(case, [type(honest)(b"\7" * 32, "a.bin", "image/png", SMALL)])
    anna.sync_round()
    jo.sync_round()
    assert jo.attachments.fetch(b"\7" * 32, "a.bin")
    with pytest.raises(UserError, match="not what its name in the log says"):
        jo.attachments.read(b"\7" * 32)


def test_what_the_own_disk_spoiled_is_fetched_anew(anna: Desk, case: bytes) -> None:
    data = _bytes(2 * SMALL)
    sha256 = _attach(anna, case, data)
    anna.sync_round()
    path = next(anna.profile.chunks.glob("??/*"))
    path.write_bytes(b"x" * SMALL)
    with pytest.raises(UserError, match="spoiled on this disk"):
        anna.attachments.read(sha256)
    assert _fetched(anna, sha256) == data


@pytest.mark.expects_log("lost on this disk before it could be sent")
def test_a_content_lost_before_it_was_sent_does_not_hold_the_rest_back(anna: Desk, jo: Desk, case: bytes) -> None:
    file = anna.attachments.keep("trace.bin", _bytes(SMALL))
    anna.cases.note(case, "See file", files=[file])
    shutil.rmtree(anna.profile.chunks)
    assert anna.sync_round().pending == 0
    jo.sync_round()
    with pytest.raises(UserError, match="missing or damaged"):
        jo.attachments.fetch(file.sha256, "trace.bin")


# -- room here and on the drive ---------------------------------------------------------------------------------------
def test_room_is_made_by_what_was_used_longest_ago_and_never_by_what_is_not_sent(
    anna: Desk, case: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = anna.attachments.chunks
    sent = [_attach(anna, case, _bytes(SMALL, n)) for n in range(4)]
    anna.sync_round()
    unsent = _attach(anna, case, _bytes(SMALL, 9))
    for age, sha256 in enumerate([unsent, *sent]):
        os.utime(chunks._path(sha256), (1e9 + age, 1e9 + age))
    anna.attachments.read(sent[0])
    assert chunks.trim(3 * SMALL, anna.attachments.contents.must_stay()) == 3 * SMALL
    here = anna.attachments.are_here([unsent, *sent])
    assert here == {unsent, sent[0]}
    assert len(_fetched(anna, sent[1])) == SMALL


def test_a_forgotten_draft_lets_its_file_go_after_a_month(anna: Desk, clock: Clock) -> None:
    kept = anna.attachments.keep("a.bin", _bytes(SMALL, 1))
    forgotten = anna.attachments.keep("b.bin", _bytes(SMALL, 2))
    anna.drafts.keep("note:x", f'{{"files": [["{kept.sha256.hex()}"]]}}')
    assert anna.attachments.contents.must_stay() == {kept.sha256, forgotten.sha256}
    clock.pass_minutes(31 * DAY)
    assert anna.attachments.contents.must_stay() == {kept.sha256}


def test_a_collection_marks_first_and_removes_much_later(
    anna: Desk, jo: Desk, case: bytes, blobs: Path, clock: Clock
) -> None:
    _attach(anna, case, _bytes(SMALL, 1), "stays.bin")
    file = anna.attachments.keep("goes.bin", _bytes(2 * SMALL, 2))
    done = anna.cases.attach(case, [file])
    anna.sync_round()
    anna.undoing.undo(done.tx_id)
    first = anna.attachments.collect(30)
    assert (first.chunks, first.named, first.marked, first.removed) == (3, 1, 2, 0)
    clock.pass_minutes(29 * DAY)
    assert anna.attachments.collect(30).removed == 0
    clock.pass_minutes(2 * DAY)
    last = anna.attachments.collect(30)
    assert (last.removed, last.marked, len(_names(blobs))) == (2, 0, 1)
    with pytest.raises(UserError, match="Only an administrator"):
        jo.attachments.collect(30)
    with pytest.raises(UserError, match="two days"):
        anna.attachments.collect(1)


def test_who_adds_a_marked_content_again_keeps_it_from_being_removed(
    anna: Desk, jo: Desk, case: bytes, clock: Clock
) -> None:
    data = _bytes(2 * SMALL)
    file = anna.attachments.keep("a.bin", data)
    done = anna.cases.attach(case, [file])
    anna.sync_round()
    anna.undoing.undo(done.tx_id)
    assert anna.attachments.collect(30).marked == 2
    clock.pass_minutes(31 * DAY)
    jo.sync_round()
    sha256 = _attach(jo, case, data)
    asked = iter([False, False, True])
    jo.sync_round(stopping=lambda: next(asked))  # his chunks are there, his entry is not
    assert anna.attachments.collect(30).removed == 0, "they were sealed anew"
    jo.sync_round()
    anna.sync_round()
    shutil.rmtree(anna.profile.chunks)
    assert _fetched(anna, sha256) == data


def test_who_adds_a_content_in_the_moment_of_its_removal_still_has_it_on_the_store(
    anna: Desk, jo: Desk, case: bytes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _bytes(SMALL)
    file = anna.attachments.keep("a.bin", data)
    done = anna.cases.attach(case, [file])
    anna.sync_round()
    anna.undoing.undo(done.tx_id)
    assert anna.attachments.collect(30).marked == 1
    clock.pass_minutes(31 * DAY)
    jo.sync_round()
    sha256 = _attach(jo, case, data)
    remove = DriveLog.remove_side

    def and_jo_is_faster(log: DriveLog, kind: str, name: str) -> None:
        if kind == "blob" and jo.replica.pending_count():
            jo.sync_round()  # looked before, renews and publishes now
        remove(log, kind, name)

    monkeypatch.setattr(DriveLog, "remove_side", and_jo_is_faster)
    assert anna.attachments.collect(30).removed == 0
    monkeypatch.undo()
    monkeypatch.setattr(db.chunks, "CHUNK", SMALL)
    shutil.rmtree(anna.profile.chunks)
    anna.sync_round()
    assert _fetched(anna, sha256) == data


# -- one chunk --------------------------------------------------------------------------------------------------------
def test_a_chunk_opens_only_as_itself() -> None:
    key = b"k" * 32
    plain = b"a" * 900
    digest = hashlib.sha256(plain).digest()
    raw = seal_chunk(plain, 3, key)
    assert open_chunk(raw, digest, {3: key}) == plain
    assert len(raw) < 200, "compressed where that helps"
    assert raw != seal_chunk(plain, 3, key)
    for wrong, keys in [(raw[:-1], {3: key}), (raw, {1: key}), (raw, {3: b"x" * 32}), (b"", {3: key}),
                        (b"HDB1" + raw[4:5] + raw[5:], {})]:  # fmt: skip
        with pytest.raises(ChunkDamaged):
            open_chunk(wrong, digest, keys)
    with pytest.raises(ChunkDamaged):
        open_chunk(raw, b"\1" * 32, {3: key})
