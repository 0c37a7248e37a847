"""Articles: written once, improved for ever. Every change leaves a version, so nothing said is ever lost.

The first door into the knowledge base is a solved case: `draft_from_case` writes down what was asked and what helped as
a rough article, which somebody rounds off later. `use` notes that an article was tried in a case and whether it helped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.context import Context
from app.errors import UserError
from db.capture import Transaction
from db.errors import Refused
from db.ids import derived_id, new_id
from db.shapes import Article, ArticleProduct, ArticleUse, ArticleVersion
from db.tables import Row

TEXTS: Final = ("title", "problem", "cause", "solution")


class Articles:
    """The verbs of the knowledge base; call them on the write lane."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def create(
        self,
        title: str,
        *,
        problem: str = "",
        cause: str = "",
        solution: str = "",
        language: str | None = None,
        products: Sequence[bytes] = (),
        comment: str | None = None,
    ) -> bytes:
        """A rough article of mine, with its first version; returns its id. Errors: UserError without a title."""
        title = " ".join(title.split())
        if not title:
            raise UserError("An article needs a title; say what it helps with.")
        article_id, now = new_id(), self._context.clock()
        with self._transaction("article.new") as tx:
            tx.insert(
                Article, article_id, title=title, problem=problem.strip(), cause=cause.strip(),
                solution=solution.strip(), language=language or self._context.language, owner_id=self._context.me,
                created_at=now, updated_at=now,
            )  # fmt: skip
            for product in dict.fromkeys(products):
                tx.insert(
                    ArticleProduct, derived_id(0, "article product", article_id.hex(), product.hex()),
                    article_id=article_id, product_id=product,
                )  # fmt: skip
            self._version(tx, article_id, comment)
        return article_id

    def change(self, article_id: bytes, *, comment: str | None = None, **texts: str) -> bool:
        """Change title, problem, cause or solution; False when nothing differed. Errors: UserError."""
        unknown = texts.keys() - set(TEXTS)
        if unknown:
            raise UserError(f"{', '.join(sorted(unknown))} can't be changed here; one of {', '.join(TEXTS)} can.")
        if "title" in texts and not texts["title"].strip():
            raise UserError("An article needs a title; say what it helps with.")
        with self._transaction("article.change") as tx:
            changed = tx.update(Article, article_id, **{name: text.strip() for name, text in texts.items()})
            if changed:
                tx.update(Article, article_id, updated_at=self._context.clock())
                self._version(tx, article_id, comment)
        return changed

    def draft_from_case(self, case_id: bytes) -> bytes:
        """A rough article from a case: its title, what was asked, the cause, what helped; returns the article's id."""
        reader = self._context.reader
        row = reader.one(
            'SELECT number, rid, title, description, cause, resolution, product_id FROM "case" WHERE id = ?', (case_id,)
        )
        if row is None:
            raise UserError("This case is not here any more.")
        label = row["number"] if row["number"] is not None else f"~{row['rid']}"
        article = self.create(
            row["title"], problem=row["description"], cause=row["cause"] or "", solution=row["resolution"] or "",
            products=[row["product_id"]] if row["product_id"] else (), comment=f"#{label}",
        )  # fmt: skip
        self.use(article, case_id, helped=True)
        return article

    def use(self, article_id: bytes, case_id: bytes, *, helped: bool) -> None:
        """An article was tried in a case."""
        with self._transaction("article.use", case_id) as tx:
            tx.need(Article, article_id)
            tx.insert(
                ArticleUse, article_id=article_id, case_id=case_id, analyst_id=self._context.me,
                at=self._context.clock(), helped=helped,
            )  # fmt: skip

    @contextmanager
    def _transaction(self, kind: str, case_id: bytes | None = None) -> Iterator[Transaction]:
        context = self._context
        try:
            with context.replica.transaction(kind, context.me, at=context.clock(), case_id=case_id) as tx:
                yield tx
        except Refused as error:
            raise UserError(f"That is not allowed: {error.reason}.") from error

    def _version(self, tx: Transaction, article_id: bytes, comment: str | None) -> None:
        row: Row = tx.need(Article, article_id)
        tx.insert(
            ArticleVersion, article_id=article_id, at=self._context.clock(), author_id=self._context.me,
            title=row["title"], problem=row["problem"], cause=row["cause"], solution=row["solution"],
            state=row["state"], comment=comment,
        )  # fmt: skip
