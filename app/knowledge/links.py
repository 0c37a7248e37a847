"""How an article's Markdown names other things: pictures and files by their content, articles by their id.

`![Back of the printer](attachment:<SHA-256>)` is a picture, `[the form](attachment:<SHA-256>)` a file,
`[Reset the print queue](article:<id>)` another article. Both stay true when names and titles change; folders of
Markdown say file names and `[[Title]]` instead (app.knowledge.folders).
"""

from __future__ import annotations

import re
from typing import Final

ARTICLE_ADDRESS: Final = re.compile(r"article:([0-9a-f]{32})")
ATTACHMENT_ADDRESS: Final = re.compile(r"attachment:([0-9a-f]{64})")


CODE_LETTERS: Final = 8
"""So much of the end of an article's id is its number for people; `halldesk article show` takes it."""


def article_code(article_id: bytes) -> str:
    """The number of an article for people. The end of an id is random; its beginning is the time, which articles that
    were imported together share."""
    return article_id.hex()[-CODE_LETTERS:]


def article_address(article_id: bytes) -> str:
    """What a link to an article leads to."""
    return f"article:{article_id.hex()}"


def attachment_address(sha256: bytes) -> str:
    """What a picture or a link to a file leads to."""
    return f"attachment:{sha256.hex()}"


def linked_articles(markdown: str) -> list[bytes]:
    """The articles that a text links to, each once, in its order."""
    return [bytes.fromhex(found) for found in dict.fromkeys(ARTICLE_ADDRESS.findall(markdown))]


def named_contents(markdown: str) -> list[bytes]:
    """The contents (SHA-256) of pictures and files that a text names, each once, in its order."""
    return [bytes.fromhex(found) for found in dict.fromkeys(ATTACHMENT_ADDRESS.findall(markdown))]
