"""What the knowledge page shows, read in one go on the read lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from app.errors import UserError
from app.knowledge.differences import differences
from app.knowledge.drafts import PREFIX, ArticleDraft, draft_key
from app.knowledge.lifecycle import next_states
from app.knowledge.links import attachment_address, named_contents
from app.knowledge.reading import ArticleFilter, ArticleLine, UseLine, Version, WholeArticle
from app.reading import ReadingDesk
from app.rendering import Markdown
from app.work.attachments import AttachmentReader, Where
from ui.timeline import decode_picture

translate = QCoreApplication.translate
Tree = tuple[dict[str, int], list[tuple[bytes | None, str, int]], list[tuple[str, int]]]


@dataclass(frozen=True)
class Shown:
    """One article, ready to be shown. `next_states`: where who sits here may move it; `where`: its files are."""

    whole: WholeArticle
    html: str
    pictures: Mapping[str, QImage]
    uses: tuple[UseLine, ...]
    versions: tuple[Version, ...]
    next_states: tuple[str, ...]
    where: Mapping[bytes, Where]

    def with_pictures(self, pictures: Mapping[str, QImage]) -> Shown:
        """The same with these."""
        return replace(self, pictures=pictures)


def words_of(key: str) -> str:
    """States, audiences and fields in words."""
    return {
        "rough": translate("knowledge", "rough"),
        "generic": translate("knowledge", "generic"),
        "reviewed": translate("knowledge", "reviewed"),
        "published": translate("knowledge", "published"),
        "archived": translate("knowledge", "archived"),
        "team": translate("knowledge", "the team"),
        "IT": translate("knowledge", "all of IT"),
        "departments": translate("knowledge", "named departments"),
        "everyone": translate("knowledge", "everyone"),
        "title": translate("knowledge", "Title"),
        "problem": translate("knowledge", "Problem"),
        "cause": translate("knowledge", "Cause"),
        "solution": translate("knowledge", "Solution"),
        "state": translate("knowledge", "State"),
    }.get(key, key)


def tree(desk: ReadingDesk) -> Tree:
    """(articles by state, products with theirs, tags with theirs)."""
    counts = desk.knowledge.counts()
    products = [
        (one, desk.directory.name("product", one) if one else "", count) for one, count in counts["product"].items()
    ]
    products.sort(key=lambda p: (p[0] is None, p[1].casefold()))
    return counts["state"], products, sorted(counts["tag"].items(), key=lambda tag: tag[0].casefold())


def lines(desk: ReadingDesk, wanted: ArticleFilter | None, words: str) -> list[ArticleLine]:
    """Articles of a place of the tree (None: the review queue), or, with words, those found in it, the best first."""
    known = desk.knowledge.review_queue() if wanted is None else desk.knowledge.lines(wanted)
    if not words.strip():
        return known
    by_id = {line.id: line for line in known}
    hits = desk.search.find(words, limit=200)
    return [by_id[hit.id] for hit in hits if hit.kind == "article" and hit.id in by_id]


def rendered(title: str, problem: str, cause: str, solution: str) -> str:
    """Safe HTML of an article."""
    return f"<h2>{escape(title)}</h2>{rendered_body(problem, cause, solution)}"


def rendered_body(problem: str, cause: str, solution: str) -> str:
    """Safe HTML of an article's texts under their headings."""
    markdown = Markdown()
    parts = ((words_of("problem"), problem), (words_of("cause"), cause), (words_of("solution"), solution))
    body = "".join(f"<h4>{escape(head)}</h4>{markdown.html(text)}" for head, text in parts if text.strip())
    # Qt's documents know no style of a table but these.
    return body.replace("<table>", '<table border="1" cellspacing="0" cellpadding="4">')


def pictures_of(files: AttachmentReader, *texts: str) -> dict[str, QImage]:
    """The pictures that texts name and that are here."""
    out = {}
    for sha256 in named_contents("\n".join(texts)):
        try:
            image = decode_picture(files.read(sha256))
        except UserError:
            continue  # it is on the drive: its words stand in its place
        if not image.isNull():
            out[attachment_address(sha256)] = image
    return out


def article(desk: ReadingDesk, files: AttachmentReader, article_id: bytes) -> Shown:
    """One article. Errors: UserError when it is gone."""
    whole = desk.knowledge.whole(article_id)
    text = whole.text
    role = desk.context.reader.value("SELECT role FROM analyst WHERE id = ?", (desk.me,))
    return Shown(
        whole,
        rendered(text.title, text.problem, text.cause, text.solution),
        pictures_of(files, text.problem, text.cause, text.solution),
        tuple(desk.knowledge.uses(article_id)),
        tuple(desk.knowledge.versions(article_id)),
        next_states(text.state, supervisor=role != "analyst"),
        files.where([file.sha256 for file in whole.attachments]),
    )


def unsaved(desk: ReadingDesk) -> list[tuple[str, str]]:
    """(key, title) of articles that somebody began to write here and did not save, the latest last."""
    out = []
    for key, text in desk.drafts.all().items():
        if key.startswith(PREFIX) and (draft := ArticleDraft.decode(text)) is not None:
            out.append((key, str(draft.values.get("title", ""))))
    return out


def for_editor(desk: ReadingDesk, article_id: bytes | None) -> tuple[WholeArticle | None, str]:
    """(the article, what the journal has of it). Errors: UserError when it is gone."""
    whole = desk.knowledge.whole(article_id) if article_id is not None else None
    return whole, desk.drafts.read(draft_key(article_id))


def difference_html(old: Version, new: Version) -> str:
    """What a version changed: gone words struck, new ones underlined, and both with their marks."""
    marks = {"same": "{}", "gone": "<s>[-{}-]</s>", "new": "<u>{{+{}+}}</u>"}
    parts = []
    for name, pieces in differences(old, new):
        text = "".join(marks[op].format(escape(words).replace("\n", "<br>")) for op, words in pieces)
        parts.append(f"<h4>{escape(words_of(name))}</h4><p>{text}</p>")
    return "".join(parts)
