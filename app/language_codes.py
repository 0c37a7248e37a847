"""Which words are the code of a language: those of ISO 639, of two or three letters."""

from __future__ import annotations


def language_code(text: str) -> str | None:
    """ "de" of " DE "; None where it can't be one ("German", "de-AT")."""
    code = text.strip().lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None
