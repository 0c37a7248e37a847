"""Finding a name from a few of its letters, as in a command palette. Pure, no Qt.

Every word typed must be found in the name, in any order: as the beginning of a word, somewhere inside, or as
letters in sequence ("ho" finds "Hand over"). The score orders the finds: beginnings of words before insides
before scattered letters, shorter names before longer ones.
"""

from __future__ import annotations

import unicodedata

_WORD_START = 100
_INSIDE = 50
_LETTER_AT_WORD_START = 8
_LETTER_AFTER_LETTER = 4
_LETTER = 1


def folded(text: str) -> str:
    """Lower case without accents; "ß" becomes "ss"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def score(query: str, name: str) -> int | None:
    """How well `name` answers `query`; higher is better, None is not at all, an empty query answers all."""
    target = folded(name)
    total = 0
    for word in folded(query).split():
        points = _word_score(word, target)
        if points is None:
            return None
        total += points
    return total * 1000 - min(len(target), 999)


def _word_score(word: str, target: str) -> int | None:
    start = target.find(word)
    while start >= 0:
        if start == 0 or not target[start - 1].isalnum():
            return _WORD_START + len(word) + (10 if start == 0 else 0)
        start = target.find(word, start + 1)
    if word in target:
        return _INSIDE + len(word)
    return _letters_score(word, target)


def _letters_score(word: str, target: str) -> int | None:
    """Letters in order, taking a beginning of a word where one is left (greedy, from the left)."""
    points, position = 0, -1
    for letter in word:
        following = position + 1
        at_start = next(
            (
                index
                for index in range(following, len(target))
                if target[index] == letter and (index == 0 or not target[index - 1].isalnum())
            ),
            None,
        )
        if following < len(target) and position >= 0 and target[following] == letter:
            position = following
            points += _LETTER_AFTER_LETTER
        elif at_start is not None:
            position = at_start
            points += _LETTER_AT_WORD_START
        else:
            found = target.find(letter, following)
            if found < 0:
                return None
            position = found
            points += _LETTER
    return points if points >= len(word) * 2 else None
