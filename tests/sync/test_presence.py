"""Signs of life: sealed, small, rare; who is there is told whatever the clocks say, and who went is forgotten."""

from __future__ import annotations

import time

import pytest

from db.errors import StoreUnreachable
from db.ids import new_id
from db.keys import DeviceSecret, new_seed
from db.presence import (
    ALWAYS_EVERY_S,
    CHANGED_EVERY_S,
    LIVE_S,
    READ_AT_ONCE,
    Beat,
    Doing,
    Position,
    Presence,
    live_positions,
    name_of,
)
from tests.sync.memory_log import MemoryLog, MemoryStore

STORE = b"s" * 16
KEYS = {1: b"k" * 32}
CASE = b"c" * 16
HOUR_MS = 3_600_000


class Steady:
    """Seconds and wall clock of one machine; `skew_ms` is how wrong its wall clock is."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def wall(self, skew_ms: int = 0):
        return lambda: 1_700_000_000_000 + round(self.now * 1000) + skew_ms


class Station:
    """One device on the common store."""

    def __init__(self, store: MemoryStore, steady: Steady, skew_ms: int = 0, keys: dict[int, bytes] = KEYS) -> None:
        self.secret = DeviceSecret(new_id(), new_seed(), dict(keys))
        self.clock = steady.wall(skew_ms)
        self.log = MemoryLog(store)
        self.presence = Presence(self.log, self.secret, STORE, self.clock, steady)

    def tell(self, doing: Doing = Doing(), seq: int = 1) -> bool:  # noqa: B008
        return self.presence.tell(Beat(self.secret.device, b"a" * 16, 1, seq, 1, "0.1", self.clock(), doing))

    def others(self) -> list[bytes]:
        self.presence.look()
        return [beat.device for beat in self.presence.others()]


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def steady() -> Steady:
    return Steady()


def test_what_is_told_is_seen_by_the_others_and_by_nobody_without_the_key(store, steady):
    anna, jo = Station(store, steady), Station(store, steady)
    assert anna.tell(Doing(CASE, "reply"))
    assert jo.others() == [anna.secret.device]
    assert jo.presence.others()[0].doing == Doing(CASE, "reply", False)
    assert anna.others() == [], "one's own sign is no colleague"
    stranger = Station(store, steady, keys={1: b"x" * 32})
    assert stranger.others() == []
    (data,) = store.side.values()
    assert CASE not in data
    assert len(data) < 256


def test_it_is_written_rarely_and_only_for_news(store, steady):
    anna = Station(store, steady)
    assert anna.tell()
    assert not anna.tell(), "nothing changed"
    steady.now += 5
    assert not anna.tell(Doing(CASE, "view")), "the last is too fresh"
    steady.now += CHANGED_EVERY_S
    assert anna.tell(Doing(CASE, "view"))
    steady.now += CHANGED_EVERY_S + 1
    assert not anna.tell(Doing(CASE, "view"), seq=99), "how far it read is no news by itself"
    steady.now += ALWAYS_EVERY_S
    assert anna.tell(Doing(CASE, "view"), seq=99)


def test_a_failing_drive_is_not_asked_at_every_look(store, steady):
    anna = Station(store, steady)
    store.gone = True
    with pytest.raises(StoreUnreachable):
        anna.tell()
    store.gone = False
    assert not anna.tell()
    steady.now += ALWAYS_EVERY_S
    assert anna.tell()


def test_who_leaves_is_gone_at_once_and_who_crashes_after_a_while(store, steady):
    anna, mara, jo = (Station(store, steady) for _ in range(3))
    anna.tell()
    mara.tell()
    assert set(jo.others()) == {anna.secret.device, mara.secret.device}
    anna.presence.leave()
    assert jo.others() == [mara.secret.device]
    steady.now += LIVE_S + 1
    assert jo.others() == []


@pytest.mark.parametrize("skew", [-30 * HOUR_MS, 30 * HOUR_MS])
def test_a_wrong_clock_hides_nobody_who_lives_and_keeps_no_ghost(store, steady, skew):
    wrong, jo = Station(store, steady, skew), Station(store, steady)
    wrong.tell()
    jo.others()
    steady.now += ALWAYS_EVERY_S
    wrong.tell()
    assert jo.others() == [wrong.secret.device], "it changed under our eyes"
    steady.now += LIVE_S + 1
    assert jo.others() == []


def test_a_late_comer_sees_who_is_there_at_once(store, steady):
    anna = Station(store, steady)
    anna.tell()
    steady.now += ALWAYS_EVERY_S
    assert Station(store, steady).others() == [anna.secret.device]
    steady.now += LIVE_S
    assert Station(store, steady).others() == []


def test_many_are_read_in_turns_and_all_are_seen(store, steady):
    stations = [Station(store, steady) for _ in range(READ_AT_ONCE * 2 + 1)]
    for station in stations:
        station.tell()
    jo = Station(store, steady)
    counts = []
    for _ in range(3):
        steady.now += 1
        counts.append(len(jo.others()))
    assert counts == [READ_AT_ONCE, 2 * READ_AT_ONCE, 2 * READ_AT_ONCE + 1]


def test_a_dead_file_costs_next_to_nothing(store, steady):
    anna, jo = Station(store, steady), Station(store, steady)
    anna.tell()
    steady.now += LIVE_S + 1
    jo.others()
    reads = []
    inner = jo.log.get_side

    def counted(kind: str, name: str) -> bytes | None:
        reads.append(name)
        return inner(kind, name)

    jo.log.get_side = counted  # type: ignore[method-assign]
    for _ in range(10):
        steady.now += 20
        jo.others()
    assert reads == []


@pytest.mark.parametrize("damage", [b"", b"HDB1", b"x" * 200, b"HDB1\x01\x00" + b"y" * 100, b"z" * 5000])
def test_garbage_is_nobody(store, steady, damage):
    jo = Station(store, steady)
    store.side["dev", "0123abcd.h"] = damage
    store.side["dev", "stray"] = b"?"
    assert jo.others() == []
    assert live_positions(jo.log, KEYS, STORE, jo.clock()) == {}


def test_a_sign_under_another_name_or_of_another_store_is_nobody(store, steady):
    anna, jo = Station(store, steady), Station(store, steady)
    anna.tell()
    (data,) = store.side.values()
    name = name_of(anna.secret.device)
    assert Beat.open(data, KEYS, STORE, name) is not None
    assert Beat.open(data, KEYS, b"t" * 16, name) is None
    assert Beat.open(data, KEYS, STORE, "0123abcd.h") is None
    altered = bytearray(data)
    altered[-1] ^= 1
    assert Beat.open(bytes(altered), KEYS, STORE, name) is None
    assert jo.others() == [anna.secret.device]


def test_after_the_key_was_changed_both_sides_are_seen(store, steady):
    anna, jo = Station(store, steady), Station(store, steady)
    both = DeviceSecret(jo.secret.device, jo.secret.seed, {**KEYS, 2: b"n" * 32})
    jo.presence.renew(both)
    anna.tell()
    jo.tell()
    assert jo.others() == [anna.secret.device]
    assert anna.others() == [], "sealed with a key anna was not given"


def test_positions_of_all_that_live_for_who_packs_the_log_away(store, steady):
    anna, jo = Station(store, steady), Station(store, steady)
    anna.tell(seq=120)
    steady.now += 3600
    jo.tell(seq=99)
    now = jo.clock()
    both = {anna.secret.device: Position(1, 120), jo.secret.device: Position(1, 99)}
    assert live_positions(MemoryLog(store), KEYS, STORE, now) == both
    assert live_positions(MemoryLog(store), KEYS, STORE, now, within_ms=HOUR_MS // 2) == {
        jo.secret.device: Position(1, 99)
    }


def test_devices_of_the_same_minute_have_different_names():
    assert len({name_of(new_id()) for _ in range(50)}) == 50


def test_the_drive_tells_its_time(tmp_path):
    from db.drive import DriveLog

    (tmp_path / "share").mkdir()
    log = DriveLog(tmp_path / "share", "dev")
    log.create(b"card")
    secret = DeviceSecret(new_id(), new_seed(), dict(KEYS))
    presence = Presence(log, secret, STORE, lambda: 0)
    assert presence.tell(Beat(secret.device, b"a" * 16, 1, 1, 1, "0.1", 0))
    assert presence.clock_ahead_s == pytest.approx(0, abs=5)
    assert log.written_at("dev", "0123abcd.h") is None
    assert log.written_at("dev", name_of(secret.device)) == pytest.approx(time.time(), abs=60)
