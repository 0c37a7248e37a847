"""Lists by window and by array agree; filters by rare and by common words find the same cases."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import Desk
from app.founding import found
from app.profile import Profile
from app.work import lists as lists_module
from app.work.case_filter import ALL_CASES, CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.rows import Listed, Window


@given(oldest=st.integers(1, 500), length=st.integers(1, 300), asked=st.integers(0, 900))
def test_a_window_is_the_array_it_stands_for(oldest: int, length: int, asked: int):
    window = Window(oldest + length - 1, oldest)
    listed = Listed(array("q", list(window)))
    assert len(window) == len(listed) == length
    assert [window[row] for row in range(length)] == list(listed.rids)
    assert window.find(asked) == listed.find(asked)
    with pytest.raises(IndexError):
        window[length]


@pytest.fixture
def desk(tmp_path: Path):
    (tmp_path / "share").mkdir()
    profile = Profile(tmp_path / "profile")
    found(profile, str(tmp_path / "share"), "IT", "Anna", zone="Europe/Berlin", key_file=tmp_path / "keys")
    opened = Desk(profile)
    yield opened
    opened.close()


def test_an_empty_desk_has_no_rows(desk: Desk):
    assert len(desk.lists.rows(ALL_CASES)) == 0


@pytest.mark.parametrize("many", [1, 3, 1000])
def test_common_and_rare_words_find_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch, many: int):
    """`many`: from how many hits on the list is walked along; the answer must not depend on it."""
    monkeypatch.setattr(lists_module, "MANY_HITS", many)
    for number in range(9):
        word = "printer" if number % 2 else "scanner"
        desk.cases.new(NewCase(f"{word} fault {number}", 1 + number % 4))
    wanted = CaseList(CaseFilter(words="printer"))
    titles = [line.title for line in desk.lists.lines(desk.lists.ids(wanted))]
    assert sorted(titles) == [f"printer fault {number}" for number in (1, 3, 5, 7)]
    assert [line.severity for line in desk.lists.lines(desk.lists.ids(wanted))] == [2, 2, 4, 4]
    for limit in (1, 2, 3, 4, 9):
        assert list(desk.lists.ids(wanted, limit)) == list(desk.lists.ids(wanted))[:limit]
    assert desk.lists.count(wanted.filter) == 4
    assert desk.lists.count(CaseFilter(words="nothing of that")) == 0


def test_conflicts_and_counts_of_a_quiet_desk(desk: Desk):
    desk.cases.claim(desk.cases.new(NewCase("Mine", 2)).case_id)
    desk.cases.new(NewCase("Nobody's", 2))
    counts = desk.place_counts.at(desk.context.clock())
    assert (counts.all_open.open, counts.mine.open, counts.unowned.open) == (2, 1, 1)
    assert counts.analysts[desk.me].open == 1
    assert desk.reading.conflicts.waiting() == []
