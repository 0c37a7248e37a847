"""The life of an article: rough -> generic -> reviewed -> published -> archived. Pure rules.

Rough text helps colleagues at once; generic says it without the case it came from; reviewed means that somebody else
followed the steps; published is read by its audience outside the desk, so only supervisors put an article there or take
it back. A step back is always possible, steps forward may be left out (who publishes vouches for the review), but an
archived article is looked at again before anybody outside reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from db.rules import ARTICLE_STATES

REVIEW_DAYS: Final = 365
"""After that somebody looks whether it is still true, where nobody said another day."""
_NEVER: Final = frozenset({("archived", "published")})
VOUCHED: Final = frozenset({"reviewed", "published"})


def may_follow(old: str, new: str) -> bool:
    """Whether an article may go from one state to the other, whoever asks."""
    return old != new and {old, new} <= set(ARTICLE_STATES) and (old, new) not in _NEVER


def needs_supervisor(old: str, new: str) -> bool:
    """Whether only a supervisor may: publishing, and taking back what is published."""
    return "published" in (old, new)


def next_states(state: str, *, supervisor: bool) -> tuple[str, ...]:
    """Where an article may go from here, in the order of its life."""
    return tuple(
        new for new in ARTICLE_STATES if may_follow(state, new) and (supervisor or not needs_supervisor(state, new))
    )


def review_day(state: str, known: str | None, today: date) -> str | None:
    """The review date (YYYY-MM-DD) after a step into `state`: a date that lies ahead stays; who vouches sets one."""
    if state not in VOUCHED or (known is not None and known > today.isoformat()):
        return known
    return (today + timedelta(days=REVIEW_DAYS)).isoformat()


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are stored: trimmed, each once, in the order given."""
    return tuple(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag))
