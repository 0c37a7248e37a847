"""Three-way merge of texts people write, and the word-wise difference that is shown of two of them. Pure functions.

A description, a dossier or the solution of an article is edited by two people in different places far more often than
in the same one. In this order:

1. line by line: where only one side changed, that side is taken; lines that both added at the same place are both
   kept, and so are lines that one added beside those the other rewrote;
2. where both changed the same lines, word by word within them: two edits of one line meet peacefully if a word that
   neither touched stands between them;
3. what is left is an *overlap*: `favour` says whose words stand there, and the caller keeps both revisions.

The matching is that of diff-match-patch (Myers' algorithm), on lines and words in place of its characters: merging
characters makes words nobody wrote. Line ends are those of `theirs`; é as one or as two code points is the same letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

Favour = Literal["mine", "theirs", "both"]
Op = Literal["same", "gone", "new"]

_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_SECONDS: Final = 0.5
"""After that a difference is told coarser than it could be; it stays a right one."""


@dataclass(frozen=True)
class MergedText:
    """`overlaps`: what both wrote differently at one place, as `(base, mine, theirs)`; empty: nothing is in doubt."""

    text: str
    overlaps: tuple[tuple[str, str, str], ...] = ()


class Piece(NamedTuple):
    """A stretch of a difference: in both texts ("same"), only in the old ("gone"), only in the new one ("new")."""

    op: Op
    text: str


class _Hunk(NamedTuple):
    """Base, mine and theirs between two stretches that all three share; `shared`: such a stretch itself."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]
    shared: bool = False


def merge_texts(base: str, mine: str, theirs: str, favour: Favour = "theirs") -> MergedText:
    """Put my changes of `base` into theirs. `favour` decides overlaps; "both" puts theirs above mine."""
    if mine in (base, theirs):
        return MergedText(theirs)
    if theirs == base:
        return MergedText(mine)
    lines: list[str] = []
    overlaps: list[tuple[str, str, str]] = []
    blank = not base.strip()
    for hunk in _hunks(*(_lines(text) for text in (base, mine, theirs)), whole_words=False):
        taken = _taken(hunk)
        if taken is None and not blank:
            taken = _beside(hunk)
        lines += _lines_within(hunk, favour, overlaps) if taken is None else taken
    merged = "\n".join(lines)
    return MergedText(merged.replace("\n", "\r\n") if "\r\n" in theirs else merged, tuple(overlaps))


def word_difference(old: str, new: str) -> list[Piece]:
    """What to strike and what to mark so that a person sees how `new` differs from `old`."""
    names: dict[str, str] = {}
    engine = _engine()
    found = engine.diff_main(*(_encoded(_WORDS.findall(text), names) for text in (old, new)), False)
    engine.diff_cleanupSemantic(found)
    words = list(names)
    ops: dict[int, Op] = {-1: "gone", 0: "same", 1: "new"}
    return [Piece(ops[op], "".join(words[_number(sign)] for sign in signs)) for op, signs in found]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _taken(hunk: _Hunk) -> Sequence[str] | None:
    """What stands where at most one side changed anything; None where both did."""
    if hunk.shared or _alike(hunk.mine, hunk.base) or _alike(hunk.mine, hunk.theirs):
        return hunk.theirs
    return hunk.mine if _alike(hunk.theirs, hunk.base) else None


def _beside(hunk: _Hunk) -> Sequence[str] | None:
    """Where one side only added lines above or below: those, and what the other side made of the rest."""
    size = len(hunk.base)
    if not size:
        return [*hunk.theirs, *hunk.mine]
    for added, other in ((hunk.mine, hunk.theirs), (hunk.theirs, hunk.mine)):
        if _alike(added[:size], hunk.base):
            return [*other, *added[size:]]
        if _alike(added[-size:], hunk.base):
            return [*added[:-size], *other]
    return None


