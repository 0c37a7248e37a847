"""A link is one thing seen from both its ends, and whatever was merged can be parted again, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import Desk
from app.errors import UserError
from app.work.cases import NewCase
from db.rules import LINK_KINDS
from tests.desks import found_desk, join_desk

KINDS_OF_CASE = {"problem": "problem"}
"""What the second case must be, by kind of link."""
CASES = 4
TABLES = {"case": "id", "case_link": "case_id", "timeline_entry": "case_id", "case_event": "case_id",
          "case_watcher": "case_id"}  # fmt: skip
UNLIKE = {"updated_at", "due_at", "warn_at", "response_due_at", "fix_due_at"}
"""Columns of a case in which the time it was merged for may show: its clocks stood."""


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Desk, Desk]]:
    with TemporaryDirectory() as name:
        desk = found_desk(Path(name))
        other = join_desk(desk, Path(name))
        desk.sync_round()
        yield desk, other
        other.close()
        desk.close()


def _opened(desk: Desk, title: str, kind: str = "incident") -> bytes:
    return desk.cases.new(NewCase(title=title, severity=3, kind=kind)).case_id


def _meet(*desks: Desk) -> None:
    for one in (*desks, *desks):
        one.sync_round()
    assert len({one.replica.digest for one in desks}) == 1


def _links(desk: Desk, case_id: bytes) -> set[tuple[str, bool, bytes]]:
    """Kind, whether this case is the first of the two, and the other. Where two are related, neither is."""
    return {(link.kind, link.outgoing and link.kind != "related", link.id) for link in desk.present.case(case_id).links}


# -- both ends --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", LINK_KINDS)
@pytest.mark.parametrize("parted_from", ["first", "second"])
def test_a_link_is_seen_and_parted_from_either_end_on_every_workstation(
    two: tuple[Desk, Desk], kind: str, parted_from: str
) -> None:
    desk, other = two
    first, second = _opened(desk, "First"), _opened(desk, "Second", KINDS_OF_CASE.get(kind, "incident"))
    desk.linking.link(first, second, kind)
    _meet(desk, other)
    for one in two:
        assert _links(one, first) == {(kind, kind != "related", second)}
        assert _links(one, second) == {(kind, False, first)}
    with pytest.raises(UserError, match="do not hang together"):
        other.linking.unlink(first, second, next(k for k in LINK_KINDS if k != kind))
    ends = (first, second) if parted_from == "first" else (second, first)
    parted = other.linking.unlink(*ends)
    _meet(desk, other)
    for one in two:
        assert not _links(one, first)
        assert not _links(one, second)
    other.undoing.undo(parted.tx_id)
    _meet(desk, other)
    assert _links(desk, second) == {(kind, False, first)}


def test_cases_that_hang_together_in_two_ways_can_be_parted_in_one(two: tuple[Desk, Desk]) -> None:
    desk, _other = two
    first, second = _opened(desk, "First"), _opened(desk, "Second")
    desk.linking.link(first, second, "child")
    desk.linking.link(second, first, "related")
    assert _links(desk, first) == {("child", True, second), ("related", False, second)}
    desk.linking.unlink(first, second, "related")
    assert _links(desk, first) == {("child", True, second)}
    desk.linking.link(first, second, "related")
    desk.linking.unlink(second, first)
    assert not _links(desk, first)


@pytest.mark.parametrize("kind", ["child", "problem", "duplicate"])
def test_two_who_link_and_part_offline_end_alike(two: tuple[Desk, Desk], kind: str) -> None:
    desk, other = two
    first, second = _opened(desk, "First"), _opened(desk, "Second", KINDS_OF_CASE.get(kind, "incident"))
    desk.linking.link(first, second, kind)
    _meet(desk, other)
    desk.linking.unlink(first, second)
    other.linking.unlink(second, first)
    other.linking.link(first, second, "related")
    _meet(desk, other)
    for one in two:
        assert _links(one, first) == {("related", False, second)}


# -- merging ----------------------------------------------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "merge", "merge", "unmerge"]), st.integers(0, CASES - 1),
              st.integers(0, CASES - 1), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


def _goes_on_in(merged: dict[bytes, bytes], case_id: bytes) -> bytes:
    while case_id in merged:
        case_id = merged[case_id]
    return case_id


def _rows(desk: Desk, cases: list[bytes]) -> dict[str, list[dict[str, Any]]]:
    """All that was written about these cases, but when it was last touched."""
    marks = ", ".join("?" * len(cases))
    found = {
        table: [
            {column: row[column] for column in row.keys() if column != "updated_at"}  # noqa: SIM118 - a sqlite3.Row
            for row in desk.context.reader.all(f'SELECT * FROM "{table}" WHERE "{of}" IN ({marks})', cases)
        ]
        for table, of in TABLES.items()
    }
    return {table: sorted(rows, key=lambda row: row["id"]) for table, rows in found.items()}


@settings(max_examples=25)
@given(steps=STEPS, parting=st.permutations(range(CASES)))
def test_whatever_is_merged_can_be_parted_and_taken_back(
    two: tuple[Desk, Desk], steps: list[tuple[str, int, int, bool]], parting: list[int]
) -> None:
    """Beside a model that knows nothing but which case goes on in which."""
    desk, other = two
    cases = [_opened(desk, f"Case {n}") for n in range(CASES)]
    for case in cases:
        desk.cases.claim(case)
    desk.sync_round()
    at_first = {case: dict(desk.present.case(case).row) for case in cases}
    merged: dict[bytes, bytes] = {}
    for verb, one, into, takes_back in steps:
        case, target = cases[one], _goes_on_in(merged, cases[into])
        before, model = _rows(desk, cases), dict(merged)
        if verb == "merge":
            lawful = case not in merged and target != case
        else:
            lawful = case in merged
        if not lawful:
            with pytest.raises(UserError):
                _does(desk, verb, case, cases[into])
            assert _rows(desk, cases) == before
            continue
        done = _does(desk, verb, case, cases[into])
        if verb == "merge":
            merged[case] = target
        else:
            del merged[case]
        _is_as(desk, cases, merged)
        if takes_back:
            after = _rows(desk, cases)
            undone = desk.undoing.undo(done)
            assert _rows(desk, cases) == before
            again = desk.undoing.undo(undone.tx_id)
            assert _rows(desk, cases) == after
            desk.undoing.undo(again.tx_id)
            merged = model
            _is_as(desk, cases, merged)
    _meet(desk, other)
    _is_as(other, cases, merged)
    parted = [cases[n] for n in parting if cases[n] in merged]
    for case in parted:
        desk.linking.unmerge(case)
        del merged[case]
        _is_as(desk, cases, merged)
    for case in cases:
        now = dict(desk.present.case(case).row)
        assert {k: v for k, v in now.items() if k not in UNLIKE} == {
            k: v for k, v in at_first[case].items() if k not in UNLIKE
        }
    _meet(desk, other)
    _is_as(other, cases, {})


def _does(desk: Desk, verb: str, case: bytes, into: bytes) -> bytes:
    return (desk.linking.merge(case, into) if verb == "merge" else desk.linking.unmerge(case)).tx_id


def _is_as(desk: Desk, cases: list[bytes], merged: dict[bytes, bytes]) -> None:
    for case in cases:
        view = desk.present.case(case)
        assert (view.row["status"] == "merged") == (case in merged)
        outgoing = {("duplicate", True, merged[case])} if case in merged else set()
        assert _links(desk, case) == outgoing | {("duplicate", False, c) for c, into in merged.items() if into == case}
