"""What the program writes without a window (app/texts*.py), in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from app.texts import Texts


def language_now() -> str:
    """The language that is on, as app.texts names it: "de" or "en"."""
    return "de" if QLocale().language() is QLocale.Language.German else "en"


def texts_now() -> Texts:
    """The written words in the language that is on."""
    from app.texts import Texts  # all catalogues; many ask for the language only

    return Texts(language_now())
