"""Words, numbers and typing errors: what a query is understood as, with pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finding.expanding import expand
from app.finding.query import FILLERS, parse
from app.finding.synonyms import other_names
from app.finding.vocabulary import Vocabulary, distance, joined, stem

_WORDS = Vocabulary({
    "drucker": 40, "etikettendrucker": 9, "etiketten": 7, "druckerwarteschlange": 3, "printer": 30, "printers": 12,
    "printing": 8, "geraete": 5, "bildschirm": 6, "bildschirme": 2, "arbeit": 4, "platz": 4, "0x80070005": 1,
})  # fmt: skip


def _spellings(typed: str) -> set[str]:
    return {" ".join(phrase) for term in parse(typed) for phrase in term.spellings}


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("CNC-007", {"cnc 007", "cnc007"}), ("cnc007", {"cnc007", "cnc 007"}), ("cnc7", {"cnc 7", "cnc 007", "cnc 07"}),
        ("0x80070005", {"0x80070005", "80070005"}), ("80070005", {"0x80070005"}), ("-2147024891", {"0x80070005"}),
        ("Wi-Fi", {"wi fi", "wifi"}), ("Größe", {"groesse"}), ("GROESSE", {"groesse"}),
    ],
)  # fmt: skip
def test_one_thing_is_written_in_many_ways(typed: str, also: set[str]):
    assert also <= _spellings(typed)


def test_only_the_last_word_is_unfinished_and_a_blank_finishes_it():
    assert [t.begins for t in parse("label pri")] == [False, True]
    assert [t.begins for t in parse("label printer ")] == [False, False]
    assert not parse("label p")[-1].begins, "what one letter begins is everything"
    assert parse(" - ") == ()


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str):
    for group in expand(parse(typed), _WORDS):
        assert group.expression().startswith("(")
        assert group.exact


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("druker", "drucker"), ("drukcer", "drucker"), ("drcuker", "drucker"), ("bildschrim", "bildschirm"),
     ("prniter", "printer"), ("gerate", "geraete")],
)  # fmt: skip
def test_a_typing_error_finds_what_was_meant(typed: str, meant: str):
    assert _WORDS.near(typed)[0] == meant


def test_an_unfinished_word_with_an_error_is_understood_too():
    assert "druckerwarteschlange" in _WORDS.near("druckerwarteslan", begins=True)


def test_compounds_are_found_by_their_parts_and_parts_by_the_compound():
    assert _WORDS.containing("drucker") == ["etikettendrucker"]
    assert _WORDS.parts("etikettendrucker") == ("etiketten", "drucker")
    assert _WORDS.parts("arbeitsplatz") == ("arbeit", "platz")
    assert _WORDS.parts("drucker") is None


def test_other_endings_are_the_same_word():
    assert set(_WORDS.inflected("printer")) >= {"printers"}
    assert _WORDS.inflected("bildschirm") == ["bildschirme"]
    assert stem("gas") == "gas"


@given(st.text("abcd", min_size=1, max_size=7), st.text("abcd", min_size=1, max_size=7))
def test_distance_is_symmetric_and_bounded(one: str, other: str):
    assert distance(one, other, 9) == distance(other, one, 9)
    assert distance(one, one, 2) == 0
    assert abs(len(one) - len(other)) <= distance(one, other, 9) <= max(len(one), len(other))


def test_vocabularies_add_up_and_synonyms_go_both_ways():
    both = joined(({"a": 1}, {"a": 2, "b": 1}))
    assert both.frequency == {"a": 3, "b": 1}
    assert ("drucker",) in other_names(("printer",))
    assert ("printer",) in other_names(("drucker",))
    assert "der" in FILLERS
