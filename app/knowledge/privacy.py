"""Taking out of a text what belongs to a person: an article is read by people who never met the requester.

Pure. Known names (of the requester, their colleagues) go wherever they stand; e-mail addresses and telephone numbers go
by their form. Error codes, versions and addresses of machines stay: they are what an article is about.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_MAIL: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PHONE: Final = re.compile(
    r"(?<![\w./:-])(?:\+\d{1,3}|\(?0\d)[\d \t/()-]{5,}\d(?![\w./-])"
    r"|(?i:\b(?:tel|telefon|phone|ext|extension|durchwahl|dw|mobil|handy|fax)\b[.:]?[ \t]*)(?:\+|0|\d)[\d \t/()-]{1,}\d"
)
_PLACEHOLDERS: Final = {
    "en": {"name": "[name]", "phone": "[phone]", "mail": "[e-mail]"},
    "de": {"name": "[Name]", "phone": "[Telefon]", "mail": "[E-Mail]"},
}
_SHORTEST: Final = 3
_GREETINGS: Final = r"(?:(?:herrn?|frau|mr|mrs|ms)\.?[ \t]+)?"


def without_people(text: str, names: Collection[str] = (), language: str = "en") -> str:
    """The text with placeholders for the names given (whole, and each of their parts), e-mails and numbers to call."""
    words = _PLACEHOLDERS.get(language, _PLACEHOLDERS["en"])
    text = _MAIL.sub(words["mail"], text)
    text = _PHONE.sub(words["phone"], text)
    parts = {name.strip() for name in names if name.strip()}
    parts |= {part for name in parts for part in name.split() if len(part) >= _SHORTEST}
    if parts:
        known = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True) if len(part) >= _SHORTEST)
        if known:
            one = rf"{_GREETINGS}\b(?:{known})(?:s|'s|’s)?\b"
            text = re.sub(rf"(?i:{one}(?:[ \t]+{one})*)", words["name"], text)
    return text


def names_people(text: str, names: Collection[str] = ()) -> bool:
    """Whether anything would be taken out."""
    return without_people(text, names) != text
