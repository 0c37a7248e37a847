"""The rebase rules, under the numbers of the module's docstring, and what holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import merging
from db.merging import Clash, Mode, merge_events, merge_update
from db.rules import STATUSES, TRANSITIONS
from db.tables import Value, spec

RULES = {
    "owner": "cas", "title": "scalar", "text": "text", "status": "status", "count": "counter", "seen": "latest",
    "due": "derived", "first": "once", "answered": "earliest", "ended": "with status", "again": "counter with status",
    "on": "scalar with status",
}  # fmt: skip


Pairs = dict[str, Sequence[Value]]


def _merge(column: str, base: Value, mine: Value, theirs: Value, mode: Mode = "fresh") -> merging.Merged:
    return merge_update(RULES, {column: theirs}, {column: [base, mine]}, mode)


def test_every_case_of_the_docstring_has_a_test_of_its_number() -> None:
    assert merging.__doc__ is not None
    numbers = re.findall(r"^ ?(\d+)\. ", merging.__doc__, re.MULTILINE)
    tested = {name.split("_")[2] for name in globals() if name.startswith("test_case_")}
    assert set(numbers) == tested


@pytest.mark.parametrize("mode", ["fresh", "stale", "strict", "insist"])
@pytest.mark.parametrize("column", RULES)
def test_case_1_nobody_else_touched_it(column: str, mode: Mode) -> None:
    merged = _merge(column, "new", "waiting", "new", mode)
    assert merged.changed == {column: ("new", "waiting")}
    assert (merged.clashes, merged.refused) == ([], None)


@pytest.mark.parametrize("column", [c for c in RULES if c not in ("count", "again")])
def test_case_2_both_wrote_the_same(column: str) -> None:
    merged = _merge(column, "new", "waiting", "waiting")
    assert (merged.changed, merged.clashes, merged.refused) == ({}, [], None)


def test_case_2_does_not_hold_for_counters_which_add_up() -> None:
    assert _merge("count", 0, 1, 1).changed == {"count": (1, 2)}


def test_case_3_the_first_claim_wins_and_the_whole_transaction_goes() -> None:
    merged = merge_update(RULES, {"title": "a", "owner": b"kern"}, {"title": ["a", "b"], "owner": [None, b"roth"]},
                          "fresh")  # fmt: skip
    assert merged.refused == Clash("owner", None, b"roth", b"kern", "refused", "taken")


def test_case_3_whoever_insists_takes_it_over() -> None:
    assert _merge("owner", None, b"roth", b"kern", "insist").changed == {"owner": (b"kern", b"roth")}


@pytest.mark.parametrize("theirs", STATUSES)
@pytest.mark.parametrize("mine", STATUSES)
@pytest.mark.parametrize("mode", ["fresh", "insist"])
def test_case_4_a_status_must_be_reachable_from_the_current_one(theirs: str, mine: str, mode: Mode) -> None:
    merged = _merge("status", "no such status", mine, theirs, mode)
    if theirs == mine:
        assert (merged.changed, merged.refused) == ({}, None)
    elif mine in TRANSITIONS[theirs]:
        assert merged.changed == {"status": (theirs, mine)}
    else:
        assert merged.refused == Clash("status", "no such status", mine, theirs, "refused", "status")


@pytest.mark.parametrize("theirs", ["resolved", "closed", "cancelled", "merged"])
@pytest.mark.parametrize("mode", ["fresh", "stale"])
def test_case_4_what_others_ended_is_not_opened_again_unseen(theirs: str, mode: Mode) -> None:
    merged = _merge("status", "waiting", "in progress", theirs, mode)
    assert (merged.changed, merged.refused) == ({}, None)
    assert merged.clashes == [Clash("status", "waiting", "in progress", theirs, "theirs stands", "ended")]


def test_case_4_whoever_insists_opens_it_again_with_all_that_belongs_to_that() -> None:
    rules = spec("case").rules
    row: dict[str, Value] = {
        "status": "resolved",
        "ended_at": 5,
        "resolved_at": 5,
        "reopen_count": 1,
        "waiting_on": None,
    }
    row["waiting_on"] = None
    for mode in ("fresh", "stale", "strict"):  # whoever opens again what he saw ended said so himself
        seen = merge_update(rules, row, {"status": ["resolved", "in progress"]}, mode)
        assert seen.changed == {"status": ("resolved", "in progress")}
    merged = merge_update(rules, row, {"status": ["waiting", "in progress"]}, "insist")
    assert merged.changed == {
        "status": ("resolved", "in progress"), "ended_at": (5, None), "resolved_at": (5, None), "reopen_count": (1, 2),
    }  # fmt: skip


def test_case_5_a_counter_takes_the_difference() -> None:
    assert _merge("count", 2, 5, 10).changed == {"count": (10, 13)}
    assert _merge("count", 5, 2, 10).changed == {"count": (10, 7)}


@pytest.mark.parametrize(
    ("column", "base", "mine", "theirs", "then"),
    [
        ("seen", 1, 5, 3, 5), ("seen", 1, 3, 5, 5), ("seen", 1, 3, None, 3), ("seen", 1, None, 5, 5),
        ("first", None, 5, 3, 3), ("first", None, 3, 5, 5), ("first", 1, 3, None, 3),
        ("answered", None, 5, 3, 3), ("answered", None, 3, 5, 3), ("answered", 1, 3, None, 3),
        ("due", 1, 5, 3, 5), ("due", 1, None, 3, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["fresh", "stale"])
def test_case_6_latest_earliest_once_and_derived_need_no_question(column, base, mine, theirs, then, mode) -> None:
    merged = _merge(column, base, mine, theirs, mode)
    assert merged.changed.get(column, (None, theirs))[1] == then
    assert (merged.clashes, merged.refused) == ([], None)


@pytest.mark.parametrize("mode", ["fresh", "stale"])
def test_case_7_what_goes_with_the_status_stands_or_falls_with_it(mode: Mode) -> None:
    pairs: Pairs = {"ended": [None, 9], "again": [0, 1], "on": [None, "parts"], "status": ["new", "resolved"]}
    same = merge_update(RULES, {"status": "resolved", "ended": 7, "again": 1, "on": None}, pairs, mode)
    assert same.changed == {"on": (None, "parts")}, "both resolved it: the first time counts, and once"
    other = merge_update(RULES, {"status": "waiting", "ended": 7, "again": 1, "on": "supplier"}, pairs, mode)
    assert other.changed == {
        "status": ("waiting", "resolved"), "ended": (7, 9), "again": (1, 2), "on": ("supplier", "parts"),
    }  # fmt: skip


def test_case_7_two_who_wait_on_different_things_keep_both() -> None:
    pairs: Pairs = {"status": ["in progress", "waiting"], "on": [None, "parts"]}
    merged = merge_update(RULES, {"status": "waiting", "on": "supplier"}, pairs, "stale")
    assert (merged.changed, merged.clashes) == ({}, [Clash("on", None, "parts", "supplier", "theirs stands", "both")])


def test_case_7_a_case_waits_on_somebody_only_while_it_waits() -> None:
    rules = {"status": "status", "waiting_on": "scalar with status"}
    resolved = merge_update(
        rules, {"status": "waiting", "waiting_on": "parts"}, {"status": ["in progress", "resolved"]}, "fresh"
    )
    assert resolved.changed == {"status": ("waiting", "resolved"), "waiting_on": ("parts", None)}
    asked = merge_update(
        rules, {"status": "resolved", "waiting_on": None}, {"waiting_on": ["parts", "supplier"]}, "fresh"
    )
    assert asked.refused == Clash("status", "waiting", "waiting", "resolved", "refused", "status")


@pytest.mark.parametrize("mode", ["fresh", "stale"])
def test_case_8_texts_are_merged_without_a_question_where_they_do_not_overlap(mode: Mode) -> None:
    merged = _merge("text", "one\ntwo\nthree", "ONE\ntwo\nthree", "one\ntwo\nthree\nfour", mode)
    assert merged.changed == {"text": ("one\ntwo\nthree\nfour", "ONE\ntwo\nthree\nfour")}
    assert (merged.clashes, merged.refused) == ([], None)


@pytest.mark.parametrize(("mode", "line"), [("fresh", "mine"), ("stale", "theirs")])
def test_case_8_what_overlaps_is_decided_and_what_does_not_is_merged_all_the_same(mode: Mode, line: str) -> None:
    base, mine, theirs = "a\nb\nc", "a\nmine\nc\nd", "A\ntheirs\nc"
    merged = _merge("text", base, mine, theirs, mode)
    assert merged.changed["text"] == (theirs, f"A\n{line}\nc\nd")
    assert merged.clashes == [Clash("text", base, mine, theirs, f"{line} stands", "overlap")]  # type: ignore[arg-type]


@pytest.mark.parametrize("column", ["title", "text", "on"])
def test_case_9_fresh_mine_wins_and_both_are_kept(column: str) -> None:
    merged = _merge(column, "a", "mine", "theirs")
    assert merged.changed == {column: ("theirs", "mine")}
    assert [(c.mine, c.theirs, c.outcome) for c in merged.clashes] == [("mine", "theirs", "mine stands")]


@pytest.mark.parametrize("column", ["title", "text", "on"])
def test_case_10_stale_theirs_wins_and_mine_is_a_proposal(column: str) -> None:
    merged = _merge(column, "a", "mine", "theirs", "stale")
    assert merged.changed == {}
    assert [(c.mine, c.theirs, c.outcome) for c in merged.clashes] == [("mine", "theirs", "theirs stands")]


@pytest.mark.parametrize("column", [c for c in RULES if c not in ("seen", "due", "ended", "answered")])
def test_what_takes_something_back_is_refused_wherever_somebody_built_on_it(column: str) -> None:
    merged = _merge(column, 1, 3, 2, "strict")
    assert merged.refused == Clash(column, 1, 3, 2, "refused", "built upon")


@pytest.mark.parametrize(("earlier", "before"), [(2, None), (2, 5), (None, 5)])
def test_an_answer_taken_back_leaves_what_others_brought(earlier: int | None, before: int | None) -> None:
    merged = _merge("answered", 3, before, earlier, "strict")
    assert merged.refused is None
    assert merged.changed == ({} if earlier is not None else {"answered": (None, before)})


def test_whoever_insists_on_a_value_is_not_asked_again() -> None:
    merged = _merge("title", "a", "mine", "theirs", "insist")
    assert (merged.changed, merged.clashes) == ({"title": ("theirs", "mine")}, [])


def test_a_counter_of_words_is_a_bug_and_not_merged() -> None:
    with pytest.raises(TypeError, match="a counter holds a number"):
        _merge("count", "a", "b", "c")


# -- events -----------------------------------------------------------------------------------------------------------
def _event(field: str, at: int = 5, **values: object) -> dict[str, object]:
    return {"field": field, "at": at, **values}


def test_the_event_of_a_change_that_lost_did_not_happen() -> None:
    assert merge_events([_event("severity", old="3", new="2")], {"severity": [3, 2]}, {}, lambda _: None) == [None]


def test_an_event_tells_what_it_really_changed_and_comes_after_what_it_followed() -> None:
    (moved,) = merge_events(
        [_event("severity", old="3", new="2")], {"severity": [3, 2]}, {"severity": (1, 2)}, lambda _: 9
    )
    assert moved == _event("severity", 10, old="1", new="2")
    (moved,) = merge_events(
        [_event("queue", old_id=b"a", new_id=b"b")], {"queue_id": [b"a", b"b"]}, {"queue_id": (None, b"b")},
        lambda _: 4,
    )  # fmt: skip
    assert moved == _event("queue", 5, new_id=b"b")


def test_events_of_other_things_stay_as_they_are() -> None:
    events = [_event("opened", new="incident"), _event("touched")]
    assert merge_events(events, {"severity": [3, 2]}, {}, lambda _: 99) == events


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
    "answered": st.none() | st.integers(0, 5),
    "ended": st.none() | st.integers(0, 5),
    "again": st.integers(0, 5),
    "on": st.none() | st.sampled_from("abc"),
}
MODES = st.sampled_from(["fresh", "stale"])
ROWS = st.fixed_dictionaries(VALUES)


@given(base=ROWS, mine=ROWS, theirs=ROWS, mode=MODES)
def test_the_result_starts_from_the_row_as_it_is_and_tells_every_loss(base, mine, theirs, mode) -> None:
    pairs = {c: [base[c], mine[c]] for c in RULES if base[c] != mine[c]}
    merged = merge_update(RULES, theirs, pairs, mode)
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


@given(base=ROWS, mine=ROWS, mode=MODES)
def test_nothing_changes_when_nobody_else_touched_the_row(base, mine, mode) -> None:
    pairs = {c: [base[c], mine[c]] for c in RULES if base[c] != mine[c]}
    merged = merge_update(RULES, base, pairs, mode)
    assert merged.changed == {c: tuple(pair) for c, pair in pairs.items()}
    assert (merged.clashes, merged.refused) == ([], None)


@given(base=st.integers(-9, 9), mine=st.integers(-9, 9), theirs=st.integers(-9, 9))
def test_counters_do_not_care_who_came_first(base, mine, theirs) -> None:
    def after(first: int, second: int) -> int:
        changed = _merge("count", base, second, first).changed
        return int(str(changed["count"][1])) if changed else first

    if base not in (mine, theirs):
        assert after(theirs, mine) == after(mine, theirs) == mine + theirs - base
