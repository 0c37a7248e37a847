"""The team's dictionary: shared, undone, and the same for two who add the same word."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.spelling.team_words import team_words
from tests.desks import Clock, found_desk, join_desk


def test_two_who_add_the_same_word_have_added_one_and_everybody_has_it(tmp_path: Path):
    anna = found_desk(tmp_path, clock=Clock())
    jo = join_desk(anna, tmp_path)
    try:
        anna.sync_round()
        assert anna.team_words.add("Krawuttke") is not None
        assert jo.team_words.add("Krawuttke") is not None
        assert jo.team_words.add("Öhrli") is not None
        for desk in (anna, jo, anna, jo):
            desk.sync_round()
        assert team_words(anna.context) == team_words(jo.context) == ["Krawuttke", "Öhrli"]
        assert anna.conflicts.waiting() == []
        assert jo.conflicts.waiting() == []
        assert anna.replica.digest == jo.replica.digest
        jo.team_words.remove("Krawuttke")
        jo.sync_round()
        anna.sync_round()
        assert team_words(anna.context) == ["Öhrli"]
    finally:
        jo.close()
        anna.close()


def test_a_word_is_added_once_undone_and_must_be_a_word(tmp_path: Path):
    anna = found_desk(tmp_path, clock=Clock())
    try:
        done = anna.team_words.add(" Krawuttke ")
        assert done is not None
        assert anna.team_words.add("Krawuttke") is None
        anna.undoing.undo_all((done.tx_id,))
        assert team_words(anna.context) == []
        for wrong in ("", "x", "two words", "0x17", "a" * 61):
            with pytest.raises(UserError, match="is no word"):
                anna.team_words.add(wrong)
        assert anna.team_words.add("VPN") is not None, "capitals only are a word if somebody says so"
        with pytest.raises(UserError, match="not in the team"):
            anna.team_words.remove("Nonsense")
    finally:
        anna.close()
