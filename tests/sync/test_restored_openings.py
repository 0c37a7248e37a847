"""A share restored to before the desk was set back on purpose: its openings, and the way through several epochs.

An opening counts as long as the log has the entry it goes back to (db.following). Whoever remembers puts the end of the
epoch that was left back first, then the opening, then what followed; where others went on with another entry there, the
opening leads nowhere and everybody is in the epoch before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db import epochs
from db.chain import slot_name
from db.shapes import Analyst
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, bare, enrol, settle

BACK = "an administrator set the desk back to entry"
WENT_ON = "was set back to entry .* and went on without this workstation"
NOWHERE = "of epoch 2 was passed over: the log has another entry where it goes back to"
BOTH = f"{BACK}|{WENT_ON}|{NOWHERE}"
MakeLog = Callable[[str], MemoryLog]


@pytest.fixture
def restored(anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]) -> bytes:
    """Anna set the desk back twice, Jo followed, Kim heard of neither; then the share is restored to a copy that lacks
    even the last two entries of the first epoch. Returns a case of the newest epoch."""
    expect_log(BOTH)
    settle(anna, jo, kim)
    copy = dict(store.files)
    for title in ("Good", "Good too"):
        anna.opens(title)
        settle(anna, jo)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo)
    anna.set_back(good)
    anna.opens("In the second epoch")
    settle(anna, jo)
    good = anna.replica.head.seq
    anna.opens("Bad as well")
    settle(anna, jo)
    anna.set_back(good)
    newest = anna.opens("In the third epoch")
    settle(anna, jo)
    assert anna.replica.head.epoch == jo.replica.head.epoch == 3
    store.files = copy
    anna.clock.pass_minutes(2)
    return newest


def _titles(station: Station) -> set[str]:
    with station.replica.reading() as raw:
        return {title for (title,) in raw.execute('SELECT title FROM "case"')}


GOOD = {"Good", "Good too", "In the second epoch", "In the third epoch"}


@pytest.mark.parametrize("again", [False, True], ids=["at work", "started again"])
def test_the_way_through_all_epochs_is_put_back_and_who_was_away_follows_it(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, restored: bytes, again: bool
) -> None:
    if again:
        jo.restart()
    healed = jo.sync().healed
    openings = [name for epoch, seq, name in store.files if seq == 0 and epoch > 1]
    assert openings == [slot_name(0, ".e")] * 2
    assert len(healed) == 2 + 2 + 2, "the end of the first epoch, two openings, an entry of each later epoch"
    settle(kim, anna, jo)
    assert kim.replica.head.epoch == 3
    assert _titles(kim) == GOOD
    assert not any(row.waits for station in (anna, jo, kim) for row in station.replica.lost())
    assert_agree(anna, jo, kim)


def test_whoever_is_interrupted_leaves_the_next_one_missing_for_others(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, restored: bytes
) -> None:
    """The server is lost again after each entry that Jo puts back; Anna goes on where it stands."""
    whole = dict(store.files)
    jo.sync()
    put_back = [key for key in store.files if key not in whole]
    assert put_back == sorted(put_back), "in the order they were made"
    for many in range(len(put_back)):
        store.files = {**whole, **{key: store.files[key] for key in put_back[:many]}}
        anna.clock.pass_minutes(2)
        anna.sync()
        assert all(key in store.files for key in put_back)
    settle(kim, anna, jo)
    assert_agree(anna, jo, kim)


def test_where_others_went_on_the_openings_lead_nowhere_and_all_are_in_the_first_epoch(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, restored: bytes
) -> None:
    kims = kim.opens("On the restored share")
    kim.sync()
    settle(jo, anna, kim)
    assert {station.replica.head.epoch for station in (anna, jo, kim)} == {1}
    assert _titles(kim) == {*GOOD, "On the restored share"}, "what was made since is sent again, what was undone is not"
    assert anna.case(kims)["number"] == 1
    assert_agree(anna, jo, kim)
    for station in (anna, jo, kim):
        station.restart()
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)


def test_openings_that_lie_there_without_the_entry_they_go_back_to_are_left_by_who_followed_them(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, restored: bytes
) -> None:
    """Kim commits in the first epoch at the moment Jo has put back everything but its end."""
    before = dict(store.files)
    jo.sync()
    store.files = before | {key: raw for key, raw in store.files.items() if key[0] > 1}
    kim.opens("On the restored share")
    kim.sync()
    assert kim.replica.head.epoch == 1
    for station in (jo, anna):
        station.clock.pass_minutes(2)
        station.sync()
    settle(anna, jo, kim)
    assert {station.replica.head.epoch for station in (anna, jo, kim)} == {1}
    assert _titles(kim) == {*GOOD, "On the restored share"}
    assert_agree(anna, jo, kim)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo, kim)
    anna.set_back(good)
    settle(anna, jo, kim)
    assert slot_name(0, ".r1") in {name for epoch, seq, name in store.files if (epoch, seq) == (2, 0)}
    assert _titles(kim) == {*GOOD, "On the restored share"}
    assert kim.replica.head.epoch == 2
    assert_agree(anna, jo, kim)


def test_who_began_with_a_snapshot_of_an_epoch_that_leads_nowhere_begins_anew(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, make_log: MakeLog, tmp_path: Path,
    expect_log: Callable[[str], None],
) -> None:  # fmt: skip
    expect_log(BOTH)
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Good")
    anna.opens("Good too")
    settle(anna, jo)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo)
    anna.set_back(good)
    invitation = anna.invites("Lee")
    jo.sync()
    made = jo.syncer.snapshots.make()
    lee = bare(anna, tmp_path, make_log, "Lee")
    lee.sync()
    enrol(lee, *invitation)
    lee.sync()
    assert lee.replica.floor == made.head
    lees = lee.opens("Lee's")
    lee.sync()
    store.files = copy | {key: raw for key, raw in store.files.items() if key[0] == 2}
    kim.opens("On the restored share")
    kim.sync()
    anna.clock.pass_minutes(2)
    settle(lee, anna, jo, kim)
    assert {station.replica.head.epoch for station in (anna, jo, kim, lee)} == {1}
    assert lee.case(lees)["title"] == "Lee's"
    assert _titles(kim) == {"Good", "Good too", "Lee's", "On the restored share"}
    assert_agree(anna, jo, kim, lee)
    invitation = anna.invites("Max")
    late = bare(anna, tmp_path, make_log, "Max")
    late.sync()
    assert late.replica.floor.epoch == 1, "a snapshot of that epoch is taken by nobody"
    enrol(late, *invitation)
    settle(late, anna, jo, kim, lee)
    assert_agree(anna, late)
    lee.replica.close()
    late.replica.close()


def test_who_began_before_an_opening_with_what_another_took_the_place_of_begins_anew(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, make_log: MakeLog, tmp_path: Path,
    expect_log: Callable[[str], None],
) -> None:  # fmt: skip
    """Lee has no entry from before the snapshot, so only the snapshot's own place tells that it is another history."""
    expect_log(BOTH)
    settle(anna, jo, kim)
    invitation = anna.invites("Lee")
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.opens("Good")
    settle(anna, jo)
    jo.syncer.snapshots.make()
    lee = bare(anna, tmp_path, make_log, "Lee")
    lee.sync()
    began = lee.replica.floor.seq
    assert began
    enrol(lee, *invitation)
    lee.sync()
    lees = lee.opens("Lee's")
    settle(lee, anna)
    anna.set_back(anna.replica.head.seq)
    settle(anna, lee)
    assert lee.replica.head.epoch == 2
    store.files = dict(copy)
    kim.opens("On the restored share")
    kim.sync()
    assert kim.replica.head.seq == began
    lee.clock.pass_minutes(2)
    settle(lee, kim, anna, jo)
    assert _titles(kim) == {"Good", "Lee's", "On the restored share"}
    assert lee.case(lees)["title"] == "Lee's"
    assert_agree(anna, jo, kim, lee)
    lee.replica.close()


