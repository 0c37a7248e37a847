"""Pages of HTML, as help systems and word processors write them, made into articles' Markdown.

First nh3 keeps a short list of elements and addresses and closes what is open; only then is the page read. What a
program runs (scripts, forms, frames) never gets through, and menus, headers and footers of a page are no part of what
it says. Pictures keep the address they had; who imports decides what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Final

import nh3

_TAGS: Final = {
    "p", "div", "br", "strong", "b", "em", "i", "s", "del", "code", "tt", "kbd", "samp", "pre", "blockquote", "ul",
    "ol", "li", "dl", "dt", "dd", "a", "img", "hr", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption",
    "h1", "h2", "h3", "h4", "h5", "h6", "span", "article", "section", "main", "figure", "figcaption",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
_GONE: Final = {
    "script", "style", "nav", "header", "footer", "aside", "title", "template", "noscript", "iframe", "form",
}  # fmt: skip
_INLINE: Final = frozenset(
    ("br", "strong", "b", "em", "i", "s", "del", "code", "tt", "kbd", "samp", "a", "img", "span")
)
_AROUND: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>~|])")
_AT_START: Final = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)", re.MULTILINE)
_HEADING: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_TITLE: Final = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_LANGUAGE: Final = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_BLANK: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """What a page says. `language`: two letters, or "" where it does not tell."""

    title: str
    markdown: str
    language: str


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in ("br", "img", "hr"):
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_page(html: str, address: Callable[[str, str], str | None] = lambda _kind, target: target) -> Page:
    """The page as Markdown. `address(kind, target)`: where a link ("a") or a picture ("img") is to lead; None drops the
    link and keeps its words. The title is the first heading, or what the head calls it."""
    heading, titled, tongue = _HEADING.search(html), _TITLE.search(html), _LANGUAGE.search(html)
    title = _plain((heading or titled)[1]) if (heading or titled) else ""  # type: ignore[index]
    if heading is not None and title:
        html = html[: heading.start()] + html[heading.end() :]
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags=_GONE, link_rel=None, strip_comments=True,
        url_schemes={"http", "https", "mailto"},
    )  # fmt: skip
    tree = _Tree()
    tree.feed(clean)
    tree.close()
    markdown = _Writer(address).blocks(tree.root)
    return Page(title, re.sub(r"\n{3,}", "\n\n", markdown).strip(), tongue[1].casefold() if tongue else "")


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


class _Writer:
    def __init__(self, address: Callable[[str, str], str | None]) -> None:
        self._address = address

    def blocks(self, node: _Node) -> str:
        out: list[str] = []
        line: list[_Node | str] = []

        def end_line() -> None:
            words = self.inline(line).strip()
            line.clear()
            if words:
                out.append(_AT_START.sub(r"\1\\\2", words) if not words[0].isdigit() else _numbered(words))

        for child in node.children:
            if isinstance(child, str) or (child.tag in _INLINE and not _holds_blocks(child)):
                line.append(child)
            else:
                end_line()
                text = self.block(child)
                if text.strip():
                    out.append(text)
        end_line()
        return "\n\n".join(out)

    def block(self, node: _Node) -> str:
        tag = node.tag
        if tag == "pre":
            return f"```\n{_text(node).strip(chr(10))}\n```"
        if tag == "hr":
            return "---"
        if tag in ("ul", "ol"):
            return self._list(node)
        if tag == "table":
            return self._table(node)
        inner = self.blocks(node)
        if tag[0] == "h" and tag[1:].isdigit():
            return f"{'#' * max(3, int(tag[1]))} {' '.join(inner.split())}" if inner else ""
        if tag == "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in inner.splitlines())
        if tag in ("dt", "caption", "figcaption") and inner:
            return f"**{inner}**" if "\n" not in inner and "*" not in inner else inner
        return inner

    def _list(self, node: _Node) -> str:
        number = int(node.attributes.get("start") or 1) if node.attributes.get("start", "1").isdigit() else 1
        items = []
        for child in node.children:
            if isinstance(child, str):
                continue
            text = self.blocks(child)
            if not text.strip():
                continue
            head = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            items.append(
                head + text.replace("\n", "\n" + " " * len(head)).replace("\n" + " " * len(head) + "\n", "\n\n")
            )
        return "\n".join(items)

    def _table(self, node: _Node) -> str:
        rows = [
            [" ".join(self.blocks(cell).split()) for cell in row.children if not isinstance(cell, str)]
            for row in _all(node, "tr")
        ]
        rows = [row for row in rows if any(row)]
        if not rows:
            return ""
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])

    def inline(self, children: list[_Node | str]) -> str:
        return "".join(self._piece(child) for child in children)

    def _piece(self, child: _Node | str) -> str:
        if isinstance(child, str):
            return _SPECIAL.sub(r"\\\1", _BLANK.sub(" ", child))
        if child.tag == "br":
            return "\\\n"
        if child.tag == "img":
            target = self._address("img", child.attributes.get("src", ""))
            words = _SPECIAL.sub(r"\\\1", " ".join(child.attributes.get("alt", "").split()))
            return f"![{words}]({_target(target)})" if target else words
        if child.tag in ("code", "tt", "kbd", "samp"):
            return _code(_text(child))
        inner = self.inline(child.children)
        words = inner.strip()
        if not words:
            return " " if inner else ""
        before, after = " " * (inner[0].isspace()), " " * (inner[-1].isspace())
        if child.tag == "a":
            target = self._address("a", child.attributes.get("href", ""))
            return f"{before}[{words}]({_target(target)}){after}" if target else inner
        around = _AROUND.get(child.tag, "")
        return f"{before}{around}{words}{around}{after}" if around and "\n" not in words else inner


def _numbered(words: str) -> str:
    return re.sub(r"^(\d+)([.)])(?=\s)", r"\1\\\2", words)


def _target(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _code(text: str) -> str:
    flat = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if "`" in flat else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}" if flat else ""


def _text(node: _Node) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)


def _all(node: _Node, tag: str) -> list[_Node]:
    out: list[_Node] = []
    for child in node.children:
        if not isinstance(child, str):
            out += [child] if child.tag == tag else _all(child, tag)
    return out


def _holds_blocks(node: _Node) -> bool:
    return any(not isinstance(c, str) and (c.tag not in _INLINE or _holds_blocks(c)) for c in node.children)
