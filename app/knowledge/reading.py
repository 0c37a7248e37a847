"""Articles as they are read; nothing here imports the object mapper, so a first window may use it."""

from __future__ import annotations

from dataclasses import dataclass

from app.context import ReadContext
from app.errors import UserError


@dataclass(frozen=True)
class ArticleText:
    """One article's texts."""

    id: bytes
    title: str
    problem: str
    cause: str
    solution: str
    language: str
    state: str


class ArticleReader:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def article(self, article_id: bytes) -> ArticleText:
        """Its texts. Errors: UserError when it is gone."""
        row = self._context.reader.one(
            "SELECT id, title, problem, cause, solution, language, state FROM article WHERE id = ?", (article_id,)
        )
        if row is None:
            raise UserError("This article is not here any more.")
        return ArticleText(*row)
