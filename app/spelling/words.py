"""Which words of a text are checked. Pure rules.

Texts here are Markdown about machines: what is code, an address, a file, a command or a name made of signs is not the
language's and is left alone. So is a word with a digit in it (`0x80070005`, `EG-2`), one in capitals only (`VPN`) and
one with capitals inside (`PowerShell`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LEFT_ALONE: Final = re.compile(
    r"""
      ^[ \t]*(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)   # a block of code
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)                                   # code in a line
    | \]\([^)\n]*\)                                                                # where a link leads
    | \[\[[^\]\n]*\]\]                                                             # a link by title
    | \{[^{}\n]*\}                                                                 # a placeholder
    | [a-zA-Z][a-zA-Z+.-]*://\S+ | \bwww\.\S+                                      # addresses
    | \b(?:attachment|article|mailto):\S+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?:\\\\|[A-Za-z]:\\|(?<!\w)~?/(?=\w))\S+                                     # paths
    | (?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}(?!\w)(?=[\s,;:.!?)"']|$)           # names of files and machines
    | (?<!\w)[@\#/][\w.-]+                                                         # mentions, numbers, short words
    | (?<!\w)--?[A-Za-z][\w-]*                                                     # options
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’·][^\W_]+)*")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ'’·-]+")
_LONGEST: Final = 60
"""A longer word is no word; looking for what it could be made of would take seconds."""


@dataclass(frozen=True)
class Word:
    """A word and where it stands: characters `begin` to `end` of the text."""

    text: str
    begin: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    """The words to be checked, in their order."""
    at = 0
    for alone in _LEFT_ALONE.finditer(text):
        yield from _words(text, at, alone.start())
        at = alone.end()
    yield from _words(text, at, len(text))


def _words(text: str, begin: int, end: int) -> Iterator[Word]:
    for found in _WORD.finditer(text, begin, end):
        word = found[0]
        if is_language(word):
            yield Word(word, found.start(), found.end())


def is_language(word: str) -> bool:
    """Whether a word is one of a language, and not a name made of signs."""
    if not 2 <= len(word) <= _LONGEST or not _LATIN.fullmatch(word):
        return False
    return any(_is_plain(part) for part in re.split(r"[-'’·]", word))


def _is_plain(part: str) -> bool:
    """Small letters, or the first one a capital."""
    return len(part) > 1 and part[1:] == part[1:].lower()


def plain_parts(word: str) -> list[str]:
    """The parts of a word with hyphens that are of the language: of `VPN-Zugang` the second."""
    return [part for part in re.split(r"[-·]", word) if _is_plain(part)]
