"""Many rings are answered by one look, a single one at once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ui.rush import Rush


def _seconds(rings_per_s: float, seconds: float, answer_s: float = 0.02) -> list[float]:
    """Play rings at an even pace; the moments of the looks."""
    rush, looks, waiting, now, rings = Rush(), list[float](), 0, 0.0, 0
    while now < seconds:
        now += 0.005
        if now * rings_per_s >= rings + 1:
            rings, waiting = rings + 1, waiting + 1
        if waiting and rush.rest(now) == 0:
            looks.append(now)
            now += answer_s
            rush.note(waiting, now)
            waiting = 0
    return looks


@pytest.mark.parametrize("rings_per_s", [0.5, 2, 3, 4])
def test_each_ring_of_a_quiet_desk_is_answered_at_once(rings_per_s: float) -> None:
    assert len(_seconds(rings_per_s, 20)) == pytest.approx(rings_per_s * 20, abs=2)


@pytest.mark.parametrize("rings_per_s", [8, 15, 27, 60, 200])
def test_in_a_rush_there_is_a_look_a_second(rings_per_s: float) -> None:
    looks = _seconds(rings_per_s, 20)
    pauses = [later - sooner for sooner, later in pairwise(looks)]
    assert max(pauses) < 1.4
    assert len({round(pause, 2) for pause in pauses[10:]}) > 3, "no two workstations keep one pace"
    assert sum(1 for at in looks if at > 5) <= 21


def test_a_rush_that_is_over_is_forgotten() -> None:
    rush = Rush(spread=lambda: 1.0)
    rush.note(500, 10.0)
    assert rush.rest(10.0) == 1.0
    assert rush.rest(10.4) == pytest.approx(0.6)
    assert rush.rest(11.0) == 0.0
    rush.note(1, 12.5)
    assert rush.rest(12.5) == 0.0, "what came two seconds ago says nothing about now"


def test_a_store_that_answers_late_is_asked_once_a_second() -> None:
    rush = Rush(spread=lambda: 1.0)
    rush.note(1, 10.0, took=0.3)
    assert rush.rest(10.0) == 1.0
    rush.note(1, 20.0, took=0.2)
    assert rush.rest(20.0) == 0.0
