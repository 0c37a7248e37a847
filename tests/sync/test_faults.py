"""What a drive, a power cut or a copied folder do to the log, and that nothing acknowledged is lost."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from db.errors import StorageError, StoreDamaged, StoreUnreachable
from db.keys import DeviceSecret, new_seed
from db.replica import Replica
from tests.sync.forgery import plant
from tests.sync.memory_log import Crash, MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, settle


def _log(station: Station) -> MemoryLog:
    assert isinstance(station.log, MemoryLog)
    return station.log


def test_a_link_that_worked_although_its_reply_was_lost_counts_once(anna: Station, jo: Station) -> None:
    case = anna.opens()
    for fault in ("lost reply", "no answer"):
        _log(anna).plan = [fault]
        anna.edits(case, reopen_count=int(anna.case(case)["reopen_count"]) + 1)
        anna.sync()
    jo.sync()
    assert jo.case(case)["reopen_count"] == 2
    assert_agree(anna, jo)


@pytest.mark.parametrize("fault", ["crash before", "crash after"])
def test_a_crash_around_the_publish_loses_and_doubles_nothing(anna: Station, jo: Station, fault: str) -> None:
    case = anna.opens()
    anna.sync()
    tx = anna.edits(case, reopen_count=1)
    _log(anna).plan = [fault]  # type: ignore[list-item]
    with pytest.raises(Crash):
        anna.sync()
    anna.restart()
    assert anna.case(case)["reopen_count"] == 1
    anna.sync()
    jo.sync()
    assert anna.replica.outcome(tx) == ("accepted", None)
    assert jo.case(case)["reopen_count"] == 1
    assert_agree(anna, jo)


def test_another_who_publishes_between_look_and_link_is_not_overwritten(anna: Station, jo: Station) -> None:
    case = anna.opens()
    settle(anna, jo)
    anna.edits(case, title="Anna")
    jo.edits(case, severity=1)
    _log(anna).race = jo.sync
    anna.sync()
    settle(anna, jo)
    assert (jo.case(case)["title"], jo.case(case)["severity"]) == ("Anna", 1)
    assert_agree(anna, jo)


def test_who_never_gets_an_answer_says_so_and_keeps_the_work(anna: Station, store: MemoryStore) -> None:
    anna.opens()
    seq = anna.replica.head.seq + 1
    plant(store, seq, ".e", b"somebody was first")

    class Blind(MemoryLog):
        """Its listings never show what is new."""

        def slots(self, epoch, after):
            return (slot for slot in super().slots(epoch, after) if slot[0] < seq)

    anna.log = Blind(store)
    anna.__post_init__()
    with pytest.raises(StoreUnreachable, match="no clear answer"):
        anna.sync()
    assert anna.replica.pending_count() == 1


def test_a_stale_listing_only_delays(anna: Station, jo: Station) -> None:
    case = anna.opens()
    anna.sync()
    _log(jo).hide_newest = 1
    assert jo.sync().applied == 0
    jo.opens("Mine")
    _log(jo).hide_newest = 1
    jo.sync()
    settle(anna, jo)
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)


def test_an_entry_that_is_listed_but_not_readable_is_neither_skipped_nor_built_over(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    anna.opens("First")
    anna.sync()
    anna.opens("Second")
    anna.sync()
    seq = anna.replica.head.seq
    _log(jo).unreadable = {f"{seq:012d}.e"}
    jo.opens("Third")
    with pytest.raises(StoreUnreachable, match="can't be read"):
        jo.sync()
    assert jo.replica.head.seq == seq - 1, "what came before it was taken"
    _log(jo).unreadable = set()
    settle(jo, anna)
    assert_agree(anna, jo)


@pytest.mark.expects_log("is damaged")
def test_a_torn_entry_blocks_commits_with_a_clear_sentence_and_loses_nothing(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    case = anna.opens()
    anna.sync()
    seq = anna.replica.head.seq
    whole = store.files[1, seq, f"{seq:012d}.e"]
    plant(store, seq, ".e", whole[: len(whole) // 2])
    mine = jo.opens("Mine")
    with pytest.raises(StoreDamaged, match=rf"Entry {seq} of the shared log is damaged .*Your work is kept here"):
        jo.sync()
    assert jo.case(mine)["title"] == "Mine"
    assert jo.replica.pending_count() == 1
    anna.restart()
    assert anna.sync().healed == [f"{seq:012d}.r1"]
    assert "is damaged" in jo.sync().passed[0]
    settle(anna, jo)
    assert jo.case(case)["number"] == 1
    assert_agree(anna, jo)


def test_a_desk_key_that_this_device_can_not_open_is_told_and_its_work_waits(anna: Station, jo: Station) -> None:
    """Its key was exchanged behind its back (a keyring restored from elsewhere): what was wrapped for it stays shut."""
    right = jo.secret
    jo.secret = DeviceSecret(right.device, new_seed(), right.desk_keys)
    jo.replica.set_facts({"desk_keys": None})
    jo.__post_init__()
    anna.rotates()
    anna.opens()
    anna.sync()
    jo.opens()
    with pytest.raises(StorageError, match="desk key 2 is not on this device"):
        jo.sync()
    assert jo.replica.pending_count() == 1
    jo.secret = right
    jo.__post_init__()
    settle(jo, anna)
    assert_agree(anna, jo)


def test_a_copied_outbox_publishes_each_transaction_once(
    anna: Station, jo: Station, tmp_path: Path, make_log: Callable[[str], MemoryLog]
) -> None:
    case = jo.opens()
    jo.sync()
    jo.edits(case, reopen_count=1)
    jo.replica.close()
    shutil.copy(jo.replica.path, tmp_path / "copy.db")
    jo.replica = Replica(jo.replica.path)
    jo.__post_init__()
    copy = Station("Copy", jo.analyst, Replica(tmp_path / "copy.db"), make_log("copy"), jo.secret, jo.clock)
    copy.opens("Only in the copy")
    jo.sync()
    copy.sync()
    settle(anna, jo, copy)
    assert anna.case(case)["reopen_count"] == 1
    assert anna.count("case") == 2
    assert_agree(anna, jo, copy)
    copy.replica.close()


def test_two_processes_on_one_profile_do_not_disturb_each_other(
    anna: Station, jo: Station, make_log: Callable[[str], MemoryLog]
) -> None:
    other = Station("Window", jo.analyst, Replica(jo.replica.path), make_log("window"), jo.secret, jo.clock)
    case = jo.opens()
    other.sync()
    other.edits(case, title="From the other window")
    jo.opens("Another")
    jo.sync()
    other.sync()
    assert jo.sync().pending == other.replica.pending_count() == 0
    anna.opens()
    settle(anna, other, jo)
    assert_agree(anna, jo, other)
    other.replica.close()


def test_another_process_that_confirms_first_is_no_error(
    anna: Station, jo: Station, make_log: Callable[[str], MemoryLog], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Station("Window", jo.analyst, Replica(jo.replica.path), make_log("window"), jo.secret, jo.clock)
    jo.opens()
    put = _log(jo).put

    def put_and_dawdle(*args):
        answer = put(*args)
        other.sync()
        return answer

    monkeypatch.setattr(jo.log, "put", put_and_dawdle)
    assert jo.sync().published == 1
    anna.sync()
    assert_agree(anna, jo, other)
    other.replica.close()


def test_the_sync_lane_never_publishes_what_the_database_lane_has_not_committed(anna: Station) -> None:
    inside, done = threading.Event(), threading.Event()

    def edit() -> None:
        with suppress(RuntimeError), anna.transaction("case.new") as tx:
            anna.replica._outbox.add(tx.record(), b"\x90", 0)
            inside.set()
            done.wait(0.3)
            raise RuntimeError("the disk is full at the last moment")

    lane = threading.Thread(target=edit)
    lane.start()
    inside.wait()
    head = anna.replica.head
    result = anna.sync()
    done.set()
    lane.join()
    assert (result.published, anna.replica.head) == (0, head)
