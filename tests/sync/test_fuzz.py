"""Ten thousand entries that no honest program writes: each is refused or passed by, nobody is stuck, all agree.

The suite takes some hundreds; `HALLDESK_FUZZED=10000 HALLDESK_SEED=1 python -m pytest tests/sync/test_fuzz.py` takes
more, and others.
"""

from __future__ import annotations

import logging
import os

import pytest

from db import incarnation
from db.authority import AUTHORITY_TABLES
from db.errors import StorageError
from db.shapes import SHARED, Analyst
from tests.sync.fuzzing import Fuzzer
from tests.sync.memory_log import MemoryStore
from tests.sync.stations import Station, assert_agree, settle

FUZZED = int(os.environ.get("HALLDESK_FUZZED", "300"))
SEED = int(os.environ.get("HALLDESK_SEED", "1"))
CHECK_EVERY = 100


@pytest.mark.timeout(120 + FUZZED // 5)
@pytest.mark.parametrize("role", ["analyst", "administrator"])
def test_nonsense_signed_or_not_stops_nobody(
    anna: Station,
    jo: Station,
    kim: Station,
    store: MemoryStore,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
) -> None:
    caplog.set_level(logging.CRITICAL)
    # All of it is written with Jo's key, which Jo's machine notices (tests/app/test_machine); that is not tried here.
    monkeypatch.setattr(incarnation, "is_foreign", lambda *_: False)
    anna.opens("As it is", reopen_count=1)
    with anna.transaction("x") as tx:
        tx.update(Analyst, jo.analyst, role=role)
    settle(anna, jo, kim)
    barred = AUTHORITY_TABLES if role == "administrator" else frozenset[str]()
    fuzzer = Fuzzer(SEED, jo, _rows(anna), barred)
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
