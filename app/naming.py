"""Names of people, workstations and desks, and titles of cases, as they are kept: one line, short enough for every list
that shows them."""

from __future__ import annotations

from typing import Final

from app.errors import UserError

LONGEST_NAME: Final = 100
LONGEST_TITLE: Final = 200


def tidy_name(typed: str) -> str:
    """What was typed without line breaks, control characters and double blanks; "" where nothing is left. Errors:
    UserError when it is too long."""
    name = " ".join("".join(one if one.isprintable() else " " for one in typed).split())
    if len(name) > LONGEST_NAME:
        raise UserError(f"A name has at most {LONGEST_NAME} characters; this one has {len(name)}.")
    return name


def tidy_title(typed: str) -> str:
    """What was typed as the title of a case, in one line. Errors: UserError when it is empty or too long."""
    title = " ".join(typed.split())
    if not title:
        raise UserError("A case needs a title; say in a few words what is wrong.")
    if len(title) > LONGEST_TITLE:
        raise UserError(f"A title has at most {LONGEST_TITLE} characters; write the rest into the description.")
    return title


def title_and_description(typed: str, description: str) -> tuple[str, str]:
    """The same for a case that comes in: nobody is stopped on the phone by a mail that was pasted as the title, nor an
    import by another program's habits. What is too long ends after a word, and stands whole before the description. The
    title is empty where nothing was typed."""
    title = " ".join(typed.split())
    if len(title) <= LONGEST_TITLE:
        return title, description
    short = title[: LONGEST_TITLE - 1]
    words, _blank, rest = short.rpartition(" ")
    # One endless word is cut anywhere.
    short = words if words and len(rest) < LONGEST_TITLE // 2 else short
    whole = typed.strip().replace("\u2028", "\n")  # a field of one line has that for line breaks
    return f"{short}…", f"{whole}\n\n{description}".strip()
