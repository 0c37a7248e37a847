"""The knowledge base: articles, every version of them, and what they were good for."""

from __future__ import annotations

from sqlalchemy import Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import ROW_NUMBERS, Base, Shared, merges, one_of, ref
from db.rules import ARTICLE_AUDIENCES, ARTICLE_STATES


class Article(Base):
    """How something is solved. `rid` is this replica's own row number, as in `Case`."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("id"),
        one_of("state", ARTICLE_STATES),
        one_of("audience", ARTICLE_AUDIENCES),
        Index("ix_article_external", "external_ref", unique=True),
        ROW_NUMBERS,
    )
    rid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, info={"local": True})
    id: Mapped[bytes] = mapped_column(LargeBinary(16))
    title: Mapped[str]
    problem: Mapped[str] = mapped_column(default="", info=merges("text"))
    cause: Mapped[str] = mapped_column(default="", info=merges("text"))
    solution: Mapped[str] = mapped_column(default="", info=merges("text"))
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[str] = mapped_column(default="rough")
    audience: Mapped[str] = mapped_column(default="team")
    owner_id: Mapped[bytes | None] = ref("analyst")
    review_date: Mapped[str | None]
    created_at: Mapped[int]
    updated_at: Mapped[int] = mapped_column(info=merges("latest"))
    external_ref: Mapped[str | None]


class ArticleVersion(Shared, Base):
    """The article as it was after one change."""

    __tablename__ = "article_version"
    article_id: Mapped[bytes] = ref("article", rule="once", index=True)
    at: Mapped[int]
    author_id: Mapped[bytes | None] = ref("analyst")
    title: Mapped[str]
    problem: Mapped[str]
    cause: Mapped[str]
    solution: Mapped[str]
    state: Mapped[str]
    comment: Mapped[str | None]


class ArticleProduct(Shared, Base):
    """An article is about a product."""

    __tablename__ = "article_product"
    __table_args__ = (UniqueConstraint("article_id", "product_id"),)
    article_id: Mapped[bytes] = ref("article", rule="once")
    product_id: Mapped[bytes] = ref("product", index=True)


class ArticleTag(Shared, Base):
    """A tag on an article."""

    __tablename__ = "article_tag"
    __table_args__ = (UniqueConstraint("article_id", "tag"),)
    article_id: Mapped[bytes] = ref("article", rule="once")
    tag: Mapped[str]


class ArticleDepartment(Shared, Base):
    """A department that may read an article whose audience is "departments"."""

    __tablename__ = "article_department"
    __table_args__ = (UniqueConstraint("article_id", "department_id"),)
    article_id: Mapped[bytes] = ref("article", rule="once")
    department_id: Mapped[bytes] = ref("department")


class ArticleUse(Shared, Base):
    """An article was used in a case; did it help?"""

    __tablename__ = "article_use"
    article_id: Mapped[bytes] = ref("article", rule="once", index=True)
    case_id: Mapped[bytes] = ref("case", rule="once", index=True)
    analyst_id: Mapped[bytes | None] = ref("analyst")
    at: Mapped[int]
    helped: Mapped[bool]


class TeamWord(Shared, Base):
    """A word that the spell check lets stand, because the team says so. Its id is derived from the word."""

    __tablename__ = "team_word"
    word: Mapped[str] = mapped_column(unique=True, info=merges("once"))
    added_by_id: Mapped[bytes | None] = ref("analyst", rule="once")
    added_at: Mapped[int] = mapped_column(info=merges("once"))
