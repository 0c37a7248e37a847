"""A share restored between a workstation's last look and its link: its entry lies there, what it follows does not.

Nothing is wrong with our newest entry then, so looking at that alone tells nothing. Who committed so looks again at
what it built on; who finds something refused looks further back; what such a commit leaves behind a gap stops nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from db.chain import slot_name
from db.errors import NoWayOn, StorageError, StoreUnreachable
from db.healing import heal
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, settle

WENT_ON = "was set back to entry .* and went on without this workstation"
SHARD = 4
"""Entries to a pack here."""
REFUSED = "does not follow the entry before it"


def _titles(station: Station) -> set[str]:
    with station.replica.reading() as raw:
        return {title for (title,) in raw.execute('SELECT title FROM "case"')}


def _commits_while_restored(
    station: Station, store: MemoryStore, copy: dict[tuple[int, int, str], bytes], then: Callable[[], object]
) -> None:
    """`station` opens a case; after its look the share becomes `copy` and `then` happens, and then comes its link."""

    def restored() -> None:
        store.files = dict(copy)
        then()

    assert isinstance(station.log, MemoryLog)
    station.opens("Amid")
    station.log.race = restored
    station.sync()


@pytest.mark.parametrize("lost", [1, 2, 3])
@pytest.mark.parametrize("again", [False, True], ids=["at work", "started again"])
def test_who_commits_upon_what_another_took_the_place_of_goes_back_and_sends_it_again(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None], lost: int,
    again: bool,
) -> None:  # fmt: skip
    expect_log(WENT_ON)
    if lost == 1:
        expect_log(REFUSED)
    settle(anna, jo, kim)
    copy = dict(store.files)
    for number in range(lost):
        anna.opens(f"Lost {number}")
        anna.sync()

    def in_its_place() -> None:
        jo.opens("In its place")
        jo.sync()

    _commits_while_restored(anna, store, copy, in_its_place)
    assert anna.replica.pending_count() == 0, "it was told that this is safe"
    anna.clock.pass_minutes(2)
    if again:
        anna.restart()
    settle(anna, jo, kim)
    assert _titles(kim) == {"In its place", "Amid", *(f"Lost {number}" for number in range(lost))}
    assert_agree(anna, jo, kim)


def test_who_read_on_upon_it_hears_of_it_where_what_follows_is_refused(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Kim followed Anna before she went back, has nothing to send, and her newest entry is where it was."""
    expect_log(f"{WENT_ON}|{REFUSED}")
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Lost")
    settle(anna, kim)

    def in_its_place() -> None:
        jo.opens("In its place")
        jo.sync()

    _commits_while_restored(anna, store, copy, in_its_place)
    kim.sync()
    assert kim.replica.head == anna.replica.head
    jo.opens("Next")
    settle(jo)
    jo.opens("And next")
    settle(jo, kim)
    assert_agree(jo, kim)
    anna.clock.pass_minutes(2)
    settle(anna, jo, kim)
    assert _titles(kim) == {"Lost", "In its place", "Amid", "Next", "And next"}
    assert_agree(anna, jo, kim)


