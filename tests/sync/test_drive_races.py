"""Sixteen processes race for the same names in one folder: each name has exactly one winner, and all know whom."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path

from db.drive import DriveLog
from db.log import Put

PROCESSES, SLOTS = 16, 24


def race(share: str, number: int, start: Barrier, answers: multiprocessing.Queue[tuple[int, int, str, bytes]]) -> None:
    """One workstation: tries to take every slot, tells what it was told and what it reads there."""
    log = DriveLog(Path(share), str(number))
    for seq in range(1, SLOTS + 1):
        start.wait(60)
        answer = log.put(1, seq, f"{seq:012d}.e", b"%d at %d" % (number, seq) * 100)
        answers.put((number, seq, answer.value, log.read(1, seq, f"{seq:012d}.e") or b""))


def test_every_slot_has_exactly_one_winner_and_the_losers_read_it(tmp_path: Path) -> None:
    assert DriveLog(tmp_path).create(b"card")
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(PROCESSES), spawn.Queue()
    racers = [spawn.Process(target=race, args=(str(tmp_path), n, start, answers)) for n in range(PROCESSES)]
    for racer in racers:
        racer.start()
    told = [answers.get(timeout=60) for _ in range(PROCESSES * SLOTS)]
    for racer in racers:
        racer.join(60)
        assert racer.exitcode == 0
    answers.close()
    answers.join_thread()
    winners = {seq: number for number, seq, answer, _ in told if answer == Put.WON.value}
    assert Counter(answer for _, _, answer, _ in told) == {
        Put.WON.value: SLOTS,
        Put.LOST.value: (PROCESSES - 1) * SLOTS,
    }
    assert sorted(winners) == list(range(1, SLOTS + 1))
    for _number, seq, _answer, read in told:
        assert read == b"%d at %d" % (winners[seq], seq) * 100
    assert len(set(winners.values())) > 1, "one process won everything: that was no race"
