"""Conditions and headings in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app.reading import ReadingDesk
from app.texts import Texts
from app.work.condition_words import ConditionWords


def texts() -> Texts:
    """The written texts in the language that is on."""
    return Texts(QLocale().name())


def words(desk: ReadingDesk) -> ConditionWords:
    """Conditions, groups and columns in the language that is on."""
    return ConditionWords(texts(), desk.directory)
