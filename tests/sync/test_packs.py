"""Old entries lie in packs and read the same; loose ones go when nobody needs them; who comes later begins anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from db import compaction, packs
from db.capture import RowChange
from db.chain import slot_name
from db.compaction import Limit
from db.errors import NoWayOn, StorageError, StoreUnreachable
from db.packs import KIND, pieces, whole
from tests.sync import forgery
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, arrive, assert_agree, bare, enrol, join, settle

MakeLog = Callable[[str], MemoryLog]
TEN = 10
"""Entries to a shard in these tests."""


def _work(anna: Station, until: int) -> None:
    """Entries up to that one."""
    case = anna.opens("A case with many turns")
    while anna.replica.head.seq < until:
        anna.edits(case, title=f"Turn {anna.replica.head.seq}")
        anna.sync()


def _pack(station: Station) -> int:
    put = 0
    while more := packs.pack(station.replica, station.syncer.log, quiet=TEN, shard=TEN):
        put += more
    return put


def _snapshots(anna: Station, jo: Station, count: int = 2) -> None:
    for _ in range(count):
        anna.opens()
        settle(anna, jo)
        anna.syncer.snapshots.make()
        assert jo.syncer.snapshots.answer() == []


def _compact(anna: Station, **how: bool) -> Limit:
    return anna.housekeeping.compact(age_ms=-1, shard=TEN, **how)


def test_packed_entries_read_like_loose_ones(anna: Station, jo: Station, store: MemoryStore) -> None:
    _work(anna, 45)
    assert _pack(anna) == 29
    assert [(p.first, p.last) for p in pieces(anna.log)] == [(1, 9), (10, 19), (20, 29)]
    log = whole(MemoryLog(store))
    before = {(seq, name): log.read(1, seq, name) for seq, names in log.slots(1, 0) for name in names}
    for seq in range(1, 26):
        del store.files[1, seq, slot_name(seq, ".e")]
    after = {(seq, name): log.read(1, seq, name) for seq, names in log.slots(1, 0) for name in names}
    assert after == before
    assert log.oldest(1) == 1
    assert _pack(jo) == 0 or pieces(jo.log) == pieces(anna.log)


def test_everybody_makes_the_same_packs(anna: Station, jo: Station, store: MemoryStore) -> None:
    _work(anna, 35)
    jo.sync()
    _pack(anna)
    made = dict(store.side)
    store.side.clear()
    _pack(jo)
    assert store.side == made


def test_an_entry_that_is_longer_than_a_pack_stays_loose(anna: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.packs._PIECE", 4000)
    _work(anna, 4)
    anna.opens("Long", description=os.urandom(6000).hex())
    _work(anna, 35)
    assert packs.pack(anna.replica, anna.syncer.log, quiet=TEN, shard=TEN) > 0
    assert pieces(anna.log)[-1].last == 4
    monkeypatch.setattr("db.packs._PIECE", 4_000_000)
    assert packs.pack(anna.replica, anna.syncer.log, quiet=TEN, shard=TEN) == 5


def test_a_damaged_pack_is_passed_over(anna: Station, store: MemoryStore, expect_log) -> None:
    expect_log("is damaged and was passed over")
    _work(anna, 35)
    _pack(anna)
    for key in [key for key in store.side if key[0] == KIND]:
        store.side[key] = store.side[key][:-1]
    for seq in range(1, 10):
        del store.files[1, seq, slot_name(seq, ".e")]
    assert list(whole(MemoryLog(store)).slots(1, 0))[-1][1] == []


def test_nothing_is_dropped_before_its_time(anna: Station, jo: Station) -> None:
    _work(anna, 35)
    settle(anna, jo)
    limit = lambda **more: compaction.limit(  # noqa: E731
        anna.replica, anna.syncer.log, anna.syncer.snapshots, anna.secret, anna.clock(), shard=TEN, **more
    )
    assert limit(age_ms=-1) == Limit(0, "what follows is not packed yet")
    _pack(anna)
    assert limit(age_ms=-1) == Limit(0, "two later agreed snapshots are needed")
    _snapshots(anna, jo, 1)
    assert limit(age_ms=-1).through == 0
    anna.opens()
    settle(anna, jo)
    anna.syncer.snapshots.make()
    assert limit(age_ms=-1).through == 0, "nobody agreed with the second"
    jo.syncer.snapshots.answer()
    assert limit(age_ms=-1).through == 19
    assert limit(age_ms=-1, behind=lambda: 15) == Limit(9, "a workstation has not read further yet")
    assert limit() == Limit(0, "what follows is too young")
    anna.clock.pass_minutes(31 * 24 * 60)
    assert limit().through == 19


def test_loose_entries_go_and_everything_goes_on(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog
) -> None:
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    assert _compact(anna).through == 19
    assert min(seq for _e, seq, _n in store.files) == 20
    assert _compact(anna).through == 19, "again changes nothing"
    for station in (anna, jo):
        station.opens()
        station.restart()
        station.sync()
    settle(anna, jo)
    kim = join(anna, tmp_path, make_log, "Kim")
    assert kim.replica.floor.seq > 19
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    kim.replica.close()


def test_without_a_usable_snapshot_the_packs_lead_from_the_first_entry_on(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog
) -> None:
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna)
    for key in [key for key in store.side if key[0] == "snap"]:
        del store.side[key]
    kim = join(anna, tmp_path, make_log, "Kim")
    assert (kim.replica.floor.seq, kim.replica.entry(1) is None) == (0, False)
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    kim.replica.close()


@pytest.mark.parametrize("without_packs", [False, True])
def test_who_comes_after_the_compaction_begins_anew_and_loses_nothing(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, without_packs: bool
) -> None:
    case = anna.opens("Known to all")
    settle(anna, jo, kim)
    sent = kim.edits(case, severity=1)
    kim.sync()
    mine = [kim.edits(case, reopen_count=5), kim.opens("Made while away"), kim.edits(case, description="Kim's words")]
    _work(anna, 35)
    anna.edits(case, reopen_count=2)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=without_packs)
    number = kim.case(case)["rid"]
    kim.restart()
    settle(kim, anna, jo)
    assert (kim.replica.floor.seq > 0) is without_packs
    assert kim.case(case)["rid"] == number, "lists on screen hold it"
    assert (anna.case(case)["reopen_count"], anna.case(case)["description"]) == (7, "Kim's words")
    assert anna.case(mine[1])["title"] == "Made while away"
    for tx in (sent, mine[0], mine[2]):
        assert kim.replica.outcome(tx) == ("accepted", None)
    assert_agree(anna, jo, kim)


def test_who_comes_after_the_compaction_and_finds_no_snapshot_keeps_his_work_and_says_so(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    settle(anna, jo, kim)
    kim.opens("Made while away")
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=True)
    snapshots = {key: store.side.pop(key) for key in [key for key in store.side if key[0] == "snap"]}
    files = dict(store.files)
    with pytest.raises(StoreUnreachable, match=r"there is no snapshot to go on from\. Your work is kept here"):
        kim.sync()
    assert (kim.replica.pending_count(), store.files) == (1, files)
    store.side |= snapshots
    settle(kim, anna, jo)
    assert_agree(anna, jo, kim)


def test_a_pack_that_is_not_what_was_applied_is_never_relied_on(
    anna: Station, jo: Station, store: MemoryStore, expect_log
) -> None:
    expect_log("does not hold what was applied here")
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    name = pieces(anna.log)[0].name
    store.side[KIND, name] = store.side[KIND, name][:-1] + bytes([store.side[KIND, name][-1] ^ 1])
    assert _compact(anna).through == 0
    assert (1, 1, slot_name(1, ".e")) in store.files
    anna.replica.set_facts({"compacted": [1, 9]})
    with pytest.raises(StorageError, match="nothing was dropped"):
        compaction.drop(anna.replica, anna.syncer.log)


def test_only_an_administrator_says_that_the_log_is_compacted(anna: Station, jo: Station) -> None:
    with pytest.raises(StorageError, match="only an administrator may look after the log"):
        jo.syncer.tell(compaction.COMPACT, {"through": 3})
    anna.sync()
    assert anna.replica.fact("compacted") is jo.replica.fact("compacted") is None


def test_a_replica_that_began_with_a_snapshot_can_be_late_too(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore
) -> None:
    anna.opens()
    settle(anna, jo)
    anna.syncer.snapshots.make()
    kim, invitation, seed = arrive(anna, tmp_path, make_log, "Kim")
    enrol(kim, invitation, seed)
    kim.sync()
    assert kim.replica.floor.seq > 0
    case = kim.opens("Kim was here")
    kim.sync()
    kim.edits(case, title="Not sent")
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=True)
    kim.restart()
    settle(kim, anna, jo)
    assert anna.case(case)["title"] == "Not sent"
    assert_agree(anna, jo, kim)
    kim.replica.close()
    late = bare(anna, tmp_path, make_log, "Lee")
    late.sync()
    assert late.whole()
    late.replica.close()


def test_a_snapshot_nobody_could_begin_with_lets_nothing_be_dropped(anna: Station, jo: Station) -> None:
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    anna.rotates()
    settle(anna, jo)
    assert _compact(anna) == Limit(0, "two later agreed snapshots are needed")
    _snapshots(jo, anna)
    assert _compact(anna).through == 19
    anna.revokes(jo.secret.device)
    _work(anna, 65)
    _pack(anna)
    assert _compact(anna).why == "two later agreed snapshots are needed", "both were made by who was removed"


def test_where_nobody_could_begin_a_busy_workstation_makes_a_snapshot_too(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog
) -> None:
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=True)
    assert not anna.syncer.snapshots.missing()
    anna.rotates()
    settle(anna, jo)
    with pytest.raises(StoreUnreachable):
        arrive(anna, tmp_path, make_log, "Kim")
    jo.housekeeping.tend(idle=False)
    kim = join(anna, tmp_path, make_log, "Kim2")
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    kim.replica.close()


@pytest.mark.expects_log("the log has no such entry")
def test_a_snapshot_that_nothing_leads_on_from_is_of_no_use(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore
) -> None:
    _work(anna, 4)
    settle(anna, jo)
    _snapshots(anna, jo, 1)
    old = {key: store.side[key] for key in store.side if key[0] == "snap"}
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=True)
    store.side = {key: data for key, data in store.side.items() if key[0] != "snap"} | old
    assert jo.syncer.snapshots.missing()
    jo.housekeeping.tend(idle=False)
    assert not jo.syncer.snapshots.missing()
    late = bare(anna, tmp_path, make_log, "Lee")
    late.sync()
    assert late.replica.head == anna.replica.head
    late.replica.close()


@pytest.mark.parametrize("without_packs", [False, True])
@pytest.mark.parametrize("slot", ["next", "older"])
def test_an_entry_forged_into_a_dropped_slot_leads_nobody_astray(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, tmp_path: Path, without_packs: bool, slot: str,
    expect_log,
) -> None:  # fmt: skip
    """A member with a modified program puts an entry where the log was dropped: rightly signed, rightly sealed, and for
    somebody who was away it even follows his head."""
    case = anna.opens("Known to all")
    settle(anna, jo, kim)
    mine = kim.opens("Made while away")
    theirs = RowChange("case", case, "u", {"title": ["Known to all", "Theirs"]})
    raw = forgery.entry(kim, jo.secret, [forgery.record("case.edit", theirs)], author=jo.analyst)
    _work(anna, 35)
    settle(anna, jo)
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna, without_packs=without_packs)
    forgery.plant(store, kim.replica.head.seq + 1 if slot == "next" else 2, ".e", raw)
    kim.restart()
    late, invitation, seed = arrive(anna, tmp_path, lambda _name: MemoryLog(store), "Late")
    enrol(late, invitation, seed)
    for station in (anna, jo):
        station.restart()
    settle(anna, kim, jo, late)
    assert anna.case(case)["title"] == "Known to all"
    assert anna.case(mine)["title"] == "Made while away"
    assert_agree(anna, jo, kim, late)


def test_a_store_restored_to_before_its_packs_gets_a_snapshot_where_what_was_let_go_is_missing(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    """The old copy has the first entries loose, so nothing looks as if one could not begin with them."""
    settle(anna, jo, kim)
    kim.opens("Made while away")
    _work(anna, 35)
    settle(anna, jo)
    old = {key: raw for key, raw in store.files.items() if key[1] != kim.replica.head.seq + 1}
    _pack(anna)
    _snapshots(anna, jo)
    _compact(anna)
    store.files = {**old, **store.files}
    store.side.clear()
    kim.clock.pass_minutes(2)
    settle(anna, jo)
    with pytest.raises(NoWayOn):
        kim.sync()
    assert jo.syncer.snapshots.missing()
    jo.housekeeping.tend(idle=False)
    settle(kim, anna, jo)
    assert_agree(anna, jo, kim)
    assert not jo.syncer.snapshots.missing()
