"""Paper for reports: fonts, styles, the frame of every page, and the few blocks all reports are made of.

Three rules hold for everything printed here. Text of users never reaches ReportLab's little markup language unescaped
(`Sheet.words` escapes, `Cell` draws plain strings). Nothing is ever loaded that such a text names
(`rl_config.trustedSchemes` is emptied). Every font is embedded, and characters it lacks are replaced by their nearest
relative or by U+FFFD, so that no box or gap passes unnoticed.

"Page 3 of 9" needs the number of pages before they are made: the number is a form that every page refers to and that is
drawn once, at the end.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

import resources

REGULAR: Final = "Halldesk"
MEDIUM: Final = "Halldesk-Medium"
SEMI: Final = "Halldesk-SemiBold"
BOLD: Final = "Halldesk-Bold"
ITALIC: Final = "Halldesk-Italic"
_FILES: Final = {REGULAR: "regular", MEDIUM: "medium", SEMI: "semibold", BOLD: "bold", ITALIC: "italic"}

INK: Final = HexColor("#1A2230")
MUTED: Final = HexColor("#596475")
FAINT: Final = HexColor("#98A1AF")
LINE: Final = HexColor("#DFE3EA")
WASH: Final = HexColor("#F4F5F8")
PALE: Final = HexColor("#C9D1E3")
"""Light enough to stand apart from the accent in greyscale."""
ACCENT: Final = HexColor("#2B55C4")

MARGIN: Final = 54.0
GUTTER: Final = 22.0
TWO_COLUMNS: Final = "two columns"
"""Name of the page template for long lists."""
_PAGES_FORM: Final = "pages"


class Link(NamedTuple):
    """A place on a page (0 is the first) that leads to an anchor: left, bottom, right, top in points from the lower
    left corner."""

    page: int
    box: tuple[float, float, float, float]
    anchor: str


class Paper(Enum):
    """Width and height in points."""

    A4 = A4
    LETTER = LETTER


A4_WIDE: Final[tuple[float, float]] = (A4[1], A4[0])
"""For lists with many columns."""


def use_fonts() -> None:
    """Register the bundled fonts (once per process is enough, twice does no harm) and forbid loading anything else."""
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    for name, style in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources.font_path(style))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMI, italic=ITALIC, boldItalic=BOLD)


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """The text with characters our fonts lack replaced, and without line breaks and control characters."""
    font: Any = pdfmetrics.getFont(REGULAR)
    glyphs = font.face.charToGlyph
    out = []
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if kind == "Cf":
            continue  # invisible: joiners, and marks that would turn the direction of what follows
        if kind == "Cc" or char.isspace():
            out.append(char if char == "\u00a0" else " ")
        elif ord(char) in glyphs:
            out.append(char)
        elif kind == "Mn":
            continue  # an accent that no letter here can carry
        else:
            near = [one for one in unicodedata.normalize("NFKD", char) if ord(one) in glyphs]
            out.append("".join(near) or "\ufffd")
    return "".join(out)


@lru_cache(maxsize=16384)
def width(text: str, font: str, size: float) -> float:
    """Points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """The text in lines of at most `room` points, broken between words; a word that is wider is cut with an
    ellipsis. At least one line."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer, font, size) > room:
            lines.append(line)
            longer = word
        line = longer
    return [fitted(one, font, size, room) for one in (*lines, line)]


def fitted(text: str, font: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than `room` points."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def style(
    size: float, *, font: str = REGULAR, color: Color = INK, leading: float | None = None, **more: Any
) -> ParagraphStyle:
    """A paragraph style; sizes in points."""
    return ParagraphStyle(
        "text", fontName=font, fontSize=size, leading=leading or size * 1.38, textColor=color, alignment=TA_LEFT,
        splitLongWords=1, **more,
    )  # fmt: skip


BODY: Final = style(9.5)
SMALL: Final = style(8, color=MUTED)
TINY: Final = style(7.2, color=MUTED)


def words(text: str, of: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text; whatever stands in it is text."""
    return Paragraph(escape(printable(text)), of)


