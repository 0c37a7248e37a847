"""Instants on the command line, written as people write them; `tests/e2e` shows them in commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import times
from app.cli.moments import moment
from app.desk import Desk
from app.errors import UserError
from tests.ui.case_desk import START, Clock, make_profile


@pytest.fixture
def desk(tmp_path: Path):
    clock = Clock()
    made = Desk(make_profile(tmp_path, clock), clock=clock)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30m", "2026-11-16T08:42:00Z"),
        ("2h", "2026-11-16T10:12:00Z"),
        ("3d", "2026-11-19T08:12:00Z"),
        ("150d", "2027-04-15T07:12:00Z"),  # 9:12 at the site stays 9:12, though summer time came
        ("2026-11-22 09:00", "2026-11-22T08:00:00Z"),
        ("2026-11-22T09:00", "2026-11-22T08:00:00Z"),
        ("2027-03-28 02:30", "2027-03-28T01:00:00Z"),  # no clock shows it: the instant of the change
        ("2027-10-31 02:30", "2027-10-31T00:30:00Z"),  # shown twice: the first time
        ("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"),
        ("2026-11-22T09:00:00+05:30", "2026-11-22T03:30:00Z"),
    ],
)
def test_an_instant_is_what_the_wall_shows_unless_it_names_a_zone(desk: Desk, written: str, meant: str) -> None:
    assert times.iso_utc(moment(desk, written)) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-22", "whole day"),
        ("99999999999d", "too far away"),
        ("99999999999999h", "too far away"),
        ("soon", "not a date and time"),
        ("", "not a date and time"),
        ("-2h", "not a date and time"),
    ],
)
def test_what_is_no_instant_is_refused_with_what_to_write(desk: Desk, written: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        moment(desk, written)


def test_time_is_not_booked_on_a_day_that_has_not_come(desk: Desk) -> None:
    from app.work.cases import NewCase

    case = desk.cases.new(NewCase("Printer", 3)).case_id
    assert desk.context.clock() == START
    with pytest.raises(UserError, match="2026-11-17 has not come yet"):
        desk.cases.time(case, 30, work_date="2026-11-17")
    desk.cases.time(case, 30, work_date="2026-11-16")
    assert [line.minutes for line in desk.present.case(case).times] == [30]
