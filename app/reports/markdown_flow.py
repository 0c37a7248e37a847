"""Markdown that people typed, as blocks of a printed page.

The parser lets no HTML through; whatever is text is escaped before ReportLab's own little markup sees it, and nothing
a text names is ever loaded: a link is printed as its words, a picture as its name, unless somebody says what stands for
them (`Elsewhere`: an article, whose pictures belong to it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, ListFlowable, ListItem, Paragraph, Spacer, Table, TableStyle

from app.reports.pdf import BODY, INK, LINE, MUTED, REGULAR, SEMI, TABLE_FONT, WASH, printable, style

LONGEST: Final = 12_000
"""Characters of one text that are printed; a pasted log would fill hundreds of pages."""
_LINES_AT_ONCE: Final = 24
_CODE: Final = style(8, leading=10.5)
_QUOTE: Final = style(9.5, color=MUTED, leftIndent=10)
_CELL: Final = style(8.5, leading=11)
_INLINE: Final = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>",
                  "s_open": "<strike>", "s_close": "</strike>", "softbreak": "<br/>", "hardbreak": "<br/>"}  # fmt: skip


@dataclass(frozen=True)
class Elsewhere:
    """What stands for things that lie elsewhere. `picture(address, words, room)`: its blocks; `link(address, words)`:
    its words."""

    picture: Callable[[str, str, float], Sequence[Flowable]]
    link: Callable[[str, str], str]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return parser.enable(["table", "strikethrough"]).disable(["lheading", "reference"])


def blocks(
    text: str, room: float, shortened: str, *, elsewhere: Elsewhere | None = None, longest: int = LONGEST
) -> list[Flowable]:
    """The blocks of a text in a column `room` points wide; `shortened`: what stands where a long one is cut."""
    cut = len(text) > longest
    flow = list(_Flow(elsewhere).blocks(_parser().parse(text[:longest]), BODY, room))
    if cut:
        flow.append(Paragraph(escape(printable(shortened)), _QUOTE))
    return flow


class _Flow:
    """Makes blocks of tokens."""

    def __init__(self, elsewhere: Elsewhere | None) -> None:
        self._elsewhere = elsewhere

    def blocks(self, tokens: Sequence[Token], of: ParagraphStyle, room: float) -> Iterator[Flowable]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end(tokens, at)
            inside = tokens[at + 1 : end]
            if token.type in ("paragraph_open", "heading_open"):
                heading = token.type == "heading_open"
                yield from self._paragraph(inside[0].children or [], style(10.5, font=SEMI) if heading else of, room)
            elif token.type in ("fence", "code_block"):
                yield from _code(token.content, room)
                yield Spacer(0, 4)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield self._list(token, inside, of, room)
                yield Spacer(0, 3)
            elif token.type == "blockquote_open":
                yield from self.blocks(inside, _QUOTE, room - 10)
            elif token.type == "table_open":
                yield self._table(inside, room)
                yield Spacer(0, 4)
            at = end + 1

    def _paragraph(self, tokens: Sequence[Token], of: ParagraphStyle, room: float) -> Iterator[Flowable]:
        """The words, and between them the pictures, each on lines of its own. Not within emphasis or a link: there a
        picture is its name."""
        begin = depth = 0
        for number, token in enumerate(tokens):
            depth += token.nesting
            if self._elsewhere is not None and token.type == "image" and depth == 0:
                yield from self._words(tokens[begin:number], of)
                yield from self._elsewhere.picture(str(token.attrGet("src") or ""), token.content, room)
                begin = number + 1
        yield from self._words(tokens[begin:], of)

    def _words(self, tokens: Sequence[Token], of: ParagraphStyle) -> Iterator[Flowable]:
        if all(token.type in ("softbreak", "hardbreak") for token in tokens):
            return
        for part in _in_parts(tokens):
            yield Paragraph(self._inline(part), of)
        yield Spacer(0, 3)

    def _inline(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        address, begin = "", 0
        for token in tokens:
            if token.type == "link_open":
                address, begin = str(token.attrGet("href") or ""), len(out)
            elif token.type == "link_close" and self._elsewhere is not None:
                said = "".join(out[begin:])
                # Only what is put around the words is new; the words themselves are escaped already.
                out[begin:] = [_around(self._elsewhere.link(address, _AT), said)]
            elif token.type in ("text", "image"):
                out.append(escape(printable(token.content)))
            elif token.type == "code_inline":
                colour = WASH.hexval().replace("0x", "#")
                out.append(f'<font backColor="{colour}">{escape(printable(token.content))}</font>')
            else:
                out.append(_INLINE.get(token.type, ""))
        return "".join(out)

    def _list(self, token: Token, inside: Sequence[Token], of: ParagraphStyle, room: float) -> Flowable:
        items: list[Any] = []
        at = 0
        while at < len(inside):
            end = _end(inside, at)
            items.append(ListItem(list(self.blocks(inside[at + 1 : end], of, room - 16)) or [Paragraph("", of)]))
            at = end + 1
        numbered = token.type == "ordered_list_open"
        return ListFlowable(
            items, bulletType="1" if numbered else "bullet",
            start=(token.attrGet("start") or 1) if numbered else "•",
            bulletFontName=REGULAR, bulletFontSize=9 if numbered else 7, bulletColor=INK, leftIndent=16,
            bulletFormat="%s." if numbered else None, bulletOffsetY=0 if numbered else -1.5,
        )  # fmt: skip

    def _table(self, inside: Sequence[Token], room: float) -> Flowable:
        rows: list[list[Paragraph]] = []
        for token, content in pairwise(inside):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                said = self._inline(content.children or [])
                rows[-1].append(Paragraph(f"<b>{said}</b>" if token.type == "th_open" else said, _CELL))
        columns = max(map(len, rows))
        for row in rows:
            row += [Paragraph("", _CELL)] * (columns - len(row))
        everywhere = ((0, 0), (-1, -1))
        lines = TableStyle([("LINEBELOW", *everywhere, 0.5, LINE), ("VALIGN", *everywhere, "TOP"), TABLE_FONT])
        return Table(rows, colWidths=[room / columns] * columns, style=lines, hAlign="LEFT", repeatRows=1)


_AT: Final = "\0"


def _around(form: str, said: str) -> str:
    """A form with its words where they belong."""
    return said.join(escape(printable(part)) for part in form.split(_AT))


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the block that begins here ends."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens) - 1


def _in_parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """A paragraph of very many lines in several, because ReportLab takes the square of their number to break one at a
    page. Only where no emphasis is open."""
    begin = lines = depth = 0
    for number, token in enumerate(tokens):
        depth += token.nesting
        lines += token.type in ("softbreak", "hardbreak")
        if lines >= _LINES_AT_ONCE and depth == 0 and token.type in ("softbreak", "hardbreak"):
            yield tokens[begin:number]
            begin, lines = number + 1, 0
    yield tokens[begin:]


def _code(content: str, room: float) -> Iterator[Flowable]:
    lines = content.rstrip("\n").expandtabs(4).split("\n")
    for begin in range(0, len(lines), _LINES_AT_ONCE):
        part = lines[begin : begin + _LINES_AT_ONCE]
        yield _code_part("<br/>".join(escape(printable(line)).replace(" ", "\u00a0") for line in part), room)


def _code_part(said: str, room: float) -> Flowable:
    rows = [[Paragraph(said, _CODE)]]
    ground = TableStyle([("BACKGROUND", (0, 0), (-1, -1), WASH), TABLE_FONT])
    return Table(rows, colWidths=[room], style=ground, hAlign="LEFT", splitInRow=1)
