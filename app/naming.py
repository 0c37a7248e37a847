"""Names of people, workstations and desks, as they are kept: one line, short enough for every list that shows them."""

from __future__ import annotations

from typing import Final

from app.errors import UserError

LONGEST_NAME: Final = 100


def tidy_name(typed: str) -> str:
    """What was typed without line breaks, control characters and double blanks; "" where nothing is left. Errors:
    UserError when it is too long."""
    name = " ".join("".join(one if one.isprintable() else " " for one in typed).split())
    if len(name) > LONGEST_NAME:
        raise UserError(f"A name has at most {LONGEST_NAME} characters; this one has {len(name)}.")
    return name