def _lines_within(hunk: _Hunk, favour: Favour, overlaps: list[tuple[str, str, str]]) -> list[str]:
    """Lines that both changed."""
    if len(hunk.base) == len(hunk.mine) == len(hunk.theirs):
        out = []
        for base, mine, theirs in zip(hunk.base, hunk.mine, hunk.theirs, strict=True):
            line = _line(base, mine, theirs)
            if line is None:
                overlaps.append((base, mine, theirs))
                out += _favoured(favour, [mine], [theirs])
            else:
                out.append(line)
        return out
    whole = _line(*("\n".join(lines) for lines in hunk[:3]))
    if whole is not None:
        return whole.split("\n")
    overlaps.append(("\n".join(hunk.base), "\n".join(hunk.mine), "\n".join(hunk.theirs)))
    return _favoured(favour, hunk.mine, hunk.theirs)


def _line(base: str, mine: str, theirs: str) -> str | None:
    """The words of one line (or of some lines); None where both changed the same ones."""
    out: list[str] = []
    for hunk in _hunks(*(_WORDS.findall(text) for text in (base, mine, theirs)), whole_words=True):
        taken = _taken(hunk)
        if taken is None:
            return None
        out += taken
    return "".join(out)


def _favoured(favour: Favour, mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    if favour == "both":
        return [*theirs, *mine]
    return list(mine if favour == "mine" else theirs)


# -- matching ---------------------------------------------------------------------------------------------------------
def _hunks(base: list[str], mine: list[str], theirs: list[str], *, whole_words: bool) -> Iterator[_Hunk]:
    """The three texts cut where all agree. `whole_words`: blanks and commas alone are no place to cut."""
    at_base = at_mine = at_theirs = 0
    for start, end, in_mine, in_theirs in _agreements(_matches(base, mine), _matches(base, theirs)):
        if whole_words and not any(map(_is_word, base[start:end])):
            continue
        yield _Hunk(base[at_base:start], mine[at_mine:in_mine], theirs[at_theirs:in_theirs])
        length = end - start
        at_base, at_mine, at_theirs = end, in_mine + length, in_theirs + length
        yield _Hunk(base[start:end], mine[in_mine:at_mine], theirs[in_theirs:at_theirs], shared=True)
    yield _Hunk(base[at_base:], mine[at_mine:], theirs[at_theirs:])


def _agreements(
    mine: list[tuple[int, int, int]], theirs: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of base found in both: (start, end, start in mine, start in theirs)."""
    m = t = 0
    while m < len(mine) and t < len(theirs):
        (m_base, m_at, m_length), (t_base, t_at, t_length) = mine[m], theirs[t]
        start, end = max(m_base, t_base), min(m_base + m_length, t_base + t_length)
        if start < end:
            yield start, end, m_at + start - m_base, t_at + start - t_base
        if m_base + m_length < t_base + t_length:
            m += 1
        else:
            t += 1


def _matches(base: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Stretches in both, in order: (start in base, start in other, length)."""
    names: dict[str, str] = {}
    out = []
    at_base = at_other = 0
    for op, signs in _engine().diff_main(_encoded(base, names), _encoded(other, names), False):
        if op == 0:
            out.append((at_base, at_other, len(signs)))
        at_base += len(signs) if op <= 0 else 0
        at_other += len(signs) if op >= 0 else 0
    return out


def _encoded(parts: list[str], names: dict[str, str]) -> str:
    """One character for each different part."""
    return "".join(names.setdefault(_key(part), _sign(len(names))) for part in parts)


def _sign(number: int) -> str:
    """Surrogates are left out."""
    return chr(number + 1 if number < 0xD7FF else number + 0x801)


def _number(sign: str) -> int:
    code = ord(sign)
    return code - 1 if code < 0xD800 else code - 0x801


def _key(part: str) -> str:
    return unicodedata.normalize("NFC", part)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(_key(a) == _key(b) for a, b in zip(one, other, strict=True))


def _is_word(part: str) -> bool:
    return part[0].isalnum() or part[0] == "_"


def _engine() -> Any:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = _SECONDS
    return engine
