"""Ranking articles: which one helps whoever typed this?

In this order: every term asks the index for what was meant exactly and for what comes near (app.finding.expanding);
the index's bm25, with a title's words counting most, gives each article a score by term, near hits half of it. An
article in which more of the terms occur comes before one that has one of them often. The best of these are read, and
what a list of words can't tell decides: does the title say it, do the words stand together as they were typed?
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from app.finding.expanding import Group
from db.reader import Reader

_WORD: Final = re.compile(r"\w+")
_READ: Final = 60
_NEAR: Final = 0.5
_FILLER: Final = 0.15
_WEIGHTS: Final = "8, 1, 4"
_STATE: Final = {"rough": 0.97, "generic": 0.99}
_TITLE, _WHOLE_TITLE, _TOGETHER, _HELPED = 0.7, 0.7, 1.1, 0.04


@dataclass(frozen=True)
class Ranked:
    """An article that fits. `score`: the best has the most; only the order means something."""

    rid: int
    score: float


def rank_articles(
    reader: Reader, groups: Sequence[Group], *, states: Sequence[str], limit: int, among: frozenset[int] | None = None
) -> list[Ranked]:
    """The articles that fit best, the best first."""
    telling = [group for group in groups if not group.term.is_filler] or list(groups)
    if not telling:
        return []
    total = reader.value("SELECT count(*) FROM article") or 1
    found = [_scores(reader, group) for group in telling]
    weights = [max(0.1, math.log(1 + total / (1 + len(scores)))) for scores in found]
    whole = sum(weights)
    sums: dict[int, float] = {}
    covered: dict[int, float] = {}
    for scores, weight in zip(found, weights, strict=True):
        for rid, score in scores.items():
            sums[rid] = sums.get(rid, 0.0) + score
            covered[rid] = covered.get(rid, 0.0) + weight
    first = {rid: score * (covered[rid] / whole) ** 1.5 for rid, score in sums.items() if among is None or rid in among}
    best = sorted(first, key=lambda rid: -first[rid])[: max(_READ, limit)]
    return _judged(reader, best, first, groups, dict(zip(map(id, telling), weights, strict=True)), states)[:limit]


def _scores(reader: Reader, group: Group) -> dict[int, float]:
    out: dict[int, float] = {}
    for expressions, share in ((group.near, _NEAR), (group.exact, 1.0)):
        if expressions:
            for row in reader.all(
                f"SELECT rowid, bm25(article_fts, {_WEIGHTS}) FROM article_fts WHERE article_fts MATCH ?",
                (" OR ".join(expressions),),
            ):
                out[row[0]] = max(out.get(row[0], 0.0), -row[1] * share)
    return out


def _judged(
    reader: Reader, rids: Sequence[int], first: Mapping[int, float], groups: Sequence[Group],
    weights: Mapping[int, float], states: Sequence[str],
) -> list[Ranked]:  # fmt: skip
    if not rids:
        return []
    top = max(first[rid] for rid in rids) or 1.0
    marks, allowed = ", ".join("?" * len(rids)), ", ".join("?" * len(states))
    rows = reader.all(
        "SELECT a.rid, a.state, t.title, t.words, (SELECT sum(2 * u.helped - 1) FROM article_use u "
        "WHERE u.article_id = a.id) AS helped FROM article a JOIN article_text t ON t.rid = a.rid "
        f"WHERE a.rid IN ({marks}) AND a.state IN ({allowed})",
        (*rids, *states),
    )
    return sorted(
        (Ranked(row["rid"], _final(row, first[row["rid"]] / top, groups, weights)) for row in rows),
        key=lambda one: (-one.score, one.rid),
    )


def _final(row: Any, score: float, groups: Sequence[Group], weights: Mapping[int, float]) -> float:
    title = _WORD.findall(row["title"])
    in_title = sum(w for g in groups if (w := weights.get(id(g))) and _says(g, title))
    share = in_title / (sum(weights.values()) or 1.0)
    wanted = [w for w in title if any(w in g.words or _begun(g, w) for g in groups)]
    whole = len(wanted) / len(title) if title else 0.0
    score += _TITLE * share + _WHOLE_TITLE * share * whole
    score += _TOGETHER * _together(groups, f"{row['title']} {row['words']}")
    helped = row["helped"] or 0
    score += _HELPED * math.copysign(math.log1p(abs(helped)), helped)
    return score * _STATE.get(row["state"], 1.0)


def _says(group: Group, words: Sequence[str]) -> bool:
    return any(word in group.words or _begun(group, word) for word in words)


def _begun(group: Group, word: str) -> bool:
    return group.term.begins and word.startswith(group.term.spellings[0][-1])


def _together(groups: Sequence[Group], text: str) -> float:
    """The share of neighbouring words of the query that stand beside each other in the text, too."""
    typed = [word for group in groups for word in group.term.spellings[0]]
    if len(typed) < 2:
        return 0.0
    flat = f" {' '.join(_WORD.findall(text))} "
    pairs = list(pairwise(typed))
    last = groups[-1].term.begins
    found = sum(f" {a} {b}{'' if last and n == len(pairs) - 1 else ' '}" in flat for n, (a, b) in enumerate(pairs))
    return (found / len(pairs)) ** 2
