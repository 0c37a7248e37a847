"""Older and newer programs on one desk: they work together until an administrator upgrades the store, and then the
older ones stop cleanly at that entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.capture import RowChange, RowStore
from db.compaction import COMPACT
from db.epochs import Opening
from db.errors import Refused, StorageError, StoreDamaged, UpdateNeeded
from db.replica import Replica
from db.rollback import Back
from db.shapes import Site
from db.tables import complete, spec
from db.upgrades import PROGRAM, UPGRADE, Program
from db.verify import verify
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, assert_agree, bare, found, join, settle


def _longer_titles(rows: RowStore) -> None:
    """A step as one could be: it rewrites rows, makes one, and looks at nothing but the rows."""
    table = spec("case")
    for (case_id,) in rows.raw.execute('SELECT id FROM "case" ORDER BY id').fetchall():
        row = rows.read(table, case_id)
        assert row is not None
        rows.update(table, case_id, row, {"title": str(row["title"]) + "!"})
    rows.insert(spec("department"), b"upgraded 2 dep..", complete(spec("department"), {"name": "Everybody"}))


NEWER = Program(2, {2: _longer_titles}, {("case", "cause"): 2})
NEWEST = Program(3, {2: _longer_titles, 3: lambda rows: None})


def _with(station: Station, program: Program) -> Station:
    """The workstation gets another program."""
    station.replica.close()
    station.replica = Replica(station.replica.path, program)
    station.__post_init__()
    return station


@pytest.fixture
def anna(tmp_path: Path, store: MemoryStore) -> Iterator[Station]:
    """An administrator with the newer program; the store has the older schema."""
    station = _with(found(tmp_path, lambda _name: MemoryLog(store)), NEWER)
    yield station
    station.replica.close()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def jo(anna: Station, store: MemoryStore, tmp_path: Path) -> Iterator[Station]:
    """An analyst with the older one."""
    station = join(anna, tmp_path, lambda _name: MemoryLog(store))
    anna.sync()
    yield station
    station.replica.close()


def test_both_work_together_in_the_schema_of_the_store(anna: Station, jo: Station) -> None:
    assert (anna.replica.program.schema, jo.replica.program, anna.replica.schema) == (2, PROGRAM, 1)
    case = anna.opens("By the newer")
    settle(anna, jo)
    jo.edits(case, title="By the older")
    settle(anna, jo)
    assert_agree(anna, jo)
    assert anna.case(case)["title"] == "By the older"


def test_what_comes_with_a_schema_is_not_written_before_it(anna: Station) -> None:
    case = anna.opens()
    with pytest.raises(Refused, match="upgrade-store"):
        anna.edits(case, cause="Worn out")
    anna.syncer.upgrade()
    anna.edits(case, cause="Worn out")
    anna.sync()
    assert anna.whole()


def test_everybody_who_can_runs_the_same_steps_at_the_upgrade(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    _with(jo, NEWER)
    jo.edits(case, severity=1)  # not sent yet
    assert anna.syncer.upgrade() == 2
    settle(anna, jo)
    assert_agree(anna, jo)
    assert (jo.replica.schema, jo.case(case)["title"], jo.case(case)["severity"]) == (2, "Before!", 1)
    assert jo.count("department") == anna.count("department")
    for station in (anna, jo):
        result = verify(station.replica, station.log, station.secret.desk_keys)
        assert result.ok, result.problems


def test_an_older_program_stops_at_the_upgrade_keeps_its_work_and_goes_on_once_updated(
    anna: Station, jo: Station
) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    anna.syncer.upgrade()
    anna.edits(case, severity=2)
    anna.sync()
    tx = jo.edits(case, title="Mine")
    stands = jo.replica.head.seq
    for _ in range(2):
        with pytest.raises(UpdateNeeded, match="update Halldesk"):
            jo.sync()
    assert (jo.replica.head.seq, jo.replica.outcome(tx)[0]) == (stands, "pending")
    assert jo.case(case)["title"] == "Mine", "what is here can be read and worked on"
    jo.edits(case, next_step="call")
    assert jo.whole()
    _with(jo, NEWER)
    settle(anna, jo)
    assert_agree(anna, jo)
    assert (jo.case(case)["severity"], jo.case(case)["next_step"]) == (2, "call")
    assert jo.replica.outcome(tx)[0] == "accepted"


def test_a_newcomer_goes_through_every_upgrade(anna: Station, store: MemoryStore, tmp_path: Path) -> None:
    case = anna.opens("Before")
    anna.syncer.upgrade()
    _with(anna, NEWEST)
    anna.edits(case, severity=2)
    assert anna.syncer.upgrade() == 3
    assert anna.syncer.upgrade() == 3, "nothing more to do"
    late = Replica(tmp_path / "late.db", NEWEST)
    facts = anna.replica.facts()
    late.bind(store=facts["store"], root_key=facts["root_key"], device=b"d" * 16, analyst=anna.analyst,
              incarnation=b"i" * 8)  # fmt: skip
    one = Station("Late", anna.analyst, late, MemoryLog(store), anna.secret, anna.clock)
    one.sync()
    assert (late.schema, one.case(case)["title"], late.digest) == (3, "Before!", anna.replica.digest)
    late.close()


def test_only_an_administrator_can_upgrade_and_nobody_else_can_stop_the_older_programs(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path
) -> None:
    kim = join(anna, tmp_path, lambda _name: MemoryLog(store), "Kim")
    settle(anna, jo, kim)
    _with(jo, NEWER)
    with pytest.raises(StorageError):
        jo.syncer.upgrade()
    settle(anna, kim)
    assert (anna.replica.schema, kim.replica.schema) == (1, 1)
    case = kim.opens("Goes on")
    settle(anna, kim)
    assert anna.case(case)["title"] == "Goes on"
    kim.replica.close()


def test_the_schema_is_raised_in_no_other_way(anna: Station, jo: Station) -> None:
    site = anna.one("SELECT id FROM site")["id"]
    with pytest.raises(Refused, match="only an upgrade"), anna.transaction("site.edit") as tx:
        tx.update(Site, site, schema=2)
    for rows in (
        (RowChange("site", site, "u", {"schema": [2, 1]}),),
        (RowChange("site", site, "u", {"schema": [1, 2], "name": ["IT desk", "x"]}),),
        (RowChange("site", site, "u", {"schema": [1, "2"]}),),
    ):
        with pytest.raises(StorageError):
            anna.syncer.tell(UPGRADE, {}, rows=rows)
        assert anna.replica.schema == 1
    assert jo.replica.schema == 1


@pytest.mark.expects_log("was not taken: .* made for schema 1")
def test_an_entry_of_the_older_schema_does_not_count_after_the_upgrade(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever goes on writing as before, though the store was upgraded, is passed over."""
    anna.syncer.upgrade()
    _with(jo, NEWER)
    settle(anna, jo)
    jo.opens("Old")
    with monkeypatch.context() as patched:
        patched.setattr(Replica, "schema", 1)
        assert jo.syncer._publish(None, jo.replica.batch()) == 1
    anna.opens("Next")
    assert any("made for schema 1" in passed for passed in anna.sync().passed)
    assert (anna.count("case"), anna.whole()) == (1, True)


