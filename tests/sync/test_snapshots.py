"""A newcomer begins with the newest state that can be believed; what is torn, forged or of another log is not."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import snapshots
from db.chain import slot_name
from db.errors import DeviceRevoked
from db.keys import DeviceSecret, new_seed
from db.shapes import Analyst, CaseTag, TimelineEntry
from db.snapshots import EVERY_MS, KIND, Snapshots, short
from db.state import Part, Unusable, pressed, unpressed, written
from tests.sync.memory_log import MemoryLog, MemoryStore
from tests.sync.stations import Station, arrive, assert_agree, bare, enrol, join, settle

MakeLog = Callable[[str], MemoryLog]


@pytest.fixture
def newcomer(anna: Station, tmp_path: Path, make_log: MakeLog) -> Iterator[Callable[[], Station]]:
    """A function that lets somebody arrive who has read nothing but what a first round reads."""
    made: list[Station] = []

    def come() -> Station:
        station, invitation, seed = arrive(anna, tmp_path, make_log, f"New{len(made)}")
        made.append(station)
        enrol(station, invitation, seed)
        station.sync()
        return station

    yield come
    for station in made:
        station.replica.close()


def _files(store: MemoryStore, ending: str) -> list[str]:
    return sorted(name for kind, name in store.side if kind == KIND and name.endswith(ending))


def _work(anna: Station, jo: Station) -> bytes:
    """Cases with parts, edits and a claim, in the log."""
    case = anna.opens("Drucker größer kaputt", description="It hums")
    settle(anna, jo)
    for n in range(4):
        jo.opens(f"Case {n}")
    jo.claims(case)
    with jo.transaction("case.note") as tx:
        tx.insert(TimelineEntry, case_id=case, at=1, kind="note", text="Roller changed", author_id=jo.analyst)
        tx.insert(CaseTag, case_id=case, tag="printer")
    settle(anna, jo)
    return case


def test_a_newcomer_begins_with_the_snapshot_and_ends_where_all_are(
    anna: Station, jo: Station, newcomer: Callable[[], Station]
) -> None:
    case = _work(anna, jo)
    made = anna.syncer.snapshots.make()
    anna.edits(case, title="After the snapshot")
    anna.sync()
    kim = newcomer()
    assert kim.replica.floor == made.head
    assert kim.replica.entry(made.seq) is None
    settle(anna, jo, kim)
    assert kim.case(case)["title"] == "After the snapshot"
    query = "SELECT count(*) AS n FROM case_fts WHERE case_fts MATCH ?"
    assert (kim.one(query, "roller")["n"], kim.one(query, "snapshot")["n"], kim.one(query, "groesser")["n"]) == (
        1,
        1,
        0,
    )
    kim.edits(case, title="Kim was here")
    kim.opens("Kim's own")
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)


def test_the_stream_holds_the_state_without_unpublished_work(anna: Station, jo: Station, tmp_path: Path) -> None:
    case = _work(anna, jo)
    anna.edits(case, title="Not sent yet", severity=1)
    anna.opens("Not sent either")
    tag = anna.one("SELECT id FROM case_tag")["id"]
    with anna.transaction() as tx:
        tx.delete(CaseTag, tag)
    reader = anna.replica.reader()
    parts = list(unpressed(pressed(written(reader))))
    reader.close()
    rows: dict[str, list[object]] = {part[1]: [] for part in parts if part[0] == "table"}
    table = ""
    for part in parts:
        table = part[1] if part[0] == "table" else table
        if part[0] == "rows":
            rows[table] += part[1]
    assert len(rows["case"]) == jo.count("case")
    assert len(rows["case_tag"]) == 1
    assert not any("Not sent" in str(row) for row in rows["case"])
    jo.replica.take_in(iter(parts), jo.secret.desk_keys, jo.clock(), lambda *_: None)
    jo.replica.set_facts({"head": list(anna.replica.head)})
    assert jo.whole()
    assert jo.replica.digest == anna.replica.digest


@pytest.mark.parametrize("openings", [[[5, 2, b"x"]], [[1, 2, b"x"]], [[2, 99, b"x"]], [[2, 2, b"x"], [2, 3, b"y"]]])
def test_a_state_of_epochs_that_no_log_has_is_not_taken(anna: Station, jo: Station, openings: list[object]) -> None:
    """Its maker would leave a newcomer that can't follow the next opening."""
    reader = anna.replica.reader()
    parts = list(written(reader))
    reader.close()
    parts[0][5] = openings
    before = jo.replica.head
    with pytest.raises(Unusable, match="epochs"):
        jo.replica.take_in(iter(parts), jo.secret.desk_keys, jo.clock(), lambda *_: None)
    assert jo.replica.head == before


