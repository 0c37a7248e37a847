"""Which words of a text are checked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.spelling.words import is_language, plain_parts, words_in


def _words(text: str) -> list[str]:
    return [word.text for word in words_in(text)]


def test_the_words_of_a_sentence_stand_where_they_are():
    text = "Der Drucker **druckt** nicht – warum?"
    assert _words(text) == ["Der", "Drucker", "druckt", "nicht", "warum"]
    assert all(text[word.begin : word.end] == word.text for word in words_in(text))


def test_what_is_not_the_language_s_is_left_alone():
    assert _words("Run `net stop spooler` now") == ["Run", "now"]
    assert _words("before\n```\nnett stopp\n```\nafter") == ["before", "after"]
    assert _words("before\n~~~ sh\nnett stopp") == ["before"], "a block that nobody closed goes to the end"
    assert _words("see [the forrm](attachment:00ff) there") == ["see", "the", "forrm", "there"]
    assert _words("https://intranett.example/hallo?x=y mailto:a@b.de x.y@zz.de") == []
    assert _words(r"in C:\Programme\Halldesk and \\server\freigabe and /etc/passwd") == ["in", "and", "and"]
    assert _words("open settings.json or srv01.firma.local, please") == ["open", "or", "please"]
    assert _words("0x80070005 EG-2 VPN PowerShell iOS x64 A") == []
    assert _words("Dear {requester}, [[Drucker einrichten]] @anna #42 /gruss --forse -rf") == ["Dear"]
    assert _words("中国 Привет déjà") == ["déjà"]


def test_words_with_hyphens_and_apostrophes_are_one():
    assert _words("VPN-Zugang, e-mail, don’t, Not-aus-Taster") == ["VPN-Zugang", "e-mail", "don’t", "Not-aus-Taster"]
    assert plain_parts("VPN-Zugang") == ["Zugang"]
    assert plain_parts("Not-aus-Taster") == ["Not", "aus", "Taster"]


@given(st.text(max_size=200))
def test_every_word_is_a_piece_of_the_text_and_they_do_not_overlap(text: str):
    at = 0
    for word in words_in(text):
        assert text[word.begin : word.end] == word.text
        assert word.begin >= at
        assert is_language(word.text)
        at = word.end


@given(st.lists(st.sampled_from(["Drucker", "printer", "über", "`code x`", "VPN", "a@b.de", "12"]), max_size=8))
def test_words_do_not_depend_on_what_stands_beside_them(parts: list[str]):
    assert _words(" ".join(parts)) == [part for part in parts if part in ("Drucker", "printer", "über")]
