"""Drawings that go out run nothing and lead nowhere."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.knowledge.drawings import harmless
from app.knowledge.language import language_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", '<rect onload="alert(1)" width="1" height="1"/>',
        "<foreignObject><p/></foreignObject>",
        '<a href="https://evil.example"><rect/></a>', '<image href="https://evil.example/x.png"/>',
        '<image xlink:href="file:///etc/passwd"/>', '<rect style="fill:url(https://evil.example#a)"/>',
        "<style>@import url(https://evil.example)</style>", '<use href="//evil.example/a.svg#b"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>', '<image href=" javascript:alert(1)"/>',
    ],
)  # fmt: skip
def test_what_runs_or_leads_out_goes(inside: str):
    clean = harmless(f"{HEAD}{inside}<path d='M0 0h9'/></svg>".encode())
    assert clean is not None
    text = clean.decode().casefold()
    for word in ("script", "evil", "passwd", "onload", "alert", "foreignobject"):
        assert word not in text
    assert "m0 0h9" in text


def test_what_draws_stays():
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<g transform="scale(2)" style="fill:url(#g);stroke:none"><use xlink:href="#g"/><text x="1">Öl</text></g>'
        '<image href="data:image/png;base64,AAAA"/>'
    )
    clean = harmless(f"{HEAD}{inside}</svg>".encode())
    assert clean is not None
    text = clean.decode()
    for words in ("linearGradient", "url(#g)", 'href="#g"', "Öl", "data:image/png;base64,AAAA", "scale(2)"):
        assert words in text, words
    assert harmless(clean) == clean, "clean stays clean"


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"\x89PNG", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>']
)
def test_what_is_no_drawing_does_not_go_out(data: bytes):
    assert harmless(data) is None


@given(st.text(alphabet="<>/=\"' abonscriptlduhref:#", max_size=120))
def test_nothing_that_somebody_writes_runs(inside: str):
    clean = harmless(f"{HEAD}{inside}</svg>".encode())
    if clean is not None:
        for element in ElementTree.fromstring(clean).iter():
            assert "script" not in str(element.tag)
            assert not any(name.startswith("on") for name in element.attrib)


def test_the_small_words_tell_the_language():
    assert language_of("Der Drucker ist nicht da und die Kabel sind für das Netz.") == "de"
    assert language_of("The printer is not there and the cable is for you.") == "en"
    assert language_of("USB 3.0") == ""
