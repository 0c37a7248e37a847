"""News beside pending work: leaving the work in place (short) and taking it back and putting it again (long) are one.

The short way must close itself wherever the news could be lawful only because of the pending work, or the other way
round.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.answers import COLUMN
from db.capture import RowChange, RowStore, TxRecord
from db.chain import Slot
from db.errors import Refused
from db.ids import derived_id, new_id
from db.outbox import NotDisjoint, Outbox
from db.replica import Replica
from db.shapes import Analyst, Case, CaseEvent, CaseTag, Department, TimelineEntry
from tests.sync.forgery import entry, plant, record
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, dump, found, join, settle

RAM = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
TAGS = ("vpn", "printer")


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Path, MemoryStore, Station, Station, list[bytes]]]:
    """A founded desk of two with three cases both know; the replicas are closed and lie in a folder to copy."""
    with TemporaryDirectory(dir=RAM) as name:
        folder, store = Path(name), MemoryStore()
        anna = found(folder, lambda _n: MemoryLog(store))
        jo = join(anna, folder, lambda _n: MemoryLog(store))
        cases = [anna.opens(f"Case {n}") for n in range(3)]
        settle(anna, jo)
        for station in (anna, jo):
            station.replica.close()
        yield folder, store, anna, jo, cases


def _copy(station: Station, folder: Path, into: Path, store: MemoryStore) -> Station:
    path = into / f"{station.name}.db"
    shutil.copy(folder / station.replica.path.name, path)
    return Station(station.name, station.analyst, Replica(path), MemoryLog(store), station.secret, station.clock)


DEEDS = ("new", "title", "bump", "claim", "note", "tag", "untag", "department", "rename", "status", "moved", "answer")
QUIET = ("new", "title", "bump", "claim", "note", "tag", "status", "moved", "answer")
"""Those that leave others' news free to be told apart from them."""


