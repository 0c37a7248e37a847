"""Finding cases and articles by what people remember: words, numbers, machine tags, names.

Newest first by default: ranking every hit of a common word costs a third of a second at a million cases, and people
look for what happened lately. `find` caps its hits and says so by returning exactly `limit` of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from app.context import ReadContext
from db.search_index import match_expression

_NOTHING: Final = "0"
MATCHED: Final = "c.rid IN (SELECT rowid FROM case_fts WHERE case_fts MATCH :match)"
"""How `match_cases` says that the words occur."""


@dataclass(frozen=True)
class Hit:
    """One thing found. `number` only for cases; `snippet` plain text around the first hit; a higher score is better."""

    kind: str
    id: bytes
    number: int | None
    title: str
    snippet: str
    score: float


def match_cases(words: str) -> tuple[str, dict[str, Any]]:
    """A condition over `"case" c` for what was typed: a case number, or words of the text."""
    text = words.strip()
    bare = text.lstrip("#")
    expression = match_expression(words)
    found = MATCHED if expression else _NOTHING
    if bare.isdigit() and len(bare) < 12:
        return f"(c.number = :number OR {found})", {"number": int(bare), "match": expression}
    return found, {"match": expression} if expression else {}


class Search:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def find(self, words: str, *, limit: int = 40) -> list[Hit]:
        """Articles first (there are few and they solve things), then cases, newest first; exact numbers on top."""
        reader = self._context.reader
        hits: list[Hit] = []
        bare = words.strip().lstrip("#")
        if bare.isdigit() and len(bare) < 12:
            row = reader.one('SELECT id, number, title, description FROM "case" WHERE number = ?', (int(bare),))
            if row is not None:
                hits.append(Hit("case", row["id"], row["number"], row["title"], _clip(row["description"]), 1000.0))
        expression = match_expression(words)
        if expression is None:
            return hits
        for row in reader.all(
            "SELECT a.id, a.title, a.problem || ' ' || a.solution AS body, bm25(article_fts, 8, 1, 4) AS score "
            "FROM article_fts JOIN article a ON a.rid = article_fts.rowid WHERE article_fts MATCH ? "
            "AND a.state <> 'archived' ORDER BY score LIMIT ?",
            (expression, max(limit // 3, 1)),
        ):
            hits.append(Hit("article", row["id"], None, row["title"], _clip(row["body"]), -float(row["score"])))
        seen = {h.id for h in hits}
        for row in reader.all(
            'SELECT c.id, c.number, c.title, c.description FROM "case" c WHERE c.rid IN (SELECT rowid FROM case_fts '
            "WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY c.rid DESC",
            (expression, limit),
        ):
            if row["id"] not in seen and len(hits) < limit:
                hits.append(Hit("case", row["id"], row["number"], row["title"], _clip(row["description"]), 0.0))
        return hits


def _clip(text: str, length: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + "…"
