"""Markdown that people typed, made into HTML that is safe to show, and the only browser that shows it.

Three gates, each sufficient for its purpose: markdown-it-py lets no HTML of the text through (`html=False`), nh3 keeps
a short list of elements and addresses, and `CaseBrowser` loads nothing but pictures it was given. The last two
matter because Qt would fetch `file://` and UNC addresses from anything that looks like HTML, which tells the owner of
a drive who reads what, or worse. A picture from elsewhere is therefore a link in words; a link is followed after a
click only, and only where it leads to the web, to a mail, to a case or to an attachment.

Numbers of cases ("#1042") and bare web addresses become links by themselves. Rendering needs no GUI: call it on a lane.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QTextBrowser, QWidget

LONGEST_RENDERED: Final = 60_000
"""Longer texts (a pasted log) are shown as they are: layout, not rendering, would take the time."""
KEPT: Final = 1024
_TAGS: Final = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "hr",
                "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_SCHEMES: Final = {"http", "https", "mailto", "case", "attachment"}
_FOUND: Final = re.compile(r"(?<![\w&/#])#(?P<case>\d{1,9})\b|(?P<web>https?://[^\s<>\"']+)")
_WEB_ENDS: Final = ".,;:!?)]}'\""


class Markdown:
    """Renders and remembers what it rendered. One per lane that renders."""

    def __init__(self) -> None:
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
            attribute_filter=_only_known_pictures,
        )  # fmt: skip


def _only_known_pictures(element: str, attribute: str, value: str) -> str | None:
    if element == "img" and attribute == "src" and not value.startswith("attachment:"):
        return None
    return value


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


def attachment_address(sha256: bytes) -> str:
    """How HTML and Markdown name an attachment."""
    return f"attachment:{sha256.hex()}"


class CaseBrowser(QTextBrowser):
    """Shows such HTML. It fetches nothing: pictures are those of `show_pictures`, all else stays away."""

    case_wanted = Signal(int)
    """A link to a case of this number was clicked."""
    attachment_wanted = Signal(bytes)
    """A link to an attachment (SHA-256) was clicked."""
    action_wanted = Signal(str)
    """A link of the page itself ("do:...") was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self._pictures: dict[str, QImage] = {}
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self._nothing.fill(0)
        self.anchorClicked.connect(self.follow)

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """What `attachment:` addresses stand for; call it before the HTML that names them."""
        self._pictures = dict(pictures)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only pictures we have. Never None: Qt would then try the address as a file."""
        address = name.toString() if isinstance(name, QUrl) else name
        return self._pictures.get(address, self._nothing)

    def follow(self, url: QUrl) -> None:
        """Go where a link leads, if it may."""
        scheme, target = url.scheme().casefold(), url.path()
        if scheme == "case" and target.isdigit():
            self.case_wanted.emit(int(target))
        elif scheme == "attachment" and len(target) == 64:
            self.attachment_wanted.emit(bytes.fromhex(target))
        elif scheme == "do":
            self.action_wanted.emit(target)
        elif scheme in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
