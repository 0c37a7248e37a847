"""`verify` finds what is wrong with a replica or a store, and says it in one sentence that names the entry."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.capture import RowChange
from db.drive import DriveLog
from db.ids import new_id
from db.keys import DeviceSecret, new_seed
from db.verify import Verification, verify
from tests.sync.forgery import entry, record
from tests.sync.stations import Station, found, join, settle


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def anna(tmp_path: Path, share: Path):
    """Anna and Jo share a folder; ten entries, the sixth and later by Jo."""
    anna = found(tmp_path, lambda name: DriveLog(share, name))
    jo = join(anna, tmp_path, lambda name: DriveLog(share, name))
    anna.sync()
    for station in (anna, jo):
        case = station.opens()
        settle(anna, jo)
        for n in range(3):
            station.edits(case, title=f"Turn {n}")
            station.sync()
    settle(anna, jo)
    jo.replica.close()
    yield anna
    anna.replica.close()


def _verify(station: Station, *, store: bool = True) -> Verification:
    return verify(station.replica, station.log if store else None, station.secret.desk_keys)


def _file(share: Path, seq: int) -> Path:
    return share / "hd" / "log" / "e0001" / "000000000" / f"{seq:012d}.e"


def _behind_our_back(station: Station, sql: str, *params: object) -> None:
    """Another program on the same file, with the guards taken out first."""
    with closing(sqlite3.connect(station.replica.path)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        assert db.execute(sql, params).rowcount == 1


def test_a_healthy_desk_is_ok_also_with_work_that_is_not_sent_yet(anna: Station) -> None:
    anna.opens("Not sent yet")
    result = _verify(anna)
    assert (result.ok, result.entries, result.problems) == (True, 11, [])


def test_a_flipped_byte_in_a_store_file_is_found(anna: Station, share: Path) -> None:
    raw = bytearray(_file(share, 9).read_bytes())
    raw[50] ^= 1
    _file(share, 9).write_bytes(raw)
    (problem,) = _verify(anna).problems
    assert str(problem).startswith(
        "Entry 9 (by Jo on pc, 2026-01-06 11:00 UTC) is not whole in the store: 000000000009.e is damaged"
    )


def test_a_deleted_store_file_is_found(anna: Station, share: Path) -> None:
    _file(share, 5).unlink()
    (problem,) = _verify(anna).problems
    assert str(problem).startswith("Entry 5 (by Anna on pc, 2026-01-06 11:00 UTC) is missing in the store")
    assert _verify(anna, store=False).ok


def test_a_lost_tail_is_found_entry_by_entry(anna: Station, share: Path) -> None:
    for seq in (9, 10, 11):
        _file(share, seq).unlink()
    assert [str(p).split(" (")[0] for p in _verify(anna).problems] == ["Entry 9", "Entry 10", "Entry 11"]


def test_a_row_changed_behind_our_back_is_found(anna: Station) -> None:
    _behind_our_back(anna, "UPDATE analyst SET role = 'administrator' WHERE name = 'Jo'")
    (problem,) = _verify(anna).problems
    assert str(problem).startswith("The rows of this replica are not its state at entry 11")


def test_a_row_and_the_digest_changed_behind_our_back_are_found(anna: Station) -> None:
    _behind_our_back(anna, "UPDATE analyst SET role = 'administrator' WHERE name = 'Jo'")
    digest = anna.replica.rows_digest()
    anna.replica.set_facts({"digest": digest})
    (problem,) = _verify(anna).problems
    assert str(problem).startswith("Replaying the log to entry 11 gives another state")


def test_a_cached_entry_that_was_altered_is_found(anna: Station) -> None:
    raw = bytearray(anna.replica.entry(7) or b"")
    raw[-70] ^= 1
    _behind_our_back(anna, "UPDATE log_entry SET raw = ? WHERE seq = 7", bytes(raw))
    problems = _verify(anna, store=False).problems
    assert str(problems[0]).startswith(
        "Entry 7 (by Anna on pc) in this replica is not valid: 000000000007.e is damaged"
    )


def test_a_cached_entry_that_is_missing_is_found(anna: Station) -> None:
    _behind_our_back(anna, "DELETE FROM log_entry WHERE seq = 7")
    (problem,) = _verify(anna).problems
    assert (problem.seq, problem.why) == (7, "is missing in this replica.")
    assert "`halldesk invite --for`" in problem.means


def test_another_entry_in_the_place_of_ours_is_found(anna: Station, share: Path) -> None:
    _file(share, 11).unlink()
    _file(share, 10).rename(_file(share, 11))
    problems = _verify(anna).problems
    assert [(p.seq, p.analyst, p.device, p.why.split(" in the store")[0]) for p in problems] == [
        (10, "Jo", "pc", "is missing"),
        (11, "Jo", "pc", "is not whole"),
    ]


def test_what_the_rules_refused_is_told_with_whose_it_is_and_is_no_damage(anna: Station, share: Path) -> None:
    lawless = record("x", RowChange("case", new_id(), "u", {"title": ["a", "b"]}))
    raw = entry(anna, anna.secret, [lawless])
    _file(share, anna.replica.head.seq + 1).write_bytes(raw)
    anna.sync()
    result = _verify(anna)
    assert result.ok
    (refused,) = result.refused
    assert (refused.seq, refused.analyst, refused.device) == (12, "Anna", "pc")
    assert refused.at is not None
    assert "the case it changes does not exist" in refused.why
    assert "look at that workstation" in refused.means


def test_what_somebody_put_into_the_folder_is_called_what_it_is(anna: Station, share: Path) -> None:
    uninvited = DeviceSecret(new_id(), new_seed(), {1: new_seed()})
    _file(share, 11).write_bytes(entry(anna, uninvited, [record("x")]))
    (problem,) = _verify(anna).problems
    assert problem.seq == 11
    assert "was refused" in problem.why
    assert "look who may" in problem.means


def test_what_lies_after_the_head_is_looked_at(anna: Station, share: Path) -> None:
    """There the log ends for everybody, and nothing that is here tells it."""
    head = anna.replica.head.seq
    _file(share, head + 1).write_bytes(b"torn")
    (found,) = _verify(anna).problems
    assert found.seq == head + 1
    assert "is not whole in the store" in str(found)
    assert "halldesk repair" in found.means


def test_an_entry_that_is_missing_after_the_head_is_named(anna: Station, share: Path) -> None:
    head = anna.replica.head.seq
    _file(share, head + 2).write_bytes(b"anything")
    (found,) = _verify(anna).problems
    assert str(found).startswith(f"Entry {head + 1} (by an unknown device) is missing in the store, and later ones")


def test_news_that_were_not_read_yet_are_no_problem(anna: Station, share: Path, tmp_path: Path) -> None:
    kim = join(anna, tmp_path, lambda name: DriveLog(share, name), "kim")
    kim.opens("News")
    kim.sync()
    kim.replica.close()
    assert _verify(anna).ok
