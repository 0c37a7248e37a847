"""The model behind docs/decisions/scale.md agrees with what was measured, and says the same each time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.scale import DRIVE, LOCAL, SERVER, Simulation


def test_the_model_meets_the_measured_conflicts_of_sixteen_writers() -> None:
    out = Simulation(LOCAL, 16, 1.25).run(60)
    assert out.conflicts / out.commits == pytest.approx(0.07, abs=0.03)
    assert out.backlog <= 2


def test_the_same_seed_gives_the_same_story() -> None:
    first, second = (Simulation(DRIVE, 50, 0.1, seed=3).run(20) for _ in range(2))
    assert (first.commits, first.conflicts, first.waits) == (second.commits, second.conflicts, second.waits)


def test_every_change_is_taken_once_or_still_waits() -> None:
    for store in (DRIVE, SERVER, replace(SERVER, turns=True, rests=1000.0)):
        simulation = Simulation(store, 40, 0.1)
        out = simulation.run(30)
        assert out.transactions == len(out.waits)
        assert 90 <= out.transactions + out.backlog <= 150  # 40 x 0.1 x 30 = 120 expected
        assert simulation.head == out.commits <= out.transactions


def test_more_writers_lose_more_often_unless_they_take_turns() -> None:
    few, many = (Simulation(DRIVE, n, 0.02).run(60) for n in (30, 300))
    assert few.conflicts / few.commits < many.conflicts / many.commits
    in_turns = Simulation(replace(DRIVE, turns=True), 300, 0.02).run(60)
    assert in_turns.conflicts == 0
