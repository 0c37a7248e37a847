"""Texts with placeholders for the composer: written once by a supervisor, filled from the case.

A placeholder is a name in braces; what isn't known stays as it is, so that nobody sends a text with a hole unseen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.context import ReadContext

PLACEHOLDERS: Final = ("requester", "number", "title", "department", "analyst", "next_step", "product")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class TemplateText:
    """One template. `audience` as in rules.AUDIENCES."""

    id: bytes
    name: str
    language: str
    audience: str
    text: str


class Templates:
    """Reads on the calling thread's reader."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def all(self) -> list[TemplateText]:
        """Every template: for the requester first, by name."""
        rows = self._context.reader.all(
            "SELECT id, name, language, audience, text FROM template "
            "ORDER BY audience DESC, name COLLATE NOCASE, language"
        )
        return [TemplateText(*r) for r in rows]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; those without a value stay."""
    return _PLACEHOLDER.sub(lambda m: values.get(m[1], "") or m[0], text)
