"""Is this the same thing again? Pure rules: how alike two cases are, and what repeats often enough to be a problem.

Two cases are alike by the telling words they share, by the machine, by who asks and where, and by when. Each reason is
named, because a person decides. The score goes from 0 to 1: `WORTH_SHOWING` is where most pairs are worth a look.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from app.times import DAY_MS, HOUR_MS
from db.search_index import fold_text

Kind = Literal["machine", "product", "wanted"]
WORTH_SHOWING: Final = 0.45
NEAR_MS: Final = 4 * HOUR_MS
_PARTS: Final = {"words": 0.55, "machine": 0.35, "requester": 0.1, "department": 0.08, "product": 0.08, "near": 0.07}


_WORD: Final = re.compile(r"\w+")
_WORDS_USED: Final = 6
_BEGINNING: Final = 5
"""Letters from which on a word that begins another one counts as the same."""
PART_OF_NAME: Final = 4
"""Letters from which on a part of a name's word counts as the name."""
STOP_WORDS: Final = frozenset(
    """
    aber alle als also am an andere auch auf aus beim bitte dann dass dem das den der des die dies ein eine
    einem einen einer eines geht gibt habe haben hat ist kann kein keine mehr mit nach nicht noch nur oder ohne
    im in bei für fuer über ueber vom zwischen
    seit sein sich sind und von vor wenn wieder wird zum zur about after again all also and any are been but can
    cannot does doesn for from has have into more not its not now of on or out please since still that the them then
    there this was were what when will with would
    """.split()  # noqa: SIM905 - as a list of literals it would be a page long
)


def telling_words(title: str) -> list[str]:
    """The words of a title worth comparing: no fillers, the longest first (they tell most), numbers included."""
    words = [w for w in _WORD.findall(fold_text(title).replace("_", " ")) if w not in STOP_WORDS]
    words = [w for w in words if len(w) >= 3 or (len(w) >= 2 and any(c.isdigit() for c in w))]
    return sorted(dict.fromkeys(words), key=len, reverse=True)[:_WORDS_USED]


@lru_cache(maxsize=2048)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(telling_words(name))


def words_besides(title: str, name: str | None) -> frozenset[str]:
    """The telling words of a title but those of a name: that cases about the ERP say "ERP" tells nothing about what
    went wrong with it. Neither does a part of the name ("Netz" of the Netzwerk)."""
    known = _name_words(name or "")
    return frozenset(
        word
        for word in telling_words(title)
        if word not in known and not (len(word) >= PART_OF_NAME and any(word in one for one in known))
    )


@dataclass(frozen=True)
class Traits:
    """What is compared of a case. `words`: the telling words of its title, folded; `opened_at`: ms UTC."""

    words: frozenset[str]
    asset_id: bytes | None = None
    department_id: bytes | None = None
    product_id: bytes | None = None
    requester_id: bytes | None = None
    opened_at: int = 0


@dataclass(frozen=True)
class Likeness:
    """How alike, and by what: any of "machine", "words", "requester", "department", "product", "near" (opened within
    four hours of each other), the weightiest first."""

    score: float
    why: tuple[str, ...] = ()


def likeness(one: Traits, other: Traits) -> Likeness:
    """Symmetric; 1.0 for two cases that share everything, 0.0 where neither words nor machine are shared."""
    parts: dict[str, float] = {}
    shared = _shared(one.words, other.words)
    if shared:
        parts["words"] = _PARTS["words"] * shared
    for name, mine, theirs in (
        ("machine", one.asset_id, other.asset_id), ("requester", one.requester_id, other.requester_id),
        ("department", one.department_id, other.department_id), ("product", one.product_id, other.product_id),
    ):  # fmt: skip
        if mine is not None and mine == theirs:
            parts[name] = _PARTS[name]
    if not ("words" in parts or "machine" in parts):
        return Likeness(0.0)
    if abs(one.opened_at - other.opened_at) <= NEAR_MS:
        parts["near"] = _PARTS["near"]
    why = tuple(sorted(parts, key=lambda name: (-parts[name], name)))
    return Likeness(min(1.0, sum(parts.values())), why)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the shorter title's letters that stand in words both have; a word that begins another counts, as
    compounds do ("Drucker", "Druckerwarteschlange")."""
    if not one or not other:
        return 0.0
    common = set(one & other)
    back = set(common)
    begun = _by_beginning(one)
    for word in other:
        # A word that is shorter than a beginning is none.
        for mine in begun.get(word[:_BEGINNING], ()):
            if word.startswith(mine) or mine.startswith(word):
                common.add(mine)
                back.add(word)
    if not common:
        return 0.0
    return min(1.0, (_letters(common) + _letters(back)) / 2 / min(_letters(one), _letters(other)))


@lru_cache(maxsize=64)
def _by_beginning(words: frozenset[str]) -> dict[str, list[str]]:
    """Words by their first letters: one title is compared with hundreds, and few of them begin alike."""
    begun: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= _BEGINNING:
            begun.setdefault(word[:_BEGINNING], []).append(word)
    return begun


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))


@dataclass(frozen=True)
class Happened:
    """An incident for `recurrences`."""

    id: bytes
    traits: Traits
    permanent_fix_wanted: bool = False


@dataclass(frozen=True)
class Candidate:
    """Something that repeats: `kind` "machine" (asset id in `about`), "product" (product id in `about`, the word they
    share in `word`) or "wanted" (a permanent fix was asked for). `cases`: oldest first."""

    kind: Kind
    about: bytes | None
    word: str
    cases: tuple[bytes, ...]
    last_at: int


def recurrences(incidents: Sequence[Happened], *, least: int = 3) -> list[Candidate]:
    """What repeats among incidents that belong to no problem yet, most often first. Each incident counts once: by its
    machine, else by its product and the word that most of them share, else by the wish for a permanent fix."""
    found: list[Candidate] = []
    taken: set[bytes] = set()

    def take(kind: Kind, about: bytes | None, word: str, group: list[Happened]) -> None:
        group.sort(key=lambda one: (one.traits.opened_at, one.id))
        taken.update(one.id for one in group)
        found.append(Candidate(kind, about, word, tuple(one.id for one in group), group[-1].traits.opened_at))

    for asset, group in _by(incidents, lambda one: one.traits.asset_id).items():
        if len(group) >= least:
            take("machine", asset, "", group)
    rest = [one for one in incidents if one.id not in taken]
    for product, group in _by(rest, lambda one: one.traits.product_id).items():
        while True:
            words = Counter(word for one in group if one.id not in taken for word in one.traits.words)
            word, count = max(words.items(), key=lambda item: (item[1], len(item[0]), item[0]), default=("", 0))
            if count < least:
                break
            take("product", product, word, [o for o in group if o.id not in taken and word in o.traits.words])
    for one in incidents:
        if one.permanent_fix_wanted and one.id not in taken:
            take("wanted", None, "", [one])
    return sorted(found, key=lambda one: (-len(one.cases), -one.last_at))


def as_written(word: str, titles: Iterable[str]) -> str:
    """A telling word as the first of the titles writes it that has it; telling words are folded, nobody reads those."""
    for title in titles:
        for written in _WORD.findall(title.replace("_", " ")):
            if fold_text(written) == word:
                return str(written)
    return word


def _by(incidents: Iterable[Happened], key: Callable[[Happened], bytes | None]) -> Mapping[bytes, list[Happened]]:
    groups: dict[bytes, list[Happened]] = defaultdict(list)
    for one in incidents:
        value = key(one)
        if value is not None:
            groups[value].append(one)
    return groups


RECENT_MS: Final = 90 * DAY_MS
"""How far back repetition is looked for."""
