"""Ten thousand entries that no honest program writes: each is refused or passed by, nobody is stuck, all agree. And as
many that were written honestly and were damaged, exchanged or removed in the store since: each is put back.

The suite takes some hundreds; `HALLDESK_FUZZED=10000 HALLDESK_SEED=1 python -m pytest tests/sync/test_fuzz.py` takes
more, and others.
"""

from __future__ import annotations

import itertools
import logging
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from db import incarnation
from db.authority import AUTHORITY_TABLES
from db.chain import slot_name
from db.errors import StorageError
from db.log import SLOT_NAMES
from db.shapes import SHARED, Analyst
from db.verify import verify
from tests.sync.fuzzing import Fuzzer, damaged
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, join, settle

FUZZED = int(os.environ.get("HALLDESK_FUZZED", "300"))
SEED = int(os.environ.get("HALLDESK_SEED", "1"))
CHECK_EVERY = 100
YOUNGEST = 40
"""So many of the last entries are harmed; a workstation that starts looks at some more (db.healing)."""


@pytest.mark.timeout(120 + FUZZED // 5)
@pytest.mark.parametrize("role", ["analyst", "administrator"])
def test_nonsense_signed_or_not_stops_nobody(
    anna: Station,
    jo: Station,
    kim: Station,
    store: MemoryStore,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    make_log: Callable[[str], MemoryLog],
    role: str,
) -> None:
    caplog.set_level(logging.CRITICAL)
    # All of it is written with Jo's key, which Jo's machine notices (tests/app/test_machine); that is not tried here.
    monkeypatch.setattr(incarnation, "is_foreign", lambda *_: False)
    anna.opens("As it is", reopen_count=1)
    with anna.transaction("x") as tx:
        tx.update(Analyst, jo.analyst, role=role)
    lou = join(anna, tmp_path, make_log, "Lou")
    lou.replica.close()
    anna.sync()
    anna.revokes(lou.secret.device)
    settle(anna, jo, kim)
    barred = AUTHORITY_TABLES if role == "administrator" else frozenset[str]()
    fuzzer = Fuzzer(SEED, jo, lou, _rows(anna), barred)
    taken = 0
    for n in range(FUZZED):
        seq = anna.replica.head.seq + 1
        what, raw = fuzzer.entry(anna)
        before = dict(store.files)
        store.files[1, seq, f"{seq:012d}.e"] = raw
        try:
            _looks(anna)
            if anna.replica.head.seq == seq:
                taken += 1
            else:
                store.files = before  # no successor: a torn one waits for its bytes, a foreign one is passed by
            if n % CHECK_EVERY == 0 or n == FUZZED - 1:
                _goes_on(n, anna, jo, kim)
        except Exception as error:
            error.add_note(f"entry {n} of seed {SEED}: {what}, {len(raw)} bytes: {raw[:2000].hex()}")
            raise
    assert taken > FUZZED // 4, "hardly anything got as far as the rules"
    assert _accepted(anna) > FUZZED // 50, "hardly anything got past the rules"


@pytest.mark.timeout(120 + FUZZED // 5)
def test_whatever_becomes_of_written_entries_they_are_put_back(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    stations = (anna, jo, kim)
    for n in range(20):
        stations[n % 3].opens(f"Case {n}")
        settle(*stations)
    dice = random.Random(SEED)
    harmed = looks = 0
    while harmed < FUZZED:
        what, slots = _harm(dice, store)
        harmed += len(slots)
        looks += 1
        one = dice.choice(stations)
        lacking = {seq for seq in slots if one.replica.entry(seq) not in _lying_at(store, seq).values()}
        try:
            one.restart()
            healed = one.sync().healed
            assert {int(name[:12]) for name in healed} == lacking, "what was put back is not what was said"
            assert all(one.replica.entry(seq) in _lying_at(store, seq).values() for seq in slots)
            if looks % (CHECK_EVERY // 4) == 0:
                assert not verify(one.replica, one.log, one.secret.desk_keys).problems
                _goes_on(looks * 4, *stations)
        except Exception as error:
            error.add_note(f"seed {SEED}, after {harmed}: {what}")
            raise
        _make_room(store, one)
    _goes_on(0, *stations)


def _harm(dice: random.Random, store: MemoryStore) -> tuple[str, set[int]]:
    """Do something to some of the youngest entries in the store, under whatever name; says what, and to which."""
    keys = sorted(key for key in store.files if key[1] > max(store.files)[1] - YOUNGEST)
    chosen = dice.sample(keys, dice.randint(1, 4))
    what = dice.choice(["damaged", "removed", "exchanged", "repeated"])
    if what == "exchanged":
        other = dice.choice(keys)
        store.files[chosen[0]], store.files[other] = store.files[other], store.files[chosen[0]]
        chosen = [chosen[0], other]
    for key in chosen:
        if what == "damaged":
            store.files[key] = damaged(dice, store.files[key])
        elif what == "removed":
            del store.files[key]
        elif what == "repeated":
            store.files[key] = store.files[dice.choice(keys)] if key in store.files else b""
    return f"{what}: {chosen}", {seq for _epoch, seq, _name in chosen}


def _lying_at(store: MemoryStore, seq: int) -> dict[str, bytes]:
    """What counts as lying in a slot: names without a gap before them."""
    names = itertools.takewhile(lambda name: (1, seq, name) in store.files, (slot_name(seq, s) for s in SLOT_NAMES))
    return {name: store.files[1, seq, name] for name in names}


def _make_room(store: MemoryStore, station: Station) -> None:
    """The ten names of a slot are used up by and by; what is said then is tried elsewhere (test_intruders)."""
    for seq in {seq for _epoch, seq, _name in store.files}:
        if len(_lying_at(store, seq)) > len(SLOT_NAMES) - 3:
            raw = station.replica.entry(seq)
            assert raw is not None
            for name in _lying_at(store, seq):
                del store.files[1, seq, name]
            store.files[1, seq, slot_name(seq, SLOT_NAMES[0])] = raw


def _looks(station: Station) -> None:
    try:
        station.sync()
    except StorageError as error:
        # A member may say that the log was upgraded: then everybody stops, readable and in words.
        if "update Halldesk" not in str(error) and "desk key" not in str(error):
            raise


def _rows(station: Station) -> list[tuple[str, bytes]]:
    with station.replica.reading() as raw:
        return [(table, row[0]) for table in SHARED for row in raw.execute(f'SELECT id FROM "{table}"')]


def _accepted(station: Station) -> int:
    return int(station.one("SELECT count(*) AS n FROM applied_tx WHERE refused IS NULL")["n"])


def _goes_on(n: int, *stations: Station) -> None:
    """Everybody can still work, and all have the same."""
    own = stations[n // CHECK_EVERY % len(stations)]
    case = own.opens(f"Goes on after {n}")
    settle(*stations)
    assert_agree(*stations)
    assert all(station.case(case)["title"] == f"Goes on after {n}" for station in stations)
