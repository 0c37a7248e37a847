"""How much of what is said does a text cover? One figure from 0 to 1 that means the same on every desk.

Ranks say which text fits best, never whether it fits at all: bm25 has no top. Here each telling word weighs by how rare
it is among articles and newest cases, and the figure is the share of that weight whose words stand in the text: whole
where the title has them, less where only the body does, less again for a word that only comes near (another ending, a
synonym, a typing error). Pure; what is asked with and what is covered are folded text (db.search_index).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from app.finding.expanding import Group, expand
from app.finding.query import Term, parse, quoted
from app.finding.vocabulary import Vocabulary
from app.work.likeness import STOP_WORDS

_WORD: Final = re.compile(r"\w+")
_NEAR: Final = 0.8
BODY: Final = 0.4
_UNKNOWN: Final = 0.6
"""A word nobody ever wrote weighs so much of the rarest known one: it may be a name, a number, or what is new."""


_TITLE_WORDS, _TEXT_WORDS, _TEXT_READ = 10, 6, 2000
_LONG: Final = 5
TEXT_SHARE: Final = 0.25
"""A word of a description weighs so much of one in the title."""


@dataclass(frozen=True)
class Weighed:
    """A term with what it may stand for, and how much it tells."""

    group: Group
    weight: float


def weighed(
    groups: Sequence[Group], frequency: Mapping[str, int], total: int, share: float = 1.0
) -> tuple[Weighed, ...]:
    """Groups with their weights. `total`: texts that `frequency` counts; `share`: of what is said beside (0 to 1)."""
    rarest = math.log(1 + max(total, 1))
    out = []
    for group in groups:
        if group.term.is_filler:
            continue
        often = max((frequency.get(word, 0) for word in group.term.spellings[0]), default=0)
        if not often:
            often = max((frequency.get(word, 0) for word in group.words), default=0)
        weight = math.log(1 + max(total, 1) / often) if often else rarest * _UNKNOWN
        out.append(Weighed(group, share * weight))
    return tuple(out)


def what_is_said(title: str, text: str, vocabulary: Vocabulary, total: int) -> tuple[Weighed, ...]:
    """The telling words of a case with their weights: those of the title, then the rarest known ones of the text.
    `total`: how many texts the vocabulary counts."""
    frequency = vocabulary.frequency
    in_title = [term for term in parse(f"{title} ") if _tells(term)][:_TITLE_WORDS]
    known = {term.spellings[0] for term in in_title}
    beside: dict[tuple[str, ...], Term] = {}
    for term in parse(f"{text[:_TEXT_READ]} "):
        key = term.spellings[0]
        if _tells(term) and key not in known and len(key[0]) > 3 and frequency.get(key[0], 0) > 0:
            beside.setdefault(key, term)
    rare = sorted(beside.values(), key=lambda term: (frequency.get(term.spellings[0][0], 0), term.spellings[0]))
    titled = [_forgiving(group, vocabulary) for group in expand(in_title, vocabulary)]
    return (
        *weighed(titled, frequency, total),
        *weighed(expand(rare[:_TEXT_WORDS], vocabulary), frequency, total, TEXT_SHARE),
    )


def _forgiving(group: Group, vocabulary: Vocabulary) -> Group:
    """A word that was written once may be an error, perhaps of this very case: what is near it is meant as well."""
    word = group.term.word
    if word is None or len(word) < _LONG or vocabulary.frequency.get(word) != 1:
        return group
    meant = [other for other in vocabulary.near(word) if other != word]
    near = (*group.near, *(quoted((other,)) for other in meant))
    return replace(group, near=tuple(dict.fromkeys(near)), words=group.words.union(meant))


def rarest(said: Sequence[Weighed], most: int = 3) -> list[str]:
    """What to ask the index of cases for, to find those that are like it: two of the rarest words together, then each
    of them alone."""
    best = sorted((one for one in said if one.weight > 0), key=lambda one: -one.weight)[:most]
    each = [f"({' OR '.join(one.group.exact)})" for one in best]
    return [f"{one} AND {other}" for one, other in combinations(each, 2)] + each


def _tells(term: Term) -> bool:
    """Whether a word is worth comparing: no filler, and no single letter or digit."""
    spelling = term.spellings[0]
    return not term.is_filler and (len(spelling) > 1 or (len(spelling[0]) > 1 and spelling[0] not in STOP_WORDS))


def coverage(asked: Sequence[Weighed], title: str, body: str = "", *, share: float = BODY) -> float:
    """The share of the weight that a text covers, 0.0 where nothing is asked. `share`: what a word in the body counts
    of one in the title."""
    whole = sum(one.weight for one in asked)
    if not whole:
        return 0.0
    in_title, in_body = frozenset(_WORD.findall(title)), frozenset(_WORD.findall(body))
    said = 0.0
    for one in asked:
        there = _said(one.group, in_title)
        if there < share:  # else the body adds nothing
            there = max(there, share * _said(one.group, in_body))
        said += one.weight * there
    return said / whole


def _said(group: Group, words: frozenset[str]) -> float:
    # Asked thousands of times for each case that is opened: a loop takes half as long as `any` of a generator.
    for spelling in group.term.spellings:
        if words.issuperset(spelling):
            return 1.0
    if not words.isdisjoint(group.words):
        return _NEAR
    if group.term.begins:
        start = group.term.spellings[0][-1]
        return _NEAR if any(word.startswith(start) for word in words) else 0.0
    return 0.0
