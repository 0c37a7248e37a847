"""Whether words are right in German or English, and what was meant by those that are not.

Hunspell knows how both languages make words of words, so that compounds it has never seen pass; its dictionaries lie in
resources/dictionaries, each under its own licence. They are read when the first word is asked for (some ten MiB and a
tenth of a second), never before. Everything runs on one lane at a time: Hunspell keeps the interpreter to itself while
it looks for suggestions, which for a long German word takes a third of a second, so a compound is taken apart first and
only the part that is wrong is looked up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol

import resources
from app.finding.vocabulary import distance
from app.spelling.words import plain_parts

LANGUAGES: Final = ("de", "en")
MOST: Final = 6
"""Suggestions that are offered."""
_SHORTEST_PART: Final = 4
_LONG: Final = 11
"""A German word from so many letters on may be a compound and is taken apart before it is looked up."""
_JOINS: Final = ("s", "n", "en", "es", "er")
"""Letters between the parts of a German compound."""
_WITH_S: Final = ("ung", "heit", "keit", "schaft", "tion", "tät", "ling", "tum")
"""After these there is always an s."""
_MISSED: Final = "enrsctlhaiudgf"
"""Letters that are missed most, because they are the most frequent."""
_FAR: Final = 4
_APOSTROPHES: Final = str.maketrans("’", "'")


class Engine(Protocol):
    """What Hunspell does."""

    def spell(self, word: str) -> bool: ...

    def suggest(self, word: str) -> tuple[str, ...]: ...


def open_engine(language: str) -> Engine | None:
    """Hunspell with the dictionary of a language; None where there is none."""
    try:
        from hunspell import Hunspell

        folder = resources.path("dictionaries", f"{language}.dic").parent
    except (ImportError, FileNotFoundError):
        return None
    engine: Engine = Hunspell(language, hunspell_data_dir=str(folder), system_encoding="utf-8")
    return engine


def trade_words() -> frozenset[str]:
    """Words of the trade that stand in every language (resources/dictionaries/terms.txt)."""
    lines = resources.read_text("dictionaries", "terms.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Checker:
    """One language."""

    def __init__(self, language: str, open_: Callable[[str], Engine | None] = open_engine) -> None:
        self.language = language
        self._open = open_
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._opened = False
        self._own: frozenset[str] = frozenset()
        self._folded: frozenset[str] = frozenset()

    def let_stand(self, own: Iterable[str]) -> None:
        """These words are right, whatever the dictionary says, and so are those of the trade."""
        self._own = frozenset(own) | trade_words()
        self._folded = frozenset(word.casefold() for word in self._own if len(word) >= _SHORTEST_PART)

    @property
    def available(self) -> bool:
        """Whether there is a dictionary. Reads it."""
        return self._ready() is not None

    def _ready(self) -> Engine | None:
        with self._lock:
            if not self._opened:
                self._engine, self._opened = self._open(self.language), True
                if not self._own:
                    self.let_stand(())
            return self._engine

    # -- right or wrong -----------------------------------------------------------------------------------------------
    def wrong(self, words: Iterable[str]) -> set[str]:
        """Those that are not right; none where there is no dictionary."""
        engine = self._ready()
        return set() if engine is None else {word for word in dict.fromkeys(words) if not self._stands(engine, word)}

    def _stands(self, engine: Engine, word: str) -> bool:
        word = word.translate(_APOSTROPHES)
        if self._is_own(word) or self._spelt(engine, word):
            return True
        parts = plain_parts(word)
        if parts != [word]:
            return all(self._is_own(one) or self._part(engine, one) for one in parts)
        return self._is_compound(engine, word)

    def _part(self, engine: Engine, part: str) -> bool:
        """Of a word with hyphens: `Not-aus-Taster`, `log-file`."""
        capital = part[:1].upper() + part[1:]
        return self._spelt(engine, part) or self._spelt(engine, capital) or self._is_compound(engine, capital)

    def _is_own(self, word: str) -> bool:
        if word in self._own or word[:1].lower() + word[1:] in self._own:
            return True
        plain = word.removesuffix("'s") if self.language == "en" else word.removesuffix("s")
        return plain != word and plain in self._own

    def _is_compound(self, engine: Engine, word: str) -> bool:
        """A German word of two that the dictionary or the team knows and that are not known together:
        `Benachrichtigung` + s + `Liste`, `Etikettendock` + `Server`."""
        if self.language != "de" or len(word) < 2 * _SHORTEST_PART:
            return False
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            right = word[at:] if word[:1].islower() else word[at].upper() + word[at + 1 :]
            if self._known(engine, right):
                left = word[0].upper() + word[1:at]
                if any(
                    self._known(engine, left.removesuffix(join))
                    for join in ((() if left.endswith(_WITH_S) else ("",)) + _JOINS)
                    if left.endswith(join) and at - len(join) >= _SHORTEST_PART
                ):
                    return True
        return False

    def _known(self, engine: Engine, part: str) -> bool:
        return self._spelt(engine, part) or part.casefold() in self._folded

    @staticmethod
    def _spelt(engine: Engine, word: str) -> bool:
        try:
            return bool(engine.spell(word))
        except UnicodeError:  # half a surrogate pair, as pasted text may have it: nothing to say about it
            return True

    # -- what was meant -----------------------------------------------------------------------------------------------
    def suggest(self, word: str, most: int = MOST) -> list[str]:
        """What may have been meant, the likeliest first. Takes up to some tenths of a second."""
        engine = self._ready()
        if engine is None:
            return []
        word = word.translate(_APOSTROPHES)
        try:
            meant = self._of_hyphened(engine, word) if "-" in word else self._candidates(engine, word)
            found = [one for one in dict.fromkeys(meant) if one != word and one[-1:] != "-"]
        except UnicodeError:
            return []
        if word[:1].isupper():
            found = list(dict.fromkeys(one[:1].upper() + one[1:] for one in found))
        return sorted(found, key=lambda one: _unlike(one, word))[:most]

    def _of_hyphened(self, engine: Engine, word: str) -> Iterator[str]:
        """Only the first part that is wrong is looked up: of `VPN-Zugagn` the second."""
        parts = word.split("-")
        for at, part in enumerate(parts):
            if plain_parts(part) and not self._is_own(part) and not self._part(engine, part):
                for one in self._candidates(engine, part):
                    yield "-".join((*parts[:at], one, *parts[at + 1 :]))
                return

    def _candidates(self, engine: Engine, word: str) -> Iterator[str]:
        for own in self._own:
            if _apart(own, word) <= min(2, len(own) // 3):
                yield own
        german = self.language == "de"
        capital = word[:1].upper() + word[1:]
        forms = (word, capital) if german and word != capital else (word,)
        slips = [slip for form in forms for slip in (form, *_slips(form)) if engine.spell(slip)]
        yield from slips
        if german and len(word) >= _LONG and (slips or (slips := list(self._of_parts(engine, capital)))):
            for one in slips:
                small = one[:1].lower() + one[1:]
                yield small if word != capital and engine.spell(small) else one
            return
        for form in forms:
            yield from engine.suggest(form)

    def _of_parts(self, engine: Engine, capital: str) -> Iterator[str]:
        """A compound of which one part is wrong: the longest right beginning, then what the rest may have been; the
        same from the end."""
        for at in range(len(capital) - _SHORTEST_PART, _SHORTEST_PART, -1):
            left, rest = capital[:at], capital[at:]
            if engine.spell(left):
                meant = [one for one in engine.suggest(rest[:1].upper() + rest[1:]) if " " not in one]
                yield from self._glued(engine, [left], [rest, *meant])
                break
        for at in range(_SHORTEST_PART, len(capital) - _SHORTEST_PART):
            rest = capital[at:]
            if engine.spell(rest[:1].upper() + rest[1:]):
                meant = [one for one in engine.suggest(capital[:at]) if " " not in one and "-" not in one]
                yield from self._glued(engine, meant, [rest])
                break

    @staticmethod
    def _glued(engine: Engine, lefts: Iterable[str], rights: Sequence[str]) -> Iterator[str]:
        for left in lefts:
            for right in rights:
                for join in ("", *_JOINS):
                    if engine.spell(whole := f"{left}{join}{right.lower()}"):
                        yield whole
                        break


def _slips(word: str) -> Iterator[str]:
    """What a slip of a finger makes of it: two letters swapped, one not doubled, one too many, one missed."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word)):
        yield word[:at] + word[at] + word[at:]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(1, len(word) + 1):
        for letter in _MISSED:
            yield word[:at] + letter + word[at:]


def _unlike(one: str, word: str) -> tuple[int, bool]:
    """For the order: few letters changed, and the first one kept."""
    return _apart(one, word), one[:1].casefold() != word[:1].casefold()


def _apart(one: str, other: str) -> int:
    """How many letters are to be changed, whatever their case."""
    return distance(one.casefold(), other.casefold(), _FAR)
