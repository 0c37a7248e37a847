"""Finding cases and articles by what people remember: words, numbers, machine tags, names.

Articles come by what helps best (app.finding.articles), cases newest first: ranking every hit of a common word costs a
third of a second at a million cases, and people look for what happened lately. "relevance" ranks the newest hits among
themselves. Typing errors, other endings and parts of compounds are understood by the words of all articles and of the
newest cases (`_words`), which are read once and again when articles have changed. `find` caps its hits and says so by
returning exactly `limit` of them.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.context import ReadContext
from app.finding.articles import rank_articles
from app.finding.expanding import Group, beginning, expand
from app.finding.query import Term, parse, quoted
from app.finding.vocabulary import Vocabulary, joined
from app.finding.words import case_number
from app.knowledge.states import ALIVE
from db.search_index import fold_text

Order = Literal["recency", "relevance"]
_WORD: Final = re.compile(r"\w+")
_NEWEST: Final = 3_000
"""So many of the newest cases teach the search their words."""
_AGAIN: Final = 500
"""After so many new cases they are read again."""
_RANKED: Final = 400


@dataclass(frozen=True)
class Hit:
    """One thing found. `number` only for cases; `snippet` plain text around the first hit; a higher score is better.
    `marks`: the folded words that hit, for showing them."""

    kind: str
    id: bytes
    number: int | None
    title: str
    snippet: str
    score: float
    marks: frozenset[str] = frozenset()


class Search:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._known: tuple[tuple[Any, ...], Vocabulary] | None = None

    def find(self, words: str, *, limit: int = 40, order: Order = "recency") -> list[Hit]:
        """Articles first (there are few and they solve things), then cases; exact numbers on top."""
        reader = self._context.reader
        hits: list[Hit] = []
        number = case_number(words)
        if number is not None:
            row = reader.one('SELECT id, number, title, description FROM "case" WHERE number = ?', (number,))
            if row is not None:
                hits.append(Hit("case", row["id"], row["number"], row["title"], clip(row["description"]), 1000.0))
        terms = parse(words)
        if not terms:
            return hits
        vocabulary = self.vocabulary()
        hits += self._articles(expand(terms, vocabulary), max(limit // 3, 1), ALIVE)
        seen = {h.id for h in hits}
        for hit in self._cases(terms, vocabulary, limit, order):
            if hit.id not in seen and len(hits) < limit:
                hits.append(hit)
        return hits

    def articles(self, words: str, *, limit: int = 20, states: Sequence[str] = ALIVE) -> list[Hit]:
        """Only articles, the best first; archived ones where `states` names them."""
        terms = parse(words)
        return self._articles(expand(terms, self.vocabulary()), limit, states) if terms else []

    def cases(self, words: str, *, limit: int = 20, order: Order = "recency") -> list[Hit]:
        """Only cases, the newest first."""
        terms = parse(words)
        return self._cases(terms, self.vocabulary(), limit, order) if terms else []

    def _articles(self, groups: Sequence[Group], limit: int, states: Sequence[str]) -> list[Hit]:
        reader = self._context.reader
        ranked = rank_articles(reader, groups, states=states, limit=limit)
        marks = _marks(groups)
        out = []
        for one in ranked:
            row = reader.one("SELECT id, title, problem, cause, solution FROM article WHERE rid = ?", (one.rid,))
            if row is not None:
                body = f"{row['problem']} {row['cause']} {row['solution']}"
                out.append(Hit("article", row["id"], None, row["title"], clip(body, marks), one.score, marks))
        return out

    def _cases(self, terms: Sequence[Term], vocabulary: Vocabulary, limit: int, order: Order) -> list[Hit]:
        reader = self._context.reader
        groups = expand(terms, vocabulary, synonyms=False)
        count = limit if order == "recency" else max(limit, _RANKED)
        typed = " AND ".join(_typed(term, vocabulary) for term in terms)
        rids = reader.ids(_CASES, (typed, count))
        if len(rids) < limit:  # only then: near words make the index read much more
            wider = " AND ".join(group.expression() for group in groups)
            rids = reader.ids(_CASES, (wider, count)) if wider != typed else rids
        if not rids:
            return []
        marks = _marks(groups)
        rows = reader.all(
            f'SELECT rid, id, number, title, description FROM "case" WHERE rid IN ({", ".join("?" * len(rids))}) '
            "ORDER BY rid DESC",
            tuple(rids),
        )
        scores = {row["rid"]: _title_share(groups, row["title"]) for row in rows} if order == "relevance" else {}
        if scores:
            rows.sort(key=lambda row: (-scores[row["rid"]], -row["rid"]))
        return [
            Hit(
                "case",
                r["id"],
                r["number"],
                r["title"],
                clip(r["description"], marks),
                scores.get(r["rid"], 0.0),
                marks,
            )
            for r in rows[:limit]
        ]

    def vocabulary(self) -> Vocabulary:
        """The words of articles and of the newest cases."""
        reader = self._context.reader
        newest = reader.value('SELECT max(rid) FROM "case"') or 0
        stamp = (*(reader.one("SELECT count(*), max(updated_at) FROM article") or ()), newest // _AGAIN)
        with self._lock:
            if self._known is None or self._known[0] != stamp:
                self._known = stamp, joined((reader.words("article_fts"), self._title_words(newest)))
            return self._known[1]

    def texts_known(self) -> int:
        """So many texts at most the vocabulary counts: all articles, and the newest cases."""
        reader = self._context.reader
        newest = reader.value('SELECT max(rid) FROM "case"') or 0
        return int(reader.value("SELECT count(*) FROM article") or 0) + min(newest, _NEWEST)

    def _title_words(self, newest: int) -> Counter[str]:
        rows = self._context.reader.all('SELECT title FROM "case" WHERE rid > ?', (newest - _NEWEST,))
        return Counter(word for row in rows for word in set(_WORD.findall(fold_text(row["title"]))))


_CASES: Final = "SELECT rowid AS rid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT ?"


def _typed(term: Term, vocabulary: Vocabulary) -> str:
    alternatives = [quoted(phrase) for phrase in term.spellings]
    if term.begins:
        alternatives[:1] = beginning(term, vocabulary)
    return alternatives[0] if len(alternatives) == 1 else f"({' OR '.join(alternatives)})"


def _marks(groups: Sequence[Group]) -> frozenset[str]:
    begun = {f"{g.term.spellings[0][-1]}*" for g in groups if g.term.begins}
    return frozenset().union(*(g.words for g in groups if not g.term.is_filler), begun)


def _title_share(groups: Sequence[Group], title: str) -> float:
    words = set(_WORD.findall(fold_text(title)))
    hit = sum(bool(g.words & words) or any(w.startswith(g.term.spellings[0][-1]) for w in words) for g in groups)
    return hit / len(groups)


def marked(text: str, marks: frozenset[str]) -> list[tuple[int, int]]:
    """Where words of the text are hits, as (start, end), for showing them."""
    begun = tuple(mark[:-1] for mark in marks if mark.endswith("*"))
    out = []
    for match in _WORD.finditer(text):
        word = fold_text(match[0])
        if word in marks or (begun and word.startswith(begun)):
            out.append(match.span())
    return out


def clip(text: str, marks: frozenset[str] = frozenset(), length: int = 160) -> str:
    """A piece of the text on one line, around the first hit."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    spans = marked(flat[:6000], marks) if marks else []
    start = 0
    if spans and spans[0][1] > length - 20:
        start = flat.rfind(" ", 0, max(spans[0][0] - 40, 0)) + 1
    piece = flat[start : start + length - 1]
    if start + length - 1 < len(flat):
        piece = piece.rsplit(" ", 1)[0] + "…"
    return ("…" if start else "") + piece
