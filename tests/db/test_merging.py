"""The rebase rules, under the numbers of the module's docstring, and what holds for all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import merging
from db.merging import Clash, merge_update
from db.rules import STATUSES, TRANSITIONS
from db.tables import Value

RULES = {
    "owner": "cas", "title": "scalar", "text": "text", "status": "status", "count": "counter", "seen": "latest",
    "due": "derived", "first": "once",
}  # fmt: skip


def _merge(column: str, base: Value, mine: Value, theirs: Value, *, fresh: bool = True) -> merging.Merged:
    return merge_update(RULES, {column: theirs}, {column: [base, mine]}, fresh=fresh)


def test_every_case_of_the_docstring_has_a_test_of_its_number() -> None:
    assert merging.__doc__ is not None
    numbers = re.findall(r"^ (\d)\. ", merging.__doc__, re.MULTILINE)
    tested = {name.split("_")[2] for name in globals() if name.startswith("test_case_")}
    assert set(numbers) == tested


@pytest.mark.parametrize("column", RULES)
def test_case_1_nobody_else_touched_it(column: str) -> None:
    merged = _merge(column, "new", "waiting", "new")
    assert merged.changed == {column: ("new", "waiting")}
    assert (merged.clashes, merged.refused) == ([], None)


@pytest.mark.parametrize("column", [c for c in RULES if c != "count"])
def test_case_2_both_wrote_the_same(column: str) -> None:
    merged = _merge(column, "new", "waiting", "waiting")
    assert (merged.changed, merged.clashes, merged.refused) == ({}, [], None)


def test_case_2_does_not_hold_for_counters_which_add_up() -> None:
    assert _merge("count", 0, 1, 1).changed == {"count": (1, 2)}


def test_case_3_the_first_claim_wins_and_the_whole_transaction_goes() -> None:
    merged = merge_update(RULES, {"title": "a", "owner": b"kern"}, {"title": ["a", "b"], "owner": [None, b"roth"]},
                          fresh=True)  # fmt: skip
    assert merged.refused == "owner was changed by somebody else first"
    assert merged.refused_column == "owner"


@pytest.mark.parametrize("theirs", STATUSES)
@pytest.mark.parametrize("mine", STATUSES)
def test_case_4_a_status_must_be_reachable_from_the_current_one(theirs: str, mine: str) -> None:
    merged = _merge("status", "no such status", mine, theirs)
    if theirs == mine:
        assert (merged.changed, merged.refused) == ({}, None)
    elif mine in TRANSITIONS[theirs]:
        assert merged.changed == {"status": (theirs, mine)}
    else:
        assert merged.refused == f"the case is {theirs} by now, so it can't become {mine}"
        assert merged.refused_column == "status"


def test_case_5_a_counter_takes_the_difference() -> None:
    assert _merge("count", 2, 5, 10).changed == {"count": (10, 13)}
    assert _merge("count", 5, 2, 10).changed == {"count": (10, 7)}


@pytest.mark.parametrize(
    ("column", "base", "mine", "theirs", "then"),
    [
        ("seen", 1, 5, 3, 5), ("seen", 1, 3, 5, 5), ("seen", 1, 3, None, 3), ("seen", 1, None, 5, 5),
        ("first", None, 5, 3, 3), ("first", None, 3, 5, 5), ("first", 1, 3, None, 3),
        ("due", 1, 5, 3, 5), ("due", 1, None, 3, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("fresh", [True, False])
def test_case_6_latest_once_and_derived_need_no_question(column, base, mine, theirs, then, fresh) -> None:
    merged = _merge(column, base, mine, theirs, fresh=fresh)
    assert merged.changed.get(column, (None, theirs))[1] == then
    assert (merged.clashes, merged.refused) == ([], None)


@pytest.mark.parametrize("column", ["title", "text"])
def test_case_7_fresh_mine_wins_and_both_are_kept(column: str) -> None:
    merged = _merge(column, "a", "mine", "theirs")
    assert merged.changed == {column: ("theirs", "mine")}
    assert merged.clashes == [Clash(column, "mine", "theirs", "mine stands")]


@pytest.mark.parametrize("column", ["title", "text"])
def test_case_8_stale_theirs_wins_and_mine_is_a_proposal(column: str) -> None:
    merged = _merge(column, "a", "mine", "theirs", fresh=False)
    assert merged.changed == {}
    assert merged.clashes == [Clash(column, "mine", "theirs", "theirs stands")]


def test_a_counter_of_words_is_a_bug_and_not_merged() -> None:
    with pytest.raises(TypeError, match="a counter holds a number"):
        _merge("count", "a", "b", "c")


# -- for all of them --------------------------------------------------------------------------------------------------
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "owner": st.none() | st.sampled_from([b"kern", b"roth", b"moll"]),
    "title": st.sampled_from("abc"),
    "text": st.none() | st.sampled_from("abc"),
    "status": st.sampled_from(STATUSES),
    "count": st.integers(0, 5),
    "seen": st.none() | st.integers(0, 5),
    "due": st.none() | st.integers(0, 5),
    "first": st.none() | st.integers(0, 5),
}
ROWS = st.fixed_dictionaries(VALUES)


@given(base=ROWS, mine=ROWS, theirs=ROWS, fresh=st.booleans())
def test_the_result_starts_from_the_row_as_it_is_and_tells_every_loss(base, mine, theirs, fresh) -> None:
    pairs = {c: [base[c], mine[c]] for c in RULES if base[c] != mine[c]}
    merged = merge_update(RULES, theirs, pairs, fresh=fresh)
    for column, (old, new) in merged.changed.items():
        assert old == theirs[column]
        assert old != new
    if merged.refused is None:
        after = {**theirs, **{c: new for c, (_old, new) in merged.changed.items()}}
        told = {clash.column for clash in merged.clashes}
        for column in ("title", "text"):
            both = column in pairs and theirs[column] not in (base[column], mine[column])
            assert (column in told) == both, "a value somebody typed was lost without a word"
        for column in RULES.keys() - pairs.keys():
            assert after[column] == theirs[column]


@given(base=ROWS, mine=ROWS, fresh=st.booleans())
def test_nothing_changes_when_nobody_else_touched_the_row(base, mine, fresh) -> None:
    pairs = {c: [base[c], mine[c]] for c in RULES if base[c] != mine[c]}
    merged = merge_update(RULES, base, pairs, fresh=fresh)
    assert merged.changed == {c: tuple(pair) for c, pair in pairs.items()}
    assert (merged.clashes, merged.refused) == ([], None)


@given(base=st.integers(-9, 9), mine=st.integers(-9, 9), theirs=st.integers(-9, 9))
def test_counters_do_not_care_who_came_first(base, mine, theirs) -> None:
    def after(first: int, second: int) -> int:
        changed = _merge("count", base, second, first).changed
        return int(str(changed["count"][1])) if changed else first

    if base not in (mine, theirs):
        assert after(theirs, mine) == after(mine, theirs) == mine + theirs - base
