"""Refusals in the language of the person: the sentence of an error as its German reader says it.

A verb refuses with one English sentence (app.errors.UserError, db.errors.StorageError): it is what a script reads and
what the command line prints. The window shows it in its own language: the sentence is held against the templates of
the catalogues, what stands in the places of a template is taken over, and said anew. What stands there may be a
sentence or a word of its own (a reason, a status, a table), and is then translated alike.

A sentence that is not in the catalogues stays as it is; tests/app/test_refusals.py walks all that are raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Final

from app.refusals_cli import CLI
from app.refusals_desk import DESK
from app.refusals_intake import INTAKE
from app.refusals_place import PLACE
from app.refusals_rules import RULES
from app.refusals_store import STORE
from app.refusals_verify import VERIFY
from app.refusals_words import WORDS
from app.refusals_work import WORK

GERMAN: Final[Mapping[str, str]] = {**WORK, **DESK, **CLI, **INTAKE, **STORE, **PLACE, **RULES, **VERIFY}
"""English template -> German template; both name the same places."""
DEEPEST: Final = 3
"""How far a sentence within a sentence is followed."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places: `parts` stand before, between and behind the places `names`."""

    parts: tuple[str, ...]
    names: tuple[str, ...]
    german: str

    def fit(self, said: str) -> dict[str, str] | None:
        """What stands in the places of a sentence; None when it is another sentence. A place ends where the next part
        first occurs; it holds at least one character."""
        first, last = self.parts[0], self.parts[-1]
        if not said.startswith(first):
            return None
        if not self.names:
            return {} if said == first else None
        if not said.endswith(last):
            return None
        at, end, found = len(first), len(said) - len(last), {}
        for name, part in zip(self.names[:-1], self.parts[1:-1], strict=True):
            stop = said.find(part, at + 1, end)
            if stop < 0:
                return None
            found[name] = said[at:stop]
            at = stop + len(part)
        if at >= end:
            return None
        found[self.names[-1]] = said[at:end]
        return found


def template(english: str, german: str) -> Template:
    """A pair of the catalogues, taken apart."""
    parts, names = [""], []
    for text, name, _, _ in Formatter().parse(english):
        parts[-1] += text
        if name is not None:
            names.append(name)
            parts.append("")
    return Template(tuple(parts), tuple(names), german)


@cache
def _templates() -> tuple[Template, ...]:
    """All of them; those with the most words of their own first, because they fit best."""
    made = [template(english, german) for english, german in GERMAN.items()]
    return tuple(sorted(made, key=lambda one: -sum(map(len, one.parts))))


def in_language(said: str, language: str) -> str:
    """A refusal as it is said in a language ("de", "de-AT"); English, and what is not known, stay as they are."""
    if language[:2].lower() != "de":
        return said
    return _german(said, DEEPEST) or said


def _german(said: str, deep: int) -> str | None:
    for one in _templates():
        found = one.fit(said)
        if found is not None:
            return one.german.format(**{name: _place(value, deep) for name, value in found.items()})
    return None


def _place(value: str, deep: int) -> str:
    """What stands in a place, in German where it is a word or a sentence of ours."""
    if value in WORDS:
        return WORDS[value]
    if deep and " " in value:
        within = _german(value, deep - 1)
        if within is not None:
            return within
        each = [_german(part, deep - 1) or part for part in value.split("; ")]
        if len(each) > 1:
            return "; ".join(each)
    if len(value) > 1 and value[0] == value[-1] == "'":  # as Python writes a text that was typed
        return f"„{value[1:-1]}“"
    return value


def pairs() -> Iterator[tuple[str, str]]:
    """Every (English, German), for the tests."""
    yield from GERMAN.items()
