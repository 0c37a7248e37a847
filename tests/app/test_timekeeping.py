"""Service hours and targets as administrators change them, and what becomes of the due times of open cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.desk import Desk
from app.errors import UserError
from app.times import HOUR_MS, MINUTE_MS, parse_iso
from app.work.case_filter import CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.timekeeping import Timekeeping
from db.errors import StoreUnreachable
from db.shapes import ClosedDay, Department
from tests.desks import Clock, found_desk, join_desk

NIGHT = "2026-01-06T21:00:00Z"
"""A Tuesday, 22:00 in Berlin."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    opened = found_desk(tmp_path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def keeping(desk: Desk) -> Timekeeping:
    return Timekeeping(desk.context, desk.deadlines)


def _open(desk: Desk, **values) -> bytes:
    return desk.cases.new(NewCase(title="Spindle drive stops", severity=values.pop("severity", 2), **values)).case_id


def _due(desk: Desk, case_id: bytes) -> int:
    return int(desk.present.case(case_id).row["due_at"])


def _department(desk: Desk, name: str, parent: bytes | None = None) -> bytes:
    with desk.replica.transaction("admin.department", desk.me, at=desk.context.clock()) as tx:
        return tx.insert(Department, name=name, parent_id=parent)


def test_a_hall_that_works_at_night_is_promised_the_night(desk: Desk, keeping: Timekeeping, clock: Clock):
    hall = _department(desk, "Hall 1")
    clock.now = parse_iso(NIGHT)
    case = _open(desk, department_id=hall)
    assert _due(desk, case) - clock.now == 19 * HOUR_MS - 3  # the site sleeps until eight
    keeping.set_calendar("Hall", shifts={day: ["22:00-06:00"] for day in ("mon", "tue", "wed")})
    done = keeping.use_calendar(hall, keeping.find("hall"))
    assert done.cases == 1
    row = desk.present.case(case).row
    assert row["due_at"] == row["opened_at"] + 25 * HOUR_MS  # eight hours tonight, the ninth tomorrow night


def test_a_department_below_is_served_and_promised_like_the_one_above(desk: Desk, keeping: Timekeeping):
    works = _department(desk, "Production")
    hall = _department(desk, "Hall 2", works)
    case = _open(desk, department_id=hall)
    keeping.override(works, 2, fix=30)
    row = desk.present.case(case).row
    assert row["fix_due_at"] == row["opened_at"] + 30 * MINUTE_MS
    keeping.override(hall, 2, fix=20)
    assert desk.present.case(case).row["fix_due_at"] == row["opened_at"] + 20 * MINUTE_MS
    keeping.override(hall, 2)
    assert desk.present.case(case).row["fix_due_at"] == row["fix_due_at"]


def test_closing_a_day_moves_what_was_promised_for_it_and_undo_moves_it_back(desk: Desk, keeping: Timekeeping):
    case = _open(desk)  # Monday 10:00, nine hours: Tuesday 10:00
    promised = _due(desk, case)
    calendar = keeping.find("Office hours")
    done = keeping.close_day(calendar, "2026-01-06", "Epiphany")
    assert done.cases == 1
    assert _due(desk, case) == promised + 24 * HOUR_MS
    view = desk.present.case(case)
    assert done.tx_id is not None
    assert keeping.undo(done.tx_id).cases == 1
    assert _due(desk, case) == promised
    with pytest.raises(UserError, match="not entered as a closed day"):
        keeping.open_day(calendar, "2026-01-06")
    assert view.row["updated_at"] == desk.present.case(case).row["updated_at"]


def test_what_has_ended_keeps_its_promise(desk: Desk, keeping: Timekeeping):
    case = _open(desk)
    desk.cases.resolve(case, "Tightened the belt")
    before = desk.present.case(case).row["fix_due_at"]
    assert keeping.set_severity(2, fix=5).cases == 0
    assert desk.present.case(case).row["fix_due_at"] == before


def test_the_site_says_what_pauses_the_fix_clock(desk: Desk, keeping: Timekeeping, clock: Clock):
    case = _open(desk)
    clock.pass_minutes(30)
    desk.cases.wait(case, "parts", next_step="Belt arrives", until=clock.now + 5 * HOUR_MS)
    assert desk.present.case(case).fix.state == "running"
    keeping.pause_on(["requester", "parts"])
    view = desk.present.case(case)
    assert view.fix.state == "paused"
    assert view.row["fix_due_at"] is None
    assert [s.reason for s in view.fix.segments][-1] == "waiting on parts"
    with pytest.raises(UserError, match="waits on one of"):
        keeping.pause_on(["weather"])


def test_a_change_of_severity_keeps_the_pauses(desk: Desk, clock: Clock):
    case = _open(desk)
    clock.pass_minutes(30)
    desk.cases.wait(case, "requester", next_step="Ask again", until=clock.now + HOUR_MS)
    clock.pass_minutes(60)
    desk.cases.work(case)
    before = desk.present.case(case)
    desk.cases.set(case, severity=1)
    after = desk.present.case(case)
    assert after.fix.remaining_ms is not None
    assert before.fix.remaining_ms is not None
    assert after.fix.remaining_ms == pytest.approx(before.fix.remaining_ms - 5 * HOUR_MS, abs=50)
    assert [s.reason for s in after.fix.segments if s.why.startswith("waiting")] == ["waiting on requester"]


