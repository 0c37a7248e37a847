"""Which article may help in this case? Asked while somebody types, so it must answer within a key.

Three things speak for an article: how much it covers of what title and description say, or of what is being typed
(app.finding.covering); that it is about the product; and that it helped in cases like this one or on the same machine
before. What did not help there speaks against it, and what did not help in this very case comes last. Each reason is
named, because a person decides.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.context import ReadContext
from app.finding.articles import rank_articles
from app.finding.covering import Weighed, coverage, rarest, what_is_said
from app.knowledge.states import ALIVE
from app.work.search import Search, clip

_LIKE, _RANKED = 150, 16
_ALIKE: Final = 0.5
"""A title that says so much of what is said is that of a case like it."""
_PRODUCT, _LEARNED, _MACHINE = 0.15, 0.3, 0.3
_BY_RANK, _TYPED = 0.2, 0.9
_SHOWN: Final = 5
WORTH_SHOWING: Final = 0.45


@dataclass(frozen=True)
class Asked:
    """What is known of a case, or of one that is being typed."""

    title: str
    text: str = ""
    product_id: bytes | None = None
    asset_id: bytes | None = None
    case_id: bytes | None = None
    typed: str = ""
    """What is being written about it just now: compared by itself, because it may be about something else."""


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
    here: bool | None = None
    """Whether it helped in this case; None where nobody said."""


def keep_in_place(
    shown: Sequence[Suggestion], found: Sequence[Suggestion], held: int | None, most: int = _SHOWN
) -> list[Suggestion]:
    """What to list when `found` comes while `shown` is on screen. The row `held` is under the cursor: it and those
    above it stay where they are, with what is known of them now; the rest follows in the new order."""
    if held is None or not 0 <= held < len(shown):
        return list(found[:most])
    fresh = {one.article_id: one for one in found}
    kept = [fresh.get(one.article_id, one) for one in shown[: held + 1]]
    ids = {one.article_id for one in kept}
    rest = [one for one in found if one.article_id not in ids]
    return kept + rest[: max(0, most - len(kept))]


_NEWEST: Final = "SELECT rowid AS rid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT ?"


class Suggestions:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext, search: Search) -> None:
        self._context, self._search = context, search

    def find(self, asked: Asked, *, limit: int = _SHOWN) -> list[Suggestion]:
        """The articles that may help, the best first; empty where nothing is worth showing."""
        reader = self._context.reader
        vocabulary, total = self._search.vocabulary(), self._search.texts_known()
        said = what_is_said(asked.title, asked.text, vocabulary, total)
        words = self._covered(said)
        marks = [one.group for one in said]
        if asked.typed.strip():
            typed = what_is_said(asked.typed, "", vocabulary, total)
            marks += [one.group for one in typed]
            if len(typed) > 1:
                for rid, share in self._covered(typed).items():
                    words[rid] = max(words.get(rid, 0.0), _TYPED * share)
        helped, tried = self._learned(said, asked.case_id)
        machine, here = self._on_machine(asked), self._here(asked)
        rids = {*words, *helped, *machine, *here}
        if not rids:
            return []
        rows = reader.all(
            "SELECT a.rid, a.id, a.title, a.problem, a.solution, (SELECT count(*) FROM article_product p "
            "WHERE p.article_id = a.id AND p.product_id = ?) AS fits FROM article a "
            f"WHERE a.state <> 'archived' AND a.rid IN ({', '.join('?' * len(rids))})",
            (asked.product_id, *rids),
        )
        marked: frozenset[str] = frozenset().union(*(group.words for group in marks))
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
            if rid in here or (score >= WORTH_SHOWING and why != ("product",)):
                snippet = clip(f"{row['problem']} {row['solution']}", marked)
                out.append(
                    Suggestion(
                        row["id"], row["title"], snippet, score, why, helped[rid], tried[rid], here.get(rid)
                    )
                )  # fmt: skip
        order = {True: 0, None: 1, False: 2}
        return sorted(out, key=lambda one: (order[one.here], -one.score, one.title))[:limit]

    def of_case(self, case_id: bytes, *, typed: str = "", limit: int = _SHOWN) -> list[Suggestion]:
        """For a case that is there, and what is being typed in it."""
        row = self._context.reader.one(
            'SELECT title, description, product_id, asset_id FROM "case" WHERE id = ?', (case_id,)
        )
        if row is None:
            return []
        asked = Asked(row["title"], row["description"], row["product_id"], row["asset_id"], case_id, typed)
        return self.find(asked, limit=limit)

    def _covered(self, said: Sequence[Weighed]) -> dict[int, float]:
        """By article, how much of it is covered (0 to 1), and a little by how the search ranks it."""
        groups = [one.group for one in said]
        ranked = rank_articles(self._context.reader, groups, states=ALIVE, limit=_RANKED) if groups else []
        if not ranked:
            return {}
        best = ranked[0].score or 1.0
        rows = self._context.reader.all(
            f"SELECT rid, title, words FROM article_text WHERE rid IN ({', '.join('?' * len(ranked))})",
            [one.rid for one in ranked],
        )
        share = {row["rid"]: coverage(said, row["title"], row["words"]) for row in rows}
        return {
            one.rid: share.get(one.rid, 0.0) * (1 - _BY_RANK + _BY_RANK * min(1.0, max(0.0, one.score / best)))
            for one in ranked
        }

    def _learned(self, said: Sequence[Weighed], case_id: bytes | None) -> tuple[Counter[int], Counter[int]]:
        """(helped, tried) by article, in the newest cases that are like it."""
        helped: Counter[int] = Counter()
        tried: Counter[int] = Counter()
        reader = self._context.reader
        if not said or not reader.value("SELECT 1 FROM article_use LIMIT 1"):
            return helped, tried
        rids: set[int] = set()
        for expression in rarest(said):
            rids.update(reader.ids(_NEWEST, (expression, _LIKE)))
        rows = reader.all(
            'SELECT a.rid, max(u.helped) AS helped, t.title FROM "case" c JOIN article_use u ON u.case_id = c.id '
            "JOIN article a ON a.id = u.article_id JOIN case_text t ON t.rid = c.rid "
            f"WHERE c.rid IN ({', '.join('?' * len(rids))}) AND c.id IS NOT ? GROUP BY a.rid, c.rid",
            (*rids, case_id),
        )
        for row in rows:
            if coverage(said, row["title"]) >= _ALIKE:
                helped[row["rid"]] += row["helped"]
                tried[row["rid"]] += 1
        return helped, tried

    def _here(self, asked: Asked) -> dict[int, bool]:
        """What was tried in this case: whether it helped, by the last word."""
        if asked.case_id is None:
            return {}
        rows = self._context.reader.all(
            "SELECT a.rid, u.helped FROM article_use u JOIN article a ON a.id = u.article_id WHERE u.case_id = ? "
            "ORDER BY u.at",
            (asked.case_id,),
        )
        return {row[0]: bool(row[1]) for row in rows}

    def _on_machine(self, asked: Asked) -> set[int]:
        if asked.asset_id is None:
            return set()
        rows = self._context.reader.all(
            'SELECT DISTINCT a.rid FROM "case" c JOIN article_use u ON u.case_id = c.id AND u.helped = 1 '
            "JOIN article a ON a.id = u.article_id WHERE c.asset_id = ? AND c.id IS NOT ?",
            (asked.asset_id, asked.case_id),
        )
        return {row[0] for row in rows}
