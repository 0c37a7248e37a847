"""What was typed over a list of cases, as a condition over them.

Apart from `app.work.search`, because every list can be narrowed, and the first one is on screen before anybody looks
for articles.
"""

from __future__ import annotations

import re
from typing import Any, Final

from db.search_index import match_expression

_NOTHING: Final = "0"
MATCHED: Final = "c.rid IN (SELECT rowid FROM case_fts WHERE case_fts MATCH :match)"
"""How `match_cases` says that the words occur."""


def match_cases(words: str) -> tuple[str, dict[str, Any]]:
    """A condition over `"case" c` for what was typed: a case number, or words of the text."""
    expression = match_expression(words)
    found = MATCHED if expression else _NOTHING
    number = case_number(words)
    if number is not None:
        return f"(c.number = :number OR {found})", {"number": number, "match": expression}
    return found, {"match": expression} if expression else {}


def case_number(words: str) -> int | None:
    """The number that "1042", "#1042" or "1.042" names."""
    bare = re.sub(r"(?<=\d)[.,\u202f\u00a0' ](?=\d{3}\b)", "", words.strip().lstrip("#"))
    return int(bare) if bare.isdecimal() and len(bare) < 12 else None