_TAIL: Final = 24.0
"""Room for what stands after a number in a cell."""


class Cell(Flowable):
    """One line of plain text in a table, cut where it does not fit; with `link` it leads to a bookmark and is
    underlined. `after` is set small behind it, in a column of its own."""

    def __init__(
        self,
        text: str,
        *,
        font: str = REGULAR,
        size: float = 8.5,
        color: Color = INK,
        align: str = "left",
        link: str | None = None,
        after: str | None = None,
    ) -> None:
        super().__init__()
        self.text, self.after = printable(text), None if after is None else printable(after)
        self.font, self.size, self.color, self.align, self.link = font, size, color, align, link

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.size * 1.25
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        tail = _TAIL if self.after is not None else 0.0
        text = fitted(self.text, self.font, self.size, self.width - tail)
        wide = width(text, self.font, self.size)
        left = self.width - wide - tail if self.align == "right" else 0.0
        base = self.height - self.size
        canvas.setFillColor(self.color)
        canvas.setFont(self.font, self.size)
        canvas.drawString(left, base, text)
        if self.after:
            canvas.setFillColor(FAINT)
            canvas.setFont(REGULAR, self.size - 1.5)
            canvas.drawRightString(self.width, base, self.after)
        if self.link:
            underline(canvas, left, base - 1.4, wide)
            canvas.linkRect(
                "", self.link, (left, base - 2, left + wide, base + self.size), relative=1, Border="[0 0 0]"
            )


def underline(canvas: Canvas, left: float, base: float, wide: float) -> None:
    """The hair line under what can be followed."""
    canvas.setStrokeColor(PALE)
    canvas.setLineWidth(0.5)
    canvas.line(left, base, left + wide, base)


TABLE_FONT: Final = ("FONT", (0, 0), (-1, -1), REGULAR, 8)
"""For every table style: empty cells would otherwise bring in a font that is not embedded."""


class Heading(Flowable):
    """A section's title; it is a bookmark and stands in the outline. With `keep` it stays with all of what follows."""

    def __init__(
        self, text: str, anchor: str, *, level: int = 0, size: float = 14.0, above: float = 20.0, keep: bool = True
    ) -> None:
        super().__init__()
        self.keepWithNext = int(keep)
        self.text, self.anchor, self.level, self.size, self.above = printable(text), anchor, level, size, above

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width, self.height = room, self.size * 1.3 + 6
        return self.width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802 (ReportLab's name)
        return self.above

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.bookmarkHorizontal(self.anchor, 0, self.height + 6)
        canvas.addOutlineEntry(self.text, self.anchor, self.level, closed=self.level > 0)
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, self.size)
        canvas.drawString(0, self.height - self.size, fitted(self.text, SEMI, self.size, self.width))


