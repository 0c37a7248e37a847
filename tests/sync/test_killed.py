"""Processes that race for the same cases, and processes that are killed in mid-work.

`HALLDESK_KILLS=1000 python -m pytest tests/sync/test_killed.py` kills a thousand times; the suite a few times.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgpack
import pytest

from db.blobs import ChunkStore
from db.chunks import split
from db.drive import DriveLog
from db.verify import verify
from tests.sync.stations import Station, assert_agree, found, join, settle
from tests.sync.workers import Seat, among_the_tests, claim_all, drained, processes, work_until_killed

KILLS = int(os.environ.get("HALLDESK_KILLS", "12"))
SEED = int(os.environ.get("HALLDESK_SEED", "1"))
CLAIMERS, CASES = 16, 4
DAY_S = 24 * 3600


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def _desk(folder: Path, share: Path, others: int) -> list[Station]:
    anna = found(folder, lambda name: DriveLog(share, name))
    stations = [anna, *(join(anna, folder, lambda name: DriveLog(share, name), f"Jo{n}") for n in range(others))]
    settle(*stations)
    return stations


@pytest.mark.timeout(400)
def test_sixteen_processes_claim_the_same_cases_and_each_has_one_winner_whom_all_know(
    tmp_path: Path, share: Path
) -> None:
    anna, jo = _desk(tmp_path, share, 1)
    cases = [anna.opens(f"Case {n}") for n in range(CASES)]
    seats = []
    for n in range(CLAIMERS):
        station = join(anna, tmp_path, lambda name: DriveLog(share, name), f"Claimer{n}")
        seats.append(Seat.of(station, share))
        station.replica.close()
    context = processes()
    start = context.Barrier(CLAIMERS)
    claimers, answers = [], []
    for seat in seats:
        answer, told = context.Pipe(duplex=False)
        claimers.append(context.Process(target=claim_all, args=(seat, cases, start, told)))
        claimers[-1].start()
        told.close()
        answers.append(answer)
    said = [msgpack.unpackb(answer.recv_bytes()) for answer in answers]
    for claimer in claimers:
        claimer.join(60)
        assert claimer.exitcode == 0
    settle(anna, jo)
    for n, case in enumerate(cases):
        winners = [seat.analyst for seat, told in zip(seats, said, strict=True) if told[n][0] == "accepted"]
        assert len(winners) == 1, f"case {n} has {len(winners)} winners"
        assert {told[n][1] for told in said} == set(winners), "somebody was told another winner"
        assert anna.case(case)["work_owner_id"] == jo.case(case)["work_owner_id"] == winners[0]
    assert_agree(anna, jo)
    for station in (anna, jo):
        station.replica.close()


class Victim:
    """A workstation whose process is killed and started again."""

    def __init__(self, seat: Seat, cases: list[bytes]) -> None:
        self.seat, self._cases = seat, cases
        self.kept: set[bytes] = set()
        self.acknowledged: set[bytes] = set()
        self._context = processes()
        self._process: Any = None

    def start(self, seed: int) -> None:
        """Begin to work; returns when it does."""
        mine, told = self._context.Pipe(duplex=False)
        self._told: Connection = mine
        self._process = self._context.Process(
            target=work_until_killed, args=(self.seat, self._cases, seed, told), daemon=True
        )
        self._process.start()
        told.close()
        assert self._told.poll(60), "it never began to work"

    def kill(self) -> None:
        """In mid-work, without a warning."""
        assert self._process.is_alive(), f"{self.seat.name} ended by itself: exit code {self._process.exitcode}"
        self._process.kill()
        self._process.join(30)
        for what, tx in drained(self._told):
            {"kept": self.kept, "acknowledged": self.acknowledged, "open": set()}[what].add(tx)
        self._told.close()
        self._process.close()


@pytest.fixture
def victims(tmp_path: Path, share: Path) -> Iterator[tuple[Station, list[Victim]]]:
    stations = _desk(tmp_path, share, 2)
    cases = [stations[0].opens(f"Case {n}") for n in range(3)]
    settle(*stations)
    for station in stations[1:]:
        station.replica.close()
    yield stations[0], [Victim(Seat.of(station, share), cases) for station in stations[1:]]
    stations[0].replica.close()


@pytest.mark.timeout(120 + 3 * KILLS)
def test_whoever_is_killed_in_mid_work_loses_nothing_that_was_acknowledged_or_kept(
    victims: tuple[Station, list[Victim]], share: Path
) -> None:
    anna, jos = victims
    dice = random.Random(SEED)
    for number, victim in enumerate(jos):
        victim.start(SEED * 1000 + number)
    for turn in range(KILLS):
        time.sleep(dice.uniform(0.0, 0.25))
        victim = dice.choice(jos)
        victim.kill()
        victim.start(SEED * 1_000_000 + turn)
    for victim in jos:
        victim.kill()
    _age_temporaries(share)
    with among_the_tests():
        opened = [victim.seat.open() for victim in jos]
        try:
            opened[0].opens("After all that")
            settle(anna, *opened)
            _nothing_is_lost(anna, jos, opened)
            assert_agree(anna, *opened)
            for station in (anna, *opened):
                result = verify(station.replica, station.log, station.secret.desk_keys)
                assert result.ok, result.problems
            shards = sorted((share / "hd" / "log" / "e0001").iterdir())[-2:]
            assert [path for shard in shards for path in shard.glob("t.*")] == [], "day-old temporaries stay"
            _every_content_is_there(anna)
        finally:
            for station in opened:
                station.replica.close()


def _age_temporaries(share: Path) -> None:
    yesterday = time.time() - 2 * DAY_S
    for path in share.rglob("t.*"):
        os.utime(path, (yesterday, yesterday))


def _nothing_is_lost(anna: Station, jos: list[Victim], opened: list[Station]) -> None:
    done = Counter[str]()
    for victim, station in zip(jos, opened, strict=True):
        assert victim.kept, "it never came to work"
        for tx in victim.acknowledged:
            assert anna.replica.outcome(tx) == ("accepted", None), "an acknowledged change is missing"
        for tx in victim.kept:
            done[station.replica.outcome(tx)[0]] += 1
    assert done.keys() == {"accepted"}, done


def _every_content_is_there(anna: Station) -> None:
    store = ChunkStore(anna.log, anna.secret.desk_keys)
    with anna.replica.reading() as raw:
        chunks = {digest for (row,) in raw.execute("SELECT chunks FROM attachment") for digest in split(row)}
    assert chunks
    assert all(store.get(digest) is not None for digest in chunks), "an entry was published before its chunks"