def test_others_compare_and_say_so_once(anna: Station, jo: Station, kim: Station, store: MemoryStore) -> None:
    _work(anna, jo)
    kim.sync()
    made = anna.syncer.snapshots.make()
    for _ in range(2):
        for station in (anna, jo, kim):
            assert station.syncer.snapshots.answer() == []
    assert _files(store, f".a-{short(jo.secret.device)}") == [f"{made.stem}.a-{short(jo.secret.device)}"]
    (listed,) = kim.syncer.snapshots.listed()
    assert set(listed.others) == {short(jo.secret.device), short(kim.secret.device)}


def test_who_has_another_state_says_so_and_no_newcomer_takes_it(
    anna: Station, jo: Station, newcomer: Callable[[], Station], expect_log
) -> None:
    expect_log("is of another state than ours")
    expect_log("another device had another state there")
    _work(anna, jo)
    made = anna.syncer.snapshots.make()
    jo.replica._writer.raw.execute("UPDATE log_entry SET digest = ?", (bytes(32),))
    assert jo.syncer.snapshots.answer() == [made.stem]
    assert newcomer().replica.floor.seq == 0, "the log was read from its first entry"


def test_an_agreed_snapshot_is_taken_before_a_newer_one_nobody_spoke_of(
    anna: Station, jo: Station, newcomer: Callable[[], Station]
) -> None:
    _work(anna, jo)
    agreed = anna.syncer.snapshots.make()
    jo.syncer.snapshots.answer()
    anna.opens()
    anna.sync()
    newer = anna.syncer.snapshots.make()
    assert newer.seq > agreed.seq
    assert newcomer().replica.floor == agreed.head


@pytest.mark.parametrize("ending", [".m", ".0000.z"])
def test_a_torn_snapshot_is_passed_over_for_an_older_one(
    anna: Station, jo: Station, newcomer: Callable[[], Station], store: MemoryStore, ending: str, expect_log
) -> None:
    _work(anna, jo)
    older = anna.syncer.snapshots.make()
    anna.opens()
    anna.sync()
    newer = anna.syncer.snapshots.make()
    if ending == ".0000.z":
        expect_log("chunk 0 is missing or damaged")
    name = newer.stem + ending
    store.side[KIND, name] = store.side[KIND, name][:-3]
    kim = newcomer()
    assert kim.replica.floor == older.head
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)


def test_a_fetch_that_broke_off_goes_on_where_it_was(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog, monkeypatch
) -> None:
    monkeypatch.setattr("db.state.CHUNK", 1024)
    _work(anna, jo)
    for n in range(40):
        anna.opens(f"Case {n}", description=new_seed().hex() * 10)
    anna.sync()
    made = anna.syncer.snapshots.make()
    assert len(made.chunks) > 3
    fetched: list[str] = []

    class Breaking(MemoryLog):
        def get_side(self, kind, name):
            if name.endswith(".z"):
                fetched.append(name)
                if len(fetched) == 3:
                    self.store.gone = True
                    self._reach()
            return super().get_side(kind, name)

    with pytest.raises(Exception, match="away"):
        arrive(anna, tmp_path, lambda _name: Breaking(store), "Kim")
    store.gone = False
    kim = bare(anna, tmp_path, make_log, "Kim")
    told: list[tuple[int, int]] = []
    entered = Snapshots(kim.replica, Breaking(store), kim.secret, anna.clock).enter(
        lambda here, of: told.append((here, of))
    )
    kim.replica.close()
    assert entered == made
    assert len(fetched) == 1 + len(made.chunks), "only the one that broke off came twice"
    assert told[-1] == (len(made.chunks), len(made.chunks))
    assert not (tmp_path / "kim.arriving").exists()


