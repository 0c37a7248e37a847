"""Dark or light, the other language, larger or smaller text: chosen by an action, kept in the settings."""

from __future__ import annotations

from ui.i18n import Language, Languages
from ui.settings import Settings
from ui.theme import Theme

SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0
"""Bounds of the text size as a factor of the system's."""


class Appearance:
    """How the window looks, changed while it is open."""

    def __init__(self, settings: Settings, theme: Theme, languages: Languages) -> None:
        self._settings, self._theme, self._languages = settings, theme, languages

    def toggle_dark(self) -> None:
        """Light becomes dark, and back."""
        self._settings["appearance"] = self._theme.toggle().value

    def toggle_language(self) -> None:
        """German becomes English, and back."""
        other = Language.ENGLISH if self._languages.current is Language.GERMAN else Language.GERMAN
        self._languages.choose(other)
        self._settings["language"] = other.value

    def scale(self, by: float) -> None:
        """Make text larger (`by` > 0) or smaller, within bounds."""
        scale = round(min(LARGEST_TEXT, max(SMALLEST_TEXT, float(self._settings["text_scale"]) + by)), 2)
        self._settings["text_scale"] = scale
        self._theme.set_text_scale(scale)
