"""Conditions and headings in the language of the window."""

from __future__ import annotations

from app.reading import ReadingDesk
from app.work.condition_words import ConditionWords
from ui.written import texts_now


def words(desk: ReadingDesk) -> ConditionWords:
    """Conditions, groups and columns in the language that is on."""
    return ConditionWords(texts_now(), desk.directory)
