"""What a reader will miss in an article, or must not find in it. Pure rules.

Each finding is a key that the editor words. `problem`: no problem is named. `steps`: a solution of several lines
without numbered steps. `picture`: a picture without words for who can't see it. `phone`, `mail`: something that looks
like a phone number or an e-mail address. `name`: the name of a requester. The last three must not leave the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.context import ReadContext

_STEP: Final = re.compile(r"^\s*\d+[.)]\s+\S", re.MULTILINE)
_ADDRESS: Final = re.compile(r"\]\([^)]*\)|https?://\S+|(?:attachment|article):[0-9a-f]+")
_PHONE: Final = re.compile(r"(?<![\w.,-])(?:\+\d|\(?0\d)[\d ()/\-]{5,}\d(?![\w.]\d)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BARE_PICTURE: Final = re.compile(r"!\[\s*\]\(")
_SHORTEST_NAME: Final = 5


@dataclass(frozen=True)
class Finding:
    """`words`: what was found, "" for what is missing."""

    key: str
    words: str = ""


def lint(problem: str, cause: str, solution: str, names: Iterable[str] = ()) -> list[Finding]:
    """The findings, what is missing first."""
    out = []
    if not problem.strip():
        out.append(Finding("problem"))
    if len([line for line in solution.splitlines() if line.strip()]) > 1 and not _STEP.search(solution):
        out.append(Finding("steps"))
    whole = f"{problem}\n{cause}\n{solution}"
    if _BARE_PICTURE.search(whole):
        out.append(Finding("picture", "![]("))
    text = _ADDRESS.sub(" ", whole)
    out += [Finding("phone", found) for found in dict.fromkeys(_PHONE.findall(text))]
    out += [Finding("mail", found) for found in dict.fromkeys(_MAIL.findall(text))]
    folded = text.casefold()
    for name in dict.fromkeys(names):
        # Letters of one word are too often a word of the language ("Stein"); first and last name are a person.
        if len(name) >= _SHORTEST_NAME and " " in name and re.search(rf"\b{re.escape(name.casefold())}\b", folded):
            out.append(Finding("name", name))
    return out


def names_within(context: ReadContext, *texts: str) -> list[str]:
    """The requesters whose whole name may stand in the texts; on a lane."""
    rows = context.reader.all(
        "SELECT name FROM requester WHERE instr(?, lower(name)) > 0", ("\n".join(texts).casefold(),)
    )
    return [row[0] for row in rows]
