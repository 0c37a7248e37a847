"""A share is made again from any replica or from a backup, and is the same desk; a damaged entry can be given up."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from db.archive import Archive
from db.chain import slot_name
from db.drive import DriveLog
from db.errors import StorageError, StoreDamaged
from db.packs import pieces
from db.rebuild import copied, from_replica
from db.verify import verify
from tests.sync.forgery import plant
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, bare, enrol, join, settle

MakeLog = Callable[[str], MemoryLog]


def _moves_to(station: Station, log: DriveLog | MemoryLog) -> None:
    """The workstation finds its store at another place from now on."""
    station.log = log
    station.__post_init__()


def _folder(tmp_path: Path, name: str = "new") -> DriveLog:
    (tmp_path / name).mkdir(exist_ok=True)
    return DriveLog(tmp_path / name, "test", patience=0.2)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten entries to a pack, the newest ten loose."""
    monkeypatch.setattr("db.rebuild.SHARD", 10)
    monkeypatch.setattr("db.rebuild.QUIET", 10)


def _work(anna: Station, jo: Station) -> None:
    case = anna.opens("Known to both")
    for n in range(30):
        anna.edits(case, title=f"Turn {n}")
        anna.sync()
    settle(anna, jo)


@pytest.mark.usefixtures("small")
def test_any_replica_makes_the_share_again(anna: Station, jo: Station, tmp_path: Path) -> None:
    _work(anna, jo)
    jo.opens("Not sent yet")
    target = _folder(tmp_path)
    made = from_replica(jo.replica, jo.secret, target, jo.clock)
    assert (made.entries, made.missing) == (jo.replica.head.seq, 0)
    assert pieces(target)[0].first == 1
    assert not (tmp_path / "new" / "hd" / "log" / "e0001" / "000000000" / "000000000001.e").exists()
    for station in (anna, jo):
        _moves_to(station, _folder(tmp_path))
        assert verify(station.replica, target, station.secret.desk_keys).ok
    settle(jo, anna)
    kim = join(anna, tmp_path, lambda _name: _folder(tmp_path), "Kim")
    settle(anna, jo, kim)
    assert kim.count("case") == 2
    assert_agree(anna, jo, kim)
    kim.replica.close()
    assert from_replica(jo.replica, jo.secret, target, jo.clock).entries == jo.replica.head.seq, "again does no harm"


@pytest.mark.usefixtures("small")
def test_a_desk_that_was_set_back_is_made_again_with_its_epochs(
    anna: Station, jo: Station, tmp_path: Path, expect_log
) -> None:
    expect_log("an administrator set the desk back")
    _work(anna, jo)
    anna.set_back(15)
    _work(anna, jo)
    target = _folder(tmp_path)
    from_replica(anna.replica, anna.secret, target, anna.clock)
    for station in (anna, jo):
        _moves_to(station, _folder(tmp_path))
    for key in list(target.sides("snap")):
        target.remove_side("snap", key)
    kim = join(anna, tmp_path, lambda _name: _folder(tmp_path), "Kim")
    assert (kim.replica.floor.seq, kim.replica.head.epoch) == (0, 2), "read from the first entry through both"
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    assert verify(kim.replica, kim.syncer.log, kim.secret.desk_keys).ok
    kim.replica.close()


@pytest.mark.usefixtures("small")
def test_a_replica_that_began_with_a_snapshot_takes_what_it_lacks_from_the_old_store(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog
) -> None:
    _work(anna, jo)
    invitation = anna.invites("Kim")
    anna.syncer.snapshots.make()
    kim = bare(anna, tmp_path, make_log, "Kim")
    kim.sync()
    enrol(kim, *invitation)
    kim.sync()
    assert kim.replica.floor.seq > 0
    assert from_replica(kim.replica, kim.secret, _folder(tmp_path), kim.clock, kim.log).missing == 0
    alone = _folder(tmp_path, "alone")
    made = from_replica(kim.replica, kim.secret, alone, kim.clock)
    assert made.missing == kim.replica.floor.seq
    lee = bare(anna, tmp_path, lambda _name: alone, "Lee")
    lee.sync()
    assert lee.replica.head == kim.replica.head
    for station in (kim, lee):
        station.replica.close()


@pytest.mark.usefixtures("small")
def test_a_backup_is_the_share_in_one_file(anna: Station, jo: Station, tmp_path: Path) -> None:
    _work(anna, jo)
    file = tmp_path / "desk.zip"
    with Archive(file) as archive:
        from_replica(anna.replica, anna.secret, archive.log, anna.clock)
        assert not file.exists(), "it takes its name when it is whole"
    with Archive(file, reading=True) as archive:
        made = copied(archive.log, _folder(tmp_path))
        again = copied(archive.log, _folder(tmp_path))
    assert (made.differing, again.differing) == (0, 0)
    anna.opens("After the backup")
    settle(anna, jo)
    for station in (anna, jo):
        _moves_to(station, _folder(tmp_path))
    settle(jo, anna)
    assert_agree(anna, jo)
    assert verify(jo.replica, jo.syncer.log, jo.secret.desk_keys).ok, "what came after it was put back"