def actions(deeds: Sequence[str], most: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(st.tuples(st.sampled_from(deeds), st.integers(0, 2)), min_size=1, max_size=most)


def act(station: Station, cases: list[bytes], what: str, which: int) -> None:
    """One of the things people do; what is not possible now is not done."""
    case, tag = cases[which], TAGS[which % 2]
    row = station.case(case)
    try:
        with station.transaction(f"case.{what}", undoable=False) as tx:
            if what == "new":
                tx.insert(Case, title=what, severity=2, opened_at=1, updated_at=1)
            elif what == "title":
                tx.update(Case, case, title=f"{station.name} {station.clock()}")
            elif what == "bump":
                tx.update(Case, case, reopen_count=row["reopen_count"] + 1)
            elif what == "claim":
                tx.require(Case, case, "work_owner_id", None)
                tx.update(Case, case, work_owner_id=station.analyst)
            elif what == "note":
                tx.insert(TimelineEntry, case_id=case, at=1, kind="note", text="x")
            elif what == "tag":
                tx.insert(CaseTag, derived_id(0, case.hex(), tag), case_id=case, tag=tag)
            elif what == "untag":
                tx.delete(CaseTag, derived_id(0, case.hex(), tag))
            elif what == "department":
                tx.insert(Department, name=f"Department {which}")
            elif what == "rename":
                (found_id,) = tx.query("SELECT id FROM department ORDER BY name LIMIT 1")[0]
                tx.update(Department, found_id, name=f"Department {which}")
            elif what == "answer":
                now = station.clock()
                tx.insert(TimelineEntry, case_id=case, at=now, kind="reply", text="x", counts_as_response=True)
                if row[COLUMN] is None:
                    tx.update(Case, case, **{COLUMN: now})
            else:
                status = "waiting" if row["status"] != "waiting" else "in progress"
                tx.update(Case, case, status=status)
                if what == "moved":
                    tx.insert(
                        CaseEvent, case_id=case, at=station.clock(), field="status", old=row["status"], new=status,
                        author_id=station.analyst,
                    )  # fmt: skip
    except (Refused, sqlite3.IntegrityError):
        pass


@settings(max_examples=60)
@given(pending=actions(DEEDS, 5) | actions(QUIET, 9), news=actions(DEEDS, 5))
def test_both_ways_give_the_same_replica(world, pending, news) -> None:
    folder, store, anna, jo, cases = world
    with TemporaryDirectory(dir=RAM) as name:
        into = Path(name)
        mine = MemoryStore()
        mine.the_card, mine.files = store.the_card, dict(store.files)
        writer = _copy(jo, folder, into, mine)
        reader = _copy(anna, folder, into, mine)
        for what, which in pending:
            act(reader, cases, what, which)
        for what, which in news:
            act(writer, cases, what, which)
            writer.sync()
        head = reader.replica.head
        reader.replica.close()
        writer.replica.close()
        shutil.copy(reader.replica.path, into / "long.db")
        slots = [
            Slot(seq, tuple((n, mine.files[1, seq, n]) for n in names))
            for seq, names in MemoryLog(mine).slots(1, head.seq)
        ]
        now = reader.clock()
        states = []
        for path, direct in ((reader.replica.path, True), (into / "long.db", False)):
            replica = Replica(path)
            try:
                if direct:
                    replica.apply(slots, reader.secret.desk_keys, now)
                else:
                    replica._apply(slots, reader.secret.desk_keys, now, direct=False, at_once=False)
                assert replica.rows_digest() == replica.digest
            finally:
                replica.close()
            states.append(dump(path))
        short, long = states
        for table in short:
            assert short[table] == long[table], table


def _closed(station: Station) -> bool:
    """Is the short way closed for this news?"""
    head = station.replica.head
    slots = [
        Slot(seq, tuple((name, station.log.read(1, seq, name) or b"") for name in names))
        for seq, names in station.log.slots(1, head.seq)
    ]
    try:
        station.replica._apply(slots, station.secret.desk_keys, station.clock(), direct=True, at_once=False)
    except NotDisjoint:
        return True
    return False


def test_the_short_way_is_open_for_work_on_other_rows(anna: Station, jo: Station) -> None:
    one, two = anna.opens("One"), anna.opens("Two")
    settle(anna, jo)
    anna.edits(one, title="Mine")
    jo.edits(two, title="Theirs")
    jo.sync()
    assert not _closed(anna)


def test_work_that_news_has_nothing_to_do_with_is_not_touched(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [anna.opens(f"Case {n}") for n in range(4)]
    settle(anna, jo)
    left = [anna.edits(cases[0], title="Left"), anna.edits(cases[1], title="Left")]
    put_again = [anna.edits(cases[2], title="Mine"), anna.edits(cases[2], severity=1)]
    with anna.transaction("case.note") as tx:
        tx.insert(TimelineEntry, case_id=cases[2], at=1, kind="note", text="Belongs to it")
    put_again.append(tx.id)
    left.append(anna.edits(cases[3], title="Left"))
    jo.edits(cases[2], title="Theirs")
    jo.sync()
    redone: list[bytes] = []
    redo = Outbox._redo

    def counted(self: Outbox, rows: RowStore, n: int, record: TxRecord, *rest: Any) -> int:
        redone.append(record.id)
        return redo(self, rows, n, record, *rest)

    monkeypatch.setattr(Outbox, "_redo", counted)
    result = anna.sync()
    assert redone == put_again
    assert result.new_conflicts == 1
    assert all(anna.replica.outcome(tx_id) == ("accepted", None) for tx_id in [*left, *put_again])
    settle(anna, jo)
    assert_agree(anna, jo)
    assert jo.case(cases[2])["title"] == "Mine"


def _frees_a_unique_name(anna: Station) -> None:
    row = anna.one("SELECT id FROM department WHERE name = 'Hall 1'")
    with anna.transaction("department.rename") as tx:
        tx.update(Department, row["id"], name="Hall one")


def _removes_a_row(anna: Station) -> None:
    row = anna.one("SELECT id FROM department WHERE name = 'Hall 1'")
    with anna.transaction("department.remove") as tx:
        tx.delete(Department, row["id"])


def _changes_a_role(anna: Station) -> None:
    with anna.transaction("analyst.edit") as tx:
        tx.update(Analyst, anna.analyst, tier=2)


@pytest.mark.parametrize("pending", [_frees_a_unique_name, _removes_a_row, _changes_a_role])
def test_the_short_way_is_closed_by_work_that_others_news_could_depend_on(
    anna: Station, jo: Station, pending: Callable[[Station], None]
) -> None:
    jo.opens()
    jo.sync()
    pending(anna)
    assert _closed(anna)


def test_news_that_is_lawful_only_beside_my_pending_work_is_refused_everywhere(
    anna: Station, jo: Station, kim: Station, store: MemoryStore
) -> None:
    """Kim is told the id of a case that only Anna has: her note on it must be a no-op at Anna's too."""
    case = anna.opens("Not sent yet")
    note = RowChange("timeline_entry", new_id(), "i", {"case_id": case, "at": 1, "kind": "note", "text": "x"})
    plant(store, kim.replica.head.seq + 1, ".e", entry(kim, kim.secret, [record("case.note", note)]))
    reasons = {station.sync().refused[0][1] for station in (jo, anna)}
    assert reasons == {"it breaks a rule of the data: FOREIGN KEY constraint failed"}
    settle(anna, jo, kim)
    assert anna.count("timeline_entry") == 0
    assert_agree(anna, jo, kim)
