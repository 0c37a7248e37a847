"""Which article may help in this case? Asked while somebody types, so it must answer within a key.

Three things speak for an article: the words of title and description (as the search ranks them), that it is about the
product, and that it helped in cases like this one or on the same machine before. What did not help there speaks against
it. Each reason is named, because a person decides.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Final

from app.context import ReadContext
from app.finding.articles import rank_articles
from app.finding.expanding import expand
from app.finding.query import Term, parse, quoted
from app.knowledge.states import ALIVE
from app.work.search import Search, clip

_TITLE_WORDS, _TEXT_WORDS, _LIKE = 8, 8, 200
_PRODUCT, _LEARNED, _MACHINE = 0.35, 0.35, 0.3
WORTH_SHOWING: Final = 0.6


@dataclass(frozen=True)
class Asked:
    """What is known of a case, or of one that is being typed."""

    title: str
    text: str = ""
    product_id: bytes | None = None
    asset_id: bytes | None = None
    case_id: bytes | None = None


@dataclass(frozen=True)
class Suggestion:
    """An article that may help. `why`: any of "words", "product", "helped", "machine", the weightiest first; `helped`
    and `tried`: in cases like this one."""

    article_id: bytes
    title: str
    snippet: str
    score: float
    why: tuple[str, ...]
    helped: int = 0
    tried: int = 0


class Suggestions:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, search: Search) -> None:
        self._context, self._search = context, search

    def find(self, asked: Asked, *, limit: int = 5) -> list[Suggestion]:
        """The articles that may help, the best first; empty where nothing is worth showing."""
        reader = self._context.reader
        terms = self._telling(asked)
        groups = expand(terms, self._search.vocabulary())
        ranked = rank_articles(reader, groups, states=ALIVE, limit=24) if groups else []
        top = max((one.score for one in ranked), default=1.0) or 1.0
        words = {one.rid: min(one.score, top) / max(top, 1.2) for one in ranked}
        helped, tried = self._learned(asked, terms)
        machine = self._on_machine(asked)
        rids = {*words, *helped, *machine}
        if not rids:
            return []
        rows = reader.all(
            "SELECT a.rid, a.id, a.title, a.problem, a.solution, (SELECT count(*) FROM article_product p "
            "WHERE p.article_id = a.id AND p.product_id = ?) AS fits FROM article a "
            f"WHERE a.state <> 'archived' AND a.rid IN ({', '.join('?' * len(rids))})",
            (asked.product_id, *rids),
        )
        marks: frozenset[str] = frozenset().union(*(g.words for g in groups))
        out = []
        for row in rows:
            rid = row["rid"]
            bad = tried[rid] - helped[rid]
            parts = {
                "words": words.get(rid, 0.0),
                "product": _PRODUCT if row["fits"] else 0.0,
                "helped": _LEARNED * math.log1p(helped[rid]) if helped[rid] else 0.0,
                "machine": _MACHINE if rid in machine else 0.0,
            }
            score = sum(parts.values()) - _LEARNED * math.log1p(bad) / 2
            why = tuple(sorted((name for name in parts if parts[name] > 0.1), key=lambda name: -parts[name]))
            if score >= WORTH_SHOWING and why != ("product",):
                snippet = clip(f"{row['problem']} {row['solution']}", marks)
                out.append(Suggestion(row["id"], row["title"], snippet, score, why, helped[rid], tried[rid]))
        return sorted(out, key=lambda one: (-one.score, one.title))[:limit]

    def of_case(self, case_id: bytes, *, limit: int = 5) -> list[Suggestion]:
        """For a case that is there."""
        row = self._context.reader.one(
            'SELECT title, description, product_id, asset_id FROM "case" WHERE id = ?', (case_id,)
        )
        if row is None:
            return []
        asked = Asked(row["title"], row["description"], row["product_id"], row["asset_id"], case_id)
        return self.find(asked, limit=limit)

    def _telling(self, asked: Asked) -> list[Term]:
        """The words worth asking for: all of the title, of the text those that are rare among articles."""
        frequency = self._search.vocabulary().frequency
        title = [term for term in parse(asked.title + " ") if not term.is_filler][:_TITLE_WORDS]
        known = {term.spellings[0] for term in title}
        text = {term.spellings[0]: term for term in parse(asked.text[:2000] + " ") if not term.is_filler}
        rare = sorted(
            (
                term
                for key, term in text.items()
                if key not in known and frequency.get(key[0], 0) > 0 and len(key[0]) > 3
            ),
            key=lambda term: frequency.get(term.spellings[0][0], 0),
        )
        return title + rare[:_TEXT_WORDS]

    def _learned(self, asked: Asked, terms: list[Term]) -> tuple[Counter[int], Counter[int]]:
        """(helped, tried) by article, in the newest cases that share a telling word of the title."""
        helped: Counter[int] = Counter()
        tried: Counter[int] = Counter()
        words = [quoted(term.spellings[0]) for term in terms if len(term.spellings[0][0]) > 3][:_TITLE_WORDS]
        if not words or not self._context.reader.value("SELECT 1 FROM article_use LIMIT 1"):
            return helped, tried
        rows = self._context.reader.all(
            "SELECT a.rid, max(u.helped), count(*) FROM (SELECT rowid AS rid FROM case_fts WHERE case_fts MATCH ? "
            'ORDER BY rowid DESC LIMIT ?) f JOIN "case" c ON c.rid = f.rid JOIN article_use u ON u.case_id = c.id '
            "JOIN article a ON a.id = u.article_id WHERE c.id IS NOT ? GROUP BY a.rid, c.rid",
            (f"title : ({' OR '.join(words)})", _LIKE, asked.case_id),
        )
        for rid, good, _count in rows:
            helped[rid] += good
            tried[rid] += 1
        return helped, tried

    def _on_machine(self, asked: Asked) -> set[int]:
        if asked.asset_id is None:
            return set()
        rows = self._context.reader.all(
            'SELECT DISTINCT a.rid FROM "case" c JOIN article_use u ON u.case_id = c.id AND u.helped = 1 '
            "JOIN article a ON a.id = u.article_id WHERE c.asset_id = ? AND c.id IS NOT ?",
            (asked.asset_id, asked.case_id),
        )
        return {row[0] for row in rows}
