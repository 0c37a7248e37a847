"""What the demo is made of: facts and texts from resources/demo, and the two seeded sources of ids and chance.

Texts are in one language; facts are the same in all, and every choice is drawn from the seed alone, so the same seed
gives the same cases in English and German.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final, Literal

import resources

Language = Literal["en", "de"]
_COLUMN: Final = {"en": 0, "de": 1}


@dataclass(frozen=True)
class Scenario:
    """Something that goes wrong, or is wanted, at the works. `who`: groups of departments, `asset`: kind of machine or
    ""."""

    key: str
    product: str
    who: str
    asset: str
    severities: tuple[int, ...]
    flow: str
    minutes: int
    weight: float
    tags: tuple[str, ...]
    about: str
    titles: tuple[str, ...]
    said: tuple[str, ...]
    cause: str
    steps: tuple[str, ...]
    done: str

    @property
    def wanted(self) -> bool:
        """A request, not a fault."""
        return self.flow == "request"


class Words:
    """Everything from resources/demo in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.world = _read("world")
        self.people = _read("people")
        self.phrases = _read(f"phrases_{language}")
        self.scenarios = _scenarios(language)

    def pick(self, names: list[str]) -> str:
        """Of [English, German] the one to use."""
        return names[_COLUMN[self.language]]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.read_text("demo", f"{name}.toml"))


def _scenarios(language: Language) -> dict[str, Scenario]:
    texts = _read(f"scenarios_{language}")
    return {
        key: Scenario(
            key=key, product=facts["product"], who=facts["who"], asset=facts["asset"],
            severities=tuple(int(digit) for digit in facts["severity"]), flow=facts["flow"], minutes=facts["minutes"],
            weight=facts["weight"], tags=tuple(facts["tags"]), about=texts[key]["about"],
            titles=tuple(texts[key]["titles"]), said=tuple(texts[key]["said"]), cause=texts[key]["cause"],
            steps=tuple(texts[key]["steps"]), done=texts[key]["done"],
        )
        for key, facts in _read("scenarios").items()
    }  # fmt: skip


class SeededIds:
    """Ids of the usual layout (db.ids) that depend on the seed alone; those for one instant ascend in the order of
    asking."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"{seed}:ids")
        self._last: dict[int, int] = {}

    def __call__(self, at: int) -> bytes:
        """The next id for something that happened at `at` (ms UTC)."""
        sequence = self._last.get(at, -1) + 1
        self._last[at] = sequence
        if sequence > 0xFFF:
            raise ValueError("more than 4096 ids for one millisecond; spread what the demo makes over time")
        tail = self._random.getrandbits(62) | 2 << 62
        return (at << 80 | (0x7000 | sequence) << 64 | tail).to_bytes(16, "big")


def chance(seed: int, *name: object) -> Random:
    """A source of chance of its own for one part, so that changing one part leaves the others as they were."""
    return Random(":".join(str(part) for part in (seed, *name)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced, beginning with a capital."""
    out = text.format_map(values) if "{" in text else text
    return out[:1].upper() + out[1:]