def test_who_read_on_upon_it_looks_once_a_minute_at_all_he_read(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Kim commits upon Jo's entry, and Jo reads that before she looks: her newest is where it was, and nobody writes
    beside it."""
    expect_log(f"{WENT_ON}|{REFUSED}")
    settle(anna, jo, kim)
    copy = dict(store.files)
    jo.opens("Lost")
    settle(jo, kim)

    def in_its_place() -> None:
        anna.opens("In its place")
        anna.sync()

    _commits_while_restored(kim, store, copy, in_its_place)
    jo.sync()
    assert jo.replica.head == kim.replica.head
    jo.clock.pass_minutes(2)
    settle(jo, anna)
    assert _titles(anna) == {"Lost", "In its place"}
    assert_agree(jo, anna)
    settle(kim, jo, anna)
    assert _titles(anna) == {"Lost", "In its place", "Amid"}
    assert_agree(anna, jo, kim)


def test_a_gap_that_nobody_can_fill_is_ended_by_an_administrator(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    expect_log(REFUSED)
    settle(anna, jo, kim)
    kim.opens("Nobody else read this")
    kim.sync()
    kim.opens("Nor this")
    kim.sync()
    gone = anna.replica.head.seq + 1
    store.files = {key: raw for key, raw in store.files.items() if key[1] != gone}
    work = anna.opens("Waits")
    for station in (anna, jo):
        with pytest.raises(NoWayOn, match=r"gives up \(`halldesk repair`\)"):
            station.sync()
    assert anna.syncer.repair() == gone
    settle(anna, jo)
    assert anna.syncer.repair() == 0
    assert jo.case(work)["title"] == "Waits"
    assert_agree(anna, jo)
    expect_log(WENT_ON)
    kim.clock.pass_minutes(2)
    kim.restart()
    settle(kim, anna, jo)
    assert _titles(anna) == {"Waits", "Nobody else read this", "Nor this"}, "who had it sends it again"
    assert_agree(anna, jo, kim)


def test_without_a_clear_answer_nothing_is_called_given_up(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    settle(anna, jo, kim)
    for title in ("Nobody else read this", "Nor this"):
        kim.opens(title)
        kim.sync()
    gone = anna.replica.head.seq + 1
    store.files = {key: raw for key, raw in store.files.items() if key[1] != gone}
    assert isinstance(anna.log, MemoryLog)
    anna.log.plan = ["no answer"]
    with pytest.raises(StoreUnreachable, match="no clear answer"):
        anna.syncer.repair()
    assert anna.syncer.repair() == 0, "the drive took it, as is seen by now"
    settle(anna, jo)
    assert_agree(anna, jo)
    assert anna.replica.head.seq >= gone


def test_who_is_behind_the_rest_gives_up_nothing_of_theirs(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    """Anna's own newest entry is gone as well: what she lacks the others may all have."""
    settle(anna, jo, kim)
    for title in ("One", "Two", "Three"):
        jo.opens(title)
        settle(jo, kim)
    behind = anna.replica.head.seq
    store.files = {key: raw for key, raw in store.files.items() if key[1] > behind + 1}
    anna.clock.pass_minutes(2)
    files = dict(store.files)
    with pytest.raises(NoWayOn):
        anna.syncer.repair()
    assert store.files == files


def _lets_go(anna: Station, jo: Station, *, until: int) -> int:
    """Anna works on up to that entry, and drops what may go, packs too; returns up to where. Errors: StorageError."""
    while anna.replica.head.seq < until:
        anna.opens("More")
        settle(anna, jo)
    for _ in range(2):
        anna.opens("More")
        settle(anna, jo)
        anna.syncer.snapshots.make()
        jo.syncer.snapshots.answer()
    anna.housekeeping.pack(quiet=1, shard=SHARD)
    return anna.housekeeping.compact(age_ms=-1, shard=SHARD, without_packs=True).through


@pytest.mark.parametrize("again", [False, True], ids=["at work", "started again"])
def test_what_another_took_the_place_of_is_not_let_go(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None], again: bool
) -> None:
    """Nobody looked at what Jo built on yet: only Kim's entry tells that another history was begun."""
    expect_log(f"{WENT_ON}|{REFUSED}")
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Lost")
    settle(anna, jo)

    def in_its_place() -> None:
        kim.opens("In its place")
        kim.sync()

    _commits_while_restored(jo, store, copy, in_its_place)
    kims = kim.replica.head
    assert store.files[kims.epoch, kims.seq, slot_name(kims.seq, ".e")] == kim.replica.entry(kims.seq)
    anna.sync()
    assert anna.replica.head == jo.replica.head
    with pytest.raises(StorageError, match=f"Entry {kims.seq} of the shared log is another one than was read here"):
        _lets_go(anna, jo, until=kims.seq + SHARD)
    assert (kims.epoch, kims.seq, slot_name(kims.seq, ".e")) in store.files
    if again:
        anna.restart()
    anna.clock.pass_minutes(2)
    settle(anna, jo, kim)
    assert {"Lost", "In its place", "Amid"} <= _titles(kim)
    assert_agree(anna, jo, kim)
    assert _lets_go(anna, jo, until=anna.replica.head.seq + 4 * SHARD) >= kims.seq, "once it is behind"