def test_a_snapshot_of_a_log_that_was_set_back_is_not_taken(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    expect_log("the log has no such entry")
    _work(anna, jo)
    invitation, seed = anna.invites("Kim")
    jo.sync()
    before = dict(store.files)
    anna.opens("Forgotten by the drive")
    anna.sync()
    anna.syncer.snapshots.make()
    store.files = before
    jo.opens("In its place")
    jo.sync()
    kim = bare(jo, tmp_path, make_log, "Kim")
    kim.sync()
    assert kim.replica.floor.seq == 0
    enrol(kim, invitation, seed)
    settle(jo, kim)
    assert_agree(jo, kim)
    kim.replica.close()


def test_an_entry_that_follows_a_lost_one_does_not_prove_its_snapshot(
    anna: Station, jo: Station, store: MemoryStore, tmp_path: Path, make_log: MakeLog, expect_log
) -> None:
    """Anna commits after the lost entry before she hears that another took its place."""
    expect_log("the log has no such entry|went on without this workstation|does not follow the entry before it")
    _work(anna, jo)
    before = dict(store.files)
    anna.opens("Forgotten by the drive")
    anna.sync()
    made = anna.syncer.snapshots.make()
    copy = dict(store.files)
    anna.opens("What follows it")
    anna.sync()
    follows = {key: raw for key, raw in store.files.items() if key not in copy}
    store.files = dict(before)
    jo.opens("In its place")
    jo.sync()
    assert {key[:2] for key in follows} == {(1, made.seq + 1)}
    store.files |= follows
    anna.clock.pass_minutes(2)
    settle(anna, jo)
    invitation, seed = anna.invites("Kim")
    kim = bare(jo, tmp_path, make_log, "Kim")
    kim.sync()
    assert kim.replica.floor.seq == 0
    enrol(kim, invitation, seed)
    settle(anna, jo, kim)
    assert_agree(anna, jo, kim)
    kim.replica.close()


def _forged(jo: Station, sql: str) -> None:
    """A snapshot Jo makes of a replica in which he changed rows and digest behind everybody's back."""
    raw = jo.replica._writer.raw
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_%'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(sql)
    jo.replica.set_facts({"digest": jo.replica.rows_digest()})
    jo.syncer.snapshots.make()


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("UPDATE analyst SET role = 'administrator' WHERE name = 'Jo'", "is not the one that the log made"),
        ("UPDATE device SET public_key = randomblob(32)", "is not the one that the log made"),
        ("DELETE FROM invitation", "lacks a invitation that the log made"),
        ("DELETE FROM authority_entry WHERE seq = 1", "the entry that founded the desk is missing"),
        ("DELETE FROM authority_entry WHERE seq > 1", "its maker is no device of this desk"),
        ("UPDATE authority_entry SET raw = CAST(substr(raw, 1, length(raw) - 1) || x'00' AS BLOB)", "refused|damaged"),
        ('UPDATE "case" SET number = number + 10', "numbers have a gap"),
        ("UPDATE timeline_entry SET case_id = x'11'", "a reference to a row that is not there"),
        ("UPDATE \"case\" SET severity = 'high'", "wrong kind"),
    ],
)
def test_a_snapshot_that_was_made_up_is_refused(
    anna: Station, jo: Station, newcomer: Callable[[], Station], expect_log, sql: str, why: str
) -> None:
    _work(anna, jo)
    expect_log(f"can't be used: .*({why})")
    _forged(jo, sql)
    kim = newcomer()
    assert kim.replica.floor.seq == 0
    anna.sync()
    assert_agree(anna, kim)


def test_who_was_never_invited_but_has_the_desk_key_makes_no_snapshot(
    anna: Station, jo: Station, newcomer: Callable[[], Station], expect_log
) -> None:
    expect_log("its maker is no device of this desk")
    _work(anna, jo)
    stranger = DeviceSecret(b"x" * 16, new_seed(), dict(jo.secret.desk_keys))
    Snapshots(jo.replica, jo.log, stranger, jo.clock).make()
    assert newcomer().replica.floor.seq == 0


def test_a_device_that_signs_as_another_makes_no_snapshot(
    anna: Station, jo: Station, newcomer: Callable[[], Station], expect_log
) -> None:
    expect_log("its signature is not of the device it names")
    _work(anna, jo)
    as_anna = replace(jo.secret, device=anna.secret.device)
    Snapshots(jo.replica, jo.log, as_anna, jo.clock).make()
    assert newcomer().replica.floor.seq == 0


