"""Whose opening of an epoch counts, and what a workstation does that holds another one (db.epochs, db.following)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db import epochs
from db.chain import slot_name
from db.errors import StorageError, StoreDamaged
from db.log import SLOT_NAMES
from db.replica import Replica
from db.shapes import Analyst, Case
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, settle

BACK = "an administrator set the desk back to entry"
DISPLACED = "epoch 2 was opened by somebody else: 1 changes made here"
ELSE = "epoch 2 was opened by somebody else"
PASSED = "of epoch 2 was passed over"


def _appoint(anna: Station, station: Station, role: str = "administrator") -> None:
    with anna.transaction("analyst.edit") as tx:
        tx.update(Analyst, station.analyst, role=role)
    anna.sync()


def _plant_opening(store: MemoryStore, station: Station, seq: int) -> None:
    """As a modified program would, past every check of its own."""
    place = station.replica.place(seq)
    assert place is not None
    raw = epochs.make(
        place[0], station.secret, store=station.replica.fact("store"), author=station.analyst, at=1, schema=1,
        incarnation=b"x" * 8, generation=1,
    )  # fmt: skip
    taken = sum(key[:2] == (2, 0) for key in store.files)
    store.files[2, 0, slot_name(0, SLOT_NAMES[taken])] = raw


@pytest.fixture
def second(jo: Station) -> Iterator[Station]:
    """Jo's command line, beside the window: the same replica, opened by another process."""
    station = Station("Jo", jo.analyst, Replica(jo.replica.path), MemoryLog(jo.log.store), jo.secret, jo.clock)  # type: ignore[attr-defined]
    yield station
    station.replica.close()


def test_two_processes_of_one_workstation_follow_an_opening_at_once(
    anna: Station, jo: Station, second: Station, expect_log
) -> None:
    """Both have seen it before one of them is through; the other finds it done."""
    expect_log(BACK)
    settle(anna, jo)
    good = anna.replica.head.seq
    anna.opens("Undone")
    settle(anna, jo)
    anna.set_back(good)
    seen = second.syncer.following.next_opening()
    assert seen is not None
    jo.sync()
    anna.opens("Goes on")
    settle(anna, jo)
    second.syncer.following.follow_epoch(seen)
    assert second.replica.head == jo.replica.head == anna.replica.head
    settle(anna, second)
    assert_agree(anna, second)


def test_who_holds_an_opening_that_the_store_forgot_follows_the_one_made_since(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    """The share is restored to before Anna set it back, and Jo, who never heard of that, sets it back elsewhere."""
    expect_log(f"{BACK}|{DISPLACED}|{ELSE}")
    _appoint(anna, jo)
    settle(anna, jo, kim)
    jos = anna.replica.head.seq
    with anna.transaction("case.new") as tx:
        tx.insert(Case, title="Known to all", severity=3, opened_at=1, updated_at=1)
    undone = bytes(tx.id)
    annas = anna.replica.head.seq + 1
    settle(anna, jo, kim)
    anna.opens("Undone")
    settle(anna, jo, kim)
    restored = dict(store.files)
    anna.set_back(annas)
    mine = anna.opens("In Anna's epoch")
    settle(anna, kim)
    store.files = restored
    anna.clock.pass_minutes(2)
    jo.set_back(jos)
    jo.opens("In Jo's epoch")
    jo.sync()
    settle(anna, kim, jo)
    assert [name for epoch, seq, name in store.files if (epoch, seq) == (2, 0)] == [slot_name(0, ".e")]
    assert undone in {row.id for row in jo.replica.lost()}
    assert anna.case(mine)["title"] == "In Anna's epoch", "her work of that epoch is sent again"
    assert anna.replica.outcome(undone)[0] == "unknown", "Jo undid it, and it is not sent again by itself"
    assert_agree(anna, jo, kim)


def test_who_was_away_when_an_administrator_was_appointed_follows_him(
    anna: Station, jo: Station, kim: Station, expect_log
) -> None:
    expect_log(BACK)
    settle(anna, jo, kim)
    _appoint(anna, jo)
    settle(anna, jo)
    good = jo.replica.head.seq
    anna.opens("Undone")
    settle(anna, jo)
    jo.set_back(good)
    settle(kim, jo, anna)
    assert kim.count("case") == 0
    assert_agree(anna, jo, kim)


def test_nobody_sets_the_desk_back_to_before_he_was_an_administrator(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    """In the state that would stand then, nobody could have allowed it."""
    settle(anna, jo, kim)
    before = jo.replica.head.seq
    _appoint(anna, jo)
    settle(anna, jo, kim)
    with pytest.raises(StorageError, match="You were not an administrator"):
        jo.set_back(before)
    assert not any(epoch == 2 for epoch, _seq, _name in store.files)
    _plant_opening(store, jo, before)
    anna.opens("Work goes on")
    expect_log(PASSED)
    for station in (anna, jo, kim):
        station.restart()
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    assert kim.replica.head.epoch == 1


def test_who_never_was_an_administrator_stops_nobody(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    settle(anna, jo, kim)
    good = anna.replica.head.seq
    _plant_opening(store, jo, good - 1)
    case = anna.opens("Work goes on")
    expect_log(PASSED)
    settle(anna, jo, kim)
    assert kim.case(case)["title"] == "Work goes on"
    for station in (anna, jo, kim):
        station.restart()
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    expect_log(BACK)
    anna.set_back(good)
    settle(anna, jo, kim)
    assert (kim.replica.head.epoch, kim.count("case")) == (2, 0)
    assert_agree(anna, jo, kim)


def test_who_was_removed_since_is_followed_by_nobody(anna: Station, jo: Station, store: MemoryStore) -> None:
    _appoint(anna, jo)
    settle(anna, jo)
    place = jo.replica.head.seq
    anna.revokes(jo.secret.device)
    anna.sync()
    _plant_opening(store, jo, place)
    anna.restart()
    head = anna.replica.head
    with pytest.raises(StoreDamaged, match="somebody who may not do that"):
        anna.sync()
    assert anna.replica.head == head
