"""An article on paper: what it is about, who stands for it, its texts with their pictures, tables and code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph, Spacer

from app.errors import UserError
from app.knowledge.links import ARTICLE_ADDRESS, ATTACHMENT_ADDRESS, article_code, named_contents
from app.knowledge.reading import WholeArticle
from app.reports.blocks import DocumentTitle
from app.reports.case_blocks import facts, picture
from app.reports.markdown_flow import Elsewhere, blocks
from app.reports.pdf import MUTED, SEMI, SMALL, Heading, Paper, Sheet, printable, style, use_fonts, words
from app.texts import Texts

if TYPE_CHECKING:
    from app.reading import ReadingDesk
    from app.work.attachments import AttachmentReader

PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
LONGEST: Final = 100_000
"""Characters of one text of an article that are printed."""
_TITLE: Final = style(15, font=SEMI, leading=19)
_CAPTION: Final = style(8, color=MUTED, leading=11)
_PICTURE_HIGH: Final = 320.0


@dataclass(frozen=True)
class ArticlePaper:
    """Everything that is printed. `pictures`: bytes by SHA-256, of those that are here; `printed_at` in ms UTC."""

    article: WholeArticle
    desk: str
    zone: str
    printed_at: int
    printed_by: str
    pictures: Mapping[bytes, bytes]


def article_paper(desk: ReadingDesk, files: AttachmentReader, article_id: bytes) -> ArticlePaper:
    """Read it, on a lane. Errors: UserError when the article is gone."""
    whole = desk.knowledge.whole(article_id)
    known = {file.sha256: file for file in whole.attachments}
    pictures = {}
    for sha256 in named_contents("\n".join((whole.text.problem, whole.text.cause, whole.text.solution))):
        file = known.get(sha256)
        if file is None or file.media_type in PICTURES:
            try:
                pictures[sha256] = files.read(sha256)
            except UserError:
                continue  # it is on the drive: its words stand in its place
    me = desk.directory.name("analyst", desk.me)
    return ArticlePaper(whole, desk.name, desk.context.zone, desk.context.clock(), me, pictures)


def article_pdf(paper: ArticlePaper, size: Paper, language: str = "") -> tuple[bytes, int]:
    """(the document, its number of pages), in the language of the article where none is named. The same article gives
    the same bytes."""
    use_fonts()
    return _ArticleSheet(paper, Texts(language or paper.article.text.language), size).make()


class _ArticleSheet:
    def __init__(self, paper: ArticlePaper, texts: Texts, size: Paper) -> None:
        self.p, self.t, self.size = paper, texts, size
        self.text, self.line = paper.article.text, paper.article.line
        self.names = {file.sha256: file.name for file in paper.article.attachments}

    def make(self) -> tuple[bytes, int]:
        """Draw it."""
        t, p = self.t, self.p
        number = t("article.number", number=article_code(self.text.id))
        printed = t("sheet.printed", desk=p.desk, moment=t.moment(p.printed_at, p.zone), who=p.printed_by)
        into = BytesIO()
        sheet = Sheet(
            into, self.size, title=printable(self.text.title), subject=t("article.subject", title=self.text.title),
            author=p.desk, language=t.language, running_head=f"{number} · {self.text.title}", foot=printed,
            page_text=lambda n: t("report.page", page=n),
        )  # fmt: skip
        self.room = sheet.room
        pages = sheet.make([*self.head(number), *self.texts()])
        return into.getvalue(), pages

    def head(self, number: str) -> Iterator[Flowable]:
        """Number, title, facts."""
        t, line = self.t, self.line
        yield DocumentTitle(self.p.desk, number, t(f"article.state.{line.state}"))
        yield words(self.text.title, _TITLE)
        yield Spacer(0, 6)
        pairs = [(t(f"article.{name}"), value) for name, value in self._facts() if value]
        yield facts(pairs, self.room)

    def _facts(self) -> Iterator[tuple[str, str]]:
        t, line = self.t, self.line
        yield "products", ", ".join(line.products)
        yield "tags", ", ".join(line.tags)
        yield "readers", t(f"article.audience.{line.audience}", departments=", ".join(self.p.article.departments))
        yield "owner", line.owner
        yield "changed", t.moment(line.updated_at, self.p.zone)
        yield "review", t.day(date.fromisoformat(line.review_date)) if line.review_date else ""
        yield "helped", t("article.cases", helped=line.helped, tried=line.tried) if line.tried else ""

    def texts(self) -> Iterator[Flowable]:
        """Problem, cause, solution; then the files that the text does not show."""
        t = self.t
        elsewhere = Elsewhere(self._picture, self._link)
        for name in ("problem", "cause", "solution"):
            said = getattr(self.text, name)
            if said.strip():
                yield Heading(t(f"article.{name}"), name, level=1, size=12, above=12)
                yield from blocks(said, self.room, t("sheet.more"), elsewhere=elsewhere, longest=LONGEST)
        others = [file.name for file in self.p.article.attachments if file.sha256 not in self.p.pictures]
        if others:
            yield Heading(t("article.files"), "files", level=1, size=10, above=12)
            yield words(", ".join(sorted(others)), SMALL)

    def _picture(self, address: str, said: str, room: float) -> list[Flowable]:
        found = ATTACHMENT_ADDRESS.fullmatch(address)
        data = self.p.pictures.get(bytes.fromhex(found[1])) if found else None
        drawn = picture(data, room, _PICTURE_HIGH) if data is not None else None
        if drawn is None:
            name = said or (self.names.get(bytes.fromhex(found[1]), "") if found else "") or "…"
            return [
                Paragraph(
                    escape(printable(self.t("article.missing" if data is None else "article.picture", name=name))),
                    _CAPTION,
                )
            ]
        caption = [Paragraph(escape(printable(said)), _CAPTION)] if said.strip() else []
        return [Spacer(0, 3), drawn, *caption, Spacer(0, 4)]

    def _link(self, address: str, said: str) -> str:
        """What stands on paper for a link: where it leads, too."""
        if found := ARTICLE_ADDRESS.fullmatch(address):
            return self.t("article.link", words=said, number=article_code(bytes.fromhex(found[1])))
        if address.startswith(("http://", "https://", "mailto:")) and said != address:
            return f"{said} ({address.removeprefix('mailto:')})"
        return said
