"""Other names for the same thing, from resources/search/synonyms.txt; read at the first search."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from app.finding.query import Phrase


@cache
def _groups() -> dict[Phrase, tuple[Phrase, ...]]:
    out: dict[Phrase, tuple[Phrase, ...]] = {}
    for line in files("resources").joinpath("search/synonyms.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        names = [tuple(name.split()) for name in line.split(",")]
        for name in names:
            out[name] = (*out.get(name, ()), *(other for other in names if other != name))
    return out


def other_names(phrase: Phrase) -> tuple[Phrase, ...]:
    """What else a word or a phrase is called."""
    return _groups().get(phrase, ())
