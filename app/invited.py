"""What an invitation says before it is used: for whom, to which place, until when; found in whatever was copied.

People copy a whole mail, or a line that a mail program broke in three. The line has a checksum, so trying is safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from db.errors import NotInvited
from db.keys import InvitationText

_BEGINNING: Final = "halldesk1:"
_PIECES: Final = 24
"""Into so many pieces a line may have been broken."""
_LONGEST: Final = 100_000


@dataclass(frozen=True)
class Invited:
    """`line` is what `app.joining.join` takes; `expires_at` in ms UTC."""

    line: str
    name: str
    where: str
    expires_at: int


def find_invitation(text: str) -> Invited | None:
    """The first whole invitation in a text, None when there is none."""
    start = text.find(_BEGINNING, 0, _LONGEST)
    while start >= 0:
        pieces = re.split(r"[\s>]+", text[start : start + _LONGEST])[:_PIECES]
        line = ""
        for piece in pieces:
            line += piece.strip("\"'“”„<>.,;")
            try:
                found = InvitationText.decode(line)
            except NotInvited:
                continue
            return Invited(line, found.name, found.where, found.expires_at)
        start = text.find(_BEGINNING, start + 1, _LONGEST)
    return None