@pytest.mark.expects_log("set the desk back to entry|was set back to entry .* and went on without this workstation")
def test_an_upgrade_that_the_drive_forgot_is_made_anew_and_not_sent_again(
    anna: Station, jo: Station, store: MemoryStore
) -> None:
    """It is an entry of its own, at which everybody runs the steps; as one change among others nobody would."""
    case = anna.opens("Before")
    settle(anna, jo)
    _with(jo, NEWER)
    backup = dict(store.files)
    anna.syncer.upgrade()
    anna.opens("Lost with it, and sent again")
    anna.sync()
    store.files = backup
    anna.clock.pass_minutes(2)
    jo.opens("In its place")
    jo.sync()
    settle(anna, jo)
    assert_agree(anna, jo)
    assert (anna.replica.schema, anna.case(case)["title"]) == (1, "Before")
    assert anna.syncer.upgrade() == 2
    settle(anna, jo)
    assert_agree(anna, jo)
    assert anna.case(case)["title"] == "Before!"


@pytest.mark.expects_log("set the desk back to entry")
def test_a_desk_can_be_set_back_to_before_an_upgrade(anna: Station, jo: Station) -> None:
    case = anna.opens("Before")
    settle(anna, jo)
    _with(jo, NEWER)
    place = anna.replica.head.seq
    anna.syncer.upgrade()
    settle(anna, jo)
    anna.set_back(place)
    settle(anna, jo)
    assert_agree(anna, jo)
    assert (jo.replica.schema, jo.case(case)["title"]) == (1, "Before")


