"""Templates of articles: what a new one begins with. Four in each language come with the program
(resources/knowledge/templates.toml); every article with the tag `template` or `Vorlage` is one, too."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Final

import resources
from app.context import ReadContext

TAGS: Final = ("template", "vorlage")


@dataclass(frozen=True)
class Beginning:
    """`name`: what it is called; the texts as in an article."""

    name: str
    problem: str
    cause: str
    solution: str


def beginnings(context: ReadContext, language: str) -> list[Beginning]:
    """The team's own in this language first, then those of the program."""
    rows = context.reader.all(
        "SELECT title, problem, cause, solution FROM article WHERE language = ? AND state <> 'archived' AND id IN "
        f"(SELECT article_id FROM article_tag WHERE lower(tag) IN ({', '.join('?' * len(TAGS))})) "
        "ORDER BY title COLLATE NOCASE",
        (language, *TAGS),
    )
    shipped = tomllib.loads(resources.read_text("knowledge", "templates.toml"))
    return [Beginning(*row) for row in rows] + [Beginning(**one) for one in shipped.get(language, shipped["en"])]
