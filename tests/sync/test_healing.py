"""A store that lost entries, or kept them damaged, gets them back from whoever has the bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.chain import slot_name
from db.healing import heal
from db.keys import new_seed
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, settle


def _ten_cases(anna: Station) -> int:
    for n in range(10):
        anna.opens(f"Case {n}")
        anna.sync()
    return anna.replica.head.seq


def _lose(store: MemoryStore, seq: int) -> bytes:
    return store.files.pop((1, seq, f"{seq:012d}.e"))


def _heal(station: Station, **how: bool) -> list[str]:
    assert isinstance(station.log, MemoryLog)
    return heal(station.replica, station.log, station.secret.desk_keys, **how)


@pytest.mark.parametrize("lost", [1, 2, 7])
def test_a_lost_tail_is_put_back_byte_by_byte(anna: Station, jo: Station, store: MemoryStore, lost: int) -> None:
    last = _ten_cases(anna)
    before = dict(store.files)
    for seq in range(last - lost + 1, last + 1):
        _lose(store, seq)
    anna.clock.pass_minutes(2)
    assert anna.sync().healed == [f"{seq:012d}.e" for seq in range(last - lost + 1, last + 1)]
    assert store.files == before
    jo.sync()
    assert_agree(anna, jo)


def test_a_whole_store_can_be_rebuilt_from_one_replica(anna: Station, jo: Station, store: MemoryStore) -> None:
    _ten_cases(anna)
    before = dict(store.files)
    store.files.clear()
    anna.clock.pass_minutes(2)
    anna.sync()
    assert store.files == before
    jo.sync()
    assert_agree(anna, jo)


@pytest.mark.expects_log("is damaged")
@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"HDE1"])
def test_a_damaged_entry_gets_its_bytes_back_under_the_next_name(
    anna: Station, jo: Station, store: MemoryStore, damage: bytes
) -> None:
    last = _ten_cases(anna)
    for seq in (last - 3, last):
        plant(store, seq, ".e", damage)
    assert _heal(anna, deep=True) == [f"{last - 3:012d}.r1", f"{last:012d}.r1"]
    assert _heal(anna, deep=True) == []
    jo.sync()
    assert_agree(anna, jo)


def test_two_who_heal_at_once_put_the_same_bytes(anna: Station, jo: Station, store: MemoryStore) -> None:
    last = _ten_cases(anna)
    settle(anna, jo)
    plant(store, last, ".e", b"")
    assert isinstance(anna.log, MemoryLog)
    anna.log.race = lambda: _heal(jo)
    assert _heal(anna) == [f"{last:012d}.r1"]
    assert (1, last, f"{last:012d}.r2") not in store.files


def test_work_goes_on_after_a_power_cut_of_the_server(anna: Station, jo: Station, store: MemoryStore) -> None:
    last = _ten_cases(anna)
    settle(anna, jo)
    _lose(store, last)
    plant(store, last - 1, ".e", bytes(100))
    mine = jo.opens("After the cut")
    jo.restart()
    jo.sync()
    anna.sync()
    assert anna.case(mine)["number"] == 11
    assert_agree(anna, jo)


def test_an_old_damage_is_found_when_everything_is_looked_at(anna: Station, store: MemoryStore) -> None:
    _ten_cases(anna)
    plant(store, 2, ".e", bytes(10))
    assert _heal(anna) == []
    assert _heal(anna, everything=True) == ["000000000002.r1"]


def test_the_bytes_of_the_head_are_looked_after_once_a_minute(anna: Station, store: MemoryStore) -> None:
    last = _ten_cases(anna)
    plant(store, last, ".e", bytes(30))
    assert anna.sync().healed == []
    anna.clock.pass_minutes(1)
    assert anna.sync().healed == [f"{last:012d}.r1"]


def test_a_head_that_is_not_listed_is_put_back_at_once(anna: Station, store: MemoryStore) -> None:
    last = _ten_cases(anna)
    raw = _lose(store, last)
    assert anna.sync().healed == [f"{last:012d}.e"]
    assert store.files[1, last, f"{last:012d}.e"] == raw


def test_nobody_commits_into_the_place_of_an_entry_he_knows(anna: Station, jo: Station, store: MemoryStore) -> None:
    last = _ten_cases(anna)
    settle(anna, jo)
    known = _lose(store, last)
    anna.opens("The eleventh")
    anna.restart()
    anna.sync()
    assert store.files[1, last, f"{last:012d}.e"] == known
    jo.sync()
    assert_agree(anna, jo)


@pytest.mark.expects_log("an administrator set the desk back|is damaged")
def test_the_first_entry_of_an_epoch_is_put_back_although_the_next_one_is_damaged(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """What a store lacks before the oldest entry it has may have been let go. Here nobody let anything go."""
    settle(anna, jo)
    anna.set_back(anna.replica.head.seq)
    for title in ("First of its epoch", "Second"):
        anna.opens(title)
        anna.sync()
    (_, first), (second, raw) = sorted((key, raw) for key, raw in store.files.items() if key[0] == 2 and key[1] > 0)
    store.files[second] = raw[: len(raw) // 2]
    del store.files[2, second[1] - 1, slot_name(second[1] - 1, ".e")]
    anna.clock.pass_minutes(2)
    settle(anna, jo)
    assert store.files[2, second[1] - 1, slot_name(second[1] - 1, ".e")] == first
    assert_agree(anna, jo)


@pytest.mark.expects_log("was refused")
def test_an_entry_behind_one_under_a_key_that_is_not_here_is_whole(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """Somebody of another history had the slot before, under a desk key that was never in force here."""
    settle(anna, jo)
    elsewhere = replace(anna.secret, desk_keys={**anna.secret.desk_keys, 2: new_seed()})
    seq = anna.replica.head.seq + 1
    plant(store, seq, ".e", entry(anna, elsewhere, [record("case.edit")]))
    jo.opens("Beside it")
    settle(jo, anna)
    assert store.files[1, seq, slot_name(seq, ".r1")] == jo.replica.entry(seq)
    for _ in range(2):
        jo.clock.pass_minutes(2)
        settle(jo, anna)
    assert_agree(anna, jo)