def test_a_device_that_was_removed_makes_no_snapshot(
    anna: Station, jo: Station, newcomer: Callable[[], Station], expect_log
) -> None:
    expect_log("its maker is no device of this desk")
    _work(anna, jo)
    with anna.transaction("analyst.edit") as tx:
        tx.update(Analyst, jo.analyst, active=False)
    anna.revokes(jo.secret.device)
    anna.sync()
    with pytest.raises(DeviceRevoked):
        jo.sync()
    jo.syncer.snapshots.make()
    assert newcomer().replica.floor.seq == 0


def test_a_snapshot_under_a_replaced_desk_key_is_not_used_and_a_new_one_is_due(
    anna: Station, jo: Station, newcomer: Callable[[], Station]
) -> None:
    """Whoever was turned out could still make one under the key he had."""
    _work(anna, jo)
    anna.syncer.snapshots.make()
    assert not jo.syncer.snapshots.due()
    anna.rotates()
    settle(anna, jo)
    assert jo.syncer.snapshots.due()
    kim = newcomer()
    assert kim.replica.floor.seq == 0
    settle(anna, kim, jo)
    assert_agree(anna, kim, jo)
    jo.syncer.snapshots.make()
    assert newcomer().replica.floor.seq == jo.replica.head.seq


def test_when_the_next_one_is_due_one_makes_it(anna: Station, jo: Station, store: MemoryStore) -> None:
    _work(anna, jo)
    for station in (anna, jo):
        station.housekeeping.tend(idle=False)
        station.housekeeping.tend(idle=True)
    assert _files(store, ".m") == [], "a small desk is read quickly"
    anna.syncer.snapshots.make()
    anna.opens()
    settle(anna, jo)
    assert not jo.syncer.snapshots.due()
    anna.clock.pass_minutes(EVERY_MS / 60_000)
    assert jo.syncer.snapshots.due()
    assert jo.syncer.snapshots.take_turn()
    assert not anna.syncer.snapshots.take_turn()
    anna.clock.pass_minutes(EVERY_MS / 60_000)
    for station in (anna, jo):
        station.housekeeping.tend(idle=True)
    assert len(_files(store, ".m")) == 2


def test_five_thousand_entries_make_it_due(anna: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.snapshots.EVERY_ENTRIES", anna.replica.head.seq + 2)
    anna.opens()
    anna.sync()
    assert not anna.syncer.snapshots.due()
    anna.opens()
    anna.sync()
    assert anna.syncer.snapshots.due()


def test_old_snapshots_go_when_three_newer_ones_are_agreed(anna: Station, jo: Station, store: MemoryStore) -> None:
    made = []
    for _ in range(5):
        anna.opens()
        settle(anna, jo)
        made.append(anna.syncer.snapshots.make())
        jo.syncer.snapshots.answer()
        anna.syncer.snapshots.prune()
    assert _files(store, ".m") == [f"{m.stem}.m" for m in made[2:]]
    assert {n[: len(made[0].stem)] for n in _files(store, ".z")} == {m.stem for m in made[2:]}


def test_a_snapshot_entry_can_be_gone_when_the_next_one_names_it(
    anna: Station, jo: Station, newcomer: Callable[[], Station], store: MemoryStore
) -> None:
    _work(anna, jo)
    made = anna.syncer.snapshots.make()
    anna.opens()
    settle(anna, jo)
    for seq in range(1, made.seq + 1):
        del store.files[1, seq, slot_name(seq, ".e")]
    kim, invitation, seed = arrive(anna, jo.replica.path.parent, lambda _n: MemoryLog(store), "Late")
    assert kim.replica.floor == made.head
    enrol(kim, invitation, seed)
    kim.sync()
    assert kim.whole()
    kim.replica.close()


def test_a_snapshot_carries_a_snapshots_own_beginning(
    anna: Station, jo: Station, tmp_path: Path, make_log: MakeLog, newcomer: Callable[[], Station]
) -> None:
    _work(anna, jo)
    anna.syncer.snapshots.make()
    kim = newcomer()
    second = kim.syncer.snapshots.make()
    lee = join(anna, tmp_path, make_log, "Lee")
    assert lee.replica.floor == second.head
    settle(anna, kim, lee)
    assert_agree(anna, kim, lee)
    lee.replica.close()


def test_who_is_interrupted_amid_it_leaves_no_half_read_state_behind(
    anna: Station, jo: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    _work(anna, jo)
    left: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", left.append)

    def interrupted(parts: Iterator[Part]) -> Iterator[bytes]:
        next(parts)
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshots, "pressed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        anna.syncer.snapshots.make()
    gc.collect()
    assert left == []
