"""What every shared log must do, whoever keeps it: one class of tests, inherited for each store.

A subclass gives two fixtures: `open_log`, a function that opens the same store once more, as another workstation does;
and `uproot`, one that makes the store unreachable.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from db.chain import slot_name
from db.errors import StoreUnreachable
from db.log import MAX_SIDE, SIDE_KINDS, SLOT_NAMES, Head, Hint, Put, SharedLog

OpenLog = Callable[[], SharedLog]


class SharedLogContract:
    """Inherit as `TestX(SharedLogContract)`."""

    @pytest.fixture
    def log(self, open_log: OpenLog) -> SharedLog:
        """A store that was just made."""
        log = open_log()
        assert log.card() is None
        assert log.create(b"card")
        return log

    def test_a_store_is_made_once(self, log: SharedLog, open_log: OpenLog) -> None:
        assert not open_log().create(b"another card")
        assert log.create(b"card"), "the same card again is no other store"
        assert open_log().card() == b"card"

    def test_a_name_is_taken_by_exactly_one(self, log: SharedLog, open_log: OpenLog) -> None:
        other = open_log()
        name = slot_name(1, ".e")
        assert log.put(1, 1, name, b"mine") is Put.WON
        assert other.put(1, 1, name, b"theirs") is Put.LOST
        assert other.read(1, 1, name) == log.read(1, 1, name) == b"mine"

    def test_the_same_bytes_again_are_won(self, log: SharedLog, open_log: OpenLog) -> None:
        name = slot_name(1, ".e")
        assert log.put(1, 1, name, b"mine") is Put.WON
        assert open_log().put(1, 1, name, b"mine") is Put.WON

    def test_empty_and_large_entries_come_back_as_they_were(self, log: SharedLog) -> None:
        large = bytes(range(256)) * 20_000
        assert log.put(1, 1, slot_name(1, ".e"), b"") is Put.WON
        assert log.put(1, 2, slot_name(2, ".e"), large) is Put.WON
        assert log.read(1, 1, slot_name(1, ".e")) == b""
        assert log.read(1, 2, slot_name(2, ".e")) == large

    def test_a_name_that_went_away_reads_as_none(self, log: SharedLog) -> None:
        assert log.read(1, 5, slot_name(5, ".e")) is None

    def test_slots_come_ascending_up_to_the_first_that_is_missing(self, log: SharedLog, open_log: OpenLog) -> None:
        assert list(log.slots(1, 0)) == []
        for seq in (1, 2, 3, 5):
            log.put(1, seq, slot_name(seq, ".e"), b"%d" % seq)
        listed = [(seq, [slot_name(seq, ".e")]) for seq in (1, 2, 3)]
        listed.append((4, []))
        assert list(open_log().slots(1, 0)) == listed
        assert list(log.slots(1, 2)) == listed[2:]
        assert list(log.slots(1, 3)) == [(4, [])], "missing, although a later one is there"
        assert list(log.slots(1, 5)) == []

    def test_slots_cross_from_one_thousand_to_the_next(self, log: SharedLog) -> None:
        for seq in range(998, 1003):
            log.put(1, seq, slot_name(seq, ".e"), b"x")
        for after in range(997, 1003):
            assert [seq for seq, _names in log.slots(1, after)] == list(range(after + 1, 1003))

    def test_names_of_a_slot_come_in_order_up_to_the_first_that_is_missing(self, log: SharedLog) -> None:
        for suffix in (".r2", ".r1", ".e", ".r4"):
            log.put(1, 1, slot_name(1, suffix), suffix.encode())
        log.put(1, 2, slot_name(2, ".r1"), b"no .e: no slot")
        assert list(log.slots(1, 0)) == [(1, [slot_name(1, s) for s in (".e", ".r1", ".r2")])]

    def test_all_ten_names_can_be_taken(self, log: SharedLog) -> None:
        for suffix in SLOT_NAMES:
            assert log.put(1, 1, slot_name(1, suffix), suffix.encode()) is Put.WON
        assert list(log.slots(1, 0)) == [(1, [slot_name(1, suffix) for suffix in SLOT_NAMES])]

    def test_epochs_are_apart(self, log: SharedLog) -> None:
        log.put(1, 1, slot_name(1, ".e"), b"one")
        log.put(2, 1, slot_name(1, ".e"), b"two")
        assert log.read(2, 1, slot_name(1, ".e")) == b"two"
        assert [seq for seq, _ in log.slots(2, 0)] == [1]
        assert list(log.slots(3, 0)) == []

    def test_slot_0_stands_apart(self, log: SharedLog) -> None:
        assert list(log.slots(2, -1)) == []
        log.put(2, 0, slot_name(0, ".e"), b"opening")
        log.put(2, 7, slot_name(7, ".e"), b"seven")
        assert next(iter(log.slots(2, -1))) == (0, [slot_name(0, ".e")])
        assert list(log.slots(2, 6)) == [(7, [slot_name(7, ".e")])]
        assert log.oldest(2) == 7

    def test_epochs_are_listed(self, log: SharedLog) -> None:
        assert log.epochs() == []
        for epoch in (1, 3):
            log.put(epoch, 1, slot_name(1, ".e"), b"x")
        assert log.epochs() == [1, 3]

    def test_what_is_dropped_is_gone_and_what_follows_stays(self, log: SharedLog, open_log: OpenLog) -> None:
        assert log.oldest(1) is None
        for seq in (998, 999, 1000, 1001):
            log.put(1, seq, slot_name(seq, ".e"), b"x")
        log.put(1, 998, slot_name(998, ".r1"), b"x")
        log.put(1, 0, slot_name(0, ".e"), b"opening")
        assert log.oldest(1) == 998
        for _ in range(2):
            open_log().drop(1, 999)
        assert log.oldest(1) == 1000
        assert list(log.slots(1, 997)) == []
        assert [seq for seq, _names in log.slots(1, 999)] == [1000, 1001]
        assert next(iter(log.slots(1, -1)))[0] == 0

    def test_a_hint_tells_the_head_that_was_announced_last(self, log: SharedLog, open_log: OpenLog) -> None:
        assert log.hint() is None
        for seq in (9, 10, 11):
            log.put(1, seq, slot_name(seq, ".e"), b"x")
            log.announce(Head(1, seq, b"h" * 32))
            assert open_log().hint() == Hint(1, seq)

    def test_side_files_are_replaced_and_removed(self, log: SharedLog, open_log: OpenLog) -> None:
        other = open_log()
        assert log.get_side("invite", "a") is None
        log.remove_side("invite", "a")
        log.put_side("invite", "a", b"1")
        other.put_side("invite", "a", b"2")
        log.put_side("dev", "a", b"3")
        assert (log.get_side("invite", "a"), log.get_side("dev", "a")) == (b"2", b"3")
        other.remove_side("invite", "a")
        assert log.get_side("invite", "a") is None

    def test_side_files_are_listed_in_order_by_kind(self, log: SharedLog, open_log: OpenLog) -> None:
        assert [log.sides(kind) for kind in SIDE_KINDS] == [[]] * len(SIDE_KINDS)
        names = ["00ff", "a", "a-2.m", "a-b", "e0001-000000120000.z", "f" * 80]
        for kind in SIDE_KINDS:
            for name in reversed(names):
                log.put_side(kind, name, kind.encode() + name.encode())
        other = open_log()
        other.remove_side("snap", "a")
        assert log.sides("snap") == [name for name in names if name != "a"]
        for kind in SIDE_KINDS:
            if kind != "snap":
                assert other.sides(kind) == names
            assert log.get_side(kind, "00ff") == kind.encode() + b"00ff"

    def test_a_side_file_is_taken_by_exactly_one(self, log: SharedLog, open_log: OpenLog) -> None:
        other = open_log()
        for kind in SIDE_KINDS:
            assert log.take_side(kind, "a1", b"mine")
            assert not other.take_side(kind, "a1", b"theirs")
            assert log.take_side(kind, "a1", b"mine"), "the same bytes again: a reply may have been lost"
            assert other.get_side(kind, "a1") == b"mine"
        log.remove_side("pack", "a1")
        assert other.take_side("pack", "a1", b"theirs")

    def test_a_side_file_may_have_four_mebibytes(self, log: SharedLog, open_log: OpenLog) -> None:
        large = bytes(range(256)) * (MAX_SIDE // 256)
        assert log.take_side("blob", "ab" * 32, large)
        log.put_side("snap", "large", large)
        log.put_side("snap", "empty", b"")
        other = open_log()
        assert other.get_side("blob", "ab" * 32) == large
        assert other.get_side("snap", "large") == large
        assert other.get_side("snap", "empty") == b""

    @pytest.mark.parametrize("name", ["", "A", "a b", "../a", "a/b", "a" * 81, ".a", "a.", "-a", "t.dev.1", "ä", "a\n"])
    def test_a_side_file_has_a_name_that_every_file_system_keeps(self, log: SharedLog, name: str) -> None:
        for call in (log.get_side, log.remove_side):
            with pytest.raises(ValueError, match="no side file"):
                call("dev", name)
        for put in (log.put_side, log.take_side):
            with pytest.raises(ValueError, match="no side file"):
                put("dev", name, b"")
        with pytest.raises(ValueError, match="no side file"):
            log.put_side("log", "a", b"")

    def test_a_bell_rings_when_another_workstation_committed(self, log: SharedLog, open_log: OpenLog) -> None:
        bell = log.bell()
        if bell is None:
            pytest.skip("this store has no bell: polling only")
        try:
            while bell.wait(0.05):
                pass  # what was announced before it hung there
            other = open_log()
            for seq in (1, 2):
                other.put(1, seq, slot_name(seq, ".e"), b"x")
                other.announce(Head(1, seq, b"h" * 32))
                assert bell.wait(5), "nobody heard of the entry"
            while bell.wait(0.05):
                pass
        finally:
            bell.close()

    def test_closing_a_bell_ends_the_wait_in_another_thread(self, log: SharedLog) -> None:
        bell = log.bell()
        if bell is None:
            pytest.skip("this store has no bell: polling only")
        while bell.wait(0.05):
            pass
        answers: list[bool] = []
        waiting = threading.Thread(target=lambda: answers.append(bell.wait(30)))
        waiting.start()
        time.sleep(0.05)
        bell.close()
        waiting.join(5)
        assert answers == [False]

    def test_an_unreachable_store_is_never_an_empty_one(self, log: SharedLog, uproot: Callable[[], None]) -> None:
        log.put(1, 1, slot_name(1, ".e"), b"x")
        uproot()
        with pytest.raises(StoreUnreachable):
            log.card()
        with pytest.raises(StoreUnreachable):
            list(log.slots(1, 0))
        with pytest.raises(StoreUnreachable):
            log.put(1, 2, slot_name(2, ".e"), b"y")
        for ask in (log.epochs, lambda: log.oldest(1), lambda: log.drop(1, 999)):
            with pytest.raises(StoreUnreachable):
                ask()
        with pytest.raises(StoreUnreachable):
            log.put_side("dev", "a", b"y")
        with pytest.raises(StoreUnreachable):
            log.take_side("blob", "a", b"y")
        with pytest.raises(StoreUnreachable):
            log.get_side("invite", "a")
        with pytest.raises(StoreUnreachable):
            log.sides("snap")
        with pytest.raises(StoreUnreachable):
            log.remove_side("dev", "a")
        log.announce(Head(1, 1, b"h" * 32))
