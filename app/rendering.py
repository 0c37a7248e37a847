"""Markdown that people typed, made into HTML that is safe to show: the one renderer of screen, static site and paper.

Two gates, each sufficient for its purpose: markdown-it-py lets no HTML of the text through (`html=False`), and nh3
keeps a short list of elements and addresses. A picture from elsewhere is a link in words, because showing it would
tell the owner of a drive or a server who reads what; pictures are attachments only (app.knowledge.links says how they
and other articles are named).

Numbers of cases ("#1042") and bare web addresses become links by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

LONGEST_RENDERED: Final = 60_000
"""Longer texts (a pasted log) are shown as they are: layout, not rendering, would take the time."""
KEPT: Final = 1024
_TAGS: Final = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "hr",
                "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_SCHEMES: Final = {"http", "https", "mailto", "case", "attachment", "article"}
_OUTSIDE: Final = ("http://", "https://", "mailto:")
_INSIDE: Final = ("attachment:", "article:", "case:")
_FOUND: Final = re.compile(r"(?<![\w&/#])#(?P<case>\d{1,9})\b|(?P<web>https?://[^\s<>\"']+)")
_WEB_ENDS: Final = ".,;:!?)]}'\""


class Markdown:
    """Renders and remembers what it rendered. One per lane that renders."""

    def __init__(self, resolve: Callable[[str], str | None] | None = None) -> None:
        """`resolve`: for pages outside the program, what an address ("attachment:…", "article:…", "case:…") is there;
        None takes the address away. Whatever else is relative or unknown goes too."""
        self._resolve = resolve
        self._parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
        self._parser.enable(["table", "strikethrough"]).disable(["lheading", "reference"])
        self._parser.core.ruler.push("halldesk_links", _link_numbers)
        self.html = lru_cache(KEPT)(self._html)
        """`html(text)`: safe HTML of a text; the same text costs nothing the second time."""

    def _html(self, text: str) -> str:
        if len(text) > LONGEST_RENDERED:
            return f"<pre>{escape(text)}</pre>"
        rendered = self._parser.render(text)
        return nh3.clean(
            rendered, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None,
            attribute_filter=self._address,
        )  # fmt: skip

    def _address(self, element: str, attribute: str, value: str) -> str | None:
        """Pictures are attachments, nothing else; outside the program only what stands there too is named."""
        if attribute not in ("src", "href"):
            return value
        if element == "img" and not value.startswith("attachment:"):
            return None
        if self._resolve is None or value.startswith(_OUTSIDE):
            return value
        return self._resolve(value) if value.startswith(_INSIDE) else None


def _link_numbers(state: StateCore) -> None:
    """Turn "#1042" and web addresses in plain text into links, and pictures from elsewhere too."""
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _linked(block.children)


def _linked(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    inside = 0
    for token in tokens:
        if token.type == "image":
            source = str(token.attrs.get("src", ""))
            if source.startswith("attachment:"):
                out.append(token)
            else:
                words = _plain(token.children or []) or source
                out += _text(words) if inside else _link(source, words)
        elif token.type == "text" and not inside:
            out += _split(token.content)
        else:
            inside += token.nesting if token.type in ("link_open", "link_close") else 0
            out.append(token)
    return out


def _split(text: str) -> list[Token]:
    out: list[Token] = []
    end = 0
    for match in _FOUND.finditer(text):
        found = match[0] if match["case"] else match[0].rstrip(_WEB_ENDS)
        out += _text(text[end : match.start()])
        out += _link(f"case:{match['case']}" if match["case"] else found, found)
        end = match.start() + len(found)
    return [*out, *_text(text[end:])]


def _text(words: str) -> list[Token]:
    return [Token("text", "", 0, content=words)] if words else []


def _link(address: str, words: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), *_text(words), Token("link_close", "a", -1)]


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(t.content for t in tokens)
