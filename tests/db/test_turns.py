"""How long turns take is learnt while one stands in line, and only then."""

from __future__ import annotations

import pytest

from db.turns import Pace


def test_the_pace_is_what_passes_between_entries_while_one_stands_in_line() -> None:
    pace = Pace()
    for turn in range(30):
        pace.look(turn // 2, 100 + turn * 0.01)  # each entry is seen twice
    assert pace.turn_s == pytest.approx(0.02, rel=0.05)
    for turn in range(30):
        pace.look(20 + turn * 3, 200 + turn * 0.3)
    assert pace.turn_s == pytest.approx(0.1, rel=0.05), "of three entries at once each took a third"


def test_the_time_between_two_waits_is_no_turn() -> None:
    pace = Pace()
    for n in range(10):
        pace.look(n, n * 0.01)
    pace.begin()
    pace.look(10, 3_600.0)
    assert pace.turn_s < 0.01
    pace.look(11, 3_600.02)
    assert pace.turn_s < 0.02
