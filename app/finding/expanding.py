"""From the terms of a query to what the index is asked for: what was meant exactly, and what comes near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.finding.query import Phrase, Term, quoted
from app.finding.synonyms import other_names
from app.finding.vocabulary import Vocabulary

_PARTS_OF_A_CASE: Final = 6
_OFTEN: Final = 40
"""How often words with one beginning occur among the newest cases and the articles, until it is no rare one."""


@dataclass(frozen=True)
class Group:
    """One term with what it may stand for. `exact` and `near` are asked for apart, because a near hit counts less;
    `words`: all single words of both, to mark them in a text."""

    term: Term
    exact: tuple[str, ...]
    near: tuple[str, ...]
    words: frozenset[str]

    def expression(self) -> str:
        """Everything it may stand for, for the index."""
        return f"({' OR '.join((*self.exact, *self.near))})"


def expand(terms: Sequence[Term], vocabulary: Vocabulary, *, synonyms: bool = True) -> list[Group]:
    """The groups of a query, in its order."""
    return [_group(term, vocabulary, _pair(terms, n) if synonyms else (), synonyms) for n, term in enumerate(terms)]


def beginning(term: Term, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What an unfinished word may become, as single words: a million cases answer that at once, newest first, while
    the index adds up every row of a beginning before it gives the first. A beginning that is rare is asked as such."""
    start = term.spellings[0][-1]
    known = vocabulary.beginning_with(start, 400)
    often = sum(vocabulary.frequency[word] for word in known)
    if len(term.spellings[0]) > 1 or often < _OFTEN:
        return (quoted(term.spellings[0], begins=True),)
    return tuple(quoted((word,)) for word in dict.fromkeys((start, *vocabulary.likely(start))))


def _pair(terms: Sequence[Term], n: int) -> tuple[Phrase, ...]:
    """Other names for this word and its neighbour together ("sign in", "usb stick")."""
    out: tuple[Phrase, ...] = ()
    for start in (n - 1, n):
        if start >= 0 and start + 1 < len(terms):
            first, second = terms[start].spellings[0], terms[start + 1].spellings[0]
            out += other_names((*first, *second))
    return out


def _group(term: Term, vocabulary: Vocabulary, pair: tuple[Phrase, ...], synonyms: bool) -> Group:
    exact = [quoted(phrase) for phrase in term.spellings]
    words = {word for phrase in term.spellings for word in phrase}
    near: list[str] = []

    def add(*phrases: Phrase) -> None:
        near.extend(quoted(phrase) for phrase in phrases)
        words.update(word for phrase in phrases for word in phrase)

    word = term.word
    if word is None:
        if term.begins:
            near.append(quoted(term.spellings[0], begins=True))
        return Group(term, tuple(exact), tuple(near), frozenset(words))
    forms = vocabulary.inflected(word)
    exact += [quoted((form,)) for form in forms]
    words.update(forms)
    started = term.begins and bool(vocabulary.beginning_with(word, 1))
    if term.begins:
        near += [quoted((word,), begins=True)] if synonyms else beginning(term, vocabulary)
    known = word in vocabulary or bool(forms) or started
    add(*((compound,) for compound in vocabulary.containing(word, _PARTS_OF_A_CASE)))
    parts = vocabulary.parts(word) if len(word) >= 8 else None
    if parts is not None:
        near.append(f"({quoted((parts[0],))} AND {quoted((parts[1],))})")
        words.update(parts)
    if not known:
        meant = vocabulary.near(word, begins=term.begins)
        add(*((other,) for other in meant))
        if meant:
            forms_of_it = (*vocabulary.inflected(meant[0]), *vocabulary.containing(meant[0], _PARTS_OF_A_CASE))
            add(*((form,) for form in forms_of_it))
    if synonyms:
        names = [*other_names((word,)), *(name for form in forms for name in other_names((form,))), *pair]
        add(*dict.fromkeys(names))
    return Group(term, tuple(exact), tuple(dict.fromkeys(near)), frozenset(words))