def test_lists_show_what_is_nearly_late_before_it_is(desk: Desk, clock: Clock):
    case = _open(desk)
    warned = CaseList(CaseFilter(warned_at=clock()))
    assert not len(desk.lists.ids(warned))
    clock.now = desk.present.case(case).row["warn_at"]
    line = desk.lists.line(case)
    assert line is not None
    assert line.warn_at == clock.now
    assert len(desk.lists.ids(CaseList(CaseFilter(warned_at=clock.now)))) == 1
    due = desk.present.case(case).row["due_at"]
    assert not len(desk.lists.ids(CaseList(CaseFilter(warned_at=due + 1))))


def test_only_administrators_change_hours(tmp_path: Path, desk: Desk):
    jo = join_desk(desk, tmp_path)
    with pytest.raises(UserError, match="only an administrator"):
        Timekeeping(jo.context, jo.deadlines).set_severity(1, fix=1)
    jo.close()


def test_a_workstation_that_was_away_sees_the_new_due_times(tmp_path: Path, desk: Desk, keeping: Timekeeping):
    jo = join_desk(desk, tmp_path)
    case = _open(desk)
    desk.sync_round()
    jo.sync_round()
    jo.cases.claim(case)
    keeping.set_severity(2, response=10, fix=60)
    desk.sync_round()
    jo.sync_round()
    desk.sync_round()
    assert jo.replica.digest == desk.replica.digest
    for station in (desk, jo):
        row = station.present.case(case).row
        assert station.directory.name("analyst", row["work_owner_id"]) == "Jo Roth"
        assert row["fix_due_at"] == row["opened_at"] + HOUR_MS
    jo.close()


def test_hours_and_targets_by_command(tmp_path: Path, desk: Desk, capsys):
    _open(desk)
    with desk.replica.transaction("admin.department", desk.me, at=desk.context.clock()) as tx:
        tx.insert(Department, name="Payroll")
    desk.close()

    def run(*words: str) -> str:
        assert main([words[0], words[1], *words[2:], "--profile", str(tmp_path / "anna"), "--json"]) == 0
        return str(capsys.readouterr().out)

    run("calendar", "set", "Hall", "--shift", "mon-fri=06:00-14:00", "--shift", "mon-thu=22:00-06:00",
        "--shift", "2026-12-24=06:00-12:00", "--country", "DE", "--region", "BY", "--offline")  # fmt: skip
    run("calendar", "close", "Hall", "2026-08-17", "--reason", "Works holiday", "--offline")
    run("calendar", "use", "Hall", "--department", "Payroll", "--offline")
    hall, office = map(json.loads, run("calendar", "list").splitlines())
    assert hall["shifts"]["mon"] == ["06:00-14:00", "22:00-06:00"]
    assert hall["shifts"]["2026-12-24"] == ["06:00-12:00"]
    assert (hall["country"], hall["region"], hall["departments"]) == ("DE", "BY", ["Payroll"])
    assert hall["closed"] == [{"day": "2026-08-17", "reason": "Works holiday"}]
    assert office["name"] == "Office hours"
    assert json.loads(run("severity", "set", "2", "--fix", "60", "--offline"))["cases"] == 1
    run("severity", "override", "2", "--department", "Payroll", "--response", "5", "--offline")
    levels = [json.loads(line) for line in run("severity", "list").splitlines()]
    assert {"rank": 2, "name": "High", "department": "Payroll", "response_minutes": 5, "fix_minutes": None} in levels
    assert main(["calendar", "set", "Hall", "--shift", "mon=6-14", "--profile", str(tmp_path / "anna")]) == 1
    assert "is not a shift" in capsys.readouterr().err


def test_other_hours_are_one_small_entry_however_many_cases_are_due_otherwise(desk: Desk, keeping: Timekeeping):
    for _ in range(5):
        _open(desk)
    desk.sync_round()
    before = desk.replica.head.seq
    assert keeping.close_day(keeping.find("Office hours"), "2026-01-06", "Epiphany").cases == 5
    (record,) = desk.replica.pending()
    assert [change.table for change in record.rows] == ["closed_day"]
    desk.sync_round()
    assert desk.replica.head.seq == before + 1


def test_who_worked_offline_with_old_hours_brings_no_old_due_times_back(
    tmp_path: Path, desk: Desk, keeping: Timekeeping
):
    jo = join_desk(desk, tmp_path)
    jo.sync_round()
    keeping.close_day(keeping.find("Office hours"), "2026-01-06", "Epiphany")
    case = _open(jo)  # by the hours Jo knows: Tuesday 10:00
    old = _due(jo, case)
    desk.sync_round()
    jo.sync_round()
    desk.sync_round()
    assert _due(jo, case) == _due(desk, case) == old + 24 * HOUR_MS
    assert jo.replica.digest == desk.replica.digest
    assert not jo.replica.due_times_wait
    jo.close()


def test_due_times_are_settled_although_the_store_does_not_answer(
    desk: Desk, keeping: Timekeeping, monkeypatch: pytest.MonkeyPatch
):
    case = _open(desk)
    promised = _due(desk, case)
    with desk.replica.transaction("calendar.close", desk.me, at=desk.context.clock()) as tx:
        tx.insert(ClosedDay, calendar_id=keeping.find("Office hours"), day="2026-01-06")
    assert _due(desk, case) == promised
    monkeypatch.setattr(desk, "meet", lambda: (_ for _ in ()).throw(StoreUnreachable("The share is gone.")))
    with pytest.raises(StoreUnreachable):
        desk.sync_round()
    assert _due(desk, case) == promised + 24 * HOUR_MS
