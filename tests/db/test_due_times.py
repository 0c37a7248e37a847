"""Due times are kept by each replica for itself: not in the log, not in the digest, right after every change."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from db import due_times
from db.capture import Touched
from db.due_times import Due, Query
from db.rules import NO_DUE
from db.shapes import Case, CaseEvent, Department, Severity, SiteSetting
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, found, join, settle


def derive(query: Query, which: str, params: Sequence[Any]) -> Iterator[Due]:
    """Due so many milliseconds after the opening as the severity has minutes; a second more for each event."""
    for case_id, rid, opened, ended, promised, minutes, events, due, fix in query(
        "SELECT id, rid, opened_at, ended_at, fix_promised_at, (SELECT fix_minutes FROM severity WHERE rank = "
        '"case".severity), (SELECT count(*) FROM case_event WHERE case_id = "case".id), due_at, fix_due_at '
        f'FROM "case" WHERE {which} ORDER BY rid',
        params,
    ):
        wanted = opened + (minutes or 0) + 1000 * events
        found = Due(case_id, None, wanted, wanted, None, rid)
        if ended is not None:
            found = Due(case_id, None, promised, NO_DUE, None, rid)
        if (fix, due) != (found.fix, found.due):
            yield found


@pytest.fixture
def jo(anna: Station, tmp_path: Path, store: MemoryStore) -> Iterator[Station]:
    with anna.transaction("severity.set") as tx:
        tx.insert(Severity, SEVERITY, rank=3, name="Normal", fix_minutes=100)
    station = join(anna, tmp_path, lambda _name: MemoryLog(store), "Jo")
    for one in (anna, station):
        one.replica.derive_with(derive)
        settle(anna, station)
        one.replica.settle_due_times()
    yield station
    station.replica.close()


SEVERITY = b"severity number 3"[:16]


def due(station: Station, case: bytes) -> int:
    return int(station.case(case)["due_at"])


def promises(station: Station, minutes: int) -> None:
    with station.transaction("severity.set") as tx:
        tx.update(Severity, SEVERITY, fix_minutes=minutes)


def test_a_case_has_its_due_times_with_the_commit_that_makes_it_here_and_there(anna: Station, jo: Station) -> None:
    case = anna.opens(opened_at=1_000_000)
    assert due(anna, case) == 1_000_100
    settle(anna, jo)
    assert due(jo, case) == 1_000_100
    with jo.transaction() as tx:
        tx.insert(CaseEvent, case_id=case, at=5, field="status", old=None, new="new")
    assert due(jo, case) == 1_001_100
    settle(anna, jo)
    assert due(anna, case) == 1_001_100
    assert_agree(anna, jo)


def test_they_are_in_no_entry_and_in_no_digest(anna: Station, jo: Station) -> None:
    case = anna.opens(opened_at=1_000_000)
    settle(anna, jo)
    assert anna.replica.pending() == []
    jo.replica.derive_with(lambda query, which, params: [due._replace(due=7) for due in derive(query, which, params)])
    promises(anna, 200)
    (record,) = anna.replica.pending()
    assert {change.table for change in record.rows} == {"severity"}
    settle(anna, jo)
    anna.replica.settle_due_times()
    jo.replica.settle_due_times()
    assert (due(anna, case), due(jo, case)) == (1_000_200, 7)
    assert_agree(anna, jo)
    with pytest.raises(KeyError, match="no shared column due_at"):
        anna.edits(case, due_at=9)


def test_other_targets_leave_a_mark_until_all_open_cases_are_settled(anna: Station, jo: Station) -> None:
    case = anna.opens(opened_at=1_000_000)
    settle(anna, jo)
    assert not anna.replica.due_times_wait
    promises(anna, 300)
    settle(anna, jo)
    told: list[Touched] = []
    jo.replica.on_change(told.append)
    for station in (anna, jo):
        assert station.replica.due_times_wait
        assert due(station, case) == 1_000_100
        assert station.replica.settle_due_times() == 1
        assert not station.replica.due_times_wait
        assert due(station, case) == 1_000_300
        assert station.replica.settle_due_times() == 0
    assert [(t.tables, t.cases) for t in told] == [({"case": {case}}, {case})]


def test_without_somebody_who_knows_how_the_mark_waits(anna: Station, jo: Station) -> None:
    promises(anna, 300)
    settle(anna, jo)
    jo.replica.derive_with(None)  # type: ignore[arg-type]
    jo.replica.settle_due_times()
    assert jo.replica.due_times_wait


def test_a_change_in_the_middle_of_settling_is_not_forgotten(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [anna.opens(f"Case {n}", opened_at=1_000_000) for n in range(4)]
    monkeypatch.setattr(due_times, "PART", 2)
    promises(anna, 400)

    def again(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            promises(anna, 500)

    anna.replica.settle_due_times(again)
    assert [due(anna, case) for case in cases] == [1_000_400] * 2 + [1_000_500] * 2
    assert anna.replica.due_times_wait
    assert anna.replica.settle_due_times() == 2
    assert not anna.replica.due_times_wait


def test_others_write_between_the_parts(anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        anna.opens(f"Case {n}")
    monkeypatch.setattr(due_times, "PART", 1)
    monkeypatch.setattr(due_times, "MOST", 1)
    written: list[bytes] = []

    def somebody_else(_done: int, _total: int) -> None:
        other = threading.Thread(target=lambda: written.append(anna.opens("Meanwhile")))
        other.start()
        other.join(5)

    anna.replica.settle_due_times(somebody_else)
    assert len(written) == 3


def test_who_waits_for_a_part_gets_the_replica_before_the_next_one(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        anna.opens(f"Case {n}")
    monkeypatch.setattr(due_times, "PART", 1)
    monkeypatch.setattr(due_times, "MOST", 1)
    monkeypatch.setattr(due_times, "_BREATH_S", 1.0)  # a busy machine may take its time to wake who waits
    waiting = threading.Thread(target=anna.opens, args=("Meanwhile",))
    seen: list[int] = []
    settler = threading.get_ident()

    def and_somebody_waits(query: Query, which: str, params: Sequence[Any]) -> list[Due]:
        if threading.get_ident() == settler:
            seen.append(query('SELECT count(*) FROM "case"', ())[0][0])
            if len(seen) == 1:
                waiting.start()
                until = time.monotonic() + 10
                while not anna.replica._writer._asked_for and time.monotonic() < until:
                    time.sleep(0.001)
        return list(derive(query, which, params))

    anna.replica.derive_with(and_somebody_waits)
    anna.replica.settle_due_times()
    waiting.join(10)
    assert seen == [2, 3]


def test_nobody_waits_and_no_time_is_given_away(anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        anna.opens(f"Case {n}")
    monkeypatch.setattr(due_times, "PART", 1)
    monkeypatch.setattr(due_times, "MOST", 1)
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    parts: list[int] = []
    anna.replica.settle_due_times(lambda done, _total: parts.append(done))
    assert parts == [1, 2, 3]
    assert slept == []


@pytest.mark.parametrize(
    ("seconds", "size"), [(0.1, 2_000), (0.05, 4_000), (0.01, 8_000), (0.0, 8_000), (0.2, 2_000), (3.0, 2_000)]
)
def test_a_part_takes_a_tenth_of_a_second_within_bounds(seconds: float, size: int) -> None:
    assert due_times._next_size(2_000, seconds) == size


def test_what_is_settled_goes_into_the_file_seldom_and_as_ever_afterwards(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        anna.opens(f"Case {n}")
    kept_back: list[int] = []

    def look() -> None:
        kept_back.extend(anna.replica._writer.raw.execute("PRAGMA wal_autocheckpoint").fetchone())

    def stop(_done: int, _total: int) -> None:
        look()
        raise KeyError("stopped")

    look()
    with pytest.raises(KeyError, match="stopped"):
        anna.replica.settle_due_times(stop)
    look()
    usual, meanwhile, afterwards = kept_back
    assert usual == afterwards < meanwhile


def test_what_an_undo_or_a_refusal_takes_back_is_taken_back_here_too(anna: Station, jo: Station) -> None:
    case = anna.opens(opened_at=1_000_000)
    settle(anna, jo)
    edit = anna.edits(case, opened_at=2_000_000)
    assert due(anna, case) == 2_000_100
    anna.replica.undo(edit, anna.analyst, at=anna.clock())
    assert due(anna, case) == 1_000_100
    settle(anna, jo)
    anna.claims(case)
    with jo.transaction("case.claim") as tx:
        tx.require(Case, case, "work_owner_id", None)
        tx.update(Case, case, work_owner_id=jo.analyst, status="in progress")
        tx.insert(CaseEvent, case_id=case, at=5, field="status", old="new", new="in progress")
    assert due(jo, case) == 1_001_100
    settle(anna, jo)
    assert due(jo, case) == due(anna, case) == 1_000_100


def test_what_ended_keeps_its_promise_also_on_a_workstation_that_comes_later(
    anna: Station, jo: Station, tmp_path: Path, store: MemoryStore
) -> None:
    done = anna.opens(opened_at=1_000_000)
    still = anna.opens(opened_at=1_000_000)
    anna.edits(done, status="resolved", ended_at=1_000_050, resolved_at=1_000_050, fix_promised_at=1_000_100)
    settle(anna, jo)
    anna.syncer.snapshots.make()
    promises(anna, 500)
    settle(anna, jo)
    late = join(anna, tmp_path, lambda _name: MemoryLog(store), "Mia")
    late.replica.derive_with(derive)
    settle(anna, jo, late)
    assert late.replica.due_times_wait
    for station in (anna, jo, late):
        station.replica.settle_due_times()
        assert (station.case(done)["fix_due_at"], due(station, done)) == (1_000_100, NO_DUE)
        assert due(station, still) == 1_000_500
    assert_agree(anna, jo, late)
    late.replica.close()


def test_what_says_nothing_about_hours_or_targets_leaves_no_mark(anna: Station, jo: Station) -> None:
    with anna.transaction("admin") as tx:
        works = tx.insert(Department, name="Works")
        hall = tx.insert(Department, name="Hall 7")
        tx.insert(SiteSetting, key="looks", value="dark")
    with anna.transaction("admin") as tx:
        tx.update(Department, hall, name="Hall 8")
    assert not anna.replica.due_times_wait
    with anna.transaction("admin") as tx:
        tx.update(Department, hall, parent_id=works)
    assert anna.replica.due_times_wait


def test_the_founder_has_nothing_to_settle(tmp_path: Path) -> None:
    station = found(tmp_path / "alone", lambda _name: MemoryLog(MemoryStore()))
    station.replica.derive_with(derive)
    assert station.replica.settle_due_times() == 0
    assert not station.replica.due_times_wait
    station.replica.close()
