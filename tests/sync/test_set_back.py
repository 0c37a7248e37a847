"""A share restored from an old copy, by accident or on purpose: everybody ends where it is, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import packs
from db.chain import slot_name
from db.errors import NoWayOn, StorageError
from db.shapes import TimelineEntry
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, arrive, assert_agree, bare, enrol, join, settle

WENT_ON = "was set back to entry .* and went on without this workstation"
MakeLog = Callable[[str], MemoryLog]


def _comment(station: Station, case: bytes, text: str) -> bytes:
    with station.transaction("case.note") as tx:
        tx.insert(TimelineEntry, case_id=case, at=1, kind="note", text=text, author_id=station.analyst)
    return bytes(tx.id)


# -- not on purpose ---------------------------------------------------------------------------------------------------
def test_who_meets_a_store_that_went_on_goes_back_and_sends_his_own_again(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    case = anna.opens("Known to all")
    settle(anna, jo, kim)
    backup = dict(store.files)
    lost = jo.edits(case, title="Jo's title", reopen_count=1)
    jo.sync()
    pending = jo.edits(case, severity=1)
    store.files = backup
    anna.clock.pass_minutes(1)
    kim.edits(case, reopen_count=1)
    kim.opens("On the restored store")
    kim.sync()
    settle(jo, anna, kim)
    assert jo.replica.outcome(lost) == jo.replica.outcome(pending) == ("accepted", None)
    assert (kim.case(case)["title"], kim.case(case)["reopen_count"], kim.case(case)["severity"]) == ("Jo's title", 2, 1)
    assert jo.replica.lost() == []
    assert_agree(anna, jo, kim)


def test_what_builds_on_anothers_lost_entry_waits_for_it(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    settle(anna, jo, kim)
    backup = dict(store.files)
    case = anna.opens("Anna's, forgotten by the drive")
    settle(anna, jo)
    comment = _comment(jo, case, "Jo's word on it")
    jo.sync()
    later = _comment(jo, case, "Not even sent")
    store.files = backup
    anna.clock.pass_minutes(1)
    kim.opens("In their place")
    kim.sync()
    result = jo.sync()
    assert (result.lost, result.new_conflicts) == (3, 0)
    assert jo.replica.outcome(comment)[0] == jo.replica.outcome(later)[0] == "pending"
    settle(kim, anna, jo)
    assert jo.replica.lost() == []
    assert kim.count("timeline_entry") == 2
    assert {kim.replica.outcome(tx) for tx in (comment, later)} == {("accepted", None)}
    assert kim.case(case)["number"] == 2
    assert_agree(anna, jo, kim)


def test_what_waits_for_another_waits_three_days_and_is_a_question_then(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    settle(anna, jo, kim)
    backup = dict(store.files)
    case = anna.opens("Anna never comes back")
    settle(anna, jo)
    comment = _comment(jo, case, "Jo's word on it")
    jo.sync()
    store.files = backup
    anna.clock.pass_minutes(1)
    kim.opens("In their place")
    kim.sync()
    for days, outcome in ((0, "pending"), (2, "pending"), (2, "refused")):
        jo.clock.pass_minutes(days * 24 * 60)
        jo.sync()
        assert jo.replica.outcome(comment)[0] == outcome


def test_what_nobody_else_brings_back_can_be_sent_by_whoever_kept_it(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    settle(anna, jo, kim)
    backup = dict(store.files)
    case = kim.opens("Kim's last case")
    settle(kim, jo)
    store.files = backup
    anna.clock.pass_minutes(1)
    anna.opens("Instead")
    anna.sync()
    jo.sync()
    (kept,) = jo.replica.lost()
    assert (kept.kind, kept.author, kept.waits) == ("case.new", kim.analyst, False)
    assert jo.replica.resubmit(kept.id)
    settle(jo, anna)
    assert anna.case(case)["title"] == "Kim's last case"
    settle(kim, jo, anna)
    assert kim.replica.lost() == jo.replica.lost() == []
    assert_agree(anna, jo, kim)


def test_an_enrolment_that_was_lost_is_made_again(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    kim, invitation, seed = arrive(anna, tmp_path, make_log, "Kim")
    settle(anna, jo)
    invited = dict(store.files)
    enrol(kim, invitation, seed)
    case = kim.opens("Kim is in")
    kim.sync()
    store.files = invited
    anna.clock.pass_minutes(1)
    jo.opens("In its place")
    jo.sync()
    settle(kim, anna, jo)
    assert anna.case(case)["title"] == "Kim is in"
    assert_agree(anna, jo, kim)
    kim.replica.close()


def test_a_replica_that_began_after_the_common_entry_starts_over(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore, expect_log
) -> None:
    expect_log(WENT_ON)
    anna.opens("Common")
    invitation = anna.invites("Kim")
    settle(anna, jo)
    backup = dict(store.files)
    anna.opens("Forgotten")
    anna.sync()
    anna.syncer.snapshots.make()
    kim = bare(anna, tmp_path, make_log, "Kim")
    kim.sync()
    assert kim.replica.floor.seq == anna.replica.head.seq
    enrol(kim, *invitation)
    mine = kim.opens("Kim's first")
    kim.sync()
    store.files = backup
    anna.clock.pass_minutes(1)
    jo.opens("Instead")
    jo.sync()
    kim.sync()
    assert kim.replica.floor.seq == 0, "read from the first entry"
    settle(kim, anna, jo)
    assert anna.case(mine)["title"] == "Kim's first"
    assert kim.replica.floor.seq == 0
    assert_agree(anna, jo, kim)
    kim.replica.close()


def test_going_back_leaves_no_trace(anna: Station, jo: Station) -> None:
    case = anna.opens("Before", description="words")
    settle(anna, jo)
    head, digest = anna.replica.head, anna.replica.digest
    number = anna.case(case)["rid"]
    anna.edits(case, title="After", severity=1)
    other = anna.opens("Another")
    _comment(anna, other, "said")
    anna.claims(case)
    with anna.transaction() as tx:
        tx.delete(TimelineEntry, anna.one("SELECT id FROM timeline_entry")["id"])
    anna.sync()
    anna.opens("Pending")
    anna.replica.roll_back(head.seq, anna.secret.desk_keys, anna.clock())
    assert (anna.replica.head, anna.replica.digest) == (head, digest)
    assert anna.whole()
    assert (anna.case(case)["title"], anna.case(case)["rid"], anna.count("case")) == ("Before", number, 1)
    assert len(anna.replica.lost()) == 6
    query = "SELECT count(*) AS n FROM case_fts WHERE case_fts MATCH ?"
    assert (anna.one(query, "before")["n"], anna.one(query, "after")["n"]) == (1, 0)


# -- on purpose -------------------------------------------------------------------------------------------------------
BACK = "an administrator set the desk back to entry"


def test_an_administrator_sets_the_desk_back_and_all_follow(
    anna: Station, jo: Station, kim: Station, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log(BACK)
    case = anna.opens("Good")
    settle(anna, jo, kim)
    good = anna.replica.head.seq
    jo.edits(case, title="Spoilt")
    jo.opens("Never wanted")
    settle(jo, anna)
    unsent = jo.edits(case, severity=1)
    anna.set_back(good)
    settle(anna, jo, kim)
    assert (kim.case(case)["title"], kim.case(case)["severity"], kim.count("case")) == ("Good", 1, 1)
    assert kim.replica.outcome(unsent) == ("accepted", None)
    assert {row.kind for row in jo.replica.lost()} == {"case.edit", "case.new"}
    assert not any(row.waits for row in jo.replica.lost())
    assert anna.replica.head.epoch == 2
    anna.opens("Goes on")
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    lee = join(anna, tmp_path, make_log, "Lee")
    settle(anna, jo, kim, lee)
    assert_agree(anna, jo, kim, lee)
    lee.replica.close()


def test_it_can_be_set_back_again_and_a_snapshot_leads_into_the_newest_epoch(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log(BACK)
    for _ in range(3):
        good = anna.replica.head.seq
        anna.opens("Kept")
        anna.opens("Not")
        settle(anna, jo)
        anna.set_back(good)
        anna.opens("Instead")
        settle(anna, jo)
    assert anna.replica.head.epoch == 4
    assert_agree(anna, jo)
    made = jo.syncer.snapshots.make()
    assert made.epoch == 4
    kim = join(anna, tmp_path, make_log, "Kim")
    assert kim.replica.floor == made.head
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    for station in (anna, jo, kim):
        station.restart()
        station.sync()
    kim.replica.close()


def test_a_snapshot_of_the_moment_of_going_back_is_taken(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log(BACK)
    invitation = anna.invites("Kim")
    good = anna.replica.head.seq
    anna.opens("Not")
    settle(anna, jo)
    old = jo.syncer.snapshots.make()
    anna.set_back(good)
    settle(anna, jo)
    made = anna.syncer.snapshots.make()
    assert made.seq < old.seq
    kim = bare(anna, tmp_path, make_log, "Kim")
    kim.sync()
    assert kim.replica.floor == made.head
    enrol(kim, *invitation)
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    kim.replica.close()


def test_nobody_else_may_set_the_desk_back(anna: Station, jo: Station) -> None:
    """What becomes of an opening that a modified program makes: tests.sync.test_openings."""
    anna.opens()
    settle(anna, jo)
    with pytest.raises(StorageError, match="Only an administrator"):
        jo.syncer.set_back(2)


@pytest.mark.parametrize("junk", [b"", b"junk", bytes(200)])
def test_junk_in_an_opening_s_place_is_passed_over(
    anna: Station, jo: Station, store: MemoryStore, junk: bytes, expect_log
) -> None:
    store.files[2, 0, slot_name(0, ".e")] = junk
    anna.opens("Good")
    settle(anna, jo)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo)
    expect_log(BACK)
    anna.set_back(good)
    settle(anna, jo)
    assert jo.count("case") == 1
    assert_agree(anna, jo)


def test_an_opening_that_the_store_forgot_is_put_back(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(BACK)
    anna.opens("Good")
    settle(anna, jo, kim)
    good = anna.replica.head.seq
    anna.opens("Bad")
    settle(anna, jo, kim)
    anna.set_back(good)
    settle(anna, jo)
    anna.opens("After")
    settle(anna, jo)
    store.files = {key: raw for key, raw in store.files.items() if key[0] == 1}
    anna.restart()
    settle(anna, kim, jo)
    assert kim.count("case") == 2
    assert_agree(anna, jo, kim)


def test_who_was_away_while_old_entries_went_and_the_desk_was_set_back_goes_on(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    """The snapshots that replaced what was dropped are of the future that was undone."""
    expect_log("an administrator set the desk back to entry")
    settle(anna, jo, kim)
    case = kim.opens("Made while away")
    place = 0
    for _ in range(6):
        anna.opens()
        settle(anna, jo)
        place = place or anna.replica.head.seq
        anna.syncer.snapshots.make()
        jo.syncer.snapshots.answer()
    while packs.pack(anna.replica, anna.syncer.log, quiet=1, shard=4):
        pass
    assert anna.housekeeping.compact(age_ms=-1, shard=4, without_packs=True).through > place
    anna.set_back(place)
    settle(kim, anna, jo)
    assert anna.case(case)["title"] == "Made while away"
    assert_agree(anna, jo, kim)


def test_a_desk_set_back_to_before_a_change_of_its_key_goes_on_under_the_older_one(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log("an administrator set the desk back to entry")
    anna.opens()
    settle(anna, jo)
    place = anna.replica.head.seq
    anna.rotates()
    settle(anna, jo)
    anna.set_back(place)
    settle(anna, jo)
    assert anna.syncer._secret.generation == anna.replica.generation == 1
    anna.opens("After it")
    settle(anna, jo)
    anna.syncer.snapshots.make()
    late = bare(anna, tmp_path, make_log, "Lee")
    late.secret = replace(late.secret, desk_keys={1: late.secret.desk_keys[1]})
    late.__post_init__()
    late.sync()
    assert late.replica.floor.seq == anna.replica.head.seq, "it began with the snapshot"
    anna.rotates()
    settle(anna, jo)
    assert jo.replica.generation == 2
    assert_agree(anna, jo)
    late.replica.close()


def test_the_opening_of_an_epoch_can_be_read_by_whoever_is_of_the_desk_then(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log("an administrator set the desk back to entry")
    anna.opens()
    settle(anna, jo)
    place = anna.replica.head.seq
    late = bare(anna, tmp_path, make_log, "Lee")
    anna.rotates()
    anna.sync()
    anna.set_back(place)
    late.sync()
    assert late.replica.head == anna.replica.head
    late.replica.close()


def test_who_began_with_a_snapshot_where_a_new_epoch_begins_can_go_back_to_that_place(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log(f"set the desk back to entry|{WENT_ON}")
    anna.opens()
    settle(anna, jo)
    anna.syncer.snapshots.make()
    jo.syncer.snapshots.answer()
    place = anna.replica.head.seq
    late = bare(anna, tmp_path, make_log, "Lee")
    late.sync()
    assert late.replica.floor.seq == place
    anna.opens("Undone")
    settle(anna, jo, late)
    anna.set_back(place)
    settle(anna, jo, late)
    backup = dict(store.files)
    anna.opens("After it")
    anna.sync()
    late.sync()
    store.files = backup
    anna.clock.pass_minutes(2)
    jo.opens("In their place")
    jo.sync()
    settle(late, jo, anna)
    assert_agree(anna, jo, late)
    late.replica.close()


def test_lost_work_is_sent_again_although_somebody_left_rubbish_at_the_end_of_the_log(
    anna: Station, jo: Station, store: MemoryStore, expect_log
) -> None:
    expect_log(f"{WENT_ON}|was not taken")
    settle(anna, jo)
    backup = dict(store.files)
    case = jo.opens("Forgotten by the drive")
    jo.sync()
    store.files = backup
    anna.clock.pass_minutes(1)
    anna.opens("In its place")
    anna.sync()
    seq = anna.replica.head.seq + 1
    forged = entry(anna, replace(anna.secret, seed=b"x" * 32), [record("case.edit")])
    plant(store, seq, ".e", forged)
    jo.sync()
    assert (jo.replica.lost(), jo.replica.pending_count()) == ([], 0)
    settle(anna, jo)
    assert anna.case(case)["title"] == "Forgotten by the drive"


def test_who_forked_before_what_was_let_go_does_not_put_his_own_beside_it(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, expect_log
) -> None:
    """What the newest entry in his slot follows was dropped, so nothing there tells that it is another history."""
    expect_log("went on without this workstation")
    settle(anna, jo, kim)
    copy = dict(store.files)
    mine = [kim.opens("One"), kim.opens("Two")]
    kim.sync()
    kim.edits(mine[0], title="One more")
    kim.sync()
    forked = kim.replica.head.seq
    store.files = copy
    for _ in range(4):
        anna.opens()
        settle(anna, jo)
    anna.syncer.snapshots.make()
    jo.syncer.snapshots.answer()
    store.files = {key: raw for key, raw in store.files.items() if key[1] >= forked}
    kim.restart()
    settle(kim, anna, jo)
    assert slot_name(forked, ".r1") not in {name for _epoch, seq, name in store.files if seq == forked}
    assert [anna.case(case)["title"] for case in mine] == ["One more", "Two"]
    assert_agree(anna, jo, kim)


def test_nobody_starts_over_while_nothing_leads_in_again(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, store: MemoryStore, expect_log
) -> None:
    """Kim can't go back, the log is kept from later on and has no snapshot yet: what she knows stays readable."""
    expect_log(WENT_ON)
    case = anna.opens("Common")
    invitation = anna.invites("Kim")
    settle(anna, jo)
    copy = dict(store.files)
    anna.opens("Forgotten")
    anna.sync()
    anna.syncer.snapshots.make()
    kim = bare(anna, tmp_path, make_log, "Kim")
    kim.sync()
    assert kim.replica.floor.seq > 0
    enrol(kim, *invitation)
    kim.sync()
    mine = kim.opens("Kim's")
    kim.sync()
    store.files = copy
    for _ in range(3):
        jo.opens("On the restored share")
        jo.sync()
    anna.clock.pass_minutes(2)
    settle(anna, jo)
    first = jo.replica.head.seq - 1
    store.files = {key: raw for key, raw in store.files.items() if key[1] >= first}
    snapshots = {key: store.side.pop(key) for key in [key for key in store.side if key[0] == "snap"]}
    with pytest.raises(NoWayOn):
        kim.sync()
    assert (kim.case(case)["title"], kim.case(mine)["title"]) == ("Common", "Kim's")
    kim.edits(mine, title="Kim's, later")
    store.side |= snapshots
    jo.syncer.snapshots.make()
    kim.clock.pass_minutes(2)
    settle(kim, anna, jo)
    assert anna.case(mine)["title"] == "Kim's, later"
    assert_agree(anna, jo, kim)
    kim.replica.close()
