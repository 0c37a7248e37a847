"""In which language a text is written, told by its small words; for pages that don't say it themselves."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "de": frozenset({
        "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "einen", "mit", "von", "für", "auf", "den",
        "dem", "sich", "werden", "oder", "wenn", "sie", "zu", "im", "wird", "kann", "auch", "aus", "bei", "nach",
        "über",
    }),
    "en": frozenset({
        "the", "and", "is", "not", "a", "an", "with", "of", "for", "on", "to", "in", "or", "if", "you", "can", "be",
        "it", "this", "that", "your", "are", "when", "from", "by", "will", "at", "as",
    }),
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 3


def language_of(text: str) -> str:
    """ "de" or "en"; "" where there are too few words to tell, or as many of both."""
    words = [word.casefold() for word in _WORD.findall(text[:20_000])]
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    first, second = sorted(counts, key=lambda one: -counts[one])
    return first if counts[first] >= _ENOUGH and counts[first] > 2 * counts[second] else ""
