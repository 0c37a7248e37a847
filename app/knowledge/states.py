"""Which states of an article stand for what; kept apart, because the search asks it at every start."""

from __future__ import annotations

from typing import Final

from db.rules import ARTICLE_STATES

ALIVE: Final = tuple(state for state in ARTICLE_STATES if state != "archived")
"""What is found and listed where nobody asks for the archive."""
