"""Has the desk seen this before? A case is of a new kind when no article and no solved case is like it.

Likeness is the share of what the case says that the other covers (app.finding.covering): all telling words of its
title, and the rarest of its description at a quarter of it. Candidates come by indexes and are few: the articles that
the search ranks first, and of the solved cases the newest that share the rarest words. `THRESHOLD` was chosen on real
texts and tried on a real log by tests/bench/new_kind.py; docs/decisions/0027 has the figures.

What says too little to be compared (fewer than two telling words) is neither new nor known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.context import ReadContext
from app.finding.articles import rank_articles
from app.finding.covering import Weighed, coverage, rarest, what_is_said
from app.knowledge.states import ALIVE
from app.work.search import Search
from db.ids import id_text

THRESHOLD: Final = 0.55
_ARTICLES: Final = 8
_CASES_EACH: Final = 40
_LEAST_WORDS: Final = 2


@dataclass(frozen=True)
class Nearest:
    """What is most like a case. `likeness`: 0 to 1; `kind` "article" or "case", "" where nothing is; `label`: an
    article's title, or a case's number and title."""

    likeness: float = 0.0
    kind: str = ""
    id: bytes = b""
    label: str = ""


@dataclass(frozen=True)
class Newness:
    """`new`: whether it is of a new kind; None where too little is said to tell. The article and the solved case that
    are most like it."""

    new: bool | None = None
    article: Nearest = Nearest()
    case: Nearest = Nearest()

    @property
    def nearest(self) -> Nearest:
        """The one of the two that is more like it."""
        return max(self.article, self.case, key=lambda one: one.likeness)

    @property
    def documented(self) -> bool:
        """Whether an article is about it; a solved case alone is nothing others find."""
        return self.article.likeness >= THRESHOLD

    def as_json(self) -> dict[str, Any]:
        """For `case show`."""
        near = self.nearest
        return {"new_kind": self.new, "nearest": {
            "kind": near.kind, "id": id_text(near.id), "label": near.label, "likeness": round(near.likeness, 3),
        } if near.kind else None}  # fmt: skip


class NewKinds:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, search: Search) -> None:
        self._context, self._search = context, search

    def of_case(self, case_id: bytes) -> Newness:
        """For a case that is there; an article written from it makes it known. Too little is said of one that isn't."""
        row = self._context.reader.one('SELECT title, description FROM "case" WHERE id = ?', (case_id,))
        return self.of("" if row is None else row["title"], "" if row is None else row["description"], case_id)

    def of(self, title: str, text: str = "", case_id: bytes | None = None) -> Newness:
        """For what is being typed, or with `case_id` for a case, which is not compared with itself."""
        asked = what_is_said(title, text, self._search.vocabulary(), self._search.texts_known())
        if len(asked) < _LEAST_WORDS:
            return Newness()
        article, case = self._article(asked), self._case(asked, case_id)
        return Newness(max(article.likeness, case.likeness) < THRESHOLD, article, case)

    def _article(self, asked: Sequence[Weighed]) -> Nearest:
        reader = self._context.reader
        groups = [one.group for one in asked]
        ranked = rank_articles(reader, groups, states=ALIVE, limit=_ARTICLES)
        if not ranked:
            return Nearest()
        rows = reader.all(
            "SELECT a.id, a.title AS shown, t.title, t.words FROM article a JOIN article_text t ON t.rid = a.rid "
            f"WHERE a.rid IN ({', '.join('?' * len(ranked))})",
            [one.rid for one in ranked],
        )
        return max(
            (Nearest(coverage(asked, r["title"], r["words"]), "article", r["id"], r["shown"]) for r in rows),
            key=lambda one: one.likeness, default=Nearest(),
        )  # fmt: skip

    def _case(self, asked: Sequence[Weighed], case_id: bytes | None) -> Nearest:
        reader = self._context.reader
        rids: set[int] = set()
        for expression in rarest(asked):
            rids.update(reader.ids(_NEWEST, (expression, _CASES_EACH)))
        if not rids:
            return Nearest()
        rows = reader.all(
            'SELECT c.id, c.rid, c.number, c.title AS shown, t.title, t.words FROM "case" c JOIN case_text t '
            f"ON t.rid = c.rid WHERE c.rid IN ({', '.join('?' * len(rids))}) AND c.resolved_at IS NOT NULL "
            "AND c.id IS NOT ?",
            (*rids, case_id),
        )
        best = max(
            ((coverage(asked, r["title"], r["words"]), r["rid"], r) for r in rows), key=lambda one: one[:2],
            default=None,
        )  # fmt: skip
        if best is None:
            return Nearest()
        likeness, rid, row = best
        label = f"~{rid}" if row["number"] is None else str(row["number"])
        return Nearest(likeness, "case", row["id"], f"{label} {row['shown']}")


_NEWEST: Final = """
SELECT c.rid FROM (SELECT rowid AS rid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT 400) f
JOIN "case" c ON c.rid = f.rid WHERE c.resolved_at IS NOT NULL ORDER BY f.rid DESC LIMIT ?
"""
