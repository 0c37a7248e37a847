"""What was typed, as groups of alternatives. Pure rules, on text that went through `fold_text`.

People write one thing in many ways: "#1042", "CNC-007", "cnc007" and "CNC 7", "0x80070005", "80070005" and
"-2147024891". Each piece between blanks becomes a `Term`: what was typed first, then other spellings. A spelling is a
phrase, because the index cuts words at hyphens and dots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from db.search_index import fold_text

Phrase = tuple[str, ...]
_WORD: Final = re.compile(r"\w+")
_BORDER: Final = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_HEX: Final = re.compile(r"[0-9a-f]{8}")
_NEGATIVE: Final = re.compile(r"-(\d{7,10})")
PREFIX_FROM: Final = 3
"""Shorter words are looked up as they are: the beginnings of words are indexed from three letters on, and what one or
two letters begin is everything."""
FILLERS: Final = frozenset(
    """
    a an and are as at be by can do does for from get have how i if in is it its me my not of on or so that the there
    this to was what when where which why will with you your
    als am an auf aus bei beim bin bitte da das dass dem den der des die dies ein eine einem einen einer es fuer geht
    hat ich ihr im in ist kann man mein meine mit nach nicht oder sich sie sind so um und vom von vor was wie wird wo zu
    zum zur ueber
    """.split()  # noqa: SIM905 - as a list of literals it would be a page long
)


@dataclass(frozen=True)
class Term:
    """One piece of a query. `spellings`: phrases that mean it, as typed first; `begins`: more letters may follow."""

    spellings: tuple[Phrase, ...]
    begins: bool = False

    @property
    def word(self) -> str | None:
        """The word, where it is a single one made of letters; None for numbers and phrases."""
        typed = self.spellings[0]
        return typed[0] if len(typed) == 1 and typed[0].isalpha() else None

    @property
    def is_filler(self) -> bool:
        """Whether it tells nothing."""
        return self.spellings[0][0] in FILLERS and len(self.spellings[0]) == 1


def parse(typed: str) -> tuple[Term, ...]:
    """The terms of what was typed, in order. The last one `begins` a word unless a blank follows it."""
    pieces = [(piece, found) for piece in fold_text(typed).replace("_", " ").split() if (found := _words(piece))]
    open_end = not typed[-1:].isspace()
    return tuple(
        Term(_spellings(piece, words), open_end and n == len(pieces) - 1 and len(words[-1]) >= PREFIX_FROM)
        for n, (piece, words) in enumerate(pieces)
    )


def _words(piece: str) -> Phrase:
    return tuple(_WORD.findall(piece))


def _spellings(piece: str, words: Phrase) -> tuple[Phrase, ...]:
    out = [words]
    joined = "".join(words)
    if len(words) > 1 and len(joined) <= 24:
        out.append((joined,))
    if len(words) <= 2 and not joined.startswith("0x"):
        parts = tuple(part for word in words for part in _BORDER.split(word))
        if 1 < len(parts) <= 4 and not _HEX.fullmatch(joined):
            out += [parts, ("".join(parts),)]
            out += [tuple(f"{int(p):0{width}d}" if p.isdigit() else p for p in parts) for width in (2, 3)]
    if joined.startswith("0x") and len(joined) > 3:
        out.append((joined[2:],))
    elif _HEX.fullmatch(joined) and any(c.isdigit() for c in joined):
        out.append((f"0x{joined}",))
    negative = _NEGATIVE.search(piece)
    if negative is not None and int(negative[1]) <= 1 << 31:
        code = f"{(1 << 32) - int(negative[1]):08x}"
        out += [(f"0x{code}",), (code,)]
    return tuple(dict.fromkeys(out))


def quoted(phrase: Phrase, *, begins: bool = False) -> str:
    """A phrase in the language of the index."""
    return f'"{" ".join(phrase)}"' + (" *" if begins else "")