def test_who_stands_before_a_gap_in_a_history_of_his_own_leaves_it(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Kim committed upon what Jo took the place of; Anna went on from there, and the drive lost what she did first."""
    expect_log(f"{WENT_ON}|{REFUSED}")
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Lost")
    settle(anna, kim)

    def in_its_place() -> None:
        jo.opens("In its place")
        jo.sync()

    _commits_while_restored(kim, store, copy, in_its_place)
    for title in ("Further", "Further still"):
        anna.opens(title)
        anna.sync()
    del store.files[1, anna.replica.head.seq - 1, slot_name(anna.replica.head.seq - 1, ".e")]
    kim.clock.pass_minutes(2)
    for station in (kim, jo):
        with suppress(NoWayOn):  # what lies beyond the gap is not known to either of them
            station.sync()
    assert "In its place" in _titles(kim)
    settle(anna, jo, kim)
    assert _titles(kim) == {"Lost", "In its place", "Amid", "Further", "Further still"}
    assert_agree(anna, jo, kim)


@pytest.mark.parametrize("away", ["at the look", "at the look further back"])
def test_a_doubt_stays_one_while_the_drive_is_away(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None], away: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    expect_log(WENT_ON)
    expect_log(REFUSED)
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Lost")
    anna.sync()

    def in_its_place() -> None:
        jo.opens("In its place")
        jo.sync()

    _commits_while_restored(anna, store, copy, in_its_place)
    anna.clock.pass_minutes(2)

    def gone(*args: Any, to_its_end: bool = False, **how: Any) -> list[str]:
        if to_its_end or away == "at the look":
            raise StoreUnreachable("the drive is away")
        return heal(*args, **how)

    with monkeypatch.context() as patch:
        patch.setattr(f"db.following.{'has_since' if away == 'at the look' else 'heal'}", gone)
        with pytest.raises(StoreUnreachable):
            anna.sync()
    settle(anna, jo, kim)
    assert "In its place" in _titles(anna)
    assert_agree(anna, jo, kim)


def test_nothing_is_let_go_right_before_a_slot_that_others_have_gone_on_from(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Two histories part at the last of what is old. Were it let go, nobody could tell which of the two goes on."""
    expect_log(f"{WENT_ON}|{REFUSED}")
    settle(anna, jo, kim)
    while (anna.replica.head.seq + 2) % SHARD:
        anna.opens("More")
        settle(anna, jo, kim)
    copy = dict(store.files)
    kim.opens("Lost")
    kim.sync()

    def in_its_place() -> None:
        anna.opens("In its place")
        anna.sync()

    _commits_while_restored(kim, store, copy, in_its_place)
    parted = anna.replica.head.seq
    for _ in range(2):
        anna.opens("More")
        settle(anna, jo)
        anna.syncer.snapshots.make()
        jo.syncer.snapshots.answer()
    anna.housekeeping.pack(quiet=1, shard=SHARD)
    found = anna.housekeeping.compact(age_ms=-1, shard=SHARD, without_packs=True)
    assert (found.through, found.why) == (parted - SHARD, "others have gone on from what comes next")
    kim.clock.pass_minutes(2)
    settle(kim, anna, jo)
    assert {"Lost", "In its place", "Amid"} <= _titles(anna)
    assert_agree(anna, jo, kim)


def test_a_gap_below_what_is_whole_is_filled_within_minutes_by_who_has_it(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """The copy that came back was made amid another restore: what is missing lies below entries that are there."""
    settle(anna, jo)
    start = anna.replica.head.seq
    for number in range(4):
        anna.opens(f"Entry {number}")
        anna.sync()
    for _ in range(2):  # the second time it is nothing that was not seen at the look before
        store.files = {slot: raw for slot, raw in store.files.items() if slot[1] not in (start + 1, start + 2)}
        anna.clock.pass_minutes(2)
        anna.sync()
    with pytest.raises(NoWayOn):
        jo.sync()
    anna.clock.pass_minutes(8)
    anna.sync()
    settle(jo, anna)
    assert _titles(jo) == {f"Entry {number}" for number in range(4)}
    assert_agree(anna, jo)