def test_a_newcomer_begins_with_a_snapshot_from_after_an_upgrade(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path
) -> None:
    anna.opens("Before")
    anna.syncer.upgrade()
    _with(jo, NEWER)
    settle(anna, jo)
    anna.syncer.snapshots.make()
    late = _with(bare(anna, tmp_path, lambda _name: MemoryLog(store), "Lee"), NEWER)
    late.sync()
    assert late.replica.floor.seq == anna.replica.head.seq
    assert_agree(anna, jo, late)
    late.replica.close()


def test_who_reads_of_a_new_key_and_an_upgrade_at_once_finds_the_opening_before_both(
    anna: Station, jo: Station, expect_log: Callable[[str], None]
) -> None:
    """The opening is sealed with a key that comes with an entry jo is about to read, and what was undone can't be gone
    back over. Once he has the key he finds the opening in time; without it he would start over for ever."""
    expect_log("set the desk back|went on without")
    settle(anna, jo)
    _with(jo, NEWER)
    anna.rotates()
    case = anna.opens("Kept")
    anna.sync()
    place = anna.replica.head.seq
    anna.syncer.upgrade()
    anna.set_back(place)
    waiting = jo.opens("Made while away")
    settle(jo, anna)
    assert (jo.replica.head.epoch, jo.replica.schema, jo.replica.generation) == (2, 1, 2)
    assert jo.case(case)["title"] == "Kept"
    assert anna.case(waiting)["title"] == "Made while away"
    assert_agree(anna, jo)


def test_an_opening_that_can_not_be_reached_ends_a_round_with_a_sentence(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("set the desk back")
    settle(anna, jo)
    place = anna.replica.head.seq
    anna.opens("Undone")
    settle(anna, jo)
    anna.set_back(place)

    def starts_over(opening: Opening) -> Back:
        return jo.replica.start_over(jo.syncer._secret.desk_keys, None, generation=opening.generation)

    monkeypatch.setattr(jo.syncer.following, "follow_epoch", starts_over)
    with pytest.raises(StoreDamaged, match=f"set back to entry {place}, and reading the log does not lead there"):
        jo.sync()
    monkeypatch.undo()
    settle(jo, anna)
    assert_agree(anna, jo)


@pytest.mark.parametrize("way", ["none", "a snapshot", "the whole log"])
def test_the_desk_is_set_back_to_before_an_upgrade_only_where_something_leads_there(
    anna: Station, jo: Station, store: MemoryStore, expect_log: Callable[[str], None], way: str
) -> None:
    """What the steps of an upgrade changed is in no entry, so nobody can undo it: all start over."""
    case = anna.opens("Before")
    settle(anna, _with(jo, NEWER))
    good = anna.replica.head.seq
    if way == "a snapshot":
        anna.syncer.snapshots.make()
        jo.syncer.snapshots.answer()
    anna.syncer.upgrade()
    settle(anna, jo)
    if way != "the whole log":
        anna.syncer.tell(COMPACT, {"through": good - 1})  # else somebody puts them back
        settle(anna, jo)
        store.files = {key: raw for key, raw in store.files.items() if key[1] >= good}
    files = dict(store.files)
    if way == "none":
        with pytest.raises(StorageError, match=f"There is no way back to entry {good}"):
            anna.set_back(good)
        assert store.files == files
        assert anna.case(case)["title"] == "Before!"
        settle(anna, jo)
    else:
        expect_log("an administrator set the desk back to entry")
        anna.set_back(good)
        settle(anna, jo)
        assert (anna.replica.schema, jo.case(case)["title"]) == (1, "Before")
    assert_agree(anna, jo)