def test_the_first_of_two_openings_counts_although_it_goes_back_to_an_entry_ahead(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Both go back to entries the log has; nobody goes to and fro between them."""
    expect_log(f"{BACK}|epoch 2 was opened by somebody else")
    settle(anna, jo, kim)
    near = anna.replica.head.seq
    for title in ("One", "Two"):
        anna.opens(title)
        settle(anna, jo, kim)
    far = anna.replica.head.seq
    copy = dict(store.files)
    anna.set_back(near)
    settle(anna, jo)
    store.files = dict(copy)
    for station in (jo, anna):
        station.restart()
    # Anna's command line, on a replica that never heard of it, sets the desk back elsewhere.
    place = kim.replica.place(far)
    assert place is not None
    _rival(kim, anna, store, far)
    settle(kim, anna, jo)
    assert [station.replica.opened_at for station in (anna, jo, kim)] == [far] * 3
    assert_agree(anna, jo, kim)


def test_who_believed_that_there_is_no_later_epoch_hears_of_the_one_that_is_put_back(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    """Nobody commits after the opening was put back, so only who put it back can tell of it."""
    expect_log(BACK)
    settle(anna, jo, kim)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo, kim)
    copy, hint = dict(store.files), store.the_hint
    anna.set_back(good)
    store.files, store.the_hint = copy, hint
    settle(jo, kim)
    assert jo.replica.head.epoch == kim.replica.head.epoch == 1
    anna.clock.pass_minutes(2)
    anna.sync()
    assert jo.syncer.has_news()
    jo.syncer.round()
    store.the_hint = hint  # a workstation of the older epoch told of its head at the same moment
    kim.clock.pass_minutes(2)
    kim.syncer.round()
    assert_agree(anna, jo, kim)
    assert anna.replica.head.epoch == 2


@pytest.mark.parametrize("behind", [0, 1])
def test_who_stands_where_everything_was_let_go_follows_the_opening_that_goes_on_from_there(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None], behind: int
) -> None:
    """No snapshot leads there, and none is needed."""
    expect_log(BACK)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, *([jo] if behind else []), kim)
    anna.opens("Bad as well")
    settle(anna, kim)
    anna.set_back(good)
    store.files = {key: raw for key, raw in store.files.items() if key[0] == 2 or key[1] > good + 1}
    jo.clock.pass_minutes(2)
    assert jo.replica.head.seq == good + behind
    settle(jo, kim)
    assert_agree(anna, jo, kim)


def _rival(like: Station, anna: Station, store: MemoryStore, seq: int) -> None:
    place = like.replica.place(seq)
    assert place is not None
    raw = epochs.make(
        place[0], anna.secret, store=anna.replica.fact("store"), author=anna.analyst, at=1, schema=1,
        incarnation=b"x" * 8, generation=1,
    )  # fmt: skip
    store.files[2, 0, slot_name(0, ".e")] = raw


def test_an_opening_that_goes_back_to_an_entry_its_epoch_does_not_have_leads_nowhere(
    anna: Station, jo: Station, kim: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore,
    expect_log: Callable[[str], None],
) -> None:  # fmt: skip
    """The share is restored to before an opening amid Anna's commit, and she sets the desk back once more to that
    commit before she looks. Jo knows of none of it, goes on, and opens the same epoch further up."""
    expect_log(f"{BACK}|epoch 2 was opened by somebody else")
    expect_log("of epoch 3 was passed over: the log has another entry where it goes back to")
    with anna.transaction("analyst.edit") as tx:
        tx.update(Analyst, jo.analyst, role="administrator")
    invitation = anna.invites("Late")
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.set_back(anna.replica.head.seq)

    def restored() -> None:
        store.files = dict(copy)

    anna.opens("Amid")
    assert isinstance(anna.log, MemoryLog)
    anna.log.race = restored
    anna.sync()
    amid = anna.replica.head
    anna.opens("After it")
    anna.sync()
    anna.syncer.following.set_back(amid.seq)
    for title in ("One", "Two", "Three"):
        jo.opens(title)
        settle(jo, kim)
    jo.set_back(jo.replica.head.seq)
    jo.opens("In the second epoch")
    settle(jo, kim)
    late = bare(jo, tmp_path, make_log, "Late")
    jo.syncer.snapshots.make()
    settle(kim, jo, late)
    assert late.replica.floor.seq == jo.replica.head.seq
    enrol(late, *invitation)
    settle(late, jo, kim)
    assert jo.replica.head.epoch == 2
    assert_agree(jo, kim, late)
    anna.clock.pass_minutes(2)
    settle(anna, jo, kim, late)
    assert {station.replica.head.epoch for station in (anna, jo, kim, late)} == {2}
    assert _titles(late) == {"Amid", "After it", "One", "Two", "Three", "In the second epoch"}
    assert_agree(anna, jo, kim, late)
    late.replica.close()


def test_whoever_sets_the_desk_back_looks_first_whether_its_epoch_is_the_store_s(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log: Callable[[str], None]
) -> None:
    expect_log(BACK)
    settle(anna, jo, kim)
    copy = dict(store.files)
    anna.set_back(anna.replica.head.seq)

    def restored() -> None:
        store.files = dict(copy)

    anna.opens("Amid")
    assert isinstance(anna.log, MemoryLog)
    anna.log.race = restored
    anna.sync()
    anna.set_back(anna.replica.head.seq)
    settle(anna, jo, kim)
    assert {station.replica.head.epoch for station in (anna, jo, kim)} == {3}
    assert_agree(anna, jo, kim)
