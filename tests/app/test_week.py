"""A calendar's week, as its form would make it."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.records.week import week

SHIFTS = '{"mon":["22:00-06:00"],"tue":["06:00-14:00","14:00-22:00"],"fri":["00:00-24:00"]}'


def test_a_week_shows_nights_joined_shifts_holidays_and_closed_days():
    values = {"time_zone": "Europe/Berlin", "shifts": SHIFTS, "country": "DE", "region": None}
    days = week(values, [("2026-12-29", "Inventory")], date(2026, 12, 21), "de")
    assert [d.hours for d in days] == [
        (("22:00", "24:00"),), (("00:00", "22:00"),), (), (), (), (), (),
    ]  # fmt: skip
    assert days[4].closed == "Erster Weihnachtstag"
    assert week(values, [("2026-12-29", "Inventory")], date(2026, 12, 29), "en")[0].closed == "Inventory"
    with pytest.raises(UserError):
        week({**values, "time_zone": "Mars"}, [], date(2026, 12, 21), "en")
