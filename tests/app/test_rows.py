"""Lists by window and by array agree; filters by rare and by common words find the same cases."""

from __future__ import annotations

import sqlite3
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import Desk
from app.founding import found
from app.profile import Profile
from app.work import lists as lists_module
from app.work.case_filter import ALL_CASES, CaseFilter, CaseList
from app.work.cases import NewCase
from app.work.rows import Listed, Window
from db.search_index import fold_text, index_statements, match_expression, matcher


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


WORDS = ("printer", "drucker", "label", "a", "über", "strasse", "x1")


@given(
    texts=st.lists(st.lists(st.sampled_from((*WORDS, "printers", "label-a", "a_label")), max_size=4), max_size=12),
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2), whole=st.booleans(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_looking_at_texts_finds_what_the_index_finds(texts: list[list[str]], words: list[str], whole: bool):
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE case_text (rid INTEGER PRIMARY KEY, title TEXT, words TEXT, names TEXT)")
    raw.execute(index_statements()[0])
    raw.execute(index_statements()[1])
    for rid, text in enumerate(texts):
        parts = (fold_text(part) for part in (" ".join(text[:2]), "Straße " * (rid % 2), ", ".join(text[2:])))
        raw.execute("INSERT INTO case_text VALUES (?, ?, ?, ?)", (rid, *parts))
    typed = " ".join(words) + " " * whole
    found = raw.execute("SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY 1", (match_expression(typed),))
    fits = matcher(typed)
    rows = raw.execute("SELECT rid, title || char(10) || words || char(10) || names FROM case_text ORDER BY 1")
    assert [rid for (rid,) in found] == [rid for rid, text in rows if fits(text)]


@pytest.mark.parametrize("density", [1, 3, 40])
@pytest.mark.parametrize(("looked", "most"), [(4, 12), (400, 1500)])
def test_the_first_rows_of_common_words_are_the_first_of_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, density: int, looked: int, most: int
):
    """`density`: each so many-th case has the words; few of the first, some, or all."""
    monkeypatch.setattr(lists_module, "MANY_HITS", 1)
    monkeypatch.setattr(lists_module, "LOOKED_AT", looked)
    monkeypatch.setattr(lists_module, "LOOKED_AT_MOST", most)
    for number in range(41):
        word = "label printer" if number % density == 0 else "scanner"
        desk.cases.new(NewCase(f"{word} fault {number}", 1 + number % 4, "Hall 12"))
    for words in ("printer label", "hall printer lab", "12 label ", "prin"):
        wanted = CaseList(CaseFilter(words=words, open_only=True))
        every = list(desk.lists.ids(wanted))
        assert len(every) == len(range(0, 41, density)) or words == "prin"
        for limit in (1, 3, 60):
            assert list(desk.lists.ids(wanted, limit)) == every[:limit]


def test_conflicts_and_counts_of_a_quiet_desk(desk: Desk):
    desk.cases.claim(desk.cases.new(NewCase("Mine", 2)).case_id)
    desk.cases.new(NewCase("Nobody's", 2))
    counts = desk.place_counts.at(desk.context.clock())
    assert (counts.all_open.open, counts.mine.open, counts.unowned.open) == (2, 1, 1)
    assert counts.analysts[desk.me].open == 1
    assert desk.reading.conflicts.waiting() == []
