"""Everything that changes a shared row is captured with what was and what is, and can be taken back exactly."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.capture import RowChange, RowStore, TxRecord
from db.errors import Refused, StorageError
from db.ids import derived_id, new_id
from db.replica import Replica
from db.shapes import Case, CaseTag, Department, MetricTarget, TimelineEntry
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, dump, found

NOTE = {"at": 1, "kind": "note"}


def _pending(station: Station) -> TxRecord:
    return station.replica.batch()[-1]


def test_an_insert_is_captured_with_its_defaults_and_without_what_is_empty(anna: Station) -> None:
    case = anna.opens("x", major=True)
    (change,) = _pending(anna).rows
    assert change[:3] == ("case", case, "i")
    assert (change.values["title"], change.values["tier"], change.values["major"]) == ("x", 1, 1)
    assert None not in change.values.values()
    assert "rid" not in change.values


def test_an_update_is_captured_with_old_and_new_of_what_differs(anna: Station) -> None:
    case = anna.opens("x")
    with anna.transaction("case.edit") as tx:
        assert tx.update(Case, case, title="y", severity=3, next_step="call")
    assert _pending(anna).rows == (RowChange("case", case, "u", {"title": ["x", "y"], "next_step": [None, "call"]}),)


def test_a_delete_is_captured_with_the_whole_old_row(anna: Station) -> None:
    case = anna.opens()
    with anna.transaction("case.tag") as tx:
        tag = tx.insert(CaseTag, case_id=case, tag="vpn")
    with anna.transaction("case.untag") as tx:
        assert tx.delete(CaseTag, tag)
        assert not tx.delete(CaseTag, tag)
    assert _pending(anna).rows == (RowChange("case_tag", tag, "d", {"case_id": case, "tag": "vpn"}),)


def test_bulk_inserts_are_captured_one_by_one(anna: Station) -> None:
    case = anna.opens()
    rows = [(new_id(), {"case_id": case, "text": str(n), **NOTE}) for n in range(100)]
    with anna.transaction("case.notes") as tx:
        tx.insert_many(TimelineEntry, rows)
        tx.insert_many(TimelineEntry, [])
    assert [change.row_id for change in _pending(anna).rows] == [row_id for row_id, _ in rows]
    assert anna.count("timeline_entry") == 100
    assert anna.whole()


def test_values_are_stored_as_they_are_hashed(anna: Station) -> None:
    with anna.transaction("target") as tx:
        target = tx.insert(MetricTarget, metric="first contact", valid_from="2026-01-01", value=70)
        tx.update(MetricTarget, target, value=75)
    assert anna.whole()
    case = anna.opens()
    anna.edits(case, major=True, executive_complaint=True)
    assert anna.whole()


def test_a_transaction_sees_its_own_changes(anna: Station) -> None:
    with anna.transaction("case.new") as tx:
        case = tx.insert(Case, title="x", severity=1, opened_at=1, updated_at=1)
        assert tx.need(Case, case)["title"] == "x"
        assert tx.query('SELECT count(*) FROM "case"')[0][0] == 1
        tx.update(Case, case, title="y")
        assert tx.need(Case, case)["title"] == "y"
        assert tx.get(Case, new_id()) is None
    with pytest.raises(Refused, match="does not exist"), anna.transaction("x") as tx:
        tx.update(Case, new_id(), title="z")


def test_nothing_done_is_nothing_to_publish(anna: Station) -> None:
    case = anna.opens("x")
    with anna.transaction("case.edit") as tx:
        assert not tx.update(Case, case, title="x")
    with anna.transaction("case.edit") as tx:
        tx.insert_many(Case, [])
    assert anna.replica.pending_count() == 1


def test_what_a_table_can_not_hold_is_a_mistake_and_leaves_nothing(anna: Station) -> None:
    case = anna.opens("x")
    before = dump(anna.replica.path)

    def tags_and(**values: Any) -> None:
        with anna.transaction("x") as tx:
            tx.insert(CaseTag, case_id=case, tag="kept?")
            tx.update(Case, case, **values)

    for column, value, error in (("nonsense", 1, KeyError), ("title", 5, TypeError), ("rid", 9, KeyError)):
        with pytest.raises(error):
            tags_and(**{column: value})
    assert dump(anna.replica.path) == before


def test_a_transaction_too_large_to_be_read_is_never_made(anna: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.working._MAX_TRANSACTION", 10_000)
    with pytest.raises(StorageError, match="do it in smaller parts"):
        anna.opens("x", description="y" * 10_000)
    assert (anna.count("case"), anna.replica.pending_count()) == (0, 0)


def test_a_precondition_speaks_of_the_row_before_the_transaction(anna: Station) -> None:
    case = anna.opens("x")
    with anna.transaction("x") as tx:
        tx.update(Case, case, severity=1)
        with pytest.raises(ValueError, match="before changing the row"):
            tx.require(Case, case, "tier", 1)
    with anna.transaction("x") as tx:
        tx.require(Case, case, "tier", 1)
        tx.update(Case, case, tier=2)
    assert _pending(anna).preconditions == (("case", case, "tier", 1),)
    assert _pending(anna).row_keys() == {("case", case)}


def test_a_record_travels_unchanged(anna: Station) -> None:
    case = anna.opens()
    with anna.transaction("case.note", on_behalf_of=anna.analyst) as tx:
        tx.extra = {"invitation": b"x"}
        tx.require(Case, case, "tier", 1)
        tx.insert(TimelineEntry, case_id=case, text="ä\x00\U0001f600", **NOTE)
        tx.update(Case, case, title="y")
    record = _pending(anna)
    assert TxRecord.unpack(record.pack()) == record
    assert (record.on_behalf_of, record.extra) == (anna.analyst, {"invitation": b"x"})
    anna.sync()
    assert anna.whole()


# -- taking back ------------------------------------------------------------------------------------------------------
RAM = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


@pytest.fixture(scope="module")
def desk() -> Iterator[tuple[Station, list[bytes]]]:
    """A desk with two cases, both in the log; its closed file is copied for each example."""
    with TemporaryDirectory(dir=RAM) as name:
        station = found(Path(name), lambda _name: MemoryLog(MemoryStore()))
        cases = [station.opens(f"Case {n}") for n in range(2)]
        station.sync()
        station.replica.close()
        yield station, cases


STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["case", "title", "step", "note", "notes", "tag", "untag", "department", "undone"]),
            st.integers(0, 1),
            st.text(max_size=5),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)


class _Regret(Exception):
    pass


def _work(tx: Any, cases: list[bytes], what: str, which: int, text: str) -> None:
    case = cases[which]
    tag = derived_id(0, case.hex(), text)
    if what == "case":
        new = tx.insert(Case, title=text, severity=1, opened_at=1, updated_at=1)
        tx.insert(CaseTag, derived_id(0, new.hex(), "new"), case_id=new, tag="new")
    elif what == "title":
        tx.update(Case, case, title=text)
    elif what == "step":
        tx.update(Case, case, next_step=text or None, tier=which + 1, updated_at=len(text))
    elif what == "note":
        tx.insert(TimelineEntry, case_id=case, text=text, **NOTE)
    elif what == "notes":
        tx.insert_many(TimelineEntry, [(new_id(), {"case_id": case, "text": text, **NOTE}) for _ in range(3)])
    elif what == "tag" and tx.get(CaseTag, tag) is None:
        tx.insert(CaseTag, tag, case_id=case, tag=text)
    elif what == "untag":
        tx.delete(CaseTag, tag)
    elif what == "department":
        tx.insert(Department, name=f"{text} {which}")
    elif what == "undone":
        raise _Regret


@settings(max_examples=60)
@given(transactions=STEPS)
def test_taking_back_all_pending_work_gives_the_state_before_and_putting_it_again_the_state_after(
    desk, transactions
) -> None:
    station, cases = desk
    with TemporaryDirectory(dir=RAM) as name:
        path = Path(name) / "r.db"
        shutil.copy(station.replica.path, path)
        replica = Replica(path)
        try:
            before, digest = _shared(path), replica.rows_digest()
            for steps in transactions:
                try:
                    with replica.transaction("x", station.analyst, at=1, undoable=False) as tx:
                        for step in steps:
                            _work(tx, cases, *step)
                except (_Regret, sqlite3.IntegrityError):
                    pass
                assert replica.rows_digest() == digest == replica.digest, "the digest is that without pending work"
            after = _shared(path)
            writer, outbox = replica._writer, replica._outbox
            with writer.begin(shared=True):
                rows = RowStore(writer.raw)
                outbox.take_back(rows)
            assert _shared(path) == before
            with writer.begin(shared=True):
                assert outbox.put_again(rows, 1) == 0
            assert _shared(path) == after, "row numbers included"
            assert replica.rows_digest() == digest
        finally:
            replica.close()


def _shared(path: Path) -> dict[str, Any]:
    """Every row, but for the bookkeeping of pending work."""
    local = ("pending_tx", "journal", "meta", "case_text", "article_text")
    return {table: rows for table, rows in dump(path).items() if table not in local}
