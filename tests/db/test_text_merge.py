"""Three-way merge of texts: nothing anybody wrote is lost without a word, nothing nobody wrote appears."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text_merge import Favour, merge_texts, word_difference

DOSSIER = """# Halle 1
Schichtleiter: Frau Öztürk, Tür 3
Wartung: Dienstag früh
Drucker LP-12 klemmt oft"""


def test_different_lines_meet_without_a_question() -> None:
    mine = DOSSIER.replace("Dienstag früh", "Mittwoch früh")
    theirs = DOSSIER.replace("Öztürk, Tür 3", "Öztürk, Tür 4") + "\nParkplatz hinten"
    assert merge_texts(DOSSIER, mine, theirs).text == (
        "# Halle 1\nSchichtleiter: Frau Öztürk, Tür 4\nWartung: Mittwoch früh\n"
        "Drucker LP-12 klemmt oft\nParkplatz hinten"
    )
    assert merge_texts(DOSSIER, mine, theirs).overlaps == ()


def test_neighbouring_lines_meet_too() -> None:
    assert merge_texts("one\ntwo", "ONE\ntwo", "one\nTWO").text == "ONE\nTWO"


def test_different_words_of_a_line_meet_where_a_word_between_them_stands() -> None:
    base = "The printer in hall 1 jams often."
    merged = merge_texts(base, base.replace("1", "2"), base.replace("The", "The old"))
    assert (merged.text, merged.overlaps) == ("The old printer in hall 2 jams often.", ())


def test_neighbouring_words_are_an_overlap() -> None:
    merged = merge_texts("it is on", "it is off", "it was on", "mine")
    assert (merged.text, merged.overlaps) == ("it is off", (("it is on", "it is off", "it was on"),))


def test_lines_that_both_added_at_one_place_are_both_kept() -> None:
    assert merge_texts("a", "a\nmine", "a\ntheirs") == merge_texts("a", "a\nmine", "a\ntheirs", "mine")
    assert merge_texts("a", "a\nmine", "a\ntheirs").text == "a\ntheirs\nmine"


def test_two_first_texts_are_an_overlap_and_not_one_below_the_other() -> None:
    merged = merge_texts("", "mine", "theirs", "mine")
    assert (merged.text, merged.overlaps) == ("mine", (("", "mine", "theirs"),))
    assert merge_texts("", "mine", "theirs", "both").text == "theirs\nmine"


@pytest.mark.parametrize(("favour", "line"), [("mine", "x stops"), ("theirs", "x burns"), ("both", "x burns\nx stops")])
def test_an_overlap_goes_as_it_is_favoured_and_the_rest_is_merged(favour: Favour, line: str) -> None:
    merged = merge_texts("a\nx jams\nz", "a\nx stops\nz\nmore", "A\nx burns\nz", favour)
    assert merged.text == f"A\n{line}\nz\nmore"
    assert merged.overlaps == (("x jams", "x stops", "x burns"),)


def test_line_ends_are_theirs_and_make_no_difference() -> None:
    assert merge_texts("a\r\nb", "a\nb\nc", "a\r\nb").text == "a\nb\nc", "only I changed it"
    assert merge_texts("a\r\nb", "A\nb", "a\r\nb\r\nc").text == "A\r\nb\r\nc"
    assert merge_texts("a\nb", "A\r\nb", "a\nb\nc").text == "A\nb\nc"


def test_an_umlaut_of_two_code_points_is_the_same_letter() -> None:
    composed, decomposed = "Tür\nzu", "Tu\u0308r\nzu"
    assert merge_texts(composed, decomposed + "\nmine", composed + " bitte").text == "Tür\nzu bitte\nmine"


def test_a_line_that_one_deleted_and_the_other_rewrote_is_an_overlap() -> None:
    merged = merge_texts("a\nb\nc", "a\nc", "a\nB new\nc", "theirs")
    assert (merged.text, merged.overlaps) == ("a\nB new\nc", (("b", "", "B new"),))


# -- for all of them --------------------------------------------------------------------------------------------------
WORDS = st.sampled_from(["Tür", "zu", "1", "2", "x", "Öl", ",", "."])
LINES = st.lists(WORDS, max_size=4).map(" ".join)
TEXTS = st.lists(LINES, max_size=5).map("\n".join)
FAVOURS = st.sampled_from(["mine", "theirs", "both"])


@given(base=TEXTS, mine=TEXTS, favour=FAVOURS)
def test_who_was_alone_is_taken_as_he_is(base, mine, favour) -> None:
    assert merge_texts(base, mine, base, favour).text == mine
    assert merge_texts(base, base, mine, favour).text == mine
    assert merge_texts(base, mine, mine, favour).text == mine


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_the_sides_are_alike_where_nothing_overlaps_but_for_the_order_of_what_both_added(base, mine, theirs) -> None:
    one, other = merge_texts(base, mine, theirs, "mine"), merge_texts(base, theirs, mine, "theirs")
    assert {frozenset(o[1:]) for o in one.overlaps} == {frozenset(o[1:]) for o in other.overlaps}
    if not one.overlaps:
        assert sorted(one.text.split("\n")) == sorted(other.text.split("\n"))


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS, favour=FAVOURS)
def test_no_line_of_mine_is_lost_without_being_told(base, mine, theirs, favour) -> None:
    merged = merge_texts(base, mine, theirs, favour)
    told = "\n".join(text for overlap in merged.overlaps for text in overlap)
    for words in (mine, theirs):
        for word in words.split():
            if base.split().count(word) == 0:
                assert word in merged.text.split() or word in told.split()


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS, favour=FAVOURS)
def test_nothing_appears_that_nobody_wrote(base, mine, theirs, favour) -> None:
    merged = merge_texts(base, mine, theirs, favour).text
    assert set(merged.split()) <= {*base.split(), *mine.split(), *theirs.split()}


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_a_decision_can_be_turned_round(base, mine, theirs) -> None:
    """What `Decisions` does: the side that lost is put in place of the one that stands."""
    stands, wanted = (merge_texts(base, mine, theirs, side).text for side in ("theirs", "mine"))
    assert merge_texts(stands, wanted, stands, "mine").text == wanted


@given(old=TEXTS, new=TEXTS)
def test_a_difference_tells_both_texts(old, new) -> None:
    pieces = word_difference(old, new)
    assert "".join(p.text for p in pieces if p.op != "new") == old
    assert "".join(p.text for p in pieces if p.op != "gone") == new


def test_a_difference_is_of_words_and_not_of_letters() -> None:
    assert word_difference("Der Drucker druckt nicht.", "Der Drucker druckte nichts.") == [
        ("same", "Der Drucker "), ("gone", "druckt nicht"), ("new", "druckte nichts"), ("same", "."),
    ]  # fmt: skip
