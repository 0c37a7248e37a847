"""Entries are applied at once, new rows many in a statement; where one transaction can't stand, all are applied again,
one by one. Both ways end in the same replica."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest

from db.capture import NotAtOnce, RowChange, RowStore
from db.chain import Slot
from db.ids import new_id
from db.shapes import Case, CaseEvent, CaseLink, CaseTag, Place, Requester, TimelineEntry
from db.tables import Row, spec
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryStore
from tests.sync.stations import Station, assert_agree, settle

CASE: Row = {"title": "Printer jams", "severity": 3, "kind": "incident", "opened_at": 1, "updated_at": 1}


def _case(row_id: bytes, **more: Any) -> RowChange:
    return RowChange("case", row_id, "i", {**CASE, **more})


def _event(case: bytes, row_id: bytes | None = None, **more: Any) -> RowChange:
    return RowChange("case_event", row_id or new_id(), "i", {"case_id": case, "at": 1, "field": "opened", **more})


def _slots(station: Station) -> list[Slot]:
    head = station.replica.head
    return [
        Slot(seq, tuple((name, station.log.read(1, seq, name) or b"") for name in names))
        for seq, names in station.log.slots(1, head.seq)
    ]


def _apply(station: Station, *, at_once: bool) -> Any:
    return station.replica._apply(
        _slots(station), station.secret.desk_keys, station.clock(), direct=True, at_once=at_once
    )


def _a_day(station: Station) -> None:
    """New cases with what is written beside them, places within places; some changed and read in between."""
    last = None
    for number in range(90):
        with station.transaction("case.new") as tx:
            who = tx.insert(Requester, name=f"Caller {number}") if number % 7 == 0 else None
            case = tx.insert(
                Case, title=f"Case {number}", severity=1 + number % 4, opened_at=number, updated_at=number,
                requester_id=who,
            )  # fmt: skip
            for field in ("opened", "status", "severity"):
                tx.insert(CaseEvent, case_id=case, at=number, field=field, new="3", author_id=station.analyst)
            tx.insert(TimelineEntry, case_id=case, at=number, kind="note", text="Rang back; nobody there.")
            if number % 9 == 0:
                hall = tx.insert(Place, name=f"Hall {number}")
                tx.insert(Place, name=f"Gate {number}", parent_id=hall)
            if number % 5 == 0:
                tx.insert(CaseTag, case_id=case, tag="vpn")
            if number % 11 == 0 and last is not None:
                tx.update(Case, last, title=f"Case {number} and more")
                tx.insert(CaseLink, case_id=case, other_id=last, kind="related", made_at=number)
        last = case
        if number % 4 == 0:
            station.sync()
    station.sync()


def test_both_ways_end_in_the_same_replica(anna: Station, jo: Station, kim: Station) -> None:
    settle(anna, jo, kim)
    _a_day(anna)
    said: list[str] = []
    jo.replica._writer.raw.set_trace_callback(said.append)
    _apply(jo, at_once=True)
    jo.replica._writer.raw.set_trace_callback(None)
    _apply(kim, at_once=False)
    assert jo.count("case") == 90
    assert_agree(anna, jo, kim)
    events = {one for one in said if one.startswith('INSERT INTO "case_event"')}  # told again for each trigger
    assert len(events) < 270 / 4, "many in a statement"
    assert not any(one.startswith("SAVEPOINT") for one in said)


BROKEN = {
    "a reference to nothing": lambda first: [_case(new_id()), _event(new_id())],
    "an event of no kind": lambda first: [_case(new_id()), _event(first, field="nonsense")],
    "a row that is there": lambda first: [_case(first)],
    "a row twice": lambda first: [_event(first, b"\7" * 16), _event(first, b"\7" * 16)],
    "a number too large": lambda first: [_event(first, at=1 << 63)],
    "a value of another kind": lambda first: [_case(new_id(), severity="high")],
    "a row nobody has": lambda first: [_case(new_id()), RowChange("case", new_id(), "u", {"title": ["a", "b"]})],
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_can_not_stand_leaves_no_trace_and_the_rest_stays(
    anna: Station, jo: Station, kim: Station, store: MemoryStore, what: str
) -> None:
    settle(anna, jo, kim)
    first, last = new_id(), new_id()
    good = [record("case.new", _case(first), _event(first), author=anna.analyst)]
    bad = [record("case.new", *BROKEN[what](first), author=anna.analyst)]
    after = [record("case.new", _case(last), _event(last), author=anna.analyst)]
    plant(store, anna.replica.head.seq + 1, ".e", entry(anna, anna.secret, [*good, *bad, *after]))
    with pytest.raises(NotAtOnce):
        _apply(jo, at_once=True)
    assert jo.count("case") == 0
    refused: Sequence[tuple[bytes, str]] = jo.sync().refused
    assert [one[0] for one in refused] == [bad[0].id]
    assert _apply(kim, at_once=False).refused == refused
    anna.sync()
    assert [row["number"] for row in (jo.case(first), jo.case(last))] == [1, 2]
    assert_agree(anna, jo, kim)


def test_rows_are_written_in_the_order_in_which_they_refer_to_each_other(anna: Station) -> None:
    with anna.replica._writer.begin(shared=True) as raw:
        rows = RowStore(raw, at_once=True)
        hall, gate = new_id(), new_id()
        rows.insert_given(spec("place"), hall, {"name": "Hall 1", "kind": "hall"})
        rows.insert_given(spec("place"), gate, {"name": "Gate", "parent_id": hall})
        rows.insert_given(spec("place"), new_id(), {"name": "Post", "parent_id": gate})
        rows.insert_given(spec("asset"), new_id(), {"tag": "M-1", "name": "Press", "place_id": gate})
        assert raw.execute("SELECT count(*) FROM place").fetchone() == (0,)
        found = rows.read(spec("place"), gate)
        assert found is not None
        assert found["parent_id"] == hall
        assert raw.execute("SELECT count(*) FROM asset").fetchone() == (1,)


def test_what_refers_to_a_row_before_it_is_there_is_refused(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    """Written together they would fit: the order of the log says otherwise."""
    settle(anna, jo, kim)
    case = new_id()
    early, late = record("case.note", _event(case), author=anna.analyst), record("case.new", _case(case))
    plant(store, anna.replica.head.seq + 1, ".e", entry(anna, anna.secret, [early, late]))
    with pytest.raises(NotAtOnce):
        _apply(jo, at_once=True)
    assert [one[0] for one in jo.sync().refused] == [early.id]
    assert [one[0] for one in _apply(kim, at_once=False).refused] == [early.id]
    anna.sync()
    assert (anna.count("case"), anna.count("case_event")) == (1, 0)
    assert_agree(anna, jo, kim)


@pytest.mark.parametrize("number", [1, 3, 4, 63, 64, 65, 149])
def test_any_number_of_rows_is_written(anna: Station, number: int) -> None:
    with anna.replica._writer.begin(shared=True) as raw:
        rows = RowStore(raw, at_once=True)
        for at in range(number):
            rows.insert_given(spec("requester"), new_id(), {"name": f"Caller {at}"})
        rows.settle()
        assert raw.execute("SELECT count(*) FROM requester").fetchone() == (number,)


def test_a_full_disk_is_no_rule_of_the_data(anna: Station) -> None:
    raw = anna.replica._writer.raw
    raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")
    raw.execute("BEGIN")
    raw.execute("INSERT INTO gate (open) VALUES (1)")
    rows = RowStore(raw, at_once=True)
    rows.insert_given(spec("requester"), new_id(), {"name": "x" * 100_000})
    with pytest.raises(sqlite3.OperationalError, match="full"):
        rows.settle()
    if raw.in_transaction:
        raw.execute("ROLLBACK")
