"""The words that occur, to find those somebody meant: other endings, typing errors, parts of compounds.

A sorted list with how often each word occurs. Looking up is fast enough for every key: beginnings by bisection, parts
by one scan of a long string, typing errors by letters that two words share before any distance is computed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

_ENDINGS: Final = (
    "ungen",
    "ing",
    "ers",
    "ies",
    "ern",
    "ung",
    "est",
    "ed",
    "es",
    "en",
    "er",
    "em",
    "ly",
    "s",
    "e",
    "n",
    "y",
)
_SHORTEST_STEM: Final = 4
_LINKING: Final = ("", "s", "n", "en", "es", "e")
_PART: Final = 4


def stem(word: str) -> str:
    """The word without its commonest endings, German and English alike; never shorter than four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def distance(one: str, other: str, most: int) -> int:
    """How many typing errors lie between two words: a letter too many, missing, wrong, or two swapped. Anything above
    `most` is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


class Vocabulary:
    """Words and how often they occur; `frequency` by word."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self.frequency = frequency
        self.words = sorted(frequency)

    @cached_property
    def _joined(self) -> str:
        return "\n" + "\n".join(self.words) + "\n"

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[int, str]]]:
        out: dict[int, list[tuple[int, str]]] = {}
        for word in self.words:
            if word.isalpha():
                out.setdefault(len(word), []).append((_letters(word), word))
        return out

    def __contains__(self, word: str) -> bool:
        return word in self.frequency

    def beginning_with(self, start: str, limit: int = 50) -> list[str]:
        """Words that begin so, in alphabetical order."""
        at = bisect_left(self.words, start)
        out = []
        for word in self.words[at : at + limit]:
            if not word.startswith(start):
                break
            out.append(word)
        return out

    def likely(self, start: str, limit: int = 24) -> list[str]:
        """The words most often meant by a beginning."""
        return sorted(self.beginning_with(start, 400), key=lambda w: (-self.frequency[w], w))[:limit]

    def inflected(self, word: str) -> list[str]:
        """Other forms of the word that occur: the same stem, another ending."""
        if len(word) < _SHORTEST_STEM:
            return []
        root = stem(word)
        return [w for w in self.beginning_with(root, 200) if w != word and len(w) <= len(root) + 5 and stem(w) == root]

    def containing(self, part: str, limit: int = 8) -> list[str]:
        """Compounds with this part inside or at the end, the most frequent first."""
        if len(part) < _PART:
            return []
        found: list[str] = []
        at = self._joined.find(part)
        while at >= 0 and len(found) < 200:
            start, end = self._joined.rfind("\n", 0, at + 1) + 1, self._joined.find("\n", at)
            if at > start:
                found.append(self._joined[start:end])
            at = self._joined.find(part, end)
        return sorted(found, key=lambda w: (-self.frequency[w], len(w)))[:limit]

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two words a compound is made of, where both occur; the one with the longer first part."""
        for cut in range(len(word) - _PART, _PART - 1, -1):
            second = word[cut:]
            if second not in self and not self.inflected(second):
                continue
            for link in _LINKING:
                first = word[:cut].removesuffix(link) if link else word[:cut]
                if len(first) >= _PART and first in self and word[:cut] == first + link:
                    return first, second
        return None

    def near(self, word: str, *, begins: bool = False, limit: int = 3) -> list[str]:
        """Words that somebody may have meant who typed this one, the likeliest first. `begins`: it is not finished."""
        if len(word) < _PART:
            return []
        most = 1 if len(word) < 8 else 2
        bits = _letters(word)
        found: list[tuple[int, int, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            for other, candidate in self._by_length.get(length, ()):
                if (bits ^ other).bit_count() <= 2 * most:
                    errors = distance(word, candidate, most)
                    if errors <= most:
                        found.append((errors + (candidate[0] != word[0]), -self.frequency[candidate], candidate))
        if not found and begins:
            found = self._near_beginnings(word, most)
        return [candidate for _errors, _often, candidate in sorted(found)[:limit]]

    def _near_beginnings(self, word: str, most: int) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for candidate in self.beginning_with(word[:2], 4000):
            if len(candidate) > len(word):
                errors = min(distance(word, candidate[: len(word) + more], most) for more in range(most + 1))
                if errors <= most:
                    found.append((errors, -self.frequency[candidate], candidate))
        return found


def joined(vocabularies: Iterable[Mapping[str, int]]) -> Vocabulary:
    """One vocabulary of several."""
    total: dict[str, int] = {}
    for one in vocabularies:
        for word, count in one.items():
            total[word] = total.get(word, 0) + count
    return Vocabulary(total)