class Sheet(BaseDocTemplate):
    """A document: what stands on every page, and how it is described to the reader program.

    `page_text(n)` is the text before the number of pages, e.g. "Page 3 of ".
    """

    def __init__(
        self,
        into: BytesIO,
        paper: Paper | tuple[float, float],
        *,
        title: str,
        subject: str,
        author: str,
        language: str,
        running_head: str,
        foot: str,
        page_text: Callable[[int], str],
    ) -> None:
        use_fonts()
        wide, high = paper.value if isinstance(paper, Paper) else paper
        super().__init__(
            into, pagesize=(wide, high), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
            title=title, subject=subject, author=author, creator="Halldesk", producer="Halldesk", lang=language,
            initialFontName=REGULAR, invariant=1, allowSplitting=1, pageCompression=1, displayDocTitle=True,
        )  # fmt: skip
        self._head, self._foot, self._page_text = printable(running_head), printable(foot), page_text
        first = Frame(MARGIN, 58, wide - 2 * MARGIN, high - 58 - 46, 0, 0, 0, 0, id="first")
        later = Frame(MARGIN, 58, wide - 2 * MARGIN, high - 58 - 72, 0, 0, 0, 0, id="later")
        column = (wide - 2 * MARGIN - GUTTER) / 2
        both = [Frame(x, 58, column, high - 58 - 72, 0, 0, 0, 0) for x in (MARGIN, MARGIN + column + GUTTER)]
        self.addPageTemplates([
            PageTemplate("first", [first], onPage=self._frame_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=self._frame_later),
            PageTemplate(TWO_COLUMNS, both, onPage=self._frame_later),
        ])  # fmt: skip
        self.pages = 0
        self.links: list[Link] = []
        self._on_page: Callable[[int], object] = lambda page: None
        self._inside: Callable[[], tuple[str, bytes]] | None = None

    @property
    def room(self) -> float:
        """Width of the text, in points."""
        return float(self.pagesize[0] - 2 * MARGIN)

    def make(
        self,
        story: Sequence[Flowable],
        on_page: Callable[[int], object] = lambda page: None,
        inside: Callable[[], tuple[str, bytes]] | None = None,
    ) -> int:
        """Draw everything; returns the number of pages. `links` then has what can be followed; `on_page` is told of
        each page. `inside`: asked after the last page for a file (name, content) that is to lie in the document."""
        links = self.links
        self._inside = inside

        class Linked(Canvas):
            """Notes where the links are."""

            def linkRect(self, contents: Any, destinationname: Any, Rect: Any = None, *args: Any, **more: Any) -> None:  # noqa: N802, N803
                left, bottom = self.absolutePosition(Rect[0], Rect[1])
                right, top = self.absolutePosition(Rect[2], Rect[3])
                links.append(Link(self.getPageNumber() - 1, (left, bottom, right, top), destinationname))
                super().linkRect(contents, destinationname, Rect, *args, **more)

        self._on_page = on_page
        self.build(list(story), canvasmaker=Linked)
        return self.pages

    def afterPage(self) -> None:  # noqa: N802 (ReportLab's name)
        self._on_page(self.page)

    def _endBuild(self) -> None:  # noqa: N802 (ReportLab's name)
        self.pages = self.page
        self.canv.beginForm(_PAGES_FORM, 0, 0, 60, 12)
        self.canv.setFillColor(MUTED)
        self.canv.setFont(REGULAR, 7.5)
        self.canv.drawString(0, 3, str(self.pages))
        self.canv.endForm()
        if self._inside is not None:
            _put_inside(self.canv, *self._inside())
        end: Any = super()
        end._endBuild()

    def _frame_first(self, canvas: Canvas, _doc: Any) -> None:
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()
        self._draw_foot(canvas)

    def _frame_later(self, canvas: Canvas, _doc: Any) -> None:
        wide, high = self.pagesize
        canvas.saveState()
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(MARGIN, high - 40, fitted(self._head, REGULAR, 7.5, self.room))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, high - 47, wide - MARGIN, high - 47)
        canvas.restoreState()
        self._draw_foot(canvas)

    def _draw_foot(self, canvas: Canvas) -> None:
        wide, _high = self.pagesize
        text = self._page_text(canvas.getPageNumber())
        number = width("000", REGULAR, 7.5)
        right = wide - MARGIN - number
        canvas.saveState()
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(
            MARGIN, 33, fitted(self._foot, REGULAR, 7.5, self.room - width(text, REGULAR, 7.5) - number - 12)
        )
        canvas.drawRightString(right, 33, text)
        canvas.translate(right, 30)
        canvas.doForm(_PAGES_FORM)
        canvas.restoreState()


def _put_inside(canvas: Canvas, name: str, content: bytes) -> None:
    """Embed a JSON file (ISO 32000-1, 7.11.4)."""
    whole: Any = canvas
    document = whole._doc
    kind = {"Type": PDFName("EmbeddedFile"), "Filter": PDFName("FlateDecode"),
            "Params": PDFDictionary({"Size": len(content)})}  # fmt: skip
    file = document.Reference(PDFStream(PDFDictionary(kind), zlib.compress(content, 6)))
    spec = PDFDictionary({
        "Type": PDFName("Filespec"), "F": PDFString(name), "UF": PDFString(name),
        "EF": PDFDictionary({"F": file, "UF": file}),
    })  # fmt: skip
    names = PDFArray([PDFString(name), document.Reference(spec)])
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})
