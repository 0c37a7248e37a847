"""From a solved case to an article: what the draft says, and which drafts wait to be finished.

A draft is a rough article from the beginning, so putting it off loses nothing: it lies in the knowledge base, tied to
its case, until somebody finishes it or throws it away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.context import ReadContext
from app.errors import UserError
from app.knowledge.privacy import without_people
from app.knowledge.reading import ArticleText

_MARKED: Final = re.compile(r"^\s*(?:\d+[.)]|[-*+>#|]|```)")


@dataclass(frozen=True)
class Draft:
    """What an article from a case would say, without what belongs to its requester. `people`: what was taken out;
    `label`: the case's number, or `~7`."""

    title: str
    problem: str
    cause: str
    solution: str
    people: tuple[str, ...]
    label: str
    product_id: bytes | None


@dataclass(frozen=True)
class PutOff:
    """A draft that waits, of the case it is from. `at`: when it was written, ms UTC."""

    article_id: bytes
    title: str
    case_id: bytes
    label: str
    at: int
    rid: int = 0


def draft_of(context: ReadContext, case_id: bytes) -> Draft:
    """What an article from this case would say. Errors: UserError when it is gone."""
    row = context.reader.one(
        "SELECT c.number, c.rid, c.title, c.description, c.cause, c.resolution, c.product_id, r.name, r.phone, "
        'r.email FROM "case" c LEFT JOIN requester r ON r.id = c.requester_id WHERE c.id = ?',
        (case_id,),
    )
    if row is None:
        raise UserError("This case is not here any more.")
    people = tuple(one for one in (row["name"], row["phone"], row["email"]) if one)

    def neutral(text: str | None) -> str:
        return without_people(text or "", people, context.language).strip()

    return Draft(
        neutral(row["title"]), neutral(row["description"]), neutral(row["cause"]),
        as_steps(neutral(row["resolution"])), people, _label(row["number"], row["rid"]), row["product_id"],
    )  # fmt: skip


def as_steps(text: str) -> str:
    """Several lines as numbered steps; a single line, and what is marked up already, stays as it is."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(_MARKED.match(line) for line in lines):
        return text
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def begun(context: ReadContext, case_id: bytes) -> ArticleText | None:
    """The newest draft that was begun from this case and is still rough."""
    row = context.reader.one(
        f"SELECT a.id, a.title, a.problem, a.cause, a.solution, a.language, a.state {_FROM} AND u.case_id = ? "
        "ORDER BY a.created_at DESC LIMIT 1",
        (case_id,),
    )
    return None if row is None else ArticleText(*row)


def put_off(context: ReadContext, owner: bytes | None = None) -> list[PutOff]:
    """Drafts from cases that nobody has finished yet, the oldest first. `owner`: only this analyst's."""
    rows = context.reader.all(
        f"SELECT a.id, a.title, c.id, c.number, c.rid, a.created_at {_FROM} AND (? IS NULL OR a.owner_id = ?) "
        "ORDER BY a.created_at",
        (owner, owner),
    )
    return [PutOff(row[0], row[1], row[2], _label(row[3], row[4]), row[5], row[4]) for row in rows]


def _label(number: int | None, rid: int) -> str:
    return f"~{rid}" if number is None else str(number)


_FROM: Final = (
    "FROM article a JOIN article_use u ON u.article_id = a.id AND u.helped = 1 "
    "JOIN \"case\" c ON c.id = u.case_id WHERE a.state = 'rough' AND NOT EXISTS "
    "(SELECT 1 FROM article_use o WHERE o.article_id = a.id AND (o.at < u.at OR o.at = u.at AND o.id < u.id))"
)
"""Rough articles with the case they were first used in: the one they are from."""