def test_a_backup_that_broke_off_leaves_nothing_and_none_is_overwritten(anna: Station, tmp_path: Path) -> None:
    file = tmp_path / "desk.zip"

    def breaks_off() -> None:
        with Archive(file) as archive:
            archive.write("a", b"x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("desk")] == []
    file.write_bytes(b"mine")
    with pytest.raises(StorageError, match="is there already"):
        Archive(file)
    with pytest.raises(StorageError, match="is no whole backup"):
        Archive(file, reading=True)


def test_what_is_damaged_in_a_backup_is_named_and_the_rest_comes_back(
    anna: Station, jo: Station, tmp_path: Path
) -> None:
    _work(anna, jo)
    file = tmp_path / "desk.zip"
    with Archive(file) as archive:
        from_replica(anna.replica, anna.secret, archive.log, anna.clock)
    lost = anna.replica.head.seq - 1
    data = bytearray(file.read_bytes())
    raw = anna.replica.entry(lost)
    assert raw is not None
    data[data.index(raw) + 40] ^= 1
    file.write_bytes(data)
    with Archive(file, reading=True) as archive:
        made = copied(archive.log, _folder(tmp_path))
    assert (made.damaged, made.unread) == ([lost], 0)
    for station in (anna, jo):
        _moves_to(station, _folder(tmp_path))
    settle(anna, jo)
    assert _folder(tmp_path).read(1, lost, f"{lost:012d}.e") == raw, "who has it puts it back"
    anna.opens("Afterwards")
    settle(anna, jo)
    assert_agree(anna, jo)


def test_whatever_happened_to_a_backup_is_one_sentence_or_told(anna: Station, tmp_path: Path) -> None:
    anna.opens("A case")
    anna.sync()
    file = tmp_path / "desk.zip"
    with Archive(file) as archive:
        from_replica(anna.replica, anna.secret, archive.log, anna.clock)
    whole, chance = file.read_bytes(), random.Random(7)
    said, told = list[str](), 0
    for n in range(150):
        data = bytearray(whole)
        if n % 3:
            at = chance.randrange(len(data))
            data[at : at + 4] = chance.randbytes(4)
        else:
            del data[chance.randrange(len(data)) :]
        file.write_bytes(data)
        try:
            with Archive(file, reading=True) as archive:
                made = copied(archive.log, _folder(tmp_path, f"restored{n}"))
            told += bool(made.damaged or made.unread)
        except StorageError as error:
            said.append(str(error))
    assert len(said) > 40
    assert all(sentence.endswith(".") for sentence in said)
    assert told > 10


def test_another_desk_s_share_is_never_written(anna: Station, tmp_path: Path) -> None:
    target = _folder(tmp_path)
    target.create(b"another card")
    anna.sync()
    with pytest.raises(StorageError, match="holds another help desk"):
        from_replica(anna.replica, anna.secret, target, anna.clock)


def test_a_share_that_went_on_without_us_is_not_mixed_with_ours(anna: Station, jo: Station, store: MemoryStore) -> None:
    backup = dict(store.files)
    anna.opens()
    anna.sync()
    store.files = backup
    jo.opens("Instead")
    jo.sync()
    with pytest.raises(StorageError, match="has another entry"):
        from_replica(anna.replica, anna.secret, anna.log, anna.clock)


# -- repair -----------------------------------------------------------------------------------------------------------
def test_garbage_that_nobody_can_heal_is_given_up_by_an_administrator(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log("is damaged")
    settle(anna, jo, kim)
    case = kim.opens("Only Kim knows it")
    kim.sync()
    seq = kim.replica.head.seq
    plant(store, seq, ".e", b"HDE1 torn")
    anna.opens("Waits")
    with pytest.raises(StoreDamaged, match="is damaged"):
        anna.sync()
    with pytest.raises(StorageError, match="only an administrator"):
        jo.syncer.repair()
    assert anna.syncer.repair() == seq
    settle(anna, jo)
    assert anna.syncer.repair() == 0
    assert_agree(anna, jo)
    expect_log("went on without this workstation")
    kim.clock.pass_minutes(1)
    settle(kim, anna, jo)
    assert anna.case(case)["title"] == "Only Kim knows it"
    assert_agree(anna, jo, kim)


def test_what_somebody_can_heal_is_healed_and_not_given_up(anna: Station, store: MemoryStore) -> None:
    anna.opens()
    anna.sync()
    seq = anna.replica.head.seq
    plant(store, seq, ".e", b"")
    assert anna.syncer.repair() == 0
    assert (1, seq, slot_name(seq, ".r1")) in store.files
