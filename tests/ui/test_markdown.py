"""Markdown people typed: it looks as meant, and nothing in it can fetch, run or lead where it must not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from app.knowledge.links import attachment_address
from app.rendering import LONGEST_RENDERED, Markdown
from ui.markdown import CaseBrowser

HASH = bytes(range(32))
KNOWN = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "hr", "h1", "h2",
         "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip


@pytest.fixture(scope="module")
def markdown() -> Markdown:
    return Markdown()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** and _em_", "<strong>bold</strong> and <em>em</em>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("1. open\n2. close", "<ol>\n<li>open</li>\n<li>close</li>\n</ol>"),
        ("see #1042.", 'see <a href="case:1042">#1042</a>.'),
        ("at https://example.com/a_b_c.", '<a href="https://example.com/a_b_c">https://example.com/a_b_c</a>.'),
        ("text\n---", "<p>text</p>\n<hr>"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_what_people_type_looks_as_they_meant(markdown: Markdown, typed: str, shown: str) -> None:
    assert shown in markdown.html(typed)


@pytest.mark.parametrize("typed", ["colour #ff0000", "`#12`", "x#12", "[#12](https://example.com)", "&#12;"])
def test_what_only_looks_like_a_case_is_none(markdown: Markdown, typed: str) -> None:
    assert "case:" not in markdown.html(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "<img src='file:///etc/passwd'>",
        "![](file:///etc/passwd)",
        "![](//server/share/x.png)",
        "![](\\\\server\\share\\x.png)",
        "![](http://example.com/x.png)",
        "![][p]\n\n[p]: file:///etc/passwd",
        "<iframe src=x></iframe><style>p{}</style><script>1</script>",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](do:earlier)",
        "[x](data:text/html,x)",
    ],
)
def test_nothing_typed_names_a_picture_or_a_place_outside(markdown: Markdown, typed: str) -> None:
    html = markdown.html(typed)
    assert "<img" not in html
    for forbidden in ('href="file', 'href="do', 'href="javascript', 'href="data', "<script", "<iframe", "<style"):
        assert forbidden not in html


def test_a_very_long_text_is_shown_as_it_is(markdown: Markdown) -> None:
    html = markdown.html("<b>" + "x" * LONGEST_RENDERED)
    assert html.startswith("<pre>&lt;b&gt;")


PIECES = [*"ab #12<>[]()!*_`~|-\n\\\"'&:/", "file:///x", "http://", "<img src=", "![](", "attachment:"]


@given(typed=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_at_all_gets_an_element_through_that_is_not_known(typed: str) -> None:
    html = Markdown().html(typed)
    elements = re.findall(r"<([a-z0-9]+)([^>]*)>", html)
    assert {name for name, _ in elements} <= KNOWN
    for name, attributes in elements:
        assert re.fullmatch(r'( (href|alt|start|align|src)="[^"<>]*")*', attributes)
        assert name != "img" or "src=" not in attributes or 'src="attachment:' in attributes


def picture(folder: Path) -> Path:
    file = folder / "secret.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(file))
    return file


def test_the_browser_opens_no_file_even_if_html_named_one(qtbot: QtBot, tmp_path: Path) -> None:
    browser = CaseBrowser()
    qtbot.addWidget(browser)
    file = picture(tmp_path)
    for address in (file.as_uri(), str(file), "//server/share/x.png", "http://example.com/x.png"):
        browser.setHtml(f'<img src="{address}">')
        found = browser.document().resource(QTextDocument.ResourceType.ImageResource, QUrl(address))
        assert found.size().width() == 1
        assert browser.document().size().width() < 40 + 2 * browser.document().documentMargin()


def test_the_browser_shows_the_attachments_it_was_given(qtbot: QtBot) -> None:
    browser = CaseBrowser()
    qtbot.addWidget(browser)
    browser.show_pictures({attachment_address(HASH): QImage(400, 300, QImage.Format.Format_RGB32)})
    browser.setHtml(f'<img src="{attachment_address(HASH)}">')
    browser.show()
    assert browser.document().size().height() >= 300


def test_links_are_followed_only_where_they_may_lead(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.markdown.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    browser = CaseBrowser()
    qtbot.addWidget(browser)
    for address in ("file:///etc/passwd", "//server/share", "javascript:x", "relative", "ftp://example.com"):
        browser.follow(QUrl(address))
    assert opened == []
    for address in ("https://example.com/", "mailto:a@example.com"):
        browser.follow(QUrl(address))
    assert opened == ["https://example.com/", "mailto:a@example.com"]
    with qtbot.waitSignal(browser.case_wanted) as case:
        browser.follow(QUrl("case:1042"))
    assert case.args == [1042]
    with qtbot.waitSignal(browser.attachment_wanted) as wanted:
        browser.follow(QUrl(attachment_address(HASH)))
    assert wanted.args == [HASH]
