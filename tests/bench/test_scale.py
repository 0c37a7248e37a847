"""The model behind docs/decisions/scale.md agrees with what was measured, and says the same each time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.scale import DRIVE, LOCAL, SERVER, Simulation


def test_the_model_meets_the_measured_conflicts_of_sixteen_writers() -> None:
    out = Simulation(replace(LOCAL, line=False), 16, 1.25).run(60)
    assert out.conflicts / out.commits == pytest.approx(0.07, abs=0.03)
    assert out.backlog <= 2
    assert Simulation(LOCAL, 16, 27 / 16).run(60).conflicts <= 0.02 * out.commits, "measured: 0.005 and 0.017"


def test_the_same_seed_gives_the_same_story() -> None:
    first, second = (Simulation(DRIVE, 50, 0.1, seed=3).run(20) for _ in range(2))
    assert (first.commits, first.conflicts, first.waits) == (second.commits, second.conflicts, second.waits)


def test_every_change_is_taken_once_or_still_waits() -> None:
    for store in (DRIVE, SERVER, replace(SERVER, line=False, rests=1000.0)):
        simulation = Simulation(store, 40, 0.1)
        out = simulation.run(30)
        assert out.transactions == len(out.waits)
        assert 90 <= out.transactions + out.backlog <= 150  # 40 x 0.1 x 30 = 120 expected
        assert simulation.head == out.commits <= out.transactions


def test_more_writers_lose_more_often_unless_they_stand_in_line() -> None:
    alone = replace(DRIVE, line=False)
    few, many = (Simulation(alone, n, 0.02).run(60) for n in (30, 300))
    assert few.conflicts / few.commits < many.conflicts / many.commits
    in_line = Simulation(DRIVE, 300, 0.02).run(60)
    assert in_line.conflicts / in_line.commits < 0.1 * many.conflicts / many.commits
    assert in_line.transactions >= many.transactions


def test_a_turn_goes_on_to_whoever_waited_longest() -> None:
    simulation = Simulation(replace(DRIVE, passes=1.0), 3, 1.0)
    for who in range(3):
        simulation._heard[who] = 0.0
        simulation.pending[who].append(0.0)
        simulation._at(float(who), lambda t, who=who: simulation._stand_in_line(who, t, 0))  # type: ignore[misc]
    order: list[int] = []
    write = simulation._write

    def noted(who: int, now: float, lost: int, *, in_line: bool) -> None:
        order.append(who)
        write(who, now, lost, in_line=in_line)

    simulation._write = noted  # type: ignore[method-assign]
    simulation.run(0.5)
    assert order[:3] == [0, 1, 2]
